/* Series: what is known of one measure: for each entity, period and edition the one value that
 * holds. */
#ifndef LONGTU_FACTS_SERIES_H
#define LONGTU_FACTS_SERIES_H

#include "facts/store.h"
#include "plan/catalog.h"

typedef struct {
    int64_t as_of;    /* a day: only periods that end by then; INT64_MAX for all */
    int64_t known_at; /* a moment: only what was known by then; INT64_MAX for all */
    bool estimates;   /* values with status E, I or F too; never for an evaluation */
} Asking;

extern const Asking ASK_ALL;

typedef struct {
    uint32_t entity;  /* of the catalog */
    uint32_t edition; /* 1 for the oldest of the measure's family, 0 not stated */
    int64_t period;   /* period_code */
    double value;     /* in the measure's unit */
    uint8_t decimals;
    char status;
    uint32_t source; /* name of the store */
    int64_t known_at;
    uint8_t known_how; /* KnownHow */
    uint32_t n_others; /* other observations of the same: earlier, or by other sources */
} Cell;

typedef struct { /* sorted by edition, entity, period */
    Cell *cells;
    size_t n;
} Series;

/* The cells of periods of one kind. Of several observations of one cell, final ones go before
 * estimates, then those that say when they became known before those that do not, then the one that
 * became known last, a month or a year counting from its start, then the one that was told last. A
 * last observation with status M takes the value back. */
Err series_load(Arena *arena, Store *store, const Catalog *catalog, uint32_t measure,
                PeriodKind kind, const Asking *asking, Series *out);

const Cell *series_find(const Series *series, uint32_t edition, uint32_t entity, int64_t period);

/* All values that print as the cell's does. */
Interval cell_interval(const Cell *cell);

#endif
