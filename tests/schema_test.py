"""The JSON Schema that `longtu plan schema` prints accepts the plans and dictionaries of the project, and refuses them
when a key, a word or a number in them is wrong: editors that use it complete and validate as the program does."""

import copy
import json
import pathlib
import subprocess
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """Dates stay text, as an editor's YAML reader gives them to the schema."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def schema(longtu, *options):
    text = subprocess.run([longtu, "plan", "schema", *options], check=True, capture_output=True).stdout
    found = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


def main():
    longtu, root = sys.argv[1], pathlib.Path(sys.argv[2])
    plans, dictionaries = schema(longtu), schema(longtu, "--dictionary")
    seen = 0
    for path in sorted([*(root / "plans" / "gansu").glob("*.yaml"), *(root / "plans" / "china").glob("*.yaml")]):
        document = yaml.load(path.read_text(encoding="utf-8"), Loader)
        validator = plans if "plan" in document else dictionaries
        errors = [f"{path.name}: {error.json_path}: {error.message}" for error in validator.iter_errors(document)]
        assert not errors, errors
        wrong = copy.deepcopy(document)
        wrong["colour"] = "blue"
        assert not validator.is_valid(wrong), "an unknown key passes"
        if "plan" in document:
            for change in ({"comparator": "=>"}, {"value": "many"}, {"year": "soon"}, {"kind": "height"}, {"at": {"start": 3}}):
                wrong = copy.deepcopy(document)
                wrong["targets"][0].update(change)
                assert not validator.is_valid(wrong), f"{change} passes"
            wrong = copy.deepcopy(document)
            del wrong["targets"][0]["value"]
            assert not validator.is_valid(wrong), "a target without a value passes"
        seen += 1
    assert seen == 9, seen


main()
