/* Tests of the reader of text: encodings, line ends, what is no text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "document/document_priv.h"
#include "document/test_document.h"

static void check(Str content, const char *want)
{
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Document doc = test_read(arena, content, &diags);

    assert_int_equal(doc.format, DOC_TEXT);
    test_same(test_lines(arena, &doc, false), want);
    arena_free(arena);
}

static void test_line_ends(void **state)
{
    (void)state;
    check(STR("一\n二\n"), "一\n二\n");
    check(STR("一\r\n二\r\n"), "一\n二\n");
    check(STR("一\r二\r"), "一\n二\n");
    check(STR("一\r\n二\r三\n四"), "一\n二\n三\n四\n");
    check(STR("一\f二\f\f\n三"), "一\n二\n三\n");
    check(STR("\xEF\xBB\xBF一\n\xEF\xBB\xBF二"), "一\n二\n");
    check(STR("\n \t\n　　一　\n\u00a0\n"), "一\n");
    check(STR("一\x1a"), "一\n");
}

static void test_lines_are_the_source(void **state)
{
    static const Str TEXTS[] = {STR_INIT("一\n\n二三"), STR_INIT("一\r\n\r\n二三"),
                                STR_INIT("一\r\r二三")};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        Arena *arena = arena_new();
        Diags diags = diags_new(arena);
        Document doc = test_read(arena, TEXTS[i], &diags);
        DocPosition position = doc_position(&doc, doc.blocks[1].at);

        assert_int_equal(position.line, 3);
        assert_int_equal(position.start, 0);
        assert_int_equal(position.end, 2);
        arena_free(arena);
    }
}

static void test_encodings(void **state)
{
    (void)state;
    check(STR("\xb9\xe6\xbb\xae\n\x81\x30\x84\x36"), "规划\n\u00a5\n");
    check(STR("\xFF\xFE\xc4\x89\x12\x52\n\0\x00\x4e"), "规划\n一\n");
    check(STR("\xFE\xFF\x89\xc4\x52\x12\0\n\x4e\x00"), "规划\n一\n");
}

/* The byte that is named is the first that is wrong. */
static void check_refused(Str content, const char *byte)
{
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Str out;

    assert_false(text_decode(arena, STR("test"), content, STR(""), &out, &diags));
    assert_int_equal(diags.all.n, 1);
    assert_int_equal(diags.all.at[0].code, LT1021);
    test_same(diags.all.at[0].args[0], byte);
    arena_free(arena);
}

static void test_no_text(void **state)
{
    (void)state;
    check_refused(STR("\0\1\2\3"), "1");
    check_refused(STR("abc\0def"), "4");
    check_refused(STR("规划规划规划\xff"), "19");
    check_refused(STR("\xFF\xFE\x00\xd8\x00\x00"), "3");
    check_refused(STR("\xFF\xFE"
                      "a\0\0\0"),
                  "2");
}

/* 10 MB in one line, of text and of spaces. */
static void test_long_lines(void **state)
{
    enum { SIZE = 10 << 20 };
    static const Str FILLINGS[] = {STR_INIT("规划"), STR_INIT("规 "), STR_INIT("|"),
                                   STR_INIT("指标  "), STR_INIT("2025年\t")};

    (void)state;
    for (size_t i = 0; i < sizeof FILLINGS / sizeof FILLINGS[0]; i++) {
        Arena *arena = arena_new();
        Diags diags = diags_new(arena);
        Buf text = buf_new(arena);
        Document doc;

        buf_repeat(&text, FILLINGS[i], SIZE / FILLINGS[i].len);
        doc = test_read(arena, buf_str(&text), &diags);
        assert_int_equal(doc.n_blocks, 1);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line_ends),  cmocka_unit_test(test_lines_are_the_source),
        cmocka_unit_test(test_encodings),  cmocka_unit_test(test_no_text),
        cmocka_unit_test(test_long_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
