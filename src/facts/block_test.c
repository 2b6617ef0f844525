/* Tests of Block: what is written is read, and nothing else is. */
#include "facts/test_facts.h"

#include "facts/block.h"

#include <stdlib.h>

/* The same to the last bit: a value may be NAN. The padding of the struct does not count. */
static bool same_row(const Observation *a, const Observation *b)
{
    return a->measure == b->measure && a->entity == b->entity && a->edition == b->edition &&
           a->source == b->source && a->period == b->period && a->known_at == b->known_at &&
           memcmp(&a->value, &b->value, sizeof a->value) == 0 && a->decimals == b->decimals &&
           a->status == b->status && a->known_how == b->known_how;
}

static bool same_rows(const Observation *a, size_t n_a, const Observation *b, size_t n_b)
{
    bool same = n_a == n_b;

    for (size_t i = 0; same && i < n_a; i++) {
        same = same_row(&a[i], &b[i]);
    }
    return same;
}

/* Reads a copy of exactly that length, so that a byte read behind its end is noticed. */
static bool read_copy(Arena *arena, Str bytes, uint32_t measure, Observation **rows, size_t *n)
{
    char *copy = malloc(bytes.len == 0 ? 1 : bytes.len);
    bool good;

    assert_non_null(copy);
    if (bytes.len > 0) {
        memcpy(copy, bytes.at, bytes.len);
    }
    good = block_read(arena, (Str){copy, bytes.len}, measure, rows, n);
    free(copy);
    return good;
}

static double random_value(uint64_t *random)
{
    static const double SPECIAL[] = {0, -0.0, 1e308, -1e-320, 874.6};
    uint64_t bits = random_next(random);
    double value;

    if (random_below(random, 3) == 0) {
        return random_below(random, 2) == 0 ? (double)NAN
                                            : SPECIAL[random_below(random, N_ROWS(SPECIAL))];
    }
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Rows of a measure in which some columns, as `constant` says bit by bit, hold one value. */
static Observation *random_rows(Arena *arena, size_t n, unsigned constant, uint64_t *random)
{
    static const char STATUS[] = "ABEFIMP";
    Observation *rows = ARENA_ARRAY(arena, Observation, n);

    for (size_t i = 0; i < n; i++) {
        const Observation *like = &rows[0];
        Observation row = {.measure = 7,
                           .entity = (uint32_t)random_next(random),
                           .edition = (uint32_t)random_below(random, 3),
                           .source = (uint32_t)random_next(random),
                           .period = (int64_t)random_next(random),
                           .known_at = random_between(random, -1000, 1000),
                           .value = random_value(random),
                           .decimals = (uint8_t)random_next(random),
                           .status = STATUS[random_below(random, 7)],
                           .known_how = (uint8_t)random_next(random)};

        if (i > 0) {
            row.entity = constant & 1 ? like->entity : row.entity;
            row.edition = constant & 2 ? like->edition : row.edition;
            row.source = constant & 4 ? like->source : row.source;
            row.period = constant & 8 ? like->period : row.period;
            row.known_at = constant & 16 ? like->known_at : row.known_at;
            row.value = constant & 32 ? like->value : row.value;
            row.decimals = constant & 64 ? like->decimals : row.decimals;
            row.status = constant & 128 ? like->status : row.status;
            row.known_how = constant & 256 ? like->known_how : row.known_how;
        }
        rows[i] = row;
    }
    return rows;
}

/* The layout is part of the store's format: these bytes must read for ever. */
static void test_layout(void **state)
{
    static const Observation ROWS[] = {
        {9, 1, 0, 3, 16200, 1767225600, 874.6, 1, 'A', KNOWN_YEAR},
        {9, 2, 0, 3, 16200, 1767225600, -2.0, 0, 'E', KNOWN_IMPORT},
    };
    static const Str WANT = STR_INIT("\1\2\0\0\0"                 /* version, rows */
                                     "\1\1\0\0\0\2\0\0\0"         /* entity: each its own */
                                     "\0\0\0\0\0"                 /* edition: all the same */
                                     "\0\3\0\0\0"                 /* source */
                                     "\0\x48\x3F\0\0\0\0\0\0"     /* period */
                                     "\0\x00\xB9\x55\x69\0\0\0\0" /* known_at */
                                     "\1\xCD\xCC\xCC\xCC\xCC\x54\x8B\x40" /* value */
                                     "\0\0\0\0\0\0\0\xC0"
                                     "\1\1\0"     /* decimals */
                                     "\1\x41\x45" /* status */
                                     "\1\4\5"     /* known_how */
    );
    Fixture *fixture = *state;
    Str got = block_write(fixture->arena, ROWS, 2);
    Observation *rows;
    size_t n;

    assert_int_equal(got.len, WANT.len);
    assert_memory_equal(got.at, WANT.at, WANT.len);
    assert_true(read_copy(fixture->arena, WANT, 9, &rows, &n));
    assert_true(same_rows(rows, n, ROWS, 2));
}

static void test_reads_what_was_written(void **state)
{
    uint64_t random = 11;

    (void)state;
    for (unsigned round = 0; round < 2048; round++) {
        Arena *arena = arena_new();
        size_t n = 1 + random_below(&random, round < 1024 ? 4 : 300), n_read;
        Observation *rows = random_rows(arena, n, round & 511, &random), *read;

        assert_true(read_copy(arena, block_write(arena, rows, n), 7, &read, &n_read));
        assert_true(same_rows(read, n_read, rows, n));
        arena_free(arena);
    }
}

static void test_largest_block(void **state)
{
    Fixture *fixture = *state;
    uint64_t random = 12;
    Observation *rows = random_rows(fixture->arena, BLOCK_ROWS, 0, &random), *read;
    Str bytes = block_write(fixture->arena, rows, BLOCK_ROWS);
    size_t n;

    assert_int_equal(bytes.len, 5 + 9 + (size_t)BLOCK_ROWS * (4 * 3 + 8 * 3 + 3));
    assert_true(block_read(fixture->arena, bytes, 7, &read, &n));
    assert_true(same_rows(read, n, rows, BLOCK_ROWS));
}

/* What all rows have in common is kept once. */
static void test_columns_of_one_value_are_small(void **state)
{
    Fixture *fixture = *state;
    uint64_t random = 13;
    const Observation *rows = random_rows(fixture->arena, BLOCK_ROWS, 511, &random);

    assert_int_equal(block_write(fixture->arena, rows, BLOCK_ROWS).len, 5 + 9 + 4 * 3 + 8 * 3 + 3);
}

/* The measure is not in the bytes: it is the caller's. */
static void test_measure_is_the_callers(void **state)
{
    Fixture *fixture = *state;
    uint64_t random = 14;
    Observation *rows = random_rows(fixture->arena, 3, 0, &random), *read;
    size_t n;

    assert_true(block_read(fixture->arena, block_write(fixture->arena, rows, 3), 123, &read, &n));
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(read[i].measure, 123);
    }
}

static void test_truncations_are_refused(void **state)
{
    uint64_t random = 15;

    (void)state;
    for (unsigned constant = 0; constant < 512; constant += 5) {
        Arena *arena = arena_new();
        Str bytes = block_write(arena, random_rows(arena, 5, constant, &random), 5);
        Observation *rows;
        size_t n;

        for (size_t len = 0; len < bytes.len; len++) {
            if (read_copy(arena, str_slice(bytes, 0, len), 7, &rows, &n)) {
                fail_msg("%zu of %zu bytes were read", len, bytes.len);
            }
        }
        Buf longer = buf_new(arena);

        buf_add(&longer, bytes);
        buf_char(&longer, '\0');
        assert_false(read_copy(arena, buf_str(&longer), 7, &rows, &n));
        arena_free(arena);
    }
}

/* Every byte of a block in every way: it reads, and then what is read can be written and read
 * again, or it is refused. */
static void test_changed_bytes(void **state)
{
    uint64_t random = 16;
    size_t n_read = 0, n_refused = 0;

    (void)state;
    for (unsigned constant = 0; constant < 512; constant += 73) {
        Arena *arena = arena_new();
        Str bytes = block_write(arena, random_rows(arena, 3, constant, &random), 3);
        char *changed = arena_alloc(arena, bytes.len);

        for (size_t i = 0; i < bytes.len; i++) {
            for (unsigned by = 1; by < 256; by++) {
                ArenaMark mark = arena_mark(arena);
                Observation *rows, *again;
                size_t n, n_again;

                memcpy(changed, bytes.at, bytes.len);
                changed[i] = (char)((unsigned char)changed[i] ^ by);
                if (read_copy(arena, (Str){changed, bytes.len}, 7, &rows, &n)) {
                    assert_in_range(n, 1, BLOCK_ROWS);
                    assert_true(read_copy(arena, block_write(arena, rows, n), 7, &again, &n_again));
                    assert_true(same_rows(rows, n, again, n_again));
                    n_read++;
                } else {
                    n_refused++;
                }
                arena_release(arena, mark);
            }
        }
        arena_free(arena);
    }
    assert_true(n_read > 0 && n_refused > 0);
}

static void test_headers_that_are_refused(void **state)
{
    static const Str ROWS[] = {
        STR_INIT(""),                     /* nothing */
        STR_INIT("\0\1\0\0\0"),           /* version 0 */
        STR_INIT("\2\1\0\0\0"),           /* a version to come */
        STR_INIT("\1\0\0\0\0"),           /* no rows */
        STR_INIT("\1\1\0\1\0"),           /* one more than BLOCK_ROWS */
        STR_INIT("\1\xFF\xFF\xFF\xFF"),   /* as many as there can be */
        STR_INIT("\1\1\0\0\0\2\0\0\0\0"), /* a column that is neither one value nor all */
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        char bytes[100] = {0};
        Observation *rows;
        size_t n, least = 5 + 9 + 4 * 3 + 8 * 3 + 3; /* of a block of one value a column */

        memcpy(bytes, ROWS[i].at, ROWS[i].len);
        assert_false(read_copy(fixture->arena, ROWS[i], 7, &rows, &n));
        assert_false(read_copy(fixture->arena, (Str){bytes, least}, 7, &rows, &n));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_layout),
        TEST(test_reads_what_was_written),
        TEST(test_largest_block),
        TEST(test_columns_of_one_value_are_small),
        TEST(test_measure_is_the_callers),
        TEST(test_truncations_are_refused),
        TEST(test_changed_bytes),
        TEST(test_headers_that_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
