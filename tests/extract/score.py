#!/usr/bin/env python3
"""How well `longtu extract` reads the annotated documents: precision and recall against the gold files.

score.py LONGTU ROOT [--dir DIR] [--verbose] [--min-precision P] [--min-recall R] [--floors FILE]

ROOT is the source tree; DIR the folder of *.gold.json, tests/extract/corpus if left out. P and R are shares from 0
to 1 that the exact targets of each document have to reach. FILE holds such shares for single documents and measures,
and for the total: document, measure, P, R, set apart by tabs. The measures are described in README.md beside the gold.
"""
import argparse
import calendar
import collections
import difflib
import json
import os
import re
import subprocess
import sys
import unicodedata

SCALES = [("万亿", 1e12), ("千亿", 1e11), ("百亿", 1e10), ("十亿", 1e9), ("亿", 1e8), ("千万", 1e7), ("百万", 1e6),
          ("十万", 1e5), ("万", 1e4), ("千", 1e3), ("百", 1e2)]
# What a unit is written as, what it is counted in here, and how many of the latter it holds.
UNITS = {
    "公里": ("米", 1e3), "千米": ("米", 1e3), "km": ("米", 1e3), "m": ("米", 1),
    "厘米": ("米", 1e-2), "毫米": ("米", 1e-3), "mm": ("米", 1e-3),
    "千瓦": ("瓦", 1e3), "kw": ("瓦", 1e3), "兆瓦": ("瓦", 1e6), "mw": ("瓦", 1e6), "吉瓦": ("瓦", 1e9),
    "千瓦时": ("瓦时", 1e3), "kwh": ("瓦时", 1e3), "度": ("瓦时", 1e3), "千瓦·时": ("瓦时", 1e3),
    "公斤": ("克", 1e3), "千克": ("克", 1e3), "kg": ("克", 1e3), "g": ("克", 1), "斤": ("克", 500),
    "吨": ("克", 1e6), "t": ("克", 1e6), "毫克": ("克", 1e-3), "微克": ("克", 1e-6), "ug": ("克", 1e-6),
    "μg": ("克", 1e-6), "mg": ("克", 1e-3),
    "平方公里": ("平方米", 1e6), "km2": ("平方米", 1e6), "公顷": ("平方米", 1e4), "ha": ("平方米", 1e4),
    "亩": ("平方米", 1e4 / 15), "m2": ("平方米", 1), "平米": ("平方米", 1),
    "m3": ("立方米", 1), "方": ("立方米", 1), "l": ("升", 1),
    "个百分点": ("百分点", 1), "百分点": ("百分点", 1), "pp": ("百分点", 1), "percentagepoint": ("百分点", 1),
    "%": ("%", 1), "percent": ("%", 1), "‰": ("%", 0.1), "成": ("%", 10),
    "分钟": ("小时", 1 / 60), "h": ("小时", 1), "天": ("日", 1), "个月": ("月", 1), "个工作日": ("工作日", 1),
    "周岁": ("岁", 1), "位": ("名", 1), "倍": ("倍", 1), "times": ("倍", 1),
    "吨标煤": ("克标准煤", 1e6), "吨标准煤": ("克标准煤", 1e6), "tce": ("克标准煤", 1e6), "克标准煤": ("克标准煤", 1),
    "元人民币": ("元", 1), "cny": ("元", 1),
}


def fold(text):
    """Width, case and spaces taken out."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or "")).lower()


def unit_part(text):
    if text in UNITS:
        return UNITS[text][0], UNITS[text][1]
    for scale, factor in SCALES:
        if text.startswith(scale) and text != scale:
            name, rest = unit_part(text[len(scale):])
            return name, factor * rest
        if text == scale:
            return "", factor
    return re.sub(r"^个(?=.)", "", text), 1.0


def unit(text):
    """The unit in basic words and the factor that its values are multiplied with."""
    parts = fold(text).replace("每", "/").replace("μ", "μ").split("/")
    parts = [p for p in parts if p]
    if not parts:
        return "", 1.0
    name, factor = unit_part(parts[0])
    for part in parts[1:]:
        below, scale = unit_part(part)
        name += "/" + below
        factor /= scale
    return name, factor


def same_quantity(want, got):
    """The same value once the scale words of both units are worked out."""
    try:
        a, b = float(want["value"]), float(got["value"])
    except (TypeError, ValueError, KeyError):
        return False
    name_a, factor_a = unit(want.get("unit"))
    name_b, factor_b = unit(got.get("unit"))
    # "每万人…3件" may be kept as 3 件 or as 3 件/万人.
    if "每" in want.get("name", "") and ("/" in name_a) != ("/" in name_b):
        name_a, factor_a = unit(re.split("[/／]", want.get("unit") or "")[0])
        name_b, factor_b = unit(re.split("[/／]", got.get("unit") or "")[0])
    a, b = a * factor_a, b * factor_b
    if abs(a - b) > 1e-9 * max(1.0, abs(a), abs(b)):
        return False
    if name_a == name_b:
        return True
    # Classifiers that say the same of counted things, where one side left it out.
    counting = {"", "个", "家", "项", "户", "名", "人", "所", "座", "处", "条", "件"}
    return (not name_a or not name_b) and name_a in counting and name_b in counting


def same_value(want, got):
    try:
        return abs(float(want["value"]) - float(got["value"])) <= 1e-9 * max(1.0, abs(float(want["value"])))
    except (TypeError, ValueError, KeyError):
        return False


def similar(a, b):
    a, b = fold(a), fold(b)
    if not a or not b:
        return 0.0
    if a in b or b in a:
        return 0.6 + 0.4 * min(len(a), len(b)) / max(len(a), len(b))
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def end_of(period):
    """A period as its last day, so that 2023, 2023-12 and 2023-12-31 are one deadline."""
    text = str(period or "")
    m = re.fullmatch(r"(\d{4})(?:-(?:(\d\d)(?:-(\d\d).*)?|Q([1-4])|S([12])))?", text)
    if not m:
        return text
    year, month, day, quarter, half = m.groups()
    month = int(month or (quarter and int(quarter) * 3) or (half and int(half) * 6) or 12)
    if not 1 <= month <= 12:
        return text
    return "%s-%02d-%02d" % (year, month, int(day or calendar.monthrange(int(year), month)[1]))


def source_lines(path):
    data = open(path, "rb").read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return text.replace("\r\n", "\n")


class Gold:
    def __init__(self, path):
        self.path = path
        self.name = os.path.basename(path)[:-len(".gold.json")]
        self.data = json.load(open(path, encoding="utf-8"))
        self.file = os.path.normpath(os.path.join(os.path.dirname(path), self.data["file"]))
        self.refused = self.data.get("refused", False)
        self.has_place = self.data.get("place", True)
        if self.has_place and not self.refused:
            text = source_lines(self.file)
            for kind in ("targets", "facts", "tasks", "mechanisms"):
                for item in self.data.get(kind, []):
                    item["at"] = self.locate(text, item["quote"])

    def locate(self, text, quote):
        """Line and characters of what the quote ends with: the number with its unit."""
        at = text.find(quote)
        if at < 0 or text.find(quote, at + 1) >= 0:
            sys.exit("%s: quote is not there once: %r" % (self.path, quote))
        end = at + len(quote)
        line_start = text.rfind("\n", 0, end) + 1
        return text.count("\n", 0, end) + 1, max(at, line_start) - line_start, end - line_start


def near(want, got):
    """Overlapping place (3) or, failing that, similar name (1 to 2); 0 is neither."""
    at = want.get("at")
    if at and got.get("line"):
        if at[0] == got["line"] and got.get("start", 0) < at[2] and got.get("end", 1 << 30) > at[1]:
            return 3.0
    likeness = max(similar(want["name"], got.get("name")), similar(want.get("indicator_hint"), got.get("name")))
    # Without a place the name is all there is, and it may be a part of the sentence only.
    return 1.0 + likeness if likeness >= (0.5 if at else 0.3) else 0.0


def level(want, got, year):
    """3 exact, 2 the same quantity and year, 1 the number was found but unit or year is wrong, 0 something else."""
    best = 0
    for reading in [want] + [dict(want, **other) for other in want.get("alt", [])]:
        close = near(reading, got)
        if not close:
            continue
        right_year = str(reading.get(year))[:4] == str(got.get(year))[:4]
        if same_quantity(reading, got) and right_year:
            kind = reading.get("kind", "level") == (got.get("kind") or "level")
            bound = year == "period" or reading["comparator"] == (got.get("comparator") or "=")
            best = max(best, 3 if kind and bound else 2)
        elif same_quantity(reading, got) or (same_value(reading, got) and close == 3.0):
            best = max(best, 1)
    return best


def match(wants, gots, year):
    """One to one, best pairs first. Returns [(want, got, level)]."""
    pairs = []
    for i, want in enumerate(wants):
        for j, got in enumerate(gots):
            n = level(want, got, year)
            if n:
                # What is said once of text and table stands for the one in the text.
                pairs.append((-n, bool(want.get("optional")), -near(want, got), i, j))
    used_i, used_j, out = set(), set(), []
    for n, _, _, i, j in sorted(pairs):
        if i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            out.append((wants[i], gots[j], -n))
    return out


class Count:
    """Right ones of what was wanted and of what was said."""

    def __init__(self):
        self.right = self.wanted = self.said = 0

    def add(self, right, wanted, said):
        self.right += right
        self.wanted += wanted
        self.said += said

    def merge(self, other):
        self.add(other.right, other.wanted, other.said)

    @property
    def precision(self):
        return self.right / self.said if self.said else (1.0 if not self.wanted else 0.0)

    @property
    def recall(self):
        return self.right / self.wanted if self.wanted else 1.0

    def __str__(self):
        return "P %5.1f%%  R %5.1f%%  %d of %d, %d said" % (
            100 * self.precision, 100 * self.recall, self.right, self.wanted, self.said)


def describe(item, year):
    return "%s %s %s%s %s %s" % (item.get("name") or item.get("indicator") or "?", item.get("comparator") or "=",
                                 item.get("value"), item.get("unit") or "", item.get(year), item.get("kind") or "level")


def score_numbers(gold, got, what, year, result, say):
    wants = gold.data.get(what, [])
    pairs = match(wants, got, year)
    needed = [w for w in wants if not w.get("optional")]
    free = sum(1 for w, _, _ in pairs if w.get("optional"))
    said = len(got) - free
    exact = sum(1 for w, _, n in pairs if n == 3 and not w.get("optional"))
    same = sum(1 for w, _, n in pairs if n >= 2 and not w.get("optional"))
    found = sum(1 for w, _, n in pairs if not w.get("optional"))
    result[what].add(exact, len(needed), said)
    result[what + " same"].add(same, len(needed), said)
    result[what + " found"].add(found, len(needed), said)
    met_want = {id(w) for w, _, _ in pairs}
    met_got = {id(g) for _, g, _ in pairs}
    for w, g, n in pairs:
        if n < 3 and not w.get("optional"):
            say("wrong %s: want %s | got %s | %s" % (what[:-1], describe(w, year), describe(g, year), w["quote"]))
    for w in needed:
        if id(w) not in met_want:
            say("missed %s: %s | %s" % (what[:-1], describe(w, year), w["quote"]))
    for g in got:
        if id(g) not in met_got:
            say("false %s: %s | line %s:%s-%s" % (what[:-1], describe(g, year), g.get("line"), g.get("start"),
                                                  g.get("end")))
    return pairs


def score_extras(pairs, got_plans, gold, result):
    """Region, baseline, binding and implicit of the targets that were matched."""
    areas = {""}
    for plan in gold.data.get("plans", []):
        areas.add(str(plan.get("area", "")))
    for plan in got_plans:
        areas.update(str(r) for r in plan.get("regions", []))
    for w, g, n in pairs:
        if n < 2:
            continue
        want, said = str(w.get("region") or ""), str(g.get("region") or "")
        name = str(w.get("region_name") or want)
        ok = want == said or (not want and said in areas) or (want and said and (name in said or said in name))
        result["region"].add(int(bool(ok)), 1, 1)
        if w.get("baseline") is not None or g.get("baseline") is not None:
            ok = w.get("baseline") is not None and g.get("baseline") is not None and \
                abs(float(w["baseline"]) - float(g["baseline"])) < 1e-9
            result["baseline"].add(int(ok), int(w.get("baseline") is not None), int(g.get("baseline") is not None))
        if w.get("binding") or g.get("binding"):
            ok = w.get("binding") == g.get("binding")
            result["binding"].add(int(ok), int(bool(w.get("binding"))), int(bool(g.get("binding"))))
        if w.get("implicit") or g.get("implicit"):
            ok = bool(w.get("implicit")) == bool(g.get("implicit"))
            result["implicit"].add(int(ok), int(bool(w.get("implicit"))), int(bool(g.get("implicit"))))


def body_same(a, b):
    a, b = fold(a), fold(b)
    return a == b or (min(len(a), len(b)) >= 3 and (a in b or b in a))


def score_bag(wants, gots, same, result, key, say, what):
    """Pairs (line, word): matched on the word, nearest line first; a line off by more than two is another place."""
    pairs = []
    for i, (line_a, a, optional) in enumerate(wants):
        for j, (line_b, b) in enumerate(gots):
            away = abs(line_a - line_b) if line_a and line_b else 0
            if away <= 2 and same(a, b):
                pairs.append((away, optional, a != b, i, j))
    used_i, used_j = set(), set()
    for _, _, _, i, j in sorted(pairs):
        if i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
    right = sum(1 for i in used_i if not wants[i][2])
    free = len(used_i) - right
    result[key].add(right, sum(1 for w in wants if not w[2]), len(gots) - free)
    for i, (line, word, optional) in enumerate(wants):
        if i not in used_i and not optional:
            say("missed %s: %s | line %s" % (what, word, line or "?"))
    for j, (line, word) in enumerate(gots):
        if j not in used_j:
            say("false %s: %s | line %s" % (what, word, line or "?"))


def score_tasks(gold, got, result, say):
    def line(item):
        return item["at"][0] if item.get("at") else 0

    def said_line(item):
        return item.get("line") or 0 if gold.has_place else 0

    wants = gold.data.get("tasks", [])
    # One line may hold several tasks that repeat a body or a day: each counts once a line.
    due = [(line(t), end_of(t["due"]), bool(t.get("optional"))) for t in wants if t.get("due")]
    said = [(said_line(t), end_of(t["due"])) for t in got if t.get("due")]
    if gold.has_place:
        due, said = sorted(set(due)), sorted(set(said))
    score_bag(due, said, lambda a, b: a == b, result, "deadlines", say, "deadline")
    for key, what in (("owners", "owner"), ("cooperating", "cooperating body")):
        bodies = [(line(t), b, bool(t.get("optional"))) for t in wants for b in t.get(key, [])]
        names = [(said_line(t), b if isinstance(b, str) else str(b)) for t in got for b in t.get(key) or []]
        if gold.has_place:
            bodies, names = sorted(set(bodies)), sorted(set(names))
        score_bag(bodies, names, body_same, result, key, say, what)


def score_mechanisms(gold, got, result, say):
    wants = gold.data.get("mechanisms", [])
    used, right = set(), 0
    for w in wants:
        best = None
        for j, g in enumerate(got):
            if j in used:
                continue
            here = bool(w.get("at")) and w["at"][0] == g.get("line")
            likeness = similar(w["name"], g.get("name"))
            if here or likeness >= 0.6:
                best = max(best or (-1, -1), (likeness + here, j))
        if best:
            used.add(best[1])
            right += 1
        else:
            say("missed mechanism: %s | %s" % (w["name"], w["quote"]))
    result["mechanisms"].add(right, len(wants), len(got))


def score_head(gold, said, result, say):
    """Title, number, day and issuer of the document; how many plans; title, period and area of each."""
    def field(name, want, got, same):
        if want not in (None, "", []):
            ok = got not in (None, "", []) and same(want, got)
            result["head"].add(int(ok), 1, int(got not in (None, "", [])))
            if not ok:
                say("wrong head, %s: want %s | got %s" % (name, want, got))

    def equal(a, b):
        return a == b

    def alike(a, b):
        return similar(a, b) >= 0.8

    document, plans = said.get("document") or {}, said.get("plans") or []
    for key, same in (("title", alike), ("number", alike), ("issuer", alike), ("issued", equal)):
        field(key, gold.data["document"].get(key), document.get(key), same)
    wanted = gold.data.get("plans", [])
    field("plans", len(wanted), len(plans), equal)
    for want, got in zip(wanted, plans):
        field("title of a plan", want["title"], got.get("title"), alike)
        field("period", want.get("period"), got.get("period"), equal)
        if re.fullmatch(r"\d{6}", str(want.get("area"))):
            field("area", [want["area"]], got.get("regions"), equal)
        elif want.get("regions"):
            field("area", sorted(want["regions"]), sorted(got.get("regions") or []), equal)


def run(longtu, path):
    done = subprocess.run([longtu, "extract", path, "--format", "json"], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=120)
    try:
        return done.returncode, json.loads(done.stdout.decode("utf-8")), done.stderr.decode("utf-8", "replace")
    except ValueError:
        return done.returncode, None, done.stderr.decode("utf-8", "replace")


def gather(plans, key):
    return [item for plan in plans for item in plan.get(key) or []]


SHOWN = ["head", "targets", "targets same", "targets found", "region", "baseline", "binding", "implicit", "facts",
         "facts same", "facts found", "deadlines", "owners", "cooperating", "mechanisms"]


def show(result, out):
    for key in SHOWN:
        if result[key].wanted or result[key].said:
            print("  %-14s %s" % (key, result[key]), file=out)


def read_floors(path):
    """{document: {measure: (precision, recall)}}"""
    floors = collections.defaultdict(dict)
    if path:
        with open(path, encoding="utf-8") as file:
            for line in file.read().splitlines()[1:]:
                name, measure, precision, recall = line.split("\t")
                floors[name][measure] = float(precision), float(recall)
    return floors


def below(floors, result):
    """What does not reach its floor, as lines."""
    return ["%s: %s, below P %.1f%% R %.1f%%" % (measure, result[measure], 100 * precision, 100 * recall)
            for measure, (precision, recall) in floors.items()
            if result[measure].precision < precision or result[measure].recall < recall]


def main():
    parser = argparse.ArgumentParser(description="Precision and recall of longtu extract on annotated documents.")
    parser.add_argument("longtu")
    parser.add_argument("root")
    parser.add_argument("--dir")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--min-precision", type=float, default=0.0)
    parser.add_argument("--min-recall", type=float, default=0.0)
    parser.add_argument("--floors")
    args = parser.parse_args()
    floors = read_floors(args.floors)
    folder = args.dir or os.path.join(args.root, "tests/extract/corpus")
    names = sorted(n for n in os.listdir(folder) if n.endswith(".gold.json"))
    if not names:
        sys.exit("%s: no gold files" % folder)
    total = collections.defaultdict(Count)
    passed = failed = 0
    for name in names:
        gold = Gold(os.path.join(folder, name))
        result = collections.defaultdict(Count)
        lines, short = [], []
        status, said, message = run(args.longtu, gold.file)
        plans = (said or {}).get("plans") or []
        numbers = gather(plans, "targets")
        if gold.refused:
            ok = not numbers and not gather(plans, "facts") and (status == 3 or (said is not None and not plans))
            if numbers:
                result["targets"].add(0, 0, len(numbers))
                result["targets same"].add(0, 0, len(numbers))
                result["targets found"].add(0, 0, len(numbers))
            lines.append("%s, exit status %d" % ("refused" if ok else "not refused", status))
        else:
            if said is None:
                lines.append("no output, exit status %d: %s" % (status, message.strip().split("\n")[0]))
            score_head(gold, said or {}, result, lines.append)
            pairs = score_numbers(gold, numbers, "targets", "year", result, lines.append)
            score_extras(pairs, plans, gold, result)
            score_numbers(gold, gather(plans, "facts"), "facts", "period", result, lines.append)
            tasks = gather(plans, "tasks")
            score_tasks(gold, tasks, result, lines.append)
            score_mechanisms(gold, gather(plans, "mechanisms"), result, lines.append)
            targets = result["targets"]
            ok = said is not None and targets.precision >= args.min_precision and targets.recall >= args.min_recall
            short = below(floors.pop(gold.name, {}), result)
            ok = ok and not short
        passed, failed = passed + ok, failed + (not ok)
        print("%s: %s" % (gold.name, "passed" if ok else "failed"))
        show(result, sys.stdout)
        for line in short:
            print("    " + line)
        if args.verbose or said is None or gold.refused:
            for line in lines:
                print("    " + line.replace("\n", "⏎").replace("\t", "⇥"))
        for key, count in result.items():
            total[key].merge(count)
    print("total:")
    show(total, sys.stdout)
    for line in below(floors.pop("total", {}), total):
        print("    " + line)
        failed += 1
    for name in floors:
        print("%s: a floor for a document that is not there" % name)
        failed += 1
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
