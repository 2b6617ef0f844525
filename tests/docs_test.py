"""Runs the console blocks of the manual and compares what they print: docs_test.py LONGTU ROOT.

A block holds commands after “$ ” and what each writes on standard output and standard error together; a line “…” stands
for any lines. The commands run in a folder where the store of the Gansu data is longtu.db."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile


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


def main():
    longtu, root = sys.argv[1], pathlib.Path(sys.argv[2])
    ran = 0
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
            text = path.read_text(encoding="utf-8")
            for block in re.findall(r"^```console\n(.*?)^```", text, re.S | re.M):
                for command, want in commands(block):
                    got = run(command).splitlines()
                    ran += 1
                    if not match(want, got):
                        sys.exit(f"{path.name}: {command}\n-- in the manual\n" + "\n".join(want) + "\n-- got\n" + "\n".join(got))
    print(ran, "commands of the manual print what it says")
    assert ran > 20


main()
