/* Outputs: an extraction made by hand, and read ones, as page and Akoma Ntoso: all of the text is
 * there and leads to what was read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "plan/test_gansu.h"
#include "publish/extraction.h"
#include "publish/passage.h"

#include <libxml/xmlreader.h>

static const char NOTICE[] =
    "关于印发云川市“十四五”发展规划的通知\n"
    "云政办发〔2021〕46号\n"
    "现将《云川市“十四五”发展规划》印发给你们。\n"
    "云川市人民政府办公室\n"
    "2021年12月20日\n"
    "云川市“十四五”发展规划\n"
    "本规划期为2021—2025年。\n"
    "一、主要目标\n"
    "（一）总体目标。到2025年，地区生产总值达到900.50亿元，<b>增长&7%\x01。\n"
    "二、重点任务\n"
    "前言一段，放在小节之前。\n"
    "（一）交通。2023年6月底前建成12条线路。\n"
    "道路优势十分明显。这一段以短句开头，后面还有很长的一段文字，直到这一句话结束为止。\n"
    "这是两个短句段落之间的普通段落。\n"
    "环境优势十分明显。这一段也以短句开头，后面也有很长的一段文字，直到这一句话结束为止。\n"
    "这是最后的普通段落。\n"
    "（一）编号重复的一节。\n";

/* Text without ASCII white space and U+3000. */
static Str squeeze(Arena *arena, Str text)
{
    Buf out = buf_new(arena);

    for (size_t i = 0; i < text.len; i++) {
        if (str_starts(str_slice(text, i, text.len), STR("　"))) {
            i += 2;
        } else if ((unsigned char)text.at[i] > ' ') {
            buf_char(&out, text.at[i]);
        }
    }
    return buf_str(&out);
}

/* What the blocks hold, without page furniture and without the stop behind a heading. */
static Str text_of_blocks(Arena *arena, const Document *doc)
{
    Buf out = buf_new(arena);

    for (size_t b = 0; b < doc->n_blocks; b++) {
        Span at = doc->blocks[b].at;

        if (doc->blocks[b].role == ROLE_CHROME) {
            continue;
        }
        for (size_t i = 0; i < doc->n_parts; i++) {
            const Part *part = &doc->parts[i];
            uint32_t end = part->title.end;

            if (part->first != b || part->kind == PART_PLAN || end == part->title.start) {
                continue;
            }
            end -= str_ends(doc_text(doc, part->title), STR("。")) ? 3 : 0;
            buf_add(&out, doc_text(doc, (Span){at.start, end}));
            at.start = end + (str_starts(doc_text(doc, (Span){end, at.end}), STR("。")) ? 3 : 0);
        }
        buf_add(&out, doc_text(doc, at));
    }
    return squeeze(arena, buf_str(&out));
}

static Str text_of_xml(Arena *arena, Str xml)
{
    xmlTextReaderPtr reader =
        xmlReaderForMemory(xml.at, (int)xml.len, NULL, "UTF-8", XML_PARSE_NONET);
    Buf out = buf_new(arena);
    int more;

    while ((more = xmlTextReaderRead(reader)) == 1) {
        if (xmlTextReaderNodeType(reader) == XML_READER_TYPE_TEXT) {
            buf_add(&out, str_z((const char *)xmlTextReaderConstValue(reader)));
        }
    }
    xmlFreeTextReader(reader);
    assert_int_equal(more, 0);
    return squeeze(arena, buf_str(&out));
}

static Str replace(Arena *arena, Str text, Str what, Str by)
{
    Buf out = buf_new(arena);
    size_t at;

    while ((at = str_find(text, what)) != SIZE_MAX) {
        buf_add(&out, str_slice(text, 0, at));
        buf_add(&out, by);
        text = str_slice(text, at + what.len, text.len);
    }
    buf_add(&out, text);
    return buf_str(&out);
}

static void same_text(Arena *arena, const Extract *extract, const Catalog *catalog)
{
    Buf out = buf_new(arena);
    Str want, got;

    extraction_akn(extract, catalog, &out);
    want = text_of_blocks(arena, extract->doc);
    got = text_of_xml(arena, buf_str(&out));
    assert_int_equal(got.len, want.len);
    assert_memory_equal(got.at, want.at, got.len);
}

static void read(Fixture *fixture, const Catalog *catalog, Str name, Str content, Extract *out)
{
    Document *doc = ARENA_NEW(fixture->arena, Document);

    assert_int_equal(document_parse(fixture->arena, name, content, doc, &fixture->diags), OK);
    assert_int_equal(
        extract(fixture->arena, doc, lexicon_new(fixture->arena, catalog), out, &fixture->diags),
        OK);
}

static Span span_of(const Document *doc, const char *words)
{
    size_t at = str_find(doc->source.text, str_z(words));

    assert_true(at != SIZE_MAX);
    return (Span){(uint32_t)at, (uint32_t)(at + strlen(words))};
}

/* The notice with a target, a task and a mechanism; the document is read, the rest set by hand. */
static Extract by_hand(Fixture *fixture)
{
    static Target target = {.name = {STR_INIT("地区生产总值"), STR_INIT("")},
                            .indicator = STR_INIT("gdp"),
                            .comparator = COMPARE_AT_LEAST,
                            .value = {true, {90050, 2}},
                            .unit = STR_INIT("亿元"),
                            .year = 2025};
    static Task task = {.title = {STR_INIT("建成</script>12条线路"), STR_INIT("")}};
    static Mechanism mechanism = {.name = {STR_INIT("线路"), STR_INIT("")}};
    Document *doc = ARENA_NEW(fixture->arena, Document);
    ExtractedPlan *plan = ARENA_NEW(fixture->arena, ExtractedPlan);
    Claim *claims = ARENA_ARRAY(fixture->arena, Claim, 4);
    Span *spans = ARENA_ARRAY(fixture->arena, Span, 3);
    Str text = replace(fixture->arena, str_z(NOTICE), STR("\x01"), STR("\xEF\xBF\xBE"));

    assert_int_equal(document_parse(fixture->arena, STR("notice"), text, doc, &fixture->diags), OK);
    claims[0] = (Claim){.at = span_of(doc, "到2025年"), .kind = CLAIM_TIME};
    claims[0].at.start += (uint32_t)sizeof("到") - 1;
    claims[1] = (Claim){.at = span_of(doc, "900.50亿元"), .kind = CLAIM_TARGET};
    claims[2] = (Claim){.at = span_of(doc, "2023年6月底前"), .kind = CLAIM_TIME};
    claims[3] = (Claim){.at = span_of(doc, "12条"), .kind = CLAIM_UNCLAIMED};
    spans[0] = claims[1].at;
    spans[1] = span_of(doc, "2023年6月底前建成12条线路");
    spans[2] = span_of(doc, "线路");
    plan->plan.targets.at = &target;
    plan->plan.tasks.at = &task;
    plan->plan.mechanisms.at = &mechanism;
    plan->plan.targets.n = plan->plan.tasks.n = plan->plan.mechanisms.n = 1;
    plan->plan.title.zh = STR("云川市“十四五”发展规划");
    plan->target_spans = &spans[0];
    plan->task_spans = &spans[1];
    plan->mechanism_spans = &spans[2];
    return (Extract){.doc = doc,
                     .issuer = STR("云川市人民政府办公室"),
                     .number = STR("云政办发〔2021〕46号"),
                     .plans = plan,
                     .n_plans = 1,
                     .claims = claims,
                     .n_claims = 4};
}

static void test_akn_by_hand(void **state)
{
    Fixture *fixture = *state;
    const Catalog *catalog = gansu(fixture);
    Extract extract = by_hand(fixture);
    Buf out = buf_new(fixture->arena);
    Str akn, want, got;

    extraction_akn(&extract, catalog, &out);
    akn = buf_str(&out);
    assert_holds(akn, "normalized=\"900.50\">900.50亿元</quantity>");
    assert_holds(akn, "refersTo=\"#ind-gdp #unit-亿元\"");
    assert_holds(akn, "date=\"2025-12-31\">2025年</date>");
    assert_holds(akn, "date=\"2023-06-30\">2023年6月底前</date>");
    assert_holds(akn, "&lt;b&gt;增长&amp;7%\xEF\xBF\xBD");
    assert_holds(akn, "<docTitle>关于印发");
    assert_holds(akn, "<docNumber>云政办发〔2021〕46号</docNumber>");
    assert_holds(akn, "<p eId=\"conclusions__p_1\">云川市人民政府办公室</p>");
    assert_holds(akn, "<subsection eId=\"att_1__sec_2__subsec_1\">");
    assert_holds(akn, "<subsection eId=\"att_1__sec_2__subsec_1_2\">");
    assert_holds(akn, "<p eId=\"att_1__sec_2__intro__p_1\">前言一段");
    assert_holds(akn, "<paragraph eId=\"att_1__sec_2__subsec_1__para_nn_1\">");
    assert_holds(akn, "<heading>道路优势十分明显</heading>");
    assert_holds(akn, "<num>（一）</num>");
    want = replace(fixture->arena, text_of_blocks(fixture->arena, extract.doc), STR("\xEF\xBF\xBE"),
                   STR("\xEF\xBF\xBD"));
    got = text_of_xml(fixture->arena, akn);
    assert_true(str_eq(got, want));
}

static void test_page_by_hand(void **state)
{
    Fixture *fixture = *state;
    const Catalog *catalog = gansu(fixture);
    Extract extract = by_hand(fixture);
    Buf out = buf_new(fixture->arena);
    Str page;

    extraction_page(&extract, catalog, LANG_ZH, &out);
    page = buf_str(&out);
    assert_holds(page, "<a class=\"c target\" id=\"c1\" href=\"#s0\" data-s=\"0\">900.50亿元</a>");
    /* in a task: the time is a link to it, the number keeps its own kind, words are underlined */
    assert_holds(page, "<a class=\"c time\" id=\"c2\" href=\"#s1\" tabindex=\"-1\" data-s=\"1\">");
    assert_holds(page, "<span class=\"in\" data-s=\"1\">建成</span>");
    assert_holds(page, "<a class=\"c unclaimed\" id=\"c3\" href=\"#s1\" data-s=\"1\">12条</a>");
    assert_holds(page, "<span class=\"in\" id=\"k2\" data-s=\"1 2\">线路</span>");
    assert_holds(page, "<li id=\"s1\" class=\"task\"><a href=\"#c2\">");
    assert_holds(page, "<li id=\"s2\" class=\"mechanism\"><a href=\"#k2\">");
    assert_holds(page, "建成\\u003c/script>12条线路");
    assert_true(str_find(page, STR("<b>增长")) == SIZE_MAX);
}

static void test_read_documents(void **state)
{
    Fixture *fixture = *state;
    const Catalog *catalog = gansu(fixture);
    Extract extract;
    Str sample;

    assert_int_equal(file_read(fixture->arena, STR("plans/sample/notice.txt"), DOC_MAX_BYTES,
                               &sample, &fixture->diags),
                     OK);
    read(fixture, catalog, STR("sample"), sample, &extract);
    same_text(fixture->arena, &extract, catalog);
    read(fixture, catalog, STR("notice"),
         replace(fixture->arena, str_z(NOTICE), STR("\x01"), STR("")), &extract);
    same_text(fixture->arena, &extract, catalog);
    read(fixture, catalog, STR("page"),
         STR("<html><body><h1>发展规划</h1><p>到2025年覆盖率达到95%。</p><table><tr><th>指标</"
             "th><th>2025年"
             "</th></tr><tr><td "
             "rowspan=2>甲</td><td>1</td></tr><tr><td></td></tr></table><p>完。</p>"
             "</body></html>"),
         &extract);
    same_text(fixture->arena, &extract, catalog);
}

static void test_passages(void **state)
{
    Fixture *fixture = *state;
    Extract extract = by_hand(fixture);
    const Document *doc = extract.doc;
    Span at = span_of(doc, "12条");

    assert_true(str_eq(doc_text(doc, clause_around(doc, at)), STR("2023年6月底前建成12条线路。")));
    assert_true(str_eq(doc_text(doc, context_around(doc, at, 2)), STR("建成12条线路")));
    assert_true(str_eq(part_path(fixture->arena, doc, doc->blocks[block_at(doc, at.start)].part),
                       STR("二、重点任务 › （一）交通")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_akn_by_hand, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_page_by_hand, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_read_documents, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_passages, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
