/* Tests of Drawn: tables in plain text, and lines that only look like one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "document/test_document.h"

static void check(const char *text, const char *want)
{
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Document doc = test_read(arena, str_z(text), &diags);

    test_same(test_lines(arena, &doc, false), want);
    assert_ptr_equal(doc.source.text.at, text); /* nothing was copied */
    for (size_t i = 0; i < doc.n_tables; i++) {
        assert_true(doc.tables[i].drawn);
    }
    for (size_t i = 1; i < doc.n_blocks; i++) {
        assert_true(doc.blocks[i].at.start >= doc.blocks[i - 1].at.end);
    }
    arena_free(arena);
}

#define TABLE                                                                                               \
    "| 指标 @0,0\n| 2020年 @0,1\n| 2025年 @0,2\n| 属性 @0,3\n| 森林覆盖率（%） @1,0\n| 11.33 " \
    "@1,1\n| 12 @1,2\n"                                                                                     \
    "| 约束性 @1,3\n| 人均预期寿命（岁） @2,0\n| 75.6 @2,1\n| 76.6 @2,2\n| 预期性 @2,3\n"

static void test_separators(void **state)
{
    (void)state;
    check("前文。\n指标\t2020年\t2025年\t属性\n森林覆盖率（%）\t11."
          "33\t12\t约束性\n人均预期寿命（岁）\t75.6\t76.6\t预期性\n后文。\n",
          "前文。\n" TABLE "后文。\n");
    check("| 指标 | 2020年 | 2025年 | 属性 |\n|---|:--:|---|---|\n| 森林覆盖率（%） | 11.33 | 12 | "
          "约束性 |\n"
          "| 人均预期寿命（岁） | 75.6 | 76.6 | 预期性 |\n",
          TABLE);
    check("┌────┬────┐\n│ 指标 │ 2020年 │ 2025年 │ 属性 │\n├────┼────┤\n│ 森林覆盖率（%） │ 11.33 "
          "│ 12 │ 约束性 │\n"
          "│ 人均预期寿命（岁） │ 75.6 │ 76.6 │ 预期性 │\n",
          "┌────┬────┐\n" TABLE);
    check(
        "指  标              2020年   2025年   属性\n森林覆盖率（%）     11.33    12       约束性\n"
        "人均预期寿命（岁）  75.6     76.6     预期性\n后文。",
        "| 指  标 @0,0\n| 2020年 @0,1\n| 2025年 @0,2\n| 属性 @0,3\n| 森林覆盖率（%） @1,0\n| 11.33 "
        "@1,1\n| 12 @1,2\n"
        "| 约束性 @1,3\n| 人均预期寿命（岁） @2,0\n| 75.6 @2,1\n| 76.6 @2,2\n| 预期性 "
        "@2,3\n后文。\n");
    /* an empty cell is told by where the others stand */
    check(
        "指标                2020年   2025年   属性\n森林覆盖率（%）              12       约束性\n"
        "人均预期寿命（岁）  75.6              预期性\n",
        "| 指标 @0,0\n| 2020年 @0,1\n| 2025年 @0,2\n| 属性 @0,3\n| 森林覆盖率（%） @1,0\n| 12 "
        "@1,2\n"
        "| 约束性 @1,3\n| 人均预期寿命（岁） @2,0\n| 75.6 @2,1\n| 预期性 @2,3\n");
    check("指标\t2020年\t2025年\n甲\t\t2\n乙\t1\t\n",
          "| 指标 @0,0\n| 2020年 @0,1\n| 2025年 @0,2\n| 甲 @1,0\n| 2 @1,2\n| 乙 @2,0\n| 1 @2,1\n");
}

/* A line that fits the columns only in part ends the table, and stays as it is. */
static void test_row_that_does_not_fit(void **state)
{
    (void)state;
    check("指标      2020年   2025年   属性\n甲        1        2        预期性\n乙        3       "
          " 4        约束性\n"
          "丙  丁    5\n",
          "| 指标 @0,0\n| 2020年 @0,1\n| 2025年 @0,2\n| 属性 @0,3\n| 甲 @1,0\n| 1 @1,1\n| 2 "
          "@1,2\n| 预期性 @1,3\n"
          "| 乙 @2,0\n| 3 @2,1\n| 4 @2,2\n| 约束性 @2,3\n丙  丁    5\n");
}

/* A form feed parts blocks in one line; a table does not reach back over it. */
static void test_form_feed(void **state)
{
    (void)state;
    check("前\f指标\t2020年\t2025年\n甲\t1\t2\n乙\t3\t4\f丙\t5\t6\n",
          "前\n| 指标 @0,0\n| 2020年 @0,1\n| 2025年 @0,2\n| 甲 @1,0\n| 1 @1,1\n| 2 @1,2\n"
          "| 乙 @2,0\n| 3 @2,1\n| 4 @2,2\n| 丙 @3,0\n| 5 @3,1\n| 6 @3,2\n");
}

static void test_cells_in_lines(void **state)
{
    (void)state;
    check("指标\n2020年\n2025年\n属性\n森林覆盖率（%）\n11.33\n12\n约束性\n人均预期寿命（岁）\n75."
          "6\n76.6\n预期性\n后文。\n",
          TABLE "后文。\n");
    check("表1 "
          "主要指标\n序号\n指标\n2020年\n2025年\n年均增速\n属性\n经济发展\n1\n地区生产总值（亿元）"
          "\n9017\n12000\n6.5\n预期性\n"
          "2\n城镇化率（%）\n52.2\n58\n预期性\n生态\n3\n森林覆盖率（%）\n12\n约束性\n注：其他。\n",
          "表1 主要指标\n| 序号 @0,0\n| 指标 @0,1\n| 2020年 @0,2\n| 2025年 @0,3\n| 年均增速 "
          "@0,4\n| 属性 @0,5\n"
          "| 经济发展 @1,0+1,6\n| 1 @2,0\n| 地区生产总值（亿元） @2,1\n| 9017 @2,2\n| 12000 "
          "@2,3\n| 6.5 @2,4\n| 预期性 @2,5\n"
          "| 2 @3,0\n| 城镇化率（%） @3,1\n| 52.2 @3,2\n| 58 @3,3\n| 预期性 @3,5\n| 生态 @4,0+1,6\n"
          "| 3 @5,0\n| 森林覆盖率（%） @5,1\n| 12 @5,3\n| 约束性 @5,5\n注：其他。\n");
    check("指标\n2020年\n2025年\n甲（%）\n—\n12\n乙（%）\n75.6\n-\n这是正文。\n",
          "| 指标 @0,0\n| 2020年 @0,1\n| 2025年 @0,2\n| 甲（%） @1,0\n| — @1,1\n| 12 @1,2\n| "
          "乙（%） @2,0\n"
          "| 75.6 @2,1\n| - @2,2\n这是正文。\n");
}

/* Sections stand in place of the column 类别; names with 其中 share the lines of their figures. */
static void test_cells_that_are_missing(void **state)
{
    (void)state;
    check("类别\n指标\n2010年\n2015年\n一、生态\n造林（亩）\n1\n2\n5G基站（个）\n3\n4\n"
          "二、其他\n1.人口（人）\n5\n6\n",
          "| 类别 @0,0\n| 指标 @0,1\n| 2010年 @0,2\n| 2015年 @0,3\n| 一、生态 @1,0+1,4\n"
          "| 造林（亩） @2,1\n| 1 @2,2\n| 2 @2,3\n| 5G基站（个） @3,1\n| 3 @3,2\n| 4 @3,3\n"
          "| 二、其他 @4,0+1,4\n| 1.人口（人） @5,1\n| 5 @5,2\n| 6 @5,3\n");
    check("指标 |\n2020年 |\n2025年 |\n属性 |\n甲率（%） |\n其中：乙率（%） |\n1 |\n2 |\n3 |\n"
          "4 |\n预期性 |\n丙率（%） |\n5 |\n约束性 |\n",
          "| 指标 @0,0\n| 2020年 @0,1\n| 2025年 @0,2\n| 属性 @0,3\n| 甲率（%） @1,0\n"
          "| 其中：乙率（%） @2,0\n| 1 @1,1\n| 2 @2,1\n| 3 @1,2\n| 4 @2,2\n"
          "| 预期性 @1,3+2,1\n| 丙率（%） @3,0\n| 5 @3,2\n| 约束性 @3,3\n");
}

static void test_no_tables(void **state)
{
    static const char *const TEXTS[] = {
        "指标\t2020年\n森林\t11\n后文\n",                   /* one row */
        "到2025年  指标体系更加完善\n第二  行\n第三  行\n", /* sentences */
        "指标\n目标\n任务\n一、总则\n二、任务\n三、保障\n", /* contents */
        "指标\n2020年\n2025年\n后文继续。\n再后文。\n",
        "序号\n指标\n2025年\n甲\n乙\n丙\n丁\n",
        "联系人：张三    电话：0931-1234567\n地址：兰州    邮编：730000\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        Arena *arena = arena_new();
        Diags diags = diags_new(arena);
        Document doc = test_read(arena, str_z(TEXTS[i]), &diags);

        if (doc.n_tables != 0) {
            fail_msg("row %zu is a table", i);
        }
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_separators),
        cmocka_unit_test(test_form_feed),
        cmocka_unit_test(test_row_that_does_not_fit),
        cmocka_unit_test(test_cells_in_lines),
        cmocka_unit_test(test_cells_that_are_missing),
        cmocka_unit_test(test_no_tables),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
