/* Store: observations as they were told, each with the period it speaks of and the moment it became
 * known. Nothing is overwritten: a revision is one more observation. One interface; which store
 * stands behind it, the address says. */
#ifndef LONGTU_FACTS_STORE_H
#define LONGTU_FACTS_STORE_H

#include "base/diag.h"
#include "base/err.h"
#include "base/period.h"

enum { STORE_FORMAT = 1 };

typedef enum {               /* how known_at was given; the numbers are in stores */
               KNOWN_MOMENT, /* a moment or a day */
               KNOWN_MONTH,  /* a month, quarter, half-year or year: known_at is its end */
               KNOWN_QUARTER,
               KNOWN_HALF,
               KNOWN_YEAR,
               KNOWN_IMPORT, /* not stated: known_at is when it was imported */
               KNOWN_N
} KnownHow;

typedef struct {
    uint32_t measure, entity, edition,
        source;        /* names of the store (store_name); edition 0: not stated */
    int64_t period;    /* period_code */
    int64_t known_at;  /* seconds since 1970-01-01T00:00Z */
    double value;      /* in the measure's unit; NAN where status is M */
    uint8_t decimals;  /* digits that were printed after the point, in the measure's unit */
    char status;       /* SDMX CL_OBS_STATUS: A B E F I M P */
    uint8_t known_how; /* KnownHow */
} Observation;

typedef struct { /* where numbers come from */
    Str id, title, publisher, published, url;
} SourceInfo;

typedef struct {
    uint32_t measure;
    int64_t known_at; /* only what was known by then; INT64_MAX for all */
    uint32_t kinds;   /* a bit for each PeriodKind that is wanted; others may come with them */
} StoreQuery;

enum { STORE_ALL_KINDS = (1 << PERIOD_N_KINDS) - 1 };

typedef enum {
    STORE_READ, /* sees the store as it was when it was opened, whatever others write meanwhile */
    STORE_WRITE /* makes it if it is not there */
} StoreMode;

typedef struct Store Store;

/* “sqlite:PATH” or a plain path. Reports LT9001, LT9002, LT9004, LT9006, LT9008. The arena and the
 * diagnostics must outlive the store; later failures are reported there, once. */
Err store_open(Arena *arena, Str url, StoreMode mode, Store **out, Diags *diags);
void store_close(Store *store); /* takes back what was not committed; NULL is allowed */

/* Everything between begin and commit happens or does not; commit returns when it is on the disk.
 */
Err store_begin(Store *store);
Err store_commit(Store *store);
void store_rollback(Store *store);

/* The number that stands for a name in observations; 0 for the empty name. Adding one needs a
 * transaction. */
Err store_name(Store *store, Str name, uint32_t *out);
uint32_t store_find_name(const Store *store, Str name); /* UINT32_MAX if it has none */
Str store_name_text(const Store *store, uint32_t name);
uint32_t store_n_names(const Store *store); /* names are numbered 1 to this */

/* Adds observations in the order they are told; they may be kept in memory (at most STORE_BUFFER of
 * them) until commit. */
enum { STORE_BUFFER = 1 << 18 };
Err store_append(Store *store, const Observation *rows, size_t n);

/* Calls visit with the observations of one measure, in batches, in the order they were told. */
typedef void (*StoreVisit)(void *context, const Observation *rows, size_t n);
Err store_read(Store *store, const StoreQuery *query, StoreVisit visit, void *context);

/* Reports LT9007 for a store whose content cannot be. */
Err store_damaged(Store *store);

Err store_put_source(Store *store, const SourceInfo *source); /* adds or replaces */
Err store_get_source(Store *store, Arena *arena, Str id, SourceInfo *out, bool *found);

typedef struct { /* a file that was imported, so that importing it again adds nothing */
    unsigned char hash[32];
    Str file;
    int64_t at; /* moment */
    int64_t rows;
} ImportRecord;
Err store_find_import(Store *store, Arena *arena, const unsigned char hash[32], ImportRecord *out,
                      bool *found);
Err store_put_import(Store *store, const ImportRecord *record);

#endif
