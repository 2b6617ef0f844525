/* Tests of Json: the exact text that is written, and that it is JSON (RFC 8259) whatever the
 * values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/test_random.h"
#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof(rows)[0])

typedef struct {
    Arena *arena;
    Buf buf;
    Json json;
} Writer;

static int set_up(void **state)
{
    Writer *writer = calloc(1, sizeof *writer);

    if (writer == NULL) {
        return -1;
    }
    writer->arena = arena_new();
    writer->buf = buf_new(writer->arena);
    writer->json = json_new(&writer->buf);
    *state = writer;
    return 0;
}

static int tear_down(void **state)
{
    Writer *writer = *state;

    arena_free(writer->arena);
    free(writer);
    return 0;
}

static void assert_written(const Writer *writer, const char *want)
{
    if (!str_eq(buf_str(&writer->buf), str_z(want))) {
        fail_msg("got\n%.*s\nwant\n%s", STR_ARG(buf_str(&writer->buf)), want);
    }
}

static void test_layout(void **state)
{
    Writer *writer = *state;
    Json *json = &writer->json;

    json_object(json);
    json_key(json, "plan");
    json_str(json, STR("lanzhou"));
    json_key(json, "period");
    json_array(json);
    json_flat(json);
    json_int(json, 2021);
    json_int(json, 2025);
    json_end(json);
    json_key(json, "targets");
    json_array(json);
    json_object(json);
    json_key(json, "value");
    json_double(json, 6.5);
    json_key(json, "due");
    json_null(json);
    json_end(json);
    json_object(json);
    json_flat(json);
    json_key(json, "met");
    json_bool(json, true);
    json_key(json, "late");
    json_bool(json, false);
    json_end(json);
    json_end(json);
    json_end(json);
    assert_written(writer, "{\n"
                           "  \"plan\": \"lanzhou\",\n"
                           "  \"period\": [2021, 2025],\n"
                           "  \"targets\": [\n"
                           "    {\n"
                           "      \"value\": 6.5,\n"
                           "      \"due\": null\n"
                           "    },\n"
                           "    {\"met\": true, \"late\": false}\n"
                           "  ]\n"
                           "}\n");
}

static void test_empty(void **state)
{
    Writer *writer = *state;
    Json *json = &writer->json;

    json_array(json);
    json_object(json);
    json_end(json);
    json_array(json);
    json_end(json);
    json_array(json);
    json_flat(json);
    json_end(json);
    json_end(json);
    assert_written(writer, "[\n  {},\n  [],\n  []\n]\n");
}

static void test_flat_outermost(void **state)
{
    Writer *writer = *state;

    json_object(&writer->json);
    json_flat(&writer->json);
    json_key(&writer->json, "a");
    json_array(&writer->json);
    json_int(&writer->json, 1);
    json_int(&writer->json, 2);
    json_end(&writer->json);
    json_end(&writer->json);
    assert_written(writer, "{\"a\": [1, 2]}\n");
}

/* What is inside something flat is flat, what comes behind it is not. */
static void test_flat_is_inherited(void **state)
{
    Writer *writer = *state;
    Json *json = &writer->json;

    json_array(json);
    json_array(json);
    json_flat(json);
    json_object(json);
    json_key(json, "a");
    json_array(json);
    json_int(json, 1);
    json_int(json, 2);
    json_end(json);
    json_key(json, "b");
    json_null(json);
    json_end(json);
    json_int(json, 3);
    json_end(json);
    json_array(json);
    json_int(json, 4);
    json_end(json);
    json_end(json);
    assert_written(writer, "[\n"
                           "  [{\"a\": [1, 2], \"b\": null}, 3],\n"
                           "  [\n"
                           "    4\n"
                           "  ]\n"
                           "]\n");
}

static void test_documents_follow_each_other(void **state)
{
    Writer *writer = *state;

    for (int i = 0; i < 2; i++) { /* JSON lines */
        json_object(&writer->json);
        json_flat(&writer->json);
        json_key(&writer->json, "i");
        json_int(&writer->json, i);
        json_end(&writer->json);
    }
    assert_written(writer, "{\"i\": 0}\n{\"i\": 1}\n");
}

static void test_deepest(void **state)
{
    Writer *writer = *state;
    char want[2 * JSON_MAX_DEPTH + 2];

    for (int i = 0; i < JSON_MAX_DEPTH; i++) {
        json_array(&writer->json);
        json_flat(&writer->json);
        want[i] = '[';
        want[JSON_MAX_DEPTH + i] = ']';
    }
    for (int i = 0; i < JSON_MAX_DEPTH; i++) {
        json_end(&writer->json);
    }
    want[2 * JSON_MAX_DEPTH] = '\n';
    want[2 * JSON_MAX_DEPTH + 1] = '\0';
    assert_written(writer, want);
}

static void test_texts(void **state)
{
    static const struct {
        Str value;
        const char *want;
    } ROWS[] = {
        {STR_INIT(""), "\"\""},
        {STR_INIT("陇图"), "\"陇图\""},
        {STR_INIT("“四强”😀"), "\"“四强”😀\""},
        {STR_INIT("say \"hi\""), "\"say \\\"hi\\\"\""},
        {STR_INIT("a\\b"), "\"a\\\\b\""},
        {STR_INIT("a/b"), "\"a/b\""},
        {STR_INIT("a\nb\tc"), "\"a\\nb\\tc\""},
        {STR_INIT("\r"), "\"\\u000d\""},
        {STR_INIT("\0"), "\"\\u0000\""},
        {STR_INIT("\x1B[1m"), "\"\\u001b[1m\""},
        {STR_INIT("\x1F"), "\"\\u001f\""},
        {STR_INIT("\x7F"), "\"\\u007f\""},
        {STR_INIT("\xFF"), "\"\uFFFD\""},
        {STR_INIT("a\xE9\x99"), "\"a\uFFFD\uFFFD\""},           /* 陇 cut short */
        {STR_INIT("\xED\xA0\x80!"), "\"\uFFFD\uFFFD\uFFFD!\""}, /* a surrogate */
        {STR_INIT("陇\x80图"), "\"陇\uFFFD图\""},
    };
    Writer *writer = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        writer->buf = buf_new(writer->arena);
        json_str(&writer->json, ROWS[i].value);
        assert_written(writer, ROWS[i].want);
    }
}

static void test_keys_are_escaped_too(void **state)
{
    Writer *writer = *state;

    json_object(&writer->json);
    json_flat(&writer->json);
    json_key(&writer->json, "\"\n");
    json_str_or_null(&writer->json, STR(""));
    json_key(&writer->json, "");
    json_str_or_null(&writer->json, STR("x"));
    json_end(&writer->json);
    assert_written(writer, "{\"\\\"\\n\": null, \"\": \"x\"}\n");
}

static void test_numbers(void **state)
{
    Writer *writer = *state;
    Json *json = &writer->json;

    json_array(json);
    json_flat(json);
    json_double(json, 41.09);
    json_double(json, -0.0);
    json_double(json, 0.1 + 0.2);
    json_double(json, 1e300);
    json_double(json, NAN);
    json_double(json, INFINITY);
    json_double(json, -INFINITY);
    json_int(json, 0);
    json_int(json, -5);
    json_int(json, INT64_MAX);
    json_int(json, INT64_MIN);
    json_end(json);
    assert_written(writer, "[41.09, 0, 0.30000000000000004, 1e+300, null, null, null, 0, -5, "
                           "9223372036854775807, -9223372036854775808]\n");
}

/* --- whatever is written is JSON --- */

/* Reads a text as RFC 8259 section 7 says, without surrogate pairs, which are never written. */
static Str unquote(Arena *arena, Str text)
{
    Buf out = buf_new(arena);

    assert_true(text.len >= 2 && text.at[0] == '"' && text.at[text.len - 1] == '"');
    for (size_t i = 1; i + 1 < text.len; i++) {
        char c = text.at[i];

        assert_true((unsigned char)c >= 0x20 && c != '"');
        if (c == '\\') {
            c = text.at[++i];
            assert_true(i + 1 < text.len && strchr("\"\\/bfnrtu", c) != NULL);
            if (c == 'u') {
                char hex[5] = {0};

                assert_true(i + 5 < text.len);
                memcpy(hex, text.at + i + 1, 4);
                c = (char)strtol(hex, NULL, 16);
                i += 4;
            } else {
                c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
            }
        }
        buf_char(&out, c);
    }
    return buf_str(&out);
}

static Str random_text(uint64_t *seed, Arena *arena)
{
    static const Str PARTS[] = {STR_INIT("a"),  STR_INIT("\""),   STR_INIT("\\"), STR_INIT("\n"),
                                STR_INIT("\t"), STR_INIT("陇"),   STR_INIT("😀"),  STR_INIT("{"),
                                STR_INIT("]"),  STR_INIT("\x01"), STR_INIT("\0"), STR_INIT("\x7F"),
                                STR_INIT(", "), STR_INIT(":"),    STR_INIT("u00")};
    Buf buf = buf_new(arena);

    for (size_t n = random_below(seed, 10); n > 0; n--) {
        buf_add(&buf, PARTS[random_below(seed, N_ROWS(PARTS))]);
    }
    return buf_str(&buf);
}

static void test_texts_read_back(void **state)
{
    Writer *writer = *state;
    uint64_t seed = 8259;

    for (int i = 0; i < 20000; i++) {
        ArenaMark mark = arena_mark(writer->arena);
        Str text = random_text(&seed, writer->arena);

        writer->buf = buf_new(writer->arena);
        json_str(&writer->json, text);
        assert_true(str_eq(unquote(writer->arena, buf_str(&writer->buf)), text));
        arena_release(writer->arena, mark);
    }
}

static void test_random_bytes_become_utf8(void **state)
{
    Writer *writer = *state;
    uint64_t seed = 8260;

    for (int i = 0; i < 20000; i++) {
        ArenaMark mark = arena_mark(writer->arena);
        char bytes[12];
        Str text = {bytes, random_below(&seed, sizeof bytes + 1)}, got;

        for (size_t k = 0; k < text.len; k++) {
            bytes[k] = (char)random_below(&seed, 256);
        }
        writer->buf = buf_new(writer->arena);
        json_str(&writer->json, text);
        got = unquote(writer->arena, buf_str(&writer->buf));
        assert_int_equal(utf8_valid(got), got.len);
        if (utf8_valid(text) == text.len) {
            assert_true(str_eq(got, text));
        }
        arena_release(writer->arena, mark);
    }
}

/* Writes the same random value twice: through Json, and by hand without any white space. */
static void write_value(uint64_t *seed, Json *json, Buf *want, int depth)
{
    switch (random_below(seed, depth > 0 ? 7 : 4)) {
    case 0:
        json_int(json, 12);
        buf_add(want, STR("12"));
        break;
    case 1:
        json_str(json, STR("a b"));
        buf_add(want, STR("\"a b\""));
        break;
    case 2:
        json_bool(json, true);
        buf_add(want, STR("true"));
        break;
    case 3:
        json_double(json, NAN);
        buf_add(want, STR("null"));
        break;
    case 4:
    case 5:
        json_array(json);
        if (random_below(seed, 3) == 0) {
            json_flat(json);
        }
        buf_char(want, '[');
        for (size_t i = 0, n = random_below(seed, 4); i < n; i++) {
            buf_add(want, i == 0 ? STR("") : STR(","));
            write_value(seed, json, want, depth - 1);
        }
        json_end(json);
        buf_char(want, ']');
        break;
    default:
        json_object(json);
        if (random_below(seed, 3) == 0) {
            json_flat(json);
        }
        buf_char(want, '{');
        for (size_t i = 0, n = random_below(seed, 4); i < n; i++) {
            buf_add(want, i == 0 ? STR("\"k 1\":") : STR(",\"k 1\":"));
            json_key(json, "k 1");
            write_value(seed, json, want, depth - 1);
        }
        json_end(json);
        buf_char(want, '}');
        break;
    }
}

static Str without_space(Arena *arena, Str text)
{
    Buf out = buf_new(arena);
    bool quoted = false;

    for (size_t i = 0; i < text.len; i++) {
        quoted ^= text.at[i] == '"';
        if (quoted || (text.at[i] != ' ' && text.at[i] != '\n')) {
            buf_char(&out, text.at[i]);
        }
    }
    return buf_str(&out);
}

static void test_structure(void **state)
{
    Writer *writer = *state;
    uint64_t seed = 8261;

    for (int i = 0; i < 5000; i++) {
        ArenaMark mark = arena_mark(writer->arena);
        Buf want = buf_new(writer->arena);

        writer->buf = buf_new(writer->arena);
        writer->json = json_new(&writer->buf);
        write_value(&seed, &writer->json, &want, 6);
        assert_int_equal(writer->json.depth, 0);
        assert_true(str_eq(without_space(writer->arena, buf_str(&writer->buf)), buf_str(&want)));
        arena_release(writer->arena, mark);
    }
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_layout),
        TEST(test_empty),
        TEST(test_flat_outermost),
        TEST(test_flat_is_inherited),
        TEST(test_documents_follow_each_other),
        TEST(test_deepest),
        TEST(test_texts),
        TEST(test_keys_are_escaped_too),
        TEST(test_numbers),
        TEST(test_texts_read_back),
        TEST(test_random_bytes_become_utf8),
        TEST(test_structure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
