/* Findings, inside: what the page of findings is made of, shared by its two files. */
#ifndef LONGTU_PUBLISH_FINDINGS_PRIV_H
#define LONGTU_PUBLISH_FINDINGS_PRIV_H

#include "base/map.h"
#include "publish/findings.h"

#define NO_ITEM UINT32_MAX

typedef struct { /* a finding that is listed */
    const Diag *diag;
    Str reason; /* why it is allowed; empty if it is not */
    bool known; /* it is in the baseline */
} FindingsItem;

typedef struct {
    uint32_t line, column, end; /* as in Place, but never 0: the whole line is marked to its end */
    uint32_t item;              /* what was found there; NO_ITEM: a finding relates to it */
} FindingsMark;

typedef struct {
    Source source;
    bool is_document;
    uint32_t *starts; /* byte of each line, and of the end; NULL until the file is marked */
    uint32_t n_lines;
    VEC(FindingsMark) marks;
    VEC(uint32_t) whole; /* items of the file as such */
} FindingsFile;

typedef struct {
    Arena *arena;
    const Diags *findings;
    const FindingsOptions *options;
    Lang lang;
    Buf *out;
    FindingsItem *items; /* in the order in which they are listed and numbered from 1 */
    size_t n_items;
    FindingsFile *files;
    size_t n_files;
    Map *by_name;            /* the place in files */
    size_t prefix;           /* bytes that the names of all files begin with */
    size_t foldable;         /* what may still be put into folds; counted as in fold_cost */
    VEC(uint32_t) elsewhere; /* items in no file that was checked */
    size_t allowed, known;   /* items */
} FindingsPage;

/* Marks the place in its file; false if no line of a file that was checked is it. */
bool findings_mark(FindingsPage *page, const Place *place, uint32_t item);

/* The section of a file that has marks: its lines, with what was found beneath them. */
void findings_source(FindingsPage *page, size_t file);

/* What was found, beneath its line. */
void findings_card(const FindingsPage *page, uint32_t item);

/* Whether the page shows the line of the place; its file in *file. */
bool findings_shown(const FindingsPage *page, const Place *place, size_t *file);

/* The name of a file without what all of them begin with. */
Str findings_name(const FindingsPage *page, const FindingsFile *file);

/* Markup of the program's own, text of documents, and an attribute that ends in a number. */
static inline void put(const FindingsPage *page, const char *html)
{
    buf_add(page->out, str_z(html));
}

void put_text(const FindingsPage *page, Str text);
void put_words(const FindingsPage *page, Text text);
void put_id(const FindingsPage *page, const char *prefix, size_t number);
/* 1 plan, 2 plans; Chinese has one word. */
void put_count(const FindingsPage *page, size_t n, Text one, Str many);

#endif
