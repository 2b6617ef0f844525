/* Tests of Assess: targets of a small plan against a small store; what is expected is worked out by
 * hand. */
#include "facts/test_facts.h"

#include "assess/assess.h"

static const char DICTIONARY[] =
    "dictionary: test\n"
    "regions:\n"
    "  - {code: C, name: {zh: 国, en: Country}, level: country}\n"
    "  - {code: P, name: {zh: 省, en: P}, parent: C, level: province}\n"
    "  - {code: P1, name: {zh: 一, en: P1}, parent: P, level: prefecture}\n"
    "  - {code: P2, name: {zh: 二, en: P2}, parent: P, level: prefecture}\n"
    "  - {code: P3, name: {zh: 三, en: P3}, parent: P, level: prefecture}\n"
    "  - {code: P4, name: {zh: 四, en: P4}, parent: P, level: prefecture}\n"
    "groups:\n"
    "  - {id: G, name: {zh: 圈, en: Circle}, members: [P1, P2]}\n"
    "vintages:\n"
    "  - id: economic\n"
    "    name: {zh: 经普, en: economic}\n"
    "    editions: [{id: e1, name: {zh: 一, en: e1}}, {id: e2, name: {zh: 二, en: e2}}]\n"
    "measures:\n"
    "  - {id: output, name: {zh: 产出, en: output}, unit: 亿元, area: none}\n"
    "  - {id: waste, name: {zh: 废物, en: waste}, unit: 亿元, area: none}\n"
    "  - {id: count, name: {zh: 个数, en: number}, unit: 个, area: none}\n"
    "  - {id: total, name: {zh: 总量, en: total}, unit: 亿元, area: sum, least: 0}\n"
    "  - {id: energy, name: {zh: 能耗, en: energy}, unit: 亿元, area: sum, least: 0}\n"
    "  - {id: gdp, name: {zh: 产值, en: gdp}, unit: 亿元, area: none, vintage: economic}\n"
    "  - {id: pace, name: {zh: 增速, en: pace}, unit: '%', area: none, vintage: economic}\n"
    "  - {id: mean_pace, name: {zh: 年均增速, en: mean pace}, unit: '%', area: none}\n"
    "indicators:\n"
    "  - {id: output, name: {zh: 产出, en: output}, unit: 亿元, direction: higher}\n"
    "  - {id: waste, name: {zh: 废物, en: waste}, unit: 亿元, direction: lower}\n"
    "  - {id: count, name: {zh: 个数, en: number}, unit: 个, direction: none}\n"
    "  - {id: total, name: {zh: 总量, en: total}, unit: 亿元, direction: higher}\n"
    "  - {id: energy, name: {zh: 能耗, en: energy}, unit: 亿元, direction: lower}\n"
    "  - {id: gdp, name: {zh: 产值, en: gdp}, unit: 亿元, direction: higher}\n"
    "  - {id: rise, name: {zh: 增量, en: rise}, unit: 亿元, direction: higher, "
    "formula: 'gdp - lag(gdp, 1y)'}\n"
    "  - {id: pace, name: {zh: 增速, en: pace}, unit: '%', direction: higher, "
    "average: mean_pace, average_since: 2020}\n";

static int set_up_assess(void **state)
{
    int result = set_up(state);

    if (result == 0) {
        ((Fixture *)*state)->catalog = catalog_from(*state, DICTIONARY);
    }
    return result;
}

#undef TEST
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up_assess, tear_down)

/* Reads a plan of 2021 to 2025 with one target, given as a YAML flow without its braces, and facts
 * likewise in brackets. */
static Plan *plan_of(Fixture *fixture, const char *target, const char *facts)
{
    Plan *plan = ARENA_NEW(fixture->arena, Plan);
    Str text = str_format(fixture->arena,
                          "plan: p\ntitle: t\nperiod: [2021, 2025]\narea: {group: G}\n"
                          "facts: [%s]\ntargets: [{%s}]\n",
                          facts == NULL ? "" : facts, target);
    YamlDoc doc;

    if (yaml_read(fixture->arena, (Source){STR("plan.yaml"), text}, &doc, &fixture->diags) != OK ||
        plan_read(fixture->arena, &doc, plan, &fixture->diags) != OK) {
        fail_msg("%s: %.*s", target, STR_ARG(codes_of(fixture->arena, &fixture->diags)));
    }
    return plan;
}

static int64_t day_of(const char *text)
{
    Period period;

    assert_true(period_parse(str_z(text), &period));
    assert_int_equal(period.kind, PERIOD_DAY);
    return period.n;
}

typedef struct {
    const char *target, *facts;
    const char *data; /* “measure,entity,period,value,vintage,status” lines */
    const char *as_of, *want;
    bool mix;
} Case;

/* Assesses the one target with the methods given. */
static Assessment *assess_with(Fixture *fixture, const Case *row, AssessOptions options)
{
    const Plan *plan = plan_of(fixture, row->target, row->facts);
    Store *store;
    Evaluator evaluator;
    Assessment *out = NULL;

    (void)unlink(z_of(fixture, "a.db"));
    store = store_at(fixture, "a.db", STORE_WRITE);
    import_good(fixture, store, "a.csv",
                str_to_z(fixture->arena,
                         str_format(fixture->arena,
                                    "measure,entity,period,value,vintage,status\n%s", row->data)));
    options.as_of = day_of(row->as_of);
    evaluator = evaluator_new(
        fixture->arena, fixture->catalog, store,
        (Asking){.as_of = options.as_of, .known_at = INT64_MAX, .estimates = false}, row->mix);
    assert_int_equal(assess_plan(&evaluator, plan, &options, &out, &fixture->diags), OK);
    store_close(store);
    assert_codes(fixture, "");
    return out;
}

static Assessment *assess_one(Fixture *fixture, const Case *row)
{
    return assess_with(fixture, row, (AssessOptions){.methods = {true, true, true, true}});
}

static void add_number(Buf *out, const char *word, double value, Str edition)
{
    if (!isnan(value)) {
        buf_format(out, " %s %.5g", word, value);
        buf_format(out, edition.len > 0 ? "/%.*s" : "%.*s", STR_ARG(edition));
    }
}

/* “status proven remark actual 1…2@2023/edition base 1/edition done share lead points grade needs
 * measure/entity/year”, without what there is not. */
static Str verdict(Fixture *fixture, const Assessment *assessment)
{
    const Catalog *catalog = fixture->catalog;
    Buf out = buf_new(fixture->arena);

    buf_format(&out, "%s%s", status_word(assessment->status), assessment->proven ? " proven" : "");
    buf_format(&out, assessment->remark == REMARK_NONE ? "%s" : " %s",
               remark_word(assessment->remark));
    if (!interval_is_empty(assessment->actual)) {
        buf_format(&out, " actual %.5g", assessment->actual.lo);
        if (assessment->actual.lo < assessment->actual.hi) {
            buf_format(&out, "…%.5g", assessment->actual.hi);
        }
        buf_format(&out, "@%d", (int)assessment->actual_year);
        buf_format(&out, assessment->actual_edition.len > 0 ? "/%.*s" : "%.*s",
                   STR_ARG(assessment->actual_edition));
    }
    add_number(&out, "base", assessment->baseline, assessment->baseline_edition);
    add_number(&out, "done", assessment->progress, STR(""));
    add_number(&out, "lead", fabs(assessment->lead) < 1e-9 ? 0 : assessment->lead, STR(""));
    if (assessment->grade != GRADE_NONE) {
        buf_format(&out, ", %.*s", STR_ARG(grade_text(assessment->grade).en));
    }
    for (size_t i = 0; i < assessment->n_missing; i++) {
        const Missing *missing = &assessment->missing[i];

        buf_format(&out, "%s%.*s/%.*s/%d", i == 0 ? " needs " : " ",
                   STR_ARG(catalog->measures.at[missing->measure]->id),
                   STR_ARG(catalog->entities.at[missing->entity].id), (int)missing->year);
    }
    return buf_str(&out);
}

static void check(Fixture *fixture, const Case *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        Str got = verdict(fixture, assess_one(fixture, &rows[i]));

        if (!str_eq(got, str_z(rows[i].want))) {
            fail_msg("%s\n%sgot  %.*s\nwant %s", rows[i].target, rows[i].data, STR_ARG(got),
                     rows[i].want);
        }
    }
}

static void near(double actual, double expected, double tolerance)
{
    if (!(fabs(actual - expected) <= tolerance)) {
        fail_msg("%.17g is not %.17g within %g", actual, expected, tolerance);
    }
}

#define AT_LEAST_150 "indicator: output, region: P1, comparator: '>=', value: 150, year: 2025"
#define BASE_100 "output,P1,2020,100,,\n"

/* --- levels --- */

/* From 100 to 150 in five years; by 2023 three of them have gone. */
static void test_levels(void **state)
{
    static const Case ROWS[] = {
        {AT_LEAST_150, NULL, BASE_100 "output,P1,2023,130,,\n", "2023-12-31",
         "on_track actual 130@2023 base 100 done 0.6 lead 0, as expected", false},
        {AT_LEAST_150, NULL, BASE_100 "output,P1,2023,140,,\n", "2023-12-31",
         "on_track actual 140@2023 base 100 done 0.8 lead 20, faster than expected", false},
        /* 0.4 is more than half of 0.6 */
        {AT_LEAST_150, NULL, BASE_100 "output,P1,2023,120,,\n", "2023-12-31",
         "behind actual 120@2023 base 100 done 0.4 lead -20, lagging", false},
        {AT_LEAST_150, NULL, BASE_100 "output,P1,2023,110,,\n", "2023-12-31",
         "off_track actual 110@2023 base 100 done 0.2 lead -40, lagging", false},
        {AT_LEAST_150, NULL, BASE_100 "output,P1,2023,95,,\n", "2023-12-31",
         "off_track actual 95@2023 base 100 done -0.1 lead -70, lagging", false},
        /* early */
        {AT_LEAST_150, NULL, BASE_100 "output,P1,2023,155,,\n", "2023-12-31",
         "attained actual 155@2023 base 100 done 1.1 lead 50, early", false},
        /* at the end */
        {AT_LEAST_150, NULL, BASE_100 "output,P1,2025,150,,\n", "2025-12-31",
         "attained actual 150@2025 base 100 done 1 lead 0, early", false},
        {AT_LEAST_150, NULL, BASE_100 "output,P1,2025,149,,\n", "2025-12-31",
         "missed actual 149@2025 base 100 done 0.98 lead -2, as expected", false},
        {AT_LEAST_150, NULL, BASE_100 "output,P1,2024,140,,\n", "2025-12-31",
         "on_track not_yet actual 140@2024 base 100 done 0.8 lead 0, as expected "
         "needs output/P1/2025",
         false},
        /* what ends after the day is not there yet */
        {AT_LEAST_150, NULL, BASE_100 "output,P1,2022,120,,\noutput,P1,2023,150,,\n", "2023-12-30",
         "on_track actual 120@2022 base 100 done 0.4 lead 0, as expected", false},
        /* an estimate is no actual */
        {AT_LEAST_150, NULL, BASE_100 "output,P1,2022,120,,\noutput,P1,2023,150,,E\n", "2023-12-31",
         "on_track actual 120@2022 base 100 done 0.4 lead 0, as expected needs output/P1/2023",
         false},
        {AT_LEAST_150, NULL, BASE_100 "output,P1,2023,150,,E\n", "2023-12-31",
         "no_data no_value base 100 needs output/P1/2023", false},
        /* the plan's own numbers: of the target, of a fact */
        {AT_LEAST_150 ", baseline: 50", NULL, BASE_100 "output,P1,2023,110,,\n", "2023-12-31",
         "on_track actual 110@2023 base 50 done 0.6 lead 0, as expected", false},
        {AT_LEAST_150, "{indicator: output, region: P1, value: 500000, unit: 万元, period: 2020}",
         BASE_100 "output,P1,2023,110,,\n", "2023-12-31",
         "on_track actual 110@2023 base 50 done 0.6 lead 0, as expected", false},
        /* without a baseline there is no progress, whichever way is better */
        {AT_LEAST_150, NULL, "output,P1,2023,130,,\n", "2023-12-31",
         "no_data no_baseline actual 130@2023", false},
        {"indicator: waste, region: P1, comparator: '<=', value: 50, year: 2025", NULL,
         "waste,P1,2023,60,,\n", "2023-12-31", "no_data no_baseline actual 60@2023", false},
        {AT_LEAST_150, NULL, "output,P1,2023,150,,\n", "2023-12-31",
         "attained no_baseline actual 150@2023", false},
        {"indicator: other, region: P1, comparator: '>=', value: 150, year: 2025", NULL, BASE_100,
         "2023-12-31", "no_data no_indicator", false},
    };

    check(*state, ROWS, N_ROWS(ROWS));
}

/* A floor or ceiling that held at the base: kept or broken, but no way to go. */
static void test_floors(void **state)
{
    static const Case ROWS[] = {
        {AT_LEAST_150, NULL, "output,P1,2020,160,,\noutput,P1,2023,155,,\n", "2023-12-31",
         "attained actual 155@2023 base 160, early", false},
        {AT_LEAST_150, NULL, "output,P1,2020,160,,\noutput,P1,2023,149,,\n", "2023-12-31",
         "behind actual 149@2023 base 160, lagging", false},
        {AT_LEAST_150, NULL, "output,P1,2020,160,,\noutput,P1,2025,149,,\n", "2025-12-31",
         "missed actual 149@2025 base 160, lagging", false},
        {"indicator: waste, region: P1, comparator: '<=', value: 50, year: 2025", NULL,
         "waste,P1,2020,40,,\nwaste,P1,2023,51,,\n", "2023-12-31",
         "behind actual 51@2023 base 40, lagging", false},
        /* the target is the baseline */
        {AT_LEAST_150, NULL, "output,P1,2020,150,,\noutput,P1,2023,149,,\n", "2023-12-31",
         "behind actual 149@2023 base 150, lagging", false},
        {AT_LEAST_150, NULL, "output,P1,2020,150,,\noutput,P1,2023,150,,\n", "2023-12-31",
         "attained actual 150@2023 base 150, early", false},
        {"indicator: count, region: P1, comparator: '=', value: 10, year: 2025", NULL,
         "count,P1,2020,10,,\ncount,P1,2023,9,,\n", "2023-12-31",
         "behind actual 9@2023 base 10, lagging", false},
    };

    check(*state, ROWS, N_ROWS(ROWS));
}

/* Neither more nor less is better: what prints as the number meets it. */
static void test_equal(void **state)
{
#define EQUAL_10 "indicator: count, region: P1, comparator: '=', value: 10, year: 2025"
    static const Case ROWS[] = {
        {EQUAL_10, NULL, "count,P1,2020,4,,\ncount,P1,2023,7,,\n", "2023-12-31",
         "behind actual 7@2023 base 4 done 0.5 lead -10, lagging", false},
        {EQUAL_10, NULL, "count,P1,2020,4,,\ncount,P1,2023,7.6,,\n", "2023-12-31",
         "on_track actual 7.6@2023 base 4 done 0.6 lead 0, as expected", false},
        {EQUAL_10, NULL, "count,P1,2020,4,,\ncount,P1,2025,10.4,,\n", "2025-12-31",
         "attained actual 10.4@2025 base 4 done 1.0667 lead 6.6667, early", false},
        {EQUAL_10, NULL, "count,P1,2020,4,,\ncount,P1,2025,9.4,,\n", "2025-12-31",
         "missed actual 9.4@2025 base 4 done 0.9 lead -10, lagging", false},
        {EQUAL_10, NULL, "count,P1,2020,20,,\ncount,P1,2023,14,,\n", "2023-12-31",
         "on_track actual 14@2023 base 20 done 0.6 lead 0, as expected", false},
    };

    check(*state, ROWS, N_ROWS(ROWS));
#undef EQUAL_10
}

/* About 200 is 190 and more; about 10, where neither way is better, 9.5 to 10.5. */
static void test_about(void **state)
{
#define ABOUT_200 "indicator: output, region: P1, comparator: '~', value: 200, year: 2025"
#define ABOUT_10 "indicator: count, region: P1, comparator: '~', value: 10, year: 2025"
    static const Case ROWS[] = {
        /* 54 of 90 */
        {ABOUT_200, NULL, BASE_100 "output,P1,2023,154,,\n", "2023-12-31",
         "on_track actual 154@2023 base 100 done 0.6 lead 0, as expected", false},
        {ABOUT_200, NULL, BASE_100 "output,P1,2023,190,,\n", "2023-12-31",
         "attained actual 190@2023 base 100 done 1 lead 40, early", false},
        {ABOUT_200, NULL, BASE_100 "output,P1,2025,189,,\n", "2025-12-31",
         "missed actual 189@2025 base 100 done 0.98889 lead -1.1111, as expected", false},
        /* 3.3 of 5.5 from below, and from above */
        {ABOUT_10, NULL, "count,P1,2020,4,,\ncount,P1,2023,7.3,,\n", "2023-12-31",
         "on_track actual 7.3@2023 base 4 done 0.6 lead 0, as expected", false},
        {ABOUT_10, NULL, "count,P1,2020,16,,\ncount,P1,2023,12.7,,\n", "2023-12-31",
         "on_track actual 12.7@2023 base 16 done 0.6 lead 0, as expected", false},
        {ABOUT_10, NULL, "count,P1,2020,4,,\ncount,P1,2023,9.5,,\n", "2023-12-31",
         "attained actual 9.5@2023 base 4 done 1 lead 40, early", false},
        {ABOUT_10, NULL, "count,P1,2020,4,,\ncount,P1,2025,10.6,,\n", "2025-12-31",
         "missed actual 10.6@2025 base 4 done 1.2 lead 20, early", false},
        /* the base is about it already */
        {ABOUT_10, NULL, "count,P1,2020,9.8,,\ncount,P1,2023,9,,\n", "2023-12-31",
         "behind actual 9@2023 base 9.8, lagging", false},
    };
    static const size_t MET[] = {1, 5};

    check(*state, ROWS, N_ROWS(ROWS));
    for (size_t i = 0; i < N_ROWS(MET); i++) { /* the methods see it met as well */
        const Assessment *out = assess_one(*state, &ROWS[MET[i]]);

        assert_int_equal(out->methods[METHOD_EUROSTAT].eurostat.trend, TREND_ACHIEVED);
        near(out->methods[METHOD_ESCAP].escap.status, 10, 1e-12);
        assert_int_equal(out->methods[METHOD_UNSD].unsd.class, UNSD_ON_TRACK);
        assert_false(out->disagree);
    }
#undef ABOUT_200
#undef ABOUT_10
}

/* --- growth and change --- */

/* An average growth is a chain of annual rates in one edition. Three years at 8, 7, 6 %:
 * 1.08 x 1.07 x 1.06 = 1.224936, whose third root is 1.069969; ln 1.224936 / (5 ln 1.065) =
 * 0.2028886 / 0.3148740. */
static void test_average_growth(void **state)
{
#define PACE                                                                                       \
    "indicator: pace, region: P1, comparator: '>=', value: 6.5, unit: '%', year: 2025, "           \
    "kind: annual_growth"
    static const Case ROWS[] = {
        {PACE, NULL, "pace,P1,2021,8,e1,\npace,P1,2022,7,e1,\npace,P1,2023,6,e1,\n", "2023-12-31",
         "on_track actual 6.9969@2023/e1 done 0.64435 lead 4.4349, as expected", false},
        /* 2023 is of another edition: 1.08 x 1.07 = 1.1556, square root 1.0749884; 0.1446197 /
         * 0.3148740 of two fifths */
        {PACE, NULL,
         "pace,P1,2021,8,e1,\npace,P1,2022,7,e1,\npace,P1,2022,7,e2,\npace,P1,2023,6,e2,\n",
         "2023-12-31", "on_track actual 7.4988@2022/e1 done 0.45929 lead 5.9294, as expected",
         false},
        /* the same with editions mixed */
        {PACE, NULL,
         "pace,P1,2021,8,e1,\npace,P1,2022,7,e1,\npace,P1,2022,7,e2,\npace,P1,2023,6,e2,\n",
         "2023-12-31", "on_track actual 6.9969@2023/e2 done 0.64435 lead 4.4349, as expected",
         true},
        /* a year is missing */
        {PACE, NULL, "pace,P1,2022,7,e1,\npace,P1,2023,6,e1,\n", "2023-12-31",
         "no_data no_value needs pace/P1/2021", false},
        /* a published average since 2020: 3 ln 1.06 / (5 ln 1.065) = 0.1748067 / 0.3148740 */
        {PACE, NULL, "mean_pace,P1,2023,6,,\n", "2023-12-31",
         "on_track actual 6@2023 done 0.55516 lead -4.4836, as expected "
         "needs pace/P1/2021 pace/P1/2022 pace/P1/2023",
         false},
        /* which says nothing of an average since 2019 */
        {PACE ", baseline_year: 2019", NULL, "mean_pace,P1,2023,6,,\n", "2023-12-31",
         "no_data no_value needs pace/P1/2020 pace/P1/2021 pace/P1/2022 pace/P1/2023", false},
        /* only over when all years are */
        {PACE, NULL, "mean_pace,P1,2025,6.5,,\n", "2025-12-31",
         "attained actual 6.5@2025 done 1 lead 0, early", false},
    };

    check(*state, ROWS, N_ROWS(ROWS));
#undef PACE
}

#define CHANGE(value)                                                                              \
    "indicator: energy, comparator: '<=', value: " value                                           \
    ", unit: '%', year: 2025, kind: cumulative_change"
/* 99.5 - 10.5 - 10.5 = 78.5; 100.5 - 9.5 - 9.5 = 81.5 are left for G in that year */
#define RANGE(measure, year)                                                                       \
    measure ",P," year ",100,,\n" measure ",P1," year ",20,,\n" measure ",P3," year                \
            ",10,,\n" measure ",P4," year ",10,,\n"

/* A fall by 10 % where 16 % are asked for: ln 0.9 / ln 0.84 = 0.1053605 / 0.1743534. */
static void test_cumulative_change(void **state)
{
    static const Case ROWS[] = {
        {CHANGE("-16"), NULL, "energy,G,2020,100,,\nenergy,G,2023,90,,\n", "2023-12-31",
         "on_track actual -10@2023 base 100 done 0.60429 lead 0.42929, as expected", false},
        {CHANGE("-16"), NULL, "energy,G,2023,90,,\n", "2023-12-31",
         "no_data no_baseline needs energy/P1/2020 energy/P2/2020", false},
        /* 78.5…81.5 of 100 */
        {CHANGE("-16"), NULL, "energy,G,2020,100,,\n" RANGE("energy", "2023"), "2023-12-31",
         "attained proven bounded actual -21.5…-18.5@2023 base 100 needs energy/P2/2023", false},
        {CHANGE("-20"), NULL, "energy,G,2020,100,,\n" RANGE("energy", "2023"), "2023-12-31",
         "no_data undecided actual -21.5…-18.5@2023 base 100 needs energy/P2/2023", false},
        {CHANGE("-25"), NULL, "energy,G,2020,100,,\n" RANGE("energy", "2025"), "2025-12-31",
         "missed proven bounded actual -21.5…-18.5@2025 base 100 needs energy/P2/2025", false},
        /* what does not decide gives way to the exact change of 2022: ln 0.9 / ln 0.8 =
         * 0.1053605 / 0.2231436 of two fifths */
        {CHANGE("-20"), NULL, "energy,G,2020,100,,\nenergy,G,2022,90,,\n" RANGE("energy", "2023"),
         "2023-12-31",
         "on_track actual -10@2022 base 100 done 0.47216 lead 7.2165, as expected "
         "needs energy/P2/2023",
         false},
    };

    check(*state, ROWS, N_ROWS(ROWS));
}

/* --- ranges --- */

#define TOTAL(value) "indicator: total, comparator: '>=', value: " value ", year: 2025"

static void test_ranges(void **state)
{
    static const Case ROWS[] = {
        {TOTAL("82"), NULL, RANGE("total", "2025"), "2025-12-31",
         "missed proven bounded actual 78.5…81.5@2025 needs total/P2/2025", false},
        {TOTAL("78"), NULL, RANGE("total", "2025"), "2025-12-31",
         "attained proven bounded actual 78.5…81.5@2025 needs total/P2/2025", false},
        {TOTAL("80"), NULL, RANGE("total", "2025"), "2025-12-31",
         "no_data undecided actual 78.5…81.5@2025 needs total/P2/2025", false},
        /* P4 is missing too: 20 - 0.5 at least; 100.5 - 9.5 */
        {TOTAL("92"), NULL, "total,P,2025,100,,\ntotal,P1,2025,20,,\ntotal,P3,2025,10,,\n",
         "2025-12-31",
         "missed proven bounded actual 19.5…91@2025 needs total/P2/2025 total/P4/2025", false},
        /* parts that exceed the whole prove nothing */
        {TOTAL("20"), NULL,
         "total,P,2025,100,,\ntotal,P1,2025,90,,\ntotal,P3,2025,10,,\ntotal,P4,2025,10,,\n",
         "2025-12-31", "no_data no_value needs total/P2/2025", false},
        /* before the end, what is not met yet is not missed */
        {TOTAL("82"), NULL, "total,G,2020,60,,\n" RANGE("total", "2023"), "2023-12-31",
         "no_data actual 78.5…81.5@2023 base 60 needs total/P2/2023", false},
        /* what does not decide gives way to an earlier exact year: 9 of 20 in two of five years */
        {TOTAL("80"), NULL,
         "total,G,2020,60,,\ntotal,P1,2022,20,,\ntotal,P2,2022,49,,\n" RANGE("total", "2023"),
         "2023-12-31",
         "on_track actual 69@2022 base 60 done 0.45 lead 5, as expected needs total/P2/2023",
         false},
        /* but what decides does not */
        {TOTAL("78"), NULL,
         "total,G,2020,60,,\ntotal,P1,2022,20,,\ntotal,P2,2022,49,,\n" RANGE("total", "2023"),
         "2023-12-31", "attained proven bounded actual 78.5…81.5@2023 base 60 needs total/P2/2023",
         false},
    };

    check(*state, ROWS, N_ROWS(ROWS));
}

/* --- editions --- */

static void test_editions(void **state)
{
#define GDP "indicator: gdp, region: P1, comparator: '>=', value: 150, year: 2025"
    static const Case ROWS[] = {
        /* both years in both editions: the newest, 105 to 132 of 150 */
        {GDP, NULL,
         "gdp,P1,2020,100,e1,\ngdp,P1,2023,126,e1,\ngdp,P1,2020,105,e2,\ngdp,P1,2023,132,e2,\n",
         "2023-12-31", "on_track actual 132@2023/e2 base 105/e2 done 0.6 lead 0, as expected",
         false},
        /* 100.4 prints as 100: the plan's number is of e1, and so is the actual */
        {GDP ", baseline: 100", NULL,
         "gdp,P1,2020,100.4,e1,\ngdp,P1,2020,105,e2,\ngdp,P1,2023,130,e1,\n", "2023-12-31",
         "on_track actual 130@2023/e1 base 100/e1 done 0.6 lead 0, as expected", false},
        /* the actual is of e2, where the base is 105 */
        {GDP ", baseline: 100", NULL,
         "gdp,P1,2020,100.4,e1,\ngdp,P1,2020,105,e2,\ngdp,P1,2023,132,e2,\n", "2023-12-31",
         "on_track actual 132@2023/e2 base 105/e2 done 0.6 lead 0, as expected", false},
        /* and where e2 does not have the base: no progress */
        {GDP ", baseline: 100", NULL, "gdp,P1,2020,100.4,e1,\ngdp,P1,2023,132,e2,\n", "2023-12-31",
         "no_data base_edition actual 132@2023/e2 base 100/e1", false},
        {GDP, "{indicator: gdp, region: P1, value: 100, period: 2020}",
         "gdp,P1,2020,100.4,e1,\ngdp,P1,2023,132,e2,\n", "2023-12-31",
         "no_data base_edition actual 132@2023/e2 base 100/e1", false},
        {GDP, NULL, "gdp,P1,2020,100.4,e1,\ngdp,P1,2023,132,e2,\n", "2023-12-31",
         "no_data base_edition actual 132@2023/e2 base 100.4/e1", false},
        /* it is of none of them */
        {GDP ", baseline: 90", NULL, "gdp,P1,2020,100.4,e1,\ngdp,P1,2023,132,e2,\n", "2023-12-31",
         "no_data base_edition actual 132@2023/e2 base 90/?", false},
        /* a level is met all the same */
        {GDP ", baseline: 100", NULL, "gdp,P1,2020,100.4,e1,\ngdp,P1,2023,150,e2,\n", "2023-12-31",
         "attained base_edition actual 150@2023/e2 base 100/e1", false},
        /* unless they are mixed: 30 of 50 */
        {GDP ", baseline: 100", NULL, "gdp,P1,2020,100.4,e1,\ngdp,P1,2023,130,e2,\n", "2023-12-31",
         "on_track actual 130@2023/e2 base 100/e1 done 0.6 lead 0, as expected", true},
        /* data that state no edition */
        {GDP ", baseline: 100", NULL, "gdp,P1,2023,130,,\n", "2023-12-31",
         "on_track actual 130@2023/unstated base 100 done 0.6 lead 0, as expected", false},
        {GDP ", baseline: 100", NULL, "gdp,P1,2020,70,,\ngdp,P1,2023,130,,\n", "2023-12-31",
         "on_track actual 130@2023/unstated base 100 done 0.6 lead 0, as expected", false},
        {AT_LEAST_150 ", baseline: 100", NULL, "output,P1,2020,70,,\noutput,P1,2023,130,,\n",
         "2023-12-31", "on_track actual 130@2023 base 100 done 0.6 lead 0, as expected", false},
        /* a difference of two editions is none */
        {"indicator: rise, region: P1, comparator: '>=', value: 5, year: 2025", NULL,
         "gdp,P1,2022,10,e1,\ngdp,P1,2023,16,e2,\n", "2023-12-31", "no_data only_mixed", false},
    };

    check(*state, ROWS, N_ROWS(ROWS));
#undef GDP
}

/* --- time and methods --- */

/* Whole months have gone, of the five years from 2021 on. */
static void test_time_progress(void **state)
{
    static const struct {
        const char *as_of;
        double want;
    } ROWS[] = {
        {"2023-06-30", 0.5},        {"2023-06-29", 29.0 / 60}, {"2021-01-30", 0},
        {"2021-01-31", 1.0 / 60},   {"2020-06-30", 0},         {"2025-12-31", 1},
        {"2025-12-30", 59.0 / 60.}, {"2027-03-01", 1},         {"2024-02-29", 38.0 / 60},
    };

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Case row = {AT_LEAST_150, NULL, BASE_100, ROWS[i].as_of, NULL, false};

        near(assess_one(*state, &row)->time_progress, ROWS[i].want, 1e-12);
    }
}

/* From 100 to 200; 149 in 2023 is 11 points behind a straight line, but grew by 14.2165 % a year
 * where 14.8698 % are needed, which is 0.956 of it. */
static void test_methods_disagree(void **state)
{
#define AT_LEAST_200 "indicator: output, region: P1, comparator: '>=', value: 200, year: 2025"
    static const Case LATE = {AT_LEAST_200, NULL, BASE_100 "output,P1,2023,149,,\n",
                              "2023-12-31", NULL, false},
                      GOOD = {AT_LEAST_200, NULL, BASE_100 "output,P1,2023,160,,\n",
                              "2023-12-31", NULL, false};
    static const AssessOptions CHINESE = {.methods = {[METHOD_CHINESE] = true}},
                               EUROSTAT = {.methods = {[METHOD_EUROSTAT] = true}},
                               BOTH = {
                                   .methods = {[METHOD_CHINESE] = true, [METHOD_EUROSTAT] = true}};
    const Assessment *out = assess_with(*state, &LATE, BOTH);

    assert_true(out->disagree);
    assert_false(out->methods[METHOD_CHINESE].good);
    assert_true(out->methods[METHOD_EUROSTAT].good);
    near(out->methods[METHOD_EUROSTAT].eurostat.ratio, 0.956, 0.0005);
    near(out->forecast, 149 + 2 * 49.0 / 3, 1e-9); /* by the first of them */
    assert_int_equal(out->n_points, 2);
    assert_true(isnan(out->probability));

    out = assess_with(*state, &LATE, CHINESE);
    assert_false(out->disagree);
    out = assess_with(*state, &LATE, EUROSTAT);
    assert_false(out->disagree);
    near(out->forecast, 149 * 1.142165 * 1.142165, 0.001);
    out = assess_with(*state, &GOOD, BOTH);
    assert_false(out->disagree);
    assert_int_equal(out->status, STATUS_ON_TRACK);
#undef AT_LEAST_200
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_levels),         TEST(test_floors),
        TEST(test_equal),          TEST(test_about),
        TEST(test_average_growth), TEST(test_cumulative_change),
        TEST(test_ranges),         TEST(test_editions),
        TEST(test_time_progress),  TEST(test_methods_disagree),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
