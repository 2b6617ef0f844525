/* Builder: text and blocks as a reader finds them. */
#include "document/document_priv.h"

#include "base/utf8.h"

#include <assert.h>

Builder builder_new(Arena *arena, Str name, DocFormat format, Diags *diags)
{
    return (Builder){
        .arena = arena, .name = name, .diags = diags, .format = format, .text = buf_new(arena)};
}

Span text_trim(Str text, Span at)
{
    size_t len;

    while (at.start < at.end && utf8_is_space(utf8_at(text, at.start, &len))) {
        at.start += (uint32_t)len;
    }
    while (at.start < at.end) {
        uint32_t last = at.end - 1;

        while (last > at.start && ((unsigned char)text.at[last] & 0xC0) == 0x80) {
            last--;
        }
        if (!utf8_is_space(utf8_at(text, last, &len))) {
            break;
        }
        at.end = last;
    }
    return at;
}

/* The words as a line of the text; an empty span if nothing is left of them. */
static bool add_line(Builder *builder, Str words, Span *at)
{
    size_t start = builder->text.len;
    Span trimmed = text_trim(words, (Span){0, (uint32_t)words.len});

    words = str_slice(words, trimmed.start, trimmed.end);
    *at = (Span){(uint32_t)start, (uint32_t)start};
    if (words.len == 0) {
        return true;
    }
    if (words.len + 1 > DOC_MAX_TEXT - start) {
        diag_add(builder->diags, LT1022, place_file(builder->name), builder->name,
                 str_format(builder->arena, "%d MiB", DOC_MAX_TEXT >> 20));
        return false;
    }
    buf_add(&builder->text, words);
    buf_char(&builder->text, '\n');
    *at = (Span){(uint32_t)start, (uint32_t)(start + words.len)};
    return true;
}

bool builder_block(Builder *builder, Str words, BlockRole role, unsigned style)
{
    Span at;

    if (!add_line(builder, words, &at)) {
        return false;
    }
    if (at.end > at.start) {
        *vec_push(builder->arena, &builder->blocks) = (Block){.at = at,
                                                              .part = NO_PART,
                                                              .table = NO_TABLE,
                                                              .role = (uint8_t)role,
                                                              .style = (uint8_t)style};
    }
    return true;
}

void builder_table(Builder *builder)
{
    *vec_push(builder->arena, &builder->tables) =
        (DocTable){.block = (uint32_t)builder->blocks.n,
                   .part = NO_PART,
                   .at = {(uint32_t)builder->text.len, (uint32_t)builder->text.len}};
}

static DocTable *open_table(Builder *builder)
{
    assert(builder->tables.n > 0);
    return &builder->tables.at[builder->tables.n - 1];
}

void builder_row(Builder *builder)
{
    open_table(builder)->n_rows++;
}

/* Cells of the open table, which lie behind those of the tables before it. */
static DocCell *push_cell(Builder *builder, DocTable *table)
{
    size_t cap =
        table->n_cells < 8 || (table->n_cells & (table->n_cells - 1)) != 0 ? 0 : table->n_cells * 2;

    if (table->n_cells == 0) {
        table->cells = ARENA_ARRAY(builder->arena, DocCell, 8);
    } else if (cap != 0) {
        table->cells =
            arena_grow(builder->arena, table->cells, table->n_cells, cap, sizeof(DocCell));
    }
    return &table->cells[table->n_cells++];
}

/* The first column of the open row that no cell covers, one from above included. */
static uint32_t free_column(const DocTable *table)
{
    uint32_t row = table->n_rows - 1, column = 0;
    bool moved = true;

    while (moved) {
        moved = false;
        for (size_t i = table->n_cells; i-- > 0;) {
            const DocCell *cell = &table->cells[i];

            if (row < cell->row + cell->n_rows && column >= cell->column &&
                column < cell->column + cell->n_columns) {
                column = cell->column + cell->n_columns;
                moved = true;
            }
            if (cell->row + 64 < row) { /* cells that reach further down are cut, see below */
                break;
            }
        }
    }
    return column;
}

bool builder_cell(Builder *builder, Str words, unsigned n_rows, unsigned n_columns)
{
    enum { MAX_ROWS_SPANNED = 64 };
    DocTable *table = open_table(builder);
    DocCell cell = {.n_rows = (uint16_t)(n_rows < 1                  ? 1
                                         : n_rows > MAX_ROWS_SPANNED ? MAX_ROWS_SPANNED
                                                                     : n_rows),
                    .n_columns = (uint16_t)(n_columns < 1                 ? 1
                                            : n_columns > DOC_MAX_COLUMNS ? DOC_MAX_COLUMNS
                                                                          : n_columns)};

    if (table->n_rows == 0) {
        table->n_rows = 1;
    }
    cell.row = table->n_rows - 1;
    cell.column = free_column(table);
    if (!add_line(builder, words, &cell.at)) {
        return false;
    }
    if (cell.at.end > cell.at.start) {
        *vec_push(builder->arena, &builder->blocks) =
            (Block){.at = cell.at,
                    .part = NO_PART,
                    .table = (uint32_t)(builder->tables.n - 1),
                    .role = ROLE_CELL};
    }
    *push_cell(builder, table) = cell;
    if (cell.column + cell.n_columns > table->n_columns) {
        table->n_columns = cell.column + cell.n_columns;
    }
    return true;
}

void builder_table_end(Builder *builder)
{
    DocTable *table = open_table(builder);

    table->at.end = (uint32_t)builder->text.len;
    if (table->at.end == table->at.start) {
        builder->tables.n--;
    } else {
        table->at.end--; /* the line end behind the last cell */
    }
}
