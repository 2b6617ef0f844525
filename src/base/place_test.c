/* Tests of Place: bytes of an input become lines and columns, counted as people count. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/place.h"
#include "base/test_random.h"
#include "base/utf8.h"

#include <string.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof(rows)[0])

static void test_lines_and_columns(void **state)
{
    static const struct {
        const char *text;
        Span span;
        uint32_t line, column, end;
        const char *shown;
    } ROWS[] = {
        {"abc", {0, 1}, 1, 1, 2, "abc"},
        {"abc", {1, 3}, 1, 2, 4, "abc"},
        {"abc", {3, 3}, 1, 4, 4, "abc"}, /* behind the last */
        {"abc\n", {3, 4}, 1, 4, 4, "abc"},
        {"ab\ncd\nef", {3, 5}, 2, 1, 3, "cd"},
        {"ab\ncd\nef", {7, 8}, 3, 2, 3, "ef"},
        {"ab\ncd\n", {6, 6}, 3, 1, 1, ""},       /* the line that a last line end opens */
        {"ab\ncd\nef", {1, 7}, 1, 2, 3, "ab"},   /* over several lines: the part in the first */
        {"ab\r\ncd\r\n", {4, 6}, 2, 1, 3, "cd"}, /* a carriage return belongs to the line end */
        {"ab\r\ncd", {1, 4}, 1, 2, 3, "ab"},
        {"ab\r\ncd", {2, 4}, 1, 3, 3, "ab"},
        {"\n\n\nx", {3, 4}, 4, 1, 2, "x"},
        {"\n\n", {1, 1}, 2, 1, 1, ""},
        {"", {0, 0}, 1, 1, 1, ""},
        {"目标: 五十", {8, 14}, 1, 5, 7, "目标: 五十"}, /* code points, not bytes or columns */
        {"甘肃\n兰州: x", {15, 16}, 2, 5, 6, "兰州: x"},
        {"e\u0301x", {3, 4}, 1, 3, 4, "e\u0301x"},
        {"abc", {9, 12}, 1, 4, 4, "abc"}, /* past the end */
        {"abc", {2, 99}, 1, 3, 4, "abc"}, /* */
        {"abc", {2, 1}, 1, 3, 3, "abc"},  /* the wrong way round */
        {"abc", {UINT32_MAX, UINT32_MAX}, 1, 4, 4, "abc"},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Source source = {STR_INIT("a.yaml"), str_z(ROWS[i].text)};
        Place place = place_of(&source, ROWS[i].span);

        if (place.line != ROWS[i].line || place.column != ROWS[i].column ||
            place.end != ROWS[i].end || !str_eq(place.text, str_z(ROWS[i].shown)) ||
            !str_eq(place.file, STR("a.yaml"))) {
            fail_msg("row %zu: %u:%u-%u '%.*s'", i, place.line, place.column, place.end,
                     STR_ARG(place.text));
        }
    }
}

static void test_without_a_text(void **state)
{
    Place file = place_file(STR("a.yaml")), line = place_line(STR("a.csv"), 12);

    (void)state;
    assert_true(str_eq(file.file, STR("a.yaml")) && str_eq(line.file, STR("a.csv")));
    assert_int_equal(file.line, 0);
    assert_int_equal(line.line, 12);
    assert_int_equal(file.column + file.end + line.column + line.end, 0);
    assert_int_equal(file.text.len + line.text.len, 0);
}

/* Walking the text character by character meets the same line and column. */
static void test_every_character(void **state)
{
    static const Str PARTS[] = {STR_INIT("a"),    STR_INIT("陇"), STR_INIT("\n"),
                                STR_INIT("\r\n"), STR_INIT("é"),  STR_INIT("😀")};
    Arena *arena = arena_new();
    uint64_t seed = 77;

    (void)state;
    for (int i = 0; i < 500; i++) {
        Buf buf = buf_new(arena);
        Source source = {.name = STR("x")};
        uint32_t line = 1, column = 1;
        size_t len;

        for (size_t n = random_below(&seed, 30); n > 0; n--) {
            buf_add(&buf, PARTS[random_below(&seed, N_ROWS(PARTS))]);
        }
        source.text = buf_str(&buf);
        for (size_t at = 0; at < source.text.len; at += len) {
            uint32_t c = utf8_at(source.text, at, &len);
            Place place = place_of(&source, (Span){(uint32_t)at, (uint32_t)(at + len)});

            assert_int_equal(place.line, line);
            assert_int_equal(place.column, column);
            assert_int_equal(place.end - place.column, c != '\r' && c != '\n');
            assert_int_equal(str_find(place.text, STR("\n")), SIZE_MAX);
            assert_int_equal(str_find(place.text, STR("\r")), SIZE_MAX);
            column++;
            if (c == '\n') {
                line++;
                column = 1;
            }
        }
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_and_columns),
        cmocka_unit_test(test_without_a_text),
        cmocka_unit_test(test_every_character),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
