/* Tests of Interval: every result of values inside lies inside, exactly computed bounds stay exact.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/interval.h"
#include "base/test_random.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof(rows)[0])

/* Reads [1, 2), (-inf, 3], {} and the like, so that tables look as in a book. */
static Interval interval(const char *text)
{
    char open, close;
    double lo, hi;

    if (strcmp(text, "{}") == 0) {
        return interval_empty();
    }
    if (sscanf(text, "%c%lf, %lf%c", &open, &lo, &hi, &close) != 4) {
        fail_msg("'%s' is no interval", text);
    }
    return (Interval){lo, hi, open == '(', close == ')'};
}

static void show(const char *what, Interval a)
{
    print_error("%s: %c%.17g, %.17g%c\n", what, a.lo_open ? '(' : '[', a.lo, a.hi,
                a.hi_open ? ')' : ']');
}

static void assert_interval(Interval got, const char *want)
{
    if (!interval_equal(got, interval(want))) {
        show("got", got);
        fail_msg("want %s", want);
    }
}

static bool is_sound(Interval a)
{
    return interval_is_empty(a) || (a.lo <= a.hi && !isnan(a.lo) && !isnan(a.hi));
}

/* --- single intervals --- */

static void test_contains(void **state)
{
    static const struct {
        const char *a;
        double value;
        bool want;
    } ROWS[] = {
        {"[1, 2]", 1, true},
        {"[1, 2]", 2, true},
        {"[1, 2]", 1.5, true},
        {"[1, 2)", 2, false},
        {"(1, 2]", 1, false},
        {"(1, 2)", 1.5, true},
        {"[1, 2]", 0.99, false},
        {"[1, 2]", 2.01, false},
        {"[3, 3]", 3, true},
        {"[3, 3)", 3, false},
        {"[0, 1]", -0.0, true},
        {"(0, 1]", -0.0, false},
        {"[5, inf)", 1e308, true},
        {"(-inf, inf)", 0, true},
        {"(-inf, inf)", INFINITY, false},
        {"[41.085, 41.095)", 41.09, true},
        {"[41.085, 41.095)", 41.085, true},
        {"[41.085, 41.095)", 41.095, false},
        {"{}", 0, false},
        {"{}", INFINITY, false},
        {"(-inf, inf)", NAN, false},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        if (interval_contains(interval(ROWS[i].a), ROWS[i].value) != ROWS[i].want) {
            fail_msg("%g in %s", ROWS[i].value, ROWS[i].a);
        }
    }
}

static void test_empty(void **state)
{
    static const struct {
        const char *a;
        bool want;
    } ROWS[] = {
        {"{}", true},      {"[1, 1)", true},     {"(1, 1]", true},
        {"(1, 1)", true},  {"[2, 1]", true},     {"[1, 1]", false},
        {"(1, 2)", false}, {"[-inf, 0)", false}, {"(-inf, inf)", false},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        assert_int_equal(interval_is_empty(interval(ROWS[i].a)), ROWS[i].want);
    }
}

static void test_constructors_and_equal(void **state)
{
    (void)state;
    assert_interval(interval_point(41.09), "[41.09, 41.09]");
    assert_interval(interval_between(1, 2), "[1, 2]");
    assert_interval(interval_all(), "(-inf, inf)");
    assert_interval(interval_empty(), "{}");
    assert_true(interval_equal(interval("(1, 1)"), interval("[5, 2]"))); /* empty is empty */
    assert_true(interval_equal(interval("[-0, 0]"), interval("[0, -0]")));
    assert_false(interval_equal(interval("[1, 2]"), interval("[1, 2)")));
    assert_false(interval_equal(interval("(1, 2]"), interval("[1, 2]")));
    assert_false(interval_equal(interval("[1, 2]"), interval("[1, 3]")));
    assert_false(interval_equal(interval("[0, 2]"), interval("[1, 2]")));
    assert_false(interval_equal(interval("[1, 2]"), interval_empty()));
    assert_true(interval_width(interval("[1, 3.5)")) == 2.5);
    assert_true(interval_width(interval("[2, 2]")) == 0);
    assert_true(interval_width(interval("[2, 1]")) == 0);
    assert_true(isinf(interval_width(interval("[0, inf)"))));
}

/* --- arithmetic, by hand --- */

typedef struct {
    const char *a, *b, *want;
} Row;

static void check_rows(const Row *rows, size_t n, Interval (*op)(Interval, Interval))
{
    for (size_t i = 0; i < n; i++) {
        Interval got = op(interval(rows[i].a), interval(rows[i].b));

        if (!interval_equal(got, interval(rows[i].want))) {
            show("got", got);
            fail_msg("%s and %s: want %s", rows[i].a, rows[i].b, rows[i].want);
        }
    }
}

static void test_add(void **state)
{
    static const Row ROWS[] = {
        {"[1, 2]", "[10, 20]", "[11, 22]"},
        {"[1, 2)", "[10, 20]", "[11, 22)"}, /* an open bound makes the sum's open */
        {"(1, 2]", "[10, 20]", "(11, 22]"},
        {"(1, 2)", "(10, 20)", "(11, 22)"},
        {"[1, 2]", "[-2, -1]", "[-1, 1]"},
        {"[0.5, 0.75)", "[0.25, 0.5]", "[0.75, 1.25)"}, /* exact in binary */
        {"[1, inf)", "[1, 2]", "[2, inf)"},
        {"(-inf, 3]", "[1, inf)", "(-inf, inf)"},
        {"(-inf, 3)", "(-inf, 4]", "(-inf, 7)"},
        {"(-inf, inf)", "[7, 7]", "(-inf, inf)"},
        {"{}", "[1, 2]", "{}"},
        {"[1, 2]", "(3, 3)", "{}"},
    };

    (void)state;
    check_rows(ROWS, N_ROWS(ROWS), interval_add);
}

static void test_sub(void **state)
{
    static const Row ROWS[] = {
        {"[1, 2]", "[10, 20]", "[-19, -8]"},
        {"[1, 2)", "[10, 20]", "[-19, -8)"},
        {"[1, 2]", "[10, 20)", "(-19, -8]"},
        {"[1, 2]", "(10, 20]", "[-19, -8)"},
        {"[1, 2]", "[1, 2]", "[-1, 1]"}, /* two values, not one twice */
        {"[5, inf)", "[5, inf)", "(-inf, inf)"},
        {"[5, inf)", "[1, 2]", "[3, inf)"},
        {"[1, 2]", "{}", "{}"},
    };

    (void)state;
    check_rows(ROWS, N_ROWS(ROWS), interval_sub);
    assert_interval(interval_neg(interval("[1, 2)")), "(-2, -1]");
    assert_interval(interval_neg(interval("(-inf, 3]")), "[-3, inf)");
    assert_interval(interval_neg(interval("{}")), "{}");
}

static void test_mul(void **state)
{
    static const Row ROWS[] = {
        {"[2, 3]", "[5, 7]", "[10, 21]"},
        {"[-3, -2]", "[5, 7]", "[-21, -10]"},
        {"[-3, -2]", "[-7, -5]", "[10, 21]"},
        {"[-2, 3]", "[5, 7]", "[-14, 21]"},
        {"[-2, 3]", "[-5, 7]", "[-15, 21]"},
        {"[-2, 3]", "[-8, 1]", "[-24, 16]"},
        {"[2, 3)", "[5, 7]", "[10, 21)"},
        {"(2, 3]", "[5, 7)", "(10, 21)"},
        {"[-2, 3)", "[-5, 7]", "(-15, 21)"},
        {"[-2, 3)", "(-8, 1]", "(-24, 16)"},
        {"[-4, 3)", "[-6, 8]", "[-32, 24]"}, /* 24 from -4 x -6; 3 x 8 is not reached */
        {"[0, 3]", "[5, 7)", "[0, 21)"},
        {"(0, 3]", "[5, 7]", "(0, 21]"},
        {"(0, 3]", "[0, 7]", "[0, 21]"}, /* zero is reached through the second */
        {"(-1, 1)", "[0, 0]", "[0, 0]"},
        {"[0, 0]", "(-inf, inf)", "[0, 0]"},
        {"[0, 0]", "[1, inf)", "[0, 0]"},
        {"[0, 1]", "[2, inf)", "[0, inf)"},
        {"(0, 1]", "[2, inf)", "(0, inf)"},
        {"[-1, 1]", "[2, inf)", "(-inf, inf)"},
        {"[1, inf)", "[-3, -2]", "(-inf, -2]"},
        {"(-inf, inf)", "(-inf, inf)", "(-inf, inf)"},
        {"{}", "[0, 0]", "{}"},
        {"[0, 0]", "{}", "{}"},
    };

    (void)state;
    check_rows(ROWS, N_ROWS(ROWS), interval_mul);
}

static void test_div(void **state)
{
    static const Row ROWS[] = {
        {"[6, 12]", "[2, 4]", "[1.5, 6]"},
        {"[6, 12)", "[2, 4]", "[1.5, 6)"},
        {"[6, 12]", "(2, 4]", "[1.5, 6)"},
        {"[6, 12]", "[2, 4)", "(1.5, 6]"},
        {"[-12, 6]", "[2, 4]", "[-6, 3]"},
        {"[6, 12]", "[-4, -2]", "[-6, -1.5]"},
        {"[-12, -6]", "[-4, -2]", "[1.5, 6]"},
        {"[0, 6]", "[2, 4]", "[0, 3]"},
        {"(0, 6]", "[2, 4]", "(0, 3]"},
        {"[6, 12]", "[2, inf)", "(0, 6]"}, /* a quotient by what grows nears zero */
        {"[6, inf)", "[2, 4]", "[1.5, inf)"},
        {"[1, inf)", "[1, inf)", "(0, inf)"},
        {"[-6, 12]", "[2, inf)", "[-3, 6]"},
        {"[0, 0]", "[2, 4]", "[0, 0]"},
        {"{}", "[2, 4]", "{}"},
        {"[6, 12]", "{}", "{}"},
    };

    (void)state;
    check_rows(ROWS, N_ROWS(ROWS), interval_div);
}

/* IEEE 1788-2015: quotients by zero itself do not exist, those nearby are all in. */
static void test_div_around_zero(void **state)
{
    static const Row ROWS[] = {
        {"[1, 2]", "[0, 0]", "{}"},
        {"[-1, 1]", "[0, 0]", "{}"},
        {"[0, 0]", "[0, 0]", "{}"},
        {"[1, 2]", "[-0, 0]", "{}"},
        {"[1, 2]", "[-1, 1]", "(-inf, inf)"},
        {"[-1, 1]", "[-1, 1]", "(-inf, inf)"},
        {"[0, 0]", "[-1, 1]", "[0, 0]"},
        {"[0, 0]", "[0, 1]", "[0, 0]"},
        {"[0, 0]", "[-1, 0)", "[0, 0]"},
        {"[1, 2]", "[0, 4]", "[0.25, inf)"},
        {"[1, 2]", "(0, 4]", "[0.25, inf)"},
        {"[1, 2]", "[0, 4)", "(0.25, inf)"},
        {"(1, 2]", "[0, 4]", "(0.25, inf)"},
        {"[1, 2)", "[0, 4]", "[0.25, inf)"},
        {"[1, 2]", "[-4, 0]", "(-inf, -0.25]"},
        {"[1, 2]", "(-4, 0)", "(-inf, -0.25)"},
        {"[-2, -1]", "[0, 4]", "(-inf, -0.25]"},
        {"[-2, -1)", "[0, 4]", "(-inf, -0.25)"},
        {"[-2, -1]", "[-4, 0]", "[0.25, inf)"},
        {"[0, 2]", "[0, 4]", "[0, inf)"},
        {"(0, 2]", "[0, 4]", "(0, inf)"},
        {"[0, 2]", "[-4, 0]", "(-inf, 0]"},
        {"[-2, 0]", "[0, 4]", "(-inf, 0]"},
        {"[-2, 0)", "[0, 4]", "(-inf, 0)"},
        {"[-2, 0]", "[-4, 0]", "[0, inf)"},
        {"[-1, 2]", "[0, 4]", "(-inf, inf)"},
        {"[-1, 2]", "(-4, 0)", "(-inf, inf)"},
        {"[1, 2]", "[0, inf)", "(0, inf)"},
        {"[1, 2]", "(-inf, 0]", "(-inf, 0)"},
        {"[0, 2]", "(0, inf)", "[0, inf)"},
        {"[1, inf)", "[0, 4]", "[0.25, inf)"},
        {"[1, 2]", "(-inf, inf)", "(-inf, inf)"},
    };

    (void)state;
    check_rows(ROWS, N_ROWS(ROWS), interval_div);
}

/* Where doubles cannot hold a result, the bounds are the doubles next to it. */
static void test_rounding_is_outwards(void **state)
{
    Interval tenth = interval_point(0.1), fifth = interval_point(0.2), third;
    double below = nextafter(0.3, 0), sum = 0.1 + 0.2; /* 0.30000000000000004, which is too much */
    Interval got = interval_add(tenth, fifth);

    (void)state;
    assert_true(got.lo >= below && got.lo < sum);
    assert_true(got.hi >= sum && got.hi <= nextafter(sum, 1));
    third = interval_div(interval_point(1), interval_point(3));
    assert_true(third.lo < third.hi);
    assert_true(fma(third.lo, 3, -1) < 0 && fma(third.hi, 3, -1) > 0);
    assert_true(third.hi - third.lo <= 2 * 0x1p-54);
    got = interval_mul(third, interval_point(3));
    assert_true(interval_contains(got, 1));
    got = interval_add(interval_point(1), interval_point(1e-30));
    assert_true(got.hi > 1 && got.lo <= 1);
    got = interval_sub(interval_point(1), interval_point(1e-30));
    assert_true(got.lo < 1 && got.hi >= 1);
}

static void test_overflow_and_underflow(void **state)
{
    Interval huge = interval_point(1e308), tiny = interval_point(1e-200), got;

    (void)state;
    got = interval_add(huge, huge); /* 2e308 is real, but no double */
    assert_true(got.lo == DBL_MAX && got.hi == INFINITY);
    got = interval_sub(interval_neg(huge), huge);
    assert_true(got.hi == -DBL_MAX && got.lo == -INFINITY);
    got = interval_mul(huge, huge);
    assert_true(got.lo == DBL_MAX && got.hi == INFINITY);
    got = interval_mul(huge, interval_neg(huge));
    assert_true(got.hi == -DBL_MAX && got.lo == -INFINITY);
    got = interval_div(huge, tiny);
    assert_true(got.lo == DBL_MAX && got.hi == INFINITY);
    got = interval_mul(tiny, tiny); /* 1e-400 is above zero */
    assert_true(got.lo <= 0 && got.hi > 0 && got.hi <= 2 * 0x1p-1074);
    got = interval_mul(tiny, interval_neg(tiny));
    assert_true(got.hi >= 0 && got.lo < 0);
    got = interval_div(tiny, interval_point(1e200));
    assert_true(got.lo <= 0 && got.hi > 0 && got.hi <= 2 * 0x1p-1074);
    got = interval_div(interval_point(3 * 0x1p-1074), interval_point(1 + 0x1p-52));
    assert_true(got.lo < 3 * 0x1p-1074); /* the quotient is below the third smallest double */
    got = interval_mul(interval_point(3 * 0x1p-1074), interval_point(1 + 0x1p-52));
    assert_true(got.hi > 3 * 0x1p-1074);
}

/* --- laws --- */

static double random_bound(uint64_t *seed)
{
    switch (random_below(seed, 6)) {
    case 0: return 0;
    case 1: return (double)random_between(seed, -4, 4);
    case 2: return (double)random_between(seed, -4000, 4000) / 1024;
    case 3: return (double)random_between(seed, -100000, 100000) / 100; /* inexact in binary */
    case 4:
        return ldexp((double)random_between(seed, -1LL << 53, 1LL << 53),
                     (int)random_between(seed, -150, 50));
    default: return random_next(seed) % 2 == 0 ? INFINITY : -INFINITY;
    }
}

/* Points, intervals of all openings, half lines; never empty, infinite bounds are open. */
static Interval random_interval(uint64_t *seed)
{
    for (;;) {
        double x = random_bound(seed), y = random_below(seed, 8) == 0 ? x : random_bound(seed);
        Interval a = {x < y ? x : y, x < y ? y : x, random_next(seed) % 2 == 0,
                      random_next(seed) % 2 == 0};

        a.lo_open = a.lo_open || isinf(a.lo);
        a.hi_open = a.hi_open || isinf(a.hi);
        if (!interval_is_empty(a)) {
            return a;
        }
    }
}

/* A value inside, most often on a bound or next to it; not so near to zero that a product of two
 * would underflow. */
static double random_member(uint64_t *seed, Interval a)
{
    double lo = isinf(a.lo) ? fmin(a.hi, 0) - 1e6 : a.lo,
           hi = isinf(a.hi) ? fmax(a.lo, 0) + 1e6 : a.hi;

    for (int i = 0; i < 200; i++) {
        double value;

        switch (random_below(seed, 5)) {
        case 0: value = lo; break;
        case 1: value = hi; break;
        case 2: value = nextafter(lo, INFINITY); break;
        case 3: value = nextafter(hi, -INFINITY); break;
        default: value = lo + (hi - lo) * ((double)random_below(seed, 1025) / 1024); break;
        }
        if (value != 0 && fabs(value) < 1e-140) {
            value = copysign(1e-140, value);
        }
        if (isfinite(value) && interval_contains(a, value)) {
            return value;
        }
    }
    fail_msg("nothing found inside");
    return NAN;
}

/* The sign of the exact x op y - bound, as a small number. fma rounds once, so its sign is exact
 * where nothing underflows. */
static double excess_add(double x, double y, double bound)
{
    double sum = x + y, back = sum - x;
    double remainder = (x - (sum - back)) + (y - back); /* Knuth: sum + remainder is exact */

    return (sum - bound) + remainder;
}

static double excess_sub(double x, double y, double bound)
{
    return excess_add(x, -y, bound);
}

static double excess_mul(double x, double y, double bound)
{
    return isinf(bound) ? -bound : fma(x, y, -bound);
}

static double excess_div(double x, double y, double bound)
{
    double excess = isinf(bound) ? -bound * y : fma(-bound, y, x);

    return y > 0 ? excess : -excess;
}

typedef struct {
    const char *name;
    Interval (*op)(Interval, Interval);
    double (*excess)(double, double, double);
} Op;

static const Op OPS[] = {
    {"add", interval_add, excess_add},
    {"sub", interval_sub, excess_sub},
    {"mul", interval_mul, excess_mul},
    {"div", interval_div, excess_div},
};

static void check_inclusion(const Op *op, Interval a, Interval b, double x, double y)
{
    Interval out = op->op(a, b);
    double above, below;

    above = op->excess(x, y, out.lo);
    below = op->excess(x, y, out.hi);
    if (interval_is_empty(out) || !is_sound(out) || !(out.lo_open ? above > 0 : above >= 0) ||
        !(out.hi_open ? below < 0 : below <= 0)) {
        show("a", a);
        show("b", b);
        show("out", out);
        fail_msg("%s: %.17g and %.17g", op->name, x, y);
    }
}

static void test_inclusion(void **state)
{
    uint64_t seed = 1788;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        Interval a = random_interval(&seed), b = random_interval(&seed);

        for (int k = 0; k < 4; k++) {
            double x = random_member(&seed, a), y = random_member(&seed, b);

            for (size_t o = 0; o < N_ROWS(OPS); o++) {
                if (OPS[o].op != interval_div || y != 0) {
                    check_inclusion(&OPS[o], a, b, x, y);
                }
            }
        }
    }
}

/* With bounds of few bits every sum and product is exact, and then nothing may be added. */
static void test_exact_bounds_are_tight(void **state)
{
    uint64_t seed = 24;

    (void)state;
    for (int i = 0; i < 50000; i++) {
        double lo = (double)random_between(&seed, 1, 1000) / 64,
               hi = lo + (double)random_between(&seed, 1, 1000) / 64,
               by = (double)random_between(&seed, 1, 1000) / 128;
        Interval a = {lo, hi, random_next(&seed) % 2 == 0, random_next(&seed) % 2 == 0}, got;

        got = interval_add(a, interval_point(by));
        assert_true(interval_equal(got, (Interval){lo + by, hi + by, a.lo_open, a.hi_open}));
        got = interval_sub(a, interval_point(by));
        assert_true(interval_equal(got, (Interval){lo - by, hi - by, a.lo_open, a.hi_open}));
        got = interval_mul(a, interval_point(by));
        assert_true(interval_equal(got, (Interval){lo * by, hi * by, a.lo_open, a.hi_open}));
        got = interval_mul(a, interval_point(-by));
        assert_true(interval_equal(got, (Interval){-hi * by, -lo * by, a.hi_open, a.lo_open}));
        got = interval_div(interval_mul(a, interval_point(by)), interval_point(by));
        assert_true(interval_equal(got, a));
    }
}

/* Elsewhere a bound is at most one step from where it belongs. */
static void test_rounded_bounds_are_near(void **state)
{
    uint64_t seed = 25;

    (void)state;
    for (int i = 0; i < 50000; i++) {
        double x = (double)random_between(&seed, 1, 1000000) / 100,
               y = (double)random_between(&seed, 1, 1000000) / 100;
        Interval sum = interval_add(interval_point(x), interval_point(y)),
                 product = interval_mul(interval_point(x), interval_point(y)),
                 quotient = interval_div(interval_point(x), interval_point(y));

        assert_true(sum.lo >= nextafter(x + y, 0) && sum.hi <= nextafter(x + y, INFINITY));
        assert_true(product.lo >= nextafter(x * y, 0) && product.hi <= nextafter(x * y, INFINITY));
        assert_true(quotient.lo >= nextafter(x / y, 0) &&
                    quotient.hi <= nextafter(x / y, INFINITY));
    }
}

static void test_order_of_operands(void **state)
{
    uint64_t seed = 26;

    (void)state;
    for (int i = 0; i < 50000; i++) {
        Interval a = random_interval(&seed), b = random_interval(&seed);

        assert_true(interval_equal(interval_add(a, b), interval_add(b, a)));
        assert_true(interval_equal(interval_mul(a, b), interval_mul(b, a)));
        assert_true(interval_equal(interval_meet(a, b), interval_meet(b, a)));
        assert_true(interval_equal(interval_hull(a, b), interval_hull(b, a)));
        assert_true(interval_equal(interval_sub(a, b), interval_neg(interval_sub(b, a))));
        assert_true(
            interval_equal(interval_mul(interval_neg(a), b), interval_neg(interval_mul(a, b))));
        assert_true(
            interval_equal(interval_div(interval_neg(a), b), interval_neg(interval_div(a, b))));
        assert_true(
            interval_equal(interval_div(a, interval_neg(b)), interval_neg(interval_div(a, b))));
    }
}

/* --- sets --- */

static void test_meet(void **state)
{
    static const Row ROWS[] = {
        {"[1, 3]", "[2, 4]", "[2, 3]"},
        {"[1, 3)", "[2, 4]", "[2, 3)"},
        {"[1, 3]", "(2, 4]", "(2, 3]"},
        {"[1, 4]", "[2, 3)", "[2, 3)"},
        {"[1, 3]", "[1, 3)", "[1, 3)"},
        {"(1, 3]", "[1, 3]", "(1, 3]"},
        {"[1, 2]", "[2, 3]", "[2, 2]"},
        {"[1, 2)", "[2, 3]", "{}"},
        {"[1, 2]", "(2, 3]", "{}"},
        {"[1, 2]", "[3, 4]", "{}"},
        {"[1, 2]", "(-inf, inf)", "[1, 2]"},
        {"[1, inf)", "(-inf, 5]", "[1, 5]"},
        {"[1, 2]", "{}", "{}"},
        {"[41.085, 41.095)", "[41.985, 41.995)", "{}"}, /* a misprint that can be proved */
    };

    (void)state;
    check_rows(ROWS, N_ROWS(ROWS), interval_meet);
}

static void test_hull(void **state)
{
    static const Row ROWS[] = {
        {"[1, 3]", "[2, 4]", "[1, 4]"},     {"[1, 2]", "[5, 6]", "[1, 6]"},
        {"(1, 2]", "[1, 2)", "[1, 2]"},     {"(1, 2)", "(1, 3)", "(1, 3)"},
        {"(1, 9)", "[2, 3]", "(1, 9)"},     {"{}", "[1, 2)", "[1, 2)"},
        {"[1, 2)", "{}", "[1, 2)"},         {"{}", "{}", "{}"},
        {"[1, 1]", "[1, inf)", "[1, inf)"}, {"(-inf, 0)", "(0, inf)", "(-inf, inf)"},
    };

    (void)state;
    check_rows(ROWS, N_ROWS(ROWS), interval_hull);
}

static void test_laws_of_sets(void **state)
{
    uint64_t seed = 27;

    (void)state;
    for (int i = 0; i < 50000; i++) {
        Interval a = random_interval(&seed), b = random_interval(&seed);
        Interval meet = interval_meet(a, b), hull = interval_hull(a, b);
        double edges[] = {a.lo, a.hi, b.lo, b.hi};

        assert_true(is_sound(meet) && is_sound(hull));
        assert_true(interval_equal(interval_meet(a, a), a) &&
                    interval_equal(interval_hull(a, a), a));
        assert_true(interval_equal(interval_meet(a, hull), a));
        assert_true(interval_equal(interval_hull(a, meet), a));
        for (size_t k = 0; k < 4; k++) { /* on every bound, before it and behind it */
            double around[] = {nextafter(edges[k], -INFINITY), edges[k],
                               nextafter(edges[k], INFINITY)};

            for (size_t j = 0; j < 3; j++) {
                bool in_a = interval_contains(a, around[j]), in_b = interval_contains(b, around[j]);

                assert_int_equal(interval_contains(meet, around[j]), in_a && in_b);
                assert_true(interval_contains(hull, around[j]) || !(in_a || in_b));
            }
        }
        assert_true(hull.lo == fmin(a.lo, b.lo) && hull.hi == fmax(a.hi, b.hi)); /* the smallest */
        assert_int_equal(interval_contains(hull, hull.lo),
                         interval_contains(a, hull.lo) || interval_contains(b, hull.lo));
        assert_int_equal(interval_contains(hull, hull.hi),
                         interval_contains(a, hull.hi) || interval_contains(b, hull.hi));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contains),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_constructors_and_equal),
        cmocka_unit_test(test_add),
        cmocka_unit_test(test_sub),
        cmocka_unit_test(test_mul),
        cmocka_unit_test(test_div),
        cmocka_unit_test(test_div_around_zero),
        cmocka_unit_test(test_rounding_is_outwards),
        cmocka_unit_test(test_overflow_and_underflow),
        cmocka_unit_test(test_inclusion),
        cmocka_unit_test(test_exact_bounds_are_tight),
        cmocka_unit_test(test_rounded_bounds_are_near),
        cmocka_unit_test(test_order_of_operands),
        cmocka_unit_test(test_meet),
        cmocka_unit_test(test_hull),
        cmocka_unit_test(test_laws_of_sets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
