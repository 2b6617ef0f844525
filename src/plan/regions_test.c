/* Tests of the regions that come with the project: codes, names, and how many there are of each
 * kind, by the counts of the Ministry of Civil Affairs for the end of 2023. */
#include "plan/test_gansu.h"

#define COUNTRY "100000"

static size_t count(const Catalog *catalog, int level, const char *code_start, const char *name_end)
{
    size_t n = 0;

    for (size_t i = 0; i < catalog->regions.n; i++) {
        const Region *region = &catalog->regions.at[i];

        n += region->level == level && str_starts(region->code, str_z(code_start)) &&
             str_ends(region->name.zh, str_z(name_end));
    }
    return n;
}

/* GB/T 2260: six digits, of which two are the province's and two the prefecture's. 90 in the place
 * of a prefecture stands for what the province administers itself. */
static void test_codes(void **state)
{
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);

    for (size_t i = 0; i < catalog->regions.n; i++) {
        const Region *region = &catalog->regions.at[i];
        const char *code = str_to_z(fixture->arena, region->code);
        const char *parent = str_to_z(fixture->arena, region->parent);
        bool right = strlen(code) == 6 && strspn(code, "0123456789") == 6;

        switch (right ? region->level : REGION_UNSTATED) {
        case REGION_COUNTRY: right = strcmp(code, COUNTRY) == 0 && parent[0] == '\0'; break;
        case REGION_PROVINCE:
            right = strcmp(code + 2, "0000") == 0 && strcmp(parent, COUNTRY) == 0;
            break;
        case REGION_PREFECTURE:
            right = strcmp(code + 4, "00") == 0 && strncmp(code + 2, "00", 2) != 0 &&
                    strncmp(parent, code, 2) == 0 && strcmp(parent + 2, "0000") == 0;
            break;
        case REGION_COUNTY:
            right = strncmp(code + 2, "90", 2) == 0 && strncmp(parent, code, 2) == 0 &&
                    strcmp(parent + 2, "0000") == 0;
            break;
        case REGION_ZONE: /* in a prefecture, or in a municipality, which has none */
            right = strncmp(parent, code, 2) == 0 &&
                    (strncmp(parent, code, 4) == 0 || strcmp(parent + 2, "0000") == 0);
            /* Taiwan, Hong Kong, Macao: no part of the mainland's totals */
            right |= strcmp(parent, "100000") == 0 && (code[0] == '7' || code[0] == '8');
            break;
        default: right = false;
        }
        if (!right) {
            fail_msg("%s in %s", code, parent);
        }
    }
}

static void check_name(const Catalog *catalog, Str name, size_t entity)
{
    uint32_t found = catalog_entity(catalog, name);

    if (found != entity) {
        fail_msg("%.*s of %.*s is %.*s", STR_ARG(name), STR_ARG(catalog->entities.at[entity].id),
                 STR_ARG(found == NONE ? STR("(none)") : catalog->entities.at[found].id));
    }
}

/* No name of a region or group hides another's: every one leads back to what it names. */
static void test_names(void **state)
{
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);

    for (size_t i = 0; i < catalog->entities.n; i++) {
        bool is_group = catalog->entities.at[i].is_group;
        Text name = catalog->entities.at[i].name;
        StrList also = is_group ? catalog->groups.at[i - catalog->regions.n].also
                                : catalog->regions.at[i].also;

        check_name(catalog, catalog->entities.at[i].id, i);
        check_name(catalog, name.zh, i);
        check_name(catalog, name.en, i);
        for (size_t k = 0; k < also.n; k++) {
            check_name(catalog, also.at[k], i);
        }
    }
}

/* Names as plans write them; a name of two regions is the province's or nobody's. */
static void test_short_names(void **state)
{
    static const struct {
        const char *text, *id;
    } ROWS[] = {
        {"全国", "100000"},
        {"我国", "100000"},
        {"内蒙", "150000"},
        {"广西", "450000"},
        {"西藏", "540000"},
        {"Xizang", "540000"},
        {"宁夏", "640000"},
        {"新疆", "650000"},
        {"香港", "810000"},
        {"吉林", "220000"}, /* not the city */
        {"Jilin", "220000"},
        {"吉林市", "220200"},
        {"海南", "460000"}, /* not the prefecture in Qinghai */
        {"Hainan", "460000"},
        {"海南州", "632500"},
        {"苏州", "320500"},
        {"Suzhou", "320500"},
        {"宿州", "341300"},
        {"Taizhou", "(none)"},
        {"Taizhou (Zhejiang)", "331000"},
        {"锡盟", "152500"},
        {"锡林郭勒", "152500"},
        {"大兴安岭", "232700"},
        {"恩施州", "422800"},
        {"黔东南", "522600"},
        {"黔东南州", "522600"},
        {"临夏州", "622900"},
        {"伊犁", "654000"},
        {"伊犁州", "654000"},
        {"神农架", "429021"},
        {"济源", "419001"},
        {"舟山群岛新区", "330900"},
        {"西海岸新区", "370211"},
        {"朝阳区", "(none)"},
        {"京津冀", "jing-jin-ji"},
        {"长江三角洲", "yangtze-delta"},
        {"黄河流域", "(none)"},
    };
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        uint32_t found = catalog_entity(catalog, str_z(ROWS[i].text));
        Str got = found == NONE ? STR("(none)") : catalog->entities.at[found].id;

        if (!str_eq(got, str_z(ROWS[i].id))) {
            fail_msg("'%s' is %.*s, want %s", ROWS[i].text, STR_ARG(got), ROWS[i].id);
        }
    }
}

static void test_counts(void **state)
{
    static const struct {
        int level;
        const char *code_start, *name_end;
        size_t n;
    } ROWS[] = {
        {REGION_COUNTRY, "", "", 1},        {REGION_PROVINCE, "", "", 31},
        {REGION_PROVINCE, "", "省", 22},    {REGION_PROVINCE, "", "自治区", 5},
        {REGION_PROVINCE, "", "市", 4},     {REGION_ZONE, "", "特别行政区", 2},
        {REGION_PREFECTURE, "", "", 333},   {REGION_PREFECTURE, "", "市", 293},
        {REGION_PREFECTURE, "", "地区", 7}, {REGION_PREFECTURE, "", "自治州", 30},
        {REGION_PREFECTURE, "", "盟", 3},   {REGION_PREFECTURE, "13", "", 11}, /* Hebei */
        {REGION_PREFECTURE, "14", "", 11},                                     /* Shanxi */
        {REGION_PREFECTURE, "15", "", 12},                                     /* Inner Mongolia */
        {REGION_PREFECTURE, "21", "", 14},                                     /* Liaoning */
        {REGION_PREFECTURE, "22", "", 9},                                      /* Jilin */
        {REGION_PREFECTURE, "23", "", 13},                                     /* Heilongjiang */
        {REGION_PREFECTURE, "32", "", 13},                                     /* Jiangsu */
        {REGION_PREFECTURE, "33", "", 11},                                     /* Zhejiang */
        {REGION_PREFECTURE, "34", "", 16},                                     /* Anhui */
        {REGION_PREFECTURE, "35", "", 9},                                      /* Fujian */
        {REGION_PREFECTURE, "36", "", 11},                                     /* Jiangxi */
        {REGION_PREFECTURE, "37", "", 16},                                     /* Shandong */
        {REGION_PREFECTURE, "41", "", 17},                                     /* Henan */
        {REGION_PREFECTURE, "42", "", 13},                                     /* Hubei */
        {REGION_PREFECTURE, "43", "", 14},                                     /* Hunan */
        {REGION_PREFECTURE, "44", "", 21},                                     /* Guangdong */
        {REGION_PREFECTURE, "45", "", 14},                                     /* Guangxi */
        {REGION_PREFECTURE, "46", "", 4},                                      /* Hainan */
        {REGION_PREFECTURE, "51", "", 21},                                     /* Sichuan */
        {REGION_PREFECTURE, "52", "", 9},                                      /* Guizhou */
        {REGION_PREFECTURE, "53", "", 16},                                     /* Yunnan */
        {REGION_PREFECTURE, "54", "", 7},                                      /* Tibet */
        {REGION_PREFECTURE, "61", "", 10},                                     /* Shaanxi */
        {REGION_PREFECTURE, "62", "", 14},                                     /* Gansu */
        {REGION_PREFECTURE, "63", "", 8},                                      /* Qinghai */
        {REGION_PREFECTURE, "64", "", 5},                                      /* Ningxia */
        {REGION_PREFECTURE, "65", "", 14},                                     /* Xinjiang */
        {REGION_COUNTY, "", "", 32},        {REGION_COUNTY, "41", "", 1},
        {REGION_COUNTY, "42", "", 4},       {REGION_COUNTY, "46", "", 15},
        {REGION_COUNTY, "65", "", 12},
    };
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        size_t n = count(catalog, ROWS[i].level, ROWS[i].code_start, ROWS[i].name_end);

        if (n != ROWS[i].n) {
            fail_msg("row %zu: %s…%s: %zu, want %zu", i, ROWS[i].code_start, ROWS[i].name_end, n,
                     ROWS[i].n);
        }
    }
}

/* East, centre, west and the three provinces of the northeast make up the mainland, each once. */
static void test_groups(void **state)
{
    static const struct {
        const char *id, *whole;
        size_t n;
    } ROWS[] = {
        {"eastern-region", "100000", 10},        {"central-region", "100000", 6},
        {"western-region", "100000", 12},        {"northeast-provinces", "100000", 3},
        {"northwest-provinces", "100000", 5},    {"jing-jin-ji", "100000", 3},
        {"yangtze-delta", "100000", 4},          {"yangtze-belt", "100000", 11},
        {"yellow-river-provinces", "100000", 9}, {"pearl-delta", "440000", 9},
        {"greater-bay-area", "(none)", 11},
    };
    Fixture *fixture = *state;
    Catalog *catalog = gansu(fixture);
    int *times = ARENA_ARRAY(fixture->arena, int, catalog->entities.n);

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        const Entity *group = &catalog->entities.at[catalog_entity(catalog, str_z(ROWS[i].id))];

        assert_true(group->is_group);
        assert_text(group->parent == NONE ? STR("(none)") : catalog->entities.at[group->parent].id,
                    ROWS[i].whole);
        assert_int_equal(group->n_parts, ROWS[i].n);
        for (size_t k = 0; i < 4 && k < group->n_parts; k++) {
            times[group->parts[k]]++;
        }
    }
    for (size_t i = 0; i < catalog->regions.n; i++) {
        const Region *region = &catalog->regions.at[i];

        assert_int_equal(times[i], region->level == REGION_PROVINCE && region->code.at[0] < '7');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_codes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_short_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_groups, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
