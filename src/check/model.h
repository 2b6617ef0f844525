/* Model: what plans state of quantities, as a network: each number an interval, each identity of
 * the dictionary a law. */
#ifndef LONGTU_CHECK_MODEL_H
#define LONGTU_CHECK_MODEL_H

#include "check/network.h"
#include "plan/catalog.h"

typedef enum { SAID_FACT, SAID_TARGET, SAID_BASELINE } SaidKind;

typedef struct { /* a number that a plan states; its place in the list is that of its statement in
                    the network */
    const Plan *plan;
    const void *statement; /* const Fact * or const Target *, by kind */
    SaidKind kind;
    uint32_t quantity;
    Interval value; /* as printed, in the quantity's unit */
    Interval loose; /* with one unit of the last digit to each side: a number that was cut off
                       instead of rounded, or a goal that may be passed */
    double factor;  /* from the unit it is printed in to the quantity's */
} Said;

typedef enum {
    QUANTITY_MEASURE,   /* a measure of the catalog */
    QUANTITY_INDICATOR, /* an indicator that is worked out from measures */
    QUANTITY_GROWTH,    /* the average yearly growth of an indicator since a year */
    QUANTITY_CHANGE,    /* its change since a year, in percent or in its own unit */
    QUANTITY_GAP,       /* how much an indicator is above that of another area */
    QUANTITY_NAMED,     /* what the plan names in its own words */
    QUANTITY_STEP       /* in the middle of a calculation */
} QuantityKind;

typedef struct { /* a variable of the network, under the same number */
    QuantityKind kind;
    uint32_t index;  /* of the measure or indicator */
    uint32_t entity; /* NONE for a step */
    int year, since; /* since: of growth and change; 0 if not told */
    uint32_t above;  /* entity that a gap is to */
    Text name;
    Str unit; /* as written */
} Quantity;

typedef struct {
    const Catalog *catalog;
    Arena *arena;
    Network *network;
    VEC(Quantity) quantities;
    VEC(Said) said;
    Map *keys;           /* what a quantity is -> its number */
    const Plan *context; /* plans from here on are only context */
    bool alike;
} Model;

/* The first n_plans are what is checked; n_context more stand behind them, whose statements are
 * trusted. All must have passed plan_conform with the catalog. A fact without a year is of the
 * year before the plan's first, a target of its last. Memory: about 1 KiB a number.
 *
 * `alike`: levels of later years are at the prices of the base year, as if prices rose alike in all
 * areas; then shares, which are nominal, and real growth meet, and nominal levels of those years
 * are left out. */
Model *model_new(Arena *arena, const Catalog *catalog, const Plan *plans, size_t n_plans,
                 size_t n_context, bool alike);

/* What a printed number can be, in its own unit (see docs/check.md): the values that print
 * so; with 约 and 左右 5 % to each side; from it on with 以上; up to it with 以内. */
Interval printed_interval(Decimal value, int comparator);

#endif
