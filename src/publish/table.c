/* Table: rows of text in columns that line up on a terminal, by display width. */
#include "publish/table.h"

#include "base/utf8.h"
#include "base/vec.h"

#include <assert.h>

typedef struct {
    Str text;
    size_t width;
    const char *colour;
} Cell;

struct TextTable {
    Arena *arena;
    size_t n_columns;
    bool right[TABLE_MAX_COLUMNS];
    VEC(Cell) cells;
};

TextTable *table_new(Arena *arena, size_t n_columns)
{
    TextTable *table = ARENA_NEW(arena, TextTable);

    assert(n_columns > 0 && n_columns <= TABLE_MAX_COLUMNS);
    table->arena = arena;
    table->n_columns = n_columns;
    return table;
}

void table_right(TextTable *table, size_t column)
{
    table->right[column] = true;
}

void table_cell(TextTable *table, Str text, const char *colour)
{
    *vec_push(table->arena, &table->cells) = (Cell){text, utf8_width(text), colour};
}

static void print_cell(Buf *out, const Cell *cell, size_t width, bool right, bool last, bool colour)
{
    size_t pad = width - cell->width;
    bool coloured = colour && cell->colour != NULL;

    buf_repeat(out, STR(" "), right ? pad : 0);
    if (coloured) {
        buf_format(out, "\033[%sm", cell->colour);
    }
    buf_add(out, cell->text);
    buf_add(out, coloured ? STR("\033[0m") : STR(""));
    buf_repeat(out, STR(" "), right || last ? 0 : pad);
}

static void end_cell(Buf *out, bool last)
{
    if (!last) {
        buf_add(out, STR("  "));
        return;
    }
    while (out->len > 0 && out->at[out->len - 1] == ' ') { /* an empty last cell leaves no blanks */
        out->len--;
    }
    buf_char(out, '\n');
}

void table_print(const TextTable *table, Buf *out, size_t indent, bool colour)
{
    size_t widths[TABLE_MAX_COLUMNS] = {0}, n = table->n_columns;

    assert(table->cells.n % n == 0);
    for (size_t i = 0; i < table->cells.n; i++) {
        if (table->cells.at[i].width > widths[i % n]) {
            widths[i % n] = table->cells.at[i].width;
        }
    }
    for (size_t i = 0; i < table->cells.n; i++) {
        if (i % n == 0) {
            buf_repeat(out, STR(" "), indent);
        }
        print_cell(out, &table->cells.at[i], widths[i % n], table->right[i % n], i % n == n - 1,
                   colour);
        end_cell(out, i % n == n - 1);
        if (i == n - 1) {
            buf_repeat(out, STR(" "), indent);
            for (size_t c = 0; c < n; c++) {
                buf_repeat(out, STR("─"), widths[c]);
                buf_add(out, c == n - 1 ? STR("\n") : STR("  "));
            }
        }
    }
}
