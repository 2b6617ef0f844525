/* Period: a calendar year, half-year, quarter, month, day or hour (ISO 8601, proleptic Gregorian,
 * local civil time). */
#include "base/period.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { HOURS_A_DAY = 24, SECONDS_A_DAY = 86400, CHINA_SECONDS = 8 * 3600 };

static const int64_t PER_YEAR[] = {
    [PERIOD_YEAR] = 1, [PERIOD_HALF] = 2, [PERIOD_QUARTER] = 4, [PERIOD_MONTH] = 12};

int64_t day_from_civil(int64_t year, unsigned month, unsigned day)
{
    int64_t y = year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + (int64_t)day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void day_to_civil(int64_t day, int64_t *year, unsigned *month, unsigned *day_of_month)
{
    int64_t z = day + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t of_era = z - era * 146097;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
    int64_t shifted = (5 * of_year + 2) / 153;

    *day_of_month = (unsigned)(of_year - (153 * shifted + 2) / 5 + 1);
    *month = (unsigned)(shifted < 10 ? shifted + 3 : shifted - 9);
    *year = y + era * 400 + (*month <= 2);
}

/* Reads exactly n digits. */
static bool digits(Str *text, size_t n, int64_t *out)
{
    *out = 0;
    if (text->len < n) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (text->at[i] < '0' || text->at[i] > '9') {
            return false;
        }
        *out = *out * 10 + (text->at[i] - '0');
    }
    *text = str_slice(*text, n, text->len);
    return true;
}

static bool literal(Str *text, char c)
{
    if (text->len == 0 || text->at[0] != c) {
        return false;
    }
    *text = str_slice(*text, 1, text->len);
    return true;
}

static unsigned days_in_month(int64_t year, int64_t month)
{
    int64_t next =
        month == 12 ? day_from_civil(year + 1, 1, 1) : day_from_civil(year, (unsigned)month + 1, 1);

    return (unsigned)(next - day_from_civil(year, (unsigned)month, 1));
}

static bool parse_part(Str *rest, int64_t year, PeriodKind kind, size_t n_digits, Period *out)
{
    int64_t part;

    if (!digits(rest, n_digits, &part) || part < 1 || part > PER_YEAR[kind]) {
        return false;
    }
    *out = (Period){kind, year * PER_YEAR[kind] + part - 1};
    return true;
}

/* Reads a period from the start of *text; the rest is left in it. */
static bool parse_prefix(Str *text, Period *out)
{
    int64_t year, day, hour, month;

    if (!digits(text, 4, &year) || year < YEAR_FIRST) {
        return false;
    }
    *out = period_year((int)year);
    if (!literal(text, '-')) {
        return true;
    }
    if (literal(text, 'Q')) {
        return parse_part(text, year, PERIOD_QUARTER, 1, out);
    }
    if (literal(text, 'S') || literal(text, 'H')) {
        return parse_part(text, year, PERIOD_HALF, 1, out);
    }
    if (literal(text, 'M')) {
        return parse_part(text, year, PERIOD_MONTH, 2, out);
    }
    if (!parse_part(text, year, PERIOD_MONTH, 2, out)) {
        return false;
    }
    month = out->n % 12 + 1;
    if (!literal(text, '-')) {
        return true;
    }
    if (!digits(text, 2, &day) || day < 1 || day > days_in_month(year, month)) {
        return false;
    }
    *out = (Period){PERIOD_DAY, day_from_civil(year, (unsigned)month, (unsigned)day)};
    if (!literal(text, 'T')) {
        return true;
    }
    if (!digits(text, 2, &hour) || hour >= HOURS_A_DAY) {
        return false;
    }
    *out = (Period){PERIOD_HOUR, out->n * HOURS_A_DAY + hour};
    return true;
}

bool period_parse(Str text, Period *out)
{
    return parse_prefix(&text, out) && text.len == 0;
}

Str period_format(Period period, char text[PERIOD_TEXT])
{
    int64_t year;
    unsigned month, day;
    int len = 0;

    switch (period.kind) {
    case PERIOD_YEAR: len = snprintf(text, PERIOD_TEXT, "%04d", (int)period.n); break;
    case PERIOD_HALF:
        len = snprintf(text, PERIOD_TEXT, "%04d-S%d", (int)(period.n / 2), (int)(period.n % 2 + 1));
        break;
    case PERIOD_QUARTER:
        len = snprintf(text, PERIOD_TEXT, "%04d-Q%d", (int)(period.n / 4), (int)(period.n % 4 + 1));
        break;
    case PERIOD_MONTH:
        len = snprintf(text, PERIOD_TEXT, "%04d-%02d", (int)(period.n / 12),
                       (int)(period.n % 12 + 1));
        break;
    case PERIOD_DAY:
    case PERIOD_HOUR:
        day_to_civil(period_start_day(period), &year, &month, &day);
        len = snprintf(text, PERIOD_TEXT, "%04d-%02u-%02u", (int)year, month, day);
        if (period.kind == PERIOD_HOUR) {
            len += snprintf(text + len, PERIOD_TEXT - (size_t)len, "T%02d",
                            (int)(period.n - period_start_day(period) * HOURS_A_DAY));
        }
        break;
    case PERIOD_N_KINDS: assert(0); break;
    }
    assert(len > 0 && len < PERIOD_TEXT);
    return (Str){text, (size_t)len};
}

bool duration_parse(Str text, Duration *out)
{
    static const struct {
        Str suffix;
        PeriodKind kind;
    } SUFFIXES[] = {
#define X(name, freq, suffix, zh, en) {STR_INIT(suffix), name},
        PERIOD_KINDS(X)
#undef X
    };
    int64_t n = 0;
    size_t i = 0;

    for (; i < text.len && i < 6 && text.at[i] >= '0' && text.at[i] <= '9'; i++) {
        n = n * 10 + (text.at[i] - '0');
    }
    if (n < 1 || n > 100000) {
        return false;
    }
    for (size_t k = 0; k < PERIOD_N_KINDS; k++) {
        if (str_eq(str_slice(text, i, text.len), SUFFIXES[k].suffix)) {
            *out = (Duration){SUFFIXES[k].kind, n};
            return true;
        }
    }
    return false;
}

int64_t duration_in(Duration duration, PeriodKind kind)
{
    if (duration.kind == kind) {
        return duration.n;
    }
    if (duration.kind <= PERIOD_MONTH && kind <= PERIOD_MONTH) {
        int64_t scaled = duration.n * PER_YEAR[kind];

        return scaled % PER_YEAR[duration.kind] == 0 ? scaled / PER_YEAR[duration.kind] : 0;
    }
    if (duration.kind == PERIOD_DAY && kind == PERIOD_HOUR) {
        return duration.n * HOURS_A_DAY;
    }
    if (duration.kind == PERIOD_HOUR && kind == PERIOD_DAY) {
        return duration.n % HOURS_A_DAY == 0 ? duration.n / HOURS_A_DAY : 0;
    }
    return 0;
}

Period period_year(int year)
{
    return (Period){PERIOD_YEAR, year};
}

int period_year_of(Period period)
{
    return (int)period_convert(period, PERIOD_YEAR).n;
}

Period period_add(Period period, int64_t n)
{
    return (Period){period.kind, period.n + n};
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

int64_t period_start_day(Period period)
{
    if (period.kind == PERIOD_DAY) {
        return period.n;
    }
    if (period.kind == PERIOD_HOUR) {
        return floor_div(period.n, HOURS_A_DAY);
    }
    int64_t per_year = PER_YEAR[period.kind];
    int64_t year = floor_div(period.n, per_year);

    return day_from_civil(year, (unsigned)((period.n - year * per_year) * (12 / per_year) + 1), 1);
}

int64_t period_end_day(Period period)
{
    return period.kind == PERIOD_HOUR ? period_start_day(period)
                                      : period_start_day(period_add(period, 1)) - 1;
}

Period period_convert(Period period, PeriodKind kind)
{
    int64_t year;
    unsigned month, day;

    if (kind == period.kind) {
        return period;
    }
    if (kind <= PERIOD_MONTH && period.kind <= PERIOD_MONTH) {
        return (Period){kind, floor_div(period.n * PER_YEAR[kind], PER_YEAR[period.kind])};
    }
    if (kind == PERIOD_HOUR) {
        return (Period){PERIOD_HOUR, period_start_day(period) * HOURS_A_DAY};
    }
    if (kind == PERIOD_DAY) {
        return (Period){PERIOD_DAY, period_start_day(period)};
    }
    day_to_civil(period_start_day(period), &year, &month, &day);
    return period_convert((Period){PERIOD_MONTH, year * 12 + month - 1}, kind);
}

Period period_last(Period period, PeriodKind shorter)
{
    assert(shorter >= period.kind);
    return shorter == period.kind ? period
                                  : period_add(period_convert(period_add(period, 1), shorter), -1);
}

bool period_contains(Period whole, Period part)
{
    return part.kind >= whole.kind && period_equal(period_convert(part, whole.kind), whole);
}

bool period_equal(Period a, Period b)
{
    return a.kind == b.kind && a.n == b.n;
}

int period_cmp(Period a, Period b)
{
    int64_t first = a.kind == b.kind ? a.n : period_convert(a, PERIOD_HOUR).n;
    int64_t second = a.kind == b.kind ? b.n : period_convert(b, PERIOD_HOUR).n;

    if (first != second) {
        return first < second ? -1 : 1;
    }
    return (a.kind > b.kind) - (a.kind < b.kind);
}

int64_t period_code(Period period)
{
    return period.n * 8 + (int64_t)period.kind;
}

Period period_from_code(int64_t code)
{
    return (Period){(PeriodKind)(code & 7), floor_div(code, 8)};
}

const char *period_kind_name(PeriodKind kind, bool chinese)
{
    static const char *const NAMES[][2] = {
#define X(name, freq, suffix, zh, en) {en, zh},
        PERIOD_KINDS(X)
#undef X
    };

    return NAMES[kind][chinese];
}

/* The rest of a moment after its hour: “:00:00+08:00”; offset in seconds east of UTC. */
static bool parse_clock(Str *text, int64_t *seconds, int64_t *offset)
{
    int64_t minute, second = 0, hours, minutes;
    bool negative;

    if (!literal(text, ':') || !digits(text, 2, &minute) || minute > 59) {
        return false;
    }
    if (literal(text, ':') && (!digits(text, 2, &second) || second > 59)) {
        return false;
    }
    *seconds = minute * 60 + second;
    *offset = CHINA_SECONDS;
    if (text->len == 0) {
        return true;
    }
    if (literal(text, 'Z')) {
        *offset = 0;
        return true;
    }
    negative = text->at[0] == '-';
    if (!literal(text, '+') && !literal(text, '-')) {
        return false;
    }
    if (!digits(text, 2, &hours) || !literal(text, ':') || !digits(text, 2, &minutes) ||
        hours > 14 || minutes > 59) {
        return false;
    }
    *offset = (hours * 3600 + minutes * 60) * (negative ? -1 : 1);
    return true;
}

bool moment_parse(Str text, int64_t *out)
{
    Period period;
    int64_t seconds, offset;

    if (!parse_prefix(&text, &period)) {
        return false;
    }
    if (text.len == 0) {
        int64_t next = period_convert(period_add(period, 1), PERIOD_HOUR).n;

        *out = next * 3600 - 1 - CHINA_SECONDS;
        return true;
    }
    if (period.kind != PERIOD_HOUR || !parse_clock(&text, &seconds, &offset) || text.len != 0) {
        return false;
    }
    *out = period.n * 3600 + seconds - offset;
    return true;
}

Str moment_format(int64_t moment, char text[PERIOD_TEXT + 8])
{
    int64_t local = moment + CHINA_SECONDS;
    int64_t day = floor_div(local, SECONDS_A_DAY), of_day = local - day * SECONDS_A_DAY, year;
    unsigned month, day_of_month;
    int len;

    day_to_civil(day, &year, &month, &day_of_month);
    len = snprintf(text, PERIOD_TEXT + 8, "%04d-%02u-%02uT%02d:%02d:%02d+08:00", (int)year, month,
                   day_of_month, (int)(of_day / 3600), (int)(of_day / 60 % 60), (int)(of_day % 60));
    assert(len > 0 && len < PERIOD_TEXT + 8);
    return (Str){text, (size_t)len};
}
