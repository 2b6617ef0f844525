/* Tests of Csv: rows and fields however they are quoted, encoded and cut into reads. */
#include "facts/test_facts.h"

#include "base/utf8.h"

#include <iconv.h>
#include <sodium.h>

enum { CHUNK = 64 << 10 /* what the reader takes at a time */ };

/* --- reading a text into one line a row: “LINE:field|field”, and the codes at the end --- */

typedef struct {
    Str rows;
    Str codes;
    Err err;
    Encoding encoding;
    unsigned char hash[32];
} Read;

static Read read_from(Arena *arena, CsvInput input, Encoding encoding)
{
    Diags diags = diags_new(arena);
    Csv *csv = csv_open(arena, STR("a.csv"), input, encoding, &diags);
    Buf rows = buf_new(arena);
    const Str *fields;
    size_t n;
    Err err;

    while ((err = csv_next(csv, &fields, &n)) == OK && n > 0) {
        buf_format(&rows, "%u:", csv_line(csv));
        for (size_t i = 0; i < n; i++) {
            buf_add(&rows, i == 0 ? STR("") : STR("|"));
            buf_add(&rows, fields[i]);
        }
        buf_char(&rows, '\n');
    }
    assert_int_equal(n, 0);
    Read out = {buf_str(&rows), codes_of(arena, &diags), err, csv_encoding(csv), {0}};

    csv_input_hash(csv, out.hash);
    csv_close(csv);
    return out;
}

static Read read_in_steps(Arena *arena, Str text, Encoding encoding, size_t most, uint64_t seed)
{
    Memory memory = {.text = text, .most = most, .random = seed};

    return read_from(arena, (CsvInput){&memory, memory_read}, encoding);
}

static Read read_text(Arena *arena, Str text)
{
    return read_in_steps(arena, text, ENCODING_DETECT, 0, 1);
}

typedef struct {
    const char *text, *want;
} Case;

static void check(Arena *arena, const Case *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        Read got = read_text(arena, str_z(rows[i].text));

        if (got.err != OK || !str_eq(got.rows, str_z(rows[i].want))) {
            fail_msg("%s\ngot\n%.*s%.*s\nwant\n%s", rows[i].text, STR_ARG(got.rows),
                     STR_ARG(got.codes), rows[i].want);
        }
        assert_int_equal(got.codes.len, 0);
    }
}

/* --- rows and fields --- */

static void test_lines(void **state)
{
    static const Case ROWS[] = {
        {"", ""},
        {"\n", ""},
        {"\r\n\r\n", ""},
        {"a", "1:a\n"},
        {"a\n", "1:a\n"},
        {"a\r\n", "1:a\n"},
        {"a,b\nc,d\n", "1:a|b\n2:c|d\n"},
        {"a,b\r\nc,d\r\n", "1:a|b\n2:c|d\n"},
        {"a,b\nc,d", "1:a|b\n2:c|d\n"},
        {"a,b\r\nc,d\r", "1:a|b\n2:c|d\n"},
        {"\n\na\n\n\nb\n\n", "3:a\n6:b\n"},
        {"\r\na\r\n\r\nb\n", "2:a\n4:b\n"},
        {"a\n \nb\n", "1:a\n2: \n3:b\n"}, /* a blank is a field */
        {"a\rb\n", "1:a\rb\n"},           /* only a line end ends a line */
    };
    Fixture *fixture = *state;

    check(fixture->arena, ROWS, N_ROWS(ROWS));
}

static void test_fields(void **state)
{
    static const Case ROWS[] = {
        {"a,b,c\n", "1:a|b|c\n"}, {",\n", "1:|\n"},
        {"a,\n", "1:a|\n"},       {",a\n", "1:|a\n"},
        {"a,,b\n", "1:a||b\n"},   {",,,\n", "1:|||\n"},
        {"a,", "1:a|\n"},         {" a , b \n", "1: a | b \n"}, /* spaces are part of a field */
        {"a,\"\"\n", "1:a|\n"},   {"甘肃,兰州\n", "1:甘肃|兰州\n"},
    };
    Fixture *fixture = *state;

    check(fixture->arena, ROWS, N_ROWS(ROWS));
}

/* RFC 4180, 2.5 to 2.7. */
static void test_quotes(void **state)
{
    static const Case ROWS[] = {
        {"\"a\",\"b\"\n", "1:a|b\n"},
        {"\"a\",\"b\"", "1:a|b\n"},
        {"\"a,b\",c\n", "1:a,b|c\n"},
        {"a,\"b\"\"c\"\n", "1:a|b\"c\n"},
        {"\"\"\"a\"\"\",b\n", "1:\"a\"|b\n"},
        {"\"\"\"\"\n", "1:\"\n"},
        {"\"\"\"\"\"\"\n", "1:\"\"\n"},
        {"\"\",\"\"\n", "1:|\n"},
        {"\"\"\n", "1:\n"}, /* a field that is empty, not an empty line */
        {"\"a\nb\",c\nd,e\n", "1:a\nb|c\n3:d|e\n"},
        {"\"a\r\nb\",c\r\nd,e\r\n", "1:a\r\nb|c\n3:d|e\n"},
        {"\"\n\n\n\"\nx\n", "1:\n\n\n\n5:x\n"},
        {"a,\"b\n\"\"\nc\",d\n\ne\n", "1:a|b\n\"\nc|d\n5:e\n"},
    };
    Fixture *fixture = *state;

    check(fixture->arena, ROWS, N_ROWS(ROWS));
}

/* What RFC 4180 has no place for: text behind a closing quote is told apart, never part of a
 * field. */
static void test_text_behind_a_closing_quote(void **state)
{
    static const struct {
        const char *text, *behind;
    } ROWS[] = {
        {"\"12\"34,b\n", "34"},   {"a,\"12\"34\r\n", "34"},
        {"\"a\"\"b\"c\n", "c"},   {"\"a\"b\"\"c,d\n", "b\"\"c"},
        {"\"a\"b,\"c\"d\n", "b"}, {"\"a\" \"b\"\n", "\"b\""},
        {"\"a\"x\n", "x"},        {"\"a\",b\n", ""},
        {"\"a\" ,b\n", ""},       {"\"a\"\t\r\n", ""},
        {"a\"b\"c,d\n", ""},      {" \"a\"b,c\n", ""},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Memory memory = {.text = str_format(fixture->arena, "x,y\n%snext\n", ROWS[i].text)};
        Csv *csv = csv_open(fixture->arena, STR("a.csv"), (CsvInput){&memory, memory_read},
                            ENCODING_DETECT, &fixture->diags);
        const Str *fields;
        size_t n;

        assert_int_equal(csv_next(csv, &fields, &n), OK);
        assert_int_equal(csv_next(csv, &fields, &n), OK);
        assert_text(csv_behind_quote(csv), ROWS[i].behind);
        (void)csv_next(csv, &fields, &n);
        assert_text(csv_behind_quote(csv), "");
        csv_close(csv);
    }
}

/* A quote that is not the first character of a field is a character like others, and swallows no
 * line end. */
static void test_stray_quotes(void **state)
{
    static const Case ROWS[] = {
        {"a\"\"b,c\n", "1:a\"\"b|c\n"},
        {"a\"b,c\nd,e\n", "1:a\"b|c\n2:d|e\n"},
        {"a,5\"\nb,6\"\nc,\"7\n8\"\n", "1:a|5\"\n2:b|6\"\n3:c|7\n8\n"},
        {"a, \"b\nc,d\n", "1:a| \"b\n2:c|d\n"},
        {"a,b\"", "1:a|b\"\n"},
        {"a,b,c\nd;\"e,f\ng,h\n", "1:a|b|c\n2:d;\"e|f\n3:g|h\n"}, /* only behind the separator */
        {"a;\"b,c,d\"\ne;f\n", "1:a|b,c,d\n2:e|f\n"},
        {"a,\"b\"c\nd,e\"\n", "1:a|b\n2:d|e\"\n"}, /* behind a closing quote it is one, too */
        {"a,\"b\"c\"\nd,e\n", "1:a|b\n2:d|e\n"},
    };
    Fixture *fixture = *state;

    check(fixture->arena, ROWS, N_ROWS(ROWS));
    /* which it is, is settled by a whole first row, in which any may be one; then it is read anew
     */
    assert_text(read_text(fixture->arena, STR("a,b,c;\"d\ne\"\n")).rows, "1:a|b|c;\"d\n2:e\"\n");
}

static void test_separators(void **state)
{
    static const Case ROWS[] = {
        {"a;b;c\nd;e,f;g\n", "1:a|b|c\n2:d|e,f|g\n"},
        {"a\tb\tc\nd\te,f\tg;h\n", "1:a|b|c\n2:d|e,f|g;h\n"},
        {"a,b;c,d\n", "1:a|b;c|d\n"},                             /* the most frequent */
        {"a,b;c\n", "1:a|b;c\n"},                                 /* the comma where they tie */
        {"\"a,b,c,d\";b;c\nd;e;f\n", "1:a,b,c,d|b|c\n2:d|e|f\n"}, /* outside quotes */
        {"a\nb,c;d\n", "1:a\n2:b|c;d\n"}, /* the first row decides; else a comma */
        {"\n\na;b\nc,d;e\n", "3:a|b\n4:c,d|e\n"},
    };
    Fixture *fixture = *state;

    check(fixture->arena, ROWS, N_ROWS(ROWS));
}

static void test_number_of_fields(void **state)
{
    Fixture *fixture = *state;
    Buf most = buf_new(fixture->arena);
    Read got;

    buf_repeat(&most, STR(","), CSV_MAX_FIELDS - 1);
    got =
        read_text(fixture->arena, str_format(fixture->arena, "a\n%.*s\n", STR_ARG(buf_str(&most))));
    assert_int_equal(got.err, OK);
    assert_int_equal(got.rows.len, 4 + 2 + CSV_MAX_FIELDS - 1 + 1);
    got = read_text(fixture->arena,
                    str_format(fixture->arena, "a\n%.*s,\nb\n", STR_ARG(buf_str(&most))));
    assert_int_equal(got.err, ERR_INPUT);
    assert_text(got.rows, "1:a\n");
    assert_text(got.codes, "LT6009:2");
}

/* --- encodings --- */

static Str to_gb(Arena *arena, Str text)
{
    iconv_t encoder = iconv_open("GB18030", "UTF-8");
    size_t in_left = text.len, out_left = text.len * 4;
    char *in = (char *)(uintptr_t)text.at, *out = arena_alloc(arena, out_left), *start = out;

    assert_true(encoder != (iconv_t)-1);
    assert_int_not_equal(iconv(encoder, &in, &in_left, &out, &out_left), (size_t)-1);
    assert_int_equal(iconv_close(encoder), 0);
    return (Str){start, (size_t)(out - start)};
}

static void test_byte_order_mark(void **state)
{
    static const Case ROWS[] = {
        {"\xEF\xBB\xBF", ""},
        {"\xEF\xBB\xBF"
         "a,b\n",
         "1:a|b\n"},
        {"\xEF\xBB\xBF\"a\",b\n", "1:a|b\n"},
        {"\xEF\xBB\xBF甘肃\n", "1:甘肃\n"},
        {"\xEF\xBB\xBF\xC1\xAA\xCD\xA8\n", "1:\xC1\xAA\n"}, /* replaced below: not well-formed */
        {"a\n\xEF\xBB\xBF"
         "b\n",
         "1:a\n2:\xEF\xBB\xBF"
         "b\n"}, /* only at the start */
    };
    Fixture *fixture = *state;
    Read got;

    check(fixture->arena, ROWS, 4);
    check(fixture->arena, ROWS + 5, 1);
    /* the mark says UTF-8, so that what follows is held to it */
    got = read_text(fixture->arena, str_z(ROWS[4].text));
    assert_text(got.codes, "LT6008:1");
    /* it is stripped where UTF-8 is asked for, too */
    got = read_in_steps(fixture->arena,
                        STR("\xEF\xBB\xBF"
                            "a\n"),
                        ENCODING_UTF8, 0, 1);
    assert_text(got.rows, "1:a\n");
}

static void test_detection(void **state)
{
    static const struct {
        Str text;
        const char *want;
        Encoding encoding;
    } ROWS[] = {
        {STR_INIT("a,b\n"), "1:a|b\n", ENCODING_UTF8},
        {STR_INIT("甘肃,兰州\n"), "1:甘肃|兰州\n", ENCODING_UTF8},
        {STR_INIT("\xB8\xCA\xCB\xE0,\xC0\xBC\xD6\xDD\n"), "1:甘肃|兰州\n", ENCODING_GB18030},
        /* 联通: C1 AA CD A8, which looks like UTF-8 to who counts bytes only */
        {STR_INIT("\xC1\xAA\xCD\xA8\n"), "1:联通\n", ENCODING_GB18030},
        {STR_INIT("\xC1\xAA\xCD\xA8,\xB8\xCA\xCB\xE0\n"), "1:联通|甘肃\n", ENCODING_GB18030},
        /* 魔学: well-formed in both to the strictest reader, ħѧ in UTF-8 */
        {STR_INIT("\xC4\xA7\xD1\xA7\n"), "1:魔学\n", ENCODING_GB18030},
        /* 㐀 and U+20000 take four bytes in GB 18030 */
        {STR_INIT("\x81\x39\xEE\x39,\x95\x32\x82\x36\n"), "1:㐀|\xF0\xA0\x80\x80\n",
         ENCODING_GB18030},
        /* 联通 in UTF-8 beside Latin letters with accents */
        {STR_INIT("联通,é\n"), "1:联通|é\n", ENCODING_UTF8},
        /* the signs of units, C2 xx, are not Chinese */
        {STR_INIT("land_area,km²,m³,µg/m³,10·5,±1,20°\n"), "1:land_area|km²|m³|µg/m³|10·5|±1|20°\n",
         ENCODING_UTF8},
        /* ill-formed in GB 18030: FF never occurs */
        {STR_INIT("é,\xC3\xBF\xEF\xBF\xBD\n"), "1:é|ÿ\xEF\xBF\xBD\n", ENCODING_UTF8},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Read got = read_text(fixture->arena, ROWS[i].text);

        assert_text(got.rows, ROWS[i].want);
        assert_text(got.codes, "");
        assert_int_equal(got.encoding, ROWS[i].encoding);
    }
}

/* What is asked for is not doubted. */
static void test_encoding_is_given(void **state)
{
    Fixture *fixture = *state;
    Str ambiguous = STR("\xC4\xA7\xD1\xA7\n"); /* 魔学 in GB 18030, ħѧ in UTF-8 */

    assert_text(read_in_steps(fixture->arena, ambiguous, ENCODING_UTF8, 0, 1).rows, "1:ħѧ\n");
    assert_text(read_in_steps(fixture->arena, ambiguous, ENCODING_GB18030, 0, 1).rows, "1:魔学\n");
    assert_text(read_in_steps(fixture->arena, STR("甘肃"), ENCODING_GB18030, 0, 1).rows,
                "1:鐢樿們\n");
    assert_text(read_in_steps(fixture->arena, STR("\xB8\xCA\xCB\xE0\n"), ENCODING_UTF8, 0, 1).codes,
                "LT6008:1");
}

/* Where a long character lies across the end of a chunk, in either encoding. */
static void test_characters_across_a_chunk(void **state)
{
    static const char *const CHARACTERS[] = {"²", "联", "㐀", "\xF0\xA0\x80\x80"};
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(CHARACTERS); i++) {
        for (size_t before = 0; before <= 5; before++) {
            for (int gb = 0; gb <= 1; gb++) {
                ArenaMark mark = arena_mark(fixture->arena);
                Str head = gb ? to_gb(fixture->arena, STR("甘肃\n")) : STR("甘肃\n");
                Str tail = str_format(fixture->arena, "%s%s,%s\n", CHARACTERS[i], CHARACTERS[i],
                                      CHARACTERS[i]);
                Buf text = buf_new(fixture->arena), want = buf_new(fixture->arena);

                buf_add(&text, head);
                buf_add(&want, STR("1:甘肃\n"));
                buf_repeat(&text, STR("\n"), CHUNK - before - head.len);
                buf_add(&text, gb ? to_gb(fixture->arena, tail) : tail);
                buf_format(&want, "%zu:%s%s|%s\n", CHUNK - before - head.len + 2, CHARACTERS[i],
                           CHARACTERS[i], CHARACTERS[i]);
                Read got = read_text(fixture->arena, buf_str(&text));

                assert_int_equal(got.encoding, gb ? ENCODING_GB18030 : ENCODING_UTF8);
                assert_text(got.codes, "");
                assert_text(got.rows, str_to_z(fixture->arena, buf_str(&want)));
                arena_release(fixture->arena, mark);
            }
        }
    }
}

/* A character that the file ends inside of. */
static void test_file_ends_inside_a_character(void **state)
{
    static const char *const ROWS[] = {"甘肃\n\xE7\x94", "甘肃\n\xE7", "甘肃\nab\xF0\xA0\x80"};
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Read got = read_in_steps(fixture->arena, str_z(ROWS[i]), ENCODING_UTF8, 0, 1);

        assert_int_equal(got.err, ERR_INPUT);
        assert_text(got.rows, "1:甘肃\n");
        assert_text(got.codes, "LT6008:2");
    }
    for (size_t cut = 1; cut <= 3; cut++) {
        Str text = STR("\xB8\xCA\n\x81\x39\xEE\x39");
        Read got = read_in_steps(fixture->arena, str_slice(text, 0, text.len - cut),
                                 ENCODING_GB18030, 0, 1);

        assert_text(got.rows, "1:甘\n");
        assert_text(got.codes, "LT6008:2");
    }
}

/* The rows before a bad byte are read, and its line is told. */
static void test_broken_after_many_good_rows(void **state)
{
    enum { GOOD = 30000 };
    static const struct {
        Str bad;
        uint32_t line; /* counted from the one behind the good rows */
    } ROWS[] = {
        {STR_INIT("ab\xFF\n"), 0},  {STR_INIT("\xFF\n"), 0},
        {STR_INIT("\xFF"), 0},      {STR_INIT("x,\"y\nz\n\xFF\"\n"), 2},
        {STR_INIT("\n\n\xFFq"), 2}, {STR_INIT("x,\xFF\"\n"), 0},
    };
    Fixture *fixture = *state;

    for (int gb = 0; gb <= 1; gb++) {
        Buf good = buf_new(fixture->arena);

        for (int i = 0; i < GOOD; i++) {
            buf_format(&good, "甘肃,%d\n", i);
        }
        for (size_t i = 0; i < N_ROWS(ROWS); i++) {
            ArenaMark mark = arena_mark(fixture->arena);
            Buf text = buf_new(fixture->arena);
            char want[32];

            buf_add(&text, gb ? to_gb(fixture->arena, buf_str(&good)) : buf_str(&good));
            buf_add(&text, ROWS[i].bad);
            Read got = read_text(fixture->arena, buf_str(&text));

            assert_int_equal(got.err, ERR_INPUT);
            assert_int_equal(got.encoding, gb ? ENCODING_GB18030 : ENCODING_UTF8);
            (void)snprintf(want, sizeof want, "LT6008:%u", GOOD + 1 + ROWS[i].line);
            assert_text(got.codes, want);
            assert_true(
                str_ends(got.rows, str_format(fixture->arena, "\n%d:甘肃|%d\n", GOOD, GOOD - 1)));
            arena_release(fixture->arena, mark);
        }
    }
}

/* --- what cannot be read --- */

static void test_open_quote(void **state)
{
    static const struct {
        const char *text, *rows, *codes;
    } ROWS[] = {
        {"\"", "", "LT6003:1"},
        {"a,\"b\n", "", "LT6003:1"},
        {"a\nb\nc,\"d\ne\nf\n", "1:a\n2:b\n", "LT6003:3"},
        {"\"a\nb\"\n\n\"c\n", "1:a\nb\n", "LT6003:4"},
        {"a,\"b\"\"\n", "", "LT6003:1"},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Read got = read_text(fixture->arena, str_z(ROWS[i].text));

        assert_int_equal(got.err, ERR_INPUT);
        assert_text(got.rows, ROWS[i].rows);
        assert_text(got.codes, ROWS[i].codes);
    }
}

/* Rows of a length around the limit: of one field and of many lines, in the middle of the file and
 * at its end, where no line end counts. */
static void test_long_rows(void **state)
{
    (void)state;
    for (int over = -1; over <= 1; over++) {
        for (int kind = 0; kind < 4; kind++) {
            bool quoted = kind % 2 != 0, last = kind >= 2;
            Arena *arena = arena_new();
            Buf text = buf_new(arena);
            size_t len = (size_t)(CSV_MAX_ROW + over); /* of the row with its line end */
            Read got;

            buf_add(&text, STR("a\n"));
            buf_add(&text, quoted ? STR("\"") : STR(""));
            buf_repeat(&text, quoted ? STR("\n") : STR("x"), len - !last - (quoted ? 2 : 0));
            buf_add(&text, quoted ? STR("\"") : STR(""));
            buf_add(&text, last ? STR("") : STR("\nb\n"));
            got = read_text(arena, buf_str(&text));
            assert_int_equal(got.err, over > 0 ? ERR_INPUT : OK);
            assert_text(got.codes, over > 0 ? "LT6009:2" : "");
            assert_true(str_starts(got.rows, STR("1:a\n")));
            assert_true(over > 0 || last || str_ends(got.rows, STR(":b\n")));
            arena_free(arena);
        }
    }
}

/* A quote that is never closed in a file larger than a row may be. */
static void test_open_quote_in_a_large_file(void **state)
{
    Fixture *fixture = *state;
    Buf text = buf_new(fixture->arena);
    Read got;

    buf_add(&text, STR("a,b\nc,\"d\n"));
    buf_repeat(&text, STR("e,f\n"), CSV_MAX_ROW / 2);
    got = read_text(fixture->arena, buf_str(&text));
    assert_text(got.rows, "1:a|b\n");
    assert_text(got.codes, "LT6009:2");
}

static void test_input_fails(void **state)
{
    Fixture *fixture = *state;
    Memory memory = {.text = STR("a,b\nc,d\n"), .breaks_at = 5, .most = 5, .random = 1};
    Diags diags = diags_new(fixture->arena);
    Csv *csv = csv_open(fixture->arena, STR("a.csv"), (CsvInput){&memory, memory_read},
                        ENCODING_DETECT, &diags);
    const Str *fields;
    size_t n;

    assert_int_equal(csv_next(csv, &fields, &n), ERR_INPUT);
    assert_text(codes_of(fixture->arena, &diags), "LT1001:0");
    assert_text(diags.all.at[0].args[1], "Input/output error");
    csv_close(csv);
}

/* Who asks again after a failure gets the failure again, said once. */
static void test_failure_stays(void **state)
{
    static const char *const ROWS[] = {"a\n\"b", "a\n\xFF"};
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Memory memory = {.text = str_z(ROWS[i])};
        Diags diags = diags_new(fixture->arena);
        Csv *csv = csv_open(fixture->arena, STR("a.csv"), (CsvInput){&memory, memory_read},
                            ENCODING_DETECT, &diags);
        const Str *fields;
        size_t n;

        assert_int_equal(csv_next(csv, &fields, &n), OK);
        for (int again = 0; again < 3; again++) {
            assert_int_equal(csv_next(csv, &fields, &n), ERR_INPUT);
            assert_int_equal(n, 0);
        }
        assert_int_equal(diags.all.n, 1);
        csv_close(csv);
    }
}

static void test_end_stays(void **state)
{
    Fixture *fixture = *state;
    Memory memory = {.text = STR("a\n")};
    Diags diags = diags_new(fixture->arena);
    Csv *csv = csv_open(fixture->arena, STR("a.csv"), (CsvInput){&memory, memory_read},
                        ENCODING_DETECT, &diags);
    const Str *fields;
    size_t n;

    assert_int_equal(csv_next(csv, &fields, &n), OK);
    assert_int_equal(n, 1);
    for (int again = 0; again < 3; again++) {
        assert_int_equal(csv_next(csv, &fields, &n), OK);
        assert_int_equal(n, 0);
    }
    csv_close(csv);
    csv_close(NULL);
}

/* --- laws --- */

/* A table written in every way there is, and what should be read from it. */
typedef struct {
    Str text; /* UTF-8 */
    Str want; /* as read_from gives it */
} Written;

static Written write_random(Arena *arena, uint64_t *random)
{
    static const char *const PIECES[] = {"a",
                                         "7",
                                         ".5",
                                         " ",
                                         "甘肃",
                                         "联通",
                                         "\"",
                                         ",",
                                         ";",
                                         "\t",
                                         "\n",
                                         "\r\n",
                                         "km²",
                                         "é",
                                         "㐀",
                                         "—",
                                         "\xF0\xA0\x80\x80",
                                         ""};
    static const char SEPARATORS[] = ",;\t";
    Buf text = buf_new(arena), want = buf_new(arena);
    char separator = SEPARATORS[random_below(random, 3)];
    const char *end = random_below(random, 2) == 0 ? "\n" : "\r\n";
    size_t n_rows = random_below(random, 20), n_fields = 2 + random_below(random, 5);
    uint32_t line = 2;

    /* the first row settles separator and encoding */
    for (size_t i = 0; i < n_fields; i++) {
        buf_format(&text, "%.*s数%zu", i == 0 ? 0 : 1, &separator, i);
        buf_format(&want, "%s数%zu", i == 0 ? "1:" : "|", i);
    }
    buf_format(&text, "%s", end);
    buf_add(&want, STR("\n"));
    for (size_t row = 0; row < n_rows; row++) {
        uint32_t next = line;

        if (random_below(random, 5) == 0) {
            buf_format(&text, "%s", end);
            line = ++next;
        }
        buf_format(&want, "%u:", line);
        for (size_t i = 0; i < n_fields; i++) {
            Buf field = buf_new(arena);
            bool quoted = random_below(random, 3) == 0;

            for (size_t k = random_below(random, 5); k > 0; k--) {
                const char *piece = PIECES[random_below(random, N_ROWS(PIECES))];

                buf_add(&field, str_z(piece));
                next += strchr(piece, '\n') != NULL;
                quoted |= strpbrk(piece, "\",;\t\r\n") != NULL;
            }
            if (i > 0) {
                buf_char(&text, separator);
                buf_char(&want, '|');
            }
            buf_add(&want, buf_str(&field));
            if (quoted) {
                buf_char(&text, '"');
            }
            for (size_t k = 0; k < field.len; k++) {
                buf_repeat(&text, (Str){field.at + k, 1}, field.at[k] == '"' ? 2 : 1);
            }
            if (quoted) {
                buf_char(&text, '"');
            }
        }
        buf_char(&want, '\n');
        if (row + 1 < n_rows || random_below(random, 2) == 0) {
            buf_format(&text, "%s", end);
        }
        line = next + 1;
    }
    return (Written){buf_str(&text), buf_str(&want)};
}

/* What was written is read, in both encodings, in one piece and in pieces of 1 to 7 bytes. */
static void test_reads_what_was_written(void **state)
{
    uint64_t random = 20250301;

    (void)state;
    for (int round = 0; round < 400; round++) {
        Arena *arena = arena_new();
        Written written = write_random(arena, &random);

        for (int gb = 0; gb <= 1; gb++) {
            Str text = gb ? to_gb(arena, written.text) : written.text;
            Read whole = read_text(arena, text);
            Read steps = read_in_steps(arena, text, ENCODING_DETECT, 7, random);
            unsigned char hash[32];

            assert_text(whole.codes, "");
            assert_text(whole.rows, str_to_z(arena, written.want));
            assert_text(steps.rows, str_to_z(arena, written.want));
            assert_int_equal(whole.encoding, gb ? ENCODING_GB18030 : ENCODING_UTF8);
            assert_int_equal(steps.encoding, whole.encoding);
            (void)crypto_generichash(hash, sizeof hash, (const unsigned char *)text.at, text.len,
                                     NULL, 0);
            assert_memory_equal(whole.hash, hash, sizeof hash);
            assert_memory_equal(steps.hash, hash, sizeof hash);
        }
        arena_free(arena);
    }
}

/* How the input comes does not matter, for any bytes: rows, line and code are the same. */
static void test_any_bytes_in_any_steps(void **state)
{
    static const char ALPHABET[] =
        "ab,;\t\"\"\n\n\r\xC1\xAA\xCD\xA8\xE7\x94\x98\x81\x39\xEE\xFF\x80";
    uint64_t random = 42;

    (void)state;
    for (int round = 0; round < 600; round++) {
        Arena *arena = arena_new();
        Encoding encoding = (Encoding)random_below(&random, 3);
        Buf text = buf_new(arena);

        if (round % 10 == 0) { /* so that the rest lies about the end of a chunk */
            buf_add(&text, round % 20 == 0 ? STR("甘,肃\n") : STR("\xB8\xCA,\xCB\xE0\n"));
            buf_repeat(&text, STR("x,y\n"), (size_t)CHUNK / 4 - 2 - random_below(&random, 3));
        }
        for (size_t n = random_below(&random, 60); n > 0; n--) {
            buf_char(&text, ALPHABET[random_below(&random, sizeof ALPHABET - 1)]);
        }
        Read whole = read_in_steps(arena, buf_str(&text), encoding, 0, 1);
        Read steps = read_in_steps(arena, buf_str(&text), encoding, 7, random);

        assert_int_equal(whole.err, steps.err);
        assert_int_equal(whole.encoding, steps.encoding);
        assert_text(steps.rows, str_to_z(arena, whole.rows));
        assert_text(steps.codes, str_to_z(arena, whole.codes));
        assert_true((whole.err == OK) == (whole.codes.len == 0));
        assert_int_equal(utf8_valid(whole.rows), whole.rows.len);
        arena_free(arena);
    }
}

/* --- memory --- */

typedef struct {
    size_t at, len;
} Endless;

static long endless_read(void *context, char *to, size_t n)
{
    static const char ROW[] = "甘肃省,\"2025\",1234.5\n";
    Endless *endless = context;

    n = n < endless->len - endless->at ? n : endless->len - endless->at;
    for (size_t i = 0; i < n; i++) {
        to[i] = ROW[endless->at++ % (sizeof ROW - 1)];
    }
    return (long)n;
}

static void test_memory_does_not_grow(void **state)
{
    enum { N_ROWS_WRITTEN = 600000, ROW_BYTES = 24 };
    Fixture *fixture = *state;
    Endless endless = {0, (size_t)N_ROWS_WRITTEN * ROW_BYTES};
    Csv *csv = csv_open(fixture->arena, STR("a.csv"), (CsvInput){&endless, endless_read},
                        ENCODING_DETECT, &fixture->diags);
    size_t opened = arena_bytes(fixture->arena), rows = 0, n;
    const Str *fields;

    while (csv_next(csv, &fields, &n) == OK && n > 0) {
        assert_int_equal(n, 3);
        rows++;
    }
    assert_int_equal(rows, N_ROWS_WRITTEN);
    assert_int_equal(csv_bytes(csv), endless.len);
    assert_int_equal(arena_bytes(fixture->arena), opened);
    assert_true(opened < 4 << 20);
    csv_close(csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_lines),
        TEST(test_fields),
        TEST(test_quotes),
        TEST(test_text_behind_a_closing_quote),
        TEST(test_stray_quotes),
        TEST(test_separators),
        TEST(test_number_of_fields),
        TEST(test_byte_order_mark),
        TEST(test_detection),
        TEST(test_encoding_is_given),
        TEST(test_characters_across_a_chunk),
        TEST(test_file_ends_inside_a_character),
        TEST(test_broken_after_many_good_rows),
        TEST(test_open_quote),
        TEST(test_long_rows),
        TEST(test_open_quote_in_a_large_file),
        TEST(test_input_fails),
        TEST(test_failure_stays),
        TEST(test_end_stays),
        TEST(test_reads_what_was_written),
        TEST(test_any_bytes_in_any_steps),
        TEST(test_memory_does_not_grow),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
