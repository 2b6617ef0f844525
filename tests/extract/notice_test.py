"""The notice gives exactly the plans of plans/gansu: merged into a copy it changes no byte and differs in nothing; and
its JSON, read by another program, says of each fact, target, task and mechanism what the plan files say, and leaves no
number unclaimed that they do not list. notice_test.py LONGTU ROOT"""

import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from fractions import Fraction

import yaml

PLANS = ("lanzhou-circle", "hexi-corridor", "longdongnan")


def run(*words):
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    assert done.returncode == 0 and not done.stderr, (words, done.returncode, done.stderr)
    return done.stdout


def units(root):
    """Unit of each indicator and measure, which a plan may leave out."""
    found = {}
    for name in ("measures", "indicators"):
        data = yaml.safe_load((root / "plans" / "china" / (name + ".yaml")).read_text(encoding="utf-8"))
        for item in data[name]:
            found[item["id"]] = str(item["unit"])
    return found


def text_of(value):
    """zh of a text in two languages."""
    return value["zh"] if isinstance(value, dict) else value


def number(value):
    return None if value is None else Fraction(str(value))


def place(item):
    at = item["at"]
    return at["line"], at.get("start", 0), at["end"]


def place_said(item):
    return item["line"], item["start"], item["end"]


def day(value):
    return value.isoformat() if isinstance(value, datetime.date) else value and str(value)


def same(what, want, got):
    assert want == got, "%s: the plan file has %r, the document gives %r" % (what, want, got)


def check_numbers(where, wants, gots, year, unit_of):
    same(where + ", how many", len(wants), len(gots))
    for want, got in zip(sorted(wants, key=place), sorted(gots, key=place_said)):
        what = "%s, line %s, %s" % (where, want["at"]["line"], want.get("indicator") or text_of(want["name"]))
        same(what + ", place", place(want), place_said(got))
        same(what + ", value", number(want["value"]), number(got["value"]))
        same(what + ", unit", str(want.get("unit", unit_of.get(want.get("indicator"), ""))), got["unit"])
        same(what + ", comparator", want.get("comparator", "="), got["comparator"])
        same(what + ", kind", want.get("kind", "level"), got["kind"])
        same(what + ", " + year, str(want[year]), str(got[year]))
        same(what + ", indicator", want.get("indicator"), got["indicator"])
        if "name" in want:
            same(what + ", name", text_of(want["name"]), got["name"])
        if "region" in want:
            same(what + ", region", str(want["region"]), got["region"])
        else:
            same(what + ", region", where, got["region"] or where)
        if year == "period":
            same(what + ", since", want.get("since"), got["since"])
            continue
        same(what + ", baseline", number(want.get("baseline")), number(got["baseline"]))
        same(what + ", baseline_year", want.get("baseline_year"), got["baseline_year"])
        same(what + ", binding", want.get("binding"), got["binding"])
        same(what + ", implicit", want.get("implicit", False), got["implicit"])


def check_rest(where, plan, said):
    for key, title in (("tasks", "title"), ("mechanisms", "name")):
        wants, gots = plan.get(key, []), said[key]
        same("%s, how many %s" % (where, key), len(wants), len(gots))
        for want, got in zip(sorted(wants, key=place), sorted(gots, key=place_said)):
            what = "%s, %s of line %s" % (where, key, want["at"]["line"])
            same(what, place(want), place_said(got))
            same(what, text_of(want[title]), got[title])
            same(what, want.get("part", ""), got["part"])
            same(what, want.get("cycle"), got["cycle"])
            if key == "tasks":
                same(what, str(want["id"]), got["id"])
                same(what, want.get("owners", []), got["owners"])
                same(what, want.get("cooperating", []), got["cooperating"])
                same(what, day(want.get("due")), got["due"])
            else:
                same(what, want["kind"], got["kind"])
    wants, gots = plan.get("unclaimed", []), said["unclaimed"]
    same(where + ", unclaimed", sorted((place(i), i["text"]) for i in wants),
         sorted((place_said(i), i["text"]) for i in gots))


def check_json(longtu, root, notice):
    unit_of = units(root)
    said = json.loads(run(longtu, "extract", str(notice), "--format", "json"))
    assert said["document"]["number"] == "甘政办发〔2021〕93号" and said["document"]["issued"] == "2021-10-10"
    same("plans", list(PLANS), [plan["id"] for plan in said["plans"]])
    for got in said["plans"]:
        plan = yaml.safe_load((root / "plans" / "gansu" / (got["id"] + ".yaml")).read_text(encoding="utf-8"))
        same("title", text_of(plan["title"]), got["title"])
        same("period", plan["period"], got["period"])
        same("horizon", plan["horizon"], got["horizon"])
        same("members", [str(code) for code in plan["area"]["members"]], got["regions"])
        check_numbers(got["id"], plan["facts"], got["facts"], "period", unit_of)
        check_numbers(got["id"], plan["targets"], got["targets"], "year", unit_of)
        check_rest(got["id"], plan, got)
        print("%s: %d facts, %d targets, %d tasks, %d mechanisms, %d unclaimed" % (
            got["id"], *(len(got[key]) for key in ("facts", "targets", "tasks", "mechanisms", "unclaimed"))))


def check_merge(longtu, root, notice):
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(root / "plans", os.path.join(folder, "plans"))
        copy = os.path.join(folder, "plans", "gansu") + "/"
        before = {path.name: path.read_bytes() for path in sorted(pathlib.Path(copy).iterdir())}
        out = run(longtu, "extract", str(notice), "-o", copy, "--lang", "en")
        same("merging", ["%s%s.yaml: unchanged" % (copy, name) for name in PLANS], out.splitlines())
        assert before == {path.name: path.read_bytes() for path in sorted(pathlib.Path(copy).iterdir())}


def main():
    longtu, root = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    notice = sorted((root.parent / "shared" / "notice").glob("000_*.txt"))
    if not notice:
        print("skipped: the notice is not at hand")
        sys.exit(1 if os.environ.get("CI") == "true" else 77)
    check_merge(longtu, root, notice[0])
    check_json(longtu, root, notice[0])


main()
