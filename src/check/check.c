/* Check: what is wrong in plans, found family by family; findings are diagnostics. */
#include "check/check.h"

#include "base/utf8.h"
#include "plan/conform.h"

/* The line of the document that the place names; empty if there is none. */
static Str line_of(Str text, int64_t line)
{
    size_t start = 0;

    for (int64_t i = 1; i < line; i++) {
        size_t end = str_find(str_slice(text, start, text.len), STR("\n"));

        if (end == SIZE_MAX) {
            return STR("");
        }
        start += end + 1;
    }
    text = str_slice(text, start, text.len);
    return str_slice(text, 0,
                     str_find(text, STR("\n")) == SIZE_MAX ? text.len : str_find(text, STR("\n")));
}

const Document *check_new_document(const Check *check, size_t plan)
{
    const Document *const *documents = check->documents;

    return documents == NULL || (plan > 0 && documents[plan - 1] == documents[plan])
               ? NULL
               : documents[plan];
}

At check_at(const Document *doc, Span span)
{
    DocPosition at = doc_position(doc, span);

    return (At){.line = at.line, .start = at.start, .end = at.end};
}

uint32_t check_plan_of(const Check *check, const Document *doc, uint32_t part)
{
    size_t index = 0;

    while (part != NO_PART && doc->parts[part].kind != PART_PLAN) {
        part = doc->parts[part].parent;
    }
    for (uint32_t i = 0; part != NO_PART && i < part; i++) {
        index += doc->parts[i].kind == PART_PLAN;
    }
    for (uint32_t p = 0; check->documents != NULL && part != NO_PART && p < check->n_plans; p++) {
        if (check->documents[p] == doc && index-- == 0) {
            return p;
        }
    }
    return NONE;
}

Place check_place_in(const Check *check, const Source *source, At at)
{
    Place place =
        at.line <= 0 ? place_file(source->name) : place_line(source->name, (uint32_t)at.line);

    if (at.line > 0 && at.end > at.start) {
        Str line = line_of(source->text, at.line);
        size_t width = 0, from = 0, len;
        uint32_t skip = 0;
        enum { BEFORE = 30 }; /* characters of the line that are shown in front: our choice */

        while (skip + BEFORE < (uint32_t)at.start && from < line.len) {
            (void)utf8_at(line, from, &len);
            from += len;
            skip++;
        }
        while (width + from < line.len && (int64_t)skip < at.end + BEFORE) {
            (void)utf8_at(line, from + width, &len);
            width += len;
            skip++;
        }
        place.column = (uint32_t)at.start + 1;
        place.end = (uint32_t)at.end + 1;
        place.text = str_copy(check->diags->arena, str_slice(line, from, from + width));
        place.skipped = (uint32_t)(at.start > BEFORE ? at.start - BEFORE : 0);
    }
    return place;
}

Place check_place(const Check *check, const Plan *plan, const YamlNode *node, const char *key,
                  At at)
{
    const YamlNode *value;

    if (node == NULL) {
        return check_place_in(check, &plan->file, at);
    }
    value = yaml_get(node, str_z(key));
    return diag_place(check->diags, &plan->file,
                      value != NULL ? value->at : (Span){node->at.start, node->at.start});
}

/* The reason that the line gives for the code; false if it does not speak of it. */
static bool read_allow(Str line, Str code, Str *reason)
{
    static const Str MARK = STR_INIT("longtu: allow "), SIGN = STR_INIT("--");
    size_t at = str_find(line, MARK), hash = str_find(line, STR("#"));
    Str rest;

    if (at == SIZE_MAX || hash == SIZE_MAX || hash > at) {
        return false;
    }
    rest = str_slice(line, at + MARK.len, line.len);
    if (!str_starts(rest, code)) {
        return false;
    }
    rest = str_trim(str_slice(rest, code.len, rest.len));
    *reason = str_starts(rest, SIGN) ? str_trim(str_slice(rest, SIGN.len, rest.len)) : STR("");
    return true;
}

Str check_allowed(const Check *check, const Diag *finding, Diags *diags)
{
    Str code = code_info(finding->code)->name, reason;

    for (size_t p = 0; p < check->n_plans; p++) {
        const Source *file = &check->plans[p].file;

        if (check->plans[p].node == NULL || !str_eq(file->name, finding->place.file)) {
            continue;
        }
        for (uint32_t back = 0; back < 2 && finding->place.line > back; back++) {
            uint32_t line = finding->place.line - back;

            if (read_allow(line_of(file->text, line), code, &reason)) {
                if (reason.len == 0) {
                    diag_add(diags, LT1040, place_line(file->name, line), code);
                }
                return reason;
            }
        }
        break;
    }
    return STR("");
}

void check_plans(Check *check)
{
    for (size_t i = 0; i < check->n_plans + check->n_context; i++) {
        if (check->plans[i].node != NULL) { /* what was extracted is of the dictionary already */
            (void)plan_conform(check->catalog, &check->plans[i], check->diags);
        }
    }
    check_text(check);
    check_numbers(check);
    check_names(check);
    check_targets(check);
    check_duties(check);
    check_claims(check);
}
