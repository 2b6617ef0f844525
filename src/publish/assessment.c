/* Assessment, written: the assessments of plans as a table, as JSON, as CSV. */
#include "publish/assessment.h"

#include "base/json.h"
#include "evaluate/trace.h"
#include "publish/number.h"
#include "publish/table.h"
#include "publish/target.h"

#include <math.h>

enum { MAX_SOURCES = 256, DIGITS = 2 };

static Str say(const AssessmentReport *report, const char *zh, const char *en)
{
    return str_z(report->lang == LANG_ZH ? zh : en);
}

static Arena *arena_of(const AssessmentReport *report)
{
    return report->evaluator->arena;
}

static const Catalog *catalog_of(const AssessmentReport *report)
{
    return report->evaluator->catalog;
}

static Str name_of(const AssessmentReport *report, const Assessment *one)
{
    return statement_name(catalog_of(report), one->target->indicator, one->target->name,
                          report->lang);
}

/* Ids as the dictionary has them, however the plan file writes them. */
static Str indicator_id(const AssessmentReport *report, const Assessment *one)
{
    return one->indicator == NONE ? STR("") : catalog_of(report)->indicators.at[one->indicator]->id;
}

static Str region_id(const AssessmentReport *report, const Assessment *one)
{
    return one->entity == NONE ? plan_region(one->plan, one->target->region)
                               : catalog_of(report)->entities.at[one->entity].id;
}

static Str unit_text(const AssessmentReport *report, const Assessment *one)
{
    Buf buf = buf_new(arena_of(report));

    if (one->indicator != NONE &&
        unit_same_dimension(catalog_of(report)->indicators.at[one->indicator]->unit, one->unit)) {
        return catalog_of(report)->indicators.at[one->indicator]->unit_text;
    }
    if (one->indicator == NONE) {
        return one->target->unit;
    }
    unit_format(&buf, one->unit);
    return buf_str(&buf);
}

/* A cumulative change is told in percent, its baseline as the level it counts from. */
static Str baseline_unit(const AssessmentReport *report, const Assessment *one)
{
    if (one->indicator != NONE && one->target->kind == TARGET_CUMULATIVE_CHANGE) {
        return catalog_of(report)->indicators.at[one->indicator]->unit_text;
    }
    return unit_text(report, one);
}

typedef struct {
    uint32_t *at;
    size_t n, max;
} SourceSet;

static void take_source(void *context, const TraceStep *step)
{
    SourceSet *set = context;

    if (step->cell == NULL || step->cell->source == 0) {
        return;
    }
    for (size_t i = 0; i < set->n; i++) {
        if (set->at[i] == step->cell->source) {
            return;
        }
    }
    if (set->n < set->max) {
        set->at[set->n++] = step->cell->source;
    }
}

static void take_year(const AssessmentReport *report, const Assessment *one, int64_t year,
                      SourceSet *set)
{
    const Evaluation *evaluation = one->actual_evaluation;
    uint8_t pass = evaluation_pass(evaluation, catalog_of(report), one->entity, year);

    if (pass != PASS_NONE) {
        trace_cell(report->evaluator, evaluation, &evaluation->passes[pass], one->entity, year,
                   take_source, set);
    }
}

size_t assessment_sources(const AssessmentReport *report, const Assessment *one, uint32_t *out,
                          size_t max)
{
    SourceSet set = {out, 0, max};
    int64_t first = one->chain != NULL ? one->baseline_year + 1 : one->actual_year;

    if (one->actual_evaluation == NULL || interval_is_empty(one->actual)) {
        return 0;
    }
    if (one->target->kind == TARGET_CUMULATIVE_CHANGE) {
        take_year(report, one, one->baseline_year, &set);
    }
    for (int64_t year = first; year <= one->actual_year; year++) {
        take_year(report, one, year, &set);
    }
    return set.n;
}

static Str number(const AssessmentReport *report, double value, Str unit)
{
    Buf buf = buf_new(arena_of(report));

    number_print(&buf, value, DIGITS);
    if (isfinite(value)) {
        number_unit(&buf, unit);
    }
    return buf_str(&buf);
}

static Str target_cell(const AssessmentReport *report, const Assessment *one)
{
    Buf buf = buf_new(arena_of(report));

    target_print(&buf, catalog_of(report), one->target, report->lang);
    return buf_str(&buf);
}

static Str year_text(const AssessmentReport *report, int64_t year)
{
    return str_format(arena_of(report), "%lld", (long long)year);
}

static Str actual_cell(const AssessmentReport *report, const Assessment *one)
{
    Buf buf = buf_new(arena_of(report));

    number_range(&buf, one->actual, DIGITS);
    if (!interval_is_empty(one->actual)) {
        number_unit(&buf, unit_text(report, one));
        buf_format(&buf, " (%lld)", (long long)one->actual_year);
    }
    return buf_str(&buf);
}

static Str percent(const AssessmentReport *report, double value)
{
    Buf buf = buf_new(arena_of(report));

    number_print(&buf, value * 100, 1);
    buf_add(&buf, isfinite(value) ? STR("%") : STR(""));
    return buf_str(&buf);
}

static Str status_cell(const AssessmentReport *report, const Assessment *one)
{
    Buf buf = buf_new(arena_of(report));

    buf_add(&buf, text_in(status_text(one->status), report->lang));
    if (one->proven && one->status != STATUS_NO_DATA) {
        buf_add(&buf, say(report, "（已证）", " (proven)"));
    }
    if (one->disagree) {
        buf_add(&buf, STR(" ≠"));
    }
    return buf_str(&buf);
}

static bool is_shown(const AssessmentReport *report, const Assessment *one)
{
    return report->implicit || !one->target->implicit;
}

static unsigned n_methods(const AssessmentReport *report)
{
    unsigned n = 0;

    for (int m = 0; m < N_METHODS; m++) {
        n += report->options->methods[m];
    }
    return n;
}

static Str method_cell(const AssessmentReport *report, const Assessment *one, Method method)
{
    static const Text TRENDS[] = {
        TEXT_INIT("已实现", "achieved"),    TEXT_INIT("显著", "substantial"),
        TEXT_INIT("中等", "moderate"),      TEXT_INIT("有限", "limited"),
        TEXT_INIT("倒退", "deterioration"), TEXT_INIT("—", "—")};
    static const Text ESCAPS[] = {TEXT_INIT("保持", "maintain"), TEXT_INIT("加快", "accelerate"),
                                  TEXT_INIT("扭转", "reverse"), TEXT_INIT("—", "—")};
    static const Text UNSDS[] = {TEXT_INIT("符合", "on track"), TEXT_INIT("加快", "accelerate"),
                                 TEXT_INIT("停滞", "stagnation"), TEXT_INIT("—", "—")};
    const MethodResult *result = &one->methods[method];

    if (!result->applies) {
        return STR("—");
    }
    switch (method) {
    case METHOD_EUROSTAT: return text_in(TRENDS[result->eurostat.trend], report->lang);
    case METHOD_ESCAP: return text_in(ESCAPS[result->escap.class], report->lang);
    case METHOD_UNSD: return text_in(UNSDS[result->unsd.class], report->lang);
    default: return text_in(grade_text(one->grade), report->lang);
    }
}

static void text_row(const AssessmentReport *report, TextTable *table, const Assessment *one)
{
    const char *colour = status_colour(one->status);

    table_cell(table, name_of(report, one), NULL);
    table_cell(table, target_cell(report, one), NULL);
    table_cell(table,
               isnan(one->baseline) ? STR("—")
                                    : number(report, one->baseline, baseline_unit(report, one)),
               NULL);
    table_cell(table, actual_cell(report, one), NULL);
    table_cell(table, percent(report, one->progress), NULL);
    table_cell(table,
               percent(report, isnan(one->actual_time) ? one->time_progress : one->actual_time),
               NULL);
    if (n_methods(report) > 1) {
        for (int m = 0; m < N_METHODS; m++) {
            if (report->options->methods[m]) {
                table_cell(table, method_cell(report, one, (Method)m), NULL);
            }
        }
    }
    table_cell(table, status_cell(report, one), colour);
}

static void text_table(const AssessmentReport *report, const PlanAssessment *plan, Buf *out)
{
    bool several = n_methods(report) > 1;
    TextTable *table = table_new(arena_of(report), 7 + (several ? n_methods(report) : 0));

    table_cell(table, say(report, "指标", "Indicator"), "1");
    table_cell(table, say(report, "目标", "Target"), "1");
    table_cell(table, say(report, "基期", "Baseline"), "1");
    table_cell(table, say(report, "实际（年）", "Actual (year)"), "1");
    table_cell(table, say(report, "完成进度", "Progress"), "1");
    table_cell(table, say(report, "时间进度", "Time gone"), "1");
    for (int m = 0; several && m < N_METHODS; m++) {
        if (report->options->methods[m]) {
            table_cell(table, text_in(method_text((Method)m), report->lang), "1");
        }
    }
    table_cell(table, say(report, "状态", "Status"), "1");
    for (size_t column = 1; column < 6; column++) {
        table_right(table, column);
    }
    for (size_t i = 0; i < plan->n; i++) {
        if (is_shown(report, &plan->all[i])) {
            text_row(report, table, &plan->all[i]);
        }
    }
    table_print(table, out, 2, report->colour);
}

static Str entity_name(const AssessmentReport *report, uint32_t entity)
{
    return text_in(catalog_of(report)->entities.at[entity].name, report->lang);
}

/* Missing observations, told once a measure: its areas and years. */
static void text_missing(const AssessmentReport *report, const Assessment *one, Buf *out)
{
    for (size_t i = 0; i < one->n_missing; i++) {
        const Missing *first = &one->missing[i];
        bool told = false;
        size_t n = 0;

        for (size_t k = 0; k < i; k++) {
            told |= one->missing[k].measure == first->measure;
        }
        if (told) {
            continue;
        }
        buf_format(
            out, "      %.*s: ",
            STR_ARG(text_in(catalog_of(report)->measures.at[first->measure]->name, report->lang)));
        for (size_t k = i; k < one->n_missing; k++) {
            const Missing *missing = &one->missing[k];
            bool again = false;

            if (missing->measure != first->measure) {
                continue;
            }
            for (size_t before = i; before < k; before++) {
                again |= one->missing[before].measure == missing->measure &&
                         one->missing[before].entity == missing->entity;
            }
            if (again) {
                continue;
            }
            buf_format(out, "%s%.*s",
                       n++ == 0                  ? ""
                       : report->lang == LANG_ZH ? "；"
                                                 : "; ",
                       STR_ARG(entity_name(report, missing->entity)));
            for (size_t other = k; other < one->n_missing; other++) {
                if (one->missing[other].measure == missing->measure &&
                    one->missing[other].entity == missing->entity) {
                    buf_format(out, " %lld", (long long)one->missing[other].year);
                }
            }
        }
        buf_char(out, '\n');
    }
}

/* “ [edition] remark sources: …”, what there is of it. */
static void note_line(const AssessmentReport *report, const Assessment *one,
                      const uint32_t *sources, size_t n, Buf *out)
{
    buf_format(out, "    %.*s", STR_ARG(name_of(report, one)));
    if (one->actual_edition.len != 0) {
        buf_format(out, "  [%.*s]", STR_ARG(one->actual_edition));
    }
    if (one->remark != REMARK_NONE) {
        buf_format(out, "  %.*s", STR_ARG(text_in(remark_text(one->remark), report->lang)));
    }
    buf_format(out, "%s%.*s",
               one->remark != REMARK_NONE && n > 0 ? "\n      "
               : n > 0                             ? "  "
                                                   : "",
               STR_ARG(n > 0 ? say(report, "来源:", "sources:") : STR("")));
    for (size_t k = 0; k < n; k++) {
        buf_format(out, " %.*s", STR_ARG(store_name_text(report->evaluator->store, sources[k])));
    }
    buf_char(out, '\n');
}

static void text_notes(const AssessmentReport *report, const PlanAssessment *plan, Buf *out)
{
    for (size_t i = 0; i < plan->n; i++) {
        const Assessment *one = &plan->all[i];
        uint32_t sources[MAX_SOURCES];
        size_t n =
            is_shown(report, one) ? assessment_sources(report, one, sources, MAX_SOURCES) : 0;

        if (is_shown(report, one) && (one->remark != REMARK_NONE || n > 0)) {
            note_line(report, one, sources, n, out);
            if (one->status == STATUS_NO_DATA || one->proven) {
                text_missing(report, one, out);
            }
        }
    }
}

static void text_summary(const AssessmentReport *report, const PlanAssessment *plan, Buf *out)
{
    size_t counts[N_STATUSES] = {0}, shown = 0, hidden = 0;

    for (size_t i = 0; i < plan->n; i++) {
        if (is_shown(report, &plan->all[i])) {
            counts[plan->all[i].status]++;
            shown++;
        } else {
            hidden++;
        }
    }
    buf_format(out, "  %.*s %zu", STR_ARG(say(report, "目标", "targets")), shown);
    for (int s = 0; s < N_STATUSES; s++) {
        if (counts[s] > 0) {
            buf_format(out, "%s%.*s %zu", report->lang == LANG_ZH ? "，" : ", ",
                       STR_ARG(text_in(status_text((Status)s), report->lang)), counts[s]);
        }
    }
    if (hidden > 0) {
        buf_format(out,
                   report->lang == LANG_ZH ? "；另有隐含目标 %zu（--implicit 列出）"
                                           : "; and %zu implicit ones (--implicit lists them)",
                   hidden);
    }
    buf_char(out, '\n');
}

static void text_plan(const AssessmentReport *report, const PlanAssessment *plan, Buf *out)
{
    char day[PERIOD_TEXT];
    const char *bold = report->colour ? "\033[1m" : "", *off = report->colour ? "\033[0m" : "";

    buf_format(out, "%s%.*s%s  %lld—%lld  %.*s %.*s\n", bold,
               STR_ARG(text_in(plan->plan->title, report->lang)), off,
               (long long)plan->plan->period[0], (long long)plan->plan->period[1],
               STR_ARG(say(report, "截至", "as of")),
               STR_ARG(period_format((Period){PERIOD_DAY, report->options->as_of}, day)));
    if (plan->plan->source.number.len != 0) {
        buf_format(out, "%.*s\n", STR_ARG(plan->plan->source.number));
    }
    buf_char(out, '\n');
    text_table(report, plan, out);
    buf_char(out, '\n');
    text_summary(report, plan, out);
    text_notes(report, plan, out);
    buf_char(out, '\n');
}

/* Titles of all sources that were named above. */
static void text_sources(const AssessmentReport *report, Buf *out)
{
    VEC(uint32_t) all = {0};

    for (size_t p = 0; p < report->n_plans; p++) {
        for (size_t i = 0; i < report->plans[p].n; i++) {
            uint32_t sources[MAX_SOURCES];
            size_t n =
                is_shown(report, &report->plans[p].all[i])
                    ? assessment_sources(report, &report->plans[p].all[i], sources, MAX_SOURCES)
                    : 0;

            for (size_t k = 0; k < n; k++) {
                bool known = false;

                for (size_t a = 0; a < all.n; a++) {
                    known |= all.at[a] == sources[k];
                }
                if (!known) {
                    *vec_push(arena_of(report), &all) = sources[k];
                }
            }
        }
    }
    for (size_t i = 0; i < all.n; i++) {
        SourceInfo info;
        bool found = false;
        Str id = store_name_text(report->evaluator->store, all.at[i]);

        if (store_get_source(report->evaluator->store, arena_of(report), id, &info, &found) == OK &&
            found) {
            buf_format(out, "  %.*s  %.*s%s%.*s%s%.*s\n", STR_ARG(id), STR_ARG(info.title),
                       info.publisher.len ? ", " : "", STR_ARG(info.publisher),
                       info.published.len ? ", " : "", STR_ARG(info.published));
        }
    }
}

void assessment_text(const AssessmentReport *report, Buf *out)
{
    size_t start;

    for (size_t p = 0; p < report->n_plans; p++) {
        text_plan(report, &report->plans[p], out);
    }
    start = out->len;
    buf_format(out, "%.*s\n", STR_ARG(say(report, "来源", "Sources")));
    size_t before = out->len;

    text_sources(report, out);
    if (out->len == before) {
        out->len = start;
    } else {
        buf_char(out, '\n');
    }
    buf_add(out, say(report,
                     "时间进度按年；领先不低于 10 个百分点为快于预期，落后 10 "
                     "个百分点及以上为滞后，其中完成不到应有一半的为严重滞后；"
                     "“左右”“约”允许相差 5%。门槛由本程序设定。\n",
                     "Time gone counts years. A lead of 10 points or more is faster than expected; "
                     "10 or more behind is "
                     "behind, and off track below half of what time asks. “About” allows 5 %. "
                     "These thresholds are this "
                     "program's.\n"));
}

static void json_range(Json *json, const char *key, Interval value)
{
    json_key(json, key);
    if (!(value.lo <= value.hi)) {
        json_null(json);
        return;
    }
    json_array(json);
    json_flat(json);
    json_double(json, value.lo);
    json_double(json, value.hi);
    json_end(json);
}

static void json_number(Json *json, const char *key, double value)
{
    json_key(json, key);
    json_double(json, value);
}

static void json_word(Json *json, const char *key, Str value)
{
    json_key(json, key);
    json_str_or_null(json, value);
}

static void json_methods(Json *json, const AssessmentReport *report, const Assessment *one)
{
    static const char *const TRENDS[] = {"achieved", "substantial",   "moderate",
                                         "limited",  "deterioration", ""};
    static const char *const ESCAPS[] = {"maintain", "accelerate", "reverse", ""};
    static const char *const UNSDS[] = {"on_track", "accelerate", "stagnation", ""};
    static const char *const GRADES[] = {"early", "faster", "as_expected", "lagging", ""};

    json_key(json, "methods");
    json_object(json);
    for (int m = 0; m < N_METHODS; m++) {
        const MethodResult *result = &one->methods[m];

        if (!report->options->methods[m]) {
            continue;
        }
        json_key(json, method_word((Method)m));
        if (!result->applies) {
            json_null(json);
            continue;
        }
        json_object(json);
        json_key(json, "on_course");
        json_bool(json, result->good);
        switch ((Method)m) {
        case METHOD_CHINESE:
            json_number(json, "completion", one->progress);
            json_number(json, "lead_points", one->lead);
            json_word(json, "grade", str_z(GRADES[one->grade]));
            break;
        case METHOD_EUROSTAT:
            json_number(json, "cagr_observed", result->eurostat.observed);
            json_number(json, "cagr_required", result->eurostat.required);
            json_number(json, "ratio", result->eurostat.ratio);
            json_number(json, "score", result->eurostat.score);
            json_word(json, "category", str_z(TRENDS[result->eurostat.trend]));
            break;
        case METHOD_ESCAP:
            json_number(json, "current_status", result->escap.status);
            json_number(json, "projected", result->escap.projected);
            json_number(json, "gap_percent", result->escap.gap);
            json_number(json, "anticipated_progress", result->escap.progress);
            json_word(json, "category", str_z(ESCAPS[result->escap.class]));
            break;
        default:
            json_number(json, "expected", result->unsd.expected);
            json_number(json, "share_of_way", result->unsd.share);
            json_word(json, "category", str_z(UNSDS[result->unsd.class]));
            break;
        }
        json_end(json);
    }
    json_end(json);
}

static void json_course(Json *json, const Assessment *one)
{
    json_key(json, "inputs");
    if (one->course.t == 0) {
        json_null(json);
        return;
    }
    json_object(json);
    json_flat(json);
    json_number(json, "x0", one->course.x0);
    json_number(json, "t0", one->course.t0);
    json_number(json, "x", one->course.x);
    json_number(json, "t", one->course.t);
    json_number(json, "target", one->course.target);
    json_number(json, "t_target", one->course.t_target);
    json_key(json, "direction");
    json_int(json, one->course.direction);
    json_end(json);
    json_key(json, "points");
    json_array(json);
    json_flat(json);
    for (size_t i = 0; i < one->n_points; i++) {
        json_array(json);
        json_double(json, one->points[i].t);
        json_double(json, one->points[i].x);
        json_end(json);
    }
    json_end(json);
    if (one->chain != NULL) {
        json_key(json, "annual_rates");
        json_array(json);
        json_flat(json);
        for (size_t i = 0; i < one->n_chain; i++) {
            json_double(json, one->chain[i] * 100);
        }
        json_end(json);
    }
}

static void json_missing(Json *json, const AssessmentReport *report, const Assessment *one)
{
    json_key(json, "missing");
    json_array(json);
    for (size_t i = 0; i < one->n_missing; i++) {
        json_object(json);
        json_flat(json);
        json_word(json, "measure", catalog_of(report)->measures.at[one->missing[i].measure]->id);
        json_word(json, "entity", catalog_of(report)->entities.at[one->missing[i].entity].id);
        json_word(json, "period", year_text(report, one->missing[i].year));
        json_end(json);
    }
    json_end(json);
}

static void json_target(Json *json, const AssessmentReport *report, const Assessment *one)
{
    static const char *const ORIGINS[] = {"", "target", "plan", "data"};
    const Target *target = one->target;
    bool exact = one->actual.lo == one->actual.hi, some = !interval_is_empty(one->actual);
    uint32_t sources[MAX_SOURCES];
    size_t n_sources = assessment_sources(report, one, sources, MAX_SOURCES);

    json_object(json);
    json_word(json, "indicator", indicator_id(report, one));
    json_word(json, "name", name_of(report, one));
    json_word(json, "region", region_id(report, one));
    json_word(json, "comparator", str_z(COMPARATOR_WORDS[target->comparator - 1]));
    json_number(json, "target", one->value);
    json_word(json, "unit", unit_text(report, one));
    json_key(json, "year");
    json_int(json, target->year);
    json_word(json, "kind",
              str_z(TARGET_KIND_WORDS[target->kind == TARGET_KIND_NONE ? 0 : target->kind - 1]));
    json_key(json, "implicit");
    json_bool(json, target->implicit);
    json_number(json, "baseline", one->baseline);
    json_word(json, "baseline_unit", isnan(one->baseline) ? STR("") : baseline_unit(report, one));
    json_key(json, "baseline_year");
    if (isnan(one->baseline)) {
        json_null(json);
    } else {
        json_int(json, one->baseline_year);
    }
    json_word(json, "baseline_origin", str_z(ORIGINS[one->baseline_origin]));
    json_word(json, "baseline_vintage", one->baseline_edition);
    json_number(json, "actual", some && exact ? one->actual.lo : (double)NAN);
    json_range(json, "actual_range", some && !exact ? one->actual : interval_empty());
    json_word(json, "actual_period", some ? year_text(report, one->actual_year) : STR(""));
    json_word(json, "actual_vintage", one->actual_edition);
    json_number(json, "tolerance", one->tolerance);
    json_number(json, "progress", one->progress);
    json_number(json, "time_progress", one->time_progress);
    json_number(json, "actual_time_progress", one->actual_time);
    json_number(json, "lead_points", one->lead);
    json_word(json, "status", str_z(status_word(one->status)));
    json_key(json, "proven");
    json_bool(json, one->proven);
    json_number(json, "forecast", one->forecast);
    json_number(json, "probability", one->probability);
    json_word(json, "remark", str_z(remark_word(one->remark)));
    json_course(json, one);
    json_methods(json, report, one);
    json_key(json, "methods_disagree");
    json_bool(json, one->disagree);
    json_missing(json, report, one);
    json_key(json, "sources");
    json_array(json);
    json_flat(json);
    for (size_t i = 0; i < n_sources; i++) {
        json_str(json, store_name_text(report->evaluator->store, sources[i]));
    }
    json_end(json);
    json_key(json, "at");
    json_object(json);
    json_flat(json);
    json_key(json, "line");
    json_int(json, target->at.line);
    json_key(json, "start");
    json_int(json, target->at.start);
    json_key(json, "end");
    json_int(json, target->at.end);
    json_end(json);
    json_end(json);
}

Err assessment_json(const AssessmentReport *report, Buf *out)
{
    Json json = json_new(out);
    char text[PERIOD_TEXT + 8];

    json_object(&json);
    json_word(&json, "as_of", period_format((Period){PERIOD_DAY, report->options->as_of}, text));
    json_word(&json, "known_at",
              report->evaluator->asking.known_at == INT64_MAX
                  ? STR("")
                  : moment_format(report->evaluator->asking.known_at, text));
    json_key(&json, "thresholds");
    json_object(&json);
    json_flat(&json);
    json_number(&json, "lead_points", GRADE_LEAD);
    json_number(&json, "off_track_share", OFF_TRACK_SHARE);
    json_number(&json, "about_tolerance", ABOUT_TOLERANCE);
    json_end(&json);
    json_key(&json, "plans");
    json_array(&json);
    for (size_t p = 0; p < report->n_plans; p++) {
        json_object(&json);
        json_word(&json, "id", report->plans[p].plan->id);
        json_word(&json, "title", text_in(report->plans[p].plan->title, report->lang));
        json_key(&json, "targets");
        json_array(&json);
        for (size_t i = 0; i < report->plans[p].n; i++) {
            json_target(&json, report, &report->plans[p].all[i]);
        }
        json_end(&json);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
    return OK;
}

static void csv_text(Buf *out, Str text, bool last)
{
    bool quote = false;

    for (size_t i = 0; i < text.len; i++) {
        quote |= text.at[i] == ',' || text.at[i] == '"' || text.at[i] == '\n' || text.at[i] == '\r';
    }
    /* a cell that a spreadsheet would take for a formula is kept from being one */
    if (text.len > 0 && (text.at[0] == '=' || text.at[0] == '+' || text.at[0] == '@')) {
        buf_char(out, '\'');
    }
    buf_add(out, quote ? STR("\"") : STR(""));
    for (size_t i = 0; i < text.len; i++) {
        buf_add(out, text.at[i] == '"' ? STR("\"") : STR(""));
        buf_char(out, text.at[i]);
    }
    buf_add(out, quote ? STR("\"") : STR(""));
    buf_add(out, last ? STR("\r\n") : STR(","));
}

static void csv_number(Buf *out, double value)
{
    if (isfinite(value)) {
        buf_double(out, value);
    }
    buf_char(out, ',');
}

void assessment_csv(const AssessmentReport *report, Buf *out)
{
    buf_add(out, STR("plan,indicator,name,region,comparator,target,unit,year,kind,baseline,"
                     "baseline_year,actual,actual_low,"
                     "actual_high,actual_period,progress,time_progress,status,proven,forecast,"
                     "probability,remark\r\n"));
    for (size_t p = 0; p < report->n_plans; p++) {
        for (size_t i = 0; i < report->plans[p].n; i++) {
            const Assessment *one = &report->plans[p].all[i];
            const Target *target = one->target;
            bool some = !interval_is_empty(one->actual),
                 exact = some && one->actual.lo == one->actual.hi;

            csv_text(out, one->plan->id, false);
            csv_text(out, indicator_id(report, one), false);
            csv_text(out, name_of(report, one), false);
            csv_text(out, region_id(report, one), false);
            buf_format(out, "%s,", COMPARATOR_WORDS[target->comparator - 1]);
            csv_number(out, one->value);
            csv_text(out, unit_text(report, one), false);
            buf_format(out, "%lld,%s,", (long long)target->year,
                       TARGET_KIND_WORDS[target->kind == TARGET_KIND_NONE ? 0 : target->kind - 1]);
            csv_number(out, one->baseline);
            csv_text(out, isnan(one->baseline) ? STR("") : year_text(report, one->baseline_year),
                     false);
            csv_number(out, exact ? one->actual.lo : (double)NAN);
            csv_number(out, some ? one->actual.lo : (double)NAN);
            csv_number(out, some ? one->actual.hi : (double)NAN);
            csv_text(out, some ? year_text(report, one->actual_year) : STR(""), false);
            csv_number(out, one->progress);
            csv_number(out, one->time_progress);
            buf_format(out, "%s,%s,", status_word(one->status), one->proven ? "true" : "false");
            csv_number(out, one->forecast);
            csv_number(out, one->probability);
            csv_text(out, str_z(remark_word(one->remark)), true);
        }
    }
}
