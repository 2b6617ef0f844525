/* Plan: what a development plan promises, as data: targets, baseline facts, tasks, projects,
 * phases. */
#ifndef LONGTU_PLAN_PLAN_H
#define LONGTU_PLAN_PLAN_H

#include "plan/record.h"

typedef struct {        /* a place in the source document; all zero: none */
    int64_t line;       /* from 1 */
    int64_t start, end; /* characters of the line from 0; end is not included */
} At;

/* X(constant, word in the file, zh, en) */
#define TARGET_KINDS(X)                                                                            \
    X(TARGET_LEVEL, "level", "水平", "level")                                                      \
    X(TARGET_SHARE, "share", "比重", "share")                                                      \
    X(TARGET_ANNUAL_GROWTH, "annual_growth", "年均增长", "average annual growth")                  \
    X(TARGET_CUMULATIVE_CHANGE, "cumulative_change", "累计变化", "cumulative change")

#define COMPARATORS(X)                                                                             \
    X(COMPARE_AT_LEAST, ">=", "≥", "≥")                                                            \
    X(COMPARE_AT_MOST, "<=", "≤", "≤")                                                             \
    X(COMPARE_EQUAL, "=", "", "")                                                                  \
    X(COMPARE_ABOUT, "~", "约", "~")

#define BINDINGS(X)                                                                                \
    X(BINDING_OBLIGATORY, "binding", "约束性", "binding")                                          \
    X(BINDING_EXPECTED, "expected", "预期性", "expected")

typedef enum {
    TARGET_KIND_NONE,
#define X(name, ...) name,
    TARGET_KINDS(X)
#undef X
} TargetKind;
typedef enum {
    COMPARE_NONE,
#define X(name, ...) name,
    COMPARATORS(X)
#undef X
} Comparator;
typedef enum {
    BINDING_NONE,
#define X(name, ...) name,
    BINDINGS(X)
#undef X
} Binding;

typedef struct {
    const YamlNode *node;
    Str indicator; /* id in the dictionary; empty if the dictionary has none */
    Text name;     /* the document's words, where they differ from the indicator's or there is no
                      indicator */
    Str region;    /* empty: the plan's area */
    int comparator; /* Comparator; what the words say: 以上 >=, 以内 <=, 左右 ~, a bare number = */
    OptDecimal value;
    Str unit; /* empty: the indicator's */
    int64_t year;
    int kind;        /* TargetKind; absent is level */
    Str relative_to; /* the value is how much it is above that area's, below if negative */
    OptDecimal baseline;
    int64_t baseline_year;
    int binding;   /* Binding */
    bool implicit; /* the number is our reading of words such as 全覆盖 */
    Str part;      /* number of the chapter and section: 十一（二） */
    At at;
} Target;

typedef struct { /* a number that the plan states of the present or the past */
    const YamlNode *node;
    Str indicator;
    Text name;
    Str region;
    int comparator; /* absent is = */
    OptDecimal value;
    Str unit;
    OptPeriod period;
    int kind;        /* TargetKind; absent is level */
    int64_t since;   /* growth and change: the year they count from */
    Str relative_to; /* as in Target */
    At at;
} Fact;

typedef struct {
    const YamlNode *node;
    Str id;
    Text title;
    Str part;       /* as in Target */
    StrList owners; /* bodies that answer for it */
    StrList cooperating;
    OptPeriod due;
    Str cycle; /* how often, where it recurs: 月, 季, 年, 定期 */
    At at;
} Task;

typedef struct {
    const YamlNode *node;
    Str id;
    Text title;
    Str part;
    Str region;
    StrList owners;
    OptPeriod due;
    At at;
} Project;

typedef struct {
    const YamlNode *node;
    Text title;
    int64_t years[2];
    At at;
} Phase;

typedef struct { /* what the plan says to set up: a platform, network, system, rule */
    const YamlNode *node;
    Text name;
    Str kind;  /* 机制, 平台, 网络, 体系, 制度, …: the noun that the name ends in */
    Str part;  /* number of the chapter and section */
    Str cycle; /* 月, 季, 年, 定期, where it has one */
    At at;
} Mechanism;

typedef struct { /* a number of the document that became nothing else */
    const YamlNode *node;
    Str text; /* as it stands, with its unit */
    At at;
} Unclaimed;

typedef struct {
    Str group;
    StrList members; /* region codes */
    At at;
} Area;

typedef struct {
    Str number;
    Text title;
    Str issuer;
    OptPeriod issued;
    Str file; /* where the text lies, as seen from the plan file */
} Origin;

typedef struct {
    const YamlNode *node;
    Str id;
    Text title;
    StrList uses; /* dictionary files, as seen from this file */
    int64_t period[2];
    int64_t horizon;
    Area area;
    Origin source;
    LIST(Fact) facts;
    LIST(Target) targets;
    LIST(Phase) phases;
    LIST(Task) tasks;
    LIST(Project) projects;
    LIST(Mechanism) mechanisms;
    LIST(Unclaimed) unclaimed;

    Source file; /* where it was read from; not written */
} Plan;

extern const Record PLAN_RECORD, TARGET_RECORD, AT_RECORD;
extern const char *const TARGET_KIND_WORDS[], *const COMPARATOR_WORDS[], *const BINDING_WORDS[];

/* Reads a plan file's text; what the dictionary must settle is checked by plan_conform. */
Err plan_read(Arena *arena, const YamlDoc *doc, Plan *out, Diags *diags);

/* Writes it so that plan_read gives the same again. */
void plan_write(Arena *arena, const Plan *plan, Buf *out);

/* The region a target or fact speaks of: its own, or the plan's area. */
Str plan_region(const Plan *plan, Str region);

/* How far 约 and 左右 reach to each side, as a share of the value: our choice. */
extern const double ABOUT_TOLERANCE;

Str comparator_sign(int comparator, Lang lang); /* for people: ≥ ≤ 约 */

#endif
