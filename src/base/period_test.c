/* Tests of Period: ISO 8601 texts, the proleptic Gregorian calendar, and the laws between kinds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/period.h"
#include "base/test_random.h"

#include <string.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof(rows)[0])

static Period period(const char *text)
{
    Period p = {0};

    if (!period_parse(str_z(text), &p)) {
        fail_msg("'%s' is not read", text);
    }
    return p;
}

static void assert_period(Period got, const char *want)
{
    char text[PERIOD_TEXT];
    Str printed = period_format(got, text);

    if (!str_eq(printed, str_z(want))) {
        fail_msg("got %.*s, want %s", STR_ARG(printed), want);
    }
}

static void assert_day(int64_t day, const char *want)
{
    assert_period((Period){PERIOD_DAY, day}, want);
}

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static unsigned month_days(int64_t year, unsigned month)
{
    static const unsigned DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return DAYS[month - 1] + (month == 2 && is_leap(year));
}

/* --- days --- */

static void test_day_numbers(void **state)
{
    static const struct {
        int64_t year;
        unsigned month, day;
        int64_t n;
    } ROWS[] = {
        {1970, 1, 1, 0},       {1969, 12, 31, -1},      {1970, 12, 31, 364},
        {2000, 1, 1, 10957},   {2000, 2, 29, 11016},    {2000, 3, 1, 11017},
        {2024, 2, 29, 19782},  {2025, 3, 31, 20178},    {1949, 10, 1, -7397},
        {1900, 3, 1, -25508},  {1600, 2, 29, -135081},  {1582, 10, 15, -141427},
        {1, 1, 1, -719162},    {9999, 12, 31, 2932896}, {0, 12, 31, -719163},
        {2400, 2, 29, 157113},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        int64_t year;
        unsigned month, day;

        assert_int_equal(day_from_civil(ROWS[i].year, ROWS[i].month, ROWS[i].day), ROWS[i].n);
        day_to_civil(ROWS[i].n, &year, &month, &day);
        assert_true(year == ROWS[i].year && month == ROWS[i].month && day == ROWS[i].day);
    }
}

/* Every day from 0001-01-01, which is day -719,162, to 9999-12-31, counted one by one. */
static void test_every_day(void **state)
{
    int64_t n = -719162;

    (void)state;
    for (int64_t year = 1; year <= 9999; year++) {
        for (unsigned month = 1; month <= 12; month++) {
            for (unsigned day = 1; day <= month_days(year, month); day++, n++) {
                int64_t y;
                unsigned m, d;

                day_to_civil(n, &y, &m, &d);
                if (day_from_civil(year, month, day) != n || y != year || m != month || d != day) {
                    fail_msg("%lld-%u-%u", (long long)year, month, day);
                }
            }
        }
    }
    assert_int_equal(n, 2932897);
}

static void test_the_calendar_repeats_after_400_years(void **state)
{
    uint64_t seed = 400;

    (void)state;
    for (int i = 0; i < 10000; i++) {
        int64_t year = random_between(&seed, -9999, 9999);
        unsigned month = (unsigned)random_between(&seed, 1, 12),
                 day = (unsigned)random_between(&seed, 1, 28);

        assert_int_equal(day_from_civil(year + 400, month, day) - day_from_civil(year, month, day),
                         146097);
    }
}

/* --- texts --- */

static void test_parse(void **state)
{
    static const struct {
        const char *text;
        PeriodKind kind;
        const char *first, *last; /* days */
    } ROWS[] = {
        {"2025", PERIOD_YEAR, "2025-01-01", "2025-12-31"},
        {"0001", PERIOD_YEAR, "0001-01-01", "0001-12-31"},
        {"9999", PERIOD_YEAR, "9999-01-01", "9999-12-31"},
        {"2025-S1", PERIOD_HALF, "2025-01-01", "2025-06-30"},
        {"2025-S2", PERIOD_HALF, "2025-07-01", "2025-12-31"},
        {"2025-H2", PERIOD_HALF, "2025-07-01", "2025-12-31"},
        {"2025-Q1", PERIOD_QUARTER, "2025-01-01", "2025-03-31"},
        {"2025-Q2", PERIOD_QUARTER, "2025-04-01", "2025-06-30"},
        {"2025-Q3", PERIOD_QUARTER, "2025-07-01", "2025-09-30"},
        {"2025-Q4", PERIOD_QUARTER, "2025-10-01", "2025-12-31"},
        {"2025-02", PERIOD_MONTH, "2025-02-01", "2025-02-28"},
        {"2024-02", PERIOD_MONTH, "2024-02-01", "2024-02-29"},
        {"1900-02", PERIOD_MONTH, "1900-02-01", "1900-02-28"}, /* no leap year */
        {"2000-02", PERIOD_MONTH, "2000-02-01", "2000-02-29"}, /* a leap year */
        {"2025-M12", PERIOD_MONTH, "2025-12-01", "2025-12-31"},
        {"2025-03-31", PERIOD_DAY, "2025-03-31", "2025-03-31"},
        {"2024-02-29", PERIOD_DAY, "2024-02-29", "2024-02-29"},
        {"1582-10-10", PERIOD_DAY, "1582-10-10", "1582-10-10"}, /* proleptic: no gap */
        {"2025-03-31T00", PERIOD_HOUR, "2025-03-31", "2025-03-31"},
        {"2025-03-31T23", PERIOD_HOUR, "2025-03-31", "2025-03-31"},
        {"1949-10-01T15", PERIOD_HOUR, "1949-10-01", "1949-10-01"},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Period p = period(ROWS[i].text);

        assert_int_equal(p.kind, ROWS[i].kind);
        assert_day(period_start_day(p), ROWS[i].first);
        assert_day(period_end_day(p), ROWS[i].last);
    }
}

static void test_what_is_no_period(void **state)
{
    static const char *const ROWS[] = {
        "",
        "25",
        "202",
        "20250",
        "0000",
        "-2025",
        "2025-",
        "2025-0",
        "2025-1",
        "2025-00",
        "2025-13",
        "2025-1a",
        "2025-Q",
        "2025-Q0",
        "2025-Q5",
        "2025-Q01",
        "2025-q1",
        "2025Q1",
        "2025-S0",
        "2025-S3",
        "2025-H3",
        "2025-S",
        "2025-M",
        "2025-M0",
        "2025-M00",
        "2025-M13",
        "2025-M3",
        "2025-W05",
        "2025-A1",
        "2025-03-",
        "2025-03-0",
        "2025-03-00",
        "2025-03-1",
        "2025-03-32",
        "2025-04-31",
        "2025-02-29",
        "1900-02-29",
        "2025-02-30",
        "2025-3-31",
        "2025-03-310",
        "2025-03-31T",
        "2025-03-31T8",
        "2025-03-31T24",
        "2025-03-31t08",
        "2025-03-31 08",
        "2025-03-31T08:00",
        "2025-03-31T080",
        " 2025",
        "2025 ",
        "2025-03 ",
        "2025/03/31",
        "20250331",
        "2025年",
        "２０２５",
        "2025-Q1-01",
        "2025-S1-01",
        "2025-M03-31",
        "+2025",
        "2025-+3",
        "2025--3",
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Period p;

        if (period_parse(str_z(ROWS[i]), &p)) {
            fail_msg("'%s'", ROWS[i]);
        }
    }
    assert_false(period_parse((Str){0}, &(Period){0}));
    assert_false(period_parse(STR("2025\0"), &(Period){0}));
    assert_false(period_parse(str_slice(STR("2025-03"), 0, 6), &(Period){0}));
}

static void test_format(void **state)
{
    static const struct {
        const char *text, *want;
    } ROWS[] = {
        {"2025", "2025"},
        {"0007", "0007"}, /* four digits at least */
        {"2025-H1", "2025-S1"},
        {"2025-Q4", "2025-Q4"},
        {"2025-M03", "2025-03"},
        {"0999-12-31", "0999-12-31"},
        {"1969-12-31T23", "1969-12-31T23"},
        {"0001-01-01T00", "0001-01-01T00"},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        assert_period(period(ROWS[i].text), ROWS[i].want);
    }
}

static void check_identities(Period p)
{
    char text[PERIOD_TEXT];
    Period back = {PERIOD_N_KINDS, 0};
    Str printed = period_format(p, text);

    if (!period_parse(printed, &back) || !period_equal(back, p)) {
        fail_msg("%.*s is read otherwise", STR_ARG(printed));
    }
    if (!period_equal(period_from_code(period_code(p)), p)) {
        fail_msg("%.*s has a wrong code", STR_ARG(printed));
    }
}

/* All years, half-years, quarters and months there are, then days and hours at random. */
static void test_format_and_code_read_back(void **state)
{
    uint64_t seed = 8601;

    (void)state;
    for (int64_t year = YEAR_FIRST; year <= YEAR_LAST; year++) {
        check_identities(period_year((int)year));
        for (int64_t i = 0; i < 2; i++) {
            check_identities((Period){PERIOD_HALF, year * 2 + i});
        }
        for (int64_t i = 0; i < 4; i++) {
            check_identities((Period){PERIOD_QUARTER, year * 4 + i});
        }
        for (int64_t i = 0; i < 12; i++) {
            check_identities((Period){PERIOD_MONTH, year * 12 + i});
        }
    }
    for (int i = 0; i < 100000; i++) {
        int64_t day = random_between(&seed, -719162, 2932896);

        check_identities((Period){PERIOD_DAY, day});
        check_identities((Period){PERIOD_HOUR, day * 24 + random_between(&seed, 0, 23)});
    }
}

/* --- between kinds --- */

/* Of any kind, in the years 2 to 9998, so that a neighbour still has four digits. */
static Period random_period(uint64_t *seed)
{
    Period hour = {PERIOD_HOUR, random_between(seed, -719162 + 366, 2932896 - 365) * 24 +
                                    random_between(seed, 0, 23)};

    return period_convert(hour, (PeriodKind)random_below(seed, PERIOD_N_KINDS));
}

static void test_convert(void **state)
{
    static const struct {
        const char *from;
        PeriodKind kind;
        const char *want;
    } ROWS[] = {
        {"2025-03-31T08", PERIOD_DAY, "2025-03-31"},  {"2025-03-31T08", PERIOD_MONTH, "2025-03"},
        {"2025-03-31T08", PERIOD_QUARTER, "2025-Q1"}, {"2025-04-01T00", PERIOD_QUARTER, "2025-Q2"},
        {"2025-06-30", PERIOD_HALF, "2025-S1"},       {"2025-07-01", PERIOD_HALF, "2025-S2"},
        {"2025-12-31T23", PERIOD_YEAR, "2025"},       {"2025-Q3", PERIOD_HALF, "2025-S2"},
        {"2025-Q3", PERIOD_MONTH, "2025-07"},         {"2025-S2", PERIOD_QUARTER, "2025-Q3"},
        {"2025-S2", PERIOD_MONTH, "2025-07"},         {"2025-11", PERIOD_QUARTER, "2025-Q4"},
        {"2025", PERIOD_DAY, "2025-01-01"},           {"2025", PERIOD_HOUR, "2025-01-01T00"},
        {"2024-02", PERIOD_HOUR, "2024-02-01T00"},    {"1949-10-01T15", PERIOD_DAY, "1949-10-01"},
        {"1969-12-31T23", PERIOD_YEAR, "1969"},       {"0001-01-01T00", PERIOD_YEAR, "0001"},
        {"2025-Q2", PERIOD_QUARTER, "2025-Q2"},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        assert_period(period_convert(period(ROWS[i].from), ROWS[i].kind), ROWS[i].want);
    }
}

static void test_last(void **state)
{
    static const struct {
        const char *from;
        PeriodKind kind;
        const char *want;
    } ROWS[] = {
        {"2025", PERIOD_HALF, "2025-S2"},
        {"2025", PERIOD_QUARTER, "2025-Q4"},
        {"2025", PERIOD_MONTH, "2025-12"},
        {"2025", PERIOD_HOUR, "2025-12-31T23"},
        {"2024-02", PERIOD_DAY, "2024-02-29"},
        {"2025-S1", PERIOD_QUARTER, "2025-Q2"},
        {"2025-Q1", PERIOD_MONTH, "2025-03"},
        {"2025-Q1", PERIOD_DAY, "2025-03-31"},
        {"2025-03-31", PERIOD_HOUR, "2025-03-31T23"},
        {"2025-03-31", PERIOD_DAY, "2025-03-31"},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        assert_period(period_last(period(ROWS[i].from), ROWS[i].kind), ROWS[i].want);
    }
}

static void test_contains(void **state)
{
    static const struct {
        const char *whole, *part;
        bool want;
    } ROWS[] = {
        {"2025", "2025", true},           {"2025", "2025-Q1", true},
        {"2025", "2025-12-31T23", true},  {"2025", "2026-01-01T00", false},
        {"2025-Q1", "2025-03", true},     {"2025-Q1", "2025-04", false},
        {"2025-S1", "2025-Q2", true},     {"2025-S2", "2025-Q2", false},
        {"2025-03", "2025-03-31", true},  {"2025-03", "2025-Q1", false},
        {"2025-Q1", "2025", false},       {"2025-03-31", "2025-03-31T00", true},
        {"2025-03-31", "2025-03", false}, {"2024-02", "2024-02-29", true},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        if (period_contains(period(ROWS[i].whole), period(ROWS[i].part)) != ROWS[i].want) {
            fail_msg("%s and %s", ROWS[i].whole, ROWS[i].part);
        }
    }
}

static void test_laws_of_convert(void **state)
{
    uint64_t seed = 13;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        Period p = random_period(&seed);

        for (PeriodKind kind = PERIOD_YEAR; kind < PERIOD_N_KINDS; kind++) {
            Period other = period_convert(p, kind);

            assert_int_equal(other.kind, kind);
            if (kind <= p.kind) { /* the longer one holds it, and its neighbours do not */
                assert_true(period_contains(other, p));
                assert_false(period_contains(period_add(other, 1), p));
                assert_false(period_contains(period_add(other, -1), p));
                assert_true(period_start_day(other) <= period_start_day(p));
                assert_true(period_end_day(other) >= period_end_day(p));
            }
            if (kind >= p.kind) { /* the first and the last inside, and nothing beyond them */
                Period last = period_last(p, kind);

                assert_true(period_contains(p, other) && period_contains(p, last));
                assert_false(period_contains(p, period_add(other, -1)));
                assert_false(period_contains(p, period_add(last, 1)));
                assert_int_equal(period_start_day(other), period_start_day(p));
                assert_int_equal(period_end_day(last), period_end_day(p));
            }
        }
    }
}

static void test_contains_is_an_order(void **state)
{
    uint64_t seed = 14;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        Period c = random_period(&seed), b, a;

        b = period_convert(c, (PeriodKind)random_below(&seed, (size_t)c.kind + 1));
        a = period_convert(b, (PeriodKind)random_below(&seed, (size_t)b.kind + 1));
        assert_true(period_contains(a, b) && period_contains(b, c) && period_contains(a, c));
        assert_int_equal(period_contains(c, a), period_equal(a, c));
    }
}

static void test_neighbours_touch(void **state)
{
    uint64_t seed = 16;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        Period p = random_period(&seed), next = period_add(p, 1);

        assert_int_equal(period_cmp(p, next), -1);
        if (p.kind == PERIOD_HOUR) { /* begins and ends on one day */
            assert_int_equal(period_start_day(p), period_end_day(p));
        } else {
            assert_int_equal(period_end_day(p) + 1, period_start_day(next));
        }
    }
}

static void test_lengths_in_days(void **state)
{
    static const struct {
        const char *text;
        int64_t days;
    } ROWS[] = {
        {"2023", 365},    {"2024", 366},    {"1900", 365},   {"2000", 366},   {"2023-S1", 181},
        {"2024-S1", 182}, {"2023-S2", 184}, {"2023-Q1", 90}, {"2024-Q1", 91}, {"2023-Q2", 91},
        {"2023-Q3", 92},  {"2023-Q4", 92},  {"2023-04", 30}, {"2023-12", 31}, {"2023-05-05", 1},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Period p = period(ROWS[i].text);

        assert_int_equal(period_end_day(p) - period_start_day(p) + 1, ROWS[i].days);
    }
}

/* --- counting and comparing --- */

static void test_add(void **state)
{
    static const struct {
        const char *from;
        int64_t n;
        const char *want;
    } ROWS[] = {
        {"2025", -4, "2021"},
        {"2024-S2", 1, "2025-S1"},
        {"2025-Q1", -1, "2024-Q4"},
        {"2025-Q1", 9, "2027-Q2"},
        {"2024-12", 1, "2025-01"},
        {"2025-01", -12, "2024-01"},
        {"2024-02-28", 1, "2024-02-29"},
        {"2025-02-28", 1, "2025-03-01"},
        {"1970-01-01", -1, "1969-12-31"},
        {"2024-12-31T23", 1, "2025-01-01T00"},
        {"1970-01-01T00", -1, "1969-12-31T23"},
        {"2025-03-31T08", 0, "2025-03-31T08"},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        assert_period(period_add(period(ROWS[i].from), ROWS[i].n), ROWS[i].want);
    }
}

static void test_add_and_take_away_again(void **state)
{
    uint64_t seed = 17;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        Period p = random_period(&seed);
        int64_t n = random_between(&seed, -100000, 100000), m = random_between(&seed, -999, 999);

        assert_true(period_equal(period_add(period_add(p, n), -n), p));
        assert_true(period_equal(period_add(period_add(p, n), m), period_add(p, n + m)));
        assert_int_equal(period_cmp(period_add(p, n), p), (n > 0) - (n < 0));
    }
}

static void test_order(void **state)
{
    /* by start, then the longer first */
    static const char *const SORTED[] = {
        "1949-10-01",    "1969",       "1969-12-31T23", "2025",          "2025-S1",    "2025-Q1",
        "2025-01",       "2025-01-01", "2025-01-01T00", "2025-01-01T01", "2025-01-02", "2025-02",
        "2025-03-31T08", "2025-Q2",    "2025-04",       "2025-S2",       "2025-Q3",    "2025-12-31",
        "2025-12-31T23", "2026",       "2026-01-01T00",
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(SORTED); i++) {
        for (size_t k = 0; k < N_ROWS(SORTED); k++) {
            if (period_cmp(period(SORTED[i]), period(SORTED[k])) != (i > k) - (i < k)) {
                fail_msg("%s and %s", SORTED[i], SORTED[k]);
            }
            assert_int_equal(period_equal(period(SORTED[i]), period(SORTED[k])), i == k);
        }
    }
}

static void test_codes(void **state)
{
    uint64_t seed = 19;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        Period a = random_period(&seed), b = random_period(&seed);

        if (i % 2 == 0) { /* the same number in another kind */
            b.n = a.n;
        }
        assert_int_equal(period_code(a) == period_code(b), period_equal(a, b));
        b.kind = a.kind;
        assert_int_equal((period_code(a) > period_code(b)) - (period_code(a) < period_code(b)),
                         period_cmp(a, b));
    }
}

static void test_year_of(void **state)
{
    (void)state;
    assert_int_equal(period_year_of(period("2025")), 2025);
    assert_int_equal(period_year_of(period("2025-12-31T23")), 2025);
    assert_int_equal(period_year_of(period("2025-S2")), 2025);
    assert_int_equal(period_year_of(period("1969-12-31T23")), 1969);
    assert_int_equal(period_year_of(period("0001-01")), 1);
    assert_period(period_year(2025), "2025");
}

static void test_names(void **state)
{
    static const char *const NAMES[][2] = {{"year", "年"},      {"half-year", "半年"},
                                           {"quarter", "季度"}, {"month", "月"},
                                           {"day", "日"},       {"hour", "小时"}};

    (void)state;
    for (PeriodKind kind = PERIOD_YEAR; kind < PERIOD_N_KINDS; kind++) {
        assert_string_equal(period_kind_name(kind, false), NAMES[kind][0]);
        assert_string_equal(period_kind_name(kind, true), NAMES[kind][1]);
    }
}

/* --- durations --- */

static void test_durations(void **state)
{
    static const struct {
        const char *text;
        PeriodKind kind;
        int64_t n;
    } ROWS[] = {
        {"1y", PERIOD_YEAR, 1},        {"2h", PERIOD_HALF, 2},
        {"4q", PERIOD_QUARTER, 4},     {"12mo", PERIOD_MONTH, 12},
        {"30d", PERIOD_DAY, 30},       {"24hr", PERIOD_HOUR, 24},
        {"99999d", PERIOD_DAY, 99999}, {"100000hr", PERIOD_HOUR, 100000},
    };
    static const char *const BAD[] = {
        "",
        "y",
        "1",
        "0y",
        "-1y",
        "+1y",
        "1 y",
        "1Y",
        "1m",
        "1w",
        "1.5y",
        "1yr",
        "100001d",
        "1000000y",
        "1y ",
        " 1y",
        "99999999999999999999y",
        "1年",
        "1mon",
        "1hrs",
        "1000000",
        "1yy",
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Duration d = {0};

        if (!duration_parse(str_z(ROWS[i].text), &d) || d.kind != ROWS[i].kind ||
            d.n != ROWS[i].n) {
            fail_msg("'%s'", ROWS[i].text);
        }
    }
    for (size_t i = 0; i < N_ROWS(BAD); i++) {
        Duration d;

        if (duration_parse(str_z(BAD[i]), &d)) {
            fail_msg("'%s'", BAD[i]);
        }
    }
}

static void test_duration_in_other_kinds(void **state)
{
    static const struct {
        Duration d;
        PeriodKind kind;
        int64_t n;
    } ROWS[] = {
        {{PERIOD_YEAR, 1}, PERIOD_YEAR, 1},    {{PERIOD_YEAR, 1}, PERIOD_HALF, 2},
        {{PERIOD_YEAR, 1}, PERIOD_QUARTER, 4}, {{PERIOD_YEAR, 3}, PERIOD_MONTH, 36},
        {{PERIOD_HALF, 3}, PERIOD_QUARTER, 6}, {{PERIOD_HALF, 3}, PERIOD_YEAR, 0},
        {{PERIOD_QUARTER, 8}, PERIOD_YEAR, 2}, {{PERIOD_QUARTER, 2}, PERIOD_HALF, 1},
        {{PERIOD_MONTH, 24}, PERIOD_YEAR, 2},  {{PERIOD_MONTH, 18}, PERIOD_YEAR, 0},
        {{PERIOD_MONTH, 18}, PERIOD_HALF, 3},  {{PERIOD_MONTH, 7}, PERIOD_QUARTER, 0},
        {{PERIOD_DAY, 2}, PERIOD_HOUR, 48},    {{PERIOD_HOUR, 48}, PERIOD_DAY, 2},
        {{PERIOD_HOUR, 47}, PERIOD_DAY, 0},    {{PERIOD_MONTH, 1}, PERIOD_DAY, 0},
        {{PERIOD_DAY, 365}, PERIOD_YEAR, 0},   {{PERIOD_YEAR, 1}, PERIOD_HOUR, 0},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        if (duration_in(ROWS[i].d, ROWS[i].kind) != ROWS[i].n) {
            fail_msg("row %zu", i);
        }
    }
}

/* Where a duration is n periods of a kind, n of them later is where the duration leads. */
static void test_duration_leads_to_the_same_day(void **state)
{
    uint64_t seed = 23;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        Duration d = {(PeriodKind)random_below(&seed, PERIOD_N_KINDS),
                      random_between(&seed, 1, 50)};
        PeriodKind kind = (PeriodKind)random_below(&seed, PERIOD_N_KINDS);
        Period long_one = period_convert(random_period(&seed), d.kind < kind ? d.kind : kind);
        int64_t n = duration_in(d, kind);

        if (n != 0) {
            assert_int_equal(period_start_day(period_add(period_convert(long_one, d.kind), d.n)),
                             period_start_day(period_add(period_convert(long_one, kind), n)));
        }
    }
}

/* --- moments --- */

static void test_moments(void **state)
{
    static const struct {
        const char *text;
        int64_t seconds; /* as GNU date -u -d TEXT +%s tells */
    } ROWS[] = {
        {"1970-01-01T08:00:00+08:00", 0},
        {"1970-01-01T00:00:00Z", 0},
        {"2025-03-31T08:00:00+08:00", 1743379200},
        {"2025-03-31T08:00:00", 1743379200}, /* China Standard Time when nothing is said */
        {"2025-03-31T08:00+08:00", 1743379200},
        {"2025-03-31T00:00:00Z", 1743379200},
        {"2025-03-30T19:00:00-05:00", 1743379200},
        {"2025-03-31T05:30:00+05:30", 1743379200},
        {"2038-01-19T03:14:08Z", 2147483648},
        {"1949-10-01T15:00:00+08:00", -639075600},
        /* a date, a month, a year and the like: the last second in China */
        {"2025-03-31", 1743436799},
        {"2021-10-10", 1633881599},
        {"2024-02", 1709222399},
        {"2025-Q2", 1751299199},
        {"2025-S1", 1751299199},
        {"2021", 1640966399},
        {"2025-03-31T08", 1743382799},
        {"9999", 253402271999},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        int64_t got = -1;

        if (!moment_parse(str_z(ROWS[i].text), &got) || got != ROWS[i].seconds) {
            fail_msg("'%s': %lld", ROWS[i].text, (long long)got);
        }
    }
}

static void test_what_is_no_moment(void **state)
{
    static const char *const ROWS[] = {
        "",
        "2025-02-30",
        "2025-03-31T24:00:00",
        "2025-03-31T08:60:00",
        "2025-03-31T08:00:60", /* nor are there leap seconds */
        "2025-03-31T08:0",
        "2025-03-31T08:00:0",
        "2025-03-31T08:",
        "2025-03-31T08Z",
        "2025-03-31T08+08:00",
        "2025-03-31T08:00:00z",
        "2025-03-31T08:00:00 Z",
        "2025-03-31T08:00:00+08",
        "2025-03-31T08:00:00+0800",
        "2025-03-31T08:00:00+15:00",
        "2025-03-31T08:00:00+08:60",
        "2025-03-31T08:00:00+08:00 ",
        "2025-03-31T08:00:00+08:00Z",
        "2025-03-31T08:00:00ZZ",
        "2025-03-31T08:00:00.5Z",
        "2025-03-31 08:00:00",
        "2025-03-31:00:00",
        "2025-03:00",
        "2025Z",
        "1743379200",
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        int64_t got;

        if (moment_parse(str_z(ROWS[i]), &got)) {
            fail_msg("'%s'", ROWS[i]);
        }
    }
}

static void test_moments_read_back(void **state)
{
    char text[PERIOD_TEXT + 8];
    uint64_t seed = 29;

    (void)state;
    assert_true(str_eq(moment_format(0, text), STR("1970-01-01T08:00:00+08:00")));
    assert_true(str_eq(moment_format(-28801, text), STR("1969-12-31T23:59:59+08:00")));
    assert_true(str_eq(moment_format(1743379200 + 3661, text), STR("2025-03-31T09:01:01+08:00")));
    for (int i = 0; i < 100000; i++) { /* of the years 1 to 9999 */
        int64_t moment = random_between(&seed, -62135596800, 253402271999), back = 0;

        assert_true(moment_parse(moment_format(moment, text), &back));
        assert_int_equal(back, moment);
    }
}

/* The second after the last one of a period is the first of the next, in China. */
static void test_last_second_of_a_period(void **state)
{
    uint64_t seed = 31;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        Period p = random_period(&seed);
        char text[PERIOD_TEXT], clock[PERIOD_TEXT + 8];
        int64_t moment = 0;
        Period last, after;

        assert_true(moment_parse(period_format(p, text), &moment));
        assert_true(period_parse(str_slice(moment_format(moment, clock), 0, 13), &last));
        assert_true(period_parse(str_slice(moment_format(moment + 1, clock), 0, 13), &after));
        assert_true(period_contains(p, last));
        assert_true(period_contains(period_add(p, 1), after));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_day_numbers),
        cmocka_unit_test(test_every_day),
        cmocka_unit_test(test_the_calendar_repeats_after_400_years),
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_what_is_no_period),
        cmocka_unit_test(test_format),
        cmocka_unit_test(test_format_and_code_read_back),
        cmocka_unit_test(test_convert),
        cmocka_unit_test(test_last),
        cmocka_unit_test(test_contains),
        cmocka_unit_test(test_laws_of_convert),
        cmocka_unit_test(test_contains_is_an_order),
        cmocka_unit_test(test_neighbours_touch),
        cmocka_unit_test(test_lengths_in_days),
        cmocka_unit_test(test_add),
        cmocka_unit_test(test_add_and_take_away_again),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_year_of),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_durations),
        cmocka_unit_test(test_duration_in_other_kinds),
        cmocka_unit_test(test_duration_leads_to_the_same_day),
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_what_is_no_moment),
        cmocka_unit_test(test_moments_read_back),
        cmocka_unit_test(test_last_second_of_a_period),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
