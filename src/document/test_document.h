/* What the tests of readers share: a document as text that can be compared. */
#ifndef LONGTU_DOCUMENT_TEST_DOCUMENT_H
#define LONGTU_DOCUMENT_TEST_DOCUMENT_H

#include "document/document.h"

#include <string.h>

static inline Document test_read(Arena *arena, Str content, Diags *diags)
{
    Document doc;

    if (document_parse(arena, STR("test"), content, &doc, diags) != OK) {
        Buf out = buf_new(arena);

        diags_print(&out, diags, LANG_EN, false);
        fail_msg("%.*s", STR_ARG(buf_str(&out)));
    }
    return doc;
}

/* The blocks that are the document's, one in a line: “# ” before a heading of level 1, “| ” before
 * a cell with the place of the cell behind. */
static inline Str test_lines(Arena *arena, const Document *doc, bool chrome)
{
    Buf out = buf_new(arena);

    for (size_t i = 0; i < doc->n_blocks; i++) {
        const Block *block = &doc->blocks[i];

        if ((block->role == ROLE_CHROME) != chrome) {
            continue;
        }
        buf_repeat(&out, STR("#"), block->style);
        buf_add(&out, block->table != NO_TABLE ? STR("| ") : block->style ? STR(" ") : STR(""));
        buf_add(&out, doc_text(doc, block->at));
        if (block->table != NO_TABLE) {
            const DocTable *table = &doc->tables[block->table];

            for (size_t k = 0; k < table->n_cells; k++) {
                const DocCell *cell = &table->cells[k];

                if (cell->at.start == block->at.start && cell->at.end == block->at.end) {
                    buf_format(&out, " @%u,%u", cell->row, cell->column);
                    if (cell->n_rows * cell->n_columns != 1) {
                        buf_format(&out, "+%u,%u", cell->n_rows, cell->n_columns);
                    }
                }
            }
        }
        buf_char(&out, '\n');
    }
    return buf_str(&out);
}

static inline void test_same(Str got, const char *want)
{
    if (!str_eq(got, str_z(want))) {
        fail_msg("got:\n%.*s\nwanted:\n%s", STR_ARG(got), want);
    }
}

/* That the content is refused with that code and nothing else. */
static inline void test_refused(Str content, Code code)
{
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Document doc;

    assert_int_not_equal(document_parse(arena, STR("test"), content, &doc, &diags), OK);
    assert_int_equal(diags.all.n, 1);
    if (diags.all.at[0].code != code) {
        Buf out = buf_new(arena);

        diags_print(&out, &diags, LANG_EN, false);
        fail_msg("%.*s", STR_ARG(buf_str(&out)));
    }
    arena_free(arena);
}

/* That every run holds the same bytes in text and source, and runs are in order. */
static inline void test_runs(const Document *doc)
{
    uint32_t end = 0;

    for (size_t i = 0; i < doc->n_runs; i++) {
        const DocRun *run = &doc->runs[i];

        assert_true(run->text >= end && run->text + run->len <= doc->source.text.len);
        assert_true(run->source + run->len <= doc->original.len);
        assert_memory_equal(doc->source.text.at + run->text, doc->original.at + run->source,
                            run->len);
        end = run->text + run->len;
    }
}

#endif
