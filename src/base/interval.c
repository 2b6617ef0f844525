/* Interval: all values between two bounds, each included or not; results are rounded outwards, so
 * they enclose. */
#include "base/interval.h"

#include <math.h>

Interval interval_point(double value)
{
    return (Interval){value, value, false, false};
}

Interval interval_between(double lo, double hi)
{
    return (Interval){lo, hi, isinf(lo), isinf(hi)};
}

Interval interval_all(void)
{
    return (Interval){-INFINITY, INFINITY, true, true};
}

Interval interval_empty(void)
{
    return (Interval){INFINITY, -INFINITY, true, true};
}

bool interval_is_empty(Interval a)
{
    return a.lo > a.hi || (a.lo == a.hi && (a.lo_open || a.hi_open));
}

bool interval_contains(Interval a, double value)
{
    return (a.lo_open ? value > a.lo : value >= a.lo) && (a.hi_open ? value < a.hi : value <= a.hi);
}

bool interval_equal(Interval a, Interval b)
{
    if (interval_is_empty(a) || interval_is_empty(b)) {
        return interval_is_empty(a) && interval_is_empty(b);
    }
    return a.lo == b.lo && a.hi == b.hi && a.lo_open == b.lo_open && a.hi_open == b.hi_open;
}

double interval_width(Interval a)
{
    return interval_is_empty(a) ? 0 : a.hi - a.lo;
}

/* Below this the remainder of a product or a quotient may be too small for a double. */
static const double SMALLEST_CHECKED = 0x1p-960;

/* A bound of a result: a value, whether it is open, and whether computing it may have rounded. */
typedef struct {
    double value;
    bool open, exact;
} Bound;

/* The operands are exact; whether the sum is, the remainder of Knuth's TwoSum tells. */
static Bound bound_add(double a, bool a_open, double b, bool b_open)
{
    double sum = a + b, back = sum - a;
    double remainder = (a - (sum - back)) + (b - back);

    return (Bound){sum, a_open || b_open,
                   isinf(a) || isinf(b) || (isfinite(sum) && remainder == 0)};
}

static Bound bound_mul(double a, bool a_open, double b, bool b_open)
{
    if ((a == 0 && !a_open) || (b == 0 && !b_open)) {
        return (Bound){0, false, true}; /* a zero that is reached wins, over infinity too */
    }
    if (a == 0 || b == 0) {
        return (Bound){0, true, true};
    }
    double product = a * b;

    return (Bound){
        product, a_open || b_open,
        isinf(a) || isinf(b) ||
            (isfinite(product) && fabs(product) >= SMALLEST_CHECKED && fma(a, b, -product) == 0)};
}

static Bound bound_div(double a, bool a_open, double b, bool b_open)
{
    if (a == 0) {
        return (Bound){0, a_open, true};
    }
    if (isinf(b)) {
        return isinf(a) ? (Bound){(a > 0) == (b > 0) ? INFINITY : -INFINITY, true, true}
                        : (Bound){0, true, true};
    }
    double quotient = a / b;

    return (Bound){quotient, a_open || b_open,
                   isinf(a) || (isfinite(quotient) && fabs(a) >= SMALLEST_CHECKED &&
                                fma(quotient, b, -a) == 0)};
}

static void take_low(Interval *out, Bound bound)
{
    double value = bound.exact ? bound.value : nextafter(bound.value, -INFINITY);
    bool open = bound.exact && bound.open;

    if (value < out->lo || (value == out->lo && !open)) {
        out->lo_open = value == out->lo ? out->lo_open && open : open;
        out->lo = value;
    }
}

static void take_high(Interval *out, Bound bound)
{
    double value = bound.exact ? bound.value : nextafter(bound.value, INFINITY);
    bool open = bound.exact && bound.open;

    if (value > out->hi || (value == out->hi && !open)) {
        out->hi_open = value == out->hi ? out->hi_open && open : open;
        out->hi = value;
    }
}

Interval interval_add(Interval a, Interval b)
{
    Interval out = interval_empty();

    if (interval_is_empty(a) || interval_is_empty(b)) {
        return out;
    }
    take_low(&out, bound_add(a.lo, a.lo_open, b.lo, b.lo_open));
    take_high(&out, bound_add(a.hi, a.hi_open, b.hi, b.hi_open));
    return out;
}

Interval interval_neg(Interval a)
{
    return (Interval){-a.hi, -a.lo, a.hi_open, a.lo_open};
}

Interval interval_sub(Interval a, Interval b)
{
    return interval_add(a, interval_neg(b));
}

typedef Bound (*BoundOp)(double a, bool a_open, double b, bool b_open);

static Interval corners(Interval a, Interval b, BoundOp op)
{
    Interval out = interval_empty();
    Bound all[4] = {op(a.lo, a.lo_open, b.lo, b.lo_open), op(a.lo, a.lo_open, b.hi, b.hi_open),
                    op(a.hi, a.hi_open, b.lo, b.lo_open), op(a.hi, a.hi_open, b.hi, b.hi_open)};

    for (int i = 0; i < 4; i++) {
        take_low(&out, all[i]);
        take_high(&out, all[i]);
    }
    return out;
}

Interval interval_mul(Interval a, Interval b)
{
    return interval_is_empty(a) || interval_is_empty(b) ? interval_empty()
                                                        : corners(a, b, bound_mul);
}

Interval interval_div(Interval a, Interval b)
{
    if (interval_is_empty(a) || interval_is_empty(b) || (b.lo == 0 && b.hi == 0)) {
        return interval_empty();
    }
    if (b.lo > 0 || b.hi < 0) {
        return corners(a, b, bound_div);
    }
    if (b.lo < 0 && b.hi > 0) {
        return a.lo == 0 && a.hi == 0 ? interval_point(0) : interval_all();
    }
    /* zero is an end of the divisor: towards it the quotient grows without bound */
    double far = b.lo == 0 ? b.hi : b.lo;
    bool far_open = b.lo == 0 ? b.hi_open : b.lo_open;
    bool positive = b.lo == 0;

    if (a.lo < 0 && a.hi > 0) {
        return interval_all();
    }
    if (a.lo == 0 && a.hi == 0) {
        return interval_point(0);
    }
    if (a.lo >= 0) {
        Interval out = interval_empty();

        take_low(&out, bound_div(a.lo, a.lo_open, far, far_open));
        take_high(&out, bound_div(a.lo, a.lo_open, far, far_open));
        return positive ? (Interval){out.lo, INFINITY, out.lo_open, true}
                        : (Interval){-INFINITY, out.hi, true, out.hi_open};
    }
    return interval_neg(interval_div(interval_neg(a), b));
}

Interval interval_meet(Interval a, Interval b)
{
    Interval out = a;

    if (b.lo > a.lo || (b.lo == a.lo && b.lo_open)) {
        out.lo = b.lo;
        out.lo_open = b.lo_open;
    }
    if (b.hi < a.hi || (b.hi == a.hi && b.hi_open)) {
        out.hi = b.hi;
        out.hi_open = b.hi_open;
    }
    return interval_is_empty(out) ? interval_empty() : out;
}

Interval interval_hull(Interval a, Interval b)
{
    if (interval_is_empty(a)) {
        return b;
    }
    if (interval_is_empty(b)) {
        return a;
    }
    take_low(&a, (Bound){b.lo, b.lo_open, true});
    take_high(&a, (Bound){b.hi, b.hi_open, true});
    return a;
}
