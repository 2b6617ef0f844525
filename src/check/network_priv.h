/* Network, inside: what narrowing (network.c) and contradictions (conflict.c) share. */
#ifndef LONGTU_CHECK_NETWORK_PRIV_H
#define LONGTU_CHECK_NETWORK_PRIV_H

#include "check/network.h"

#define NONE UINT32_MAX

enum { LOWER, UPPER, N_SIDES };

typedef struct {
    Interval possible, now;
    uint32_t last[N_SIDES]; /* newest step of each bound, or NONE */
    uint32_t moves;
} Variable;

typedef struct {
    LawKind kind;
    uint32_t first, n; /* terms */
    double constant;
    bool off, queued;
} Law;

typedef struct {
    uint32_t variable;
    Interval value, loose;
    bool off, trusted;
} Statement;

typedef struct {                        /* a bound that moved */
    uint32_t variable, cause, previous; /* cause: statement or law; previous: of the same bound */
    double bound;
    bool open, upper, stated;
} Step;

struct Network {
    Arena *arena;
    VEC(Variable) variables;
    VEC(Law) laws;
    VEC(Term) terms;
    VEC(Statement) statements;
    VEC(Step) steps;
    VEC(uint32_t) queue;
    size_t head;                 /* of the queue */
    uint32_t *names;             /* of a part: its variables' numbers in the whole */
    uint32_t *said, *said_from;  /* statements of each variable, likewise */
    uint32_t *uses, *use_from;   /* laws of each variable, one after another; made when solving */
    uint32_t empty, empty_cause; /* the variable that became empty, NONE: consistent; and the
                                    statement or law that did it */
    bool empty_stated;
    uint32_t n_stated; /* statements that were looked at */
};

/* Which laws and statements each variable has; before the first start. */
void network_index(Network *network);

/* From what is possible, with the statements that are not off, to the fixed point or to a variable
 * that is empty. */
void network_start(Network *network);

/* Pieces of that, to go on from where a contradiction stopped it. */
void network_enqueue(Network *network, uint32_t law);
void network_enqueue_uses(Network *network, uint32_t variable);
bool network_narrow(Network *network, uint32_t variable, Interval to, uint32_t cause,
                    bool stated);          /* false when nothing is left of the variable */
void network_state_rest(Network *network); /* the statements that were not looked at yet */
void network_run(Network *network);        /* until the queue is empty */

#endif
