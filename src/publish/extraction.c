/* Extraction as JSON and as a summary for a terminal. */
#include "publish/extraction.h"

#include "base/json.h"
#include "publish/number.h"
#include "publish/passage.h"
#include "publish/table.h"
#include "publish/target.h"

static void write_place(Json *json, At at)
{
    json_key(json, "line");
    json_int(json, at.line);
    json_key(json, "start");
    json_int(json, at.start);
    json_key(json, "end");
    json_int(json, at.end);
}

static void write_str(Json *json, const char *key, Str value)
{
    json_key(json, key);
    json_str(json, value);
}

static void write_decimal(Json *json, const char *key, OptDecimal value)
{
    json_key(json, key);
    if (value.given) {
        json_double(json, decimal_to_double(value.value));
    } else {
        json_null(json);
    }
}

static void write_year(Json *json, const char *key, int64_t year)
{
    json_key(json, key);
    if (year != 0) {
        json_int(json, year);
    } else {
        json_null(json);
    }
}

static void write_period(Json *json, const char *key, OptPeriod period)
{
    char text[PERIOD_TEXT];

    json_key(json, key);
    json_str_or_null(json, period.given ? period_format(period.value, text) : STR(""));
}

static const char *kind_word(int kind)
{
    return TARGET_KIND_WORDS[kind == TARGET_KIND_NONE ? TARGET_LEVEL - 1 : kind - 1];
}

static void write_strs(Json *json, const char *key, StrList list)
{
    json_key(json, key);
    json_array(json);
    json_flat(json);
    for (size_t i = 0; i < list.n; i++) {
        json_str(json, list.at[i]);
    }
    json_end(json);
}

/* The regions that a plan is for: members of its group, or the one region. */
static void write_regions(Json *json, const Plan *plan, const Catalog *catalog)
{
    uint32_t entity = plan->area.group.len == 0 ? NONE : catalog_entity(catalog, plan->area.group);

    json_key(json, "regions");
    json_array(json);
    json_flat(json);
    if (plan->area.members.n != 0) {
        for (size_t i = 0; i < plan->area.members.n; i++) {
            json_str(json, plan->area.members.at[i]);
        }
    } else if (entity != NONE && catalog->entities.at[entity].is_group) {
        for (size_t i = 0; i < catalog->entities.at[entity].n_parts; i++) {
            json_str(json, catalog->entities.at[catalog->entities.at[entity].parts[i]].id);
        }
    } else if (entity != NONE) {
        json_str(json, catalog->entities.at[entity].id);
    }
    json_end(json);
}

static void write_outline(Json *json, const Document *doc, uint32_t plan)
{
    json_key(json, "outline");
    json_array(json);
    for (size_t i = 0; i < doc->n_parts; i++) {
        const Part *part = &doc->parts[i];
        uint32_t root = (uint32_t)i;
        Span at = part->number.end > part->number.start ? part->number : part->title;

        while (doc->parts[root].parent != NO_PART) {
            root = doc->parts[root].parent;
        }
        if (root != plan || part->kind == PART_PLAN || part->title.end == part->title.start) {
            continue;
        }
        json_object(json);
        json_flat(json);
        json_key(json, "level");
        json_int(json, part->level);
        write_str(json, "kind", str_z(part_kind_word((PartKind)part->kind)));
        write_str(json, "number", part_number(doc, part));
        write_str(json, "title", doc_text(doc, part->title));
        json_key(json, "line");
        json_int(json, doc_position(doc, at).line);
        json_end(json);
    }
    json_end(json);
}

static void write_facts(Json *json, const Plan *plan)
{
    json_key(json, "facts");
    json_array(json);
    for (size_t i = 0; i < plan->facts.n; i++) {
        const Fact *fact = &plan->facts.at[i];

        json_object(json);
        json_flat(json);
        json_key(json, "indicator");
        json_str_or_null(json, fact->indicator);
        write_str(json, "name", fact->name.zh);
        write_str(json, "region", plan_region(plan, fact->region));
        write_str(json, "comparator",
                  str_z(COMPARATOR_WORDS[fact->comparator == COMPARE_NONE ? COMPARE_EQUAL - 1
                                                                          : fact->comparator - 1]));
        write_decimal(json, "value", fact->value);
        write_str(json, "unit", fact->unit);
        write_period(json, "period", fact->period);
        write_str(json, "kind", str_z(kind_word(fact->kind)));
        write_year(json, "since", fact->since);
        write_str(json, "relative_to", fact->relative_to);
        write_place(json, fact->at);
        json_end(json);
    }
    json_end(json);
}

static void write_targets(Json *json, const Plan *plan)
{
    json_key(json, "targets");
    json_array(json);
    for (size_t i = 0; i < plan->targets.n; i++) {
        const Target *target = &plan->targets.at[i];

        json_object(json);
        json_flat(json);
        json_key(json, "indicator");
        json_str_or_null(json, target->indicator);
        write_str(json, "name", target->name.zh);
        write_str(json, "region", plan_region(plan, target->region));
        write_str(json, "comparator", str_z(COMPARATOR_WORDS[target->comparator - 1]));
        write_decimal(json, "value", target->value);
        write_str(json, "unit", target->unit);
        write_year(json, "year", target->year);
        write_str(json, "kind", str_z(kind_word(target->kind)));
        write_decimal(json, "baseline", target->baseline);
        write_year(json, "baseline_year", target->baseline_year);
        json_key(json, "binding");
        json_str_or_null(json, target->binding == BINDING_NONE
                                   ? STR("")
                                   : str_z(BINDING_WORDS[target->binding - 1]));
        json_key(json, "implicit");
        json_bool(json, target->implicit);
        write_str(json, "relative_to", target->relative_to);
        write_str(json, "part", target->part);
        write_place(json, target->at);
        json_end(json);
    }
    json_end(json);
}

static void write_tasks(Json *json, const Plan *plan)
{
    json_key(json, "tasks");
    json_array(json);
    for (size_t i = 0; i < plan->tasks.n; i++) {
        const Task *task = &plan->tasks.at[i];

        json_object(json);
        json_flat(json);
        write_str(json, "id", task->id);
        write_str(json, "title", task->title.zh);
        write_str(json, "part", task->part);
        write_strs(json, "owners", task->owners);
        write_strs(json, "cooperating", task->cooperating);
        write_period(json, "due", task->due);
        json_key(json, "cycle");
        json_str_or_null(json, task->cycle);
        write_place(json, task->at);
        json_end(json);
    }
    json_end(json);
}

static void write_mechanisms(Json *json, const Plan *plan)
{
    json_key(json, "mechanisms");
    json_array(json);
    for (size_t i = 0; i < plan->mechanisms.n; i++) {
        const Mechanism *mechanism = &plan->mechanisms.at[i];

        json_object(json);
        json_flat(json);
        write_str(json, "name", mechanism->name.zh);
        write_str(json, "kind", mechanism->kind);
        write_str(json, "part", mechanism->part);
        json_key(json, "cycle");
        json_str_or_null(json, mechanism->cycle);
        write_place(json, mechanism->at);
        json_end(json);
    }
    json_end(json);
}

static void write_unclaimed(Json *json, const Plan *plan)
{
    json_key(json, "unclaimed");
    json_array(json);
    for (size_t i = 0; i < plan->unclaimed.n; i++) {
        json_object(json);
        json_flat(json);
        write_str(json, "text", plan->unclaimed.at[i].text);
        write_place(json, plan->unclaimed.at[i].at);
        json_end(json);
    }
    json_end(json);
}

static void write_plan(Json *json, const Extract *extract, const ExtractedPlan *extracted,
                       const Catalog *catalog)
{
    const Plan *plan = &extracted->plan;

    json_object(json);
    write_str(json, "id", plan->id);
    write_str(json, "title", plan->title.zh);
    json_key(json, "period");
    json_array(json);
    json_flat(json);
    json_int(json, plan->period[0]);
    json_int(json, plan->period[1]);
    json_end(json);
    write_year(json, "horizon", plan->horizon);
    write_str(json, "area", plan->area.group);
    write_regions(json, plan, catalog);
    write_outline(json, extract->doc, extracted->part);
    write_facts(json, plan);
    write_targets(json, plan);
    json_key(json, "phases");
    json_array(json);
    for (size_t i = 0; i < plan->phases.n; i++) {
        json_object(json);
        json_flat(json);
        write_str(json, "title", plan->phases.at[i].title.zh);
        json_key(json, "years");
        json_array(json);
        json_int(json, plan->phases.at[i].years[0]);
        json_int(json, plan->phases.at[i].years[1]);
        json_end(json);
        write_place(json, plan->phases.at[i].at);
        json_end(json);
    }
    json_end(json);
    write_tasks(json, plan);
    write_mechanisms(json, plan);
    write_unclaimed(json, plan);
    json_end(json);
}

void extraction_json(const Extract *extract, const Catalog *catalog, Buf *out)
{
    Json json = json_new(out);

    json_object(&json);
    json_key(&json, "document");
    json_object(&json);
    json_flat(&json);
    write_str(&json, "title", extract->title);
    write_str(&json, "number", extract->number);
    write_str(&json, "issuer", extract->issuer);
    write_period(&json, "issued", extract->issued);
    write_str(&json, "file", extract->doc->source.name);
    write_str(&json, "format", str_z(doc_format_word(extract->doc->format)));
    json_end(&json);
    json_key(&json, "plans");
    json_array(&json);
    for (size_t i = 0; i < extract->n_plans; i++) {
        write_plan(&json, extract, &extract->plans[i], catalog);
    }
    json_end(&json);
    json_end(&json);
}

/* ---- for people ---- */

static Str count_text(Arena *arena, size_t n)
{
    return n == 0 ? STR("—") : str_format(arena, "%zu", n);
}

/* The digits count, not their order: claims of the document as a row of numbers. */
static void add_row(TextTable *table, Arena *arena, Str name, const size_t counts[CLAIM_CHROME + 1])
{
    size_t all = 0;

    for (size_t k = 0; k <= CLAIM_CHROME; k++) {
        all += counts[k];
    }
    table_cell(table, name, NULL);
    table_cell(table, count_text(arena, all), NULL);
    for (size_t k = 1; k <= CLAIM_CHROME; k++) {
        table_cell(table, count_text(arena, counts[k]), NULL);
    }
    table_cell(table, count_text(arena, counts[CLAIM_UNCLAIMED]),
               counts[CLAIM_UNCLAIMED] != 0 ? "33" : NULL);
}

void extraction_coverage(const Extract *const *extracts, size_t n, Lang lang, bool colour, Buf *out)
{
    TextTable *table = table_new(out->arena, CLAIM_CHROME + 3);

    table_cell(table, text_in(TEXT("规划", "Plan"), lang), NULL);
    table_cell(table, text_in(TEXT("数字", "Numbers"), lang), NULL);
    for (size_t k = 1; k <= CLAIM_CHROME; k++) {
        table_cell(table, text_in(claim_text((ClaimKind)k), lang), NULL);
    }
    table_cell(table, text_in(claim_text(CLAIM_UNCLAIMED), lang), NULL);
    for (size_t k = 1; k < CLAIM_CHROME + 3; k++) {
        table_right(table, k);
    }
    for (size_t i = 0; i < n; i++) {
        size_t counts[CLAIM_CHROME + 1];

        for (uint32_t k = 0; k < extracts[i]->n_plans; k++) {
            count_claims(extracts[i], k, counts);
            add_row(table, out->arena, extracts[i]->plans[k].plan.id, counts);
        }
        count_claims(extracts[i], NO_PLAN, counts);
        add_row(table, out->arena, extracts[i]->doc->source.name, counts);
    }
    table_print(table, out, 0, colour);
}

static void print_targets(const Plan *plan, const Catalog *catalog, Lang lang, bool colour,
                          Buf *out)
{
    TextTable *table = table_new(out->arena, 4);

    table_cell(table, text_in(TEXT("目标", "Target"), lang), NULL);
    table_cell(table, text_in(TEXT("值", "Value"), lang), NULL);
    table_cell(table, text_in(TEXT("年份", "Year"), lang), NULL);
    table_cell(table, text_in(TEXT("行", "Line"), lang), NULL);
    table_right(table, 1);
    table_right(table, 2);
    table_right(table, 3);
    for (size_t i = 0; i < plan->targets.n; i++) {
        const Target *target = &plan->targets.at[i];
        Buf value = buf_new(out->arena);

        target_print(&value, catalog, target, lang);
        if (target->implicit) {
            buf_add(&value, text_in(TEXT("（隐含）", " (implicit)"), lang));
        }
        table_cell(table, target->name.zh, NULL);
        table_cell(table, buf_str(&value), NULL);
        table_cell(table, str_format(out->arena, "%lld", (long long)target->year), NULL);
        table_cell(table, str_format(out->arena, "%lld", (long long)target->at.line), NULL);
    }
    table_print(table, out, 2, colour);
}

static Str join(Arena *arena, StrList list)
{
    Buf text = buf_new(arena);

    for (size_t i = 0; i < list.n; i++) {
        buf_add(&text, i > 0 ? STR("、") : STR(""));
        buf_add(&text, list.at[i]);
    }
    return buf_str(&text);
}

static void print_tasks(const Plan *plan, Lang lang, bool colour, Buf *out)
{
    TextTable *table = table_new(out->arena, 4);
    char text[PERIOD_TEXT];

    table_cell(table, text_in(TEXT("任务", "Task"), lang), NULL);
    table_cell(table, text_in(TEXT("责任单位", "In charge"), lang), NULL);
    table_cell(table, text_in(TEXT("期限", "Due"), lang), NULL);
    table_cell(table, text_in(TEXT("行", "Line"), lang), NULL);
    table_right(table, 3);
    for (size_t i = 0; i < plan->tasks.n; i++) {
        const Task *task = &plan->tasks.at[i];

        table_cell(table, task->title.zh, NULL);
        table_cell(table, join(out->arena, task->owners), NULL);
        table_cell(table,
                   task->due.given ? str_copy(out->arena, period_format(task->due.value, text))
                                   : task->cycle,
                   NULL);
        table_cell(table, str_format(out->arena, "%lld", (long long)task->at.line), NULL);
    }
    table_print(table, out, 2, colour);
}

void extraction_text(const Extract *extract, const Catalog *catalog, Lang lang, bool colour,
                     Buf *out)
{
    char text[PERIOD_TEXT];

    buf_format(out, "%.*s\n",
               STR_ARG(extract->title.len != 0 ? extract->title : extract->doc->source.name));
    buf_format(
        out, "%.*s  %.*s  %.*s\n", STR_ARG(extract->number), STR_ARG(extract->issuer),
        STR_ARG(extract->issued.given ? period_format(extract->issued.value, text) : STR("")));
    for (size_t i = 0; i < extract->n_plans; i++) {
        const Plan *plan = &extract->plans[i].plan;

        buf_format(out, "\n%.*s  (%.*s)  %lld—%lld\n\n", STR_ARG(plan->title.zh), STR_ARG(plan->id),
                   (long long)plan->period[0], (long long)plan->period[1]);
        print_targets(plan, catalog, lang, colour, out);
        if (plan->tasks.n != 0) {
            buf_char(out, '\n');
            print_tasks(plan, lang, colour, out);
        }
    }
    buf_char(out, '\n');
    extraction_coverage(&extract, 1, lang, colour, out);
}
