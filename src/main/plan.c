/* longtu plan: show a plan, rewrite it, print the schema of plan files. */
#include "main/load.h"
#include "publish/table.h"
#include "publish/target.h"

static const Option OPTIONS[] = {
    OPTION_PACK,
    {"dictionary", 0, NULL, TEXT_INIT("schema：词典文件的模式", "schema: of dictionary files")},
    {"format", 0, "FORMAT", TEXT_INIT("show：text 或 yaml", "show: text or yaml")},
    OPTION_OUTPUT,
};

static Str join(Arena *arena, const StrList *list)
{
    Buf buf = buf_new(arena);

    for (size_t i = 0; i < list->n; i++) {
        buf_add(&buf, i == 0 ? STR("") : STR("、"));
        buf_add(&buf, list->at[i]);
    }
    return buf_str(&buf);
}

static void show_targets(Context *context, const Catalog *catalog, const Plan *plan, Buf *out)
{
    TextTable *table = table_new(context->arena, 5);
    bool chinese = context->lang == LANG_ZH;

    table_cell(table, chinese ? STR("目标") : STR("Target"), "1");
    table_cell(table, chinese ? STR("值") : STR("Value"), "1");
    table_cell(table, chinese ? STR("年") : STR("Year"), "1");
    table_cell(table, chinese ? STR("行") : STR("Line"), "1");
    table_cell(table, STR(""), NULL);
    table_right(table, 1);
    table_right(table, 3);
    for (size_t i = 0; i < plan->targets.n; i++) {
        const Target *target = &plan->targets.at[i];
        Buf value = buf_new(context->arena);

        target_print(&value, catalog, target, context->lang);
        table_cell(table, statement_name(catalog, target->indicator, target->name, context->lang),
                   NULL);
        table_cell(table, buf_str(&value), NULL);
        table_cell(table, str_format(context->arena, "%lld", (long long)target->year), NULL);
        table_cell(table, str_format(context->arena, "%lld", (long long)target->at.line), NULL);
        table_cell(table, target->implicit ? (chinese ? STR("隐含") : STR("implicit")) : STR(""),
                   "90");
    }
    table_print(table, out, 2, context->colour_out);
}

static void show_facts(Context *context, const Catalog *catalog, const Plan *plan, Buf *out)
{
    TextTable *table = table_new(context->arena, 4);
    bool chinese = context->lang == LANG_ZH;
    char period[PERIOD_TEXT];

    table_cell(table, chinese ? STR("现状") : STR("Stated fact"), "1");
    table_cell(table, chinese ? STR("值") : STR("Value"), "1");
    table_cell(table, chinese ? STR("时期") : STR("Period"), "1");
    table_cell(table, chinese ? STR("行") : STR("Line"), "1");
    table_right(table, 1);
    table_right(table, 3);
    for (size_t i = 0; i < plan->facts.n; i++) {
        const Fact *fact = &plan->facts.at[i];
        Buf value = buf_new(context->arena);

        fact_print(&value, catalog, fact, context->lang);
        table_cell(table, statement_name(catalog, fact->indicator, fact->name, context->lang),
                   NULL);
        table_cell(table, buf_str(&value), NULL);
        table_cell(table, str_copy(context->arena, period_format(fact->period.value, period)),
                   NULL);
        table_cell(table, str_format(context->arena, "%lld", (long long)fact->at.line), NULL);
    }
    table_print(table, out, 2, context->colour_out);
}

static void show_tasks(Context *context, const Plan *plan, Buf *out)
{
    TextTable *table = table_new(context->arena, 4);
    bool chinese = context->lang == LANG_ZH;
    char period[PERIOD_TEXT];

    table_cell(table, chinese ? STR("任务") : STR("Task"), "1");
    table_cell(table, chinese ? STR("责任主体") : STR("In charge"), "1");
    table_cell(table, chinese ? STR("期限") : STR("Due"), "1");
    table_cell(table, chinese ? STR("行") : STR("Line"), "1");
    table_right(table, 3);
    for (size_t i = 0; i < plan->tasks.n; i++) {
        const Task *task = &plan->tasks.at[i];

        table_cell(table, text_in(task->title, context->lang), NULL);
        table_cell(table, join(context->arena, &task->owners), NULL);
        table_cell(table,
                   task->due.given
                       ? str_copy(context->arena, period_format(task->due.value, period))
                       : task->cycle,
                   NULL);
        table_cell(table, str_format(context->arena, "%lld", (long long)task->at.line), NULL);
    }
    table_print(table, out, 2, context->colour_out);
}

static void show_plan(Context *context, const Catalog *catalog, const Plan *plan, Buf *out)
{
    uint32_t entity = catalog_entity(catalog, plan->area.group);
    char period[PERIOD_TEXT];

    buf_format(out, "%.*s  (%.*s)\n  %lld—%lld", STR_ARG(text_in(plan->title, context->lang)),
               STR_ARG(plan->id), (long long)plan->period[0], (long long)plan->period[1]);
    if (plan->horizon != 0) {
        buf_format(out, " → %lld", (long long)plan->horizon);
    }
    buf_format(out, "  %.*s:", STR_ARG(text_in(catalog->entities.at[entity].name, context->lang)));
    for (size_t i = 0; i < catalog->entities.at[entity].n_parts; i++) {
        buf_format(out, " %.*s",
                   STR_ARG(text_in(catalog->entities.at[catalog->entities.at[entity].parts[i]].name,
                                   context->lang)));
    }
    buf_format(out, "\n  %.*s  %.*s\n\n", STR_ARG(plan->source.number),
               STR_ARG(plan->source.issued.given ? period_format(plan->source.issued.value, period)
                                                 : STR("")));
    show_targets(context, catalog, plan, out);
    buf_char(out, '\n');
    show_facts(context, catalog, plan, out);
    buf_char(out, '\n');
    show_tasks(context, plan, out);
    buf_char(out, '\n');
}

static Err show(Context *context)
{
    Str format = option(context, "format");
    Buf out = buf_new(context->arena);
    Loaded loaded;
    Err err;

    if (context->n_arguments < 2) {
        return usage_error(context, TEXT("需要规划文件", "a plan file is needed"), STR(""));
    }
    if (format.len != 0 && !str_eq(format, STR("text")) && !str_eq(format, STR("yaml"))) {
        return usage_error(context, TEXT("--format 为 text 或 yaml", "--format is text or yaml"),
                           format);
    }
    err = load(context, context->arguments + 1, context->n_arguments - 1, &loaded);
    if (err == OK && loaded.n_plans > 1 && str_eq(format, STR("yaml"))) {
        return usage_error(context, /* two would not be one YAML document */
                           TEXT("--format yaml 一次只写一份规划，给出的有",
                                "--format yaml writes one plan at a time, not"),
                           str_format(context->arena, "%zu", loaded.n_plans));
    }
    for (size_t i = 0; err == OK && i < loaded.n_plans; i++) {
        if (str_eq(format, STR("yaml"))) {
            plan_write(context->arena, &loaded.plans[i], &out);
        } else {
            show_plan(context, loaded.catalog, &loaded.plans[i], &out);
        }
    }
    return err == OK ? write_output(context, buf_str(&out)) : err;
}

static Err schema(Context *context)
{
    Buf out = buf_new(context->arena);
    Json json = json_new(&out);

    record_schema(&json, option_given(context, "dictionary") ? &DICTIONARY_RECORD : &PLAN_RECORD);
    return write_output(context, buf_str(&out));
}

static Err run(Context *context)
{
    if (context->n_arguments > 0 && str_eq(context->arguments[0], STR("show"))) {
        return show(context);
    }
    if (context->n_arguments == 1 && str_eq(context->arguments[0], STR("schema"))) {
        return schema(context);
    }
    return usage_error(context, TEXT("用 plan show 或 plan schema", "use plan show or plan schema"),
                       STR(""));
}

const Command PLAN_COMMAND = {
    "plan",
    "show PLAN… | schema",
    TEXT_INIT("查看规划文件，输出其模式", "show plan files, print their schema"),
    TEXT_INIT("plan show 列出规划的目标、现状数字与任务（--format yaml 以规范格式重写）。plan "
              "schema 输出规划文件的 JSON Schema，供编辑器补全与校验；"
              "加 --dictionary 输出词典文件的。",
              "plan show lists a plan's targets, stated facts and tasks (--format yaml writes it "
              "again in canonical form). plan schema "
              "prints the JSON Schema of plan files, with which editors complete and validate; "
              "with --dictionary, that of dictionaries."),
    OPTIONS,
    sizeof OPTIONS / sizeof OPTIONS[0],
    run};
