/* Targets: whether each can be told to be reached, and asks for anything. */
#include "check/check.h"

static Str target_name(const Check *check, const Target *target)
{
    uint32_t indicator =
        target->indicator.len == 0 ? NONE : catalog_indicator(check->catalog, target->indicator);

    return diag_word(check->arena, indicator != NONE
                                       ? check->catalog->indicators.at[indicator]->name
                                       : target->name);
}

/* Already met at the baseline, or below it. */
static void check_baseline(const Check *check, const Plan *plan, const Target *target)
{
    uint32_t index =
        target->indicator.len == 0 ? NONE : catalog_indicator(check->catalog, target->indicator);
    int direction =
            index == NONE ? DIRECTION_NONE : check->catalog->indicators.at[index]->direction,
        order;
    char base[DECIMAL_TEXT], value[DECIMAL_TEXT];

    if (!target->baseline.given || !target->value.given || target->kind == TARGET_ANNUAL_GROWTH ||
        target->kind == TARGET_CUMULATIVE_CHANGE) {
        return;
    }
    if (direction == DIRECTION_NONE) {
        direction = target->comparator == COMPARE_AT_LEAST  ? DIRECTION_HIGHER
                    : target->comparator == COMPARE_AT_MOST ? DIRECTION_LOWER
                                                            : DIRECTION_NONE;
    }
    order = decimal_cmp(target->value.value, target->baseline.value);
    if ((direction == DIRECTION_HIGHER && order < 0) ||
        (direction == DIRECTION_LOWER && order > 0)) {
        diag_add(check->diags, LT3201, check_place(check, plan, target->node, "value", target->at),
                 target_name(check, target), decimal_format(target->value.value, value),
                 decimal_format(target->baseline.value, base));
    }
}

/* Whether a fact tells where the target starts. */
static bool has_start(const Plan *plan, const Target *target)
{
    for (size_t i = 0; i < plan->facts.n; i++) {
        const Fact *fact = &plan->facts.at[i];
        int kind = fact->kind == TARGET_SHARE ? TARGET_LEVEL : fact->kind;

        if (fact->indicator.len != 0 && str_eq(fact->indicator, target->indicator) &&
            str_eq(plan_region(plan, fact->region), plan_region(plan, target->region)) &&
            (kind == TARGET_KIND_NONE || kind == TARGET_LEVEL)) {
            return true;
        }
    }
    return target->baseline.given;
}

/* How much of what the plan wants can be measured: targets that no indicator of the dictionary
 * stands for, and levels whose start the plan does not tell. */
static void check_measured(const Check *check, const Plan *plan)
{
    size_t unknown = 0, adrift = 0;
    const Target *first_unknown = NULL, *first_adrift = NULL;

    for (size_t i = 0; i < plan->targets.n; i++) {
        const Target *target = &plan->targets.at[i];

        if (target->indicator.len == 0) {
            first_unknown = unknown++ == 0 ? target : first_unknown;
        } else if ((target->kind == TARGET_KIND_NONE || target->kind == TARGET_LEVEL ||
                    target->kind == TARGET_SHARE) &&
                   !has_start(plan, target)) {
            first_adrift = adrift++ == 0 ? target : first_adrift;
        }
    }
    if (unknown > 0) {
        diag_add(check->diags, LT3205,
                 check_place(check, plan, first_unknown->node, "name", first_unknown->at), plan->id,
                 str_format(check->arena, "%zu", unknown),
                 str_format(check->arena, "%zu", plan->targets.n));
    }
    if (adrift > 0) {
        diag_add(check->diags, LT3204,
                 check_place(check, plan, first_adrift->node, "indicator", first_adrift->at),
                 plan->id, str_format(check->arena, "%zu", adrift),
                 str_format(check->arena, "%zu", plan->targets.n));
    }
}

void check_targets(Check *check)
{
    for (size_t p = 0; p < check->n_plans; p++) {
        const Plan *plan = &check->plans[p];

        check_measured(check, plan);

        for (size_t i = 0; i < plan->targets.n; i++) {
            const Target *target = &plan->targets.at[i];

            check_baseline(check, plan, target);
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
