/* Progress: published formulas that say how far a target has been reached; pure functions, nothing
 * is rounded.
 *
 * Notation, throughout: x0 the value at the base time t0, x the value at t, target the value to
 * reach at t_target; direction +1 where more is better, -1 where less is. Times are in years. NAN
 * where a formula has no answer. */
#ifndef LONGTU_ASSESS_PROGRESS_H
#define LONGTU_ASSESS_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    double t, x;
} Point;

typedef struct { /* what every method starts from */
    double x0, t0, x, t, target, t_target;
    int direction;
} Course;

/* Share of the way done, (x - x0)/(target - x0); may be below 0 or above 1. NAN if target equals
 * x0. */
double progress_completion(Course course);
/* The base already met the target: a floor or ceiling to keep, no way to go. */
bool progress_standing(Course course);
double progress_time(Course course);        /* (t - t0)/(t_target - t0) */
double progress_linear_path(Course course); /* what x should be at t on the straight line */
double
progress_geometric_path(Course course); /* … at a constant rate; x0 and target have one sign */
bool progress_met(double x, double target, int direction);

/* Compound annual growth rate between two values of one sign: (to/from)^(1/years) - 1. */
double progress_cagr(double from, double to, double years);

/* The growth a year still needed so that the average over the whole time is `rate`; rates are
 * ratios (0.065). */
double progress_required_growth(double rate, Course course);

/* Mean of annual rates as a chain: (prod (1 + r))^(1/n) - 1. */
double progress_chain(const double *rates, size_t n);

/* A cumulative change of `change` (-0.16) of which `done` has been reached: ln(1 + done)/ln(1 +
 * change). */
double progress_cumulative(double done, double change);
double progress_even_pace(
    double change,
    double years); /* the yearly change that gives it: 1 - (1 - c)^(1/n) for a fall c */

/* Chinese 序时进度: the lead in percentage points over time gone. */
double progress_lead(double completion, double time_gone);
double progress_lead_months(double completion,
                            int months); /* within a year: whole months, not days */

typedef enum { GRADE_EARLY, GRADE_FASTER, GRADE_AS_EXPECTED, GRADE_LAGGING, GRADE_NONE } PlanGrade;

/* Grades of the national mid-term evaluation; that work without thresholds in print, so these are
 * ours: done is early, a lead of +10 points or more is faster, -10 or less is lagging. */
extern const double GRADE_LEAD;
PlanGrade progress_grade(double completion, double lead);

/* Project roll-up weighted by duration, and the ratio of what is done to what was planned. */
double progress_by_duration(const double *done, const double *days, size_t n);

/* Score interpolated between three marks: 0 below the first, 80 at it, 100 at the target, 120 at or
 * above the third. */
double progress_interpolated(double x, double sub, double target, double super);

/* Eurostat, sustainable development monitoring: ratio of actual to required growth (2021 method,
 * thresholds 95, 60, 0). */
typedef enum {
    TREND_ACHIEVED,
    TREND_SUBSTANTIAL,
    TREND_MODERATE,
    TREND_LIMITED,
    TREND_DETERIORATION,
    TREND_NONE
} Trend;
typedef struct {
    double observed, required,
        ratio;    /* growth rates as ratios; ratio is signed so that > 0 is towards the target */
    double score; /* -5 to 5 */
    Trend trend;
} Eurostat;
Eurostat progress_eurostat(Course course);
Eurostat progress_eurostat_open(Course course,
                                double limit); /* without a target; limit: natural limit or NAN */
Trend progress_trend_of_score(double score);

/* ESCAP: current status 0-10, and anticipated progress from a projected value. */
typedef enum { ESCAP_MAINTAIN, ESCAP_ACCELERATE, ESCAP_REVERSE, ESCAP_NONE } EscapClass;
typedef struct {
    double
        status; /* CS: 10 (x - x0)/|target - x0| in the wanted direction; 10 if the target is met */
    double projected; /* value in the target year */
    double gap;       /* P: the gap left in percent of the way */
    double progress;  /* AP = 10 - P/10; 10 if the projected value meets the target */
    EscapClass class;
} Escap;
Escap progress_escap(Course course, double projected);

/* Projections to time t. logit: mean slope of logit(x/scale) over consecutive points; the last
 * value where a point is at 0 or at the scale. geometric: through the first and the last point.
 * weighted: linear least squares with weights (t - t_1)/(t - t_i), so that late points count more.
 * points are in order of time, at least two. */
double progress_project_logit(const Point *points, size_t n, double scale, double t);
double progress_project_geometric(const Point *points, size_t n, double t);
double progress_project_weighted(const Point *points, size_t n, double t);

/* UNSD progress chart: expected value at the target year at the actual rate, as a share of the way.
 */
typedef enum { UNSD_ON_TRACK, UNSD_ACCELERATE, UNSD_STAGNATION, UNSD_NONE } UnsdClass;
typedef struct {
    double expected, share; /* share: (expected - x0)/(target - x0) */
    UnsdClass class;
} Unsd;
Unsd progress_unsd(Course course);

/* Probability that the value meets the target at t, by the prediction interval of an ordinary
 * least-squares line through the points (Student's t with n - 2 degrees of freedom). NAN with fewer
 * than four points. */
double progress_probability(const Point *points, size_t n, double t, double target, int direction);

#endif
