/* Assess: a plan's targets against facts: how far, how fast, what verdict, what is missing for one.
 */
#include "assess/assess.h"

#include "evaluate/trace.h"

#include <assert.h>
#include <math.h>

const double OFF_TRACK_SHARE = 0.5;

typedef struct {
    Evaluator *evaluator;
    const Catalog *catalog;
    Arena *arena;
    const Plan *plan;
    const AssessOptions *options;
    Diags *diags;
    Frame frame; /* years from the earliest baseline to the latest year that can be known */
    Evaluation **evaluations; /* by indicator, made once */
    Evaluation **averages;
} Job;

/* The last whole year that ends by the day. */
static int64_t last_year(int64_t day)
{
    int64_t year;
    unsigned month, day_of_month;

    day_to_civil(day, &year, &month, &day_of_month);
    return month == 12 && day_of_month == 31 ? year : year - 1;
}

/* A day as years: whole months count, as 序时进度 does. */
static double as_years(int64_t day)
{
    int64_t year;
    unsigned month, day_of_month;

    day_to_civil(day + 1, &year, &month, &day_of_month); /* the first day that has not gone */
    return (double)year + (double)(month - 1) / 12;
}

static int64_t base_year(const Plan *plan, const Target *target)
{
    return target->baseline_year != 0 ? target->baseline_year : plan->period[0] - 1;
}

static int kind_of(const Target *target)
{
    return target->kind == TARGET_KIND_NONE ? TARGET_LEVEL : target->kind;
}

static double to_unit(const Assessment *out, Decimal value, Str unit_text)
{
    Unit unit;

    return unit_text.len != 0 && unit_parse(unit_text, &unit)
               ? decimal_to_double(value) * unit_factor(unit, out->unit)
               : decimal_to_double(value);
}

/* What the plan asks, in one unit and one direction. */
static void read_target(const Job *job, const Target *target, Assessment *out)
{
    const Indicator *indicator = NULL;
    Unit unit = UNIT_ONE;

    *out = (Assessment){
        .plan = job->plan, .target = target, .actual = interval_empty(), .status = STATUS_NO_DATA};
    out->indicator = catalog_indicator(job->catalog, target->indicator);
    out->entity = catalog_entity(job->catalog, plan_region(job->plan, target->region));
    out->baseline = out->progress = out->lead = out->actual_time = out->forecast =
        out->probability = NAN;
    out->grade = GRADE_NONE;
    out->baseline_year = base_year(job->plan, target);
    if (out->indicator != NONE) {
        indicator = job->catalog->indicators.at[out->indicator];
        out->direction = indicator->direction == DIRECTION_HIGHER  ? 1
                         : indicator->direction == DIRECTION_LOWER ? -1
                                                                   : 0;
        unit = indicator->unit;
    } else {
        out->remark = REMARK_NO_INDICATOR;
        (void)unit_parse(target->unit, &unit);
    }
    if (kind_of(target) == TARGET_ANNUAL_GROWTH || kind_of(target) == TARGET_CUMULATIVE_CHANGE) {
        unit = UNIT_PERCENT;
    }
    out->unit = unit;
    out->value = to_unit(out, target->value.value, target->unit);
    if (target->comparator == COMPARE_AT_LEAST) {
        out->direction = 1;
    } else if (target->comparator == COMPARE_AT_MOST) {
        out->direction = -1;
    }
    if (target->comparator == COMPARE_ABOUT) {
        out->tolerance = ABOUT_TOLERANCE * fabs(out->value);
    }
    out->time_progress =
        fmin(1, fmax(0, (as_years(job->options->as_of) - (double)(out->baseline_year + 1)) /
                            (double)(target->year - out->baseline_year)));
}

static Err evaluate_once(Job *job, const Expr *expr, Evaluation **slot)
{
    if (*slot != NULL) {
        return OK;
    }
    *slot = ARENA_NEW(job->arena, Evaluation);
    return evaluate(job->evaluator, expr, job->frame, *slot, job->diags);
}

/* How many generations up the area lies that the target's value is a distance from; 0 if it is not
 * above. */
static unsigned generations_up(const Job *job, const Assessment *out)
{
    uint32_t to = catalog_entity(job->catalog, out->target->relative_to), at = out->entity;
    unsigned n = 0;

    while (at != NONE && at != to) {
        at = job->catalog->entities.at[at].parent;
        n++;
    }
    return at == NONE ? 0 : n;
}

/* What the target is measured by: the indicator's formula, or how much that is above another
 * area's. NULL if there is no such. */
static const Expr *formula_of(const Job *job, const Assessment *out)
{
    const Expr *formula = &job->catalog->indicators.at[out->indicator]->formula;
    unsigned up;
    Expr *above;

    if (out->target->relative_to.len == 0) {
        return formula;
    }
    up = kind_of(out->target) == TARGET_LEVEL || kind_of(out->target) == TARGET_SHARE
             ? generations_up(job, out)
             : 0;
    if (up == 0) {
        return NULL;
    }
    above = ARENA_NEW(job->arena, Expr);
    *above = expr_above(job->arena, formula, up);
    return above;
}

/* A range cannot reach beyond what is possible at all. A point outside is left as it is: the data
 * say so. */
static void clip(const Job *job, const Assessment *out, Interval *value)
{
    const Indicator *indicator = job->catalog->indicators.at[out->indicator];

    if (value->lo == value->hi || out->target->relative_to.len != 0) {
        return;
    }
    if (indicator->least.given) {
        value->lo = fmax(value->lo, decimal_to_double(indicator->least.value));
    }
    if (indicator->most.given) {
        value->hi = fmin(value->hi, decimal_to_double(indicator->most.value));
    }
}

/* A range of all that is possible. */
static bool says_nothing(const Job *job, const Assessment *out, Interval value)
{
    const Indicator *indicator = job->catalog->indicators.at[out->indicator];

    return out->target->relative_to.len == 0 && value.lo < value.hi && indicator->least.given &&
           indicator->most.given && value.lo <= decimal_to_double(indicator->least.value) &&
           value.hi >= decimal_to_double(indicator->most.value);
}

static bool value_at(const Job *job, const Evaluation *evaluation, uint32_t entity, int64_t year,
                     Interval *out)
{
    return year >= job->frame.first && year < job->frame.first + (int64_t)job->frame.n &&
           evaluation_at(evaluation, job->catalog, entity, year, out);
}

typedef struct {
    const Job *job;
    Buf editions;
} EditionList;

static void note_edition(void *context, const TraceStep *step)
{
    EditionList *list = context;
    const Catalog *catalog = list->job->catalog;
    const Edition *edition;
    Str id;

    if (step->cell == NULL || step->kind == TRACE_WEIGHT ||
        catalog->measures.at[step->node->measure]->vintage == NONE) {
        return;
    }
    edition = catalog_edition_info(catalog, catalog->measures.at[step->node->measure]->vintage,
                                   step->cell->edition);
    id = edition == NULL ? STR("unstated") : edition->id;
    if (str_find(buf_str(&list->editions), id) == SIZE_MAX) {
        buf_add(&list->editions, list->editions.len > 0 ? STR("+") : STR(""));
        buf_add(&list->editions, id);
    }
}

/* The editions of the observations that a cell was made from; empty if they have none. */
static Str edition_in(const Job *job, const Evaluation *evaluation, const Pass *pass,
                      uint32_t entity, int64_t year)
{
    EditionList list = {job, buf_new(job->arena)};

    trace_cell(job->evaluator, evaluation, pass, entity, year, note_edition, &list);
    return buf_str(&list.editions);
}

static Str edition_at(const Job *job, const Evaluation *evaluation, uint32_t entity, int64_t year)
{
    uint8_t pass = evaluation_pass(evaluation, job->catalog, entity, year);

    return pass == PASS_NONE ? STR("")
                             : edition_in(job, evaluation, &evaluation->passes[pass], entity, year);
}

/* The value in the same editions as another year's: the only one that may be compared with it. */
static bool value_in_pass(const Job *job, const Evaluation *evaluation, uint8_t pass,
                          uint32_t entity, int64_t year, double *out)
{
    const Column *root = &evaluation->passes[pass].columns[evaluation->expr->n_nodes - 1];
    size_t at;

    if (year < job->frame.first || year >= job->frame.first + (int64_t)job->frame.n) {
        return false;
    }
    at = frame_index(evaluation->inner, job->catalog, entity, year);
    *out = root->lo[at];
    return root->lo[at] == root->hi[at];
}

static const Fact *find_fact(const Job *job, const Assessment *out)
{
    for (size_t i = 0; i < job->plan->facts.n; i++) {
        const Fact *fact = &job->plan->facts.at[i];

        if (fact->indicator.len != 0 &&
            catalog_indicator(job->catalog, fact->indicator) == out->indicator &&
            catalog_entity(job->catalog, plan_region(job->plan, fact->region)) == out->entity &&
            period_equal(fact->period.value, period_year((int)out->baseline_year)) &&
            str_eq(fact->relative_to, out->target->relative_to) &&
            (fact->kind == TARGET_KIND_NONE || fact->kind == TARGET_LEVEL ||
             fact->kind == TARGET_SHARE)) {
            return fact;
        }
    }
    return NULL;
}

/* All values in the assessment's unit that print as the stated number does. */
static Interval stated_interval(const Assessment *out, Decimal value, Str unit_text)
{
    Unit unit;
    bool scaled = unit_text.len != 0 && unit_parse(unit_text, &unit);

    return interval_mul(decimal_interval(value),
                        interval_point(scaled ? unit_factor(unit, out->unit) : 1));
}

static bool states_edition(const Evaluation *evaluation)
{
    bool any = evaluation->n_passes > 1;

    for (size_t f = 0; f < evaluation->n_families; f++) {
        any |= evaluation->passes[0].editions[f] != 0;
    }
    return any;
}

/* Which edition a number that the plan states belongs to: the one in whose data it reads the same;
 * “?” if it is none of theirs. Empty where the data state no edition at all. */
static Str edition_of_stated(const Job *job, const Assessment *out, Decimal value, Str unit_text)
{
    const Evaluation *evaluation = out->evaluation;
    Interval printed = stated_interval(out, value, unit_text);

    if (evaluation == NULL || !states_edition(evaluation)) {
        return STR("");
    }
    for (size_t p = 0; p + (evaluation->n_passes > 1) < evaluation->n_passes; p++) {
        double told;

        if (value_in_pass(job, evaluation, (uint8_t)p, out->entity, out->baseline_year, &told) &&
            interval_contains(printed, told)) {
            return edition_in(job, evaluation, &evaluation->passes[p], out->entity,
                              out->baseline_year);
        }
    }
    return STR("?");
}

/* The baseline: what the target says, else what the plan states of that year, else what the data
 * say. */
static void find_baseline(const Job *job, Assessment *out)
{
    const Target *target = out->target;
    const Fact *fact = find_fact(job, out);
    Interval value;
    bool told = out->evaluation != NULL &&
                value_at(job, out->evaluation, out->entity, out->baseline_year, &value) &&
                value.lo == value.hi;

    if (target->baseline.given) {
        out->baseline_origin = BASELINE_TARGET;
        out->baseline = to_unit(out, target->baseline.value, target->unit);
        out->baseline_edition = edition_of_stated(job, out, target->baseline.value, target->unit);
    } else if (fact != NULL) {
        out->baseline_origin = BASELINE_FACT;
        out->baseline_fact = fact;
        out->baseline = to_unit(out, fact->value.value, fact->unit);
        out->baseline_edition = edition_of_stated(job, out, fact->value.value, fact->unit);
    } else if (told) {
        out->baseline_origin = BASELINE_DATA;
        out->baseline = value.lo;
        out->baseline_edition = edition_at(job, out->evaluation, out->entity, out->baseline_year);
    }
}

static void take_actual(const Job *job, Assessment *out, Evaluation *evaluation, int64_t year,
                        Interval value)
{
    out->actual = value;
    out->actual_year = year;
    out->actual_edition = edition_at(job, evaluation, out->entity, year);
    out->actual_evaluation = evaluation;
}

static int meets_all(const Assessment *out);

/* A level's change since the base, in percent. */
static Interval change_since(double base, Interval level)
{
    return interval_between(100 * (level.lo / base - 1), 100 * (level.hi / base - 1));
}

/* Whether a range decides the target; a cumulative change is judged by what it is since the base.
 */
static bool decides(const Job *job, const Assessment *out, int64_t year, Interval value)
{
    Assessment judged = *out;
    double base;

    judged.actual = value;
    if (kind_of(out->target) == TARGET_CUMULATIVE_CHANGE) {
        uint8_t pass = evaluation_pass(out->evaluation, job->catalog, out->entity, year);

        if (!value_in_pass(job, out->evaluation, pass, out->entity, out->baseline_year, &base) ||
            !(base > 0)) {
            return false;
        }
        judged.actual = change_since(base, value);
    }
    return meets_all(&judged) >= 0;
}

/* The latest year with a value, not after the target year and not before the first year of the
 * plan. A range that does not decide gives way to an earlier point. */
static bool find_latest(const Job *job, Assessment *out)
{
    int64_t last = job->frame.first + (int64_t)job->frame.n - 1, range_year = 0;
    Interval value, range = interval_empty();

    if (last > out->target->year) {
        last = out->target->year;
    }
    for (int64_t year = last; year > out->baseline_year; year--) {
        if (!value_at(job, out->evaluation, out->entity, year, &value)) {
            continue;
        }
        clip(job, out, &value);
        if (says_nothing(job, out, value)) {
            continue;
        }
        if (value.lo == value.hi || (range_year == 0 && decides(job, out, year, value))) {
            take_actual(job, out, out->evaluation, year, value);
            return true;
        }
        if (range_year == 0) {
            range_year = year;
            range = value;
        }
    }
    if (range_year != 0) {
        take_actual(job, out, out->evaluation, range_year, range);
        return true;
    }
    out->remark = REMARK_NO_VALUE;
    if (last > out->baseline_year &&
        out->evaluation->only_mixed[frame_index(job->frame, job->catalog, out->entity, last)]) {
        out->remark = REMARK_ONLY_MIXED;
    }
    return false;
}

/* Annual rates of all years from the base to `year`, in one edition; the newest that has them all.
 */
static bool find_chain(const Job *job, Assessment *out, int64_t year)
{
    size_t n = (size_t)(year - out->baseline_year);
    double *rates = ARENA_ARRAY(job->arena, double, n);
    size_t n_passes = out->evaluation->n_passes;

    if (n_passes > 1 && !job->evaluator->mix) {
        n_passes--;
    }
    for (size_t p = 0; p < n_passes; p++) {
        size_t known = 0;

        while (known < n && value_in_pass(job, out->evaluation, (uint8_t)p, out->entity,
                                          out->baseline_year + 1 + (int64_t)known, &rates[known])) {
            rates[known] /= 100;
            known++;
        }
        if (known == n) {
            out->actual_evaluation = out->evaluation;
            out->chain = rates;
            out->n_chain = n;
            out->actual = interval_point(100 * progress_chain(rates, n));
            out->actual_year = year;
            out->actual_edition =
                edition_in(job, out->evaluation, &out->evaluation->passes[p], out->entity, year);
            return true;
        }
    }
    return false;
}

static Err find_growth(Job *job, Assessment *out)
{
    const Indicator *indicator = job->catalog->indicators.at[out->indicator];
    int64_t last = job->frame.first + (int64_t)job->frame.n - 1;
    Evaluation *average = NULL;
    Err err = OK;

    if (last > out->target->year) {
        last = out->target->year;
    }
    if (indicator->average.n_nodes > 0 && indicator->average_since == out->baseline_year) {
        err = evaluate_once(job, &indicator->average, &job->averages[out->indicator]);
        average = job->averages[out->indicator];
    }
    for (int64_t year = last; err == OK && year > out->baseline_year; year--) {
        if (find_chain(job, out, year)) {
            return OK;
        }
        if (average != NULL && value_at(job, average, out->entity, year, &out->actual)) {
            take_actual(job, out, average, year, out->actual);
            return OK;
        }
    }
    out->actual = interval_empty();
    out->remark = REMARK_NO_VALUE;
    return err;
}

/* Whether a value meets the target as its words mean it. */
static bool meets(const Assessment *out, double x)
{
    if (out->direction != 0) {
        return progress_met(x, out->value - out->direction * out->tolerance, out->direction);
    }
    if (out->tolerance > 0) {
        return fabs(x - out->value) <= out->tolerance;
    }
    return interval_contains(stated_interval(out, out->target->value.value, out->target->unit), x);
}

/* For an interval: 1 all of it meets, 0 none of it does, -1 undecided. */
static int meets_all(const Assessment *out)
{
    bool low = meets(out, out->actual.lo), high = meets(out, out->actual.hi);
    bool target_inside = interval_contains(out->actual, out->value);

    if (out->direction == 0 && !low && !high && target_inside) {
        return -1;
    }
    return low == high ? low : -1;
}

/* Growth and cumulative change are told as index numbers with base 1, so that the methods see
 * levels. */
static bool make_course(Assessment *out)
{
    double x = out->actual.lo, gone = (double)(out->actual_year - out->baseline_year);
    double all = (double)(out->target->year - out->baseline_year);
    bool level = kind_of(out->target) == TARGET_LEVEL || kind_of(out->target) == TARGET_SHARE;
    int direction = out->direction != 0                           ? out->direction
                    : out->value >= (level ? out->baseline : 0.0) ? 1
                                                                  : -1;
    double goal = out->value - direction * out->tolerance; /* what still counts as about */
    Course *course = &out->course;

    *course = (Course){1,    (double)out->baseline_year, x,        (double)out->actual_year,
                       goal, (double)out->target->year,  direction};
    switch (kind_of(out->target)) {
    case TARGET_ANNUAL_GROWTH:
        course->x = pow(1 + x / 100, gone);
        course->target = pow(1 + goal / 100, all);
        break;
    case TARGET_CUMULATIVE_CHANGE:
        course->x = 1 + x / 100;
        course->target = 1 + goal / 100;
        break;
    default:
        if (isnan(out->baseline)) {
            *course = (Course){0};
            out->remark = REMARK_NO_BASELINE;
            return false;
        }
        course->x0 = out->baseline;
        break;
    }
    return true;
}

/* Known points from the base to the actual, in the course's terms. */
static size_t collect_points(const Job *job, const Assessment *out, Point *points)
{
    size_t n = 0;
    double level = 1;
    uint8_t pass;

    points[n++] = (Point){out->course.t0, out->course.x0};
    if (out->chain != NULL) {
        for (size_t i = 0; i < out->n_chain; i++) {
            level *= 1 + out->chain[i];
            points[n++] = (Point){out->course.t0 + (double)i + 1, level};
        }
        return n;
    }
    if (kind_of(out->target) == TARGET_LEVEL || kind_of(out->target) == TARGET_SHARE) {
        pass = evaluation_pass(out->evaluation, job->catalog, out->entity, out->actual_year);
        for (int64_t year = out->baseline_year + 1; year < out->actual_year; year++) {
            double x;

            if (value_in_pass(job, out->evaluation, pass, out->entity, year, &x)) {
                points[n++] = (Point){(double)year, x};
            }
        }
    }
    points[n++] = (Point){out->course.t, out->course.x};
    return n;
}

/* From the course's terms back to what the target counts in. */
static double from_course(const Assessment *out, double x)
{
    double all = (double)(out->target->year - out->baseline_year);

    switch (kind_of(out->target)) {
    case TARGET_ANNUAL_GROWTH: return x > 0 ? 100 * (pow(x, 1 / all) - 1) : (double)NAN;
    case TARGET_CUMULATIVE_CHANGE: return 100 * (x - 1);
    default: return x;
    }
}

static double forecast_by(const Assessment *out, Method method, const Point *points, size_t n)
{
    const Course *course = &out->course;
    double left = course->t_target - course->t, gone = course->t - course->t0;

    switch (method) {
    case METHOD_CHINESE:
        if (kind_of(out->target) == TARGET_LEVEL || kind_of(out->target) == TARGET_SHARE) {
            return course->x + (course->x - course->x0) / gone * left;
        }
        return course->x * pow(course->x / course->x0, left / gone);
    case METHOD_ESCAP:
        if (out->unit.percent &&
            (kind_of(out->target) == TARGET_LEVEL || kind_of(out->target) == TARGET_SHARE)) {
            return progress_project_logit(points, n, 100, course->t_target);
        }
        return progress_project_geometric(points, n, course->t_target);
    default: return course->x * pow(1 + progress_cagr(course->x0, course->x, gone), left);
    }
}

static void apply_methods(const Job *job, Assessment *out)
{
    Point *points = ARENA_ARRAY(job->arena, Point, job->frame.n + 2);
    size_t n = collect_points(job, out, points);
    const Course *course = &out->course;
    int good = -1;
    bool first = true;

    out->points = points;
    out->n_points = n;

    for (int m = 0; m < N_METHODS; m++) {
        MethodResult *result = &out->methods[m];
        double projected = forecast_by(out, (Method)m, points, n);

        result->eurostat = progress_eurostat(*course);
        result->escap = progress_escap(*course, projected);
        result->unsd = progress_unsd(*course);
        switch ((Method)m) {
        case METHOD_CHINESE:
            result->applies = out->grade != GRADE_NONE;
            result->good = out->grade != GRADE_LAGGING;
            break;
        case METHOD_EUROSTAT:
            result->applies = result->eurostat.trend != TREND_NONE;
            result->good = result->eurostat.trend == TREND_ACHIEVED ||
                           result->eurostat.trend == TREND_SUBSTANTIAL;
            break;
        case METHOD_ESCAP:
            result->applies = result->escap.class != ESCAP_NONE;
            result->good = result->escap.class == ESCAP_MAINTAIN;
            break;
        default:
            result->applies = result->unsd.class != UNSD_NONE;
            result->good = result->unsd.class == UNSD_ON_TRACK;
            break;
        }
        if (!job->options->methods[m] || !result->applies) {
            continue;
        }
        if (first) {
            out->forecast = from_course(out, projected);
            first = false;
        }
        out->disagree |= good >= 0 && good != (int)result->good;
        good = result->good;
    }
    out->probability =
        progress_probability(points, n, course->t_target, course->target, course->direction);
}

static void measure_progress(const Job *job, Assessment *out)
{
    if (progress_standing(
            out->course)) { /* met from the start: kept or broken, without a share of a way */
        out->grade = meets(out, out->actual.lo) ? GRADE_EARLY : GRADE_LAGGING;
    } else if (kind_of(out->target) == TARGET_ANNUAL_GROWTH ||
               kind_of(out->target) == TARGET_CUMULATIVE_CHANGE) {
        out->progress = progress_cumulative(out->course.x - 1, out->course.target - 1);
    } else {
        out->progress = progress_completion(out->course);
    }
    if (!isnan(out->progress)) {
        out->lead = progress_lead(out->progress, out->actual_time);
        out->grade = progress_grade(out->progress, out->lead);
    }
    apply_methods(job, out);
}

static Status status_under_way(const Assessment *out)
{
    if (out->course.t != 0 && progress_standing(out->course)) {
        return STATUS_BEHIND; /* a floor or ceiling that is broken */
    }
    if (isnan(out->progress)) {
        return STATUS_NO_DATA;
    }
    if (out->lead > -GRADE_LEAD) {
        return STATUS_ON_TRACK;
    }
    return out->progress >= OFF_TRACK_SHARE * out->actual_time ? STATUS_BEHIND : STATUS_OFF_TRACK;
}

static void give_verdict(const Job *job, Assessment *out)
{
    bool final = out->actual_year >= out->target->year, exact = out->actual.lo == out->actual.hi;
    bool growth = kind_of(out->target) == TARGET_ANNUAL_GROWTH;
    int met = meets_all(out);

    if (met < 0) {
        out->remark = REMARK_UNDECIDED;
        return;
    }
    out->proven = !exact && (final || met);
    if (out->proven) {
        out->remark = REMARK_BOUNDED;
    }
    if (final) {
        out->status = met ? STATUS_ATTAINED : STATUS_MISSED;
        out->probability = met ? 1 : 0;
        out->forecast = exact ? out->actual.lo : (double)NAN;
        return;
    }
    if (met) { /* an average growth is only attained when its years are over; a level may be reached
                  early */
        out->status = growth ? STATUS_ON_TRACK : STATUS_ATTAINED;
    } else if (exact) {
        out->status = status_under_way(out);
    }
    if (job->frame.first + (int64_t)job->frame.n - 1 >= out->target->year &&
        out->remark == REMARK_NONE) {
        out->remark = REMARK_NOT_YET;
    }
}

static void add_missing(const Job *job, Assessment *out, Missing missing)
{
    if (out->missing == NULL) {
        out->missing = ARENA_ARRAY(job->arena, Missing, ASSESS_MAX_MISSING);
    }
    for (size_t i = 0; i < out->n_missing; i++) {
        const Missing *known = &out->missing[i];

        if (known->measure == missing.measure && known->entity == missing.entity &&
            known->year == missing.year) {
            return;
        }
    }
    if (out->n_missing < ASSESS_MAX_MISSING) {
        out->missing[out->n_missing++] = missing;
    }
}

static bool leaf_told(const Job *job, const Assessment *out, uint32_t measure, uint32_t entity,
                      int64_t year)
{
    const Evaluation *evaluation = out->evaluation;
    const Pass *any = &evaluation->passes[evaluation->n_passes - 1];
    const Cell *cell;

    return evaluation_leaf(job->evaluator, evaluation, any, measure, entity, year, &cell) ==
           LEAF_TOLD;
}

static void missing_of_node(const Job *job, Assessment *out, const Expr *expr, const ExprNode *node,
                            uint32_t entity, int64_t year);

/* The observations that a measure lacks for an entity: its own parts, where it is made up of parts.
 */
static void missing_of_measure(const Job *job, Assessment *out, uint32_t measure, uint32_t entity,
                               int64_t year)
{
    const Measure *info = job->catalog->measures.at[measure];
    const Entity *area = &job->catalog->entities.at[entity];

    if (leaf_told(job, out, measure, entity, year)) {
        return;
    }
    if (!area->is_group || info->area == AREA_NONE) {
        add_missing(job, out, (Missing){measure, entity, year});
        return;
    }
    for (size_t i = 0; i < area->n_parts; i++) {
        if (!leaf_told(job, out, measure, area->parts[i], year)) {
            add_missing(job, out, (Missing){measure, area->parts[i], year});
        }
        if (info->area == AREA_WEIGHTED && info->weight.n_nodes > 0) {
            missing_of_node(job, out, &info->weight, &info->weight.nodes[info->weight.n_nodes - 1],
                            area->parts[i], year);
        }
    }
    if (area->parent != NONE && info->area == AREA_SUM &&
        out->actual.lo < out->actual.hi) { /* what the bounds leave open outside as well */
        const Entity *whole = &job->catalog->entities.at[area->parent];

        for (size_t i = 0; i < whole->n_parts; i++) {
            if (!leaf_told(job, out, measure, whole->parts[i], year)) {
                add_missing(job, out, (Missing){measure, whole->parts[i], year});
            }
        }
    }
}

static void missing_of_node(const Job *job, Assessment *out, const Expr *expr, const ExprNode *node,
                            uint32_t entity, int64_t year)
{
    unsigned n = expr_operands(node->op);

    if (node->op == EXPR_MEASURE) {
        missing_of_measure(job, out, node->measure, entity, year);
        return;
    }
    if (node->op == EXPR_PARENT) {
        entity = job->catalog->entities.at[entity].parent;
        if (entity == NONE) {
            return;
        }
    } else if (node->op == EXPR_LAG || node->op == EXPR_GROWTH || node->op == EXPR_CAGR) {
        if (node->op != EXPR_LAG) {
            missing_of_node(job, out, expr, &expr->nodes[node->a], entity, year);
        }
        year -= duration_in(node->duration, PERIOD_YEAR);
    } else if (node->op == EXPR_COALESCE) {
        n = 1; /* the published value is what settles it most simply */
    }
    if (n > 0) {
        missing_of_node(job, out, expr, &expr->nodes[node->a], entity, year);
    }
    if (n > 1) {
        missing_of_node(job, out, expr, &expr->nodes[node->b], entity, year);
    }
}

static void find_missing(const Job *job, Assessment *out)
{
    const Expr *formula = out->evaluation->expr;
    const ExprNode *root = &formula->nodes[formula->n_nodes - 1];
    int64_t last = job->frame.first + (int64_t)job->frame.n - 1, first;

    if (last > out->target->year) {
        last = out->target->year;
    }
    first = kind_of(out->target) == TARGET_ANNUAL_GROWTH ? out->baseline_year + 1 : last;
    for (int64_t year = first; year <= last; year++) {
        missing_of_node(job, out, formula, root, out->entity, year);
    }
    if (kind_of(out->target) == TARGET_CUMULATIVE_CHANGE && isnan(out->baseline)) {
        missing_of_node(job, out, formula, root, out->entity, out->baseline_year);
    }
}

/* A level's change since the base, in percent, both in one edition. */
static void find_change(const Job *job, Assessment *out)
{
    Interval level;
    uint8_t pass;
    double base;

    if (!find_latest(job, out)) {
        return;
    }
    level = out->actual;
    out->actual = interval_empty();
    pass = evaluation_pass(out->evaluation, job->catalog, out->entity, out->actual_year);
    if (!value_in_pass(job, out->evaluation, pass, out->entity, out->baseline_year, &base) ||
        !(base > 0)) {
        out->remark = REMARK_NO_BASELINE;
        return;
    }
    out->baseline = base;
    out->baseline_origin = BASELINE_DATA;
    out->actual = change_since(base, level);
}

/* A baseline of another edition than the actual is replaced by the value in the actual's edition,
 * or given up. */
static void settle_editions(const Job *job, Assessment *out)
{
    uint8_t pass;
    double base;

    if (out->baseline_edition.len == 0 || out->actual_edition.len == 0 ||
        str_eq(out->baseline_edition, out->actual_edition) || job->evaluator->mix) {
        return;
    }
    pass = evaluation_pass(out->evaluation, job->catalog, out->entity, out->actual_year);
    if (value_in_pass(job, out->evaluation, pass, out->entity, out->baseline_year, &base)) {
        out->baseline = base;
        out->baseline_origin = BASELINE_DATA;
        out->baseline_fact = NULL;
        out->baseline_edition = out->actual_edition;
    } else {
        out->remark = REMARK_BASE_EDITION;
    }
}

static Err assess_target(Job *job, const Target *target, Assessment *out)
{
    Evaluation *distance = NULL;
    const Expr *formula;
    bool level;
    Err err;

    read_target(job, target, out);
    if (out->indicator == NONE || out->entity == NONE) {
        return OK;
    }
    formula = formula_of(job, out);
    if (formula == NULL) {
        out->remark = REMARK_DISTANCE;
        return OK;
    }
    level = kind_of(target) == TARGET_LEVEL || kind_of(target) == TARGET_SHARE;
    err = evaluate_once(
        job, formula, target->relative_to.len != 0 ? &distance : &job->evaluations[out->indicator]);
    out->evaluation = target->relative_to.len != 0 ? distance : job->evaluations[out->indicator];
    if (err != OK) {
        return err;
    }
    if (level) {
        find_baseline(job, out);
        (void)find_latest(job, out);
    } else if (kind_of(target) == TARGET_ANNUAL_GROWTH) {
        err = find_growth(job, out);
    } else {
        find_change(job, out);
    }
    if (err == OK && !interval_is_empty(out->actual)) {
        out->actual_time = (double)(out->actual_year - out->baseline_year) /
                           (double)(target->year - out->baseline_year);
        if (level) {
            settle_editions(job, out);
        }
        if (out->actual.lo == out->actual.hi && out->remark != REMARK_BASE_EDITION &&
            make_course(out)) {
            measure_progress(job, out);
        }
        give_verdict(job, out);
    }
    if (err == OK && (out->status == STATUS_NO_DATA || out->actual_year < target->year ||
                      out->actual.lo < out->actual.hi)) {
        find_missing(job, out);
    }
    return err;
}

Err assess_plan(Evaluator *evaluator, const Plan *plan, const AssessOptions *options,
                Assessment **out, Diags *diags)
{
    Job job = {evaluator,
               evaluator->catalog,
               evaluator->arena,
               plan,
               options,
               diags,
               {PERIOD_YEAR, plan->period[0] - 1, 1},
               NULL,
               NULL};
    int64_t last = last_year(options->as_of);
    Err err = OK;

    for (size_t i = 0; i < plan->targets.n; i++) {
        int64_t base = base_year(plan, &plan->targets.at[i]);

        job.frame.first = base < job.frame.first ? base : job.frame.first;
    }
    if (last > job.frame.first + 200) {
        last =
            job.frame.first +
            200; /* no plan looks further; a mistyped date must not ask for thousands of columns */
    }
    job.frame.n = last > job.frame.first ? (size_t)(last - job.frame.first) + 1 : 1;
    job.evaluations = ARENA_ARRAY(job.arena, Evaluation *, job.catalog->indicators.n);
    job.averages = ARENA_ARRAY(job.arena, Evaluation *, job.catalog->indicators.n);
    *out = ARENA_ARRAY(job.arena, Assessment, plan->targets.n);
    for (size_t i = 0; err == OK && i < plan->targets.n; i++) {
        err = assess_target(&job, &plan->targets.at[i], &(*out)[i]);
    }
    return err;
}
