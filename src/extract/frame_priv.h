/* What the files that read frames share. */
#ifndef LONGTU_EXTRACT_FRAME_PRIV_H
#define LONGTU_EXTRACT_FRAME_PRIV_H

#include "extract/frame.h"

#include <assert.h>
#include <string.h>

enum { MAX_LIST = 12 }; /* coordinate names or values in one frame */

typedef struct {    /* what stands to the left of a number */
    size_t first;   /* item index of the clause's first item */
    uint32_t start; /* where the clause's words begin */
    uint32_t end;   /* where the name ends */
    uint8_t verb;   /* WordKind, WORD_NONE if there is none */
    bool growth, fall, yearly, total, respective, all, done, share, about, differ;
    bool build;         /* the clause begins with a verb of building */
    bool object_behind; /* nothing but such a verb stands in front: the name follows the number */
    bool than_last;     /* 同比: compared with the year before */
    uint8_t bound;      /* Comparator that stands in front of the verb: 至少建成2个 */
    int16_t base;       /* year that it is compared with, 0: none */
    Span over;          /* of a share: the whole */
    Span from;          /* of 由A提高到B: A's item, empty if there is none */
    size_t from_quantity, item_end; /* of the verbs: items before it are the name's */
} Left;

/* ---- small helpers over items ---- */

static inline const Item *item_at(const Scan *scan, size_t i)
{
    return &scan->items.at[i];
}

static inline bool is_word(const Item *item, WordKind kind)
{
    return item->kind == ITEM_WORD && item->sub == kind;
}

static inline bool is_mark(const Item *item, MarkKind kind)
{
    return item->kind == ITEM_MARK && item->sub == kind;
}

static inline const Quantity *quantity_of(const Scan *scan, const Item *item)
{
    assert(item->kind == ITEM_QUANTITY);
    return &scan->quantities.at[item->number];
}

static inline const Time *time_of(const Scan *scan, const Item *item)
{
    assert(item->kind == ITEM_TIME);
    return &scan->times.at[item->number];
}

static inline Str words(const Frames *frames, uint32_t start, uint32_t end)
{
    return str_slice(frames->text, start, end);
}

/* Whether only white space, 了 and 的 stand between. */
static inline bool adjacent(const Frames *frames, uint32_t end, uint32_t start)
{
    Str between = str_trim(words(frames, end, start));

    return between.len == 0 || str_eq(between, STR("了")) || str_eq(between, STR("的"));
}

static inline bool ends_clause(const Item *item)
{
    return item->kind == ITEM_MARK && (item->sub <= MARK_COLON || item->sub == MARK_OPEN);
}

static inline bool joins(const Item *item)
{
    return is_mark(item, MARK_PAUSE) || is_word(item, WORD_LINK);
}

static inline bool clause_has(const Scan *scan, size_t first, size_t end, WordKind kind)
{
    for (size_t i = first; i < end && scan_has(scan, kind); i++) {
        if (is_word(item_at(scan, i), kind)) {
            return true;
        }
    }
    return false;
}

/* ---- name.c ---- */

/* Without the word at its start or end and white space behind; false if it has not, or is no more
 * than, the word. */
static inline bool name_strip(Str *name, const char *word)
{
    size_t len;

    if (!str_at(*name, 0, name->len, word)) {
        return false;
    }
    len = strlen(word);
    if (name->len == len) {
        return false;
    }
    *name = str_trim(str_slice(*name, len, name->len));
    return true;
}

static inline bool name_strip_end(Str *name, const char *word)
{
    Str suffix = str_z(word);

    if (!str_ends(*name, suffix) || name->len == suffix.len) {
        return false;
    }
    *name = str_trim(str_slice(*name, 0, name->len - suffix.len));
    return true;
}

bool name_known(const Lexicon *lexicon, Str name);

/* What a long clause says last is what is counted: behind 拥有 and 为代表的. */
Str name_last(Str name);

/* Whether the words read like the name of something that is measured. */
bool name_is_measured(Str name);

/* Names for the n values: as many as there are, or one for all; at most MAX_LIST. */
size_t names_for(const Frames *frames, const Scan *scan, const Left *left, Str name,
                 size_t n_values, Str unit, Str *out);

/* 24万 without a unit: the unit of the indicator that is told in 万, else a plain number. */
void settle_scale(const Catalog *catalog, Statement *statement);

/* ---- left.c ---- */

/* Where the clause of item `i` begins: behind a mark that ends one, or behind the last number. */
size_t clause_start(const Scan *scan, size_t i, uint32_t *start);

/* What stands to the left of the number at item q. */
Left left_read(const Frames *frames, const Scan *scan, size_t q);

/* ---- frame.c ---- */

Statement *frames_add(Frames *frames, Span at);

/* The words behind item q up to the end of the clause, or the next 、. */
Span right_read(const Scan *scan, size_t q, bool through_pauses);

/* The year that holds for item q, from its own sentence (*from) or the paragraph; 0: none. *since
 * is the year before a span of years. */
int governing_year(Frames *frames, const Scan *scan, size_t q, bool *from, int *since);

/* What the value speaks of is in the past: a year before the plan, or words and place say so. */
bool frames_is_past(const Frames *frames, const Scan *scan, size_t q, const Left *left, int year,
                    bool stated);

/* Whether it is a target, its year, and the year that a change counts from. */
void frames_set_times(Frames *frames, const Left *left, Statement *out, int year, int since,
                      bool past);

/* ---- implicit.c ---- */

/* Adds what words tell without a number, and marks the quantities that it took. */
void frames_implicit(Frames *frames, Scan *scan);

/* Where words stand in the text; empty if they are not of it. */
Span span_in(Str text, Str name);

#endif
