"""The extension for VS Code starts the server with what its settings say, and its manifest holds together. VS Code itself
is not run: its module and the client library are stood in for. Skipped where there is no Node."""

import json
import pathlib
import shutil
import subprocess
import sys

STAND_INS = """
const Module = require("module");
const settings = { path: process.argv[1], packs: ["a", "b"] };
const real = Module._load;
Module._load = (name, ...rest) => {
  if (name === "vscode") return { workspace: { getConfiguration: (section) => ({ get: (key) => settings[key] }) } };
  if (name !== "vscode-languageclient/node") return real(name, ...rest);
  return { LanguageClient: class {
    constructor(id, title, server, client) { Object.assign(this, { id, server, client }); }
    start() { console.log(JSON.stringify(this)); }
    stop() { console.log("stopped"); }
  } };
};
const extension = require(process.argv[2]);
extension.deactivate();
extension.activate();
extension.deactivate();
"""


def main():
    longtu, folder = sys.argv[1], pathlib.Path(sys.argv[2]) / "editors" / "vscode"
    node = shutil.which("node")
    if node is None:
        sys.exit(77)
    manifest = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    assert set(manifest["contributes"]["configuration"]["properties"]) == {"longtu.path", "longtu.packs"}
    out = subprocess.run([node, "-e", STAND_INS, longtu, str(folder / manifest["main"])], check=True, capture_output=True,
                         encoding="utf-8").stdout.splitlines()
    assert len(out) == 2 and out[1] == "stopped", out
    started = json.loads(out[0])
    assert started["server"] == {"command": longtu, "args": ["lsp", "--pack", "a", "--pack", "b"]}, started
    assert started["client"] == {"documentSelector": [{"language": "yaml"}]}, started
    subprocess.run([longtu, *started["server"]["args"][:1], "--help"], check=True, capture_output=True)


main()
