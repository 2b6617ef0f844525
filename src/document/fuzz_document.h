/* What the fuzz targets of readers share: what holds of every document. */
#ifndef LONGTU_DOCUMENT_FUZZ_DOCUMENT_H
#define LONGTU_DOCUMENT_FUZZ_DOCUMENT_H

#include "base/utf8.h"
#include "document/document.h"

#include <stdlib.h>
#include <string.h>

static inline void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static inline void check_table(const Document *doc, const DocTable *table)
{
    uint32_t row = 0, column = 0;

    must(table->n_cells > 0 && table->n_columns <= DOC_MAX_COLUMNS);
    must(table->at.end > table->at.start && table->at.end <= doc->source.text.len);
    must(table->block <= doc->n_blocks);
    for (size_t i = 0; i < table->n_cells; i++) {
        const DocCell *cell = &table->cells[i];

        must(cell->n_rows >= 1 && cell->n_columns >= 1);
        must(cell->row + cell->n_rows <= table->n_rows);
        must(cell->column + cell->n_columns <= table->n_columns);
        must(cell->at.start <= cell->at.end && cell->at.end <= doc->source.text.len);
        must(i == 0 || cell->row > row || (cell->row == row && cell->column > column));
        row = cell->row;
        column = cell->column;
    }
}

static inline void fuzz_check(const Document *doc)
{
    uint32_t end = 0;

    must(utf8_valid(doc->source.text) == doc->source.text.len);
    for (size_t i = 0; i < doc->n_blocks; i++) {
        const Block *block = &doc->blocks[i];

        must(block->at.start >= end && block->at.end > block->at.start);
        must(block->at.end <= doc->source.text.len);
        must(memchr(doc_text(doc, block->at).at, '\n', block->at.end - block->at.start) == NULL);
        must(block->table == NO_TABLE || block->table < doc->n_tables);
        end = block->at.end;
    }
    for (size_t i = 0; i < doc->n_tables; i++) {
        check_table(doc, &doc->tables[i]);
    }
    for (size_t i = 0; i < doc->n_runs; i++) {
        const DocRun *run = &doc->runs[i];

        must(run->text + run->len <= doc->source.text.len);
        must(run->source + run->len <= doc->original.len);
        must(doc->simplified || memcmp(doc->source.text.at + run->text,
                                       doc->original.at + run->source, run->len) == 0);
        must(i == 0 || run->text >= doc->runs[i - 1].text + doc->runs[i - 1].len);
    }
}

/* Reads it, and looks at all that came out. */
static inline void fuzz_document(Arena *arena, Str content)
{
    Diags diags = diags_new(arena);
    Document doc;
    Err err = document_parse(arena, STR("fuzz"), content, &doc, &diags);

    must(err == OK || (err == ERR_INPUT && diags_errors(&diags) == 1));
    if (err != OK) {
        return;
    }
    must(doc.n_blocks > 0);
    fuzz_check(&doc);
    for (size_t i = 0; i < doc.n_blocks; i++) {
        DocPosition position = doc_position(&doc, doc.blocks[i].at);

        must(position.line >= 1 && position.line <= doc.n_lines && position.end >= position.start);
    }
}

#endif
