/* Head: what a plan says of itself: title, number, issuer, date, period, area. */
#ifndef LONGTU_EXTRACT_HEAD_H
#define LONGTU_EXTRACT_HEAD_H

#include "extract/scan.h"

typedef struct {
    Str title, number, issuer;
    Period issued;
    bool has_issued;
} NoticeHead;

typedef struct {
    int first, last, horizon; /* years; horizon 0: none */
    int now;                  /* the year in which it speaks */
    uint32_t area;            /* entity, or NONE */
    StrList members;          /* codes that it lists as its area */
    Span members_at;
    int usual;   /* year of a target that states none */
    bool stated; /* its period is stated somewhere, not guessed */
} PlanHead;

NoticeHead head_notice(Arena *arena, const Lexicon *lexicon, const Document *doc);
PlanHead head_plan(Arena *arena, const Lexicon *lexicon, const Document *doc,
                   const NoticeHead *notice, const Part *part);

/* An id for the plan's file, made of its area, subject and first year. */
Str head_id(Arena *arena, const Lexicon *lexicon, const PlanHead *head, Str title);

#endif
