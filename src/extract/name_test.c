/* Tests of Name: names trimmed, and found among the indicators. */
#include "extract/test_frame.h"

/* What is left of the name, and the place that it began with. */
static Str trim(const Known *known, Arena *arena, Str text)
{
    Frames frames = {.lexicon = known->lexicon, .arena = arena, .text = text, .area = NONE};
    uint32_t region = NONE;
    Str name = name_trim(&frames, text, &region);

    return region == NONE
               ? name
               : str_format(arena, "%.*s @%.*s", STR_ARG(name),
                            STR_ARG(known->lexicon->catalog->entities.at[region].name.zh));
}

static void test_trim(void **state)
{
    static const Row ROWS[] = {
        {"地区生产总值", "地区生产总值"},
        {"到2025年，地区生产总值", "地区生产总值"},
        {"2025年底前，地区生产总值", "地区生产总值"},
        {"“十四五”期间，全省地区生产总值", "地区生产总值"},
        {"力争地区生产总值", "地区生产总值"},
        {"其中，兰州市地区生产总值", "地区生产总值 @兰州市"},
        {"同时确保全市森林覆盖率", "森林覆盖率"},
        {"今年，粮食产量", "粮食产量"},
        {"在2020年基础上，用水总量", "用水总量"},
        {"  森林覆盖率的", "森林覆盖率"},
        {"“专精特新”企业", "“专精特新”企业"},
        {"兰州、白银地区生产总值", "兰州、白银地区生产总值"}, /* a list is its own subject */
        {"兰州市", "兰州市"},
        {"2025年", ""},
        {"", ""},
    };

    check_rows(*state, trim, ROWS, N_ROWS(ROWS));
}

static void test_indicators(void **state)
{
    static const struct {
        const char *name, *unit, *over;
        TargetKind kind;
        int years;
        const char *want;
    } ROWS[] = {
        {"地区生产总值", "亿元", "", TARGET_LEVEL, 0, "gdp"},
        {"国内生产总值", "万亿元", "", TARGET_LEVEL, 0, "gdp"},
        {"生产总值", "亿元", "", TARGET_LEVEL, 0, "gdp"},
        {"地区生产总值", "%", "", TARGET_ANNUAL_GROWTH, 0, "gdp_growth"},
        {"地区生产总值", "公里", "", TARGET_LEVEL, 0, NULL}, /* no unit of it */
        {"城镇居民人均可支配收入", "元", "", TARGET_LEVEL, 0, "urban_disposable_income"},
        {"城镇居民人均可支配收入", "%", "", TARGET_ANNUAL_GROWTH, 0, "urban_income_growth"},
        {"常住人口城镇化率", "%", "", TARGET_LEVEL, 0, "urbanization_rate"},
        {"森林覆盖率", "%", "", TARGET_LEVEL, 0, "forest_cover"},
        {"生态产业增加值", "%", "地区生产总值", TARGET_SHARE, 0, "eco_industry_share"},
        {"地区生产总值", "%", "全省", TARGET_SHARE, 0, "gdp_share"},
        {"每千人口执业（助理）医师数", "人", "", TARGET_LEVEL, 0, "doctors_per_1k"},
        {"每千人口执业(助理)医师数", "人", "", TARGET_LEVEL, 0, "doctors_per_1k"},
        {"粮食产量", "万吨", "", TARGET_LEVEL, 0, "grain_output"},
        {"云川第一高楼", "米", "", TARGET_LEVEL, 0, NULL},
        {"", "%", "", TARGET_LEVEL, 0, NULL},
    };
    const Known *known = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        uint32_t found = indicator_find(known->lexicon, str_z(ROWS[i].name), ROWS[i].kind,
                                        str_z(ROWS[i].unit), str_z(ROWS[i].over), ROWS[i].years);

        if (ROWS[i].want == NULL ? found != NONE : found == NONE) {
            fail_msg("%s, %s: %s", ROWS[i].name, ROWS[i].unit, found == NONE ? "none" : "found");
        }
        if (found != NONE) {
            assert_text(known->lexicon->catalog->indicators.at[found]->id, ROWS[i].want);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trim),
        cmocka_unit_test(test_indicators),
    };

    return cmocka_run_group_tests(tests, know, forget);
}
