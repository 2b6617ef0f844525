/* Tests of the reader of PDF: paragraphs, tables, page furniture, the program and its limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "document/pdf_priv.h"
#include "document/test_document.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define INDICATORS                                                                                                               \
    "| 序号 @0,0\n| 指标 @0,1\n| 2020年 @0,2\n| 2025年 @0,3\n| 年均增速 @0,4\n| 属性 @0,5\n"                         \
    "| 1 @1,0\n| 地区生产总值（亿元） @1,1\n| 9017 @1,2\n| 12000 @1,3\n| 6.5% @1,4\n| 预期性 "                      \
    "@1,5\n"                                                                                                                     \
    "| 2 @2,0\n| 城镇调查失业率和居民人均可支配收入增长与经济增长同步程度（%） @2,1\n| 4.5 @2,2\n" \
    "| <5.5 @2,3\n| — @2,4\n| 预期性 @2,5\n| 3 @3,0\n| 森林覆盖率（%） @3,1\n| 11.33 @3,2\n"                         \
    "| 12 @3,3\n| [0.67] @3,4\n| 约束性 @3,5\n| 4 @4,0\n| 单位地区生产总值能源消耗降低（%） "                 \
    "@4,1\n"                                                                                                                     \
    "| — @4,2\n| — @4,3\n| [13] @4,4\n| 约束性 @4,5\n"
#define SENTENCES                                                                                                                               \
    "坚持创新驱动发展，全面塑造发展新优势，加快建设现代化经济体系，推动高质量发展取得新成效。到20" \
    "25年，地区生产总值"                                                                                                                \
    "年均增长6.5%左右，研发经费投入强度达到1.5%以上。"

static Document read_file(Arena *arena, const char *path, Str *content)
{
    Diags diags = diags_new(arena);
    Document doc;

    assert_int_equal(file_read(arena, str_z(path), DOC_MAX_BYTES, content, &diags), OK);
    doc = test_read(arena, *content, &diags);
    assert_int_equal(doc.format, DOC_PDF);
    test_runs(&doc);
    return doc;
}

/* The paragraphs of the sample: from 1 to 14 with one to three times the sentences. */
static void check_sample(const char *path)
{
    Arena *arena = arena_new();
    Buf want = buf_new(arena);
    Str content;
    Document doc = read_file(arena, path, &content);

    buf_add(&want, STR("甘肃省测试规划\n第一章 总则\n"));
    for (int i = 1; i < 15; i++) {
        buf_format(&want, "%d．", i);
        buf_repeat(&want, STR(SENTENCES), (size_t)(1 + i % 3));
        buf_char(&want, '\n');
    }
    buf_add(&want, STR("第二章 主要指标\n表1 “十四五”时期经济社会发展主要指标\n" INDICATORS
                       "注：[ ]内为五年累计数。\n第三章 保障\n"));
    for (size_t i = 1; i < 12; i++) {
        buf_repeat(&want, STR(SENTENCES), 1 + i % 2);
        buf_char(&want, '\n');
    }
    test_same(test_lines(arena, &doc, false), str_to_z(arena, buf_str(&want)));
    assert_int_equal(doc.n_tables, 1);
    assert_true(doc.tables[0].drawn);
    arena_free(arena);
}

static void test_samples(void **state)
{
    (void)state;
    check_sample("tests/document/weasyprint.pdf");
    check_sample("tests/document/writer.pdf");
}

/* A title that is broken and centred is one paragraph; what stands over and under it is not of it.
 */
static void test_titles(void **state)
{
    static const char TEXT[] = "                 云川市人民政府文件\n\n"
                               "                 云政发〔2021〕12号\n\n"
                               "云川市人民政府关于印发云川市“十四五”乡村振兴\n"
                               "              和绿色产业发展规划的通知\n\n"
                               "各县人民政府：\n\n"
                               "                  云川市国民经济和社会发展\n"
                               "                 第十四个五年规划和二〇三五\n"
                               "                      年远景目标纲要\n\n"
                               "                      第一章 总则\n";
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Builder builder = builder_new(arena, STR("test"), DOC_PDF, &diags);
    Document doc;

    (void)state;
    assert_int_equal(pdf_read_lines(&builder, str_z(TEXT)), OK);
    doc = (Document){.source = {STR("test"), buf_str(&builder.text)},
                     .blocks = builder.blocks.at,
                     .n_blocks = builder.blocks.n};
    test_same(
        test_lines(arena, &doc, false),
        "云川市人民政府文件\n云政发〔2021〕12号\n"
        "云川市人民政府关于印发云川市“十四五”乡村振兴和绿色产业发展规划的通知\n各县人民政府：\n"
        "云川市国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要\n第一章 总则\n");
    arena_free(arena);
}

static void test_chrome(void **state)
{
    Arena *arena = arena_new();
    Str content;
    Document doc = read_file(arena, "tests/document/weasyprint.pdf", &content);

    (void)state;
    test_same(test_lines(arena, &doc, true),
              "甘肃省人民政府公报\n—1—\n甘肃省人民政府公报\n—2—\n甘肃省人民政府公报\n—3—\n"
              "甘肃省人民政府公报\n—4—\n甘肃省人民政府公报\n—5—\n");
    arena_free(arena);
}

static void test_spans(void **state)
{
    Arena *arena = arena_new();
    Str content;
    Document doc = read_file(arena, "tests/document/spans.pdf", &content);

    (void)state;
    test_same(
        test_lines(arena, &doc, false),
        "专栏1 主要指标\n| 类别 @0,0+2,1\n| 指标 @0,1+2,1\n| 规划目标 @0,2+1,2\n| 年均增长（%） "
        "@0,4+2,1\n"
        "| 指标属性 @0,5+2,1\n| 2020年 @1,2\n| 2025年 @1,3\n| 经济发展 @2,0\n| "
        "1.地区生产总值（亿元） @2,1\n"
        "| 9017 @2,2\n| 12000 @2,3\n| 6.5 @2,4\n| 预期性 @2,5\n| 2.全员劳动生产率（万元/人） @3,1\n"
        "| 6.8 @3,2\n| 9.1 @3,3\n| 6以上 @3,4\n| 预期性 @3,5\n| 3.常住人口城镇化率（%） @4,1\n| "
        "52.23 @4,2\n"
        "| 58 @4,3\n| — @4,4\n| 预期性 @4,5\n| 绿色生态 @5,0\n| 4.森林覆盖率（%） @5,1\n| 11.33 "
        "@5,2\n| 12 @5,3\n"
        "| [0.67] @5,4\n| 约束性 @5,5\n| 5.地级及以上城市空气质量优良天数比率（%） @6,1\n| 93.7 "
        "@6,2\n"
        "| 完成国家下达任务 @6,3\n| — @6,4\n| 约束性 @6,5\n注：①[ ]内为五年累计数。\n"
        "后文说明，指标体系由省发展改革委负责解释，并按年度进行监测评估，评估结果向社会公布，接受监"
        "督。\n");
    test_same(test_lines(arena, &doc, true), "第1页 共1页\n");
    arena_free(arena);
}

static void test_bad_files(void **state)
{
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Str whole;

    (void)state;
    (void)read_file(arena, "tests/document/spans.pdf", &whole);
    test_refused(str_slice(whole, 0, 100), LT1023);
    test_refused(STR("%PDF-1.7\nno more\n"), LT1023);
    assert_int_equal(
        file_read(arena, STR("tests/document/encrypted.pdf"), DOC_MAX_BYTES, &whole, &diags), OK);
    test_refused(whole, LT1024);
    arena_free(arena);
}

/* With a program of that name that does something else. */
static void run_instead(const char *script, PdfLimits limits, Code code)
{
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Builder builder = builder_new(arena, STR("test"), DOC_PDF, &diags);
    char folder[] = "/tmp/longtu-test-XXXXXX", path[64];
    Str text;
    FILE *file;

    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/pdftotext", folder);
    if (script != NULL) {
        file = fopen(path, "w");
        assert_non_null(file);
        assert_true(fputs(script, file) >= 0);
        assert_int_equal(fclose(file), 0);
        assert_int_equal(chmod(path, 0700), 0);
    }
    assert_int_equal(setenv("PATH", folder, 1), 0);
    assert_int_not_equal(pdf_text(&builder, STR("%PDF-"), limits, &text), OK);
    assert_int_equal(diags.all.n, 1);
    assert_int_equal(diags.all.at[0].code, code);
    (void)unlink(path);
    (void)rmdir(folder);
    arena_free(arena);
}

static void test_limits(void **state)
{
    static const PdfLimits SMALL = {300, 5, (size_t)1 << 30, 1 << 20};
    char *path = strdup(getenv("PATH"));

    (void)state;
    run_instead(NULL, SMALL, LT1028);
    run_instead("#!/bin/sh\nwhile :; do :; done\n", SMALL, LT1029);
    run_instead("#!/bin/sh\nexec /bin/sleep 60\n", SMALL, LT1029);
    run_instead("#!/bin/sh\nexec /usr/bin/yes\n", (PdfLimits){20000, 5, (size_t)1 << 30, 1 << 20},
                LT1029);
    run_instead("#!/bin/sh\nexec /bin/cat /dev/zero >&2\n", SMALL, LT1029);
    run_instead("#!/bin/sh\nexec /bin/sleep 60 >&- 2>&-\n", SMALL, LT1029);
    run_instead("#!/bin/sh\nkill -SEGV $$\n", SMALL, LT1029);
    run_instead("#!/bin/sh\necho broken >&2; exit 1\n", SMALL, LT1023);
    assert_int_equal(setenv("PATH", path, 1), 0);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_samples),   cmocka_unit_test(test_titles),
        cmocka_unit_test(test_chrome),    cmocka_unit_test(test_spans),
        cmocka_unit_test(test_bad_files), cmocka_unit_test(test_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
