/* Tests of Merge: what a person corrected in a plan file stays, what the document says anew is
 * told.
 */
#include "plan/test_check.h"

#include "plan/merge.h"

#define HEAD "plan: p\ntitle: t\nperiod: [2021, 2025]\narea: {group: g}\n"
#define TARGET(id, value, line, start, end)                                                        \
    "  - {indicator: " id ", comparator: '=', value: " value ", year: 2025, at: {line: " line      \
    ", start: " start ", end: " end "}}\n"

static Plan plan_of(Fixture *fixture, const char *text)
{
    YamlDoc doc = read_yaml(fixture, text);
    Plan plan;

    if (plan_read(fixture->arena, &doc, &plan, &fixture->diags) != OK) {
        fail_msg("%s\n%s", text, reported(fixture));
    }
    return plan;
}

/* The notes, a line each: “differs targets gdp value 1 2”. */
static Str notes_text(Fixture *fixture, const MergeNotes *notes)
{
    static const char *const KINDS[] = {"differs", "added", "kept", "struck"};
    Buf out = buf_new(fixture->arena);

    for (size_t i = 0; i < notes->n; i++) {
        const MergeNote *note = &notes->at[i];

        buf_format(&out, "%s%s %.*s %.*s", i > 0 ? "; " : "", KINDS[note->kind],
                   STR_ARG(note->list), STR_ARG(note->name));
        if (note->kind == MERGE_DIFFERS) {
            buf_format(&out, " %.*s '%.*s' '%.*s'", STR_ARG(note->field), STR_ARG(note->file),
                       STR_ARG(note->found));
        }
    }
    return buf_str(&out);
}

/* Indicators and values of the targets, in their order. */
static Str targets_text(Fixture *fixture, const Plan *plan)
{
    Buf out = buf_new(fixture->arena);
    char text[DECIMAL_TEXT];

    for (size_t i = 0; i < plan->targets.n; i++) {
        const Target *target = &plan->targets.at[i];

        buf_format(&out, "%s%.*s %.*s", i > 0 ? ", " : "", STR_ARG(target->indicator),
                   STR_ARG(decimal_format(target->value.value, text)));
    }
    return buf_str(&out);
}

static void test_targets(void **state)
{
    static const struct {
        const char *file, *found, *targets, *notes;
    } ROWS[] = {
        /* nothing new */
        {HEAD "targets:\n" TARGET("gdp", "1", "3", "0", "5"),
         HEAD "targets:\n" TARGET("gdp", "1", "3", "0", "5"), "gdp 1", ""},
        /* a correction stays and is told */
        {HEAD "targets:\n" TARGET("gdp", "1", "3", "0", "5"),
         HEAD "targets:\n" TARGET("gdp", "2", "3", "0", "5"), "gdp 1",
         "differs targets gdp value '1' '2'"},
        /* digits are part of what is said */
        {HEAD "targets:\n" TARGET("gdp", "1.0", "3", "0", "5"),
         HEAD "targets:\n" TARGET("gdp", "1", "3", "0", "5"), "gdp 1.0",
         "differs targets gdp value '1.0' '1'"},
        /* a place that was moved a little is the same */
        {HEAD "targets:\n" TARGET("gdp", "1", "3", "0", "5"),
         HEAD "targets:\n" TARGET("gdp", "1", "3", "2", "8"), "gdp 1", ""},
        /* another line is another entry */
        {HEAD "targets:\n" TARGET("gdp", "1", "3", "0", "5"),
         HEAD "targets:\n" TARGET("gdp", "1", "4", "0", "5"), "gdp 1, gdp 1",
         "added targets gdp; kept targets gdp"},
        /* what touches does not overlap */
        {HEAD "targets:\n" TARGET("gdp", "1", "3", "0", "5"),
         HEAD "targets:\n" TARGET("gdp", "1", "3", "0", "5") TARGET("tax", "2", "3", "5", "9"),
         "gdp 1, tax 2", "added targets tax"},
        /* an entry of the person's own stays; all of the file's stand first, in its order */
        {HEAD "targets:\n" TARGET("tax", "2", "9", "0", "5") TARGET("gdp", "1", "3", "0", "5"),
         HEAD "targets:\n" TARGET("air", "3", "1", "0", "5") TARGET("gdp", "1", "3", "0", "5"),
         "tax 2, gdp 1, air 3", "added targets air; kept targets tax"},
        /* struck out: its place is under unclaimed */
        {HEAD "unclaimed:\n  - {text: '1', at: {line: 3, start: 1, end: 3}}\n",
         HEAD "targets:\n" TARGET("gdp", "1", "3", "0", "5"), "", "struck targets gdp"},
        /* a whole line struck out */
        {HEAD "unclaimed:\n  - {text: '1', at: {line: 3}}\n",
         HEAD "targets:\n" TARGET("gdp", "1", "3", "7", "9") TARGET("tax", "1", "4", "7", "9"),
         "tax 1", "struck targets gdp; added targets tax"},
        /* two at one place: each goes to the one that is most alike */
        {HEAD "targets:\n" TARGET("gdp", "1", "3", "0", "5") TARGET("tax", "2", "3", "0", "5"),
         HEAD "targets:\n" TARGET("tax", "2", "3", "0", "5") TARGET("gdp", "1", "3", "0", "5"),
         "gdp 1, tax 2", ""},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Plan file = plan_of(fixture, ROWS[i].file), found = plan_of(fixture, ROWS[i].found), out;
        MergeNotes notes = {0};

        plan_merge(fixture->arena, &file, &found, &out, &notes);
        assert_text(targets_text(fixture, &out), ROWS[i].targets);
        assert_text(notes_text(fixture, &notes), ROWS[i].notes);
        start_over(fixture);
    }
}

/* A number that the document leaves unclaimed is not added where the file has made something of it.
 */
static void test_unclaimed(void **state)
{
    Fixture *fixture = *state;
    Plan file = plan_of(fixture, HEAD "targets:\n" TARGET("gdp", "1", "3", "0", "5")),
         found = plan_of(fixture, HEAD "unclaimed:\n"
                                       "  - {text: '1', at: {line: 3, start: 1, end: 2}}\n"
                                       "  - {text: '7', at: {line: 4, start: 1, end: 2}}\n"),
         out;
    MergeNotes notes = {0};

    plan_merge(fixture->arena, &file, &found, &out, &notes);
    assert_int_equal(out.targets.n, 1);
    assert_int_equal(out.unclaimed.n, 1);
    assert_int_equal(out.unclaimed.at[0].at.line, 4);
    assert_text(notes_text(fixture, &notes), "added unclaimed 7");
}

/* The head of the file stays; what it lacks comes from the document. */
static void test_head(void **state)
{
    Fixture *fixture = *state;
    Plan file = plan_of(fixture, "plan: mine\ntitle: {zh: 甲, en: A}\nperiod: [2021, 2025]\n"
                                 "area: {group: g}\n"),
         found =
             plan_of(fixture, "plan: p\ntitle: 乙\nperiod: [2022, 2026]\nhorizon: 2035\n"
                              "area: {group: h}\nsource: {number: 甘政发〔2021〕9号, title: 丙}\n"),
         out;
    MergeNotes notes = {0};

    plan_merge(fixture->arena, &file, &found, &out, &notes);
    assert_text(out.id, "mine");
    assert_text(out.title.zh, "甲");
    assert_text(out.title.en, "A");
    assert_text(out.area.group, "g");
    assert_int_equal(out.period[0], 2021);
    assert_int_equal(out.horizon, 2035);
    assert_text(out.source.number, "甘政发〔2021〕9号");
    assert_int_equal(notes.n, 0);
}

/* Merging what came out with the document again changes nothing. */
static void test_again(void **state)
{
    Fixture *fixture = *state;
    Plan file = plan_of(fixture, HEAD "targets:\n" TARGET("gdp", "1", "3", "0", "5")),
         found = plan_of(fixture, HEAD "targets:\n" TARGET("gdp", "2", "3", "0", "5")
                                      TARGET("tax", "2", "4", "0", "5")),
         once, twice;
    MergeNotes notes = {0};
    Buf first = buf_new(fixture->arena), second = buf_new(fixture->arena);

    plan_merge(fixture->arena, &file, &found, &once, &notes);
    notes.n = 0;
    plan_merge(fixture->arena, &once, &found, &twice, &notes);
    plan_write(fixture->arena, &once, &first);
    plan_write(fixture->arena, &twice, &second);
    assert_true(str_eq(buf_str(&first), buf_str(&second)));
    assert_text(notes_text(fixture, &notes), "differs targets gdp value '1' '2'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_targets, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unclaimed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_head, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_again, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
