"""Every place (line, start, end) in plans/gansu points at characters of the notice that hold the number it is for.
notice: target-gdp-share-lz target-rd-lz target-trade-lz target-air-days-lz target-livelihood-lz target-enterprise-rd-lz
notice: target-one-hour-lz target-5g-core-lz target-parks-lz target-one-hour-metro-lz target-fertiliser-zero-growth target-rental-housing-lz
notice: joint-conference-lz implementation-scheme-lz follow-up-inspection-lz phased-delivery monitoring-assessment major-project-tracking
notice: environmental-impact-lz target-gdp-share-hx target-air-days-hx water-quota-16 target-urbanisation-hx target-rd-patents-hx
notice: target-sewer-coverage-hx target-wind-solar-hx target-food-dairy-hx target-travel-time-hx target-one-hour-circles-hx target-4g5g-coverage-hx
notice: target-lab-hospital-coverage joint-conference-hx implementation-scheme-hx monitoring-networked-data public-participation public-progress-reporting
notice: environmental-follow-up target-economy-ldn target-farm-parks-ldn target-energy-base-ldn target-crude-processing target-parks-ldn
notice: target-hazardous-waste-100 joint-conference-ldn implementation-scheme-ldn special-cooperation environmental-impact-ldn follow-up-assessment-ldn
"""

import os
import pathlib
import sys

import yaml

# Words that stand for a number: a place of an implicit target holds one of them instead of digits.
WORDS = ("全", "零", "倍", "百亿", "千万", "百万", "双千亿", "一小时", "1小时", "半小时", "亿级")


def main():
    root = pathlib.Path(sys.argv[1])
    notice = sorted((root.parent / "shared" / "notice").glob("000_*.txt"))
    if not notice:
        print("skipped: the notice is not at hand")
        sys.exit(1 if os.environ.get("CI") == "true" else 77)
    lines = notice[0].read_text(encoding="utf-8").split("\n")
    checked = 0
    for path in sorted((root / "plans" / "gansu").glob("*.yaml")):
        plan = yaml.safe_load(path.read_text(encoding="utf-8"))
        if "plan" not in plan:
            continue
        for statement in plan["facts"] + plan["targets"]:
            at, start = statement["at"], statement["at"].get("start", 0)
            text = lines[at["line"] - 1][start : at["end"]]
            assert len(text) == at["end"] - start, (path.name, statement)
            # YAML drops the zeros at the end of 15844.80 for this reader, so digits are compared as a prefix
            digits = str(statement["value"]).lstrip("-").rstrip("0").rstrip(".") or "0"
            hanzi = "零一二三四五六七八九"[int(digits)] if len(digits) == 1 else digits
            assert digits in text or hanzi in text or any(word in text for word in WORDS), (path.name, text, statement["value"])
            if not any(word in text for word in WORDS):
                assert not statement.get("implicit"), (path.name, text)
            checked += 1
        for task in plan["tasks"] + plan.get("phases", []):
            at = task["at"]
            assert len(lines[at["line"] - 1]) >= at["end"] > at.get("start", 0), (path.name, task)
            checked += 1
    print(checked, "places checked")
    assert checked > 100


main()
