// Starts `longtu lsp` for YAML files; files that are neither plans nor dictionaries it leaves alone.
"use strict";

const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = () => {
  const settings = workspace.getConfiguration("longtu");
  const args = ["lsp", ...settings.get("packs").flatMap((pack) => ["--pack", pack])];
  client = new LanguageClient(
    "longtu",
    "Longtu",
    { command: settings.get("path"), args },
    { documentSelector: [{ language: "yaml" }] },
  );
  return client.start();
};

exports.deactivate = () => client?.stop();
