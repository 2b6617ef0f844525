/* Tests of Wire, Position and Uri: what the protocol says of frames and places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "editor/position.h"
#include "editor/uri.h"
#include "editor/wire.h"

static void assert_str(Str text, const char *expected)
{
    assert_int_equal(text.len, strlen(expected));
    assert_memory_equal(text.at, expected, text.len);
}

/* However the stream is cut, the same messages come out. */
static void test_frames(void **state)
{
    static const Str STREAM = STR_INIT(
        "Content-Length: 2\r\n\r\n{}"
        "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nCONTENT-LENGTH:6\r\n\r\n陇图"
        "Content-Length: 0\n\n"
        "Content-Length: 3\r\nX: Content-Length: 9\r\n\r\nabc");
    static const char *const BODIES[] = {"{}", "陇图", "", "abc"};

    (void)state;
    for (size_t step = 1; step <= STREAM.len; step++) {
        Wire *wire = wire_new();
        size_t n = 0;
        Str body;
        Text why;

        for (size_t at = 0; at < STREAM.len; at += step) {
            wire_add(wire, str_slice(STREAM, at, at + step));
            while (wire_next(wire, &body, &why) == WIRE_MESSAGE) {
                assert_str(body, BODIES[n++]);
            }
        }
        assert_int_equal(n, 4);
        assert_int_equal(wire_next(wire, &body, &why), WIRE_MORE);
        wire_free(wire);
    }
}

static void test_broken(void **state)
{
    static const char *const STREAMS[] = {"Content-Length: x\r\n\r\n",
                                          "Content-Length: -1\r\n\r\n",
                                          "Content-Length:\r\n\r\n",
                                          "Content-Length: 67108865\r\n\r\n",
                                          "Content-Length: 18446744073709551617\r\n\r\n",
                                          "Content-Type: a\r\n\r\n{}",
                                          "\r\n\r\n",
                                          "{}\n\n"};

    (void)state;
    for (size_t i = 0; i < sizeof STREAMS / sizeof STREAMS[0]; i++) {
        Wire *wire = wire_new();
        Str body;
        Text why = {0};

        wire_add(wire, str_z(STREAMS[i]));
        assert_int_equal(wire_next(wire, &body, &why), WIRE_BROKEN);
        assert_true(why.zh.len > 0 && why.en.len > 0);
        wire_add(wire, STR("Content-Length: 2\r\n\r\n{}"));
        assert_int_equal(wire_next(wire, &body, &why), WIRE_BROKEN);
        wire_free(wire);
    }
}

static void test_headers_without_end(void **state)
{
    Wire *wire = wire_new();
    Str body;
    Text why;

    (void)state;
    for (int i = 0; i < WIRE_MAX_HEADERS - 1; i++) {
        wire_add(wire, STR("a"));
        assert_int_equal(wire_next(wire, &body, &why), WIRE_MORE);
    }
    wire_add(wire, STR("a"));
    assert_int_equal(wire_next(wire, &body, &why), WIRE_BROKEN);
    wire_free(wire);
}

/* 𠀀 is four bytes and two units of UTF-16, 陇 three and one, é two and one. */
static const Str LINES = STR_INIT("a陇𠀀é\r\n\rb\n");

static void test_positions(void **state)
{
    static const struct {
        uint32_t line, utf16, utf8;
        size_t offset;
    } CASES[] = {{0, 0, 0, 0},  {0, 1, 1, 1},  {0, 2, 4, 4},  {0, 4, 8, 8}, {0, 5, 10, 10},
                 {1, 0, 0, 12}, {2, 0, 0, 13}, {2, 1, 1, 14}, {3, 0, 0, 15}};
    Arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        for (int utf8 = 0; utf8 < 2; utf8++) {
            Encoding encoding = utf8 ? ENCODING_UTF8 : ENCODING_UTF16;
            Position position = {CASES[i].line, utf8 ? CASES[i].utf8 : CASES[i].utf16};
            Position found = position_of(LINES, encoding, CASES[i].offset);
            PositionLines lines = position_lines(arena, LINES, encoding);
            uint32_t at = (uint32_t)CASES[i].offset;
            Range range = position_lines_range(&lines, (Span){at, at});

            assert_int_equal(position_offset(LINES, encoding, position), CASES[i].offset);
            assert_int_equal(found.line, position.line);
            assert_int_equal(found.character, position.character);
            assert_int_equal(range.end.line, position.line);
            assert_int_equal(range.end.character, position.character);
        }
    }
    arena_free(arena);
}

/* LSP 3.17, Position: a character behind the line's length is the length. */
static void test_clamps(void **state)
{
    (void)state;
    assert_int_equal(position_offset(LINES, ENCODING_UTF16, (Position){0, 99}), 10);
    assert_int_equal(position_offset(LINES, ENCODING_UTF16, (Position){2, UINT32_MAX}), 14);
    assert_int_equal(position_offset(LINES, ENCODING_UTF16, (Position){UINT32_MAX, 0}), 15);
    assert_int_equal(position_offset(LINES, ENCODING_UTF16, (Position){0, 3}), 4); /* within 𠀀 */
    assert_int_equal(position_offset(LINES, ENCODING_UTF8, (Position){0, 3}), 1);  /* within 陇 */
    assert_int_equal(position_offset(STR(""), ENCODING_UTF8, (Position){5, 5}), 0);
    assert_str(position_line(LINES, 2), "b");
    assert_str(position_line(LINES, 9), "");
}

static void test_places(void **state)
{
    Place place = {.line = 3, .column = 3, .end = 5, .text = STR("a陇𠀀é")};
    Range range = position_of_place(&place, ENCODING_UTF16);

    (void)state;
    assert_int_equal(range.start.line, 2);
    assert_int_equal(range.start.character, 2);
    assert_int_equal(range.end.character, 5);
    place.skipped = 1; /* the text begins behind its first character */
    place.text = STR("陇𠀀é");
    range = position_of_place(&place, ENCODING_UTF16);
    assert_int_equal(range.start.character, 2);
    assert_int_equal(range.end.character, 5);
    place = (Place){.line = 3};
    range = position_of_place(&place, ENCODING_UTF16);
    assert_int_equal(range.end.line, 3);
    assert_int_equal(range.end.character, 0);
}

static void test_uris(void **state)
{
    Arena *arena = arena_new();

    (void)state;
    assert_str(uri_path(arena, STR("file:///home/%E9%99%87/a%20b.yaml")), "/home/陇/a b.yaml");
    assert_str(uri_path(arena, STR("file://localhost/a.yaml#x")), "/a.yaml");
    assert_str(uri_path(arena, STR("file:///a%2")), "/a%2");
    assert_str(uri_path(arena, STR("file:///a%00b")), "");
    assert_str(uri_path(arena, STR("file://host/a")), "");
    assert_str(uri_path(arena, STR("untitled:a")), "");
    assert_str(uri_of(arena, STR("/陇/a b#%.yaml")), "file:///%E9%99%87/a%20b%23%25.yaml");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_frames),
        cmocka_unit_test(test_broken),
        cmocka_unit_test(test_headers_without_end),
        cmocka_unit_test(test_positions),
        cmocka_unit_test(test_clamps),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_uris),
    };

    return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
