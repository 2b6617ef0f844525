/* Tests of Conform: plans that the dictionary accepts, what it finds wrong with them, and what it
 * only warns of. */
#include "plan/test_gansu.h"

#include "plan/conform.h"

static Plan plan_of(Fixture *fixture, const char *text)
{
    YamlDoc doc = read_yaml(fixture, text);
    Plan plan;

    if (plan_read(fixture->arena, &doc, &plan, &fixture->diags) != OK) {
        fail_msg("%s", reported(fixture));
    }
    return plan;
}

static void test_plans_of_gansu(void **state)
{
    static const char *const PATHS[] = {"plans/gansu/lanzhou-circle.yaml",
                                        "plans/gansu/hexi-corridor.yaml",
                                        "plans/gansu/longdongnan.yaml"};
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);

    for (size_t i = 0; i < N_ROWS(PATHS); i++) {
        Plan plan;
        Str text;

        assert_int_equal(
            file_read(fixture->arena, str_z(PATHS[i]), YAML_MAX_BYTES, &text, &fixture->diags), OK);
        plan = plan_of(fixture, str_to_z(fixture->arena, text));
        if (plan_conform(catalog, &plan, &fixture->diags) != OK) {
            fail_msg("%s", reported(fixture));
        }
        assert_clean(fixture, PATHS[i]);
        assert_true(str_eq(plan_region(&plan, STR("")), plan.area.group));
        assert_text(plan_region(&plan, STR("620100")), "620100");
    }
}

#define PLAN                                                                                       \
    "plan: p\n"                                                                                    \
    "title: t\n"                                                                                   \
    "period: [2021, 2025]\n"                                                                       \
    "horizon: 2035\n"                                                                              \
    "area: {group: lanzhou-circle}\n"
#define T(more) "  - {comparator: '=', value: 1, " more "}\n"
#define OTHER(more) "  - {comparator: '=', value: 2, " more "}\n"

static void test_plan_accepted(void **state)
{
    static const char *const ROWS[] = {
        "", "targets:\n" T("indicator: gdp, year: 2021"),
        "targets:\n" T("indicator: gdp, year: 2025"),
        "targets:\n" T("indicator: gdp, year: 2035"), /* the horizon */
        "targets:\n" T("indicator: gdp, year: 2030"), /* on the way to it */
        "targets:\n" T("indicator: 地区生产总值, year: 2025, region: 兰州"),
        "targets:\n" T("indicator: gdp, year: 2025, unit: 万元"),
        "targets:\n" T("indicator: gdp_growth, year: 2025, unit: '%', kind: annual_growth"),
        "targets:\n" T("indicator: gdp_growth, year: 2025, kind: annual_growth"),
        "targets:\n" T("name: 甲, year: 2025, unit: '%', kind: annual_growth"),
        "facts:\n  - {indicator: gdp_growth, value: 1, period: 2020, kind: annual_growth}\n",
        "targets:\n" T("indicator: gdp, year: 2025, unit: 倍, kind: cumulative_change"),
        "targets:\n" T("name: 没有的指标, year: 2025, unit: 家"),
        "targets:\n" T("name: {en: first}, year: 2025") T("name: {en: second}, year: 2025"),
        "targets:\n" T("indicator: gdp, year: 2025") T("indicator: gdp, year: 2025"), /* again */
        /* another year, region, kind or indicator is another target */
        "targets:\n" T("indicator: gdp, year: 2024") T("indicator: gdp, year: 2025"),
        "targets:\n" T("indicator: gdp, year: 2025, region: '620100'")
            T("indicator: gdp, year: 2025, region: '620400'") T("indicator: gdp, year: 2025"),
        "targets:\n" T("indicator: gdp, year: 2025")
            T("indicator: gdp, year: 2025, kind: cumulative_change, unit: '%'"),
        /* baselines from 50 years before the period to the year before the target's */
        "targets:\n" T("indicator: gdp, year: 2025, baseline_year: 1971"),
        "targets:\n" T("indicator: gdp, year: 2025, baseline_year: 2024"),
        "targets:\n" T("indicator: gdp, year: 2035, baseline_year: 2034"),
        "targets:\n" T("indicator: gdp, year: 2025") T("indicator: population, year: 2025"),
        "tasks: [{id: a, title: 甲}]\nprojects: [{id: a, title: 甲}]\n", /* two lists */
        "tasks: [{id: a, title: 甲, owners: [省政府, 兰州市], cooperating: [各有关部门]}]\n",
        ("facts:\n  - {indicator: gdp, value: 1, period: 1999, unit: 元}\n"
         "  - {indicator: gdp, value: 2, period: 1999}\n"), /* facts may repeat, of any year */
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Catalog *catalog;
        Plan plan;

        start_over(fixture);
        catalog = gansu(fixture);
        plan = plan_of(fixture, str_format(fixture->arena, "%s%s", PLAN, ROWS[i]).at);
        if (plan_conform(catalog, &plan, &fixture->diags) != OK) {
            fail_msg("%s\n%s", ROWS[i], reported(fixture));
        }
        assert_clean(fixture, ROWS[i]);
    }
}

static void test_plan_mistakes(void **state)
{
    static const struct {
        const char *more;
        Code code;
        uint32_t line;
        const char *at;
    } ROWS[] = {
        {"targets:\n" T("indicator: gpd, year: 2025"), LT3001, 7, "gpd"},
        {"targets:\n" T("indicator: land, year: 2025"), LT3001, 7, "land"},
        {"facts:\n  - {indicator: gpd, value: 1, period: 2020}\n", LT3001, 7, "gpd"},
        {"targets:\n" T("year: 2025"), LT1009, 7, ""}, /* neither indicator nor name */
        {"targets:\n" T("indicator: gdp, year: 2025, region: 兰州县"), LT3004, 7, "兰州县"},
        {"facts:\n  - {indicator: gdp, value: 1, period: 2020, region: x}\n", LT3004, 7, "x"},
        {"targets:\n" T("indicator: gdp, year: 2025, unit: 亿"), LT2003, 7, "亿"},
        {"targets:\n" T("name: 甲, year: 2025, unit: foo"), LT2003, 7, "foo"},
        {"targets:\n" T("indicator: gdp, year: 2025, unit: 万人"), LT2004, 7, "万人"},
        {"targets:\n" T("indicator: gdp, year: 2025, unit: '%'"), LT2004, 7, "%"},
        {"targets:\n" T("indicator: gdp_share, year: 2025, unit: '1'"), LT2004, 7, "1"},
        {"targets:\n" T("indicator: gdp_growth, year: 2025, unit: 亿元, kind: annual_growth"),
         LT2004, 7, "亿元"},
        /* levels are no rates, whatever unit the value has */
        {"targets:\n" T("indicator: gdp, year: 2025, unit: '%', kind: annual_growth"), LT2004, 7,
         "annual_growth"},
        {"targets:\n" T("indicator: gdp, year: 2025, kind: annual_growth, unit: 亿元"), LT2004, 7,
         "annual_growth"},
        {"targets:\n" T("indicator: population, year: 2025, kind: annual_growth"), LT2004, 7,
         "annual_growth"},
        {"facts:\n  - {indicator: gdp, value: 1, period: 2020, kind: annual_growth}\n", LT2004, 7,
         "annual_growth"},
        {"facts:\n  - {indicator: gdp, value: 1, period: 2020, unit: 人}\n", LT2004, 7, "人"},
        {"targets:\n" T("indicator: gdp, year: 2020"), LT2006, 7, "2020"},
        {"targets:\n" T("indicator: gdp, year: 2036"), LT2006, 7, "2036"},
        {"targets:\n" T("name: 甲, year: 2040"), LT2006, 7, "2040"},
        {"targets:\n" T("indicator: gdp, year: 2025, baseline_year: 2025"), LT2006, 7, "2025"},
        {"targets:\n" T("indicator: gdp, year: 2024, baseline_year: 2025"), LT2006, 7, "2025"},
        {"targets:\n" T("indicator: gdp, year: 2035, baseline_year: 2036"), LT2006, 7, "2036"},
        {"targets:\n" T("indicator: gdp, year: 2025, baseline_year: 1970"), LT2006, 7, "1970"},
        {"targets:\n" T("name: 甲, year: 2025, baseline_year: 202"), LT2006, 7, "202"},
        {"tasks:\n  - {id: a, title: 甲}\n  - {id: b, title: 乙}\n  - {id: a, title: 丙}\n", LT3005,
         9, "a"},
        {"projects:\n  - {id: 一, title: 甲}\n  - {id: 一, title: 乙}\n", LT3005, 8, "一"},
        {"targets:\n" T("indicator: gdp, year: 2025") OTHER("indicator: gdp, year: 2025"), LT3002,
         8, "gdp"},
        {"targets:\n" T("indicator: gdp, year: 2025") OTHER("indicator: 地区生产总值, year: 2025"),
         LT3002, 8, "地区生产总值"}, /* the same by another name */
        {"targets:\n" T("indicator: gdp, year: 2025") OTHER("indicator: GDP, year: 2025"), LT3002,
         8, "GDP"},
        {"targets:\n" T("indicator: gdp, year: 2025, region: 兰州市")
             OTHER("indicator: gdp, year: 2025, region: '620100'"),
         LT3002, 8, "gdp"},
        {"targets:\n" T("indicator: gdp, year: 2025")
             OTHER("indicator: gdp, year: 2025, region: lanzhou-circle"),
         LT3002, 8, "gdp"}, /* the plan's area said once more */
        {"targets:\n" T("indicator: gdp, year: 2025")
             OTHER("indicator: gdp, year: 2025, kind: level"),
         LT3002, 8, "gdp"}, /* a level is what is meant without a kind */
        {"targets:\n" T("name: 甲, year: 2025") OTHER("name: 甲, year: 2025"), LT3002, 8, ""},
        {"targets:\n" T("name: {en: A}, year: 2025") OTHER("name: {en: A}, year: 2025"), LT3002, 8,
         ""},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Catalog *catalog;
        Plan plan;

        start_over(fixture);
        catalog = gansu(fixture);
        plan = plan_of(fixture, str_format(fixture->arena, "%s%s", PLAN, ROWS[i].more).at);
        if (plan_conform(catalog, &plan, &fixture->diags) != ERR_INPUT) {
            fail_msg("is accepted:\n%s", ROWS[i].more);
        }
        assert_only(fixture, ROWS[i].code, ROWS[i].line, ROWS[i].at);
    }
}

static void test_plan_area(void **state)
{
    static const struct {
        const char *area;
        Code code;
        const char *at;
    } ROWS[] = {
        {"{group: nowhere}", LT3004, "nowhere"},
        {"{group: lanzhou-circle, members: ['620100', '629999']}", LT3004, "['620100', '629999']"},
        {"{group: lanzhou-circle, members: ['620100', '620400', '621100']}", LT3009,
         "['620100', '620400', '621100']"}, /* one is left out */
        {"{group: lanzhou-circle, members: ['620100', '620400', '621100', '620200']}", LT3009,
         "['620100', '620400', '621100', '620200']"}, /* another stands in for it */
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Catalog *catalog;
        Plan plan;

        start_over(fixture);
        catalog = gansu(fixture);
        plan = plan_of(fixture, str_format(fixture->arena,
                                           "plan: p\ntitle: t\nperiod: [2021, 2025]\narea: %s\n",
                                           ROWS[i].area)
                                    .at);
        assert_int_equal(plan_conform(catalog, &plan, &fixture->diags), ERR_INPUT);
        assert_only(fixture, ROWS[i].code, 4, ROWS[i].at);
    }
}

/* Two targets that say the same point to each other, and a wrong name is given a near one. */
static void test_plan_help(void **state)
{
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);
    Plan plan = plan_of(fixture, PLAN "targets:\n" T("indicator: gdp, year: 2025")
                                     OTHER("indicator: gdp, year: 2025")
                                         T("indicator: gdp_shar, year: 2025, region: 兰州巿"));

    assert_int_equal(plan_conform(catalog, &plan, &fixture->diags), ERR_INPUT);
    assert_int_equal(fixture->diags.all.n, 3);
    assert_said(fixture, 0, LT3002, 8, "gdp");
    assert_int_equal(fixture->diags.all.at[0].related.n, 1);
    assert_int_equal(fixture->diags.all.at[0].related.at[0].place.line, 7);
    assert_said(fixture, 1, LT3001, 9, "gdp_shar");
    assert_text(fixture->diags.all.at[1].args[1], "gdp_share?");
    assert_said(fixture, 2, LT3004, 9, "兰州巿"); /* 巿 is not 市 */
    assert_text(fixture->diags.all.at[2].args[1], "兰州市?");
}

/* A body that the dictionary does not know is a warning, said at its first place. */
static void test_bodies(void **state)
{
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);
    Plan plan = plan_of(fixture, PLAN "tasks:\n"
                                      "  - {id: a, title: 甲, owners: [省政府, 省政府办公室]}\n"
                                      "  - id: b\n"
                                      "    title: 乙\n"
                                      "    owners: [省政府办公室]\n"
                                      "    cooperating:\n"
                                      "      - 各有关部门\n"
                                      "      - 完全不同的名称\n");

    assert_int_equal(plan_conform(catalog, &plan, &fixture->diags), OK);
    assert_int_equal(fixture->diags.all.n, 2);
    assert_int_equal(diags_errors(&fixture->diags), 0);
    assert_said(fixture, 0, LT5001, 7, "省政府办公室");
    assert_int_equal(fixture->diags.all.at[0].level, LEVEL_WARNING);
    assert_said(fixture, 1, LT5001, 13, "完全不同的名称");
    assert_text(fixture->diags.all.at[1].args[1], "");
    if (strstr(reported(fixture), "mend: 省政府办公厅? or add it to") == NULL) {
        fail_msg("%s", reported(fixture));
    }
}

/* A dictionary without bodies has nothing to hold them against. */
static void test_without_bodies(void **state)
{
    Fixture *fixture = *state;
    Catalog *catalog = catalog_new(fixture->arena);
    YamlDoc doc =
        read_yaml(fixture, "regions: [{code: lanzhou-circle, name: 甲, level: province}]\n");
    Plan plan = plan_of(fixture, PLAN "tasks: [{id: a, title: 甲, owners: [没有的机构]}]\n");

    assert_int_equal(catalog_add(catalog, &doc, &fixture->diags), OK);
    assert_int_equal(catalog_finish(catalog, &fixture->diags), OK);
    assert_int_equal(plan_conform(catalog, &plan, &fixture->diags), OK);
    assert_clean(fixture, "no bodies");
}

/* An id that is given again points to where it was given first. */
static void test_same_task(void **state)
{
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);
    Plan plan = plan_of(fixture, PLAN "tasks:\n"
                                      "  - {id: a, title: 甲}\n"
                                      "  - {id: b, title: 乙}\n"
                                      "  - {id: b, title: 丙}\n"
                                      "projects:\n"
                                      "  - {id: b, title: 丁}\n");

    assert_int_equal(plan_conform(catalog, &plan, &fixture->diags), ERR_INPUT);
    assert_only(fixture, LT3005, 9, "b");
    assert_int_equal(fixture->diags.all.at[0].related.n, 1);
    assert_int_equal(fixture->diags.all.at[0].related.at[0].place.line, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_plans_of_gansu, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_plan_accepted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_plan_mistakes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_plan_area, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_plan_help, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bodies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_without_bodies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_same_task, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
