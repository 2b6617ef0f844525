/* Page: lines and tables of a file as its elements hold them, turned into blocks. */
#include "document/page_priv.h"

enum { /* our choices: a cell with more percent of a table's text and more lines is layout */
       DATA_CELL = 60,
       DATA_CELL_LINES = 8,
};

uint32_t page_open(Page *page, Tag tag, uint32_t parent)
{
    if (page->elements.n >= PAGE_MAX_ELEMENTS) {
        return NO_ELEMENT;
    }
    *vec_push(page->scratch, &page->elements) = (Element){.parent = parent,
                                                          .first = (uint32_t)page->leaves.n,
                                                          .n_rows = 1,
                                                          .n_columns = 1,
                                                          .tag = (uint8_t)tag};
    return (uint32_t)page->elements.n - 1;
}

void page_close(Page *page, uint32_t i)
{
    Element *element = &page->elements.at[i];
    bool keep = element->tag == TAG_CELL || element->tag == TAG_ROW;

    element->last = (uint32_t)page->leaves.n;
    if (element->first == element->last) {
        page->elements.n = i + (keep ? 1 : 0);
    }
    element->end = (uint32_t)page->elements.n;
}

/* Bytes in a cell or table; their places among the words are in order. */
static uint64_t bytes_in(const Page *page, const Element *at)
{
    return at->first == at->last
               ? 0
               : page->leaves.at[at->last - 1].at.end - page->leaves.at[at->first].at.start;
}

static bool is_data(const Page *page, uint32_t table)
{
    const Element *at = &page->elements.at[table];
    unsigned rows = 0, wide_rows = 0, cells = 0;

    for (uint32_t i = table + 1; i < at->end; i++) {
        const Element *element = &page->elements.at[i];

        if (element->tag == TAG_TABLE) {
            return false;
        }
        if (element->tag == TAG_ROW) {
            rows++;
            cells = 0;
        }
        if (element->tag == TAG_CELL && element->last > element->first) {
            cells++;
            wide_rows += cells == 2;
            if (element->last - element->first > DATA_CELL_LINES &&
                bytes_in(page, element) * 100 > bytes_in(page, at) * DATA_CELL) {
                return false;
            }
        }
    }
    return rows >= 2 && wide_rows >= 1;
}

void page_find_data(Page *page)
{
    uint32_t behind = 0; /* elements before it were looked at inside a table */

    for (uint32_t i = 0; i < page->elements.n; i++) {
        Element *element = &page->elements.at[i];

        if (element->tag == TAG_TABLE && i >= behind && is_data(page, i)) {
            element->data = true;
            behind = element->end;
        }
    }
}

/* The runs of words at `at` of the page, which are now at `text` of the document. */
static void move_runs(Page *page, const Leaf *leaf, uint32_t text)
{
    Builder *builder = page->builder;

    for (uint32_t i = leaf->first_run; i < leaf->end_run; i++) {
        DocRun run = page->runs.at[i];
        uint32_t cut = run.text < leaf->at.start ? leaf->at.start - run.text : 0;

        if (run.text >= leaf->at.end || (cut > 0 && cut >= run.len)) {
            continue;
        }
        run.text += cut;
        run.source += cut;
        run.len -= cut;
        if (run.text + run.len > leaf->at.end) {
            run.len = leaf->at.end - run.text;
        }
        run.text = text + run.text - leaf->at.start;
        *vec_push(builder->arena, &builder->runs) = run;
    }
}

static bool emit_leaf(Page *page, const Leaf *leaf)
{
    Builder *builder = page->builder;
    size_t start = builder->text.len;
    BlockRole role = leaf->role != ROLE_BODY ? (BlockRole)leaf->role
                     : leaf->caption         ? ROLE_CAPTION
                     : leaf->style != 0      ? ROLE_HEADING
                                             : ROLE_BODY;

    if (!builder_block(builder, leaf_text(page, leaf), role, leaf->style)) {
        return false;
    }
    move_runs(page, leaf, (uint32_t)start);
    return true;
}

/* A cell's lines become one. */
static bool emit_cell(Page *page, Buf *words, const Element *cell)
{
    Builder *builder = page->builder;
    size_t start = builder->text.len, len = 0;

    words->len = 0;
    for (uint32_t i = cell->first; i < cell->last; i++) {
        if (i > cell->first) {
            buf_char(words, ' ');
        }
        buf_add(words, leaf_text(page, &page->leaves.at[i]));
    }
    if (!builder_cell(builder, buf_str(words), cell->n_rows, cell->n_columns)) {
        return false;
    }
    for (uint32_t i = cell->first; i < cell->last; i++) {
        const Leaf *leaf = &page->leaves.at[i];

        move_runs(page, leaf, (uint32_t)(start + len));
        len += leaf->at.end - leaf->at.start + 1;
    }
    return true;
}

/* Lines of the table that stand in none of its cells go before it. */
static bool emit_around(Page *page, uint32_t table)
{
    const Element *at = &page->elements.at[table];
    uint32_t leaf = at->first;

    for (uint32_t i = table + 1; i <= at->end; i++) {
        const Element *cell = &page->elements.at[i];
        bool end = i == at->end;

        if (!end && cell->tag != TAG_CELL) {
            continue;
        }
        for (; leaf < (end ? at->last : cell->first); leaf++) {
            if (!emit_leaf(page, &page->leaves.at[leaf])) {
                return false;
            }
        }
        if (!end) {
            leaf = cell->last;
        }
    }
    return true;
}

static bool emit_table(Page *page, Buf *words, uint32_t table)
{
    const Element *at = &page->elements.at[table];

    if (!emit_around(page, table)) {
        return false;
    }
    builder_table(page->builder);
    for (uint32_t i = table + 1; i < at->end; i++) {
        const Element *element = &page->elements.at[i];

        if (element->tag == TAG_ROW) {
            builder_row(page->builder);
        } else if (element->tag == TAG_CELL && !emit_cell(page, words, element)) {
            return false;
        }
    }
    builder_table_end(page->builder);
    return true;
}

bool page_emit(Page *page)
{
    Buf words = buf_new(page->scratch);
    uint32_t element = 0;

    for (uint32_t i = 0; i < page->leaves.n;) {
        const Leaf *leaf = &page->leaves.at[i];

        while (element < page->elements.n &&
               (!page->elements.at[element].data || page->elements.at[element].first < i)) {
            element++;
        }
        if (element < page->elements.n && page->elements.at[element].first == i &&
            leaf->role == ROLE_BODY) {
            if (!emit_table(page, &words, element)) {
                return false;
            }
            i = page->elements.at[element].last;
        } else {
            if (!emit_leaf(page, leaf)) {
                return false;
            }
            i++;
        }
    }
    return true;
}
