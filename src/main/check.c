/* longtu check: what is wrong in plans, proven. */
#include "check/check.h"
#include "base/file.h"
#include "main/load.h"
#include "publish/findings.h"

static const Option OPTIONS[] = {
    OPTION_PACK,
    {"format", 0, "FORMAT",
     TEXT_INIT("text、json、sarif（SARIF 2.1.0）或 html（一页，标在原文上）",
               "text, json, sarif (SARIF 2.1.0) or html (a page with the source annotated)")},
    {"fail-on", 0, "LEVEL",
     TEXT_INIT("有这一级或更重的结果时退出码为 1：note、warning、error；缺省 error",
               "exit with 1 when there is a finding of this level or above: note, warning, error; "
               "error by default")},
    {"baseline", 0, "FILE",
     TEXT_INIT("以前的 SARIF 结果：其中已有的不算失败，并在 sarif 中标为 unchanged",
               "an earlier SARIF result: what is in it does not count as failure, and is marked "
               "unchanged in sarif")},
    {"context", 0, "PATH",
     TEXT_INIT("只作参照的规划（如全省规划），可多次：其数与被检查的规划相比，本身不报",
               "a plan that is only held against the others (the province's, say), repeatable: "
               "nothing is reported of itself")},
    {"quiet", 'q', NULL, TEXT_INIT("不列提示（note）", "leave out notes")},
    OPTION_OUTPUT,
};

typedef struct { /* what is checked, and its context behind it */
    VEC(Plan) plans;
    VEC(const Document *) documents; /* of each plan; NULL for a plan file */
    size_t n_context;
    Diags findings;
} Work;

/* A document's plans; those whose area no dictionary has stand for the whole country, and it is
 * said. What reading says of the text itself is a finding. */
static Err read_document(Context *context, const Catalog *catalog, const Lexicon *lexicon, Str path,
                         Work *work)
{
    static const Code OF_TEXT[] = {LT1025, LT1026, LT1027};
    Extract extracted;
    Err err = load_document(context, lexicon, path, &extracted);

    for (size_t i = 0; i < sizeof OF_TEXT / sizeof OF_TEXT[0]; i++) {
        diags_move(&context->diags, &work->findings, OF_TEXT[i]);
    }
    for (size_t i = 0; err == OK && i < extracted.n_plans; i++) {
        Plan plan = extracted.plans[i].plan;

        plan.area.group = load_area(catalog, &plan);
        if (!str_eq(plan.area.group, extracted.plans[i].plan.area.group)) {
            diag_add(&work->findings, LT1032, place_file(path),
                     plan.title.zh.len != 0 ? plan.title.zh : plan.id, plan.area.group);
        }
        *vec_push(context->arena, &work->plans) = plan;
        *vec_push(context->arena, &work->documents) = extracted.doc;
    }
    return err;
}

typedef struct { /* what is asked for, by kind */
    VEC(Str) files, documents;
} Paths;

static void sort_paths(Context *context, const Str *paths, size_t n, Paths *out)
{
    for (size_t i = 0; i < n; i++) {
        if (is_plan_path(context->arena, paths[i])) {
            *vec_push(context->arena, &out->files) = paths[i];
        } else {
            *vec_push(context->arena, &out->documents) = paths[i];
        }
    }
}

static Err read_documents(Context *context, const Catalog *catalog, const Lexicon *lexicon,
                          const Paths *paths, Work *work)
{
    Err worst = OK;

    for (size_t i = 0; i < paths->documents.n; i++) {
        Err err = read_document(context, catalog, lexicon, paths->documents.at[i], work);

        worst = err > worst ? err : worst;
    }
    return worst;
}

static void add_files(Context *context, const Loaded *loaded, size_t first, size_t end, Work *work)
{
    for (size_t i = first; i < end; i++) {
        *vec_push(context->arena, &work->plans) = loaded->plans[i];
        *vec_push(context->arena, &work->documents) = NULL;
    }
}

/* Plan files and folders first, for they bring dictionaries; then documents. Plans that are only
 * context stand behind the others. */
static Err read_all(Context *context, Loaded *loaded, Work *work)
{
    size_t n_given, n_own;
    const Str *given = option_all(context, "context", &n_given);
    Paths own = {0}, other = {0}, all;
    const Lexicon *lexicon = NULL;
    Err err, worst;

    sort_paths(context, context->arguments, context->n_arguments, &own);
    sort_paths(context, given, n_given, &other);
    all = own;
    for (size_t i = 0; i < other.files.n; i++) {
        *vec_push(context->arena, &all.files) = other.files.at[i];
    }
    err = load_unchecked(context, all.files.at, all.files.n, own.files.n, loaded);
    if (err != OK) {
        return err;
    }
    if (own.documents.n + other.documents.n > 0) {
        lexicon = lexicon_new(context->arena, loaded->catalog);
    }
    add_files(context, loaded, 0, loaded->n_first, work);
    worst = read_documents(context, loaded->catalog, lexicon, &own, work);
    n_own = work->plans.n;
    add_files(context, loaded, loaded->n_first, loaded->n_plans, work);
    err = read_documents(context, loaded->catalog, lexicon, &other, work);
    work->n_context = work->plans.n - n_own;
    return err > worst ? err : worst;
}

static Err read_baseline(Context *context, const SarifBaseline **out)
{
    Source source = {option(context, "baseline"), {NULL, 0}};
    Err err;

    if (source.name.len == 0) {
        return OK;
    }
    err = file_read(context->arena, source.name, SARIF_MAX_BYTES, &source.text, &context->diags);
    return err == OK ? sarif_baseline_read(context->arena, source, out, &context->diags) : err;
}

/* Findings of the level or above that are neither allowed nor in the baseline. */
static size_t count_failing(Context *context, const Diags *findings, const SarifBaseline *baseline,
                            const Str *reasons, int level)
{
    size_t n = 0;
    const Str *fingerprints =
        baseline == NULL ? NULL : sarif_fingerprints(context->arena, findings);

    for (int k = level; k <= LEVEL_ERROR; k++) { /* also those that are only counted */
        n += findings->counts[k];
    }
    for (size_t i = 0; i < findings->all.n; i++) {
        n -= (int)findings->all.at[i].level >= level &&
             (reasons[i].len != 0 ||
              (baseline != NULL && sarif_baseline_has(baseline, fingerprints[i])));
    }
    return n;
}

/* Why each finding is allowed, empty where it is not. A comment without a reason is a finding too.
 */
static const Str *read_reasons(const Check *check)
{
    size_t n = check->diags->all.n;
    Diags unreasoned = diags_new(check->arena);
    Str *reasons = ARENA_ARRAY(check->arena, Str, 2 * n + 1);

    for (size_t i = 0; i < n; i++) {
        reasons[i] = check_allowed(check, &check->diags->all.at[i], &unreasoned);
    }
    diags_move(&unreasoned, check->diags, LT1040);
    return reasons;
}

typedef enum { AS_TEXT, AS_JSON, AS_SARIF, AS_HTML, FORMAT_N } Format;
static const char *const FORMATS[] = {"text", "json", "sarif", "html"};
static const char *const LEVELS[] = {"note", "warning", "error"};

/* The place of the word in the list; `other` if it is empty, n if it is not there. */
static int word_index(Str word, const char *const *words, int n, int other)
{
    int i = 0;

    if (word.len == 0) {
        return other;
    }
    while (i < n && !str_eq(word, str_z(words[i]))) {
        i++;
    }
    return i;
}

static void write_findings(const Context *context, const Diags *findings, Format format,
                           const FindingsOptions *options, Err status, Buf *out)
{
    switch (format) {
    case AS_SARIF:
        sarif_write(findings,
                    &(SarifOptions){.lang = context->lang,
                                    .status = status,
                                    .reasons = options->reasons,
                                    .baseline = options->baseline},
                    out);
        break;
    case AS_JSON: findings_json(findings, options, out); break;
    case AS_HTML: findings_page(findings, options, out); break;
    default: findings_text(findings, options, out);
    }
}

static Err run(Context *context)
{
    int format = word_index(option(context, "format"), FORMATS, FORMAT_N, AS_TEXT);
    int level = word_index(option(context, "fail-on"), LEVELS, LEVEL_ERROR + 1, LEVEL_ERROR);
    Loaded loaded;
    Work work = {.findings = diags_new(context->arena)};
    Buf out = buf_new(context->arena);
    const SarifBaseline *baseline = NULL;
    const Str *reasons;
    Check check;
    Err err, status;

    if (context->n_arguments == 0) {
        return usage_error(
            context,
            TEXT("需要规划文件、文件夹或规划文本", "a plan file, a folder or a document is needed"),
            STR(""));
    }
    if (format == FORMAT_N) {
        return usage_error(
            context,
            TEXT("--format 为 text、json、sarif 或 html", "--format is text, json, sarif or html"),
            option(context, "format"));
    }
    if (level > LEVEL_ERROR) {
        return usage_error(
            context,
            TEXT("--fail-on 为 note、warning 或 error", "--fail-on is note, warning or error"),
            option(context, "fail-on"));
    }
    if ((err = read_baseline(context, &baseline)) != OK) {
        return err;
    }
    err = read_all(context, &loaded, &work);
    if (work.plans.n == work.n_context) {
        return err;
    }
    check = (Check){.catalog = loaded.catalog,
                    .plans = work.plans.at,
                    .n_plans = work.plans.n - work.n_context,
                    .n_context = work.n_context,
                    .documents = work.documents.at,
                    .arena = context->arena,
                    .diags = &work.findings};
    check_plans(&check);
    reasons = read_reasons(&check);
    status = err != OK                                                              ? err
             : count_failing(context, &work.findings, baseline, reasons, level) > 0 ? ERR_FOUND
                                                                                    : OK;
    write_findings(context, &work.findings, (Format)format,
                   &(FindingsOptions){.lang = context->lang,
                                      .colour = context->colour_out,
                                      .quiet = option_given(context, "quiet"),
                                      .reasons = reasons,
                                      .baseline = baseline,
                                      .plans = check.plans,
                                      .n_plans = check.n_plans},
                   status, &out);
    err = write_output(context, buf_str(&out));
    return err != OK ? err : status;
}

const Command CHECK_COMMAND = {
    "check",
    "PATH…",
    TEXT_INIT("检查规划：数字之间能否同时成立", "check plans: whether their numbers can all hold"),
    TEXT_INIT(
        "PATH 为规划文件、其文件夹，或规划的原文（先提取）。几份规划一起检查。\n\n"
        "印出的数代表所有会印成它的值；词典的公式与恒等式把各数连起来。合在一起没有可能取值的几"
        "个数，列出最少的一组，并写出可用计算器核对的算式。longtu explain 代码 "
        "说明每一种结果。",
        "PATH is a plan file, a folder of them, or the text of a plan (extracted first). "
        "Several plans are checked together.\n\n"
        "A printed number stands for all values that print so; the formulas and identities "
        "of the dictionary tie the numbers together. Numbers that leave no possible value "
        "are reported as a smallest set, with arithmetic that a pocket calculator can "
        "follow. longtu explain CODE tells of each kind of finding."),
    OPTIONS,
    sizeof OPTIONS / sizeof OPTIONS[0],
    run};
