/* Extraction as a workbook: the table by which offices split up the tasks of a plan. */
#include "publish/extraction.h"

#include "publish/book.h"
#include "publish/passage.h"

typedef struct {
    Arena *arena;
    const Extract *const *extracts;
    size_t n_extracts;
    const Catalog *catalog;
    Lang lang;
    Book *book;
} Workbook;

typedef struct { /* a column without its place among the others */
    Text title;
    unsigned width;
    ColumnKind kind;
} Heading;

enum { WIDE = 50, MIDDLE = 26, NARROW = 12, MAX_SPLIT_YEARS = 15 };

static const Heading OWNERS[] = {{TEXT_INIT("牵头单位", "Lead"), 16, COLUMN_OFFICE},
                                 {TEXT_INIT("配合单位", "Supporting"), 16, COLUMN_OFFICE}};
static const Heading REMARK = {TEXT_INIT("备注", "Remarks"), 16, COLUMN_OFFICE};
static const Heading NUMBER = {TEXT_INIT("序号", "No."), 8, COLUMN_DATA};
static const Heading PLAN = {TEXT_INIT("规划", "Plan"), 18, COLUMN_DATA};
static const Heading PLACE = {TEXT_INIT("原文位置", "Place"), 14, COLUMN_DATA};
static const Heading SOURCE_TEXT = {TEXT_INIT("原文", "Source text"), WIDE, COLUMN_DATA};

typedef struct {
    Column at[SHEET_MAX_COLUMNS];
    size_t n;
} Columns;

static void add_column(const Workbook *to, Columns *columns, Heading heading)
{
    columns->at[columns->n++] =
        (Column){text_in(heading.title, to->lang), heading.width, heading.kind};
}

static void add_columns(const Workbook *to, Columns *columns, const Heading *headings, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        add_column(to, columns, headings[i]);
    }
}

#define ADD_COLUMNS(to, columns, headings)                                                         \
    add_columns((to), (columns), (headings), sizeof(headings) / sizeof(headings)[0])

/* X(plan of every document): `extract` and `from` are set in the body that follows */
#define EACH_PLAN(to, extract, from)                                                               \
    for (size_t e_ = 0; e_ < (to)->n_extracts; e_++)                                               \
        for (const Extract *extract = (to)->extracts[e_]; extract != NULL; extract = NULL)         \
            for (const ExtractedPlan *from = extract->plans;                                       \
                 from < extract->plans + extract->n_plans; from++)

static Str in(const Workbook *to, Text text)
{
    return text_in(text, to->lang);
}

/* ---- words of cells ---- */

static Str region_name(const Workbook *to, const Plan *plan, Str region)
{
    Str id = plan_region(plan, region);
    uint32_t entity = id.len == 0 ? NONE : catalog_entity(to->catalog, id);

    return entity == NONE ? id : in(to, to->catalog->entities.at[entity].name);
}

static const Indicator *indicator_of(const Workbook *to, Str id)
{
    uint32_t index = id.len == 0 ? NONE : catalog_indicator(to->catalog, id);

    return index == NONE ? NULL : to->catalog->indicators.at[index];
}

static Str kind_text(const Workbook *to, int kind)
{
    static const Text KINDS[] = {
#define X(name, word, zh, en) TEXT_INIT(zh, en),
        TARGET_KINDS(X)
#undef X
    };

    return in(to, KINDS[kind == TARGET_KIND_NONE ? 0 : kind - 1]);
}

static Str sign_text(const Workbook *to, int comparator)
{
    Str sign = comparator == COMPARE_NONE ? STR("") : comparator_sign(comparator, to->lang);

    return sign.len != 0 ? sign : STR("=");
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

static void put_year(Sheet *sheet, int64_t year)
{
    if (year == 0) {
        sheet_skip(sheet);
    } else {
        sheet_int(sheet, year);
    }
}

static void put_period(Sheet *sheet, OptPeriod period)
{
    if (!period.given) {
        sheet_skip(sheet);
    } else if (period.value.kind == PERIOD_YEAR) {
        sheet_int(sheet, period_year_of(period.value));
    } else {
        sheet_period(sheet, period.value);
    }
}

static void put_decimal(Sheet *sheet, OptDecimal value)
{
    if (value.given) {
        sheet_decimal(sheet, value.value);
    } else {
        sheet_skip(sheet);
    }
}

static void put_place(const Workbook *to, Sheet *sheet, At at)
{
    sheet_text(sheet, at.line == 0 ? STR("") : place_text(to->arena, at));
}

/* Number of the row and title of the plan. */
static void put_head(Sheet *sheet, const Plan *plan)
{
    sheet_int(sheet, (int64_t)sheet_n_rows(sheet) + 1);
    sheet_text(sheet, plan->title.zh.len != 0 ? plan->title.zh : plan->id);
}

static void put_clause(Sheet *sheet, const Document *doc, const Span *spans, size_t i)
{
    sheet_text(sheet, spans == NULL ? STR("") : doc_text(doc, clause_around(doc, spans[i])));
}

static void put_path(const Workbook *to, Sheet *sheet, const Document *doc, const Span *spans,
                     size_t i, Str otherwise)
{
    Str path = STR("");

    if (spans != NULL && doc->n_blocks != 0) {
        path = part_path(to->arena, doc, doc->blocks[block_at(doc, spans[i].start)].part);
    }
    sheet_text(sheet, path.len != 0 ? path : otherwise);
}

/* ---- sheets ---- */

/* First and last year over which targets are split up, of all plans. */
static void find_years(const Workbook *to, int64_t years[2])
{
    years[0] = years[1] = 0;
    EACH_PLAN(to, extract, from)
    {
        const int64_t *period = from->plan.period;

        if (period[0] > 0 && period[1] >= period[0]) {
            years[0] = years[0] == 0 || period[0] < years[0] ? period[0] : years[0];
            years[1] = period[1] > years[1] ? period[1] : years[1];
        }
    }
    if (years[1] - years[0] >= MAX_SPLIT_YEARS) {
        years[0] = years[1] - MAX_SPLIT_YEARS + 1;
    }
}

static void put_target(const Workbook *to, Sheet *sheet, const Plan *plan, const Target *target)
{
    const Indicator *indicator = indicator_of(to, target->indicator);
    Str unit = target->unit.len != 0 || indicator == NULL ? target->unit : indicator->unit_text;

    put_head(sheet, plan);
    sheet_text(sheet, text_in(target->name, to->lang));
    sheet_text(sheet, indicator == NULL ? STR("") : in(to, indicator->name));
    sheet_text(sheet, region_name(to, plan, target->region));
    sheet_text(sheet, sign_text(to, target->comparator));
    put_decimal(sheet, target->value);
    sheet_text(sheet, str_eq(unit, STR("1")) ? STR("") : unit);
    put_year(sheet, target->year);
    sheet_text(sheet, kind_text(to, target->kind));
    put_decimal(sheet, target->baseline);
    put_year(sheet, target->baseline_year);
    sheet_text(sheet, target->binding == BINDING_OBLIGATORY ? in(to, TEXT("约束性", "binding"))
                      : target->binding == BINDING_EXPECTED ? in(to, TEXT("预期性", "expected"))
                                                            : STR(""));
    sheet_text(sheet, target->implicit ? in(to, TEXT("是", "yes")) : STR(""));
    put_place(to, sheet, target->at);
}

static Sheet *write_targets(const Workbook *to)
{
    static const Heading HEADINGS[] = {
        {TEXT_INIT("指标（文件用语）", "Indicator (as written)"), MIDDLE, COLUMN_DATA},
        {TEXT_INIT("标准指标", "Standard indicator"), 20, COLUMN_DATA},
        {TEXT_INIT("地区", "Region"), 14, COLUMN_DATA},
        {TEXT_INIT("比较", "Bound"), 8, COLUMN_DATA},
        {TEXT_INIT("目标值", "Target"), 16, COLUMN_DATA},
        {TEXT_INIT("单位", "Unit"), NARROW, COLUMN_DATA},
        {TEXT_INIT("年份", "Year"), 10, COLUMN_DATA},
        {TEXT_INIT("类别", "Kind"), 12, COLUMN_DATA},
        {TEXT_INIT("基期值", "Baseline"), 12, COLUMN_DATA},
        {TEXT_INIT("基期年", "Baseline year"), 10, COLUMN_DATA},
        {TEXT_INIT("属性", "Binding"), 10, COLUMN_DATA},
        {TEXT_INIT("是否隐含", "Implicit"), 10, COLUMN_DATA}};
    Columns columns = {.n = 0};
    int64_t years[2];
    Sheet *sheet;

    add_column(to, &columns, NUMBER);
    add_column(to, &columns, PLAN);
    ADD_COLUMNS(to, &columns, HEADINGS);
    add_column(to, &columns, PLACE);
    add_column(to, &columns, SOURCE_TEXT);
    ADD_COLUMNS(to, &columns, OWNERS);
    find_years(to, years);
    for (int64_t year = years[0]; year != 0 && year <= years[1]; year++) {
        Str title = to->lang == LANG_ZH ? str_format(to->arena, "%lld年分解", (long long)year)
                                        : str_format(to->arena, "%lld share", (long long)year);

        columns.at[columns.n++] = (Column){title, NARROW, COLUMN_OFFICE};
    }
    add_column(to, &columns, REMARK);
    sheet = sheet_new(to->book, in(to, TEXT("目标", "Targets")), columns.at, columns.n);
    EACH_PLAN(to, extract, from)
    {
        for (size_t i = 0; i < from->plan.targets.n; i++) {
            put_target(to, sheet, &from->plan, &from->plan.targets.at[i]);
            put_clause(sheet, extract->doc, from->target_spans, i);
            sheet_row(sheet);
        }
    }
    return sheet;
}

static Sheet *write_facts(const Workbook *to)
{
    static const Heading HEADINGS[] = {
        {TEXT_INIT("指标（文件用语）", "Indicator (as written)"), MIDDLE, COLUMN_DATA},
        {TEXT_INIT("标准指标", "Standard indicator"), 20, COLUMN_DATA},
        {TEXT_INIT("地区", "Region"), 14, COLUMN_DATA},
        {TEXT_INIT("比较", "Bound"), 8, COLUMN_DATA},
        {TEXT_INIT("数值", "Value"), 16, COLUMN_DATA},
        {TEXT_INIT("单位", "Unit"), NARROW, COLUMN_DATA},
        {TEXT_INIT("时期", "Period"), 12, COLUMN_DATA},
        {TEXT_INIT("类别", "Kind"), 12, COLUMN_DATA},
        {TEXT_INIT("起算年", "Since"), 12, COLUMN_DATA}};
    Columns columns = {.n = 0};
    Sheet *sheet;

    add_column(to, &columns, NUMBER);
    add_column(to, &columns, PLAN);
    ADD_COLUMNS(to, &columns, HEADINGS);
    add_column(to, &columns, PLACE);
    add_column(to, &columns, SOURCE_TEXT);
    add_column(to, &columns, REMARK);
    sheet = sheet_new(to->book, in(to, TEXT("现状", "Facts")), columns.at, columns.n);
    EACH_PLAN(to, extract, from)
    {
        for (size_t i = 0; i < from->plan.facts.n; i++) {
            const Fact *fact = &from->plan.facts.at[i];
            const Indicator *indicator = indicator_of(to, fact->indicator);
            Str unit = fact->unit.len != 0 || indicator == NULL ? fact->unit : indicator->unit_text;

            put_head(sheet, &from->plan);
            sheet_text(sheet, text_in(fact->name, to->lang));
            sheet_text(sheet, indicator == NULL ? STR("") : in(to, indicator->name));
            sheet_text(sheet, region_name(to, &from->plan, fact->region));
            sheet_text(sheet, sign_text(to, fact->comparator));
            put_decimal(sheet, fact->value);
            sheet_text(sheet, str_eq(unit, STR("1")) ? STR("") : unit);
            put_period(sheet, fact->period);
            sheet_text(sheet, kind_text(to, fact->kind));
            put_year(sheet, fact->since);
            put_place(to, sheet, fact->at);
            put_clause(sheet, extract->doc, from->fact_spans, i);
            sheet_row(sheet);
        }
    }
    return sheet;
}

static Sheet *write_tasks(const Workbook *to)
{
    static const Heading HEADINGS[] = {{TEXT_INIT("章节", "Section"), MIDDLE, COLUMN_DATA},
                                       {TEXT_INIT("任务", "Task"), 44, COLUMN_DATA},
                                       {TEXT_INIT("责任单位", "In charge"), 24, COLUMN_DATA},
                                       {TEXT_INIT("配合单位", "Supporting"), 24, COLUMN_DATA},
                                       {TEXT_INIT("期限", "Due"), NARROW, COLUMN_DATA},
                                       {TEXT_INIT("周期", "Cycle"), 10, COLUMN_DATA}};
    static const Heading PROGRESS = {TEXT_INIT("进展", "Progress"), 16, COLUMN_OFFICE};
    static const char *const ZH[] = {"未启动", "推进中", "已完成", "滞后", NULL};
    static const char *const EN[] = {"not started", "under way", "done", "behind", NULL};
    Columns columns = {.n = 0};
    size_t progress;
    Sheet *sheet;

    add_column(to, &columns, NUMBER);
    add_column(to, &columns, PLAN);
    ADD_COLUMNS(to, &columns, HEADINGS);
    add_column(to, &columns, PLACE);
    add_column(to, &columns, SOURCE_TEXT);
    progress = columns.n;
    add_column(to, &columns, PROGRESS);
    add_column(to, &columns, REMARK);
    sheet = sheet_new(to->book, in(to, TEXT("任务", "Tasks")), columns.at, columns.n);
    EACH_PLAN(to, extract, from)
    {
        for (size_t i = 0; i < from->plan.tasks.n; i++) {
            const Task *task = &from->plan.tasks.at[i];

            put_head(sheet, &from->plan);
            put_path(to, sheet, extract->doc, from->task_spans, i, task->part);
            sheet_text(sheet, text_in(task->title, to->lang));
            sheet_text(sheet, join(to->arena, task->owners));
            sheet_text(sheet, join(to->arena, task->cooperating));
            if (task->due.given) {
                sheet_period(sheet, task->due.value);
            } else {
                sheet_skip(sheet);
            }
            sheet_text(sheet, task->cycle);
            put_place(to, sheet, task->at);
            put_clause(sheet, extract->doc, from->task_spans, i);
            sheet_row(sheet);
        }
    }
    sheet_choices(sheet, progress, to->lang == LANG_ZH ? ZH : EN);
    return sheet;
}

/* What stands behind a part's heading: the rest of its block, or the next one of the same part. */
static Span behind_heading(const Document *doc, const Part *part)
{
    const Block *block = &doc->blocks[part->first];
    Str text = doc->source.text;
    uint32_t at = part->title.end > part->title.start ? part->title.end : part->number.end;

    at = at < block->at.start ? block->at.start : at;
    if (str_starts(str_slice(text, at, block->at.end), STR("。"))) {
        at += (uint32_t)sizeof("。") - 1;
    }
    at += (uint32_t)(block->at.end - at - str_trim(str_slice(text, at, block->at.end)).len);
    if (at < block->at.end) {
        return first_sentence(doc, at, block->at.end);
    }
    if (part->first + 1 < part->end) {
        const Block *next = &doc->blocks[part->first + 1];

        if (next->part == block->part && next->table == NO_TABLE) {
            return first_sentence(doc, next->at.start, next->at.end);
        }
    }
    return (Span){at, at};
}

/* Every numbered heading and every opening sentence of the plan's part from `first` on. */
static void write_parts(const Workbook *to, Sheet *sheet, const Document *doc,
                        const ExtractedPlan *from)
{
    for (uint32_t i = from->part + 1; i < doc->n_parts && doc->parts[i].kind != PART_PLAN; i++) {
        const Part *part = &doc->parts[i];
        Span sentence = behind_heading(doc, part);
        bool titled = part->title.end > part->title.start;
        Span at = {part->number.end > part->number.start ? part->number.start : part->title.start,
                   titled ? part->title.end : sentence.end};

        if (at.end <= at.start) {
            continue;
        }
        put_head(sheet, &from->plan);
        sheet_int(sheet, part->level);
        sheet_text(sheet, part_number(doc, part));
        sheet_text(sheet, part_path(to->arena, doc, part->parent));
        sheet_text(sheet, doc_text(doc, titled ? part->title : sentence));
        sheet_text(sheet, titled ? doc_text(doc, sentence) : STR(""));
        put_place(to, sheet, place_in_source(doc, at));
        sheet_row(sheet);
    }
}

static Sheet *write_measures(const Workbook *to)
{
    static const Heading HEADINGS[] = {{TEXT_INIT("层级", "Level"), 8, COLUMN_DATA},
                                       {TEXT_INIT("编号", "Number"), 10, COLUMN_DATA},
                                       {TEXT_INIT("所在章节", "Within"), MIDDLE, COLUMN_DATA},
                                       {TEXT_INIT("举措", "Measure"), 40, COLUMN_DATA},
                                       {TEXT_INIT("首句", "First sentence"), WIDE, COLUMN_DATA}};
    static const Heading DUE = {TEXT_INIT("完成时限", "Due"), NARROW, COLUMN_OFFICE};
    Columns columns = {.n = 0};
    Sheet *sheet;

    add_column(to, &columns, NUMBER);
    add_column(to, &columns, PLAN);
    ADD_COLUMNS(to, &columns, HEADINGS);
    add_column(to, &columns, PLACE);
    ADD_COLUMNS(to, &columns, OWNERS);
    add_column(to, &columns, DUE);
    add_column(to, &columns, REMARK);
    sheet = sheet_new(to->book, in(to, TEXT("重点举措", "Measures")), columns.at, columns.n);
    EACH_PLAN(to, extract, from)
    {
        write_parts(to, sheet, extract->doc, from);
    }
    return sheet;
}

static Sheet *write_mechanisms(const Workbook *to)
{
    static const Heading HEADINGS[] = {{TEXT_INIT("章节", "Section"), MIDDLE, COLUMN_DATA},
                                       {TEXT_INIT("名称", "Name"), 36, COLUMN_DATA},
                                       {TEXT_INIT("类型", "Kind"), 12, COLUMN_DATA},
                                       {TEXT_INIT("周期", "Cycle"), 10, COLUMN_DATA}};
    Columns columns = {.n = 0};
    Sheet *sheet;

    add_column(to, &columns, NUMBER);
    add_column(to, &columns, PLAN);
    ADD_COLUMNS(to, &columns, HEADINGS);
    add_column(to, &columns, PLACE);
    add_column(to, &columns, SOURCE_TEXT);
    add_column(to, &columns, OWNERS[0]);
    add_column(to, &columns, REMARK);
    sheet = sheet_new(to->book, in(to, TEXT("机制", "Mechanisms")), columns.at, columns.n);
    EACH_PLAN(to, extract, from)
    {
        for (size_t i = 0; i < from->plan.mechanisms.n; i++) {
            const Mechanism *mechanism = &from->plan.mechanisms.at[i];

            put_head(sheet, &from->plan);
            put_path(to, sheet, extract->doc, from->mechanism_spans, i, mechanism->part);
            sheet_text(sheet, text_in(mechanism->name, to->lang));
            sheet_text(sheet, mechanism->kind);
            sheet_text(sheet, mechanism->cycle);
            put_place(to, sheet, mechanism->at);
            put_clause(sheet, extract->doc, from->mechanism_spans, i);
            sheet_row(sheet);
        }
    }
    return sheet;
}

static Sheet *write_unclaimed(const Workbook *to)
{
    static const Heading HEADINGS[] = {{TEXT_INIT("文字", "Text"), 24, COLUMN_DATA},
                                       {TEXT_INIT("原文位置", "Place"), 14, COLUMN_DATA},
                                       {TEXT_INIT("前后文", "Context"), WIDE, COLUMN_DATA},
                                       {TEXT_INIT("处理意见", "To be done"), 24, COLUMN_OFFICE}};
    enum { AROUND = 20 };
    Columns columns = {.n = 0};
    Sheet *sheet;

    add_column(to, &columns, NUMBER);
    add_column(to, &columns, PLAN);
    ADD_COLUMNS(to, &columns, HEADINGS);
    sheet = sheet_new(to->book, in(to, TEXT("未认领", "Unclaimed")), columns.at, columns.n);
    for (size_t e = 0; e < to->n_extracts; e++) {
        const Extract *extract = to->extracts[e];
        const Document *doc = extract->doc;

        for (size_t i = 0; i < extract->n_claims; i++) {
            const Claim *claim = &extract->claims[i];
            Span around;

            if (claim->kind != CLAIM_UNCLAIMED) {
                continue;
            }
            sheet_int(sheet, (int64_t)sheet_n_rows(sheet) + 1);
            sheet_text(sheet, claim->plan == NO_PLAN ? extract->title
                                                     : extract->plans[claim->plan].plan.title.zh);
            around = context_around(doc, claim->at, AROUND);
            sheet_text(sheet, doc_text(doc, claim->at));
            put_place(to, sheet, place_in_source(doc, claim->at));
            sheet_text(sheet,
                       str_format(to->arena, "%.*s【%.*s】%.*s",
                                  STR_ARG(doc_text(doc, (Span){around.start, claim->at.start})),
                                  STR_ARG(doc_text(doc, claim->at)),
                                  STR_ARG(doc_text(doc, (Span){claim->at.end, around.end}))));
            sheet_row(sheet);
        }
    }
    return sheet;
}

static void put_note(Sheet *sheet, Str label, Str text)
{
    if (text.len != 0) {
        sheet_label(sheet, label);
        sheet_text(sheet, text);
        sheet_row(sheet);
    }
}

static void write_source(const Workbook *to, Sheet *sheet, const Extract *extract)
{
    size_t counts[CLAIM_CHROME + 1], all = 0;

    put_note(sheet, in(to, TEXT("文件", "Document")),
             extract->title.len != 0 ? extract->title : extract->doc->source.name);
    put_note(sheet, in(to, TEXT("文号", "Number")), extract->number);
    put_note(sheet, in(to, TEXT("发文机关", "Issued by")), extract->issuer);
    if (extract->issued.given) {
        sheet_label(sheet, in(to, TEXT("成文日期", "Date")));
        sheet_period(sheet, extract->issued.value);
        sheet_row(sheet);
    }
    put_note(sheet, in(to, TEXT("来源文件", "File")), extract->doc->source.name);
    count_claims(extract, NO_PLAN, counts);
    for (size_t k = 0; k <= CLAIM_CHROME; k++) {
        all += counts[k];
    }
    sheet_label(sheet, in(to, TEXT("文中数字", "Numbers in the text")));
    sheet_int(sheet, (int64_t)all);
    sheet_row(sheet);
    for (size_t k = 1; k <= CLAIM_CHROME + 1; k++) { /* what was not understood comes last */
        size_t kind = k <= CLAIM_CHROME ? k : CLAIM_UNCLAIMED;

        sheet_label(sheet, str_format(to->arena, "%.*s%.*s",
                                      STR_ARG(in(to, TEXT("　其中：", "  of these: "))),
                                      STR_ARG(in(to, claim_text((ClaimKind)kind)))));
        sheet_int(sheet, (int64_t)counts[kind]);
        sheet_row(sheet);
    }
    sheet_row(sheet);
}

static void write_notes(const Workbook *to, const Sheet *const *sheets, size_t n_sheets)
{
    static const Text LABEL = TEXT_INIT("怎样使用", "How to read it");
    static const Text LINES[] = {
        TEXT_INIT(
            "每行一项，“原文位置”是来源文件中的行:起–止（行从 1 起，字从 0 起，不含止），“原文”是"
            "所在的分句。",
            "A row for each item. “Place” is line:start–end in the source file (lines from 1, "
            "characters from 0, end not included); “Source text” is its clause."),
        TEXT_INIT("黄色列留给填报单位：牵头单位、配合单位、年度分解、进展、备注。其余列由原文读出，"
                  "请勿改动。",
                  "Yellow columns are for the offices to fill in: lead, supporting, yearly shares, "
                  "progress, remarks. The others were read from the text."),
        TEXT_INIT("比较：≥ 不低于，≤ 不高于，约 左右，= 原文未说明上下限。数字保留原文的位数。",
                  "Bound: ≥ at least, ≤ at most, ~ about, = the text states no bound. Numbers keep "
                  "the digits of the text."),
        TEXT_INIT("是否隐含：“是”表示数值由“全覆盖”“翻番”“百亿级”等用语推得，请核对。",
                  "Implicit: “yes” where the number was inferred from words such as 全覆盖; please "
                  "check."),
        TEXT_INIT("“未认领”列出程序没有归类的数字，请逐条确认是否为目标或任务。",
                  "“Unclaimed” lists the numbers that were not understood; see whether any is a "
                  "target or a task.")};
    Sheet *sheet = sheet_new_notes(to->book, in(to, TEXT("说明", "About")));

    for (size_t i = 0; i < to->n_extracts; i++) {
        write_source(to, sheet, to->extracts[i]);
    }
    for (size_t i = 0; i < sizeof LINES / sizeof LINES[0]; i++) {
        put_note(sheet, i == 0 ? in(to, LABEL) : STR("　"), in(to, LINES[i]));
    }
    for (size_t i = 0; i < n_sheets; i++) {
        if (sheet_dropped(sheets[i]) != 0) {
            put_note(sheet, in(to, TEXT("未写入的行", "Rows left out")),
                     str_format(to->arena, "%.*s: %zu", STR_ARG(sheet_name(sheets[i])),
                                sheet_dropped(sheets[i])));
        }
    }
}

Err extraction_xlsx(Arena *arena, const Extract *const *extracts, size_t n, const Catalog *catalog,
                    Lang lang, Str path, Diags *diags)
{
    Workbook to = {
        .arena = arena, .extracts = extracts, .n_extracts = n, .catalog = catalog, .lang = lang};
    Str title = n == 0 ? STR("") : extracts[0]->title;
    const Sheet *sheets[6];

    to.book =
        book_new(arena, title.len != 0 || n == 0 ? title : extracts[0]->doc->source.name, lang);
    sheets[0] = write_targets(&to);
    sheets[1] = write_facts(&to);
    sheets[2] = write_tasks(&to);
    sheets[3] = write_measures(&to);
    sheets[4] = write_mechanisms(&to);
    sheets[5] = write_unclaimed(&to);
    write_notes(&to, sheets, sizeof sheets / sizeof sheets[0]);
    return book_write(to.book, path, diags);
}
