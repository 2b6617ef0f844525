/* Assess: a plan's targets against facts: how far, how fast, what verdict, what is missing for one.
 */
#ifndef LONGTU_ASSESS_ASSESS_H
#define LONGTU_ASSESS_ASSESS_H

#include "assess/progress.h"
#include "evaluate/evaluate.h"

/* X(constant, word in JSON, zh, en, colour) */
#define STATUSES(X)                                                                                \
    X(STATUS_ATTAINED, "attained", "已实现", "attained", "32")                                     \
    X(STATUS_ON_TRACK, "on_track", "符合进度", "on track", "32")                                   \
    X(STATUS_BEHIND, "behind", "滞后", "behind", "33")                                             \
    X(STATUS_OFF_TRACK, "off_track", "严重滞后", "off track", "31")                                \
    X(STATUS_MISSED, "missed", "未实现", "missed", "31")                                           \
    X(STATUS_NO_DATA, "no_data", "无数据", "no data", "90")

/* X(constant, word, zh, en) */
#define METHODS(X)                                                                                 \
    X(METHOD_CHINESE, "chinese", "序时进度", "time progress")                                      \
    X(METHOD_EUROSTAT, "eurostat", "欧盟统计局", "Eurostat")                                       \
    X(METHOD_ESCAP, "escap", "亚太经社会", "ESCAP")                                                \
    X(METHOD_UNSD, "unsd", "联合国统计司", "UNSD")

/* Why there is no verdict, or what one should know about it. X(constant, word, zh, en) */
#define REMARKS(X)                                                                                 \
    X(REMARK_NONE, "", "", "")                                                                     \
    X(REMARK_NO_INDICATOR, "no_indicator", "词典中没有这一指标",                                   \
      "the dictionary has no such indicator")                                                      \
    X(REMARK_NO_VALUE, "no_value", "没有数据；公布本区域的合计数，或补齐下列各数，即可评估",       \
      "no value; the area's own figure, or all of the following, would settle it")                 \
    X(REMARK_NO_BASELINE, "no_baseline", "没有基期值", "no baseline")                              \
    X(REMARK_UNDECIDED, "undecided",                                                               \
      "已知范围尚不能判定；公布本区域的合计数，或补齐下列各数，即可评估",                          \
      "the known range does not decide it; the area's own figure, or all of the following, would") \
    X(REMARK_BOUNDED, "bounded", "部分数据缺失，由整体与其余部分限定范围；缺",                     \
      "parts are missing, the whole and the other parts bound them; missing")                      \
    X(REMARK_ONLY_MIXED, "only_mixed", "只有混用口径才有值",                                       \
      "a value only if editions were mixed")                                                       \
    X(REMARK_NOT_YET, "not_yet", "目标年的数尚未公布，按最近一年",                                 \
      "the target year is not published; by the latest year")                                      \
    X(REMARK_DISTANCE, "distance", "与另一地区之差：只评估对上级地区的水平之差",                   \
      "a distance from another area: only that of a level from an area above is assessed")         \
    X(REMARK_BASE_EDITION, "base_edition", "基期与实际口径不同，不算进度",                         \
      "baseline and actual are of different editions: no progress")

#define CONSTANT(name, ...) name,
typedef enum { STATUSES(CONSTANT) N_STATUSES } Status;
typedef enum { METHODS(CONSTANT) N_METHODS } Method;
typedef enum { REMARKS(CONSTANT) N_REMARKS } Remark;
#undef CONSTANT

typedef enum { BASELINE_NONE, BASELINE_TARGET, BASELINE_FACT, BASELINE_DATA } BaselineOrigin;

typedef struct { /* an observation that is not there and would help */
    uint32_t measure, entity;
    int64_t year;
} Missing;

typedef struct {
    bool applies;
    bool good; /* on course, or met: what methods are compared by */
    Eurostat eurostat;
    Escap escap;
    Unsd unsd;
} MethodResult;

typedef struct {
    const Plan *plan;
    const Target *target;
    uint32_t indicator, entity; /* NONE: not in the dictionary */
    Unit unit;                  /* of target, baseline, actual */
    int direction;              /* +1 more is better, -1 less, 0 neither */

    double value;     /* to reach; a cumulative change or growth in percent */
    double tolerance; /* for ~: how far off still counts */

    BaselineOrigin baseline_origin;
    double baseline; /* NAN if none */
    int64_t baseline_year;
    Str baseline_edition;
    const Fact *baseline_fact;

    Interval actual; /* empty if none */
    int64_t actual_year;
    Str actual_edition;
    double *chain; /* annual rates from baseline_year + 1 on, where the actual is their average */
    size_t n_chain;

    Course course; /* what the methods start from; in index numbers for growth and change */
    double progress, time_progress, lead; /* time_progress is that of the day of the assessment */
    double actual_time; /* share of time gone at the end of the actual's year; NAN if none */
    PlanGrade grade;
    double forecast, probability; /* NAN if unknown */
    MethodResult methods[N_METHODS];
    bool disagree; /* methods asked for come to different sides */

    Status status;
    bool proven; /* the verdict holds over a whole interval */
    Remark remark;
    Missing *missing; /* what would settle it; at most ASSESS_MAX_MISSING */
    size_t n_missing;

    Evaluation *evaluation; /* of the indicator's formula; NULL if none */
    Evaluation
        *actual_evaluation; /* which gave the actual: the formula's or the published average's */
    Point *points;          /* known points of the course, which projections start from */
    size_t n_points;
} Assessment;

enum { ASSESS_MAX_MISSING = 5000 };

/* Our choices, printed with every assessment: 左右 and 约 allow five in a hundred of the value;
 * behind is a lead of -10 points or less, off track is that and less than half of what time would
 * ask, or a step backwards. */
extern const double OFF_TRACK_SHARE; /* and ABOUT_TOLERANCE of plan/plan.h */

typedef struct {
    int64_t as_of;           /* a day */
    bool methods[N_METHODS]; /* asked for; the first of them decides the forecast */
} AssessOptions;

/* One assessment for each target, in the plan's order. Everything lives in the evaluator's arena.
 * ERR_RESOURCE if the store failed. notice: monitoring-assessment */
Err assess_plan(Evaluator *evaluator, const Plan *plan, const AssessOptions *options,
                Assessment **out, Diags *diags);

/* What they are called, in JSON and for people. */

const char *status_word(Status status);
Text status_text(Status status);
const char *status_colour(Status status);
const char *method_word(Method method);
Text method_text(Method method);
Text grade_text(PlanGrade grade);
const char *remark_word(Remark remark);
Text remark_text(Remark remark);

#endif
