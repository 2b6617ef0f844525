"""The workbook of `longtu extract --format xlsx`, opened by openpyxl: sheets, frozen header, filter, values with their
printed digits, dates, places that lead back to the text, text that looks like a formula, and what is left on a failure.
xlsx_test.py LONGTU ROOT"""

import datetime
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import openpyxl

SHEETS = {
    "zh": ["目标", "现状", "任务", "重点举措", "机制", "未认领", "说明"],
    "en": ["Targets", "Facts", "Tasks", "Measures", "Mechanisms", "Unclaimed", "About"],
}
# What offices get to see when a document holds text that a spreadsheet could take for a formula.
FORMULAS = """关于加快发展的实施方案

2022年1月1日

一、=1+1的目标。到2025年，=HYPERLINK("http://example.com","x")覆盖率达到25.40%。

二、+cmd|' /C calc'!A0。@SUM(A1)达到3.0件，-2+3项目建成12个。
"""


def run(longtu, *arguments, **more):
    return subprocess.run([longtu, "extract", *map(str, arguments)], capture_output=True, **more)


def rows(sheet):
    found = list(sheet.iter_rows(values_only=True))
    return [dict(zip(found[0], row)) for row in found[1:]]


def check_form(book, lang):
    assert book.sheetnames == SHEETS[lang], book.sheetnames
    for sheet in book.worksheets[:-1]:
        assert sheet.freeze_panes == "A2", sheet.title
        assert sheet.auto_filter.ref.startswith("A1:"), sheet.title
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9, sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0, sheet.title
        assert sheet.print_title_rows == "$1:$1", sheet.title
        assert "&P" in sheet.oddFooter.right.text, sheet.title
        assert all(cell.font.bold for cell in sheet[1]), sheet.title
    assert not book.properties.creator, book.properties.creator


def check_places(sheet, column, text):
    """Line and characters lead to words of the document."""
    lines = text.split("\n")
    n = 0
    for row in rows(sheet):
        line, start, end = map(int, re.fullmatch(r"(\d+):(\d+)–(\d+)", row[column]).groups())
        words = lines[line - 1][start:end]
        assert len(words) == end - start > 0, row
        if row.get("原文"):
            assert words in row["原文"], (words, row)
        n += 1
    return n


def check_sample(longtu, root, folder):
    source = root / "plans" / "sample" / "notice.txt"
    path = folder / "sample.xlsx"
    done = run(longtu, source, "--format", "xlsx", "-o", path, "--lang", "zh")
    assert done.returncode == 0 and not done.stdout and not done.stderr, done
    book = openpyxl.load_workbook(path)
    check_form(book, "zh")
    text = source.read_text(encoding="utf-8")
    assert check_places(book["目标"], "原文位置", text) >= 20
    assert check_places(book["现状"], "原文位置", text) >= 5
    assert check_places(book["重点举措"], "原文位置", text) >= 10
    check_places(book["未认领"], "原文位置", text)
    assert book.properties.title.startswith("云川市人民政府办公室关于印发"), book.properties.title
    gdp = rows(book["目标"])[0]
    assert (gdp["比较"], gdp["目标值"], gdp["单位"], gdp["年份"], gdp["类别"]) == ("≥", 900, "亿元", 2025, "水平"), gdp
    for year in range(2021, 2026):
        assert gdp[f"{year}年分解"] is None
    area = rows(book["现状"])[1]
    assert area["数值"] == 612.4, area
    measures = [(row["编号"], row["举措"], row["所在章节"]) for row in rows(book["重点举措"])]
    assert ("一", "畅通城乡交通", "三、重点任务") in measures, measures
    about = {row[0].strip(): row[1] for row in book["说明"].iter_rows(values_only=True) if row[0]}
    assert about["文号"] == "云政办发〔2021〕46号" and about["成文日期"] == datetime.datetime(2021, 12, 20), about
    kinds = sum(about[f"其中：{kind}"] for kind in ("现状数字", "目标", "时间", "任务", "编号", "文号", "名称", "页面信息", "未认领"))
    assert kinds == about["文中数字"], about
    assert about["其中：未认领"] == len(rows(book["未认领"])), about
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
    run(longtu, source, "--format", "xlsx", "-o", path, "--lang", "en")
    check_form(openpyxl.load_workbook(path), "en")


def check_formulas(longtu, folder):
    source, path = folder / "formulas.txt", folder / "formulas.xlsx"
    source.write_text(FORMULAS, encoding="utf-8")
    done = run(longtu, source, "--format", "xlsx", "-o", path, "--lang", "zh")
    assert done.returncode == 0, done
    book = openpyxl.load_workbook(path)
    found = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.value)
                found += isinstance(cell.value, str) and cell.value[0] in "=+@-"
    assert found >= 1, "no cell begins like a formula"
    shown = [(cell.value, cell.number_format) for row in book["目标"].iter_rows() for cell in row if cell.value == 25.4]
    assert shown == [(25.4, "0.00")], shown


def check_failures(longtu, root, folder):
    source = root / "plans" / "sample" / "notice.txt"
    path = folder / "nowhere" / "a.xlsx"
    done = run(longtu, source, "--format", "xlsx", "-o", path, "--lang", "en")
    assert done.returncode == 4 and b"LT9005" in done.stderr and str(path).encode() in done.stderr, done
    old = folder / "old.xlsx"
    for limit in (1, 4, 8):  # blocks that a file may have, as on a disk that is nearly full
        old.write_bytes(b"old")
        command = f"trap '' XFSZ; ulimit -f {limit}; exec \"$0\" extract \"$1\" --format xlsx -o \"$2\" --lang en"
        done = subprocess.run(["sh", "-c", command, longtu, source, old], capture_output=True)
        assert done.returncode == 4 and b"LT9005" in done.stderr, (limit, done)
        assert old.read_bytes() == b"old", limit
    left = sorted(entry.name for entry in folder.iterdir() if entry.name.startswith("old"))
    assert left == ["old.xlsx"], left
    done = run(longtu, source, "--format", "xlsx", "-o", "-", "--lang", "zh")
    assert done.returncode == 0 and done.stdout.startswith(b"PK"), done.stderr


def check_notice(longtu, root, folder):
    """False if the notice is not at hand."""
    notice = sorted((root.parent / "shared" / "notice").glob("000_*.txt"))
    if not notice:
        return False
    path = folder / "notice.xlsx"
    assert run(longtu, notice[0], "--format", "xlsx", "-o", path, "--lang", "zh").returncode == 0
    book = openpyxl.load_workbook(path)
    check_form(book, "zh")
    text = notice[0].read_text(encoding="utf-8")
    assert check_places(book["目标"], "原文位置", text) >= 25
    assert check_places(book["重点举措"], "原文位置", text) >= 400
    return True


def main():
    longtu, root = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        check_sample(longtu, root, folder)
        check_formulas(longtu, folder)
        check_failures(longtu, root, folder)
        if not check_notice(longtu, root, folder):
            print("skipped: the notice is not at hand")
            sys.exit(1 if os.environ.get("CI") == "true" else 77)


main()
