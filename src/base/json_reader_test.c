/* Tests of JsonReader: what is JSON (RFC 8259) and what is not, and what is read out of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/json_reader.h"

#include <stdlib.h>
#include <string.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof(rows)[0])

static int set_up(void **state)
{
    *state = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static bool is_json(Arena *arena, Str text)
{
    JsonReader reader = json_reader_new(arena, text);

    json_read_skip(&reader);
    return json_read_end(&reader);
}

static void test_json(void **state)
{
    static const char *const GOOD[] = {
        "0",
        "-0",
        "-12.50e+3",
        "1E9",
        "true",
        "false",
        "null",
        "\"\"",
        "{}",
        "[]",
        " [ ] ",
        "\n{ \"a\" :\t1 , \"a\" : [ 2 , { } ] }\r\n",
        "[[[]]]",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"",
        "\"\xE9\x99\x87\x7F\"",
        "\xEF\xBB\xBF[]",
    };

    for (size_t i = 0; i < N_ROWS(GOOD); i++) {
        if (!is_json(*state, str_z(GOOD[i]))) {
            fail_msg("%s", GOOD[i]);
        }
    }
}

static void test_not_json(void **state)
{
    static const struct {
        const char *text;
        size_t at; /* where it goes wrong */
        const char *why;
    } BAD[] = {
        {"", 0, "a value belongs here"},
        {" ", 1, "a value belongs here"},
        {"[1,]", 3, "a value belongs here"},
        {"[1 2]", 3, "a comma or closing bracket belongs here"},
        {"[1}", 2, "a comma or closing bracket belongs here"},
        {"[", 1, "a value belongs here"},
        {"{\"a\":1,}", 7, "a key in quotes belongs here"},
        {"{a:1}", 1, "a key in quotes belongs here"},
        {"{\"a\" 1}", 5, "a colon belongs behind a key"},
        {"{\"a\":}", 5, "a value belongs here"},
        {"{\"a\":1", 6, "a comma or closing bracket belongs here"},
        {"{,}", 1, "a key in quotes belongs here"},
        {"\"a", 2, "a quote is not closed"},
        {"\"a\nb\"", 2, "a control character in a text"},
        {"\"\\x\"", 2, "no escape behind a backslash"},
        {"\"\\u12G4\"", 2, "no escape behind a backslash"},
        {"\"\\u12\"", 2, "no escape behind a backslash"},
        {"\"\\", 2, "no escape behind a backslash"},
        {"'a'", 0, "a value belongs here"},
        {"01", 1, "text behind the value"},
        {"1.", 2, "a value belongs here"},
        {".5", 0, "a value belongs here"},
        {"+1", 0, "a value belongs here"},
        {"-", 1, "a value belongs here"},
        {"1e", 2, "a value belongs here"},
        {"nul", 0, "a value belongs here"},
        {"nulls", 4, "text behind the value"},
        {"{} []", 3, "text behind the value"},
        {"[1] // one", 4, "text behind the value"},
    };

    for (size_t i = 0; i < N_ROWS(BAD); i++) {
        JsonReader reader = json_reader_new(*state, str_z(BAD[i].text));

        json_read_skip(&reader);
        if (json_read_end(&reader) || reader.at != BAD[i].at ||
            !str_eq(reader.wrong.en, str_z(BAD[i].why))) {
            fail_msg("%s: %zu %.*s", BAD[i].text, reader.at, STR_ARG(reader.wrong.en));
        }
    }
    assert_false(is_json(*state, (Str){"[1,\0]", 5}));
    assert_false(is_json(*state, (Str){"\"\\\0\"", 4}));
}

static void test_texts(void **state)
{
    static const struct {
        const char *text, *want;
    } ROWS[] = {
        {"\"\"", ""},
        {"\"陇\"", "陇"},
        {"\"a\\n\\t\\/\\\\\\\"b\"", "a\n\t/\\\"b"},
        {"\"\\u0041\\u00e9\\u9647\"", "Aé陇"},
        {"\"\\uD842\\uDFB7\"", "𠮷"},
        {"\"\\ud842\"", "\uFFFD"},
        {"\"\\udfb7\\ud842\"", "\uFFFD\uFFFD"},
        {"\"\\ud842\\u0041\"", "\uFFFDA"},
        {"\"\\ud842\\\\u\"", "\uFFFD\\u"},
    };

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        JsonReader reader = json_reader_new(*state, str_z(ROWS[i].text));
        Str got = STR("?");

        assert_true(json_read_str(&reader, &got));
        assert_true(json_read_end(&reader));
        if (!str_eq(got, str_z(ROWS[i].want))) {
            fail_msg("%s: %.*s", ROWS[i].text, STR_ARG(got));
        }
    }
}

static void test_numbers(void **state)
{
    static const struct {
        const char *text;
        bool is;
        uint32_t want;
    } ROWS[] = {
        {"0", true, 0},           {"17", true, 17},          {"4294967295", true, UINT32_MAX},
        {"4294967296", false, 0}, {"99999999999", false, 0}, {"-1", false, 0},
        {"1.0", false, 0},        {"1e3", false, 0},         {"\"1\"", false, 0},
        {"[1]", false, 0},        {"null", false, 0},
    };

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        JsonReader reader = json_reader_new(*state, str_z(ROWS[i].text));
        uint32_t got = 7;

        assert_int_equal(json_read_uint(&reader, &got), ROWS[i].is);
        assert_int_equal(got, ROWS[i].is ? ROWS[i].want : 7);
        assert_true(json_read_end(&reader)); /* it is passed over all the same */
    }
}

/* Keys in any order, values of other kinds than expected. */
static void test_walk(void **state)
{
    JsonReader reader = json_reader_new(
        *state,
        STR("{\"skip\": {\"n\": [1, {\"n\": 2}]}, \"n\": \"no number\", \"list\": [\"a\", 1, [], "
            "\"b\"], \"n\": 3, \"list\": {\"list\": [\"c\"]}}"));
    Buf texts = buf_new(*state);
    uint32_t n = 0;
    Str key, text;

    assert_true(json_read_object(&reader));
    while (json_read_key(&reader, &key)) {
        if (str_eq(key, STR("n"))) {
            (void)json_read_uint(&reader, &n);
        } else if (!str_eq(key, STR("list"))) {
            json_read_skip(&reader);
        } else if (json_read_array(&reader)) {
            while (json_read_item(&reader)) {
                if (json_read_str(&reader, &text)) {
                    buf_add(&texts, text);
                }
            }
        }
    }
    assert_true(json_read_end(&reader));
    assert_int_equal(n, 3);
    assert_true(str_eq(buf_str(&texts), STR("ab")));
}

/* After a mistake every reader gives up and the first reason stays. */
static void test_gives_up(void **state)
{
    JsonReader reader = json_reader_new(*state, STR("[\"a\" \"b\"]"));
    uint32_t n;
    Str text;

    assert_true(json_read_array(&reader));
    assert_true(json_read_item(&reader));
    assert_true(json_read_str(&reader, &text));
    assert_false(json_read_item(&reader));
    assert_false(json_read_str(&reader, &text));
    assert_false(json_read_uint(&reader, &n));
    assert_false(json_read_object(&reader));
    assert_false(json_read_array(&reader));
    assert_false(json_read_key(&reader, &text));
    assert_false(json_read_end(&reader));
    assert_int_equal(reader.at, 5);
    assert_true(str_starts(reader.wrong.en, STR("a comma")));
}

static void test_depth(void **state)
{
    static const char *const OPEN[] = {"[", "{\"a\":"}, *const CLOSE[] = {"]", "}"};

    for (size_t kind = 0; kind < 2; kind++) {
        for (size_t depth = JSON_READ_MAX_DEPTH; depth <= JSON_READ_MAX_DEPTH + 1; depth++) {
            Buf text = buf_new(*state);

            buf_repeat(&text, str_z(OPEN[kind]), depth);
            buf_add(&text, STR("1"));
            buf_repeat(&text, str_z(CLOSE[kind]), depth);
            assert_int_equal(is_json(*state, buf_str(&text)), depth == JSON_READ_MAX_DEPTH);
        }
    }
    Buf text = buf_new(*state);

    buf_repeat(&text, STR("["), 1 << 20);
    assert_false(is_json(*state, buf_str(&text)));
}

/* What Json writes is read back. */
static void test_written(void **state)
{
    static const Str TEXT_WITH_ALL = STR_INIT("\"\\/\b\f\n\r\t\x01\x7F 陇𠮷\0end");
    Buf out = buf_new(*state);
    Json json = json_new(&out);
    JsonReader reader;
    Str key, text = STR("");

    json_object(&json);
    json_key(&json, "a\"b\n");
    json_str(&json, TEXT_WITH_ALL);
    json_end(&json);
    reader = json_reader_new(*state, buf_str(&out));
    assert_true(json_read_object(&reader));
    assert_true(json_read_key(&reader, &key));
    assert_true(str_eq(key, STR("a\"b\n")));
    assert_true(json_read_str(&reader, &text));
    assert_true(str_eq(text, TEXT_WITH_ALL));
    assert_false(json_read_key(&reader, &key));
    assert_true(json_read_end(&reader));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_json), TEST(test_not_json), TEST(test_texts), TEST(test_numbers),
        TEST(test_walk), TEST(test_gives_up), TEST(test_depth), TEST(test_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
