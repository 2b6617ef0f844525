"""Runs the console blocks of the manual and compares what they print: docs_test.py LONGTU ROOT.

A block holds commands after “$ ” and what each writes on standard output and standard error together; a line “…” stands
for any lines. The commands run in a folder where the store of the Gansu data is longtu.db. A block whose fence names a
file (```yaml plan.yaml) is that file while the page's commands run. UPDATE=1 writes what came out into blocks that differ."""

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


main()
