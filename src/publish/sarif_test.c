/* Tests of Sarif: fingerprints that stay and differ, what a log says, and what is new in it. That
 * logs are valid SARIF is the business of tests/sarif_test.py. */
#include "base/file.h"
#include "plan/test_check.h"
#include "publish/sarif.h"

static Str write(Fixture *fixture, const Diags *diags, SarifOptions options)
{
    Buf out = buf_new(fixture->arena);

    sarif_write(diags, &options, &out);
    return buf_str(&out);
}

/* One finding with the words of the text, which is the file's. */
static void add(Diags *diags, Code code, const char *text, const char *words)
{
    Source source = {STR("a.yaml"), str_z(text)};
    size_t at = str_find(source.text, str_z(words));

    assert_true(at != SIZE_MAX);
    diag_add(diags, code, place_of(&source, (Span){(uint32_t)at, (uint32_t)(at + strlen(words))}),
             str_z(words));
}

static const SarifBaseline *baseline_of(Fixture *fixture, Str log)
{
    const SarifBaseline *baseline = NULL;
    Source source = {STR("old.sarif"), log};

    if (sarif_baseline_read(fixture->arena, source, &baseline, &fixture->diags) != OK) {
        fail_msg("%.*s", STR_ARG(log));
    }
    return baseline;
}

static void test_fingerprints(void **state)
{
    Fixture *fixture = *state;
    Diags diags = diags_new(fixture->arena);
    Str *prints;

    add(&diags, LT2001, "a: 12,5\n", "12,5");
    add(&diags, LT2001, "\n\n    a: 12,5  \n", "12,5"); /* moved and indented: alike */
    add(&diags, LT2001, "b: 12,5\n", "12,5");           /* another line */
    add(&diags, LT2002, "a: 12,5\n", "12,5");           /* another code */
    add(&diags, LT2001, "a: 12,5\n", "12");             /* another argument */
    diag_add(&diags, LT1001, place_file(STR("./././a")), STR("x"), STR("y"));
    diag_add(&diags, LT1001, place_file(STR("a")), STR("x"), STR("y"));
    diag_add(&diags, LT1001, place_file(STR("b")), STR("x"), STR("y"));
    diag_add(&diags, LT1001, place_file(STR("a")), STR("xy"), STR(""));
    diag_add(&diags, LT1001, place_file(STR("a")), STR(""), STR("xy"));
    prints = sarif_fingerprints(fixture->arena, &diags);
    for (size_t i = 0; i < diags.all.n; i++) {
        bool second = i == 1 || i == 6;

        assert_int_equal(prints[i].len, 34);
        assert_true(str_ends(prints[i], second ? STR(":2") : STR(":1")));
        for (size_t k = 0; k < i; k++) {
            assert_false(str_eq(prints[i], prints[k]));
            assert_int_equal(str_eq(str_slice(prints[i], 0, 32), str_slice(prints[k], 0, 32)),
                             second && k + 1 == i);
        }
    }
    /* Baselines are kept for years, so the hash must never change. By Python:
     * f = lambda s: len(s).to_bytes(8, "little") + s
     * blake2b(b"".join(map(f, [b"LT2001", b"a.yaml", b"12,5", b"", b"", b"", b"a: 12,5"])),
     *         digest_size=16).hexdigest() */
    assert_text(prints[0], "64dd061230539e1777a8e02df6b3c405:1");
}

/* Columns are code points, also behind those of four bytes. */
static void test_places(void **state)
{
    Fixture *fixture = *state;
    Diags diags = diags_new(fixture->arena);
    Str log;

    add(&diags, LT2001, "一\n  𠮷: 12,5 # 后\n", "12,5");
    diag_add(&diags, LT6013, place_line(STR("/d/a:b 值.csv"), 7), STR("x"));
    diag_add(&diags, LT9001, place_file(STR("")), STR("x"), STR("y"));
    log = write(fixture, &diags, (SarifOptions){.lang = LANG_EN});
    assert_holds(log,
                 "\"artifactLocation\": {\"uri\": \"a.yaml\", \"uriBaseId\": \"SRCROOT\"}, "
                 "\"region\": {\"startLine\": 2, \"startColumn\": 6, \"endColumn\": 10, "
                 "\"snippet\": {\"text\": \"12,5\"}}, "
                 "\"contextRegion\": {\"startLine\": 2, \"startColumn\": 1, \"endColumn\": 14, "
                 "\"snippet\": {\"text\": \"  𠮷: 12,5 # 后\"}}");
    assert_holds(log,
                 "{\"uri\": \"file:///d/a%3Ab%20%E5%80%BC.csv\"}, \"region\": {\"startLine\": 7}");
    assert_int_equal(count_words(log, "\"locations\""), 2); /* none without a file */
    assert_int_equal(count_words(log, "\"baselineState\""), 0);
    assert_int_equal(count_words(log, "\"suppressions\""), 0);
}

/* A line that is too long to repeat, and the one around the place of a longer one. */
static void test_long_lines(void **state)
{
    Fixture *fixture = *state;
    Diags diags = diags_new(fixture->arena);
    Buf text = buf_new(fixture->arena);
    Str log;

    buf_repeat(&text, STR("陇"), 100000);
    buf_add(&text, STR("12,5"));
    buf_repeat(&text, STR("南"), 100000);
    add(&diags, LT2001, str_to_z(fixture->arena, buf_str(&text)), "12,5");
    assert_true(diags.all.at[0].place.skipped > 0);
    log = write(fixture, &diags, (SarifOptions){.lang = LANG_EN});
    assert_holds(log, "\"region\": {\"startLine\": 1, \"startColumn\": 100001, \"endColumn\": "
                      "100005, \"snippet\": {\"text\": \"12,5\"}}");
    assert_int_equal(count_words(log, "contextRegion"), 0);
    assert_true(log.len < 4096);
}

static void test_messages(void **state)
{
    Fixture *fixture = *state;
    Diags diags = diags_new(fixture->arena);
    Diag *diag = diag_add(&diags, LT1011, place_file(STR("a")), STR("{1}"),
                          diag_word(fixture->arena, TEXT("甲", "A")), STR("[b](1)"));
    Str log;

    diag_relate(&diags, diag, place_line(STR("b"), 3), TEXT("在{此}", ""));
    log = write(fixture, &diags, (SarifOptions){.lang = LANG_EN, .status = ERR_INPUT});
    assert_holds(log, "{\"text\": \"{{1}} cannot be A. Mend: one of: \\\\[b\\\\](1). "
                      "See [在{{此}}](1).\"}");
    assert_holds(log, "\"shortDescription\": {\"text\": \"… cannot be …\"}");
    assert_holds(log, "\"name\": \"CannotBe\"");
    assert_holds(log, " Mend: one of: ….\",");
    assert_holds(log, "\\n\\n**Mend**: one of: …\"");
    assert_holds(log, "\"properties\": {\"tags\": [\"structure\"]}");
    assert_holds(log, "{\"id\": 1, \"physicalLocation\": {\"artifactLocation\": {\"uri\": \"b\", "
                      "\"uriBaseId\": \"SRCROOT\"}, \"region\": {\"startLine\": 3}}, \"message\": "
                      "{\"text\": \"在{{此}}\"}}");
    assert_holds(log, "\"executionSuccessful\": false,\n          \"exitCode\": 3");
    log = write(fixture, &diags, (SarifOptions){.lang = LANG_ZH, .status = ERR_FOUND});
    assert_holds(
        log, "{\"text\": \"{{1}} 不能是 甲。改法：可用：\\\\[b\\\\](1)。见：[在{{此}}](1)。\"}");
    assert_holds(log, "\"language\": \"zh-CN\"");
    assert_holds(log, "\"executionSuccessful\": true,\n          \"exitCode\": 1");
}

/* A smallest set that contradicts itself, with its arithmetic; when it is gone, nothing is left
 * that a link could lead to. */
static void test_conflict(void **state)
{
    Fixture *fixture = *state;
    Diags diags = diags_new(fixture->arena), none = diags_new(fixture->arena);
    const SarifBaseline *baseline;
    Diag *diag;
    Str log;

    add(&diags, LT2101, "a: 12,5\n", "12,5");
    diag = &diags.all.at[0];
    diag_relate(&diags, diag, place_line(STR("b"), 3), TEXT("", "b [1] is 3"));
    diag_step(&diags, diag, TEXT("", "b + 1 = 4"));
    diag_step(&diags, diag, TEXT("", "b + 2 = 5"));
    log = write(fixture, &diags, (SarifOptions){.lang = LANG_EN});
    assert_holds(log, "See [b \\\\[1\\\\] is 3](1).\"}");
    assert_int_equal(count_words(log, "\"relatedLocations\""), 1);
    assert_int_equal(count_words(log, "\"id\": 1"), 1);
    assert_int_equal(count_words(log, "\"id\": 2"), 0);
    assert_int_equal(count_words(log, "\"threadFlows\""), 1);
    assert_holds(log, "\"message\": {\"text\": \"b + 2 = 5\"}}");
    assert_holds(log, "\"properties\": {\"minimalConflictSet\": true}");
    baseline = baseline_of(fixture, log);
    log = write(fixture, &none, (SarifOptions){.lang = LANG_EN, .baseline = baseline});
    assert_holds(log, "See b \\\\[1\\\\] is 3.\"}");
}

/* Only the codes that occur, in the order of the list, each once. */
static void test_rules(void **state)
{
    Fixture *fixture = *state;
    Diags diags = diags_new(fixture->arena);
    Str log;

    assert_holds(write(fixture, &diags, (SarifOptions){.lang = LANG_EN}), "\"results\": []");
    add(&diags, LT6004, "x\n", "x");
    add(&diags, LT1027, "x\n", "x");
    add(&diags, LT6004, "x\n", "x");
    log = write(fixture, &diags, (SarifOptions){.lang = LANG_EN});
    assert_int_equal(count_words(log, "\"id\": \"LT"), 2);
    assert_true(str_find(log, STR("\"id\": \"LT1027\"")) <
                str_find(log, STR("\"id\": \"LT6004\"")));
    assert_holds(log, "\"defaultConfiguration\": {\"level\": \"note\"}");
    assert_int_equal(count_words(log, "\"ruleId\": \"LT6004\",\n          \"ruleIndex\": 1,"), 2);
    assert_int_equal(count_words(log, "\"ruleId\": \"LT1027\",\n          \"ruleIndex\": 0,"), 1);
}

static void test_suppressed(void **state)
{
    Fixture *fixture = *state;
    Diags diags = diags_new(fixture->arena);
    const Str reasons[] = {STR_INIT(""), STR_INIT("原文如此")};
    Str log;

    add(&diags, LT2001, "x\n", "x");
    add(&diags, LT2001, "y\n", "y");
    log = write(fixture, &diags, (SarifOptions){.lang = LANG_EN, .reasons = reasons});
    assert_int_equal(count_words(log, "\"suppressions\": []"), 1);
    assert_holds(log,
                 "\"suppressions\": [{\"kind\": \"inSource\", \"justification\": \"原文如此\"}]");
}

static void test_baseline(void **state)
{
    Fixture *fixture = *state;
    Diags before = diags_new(fixture->arena), after = diags_new(fixture->arena);
    const SarifBaseline *baseline;
    Str log, *prints;

    add(&before, LT2001, "a: 12,5\n", "12,5");
    add(&before, LT2001, "a: 12,5\n", "12,5");
    add(&before, LT1027, "三 {\n", "三 {");
    baseline = baseline_of(fixture, write(fixture, &before, (SarifOptions){.lang = LANG_EN}));
    assert_int_equal(sarif_baseline_n(baseline), 3);
    add(&after, LT2001, "\n\na: 12,5\n", "12,5");
    add(&after, LT2001, "b: 12,5\n", "12,5");
    prints = sarif_fingerprints(fixture->arena, &after);
    assert_true(sarif_baseline_has(baseline, prints[0]));
    assert_false(sarif_baseline_has(baseline, prints[1]));
    log = write(fixture, &after, (SarifOptions){.lang = LANG_EN, .baseline = baseline});
    assert_int_equal(count_words(log, "\"baselineState\": \"unchanged\""), 1);
    assert_int_equal(count_words(log, "\"baselineState\": \"new\""), 1);
    assert_int_equal(count_words(log, "\"baselineState\": \"absent\""), 2);
    /* what is gone is told as it was, with its rule */
    assert_holds(log, "\"id\": \"LT1027\"");
    assert_holds(log, "\"ruleId\": \"LT1027\",\n          \"ruleIndex\": 0,\n          \"level\": "
                      "\"note\",\n          \"message\": {\"text\": \"the brackets of number 三 {{ "
                      "differ from those "
                      "of . Mend: write the numbers of one level alike.\"}");
    assert_holds(log, "\"startColumn\": 1, \"endColumn\": 4}");
    /* and is forgotten when that log is the baseline */
    baseline = baseline_of(fixture, log);
    assert_int_equal(sarif_baseline_n(baseline), 2);
    log = write(fixture, &before, (SarifOptions){.lang = LANG_EN, .baseline = baseline});
    assert_int_equal(count_words(log, "\"baselineState\": \"new\""), 2);
}

/* Where some were only counted, nobody knows which are gone. */
static void test_many(void **state)
{
    Fixture *fixture = *state;
    Diags before = diags_new(fixture->arena), after = diags_new(fixture->arena);
    const SarifBaseline *baseline;
    Str log;

    add(&before, LT1027, "三\n", "三");
    baseline = baseline_of(fixture, write(fixture, &before, (SarifOptions){.lang = LANG_EN}));
    for (size_t i = 0; i < DIAG_MAX_KEPT + 3; i++) {
        add(&after, LT2001, "x\n", "x");
    }
    log = write(fixture, &after, (SarifOptions){.lang = LANG_EN, .baseline = baseline});
    assert_int_equal(count_words(log, "\"ruleId\""), DIAG_MAX_KEPT);
    assert_int_equal(count_words(log, "\"absent\""), 0);
    assert_int_equal(count_words(log, "LT1027"), 0);
    assert_holds(log, "\"message\": {\"text\": \"3 more are not listed\"}");
    assert_int_equal(sarif_baseline_n(baseline_of(fixture, log)), DIAG_MAX_KEPT);
}

/* Logs that another program has laid out, or made. */
static void test_foreign_logs(void **state)
{
    static const struct {
        const char *log;
        size_t n;
    } ROWS[] = {
        {"{\"runs\": [], \"version\": \"2.1.0\"}", 0},
        {"{\"version\": \"2.1.0\", \"runs\": [{\"tool\": {}}, 1, {\"results\": null}]}", 0},
        {"{\"version\": \"2.1.0\", \"runs\": [{\"results\": [{\"message\": {\"text\": \"x\"}}, "
         "{\"partialFingerprints\": {\"longtuFinding/v1\": 5}}, "
         "{\"partialFingerprints\": {\"other/v1\": \"a\"}}]}]}",
         0},
        {"{\"version\": \"2.1.0\", \"runs\": ["
         "{\"results\": [{\"partialFingerprints\": {\"longtuFinding\\/v1\": \"a:1\"}}]}, "
         "{\"results\": [{\"partialFingerprints\": {\"longtuFinding/v1\": \"a:1\"}}, "
         "{\"partialFingerprints\": {\"longtuFinding/v1\": \"\\u0062:1\", \"x\": []}, \"level\": "
         "\"strange\", \"ruleId\": \"LT0000\", \"locations\": [{\"physicalLocation\": "
         "{\"artifactLocation\": {\"uri\": \"no uri\"}, \"region\": {\"startLine\": -1}}}, 2]}]}]}",
         2},
    };
    Fixture *fixture = *state;
    Diags none = diags_new(fixture->arena);
    const SarifBaseline *baseline = NULL;
    Str log;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        baseline = baseline_of(fixture, str_z(ROWS[i].log));
        assert_int_equal(sarif_baseline_n(baseline), ROWS[i].n);
    }
    assert_true(sarif_baseline_has(baseline, STR("b:1")));
    log = write(fixture, &none, (SarifOptions){.lang = LANG_EN, .baseline = baseline});
    assert_holds(log, "\"ruleId\": \"LT0000\",\n          \"level\": \"warning\"");
    assert_int_equal(count_words(log, "\"locations\""), 0);
    assert_int_equal(count_words(log, "ruleIndex"), 0);
}

static void test_bad_baselines(void **state)
{
    static const struct {
        const char *log;
        Code code;
        uint32_t line;
        const char *message;
    } ROWS[] = {
        {"", LT9010, 1, "JSON syntax: a value belongs here"},
        {"{\"version\": \"2.1.0\",\n \"runs\": [{]}", LT9010, 2,
         "JSON syntax: a key in quotes belongs here"},
        {"[]", LT9011, 0, "old.sarif is no log of SARIF 2.1.0"},
        {"{}", LT9011, 0, "old.sarif is no log of SARIF 2.1.0"},
        {"{\"version\": \"2.1.0\"}", LT9011, 0, "old.sarif is no log of SARIF 2.1.0"},
        {"{\"version\": \"2.0.0\", \"runs\": []}", LT9011, 0, "old.sarif is no log of SARIF 2.1.0"},
        {"{\"version\": \"2.1.0\", \"runs\": {}}", LT9011, 0, "old.sarif is no log of SARIF 2.1.0"},
        {"{\"a\": \"\xD6\xD0\"}", LT1003, 0, "not UTF-8 from byte 8 on"},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        const SarifBaseline *baseline = NULL;
        Source source = {STR("old.sarif"), str_z(ROWS[i].log)};
        Buf message = buf_new(fixture->arena);

        assert_int_equal(sarif_baseline_read(fixture->arena, source, &baseline, &fixture->diags),
                         ERR_INPUT);
        assert_null(baseline);
        assert_int_equal(fixture->diags.all.n, 1);
        assert_int_equal(fixture->diags.all.at[0].code, ROWS[i].code);
        assert_int_equal(fixture->diags.all.at[0].place.line, ROWS[i].line);
        diag_message(&message, &fixture->diags.all.at[0], LANG_EN);
        assert_text(buf_str(&message), ROWS[i].message);
        start_over(fixture);
    }
}

static void test_too_many(void **state)
{
    Fixture *fixture = *state;

    for (size_t over = 0; over < 2; over++) {
        const SarifBaseline *baseline = NULL;
        Buf log = buf_new(fixture->arena);
        Err err;

        buf_add(&log, STR("{\"version\": \"2.1.0\", \"runs\": [{\"results\": ["));
        for (size_t i = 0; i < SARIF_MAX_FINDINGS + over; i++) {
            buf_format(&log, "%s{\"partialFingerprints\": {\"longtuFinding/v1\": \"%zu\"}}",
                       i == 0 ? "" : ",", i);
        }
        buf_add(&log, STR("]}]}"));
        err = sarif_baseline_read(fixture->arena, (Source){STR("old.sarif"), buf_str(&log)},
                                  &baseline, &fixture->diags);
        assert_int_equal(err, over == 0 ? OK : ERR_INPUT);
    }
    assert_int_equal(fixture->diags.all.n, 1);
    assert_int_equal(fixture->diags.all.at[0].code, LT1002);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_fingerprints), TEST(test_places),        TEST(test_long_lines),
        TEST(test_messages),     TEST(test_conflict),      TEST(test_rules),
        TEST(test_suppressed),   TEST(test_baseline),      TEST(test_many),
        TEST(test_foreign_logs), TEST(test_bad_baselines), TEST(test_too_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
