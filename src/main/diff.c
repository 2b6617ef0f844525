/* longtu diff: what a new edition of a plan says differently. */
#include "base/file.h"
#include "check/check.h"
#include "main/load.h"
#include "publish/difference.h"

static const Option OPTIONS[] = {
    OPTION_PACK,
    {"format", 0, "FORMAT", TEXT_INIT("text 或 json", "text or json")},
    OPTION_OUTPUT,
};

typedef struct { /* all plans of one argument */
    const Catalog *catalog;
    Plan *plans;
    size_t n;
    const Document **documents; /* of each plan; NULL for plan files */
} PlanSet;

/* The plans of a document, as they are read out of it. */
static Err read_document(Context *context, Str path, PlanSet *out)
{
    Arena *arena = context->arena;
    Loaded loaded;
    Extract found;
    Err err = load(context, NULL, 0, &loaded);

    err =
        err == OK ? load_document(context, lexicon_new(arena, loaded.catalog), path, &found) : err;
    if (err != OK) {
        return err;
    }
    out->catalog = loaded.catalog;
    out->n = found.n_plans;
    out->plans = ARENA_ARRAY(arena, Plan, found.n_plans + 1);
    out->documents = ARENA_ARRAY(arena, const Document *, found.n_plans + 1);
    for (size_t i = 0; i < found.n_plans; i++) {
        out->plans[i] = found.plans[i].plan;
        out->documents[i] = found.doc;
    }
    return OK;
}

static Err read_edition(Context *context, Str path, PlanSet *out)
{
    Loaded loaded;
    Err err;

    if (!is_plan_path(context->arena, path)) {
        return read_document(context, path, out);
    }
    err = load(context, &path, 1, &loaded);
    *out = (PlanSet){loaded.catalog, loaded.plans, loaded.n_plans, NULL};
    return err;
}

/* Plans of the new edition in their order, with those that it lacks behind. */
static Difference *compare(Arena *arena, const PlanSet *old, const PlanSet *new, size_t *n)
{
    size_t *partner = ARENA_ARRAY(arena, size_t, new->n + 1);
    bool *taken = ARENA_ARRAY(arena, bool, old->n + 1);
    Difference *all = ARENA_ARRAY(arena, Difference, old->n + new->n + 1);

    *n = 0;
    plan_pair(arena, old->plans, old->n, new->plans, new->n, partner);
    for (size_t i = 0; i < new->n; i++) {
        Difference *one = &all[(*n)++];

        *one = (Difference){.old = {NULL, old->catalog}, .new = {&new->plans[i], new->catalog}};
        if (partner[i] != SIZE_MAX) {
            one->old.plan = &old->plans[partner[i]];
            taken[partner[i]] = true;
            plan_diff(arena, one->old, one->new, &one->diff);
        }
    }
    for (size_t i = 0; i < old->n; i++) {
        if (!taken[i]) {
            all[(*n)++] =
                (Difference){.old = {&old->plans[i], old->catalog}, .new = {NULL, new->catalog}};
        }
    }
    return all;
}

/* What a check finds in the edition. */
static const Diags *check_edition(Arena *arena, const PlanSet *set)
{
    Diags *findings = ARENA_NEW(arena, Diags);
    Plan *plans = ARENA_ARRAY(arena, Plan, set->n + 1);
    Check check = {.catalog = set->catalog,
                   .plans = plans,
                   .n_plans = set->n,
                   .documents = set->documents,
                   .arena = arena,
                   .diags = findings};

    *findings = diags_new(arena);
    for (size_t i = 0; i < set->n; i++) {
        plans[i] = set->plans[i];
        plans[i].area.group = load_area(set->catalog, &plans[i]);
    }
    check_plans(&check);
    return findings;
}

/* Those above notes that the other edition has not: known by code and what they are about, for
 * places move, and so does what follows from other numbers. */
static const Diag **only_in(Arena *arena, const Diags *findings, const Diags *other, size_t *n)
{
    Map *known = map_new(arena);
    const Diag **out = ARENA_ARRAY(arena, const Diag *, findings->all.n + 1);

    *n = 0;
    for (int pass = 0; pass < 2; pass++) {
        const Diags *from = pass == 0 ? other : findings;

        for (size_t i = 0; i < from->all.n; i++) {
            const Diag *one = &from->all.at[i];
            Str key = str_format(arena, "%.*s %.*s", STR_ARG(code_info(one->code)->name),
                                 STR_ARG(one->args[0]));

            if (map_add(known, key, i) && pass == 1 && one->level > LEVEL_NOTE) {
                out[(*n)++] = one;
            }
        }
    }
    return out;
}

static FindingsChange compare_findings(Arena *arena, const PlanSet *old, const PlanSet *new)
{
    const Diags *before = check_edition(arena, old), *after = check_edition(arena, new);
    FindingsChange change;

    change.fresh = only_in(arena, after, before, &change.n_fresh);
    change.gone = only_in(arena, before, after, &change.n_gone);
    return change;
}

static Err run(Context *context)
{
    Str format = option(context, "format");
    bool json = str_eq(format, STR("json"));
    PlanSet old = {0}, new = {0};
    Buf out = buf_new(context->arena);
    const Difference *all;
    FindingsChange findings;
    size_t n;
    Err err, second;

    if (context->n_arguments != 2) {
        return usage_error(context, TEXT("需要旧版与新版", "an old and a new edition are needed"),
                           STR(""));
    }
    if (format.len != 0 && !json && !str_eq(format, STR("text"))) {
        return usage_error(context, TEXT("--format 为 text 或 json", "--format is text or json"),
                           format);
    }
    err = read_edition(context, context->arguments[0], &old);
    second = read_edition(context, context->arguments[1], &new);
    err = second > err ? second : err;
    if (err != OK) {
        return err;
    }
    all = compare(context->arena, &old, &new, &n);
    findings = compare_findings(context->arena, &old, &new);
    if (json) {
        difference_json(all, n, &findings, &out);
    } else {
        difference_text(all, n, &findings, context->lang,
                        context->colour_out && option(context, "output").len == 0, &out);
    }
    err = write_output(context, buf_str(&out));
    return err != OK || difference_none(all, n) ? err : ERR_FOUND;
}

const Command DIFF_COMMAND = {
    "diff",
    "OLD NEW",
    TEXT_INIT("比较一份规划的两版", "compare two editions of a plan"),
    TEXT_INIT(
        "比较规划的两版（规划文件、文件夹，或公布的原文），列出内容上的不同：标题、规划期、范围，新"
        "增、"
        "删去、改动的目标、现状数字、任务、机制等。改动的目标按指标的方向注明更严还是更宽。条目按指"
        "标或"
        "名称、地区、类别、年份对应，其次按名称相近；在文中的位置、章节号与任务号不算不同。\n\n"
        "没有不同时状态为 0，有不同为 1，读不了为 3。",
        "Compares two editions of a plan (plan files, folders, or the documents as published) and "
        "tells what they say differently: title, period and area; targets, facts, tasks, "
        "mechanisms and the like that were added, dropped or changed. A changed target is called "
        "stricter or weaker by the direction of its indicator. Entries belong together by "
        "indicator or name, region, kind and year, else by likeness of names; where they stand "
        "and the numbers of chapters and tasks do not count.\n\n"
        "The exit status is 0 when nothing differs, 1 when something does, 3 when an edition "
        "cannot be read."),
    OPTIONS,
    sizeof OPTIONS / sizeof OPTIONS[0],
    run};
