/* Extraction as a page: the source text, in which each number shows what became of it. */
#include "publish/extraction.h"

#include "base/json.h"
#include "publish/passage.h"
#include "publish/tags.h"
#include "publish/target.h"
#include "publish/webpage.h"

typedef struct {
    Arena *arena;
    const Extract *extract;
    const Document *doc;
    const Catalog *catalog;
    Lang lang;
    Buf *out;
    StatedList stated;
    Str *anchors;    /* of each stated thing: the id that its entry in the lists leads to */
    Stated *regions; /* tasks and mechanisms, by start */
    uint32_t *of;    /* their index in `stated` */
    size_t n_regions;
} Page;

/* X(label of a card) */
#define LABELS(X)                                                                                  \
    X(LABEL_NAME, "名称", "Name")                                                                  \
    X(LABEL_INDICATOR, "标准指标", "Indicator")                                                    \
    X(LABEL_VALUE, "数值", "Value")                                                                \
    X(LABEL_YEAR, "年份", "Year")                                                                  \
    X(LABEL_REGION, "地区", "Region")                                                              \
    X(LABEL_KIND, "类别", "Kind")                                                                  \
    X(LABEL_BASELINE, "基期", "Baseline")                                                          \
    X(LABEL_BINDING, "属性", "Binding")                                                            \
    X(LABEL_IMPLICIT, "隐含", "Implicit")                                                          \
    X(LABEL_OWNERS, "责任单位", "In charge")                                                       \
    X(LABEL_COOPERATING, "配合单位", "Supporting")                                                 \
    X(LABEL_DUE, "期限", "Due")                                                                    \
    X(LABEL_CYCLE, "周期", "Cycle")
enum {
#define X(name, zh, en) name,
    LABELS(X)
#undef X
};
static const Text LABEL_TEXTS[] = {
#define X(name, zh, en) TEXT_INIT(zh, en),
    LABELS(X)
#undef X
};

/* X(kind of stated thing, class of the page, zh, en): words of cards and lists */
static const struct {
    const char *name;
    Text card, list;
} STATED_WORDS[] = {
    [STATED_FACT] = {"fact", TEXT_INIT("现状数字", "Fact"), TEXT_INIT("现状", "Facts")},
    [STATED_TARGET] = {"target", TEXT_INIT("目标", "Target"), TEXT_INIT("目标", "Targets")},
    [STATED_TASK] = {"task", TEXT_INIT("任务", "Task"), TEXT_INIT("任务", "Tasks")},
    [STATED_MECHANISM] = {"mechanism", TEXT_INIT("机制", "Mechanism"),
                          TEXT_INIT("机制", "Mechanisms")}};

static Str in(const Page *page, Text text)
{
    return text_in(text, page->lang);
}

static void add(const Page *page, const char *html)
{
    buf_add(page->out, str_z(html));
}

static void add_text(const Page *page, Str text)
{
    tags_escape(page->out, text);
}

static void add_number(const Page *page, uint32_t number)
{
    webpage_number(page->out, number);
}

static void add_id(const Page *page, const char *prefix, size_t number)
{
    add(page, prefix);
    add_number(page, (uint32_t)number);
}

/* ---- the text ---- */

static size_t first_claim(const Extract *extract, uint32_t byte)
{
    size_t lo = 0, hi = extract->n_claims;

    while (lo < hi) {
        size_t middle = lo + (hi - lo) / 2;

        if (extract->claims[middle].at.end <= byte) {
            lo = middle + 1;
        } else {
            hi = middle;
        }
    }
    return lo;
}

/* Regions begin in the block that they stand in; one that runs on into the next ends there. */
static size_t first_region(const Page *page, uint32_t byte)
{
    size_t lo = 0, hi = page->n_regions;

    while (lo < hi) {
        size_t middle = lo + (hi - lo) / 2;

        if (page->regions[middle].at.start < byte) {
            lo = middle + 1;
        } else {
            hi = middle;
        }
    }
    return lo;
}

static void set_anchor(const Page *page, size_t stated, const char *prefix, size_t number)
{
    if (page->anchors[stated].len == 0) {
        page->anchors[stated] = str_format(page->arena, "%s%zu", prefix, number);
    }
}

/* Indexes of what is stated at the piece: statements of the claim, tasks and mechanisms around. */
static void add_stated(const Page *page, size_t first, size_t n, const size_t *around,
                       size_t n_around)
{
    if (n + n_around == 0) {
        return;
    }
    add(page, " data-s=\"");
    for (size_t i = 0; i < n; i++) {
        add_id(page, i == 0 ? "" : " ", first + i);
    }
    for (size_t i = 0; i < n_around; i++) {
        add_id(page, n + i == 0 ? "" : " ", page->of[around[i]]);
    }
    add(page, "\"");
}

static void add_claim(const Page *page, size_t index, Span piece, const size_t *around,
                      size_t n_around)
{
    const Claim *claim = &page->extract->claims[index];
    bool begins = piece.start == claim->at.start;
    size_t n = 0, first = 0;

    if (claim->kind == CLAIM_TARGET || claim->kind == CLAIM_FACT) {
        first = stated_in(&page->stated, claim->at, &n);
    }
    add(page, "<a class=\"c ");
    add(page, claim_word((ClaimKind)claim->kind));
    add(page, claim->implicit ? " implicit\"" : "\"");
    if (begins) {
        add_id(page, " id=\"c", index);
        add(page, "\"");
    }
    if (n != 0 || n_around != 0) {
        add_id(page, " href=\"#s", n != 0 ? first : page->of[around[0]]);
    } else {
        add_id(page, " href=\"#c", index);
    }
    add(page, claim->kind == CLAIM_OUTLINE || claim->kind == CLAIM_NAME ||
                      claim->kind == CLAIM_NUMBER || claim->kind == CLAIM_CHROME ||
                      claim->kind == CLAIM_TIME || !begins
                  ? "\" tabindex=\"-1\""
                  : "\"");
    add_stated(page, first, n, around, n_around);
    add(page, ">");
    add_text(page, doc_text(page->doc, piece));
    add(page, "</a>");
    for (size_t i = 0; i < n; i++) {
        set_anchor(page, first + i, "c", index);
    }
    for (size_t i = 0; i < n_around; i++) {
        set_anchor(page, page->of[around[i]], "c", index);
    }
}

/* Words within a task or mechanism that are no number, or that stand for one: 翻一番. */
static void add_region(const Page *page, Span piece, const size_t *around, size_t n_around)
{
    size_t own = n_around; /* the statement among them */
    bool begins = false;

    for (size_t i = 0; i < n_around; i++) {
        own = page->regions[around[i]].kind <= STATED_TARGET ? i : own;
    }
    if (own < n_around) {
        add(page, "<a class=\"c ");
        add(page, STATED_WORDS[page->regions[around[own]].kind].name);
        add_id(page, " implicit\" href=\"#s", page->of[around[own]]);
        add(page, "\"");
    } else {
        add(page, "<span class=\"in\"");
    }
    for (size_t i = 0; i < n_around && !begins; i++) {
        begins = page->anchors[page->of[around[i]]].len == 0;
        if (begins) {
            add_id(page, " id=\"k", page->of[around[i]]);
            add(page, "\"");
            for (size_t k = 0; k < n_around; k++) {
                set_anchor(page, page->of[around[k]], "k", page->of[around[i]]);
            }
        }
    }
    add_stated(page, 0, 0, around, n_around);
    add(page, ">");
    add_text(page, doc_text(page->doc, piece));
    add(page, own < n_around ? "</a>" : "</span>");
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The words of a span with its claims and regions; those before `lead_end` are a run-in heading. */
static void add_words(const Page *page, Span at, uint32_t lead_end)
{
    enum { MAX_AROUND = 8 };
    const Extract *extract = page->extract;
    size_t claim = first_claim(extract, at.start), region = first_region(page, at.start), last;
    bool lead = lead_end > at.start;

    for (last = region; last < page->n_regions && page->regions[last].at.start < at.end;) {
        last++;
    }
    add(page, lead ? "<b class=\"lead\">" : "");
    while (at.start < at.end) {
        uint32_t end = at.end;
        size_t around[MAX_AROUND], n_around = 0;
        bool claimed = false;

        if (lead && at.start >= lead_end) {
            add(page, "</b>");
            lead = false;
        }
        end = lead ? least(end, lead_end) : end;
        while (claim < extract->n_claims && extract->claims[claim].at.end <= at.start) {
            claim++;
        }
        if (claim < extract->n_claims) {
            Span span = extract->claims[claim].at;

            claimed = span.start <= at.start;
            end = least(end, claimed ? span.end : span.start);
        }
        for (size_t i = region; i < last; i++) {
            Span span = page->regions[i].at;

            if (span.start > at.start) {
                end = least(end, span.start);
                break;
            }
            if (span.end > at.start) {
                end = claimed ? end : least(end, span.end);
                if (n_around < MAX_AROUND) {
                    around[n_around++] = i;
                }
            }
        }
        if (claimed) {
            add_claim(page, claim, (Span){at.start, end}, around, n_around);
        } else if (n_around != 0) {
            add_region(page, (Span){at.start, end}, around, n_around);
        } else {
            add_text(page, doc_text(page->doc, (Span){at.start, end}));
        }
        at.start = end;
    }
    add(page, lead ? "</b>" : "");
}

static void add_line(const Page *page, Span at)
{
    add_id(page, " data-l=\"", doc_position(page->doc, at).line);
    add(page, "\"");
}

static const char *class_of(int role)
{
    switch (role) {
    case ROLE_NUMBER: return " class=\"docnumber\"";
    case ROLE_SIGNATURE: return " class=\"signature\"";
    case ROLE_CAPTION: return " class=\"caption\"";
    case ROLE_NOTE: return " class=\"note\"";
    case ROLE_CONTENTS: return " class=\"contents\"";
    case ROLE_CHROME: return " class=\"chrome\"";
    default: return "";
    }
}

/* The part whose heading stands in the block, or NULL. */
static const Part *part_begun(const Document *doc, size_t b)
{
    const Part *part = doc->blocks[b].part == NO_PART ? NULL : &doc->parts[doc->blocks[b].part];

    return part != NULL && part->first == b && part->kind != PART_PLAN ? part : NULL;
}

static void add_block(const Page *page, size_t b)
{
    static const char *const HEADINGS[] = {"h2", "h3", "h4", "h5", "h6"};
    const Block *block = &page->doc->blocks[b];
    const Part *part = part_begun(page->doc, b);
    const char *tag = "p";
    uint32_t lead_end = 0;

    if (block->role == ROLE_TITLE) {
        tag = HEADINGS[0];
    } else if (part != NULL && block->role == ROLE_HEADING) {
        tag = HEADINGS[part->level < 1 ? 1 : part->level > 4 ? 4 : part->level];
    } else if (part != NULL) {
        lead_end = part->title.end > part->title.start ? part->title.end : part->number.end;
    }
    add(page, "<");
    add(page, tag);
    add_id(page, " id=\"b", b);
    add(page, "\"");
    add(page, class_of(block->role));
    add_line(page, block->at);
    add(page, ">");
    add_words(page, block->at, lead_end);
    add(page, "</");
    add(page, tag);
    add(page, ">\n");
}

static void add_cell(const Page *page, const DocCell *cell, bool heading)
{
    add(page, heading ? "<th scope=\"col\"" : "<td");
    if (cell->n_rows > 1) {
        add_id(page, " rowspan=\"", cell->n_rows);
        add(page, "\"");
    }
    if (cell->n_columns > 1) {
        add_id(page, " colspan=\"", cell->n_columns);
        add(page, "\"");
    }
    add(page, ">");
    add_words(page, cell->at, 0);
    add(page, heading ? "</th>" : "</td>");
}

static void add_table(const Page *page, const DocTable *table, size_t b)
{
    size_t i = 0;

    add_id(page, "<div class=\"table\" id=\"b", b);
    add(page, "\"");
    add_line(page, table->at);
    add(page, "><table>\n");
    for (uint32_t row = 0; row < table->n_rows; row++) {
        add(page, "<tr>");
        for (; i < table->n_cells && table->cells[i].row == row; i++) {
            add_cell(page, &table->cells[i], row == 0);
        }
        add(page, "</tr>\n");
    }
    add(page, "</table></div>\n");
}

static void add_document(const Page *page)
{
    const Document *doc = page->doc;

    for (size_t b = 0; b < doc->n_blocks; b++) {
        uint32_t table = doc->blocks[b].table;

        if (table == NO_TABLE) {
            add_block(page, b);
        } else if (b == 0 || doc->blocks[b - 1].table != table) {
            add_table(page, &doc->tables[table], b);
        }
    }
}

/* ---- what was read ---- */

static Str region_name(const Page *page, const Plan *plan, Str region)
{
    Str id = plan_region(plan, region);
    uint32_t entity = id.len == 0 ? NONE : catalog_entity(page->catalog, id);

    return entity == NONE ? id : in(page, page->catalog->entities.at[entity].name);
}

static Str indicator_name(const Page *page, Str id)
{
    uint32_t index = id.len == 0 ? NONE : catalog_indicator(page->catalog, id);

    return index == NONE ? STR("") : in(page, page->catalog->indicators.at[index]->name);
}

static Str kind_name(const Page *page, int kind)
{
    static const Text KINDS[] = {
#define X(name, word, zh, en) TEXT_INIT(zh, en),
        TARGET_KINDS(X)
#undef X
    };

    return in(page, KINDS[kind == TARGET_KIND_NONE ? 0 : kind - 1]);
}

static Str binding_name(const Page *page, int binding)
{
    static const Text WORDS[] = {TEXT_INIT("", ""),
#define X(name, word, zh, en) TEXT_INIT(zh, en),
                                 BINDINGS(X)
#undef X
    };

    return in(page, WORDS[binding]);
}

static Str target_value(const Page *page, const Target *target)
{
    Buf out = buf_new(page->arena);

    if (target->value.given) {
        target_print(&out, page->catalog, target, page->lang);
    }
    return buf_str(&out);
}

static Str fact_value(const Page *page, const Fact *fact)
{
    Buf out = buf_new(page->arena);

    if (fact->value.given) {
        fact_print(&out, page->catalog, fact, page->lang);
    }
    return buf_str(&out);
}

static Str year_text(const Page *page, int64_t year)
{
    return year == 0 ? STR("") : str_format(page->arena, "%lld", (long long)year);
}

static Str period_text(const Page *page, OptPeriod period)
{
    char text[PERIOD_TEXT];

    return period.given ? str_copy(page->arena, period_format(period.value, text)) : STR("");
}

static Str join(const Page *page, StrList list)
{
    Buf text = buf_new(page->arena);

    for (size_t i = 0; i < list.n; i++) {
        buf_add(&text, i > 0 ? STR("、") : STR(""));
        buf_add(&text, list.at[i]);
    }
    return buf_str(&text);
}

static void put(Json *json, int label, Str value)
{
    if (value.len != 0) {
        json_int(json, label);
        json_str(json, value);
    }
}

static Str baseline_text(const Page *page, const Target *target)
{
    char digits[DECIMAL_TEXT];
    Str value = target->baseline.given ? decimal_format(target->baseline.value, digits) : STR("");
    Str year = year_text(page, target->baseline_year);

    return str_format(page->arena, "%.*s%s%.*s%s", STR_ARG(value),
                      value.len != 0 && year.len != 0 ? " (" : "", STR_ARG(year),
                      value.len != 0 && year.len != 0 ? ")" : "");
}

static void put_target(const Page *page, Json *json, const Plan *plan, const Target *target)
{
    put(json, LABEL_NAME, in(page, target->name));
    put(json, LABEL_INDICATOR, indicator_name(page, target->indicator));
    put(json, LABEL_VALUE, target_value(page, target));
    put(json, LABEL_YEAR, year_text(page, target->year));
    put(json, LABEL_REGION, region_name(page, plan, target->region));
    put(json, LABEL_KIND, kind_name(page, target->kind));
    put(json, LABEL_BASELINE, baseline_text(page, target));
    put(json, LABEL_BINDING, binding_name(page, target->binding));
    if (target->implicit) {
        put(json, LABEL_IMPLICIT,
            in(page, TEXT("数值由文字推得，请核对", "inferred from words, please check")));
    }
}

static void put_fact(const Page *page, Json *json, const Plan *plan, const Fact *fact)
{
    put(json, LABEL_NAME, in(page, fact->name));
    put(json, LABEL_INDICATOR, indicator_name(page, fact->indicator));
    put(json, LABEL_VALUE, fact_value(page, fact));
    put(json, LABEL_YEAR, period_text(page, fact->period));
    put(json, LABEL_REGION, region_name(page, plan, fact->region));
    put(json, LABEL_KIND, kind_name(page, fact->kind));
    put(json, LABEL_BASELINE, year_text(page, fact->since));
}

static void put_stated(const Page *page, Json *json, const Stated *stated)
{
    const Plan *plan = &page->extract->plans[stated->plan].plan;

    json_array(json);
    json_str(json, str_z(STATED_WORDS[stated->kind].name));
    if (stated->kind == STATED_TARGET) {
        put_target(page, json, plan, &plan->targets.at[stated->index]);
    } else if (stated->kind == STATED_FACT) {
        put_fact(page, json, plan, &plan->facts.at[stated->index]);
    } else if (stated->kind == STATED_TASK) {
        const Task *task = &plan->tasks.at[stated->index];

        put(json, LABEL_NAME, in(page, task->title));
        put(json, LABEL_OWNERS, join(page, task->owners));
        put(json, LABEL_COOPERATING, join(page, task->cooperating));
        put(json, LABEL_DUE, period_text(page, task->due));
        put(json, LABEL_CYCLE, task->cycle);
    } else {
        const Mechanism *mechanism = &plan->mechanisms.at[stated->index];

        put(json, LABEL_NAME, in(page, mechanism->name));
        put(json, LABEL_KIND, mechanism->kind);
        put(json, LABEL_CYCLE, mechanism->cycle);
    }
    json_end(json);
}

/* What the script needs, as JSON that cannot end its element: “<” is written \u003c. */
static void add_data(const Page *page)
{
    Buf text = buf_new(page->arena);
    Json json = json_new(&text);
    size_t done = 0;

    json_object(&json);
    json_flat(&json);
    json_key(&json, "labels");
    json_array(&json);
    for (size_t i = 0; i < sizeof LABEL_TEXTS / sizeof LABEL_TEXTS[0]; i++) {
        json_str(&json, in(page, LABEL_TEXTS[i]));
    }
    json_end(&json);
    json_key(&json, "kinds");
    json_object(&json);
    for (size_t k = 0; k <= CLAIM_CHROME; k++) {
        json_key(&json, claim_word((ClaimKind)k));
        json_str(&json, in(page, claim_text((ClaimKind)k)));
    }
    json_key(&json, STATED_WORDS[STATED_MECHANISM].name);
    json_str(&json, in(page, STATED_WORDS[STATED_MECHANISM].card));
    json_end(&json);
    json_key(&json, "found");
    json_str(&json, in(page, TEXT("{} 段含有这些字；回车看下一段",
                                  "{} paragraphs; Enter goes to the next")));
    json_key(&json, "items");
    json_array(&json);
    for (size_t i = 0; i < page->stated.n; i++) {
        put_stated(page, &json, &page->stated.at[i]);
    }
    json_end(&json);
    json_end(&json);
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '<') {
            buf_add(page->out, (Str){text.at + done, i - done});
            add(page, "\\u003c");
            done = i + 1;
        }
    }
    buf_add(page->out, (Str){text.at + done, text.len - done});
}

/* ---- lists ---- */

static void open_list(const Page *page, const char *id, Text title, size_t n, bool open)
{
    add(page, "<details id=\"");
    add(page, id);
    add(page, open && n != 0 ? "\" open><summary>" : "\"><summary>");
    add_text(page, in(page, title));
    add(page, " <span>");
    add_number(page, (uint32_t)n);
    add(page, "</span></summary>\n<ol>\n");
}

static void close_list(const Page *page)
{
    add(page, "</ol></details>\n");
}

static void add_line_label(const Page *page, uint32_t line)
{
    add(page, "<small>");
    buf_format(page->out, page->lang == LANG_ZH ? "%u 行" : "l. %u", line);
    add(page, "</small>");
}

static void add_entry(const Page *page, size_t i)
{
    const Stated *stated = &page->stated.at[i];
    const Plan *plan = &page->extract->plans[stated->plan].plan;
    Str name, value = STR("");

    if (stated->kind == STATED_TARGET) {
        const Target *target = &plan->targets.at[stated->index];

        name = in(page, target->name);
        value = str_format(page->arena, "%.*s · %lld", STR_ARG(target_value(page, target)),
                           (long long)target->year);
    } else if (stated->kind == STATED_FACT) {
        const Fact *fact = &plan->facts.at[stated->index];

        name = in(page, fact->name);
        value = fact_value(page, fact);
    } else if (stated->kind == STATED_TASK) {
        name = in(page, plan->tasks.at[stated->index].title);
        value = period_text(page, plan->tasks.at[stated->index].due);
    } else {
        name = in(page, plan->mechanisms.at[stated->index].name);
        value = plan->mechanisms.at[stated->index].cycle;
    }
    add_id(page, "<li id=\"s", i);
    add(page, "\" class=\"");
    add(page, STATED_WORDS[stated->kind].name);
    add(page, "\"><a href=\"#");
    if (page->anchors[i].len != 0) {
        buf_add(page->out, page->anchors[i]);
    } else {
        add_id(page, "b", block_at(page->doc, stated->at.start));
    }
    add(page, "\"><span>");
    add_text(page, name.len != 0 ? name : doc_text(page->doc, stated->at));
    add(page, "</span>");
    if (value.len != 0) {
        add(page, "<span class=\"v\">");
        add_text(page, value);
        add(page, "</span>");
    }
    add_line_label(page, doc_position(page->doc, stated->at).line);
    add(page, "</a></li>\n");
}

static void add_stated_list(const Page *page, StatedKind kind, bool open)
{
    size_t n = 0;
    uint32_t plan = UINT32_MAX;

    for (size_t i = 0; i < page->stated.n; i++) {
        n += page->stated.at[i].kind == kind;
    }
    open_list(page, STATED_WORDS[kind].name, STATED_WORDS[kind].list, n, open);
    for (size_t i = 0; i < page->stated.n; i++) {
        const Stated *stated = &page->stated.at[i];

        if (stated->kind != kind) {
            continue;
        }
        if (stated->plan != plan && page->extract->n_plans > 1) {
            add(page, "<li class=\"plan\">");
            add_text(page, page->extract->plans[stated->plan].plan.title.zh);
            add(page, "</li>\n");
        }
        plan = stated->plan;
        add_entry(page, i);
    }
    close_list(page);
}

static void add_unclaimed(const Page *page, size_t n)
{
    enum { AROUND = 12 };
    const Document *doc = page->doc;

    open_list(page, "unclaimed", claim_text(CLAIM_UNCLAIMED), n, true);
    for (size_t i = 0; i < page->extract->n_claims; i++) {
        const Claim *claim = &page->extract->claims[i];
        Span around;

        if (claim->kind != CLAIM_UNCLAIMED) {
            continue;
        }
        around = context_around(doc, claim->at, AROUND);
        add_id(page, "<li class=\"unclaimed\"><a href=\"#c", i);
        add(page, "\"><span>");
        add_text(page, doc_text(doc, (Span){around.start, claim->at.start}));
        add(page, "<mark>");
        add_text(page, doc_text(doc, claim->at));
        add(page, "</mark>");
        add_text(page, doc_text(doc, (Span){claim->at.end, around.end}));
        add(page, "</span>");
        add_line_label(page, doc_position(doc, claim->at).line);
        add(page, "</a></li>\n");
    }
    close_list(page);
}

/* Headings of the first two levels, and the plans. */
static void add_contents(const Page *page)
{
    enum { DEEPEST = 2 };
    const Document *doc = page->doc;
    size_t n = 0;

    for (size_t i = 0; i < doc->n_parts; i++) {
        n += doc->parts[i].level <= DEEPEST && doc->parts[i].title.end > doc->parts[i].title.start;
    }
    open_list(page, "contents", TEXT("目录", "Contents"), n, false);
    for (size_t i = 0; i < doc->n_parts; i++) {
        const Part *part = &doc->parts[i];

        if (part->level > DEEPEST || part->title.end <= part->title.start) {
            continue;
        }
        add_id(page, "<li class=\"l", part->level);
        add_id(page, "\"><a href=\"#b", part->first);
        add(page, "\"><span>");
        add_text(page, doc_text(doc, part->number));
        add_text(page, doc_text(doc, part->title));
        add(page, "</span>");
        add_line_label(page, doc_position(doc, doc->blocks[part->first].at).line);
        add(page, "</a></li>\n");
    }
    close_list(page);
}

/* ---- the frame ---- */

static Str page_title(const Page *page)
{
    const Extract *extract = page->extract;

    return extract->title.len != 0 ? extract->title
           : extract->n_plans != 0 ? extract->plans[0].plan.title.zh
                                   : extract->doc->source.name;
}

/* A bar of what became of all numbers, in the order of the lists. */
static void add_bar(const Page *page, const size_t counts[CLAIM_CHROME + 1], size_t all)
{
    static const ClaimKind ORDER[] = {CLAIM_TARGET, CLAIM_FACT,   CLAIM_TASK,
                                      CLAIM_TIME,   CLAIM_NAME,   CLAIM_OUTLINE,
                                      CLAIM_NUMBER, CLAIM_CHROME, CLAIM_UNCLAIMED};
    double x = 0;

    add(page, "<svg viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    for (size_t i = 0; all != 0 && i < sizeof ORDER / sizeof ORDER[0]; i++) {
        double width = 1000.0 * (double)counts[ORDER[i]] / (double)all;

        if (counts[ORDER[i]] != 0) {
            buf_format(page->out,
                       "<rect class=\"%s\" x=\"%.2f\" y=\"0\" width=\"%.2f\" height=\"10\"/>",
                       claim_word(ORDER[i]), x, width);
            x += width;
        }
    }
    add(page, "</svg>");
}

static void add_header(const Page *page, const size_t counts[CLAIM_CHROME + 1], size_t all)
{
    const Extract *extract = page->extract;
    Str date = period_text(page, extract->issued);

    add(page, "<header>\n<div><h1 lang=\"zh-CN\">");
    add_text(page, page_title(page));
    add(page, "</h1>\n<p lang=\"zh-CN\">");
    add_text(page, extract->number);
    add(page, extract->number.len != 0 ? "　" : "");
    add_text(page, extract->issuer);
    add(page, extract->issuer.len != 0 ? "　" : "");
    add_text(page, date);
    add(page, "</p></div>\n<div class=\"share\">");
    buf_format(page->out, "<span class=\"all\"><b>%zu</b>", all);
    add_text(page, in(page, TEXT(" 个数字，", " numbers, ")));
    buf_format(page->out, "</span><b>%zu</b>", counts[CLAIM_UNCLAIMED]);
    add_text(page, in(page, TEXT(" 个未认领", " unclaimed")));
    add_bar(page, counts, all);
    add(page, "</div>\n<button id=\"open\" type=\"button\" aria-controls=\"panel\" "
              "aria-expanded=\"false\">");
    add_text(page, in(page, TEXT("清单", "Lists")));
    add(page, "</button>\n</header>\n");
}

static void add_tools(const Page *page, const size_t counts[CLAIM_CHROME + 1])
{
    static const ClaimKind SHOWN[] = {CLAIM_TARGET, CLAIM_FACT, CLAIM_TASK,
                                      CLAIM_TIME,   CLAIM_NAME, CLAIM_UNCLAIMED};

    add(page, "<div class=\"tools\">\n<input id=\"q\" type=\"search\" placeholder=\"");
    add_text(page, in(page, TEXT("搜索原文与清单（按 /）", "Search text and lists (press /)")));
    add(page, "\" aria-label=\"");
    add_text(page, in(page, TEXT("搜索", "Search")));
    add(page, "\">\n<div class=\"found\" id=\"found\" role=\"status\"></div>\n<div class=\"kinds\" "
              "role=\"group\" aria-label=\"");
    add_text(page, in(page, TEXT("显示哪些类别", "Kinds to show")));
    add(page, "\">\n");
    for (size_t i = 0; i < sizeof SHOWN / sizeof SHOWN[0]; i++) {
        buf_format(page->out,
                   "<button type=\"button\" class=\"%s\" data-k=\"%s\" aria-pressed=\"true\">",
                   claim_word(SHOWN[i]), claim_word(SHOWN[i]));
        add_text(page, in(page, claim_text(SHOWN[i])));
        add_id(page, " <b>", counts[SHOWN[i]]);
        add(page, "</b></button>\n");
    }
    add(page, "</div>\n<div class=\"walk\">");
    if (counts[CLAIM_UNCLAIMED] == 0) {
        add(page, "<strong class=\"none\">");
        add_text(page, in(page, TEXT("每个数字都已归类", "Every number is accounted for")));
        add(page, "</strong><output id=\"pos\"></output>");
    } else {
        add(page, "<strong>");
        add_text(page, in(page, claim_text(CLAIM_UNCLAIMED)));
        add(page, "</strong><output id=\"pos\">");
        buf_format(page->out, "– / %zu", counts[CLAIM_UNCLAIMED]);
        add(page, "</output><button id=\"prev\" type=\"button\" aria-label=\"");
        add_text(page, in(page, TEXT("上一个未认领的数字", "Previous unclaimed number")));
        add(page, "\">↑ <kbd>k</kbd></button><button id=\"next\" type=\"button\" aria-label=\"");
        add_text(page, in(page, TEXT("下一个未认领的数字", "Next unclaimed number")));
        add(page, "\">↓ <kbd>j</kbd></button>");
    }
    add(page, "</div>\n</div>\n");
}

/* Whether what is stated shows at a number: words such as 翻一番 have no claim of their kind. */
static bool has_number(const Page *page, const Stated *stated)
{
    const Extract *extract = page->extract;

    for (size_t i = first_claim(extract, stated->at.start);
         i < extract->n_claims && extract->claims[i].at.start < stated->at.end; i++) {
        if (extract->claims[i].kind == CLAIM_TARGET || extract->claims[i].kind == CLAIM_FACT) {
            return true;
        }
    }
    return false;
}

static void find_regions(Page *page)
{
    page->regions = ARENA_ARRAY(page->arena, Stated, page->stated.n);
    page->of = ARENA_ARRAY(page->arena, uint32_t, page->stated.n);
    for (size_t i = 0; i < page->stated.n; i++) {
        const Stated *stated = &page->stated.at[i];

        if (stated->kind == STATED_TASK || stated->kind == STATED_MECHANISM ||
            !has_number(page, stated)) {
            page->of[page->n_regions] = (uint32_t)i;
            page->regions[page->n_regions++] = *stated;
        }
    }
}

void extraction_page(const Extract *extract, const Catalog *catalog, Lang lang, Buf *out)
{
    Page page = {.arena = arena_new(),
                 .extract = extract,
                 .doc = extract->doc,
                 .catalog = catalog,
                 .lang = lang,
                 .out = out};
    size_t counts[CLAIM_CHROME + 1], all = 0;

    page.stated = stated_list(page.arena, extract);
    page.anchors = ARENA_ARRAY(page.arena, Str, page.stated.n);
    find_regions(&page);
    count_claims(extract, NO_PLAN, counts);
    for (size_t k = 0; k <= CLAIM_CHROME; k++) {
        all += counts[k];
    }
    webpage_open(out, PAGE_EXTRACTION, lang, page_title(&page));
    add(&page, "<a class=\"skip\" href=\"#panel\">");
    add_text(&page, in(&page, TEXT("跳到清单", "Skip to the lists")));
    add(&page, "</a>\n");
    add_header(&page, counts, all);
    add(&page, "<div class=\"layout\">\n<main id=\"text\" lang=\"zh-CN\">\n");
    add_document(&page);
    add(&page, "</main>\n<aside id=\"panel\" tabindex=\"-1\" aria-label=\"");
    add_text(&page, in(&page, TEXT("读出的内容", "What was read")));
    add(&page, "\">\n");
    add_tools(&page, counts);
    add_unclaimed(&page, counts[CLAIM_UNCLAIMED]);
    add_stated_list(&page, STATED_TARGET, true);
    add_stated_list(&page, STATED_FACT, false);
    add_stated_list(&page, STATED_TASK, false);
    add_stated_list(&page, STATED_MECHANISM, false);
    add_contents(&page);
    add(&page, "</aside>\n</div>\n<div id=\"card\" role=\"tooltip\" hidden></div>\n"
               "<script type=\"application/json\" id=\"data\">");
    add_data(&page);
    add(&page, "</script>\n");
    webpage_close(out, PAGE_EXTRACTION);
    arena_free(page.arena);
}
