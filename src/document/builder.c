/* Builder: text and blocks as a reader finds them. */
#include "document/document_priv.h"

#include "base/utf8.h"

#include <assert.h>
#include <string.h>

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
    memset(builder->covered, 0, sizeof builder->covered);
    builder->column = 0;
}

static DocTable *open_table(Builder *builder)
{
    assert(builder->tables.n > 0);
    return &builder->tables.at[builder->tables.n - 1];
}

void builder_row(Builder *builder)
{
    DocTable *table = open_table(builder);

    if (table->n_rows > 0) {
        for (uint32_t i = 0; i < DOC_MAX_COLUMNS; i++) {
            builder->covered[i] = (uint16_t)(builder->covered[i] - (builder->covered[i] > 0));
        }
    }
    table->n_rows++;
    builder->column = 0;
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

bool builder_cell(Builder *builder, Str words, unsigned n_rows, unsigned n_columns)
{
    DocTable *table = open_table(builder);
    DocCell cell = {.n_rows = (uint16_t)(n_rows < 1            ? 1
                                         : n_rows > UINT16_MAX ? UINT16_MAX
                                                               : n_rows),
                    .n_columns = (uint16_t)(n_columns < 1                 ? 1
                                            : n_columns > DOC_MAX_COLUMNS ? DOC_MAX_COLUMNS
                                                                          : n_columns)};

    if (table->n_rows == 0) {
        table->n_rows = 1;
    }
    while (builder->column < DOC_MAX_COLUMNS && builder->covered[builder->column] > 0) {
        builder->column++;
    }
    if (builder->column == DOC_MAX_COLUMNS) {
        return builder_block(builder, words, ROLE_BODY, 0);
    }
    cell.row = table->n_rows - 1;
    cell.column = builder->column;
    if (cell.n_columns > DOC_MAX_COLUMNS - cell.column) {
        cell.n_columns = (uint16_t)(DOC_MAX_COLUMNS - cell.column);
    }
    if (!add_line(builder, words, &cell.at)) {
        return false;
    }
    for (uint32_t i = cell.column; i < cell.column + cell.n_columns; i++) {
        builder->covered[i] = cell.n_rows;
    }
    builder->column += cell.n_columns;
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

    for (size_t i = 0; i < table->n_cells; i++) { /* no cell reaches beyond the last row */
        DocCell *cell = &table->cells[i];

        if (cell->n_rows > table->n_rows - cell->row) {
            cell->n_rows = (uint16_t)(table->n_rows - cell->row);
        }
    }

    table->at.end = (uint32_t)builder->text.len;
    if (table->at.end == table->at.start) {
        builder->tables.n--;
    } else {
        table->at.end--; /* the line end behind the last cell */
    }
}
