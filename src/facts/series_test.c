/* Tests of Series: of all that was told of a cell, the one value that holds. */
#include "facts/test_facts.h"

#include "facts/series.h"

#include <sqlite3.h>

static const char DICTIONARY[] =
    "dictionary: test\n"
    "regions:\n"
    "  - {code: '0', name: {zh: 全省, en: Province}, level: province}\n"
    "  - {code: '1', name: {zh: 甲, en: A}, parent: '0', level: prefecture}\n"
    "  - {code: '2', name: {zh: 乙, en: B}, parent: '0', level: prefecture}\n"
    "vintages:\n"
    "  - id: census\n"
    "    name: {zh: 普查, en: census}\n"
    "    editions:\n"
    "      - {id: old, name: {zh: 旧, en: old}}\n"
    "      - {id: new, name: {zh: 新, en: new}}\n"
    "measures:\n"
    "  - {id: gdp, name: {zh: 产值, en: GDP}, unit: 亿元, area: sum, least: 0, vintage: census}\n"
    "  - {id: plain, name: {zh: 普通, en: plain}, unit: 亿元, area: sum}\n";

typedef struct {
    const char *entity;
    const char *period;
    double value;
    char status;
    int64_t known_at;
    const char *edition;
    KnownHow known_how;
} Row;

/* Tells the rows of the measure in their order, in one transaction. */
static void tell(Fixture *fixture, const char *measure, const Row *rows, size_t n)
{
    Store *store = store_at(fixture, "a.db", STORE_WRITE);

    assert_int_equal(store_begin(store), OK);
    for (size_t i = 0; i < n; i++) {
        Observation row = {.known_at = rows[i].known_at,
                           .value = rows[i].status == 'M' ? (double)NAN : rows[i].value,
                           .decimals = 1,
                           .status = rows[i].status,
                           .known_how = (uint8_t)rows[i].known_how};
        Period period;

        assert_true(period_parse(str_z(rows[i].period), &period));
        row.period = period_code(period);
        assert_int_equal(store_name(store, str_z(measure), &row.measure), OK);
        assert_int_equal(store_name(store, str_z(rows[i].entity), &row.entity), OK);
        assert_int_equal(store_name(store, str_z(rows[i].edition), &row.edition), OK);
        assert_int_equal(store_name(store, str_z("source"), &row.source), OK);
        assert_int_equal(store_append(store, &row, 1), OK);
    }
    assert_int_equal(store_commit(store), OK);
    store_close(store);
}

static Series load_series(Fixture *fixture, Store *store, const char *measure, PeriodKind kind,
                          const Asking *asking)
{
    Series series;

    assert_int_equal(series_load(fixture->arena, store, fixture->catalog,
                                 catalog_measure(fixture->catalog, str_z(measure)), kind, asking,
                                 &series),
                     OK);
    return series;
}

/* The cells of a kind as “EDITION:ENTITY:PERIOD=VALUE STATUS +OTHERS”. */
static void add_cells(Fixture *fixture, Buf *out, const Series *series)
{
    for (size_t i = 0; i < series->n; i++) {
        const Cell *cell = &series->cells[i];
        char period[PERIOD_TEXT];

        buf_format(out, "%s%u:%.*s:%.*s=%g %c", out->len == 0 ? "" : ", ", cell->edition,
                   STR_ARG(fixture->catalog->entities.at[cell->entity].id),
                   STR_ARG(period_format(period_from_code(cell->period), period)), cell->value,
                   cell->status);
        if (cell->n_others > 0) {
            buf_format(out, " +%u", cell->n_others);
        }
    }
}

/* Those of all kinds, the longest periods first. */
static Str series_text(Fixture *fixture, const char *measure, const Asking *asking)
{
    Store *store = store_at(fixture, "a.db", STORE_READ);
    Buf out = buf_new(fixture->arena);

    for (PeriodKind kind = PERIOD_YEAR; kind < PERIOD_N_KINDS; kind++) {
        Series series = load_series(fixture, store, measure, kind, asking);

        add_cells(fixture, &out, &series);
    }
    store_close(store);
    return buf_str(&out);
}

static void run_sql(Fixture *fixture, const char *sql)
{
    sqlite3 *db = NULL;

    assert_int_equal(sqlite3_open(z_of(fixture, "a.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static int set_up_series(void **state)
{
    int result = set_up(state);

    if (result == 0) {
        ((Fixture *)*state)->catalog = catalog_from(*state, DICTIONARY);
    }
    return result;
}

#undef TEST
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up_series, tear_down)

/* --- which observation holds --- */

/* Final before estimate, then the one known last, then the one told last. */
static void test_picking_order(void **state)
{
    static const struct {
        Row rows[4];
        const char *final, *with_estimates;
    } CASES[] = {
        {{{"1", "2024", 1, 'A', 10, "", KNOWN_MOMENT}}, "0:1:2024=1 A", "0:1:2024=1 A"},
        /* known last */
        {{{"1", "2024", 1, 'A', 10, "", KNOWN_MOMENT}, {"1", "2024", 2, 'A', 20, "", KNOWN_MOMENT}},
         "0:1:2024=2 A +1",
         "0:1:2024=2 A +1"},
        {{{"1", "2024", 1, 'A', 20, "", KNOWN_MOMENT}, {"1", "2024", 2, 'A', 10, "", KNOWN_MOMENT}},
         "0:1:2024=1 A +1",
         "0:1:2024=1 A +1"},
        /* told last */
        {{{"1", "2024", 1, 'A', 10, "", KNOWN_MOMENT}, {"1", "2024", 2, 'A', 10, "", KNOWN_MOMENT}},
         "0:1:2024=2 A +1",
         "0:1:2024=2 A +1"},
        {{{"1", "2024", 9, 'A', 10, "", KNOWN_MOMENT},
          {"1", "2024", 2, 'P', 10, "", KNOWN_MOMENT},
          {"1", "2024", 3, 'B', 10, "", KNOWN_MOMENT}},
         "0:1:2024=3 B +2",
         "0:1:2024=3 B +2"},
        /* final before estimate, however late that became known */
        {{{"1", "2024", 1, 'A', 10, "", KNOWN_MOMENT}, {"1", "2024", 2, 'E', 20, "", KNOWN_MOMENT}},
         "0:1:2024=1 A",
         "0:1:2024=1 A +1"},
        {{{"1", "2024", 1, 'F', 30, "", KNOWN_MOMENT},
          {"1", "2024", 2, 'I', 20, "", KNOWN_MOMENT},
          {"1", "2024", 3, 'P', 10, "", KNOWN_MOMENT}},
         "0:1:2024=3 P",
         "0:1:2024=3 P +2"},
        /* estimates among themselves */
        {{{"1", "2024", 1, 'F', 10, "", KNOWN_MOMENT},
          {"1", "2024", 2, 'I', 30, "", KNOWN_MOMENT},
          {"1", "2024", 3, 'E', 20, "", KNOWN_MOMENT}},
         "",
         "0:1:2024=2 I +2"},
        {{{"1", "2024", 1, 'E', 10, "", KNOWN_MOMENT}, {"1", "2024", 2, 'E', 10, "", KNOWN_MOMENT}},
         "",
         "0:1:2024=2 E +1"},
        /* missing takes back what was told before it, the estimate with it */
        {{{"1", "2024", 1, 'A', 10, "", KNOWN_MOMENT}, {"1", "2024", 0, 'M', 20, "", KNOWN_MOMENT}},
         "",
         ""},
        {{{"1", "2024", 1, 'A', 20, "", KNOWN_MOMENT}, {"1", "2024", 0, 'M', 10, "", KNOWN_MOMENT}},
         "0:1:2024=1 A +1",
         "0:1:2024=1 A +1"},
        {{{"1", "2024", 0, 'M', 20, "", KNOWN_MOMENT}, {"1", "2024", 1, 'A', 20, "", KNOWN_MOMENT}},
         "0:1:2024=1 A +1",
         "0:1:2024=1 A +1"},
        {{{"1", "2024", 1, 'A', 20, "", KNOWN_MOMENT}, {"1", "2024", 0, 'M', 20, "", KNOWN_MOMENT}},
         "",
         ""},
        {{{"1", "2024", 1, 'E', 10, "", KNOWN_MOMENT}, {"1", "2024", 0, 'M', 20, "", KNOWN_MOMENT}},
         "",
         ""},
        {{{"1", "2024", 1, 'A', 10, "", KNOWN_MOMENT},
          {"1", "2024", 0, 'M', 20, "", KNOWN_MOMENT},
          {"1", "2024", 3, 'A', 30, "", KNOWN_MOMENT},
          {"1", "2025", 0, 'M', 10, "", KNOWN_MOMENT}},
         "0:1:2024=3 A +2",
         "0:1:2024=3 A +2"},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(CASES); i++) {
        Asking asking = ASK_ALL;
        size_t n = 0;

        while (n < 4 && CASES[i].rows[n].entity != NULL) {
            n++;
        }
        tell(fixture, "plain", CASES[i].rows, n);
        assert_text(series_text(fixture, "plain", &ASK_ALL), CASES[i].final);
        asking.estimates = true;
        assert_text(series_text(fixture, "plain", &asking), CASES[i].with_estimates);
        assert_int_equal(unlink(z_of(fixture, "a.db")), 0);
    }
}

/* Sorted by edition, entity, period; what is not in the dictionary is left out. */
static void test_cells_in_order(void **state)
{
    static const Row ROWS[] = {
        {"2", "2024", 1, 'A', 0, "new", KNOWN_MOMENT},
        {"1", "2025", 2, 'A', 0, "new", KNOWN_MOMENT},
        {"1", "2024", 3, 'A', 0, "new", KNOWN_MOMENT},
        {"0", "2024", 4, 'A', 0, "old", KNOWN_MOMENT},
        {"2", "2024", 5, 'A', 0, "", KNOWN_MOMENT},
        {"1", "2024-Q1", 6, 'A', 0, "", KNOWN_MOMENT},
        {"9", "2024", 7, 'A', 0, "", KNOWN_MOMENT},
        {"1", "2024", 8, 'A', 0, "other", KNOWN_MOMENT},
        {"1", "2024-01", 9, 'A', 0, "old", KNOWN_MOMENT},
    };
    Fixture *fixture = *state;

    tell(fixture, "gdp", ROWS, N_ROWS(ROWS));
    assert_text(series_text(fixture, "gdp", &ASK_ALL),
                "0:2:2024=5 A, 1:0:2024=4 A, 2:1:2024=3 A, 2:1:2025=2 A, 2:2:2024=1 A, "
                "0:1:2024-Q1=6 A, 1:1:2024-01=9 A");
    assert_text(series_text(fixture, "plain", &ASK_ALL), "");
}

/* One cell an edition: a revision in one says nothing of the other. */
static void test_editions_are_kept_apart(void **state)
{
    static const Row ROWS[] = {
        {"1", "2024", 1, 'A', 10, "old", KNOWN_MOMENT},
        {"1", "2024", 2, 'A', 20, "new", KNOWN_MOMENT},
        {"1", "2024", 3, 'A', 30, "old", KNOWN_MOMENT},
        {"1", "2024", 0, 'M', 40, "new", KNOWN_MOMENT},
        {"1", "2024", 5, 'A', 50, "", KNOWN_MOMENT},
    };
    Fixture *fixture = *state;
    Asking asking = ASK_ALL;

    tell(fixture, "gdp", ROWS, N_ROWS(ROWS));
    assert_text(series_text(fixture, "gdp", &ASK_ALL), "0:1:2024=5 A, 1:1:2024=3 A +1");
    asking.known_at = 20;
    assert_text(series_text(fixture, "gdp", &asking), "1:1:2024=1 A, 2:1:2024=2 A");
}

/* A measure without editions has none: what was told in one is of another measure's making. */
static void test_edition_of_a_measure_without_editions(void **state)
{
    static const Row ROWS[] = {{"1", "2024", 1, 'A', 10, "old", KNOWN_MOMENT},
                               {"1", "2024", 2, 'A', 5, "", KNOWN_MOMENT}};
    Fixture *fixture = *state;

    tell(fixture, "plain", ROWS, N_ROWS(ROWS));
    assert_text(series_text(fixture, "plain", &ASK_ALL), "0:1:2024=2 A");
}

/* --- as it was known, and up to a day --- */

static void test_known_at(void **state)
{
    static const Row ROWS[] = {
        {"1", "2024", 1, 'A', 10, "", KNOWN_MOMENT}, {"1", "2024", 2, 'A', 20, "", KNOWN_MOMENT},
        {"1", "2024", 0, 'M', 30, "", KNOWN_MOMENT}, {"1", "2024", 4, 'A', 40, "", KNOWN_MOMENT},
        {"1", "2024", 5, 'E', 15, "", KNOWN_MOMENT},
    };
    static const struct {
        int64_t known_at;
        const char *want;
    } CASES[] = {{INT64_MIN, ""},
                 {9, ""},
                 {10, "0:1:2024=1 A"},
                 {19, "0:1:2024=1 A"},
                 {20, "0:1:2024=2 A +1"},
                 {29, "0:1:2024=2 A +1"},
                 {30, ""},
                 {39, ""},
                 {40, "0:1:2024=4 A +3"},
                 {INT64_MAX, "0:1:2024=4 A +3"}};
    Fixture *fixture = *state;

    tell(fixture, "plain", ROWS, N_ROWS(ROWS));
    for (size_t i = 0; i < N_ROWS(CASES); i++) {
        Asking asking = {INT64_MAX, CASES[i].known_at, false};

        assert_text(series_text(fixture, "plain", &asking), CASES[i].want);
    }
}

static int64_t end_of(const char *text)
{
    int64_t moment = 0;

    assert_true(moment_parse(str_z(text), &moment));
    return moment;
}

/* What does not say when it became known yields to what does; a month or a year counts from its
 * start, and is seen from its end on. */
static void test_how_it_is_known(void **state)
{
    static const struct {
        const char *first;
        KnownHow first_how;
        const char *second;
        KnownHow second_how;
        double want;
    } CASES[] = {
        {"2024-02-01", KNOWN_MOMENT, "2026-01-01", KNOWN_IMPORT, 1},
        {"2026-01-01", KNOWN_IMPORT, "2024-02-01", KNOWN_MOMENT, 2},
        {"2026-01-01", KNOWN_IMPORT, "2024", KNOWN_YEAR, 2},
        {"2026-01-01", KNOWN_IMPORT, "2026-01-02", KNOWN_IMPORT, 2},
        {"2026-01-02", KNOWN_IMPORT, "2026-01-01", KNOWN_IMPORT, 1},
        {"2023-01-20", KNOWN_MOMENT, "2023", KNOWN_YEAR, 1},
        {"2023", KNOWN_YEAR, "2023-01-20", KNOWN_MOMENT, 2},
        {"2022-12-31", KNOWN_MOMENT, "2023", KNOWN_YEAR, 2},
        {"2023-01-01", KNOWN_MOMENT, "2023", KNOWN_YEAR, 1},
        {"2023", KNOWN_YEAR, "2022", KNOWN_YEAR, 1},
        {"2023-07-02", KNOWN_MOMENT, "2023-07", KNOWN_MONTH, 1},
        {"2023-06-30", KNOWN_MOMENT, "2023-07", KNOWN_MONTH, 2},
        {"2023-08-01", KNOWN_MOMENT, "2023-Q3", KNOWN_QUARTER, 1},
        {"2023-06-30", KNOWN_MOMENT, "2023-Q3", KNOWN_QUARTER, 2},
        {"2023-08-01", KNOWN_MOMENT, "2023-S2", KNOWN_HALF, 1},
        {"2023-06-30", KNOWN_MOMENT, "2023-S2", KNOWN_HALF, 2},
        {"2023-02", KNOWN_MONTH, "2023", KNOWN_YEAR, 1},
        {"1968-03-01", KNOWN_MOMENT, "1968", KNOWN_YEAR, 1}, /* before 1970 */
        {"1967-12-31", KNOWN_MOMENT, "1968", KNOWN_YEAR, 2},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(CASES); i++) {
        int64_t first = end_of(CASES[i].first), second = end_of(CASES[i].second);
        Row rows[] = {{"1", "2020", 1, 'A', first, "", CASES[i].first_how},
                      {"1", "2020", 2, 'A', second, "", CASES[i].second_how}};
        Asking before = {INT64_MAX, (first < second ? second : first) - 1, false};

        tell(fixture, "plain", rows, 2);
        assert_text(series_text(fixture, "plain", &ASK_ALL),
                    CASES[i].want == 1 ? "0:1:2020=1 A +1" : "0:1:2020=2 A +1");
        assert_text(series_text(fixture, "plain", &before), first == second  ? ""
                                                            : first < second ? "0:1:2020=1 A"
                                                                             : "0:1:2020=2 A");
        assert_int_equal(unlink(z_of(fixture, "a.db")), 0);
    }
}

/* Blocks without a period of the kind are not even read: that one of them is damaged does not
 * matter. */
static void test_one_kind_is_read(void **state)
{
    static const Row YEARS[] = {{"1", "2024", 1, 'A', 0, "", KNOWN_MOMENT}},
                     MIXED[] = {{"1", "2024-Q1", 2, 'A', 0, "", KNOWN_MOMENT},
                                {"1", "2023", 3, 'A', 0, "", KNOWN_MOMENT},
                                {"1", "2024-01", 4, 'A', 0, "", KNOWN_MOMENT}},
                     DAYS[] = {{"1", "2024-01-01", 5, 'A', 0, "", KNOWN_MOMENT}};
    static const char *const WANT[PERIOD_N_KINDS] = {
        "0:1:2023=3 A, 0:1:2024=1 A", "", "0:1:2024-Q1=2 A", "0:1:2024-01=4 A", NULL, ""};
    Fixture *fixture = *state;
    Store *store;

    tell(fixture, "plain", YEARS, N_ROWS(YEARS));
    tell(fixture, "plain", MIXED, N_ROWS(MIXED));
    tell(fixture, "plain", DAYS, N_ROWS(DAYS));
    run_sql(fixture, "UPDATE block SET data = x'' WHERE kinds = 16"); /* 1 << PERIOD_DAY */
    store = store_at(fixture, "a.db", STORE_READ);
    for (PeriodKind kind = PERIOD_YEAR; kind < PERIOD_N_KINDS; kind++) {
        Buf out = buf_new(fixture->arena);
        Series series;

        if (WANT[kind] == NULL) {
            assert_int_equal(series_load(fixture->arena, store, fixture->catalog,
                                         catalog_measure(fixture->catalog, STR("plain")), kind,
                                         &ASK_ALL, &series),
                             ERR_RESOURCE);
            assert_codes(fixture, "LT9007:0");
            continue;
        }
        series = load_series(fixture, store, "plain", kind, &ASK_ALL);
        add_cells(fixture, &out, &series);
        assert_text(buf_str(&out), WANT[kind]);
    }
    store_close(store);
}

/* Only periods that have ended by the day. */
static void test_as_of(void **state)
{
    static const Row ROWS[] = {
        {"1", "2024", 1, 'A', 0, "", KNOWN_MOMENT},
        {"1", "2024-S1", 2, 'A', 0, "", KNOWN_MOMENT},
        {"1", "2024-Q4", 3, 'A', 0, "", KNOWN_MOMENT},
        {"1", "2024-02", 4, 'A', 0, "", KNOWN_MOMENT},
        {"1", "2024-03-01", 5, 'A', 0, "", KNOWN_MOMENT},
        {"1", "2024-03-01T23", 6, 'A', 0, "", KNOWN_MOMENT},
        {"1", "1969", 7, 'A', 0, "", KNOWN_MOMENT},
    };
    static const struct {
        const char *day, *want;
    } CASES[] = {
        {"1969-12-30", ""},
        {"1969-12-31", "0:1:1969=7 A"},
        {"2024-02-28", "0:1:1969=7 A"},
        {"2024-02-29", "0:1:1969=7 A, 0:1:2024-02=4 A"},
        {"2024-03-01", "0:1:1969=7 A, 0:1:2024-02=4 A, 0:1:2024-03-01=5 A, 0:1:2024-03-01T23=6 A"},
        {"2024-06-29", "0:1:1969=7 A, 0:1:2024-02=4 A, 0:1:2024-03-01=5 A, 0:1:2024-03-01T23=6 A"},
        {"2024-06-30", "0:1:1969=7 A, 0:1:2024-S1=2 A, 0:1:2024-02=4 A, 0:1:2024-03-01=5 A, "
                       "0:1:2024-03-01T23=6 A"},
        {"2024-12-31", "0:1:1969=7 A, 0:1:2024=1 A, 0:1:2024-S1=2 A, 0:1:2024-Q4=3 A, "
                       "0:1:2024-02=4 A, 0:1:2024-03-01=5 A, 0:1:2024-03-01T23=6 A"},
    };
    Fixture *fixture = *state;

    tell(fixture, "plain", ROWS, N_ROWS(ROWS));
    for (size_t i = 0; i < N_ROWS(CASES); i++) {
        Asking asking = ASK_ALL;
        Period day;

        assert_true(period_parse(str_z(CASES[i].day), &day));
        asking.as_of = day.n;
        assert_text(series_text(fixture, "plain", &asking), CASES[i].want);
    }
}

/* --- laws --- */

/* Whether b holds rather than a, of observations told in that order. */
static bool holds_rather(const Observation *a, const Observation *b)
{
    bool a_guess = strchr("EIF", a->status) != NULL, b_guess = strchr("EIF", b->status) != NULL;

    if (a_guess != b_guess) {
        return a_guess;
    }
    if (a->known_how != b->known_how) {
        return a->known_how == KNOWN_IMPORT;
    }
    return b->known_at >= a->known_at;
}

/* Any observations, told in several transactions: what is picked is what a walk over all of them
 * picks. */
static void test_like_a_walk_over_all(void **state)
{
    enum { N = 120, N_ENTITIES = 3, N_YEARS = 3, N_EDITIONS = 3 };
    static const char *const EDITIONS[] = {"", "old", "new"}, *const ENTITIES[] = {"0", "1", "2"};
    Fixture *fixture = *state;
    uint64_t random = 77;

    for (int round = 0; round < 60; round++) {
        ArenaMark mark = arena_mark(fixture->arena);
        Observation all[N];
        Row rows[N];
        size_t n = random_below(&random, N), n_cells = 0;
        Asking asking = {
            random_below(&random, 2) == 0
                ? INT64_MAX
                : period_end_day(period_year((int)random_between(&random, 2019, 2023))),
            random_below(&random, 2) == 0 ? INT64_MAX : random_between(&random, -1, 9),
            random_below(&random, 2) == 0};
        Series series;
        Store *store;

        (void)unlink(z_of(fixture, "a.db"));
        for (size_t i = 0; i < n; i++) {
            size_t entity = random_below(&random, N_ENTITIES),
                   edition = random_below(&random, N_EDITIONS);
            int year = 2020 + (int)random_below(&random, N_YEARS);

            all[i] = (Observation){.entity = (uint32_t)entity,
                                   .edition = (uint32_t)edition,
                                   .period = period_code(period_year(year)),
                                   .known_at = random_between(&random, 0, 8),
                                   .value = (double)i,
                                   .status = "ABEFIMP"[random_below(&random, 7)],
                                   .known_how =
                                       random_below(&random, 3) == 0 ? KNOWN_IMPORT : KNOWN_MOMENT};
            rows[i] = (Row){ENTITIES[entity],
                            str_to_z(fixture->arena, str_format(fixture->arena, "%d", year)),
                            (double)i,
                            all[i].status,
                            all[i].known_at,
                            EDITIONS[edition],
                            (KnownHow)all[i].known_how};
        }
        for (size_t i = 0; i < n;) {
            size_t piece = 1 + random_below(&random, n - i);

            tell(fixture, "gdp", rows + i, piece);
            i += piece;
        }
        store = store_at(fixture, "a.db", STORE_WRITE);
        series = load_series(fixture, store, "gdp", PERIOD_YEAR, &asking);
        store_close(store);
        for (uint32_t edition = 0; edition < N_EDITIONS; edition++) {
            for (uint32_t entity = 0; entity < N_ENTITIES; entity++) {
                for (int year = 2020; year < 2020 + N_YEARS; year++) {
                    int64_t period = period_code(period_year(year));
                    const Cell *cell = series_find(&series, edition, entity, period);
                    const Observation *best = NULL;
                    uint32_t n_others = 0;

                    for (size_t i = 0; i < n; i++) {
                        const Observation *row = &all[i];

                        if (row->entity != entity || row->edition != edition ||
                            row->period != period || row->known_at > asking.known_at ||
                            (asking.as_of != INT64_MAX &&
                             period_end_day(period_year(year)) > asking.as_of) ||
                            (!asking.estimates && strchr("EIF", row->status) != NULL)) {
                            continue;
                        }
                        n_others += best != NULL;
                        best = best == NULL || holds_rather(best, row) ? row : best;
                    }
                    if (best == NULL || best->status == 'M') {
                        assert_null(cell);
                        continue;
                    }
                    assert_non_null(cell);
                    assert_true(cell->value == best->value);
                    assert_int_equal(cell->status, best->status);
                    assert_int_equal(cell->known_at, best->known_at);
                    assert_int_equal(cell->known_how, best->known_how);
                    assert_int_equal(cell->n_others, n_others);
                    n_cells++;
                }
            }
        }
        assert_int_equal(series.n, n_cells);
        arena_release(fixture->arena, mark);
    }
}

static void test_find(void **state)
{
    static const Row ROWS[] = {{"1", "2023", 1, 'A', 0, "old", KNOWN_MOMENT},
                               {"1", "2025", 2, 'A', 0, "old", KNOWN_MOMENT}};
    Fixture *fixture = *state;
    Series none = {NULL, 0}, series;
    int64_t year = period_code(period_year(2023));
    Store *store;

    assert_null(series_find(&none, 1, 1, year));
    tell(fixture, "gdp", ROWS, N_ROWS(ROWS));
    store = store_at(fixture, "a.db", STORE_READ);
    series = load_series(fixture, store, "gdp", PERIOD_YEAR, &ASK_ALL);
    store_close(store);
    assert_ptr_equal(series_find(&series, 1, 1, year), &series.cells[0]);
    assert_ptr_equal(series_find(&series, 1, 1, period_code(period_year(2025))), &series.cells[1]);
    assert_null(series_find(&series, 1, 1, period_code(period_year(2024))));
    assert_null(series_find(&series, 0, 1, year));
    assert_null(series_find(&series, 2, 1, year));
    assert_null(series_find(&series, 1, 0, year));
    assert_null(series_find(&series, 1, 2, year));
}

/* --- the interval of a cell --- */

static void test_interval(void **state)
{
    static const struct {
        double value;
        uint8_t decimals;
        double lo, hi;
    } ROWS[] = {
        {41.09, 2, 41.085, 41.095}, {25.4, 2, 25.395, 25.405}, {25.4, 1, 25.35, 25.45},
        {100, 0, 99.5, 100.5},      {-3.5, 1, -3.55, -3.45},   {0, 1, -0.05, 0.05},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Cell cell = {.value = ROWS[i].value, .decimals = ROWS[i].decimals};
        Interval got = cell_interval(&cell);

        assert_true(got.lo == ROWS[i].lo && got.hi == ROWS[i].hi);
        assert_true(interval_contains(got, ROWS[i].value));
    }
    /* more digits than a decimal has: the value itself */
    assert_true(
        interval_equal(cell_interval(&(Cell){.value = 1.5, .decimals = 19}), interval_point(1.5)));
    assert_true(interval_equal(cell_interval(&(Cell){.value = 1e300, .decimals = 2}),
                               interval_point(1e300)));
}

/* --- damage --- */

/* Observations whose numbers mean nothing are reported, not guessed at. */
static void test_damaged_observations(void **state)
{
    static const Row ROWS[] = {{"1", "2024", 1, 'A', 0, "", KNOWN_MOMENT}};
    static const char *const CHANGES[] = {
        "DELETE FROM name WHERE text = 'source'", /* a name that is not there any more */
        "UPDATE block SET data = substr(data, 1, 6) || x'FFFFFFFF' || substr(data, 11)",
        /* a period of a kind that there is not, and one beyond all calendars */
        "UPDATE block SET data = substr(data, 1, 21) || x'07' || substr(data, 23)",
        "UPDATE block SET data = substr(data, 1, 28) || x'7F' || substr(data, 30)",
        "UPDATE block SET data = substr(data, 1, 28) || x'80' || substr(data, 30)",
        /* known in no way that there is, and in a month beyond all calendars */
        "UPDATE block SET data = substr(data, 1, length(data) - 1) || x'06'",
        "UPDATE block SET data = substr(data, 1, 37) || x'7F' || substr(data, 39, 13) || x'01'",
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(CHANGES); i++) {
        for (int as_of = 0; as_of <= 1; as_of++) {
            Asking asking = {as_of ? 100000 : INT64_MAX, INT64_MAX, false};
            Store *store;
            Series series;

            tell(fixture, "plain", ROWS, 1);
            assert_text(series_text(fixture, "plain", &asking), "0:1:2024=1 A");
            run_sql(fixture, CHANGES[i]);
            store = store_at(fixture, "a.db", STORE_READ);
            assert_int_equal(series_load(fixture->arena, store, fixture->catalog,
                                         catalog_measure(fixture->catalog, STR("plain")),
                                         PERIOD_YEAR, &asking, &series),
                             ERR_RESOURCE);
            store_close(store);
            assert_codes(fixture, "LT9007:0");
            assert_int_equal(unlink(z_of(fixture, "a.db")), 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_picking_order),
        TEST(test_cells_in_order),
        TEST(test_editions_are_kept_apart),
        TEST(test_edition_of_a_measure_without_editions),
        TEST(test_known_at),
        TEST(test_how_it_is_known),
        TEST(test_one_kind_is_read),
        TEST(test_as_of),
        TEST(test_like_a_walk_over_all),
        TEST(test_find),
        TEST(test_interval),
        TEST(test_damaged_observations),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
