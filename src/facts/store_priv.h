/* What a store implementation gives to store.c. */
#ifndef LONGTU_FACTS_STORE_PRIV_H
#define LONGTU_FACTS_STORE_PRIV_H

#include "base/map.h"
#include "facts/store.h"

typedef struct {
    void (*close)(Store *store);
    Err (*begin)(Store *store); /* takes up names that another writer has added */
    Err (*commit)(Store *store);
    void (*rollback)(Store *store);
    Err (*add_name)(Store *store, uint32_t id, Str name);
    Err (*write)(Store *store, const Observation *rows, size_t n); /* all of one measure */
    Err (*read)(Store *store, const StoreQuery *query, StoreVisit visit, void *context);
    Err (*put_source)(Store *store, const SourceInfo *source);
    Err (*get_source)(Store *store, Arena *arena, Str id, SourceInfo *out, bool *found);
    Err (*find_import)(Store *store, Arena *arena, const unsigned char hash[32], ImportRecord *out,
                       bool *found);
    Err (*put_import)(Store *store, const ImportRecord *record);
} StoreOps;

struct Store {
    const StoreOps *ops;
    void *implementation; /* of the ops */
    Arena *arena;
    Diags *diags;
    Str url;
    Map *names;          /* name -> id - 1 */
    size_t n_names_kept; /* names that are committed; later ones go with a rollback */
    bool writing;
    Observation *buffer; /* STORE_BUFFER, made at the first append */
    size_t n_buffer;
};

Err sqlite_store_open(Arena *arena, Str path, StoreMode mode, Store *store);

#endif
