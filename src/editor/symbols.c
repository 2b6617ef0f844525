/* Features: the outline of a file: its lists and what is in them. */
#include "editor/features.h"

typedef struct {
    const View *view;
    const PositionLines *lines;
    uint32_t *ends;         /* of each node with all that is in it */
    uint32_t *first, *next; /* first child and next sibling; 0 if there is none */
    Json *json;
} Outline;

enum { /* SymbolKind */
       KIND_PROPERTY = 7,
       KIND_NUMBER = 16,
       KIND_ARRAY = 18,
       KIND_OBJECT = 19,
       KIND_EVENT = 24
};

static void link_nodes(Outline *outline, Arena *arena)
{
    const Sketch *sketch = &outline->view->sketch;
    size_t n = sketch->nodes.n;

    outline->ends = ARENA_ARRAY(arena, uint32_t, n);
    outline->first = ARENA_ARRAY(arena, uint32_t, n);
    outline->next = ARENA_ARRAY(arena, uint32_t, n);
    for (uint32_t i = (uint32_t)n; i-- > 1;) { /* what is in a node comes behind it */
        const SketchNode *node = &sketch->nodes.at[i];
        uint32_t end = node->value.end > node->key.end ? node->value.end : node->key.end;

        outline->ends[i] = outline->ends[i] > end ? outline->ends[i] : end;
        if (outline->ends[node->parent] < outline->ends[i]) {
            outline->ends[node->parent] = outline->ends[i];
        }
        outline->next[i] = outline->first[node->parent];
        outline->first[node->parent] = i;
    }
}

/* The value of a key of a map: its text, or that of its language. */
static Str value_of(const Outline *outline, uint32_t map, const char *key)
{
    const Sketch *sketch = &outline->view->sketch;
    uint32_t node = sketch_find(sketch, map, str_z(key));
    bool zh = outline->view->lang == LANG_ZH;
    Str text;

    if (node == UINT32_MAX || sketch->nodes.at[node].kind != SKETCH_MAP) {
        return meaning_value(sketch, map, key);
    }
    text = meaning_value(sketch, node, zh ? "zh" : "en");
    return text.len != 0 ? text : meaning_value(sketch, node, zh ? "en" : "zh");
}

static Str name_of(const Outline *outline, uint32_t map)
{
    static const char *const KEYS[] = {"name", "title", "text", "id", "code", "indicator"};
    const Catalog *catalog = outline->view->catalog;
    Str indicator = value_of(outline, map, "indicator");
    uint32_t found = catalog == NULL ? NONE : catalog_indicator(catalog, indicator);

    if (found != NONE) {
        return text_in(catalog->indicators.at[found]->name, outline->view->lang);
    }
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) {
        Str text = value_of(outline, map, KEYS[i]);

        if (text.len != 0) {
            return text;
        }
    }
    return STR("…"); /* a symbol may not be without name */
}

static Str detail_of(const Outline *outline, uint32_t map)
{
    Str value = value_of(outline, map, "value");

    if (value.len == 0) {
        Str due = value_of(outline, map, "due");

        return due.len != 0 ? due : value_of(outline, map, "id");
    }
    return str_format(outline->view->arena, "%.*s %.*s %.*s %.*s%.*s",
                      STR_ARG(value_of(outline, map, "comparator")), STR_ARG(value),
                      STR_ARG(value_of(outline, map, "unit")),
                      STR_ARG(value_of(outline, map, "year")),
                      STR_ARG(value_of(outline, map, "period")));
}

static void begin_symbol(Outline *outline, uint32_t node, Span name_at, Str name, Str detail,
                         int kind)
{
    const SketchNode *at = &outline->view->sketch.nodes.at[node];
    Json *json = outline->json;
    uint32_t start = at->key.end > at->key.start ? at->key.start : at->at.start,
             end = outline->ends[node] > name_at.end ? outline->ends[node] : name_at.end;

    json_object(json);
    json_key(json, "name");
    json_str(json, name);
    if (detail.len != 0) {
        json_key(json, "detail");
        json_str(json, detail);
    }
    json_key(json, "kind");
    json_int(json, kind);
    json_key(json, "range");
    position_write_range(json, position_lines_range(outline->lines, (Span){start, end}));
    json_key(json, "selectionRange");
    position_write_range(json, position_lines_range(outline->lines, name_at));
}

static void write_items(Outline *outline, uint32_t list)
{
    const Sketch *sketch = &outline->view->sketch;
    bool has_due = str_eq(sketch_text(sketch, sketch->nodes.at[list].key), STR("tasks"));

    json_key(outline->json, "children");
    json_array(outline->json);
    for (uint32_t item = outline->first[list]; item != 0; item = outline->next[item]) {
        uint32_t child = outline->first[item];
        Span at = child == 0 ? sketch->nodes.at[item].at : sketch->nodes.at[child].value;

        if (sketch->nodes.at[item].kind != SKETCH_MAP) {
            continue;
        }
        at.start =
            at.start < sketch->nodes.at[item].at.start ? sketch->nodes.at[item].at.start : at.start;
        begin_symbol(outline, item, at, name_of(outline, item), detail_of(outline, item),
                     has_due ? KIND_EVENT : KIND_NUMBER);
        json_end(outline->json);
    }
    json_end(outline->json);
}

void feature_symbols(const View *view, Json *json)
{
    const Sketch *sketch = &view->sketch;
    PositionLines lines = position_lines(view->arena, sketch->text, view->encoding);
    Outline outline = {.view = view, .lines = &lines, .json = json};

    link_nodes(&outline, view->arena);
    json_array(json);
    json_flat(json);
    for (uint32_t i = outline.first[0]; i != 0; i = outline.next[i]) {
        const SketchNode *node = &sketch->nodes.at[i];
        Str key = sketch_text(sketch, node->key);

        if (key.len == 0 || node->bare) {
            continue;
        }
        begin_symbol(&outline, i, node->key, key,
                     node->kind == SKETCH_SCALAR ? sketch_text(sketch, node->value) : STR(""),
                     node->kind == SKETCH_LIST  ? KIND_ARRAY
                     : node->kind == SKETCH_MAP ? KIND_OBJECT
                                                : KIND_PROPERTY);
        if (node->kind == SKETCH_LIST) {
            write_items(&outline, i);
        }
        json_end(json);
    }
    json_end(json);
}
