#!/usr/bin/env python3
"""What `longtu check` costs and catches: bench/check.py LONGTU ROOT [--quick]

1. Time and memory over the number of plans: one nation, 100 targets each, checked together; once with numbers that all fit,
   once with one number in ten plans changed.
2. The share of mutations caught, by kind (tests/check/mutations_test.py, thousands of them).
3. Minimality, seen from outside: a statement of a reported contradiction is taken out of its file, and the contradiction has to be gone.
"""
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "tests", "check"))
import mutations_test as mutations  # noqa: E402

DICTIONARIES = ["china/regions.yaml", "china/measures.yaml", "china/indicators.yaml"]


def indicators(root):
    """Ids and units of levels that are not better when lower."""
    text = open(os.path.join(root, "plans/china/indicators.yaml"), encoding="utf-8").read()
    found = re.findall(r'- \{id: (\w+),.*?unit: ("[^"]*"|[^,}]+)(.*)', text)
    return [(i, u.strip('"')) for i, u, rest in found
            if u.strip('"') in ("%", "亿元", "万人", "万吨") and "direction: lower" not in rest and "_growth" not in i
            and i not in ("primary_share", "secondary_share", "tertiary_share")]


def nation(folder, root, n, wrong):
    """Plans of the prefectures, each again and again; a fact and a growth tie the levels of some."""
    codes = re.findall(r'code: "?(\d{6})"?.*?level: (\w+)',
                       open(os.path.join(root, "plans/china/regions.yaml"), encoding="utf-8").read())
    areas = [c for c, level in codes if level == "prefecture"]
    known = indicators(root)
    uses = ", ".join(json.dumps(os.path.join(root, "plans", d)) for d in DICTIONARIES)
    for k in range(n):
        rng, area = random.Random(k), areas[k % len(areas)]
        shift = 1 if wrong and k % 10 == 3 else 0
        out = ["plan: p%d" % k, "title: {zh: 测试, en: test}", "uses: [%s]" % uses, "period: [2021, 2025]",
               'area: {group: "%s"}' % area, "facts:",
               "  - {indicator: population, value: %d, unit: 万人, period: 2020}" % (100 + int(area) % 7),
               "  - {indicator: gdp, value: 300, unit: 亿元, period: 2020}",
               "  - {indicator: fai, value: %d, unit: 亿元, period: 2020}" % (100 + 40 * shift), "targets:",
               '  - {indicator: fai_growth, comparator: "=", value: 10.0, unit: "%", kind: annual_growth, year: 2025}',
               '  - {indicator: fai, comparator: "=", value: 161, unit: 亿元, year: 2025}']
        for indicator, unit in rng.sample([i for i in known if i[0] not in ("fai", "gdp", "population")], 98):
            out.append('  - {indicator: %s, comparator: ">=", value: %d, unit: "%s", year: 2025}'
                       % (indicator, sum(map(ord, indicator)) % 40 + 1, unit))
        with open(os.path.join(folder, "p%04d.yaml" % k), "w", encoding="utf-8") as file:
            file.write("\n".join(out) + "\n")


def measure(longtu, folder):
    """Seconds, MiB and the last line of a check."""
    start = time.perf_counter()
    child = subprocess.Popen([longtu, "check", folder, "-q", "--lang", "en"], stdout=subprocess.PIPE, text=True)
    out = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit("the check failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024, out.splitlines()[-1]


def curve(longtu, root, sizes):
    for wrong in (False, True):
        print("plans that fit" if not wrong else "one plan in ten with a number that does not")
        for n in sizes:
            with tempfile.TemporaryDirectory() as folder:
                nation(folder, root, n, wrong)
                seconds, mib, last = measure(longtu, folder)
            print("  %5d plans %7.2f s %7.0f MiB %6.2f ms a plan   %s" % (n, seconds, mib, seconds / n * 1000, last))
    runs = sorted(measure(longtu, os.path.join(root, "plans/gansu"))[0] for _ in range(11))
    print("the three plans of Gansu: %.0f ms (median of 11; %.0f to %.0f)"
          % (runs[5] * 1000, runs[0] * 1000, runs[-1] * 1000))


def members(finding, lines):
    """The statements of a contradiction, as file and line of text."""
    places = [(finding["file"], finding["line"])]
    places += [(r["file"], r["line"]) for r in finding["related"] if r["line"]]
    return frozenset((os.path.basename(f), lines[os.path.basename(f)][n - 1]) for f, n in places)


def minimality(longtu, root, n):
    rng, tried, kept, conflicts = random.Random(5), 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        while conflicts < n:
            one = mutations.mutate_files(rng, mutations.make(rng))
            if one is None or one[1] not in ("file: number", "file: digits"):
                continue
            lines = {name: text.split("\n") for name, text in one[0].items()}
            for finding in mutations.findings(longtu, root, folder, one[0]):
                if finding["code"] not in ("LT2101", "LT2102", "LT2103"):
                    continue
                conflicts += 1
                whole = members(finding, lines)
                for name, line in whole:
                    files = dict(one[0])
                    files[name] = "\n".join(x for x in lines[name] if x != line)
                    left = {n: t.split("\n") for n, t in files.items()}
                    again = [members(f, left) for f in mutations.findings(longtu, root, folder, files)
                             if f["code"] in ("LT2101", "LT2102", "LT2103")]
                    tried += 1
                    kept += any(a <= whole for a in again)
    print("%d contradictions: %d members taken out one at a time, %d times a contradiction stayed among the rest"
          % (conflicts, tried, kept))
    return kept


def main():
    longtu, root = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    quick = "--quick" in sys.argv
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    curve(longtu, root, (30, 100, 300) if quick else (100, 300, 1000, 3000))
    sys.stdout.flush()
    wrong = minimality(longtu, root, 10 if quick else 60)
    sys.stdout.flush()
    done = subprocess.run([sys.executable, mutations.__file__, longtu, root, "--n", "200" if quick else "3000"], check=False)
    sys.exit(1 if wrong else done.returncode)


main()
