/* Tests of Document: what kind of file it is, files made by other programs, positions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "document/test_document.h"

static void check_file(const char *path, DocFormat format, const char *want)
{
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Document doc;

    assert_int_equal(document_read(arena, str_z(path), &doc, &diags), OK);
    assert_int_equal(doc.format, format);
    test_same(test_lines(arena, &doc, false), want);
    arena_free(arena);
}

static void test_made_by_pandoc(void **state)
{
    (void)state;
    check_file("tests/document/pandoc.docx", DOC_DOCX,
               "甘肃省测试规划\n# 第一章 总则\n"
               "坚持创新驱动发展，全面塑造发展新优势。到2025年，地区生产总值年均增长6.5%左右。\n"
               "## 第一节 指导思想\n1.甲工程\n2.乙工程\n"
               "| 指标 @0,0\n| 2020年 @0,1\n| 2025年 @0,2\n| 属性 @0,3\n"
               "| 地区生产总值（亿元） @1,0\n| 9017 @1,1\n| 12000 @1,2\n| 预期性 @1,3\n"
               "| 森林覆盖率（%） @2,0\n| 11.33 @2,1\n| 12 @2,2\n| 约束性 @2,3\n");
}

static void test_made_by_writer(void **state)
{
    (void)state;
    check_file("tests/document/writer.docx", DOC_DOCX,
               "# 甘肃省测试规划\n## 第一章 总则\n"
               "坚持创新驱动发展，全面塑造发展新优势。到2025年，地区生产总值年均增长6.5%左右。\n"
               "1.甲工程\n2.乙工程\n"
               "| 指标 @0,0+2,1\n| 年份 @0,1+1,2\n| 2020年 @1,1\n| 2025年 @1,2\n"
               "| 地区生产总值（亿元） @2,0\n| 9017 @2,1\n| 12000 @2,2\n后文。\n");
}

static void test_formats(void **state)
{
    static const struct {
        const char *content;
        DocFormat format;
    } ROWS[] = {{"规划", DOC_TEXT},
                {"  <!DOCTYPE HTML><p>规划", DOC_HTML},
                {"\xEF\xBB\xBF<html><p>规划", DOC_HTML},
                {"<规划>", DOC_TEXT},
                {"1 < 2", DOC_TEXT}};

    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        Arena *arena = arena_new();
        Diags diags = diags_new(arena);

        assert_int_equal(test_read(arena, str_z(ROWS[i].content), &diags).format, ROWS[i].format);
        arena_free(arena);
    }
    test_refused(STR(""), LT1014);
    test_refused(STR("\x89PNG\r\n\x1a\n\0\0\0"), LT1021);
}

/* In a DOCX a paragraph is a line, and so is a cell. */
static void test_positions(void **state)
{
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Document doc;

    (void)state;
    assert_int_equal(document_read(arena, STR("tests/document/pandoc.docx"), &doc, &diags), OK);
    for (size_t i = 0; i < doc.n_blocks; i++) {
        DocPosition position = doc_position(&doc, doc.blocks[i].at);

        assert_int_equal(position.line, i + 1);
        assert_int_equal(position.start, 0);
    }
    arena_free(arena);
}

/* Places and numbers stay those of the source, whose characters take as many bytes. */
static void test_traditional(void **state)
{
    static const char *const SOURCES[] = {
        "武漢市養老服務發展規劃\n到2025年，養老機構床位總數達到6萬張，區域經濟後勁增強。\n",
        "<p>武漢市養老服務發展規劃</"
        "p>\n<p>到2025年，養老機構床位總數達到6萬張，區域經濟後勁增強。</p>"};

    (void)state;
    for (size_t i = 0; i < sizeof SOURCES / sizeof SOURCES[0]; i++) {
        Arena *arena = arena_new();
        Diags diags = diags_new(arena);
        Document doc = test_read(arena, str_z(SOURCES[i]), &diags);
        DocPosition position;

        assert_true(doc.simplified);
        assert_int_equal(diags.all.n, 1);
        assert_int_equal(diags.all.at[0].code, LT1031);
        test_same(test_lines(arena, &doc, false),
                  "武汉市养老服务发展规划\n"
                  "到2025年，养老机构床位总数达到6万张，区域经济后劲增强。\n");
        position = doc_position(&doc, doc.blocks[1].at);
        assert_int_equal(position.line, 2);
        assert_int_equal(position.end - position.start, 30);
        arena_free(arena);
    }
}

/* One such character in a text, of a name or a quotation, changes nothing. */
static void test_simplified(void **state)
{
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Document doc = test_read(
        arena, STR("乾安县发展规划\n到2025年，“萬”姓古村落保护率达到100%，绿化率达到40%。\n"),
        &diags);

    (void)state;
    assert_false(doc.simplified);
    assert_int_equal(diags.all.n, 0);
    assert_true(str_starts(doc.source.text, STR("乾安县")));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_made_by_pandoc), cmocka_unit_test(test_made_by_writer),
        cmocka_unit_test(test_formats),        cmocka_unit_test(test_positions),
        cmocka_unit_test(test_traditional),    cmocka_unit_test(test_simplified),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
