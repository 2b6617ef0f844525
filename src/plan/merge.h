/* Merge: a plan file that a person has corrected, and the same plan extracted anew. */
#ifndef LONGTU_PLAN_MERGE_H
#define LONGTU_PLAN_MERGE_H

#include "base/vec.h"
#include "plan/plan.h"

typedef enum {
    MERGE_DIFFERS, /* a field of an entry says something else in the file, which stays */
    MERGE_ADDED,   /* the document has an entry that the file has not; it is added */
    MERGE_KEPT,    /* the file has an entry that the document has not; it stays */
    MERGE_STRUCK,  /* the file lists the place of an entry under unclaimed; it is not added */
} MergeKind;

typedef struct {
    MergeKind kind;
    Str list, field; /* keys: targets, value; the field is empty where a whole entry is meant */
    Str name;        /* what the entry is about */
    At at;
    Str file, found; /* what they say; empty for nothing */
} MergeNote;

typedef VEC(MergeNote) MergeNotes;

/* Entries are the same if they stand at overlapping places, in one line; the file's are never
 * changed, but for a chapter (`part`) that they lack. A head that the file has stays too.
 * Everything lives as long as both plans and the arena. */
void plan_merge(Arena *arena, const Plan *file, const Plan *found, Plan *out, MergeNotes *notes);

#endif
