/* Diff, within the room: which entries of two editions are the same. */
#ifndef LONGTU_PLAN_DIFF_PRIV_H
#define LONGTU_PLAN_DIFF_PRIV_H

#include "plan/diff.h"
#include "plan/entry.h"

#define NOBODY SIZE_MAX

typedef struct {
    Arena *arena;
    DiffSide old, new;
    const Field *list;
    const Record *record;
    EntryList olds, news;
    size_t *partner; /* of each new entry: an old one, or NOBODY */
    bool *taken;     /* each old entry */
} Match;

/* Fills partner and taken. */
void diff_match(Match *match);

/* NONE if the dictionary has none of that id or name. */
uint32_t diff_indicator(Arena *arena, DiffSide side, const Record *record, const void *item);
/* The words of an entry, or the name of its indicator. */
Str diff_words(Arena *arena, DiffSide side, const Record *record, const void *item);
/* What an entry is about: an indicator, else its words, folded. */
Str diff_subject(Arena *arena, DiffSide side, const Record *record, const void *item);
/* Its unit, or its indicator's. */
Str diff_unit(Arena *arena, DiffSide side, const Record *record, const void *item);
/* What a field says, with what is meant where it is left out. */
Str diff_said(Arena *arena, DiffSide side, const Record *record, const Field *field,
              const void *item);

#endif
