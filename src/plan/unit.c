/* Unit: what a number counts in: a dimension and a scale; 亿元, 万人, m3/万元, 件/万人, %. */
#include "plan/unit.h"

#include <assert.h>
#include <limits.h>
#include <math.h>
#include <string.h>

typedef struct {
    Str symbol;
    Unit unit;
} Symbol;

static const Symbol SYMBOLS[] = {
#define X(symbol, money, person, item, length, mass, time, percent, scale)                         \
    {STR_INIT(symbol), {{money, person, item, length, mass, time}, (percent) != 0, scale}},
#define Y(symbol, dollar, data, time, scale)                                                       \
    {STR_INIT(symbol),                                                                             \
     {{[DIM_TIME] = time, [DIM_DOLLAR] = dollar, [DIM_DATA] = data}, false, scale}},
#include "plan/units.def"
#undef X
#undef Y
};
enum { N_SYMBOLS = sizeof SYMBOLS / sizeof SYMBOLS[0] };

static const struct {
    Str word;
    double value;
} SCALES[] = {{STR_INIT("十"), 1e1},
              {STR_INIT("百"), 1e2},
              {STR_INIT("千"), 1e3},
              {STR_INIT("万"), 1e4},
              {STR_INIT("亿"), 1e8}};
enum { N_SCALES = sizeof SCALES / sizeof SCALES[0], MAX_SCALE_WORDS = 4, MAX_EXPONENT = 100 };

const Unit UNIT_ONE = {.scale = 1}, UNIT_PERCENT = {.percent = true, .scale = 0.01};

Str unit_symbol(size_t i, Unit *out)
{
    if (i >= N_SYMBOLS) {
        return STR("");
    }
    *out = SYMBOLS[i].unit;
    return SYMBOLS[i].symbol;
}

static bool is_word(Str text, size_t i)
{
    char c = i < text.len ? text.at[i] : ' ';

    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* A Latin word or a number that goes on is another one: gdp is not g, 10 and 1.5 are not 1. */
static bool goes_on(Str text, size_t len)
{
    return is_word(text, len - 1) &&
           (is_word(text, len) ||
            (len < text.len && text.at[len] == '.' && is_word(text, len + 1)));
}

/* The longest symbol at the start of the text. */
static size_t symbol_prefix(Str text, Unit *out)
{
    size_t longest = 0;

    for (size_t i = 0; i < N_SYMBOLS; i++) {
        if (SYMBOLS[i].symbol.len > longest && str_starts(text, SYMBOLS[i].symbol) &&
            !goes_on(text, SYMBOLS[i].symbol.len)) {
            longest = SYMBOLS[i].symbol.len;
            *out = SYMBOLS[i].unit;
        }
    }
    return longest;
}

static size_t scale_prefix(Str text, double *out)
{
    for (size_t i = 0; i < N_SCALES; i++) {
        if (str_starts(text, SCALES[i].word)) {
            *out *= SCALES[i].value;
            return SCALES[i].word.len;
        }
    }
    return 0;
}

/* [scale…] symbol; a symbol that begins with a scale word (千瓦时) wins over the scale (千 + 瓦时).
 */
static size_t scaled_prefix(Str text, Unit *out)
{
    double scale = 1;
    size_t used = 0;

    for (int words = 0; words <= MAX_SCALE_WORDS; words++) {
        Str rest = str_slice(text, used, text.len);
        size_t len = symbol_prefix(rest, out);

        if (len != 0) {
            out->scale *= scale;
            return out->percent && words > 0 ? 0 : used + len;
        }
        len = scale_prefix(rest, &scale);
        if (len == 0) {
            return 0;
        }
        used += len;
    }
    return 0;
}

size_t unit_prefix(Str text, Unit *out)
{
    static const Str DOT = STR_INIT("·"), PER = STR_INIT("每"), WIDE = STR_INIT("／");
    size_t used = scaled_prefix(text, out);

    while (used > 0 && used < text.len) {
        Str rest = str_slice(text, used, text.len);
        bool per = str_starts(rest, PER) || str_starts(rest, WIDE), over = per || *rest.at == '/';
        size_t sign = per ? PER.len : over ? 1 : str_starts(rest, DOT) ? DOT.len : 0, len;
        Unit next;

        if (sign == 0) {
            break;
        }
        len = scaled_prefix(str_slice(rest, sign, rest.len), &next);
        if (len == 0) {
            break;
        }
        *out = over ? unit_div(*out, next) : unit_mul(*out, next);
        used += sign + len;
        if (!unit_in_range(*out)) {
            return 0;
        }
    }
    return used;
}

bool unit_parse(Str text, Unit *out)
{
    return text.len != 0 && unit_prefix(text, out) == text.len;
}

bool unit_in_range(Unit unit)
{
    for (int i = 0; i < N_DIMS; i++) {
        if (unit.dim[i] <= -MAX_EXPONENT || unit.dim[i] >= MAX_EXPONENT) {
            return false;
        }
    }
    return unit.scale > 1e-150 && unit.scale < 1e150;
}

bool unit_same_dimension(Unit a, Unit b)
{
    return memcmp(a.dim, b.dim, sizeof a.dim) == 0 && a.percent == b.percent;
}

bool unit_is_plain(Unit unit)
{
    static const int8_t none[N_DIMS] = {0};

    return memcmp(unit.dim, none, sizeof none) == 0 && !unit.percent;
}

double unit_factor(Unit from, Unit to)
{
    assert(to.scale > 0);
    return from.scale / to.scale;
}

static int count_digits(int64_t digits)
{
    int n = 1;

    for (; digits <= -10 || digits >= 10; digits /= 10) {
        n++;
    }
    return n;
}

bool unit_convert(Decimal value, Unit from, Unit to, Decimal *out)
{
    double factor = unit_factor(from, to), power = round(log10(factor)), result;
    int scale;

    if (fabs(factor - pow(10, power)) <= 1e-12 * factor) {
        return decimal_shift(value, (int)power, out);
    }
    result = decimal_to_double(value) * factor;
    if (result == 0) {
        *out = value;
        return true;
    }
    scale = count_digits(value.digits) - (int)floor(log10(fabs(result)));
    return decimal_from_double(result,
                               (uint8_t)(scale < 0                   ? 0
                                         : scale > DECIMAL_MAX_SCALE ? DECIMAL_MAX_SCALE
                                                                     : scale),
                               out);
}

static bool has_dimension(Unit unit)
{
    unit.percent = false;
    return !unit_is_plain(unit);
}

static Unit combine(Unit a, Unit b, int sign)
{
    Unit unit = {.scale = sign > 0 ? a.scale * b.scale : a.scale / b.scale};

    for (int i = 0; i < N_DIMS; i++) {
        int exponent = a.dim[i] + sign * b.dim[i];

        unit.dim[i] = (int8_t)(exponent > MAX_EXPONENT    ? MAX_EXPONENT
                               : exponent < -MAX_EXPONENT ? -MAX_EXPONENT
                                                          : exponent);
    }
    return unit;
}

Unit unit_mul(Unit a, Unit b)
{
    Unit unit = combine(a, b, 1);

    /* half of 8 % is 4 %, and 8 % of a sum is a sum; 50 % of 50 % is told as a percentage again */
    unit.percent = (a.percent && !has_dimension(b)) || (b.percent && !has_dimension(a));
    return unit;
}

Unit unit_div(Unit a, Unit b)
{
    Unit unit = combine(a, b, -1);

    unit.percent = a.percent && unit_is_plain(b);
    return unit;
}

static bool same_scale(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fabs(b);
}

/* Words for 10^0 to 10^12. */
static const char *const POWERS[] = {"",     "十", "百",   "千",   "万",   "十万", "百万",
                                     "千万", "亿", "十亿", "百亿", "千亿", "万亿"};
enum { N_POWERS = sizeof POWERS / sizeof POWERS[0] };

/* The k of 10^k that the number is; false if there is none, or no word for it or its inverse. */
static bool power_of_ten(double number, int *k)
{
    *k = (int)round(log10(number));
    return abs(*k) < N_POWERS && same_scale(pow(10, *k), number);
}

/* Only units of the usual size take a word: 百万元 and 亿斤, not 亿分. */
static bool takes_word(const Symbol *symbol)
{
    return !symbol->unit.percent && symbol->unit.scale >= 0.5;
}

/* How far a word is from being none: 万 and 亿 before a smaller one. */
static int cost_of(int power)
{
    return power == 0 ? 0 : power % 4 == 0 ? abs(power) / 4 : N_POWERS + abs(power);
}

static bool format_known(Buf *out, Unit unit)
{
    int best = INT_MAX, power = 0;
    size_t found = 0;

    for (size_t i = 0; i < N_SYMBOLS; i++) {
        int k;

        if (unit_same_dimension(SYMBOLS[i].unit, unit) &&
            power_of_ten(unit.scale / SYMBOLS[i].unit.scale, &k) && cost_of(k) < best &&
            (k == 0 || (k > 0 && takes_word(&SYMBOLS[i])))) {
            best = cost_of(k);
            found = i;
            power = k;
        }
    }
    if (best == INT_MAX) {
        return false;
    }
    buf_add(out, str_z(POWERS[power]));
    buf_add(out, SYMBOLS[found].symbol);
    return true;
}

/* One symbol over another, with at most one word for a power of ten: 件/万人, m3/万元, ug/m3. */
static bool format_ratio(Buf *out, Unit unit)
{
    size_t over = 0, under = 0;
    int best = INT_MAX, power = 0;

    for (size_t i = 0; i < N_SYMBOLS * N_SYMBOLS; i++) {
        const Symbol *a = &SYMBOLS[i / N_SYMBOLS], *b = &SYMBOLS[i % N_SYMBOLS];
        Unit ratio;
        int k;

        if (a->unit.dim[DIM_LENGTH] - b->unit.dim[DIM_LENGTH] != unit.dim[DIM_LENGTH] ||
            a->unit.dim[DIM_ITEM] - b->unit.dim[DIM_ITEM] != unit.dim[DIM_ITEM]) {
            continue; /* most end here */
        }
        ratio = unit_div(a->unit, b->unit);
        if (!b->unit.percent && unit_same_dimension(ratio, unit) &&
            power_of_ten(unit.scale / ratio.scale, &k) && cost_of(k) < best &&
            (k == 0 || takes_word(k > 0 ? a : b))) {
            best = cost_of(k);
            over = i / N_SYMBOLS;
            under = i % N_SYMBOLS;
            power = k;
        }
    }
    if (best == INT_MAX) {
        return false;
    }
    buf_add(out, str_z(POWERS[power > 0 ? power : 0]));
    buf_add(out, SYMBOLS[over].symbol);
    buf_char(out, '/');
    buf_add(out, str_z(POWERS[power < 0 ? -power : 0]));
    buf_add(out, SYMBOLS[under].symbol);
    return true;
}

static void format_bases(Buf *out, Unit unit, int sign)
{
    static const char *const BASES[N_DIMS] = {"元", "人", "件", "m", "kg", "s", "美元", "bit"};
    bool some = false;

    for (int i = 0; i < N_DIMS; i++) {
        int left = unit.dim[i] * sign;

        while (left > 0) {
            int step = i != DIM_LENGTH || left == 1 ? 1 : left == 2 ? 2 : 3;

            buf_add(out, sign < 0 ? STR("/") : some ? STR("·") : STR(""));
            buf_add(out, str_z(BASES[i]));
            if (step > 1) {
                buf_format(out, "%d", step);
            }
            left -= step;
            some = true;
        }
    }
    if (!some && sign > 0) {
        buf_add(out, unit.percent ? STR("%") : STR("1"));
    }
}

void unit_format(Buf *out, Unit unit)
{
    double scale = unit.percent ? unit.scale / UNIT_PERCENT.scale : unit.scale;
    int power;

    if (format_known(out, unit) || format_ratio(out, unit)) {
        return;
    }
    if (!power_of_ten(scale, &power) || (unit.percent && power > 0)) {
        buf_format(out, "%g ", scale);
        power = 0;
    }
    if (power > 0) {
        buf_add(out, str_z(POWERS[power]));
    }
    format_bases(out, unit, 1);
    format_bases(out, unit, -1);
    if (power < 0) {
        buf_format(out, "/%s1", POWERS[-power]);
    }
}
