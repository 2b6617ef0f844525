"""The logs that src/publish/sarif.c writes are valid against the schema of OASIS, and keep those rules of the standard that
a schema cannot state. sarif_test.py PUBLISH_SARIF_SAMPLE ROOT"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

import jsonschema

FINGERPRINT = "longtuFinding/v1"
LINK = r"(?<!\\)\[((?:[^\[\]\\]|\\.)*)\]\((\d+)\)"  # 3.11.6


def physical(location, run):
    """Columns count code points and snippets are what stands there."""
    place = location["physicalLocation"]
    file = place["artifactLocation"]
    assert re.fullmatch(r"(?:[A-Za-z0-9\-._~/]|%[0-9A-F]{2})+", file["uri"].removeprefix("file://")), file
    assert ("uriBaseId" in file) != file["uri"].startswith("file:///"), file
    assert file.get("uriBaseId", "SRCROOT") in run["originalUriBaseIds"], file
    region, around = place.get("region", {}), place.get("contextRegion")
    if "endColumn" in region:
        assert region["endColumn"] >= region["startColumn"], region
        if "snippet" in region:
            assert len(region["snippet"]["text"]) == region["endColumn"] - region["startColumn"], region
    if around:
        line, first = around["snippet"]["text"], around["startColumn"]
        assert len(line) == around["endColumn"] - first, around
        assert line[region["startColumn"] - first : region["endColumn"] - first] == region.get("snippet", {}).get("text", ""), place
    return urllib.parse.unquote(file["uri"])


def check(log):
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    codes = [rule["id"] for rule in rules]
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(set(codes)) == len(codes) and set(codes) == {result["ruleId"] for result in run["results"]}
    for rule in rules:
        assert re.fullmatch(r"[A-Z][A-Za-z0-9]*", rule["name"]), rule
        assert rule["shortDescription"]["text"] and rule["fullDescription"]["text"], rule
        assert not re.search(r"\{\d\}", json.dumps(rule)), rule
        assert rule["help"]["text"].startswith(rule["fullDescription"]["text"]) and rule["help"]["markdown"], rule
        assert [tag for tag in rule["properties"]["tags"] if tag in ("structure", "numbers", "data", "tool")], rule
    prints = [result["partialFingerprints"][FINGERPRINT] for result in run["results"]]
    assert len(set(prints)) == len(prints)
    for result in run["results"]:
        assert codes[result["ruleIndex"]] == result["ruleId"], result
        text = result["message"]["text"]
        assert not re.search(r"[{}]", text.replace("{{", "").replace("}}", "")), text  # 3.11.5
        assert not re.search(r"(?<!\\)\]\(", re.sub(LINK, "", text)), text
        for location in result.get("locations", []):
            physical(location, run)
        related = result.get("relatedLocations", [])
        assert [location["id"] for location in related] == list(range(1, len(related) + 1)), related
        links = [int(number) for _, number in re.findall(LINK, text)]
        assert links == [location["id"] for location in related], (links, related)
        for location in related:
            physical(location, run)
        for flow in result.get("codeFlows", []):
            [thread] = flow["threadFlows"]
            for step in thread["locations"]:
                physical(step["location"], run)
                assert step["location"]["message"]["text"] and "id" not in step["location"], step
        if "minimalConflictSet" in result.get("properties", {}):
            assert result["ruleId"] in ("LT2101", "LT2102", "LT2103"), result["ruleId"]
    for key in ("baselineState", "suppressions"):
        assert len({key in result for result in run["results"]}) == 1, key
    return run


def states(run):
    return sorted((result["baselineState"], result["ruleId"]) for result in run["results"])


def main():
    sample, root = sys.argv[1], pathlib.Path(sys.argv[2])
    schema = root.parent / "shared" / "schemas" / "sarif-2.1.0.json"
    if not schema.exists():
        print("skipped: the schema is not at hand")
        sys.exit(1 if os.environ.get("CI") == "true" else 77)
    schema = json.loads(schema.read_text(encoding="utf-8"))
    jsonschema.Draft4Validator.check_schema(schema)
    validator = jsonschema.Draft4Validator(schema)

    def log(*args):
        done = subprocess.run([sample, *args], capture_output=True, check=True)
        assert done.stderr == b"", done
        found = json.loads(done.stdout.decode("utf-8"))
        errors = [f"{list(error.absolute_path)}: {error.message}" for error in validator.iter_errors(found)]
        assert not errors, errors[:5]
        return done.stdout, check(found)

    _, english = log("en", "plain")
    text, chinese = log("zh", "plain")
    assert (english["language"], chinese["language"]) == ("en", "zh-CN")
    results = chinese["results"]
    assert len(results) == 9
    assert physical(results[0]["locations"][0], chinese) == "没有 的#文件?.yaml"
    assert physical(results[1]["locations"][0], chinese) == "plans/兰州 “十四五”.yaml"
    assert physical(results[6]["locations"][0], chinese) == "file:///data/a:b%.csv"
    assert results[5]["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 2, "startColumn": 15, "endColumn": 16, "snippet": {"text": "𠮷"}}
    assert [[one["justification"] for one in result["suppressions"]] for result in results[:3]] == [[], ["原文如此，\"已核实\""], []]
    assert [location.get("message", {}).get("text") for location in results[8]["relatedLocations"]] == ["见[此\\](1)处", "the other"]
    assert results[8]["message"]["text"].endswith("见：[见\\[此\\](1)处](1)；[the other](2)。"), results[8]["message"]
    [thread] = results[8]["codeFlows"][0]["threadFlows"]
    assert [step["location"]["message"]["text"] for step in thread["locations"]] == ["1 + {{1}} = 2", "2 × 2 = 4"]
    # the language of a log is nothing to its findings
    assert [result["partialFingerprints"] for result in english["results"]] == [result["partialFingerprints"] for result in results]

    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "old.sarif"
        path.write_bytes(text)
        _, later = log("en", "later", path)
        assert states(later) == sorted(
            [("unchanged", "LT2001"), ("unchanged", "LT1010"), ("new", "LT1008"), ("absent", "LT1001"), ("absent", "LT2001"),
             ("absent", "LT1010"), ("absent", "LT1025"), ("absent", "LT6013"), ("absent", "LT9001"), ("absent", "LT1007")]), states(later)
        gone = {(result["ruleId"], result["message"]["text"]) for result in later["results"] if result["baselineState"] == "absent"}
        # what is gone has no related locations any more, so its message has no links
        assert gone <= {(result["ruleId"], re.sub(LINK, r"\1", result["message"]["text"])) for result in results}
        _, same = log("zh", "plain", path)
        assert {state for state, _ in states(same)} == {"unchanged"}
        # laid out anew, with escapes, by another program
        path.write_text(json.dumps(json.loads(text), sort_keys=True, indent="\t"), encoding="ascii")
        assert log("en", "later", path)[1] == later
        _, many = log("en", "many", path)
        assert many["invocations"][0]["toolExecutionNotifications"], many["invocations"]
        assert {state for state, _ in states(many)} == {"new", "unchanged"}, set(states(many))
        path.write_text(text.decode("utf-8")[:3000], encoding="utf-8")
        done = subprocess.run([sample, "en", "plain", path], capture_output=True)
        assert done.returncode == 3 and b"error[LT9010]" in done.stderr and done.stdout == b"", done


main()
