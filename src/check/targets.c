/* Targets: whether each can be told to be reached, and asks for anything. */
#include "check/check.h"

#include <stdlib.h>

static Str target_name(const Check *check, const Target *target)
{
    uint32_t indicator =
        target->indicator.len == 0 ? NONE : catalog_indicator(check->catalog, target->indicator);

    return diag_word(check->arena, indicator != NONE
                                       ? check->catalog->indicators.at[indicator]->name
                                       : target->name);
}

/* Whether the formula can be worked out from what the plan states of its measures: in the plan's
 * own area; the whole that a share is of is then found from the other plans. */
static bool facts_tell(const Check *check, const Plan *plan, const Target *target)
{
    uint32_t index = catalog_indicator(check->catalog, target->indicator);
    const Expr *formula = index == NONE ? NULL : &check->catalog->indicators.at[index]->formula;

    for (size_t k = 0; formula != NULL && k < formula->n_nodes; k++) {
        bool told = formula->nodes[k].op != EXPR_MEASURE;

        for (size_t i = 0; i < plan->facts.n && !told; i++) {
            uint32_t measure = plan->facts.at[i].indicator.len == 0
                                   ? NONE
                                   : catalog_measure(check->catalog, plan->facts.at[i].indicator);

            told = measure == formula->nodes[k].measure &&
                   str_eq(plan_region(plan, plan->facts.at[i].region),
                          plan_region(plan, target->region));
        }
        if (!told) {
            return false;
        }
    }
    return formula != NULL && formula->n_nodes > 1;
}

/* What the plan states of the target's level before it begins; NULL if nothing. */
static const Fact *start_of(const Check *check, const Plan *plan, const Target *target)
{
    const Fact *found = NULL;

    for (size_t i = 0; i < plan->facts.n; i++) {
        const Fact *fact = &plan->facts.at[i];
        int kind = fact->kind == TARGET_SHARE ? TARGET_LEVEL : fact->kind;

        if (fact->indicator.len != 0 &&
            catalog_indicator(check->catalog, fact->indicator) ==
                catalog_indicator(check->catalog, target->indicator) &&
            str_eq(plan_region(plan, fact->region), plan_region(plan, target->region)) &&
            str_eq(fact->relative_to, target->relative_to) &&
            (kind == TARGET_KIND_NONE || kind == TARGET_LEVEL)) {
            found = fact;
        }
    }
    return found;
}

/* Worse than its baseline, or met already where it starts: at the baseline, or by what the plan
 * states. A fact in another unit, or of a year that the plan covers, tells no start. */
static void check_baseline(const Check *check, const Plan *plan, const Target *target)
{
    uint32_t index =
        target->indicator.len == 0 ? NONE : catalog_indicator(check->catalog, target->indicator);
    int direction =
            index == NONE ? DIRECTION_NONE : check->catalog->indicators.at[index]->direction,
        order;
    const Fact *fact =
        index == NONE || target->baseline.given ? NULL : start_of(check, plan, target);
    Decimal start = target->baseline.value;
    char base[DECIMAL_TEXT], value[DECIMAL_TEXT];
    Diag *diag;

    if (fact != NULL && str_eq(fact->unit, target->unit) &&
        period_year_of(fact->period.value) < plan->period[0]) {
        start = fact->value.value;
    } else if (!target->baseline.given) {
        return;
    }
    if (!target->value.given || target->kind == TARGET_ANNUAL_GROWTH ||
        target->kind == TARGET_CUMULATIVE_CHANGE) {
        return;
    }
    if (direction == DIRECTION_NONE) {
        direction = target->comparator == COMPARE_AT_LEAST  ? DIRECTION_HIGHER
                    : target->comparator == COMPARE_AT_MOST ? DIRECTION_LOWER
                                                            : DIRECTION_NONE;
    }
    order = decimal_cmp(target->value.value, start) * (direction == DIRECTION_LOWER ? -1 : 1);
    if (direction != DIRECTION_NONE && (order < 0 || (order == 0 && fact == NULL))) {
        diag = diag_add(check->diags, fact == NULL && order < 0 ? LT3201 : LT3212,
                        check_place(check, plan, target->node, "value", target->at),
                        target_name(check, target), decimal_format(target->value.value, value),
                        decimal_format(start, base));
        if (fact != NULL) {
            diag_relate(check->diags, diag, check_place(check, plan, fact->node, "value", fact->at),
                        TEXT("起点写在这里", "where it starts is stated here"));
        }
    }
}

typedef VEC(const Target *) Targets;

/* One finding at the first of them, which lists the others. */
static void report_targets(const Check *check, const Plan *plan, Code code, const char *key,
                           const Targets *targets)
{
    enum { LISTED = 50 };
    Diag *diag;

    if (targets->n == 0) {
        return;
    }
    diag = diag_add(check->diags, code,
                    check_place(check, plan, targets->at[0]->node, key, targets->at[0]->at),
                    plan->id, str_format(check->arena, "%zu", targets->n),
                    str_format(check->arena, "%zu", plan->targets.n));
    for (size_t i = 1; i < targets->n && i < LISTED; i++) {
        const Target *target = targets->at[i];
        uint32_t index = target->indicator.len == 0
                             ? NONE
                             : catalog_indicator(check->catalog, target->indicator);

        diag_relate(check->diags, diag, check_place(check, plan, target->node, key, target->at),
                    index == NONE ? target->name : check->catalog->indicators.at[index]->name);
    }
}

/* How much of what the plan wants can be measured: targets that no indicator of the dictionary
 * stands for, and levels whose start the plan does not tell. */
static void check_measured(const Check *check, const Plan *plan)
{
    Targets unknown = {0}, adrift = {0};

    for (size_t i = 0; i < plan->targets.n; i++) {
        const Target *target = &plan->targets.at[i];

        if (target->indicator.len == 0) {
            *vec_push(check->arena, &unknown) = target;
        } else if ((target->kind == TARGET_KIND_NONE || target->kind == TARGET_LEVEL ||
                    target->kind == TARGET_SHARE) &&
                   !target->baseline.given && start_of(check, plan, target) == NULL &&
                   !facts_tell(check, plan, target)) {
            *vec_push(check->arena, &adrift) = target;
        }
    }
    report_targets(check, plan, LT3205, "name", &unknown);
    report_targets(check, plan, LT3204, "indicator", &adrift);
}

/* Whether a measure of the dictionary stands behind the indicator; one that only has a name is a
 * measure of its own, of which nothing says who publishes it. */
static bool has_source(const Catalog *catalog, uint32_t indicator)
{
    const Expr *formula = &catalog->indicators.at[indicator]->formula;

    for (size_t i = 0; i < formula->n_nodes; i++) {
        if (formula->nodes[i].op == EXPR_MEASURE && formula->nodes[i].measure < catalog->n_given) {
            return true;
        }
    }
    return false;
}

static void check_sources(const Check *check, const Plan *plan)
{
    const Target *first = NULL;
    Map *seen = map_new(check->arena);
    Buf names[2] = {buf_new(check->arena), buf_new(check->arena)};
    size_t n = 0;

    for (size_t i = 0; i < plan->targets.n; i++) {
        const Target *target = &plan->targets.at[i];
        uint32_t index = target->indicator.len == 0
                             ? NONE
                             : catalog_indicator(check->catalog, target->indicator);

        if (index == NONE || has_source(check->catalog, index)) {
            continue;
        }
        first = n++ == 0 ? target : first;
        if (map_add(seen, check->catalog->indicators.at[index]->id, i)) {
            for (int k = 0; k < 2; k++) {
                buf_add(&names[k], names[k].len == 0 ? STR("") : k == 0 ? STR("、") : STR(", "));
                buf_add(&names[k], text_in(check->catalog->indicators.at[index]->name,
                                           k == 0 ? LANG_ZH : LANG_EN));
            }
        }
    }
    if (n > 0) {
        diag_add(check->diags, LT3211,
                 check_place(check, plan, first->node, "indicator", first->at), plan->id,
                 str_format(check->arena, "%zu", n),
                 diag_word(check->arena, (Text){buf_str(&names[0]), buf_str(&names[1])}));
    }
}

/* ---- the measurability index ---- */

typedef struct { /* of a chapter: what can be checked of what it sets out to do */
    Str chapter;
    size_t all, measured;
    int64_t line; /* where the text has its first */
    Place place;  /* of its first that cannot */
} Chapter;

typedef struct {
    const Check *check;
    const Plan *plan;
    VEC(Chapter) chapters;
} Index;

/* 十一（二） is in 十一, 第三章第二节 in 第三章, 3.2 in 3. */
static Str chapter_of(Str part)
{
    static const char *const ENDS[] = {"（", "(", ".", "第"};
    size_t end = part.len;

    for (size_t i = 0; i < sizeof ENDS / sizeof ENDS[0]; i++) {
        size_t from = str_starts(part, str_z(ENDS[i])) ? strlen(ENDS[i]) : 0,
               at = str_find(str_slice(part, from, part.len), str_z(ENDS[i]));

        end = at != SIZE_MAX && from + at < end && from + at > 0 ? from + at : end;
    }
    return str_slice(part, 0, end);
}

static void count(Index *index, Str part, bool measured, const YamlNode *node, const char *key,
                  At at)
{
    Str name = chapter_of(part);
    size_t i = 0;

    while (i < index->chapters.n && !str_eq(index->chapters.at[i].chapter, name)) {
        i++;
    }
    if (i == index->chapters.n) {
        *vec_push(index->check->arena, &index->chapters) =
            (Chapter){.chapter = name, .line = at.line};
    }
    if (at.line < index->chapters.at[i].line) {
        index->chapters.at[i].line = at.line;
    }
    if (!measured && index->chapters.at[i].all == index->chapters.at[i].measured) {
        index->chapters.at[i].place = check_place(index->check, index->plan, node, key, at);
    }
    index->chapters.at[i].all++;
    index->chapters.at[i].measured += measured;
}

static int by_line(const void *a, const void *b)
{
    const Chapter *x = a, *y = b;

    return (x->line > y->line) - (x->line < y->line);
}

static Text chapter_text(const Check *check, const Chapter *chapter)
{
    bool spelled = str_starts(chapter->chapter, STR("第"));
    int share = (int)(100 * chapter->measured / chapter->all);

    if (chapter->chapter.len == 0) {
        return (Text){str_format(check->arena, "章节不明：%zu 项中 %zu 项可查，%d%%", chapter->all,
                                 chapter->measured, share),
                      str_format(check->arena, "chapter unknown: %zu of %zu, %d %%",
                                 chapter->measured, chapter->all, share)};
    }
    return (Text){str_format(check->arena, "%s%.*s%s：%zu 项中 %zu 项可查，%d%%",
                             spelled ? "" : "第", STR_ARG(chapter->chapter), spelled ? "" : "章",
                             chapter->all, chapter->measured, share),
                  str_format(check->arena, "chapter %.*s: %zu of %zu, %d %%",
                             STR_ARG(chapter->chapter), chapter->measured, chapter->all, share)};
}

/* How much of what the plan sets out to do can be checked at all, by chapter. Our own index; the
 * definition stands in docs/checks/LT3210.md. */
static void check_index(const Check *check, const Plan *plan)
{
    Index index = {.check = check, .plan = plan};
    size_t all = 0, measured = 0;
    Diag *diag;

    for (size_t i = 0; i < plan->targets.n; i++) {
        const Target *target = &plan->targets.at[i];

        count(&index, target->part, target->indicator.len != 0, target->node,
              target->indicator.len != 0 ? "indicator" : "name", target->at);
    }
    for (size_t i = 0; i < plan->tasks.n; i++) {
        const Task *task = &plan->tasks.at[i];

        count(&index, task->part, task->due.given || task->cycle.len != 0, task->node, "title",
              task->at);
    }
    for (size_t i = 0; i < plan->mechanisms.n; i++) {
        const Mechanism *mechanism = &plan->mechanisms.at[i];

        count(&index, mechanism->part, mechanism->cycle.len != 0, mechanism->node, "name",
              mechanism->at);
    }
    for (size_t i = 0; i < index.chapters.n; i++) {
        all += index.chapters.at[i].all;
        measured += index.chapters.at[i].measured;
    }
    if (all == measured) {
        return;
    }
    qsort(index.chapters.at, index.chapters.n, sizeof *index.chapters.at, by_line);
    diag = diag_add(
        check->diags, LT3210, check_place(check, plan, plan->node, "plan", (At){.line = 0}),
        plan->id, str_format(check->arena, "%zu%%", 100 * measured / all),
        str_format(check->arena, "%zu", measured), str_format(check->arena, "%zu", all));
    for (size_t i = 0; i < index.chapters.n; i++) {
        const Chapter *chapter = &index.chapters.at[i];

        if (chapter->measured < chapter->all) {
            diag_relate(check->diags, diag, chapter->place, chapter_text(check, chapter));
        }
    }
}

/* At most of what should rise, or at least of what should fall. */
static void check_side(const Check *check, const Plan *plan, const Target *target)
{
    uint32_t index =
        target->indicator.len == 0 ? NONE : catalog_indicator(check->catalog, target->indicator);
    int direction =
        index == NONE ? DIRECTION_NONE : check->catalog->indicators.at[index]->direction;
    bool most = target->comparator == COMPARE_AT_MOST,
         least = target->comparator == COMPARE_AT_LEAST;

    if ((direction == DIRECTION_HIGHER && most) || (direction == DIRECTION_LOWER && least)) {
        diag_add(
            check->diags, LT3213, check_place(check, plan, target->node, "value", target->at),
            target_name(check, target),
            diag_word(check->arena, most ? TEXT("不超过", "at most") : TEXT("不低于", "at least")),
            diag_word(check->arena, most ? TEXT("越高越好", "more is better")
                                         : TEXT("越低越好", "less is better")));
    }
}

void check_targets(Check *check)
{
    for (size_t p = 0; p < check->n_plans; p++) {
        const Plan *plan = &check->plans[p];

        check_index(check, plan);
        check_measured(check, plan);
        check_sources(check, plan);

        for (size_t i = 0; i < plan->targets.n; i++) {
            const Target *target = &plan->targets.at[i];

            check_baseline(check, plan, target);
            check_side(check, plan, target);
            if (target->year == 0) {
                diag_add(check->diags, LT3202,
                         check_place(check, plan, target->node, "value", target->at),
                         target_name(check, target));
            }
        }
        if (plan->targets.n == 0) {
            diag_add(check->diags, LT3203, check_place(check, plan, plan->node, "plan", (At){0}),
                     plan->id);
        }
    }
}
