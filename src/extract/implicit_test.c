/* Tests of implicit numbers: words that stand for one, 全覆盖, 翻番, 百亿级. */
#include "extract/test_frame.h"

static void test_words(void **state)
{
    static const Row ROWS[] = {
        {"行政村5G网络全覆盖。", "T 行政村5G网络覆盖率 =100% 0 implicit"},
        {"具备条件的行政村通硬化路全覆盖。", "T 具备条件的行政村通硬化路覆盖率 =100% 0 implicit"},
        {"生活垃圾全收集、全处理。",
         "T 生活垃圾收集率 =100% 0 implicit; T 生活垃圾处理率 =100% 0 implicit"},
        {"化肥使用量实现零增长。", "T 化肥使用量 =0% 0 yearly implicit"},
        {"数字农业产值翻一番。", "T 数字农业产值 =2倍 0 implicit"},
        {"旅游收入实现倍增。", "T 旅游收入 =2倍 0 implicit"},
        {"生活垃圾填埋量减半。", "T 生活垃圾填埋量 =-50% 0 change implicit"},
        {"城市黑臭水体基本消除。", "T 城市黑臭水体比例 =0% 0 implicit"},
        {"形成中心城区到县城1小时通勤圈。", "T 形成中心城区到县城通行时间 <=1小时 0 implicit"},
        {"打造兰州至西宁一小时经济圈。", "T 兰州至西宁通行时间 <=1小时 0 implicit"},
        {"打造百亿级食用菌产业集群。", "T 食用菌产业集群规模 >=100亿元 0 implicit"},
        {"建设千亿级石化产业基地。", "T 石化产业基地规模 >=1000亿元 0 implicit"},
        {"建设千万千瓦级风电基地。", "T 风电基地规模 >=1000万千瓦 0 implicit"},
        {"全面普及高中阶段教育。", "T 高中阶段教育普及率 [senior_enrolment] =100% 0 implicit"},
        {"重污染天气基本消除。", "T 重污染天气比例 [heavy_pollution_days] =0% 0 implicit"},
        {"以百亿级集群为依托，发展物流。", ""},
        {"到2023年，农村公路养护全覆盖。", "T 农村公路养护覆盖率 =100% 2023 implicit"},
        {"目前行政村通硬化路已全覆盖。", "F 行政村通硬化路覆盖率 =100% 0 implicit"},
    };

    check_rows(*state, read_goals, ROWS, N_ROWS(ROWS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words)};

    return cmocka_run_group_tests(tests, know, forget);
}
