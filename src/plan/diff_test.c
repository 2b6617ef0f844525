/* Tests of Diff: which entries belong together, what differs, and whether it is stricter. */
#include "plan/test_check.h"

#include "base/test_random.h"
#include "plan/diff.h"
#include "plan/entry.h"

static const char DICTIONARY[] =
    "regions:\n"
    "  - {code: '1', name: 国, level: country}\n"
    "  - {code: '2', name: {zh: 省, en: P}, also: [s], parent: '1', level: province}\n"
    "bodies: [{name: 发展改革委, also: [发改委]}]\n"
    "groups: [{id: g, name: 片, members: ['2']}]\n"
    "indicators:\n"
    "  - {id: gdp, name: 生产总值, unit: 亿元, direction: higher}\n"
    "  - {id: energy, name: 能耗, unit: '%', direction: lower}\n"
    "  - {id: mixed, name: 人口, unit: 万人, direction: none}\n";

static Catalog *dictionary(Fixture *fixture)
{
    Catalog *catalog = catalog_new(fixture->arena);
    YamlDoc doc = read_yaml(fixture, DICTIONARY);

    if (catalog_add(catalog, &doc, &fixture->diags) != OK ||
        catalog_finish(catalog, &fixture->diags) != OK) {
        fail_msg("%s", reported(fixture));
    }
    return catalog;
}

static Plan plan_of(Fixture *fixture, const char *text)
{
    YamlDoc doc = read_yaml(fixture, text);
    Plan plan;

    if (plan_read(fixture->arena, &doc, &plan, &fixture->diags) != OK) {
        fail_msg("%s\n%s", text, reported(fixture));
    }
    return plan;
}

static void list_text(Buf *out, const StrList *list, const char *sign)
{
    for (size_t i = 0; i < list->n; i++) {
        buf_format(out, " %s%.*s", sign, STR_ARG(list->at[i]));
    }
}

/* “targets changed gdp stricter value 1>2”, a line each. */
static Str diff_text(Fixture *fixture, const Diff *diff)
{
    Buf out = buf_new(fixture->arena);

    for (size_t i = 0; i < diff->n; i++) {
        const DiffChange *change = &diff->at[i];
        const void *item = change->old != NULL ? change->old : change->new;

        buf_format(&out, "%s%s %s", i > 0 ? "; " : "",
                   change->list == NULL ? "head" : change->list->key,
                   DIFF_KIND_WORDS[change->kind]);
        if (change->list != NULL) {
            buf_format(&out, " %.*s",
                       STR_ARG(entry_name(fixture->arena, change->list->record, item)));
        }
        if (change->sense != SENSE_NONE) {
            buf_format(&out, " (%s)", DIFF_SENSE_WORDS[change->sense - 1]);
        }
        for (size_t k = 0; k < change->fields.n; k++) {
            const DiffField *field = &change->fields.at[k];

            buf_format(&out, " %.*s", STR_ARG(field->key));
            if (field->is_list) {
                list_text(&out, &field->gone, "-");
                list_text(&out, &field->come, "+");
            } else {
                buf_format(&out, " %.*s>%.*s", STR_ARG(field->old), STR_ARG(field->new));
            }
        }
    }
    return buf_str(&out);
}

static Str differences(Fixture *fixture, const Plan *old, const Plan *new)
{
    const Catalog *catalog = dictionary(fixture);
    Diff diff = {0};

    plan_diff(fixture->arena, (DiffSide){old, catalog}, (DiffSide){new, catalog}, &diff);
    return diff_text(fixture, &diff);
}

typedef struct {
    const char *old, *new, *want;
} Row;

static void check_rows(Fixture *fixture, const Row *rows, size_t n, const char *head)
{
    for (size_t i = 0; i < n; i++) {
        Plan old = plan_of(fixture, str_to_z(fixture->arena, str_format(fixture->arena, "%s%s",
                                                                        head, rows[i].old))),
             new = plan_of(fixture, str_to_z(fixture->arena, str_format(fixture->arena, "%s%s",
                                                                        head, rows[i].new)));

        assert_text(differences(fixture, &old, &new), rows[i].want);
        start_over(fixture);
    }
}

#define HEAD "plan: p\ntitle: t\nperiod: [2021, 2025]\narea: {group: g}\n"
#define T(rest) "- {" rest "}\n"

static void test_targets(void **state)
{
    static const Row ROWS[] = {
#define GDP "indicator: gdp, comparator: '>=', value: 100, year: 2025"
        {T(GDP), T(GDP), ""},
        /* what is left out is its default; the name of the dictionary is the indicator */
        {T(GDP), T(GDP ", unit: 亿元, kind: level, region: g"), ""},
        {T(GDP), T("name: 生产总值, comparator: '>=', value: 100, year: 2025, unit: 亿元"), ""},
        {T(GDP), T(GDP ", name: 地区生产总值, at: {line: 9}"), ""},
        /* the value, by direction */
        {T(GDP), T("indicator: gdp, comparator: '>=', value: 120, year: 2025"),
         "targets changed gdp (stricter) value 100>120"},
        {T(GDP), T("indicator: gdp, comparator: '>=', value: 90, year: 2025"),
         "targets changed gdp (weaker) value 100>90"},
        {T("indicator: energy, comparator: '=', value: -14, year: 2025, kind: cumulative_change"),
         T("indicator: energy, comparator: '=', value: -16, year: 2025, kind: cumulative_change"),
         "targets changed energy (stricter) value -14>-16"},
        {T("indicator: mixed, comparator: '=', value: 14, year: 2025"),
         T("indicator: mixed, comparator: '=', value: 16, year: 2025"),
         "targets changed mixed value 14>16"},
        /* without an indicator, by the comparator */
        {T("name: 甲, comparator: '<=', value: 3, unit: 小时, year: 2025"),
         T("name: 甲, comparator: '<=', value: 2, unit: 小时, year: 2025"),
         "targets changed 甲 (stricter) value 3>2"},
        {T("name: 甲, comparator: '=', value: 3, unit: 小时, year: 2025"),
         T("name: 甲, comparator: '=', value: 2, unit: 小时, year: 2025"),
         "targets changed 甲 value 3>2"},
        /* in another unit */
        {T(GDP), T("indicator: gdp, comparator: '>=', value: 1000000, unit: 万元, year: 2025"),
         "targets changed gdp (same) value 100>1000000 unit 亿元>万元"},
        {T(GDP), T("indicator: gdp, comparator: '>=', value: 0.02, unit: 万亿元, year: 2025"),
         "targets changed gdp (stricter) value 100>0.02 unit 亿元>万亿元"},
        {T(GDP), T("indicator: gdp, comparator: '>=', value: 100.0, year: 2025"),
         "targets changed gdp (same) value 100>100.0"},
        /* the comparator, the year, the force */
        {T(GDP), T("indicator: gdp, comparator: '~', value: 100, year: 2025"),
         "targets changed gdp (weaker) comparator >=>~"},
        {T(GDP), T("indicator: gdp, comparator: '=', value: 100, year: 2025"),
         "targets changed gdp comparator >=>="},
        {T(GDP), T("indicator: gdp, comparator: '<=', value: 100, year: 2025"),
         "targets changed gdp comparator >=><="},
        {T(GDP), T("indicator: gdp, comparator: '>=', value: 100, year: 2024"),
         "targets changed gdp (stricter) year 2025>2024"},
        {T(GDP), T("indicator: gdp, comparator: '>=', value: 120, year: 2027"),
         "targets changed gdp (mixed) value 100>120 year 2025>2027"},
        {T(GDP ", binding: expected"), T(GDP ", binding: binding"),
         "targets changed gdp (stricter) binding expected>binding"},
        {T(GDP),
         T("indicator: gdp, comparator: '>=', value: 6, unit: '%', year: 2025, "
           "kind: annual_growth"),
         "targets changed gdp value 100>6 unit 亿元>% kind level>annual_growth"},
        /* another region only if the value stays */
        {T(GDP), T(GDP ", region: '2'"), "targets changed gdp region g>2"},
        {T(GDP), T("indicator: gdp, comparator: '>=', value: 7, year: 2025, region: s"),
         "targets added gdp; targets dropped gdp"},
        /* moves in the file; each goes with its own */
        {T(GDP) T("indicator: energy, comparator: '=', value: 1, year: 2025")
             T("indicator: gdp, comparator: '>=', value: 150, year: 2030"),
         T("indicator: gdp, comparator: '>=', value: 160, year: 2030")
             T("indicator: energy, comparator: '=', value: 1, year: 2025") T(GDP),
         "targets changed gdp (stricter) value 150>160"},
        /* two of one kind: those that are equal first */
        {T("name: 甲, comparator: '=', value: 1, year: 2025")
             T("name: 甲, comparator: '=', value: 2, year: 2025"),
         T("name: 甲, comparator: '=', value: 2, year: 2025")
             T("name: 甲, comparator: '=', value: 3, year: 2025"),
         "targets changed 甲 value 1>3"},
        /* names that are alike, in one kind of unit; not two indicators */
        {T("name: 城镇污水处理率, comparator: '>=', value: 95, unit: '%', year: 2025"),
         T("name: 城镇生活污水处理率, comparator: '>=', value: 95, unit: '%', year: 2025"),
         "targets changed 城镇污水处理率 name 城镇污水处理率>城镇生活污水处理率"},
        {T("name: 城镇污水处理率, comparator: '>=', value: 95, unit: '%', year: 2025"),
         T("name: 城镇污水处理量, comparator: '>=', value: 95, unit: 万吨, year: 2025"),
         "targets added 城镇污水处理量; targets dropped 城镇污水处理率"},
        {T(GDP), T("indicator: energy, comparator: '>=', value: 100, year: 2025"),
         "targets added energy; targets dropped gdp"},
    };

    check_rows(*state, ROWS, N_ROWS(ROWS), HEAD "targets:\n");
}

static void test_facts(void **state)
{
    static const Row ROWS[] = {
        {T("indicator: gdp, value: 3, period: 2020"),
         T("indicator: gdp, value: 3, period: 2020, "
           "comparator: '='"),
         ""},
        {T("indicator: gdp, value: 3, period: 2020"), T("indicator: gdp, value: 4, period: 2021"),
         "facts changed gdp value 3>4 period 2020>2021"},
        {T("indicator: gdp, value: 3, period: 2020"),
         T("indicator: gdp, value: 30000, unit: 万元, period: 2020"),
         "facts changed gdp (same) value 3>30000 unit 亿元>万元"},
    };

    check_rows(*state, ROWS, N_ROWS(ROWS), HEAD "facts:\n");
}

static void test_tasks(void **state)
{
    static const Row ROWS[] = {
        /* numbers of tasks and chapters are not what a plan says */
        {T("id: '1', title: 建立联席会议制度, part: 一"),
         T("id: '7', title: 建立联席会议制度, part: 二"), ""},
        {T("id: '1', title: 甲乙丙, due: 2022"), T("id: '1', title: 甲乙丙, due: 2021-06"),
         "tasks changed 甲乙丙 (stricter) due 2022>2021-06"},
        {T("id: '1', title: 甲乙丙, due: 2022"), T("id: '1', title: 甲乙丙"),
         "tasks changed 甲乙丙 (weaker) due 2022>"},
        /* bodies by any of their names, in any order */
        {T("id: '1', title: 甲, owners: [发展改革委, 财政厅]"),
         T("id: '1', title: 甲, owners: [财政厅, 发改委]"), ""},
        {T("id: '1', title: 甲, owners: [发改委, 财政厅], cooperating: [x]"),
         T("id: '1', title: 甲, owners: [财政厅, 水利厅]"),
         "tasks changed 甲 owners -发改委 +水利厅 cooperating -x"},
        {T("id: '1', title: 建立市际联席会议制度"), T("id: '1', title: 建立健全市际联席会议制度"),
         "tasks changed 建立市际联席会议制度 title 建立市际联席会议制度>建立健全市际联席会议制度"},
        {T("id: '1', title: 制定实施方案"), T("id: '1', title: 开展中期评估"),
         "tasks added 开展中期评估; tasks dropped 制定实施方案"},
    };

    check_rows(*state, ROWS, N_ROWS(ROWS), HEAD "tasks:\n");
}

static void test_mechanisms(void **state)
{
    static const Row ROWS[] = {
        {T("name: 会商机制, kind: 机制, cycle: 月") T("name: 甲平台"),
         T("name: 乙网络") T("name: 会商机制, kind: 机制, cycle: 季"),
         "mechanisms added 乙网络; mechanisms changed 会商机制 cycle 月>季; mechanisms dropped "
         "甲平台"},
    };

    check_rows(*state, ROWS, N_ROWS(ROWS), HEAD "mechanisms:\n");
}

static void test_head(void **state)
{
    static const Row ROWS[] = {
        {HEAD,
         "plan: q\ntitle: u\nperiod: [2021, 2027]\nhorizon: 2035\n"
         "area: {group: h, members: ['2']}\nuses: [x]\nsource: {number: n}\n",
         "head changed title t>u period 2021—2025>2021—2027 horizon >2035 area.group g>h "
         "area.members +2 source.number >n"},
        /* targets of the area do not change with its name */
        {HEAD "targets: [{name: a, comparator: '=', value: 1, year: 2025, region: g}]\n",
         "plan: p\ntitle: t\nperiod: [2021, 2025]\narea: {group: h}\n"
         "targets: [{name: a, comparator: '=', value: 1, year: 2025}]\n",
         "head changed area.group g>h"},
    };

    check_rows(*state, ROWS, N_ROWS(ROWS), "");
}

static void test_pairs_of_plans(void **state)
{
    static const char *const TEXTS[] = {
        "plan: a\ntitle: 兰州经济圈发展规划\nperiod: [2021, 2025]\narea: {group: g}\n",
        "plan: b\ntitle: 河西走廊经济带发展规划\nperiod: [2021, 2025]\narea: {group: g}\n",
        "plan: c\ntitle: 其他\nperiod: [2021, 2025]\narea: {group: g}\n",
        "plan: x\ntitle: 河西走廊经济带发展规划（修订）\nperiod: [2021, 2025]\narea: {group: g}\n",
        "plan: a\ntitle: 另一标题\nperiod: [2021, 2025]\narea: {group: g}\n",
        "plan: y\ntitle: 甲\nperiod: [2021, 2025]\narea: {group: g}\n",
    };
    Fixture *fixture = *state;
    Plan plans[6];
    size_t partner[3];

    for (size_t i = 0; i < N_ROWS(TEXTS); i++) {
        plans[i] = plan_of(fixture, TEXTS[i]);
    }
    plan_pair(fixture->arena, plans, 3, plans + 3, 3, partner);
    assert_int_equal(partner[0], 1); /* by likeness of titles */
    assert_int_equal(partner[1], 0); /* by id */
    assert_int_equal(partner[2], 2); /* the last with the last */
    plan_pair(fixture->arena, plans, 2, plans + 4, 2, partner);
    assert_int_equal(partner[0], 0);
    assert_int_equal(partner[1], 1);
    plan_pair(fixture->arena, plans, 2, plans + 5, 1, partner);
    assert_int_equal(partner[0], SIZE_MAX);
}

/* A plan whose entries are in another order is the same; and what is dropped one way is added the
 * other way. */
static void test_order_does_not_count(void **state)
{
    static const char *const NAMES[] = {"甲", "乙", "丙", "丁", "戊"};
    Fixture *fixture = *state;
    uint64_t seed = 5;

    for (int round = 0; round < 200; round++) {
        size_t n = random_below(&seed, 12);
        Plan old, new, less;

        start_over(fixture);
        old = new = plan_of(fixture, HEAD);
        old.targets.at = ARENA_ARRAY(fixture->arena, Target, n + 1);
        new.targets.at = ARENA_ARRAY(fixture->arena, Target, n + 1);
        old.targets.n = new.targets.n = n;
        for (size_t i = 0; i < n; i++) {
            size_t other = random_below(&seed, i + 1);

            old.targets.at[i] = (Target){.comparator = COMPARE_EQUAL, .year = 2025};
            old.targets.at[i].name.zh = str_z(NAMES[random_below(&seed, N_ROWS(NAMES))]);
            old.targets.at[i].value =
                (OptDecimal){true, {random_between(&seed, 1, 3), (uint8_t)random_below(&seed, 2)}};
            new.targets.at[i] = new.targets.at[other];
            new.targets.at[other] = old.targets.at[i];
        }
        assert_text(differences(fixture, &old, &new), "");
        less = new;
        less.targets.n -= n > 0;
        if (n > 0) {
            Str name = new.targets.at[n - 1].name.zh;

            assert_text(differences(fixture, &less, &old),
                        str_to_z(fixture->arena,
                                 str_format(fixture->arena, "targets added %.*s", STR_ARG(name))));
            assert_text(differences(fixture, &old, &less),
                        str_to_z(fixture->arena, str_format(fixture->arena, "targets dropped %.*s",
                                                            STR_ARG(name))));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_targets, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_facts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tasks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_mechanisms, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_head, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_pairs_of_plans, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_order_does_not_count, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
