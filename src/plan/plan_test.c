/* Tests of Plan and Record: plan files read, refused, written and read again; the JSON Schema. */
#include "plan/test_check.h"

#include "base/file.h"
#include "base/test_random.h"
#include "plan/plan.h"
#include "plan/test_record.h"

#define SMALLEST "plan: p\ntitle: t\nperiod: [2021, 2025]\narea: {group: g}\n"
#define TARGET "comparator: '>=', value: 1, year: 2025"

static Err read_plan(Fixture *fixture, Str text, Plan *out)
{
    Source source = {STR_INIT("test.yaml"), text};
    YamlDoc doc;
    Err err = yaml_read(fixture->arena, source, &doc, &fixture->diags);

    return err == OK ? plan_read(fixture->arena, &doc, out, &fixture->diags) : err;
}

static Str written(Fixture *fixture, const Plan *plan)
{
    Buf out = buf_new(fixture->arena);

    plan_write(fixture->arena, plan, &out);
    return buf_str(&out);
}

/* Write, read, write: the same plan and the same text. */
static void assert_survives(Fixture *fixture, const Plan *plan)
{
    Str first = written(fixture, plan), second;
    Plan back;

    if (read_plan(fixture, first, &back) != OK) {
        fail_msg("is not read back:\n%.*s\n%s", STR_ARG(first), reported(fixture));
    }
    second = written(fixture, &back);
    if (!record_same(&PLAN_RECORD, plan, &back) || !str_eq(first, second)) {
        fail_msg("first\n%.*s\nthen\n%.*s", STR_ARG(first), STR_ARG(second));
    }
}

/* --- the plans that come with the project --- */

static Plan read_file(Fixture *fixture, const char *path)
{
    Plan plan = {0};
    Str text;

    if (file_read(fixture->arena, str_z(path), YAML_MAX_BYTES, &text, &fixture->diags) != OK ||
        read_plan(fixture, text, &plan) != OK) {
        fail_msg("%s: %s", path, reported(fixture));
    }
    return plan;
}

static void test_plans_survive(void **state)
{
    static const char *const PATHS[] = {"plans/gansu/lanzhou-circle.yaml",
                                        "plans/gansu/hexi-corridor.yaml",
                                        "plans/gansu/longdongnan.yaml"};
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(PATHS); i++) {
        Plan plan = read_file(fixture, PATHS[i]);

        assert_clean(fixture, PATHS[i]);
        assert_true(plan.targets.n > 0 && plan.facts.n > 0);
        assert_survives(fixture, &plan);
    }
}

/* Of the notice (Gansu, 2021, no. 93): 区域面积6.1万平方公里; 年均增长6.5%以上; 到2035年. */
static void test_numbers_of_the_notice(void **state)
{
    Fixture *fixture = *state;
    Plan plan = read_file(fixture, "plans/gansu/lanzhou-circle.yaml");
    const Fact *area = &plan.facts.at[0];
    const Target *growth = &plan.targets.at[0];
    char text[DECIMAL_TEXT], day[PERIOD_TEXT];

    assert_text(plan.id, "lanzhou-circle");
    assert_text(plan.title.zh, "“十四五”兰州经济圈发展规划");
    assert_int_equal(plan.period[0], 2021);
    assert_int_equal(plan.period[1], 2025);
    assert_int_equal(plan.horizon, 2035);
    assert_int_equal(plan.area.members.n, 4);
    assert_text(plan.area.members.at[3], "622900");
    assert_text(plan.source.number, "甘政办发〔2021〕93号");
    assert_true(plan.source.issued.given);
    assert_text(period_format(plan.source.issued.value, day), "2021-10-10");
    assert_text(area->indicator, "land_area");
    assert_text(decimal_format(area->value.value, text), "6.1");
    assert_text(area->unit, "万平方公里");
    assert_int_equal(area->period.value.kind, PERIOD_YEAR);
    assert_int_equal(area->comparator, COMPARE_NONE);
    assert_text(growth->indicator, "gdp_growth");
    assert_int_equal(growth->comparator, COMPARE_AT_LEAST);
    assert_text(decimal_format(growth->value.value, text), "6.5");
    assert_int_equal(growth->year, 2025);
    assert_int_equal(growth->kind, TARGET_ANNUAL_GROWTH);
    assert_false(growth->implicit);
    assert_true(growth->at.line > 0 && growth->at.start < growth->at.end);
    assert_non_null(growth->node);
    assert_text(plan.file.name, "test.yaml");
}

/* --- random plans --- */

static const char *const TEXTS[] = {
    "a",          "兰州市",
    "620100",     "2021",
    "true",       "null",
    "~",          "no",
    "- x",        "a: b",
    "a #b",       "[1]",
    "{a: 1}",     "\"q\"",
    "it's",       "\n",
    "a\nb\n",     " lead",
    "trail ",     "\\",
    "\t",         "“两院”院士",
    "%",          "件/万人",
    ">=",         "&a",
    "*a",         "!a",
    "a, b",       "\x01",
    "\xC2\x85",   "\u2028",
    "\uFEFF",     "😀",
    "　",         "-",
    "x's \"y\"",  "甘政办发〔2021〕93号",
    "十一（二）",
};

static Str random_str(Arena *arena, uint64_t *seed)
{
    Buf text = buf_new(arena);
    size_t n = 1 + random_below(seed, 3);

    for (size_t i = 0; i < n; i++) {
        buf_add(&text, str_z(TEXTS[random_below(seed, N_ROWS(TEXTS))]));
    }
    return buf_str(&text);
}

static Decimal random_decimal(uint64_t *seed)
{
    static const int64_t MOST[] = {0, 9, 9999, 999999999999, 999999999999999999};
    int64_t most = MOST[random_below(seed, N_ROWS(MOST))];

    return (Decimal){random_between(seed, -most, most),
                     (uint8_t)random_below(seed, DECIMAL_MAX_SCALE + 1)};
}

static Period random_period(uint64_t *seed)
{
    static const int64_t IN_A_YEAR[] = {1, 2, 4, 12, 365, 8760};
    PeriodKind kind = (PeriodKind)random_below(seed, PERIOD_N_KINDS);
    Period year = period_year((int)random_between(seed, YEAR_FIRST, YEAR_LAST));

    return period_add(period_convert(year, kind), random_between(seed, 0, IN_A_YEAR[kind] - 1));
}

static void random_record(Arena *arena, uint64_t *seed, const Record *record, void *out);

static void random_list(Arena *arena, uint64_t *seed, const Record *record, void *out)
{
    AnyList list = {NULL, random_below(seed, 4)};

    list.at = arena_array(arena, list.n, record->size);
    for (size_t i = 0; i < list.n; i++) {
        random_record(arena, seed, record, list.at + i * record->size);
    }
    memcpy(out, &list, sizeof list);
}

static void random_field(Arena *arena, uint64_t *seed, const Field *field, void *at)
{
    StrList *strs = at;
    int64_t *numbers = at;
    int n_words = 0;

    switch (field->kind) {
    case FIELD_STR: *(Str *)at = random_str(arena, seed); break;
    case FIELD_TEXT:
        switch (random_below(seed, 3)) {
        case 0: *(Text *)at = (Text){random_str(arena, seed), STR("")}; break;
        case 1: *(Text *)at = (Text){STR(""), random_str(arena, seed)}; break;
        default:
            ((Text *)at)->zh = random_str(arena, seed);
            ((Text *)at)->en = random_str(arena, seed);
        }
        break;
    case FIELD_DECIMAL: *(OptDecimal *)at = (OptDecimal){true, random_decimal(seed)}; break;
    case FIELD_INT: *numbers = random_between(seed, field->min, field->max); break;
    case FIELD_BOOL: *(bool *)at = true; break;
    case FIELD_PERIOD: *(OptPeriod *)at = (OptPeriod){true, random_period(seed)}; break;
    case FIELD_ENUM:
        while (field->words[n_words] != NULL) {
            n_words++;
        }
        *(int *)at = 1 + (int)random_below(seed, (size_t)n_words);
        break;
    case FIELD_STRS:
        strs->n = 1 + random_below(seed, 3);
        strs->at = ARENA_ARRAY(arena, Str, strs->n);
        for (size_t i = 0; i < strs->n; i++) {
            strs->at[i] = random_below(seed, 8) == 0 ? STR("") : random_str(arena, seed);
        }
        break;
    case FIELD_YEARS:
        numbers[0] = random_between(seed, YEAR_FIRST, YEAR_LAST);
        numbers[1] = random_between(seed, numbers[0], YEAR_LAST);
        break;
    case FIELD_RECORD: random_record(arena, seed, field->record, at); break;
    case FIELD_RECORDS: random_list(arena, seed, field->record, at); break;
    }
}

/* What need not be there is there half of the time. */
static void random_record(Arena *arena, uint64_t *seed, const Record *record, void *out)
{
    for (size_t i = 0; i < record->n_fields; i++) {
        const Field *field = &record->fields[i];

        if ((field->flags & FIELD_REQUIRED) != 0 || random_below(seed, 2) == 0) {
            random_field(arena, seed, field, (unsigned char *)out + field->offset);
        }
    }
}

static void test_random_plans_survive(void **state)
{
    Fixture *fixture = *state;
    uint64_t seed = 93;

    for (int round = 0; round < 2000; round++) {
        Plan plan = {0};

        start_over(fixture);
        random_record(fixture->arena, &seed, &PLAN_RECORD, &plan);
        assert_survives(fixture, &plan);
    }
}

/* What the generator makes and the comparison sees: every field of every record, changed alone. */
static void test_comparison_sees_every_field(void **state)
{
    Fixture *fixture = *state;
    uint64_t seed = 7;

    for (size_t i = 0; i < PLAN_RECORD.n_fields; i++) {
        const Field *field = &PLAN_RECORD.fields[i];
        Plan a = {0}, b;
        bool differs = false;

        random_record(fixture->arena, &seed, &PLAN_RECORD, &a);
        for (int round = 0; round < 20; round++) {
            b = a;
            memset((unsigned char *)&b + field->offset, 0,
                   field->kind == FIELD_RECORD    ? field->record->size
                   : field->kind == FIELD_RECORDS ? sizeof(AnyList)
                                                  : sizeof(int64_t));
            random_field(fixture->arena, &seed, field, (unsigned char *)&b + field->offset);
            differs |= !record_same(&PLAN_RECORD, &a, &b);
        }
        assert_true(differs);
    }
}

/* --- reading --- */

static void test_smallest(void **state)
{
    Fixture *fixture = *state;
    Plan plan;

    assert_int_equal(read_plan(fixture, STR(SMALLEST), &plan), OK);
    assert_clean(fixture, SMALLEST);
    assert_text(plan.id, "p");
    assert_text(plan.title.zh, "t");
    assert_int_equal(plan.targets.n, 0);
    assert_int_equal(plan.horizon, 0);
    assert_false(plan.source.issued.given);
    assert_survives(fixture, &plan);
}

static void test_every_key_of_a_target(void **state)
{
    static const char *const TEXT =
        SMALLEST "targets:\n"
                 "  - indicator: gdp\n"
                 "    name: {zh: 甲, en: A}\n"
                 "    region: '620100'\n"
                 "    comparator: <=\n"
                 "    value: 25.40\n"
                 "    unit: '%'\n"
                 "    year: 2025\n"
                 "    kind: cumulative_change\n"
                 "    baseline: -1.50\n"
                 "    baseline_year: 2020\n"
                 "    binding: binding\n"
                 "    implicit: true\n"
                 "    at: {line: 24, start: 0, end: 5}\n"
                 "  - {name: 乙, comparator: '~', value: 1e3, year: 2023, implicit: false}\n";
    Fixture *fixture = *state;
    const Target *target;
    char text[DECIMAL_TEXT];
    Plan plan;

    assert_int_equal(read_plan(fixture, str_z(TEXT), &plan), OK);
    assert_clean(fixture, TEXT);
    assert_int_equal(plan.targets.n, 2);
    target = &plan.targets.at[0];
    assert_text(target->name.en, "A");
    assert_text(target->region, "620100");
    assert_int_equal(target->comparator, COMPARE_AT_MOST);
    assert_text(decimal_format(target->value.value, text), "25.40"); /* the zero was printed */
    assert_text(decimal_format(target->baseline.value, text), "-1.50");
    assert_int_equal(target->baseline_year, 2020);
    assert_int_equal(target->kind, TARGET_CUMULATIVE_CHANGE);
    assert_int_equal(target->binding, BINDING_OBLIGATORY);
    assert_true(target->implicit);
    assert_int_equal(target->at.line, 24);
    assert_int_equal(target->at.start, 0);
    assert_int_equal(target->at.end, 5);
    target = &plan.targets.at[1];
    assert_text(target->name.zh, "乙");
    assert_text(target->indicator, "");
    assert_int_equal(target->comparator, COMPARE_ABOUT);
    assert_text(decimal_format(target->value.value, text), "1000");
    assert_int_equal(target->kind, TARGET_KIND_NONE);
    assert_false(target->baseline.given);
    assert_false(target->implicit);
    assert_survives(fixture, &plan);
}

/* One mistake each, behind the smallest plan: its code, its line (5 is the first after that), and
 * the text under its caret. */
static void test_mistakes(void **state)
{
    static const struct {
        const char *more;
        Code code;
        uint32_t line;
        const char *at;
    } ROWS[] = {
        /* keys */
        {"tagets: []\n", LT1008, 5, "tagets"},
        {"目标: []\n", LT1008, 5, "目标"},
        {"<<: {a: 1}\n", LT1008, 5, "<<"},
        {"source: {issuer: x, isued: 2021}\n", LT1008, 5, "isued"},
        {"targets:\n  - {" TARGET ", vaule: 1}\n", LT1008, 6, "vaule"},
        {"targets:\n  - {" TARGET ", at: {line: 1, column: 2}}\n", LT1008, 6, "column"},
        {"tasks:\n  - {id: a, title: {zh: x, de: y}}\n", LT1008, 6, "de"},
        /* what is missing, where the map begins */
        {"targets:\n  - {value: 1, year: 2025}\n", LT1009, 6, ""},
        {"targets:\n  - {comparator: '=', year: 2025}\n", LT1009, 6, ""},
        {"targets:\n  - {comparator: '=', value: 1}\n", LT1009, 6, ""},
        {"facts:\n  - {value: 1}\n", LT1009, 6, ""},
        {"phases:\n  - {title: x}\n", LT1009, 6, ""},
        {"tasks:\n  - {id: a}\n", LT1009, 6, ""},
        {"projects:\n  - {title: a}\n", LT1009, 6, ""},
        {"targets:\n  - {" TARGET ", at: {start: 1, end: 2}}\n", LT1009, 6, ""},
        {"tasks:\n  - {id: '', title: x}\n", LT1009, 6, ""}, /* empty is missing */
        {"tasks:\n  - {id: a, title: }\n", LT1009, 6, ""},
        {"tasks:\n  - {id: a, title: {zh: ''}}\n", LT1009, 6, "{zh: ''}"},
        /* kinds of values */
        {"targets: 5\n", LT1007, 5, "5"},
        {"targets: {a: 1}\n", LT1007, 5, "{a: 1}"},
        {"targets:\n  - 5\n", LT1007, 6, "5"},
        {"targets:\n", LT1007, 5, ""},
        {"uses: measures.yaml\n", LT1007, 5, "measures.yaml"},
        {"uses: [[a]]\n", LT1007, 5, "[a]"},
        {"source: x\n", LT1007, 5, "x"},
        {"horizon: [2035]\n", LT1007, 5, "[2035]"},
        {"source: {title: [a]}\n", LT1007, 5, "[a]"},
        {"source: {title: {zh: [a]}}\n", LT1007, 5, "[a]"},
        {"source: {issued: {a: 1}}\n", LT1007, 5, "{a: 1}"},
        {"targets:\n  - {" TARGET ", implicit: maybe}\n", LT1007, 6, "maybe"},
        {"targets:\n  - {" TARGET ", implicit: True}\n", LT1007, 6, "True"},
        {"targets:\n  - {" TARGET ", kind: [level]}\n", LT1007, 6, "[level]"},
        {"targets:\n  - {" TARGET ", baseline: [1]}\n", LT1007, 6, "[1]"},
        {"phases:\n  - {title: x, years: 2021}\n", LT1007, 6, "2021"},
        {"phases:\n  - {title: x, years: [2021]}\n", LT1007, 6, "[2021]"},
        {"phases:\n  - {title: x, years: [2021, 2022, 2023]}\n", LT1007, 6, "[2021, 2022, 2023]"},
        {"phases:\n  - {title: x, years: [2025, 2021]}\n", LT1007, 6, "[2025, 2021]"},
        /* words */
        {"targets:\n  - {comparator: at least, value: 1, year: 2025}\n", LT1011, 6, "at least"},
        {"targets:\n  - {comparator: ≥, value: 1, year: 2025}\n", LT1011, 6, "≥"},
        {"targets:\n  - {" TARGET ", kind: Level}\n", LT1011, 6, "Level"},
        {"targets:\n  - {" TARGET ", binding: 约束性}\n", LT1011, 6, "约束性"},
        {"targets:\n  - {" TARGET ", kind: }\n", LT1011, 6, ""},
        /* numbers */
        {"targets:\n  - {comparator: '=', value: 6.5%, year: 2025}\n", LT2001, 6, "6.5%"},
        {"targets:\n  - {comparator: '=', value: '1,000', year: 2025}\n", LT2001, 6, "1,000"},
        {"targets:\n  - {comparator: '=', value: 六, year: 2025}\n", LT2001, 6, "六"},
        {"targets:\n  - {comparator: '=', value: 0x10, year: 2025}\n", LT2001, 6, "0x10"},
        {"targets:\n  - {comparator: '=', value: .inf, year: 2025}\n", LT2001, 6, ".inf"},
        {"targets:\n  - comparator: '='\n    value:\n    year: 2025\n", LT2001, 7, ""},
        {"targets:\n  - {" TARGET ", baseline: 1.2.3}\n", LT2001, 6, "1.2.3"},
        {"targets:\n  - {" TARGET ", baseline: 1234567890123456789}\n", LT2002, 6,
         "1234567890123456789"},
        /* periods */
        {"source: {issued: 2021-02-30}\n", LT2005, 5, "2021-02-30"},
        {"facts:\n  - {value: 1, period: 2020-13}\n", LT2005, 6, "2020-13"},
        {"tasks:\n  - {id: a, title: x, due: 年底}\n", LT2005, 6, "年底"},
        /* years and places */
        {"horizon: 20350\n", LT2007, 5, "20350"},
        {"horizon: 0\n", LT2007, 5, "0"},
        {"horizon: 2035.0\n", LT2007, 5, "2035.0"},
        {"horizon: soon\n", LT2007, 5, "soon"},
        {"horizon: -2035\n", LT2007, 5, "-2035"},
        {"targets:\n  - {comparator: '=', value: 1, year: '25年'}\n", LT2007, 6, "25年"},
        {"targets:\n  - {" TARGET ", baseline_year: 1e9}\n", LT2007, 6, "1e9"},
        {"phases:\n  - {title: x, years: [2021, 20250]}\n", LT2007, 6, "20250"},
        {"phases:\n  - {title: x, years: [0, 2025]}\n", LT2007, 6, "0"},
        {"targets:\n  - {" TARGET ", at: {line: 0}}\n", LT2007, 6, "0"},
        {"targets:\n  - {" TARGET ", at: {line: 1, start: -1}}\n", LT2007, 6, "-1"},
        {"targets:\n  - {" TARGET ", at: {line: 1, end: 0}}\n", LT2007, 6, "0"},
        {"targets:\n  - {" TARGET ", at: {line: 10000001}}\n", LT2007, 6, "10000001"},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Plan plan;
        Str text;

        start_over(fixture);
        text = str_format(fixture->arena, "%s%s", SMALLEST, ROWS[i].more);
        if (read_plan(fixture, text, &plan) != ERR_INPUT) {
            fail_msg("is accepted:\n%s", ROWS[i].more);
        }
        assert_only(fixture, ROWS[i].code, ROWS[i].line, ROWS[i].at);
    }
}

/* Without each key that a plan needs. */
static void test_missing(void **state)
{
    static const struct {
        const char *text, *key;
    } ROWS[] = {
        {"title: t\nperiod: [2021, 2025]\narea: {group: g}\n", "plan"},
        {"plan: p\nperiod: [2021, 2025]\narea: {group: g}\n", "title"},
        {"plan: p\ntitle: t\narea: {group: g}\n", "period"},
        {"plan: p\ntitle: t\nperiod: [2021, 2025]\n", "area"},
        {"plan: p\ntitle: t\nperiod: [2021, 2025]\narea: {members: ['1']}\n", "group"},
        {"plan: ''\ntitle: t\nperiod: [2021, 2025]\narea: {group: g}\n", "plan"},
        {"plan: p\ntitle: {}\nperiod: [2021, 2025]\narea: {group: g}\n", "title"},
        {"plan: p\ntitle: t\nperiod: [2021, 2025]\narea: {group: }\n", "group"},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Plan plan;

        start_over(fixture);
        assert_int_equal(read_plan(fixture, str_z(ROWS[i].text), &plan), ERR_INPUT);
        assert_int_equal(fixture->diags.all.n, 1);
        assert_int_equal(fixture->diags.all.at[0].code, LT1009);
        assert_text(fixture->diags.all.at[0].args[0], ROWS[i].key);
    }
}

/* Everything that is wrong is said in one run, in the order of the file; then what is missing. */
static void test_all_at_once(void **state)
{
    static const char *const TEXT = "plan: p\n"
                                    "period: [2021, x]\n"
                                    "area: {group: g, mebers: []}\n"
                                    "targets:\n"
                                    "  - {comparator: '=', value: a, year: 99999}\n"
                                    "  - {comparator: is, value: 1}\n";
    Fixture *fixture = *state;
    Plan plan;

    assert_int_equal(read_plan(fixture, str_z(TEXT), &plan), ERR_INPUT);
    assert_int_equal(fixture->diags.all.n, 7);
    assert_said(fixture, 0, LT2007, 2, "x");
    assert_said(fixture, 1, LT1008, 3, "mebers");
    assert_said(fixture, 2, LT2001, 5, "a");
    assert_said(fixture, 3, LT2007, 5, "99999");
    assert_said(fixture, 4, LT1011, 6, "is");
    assert_said(fixture, 5, LT1009, 6, "");
    assert_said(fixture, 6, LT1009, 1, "");
    assert_int_equal(diags_errors(&fixture->diags), 7);
}

static void test_mends(void **state)
{
    static const struct {
        const char *more;
        size_t arg;
        const char *want;
    } ROWS[] = {
        {"tagets: []\n", 1, "targets?"},
        {"projcts: []\n", 1, "projects?"},
        {"xyzzy: 1\n", 1,
         "plan, title, uses, period, horizon, area, source, facts, targets, phases, tasks, "
         "projects, mechanisms, unclaimed"},
        {"targets:\n  - {" TARGET ", indicater: gdp}\n", 1, "indicator?"},
        {"targets:\n  - {" TARGET ", kind: x}\n", 2,
         "level, share, annual_growth, cumulative_change"},
        {"targets:\n  - {comparator: x, value: 1, year: 2025}\n", 2, ">=, <=, =, ~"},
        {"targets:\n  - {" TARGET ", binding: x}\n", 2, "binding, expected"},
        {"horizon: 0\n", 1, "1"},
        {"horizon: 0\n", 2, "9999"},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Plan plan;

        start_over(fixture);
        assert_int_equal(
            read_plan(fixture, str_format(fixture->arena, "%s%s", SMALLEST, ROWS[i].more), &plan),
            ERR_INPUT);
        assert_int_equal(fixture->diags.all.n, 1);
        assert_text(fixture->diags.all.at[0].args[ROWS[i].arg], ROWS[i].want);
    }
}

/* A file of nothing but mistakes takes no longer than a few times a good one. */
static void test_many_mistakes(void **state)
{
    Fixture *fixture = *state;
    Buf text = buf_new(fixture->arena);
    Plan plan;

    buf_add(&text, STR(SMALLEST "targets:\n"));
    for (int i = 0; i < 20000; i++) {
        buf_add(&text, STR("  - {a: b}\n"));
    }
    assert_int_equal(read_plan(fixture, buf_str(&text), &plan), ERR_INPUT);
    assert_int_equal(diags_errors(&fixture->diags), 80000); /* one unknown, three missing */
    assert_int_equal(fixture->diags.all.n, DIAG_MAX_KEPT);
    assert_said(fixture, 0, LT1008, 6, "a");
    assert_said(fixture, 4, LT1008, 7, "a");
}

static void test_no_map(void **state)
{
    static const char *const ROWS[] = {"5\n", "[plan, p]\n", "'plan: p'\n"};
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Plan plan;

        start_over(fixture);
        assert_int_equal(read_plan(fixture, str_z(ROWS[i]), &plan), ERR_INPUT);
        assert_int_equal(fixture->diags.all.n, 1);
        assert_int_equal(fixture->diags.all.at[0].code, LT1007);
    }
}

/* --- the schema: JSON is YAML, so that it can be read as a tree --- */

static void assert_schema(const YamlNode *schema, const Record *record);

static void assert_type(const YamlNode *schema, const char *type)
{
    assert_non_null(yaml_get(schema, STR("type")));
    assert_text(yaml_get(schema, STR("type"))->text, type);
}

static void assert_field_schema(const YamlNode *schema, const Field *field)
{
    const YamlNode *words = yaml_get(schema, STR("enum"));
    size_t n = 0;

    assert_text(yaml_get(schema, STR("description"))->text,
                field->about.en.len == 0 ? "" : field->about.en.at);
    switch (field->kind) {
    case FIELD_TEXT: assert_int_equal(yaml_get(schema, STR("oneOf"))->n, 2); break;
    case FIELD_DECIMAL: assert_type(schema, "number"); break;
    case FIELD_BOOL: assert_type(schema, "boolean"); break;
    case FIELD_STRS: /* 620100 without quotes may be a number to others */
        assert_int_equal(yaml_get(yaml_get(schema, STR("items")), STR("type"))->n, 2);
        break;
    case FIELD_YEARS: assert_type(yaml_get(schema, STR("items")), "integer"); break;
    case FIELD_RECORD: assert_schema(schema, field->record); break;
    case FIELD_RECORDS:
        assert_type(schema, "array");
        assert_schema(yaml_get(schema, STR("items")), field->record);
        break;
    case FIELD_INT:
        assert_type(schema, "integer");
        assert_int_equal(strtoll(yaml_get(schema, STR("minimum"))->text.at, NULL, 10), field->min);
        assert_int_equal(strtoll(yaml_get(schema, STR("maximum"))->text.at, NULL, 10), field->max);
        break;
    case FIELD_ENUM:
        for (; field->words[n] != NULL; n++) {
            assert_true(n < words->n);
            assert_text(words->items[n]->text, field->words[n]);
        }
        assert_int_equal(words->n, n);
        break;
    case FIELD_STR:
    case FIELD_PERIOD: assert_int_equal(yaml_get(schema, STR("type"))->n, 2); break;
    }
}

static void assert_schema(const YamlNode *schema, const Record *record)
{
    const YamlNode *properties = yaml_get(schema, STR("properties"));
    const YamlNode *required = yaml_get(schema, STR("required"));
    size_t n_required = 0;

    assert_type(schema, "object");
    assert_text(yaml_get(schema, STR("additionalProperties"))->text, "false");
    assert_int_equal(properties->n, record->n_fields);
    for (size_t i = 0; i < record->n_fields; i++) {
        const Field *field = &record->fields[i];

        assert_text(properties->keys[i]->text, field->key);
        assert_field_schema(properties->items[i], field);
        if ((field->flags & FIELD_REQUIRED) != 0) {
            assert_true(n_required < required->n);
            assert_text(required->items[n_required++]->text, field->key);
        }
    }
    assert_int_equal(required->n, n_required);
}

static void test_schema(void **state)
{
    Fixture *fixture = *state;
    Buf out = buf_new(fixture->arena);
    Json json = json_new(&out);
    Source source = {STR_INIT("schema.json"), {NULL, 0}};
    YamlDoc doc;

    record_schema(&json, &PLAN_RECORD);
    source.text = buf_str(&out);
    assert_int_equal(yaml_read(fixture->arena, source, &doc, &fixture->diags), OK);
    assert_text(yaml_get(doc.root, STR("$schema"))->text,
                "https://json-schema.org/draft/2020-12/schema");
    assert_text(yaml_get(doc.root, STR("title"))->text, "plan");
    assert_schema(doc.root, &PLAN_RECORD);
}

static void test_signs(void **state)
{
    (void)state;
    assert_text(comparator_sign(COMPARE_NONE, LANG_EN), "");
    assert_text(comparator_sign(COMPARE_AT_LEAST, LANG_EN), "≥");
    assert_text(comparator_sign(COMPARE_AT_MOST, LANG_ZH), "≤");
    assert_text(comparator_sign(COMPARE_EQUAL, LANG_ZH), "");
    assert_text(comparator_sign(COMPARE_ABOUT, LANG_ZH), "约");
    assert_text(comparator_sign(COMPARE_ABOUT, LANG_EN), "~");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_plans_survive, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_numbers_of_the_notice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_random_plans_survive, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_comparison_sees_every_field, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_smallest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_every_key_of_a_target, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_mistakes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_missing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_all_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_mends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_many_mistakes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_map, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_schema, set_up, tear_down),
        cmocka_unit_test(test_signs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
