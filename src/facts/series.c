/* Series: what is known of one measure: for each entity, period and edition the one value that
 * holds. */
#include "facts/series.h"

#include <math.h>

const Asking ASK_ALL = {INT64_MAX, INT64_MAX, false};

typedef struct {
    Cell cell;
    int64_t since; /* moment that it counts from among others of the cell */
    size_t told;   /* order in which it was told */
} Told;

typedef struct {
    Arena *arena;
    const Asking *asking;
    PeriodKind kind;
    const uint32_t *entities,
        *editions; /* from names of the store to the catalog; NONE: not in it */
    uint32_t n_names;
    bool damaged; /* an observation with a name that the store does not have, or of no time */
    VEC(Told) all;
} Loader;

static bool is_estimate(char status)
{
    return status == 'E' || status == 'I' || status == 'F';
}

static const int64_t MOST_HOURS = 100000000; /* the years 1 to 9999 have fewer */

/* Whether the code is of a period that there is. */
static bool is_period(int64_t code)
{
    Period period = period_from_code(code);

    return period.kind < PERIOD_N_KINDS && period.n > -MOST_HOURS && period.n < MOST_HOURS;
}

/* The first second, in China Standard Time, of the month or the year whose last one is known_at;
 * else known_at. False if it was given in no way that there is. */
static bool known_since(const Observation *row, int64_t *out)
{
    enum { CHINA_HOURS = 8 };
    static const PeriodKind KINDS[KNOWN_N] = {[KNOWN_MONTH] = PERIOD_MONTH,
                                              [KNOWN_QUARTER] = PERIOD_QUARTER,
                                              [KNOWN_HALF] = PERIOD_HALF,
                                              [KNOWN_YEAR] = PERIOD_YEAR};
    int64_t hour = (row->known_at + 1) / 3600 - 1 + CHINA_HOURS;

    *out = row->known_at;
    if (row->known_how == KNOWN_MOMENT || row->known_how >= KNOWN_IMPORT) {
        return row->known_how < KNOWN_N;
    }
    if (hour <= -MOST_HOURS || hour >= MOST_HOURS) {
        return false;
    }
    *out =
        (period_start_day(period_convert((Period){PERIOD_HOUR, hour}, KINDS[row->known_how])) * 24 -
         CHINA_HOURS) *
        3600;
    return true;
}

static void take(void *context, const Observation *rows, size_t n)
{
    Loader *loader = context;

    for (size_t i = 0; i < n; i++) {
        const Observation *row = &rows[i];
        int64_t since;

        if (row->entity >= loader->n_names || row->edition >= loader->n_names ||
            row->source >= loader->n_names || !is_period(row->period) ||
            !known_since(row, &since)) {
            loader->damaged = true;
            return;
        }
        uint32_t entity = loader->entities[row->entity], edition = loader->editions[row->edition];

        if (period_from_code(row->period).kind != loader->kind || entity == NONE ||
            edition == NONE || (is_estimate(row->status) && !loader->asking->estimates) ||
            (loader->asking->as_of != INT64_MAX &&
             period_end_day(period_from_code(row->period)) > loader->asking->as_of)) {
            continue;
        }
        size_t told = loader->all.n;

        *vec_push(loader->arena, &loader->all) =
            (Told){{entity, edition, row->period, row->value, row->decimals, row->status,
                    row->source, row->known_at, row->known_how, 0},
                   since,
                   told};
    }
}

#define ORDER(a, b) (((a) > (b)) - ((a) < (b)))

static int by_cell(const void *x, const void *y)
{
    const Told *a = x, *b = y;
    int order = ORDER(a->cell.edition, b->cell.edition);

    order = order != 0 ? order : ORDER(a->cell.entity, b->cell.entity);
    order = order != 0 ? order : ORDER(a->cell.period, b->cell.period);
    order = order != 0 ? order : ORDER(is_estimate(a->cell.status), is_estimate(b->cell.status));
    order = order != 0
                ? order
                : ORDER(a->cell.known_how == KNOWN_IMPORT, b->cell.known_how == KNOWN_IMPORT);
    order = order != 0 ? order : ORDER(b->since, a->since);
    return order != 0 ? order : ORDER(b->told, a->told);
}

static bool same_cell(const Cell *a, const Cell *b)
{
    return a->edition == b->edition && a->entity == b->entity && a->period == b->period;
}

Err series_load(Arena *arena, Store *store, const Catalog *catalog, uint32_t measure,
                PeriodKind kind, const Asking *asking, Series *out)
{
    const Measure *info = catalog->measures.at[measure];
    StoreQuery query = {store_find_name(store, info->id), asking->known_at, UINT32_C(1) << kind};
    uint32_t n_names = 1;
    uint32_t *entities, *editions;
    Loader loader = {.arena = arena, .asking = asking, .kind = kind};
    Err err;

    *out = (Series){NULL, 0};
    if (query.measure == UINT32_MAX) {
        return OK;
    }
    n_names += store_n_names(store);
    entities = ARENA_ARRAY(arena, uint32_t, n_names);
    editions = ARENA_ARRAY(arena, uint32_t, n_names);
    for (uint32_t i = 0; i < n_names; i++) {
        uint64_t entity;

        entities[i] = map_get(catalog->entity_ids, store_name_text(store, i), &entity)
                          ? (uint32_t)entity
                          : NONE;
        editions[i] = catalog_edition(catalog, info, store_name_text(store, i));
    }
    loader.entities = entities;
    loader.editions = editions;
    loader.n_names = n_names;
    err = store_read(store, &query, take, &loader);
    if (err == OK && loader.damaged) {
        err = store_damaged(store);
    }
    if (err != OK || loader.all.n == 0) {
        return err;
    }
    qsort(loader.all.at, loader.all.n, sizeof(Told), by_cell);
    out->cells = ARENA_ARRAY(arena, Cell, loader.all.n);
    for (size_t i = 0; i < loader.all.n;) {
        size_t end = i + 1;

        while (end < loader.all.n && same_cell(&loader.all.at[i].cell, &loader.all.at[end].cell)) {
            end++;
        }
        if (loader.all.at[i].cell.status != 'M') {
            out->cells[out->n] = loader.all.at[i].cell;
            out->cells[out->n++].n_others = (uint32_t)(end - i - 1);
        }
        i = end;
    }
    return OK;
}

const Cell *series_find(const Series *series, uint32_t edition, uint32_t entity, int64_t period)
{
    Cell wanted = {.edition = edition, .entity = entity, .period = period};
    size_t low = 0, high = series->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const Cell *cell = &series->cells[middle];
        int order = ORDER(cell->edition, wanted.edition);

        order = order != 0 ? order : ORDER(cell->entity, wanted.entity);
        order = order != 0 ? order : ORDER(cell->period, wanted.period);
        if (order == 0) {
            return cell;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

Interval cell_interval(const Cell *cell)
{
    Decimal printed;

    if (cell->decimals > DECIMAL_MAX_SCALE ||
        !decimal_from_double(cell->value, cell->decimals, &printed)) {
        return interval_point(cell->value);
    }
    return decimal_interval(printed);
}
