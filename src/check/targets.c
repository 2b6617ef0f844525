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

void check_targets(Check *check)
{
    for (size_t p = 0; p < check->n_plans; p++) {
        const Plan *plan = &check->plans[p];

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
