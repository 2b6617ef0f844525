/* Expr: the expression language of formulas, weights, rules and paths: parsed once, checked for
 * dimension. The language is described in docs/expressions.md. */
#ifndef LONGTU_PLAN_EXPR_H
#define LONGTU_PLAN_EXPR_H

#include "base/diag.h"
#include "base/err.h"
#include "base/period.h"
#include "plan/unit.h"

enum { EXPR_MAX_NODES = 2000, EXPR_MAX_DEPTH = 64, EXPR_MAX_BYTES = 64 << 10 };

/* X(constant, name or sign, arguments): arguments of functions; 0 for operators and leaves */
#define EXPR_OPS(X)                                                                                \
    X(EXPR_NUMBER, "", 0)                                                                          \
    X(EXPR_MEASURE, "", 0)                                                                         \
    X(EXPR_NEG, "-", 0)                                                                            \
    X(EXPR_ADD, "+", 0)                                                                            \
    X(EXPR_SUB, "-", 0)                                                                            \
    X(EXPR_MUL, "*", 0)                                                                            \
    X(EXPR_DIV, "/", 0)                                                                            \
    X(EXPR_LT, "<", 0)                                                                             \
    X(EXPR_LE, "<=", 0)                                                                            \
    X(EXPR_GT, ">", 0)                                                                             \
    X(EXPR_GE, ">=", 0)                                                                            \
    X(EXPR_EQ, "=", 0)                                                                             \
    X(EXPR_NE, "!=", 0)                                                                            \
    X(EXPR_PARENT, "parent", 1)                                                                    \
    X(EXPR_MEMBERS, "members", 1)                                                                  \
    X(EXPR_SUM, "sum", 1)                                                                          \
    X(EXPR_MEAN, "mean", 1)                                                                        \
    X(EXPR_MIN, "min", 1)                                                                          \
    X(EXPR_MAX, "max", 1)                                                                          \
    X(EXPR_COUNT, "count", 1)                                                                      \
    X(EXPR_LAG, "lag", 2)                                                                          \
    X(EXPR_GROWTH, "growth", 2)                                                                    \
    X(EXPR_CAGR, "cagr", 2)                                                                        \
    X(EXPR_COALESCE, "coalesce", 2)

typedef enum {
#define X(name, ...) name,
    EXPR_OPS(X)
#undef X
        EXPR_N_OPS
} ExprOp;

typedef struct {
    ExprOp op;
    uint32_t a, b;     /* operands: indexes of earlier nodes; only where the op has them */
    double number;     /* EXPR_NUMBER; for + - and comparisons: what b is multiplied by to be in a's
                          unit */
    uint32_t measure;  /* EXPR_MEASURE: index in the catalog */
    Duration duration; /* EXPR_LAG, EXPR_GROWTH, EXPR_CAGR */
    Unit unit;         /* of the result */
    Span at;           /* in the text it was written in */
} ExprNode;

typedef struct { /* nodes in the order of evaluation: operands come before; the last is the result
                  */
    Str text;
    ExprNode *nodes;
    size_t n_nodes;
} Expr;

typedef enum { NAME_UNKNOWN, NAME_MEASURE, NAME_INDICATOR, NAME_FAILED } NameKind;

typedef struct {
    void *context;
    /* What a name means; for a measure its index and unit, for an indicator its compiled formula,
     * which is copied in. NAME_FAILED: the indicator's formula is in error, which has been
     * reported. */
    NameKind (*find)(void *context, Str name, uint32_t *measure, Unit *unit, const Expr **formula,
                     Unit *formula_unit);
    Str (*suggest)(void *context, Arena *arena, Str name);
} ExprNames;

/* Compiles source.text[span]; the places of diagnostics are in the source. Reports LT2001
 * to LT2003 and LT3101 to LT3107. */
Err expr_compile(Arena *arena, const Source *source, Span span, const ExprNames *names, Expr *out,
                 Diags *diags);

/* How much `of` is above its value for the area `generations` up: x - parent(x), in its unit. */
Expr expr_above(Arena *arena, const Expr *of, unsigned generations);

/* Makes the result come in the unit. A plain number is taken to be in it already when it is a ratio
 * or percentage: `gdp / parent(gdp) * 100` for an indicator in %. False if the dimension differs.
 */
bool expr_convert(Arena *arena, Expr *expr, Unit unit);

const char *expr_op_name(ExprOp op);
bool expr_is_aggregate(ExprOp op);
unsigned expr_operands(ExprOp op); /* 0, 1 or 2 */

/* The text that a node was compiled from, for explaining. */
Str expr_node_text(const Expr *expr, const ExprNode *node);

#endif
