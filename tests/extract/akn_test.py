"""The Akoma Ntoso of `longtu extract --format akn` is valid against the schema of OASIS, complete, and its references
lead to what they name. akn_test.py LONGTU ROOT"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

A = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
HOSTILE = "关于<b>的实施方案\n\n一、]]>&lt;目标&amp;。到2025年，\"覆盖率\"'达到95%以上<![CDATA[。\n"


def akn(longtu, source, folder, schema):
    path = folder / "out.xml"
    done = subprocess.run([longtu, "extract", source, "--format", "akn", "-o", path], capture_output=True)
    if b"LT1030" in done.stderr:
        return None  # no plan
    assert done.returncode == 0, done
    done = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", schema, path], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()[:2000]
    return tree.parse(path).getroot()


def squeeze(text):
    """Without white space and without full stops, which headings lose."""
    return re.sub(r"[\s。]+", "", text)


def check(root):
    ids = {element.get("eId") for element in root.iter() if element.get("eId")}
    for element in root.iter():
        for reference in (element.get("refersTo") or "").split():
            assert reference[0] == "#" and reference[1:] in ids, reference
        if element.tag == A + "heading":
            assert not "".join(element.itertext()).endswith("。"), element
    for quantity in root.iter(A + "quantity"):
        assert re.fullmatch(r"-?\d+(\.\d+)?", quantity.get("normalized")), quantity.attrib
    return ids


def main():
    longtu, root = sys.argv[1], pathlib.Path(sys.argv[2])
    schema = root.parent / "shared" / "schemas" / "akomantoso30.xsd"
    notice = sorted((root.parent / "shared" / "notice").glob("000_*.txt"))
    if not schema.exists() or not notice:
        print("skipped: schema or notice are not at hand")
        sys.exit(1 if os.environ.get("CI") == "true" else 77)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        sample = root / "plans" / "sample" / "notice.txt"
        found = akn(longtu, sample, folder, schema)
        ids = check(found)
        assert squeeze("".join(found.itertext())) == squeeze(sample.read_text(encoding="utf-8"))
        assert {"att_1", "att_1__sec_3__subsec_1__para_1", "att_1__sec_2__table_1", "att_1__sec_4__subsec_3"} <= ids, sorted(ids)
        assert found.find(f".//{A}docNumber").text == "云政办发〔2021〕46号"
        values = {"".join(quantity.itertext()): quantity.get("normalized") for quantity in found.iter(A + "quantity")}
        assert values["612.4亿元"] == "612.4" and values["14%"] == "-14", values
        dates = {date.text: date.get("date") for date in found.iter(A + "date")}
        assert dates["2025年"] == "2025-12-31" and dates["2021年12月20日"] == "2021-12-20" and dates["2023年6月底前"] == "2023-06-30", dates
        assert "2020年" not in dates, dates
        (folder / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
        found = akn(longtu, folder / "hostile.txt", folder, schema)
        assert squeeze("".join(found.itertext())) == squeeze(HOSTILE)
        found = akn(longtu, notice[0], folder, schema)
        ids = check(found)
        assert {"att_1__sec_1", "att_3__sec_1__subsec_1__para_nn_1"} <= ids
        assert found.find(f".//{A}FRBRWork/{A}FRBRuri").get("value") == "/akn/cn-gs/doc/notice/2021-10-10/93"
        assert len(found.findall(f".//{A}attachment")) == 3
        for source in [*(root / "tests" / "extract" / "corpus").glob("*.txt"), *(root.parent / "shared" / "notice").glob("*.txt")]:
            found = akn(longtu, source, folder, schema)
            if found is not None:
                check(found)


main()
