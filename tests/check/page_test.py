"""The page of `longtu check --format html`: well formed, every finding on it once and at its line, links that lead somewhere,
nothing from elsewhere, and no text of a plan that becomes markup, script or another order of reading. page_test.py LONGTU ROOT"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import pages  # noqa: E402

DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
HEAD = """plan: p
title: {zh: "试</title><script>alert(1)</script>", en: "trial \u202eevil <img src=x onerror=alert(2)>"}
uses: [plans/china/regions.yaml, plans/china/measures.yaml, plans/china/indicators.yaml]
period: [2021, 2025]
area: {group: "620000"}
facts:
"""
HOSTILE = HEAD + """  - {indicator: population, value: 2500.00, unit: 万人, period: 2020}
  # longtu: allow LT2102 -- a "reason" </article><b onclick=alert(3)>
  - {indicator: population, value: 2600.00, unit: 万人, period: 2020}
  - {indicator: gdp, value: 9000.0, unit: 亿元, period: 2020} # 左\u202e右\u2066 </mark></span></script><!-- ]]> '"&amp;
  - {indicator: gdp, value: 9100.0, unit: 亿元, period: 2020}
targets:
  - {indicator: urbanization_rate, comparator: ">=", value: 60, unit: "%", year: 2025, baseline: 62, baseline_year: 2020}
tasks:
  - {id: t, title: {zh: "编制\\u0007\\u202e</article>方案", en: "write \\" onclick=alert(4) \\u2067a scheme"}, owners: [甘肃省人民政府], due: 2030-12-31}
"""


class Page(pages.Page):
    def __init__(self, text):
        self.texts = {"article": [], "title": []}
        self.lines = {}  # by file and number: the text
        self.file, self.line = "", 0
        super().__init__(text)

    def opened(self, tag, values):
        if tag == "section" and values.get("class") == "file":
            self.file = values["id"]
        if tag in self.texts:
            self.texts[tag].append("")
        if tag == "i":
            self.line = None

    def read(self, data):
        if self.line is None:
            self.line = int(data)
            self.lines[self.file, self.line] = ""
        elif "article" not in self.stack and self.stack[-2:] in (["div", "span"], ["span", "mark"]):
            self.lines[self.file, self.line] += data
        for tag in set(self.stack) & set(self.texts):
            self.texts[tag][-1] += data


def run(longtu, root, *args):
    done = subprocess.run([longtu, "check", *args], capture_output=True, cwd=root)
    assert done.returncode in (0, 1), done
    return done.stdout.decode("utf-8")


def check(text):
    """What holds for every page."""
    page = Page(text)
    pages.check_page(page)
    assert len(page.scripts) == 1 and len(page.texts["title"]) == 1
    assert not DIRECTION.search(text) and not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)
    return page


def squeeze(text):
    return re.sub(r"\s+", "", text)


def compare(page, found):
    """Every finding is a card and an entry of the list, once, and what is marked is what it is about."""
    cards = [attributes for tag, attributes in page.tags if tag == "article"]
    assert sorted(int(card["id"][1:]) for card in cards) == list(range(1, len(found) + 1)), cards
    assert sorted(link for link in page.links if link.startswith("#n")) == sorted(f"#{card['id']}" for card in cards)
    for one in found:
        words = squeeze(one["message"])
        head = re.compile("(?:note|warning|error|提示|警告|错误)" + re.escape(words + one["code"]))
        alike = [text for text in page.texts["article"] if head.search(squeeze(text))]
        assert len(alike) == sum((other["code"], other["message"]) == (one["code"], one["message"]) for other in found), one
        pieces = [one["mend"] or "", *(piece for related in one["related"] for piece in related["message"].split(" = "))]
        assert any(all(squeeze(piece) in squeeze(card) for piece in pieces) for card in alike), (pieces, alike)


def many(folder, longtu, root):
    """A thousand findings in a large file: the page stays bounded, and says what it leaves out."""
    plan = folder / "many.yaml"
    tasks = "".join(f"  - {{id: t{i}, title: {{zh: 编制方案{i}, en: write a scheme}}, owners: [甘肃省人民政府], due: 2030-12-31}}\n"
                    for i in range(3000))
    plan.write_text(HEAD + "  - {indicator: gdp, value: 9000.0, unit: 亿元, period: 2020}\ntasks:\n" + tasks + "# 长\n" * 400000, encoding="utf-8")
    text = run(longtu, root, plan, "--format", "html", "--lang", "en")
    page = check(text)
    assert len(page.texts["article"]) == 1000 and "Only the first 1000 are kept." in text
    assert "are not on this page; see the file" in text and len(text) < 3 << 20, len(text)


def main():
    longtu, root = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "plans").symlink_to(root / "plans")  # dictionaries
        plan = folder / "plan.yaml"
        plan.write_text(HOSTILE, encoding="utf-8")
        for paths in (["plans/gansu"], ["plans/sample/notice.txt"], [plan]):
            for lang in ("zh", "en"):
                report = json.loads(run(longtu, root, *paths, "--format", "json", "--lang", lang))["findings"]
                page = check(run(longtu, root, *paths, "--format", "html", "--lang", lang))
                if paths != [plan]:
                    compare(page, report)
        # every line that is shown is that of the file, folded or not
        for number, line in enumerate((root / "plans" / "gansu" / "hexi-corridor.yaml").read_text(encoding="utf-8").splitlines(), 1):
            page = page if number > 1 else check(run(longtu, root, "plans/gansu", "--format", "html"))
            assert page.lines["f0", number].rstrip("\n") == line, (number, line)

        text = run(longtu, root, plan, "--format", "html", "--lang", "en")
        page = check(text)
        assert "⟨U+202E⟩evil" in page.texts["title"][0] and "左⟨U+202E⟩右⟨U+2066⟩" in text
        [allowed] = [card for card in page.texts["article"] if "a \"reason\" </article><b onclick=alert(3)>" in card]
        assert "LT2102" in allowed and "known" not in allowed
        assert [values for tag, values in page.tags if tag == "article" and "allowed" in values["class"].split()]
        base = folder / "base.sarif"
        base.write_text(run(longtu, root, plan, "--format", "sarif"), encoding="utf-8")
        again = check(run(longtu, root, plan, "--format", "html", "--baseline", base))
        assert all("known" in values["class"].split() for tag, values in again.tags if tag == "article")
        text = run(longtu, root, "plans/gansu/longdongnan.yaml", "-q", "--format", "html")
        assert not check(text).texts["article"] and "Notes are not listed." in text
        (folder / "good.yaml").write_text(HEAD + "  - {indicator: gdp, value: 9000.0, unit: 亿元, period: 2020}\ntargets:\n"
            "  - {indicator: urbanization_rate, comparator: \">=\", value: 65, unit: \"%\", year: 2025, baseline: 62, baseline_year: 2020}\n", encoding="utf-8")
        text = run(longtu, root, folder / "good.yaml", "--format", "html")
        assert not check(text).texts["article"] and "Nothing was found." in text, text
        many(folder, longtu, root)
        notice = sorted((root.parent / "shared" / "notice").glob("000_*.txt"))
        if not notice:
            print("skipped: the notice is not at hand")
            sys.exit(1 if os.environ.get("CI") == "true" else 77)
        report = json.loads(run(longtu, root, notice[0], "--format", "json"))["findings"]
        compare(check(run(longtu, root, notice[0], "--format", "html")), report)


main()
