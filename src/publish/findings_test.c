/* Tests of Findings: a page made by hand: what is marked, folded and escaped. That pages of plans
 * are whole is the business of tests/check/page_test.py. */
#include "plan/test_check.h"
#include "publish/findings.h"
#include "publish/webpage.h"

static Str page_of(Fixture *fixture, Str text, const Diags *findings, FindingsOptions options)
{
    Buf out = buf_new(fixture->arena);
    Plan plan = {.id = STR("p"), .title = TEXT("规划", "a plan"), .file = {STR("d/a.yaml"), text}};
    const Str *none = ARENA_ARRAY(fixture->arena, Str, findings->all.n + 1);

    options.plans = &plan;
    options.n_plans = 1;
    options.reasons = options.reasons == NULL ? none : options.reasons;
    findings_page(findings, &options, &out);
    return buf_str(&out);
}

/* One finding with the words of the text. */
static Diag *add(Diags *diags, Code code, Str text, const char *words)
{
    Source source = {STR("d/a.yaml"), text};
    size_t at = str_find(text, str_z(words));

    assert_true(at != SIZE_MAX);
    return diag_add(diags, code,
                    place_of(&source, (Span){(uint32_t)at, (uint32_t)(at + strlen(words))}),
                    str_z(words), STR("<i>"), STR("\xE2\x80\xAE"), STR(""));
}

static void test_marks(void **state)
{
    Fixture *fixture = *state;
    Diags diags = diags_new(fixture->arena);
    Str text = STR("一: <12,5>\r\n二: 陇𠮷南 # x\n"), page;
    Diag *diag = add(&diags, LT2101, text, "<12,5>");

    diag_relate(&diags, diag, (Place){.file = STR("d/a.yaml"), .line = 2, .column = 4, .end = 6},
                TEXT("", "see"));
    diag_relate(&diags, diag, place_line(STR("other.yaml"), 7), TEXT("", "there"));
    diag_step(&diags, diag, TEXT("", "a = b ÷ c = 4"));
    add(&diags, LT1027, text, "陇𠮷");
    page = page_of(fixture, text, &diags, (FindingsOptions){.lang = LANG_EN});
    assert_holds(page, "<div class=\"l error\" id=\"f0-1\"><i>1</i><span>一: <mark class=\"error\">"
                       "&lt;12,5&gt;</mark></span></div>\n<article id=\"n1\"");
    /* the heavier mark shows, and covers the note's */
    assert_holds(page, "<span>二: <mark class=\"note\">陇𠮷</mark>南 # x</span>");
    assert_holds(page, "<a href=\"#f0-2\">line 2</a> see</li>");
    assert_holds(page, "<li>other.yaml line 7 there</li>"); /* not on the page: no link */
    assert_holds(page, "<p>a</p>\n<p class=\"equals\">= b ÷ c</p>\n<p class=\"equals\">= 4</p>");
    assert_holds(page, "is &lt;i&gt;, which cannot hold with other numbers: they give ⟨U+202E⟩");
    assert_int_equal(count_words(page, "<article"), 2);
    assert_int_equal(count_words(page, "href=\"#n1\""), 1);
}

static void test_folds(void **state)
{
    Fixture *fixture = *state;
    Diags diags = diags_new(fixture->arena);
    Buf text = buf_new(fixture->arena);
    Str page;

    buf_repeat(&text, STR("x\n"), 50);
    buf_add(&text, STR("12,5\n"));
    buf_repeat(&text, STR("y\n"), 6);
    add(&diags, LT2001, buf_str(&text), "12,5");
    page = page_of(fixture, buf_str(&text), &diags, (FindingsOptions){.lang = LANG_EN});
    assert_holds(page, "<details class=\"fold\"><summary>lines 1–48</summary>\n");
    assert_int_equal(count_words(page, "<details class=\"fold\">"), 2); /* 6 lines behind: 2 + 4 */
    assert_int_equal(count_words(page, "<i>"), 57);
    buf_repeat(&text, STR("z\n"), 40000); /* more than a page takes */
    page = page_of(fixture, buf_str(&text), &diags, (FindingsOptions){.lang = LANG_ZH});
    assert_holds(page, "第 54–40057 行不在本页，见原文件");
}

/* A line of a megabyte, marked in the middle. */
static void test_long_line(void **state)
{
    Fixture *fixture = *state;
    Diags diags = diags_new(fixture->arena);
    Buf text = buf_new(fixture->arena);
    Str page;

    buf_repeat(&text, STR("陇"), 200000);
    buf_add(&text, STR("12,5"));
    buf_repeat(&text, STR("南"), 200000);
    add(&diags, LT2001, buf_str(&text), "12,5");
    page = page_of(fixture, buf_str(&text), &diags, (FindingsOptions){.lang = LANG_EN});
    assert_holds(page, "陇<mark class=\"error\">12,5</mark>南");
    assert_int_equal(count_words(page, "<b class=\"cut\">"), 2);
    assert_int_equal(count_words(page, "�"), 0);
    assert_true(page.len < 40000);
}

/* A file as such, a line that is not there, a file that was not checked. */
static void test_no_line(void **state)
{
    Fixture *fixture = *state;
    Diags diags = diags_new(fixture->arena);
    Str page;

    diag_add(&diags, LT1014, place_file(STR("d/a.yaml")), STR("a"));
    diag_add(&diags, LT1014, place_line(STR("d/a.yaml"), 9), STR("b"));
    diag_add(&diags, LT1014, place_file(STR("elsewhere")), STR("c"));
    page = page_of(fixture, STR("x: 1"), &diags, (FindingsOptions){.lang = LANG_EN});
    assert_int_equal(count_words(page, "<article"), 3);
    assert_int_equal(count_words(page, "class=\"source"), 0);
    assert_holds(page, "document, 1 line<");
    page = page_of(fixture, STR(""), &diags, (FindingsOptions){.lang = LANG_EN});
    assert_int_equal(count_words(page, "<article"), 3);
}

static void test_settled(void **state)
{
    Fixture *fixture = *state;
    Diags diags = diags_new(fixture->arena);
    Str text = STR("a: 1\nb: 2\n"), page;
    const Str reasons[] = {STR_INIT("it is <so>"), STR_INIT("")};

    add(&diags, LT2001, text, "1");
    add(&diags, LT1027, text, "2");
    page = page_of(fixture, text, &diags, (FindingsOptions){.lang = LANG_EN, .reasons = reasons});
    assert_holds(page, "<mark class=\"settled\">1</mark>");
    assert_holds(page, "<b>Reason</b> it is &lt;so&gt;</p>");
    assert_holds(page, "<article id=\"n2\" tabindex=\"-1\" class=\"error k2 allowed\"");
    page = page_of(fixture, text, &diags,
                   (FindingsOptions){.lang = LANG_EN, .reasons = reasons, .quiet = true});
    assert_int_equal(count_words(page, "<article"), 1);
    assert_holds(page, "Notes are not listed.");
    diags = diags_new(fixture->arena);
    page = page_of(fixture, text, &diags, (FindingsOptions){.lang = LANG_ZH});
    assert_holds(page, "✓ 没有发现问题。");
    assert_int_equal(count_words(page, "<aside"), 0);
}

static void test_direction(void **state)
{
    Fixture *fixture = *state;
    Buf out = buf_new(fixture->arena);

    webpage_text(&out,
                 STR("a\xD8\x9C<\xE2\x80\x8F\xE2\x80\x90\xE2\x80\xAE\xE2\x81\xA9\xE2\x81\xAA\xE2"));
    assert_text(buf_str(&out), "a⟨U+061C⟩&lt;⟨U+200F⟩\xE2\x80\x90⟨U+202E⟩⟨U+2069⟩\xE2\x81\xAA�");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_marks),   TEST(test_folds),   TEST(test_long_line),
        TEST(test_no_line), TEST(test_settled), TEST(test_direction),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
