/* Tests of Str and Buf: views are cut and compared by bytes, texts are built, distances counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "base/test_random.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof(rows)[0])

static void assert_str(Str got, const char *want)
{
    if (!str_eq(got, str_z(want))) {
        fail_msg("got '%.*s', want '%s'", STR_ARG(got), want);
    }
}

static int sign(int order)
{
    return (order > 0) - (order < 0);
}

static void test_views(void **state)
{
    static const char z[] = {'a', 'b', 0, 'c'};

    (void)state;
    assert_int_equal(STR("陇图").len, 6); /* bytes: E9 99 87 E5 9B BE */
    assert_int_equal(STR("").len, 0);
    assert_int_equal(STR("a\0b").len, 3);
    assert_int_equal(str_z(z).len, 2);
    assert_int_equal(str_z(NULL).len, 0);
    assert_non_null(str_z(NULL).at);
}

static void test_equal_means_the_same_bytes(void **state)
{
    (void)state;
    assert_true(str_eq(STR("兰州"), STR("兰州")));
    assert_true(str_eq(STR(""), (Str){0}));
    assert_false(str_eq(STR("兰州"), STR("兰")));
    assert_false(str_eq(STR("a"), STR("A")));
    assert_false(str_eq(STR("a\0b"), STR("a\0c")));
    assert_false(str_eq(STR("a"), STR("a\0")));
}

static void test_order(void **state)
{
    static const Str SORTED[] = {STR_INIT(""),   STR_INIT("\0"), STR_INIT("A"),    STR_INIT("AA"),
                                 STR_INIT("B"),  STR_INIT("a"),  STR_INIT("a\0"),  STR_INIT("ab"),
                                 STR_INIT("é"),  STR_INIT("一"), STR_INIT("一一"), STR_INIT("陇"),
                                 STR_INIT("，"), STR_INIT("😀")};

    (void)state;
    for (size_t i = 0; i < N_ROWS(SORTED); i++) {
        for (size_t k = 0; k < N_ROWS(SORTED); k++) {
            assert_int_equal(sign(str_cmp(SORTED[i], SORTED[k])), (i > k) - (i < k));
        }
    }
}

static void test_starts_and_ends(void **state)
{
    static const struct {
        Str s, part;
        bool starts, ends;
    } ROWS[] = {
        {STR_INIT("plan.yaml"), STR_INIT("plan"), true, false},
        {STR_INIT("plan.yaml"), STR_INIT(".yaml"), false, true},
        {STR_INIT("plan.yaml"), STR_INIT(""), true, true},
        {STR_INIT("plan.yaml"), STR_INIT("plan.yaml"), true, true},
        {STR_INIT("plan.yaml"), STR_INIT("a plan.yaml"), false, false},
        {STR_INIT("aXa"), STR_INIT("a"), true, true},
        {STR_INIT("aXa"), STR_INIT("X"), false, false},
        {STR_INIT("甘肃省"), STR_INIT("省"), false, true},
        {STR_INIT(""), STR_INIT("a"), false, false},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        if (str_starts(ROWS[i].s, ROWS[i].part) != ROWS[i].starts ||
            str_ends(ROWS[i].s, ROWS[i].part) != ROWS[i].ends) {
            fail_msg("'%.*s' and '%.*s'", STR_ARG(ROWS[i].s), STR_ARG(ROWS[i].part));
        }
    }
}

static void test_slice_is_clipped(void **state)
{
    static const struct {
        size_t start, end;
        const char *want;
    } ROWS[] = {{0, 5, "abcde"},      {1, 3, "bc"}, {0, 0, ""},        {4, 5, "e"},
                {2, 99, "cde"},       {5, 5, ""},   {5, 9, ""},        {6, 9, ""},
                {3, 2, ""},           {9, 1, ""},   {SIZE_MAX, 0, ""}, {0, SIZE_MAX, "abcde"},
                {1, SIZE_MAX, "bcde"}};

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        assert_str(str_slice(STR("abcde"), ROWS[i].start, ROWS[i].end), ROWS[i].want);
    }
    assert_str(str_slice((Str){0}, 0, 3), "");
}

static void test_trim(void **state)
{
    static const struct {
        Str s;
        const char *want;
    } ROWS[] = {
        {STR_INIT("a"), "a"},
        {STR_INIT("  a b\t\r\n"), "a b"},
        {STR_INIT("\u3000\u3000一、发展基础 \u3000"), "一、发展基础"},
        {STR_INIT(" \u3000\t"), ""},
        {STR_INIT(""), ""},
        {STR_INIT("a\u3000b"), "a\u3000b"},
        {STR_INIT("\u00A0a"), "\u00A0a"}, /* a no-break space is text */
        {STR_INIT("\u3001a\u3002"), "\u3001a\u3002"},
        {STR_INIT("\xE3\x80"), "\xE3\x80"}, /* the start of U+3000 is not U+3000 */
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        assert_str(str_trim(ROWS[i].s), ROWS[i].want);
    }
    assert_true(str_eq(str_trim(STR("\0 ")), STR("\0"))); /* NUL is no white space */
}

static void test_cut(void **state)
{
    static const struct {
        const char *s, *before, *rest;
    } ROWS[] = {
        {"key=value", "key", "value"}, {"a=b=c", "a", "b=c"}, {"=b", "", "b"}, {"a=", "a", ""},
        {"none", "none", ""},          {"", "", ""},          {"=", "", ""},   {"==", "", "="},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Str rest = STR("left over"), before = str_cut(str_z(ROWS[i].s), '=', &rest);

        assert_str(before, ROWS[i].before);
        assert_str(rest, ROWS[i].rest);
    }
}

static void test_find(void **state)
{
    static const struct {
        Str s, what;
        size_t at;
    } ROWS[] = {
        {STR_INIT("aXbX"), STR_INIT("X"), 1},
        {STR_INIT("aab"), STR_INIT("ab"), 1},
        {STR_INIT("甘肃省兰州市"), STR_INIT("兰州"), 9},
        {STR_INIT("abc"), STR_INIT("abc"), 0},
        {STR_INIT("abc"), STR_INIT(""), 0},
        {STR_INIT(""), STR_INIT(""), 0},
        {STR_INIT("a\0b"), STR_INIT("\0b"), 1},
        {STR_INIT("abc"), STR_INIT("abcd"), SIZE_MAX},
        {STR_INIT("abc"), STR_INIT("B"), SIZE_MAX},
        {STR_INIT(""), STR_INIT("a"), SIZE_MAX},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        if (str_find(ROWS[i].s, ROWS[i].what) != ROWS[i].at) {
            fail_msg("'%.*s' in '%.*s'", STR_ARG(ROWS[i].what), STR_ARG(ROWS[i].s));
        }
    }
}

static void test_copies_outlive_the_original(void **state)
{
    Arena *arena = arena_new();
    char text[] = "定西";
    Str view = str_z(text), copy = str_copy(arena, view);
    char *z = str_to_z(arena, str_slice(view, 0, 3));

    (void)state;
    memset(text, 'x', sizeof text - 1);
    assert_str(copy, "定西");
    assert_string_equal(z, "定");
    assert_string_equal(str_to_z(arena, (Str){0}), "");
    assert_int_equal(str_copy(arena, STR("a\0b")).len, 3);
    assert_memory_equal(str_copy(arena, STR("a\0b")).at, "a\0b", 4); /* and a NUL behind it */
    arena_free(arena);
}

static void test_format(void **state)
{
    Arena *arena = arena_new();
    Str long_text = str_format(arena, "%0*d|", 5000, 7);

    (void)state;
    assert_str(str_format(arena, "%s-%03d %.*s", "陇", 7, STR_ARG(STR("图纸"))), "陇-007 图纸");
    assert_str(str_format(arena, "%s", ""), "");
    assert_int_equal(long_text.len, 5001);
    assert_memory_equal(long_text.at + 4998, "07|", 3);
    arena_free(arena);
}

/* Worked by hand, in bytes: 陇 is E9 99 87, 龙 E9 BE 99, 州 E5 B7 9E, 洲 E6 B4 B2. */
static void test_distance(void **state)
{
    static const struct {
        const char *a, *b;
        size_t limit, want;
    } ROWS[] = {
        {"", "", 9, 0},
        {"", "abc", 9, 3},
        {"kitten", "sitting", 9, 3},
        {"saturday", "sunday", 9, 3},
        {"flaw", "lawn", 9, 2},
        {"gdp", "gpd", 9, 2}, /* a swap is two edits */
        {"indicator", "indicater", 9, 1},
        {"indicator", "indicators", 9, 1},
        {"indicator", "ndicator", 9, 1},
        {"abc", "ABC", 9, 3},
        {"陇", "龙", 9, 2},
        {"兰州", "兰洲", 9, 3},
        {"kitten", "sitting", 3, 3},
        {"kitten", "sitting", 2, 3}, /* more than the limit is the limit + 1 */
        {"kitten", "sitting", 0, 1},
        {"kitten", "kitten", 0, 0},
        {"abcdefgh", "12345678", 4, 5},
        {"a", "abcdefgh", 4, 5},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        size_t got = str_distance(str_z(ROWS[i].a), str_z(ROWS[i].b), ROWS[i].limit);

        if (got != ROWS[i].want) {
            fail_msg("%s to %s: %zu, want %zu", ROWS[i].a, ROWS[i].b, got, ROWS[i].want);
        }
    }
}

/* Titles of indicators run to 30 characters, which is 90 bytes. */
static void test_distance_of_long_texts(void **state)
{
    static const char TITLE[] = "地级及以上城市空气质量优良天数比率与细颗粒物平均浓度下降幅度之和";
    char other[sizeof TITLE + 1];
    Str title = str_z(TITLE);

    (void)state;
    assert_int_equal(title.len, 96);
    assert_int_equal(str_distance(title, title, 3), 0);
    memcpy(other, TITLE, sizeof TITLE);
    other[50] = 'x';
    assert_int_equal(str_distance(title, str_z(other), 3), 1);
    other[other[51] == 'y' ? 52 : 51] = 'y';
    assert_int_equal(str_distance(title, str_z(other), 3), 2);
    assert_int_equal(str_distance(title, str_slice(title, 0, 94), 3), 2);
    assert_int_equal(str_distance(title, str_slice(title, 3, 96), 3), 3);
    assert_int_equal(str_distance(title, str_slice(title, 4, 96), 3), 4);
}

static void test_distance_of_texts_with_nothing_in_common(void **state)
{
    Arena *arena = arena_new();

    (void)state;
    for (size_t len = 0; len <= 64; len++) {
        Buf a = buf_new(arena), b = buf_new(arena);

        buf_repeat(&a, STR("a"), len);
        buf_repeat(&b, STR("b"), len);
        assert_int_equal(str_distance(buf_str(&a), buf_str(&b), 100), len);
        buf_char(&b, 'b');
        assert_int_equal(str_distance(buf_str(&a), buf_str(&b), 100), len + 1);
        assert_int_equal(str_distance(buf_str(&a), STR(""), 100), len);
    }
    arena_free(arena);
}

static Str random_text(uint64_t *seed, char *at, size_t longest)
{
    size_t len = random_below(seed, longest + 1);

    for (size_t i = 0; i < len; i++) {
        at[i] = "abc"[random_below(seed, 3)];
    }
    return (Str){at, len};
}

static void test_distance_is_a_metric(void **state)
{
    enum { LONGEST = 12, FAR = 100 };
    uint64_t seed = 20210101;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        char one[LONGEST], two[LONGEST], three[LONGEST];
        Str a = random_text(&seed, one, LONGEST), b = random_text(&seed, two, LONGEST),
            c = random_text(&seed, three, LONGEST);
        size_t ab = str_distance(a, b, FAR), bc = str_distance(b, c, FAR),
               ac = str_distance(a, c, FAR), limit = random_below(&seed, LONGEST);

        assert_int_equal(ab, str_distance(b, a, FAR));
        assert_int_equal(ab == 0, str_eq(a, b));
        assert_true(ac <= ab + bc);
        assert_true(ab >= (a.len > b.len ? a.len - b.len : b.len - a.len));
        assert_true(ab <= (a.len > b.len ? a.len : b.len));
        assert_int_equal(str_distance(a, b, limit), ab <= limit ? ab : limit + 1);
    }
}

/* An edit of a text moves its distance to any other by at most one. */
static void test_distance_follows_an_edit(void **state)
{
    enum { LONGEST = 20 };
    uint64_t seed = 7;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        char one[LONGEST], two[LONGEST], edited[LONGEST];
        Str a = random_text(&seed, one, LONGEST), b = random_text(&seed, two, LONGEST);
        size_t before = str_distance(a, b, 100), after, at;

        if (a.len == 0) {
            continue;
        }
        at = random_below(&seed, a.len);
        memcpy(edited, a.at, a.len);
        memmove(edited + at, edited + at + 1, a.len - at - 1);
        after = str_distance((Str){edited, a.len - 1}, b, 100);
        assert_true(after + 1 >= before && before + 1 >= after);
        assert_int_equal(str_distance(a, (Str){edited, a.len - 1}, 100), 1);
    }
}

static void test_buf_builds(void **state)
{
    Arena *arena = arena_new();
    Buf buf = buf_new(arena);

    (void)state;
    assert_str(buf_str(&buf), "");
    assert_non_null(buf_str(&buf).at);
    buf_add(&buf, STR("甘"));
    buf_add(&buf, STR(""));
    buf_char(&buf, ':');
    buf_repeat(&buf, STR("ab"), 3);
    buf_repeat(&buf, STR("no"), 0);
    buf_format(&buf, "%d%%", 42);
    assert_str(buf_str(&buf), "甘:ababab42%");
    arena_free(arena);
}

static void test_buf_grows_beside_others(void **state)
{
    Arena *arena = arena_new();
    Buf one = buf_new(arena), two = buf_new(arena);

    (void)state;
    for (int i = 0; i < 10000; i++) { /* both grow, so neither stays last in the arena */
        buf_format(&one, "%04d", i);
        buf_char(&two, (char)('a' + i % 26));
    }
    assert_int_equal(one.len, 40000);
    assert_int_equal(two.len, 10000);
    for (int i = 0; i < 10000; i++) {
        char number[8];

        (void)snprintf(number, sizeof number, "%04d", i);
        assert_memory_equal(one.at + (ptrdiff_t)i * 4, number, 4);
        assert_int_equal(two.at[i], 'a' + i % 26);
    }
    buf_add(&two, buf_str(&two)); /* a view of itself */
    assert_int_equal(two.len, 20000);
    assert_memory_equal(two.at, two.at + 10000, 10000);
    arena_free(arena);
}

static void test_doubles_are_written_short(void **state)
{
    static const struct {
        double value;
        const char *want;
    } ROWS[] = {
        {0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {-1.5, "-1.5"},
        {0.1, "0.1"},
        {41.09, "41.09"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.0 / 3, "0.3333333333333333"},
        {100000, "100000"},
        {123456789012345, "123456789012345"},
        {0x1p53, "9007199254740992"},
        {DBL_MAX, "1.7976931348623157e+308"},
        {DBL_MIN, "2.2250738585072014e-308"},
        {0x1p-1074, "5e-324"}, /* the smallest double */
        {3 * 0x1p-1074, "1.5e-323"},
    };
    Arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Buf buf = buf_new(arena);

        buf_double(&buf, ROWS[i].value);
        assert_str(buf_str(&buf), ROWS[i].want);
    }
    arena_free(arena);
}

static double random_double(uint64_t *seed)
{
    double value;

    do {
        uint64_t bits = random_next(seed);

        memcpy(&value, &bits, sizeof value);
    } while (!isfinite(value));
    return value;
}

static void test_doubles_read_back(void **state)
{
    Arena *arena = arena_new();
    uint64_t seed = 1985;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        ArenaMark mark = arena_mark(arena);
        Buf buf = buf_new(arena);
        double value = random_double(&seed);

        buf_double(&buf, value);
        assert_true(strtod(str_to_z(arena, buf_str(&buf)), NULL) == value);
        arena_release(arena, mark);
    }
    arena_free(arena);
}

/* What a person typed with up to 15 digits comes out with no more digits. */
static void test_typed_numbers_keep_their_digits(void **state)
{
    Arena *arena = arena_new();
    uint64_t seed = 15;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        ArenaMark mark = arena_mark(arena);
        Buf buf = buf_new(arena);
        char typed[40];

        (void)snprintf(typed, sizeof typed, "%d.%06d7", (int)random_between(&seed, 1, 99999999),
                       (int)random_between(&seed, 0, 999999));
        buf_double(&buf, strtod(typed, NULL));
        assert_str(buf_str(&buf), typed);
        arena_release(arena, mark);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_views),
        cmocka_unit_test(test_equal_means_the_same_bytes),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_starts_and_ends),
        cmocka_unit_test(test_slice_is_clipped),
        cmocka_unit_test(test_trim),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_copies_outlive_the_original),
        cmocka_unit_test(test_format),
        cmocka_unit_test(test_distance),
        cmocka_unit_test(test_distance_of_long_texts),
        cmocka_unit_test(test_distance_of_texts_with_nothing_in_common),
        cmocka_unit_test(test_distance_is_a_metric),
        cmocka_unit_test(test_distance_follows_an_edit),
        cmocka_unit_test(test_buf_builds),
        cmocka_unit_test(test_buf_grows_beside_others),
        cmocka_unit_test(test_doubles_are_written_short),
        cmocka_unit_test(test_doubles_read_back),
        cmocka_unit_test(test_typed_numbers_keep_their_digits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
