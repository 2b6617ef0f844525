/* Tests of Map: it answers as a plain list would, in the order of insertion. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/map.c" /* the hash is static */
#include "base/test_random.h"

#include <stdio.h>
#include <string.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof(rows)[0])

static void assert_str(Str got, const char *want)
{
    if (!str_eq(got, str_z(want))) {
        fail_msg("got '%.*s', want '%s'", STR_ARG(got), want);
    }
}

static void test_empty(void **state)
{
    Arena *arena = arena_new();
    Map *map = map_new(arena);
    uint64_t value = 7;

    (void)state;
    assert_int_equal(map_n(map), 0);
    assert_false(map_get(map, STR("a"), &value));
    assert_false(map_get(map, STR(""), NULL));
    assert_int_equal(value, 7); /* left alone */
    assert_str(map_nearest(map, STR("a")), "");
    arena_free(arena);
}

static void test_keys_and_values(void **state)
{
    Arena *arena = arena_new();
    Map *map = map_new(arena);
    uint64_t value = 0;

    (void)state;
    map_set(map, STR("兰州"), 620100);
    map_set(map, STR("白银"), 620400);
    map_set(map, STR(""), UINT64_MAX);
    map_set(map, STR("a\0b"), 3);
    map_set(map, STR("兰州"), 1); /* a new value, the old place */
    assert_int_equal(map_n(map), 4);
    assert_str(map_key(map, 0), "兰州");
    assert_int_equal(map_value(map, 0), 1);
    assert_str(map_key(map, 1), "白银");
    assert_true(map_get(map, STR("白银"), &value));
    assert_int_equal(value, 620400);
    assert_true(map_get(map, STR(""), &value));
    assert_true(value == UINT64_MAX);
    assert_true(map_get(map, STR("a\0b"), NULL));
    assert_false(map_get(map, STR("a\0c"), NULL));
    assert_false(map_get(map, STR("a"), NULL));
    assert_false(map_get(map, STR("兰"), NULL));
    assert_false(map_get(map, STR("兰州市"), NULL));
    arena_free(arena);
}

/* Keys of every length, of which each is the start of the next. */
static void test_lengths(void **state)
{
    Arena *arena = arena_new();
    Map *map = map_new(arena);
    char text[600];
    uint64_t value;

    (void)state;
    memset(text, 'a', sizeof text);
    for (size_t len = 0; len < sizeof text; len++) {
        map_set(map, (Str){text, len}, len * 3);
    }
    assert_int_equal(map_n(map), sizeof text);
    for (size_t len = 0; len < sizeof text; len++) {
        assert_true(map_get(map, (Str){text, len}, &value));
        assert_int_equal(value, len * 3);
    }
    assert_false(map_get(map, (Str){text, sizeof text}, NULL));
    arena_free(arena);
}

/* As hash() of bytes in CPython 3.11, which is SipHash-1-3, tells under PYTHONHASHSEED=0. */
static void test_hash(void **state)
{
    static const uint64_t KEY[2] = {0, 0};
    static const struct {
        const char *text;
        uint64_t hash;
    } ROWS[] = {
        {"a", 0x407448d2b89b1813},         {"abc", 0xc03bc3a0042630f2},
        {"abcdefg", 0x6db12aae9070f506},   {"abcdefgh", 0x3f7b849c0b8e35ea},
        {"abcdefghi", 0xf89b34a3d11eb6e5}, {"兰州", 0xa0912398f4e251d2},
    };
    Arena *arena = arena_new();
    Buf buf = buf_new(arena);

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        assert_true(sip_hash(KEY, str_z(ROWS[i].text)) == ROWS[i].hash);
    }
    buf_repeat(&buf, STR("0123456789abcdef"), 20); /* the length is counted modulo 256 */
    assert_true(sip_hash(KEY, buf_str(&buf)) == 0xb6606ce27295d9b7);
    arena_free(arena);
}

/* Or chosen keys would make every map slow alike. */
static void test_every_map_has_its_own_key(void **state)
{
    Arena *arena = arena_new();
    Map *one = map_new(arena), *two = map_new(arena);

    (void)state;
    map_reserve(one, 2 * FEW); /* few keys are not hashed */
    map_reserve(two, 2 * FEW);
    assert_memory_not_equal(one->seed, two->seed, sizeof one->seed);
    arena_free(arena);
}

typedef struct {
    char text[8];
    Str key;
    uint64_t value;
} Item;

static Item *list_find(Item *list, size_t n, Str key)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(list[i].key, key)) {
            return &list[i];
        }
    }
    return NULL;
}

/* Few letters, NUL among them, so that keys come again and are alike. */
static Str random_key(uint64_t *seed, char text[8])
{
    size_t len = random_below(seed, 8);

    for (size_t i = 0; i < len; i++) {
        text[i] = "ab\0\xFF"[random_below(seed, 4)];
    }
    return (Str){text, len};
}

static void check_against_list(uint64_t seed, size_t n_ops)
{
    static Item list[4000];
    Arena *arena = arena_new();
    Map *map = map_new(arena);
    size_t n = 0;

    assert_true(n_ops <= N_ROWS(list));
    for (size_t op = 0; op < n_ops; op++) {
        char text[8];
        Str key = random_key(&seed, text);
        Item *item = list_find(list, n, key);
        uint64_t value = 99;

        assert_int_equal(map_get(map, key, &value), item != NULL);
        assert_true(value == (item == NULL ? 99 : item->value));
        if (random_below(&seed, 3) == 0) {
            continue;
        }
        if (item == NULL) {
            item = &list[n++];
            memcpy(item->text, text, sizeof text);
            item->key = (Str){item->text, key.len};
        }
        item->value = random_next(&seed);
        map_set(map, item->key, item->value);
        assert_int_equal(map_n(map), n);
    }
    for (size_t i = 0; i < n; i++) {
        uint64_t value = 0;

        assert_true(str_eq(map_key(map, i), list[i].key));
        assert_true(map_value(map, i) == list[i].value);
        assert_true(map_get(map, list[i].key, &value) && value == list[i].value);
    }
    arena_free(arena);
}

static void test_like_a_list(void **state)
{
    (void)state;
    check_against_list(1, 4000);
    for (uint64_t seed = 2; seed < 60; seed++) {
        check_against_list(seed, (size_t)seed * 5);
    }
}

static void test_many_keys(void **state)
{
    enum { N = 100000 };
    Arena *arena = arena_new();
    Map *map = map_new(arena);
    uint64_t value;

    (void)state;
    for (uint64_t i = 0; i < N; i++) {
        map_set(map, str_format(arena, "%06d", (int)i), i);
    }
    assert_int_equal(map_n(map), N);
    for (uint64_t i = 0; i < N; i++) {
        char text[16];

        (void)snprintf(text, sizeof text, "%06d", (int)i);
        assert_true(map_get(map, str_z(text), &value) && value == i);
        assert_str(map_key(map, (size_t)i), text);
        text[0] = 'x';
        assert_false(map_get(map, str_z(text), &value));
    }
    arena_free(arena);
}

static void test_add_keeps_the_first(void **state)
{
    Arena *arena = arena_new();
    Map *map = map_new(arena);
    uint64_t value = 0;

    (void)state;
    for (uint64_t round = 0; round < 2; round++) {
        for (uint64_t i = 0; i < 100; i++) {
            assert_int_equal(map_add(map, str_format(arena, "%d", (int)i), i + round), round == 0);
        }
    }
    assert_int_equal(map_n(map), 100);
    for (uint64_t i = 0; i < 100; i++) {
        assert_true(map_get(map, str_format(arena, "%d", (int)i), &value));
        assert_int_equal(value, i);
    }
    arena_free(arena);
}

/* Room that was made before, or among keys, changes nothing. */
static void test_reserve(void **state)
{
    (void)state;
    for (size_t before = 0; before < 40; before += 3) {
        Arena *arena = arena_new();
        Map *map = map_new(arena);
        uint64_t value = 0;

        for (size_t i = 0; i < 60; i++) {
            if (i == before) {
                map_reserve(map, before * 2);
                map_reserve(map, 1);
            }
            map_set(map, str_format(arena, "k%zu", i), i);
        }
        assert_int_equal(map_n(map), 60);
        for (size_t i = 0; i < 60; i++) {
            assert_true(map_get(map, str_format(arena, "k%zu", i), &value));
            assert_int_equal(value, i);
            assert_int_equal(map_value(map, i), i);
        }
        arena_free(arena);
    }
}

static void test_two_maps_in_one_arena(void **state)
{
    Arena *arena = arena_new();
    Map *one = map_new(arena), *two = map_new(arena);

    (void)state;
    for (uint64_t i = 0; i < 500; i++) {
        map_set(one, str_format(arena, "a%d", (int)i), i);
        map_set(two, str_format(arena, "b%d", (int)i), i * 2);
    }
    for (size_t i = 0; i < 500; i++) {
        uint64_t value = 0;

        assert_true(map_get(one, map_key(one, i), &value) && value == i);
        assert_true(map_get(two, map_key(two, i), &value) && value == i * 2);
        assert_false(map_get(one, map_key(two, i), NULL));
    }
    arena_free(arena);
}

/* A third of the bytes may be wrong: one of three to five, two of six to eight. */
static void test_nearest(void **state)
{
    static const char *const KEYS[] = {"indicator", "baseline", "target", "owner", "due", "unit"};
    static const struct {
        const char *text, *want;
    } ROWS[] = {
        {"indicator", "indicator"},
        {"indicater", "indicator"},
        {"indictor", "indicator"},
        {"indicators", "indicator"},
        {"basline", "baseline"},
        {"targte", "target"}, /* a swap is two edits, of six bytes */
        {"ower", "owner"},
        {"dou", ""}, /* two edits, of three bytes */
        {"dune", "due"},
        {"unti", ""}, /* two edits, of four bytes */
        {"un", ""},
        {"", ""},
        {"x", ""},
        {"something else", ""},
        {"indicatorindicator", ""},
    };
    Arena *arena = arena_new();
    Map *map = map_new(arena);

    (void)state;
    for (size_t i = 0; i < N_ROWS(KEYS); i++) {
        map_set(map, str_z(KEYS[i]), i);
    }
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        assert_str(map_nearest(map, str_z(ROWS[i].text)), ROWS[i].want);
    }
    arena_free(arena);
}

static void test_nearest_of_several(void **state)
{
    Arena *arena = arena_new();
    Map *map = map_new(arena);

    (void)state;
    map_set(map, STR("aaaabb"), 0);
    map_set(map, STR("aaaaab"), 1);
    map_set(map, STR("baaaaa"), 2);
    assert_str(map_nearest(map, STR("aaaaaa")), "aaaaab"); /* the nearest, then the first */
    assert_str(map_nearest(map, STR("aaaabb")), "aaaabb");
    assert_str(map_nearest(map, STR("baaaab")), "baaaaa"); /* begins alike, though it is the last */
    map_set(map, STR("城镇化率"), 3);
    map_set(map, STR("常住人口城镇化率"), 4);
    assert_str(map_nearest(map, STR("常驻人口城镇化率")), "常住人口城镇化率");
    assert_str(map_nearest(map, STR("城镇化")), "城镇化率");
    arena_free(arena);
}

static void test_nearest_is_the_least_distance(void **state)
{
    Arena *arena = arena_new();
    Map *map = map_new(arena);
    uint64_t seed = 33;
    int n_found = 0;

    (void)state;
    for (uint64_t i = 0; i < 30; i++) {
        char text[8];

        map_set(map, str_copy(arena, random_key(&seed, text)), i);
    }
    for (int i = 0; i < 5000; i++) {
        char text[8];
        Str wanted = random_key(&seed, text), got = map_nearest(map, wanted);
        size_t least = SIZE_MAX, alike = 0, first = 0;

        for (size_t k = 0; k < map_n(map); k++) {
            Str key = map_key(map, k);
            size_t distance = str_distance(key, wanted, 100), start = 0;

            while (start < key.len && start < wanted.len && key.at[start] == wanted.at[start]) {
                start++;
            }
            if (distance < least || (distance == least && start > alike)) {
                least = distance;
                alike = start;
                first = k;
            }
        }
        if (least <= wanted.len / 3) {
            n_found++;
            assert_true(str_eq(got, map_key(map, first)));
        } else {
            assert_int_equal(got.len, 0);
        }
    }
    assert_true(n_found > 500 && n_found < 4900);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_keys_and_values),
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_hash),
        cmocka_unit_test(test_every_map_has_its_own_key),
        cmocka_unit_test(test_like_a_list),
        cmocka_unit_test(test_many_keys),
        cmocka_unit_test(test_add_keeps_the_first),
        cmocka_unit_test(test_reserve),
        cmocka_unit_test(test_two_maps_in_one_arena),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_nearest_of_several),
        cmocka_unit_test(test_nearest_is_the_least_distance),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
