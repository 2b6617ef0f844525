/* Tests of Arena and Vec: memory is zeroed, aligned and nobody else's, and is given back at once.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/test_random.h"
#include "base/vec.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_filled(const void *at, size_t size, unsigned char with)
{
    for (size_t i = 0; i < size; i++) {
        if (((const unsigned char *)at)[i] != with) {
            return false;
        }
    }
    return true;
}

static void test_zeroed_and_aligned(void **state)
{
    Arena *arena = arena_new();

    (void)state;
    for (size_t size = 0; size < 3000; size++) {
        unsigned char *at = arena_alloc(arena, size);

        assert_non_null(at);
        assert_int_equal((uintptr_t)at % alignof(max_align_t), 0);
        assert_true(is_filled(at, size, 0));
        memset(at, 0xAA, size);
    }
    arena_free(arena);
}

static void test_nobody_elses(void **state)
{
    enum { N = 2000 };
    static struct {
        unsigned char *at;
        size_t size;
    } all[N];
    Arena *arena = arena_new();
    uint64_t seed = 3;

    (void)state;
    for (size_t i = 0; i < N; i++) {
        all[i].size = random_below(&seed, i % 100 == 0 ? 100000 : 200);
        all[i].at = arena_alloc(arena, all[i].size);
        memset(all[i].at, (int)(i % 251), all[i].size);
    }
    for (size_t i = 0; i < N; i++) {
        assert_true(is_filled(all[i].at, all[i].size, (unsigned char)(i % 251)));
    }
    arena_free(arena);
}

static void test_larger_than_any_block(void **state)
{
    Arena *arena = arena_new();
    size_t size = (size_t)20 << 20;
    unsigned char *small = arena_alloc(arena, 10), *large = arena_alloc(arena, size),
                  *after = arena_alloc(arena, 10);

    (void)state;
    assert_non_null(arena_array(arena, SIZE_MAX, 0)); /* nothing, however often */
    memset(small, 1, 10);
    memset(large, 2, size);
    memset(after, 3, 10);
    assert_true(is_filled(small, 10, 1) && is_filled(large, size, 2) && is_filled(after, 10, 3));
    assert_true(arena_bytes(arena) >= size + 20);
    arena_free(arena);
}

static void test_release_gives_back(void **state)
{
    Arena *arena = arena_new();
    ArenaMark empty = arena_mark(arena), mark;
    unsigned char *kept, *gone;
    size_t before;

    (void)state;
    assert_int_equal(arena_bytes(arena), 0);
    kept = arena_alloc(arena, 100);
    memset(kept, 7, 100);
    before = arena_bytes(arena);
    mark = arena_mark(arena);
    gone = arena_alloc(arena, 50);
    memset(gone, 8, 50);
    (void)arena_alloc(arena, 1 << 20);
    assert_true(arena_bytes(arena) >= before + (1 << 20));
    arena_release(arena, mark);
    assert_int_equal(arena_bytes(arena), before);
    assert_true(is_filled(kept, 100, 7));
    assert_ptr_equal(arena_alloc(arena, 50), gone); /* the same place, and zero again */
    assert_true(is_filled(gone, 50, 0));
    arena_release(arena, empty);
    assert_int_equal(arena_bytes(arena), 0);
    arena_free(arena);
}

/* Large blocks come zeroed from the system; what was used of them is zeroed again. */
static void test_large_blocks_are_zero_again(void **state)
{
    static const size_t SIZES[] = {16, 5000, 300000, 40, 1 << 20, 700000, 4096};
    Arena *arena = arena_new();

    (void)state;
    (void)arena_alloc(arena, 3 << 20);
    for (int round = 0; round < 3; round++) {
        ArenaMark mark = arena_mark(arena);

        for (size_t i = 0; i < sizeof SIZES / sizeof SIZES[0]; i++) {
            unsigned char *at = arena_alloc(arena, SIZES[i]);

            assert_true(is_filled(at, SIZES[i], 0));
            memset(at, 9, SIZES[i]);
            if (i == 3) {
                unsigned char *grown = arena_grow(arena, at, SIZES[i], 200000, 1);

                assert_true(is_filled(grown, SIZES[i], 9));
                assert_true(is_filled(grown + SIZES[i], 200000 - SIZES[i], 0));
                memset(grown, 9, 200000);
            }
        }
        arena_release(arena, mark);
    }
    arena_free(arena);
}

static void test_releases_nest(void **state)
{
    Arena *arena = arena_new();
    ArenaMark marks[50];
    size_t bytes[50];
    unsigned char *at[50];

    (void)state;
    for (size_t i = 0; i < 50; i++) {
        at[i] = arena_alloc(arena, i * 500 + 1);
        memset(at[i], (int)i, i * 500 + 1);
        marks[i] = arena_mark(arena);
        bytes[i] = arena_bytes(arena);
    }
    for (size_t i = 50; i-- > 0;) {
        arena_release(arena, marks[i]);
        assert_int_equal(arena_bytes(arena), bytes[i]);
        assert_true(is_filled(at[i], i * 500 + 1, (unsigned char)i));
    }
    arena_free(arena);
}

/* Work that gives back what it takes does not grow the arena. */
static void test_scratch_does_not_grow(void **state)
{
    Arena *arena = arena_new();
    size_t after_first = 0;

    (void)state;
    (void)arena_alloc(arena, 1);
    for (int i = 0; i < 1000; i++) {
        ArenaMark mark = arena_mark(arena);

        (void)arena_alloc(arena, 5000);
        (void)arena_alloc(arena, 30000);
        arena_release(arena, mark);
        if (i == 0) {
            after_first = arena_bytes(arena);
        }
        assert_int_equal(arena_bytes(arena), after_first);
    }
    arena_free(arena);
}

static void test_grow_in_place(void **state)
{
    Arena *arena = arena_new();
    int *at = ARENA_ARRAY(arena, int, 3), *grown;

    (void)state;
    at[0] = 1;
    at[2] = 3;
    grown = arena_grow(arena, at, 3, 100, sizeof(int));
    assert_ptr_equal(grown, at); /* nothing was allocated since */
    assert_int_equal(grown[0] + grown[2], 4);
    assert_true(is_filled(grown + 3, 97 * sizeof(int), 0));
    assert_true((char *)arena_alloc(arena, 1) >= (char *)(grown + 100));
    arena_free(arena);
}

/* Growing in many steps takes no more than the last step needs. */
static void test_grow_often(void **state)
{
    Arena *arena = arena_new();
    char *at = arena_array(arena, 1, 1);
    size_t bytes = arena_bytes(arena);

    (void)state;
    for (size_t n = 1; n < 8000; n++) {
        assert_ptr_equal(arena_grow(arena, at, n, n + 1, 1), at);
        at[n] = 'x';
    }
    assert_int_equal(arena_bytes(arena), bytes);
    assert_true(bytes < 20000);
    assert_true(is_filled(at + 1, 7999, 'x'));
    arena_free(arena);
}

static void test_grow_by_copy(void **state)
{
    Arena *arena = arena_new();
    int *at = ARENA_ARRAY(arena, int, 3), *between, *grown;

    (void)state;
    at[0] = 1;
    at[2] = 3;
    between = ARENA_NEW(arena, int);
    *between = 42;
    grown = arena_grow(arena, at, 3, 100, sizeof(int));
    assert_ptr_not_equal(grown, at);
    assert_true(grown[0] == 1 && grown[1] == 0 && grown[2] == 3);
    assert_true(is_filled(grown + 3, 97 * sizeof(int), 0));
    memset(grown, 0xFF, 100 * sizeof(int));
    assert_int_equal(*between, 42);
    assert_int_equal(at[2], 3);
    arena_free(arena);
}

static void test_grow_from_nothing_and_past_a_block(void **state)
{
    Arena *arena = arena_new();
    unsigned char *at = arena_grow(arena, NULL, 0, 10, 1);

    (void)state;
    assert_true(is_filled(at, 10, 0));
    memset(at, 9, 10);
    at = arena_grow(arena, at, 10, 1 << 20, 1); /* no block is left that could hold it */
    assert_true(is_filled(at, 10, 9));
    assert_true(is_filled(at + 10, (1 << 20) - 10, 0));
    assert_ptr_equal(arena_grow(arena, at, 1 << 20, 1 << 20, 1), at);
    at = arena_grow(arena, NULL, 0, 10, 1);
    memset(at, 9, 10);
    for (size_t n = 10; n < 3 << 20; n += n / 7) { /* to the end of blocks of any size */
        at = arena_grow(arena, at, n, n + n / 7, 1);
        assert_true(is_filled(at + n, n / 7, 0));
        memset(at + n, 9, n / 7);
    }
    assert_true(is_filled(at, 3 << 20, 9));
    arena_free(arena);
}

static void test_vec(void **state)
{
    Arena *arena = arena_new();
    VEC(size_t) one = {0};
    VEC(size_t) two = {0};

    (void)state;
    for (size_t i = 0; i < 20000; i++) {
        size_t *at = vec_push(arena, &one);

        assert_int_equal(*at, 0);
        *at = i;
        if (i % 3 == 0) {
            *vec_push(arena, &two) = i * 2;
        }
    }
    assert_int_equal(one.n, 20000);
    assert_int_equal(two.n, 6667);
    assert_true(one.cap >= one.n && two.cap >= two.n);
    for (size_t i = 0; i < one.n; i++) {
        assert_int_equal(one.at[i], i);
    }
    for (size_t i = 0; i < two.n; i++) {
        assert_int_equal(two.at[i], i * 6);
    }
    arena_free(arena);
}

/* Not known to the compiler, which would warn of what is meant to fail. */
static volatile size_t most = SIZE_MAX;

static void alloc_all(Arena *arena)
{
    (void)arena_alloc(arena, most);
}

static void alloc_almost_all(Arena *arena)
{
    (void)arena_alloc(arena, most - 31);
}

static void array_that_overflows(Arena *arena)
{
    (void)arena_array(arena, most / 2, 3);
}

static void array_that_overflows_to_little(Arena *arena)
{
    (void)arena_array(arena, most / 16 + 2, 16); /* 2^64 + 16 */
}

static void grow_that_overflows(Arena *arena)
{
    (void)arena_grow(arena, NULL, 0, most / 4, 8);
}

/* The process ends with status 4 and says why. */
static void test_what_cannot_be_had(void **state)
{
    static void (*const WAYS[])(Arena *) = {alloc_all, alloc_almost_all, array_that_overflows,
                                            array_that_overflows_to_little, grow_that_overflows};

    (void)state;
    for (size_t i = 0; i < sizeof WAYS / sizeof WAYS[0]; i++) {
        char text[200] = {0};
        int ends[2], status = 0;
        pid_t child;

        assert_int_equal(pipe(ends), 0);
        (void)fflush(stdout); /* or the child would print it again */
        child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            (void)dup2(ends[1], STDERR_FILENO);
            WAYS[i](arena_new());
            _exit(0);
        }
        (void)close(ends[1]);
        assert_true(read(ends[0], text, sizeof text - 1) > 0);
        (void)close(ends[0]);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 4);
        assert_non_null(strstr(text, "longtu: out of memory"));
    }
}

static void test_free_of_nothing(void **state)
{
    (void)state;
    arena_free(NULL);
    arena_free(arena_new());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_zeroed_and_aligned),
        cmocka_unit_test(test_nobody_elses),
        cmocka_unit_test(test_larger_than_any_block),
        cmocka_unit_test(test_release_gives_back),
        cmocka_unit_test(test_large_blocks_are_zero_again),
        cmocka_unit_test(test_releases_nest),
        cmocka_unit_test(test_scratch_does_not_grow),
        cmocka_unit_test(test_grow_in_place),
        cmocka_unit_test(test_grow_often),
        cmocka_unit_test(test_grow_by_copy),
        cmocka_unit_test(test_grow_from_nothing_and_past_a_block),
        cmocka_unit_test(test_vec),
        cmocka_unit_test(test_what_cannot_be_had),
        cmocka_unit_test(test_free_of_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
