/* Tests of Head: title, number, issuer and date of a notice; period, area and id of a plan. */
#include "extract/test_extract.h"

#include "extract/head.h"

static Document parse(Arena *arena, Str text)
{
    Diags diags = diags_new(arena);
    Document doc;

    assert_int_equal(document_parse(arena, STR("test"), text, &doc, &diags), OK);
    return doc;
}

/* “title | number | issuer | issued” */
static Str read_notice(const Known *known, Arena *arena, Str text)
{
    Document doc = parse(arena, text);
    NoticeHead head = head_notice(arena, known->lexicon, &doc);
    char period[PERIOD_TEXT];

    return str_format(arena, "%.*s | %.*s | %.*s | %.*s", STR_ARG(head.title), STR_ARG(head.number),
                      STR_ARG(head.issuer),
                      STR_ARG(head.has_issued ? period_format(head.issued, period) : STR("")));
}

static void test_notices(void **state)
{
    static const Row ROWS[] = {
        {"关于印发云川市发展规划的通知\n云政办发〔2021〕46号\n各县：\n现印发给你们。\n"
         "云川市人民政府办公室\n2021年12月20日\n云川市发展规划\n一、目标\n增长。",
         "关于印发云川市发展规划的通知 | 云政办发〔2021〕46号 | 云川市人民政府办公室 | 2021-12-20"},
        {"甘肃省人民政府关于印发云川市规划的通知\n甘政发[2021]9号\n现印发给你们。\n"
         "甘肃省人民政府\n二〇二一年十月十日\n云川市规划\n一、目标\n增长。",
         "甘肃省人民政府关于印发云川市规划的通知 | 甘政发[2021]9号 | 甘肃省人民政府 | 2021-10-10"},
        {"云川市“十四五”发展规划\n一、目标\n增长。", "云川市“十四五”发展规划 |  |  | "},
    };

    check_rows(*state, read_notice, ROWS, N_ROWS(ROWS));
}

/* “id, first—last, horizon, area, usual”, then the codes of the members. */
static Str read_plan(const Known *known, Arena *arena, Str text)
{
    Document doc = parse(arena, text);
    NoticeHead notice = head_notice(arena, known->lexicon, &doc);
    const Catalog *catalog = known->lexicon->catalog;
    Buf out = buf_new(arena);

    for (size_t i = 0; i < doc.n_parts; i++) {
        if (doc.parts[i].kind == PART_PLAN) {
            PlanHead head = head_plan(arena, known->lexicon, &doc, &notice, &doc.parts[i]);
            Str id = head_id(arena, known->lexicon, &head, doc_text(&doc, doc.parts[i].title));

            buf_format(
                &out, "%s%.*s, %d—%d, %d, %.*s, %d", out.len > 0 ? "; " : "", STR_ARG(id),
                head.first, head.last, head.horizon,
                STR_ARG(head.area == NONE ? STR("none") : catalog->entities.at[head.area].name.zh),
                head.usual);
            for (size_t k = 0; k < head.members.n; k++) {
                buf_format(&out, " %.*s", STR_ARG(head.members.at[k]));
            }
        }
    }
    return buf_str(&out);
}

static void test_plans(void **state)
{
    static const Row ROWS[] = {
        {"云川市“十四五”发展规划\n一、目标\n增长。", "plan-2021, 2021—2025, 0, none, 2025"},
        {"兰州市国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要\n一、目标\n增长。",
         "lanzhou-outline-2021, 2021—2025, 2035, 兰州市, 2025"},
        {"兰州市交通发展规划（2023—2030年）\n一、目标\n增长。",
         "lanzhou-transport-2023, 2023—2030, 0, 兰州市, 2030"},
        {"甘肃省森林防火规划\n一、总则\n规划期为2022—2025年，展望到2035年。",
         "gansu-forestry-2022, 2022—2025, 2035, 甘肃省, 2025"},
        {"兰州市污染防治三年行动方案（2023—2025年）\n一、目标\n增长。",
         "lanzhou-2023, 2023—2025, 0, 兰州市, 2025"},
        {"兰州市2024年政府工作报告\n一、回顾\n增长。",
         "lanzhou-report-2024, 2024—2024, 0, 兰州市, 2024"},
        {"“十四五”兰州经济圈发展规划\n一、目标\n增长。",
         "lanzhou-circle, 2021—2025, 0, 兰州经济圈, 2025"},
        {"兰州新区发展规划（2021—2025年）\n一、目标\n增长。",
         "lanzhou-new-area-2021, 2021—2025, 0, 兰州新区, 2025"},
        {"“十四五”陇东南发展规划\n一、范围\n包括天水、平凉、庆阳、陇南四市，规划期为2021—2025年。",
         "longdongnan, 2021—2025, 0, 陇东南区域, 2025"},
    };

    check_rows(*state, read_plan, ROWS, N_ROWS(ROWS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_notices),
        cmocka_unit_test(test_plans),
    };

    return cmocka_run_group_tests(tests, know, forget);
}
