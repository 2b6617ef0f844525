/* Columns: lines of text that stand in columns, and the words that name columns in plans. */
#ifndef LONGTU_DOCUMENT_COLUMNS_H
#define LONGTU_DOCUMENT_COLUMNS_H

#include "document/document_priv.h"

enum { COLUMNS_MAX = 32 };

typedef enum {
    FIELDS_NONE,
    FIELDS_BAR,   /* | or │ between them */
    FIELDS_TAB,   /* a tab */
    FIELDS_SPACE, /* two spaces or more */
    FIELDS_RULE,  /* the line is drawn: |---|---|, ├──┼──┤ */
} FieldKind;

typedef struct {
    Span at;           /* without white space at both ends; may be empty */
    uint32_t from, to; /* where it stands in the line, `to` is not included: columns of a screen, or
                          characters, as pdftotext counts */
} Field;

/* The fields of a line; 0 if it is a rule or has more than COLUMNS_MAX. */
size_t fields_split(Str text, Span line, FieldKind *kind, Field out[COLUMNS_MAX]);

/* The words of a line of pdftotext, parted wherever there is a space; 0 if there are more than
 * `max`. Columns may stand only a space apart there. */
size_t words_split(Str text, Span line, Field *out, size_t max);

/* Whether the words name a column of a table of indicators or projects: 指标, 2025年, 属性. */
bool names_column(Str words);
/* Whether it names the column of what the rows are about: 指标, 项目, 名称. */
bool names_subject(Str words);
bool names_year(Str words);
bool names_category(Str words); /* 类别, 领域 */
bool names_unit(Str words);     /* 单位 */
bool names_level(Str words);    /* 现状值, 目标值 */
bool names_change(Str words);   /* 年均增速, 累计 */

/* Whether the words begin with the number of a section: 一、经济发展 */
bool names_section(Str words);

/* 预期性, 约束性 */
bool is_property(Str words);

/* A number as such tables give them: 6.5, [4.5], ≥95%, —, 1.2万 */
bool is_figure(Str words);

/* Whether a line alone is the value of a row: a figure that is no name that begins with or holds
 * one (5G基站, PM2.5浓度, 1.森林覆盖率). */
bool is_value(Str words);

/* Whether fields are the head of a table: several of them, and most name columns. */
bool fields_are_head(Str text, const Field *fields, size_t n);

/* The column of the head under which the field stands. */
size_t fields_column(const Field *head, size_t n, const Field *field);

#endif
