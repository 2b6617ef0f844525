/* Conform: whether what a plan says can be read with the dictionary: indicators, regions, units,
 * years, bodies. */
#include "plan/conform.h"

#include "base/utf8.h"

#include <assert.h>

/* How far before a plan's first year a baseline may lie: our choice; a year further back is a slip
 * of the pen. */
enum { BASELINE_REACH = 50 };

typedef struct {
    const Catalog *catalog;
    const Plan *plan;
    Diags *diags;
    Arena *arena;
    bool failed;
} Checker;

static Place plan_place(const Checker *checker, const YamlNode *node, const char *key)
{
    const YamlNode *value = yaml_get(node, str_z(key));

    return diag_place(checker->diags, &checker->plan->file,
                      value != NULL ? value->at : (Span){node->at.start, node->at.start});
}

/* “did you mean …?” for a region, with its name, since codes say nothing. */
static Str suggest_region(const Checker *checker, Str region)
{
    const Catalog *catalog = checker->catalog;
    Str near = map_nearest(catalog->entity_names, utf8_fold(checker->arena, region));
    Text name;

    if (near.len == 0) {
        return STR("");
    }
    name = catalog->entities.at[catalog_entity(catalog, near)].name;
    if (str_eq(near, name.zh)) {
        return str_format(checker->arena, "%.*s?", STR_ARG(near));
    }
    return diag_word(checker->arena,
                     (Text){str_format(checker->arena, "%.*s（%.*s）?", STR_ARG(near),
                                       STR_ARG(text_in(name, LANG_ZH))),
                            str_format(checker->arena, "%.*s (%.*s)?", STR_ARG(near),
                                       STR_ARG(text_in(name, LANG_EN)))});
}

/* The names of regions, one after another, in both languages. */
typedef struct {
    Buf zh, en;
} Names;

static void add_name(Names *names, Text name)
{
    buf_add(&names->zh, names->zh.len == 0 ? STR("") : STR("、"));
    buf_add(&names->zh, text_in(name, LANG_ZH));
    buf_add(&names->en, names->en.len == 0 ? STR("") : STR(", "));
    buf_add(&names->en, text_in(name, LANG_EN));
}

/* What targets and facts have in common: an indicator, a region, a unit. */
static uint32_t check_statement(Checker *checker, const YamlNode *node, Str indicator, Text name,
                                Str region, Str relative_to, Str unit_text)
{
    const Catalog *catalog = checker->catalog;
    uint32_t index = NONE;
    Unit unit;

    if (indicator.len != 0) {
        index = catalog_indicator(catalog, indicator);
        if (index == NONE) {
            diag_add(checker->diags, LT3001, plan_place(checker, node, "indicator"), indicator,
                     catalog_suggest(checker->arena, catalog->indicator_names, indicator));
            checker->failed = true;
        }
    } else if (name.zh.len == 0 && name.en.len == 0) {
        diag_add(checker->diags, LT1009, plan_place(checker, node, "indicator"),
                 STR("indicator / name"));
        checker->failed = true;
    }
    if (catalog_entity(catalog, plan_region(checker->plan, region)) == NONE) {
        diag_add(checker->diags, LT3004, plan_place(checker, node, "region"),
                 plan_region(checker->plan, region),
                 suggest_region(checker, plan_region(checker->plan, region)));
        checker->failed = true;
    }
    if (relative_to.len != 0 && catalog_entity(catalog, relative_to) == NONE) {
        diag_add(checker->diags, LT3004, plan_place(checker, node, "relative_to"), relative_to,
                 suggest_region(checker, relative_to));
        checker->failed = true;
    }
    if (unit_text.len != 0 && !unit_parse(unit_text, &unit)) {
        diag_add(checker->diags, LT2003, plan_place(checker, node, "unit"), unit_text);
        checker->failed = true;
        return NONE;
    }
    return index;
}

/* An average growth is made of yearly rates, which the indicator has to be; a cumulative change can
 * be worked out from levels. */
static void check_unit(Checker *checker, const YamlNode *node, uint32_t indicator, Str unit_text,
                       int kind)
{
    const Indicator *info;
    Unit unit;

    if (indicator == NONE) {
        return;
    }
    info = checker->catalog->indicators.at[indicator];
    if (kind == TARGET_ANNUAL_GROWTH && !info->unit.percent) {
        diag_add(checker->diags, LT2004, plan_place(checker, node, "kind"), info->id,
                 info->unit_text, STR("%"));
        checker->failed = true;
        return;
    }
    if (unit_text.len == 0 || !unit_parse(unit_text, &unit)) {
        return;
    }
    if (kind == TARGET_CUMULATIVE_CHANGE || kind == TARGET_ANNUAL_GROWTH) {
        if (!unit.percent && !unit_is_plain(unit)) {
            diag_add(checker->diags, LT2004, plan_place(checker, node, "unit"), info->id, unit_text,
                     STR("%"));
            checker->failed = true;
        }
    } else if (!unit_same_dimension(unit, info->unit)) {
        diag_add(checker->diags, LT2004, plan_place(checker, node, "unit"), info->id, unit_text,
                 info->unit_text);
        checker->failed = true;
    }
}

/* What two targets must not share; what may be named in several ways goes by its id. */
static Str target_key(const Checker *checker, const Target *target)
{
    const Catalog *catalog = checker->catalog;
    Str indicator = target->indicator, region = plan_region(checker->plan, target->region);
    uint32_t known = catalog_indicator(catalog, indicator), where = catalog_entity(catalog, region);
    Text name = indicator.len == 0 ? target->name : (Text){0};

    indicator = known == NONE ? indicator : catalog->indicators.at[known]->id;
    region = where == NONE ? region : catalog->entities.at[where].id;
    return str_format(checker->arena, "%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%lld\n%d", STR_ARG(indicator),
                      STR_ARG(name.zh), STR_ARG(name.en), STR_ARG(region),
                      STR_ARG(target->relative_to), (long long)target->year,
                      target->kind == TARGET_KIND_NONE ? TARGET_LEVEL : target->kind);
}

static void year_outside(Checker *checker, const Target *target, const char *key, int64_t year,
                         Text years)
{
    diag_add(checker->diags, LT2006, plan_place(checker, target->node, key),
             target->indicator.len != 0 ? target->indicator : text_in(target->name, LANG_ZH),
             str_format(checker->arena, "%lld", (long long)year), diag_word(checker->arena, years));
    checker->failed = true;
}

static void check_years(Checker *checker, const Target *target)
{
    const int64_t *period = checker->plan->period;
    int64_t first = period[0] - BASELINE_REACH, last = target->year - 1;
    Arena *arena = checker->arena;

    if (target->year < period[0] ||
        (target->year > period[1] && target->year > checker->plan->horizon)) {
        year_outside(checker, target, "year", target->year,
                     (Text){str_format(arena, "规划期 %lld—%lld", (long long)period[0],
                                       (long long)period[1]),
                            str_format(arena, "the plan's years %lld—%lld", (long long)period[0],
                                       (long long)period[1])});
    }
    if (target->baseline_year != 0 &&
        (target->baseline_year < first || target->baseline_year > last)) {
        year_outside(
            checker, target, "baseline_year", target->baseline_year,
            (Text){str_format(arena, "基期可取的 %lld—%lld", (long long)first, (long long)last),
                   str_format(arena, "the years %lld—%lld that its baseline may have",
                              (long long)first, (long long)last)});
    }
}

/* A target that is told again in the same figures, in the text and in a table, is no second one. */
static bool says_other(const Target *a, const Target *b)
{
    return a->comparator != b->comparator || a->value.value.digits != b->value.value.digits ||
           a->value.value.scale != b->value.value.scale || !str_eq(a->unit, b->unit);
}

static Str value_word(const Checker *checker, const Target *target)
{
    char digits[DECIMAL_TEXT];
    Str value = decimal_format(target->value.value, digits),
        zh = comparator_sign(target->comparator, LANG_ZH),
        en = comparator_sign(target->comparator, LANG_EN);

    return diag_word(checker->arena,
                     (Text){str_format(checker->arena, "%.*s%.*s", STR_ARG(zh), STR_ARG(value)),
                            str_format(checker->arena, "%.*s%.*s", STR_ARG(en), STR_ARG(value))});
}

static void check_target(Checker *checker, Map *seen, const Target *target)
{
    const Plan *plan = checker->plan;
    uint32_t indicator = check_statement(checker, target->node, target->indicator, target->name,
                                         target->region, target->relative_to, target->unit);
    Str region = plan_region(plan, target->region), key = target_key(checker, target);
    uint64_t first;

    check_unit(checker, target->node, indicator, target->unit, target->kind);
    check_years(checker, target);
    if (map_get(seen, key, &first) && says_other(&plan->targets.at[first], target)) {
        uint32_t where = catalog_entity(checker->catalog, region);
        Diag *diag = diag_add(
            checker->diags, LT3002, plan_place(checker, target->node, "indicator"),
            diag_word(checker->arena, indicator != NONE
                                          ? checker->catalog->indicators.at[indicator]->name
                                          : target->name),
            where == NONE ? region
                          : diag_word(checker->arena, checker->catalog->entities.at[where].name),
            str_format(checker->arena, "%lld", (long long)target->year),
            value_word(checker, target));

        diag_relate(checker->diags, diag,
                    plan_place(checker, plan->targets.at[first].node, "indicator"),
                    TEXT("先写在这里", "first given here"));
        checker->failed = true;
    } else if (!map_get(seen, key, &first)) {
        map_set(seen, key, (uint64_t)(target - plan->targets.at));
    }
}

/* A plan that lists the members of its area lists those of the group, in any order. */
static void check_members(Checker *checker)
{
    const Catalog *catalog = checker->catalog;
    const StrList *members = &checker->plan->area.members;
    uint32_t group = catalog_entity(catalog, checker->plan->area.group);
    const Entity *area = &catalog->entities.at[group];
    Names less = {buf_new(checker->arena), buf_new(checker->arena)}, more = less;

    if (members->n == 0 || checker->failed) {
        return;
    }
    for (size_t i = 0; i < area->n_parts; i++) {
        bool listed = false;

        for (size_t k = 0; k < members->n; k++) {
            listed |= catalog_entity(catalog, members->at[k]) == area->parts[i];
        }
        if (!listed) {
            add_name(&less, catalog->entities.at[area->parts[i]].name);
        }
    }
    for (size_t k = 0; k < members->n; k++) {
        uint32_t member = catalog_entity(catalog, members->at[k]);
        bool part = false;

        for (size_t i = 0; i < area->n_parts; i++) {
            part |= member == area->parts[i];
        }
        if (!part) {
            add_name(&more, catalog->entities.at[member].name);
        }
    }
    if (less.zh.len + more.zh.len > 0) {
        bool both = less.zh.len > 0 && more.zh.len > 0;
        Text words = {str_format(checker->arena, "%s%.*s%s%s%.*s", less.zh.len > 0 ? "少 " : "",
                                 STR_ARG(buf_str(&less.zh)), both ? "，" : "",
                                 more.zh.len > 0 ? "多 " : "", STR_ARG(buf_str(&more.zh))),
                      str_format(checker->arena, "%.*s%s%s%.*s%s", STR_ARG(buf_str(&less.en)),
                                 less.en.len > 0 ? " missing" : "", both ? ", " : "",
                                 STR_ARG(buf_str(&more.en)), more.en.len > 0 ? " too many" : "")};

        diag_add(checker->diags, LT3009,
                 plan_place(checker, yaml_get(checker->plan->node, STR("area")), "members"),
                 checker->plan->area.group, diag_word(checker->arena, words));
        checker->failed = true;
    }
}

/* An id of the plan's list, read from the node. */
static void check_id(Checker *checker, Map *ids, Str id, const YamlNode *node)
{
    uint64_t first;

    if (map_get(ids, id, &first)) {
        Diag *diag = diag_add(checker->diags, LT3005, plan_place(checker, node, "id"), id);

        diag_relate(checker->diags, diag,
                    diag_place(checker->diags, &checker->plan->file,
                               (Span){(uint32_t)(first >> 32), (uint32_t)first}),
                    TEXT("先写在这里", "first given here"));
        checker->failed = true;
    } else {
        Span at = yaml_get(node, STR("id"))->at;

        map_set(ids, id, (uint64_t)at.start << 32 | at.end);
    }
}

/* Bodies that the dictionary does not know, each said once; a dictionary without bodies knows none
 * and says nothing of them. */
static void check_bodies(Checker *checker, Map *unknown, const StrList *bodies,
                         const YamlNode *node, const char *key)
{
    const Catalog *catalog = checker->catalog;
    const YamlNode *list = yaml_get(node, str_z(key));

    for (size_t i = 0; catalog->bodies.n > 0 && i < bodies->n; i++) {
        Str near;

        if (catalog_body(catalog, bodies->at[i]) != NONE || map_get(unknown, bodies->at[i], NULL)) {
            continue;
        }
        assert(list != NULL && list->n == bodies->n);
        map_set(unknown, bodies->at[i], i);
        near = catalog_suggest(checker->arena, catalog->body_names, bodies->at[i]);
        if (near.len != 0) {
            near = diag_word(checker->arena,
                             (Text){str_format(checker->arena, "%.*s 或", STR_ARG(near)),
                                    str_format(checker->arena, "%.*s or ", STR_ARG(near))});
        }
        diag_add(checker->diags, LT5001,
                 diag_place(checker->diags, &checker->plan->file, list->items[i]->at),
                 bodies->at[i], near);
    }
}

static void check_work(Checker *checker)
{
    const Plan *plan = checker->plan;
    Map *tasks = map_new(checker->arena), *projects = map_new(checker->arena),
        *unknown = map_new(checker->arena);

    for (size_t i = 0; i < plan->tasks.n; i++) {
        const Task *task = &plan->tasks.at[i];

        check_id(checker, tasks, task->id, task->node);
        check_bodies(checker, unknown, &task->owners, task->node, "owners");
        check_bodies(checker, unknown, &task->cooperating, task->node, "cooperating");
    }
    for (size_t i = 0; i < plan->projects.n; i++) {
        check_id(checker, projects, plan->projects.at[i].id, plan->projects.at[i].node);
    }
}

Err plan_conform(const Catalog *catalog, const Plan *plan, Diags *diags)
{
    Checker checker = {catalog, plan, diags, diags->arena, false};
    Map *seen = map_new(diags->arena);

    if (catalog_entity(catalog, plan->area.group) == NONE) {
        diag_add(diags, LT3004, plan_place(&checker, yaml_get(plan->node, STR("area")), "group"),
                 plan->area.group,
                 catalog_suggest(diags->arena, catalog->entity_names, plan->area.group));
        return ERR_INPUT;
    }
    for (size_t i = 0; i < plan->area.members.n; i++) {
        if (catalog_entity(catalog, plan->area.members.at[i]) == NONE) {
            diag_add(diags, LT3004,
                     plan_place(&checker, yaml_get(plan->node, STR("area")), "members"),
                     plan->area.members.at[i], STR(""));
            checker.failed = true;
        }
    }
    check_members(&checker);
    for (size_t i = 0; i < plan->facts.n; i++) {
        const Fact *fact = &plan->facts.at[i];
        uint32_t indicator = check_statement(&checker, fact->node, fact->indicator, fact->name,
                                             fact->region, fact->relative_to, fact->unit);

        check_unit(&checker, fact->node, indicator, fact->unit, fact->kind);
    }
    for (size_t i = 0; i < plan->targets.n; i++) {
        check_target(&checker, seen, &plan->targets.at[i]);
    }
    check_work(&checker);
    return checker.failed ? ERR_INPUT : OK;
}
