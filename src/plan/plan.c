/* Plan: what a development plan promises, as data: targets, baseline facts, tasks, projects,
 * phases. */
#include "plan/plan.h"

#define WORDS(list)                                                                                \
    {                                                                                              \
        list(WORD) NULL                                                                            \
    }
#define WORD(name, word, ...) word,
const char *const TARGET_KIND_WORDS[] = WORDS(TARGET_KINDS);
const char *const COMPARATOR_WORDS[] = WORDS(COMPARATORS);
const char *const BINDING_WORDS[] = WORDS(BINDINGS);

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
enum { LAST_LINE = 10000000, LAST_CHARACTER = 10000000 };

static const Field AT_FIELDS[] = {
    {"line", FIELD_INT, offsetof(At, line), FIELD_REQUIRED, NULL, NULL, 1, LAST_LINE,
     TEXT_INIT("行，从 1 起", "line, from 1")},
    {"start", FIELD_INT, offsetof(At, start), 0, NULL, NULL, 0, LAST_CHARACTER,
     TEXT_INIT("首字符，从 0 起", "first character, from 0")},
    {"end", FIELD_INT, offsetof(At, end), 0, NULL, NULL, 1, LAST_CHARACTER,
     TEXT_INIT("末字符之后", "after the last character")},
};
const Record AT_RECORD = {"at", sizeof(At), AT_FIELDS, COUNT(AT_FIELDS), SIZE_MAX};

#define AT_FIELD(Type)                                                                             \
    {                                                                                              \
        "at", FIELD_RECORD, offsetof(Type, at), FIELD_FLOW, &AT_RECORD, NULL, 0, 0,                \
            TEXT_INIT("在原文中的位置", "place in the source document")                            \
    }
#define YEAR(Type, member, zh, en)                                                                 \
    {                                                                                              \
#member, FIELD_INT, offsetof(Type, member), 0, NULL, NULL, YEAR_FIRST, YEAR_LAST,          \
            TEXT_INIT(zh, en)                                                                      \
    }
#define PLAIN(Type, member, kind, flags, zh, en)                                                   \
    {                                                                                              \
#member, kind, offsetof(Type, member), flags, NULL, NULL, 0, 0, TEXT_INIT(zh, en)          \
    }
#define ENUM(Type, member, flags, words, zh, en)                                                   \
    {                                                                                              \
#member, FIELD_ENUM, offsetof(Type, member), flags, NULL, words, 0, 0, TEXT_INIT(zh, en)   \
    }

static const Field TARGET_FIELDS[] = {
    PLAIN(Target, indicator, FIELD_STR, 0, "词典中的指标；没有则省去",
          "indicator of the dictionary; left out if it has none"),
    PLAIN(Target, name, FIELD_TEXT, 0, "原文用语", "the document's words"),
    PLAIN(Target, region, FIELD_STR, 0, "地区代码或分组；省去即规划范围",
          "region code or group; the plan's area if left out"),
    ENUM(Target, comparator, FIELD_REQUIRED, COMPARATOR_WORDS,
         "以上 >=，以内 <=，左右 ~，其余 =", "at least >=, at most <=, about ~, else ="),
    PLAIN(Target, value, FIELD_DECIMAL, FIELD_REQUIRED, "目标值，保留原文位数",
          "value to reach, with the digits of the document"),
    PLAIN(Target, unit, FIELD_STR, 0, "单位；省去即指标的单位",
          "unit; the indicator's if left out"),
    {"year", FIELD_INT, offsetof(Target, year), FIELD_REQUIRED, NULL, NULL, YEAR_FIRST, YEAR_LAST,
     TEXT_INIT("目标年", "target year")},
    ENUM(Target, kind, 0, TARGET_KIND_WORDS, "水平、比重、年均增长、累计变化（带符号）",
         "level, share, average annual growth, cumulative change (signed)"),
    PLAIN(Target, relative_to, FIELD_STR, 0, "地区：值是比该地区高出多少，低于为负",
          "region: the value is how much it is above that region's, negative below"),
    PLAIN(Target, baseline, FIELD_DECIMAL, 0, "基期值", "value at the baseline"),
    YEAR(Target, baseline_year, "基期年", "year of the baseline"),
    ENUM(Target, binding, 0, BINDING_WORDS, "约束性或预期性", "binding or expected"),
    PLAIN(Target, implicit, FIELD_BOOL, 0, "由“全覆盖”等用语读出的数",
          "a number read out of words such as full coverage"),
    PLAIN(Target, part, FIELD_STR, 0, "所在章节", "chapter and section"),
    AT_FIELD(Target),
};
const Record TARGET_RECORD = {"target", sizeof(Target), TARGET_FIELDS, COUNT(TARGET_FIELDS),
                              offsetof(Target, node)};

static const Field FACT_FIELDS[] = {
    PLAIN(Fact, indicator, FIELD_STR, 0, "词典中的指标；没有则省去",
          "indicator of the dictionary; left out if it has none"),
    PLAIN(Fact, name, FIELD_TEXT, 0, "原文用语", "the document's words"),
    PLAIN(Fact, region, FIELD_STR, 0, "地区代码或分组；省去即规划范围",
          "region code or group; the plan's area if left out"),
    ENUM(Fact, comparator, 0, COMPARATOR_WORDS,
         "多、近、约等；省去即 =", "over, nearly, about; = if left out"),
    PLAIN(Fact, value, FIELD_DECIMAL, FIELD_REQUIRED, "值，保留原文位数",
          "value, with the digits of the document"),
    PLAIN(Fact, unit, FIELD_STR, 0, "单位；省去即指标的单位", "unit; the indicator's if left out"),
    PLAIN(Fact, period, FIELD_PERIOD, FIELD_REQUIRED, "时期", "period"),
    ENUM(Fact, kind, 0, TARGET_KIND_WORDS, "水平、比重、年均增长、累计变化",
         "level, share, average annual growth, cumulative change"),
    YEAR(Fact, since, "增长或变化的起算年", "year that a growth or change counts from"),
    PLAIN(Fact, relative_to, FIELD_STR, 0, "地区：值是比该地区高出多少，低于为负",
          "region: the value is how much it is above that region's, negative below"),
    AT_FIELD(Fact),
};
static const Record FACT_RECORD = {"fact", sizeof(Fact), FACT_FIELDS, COUNT(FACT_FIELDS),
                                   offsetof(Fact, node)};

static const Field PHASE_FIELDS[] = {
    PLAIN(Phase, title, FIELD_TEXT, FIELD_REQUIRED, "阶段名", "name of the phase"),
    PLAIN(Phase, years, FIELD_YEARS, FIELD_REQUIRED, "首末两年", "first and last year"),
    AT_FIELD(Phase),
};
static const Record PHASE_RECORD = {"phase", sizeof(Phase), PHASE_FIELDS, COUNT(PHASE_FIELDS),
                                    offsetof(Phase, node)};

static const Field TASK_FIELDS[] = {
    PLAIN(Task, id, FIELD_STR, FIELD_REQUIRED, "代号", "id"),
    PLAIN(Task, title, FIELD_TEXT, FIELD_REQUIRED, "任务", "what must be done"),
    PLAIN(Task, part, FIELD_STR, 0, "所在章节", "chapter and section"),
    PLAIN(Task, owners, FIELD_STRS, 0, "责任主体", "bodies in charge"),
    PLAIN(Task, cooperating, FIELD_STRS, 0, "配合单位", "bodies that take part"),
    PLAIN(Task, due, FIELD_PERIOD, 0, "期限", "due"),
    PLAIN(Task, cycle, FIELD_STR, 0, "周期", "how often, where it recurs"),
    AT_FIELD(Task),
};
static const Record TASK_RECORD = {"task", sizeof(Task), TASK_FIELDS, COUNT(TASK_FIELDS),
                                   offsetof(Task, node)};

static const Field PROJECT_FIELDS[] = {
    PLAIN(Project, id, FIELD_STR, FIELD_REQUIRED, "代号", "id"),
    PLAIN(Project, title, FIELD_TEXT, FIELD_REQUIRED, "项目", "what is built"),
    PLAIN(Project, part, FIELD_STR, 0, "所在章节", "chapter and section"),
    PLAIN(Project, region, FIELD_STR, 0, "所在地区", "where"),
    PLAIN(Project, owners, FIELD_STRS, 0, "责任主体", "bodies in charge"),
    PLAIN(Project, due, FIELD_PERIOD, 0, "期限", "due"),
    AT_FIELD(Project),
};
static const Record PROJECT_RECORD = {"project", sizeof(Project), PROJECT_FIELDS,
                                      COUNT(PROJECT_FIELDS), offsetof(Project, node)};

static const Field MECHANISM_FIELDS[] = {
    PLAIN(Mechanism, name, FIELD_TEXT, FIELD_REQUIRED, "机制、平台等的名称",
          "name of the mechanism, platform or the like"),
    PLAIN(Mechanism, kind, FIELD_STR, 0, "类别：机制、平台、网络、体系、制度等",
          "what it is: the noun its name ends in"),
    PLAIN(Mechanism, part, FIELD_STR, 0, "所在章节", "chapter and section"),
    PLAIN(Mechanism, cycle, FIELD_STR, 0, "周期", "how often, where it recurs"),
    AT_FIELD(Mechanism),
};
static const Record MECHANISM_RECORD = {"mechanism", sizeof(Mechanism), MECHANISM_FIELDS,
                                        COUNT(MECHANISM_FIELDS), offsetof(Mechanism, node)};

static const Field UNCLAIMED_FIELDS[] = {
    PLAIN(Unclaimed, text, FIELD_STR, FIELD_REQUIRED, "原文", "as it stands"),
    AT_FIELD(Unclaimed),
};
static const Record UNCLAIMED_RECORD = {"unclaimed", sizeof(Unclaimed), UNCLAIMED_FIELDS,
                                        COUNT(UNCLAIMED_FIELDS), offsetof(Unclaimed, node)};

static const Field AREA_FIELDS[] = {
    PLAIN(Area, group, FIELD_STR, FIELD_REQUIRED, "分组代号", "id of the group"),
    PLAIN(Area, members, FIELD_STRS, 0, "成员地区代码", "codes of the member regions"),
    AT_FIELD(Area),
};
static const Record AREA_RECORD = {"area", sizeof(Area), AREA_FIELDS, COUNT(AREA_FIELDS), SIZE_MAX};

static const Field ORIGIN_FIELDS[] = {
    PLAIN(Origin, number, FIELD_STR, 0, "文号", "document number"),
    PLAIN(Origin, title, FIELD_TEXT, 0, "标题", "title"),
    PLAIN(Origin, issuer, FIELD_STR, 0, "发文机关", "issuing body"),
    PLAIN(Origin, issued, FIELD_PERIOD, 0, "成文日期", "date of issue"),
    PLAIN(Origin, file, FIELD_STR, 0, "原文所在文件，相对于本文件",
          "where its text lies, as seen from this file"),
};
static const Record ORIGIN_RECORD = {"source", sizeof(Origin), ORIGIN_FIELDS, COUNT(ORIGIN_FIELDS),
                                     SIZE_MAX};

#define NESTED(key, kind, member, flags, record, zh, en)                                           \
    {                                                                                              \
        key, kind, offsetof(Plan, member), flags, record, NULL, 0, 0, TEXT_INIT(zh, en)            \
    }
static const Field PLAN_FIELDS[] = {
    {"plan", FIELD_STR, offsetof(Plan, id), FIELD_REQUIRED, NULL, NULL, 0, 0,
     TEXT_INIT("规划代号", "id of the plan")},
    PLAIN(Plan, title, FIELD_TEXT, FIELD_REQUIRED, "标题", "title"),
    PLAIN(Plan, uses, FIELD_STRS, 0, "所用词典文件", "dictionary files it uses"),
    PLAIN(Plan, period, FIELD_YEARS, FIELD_REQUIRED, "规划期", "first and last year of the plan"),
    YEAR(Plan, horizon, "远景年", "year of the long-range outlook"),
    NESTED("area", FIELD_RECORD, area, FIELD_REQUIRED, &AREA_RECORD, "规划范围",
           "the area it is for"),
    NESTED("source", FIELD_RECORD, source, 0, &ORIGIN_RECORD, "文件",
           "the document it was read from"),
    NESTED("facts", FIELD_RECORDS, facts, FIELD_FLOW, &FACT_RECORD, "现状数字",
           "numbers stated of the present or the past"),
    NESTED("targets", FIELD_RECORDS, targets, 0, &TARGET_RECORD, "目标", "targets"),
    NESTED("phases", FIELD_RECORDS, phases, FIELD_FLOW, &PHASE_RECORD, "阶段", "phases"),
    NESTED("tasks", FIELD_RECORDS, tasks, 0, &TASK_RECORD, "任务", "tasks"),
    NESTED("projects", FIELD_RECORDS, projects, 0, &PROJECT_RECORD, "项目", "projects"),
    NESTED("mechanisms", FIELD_RECORDS, mechanisms, FIELD_FLOW, &MECHANISM_RECORD, "机制",
           "mechanisms to set up"),
    NESTED("unclaimed", FIELD_RECORDS, unclaimed, FIELD_FLOW, &UNCLAIMED_RECORD, "未认领的数字",
           "numbers that became nothing else"),
};
const Record PLAN_RECORD = {"plan", sizeof(Plan), PLAN_FIELDS, COUNT(PLAN_FIELDS),
                            offsetof(Plan, node)};

Err plan_read(Arena *arena, const YamlDoc *doc, Plan *out, Diags *diags)
{
    *out = (Plan){.file = doc->source};
    return record_read(arena, &doc->source, &PLAN_RECORD, doc->root, out, diags);
}

void plan_write(Arena *arena, const Plan *plan, Buf *out)
{
    YamlWriter *writer = yaml_writer_new(arena, out);

    record_write(writer, &PLAN_RECORD, plan);
    yaml_writer_close(writer);
}

const double ABOUT_TOLERANCE = 0.05;

Str comparator_sign(int comparator, Lang lang)
{
    static const Text SIGNS[] = {TEXT_INIT("", ""),
#define X(name, word, zh, en) TEXT_INIT(zh, en),
                                 COMPARATORS(X)
#undef X
    };

    return text_in(SIGNS[comparator], lang);
}

Str plan_region(const Plan *plan, Str region)
{
    return region.len != 0 ? region : plan->area.group;
}
