/* Evaluate: expressions over columns: all entities x a run of periods at once.
 *
 * A value is a point, or an interval that surely holds it (an area whose parts are partly unknown),
 * or absent (NAN). Absence propagates and is never zero. Numbers of different editions are never
 * mixed in one result: the expression is evaluated in each edition by itself, and a cell takes the
 * newest edition that gives it a point; if none does, the one that bounds it most narrowly. */
#ifndef LONGTU_EVALUATE_EVALUATE_H
#define LONGTU_EVALUATE_EVALUATE_H

#include "facts/series.h"

enum { MAX_FAMILIES = 4, MAX_PASSES = 128, PASS_NONE = 255, EDITION_ANY = 255 };

/* Values of all nodes, passes, entities and periods of one evaluation; each takes 16 bytes: 1 GiB
 * at the most. */
enum { MAX_CELLS = 64 << 20 };

typedef struct { /* lo[i] == hi[i] is a point; both NAN: absent */
    double *lo, *hi;
} Column;

typedef struct { /* the periods of a frame are first, first + 1, … of its kind; its entities are the
                    catalog's */
    PeriodKind kind;
    int64_t first;
    size_t n;
} Frame;

typedef struct {                    /* one evaluation in one edition of each family */
    uint8_t editions[MAX_FAMILIES]; /* 1 oldest …, 0 not stated, EDITION_ANY: the newest there is,
                                       cell by cell */
    Column *columns;                /* of each node, over the inner frame */
} Pass;

typedef struct {
    const Expr *expr;
    Frame frame;                     /* as asked */
    Frame inner;                     /* longer towards the past by what lag and growth look back */
    uint32_t families[MAX_FAMILIES]; /* vintages of the catalog that the expression draws on */
    size_t n_families;
    Pass *passes; /* from the newest editions to the oldest; the last one mixes, if anything is
                     there to mix */
    size_t n_passes;
    uint8_t *pass_of; /* of each cell of the frame: which pass it is taken from, or PASS_NONE */
    bool *only_mixed; /* of each cell: absent, and a value only if editions were mixed */
} Evaluation;

typedef struct {
    Arena *arena;
    const Catalog *catalog;
    Store *store;
    Asking asking;
    bool mix;        /* --mix-vintages */
    Series **series; /* of each measure and kind of period; NULL until it is asked for */
} Evaluator;

Evaluator evaluator_new(Arena *arena, const Catalog *catalog, Store *store, Asking asking,
                        bool mix);

/* Everything lives in the evaluator's arena. ERR_RESOURCE if the store failed; ERR_INPUT with
 * LT3109 if a duration does not fit the frame's periods, LT3106 if it draws on more than
 * MAX_FAMILIES families. */
Err evaluate(Evaluator *evaluator, const Expr *expr, Frame frame, Evaluation *out, Diags *diags);

/* The value of a cell; false if it is absent. */
bool evaluation_at(const Evaluation *evaluation, const Catalog *catalog, uint32_t entity,
                   int64_t period, Interval *out);
uint8_t evaluation_pass(const Evaluation *evaluation, const Catalog *catalog, uint32_t entity,
                        int64_t period);

/* What a measure says of an entity in a period in a pass, and why. */
typedef enum {
    LEAF_ABSENT,
    LEAF_TOLD,     /* an observation of this very entity */
    LEAF_SUM,      /* the sum of its parts, all of them known */
    LEAF_WEIGHTED, /* the weighted mean of its parts */
    LEAF_BOUNDED,  /* parts are missing; between what is known and what the whole leaves over */
} LeafKind;

LeafKind evaluation_leaf(Evaluator *evaluator, const Evaluation *evaluation, const Pass *pass,
                         uint32_t measure, uint32_t entity, int64_t period, const Cell **told);

/* The index of a cell in a column over the frame. */
size_t frame_index(Frame frame, const Catalog *catalog, uint32_t entity, int64_t period);

/* The editions of a pass for people: “census2023”, empty if there are no families. */
Str pass_name(Arena *arena, const Evaluation *evaluation, const Catalog *catalog, const Pass *pass);

#endif
