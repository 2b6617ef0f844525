/* Tests of Decimal: exact numbers as they were printed, and the intervals that they stand for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/decimal.h"
#include "base/test_random.h"

#include <math.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof(rows)[0])

static const int64_t MOST = 999999999999999999; /* 18 digits */
static const char *const NO_FIT = "does not fit";

static Decimal decimal(const char *text)
{
    Decimal d = {0};

    if (decimal_parse(str_z(text), &d) != DECIMAL_OK) {
        fail_msg("'%s' is not read", text);
    }
    return d;
}

/* Compares what is printed, so that 3.0 is not taken for 3. */
static void assert_prints(Decimal d, const char *want)
{
    char text[DECIMAL_TEXT];
    Str got = decimal_format(d, text);

    if (!str_eq(got, str_z(want))) {
        fail_msg("got %.*s, want %s", STR_ARG(got), want);
    }
}

static void test_parse(void **state)
{
    static const struct {
        const char *text;
        int64_t digits;
        uint8_t scale;
    } ROWS[] = {
        {"0", 0, 0},
        {"7", 7, 0},
        {"25.4", 254, 1},
        {"25.40", 2540, 2}, /* the zero was printed */
        {"-3.5", -35, 1},
        {"+3.5", 35, 1},
        {"−3.5", -35, 1}, /* U+2212, as typeset */
        {"0.05", 5, 2},
        {"007", 7, 0},
        {"-0.00", 0, 2},
        {"000000000000000000000001", 1, 0}, /* zeros in front are no significant digits */
        {"999999999999999999", 999999999999999999, 0},
        {"-999999999999999999", -999999999999999999, 0},
        {"0.999999999999999999", 999999999999999999, 18},
        {"0.000000000000000001", 1, 18},
        {"1e3", 1000, 0},
        {"1E+3", 1000, 0},
        {"1.5e4", 15000, 0},
        {"1.50e1", 150, 1}, /* three digits are significant: 15.0 */
        {"1.50e2", 150, 0},
        {"25e-1", 25, 1},
        {"-25e-3", -25, 3},
        {"1e-18", 1, 18},
        {"1e17", 100000000000000000, 0},
        {"10e-19", 1, 18}, /* 10 x 10^-19 is 10^-18 */
        {"0e9", 0, 0},
        {"0e-99", 0, 18},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Decimal d = {-1, 99};

        if (decimal_parse(str_z(ROWS[i].text), &d) != DECIMAL_OK || d.digits != ROWS[i].digits ||
            d.scale != ROWS[i].scale) {
            fail_msg("'%s': %lld, scale %d", ROWS[i].text, (long long)d.digits, d.scale);
        }
    }
}

static void test_what_is_not_a_number(void **state)
{
    static const char *const ROWS[] = {
        "",    "-",    "+",      ".",    "-.",    "5.",    ".5",    "-.5",  "1.e3", "1.2.3",
        "--1", "+-1",  "1-",     "1 ",   " 1",    "1,000", "1 000", "12a",  "0x10", "1e",
        "1e+", "1e-",  "1e1.5",  "e5",   "-e5",   ".e5",   "1e5e5", "1e 5", "NaN",  "inf",
        "五",  "１２", "41.09%", "1e5 ", "1_000", "1'000", "–5",    "-−5",
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Decimal d;

        if (decimal_parse(str_z(ROWS[i]), &d) != DECIMAL_NOT_A_NUMBER) {
            fail_msg("'%s'", ROWS[i]);
        }
    }
    assert_int_equal(decimal_parse(STR("1\0"), &(Decimal){0}), DECIMAL_NOT_A_NUMBER);
    assert_int_equal(decimal_parse((Str){0}, &(Decimal){0}), DECIMAL_NOT_A_NUMBER);
    assert_int_not_equal(decimal_parse(STR("1e99999999999999999999"), &(Decimal){0}), DECIMAL_OK);
}

static void test_what_is_too_long(void **state)
{
    static const char *const ROWS[] = {
        "1000000000000000000", /* 19 digits */
        "1234567890123456789",
        "-9223372036854775808",
        "99999999999999999999999999",
        "1.234567890123456789",
        "0.0000000000000000001", /* 19 digits after the point */
        "1e18",
        "10e17",
        "1e-19",
        "1e999",
        "-1e-999",
        "123456789e10",
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Decimal d;

        if (decimal_parse(str_z(ROWS[i]), &d) != DECIMAL_TOO_LONG) {
            fail_msg("'%s'", ROWS[i]);
        }
    }
}

static void test_format(void **state)
{
    static const struct {
        Decimal d;
        const char *want;
    } ROWS[] = {
        {{0, 0}, "0"},
        {{0, 2}, "0.00"},
        {{2540, 2}, "25.40"},
        {{-5, 2}, "-0.05"}, /* the sign is not lost with the whole part */
        {{-105, 2}, "-1.05"},
        {{1, 18}, "0.000000000000000001"},
        {{-999999999999999999, 18}, "-0.999999999999999999"},
        {{-999999999999999999, 0}, "-999999999999999999"},
        {{INT64_MAX, 0}, "9223372036854775807"},
        {{-INT64_MAX, 18}, "-9.223372036854775807"},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        assert_prints(ROWS[i].d, ROWS[i].want);
    }
}

/* Numbers of every length and scale, so that the edges are met as often as the middle. */
static Decimal random_decimal(uint64_t *seed)
{
    int64_t most = 1;

    for (size_t i = random_below(seed, 18) + 1; i > 0; i--) {
        most *= 10;
    }
    return (Decimal){random_between(seed, 1 - most, most - 1),
                     (uint8_t)random_below(seed, DECIMAL_MAX_SCALE + 1)};
}

static void test_format_reads_back(void **state)
{
    uint64_t seed = 18;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        Decimal d = random_decimal(&seed), back = {0};
        char text[DECIMAL_TEXT];
        Str printed = decimal_format(d, text);

        assert_int_equal(decimal_parse(printed, &back), DECIMAL_OK);
        assert_true(back.digits == d.digits && back.scale == d.scale);
    }
}

static void test_results_read_back(void **state)
{
    uint64_t seed = 181;
    int n_fit = 0;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        Decimal a = random_decimal(&seed), b = random_decimal(&seed), back = {0}, out = {0};
        char text[DECIMAL_TEXT];
        bool fits;

        switch (i % 4) {
        case 0: fits = decimal_add(a, b, &out); break;
        case 1: fits = decimal_sub(a, b, &out); break;
        case 2: fits = decimal_mul(a, b, &out); break;
        default: fits = decimal_shift(a, (int)random_between(&seed, -40, 40), &out); break;
        }
        if (fits) {
            n_fit++;
            assert_int_equal(decimal_parse(decimal_format(out, text), &back), DECIMAL_OK);
            assert_true(back.digits == out.digits && back.scale == out.scale);
        }
    }
    assert_true(n_fit > 10000);
}

static void test_to_double(void **state)
{
    static const struct {
        const char *text;
        double want;
    } ROWS[] = {
        {"0", 0},
        {"0.1", 0.1},
        {"41.09", 41.09},
        {"-25.40", -25.4},
        {"9007199254740992", 9007199254740992.0},
        {"9007199254740993", 9007199254740992.0}, /* 2^53 + 1: halfway, to the even one */
        {"9007199254740995", 9007199254740996.0},
        {"0.999999999999999999", 1.0},
        {"123456.789012345678", 123456.789012345678},
        {"0.000000000000000001", 1e-18},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        if (decimal_to_double(decimal(ROWS[i].text)) != ROWS[i].want) {
            fail_msg("%s", ROWS[i].text);
        }
    }
}

static void test_from_double(void **state)
{
    static const struct {
        double value;
        uint8_t scale;
        const char *want;
    } ROWS[] = {
        {0, 2, "0.00"},
        {-0.0, 1, "0.0"},
        {41.09, 2, "41.09"},
        {41.09, 1, "41.1"},
        {41.09, 4, "41.0900"},
        {0.5, 0, "1"},   /* halves go away from zero */
        {1.5, 0, "2"},   /* */
        {2.5, 0, "3"},   /* */
        {-0.5, 0, "-1"}, /* */
        {-2.5, 0, "-3"}, /* */
        {0.125, 2, "0.13"},
        {0.375, 2, "0.38"},
        {0.49999999999999994, 0, "0"}, /* the double below one half */
        {1.115, 2, "1.11"},            /* as a double 1.11499999999999999112 */
        {1.005, 2, "1.00"},            /* 1.00499999999999989342 */
        {2.675, 2, "2.67"},            /* 2.67499999999999982236 */
        {-1.115, 2, "-1.11"},
        {1.255, 2, "1.25"},                /* 1.25499999999999989342 */
        {0.1, 18, "0.100000000000000006"}, /* 0.1000000000000000055511 */
        {4503599627370495.5, 0, "4503599627370496"},
        {0x1p53, 0, "9007199254740992"},
        {1e-300, 18, "0.000000000000000000"},
        {0x1p-1074, 0, "0"},
        {123456789012345680, 0, "123456789012345680"},
        {INFINITY, 0, NULL},
        {-INFINITY, 2, NULL},
        {NAN, 0, NULL},
        {1e18, 0, NULL},
        {-1e18, 0, NULL},
        {1.5, 18, NULL},
        {1e300, 18, NULL},
        {1, 18, NULL},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Decimal d = {0};
        bool fits = decimal_from_double(ROWS[i].value, ROWS[i].scale, &d);

        if (fits != (ROWS[i].want != NULL)) {
            fail_msg("%.17g with %d digits", ROWS[i].value, ROWS[i].scale);
        }
        if (fits) {
            assert_prints(d, ROWS[i].want);
        }
    }
}

/* Through a double and back nothing changes as long as 15 digits are significant. */
static void test_doubles_keep_15_digits(void **state)
{
    uint64_t seed = 15;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        Decimal d = {random_between(&seed, -999999999999999, 999999999999999),
                     (uint8_t)random_below(&seed, DECIMAL_MAX_SCALE + 1)},
                back = {0};

        assert_true(decimal_from_double(decimal_to_double(d), d.scale, &back));
        assert_true(back.digits == d.digits && back.scale == d.scale);
    }
}

typedef struct {
    const char *a, *b, *want;
} Sum;

static void check_sums(const Sum *rows, size_t n, bool (*op)(Decimal, Decimal, Decimal *))
{
    for (size_t i = 0; i < n; i++) {
        Decimal out = {0};
        bool fits = op(decimal(rows[i].a), decimal(rows[i].b), &out);

        if (fits != (rows[i].want != NO_FIT)) {
            fail_msg("%s and %s: fits is %d", rows[i].a, rows[i].b, fits);
        }
        if (fits) {
            assert_prints(out, rows[i].want);
        }
    }
}

static void test_add(void **state)
{
    const Sum rows[] = {
        {"0.1", "0.2", "0.3"},
        {"1", "0.25", "1.25"},
        {"25.40", "-25.4", "0.00"},
        {"14.33", "41.09", "55.42"},
        {"55.42", "43.68", "99.10"}, /* the population shares of three plans */
        {"-0.5", "0.05", "-0.45"},
        {"999999999999999998", "1", "999999999999999999"},
        {"999999999999999999", "1", NO_FIT},
        {"-999999999999999999", "-1", NO_FIT},
        {"999999999999999999", "-999999999999999999", "0"},
        {"999999999999999999", "0.1", NO_FIT},
        {"100000000000000000", "0.0", "100000000000000000"},
        {"100000000000000000", "0.1", NO_FIT},
        {"99999999999999999", "0.1", "99999999999999999.1"},
        {"0.000000000000000001", "0.999999999999999998", "0.999999999999999999"},
        {"0.500000000000000000", "0.500000000000000000", "1.00000000000000000"}, /* 18 digits */
        {"1", "0.000000000000000001", NO_FIT},
    };

    (void)state;
    check_sums(rows, N_ROWS(rows), decimal_add);
}

static void test_sub(void **state)
{
    const Sum rows[] = {
        {"0.3", "0.1", "0.2"},
        {"1", "1.00", "0.00"},
        {"100", "99.10", "0.90"},
        {"0.05", "0.5", "-0.45"},
        {"-999999999999999999", "1", NO_FIT},
        {"999999999999999999", "999999999999999999", "0"},
    };

    (void)state;
    check_sums(rows, N_ROWS(rows), decimal_sub);
}

static void test_mul(void **state)
{
    const Sum rows[] = {
        {"1.5", "2", "3.0"},
        {"0.1", "0.1", "0.01"},
        {"-0.5", "0.5", "-0.25"},
        {"-4", "-2.50", "10.00"},
        {"0", "-5.5", "0.0"},
        {"1050.53", "0.4109", "431.662777"},
        {"999999999", "1000000000", "999999999000000000"},
        {"1000000000", "1000000000", NO_FIT},
        {"999999999999999999", "999999999999999999", NO_FIT},
        {"0.000000001", "0.000000001", "0.000000000000000001"},
        {"0.0000000001", "0.000000001", NO_FIT},
        {"0.00000000010", "0.00000001", "0.000000000000000001"}, /* 10^-19 x 10 */
        {"10000000.000000000", "10000000.000000000", "100000000000000.000"},
        {"0.000000000000000000", "0.5", "0.000000000000000000"},
    };

    (void)state;
    check_sums(rows, N_ROWS(rows), decimal_mul);
}

static void test_add_and_take_away_again(void **state)
{
    uint64_t seed = 4;
    int n_fit = 0;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        Decimal a = random_decimal(&seed), b = random_decimal(&seed), sum, other, back;

        assert_int_equal(decimal_add(a, b, &sum), decimal_add(b, a, &other));
        if (decimal_add(a, b, &sum) && decimal_sub(sum, b, &back)) {
            n_fit++;
            assert_int_equal(decimal_cmp(sum, other), 0);
            assert_int_equal(decimal_cmp(back, a), 0);
            assert_int_equal(decimal_cmp(sum, a), (b.digits > 0) - (b.digits < 0));
        }
    }
    assert_true(n_fit > 10000);
}

static void test_product_distributes(void **state)
{
    uint64_t seed = 5;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        Decimal a = {random_between(&seed, -99999, 99999), (uint8_t)random_below(&seed, 6)},
                b = {random_between(&seed, -99999, 99999), (uint8_t)random_below(&seed, 6)},
                c = {random_between(&seed, -99999, 99999), (uint8_t)random_below(&seed, 6)};
        Decimal sum = {0}, ab = {0}, ac = {0}, left = {0}, right = {0};

        assert_true(decimal_add(b, c, &sum) && decimal_mul(a, sum, &left));
        assert_true(decimal_mul(a, b, &ab) && decimal_mul(a, c, &ac));
        assert_true(decimal_add(ab, ac, &right));
        assert_int_equal(decimal_cmp(left, right), 0);
    }
}

static void test_cmp(void **state)
{
    static const char *const SORTED[] = {
        "-999999999999999999",
        "-25.41",
        "-25.4",
        "-0.000000000000000001",
        "0",
        "0.000000000000000001",
        "0.1",
        "0.11",
        "1",
        "9.99",
        "10",
        "25.39",
        "25.4",
        "25.41",
        "999999999999999998",
        "999999999999999999",
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(SORTED); i++) {
        for (size_t k = 0; k < N_ROWS(SORTED); k++) {
            assert_int_equal(decimal_cmp(decimal(SORTED[i]), decimal(SORTED[k])),
                             (i > k) - (i < k));
        }
    }
    assert_int_equal(decimal_cmp(decimal("25.40"), decimal("25.4")), 0);
    assert_int_equal(decimal_cmp(decimal("-0.00"), decimal("0")), 0);
    /* too near for doubles to tell apart */
    assert_int_equal(decimal_cmp(decimal("0.999999999999999999"), decimal("1")), -1);
}

/* Rounding to a double keeps the order, though it may make two values one. */
static void test_cmp_agrees_with_doubles(void **state)
{
    uint64_t seed = 6;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        Decimal a = random_decimal(&seed), b = random_decimal(&seed);
        double x, y;

        if (i % 2 == 0) { /* a neighbour */
            b = (Decimal){a.digits + random_between(&seed, -1, 1), a.scale};
        }
        x = decimal_to_double(a);
        y = decimal_to_double(b);
        assert_int_equal(decimal_cmp(a, b), -decimal_cmp(b, a));
        if (x != y) {
            assert_int_equal(decimal_cmp(a, b), x < y ? -1 : 1);
        }
        if (decimal_cmp(a, b) == 0) {
            assert_true(x == y);
        }
    }
}

static void test_shift(void **state)
{
    const struct {
        const char *d;
        int power;
        const char *want;
    } rows[] = {
        {"1.5", 4, "15000"}, /* 1.5 万 */
        {"1.50", 4, "15000"},
        {"1.2345678", 4, "12345.678"},
        {"15000", -4, "1.5000"},
        {"41.09", -2, "0.4109"}, /* % */
        {"-0.05", 1, "-0.5"},
        {"25.4", 0, "25.4"},
        {"0", 99, "0"},
        {"0.00", -99, "0.000000000000000000"},
        {"1", 17, "100000000000000000"},
        {"1", 18, NO_FIT},
        {"1", 19, NO_FIT},
        {"1", 1000, NO_FIT},
        {"0.000000000000000001", 35, "100000000000000000"},
        {"1", -18, "0.000000000000000001"},
        {"1", -19, NO_FIT},
        {"10", -19, "0.000000000000000001"},
        {"1", -1000, NO_FIT},
        {"999999999999999999", 1, NO_FIT},
        {"999999999999999999", -18, "0.999999999999999999"},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        Decimal out = {0};
        bool fits = decimal_shift(decimal(rows[i].d), rows[i].power, &out);

        if (fits != (rows[i].want != NO_FIT)) {
            fail_msg("%s by %d: fits is %d", rows[i].d, rows[i].power, fits);
        }
        if (fits) {
            assert_prints(out, rows[i].want);
        }
    }
}

static void test_shift_and_back(void **state)
{
    uint64_t seed = 8;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        Decimal d = random_decimal(&seed), there, back;
        int power = (int)random_between(&seed, -20, 20);

        if (decimal_shift(d, power, &there) && decimal_shift(there, -power, &back)) {
            assert_int_equal(decimal_cmp(back, d), 0);
        }
    }
}

static void test_interval(void **state)
{
    static const struct {
        const char *d;
        Interval want;
    } ROWS[] = {
        {"41.09", {41.085, 41.095, false, true}},
        {"-41.09", {-41.095, -41.085, true, false}},
        {"46.1", {46.05, 46.15, false, true}},
        {"46.10", {46.095, 46.105, false, true}}, /* more digits say more */
        {"50", {49.5, 50.5, false, true}},
        {"0", {-0.5, 0.5, true, true}},
        {"0.0", {-0.05, 0.05, true, true}},
        {"0.1", {0.05, 0.15, false, true}},
        {"-1", {-1.5, -0.5, true, false}},
        {"0.00000000000000001", {0.5e-17, 1.5e-17, false, true}},
        {"9999999999999.9", {9999999999999.85, 9999999999999.95, false, true}},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Interval got = decimal_interval(decimal(ROWS[i].d));

        if (!interval_equal(got, ROWS[i].want)) {
            fail_msg("%s: %.17g to %.17g, open %d %d", ROWS[i].d, got.lo, got.hi, got.lo_open,
                     got.hi_open);
        }
    }
}

/* 41.09 holds what prints as 41.09 with two digits, half away from zero, and nothing else. */
static void test_interval_holds_what_prints_alike(void **state)
{
    uint64_t seed = 41;
    int n_inside = 0;

    (void)state;
    for (int i = 0; i < 200000; i++) {
        uint8_t scale = (uint8_t)random_below(&seed, 7);
        Decimal printed = {random_between(&seed, -5000000, 5000000), scale}, fine;
        int64_t nearest;
        bool alike;

        if (i % 3 == 0) {
            printed.digits %= 3; /* around zero */
        }
        fine = (Decimal){printed.digits * 1000 + random_between(&seed, -1010, 1010),
                         (uint8_t)(scale + 3)};
        if (i % 5 == 0) { /* on an edge */
            fine.digits = printed.digits * 1000 + (i % 2 == 0 ? 500 : -500);
        }
        nearest = (fine.digits + (fine.digits < 0 ? -500 : 500)) / 1000;
        alike = nearest == printed.digits;
        n_inside += alike;
        if (interval_contains(decimal_interval(printed), decimal_to_double(fine)) != alike) {
            fail_msg("%lld with %d digits and %lld", (long long)printed.digits, scale,
                     (long long)fine.digits);
        }
    }
    assert_true(n_inside > 50000 && n_inside < 150000);
}

/* Where doubles cannot hold the edges the interval is wider, but never loses a value. */
static void test_interval_of_many_digits(void **state)
{
    uint64_t seed = 17;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        Decimal d = random_decimal(&seed);
        Interval interval = decimal_interval(d);
        double value = decimal_to_double(d);

        if (i % 2 == 0) {
            d.digits = random_between(&seed, MOST / 10000, MOST);
            interval = decimal_interval(d);
            value = decimal_to_double(d);
        }
        assert_true(interval_contains(interval, value));
        assert_true(interval.lo < value && value < interval.hi);
    }
    assert_true(
        interval_contains(decimal_interval(decimal("12345678901234567")), 12345678901234568.0));
    assert_true(interval_contains(decimal_interval(decimal("0.000000000000000001")), 1.4e-18));
    assert_false(interval_contains(decimal_interval(decimal("0.000000000000000001")), 1.6e-18));
}

/* Twice an edge is a whole number here, so that it can be compared exactly. */
static void test_interval_of_large_whole_numbers(void **state)
{
    uint64_t seed = 53;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        int64_t n = random_between(&seed, MOST / 10000, MOST) >> random_below(&seed, 10);
        Interval interval = decimal_interval((Decimal){n, 0});

        if (i % 4 == 0) { /* around powers of two, where the steps of doubles change */
            n = ((int64_t)1 << random_between(&seed, 50, 59)) + random_between(&seed, -200, 200);
            interval = decimal_interval((Decimal){n, 0});
        }
        assert_true((int64_t)(2 * interval.lo) <= 2 * n - 1);
        assert_true((int64_t)(2 * interval.hi) >= 2 * n + 1);
        assert_true(interval.hi - interval.lo <= 1 + 6 * (double)n * 0x1p-52);
    }
}

/* Numbers as they stand one after another leave no gap and share no value. */
static void test_intervals_of_neighbours_touch(void **state)
{
    (void)state;
    for (int64_t n = -2000; n < 2000; n++) {
        Interval a = decimal_interval((Decimal){n, 2}), b = decimal_interval((Decimal){n + 1, 2});

        assert_true(a.hi == b.lo);
        assert_true(a.hi_open != b.lo_open);
        assert_true(interval_is_empty(interval_meet(a, b)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_what_is_not_a_number),
        cmocka_unit_test(test_what_is_too_long),
        cmocka_unit_test(test_format),
        cmocka_unit_test(test_format_reads_back),
        cmocka_unit_test(test_results_read_back),
        cmocka_unit_test(test_to_double),
        cmocka_unit_test(test_from_double),
        cmocka_unit_test(test_doubles_keep_15_digits),
        cmocka_unit_test(test_add),
        cmocka_unit_test(test_sub),
        cmocka_unit_test(test_mul),
        cmocka_unit_test(test_add_and_take_away_again),
        cmocka_unit_test(test_product_distributes),
        cmocka_unit_test(test_cmp),
        cmocka_unit_test(test_cmp_agrees_with_doubles),
        cmocka_unit_test(test_shift),
        cmocka_unit_test(test_shift_and_back),
        cmocka_unit_test(test_interval),
        cmocka_unit_test(test_interval_holds_what_prints_alike),
        cmocka_unit_test(test_interval_of_many_digits),
        cmocka_unit_test(test_interval_of_large_whole_numbers),
        cmocka_unit_test(test_intervals_of_neighbours_touch),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
