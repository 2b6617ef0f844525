#!/usr/bin/env python3
"""Whether `longtu check` catches a plan that was made inconsistent, and keeps quiet about one that was not.

mutations_test.py LONGTU ROOT [--n N] [--seed S] [--jobs J]

Plans of the three regions of a province are made whose numbers all fit, printed to a few digits: as plan files, and as
text. Unchanged they must give no finding above a note. Then one thing at a time is changed: a number by more
than rounding allows, its digits, its unit, a year, a comparator, a member, a heading, always one that something else
in the plan contradicts. A change counts as caught when there is a finding above a note. Prints the share by kind; fails
below 95 % or at a false alarm.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import random
import re
import subprocess
import sys
import tempfile

GROUPS = {
    "lanzhou-circle": ("兰州经济圈", ["620100", "620400", "621100", "622900"], ["兰州市", "白银市", "定西市", "临夏州"]),
    "hexi-corridor": ("河西走廊经济带", ["620200", "620300", "620600", "620700", "620900"],
                      ["嘉峪关市", "金昌市", "武威市", "张掖市", "酒泉市"]),
    "longdongnan": ("陇东南区域", ["620500", "620800", "621000", "621200", "623000"],
                    ["天水市", "平凉市", "庆阳市", "陇南市", "甘南州"]),
}
DICTIONARIES = ["china/regions.yaml", "china/measures.yaml", "china/indicators.yaml", "gansu/regions.yaml"]
COUNTS = {4: "四", 5: "五"}
OTHER_UNITS = {"万人": "人", "平方公里": "公顷", "亿元": "万元", "人/平方公里": "人/公顷", "公里": "米"}


# ---- what is true ----

def make(rng):
    """Facts and targets of each group as [indicator, value, digits, unit, year, kind, comparator of a target or None]."""
    plans, people, area, gdp = {}, {}, {}, {}
    for group in GROUPS:
        people[group], area[group] = round(rng.uniform(200, 1500), 2), round(rng.uniform(50000, 250000))
        gdp[group] = round(rng.uniform(1000, 6000), 1)
    for group in GROUPS:
        first, second = round(rng.uniform(5, 25), 2), round(rng.uniform(25, 45), 2)
        fai, growth = round(rng.uniform(500, 3000), 1), round(rng.uniform(3, 10), 1)
        revenue, more = round(rng.uniform(50, 500), 1), round(rng.uniform(3, 9), 1)
        trade = round(rng.uniform(40, 400), 1)
        sold = round(trade * rng.uniform(0.3, 0.7), 1)
        rural, ratio = round(rng.uniform(9000, 20000)), rng.uniform(1.8, 3.2)
        rail = round(rng.uniform(900, 3000))
        urban = round(rng.uniform(30, 60), 1)
        plans[group] = [
            ["population", people[group], 2, "万人", 2020, "level", None],
            ["land_area", area[group], 0, "平方公里", 2020, "level", None],
            ["gdp", gdp[group], 1, "亿元", 2020, "level", None],
            ["population_share", people[group] / sum(people.values()) * 100, 2, "%", 2020, "share", None],
            ["area_share", area[group] / sum(area.values()) * 100, 2, "%", 2020, "share", None],
            ["gdp_share", gdp[group] / sum(gdp.values()) * 100, 2, "%", 2020, "share", None],
            ["population_density", people[group] * 1e4 / area[group], 1, "人/平方公里", 2020, "level", None],
            ["gdp_per_capita", gdp[group] * 1e4 / people[group], 0, "元", 2020, "level", None],
            ["primary_share", first, 2, "%", 2020, "share", None],
            ["secondary_share", second, 2, "%", 2020, "share", None],
            ["tertiary_share", 100 - first - second, 2, "%", 2020, "share", None],
            ["foreign_trade", trade, 1, "亿元", 2020, "level", None],
            ["exports", sold, 1, "亿元", 2020, "level", None],
            ["imports", trade - sold, 1, "亿元", 2020, "level", None],
            ["rural_disposable_income", rural, 0, "元", 2020, "level", None],
            ["urban_disposable_income", rural * ratio, 0, "元", 2020, "level", None],
            ["urban_rural_income_ratio", ratio, 2, "", 2020, "level", None],
            ["rail_length", rail, 0, "公里", 2020, "level", None],
            ["hsr_length", rail * rng.uniform(0.85, 0.95), 0, "公里", 2020, "level", None],
            ["urbanization_rate", urban, 1, "%", 2020, "level", None],
            ["fai", fai, 1, "亿元", 2020, "level", None],
            ["fai_growth", growth, 1, "%", 2025, "annual_growth", "="],
            ["fai", fai * (1 + growth / 100) ** 5, 1, "亿元", 2025, "level", "="],
            ["budget_revenue", revenue, 1, "亿元", 2020, "level", None],
            ["budget_revenue_growth", more, 1, "%", 2025, "annual_growth", "="],
            ["budget_revenue", revenue * (1 + more / 100) ** 5, 1, "亿元", 2025, "level", "="],
            ["urbanization_rate", urban + rng.uniform(3, 8), 0, "%", 2025, "level", ">="],
        ]
    return plans


# ---- plan files ----

def plan_files(plans, heads):
    """The text of each plan file; `heads`: the period, members and phases of each."""
    files = {}
    for group, rows in plans.items():
        head = heads[group]
        out = ["plan: %s" % group, "title: {zh: “十四五”%s发展规划, en: plan}" % GROUPS[group][0],
               "period: [%d, %d]" % tuple(head["period"]),
               "area: {group: %s, members: [%s]}" % (group, ", ".join('"%s"' % m for m in head["members"])),
               "source: {number: 〔2021〕93号, issued: 2021-10-10}"]
        for is_target, name in ((False, "facts:"), (True, "targets:")):
            out.append(name)
            for indicator, value, digits, unit, year, kind, comparator in rows:
                if (comparator is not None) == is_target:
                    when = 'comparator: "%s", year: %d' % (comparator, year) if is_target else "period: %d" % year
                    out.append('  - {indicator: %s, value: %.*f, unit: "%s", kind: %s, %s}'
                               % (indicator, digits, value, unit or "1", kind, when))
        out += ["phases:"] + ["  - {title: {zh: 第%d阶段, en: phase}, years: [%d, %d]}" % (k + 1, a, b)
                              for k, (a, b) in enumerate(head["phases"])]
        out += ["tasks:", "  - {id: t1, title: {zh: 建成区域数据平台, en: platform}, owners: [兰州市], due: %d}" % head["due"]]
        files[group + ".yaml"] = "\n".join(out) + "\n"
    return files


def heads_of():
    return {g: {"period": [2021, 2025], "members": list(GROUPS[g][1]), "phases": [[2021, 2023], [2024, 2025]],
                "due": 2024} for g in GROUPS}


def mutate_files(rng, plans):
    heads, kind = heads_of(), rng.choice(["number", "number", "digits", "unit", "year", "comparator", "member"])
    plans = {g: [list(r) for r in rows] for g, rows in plans.items()}
    group = rng.choice(list(plans))
    rows, head = plans[group], heads[group]
    bound = [r for r in rows if r[0] != "urbanization_rate"]  # what something else ties
    row = rng.choice(bound)
    if kind == "number":  # a few per cent; what may be passed only downwards
        if row[0] in ("rail_length", "hsr_length"):
            row[1] *= rng.uniform(0.5, 0.84) if row[0] == "rail_length" else rng.uniform(1.2, 1.5)
        elif row[0] == "gdp_per_capita":
            row[1] *= 1 + rng.choice([-1, 1]) * rng.uniform(0.08, 0.4)
        elif row[6] == "=" and row[5] == "level":
            row[1] *= rng.uniform(0.6, 0.94)
        else:
            row[1] *= 1 + rng.choice([-1, 1]) * rng.uniform(0.06, 0.4)
    elif kind == "digits":
        row[1] *= 0.1 if row[0] == "rail_length" else 10 if row[0] == "hsr_length" else rng.choice([10, 0.1])
    elif kind == "unit":
        row = rng.choice([r for r in bound if r[3] in OTHER_UNITS and r[0] != "hsr_length"])
        row[3] = OTHER_UNITS[row[3]]
    elif kind == "year":
        which = rng.choice(["target", "level", "due", "phase", "period"])
        if which == "target":
            row = rng.choice([r for r in rows if r[6] is not None])
            row[4] = rng.choice([2015, 2019, 2052])
        elif which == "level":
            row = rng.choice([r for r in rows if r[0] in ("fai", "budget_revenue") and r[6] is None])
            row[4] = 2025
        elif which == "due":
            head["due"] = rng.choice([2014, 2020, 2042])
        elif which == "phase":
            head["phases"][1][0] = rng.choice([2023, 2025, 2022])
        else:
            head["period"] = rng.choice([[2021, 2024], [2011, 2025], [2021, 2026]])
    elif kind == "comparator":
        row = [r for r in rows if r[0] == "urbanization_rate" and r[6] is not None][0]
        row[6] = "<="
    else:
        at = rng.randrange(len(head["members"]))
        if rng.random() < 0.5:
            head["members"][at] = rng.choice(["620100", "620900", "621000", "610100"])
            if len(set(head["members"])) == len(head["members"]) and set(head["members"]) == set(GROUPS[group][1]):
                return None
        else:
            del head["members"][at]
    return plan_files(plans, heads), "file: " + kind


# ---- the text of plans ----

def texts(plans):
    """The lines of each plan."""
    out = {}
    for group, rows in plans.items():
        name, _, members = GROUPS[group]
        said = {(r[0], r[4]): "%.*f" % (r[2], r[1]) for r in rows}
        wan = "%.4f" % (float(said["land_area", 2020]) / 10000)
        out[group] = ["“十四五”%s发展规划" % name, "", "（2021年10月10日）", "",
                "规划期为2021—2025年。本规划范围包括%s%s个市州，总面积%s万平方公里，2020年末总人口达到%s万人，地区生产总值达到%s亿元，"
                "分别占全省的%s%%、%s%%和%s%%。"
                % ("、".join(members[:-1]) + "和" + members[-1], COUNTS[len(members)], wan, said["population", 2020],
                   said["gdp", 2020], said["area_share", 2020], said["population_share", 2020], said["gdp_share", 2020]), "",
                "一、发展基础", "", "2020年，人口密度达到%s人/平方公里，三次产业结构比为%s∶%s∶%s。"
                % (said["population_density", 2020], said["primary_share", 2020], said["secondary_share", 2020],
                   said["tertiary_share", 2020]), "",
                "二、总体要求", "", "（一）指导思想。", "", "坚持新发展理念，推动区域协调发展。", "",
                "（二）发展目标。", "", "到2025年，常住人口城镇化率达到%s%%以上。" % said["urbanization_rate", 2025], "",
                "（三）发展布局。", "", "%s%s市州加强合作（见专栏1）。" % ("、".join(members), COUNTS[len(members)]), "",
                "专栏1 重点任务", "", "2024年底前，由%s负责，建成区域数据平台。" % members[0], "",
                "三、重点任务", "", "推动产业协同发展，健全合作机制。", "",
                "四、组织实施", "", "加强组织领导，确保任务落实。", ""]
    return out


def text_files(lines):
    return {group + ".txt": "\n".join(of) + "\n" for group, of in lines.items()}


def mutate_texts(rng, plans):
    files = texts(plans)
    group = rng.choice(list(files))
    lines = files[group]
    kind = rng.choice(["number", "digits", "unit", "year", "member", "heading", "figure"])
    def pick(test):
        return rng.choice([i for i in range(len(lines)) if test(lines[i])])

    def replace(at, old, new):
        assert old in lines[at], (old, lines[at])
        lines[at] = lines[at].replace(old, new, 1)

    scope, density = 4, 8
    if kind in ("number", "digits"):
        at = rng.choice([scope, density])
        found = [m for m in re.finditer(r"(\d+\.\d+)(万平方公里|万人|亿元|%|人/|∶|。)", lines[at])]
        one = rng.choice(found)
        value = float(one.group(1))
        new = value * (1 + rng.choice([-1, 1]) * rng.uniform(0.06, 0.4)) if kind == "number" else value * 10
        digits = len(one.group(1).split(".")[1])
        lines[at] = lines[at][:one.start(1)] + "%.*f" % (digits, new) + lines[at][one.end(1):]
    elif kind == "unit":
        old, new = rng.choice([("万平方公里", "平方公里"), ("万人，", "人，"), ("亿元", "万元")])
        replace(scope, old, new)
    elif kind == "year":
        at, old, new = rng.choice([(scope, "2021—2025年", "2021—2024年"), (scope, "2021—2025年", "2012—2025年"),
                                   (pick(lambda s: s.startswith("2024年底前")), "2024年", "2014年")])
        replace(at, old, new)
    elif kind == "member":
        members = GROUPS[group][2]
        at = rng.choice([scope, pick(lambda s: "加强合作" in s)])
        if rng.random() < 0.5:
            replace(at, members[1] + "、", "")
        else:
            replace(at, members[1], "西宁市")
    elif kind == "heading":
        at = pick(lambda s: re.match(r"[三四]、|（[二三]）", s))
        one = lines[at][1] if lines[at][0] == "（" else lines[at][0]
        replace(at, one, {"二": rng.choice("一四"), "三": rng.choice("二五"), "四": rng.choice("三六")}[one])
    else:
        at = pick(lambda s: "专栏1" in s)
        replace(at, "专栏1", rng.choice(["专栏2", "专栏3"]))
    return text_files(files), "text: " + kind


# ---- trying ----

def findings(longtu, root, folder, files):
    """The findings above a note of a check of the files, and how it ended."""
    with tempfile.TemporaryDirectory(dir=folder) as work:
        for name, text in files.items():
            with open(os.path.join(work, name), "w", encoding="utf-8") as file:
                file.write(text)
        paths = sorted(os.path.join(work, n) for n in files)
        packs = [a for d in DICTIONARIES for a in ("--pack", os.path.join(root, "plans", d))]
        got = subprocess.run([longtu, "check", *paths, *packs, "--format", "json", "-q", "--lang", "en"],
                             capture_output=True, text=True, check=False)
    if got.returncode == 3:  # it cannot be read as a plan at all, which is told
        return [{"code": "", "message": got.stderr}]
    if got.returncode not in (0, 1):
        sys.exit("exit status %d: %s" % (got.returncode, got.stderr))
    return json.loads(got.stdout)["findings"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("longtu")
    parser.add_argument("root")
    parser.add_argument("--n", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    rng, each = random.Random(options.seed), 30
    caught, all_of, alarms = collections.Counter(), collections.Counter(), 0
    bases = []
    work = []
    while len(work) < options.n:
        plans = make(rng)
        bases += [(plan_files(plans, heads_of()), "plan files"), (text_files(texts(plans)), "text")]
        for k in range(each):
            one = (mutate_files if k % 2 else mutate_texts)(rng, plans)
            if one is not None and len(work) < options.n:
                work.append(one)
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        def tried(files):
            return findings(options.longtu, os.path.abspath(options.root), folder, files)

        for (_, what), wrong in zip(bases, pool.map(tried, [b[0] for b in bases])):
            if wrong:
                alarms += 1
                print("false alarm on", what, ":", wrong[0]["code"], wrong[0]["message"])
        for (files, kind), wrong in zip(work, pool.map(tried, [w[0] for w in work])):
            all_of[kind] += 1
            caught[kind] += bool(wrong)
            if not wrong and all_of[kind] - caught[kind] <= 2:
                keep = os.path.join(tempfile.gettempdir(), "longtu-missed-%s" % re.sub(r"\W+", "-", kind))
                os.makedirs(keep, exist_ok=True)
                for name, text in files.items():
                    with open(os.path.join(keep, name), "w", encoding="utf-8") as file:
                        file.write(text)
                print("missed, kept in", keep)
    for kind in sorted(all_of):
        print("%-17s %5d of %5d caught, %5.1f %%" % (kind, caught[kind], all_of[kind], 100 * caught[kind] / all_of[kind]))
    share = sum(caught.values()) / sum(all_of.values())
    print("%.2f %% of %d caught; %d false alarms on %d consistent plans" % (share * 100, sum(all_of.values()), alarms, len(bases)))
    sys.exit(0 if share >= 0.95 and alarms == 0 else 1)


if __name__ == "__main__":
    main()
