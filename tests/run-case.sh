#!/bin/sh
# Runs one transcript: run-case.sh LONGTU ROOT CASE. UPDATE=1 writes what came out into the case instead of comparing.
#
# A case is text in sections that begin with “--- ”:
#   --- file NAME     a file that is there when the commands run
#   --- run           shell commands; `longtu` is the program, plans/ and data/ are the project's
#   --- status N      exit status of the last command (0 if the section is missing)
#   --- out, --- err  exactly what came on standard output and standard error (nothing if missing)
set -u
longtu=$1 root=$2 case=$3
work=$(mktemp -d)
trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/here" "$work/want"
ln -s "$longtu" "$work/bin/longtu"
ln -s "$root/plans" "$root/data" "$work/here/"
awk -v want="$work/want" -v here="$work/here" '
    /^--- / {
        name = $2
        target = name == "file" ? here "/" $3 : want "/" name
        if (name == "status") { print $3 > target }
        printf "" > target ".touch"
        close(target)
        next
    }
    target != "" && name != "status" { print > target }
' "$case"
rm -f "$work"/want/*.touch "$work"/here/*.touch
[ -f "$work/want/run" ] || { echo "$case: no run section"; exit 1; }
(
    cd "$work/here" || exit 99
    PATH="$work/bin:$PATH" LC_ALL=C.UTF-8 LANG=C.UTF-8 TERM=dumb LONGTU_STORE="" ASAN_OPTIONS=detect_leaks=1 \
        sh "$work/want/run" >"$work/out" 2>"$work/err" </dev/null
)
status=$?
touch "$work/want/out" "$work/want/err"
want_status=$(cat "$work/want/status" 2>/dev/null || echo 0)
if [ "${UPDATE:-}" = 1 ]; then
    {
        awk '/^--- (status|out|err)/ { exit } { print }' "$case"
        [ "$status" = 0 ] || echo "--- status $status"
        [ ! -s "$work/out" ] || { echo "--- out"; cat "$work/out"; }
        [ ! -s "$work/err" ] || { echo "--- err"; cat "$work/err"; }
    } >"$work/new"
    cp "$work/new" "$case"
    exit 0
fi
good=1
[ "$status" = "$want_status" ] || { echo "status $status, not $want_status"; good=0; }
diff -u --label "$case (out)" --label got "$work/want/out" "$work/out" || good=0
diff -u --label "$case (err)" --label got "$work/want/err" "$work/err" || good=0
[ $good = 1 ]
