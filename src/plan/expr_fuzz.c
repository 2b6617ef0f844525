/* Fuzzing of Expr and Unit: any bytes give an expression in order, or a reason; a name of a unit is
 * a unit again. */
#include "plan/expr.h"

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static const struct {
    Str name, unit;
} MEASURES[] = {{STR_INIT("g"), STR_INIT("亿元")},   {STR_INIT("gdp"), STR_INIT("万元")},
                {STR_INIT("p"), STR_INIT("万人")},   {STR_INIT("r"), STR_INIT("%")},
                {STR_INIT("x"), STR_INIT("1")},      {STR_INIT("常住人口"), STR_INIT("人")},
                {STR_INIT("w"), STR_INIT("m3/万元")}};

/* i is g / parent(g) * 100 %; b is an indicator in error. */
static NameKind find(void *context, Str name, uint32_t *measure, Unit *unit, const Expr **formula,
                     Unit *formula_unit)
{
    for (uint32_t i = 0; i < sizeof MEASURES / sizeof MEASURES[0]; i++) {
        if (str_eq(name, MEASURES[i].name)) {
            *measure = i;
            must(unit_parse(MEASURES[i].unit, unit));
            return NAME_MEASURE;
        }
    }
    if (str_eq(name, STR("i"))) {
        *formula = context;
        *formula_unit = UNIT_PERCENT;
        return NAME_INDICATOR;
    }
    return str_eq(name, STR("b")) ? NAME_FAILED : NAME_UNKNOWN;
}

static Str suggest(void *context, Arena *arena, Str name)
{
    (void)context;
    return str_copy(arena, name);
}

static void check_unit(Arena *arena, Unit unit)
{
    Buf name = buf_new(arena);
    Unit back;

    must(unit_in_range(unit));
    unit_format(&name, unit);
    if (str_find(buf_str(&name), STR(" ")) == SIZE_MAX) {
        must(unit_parse(buf_str(&name), &back) && unit_same_dimension(unit, back));
        must(fabs(back.scale / unit.scale - 1) < 1e-8);
    }
}

static void check_expr(Arena *arena, Expr *expr)
{
    size_t n = expr->n_nodes;
    Unit unit;

    must(n > 0 && n <= EXPR_MAX_NODES);
    for (uint32_t i = 0; i < n; i++) {
        const ExprNode *node = &expr->nodes[i];

        must(expr_operands(node->op) < 1 || node->a < i);
        must(expr_operands(node->op) < 2 || node->b < i);
        must(node->at.start <= node->at.end && node->at.end <= expr->text.len);
        must(isfinite(node->number) && unit_in_range(node->unit));
        must(node->op != EXPR_MEMBERS || i + 1 < n);
    }
    unit = expr->nodes[n - 1].unit;
    check_unit(arena, unit);
    must(expr_convert(arena, expr, unit_is_plain(unit) ? UNIT_ONE : unit));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Source source = {STR_INIT("fuzz"), {(const char *)data, size}};
    Source share = {STR_INIT("share"), STR_INIT("g / parent(g) * 100 %")};
    Expr formula, expr;
    ExprNames names = {&formula, find, suggest};
    Buf out = buf_new(arena);
    Unit unit;
    Err err;

    must(expr_compile(arena, &share, (Span){0, (uint32_t)share.text.len}, &names, &formula,
                      &diags) == OK);
    err = expr_compile(arena, &source, (Span){0, (uint32_t)size}, &names, &expr, &diags);
    must(err == OK || err == ERR_INPUT);
    must(err != OK || diags_errors(&diags) == 0);
    must(err == OK || diags_errors(&diags) > 0 || str_find(source.text, STR("b")) != SIZE_MAX);
    diags_print(&out, &diags, LANG_ZH, false);
    if (err == OK) {
        check_expr(arena, &expr);
    }
    must(unit_prefix(source.text, &unit) <= size);
    if (unit_parse(source.text, &unit)) {
        check_unit(arena, unit);
    }
    arena_free(arena);
    return 0;
}
