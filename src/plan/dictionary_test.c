/* Tests of the dictionary of China: no name is given twice, and what plans write is found. */
#include "plan/test_gansu.h"

#include "base/utf8.h"

static void add_once(Fixture *fixture, Map *names, const Catalog *catalog, Str name, uint32_t i)
{
    Str folded = utf8_fold(fixture->arena, name);
    uint64_t other;

    if (folded.len == 0) {
        return;
    }
    if (map_get(names, folded, &other) && other != i) {
        fail_msg("'%.*s' is a name of %.*s and of %.*s", STR_ARG(name),
                 STR_ARG(catalog->indicators.at[other]->id),
                 STR_ARG(catalog->indicators.at[i]->id));
    }
    map_set(names, folded, i);
}

/* Otherwise the first keeps it without a word. */
static void test_no_name_twice(void **state)
{
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);
    Map *names = map_new(fixture->arena);

    for (uint32_t i = 0; i < catalog->indicators.n; i++) {
        const Indicator *indicator = catalog->indicators.at[i];

        add_once(fixture, names, catalog, indicator->id, i);
        add_once(fixture, names, catalog, indicator->name.zh, i);
        add_once(fixture, names, catalog, indicator->name.en, i);
        for (size_t k = 0; k < indicator->also.n; k++) {
            add_once(fixture, names, catalog, indicator->also.at[k], i);
        }
    }
}

/* A name of an indicator without formula means its measure in data, not another measure. */
static void test_names_in_data(void **state)
{
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);

    for (uint32_t i = 0; i < catalog->indicators.n; i++) {
        const Indicator *indicator = catalog->indicators.at[i];
        uint32_t own = catalog_measure(catalog, indicator->id);

        for (size_t k = 0; indicator->formula_text.len == 0 && k <= indicator->also.n; k++) {
            Str name = k == 0 ? indicator->name.zh : indicator->also.at[k - 1];
            uint32_t found = catalog_measure(catalog, name);

            assert_int_not_equal(found, NONE);
            if (found != own) {
                fail_msg("'%.*s' of %.*s is the measure %.*s", STR_ARG(name),
                         STR_ARG(indicator->id), STR_ARG(catalog->measures.at[found]->id));
            }
        }
    }
}

static void test_form(void **state)
{
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);
    Unit unit;

    assert_true(catalog->indicators.n >= 400);
    for (uint32_t i = 0; i < catalog->indicators.n; i++) {
        const Indicator *indicator = catalog->indicators.at[i];

        assert_true(unit_parse(indicator->unit_text, &unit));
        if (indicator->name.zh.len == 0 || indicator->name.en.len == 0) {
            fail_msg("%.*s lacks a name in one language", STR_ARG(indicator->id));
        }
        for (size_t k = 0; k < indicator->id.len; k++) {
            if (strchr("abcdefghijklmnopqrstuvwxyz0123456789_", indicator->id.at[k]) == NULL) {
                fail_msg("the id %.*s is not in small letters", STR_ARG(indicator->id));
            }
        }
    }
}

/* From memory of plans of 2006 to 2026 at all levels, not from the file. */
static void test_what_plans_write(void **state)
{
    static const struct {
        const char *name, *id;
    } ROWS[] = {
        /* economy */
        {"国内生产总值增长", "gdp_growth"},
        {"地区生产总值(GDP)年均增长", "gdp_growth"},
        {"GDP年均增速", "gdp_growth"},
        {"生产总值增速", "gdp_growth"},
        {"人均GDP", "gdp_per_capita"},
        {"人均地区生产总值", "gdp_per_capita"},
        {"全员劳动生产率", "labour_productivity"},
        {"全员劳动生产率增长", "labour_productivity_growth"},
        {"服务业增加值比重", "tertiary_share"},
        {"服务业增加值占GDP比重", "tertiary_share"},
        {"第三产业增加值占地区生产总值的比重", "tertiary_share"},
        {"规上工业增加值增速", "industrial_value_added_growth"},
        {"规模以上工业增加值年均增长", "industrial_value_added_growth"},
        {"制造业增加值占GDP比重", "manufacturing_share"},
        {"民营经济增加值占地区生产总值比重", "private_share"},
        {"全社会固定资产投资增长", "fai_growth"},
        {"社会消费品零售总额年均增长", "retail_growth"},
        {"地方一般公共预算收入", "budget_revenue"},
        {"一般公共预算收入年均增长", "budget_revenue_growth"},
        {"进出口总额", "foreign_trade"},
        {"外贸进出口总额年均增长", "foreign_trade_growth"},
        {"实际利用外资", "fdi"},
        {"居民消费价格涨幅", "cpi"},
        {"社会物流总费用与GDP的比率", "logistics_cost_ratio"},
        /* innovation */
        {"研究与试验发展经费投入强度", "rd_intensity"},
        {"全社会研发经费投入占GDP比重", "rd_intensity"},
        {"R&D经费支出占地区生产总值比重", "rd_intensity"},
        {"研究与试验发展经费支出占国内生产总值比重", "rd_intensity"},
        {"全社会Ｒ＆Ｄ经费支出占ＧＤＰ比重", "rd_intensity"},
        {"全社会研发经费投入增长", "rd_expenditure_growth"},
        {"每万人口发明专利拥有量", "invention_patents_per_10k"},
        {"每万人口高价值发明专利拥有量", "high_value_patents_per_10k"},
        {"高新技术企业数量", "hightech_firms"},
        {"科技进步贡献率", "tech_progress_contribution"},
        {"技术合同成交额", "tech_contracts"},
        {"数字经济核心产业增加值占GDP比重", "digital_core_share"},
        {"战略性新兴产业增加值占GDP比重", "strategic_industry_share"},
        {"高技术制造业增加值占规模以上工业增加值的比重", "hightech_manufacturing_share"},
        /* people */
        {"常住人口城镇化率", "urbanization_rate"},
        {"户籍人口城镇化率", "registered_urbanization_rate"},
        {"居民人均可支配收入增长", "income_growth_all"},
        {"全体居民人均可支配收入", "income"},
        {"农村居民人均纯收入", "rural_net_income"},
        {"城乡居民收入比", "urban_rural_income_ratio"},
        {"城镇调查失业率", "surveyed_unemployment"},
        {"城镇登记失业率", "registered_unemployment"},
        {"城镇新增就业人数", "urban_jobs_created"},
        {"新增城镇就业", "urban_jobs_created"},
        {"劳动年龄人口平均受教育年限", "mean_years_schooling"},
        {"人均预期寿命", "life_expectancy"},
        {"每千人口执业(助理)医师数", "doctors_per_1k"},
        {"每千人口执业（助理）医师数", "doctors_per_1k"},
        {"每千人口拥有3岁以下婴幼儿托位数", "childcare_places_per_1k"},
        {"每千人口医疗卫生机构床位数", "beds_per_1k"},
        {"养老机构护理型床位占比", "care_beds_share"},
        {"城镇保障性安居工程建设", "affordable_housing"},
        {"学前教育毛入园率", "preschool_enrolment"},
        {"学前三年毛入园率", "preschool_enrolment"},
        {"高中阶段教育毛入学率", "senior_enrolment"},
        {"义务教育巩固率", "compulsory_education_retention"},
        {"人均体育场地面积", "sports_area"},
        {"孕产妇死亡率", "maternal_mortality"},
        /* environment and energy */
        {"单位国内生产总值能源消耗", "energy_intensity"},
        {"单位GDP能耗", "energy_intensity"},
        {"万元地区生产总值能耗", "energy_intensity"},
        {"单位GDP二氧化碳排放", "co2_intensity"},
        {"单位地区生产总值二氧化碳排放量", "co2_intensity"},
        {"化学需氧量排放总量", "cod"},
        {"化学需氧量", "cod"},
        {"氮氧化物排放量", "nox"},
        {"挥发性有机物", "voc"},
        {"非化石能源占一次能源消费比重", "nonfossil_share"},
        {"非化石能源消费占比", "nonfossil_share"},
        {"地级及以上城市空气质量优良天数比率", "air_good_day_ratio"},
        {"地级及以上城市细颗粒物(PM2.5)浓度", "pm25_mean"},
        {"PM2.5年均浓度", "pm25_mean"},
        {"达到或好于Ⅲ类水体比例", "surface_water_good_ratio"},
        {"地表水达到或好于III类水体比例", "surface_water_good_ratio"},
        {"劣V类水体比例", "worst_water_ratio"},
        {"万元GDP用水量", "water_use_per_gdp"},
        {"单位工业增加值用水量", "water_use_per_industry"},
        {"农业灌溉用水有效利用系数", "irrigation_efficiency"},
        {"森林覆盖率", "forest_cover"},
        {"森林蓄积量", "forest_stock"},
        {"耕地保有量", "farmland"},
        {"城镇生活垃圾无害化处理率", "garbage_harmless"},
        {"一般工业固体废物综合利用率", "solid_waste"},
        {"新能源装机", "new_energy_capacity"},
        {"能源综合生产能力", "energy_production"},
        /* countryside, transport, services, safety */
        {"粮食综合生产能力", "grain_capacity"},
        {"高标准农田面积", "good_farmland"},
        {"主要农作物耕种收综合机械化率", "mechanisation"},
        {"农产品加工业产值与农业总产值比", "processing_ratio"},
        {"农村卫生厕所普及率", "rural_toilets"},
        {"铁路营业里程", "rail_length"},
        {"高速公路通车里程", "expressway_length"},
        {"港口集装箱吞吐量", "container_throughput"},
        {"5G基站数量", "base_stations_5g"},
        {"政务服务网上可办率", "online_services"},
        {"政务服务事项全程网办率", "online_services"},
        {"旅游总收入", "tourism_revenue"},
        {"接待游客人次", "tourists"},
        {"文化产业增加值占GDP比重", "culture_share"},
        {"单位GDP生产安全事故死亡率", "accident_death_rate"},
        {"亿元地区生产总值生产安全事故死亡率", "accident_death_rate"},
        {"道路交通事故万车死亡率", "road_death_rate"},
    };
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);
    Buf wrong = buf_new(fixture->arena);

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        uint32_t found = catalog_indicator(catalog, str_z(ROWS[i].name));
        Str id = found == NONE ? STR("(none)") : catalog->indicators.at[found]->id;

        if (!str_eq(id, str_z(ROWS[i].id))) {
            buf_format(&wrong, "%s is %.*s, want %s\n", ROWS[i].name, STR_ARG(id), ROWS[i].id);
        }
    }
    assert_text(buf_str(&wrong), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_no_name_twice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_names_in_data, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_form, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_plans_write, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
