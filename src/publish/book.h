/* Book: tables of an Excel file whose columns fit Chinese text and that print well. */
#ifndef LONGTU_PUBLISH_BOOK_H
#define LONGTU_PUBLISH_BOOK_H

#include "base/decimal.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/period.h"

typedef struct Book Book;
typedef struct Sheet Sheet;

typedef enum {
    COLUMN_DATA,   /* what was read */
    COLUMN_OFFICE, /* left empty, for people to fill in */
} ColumnKind;

typedef struct {
    Str title;
    unsigned width; /* at most so many half-width characters; longer text is wrapped */
    ColumnKind kind;
} Column;

enum { SHEET_MAX_COLUMNS = 64 };

/* Memory that is not the arena's is given back by book_write, which must follow. */
Book *book_new(Arena *arena, Str title, Lang lang);

/* A sheet with a frozen header row. The name is cut to 31 characters. Cells are written from left
 * to right; a row ends with sheet_row. Rows beyond the limit of Excel are counted and left out. */
Sheet *sheet_new(Book *book, Str name, const Column *columns, size_t n_columns);

/* A sheet of two columns, a label and what it says, without header. */
Sheet *sheet_new_notes(Book *book, Str name);

/* Never a formula, whatever it begins with; empty text leaves the cell empty. */
void sheet_text(Sheet *sheet, Str text);
void sheet_label(Sheet *sheet, Str text);        /* bold */
void sheet_decimal(Sheet *sheet, Decimal value); /* shows its printed digits */
void sheet_int(Sheet *sheet, int64_t value);
void sheet_period(Sheet *sheet,
                  Period period); /* a date, its last day, shown as year, month, day */
void sheet_skip(Sheet *sheet);    /* an empty cell */
void sheet_row(Sheet *sheet);     /* the rest of the row is empty */

/* Words to choose from in a column. */
void sheet_choices(Sheet *sheet, size_t column, const char *const *words);

size_t sheet_n_rows(const Sheet *sheet);  /* without the header */
size_t sheet_dropped(const Sheet *sheet); /* rows beyond the limit */
Str sheet_name(const Sheet *sheet);

/* Writes beside the path and renames; “-” or empty is standard output. Reports LT9005. */
Err book_write(Book *book, Str path, Diags *diags);

#endif
