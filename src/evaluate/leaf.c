/* Leaf: the column of a measure: what was told, and areas made up from their parts by the measure's
 * rule. */
#include "evaluate/leaf.h"

#include <math.h>

const Cell *leaf_cell(const Series *series, const Measure *measure, uint8_t edition,
                      uint32_t entity, Period period)
{
    int64_t code = period_code(period);

    if (measure->vintage == NONE) {
        return series_find(series, 0, entity, code);
    }
    if (edition != EDITION_ANY) {
        return series_find(series, edition, entity, code);
    }
    for (uint32_t newest = MAX_EDITIONS + 1; newest-- > 0;) {
        const Cell *cell = series_find(series, newest, entity, code);

        if (cell != NULL) {
            return cell;
        }
    }
    return NULL;
}

bool leaf_overlaps(const Catalog *catalog, const Entity *area, uint32_t region)
{
    for (size_t i = 0; i < area->n_parts; i++) {
        for (uint32_t up = area->parts[i]; up != NONE; up = catalog->entities.at[up].parent) {
            if (up == region) {
                return true;
            }
        }
    }
    return false;
}

static bool is_part(const Entity *area, uint32_t region)
{
    for (size_t i = 0; i < area->n_parts; i++) {
        if (area->parts[i] == region) {
            return true;
        }
    }
    return false;
}

/* What a part that nobody told can be. */
static Interval possible(const Measure *info)
{
    return (Interval){decimal_to_double(info->least.value),
                      info->most.given ? decimal_to_double(info->most.value) : INFINITY, false,
                      !info->most.given};
}

/* All values that print as the cell's does, as far as they are possible at all. */
static Interval told_interval(const Measure *info, const Cell *cell)
{
    Interval told = cell_interval(cell), inside = interval_meet(told, possible(info));

    return interval_is_empty(inside) ? told : inside;
}

Interval leaf_bounds(const Catalog *catalog, const Series *series, uint32_t measure,
                     uint8_t edition, uint32_t entity, Period period)
{
    const Measure *info = catalog->measures.at[measure];
    const Entity *area = &catalog->entities.at[entity];
    Interval parts = interval_point(0), rest, both;
    const Cell *cell;
    size_t n_known = 0;
    bool more = false; /* the rest holds more than the area */

    if (area->parent == NONE || info->area != AREA_SUM || !info->least.given ||
        decimal_to_double(info->least.value) < 0) {
        return interval_empty();
    }
    cell = leaf_cell(series, info, edition, area->parent, period);
    if (cell == NULL) {
        return interval_empty();
    }
    rest = told_interval(info, cell);
    for (size_t i = 0; i < area->n_parts; i++) {
        cell = leaf_cell(series, info, edition, area->parts[i], period);
        parts = interval_add(parts, cell != NULL ? told_interval(info, cell) : possible(info));
        n_known += cell != NULL;
    }
    for (size_t i = 0; i < catalog->entities.at[area->parent].n_parts; i++) {
        uint32_t sibling = catalog->entities.at[area->parent].parts[i];

        if (!leaf_overlaps(catalog, area, sibling)) {
            cell = leaf_cell(series, info, edition, sibling, period);
            n_known += cell != NULL;
            rest = interval_sub(rest, cell != NULL ? told_interval(info, cell) : possible(info));
        } else {
            more |= sibling != entity && !is_part(area, sibling);
        }
    }
    if (more) { /* the area is then no more than the rest, but may be less */
        rest.lo = -INFINITY;
    }
    /* two statements about the area: its parts, and the whole without the others; both hold, or the
     * numbers contradict */
    both = interval_meet(parts, rest);
    return n_known == 0 || interval_is_empty(both) || !isfinite(both.lo) || !isfinite(both.hi)
               ? interval_empty()
               : interval_between(both.lo, both.hi);
}

/* The sum of the parts, if all are known. */
static bool sum_parts(const Entity *area, const Column *column, size_t row, double *out)
{
    *out = 0;
    for (size_t i = 0; i < area->n_parts; i++) {
        size_t at = row + area->parts[i];

        if (!(column->lo[at] == column->hi[at])) {
            return false;
        }
        *out += column->lo[at];
    }
    return area->n_parts > 0;
}

/* The weighted mean of the parts; where a part is missing but its weight is known and the measure
 * has bounds, it lies between the means for the least and the most that the part can be. */
static bool weigh_parts(const Measure *info, const Entity *area, const Column *column,
                        const Column *weights, size_t row, Interval *out)
{
    double sum = 0, low = 0, high = 0;
    bool some = false;

    for (size_t i = 0; i < area->n_parts; i++) {
        size_t at = row + area->parts[i];
        double weight = weights->lo[at];
        bool known = column->lo[at] == column->hi[at];

        if (!(weight >= 0) || weights->hi[at] != weight ||
            (!known && !(info->least.given && info->most.given))) {
            return false;
        }
        some |= known;
        sum += weight;
        low += weight * (known ? column->lo[at] : decimal_to_double(info->least.value));
        high += weight * (known ? column->lo[at] : decimal_to_double(info->most.value));
    }
    if (!some || !(sum > 0)) {
        return false;
    }
    *out = interval_between(low / sum, high / sum);
    return true;
}

static void fill_area(const Catalog *catalog, const Series *series, uint32_t measure,
                      uint8_t edition, uint32_t entity, Period period, size_t row,
                      const Column *weights, Column *out)
{
    const Measure *info = catalog->measures.at[measure];
    const Entity *area = &catalog->entities.at[entity];
    Interval value = interval_empty();
    double sum;

    if (info->area == AREA_SUM) {
        if (sum_parts(area, out, row, &sum)) {
            value = interval_point(sum);
        } else {
            value = leaf_bounds(catalog, series, measure, edition, entity, period);
        }
    } else if (info->area == AREA_WEIGHTED && weights != NULL) {
        (void)weigh_parts(info, area, out, weights, row, &value);
    }
    if (value.lo <= value.hi) {
        out->lo[row + entity] = value.lo;
        out->hi[row + entity] = value.hi;
    }
}

/* Entities so that parts come before the areas they make up: deeper regions first, groups last. */
static void order_entities(const Catalog *catalog, uint32_t *order)
{
    size_t n = catalog->entities.n, at = 0;

    for (int depth = 15; depth >= -1; depth--) {
        for (uint32_t i = 0; i < n; i++) {
            const Entity *entity = &catalog->entities.at[i];
            int above = 0;

            for (uint32_t up = entity->parent; up != NONE && above < 15;
                 up = catalog->entities.at[up].parent) {
                above++;
            }
            if ((entity->is_group ? -1 : above) == depth) {
                order[at++] = i;
            }
        }
    }
}

void leaf_fill(const Catalog *catalog, const Series *series, uint32_t measure, uint8_t edition,
               Frame inner, const Column *weights, Column *out)
{
    const Measure *info = catalog->measures.at[measure];
    size_t n = catalog->entities.n;
    Arena *scratch = arena_new();
    uint32_t *order = ARENA_ARRAY(scratch, uint32_t, n);

    order_entities(catalog, order);
    for (size_t i = 0; i < n * inner.n; i++) {
        out->lo[i] = out->hi[i] = NAN;
    }
    for (size_t i = 0; i < series->n;
         i++) { /* editions come in order, so with EDITION_ANY the newest stays */
        const Cell *cell = &series->cells[i];
        Period period = period_from_code(cell->period);

        if ((info->vintage == NONE || edition == EDITION_ANY || cell->edition == edition) &&
            period.kind == inner.kind && period.n >= inner.first &&
            period.n < inner.first + (int64_t)inner.n) {
            size_t at = (size_t)(period.n - inner.first) * n + cell->entity;

            out->lo[at] = out->hi[at] = cell->value;
        }
    }
    for (size_t p = 0; p < inner.n; p++) {
        for (size_t i = 0; i < n; i++) {
            if (catalog->entities.at[order[i]].n_parts > 0 && isnan(out->lo[p * n + order[i]])) {
                fill_area(catalog, series, measure, edition, order[i],
                          (Period){inner.kind, inner.first + (int64_t)p}, p * n, weights, out);
            }
        }
    }
    arena_free(scratch);
}
