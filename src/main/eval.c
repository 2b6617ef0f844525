/* longtu eval: one expression over the facts in the store. */
#include "base/json.h"
#include "main/load.h"
#include "publish/number.h"
#include "publish/table.h"

#include <math.h>

static const Option OPTIONS[] = {
    OPTION_STORE,
    OPTION_PACK,
    {"entity", 0, "ID",
     TEXT_INIT("地区代码、名称或分组，可多次；缺省全部",
               "region code, name or group, repeatable; all by default")},
    {"from", 0, "PERIOD", TEXT_INIT("首期，缺省 2015", "first period; 2015 by default")},
    {"to", 0, "PERIOD",
     TEXT_INIT("末期，缺省与首期同年至今年", "last period; this year by default")},
    {"as-of", 0, "DATE", TEXT_INIT("只用此日前结束的时期", "only periods that end by then")},
    OPTION_KNOWN_AT,
    OPTION_ESTIMATES,
    OPTION_MIX,
    {"format", 0, "FORMAT", TEXT_INIT("text、json 或 csv", "text, json or csv")},
    OPTION_OUTPUT,
};

typedef struct {
    Context *context;
    const Catalog *catalog;
    const Evaluation *evaluation;
    const bool *wanted;
    Str unit;
} Result;

typedef void (*ValueVisit)(void *to, const Result *result, uint32_t entity, Period period,
                           Interval value, Str edition);

static void each_value(const Result *result, ValueVisit visit, void *to)
{
    for (uint32_t e = 0; e < result->catalog->entities.n; e++) {
        for (size_t p = 0; result->wanted[e] && p < result->evaluation->frame.n; p++) {
            int64_t n = result->evaluation->frame.first + (int64_t)p;
            uint8_t pass = evaluation_pass(result->evaluation, result->catalog, e, n);
            Interval value;

            if (evaluation_at(result->evaluation, result->catalog, e, n, &value)) {
                visit(to, result, e, (Period){result->evaluation->frame.kind, n}, value,
                      pass_name(result->context->arena, result->evaluation, result->catalog,
                                &result->evaluation->passes[pass]));
            }
        }
    }
}

static void to_json(void *to, const Result *result, uint32_t entity, Period period, Interval value,
                    Str edition)
{
    Json *json = to;
    char text[PERIOD_TEXT];

    json_object(json);
    json_flat(json);
    json_key(json, "entity");
    json_str(json, result->catalog->entities.at[entity].id);
    json_key(json, "period");
    json_str(json, period_format(period, text));
    json_key(json, "value");
    json_double(json, value.lo == value.hi ? value.lo : (double)NAN);
    if (value.lo != value.hi) {
        json_key(json, "range");
        json_array(json);
        json_double(json, value.lo);
        json_double(json, value.hi);
        json_end(json);
    }
    if (edition.len != 0) {
        json_key(json, "vintage");
        json_str(json, edition);
    }
    json_end(json);
}

static void to_csv(void *to, const Result *result, uint32_t entity, Period period, Interval value,
                   Str edition)
{
    Buf *out = to;
    char text[PERIOD_TEXT];

    buf_format(out, "%.*s,%.*s,", STR_ARG(result->catalog->entities.at[entity].id),
               STR_ARG(period_format(period, text)));
    if (value.lo == value.hi) {
        buf_double(out, value.lo);
    }
    buf_char(out, ',');
    buf_double(out, value.lo);
    buf_char(out, ',');
    buf_double(out, value.hi);
    buf_format(out, ",%.*s\r\n", STR_ARG(edition));
}

static void to_table(void *to, const Result *result, uint32_t entity, Period period, Interval value,
                     Str edition)
{
    Buf number = buf_new(result->context->arena);
    char text[PERIOD_TEXT];

    number_range(&number, value, 4);
    number_unit(&number, result->unit);
    table_cell(to, text_in(result->catalog->entities.at[entity].name, result->context->lang), NULL);
    table_cell(to, str_copy(result->context->arena, period_format(period, text)), NULL);
    table_cell(to, buf_str(&number), NULL);
    table_cell(to, edition, NULL);
}

/* Cells that have a value only across editions are left out; how many, is said. */
static void say_refused(const Result *result)
{
    size_t n = 0;

    for (uint32_t e = 0; e < result->catalog->entities.n; e++) {
        for (size_t p = 0; result->wanted[e] && p < result->evaluation->frame.n; p++) {
            n += result->evaluation->only_mixed[p * result->catalog->entities.n + e];
        }
    }
    if (n > 0) {
        (void)fprintf(
            stderr,
            result->context->lang == LANG_ZH
                ? "另有 %zu 个值须混用口径才有，未列出；用 --mix-vintages 列出\n"
                : "%zu more have a value only if editions are mixed; --mix-vintages lists them\n",
            n);
    }
}

static Err write_result(const Result *result, Str format)
{
    Context *context = result->context;
    Buf out = buf_new(context->arena);

    if (str_eq(format, STR("json"))) {
        Json json = json_new(&out);

        json_object(&json);
        json_key(&json, "unit");
        json_str(&json, result->unit);
        json_key(&json, "values");
        json_array(&json);
        each_value(result, to_json, &json);
        json_end(&json);
        json_end(&json);
    } else if (str_eq(format, STR("csv"))) {
        buf_add(&out, STR("entity,period,value,low,high,vintage\r\n"));
        each_value(result, to_csv, &out);
    } else {
        TextTable *table = table_new(context->arena, 4);
        bool chinese = context->lang == LANG_ZH;

        table_cell(table, chinese ? STR("地区") : STR("Entity"), "1");
        table_cell(table, chinese ? STR("时期") : STR("Period"), "1");
        table_cell(table, chinese ? STR("值") : STR("Value"), "1");
        table_cell(table, chinese ? STR("口径") : STR("Edition"), "1");
        table_right(table, 2);
        each_value(result, to_table, table);
        table_print(table, &out, 0, context->colour_out);
    }
    return write_output(context, buf_str(&out));
}

static Err read_frame(Context *context, Frame *out)
{
    Period first = period_year(2015), last;
    Str from = option(context, "from"), to = option(context, "to");
    struct timespec now;

    (void)clock_gettime(CLOCK_REALTIME, &now);
    if (from.len != 0 && !period_parse(from, &first)) {
        return usage_error(context, TEXT("--from 应为时期", "--from takes a period"), from);
    }
    last = period_convert((Period){PERIOD_DAY, (int64_t)now.tv_sec / 86400}, first.kind);
    if (to.len != 0 && !period_parse(to, &last)) {
        return usage_error(context, TEXT("--to 应为时期", "--to takes a period"), to);
    }
    if (from.len == 0 && to.len != 0) {
        first = last;
    }
    if (first.kind != last.kind || last.n < first.n || last.n - first.n > 100000) {
        return usage_error(
            context,
            TEXT("首期与末期须同类，先早后晚", "first and last are of one kind, the earlier first"),
            to);
    }
    *out = (Frame){first.kind, first.n, (size_t)(last.n - first.n) + 1};
    return OK;
}

static Err choose_entities(Context *context, const Catalog *catalog, bool **out)
{
    size_t n;
    const Str *ids = option_all(context, "entity", &n);

    *out = ARENA_ARRAY(context->arena, bool, catalog->entities.n);
    for (size_t i = 0; n == 0 && i < catalog->entities.n; i++) {
        (*out)[i] = true;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t entity = catalog_entity(catalog, ids[i]);

        if (entity == NONE) {
            return usage_error(context, TEXT("没有地区", "no such entity"), ids[i]);
        }
        (*out)[entity] = true;
    }
    return OK;
}

static Err run(Context *context)
{
    Source source = {STR("expression"), context->n_arguments > 0 ? context->arguments[0] : STR("")};
    Str format = option(context, "format");
    Buf unit = buf_new(context->arena);
    Result result = {.context = context};
    Evaluation evaluation;
    Evaluator evaluator;
    Loaded loaded;
    Store *store = NULL;
    Asking asking;
    Frame frame = {0};
    Expr expr;
    bool *wanted;
    Err err;

    if (context->n_arguments != 1) {
        return usage_error(context, TEXT("需要一个表达式", "one expression is needed"), STR(""));
    }
    if (format.len != 0 && !str_eq(format, STR("text")) && !str_eq(format, STR("json")) &&
        !str_eq(format, STR("csv"))) {
        return usage_error(context,
                           TEXT("--format 为 text、json 或 csv", "--format is text, json or csv"),
                           format);
    }
    if ((err = load_asking(context, &asking)) != OK || (err = read_frame(context, &frame)) != OK ||
        (err = load(context, NULL, 0, &loaded)) != OK ||
        (err = choose_entities(context, loaded.catalog, &wanted)) != OK) {
        return err;
    }
    ExprNames names = catalog_names(loaded.catalog, &context->diags);

    err = expr_compile(context->arena, &source, (Span){0, (uint32_t)source.text.len}, &names, &expr,
                       &context->diags);
    if (err ==
        OK) { /* ratios are told in ones, percentages in hundredths, whatever they were made of */
        Unit root = expr.nodes[expr.n_nodes - 1].unit;

        if (unit_is_plain(root) || root.percent) {
            (void)expr_convert(context->arena, &expr, root.percent ? UNIT_PERCENT : UNIT_ONE);
        }
        err = load_store(context, STORE_READ, &store);
    }
    if (err != OK) {
        return err;
    }
    evaluator = evaluator_new(context->arena, loaded.catalog, store, asking,
                              option_given(context, "mix-vintages"));
    err = evaluate(&evaluator, &expr, frame, &evaluation, &context->diags);
    if (err == OK) {
        unit_format(&unit, expr.nodes[expr.n_nodes - 1].unit);
        result.catalog = loaded.catalog;
        result.evaluation = &evaluation;
        result.wanted = wanted;
        result.unit = buf_str(&unit);
        say_refused(&result);
        err = write_result(&result, format);
    }
    store_close(store);
    return err;
}

const Command EVAL_COMMAND = {
    "eval",
    "EXPRESSION",
    TEXT_INIT("计算一个表达式", "evaluate one expression"),
    TEXT_INIT("对所有地区与时期计算一个表达式，例如 'gdp / parent(gdp) * 100'。语法见 "
              "docs/expressions.md。没有值的不列出。",
              "Evaluates an expression for all entities and periods, such as 'gdp / parent(gdp) * "
              "100'. The language is described in "
              "docs/expressions.md. Absent values are left out."),
    OPTIONS,
    sizeof OPTIONS / sizeof OPTIONS[0],
    run};
