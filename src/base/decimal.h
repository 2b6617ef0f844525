/* Decimal: an exact decimal number that remembers how many digits were printed: 25.40 is not 25.4.
 */
#ifndef LONGTU_BASE_DECIMAL_H
#define LONGTU_BASE_DECIMAL_H

#include "base/interval.h"
#include "base/str.h"

typedef struct {
    int64_t digits; /* value x 10^scale */
    uint8_t scale;  /* digits after the point, 0 to DECIMAL_MAX_SCALE */
} Decimal;

enum { DECIMAL_MAX_SCALE = 18, DECIMAL_TEXT = 24 };

typedef enum { DECIMAL_OK, DECIMAL_NOT_A_NUMBER, DECIMAL_TOO_LONG } DecimalError;

/* [+-] digits [. digits] [e exponent], the whole text; at most 18 digits. U+2212 is accepted for
 * the minus. */
DecimalError decimal_parse(Str text, Decimal *out);
Str decimal_format(
    Decimal d, char text[DECIMAL_TEXT]); /* with the printed digits; decimal_parse reads it back */

double decimal_to_double(Decimal d); /* the nearest double */

/* The decimal with that many digits after the point that is nearest to the value, halves away from
 * zero; false if it does not fit. */
bool decimal_from_double(double value, uint8_t scale, Decimal *out);

/* Exact, with the digits that exactness needs; false if the result does not fit. */
bool decimal_add(Decimal a, Decimal b, Decimal *out);
bool decimal_sub(Decimal a, Decimal b, Decimal *out);
bool decimal_mul(Decimal a, Decimal b, Decimal *out);
int decimal_cmp(Decimal a, Decimal b); /* by value: 25.40 equals 25.4 */

/* Times 10^power, exact; false if it does not fit. Used when a unit is converted: 1.5 万 -> 15000
 */
bool decimal_shift(Decimal d, int power, Decimal *out);

/* All values that print as d: half a unit of the last digit to each side, away from zero
 * excluded: 41.09 is [41.085, 41.095), -41.09 is (-41.095, -41.085], 0.0 is (-0.05, 0.05). Rounding
 * is half away from zero, as in GB/T 8170-2008, 3.2 for results that are rounded once. */
Interval decimal_interval(Decimal d);

#endif
