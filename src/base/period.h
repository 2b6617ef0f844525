/* Period: a calendar year, half-year, quarter, month, day or hour (ISO 8601, proleptic Gregorian,
 * local civil time). */
#ifndef LONGTU_BASE_PERIOD_H
#define LONGTU_BASE_PERIOD_H

#include "base/str.h"

#define PERIOD_KINDS(X)                                                                            \
    X(PERIOD_YEAR, 'A', "y", "年", "year")                                                         \
    X(PERIOD_HALF, 'S', "h", "半年", "half-year")                                                  \
    X(PERIOD_QUARTER, 'Q', "q", "季度", "quarter")                                                 \
    X(PERIOD_MONTH, 'M', "mo", "月", "month")                                                      \
    X(PERIOD_DAY, 'D', "d", "日", "day")                                                           \
    X(PERIOD_HOUR, 'H', "hr", "小时", "hour")

typedef enum { /* from long to short; the letter in the list is the SDMX FREQ code */
#define X(name, freq, suffix, zh, en) name,
               PERIOD_KINDS(X)
#undef X
                   PERIOD_N_KINDS
} PeriodKind;

typedef struct {
    PeriodKind kind;
    int64_t n; /* counted from year 0 for years to months, from 1970-01-01 for days and hours;
                  neighbours differ by 1 */
} Period;

typedef struct { /* a length of time in whole periods: 1y, 12mo, 30d */
    PeriodKind kind;
    int64_t n;
} Duration;

enum { PERIOD_TEXT = 24, YEAR_FIRST = 1, YEAR_LAST = 9999 };

/* 2025, 2025-S1 or 2025-H1, 2025-Q3, 2025-03 or 2025-M03, 2025-03-31, 2025-03-31T08. Nothing else
 * around it. */
bool period_parse(Str text, Period *out);
Str period_format(Period period,
                  char text[PERIOD_TEXT]); /* as above; years have at least four digits */

/* 1y, 2h (half-years), 4q, 12mo, 30d, 24hr; n is 1 to 100,000. */
bool duration_parse(Str text, Duration *out);

/* Whole periods of that kind in the duration, 0 if they do not divide evenly (a month in days does
 * not). */
int64_t duration_in(Duration duration, PeriodKind kind);

Period period_year(int year);
int period_year_of(Period period); /* the year that its start falls in */
Period period_add(Period period, int64_t n);

/* The period of that kind that holds the first moment of this one; for a shorter kind, the first
 * inside it. */
Period period_convert(Period period, PeriodKind kind);
Period period_last(Period period, PeriodKind shorter); /* the last of a shorter kind inside it */

int64_t period_start_day(Period period); /* days since 1970-01-01 */
int64_t period_end_day(Period period);   /* its last day */
bool period_contains(Period whole, Period part);
bool period_equal(Period a, Period b);
int period_cmp(Period a, Period b); /* by start, then the longer first */

/* One integer for a period, and back: kinds do not collide, and within a kind the order is that of
 * time. */
int64_t period_code(Period period);
Period period_from_code(int64_t code);

const char *period_kind_name(PeriodKind kind, bool chinese);

/* Day number of a date, and back (Howard Hinnant, “chrono-compatible low-level date algorithms”,
 * days_from_civil). */
int64_t day_from_civil(int64_t year, unsigned month, unsigned day);
void day_to_civil(int64_t day, int64_t *year, unsigned *month, unsigned *day_of_month);

/* A moment that a thing became known, in seconds since 1970-01-01T00:00Z. A date without time of
 * day, a month or a year means its last second in China Standard Time (UTC+8): nobody can have
 * known it later, and to claim earlier would be a guess. Accepts what period_parse accepts, and
 * 2025-03-31T08:00:00 with Z or +08:00. */
bool moment_parse(Str text, int64_t *out);
Str moment_format(int64_t moment, char text[PERIOD_TEXT + 8]); /* 2025-03-31T08:00:00+08:00 */

#endif
