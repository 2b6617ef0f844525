/* Tests of Catalog: how dictionaries are linked and searched, and what is wrong with them. */
#include "plan/test_gansu.h"

static Err add_text(Fixture *fixture, Catalog *catalog, const char *text)
{
    YamlDoc doc = read_yaml(fixture, text);

    return catalog_add(catalog, &doc, &fixture->diags);
}

static Catalog *finished(Fixture *fixture, const char *text)
{
    Catalog *catalog = catalog_new(fixture->arena);

    if (add_text(fixture, catalog, text) != OK || catalog_finish(catalog, &fixture->diags) != OK ||
        fixture->diags.all.n != 0) {
        fail_msg("%s\n%s", text, reported(fixture));
    }
    return catalog;
}

static Str id_of(const Catalog *catalog, uint32_t entity)
{
    return entity == NONE ? STR("(none)") : catalog->entities.at[entity].id;
}

/* --- regions and groups --- */

static void test_entity(void **state)
{
    static const struct {
        const char *text, *id;
    } ROWS[] = {
        {"620100", "620100"},
        {"兰州市", "620100"},
        {"兰州", "620100"},
        {"Lanzhou", "620100"},
        {"LANZHOU", "620100"},
        {"lanzhou", "620100"},
        {"６２０１００", "620100"}, /* full-width digits */
        {"Ｌａｎｚｈｏｕ", "620100"},
        {" 兰州市 ", "620100"},
        {"　兰州市", "620100"}, /* U+3000 */
        {"甘肃", "620000"},
        {"全省", "620000"},
        {"临夏州", "622900"},
        {"临夏回族自治州", "622900"},
        {"兰州新区", "620171"},
        {"lanzhou new area", "620171"},
        {"河西五市", "hexi-corridor"},
        {"兰州经济圈", "lanzhou-circle"},
        {"Hexi-Corridor", "hexi-corridor"},
        {"", "(none)"},
        {" ", "(none)"},
        {"兰", "(none)"},
        {"兰州市市", "(none)"},
        {"620101", "(none)"},
        {"62010", "(none)"},
        {"\xFF", "(none)"},
        {"gdp", "(none)"},
    };
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Str got = id_of(catalog, catalog_entity(catalog, str_z(ROWS[i].text)));

        if (!str_eq(got, str_z(ROWS[i].id))) {
            fail_msg("'%s' is %.*s, want %s", ROWS[i].text, STR_ARG(got), ROWS[i].id);
        }
    }
}

static bool has_part(const Catalog *catalog, const Entity *whole, const char *id)
{
    for (size_t i = 0; i < whole->n_parts; i++) {
        if (str_eq(id_of(catalog, whole->parts[i]), str_z(id))) {
            return true;
        }
    }
    return false;
}

/* Gansu has 14 prefectures, which make it up; the New Area lies inside Lanzhou and is no part. */
static void test_tree(void **state)
{
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);
    const Entity *at = catalog->entities.at;
    uint32_t province = catalog_entity(catalog, STR("甘肃省")),
             city = catalog_entity(catalog, STR("兰州市")),
             zone = catalog_entity(catalog, STR("兰州新区"));

    assert_text(id_of(catalog, at[province].parent), "100000");
    assert_int_equal(at[province].n_parts, 14);
    assert_true(has_part(catalog, &at[province], "620100"));
    assert_true(has_part(catalog, &at[province], "623000"));
    assert_false(has_part(catalog, &at[province], "620171"));
    assert_false(has_part(catalog, &at[province], "620000"));
    assert_int_equal(at[city].parent, province);
    assert_int_equal(at[city].n_parts, 0);
    assert_int_equal(at[zone].parent, city);
    assert_int_equal(at[zone].n_parts, 0);
    assert_false(at[zone].is_group);
}

/* Three areas of 4, 5 and 5 make up the province, each prefecture once. */
static void test_groups(void **state)
{
    static const struct {
        const char *id, *first;
        size_t n;
    } ROWS[] = {{"lanzhou-circle", "620100", 4},
                {"hexi-corridor", "620900", 5},
                {"longdongnan", "621000", 5}};
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);
    size_t n = 0;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        const Entity *group = &catalog->entities.at[catalog_entity(catalog, str_z(ROWS[i].id))];

        assert_true(group->is_group);
        assert_int_equal(group->n_parts, ROWS[i].n);
        assert_text(id_of(catalog, group->parts[0]), ROWS[i].first); /* in the order of the file */
        assert_text(id_of(catalog, group->parent), "620000");
        n += group->n_parts;
    }
    assert_int_equal(n, 14);
}

#define REGIONS                                                                                    \
    "regions:\n"                                                                                   \
    "  - {code: '1', name: 国, level: country}\n"                                                 \
    "  - {code: '2', name: 东省, also: [东], parent: '1', level: province}\n"                   \
    "  - {code: '3', name: 西省, also: [西], parent: '1', level: province}\n"                   \
    "  - {code: '21', name: 甲市, also: [朝阳], parent: '2', level: prefecture}\n"             \
    "  - {code: '31', name: 乙市, also: [朝阳, 东], parent: '3', level: prefecture}\n"

/* The whole of a group is the parent that its members share, or the one it names. */
static void test_whole_of_a_group(void **state)
{
    static const struct {
        const char *group, *whole;
    } ROWS[] = {
        {"members: ['2', '3']", "1"},
        {"members: ['21']", "2"},
        {"members: ['21', '31']", "(none)"}, /* of two wholes */
        {"members: ['21', '31'], parent: '1'", "1"},
        {"members: ['1']", "(none)"},
        {"members: [甲市, 东省]", "(none)"},
        {"members: [甲市], parent: 国", "1"},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Catalog *catalog;

        start_over(fixture);
        catalog = finished(fixture, str_format(fixture->arena, "%sgroups: [{id: g, name: 片, %s}]",
                                               REGIONS, ROWS[i].group)
                                        .at);
        assert_text(id_of(catalog, catalog->entities.at[catalog_entity(catalog, STR("g"))].parent),
                    ROWS[i].whole);
    }
}

/* A full name wins over a short one, the first of two short ones over the second. */
static void test_same_names(void **state)
{
    Fixture *fixture = *state;
    Catalog *catalog =
        finished(fixture, REGIONS "  - {code: '4', name: 朝阳, parent: '1', level: province}\n");

    assert_text(id_of(catalog, catalog_entity(catalog, STR("朝阳"))), "4");
    assert_text(id_of(catalog, catalog_entity(catalog, STR("东"))), "2");
}

/* Regions may come in any order and from several files. */
static void test_order_of_files(void **state)
{
    Fixture *fixture = *state;
    Catalog *catalog = catalog_new(fixture->arena);

    assert_int_equal(
        add_text(fixture, catalog,
                 "groups: [{id: g, name: 片, members: ['21']}]\n"
                 "indicators: [{id: i, name: 指, unit: '1', direction: none, formula: m * 2}]\n"),
        OK);
    assert_int_equal(
        add_text(fixture, catalog,
                 "regions: [{code: '21', name: 甲, parent: '2', level: prefecture}]\n"),
        OK);
    assert_int_equal(
        add_text(fixture, catalog, "regions: [{code: '2', name: 东, level: province}]\n"), OK);
    assert_int_equal(
        add_text(fixture, catalog, "measures: [{id: m, name: 量, unit: '1', area: none}]\n"), OK);
    assert_int_equal(catalog_finish(catalog, &fixture->diags), OK);
    assert_clean(fixture, "four files");
    assert_text(id_of(catalog, catalog->entities.at[catalog_entity(catalog, STR("甲"))].parent),
                "2");
    assert_text(id_of(catalog, catalog->entities.at[catalog_entity(catalog, STR("g"))].parent),
                "2");
}

/* --- bodies, measures, indicators, editions --- */

static void test_names(void **state)
{
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);
    uint32_t body = catalog_body(catalog, STR("省政府"));

    assert_int_not_equal(body, NONE);
    assert_text(catalog->bodies.at[body].name.zh, "甘肃省人民政府");
    assert_int_equal(catalog_body(catalog, STR("甘肃省人民政府")), body);
    assert_int_equal(catalog_body(catalog, STR("gansu provincial people's government")), body);
    assert_int_equal(catalog_body(catalog, STR("教育局")), NONE);
    assert_text(catalog->measures.at[catalog_measure(catalog, STR("GDP"))]->id, "gdp");
    assert_text(catalog->measures.at[catalog_measure(catalog, STR("地区生产总值"))]->id, "gdp");
    assert_text(catalog->measures.at[catalog_measure(catalog, STR("PM2.5"))]->id, "pm25_mean");
    assert_text(catalog->measures.at[catalog_measure(catalog, STR("ＰＭ２．５"))]->id, "pm25_mean");
    assert_int_equal(catalog_measure(catalog, STR("gdp_share")), NONE); /* an indicator */
    assert_text(catalog->indicators.at[catalog_indicator(catalog, STR("城镇化率"))]->id,
                "urbanization_rate");
    assert_int_equal(catalog_indicator(catalog, STR("land")), NONE);
    assert_text(catalog_suggest(fixture->arena, catalog->indicator_names, STR("gdp_shar")),
                "gdp_share?");
    assert_text(catalog_suggest(fixture->arena, catalog->entity_names, STR("62010")), "620100?");
    assert_text(catalog_suggest(fixture->arena, catalog->entity_names, STR("完全不同的名称")), "");
}

static void test_editions(void **state)
{
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);
    const Measure *gdp = catalog->measures.at[catalog_measure(catalog, STR("gdp"))];
    const Measure *area = catalog->measures.at[catalog_measure(catalog, STR("land_area"))];

    assert_int_equal(catalog_edition(catalog, gdp, STR("census2013")), 1); /* the oldest */
    assert_int_equal(catalog_edition(catalog, gdp, STR("census2018")), 2);
    assert_int_equal(catalog_edition(catalog, gdp, STR("census2023")), 3);
    assert_int_equal(catalog_edition(catalog, gdp, STR("")), 0);              /* not stated */
    assert_int_equal(catalog_edition(catalog, gdp, STR("census2020")), NONE); /* of people */
    assert_int_equal(catalog_edition(catalog, area, STR("census2018")), NONE);
    assert_int_equal(catalog_edition(catalog, area, STR("")), 0);
    assert_int_equal(area->vintage, NONE);
    assert_text(catalog_edition_info(catalog, gdp->vintage, 2)->id, "census2018");
    assert_null(catalog_edition_info(catalog, gdp->vintage, 0));
    assert_null(catalog_edition_info(catalog, NONE, 1));
}

/* --- formulas --- */

static const Expr *formula(const Catalog *catalog, const char *id)
{
    uint32_t index = catalog_indicator(catalog, str_z(id));

    assert_int_not_equal(index, NONE);
    return &catalog->indicators.at[index]->formula;
}

static void assert_ops(const Expr *expr, const ExprOp *ops, size_t n)
{
    assert_int_equal(expr->n_nodes, n);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(expr->nodes[i].op, ops[i]);
    }
}

/* Inside its own formula an indicator's id is the measure; elsewhere it is the indicator. */
static void test_own_name(void **state)
{
    static const ExprOp RATE[] = {EXPR_MEASURE, EXPR_MEASURE, EXPR_MEASURE, EXPR_DIV,
                                  EXPR_NUMBER,  EXPR_MUL,     EXPR_COALESCE};
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);
    const Expr *rate = formula(catalog, "urbanization_rate");

    assert_ops(rate, RATE, N_ROWS(RATE));
    assert_text(catalog->measures.at[rate->nodes[0].measure]->id, "urbanization_rate");
    assert_text(catalog->measures.at[rate->nodes[1].measure]->id, "urban_population");
    assert_text(catalog->measures.at[rate->nodes[2].measure]->id, "population");
}

static void test_names_in_formulas(void **state)
{
    static const ExprOp TWICE[] = {EXPR_MEASURE, EXPR_NUMBER, EXPR_ADD, EXPR_NUMBER, EXPR_MUL};
    Fixture *fixture = *state;
    Catalog *catalog = finished(
        fixture, "measures:\n"
                 "  - {id: x, name: 某量, unit: '1', area: none}\n"
                 "indicators:\n"
                 "  - {id: twice, name: 两倍, unit: '1', direction: none, formula: x * 2}\n"
                 "  - {id: x, name: 某指标, unit: '1', direction: none, formula: x + 1}\n"
                 "  - {id: named, name: 名, unit: '1', direction: none, formula: 某指标 * 2}\n"
                 "  - {id: of_measure, name: 又, unit: '1', direction: none, formula: 某量}\n");

    assert_ops(formula(catalog, "twice"), TWICE, N_ROWS(TWICE)); /* (x + 1) * 2 */
    assert_ops(formula(catalog, "named"), TWICE, N_ROWS(TWICE));
    assert_int_equal(formula(catalog, "x")->n_nodes, 3);
    assert_int_equal(formula(catalog, "of_measure")->n_nodes, 1);
}

/* Without a formula: the measure of the same id, in the indicator's unit. */
static void test_without_formula(void **state)
{
    Fixture *fixture = *state;
    Catalog *catalog =
        finished(fixture, "measures: [{id: m, name: 量, unit: 亿元, area: sum}]\n"
                          "indicators: [{id: m, name: 指, unit: 万元, direction: higher}]\n");
    const Expr *expr = formula(catalog, "m");

    assert_int_equal(expr->n_nodes, 3); /* times 10,000 */
    assert_int_equal(expr->nodes[0].op, EXPR_MEASURE);
    assert_true(expr->nodes[1].number == 1e4);
    assert_int_equal(expr->nodes[2].op, EXPR_MUL);
}

/* Without a formula and a measure of its id: a measure of its own, which data and formulas name. */
static void test_own_measure(void **state)
{
    static const char *const NAMES[] = {"i", "某率", "some rate", "甲率", "Ａ率", "a率"};
    Fixture *fixture = *state;
    Catalog *catalog = finished(
        fixture, "measures: [{id: m, name: 量, also: [乙率], unit: 亿元, area: sum}]\n"
                 "indicators:\n"
                 "  - {id: twice, name: 两倍, unit: '%', direction: none, formula: i * 2}\n"
                 "  - {id: i, name: {zh: 某率, en: some rate}, also: [甲率, A率, 乙率], unit: '%', "
                 "direction: higher, least: 0, most: 100}\n"
                 "  - {id: m, name: 总量, also: [总额], unit: 万元, direction: higher}\n"
                 "  - {id: f, name: 加一, unit: '1', direction: none, formula: 1 + 1}\n");
    uint32_t own = catalog_measure(catalog, STR("i"));
    const Measure *measure;
    const Expr *expr = formula(catalog, "i");

    assert_int_equal(catalog->measures.n, 2);
    assert_int_not_equal(own, NONE);
    measure = catalog->measures.at[own];
    for (size_t i = 0; i < N_ROWS(NAMES); i++) {
        assert_int_equal(catalog_measure(catalog, str_z(NAMES[i])), own);
    }
    assert_text(measure->name.zh, "某率");
    assert_true(measure->unit.percent && measure->least.given && measure->most.given);
    assert_int_equal(measure->area, AREA_NONE);
    assert_int_equal(measure->vintage, NONE);
    assert_int_equal(expr->n_nodes, 1);
    assert_int_equal(expr->nodes[0].op, EXPR_MEASURE);
    assert_int_equal(expr->nodes[0].measure, own);
    assert_int_equal(formula(catalog, "twice")->nodes[0].measure, own);
    /* a measure's name goes before an indicator's */
    assert_text(catalog->measures.at[catalog_measure(catalog, STR("乙率"))]->id, "m");
    /* plans' names for a measure that is defined are its names too, those of a formula are not */
    assert_text(catalog->measures.at[catalog_measure(catalog, STR("总额"))]->id, "m");
    assert_int_equal(catalog_measure(catalog, STR("加一")), NONE);
    assert_int_equal(catalog_measure(catalog, STR("f")), NONE);
}

static void test_compiled(void **state)
{
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);
    const Indicator *growth = catalog->indicators.at[catalog_indicator(catalog, STR("gdp_growth"))];
    const Measure *income =
        catalog->measures.at[catalog_measure(catalog, STR("rural_income_growth"))];

    assert_int_equal(growth->average.n_nodes, 1);
    assert_int_equal(growth->average_since, 2020);
    assert_text(catalog->measures.at[growth->average.nodes[0].measure]->id, "gdp_avg_real_growth");
    assert_true(income->weight.n_nodes > 0); /* lag((population - urban_population) * …, 1y) */
    assert_int_equal(income->weight.nodes[income->weight.n_nodes - 1].op, EXPR_LAG);
}

/* --- what is wrong with a dictionary --- */

#define M(more) "measures:\n  - {id: m, name: 量, " more "}\n"
#define I(id, more) "  - {id: " id ", name: " id ", direction: none, " more "}\n"
#define MEASURE_M "measures:\n  - {id: m, name: 量, unit: 亿元, area: sum}\n"

static void test_mistakes(void **state)
{
    static const struct {
        const char *text;
        Code code;
        uint32_t line;
        const char *at;
    } ROWS[] = {
        {"regons: []\n", LT1008, 1, "regons"},
        {"regions:\n  - {code: '1', name: 甲}\n", LT1009, 2, ""},
        {"regions:\n  - {code: '1', name: 甲, level: city}\n", LT1011, 2, "city"},
        {"regions:\n  - {code: '', name: 甲, level: country}\n", LT1009, 2, ""},
        /* twice */
        {REGIONS "  - {code: '2', name: 丙, level: province}\n", LT3005, 7, "2"},
        {REGIONS "groups:\n  - {id: '2', name: 片, members: ['3']}\n", LT3005, 8, "2"},
        {MEASURE_M "  - {id: m, name: 乙, unit: 元, area: sum}\n", LT3005, 3, "m"},
        {MEASURE_M "indicators:\n" I("m", "unit: 亿元") I("m", "unit: 元"), LT3005, 5, "m"},
        {"vintages:\n  - {id: v, name: 甲, editions: [{id: a, name: A}]}\n"
         "  - {id: v, name: 乙, editions: [{id: b, name: B}]}\n",
         LT3005, 3, "v"},
        {"vintages:\n  - id: v\n    name: 甲\n    editions:\n      - {id: a, name: A}\n"
         "      - {id: a, name: B}\n",
         LT3005, 6, "a"},
        {REGIONS "groups:\n  - {id: g, name: 片, members: ['2', 东省]}\n", LT3005, 8, "东省"},
        /* regions */
        {REGIONS "  - {code: '5', name: 丙, parent: '9', level: province}\n", LT3004, 7, "9"},
        {REGIONS "groups:\n  - {id: g, name: 片, members: ['2', '9']}\n", LT3004, 8, "9"},
        {REGIONS "groups:\n  - {id: g, name: 片, members: ['2'], parent: '9'}\n", LT3004, 8, "9"},
        {REGIONS "  - {code: '5', name: 丙, parent: g, level: province}\n"
                 "groups:\n  - {id: g, name: 片, members: ['2']}\n",
         LT3004, 7, "g"}, /* a group is nobody's parent */
        {REGIONS "groups:\n  - {id: g, name: 片, members: ['2', g]}\n", LT3004, 8, "g"},
        {REGIONS "groups:\n  - {id: g, name: 片, members: ['2', h]}\n"
                 "  - {id: h, name: 区, members: ['3']}\n",
         LT3004, 8, "h"},
        {REGIONS "groups:\n  - {id: g, name: 片, members: ['2'], parent: g}\n", LT3007, 8, "g"},
        {REGIONS "groups:\n  - {id: g, name: 片, members: ['2'], parent: h}\n"
                 "  - {id: h, name: 区, members: ['3'], parent: g}\n",
         LT3007, 8, "h"},
        {REGIONS "groups:\n  - {id: g, name: 片, members: []}\n", LT1009, 8, "[]"},
        {"regions:\n  - {code: '1', name: 甲, parent: '1', level: country}\n", LT3007, 2, "1"},
        {"regions:\n  - {code: '1', name: 甲, parent: '2', level: country}\n"
         "  - {code: '2', name: 乙, parent: '1', level: country}\n",
         LT3007, 2, "2"},
        {"regions:\n  - {code: '1', name: 甲, level: country}\n"
         "  - {code: '2', name: 乙, parent: '4', level: province}\n"
         "  - {code: '3', name: 丙, parent: '2', level: province}\n"
         "  - {code: '4', name: 丁, parent: '3', level: province}\n",
         LT3007, 3, "4"},
        /* units */
        {M("unit: 欧元, area: sum"), LT2003, 2, "欧元"},
        {M("unit: '', area: sum"), LT1009, 2, ""},
        {MEASURE_M "indicators:\n" I("i", "unit: 亿, formula: m"), LT2003, 4, "亿"},
        {MEASURE_M "indicators:\n" I("m", "unit: 万人"), LT2004, 4, "万人"},
        {MEASURE_M "indicators:\n" I("i", "unit: '%', formula: m"), LT2004, 4, "m"},
        {MEASURE_M
         "indicators:\n" I("i", "unit: 亿元, formula: m, average: m / m, average_since: 2020"),
         LT2004, 4, "m / m"},
        /* editions and weights */
        {M("unit: 元, area: sum, vintage: v"), LT3006, 2, "v"},
        {M("unit: 元, area: weighted"), LT1009, 2, "weighted"},
        {M("unit: 元, area: weighted, weight: nope"), LT3102, 2, "nope"},
        {M("unit: 元, area: weighted, weight: m +"), LT3101, 2, ""},
        {M("unit: 元, area: weighted, weight: 'lag(k, 1y)'") "  - {id: k, name: 权, unit: 元, "
                                                             "area: weighted, weight: m * 2}\n",
         LT3108, 2, "lag(k, 1y)"},
        /* formulas */
        {"indicators:\n" I("i", "unit: 亿"), LT2003, 2, "亿"},
        {"indicators:\n" I("i", "unit: 元") I("i", "unit: 元"), LT3005, 3, "i"},
        {"indicators:\n" I("i", "unit: 元, formula: nope"), LT3102, 2, "nope"},
        {MEASURE_M "indicators:\n" I("i", "unit: 亿元, formula: mm"), LT3102, 4, "mm"},
        {MEASURE_M "indicators:\n" I("i", "unit: 亿元, formula: m + 1"), LT3103, 4, "+"},
        {MEASURE_M "indicators:\n" I("i", "unit: 亿元, formula: 'm + 1'"), LT3103, 4, "+"},
        {MEASURE_M "indicators:\n" I("i", "unit: 亿元, formula: \"lag(m, 1)\""), LT3105, 4, "1"},
        {MEASURE_M "indicators:\n"
                   "  - id: i\n    name: 某\n    unit: 亿元\n    direction: none\n"
                   "    formula: m -\n      n\n",
         LT3102, 9, "n"},
        {MEASURE_M
         "indicators:\n" I("i", "unit: 亿元, formula: m, average: sum(m), average_since: 2020"),
         LT3107, 4, "m"},
        {MEASURE_M "indicators:\n" I("i", "unit: 亿元, formula: m, average: m * 2"), LT1009, 4,
         "m * 2"}, /* since when? */
        {MEASURE_M "indicators:\n" I("i", "unit: 亿元, formula: m, average: m, average_since: 0"),
         LT2007, 4, "0"},
        /* circles */
        {"indicators:\n" I("i", "unit: '1', formula: i"), LT3108, 2, "i"},
        {"indicators:\n" I("i", "unit: '1', formula: i * 2"), LT3108, 2, "i * 2"},
        {"indicators:\n" I("i", "unit: '1', formula: j + 1") I("j", "unit: '1', formula: i - 1"),
         LT3108, 2, "j + 1"},
        {"indicators:\n" I("a", "unit: '1', formula: b") I("b", "unit: '1', formula: c")
             I("c", "unit: '1', formula: d") I("d", "unit: '1', formula: b"),
         LT3108, 3, "c"},
        {MEASURE_M "indicators:\n" I("m", "unit: 亿元, formula: j * 2")
             I("j", "unit: 亿元, formula: m / 2"),
         LT3108, 4, "j * 2"},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Catalog *catalog;
        Err err;

        start_over(fixture);
        catalog = catalog_new(fixture->arena);
        err = add_text(fixture, catalog, ROWS[i].text);
        err = err == OK ? catalog_finish(catalog, &fixture->diags) : err;
        if (err != ERR_INPUT) {
            fail_msg("is accepted:\n%s", ROWS[i].text);
        }
        assert_only(fixture, ROWS[i].code, ROWS[i].line, ROWS[i].at);
    }
}

/* What a formula that uses a wrong one says: nothing more. */
static void test_mistake_is_said_once(void **state)
{
    Fixture *fixture = *state;
    Catalog *catalog = catalog_new(fixture->arena);

    assert_int_equal(add_text(fixture, catalog,
                              "indicators:\n" I("a", "unit: '1', formula: b + 1")
                                  I("b", "unit: '1', formula: nope")
                                      I("c", "unit: '1', formula: a + b")),
                     OK);
    assert_int_equal(catalog_finish(catalog, &fixture->diags), ERR_INPUT);
    assert_only(fixture, LT3102, 3, "nope");
}

static void test_suggestions(void **state)
{
    static const struct {
        const char *text, *want;
    } ROWS[] = {
        {MEASURE_M "  - {id: population, name: 人口, unit: 人, area: sum}\n"
                   "indicators:\n" I("i", "unit: 人, formula: popluation"),
         "population?"},
        {REGIONS "groups:\n  - {id: g, name: 片, members: [甲巿]}\n", "甲市?"},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Catalog *catalog;

        start_over(fixture);
        catalog = catalog_new(fixture->arena);
        assert_int_equal(add_text(fixture, catalog, ROWS[i].text), OK);
        assert_int_equal(catalog_finish(catalog, &fixture->diags), ERR_INPUT);
        assert_int_equal(fixture->diags.all.n, 1);
        assert_text(fixture->diags.all.at[0].args[1], ROWS[i].want);
    }
}

/* A place in the file that the thing was written in, not in the last that was added. */
static void test_place_of_the_file(void **state)
{
    Fixture *fixture = *state;
    Catalog *catalog = catalog_new(fixture->arena);
    Source source = {STR_INIT("first.yaml"),
                     STR_INIT("# 注\nindicators:\n" I("i", "unit: 元, formula: nope"))};
    YamlDoc doc;

    assert_int_equal(yaml_read(fixture->arena, source, &doc, &fixture->diags), OK);
    assert_int_equal(catalog_add(catalog, &doc, &fixture->diags), OK);
    assert_int_equal(add_text(fixture, catalog, REGIONS), OK);
    assert_int_equal(catalog_finish(catalog, &fixture->diags), ERR_INPUT);
    assert_only(fixture, LT3102, 3, "nope");
    assert_text(fixture->diags.all.at[0].place.file, "first.yaml");
}

/* A family may have MAX_EDITIONS editions. */
static void test_many_editions(void **state)
{
    Fixture *fixture = *state;

    for (size_t n = MAX_EDITIONS; n <= MAX_EDITIONS + 1; n++) {
        Catalog *catalog;
        Buf text;

        start_over(fixture);
        catalog = catalog_new(fixture->arena);
        text = buf_new(fixture->arena);
        buf_add(&text, STR("vintages:\n  - id: v\n    name: 系列\n    editions:\n"));
        for (size_t i = 0; i < n; i++) {
            buf_format(&text, "      - {id: e%zu, name: 口径%zu}\n", i, i);
        }
        assert_int_equal(add_text(fixture, catalog, str_to_z(fixture->arena, buf_str(&text))), OK);
        if (n == MAX_EDITIONS) {
            assert_int_equal(catalog_finish(catalog, &fixture->diags), OK);
        } else {
            assert_int_equal(catalog_finish(catalog, &fixture->diags), ERR_INPUT);
            assert_int_equal(fixture->diags.all.at[0].code, LT1007);
        }
    }
}

/* i0 = i1 + i1, i1 = i2 + i2 …: a few lines that would unfold to 2^20 nodes; and a chain so long
 * that following it would exhaust the stack. */
static void test_unfolding(void **state)
{
    static const struct {
        const char *formula;
        int n;
    } ROWS[] = {{"i%d + i%d", 20}, {"i%d", 20000}};
    Fixture *fixture = *state;

    for (size_t r = 0; r < N_ROWS(ROWS); r++) {
        Catalog *catalog;
        Buf text;

        start_over(fixture);
        catalog = catalog_new(fixture->arena);
        text = buf_new(fixture->arena);
        buf_add(&text, STR("measures: [{id: m, name: 量, unit: '1', area: sum}]\nindicators:\n"));
        for (int i = 0; i < ROWS[r].n; i++) {
            buf_format(&text, "  - {id: i%d, name: n%d, unit: '1', direction: none, formula: ", i,
                       i);
            buf_format(&text, r == 0 ? "i%d + i%d}\n" : "i%d}\n", i + 1, i + 1);
        }
        buf_format(&text, "  - {id: i%d, name: 末, unit: '1', direction: none, formula: m}\n",
                   ROWS[r].n);
        assert_int_equal(add_text(fixture, catalog, str_to_z(fixture->arena, buf_str(&text))), OK);
        assert_int_equal(catalog_finish(catalog, &fixture->diags), ERR_INPUT);
        assert_int_equal(fixture->diags.all.at[0].code, LT3106);
    }
}

/* Measures weighted with measures weighted with measures …: read, or refused, but not followed
 * without end. */
static void test_chain_of_weights(void **state)
{
    Fixture *fixture = *state;
    Catalog *catalog = catalog_new(fixture->arena);
    Buf text = buf_new(fixture->arena);

    buf_add(&text, STR("measures:\n"));
    for (int i = 0; i < 20000; i++) {
        buf_format(&text, "  - {id: m%d, name: n%d, unit: '1', area: weighted, weight: m%d}\n", i,
                   i, i + 1);
    }
    buf_add(&text, STR("  - {id: m20000, name: 末, unit: '1', area: sum}\n"));
    assert_int_equal(add_text(fixture, catalog, str_to_z(fixture->arena, buf_str(&text))), OK);
    assert_int_equal(catalog_finish(catalog, &fixture->diags), ERR_INPUT);
    assert_int_equal(fixture->diags.all.at[0].code, LT3106);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_entity, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tree, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_groups, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_whole_of_a_group, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_same_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_order_of_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_editions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_own_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_names_in_formulas, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_without_formula, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_own_measure, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_compiled, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_mistakes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_mistake_is_said_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_suggestions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_place_of_the_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_many_editions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unfolding, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_chain_of_weights, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
