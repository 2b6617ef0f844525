"""How well quantities are read, against the annotated clauses of tests/extract/quantities.tsv.

A quantity counts as found if value and unit agree once scale words are worked out (1.2万亿元 is 1.2e12 元), and counting
words may be left out on one side; this is same_quantity of tests/extract/score.py. The value alone may agree as well.
Comparators are compared only where a program has them.
"""
import importlib.util
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
_spec = importlib.util.spec_from_file_location("score", ROOT / "tests" / "extract" / "score.py")
score = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(score)

SCALES = {"万亿": 1e12, "亿": 1e8, "万": 1e4}


def parse(text):
    """value|unit|comparator;… as a list of quantities."""
    return [dict(zip(("value", "unit", "comparator"), part.split("|"))) for part in text.split(";") if part]


def read_clauses(path):
    """Pairs of clause and expected quantities."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [(row[0], parse(row[1])) for row in rows]


def absolute(quantity):
    """The value without the scale words 万 and 亿 at the start of its unit."""
    unit = score.fold(quantity["unit"])
    for scale, factor in SCALES.items():
        if unit.startswith(scale):
            return float(quantity["value"]) * factor
    return float(quantity["value"])


def same_value(want, got):
    a, b = absolute(want), absolute(got)
    return abs(a - b) <= 1e-9 * max(1.0, abs(a)) or score.same_quantity(want, got)


def same_words(want, got):
    """Value, unit as it is written apart from width and exponents, and comparator."""
    spelling = {"m3": "立方米", "μg/m3": "微克/立方米", "mg/l": "毫克/升"}
    units = [spelling.get(unit, unit) for unit in (score.fold(want["unit"]), score.fold(got["unit"]))]
    return score.same_value(want, got) and units[0] == units[1] and want["comparator"] == got["comparator"]


def pairs(wanted, got, same):
    """How many can be matched one to one, in order."""
    left, n = list(got), 0
    for want in wanted:
        for i, other in enumerate(left):
            if same(want, other):
                del left[i]
                n += 1
                break
    return n


def measure(clauses, readings):
    """Shares from 0 to 1 over all clauses."""
    wanted = sum(len(expected) for _, expected in clauses)
    got = sum(len(reading) for reading in readings)
    rows = [(expected, reading) for (_, expected), reading in zip(clauses, readings)]
    found = sum(pairs(expected, reading, score.same_quantity) for expected, reading in rows)
    values = sum(pairs(expected, reading, same_value) for expected, reading in rows)
    return {"wanted": wanted, "got": got, "found": found / wanted, "precision": found / max(got, 1),
            "values": values / wanted, "values_precision": values / max(got, 1)}


def misses(clauses, readings):
    """Clauses that are not read exactly as expected, comparator and unit included."""
    for (clause, expected), reading in zip(clauses, readings):
        if len(expected) != len(reading) or pairs(expected, reading, same_words) != len(expected):
            yield clause, expected, reading


def spell(quantities):
    return ";".join("|".join((q["value"], q["unit"], q.get("comparator", ""))) for q in quantities)
