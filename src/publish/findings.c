/* Findings: what a check found, as text and as JSON. */
#include "publish/findings.h"

static bool is_listed(const Diags *findings, const FindingsOptions *options, size_t i)
{
    return options->reasons[i].len == 0 &&
           (!options->quiet || findings->all.at[i].level > LEVEL_NOTE);
}

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

void findings_text(const Diags *findings, const FindingsOptions *options, Buf *out)
{
    bool zh = options->lang == LANG_ZH;
    size_t n_allowed = 0, left[LEVEL_ERROR + 1];

    for (int level = LEVEL_NOTE; level <= LEVEL_ERROR; level++) {
        left[level] = findings->counts[level];
    }
    for (size_t i = 0; i < findings->all.n; i++) {
        left[findings->all.at[i].level] -= options->reasons[i].len != 0;
        n_allowed += options->reasons[i].len != 0;
        if (is_listed(findings, options, i)) {
            diag_print(out, &findings->all.at[i], options->lang, options->colour);
        }
    }
    if (diags_full(findings)) {
        buf_format(out, zh ? "只列出前 %d 条\n" : "only the first %d are listed\n", DIAG_MAX_KEPT);
    }
    if (zh) {
        buf_format(out, "%zu 份规划：错误 %zu，警告 %zu，提示 %zu", options->n_plans,
                   left[LEVEL_ERROR], left[LEVEL_WARNING], left[LEVEL_NOTE]);
    } else {
        buf_format(out, "%zu plan%s: %zu error%s, %zu warning%s, %zu note%s", options->n_plans,
                   plural(options->n_plans), left[LEVEL_ERROR], plural(left[LEVEL_ERROR]),
                   left[LEVEL_WARNING], plural(left[LEVEL_WARNING]), left[LEVEL_NOTE],
                   plural(left[LEVEL_NOTE]));
    }
    if (n_allowed > 0) {
        buf_format(out, zh ? "；另有 %zu 条已注明理由" : "; %zu more allowed with a reason",
                   n_allowed);
    }
    buf_char(out, '\n');
}

void findings_json(const Diags *findings, const FindingsOptions *options, Buf *out)
{
    bool first = true;

    buf_add(out, STR("{\"findings\": ["));
    for (size_t i = 0; i < findings->all.n; i++) {
        if (is_listed(findings, options, i)) {
            Buf line = buf_new(out->arena);

            diag_json(&line, &findings->all.at[i], options->lang);
            buf_add(out, first ? STR("\n  ") : STR(",\n  "));
            buf_add(out, str_trim(buf_str(&line)));
            first = false;
        }
    }
    buf_add(out, STR("\n]}\n"));
}
