/* Layout: a plan file written again in canonical form, with its comments where they belong. */
#include "plan/layout.h"

#include <assert.h>

/* The plan is written without comments first, and the trees of both texts are walked side by side,
 * so that each scalar of the file is known to stand on a line of what was written. Comments go to
 * the lines of what they stood at. */

#define NOTHING UINT32_MAX /* no such line, box or leaf */

typedef struct { /* a list or map of the file */
    const YamlNode *node;
    const YamlNode *written; /* what became of it; NULL if it is left out */
    uint32_t parent;         /* box, or NOTHING */
    uint32_t end;            /* the leaf behind its last */
} Box;

typedef struct { /* a scalar of the file, a key too, in the order of the text */
    Span at;
    uint32_t box;  /* the innermost that holds it */
    uint32_t line; /* of what was written; NOTHING if it is left out */
} Leaf;

typedef enum { STANDS_ABOVE, STANDS_BEHIND, STANDS_BELOW } Stand;

typedef struct { /* a comment of the file */
    Str text;    /* from the # on */
    Stand stand;
    uint32_t line;   /* of what was written */
    uint32_t indent; /* if it has a line of its own */
    bool apart;      /* an empty line follows */
} Note;

typedef struct {
    Arena *arena;
    Str text; /* of the file */
    YamlDoc written;
    VEC(uint32_t) lines; /* where each line of what was written begins */
    VEC(Box) boxes;
    VEC(Leaf) leaves;
    VEC(Note) notes;
} Weaver;

/* ---- the two trees ---- */

static void find_lines(Weaver *weaver)
{
    Str text = weaver->written.source.text;

    for (uint32_t i = 0; i < text.len; i++) {
        if (i == 0 || text.at[i - 1] == '\n') {
            *vec_push(weaver->arena, &weaver->lines) = i;
        }
    }
}

static uint32_t line_of(const Weaver *weaver, const YamlNode *written)
{
    uint32_t low = 0, high = (uint32_t)weaver->lines.n;

    if (written == NULL) {
        return NOTHING;
    }
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (weaver->lines.at[middle] <= written->at.start) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The key or value that an entry of a map became. {zh: …} alone becomes a scalar. */
static const YamlNode *written_entry(const YamlNode *written, Str key, bool value)
{
    if (written == NULL || written->kind != YAML_MAP) {
        return written != NULL && written->kind == YAML_SCALAR ? written : NULL;
    }
    for (uint32_t i = 0; i < written->n; i++) {
        if (str_eq(written->keys[i]->text, key)) {
            return value ? written->items[i] : written->keys[i];
        }
    }
    return NULL;
}

static void walk(Weaver *weaver, const YamlNode *node, const YamlNode *written, uint32_t parent)
{
    uint32_t box = (uint32_t)weaver->boxes.n;

    if (node->kind == YAML_SCALAR) {
        *vec_push(weaver->arena, &weaver->leaves) =
            (Leaf){node->at, parent, line_of(weaver, written)};
        return;
    }
    *vec_push(weaver->arena, &weaver->boxes) = (Box){node, written, parent, 0};
    for (uint32_t i = 0; i < node->n; i++) {
        const YamlNode *item = NULL;

        if (node->kind == YAML_MAP) {
            walk(weaver, node->keys[i], written_entry(written, node->keys[i]->text, false), box);
            item = written_entry(written, node->keys[i]->text, true);
        } else if (written != NULL && written->kind == YAML_LIST && i < written->n) {
            item = written->items[i];
        }
        walk(weaver, node->items[i], item, box);
    }
    weaver->boxes.at[box].end = (uint32_t)weaver->leaves.n;
}

/* ---- where a comment belongs ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

static uint32_t column_of(Str text, uint32_t at)
{
    uint32_t start = at;

    while (start > 0 && !is_break(text.at[start - 1])) {
        start--;
    }
    return at - start;
}

static bool is_flow(Str text, const YamlNode *node)
{
    return text.at[node->at.start] == '{' || text.at[node->at.start] == '[';
}

/* The innermost block whose entries end between two leaves and are indented at most as far as the
 * comment, but further than what goes on behind it. */
static uint32_t ended_box(const Weaver *weaver, uint32_t last, uint32_t next, uint32_t column)
{
    uint32_t best = NOTHING, best_column = 0;

    for (uint32_t i = weaver->leaves.at[last].box; i != NOTHING; i = weaver->boxes.at[i].parent) {
        const Box *box = &weaver->boxes.at[i];
        uint32_t own = column_of(weaver->text, box->node->at.start);

        if (next != NOTHING && next < box->end) { /* goes on behind the comment */
            return is_flow(weaver->text, box->node) || own >= best_column ? NOTHING : best;
        }
        if (best == NOTHING && ((own <= column && !is_flow(weaver->text, box->node)) ||
                                (next == NOTHING && box->parent == NOTHING))) {
            best = i;
            best_column = own;
        }
    }
    return best;
}

/* The line of the next leaf that was written, or of the last before it. */
static uint32_t line_near(const Weaver *weaver, uint32_t leaf)
{
    for (uint32_t i = leaf; i < weaver->leaves.n; i++) {
        if (weaver->leaves.at[i].line != NOTHING) {
            return weaver->leaves.at[i].line;
        }
    }
    for (uint32_t i = leaf < weaver->leaves.n ? leaf : (uint32_t)weaver->leaves.n; i-- > 0;) {
        if (weaver->leaves.at[i].line != NOTHING) {
            return weaver->leaves.at[i].line;
        }
    }
    return 0;
}

static uint32_t indent_of(const Weaver *weaver, uint32_t line)
{
    Str text = weaver->written.source.text;
    uint32_t start = weaver->lines.at[line], at = start;

    while (at < text.len && text.at[at] == ' ') {
        at++;
    }
    return at - start;
}

static void put_above(const Weaver *weaver, Note *note, uint32_t line)
{
    note->stand = STANDS_ABOVE;
    note->line = line;
    note->indent = indent_of(weaver, line);
}

/* A comment below the last entry of a list or map; above it all, if that came to be one line. */
static void put_below(const Weaver *weaver, Note *note, const Box *box)
{
    Str written = weaver->written.source.text;
    const YamlNode *end = box->written;

    if (box->written == NULL) {
        put_above(weaver, note, line_near(weaver, box->end));
        return;
    }
    if (box->written->kind == YAML_SCALAR || is_flow(written, box->written)) {
        put_above(weaver, note, line_of(weaver, box->written));
        return;
    }
    while (end->n > 0) {
        end = end->items[end->n - 1];
    }
    note->stand = STANDS_BELOW;
    note->line = line_of(weaver, end);
    note->indent = column_of(written, box->written->at.start);
}

/* A comment with something in front of it on its line. `last` and `next` are the leaves around it.
 */
static void place_behind(const Weaver *weaver, Note *note, uint32_t at, uint32_t last,
                         uint32_t next)
{
    uint32_t start = at - column_of(weaver->text, at);
    bool closes = false;

    for (uint32_t i = start; i < at; i++) {
        closes |= strchr("]}\"'", weaver->text.at[i]) != NULL;
    }
    if (last == NOTHING) {
        put_above(weaver, note, 0);
    } else if (weaver->leaves.at[last].at.end <= start && !closes && next == NOTHING) {
        put_below(weaver, note, &weaver->boxes.at[0]); /* behind the mark of the end */
    } else if (weaver->leaves.at[last].at.end <= start && !closes) {
        put_above(weaver, note, line_near(weaver, next)); /* behind a dash or an opening bracket */
    } else if (weaver->leaves.at[last].line == NOTHING) {
        put_above(weaver, note, line_near(weaver, last));
    } else {
        note->stand = STANDS_BEHIND;
        note->line = weaver->leaves.at[last].line;
    }
}

static void place_alone(const Weaver *weaver, Note *note, uint32_t at, uint32_t last, uint32_t next)
{
    uint32_t ended =
        last == NOTHING ? NOTHING : ended_box(weaver, last, next, column_of(weaver->text, at));

    if (last == NOTHING) {
        put_above(weaver, note, 0);
    } else if (ended != NOTHING) {
        put_below(weaver, note, &weaver->boxes.at[ended]);
    } else {
        put_above(weaver, note, line_near(weaver, next));
    }
}

/* Whether the line behind a line break is empty and something follows. */
static bool is_line_empty(Str text, uint32_t at)
{
    if (at < text.len && text.at[at] == '\r') {
        at++;
    }
    if (at < text.len && text.at[at] == '\n') {
        at++;
    }
    while (at < text.len && is_blank(text.at[at])) {
        at++;
    }
    return at < text.len && is_break(text.at[at]);
}

/* Takes the comment at a #; `next` is the leaf behind it. Returns its end. */
static uint32_t take_note(Weaver *weaver, uint32_t at, uint32_t next)
{
    uint32_t last = next == 0 ? NOTHING : next - 1, end = at, front = at;
    Note note = {0};

    while (end < weaver->text.len && !is_break(weaver->text.at[end])) {
        end++;
    }
    note.text = str_slice(weaver->text, at, end);
    while (is_blank(note.text.at[note.text.len - 1])) {
        note.text.len--;
    }
    while (front > 0 && is_blank(weaver->text.at[front - 1])) {
        front--;
    }
    next = next < weaver->leaves.n ? next : NOTHING;
    if (front > 0 && !is_break(weaver->text.at[front - 1])) {
        place_behind(weaver, &note, at, last, next);
    } else {
        place_alone(weaver, &note, at, last, next);
        note.apart = is_line_empty(weaver->text, end);
    }
    *vec_push(weaver->arena, &weaver->notes) = note;
    return end;
}

/* A # outside of scalars and behind a blank begins a comment. */
static void find_notes(Weaver *weaver)
{
    uint32_t at = 0, next = 0;

    while (at < weaver->text.len) {
        const Leaf *leaf = next < weaver->leaves.n ? &weaver->leaves.at[next] : NULL;

        if (leaf != NULL && at >= leaf->at.start) {
            at = leaf->at.end > at ? leaf->at.end : at;
            next++;
        } else if (weaver->text.at[at] == '#' && (at == 0 || is_blank(weaver->text.at[at - 1]) ||
                                                  is_break(weaver->text.at[at - 1]))) {
            at = take_note(weaver, at, next);
        } else {
            at++;
        }
    }
}

/* ---- writing ---- */

/* Only one comment can stand behind a line. */
static void part_crowds(Weaver *weaver)
{
    uint32_t *n = ARENA_ARRAY(weaver->arena, uint32_t, weaver->lines.n);

    for (size_t i = 0; i < weaver->notes.n; i++) {
        n[weaver->notes.at[i].line] += weaver->notes.at[i].stand == STANDS_BEHIND;
    }
    for (size_t i = 0; i < weaver->notes.n; i++) {
        Note *note = &weaver->notes.at[i];

        if (note->stand == STANDS_BEHIND && n[note->line] > 1) {
            put_above(weaver, note, note->line);
        }
    }
}

/* For each line and stand, the notes in their order, as a chain of indexes. */
typedef struct {
    uint32_t first[3], last[3];
} Chains;

static void write_notes(const Weaver *weaver, const Chains *chains, const uint32_t *after,
                        Stand stand, Buf *out)
{
    for (uint32_t i = chains->first[stand]; i != UINT32_MAX; i = after[i]) {
        const Note *note = &weaver->notes.at[i];

        buf_repeat(out, STR(" "), stand == STANDS_BEHIND ? 2 : note->indent);
        buf_add(out, note->text);
        if (stand != STANDS_BEHIND) {
            buf_add(out, note->apart ? STR("\n\n") : STR("\n"));
        }
    }
}

static void weave(Weaver *weaver, Buf *out)
{
    uint32_t n_lines = (uint32_t)weaver->lines.n, n_notes = (uint32_t)weaver->notes.n;
    Chains *chains = ARENA_ARRAY(weaver->arena, Chains, n_lines);
    uint32_t *after = ARENA_ARRAY(weaver->arena, uint32_t, n_notes + 1);
    Str rest = weaver->written.source.text;
    size_t before = out->len;

    memset(chains, 0xFF, n_lines * sizeof *chains); /* UINT32_MAX */
    for (uint32_t i = 0; i < n_notes; i++) {
        const Note *note = &weaver->notes.at[i];
        Chains *here = &chains[note->line];

        after[i] = UINT32_MAX;
        if (here->last[note->stand] == UINT32_MAX) {
            here->first[note->stand] = i;
        } else {
            after[here->last[note->stand]] = i;
        }
        here->last[note->stand] = i;
    }
    for (uint32_t i = 0; i < n_lines; i++) {
        write_notes(weaver, &chains[i], after, STANDS_ABOVE, out);
        buf_add(out, str_cut(rest, '\n', &rest));
        write_notes(weaver, &chains[i], after, STANDS_BEHIND, out);
        buf_char(out, '\n');
        write_notes(weaver, &chains[i], after, STANDS_BELOW, out);
    }
    while (out->len > before + 1 && out->at[out->len - 2] == '\n') {
        out->len--; /* no empty line at the end */
    }
}

void layout_write(Arena *arena, const YamlDoc *doc, const Plan *plan, Buf *out)
{
    Weaver weaver = {.arena = arena, .text = doc->source.text};
    Buf plain = buf_new(arena);
    Diags diags = diags_new(arena);
    Err err;

    plan_write(arena, plan, &plain);
    err = yaml_read(arena, (Source){doc->source.name, buf_str(&plain)}, &weaver.written, &diags);
    assert(err == OK); /* plan_write's promise */
    if (err != OK) {
        buf_add(out, buf_str(&plain));
        return;
    }
    find_lines(&weaver);
    walk(&weaver, doc->root, weaver.written.root, NOTHING);
    find_notes(&weaver);
    part_crowds(&weaver);
    weave(&weaver, out);
}
