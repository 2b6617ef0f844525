/* When: years, dates and spans of time. */
#include "extract/scan.h"

#include "base/hanzi.h"
#include "base/utf8.h"

#include <string.h>

enum { FIRST_YEAR = 1900, LAST_YEAR_READ = 2100 };

static size_t skip(Str text, size_t i, size_t end)
{
    while (i < end && (text.at[i] == ' ' || text.at[i] == '\t')) {
        i++;
    }
    return str_at(text, i, end, "　") ? i + 3 : i;
}

/* Digits of either kind; *n is how many. */
static size_t digits(Str text, size_t i, size_t end, int *value, int *n, bool *hanzi)
{
    size_t start = i, len;

    *value = *n = 0;
    *hanzi = false;
    for (; i < end && *n < 5; i += len, (*n)++) {
        uint32_t code = utf8_at(text, i, &len);
        int digit = code >= '0' && code <= '9'         ? (int)(code - '0')
                    : code >= 0xFF10 && code <= 0xFF19 ? (int)(code - 0xFF10)
                                                       : hanzi_digit(code);

        if (digit < 0) {
            break;
        }
        *hanzi |= code > 0x2000 && code < 0xFF00;
        *value = *value * 10 + digit;
    }
    return i - start;
}

static size_t year_at(Str text, size_t i, size_t end, int *year)
{
    int n;
    bool hanzi;
    size_t len = digits(text, i, end, year, &n, &hanzi);

    return n == 4 && *year >= FIRST_YEAR && *year <= LAST_YEAR_READ ? len : 0;
}

/* One or two digits, or a number in characters, of a month or day. */
static size_t small_at(Str text, size_t i, size_t end, int *value)
{
    int n;
    bool hanzi;
    size_t len = digits(text, i, end, value, &n, &hanzi);
    int64_t number;

    if (n >= 1 && n <= 2 && !hanzi) {
        return len;
    }
    len = hanzi_read(str_slice(text, i, end), &number);
    *value = (int)number;
    return len != 0 && number > 0 && number <= 31 ? len : 0;
}

static size_t dash(Str text, size_t i, size_t end)
{
    static const char *const DASHES[] = {"——", "—",  "–",  "-", "~",  "～",
                                         "－", "至", "到", "―", "／", "/"};

    for (size_t k = 0; k < sizeof DASHES / sizeof DASHES[0]; k++) {
        if (str_at(text, i, end, DASHES[k])) {
            return strlen(DASHES[k]);
        }
    }
    return 0;
}

/* What may stand behind a year or a month: 末, 底, 底前, 前, 起, 度. */
static size_t read_edge(Str text, size_t i, size_t end, uint8_t *flags)
{
    static const struct {
        const char *word;
        uint8_t flags;
    } EDGES[] = {{"年底以前", TIME_END | TIME_BEFORE},
                 {"底以前", TIME_END | TIME_BEFORE},
                 {"年底前", TIME_END | TIME_BEFORE},
                 {"年末前", TIME_END | TIME_BEFORE},
                 {"底之前", TIME_END | TIME_BEFORE},
                 {"底前", TIME_END | TIME_BEFORE},
                 {"末前", TIME_END | TIME_BEFORE},
                 {"年底", TIME_END},
                 {"年末", TIME_END},
                 {"底", TIME_END},
                 {"末", TIME_END},
                 {"以前", TIME_BEFORE},
                 {"之前", TIME_BEFORE},
                 {"前", TIME_BEFORE},
                 {"初", TIME_FROM},
                 {"开始", TIME_FROM},
                 {"起", TIME_FROM},
                 {"度", 0},
                 {"期间", 0},
                 {"全年", 0}};

    for (size_t k = 0; k < sizeof EDGES / sizeof EDGES[0]; k++) {
        if (str_at(text, i, end, EDGES[k].word)) {
            *flags |= EDGES[k].flags;
            return strlen(EDGES[k].word);
        }
    }
    return 0;
}

static size_t read_month(Str text, size_t i, size_t end, Time *out)
{
    size_t start = i, len;
    int value;

    if (str_at(text, i, end, "上半年") || str_at(text, i, end, "下半年")) {
        out->month = str_at(text, i, end, "上半年") ? 6 : 12;
        return strlen("上半年");
    }
    if (str_at(text, i, end, "第") && (len = small_at(text, i + 3, end, &value)) != 0 &&
        str_at(text, i + 3 + len, end, "季度") && value <= 4) {
        out->month = (uint8_t)(value * 3);
        return 3 + len + strlen("季度");
    }
    len = small_at(text, i, end, &value);
    if (len == 0 || value < 1 || value > 31) {
        return 0;
    }
    if (str_at(text, skip(text, i + len, end), end, "季度") && value <= 4) {
        out->month = (uint8_t)(value * 3);
        return skip(text, i + len, end) - start + strlen("季度");
    }
    i = skip(text, i + len, end);
    if (!str_at(text, i, end, "月") || value > 12) {
        return 0;
    }
    out->month = (uint8_t)value;
    i += strlen("月");
    len = small_at(text, skip(text, i, end), end, &value);
    if (len != 0 && value >= 1 && value <= 31) {
        size_t day = skip(text, skip(text, i, end) + len, end);

        if (str_at(text, day, end, "日") || str_at(text, day, end, "号")) {
            out->day = (uint8_t)value;
            i = day + strlen("日");
        }
    }
    return i - start;
}

/* What a year, a month or half a year begins with. */
static bool may_begin(uint32_t code)
{
    return (code >= '0' && code <= '9') || (code >= 0xFF10 && code <= 0xFF19) ||
           code == 0x4E0A /* 上 */ || code == 0x4E0B /* 下 */ ||
           (code >= 0x2000 && (hanzi_digit(code) != HANZI_NOT || hanzi_power(code) == 1));
}

size_t time_read(Str text, size_t i, size_t end, Time *out)
{
    size_t start = i, len, sign;
    int year, last;
    bool called = false; /* 年 stands behind it */

    *out = (Time){.kind = TIME_POINT};
    if (i >= end || !may_begin(utf8_at(text, i, &len))) {
        return 0;
    }
    len = year_at(text, i, end, &year);
    if (len == 0) {
        len = read_month(text, i, end, out); /* 6月底前 */
        if (len == 0 || str_at(text, start, end, "第")) {
            return 0;
        }
        i += len;
        i += read_edge(text, i, end, &out->flags);
        out->at = (Span){(uint32_t)start, (uint32_t)i};
        return i - start;
    }
    i += len;
    out->first = out->last = (int16_t)year;
    len = skip(text, i, end);
    if (str_at(text, len, end, "年")) {
        called = true;
        i = len + strlen("年");
    }
    sign = dash(text, i, end);
    len = sign == 0 ? 0 : year_at(text, i + sign, end, &last);
    if (len != 0 && last >= year) {
        out->kind = TIME_SPAN;
        out->last = (int16_t)last;
        i += sign + len;
        if (str_at(text, i, end, "年")) {
            i += strlen("年");
            i += read_edge(text, i, end, &out->flags);
        }
    } else if (called) {
        len = read_month(text, skip(text, i, end), end, out);
        i = len == 0 ? i : skip(text, i, end) + len;
        i += read_edge(text, i, end, &out->flags);
    } else {
        return 0; /* four digits that nothing calls a year */
    }
    out->at = (Span){(uint32_t)start, (uint32_t)i};
    return i - start;
}
