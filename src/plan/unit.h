/* Unit: what a number counts in: a dimension and a scale; 亿元, 万人, m3/万元, 件/万人, %. */
#ifndef LONGTU_PLAN_UNIT_H
#define LONGTU_PLAN_UNIT_H

#include "base/decimal.h"
#include "base/str.h"

enum {
    DIM_MONEY,
    DIM_PERSON,
    DIM_ITEM,
    DIM_LENGTH,
    DIM_MASS,
    DIM_TIME,
    DIM_DOLLAR,
    DIM_DATA,
    N_DIMS
};

typedef struct {
    int8_t dim[N_DIMS];
    bool percent; /* a percentage: a ratio that is always told in hundredths, and is not added to
                     plain numbers */
    double scale; /* base units in one of it, > 0 */
} Unit;

extern const Unit UNIT_ONE, UNIT_PERCENT;

/* [scale] symbol {/ [scale] symbol | ／ or 每 [scale] symbol | · [scale] symbol}, where scale is 十
 * 百 千 万 百万 千万 亿 万亿 ... and symbol one of units.def. A Latin symbol ends where the word
 * ends. False if it is not a unit. */
bool unit_parse(Str text, Unit *out);

/* Reads the longest unit that the text starts with; its length in bytes, 0 if there is none. */
size_t unit_prefix(Str text, Unit *out);

/* False for a product of so many units that its exponents or its scale cannot be told any more. */
bool unit_in_range(Unit unit);

bool unit_same_dimension(Unit a, Unit b); /* and both or neither a percentage */
bool unit_is_plain(Unit unit);            /* no dimension, not a percentage */

/* What a number in `from` is multiplied by to be in `to`; the dimensions are the same. */
double unit_factor(Unit from, Unit to);

/* A printed number from one unit to another: exact where the factor is a power of ten (亿元 to
 * 万元), else rounded to the same number of significant digits plus one. False if it does not fit.
 */
bool unit_convert(Decimal value, Unit from, Unit to, Decimal *out);

Unit unit_mul(Unit a, Unit b);
Unit unit_div(Unit a, Unit b);

/* The i-th symbol of units.def and its unit; empty behind the last. */
Str unit_symbol(size_t i, Unit *out);

/* A name for people: the unit in units.def with that dimension and scale if there is one, else a
 * ratio of two of them, else built from base units. unit_parse reads it back, unless it begins with
 * a number, which tells a scale that is no power of ten. */
void unit_format(Buf *out, Unit unit);

#endif
