/* Progress: published formulas that say how far a target has been reached; pure functions, nothing
 * is rounded. */
#include "assess/progress.h"

#include <math.h>

const double GRADE_LEAD = 10;

double progress_completion(Course course)
{
    return course.target == course.x0 ? (double)NAN
                                      : (course.x - course.x0) / (course.target - course.x0);
}

double progress_time(Course course)
{
    return (course.t - course.t0) / (course.t_target - course.t0);
}

double progress_linear_path(Course course)
{
    return course.x0 + (course.target - course.x0) * progress_time(course);
}

double progress_geometric_path(Course course)
{
    double ratio = course.target / course.x0;

    return ratio > 0 ? course.x0 * pow(ratio, progress_time(course)) : (double)NAN;
}

bool progress_met(double x, double target, int direction)
{
    return direction * (x - target) >= 0;
}

double progress_cagr(double from, double to, double years)
{
    double ratio = to / from;

    return ratio > 0 && years > 0 ? pow(ratio, 1 / years) - 1 : (double)NAN;
}

double progress_required_growth(double rate, Course course)
{
    double left = course.t_target - course.t;
    double needed = course.x0 * pow(1 + rate, course.t_target - course.t0) / course.x;

    return left > 0 && needed > 0 ? pow(needed, 1 / left) - 1 : (double)NAN;
}

double progress_chain(const double *rates, size_t n)
{
    double product = 1;

    for (size_t i = 0; i < n; i++) {
        product *= 1 + rates[i];
    }
    return n > 0 && product > 0 ? pow(product, 1 / (double)n) - 1 : (double)NAN;
}

double progress_cumulative(double done, double change)
{
    return done > -1 && change > -1 && change != 0 ? log1p(done) / log1p(change) : (double)NAN;
}

double progress_even_pace(double change, double years)
{
    return change > -1 && years > 0 ? pow(1 + change, 1 / years) - 1 : (double)NAN;
}

double progress_lead(double completion, double time_gone)
{
    /* percent first, so that 50 less 60 is -10 and not a little more */
    return 100 * completion - 100 * time_gone;
}

double progress_lead_months(double completion, int months)
{
    return 100 * completion - 100.0 * months / 12;
}

PlanGrade progress_grade(double completion, double lead)
{
    if (isnan(completion) || isnan(lead)) {
        return GRADE_NONE;
    }
    if (completion >= 1) {
        return GRADE_EARLY;
    }
    return lead >= GRADE_LEAD   ? GRADE_FASTER
           : lead > -GRADE_LEAD ? GRADE_AS_EXPECTED
                                : GRADE_LAGGING;
}

double progress_by_duration(const double *done, const double *days, size_t n)
{
    double sum = 0, total = 0;

    for (size_t i = 0; i < n; i++) {
        sum += done[i] * days[i];
        total += days[i];
    }
    return total > 0 ? sum / total : (double)NAN;
}

double progress_interpolated(double x, double sub, double target, double super)
{
    if (x < sub) {
        return 0;
    }
    if (x < target) {
        return 80 + 20 * (x - sub) / (target - sub);
    }
    return x < super ? 100 + 20 * (x - target) / (super - target) : 120;
}

/* The score 2.5, 0 and -2.5 lie on the thresholds 0.95, 0.6 and 0 up to the printed constants. */
static double score_of_ratio(double ratio)
{
    return ratio >= 0.6 ? fmin(7.1429 * ratio - 4.2857, 5) : fmax(4.1667 * ratio - 2.5, -5);
}

Eurostat progress_eurostat(Course course)
{
    Eurostat out = {NAN, NAN, NAN, NAN, TREND_NONE};
    double x0 = course.x0 == 0 ? 0.001 : course.x0,
           target = course.target == 0 ? 0.001 : course.target;

    if (!(course.t > course.t0) || !(course.t_target > course.t0) || !(x0 * course.x > 0) ||
        !(x0 * target > 0)) {
        return out;
    }
    out.observed = progress_cagr(x0, course.x, course.t - course.t0);
    out.required = progress_cagr(x0, target, course.t_target - course.t0);
    out.ratio = (x0 < 0 ? -1 : 1) * course.direction * out.observed / fabs(out.required);
    if (progress_met(course.x, course.target, course.direction)) {
        out.trend = TREND_ACHIEVED;
        out.score = 5;
    } else {
        out.trend = out.ratio >= 0.95  ? TREND_SUBSTANTIAL
                    : out.ratio >= 0.6 ? TREND_MODERATE
                    : out.ratio >= 0   ? TREND_LIMITED
                                       : TREND_DETERIORATION;
        out.score = score_of_ratio(out.ratio);
    }
    return out;
}

Trend progress_trend_of_score(double score)
{
    return score >= 2.5    ? TREND_SUBSTANTIAL
           : score >= 0    ? TREND_MODERATE
           : score >= -2.5 ? TREND_LIMITED
                           : TREND_DETERIORATION;
}

/* How much growth may be asked of a value near its natural limit: 1 far from it, 0 at it. */
static double room_left(double x0, double limit)
{
    double b = fabs(x0), l = fabs(limit);

    if (isnan(limit) || b >= 2 * l) {
        return 1;
    }
    return b <= l ? 1 - pow(b / l, 4.44) : 1 - pow((2 * l - b) / l, 4.44);
}

Eurostat progress_eurostat_open(Course course, double limit)
{
    Eurostat out = {NAN, NAN, NAN, NAN, TREND_NONE};
    double x0 = course.x0 == 0 ? 0.001 : course.x0, room = room_left(x0, limit), v;

    if (!(course.t > course.t0) || !(x0 * course.x > 0)) {
        return out;
    }
    out.observed = progress_cagr(x0, course.x, course.t - course.t0);
    out.ratio = (x0 < 0 ? -1 : 1) * course.direction * out.observed;
    if (out.ratio < 0) {
        out.score = fmax(125 * out.ratio - 2.5, -5);
    } else if (room == 0) {
        out.score = 5;
    } else {
        v = out.ratio / room;
        out.score = v >= 0.015 ? fmin(500 * v - 5, 5) : v >= 0.005 ? 250 * v - 1.25 : 500 * v - 2.5;
    }
    out.trend = progress_trend_of_score(out.score);
    return out;
}

bool progress_standing(Course course)
{
    return course.direction != 0 && progress_met(course.x0, course.target, course.direction);
}

Escap progress_escap(Course course, double projected)
{
    double way = fabs(course.target - course.x0);
    Escap out = {NAN, projected, NAN, NAN, ESCAP_NONE};

    if (!(way > 0)) {
        return out;
    }
    out.status = progress_met(course.x, course.target, course.direction)
                     ? 10
                     : 10 * course.direction * (course.x - course.x0) / way;
    if (isnan(projected)) {
        return out;
    }
    out.gap = 100 * course.direction * (course.target - projected) / way;
    out.progress =
        progress_met(projected, course.target, course.direction) ? 10 : 10 - out.gap / 10;
    if (progress_standing(course)) {
        out.class = progress_met(projected, course.target, course.direction) ? ESCAP_MAINTAIN
                                                                             : ESCAP_REVERSE;
        return out;
    }
    out.class = out.gap <= 10 ? ESCAP_MAINTAIN : out.gap <= 100 ? ESCAP_ACCELERATE : ESCAP_REVERSE;
    return out;
}

static double logit(double share)
{
    return log(share / (1 - share));
}

double progress_project_logit(const Point *points, size_t n, double scale, double t)
{
    double slope = 0, last;

    if (n < 2) {
        return NAN;
    }
    for (size_t i = 1; i < n; i++) {
        slope += (logit(points[i].x / scale) - logit(points[i - 1].x / scale)) /
                 (points[i].t - points[i - 1].t);
    }
    slope /= (double)(n - 1);
    if (!isfinite(slope)) {
        return points[n - 1].x;
    }
    last = logit(points[n - 1].x / scale) + slope * (t - points[n - 1].t);
    return scale / (1 + exp(-last));
}

double progress_project_geometric(const Point *points, size_t n, double t)
{
    double ratio;

    if (n < 2) {
        return NAN;
    }
    ratio = points[n - 1].x / points[0].x;
    return ratio > 0 ? points[n - 1].x *
                           pow(ratio, (t - points[n - 1].t) / (points[n - 1].t - points[0].t))
                     : (double)NAN;
}

double progress_project_weighted(const Point *points, size_t n, double t)
{
    double sw = 0, st = 0, sx = 0, stt = 0, stx = 0, slope;

    if (n < 2) {
        return NAN;
    }
    for (size_t i = 0; i < n; i++) {
        double w = (t - points[0].t) / (t - points[i].t);

        sw += w;
        st += w * points[i].t;
        sx += w * points[i].x;
    }
    for (size_t i = 0; i < n; i++) {
        double w = (t - points[0].t) / (t - points[i].t), from_mean = points[i].t - st / sw;

        stt += w * from_mean * from_mean;
        stx += w * from_mean * (points[i].x - sx / sw);
    }
    slope = stx / stt;
    return isfinite(slope) ? sx / sw + slope * (t - st / sw) : (double)NAN;
}

Unsd progress_unsd(Course course)
{
    Unsd out = {NAN, NAN, UNSD_NONE};
    double rate = progress_cagr(course.x0, course.x, course.t - course.t0);

    if (isnan(rate) || course.target == course.x0) {
        return out;
    }
    out.expected = course.x * pow(1 + rate, course.t_target - course.t);
    out.share = (out.expected - course.x0) / (course.target - course.x0);
    if (progress_standing(course)) {
        out.class = progress_met(course.x, course.target, course.direction) ? UNSD_ON_TRACK
                                                                            : UNSD_STAGNATION;
        return out;
    }
    out.class = progress_met(course.x, course.target, course.direction) || out.share >= 0.95
                    ? UNSD_ON_TRACK
                : out.share >= 0.10 ? UNSD_ACCELERATE
                                    : UNSD_STAGNATION;
    return out;
}

/* Continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method. */
static double beta_fraction(double a, double b, double x)
{
    double c = 1, d = 1 / fmax(1 - (a + b) * x / (a + 1), 1e-300), result = d;

    for (int m = 1; m <= 300; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double step;

        d = 1 / (1 + even * d);
        c = 1 + even / c;
        result *= d * c;
        d = 1 / (1 + odd * d);
        c = 1 + odd / c;
        step = d * c;
        result *= step;
        if (fabs(step - 1) < 1e-15) {
            break;
        }
    }
    return result;
}

/* Regularised incomplete beta function I_x(a, b) (DLMF 8.17). */
static double incomplete_beta(double a, double b, double x)
{
    double front;

    if (x <= 0 || x >= 1) {
        return x <= 0 ? 0 : 1;
    }
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
    return x < (a + 1) / (a + b + 2) ? front * beta_fraction(a, b, x) / a
                                     : 1 - front * beta_fraction(b, a, 1 - x) / b;
}

/* Student's t distribution function. */
static double student(double t, double degrees)
{
    double tail = 0.5 * incomplete_beta(degrees / 2, 0.5, degrees / (degrees + t * t));

    return t >= 0 ? 1 - tail : tail;
}

double progress_probability(const Point *points, size_t n, double t, double target, int direction)
{
    double mean_t = 0, mean_x = 0, stt = 0, stx = 0, residual = 0, slope, predicted, spread;

    if (n < 4) {
        return NAN;
    }
    for (size_t i = 0; i < n; i++) {
        mean_t += points[i].t / (double)n;
        mean_x += points[i].x / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        stt += (points[i].t - mean_t) * (points[i].t - mean_t);
        stx += (points[i].t - mean_t) * (points[i].x - mean_x);
    }
    slope = stx / stt;
    for (size_t i = 0; i < n; i++) {
        double error = points[i].x - mean_x - slope * (points[i].t - mean_t);

        residual += error * error;
    }
    predicted = mean_x + slope * (t - mean_t);
    spread =
        sqrt(residual / (double)(n - 2) * (1 + 1 / (double)n + (t - mean_t) * (t - mean_t) / stt));
    if (!(spread > 0)) {
        return progress_met(predicted, target, direction) ? 1 : 0;
    }
    return student(direction * (predicted - target) / spread, (double)n - 2);
}
