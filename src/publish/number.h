/* Number: values for people: digits, units, ranges. */
#ifndef LONGTU_PUBLISH_NUMBER_H
#define LONGTU_PUBLISH_NUMBER_H

#include "base/interval.h"
#include "plan/unit.h"

/* At most `digits` after the point, without zeros at the end: 46.1, 1050.53; NAN is a dash. */
void number_print(Buf *out, double value, int digits);

/* A point as a number, a proper interval as its outward-rounded bounds: 40.05…46.06. */
void number_range(Buf *out, Interval value, int digits);

/* “%” and its kin follow the number without a space, other units with one. */
void number_unit(Buf *out, Str unit);

#endif
