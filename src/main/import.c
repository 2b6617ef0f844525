/* longtu import: CSV files into the store. */
#include "facts/import.h"

#include "main/load.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const Option OPTIONS[] = {
    OPTION_STORE,
    OPTION_PACK,
    {"source", 0, "ID",
     TEXT_INIT("没有来源列时的来源代号", "source of rows without a source column")},
    {"encoding", 0, "NAME",
     TEXT_INIT("utf-8 或 gb18030；缺省自动识别", "utf-8 or gb18030; detected by default")},
    {"known-at", 0, "TIME",
     TEXT_INIT("没有获知时间的行何时为人所知；缺省此刻",
               "when rows without known_at became known; now by default")},
    {"dry-run", 0, NULL, TEXT_INIT("只检查，不写入", "check only, write nothing")},
    {"keep-going", 0, NULL,
     TEXT_INIT("有坏行时导入其余各行", "take the good rows of a file that has bad ones")},
};

typedef struct {
    Context *context;
    int fd;
    uint64_t size; /* 0: unknown */
    bool bar;      /* a progress bar is shown */
} Job;

static long read_fd(void *context, char *to, size_t n)
{
    ssize_t got;

    do {
        got = read(((Job *)context)->fd, to, n);
    } while (got < 0 && errno == EINTR);
    return (long)got;
}

static void clear_bar(Job *job)
{
    if (job->bar) {
        (void)fputs("\r\033[K", stderr);
    }
}

static void show_progress(void *context, Str file, uint64_t bytes)
{
    enum { WIDTH = 30 };
    Job *job = context;

    if (job->bar && job->size > 0) {
        int done = (int)(bytes * WIDTH / job->size);

        (void)fprintf(stderr, "\r%.*s [%.*s%*s] %3d%%", STR_ARG(file), done,
                      "##############################", WIDTH - done, "",
                      (int)(bytes * 100 / job->size));
        (void)fflush(stderr);
    }
}

static void show_reject(void *context, const Diag *diag)
{
    Job *job = context;
    Arena *scratch = arena_new();
    Buf buf = buf_new(scratch);

    clear_bar(job);
    print_diag(job->context, &buf, diag);
    (void)fwrite(buf.at, 1, buf.len, stderr);
    arena_free(scratch);
}

static Err import_path(Context *context, Store *store, const Catalog *catalog, Str path,
                       int64_t now, KnownHow how)
{
    Job job = {.context = context, .fd = STDIN_FILENO, .bar = context->colour_err};
    ImportOptions options = {.catalog = catalog,
                             .source = option(context, "source"),
                             .now = now,
                             .now_how = how,
                             .context = &job,
                             .dry_run = option_given(context, "dry-run"),
                             .keep_going = option_given(context, "keep-going"),
                             .report = show_reject,
                             .progress = show_progress};
    Str encoding = option(context, "encoding");
    ImportResult result;
    struct stat status;
    Err err;

    options.encoding = str_eq(encoding, STR("utf-8"))     ? ENCODING_UTF8
                       : str_eq(encoding, STR("gb18030")) ? ENCODING_GB18030
                                                          : ENCODING_DETECT;
    if (!str_eq(path, STR("-"))) {
        job.fd = open(str_to_z(context->arena, path), O_RDONLY | O_CLOEXEC);
        if (job.fd < 0) {
            char reason[128];

            diag_add(&context->diags, LT1001, place_file(path), path,
                     str_z(strerror_r(errno, reason, sizeof reason)));
            return ERR_INPUT;
        }
        job.size = fstat(job.fd, &status) == 0 && status.st_size > 0 ? (uint64_t)status.st_size : 0;
    }
    err = import_csv(context->arena, store, path, (CsvInput){&job, read_fd}, &options, &result,
                     &context->diags);
    clear_bar(&job);
    if (job.fd != STDIN_FILENO) {
        (void)close(job.fd);
    }
    flush_diags(context);
    if ((err == OK || (err == ERR_INPUT && options.keep_going && result.rows > 0)) &&
        !result.unchanged) {
        const char *format =
            options.dry_run
                ? (context->lang == LANG_ZH ? "%.*s：检查 %llu 行，拒收 %llu 行%s\n"
                                            : "%.*s: %llu rows checked, %llu rejected%s\n")
                : (context->lang == LANG_ZH ? "%.*s：导入 %llu 行，拒收 %llu 行%s\n"
                                            : "%.*s: %llu rows imported, %llu rejected%s\n");

        (void)fprintf(
            stderr, format, STR_ARG(path),
            (unsigned long long)(options.dry_run ? result.rows : result.rows - result.rejected),
            (unsigned long long)result.rejected, result.gb18030 ? " (GB 18030)" : "");
    }
    return err;
}

/* Whether the file's first line is that of a table of sources: such files go first, so that data
 * find their sources. */
static bool is_source_table(Context *context, Str path)
{
    char start[1024];
    Str line = {start, 0}, rest;
    const char *name = str_to_z(context->arena, path);
    struct stat status;
    FILE *file = NULL;

    if (!str_eq(path, STR("-")) && stat(name, &status) == 0 && S_ISREG(status.st_mode)) {
        file = fopen(name, "rbe"); /* what is read of a pipe would be gone */
    }
    if (file == NULL) {
        return false;
    }
    line.len = fread(start, 1, sizeof start, file);
    (void)fclose(file);
    line = str_cut(line, '\n', &rest);
    return (str_find(line, STR("title")) != SIZE_MAX || str_find(line, STR("标题")) != SIZE_MAX) &&
           str_find(line, STR("value")) == SIZE_MAX && str_find(line, STR("数值")) == SIZE_MAX;
}

static Err run(Context *context)
{
    Loaded loaded;
    Store *store = NULL;
    struct timespec clock;
    int64_t now;
    KnownHow how = KNOWN_IMPORT;
    Str encoding = option(context, "encoding");
    Err err, all = OK;

    if (context->n_arguments == 0) {
        return usage_error(context, TEXT("需要至少一个文件", "at least one file is needed"),
                           STR(""));
    }
    if (encoding.len != 0 && !str_eq(encoding, STR("utf-8")) && !str_eq(encoding, STR("gb18030"))) {
        return usage_error(context,
                           TEXT("--encoding 为 utf-8 或 gb18030", "--encoding is utf-8 or gb18030"),
                           encoding);
    }
    (void)clock_gettime(CLOCK_REALTIME, &clock);
    now = (int64_t)clock.tv_sec;
    if (option_given(context, "known-at") &&
        !known_parse(option(context, "known-at"), &now, &how)) {
        return usage_error(context,
                           TEXT("--known-at 应为时刻，如 2026-03-01",
                                "--known-at takes a moment, like 2026-03-01"),
                           option(context, "known-at"));
    }
    err = load(context, NULL, 0, &loaded);
    if (err == OK && !option_given(context, "dry-run")) {
        err = load_store(context, STORE_WRITE, &store);
    }
    for (int sources = 1; sources >= 0; sources--) {
        for (size_t i = 0; err == OK && i < context->n_arguments; i++) {
            if ((int)is_source_table(context, context->arguments[i]) != sources) {
                continue;
            }
            Err one = import_path(context, store, loaded.catalog, context->arguments[i], now, how);

            all = one > all ? one : all; /* a bad file does not keep the others out */
            err = one == ERR_RESOURCE ? one : OK;
        }
    }
    store_close(store);
    return err != OK ? err : all;
}

const Command IMPORT_COMMAND = {
    "import",
    "FILE…",
    TEXT_INIT("把 CSV 数据导入数据库", "import CSV data into the store"),
    TEXT_INIT("读取 CSV（RFC 4180，UTF-8 或 GB "
              "18030，逗号、分号或制表符分隔），一个文件一个事务：有一行被拒，整个文件都不导入，除"
              "非用 --keep-going。"
              "被拒的每一行都列出行号与原因。再次导入同一内容不会重复。\n\n"
              "观测数据的列：measure 数据项、entity 地区、period 时期、value 数值（必有）；unit "
              "单位、status 状态、vintage 口径、source 来源、"
              "known_at 获知时间、comment 备注（可缺）。来源表的列：source 来源、title "
              "标题（必有）；publisher、published、url。文件名“-”为标准输入。",
              "Reads CSV (RFC 4180; UTF-8 or GB 18030; comma, semicolon or tab), one transaction a "
              "file: if a row is rejected "
              "nothing of the file is imported, unless --keep-going is given. Every rejected row "
              "is listed with its line and "
              "the reason. Importing the same content again adds nothing.\n\n"
              "Columns of observations: measure, entity, period, value (required); unit, status, "
              "vintage, source, known_at, "
              "comment. Columns of a table of sources: source, title (required); publisher, "
              "published, url. “-” is standard input."),
    OPTIONS,
    sizeof OPTIONS / sizeof OPTIONS[0],
    run};
