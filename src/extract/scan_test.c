/* Tests of Scan: the quantities, times and names of sentences, and where they end. */
#include "extract/test_extract.h"

/* The quantities [3家], times {2025} and names <5G> of all sentences, set apart by “ / ”. */
static Str read_items(const Known *known, Arena *arena, Str text)
{
    Buf out = buf_new(arena);
    Scan scan = {.arena = arena};

    for (uint32_t at = 0; at < text.len;) {
        uint32_t start = at, end = at;

        at = scan_sentence(known->lexicon, text, at, (uint32_t)text.len, &scan);
        assert_true(at > start && at <= text.len);
        buf_add(&out, start > 0 ? STR("/") : STR(""));
        for (size_t i = 0; i < scan.items.n; i++) {
            const Item *item = &scan.items.at[i];

            assert_true(item->at.start >= end && item->at.end > item->at.start);
            end = item->at.end;
            if (item->kind == ITEM_QUANTITY) {
                buf_char(&out, '[');
                put_quantity(&out, &scan.quantities.at[item->number]);
                buf_char(&out, ']');
            } else if (item->kind == ITEM_TIME) {
                buf_char(&out, '{');
                put_time(&out, &scan.times.at[item->number]);
                buf_char(&out, '}');
            } else if (item->kind == ITEM_NAME) {
                buf_format(&out, "<%.*s>", STR_ARG(str_slice(text, item->at.start, item->at.end)));
            }
        }
        assert_true(end <= at);
    }
    return buf_str(&out);
}

static void test_bounds(void **state)
{
    static const Row ROWS[] = {
        {"达到约30万人", "[~30万人]"},
        {"不低于95%", "[>=95%]"},
        {"不超过5.5%", "[<=5.5%]"},
        {"≥236", "[>=236]"},
        {"≤ 30微克/立方米", "[<=30微克/立方米]"},
        {"＜5%", "[<=5%]"},
        {"突破900亿元", "[>=900亿元 over]"},
        {"突破了900亿元", "[>=900亿元 over]"},
        {"超过100万吨", "[>=100万吨 over]"},
        {"至少3家", "[>=3家]"},
        {"近1000户", "[~1000户]"},
        {"低于60分", "[<=60分]"},
        {"约95%以上", "[>=95%]"}, /* the bound that says more */
        {"控制在5.5%以内", "[<=5.5%]"},
        {"增长超过7%左右", "[>=7% over]"},
        {"编号12,345,678,901,234,567,890.5，", "<12,345,678,901,234,567,890.5>"}, /* in one piece */
    };

    check_rows(*state, read_items, ROWS, N_ROWS(ROWS));
}

static void test_several(void **state)
{
    static const Row ROWS[] = {
        {"到2025年，建成12家、改造35座。", "{2025}[12家][35座]"},
        {"三次产业结构为14.2∶38.5∶47.3。", "<三次产业>[14.2 ratio][38.5 ratio][47.3 ratio]"},
        {"比例为8.4:41.6:50，", "[8.4 ratio][41.6 ratio][50 ratio]"},
        {"城乡居民收入比缩小到2.3：1以内", "[<=2.3]"},
        {"城乡居民收入比为2.3∶1。", "[2.3]"},
        {"师生比达到1∶14.5", "[1 ratio][14.5 ratio]"},
        {"用水１，８６０万立方米，", "[1860万立方米]"},
        {"用水２，３５０１", "[2][3501]"},
        {"浓度为35微克每立方米", "[35微克每立方米]"},
        {"建设2个每村", "[2个]"},
        {"每月10日前通报", "{every 1}"},
        {"噪声控制在55分贝以内", "[<=55分贝]"},
        {"甲达到3家。乙达到5家！丙2家", "[3家]/[5家]/[2家]"},
        {"达到3家；达到5家", "[3家][5家]"}, /* ； does not end a sentence */
        {"每平方米125人", "[125人/平方米]"},
        {"每万人拥有12.3件", "[12.3件]"},
        {"增长（-3.5%）", "[-3.5%]"},
        {"降水－12.5毫米", "[12.5毫米]"}, /* a dash between two things */
        {"同比 -2.1%", "[-2.1%]"},
        {"增速为-2.5%", "[-2.5%]"},
        {"达到－12.5‰", "[-12.5‰]"},
    };

    check_rows(*state, read_items, ROWS, N_ROWS(ROWS));
}

static void test_names(void **state)
{
    static const Row ROWS[] = {
        {"5G基站", "<5G>"},
        {"沿G30高速", "<G30>"},
        {"实施“3+2”工程", "<“3+2”>"},
        {"构建“1246”格局", "<“1246”>"},
        {"按照《云川市2021年行动计划（2021—2025年）》要求",
         "<《云川市2021年行动计划（2021—2025年）》>"},
        {"拨打110报警", "<110>"},
        {"12345热线", "<12345>"},
        {"电话0931-8410000，", "<0931-8410000>"},
        {"08:30至17：30开放", "<08:30><17：30>"},
        {"第3批试点", "<3批>"},
        {"第12届大会", "<12届>"},
        {"表3中", "<3>"},
        {"附件2", "<2>"},
        {"PM2.5浓度", "<PM2.5>"},
        {"CO2排放", "<CO2>"},
        {"312国道", "[312]"},
        {"4A级景区", "<4A>"},
        {"四市州", "<四市州>"},
        {"三大工程", "<三大>"},
        {"“一带一路”建设", "<“一带一路”>"},
        {"二氧化碳排放", "<二氧化碳>"},
        {"第一产业", "<第一产业>"},
        {"“到2025年达到95%”", "{2025}[95%]"}, /* quoted words with a unit are no name */
        {"“十四五”规划", "{2021—2025 five title}"},
        {"“十四五”时期", "{2021—2025 five}"},
        {"“十三五”末", "{2020$ five}"},
        {"4个市州", "<4个>"},
        {"3个方面", "<3个>"},
    };

    check_rows(*state, read_items, ROWS, N_ROWS(ROWS));
}

static void test_hanzi(void **state)
{
    static const Row ROWS[] = {
        {"新增三百家", "[300家]"},
        {"比重达到五成以上", "[>=50%]"},
        {"打造百亿级产业集群", "[>=100亿元 level]"},
        {"建成千万千瓦级基地", "[>=1000万千瓦 level]"},
        {"两个百亿级园区", "[2个][>=100亿元 level]"},
        {"推进三个专项", "<三个>"}, /* counts no target */
        {"千方百计增收", "<千方百计>"},
        {"十分之一", "[10.00% level]"},
        {"一小时通勤圈", "[1小时]"},
        {"半小时", "[0.5小时]"},
        {"提高一个百分点", "[1个百分点]"},
    };

    check_rows(*state, read_items, ROWS, N_ROWS(ROWS));
}

static void test_times(void **state)
{
    static const Row ROWS[] = {
        {"今年，", "{+0}"},
        {"去年", "{+-1}"},
        {"明年底", "{+1}"},
        {"每季度召开会议", "{every 2}"},
        {"每月通报", "{every 1}"},
        {"印发后3个月内", "{3m later}"},
        {"印发之日起30日内", "{30d later}"},
        {"发布后1年内", "{1y later}"},
        {"近5年", "{length}"},
        {"连续3年", "{length}"},
        {"10年内", "{length}"},
        {"在2021—2025年", "{2021—2025}"},
        {"二〇二一年十二月二十日", "{2021-12-20}"},
        {"自2022年起", "{2022>}"},
    };

    check_rows(*state, read_items, ROWS, N_ROWS(ROWS));
}

/* A sentence without an end is cut at a comma, and no number is lost by it. */
static void test_long(void **state)
{
    const Known *known = *state;
    Arena *arena = arena_new();
    Buf text = buf_new(arena);
    Scan scan = {.arena = arena};
    size_t n = 0, n_sentences = 0;

    for (int i = 0; i < 2000; i++) {
        buf_add(&text, STR("达到12家，"));
    }
    for (uint32_t at = 0; at < text.len; n_sentences++) {
        at = scan_sentence(known->lexicon, buf_str(&text), at, (uint32_t)text.len, &scan);
        n += scan.quantities.n;
    }
    assert_int_equal(n, 2000);
    assert_true(n_sentences > 1 && n_sentences < 10);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounds), cmocka_unit_test(test_several), cmocka_unit_test(test_names),
        cmocka_unit_test(test_hanzi),  cmocka_unit_test(test_times),   cmocka_unit_test(test_long),
    };

    return cmocka_run_group_tests(tests, know, forget);
}
