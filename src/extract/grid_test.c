/* Tests of Grid: tables of indicators and of tasks. */
#include "extract/test_frame.h"

#include "extract/grid.h"

/* What the first table of the HTML states, a line each. */
static Str read_table(const Known *known, Arena *arena, Str html)
{
    Diags diags = diags_new(arena);
    Scan scan = {.arena = arena};
    Buf out = buf_new(arena);
    Document doc;
    Frames frames;
    Duties duties;

    assert_int_equal(document_parse(arena, STR("test"), html, &doc, &diags), OK);
    assert_true(doc.n_tables > 0);
    frames = (Frames){.lexicon = known->lexicon,
                      .arena = arena,
                      .text = doc.source.text,
                      .usual = 2025,
                      .first = 2021,
                      .last = 2025,
                      .now = 2021,
                      .area = NONE};
    duties = (Duties){.lexicon = known->lexicon,
                      .arena = arena,
                      .doc = &doc,
                      .area = NONE,
                      .now = 2021,
                      .last = 2025};
    frames_paragraph(&frames, 0, MODE_FUTURE, 0);
    if (!grid_read(&frames, &duties, &doc, &doc.tables[0], &scan,
                   ARENA_ARRAY(arena, uint8_t, doc.tables[0].n_cells + 1))) {
        assert_int_equal(frames.statements.n + duties.duties.n, 0);
        return STR("none");
    }
    for (size_t i = 0; i < frames.statements.n; i++) {
        assert_true(frames.statements.at[i].at.end <= doc.source.text.len);
        buf_add(&out, i > 0 ? STR("; ") : STR(""));
        put_statement(&out, known, &frames.statements.at[i]);
    }
    for (size_t i = 0; i < duties.duties.n; i++) {
        const Duty *duty = &duties.duties.at[i];
        char period[PERIOD_TEXT];

        buf_format(&out, "%s%.*s (", out.len > 0 ? "; " : "", STR_ARG(duty->title));
        for (size_t k = 0; k < duty->owners.n; k++) {
            buf_format(&out, "%s%.*s", k > 0 ? "、" : "", STR_ARG(duty->owners.at[k]));
        }
        buf_add(&out, STR("; "));
        for (size_t k = 0; k < duty->cooperating.n; k++) {
            buf_format(&out, "%s%.*s", k > 0 ? "、" : "", STR_ARG(duty->cooperating.at[k]));
        }
        buf_format(&out, "; %.*s)",
                   STR_ARG(duty->due.given ? period_format(duty->due.value, period) : STR("")));
    }
    return buf_str(&out);
}

#define TABLE(head, rows) "<p>云川市规划</p><table><tr>" head "</tr>" rows "</table><p>完。</p>"
#define H(text) "<th>" text "</th>"
#define D(text) "<td>" text "</td>"

static void test_tables(void **state)
{
    static const Row ROWS[] = {
        {TABLE(H("序号") H("指标") H("单位") H("2020年") H("2025年") H("属性"),
               "<tr>" D("1") D("耕地保有量") D("万亩") D("236.5") D("≥236") D("约束性") "</tr>"),
         "F 耕地保有量 [farmland] =236.5万亩 2020; T 耕地保有量 [farmland] >=236万亩 2025 binding "
         "from 236.5 since 2020"},
        {TABLE(H("指标") H("2020年") H("2025年"),
               "<tr>" D("森林覆盖率（%）") D("11.33") D("12") "</tr>"),
         "F 森林覆盖率 [forest_cover] =11.33% 2020; T 森林覆盖率 [forest_cover] =12% 2025 from "
         "11.33 since 2020"},
        {TABLE(H("指标名称") H("2020年实际") H("2025年目标") H("年均增长[累计]") H("指标属性"),
               "<tr>" D("地区生产总值（亿元）") D("612.4") D("900") D("7%左右")
                   D("预期性") "</tr>"),
         "F 地区生产总值 [gdp] =612.4亿元 2020; T 地区生产总值 [gdp] =900亿元 2025 expected from "
         "612.4 since 2020; T 地区生产总值 [gdp_growth] ~7% 2025 yearly expected"},
        {TABLE(H("指标") H("2025年"), "<tr>" D("新增造林面积（万亩）（五年累计）") D("12") "</tr>"),
         "T 新增造林面积（五年累计） =12万亩 2025"},
        {TABLE(H("指标") H("单位") H("2025年"), "<tr>" D("学校") D("所") D("230") "</tr><tr>" D(
                                                    "其中：小学") D("") D("170") "</tr>"),
         "T 学校 =230所 2025; T 小学 =170所 2025"},
        {TABLE(H("指标") H("单位") H("2025年"),
               "<tr>" D("城镇新增就业") D("万人") D("〔6〕") "</tr>"),
         "T 城镇新增就业 [urban_jobs_created] =6万人 2025"},
        {TABLE(H("指标") H("2020年") H("2025年") H("属性"),
               "<tr>" D("单位地区生产总值能耗降低（%）") D("—") D("〔14〕") D("约束性") "</tr>"),
         "T 单位地区生产总值能耗 [energy_intensity] =-14% 2025 change binding"},
        {TABLE(H("类别") H("指标") H("2020年") H("2025年"),
               "<tr><td rowspan=2>生态</td>" D("森林覆盖率（%）") D("11.33")
                   D("12") "</tr>"
                           "<tr>" D("草原综合植被盖度（%）") D("53") D("54") "</tr>"),
         "F 森林覆盖率 [forest_cover] =11.33% 2020; T 森林覆盖率 [forest_cover] =12% 2025 from "
         "11.33 since 2020; F 草原综合植被盖度 [grassland_cover] =53% 2020; T 草原综合植被盖度 "
         "[grassland_cover] =54% 2025 from 53 since 2020"},
        {TABLE(H("指标") H("2020年") H("2025年") H("2035年"),
               "<tr>" D("常住人口城镇化率（%）") D("53.8") D("60") D("72左右") "</tr>"),
         "F 常住人口城镇化率 [urbanization_rate] =53.8% 2020; T 常住人口城镇化率 "
         "[urbanization_rate] =60% 2025 from 53.8 since 2020; T 常住人口城镇化率 "
         "[urbanization_rate] ~72% 2035 from 53.8 since 2020"},
        {TABLE(H("指标") H("2020年") H("2025年"),
               "<tr>" D("地区生产总值年均增长（%）") D("6.1") D("7") "</tr>"),
         "F 地区生产总值年均增长 [gdp_growth] =6.1% 2020 yearly; T 地区生产总值年均增长 "
         "[gdp_growth] =7% 2025 yearly"},
        {TABLE(H("序号") H("任务") H("牵头单位") H("配合单位") H("完成时限"),
               "<tr>" D("1") D("建成公交专用道") D("市交通运输局") D("市财政局、市公安局")
                   D("2023年6月底前") "</tr>"),
         "建成公交专用道 (市交通运输局; 市财政局、市公安局; 2023-06-30)"},
        {TABLE(H("甲") H("乙"), "<tr>" D("你好") D("再见") "</tr>"), "none"},
        {TABLE(H("姓名") H("电话"), "<tr>" D("某人") D("12345678") "</tr>"), "none"},
    };

    check_rows(*state, read_table, ROWS, N_ROWS(ROWS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tables)};

    return cmocka_run_group_tests(tests, know, forget);
}
