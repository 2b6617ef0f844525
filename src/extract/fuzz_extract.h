/* What the fuzz targets of this room share: a small dictionary, and what holds of every extraction.
 */
#ifndef LONGTU_EXTRACT_FUZZ_EXTRACT_H
#define LONGTU_EXTRACT_FUZZ_EXTRACT_H

#include "document/fuzz_document.h"
#include "extract/extract.h"

/* As the function of the same name, and tells which line it was. */
#define must(holds) must_at((holds), __LINE__, #holds)
static inline void must_at(bool holds, int line, const char *what)
{
    if (!holds) {
        (void)fprintf(stderr, "line %d: %s\n", line, what);
        abort();
    }
}

static const char FUZZ_DICTIONARY[] =
    "dictionary: fuzz\n"
    "title: fuzz\n"
    "regions:\n"
    "  - {code: '100000', name: 中华人民共和国, also: [全国, 中国], level: country}\n"
    "  - {code: '620000', name: 甘肃省, also: [甘肃], parent: '100000', level: province}\n"
    "  - {code: '620100', name: 兰州市, also: [兰州], parent: '620000', level: prefecture}\n"
    "  - {code: '620400', name: 白银市, also: [白银], parent: '620000', level: prefecture}\n"
    "groups:\n"
    "  - {id: circle, name: 兰州经济圈, also: [经济圈], members: ['620100', '620400']}\n"
    "bodies:\n"
    "  - {name: 兰州市人民政府, also: [兰州市政府], region: '620100'}\n"
    "  - {name: 省发展改革委, region: '620000'}\n"
    "indicators:\n"
    "  - {id: gdp, name: 地区生产总值, also: [生产总值], unit: 亿元, direction: higher}\n"
    "  - {id: gdp_growth, name: 地区生产总值年均增长, unit: '%', direction: higher}\n"
    "  - {id: urbanization, name: 常住人口城镇化率, unit: '%', direction: higher}\n"
    "  - {id: urban_income, name: 城镇居民人均可支配收入, unit: 元, direction: higher}\n"
    "  - {id: rural_income, name: 农村居民人均可支配收入, unit: 元, direction: higher}\n"
    "  - {id: farmland, name: 耕地保有量, unit: 万亩, direction: none}\n"
    "  - {id: doctors, name: 每千人口执业医师数, unit: 人/千人, direction: higher}\n";

static inline const Lexicon *fuzz_lexicon(Arena *arena)
{
    Catalog *catalog = catalog_new(arena);
    Source source = {STR_INIT("fuzz.yaml"), {FUZZ_DICTIONARY, sizeof FUZZ_DICTIONARY - 1}};
    Diags diags = diags_new(arena);
    YamlDoc doc;

    if (yaml_read(arena, source, &doc, &diags) != OK || catalog_add(catalog, &doc, &diags) != OK ||
        catalog_finish(catalog, &diags) != OK) {
        Buf out = buf_new(arena);

        diags_print(&out, &diags, LANG_EN, false);
        (void)fwrite(out.at, 1, out.len, stderr);
        abort();
    }
    return lexicon_new(arena, catalog);
}

/* A place lies inside its line: it is where its span begins. */
static inline void check_place(const Document *doc, At at, Span span)
{
    DocPosition position = doc_position(doc, span);

    must(span.start < span.end && span.end <= doc->source.text.len);
    must(at.line == position.line && at.line >= 1 && at.line <= (int64_t)doc->n_lines);
    must(at.start == position.start && at.start >= 0);
    must(at.end == position.end || position.end == position.start);
}

static inline void check_plan(const Document *doc, const ExtractedPlan *extracted)
{
    const Plan *plan = &extracted->plan;

    must(plan->id.len > 0 && plan->period[0] <= plan->period[1]);
    for (size_t i = 0; i < plan->targets.n; i++) {
        const Target *target = &plan->targets.at[i];

        must(target->year != 0 && target->comparator != COMPARE_NONE && target->value.given);
        must(target->indicator.len != 0 || target->name.zh.len != 0);
        check_place(doc, target->at, extracted->target_spans[i]);
    }
    for (size_t i = 0; i < plan->facts.n; i++) {
        must(plan->facts.at[i].period.given && plan->facts.at[i].value.given);
        check_place(doc, plan->facts.at[i].at, extracted->fact_spans[i]);
    }
    for (size_t i = 0; i < plan->tasks.n; i++) {
        must(plan->tasks.at[i].id.len != 0 && plan->tasks.at[i].title.zh.len != 0);
        check_place(doc, plan->tasks.at[i].at, extracted->task_spans[i]);
    }
    for (size_t i = 0; i < plan->mechanisms.n; i++) {
        must(plan->mechanisms.at[i].name.zh.len != 0);
        check_place(doc, plan->mechanisms.at[i].at, extracted->mechanism_spans[i]);
    }
}

static inline void check_claims(const Extract *extract)
{
    uint32_t end = 0;

    for (size_t i = 0; i < extract->n_claims; i++) {
        const Claim *claim = &extract->claims[i];
        const Plan *plan =
            claim->plan < extract->n_plans ? &extract->plans[claim->plan].plan : NULL;

        must(claim->at.start >= end && claim->at.end > claim->at.start);
        must(claim->at.end <= extract->doc->source.text.len);
        must(plan != NULL || claim->plan == NO_PLAN || extract->n_plans == 0);
        must(plan == NULL || claim->kind != CLAIM_FACT || claim->index < plan->facts.n);
        must(plan == NULL || claim->kind != CLAIM_TARGET || claim->index < plan->targets.n);
        must(plan == NULL || claim->kind != CLAIM_TASK || claim->index < plan->tasks.n);
        end = claim->at.end;
    }
}

/* Reads a text and what it states; false if it is no document or no plan. */
static inline bool fuzz_extract(Arena *arena, const Lexicon *lexicon, Str content, Document *doc,
                                Extract *out)
{
    Diags diags = diags_new(arena);
    Err err;

    if (str_starts(content, STR("%PDF")) || str_starts(content, STR("PK")) ||
        document_parse(arena, STR("fuzz"), content, doc, &diags) != OK) {
        return false;
    }
    err = extract(arena, doc, lexicon, out, &diags);
    must(err == OK || (err == ERR_INPUT && out->n_plans == 0));
    check_claims(out);
    for (size_t i = 0; i < out->n_plans; i++) {
        check_plan(doc, &out->plans[i]);
    }
    return err == OK;
}

#endif
