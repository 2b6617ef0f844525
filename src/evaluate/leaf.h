/* Leaf: the column of a measure: what was told, and areas made up from their parts by the measure's
 * rule. */
#ifndef LONGTU_EVALUATE_LEAF_H
#define LONGTU_EVALUATE_LEAF_H

#include "evaluate/evaluate.h"

/* Fills the column over the inner frame. weights is the column of the measure's weight in the same
 * pass, or NULL. edition is of the measure's own family. */
void leaf_fill(const Catalog *catalog, const Series *series, uint32_t measure, uint8_t edition,
               Frame inner, const Column *weights, Column *out);

const Cell *leaf_cell(const Series *series, const Measure *measure, uint8_t edition,
                      uint32_t entity, Period period);

/* The bounds of an area of which parts are missing. Two statements hold of it: it is the sum of its
 * parts, a missing one being anything that is possible; and it is the whole without the other parts
 * of the whole, likewise. Each number counts with its rounding interval. Empty if the whole is not
 * known, if no part is, or if the two statements contradict each other (the parts exceed the whole
 * by more than rounding). */
Interval leaf_bounds(const Catalog *catalog, const Series *series, uint32_t measure,
                     uint8_t edition, uint32_t entity, Period period);

/* Whether a part of the area is the region or lies in it. Such a region is not taken off the whole,
 * since that would take off the part too. */
bool leaf_overlaps(const Catalog *catalog, const Entity *area, uint32_t region);

#endif
