/* longtu assess: the targets of plans against the facts in the store. */
#include "main/load.h"
#include "publish/assessment.h"

static const Option OPTIONS[] = {
    OPTION_STORE,
    OPTION_PACK,
    {"as-of", 0, "DATE",
     TEXT_INIT("评估截止日，缺省为规划期末",
               "day of the assessment; the end of the plan by default")},
    OPTION_KNOWN_AT,
    {"method", 0, "LIST",
     TEXT_INIT("chinese、eurostat、escap、unsd，逗号分隔，或 all；缺省 chinese",
               "chinese, eurostat, escap, unsd, separated by commas, or all; chinese by default")},
    {"implicit", 0, NULL, TEXT_INIT("表中也列隐含目标", "list implicit targets in the table too")},
    OPTION_ESTIMATES,
    OPTION_MIX,
    {"format", 0, "FORMAT", TEXT_INIT("text、json 或 csv", "text, json or csv")},
    OPTION_OUTPUT,
};

static Err read_methods(Context *context, AssessOptions *options)
{
    Str list = option(context, "method");

    if (list.len == 0) {
        list = STR("chinese");
    }
    while (list.len > 0) {
        Str word = str_trim(str_cut(list, ',', &list));
        bool known = str_eq(word, STR("all"));

        for (int m = 0; m < N_METHODS; m++) {
            bool this = str_eq(word, STR("all")) || str_eq(word, str_z(method_word((Method)m)));

            options->methods[m] |= this;
            known |= this;
        }
        if (!known) {
            return usage_error(context, TEXT("没有这种方法", "no such method"), word);
        }
    }
    return OK;
}

static Err assess_all(Context *context, const Loaded *loaded, Store *store, Asking asking,
                      AssessOptions options, Str format)
{
    PlanAssessment *plans = ARENA_ARRAY(context->arena, PlanAssessment, loaded->n_plans);
    Evaluator evaluator = evaluator_new(context->arena, loaded->catalog, store, asking,
                                        option_given(context, "mix-vintages"));
    AssessmentReport report = {plans,
                               loaded->n_plans,
                               &evaluator,
                               &options,
                               context->lang,
                               context->colour_out,
                               option_given(context, "implicit")};
    Buf out = buf_new(context->arena);
    Err err = OK;

    for (size_t i = 0; err == OK && i < loaded->n_plans; i++) {
        Assessment *all;

        err = assess_plan(&evaluator, &loaded->plans[i], &options, &all, &context->diags);
        plans[i] = (PlanAssessment){&loaded->plans[i], all, loaded->plans[i].targets.n};
    }
    if (err != OK) {
        return err;
    }
    if (str_eq(format, STR("json"))) {
        err = assessment_json(&report, &out);
    } else if (str_eq(format, STR("csv"))) {
        assessment_csv(&report, &out);
    } else {
        assessment_text(&report, &out);
    }
    return err == OK ? write_output(context, buf_str(&out)) : err;
}

static Err run(Context *context)
{
    Str format = option(context, "format");
    AssessOptions options = {0};
    Loaded loaded;
    Store *store = NULL;
    Asking asking;
    Err err;

    if (context->n_arguments == 0) {
        return usage_error(
            context, TEXT("需要规划文件或文件夹", "a plan file or a folder is needed"), STR(""));
    }
    if (format.len != 0 && !str_eq(format, STR("text")) && !str_eq(format, STR("json")) &&
        !str_eq(format, STR("csv"))) {
        return usage_error(context,
                           TEXT("--format 为 text、json 或 csv", "--format is text, json or csv"),
                           format);
    }
    if ((err = read_methods(context, &options)) != OK ||
        (err = load_asking(context, &asking)) != OK ||
        (err = load(context, context->arguments, context->n_arguments, &loaded)) != OK ||
        (err = load_store(context, STORE_READ, &store)) != OK) {
        return err;
    }
    if (asking.as_of == INT64_MAX) {
        for (size_t i = 0; i < loaded.n_plans; i++) {
            int64_t end = period_end_day(period_year((int)loaded.plans[i].period[1]));

            asking.as_of = asking.as_of == INT64_MAX || end > asking.as_of ? end : asking.as_of;
        }
    }
    options.as_of = asking.as_of;
    err = assess_all(context, &loaded, store, asking, options, format);
    store_close(store);
    return err;
}

const Command ASSESS_COMMAND = {
    "assess",
    "PLAN…",
    TEXT_INIT("按数据评估规划目标", "assess a plan's targets against the data"),
    TEXT_INIT("对每个目标给出基期、最近实际、完成进度、时间进度、状态；没有数据的列出缺什么。地区汇"
              "总按数据项声明的规则；成员数据不全而整体已知时给出区间，"
              "区间内结论一致的注明“已证”。不同口径的数不混用，除非用 "
              "--mix-vintages。多种方法并列时，结论不一致的标“≠”。",
              "Gives each target's baseline, latest actual, progress, time gone and status, and "
              "what is missing where there is no "
              "data. Areas are made up from their parts by each measure's declared rule; where "
              "parts are missing and the whole is "
              "known the result is an interval, and a verdict that holds over all of it is marked "
              "proven. Editions are not mixed "
              "unless --mix-vintages is given. With several methods, ≠ marks a target on which "
              "they disagree."),
    OPTIONS,
    sizeof OPTIONS / sizeof OPTIONS[0],
    run};
