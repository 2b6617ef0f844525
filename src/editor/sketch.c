/* Sketch: the tree of a YAML file as its lines and brackets tell it. */
#include "editor/sketch.h"

typedef struct { /* a collection that may go on */
    uint32_t node;
    uint32_t last;   /* its entry that was begun last; UINT32_MAX if none */
    uint32_t indent; /* flow: its lines are indented deeper */
} Frame;

typedef struct {
    Arena *arena;
    Sketch *out;
    Str text;
    size_t at;
    size_t start, end; /* of the line, without its line end */
    Frame open[SKETCH_MAX_DEPTH];
    unsigned depth;
    bool in_block;   /* a block scalar goes on where lines are indented deeper than */
    uint32_t column; /* this */
} Sketcher;

static const uint32_t NO_NODE = UINT32_MAX;

static SketchNode *node_of(Sketcher *s, uint32_t index)
{
    return &s->out->nodes.at[index];
}

static Frame *top(Sketcher *s)
{
    return &s->open[s->depth - 1];
}

static SketchNode *top_node(Sketcher *s)
{
    return node_of(s, top(s)->node);
}

static Span span(size_t start, size_t end)
{
    return (Span){(uint32_t)start, (uint32_t)end};
}

/* Makes the node's value a collection, whose entries follow. False if it is too deep. */
static bool open_collection(Sketcher *s, uint32_t node, SketchKind kind, bool flow, uint32_t column)
{
    SketchNode *of = node_of(s, node);

    if (s->depth == SKETCH_MAX_DEPTH) {
        return false;
    }
    of->kind = (uint8_t)kind;
    of->flow = flow;
    of->column = column;
    s->open[s->depth++] = (Frame){node, NO_NODE, column};
    return true;
}

static uint32_t add_entry(Sketcher *s, size_t at)
{
    uint32_t index = (uint32_t)s->out->nodes.n;

    *vec_push(s->arena, &s->out->nodes) = (SketchNode){
        .parent = top(s)->node, .key = span(at, at), .value = span(at, at), .at = span(at, s->end)};
    top(s)->last = index;
    return index;
}

/* ---- characters ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void skip_blanks(Sketcher *s)
{
    while (s->at < s->end && is_blank(s->text.at[s->at])) {
        s->at++;
    }
}

/* Whether only a comment follows on the line, which is taken. */
static bool at_line_end(Sketcher *s)
{
    skip_blanks(s);
    if (s->at < s->end && s->text.at[s->at] == '#' &&
        (s->at == s->start || is_blank(s->text.at[s->at - 1]))) {
        *vec_push(s->arena, &s->out->comments) = span(s->at, s->end);
        s->at = s->end;
    }
    return s->at == s->end;
}

/* Behind a quoted scalar that begins here; the end of the line if it is not closed there. */
static size_t behind_quoted(const Sketcher *s)
{
    char quote = s->text.at[s->at];

    for (size_t i = s->at + 1; i < s->end; i++) {
        char c = s->text.at[i];

        if (c == '\\' && quote == '"') {
            i++;
        } else if (c == quote && quote == '\'' && i + 1 < s->end && s->text.at[i + 1] == quote) {
            i++;
        } else if (c == quote) {
            return i + 1;
        }
    }
    return s->end;
}

static bool ends_key(const Sketcher *s, size_t colon, bool flow)
{
    char next = colon + 1 < s->end ? s->text.at[colon + 1] : ' ';

    return s->text.at[colon] == ':' &&
           (is_blank(next) || (flow && (next == ',' || next == '}' || next == ']')));
}

static bool is_bracket(char c)
{
    return c == ',' || c == '{' || c == '}' || c == '[' || c == ']';
}

/* Takes a scalar, plain or quoted, up to a key's colon, the end of the line or of what is in the
 * brackets; a plain value may hold what would end a key. */
static Span take_scalar(Sketcher *s, bool flow, bool is_value)
{
    size_t start = s->at, end;

    if (s->at < s->end && (s->text.at[s->at] == '"' || s->text.at[s->at] == '\'')) {
        s->at = behind_quoted(s);
        return span(start, s->at);
    }
    for (end = start; s->at < s->end; s->at++) {
        char c = s->text.at[s->at];

        if ((flow && is_bracket(c)) || (!is_value && ends_key(s, s->at, flow)) ||
            (c == '#' && s->at > start && is_blank(s->text.at[s->at - 1]))) {
            break;
        }
        end = is_blank(c) ? end : s->at + 1;
    }
    return span(start, end);
}

/* ---- brackets ---- */

static void close_entry(Sketcher *s, size_t at)
{
    if (top(s)->last != NO_NODE) {
        node_of(s, top(s)->last)->at.end = (uint32_t)at;
    }
}

static void close_flow(Sketcher *s, size_t at, bool closed)
{
    close_entry(s, at);
    top_node(s)->closed = closed;
    top_node(s)->value.end = (uint32_t)(at + closed);
    s->depth--;
}

static void open_flow(Sketcher *s, uint32_t node, uint32_t indent)
{
    bool map = s->text.at[s->at] == '{';

    node_of(s, node)->value = span(s->at, s->end);
    if (!open_collection(s, node, map ? SKETCH_MAP : SKETCH_LIST, true, indent)) {
        s->at = s->end; /* too deep: the rest of the line is passed over */
        return;
    }
    s->at++;
    (void)add_entry(s, s->at);
}

/* Takes what stands in the brackets up to the end of the line, or until they are closed. */
static void read_flow(Sketcher *s, uint32_t indent)
{
    while (!at_line_end(s) && top_node(s)->flow) {
        SketchNode *entry = node_of(s, top(s)->last);
        bool in_map = top_node(s)->kind == SKETCH_MAP;
        bool wants_key = in_map && (entry->key.end == entry->key.start || entry->bare);
        char c = s->text.at[s->at];

        if (c == '}' || c == ']') {
            close_flow(s, s->at++, true);
        } else if (c == ',') {
            close_entry(s, s->at++);
            (void)add_entry(s, s->at);
        } else if (c == '{' || c == '[') {
            open_flow(s, top(s)->last, indent);
        } else if (wants_key && ends_key(s, s->at, true)) {
            entry->bare = false;
            s->at++;
            entry->value = span(s->at, s->at);
            entry->key.end =
                entry->key.end == entry->key.start ? (uint32_t)s->at - 1 : entry->key.end;
        } else if (wants_key) {
            Span token = take_scalar(s, true, false);

            entry->key = entry->bare ? span(entry->key.start, token.end) : token;
            entry->bare = true;
        } else {
            Span token = take_scalar(s, true, true);

            if (entry->kind == SKETCH_NOTHING) {
                entry->kind = SKETCH_SCALAR;
                entry->value = token;
            } else if (entry->kind == SKETCH_SCALAR) {
                entry->value.end = token.end;
            }
        }
    }
}

/* ---- lines ---- */

static void read_value(Sketcher *s, uint32_t node)
{
    SketchNode *of = node_of(s, node);
    uint32_t column = top_node(s)->column;
    char c;

    of->value = span(s->at, s->at);
    if (at_line_end(s)) {
        return;
    }
    c = s->text.at[s->at];
    if (c == '{' || c == '[') {
        open_flow(s, node, column);
        read_flow(s, column);
        return;
    }
    of->kind = SKETCH_SCALAR;
    if (c == '|' || c == '>') {
        s->in_block = true;
        s->column = column;
    }
    of->value = take_scalar(s, false, true);
    (void)at_line_end(s);
}

/* Whether a key with its colon begins here. */
static bool at_key(const Sketcher *s)
{
    Sketcher ahead = *s;

    if (s->text.at[s->at] == '{' || s->text.at[s->at] == '[') {
        return false;
    }
    (void)take_scalar(&ahead, false, false);
    skip_blanks(&ahead);
    return ahead.at < ahead.end && ends_key(&ahead, ahead.at, false);
}

static bool at_dash(const Sketcher *s)
{
    return s->at < s->end && s->text.at[s->at] == '-' &&
           (s->at + 1 == s->end || is_blank(s->text.at[s->at + 1]));
}

/* What a deeper line belongs to: the entry begun last, if it has no value yet. */
static uint32_t holder(Sketcher *s)
{
    uint32_t last = top(s)->last;

    return last != NO_NODE && node_of(s, last)->kind == SKETCH_NOTHING && !node_of(s, last)->bare
               ? last
               : NO_NODE;
}

/* A dash at the column: an item of the list there, which it may begin. False if none can be. */
static bool read_dash(Sketcher *s, uint32_t column)
{
    SketchNode *of = top_node(s);

    if (of->kind != SKETCH_LIST || of->column != column) {
        uint32_t node = holder(s);

        if (node == NO_NODE || !open_collection(s, node, SKETCH_LIST, false, column)) {
            return false;
        }
    }
    node_of(s, add_entry(s, s->at))->value = span(s->at + 1, s->at + 1);
    s->at++;
    return true;
}

static void read_content(Sketcher *s, uint32_t column)
{
    bool in_map = top_node(s)->kind == SKETCH_MAP && top_node(s)->column == column;
    uint32_t node = in_map ? NO_NODE : holder(s), entry;

    if (at_key(s)) {
        if (!in_map && node != NO_NODE && !open_collection(s, node, SKETCH_MAP, false, column)) {
            return;
        }
        if (top_node(s)->kind != SKETCH_MAP) {
            return; /* a key in the middle of a list */
        }
        entry = add_entry(s, s->at);
        node_of(s, entry)->key = take_scalar(s, false, false);
        skip_blanks(s);
        s->at++;
        read_value(s, entry);
    } else if (in_map) {
        entry = add_entry(s, s->at);
        node_of(s, entry)->bare = true;
        node_of(s, entry)->key = take_scalar(s, false, true);
        (void)at_line_end(s);
    } else if (node != NO_NODE) {
        read_value(s, node);
    }
}

static void read_line(Sketcher *s)
{
    uint32_t indent, column;
    bool dash;

    s->at = s->start;
    while (s->at < s->end && is_blank(s->text.at[s->at])) {
        s->at++;
    }
    indent = column = (uint32_t)(s->at - s->start);
    if (s->in_block && (s->at == s->end || indent > s->column)) {
        return;
    }
    s->in_block = false;
    if (at_line_end(s)) {
        return;
    }
    dash = at_dash(s);
    while (top_node(s)->flow) {
        if (!dash && (indent > top(s)->indent || is_bracket(s->text.at[s->at]))) {
            read_flow(s, top(s)->indent);
            return;
        }
        close_flow(s, s->start > 0 ? s->start - 1 : 0, false);
    }
    while (s->depth > 1 &&
           (top_node(s)->column > column ||
            (!dash && top_node(s)->kind == SKETCH_LIST && top_node(s)->column == column))) {
        s->depth--;
    }
    if (indent == 0 && str_at(s->text, s->at, s->end, "---")) {
        return;
    }
    while (at_dash(s)) {
        if (!read_dash(s, column)) {
            return;
        }
        if (at_line_end(s)) {
            return;
        }
        column = (uint32_t)(s->at - s->start);
    }
    read_content(s, column);
}

void sketch_read(Arena *arena, Str text, Sketch *out)
{
    Sketcher s = {.arena = arena, .out = out, .text = text};
    size_t next;

    *out = (Sketch){.text = text};
    *vec_push(arena, &out->nodes) = (SketchNode){.kind = SKETCH_MAP, .at = span(0, text.len)};
    s.open[s.depth++] = (Frame){0, NO_NODE, 0};
    s.start = str_starts(text, STR("\uFEFF")) ? 3 : 0; /* a byte order mark */
    for (; s.start < text.len; s.start = next) {
        const char *feed = memchr(text.at + s.start, '\n', text.len - s.start);

        s.end = feed == NULL ? text.len : (size_t)(feed - text.at);
        next = s.end + 1;
        if (s.end > s.start && text.at[s.end - 1] == '\r') {
            s.end--;
        }
        read_line(&s);
    }
    while (top_node(&s)->flow) {
        close_flow(&s, text.len, false);
    }
}

Str sketch_text(const Sketch *sketch, Span at)
{
    Str text = str_slice(sketch->text, at.start, at.end);

    if (text.len > 0 && (text.at[0] == '"' || text.at[0] == '\'')) {
        bool closed = text.len > 1 && text.at[text.len - 1] == text.at[0];

        return str_slice(text, 1, text.len - closed);
    }
    return text;
}

uint32_t sketch_find(const Sketch *sketch, uint32_t map, Str key)
{
    for (size_t i = map + 1; i < sketch->nodes.n; i++) {
        const SketchNode *node = &sketch->nodes.at[i];

        if (node->parent < map) {
            break; /* behind all that is in it */
        }
        if (node->parent == map && !node->bare && node->key.end > node->key.start &&
            str_eq(sketch_text(sketch, node->key), key)) {
            return (uint32_t)i;
        }
    }
    return NO_NODE;
}

/* ---- what is at a place ---- */

static Spot at_entry(const Sketch *sketch, uint32_t index, size_t offset)
{
    const SketchNode *node = &sketch->nodes.at[index];
    bool in_map = sketch->nodes.at[node->parent].kind == SKETCH_MAP;
    Span here = span(offset, offset);

    if (in_map && (node->bare || offset <= node->key.end)) {
        bool on = offset >= node->key.start && offset <= node->key.end;

        if (offset > node->key.end && node->key.end > node->key.start) {
            return (Spot){.kind = SPOT_NONE}; /* behind a word that is no key */
        }
        return (Spot){SPOT_KEY, node->parent, on ? index : NO_NODE, on ? node->key : here};
    }
    if (node->kind == SKETCH_SCALAR) {
        return offset >= node->value.start && offset <= node->value.end
                   ? (Spot){SPOT_VALUE, index, NO_NODE, node->value}
                   : (Spot){.kind = SPOT_NONE};
    }
    return node->kind == SKETCH_NOTHING &&
                   (sketch->nodes.at[node->parent].flow || offset > node->at.start)
               ? (Spot){SPOT_VALUE, index, NO_NODE, here}
               : (Spot){.kind = SPOT_NONE};
}

/* In brackets: the entry between the two delimiters. */
static Spot in_flow(const Sketch *sketch, uint32_t flow, size_t offset)
{
    for (size_t i = flow + 1; i < sketch->nodes.n; i++) {
        const SketchNode *node = &sketch->nodes.at[i];

        if (node->parent == flow && offset >= node->at.start && offset <= node->at.end) {
            if (node->key.end == node->key.start && sketch->nodes.at[flow].kind == SKETCH_MAP) {
                return (Spot){SPOT_KEY, flow, NO_NODE, span(offset, offset)};
            }
            return at_entry(sketch, (uint32_t)i, offset);
        }
    }
    return (Spot){.kind = SPOT_NONE};
}

/* On a line with nothing but spaces: what its indentation makes of it. */
static Spot on_blank(const Sketch *sketch, uint32_t last, uint32_t column, size_t offset)
{
    const SketchNode *nodes = sketch->nodes.at;
    uint32_t at = nodes[last].parent;
    Span here = span(offset, offset);

    if (last != 0 && nodes[last].kind == SKETCH_NOTHING && !nodes[last].bare &&
        column > nodes[at].column) {
        return (Spot){SPOT_VALUE, last, NO_NODE, here};
    }
    while (at != 0 &&
           (nodes[at].column > column || (nodes[at].kind == SKETCH_LIST &&
                                          nodes[nodes[at].parent].column == nodes[at].column))) {
        at = nodes[at].parent;
    }
    return nodes[at].kind == SKETCH_MAP && nodes[at].column == column
               ? (Spot){SPOT_KEY, at, NO_NODE, here}
               : (Spot){.kind = SPOT_NONE};
}

Spot sketch_at(const Sketch *sketch, size_t offset)
{
    const SketchNode *nodes = sketch->nodes.at;
    uint32_t flow = 0, last = 0;
    size_t line, first;

    for (size_t i = 0; i < sketch->comments.n; i++) {
        if (offset > sketch->comments.at[i].start && offset <= sketch->comments.at[i].end) {
            return (Spot){.kind = SPOT_NONE};
        }
    }
    for (uint32_t i = 1; i < sketch->nodes.n && nodes[i].at.start <= offset; i++) {
        if (nodes[i].flow && nodes[i].value.start < offset &&
            (offset < nodes[i].value.end || (offset == nodes[i].value.end && !nodes[i].closed))) {
            flow = i;
        }
        last = nodes[nodes[i].parent].flow ? last : i;
    }
    if (flow != 0) {
        return in_flow(sketch, flow, offset);
    }
    for (line = offset; line > 0 && sketch->text.at[line - 1] != '\n'; line--) {
    }
    if (last != 0 && (nodes[last].at.start >= line ||
                      (nodes[last].kind == SKETCH_SCALAR && offset >= nodes[last].value.start &&
                       offset <= nodes[last].value.end))) {
        return at_entry(sketch, last, offset);
    }
    for (first = line; first < sketch->text.len && is_blank(sketch->text.at[first]); first++) {
    }
    if (first < sketch->text.len && sketch->text.at[first] != '\n' &&
        sketch->text.at[first] != '\r') {
        return (Spot){.kind = SPOT_NONE};
    }
    return on_blank(sketch, last, (uint32_t)(offset - line), offset);
}
