/* Tests of the reader of HTML: the document found in a page, tables, places, hostile pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "document/test_document.h"

#include <time.h>

#define PROSE                                                                                      \
    "坚持创新驱动发展，全面塑造发展新优势，加快建设现代化经济体系，推动高质量发展取得新成效。"

static void check(const char *html, const char *body, const char *chrome)
{
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Document doc = test_read(arena, str_z(html), &diags);

    assert_int_equal(doc.format, DOC_HTML);
    test_same(test_lines(arena, &doc, false), body);
    if (chrome != NULL) {
        test_same(test_lines(arena, &doc, true), chrome);
    }
    test_runs(&doc);
    arena_free(arena);
}

static void test_blocks(void **state)
{
    (void)state;
    check("<p>a<p>b<br>c<div>d</div>e<span>f</span> <b> g </b>\n\nh", "a\nb\nc\nd\nef g h\n", "");
    check("<html><h1>标题</h1><p>一&nbsp;二&#x4e09;&#22235;&amp;五&unknown;六 &lt;七",
          "# 标题\n一\u00a0二三四&五&unknown;六 <七\n", "");
    check("<html><h2>甲<br>乙</h2><h3><div>丙</div></h3>", "## 甲\n## 乙\n### 丙\n", "");
    check("<p>汉字\n  换行，English\nwords\n<p>\u3000\u3000缩进 ",
          "汉字换行，English words\n缩进\n", "");
    check("<html><pre>一行\n二行\n\n三 行</pre>", "一行\n二行\n三 行\n", "");
    check("<p>GDP<5%，增速 < 3<p>a<!-- <p>no --><!--[if IE]>no<![endif]-->b<?no x>c<!DOCTYPE y>d",
          "GDP<5%，增速 < 3\nabcd\n", "");
    check("<html><ul><li>一<li>二<ul><li>三</ul><li>四</ul>", "一\n二\n三\n四\n", "");
    check("<p>前<script>if (a<b) document.write('<p>no</p>')</script>后<style>p{}</style>",
          "前后\n", "");
    check("<p title='a>b' class=\"x>y\">文</p><p a=\"broken>仍在</p>", "文\n仍在\n", "");
    check("<P>粗<BR/>写</P>", "粗\n写\n", "");
    check("<p>未闭合<b>粗<i>斜</b>仍斜</i>完", "未闭合粗斜仍斜完\n", "");
}

static void test_tables(void **state)
{
    (void)state;
    check("<table><caption>表1 主要指标</caption><tr><th rowspan=2>指标<th "
          "colspan=2>年份<tr><td>2020年"
          "<td>2025年</tr><tr><td>地区生产总值<br>（亿元）<td>9017<td></table>",
          "表1 主要指标\n| 指标 @0,0+2,1\n| 年份 @0,1+1,2\n| 2020年 @1,1\n| 2025年 @1,2\n"
          "| 地区生产总值 （亿元） @2,0\n| 9017 @2,1\n",
          "");
    /* the layout of a page is no table, and what is in it may be one */
    check("<table><tr><td>左</td><td><h1>规划</h1><p>" PROSE
          "</p><table><tr><td>指标<td>值<tr><td>一<td>1</table>"
          "<p>" PROSE "</td></tr></table>",
          "# 规划\n" PROSE "\n| 指标 @0,0\n| 值 @0,1\n| 一 @1,0\n| 1 @1,1\n" PROSE "\n", "左\n");
    /* a box is text */
    check("<p>" PROSE "<table><tr><td>专栏1 重大工程<tr><td><p>1.甲工程。<p>2.乙工程。</table>",
          PROSE "\n专栏1 重大工程\n1.甲工程。\n2.乙工程。\n", "");
    /* strays */
    check("<html><td>一</td><tr>二</tr></table></div><table><td>三<td>四<tr><td>五<td>六</table>",
          "一\n二\n| 三 @0,0\n| 四 @0,1\n| 五 @1,0\n| 六 @1,1\n", "");
    check("<table><tr><td rowspan=0 colspan=9999999999>甲</td><td>乙<tr><td>丙<td>丁</table>",
          "| 甲 @0,0+1,256\n乙\n| 丙 @1,0\n| 丁 @1,1\n", "");
}

static void test_body(void **state)
{
    (void)state;
    check("<!DOCTYPE html><html><head><meta charset=utf-8><title>甘肃省“十四五”数字经济规划 - "
          "甘肃省人民政府</title>"
          "<script>var x='</p>';</script></head><body>"
          "<div class='top'><a href='/'>首页</a> <a href='/a'>政务公开</a> <a "
          "href='/b'>互动交流</a></div>"
          "<div class='crumb'>当前位置：<a href='/'>首页</a> &gt; <a href='/x'>规划计划</a></div>"
          "<div class='main'><h1>甘肃省“十四五”数字经济规划</h1>"
          "<div class='info'>发布日期：2021-12-31 来源：省政府办公厅 <a href='#'>字号</a></div>"
          "<div class='share'>分享到：<a href='/w'>微博</a></div>"
          "<div class='TRS_Editor'><p>甘政办发〔2021〕93号</p><p>" PROSE "</p><p>" PROSE "</p>"
          "<p align=right>甘肃省人民政府办公厅</p><p>2021年9月14日</p></div>"
          "<ul><li>上一篇：<a href='/1'>甲通知，乙通知，以及其他通知</a></li><li>下一篇：<a "
          "href='/2'>乙</a></li></ul></div>"
          "<div class='side'><h3>相关阅读</h3><a href='/3'>丙</a><br><a href='/4'>丁</a></div>"
          "<footer><p>主办：甘肃省人民政府办公厅，承办：甘肃省大数据管理局，联系电话、邮箱。</p></"
          "footer></body></html>",
          "# 甘肃省“十四五”数字经济规划\n甘政办发〔2021〕93号\n" PROSE "\n" PROSE
          "\n甘肃省人民政府办公厅\n2021年9月14日\n",
          "甘肃省“十四五”数字经济规划 - 甘肃省人民政府\n首页 政务公开 互动交流\n当前位置：首页 > "
          "规划计划\n发布日期：2021-12-31 来源：省政府办公厅 字号\n分享到：微博\n"
          "上一篇：甲通知，乙通知，以及其他通知\n下一篇：乙\n### 相关阅读\n丙\n丁\n"
          "主办：甘肃省人民政府办公厅，承办：甘肃省大数据管理局，联系电话、邮箱。\n");
    /* notice and plan in elements of their own are both kept */
    check("<body><div><a href=1>一</a><a href=2>二</a></div><div><div><p>" PROSE
          "</div><div><p>" PROSE "<p>" PROSE
          "</div></div><div style='color:red; DISPLAY: none;display : none'>" PROSE "</div>",
          PROSE "\n" PROSE "\n" PROSE "\n", "一二\n" PROSE "\n");
    /* contents that point into the page are text */
    check("<body><div><ul><li><a href='#a'>第一章 总则</a><li><a href='#b'>第二章 任务</a><li><a "
          "href='#c'>第三章</a></ul><p>" PROSE "</div>",
          "第一章 总则\n第二章 任务\n第三章\n" PROSE "\n", "");
}

static void test_positions(void **state)
{
    static const char HTML[] = "<html>\n<body>\n  <p>第一行\n<b>粗体</b>&ldquo;引&rdquo; 完</p>\n";
    static const struct {
        const char *words;
        uint32_t line, start, end;
    } ROWS[] = {{"第一行", 3, 5, 8},
                {"粗体", 4, 3, 5},
                {"“", 4, 9, 10},
                {"引", 4, 16, 17},
                {"完", 4, 25, 26}};
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Document doc = test_read(arena, str_z(HTML), &diags);

    (void)state;
    test_same(test_lines(arena, &doc, false), "第一行粗体“引” 完\n");
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        size_t at = str_find(doc.source.text, str_z(ROWS[i].words));
        DocPosition position =
            doc_position(&doc, (Span){(uint32_t)at, (uint32_t)(at + strlen(ROWS[i].words))});

        if (position.line != ROWS[i].line || position.start != ROWS[i].start ||
            position.end != ROWS[i].end) {
            fail_msg("%s: %u:%u-%u", ROWS[i].words, position.line, position.start, position.end);
        }
    }
    arena_free(arena);
}

static void test_encodings(void **state)
{
    (void)state;
    /* 规划 in GB 18030, Big5 and UTF-16 */
    check("<meta charset=gb2312><p>\xb9\xe6\xbb\xae", "规划\n", "");
    check("<meta http-equiv=Content-Type content=\"text/html; charset=Big5\"><p>\xb3\x57\xb9\xba",
          "規劃\n", "");
    check("<meta charset=gb2312><p>规划", "规划\n", "");
    test_refused(STR("<html><p>\xff\xff\xff"), LT1021);
    test_refused(STR("<html><p>\0\1\2"), LT1021);
    test_refused(STR("<html><body><script>x</script>"), LT1014);
}

static Str repeated(Arena *arena, const char *before, const char *middle, size_t n,
                    const char *after)
{
    Buf out = buf_new(arena);

    buf_add(&out, str_z(before));
    buf_repeat(&out, str_z(middle), n);
    buf_add(&out, str_z(after));
    return buf_str(&out);
}

/* Whatever is nested or left open takes time in proportion to its length. */
static void test_hostile(void **state)
{
    enum { N = 100000, SECONDS = 10 };
    static const struct {
        const char *before, *middle, *after, *found;
    } ROWS[] = {
        {"<html>", "<div>", "深", "深\n"},
        {"<html>", "<div><b>", "深</b></div></i>", "深\n"},
        {"<html><b>", "</i></div>", "深", "深\n"},
        {"<html>", "<table><tr><td>", "深", "深\n"},
        {"<html>", "<b>", "深</i></i></i></i>", "深\n"},
        {"<p>深", "<a href=\"", "", "深\n"},
        {"<p>深", "<!--", "", "深\n"},
        {"<p>深", "<script>", "", "深\n"},
        {"<p>深", "<", "", NULL},
        {"<p>", "&", "", NULL},
        {"<table><tr><td>深<td>浅<tr>", "<td>", "", "| 深 @0,0\n| 浅 @0,1\n"},
        {"<table><tr><td>深<td>浅", "<tr><td rowspan=9>", "", "| 深 @0,0\n| 浅 @0,1\n"},
        {"<html><ul>", "<li>", "深</ul>", "深\n"},
        {"<html>", "<p>", "深", "深\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        Arena *arena = arena_new();
        Diags diags = diags_new(arena);
        clock_t start = clock();
        Document doc = test_read(
            arena, repeated(arena, ROWS[i].before, ROWS[i].middle, N, ROWS[i].after), &diags);

        if (ROWS[i].found != NULL) {
            test_same(test_lines(arena, &doc, false), ROWS[i].found);
        }
        test_runs(&doc);
        if (clock() - start > SECONDS * CLOCKS_PER_SEC) {
            fail_msg("row %zu takes long", i);
        }
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks),    cmocka_unit_test(test_tables),
        cmocka_unit_test(test_body),      cmocka_unit_test(test_positions),
        cmocka_unit_test(test_encodings), cmocka_unit_test(test_hostile),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
