/* Trace: one value taken apart: the formula's nodes, the parts of areas, down to the observations.
 */
#ifndef LONGTU_EVALUATE_TRACE_H
#define LONGTU_EVALUATE_TRACE_H

#include "evaluate/evaluate.h"

typedef enum {
    TRACE_NODE,   /* a part of the formula */
    TRACE_LEAF,   /* a measure of the entity */
    TRACE_PART,   /* the same measure of a part of the entity */
    TRACE_WEIGHT, /* a measure that a part is weighted by */
    TRACE_WHOLE,  /* the whole that a missing part is bounded by, or a sibling taken off it */
} TraceKind;

typedef struct {
    TraceKind kind;
    unsigned depth; /* 0 is the result */
    const ExprNode *node;
    uint32_t measure, entity; /* measure NONE for an operator */
    Period period;
    Interval value; /* empty: absent */
    LeafKind leaf;
    const Cell *cell; /* the observation, where there is one */
} TraceStep;

typedef void (*TraceVisit)(void *context, const TraceStep *step);

/* Visits what the cell's value was made from, each step before what it was made from. pass: from
 * evaluation_pass; for an absent cell any pass may be given, to see what is there. */
void trace_cell(Evaluator *evaluator, const Evaluation *evaluation, const Pass *pass,
                uint32_t entity, int64_t period, TraceVisit visit, void *context);

#endif
