/* Tests of Expr: how formulas are read, which units come out, and what is refused where. */
#include "plan/test_check.h"

#include "plan/expr.h"

#include <math.h>

static const struct {
    const char *name, *unit;
} MEASURES[] = {
    {"gdp", "亿元"}, {"budget", "万元"}, {"population", "万人"}, {"land_area", "平方公里"},
    {"rate", "%"},   {"ratio", "1"},     {"常住人口", "万人"},   {"pm25", "μg/m3"},
};

typedef struct {
    Expr share; /* what the indicator gdp_share stands for */
    Unit percent;
} Names;

static NameKind find(void *context, Str name, uint32_t *measure, Unit *unit, const Expr **formula,
                     Unit *formula_unit)
{
    Names *names = context;

    for (uint32_t i = 0; i < N_ROWS(MEASURES); i++) {
        if (str_eq(name, str_z(MEASURES[i].name))) {
            *measure = i;
            return unit_parse(str_z(MEASURES[i].unit), unit) ? NAME_MEASURE : NAME_FAILED;
        }
    }
    if (str_eq(name, STR("gdp_share")) && names->share.n_nodes > 0) {
        *formula = &names->share;
        *formula_unit = UNIT_PERCENT;
        return NAME_INDICATOR;
    }
    return str_eq(name, STR("broken")) ? NAME_FAILED : NAME_UNKNOWN;
}

static Str suggest(void *context, Arena *arena, Str name)
{
    (void)context;
    return str_format(arena, "not %.*s", STR_ARG(name));
}

static Err compile_in(Fixture *fixture, const char *text, Span span, Expr *out)
{
    Source source = source_of(text);
    Names names = {.percent = UNIT_PERCENT};
    ExprNames lookup = {&names, find, suggest};
    Source share = source_of("gdp / parent(gdp) * 100 %");
    Span whole = {0, (uint32_t)share.text.len};

    assert_int_equal(
        expr_compile(fixture->arena, &share, whole, &lookup, &names.share, &fixture->diags), OK);
    return expr_compile(fixture->arena, &source, span, &lookup, out, &fixture->diags);
}

static Err compile(Fixture *fixture, const char *text, Expr *out)
{
    return compile_in(fixture, text, (Span){0, (uint32_t)strlen(text)}, out);
}

static Expr good(Fixture *fixture, const char *text)
{
    Expr expr = {.n_nodes = 0};

    if (compile(fixture, text, &expr) != OK) {
        fail_msg("'%s' is refused:\n%s", text, reported(fixture));
    }
    assert_clean(fixture, text);
    assert_true(expr.n_nodes > 0);
    for (uint32_t i = 0; i < expr.n_nodes; i++) { /* operands come before */
        assert_true(expr_operands(expr.nodes[i].op) < 1 || expr.nodes[i].a < i);
        assert_true(expr_operands(expr.nodes[i].op) < 2 || expr.nodes[i].b < i);
        assert_true(expr.nodes[i].at.start < expr.nodes[i].at.end);
        assert_true(expr.nodes[i].at.end <= expr.text.len);
    }
    return expr;
}

static Unit result_unit(const Expr *expr)
{
    return expr->nodes[expr->n_nodes - 1].unit;
}

/* (+ 1 (* 2 3)); numbers with the symbol of their unit, durations as they are written. */
static void render(Buf *out, const Expr *expr, uint32_t i)
{
    static const char *const SUFFIXES[] = {
#define X(name, freq, suffix, zh, en) suffix,
        PERIOD_KINDS(X)
#undef X
    };
    const ExprNode *node = &expr->nodes[i];

    if (node->op == EXPR_NUMBER) {
        buf_double(out, node->number);
        if (!unit_is_plain(node->unit)) {
            unit_format(out, node->unit);
        }
        return;
    }
    if (node->op == EXPR_MEASURE) {
        buf_add(out, str_z(MEASURES[node->measure].name));
        return;
    }
    buf_format(out, "(%s ", expr_op_name(node->op));
    render(out, expr, node->a);
    if (expr_operands(node->op) == 2) {
        buf_char(out, ' ');
        render(out, expr, node->b);
    }
    if (node->op == EXPR_LAG || node->op == EXPR_GROWTH || node->op == EXPR_CAGR) {
        buf_format(out, " %lld%s", (long long)node->duration.n, SUFFIXES[node->duration.kind]);
    }
    buf_char(out, ')');
}

static void test_shape(void **state)
{
    static const struct {
        const char *text, *tree;
    } ROWS[] = {
        {"1", "1"},
        {" \t\r\n1\n", "1"},
        {"1 + 2 * 3", "(+ 1 (* 2 3))"},
        {"1 * 2 + 3", "(+ (* 1 2) 3)"},
        {"(1 + 2) * 3", "(* (+ 1 2) 3)"},
        {"8 - 4 - 2", "(- (- 8 4) 2)"},
        {"8 / 4 / 2", "(/ (/ 8 4) 2)"},
        {"8 / 4 * 2", "(* (/ 8 4) 2)"},
        {"1 + 2 < 3 * 4", "(< (+ 1 2) (* 3 4))"},
        {"1 < 2 = 3", "(= (< 1 2) 3)"},
        {"-1 + 2", "(+ (- 1) 2)"},
        {"-2 * 3", "(* (- 2) 3)"},
        {"2 * -3", "(* 2 (- 3))"},
        {"2 - -3", "(- 2 (- 3))"},
        {"--1", "(- (- 1))"},
        {"-(1 + 2)", "(- (+ 1 2))"},
        {"-gdp", "(- gdp)"},
        {"((gdp))", "gdp"},
        /* signs as they are typeset */
        {"6 ÷ 2 × 3 − 1", "(- (* (/ 6 2) 3) 1)"},
        {"6÷2×3−1", "(- (* (/ 6 2) 3) 1)"},
        {"−1", "(- 1)"},
        {"1 ≤ 2", "(<= 1 2)"},
        {"1 ≥ 2", "(>= 1 2)"},
        {"1 ≠ 2", "(!= 1 2)"},
        {"1 <= 2", "(<= 1 2)"},
        {"1 >= 2", "(>= 1 2)"},
        {"1 != 2", "(!= 1 2)"},
        {"1 == 2", "(= 1 2)"},
        {"1 = 2", "(= 1 2)"},
        {"1 > 2", "(> 1 2)"},
        /* numbers and their units */
        {"0.50", "0.5"},
        {"8 %", "8%"},
        {"8%", "8%"},
        {"8  百分点", "8%"},
        {"100 亿元", "100亿元"},
        {"100亿元", "100亿元"},
        {"3 件/万人", "3件/万人"},
        {"5 kWh * 2", "(* 5kWh 2)"},
        {"30d * 2", "(* 30d 2)"}, /* not a duration here */
        {"30 d", "30d"},
        {"2 倍", "2"},
        /* where a unit ends and a division begins */
        {"100 亿元 / population", "(/ 100亿元 population)"},
        {"100 亿元/population", "(/ 100亿元 population)"},
        {"100 亿元/gdp", "(/ 100亿元 gdp)"}, /* g is a unit, gdp is none */
        {"100 亿元/10", "(/ 100亿元 10)"},
        {"100 亿元/1.5", "(/ 100亿元 1.5)"},
        {"gdp/5 万人/2", "(/ (/ gdp 5万人) 2)"},
        {"8 %*gdp", "(* 8% gdp)"},
        /* names */
        {"常住人口 / population", "(/ 常住人口 population)"},
        {"pm25", "pm25"},
        {"gdp_share", "(* (/ gdp (parent gdp)) 100%)"}, /* an indicator is its formula */
        {"gdp_share - lag(gdp_share, 1y)",
         "(- (* (/ gdp (parent gdp)) 100%) (lag (* (/ gdp (parent gdp)) 100%) 1y))"},
        /* functions */
        {"parent(gdp)", "(parent gdp)"},
        {"parent ( gdp )", "(parent gdp)"},
        {"parent(gdp + gdp * 2)", "(parent (+ gdp (* gdp 2)))"},
        {"gdp / parent(gdp) * 100", "(* (/ gdp (parent gdp)) 100)"},
        {"sum(members(gdp))", "(sum (members gdp))"},
        {"sum((members(gdp)))", "(sum (members gdp))"},
        {"mean(members(gdp / population))", "(mean (members (/ gdp population)))"},
        {"min(members(gdp)) / max(members(gdp))", "(/ (min (members gdp)) (max (members gdp)))"},
        {"count(members(rate > 0))", "(count (members (> rate 0)))"},
        {"sum(members(sum(members(gdp))))", "(sum (members (sum (members gdp))))"},
        {"lag(gdp, 1y)", "(lag gdp 1y)"},
        {"lag(gdp,12mo)", "(lag gdp 12mo)"},
        {"growth(gdp, 4q)", "(growth gdp 4q)"},
        {"cagr(gdp, 5y)", "(cagr gdp 5y)"},
        {"lag(gdp, 2h)", "(lag gdp 2h)"}, /* half-years, not hours */
        {"lag(pm25, 30d)", "(lag pm25 30d)"},
        {"lag(pm25, 24hr)", "(lag pm25 24hr)"},
        {"growth(sum(members(gdp)), 1y)", "(growth (sum (members gdp)) 1y)"},
        {"coalesce(rate, gdp / gdp * 100 %)", "(coalesce rate (* (/ gdp gdp) 100%))"},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Expr expr = good(fixture, ROWS[i].text);
        Buf out = buf_new(fixture->arena);

        render(&out, &expr, (uint32_t)expr.n_nodes - 1);
        assert_text(buf_str(&out), ROWS[i].tree);
    }
}

static Unit unit(const char *text)
{
    Unit out = UNIT_ONE;

    assert_true(unit_parse(str_z(text), &out));
    return out;
}

/* The unit of the result, and what the right side is multiplied by to be in the unit of the left.
 */
static void test_units(void **state)
{
    static const struct {
        const char *text, *unit;
        double factor; /* 0: no sum or comparison */
    } ROWS[] = {
        {"gdp", "亿元", 0},
        {"-gdp", "亿元", 0},
        {"gdp / population", "万元/人", 0},
        {"gdp / gdp", "1", 0},
        {"gdp / gdp * 100 %", "%", 0}, /* a ratio becomes a percentage */
        {"100 % * gdp / gdp", "1",
         0}, /* 100 % of a sum is a sum, over a sum a ratio: of hundredths */
        {"rate * 2", "%", 0},
        {"2 * rate", "%", 0},
        {"rate / 2", "%", 0},
        {"rate / rate", "1", 0},
        {"gdp * rate", "元", 0},
        {"gdp_share", "%", 0},
        {"parent(gdp)", "亿元", 0},
        {"sum(members(gdp))", "亿元", 0},
        {"mean(members(rate))", "%", 0},
        {"count(members(gdp))", "1", 0},
        {"lag(population, 1y)", "万人", 0},
        {"growth(gdp, 1y)", "%", 0},
        {"cagr(gdp, 5y)", "%", 0},
        {"growth(rate, 1y)", "%", 0},
        {"gdp + gdp", "亿元", 1},
        {"gdp + budget", "亿元", 1e-4},
        {"budget - gdp", "万元", 1e4},
        {"gdp > budget", "1", 1e-4},
        {"gdp + 5 元", "亿元", 1e-8},
        {"rate + 2 百分点", "%", 1},
        {"rate - 5 ‰", "%", 0.1},
        {"rate + gdp_share", "%", 1},
        {"rate >= 5 %", "1", 1},
        {"ratio + 1", "1", 1},
        {"gdp / budget + 1", "1", 1e-4}, /* 亿元 over 万元 counts in ten thousands */
        {"coalesce(gdp, budget)", "亿元", 1e-4},
        {"coalesce(gdp, 0)", "亿元", 1},
        /* zero is zero in any unit */
        {"gdp > 0", "1", 1},
        {"0 < gdp", "1", 1},
        {"rate != 0", "1", 1},
        {"0 + rate", "%", 1},
        {"gdp - 0.00", "亿元", 1},
        {"population / land_area >= 0", "1", 1},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Expr expr = good(fixture, ROWS[i].text);
        const ExprNode *root = &expr.nodes[expr.n_nodes - 1];

        if (!unit_same_dimension(result_unit(&expr), unit(ROWS[i].unit))) {
            fail_msg("'%s' is not in %s", ROWS[i].text, ROWS[i].unit);
        }
        if (ROWS[i].factor != 0 && !(fabs(root->number - ROWS[i].factor) <= 1e-12)) {
            fail_msg("'%s': factor %.17g, want %.17g", ROWS[i].text, root->number, ROWS[i].factor);
        }
    }
}

/* Every refusal, and the text under its caret. */
static void test_refused(void **state)
{
    static const struct {
        const char *text;
        Code code;
        const char *at;
    } ROWS[] = {
        /* what cannot stand there */
        {"", LT3101, ""},
        {"  ", LT3101, ""},
        {"1 +", LT3101, ""},
        {"+ 1", LT3101, "+"},
        {"* 2", LT3101, "*"},
        {"1 * * 2", LT3101, "*"},
        {"= 1", LT3101, "="},
        {"(1", LT3101, ""},
        {"1)", LT3101, ")"},
        {"()", LT3101, ")"},
        {"(1 + 2", LT3101, ""},
        {"1 1", LT3101, "1"}, /* the unit of a number is not written 1 */
        {"10 000", LT3101, "000"},
        {"gdp population", LT3101, "population"},
        {"gdp 2", LT3101, "2"},
        {"gdp,", LT3101, ","},
        {"parent(gdp", LT3101, ""},
        {"parent(gdp;gdp)", LT3101, ";"},
        {"parent(gdp gdp)", LT3101, "gdp"},
        {"parent(gdp,)", LT3101, ")"},
        {"lag(gdp, 1y,)", LT3101, ")"},
        {"parent(,)", LT3101, ","},
        {"1y", LT3101, "1y"},
        {"gdp + 1y", LT3101, "1y"},
        {"gdp @ 1", LT3101, "@"},
        {"gdp! 1", LT3101, "!"},
        {"\"gdp\"", LT3101, "\""},
        {".5", LT3101, "."},
        {"gdp　+ 1", LT3101, "　"}, /* U+3000 */
        {"gdp \xC2\xA0 + 1", LT3101, "\xC2\xA0"},
        {"3 人口", LT3101, "口"},
        /* numbers and units */
        {"1.2.3", LT2001, "1.2.3"},
        {"1. + 2", LT2001, "1."},
        {"1234567890123456789", LT2002, "1234567890123456789"},
        {"5 gdp", LT2003, "gdp"},
        {"5 foo + 1", LT2003, "foo"},
        {"5 亿", LT2003, "亿"},
        {"5 欧元", LT2003, "欧元"},
        {"5e3", LT2003, "e3"},
        /* names */
        {"nope", LT3102, "nope"},
        {"gdp + popluation", LT3102, "popluation"},
        {"nope(gdp)", LT3102, "nope"},
        {"gdp(population)", LT3102, "gdp"}, /* a measure is no function */
        {"lag", LT3102, "lag"},
        {"GDP", LT3102, "GDP"},
        {"人均生产总值 * 2", LT3102, "人均生产总值"},
        /* dimensions: the caret is under the sign */
        {"rate + 1", LT3103, "+"},
        {"1 + rate", LT3103, "+"},
        {"1 - 5 %", LT3103, "-"},
        {"rate − ratio", LT3103, "−"},
        {"rate > 5", LT3103, ">"},
        {"gdp + population", LT3103, "+"},
        {"gdp + 1", LT3103, "+"},
        {"gdp ≤ population", LT3103, "≤"},
        {"gdp == population", LT3103, "=="},
        {"1 + 2 * (3 - gdp)", LT3103, "-"},
        {"gdp / population + gdp", LT3103, "+"},
        {"gdp + -0", LT3103, "+"}, /* only a plain zero is taken for any unit */
        {"gdp_share + 1", LT3103, "+"},
        {"coalesce(gdp, population)", LT3103, "coalesce(gdp, population)"},
        /* arguments */
        {"parent()", LT3104, "parent"},
        {"parent(gdp, gdp)", LT3104, "parent"},
        {"lag(gdp)", LT3104, "lag"},
        {"lag()", LT3104, "lag"},
        {"lag(gdp, 1y, 1y)", LT3104, "lag"},
        {"sum(members(gdp), gdp)", LT3104, "sum"},
        {"min(gdp, gdp)", LT3104, "min"},
        {"coalesce(gdp)", LT3104, "coalesce"},
        {"1 + members(gdp, 2)", LT3104, "members"},
        /* durations */
        {"lag(gdp, 1)", LT3105, "1"},
        {"lag(gdp, 2 元)", LT3105, "2 元"},
        {"growth(gdp, population)", LT3105, "population"},
        {"cagr(gdp, -1y)", LT3105, "-"},
        {"cagr(gdp, (5y))", LT3105, "("},
        {"lag(gdp, 0y)", LT2003, "y"},
        /* members */
        {"members(gdp)", LT3107, "members(gdp)"},
        {"(members(gdp))", LT3107, "members(gdp)"},
        {"-members(gdp)", LT3107, "members(gdp)"},
        {"members(gdp) + gdp", LT3107, "members(gdp)"},
        {"gdp / members(gdp)", LT3107, "members(gdp)"},
        {"members(gdp) > 0", LT3107, "members(gdp)"},
        {"sum(members(gdp) * 2)", LT3107, "members(gdp)"},
        {"sum(-members(gdp))", LT3107, "members(gdp)"},
        {"sum(gdp)", LT3107, "gdp"},
        {"count(gdp + gdp)", LT3107, "gdp + gdp"},
        {"mean(sum(members(gdp)))", LT3107, "sum(members(gdp))"},
        {"parent(members(gdp))", LT3107, "members(gdp)"},
        {"lag(members(gdp), 1y)", LT3107, "members(gdp)"},
        {"growth(members(gdp), 1y)", LT3107, "members(gdp)"},
        {"members(members(gdp))", LT3107, "members(gdp)"},
        {"coalesce(members(gdp), gdp)", LT3107, "members(gdp)"},
        {"coalesce(gdp, members(gdp))", LT3107, "members(gdp)"},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Expr expr;

        start_over(fixture);
        if (compile(fixture, ROWS[i].text, &expr) != ERR_INPUT) {
            fail_msg("'%s' is accepted", ROWS[i].text);
        }
        if (fixture->diags.all.n == 2 && ROWS[i].code == LT2003) {
            continue; /* that no duration was found is said as well */
        }
        assert_only(fixture, ROWS[i].code, 1, ROWS[i].at);
    }
}

/* The second of two equal signs, in the third line of a file. */
static void test_place(void **state)
{
    static const char *const TEXT =
        "# 说明\nformula:\n  \"人均 gdp + gdp\n   + population\" # end\n";
    Fixture *fixture = *state;
    uint32_t start = (uint32_t)str_find(str_z(TEXT), STR("gdp"));
    uint32_t end = (uint32_t)str_find(str_z(TEXT), STR("\" # end"));
    const Diag *diag;
    Expr expr;

    assert_int_equal(compile_in(fixture, TEXT, (Span){start, end}, &expr), ERR_INPUT);
    assert_only(fixture, LT3103, 4, "+");
    diag = &fixture->diags.all.at[0];
    assert_int_equal(diag->place.column, 4);
    assert_int_equal(diag->place.end, 5);
    assert_int_equal(diag->related.n, 2);
    assert_text(pointed_at(&diag->related.at[1].place), "population");
    assert_int_equal(diag->related.at[0].place.line, 3);
    assert_int_equal(diag->related.at[0].place.column, 7);
}

/* Nodes know their text, wherever the expression stood in its file. */
static void test_node_text(void **state)
{
    static const char *const TEXT = "formula: gdp / parent(常住人口) * 100 元 # x";
    Fixture *fixture = *state;
    Expr expr;

    assert_int_equal(compile_in(fixture, TEXT, (Span){9, (uint32_t)strlen(TEXT) - 4}, &expr), OK);
    assert_int_equal(expr.n_nodes, 6);
    assert_text(expr_node_text(&expr, &expr.nodes[0]), "gdp");
    assert_text(expr_node_text(&expr, &expr.nodes[1]), "常住人口");
    assert_text(expr_node_text(&expr, &expr.nodes[2]), "parent(常住人口)");
    assert_text(expr_node_text(&expr, &expr.nodes[3]), "gdp / parent(常住人口)");
    assert_text(expr_node_text(&expr, &expr.nodes[4]), "100 元");
    assert_text(expr_node_text(&expr, &expr.nodes[5]), "gdp / parent(常住人口) * 100 元");
}

/* A call is the text from its name to its closing bracket. */
static void test_text_of_calls(void **state)
{
    static const char *const ROWS[] = {
        "coalesce(rate, gdp / gdp * 100 %)", "coalesce( 常住人口 , 0 )",
        "coalesce(coalesce(gdp, budget), 1 亿元)", "lag(gdp, 1y)", "sum(members(gdp))"};
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Expr expr;

        start_over(fixture);
        expr = good(fixture, str_format(fixture->arena, "%s * 2", ROWS[i]).at);
        assert_text(expr_node_text(&expr, &expr.nodes[expr.n_nodes - 3]), ROWS[i]);
    }
}

static void test_arguments(void **state)
{
    Fixture *fixture = *state;
    const Diag *diag;
    Expr expr;

    assert_int_equal(compile(fixture, "lag(gdp) + 1", &expr), ERR_INPUT);
    diag = &fixture->diags.all.at[0];
    assert_text(diag->args[0], "lag");
    assert_text(diag->args[1], "2");
    assert_text(diag->args[2], "1");
    start_over(fixture);
    assert_int_equal(compile(fixture, "gdp + 5 %", &expr), ERR_INPUT);
    diag = &fixture->diags.all.at[0];
    assert_text(diag->args[0], "亿元");
    assert_text(diag->args[1], "%");
    start_over(fixture);
    assert_int_equal(compile(fixture, "gpd", &expr), ERR_INPUT);
    diag = &fixture->diags.all.at[0];
    assert_text(diag->args[0], "gpd");
    assert_text(diag->args[1], "not gpd"); /* what the dictionary has to say */
}

/* An indicator in error has been reported where it is defined, and is not reported again. */
static void test_broken_name(void **state)
{
    Fixture *fixture = *state;
    Expr expr;

    assert_int_equal(compile(fixture, "gdp + broken", &expr), ERR_INPUT);
    assert_clean(fixture, "gdp + broken");
}

static const char *repeated(Fixture *fixture, const char *before, const char *again, size_t n,
                            const char *between, const char *after)
{
    Buf text = buf_new(fixture->arena);

    buf_repeat(&text, str_z(before), n);
    buf_add(&text, str_z(between));
    buf_repeat(&text, str_z(again), n);
    buf_add(&text, str_z(after));
    return str_to_z(fixture->arena, buf_str(&text));
}

static void test_limits(void **state)
{
    static const struct {
        const char *before, *between, *again;
        size_t n;
        bool accepted;
    } ROWS[] = {
        {"(", "1", ")", 30, true},
        {"(", "1", ")", 64, false},
        {"(", "1", ")", 20000, false},
        {"(", "", "", 60000, false},
        {"-", "1", "", 60, true},
        {"-", "1", "", 100, false},
        {"-", "1", "", 60000, false},
        {"parent(", "gdp", ")", 30, true},
        {"parent(", "gdp", ")", 1000, false},
        {"1-", "1", "", 999, true},   /* 1,999 nodes */
        {"1-", "1", "", 1000, false}, /* 2,001 */
        {"1-", "1", "", 30000, false},
        {" ", "1", "", EXPR_MAX_BYTES - 1, true},
        {" ", "1", "", EXPR_MAX_BYTES, false},
        {"gdp_share+", "gdp_share", "", 284, true},  /* 285 x 6 nodes and 284 signs are 1,994 */
        {"gdp_share+", "gdp_share", "", 285, false}, /* 2,001 */
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        const char *text;
        Expr expr;
        Err err;

        start_over(fixture);
        text = repeated(fixture, ROWS[i].before, ROWS[i].again, ROWS[i].n, ROWS[i].between, "");
        err = compile(fixture, text, &expr);
        if (ROWS[i].accepted != (err == OK) ||
            (!ROWS[i].accepted && fixture->diags.all.at[0].code != LT3106) ||
            fixture->diags.all.n != !ROWS[i].accepted) {
            fail_msg("row %zu: %s", i, reported(fixture));
        }
    }
}

/* A product of so many units that its scale is past all numbers is refused before anything is
 * divided by it. */
static void test_unit_overflow(void **state)
{
    static const struct {
        const char *again, *last;
    } ROWS[] = {{"1 亿元 * ", "1 亿元 = 5 元"},
                {"1 / ", "1 元"},
                {"1 μg * ", "1 μg + 1 kg"},
                {"1 / 1 亿元 / ", "1 亿元 + 1 元"},
                {"1 m * ", "1 m"}};
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Expr expr;

        start_over(fixture);
        if (compile(fixture, repeated(fixture, ROWS[i].again, "", 300, "", ROWS[i].last), &expr) ==
            OK) {
            assert_true(unit_in_range(result_unit(&expr)));
        } else {
            assert_int_equal(fixture->diags.all.n, 1);
            assert_int_equal(fixture->diags.all.at[0].code, LT2003);
        }
    }
}

/* What an indicator's unit does to its formula. */
static void test_convert(void **state)
{
    static const struct {
        const char *text, *unit;
        double factor; /* 1: nothing is added; 0: refused */
    } ROWS[] = {
        {"gdp", "亿元", 1},
        {"gdp", "万元", 1e4},
        {"gdp", "万人", 0},
        {"gdp", "%", 0},
        {"gdp", "1", 0},
        {"gdp / population", "元/人", 1e4},
        {"gdp / population", "万元/人", 1},
        {"gdp / population", "元", 0},
        {"population / land_area", "人/平方公里", 1e4},
        {"rate", "%", 1},
        {"rate", "‰", 10},
        {"rate", "1", 0}, /* a percentage is no plain number */
        {"gdp / gdp * 100 %", "%", 1},
        {"gdp / gdp * 100", "%", 1}, /* a plain number is taken to be in percent already */
        {"gdp / gdp", "1", 1},
        {"gdp / gdp", "倍", 1},
        {"gdp / gdp", "%", 1},
        {"budget / gdp", "1", 1e-4},
        {"budget / gdp * 100", "%", 1e-4},
        {"count(members(gdp))", "1", 1},
        {"gdp / gdp", "元", 0},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Expr expr = good(fixture, ROWS[i].text);
        size_t before = expr.n_nodes;
        bool done = expr_convert(fixture->arena, &expr, unit(ROWS[i].unit));
        const ExprNode *root = &expr.nodes[expr.n_nodes - 1];

        if (done != (ROWS[i].factor != 0)) {
            fail_msg("'%s' in %s", ROWS[i].text, ROWS[i].unit);
        }
        if (!done) {
            continue;
        }
        assert_true(unit_same_dimension(root->unit, unit(ROWS[i].unit)));
        assert_true(fabs(root->unit.scale / unit(ROWS[i].unit).scale - 1) < 1e-12);
        if (ROWS[i].factor == 1) {
            assert_int_equal(expr.n_nodes, before);
        } else {
            assert_int_equal(expr.n_nodes, before + 2);
            assert_int_equal(root->op, EXPR_MUL);
            assert_int_equal(root->a, before - 1);
            assert_true(fabs(expr.nodes[root->b].number / ROWS[i].factor - 1) < 1e-12);
        }
    }
}

static void test_operands(void **state)
{
    (void)state;
    assert_int_equal(expr_operands(EXPR_NUMBER), 0);
    assert_int_equal(expr_operands(EXPR_MEASURE), 0);
    assert_int_equal(expr_operands(EXPR_NEG), 1);
    assert_int_equal(expr_operands(EXPR_NE), 2);
    assert_int_equal(expr_operands(EXPR_LAG), 1); /* the duration is no node */
    assert_int_equal(expr_operands(EXPR_COALESCE), 2);
    assert_true(expr_is_aggregate(EXPR_SUM));
    assert_true(expr_is_aggregate(EXPR_COUNT));
    assert_false(expr_is_aggregate(EXPR_MEMBERS));
    assert_false(expr_is_aggregate(EXPR_LAG));
    assert_string_equal(expr_op_name(EXPR_CAGR), "cagr");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_shape, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_units, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_text_of_calls, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_node_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_arguments, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_broken_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_limits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unit_overflow, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_convert, set_up, tear_down),
        cmocka_unit_test(test_operands),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
