/* Tests of Evaluate: areas from their parts, what is absent, what is bounded, and editions that are
 * not mixed. */
#include "facts/test_facts.h"

#include "evaluate/evaluate.h"
#include "evaluate/trace.h"

#include <sqlite3.h>

/* A country of two provinces; counties and a zone in one city. */
static const char DICTIONARY[] =
    "dictionary: test\n"
    "regions:\n"
    "  - {code: C, name: {zh: 国, en: Country}, level: country}\n"
    "  - {code: P, name: {zh: 省, en: P}, parent: C, level: province}\n"
    "  - {code: Q, name: {zh: 邻省, en: Q}, parent: C, level: province}\n"
    "  - {code: P1, name: {zh: 一, en: P1}, parent: P, level: prefecture}\n"
    "  - {code: P2, name: {zh: 二, en: P2}, parent: P, level: prefecture}\n"
    "  - {code: P3, name: {zh: 三, en: P3}, parent: P, level: prefecture}\n"
    "  - {code: P4, name: {zh: 四, en: P4}, parent: P, level: prefecture}\n"
    "  - {code: Q1, name: {zh: 邻一, en: Q1}, parent: Q, level: prefecture}\n"
    "  - {code: Q2, name: {zh: 邻二, en: Q2}, parent: Q, level: prefecture}\n"
    "  - {code: P1a, name: {zh: 甲县, en: P1a}, parent: P1, level: county}\n"
    "  - {code: P1b, name: {zh: 乙县, en: P1b}, parent: P1, level: county}\n"
    "  - {code: Z, name: {zh: 新区, en: Zone}, parent: P1, level: zone}\n"
    "groups:\n"
    "  - {id: G, name: {zh: 圈, en: Circle}, members: [P1, P2]}\n"
    "  - {id: H, name: {zh: 带, en: Belt}, members: [P3, P4]}\n"
    "  - {id: X, name: {zh: 跨省, en: Cross}, members: [P4, Q1], parent: C}\n"
    "  - {id: Y, name: {zh: 区市, en: Zoned}, members: [Z, P2], parent: P}\n"
    "vintages:\n"
    "  - id: economic\n"
    "    name: {zh: 经普, en: economic}\n"
    "    editions: [{id: e1, name: {zh: 一, en: e1}}, {id: e2, name: {zh: 二, en: e2}},"
    " {id: e3, name: {zh: 三, en: e3}}]\n"
    "  - id: people\n"
    "    name: {zh: 人普, en: people}\n"
    "    editions: [{id: p1, name: {zh: 甲, en: p1}}, {id: p2, name: {zh: 乙, en: p2}}]\n"
    "  - {id: v3, name: {zh: 三, en: v3}, editions: [{id: a, name: {zh: a, en: a}}]}\n"
    "  - {id: v4, name: {zh: 四, en: v4}, editions: [{id: a, name: {zh: a, en: a}}]}\n"
    "  - {id: v5, name: {zh: 五, en: v5}, editions: [{id: a, name: {zh: a, en: a}}]}\n"
    "measures:\n"
    /* sums: each at least 0, at least 5, 0 to 40, at least -1, anything */
    "  - {id: output, name: {zh: 产出, en: output}, unit: 亿元, area: sum, least: 0}\n"
    "  - {id: floor, name: {zh: 底, en: floor}, unit: 亿元, area: sum, least: 5}\n"
    "  - {id: capped, name: {zh: 顶, en: capped}, unit: 亿元, area: sum, least: 0, most: 40}\n"
    "  - {id: swing, name: {zh: 摆, en: swing}, unit: 亿元, area: sum, least: -1}\n"
    "  - {id: trade, name: {zh: 贸易, en: trade}, unit: 亿元, area: sum}\n"
    "  - {id: small, name: {zh: 小, en: small}, unit: 万元, area: none}\n"
    "  - {id: single, name: {zh: 单, en: single}, unit: 亿元, area: none}\n"
    /* weighted means */
    "  - {id: heads, name: {zh: 人头, en: heads}, unit: 万人, area: sum}\n"
    "  - {id: share, name: {zh: 比重, en: share}, unit: '%', area: weighted, weight: output, "
    "least: 0, most: 100}\n"
    "  - {id: income, name: {zh: 收入, en: income}, unit: 元, area: weighted, weight: heads}\n"
    "  - {id: pace, name: {zh: 增速, en: pace}, unit: '%', area: weighted, weight: 'lag(output, "
    "1y)'}\n"
    "  - {id: wage, name: {zh: 工资, en: wage}, unit: 元, area: weighted, weight: people}\n"
    "  - {id: drift, name: {zh: 漂移, en: drift}, unit: '%', area: weighted, "
    "weight: 'lag(trade, 1y)'}\n"
    /* with editions */
    "  - {id: gdp, name: {zh: 产值, en: gdp}, unit: 亿元, area: sum, least: 0, vintage: economic}\n"
    "  - {id: industry, name: {zh: 工业, en: industry}, unit: 亿元, area: sum, least: 0, vintage: "
    "economic}\n"
    "  - {id: rate, name: {zh: 率, en: rate}, unit: '%', area: weighted, weight: gdp, "
    "vintage: economic}\n"
    "  - {id: people, name: {zh: 人口, en: people}, unit: 万人, area: sum, vintage: people}\n"
    "  - {id: m3, name: {zh: 三量, en: m3rd}, unit: 人, area: none, vintage: v3}\n"
    "  - {id: m4, name: {zh: 四量, en: m4th}, unit: 人, area: none, vintage: v4}\n"
    "  - {id: m5, name: {zh: 五量, en: m5th}, unit: 人, area: none, vintage: v5}\n";

static int set_up_evaluate(void **state)
{
    int result = set_up(state);

    if (result == 0) {
        ((Fixture *)*state)->catalog = catalog_from(*state, DICTIONARY);
    }
    return result;
}

#undef TEST
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up_evaluate, tear_down)

/* Adds “measure,entity,period,value,vintage” lines to the store. */
static void tell(Fixture *fixture, const char *lines)
{
    Store *store = store_at(fixture, "a.db", STORE_WRITE);
    Str text = str_format(fixture->arena, "measure,entity,period,value,vintage\n%s", lines);

    import_good(fixture, store, "a.csv", str_to_z(fixture->arena, text));
    store_close(store);
}

static Expr compile(Fixture *fixture, const char *text)
{
    Source source = {STR("expression"), str_z(text)};
    ExprNames names = catalog_names(fixture->catalog, &fixture->diags);
    Expr expr;

    if (expr_compile(fixture->arena, &source, (Span){0, (uint32_t)source.text.len}, &names, &expr,
                     &fixture->diags) != OK) {
        fail_msg("%s: %.*s", text, STR_ARG(codes_of(fixture->arena, &fixture->diags)));
    }
    return expr;
}

static uint32_t entity_of(Fixture *fixture, const char *id)
{
    uint32_t entity = catalog_entity(fixture->catalog, str_z(id));

    assert_int_not_equal(entity, NONE);
    return entity;
}

/* A cell as “5”, “4…6”, “-” absent, “- only mixed”, and its editions where there are any. */
static Str cell_text(Fixture *fixture, const Evaluation *evaluation, const char *entity,
                     int64_t period)
{
    const Catalog *catalog = fixture->catalog;
    uint32_t index = entity_of(fixture, entity);
    uint8_t pass = evaluation_pass(evaluation, catalog, index, period);
    Buf out = buf_new(fixture->arena);
    Interval value;

    if (!evaluation_at(evaluation, catalog, index, period, &value)) {
        assert_int_equal(pass, PASS_NONE);
        return evaluation->only_mixed[frame_index(evaluation->frame, catalog, index, period)]
                   ? STR("- only mixed")
                   : STR("-");
    }
    assert_false(evaluation->only_mixed[frame_index(evaluation->frame, catalog, index, period)]);
    assert_true(value.lo <= value.hi);
    if (value.lo == value.hi) {
        buf_format(&out, "%.10g", value.lo);
    } else {
        buf_format(&out, "%.10g…%.10g", value.lo, value.hi);
    }
    if (evaluation->n_families > 0) {
        buf_format(
            &out, " %.*s",
            STR_ARG(pass_name(fixture->arena, evaluation, catalog, &evaluation->passes[pass])));
    }
    return buf_str(&out);
}

static Str ask_with(Fixture *fixture, const char *text, const char *entity, const char *period,
                    bool mix)
{
    Store *store = store_at(fixture, "a.db", STORE_READ);
    Evaluator evaluator = evaluator_new(fixture->arena, fixture->catalog, store, ASK_ALL, mix);
    Expr expr = compile(fixture, text);
    Evaluation evaluation;
    Period at;

    assert_true(period_parse(str_z(period), &at));
    assert_int_equal(
        evaluate(&evaluator, &expr, (Frame){at.kind, at.n, 1}, &evaluation, &fixture->diags), OK);
    store_close(store);
    return cell_text(fixture, &evaluation, entity, at.n);
}

static Str ask(Fixture *fixture, const char *text, const char *entity, const char *period)
{
    return ask_with(fixture, text, entity, period, false);
}

typedef struct {
    const char *expression, *entity, *period, *want;
} Question;

static void check(Fixture *fixture, const Question *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        Str got = ask(fixture, rows[i].expression, rows[i].entity, rows[i].period);

        if (!str_eq(got, str_z(rows[i].want))) {
            fail_msg("%s of %s in %s: got %.*s, want %s", rows[i].expression, rows[i].entity,
                     rows[i].period, STR_ARG(got), rows[i].want);
        }
    }
    assert_codes(fixture, "");
}

/* --- areas from their parts --- */

static void test_sums(void **state)
{
    static const Question ROWS[] = {
        {"trade", "P1", "2024", "3"},    /* of its counties; the zone lies inside them */
        {"trade", "G", "2024", "13"},    /* of a sum and of what was told */
        {"trade", "P", "2024", "113.5"}, /* of cities of which one is a sum */
        {"trade", "H", "2024", "100.5"},  {"trade", "C", "2024", "-"}, /* Q is not known */
        {"trade", "X", "2024", "-"},      {"trade", "Y", "2024", "910"},
        {"trade", "P1a", "2024", "1"},    {"trade", "P1a", "2023", "-"},
        {"trade", "P1a", "2024-Q1", "-"}, /* a year says nothing of a quarter */
        {"trade", "P", "2025", "500"},    /* what was told goes before the sum */
        {"trade", "C", "2025", "507"},
    };
    Fixture *fixture = *state;

    tell(fixture, "trade,P1a,2024,1,\ntrade,P1b,2024,2,\ntrade,Z,2024,900,\ntrade,P2,2024,10,\n"
                  "trade,P3,2024,100,\ntrade,P4,2024,0.5,\n"
                  "trade,P,2025,500,\ntrade,P1,2025,1,\ntrade,P2,2025,1,\ntrade,P3,2025,1,\n"
                  "trade,P4,2025,1,\ntrade,Q1,2025,3,\ntrade,Q2,2025,4,\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

/* A part that is zero is known; a part that is missing is not zero. */
static void test_missing_is_not_zero(void **state)
{
    static const Question ROWS[] = {
        {"trade", "G", "2024", "7"},     {"trade", "H", "2024", "-"},
        {"trade", "P", "2024", "-"},     {"trade + 1 亿元", "H", "2024", "-"},
        {"0 * trade", "H", "2024", "-"}, {"trade - trade", "H", "2024", "-"},
        {"output", "H", "2024", "-"},    {"single", "P", "2024", "-"}, /* area: none */
        {"swing", "H", "2024", "-"},
    };
    Fixture *fixture = *state;

    tell(fixture, "trade,P1,2024,0,\ntrade,P2,2024,7,\ntrade,P3,2024,1,\noutput,P3,2024,1,\n"
                  "single,P1,2024,1,\nsingle,P2,2024,1,\nsingle,P3,2024,1,\nsingle,P4,2024,1,\n"
                  "swing,P,2024,9,\nswing,P1,2024,1,\nswing,P2,2024,1,\nswing,P3,2024,1,\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

/* One member is missing and the whole is known. By hand, for G = {P1, P2} of P = {P1, P2, P3, P4}:
 * at least P1 and the least of P2; and what P leaves when P3 and P4 are taken off. Every printed
 * number stands for half a unit of its last digit to each side. */
static void test_bounds(void **state)
{
    static const struct {
        const char *data;
        const char *want;
    } ROWS[] = {
        /* 99.95 - 30.05 - 20.05 = 49.85; 100.05 - 29.95 - 19.95 = 50.15 */
        {"output,P,2024,100.0,\noutput,P1,2024,25.0,\noutput,P3,2024,30.0,\noutput,P4,2024,20.0,\n",
         "49.85…50.15"},
        /* printed with fewer digits: 99.5 - 30.5 - 20.5; 100.5 - 29.5 - 19.5 */
        {"output,P,2024,100,\noutput,P1,2024,25,\noutput,P3,2024,30,\noutput,P4,2024,20,\n",
         "48.5…51.5"},
        /* of another precision each: 99.95 - 30.5 - 20.0005; 100.05 - 29.5 - 19.9995 */
        {"output,P,2024,100.0,\noutput,P1,2024,24.99,\noutput,P3,2024,30,\n"
         "output,P4,2024,20.000,\n",
         "49.4495…50.5505"},
        /* P4 is missing too: it is at least 0, so that 100.05 - 29.95 = 70.1 is left; and P1 alone
         * is [24.95, 25.05) */
        {"output,P,2024,100.0,\noutput,P1,2024,25.0,\noutput,P3,2024,30.0,\n", "24.95…70.1"},
        /* nothing is known of the others: all of P may be G's */
        {"output,P,2024,100.0,\noutput,P1,2024,25.0,\n", "24.95…100.05"},
        /* no member is known, but what the others leave */
        {"output,P,2024,100.0,\noutput,P3,2024,30.0,\noutput,P4,2024,20.0,\n", "49.85…50.15"},
        /* the whole is not known: nothing is guessed */
        {"output,P1,2024,25.0,\noutput,P3,2024,30.0,\noutput,P4,2024,20.0,\n", "-"},
        /* nor where the whole is all that is known */
        {"output,P,2024,100.0,\n", "-"},
        /* a missing one is at least 5: 24.95 + 5; 100.05 - 29.95 - 5 */
        {"floor,P,2024,100.0,\nfloor,P1,2024,25.0,\nfloor,P3,2024,30.0,\n", "29.95…65.1"},
        /* and at most 40, where that is said: 24.95; 25.05 + 40. The others are at least 0 */
        {"capped,P,2024,100.0,\ncapped,P1,2024,25.0,\n", "24.95…65.05"},
        /* 99.95 - 30.05 - 40; 100.05 - 29.95 */
        {"capped,P,2024,100.0,\ncapped,P1,2024,25.0,\ncapped,P3,2024,30.0,\n", "29.9…65.05"},
        /* where it could be negative the known ones are no lower bound */
        {"swing,P,2024,100.0,\nswing,P1,2024,25.0,\nswing,P3,2024,30.0,\nswing,P4,2024,20.0,\n",
         "-"},
        /* and where nothing is said of it neither */
        {"trade,P,2024,100.0,\ntrade,P1,2024,25.0,\ntrade,P3,2024,30.0,\ntrade,P4,2024,20.0,\n",
         "-"},
        /* zero was rounded from below 0.05, but is not negative: [0, 0.05) + 0; 100.05 - 99.95 */
        {"output,P,2024,100.0,\noutput,P1,2024,0.0,\noutput,P3,2024,100.0,\n", "0…0.1"},
        /* the rounded part is almost more than what is left: 25.05; 75.05 - 29.95 - 19.95 = 25.15
         */
        {"output,P,2024,75.0,\noutput,P1,2024,25.1,\noutput,P3,2024,30.0,\noutput,P4,2024,20.0,\n",
         "25.05…25.15"},
        /* and surely more: the numbers contradict each other */
        {"output,P,2024,75.0,\noutput,P1,2024,25.3,\noutput,P3,2024,30.0,\noutput,P4,2024,20.0,\n",
         "-"},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Str rest = str_z(ROWS[i].data), measure = str_cut(rest, ',', &rest);

        tell(fixture, ROWS[i].data);
        assert_text(ask(fixture, str_to_z(fixture->arena, measure), "G", "2024"), ROWS[i].want);
        assert_int_equal(unlink(z_of(fixture, "a.db")), 0);
    }
}

/* The bounds of areas that do not simply consist of some parts of the whole. */
static void test_bounds_of_other_areas(void **state)
{
    static const Question ROWS[] = {
        /* a city with a missing county: 99.5 - 3 x 20.5; 100.5 - 3 x 19.5 */
        {"output", "P1", "2024", "38…42"},
        /* it is not itself taken off the whole, of which it is at least 5 */
        {"floor", "P1", "2024", "38…42"},
        /* P4 and Q1 of C, which consists of P and Q: neither province is taken off, and what is
         * left is more than the two cities */
        {"output", "X", "2024", "19.5…1000.5"},
        /* Z lies in P1, which is therefore not taken off; 100.5 - 2 x 19.5 */
        {"output", "Y", "2024", "19.5…61.5"},
        /* a province of which a city is missing: 999.5 - 90.5; 1000.5 - 89.5 */
        {"output", "Q", "2025", "909…911"},
    };
    Fixture *fixture = *state;

    tell(fixture, "output,C,2024,1000,\noutput,P,2024,100,\noutput,Q,2024,900,\n"
                  "output,P1a,2024,10,\n"
                  "output,P2,2024,20,\noutput,P3,2024,20,\noutput,P4,2024,20,\n"
                  "floor,P,2024,100,\nfloor,P1a,2024,10,\nfloor,P2,2024,20,\nfloor,P3,2024,20,\n"
                  "floor,P4,2024,20,\n"
                  "output,C,2025,1000,\noutput,P,2025,90,\noutput,Q1,2025,7,\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

/* What the whole leaves is a lower bound too, and proves what the known parts alone do not. By hand
 * for G = {P1, P2}: its one known part is 9.5 or more; 99.5 - 20.5 - 20.5 = 58.5 is left at least,
 * 100.5 - 19.5 - 19.5 = 61.5 at most. For H = {P3, P4} of 2025, where P2 is missing: 0 to
 * 100.5 - 9.5 = 91 are left, of which P3 has 19.5 or more. */
static void test_lower_bound_from_the_whole(void **state)
{
    static const Question ROWS[] = {
        {"output", "G", "2024", "58.5…61.5"},      {"output >= 58 亿元", "G", "2024", "1"},
        {"output >= 60 亿元", "G", "2024", "0…1"}, {"output < 58 亿元", "G", "2024", "0"},
        {"output", "H", "2025", "19.5…91"},        {"output >= 19 亿元", "H", "2025", "1"},
        {"output >= 58 亿元", "H", "2025", "0…1"},
    };
    Fixture *fixture = *state;

    tell(fixture, "output,P,2024,100,\noutput,P1,2024,10,\noutput,P3,2024,20,\n"
                  "output,P4,2024,20,\n"
                  "output,P,2025,100,\noutput,P1,2025,10,\noutput,P3,2025,20,\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

/* Where the known parts exceed what the whole leaves (G has 60 by P1 alone, and P leaves 51.5 at
 * most), nothing is known of the area and nothing is proven, neither way. */
static void test_parts_exceed_the_whole(void **state)
{
    static const Question ROWS[] = {
        {"output", "G", "2024", "-"},
        {"output >= 50 亿元", "G", "2024", "-"},
        {"output < 70 亿元", "G", "2024", "-"},
        {"output / parent(output)", "G", "2024", "-"},
        {"sum(members(output))", "G", "2024", "-"},
        {"coalesce(output, 1 亿元)", "G", "2024", "1"},
        /* rounding may explain it: less than 51.5 is left, P1 has 50.5 or more */
        {"output", "G", "2025", "50.5…51.5"},
        /* P1 has 51.5 or more, which is not less than 51.5 */
        {"output", "G", "2023", "-"},
    };
    Fixture *fixture = *state;

    tell(fixture, "output,P,2024,100,\noutput,P1,2024,60,\noutput,P3,2024,30,\n"
                  "output,P4,2024,20,\n"
                  "output,P,2025,100,\noutput,P1,2025,51,\noutput,P3,2025,30,\n"
                  "output,P4,2025,20,\n"
                  "output,P,2023,100,\noutput,P1,2023,52,\noutput,P3,2023,30,\n"
                  "output,P4,2023,20,\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

static void test_weighted_means(void **state)
{
    static const Question ROWS[] = {
        /* (30 x 10 + 10 x 30) / (30 + 10) */
        {"share", "G", "2021", "15"},
        /* P2 is missing: between (30 x 10 + 10 x 0) / 40 and (30 x 10 + 10 x 100) / 40 */
        {"share", "G", "2022", "7.5…32.5"},
        /* its weight is not known */
        {"share", "G", "2023", "-"},
        /* nothing of it is known */
        {"share", "G", "2024", "-"},
        /* weights of which none counts */
        {"share", "G", "2025", "-"},
        /* no bounds are given: (1 x 20000 + 3 x 10000) / 4 */
        {"income", "G", "2021", "12500"},
        {"income", "G", "2022", "-"},
        /* weighted with the year before: (30 x 6 + 10 x 2) / 40 */
        {"pace", "G", "2022", "5"},
        {"pace", "G", "2021", "-"},
        /* what was told goes before the mean */
        {"share", "H", "2021", "99"},
        /* means of means, by the weights of the means: (40 x 15 + 60 x 99) / 100 */
        {"share", "P", "2021", "-"},
    };
    Fixture *fixture = *state;

    tell(fixture,
         "output,P1,2021,30,\noutput,P2,2021,10,\noutput,H,2021,60,\n"
         "share,P1,2021,10,\nshare,P2,2021,30,\nshare,H,2021,99,\n"
         "output,P1,2022,30,\noutput,P2,2022,10,\nshare,P1,2022,10,\n"
         "output,P1,2023,30,\nshare,P1,2023,10,\nshare,P2,2023,30,\n"
         "output,P1,2024,30,\noutput,P2,2024,10,\n"
         "output,P1,2025,0,\noutput,P2,2025,0,\nshare,P1,2025,10,\nshare,P2,2025,30,\n"
         "heads,P1,2021,1,\nheads,P2,2021,3,\nincome,P1,2021,20000,\nincome,P2,2021,10000,\n"
         "heads,P1,2022,1,\nheads,P2,2022,3,\nincome,P1,2022,20000,\n"
         "pace,P1,2022,6,\npace,P2,2022,2,\npace,P1,2021,6,\npace,P2,2021,2,\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

/* The mean of a province from cities that are themselves means of counties. */
static void test_means_of_means(void **state)
{
    static const Question ROWS[] = {
        {"income", "P1", "2024", "250"}, /* (1 x 100 + 3 x 300) / 4 */
        {"income", "G", "2024", "350"},  /* (4 x 250 + 4 x 450) / 8 */
        {"income", "P", "2024", "175"},  /* (4 x 250 + 4 x 450 + 8 x 0) / 16 */
    };
    Fixture *fixture = *state;

    tell(fixture, "heads,P1a,2024,1,\nheads,P1b,2024,3,\nheads,P2,2024,4,\nheads,P3,2024,8,\n"
                  "heads,P4,2024,0,\nincome,P1a,2024,100,\nincome,P1b,2024,300,\n"
                  "income,P2,2024,450,\nincome,P3,2024,0,\nincome,P4,2024,1,\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

/* A weight that is only bounded weighs nothing exactly: P1 has one known county of two. */
static void test_weights_that_are_ranges(void **state)
{
    static const Question ROWS[] = {
        {"output", "P1", "2024", "18…22"}, /* 79.5 - 3 x 20.5; 80.5 - 3 x 19.5 */
        {"share", "P", "2024", "-"},
        {"share", "H", "2024", "20"},
    };
    Fixture *fixture = *state;

    tell(fixture, "output,P,2024,80,\noutput,P1a,2024,10,\noutput,P2,2024,20,\noutput,P3,2024,20,\n"
                  "output,P4,2024,20,\nshare,P1,2024,10,\nshare,P2,2024,10,\nshare,P3,2024,10,\n"
                  "share,P4,2024,30,\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

/* --- operators and functions --- */

static void test_arithmetic(void **state)
{
    static const Question ROWS[] = {
        {"single + small", "P1", "2024", "10.0005"}, /* 亿元 + 万元 */
        {"small + single", "P1", "2024", "100005"},  /* in the left one's unit */
        {"single - small", "P1", "2024", "9.9995"},
        {"-single", "P1", "2024", "-10"},
        {"single * 2", "P1", "2024", "20"},
        {"single / small", "P1", "2024", "2"}, /* no factor: the unit says what it is */
        {"single / 4", "P1", "2024", "2.5"},
        {"single / (single - single)", "P1", "2024", "-"},
        {"single + 1 万元", "P1", "2024", "10.0001"},
        {"1 - 2 - 3", "P1", "2024", "-4"},
        {"8 / 4 / 2", "P1", "2024", "1"},
        {"2 + 3 * 4", "P1", "2024", "14"},
        {"-(2 + 3) * 4", "P1", "2024", "-20"},
    };
    Fixture *fixture = *state;

    tell(fixture, "single,P1,2024,10,\nsmall,P1,2024,5,\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

static void test_comparisons(void **state)
{
    static const Question ROWS[] = {
        {"single > 9 亿元", "P1", "2024", "1"},
        {"single > 10 亿元", "P1", "2024", "0"},
        {"single >= 10 亿元", "P1", "2024", "1"},
        {"single < 10 亿元", "P1", "2024", "0"},
        {"single <= 10 亿元", "P1", "2024", "1"},
        {"single = 100000 万元", "P1", "2024", "1"},
        {"single != 10 亿元", "P1", "2024", "0"},
        {"single > 0", "P2", "2024", "-"},
        {"single = single", "P2", "2024", "-"},
        {"small < single", "P1", "2024", "1"},
        /* an interval, 48.5…51.5: surely, surely not, or not known */
        {"output > 48 亿元", "G", "2024", "1"},
        {"output > 52 亿元", "G", "2024", "0"},
        {"output > 50 亿元", "G", "2024", "0…1"},
        {"output < 52 亿元", "G", "2024", "1"},
        {"output < 48 亿元", "G", "2024", "0"},
        {"output < 50 亿元", "G", "2024", "0…1"},
        {"output >= 48.5 亿元", "G", "2024", "1"},
        {"output >= 52 亿元", "G", "2024", "0"},
        {"output <= 51.5 亿元", "G", "2024", "1"},
        {"output <= 48 亿元", "G", "2024", "0"},
        {"output = 50 亿元", "G", "2024", "0…1"},
        {"output = 52 亿元", "G", "2024", "0"},
        {"output != 50 亿元", "G", "2024", "0…1"},
        {"output != 52 亿元", "G", "2024", "1"},
        {"output > output", "G", "2024", "0…1"},
        {"50 亿元 > output", "G", "2024", "0…1"},
        {"52 亿元 > output", "G", "2024", "1"},
    };
    Fixture *fixture = *state;

    tell(fixture,
         "single,P1,2024,10,\nsmall,P1,2024,5,\n"
         "output,P,2024,100,\noutput,P1,2024,25,\noutput,P3,2024,30,\noutput,P4,2024,20,\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

/* A bound itself is possible. */
static void test_comparisons_at_the_edge(void **state)
{
    /* 99.5 - 30.5 - 20.5 = 48.5; 100.5 - 29.5 - 19.5 = 51.5 */
    static const Question ROWS[] = {
        {"output", "G", "2024", "48.5…51.5"},        {"output < 51.5 亿元", "G", "2024", "0…1"},
        {"output <= 51.5 亿元", "G", "2024", "1"},   {"output > 51.5 亿元", "G", "2024", "0"},
        {"output >= 51.5 亿元", "G", "2024", "0…1"}, {"output < 48.5 亿元", "G", "2024", "0"},
        {"output <= 48.5 亿元", "G", "2024", "0…1"}, {"output > 48.5 亿元", "G", "2024", "0…1"},
        {"output >= 48.5 亿元", "G", "2024", "1"},   {"output = 51.5 亿元", "G", "2024", "0…1"},
        {"output != 48.5 亿元", "G", "2024", "0…1"}, {"output = 51.75 亿元", "G", "2024", "0"},
        {"output != 48.25 亿元", "G", "2024", "1"},
    };
    Fixture *fixture = *state;

    tell(fixture,
         "output,P,2024,100,\noutput,P1,2024,25,\noutput,P3,2024,30,\noutput,P4,2024,20,\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

/* Operators enclose whatever can come out: output of G lies in 48.5…51.5. */
static void test_arithmetic_of_intervals(void **state)
{
    static const Question ROWS[] = {
        {"output + 1 亿元", "G", "2024", "49.5…52.5"},
        {"1 亿元 - output", "G", "2024", "-50.5…-47.5"},
        {"-output", "G", "2024", "-51.5…-48.5"},
        {"output * 2", "G", "2024", "97…103"},
        {"output * (0 - 2)", "G", "2024", "-103…-97"},
        {"output / 2", "G", "2024", "24.25…25.75"},
        {"103 亿元 / output", "G", "2024", "2…2.12371134"},
        {"output / output", "G", "2024", "0.9417475728…1.06185567"},
        {"output / parent(output)", "G", "2024", "0.485…0.515"},
        {"1 / (output - 50 亿元)", "G", "2024", "-"}, /* anything may come out */
        {"output + single", "G", "2024", "-"},
        {"output", "G", "2023", "20"},
        {"growth(output, 1y)", "G", "2024", "142.5…157.5"},              /* 48.5 / 20, 51.5 / 20 */
        {"growth(output, 1y)", "G", "2025", "-2.912621359…3.092783505"}, /* 50 / 51.5, 50 / 48.5 */
        {"cagr(output, 2y)", "G", "2024", "-"},
        {"lag(output, 1y)", "G", "2025", "48.5…51.5"},
    };
    Fixture *fixture = *state;

    tell(fixture, "output,P,2024,100,\noutput,P1,2024,25,\noutput,P3,2024,30,\noutput,P4,2024,20,\n"
                  "output,G,2023,20,\noutput,G,2025,50,\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

/* Growth from what may be negative or zero, here -1.5…1.5, is absent, and stays so in what is made
 * of it. */
static void test_growth_from_an_uncertain_sign(void **state)
{
    static const Question ROWS[] = {
        {"growth(output - 50 亿元, 1y)", "G", "2025", "-"},
        {"growth(50 亿元 - output, 1y)", "G", "2025", "-"},
        {"coalesce(growth(output - 50 亿元, 1y), 7 %)", "G", "2025", "7"},
        {"growth(output - 50 亿元, 1y) < 5 %", "G", "2025", "-"},
        {"coalesce(growth(lag(output - 50 亿元, 1y), 1y), 7 %)", "G", "2025", "7"},
        {"min(members(growth(output - 50 亿元, 1y)))", "G", "2025", "-"},
        {"coalesce(min(members(growth(output - 50 亿元, 1y))), 7 %)", "P", "2025", "7"},
    };
    Fixture *fixture = *state;

    tell(fixture,
         "output,P,2024,100,\noutput,P1,2024,25,\noutput,P3,2024,30,\noutput,P4,2024,20,\n"
         "output,G,2023,70,\noutput,G,2025,70,\n"
         "output,P1,2025,50,\noutput,P2,2025,50,\noutput,P3,2025,50,\noutput,P4,2025,50,\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

static void test_parent(void **state)
{
    static const Question ROWS[] = {
        {"parent(trade)", "P1", "2024", "100"},
        {"parent(trade)", "Z", "2024", "10"},
        {"parent(trade)", "G", "2024", "100"},  /* its members' parent */
        {"parent(trade)", "X", "2024", "1000"}, /* the one that is given */
        {"parent(parent(trade))", "P1", "2024", "1000"},
        {"parent(trade)", "C", "2024", "-"},
        {"parent(parent(trade))", "P", "2024", "-"},
        {"trade / parent(trade) * 100", "P1", "2024", "10"},
        {"trade / parent(trade) * 100", "P2", "2024", "-"},
        {"parent(trade)", "Q1", "2024", "-"},
    };
    Fixture *fixture = *state;

    tell(fixture, "trade,C,2024,1000,\ntrade,P,2024,100,\ntrade,P1,2024,10,\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

static void test_time(void **state)
{
    static const Question ROWS[] = {
        {"lag(single, 1y)", "P1", "2024", "110"},
        {"lag(single, 4y)", "P1", "2024", "100"},
        {"lag(single, 5y)", "P1", "2024", "-"},
        {"lag(single, 12mo)", "P1", "2024", "110"},
        {"lag(single, 8q)", "P1", "2024", "-"}, /* 2022 is not known */
        {"lag(lag(single, 1y), 3y)", "P1", "2024", "100"},
        {"single - lag(single, 1y)", "P1", "2024", "11"},
        {"growth(single, 1y)", "P1", "2024", "10"},
        {"growth(single, 4y)", "P1", "2024", "21"},
        {"growth(single, 1y)", "P1", "2023", "-"},
        {"cagr(single, 1y)", "P1", "2024", "10"},
        {"growth(single, 1y)", "P1", "2021", "0"},
        {"cagr(single, 4y)", "P2", "2024", "200"}, /* 81 = 3^4 */
        {"growth(single, 4y)", "P2", "2024", "8000"},
        {"growth(single, 1y)", "P3", "2024", "-"}, /* from nothing */
        {"growth(single, 1y)", "P3", "2025", "-100"},
        {"growth(single, 1y)", "P4", "2024", "-"}, /* from below nothing */
        {"growth(single, 1y)", "P4", "2025", "-"}, /* to below nothing */
        {"lag(single, 1q)", "P1", "2024-Q1", "50"},
        {"lag(single, 1y)", "P1", "2024-Q3", "44"},
        {"growth(single, 1y)", "P1", "2024-Q3", "25"},
        {"growth(single, 3q)", "P1", "2024-Q3", "10"},
        {"cagr(single, 2q)", "P1", "2024-Q2", "21"}, /* 10 % in half a year */
        {"lag(single, 1mo)", "P1", "2024-01", "8"},
        {"lag(single, 31d)", "P1", "2024-01-31", "9"},
        {"lag(single, 48hr)", "P1", "2024-02-02", "6"},
    };
    Fixture *fixture = *state;

    tell(fixture,
         "single,P1,2020,100,\nsingle,P1,2021,100,\nsingle,P1,2023,110,\nsingle,P1,2024,121,\n"
         "single,P2,2020,1,\nsingle,P2,2024,81,\n"
         "single,P3,2023,0,\nsingle,P3,2024,5,\nsingle,P3,2025,0,\n"
         "single,P4,2023,-5,\nsingle,P4,2024,5,\nsingle,P4,2025,-5,\n"
         "single,P1,2023-Q3,44,\nsingle,P1,2023-Q4,50,\nsingle,P1,2024-Q2,55,\n"
         "single,P1,2024-Q3,55,\nsingle,P1,2023-12,8,\nsingle,P1,2023-12-31,9,\n"
         "single,P1,2024-01-31,6,\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

/* A length that is no whole number of the frame's periods. */
static void test_durations_that_do_not_fit(void **state)
{
    static const struct {
        const char *expression, *period;
    } ROWS[] = {{"lag(single, 1q)", "2024"},           {"growth(single, 5mo)", "2024-Q1"},
                {"cagr(single, 30d)", "2024-01"},      {"lag(single, 1y)", "2024-01-31"},
                {"single + lag(single, 6mo)", "2024"}, {"pace", "2024-01-31"}}; /* in the weight */
    Fixture *fixture = *state;

    tell(fixture, "single,P1,2024,1,\n");
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Store *store = store_at(fixture, "a.db", STORE_READ);
        Evaluator evaluator =
            evaluator_new(fixture->arena, fixture->catalog, store, ASK_ALL, false);
        Expr expr = compile(fixture, ROWS[i].expression);
        Evaluation evaluation;
        Period at;

        assert_true(period_parse(str_z(ROWS[i].period), &at));
        assert_int_equal(
            evaluate(&evaluator, &expr, (Frame){at.kind, at.n, 1}, &evaluation, &fixture->diags),
            ERR_INPUT);
        assert_int_equal(fixture->diags.all.at[0].code, LT3109);
        assert_int_equal(fixture->diags.all.n, 1);
        fixture->diags = diags_new(fixture->arena);
        store_close(store);
    }
}

static void test_coalesce(void **state)
{
    static const Question ROWS[] = {
        {"coalesce(single, trade)", "P1", "2024", "1"},
        {"coalesce(single, trade)", "P2", "2024", "2"},
        {"coalesce(single, trade)", "P3", "2024", "-"},
        {"coalesce(single, small)", "P1", "2024", "1"},
        {"coalesce(single, small)", "P2", "2024", "0.0007"}, /* 7 万元 in 亿元 */
        {"coalesce(small, single)", "P1", "2024", "10000"},
        {"coalesce(coalesce(single, trade), 5 亿元)", "P3", "2024", "5"},
        {"coalesce(single / (single - single), 3)", "P1", "2024", "3"},
        {"coalesce(single, 0)", "P3", "2024", "0"},
        {"coalesce(lag(single, 1y), single)", "P1", "2024", "1"},
    };
    Fixture *fixture = *state;

    tell(fixture, "single,P1,2024,1,\ntrade,P1,2024,9,\ntrade,P2,2024,2,\nsmall,P2,2024,7,\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

/* The first point goes before a range; of two ranges what both allow. Output of G is 48.5…51.5,
 * floor of G: 24.5 + 5; 100.5 - 29.5 - 5. */
static void test_coalesce_of_ranges(void **state)
{
    static const Question ROWS[] = {
        {"coalesce(output, single)", "G", "2024", "47"},
        {"coalesce(single, output)", "G", "2024", "47"},
        {"coalesce(output, 1 亿元)", "G", "2024", "1"},
        {"coalesce(output, small)", "G", "2024", "48.5…51.5"},
        {"coalesce(small, output)", "G", "2024", "485000…515000"},
        {"floor", "G", "2024", "29.5…66"},
        {"coalesce(output, floor)", "G", "2024", "48.5…51.5"},
        {"coalesce(output, floor + 20 亿元)", "G", "2024", "49.5…51.5"},
        {"coalesce(floor + 20 亿元, output)", "G", "2024", "49.5…51.5"},
        {"coalesce(output, floor + 30 亿元)", "G", "2024", "-"}, /* they contradict each other */
        {"coalesce(coalesce(output, floor + 20 亿元), 7 亿元)", "G", "2024", "7"},
    };
    Fixture *fixture = *state;

    tell(fixture, "single,G,2024,47,\n"
                  "output,P,2024,100,\noutput,P1,2024,25,\noutput,P3,2024,30,\noutput,P4,2024,20,\n"
                  "floor,P,2024,100,\nfloor,P1,2024,25,\nfloor,P3,2024,30,\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

static void test_aggregates(void **state)
{
    static const Question ROWS[] = {
        {"sum(members(single))", "G", "2024", "4"},
        {"mean(members(single))", "G", "2024", "2"},
        {"min(members(single))", "G", "2024", "1"},
        {"max(members(single))", "G", "2024", "3"},
        {"count(members(single))", "G", "2024", "2"},
        {"sum(members(single))", "P", "2024", "-"}, /* P4 is not known */
        {"mean(members(single))", "P", "2024", "-"},
        {"min(members(single))", "P", "2024", "-"},
        {"max(members(single))", "P", "2024", "-"},
        {"count(members(single))", "P", "2024", "3"}, /* those there are */
        {"count(members(single))", "H", "2025", "0"},
        {"count(members(single))", "P2", "2024", "-"}, /* has no parts */
        {"sum(members(single))", "P2", "2024", "-"},
        {"sum(members(single * 2))", "G", "2024", "8"},
        {"count(members(single > 1 亿元))", "G", "2024", "2"},
        {"sum(members(single > 1 亿元))", "G", "2024", "1"},
        {"max(members(single)) - min(members(single))", "G", "2024", "2"},
        {"sum(members(sum(members(single))))", "C", "2024", "-"},
        {"sum(members(coalesce(sum(members(single)), 10 亿元)))", "C", "2024", "20"},
        {"growth(sum(members(single)), 1y)", "G", "2025", "50"},
        {"sum(members(parent(single)))", "G", "2024", "200"},
        /* P1 has a county of 2, but 105 - 6 - 6 - 86 with all their roundings is left: 5…9 */
        {"sum(members(output))", "P", "2024", "103…107"},
        {"mean(members(output))", "P", "2024", "25.75…26.75"},
        {"min(members(output))", "P", "2024", "5…6"},
        {"max(members(output))", "P", "2024", "86"},
    };
    Fixture *fixture = *state;

    tell(fixture, "single,P1,2024,1,\nsingle,P2,2024,3,\nsingle,P3,2024,9,\nsingle,P,2024,100,\n"
                  "single,P1,2025,2,\nsingle,P2,2025,4,\n"
                  /* 104.5 - 6.5 - 6.5 - 86.5; 105.5 - 5.5 - 5.5 - 85.5 */
                  "output,P,2024,105,\noutput,P1a,2024,2,\noutput,P2,2024,6,\noutput,P3,2024,6,\n"
                  "output,P4,2024,86,\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

/* --- editions --- */

/* Each edition by itself; the newest that gives a point, else the one that bounds most narrowly. */
static void test_newest_edition(void **state)
{
    static const Question ROWS[] = {
        {"gdp", "P1", "2020", "3 e3"},
        {"gdp", "P1", "2021", "2 e2"},
        {"gdp", "P1", "2022", "1 e1"},
        {"gdp", "P1", "2023", "9 unstated"}, /* what states none is older than all */
        {"gdp", "P1", "2019", "-"},
        {"gdp * 2", "P1", "2020", "6 e3"},
        {"gdp", "G", "2020", "33 e3"},
        {"gdp", "G", "2021", "2.5…80 e3"}, /* 80.5 - 0.5; P1 has none in e3, P2 has in both */
        {"gdp", "H", "2020", "-"},
        {"gdp - industry", "P1", "2021", "1 e2"}, /* industry is in e3 too */
        {"industry", "P1", "2021", "5 e3"},
        {"coalesce(gdp, industry)", "P1", "2021", "5 e3"},
    };
    Fixture *fixture = *state;

    tell(fixture, "gdp,P1,2020,1,e1\ngdp,P1,2020,2,e2\ngdp,P1,2020,3,e3\n"
                  "gdp,P2,2020,10,e1\ngdp,P2,2020,30,e3\n"
                  "gdp,P1,2021,1,e1\ngdp,P1,2021,2,e2\n"
                  "gdp,P2,2021,3,e3\ngdp,P,2021,80,e3\ngdp,P3,2021,1,e3\n"
                  "gdp,P1,2022,1,e1\ngdp,P1,2023,9,\n"
                  "industry,P1,2021,5,e3\nindustry,P1,2021,1,e2\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

/* A point of an older edition goes before an interval of a newer one. */
static void test_point_before_interval(void **state)
{
    static const Question ROWS[] = {
        {"gdp", "G", "2024", "30 e1"},
        {"gdp", "G", "2025", "48.5…51.5 e2"}, /* the narrower one */
        {"gdp", "G", "2023", "48.5…51.5 e3"}, /* the newest of the same width */
    };
    Fixture *fixture = *state;

    tell(fixture, "gdp,P1,2024,10,e1\ngdp,P2,2024,20,e1\n"
                  "gdp,P,2024,100,e3\ngdp,P1,2024,25,e3\ngdp,P3,2024,30,e3\ngdp,P4,2024,20,e3\n"
                  "gdp,P,2025,100,e3\ngdp,P1,2025,25,e3\ngdp,P3,2025,30,e3\n"
                  "gdp,P,2025,100,e2\ngdp,P1,2025,25,e2\ngdp,P3,2025,30,e2\ngdp,P4,2025,20,e2\n"
                  "gdp,P,2023,100,e3\ngdp,P1,2023,25,e3\ngdp,P3,2023,30,e3\ngdp,P4,2023,20,e3\n"
                  "gdp,P,2023,100,e2\ngdp,P1,2023,25,e2\ngdp,P3,2023,30,e2\ngdp,P4,2023,20,e2\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

/* Numbers of two editions do not meet, unless it is asked for, and then it is said. */
static void test_editions_are_not_mixed(void **state)
{
    static const struct {
        Question question;
        const char *mixed;
    } ROWS[] = {
        {{"growth(gdp, 1y)", "P1", "2024", "- only mixed"}, "20 mixed"},
        {{"growth(gdp, 1y)", "P1", "2023", "25 e1"}, "25 e1"},
        {{"growth(gdp, 1y)", "P1", "2025", "50 e2"}, "50 e2"},
        {{"lag(gdp, 1y)", "P1", "2024", "10 e1"}, "10 e1"},
        {{"gdp - lag(gdp, 2y)", "P1", "2024", "- only mixed"}, "4 mixed"},
        {{"people", "G", "2024", "- only mixed"}, "17 mixed"},          /* P1 in p2, P2 in p1 */
        {{"gdp", "G", "2021", "4.5…24.5 e1"}, "4.5…24.5 e1"},           /* bounded in one edition */
        {{"gdp - lag(gdp, 1y)", "P1", "2022", "-12…8 e1"}, "-12…8 e1"}, /* 8 - 0…20 */
        {{"gdp", "P1", "2021", "12 e2"}, "12 e2"},
        {{"gdp - industry", "P1", "2024", "- only mixed"}, "11 mixed"},
        {{"gdp / parent(gdp)", "P1", "2024", "- only mixed"}, "0.5 mixed"},
        {{"growth(gdp, 1y)", "P3", "2024", "-"}, "-"}, /* not there in any */
        {{"coalesce(growth(gdp, 1y), 7 %)", "P1", "2024", "7 e2"}, "7 e2"},
    };
    Fixture *fixture = *state;

    tell(fixture, "gdp,P1,2022,8,e1\ngdp,P1,2023,10,e1\ngdp,P1,2024,12,e2\ngdp,P1,2025,18,e2\n"
                  "gdp,P1,2021,12,e2\ngdp,P2,2021,5,e1\ngdp,P,2021,24,e1\n"
                  "industry,P1,2024,1,e3\ngdp,P,2024,24,e1\n"
                  "people,P1,2024,12,p2\npeople,P2,2024,5,p1\n");
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        const Question *row = &ROWS[i].question;

        check(fixture, row, 1);
        assert_text(ask_with(fixture, row->expression, row->entity, row->period, true),
                    ROWS[i].mixed);
    }
}

/* Every combination of editions is tried, those of the family that comes first changing last;
 * measures that have no editions go with all. */
static void test_several_families(void **state)
{
    static const Question ROWS[] = {
        {"gdp / people", "P1", "2024", "2 e2+p2"}, {"gdp / people", "P1", "2023", "2 e1+p2"},
        {"gdp / people", "P1", "2022", "2 e2+p1"}, {"people / gdp", "P1", "2022", "0.5 p1+e2"},
        {"gdp * trade", "P1", "2024", "200 e2"},   {"trade", "P1", "2024", "10"},
    };
    Fixture *fixture = *state;

    tell(fixture, "gdp,P1,2024,10,e1\ngdp,P1,2024,20,e2\npeople,P1,2024,5,p1\n"
                  "people,P1,2024,10,p2\ntrade,P1,2024,10,\n"
                  "gdp,P1,2023,20,e1\npeople,P1,2023,10,p2\n"
                  "gdp,P1,2022,20,e2\npeople,P1,2022,10,p1\n");
    check(fixture, ROWS, N_ROWS(ROWS));
}

/* A mean and its weights are of one edition. */
static void test_editions_of_weights(void **state)
{
    static const Question ROWS[] = {
        {"rate", "G", "2024", "15 e1"}, /* e2 has no weights: (30 x 10 + 10 x 30) / 40 */
        {"rate", "G", "2023", "- only mixed"},
        {"rate", "G", "2022", "2.5 e2"}, /* (30 x 2 + 10 x 4) / 40 */
        /* only the weights have editions: (1 x 100 + 3 x 300) / 4 in p2, an even mean in p1 */
        {"wage", "G", "2024", "250 p2"},
        {"wage", "G", "2023", "200 p1"},
    };
    Fixture *fixture = *state;

    tell(fixture, "gdp,P1,2024,30,e1\ngdp,P2,2024,10,e1\nrate,P1,2024,10,e1\nrate,P2,2024,30,e1\n"
                  "rate,P1,2024,1,e2\nrate,P2,2024,2,e2\n"
                  "gdp,P1,2023,30,e1\ngdp,P2,2023,10,e1\nrate,P1,2023,10,e2\nrate,P2,2023,30,e2\n"
                  "gdp,P1,2022,30,e2\ngdp,P2,2022,10,e2\nrate,P1,2022,2,e2\nrate,P2,2022,4,e2\n"
                  "wage,P1,2024,100,\nwage,P2,2024,300,\nwage,P1,2023,100,\nwage,P2,2023,300,\n"
                  "people,P1,2024,1,p2\npeople,P2,2024,3,p2\npeople,P1,2024,1,p1\n"
                  "people,P2,2024,1,p1\npeople,P1,2023,1,p1\npeople,P2,2023,1,p1\n");
    check(fixture, ROWS, N_ROWS(ROWS));
    assert_text(ask_with(fixture, "rate", "G", "2023", true), "15 mixed");
}

/* What was asked before does not change the answer: editions count that the expression draws on. */
static void test_answers_do_not_depend_on_what_was_asked_before(void **state)
{
    Fixture *fixture = *state;
    Store *store;
    Str alone, after;

    tell(fixture, "gdp,P1,2024,1,e1\nindustry,P1,2024,2,e3\n");
    alone = ask(fixture, "coalesce(gdp, 0)", "P1", "2024");
    store = store_at(fixture, "a.db", STORE_READ);
    Evaluator evaluator = evaluator_new(fixture->arena, fixture->catalog, store, ASK_ALL, false);
    Expr first = compile(fixture, "industry"), second = compile(fixture, "coalesce(gdp, 0)");
    Evaluation evaluation;

    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(evaluate(&evaluator, i == 0 ? &first : &second,
                                  (Frame){PERIOD_YEAR, 2024, 1}, &evaluation, &fixture->diags),
                         OK);
    }
    after = cell_text(fixture, &evaluation, "P1", 2024);
    store_close(store);
    assert_text(alone, "1 e1");
    assert_text(after, "1 e1");
}

static void test_too_many_families(void **state)
{
    Fixture *fixture = *state;
    Store *store;
    Evaluation evaluation;

    tell(fixture, "m3,P1,2024,3,a\nm4,P1,2024,4,a\ngdp,P1,2024,1,e1\npeople,P1,2024,2,p1\n");
    assert_text(ask(fixture, "gdp / people * m3 * m4", "P1", "2024"), "6 e1+p1+a+a");
    store = store_at(fixture, "a.db", STORE_READ);
    Evaluator evaluator = evaluator_new(fixture->arena, fixture->catalog, store, ASK_ALL, false);
    Expr expr = compile(fixture, "gdp / people * m3 * m4 * m5");

    assert_int_equal(
        evaluate(&evaluator, &expr, (Frame){PERIOD_YEAR, 2024, 1}, &evaluation, &fixture->diags),
        ERR_INPUT);
    store_close(store);
    assert_int_equal(fixture->diags.all.at[0].code, LT3106);
}

/* Eight times 100000 years back, for 16 entities and 9 nodes: 115 million cells, more than 64 Mi.
 */
static void test_too_many_cells(void **state)
{
    Fixture *fixture = *state;
    Buf text = buf_new(fixture->arena);
    Store *store;
    Evaluation evaluation;

    tell(fixture, "single,P1,2024,1,\n");
    buf_repeat(&text, STR("lag("), 8);
    buf_add(&text, STR("single"));
    buf_repeat(&text, STR(", 100000y)"), 8);
    store = store_at(fixture, "a.db", STORE_READ);
    Evaluator evaluator = evaluator_new(fixture->arena, fixture->catalog, store, ASK_ALL, false);
    Expr expr = compile(fixture, str_to_z(fixture->arena, buf_str(&text)));

    assert_int_equal(
        evaluate(&evaluator, &expr, (Frame){PERIOD_YEAR, 2024, 1}, &evaluation, &fixture->diags),
        ERR_INPUT);
    store_close(store);
    assert_codes(fixture, "LT3106:0");
}

/* --- the frame --- */

/* Many periods at once give what each gives alone; the past that lag looks at need not be asked
 * for. */
static void test_many_periods_at_once(void **state)
{
    Fixture *fixture = *state;
    static const char *const EXPRESSIONS[] = {"growth(lag(single, 1y), 2y)", "single", "1",
                                              "coalesce(lag(single, 3y), single)"};
    Store *store;

    tell(fixture, "single,P1,2015,1,\nsingle,P1,2017,2,\nsingle,P1,2018,8,\nsingle,P1,2019,10,\n"
                  "single,P1,2020,32,\nsingle,P1,2022,64,\n");
    store = store_at(fixture, "a.db", STORE_READ);
    for (size_t i = 0; i < N_ROWS(EXPRESSIONS); i++) {
        Evaluator evaluator =
            evaluator_new(fixture->arena, fixture->catalog, store, ASK_ALL, false);
        Expr expr = compile(fixture, EXPRESSIONS[i]);
        Evaluation evaluation;

        assert_int_equal(evaluate(&evaluator, &expr, (Frame){PERIOD_YEAR, 2014, 12}, &evaluation,
                                  &fixture->diags),
                         OK);
        for (int year = 2014; year < 2014 + 12; year++) {
            Str period = str_format(fixture->arena, "%d", year);
            Str alone = ask(fixture, EXPRESSIONS[i], "P1", str_to_z(fixture->arena, period));

            assert_text(cell_text(fixture, &evaluation, "P1", year),
                        str_to_z(fixture->arena, alone));
        }
    }
    store_close(store);
    assert_text(ask(fixture, "growth(lag(single, 1y), 2y)", "P1", "2018"), "100");
}

/* As it was known at a moment, and up to a day. */
static void test_asking(void **state)
{
    Fixture *fixture = *state;
    Store *store = store_at(fixture, "a.db", STORE_WRITE);
    static const struct {
        Asking asking;
        const char *want;
    } ROWS[] = {
        {{INT64_MAX, INT64_MAX, false}, "3"},  {{INT64_MAX, 1735750000, false}, "1"},
        {{INT64_MAX, 1735600000, false}, "-"}, {{INT64_MAX, INT64_MAX, true}, "3"},
        {{INT64_MAX, 1735750000, true}, "1"},  {{19722, INT64_MAX, false}, "-"},
        {{20088, INT64_MAX, false}, "3"}, /* 2024-12-31 */
    };

    import_good(fixture, store, "a.csv",
                "measure,entity,period,value,status,known_at\n"
                "single,P1,2024,1,A,2025-01-01\nsingle,P1,2024,3,A,2025-06-01\n"
                "single,P1,2024,9,E,2025-07-01\n");
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Evaluator evaluator =
            evaluator_new(fixture->arena, fixture->catalog, store, ROWS[i].asking, false);
        Expr expr = compile(fixture, "single");
        Evaluation evaluation;

        assert_int_equal(evaluate(&evaluator, &expr, (Frame){PERIOD_YEAR, 2024, 1}, &evaluation,
                                  &fixture->diags),
                         OK);
        assert_text(cell_text(fixture, &evaluation, "P1", 2024), ROWS[i].want);
    }
    store_close(store);
}

/* A store that cannot be read is told, every time it is asked. */
static void test_store_fails(void **state)
{
    Fixture *fixture = *state;
    sqlite3 *db = NULL;
    Store *store;
    Evaluation evaluation;

    tell(fixture, "single,P1,2024,1,\n");
    assert_int_equal(sqlite3_open(z_of(fixture, "a.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE block SET data = x'00'", NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    store = store_at(fixture, "a.db", STORE_READ);
    Evaluator evaluator = evaluator_new(fixture->arena, fixture->catalog, store, ASK_ALL, false);
    Expr expr = compile(fixture, "single");

    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(evaluate(&evaluator, &expr, (Frame){PERIOD_YEAR, 2024, 1}, &evaluation,
                                  &fixture->diags),
                         ERR_RESOURCE);
        assert_codes(fixture, "LT9007:0");
    }
    store_close(store);
}

/* --- where a value comes from --- */

typedef struct {
    Fixture *fixture;
    Buf out;
} Tracing;

static void trace_step(void *context, const TraceStep *step)
{
    static const char *const KINDS[] = {"node", "leaf", "part", "weight", "whole"};
    static const char *const LEAVES[] = {"absent", "told", "sum", "weighted", "bounded"};
    Tracing *tracing = context;
    const Catalog *catalog = tracing->fixture->catalog;
    char period[PERIOD_TEXT];

    buf_repeat(&tracing->out, STR(" "), step->depth);
    buf_format(&tracing->out, "%s %.*s %.*s", KINDS[step->kind],
               STR_ARG(catalog->entities.at[step->entity].id),
               STR_ARG(period_format(step->period, period)));
    if (step->kind == TRACE_NODE) {
        buf_format(&tracing->out, " %s", expr_op_name(step->node->op));
    } else {
        buf_format(&tracing->out, " %.*s", STR_ARG(catalog->measures.at[step->node->measure]->id));
        buf_format(&tracing->out, " %s", LEAVES[step->leaf]);
    }
    if (!interval_is_empty(step->value)) {
        buf_format(&tracing->out, step->value.lo == step->value.hi ? " %.10g" : " %.10g…%.10g",
                   step->value.lo, step->value.hi);
    }
    assert_true((step->cell != NULL) == (step->leaf == LEAF_TOLD));
    buf_char(&tracing->out, '\n');
}

static Str trace_text(Fixture *fixture, const char *text, const char *entity, int year)
{
    Store *store = store_at(fixture, "a.db", STORE_READ);
    Evaluator evaluator = evaluator_new(fixture->arena, fixture->catalog, store, ASK_ALL, false);
    Expr expr = compile(fixture, text);
    Tracing tracing = {fixture, buf_new(fixture->arena)};
    Evaluation evaluation;
    uint8_t pass;

    assert_int_equal(
        evaluate(&evaluator, &expr, (Frame){PERIOD_YEAR, year, 1}, &evaluation, &fixture->diags),
        OK);
    pass = evaluation_pass(&evaluation, fixture->catalog, entity_of(fixture, entity), year);
    trace_cell(&evaluator, &evaluation, &evaluation.passes[pass == PASS_NONE ? 0 : pass],
               entity_of(fixture, entity), year, trace_step, &tracing);
    store_close(store);
    return buf_str(&tracing.out);
}

static void test_trace(void **state)
{
    Fixture *fixture = *state;

    tell(fixture,
         "output,P,2024,100,\noutput,P1a,2024,10,\noutput,P1b,2024,15,\noutput,P3,2024,30,\n"
         "output,P4,2024,20,\nsingle,P1,2024,7,\nsingle,P1,2023,5,\nshare,P1,2024,10,\n"
         "share,P2,2024,30,\noutput,P1,2025,1,\noutput,P2,2025,3,\nshare,P1,2025,10,\n"
         "share,P2,2025,30,\n");
    assert_text(trace_text(fixture, "output", "P3", 2024), "leaf P3 2024 output told 30\n");
    assert_text(trace_text(fixture, "output", "P1", 2024), "leaf P1 2024 output sum 25\n"
                                                           " part P1a 2024 output told 10\n"
                                                           " part P1b 2024 output told 15\n");
    /* the sum of P1's counties is known, but no bound: only what was told bounds */
    assert_text(trace_text(fixture, "output", "H", 2024), "leaf H 2024 output sum 50\n"
                                                          " part P3 2024 output told 30\n"
                                                          " part P4 2024 output told 20\n");
    assert_text(trace_text(fixture, "share", "G", 2025), "leaf G 2025 share weighted 25\n"
                                                         " part P1 2025 share told 10\n"
                                                         "  weight P1 2025 output told 1\n"
                                                         " part P2 2025 share told 30\n"
                                                         "  weight P2 2025 output told 3\n");
    assert_text(trace_text(fixture, "growth(single, 1y) * 2 + 1 %", "P1", 2024),
                "node P1 2024 + 81\n"
                " node P1 2024 * 80\n"
                "  node P1 2024 growth 40\n"
                "   leaf P1 2024 single told 7\n"
                "   leaf P1 2023 single told 5\n");
    assert_text(trace_text(fixture, "coalesce(lag(single, 2y), parent(output))", "P1", 2024),
                "node P1 2024 coalesce 100\n"
                " node P1 2024 parent 100\n"
                "  leaf P 2024 output told 100\n");
    assert_text(trace_text(fixture, "sum(members(single))", "G", 2024),
                "node G 2024 sum\n"
                " node G 2024 members\n"
                "  leaf P1 2024 single told 7\n"
                "  leaf P2 2024 single absent\n");
}

/* The whole and what was taken off it are told of a bounded area. */
static void test_trace_of_bounds(void **state)
{
    Fixture *fixture = *state;

    tell(fixture, "output,P,2024,100,\noutput,P1,2024,25,\noutput,P3,2024,30,\noutput,P4,2024,20,\n"
                  "output,C,2024,1000,\noutput,Q1,2024,4,\n");
    assert_text(trace_text(fixture, "output", "G", 2024), "leaf G 2024 output bounded 48.5…51.5\n"
                                                          " part P1 2024 output told 25\n"
                                                          " part P2 2024 output absent\n"
                                                          " whole P 2024 output told 100\n"
                                                          " whole P3 2024 output told 30\n"
                                                          " whole P4 2024 output told 20\n");
    assert_text(trace_text(fixture, "output", "Q", 2024), "leaf Q 2024 output bounded 899…901\n"
                                                          " part Q1 2024 output told 4\n"
                                                          " part Q2 2024 output absent\n"
                                                          " whole C 2024 output told 1000\n"
                                                          " whole P 2024 output told 100\n");
}

/* A province of cities that are sums themselves is a sum. */
static void test_trace_of_sums_of_sums(void **state)
{
    Fixture *fixture = *state;

    tell(fixture, "trade,P1a,2024,1,\ntrade,P1b,2024,2,\ntrade,P2,2024,3,\ntrade,P3,2024,4,\n"
                  "trade,P4,2024,5,\n");
    assert_text(trace_text(fixture, "trade", "G", 2024), "leaf G 2024 trade sum 6\n"
                                                         " part P1 2024 trade sum\n"
                                                         " part P2 2024 trade told 3\n");
}

/* --- laws --- */

/* True values of all regions in thousandths, parts summing to their wholes, and of the zone. */
static void random_truth(const Catalog *catalog, int64_t least, int64_t *truth, uint64_t *random)
{
    for (size_t i = catalog->entities.n; i-- > 0;) { /* parts come behind their wholes */
        const Entity *entity = &catalog->entities.at[i];

        truth[i] = entity->n_parts == 0 ? random_between(random, least, least + 99999) : 0;
        if (strcmp(str_to_z(catalog->arena, entity->id), "Z") == 0) {
            truth[i] = least;
        }
        for (size_t k = 0; k < entity->n_parts && !entity->is_group; k++) {
            truth[i] += truth[entity->parts[k]];
        }
    }
    for (size_t i = 0; i < catalog->entities.n; i++) {
        for (size_t k = 0; k < catalog->entities.at[i].n_parts && catalog->entities.at[i].is_group;
             k++) {
            truth[i] += truth[catalog->entities.at[i].parts[k]];
        }
    }
}

/* Whatever is left out of a true table that was rounded and published, the range that is given
 * holds the true value. */
static void test_bounds_hold_the_truth(void **state)
{
    Fixture *fixture = *state;
    const Catalog *catalog = fixture->catalog;
    uint64_t random = 20;
    size_t n_bounded = 0, n_points = 0;

    for (int round = 0; round < 150; round++) {
        const char *measure = round % 2 == 0 ? "output" : "floor";
        ArenaMark mark = arena_mark(fixture->arena);
        int64_t truth[32];
        Buf rows = buf_new(fixture->arena);
        Store *store;

        assert_true(catalog->entities.n <= N_ROWS(truth));
        random_truth(catalog, round % 2 == 0 ? 0 : 5000, truth, &random);
        buf_format(&rows, "single,P,2024,0,\n");
        for (size_t i = 0; i < catalog->entities.n; i++) {
            if (random_below(&random, 5) < 3) { /* with one digit after the point, or none */
                int64_t unit = random_below(&random, 2) == 0 ? 100 : 1000;
                int64_t rounded = (truth[i] + unit / 2) / unit;

                buf_format(
                    &rows, unit == 1000 ? "%s,%.*s,2024,%lld,\n" : "%s,%.*s,2024,%lld.%lld,\n",
                    measure, STR_ARG(catalog->entities.at[i].id),
                    (long long)(unit == 1000 ? rounded : rounded / 10), (long long)(rounded % 10));
            }
        }
        (void)unlink(z_of(fixture, "a.db"));
        tell(fixture, str_to_z(fixture->arena, buf_str(&rows)));
        store = store_at(fixture, "a.db", STORE_READ);
        Evaluator evaluator = evaluator_new(fixture->arena, catalog, store, ASK_ALL, false);
        Expr expr = compile(fixture, measure);
        Evaluation evaluation;

        assert_int_equal(evaluate(&evaluator, &expr, (Frame){PERIOD_YEAR, 2024, 1}, &evaluation,
                                  &fixture->diags),
                         OK);
        store_close(store);
        for (uint32_t i = 0; i < catalog->entities.n; i++) {
            double exact = (double)truth[i] / 1000;
            Interval value;

            if (!evaluation_at(&evaluation, catalog, i, 2024, &value)) {
                continue;
            }
            if (value.lo == value.hi) { /* told, or a sum of at most 8 that were */
                n_points++;
                assert_true(fabs(value.lo - exact) <= 8 * 0.5 + 1e-9);
            } else if (!interval_contains(value, exact)) {
                fail_msg("round %d: %g of %.*s is not in %.17g…%.17g\n%.*s", round, exact,
                         STR_ARG(catalog->entities.at[i].id), value.lo, value.hi,
                         STR_ARG(buf_str(&rows)));
            } else {
                n_bounded++;
            }
        }
        arena_release(fixture->arena, mark);
    }
    assert_true(n_bounded > 100 && n_points > 100);
}

/* --- columns and cells: a second evaluation, one cell at a time --- */

enum { N_TIMES = 8, N_ENTITIES = 16, N_DRAWN = 7, N_EDITIONS = 3 };

static const char *const DRAWN[N_DRAWN] = {"trade", "single", "heads", "income",
                                           "drift", "small",  "people"};

typedef struct {
    const Catalog *catalog;
    PeriodKind kind;
    int64_t first;                                         /* the period of the first time */
    double told[N_DRAWN][N_EDITIONS][N_ENTITIES][N_TIMES]; /* NAN: not told */
} Table;

typedef struct {
    const Table *table;
    const Expr *expr;
    size_t edition; /* of people; N_EDITIONS: the newest there is */
} Naive;

static double naive_node(const Naive *naive, size_t node, uint32_t entity, int64_t time);

static double naive_told(const Naive *naive, size_t drawn, uint32_t entity, int64_t time)
{
    bool has_editions = drawn == N_DRAWN - 1;

    if (time < 0 || time >= N_TIMES) {
        return NAN;
    }
    for (size_t edition = N_EDITIONS; edition-- > 0;) {
        double value = naive->table->told[drawn][edition][entity][time];

        if (!isnan(value) &&
            (!has_editions || naive->edition == N_EDITIONS || naive->edition == edition)) {
            return value;
        }
    }
    return NAN;
}

static double naive_leaf(const Naive *naive, uint32_t measure, uint32_t entity, int64_t time)
{
    const Measure *info = naive->table->catalog->measures.at[measure];
    const Entity *area = &naive->table->catalog->entities.at[entity];
    size_t drawn = 0;
    double sum = 0, weights = 0;

    while (!str_eq(info->id, str_z(DRAWN[drawn]))) {
        drawn++;
    }
    sum = naive_told(naive, drawn, entity, time);
    if (!isnan(sum) || info->area == AREA_NONE || area->n_parts == 0) {
        return sum;
    }
    sum = 0;
    for (size_t i = 0; i < area->n_parts; i++) {
        Naive inner = {naive->table, &info->weight, naive->edition};
        double value = naive_leaf(naive, measure, area->parts[i], time), weight = 1;

        if (info->area == AREA_WEIGHTED) {
            weight = naive_node(&inner, info->weight.n_nodes - 1, area->parts[i], time);
        }
        if (isnan(value) || !(weight >= 0)) {
            return NAN;
        }
        sum += weight * value;
        weights += weight;
    }
    return info->area == AREA_SUM ? sum : weights > 0 ? sum / weights : (double)NAN;
}

static double naive_aggregate(const Naive *naive, const ExprNode *node, uint32_t entity,
                              int64_t time)
{
    const Entity *area = &naive->table->catalog->entities.at[entity];
    double sum = 0, least = INFINITY, most = -INFINITY;
    size_t n = 0;

    for (size_t i = 0; i < area->n_parts; i++) {
        double value = naive_node(naive, node->a, area->parts[i], time);

        if (!isnan(value)) {
            n++;
            sum += value;
            least = value < least ? value : least;
            most = value > most ? value : most;
        }
    }
    if (area->n_parts == 0) {
        return NAN;
    }
    if (node->op == EXPR_COUNT) {
        return (double)n;
    }
    return n < area->n_parts       ? (double)NAN
           : node->op == EXPR_SUM  ? sum
           : node->op == EXPR_MEAN ? sum / (double)n
           : node->op == EXPR_MIN  ? least
                                   : most;
}

static double naive_past(const Naive *naive, const ExprNode *node, uint32_t entity, int64_t time)
{
    double now = naive_node(naive, node->a, entity, time);
    double then =
        naive_node(naive, node->a, entity, time - duration_in(node->duration, naive->table->kind));
    double years = (double)duration_in(node->duration, PERIOD_MONTH) / 12;

    if (node->op == EXPR_LAG) {
        return then;
    }
    if (isnan(now) || !(then > 0) || now < 0) {
        return NAN;
    }
    return node->op == EXPR_GROWTH ? (now / then - 1) * 100
                                   : (pow(now / then, 1 / years) - 1) * 100;
}

static double naive_binary(ExprOp op, double a, double b)
{
    if (isnan(a) || isnan(b) || (op == EXPR_DIV && b == 0)) {
        return NAN;
    }
    switch (op) {
    case EXPR_ADD: return a + b;
    case EXPR_SUB: return a - b;
    case EXPR_MUL: return a * b;
    case EXPR_DIV: return a / b;
    case EXPR_LT: return a < b;
    case EXPR_LE: return a <= b;
    case EXPR_GT: return a > b;
    case EXPR_GE: return a >= b;
    case EXPR_EQ: return a == b;
    default: return a != b;
    }
}

static double naive_node(const Naive *naive, size_t index, uint32_t entity, int64_t time)
{
    const ExprNode *node = &naive->expr->nodes[index];
    uint32_t parent = naive->table->catalog->entities.at[entity].parent;
    double a, b;

    switch (node->op) {
    case EXPR_NUMBER: return node->number;
    case EXPR_MEASURE: return naive_leaf(naive, node->measure, entity, time);
    case EXPR_NEG: return -naive_node(naive, node->a, entity, time);
    case EXPR_MEMBERS: return naive_node(naive, node->a, entity, time);
    case EXPR_PARENT:
        return parent == NONE ? (double)NAN : naive_node(naive, node->a, parent, time);
    case EXPR_SUM:
    case EXPR_MEAN:
    case EXPR_MIN:
    case EXPR_MAX:
    case EXPR_COUNT: return naive_aggregate(naive, node, entity, time);
    case EXPR_LAG:
    case EXPR_GROWTH:
    case EXPR_CAGR: return naive_past(naive, node, entity, time);
    case EXPR_COALESCE:
        a = naive_node(naive, node->a, entity, time);
        return isnan(a) ? naive_node(naive, node->b, entity, time) * node->number : a;
    default:
        a = naive_node(naive, node->a, entity, time);
        b = naive_node(naive, node->b, entity, time);
        return naive_binary(node->op, a,
                            node->op == EXPR_MUL || node->op == EXPR_DIV ? b : b * node->number);
    }
}

/* Small numbers, with zeros and signs, of which many are missing; and the same in a store. */
static void random_table(Fixture *fixture, Table *table, uint64_t *random)
{
    static const char *const EDITIONS[N_EDITIONS] = {"", "p1", "p2"};
    Buf rows = buf_new(fixture->arena);

    table->catalog = fixture->catalog;
    table->kind = random_below(random, 2) == 0 ? PERIOD_YEAR : PERIOD_QUARTER;
    table->first = period_convert(period_year(2015), table->kind).n;
    for (size_t m = 0; m < N_DRAWN; m++) {
        for (size_t edition = 0; edition < N_EDITIONS; edition++) {
            size_t known = random_below(random, 10); /* of 10 */

            for (size_t e = 0; e < N_ENTITIES; e++) {
                for (size_t t = 0; t < N_TIMES; t++) {
                    int64_t halves = random_between(random, -6, 30);
                    char period[PERIOD_TEXT];

                    table->told[m][edition][e][t] = NAN;
                    if ((edition > 0 && m != N_DRAWN - 1) || random_below(random, 10) >= known) {
                        continue;
                    }
                    table->told[m][edition][e][t] = (double)halves / 2;
                    buf_format(&rows, "%s,%.*s,%.*s,%.1f,%s\n", DRAWN[m],
                               STR_ARG(fixture->catalog->entities.at[e].id),
                               STR_ARG(period_format(
                                   (Period){table->kind, table->first + (int64_t)t}, period)),
                               (double)halves / 2, EDITIONS[edition]);
                }
            }
        }
    }
    (void)unlink(z_of(fixture, "a.db"));
    tell(fixture, str_to_z(fixture->arena, buf_str(&rows)));
}

typedef struct {
    ExprNode nodes[200];
    size_t n;
} Draft;

/* Adds a random expression of that depth; the index of its root. */
static uint32_t random_node(const Table *table, Draft *draft, unsigned depth, uint64_t *random)
{
    static const double FACTORS[] = {1, 1, 1, 10, 0.5};
    ExprNode node = {.op = (ExprOp)random_below(random, EXPR_N_OPS), .number = 1};

    if (depth == 0 || node.op == EXPR_MEMBERS) {
        node.op = random_below(random, 5) == 0 ? EXPR_NUMBER : EXPR_MEASURE;
    }
    if (node.op == EXPR_MEASURE) {
        node.measure = catalog_measure(table->catalog, str_z(DRAWN[random_below(random, N_DRAWN)]));
    } else if (node.op == EXPR_NUMBER) {
        node.number = (double)random_between(random, -3, 5);
    } else {
        node.a = random_node(table, draft, depth - 1, random);
        if (expr_is_aggregate(node.op)) {
            draft->nodes[draft->n] = (ExprNode){.op = EXPR_MEMBERS, .a = node.a, .number = 1};
            node.a = (uint32_t)draft->n++;
        }
        if (expr_operands(node.op) > 1) {
            node.number = FACTORS[random_below(random, N_ROWS(FACTORS))];
            node.b = random_node(table, draft, depth - 1, random);
        }
        node.duration = table->kind == PERIOD_YEAR || random_below(random, 2) == 0
                            ? (Duration){PERIOD_YEAR, random_between(random, 1, 2)}
                            : (Duration){PERIOD_QUARTER, random_between(random, 1, 3)};
    }
    assert_true(draft->n < N_ROWS(draft->nodes));
    draft->nodes[draft->n] = node;
    return (uint32_t)draft->n++;
}

/* Which editions of people an expression meets, its weights included (none of them draws on it). */
static void editions_met(const Table *table, const Expr *expr, bool met[N_EDITIONS])
{
    for (size_t i = 0; i < expr->n_nodes; i++) {
        if (expr->nodes[i].op == EXPR_MEASURE &&
            str_eq(table->catalog->measures.at[expr->nodes[i].measure]->id, STR("people"))) {
            for (size_t edition = 0; edition < N_EDITIONS; edition++) {
                for (size_t e = 0; e < N_ENTITIES * N_TIMES; e++) {
                    met[edition] |=
                        !isnan(table->told[N_DRAWN - 1][edition][e / N_TIMES][e % N_TIMES]);
                }
            }
        }
    }
}

static void assert_near(double got, double want, const char *what)
{
    if (!(got == want || fabs(got - want) <= 1e-11 * fabs(want) + 1e-11)) {
        fail_msg("%s: got %.17g, want %.17g", what, got, want);
    }
}

/* The value of a cell in the newest edition that gives it one, or in all of them together. */
static void check_cell(const Evaluation *evaluation, const Table *table, bool mix, uint32_t entity,
                       int64_t time)
{
    Naive naive = {table, evaluation->expr, 0};
    bool met[N_EDITIONS] = {false}, there, only_mixed = false;
    size_t root = evaluation->expr->n_nodes - 1, n_met = 0;
    double want = NAN;
    Interval got;

    editions_met(table, evaluation->expr, met);
    for (size_t edition = N_EDITIONS; edition-- > 0;) {
        naive.edition = edition;
        n_met += met[edition];
        if (met[edition] && isnan(want)) {
            want = naive_node(&naive, root, entity, time);
        }
    }
    if (n_met == 0) {
        want = naive_node(&naive, root, entity, time);
    }
    if (isnan(want) && n_met > 1) {
        naive.edition = N_EDITIONS;
        want = naive_node(&naive, root, entity, time);
        only_mixed = !isnan(want) && !mix;
        want = mix ? want : (double)NAN;
    }
    there = evaluation_at(evaluation, table->catalog, entity, table->first + time, &got);
    assert_int_equal(there, !isnan(want));
    assert_int_equal(evaluation->only_mixed[frame_index(evaluation->frame, table->catalog, entity,
                                                        table->first + time)],
                     only_mixed);
    if (there) {
        assert_true(got.lo == got.hi);
        assert_near(got.lo, want, "cell");
    }
}

static void test_columns_are_cells(void **state)
{
    enum { SKIPPED = 2 }; /* the frame begins later than the data */
    Fixture *fixture = *state;
    uint64_t random = 31;
    size_t n_values = 0;

    assert_int_equal(fixture->catalog->entities.n, N_ENTITIES);
    for (int round = 0; round < 40; round++) {
        ArenaMark mark = arena_mark(fixture->arena);
        Table *table = ARENA_NEW(fixture->arena, Table);
        Store *store;

        random_table(fixture, table, &random);
        store = store_at(fixture, "a.db", STORE_READ);
        for (int k = 0; k < 25; k++) {
            bool mix = random_below(&random, 2) == 0;
            Evaluator evaluator =
                evaluator_new(fixture->arena, fixture->catalog, store, ASK_ALL, mix);
            Draft *draft = ARENA_NEW(fixture->arena, Draft);
            Frame frame = {table->kind, table->first + SKIPPED, N_TIMES - SKIPPED};
            Evaluation evaluation;
            Expr expr;

            (void)random_node(table, draft, (unsigned)random_below(&random, 5), &random);
            expr = (Expr){STR(""), draft->nodes, draft->n};
            assert_int_equal(evaluate(&evaluator, &expr, frame, &evaluation, &fixture->diags), OK);
            for (uint32_t e = 0; e < N_ENTITIES; e++) {
                for (int64_t t = SKIPPED; t < N_TIMES; t++) {
                    check_cell(&evaluation, table, mix, e, t);
                    n_values += evaluation_pass(&evaluation, fixture->catalog, e,
                                                table->first + t) != PASS_NONE;
                }
            }
        }
        store_close(store);
        arena_release(fixture->arena, mark);
    }
    assert_true(n_values > 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_sums),
        TEST(test_missing_is_not_zero),
        TEST(test_bounds),
        TEST(test_bounds_of_other_areas),
        TEST(test_lower_bound_from_the_whole),
        TEST(test_parts_exceed_the_whole),
        TEST(test_weighted_means),
        TEST(test_means_of_means),
        TEST(test_weights_that_are_ranges),
        TEST(test_arithmetic),
        TEST(test_comparisons),
        TEST(test_comparisons_at_the_edge),
        TEST(test_arithmetic_of_intervals),
        TEST(test_growth_from_an_uncertain_sign),
        TEST(test_parent),
        TEST(test_time),
        TEST(test_durations_that_do_not_fit),
        TEST(test_coalesce),
        TEST(test_coalesce_of_ranges),
        TEST(test_aggregates),
        TEST(test_newest_edition),
        TEST(test_point_before_interval),
        TEST(test_editions_are_not_mixed),
        TEST(test_several_families),
        TEST(test_editions_of_weights),
        TEST(test_answers_do_not_depend_on_what_was_asked_before),
        TEST(test_too_many_families),
        TEST(test_too_many_cells),
        TEST(test_many_periods_at_once),
        TEST(test_asking),
        TEST(test_store_fails),
        TEST(test_trace),
        TEST(test_trace_of_bounds),
        TEST(test_trace_of_sums_of_sums),
        TEST(test_bounds_hold_the_truth),
        TEST(test_columns_are_cells),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
