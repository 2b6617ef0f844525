/* Tests of Import: a file goes in whole or not at all, and what is wrong with a row is said. */
#include "facts/test_facts.h"

#include "facts/series.h"
#include "facts/test_disk.h"

static const char DICTIONARY[] =
    "dictionary: test\n"
    "regions:\n"
    "  - {code: '620000', name: {zh: 甘肃省, en: Gansu}, also: [甘肃], level: province}\n"
    "  - {code: '620100', name: {zh: 兰州市, en: Lanzhou}, parent: '620000', level: prefecture}\n"
    "  - {code: '620400', name: {zh: 白银市, en: Baiyin}, parent: '620000', level: prefecture}\n"
    "groups:\n"
    "  - {id: circle, name: {zh: 经济圈, en: Circle}, members: ['620100', '620400']}\n"
    "vintages:\n"
    "  - id: economic\n"
    "    name: {zh: 经济普查, en: economic}\n"
    "    editions:\n"
    "      - {id: census2018, name: {zh: 四经普, en: fourth}}\n"
    "      - {id: census2023, name: {zh: 五经普, en: fifth}}\n"
    "measures:\n"
    "  - {id: gdp, name: {zh: 生产总值, en: GDP of a region}, also: [GDP], unit: 亿元, area: sum, "
    "least: 0, vintage: economic}\n"
    "  - {id: people, name: {zh: 人口, en: people}, unit: 人, area: sum, least: 0}\n"
    "  - {id: share, name: {zh: 比重, en: share}, unit: '%', area: none}\n"
    "  - {id: land, name: {zh: 面积, en: land}, unit: m2, area: sum}\n";

static int set_up_import(void **state)
{
    int result = set_up(state);

    if (result == 0) {
        ((Fixture *)*state)->catalog = catalog_from(*state, DICTIONARY);
    }
    return result;
}

#undef TEST
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up_import, tear_down)

/* Its observations; every import of a test goes into a.db. */
static void assert_observations(Fixture *fixture, const char *want)
{
    Store *store = store_at(fixture, "a.db", STORE_READ);

    assert_text(dump_observations(fixture->arena, store), want);
    store_close(store);
}

static Err import_into(Fixture *fixture, const char *name, const char *text,
                       const ImportOptions *options, ImportResult *out)
{
    Store *store = store_at(fixture, "a.db", STORE_WRITE);
    Err err = import_text(fixture, store, name, str_z(text), options, out);

    store_close(store);
    return err;
}

/* --- what goes in --- */

static void test_observations(void **state)
{
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    ImportResult result;

    assert_int_equal(
        import_into(fixture, "folder/a.csv",
                    "measure,entity,period,value,unit,status,vintage,source,known_at,comment\n"
                    "gdp,620000,2024,13002.90,亿元,P,census2023,gwr2026,2026-02-10,a remark\n"
                    "GDP,甘肃,2023,11863.8,,,,gwr2026,2025-03-31T08:00:00Z,\n"
                    "\"people\",circle,2024-Q3,100,人,A,,gwr2026,,\n"
                    " 人口 , 经济圈 ,2024-03-31,2e3,人,e,,,,\n",
                    &options, &result),
        ERR_INPUT); /* status e: the codes are capitals */
    assert_rejected(fixture, "LT6007:5");
    assert_codes(fixture, "LT6013:2 LT6011:0");
    assert_int_equal(
        import_into(fixture, "folder/a.csv",
                    "measure,entity,period,value,unit,status,vintage,source,known_at,comment\n"
                    "gdp,620000,2024,13002.90,亿元,P,census2023,gwr2026,2026-02-10,a remark\n"
                    "GDP,甘肃,2023,11863.8,,,,gwr2026,2025-03-31T08:00:00Z,\n"
                    "\"people\",circle,2024-Q3,100,人,A,,gwr2026,,\n"
                    " 人口 , 经济圈 ,2024-03-31,2e3,人,E,,,,\n",
                    &options, &result),
        OK);
    assert_int_equal(result.rows, 4);
    assert_int_equal(result.rejected, 0);
    assert_false(result.unchanged);
    assert_rejected(fixture, "");
    assert_observations(
        fixture, "gdp 620000 2024 13002.9/2 P census2023 [gwr2026] 2026-02-10T23:59:59+08:00\n"
                 "gdp 620000 2023 11863.8/1 A [gwr2026] 2025-03-31T16:00:00+08:00\n"
                 "people circle 2024-Q3 100/0 A [gwr2026] 2026-01-01T08:00:00+08:00\n"
                 "people circle 2024-03-31 2000/0 E [a.csv] 2026-01-01T08:00:00+08:00\n");
}

static void test_headers(void **state)
{
    static const struct {
        const char *text, *codes;
    } ROWS[] = {
        {"数据项,地区,时期,数值,单位,状态,口径,来源,获知时间,备注\n"
         "生产总值,甘肃省,2024,13002.9,亿元,A,census2023,,2026-02-10,无\n",
         ""},
        {"comment,value,period,entity,measure\nx,1,2024,620000,gdp\n", ""},
        {" Measure ,ENTITY,Period,VALUE\ngdp,620000,2024,1\n", ""},
        {"ｍｅａｓｕｒｅ,地区,period,数值\ngdp,620000,2024,1\n", ""},
        {"\xEF\xBB\xBFmeasure;entity;period;value\ngdp;620000;2024;1\n", ""},
        {"measure\tentity\tperiod\tvalue\r\ngdp\t620000\t2024\t1\r\n", ""},
        {"measure,entity,period,value,note\ngdp,620000,2024,1,\n", "LT6015:1"},
        /* a title does not make it a table of sources if there is a value */
        {"measure,entity,period,value,title\ngdp,620000,2024,1,\n", "LT6015:1"},
        {"\nmeasure,,entity,period,value,\ngdp,,620000,2024,1,\n", "LT6015:2 LT6015:2"},
    };
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    ImportResult result;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        assert_int_equal(import_into(fixture, "a.csv", ROWS[i].text, &options, &result), OK);
        assert_codes(fixture, ROWS[i].codes);
        assert_int_equal(result.rows, 1);
        assert_false(result.unchanged);
        assert_int_equal(unlink(z_of(fixture, "a.db")), 0);
    }
}

static void test_headers_that_are_refused(void **state)
{
    static const struct {
        const char *text, *codes, *argument;
    } ROWS[] = {
        {"", "LT1014:0", "a.csv"},
        {"\n\n", "LT1014:0", "a.csv"},
        {"entity,period,value\n", "LT6001:1", "measure"},
        {"measure,period,value\n", "LT6001:1", "entity"},
        {"measure,entity,value\n", "LT6001:1", "period"},
        {"measure,entity,period\n", "LT6001:1", "value"},
        {"数据项,地区,时期\n", "LT6001:1", "value"},
        {"source,publisher\n", "LT6015:1 LT6001:1", "publisher"},
        {"title,publisher\n", "LT6001:1", "source"},
        {"measure,entity,period,value,Entity\n", "LT6010:1", "Entity"},
        {"\n\nmeasure,entity,period,value,地区\n", "LT6010:3", "地区"},
        {"source,title,来源\n", "LT6010:1", "来源"},
        {"gdp,620000,2024,1\n", "LT6015:1 LT6015:1 LT6015:1 LT6015:1 LT6001:1", "gdp"},
        {"\"measure,entity\n", "LT6003:1", "1"},
    };
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    ImportResult result;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        assert_int_equal(import_into(fixture, "a.csv", ROWS[i].text, &options, &result), ERR_INPUT);
        assert_text(fixture->diags.all.at[0].args[0], ROWS[i].argument);
        assert_codes(fixture, ROWS[i].codes);
        assert_int_equal(result.rows, 0);
    }
    assert_text(dump_store(fixture, "a.db"), "");
}

/* Units are converted by powers of ten without a digit lost; others keep what was printed and one
 * digit more. */
static void test_units(void **state)
{
    static const struct {
        const char *measure, *value, *unit, *want;
    } ROWS[] = {
        {"people", "1.5", "万人", "15000/0"},
        {"people", "1.23456", "万人", "12345.6/1"},
        {"people", "25.40", "万人", "254000/0"},
        {"people", "0.3", "亿人", "30000000/0"},
        {"people", "15000", "人", "15000/0"},
        {"people", "15000", "", "15000/0"},
        {"people", "-1.5", "万人", "-15000/0"},
        {"gdp", "874.6", "亿元", "874.6/1"},
        {"gdp", "8746000", "万元", "874.6/4"},
        {"gdp", "8746000.50", "万元", "874.60005/6"},
        {"gdp", "1", "元", "1e-08/8"},
        {"gdp", "1.05", "万亿元", "10500/0"},
        {"gdp", "0", "万元", "0/4"},
        {"share", "12.50", "%", "12.5/2"},
        {"share", "125", "‰", "12.5/1"},
        {"share", "12.5", "百分点", "12.5/1"},
        {"land", "1", "km2", "1000000/0"},
        {"land", "45.4", "万公顷", "4540000000/0"},
        {"land", "3", "亩", "2000/0"},
    };
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    ImportResult result;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Str text =
            str_format(fixture->arena, "measure,entity,period,value,unit\n%s,620000,2024,%s,%s",
                       ROWS[i].measure, ROWS[i].value, ROWS[i].unit);

        assert_int_equal(
            import_into(fixture, "a.csv", str_to_z(fixture->arena, text), &options, &result), OK);
        assert_observations(
            fixture, str_to_z(fixture->arena,
                              str_format(fixture->arena,
                                         "%s 620000 2024 %s A [a.csv] 2026-01-01T08:00:00+08:00\n",
                                         ROWS[i].measure, ROWS[i].want)));
        assert_int_equal(unlink(z_of(fixture, "a.db")), 0);
    }
}

/* A column without words in a row takes the default of that row, not what the row before said. */
static void test_defaults_of_each_row(void **state)
{
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    ImportResult result;

    options.source = STR("given");
    assert_int_equal(import_into(fixture, "a.csv",
                                 "measure,entity,period,value,unit,status,vintage,source,known_at\n"
                                 "gdp,620000,2021,1,万元,E,census2018,mine,2025\n"
                                 "gdp,620000,2022,1,,,,,\n"
                                 "people,620000,2023,1,万人,F,,mine,2025\n"
                                 "people,620000,2024,1,,,,,\n"
                                 "gdp,620000,2025,1,,,census2018,,\n",
                                 &options, &result),
                     OK);
    assert_observations(fixture,
                        "gdp 620000 2021 0.0001/4 E census2018 [mine] 2025-12-31T23:59:59+08:00\n"
                        "gdp 620000 2022 1/0 A [given] 2026-01-01T08:00:00+08:00\n"
                        "gdp 620000 2025 1/0 A census2018 [given] 2026-01-01T08:00:00+08:00\n"
                        "people 620000 2023 10000/0 F [mine] 2025-12-31T23:59:59+08:00\n"
                        "people 620000 2024 1/0 A [given] 2026-01-01T08:00:00+08:00\n");
}

/* Names that are longer than what is kept of the row before, and differ behind that. */
static void test_long_names(void **state)
{
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    ImportResult result;
    Buf name = buf_new(fixture->arena);
    Str a, b;

    buf_repeat(&name, STR("长"), 50);
    a = str_format(fixture->arena, "%.*s甲", STR_ARG(buf_str(&name)));
    b = str_format(fixture->arena, "%.*s乙", STR_ARG(buf_str(&name)));
    assert_int_equal(
        import_into(
            fixture, "a.csv",
            str_to_z(fixture->arena, str_format(fixture->arena,
                                                "measure,entity,period,value,source\n"
                                                "gdp,620000,2021,1,%.*s\ngdp,620000,2022,2,%.*s\n"
                                                "gdp,620000,2023,3,%.*s\ngdp,620000,2024,4,b\n",
                                                STR_ARG(a), STR_ARG(a), STR_ARG(b))),
            &options, &result),
        OK);
    assert_codes(fixture, "LT6013:2 LT6013:4 LT6013:5");
    assert_observations(
        fixture, str_to_z(fixture->arena,
                          str_format(fixture->arena,
                                     "gdp 620000 2021 1/0 A [%.*s] 2026-01-01T08:00:00+08:00\n"
                                     "gdp 620000 2022 2/0 A [%.*s] 2026-01-01T08:00:00+08:00\n"
                                     "gdp 620000 2023 3/0 A [%.*s] 2026-01-01T08:00:00+08:00\n"
                                     "gdp 620000 2024 4/0 A [b] 2026-01-01T08:00:00+08:00\n",
                                     STR_ARG(a), STR_ARG(a), STR_ARG(b))));
}

static void test_gb18030(void **state)
{
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    ImportResult result;
    const char *text = "measure,entity,period,value,unit\n"
                       "\xC8\xCB\xBF\xDA,\xC0\xBC\xD6\xDD\xCA\xD0,2024,1.5,\xCD\xF2\xC8\xCB\n";

    assert_int_equal(import_into(fixture, "a.csv", text, &options, &result), OK);
    assert_true(result.gb18030);
    assert_observations(fixture,
                        "people 620100 2024 15000/0 A [a.csv] 2026-01-01T08:00:00+08:00\n");
    options.encoding = ENCODING_UTF8;
    options.dry_run = true;
    assert_int_equal(import_into(fixture, "a.csv", text, &options, &result), ERR_INPUT);
    assert_codes(fixture, "LT6008:2");
    assert_false(result.gb18030);
}

/* --- bad rows --- */

typedef struct {
    Arena *arena;
    Diag last;
    size_t n;
} Keeper;

static void keep_rejected(void *context, const Diag *diag)
{
    Keeper *keeper = context;

    keeper->n++;
    keeper->last = *diag;
    for (size_t i = 0; i < DIAG_MAX_ARGS; i++) {
        keeper->last.args[i] = str_copy(keeper->arena, diag->args[i]);
    }
}

/* Each is refused for its own reason, and for no other; the good row beside it goes in. */
static void test_bad_rows(void **state)
{
    static const struct {
        const char *row;
        Code code;
        const char *arguments[3];
    } ROWS[] = {
        {"gdp,620000,2024,n/a,,,,", LT2001, {"n/a"}},
        {"gdp,620000,2024,\"1,234.5\",,,,", LT2001, {"1,234.5"}},
        {"gdp,620000,2024,12亿,,,,", LT2001, {"12亿"}},
        {"gdp,620000,2024,nan,,,,", LT2001, {"nan"}},
        {"gdp,620000,2024,0x10,,,,", LT2001, {"0x10"}},
        {"gdp,620000,2024,-,,,,", LT2001, {"-"}},
        {"gdp,620000,2024,n/a,,M,,", LT2001, {"n/a"}},
        {"gdp,620000,2024,7.5,,M,,", LT6019, {"7.5"}},
        {"gdp,620000,2024,\"12\"34,,,,", LT6018, {"34"}},
        {"gdp,620000,2024,\"12\" \"34\",,,,", LT6018, {"\"34\""}},
        {"gdp,620000,2024,1234567890123456789,,,,", LT2002, {"1234567890123456789"}},
        {"gdp,620000,2024,1e300,,,,", LT2002, {"1e300"}},
        {"people,620000,2024,123456789012345678,亿人,,,", LT2002, {"123456789012345678"}},
        {"gdp,620000,2024,0.123456789012345678,元,,,", LT2002, {"0.123456789012345678"}},
        {"gdp,620000,2024,1,亿圆,,,", LT2003, {"亿圆"}},
        {"gdp,620000,2024,1,亿,,,", LT2003, {"亿"}},
        {"gdp,620000,2025-13,1,,,,", LT2005, {"2025-13"}},
        {"gdp,620000,2025-02-30,1,,,,", LT2005, {"2025-02-30"}},
        {"gdp,620000,2025年,1,,,,", LT2005, {"2025年"}},
        {"gdp,620000,,1,,,,", LT2005, {""}},
        {"gdp,620000,2024,1,,,", LT6002, {"7", "8"}},
        {"gdp,620000,2024,1,,,,,", LT6002, {"9", "8"}},
        {"gdp", LT6002, {"1", "8"}},
        {"gdpp,620000,2024,1,,,,", LT6004, {"gdpp", "gdp?"}},
        {",620000,2024,1,,,,", LT6004, {""}},
        {"gdp,620009,2024,1,,,,", LT6005, {"620009", "620000?"}},
        {"gdp,,2024,1,,,,", LT6005, {""}},
        {"gdp,620000,2024,1,万人,,,", LT6006, {"gdp", "万人", "亿元"}},
        {"share,620000,2024,1,1,,,", LT6006, {"share", "1", "%"}},
        {"people,620000,2024,1,人/km2,,,", LT6006, {"people", "人/km2", "人"}},
        {"gdp,620000,2024,1,,X,,", LT6007, {"X"}},
        {"gdp,620000,2024,1,,a,,", LT6007, {"a"}},
        {"gdp,620000,2024,1,,AA,,", LT6007, {"AA"}},
        {"gdp,620000,2024,1,,预,,", LT6007, {"预"}},
        {"gdp,620000,2024,1,,,census2028,",
         LT6012,
         {"gdp", "census2028", "census2018, census2023"}},
        {"people,620000,2024,1,,,census2023,", LT6012, {"people", "census2023", ""}},
        {"gdp,620000,2024,1,,,,2025-02-30", LT6014, {"2025-02-30"}},
        {"gdp,620000,2024,1,,,,昨天", LT6014, {"昨天"}},
        {"gdp,620000,2024,1,,,,2025-01-01T08:00:00+99:00", LT6014, {"2025-01-01T08:00:00+99:00"}},
        {"gdp,620000,2024,,,,,", LT6016, {""}},
        {"gdp,620000,2024, ,,P,,", LT6016, {""}},
    };
    static const char HEADER[] = "measure,entity,period,value,unit,status,vintage,known_at\n";
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    ImportResult result;

    options.keep_going = true;
    options.report = keep_rejected;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Store *store = store_at(fixture, "a.db", STORE_WRITE);
        Diags diags = diags_new(fixture->arena);
        Str text =
            str_format(fixture->arena, "%s%s\npeople,620100,2024,7,,,,\n", HEADER, ROWS[i].row);
        Memory memory = {.text = text};
        Keeper keeper = {fixture->arena, {0}, 0};

        options.context = &keeper;
        assert_int_equal(import_csv(fixture->arena, store, STR("a.csv"),
                                    (CsvInput){&memory, memory_read}, &options, &result, &diags),
                         ERR_INPUT);
        assert_int_equal(keeper.n, 1);
        if (keeper.last.code != ROWS[i].code) {
            fail_msg("%s: %.*s", ROWS[i].row, STR_ARG(code_info(keeper.last.code)->name));
        }
        assert_text(keeper.last.place.file, "a.csv");
        assert_int_equal(keeper.last.place.line, 2);
        assert_text(keeper.last.args[0], ROWS[i].arguments[0]);
        for (size_t k = 1; k < 3 && ROWS[i].arguments[k] != NULL; k++) {
            assert_int_not_equal(str_find(keeper.last.args[k], str_z(ROWS[i].arguments[k])),
                                 SIZE_MAX);
        }
        assert_int_equal(diags.all.n, 0);
        assert_int_equal(result.rows, 2);
        assert_int_equal(result.rejected, 1);
        store_close(store);
        assert_text(dump_store(fixture, "a.db"),
                    "1 a.csv\n  a.csv|a.csv|||\n2 people\n3 620100\n"
                    "people 620100 2024 7/0 A [a.csv] 2026-01-01T08:00:00+08:00\n");
        assert_int_equal(unlink(z_of(fixture, "a.db")), 0);
    }
}

/* NUL is a byte like others: no status, no number. */
static void test_nul_bytes(void **state)
{
    static const Str ROWS[] = {
        STR_INIT("measure,entity,period,value,status\ngdp,620000,2024,1,\0\n"),
        STR_INIT("measure,entity,period,value,status\ngdp,620000,2024,1\0,A\n"),
        STR_INIT("measure,entity,period,value,status\ngdp\0,620000,2024,1,A\n"),
    };
    static const char *const CODES[] = {"LT6007:2", "LT2001:2", "LT6004:2"};
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    ImportResult result;

    options.dry_run = true;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        assert_int_equal(import_text(fixture, NULL, "a.csv", ROWS[i], &options, &result),
                         ERR_INPUT);
        assert_rejected(fixture, CODES[i]);
    }
}

/* What a bad row says is not taken for granted in the rows after it. */
static void test_rows_after_a_bad_row(void **state)
{
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    ImportResult result;

    options.keep_going = true;
    assert_int_equal(import_into(fixture, "a.csv",
                                 "measure,entity,period,value,unit,status,vintage,known_at,source\n"
                                 "gdp,620000,2001,1,亿元,A,census2018,2025,s\n"
                                 "none,620000,2002,1,亿元,A,census2018,2025,s\n"
                                 "none,620000,2003,1,亿元,A,census2018,2025,s\n"
                                 "gdp,none,2004,1,亿元,A,census2018,2025,s\n"
                                 "gdp,none,2005,1,亿元,A,census2018,2025,s\n"
                                 "gdp,620000,2006,1,人,A,census2018,2025,s\n"
                                 "gdp,620000,2007,1,人,A,census2018,2025,s\n"
                                 "gdp,620000,2008,1,亿元,A,none,2025,s\n"
                                 "gdp,620000,2009,1,亿元,A,none,2025,s\n"
                                 "gdp,620000,2010,1,亿元,A,census2018,then,s\n"
                                 "gdp,620000,2011,1,亿元,A,census2018,then,s\n"
                                 "people,620000,2012,1,亿元,A,,2025,s\n"
                                 "people,620000,2013,1,人,A,census2018,2025,s\n"
                                 "gdp,620000,2014,1,亿元,A,census2018,2025,s\n",
                                 &options, &result),
                     ERR_INPUT);
    assert_rejected(fixture, "LT6004:3 LT6004:4 LT6005:5 LT6005:6 LT6006:7 LT6006:8 LT6012:9 "
                             "LT6012:10 LT6014:11 LT6014:12 LT6006:13 LT6012:14");
    assert_int_equal(result.rows, 14);
    assert_int_equal(result.rejected, 12);
    assert_observations(fixture,
                        "gdp 620000 2001 1/0 A census2018 [s] 2025-12-31T23:59:59+08:00\n"
                        "gdp 620000 2014 1/0 A census2018 [s] 2025-12-31T23:59:59+08:00\n");
}

/* --- all or nothing --- */

/* n good rows, and a bad one as the bad-th if that is not 0. */
static const char *many_rows(Arena *arena, int n, int bad)
{
    Buf text = buf_new(arena);

    buf_add(&text, STR("measure,entity,period,value,source\n"));
    for (int i = 1; i <= n; i++) {
        buf_format(&text, "%s,620%d00,%d,%s,source%d\n", i % 2 ? "gdp" : "people",
                   i % 3 == 0 ? 1 : 4, 1000 + i % 1000, i == bad ? "bad" : "1.5", i % 7);
    }
    return str_to_z(arena, buf_str(&text));
}

static void make_base(Fixture *fixture)
{
    Store *store = store_at(fixture, "a.db", STORE_WRITE);

    import_good(fixture, store, "sources.csv", "source,title\ngwr2026,政府工作报告\n");
    import_good(fixture, store, "base.csv",
                "measure,entity,period,value,source\ngdp,620000,2024,13002.9,gwr2026\n");
    store_close(store);
    assert_codes(fixture, "");
}

/* Wherever the bad row stands, nothing of its file goes in: no row, no name, no source. */
static void test_one_bad_row_keeps_the_file_out(void **state)
{
    static const int PLACES[] = {1, 2, 4096, 4097, 10000};
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    ImportResult result;
    Str before;

    make_base(fixture);
    before = dump_store(fixture, "a.db");
    for (size_t i = 0; i < N_ROWS(PLACES); i++) {
        const Diag *last;
        char want[32];

        assert_int_equal(import_into(fixture, "a.csv", many_rows(fixture->arena, 10000, PLACES[i]),
                                     &options, &result),
                         ERR_INPUT);
        (void)snprintf(want, sizeof want, "LT2001:%d", PLACES[i] + 1);
        assert_rejected(fixture, want);
        assert_int_equal(result.rows, 10000);
        assert_int_equal(result.rejected, 1);
        last = &fixture->diags.all.at[fixture->diags.all.n - 1];
        assert_int_equal(last->code, LT6011);
        assert_text(last->args[0], "10000");
        assert_text(last->args[1], "1");
        assert_text(dump_store(fixture, "a.db"), str_to_z(fixture->arena, before));
    }
}

static void test_keep_going(void **state)
{
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    ImportResult result;

    options.keep_going = true;
    assert_int_equal(import_into(fixture, "a.csv",
                                 "measure,entity,period,value\n"
                                 "gdp,620000,2021,x\n"
                                 "gdp,620000,2022,2\n"
                                 "gdp,620000,2023,\n"
                                 "gdp,620000,2024,4\n"
                                 "gdp,620000\n",
                                 &options, &result),
                     ERR_INPUT);
    assert_int_equal(result.rows, 5);
    assert_int_equal(result.rejected, 3);
    assert_rejected(fixture, "LT2001:2 LT6016:4 LT6002:6");
    assert_codes(fixture, "");
    assert_observations(fixture, "gdp 620000 2022 2/0 A [a.csv] 2026-01-01T08:00:00+08:00\n"
                                 "gdp 620000 2024 4/0 A [a.csv] 2026-01-01T08:00:00+08:00\n");
    /* without a bad row it says nothing */
    assert_int_equal(import_into(fixture, "b.csv",
                                 "measure,entity,period,value\ngdp,620000,2025,5\n", &options,
                                 &result),
                     OK);
    /* rows of which none is good are still told as that, and the file counts as seen */
    assert_int_equal(
        import_into(fixture, "c.csv", "measure,entity,period,value\nx,x,x,x\n", &options, &result),
        ERR_INPUT);
    assert_int_equal(result.rows, result.rejected);
    assert_rejected(fixture, "LT6004:2");
}

/* A file that cannot be read to its end stays out whole, with keep_going too. */
static void test_files_that_break_off(void **state)
{
    Fixture *fixture = *state;
    Str good = str_z(many_rows(fixture->arena, 5000, 0)), before;

    make_base(fixture);
    before = dump_store(fixture, "a.db");
    for (int keep_going = 0; keep_going <= 1; keep_going++) {
        static const struct {
            const char *end;
            size_t breaks_at;
            Code code;
        } ROWS[] = {{"gdp,\"620000,2024,1\n", 0, LT6003},
                    {"gdp,620000,2024,\xFF\n", 0, LT6008},
                    {"", 1000, LT1001}};

        for (size_t i = 0; i < N_ROWS(ROWS); i++) {
            ImportOptions options = import_options(fixture);
            ImportResult result;
            Store *store = store_at(fixture, "a.db", STORE_WRITE);
            Memory memory = {.text =
                                 str_format(fixture->arena, "%.*s%s", STR_ARG(good), ROWS[i].end),
                             .breaks_at = ROWS[i].breaks_at,
                             .most = 100,
                             .random = 1};

            options.keep_going = keep_going;
            assert_int_equal(import_csv(fixture->arena, store, STR("a.csv"),
                                        (CsvInput){&memory, memory_read}, &options, &result,
                                        &fixture->diags),
                             ERR_INPUT);
            store_close(store);
            assert_int_equal(fixture->diags.all.at[fixture->diags.all.n - 1].code, ROWS[i].code);
            assert_int_equal(diags_errors(&fixture->diags), 1);
            fixture->diags = diags_new(fixture->arena);
            assert_text(dump_store(fixture, "a.db"), str_to_z(fixture->arena, before));
        }
    }
}

/* Everything is checked, and not a byte is written. */
static void test_dry_run(void **state)
{
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    ImportResult result;
    Str before;

    make_base(fixture);
    before = get_file(fixture, "a.db");
    options.dry_run = true;
    assert_int_equal(
        import_into(fixture, "a.csv", many_rows(fixture->arena, 5000, 0), &options, &result), OK);
    assert_int_equal(result.rows, 5000);
    assert_codes(fixture, "");
    assert_int_equal(
        import_into(fixture, "a.csv", many_rows(fixture->arena, 5000, 70), &options, &result),
        ERR_INPUT);
    assert_rejected(fixture, "LT2001:71");
    assert_codes(fixture, "LT6011:0");
    assert_int_equal(import_into(fixture, "s.csv", "source,title\ns,题\n,题\n", &options, &result),
                     ERR_INPUT);
    assert_rejected(fixture, "LT6001:3");
    assert_codes(fixture, "LT6011:0");
    assert_true(str_eq(get_file(fixture, "a.db"), before));
    assert_int_equal(import_text(fixture, NULL, "a.csv", str_z(many_rows(fixture->arena, 50, 0)),
                                 &options, &result),
                     OK);
}

static void test_same_content_again(void **state)
{
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    ImportResult result;
    const char *text = "measure,entity,period,value\ngdp,620000,2024,13002.9\n";
    Str before;

    assert_int_equal(import_into(fixture, "folder/a.csv", text, &options, &result), OK);
    assert_false(result.unchanged);
    before = dump_store(fixture, "a.db");
    options.now += 1000;
    for (size_t i = 0; i < 2; i++) { /* under whatever name */
        assert_int_equal(
            import_into(fixture, i == 0 ? "folder/a.csv" : "b.csv", text, &options, &result), OK);
        assert_true(result.unchanged);
        assert_int_equal(result.rows, 1);
        assert_text(fixture->diags.all.at[0].args[0], "a.csv");
        assert_text(fixture->diags.all.at[0].args[1], "2026-01-01T08:00:00+08:00");
        assert_codes(fixture, "LT6017:0");
        assert_text(dump_store(fixture, "a.db"), str_to_z(fixture->arena, before));
    }
    /* one more byte is another content: it is told again, as one more observation */
    assert_int_equal(import_into(fixture, "a.csv",
                                 "measure,entity,period,value\ngdp,620000,2024,13002.9\n\n",
                                 &options, &result),
                     OK);
    assert_false(result.unchanged);
    assert_observations(fixture, "gdp 620000 2024 13002.9/1 A [a.csv] 2026-01-01T08:00:00+08:00\n"
                                 "gdp 620000 2024 13002.9/1 A [a.csv] 2026-01-01T08:16:40+08:00\n");
    assert_codes(fixture, "");
}

/* --- values taken back --- */

static Str series_of_gdp(Fixture *fixture)
{
    Store *store = store_at(fixture, "a.db", STORE_READ);
    Buf out = buf_new(fixture->arena);
    Series series;

    assert_int_equal(series_load(fixture->arena, store, fixture->catalog,
                                 catalog_measure(fixture->catalog, STR("gdp")), PERIOD_YEAR,
                                 &ASK_ALL, &series),
                     OK);
    for (size_t i = 0; i < series.n; i++) {
        buf_format(&out, "%s%g/%u", i == 0 ? "" : " ", series.cells[i].value,
                   series.cells[i].n_others);
    }
    store_close(store);
    return buf_str(&out);
}

static void test_value_is_taken_back(void **state)
{
    Fixture *fixture = *state;
    Store *store = store_at(fixture, "a.db", STORE_WRITE);

    import_good(fixture, store, "1.csv",
                "measure,entity,period,value,status,known_at\ngdp,620000,2024,1,A,2025-01-01\n"
                "gdp,620000,2025,2,A,2025-01-01\n");
    import_good(fixture, store, "2.csv",
                "measure,entity,period,value,status,known_at\ngdp,620000,2024,,M,2025-02-01\n");
    store_close(store);
    assert_text(series_of_gdp(fixture), "2/0");
    store = store_at(fixture, "a.db", STORE_WRITE);
    import_good(fixture, store, "3.csv",
                "measure,entity,period,value,status,known_at\ngdp,620000,2024,3,A,2025-03-01\n");
    store_close(store);
    assert_text(series_of_gdp(fixture), "3/2 2/0");
    store = store_at(fixture, "a.db", STORE_WRITE);
    import_good(fixture, store, "4.csv",
                "measure,entity,period,value,status,known_at\ngdp,620000,2024,,M,2025-04-01\n");
    store_close(store);
    assert_text(series_of_gdp(fixture), "2/0");
    assert_observations(fixture, "gdp 620000 2024 1/0 A [1.csv] 2025-01-01T23:59:59+08:00\n"
                                 "gdp 620000 2025 2/0 A [1.csv] 2025-01-01T23:59:59+08:00\n"
                                 "gdp 620000 2024 -/0 M [2.csv] 2025-02-01T23:59:59+08:00\n"
                                 "gdp 620000 2024 3/0 A [3.csv] 2025-03-01T23:59:59+08:00\n"
                                 "gdp 620000 2024 -/0 M [4.csv] 2025-04-01T23:59:59+08:00\n");
}

/* --- sources --- */

static Str source_of(Fixture *fixture, const char *id)
{
    Store *store = store_at(fixture, "a.db", STORE_READ);
    SourceInfo info;
    bool found = false;

    assert_int_equal(store_get_source(store, fixture->arena, str_z(id), &info, &found), OK);
    store_close(store);
    return found ? str_format(fixture->arena, "%.*s|%.*s|%.*s|%.*s", STR_ARG(info.title),
                              STR_ARG(info.publisher), STR_ARG(info.published), STR_ARG(info.url))
                 : STR("none");
}

static void test_tables_of_sources(void **state)
{
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    ImportResult result;

    assert_int_equal(import_into(fixture, "s.csv",
                                 "source,title,publisher,published,url\n"
                                 "gwr2026,政府工作报告,省政府,2026-02-10,http://example.org/\n"
                                 " b ,\"题, 目\" ,,,\n",
                                 &options, &result),
                     OK);
    assert_int_equal(result.rows, 2);
    assert_codes(fixture, "");
    assert_text(source_of(fixture, "gwr2026"),
                "政府工作报告|省政府|2026-02-10|http://example.org/");
    assert_text(source_of(fixture, "b"), "题, 目|||");
    assert_text(source_of(fixture, "c"), "none");
    assert_int_equal(import_into(fixture, "s.csv", "标题;来源;地址;备注\n新题;b;u;x\n丙;c;;\n",
                                 &options, &result),
                     OK);
    assert_codes(fixture, "LT6015:1");
    assert_text(source_of(fixture, "b"), "新题|||u");
    assert_text(source_of(fixture, "c"), "丙|||");
    assert_int_equal(import_into(fixture, "s.csv", "标题;来源;地址;备注\n新题;b;u;x\n丙;c;;\n",
                                 &options, &result),
                     OK);
    assert_true(result.unchanged);
    assert_codes(fixture, "LT6015:1 LT6017:0");
    assert_observations(fixture, "");
}

static void test_bad_rows_of_sources(void **state)
{
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    ImportResult result;
    const char *text = "source,title\na,甲\n,乙\nc\nd,丁,x\ne,戊\n";

    assert_int_equal(import_into(fixture, "s.csv", text, &options, &result), ERR_INPUT);
    assert_rejected(fixture, "LT6001:3 LT6002:4 LT6002:5");
    assert_codes(fixture, "LT6011:0");
    assert_text(source_of(fixture, "a"), "none");
    options.keep_going = true;
    assert_int_equal(import_into(fixture, "s.csv", text, &options, &result), ERR_INPUT);
    assert_int_equal(result.rejected, 3);
    assert_rejected(fixture, "LT6001:3 LT6002:4 LT6002:5");
    assert_codes(fixture, "");
    assert_text(source_of(fixture, "a"), "甲|||");
    assert_text(source_of(fixture, "e"), "戊|||");
    assert_text(source_of(fixture, "d"), "none");
}

/* Said at the first row that is taken, once for ever; not of one that the table describes. */
static void test_unknown_sources(void **state)
{
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    ImportResult result;

    make_base(fixture);
    assert_int_equal(import_into(fixture, "a.csv",
                                 "measure,entity,period,value,source\n"
                                 "gdp,620000,2021,1,gwr2026\n"
                                 "gdp,620000,2022,1,x\n"
                                 "gdp,620000,2023,1,y\n"
                                 "gdp,620000,2024,1,x\n"
                                 "gdp,620000,2025,1,\n",
                                 &options, &result),
                     OK);
    assert_codes(fixture, "LT6013:3 LT6013:4");
    assert_text(source_of(fixture, "x"), "|||");
    assert_text(source_of(fixture, "a.csv"), "a.csv|||"); /* of the row that names none */
    assert_int_equal(import_into(fixture, "b.csv",
                                 "measure,entity,period,value,source\n"
                                 "gdp,620000,2024,x,z\n"
                                 "gdp,620000,2024,2,x\n"
                                 "gdp,620000,2024,2,z\n",
                                 &options, &result),
                     ERR_INPUT);
    assert_codes(fixture, "LT6013:4 LT6011:0");
    assert_rejected(fixture, "LT2001:2");
    assert_text(source_of(fixture, "z"), "none");
    assert_text(source_of(fixture, "b.csv"), "none");
}

/* A file without the column is its own source, or the one that is given. */
static void test_source_of_a_file(void **state)
{
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    ImportResult result;

    make_base(fixture);
    assert_int_equal(import_into(fixture, "folder/a.csv",
                                 "measure,entity,period,value\ngdp,620000,2021,1\n", &options,
                                 &result),
                     OK);
    assert_text(source_of(fixture, "a.csv"), "folder/a.csv|||");
    options.source = STR("gwr2026");
    assert_int_equal(import_into(fixture, "b.csv",
                                 "measure,entity,period,value\ngdp,620000,2022,1\n", &options,
                                 &result),
                     OK);
    assert_text(source_of(fixture, "gwr2026"), "政府工作报告|||");
    assert_text(source_of(fixture, "b.csv"), "none");
    options.source = STR("given");
    assert_int_equal(import_into(fixture, "c.csv",
                                 "measure,entity,period,value\ngdp,620000,2023,1\n", &options,
                                 &result),
                     OK);
    assert_text(source_of(fixture, "given"), "c.csv|||");
    assert_codes(fixture, "");
}

/* --- size --- */

static void count_progress(void *context, Str file, uint64_t bytes)
{
    assert_text(file, "a.csv");
    assert_true(bytes > 0);
    ++*(int *)context;
}

static void test_progress(void **state)
{
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    ImportResult result;
    int n = 0;

    options.dry_run = true;
    options.progress = count_progress;
    options.context = &n;
    assert_int_equal(
        import_into(fixture, "a.csv", many_rows(fixture->arena, 200000, 0), &options, &result), OK);
    assert_int_equal(n, 3);
}

/* The arena that an import is given does not grow with the rows, good or bad. */
static void test_memory_does_not_grow(void **state)
{
    Fixture *fixture = *state;
    size_t bytes[2];

    for (int large = 0; large <= 1; large++) {
        Arena *arena = arena_new();
        ImportOptions options = import_options(fixture);
        ImportResult result;
        Memory memory = {.text = str_z(many_rows(fixture->arena, large ? 300000 : 3000, 0))};

        options.dry_run = true;
        assert_int_equal(import_csv(arena, NULL, STR("a.csv"), (CsvInput){&memory, memory_read},
                                    &options, &result, &fixture->diags),
                         OK);
        bytes[large] = arena_bytes(arena);
        arena_free(arena);
    }
    assert_int_equal(bytes[0], bytes[1]);
}

/* --- a disk that fails --- */

/* Whichever call to the disk fails, once or from then on, the store reads as before; until none
 * fails and everything is in it. */
static void test_failing_disk(void **state)
{
    static const struct {
        unsigned kinds;
        bool for_good;
        int error;
    } FAILURES[] = {
        {DISK_CHANGE, false, SQLITE_FULL}, {DISK_CHANGE, false, SQLITE_IOERR_WRITE},
        {DISK_CHANGE, true, SQLITE_FULL},  {DISK_CHANGE, true, SQLITE_IOERR_WRITE},
        {DISK_DELETE, false, SQLITE_FULL}, {DISK_DELETE, true, SQLITE_FULL},
    };
    Fixture *fixture = *state;
    ImportOptions options = import_options(fixture);
    const char *text = many_rows(fixture->arena, 400, 0);
    Str base, before, after;
    ImportResult result;

    make_base(fixture);
    base = get_file(fixture, "a.db");
    before = dump_store(fixture, "a.db");
    assert_int_equal(import_into(fixture, "many.csv", text, &options, &result), OK);
    after = dump_store(fixture, "a.db");
    for (size_t i = 0; i < N_ROWS(FAILURES); i++) {
        for (long good = 0;; good++) {
            ArenaMark mark = arena_mark(fixture->arena);
            Store *store;
            Disk disk;
            Err err;

            put_file(fixture, "a.db", base);
            fixture->diags = diags_new(fixture->arena);
            disk_in(&disk, FAILURES[i].kinds, good, FAILURES[i].for_good, FAILURES[i].error);
            store = store_at(fixture, "a.db", STORE_WRITE);
            err = import_text(fixture, store, "many.csv", str_z(text), &options, &result);
            assert_int_equal(err, disk.n_failed == 0 ? OK : ERR_RESOURCE);
            assert_int_equal(diags_errors(&fixture->diags), err == OK ? 0 : 1);
            if (err != OK && !FAILURES[i].for_good) { /* the same store takes it the next time */
                assert_int_equal(fixture->diags.all.at[fixture->diags.all.n - 1].code, LT9003);
                assert_text(dump_store(fixture, "a.db"), str_to_z(fixture->arena, before));
                assert_int_equal(
                    import_text(fixture, store, "many.csv", str_z(text), &options, &result), OK);
            }
            store_close(store);
            disk_out(&disk);
            assert_text(
                dump_store(fixture, "a.db"),
                str_to_z(fixture->arena, err != OK && FAILURES[i].for_good ? before : after));
            if (disk.n_failed == 0) {
                assert_true(good > (FAILURES[i].kinds == DISK_DELETE ? 0 : 10));
                break;
            }
            arena_release(fixture->arena, mark);
        }
    }
    fixture->diags = diags_new(fixture->arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_observations),
        TEST(test_headers),
        TEST(test_headers_that_are_refused),
        TEST(test_units),
        TEST(test_defaults_of_each_row),
        TEST(test_long_names),
        TEST(test_gb18030),
        TEST(test_bad_rows),
        TEST(test_nul_bytes),
        TEST(test_rows_after_a_bad_row),
        TEST(test_one_bad_row_keeps_the_file_out),
        TEST(test_keep_going),
        TEST(test_files_that_break_off),
        TEST(test_dry_run),
        TEST(test_same_content_again),
        TEST(test_value_is_taken_back),
        TEST(test_tables_of_sources),
        TEST(test_bad_rows_of_sources),
        TEST(test_unknown_sources),
        TEST(test_source_of_a_file),
        TEST(test_progress),
        TEST(test_memory_does_not_grow),
        TEST(test_failing_disk),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
