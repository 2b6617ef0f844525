/* Duty: who must do what by when; and the mechanisms that a plan sets up. */
#ifndef LONGTU_EXTRACT_DUTY_H
#define LONGTU_EXTRACT_DUTY_H

#include "extract/scan.h"

typedef VEC(Str) StrVector;

typedef struct {
    Str title; /* what must be done, in the document's words */
    StrVector owners, cooperating;
    OptPeriod due; /* the last day */
    Str cycle;     /* how often, in the document's words */
    Span at;
    uint32_t part;
} Duty;

typedef struct {
    Str name, kind, cycle;
    Span at;
    uint32_t part;
} Setup;

typedef struct { /* of one plan, while its sentences are read */
    const Lexicon *lexicon;
    Arena *arena;
    const Document *doc;
    uint32_t area; /* entity, or NONE */
    uint32_t part;
    OptPeriod issued;
    int now, last; /* year that 今年 means; last year of the plan */
    int year;      /* that 年底前 means */
    VEC(Duty) duties;
    VEC(Setup) setups;
} Duties;

/* Adds what the sentence orders. `title` is what the words around it are about. */
void duties_sentence(Duties *duties, const Scan *scan, Str title);

/* The bodies that the words list, each under its full name where the catalog has it:
 * 兰州、白银、定西 三市政府 are three. Nothing is added if a part of the list is no body; false
 * then. */
bool bodies_read(Duties *duties, Str list, StrVector *out);

/* The last day of a time: 2023年底前 is 2023-12-31, 印发后3个月内 counts from the day of issue. */
bool day_of_time(const Duties *duties, const Time *time, OptPeriod *out);

#endif
