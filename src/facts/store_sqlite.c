/* Store, embedded: one SQLite file, no server. Observations lie in blocks (block.h), one measure
 * each. */
#include "facts/block.h"
#include "facts/store_priv.h"

#include <assert.h>
#include <errno.h>
#include <sqlite3.h>
#include <unistd.h>

enum { APPLICATION_ID = 0x4C544752 /* "LTGR" */, BUSY_MS = 10000, CACHE_KIB = 8192 };

typedef enum {
    SQL_READ_NAMES,
    SQL_ADD_NAME,
    SQL_ADD_BLOCK,
    SQL_READ_BLOCKS,
    SQL_PUT_SOURCE,
    SQL_GET_SOURCE,
    SQL_PUT_IMPORT,
    SQL_FIND_IMPORT,
    N_SQL
} Statement;

static const char *const SQL[N_SQL] = {
    [SQL_READ_NAMES] = "SELECT text FROM name WHERE id > ? ORDER BY id",
    [SQL_ADD_NAME] = "INSERT INTO name(id, text) VALUES (?, ?)",
    [SQL_ADD_BLOCK] =
        "INSERT INTO block(measure, n, known_first, kinds, data) VALUES (?, ?, ?, ?, ?)",
    [SQL_READ_BLOCKS] =
        "SELECT data FROM block WHERE measure = ? AND known_first <= ? AND kinds & ? ORDER BY id",
    [SQL_PUT_SOURCE] = ("INSERT INTO source(id, title, publisher, published, url) VALUES (?, ?, ?, "
                        "?, ?) ON CONFLICT(id) DO UPDATE SET title = excluded.title, publisher = "
                        "excluded.publisher, published = excluded.published, url = excluded.url"),
    [SQL_GET_SOURCE] = "SELECT title, publisher, published, url FROM source WHERE id = ?",
    [SQL_PUT_IMPORT] = "INSERT INTO import(hash, file, at, n) VALUES (?, ?, ?, ?)",
    [SQL_FIND_IMPORT] = "SELECT file, at, n FROM import WHERE hash = ?",
};

static const char SCHEMA[] =
    "CREATE TABLE name(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);"
    "CREATE TABLE source(id TEXT PRIMARY KEY, title TEXT NOT NULL, publisher TEXT NOT NULL,"
    " published TEXT NOT NULL, url TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE import(hash BLOB PRIMARY KEY, file TEXT NOT NULL, at INTEGER NOT NULL,"
    " n INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE block(id INTEGER PRIMARY KEY, measure INTEGER NOT NULL, n INTEGER NOT NULL,"
    " known_first INTEGER NOT NULL, kinds INTEGER NOT NULL, data BLOB NOT NULL);"
    "CREATE INDEX block_measure ON block(measure, id);";

typedef struct {
    sqlite3 *db;
    sqlite3_stmt *statements[N_SQL];
} Sqlite;

static Sqlite *sqlite_of(Store *store)
{
    return store->implementation;
}

static Err failed(Store *store, Code code)
{
    Sqlite *sqlite = sqlite_of(store);

    diag_add(store->diags, code, place_file(store->url), str_z(sqlite3_errmsg(sqlite->db)));
    return ERR_RESOURCE;
}

/* The prepared statement, ready for binding. */
static sqlite3_stmt *statement(Store *store, Statement which)
{
    Sqlite *sqlite = sqlite_of(store);

    if (sqlite->statements[which] == NULL &&
        sqlite3_prepare_v3(sqlite->db, SQL[which], -1, SQLITE_PREPARE_PERSISTENT,
                           &sqlite->statements[which], NULL) != SQLITE_OK) {
        return NULL;
    }
    sqlite3_reset(sqlite->statements[which]);
    return sqlite->statements[which];
}

static bool bind_text(sqlite3_stmt *stmt, int i, Str text)
{
    const char *at = text.at == NULL ? "" : text.at; /* an empty text, not SQL's NULL */

    return sqlite3_bind_text64(stmt, i, at, text.len, SQLITE_STATIC, SQLITE_UTF8) == SQLITE_OK;
}

static Str column_text(Arena *arena, sqlite3_stmt *stmt, int i)
{
    const char *text = (const char *)sqlite3_column_text(stmt, i);

    return text == NULL ? STR("")
                        : str_copy(arena, (Str){text, (size_t)sqlite3_column_bytes(stmt, i)});
}

static Err run(Store *store, const char *sql)
{
    return sqlite3_exec(sqlite_of(store)->db, sql, NULL, NULL, NULL) == SQLITE_OK
               ? OK
               : failed(store, LT9003);
}

/* Runs a bound statement that gives no rows. */
static Err step(Store *store, sqlite3_stmt *stmt, bool bound)
{
    bool done = bound && sqlite3_step(stmt) == SQLITE_DONE;
    Err err = done ? OK : failed(store, LT9003);

    if (stmt != NULL) {
        sqlite3_reset(stmt);
        sqlite3_clear_bindings(stmt);
    }
    return err;
}

static void close_store(Store *store)
{
    Sqlite *sqlite = sqlite_of(store);

    for (size_t i = 0; i < N_SQL; i++) {
        sqlite3_finalize(sqlite->statements[i]);
    }
    sqlite3_close(sqlite->db);
}

static void rollback(Store *store)
{
    Sqlite *sqlite = sqlite_of(store);

    if (!sqlite3_get_autocommit(sqlite->db)) { /* a failure may have rolled back already */
        (void)sqlite3_exec(sqlite->db, "ROLLBACK", NULL, NULL, NULL);
    }
}

/* Names that are in the file and not yet known: all of them, or those of another writer. */
static Err load_names(Store *store)
{
    sqlite3_stmt *stmt = statement(store, SQL_READ_NAMES);
    int result;

    if (stmt == NULL ||
        sqlite3_bind_int64(stmt, 1, (sqlite3_int64)map_n(store->names)) != SQLITE_OK) {
        return failed(store, LT9007);
    }
    while ((result = sqlite3_step(stmt)) == SQLITE_ROW) {
        map_set(store->names, column_text(store->arena, stmt, 0), map_n(store->names));
    }
    sqlite3_reset(stmt);
    return result == SQLITE_DONE ? OK : failed(store, LT9007);
}

static Err begin(Store *store)
{
    Err err = run(store, "BEGIN IMMEDIATE");

    if (err == OK && (err = load_names(store)) != OK) {
        rollback(store);
    }
    return err;
}

static Err commit(Store *store)
{
    return run(store, "COMMIT");
}

static Err add_name(Store *store, uint32_t id, Str name)
{
    sqlite3_stmt *stmt = statement(store, SQL_ADD_NAME);

    return step(store, stmt,
                stmt != NULL && sqlite3_bind_int64(stmt, 1, id) == SQLITE_OK &&
                    bind_text(stmt, 2, name));
}

static Err write_block(Store *store, const Observation *rows, size_t n)
{
    Arena *scratch = arena_new();
    sqlite3_stmt *stmt = statement(store, SQL_ADD_BLOCK);
    Str data = block_write(scratch, rows, n);
    int64_t known_first = rows[0].known_at;
    uint32_t kinds = 0;
    Err err;

    for (size_t i = 0; i < n; i++) {
        known_first = rows[i].known_at < known_first ? rows[i].known_at : known_first;
        kinds |= UINT32_C(1) << period_from_code(rows[i].period).kind;
    }
    err = step(store, stmt,
               stmt != NULL && sqlite3_bind_int64(stmt, 1, rows[0].measure) == SQLITE_OK &&
                   sqlite3_bind_int64(stmt, 2, (sqlite3_int64)n) == SQLITE_OK &&
                   sqlite3_bind_int64(stmt, 3, known_first) == SQLITE_OK &&
                   sqlite3_bind_int64(stmt, 4, kinds) == SQLITE_OK &&
                   sqlite3_bind_blob64(stmt, 5, data.at, data.len, SQLITE_STATIC) == SQLITE_OK);
    arena_free(scratch);
    return err;
}

static Err write_rows(Store *store, const Observation *rows, size_t n)
{
    Err err = OK;

    for (size_t i = 0; err == OK && i < n; i += BLOCK_ROWS) {
        err = write_block(store, rows + i, n - i < BLOCK_ROWS ? n - i : BLOCK_ROWS);
    }
    return err;
}

static Err read_rows(Store *store, const StoreQuery *query, StoreVisit visit, void *context)
{
    sqlite3_stmt *stmt = statement(store, SQL_READ_BLOCKS);
    Arena *scratch = arena_new();
    Err err = OK;
    int result;

    if (stmt == NULL || sqlite3_bind_int64(stmt, 1, query->measure) != SQLITE_OK ||
        sqlite3_bind_int64(stmt, 2, query->known_at) != SQLITE_OK ||
        sqlite3_bind_int64(stmt, 3, query->kinds) != SQLITE_OK) {
        arena_free(scratch);
        return failed(store, LT9007);
    }
    while (err == OK && (result = sqlite3_step(stmt)) != SQLITE_DONE) {
        ArenaMark mark = arena_mark(scratch);
        Observation *rows;
        size_t n, kept = 0;

        if (result != SQLITE_ROW) {
            err = failed(store, LT9007);
            break;
        }
        Str bytes = {sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0)};

        if (!block_read(scratch, bytes, query->measure, &rows, &n)) {
            err = store_damaged(store);
            break;
        }
        for (size_t i = 0; i < n; i++) {
            if (rows[i].known_at <= query->known_at) {
                rows[kept++] = rows[i];
            }
        }
        visit(context, rows, kept);
        arena_release(scratch, mark);
    }
    sqlite3_reset(stmt);
    arena_free(scratch);
    return err;
}

static Err put_source(Store *store, const SourceInfo *source)
{
    sqlite3_stmt *stmt = statement(store, SQL_PUT_SOURCE);

    return step(store, stmt,
                stmt != NULL && bind_text(stmt, 1, source->id) &&
                    bind_text(stmt, 2, source->title) && bind_text(stmt, 3, source->publisher) &&
                    bind_text(stmt, 4, source->published) && bind_text(stmt, 5, source->url));
}

static Err get_source(Store *store, Arena *arena, Str id, SourceInfo *out, bool *found)
{
    sqlite3_stmt *stmt = statement(store, SQL_GET_SOURCE);
    int result;

    if (stmt == NULL || !bind_text(stmt, 1, id)) {
        return failed(store, LT9007);
    }
    result = sqlite3_step(stmt);
    *found = result == SQLITE_ROW;
    if (*found) {
        *out = (SourceInfo){str_copy(arena, id), column_text(arena, stmt, 0),
                            column_text(arena, stmt, 1), column_text(arena, stmt, 2),
                            column_text(arena, stmt, 3)};
    }
    sqlite3_reset(stmt);
    return *found || result == SQLITE_DONE ? OK : failed(store, LT9007);
}

static Err find_import(Store *store, Arena *arena, const unsigned char hash[32], ImportRecord *out,
                       bool *found)
{
    sqlite3_stmt *stmt = statement(store, SQL_FIND_IMPORT);
    int result;

    if (stmt == NULL || sqlite3_bind_blob(stmt, 1, hash, 32, SQLITE_STATIC) != SQLITE_OK) {
        return failed(store, LT9007);
    }
    result = sqlite3_step(stmt);
    *found = result == SQLITE_ROW;
    if (*found) {
        memcpy(out->hash, hash, 32);
        out->file = column_text(arena, stmt, 0);
        out->at = sqlite3_column_int64(stmt, 1);
        out->rows = sqlite3_column_int64(stmt, 2);
    }
    sqlite3_reset(stmt);
    return *found || result == SQLITE_DONE ? OK : failed(store, LT9007);
}

static Err put_import(Store *store, const ImportRecord *record)
{
    sqlite3_stmt *stmt = statement(store, SQL_PUT_IMPORT);

    return step(store, stmt,
                stmt != NULL &&
                    sqlite3_bind_blob(stmt, 1, record->hash, 32, SQLITE_STATIC) == SQLITE_OK &&
                    bind_text(stmt, 2, record->file) &&
                    sqlite3_bind_int64(stmt, 3, record->at) == SQLITE_OK &&
                    sqlite3_bind_int64(stmt, 4, record->rows) == SQLITE_OK);
}

/* The one number that a pragma gives; false if the file is not a database. */
static bool pragma(sqlite3 *db, const char *sql, int64_t *out)
{
    sqlite3_stmt *stmt = NULL;
    bool row = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
               sqlite3_step(stmt) == SQLITE_ROW;

    if (row) {
        *out = sqlite3_column_int64(stmt, 0);
    }
    sqlite3_finalize(stmt);
    return row;
}

static Err cannot_open(Store *store, Code code, Str reason)
{
    diag_add(store->diags, code, place_file(store->url), store->url, reason);
    return ERR_RESOURCE;
}

/* What SQLite last said about a file that cannot be used. */
static Err cannot_use(Store *store)
{
    sqlite3 *db = sqlite_of(store)->db;
    int code = sqlite3_errcode(db);

    return cannot_open(store, code == SQLITE_NOTADB || code == SQLITE_CORRUPT ? LT9004 : LT9001,
                       str_z(sqlite3_errmsg(db)));
}

static bool execute(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

typedef struct { /* what a file says of itself */
    int64_t application, format, tables;
} Head;

/* In the transaction that is begun, so that it is of one moment. */
static bool read_head(sqlite3 *db, const char *begin, Head *out)
{
    return execute(db, begin) && pragma(db, "PRAGMA application_id", &out->application) &&
           pragma(db, "PRAGMA user_version", &out->format) &&
           pragma(db, "SELECT count(*) FROM sqlite_master", &out->tables);
}

static bool is_new(const Head *head)
{
    return head->tables == 0 && head->application == 0;
}

/* Makes the tables, unless another has made them meanwhile. */
static bool make_tables(sqlite3 *db, Head *head)
{
    char setup[128];

    if (!read_head(db, "BEGIN IMMEDIATE", head)) {
        return false;
    }
    if (!is_new(head)) {
        return execute(db, "ROLLBACK");
    }
    (void)snprintf(setup, sizeof setup, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
                   APPLICATION_ID, STORE_FORMAT);
    *head = (Head){APPLICATION_ID, STORE_FORMAT, 1};
    return execute(db, SCHEMA) && execute(db, setup) && execute(db, "COMMIT");
}

/* A new file gets the tables; an old one must be ours and of a format we know. */
static Err prepare(Store *store, StoreMode mode)
{
    sqlite3 *db = sqlite_of(store)->db;
    Head head;

    if (!read_head(db, "BEGIN", &head) || !execute(db, "COMMIT") ||
        (is_new(&head) && mode == STORE_WRITE && !make_tables(db, &head))) {
        return cannot_use(store);
    }
    if (head.application != APPLICATION_ID) {
        return cannot_open(store, LT9004, STR(""));
    }
    if (head.format > STORE_FORMAT) {
        char found[24], known[24];

        (void)snprintf(found, sizeof found, "%lld", (long long)head.format);
        (void)snprintf(known, sizeof known, "%d", STORE_FORMAT);
        diag_add(store->diags, LT9002, place_file(store->url), store->url, str_z(found),
                 str_z(known));
        return ERR_RESOURCE;
    }
    return OK;
}

/* How the file is written and read. EXTRA: a commit is on the disk when the journal is gone from
 * the folder, and the folder too. */
static Err settle(Store *store, StoreMode mode)
{
    enum { EXTRA = 3 };
    sqlite3 *db = sqlite_of(store)->db;
    int64_t synchronous = 0;
    char settings[96];

    (void)sqlite3_busy_timeout(db, BUSY_MS);
    (void)snprintf(settings, sizeof settings,
                   "PRAGMA cache_size = -%d; PRAGMA synchronous = EXTRA; PRAGMA query_only = %d;",
                   CACHE_KIB, mode == STORE_READ);
    if (!execute(db, settings) || !pragma(db, "PRAGMA synchronous", &synchronous)) {
        return cannot_use(store);
    }
    return synchronous == EXTRA ? OK : cannot_open(store, LT9001, STR("PRAGMA synchronous"));
}

static const StoreOps OPS = {close_store, begin,       commit,    rollback,
                             add_name,    write_rows,  read_rows, put_source,
                             get_source,  find_import, put_import};

Err sqlite_store_open(Arena *arena, Str path, StoreMode mode, Store *store)
{
    Sqlite *sqlite = ARENA_NEW(arena, Sqlite);
    const char *file = str_to_z(arena, path);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    Err err;

    store->ops = &OPS;
    store->implementation = sqlite;
    if (mode == STORE_WRITE) {
        flags |= SQLITE_OPEN_CREATE;
    } else if (access(file, F_OK) != 0 && errno == ENOENT) {
        return cannot_open(store, LT9008, STR(""));
    } else if (access(file, W_OK) !=
               0) { /* else writable, so that what a killed writer left is rolled back */
        flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
    }
    if (sqlite3_open_v2(file, &sqlite->db, flags, NULL) != SQLITE_OK) {
        err = cannot_open(store, LT9001, str_z(sqlite3_errmsg(sqlite->db)));
        goto failed;
    }
    if (mode == STORE_WRITE && sqlite3_db_readonly(sqlite->db, "main") != 0) {
        err = cannot_open(store, LT9001, str_z(sqlite3_errstr(SQLITE_READONLY)));
        goto failed;
    }
    err = settle(store, mode);
    if (err == OK) {
        err = prepare(store, mode);
    }
    if (err == OK && mode == STORE_READ &&
        sqlite3_exec(sqlite->db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK) {
        err = failed(store,
                     LT9007); /* one transaction for all reading: names and blocks of one moment */
    }
    if (err == OK) {
        err = load_names(store);
    }
    if (err == OK) {
        return OK;
    }
failed:
    close_store(store);
    return err;
}
