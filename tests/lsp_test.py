"""`longtu lsp` as an editor meets it: a session over pipes with a copy of the Gansu plans, and hostile input."""

import json
import os
import pathlib
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time

TIMEOUT_S = 30


class Client:
    """Speaks LSP with a server; keeps what each file was last told."""

    def __init__(self, longtu, *options, cwd=None):
        self.process = subprocess.Popen([longtu, "lsp", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, cwd=cwd, env={**os.environ, "LC_ALL": "C.UTF-8"})
        self.incoming = queue.Queue()
        self.last_id = 0
        self.told = {}  # uri -> the last publishDiagnostics
        self.others = []  # other notifications and requests of the server
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        stream = self.process.stdout
        while True:
            length = None
            while (line := stream.readline()) not in (b"\r\n", b""):
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if length is None:
                self.incoming.put(None)
                return
            self.incoming.put(json.loads(stream.read(length).decode("utf-8")))

    def raw(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def body(self, text):
        data = text if isinstance(text, bytes) else text.encode("utf-8")
        self.raw(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))

    def send(self, message):
        text = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False)
        escaped = json.dumps({"jsonrpc": "2.0", **message})
        self.body(escaped if "\ud800" in text else text)

    def notify(self, method, params=None):
        self.send({"method": method, "params": params or {}})

    def receive(self, timeout=TIMEOUT_S):
        message = self.incoming.get(timeout=timeout)
        if message is not None and message.get("method") == "textDocument/publishDiagnostics":
            self.told[message["params"]["uri"]] = message["params"]
        elif message is not None and "method" in message:
            self.others.append(message)
        return message

    def answer(self, wanted):
        while (message := self.receive()) is not None:
            if "method" not in message and message["id"] == wanted:
                return message
        raise AssertionError(f"the server ended: {self.process.stderr.read().decode()}")

    def request(self, method, params=None):
        self.last_id += 1
        self.send({"id": self.last_id, "method": method, "params": params or {}})
        return self.answer(self.last_id)

    def result(self, method, params=None):
        message = self.request(method, params)
        assert "result" in message, message
        return message["result"]

    def wait_for(self, uri, holds):
        """Waits until what the file was told holds."""
        end = time.monotonic() + TIMEOUT_S
        while uri not in self.told or not holds(self.told[uri]):
            self.receive(max(0.01, end - time.monotonic()))
        return self.told[uri]

    def initialize(self, **more):
        capabilities = {"textDocument": {"hover": {"contentFormat": ["markdown", "plaintext"]}},
                        "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
        capabilities.update(more.pop("capabilities", {}))
        found = self.result("initialize", {"processId": None, "rootUri": None, "capabilities": capabilities, **more})
        self.notify("initialized")
        return found

    def end(self):
        assert self.result("shutdown") is None
        self.notify("exit")
        return self.process.wait(TIMEOUT_S)


class File:
    """An open file: its text as the client has it, and places in it by what stands there."""

    def __init__(self, client, path, text=None, encoding="utf-16-le"):
        self.client, self.path = client, pathlib.Path(path)
        self.uri = self.path.as_uri()
        self.text = self.path.read_text(encoding="utf-8") if text is None else text
        self.version = 1
        self.encoding = encoding
        client.notify("textDocument/didOpen", {"textDocument": {
            "uri": self.uri, "languageId": "yaml", "version": 1, "text": self.text}})

    def units(self, text):
        return len(text.encode(self.encoding)) // (2 if self.encoding == "utf-16-le" else 1)

    def position(self, index):
        before = self.text[:index]
        return {"line": before.count("\n"), "character": self.units(before[before.rfind("\n") + 1:])}

    def find(self, what, after=0, n=0):
        """The index of the text, n-th from 0 behind another."""
        at = self.text.index(after) if isinstance(after, str) else after
        for _ in range(n + 1):
            at = self.text.index(what, at + 1)
        return at

    def change(self, index, old, new):
        assert self.text[index:index + len(old)] == old, self.text[index:index + 20]
        start, end = self.position(index), self.position(index + len(old))
        self.version += 1
        self.text = self.text[:index] + new + self.text[index + len(old):]
        self.client.notify("textDocument/didChange", {
            "textDocument": {"uri": self.uri, "version": self.version},
            "contentChanges": [{"range": {"start": start, "end": end}, "text": new}]})

    def ask(self, feature, index=None, **more):
        params = {"textDocument": {"uri": self.uri}, **more}
        if index is not None:
            params["position"] = self.position(index)
        return self.client.result(f"textDocument/{feature}", params)

    def hover(self, index):
        found = self.ask("hover", index)
        return "" if found is None else found["contents"]["value"]

    def complete(self, index):
        return self.ask("completion", index)["items"]

    def told(self, holds=lambda codes: True):
        """The codes told of the present version of the file."""
        params = self.client.wait_for(self.uri, lambda params: params.get("version") == self.version and
                                      holds([one["code"] for one in params["diagnostics"]]))
        return params["diagnostics"]

    def apply(self, edits):
        for edit in sorted(edits, key=lambda edit: (edit["range"]["start"]["line"], edit["range"]["start"]["character"]),
                           reverse=True):
            start, end = (self.index(edit["range"][key]) for key in ("start", "end"))
            self.text = self.text[:start] + edit["newText"] + self.text[end:]

    def index(self, position):
        lines = self.text.split("\n")
        line = lines[position["line"]] if position["line"] < len(lines) else ""
        at = sum(len(one) + 1 for one in lines[:position["line"]])
        units = 0
        for character in line:
            if units >= position["character"]:
                break
            units += self.units(character)
            at += 1
        return at


SOURCE = """关于印发规划的通知

到2025年，地区生产总值占全省比重达到50%以上，𠀀城市常住人口增加。
"""


def copy_plans(root, folder):
    plans = pathlib.Path(folder) / "plans"
    for name in ("gansu", "china"):
        shutil.copytree(root / "plans" / name, plans / name)
    path = plans / "gansu" / "longdongnan.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("  issued: 2021-10-10\n", "  issued: 2021-10-10\n  file: \"../notice.txt\"\n")
    text = text.replace("at: {line: 795, start: 25, end: 29}", "at: {line: 3, start: 20, end: 23}")
    path.write_text(text, encoding="utf-8")
    (plans / "notice.txt").write_text(SOURCE, encoding="utf-8")
    return plans


def check_session(longtu, plans):
    client = Client(longtu)
    found = client.initialize(locale="en-GB")
    assert found["capabilities"]["positionEncoding"] == "utf-16", found
    assert found["serverInfo"]["name"] == "longtu"
    file = File(client, plans / "gansu" / "longdongnan.yaml")
    before = len(file.told())
    assert any(message["method"] == "client/registerCapability" for message in client.others)

    # a number that contradicts others
    value = file.find("value: 40.42") + 7
    file.change(value, "40.42", "80.42")
    there = {"start": file.position(value), "end": file.position(value + 5)}
    wrong = next(one for one in file.told(lambda codes: "LT2101" in codes) if one["range"] == there)
    assert wrong["code"] == "LT2101" and wrong["severity"] == 1 and wrong["source"] == "longtu", wrong
    assert "80.42%" in wrong["message"] and wrong["relatedInformation"][0]["location"]["uri"].endswith(".yaml"), wrong

    # behind characters of three bytes and one unit, and of four bytes and two units
    file.change(file.find("zh: 地区生产总值, en") + 4, "地区生产总值", "𠀀地区生产总值")
    unit = file.find("unit: 倍") + 6
    file.change(unit, "倍", "倍倍")
    there = {"start": file.position(unit), "end": file.position(unit + 2)}
    assert file.units(file.text[file.text.rindex("\n", 0, unit):unit]) == unit - file.text.rindex("\n", 0, unit) + 1
    assert any(one["range"] == there for one in file.told()), (file.told(), there)
    file.change(unit, "倍倍", "倍")
    file.change(file.find("𠀀"), "𠀀", "")

    # the offer to allow it comes as a code action
    offers = file.ask("codeAction", range={"start": file.position(value), "end": file.position(value)},
                      context={"diagnostics": []})
    allow = [one for one in offers if "LT2101" in one["title"]]
    assert len(allow) == 1, offers
    edit = allow[0]["edit"]["changes"][file.uri][0]
    line = edit["range"]["start"]["line"]
    file.change(file.index(edit["range"]["start"]), "", edit["newText"].replace("-- ", "-- a test"))
    assert not [one for one in file.told() if one["code"] == "LT2101" and one["range"]["start"]["line"] == line + 1]
    file.change(file.find("  # longtu: allow"), "  # longtu: allow LT2101 -- a test\n", "")
    file.change(file.find("80.42"), "80.42", "40.42")
    assert len(file.told()) == before

    check_questions(client, file, plans)
    check_typing(file)
    check_layout(longtu, file, plans)

    client.notify("textDocument/didClose", {"textDocument": {"uri": file.uri}})
    client.wait_for(file.uri, lambda params: not params["diagnostics"])
    assert client.end() == 0, client.process.returncode


def check_questions(client, file, plans):
    text = file.hover(file.find("eco_industry_share"))
    assert "share" in text and "%" in text, text
    text = file.hover(file.find("17.90"))
    assert "[17.895, 17.905)" in text and "line 747" in text, text
    text = file.hover(file.find("6.5\n", "targets:"))
    assert "[6.45, 6.55)" in text and "**50%**" in text, text
    text = file.hover(file.find("comparator", "targets:"))
    assert "required" in text and "`>=`" in text, text
    text = file.hover(file.find("621000"))
    assert "庆阳市" in text and "prefecture" in text, text
    assert file.hover(file.find("# notice: target-economy")) == ""

    place = file.ask("definition", file.find("eco_industry_share"))
    assert place["uri"] == (plans / "china" / "indicators.yaml").as_uri(), place
    line = (plans / "china" / "indicators.yaml").read_text(encoding="utf-8").split("\n")[place["range"]["start"]["line"]]
    assert line[place["range"]["start"]["character"]:].startswith("eco_industry_share"), line
    place = file.ask("definition", file.find("longdongnan", "group:"))
    assert place["uri"] == (plans / "gansu" / "regions.yaml").as_uri(), place
    place = file.ask("definition", file.find("../china/measures"))
    assert place["uri"] == (plans / "china" / "measures.yaml").as_uri(), place
    place = file.ask("definition", file.find("6.5\n", "targets:"))
    assert place["uri"] == (plans / "notice.txt").as_uri(), place
    assert place["range"] == {"start": {"line": 2, "character": 20}, "end": {"line": 2, "character": 23}}, place

    symbols = file.ask("documentSymbol")
    names = [one["name"] for one in symbols]
    assert names[:2] == ["plan", "title"] and "targets" in names, names
    targets = next(one for one in symbols if one["name"] == "targets")["children"]
    assert targets[0]["name"] == "growth of GDP" and "6.5" in targets[0]["detail"], targets[0]
    for one in symbols + targets:
        outer, inner = one["range"], one["selectionRange"]
        assert (outer["start"]["line"], outer["start"]["character"]) <= (inner["start"]["line"], inner["start"]["character"])
        assert (outer["end"]["line"], outer["end"]["character"]) >= (inner["end"]["line"], inner["end"]["character"]), one

    assert client.request("textDocument/rename", {})["error"]["code"] == -32601
    assert client.request("textDocument/hover", {"textDocument": {"uri": file.uri}})["error"]["code"] == -32602


def check_typing(file):
    """What is offered while the file does not parse."""
    kept = file.text
    at = file.find("targets:") + len("targets:\n")
    file.change(at, "", "  - indicator: 生态产业\n")
    end = at + len("  - indicator: 生态产业")
    started = time.monotonic()
    items = file.complete(end)
    took = time.monotonic() - started
    assert items[0]["textEdit"]["newText"] == "eco_industry_share", items[:3]
    assert items[0]["filterText"] == "生态产业"
    assert took < 1, took
    file.change(end - 4, "生态产业", items[0]["textEdit"]["newText"])
    file.change(file.find("eco_industry_share", at) + 18, "\n", "\n    \n")
    keys = [one["label"] for one in file.complete(file.find("    \n", at) + 4)]
    assert "comparator" in keys and "indicator" not in keys, keys
    file.change(file.find("    \n", at), "    \n", "    region: {\n    unit: \n    comparator: \n")
    items = file.complete(file.find("unit: ", at) + 6)
    assert items[0]["textEdit"]["newText"] == '"%"', items[:2]
    words = [one["textEdit"]["newText"] for one in file.complete(file.find("comparator: ", at) + 12)]
    assert words == ['">="', '"<="', '"="', '"~"'], words
    assert [one for one in file.told(lambda codes: "LT1004" in codes)]
    assert "growth" in file.hover(file.find("gdp_growth"))  # also while it does not parse
    file.change(file.find("    region: {", at), "    region: {\n", "    region: 陇东\n")
    items = file.complete(file.find("region: 陇东", at) + 10)
    assert items[0]["textEdit"]["newText"] == "longdongnan", items[:2]
    file.change(file.find("  - indicator", at - 1), file.text[at:file.text.index("  - indicator: gdp_growth")], "")
    assert file.text == kept
    file.told(lambda codes: "LT1004" not in codes)


def check_layout(longtu, file, plans):
    assert file.ask("formatting", options={"tabSize": 2, "insertSpaces": True}) == []
    at = file.find("  - indicator: gdp_growth")
    file.change(at, '  - indicator: gdp_growth\n    comparator: "="', "  -   comparator: '='   # 会\n      indicator:   gdp_growth")
    file.change(file.find("    value: 6.5", at), "    value: 6.5", "      value: 6.5")
    for key in ("unit", "year", "kind", "part", "at"):
        one = file.find(f"    {key}:", file.find("value: 6.5", at))
        file.change(one, "    ", "      ")
    edits = file.ask("formatting", options={"tabSize": 2, "insertSpaces": True})
    assert len(edits) == 1 and edits[0]["newText"].count("\n") < 15, edits
    file.apply(edits)
    path = plans / "gansu" / "formatted.yaml"
    path.write_text(file.text, encoding="utf-8")
    assert subprocess.run([longtu, "fmt", "--check", path], capture_output=True).returncode == 0
    path.unlink()


def check_neighbours(longtu, plans):
    """Findings go across files, and what is open goes before what is on the disk."""
    client = Client(longtu, "--lang", "zh")
    client.initialize(locale="en", capabilities={"general": {"positionEncodings": ["utf-8", "utf-16"]}})
    plan = File(client, plans / "gansu" / "hexi-corridor.yaml", encoding="utf-8")
    plan.told()
    dictionary = File(client, plans / "china" / "indicators.yaml", encoding="utf-8")
    at = dictionary.find("{id: gdp_share,") + 5
    dictionary.change(at, "gdp_share", "gdp_shore")
    wrong = [one for one in plan.told(lambda codes: "LT3001" in codes) if one["code"] == "LT3001"]
    assert "词典" in wrong[0]["message"] or "指标" in wrong[0]["message"], wrong[0]
    offers = plan.ask("codeAction", range=wrong[0]["range"], context={"diagnostics": wrong[:1]})
    assert offers[0]["title"] == "改为 gdp_shore", offers
    # a dictionary that does not parse: what was known before stays
    dictionary.change(dictionary.find("indicators:\n"), "indicators:", "indicators: {")
    assert [one for one in dictionary.told(lambda codes: "LT1004" in codes)]
    assert "gdp_shore" in plan.ask("completion", plan.find("gdp_share", "targets:") + 6)["items"][0]["textEdit"]["newText"]
    client.notify("textDocument/didClose", {"textDocument": {"uri": dictionary.uri}})
    plan.told(lambda codes: "LT3001" not in codes)
    client.wait_for(dictionary.uri, lambda params: not params["diagnostics"])

    # a dictionary that is not there is told of where it is named
    uses = plan.find("../china/measures.yaml")
    plan.change(uses, "../china/measures.yaml", "../china/measure.yaml")
    wrong = [one for one in plan.told(lambda codes: "LT1001" in codes) if one["code"] == "LT1001"]
    assert wrong[0]["range"]["start"] == plan.position(uses - 1) or wrong[0]["range"]["start"] == plan.position(uses), wrong
    plan.change(uses, "../china/measure.yaml", "../china/measures.yaml")
    plan.told(lambda codes: "LT1001" not in codes)

    # other programs' YAML is left alone
    other = File(client, plans / "gansu" / "compose.yaml", "services: {web: [\n", encoding="utf-8")
    fresh = File(client, plans / "gansu" / "fresh.yaml", "", encoding="utf-8")
    labels = [one["label"] for one in fresh.complete(0)]
    assert "plan" in labels and "targets" in labels, labels
    untitled = "untitled:Untitled-1"
    client.notify("textDocument/didOpen", {"textDocument": {"uri": untitled, "languageId": "yaml", "version": 1,
                                                            "text": "plan: x\ntargets:\n  - indicator: 研发"}})
    items = client.result("textDocument/completion", {"textDocument": {"uri": untitled},
                                                      "position": {"line": 2, "character": 99}})["items"]
    assert any(one["textEdit"]["newText"] == "rd_intensity" for one in items), items[:3]
    assert other.uri not in client.told and untitled not in client.told
    assert client.end() == 0


def check_manners(longtu, plans):
    """The protocol's own rules."""
    client = Client(longtu)
    assert client.request("textDocument/hover")["error"]["code"] == -32002
    client.notify("textDocument/didOpen", {"textDocument": {"uri": "file:///tmp/x.yaml", "text": "plan: x"}})
    client.initialize()
    assert client.request("initialize", {})["error"]["code"] == -32600
    client.body("{")
    assert client.answer(None)["error"]["code"] == -32700
    client.body(b'{"jsonrpc": "2.0", "id": 1, "method": "\xff"}')
    assert client.answer(None)["error"]["code"] == -32700
    client.body("[]")
    assert client.answer(None)["error"]["code"] == -32600
    client.body('{"jsonrpc": "2.0", "id": 7}')
    assert client.answer(7)["error"]["code"] == -32600
    client.body('{"id": "text ✓", "method": "shut"}')
    assert client.answer("text ✓")["error"]["code"] == -32601
    client.notify("$/cancelRequest", {"id": 1})
    client.notify("no/such/notification")
    client.raw(b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length: 44\r\n\r\n")
    client.raw(b'{"jsonrpc":"2.0","id":9,"method":"shutdown"}')
    assert client.answer(9)["result"] is None
    assert client.request("textDocument/hover")["error"]["code"] == -32600
    client.notify("exit")
    assert client.process.wait(TIMEOUT_S) == 0

    client = Client(longtu)
    client.initialize()
    client.notify("exit")
    assert client.process.wait(TIMEOUT_S) == 1

    client = Client(longtu)
    client.initialize()
    client.process.stdin.close()
    assert client.process.wait(TIMEOUT_S) == 1

    for garbage in (b"Content-Length: many\r\n\r\n{}", b"Content-Length: -1\r\n\r\n", b"X: 1\r\n\r\n{}",
                    b"Content-Length: 99999999999999999999\r\n\r\n", b"\0" * 5000, b"a" * 5000):
        client = Client(longtu)
        client.raw(garbage)
        assert client.answer(None)["error"]["code"] == -32700, garbage
        assert client.process.wait(TIMEOUT_S) == 1, garbage


def check_hostile(longtu, plans):
    """Nothing that a client sends ends the server."""
    client = Client(longtu)
    client.initialize()
    uri = (plans / "gansu" / "hexi-corridor.yaml").as_uri()
    document = {"textDocument": {"uri": uri, "version": 2}}
    huge = {"line": 4294967295, "character": 4294967295}
    client.notify("textDocument/didClose", document)
    client.notify("textDocument/didChange", {**document, "contentChanges": [{"text": "x"}]})
    assert client.result("textDocument/hover", {**document, "position": huge}) is None
    client.notify("textDocument/didOpen", {"textDocument": {"uri": uri}})
    client.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "version": 1, "text": "plan: 甲\n"}})
    client.notify("textDocument/didChange", {**document, "contentChanges": [
        {"range": {"start": huge, "end": {"line": 0, "character": 0}}, "text": "targets:\n"},
        {"range": {"start": {"line": -1, "character": 0}, "end": huge}, "text": "no"},
        {"range": {"start": {"line": 1}, "end": 5}, "text": "no"},
        {"text": 5}, 7, {"range": {"start": {"line": 1, "character": 3}, "end": huge}, "text": "\ud800\0🐉"}]})
    for feature in ("hover", "completion", "definition"):
        for position in (huge, {"line": 0, "character": 7}, {"line": 1, "character": 5}):
            client.result(f"textDocument/{feature}", {**document, "position": position})
        assert "error" in client.request(f"textDocument/{feature}", {**document, "position": {"line": 1.5}})
    for feature in ("documentSymbol", "formatting"):
        client.result(f"textDocument/{feature}", document)
    for text in ("plan: [" * 10000, "- " * 50000, "plan: {a: " * 3000, "plan: x\nfacts: " + "{" * 1000,
                 "\t\r\r\n:\n- \n-\n? :\n&a *b !c\n", "plan: 'x", "plan: |\n  x\n y", "---\n...\nplan: x\n---\n",
                 "plan: x\nsource: {file: /dev/zero}\ntargets:\n- {at: {line: 1}}"):
        client.notify("textDocument/didChange", {**document, "contentChanges": [{"text": text}]})
        end = {"line": text.count("\n"), "character": 10}
        for feature in ("hover", "completion", "definition"):
            client.result(f"textDocument/{feature}", {**document, "position": end})
        client.result("textDocument/documentSymbol", document)
        client.result("textDocument/codeAction", {**document, "range": {"start": end, "end": huge}})
        client.wait_for(uri, lambda params: True)
    client.body(json.dumps({"jsonrpc": "2.0", "id": "deep", "method": "x", "params": []})[:-2] + "[" * 100000 + "]" * 100000 + "}")
    assert client.answer(None)["error"]["code"] == -32700
    for n in range(300):
        client.notify("textDocument/didOpen", {"textDocument": {"uri": f"untitled:{n}", "version": 1, "text": "plan: x"}})
    client.result("textDocument/documentSymbol", document)
    assert any(message["method"] == "window/logMessage" for message in client.others)
    assert client.end() == 0


def main():
    longtu, root = sys.argv[1], pathlib.Path(sys.argv[2])
    for check in (check_session, check_neighbours, check_manners, check_hostile):
        with tempfile.TemporaryDirectory(prefix="陇图 ") as folder:
            check(longtu, copy_plans(root, folder))


main()
