/* Quantity: a number with its unit and bounds. */
#include "extract/scan.h"

#include "base/hanzi.h"
#include "base/utf8.h"

#include <string.h>

/* Over one white space: numbers and units are set apart by one now and then. */
static size_t skip_space(Str text, size_t i, size_t end)
{
    size_t len;

    if (i < end) {
        if (text.at[i] != '\n' && utf8_is_space(utf8_at(text, i, &len))) {
            return i + len;
        }
    }
    return i;
}

static int digit_at(Str text, size_t i, size_t end, size_t *len)
{
    uint32_t code;

    *len = 0;
    if (i >= end) {
        return -1;
    }
    code = utf8_at(text, i, len);
    if (code >= 0xFF10 && code <= 0xFF19) {
        code -= 0xFF10 - '0';
    }
    return code >= '0' && code <= '9' ? (int)(code - '0') : -1;
}

/* Three digits behind a comma, and no fourth. */
static bool is_thousands(Str text, size_t i, size_t end)
{
    size_t len;

    for (int k = 0; k < 3; k++, i += len) {
        if (digit_at(text, i, end, &len) < 0) {
            return false;
        }
    }
    return digit_at(text, i, end, &len) < 0;
}

/* A comma that may set thousands apart: of the width of the digits in front. */
static size_t comma_at(Str text, size_t i, size_t end, size_t start)
{
    bool wide = (unsigned char)text.at[start] == 0xEF;

    return i >= end                             ? 0
           : !wide && text.at[i] == ','         ? 1
           : wide && str_at(text, i, end, "，") ? strlen("，")
                                                : 0;
}

/* Digits of either width, thousands set apart by commas, a decimal point. */
static size_t read_arabic(Str text, size_t i, size_t end, Decimal *out)
{
    size_t start = i, len;
    int n = 0, digit, leading;

    *out = (Decimal){0, 0};
    for (; (digit = digit_at(text, i, end, &len)) >= 0; i += len) {
        if (++n > QUANTITY_DIGITS) {
            return 0;
        }
        out->digits = out->digits * 10 + digit;
    }
    leading = n;
    while (leading > 0 && leading <= 3 && n <= QUANTITY_DIGITS - 3 &&
           (len = comma_at(text, i, end, start)) != 0 && is_thousands(text, i + len, end)) {
        for (i += len; (digit = digit_at(text, i, end, &len)) >= 0; i += len, n++) {
            out->digits = out->digits * 10 + digit;
        }
    }
    if (leading <= 3 && n > QUANTITY_DIGITS - 3 && (len = comma_at(text, i, end, start)) != 0 &&
        is_thousands(text, i + len, end)) {
        return 0;
    }
    if (n > 0 && i < end) {
        size_t point = text.at[i] == '.' ? 1 : str_at(text, i, end, "．") ? 3 : 0;

        if (point != 0 && digit_at(text, i + point, end, &len) >= 0) {
            for (i += point; (digit = digit_at(text, i, end, &len)) >= 0; i += len) {
                if (++n > QUANTITY_DIGITS) {
                    return 0;
                }
                out->digits = out->digits * 10 + digit;
                out->scale++;
            }
        }
    }
    return n == 0 ? 0 : i - start;
}

/* A number in Chinese characters, with powers that are words of scale left to the unit: 三千亿元 is
 * 3000 亿元. */
static size_t read_hanzi(Str text, size_t i, size_t end, Decimal *out)
{
    int64_t value, whole;
    size_t len = hanzi_read(str_slice(text, i, end), &value);

    if (len == 0) {
        return 0;
    }
    for (size_t shorter = len; shorter > 3; shorter -= 3) { /* 亿 and 万 at its end */
        size_t width;
        int power = hanzi_power(utf8_at(text, i + shorter - 3, &width));

        int64_t factor = power == 8 ? 100000000 : 10000;

        if (power < 4 || hanzi_read(str_slice(text, i, i + shorter - 3), &whole) != shorter - 3 ||
            whole * factor != value) { /* 一亿两千万 is one number */
            break;
        }
        len = shorter - 3;
        value = whole;
    }
    *out = (Decimal){value, 0};
    if (str_at(text, i + len, end, "点")) { /* 六点五 */
        size_t at = i + len + strlen("点"), width, start = at;

        while (at < end && out->scale < 6 && hanzi_digit(utf8_at(text, at, &width)) != HANZI_NOT) {
            out->digits = out->digits * 10 + hanzi_digit(utf8_at(text, at, &width));
            out->scale++;
            at += width;
        }
        len = at == start ? len : at - i;
    }
    return len;
}

static size_t read_number(Str text, size_t i, size_t end, Decimal *out, bool *hanzi)
{
    size_t len = read_arabic(text, i, end, out);

    *hanzi = len == 0;
    return len != 0 ? len : read_hanzi(text, i, end, out);
}

static size_t dash_at(Str text, size_t i, size_t end)
{
    static const char *const DASHES[] = {"——", "—",  "–",  "-", "~",  "～",
                                         "－", "至", "到", "∼", "〜", "―"};

    for (size_t k = 0; k < sizeof DASHES / sizeof DASHES[0]; k++) {
        if (str_at(text, i, end, DASHES[k])) {
            return strlen(DASHES[k]);
        }
    }
    return 0;
}

static size_t read_unit(const Lexicon *lexicon, Str text, size_t i, size_t end, Quantity *out)
{
    UnitClass is;
    Str symbol;
    size_t from = skip_space(text, i, end),
           len = lexicon_unit(lexicon, str_slice(text, 0, end), from, &symbol, &is);

    if (len == 0) {
        return i;
    }
    out->is = (uint8_t)is;
    out->unit = str_slice(text, from, from + len);
    if (str_eq(out->unit, STR("％")) || str_eq(out->unit, STR("percent"))) {
        out->unit = STR("%");
    } else if (str_ends(out->unit, STR("元人民币"))) {
        out->unit.len -= strlen("人民币");
    }
    return from + len;
}

/* 成 behind one digit: tenths. */
static size_t read_tenths(Str text, size_t i, size_t end, Quantity *out)
{
    if (!str_at(text, i, end, "成") || str_at(text, i, end, "成为") ||
        str_at(text, i, end, "成立") || out->value.digits > 10 || out->value.scale != 0) {
        return i;
    }
    out->value.digits *= 10;
    out->unit = STR("%");
    out->is = UNIT_RATE;
    i += strlen("成");
    if (str_at(text, i, end, "半")) {
        out->value.digits += 5;
        i += strlen("半");
    } else if (i < end) { /* 两成五 */
        size_t len;
        int digit = hanzi_digit(utf8_at(text, i, &len));

        if (digit > 0) {
            out->value.digits += digit;
            i += len;
        }
    }
    return i;
}

static size_t read_suffix(const Lexicon *lexicon, Str text, size_t i, size_t end, Quantity *out)
{
    size_t from = skip_space(text, i, end);
    Word word = lexicon_word(lexicon, str_slice(text, 0, end), from);

    switch (word.kind) {
    case WORD_AND_OVER: out->comparator = COMPARE_AT_LEAST; break;
    case WORD_AND_UNDER:
        if (str_eq(str_slice(text, from, from + word.len), STR("内")) &&
            out->is != UNIT_LENGTH_OF_TIME && out->is != UNIT_RATE) {
            return i;
        }
        out->comparator = COMPARE_AT_MOST;
        break;
    case WORD_OR_SO:
        if (str_eq(str_slice(text, from, from + word.len), STR("区间"))) {
            return i;
        }
        out->comparator = COMPARE_ABOUT;
        break;
    default: return i;
    }
    return from + word.len;
}

/* A noun follows without a break: 3岁以下婴幼儿, 65岁以上老年人. */
static bool noun_follows(const Lexicon *lexicon, Str text, size_t i, size_t end)
{
    size_t len;
    uint32_t code;

    if (i >= end) {
        return false;
    }
    code = utf8_at(text, i, &len);
    if (code > 0x9FFF || code < 0x4E00) {
        return false;
    }
    return (lexicon->classes[code] & CLASS_WORD) == 0 ||
           (lexicon_word(lexicon, str_slice(text, 0, end), i).kind != WORD_LINK);
}

/* A hotline is followed by what it is, never by a unit. */
static bool is_hotline(Str text, size_t i, size_t len)
{
    static const char *const NUMBERS[] = {"110",   "119",   "120",   "122",   "12345", "12315",
                                          "12333", "12320", "12369", "12388", "96333", "12328",
                                          "12348", "12371", "12309", "114",   "95598"};

    for (size_t k = 0; (len == 3 || len == 5) && k < sizeof NUMBERS / sizeof NUMBERS[0]; k++) {
        if (str_eq(str_slice(text, i, i + len), str_z(NUMBERS[k]))) {
            return true;
        }
    }
    return false;
}

size_t quantity_read(const Lexicon *lexicon, Str text, size_t i, size_t end, Quantity *out)
{
    size_t start = i, len, after, dash;
    bool tenths;

    *out = (Quantity){.comparator = COMPARE_NONE};
    if (str_at(text, i, end, "百分之")) {
        i += strlen("百分之");
        len = read_number(text, i, end, &out->value, &out->hanzi);
        if (len == 0 && str_at(text, i, end, "百")) {
            out->value = (Decimal){100, 0};
            len = strlen("百");
        }
        if (len == 0) {
            return 0;
        }
        out->hanzi = true;
        out->unit = STR("%");
        out->is = UNIT_RATE;
        i += len;
    } else if (str_at(text, i, end, "半")) {
        if (!str_at(text, i, end, "半小时") && !str_at(text, i, end, "半个小时")) {
            return 0;
        }
        out->value = (Decimal){5, 1};
        out->hanzi = true;
        out->unit = STR("小时");
        out->is = UNIT_LENGTH_OF_TIME;
        i += str_at(text, i, end, "半小时") ? strlen("半小时") : strlen("半个小时");
    } else {
        len = read_number(text, i, end, &out->value, &out->hanzi);
        if (len == 0 ||
            (!out->hanzi && is_hotline(text, i, len) &&
             lexicon_unit(lexicon, str_slice(text, 0, end), skip_space(text, i + len, end),
                          &(Str){0}, &(UnitClass){0}) == 0)) {
            return 0;
        }
        i += len;
        if (out->hanzi && str_at(text, i, end, "分之")) { /* 三分之一 */
            Decimal part;
            bool hanzi;
            size_t more = read_number(text, i + strlen("分之"), end, &part, &hanzi);

            if (more == 0 || !hanzi || out->value.digits <= 0 || part.digits > out->value.digits ||
                !decimal_from_double(100.0 * (double)part.digits / (double)out->value.digits, 2,
                                     &out->value)) {
                return 0;
            }
            out->high = out->value;
            out->unit = STR("%");
            out->is = UNIT_RATE;
            out->level = true;
            i += strlen("分之") + more;
            out->number = (Span){(uint32_t)start, (uint32_t)i};
            i = read_suffix(lexicon, text, i, end, out);
            out->at = (Span){(uint32_t)start, (uint32_t)i};
            return i - start;
        }
        after = skip_space(text, i, end);
        if (lexicon_word(lexicon, str_slice(text, 0, end), after).kind == WORD_ODD &&
            after < end) { /* 1200多家 */
            Quantity probe = {0};
            size_t word = lexicon_word(lexicon, text, after).len;

            if (read_unit(lexicon, text, after + word, end, &probe) != after + word) {
                out->comparator = COMPARE_AT_LEAST;
                i = after + word;
            }
        }
        after = read_unit(lexicon, text, i, end, out);
        tenths = after == i && out->hanzi;
        i = tenths ? read_tenths(text, i, end, out) : after;
        if (out->is != UNIT_NO &&
            lexicon_word(lexicon, str_slice(text, 0, end), i).kind == WORD_ODD && i < end &&
            !str_at(text, i, end, "来")) { /* 三亿元多 */
            out->comparator = COMPARE_AT_LEAST;
            i += lexicon_word(lexicon, text, i).len;
        }
        dash = dash_at(text, i, end);
        if (dash != 0) { /* 3—5个, 5%—5.5% */
            Quantity upper = {.comparator = COMPARE_NONE};
            bool hanzi;
            size_t number = read_number(text, i + dash, end, &upper.value, &hanzi), unit;

            if (number != 0 && hanzi == out->hanzi) {
                unit = read_unit(lexicon, text, i + dash + number, end, &upper);
                if (upper.is != UNIT_NO &&
                    (out->is == UNIT_NO ||
                     (out->unit.len > 0 && str_starts(upper.unit, out->unit))) &&
                    decimal_cmp(out->value, upper.value) < 0) {
                    out->unit = upper.unit;
                    out->is = upper.is;
                    out->high = upper.value;
                    out->range = true;
                    i = unit;
                }
            }
        }
    }
    if (!out->range) {
        out->high = out->value;
    }
    out->number = (Span){(uint32_t)start, (uint32_t)i};
    after = read_suffix(lexicon, text, i, end, out);
    out->attributive = after != i && noun_follows(lexicon, text, after, end);
    i = after;
    out->at = (Span){(uint32_t)start, (uint32_t)i};
    return i - start;
}

/* The power that a row of 十 百 千 万 亿 stands for, split into a number and the last 万 or 亿. */
static size_t read_powers(Str text, size_t i, size_t end, int64_t *value, size_t *scale_at)
{
    enum { MAX_POWERS = 8 };
    size_t start = i, len;
    int power, n = 0;

    *value = 1;
    *scale_at = SIZE_MAX;
    while (i < end && n++ < MAX_POWERS && (power = hanzi_power(utf8_at(text, i, &len))) != 0) {
        if (power >= 4) {
            *scale_at = *scale_at == SIZE_MAX ? i : *scale_at;
        } else if (*scale_at != SIZE_MAX || *value > 1) {
            break; /* 万千瓦: the 千 belongs to the unit */
        } else {
            *value *= power == 1 ? 10 : power == 2 ? 100 : 1000;
        }
        i += len;
    }
    return i - start;
}

size_t magnitude_read(const Lexicon *lexicon, Str text, size_t i, size_t end, Quantity *out)
{
    static const char *const NOUNS[] = {"园区", "产业",   "企业", "集群", "县",   "镇",
                                        "强县", "开发区", "基地", "项目", "品牌", "市场"};
    size_t start = i, scale_at, len, unit = 0;
    int64_t value;
    bool twice = str_at(text, i, end, "双"), noun = false, level;
    UnitClass is;
    Str symbol;

    i += twice ? strlen("双") : 0;
    len = read_powers(text, i, end, &value, &scale_at);
    if (len == 0 || scale_at == SIZE_MAX) {
        return 0;
    }
    i += len;
    unit = lexicon_unit(lexicon, str_slice(text, 0, end), i, &symbol, &is);
    if (start >= 3 && str_at(text, start - 3, end, "每")) {
        return 0; /* 每百万人口 */
    }
    if (unit != 0 && (is != UNIT_SIZE || str_eq(symbol, STR("级")))) {
        unit = 0;
    }
    level = str_at(text, i + unit, end, "级");
    for (size_t k = 0; k < sizeof NOUNS / sizeof NOUNS[0]; k++) {
        noun |= str_at(text, i + unit, end, NOUNS[k]);
    }
    if (!level && !twice && !(noun && unit == 0) && !(unit != 0 && !str_ends(symbol, STR("元")))) {
        return 0;
    }
    *out = (Quantity){.value = {value, 0},
                      .high = {value, 0},
                      .is = UNIT_SIZE,
                      .comparator = COMPARE_AT_LEAST,
                      .hanzi = true,
                      .level = true};
    out->unit = unit != 0 ? str_slice(text, scale_at, i + unit) : STR("亿元");
    if (unit == 0 && !str_at(text, scale_at, end, "亿")) {
        if (!str_at(text, scale_at, end, "万亿")) {
            return 0; /* 百万级 of nothing */
        }
        out->unit = STR("万亿元");
    }
    i += unit + (level ? strlen("级") : 0);
    out->at = out->number = (Span){(uint32_t)start, (uint32_t)i};
    return i - start;
}
