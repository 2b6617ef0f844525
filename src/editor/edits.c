/* Features: edits of a file: its canonical layout, and mends of what was found. */
#include "editor/features.h"
#include "editor/uri.h"
#include "plan/layout.h"

static void write_edit(const View *view, Span at, Str text, Json *json)
{
    json_object(json);
    json_key(json, "range");
    position_write_range(json, position_range(view->sketch.text, view->encoding, at));
    json_key(json, "newText");
    json_str(json, text);
    json_end(json);
}

/* ---- layout ---- */

/* Bytes of whole lines that both begin with. */
static size_t same_lines_before(Str a, Str b)
{
    size_t same = 0;

    for (size_t i = 0; i < a.len && i < b.len && a.at[i] == b.at[i]; i++) {
        same = a.at[i] == '\n' ? i + 1 : same;
    }
    return same;
}

/* Bytes of whole lines that both end with, behind the first `skip`. */
static size_t same_lines_after(Str a, Str b, size_t skip)
{
    size_t same = 0, i;

    for (i = 1; i <= a.len - skip && i <= b.len - skip && a.at[a.len - i] == b.at[b.len - i]; i++) {
        same = a.at[a.len - i] == '\n' ? i - 1 : same;
    }
    return same;
}

/* The layout that longtu fmt gives; the text itself where it cannot. */
static Str laid_out(const View *view)
{
    Source source = {view->path, view->sketch.text};
    Diags unused = diags_new(view->arena);
    Buf out = buf_new(view->arena);
    YamlDoc doc;
    Plan plan;

    if (meaning_is_dictionary(&view->sketch) ||
        yaml_read(view->arena, source, &doc, &unused) != OK ||
        plan_read(view->arena, &doc, &plan, &unused) != OK) {
        return source.text;
    }
    layout_write(view->arena, &doc, &plan, &out);
    return buf_str(&out);
}

void feature_formatting(const View *view, Json *json)
{
    Str before = view->sketch.text, after = laid_out(view);

    json_array(json);
    json_flat(json);
    if (!str_eq(before, after)) {
        size_t start = same_lines_before(before, after),
               end = same_lines_after(before, after, start);

        write_edit(view, (Span){(uint32_t)start, (uint32_t)(before.len - end)},
                   str_slice(after, start, after.len - end), json);
    }
    json_end(json);
}

/* ---- mends ---- */

static void write_action(const View *view, Str title, Span at, Str text, Json *json)
{
    json_object(json);
    json_key(json, "title");
    json_str(json, title);
    json_key(json, "kind");
    json_str(json, STR("quickfix"));
    json_key(json, "edit");
    json_object(json);
    json_key(json, "changes");
    json_object(json);
    json_key(json, str_to_z(view->arena, view->uri));
    json_array(json);
    write_edit(view, at, text, json);
    json_end(json);
    json_end(json);
    json_end(json);
    json_end(json);
}

/* “gdp_share?” is what a diagnostic says where it knows a name that may be meant; its first
 * argument is what stands there. What stands there now may be something else. */
static void suggest(const View *view, const Diag *diag, Span at, Json *json)
{
    Str there = sketch_text(&view->sketch, at);

    for (size_t i = 1; i < DIAG_MAX_ARGS; i++) {
        Str meant = diag->args[i];

        if (meant.len > 1 && str_ends(meant, STR("?")) && str_eq(there, diag->args[0])) {
            meant = str_slice(meant, 0, meant.len - 1);
            write_action(
                view,
                str_format(view->arena, view->lang == LANG_ZH ? "改为 %.*s" : "change to %.*s",
                           STR_ARG(meant)),
                at, diag->code == LT1008 ? meant : feature_scalar(view->arena, meant), json);
        }
    }
}

/* A comment above the line; its reason is left to be written, and until then it has no effect. */
static void allow(const View *view, const Diag *diag, size_t at, Json *json)
{
    Str text = view->sketch.text, code = code_info(diag->code)->name;
    size_t line = at, first;

    while (line > 0 && text.at[line - 1] != '\n') {
        line--;
    }
    for (first = line; first < text.len && text.at[first] == ' '; first++) {
    }
    write_action(
        view,
        str_format(view->arena,
                   view->lang == LANG_ZH ? "允许 %.*s（写明理由）" : "allow %.*s (give the reason)",
                   STR_ARG(code)),
        (Span){(uint32_t)line, (uint32_t)line},
        str_format(view->arena, "%.*s# longtu: allow %.*s -- \n",
                   STR_ARG(str_slice(text, line, first)), STR_ARG(code)),
        json);
}

void feature_actions(const View *view, Span range, const Diags *found, size_t n_loading, Json *json)
{
    bool is_plan = !meaning_is_dictionary(&view->sketch);

    json_array(json);
    json_flat(json);
    for (size_t i = 0; i < found->all.n; i++) {
        const Diag *diag = &found->all.at[i];
        Range place = position_of_place(&diag->place, view->encoding);
        Span at = {(uint32_t)position_offset(view->sketch.text, view->encoding, place.start),
                   (uint32_t)position_offset(view->sketch.text, view->encoding, place.end)};

        if (diag->place.line == 0 || at.start > range.end || at.end < range.start) {
            continue;
        }
        suggest(view, diag, at, json);
        if (i >= n_loading && is_plan) {
            allow(view, diag, at.start, json);
        }
    }
    json_end(json);
}
