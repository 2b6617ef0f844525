/* Tests of Unit: the units of Chinese statistics, read, compared, converted and named. */
#include "plan/test_check.h"

#include "plan/unit.h"

#include <math.h>

static Unit unit(const char *text)
{
    Unit out = UNIT_ONE;

    if (!unit_parse(str_z(text), &out)) {
        fail_msg("'%s' is not read as a unit", text);
    }
    return out;
}

static void assert_near(double got, double want, const char *what)
{
    if (!(fabs(got - want) <= 1e-12 * fabs(want))) {
        fail_msg("%s: got %.17g, want %.17g", what, got, want);
    }
}

/* Base units are 元, 人, 件, m, kg and s; the scales are worked out by hand from the definitions:
 * 1 kWh = 3.6e6 J, 1 tce = 29.3076e9 J, 1 mu = 10000/15 m2. */
static const struct {
    const char *text;
    int money, person, item, length, mass, time;
    bool percent;
    double scale;
} KNOWN[] = {
    {"1", 0, 0, 0, 0, 0, 0, false, 1},
    {"倍", 0, 0, 0, 0, 0, 0, false, 1},
    {"%", 0, 0, 0, 0, 0, 0, true, 0.01},
    {"％", 0, 0, 0, 0, 0, 0, true, 0.01},
    {"百分点", 0, 0, 0, 0, 0, 0, true, 0.01}, /* no 百 of something */
    {"个百分点", 0, 0, 0, 0, 0, 0, true, 0.01},
    {"‰", 0, 0, 0, 0, 0, 0, true, 0.001},
    {"元", 1, 0, 0, 0, 0, 0, false, 1},
    {"百元", 1, 0, 0, 0, 0, 0, false, 1e2},
    {"万元", 1, 0, 0, 0, 0, 0, false, 1e4},
    {"百万元", 1, 0, 0, 0, 0, 0, false, 1e6},
    {"千万元", 1, 0, 0, 0, 0, 0, false, 1e7},
    {"亿元", 1, 0, 0, 0, 0, 0, false, 1e8},
    {"十亿元", 1, 0, 0, 0, 0, 0, false, 1e9},
    {"万亿元", 1, 0, 0, 0, 0, 0, false, 1e12},
    {"亿元人民币", 1, 0, 0, 0, 0, 0, false, 1e8},
    {"人", 0, 1, 0, 0, 0, 0, false, 1},
    {"千人", 0, 1, 0, 0, 0, 0, false, 1e3},
    {"万人", 0, 1, 0, 0, 0, 0, false, 1e4},
    {"万人次", 0, 1, 0, 0, 0, 0, false, 1e4},
    {"件", 0, 0, 1, 0, 0, 0, false, 1},
    {"万户", 0, 0, 1, 0, 0, 0, false, 1e4},
    {"米", 0, 0, 0, 1, 0, 0, false, 1},
    {"千米", 0, 0, 0, 1, 0, 0, false, 1e3},
    {"万公里", 0, 0, 0, 1, 0, 0, false, 1e7},
    {"毫米", 0, 0, 0, 1, 0, 0, false, 1e-3},
    {"mm", 0, 0, 0, 1, 0, 0, false, 1e-3},
    {"平方公里", 0, 0, 0, 2, 0, 0, false, 1e6},
    {"万平方公里", 0, 0, 0, 2, 0, 0, false, 1e10},
    {"km²", 0, 0, 0, 2, 0, 0, false, 1e6},
    {"万亩", 0, 0, 0, 2, 0, 0, false, 1e8 / 15},
    {"公顷", 0, 0, 0, 2, 0, 0, false, 1e4},
    {"亿m3", 0, 0, 0, 3, 0, 0, false, 1e8},
    {"亿立方米", 0, 0, 0, 3, 0, 0, false, 1e8},
    {"吨", 0, 0, 0, 0, 1, 0, false, 1e3},
    {"万吨", 0, 0, 0, 0, 1, 0, false, 1e7},
    {"千克", 0, 0, 0, 0, 1, 0, false, 1},
    {"毫克", 0, 0, 0, 0, 1, 0, false, 1e-6},
    {"分钟", 0, 0, 0, 0, 0, 1, false, 60}, /* not 分, which is money */
    {"小时", 0, 0, 0, 0, 0, 1, false, 3600},
    {"天", 0, 0, 0, 0, 0, 1, false, 86400},
    {"年", 0, 0, 0, 0, 0, 1, false, 365.2425 * 86400},
    {"千瓦时", 0, 0, 0, 2, 1, -2, false, 3.6e6}, /* a symbol, not 千 of 瓦时 */
    {"亿千瓦时", 0, 0, 0, 2, 1, -2, false, 3.6e14},
    {"吨标准煤", 0, 0, 0, 2, 1, -2, false, 29.3076e9},
    {"万吨标准煤", 0, 0, 0, 2, 1, -2, false, 29.3076e13},
    {"千瓦", 0, 0, 0, 2, 1, -3, false, 1e3},
    {"万千瓦", 0, 0, 0, 2, 1, -3, false, 1e7},
    {"元/人", 1, -1, 0, 0, 0, 0, false, 1},
    {"万元/人", 1, -1, 0, 0, 0, 0, false, 1e4},
    {"人/平方公里", 0, 1, 0, -2, 0, 0, false, 1e-6},
    {"件/万人", 0, -1, 1, 0, 0, 0, false, 1e-4},
    {"张/千人", 0, -1, 1, 0, 0, 0, false, 1e-3},
    {"m3/万元", -1, 0, 0, 3, 0, 0, false, 1e-4},
    {"立方米/万元", -1, 0, 0, 3, 0, 0, false, 1e-4},
    {"立方米/秒", 0, 0, 0, 3, 0, -1, false, 1},
    {"μg/m3", 0, 0, 0, -3, 1, 0, false, 1e-9}, /* U+03BC */
    {"µg/m³", 0, 0, 0, -3, 1, 0, false, 1e-9}, /* U+00B5 */
    {"微克/立方米", 0, 0, 0, -3, 1, 0, false, 1e-9},
    {"微克每立方米", 0, 0, 0, -3, 1, 0, false, 1e-9},
    {"万元／公顷", 1, 0, 0, -2, 0, 0, false, 1},
    {"蒸吨/小时", 0, 0, 0, 2, 1, -3, false, 7e5},
    {"mg/L", 0, 0, 0, -3, 1, 0, false, 1e-3},
    {"吨标准煤/万元", -1, 0, 0, 2, 1, -2, false, 29.3076e5},
    {"千瓦时/人", 0, -1, 0, 2, 1, -2, false, 3.6e6},
    {"吨/公顷", 0, 0, 0, -2, 1, 0, false, 0.1},
    {"人·天", 0, 1, 0, 0, 0, 1, false, 86400},
    {"元/人/年", 1, -1, 0, 0, 0, -1, false, 1 / (365.2425 * 86400)},
    {"名/千人", 0, 0, 0, 0, 0, 0, false, 1e-3}, /* people per people is a plain number */
    {"元/元", 0, 0, 0, 0, 0, 0, false, 1},
    {"%/年", 0, 0, 0, 0, 0, -1, false, 0.01 / (365.2425 * 86400)},
    {"亿斤", 0, 0, 0, 0, 1, 0, false, 5e7},
    {"万载重吨", 0, 0, 0, 0, 1, 0, false, 1e7},
    {"亿吨公里", 0, 0, 0, 1, 1, 0, false, 1e14},
    {"亿人公里", 0, 1, 0, 1, 0, 0, false, 1e11},
    {"海里", 0, 0, 0, 1, 0, 0, false, 1852},
    {"公里/百平方公里", 0, 0, 0, -1, 0, 0, false, 1e-5},
    {"万标准箱", 0, 0, 1, 0, 0, 0, false, 1e4},
    {"万TEU", 0, 0, 1, 0, 0, 0, false, 1e4},
    {"万个学位", 0, 0, 1, 0, 0, 0, false, 1e4},
    {"架次", 0, 0, 1, 0, 0, 0, false, 1}, /* not 架 */
    {"批次/千人", 0, -1, 1, 0, 0, 0, false, 1e-3},
    {"标台/万人", 0, -1, 1, 0, 0, 0, false, 1e-4},
    {"人/万车", 0, 1, -1, 0, 0, 0, false, 1e-4},
    {"人/亿元", -1, 1, 0, 0, 0, 0, false, 1e-8},
    {"1/10万", 0, 0, 0, 0, 0, 0, false, 1e-5},
    {"人/10万人", 0, 0, 0, 0, 0, 0, false, 1e-5},
    {"克标准煤/千瓦时", 0, 0, 0, 0, 0, 0, false, 29307.6 / 3.6e6},
    {"吨二氧化碳/万元", -1, 0, 0, 0, 1, 0, false, 0.1},
    {"万吨油当量", 0, 0, 0, 2, 1, -2, false, 41.868e13},
    {"亿吨标煤", 0, 0, 0, 2, 1, -2, false, 29.3076e17},
    {"GW", 0, 0, 0, 2, 1, -3, false, 1e9},
    {"万千伏安", 0, 0, 0, 2, 1, -3, false, 1e7},
    {"瓦", 0, 0, 0, 2, 1, -3, false, 1},
    {"个工作日", 0, 0, 0, 0, 0, 1, false, 86400},
    {"个月", 0, 0, 0, 0, 0, 1, false, 365.2425 * 86400 / 12},
    {"EFLOPS", 0, 0, 1, 0, 0, -1, false, 1e18},
};

static void test_parse(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ROWS(KNOWN); i++) {
        const int dim[N_DIMS] = {KNOWN[i].money,  KNOWN[i].person, KNOWN[i].item,
                                 KNOWN[i].length, KNOWN[i].mass,   KNOWN[i].time};
        Unit got = unit(KNOWN[i].text);

        for (size_t d = 0; d < N_DIMS; d++) {
            if (got.dim[d] != dim[d]) {
                fail_msg("%s: exponent %zu is %d, want %d", KNOWN[i].text, d, got.dim[d], dim[d]);
            }
        }
        if (got.percent != KNOWN[i].percent) {
            fail_msg("%s: percentage or not", KNOWN[i].text);
        }
        assert_near(got.scale, KNOWN[i].scale, KNOWN[i].text);
    }
}

static void test_nonsense(void **state)
{
    static const char *const ROWS[] = {
        "",       " ",        "元 ",  " 元",      "万 元", "万",         "亿",      "十",
        "万%",    "万百分点", "千‰",  "元/",      "/元",   "元//人",     "元/ 人",  "元 / 人",
        "元/万",  "人·",      "·人",  "元人",     "元元",  "%%",         "foo",     "yuans",
        "KM",     "kmx",      "km4",  "m3x",      "tcel",  "元/gdp",     "元/10",   "元/1.5",
        "1.5",    "10",       "欧元", "亿元以上", "元\n",  "8 %",        "_",       "\xE4\xB8",
        "元/m33", "１",       "元·",  "万1x",     "%/",    "percentage", "persons", "itemize",
    };
    Unit out;

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        if (unit_parse(str_z(ROWS[i]), &out)) {
            fail_msg("'%s' is read as a unit", ROWS[i]);
        }
    }
    assert_false(unit_parse((Str){"元\0", 4}, &out)); /* the NUL is part of it */
}

/* Hostile text must neither exhaust the stack nor make a scale that is infinite or zero. */
static void test_endless(void **state)
{
    static const struct {
        const char *again, *last;
        size_t n;
    } ROWS[] = {
        {"万", "元", 2000000}, {"亿", "元", 40}, {"元/亿亿", "亿元", 1}, {"/亿亿亿元", "", 30},
        {"·亿亿亿元", "", 30}, {"·m", "", 300},  {"/m", "", 300},        {"·µg", "", 50},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Buf text = buf_new(fixture->arena);
        Unit out = UNIT_ONE;

        buf_add(&text, ROWS[i].again[0] == '/' || ROWS[i].again[0] == '\xC2' ? STR("元") : STR(""));
        buf_repeat(&text, str_z(ROWS[i].again), ROWS[i].n);
        buf_add(&text, str_z(ROWS[i].last));
        if (unit_parse(buf_str(&text), &out)) {
            assert_true(isfinite(out.scale) && out.scale > 0);
            for (size_t d = 0; d < N_DIMS; d++) {
                assert_in_range(out.dim[d] + 128, 28, 228);
            }
        }
    }
}

/* What stands at the start of a text; a word that goes on is no unit. */
static void test_prefix(void **state)
{
    static const struct {
        const char *text, *prefix;
    } ROWS[] = {
        {"亿元以上", "亿元"},
        {"万人，比上年", "万人"},
        {"%左右", "%"},
        {"个百分点", "个百分点"},
        {"km2)", "km2"},
        {"元/人 * 2", "元/人"},
        {"元/gdp", "元"},
        {"亿元 / gdp", "亿元"},
        {"gdp", ""},
        {"population", ""},
        {"percentage", ""},
        {"人/平方公里。", "人/平方公里"},
        {"元/10", "元"},
        {"元/1", "元/1"},
        {"元/", "元"},
        {"元·", "元"},
        {"千瓦时", "千瓦时"},
        {"件/万人/年", "件/万人/年"},
        {"10", ""},
        {"1.5", ""},
        {"", ""},
        {"t.", "t"},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Unit out;
        size_t len = unit_prefix(str_z(ROWS[i].text), &out);

        if (len != strlen(ROWS[i].prefix)) {
            fail_msg("of '%s' %zu bytes are read, not '%s'", ROWS[i].text, len, ROWS[i].prefix);
        }
    }
}

static void test_factor(void **state)
{
    static const struct {
        const char *from, *to;
        double factor;
    } ROWS[] = {
        {"亿元", "万元", 1e4},
        {"亿元", "元", 1e8},
        {"万亿元", "亿元", 1e4},
        {"万人", "人", 1e4},
        {"万平方公里", "平方公里", 1e4},
        {"km2", "ha", 100},
        {"平方公里", "亩", 1500},
        {"亩", "平方米", 2000.0 / 3},
        {"万千瓦", "MW", 10},
        {"元/人", "万元/万人", 1},
        {"件/万人", "件/人", 1e-4},
        {"μg/m3", "mg/m3", 1e-3},
        {"mg/L", "g/m3", 1},
        {"吨标准煤", "千瓦时", 8141}, /* 29307.6 / 3.6 */
        {"吨标准煤/万元", "kgce/元", 0.1},
        {"%", "‰", 10},
        {"百分点", "%", 1},
        {"天", "小时", 24},
        {"个", "家", 1},
        {"元", "角", 10},
        {"亿美元", "万美元", 1e4},
        {"PB", "TB", 1e3},
        {"TB", "比特", 8e12},
        {"Gbps", "Mbps", 1e3},
        {"兆", "Mbps", 1}, /* what plans call it */
        {"万斤", "吨", 5},
        {"吨油当量", "吨标准煤", 41868 / 29307.6},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        assert_true(unit_same_dimension(unit(ROWS[i].from), unit(ROWS[i].to)));
        assert_near(unit_factor(unit(ROWS[i].from), unit(ROWS[i].to)), ROWS[i].factor,
                    ROWS[i].from);
        assert_near(unit_factor(unit(ROWS[i].to), unit(ROWS[i].from)), 1 / ROWS[i].factor,
                    ROWS[i].to);
    }
}

static void test_mismatch(void **state)
{
    static const char *const ROWS[][2] = {
        {"元", "人"},       {"元", "元/人"},   {"件", "人"},    {"%", "1"},
        {"百分点", "倍"},   {"美元", "元"},    {"TB", "个"},    {"Mbps", "MB"},
        {"千瓦", "千瓦时"}, {"m2", "m3"},      {"m", "m2"},     {"kg", "m3"},
        {"天", "人"},       {"件/万人", "件"}, {"μg/m3", "μg"}, {"名/千人", "‰"},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        assert_false(unit_same_dimension(unit(ROWS[i][0]), unit(ROWS[i][1])));
        assert_false(unit_same_dimension(unit(ROWS[i][1]), unit(ROWS[i][0])));
    }
    assert_true(unit_is_plain(unit("1")));
    assert_true(unit_is_plain(unit("名/千人")));
    assert_false(unit_is_plain(unit("%")));
    assert_false(unit_is_plain(unit("元")));
}

/* Where the factor is a power of ten nothing is rounded and no printed digit is lost. */
static void test_convert(void **state)
{
    static const struct {
        const char *value, *from, *to, *want; /* NULL: does not fit */
    } ROWS[] = {
        {"4156.7", "亿元", "万元", "41567000"},
        {"4156.70", "亿元", "万元", "41567000"},
        {"41567000", "万元", "亿元", "4156.7000"},
        {"6.1", "万平方公里", "平方公里", "61000"},
        {"1050.53", "万人", "人", "10505300"},
        {"25.40", "%", "‰", "254.0"},
        {"15", "μg/m3", "mg/m3", "0.015"},
        {"-3", "万人", "人", "-30000"},
        {"8", "百分点", "%", "8"},
        {"0", "亿元", "元", "0"},
        {"0.00", "亿元", "万元", "0"},
        {"0.00", "亩", "公顷", "0.00"},
        {"1.5", "件/万人", "件/人", "0.00015"},
        {"3.2", "万元/人", "元/人", "32000"},
        {"123456789012345678", "亿元", "元", NULL},
        {"0.000000000000000001", "元", "亿元", NULL},
        /* rounded to one digit more than was printed, or to a whole number */
        {"100", "亩", "公顷", "6.667"},
        {"1", "亩", "公顷", "0.067"},
        {"15.0", "亩", "公顷", "1.000"},
        {"1", "公顷", "亩", "15"},
        {"12.5", "千瓦时", "kgce", "1.535"}, /* 12.5 x 3600 / 29307.6 = 1.53544 */
        {"-12.5", "千瓦时", "kgce", "-1.535"},
        {"1", "吨标准煤", "千瓦时", "8141"},
        {"2", "年", "天", "730"}, /* 730.485 */
        {"2.00", "年", "天", "730.5"},
        {"999999999999999999", "公顷", "亩", NULL},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        char text[DECIMAL_TEXT];
        Decimal value = {0}, got = {0};
        bool fits;

        assert_int_equal(decimal_parse(str_z(ROWS[i].value), &value), DECIMAL_OK);
        fits = unit_convert(value, unit(ROWS[i].from), unit(ROWS[i].to), &got);
        if (fits != (ROWS[i].want != NULL) ||
            (fits && !str_eq(decimal_format(got, text), str_z(ROWS[i].want)))) {
            fail_msg("%s %s is %.*s %s, want %s", ROWS[i].value, ROWS[i].from,
                     STR_ARG(fits ? decimal_format(got, text) : STR("too long")), ROWS[i].to,
                     ROWS[i].want == NULL ? "too long" : ROWS[i].want);
        }
    }
}

/* To a larger unit and back is the same number, for every pair of units. */
static void test_convert_back(void **state)
{
    static const char *const VALUES[] = {"1", "-7", "25.40", "0.05", "4156.7", "100"};

    (void)state;
    for (size_t i = 0; i < N_ROWS(KNOWN) * N_ROWS(KNOWN); i++) {
        Unit a = unit(KNOWN[i / N_ROWS(KNOWN)].text), b = unit(KNOWN[i % N_ROWS(KNOWN)].text);

        for (size_t v = 0; unit_same_dimension(a, b) && v < N_ROWS(VALUES); v++) {
            Decimal value = {0}, there = {0}, back = {0};
            double want;

            assert_int_equal(decimal_parse(str_z(VALUES[v]), &value), DECIMAL_OK);
            if (!unit_convert(value, a, b, &there) || there.scale == DECIMAL_MAX_SCALE) {
                continue;
            }
            want = decimal_to_double(value) * a.scale / b.scale;
            /* one digit more than printed: within half of the last digit, which is 5 in 100 */
            assert_true(fabs(decimal_to_double(there) - want) <= 0.051 * fabs(want));
            if (unit_convert(there, b, a, &back) && there.digits % 10 != 0) {
                assert_true(fabs(decimal_to_double(back) - decimal_to_double(value)) <=
                            0.11 * fabs(decimal_to_double(value)));
            }
        }
    }
}

/* Ratios and percentages: a ratio times 100 % is a percentage, and percentages divide to a ratio.
 */
static void test_products(void **state)
{
    static const struct {
        const char *a, *b;
        bool over;
        const char *like; /* the unit whose dimension the result has */
        double scale;
    } ROWS[] = {
        {"亿元", "万人", true, "元/人", 1e4},
        {"亿元", "亿元", true, "1", 1},
        {"亿元", "万元", true, "1", 1e4},
        {"亿元", "%", false, "元", 1e6}, /* 8 % of a sum is a sum */
        {"1", "%", false, "%", 0.01},
        {"%", "1", false, "%", 0.01},
        {"%", "1", true, "%", 0.01},
        {"%", "%", false, "%", 1e-4}, /* half of a half is a quarter: 50 x 50 x 0.0001 */
        {"%", "%", true, "1", 1},
        {"%", "‰", true, "1", 10},
        {"1", "%", true, "1", 100},
        {"元", "%", true, "元", 100},
        {"件/万人", "万人", false, "件", 1},
        {"m3/万元", "亿元", false, "m3", 1e4},
        {"千瓦", "小时", false, "千瓦时", 3.6e6},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Unit a = unit(ROWS[i].a), b = unit(ROWS[i].b);
        Unit got = ROWS[i].over ? unit_div(a, b) : unit_mul(a, b);

        if (!unit_same_dimension(got, unit(ROWS[i].like))) {
            fail_msg("%s %s %s is not like %s", ROWS[i].a, ROWS[i].over ? "/" : "x", ROWS[i].b,
                     ROWS[i].like);
        }
        assert_near(got.scale, ROWS[i].scale, ROWS[i].a);
    }
}

static Str format(Fixture *fixture, Unit u)
{
    Buf out = buf_new(fixture->arena);

    unit_format(&out, u);
    return buf_str(&out);
}

static void test_format(void **state)
{
    static const struct {
        const char *unit, *want;
    } ROWS[] = {
        {"1", "1"},
        {"倍", "1"},
        {"%", "%"},
        {"百分点", "%"},
        {"亿元", "亿元"},
        {"万元", "万元"},
        {"百万元", "百万元"},
        {"万人", "万人"},
        {"家", "件"},
        {"元/人", "元/人"},
        {"件/万人", "件/万人"},
        {"m3/万元", "m3/万元"},
        {"万元/万人", "元/人"},
        {"人/平方公里", "人/km2"},
        {"吨标准煤/万元", "tce/万元"},
        {"千瓦时", "kWh"},
        {"‰", "‰"},
        {"亿美元", "亿美元"},
        {"USD", "美元"},
        {"TB", "TB"},
        {"Gbps", "Gbps"},
        {"万美元/人", "万美元/人"},
        {"EFLOPS", "EFLOPS"},
        {"人/10万", "1/10万"},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        assert_text(format(fixture, unit(ROWS[i].unit)), ROWS[i].want);
    }
}

static void assert_reads_back(Fixture *fixture, Unit u, const char *what)
{
    Str text = format(fixture, u);
    Unit back = UNIT_ONE;

    if (!unit_parse(text, &back) || !unit_same_dimension(u, back) ||
        !(fabs(back.scale - u.scale) <= 2e-9 * u.scale)) {
        fail_msg("%s is named '%.*s', which reads as another unit or none", what, STR_ARG(text));
    }
}

/* A name is a unit again: of every unit or ratio of two units, and of whatever products and ratios
 * of these are not told with a number in front. */
static void test_format_reads_back(void **state)
{
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(KNOWN); i++) {
        Str text = str_z(KNOWN[i].text), rest, more;
        Unit a = unit(KNOWN[i].text);

        (void)str_cut(text, '/', &rest);
        (void)str_cut(rest, '/', &more);
        if (str_find(text, STR("·")) == SIZE_MAX && more.len == 0) {
            assert_reads_back(fixture, a, KNOWN[i].text);
        }
        for (size_t k = i % 7; k < N_ROWS(KNOWN); k += 7) {
            Unit b = unit(KNOWN[k].text), both[2];

            both[0] = unit_div(a, b);
            both[1] = unit_mul(a, b);
            for (size_t n = 0; n < 2; n++) {
                Str name = format(fixture, both[n]);

                if (str_find(name, STR(" ")) == SIZE_MAX) {
                    assert_reads_back(fixture, both[n], str_to_z(fixture->arena, name));
                }
            }
        }
        start_over(fixture);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_nonsense),
        cmocka_unit_test_setup_teardown(test_endless, set_up, tear_down),
        cmocka_unit_test(test_prefix),
        cmocka_unit_test(test_factor),
        cmocka_unit_test(test_mismatch),
        cmocka_unit_test(test_convert),
        cmocka_unit_test(test_convert_back),
        cmocka_unit_test(test_products),
        cmocka_unit_test_setup_teardown(test_format, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_format_reads_back, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
