/* Unit: what a number counts in: a dimension and a scale; 亿元, 万人, m3/万元, 件/万人, %. */
#include "plan/unit.h"

#include <assert.h>
#include <math.h>
#include <string.h>

typedef struct {
    Str symbol;
    Unit unit;
} Symbol;

static const Symbol SYMBOLS[] = {
#define X(symbol, money, person, item, length, mass, time, percent, scale)                         \
    {STR_INIT(symbol), {{money, person, item, length, mass, time}, (percent) != 0, scale}},
#include "plan/units.def"
#undef X
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
enum { N_SCALES = sizeof SCALES / sizeof SCALES[0] };

const Unit UNIT_ONE = {.scale = 1}, UNIT_PERCENT = {.percent = true, .scale = 0.01};

Str unit_symbol(size_t i, Unit *out)
{
    if (i >= N_SYMBOLS) {
        return STR("");
    }
    *out = SYMBOLS[i].unit;
    return SYMBOLS[i].symbol;
}

/* The longest symbol at the start of the text. */
static size_t symbol_prefix(Str text, Unit *out)
{
    size_t longest = 0;

    for (size_t i = 0; i < N_SYMBOLS; i++) {
        if (SYMBOLS[i].symbol.len > longest && str_starts(text, SYMBOLS[i].symbol)) {
            longest = SYMBOLS[i].symbol.len;
            *out = SYMBOLS[i].unit;
        }
    }
    return longest;
}

/* [scale…] symbol; a symbol that begins with a scale word (千瓦时) wins over the scale (千 + 瓦时).
 */
static size_t scaled_prefix(Str text, Unit *out)
{
    size_t len = symbol_prefix(text, out);

    if (len != 0) {
        return len;
    }
    for (size_t i = 0; i < N_SCALES; i++) {
        if (str_starts(text, SCALES[i].word)) {
            len = scaled_prefix(str_slice(text, SCALES[i].word.len, text.len), out);
            if (len == 0 || out->percent) {
                return 0;
            }
            out->scale *= SCALES[i].value;
            return SCALES[i].word.len + len;
        }
    }
    return 0;
}

size_t unit_prefix(Str text, Unit *out)
{
    static const Str DOT = STR_INIT("·");
    size_t used = scaled_prefix(text, out);

    while (used > 0 && used < text.len) {
        bool over = text.at[used] == '/';
        size_t sign = over                                               ? 1
                      : str_starts(str_slice(text, used, text.len), DOT) ? DOT.len
                                                                         : 0,
               len;
        Unit next;

        if (sign == 0) {
            break;
        }
        len = scaled_prefix(str_slice(text, used + sign, text.len), &next);
        if (len == 0) {
            break;
        }
        *out = over ? unit_div(*out, next) : unit_mul(*out, next);
        used += sign + len;
    }
    return used;
}

bool unit_parse(Str text, Unit *out)
{
    return text.len != 0 && unit_prefix(text, out) == text.len;
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
    scale = value.scale + 1 - (int)ceil(log10(factor));
    return decimal_from_double(result,
                               (uint8_t)(scale < 0                   ? 0
                                         : scale > DECIMAL_MAX_SCALE ? DECIMAL_MAX_SCALE
                                                                     : scale),
                               out);
}

static bool has_dimension(Unit unit)
{
    return !unit_is_plain((Unit){
        .dim = {unit.dim[0], unit.dim[1], unit.dim[2], unit.dim[3], unit.dim[4], unit.dim[5]},
        .scale = 1});
}

static Unit combine(Unit a, Unit b, int sign)
{
    Unit unit = {.scale = sign > 0 ? a.scale * b.scale : a.scale / b.scale};

    for (int i = 0; i < N_DIMS; i++) {
        int exponent = a.dim[i] + sign * b.dim[i];

        unit.dim[i] = (int8_t)(exponent > 100 ? 100 : exponent < -100 ? -100 : exponent);
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

static bool format_known(Buf *out, Unit unit)
{
    for (size_t i = 0; i < N_SYMBOLS; i++) {
        if (!unit_same_dimension(SYMBOLS[i].unit, unit)) {
            continue;
        }
        if (same_scale(SYMBOLS[i].unit.scale, unit.scale)) {
            buf_add(out, SYMBOLS[i].symbol);
            return true;
        }
        if (same_scale(SYMBOLS[i].unit.scale * 1e4, unit.scale) ||
            same_scale(SYMBOLS[i].unit.scale * 1e8, unit.scale)) {
            buf_add(out,
                    same_scale(SYMBOLS[i].unit.scale * 1e4, unit.scale) ? STR("万") : STR("亿"));
            buf_add(out, SYMBOLS[i].symbol);
            return true;
        }
    }
    return false;
}

void unit_format(Buf *out, Unit unit)
{
    static const char *const BASES[N_DIMS] = {"元", "人", "件", "m", "kg", "s"};
    bool some = false;

    if (format_known(out, unit)) {
        return;
    }
    if (!same_scale(unit.scale, 1)) {
        buf_format(out, "%g ", unit.scale);
    }
    for (int sign = 1; sign >= -1; sign -= 2) {
        for (int i = 0; i < N_DIMS; i++) {
            int exponent = unit.dim[i] * sign;

            if (exponent <= 0) {
                continue;
            }
            if (sign < 0) {
                buf_add(out, some ? STR("/") : STR("1/"));
            } else if (some) {
                buf_add(out, STR("·"));
            }
            buf_add(out, str_z(BASES[i]));
            if (exponent > 1) {
                buf_format(out, "%d", exponent);
            }
            some = true;
        }
    }
    if (!some) {
        buf_add(out, unit.percent ? STR("%") : STR("1"));
    }
}
