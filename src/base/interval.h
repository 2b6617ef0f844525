/* Interval: all values between two bounds, each included or not; results are rounded outwards, so
 * they enclose. */
#ifndef LONGTU_BASE_INTERVAL_H
#define LONGTU_BASE_INTERVAL_H

#include <stdbool.h>

typedef struct {
    double lo, hi;         /* lo <= hi unless empty; may be infinite, never NaN */
    bool lo_open, hi_open; /* the bound itself is not included */
} Interval;

Interval interval_point(double value);
Interval interval_between(double lo, double hi); /* both included, but for infinity */
Interval interval_all(void);
Interval interval_empty(void);

bool interval_is_empty(Interval a);
bool interval_contains(Interval a, double value);
bool interval_equal(Interval a, Interval b);
double interval_width(Interval a); /* 0 if empty */

/* Arithmetic encloses every result of values inside (IEEE 1788-2015 calls it the natural
 * extension). Division by an interval that holds zero is the hull of what can come out: everything,
 * or a half line when zero is an end. */
Interval interval_add(Interval a, Interval b);
Interval interval_sub(Interval a, Interval b);
Interval interval_mul(Interval a, Interval b);
Interval interval_div(Interval a, Interval b);
Interval interval_neg(Interval a);

Interval interval_meet(Interval a, Interval b); /* intersection */
Interval interval_hull(Interval a, Interval b); /* smallest that holds both */

#endif
