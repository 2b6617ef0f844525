"""Runs the console blocks of the manual and compares what they print: docs_test.py LONGTU ROOT.

A block holds commands after “$ ” and what each writes on standard output and standard error together; a line “…” stands
for any lines. The commands run in a folder where the store of the Gansu data is longtu.db. A block whose fence names a
file (```yaml plan.yaml) is that file while the page's commands run. UPDATE=1 writes what came out into blocks that differ.

Of docs/checks and docs/zh/checks it also looks at the form of the pages, and that no code of a finding is without one."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

# What a plan or document can be told of when it is read; what checks find themselves stands in their sources.
READING = ["LT1008", "LT1009", "LT1011", "LT1025", "LT1026", "LT1027", "LT1032"]
NEVER = ["LT3202"]  # nothing brings it about at present; its page says why
WORDS = {"en": ("Level: ", "## Example", "## Mend", "Why"), "zh": ("级别：", "## 例", "## 改法", "为什么")}


def match(want, got):
    if not want:
        return not got
    if want[0].strip() == "…":
        return any(match(want[1:], got[i:]) for i in range(len(got) + 1))
    return bool(got) and want[0].rstrip() == got[0].rstrip() and match(want[1:], got[1:])


def commands(block):
    """Pairs of a command and the lines it is to print."""
    pairs = []
    for line in block.splitlines():
        if line.startswith("$ "):
            pairs.append((line[2:], []))
        elif pairs:
            pairs[-1][1].append(line)
    return pairs


def files(text):
    """The files that the page's fences name, and what they hold."""
    return {name: body for name, body in re.findall(r"^```\w+ (\S+)\n(.*?)^```", text, re.S | re.M)}


def run_page(path, work, run):
    """Runs the page's commands; what each printed, with the heading it stands under."""
    text = new = path.read_text(encoding="utf-8")
    printed = []
    for name, body in files(text).items():
        (work / name).parent.mkdir(exist_ok=True)
        (work / name).write_text(body, encoding="utf-8")
    for block in re.finditer(r"^```console\n(.*?)^```", text, re.S | re.M):
        heading = re.findall(r"^## .*", text[:block.start()], re.M)[-1:]
        for command, want in commands(block[1]):
            got = run(command).splitlines()
            printed.append(("".join(heading), "\n".join(got)))
            if match(want, got):
                continue
            if os.environ.get("UPDATE") == "1":
                old, now = ("\n".join(["$ " + command, *lines]) + "\n" for lines in (want, got))
                new = new.replace(old, now)
            else:
                sys.exit(f"{path}: {command}\n-- in the manual\n" + "\n".join(want) + "\n-- got\n" + "\n".join(got))
    if new != text:
        path.write_text(new, encoding="utf-8")
    for name in files(text):
        (work / name).unlink()
    return printed


def explanations(codes, lang, run):
    """The lines that longtu explain prints of each code."""
    told = run(f"longtu explain {' '.join(codes)} --lang {lang}")
    return {part[:6]: part.splitlines() for part in re.split(r"^(?=LT\d{4}  )", told, flags=re.M)[1:]}


def check_page(path, lang, told, printed, work, run):
    """The form of a page of docs/checks, of whose code longtu explain tells that; returns what is wrong."""
    text, code = path.read_text(encoding="utf-8"), path.stem
    level, example, mend, why = WORDS[lang]
    wrong = []

    def need(holds, what):
        if not holds:
            wrong.append(f"{path}: {what}")

    need(re.match(rf"# {code}(: |：)\S", text), f"the title should be “# {code}: …”")
    need(f"\n\n{level}{told[0].split()[1]}\n\n" in text, f"“{level}{told[0].split()[1]}” is missing")
    reason = told[told.index(why) + 1].strip()
    need(f"\n{reason}\n" in text, f"the reason of codes.def is missing, as one line: {reason}")
    need(re.findall(r"^## .*", text, re.M) == [example, mend], f"the sections should be {example} and {mend}")
    need(code in NEVER or any(f"[{code}]" in got for at, got in printed if at == example), f"the example does not show {code}")
    need(any(at == mend for at, _ in printed), "the mended plan is not checked")
    need(not any(f"[{code}]" in got for at, got in printed if at == mend), f"{code} is still there when mended")
    for name, body in files(text).items():
        shown = ["  " + name, *("    " + line if line else "" for line in body.splitlines())]
        need("\n".join(shown) in "\n".join(told), f"longtu explain does not show {name}")
    for block in re.findall(rf"^```yaml\n((?:(?!```).)*longtu: allow {code} -- .*?)```", text, re.S | re.M):
        line = re.sub(" # longtu: .*", "", block.splitlines()[-1])
        plan = files(text)["plan.yaml"]
        need(f"{line}\n" in plan, f"the plan has no line to allow: {line}")
        (work / "plan.yaml").write_text(plan.replace(f"{line}\n", block), encoding="utf-8")
        need(f"[{code}]" not in run("longtu check plan.yaml"), "the comment does not allow it")
        (work / "plan.yaml").unlink()
    return wrong


def check_pages(root, printed, work, run):
    """All of docs/checks: no code without a page, the same examples in both languages, each linked from check.md."""
    sources = [*(root / "src/check").glob("*.c"), root / "src/plan/conform.c"]
    found = {code for source in sources if not source.stem.endswith(("_test", "_fuzz"))
             for code in re.findall(r"\bLT\d{4}\b", source.read_text(encoding="utf-8"))}
    codes = sorted(found | {*READING, *NEVER})
    wrong, examples = [], {}
    for lang, docs in (("en", root / "docs"), ("zh", root / "docs/zh")):
        told = explanations(codes, lang, run)
        for code in codes:
            if not (docs / f"checks/{code}.md").exists():
                wrong.append(f"{docs}/checks/{code}.md is missing: see CONTRIBUTING.md, “Pages of findings”")
        for path in sorted((docs / "checks").glob("*.md")):
            if path.stem not in codes:
                wrong.append(f"{path}: no check reports {path.stem}")
                continue
            wrong += check_page(path, lang, told[path.stem], printed[path], work, run)
            if f"](checks/{path.name})" not in (docs / "check.md").read_text(encoding="utf-8"):
                wrong.append(f"{docs}/check.md: no link to checks/{path.name}")
            if examples.setdefault(path.stem, files(path.read_text(encoding="utf-8"))) != files(path.read_text(encoding="utf-8")):
                wrong.append(f"{path}: the plans differ from those of the page in English")
    if wrong:
        sys.exit("\n".join(wrong))
    print(len(codes), "codes of findings have their pages")


def main():
    longtu, root = sys.argv[1], pathlib.Path(sys.argv[2])
    printed = {}
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        (work / "bin").mkdir()
        (work / "bin" / "longtu").symlink_to(longtu)
        for name in ("plans", "data", "docs"):
            (work / name).symlink_to(root / name)
        environment = dict(os.environ, PATH=f"{work}/bin:{os.environ['PATH']}", LC_ALL="C.UTF-8", TERM="dumb")
        environment.pop("LONGTU_STORE", None)

        def run(command):
            return subprocess.run(command, shell=True, cwd=work, env=environment, text=True, encoding="utf-8",
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL).stdout

        run("longtu import data/gansu/sources.csv data/gansu/[!s]*.csv")
        for path in [*root.glob("*.md"), *sorted((root / "docs").rglob("*.md"))]:
            printed[path] = run_page(path, work, run)
        ran = sum(len(commands) for commands in printed.values())
        print(ran, "commands of the manual print what it says")
        assert ran > 20
        check_pages(root, printed, work, run)


main()
