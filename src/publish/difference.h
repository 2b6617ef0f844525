/* Difference of two editions of a plan, for people and as JSON. */
#ifndef LONGTU_PUBLISH_DIFFERENCE_H
#define LONGTU_PUBLISH_DIFFERENCE_H

#include "base/diag.h"
#include "plan/diff.h"

typedef struct {       /* one plan in both editions; a plan is NULL where it is in one only */
    DiffSide old, new; /* the dictionaries are always there */
    Diff diff;
} Difference;

typedef struct { /* what a check finds in one edition and not in the other, above notes */
    const Diag **fresh, **gone;
    size_t n_fresh, n_gone;
} FindingsChange;

/* What differs, plan by plan; only a line for a plan that is the same in both. Then what becomes of
 * the findings of a check. */
void difference_text(const Difference *all, size_t n, const FindingsChange *findings, Lang lang,
                     bool colour, Buf *out);

/* {"equal": , "plans": [{"id": , "title": , "change": , "old_file": , "new_file": , "head": [ ],
 * "targets": [ ], …}], "findings": {"new": [ ], "gone": [ ]}}; described in docs/diff.md. */
void difference_json(const Difference *all, size_t n, const FindingsChange *findings, Buf *out);

bool difference_none(const Difference *all, size_t n);

#endif
