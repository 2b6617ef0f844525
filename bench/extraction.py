"""Runs extraction and its peers one after another and prints how they compare.

extraction.py EXTRACT_BENCH MODULES FOLDER [NOTICE…]

EXTRACT_BENCH is the program made of bench/extract_bench.c, MODULES the folder in which `npm ci` ran, FOLDER takes the
figures, the texts and the clauses that were not read as annotated. The corpus is tests/extract/corpus.
"""
import json
import pathlib
import subprocess
import sys

import score_quantities as quantities

ROOT = quantities.ROOT
STAGES = ("utf8_valid", "document_parse", "scan_sentence", "extract", "parse_and_extract")


def speed(row, stage="parse_and_extract"):
    return row["bytes"] / 1e6 / row[stage]


def rate(peer):
    return peer["bytes"] / 1e6 / peer["seconds"]


def times(a, b):
    """How many times as much, to two digits."""
    ratio = a / b
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}"


def run_ours(program, folder, notices):
    subprocess.run([program, ROOT, folder, ROOT / "tests" / "extract" / "corpus", *notices], check=True)
    return json.loads((folder / "extract.json").read_text(encoding="utf-8"))


def run_peers(modules, text, small, clauses):
    command = ["node", ROOT / "bench" / "peers.mjs", modules, text, small, clauses]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def read_quantities(program, clauses):
    """What ours reads in each line of the file."""
    out = subprocess.run([program, "--quantities", ROOT, clauses], check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return [quantities.parse(line) for line in out.stdout.splitlines()]


def print_speed(rows):
    print("extraction, in process, one core: MB of UTF-8 text a second of the processor")
    print("  %-18s" % "" + "".join("%14s" % row["name"] for row in rows))
    for stage in STAGES:
        print("  %-18s" % stage + "".join("%14.1f" % speed(row, stage) for row in rows))
    print("  %-18s" % "ms a document" + "".join("%14.2f" % (row["parse_and_extract"] * 1e3 / row["documents"]) for row in rows))
    for key, words in (("kept", "bytes kept"), ("peak", "bytes at most")):
        print("  %-18s" % words + "".join("%14.1f" % row[key] for row in rows) + ("   for each byte of text" if key == "kept" else ""))
    print("  %-18s" % "size, MB" + "".join("%14.2f" % (row["bytes"] / 1e6) for row in rows))
    print("  %-18s" % "plans, numbers" + "".join("%14s" % f"{row['plans']}, {row['numbers']}" for row in rows))


def print_accuracy(clauses, ours, theirs):
    print(f"quantities of {len(clauses)} annotated clauses, {ours['wanted']} quantities")
    print("  %-18s%10s%12s%14s%12s" % ("", "found", "precision", "value alone", "precision"))
    for name, row in (("longtu", ours), ("recognizers", theirs)):
        print("  %-18s" % name + "%8.1f %%%10.1f %%%12.1f %%%10.1f %%"
              % tuple(100 * row[key] for key in ("found", "precision", "values", "values_precision")))
    print("  %-18s%10.2f%12.2f%14.2f%12.2f"
          % ("ratio", *(ours[key] / theirs[key] for key in ("found", "precision", "values", "values_precision"))))


def main():
    program, modules, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    clauses = quantities.read_clauses(ROOT / "tests" / "extract" / "quantities.tsv")
    lines = folder / "clauses.txt"
    lines.write_text("".join(clause + "\n" for clause, _ in clauses), encoding="utf-8")

    rows = run_ours(program, folder, sys.argv[4:])
    large, document = rows[-1], rows[-2]
    peers = run_peers(modules, large["path"], document["path"], lines)
    read = read_quantities(program, lines)
    ours, theirs = (quantities.measure(clauses, reading) for reading in (read, peers["quantities"]))
    missed = list(quantities.misses(clauses, read))
    with (folder / "quantity-misses.txt").open("w", encoding="utf-8") as out:
        for clause, expected, got in missed:
            print(clause, quantities.spell(expected), quantities.spell(got), sep="\t", file=out)

    print_speed(rows)
    print()
    print_accuracy(clauses, ours, theirs)
    print(f"  {len(clauses) - len(missed)} clauses read to the letter by longtu; the others are in {folder}/quantity-misses.txt")
    cutting = [rate(peer) for peer in peers["jieba"]]
    reading = rate(peers["recognizers"])
    print()
    print(f"extraction  {speed(document):.1f} MB/s on the {document['name']}, {document['parse_and_extract'] * 1e3 / document['documents']:.1f} ms a document"
          f"  (jieba {cutting[1]:.1f} MB/s: {times(speed(document), cutting[1])} times as fast;"
          f" recognizers {reading:.3f} MB/s: {times(speed(document), reading)} times)")
    print(f"            {speed(large):.1f} MB/s on {large['name']}  (jieba {cutting[0]:.1f} MB/s: {times(speed(large), cutting[0])} times as fast)")
    print(f"memory      {large['peak']:.1f} bytes for each byte of text")
    print(f"quantities  {100 * ours['found']:.1f} % found, precision {100 * ours['precision']:.1f} %"
          f"  (recognizers {100 * theirs['found']:.1f} %, {100 * theirs['precision']:.1f} %)")
    print(f"            peers under node {peers['node']}")


main()
