/* longtu extract: from published documents to plan files, tables and an account of every number. */
#include "base/file.h"
#include "main/load.h"
#include "plan/layout.h"
#include "plan/merge.h"
#include "publish/extraction.h"

#include <errno.h>
#include <libxml/parser.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_JOBS = 64, AHEAD = 32 /* documents that may wait to be written */ };

static const Option OPTIONS[] = {
    OPTION_PACK,
    {"format", 0, "FORMAT",
     TEXT_INIT("text、yaml、json、xlsx 或 akn；缺省按 -o 的后缀，再缺省 text",
               "text, yaml, json, xlsx or akn; by the suffix of -o, else text")},
    {"coverage", 0, NULL,
     TEXT_INIT("只列每份文件的数字归到了哪里",
               "only list what became of the numbers of each document")},
    {"page", 0, "FILE",
     TEXT_INIT(
         "另写一页 HTML：原文与每个数字的去向，供核对",
         "also write a page of HTML: the text with what became of each number, for checking")},
    {"jobs", 'j', "N",
     TEXT_INIT("同时读几份文件；缺省为处理器数",
               "how many documents are read at a time; the number of processors by default")},
    {"output", 'o', "PATH",
     TEXT_INIT("写到文件或文件夹；已有的规划文件与之合并，不覆盖改动",
               "write to a file or folder; a plan file that is there is merged with, its "
               "corrections stay")},
};

typedef enum { AS_TEXT, AS_YAML, AS_JSON, AS_XLSX, AS_AKN } Format;

typedef struct { /* one document, read by one thread */
    Str path;
    Arena *arena;
    Diags diags;
    Document doc;
    Extract extract;
    Err err;
    bool done;
} Job;

typedef struct {
    Context *context;
    const Catalog *catalog;
    const Lexicon *lexicon;
    Job *jobs;
    size_t n, next, written;
    pthread_mutex_t lock;
    pthread_cond_t changed;
} Work;

/* ---- reading, in threads ---- */

static void read_one(const Work *work, Job *job)
{
    job->arena = arena_new();
    job->diags = diags_new(job->arena);
    job->err = document_read(job->arena, job->path, &job->doc, &job->diags);
    if (job->err == OK) {
        job->err = extract(job->arena, &job->doc, work->lexicon, &job->extract, &job->diags);
    }
}

static void *run_reader(void *data)
{
    Work *work = data;

    (void)pthread_mutex_lock(&work->lock);
    while (work->next < work->n) {
        Job *job;

        if (work->next >= work->written + AHEAD) {
            (void)pthread_cond_wait(&work->changed, &work->lock);
            continue;
        }
        job = &work->jobs[work->next++];
        (void)pthread_mutex_unlock(&work->lock);
        read_one(work, job);
        (void)pthread_mutex_lock(&work->lock);
        job->done = true;
        (void)pthread_cond_broadcast(&work->changed);
    }
    (void)pthread_mutex_unlock(&work->lock);
    return NULL;
}

static void wait_for(Work *work, size_t i)
{
    (void)pthread_mutex_lock(&work->lock);
    while (!work->jobs[i].done) {
        (void)pthread_cond_wait(&work->changed, &work->lock);
    }
    (void)pthread_mutex_unlock(&work->lock);
}

static void let_on(Work *work, size_t written)
{
    (void)pthread_mutex_lock(&work->lock);
    work->written = written;
    (void)pthread_cond_broadcast(&work->changed);
    (void)pthread_mutex_unlock(&work->lock);
}

/* ---- writing, in the order of the documents ---- */

typedef struct {
    Work *work;
    Context *context;
    Format format;
    Str output;
    bool folder;          /* output is one */
    Buf text;             /* for standard output or one file */
    Map *names;           /* files that were written by this run */
    const Extract **kept; /* for what is written of all documents at once */
    size_t n_kept;
    Err worst;
} Sink;

static Err worse(Err a, Err b)
{
    return a > b ? a : b;
}

static Str base_name(Str path)
{
    size_t slash = 0, dot;

    for (size_t i = 0; i < path.len; i++) {
        slash = path.at[i] == '/' ? i + 1 : slash;
    }
    path = str_slice(path, slash, path.len);
    for (dot = path.len; dot > 0 && path.at[dot - 1] != '.'; dot--) {
    }
    return dot > 1 ? str_slice(path, 0, dot - 1) : path;
}

/* A path in the folder that this run has not written yet: NAME.yaml, NAME-2.yaml, … */
static Str new_path(Sink *sink, Str name, const char *suffix)
{
    Arena *arena = sink->context->arena;
    Str path = str_format(arena, "%.*s/%.*s%s", STR_ARG(sink->output), STR_ARG(name), suffix);

    for (size_t i = 2; map_get(sink->names, path, NULL); i++) {
        path =
            str_format(arena, "%.*s/%.*s-%zu%s", STR_ARG(sink->output), STR_ARG(name), i, suffix);
    }
    map_set(sink->names, path, 1);
    return path;
}

/* What stands for an area that no dictionary has: a plan file must name one. */
static Str area_instead(const Plan *plan)
{
    return plan->area.members.n != 0 ? plan->area.members.at[0] : STR("100000"); /* 全国 */
}

/* The plan as its file holds it: an entry that the dictionary knows goes by its indicator. */
static Plan for_file(Arena *arena, const Plan *plan)
{
    Plan out = *plan;

    out.facts.at = ARENA_ARRAY(arena, Fact, plan->facts.n);
    for (size_t i = 0; i < plan->facts.n; i++) {
        out.facts.at[i] = plan->facts.at[i];
        if (out.facts.at[i].indicator.len != 0) {
            out.facts.at[i].name = (Text){STR(""), STR("")};
        }
    }
    out.targets.at = ARENA_ARRAY(arena, Target, plan->targets.n);
    for (size_t i = 0; i < plan->targets.n; i++) {
        out.targets.at[i] = plan->targets.at[i];
        if (out.targets.at[i].indicator.len != 0) {
            out.targets.at[i].name = (Text){STR(""), STR("")};
        }
    }
    if (out.area.group.len == 0) {
        out.area.group = area_instead(plan);
    }
    return out;
}

/* Says so where the file still has the area that was put in for one that nobody knows. */
static void warn_of_area(Sink *sink, const Plan *extracted, const Plan *written)
{
    Str instead = area_instead(extracted);

    if (extracted->area.group.len == 0 && str_eq(written->area.group, instead)) {
        diag_add(&sink->context->diags, LT1032, place_file(extracted->file.name),
                 extracted->title.zh.len != 0 ? extracted->title.zh : extracted->id, instead);
    }
}

static void print_note(Sink *sink, const MergeNote *note)
{
    static const Text KINDS[] = {[MERGE_DIFFERS] = TEXT_INIT("不同", "differs"),
                                 [MERGE_ADDED] = TEXT_INIT("新增", "added"),
                                 [MERGE_KEPT] = TEXT_INIT("文中无", "only in the file"),
                                 [MERGE_STRUCK] = TEXT_INIT("已划去", "struck out")};
    Lang lang = sink->context->lang;

    buf_format(&sink->text, "  %.*s: %.*s %.*s", STR_ARG(text_in(KINDS[note->kind], lang)),
               STR_ARG(note->list), STR_ARG(note->name));
    if (note->at.line != 0) {
        buf_format(&sink->text, lang == LANG_ZH ? " 第%lld行" : " line %lld",
                   (long long)note->at.line);
    }
    if (note->kind == MERGE_DIFFERS) {
        buf_format(&sink->text,
                   lang == LANG_ZH ? "，%.*s：文件为“%.*s”，原文读作“%.*s”"
                                   : ", %.*s: '%.*s' in the file, read as '%.*s'",
                   STR_ARG(note->field), STR_ARG(note->file), STR_ARG(note->found));
    }
    buf_char(&sink->text, '\n');
}

/* Reads the plan file that is there already. */
static Err read_plan_file(Sink *sink, Arena *arena, Str path, YamlDoc *doc, Plan *out)
{
    Source source = {path, {NULL, 0}};
    Diags *diags = &sink->context->diags;
    Err err = file_read(arena, path, YAML_MAX_BYTES, &source.text, diags);

    err = err == OK ? yaml_read(arena, source, doc, diags) : err;
    return err == OK ? plan_read(arena, doc, out, diags) : err;
}

static Err write_plan(Sink *sink, Arena *arena, const Plan *plan, Str path)
{
    Plan found = for_file(arena, plan), file, merged = found;
    YamlDoc doc;
    MergeNotes notes = {0};
    Buf yaml = buf_new(arena);
    bool there = access(str_to_z(arena, path), F_OK) == 0;
    Lang lang = sink->context->lang;

    if (there) {
        Err err = read_plan_file(sink, arena, path, &doc, &file);

        if (err != OK) {
            return err;
        }
        plan_merge(arena, &file, &found, &merged, &notes);
        layout_write(arena, &doc, &merged, &yaml); /* its comments stay */
    } else {
        buf_format(&yaml, "# %.*s\n", STR_ARG(plan->title.zh));
        plan_write(arena, &merged, &yaml);
    }
    warn_of_area(sink, plan, &merged);
    if (there && str_eq(buf_str(&yaml), file.file.text)) {
        buf_format(&sink->text, "%.*s: ", STR_ARG(path));
        buf_add(&sink->text, text_in(TEXT("未变", "unchanged"), lang));
    } else {
        Err err = file_write(arena, path, buf_str(&yaml), &sink->context->diags);

        if (err != OK) {
            return err;
        }
        buf_format(&sink->text, "%.*s: ", STR_ARG(path));
        buf_format(&sink->text,
                   lang == LANG_ZH
                       ? "目标 %zu，现状数字 %zu，任务 %zu，机制 %zu，未认领 %zu"
                       : "%zu targets, %zu facts, %zu tasks, %zu mechanisms, %zu unclaimed",
                   merged.targets.n, merged.facts.n, merged.tasks.n, merged.mechanisms.n,
                   merged.unclaimed.n);
    }
    buf_char(&sink->text, '\n');
    for (size_t i = 0; i < notes.n; i++) {
        print_note(sink, &notes.at[i]);
    }
    return OK;
}

static Err write_page(Sink *sink, const Job *job)
{
    Buf page = buf_new(job->arena);

    extraction_page(&job->extract, sink->work->catalog, sink->context->lang, &page);
    return file_write(job->arena, option(sink->context, "page"), buf_str(&page),
                      &sink->context->diags);
}

static Err write_to_folder(Sink *sink, Job *job)
{
    Buf text = buf_new(job->arena);
    const char *suffix = sink->format == AS_AKN    ? ".akn.xml"
                         : sink->format == AS_JSON ? ".json"
                                                   : ".txt";
    Str path;
    Err err = OK;

    if (sink->format == AS_YAML) {
        for (size_t i = 0; i < job->extract.n_plans; i++) {
            const Plan *plan = &job->extract.plans[i].plan;

            err = worse(err, write_plan(sink, job->arena, plan, new_path(sink, plan->id, ".yaml")));
        }
        return err;
    }
    path = new_path(sink, base_name(job->path), suffix);
    if (sink->format == AS_JSON) {
        extraction_json(&job->extract, sink->work->catalog, &text);
    } else if (sink->format == AS_AKN) {
        extraction_akn(&job->extract, sink->work->catalog, &text);
    } else {
        extraction_text(&job->extract, sink->work->catalog, sink->context->lang, false, &text);
    }
    err = file_write(job->arena, path, buf_str(&text), &sink->context->diags);
    if (err == OK) {
        buf_format(&sink->text, "%.*s\n", STR_ARG(path));
    }
    return err;
}

static Err write_one(Sink *sink, Job *job)
{
    Context *context = sink->context;

    if (option_given(context, "page")) {
        sink->worst = worse(sink->worst, write_page(sink, job));
    }
    if (sink->kept != NULL) {
        sink->kept[sink->n_kept++] = &job->extract;
        return OK;
    }
    if (sink->folder) {
        return write_to_folder(sink, job);
    }
    switch (sink->format) {
    case AS_JSON: extraction_json(&job->extract, sink->work->catalog, &sink->text); return OK;
    case AS_AKN: extraction_akn(&job->extract, sink->work->catalog, &sink->text); return OK;
    case AS_YAML:
        if (job->extract.n_plans > 1) {
            return usage_error(context,
                               TEXT("有几份规划时，用 -o 给出文件夹",
                                    "where there are several plans, name a folder with -o"),
                               job->path);
        }
        if (sink->output.len != 0) {
            return write_plan(sink, job->arena, &job->extract.plans[0].plan, sink->output);
        } else {
            Plan plan = for_file(job->arena, &job->extract.plans[0].plan);

            plan_write(job->arena, &plan, &sink->text);
            warn_of_area(sink, &job->extract.plans[0].plan, &plan);
            return OK;
        }
    default:
        extraction_text(&job->extract, sink->work->catalog, context->lang,
                        context->colour_out && sink->output.len == 0, &sink->text);
        return OK;
    }
}

static void show_progress(const Context *context, size_t done, size_t n)
{
    enum { WIDTH = 30 };
    int filled = n == 0 ? WIDTH : (int)(done * WIDTH / n);

    if (context->colour_err && n > 1) {
        (void)fprintf(stderr, "\r[%.*s%*s] %zu/%zu", filled, "##############################",
                      WIDTH - filled, "", done, n);
        (void)fputs(done == n ? "\r\033[K" : "", stderr);
        (void)fflush(stderr);
    }
}

static void tell(Context *context, Job *job)
{
    Buf text = buf_new(job->arena);

    for (size_t i = 0; i < job->diags.all.n; i++) {
        print_diag(context, &text, &job->diags.all.at[i]);
    }
    if (text.len > 0) {
        (void)fputs(context->colour_err ? "\r\033[K" : "", stderr);
        (void)fwrite(text.at, 1, text.len, stderr);
    }
}

/* ---- the command ---- */

static bool read_format(Context *context, Format *out)
{
    static const char *const WORDS[] = {"text", "yaml", "json", "xlsx", "akn"};
    static const struct {
        const char *suffix;
        Format format;
    } SUFFIXES[] = {{".yaml", AS_YAML}, {".yml", AS_YAML}, {".json", AS_JSON}, {".xlsx", AS_XLSX},
                    {".akn", AS_AKN},   {".xml", AS_AKN},  {"/", AS_YAML}};
    Str word = option(context, "format"), output = option(context, "output");

    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (str_eq(word, str_z(WORDS[i]))) {
            *out = (Format)i;
            return true;
        }
    }
    *out = AS_TEXT;
    for (size_t i = 0; word.len == 0 && i < sizeof SUFFIXES / sizeof SUFFIXES[0]; i++) {
        if (str_ends(output, str_z(SUFFIXES[i].suffix))) {
            *out = SUFFIXES[i].format;
        }
    }
    if (word.len == 0 && *out == AS_TEXT && output.len != 0 &&
        file_is_folder(context->arena, output)) {
        *out = AS_YAML;
    }
    return word.len == 0;
}

/* The documents of the arguments; a folder stands for those in it. */
static Err list_documents(Context *context, StrVec *out)
{
    static const char *const SUFFIXES[] = {".docx", ".htm", ".html", ".pdf", ".txt"};
    Err err = OK;

    for (size_t i = 0; i < context->n_arguments; i++) {
        Str path = context->arguments[i];
        size_t before = out->n;
        Err one = OK;

        if (!file_is_folder(context->arena, path)) {
            *vec_push(context->arena, out) = path;
            continue;
        }
        for (size_t k = 0; k < sizeof SUFFIXES / sizeof SUFFIXES[0]; k++) {
            StrVec names = {0};

            one = worse(
                one, file_list(context->arena, path, str_z(SUFFIXES[k]), &names, &context->diags));
            for (size_t n = 0; n < names.n; n++) {
                *vec_push(context->arena, out) =
                    str_format(context->arena, "%.*s/%.*s", STR_ARG(path), STR_ARG(names.at[n]));
            }
        }
        if (one == OK && out->n == before) {
            diag_add(&context->diags, LT1014, place_file(path), path);
            one = ERR_INPUT;
        }
        err = worse(err, one);
    }
    return err;
}

static Err make_folder(Context *context, Str path)
{
    char reason[128];

    if (mkdir(str_to_z(context->arena, path), 0777) == 0 || errno == EEXIST) {
        return OK;
    }
    diag_add(&context->diags, LT9005, place_file(path), path,
             str_z(strerror_r(errno, reason, sizeof reason)));
    return ERR_RESOURCE;
}

/* How many documents are read at a time, at most MAX_JOBS; false if the option is no number from 1.
 */
static bool read_jobs(const Context *context, size_t *out)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    Str given = option(context, "jobs");

    *out = processors < 1 ? 1 : (size_t)processors;
    if (given.len != 0) {
        *out = 0;
        for (size_t i = 0; i < given.len; i++) {
            if (given.at[i] < '0' || given.at[i] > '9') {
                return false;
            }
            *out = *out < MAX_JOBS ? *out * 10 + (size_t)(given.at[i] - '0') : MAX_JOBS;
        }
    }
    *out = *out > MAX_JOBS ? MAX_JOBS : *out;
    return *out > 0;
}

static void read_and_write(Work *work, Sink *sink, size_t jobs)
{
    pthread_t threads[MAX_JOBS];
    size_t wanted = jobs < work->n ? jobs : work->n, n_threads = 0;

    xmlInitParser(); /* once, before threads use it */
    while (n_threads < wanted && pthread_create(&threads[n_threads], NULL, run_reader, work) == 0) {
        n_threads++;
    }
    if (n_threads == 0) {
        (void)run_reader(work); /* no thread to be had: everything is read here */
    }
    for (size_t i = 0; i < work->n; i++) {
        Job *job = &work->jobs[i];

        show_progress(work->context, i, work->n);
        wait_for(work, i);
        tell(work->context, job);
        sink->worst = worse(sink->worst, job->err == OK ? write_one(sink, job) : job->err);
        if (sink->kept == NULL) {
            arena_free(job->arena);
        }
        let_on(work, i + 1);
    }
    show_progress(work->context, work->n, work->n);
    for (size_t i = 0; i < n_threads; i++) {
        (void)pthread_join(threads[i], NULL);
    }
}

/* What all documents give together. */
static Err write_gathered(Sink *sink)
{
    Context *context = sink->context;
    bool coverage = option_given(context, "coverage");

    if (coverage) {
        extraction_coverage(sink->kept, sink->n_kept, context->lang, context->colour_out,
                            &sink->text);
    } else if (sink->format == AS_XLSX && sink->n_kept > 0) {
        return extraction_xlsx(context->arena, sink->kept, sink->n_kept, sink->work->catalog,
                               context->lang, sink->output, &context->diags);
    }
    if (sink->text.len == 0) {
        return OK;
    }
    return sink->folder || sink->format == AS_YAML || coverage
               ? file_write(context->arena, STR(""), buf_str(&sink->text), &context->diags)
               : write_output(context, buf_str(&sink->text));
}

static Err run(Context *context)
{
    Work work = {
        .context = context, .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    Sink sink = {.work = &work,
                 .context = context,
                 .text = buf_new(context->arena),
                 .output = option(context, "output"),
                 .names = map_new(context->arena)};
    StrVec paths = {0};
    size_t jobs;
    Loaded loaded;
    Err err;

    if (context->n_arguments == 0) {
        return usage_error(context, TEXT("需要文件", "a document is needed"), STR(""));
    }
    if (!read_format(context, &sink.format)) {
        return usage_error(context,
                           TEXT("--format 为 text、yaml、json、xlsx 或 akn",
                                "--format is text, yaml, json, xlsx or akn"),
                           option(context, "format"));
    }
    if (!read_jobs(context, &jobs)) {
        return usage_error(context,
                           TEXT("--jobs 为从 1 起的整数", "--jobs is a whole number from 1"),
                           option(context, "jobs"));
    }
    sink.worst = list_documents(context, &paths);
    if (paths.n == 0) {
        return sink.worst;
    }
    if (option_given(context, "page") && paths.n > 1) {
        return usage_error(context, TEXT("--page 只用于一份文件", "--page takes one document"),
                           STR(""));
    }
    if (sink.format == AS_XLSX && sink.output.len == 0) {
        return usage_error(
            context, TEXT("xlsx 须用 -o 给出文件", "xlsx needs a file, named with -o"), STR(""));
    }
    while (sink.output.len > 1 && str_ends(sink.output, STR("/"))) {
        sink.output.len--;
        sink.folder = true;
    }
    sink.folder |= sink.output.len != 0 && file_is_folder(context->arena, sink.output);
    if (sink.format == AS_YAML && paths.n > 1 && !sink.folder &&
        !option_given(context, "coverage")) {
        return usage_error(context,
                           TEXT("有几份规划时，用 -o 给出文件夹",
                                "where there are several plans, name a folder with -o"),
                           STR(""));
    }
    if (sink.folder && (err = make_folder(context, sink.output)) != OK) {
        return err;
    }
    err = load(context, NULL, 0, &loaded);
    if (err != OK) {
        return err;
    }
    work.catalog = loaded.catalog;
    work.lexicon = lexicon_new(context->arena, loaded.catalog);
    work.n = paths.n;
    work.jobs = ARENA_ARRAY(context->arena, Job, paths.n);
    for (size_t i = 0; i < paths.n; i++) {
        work.jobs[i].path = paths.at[i];
    }
    if (option_given(context, "coverage") || sink.format == AS_XLSX) {
        sink.kept = ARENA_ARRAY(context->arena, const Extract *, paths.n + 1);
    }
    read_and_write(&work, &sink, jobs);
    err = write_gathered(&sink);
    for (size_t i = 0; sink.kept != NULL && i < work.n; i++) {
        arena_free(work.jobs[i].arena);
    }
    return worse(sink.worst, err);
}

const Command EXTRACT_COMMAND = {
    "extract",
    "FILE…",
    TEXT_INIT("从公布的文件读出规划", "read plans out of published documents"),
    TEXT_INIT(
        "读取规划、方案、意见等的文本（txt、html、docx、pdf），写出目标、现状数字、任务与机制，并说"
        "明文中每个数字的去向：归入目标、现状数字、时间、编号、名称，或列为未认领。\n\n"
        "-o 文件夹/ "
        "为每份规划写一个规划文件；已有的与之合并：文件里改过的地方不变，列出与原文读法的不同。要划"
        "去一个目标，把它的位置移到文件的 unclaimed 下。-o 表.xlsx 写任务分解表，--page "
        "写供核对的网页。给出几份文件或文件夹时并行读取，一份出错不影响其余。",
        "Reads the text of plans, schemes and opinions (txt, html, docx, pdf), writes their "
        "targets, stated facts, tasks and mechanisms, and tells what became of each number: a "
        "target, a fact, a time, an outline number, a name, or unclaimed.\n\n"
        "-o FOLDER/ writes a plan file for each plan; one that is there is merged with: what was "
        "corrected in it stays, and what differs from the document's reading is listed. To strike "
        "out a target, move its place to the file's unclaimed. -o TABLE.xlsx writes the task "
        "decomposition, --page a page for checking. Several documents, or a folder of them, are "
        "read in parallel; one that fails does not stop the others."),
    OPTIONS,
    sizeof OPTIONS / sizeof OPTIONS[0],
    run};
