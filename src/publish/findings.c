/* Findings: what a check found, as text and as JSON. */
#include "publish/findings.h"

static bool is_listed(const Diags *findings, const FindingsOptions *options, size_t i)
{
    return options->reasons[i].len == 0 &&
           (!options->quiet || findings->all.at[i].level > LEVEL_NOTE);
}

void findings_text(const Diags *findings, const FindingsOptions *options, Buf *out)
{
    bool zh = options->lang == LANG_ZH;
    size_t n_allowed = 0;

    for (size_t i = 0; i < findings->all.n; i++) {
        n_allowed += options->reasons[i].len != 0;
        if (is_listed(findings, options, i)) {
            diag_print(out, &findings->all.at[i], options->lang, options->colour);
        }
    }
    if (diags_full(findings)) {
        buf_format(out, zh ? "只列出前 %d 条\n" : "only the first %d are listed\n", DIAG_MAX_KEPT);
    }
    buf_format(out,
               zh ? "%zu 份规划：错误 %zu，警告 %zu，提示 %zu\n"
                  : "%zu plans: %zu errors, %zu warnings, %zu notes\n",
               options->n_plans, findings->counts[LEVEL_ERROR], findings->counts[LEVEL_WARNING],
               findings->counts[LEVEL_NOTE]);
    if (n_allowed > 0) {
        buf_format(out,
                   zh ? "其中 %zu 条已注明理由，未列出\n"
                      : "%zu of them are allowed with a reason and not listed\n",
                   n_allowed);
    }
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
