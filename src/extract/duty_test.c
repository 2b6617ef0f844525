/* Tests of Duty: bodies, deadlines, and what sentences order and set up. */
#include "extract/test_extract.h"

#include "extract/duty.h"

static Duties duties_of(const Known *known, Arena *arena)
{
    const Catalog *catalog = known->lexicon->catalog;
    Duties duties = {.lexicon = known->lexicon,
                     .arena = arena,
                     .area = catalog_entity(catalog, STR("lanzhou-circle")),
                     .now = 2021,
                     .last = 2025,
                     .year = 2022,
                     .issued = {true, {PERIOD_DAY, day_from_civil(2021, 10, 31)}}};

    assert_int_not_equal(duties.area, NONE);
    return duties;
}

static void put_bodies(Buf *out, const StrVector *bodies)
{
    for (size_t i = 0; i < bodies->n; i++) {
        buf_add(out, i > 0 ? STR("、") : STR(""));
        buf_add(out, bodies->at[i]);
    }
}

static Str read_bodies(const Known *known, Arena *arena, Str text)
{
    Duties duties = duties_of(known, arena);
    StrVector bodies = {0};
    Buf out = buf_new(arena);

    if (!bodies_read(&duties, text, &bodies)) {
        assert_int_equal(bodies.n, 0);
        return STR("none");
    }
    put_bodies(&out, &bodies);
    return buf_str(&out);
}

static void test_bodies(void **state)
{
    static const Row ROWS[] = {
        {"市发展改革委", "市发展改革委"},
        {"市发展改革委、市财政局", "市发展改革委、市财政局"},
        {"兰州市人民政府", "兰州市人民政府"},
        {"兰州市政府", "兰州市人民政府"},
        {"兰州、白银、定西、临夏四市州政府",
         "兰州市人民政府、白银市人民政府、定西市人民政府、临夏回族自治州人民政府"},
        {"兰州、白银、定西 三市政府", "兰州市人民政府、白银市人民政府、定西市人民政府"},
        {"兰州市、白银市人民政府", "兰州市人民政府、白银市人民政府"},
        {"兰州新区管委会", "兰州新区管理委员会"},
        {"各县（区）人民政府", "各县（区）人民政府"},
        {"相关市州", "兰州市人民政府、白银市人民政府、定西市人民政府、临夏回族自治州人民政府"},
        {"市农业农村局、森林覆盖率", "none"},
        {"森林覆盖率", "none"},
        {"", "none"},
    };

    check_rows(*state, read_bodies, ROWS, N_ROWS(ROWS));
}

/* The last day of the first time in the text. */
static Str read_day(const Known *known, Arena *arena, Str text)
{
    Duties duties = duties_of(known, arena);
    Scan scan = {.arena = arena};
    OptPeriod day;
    char period[PERIOD_TEXT];

    (void)scan_sentence(known->lexicon, text, 0, (uint32_t)text.len, &scan);
    if (scan.times.n == 0 || !day_of_time(&duties, &scan.times.at[0], &day)) {
        return STR("none");
    }
    return str_copy(arena, period_format(day.value, period));
}

static void test_days(void **state)
{
    static const Row ROWS[] = {
        {"2023年底前", "2023-12-31"},
        {"2023年6月底前", "2023-06-30"},
        {"2024年2月底前", "2024-02-29"},
        {"2023年2月底前", "2023-02-28"},
        {"2023年6月15日前", "2023-06-15"},
        {"2023年上半年", "2023-06-30"},
        {"2023年第三季度", "2023-09-30"},
        {"6月底前", "2022-06-30"},       /* of the year that the words before stand in */
        {"印发后3个月内", "2022-01-31"}, /* from 2021-10-31 */
        {"印发后4个月内", "2022-02-28"}, /* there is no 31 February */
        {"印发之日起30日内", "2021-11-30"},
        {"印发后1年内", "2022-10-31"},
        {"“十四五”末", "2025-12-31"},
    };

    check_rows(*state, read_day, ROWS, N_ROWS(ROWS));
}

/* “title (owners; cooperating; due; cycle)” of each duty, “+ name, kind, cycle” of each mechanism.
 */
static Str read_duties(const Known *known, Arena *arena, Str text)
{
    Duties duties = duties_of(known, arena);
    Scan scan = {.arena = arena};
    Buf out = buf_new(arena);

    for (uint32_t at = 0; at < text.len;) {
        at = scan_sentence(known->lexicon, text, at, (uint32_t)text.len, &scan);
        duties_sentence(&duties, &scan, STR("标题"));
    }
    for (size_t i = 0; i < duties.duties.n; i++) {
        const Duty *duty = &duties.duties.at[i];
        char period[PERIOD_TEXT];

        assert_true(duty->at.start < duty->at.end && duty->at.end <= text.len);
        buf_format(&out, "%s%.*s (", i > 0 ? "; " : "", STR_ARG(duty->title));
        put_bodies(&out, &duty->owners);
        buf_add(&out, STR("; "));
        put_bodies(&out, &duty->cooperating);
        buf_format(&out, "; %.*s; %.*s)",
                   STR_ARG(duty->due.given ? period_format(duty->due.value, period) : STR("")),
                   STR_ARG(duty->cycle));
    }
    for (size_t i = 0; i < duties.setups.n; i++) {
        const Setup *setup = &duties.setups.at[i];

        assert_true(setup->at.start < setup->at.end && setup->at.end <= text.len);
        buf_format(&out, "%s+ %.*s, %.*s, %.*s", out.len > 0 ? "; " : "", STR_ARG(setup->name),
                   STR_ARG(setup->kind), STR_ARG(setup->cycle));
    }
    return buf_str(&out);
}

static void test_duties(void **state)
{
    static const Row ROWS[] = {
        {"建成线路12条。（市交通运输局牵头，市发展改革委、市财政局配合）",
         "标题 (市交通运输局; 市发展改革委、市财政局; ; )"},
        {"建成线路12条。（市交通运输局负责）", "标题 (市交通运输局; ; ; )"},
        {"（市交通运输局、市财政局按职责分工负责）", "标题 (市交通运输局、市财政局; ; ; )"},
        {"（责任单位：市交通运输局、市财政局）", "标题 (市交通运输局、市财政局; ; ; )"},
        {"（牵头单位：市交通运输局；配合单位：市财政局；完成时限：2023年底前）",
         "标题 (市交通运输局; 市财政局; 2023-12-31; )"},
        {"（市交通运输局牵头，2023年6月底前完成）", "标题 (市交通运输局; ; 2023-06-30; )"},
        {"2023年6月底前，建成公交专用道。", "建成公交专用道 (; ; 2023-06-30; )"},
        {"2023年底前完成编制工作。", "完成编制工作 (; ; 2023-12-31; )"},
        {"印发后3个月内制定实施方案。", "制定实施方案 (; ; 2022-01-31; )"},
        {"兰州、白银、定西、临夏四市州政府要制定印发实施方案。",
         "制定印发实施方案 "
         "(兰州市人民政府、白银市人民政府、定西市人民政府、临夏回族自治州人民政府; ; ; )"},
        {"市发展改革委会同市财政局制定管理办法。", "制定管理办法 (市发展改革委; 市财政局; ; )"},
        {"市发展改革委要会同有关部门开展监测评估。",
         "开展监测评估 (市发展改革委; 甘肃省人民政府有关部门; ; )"},
        {"由市发展改革委负责开展中期评估。", "开展中期评估 (市发展改革委; ; ; )"},
        {"由市发展改革委牵头，会同市财政局、市住建局制定管理办法。",
         "制定管理办法 (市发展改革委; 市财政局、市住建局; ; )"},
        {"每季度召开一次会议，由市发展改革委负责召集。",
         "召开一次会议 (; ; ; 每季度); 召集 (市发展改革委; ; ; 每季度)"},
        {"建立联席会议制度，定期召开会议。",
         "召开会议 (; ; ; 定期); + 联席会议制度, 联席会议制度, 定期"},
        {"工作专班每月调度、每季度召开运行分析会。",
         "+ 月调度, 调度, 每月; + 运行分析会, 分析会, 每季度"},
        {"每年开展一次目标完成情况评估。", "+ 目标完成情况评估, 评估, 每年"},
        {"每月10日前通报进展。", "通报进展 (; ; ; 每月10日前)"},
        {"由市发展改革委会同有关部门承担日常工作。",
         "承担日常工作 (市发展改革委; 甘肃省人民政府有关部门; ; )"},
        {"建立健全月度调度机制。", "+ 月度调度机制, 机制, 月度"},
        {"搭建大数据平台，构建现代产业体系。", "+ 大数据平台, 平台, ; + 现代产业体系, 体系, "},
        {"森林覆盖率达到12%。", ""},
        {"（以下简称示范区）", ""},
    };

    check_rows(*state, read_duties, ROWS, N_ROWS(ROWS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bodies),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_duties),
    };

    return cmocka_run_group_tests(tests, know, forget);
}
