/* Passage: the words around a place of an extracted document, and what is stated there. */
#include "publish/passage.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static int by_place(const void *a, const void *b)
{
    const Stated *x = a, *y = b;

    if (x->at.start != y->at.start) {
        return x->at.start < y->at.start ? -1 : 1;
    }
    if (x->kind != y->kind) {
        return x->kind < y->kind ? -1 : 1;
    }
    return x->index < y->index ? -1 : x->index > y->index;
}

static void add_spans(StatedList *list, const Span *spans, size_t n, StatedKind kind, size_t plan)
{
    for (size_t i = 0; spans != NULL && i < n; i++) {
        list->at[list->n++] = (Stated){
            .at = spans[i], .kind = (uint8_t)kind, .plan = (uint16_t)plan, .index = (uint32_t)i};
    }
}

StatedList stated_list(Arena *arena, const Extract *extract)
{
    StatedList list = {NULL, 0};
    size_t n = 0;

    for (size_t i = 0; i < extract->n_plans; i++) {
        const Plan *plan = &extract->plans[i].plan;

        n += plan->facts.n + plan->targets.n + plan->tasks.n + plan->mechanisms.n;
    }
    list.at = ARENA_ARRAY(arena, Stated, n);
    for (size_t i = 0; i < extract->n_plans; i++) {
        const ExtractedPlan *from = &extract->plans[i];

        add_spans(&list, from->fact_spans, from->plan.facts.n, STATED_FACT, i);
        add_spans(&list, from->target_spans, from->plan.targets.n, STATED_TARGET, i);
        add_spans(&list, from->task_spans, from->plan.tasks.n, STATED_TASK, i);
        add_spans(&list, from->mechanism_spans, from->plan.mechanisms.n, STATED_MECHANISM, i);
    }
    if (list.n > 1) {
        qsort(list.at, list.n, sizeof(Stated), by_place);
    }
    return list;
}

static bool is_statement(const Stated *stated)
{
    return stated->kind == STATED_FACT || stated->kind == STATED_TARGET;
}

size_t stated_in(const StatedList *list, Span at, size_t *n)
{
    enum {
        LOOK_BACK = 64
    }; /* tasks and statements that may begin between a cover and its number */
    size_t lo = 0, hi = list->n, first;

    while (lo < hi) {
        size_t middle = lo + (hi - lo) / 2;

        if (list->at[middle].at.start < at.start) {
            lo = middle + 1;
        } else {
            hi = middle;
        }
    }
    first = lo;
    *n = 0;
    while (first < list->n && !is_statement(&list->at[first]) &&
           list->at[first].at.start < at.end) {
        first++;
    }
    while (first + *n < list->n && list->at[first + *n].at.start < at.end &&
           is_statement(&list->at[first + *n])) {
        (*n)++;
    }
    for (size_t i = lo; *n == 0 && i > 0 && lo - i < LOOK_BACK; i--) {
        if (is_statement(&list->at[i - 1]) && list->at[i - 1].at.end > at.start) {
            first = i - 1;
            *n = 1;
        }
    }
    return first;
}

size_t block_at(const Document *doc, uint32_t byte)
{
    size_t lo = 0, hi = doc->n_blocks;

    while (hi - lo > 1) {
        size_t middle = lo + (hi - lo) / 2;

        if (doc->blocks[middle].at.start <= byte) {
            lo = middle;
        } else {
            hi = middle;
        }
    }
    return lo;
}

/* Length of a sign that ends a clause at byte i, 0 if none stands there. */
static size_t stop_at(Str text, size_t i, bool semicolon)
{
    static const char *const STOPS[] = {"。", "！", "？", "；"};

    if (text.at[i] == '\n' || (semicolon && text.at[i] == ';')) {
        return 1;
    }
    for (size_t k = 0; k < (semicolon ? 4 : 3); k++) {
        if (i + 3 <= text.len && memcmp(text.at + i, STOPS[k], 3) == 0) {
            return 3;
        }
    }
    return 0;
}

/* The block that the span stands in, and all of the span. */
static Span block_of(const Document *doc, Span at)
{
    Span block = doc->n_blocks == 0 ? at : doc->blocks[block_at(doc, at.start)].at;

    return (Span){block.start < at.start ? block.start : at.start,
                  block.end > at.end ? block.end : at.end};
}

/* The row of a table that the span stands in; the span itself if it stands in none. */
static Span row_around(const DocTable *table, Span at)
{
    uint32_t row = UINT32_MAX;
    Span out = at;

    for (size_t i = 0; i < table->n_cells; i++) {
        const DocCell *cell = &table->cells[i];

        if (cell->at.start <= at.start && at.start < cell->at.end) {
            row = cell->row;
        }
    }
    for (size_t i = 0; i < table->n_cells; i++) {
        const DocCell *cell = &table->cells[i];

        if (cell->row == row && cell->at.end > cell->at.start) {
            out.start = cell->at.start < out.start ? cell->at.start : out.start;
            out.end = cell->at.end > out.end ? cell->at.end : out.end;
        }
    }
    return out;
}

Span clause_around(const Document *doc, Span at)
{
    Str text = doc->source.text;
    Span block = block_of(doc, at);
    uint32_t start = at.start, end = at.end,
             table = doc->n_blocks == 0 ? NO_TABLE : doc->blocks[block_at(doc, at.start)].table;
    size_t len;

    if (table != NO_TABLE) {
        return row_around(&doc->tables[table], at);
    }
    while (start > block.start) {
        if (start >= block.start + 3 && stop_at(text, start - 3, true) == 3) {
            break;
        }
        if (stop_at(text, start - 1, true) == 1) {
            break;
        }
        start--;
    }
    while (start < at.start && utf8_is_space(utf8_at(text, start, &len))) {
        start += (uint32_t)len;
    }
    while (end < block.end && (len = stop_at(text, end, true)) == 0) {
        end++;
    }
    return (Span){start, end < block.end ? end + (uint32_t)len : end};
}

Span first_sentence(const Document *doc, uint32_t start, uint32_t end)
{
    Str text = doc->source.text;
    uint32_t at = start;
    size_t len = 0;

    while (at < end && (len = stop_at(text, at, false)) == 0) {
        at++;
    }
    return (Span){start, at < end ? at + (uint32_t)len : end};
}

Span context_around(const Document *doc, Span at, size_t n)
{
    Str text = doc->source.text;
    Span block = block_of(doc, at), out = at;
    size_t len;

    for (size_t i = 0; i < n && out.start > block.start; i++) {
        do {
            out.start--;
        } while (out.start > block.start && ((unsigned char)text.at[out.start] & 0xC0) == 0x80);
    }
    for (size_t i = 0; i < n && out.end < block.end; i++) {
        (void)utf8_at(text, out.end, &len);
        out.end += (uint32_t)len;
    }
    return out;
}

Str part_path(Arena *arena, const Document *doc, uint32_t part)
{
    enum { MAX_DEPTH = 16 };
    uint32_t chain[MAX_DEPTH];
    size_t n = 0;
    Buf path = buf_new(arena);

    for (; part != NO_PART && doc->parts[part].kind != PART_PLAN && n < MAX_DEPTH;
         part = doc->parts[part].parent) {
        chain[n++] = part;
    }
    while (n-- > 0) {
        const Part *at = &doc->parts[chain[n]];

        buf_add(&path, path.len != 0 ? STR(" › ") : STR(""));
        buf_add(&path, str_trim(doc_text(doc, at->number)));
        buf_add(&path, doc_text(doc, at->title));
    }
    return buf_str(&path);
}

Str place_text(Arena *arena, At at)
{
    return str_format(arena, "%lld:%lld–%lld", (long long)at.line, (long long)at.start,
                      (long long)at.end);
}

At place_in_source(const Document *doc, Span at)
{
    DocPosition position = doc_position(doc, at);

    return (At){.line = position.line, .start = position.start, .end = position.end};
}

void count_claims(const Extract *extract, uint32_t plan, size_t counts[CLAIM_CHROME + 1])
{
    for (size_t k = 0; k <= CLAIM_CHROME; k++) {
        counts[k] = 0;
    }
    for (size_t i = 0; i < extract->n_claims; i++) {
        if (plan == NO_PLAN || extract->claims[i].plan == plan) {
            counts[extract->claims[i].kind]++;
        }
    }
}
