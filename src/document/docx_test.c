/* Tests of the reader of DOCX: paragraphs, numbering, tables, changes, hostile files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "document/docx_priv.h"
#include "document/test_document.h"
#include "document/test_zip.h"

#define W "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"

static Str make_docx(Arena *arena, const char *body, const char *styles, const char *numbering)
{
    Member members[] = {{"word/document.xml",
                         str_format(arena,
                                    "<?xml version='1.0' encoding='UTF-8'?><w:document " W
                                    " xmlns:mc='urn:mc'><w:body>%s</w:body></w:document>",
                                    body),
                         false, false},
                        {"word/styles.xml",
                         str_format(arena, "<w:styles " W ">%s</w:styles>", styles), false, false},
                        {"word/numbering.xml",
                         str_format(arena, "<w:numbering " W ">%s</w:numbering>", numbering), false,
                         false}};

    return make_zip(arena, members, 3);
}

static void check_all(const char *body, const char *styles, const char *numbering, const char *want)
{
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Document doc = test_read(arena, make_docx(arena, body, styles, numbering), &diags);

    assert_int_equal(doc.format, DOC_DOCX);
    test_same(test_lines(arena, &doc, false), want);
    arena_free(arena);
}

static void check(const char *body, const char *want)
{
    check_all(body, "", "", want);
}

#define T(words) "<w:r><w:t>" words "</w:t></w:r>"
#define P(words) "<w:p>" T(words) "</w:p>"

static void test_paragraphs(void **state)
{
    (void)state;
    check(P("一") P("  ") "<w:p/>" P("二 三&amp;四"), "一\n二 三&四\n");
    check("<w:p>" T("前") "<w:r><w:br/></w:r>" T("后") "<w:r><w:br w:type='page'/></w:r>" T(
              "页") "</w:p>",
          "前\n后\n页\n");
    check("<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>" T(
              "甲") "<w:r><w:tab/></w:r>"
                    "<w:r><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t></w:r></w:p>",
          "甲\t乙-丙\n");
    check("<w:p>" T("正文") "<w:r><w:footnoteReference w:id='1'/></w:r>" T("续") "</w:p>",
          "正文续\n");
    check("<w:p>" T("留") "<w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:ins>" T(
              "增") "</w:ins><w:moveFrom>" T("移") "</w:moveFrom></w:p>",
          "留增\n");
    check("<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>" T("前半") "</w:p>" P("后半")
              P("另段"),
          "前半后半\n另段\n");
    check("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish "
          "w:val='0'/></w:rPr>"
          "<w:t>显</w:t></w:r></w:p>",
          "显\n");
    check("<w:sdt><w:sdtContent>" P("控件") "</w:sdtContent></w:sdt>", "控件\n");
    check("<w:p>" T("外") "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" P("框一")
              P("框二") "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" P("框一")
                  P("框二") "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>" T(
                      "内") "</w:p>",
          "框一\n框二\n外内\n");
    check("<w:p><w:r><w:ruby><w:rt>" T("guī") "</w:rt><w:rubyBase>" T(
              "规") "</w:rubyBase></w:ruby></w:r>" T("划") "</w:p>",
          "规划\n");
    check("<w:p><w:r><w:instrText>TOC \\o</w:instrText></w:r>" T("目录") "</w:p>", "目录\n");
}

static void test_headings(void **state)
{
    static const char STYLES[] =
        "<w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='a'><w:name w:val='章'/><w:basedOn "
        "w:val='1'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='b'><w:name w:val='节'/><w:pPr><w:outlineLvl "
        "w:val='1'/></w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='x'><w:basedOn w:val='y'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='y'><w:basedOn w:val='x'/></w:style>";

#define S(style, words) "<w:p><w:pPr><w:pStyle w:val='" style "'/></w:pPr>" T(words) "</w:p>"
    (void)state;
    check_all(
        S("1", "甲") S("a", "乙") S("b", "丙") S("x", "丁")
            S("none", "戊") "<w:p><w:pPr><w:pStyle w:val='1'/><w:outlineLvl w:val='9'/></w:pPr>" T(
                "己") "</w:p><w:p><w:pPr><w:outlineLvl w:val='2'/></w:pPr>" T("庚") "</w:p>",
        STYLES, "", "# 甲\n# 乙\n## 丙\n丁\n戊\n己\n### 庚\n");
}

#define LEVEL(i, format, text, more)                                                               \
    "<w:lvl w:ilvl='" i "'><w:start w:val='1'/><w:numFmt w:val='" format                           \
    "'/><w:lvlText w:val='" text "'/>" more "</w:lvl>"
#define NUMBERED(num, level, words)                                                                \
    "<w:p><w:pPr><w:numPr><w:ilvl w:val='" level "'/><w:numId w:val='" num                         \
    "'/></w:numPr></w:pPr>" T(words) "</w:p>"

static void test_numbering(void **state)
{
    static const char NUMBERING[] = "<w:abstractNum w:abstractNumId='7'>" LEVEL(
        "0", "chineseCountingThousand", "第%1章", "") LEVEL("1", "japaneseCounting", "%2、",
                                                            "<w:pStyle w:val='s'/>")
        LEVEL("2", "decimal", "（%3）", "") LEVEL("3", "decimal", "%1.%3.%4", "<w:isLgl/>") LEVEL(
            "4", "bullet", "\xEF\x82\xB7",
            "") "</w:abstractNum>"
                "<w:abstractNum w:abstractNumId='8'><w:numStyleLink w:val='list'/></w:abstractNum>"
                "<w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>"
                "<w:num w:numId='2'><w:abstractNumId w:val='7'/><w:lvlOverride "
                "w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>"
                "<w:num w:numId='3'><w:abstractNumId w:val='8'/></w:num>"
                "<w:num w:numId='4'><w:abstractNumId w:val='none'/></w:num>";
    static const char STYLES[] =
        "<w:style w:type='paragraph' w:styleId='s'><w:pPr><w:numPr><w:numId "
        "w:val='1'/></w:numPr></w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='t'><w:basedOn w:val='s'/></w:style>"
        "<w:style w:type='numbering' w:styleId='list'><w:pPr><w:numPr><w:numId "
        "w:val='1'/></w:numPr></w:pPr></w:style>";

    (void)state;
    check_all(NUMBERED("1", "0", "总则") NUMBERED("1", "1", "意义") NUMBERED("1", "2", "甲")
                  NUMBERED("1", "2", "乙") NUMBERED("1", "3", "细") NUMBERED("1", "1", "原则")
                      NUMBERED("1", "2", "丙") NUMBERED("1", "4", "点") NUMBERED("1", "0", "任务")
                          S("s", "样式") S("t", "继承") NUMBERED("2", "0", "附则")
                              NUMBERED("3", "0", "链接") NUMBERED("0", "0",
                                                                  "无号") NUMBERED("4", "0", "无表")
                                  NUMBERED("1", "99",
                                           "深") "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId "
                                                 "w:val='1'/></w:numPr></w:pPr></w:p>" NUMBERED(
                                                     "1", "0", "空段不计"),
              STYLES, NUMBERING,
              "第一章 总则\n一、意义\n（1）甲\n（2）乙\n1.2.1 细\n二、原则\n（1）丙\n点\n第二章 "
              "任务\n一、样式\n第三章 继承\n"
              "第五章 附则\n第六章 链接\n无号\n无表\n深\n第七章 空段不计\n");
}

static void test_number_formats(void **state)
{
    static const struct {
        const char *format;
        int n;
        const char *want;
    } ROWS[] = {{"decimal", 12, "12"},
                {"chineseCounting", 10, "十"},
                {"chineseCounting", 11, "十一"},
                {"chineseCounting", 20, "二十"},
                {"japaneseCounting", 99, "九十九"},
                {"chineseCountingThousand", 101, "一百零一"},
                {"chineseCountingThousand", 110, "一百一十"},
                {"chineseCountingThousand", 1010, "一千零一十"},
                {"chineseCountingThousand", 2000, "二千"},
                {"ideographDigital", 10, "一〇"},
                {"ideographDigital", 21, "二一"},
                {"chineseLegalSimplified", 10, "壹拾"},
                {"decimalEnclosedCircle", 1, "①"},
                {"decimalEnclosedCircleChinese", 20, "⑳"},
                {"decimalEnclosedCircle", 21, "21"},
                {"decimalEnclosedParen", 3, "⑶"},
                {"ideographEnclosedCircle", 2, "㊁"},
                {"ideographTraditional", 11, "甲"},
                {"ideographZodiac", 12, "亥"},
                {"upperRoman", 1994, "MCMXCIV"},
                {"lowerRoman", 4, "iv"},
                {"upperLetter", 27, "AA"},
                {"lowerLetter", 26, "z"},
                {"decimalZero", 5, "05"},
                {"none", 5, ""},
                {"bullet", 5, ""},
                {"unheardOf", 5, "5"},
                {"upperRoman", 1000000, "1000000"}};
    Arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        Buf out = buf_new(arena);

        docx_format_number(&out, str_z(ROWS[i].format), ROWS[i].n);
        test_same(buf_str(&out), ROWS[i].want);
    }
    arena_free(arena);
}

#define TC(properties, words) "<w:tc><w:tcPr>" properties "</w:tcPr>" P(words) "</w:tc>"

static void test_tables(void **state)
{
    (void)state;
    check("<w:tbl><w:tr>" TC("<w:vMerge w:val='restart'/>", "指标")
              TC("<w:gridSpan w:val='2'/>", "年份") "</w:tr><w:tr>" TC("<w:vMerge/>", "")
                  TC("", "2020年") TC("", "2025年") "</w:tr><w:tr>" TC("", "地区生产总值")
                      TC("", "") TC("", "1万亿") "</w:tr></w:tbl>" P("后文"),
          "| 指标 @0,0+2,1\n| 年份 @0,1+1,2\n| 2020年 @1,1\n| 2025年 @1,2\n| 地区生产总值 @2,0\n| "
          "1万亿 @2,2\n后文\n");
    check("<w:tbl><w:tr>" TC("", "甲")
              TC("", "乙") "</w:tr><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc>" P("丙")
                  P("丁") "</w:tc></w:tr></w:tbl>",
          "| 甲 @0,0\n| 乙 @0,1\n| 丙 丁 @1,1\n");
    /* a box is text, and so is a table around a table */
    check("<w:tbl><w:tr>" TC("", "专栏1") "</w:tr><w:tr><w:tc>" P("甲工程")
              P("乙工程") "</w:tc></w:tr></w:tbl>",
          "专栏1\n甲工程\n乙工程\n");
    check("<w:tbl><w:tr><w:tc><w:tbl><w:tr>" TC("", "指标")
              TC("", "值") "</w:tr><w:tr>" TC("", "甲")
                  TC("", "1") "</w:tr></w:tbl></w:tc></w:tr></w:tbl>",
          "| 指标 @0,0\n| 值 @0,1\n| 甲 @1,0\n| 1 @1,1\n");
}

static void test_refused_files(void **state)
{
    Arena *arena = arena_new();
    Str whole = make_docx(arena, P("规划"), "", "");
    Member strict[] = {{"_rels/.rels",
                        STR("<Relationships><Relationship Type='x/officeDocument' "
                            "Target='/word/document2.xml'/></Relationships>"),
                        false, false},
                       {"word/document2.xml",
                        STR("<document><body><p><r><t>规划</t></r></p></body></document>"), false,
                        false}};
    Member sheet[] = {{"_rels/.rels",
                       STR("<Relationships><Relationship Type='x/officeDocument' "
                           "Target='xl/workbook.xml'/></Relationships>"),
                       false, false},
                      {"xl/workbook.xml", STR("<workbook/>"), false, false}};
    Member locked[] = {{"word/document.xml", STR("<document/>"), true, false}};
    Member bomb[] = {{"word/document.xml",
                      STR("<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b "
                          "'&a;&a;&a;&a;'>]><document><p><r><t>&b;</t></r></p></document>"),
                      false, false}};
    Member broken[] = {{"word/document.xml", STR("<document><p><r><t>规划</t></r>"), false, false}};
    Member empty[] = {{"word/document.xml", STR("<document/>"), false, false}};
    Diags diags = diags_new(arena);
    Document doc = test_read(arena, make_zip(arena, strict, 2), &diags);

    (void)state;
    test_same(test_lines(arena, &doc, false), "规划\n");
    test_refused(make_zip(arena, sheet, 2), LT1020);
    test_refused(make_zip(arena, locked, 1), LT1024);
    test_refused(make_zip(arena, bomb, 1), LT1023);
    test_refused(make_zip(arena, broken, 1), LT1023);
    test_refused(make_zip(arena, empty, 1), LT1014);
    test_refused(str_slice(whole, 0, whole.len / 2), LT1023);
    for (size_t i = 0; i < 200; i += 7) { /* a byte that is wrong is found by its checksum */
        char *copy = arena_alloc(arena, whole.len);
        Diags ignored = diags_new(arena);

        memcpy(copy, whole.at, whole.len);
        copy[i] = (char)(copy[i] ^ 0x55);
        (void)document_parse(arena, STR("test"), (Str){copy, whole.len}, &doc, &ignored);
    }
    arena_free(arena);
}

/* 70 MiB of text, and 260 MiB of markup without any, in a file of some hundred kilobytes. */
static void test_bombs(void **state)
{
    static const size_t SIZES[] = {(size_t)70 << 20, (size_t)260 << 20};
    static const char *const FILLINGS[] = {"规划规划规划规划", "<w:p></w:p>  "};
    (void)state;
    for (size_t k = 0; k < 2; k++) {
        Arena *arena = arena_new();
        Buf xml = buf_new(arena);
        Member bomb = {"word/document.xml", {NULL, 0}, false, false};

        buf_add(&xml, STR("<w:document " W "><w:body>"));
        for (size_t i = 0; xml.len < SIZES[k]; i++) {
            buf_add(&xml, k == 0 ? STR("<w:p><w:r><w:t>") : STR(""));
            buf_repeat(&xml, str_z(FILLINGS[k]), 4096);
            buf_add(&xml, k == 0 ? STR("</w:t></w:r></w:p>") : STR(""));
        }
        buf_add(&xml, STR("</w:body></w:document>"));
        bomb.content = buf_str(&xml);
        test_refused(make_zip(arena, &bomb, 1), LT1022);
        arena_free(arena);
    }
}

static void test_old_files(void **state)
{
    (void)state;
    test_refused(STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\0o\0r\0d"), LT1020);
    test_refused(
        STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
        LT1024);
    test_refused(STR("{\\rtf1\\ansi}"), LT1020);
    test_refused(STR("PK\x03\x04"), LT1023);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paragraphs), cmocka_unit_test(test_headings),
        cmocka_unit_test(test_numbering),  cmocka_unit_test(test_number_formats),
        cmocka_unit_test(test_tables),     cmocka_unit_test(test_refused_files),
        cmocka_unit_test(test_bombs),      cmocka_unit_test(test_old_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
