/* Tests of Progress: the published examples of the methods, to the printed digit, and the laws they
 * obey. */
#include "assess/progress.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void near(double actual, double expected, double tolerance)
{
    if (!(fabs(actual - expected) <= tolerance)) {
        fail_msg("%.17g is not %.17g within %g", actual, expected, tolerance);
    }
}

/* Statistics Canada, indicator_calculation_components.yml of its two indicator repositories,
 * method 5.2 (E1 to E4). */
static void eurostat_with_a_target(void **state)
{
    static const struct {
        Course course;
        double ratio, score;
        Trend trend;
    } CASES[] = {
        {{14.5, 2015, 10.2, 2023, 7.25, 2030, -1},
         0.9525901792032172,
         2.5185563910306596,
         TREND_SUBSTANTIAL},
        {{699.0, 2014, 683.4, 2022, 490, 2030, -1},
         0.12830416881599752,
         -1.9653950197943832,
         TREND_LIMITED},
        {{26866, 2016, 36058, 2024, 13433, 2028, -1}, -0.6675781357974336, -5, TREND_DETERIORATION},
        {{70, 2015, 68, 2021, 100, 2030, -1}, 0.20028868698657923, 5, TREND_ACHIEVED},
    };

    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        Eurostat out = progress_eurostat(CASES[i].course);

        near(out.ratio, CASES[i].ratio, 1e-9);
        near(out.score, CASES[i].score, 1e-9);
        assert_int_equal(out.trend, CASES[i].trend);
    }
}

/* The same source, method 5.2 without a target (E5 to E7). */
static void eurostat_without_a_target(void **state)
{
    Eurostat cif_1_2_1 = progress_eurostat_open((Course){66.6, 2016, 71.4, 2023, NAN, NAN, 1}, 100);
    Eurostat cif_12_4_1 =
        progress_eurostat_open((Course){0.83, 2015, 0.81, 2021, NAN, NAN, -1}, NAN);
    Eurostat first = progress_eurostat_open((Course){83.8, 2015, 77.7, 2022, NAN, NAN, 1}, 100);
    Eurostat second = progress_eurostat_open((Course){66.7, 2015, 61.1, 2024, NAN, NAN, 1}, 100);

    (void)state;
    near(cif_1_2_1.ratio, 0.009991483690946268, 1e-9);
    near(cif_1_2_1.score, 1.739752850099936, 1e-9);
    assert_int_equal(cif_1_2_1.trend, TREND_MODERATE);
    near(cif_12_4_1.ratio, 0.004056990276131822, 1e-9);
    near(cif_12_4_1.score, -0.4715048619340889, 1e-9);
    assert_int_equal(cif_12_4_1.trend, TREND_LIMITED);
    near(first.score, -3.842343121245121, 1e-9);
    near(second.score, -3.7120450615348832, 1e-9);
    near((first.score + second.score) / 2, -3.777194091390002, 1e-9);
    assert_int_equal(progress_trend_of_score((first.score + second.score) / 2),
                     TREND_DETERIORATION);
}

/* UNICEF MENARO, method 5.3 with the logit projection: base 2015 and current 2025 are themselves
 * projected (E8 to E10). */
static void escap_by_logit(void **state)
{
    static const Point BRTC[] = {{2004, 62.6}, {2010, 74.1}, {2011, 73.6}, {2018, 86.6}};
    static const Point POVERTY[] = {{2008, 24.3}, {2014, 16.6}};
    static const Point WASTING[] = {{2006, 14.5}, {2010, 15.4}, {2014, 16.3}};
    static const struct {
        const Point *points;
        size_t n;
        double target;
        int direction;
        double values[3], status, progress, gap;
        EscapClass class;
    } CASES[] = {
        {BRTC,
         4,
         100,
         1,
         {84.32327993028623, 90.84089387611837, 93.08809404834403},
         4.15751121207023,
         5.590974437944296,
         44.09026,
         ESCAP_ACCELERATE},
        {POVERTY,
         2,
         5,
         -1,
         {15.526325817325445, 7.65285563023889, 5.271188051897322},
         7.4797895521412485,
         9.74237159612619,
         2.57628,
         ESCAP_MAINTAIN},
        {WASTING,
         3,
         3,
         -1,
         {16.537220666920458, 19.063030459991595, 20.432382808680334},
         -1.865825973601216,
         -2.877372126523793,
         128.77372,
         ESCAP_REVERSE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        double values[3];
        Escap out;

        for (int k = 0; k < 3; k++) {
            values[k] = progress_project_logit(CASES[i].points, CASES[i].n, 100,
                                               k == 0   ? 2015
                                               : k == 1 ? 2025
                                                        : 2030);
            near(values[k], CASES[i].values[k], 1e-6);
        }
        out = progress_escap(
            (Course){values[0], 2015, values[1], 2025, CASES[i].target, 2030, CASES[i].direction},
            values[2]);
        near(out.status, CASES[i].status, 1e-6);
        near(out.progress, CASES[i].progress, 1e-6);
        near(out.gap, CASES[i].gap, 1e-5);
        assert_int_equal(out.class, CASES[i].class);
    }
}

/* hunan.gov.cn 2014-08-05: parts of a total and their completion rates; nothing may contradict
 * (E11). */
static void hunan_parts_agree(void **state)
{
    static const double BY_KIND[][2] = {{442.4, 52.4}, {335.5, 39.4}, {14.5, 13.9}};
    static const double BY_FIELD[][2] = {{53.9, 49.3}, {153.2, 50.1}, {324, 40.8}, {261.3, 44.2}};
    double sum = 0, plan = 0, other = 0, other_plan = 0;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        sum += BY_KIND[i][0];
        plan += BY_KIND[i][0] / BY_KIND[i][1] * 100;
    }
    for (size_t i = 0; i < 4; i++) {
        other += BY_FIELD[i][0];
        other_plan += BY_FIELD[i][0] / BY_FIELD[i][1] * 100;
    }
    near(sum, 792.4, 1e-9);
    near(other, 792.4, 1e-9);
    near(plan, 1800.1, 0.05);
    near(other_plan, 1800.4, 0.05);
    near(progress_lead_months(0.44, 6), -6.0, 1e-9);
}

/* Leads within a year count whole months (E12, E13); shares of a plan (E14). */
static void leads_by_months(void **state)
{
    (void)state;
    near(progress_lead_months(0.44, 5), 2.333, 0.0005);
    near(progress_lead_months(0.432, 4), 9.867, 0.0005);
    near(progress_lead_months(0.378, 4), 4.467, 0.0005);
    near(progress_completion((Course){.x = 7.9, .target = 9}) * 100, 87.78, 0.005);
    near(progress_completion((Course){.x = 8.15, .target = 9.7}) * 100, 84.02, 0.005);
    near(progress_completion((Course){.x = 35.9, .target = 56.21}) * 100, 63.868, 0.0005);
}

/* ITM Platform, project progress (E15); TeamCulture, interpolated score (E16). */
static void projects_and_scores(void **state)
{
    static const double DONE[] = {35, 22, 0}, DAYS[] = {9, 7, 4};

    (void)state;
    near(progress_by_duration(DONE, DAYS, 3), 23.45, 1e-9);
    near(progress_interpolated(8, 10, 20, 25), 0, 1e-9);
    near(progress_interpolated(14, 10, 20, 25), 88, 1e-9);
    near(progress_interpolated(23, 10, 20, 25), 112, 1e-9);
}

/* The grades of the national mid-term evaluation cover its 20 main indicators (E17), and their
 * thresholds are ours. */
static void grades(void **state)
{
    (void)state;
    assert_int_equal(progress_grade(1, 40), GRADE_EARLY);
    assert_int_equal(progress_grade(0.7, 10), GRADE_FASTER);
    assert_int_equal(progress_grade(0.6, 9.99), GRADE_AS_EXPECTED);
    assert_int_equal(progress_grade(0.5, -10), GRADE_LAGGING);
    assert_int_equal(progress_grade(NAN, 0), GRADE_NONE);
}

/* A fall of 13.5 % in five years is 2.86 % a year; growth still needed after a slow start, by hand.
 */
static void growth_and_change(void **state)
{
    static const double RATES[] = {0.08, 0.07, 0.06};

    (void)state;
    near(progress_even_pace(-0.135, 5) * 100, -2.86, 0.005);
    near(progress_cumulative(-0.16, -0.16), 1, 1e-12);
    near(progress_cumulative(pow(0.84, 0.4) - 1, -0.16), 0.4, 1e-12);
    near(progress_chain(RATES, 3), cbrt(1.08 * 1.07 * 1.06) - 1, 1e-12);
    near(progress_required_growth(0.065, (Course){100, 2020, 106, 2021, 0, 2025, 1}),
         pow(100 * pow(1.065, 5) / 106, 0.25) - 1, 1e-12);
}

/* A small generator, so that the laws are tried on many courses. */
static double next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

static void laws(void **state)
{
    uint64_t seed = 20251231;

    (void)state;
    for (int i = 0; i < 2000; i++) {
        int direction = next_random(&seed) < 0.5 ? 1 : -1;
        double x0 = 1 + 99 * next_random(&seed), far = 0.05 + 0.9 * next_random(&seed);
        Course course = {
            x0,   2020,     0, 2020 + 1 + floor(4 * next_random(&seed)), x0 * (1 + direction * far),
            2025, direction};
        Course scaled;

        course.x = x0 * (0.5 + next_random(&seed));
        scaled = course;
        scaled.x0 *= 7.5;
        scaled.x *= 7.5;
        scaled.target *= 7.5;
        near(progress_eurostat(scaled).ratio, progress_eurostat(course).ratio,
             1e-9); /* a change of unit changes nothing */
        near(progress_completion(scaled), progress_completion(course), 1e-9);
        near(progress_escap(scaled, NAN).status, progress_escap(course, NAN).status, 1e-9);
        near(progress_unsd(scaled).share, progress_unsd(course).share, 1e-6);
        course.x = progress_geometric_path(course);
        near(progress_eurostat(course).ratio, 1, 1e-9); /* on the path of constant rate */
        course.x = progress_linear_path(course);
        near(progress_completion(course), progress_time(course), 1e-12);
        near(progress_lead(progress_completion(course), progress_time(course)), 0, 1e-9);
        course.x = course.target;
        assert_int_equal(progress_eurostat(course).trend, TREND_ACHIEVED);
        assert_int_equal(progress_unsd(course).class, UNSD_ON_TRACK);
        near(progress_escap(course, course.target).status, 10, 1e-12);
        near(progress_eurostat_open((Course){x0, 2015, x0 * 1.1, 2020, NAN, NAN, 1}, NAN).ratio,
             -progress_eurostat_open((Course){x0, 2015, x0 * 1.1, 2020, NAN, NAN, -1}, NAN).ratio,
             1e-12);
    }
}

/* R = 0.95 is a score of 2.5 up to the printed constants; a gap of 10 % of the way is an
 * anticipated progress of 9. */
static void thresholds_agree(void **state)
{
    (void)state;
    near(7.1429 * 0.95 - 4.2857, 2.500055, 1e-9);
    near(progress_escap((Course){0, 2020, 50, 2023, 100, 2025, 1}, 90).progress, 9, 1e-12);
    assert_int_equal(progress_escap((Course){0, 2020, 50, 2023, 100, 2025, 1}, 90).class,
                     ESCAP_MAINTAIN);
    assert_int_equal(progress_escap((Course){0, 2020, 50, 2023, 100, 2025, 1}, 89).class,
                     ESCAP_ACCELERATE);
}

static void no_answer_where_there_is_none(void **state)
{
    (void)state;
    assert_true(isnan(progress_completion((Course){.x0 = 5, .x = 6, .target = 5})));
    assert_int_equal(progress_eurostat((Course){-3, 2015, 4, 2020, 10, 2030, 1}).trend, TREND_NONE);
    assert_int_equal(progress_eurostat((Course){3, 2020, 4, 2020, 10, 2030, 1}).trend, TREND_NONE);
    assert_true(isnan(progress_chain(NULL, 0)));
    assert_true(isnan(progress_project_geometric(NULL, 0, 2030)));
}

/* Probability by the t distribution: with 4 points there are 2 degrees of freedom, where F(t) = 1/2
 * + t/(2 sqrt(2 + t^2)). The points 1, 2, 3, 4 + (e, -e, -e, e) keep the line x = t and leave
 * residuals of e. */
static void probability_by_hand(void **state)
{
    static const Point POINTS[] = {{1, 1.1}, {2, 1.9}, {3, 2.9}, {4, 4.1}};
    double spread = sqrt(0.04 / 2 * (1 + 0.25 + (6 - 2.5) * (6 - 2.5) / 5)), t = (6 - 6.2) / spread;

    (void)state;
    near(progress_probability(POINTS, 4, 6, 6.2, 1), 0.5 + t / (2 * sqrt(2 + t * t)), 1e-12);
    near(progress_probability(POINTS, 4, 6, 6.2, -1), 0.5 - t / (2 * sqrt(2 + t * t)), 1e-12);
    assert_true(isnan(progress_probability(POINTS, 3, 6, 6.2, 1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eurostat_with_a_target),
        cmocka_unit_test(eurostat_without_a_target),
        cmocka_unit_test(escap_by_logit),
        cmocka_unit_test(hunan_parts_agree),
        cmocka_unit_test(leads_by_months),
        cmocka_unit_test(projects_and_scores),
        cmocka_unit_test(grades),
        cmocka_unit_test(growth_and_change),
        cmocka_unit_test(laws),
        cmocka_unit_test(thresholds_agree),
        cmocka_unit_test(no_answer_where_there_is_none),
        cmocka_unit_test(probability_by_hand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
