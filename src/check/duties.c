/* Duties: tasks with nobody to answer for them or with a day that cannot be, phases with gaps. */
#include "check/check.h"

#include <string.h>

static void check_due(const Check *check, const Plan *plan, const Task *task)
{
    int64_t due, issued, end;
    char text[PERIOD_TEXT], day[PERIOD_TEXT];

    if (!task->due.given) {
        return;
    }
    due = period_end_day(task->due.value);
    issued = plan->source.issued.given ? period_start_day(plan->source.issued.value) : INT64_MIN;
    end = period_end_day(
        period_year((int)(plan->horizon > plan->period[1] ? plan->horizon : plan->period[1])));
    if (due < issued) {
        diag_add(check->diags, LT5101, check_place(check, plan, task->node, "due", task->at),
                 diag_word(check->arena, task->title), period_format(task->due.value, text),
                 period_format(plan->source.issued.value, day));
    } else if (due > end) {
        diag_add(check->diags, LT5102, check_place(check, plan, task->node, "due", task->at),
                 diag_word(check->arena, task->title), period_format(task->due.value, text));
    }
}

static void check_phases(const Check *check, const Plan *plan)
{
    for (size_t i = 1; i < plan->phases.n; i++) {
        const Phase *before = &plan->phases.at[i - 1], *phase = &plan->phases.at[i];

        if (before->years[1] != 0 && phase->years[0] != 0 &&
            phase->years[0] != before->years[1] + 1) {
            diag_add(check->diags, LT5104,
                     check_place(check, plan, phase->node, "years", phase->at),
                     diag_word(check->arena, phase->title),
                     str_format(check->arena, "%lld", (long long)phase->years[0]),
                     str_format(check->arena, "%lld", (long long)before->years[1]));
        }
    }
}

/* Mechanisms that live by being repeated, and do not say how often. */
static void check_cycles(const Check *check, const Plan *plan)
{
    static const char *const REPEATED[] = {"调度", "通报", "考核", "评估",     "评价",
                                           "会商", "例会", "监测", "联席会议", NULL};
    size_t n = 0;
    const Mechanism *first = NULL;
    Buf names = buf_new(check->arena);

    for (size_t i = 0; i < plan->mechanisms.n; i++) {
        const Mechanism *mechanism = &plan->mechanisms.at[i];
        Str name = mechanism->name.zh.len != 0 ? mechanism->name.zh : mechanism->name.en;

        if (mechanism->cycle.len == 0 && str_holds_any(name, REPEATED)) {
            first = n++ == 0 ? mechanism : first;
            buf_format(&names, "%s%.*s", n == 1 ? "" : "、", STR_ARG(name));
        }
    }
    if (n > 0) {
        diag_add(check->diags, LT5105, check_place(check, plan, first->node, "name", first->at),
                 plan->id, str_format(check->arena, "%zu", n), buf_str(&names));
    }
}

/* The first year of the five-year plan that the words name (“十四五” is 2021—2025); 0 if they name
 * none. The first began in 1953; since the sixth (1981) they follow each other every five years. */
static int five_year_plan(Str words, Str *name)
{
    for (size_t at = str_find(words, STR("五")); at != SIZE_MAX && at >= 3;) {
        static const char *const TENS[] = {"十",   "十一", "十二", "十三", "十四",
                                           "十五", "十六", "十七", "十八", "十九"};
        size_t next;

        for (size_t k = sizeof TENS / sizeof TENS[0]; k > 0; k--) {
            size_t len = strlen(TENS[k - 1]);

            if (at >= len && !str_at(words, at + strlen("五"), words.len, "五") &&
                str_at(words, at - len, at, TENS[k - 1]) &&
                (k > 1 || at < len + 3 || !str_at(words, at - len - 3, at, "二"))) {
                *name = str_slice(words, at - len, at + strlen("五"));
                return 2001 + 5 * (int)(k - 1);
            }
        }
        next = str_find(str_slice(words, at + 3, words.len), STR("五"));
        at = next == SIZE_MAX ? SIZE_MAX : at + 3 + next;
    }
    return 0;
}

static void check_period(const Check *check, const Plan *plan)
{
    Str name = STR("");
    int first = five_year_plan(plan->title.zh, &name);

    if (first != 0 && (plan->period[0] != first || plan->period[1] != first + 4)) {
        diag_add(check->diags, LT5107,
                 check_place(check, plan, plan->node, "period", (At){.line = 0}), name,
                 str_format(check->arena, "%lld", (long long)plan->period[0]),
                 str_format(check->arena, "%lld", (long long)plan->period[1]));
    }
}

/* Bodies in charge that no dictionary has, of a plan that was read out of a document; in a plan
 * file plan_conform tells each. */
static void check_bodies(const Check *check, const Plan *plan)
{
    Map *seen = map_new(check->arena);
    Buf names = buf_new(check->arena);
    const Task *first = NULL;

    for (size_t i = 0; plan->node == NULL && i < plan->tasks.n; i++) {
        const Task *task = &plan->tasks.at[i];

        for (size_t k = 0; k < task->owners.n + task->cooperating.n; k++) {
            Str body =
                k < task->owners.n ? task->owners.at[k] : task->cooperating.at[k - task->owners.n];

            if (catalog_body(check->catalog, body) == NONE && map_add(seen, body, i)) {
                first = first == NULL ? task : first;
                buf_format(&names, "%s%.*s", names.len == 0 ? "" : "、", STR_ARG(body));
            }
        }
    }
    if (first != NULL) {
        diag_add(check->diags, LT5106, check_place(check, plan, NULL, "", first->at), plan->id,
                 str_format(check->arena, "%zu", map_n(seen)), buf_str(&names));
    }
}

void check_duties(Check *check)
{
    for (size_t p = 0; p < check->n_plans; p++) {
        const Plan *plan = &check->plans[p];

        for (size_t i = 0; i < plan->tasks.n; i++) {
            const Task *task = &plan->tasks.at[i];

            check_due(check, plan, task);
            if (task->owners.n == 0) {
                diag_add(check->diags, LT5103,
                         check_place(check, plan, task->node, "title", task->at),
                         diag_word(check->arena, task->title));
            }
        }
        check_period(check, plan);
        check_bodies(check, plan);
        check_phases(check, plan);
        check_cycles(check, plan);
    }
}
