#!/bin/sh
# The completion scripts load in their shells and offer the verbs and options; the manual pages are good roff.
set -eu
longtu=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$longtu" completion bash >"$work/longtu.bash"
bash -euc '
    . "$1"
    COMP_WORDS=(longtu as) COMP_CWORD=1; _longtu; [ "${COMPREPLY[*]}" = assess ]
    COMP_WORDS=(longtu assess --as) COMP_CWORD=2; _longtu; [ "${COMPREPLY[*]}" = --as-of ]
' bash "$work/longtu.bash"
for lang in zh en; do
    "$longtu" completion zsh --lang $lang >"$work/_longtu"
    zsh -n "$work/_longtu"
done
zsh -fc 'autoload -Uz compinit; compinit -u -d "$2/dump"; . "$1"; [ "${_comps[longtu]}" = _longtu ]' zsh "$work/_longtu" "$work"
for verb in extract check fmt diff assess trace eval import plan explain completion man help; do
    for lang in zh en; do
        "$longtu" man $verb --lang $lang >"$work/page.1"
        mandoc -T lint -W error "$work/page.1"
        [ "$(mandoc -T utf8 "$work/page.1" | grep -c .)" -gt 10 ]
    done
done
echo ok
