/* Tests of Diag: the exact text that people read, and the list of codes behind it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/diag.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof(rows)[0])

typedef struct {
    Arena *arena;
    Diags diags;
} Fixture;

static int set_up(void **state)
{
    Fixture *fixture = calloc(1, sizeof *fixture);

    if (fixture == NULL) {
        return -1;
    }
    fixture->arena = arena_new();
    fixture->diags = diags_new(fixture->arena);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;

    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static void assert_text(Str got, const char *want)
{
    if (!str_eq(got, str_z(want))) {
        fail_msg("got\n%.*s\nwant\n%s", STR_ARG(got), want);
    }
}

static void assert_printed(Fixture *fixture, Lang lang, const char *want)
{
    Buf out = buf_new(fixture->arena);

    diags_print(&out, &fixture->diags, lang, false);
    assert_text(buf_str(&out), want);
}

/* The place of the first occurrence of a text in an input. */
static Place place_at(const char *input, const char *what)
{
    Source source = {STR_INIT("a.yaml"), str_z(input)};
    uint32_t start = (uint32_t)str_find(source.text, str_z(what));

    assert_true(start != UINT32_MAX);
    return place_of(&source, (Span){start, start + (uint32_t)strlen(what)});
}

/* --- what is printed --- */

static void test_whole_message(void **state)
{
    Fixture *fixture = *state;

    diag_add(&fixture->diags, LT2001, place_at("plan: x\ntargets:\n目标: abc\n", "abc"),
             STR("abc"));
    assert_printed(fixture, LANG_EN,
                   "a.yaml:3:5-8: error[LT2001]: 'abc' is not a number\n"
                   "  |\n"
                   "3 | 目标: abc\n"
                   "  |       ^^^\n"
                   "  mend: write it like 1234.5, without thousands separators or unit\n");
    assert_printed(fixture, LANG_ZH,
                   "a.yaml:3:5-8: 错误[LT2001]: “abc”不是数\n"
                   "  |\n"
                   "3 | 目标: abc\n"
                   "  |       ^^^\n"
                   "  改法: 写成 1234.5 的样子，不带千位分隔符与单位\n");
}

/* The caret stands under the place as a terminal shows it: wide characters take two columns. */
static void test_caret(void **state)
{
    static const struct {
        const char *line, *what, *shown, *caret;
    } ROWS[] = {
        {"value: abc", "abc", /* */
         "value: abc",        /* */
         "       ^^^"},
        {"abc: 1", "abc", /* */
         "abc: 1",        /* */
         "^^^"},
        {"目标: abc", "abc", /* */
         "目标: abc",        /* */
         "      ^^^"},
        {"目标: 五十", "五十", /* */
         "目标: 五十",         /* */
         "      ^^^^"},
        {"甘肃省，陇南市", "陇", /* */
         "甘肃省，陇南市",       /* */
         "        ^^"},
        {"Ａ：１", "１", /* full-width */
         "Ａ：１",       /* */
         "    ^^"},
        {"ｱ：1", "1", /* half-width katakana, one column, and a full-width colon */
         "ｱ：1",      /* */
         "   ^"},
        {"e\u0301: abc", "abc", /* an accent that combines */
         "e\u0301: abc",        /* */
         "   ^^^"},
        {"😀 abc", "abc", /* */
         "😀 abc",        /* */
         "   ^^^"},
        {"\tvalue: abc", "abc", /* a tab is shown as one space */
         " value: abc",         /* */
         "        ^^^"},
        {"a:\t\t目: abc", "abc", /* */
         "a:  目: abc",          /* */
         "        ^^^"},
        {"a\x1B[1m: abc", "abc", /* so are characters that would drive the terminal */
         "a [1m: abc",           /* */
         "       ^^^"},
        {"a\x7F: abc", "abc", /* */
         "a : abc",           /* */
         "    ^^^"},
        {"value: a\tb", "a\tb", /* also below the caret */
         "value: a b",          /* */
         "       ^^^"},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Buf out = buf_new(fixture->arena);
        Str text, line, gap;

        diag_print(&out,
                   diag_add(&fixture->diags, LT2001, place_at(ROWS[i].line, ROWS[i].what), STR("")),
                   LANG_EN, false);
        (void)str_cut(buf_str(&out), '\n', &text);
        gap = str_cut(text, '\n', &text);
        assert_text(gap, "  |");
        line = str_cut(text, '\n', &text);
        assert_text(line,
                    str_to_z(fixture->arena, str_format(fixture->arena, "1 | %s", ROWS[i].shown)));
        line = str_cut(text, '\n', &text);
        assert_text(line,
                    str_to_z(fixture->arena, str_format(fixture->arena, "  | %s", ROWS[i].caret)));
    }
}

static void test_caret_behind_the_line(void **state)
{
    Source source = {STR_INIT("a.yaml"), STR_INIT("目标:\n")};
    Fixture *fixture = *state;

    diag_add(&fixture->diags, LT1009, place_of(&source, (Span){7, 7}), STR("value"));
    assert_printed(fixture, LANG_EN,
                   "a.yaml:1:4: error[LT1009]: value is missing\n"
                   "  |\n"
                   "1 | 目标:\n"
                   "  |      ^\n"
                   "  mend: add value: …\n");
}

static void test_gutter_is_as_wide_as_the_number(void **state)
{
    Fixture *fixture = *state;
    Place place = place_at("a: abc", "abc");

    place.line = 1234;
    diag_add(&fixture->diags, LT2001, place, STR("abc"));
    assert_printed(fixture, LANG_EN,
                   "a.yaml:1234:4-7: error[LT2001]: 'abc' is not a number\n"
                   "     |\n"
                   "1234 | a: abc\n"
                   "     |    ^^^\n"
                   "  mend: write it like 1234.5, without thousands separators or unit\n");
}

static void test_forms_of_places(void **state)
{
    Fixture *fixture = *state;
    Place without_line = place_at("a: abc", "abc");

    without_line.text = STR("");
    diag_add(&fixture->diags, LT3005, place_file(STR("plans")), STR("gdp"));
    diag_add(&fixture->diags, LT3005, place_line(STR("数据.csv"), 7), STR("gdp"));
    diag_add(&fixture->diags, LT3005, without_line, STR("gdp"));
    without_line.end = without_line.column + 1;
    diag_add(&fixture->diags, LT3005, without_line, STR("gdp"));
    without_line.end = without_line.column + 2;
    diag_add(&fixture->diags, LT3005, without_line, STR("gdp"));
    assert_printed(fixture, LANG_EN,
                   "plans: error[LT3005]: gdp is defined twice\n"
                   "  mend: rename or remove one of them\n"
                   "数据.csv:7: error[LT3005]: gdp is defined twice\n"
                   "  mend: rename or remove one of them\n"
                   "a.yaml:1:4-7: error[LT3005]: gdp is defined twice\n"
                   "  mend: rename or remove one of them\n"
                   "a.yaml:1:4: error[LT3005]: gdp is defined twice\n"
                   "  mend: rename or remove one of them\n"
                   "a.yaml:1:4-6: error[LT3005]: gdp is defined twice\n"
                   "  mend: rename or remove one of them\n");
}

static void test_related_places(void **state)
{
    Fixture *fixture = *state;
    Diag *diag = diag_add(&fixture->diags, LT3005, place_file(STR("a.yaml")), STR("gdp"));

    diag_relate(&fixture->diags, diag, place_line(STR("b.yaml"), 7),
                TEXT("先前的定义", "the other definition"));
    diag_relate(&fixture->diags, diag, place_at("a: abc", "abc"), TEXT("", "only in English"));
    assert_printed(fixture, LANG_EN,
                   "a.yaml: error[LT3005]: gdp is defined twice\n"
                   "  → b.yaml:7: the other definition\n"
                   "  → a.yaml:1:4-7: only in English\n"
                   "  mend: rename or remove one of them\n");
    assert_printed(fixture, LANG_ZH,
                   "a.yaml: 错误[LT3005]: gdp 定义了两次\n"
                   "  → b.yaml:7: 先前的定义\n"
                   "  → a.yaml:1:4-7: only in English\n"
                   "  改法: 改名或删去一个\n");
}

static void test_mend_may_be_empty(void **state)
{
    Fixture *fixture = *state;

    diag_add(&fixture->diags, LT1007, place_file(STR("a.yaml")), STR("period"), STR("a list"));
    diag_add(&fixture->diags, LT1008, place_file(STR("a.yaml")), STR("ower"), STR(""));
    diag_add(&fixture->diags, LT1008, place_file(STR("a.yaml")), STR("ower"), STR("owner?"));
    assert_printed(fixture, LANG_EN,
                   "a.yaml: error[LT1007]: period should be a list\n"
                   "a.yaml: error[LT1008]: unknown key ower\n"
                   "a.yaml: error[LT1008]: unknown key ower\n"
                   "  mend: owner?\n");
}

static void test_arguments_are_not_templates(void **state)
{
    Fixture *fixture = *state;
    Buf message = buf_new(fixture->arena), mend = buf_new(fixture->arena);
    Diag *diag = diag_add(&fixture->diags, LT1011, place_file(STR("a")), STR("{1}"), STR("%s{0}"),
                          STR("{}"));

    diag_message(&message, diag, LANG_EN);
    assert_text(buf_str(&message), "{1} cannot be %s{0}");
    diag_mend(&mend, diag, LANG_EN);
    assert_text(buf_str(&mend), "one of: {}");
}

static void test_colour(void **state)
{
    Fixture *fixture = *state;
    Buf out = buf_new(fixture->arena);

    diag_print(&out, diag_add(&fixture->diags, LT3005, place_at("a: gdp", "gdp"), STR("gdp")),
               LANG_EN, true);
    assert_text(buf_str(&out),
                "a.yaml:1:4-7: \033[1;31merror[LT3005]\033[0m: gdp is defined twice\n"
                "  |\n"
                "1 | a: gdp\n"
                "  |    \033[1;31m^^^\033[0m\n"
                "  mend: rename or remove one of them\n");
}

/* --- long lines --- */

static void test_window_of_a_long_line(void **state)
{
    Fixture *fixture = *state;
    Buf line = buf_new(fixture->arena), want = buf_new(fixture->arena);

    buf_repeat(&line, STR("x"), 150);
    buf_add(&line, STR("BAD"));
    buf_repeat(&line, STR("y"), 100);
    diag_add(&fixture->diags, LT3005, place_at(str_to_z(fixture->arena, buf_str(&line)), "BAD"),
             STR("BAD"));
    buf_add(&want, STR("a.yaml:1:151-154: error[LT3005]: BAD is defined twice\n  |\n1 | "));
    buf_repeat(&want, STR("x"), 40); /* 40 columns before the place, 110 in all */
    buf_add(&want, STR("BAD"));
    buf_repeat(&want, STR("y"), 67);
    buf_add(&want, STR("\n  | "));
    buf_repeat(&want, STR(" "), 40);
    buf_add(&want, STR("^^^\n  mend: rename or remove one of them\n"));
    assert_printed(fixture, LANG_EN, str_to_z(fixture->arena, buf_str(&want)));
}

static void test_window_of_a_long_chinese_line(void **state)
{
    Fixture *fixture = *state;
    Buf line = buf_new(fixture->arena), want = buf_new(fixture->arena);

    buf_repeat(&line, STR("陇"), 100);
    buf_add(&line, STR("41.09%"));
    buf_repeat(&line, STR("图"), 100);
    diag_add(&fixture->diags, LT3005, place_at(str_to_z(fixture->arena, buf_str(&line)), "41.09%"),
             STR("x"));
    buf_add(&want, STR("a.yaml:1:101-107: error[LT3005]: x is defined twice\n  |\n1 | "));
    buf_repeat(&want, STR("陇"), 20);
    buf_add(&want, STR("41.09%"));
    buf_repeat(&want, STR("图"), 32); /* 40 + 6 + 64 */
    buf_add(&want, STR("\n  | "));
    buf_repeat(&want, STR(" "), 40);
    buf_add(&want, STR("^^^^^^\n  mend: rename or remove one of them\n"));
    assert_printed(fixture, LANG_EN, str_to_z(fixture->arena, buf_str(&want)));
}

/* As many columns as are shown need no window. */
static void test_line_that_just_fits(void **state)
{
    static const struct {
        size_t before, want; /* x in front of BAD, and how many of them are shown */
    } ROWS[] = {{107, 107}, {108, 40}};
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Buf line = buf_new(fixture->arena), want = buf_new(fixture->arena);
        Buf out = buf_new(fixture->arena);

        buf_repeat(&line, STR("x"), ROWS[i].before);
        buf_add(&line, STR("BAD"));
        diag_print(&out,
                   diag_add(&fixture->diags, LT3005,
                            place_at(str_to_z(fixture->arena, buf_str(&line)), "BAD"), STR("")),
                   LANG_EN, false);
        buf_add(&want, STR("\n1 | "));
        buf_repeat(&want, STR("x"), ROWS[i].want);
        buf_add(&want, STR("BAD\n  | "));
        buf_repeat(&want, STR(" "), ROWS[i].want);
        buf_add(&want, STR("^^^\n"));
        assert_true(str_find(buf_str(&out), buf_str(&want)) != SIZE_MAX);
    }
}

/* A place as long as the line is marked as far as it is shown. */
static void test_long_place(void **state)
{
    Fixture *fixture = *state;
    Buf line = buf_new(fixture->arena), want = buf_new(fixture->arena);
    const char *text;

    buf_add(&line, STR("title: "));
    buf_repeat(&line, STR("z"), 300);
    text = str_to_z(fixture->arena, buf_str(&line));
    diag_add(&fixture->diags, LT3005, place_at(text, text + 7), STR("x"));
    buf_add(&want, STR("a.yaml:1:8-308: error[LT3005]: x is defined twice\n  |\n1 | title: "));
    buf_repeat(&want, STR("z"), 103);
    buf_add(&want, STR("\n  |        "));
    buf_repeat(&want, STR("^"), 103);
    buf_add(&want, STR("\n  mend: rename or remove one of them\n"));
    assert_printed(fixture, LANG_EN, str_to_z(fixture->arena, buf_str(&want)));
}

/* A hostile line must not take minutes: the work grows with its length, not the square of it. */
static void test_megabytes_in_one_line(void **state)
{
    Fixture *fixture = *state;
    Buf line = buf_new(fixture->arena), out = buf_new(fixture->arena);

    buf_repeat(&line, STR("陇"), 2 << 20);
    buf_add(&line, STR("BAD"));
    diag_add(&fixture->diags, LT3005, place_at(str_to_z(fixture->arena, buf_str(&line)), "BAD"),
             STR("x"));
    diags_print(&out, &fixture->diags, LANG_EN, false);
    assert_true(out.len < 1000);
    assert_true(str_find(buf_str(&out), STR("陇BAD\n")) != SIZE_MAX);
}

/* --- keeping --- */

static void test_texts_are_copied(void **state)
{
    Fixture *fixture = *state;
    char line[] = "a: abc", argument[] = "abc";

    diag_add(&fixture->diags, LT2001, place_at(line, "abc"), str_z(argument));
    memset(line, '?', sizeof line - 1);
    memset(argument, '?', sizeof argument - 1);
    assert_printed(fixture, LANG_EN,
                   "a.yaml:1:4-7: error[LT2001]: 'abc' is not a number\n"
                   "  |\n"
                   "1 | a: abc\n"
                   "  |    ^^^\n"
                   "  mend: write it like 1234.5, without thousands separators or unit\n");
}

static void test_levels_are_counted(void **state)
{
    Fixture *fixture = *state;

    assert_int_equal(diags_errors(&fixture->diags), 0);
    diag_add(&fixture->diags, LT6015, place_file(STR("a.csv")), STR("remark"));
    diag_add(&fixture->diags, LT6017, place_file(STR("a.csv")), STR("b.csv"), STR("2025-03-31"));
    assert_int_equal(diags_errors(&fixture->diags), 0); /* a warning and a note */
    diag_add(&fixture->diags, LT6001, place_file(STR("a.csv")), STR("value"));
    assert_int_equal(diags_errors(&fixture->diags), 1);
    assert_int_equal(fixture->diags.counts[LEVEL_WARNING], 1);
    assert_int_equal(fixture->diags.counts[LEVEL_NOTE], 1);
    assert_int_equal(fixture->diags.all.at[0].level, LEVEL_WARNING);
    assert_string_equal(level_name(LEVEL_NOTE, LANG_EN), "note");
    assert_string_equal(level_name(LEVEL_WARNING, LANG_ZH), "警告");
    assert_string_equal(level_name(LEVEL_ERROR, LANG_EN), "error");
    assert_string_equal(level_name(LEVEL_ERROR, LANG_ZH), "错误");
}

/* Everything is counted, but only so much is kept. */
static void test_too_many(void **state)
{
    Fixture *fixture = *state;
    Buf out = buf_new(fixture->arena);
    Str text;
    size_t n_lines = 0;

    for (uint32_t i = 1; i <= DIAG_MAX_KEPT + 5; i++) {
        Diag *diag = diag_add(&fixture->diags, LT6003, place_line(STR("a.csv"), i), STR("1"));

        diag_relate(&fixture->diags, diag, place_line(STR("a.csv"), 1), TEXT("", "from here on"));
    }
    diag_add(&fixture->diags, LT6015, place_file(STR("a.csv")), STR("a"));
    diag_add(&fixture->diags, LT6017, place_file(STR("a.csv")), STR("a"), STR("b"));
    diag_add(&fixture->diags, LT6017, place_file(STR("a.csv")), STR("a"), STR("b"));
    assert_int_equal(diags_errors(&fixture->diags), DIAG_MAX_KEPT + 5);
    assert_int_equal(fixture->diags.all.n, DIAG_MAX_KEPT);
    assert_int_equal(fixture->diags.all.at[DIAG_MAX_KEPT - 1].place.line, DIAG_MAX_KEPT);
    diags_print(&out, &fixture->diags, LANG_EN, false);
    for (text = buf_str(&out); text.len > 0; n_lines++) {
        (void)str_cut(text, '\n', &text);
    }
    assert_int_equal(n_lines, DIAG_MAX_KEPT * 3 + 1);
    assert_true(str_ends(buf_str(&out), STR("\n8 more are not listed\n")));
    out = buf_new(fixture->arena);
    diags_print(&out, &fixture->diags, LANG_ZH, false);
    assert_true(str_ends(buf_str(&out), STR("\n另有 8 条未列出\n")));
}

/* Nobody sees the place of a report that is only counted. */
static void test_place_of_too_many(void **state)
{
    Fixture *fixture = *state;
    Source source = {STR_INIT("a.yaml"), STR_INIT("a: 1\nb: 2\n")};
    Span span = {8, 9};
    Place place;

    for (size_t i = 0; i < DIAG_MAX_KEPT; i++) {
        assert_false(diags_full(&fixture->diags));
        place = diag_place(&fixture->diags, &source, span);
        assert_int_equal(place.line, 2);
        assert_int_equal(place.column, 4);
        diag_add(&fixture->diags, LT2001, place, STR("2"));
    }
    assert_true(diags_full(&fixture->diags));
    place = diag_place(&fixture->diags, &source, span);
    assert_text(place.file, "a.yaml");
    assert_int_equal(place.line, 0);
}

static void test_nothing_to_say(void **state)
{
    assert_printed(*state, LANG_EN, "");
}

/* --- codes --- */

static void test_find_code(void **state)
{
    static const char *const UNKNOWN[] = {"",
                                          "LT",
                                          "1001",
                                          "LT100",
                                          "LT10010",
                                          "LT0000",
                                          "XT1001",
                                          " LT1001",
                                          "LT1001 ",
                                          "LT-001",
                                          "lt１００１",
                                          "LT\x11\x10\x10\x11",
                                          "\014\0241001"};
    Code code = CODE_N;

    (void)state;
    assert_true(code_find(STR("LT1001"), &code));
    assert_int_equal(code, LT1001);
    assert_true(code_find(STR("lt9005"), &code));
    assert_int_equal(code, LT9005);
    assert_true(code_find(STR("Lt2001"), &code));
    assert_int_equal(code, LT2001);
    for (size_t i = 0; i < N_ROWS(UNKNOWN); i++) {
        if (code_find(str_z(UNKNOWN[i]), &code)) {
            fail_msg("'%s' is taken for %.*s", UNKNOWN[i], STR_ARG(code_info(code)->name));
        }
    }
}

/* Which arguments a text shows, as bits. */
static unsigned arguments(Str text)
{
    unsigned bits = 0;

    for (size_t i = 0; i + 2 < text.len; i++) {
        if (text.at[i] == '{' && text.at[i + 2] == '}') {
            assert_true(text.at[i + 1] >= '0' && text.at[i + 1] < '0' + DIAG_MAX_ARGS);
            bits |= 1U << (text.at[i + 1] - '0');
        }
    }
    return bits;
}

static void check_text(const CodeInfo *info, Text text)
{
    if ((text.zh.len == 0) != (text.en.len == 0) || arguments(text.zh) != arguments(text.en) ||
        utf8_valid(text.zh) != text.zh.len || utf8_valid(text.en) != text.en.len) {
        fail_msg("%.*s: '%.*s' and '%.*s'", STR_ARG(info->name), STR_ARG(text.zh),
                 STR_ARG(text.en));
    }
}

/* Every code has its name, two languages that show the same arguments, and a reason. */
static void test_list_of_codes(void **state)
{
    (void)state;
    for (Code code = 0; code < CODE_N; code++) {
        const CodeInfo *info = code_info(code);
        Code found = CODE_N;

        assert_int_equal(info->name.len, 6);
        assert_true(str_starts(info->name, STR("LT")));
        for (size_t i = 2; i < 6; i++) {
            assert_true(info->name.at[i] >= '0' && info->name.at[i] <= '9');
        }
        assert_true(code_find(info->name, &found));
        assert_int_equal(found, code); /* so no two have one name */
        check_text(info, info->message);
        check_text(info, info->mend);
        check_text(info, info->why);
        assert_true(info->message.en.len > 0 && info->why.en.len > 0);
        assert_int_equal(arguments(info->why.en), 0);
    }
}

static void test_text_in_a_language(void **state)
{
    (void)state;
    assert_text(text_in(TEXT("甲", "a"), LANG_ZH), "甲");
    assert_text(text_in(TEXT("甲", "a"), LANG_EN), "a");
    assert_text(text_in(TEXT("甲", ""), LANG_EN), "甲"); /* rather the other one than nothing */
    assert_text(text_in(TEXT("", "a"), LANG_ZH), "a");
    assert_text(text_in(TEXT("", ""), LANG_ZH), "");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

/* A line of JSON: what is not known is null, quotes and CJK text come through, columns count
 * characters. */
static void test_json(void **state)
{
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Source source = {STR("a.yaml"), STR("甲: \"陇\"\n")};
    Buf out = buf_new(arena);
    Diag *diag =
        diag_add(&diags, LT1008, place_of(&source, (Span){0, 3}), STR("\"甲\""), STR("乙?"));

    (void)state;
    diag_relate(&diags, diag, place_line(STR("b.yaml"), 7), TEXT("这里", "here"));
    diag_json(&out, diag, LANG_ZH);
    diag_json(&out, diag_add(&diags, LT1014, place_file(STR("c")), STR("c")), LANG_EN);
    if (!str_eq(
            buf_str(&out),
            STR("{\"code\": \"LT1008\", \"level\": \"error\", \"message\": \"不认识的键 "
                "\\\"甲\\\"\", \"mend\": \"乙?\", "
                "\"file\": \"a.yaml\", \"line\": 1, \"column\": 1, \"end_column\": 2, \"related\": "
                "[{\"file\": \"b.yaml\", "
                "\"line\": 7, \"message\": \"这里\"}]}\n"
                "{\"code\": \"LT1014\", \"level\": \"error\", \"message\": \"c is empty\", "
                "\"mend\": null, \"file\": \"c\", "
                "\"line\": null, \"column\": null, \"end_column\": null, \"related\": []}\n"))) {
        fail_msg("%.*s", STR_ARG(buf_str(&out)));
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_whole_message),
        TEST(test_json),
        TEST(test_caret),
        TEST(test_caret_behind_the_line),
        TEST(test_gutter_is_as_wide_as_the_number),
        TEST(test_forms_of_places),
        TEST(test_related_places),
        TEST(test_mend_may_be_empty),
        TEST(test_arguments_are_not_templates),
        TEST(test_colour),
        TEST(test_window_of_a_long_line),
        TEST(test_window_of_a_long_chinese_line),
        TEST(test_line_that_just_fits),
        TEST(test_long_place),
        TEST(test_megabytes_in_one_line),
        TEST(test_texts_are_copied),
        TEST(test_levels_are_counted),
        TEST(test_too_many),
        TEST(test_place_of_too_many),
        TEST(test_nothing_to_say),
        TEST(test_find_code),
        TEST(test_list_of_codes),
        TEST(test_text_in_a_language),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
