/* Tests of Store: what is told is kept, in order, all of a transaction or nothing of it. */
#include "facts/test_facts.h"

#include "facts/test_disk.h"

#include <fcntl.h>
#include <signal.h>

enum { NOBODY = 65534, APPLICATION_AT = 68 /* offset of the application id in a SQLite file */ };

static Observation told(uint32_t measure, uint32_t entity, int year, double value, int64_t known_at)
{
    return (Observation){.measure = measure,
                         .entity = entity,
                         .period = period_code(period_year(year)),
                         .known_at = known_at,
                         .value = value,
                         .status = 'A'};
}

static uint32_t name_in(Store *store, const char *name)
{
    uint32_t out = UINT32_MAX;

    assert_int_equal(store_name(store, str_z(name), &out), OK);
    return out;
}

/* Numbers the names from 1, in a store that has none. */
static void name_all(Store *store, const char *const *names)
{
    for (uint32_t i = 0; names[i] != NULL; i++) {
        assert_int_equal(name_in(store, names[i]), i + 1);
    }
}

/* A store with two measures, an entity, a source, an import, and two observations. */
static void make_store(Fixture *fixture, const char *name)
{
    Store *store = store_at(fixture, name, STORE_WRITE);
    SourceInfo source = {STR("gwr2026"), STR("政府工作报告"), STR("省政府"), STR("2026-02-10"),
                         STR("http://example.org/")};
    ImportRecord record = {{1, 2, 3}, STR("economy.csv"), 1767225600, 2};

    assert_int_equal(store_begin(store), OK);
    name_all(store, (const char *[]){"gdp", "620000", "population", NULL});
    Observation rows[] = {told(1, 2, 2024, 13002.9, 100), told(3, 2, 2024, 2458.34, 200)};

    assert_int_equal(store_append(store, rows, 2), OK);
    assert_int_equal(store_put_source(store, &source), OK);
    assert_int_equal(store_put_import(store, &record), OK);
    assert_int_equal(store_commit(store), OK);
    store_close(store);
}

static void run_sql(Fixture *fixture, const char *name, const char *sql)
{
    sqlite3 *db = NULL;
    char *message = NULL;

    assert_int_equal(sqlite3_open(z_of(fixture, name), &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        fail_msg("%s: %s", sql, message);
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* --- opening --- */

static void test_make_and_open_again(void **state)
{
    Fixture *fixture = *state;
    Str bytes;

    store_close(store_at(fixture, "a.db", STORE_WRITE));
    bytes = get_file(fixture, "a.db");
    assert_true(str_starts(bytes, STR("SQLite format 3\0")));
    assert_memory_equal(bytes.at + APPLICATION_AT, "LTGR", 4);
    assert_text(dump_store(fixture, "a.db"), "");
    store_close(store_at(fixture, "a.db", STORE_WRITE));
    assert_true(str_eq(get_file(fixture, "a.db"), bytes));
    store_close(NULL);
    assert_codes(fixture, "");
}

static void test_addresses(void **state)
{
    static const char *const ROWS[] = {"", "sqlite:", "mysql://localhost/a", "postgres://a/b",
                                       "sqlite:http://a"};
    Fixture *fixture = *state;
    Store *store;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        for (int write = 0; write <= 1; write++) {
            assert_int_equal(store_open(fixture->arena, str_z(ROWS[i]),
                                        write ? STORE_WRITE : STORE_READ, &store, &fixture->diags),
                             ERR_USAGE);
            assert_null(store);
            assert_codes(fixture, "LT9006:0");
        }
    }
    assert_int_equal(store_open(fixture->arena,
                                str_format(fixture->arena, "sqlite:%s/a.db", fixture->folder),
                                STORE_WRITE, &store, &fixture->diags),
                     OK);
    store_close(store);
    store_close(store_at(fixture, "a.db", STORE_READ));
}

static void assert_not_opened(Fixture *fixture, const char *name, StoreMode mode, const char *codes)
{
    Store *store;

    assert_int_equal(
        store_open(fixture->arena, path_of(fixture, name), mode, &store, &fixture->diags),
        ERR_RESOURCE);
    assert_null(store);
    assert_codes(fixture, codes);
}

/* A reader makes nothing. */
static void test_missing(void **state)
{
    Fixture *fixture = *state;

    assert_not_opened(fixture, "a.db", STORE_READ, "LT9008:0");
    assert_false(file_is_there(fixture, "a.db"));
    assert_not_opened(fixture, "none/a.db", STORE_READ, "LT9008:0");
    assert_not_opened(fixture, "none/a.db", STORE_WRITE, "LT9001:0");
    assert_not_opened(fixture, ".", STORE_READ, "LT9001:0");
    assert_not_opened(fixture, ".", STORE_WRITE, "LT9001:0");
}

/* What is not ours is not touched. */
static void test_not_a_store(void **state)
{
    Fixture *fixture = *state;

    put_file(fixture, "text", STR("measure,entity,period,value\ngdp,620000,2024,13002.9\n"));
    run_sql(fixture, "other", "CREATE TABLE a(b); INSERT INTO a VALUES (1)");
    run_sql(fixture, "marked", "PRAGMA application_id = 1196444487; CREATE TABLE a(b)");
    run_sql(fixture, "bare", "PRAGMA application_id = 1196444487; PRAGMA user_version = 1");
    for (size_t i = 0; i < 4; i++) {
        const char *name = ((const char *[]){"text", "other", "marked", "bare"})[i];
        Str before = get_file(fixture, name);

        assert_true(before.len > 0);
        assert_not_opened(fixture, name, STORE_READ, "LT9004:0");
        assert_not_opened(fixture, name, STORE_WRITE, "LT9004:0");
        assert_true(str_eq(get_file(fixture, name), before));
        assert_false(file_is_there(
            fixture, str_to_z(fixture->arena, str_format(fixture->arena, "%s-journal", name))));
    }
}

/* An empty file is a store that is still to be made. */
static void test_empty_file(void **state)
{
    Fixture *fixture = *state;

    put_file(fixture, "a.db", STR(""));
    assert_not_opened(fixture, "a.db", STORE_READ, "LT9004:0");
    assert_int_equal(get_file(fixture, "a.db").len, 0);
    store_close(store_at(fixture, "a.db", STORE_WRITE));
    store_close(store_at(fixture, "a.db", STORE_READ));
}

static void test_written_by_a_newer_version(void **state)
{
    Fixture *fixture = *state;
    Str before;
    Store *store;

    make_store(fixture, "a.db");
    run_sql(fixture, "a.db", "PRAGMA user_version = 2");
    before = get_file(fixture, "a.db");
    assert_int_equal(
        store_open(fixture->arena, path_of(fixture, "a.db"), STORE_READ, &store, &fixture->diags),
        ERR_RESOURCE);
    assert_text(fixture->diags.all.at[0].args[1], "2");
    assert_text(fixture->diags.all.at[0].args[2], "1");
    assert_codes(fixture, "LT9002:0");
    assert_not_opened(fixture, "a.db", STORE_WRITE, "LT9002:0");
    assert_true(str_eq(get_file(fixture, "a.db"), before));
}

/* --- names --- */

static void test_names(void **state)
{
    Fixture *fixture = *state;
    Store *store = store_at(fixture, "a.db", STORE_WRITE);

    assert_int_equal(store_n_names(store), 0);
    assert_int_equal(store_find_name(store, STR("")), 0);
    assert_int_equal(store_find_name(store, STR("gdp")), UINT32_MAX);
    assert_text(store_name_text(store, 0), "");
    assert_int_equal(store_begin(store), OK);
    assert_int_equal(name_in(store, ""), 0);
    assert_int_equal(name_in(store, "gdp"), 1);
    assert_int_equal(name_in(store, "地区"), 2);
    assert_int_equal(name_in(store, "GDP"), 3);
    assert_int_equal(name_in(store, "gdp"), 1);
    assert_int_equal(store_commit(store), OK);
    assert_int_equal(name_in(store, "地区"), 2); /* a known one needs no transaction */
    store_close(store);
    store = store_at(fixture, "a.db", STORE_READ);
    assert_int_equal(store_n_names(store), 3);
    assert_text(store_name_text(store, 1), "gdp");
    assert_text(store_name_text(store, 2), "地区");
    assert_text(store_name_text(store, 3), "GDP");
    assert_int_equal(store_find_name(store, STR("GDP")), 3);
    store_close(store);
}

static void test_names_go_with_a_rollback(void **state)
{
    Fixture *fixture = *state;
    Store *store = store_at(fixture, "a.db", STORE_WRITE);

    assert_int_equal(store_begin(store), OK);
    assert_int_equal(name_in(store, "kept"), 1);
    assert_int_equal(store_commit(store), OK);
    assert_int_equal(store_begin(store), OK);
    assert_int_equal(name_in(store, "lost"), 2);
    store_rollback(store);
    assert_int_equal(store_n_names(store), 1);
    assert_int_equal(store_find_name(store, STR("lost")), UINT32_MAX);
    assert_int_equal(store_begin(store), OK);
    assert_int_equal(name_in(store, "later"), 2);
    assert_int_equal(name_in(store, "kept"), 1);
    assert_int_equal(store_commit(store), OK);
    store_close(store);
    assert_text(dump_store(fixture, "a.db"), "1 kept\n2 later\n");
}

/* Two imports that run at once: the later one goes on from the names of the earlier. */
static void test_names_of_another_writer(void **state)
{
    Fixture *fixture = *state;
    Store *one = store_at(fixture, "a.db", STORE_WRITE),
          *two = store_at(fixture, "a.db", STORE_WRITE);

    assert_int_equal(store_begin(one), OK);
    assert_int_equal(name_in(one, "a"), 1);
    assert_int_equal(name_in(one, "b"), 2);
    assert_int_equal(store_commit(one), OK);
    assert_int_equal(store_begin(two), OK);
    assert_int_equal(name_in(two, "b"), 2);
    assert_int_equal(name_in(two, "c"), 3);
    store_rollback(two);
    assert_int_equal(store_n_names(two), 2);
    assert_int_equal(store_begin(two), OK);
    assert_int_equal(name_in(two, "d"), 3);
    assert_int_equal(store_commit(two), OK);
    store_close(one);
    store_close(two);
    assert_text(dump_store(fixture, "a.db"), "1 a\n2 b\n3 d\n");
    assert_codes(fixture, "");
}

/* --- observations --- */

typedef struct {
    Buf out; /* “value@known_at ” */
    size_t n;
} Heard;

static void hear(void *context, const Observation *rows, size_t n)
{
    Heard *heard = context;

    for (size_t i = 0; i < n; i++) {
        if (heard->n++ < 100) {
            buf_format(&heard->out, "%s%g@%lld", heard->out.len == 0 ? "" : " ", rows[i].value,
                       (long long)rows[i].known_at);
        }
    }
}

static Str heard_of(Fixture *fixture, Store *store, uint32_t measure, int64_t known_at)
{
    StoreQuery query = {measure, known_at, STORE_ALL_KINDS};
    Heard heard = {buf_new(fixture->arena), 0};

    assert_int_equal(store_read(store, &query, hear, &heard), OK);
    return buf_str(&heard.out);
}

/* Revisions stay in the order they were told, whatever moment they became known. */
static void test_revisions_in_order(void **state)
{
    Fixture *fixture = *state;
    Store *store = store_at(fixture, "a.db", STORE_WRITE);

    assert_int_equal(store_begin(store), OK);
    uint32_t gdp = 1, population = 2;

    name_all(store, (const char *[]){"gdp", "population", NULL});
    Observation rows[] = {told(gdp, 0, 2024, 1, 300), told(population, 0, 2024, 2, 300),
                          told(gdp, 0, 2024, 3, 100), told(gdp, 0, 2023, 4, 200),
                          told(population, 0, 2024, 5, 100)};

    assert_int_equal(store_append(store, rows, 2), OK);
    assert_int_equal(store_append(store, rows, 0), OK);
    assert_int_equal(store_append(store, rows + 2, 3), OK);
    assert_int_equal(store_commit(store), OK);
    assert_int_equal(store_begin(store), OK);
    assert_int_equal(store_append(store, rows + 1, 2), OK);
    assert_int_equal(store_commit(store), OK);
    assert_text(heard_of(fixture, store, gdp, INT64_MAX), "1@300 3@100 4@200 3@100");
    assert_text(heard_of(fixture, store, population, INT64_MAX), "2@300 5@100 2@300");
    store_close(store);
    store = store_at(fixture, "a.db", STORE_READ);
    assert_text(heard_of(fixture, store, gdp, INT64_MAX), "1@300 3@100 4@200 3@100");
    assert_text(heard_of(fixture, store, gdp, 300), "1@300 3@100 4@200 3@100");
    assert_text(heard_of(fixture, store, gdp, 299), "3@100 4@200 3@100");
    assert_text(heard_of(fixture, store, gdp, 100), "3@100 3@100");
    assert_text(heard_of(fixture, store, gdp, 99), "");
    assert_text(heard_of(fixture, store, 3, INT64_MAX), "");
    store_close(store);
}

/* Every member of an observation comes back. */
static void test_observations_come_back_whole(void **state)
{
    Fixture *fixture = *state;
    Store *store = store_at(fixture, "a.db", STORE_WRITE);

    assert_int_equal(store_begin(store), OK);
    name_all(store, (const char *[]){"gdp", "620000", "census2023", "gwr2026", NULL});
    Observation rows[] = {
        {1, 2, 3, 4, period_code((Period){PERIOD_QUARTER, 2025 * 4 + 2}), 1767225600, 874.60, 2,
         'P', KNOWN_MOMENT},
        {1, 2, 0, 4, period_code((Period){PERIOD_DAY, -1}), -1, (double)NAN, 0, 'M', KNOWN_MOMENT}};

    assert_int_equal(store_append(store, rows, 2), OK);
    assert_int_equal(store_commit(store), OK);
    store_close(store);
    assert_text(dump_store(fixture, "a.db"),
                "1 gdp\n2 620000\n3 census2023\n4 gwr2026\n"
                "gdp 620000 2025-Q3 874.6/2 P census2023 [gwr2026] 2026-01-01T08:00:00+08:00\n"
                "gdp 620000 1969-12-31 -/0 M [gwr2026] 1970-01-01T07:59:59+08:00\n");
}

typedef struct {
    uint32_t measure;
    double next;
    size_t n;
    bool in_order;
} Counting;

static void count_up(void *context, const Observation *rows, size_t n)
{
    Counting *counting = context;

    for (size_t i = 0; i < n; i++) {
        counting->in_order &=
            rows[i].measure == counting->measure && rows[i].value >= counting->next;
        counting->next = rows[i].value;
        counting->n++;
    }
}

/* Appends n rows with rising values, of three measures in turn, in pieces. */
static Err append_many(Store *store, size_t n, uint64_t seed)
{
    enum { PIECE = 50000 };
    Observation *rows = calloc(PIECE, sizeof *rows);
    Err err = OK;

    assert_non_null(rows);
    for (size_t done = 0; err == OK && done < n;) {
        size_t piece = n - done < PIECE ? n - done : PIECE;

        for (size_t i = 0; i < piece; i++) {
            uint64_t noise = random_next(&seed);

            rows[i] = (Observation){.measure = 1 + (uint32_t)((done + i) % 3),
                                    .entity = (uint32_t)(noise >> 62),
                                    .period = period_code(period_year((int)(noise >> 51) + 1)),
                                    .known_at = (int64_t)(noise & 0xFFFFFFFF),
                                    .value = (double)(done + i),
                                    .decimals = (uint8_t)(noise & 7),
                                    .status = 'A'};
        }
        err = store_append(store, rows, piece);
        done += piece;
    }
    free(rows);
    return err;
}

static void test_more_than_the_buffer_holds(void **state)
{
    enum { N = 2 * STORE_BUFFER + 1000 };
    Fixture *fixture = *state;
    Store *store = store_at(fixture, "a.db", STORE_WRITE);

    assert_int_equal(store_begin(store), OK);
    name_all(store, (const char *[]){"a", "b", "c", NULL});
    assert_int_equal(append_many(store, N, 1), OK);
    assert_int_equal(store_commit(store), OK);
    store_close(store);
    store = store_at(fixture, "a.db", STORE_READ);
    for (uint32_t measure = 1; measure <= 3; measure++) {
        Counting counting = {measure, 0, 0, true};
        StoreQuery query = {measure, INT64_MAX, STORE_ALL_KINDS};

        assert_int_equal(store_read(store, &query, count_up, &counting), OK);
        assert_true(counting.in_order);
        assert_int_equal(counting.n, (N + 3 - measure) / 3);
    }
    store_close(store);
}

/* --- sources and imports --- */

static void test_sources(void **state)
{
    Fixture *fixture = *state;
    Store *store = store_at(fixture, "a.db", STORE_WRITE);
    SourceInfo source = {STR("a"), STR("题"), STR("社"), STR("2025"), STR("u")}, got;
    SourceInfo bare = {STR("b"), {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}};
    bool found = true;

    assert_int_equal(store_get_source(store, fixture->arena, STR("a"), &got, &found), OK);
    assert_false(found);
    assert_int_equal(store_begin(store), OK);
    assert_int_equal(store_put_source(store, &source), OK);
    assert_int_equal(store_put_source(store, &bare), OK);
    assert_int_equal(store_get_source(store, fixture->arena, STR("a"), &got, &found), OK);
    assert_true(found); /* seen within the transaction */
    assert_int_equal(store_commit(store), OK);
    store_close(store);
    store = store_at(fixture, "a.db", STORE_WRITE);
    assert_int_equal(store_get_source(store, fixture->arena, STR("a"), &got, &found), OK);
    assert_true(found);
    assert_text(got.id, "a");
    assert_text(got.title, "题");
    assert_text(got.publisher, "社");
    assert_text(got.published, "2025");
    assert_text(got.url, "u");
    assert_int_equal(store_get_source(store, fixture->arena, STR("b"), &got, &found), OK);
    assert_true(found);
    assert_text(got.title, "");
    assert_text(got.url, "");
    source.title = STR("新题");
    source.url = STR("");
    assert_int_equal(store_begin(store), OK);
    assert_int_equal(store_put_source(store, &source), OK);
    assert_int_equal(store_commit(store), OK);
    assert_int_equal(store_get_source(store, fixture->arena, STR("a"), &got, &found), OK);
    assert_text(got.title, "新题");
    assert_text(got.url, "");
    store_close(store);
}

static void test_import_records(void **state)
{
    Fixture *fixture = *state;
    Store *store = store_at(fixture, "a.db", STORE_WRITE);
    ImportRecord record = {.hash = {0, 255, 7}, .file = STR("a.csv"), .at = -5, .rows = 12}, got;
    unsigned char other[32] = {0, 255, 8};
    bool found = true;

    assert_int_equal(store_find_import(store, fixture->arena, record.hash, &got, &found), OK);
    assert_false(found);
    assert_int_equal(store_begin(store), OK);
    assert_int_equal(store_put_import(store, &record), OK);
    assert_int_equal(store_commit(store), OK);
    store_close(store);
    store = store_at(fixture, "a.db", STORE_READ);
    assert_int_equal(store_find_import(store, fixture->arena, record.hash, &got, &found), OK);
    assert_true(found);
    assert_memory_equal(got.hash, record.hash, sizeof got.hash);
    assert_text(got.file, "a.csv");
    assert_int_equal(got.at, -5);
    assert_int_equal(got.rows, 12);
    assert_int_equal(store_find_import(store, fixture->arena, other, &got, &found), OK);
    assert_false(found);
    store_close(store);
}

/* --- all or nothing --- */

/* Everything a transaction can do, into a store of make_store. */
static Err change_all(Store *store, size_t n)
{
    SourceInfo added = {STR("new"), STR("t"), STR("p"), STR("d"), STR("u")};
    SourceInfo replaced = {STR("gwr2026"), STR("t"), STR("p"), STR("d"), STR("u")};
    ImportRecord record = {{9, 9}, STR("new.csv"), 1, 1};
    uint32_t name;
    Err err;

    if ((err = store_name(store, STR("new"), &name)) == OK &&
        (err = store_put_source(store, &added)) == OK &&
        (err = store_put_source(store, &replaced)) == OK &&
        (err = store_put_import(store, &record)) == OK) {
        err = append_many(store, n, 5);
    }
    return err;
}

static void assert_no_import(Fixture *fixture, Store *store)
{
    unsigned char hash[32] = {9, 9};
    ImportRecord record;
    bool found = true;

    assert_int_equal(store_find_import(store, fixture->arena, hash, &record, &found), OK);
    assert_false(found);
}

static void test_rollback_leaves_it_as_before(void **state)
{
    Fixture *fixture = *state;
    Store *store;
    Str before;

    make_store(fixture, "a.db");
    before = dump_store(fixture, "a.db");
    assert_true(before.len > 100);
    store = store_at(fixture, "a.db", STORE_WRITE);
    for (size_t n = 10; n <= STORE_BUFFER + 10; n += STORE_BUFFER) {
        assert_int_equal(store_begin(store), OK);
        assert_int_equal(change_all(store, n), OK);
        store_rollback(store);
        assert_no_import(fixture, store);
        assert_text(heard_of(fixture, store, 1, INT64_MAX), "13002.9@100");
        assert_text(dump_store(fixture, "a.db"), str_to_z(fixture->arena, before));
    }
    /* what was taken back does not come with the next commit */
    assert_int_equal(store_begin(store), OK);
    assert_int_equal(change_all(store, 10), OK);
    store_rollback(store);
    assert_int_equal(store_begin(store), OK);
    assert_int_equal(store_commit(store), OK);
    assert_text(dump_store(fixture, "a.db"), str_to_z(fixture->arena, before));
    assert_int_equal(store_begin(store), OK);
    assert_int_equal(change_all(store, 10), OK);
    store_close(store); /* without a commit */
    assert_text(dump_store(fixture, "a.db"), str_to_z(fixture->arena, before));
    assert_codes(fixture, "");
}

/* A writer that is killed in the middle leaves a journal, and the next reader takes back what it
 * had written. */
static void test_killed_writer(void **state)
{
    Fixture *fixture = *state;
    Str before;
    size_t size;
    int status = 0;
    Store *store;
    pid_t child;

    make_store(fixture, "a.db");
    before = dump_store(fixture, "a.db");
    size = get_file(fixture, "a.db").len;
    (void)fflush(stdout);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        store = NULL;
        if (store_open(fixture->arena, path_of(fixture, "a.db"), STORE_WRITE, &store,
                       &fixture->diags) == OK &&
            store_begin(store) == OK && change_all(store, 3 * STORE_BUFFER) == OK) {
            _exit(9);
        }
        _exit(1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 9);
    assert_true(file_is_there(fixture, "a.db-journal"));
    assert_true(get_file(fixture, "a.db").len > size + (8 << 20));
    store = store_at(fixture, "a.db", STORE_READ);
    assert_no_import(fixture, store);
    store_close(store);
    assert_text(dump_store(fixture, "a.db"), str_to_z(fixture->arena, before));
    assert_false(file_is_there(fixture, "a.db-journal"));
    assert_int_equal(get_file(fixture, "a.db").len, size);
    assert_codes(fixture, "");
}

/* Another process: writes when it is told to, and says when it is about to commit. */
static _Noreturn void write_when_told(Fixture *fixture, int told, int saying)
{
    Store *store = NULL;
    char byte;

    if (read(told, &byte, 1) != 1 ||
        store_open(fixture->arena, path_of(fixture, "a.db"), STORE_WRITE, &store,
                   &fixture->diags) != OK ||
        store_begin(store) != OK || change_all(store, 10) != OK || write(saying, "x", 1) != 1 ||
        store_commit(store) != OK) {
        _exit(1);
    }
    store_close(store);
    _exit(0);
}

/* A reader sees the store of one moment, names and numbers, while another process writes; the
 * writer waits for it and then gets its way. */
static void test_reader_beside_a_writer(void **state)
{
    Fixture *fixture = *state;
    int to_child[2], from_child[2], status = 0;
    char byte;
    Str before;
    Store *reader;
    pid_t child;

    make_store(fixture, "a.db");
    before = dump_store(fixture, "a.db");
    assert_int_equal(pipe(to_child) + pipe(from_child), 0);
    (void)fflush(stdout);
    child = fork(); /* while no store is open: locks do not survive it */
    assert_true(child >= 0);
    if (child == 0) {
        write_when_told(fixture, to_child[0], from_child[1]);
    }
    reader = store_at(fixture, "a.db", STORE_READ);
    assert_int_equal(write(to_child[1], "x", 1), 1);
    assert_int_equal(close(from_child[1]), 0); /* so that reading ends if the child does */
    assert_int_equal(read(from_child[0], &byte, 1), 1);
    (void)usleep(50000); /* by now it commits, or waits to */
    assert_text(heard_of(fixture, reader, 1, INT64_MAX), "13002.9@100");
    assert_int_equal(store_find_name(reader, STR("new")), UINT32_MAX);
    assert_no_import(fixture, reader);
    store_close(reader);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(close(to_child[0]) + close(to_child[1]) + close(from_child[0]), 0);
    assert_true(dump_store(fixture, "a.db").len > before.len);
    assert_codes(fixture, "");
}

/* Several processes that find no store make one, together: none of them is turned away. */
static void test_made_by_several(void **state)
{
    enum { N = 8, ROUNDS = 25 };
    Fixture *fixture = *state;

    for (int round = 0; round < ROUNDS; round++) {
        int start[2];
        char byte;
        pid_t children[N];

        (void)unlink(z_of(fixture, "a.db"));
        assert_int_equal(pipe(start), 0);
        (void)fflush(stdout);
        for (int i = 0; i < N; i++) {
            children[i] = fork();
            assert_true(children[i] >= 0);
            if (children[i] == 0) {
                Store *store = NULL;
                uint32_t number;

                (void)close(start[1]);
                (void)!read(start[0], &byte, 1); /* ends for all of them at once */
                _exit(store_open(fixture->arena, path_of(fixture, "a.db"), STORE_WRITE, &store,
                                 &fixture->diags) != OK ||
                      store_begin(store) != OK || store_name(store, STR("x"), &number) != OK ||
                      store_commit(store) != OK);
            }
        }
        assert_int_equal(close(start[0]) + close(start[1]), 0);
        for (int i = 0; i < N; i++) {
            int status = -1;

            assert_int_equal(waitpid(children[i], &status, 0), children[i]);
            assert_int_equal(status, 0);
        }
        assert_text(dump_store(fixture, "a.db"), "1 x\n");
    }
}

/* A commit ends with the journal's going, which is on the disk only when the folder is. */
static void test_commit_is_on_the_disk(void **state)
{
    Fixture *fixture = *state;
    Disk disk;

    disk_in(&disk, 0, -1, false, SQLITE_FULL);
    make_store(fixture, "a.db");
    disk_out(&disk);
    assert_int_equal(disk.n_deleted, 2); /* of the tables, and of what was told */
    assert_int_equal(disk.n_deleted_for_good, 2);
}

/* --- permissions --- */

typedef int (*AsNobody)(Fixture *fixture);

/* Runs it in a process of a user who owns nothing; its result. Permissions do not bind the
 * superuser. */
static int as_nobody(Fixture *fixture, AsNobody run)
{
    int status = 0;
    pid_t child;

    (void)fflush(stdout);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        _exit(geteuid() == 0 && setuid(NOBODY) != 0 ? 99 : run(fixture));
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == 99) {
        skip();
    }
    return WEXITSTATUS(status);
}

/* A file that may not be written can be read; who wants to write is told before anything is read.
 */
static int use_read_only(Fixture *fixture)
{
    Store *store;
    Err err =
        store_open(fixture->arena, path_of(fixture, "a.db"), STORE_READ, &store, &fixture->diags);

    if (err != OK || store_find_name(store, STR("gdp")) != 1 ||
        diags_errors(&fixture->diags) != 0) {
        return 1;
    }
    store_close(store);
    err =
        store_open(fixture->arena, path_of(fixture, "a.db"), STORE_WRITE, &store, &fixture->diags);
    return err != ERR_RESOURCE || fixture->diags.all.n != 1 ||
                   fixture->diags.all.at[0].code != LT9001
               ? 2
               : 0;
}

static int use_unreadable(Fixture *fixture)
{
    Store *store;

    for (int write = 0; write <= 1; write++) {
        if (store_open(fixture->arena, path_of(fixture, "a.db"), write ? STORE_WRITE : STORE_READ,
                       &store, &fixture->diags) != ERR_RESOURCE ||
            fixture->diags.all.n != (size_t)write + 1 ||
            fixture->diags.all.at[write].code != LT9001) {
            return 1;
        }
    }
    return 0;
}

static void test_permissions(void **state)
{
    Fixture *fixture = *state;
    Str before;

    make_store(fixture, "a.db");
    before = get_file(fixture, "a.db");
    assert_int_equal(chmod(z_of(fixture, "a.db"), 0444), 0);
    assert_int_equal(as_nobody(fixture, use_read_only), 0);
    assert_int_equal(chmod(fixture->folder, 0555), 0);
    assert_int_equal(as_nobody(fixture, use_read_only), 0);
    assert_int_equal(chmod(fixture->folder, 0777), 0);
    assert_int_equal(chmod(z_of(fixture, "a.db"), 0000), 0);
    assert_int_equal(as_nobody(fixture, use_unreadable), 0);
    assert_int_equal(chmod(z_of(fixture, "a.db"), 0644), 0);
    assert_true(str_eq(get_file(fixture, "a.db"), before));
}

/* --- damage --- */

static Err read_all(Store *store, size_t *n)
{
    Err err = OK;

    for (uint32_t measure = 0; err == OK && measure <= store_n_names(store); measure++) {
        Counting counting = {.measure = measure};
        StoreQuery query = {measure, INT64_MAX, STORE_ALL_KINDS};

        err = store_read(store, &query, count_up, &counting);
        *n += counting.n;
    }
    return err;
}

static void test_damaged_blocks(void **state)
{
    static const char *const ROWS[] = {
        "UPDATE block SET data = x''",
        "UPDATE block SET data = substr(data, 1, length(data) - 1)",
        "UPDATE block SET data = data || x'00'",
        "UPDATE block SET data = x'02' || substr(data, 2)",
        "UPDATE block SET data = 'text'",
        "UPDATE block SET data = 7",
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        size_t n = 0;
        Store *store;

        make_store(fixture, "a.db");
        run_sql(fixture, "a.db", ROWS[i]);
        store = store_at(fixture, "a.db", STORE_READ);
        assert_int_equal(read_all(store, &n), ERR_RESOURCE);
        assert_int_equal(n, 0);
        store_close(store);
        assert_codes(fixture, "LT9007:0");
        assert_int_equal(unlink(z_of(fixture, "a.db")), 0);
    }
}

/* A file with bytes changed or its end cut off is read or refused; nothing else happens. */
static void test_damaged_files(void **state)
{
    Fixture *fixture = *state;
    uint64_t random = 99;
    size_t n_good = 0, n_bad = 0;
    Str bytes;

    make_store(fixture, "a.db");
    bytes = get_file(fixture, "a.db");
    for (int round = 0; round < 300; round++) {
        ArenaMark mark = arena_mark(fixture->arena);
        char *changed = arena_alloc(fixture->arena, bytes.len);
        size_t len = round % 10 == 0 ? random_below(&random, bytes.len) : bytes.len, n = 0;
        Store *store = NULL;
        Err err;

        memcpy(changed, bytes.at, bytes.len);
        for (size_t k = round % 10 == 0 ? 0 : 1 + random_below(&random, 20); k > 0; k--) {
            changed[random_below(&random, bytes.len)] = (char)random_next(&random);
        }
        put_file(fixture, "b.db", (Str){changed, len});
        fixture->diags = diags_new(fixture->arena);
        err = store_open(fixture->arena, path_of(fixture, "b.db"), STORE_READ, &store,
                         &fixture->diags);
        if (err == OK) {
            err = read_all(store, &n);
        }
        store_close(store);
        assert_true(err == OK || err == ERR_RESOURCE);
        assert_int_equal(diags_errors(&fixture->diags), err == OK ? 0 : 1);
        n_good += err == OK;
        n_bad += err != OK;
        fixture->diags = diags_new(fixture->arena);
        arena_release(fixture->arena, mark);
    }
    assert_true(n_good > 0 && n_bad > 0);
}

/* --- a disk that fails --- */

static const struct {
    unsigned kinds;
    bool for_good;
    int error;
} FAILURES[] = {
    {DISK_CHANGE, false, SQLITE_IOERR_WRITE}, {DISK_CHANGE, false, SQLITE_FULL},
    {DISK_CHANGE, true, SQLITE_IOERR_WRITE},  {DISK_CHANGE, true, SQLITE_FULL},
    {DISK_DELETE, false, SQLITE_IOERR_WRITE}, {DISK_DELETE, true, SQLITE_IOERR_WRITE},
};

/* A store that could not be made is not there, or can be made then. */
static void test_making_on_a_failing_disk(void **state)
{
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(FAILURES); i++) {
        for (long good = 0;; good++) {
            Store *store;
            Disk disk;
            Err err;

            disk_in(&disk, FAILURES[i].kinds, good, FAILURES[i].for_good, FAILURES[i].error);
            err = store_open(fixture->arena, path_of(fixture, "a.db"), STORE_WRITE, &store,
                             &fixture->diags);
            store_close(store);
            disk_out(&disk);
            if (disk.n_failed == 0) {
                assert_int_equal(err, OK);
                assert_true(good > 0);
                break;
            }
            assert_int_equal(err, ERR_RESOURCE);
            assert_codes(fixture, "LT9001:0");
            store_close(store_at(fixture, "a.db", STORE_WRITE));
            assert_text(dump_store(fixture, "a.db"), "");
            assert_int_equal(unlink(z_of(fixture, "a.db")), 0);
            (void)unlink(z_of(fixture, "a.db-journal"));
        }
        assert_int_equal(unlink(z_of(fixture, "a.db")), 0);
    }
}

/* Transactions that fill the cache write before they commit; wherever that fails, everything is
 * taken back. n = 1, 2, 3, 5, 8, 13 …: a large one makes thousands of calls. */
static void test_large_transaction_on_a_failing_disk(void **state)
{
    Fixture *fixture = *state;
    Str before;

    make_store(fixture, "a.db");
    before = dump_store(fixture, "a.db");
    for (size_t i = 0; i < 4; i++) {
        for (long good = 0, next = 1;; next += good, good = next - good) {
            Store *store;
            Disk disk;
            Err err;

            disk_in(&disk, FAILURES[i].kinds, good, FAILURES[i].for_good, FAILURES[i].error);
            store = store_at(fixture, "a.db", STORE_WRITE);
            assert_int_equal(store_begin(store), OK);
            err = change_all(store, STORE_BUFFER + 10);
            if (err == OK) {
                err = store_commit(store);
            } else {
                store_rollback(store);
            }
            store_close(store);
            disk_out(&disk);
            if (disk.n_failed == 0) {
                assert_int_equal(err, OK);
                assert_true(good > 1000);
                break;
            }
            assert_int_equal(err, ERR_RESOURCE);
            assert_codes(fixture, "LT9003:0");
            assert_text(dump_store(fixture, "a.db"), str_to_z(fixture->arena, before));
        }
        assert_int_equal(unlink(z_of(fixture, "a.db")), 0);
        make_store(fixture, "a.db");
    }
}

/* A failed transaction leaves a store that can be used: the next one succeeds. */
static void test_next_transaction_after_a_failed_one(void **state)
{
    Fixture *fixture = *state;

    for (long good = 0;; good++) {
        Store *store;
        Disk disk;
        Err err;

        make_store(fixture, "a.db");
        Str before = dump_store(fixture, "a.db");

        disk_in(&disk, DISK_CHANGE, good, false, SQLITE_FULL);
        store = store_at(fixture, "a.db", STORE_WRITE);
        assert_int_equal(store_begin(store), OK);
        err = change_all(store, 100);
        if (err == OK) {
            err = store_commit(store);
        } else {
            store_rollback(store);
        }
        if (err != OK) {
            assert_text(heard_of(fixture, store, 1, INT64_MAX), "13002.9@100");
            assert_codes(fixture, "LT9003:0");
            assert_text(dump_store(fixture, "a.db"), str_to_z(fixture->arena, before));
            assert_int_equal(store_begin(store), OK);
            assert_int_equal(change_all(store, 100), OK);
            assert_int_equal(store_commit(store), OK);
        }
        store_close(store);
        disk_out(&disk);
        assert_true(dump_store(fixture, "a.db").len > before.len);
        assert_int_equal(unlink(z_of(fixture, "a.db")), 0);
        if (disk.n_failed == 0) {
            assert_true(good > 3);
            break;
        }
    }
}

/* What cannot be read is said, once, and not taken for an empty store. */
static void test_reading_from_a_failing_disk(void **state)
{
    Fixture *fixture = *state;
    size_t n_opened = 0;

    make_store(fixture, "a.db");
    for (long good = 0;; good++) {
        Store *store;
        Disk disk;
        size_t n = 0;
        Err err;

        disk_in(&disk, DISK_READ, good, true, SQLITE_IOERR);
        err = store_open(fixture->arena, path_of(fixture, "a.db"), STORE_READ, &store,
                         &fixture->diags);
        if (err == OK) {
            n_opened++;
            err = read_all(store, &n);
        }
        store_close(store);
        disk_out(&disk);
        if (disk.n_failed == 0) {
            assert_int_equal(err, OK);
            assert_int_equal(n, 2);
            break;
        }
        assert_int_equal(err, ERR_RESOURCE);
        assert_int_equal(diags_errors(&fixture->diags), 1);
        fixture->diags = diags_new(fixture->arena);
    }
    assert_true(n_opened > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_make_and_open_again),
        TEST(test_addresses),
        TEST(test_missing),
        TEST(test_not_a_store),
        TEST(test_empty_file),
        TEST(test_written_by_a_newer_version),
        TEST(test_names),
        TEST(test_names_go_with_a_rollback),
        TEST(test_names_of_another_writer),
        TEST(test_revisions_in_order),
        TEST(test_observations_come_back_whole),
        TEST(test_more_than_the_buffer_holds),
        TEST(test_sources),
        TEST(test_import_records),
        TEST(test_rollback_leaves_it_as_before),
        TEST(test_killed_writer),
        TEST(test_reader_beside_a_writer),
        TEST(test_made_by_several),
        TEST(test_commit_is_on_the_disk),
        TEST(test_permissions),
        TEST(test_damaged_blocks),
        TEST(test_damaged_files),
        TEST(test_making_on_a_failing_disk),
        TEST(test_large_transaction_on_a_failing_disk),
        TEST(test_next_transaction_after_a_failed_one),
        TEST(test_reading_from_a_failing_disk),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
