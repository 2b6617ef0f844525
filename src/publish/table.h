/* Table: rows of text in columns that line up on a terminal, by display width. */
#ifndef LONGTU_PUBLISH_TABLE_H
#define LONGTU_PUBLISH_TABLE_H

#include "base/str.h"

enum { TABLE_MAX_COLUMNS = 16 };

typedef struct TextTable TextTable;

TextTable *table_new(Arena *arena, size_t n_columns);
void table_right(TextTable *table, size_t column); /* numbers are set to the right */

/* The next cell of the row; a row ends when all its columns are given. colour: the inside of an SGR
 * sequence, or NULL. */
void table_cell(TextTable *table, Str text, const char *colour);

/* Writes it: the first row is the heading, with a rule below; `indent` columns from the left. */
void table_print(const TextTable *table, Buf *out, size_t indent, bool colour);

#endif
