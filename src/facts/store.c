/* Store: what all stores do alike: the address, the names, the buffer of observations. */
#include "facts/store.h"

#include "base/vec.h"
#include "facts/store_priv.h"

#include <assert.h>

Err store_open(Arena *arena, Str url, StoreMode mode, Store **out, Diags *diags)
{
    static const Str SQLITE = STR_INIT("sqlite:");
    Store *store = ARENA_NEW(arena, Store);
    Str path = str_starts(url, SQLITE) ? str_slice(url, SQLITE.len, url.len) : url;
    Err err;

    *out = NULL;
    store->arena = arena;
    store->diags = diags;
    store->url = path;
    store->names = map_new(arena);
    if (path.len == 0 || str_find(path, STR("://")) != SIZE_MAX) {
        diag_add(diags, LT9006, place_file(url), url);
        return ERR_USAGE;
    }
    err = sqlite_store_open(arena, path, mode, store);
    if (err == OK) {
        store->n_names_kept = map_n(store->names);
        *out = store;
    }
    return err;
}

void store_close(Store *store)
{
    if (store == NULL) {
        return;
    }
    if (store->writing) {
        store_rollback(store);
    }
    free(store->buffer);
    store->ops->close(store);
}

Err store_begin(Store *store)
{
    Err err;

    assert(!store->writing);
    err = store->ops->begin(store);
    store->writing = err == OK;
    store->n_names_kept = map_n(store->names);
    return err;
}

void store_rollback(Store *store)
{
    Map *kept = map_new(store->arena);

    assert(store->writing);
    store->ops->rollback(store);
    store->writing = false;
    store->n_buffer = 0;
    for (size_t i = 0; i < store->n_names_kept; i++) {
        map_set(kept, map_key(store->names, i), i);
    }
    store->names = kept;
}

Err store_name(Store *store, Str name, uint32_t *out)
{
    uint64_t found;
    Err err;

    if (name.len == 0) {
        *out = 0;
        return OK;
    }
    if (map_get(store->names, name, &found)) {
        *out = (uint32_t)found + 1;
        return OK;
    }
    assert(store->writing);
    *out = (uint32_t)map_n(store->names) + 1;
    err = store->ops->add_name(store, *out, name);
    if (err == OK) {
        map_set(store->names, str_copy(store->arena, name), *out - 1);
    }
    return err;
}

uint32_t store_find_name(const Store *store, Str name)
{
    uint64_t found;

    if (name.len == 0) {
        return 0;
    }
    return map_get(store->names, name, &found) ? (uint32_t)found + 1 : UINT32_MAX;
}

Str store_name_text(const Store *store, uint32_t name)
{
    return name == 0 ? STR("") : map_key(store->names, name - 1);
}

uint32_t store_n_names(const Store *store)
{
    return (uint32_t)map_n(store->names);
}

/* Writes the buffer measure by measure, each in the order it was told: a stable counting sort over
 * the measures. */
static Err flush(Store *store)
{
    Arena *scratch;
    size_t n_names = map_n(store->names) + 1, at = 0;
    uint32_t *start;
    Observation *sorted;
    Err err = OK;

    if (store->n_buffer == 0) {
        return OK;
    }
    scratch = arena_new();
    start = ARENA_ARRAY(scratch, uint32_t, n_names + 1);
    sorted = ARENA_ARRAY(scratch, Observation, store->n_buffer);
    for (size_t i = 0; i < store->n_buffer; i++) {
        start[store->buffer[i].measure + 1]++;
    }
    for (size_t i = 0; i < n_names; i++) {
        start[i + 1] += start[i];
    }
    for (size_t i = 0; i < store->n_buffer; i++) {
        sorted[start[store->buffer[i].measure]++] = store->buffer[i];
    }
    while (err == OK && at < store->n_buffer) {
        size_t end = at + 1;

        while (end < store->n_buffer && sorted[end].measure == sorted[at].measure) {
            end++;
        }
        err = store->ops->write(store, sorted + at, end - at);
        at = end;
    }
    store->n_buffer = 0;
    arena_free(scratch);
    return err;
}

Err store_append(Store *store, const Observation *rows, size_t n)
{
    Err err = OK;

    assert(store->writing);
    if (store->buffer == NULL) {
        store->buffer = malloc(STORE_BUFFER * sizeof(Observation));
        if (store->buffer == NULL) {
            diag_add(store->diags, LT9003, place_file(store->url), STR("out of memory"));
            return ERR_RESOURCE;
        }
    }
    while (err == OK && n > 0) {
        size_t room = STORE_BUFFER - store->n_buffer, take = n < room ? n : room;

        memcpy(store->buffer + store->n_buffer, rows, take * sizeof *rows);
        store->n_buffer += take;
        rows += take;
        n -= take;
        if (store->n_buffer == STORE_BUFFER) {
            err = flush(store);
        }
    }
    return err;
}

Err store_commit(Store *store)
{
    Err err;

    assert(store->writing);
    err = flush(store);
    if (err == OK) {
        err = store->ops->commit(store);
    }
    if (err != OK) {
        store_rollback(store);
        return err;
    }
    store->writing = false;
    store->n_names_kept = map_n(store->names);
    return OK;
}

Err store_read(Store *store, const StoreQuery *query, StoreVisit visit, void *context)
{
    assert(!store->writing);
    return store->ops->read(store, query, visit, context);
}

Err store_damaged(Store *store)
{
    diag_add(store->diags, LT9007, place_file(store->url),
             diag_word(store->arena, TEXT("数据块损坏", "a block is damaged")));
    return ERR_RESOURCE;
}

Err store_put_source(Store *store, const SourceInfo *source)
{
    assert(store->writing);
    return store->ops->put_source(store, source);
}

Err store_get_source(Store *store, Arena *arena, Str id, SourceInfo *out, bool *found)
{
    return store->ops->get_source(store, arena, id, out, found);
}

Err store_find_import(Store *store, Arena *arena, const unsigned char hash[32], ImportRecord *out,
                      bool *found)
{
    return store->ops->find_import(store, arena, hash, out, found);
}

Err store_put_import(Store *store, const ImportRecord *record)
{
    assert(store->writing);
    return store->ops->put_import(store, record);
}
