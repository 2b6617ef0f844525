/* Decimal: an exact decimal number that remembers how many digits were printed: 25.40 is not 25.4.
 */
#include "base/decimal.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 Wide;

static const int64_t POWERS[] = {1,
                                 10,
                                 100,
                                 1000,
                                 10000,
                                 100000,
                                 1000000,
                                 10000000,
                                 100000000,
                                 1000000000,
                                 10000000000,
                                 100000000000,
                                 1000000000000,
                                 10000000000000,
                                 100000000000000,
                                 1000000000000000,
                                 10000000000000000,
                                 100000000000000000,
                                 1000000000000000000};

/* 18 digits, so that decimal_parse reads every result back. */
static bool fits(Wide wide)
{
    return wide > -POWERS[DECIMAL_MAX_SCALE] && wide < POWERS[DECIMAL_MAX_SCALE];
}

/* Drops zeros from the end of the digits for as long as they are too many. */
static bool narrow(Wide digits, int scale, Decimal *out)
{
    while (scale > 0 && (scale > DECIMAL_MAX_SCALE || !fits(digits)) && digits % 10 == 0) {
        digits /= 10;
        scale--;
    }
    if (!fits(digits) || scale > DECIMAL_MAX_SCALE) {
        return false;
    }
    *out = (Decimal){(int64_t)digits, (uint8_t)scale};
    return true;
}

/* Reads an exponent such as e-3 that must end the text. */
static bool parse_exponent(Str text, int *out)
{
    size_t i = 1;
    bool negative = false;
    int value = 0;

    if (i < text.len && (text.at[i] == '-' || text.at[i] == '+')) {
        negative = text.at[i++] == '-';
    }
    if (i == text.len || text.len - i > 3) {
        return false;
    }
    for (; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') {
            return false;
        }
        value = value * 10 + (text.at[i] - '0');
    }
    *out = negative ? -value : value;
    return true;
}

DecimalError decimal_parse(Str text, Decimal *out)
{
    static const Str minus = STR_INIT("\u2212");
    bool negative = false, point = false;
    size_t i = 0, n_digits = 0, n_significant = 0;
    int64_t digits = 0;
    int scale = 0, exponent = 0;

    if (text.len > 0 && (text.at[0] == '-' || text.at[0] == '+')) {
        negative = text.at[0] == '-';
        i = 1;
    } else if (str_starts(text, minus)) {
        negative = true;
        i = minus.len;
    }
    for (; i < text.len; i++) {
        char c = text.at[i];

        if (c == '.' && !point && n_digits > 0) {
            point = true;
        } else if (c >= '0' && c <= '9') {
            n_digits++;
            n_significant += n_significant > 0 || c != '0';
            if (n_significant > DECIMAL_MAX_SCALE || (point && scale == DECIMAL_MAX_SCALE)) {
                return DECIMAL_TOO_LONG;
            }
            digits = digits * 10 + (c - '0');
            scale += point;
        } else if ((c == 'e' || c == 'E') && n_digits > 0 && (!point || scale > 0)) {
            if (!parse_exponent(str_slice(text, i, text.len), &exponent)) {
                return DECIMAL_NOT_A_NUMBER;
            }
            break;
        } else {
            return DECIMAL_NOT_A_NUMBER;
        }
    }
    if (n_digits == 0 || (point && scale == 0)) {
        return DECIMAL_NOT_A_NUMBER;
    }
    *out = (Decimal){negative ? -digits : digits, (uint8_t)scale};
    return exponent == 0 || decimal_shift(*out, exponent, out) ? DECIMAL_OK : DECIMAL_TOO_LONG;
}

Str decimal_format(Decimal d, char text[DECIMAL_TEXT])
{
    int64_t whole = d.digits / POWERS[d.scale], part = d.digits % POWERS[d.scale];
    int len;

    if (d.scale == 0) {
        len = snprintf(text, DECIMAL_TEXT, "%lld", (long long)d.digits);
    } else {
        len = snprintf(text, DECIMAL_TEXT, "%s%lld.%0*lld", d.digits < 0 ? "-" : "",
                       llabs((long long)whole), (int)d.scale, llabs((long long)part));
    }
    assert(len > 0 && len < DECIMAL_TEXT);
    return (Str){text, (size_t)len};
}

double decimal_to_double(Decimal d)
{
    char text[DECIMAL_TEXT];

    if (llabs((long long)d.digits) <= 1LL << 53) {
        /* both are exact doubles (10^18 = 2^18 x 5^18 and 5^18 < 2^53), so that one division rounds
         * once */
        return (double)d.digits / (double)POWERS[d.scale];
    }
    (void)decimal_format(d, text);
    return strtod(text, NULL);
}

bool decimal_from_double(double value, uint8_t scale, Decimal *out)
{
    int exponent, shift;
    Wide scaled;

    assert(scale <= DECIMAL_MAX_SCALE);
    if (!(fabs(value) < 1e18)) {
        return false;
    }
    /* exact: the value is a whole number of 53 bits over a power of two, and 10^18 has 60 bits */
    scaled = (Wide)ldexp(frexp(fabs(value), &exponent), 53) * POWERS[scale];
    shift = 53 - exponent;
    if (shift > 120) {
        scaled = 0;
    } else if (shift > 0) {
        scaled = (scaled + ((Wide)1 << (shift - 1))) >> shift;
    } else {
        scaled <<= -shift; /* at most 7, since the value is below 10^18, which is below 2^60 */
    }
    if (!fits(scaled)) {
        return false;
    }
    *out = (Decimal){(int64_t)(value < 0 ? -scaled : scaled), scale};
    return true;
}

static bool to_common(Decimal a, Decimal b, Wide *x, Wide *y, uint8_t *scale)
{
    *scale = a.scale > b.scale ? a.scale : b.scale;
    *x = (Wide)a.digits * POWERS[*scale - a.scale];
    *y = (Wide)b.digits * POWERS[*scale - b.scale];
    return true;
}

bool decimal_add(Decimal a, Decimal b, Decimal *out)
{
    Wide x, y;
    uint8_t scale;

    (void)to_common(a, b, &x, &y, &scale);
    return narrow(x + y, scale, out);
}

bool decimal_sub(Decimal a, Decimal b, Decimal *out)
{
    b.digits = -b.digits;
    return decimal_add(a, b, out);
}

bool decimal_mul(Decimal a, Decimal b, Decimal *out)
{
    return narrow((Wide)a.digits * b.digits, a.scale + b.scale, out);
}

int decimal_cmp(Decimal a, Decimal b)
{
    Wide x, y;
    uint8_t scale;

    (void)to_common(a, b, &x, &y, &scale);
    return (x > y) - (x < y);
}

bool decimal_shift(Decimal d, int power, Decimal *out)
{
    int scale = d.scale - power;

    if (d.digits == 0) {
        *out = (Decimal){0, (uint8_t)(scale < 0                   ? 0
                                      : scale > DECIMAL_MAX_SCALE ? DECIMAL_MAX_SCALE
                                                                  : scale)};
        return true;
    }
    if (scale < -DECIMAL_MAX_SCALE) {
        return false;
    }
    return scale < 0 ? narrow((Wide)d.digits * POWERS[-scale], 0, out)
                     : narrow(d.digits, scale, out);
}

Interval decimal_interval(Decimal d)
{
    Interval interval = {.lo_open = d.digits <= 0, .hi_open = d.digits >= 0};
    bool distinct = d.scale < DECIMAL_MAX_SCALE &&
                    llabs((long long)d.digits) <= ((1LL << 53) - 5) / 10; /* the edges as doubles */
    Decimal edge;

    if (d.scale < DECIMAL_MAX_SCALE && llabs((long long)d.digits) < INT64_MAX / 20) {
        edge = (Decimal){d.digits * 10 - 5, (uint8_t)(d.scale + 1)};
        interval.lo = decimal_to_double(edge);
        edge.digits += 10;
        interval.hi = decimal_to_double(edge);
    } else { /* no digit is left to write the edge; value, unit and difference are each rounded */
        double unit = 0.5 / (double)POWERS[d.scale], value = decimal_to_double(d);

        interval.lo = nextafter(value - unit, -INFINITY);
        interval.hi = nextafter(value + unit, INFINITY);
    }
    if (!distinct) { /* a step outwards keeps every value inside */
        interval.lo = nextafter(interval.lo, -INFINITY);
        interval.hi = nextafter(interval.hi, INFINITY);
    }
    return interval;
}
