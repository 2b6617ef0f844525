#!/bin/sh
# Lists the clauses of the notice (docs/clauses.csv) with the files that say “notice: ID” or “notice: LEAD” in a comment:
# code, test, both or neither.
set -eu
cd "$(dirname "$0")/.."
grep -rhoE 'notice: .*' --include='*.[ch]' --exclude='*_test.c' --include='*.yaml' src plans packs 2>/dev/null >"${TMPDIR:-/tmp}/clauses-code.$$" || true
grep -rhoE 'notice: .*' --include='*_test.c' --include='*.case' --include='*.py' --include='*.sh' src tests 2>/dev/null \
    >"${TMPDIR:-/tmp}/clauses-test.$$" || true
awk -F, -v code="${TMPDIR:-/tmp}/clauses-code.$$" -v test="${TMPDIR:-/tmp}/clauses-test.$$" '
    # ids as whole words, leads as they stand
    function has(text, id, lead) {
        return (text " ") ~ ("[ \n]" id "[ \n,.;*\"]") || (length(lead) > 0 && index(text, lead) > 0)
    }
    BEGIN {
        while ((getline line < code) > 0) codes = codes "\n" line
        while ((getline line < test) > 0) tests = tests "\n" line
    }
    NR == 1 { next }
    {
        c = has(codes, $1, $4); t = has(tests, $1, $4)
        word = c && t ? "both" : c ? "code" : t ? "test" : "neither"
        count[word]++
        printf "%-8s %-32s %-15s %5s  %s\n", word, $1, $2, $3, $4
    }
    END { printf "\nboth %d, code %d, test %d, neither %d\n", count["both"], count["code"], count["test"], count["neither"] }
' docs/clauses.csv
rm -f "${TMPDIR:-/tmp}/clauses-code.$$" "${TMPDIR:-/tmp}/clauses-test.$$"
