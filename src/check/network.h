/* Network: quantities known as intervals, laws between them, and what was stated of them; narrowed
 * to a fixed point, or shown to contradict itself. */
#ifndef LONGTU_CHECK_NETWORK_H
#define LONGTU_CHECK_NETWORK_H

#include "base/interval.h"
#include "base/vec.h"

#include <stdint.h>

/* Variables, laws and statements go by their number, from 0 in the order in which they were added.
 *
 * Narrowing is hull consistency over outward-rounded intervals: each law is applied to each of its
 * variables until no bound moves by more than a part in 10^9 (HC4-revise on laws of one operation;
 * Benhamou, Goualard, Granvilliers, Puget 1999). It only ever removes values that no solution has,
 * so an empty interval is a proof that the statements contradict each other. */
typedef struct Network Network;

typedef enum {
    LAW_SUM,     /* 0 = sum of factor x variable, + constant */
    LAW_PRODUCT, /* x = factor * y * z; terms in the order x, y, z */
    LAW_HULL,    /* x between the least and the greatest of the others: x is the first term */
    LAW_POWER    /* x = y^n, y >= 0, n from 1 to 200: terms x, y; n in `factor` of y */
} LawKind;

typedef struct {
    uint32_t variable;
    double factor; /* LAW_SUM, and LAW_PRODUCT's own in that of x; otherwise unused */
} Term;

Network *network_new(Arena *arena);

/* `possible`: what it can be at all, whatever is stated. */
uint32_t network_variable(Network *network, Interval possible);

/* The terms are copied. `constant` belongs to LAW_SUM. A variable may stand in a law once. */
uint32_t network_law(Network *network, LawKind kind, const Term *terms, size_t n_terms,
                     double constant);

uint32_t network_state(Network *network, uint32_t variable, Interval value);

/* What the statement might be read as besides: where one alone is read so and the rest fit, it is
 * the one to be left out. */
void network_loosen(Network *network, uint32_t statement, Interval loose);

/* What is told from elsewhere: of statements that contradict each other, another is left out. */
void network_trust(Network *network, uint32_t statement);

typedef struct { /* a line of the argument: the law, applied to the variable, leaves that */
    uint32_t law, variable;
    Interval value;
    const Interval *terms; /* of the law: what each was when the law was applied */
} Deduction;

typedef struct {
    uint32_t *statements; /* a minimal set that cannot all hold: any one left out, the rest can (as
                             far as narrowing shows) */
    size_t n_statements;
    uint32_t *laws; /* those that are needed to show it, in the order of the argument */
    size_t n_laws;
    uint32_t variable; /* whose interval became empty */
    uint32_t dropped;  /* the statement of them that was left out to go on */
    bool sole;         /* leaving out that one alone makes what it touches consistent; no other
                          does */
    Interval implied;  /* what the others of the set say of the dropped one's variable, and how */
    Deduction *deductions;
    size_t n_deductions;
    Interval rest; /* what everything near says of it; empty if that contradicts itself */
} Conflict;

enum { NETWORK_MAX_CONFLICTS = 200 };

/* Narrows; finds contradictions one after another, leaving out a statement of each, up to
 * NETWORK_MAX_CONFLICTS. The result lives in the network's arena. */
const Conflict *network_solve(Network *network, size_t *n_conflicts);

Interval network_value(const Network *network, uint32_t variable); /* after solving */
Interval network_possible(const Network *network, uint32_t variable);

/* How the variable's lower (or upper) bound follows from its reasons; NULL and 0 if it is only what
 * is possible. */
const Deduction *network_argue(const Network *network, uint32_t variable, bool upper, Arena *arena,
                               size_t *n);

/* The statements and laws that gave the variable's lower (or upper) bound. Their numbers, in the
 * order of the argument; false if the bound is only that of what is possible. */
typedef struct {
    VEC(uint32_t) statements, laws;
} Reasons;
bool network_reasons(const Network *network, uint32_t variable, bool upper, Arena *arena,
                     Reasons *out);

/* Whether the statements can all hold as far as narrowing shows, with all laws: for tests, and for
 * asking again with other intervals. `values` may be NULL: as stated. */
bool network_holds(const Network *network, const uint32_t *statements, size_t n,
                   const Interval *values);

LawKind network_law_at(const Network *network, uint32_t law, const Term **terms, size_t *n_terms,
                       double *constant);

#endif
