/* Frame: what a sentence states: indicator, verb, quantity, time and place of each number in it. */
#ifndef LONGTU_EXTRACT_FRAME_H
#define LONGTU_EXTRACT_FRAME_H

#include "extract/scan.h"

/* What numbers are where nothing else tells it: of the past in a review, of the future among goals.
 */
typedef enum { MODE_PAST, MODE_FUTURE } Mode;

typedef struct {        /* one number and what it says */
    Span at;            /* the number with its unit and bounds, in the document's text */
    Span name_at;       /* where its name stands in the text; empty if it was made up of pieces */
    Str name;           /* the document's words for what is counted, trimmed */
    uint32_t indicator; /* in the catalog, or NONE */
    uint32_t region;    /* entity of the catalog, or NONE: the plan's own area */
    uint32_t relative;  /* entity that the value is a distance from, or NONE */
    Decimal value, baseline;
    Str unit;
    uint8_t comparator, kind; /* Comparator, TargetKind */
    uint8_t binding;          /* Binding */
    bool is_target, implicit, has_baseline;
    int16_t year;  /* of a target: when; of a fact: the year it speaks of; 0: the default */
    int16_t since; /* year that a change counts from, or the baseline's; 0: not stated */
    uint32_t part; /* of the document */
} Statement;

typedef VEC(Statement) StatementVec;

typedef struct { /* of one plan, while its sentences are read */
    const Lexicon *lexicon;
    Arena *arena;             /* names and statements live here */
    Str text;                 /* of the document */
    int usual;                /* year of a target that states none */
    int first, last, horizon; /* years of the plan; horizon 0: none */
    int now;                  /* year that 今年 means */
    uint32_t area;            /* entity of the plan's area, or NONE */
    uint32_t part;
    Mode mode;
    int year; /* that governs the paragraph; 0: none stated yet */
    bool year_is_past;
    StatementVec statements;
    size_t times_seen, time; /* items of the sentence that were looked at for its years, and the
                                last of them that governs, or SIZE_MAX */
    bool object_chain;       /* the last number had what it counts behind it */
    size_t sentence_first;   /* statements of the sentence at hand begin here */
    VEC(Span) names;         /* numbers that are part of how things are called */
} Frames;

/* A paragraph begins: what governed the last one does not govern this. */
void frames_paragraph(Frames *frames, uint32_t part, Mode mode, int year);

/* Adds what the sentence states. Numbers that it makes nothing of are left for the account. */
void frames_sentence(Frames *frames, Scan *scan);

/* The indicator that the name and kind mean, if its unit can be that of the number; NONE otherwise.
 * `over`: for a share the words for the whole; `years`: that a cumulative change spans, 0: unknown.
 */
uint32_t indicator_find(const Lexicon *lexicon, Str name, TargetKind kind, Str unit, Str over,
                        int years);

/* Without words that open a clause and are no part of a name: 到2025年, 全省, 力争. *region is set
 * where the name begins with a place other than the area. */
Str name_trim(const Frames *frames, Str name, uint32_t *region);

#endif
