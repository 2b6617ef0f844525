/* Facts under test: what tests of observations share: a folder of their own, a dictionary from
 * text, an input that dribbles, and diagnostics as one line. */
#ifndef LONGTU_FACTS_TEST_FACTS_H
#define LONGTU_FACTS_TEST_FACTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/test_random.h"
#include "facts/import.h"

#include <errno.h>
#include <ftw.h>
#include <math.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof(rows)[0])

typedef struct {
    Arena *arena;
    Diags diags;  /* of stores, files and expressions */
    Buf rejected; /* rejected rows as “LT2001:2 LT6004:5” */
    Catalog *catalog;
    char folder[200];
} Fixture;

static inline int set_up(void **state)
{
    Fixture *fixture = calloc(1, sizeof *fixture);
    const char *parent = getenv("TMPDIR");

    if (fixture == NULL) {
        return -1;
    }
    fixture->arena = arena_new();
    fixture->diags = diags_new(fixture->arena);
    fixture->rejected = buf_new(fixture->arena);
    (void)snprintf(fixture->folder, sizeof fixture->folder, "%s/longtu-facts-test-XXXXXX",
                   parent == NULL ? "/tmp" : parent);
    if (mkdtemp(fixture->folder) == NULL || chmod(fixture->folder, 0777) != 0) {
        return -1;
    }
    *state = fixture;
    return 0;
}

static inline int remove_one(const char *path, const struct stat *status, int kind,
                             struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

static inline int tear_down(void **state)
{
    Fixture *fixture = *state;

    (void)nftw(fixture->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

static inline Str path_of(Fixture *fixture, const char *name)
{
    return str_format(fixture->arena, "%s/%s", fixture->folder, name);
}

static inline const char *z_of(Fixture *fixture, const char *name)
{
    return str_to_z(fixture->arena, path_of(fixture, name));
}

static inline void put_file(Fixture *fixture, const char *name, Str content)
{
    FILE *file = fopen(z_of(fixture, name), "wbe");

    assert_non_null(file);
    assert_int_equal(fwrite(content.at, 1, content.len, file), content.len);
    assert_int_equal(fclose(file), 0);
}

/* The bytes of a file; empty if there is none. */
static inline Str get_file(Fixture *fixture, const char *name)
{
    FILE *file = fopen(z_of(fixture, name), "rbe");
    Buf out = buf_new(fixture->arena);
    char part[4096];
    size_t n;

    while (file != NULL && (n = fread(part, 1, sizeof part, file)) > 0) {
        buf_add(&out, (Str){part, n});
    }
    if (file != NULL) {
        assert_int_equal(fclose(file), 0);
    }
    return buf_str(&out);
}

static inline bool file_is_there(Fixture *fixture, const char *name)
{
    return access(z_of(fixture, name), F_OK) == 0;
}

/* What was reported: “LT6001:1 LT6015:1”, the number is the line. */
static inline void add_code(Buf *out, const Diag *diag)
{
    buf_format(out, "%s%.*s:%u", out->len == 0 ? "" : " ", STR_ARG(code_info(diag->code)->name),
               diag->place.line);
}

static inline Str codes_of(Arena *arena, const Diags *diags)
{
    Buf out = buf_new(arena);

    for (size_t i = 0; i < diags->all.n; i++) {
        add_code(&out, &diags->all.at[i]);
    }
    return buf_str(&out);
}

static inline void assert_text(Str got, const char *want)
{
    if (!str_eq(got, str_z(want))) {
        fail_msg("got\n%.*s\nwant\n%s", STR_ARG(got), want);
    }
}

/* Compares what was reported since the last time. */
static inline void assert_codes(Fixture *fixture, const char *want)
{
    assert_text(codes_of(fixture->arena, &fixture->diags), want);
    fixture->diags = diags_new(fixture->arena);
}

static inline void assert_rejected(Fixture *fixture, const char *want)
{
    assert_text(buf_str(&fixture->rejected), want);
    fixture->rejected = buf_new(fixture->arena);
}

/* An input in memory that gives at most `most` bytes at a time, or all that is asked for if that is
 * 0. It breaks after `breaks_at` bytes unless that is 0. */
typedef struct {
    Str text;
    size_t at, most, breaks_at;
    uint64_t random;
} Memory;

static inline long memory_read(void *context, char *to, size_t n)
{
    Memory *memory = context;
    size_t left = memory->text.len - memory->at;

    if (memory->breaks_at != 0 && memory->at >= memory->breaks_at) {
        errno = EIO;
        return -1;
    }
    if (memory->most != 0) {
        size_t step = 1 + random_below(&memory->random, memory->most);

        n = n < step ? n : step;
    }
    n = n < left ? n : left;
    if (n > 0) {
        memcpy(to, memory->text.at + memory->at, n);
    }
    memory->at += n;
    return (long)n;
}

static inline Catalog *catalog_from(Fixture *fixture, const char *yaml)
{
    Catalog *catalog = catalog_new(fixture->arena);
    YamlDoc doc;
    Diags diags = diags_new(fixture->arena);

    if (yaml_read(fixture->arena, (Source){STR("test.yaml"), str_z(yaml)}, &doc, &diags) != OK ||
        catalog_add(catalog, &doc, &diags) != OK || catalog_finish(catalog, &diags) != OK) {
        Buf out = buf_new(fixture->arena);

        diags_print(&out, &diags, LANG_EN, false);
        fail_msg("%.*s", STR_ARG(buf_str(&out)));
    }
    return catalog;
}

static inline Store *store_at(Fixture *fixture, const char *name, StoreMode mode)
{
    Store *store = NULL;

    if (store_open(fixture->arena, path_of(fixture, name), mode, &store, &fixture->diags) != OK) {
        fail_msg("%.*s", STR_ARG(codes_of(fixture->arena, &fixture->diags)));
    }
    return store;
}

static inline void collect_rejected(void *context, const Diag *diag)
{
    add_code(&((Fixture *)context)->rejected, diag);
}

/* Options of an import that begins at 2026-01-01T00:00:00Z; rejected rows go to the fixture. */
static inline ImportOptions import_options(Fixture *fixture)
{
    return (ImportOptions){.catalog = fixture->catalog,
                           .now = 1767225600,
                           .now_how = KNOWN_IMPORT,
                           .context = fixture,
                           .report = collect_rejected};
}

static inline Err import_text(Fixture *fixture, Store *store, const char *name, Str text,
                              const ImportOptions *options, ImportResult *out)
{
    Memory memory = {.text = text};
    Arena *scratch = arena_new(); /* as a reader of many files would */
    Err err = import_csv(scratch, store, str_z(name), (CsvInput){&memory, memory_read}, options,
                         out, &fixture->diags);

    arena_free(scratch);
    return err;
}

/* Imports what must go in without a word. */
static inline void import_good(Fixture *fixture, Store *store, const char *name, const char *text)
{
    ImportOptions options = import_options(fixture);
    ImportResult result;

    if (import_text(fixture, store, name, str_z(text), &options, &result) != OK) {
        fail_msg("%s: %.*s %.*s", name, STR_ARG(codes_of(fixture->arena, &fixture->diags)),
                 STR_ARG(buf_str(&fixture->rejected)));
    }
}

/* --- the whole of a store as text --- */

typedef struct {
    const Store *store;
    Buf *out;
} Dump;

static inline void dump_rows(void *context, const Observation *rows, size_t n)
{
    Dump *dump = context;

    for (size_t i = 0; i < n; i++) {
        const Observation *row = &rows[i];
        char period[PERIOD_TEXT], moment[PERIOD_TEXT + 8];

        buf_format(dump->out, "%.*s %.*s %.*s ",
                   STR_ARG(store_name_text(dump->store, row->measure)),
                   STR_ARG(store_name_text(dump->store, row->entity)),
                   STR_ARG(period_format(period_from_code(row->period), period)));
        if (isnan(row->value)) {
            buf_add(dump->out, STR("-"));
        } else {
            buf_double(dump->out, row->value);
        }
        buf_format(dump->out, "/%d %c", row->decimals, row->status);
        if (row->edition != 0) {
            buf_format(dump->out, " %.*s", STR_ARG(store_name_text(dump->store, row->edition)));
        }
        buf_format(dump->out, " [%.*s] %.*s\n", STR_ARG(store_name_text(dump->store, row->source)),
                   STR_ARG(moment_format(row->known_at, moment)));
    }
}

/* Its observations as “gdp 620000 2025 874.6/1 A census2023 [x.csv] 2026-01-01T08:00:00+08:00”. */
static inline Str dump_observations(Arena *arena, Store *store)
{
    Buf out = buf_new(arena);
    Dump dump = {store, &out};

    for (uint32_t name = 1; name <= store_n_names(store); name++) {
        StoreQuery query = {name, INT64_MAX, STORE_ALL_KINDS};

        assert_int_equal(store_read(store, &query, dump_rows, &dump), OK);
    }
    return buf_str(&out);
}

/* Everything in it, read by a fresh reader. */
static inline Str dump_store(Fixture *fixture, const char *name)
{
    Store *store = store_at(fixture, name, STORE_READ);
    Buf out = buf_new(fixture->arena);

    for (uint32_t i = 1; i <= store_n_names(store); i++) {
        Str text = store_name_text(store, i);
        SourceInfo info;
        bool found = false;

        buf_format(&out, "%u %.*s\n", i, STR_ARG(text));
        assert_int_equal(store_get_source(store, fixture->arena, text, &info, &found), OK);
        if (found) {
            buf_format(&out, "  %.*s|%.*s|%.*s|%.*s|%.*s\n", STR_ARG(info.id), STR_ARG(info.title),
                       STR_ARG(info.publisher), STR_ARG(info.published), STR_ARG(info.url));
        }
    }
    buf_add(&out, dump_observations(fixture->arena, store));
    store_close(store);
    return buf_str(&out);
}

#endif
