/* longtu trace: one number back to its formula, its inputs, their sources, and the clause that asks
 * for it. */
#include "evaluate/trace.h"

#include "main/load.h"
#include "publish/assessment.h"
#include "publish/number.h"
#include "publish/target.h"

static const Option OPTIONS[] = {
    OPTION_STORE,
    OPTION_PACK,
    {"region", 0, "ID", TEXT_INIT("地区，缺省为规划范围", "region; the plan's area by default")},
    {"year", 0, "YEAR", TEXT_INIT("年份，缺省为目标年", "year; the target's by default")},
    {"as-of", 0, "DATE", TEXT_INIT("只用此日前结束的时期", "only periods that end by then")},
    OPTION_KNOWN_AT,
    OPTION_ESTIMATES,
    OPTION_MIX,
    OPTION_OUTPUT,
};

typedef struct {
    Context *context;
    Evaluator *evaluator;
    const Evaluation *evaluation;
    Buf *out;
    VEC(uint32_t) sources;
} Tracing;

static Str say(const Tracing *tracing, const char *zh, const char *en)
{
    return str_z(tracing->context->lang == LANG_ZH ? zh : en);
}

static Str leaf_words(const Tracing *tracing, LeafKind leaf)
{
    switch (leaf) {
    case LEAF_SUM: return say(tracing, "各部分之和", "sum of its parts");
    case LEAF_WEIGHTED: return say(tracing, "各部分加权平均", "weighted mean of its parts");
    case LEAF_BOUNDED:
        return say(tracing, "部分缺失，由整体限定范围", "parts missing, bounded by the whole");
    case LEAF_ABSENT: return say(tracing, "没有数据", "no data");
    default: return STR("");
    }
}

static void note_source(Tracing *tracing, uint32_t source)
{
    for (size_t i = 0; i < tracing->sources.n; i++) {
        if (tracing->sources.at[i] == source) {
            return;
        }
    }
    *vec_push(tracing->context->arena, &tracing->sources) = source;
}

static void print_observation(Tracing *tracing, const TraceStep *step)
{
    const Catalog *catalog = tracing->evaluator->catalog;
    const Edition *edition = catalog_edition_info(
        catalog, catalog->measures.at[step->node->measure]->vintage, step->cell->edition);
    char moment[PERIOD_TEXT + 8];

    buf_format(tracing->out, "  [%.*s] %c",
               STR_ARG(store_name_text(tracing->evaluator->store, step->cell->source)),
               step->cell->status);
    if (edition != NULL) {
        buf_format(tracing->out, " %.*s", STR_ARG(edition->id));
    }
    buf_format(tracing->out, " %.*s %.*s", STR_ARG(say(tracing, "获知", "known")), 10,
               moment_format(step->cell->known_at, moment).at);
    if (step->cell->n_others > 0) {
        buf_format(tracing->out,
                   tracing->context->lang == LANG_ZH ? "（另有 %u 个说法）"
                                                     : " (%u other observations)",
                   step->cell->n_others);
    }
    note_source(tracing, step->cell->source);
}

static void print_step(void *context, const TraceStep *step)
{
    Tracing *tracing = context;
    const Catalog *catalog = tracing->evaluator->catalog;
    const Measure *measure =
        step->kind == TRACE_NODE ? NULL : catalog->measures.at[step->node->measure];
    Buf *out = tracing->out;
    char period[PERIOD_TEXT];
    Buf unit = buf_new(tracing->context->arena);

    buf_repeat(out, STR("  "), step->depth + 1);
    if (measure != NULL) {
        buf_add(out, step->kind == TRACE_WHOLE    ? say(tracing, "限定: ", "bound: ")
                     : step->kind == TRACE_WEIGHT ? say(tracing, "权重: ", "weight: ")
                                                  : STR(""));
        buf_add(out, measure->id);
        buf_add(&unit, measure->unit_text);
    } else {
        Str text = expr_node_text(tracing->evaluation->expr, step->node);

        buf_add(out, text.len != 0 ? text : str_z(expr_op_name(step->node->op)));
        unit_format(&unit, step->node->unit);
    }
    buf_format(out, "  %.*s %.*s = ",
               STR_ARG(text_in(catalog->entities.at[step->entity].name, tracing->context->lang)),
               STR_ARG(period_format(step->period, period)));
    number_range(out, step->value, 4);
    if (!interval_is_empty(step->value)) {
        number_unit(out, buf_str(&unit));
    }
    if (step->cell != NULL) {
        print_observation(tracing, step);
    } else if (measure != NULL) {
        buf_format(out, "  %.*s",
                   STR_ARG(leaf_words(tracing,
                                      interval_is_empty(step->value) ? LEAF_ABSENT : step->leaf)));
    }
    buf_char(out, '\n');
}

static void print_sources(Tracing *tracing)
{
    if (tracing->sources.n == 0) {
        return;
    }
    buf_format(tracing->out, "\n%.*s\n", STR_ARG(say(tracing, "来源", "Sources")));
    for (size_t i = 0; i < tracing->sources.n; i++) {
        Str id = store_name_text(tracing->evaluator->store, tracing->sources.at[i]);
        SourceInfo info;
        bool found = false;

        if (store_get_source(tracing->evaluator->store, tracing->context->arena, id, &info,
                             &found) == OK &&
            found) {
            buf_format(tracing->out, "  [%.*s] %.*s  %.*s  %.*s\n", STR_ARG(id),
                       STR_ARG(info.title), STR_ARG(info.publisher), STR_ARG(info.published));
            if (info.url.len != 0) {
                buf_format(tracing->out, "      %.*s\n", STR_ARG(info.url));
            }
        }
    }
}

static void print_clause(Tracing *tracing, const Plan *plan, const Target *target)
{
    buf_format(tracing->out, "%.*s: %.*s ", STR_ARG(say(tracing, "目标", "target")),
               STR_ARG(text_in(plan->title, tracing->context->lang)));
    target_print(tracing->out, tracing->evaluator->catalog, target, tracing->context->lang);
    buf_format(tracing->out, " (%lld)\n", (long long)target->year);
    if (target->at.line != 0) {
        buf_format(tracing->out,
                   tracing->context->lang == LANG_ZH
                       ? "  出处: %.*s 第 %lld 行，第 %lld 至 %lld 字\n"
                       : "  clause: %.*s line %lld, characters %lld to %lld\n",
                   STR_ARG(plan->source.number), (long long)target->at.line,
                   (long long)target->at.start + 1, (long long)target->at.end);
    }
}

/* The target of the plan that asks for the indicator, if one does. */
static const Target *find_target(const Catalog *catalog, const Plan *plan, uint32_t indicator,
                                 uint32_t entity)
{
    for (size_t i = 0; i < plan->targets.n; i++) {
        const Target *target = &plan->targets.at[i];

        if (target->indicator.len != 0 &&
            catalog_indicator(catalog, target->indicator) == indicator &&
            catalog_entity(catalog, plan_region(plan, target->region)) == entity) {
            return target;
        }
    }
    return NULL;
}

/* The value of a year and what it was made from. */
static void print_year(Tracing *tracing, uint32_t entity, int64_t year)
{
    const Evaluation *evaluation = tracing->evaluation;
    const Catalog *catalog = tracing->evaluator->catalog;
    uint8_t pass = evaluation_pass(evaluation, catalog, entity, year);

    if (pass != PASS_NONE && evaluation->n_families > 0) {
        buf_format(tracing->out, "%.*s: %.*s\n", STR_ARG(say(tracing, "口径", "edition")),
                   STR_ARG(pass_name(tracing->context->arena, evaluation, catalog,
                                     &evaluation->passes[pass])));
    }
    if (evaluation->only_mixed[frame_index(evaluation->frame, catalog, entity, year)]) {
        buf_format(tracing->out, "%.*s\n",
                   STR_ARG(text_in(remark_text(REMARK_ONLY_MIXED), tracing->context->lang)));
    }
    trace_cell(tracing->evaluator, evaluation, &evaluation->passes[pass == PASS_NONE ? 0 : pass],
               entity, year, print_step, tracing);
}

static Err trace(Context *context, const Loaded *loaded, Store *store, Asking asking,
                 uint32_t indicator, uint32_t entity, int64_t year, const Target *target)
{
    const Indicator *info = loaded->catalog->indicators.at[indicator];
    Evaluator evaluator = evaluator_new(context->arena, loaded->catalog, store, asking,
                                        option_given(context, "mix-vintages"));
    Evaluation evaluation;
    Buf out = buf_new(context->arena);
    Tracing tracing = {context, &evaluator, &evaluation, &out, {0}};
    Interval value = interval_empty();
    /* an average growth is made of all its years */
    bool chain = target != NULL && target->kind == TARGET_ANNUAL_GROWTH;
    int64_t first = chain ? loaded->plans[0].period[0] : year;
    Err err = evaluate(&evaluator, &info->formula,
                       (Frame){PERIOD_YEAR, first < year ? first : year,
                               first < year ? (size_t)(year - first) + 1 : 1},
                       &evaluation, &context->diags);

    if (err != OK) {
        return err;
    }
    (void)evaluation_at(&evaluation, loaded->catalog, entity, year, &value);
    buf_format(&out, "%.*s  %.*s  %lld = ", STR_ARG(text_in(info->name, context->lang)),
               STR_ARG(text_in(loaded->catalog->entities.at[entity].name, context->lang)),
               (long long)year);
    number_range(&out, value, 4);
    number_unit(&out, interval_is_empty(value) ? STR("") : info->unit_text);
    buf_char(&out, '\n');
    if (target != NULL) {
        print_clause(&tracing, &loaded->plans[0], target);
    }
    buf_format(&out, "%.*s: %.*s\n", STR_ARG(say(&tracing, "公式", "formula")),
               STR_ARG(info->formula.text));
    for (int64_t each = first; each <= year; each++) {
        print_year(&tracing, entity, each);
    }
    print_sources(&tracing);
    return write_output(context, buf_str(&out));
}

static Err run(Context *context)
{
    Loaded loaded;
    Store *store = NULL;
    Asking asking;
    uint32_t indicator, entity;
    const Target *target = NULL;
    Period year;
    Err err;

    if (context->n_arguments != 2) {
        return usage_error(context,
                           TEXT("需要规划文件与指标", "a plan file and an indicator are needed"),
                           STR(""));
    }
    if ((err = load_asking(context, &asking)) != OK ||
        (err = load(context, context->arguments, 1, &loaded)) != OK) {
        return err;
    }
    indicator = catalog_indicator(loaded.catalog, context->arguments[1]);
    if (indicator == NONE || loaded.n_plans == 0) {
        diag_add(&context->diags, LT3001, place_file(context->arguments[0]), context->arguments[1],
                 catalog_suggest(context->arena, loaded.catalog->indicator_names,
                                 context->arguments[1]));
        return ERR_INPUT;
    }
    entity = catalog_entity(loaded.catalog, option_given(context, "region")
                                                ? option(context, "region")
                                                : loaded.plans[0].area.group);
    if (entity == NONE) {
        return usage_error(context, TEXT("没有地区", "no such region"), option(context, "region"));
    }
    for (size_t i = 1; i < loaded.n_plans &&
                       find_target(loaded.catalog, &loaded.plans[0], indicator, entity) == NULL;
         i++) {
        loaded.plans[0] = loaded.plans[i]; /* of several plans, the one that asks for it */
    }
    target = find_target(loaded.catalog, &loaded.plans[0], indicator, entity);
    year = period_year((int)(target != NULL ? target->year : loaded.plans[0].period[1]));
    if (option_given(context, "year") &&
        (!period_parse(option(context, "year"), &year) || year.kind != PERIOD_YEAR)) {
        return usage_error(context, TEXT("--year 应为年份", "--year takes a year"),
                           option(context, "year"));
    }
    err = load_store(context, STORE_READ, &store);
    if (err == OK) {
        err = trace(context, &loaded, store, asking, indicator, entity, year.n, target);
    }
    store_close(store);
    return err;
}

const Command TRACE_COMMAND = {
    "trace",
    "PLAN INDICATOR",
    TEXT_INIT("一个数从哪里来", "where a number comes from"),
    TEXT_INIT("把一个指标值拆到公式、各输入、观测及其来源，并指出提出该目标的条文在原文中的位置。",
              "Takes an indicator's value apart into its formula, its inputs, the observations and "
              "their sources, and names the place "
              "of the clause that sets the target."),
    OPTIONS,
    sizeof OPTIONS / sizeof OPTIONS[0],
    run};
