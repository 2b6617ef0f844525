/* Number: values for people: digits, units, ranges. */
#include "publish/number.h"

#include <math.h>

static void trim_zeros(Buf *out, size_t start)
{
    bool point = false;

    for (size_t i = start; i < out->len; i++) {
        point |= out->at[i] == '.';
    }
    while (point && out->len > start && out->at[out->len - 1] == '0') {
        out->len--;
    }
    if (point && out->at[out->len - 1] == '.') {
        out->len--;
    }
    if (str_eq(str_slice(buf_str(out), start, out->len), STR("-0"))) {
        out->len = start;
        buf_char(out, '0');
    }
}

void number_print(Buf *out, double value, int digits)
{
    size_t start = out->len;

    if (!isfinite(value)) {
        buf_add(out, STR("—"));
        return;
    }
    buf_format(out, "%.*f", digits, value);
    trim_zeros(out, start);
}

void number_range(Buf *out, Interval value, int digits)
{
    double unit = pow(10, digits);

    if (value.lo == value.hi) {
        number_print(out, value.lo, digits);
        return;
    }
    if (!(value.lo <= value.hi)) {
        buf_add(out, STR("—"));
        return;
    }
    number_print(out, floor(value.lo * unit) / unit, digits);
    buf_add(out, STR("…"));
    number_print(out, ceil(value.hi * unit) / unit, digits);
}

void number_unit(Buf *out, Str unit)
{
    if (unit.len == 0 || str_eq(unit, STR("1"))) {
        return;
    }
    if (!str_eq(unit, STR("%")) && !str_eq(unit, STR("‰"))) {
        buf_char(out, ' ');
    }
    buf_add(out, unit);
}
