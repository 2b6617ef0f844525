#!/usr/bin/env python3
"""Whether `longtu check` catches a plan that was made inconsistent, and keeps quiet about one that was not.

mutations_test.py LONGTU ROOT [--n N] [--seed S]

Plans of three regions of a province are made whose numbers all fit, printed to a few digits. Unchanged they must give no
finding above a note. Then one number or unit at a time is changed by more than rounding allows; a change counts as
caught when there is a finding above a note. Prints the share by kind; fails below 95 % or at a false alarm.
"""
import argparse
import collections
import json
import os
import random
import subprocess
import sys
import tempfile

GROUPS = {"lanzhou-circle": 4, "hexi-corridor": 5, "longdongnan": 5}
DICTIONARIES = ["china/regions.yaml", "china/measures.yaml", "china/indicators.yaml", "gansu/regions.yaml"]


def make(rng):
    """Facts and targets of each group as (indicator, value, digits, unit, year, kind, is a target)."""
    plans, people, area, gdp = {}, {}, {}, {}
    for group in GROUPS:
        people[group], area[group] = round(rng.uniform(200, 1500), 2), round(rng.uniform(50000, 250000))
        gdp[group] = round(rng.uniform(1000, 6000), 1)
    for group in GROUPS:
        first, second = round(rng.uniform(5, 25), 2), round(rng.uniform(25, 45), 2)
        fai, growth = rng.uniform(500, 3000), round(rng.uniform(3, 10), 1)
        fai = round(fai, 1)
        revenue, more = round(rng.uniform(50, 500), 1), round(rng.uniform(3, 9), 1)
        plans[group] = [
            ("population", people[group], 2, "万人", 2020, "level", False),
            ("land_area", area[group], 0, "平方公里", 2020, "level", False),
            ("gdp", gdp[group], 1, "亿元", 2020, "level", False),
            ("population_share", people[group] / sum(people.values()) * 100, 2, "%", 2020, "share", False),
            ("area_share", area[group] / sum(area.values()) * 100, 2, "%", 2020, "share", False),
            ("gdp_share", gdp[group] / sum(gdp.values()) * 100, 2, "%", 2020, "share", False),
            ("population_density", people[group] * 1e4 / area[group], 1, "人/平方公里", 2020, "level", False),
            ("primary_share", first, 2, "%", 2020, "share", False),
            ("secondary_share", second, 2, "%", 2020, "share", False),
            ("tertiary_share", 100 - first - second, 2, "%", 2020, "share", False),
            ("fai", fai, 1, "亿元", 2020, "level", False),
            ("fai_growth", growth, 1, "%", 2025, "annual_growth", True),
            ("fai", fai * (1 + growth / 100) ** 5, 1, "亿元", 2025, "level", True),
            ("budget_revenue", revenue, 1, "亿元", 2020, "level", False),
            ("budget_revenue_growth", more, 1, "%", 2025, "annual_growth", True),
            ("budget_revenue", revenue * (1 + more / 100) ** 5, 1, "亿元", 2025, "level", True),
        ]
    return plans


def write(folder, root, plans):
    for group, rows in plans.items():
        out = ["plan: %s" % group, "title: {zh: 测试, en: test}", "period: [2021, 2025]", "area: {group: %s}" % group,
               "uses: [%s]" % ", ".join(json.dumps(os.path.join(os.path.abspath(root), "plans", d)) for d in DICTIONARIES)]
        for want, name in ((False, "facts:"), (True, "targets:")):
            out.append(name)
            for indicator, value, digits, unit, year, kind, target in rows:
                if target == want:
                    when = "comparator: '=', year: %d" % year if target else "period: %d" % year
                    out.append('  - {indicator: %s, value: %.*f, unit: "%s", kind: %s, %s}'
                               % (indicator, digits, value, unit, kind, when))
        with open(os.path.join(folder, group + ".yaml"), "w", encoding="utf-8") as file:
            file.write("\n".join(out) + "\n")


def findings(longtu, folder):
    got = subprocess.run([longtu, "check", folder, "--format", "json", "-q", "--lang", "en"], capture_output=True,
                         text=True, check=False)
    if got.returncode not in (0, 1):
        sys.exit("exit status %d: %s" % (got.returncode, got.stderr))
    return json.loads(got.stdout)["findings"]


def change(rng, row):
    """The row with one thing changed by more than rounding, and what was changed."""
    indicator, value, digits, unit, year, kind, target = row
    how = rng.choice(["number", "number", "digits", "unit"])
    if how == "number":  # a few per cent
        value *= 1 + rng.choice([-1, 1]) * rng.uniform(0.06, 0.4)
    elif how == "digits":  # the point moved
        value *= rng.choice([10, 0.1])
    else:
        other = {"万人": "人", "平方公里": "公顷", "亿元": "万元", "人/平方公里": "人/公顷"}.get(unit)
        if other is None:
            return None
        unit = other
    return (indicator, value, digits, unit, year, kind, target), how


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("longtu")
    parser.add_argument("root")
    parser.add_argument("--n", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    caught, all_of, alarms, bases = collections.Counter(), collections.Counter(), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        while sum(all_of.values()) < options.n:
            plans = make(rng)
            write(folder, options.root, plans)
            bases += 1
            wrong = findings(options.longtu, folder)
            if wrong:
                alarms += 1
                print("false alarm:", wrong[0]["message"])
                continue
            for _ in range(15):
                group = rng.choice(list(plans))
                at = rng.randrange(len(plans[group]))
                changed = change(rng, plans[group][at])
                if changed is None:
                    continue
                mutated = {g: list(rows) for g, rows in plans.items()}
                mutated[group][at] = changed[0]
                write(folder, options.root, mutated)
                kind = changed[1]
                all_of[kind] += 1
                if findings(options.longtu, folder):
                    caught[kind] += 1
                else:
                    print("missed:", group, plans[group][at], "->", changed[0])
    for kind in sorted(all_of):
        print("%-8s %4d of %4d caught" % (kind, caught[kind], all_of[kind]))
    share = sum(caught.values()) / sum(all_of.values())
    print("%.1f %% caught; %d false alarms on %d consistent sets" % (share * 100, alarms, bases))
    sys.exit(0 if share >= 0.95 and alarms == 0 else 1)


main()
