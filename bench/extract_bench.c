/* Extract bench: speed and memory of reading a document and extracting from it, stage by stage.
 *
 *   extract_bench ROOT FOLDER CORPUS [FILE…]
 *   extract_bench --quantities ROOT FILE
 *
 * The first measures the texts of the folder CORPUS together, each FILE, and 50 MB made of copies
 * of all of them; it writes figures into FOLDER/extract.json and each row's text into
 * FOLDER/text-N.txt. Times are those of the processor, so that other programs of a shared machine
 * do not count. The second prints the quantities of each line, as value|unit|comparator;…
 * ROOT is the source tree, whose dictionaries are read. */
#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"
#include "extract/scan.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_ROWS = 8, MAX_RUNS = 4096 };

typedef struct {
    Arena *arena; /* of what lives as long as the program */
    const Lexicon *lexicon;
    Diags diags;
} Bench;

/* ---- the dictionaries ---- */

static void fail(Bench *bench, const char *what)
{
    Buf text = buf_new(bench->arena);

    diags_print(&text, &bench->diags, LANG_EN, false);
    (void)fprintf(stderr, "%.*sextract_bench: %s\n", STR_ARG(buf_str(&text)), what);
    exit(4);
}

static void load_lexicon(Bench *bench, const char *root)
{
    static const char *const FILES[] = {"china/regions", "china/groups", "china/measures",
                                        "china/indicators", "gansu/regions"};
    Catalog *catalog = catalog_new(bench->arena);

    for (size_t i = 0; i < sizeof FILES / sizeof FILES[0]; i++) {
        Source source = {str_format(bench->arena, "%s/plans/%s.yaml", root, FILES[i]), STR("")};
        YamlDoc doc;

        if (file_read(bench->arena, source.name, YAML_MAX_BYTES, &source.text, &bench->diags) !=
                OK ||
            yaml_read(bench->arena, source, &doc, &bench->diags) != OK ||
            catalog_add(catalog, &doc, &bench->diags) != OK) {
            fail(bench, FILES[i]);
        }
    }
    if (catalog_finish(catalog, &bench->diags) != OK) {
        fail(bench, "the dictionaries do not fit together");
    }
    bench->lexicon = lexicon_new(bench->arena, catalog);
}

/* ---- the stages ---- */

/* X(constant, key): what is timed, each by itself; WHOLE is parse and extract together */
#define STAGES(X)                                                                                  \
    X(STAGE_UTF8, "utf8_valid")                                                                    \
    X(STAGE_PARSE, "document_parse")                                                               \
    X(STAGE_SCAN, "scan_sentence")                                                                 \
    X(STAGE_EXTRACT, "extract")                                                                    \
    X(STAGE_WHOLE, "parse_and_extract")
typedef enum {
#define X(name, key) name,
    STAGES(X)
#undef X
        STAGE_N
} Stage;

static const char *const STAGE_KEYS[] = {
#define X(name, key) key,
    STAGES(X)
#undef X
};

typedef struct { /* a row of the table: documents that are read one after another */
    Str name;
    StrVec texts;            /* UTF-8 */
    size_t bytes;            /* of all of them */
    double seconds[STAGE_N]; /* median of one pass over all of them */
    double kept;             /* bytes that document and result hold, for each byte of text */
    double peak;             /* most that is taken meanwhile, likewise */
    size_t n_plans, n_claims;
} Measured;

static double now(void)
{
    struct timespec at;

    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

static void parse(Bench *bench, Arena *arena, Str text, Document *out)
{
    Diags diags = diags_new(arena);

    if (document_parse(arena, STR("text"), text, out, &diags) != OK) {
        fail(bench, "a text that cannot be read");
    }
}

static void scan_blocks(const Bench *bench, Arena *arena, const Document *doc)
{
    Scan scan = {.arena = arena};

    for (size_t b = 0; b < doc->n_blocks; b++) {
        for (uint32_t at = doc->blocks[b].at.start; at < doc->blocks[b].at.end;) {
            at = scan_sentence(bench->lexicon, doc->source.text, at, doc->blocks[b].at.end, &scan);
        }
    }
}

static void extract_from(Bench *bench, Arena *arena, const Document *doc, Extract *out)
{
    Diags diags = diags_new(arena);
    Err err = extract(arena, doc, bench->lexicon, out, &diags);

    if (err != OK && err != ERR_INPUT) { /* a text without a plan takes its time as well */
        fail(bench, "extract");
    }
}

/* One stage over document i of the row; `parsed` are its documents for stages that begin there. */
static void run_stage(Bench *bench, Stage stage, const Measured *of, size_t i, Document *parsed)
{
    Arena *arena = arena_new();
    Extract result;
    Document doc;

    switch (stage) {
    case STAGE_UTF8:
        if (utf8_valid(of->texts.at[i]) != of->texts.at[i].len) {
            fail(bench, "a text that is not UTF-8");
        }
        break;
    case STAGE_PARSE: parse(bench, arena, of->texts.at[i], &doc); break;
    case STAGE_SCAN: scan_blocks(bench, arena, &parsed[i]); break;
    case STAGE_EXTRACT: extract_from(bench, arena, &parsed[i], &result); break;
    default:
        parse(bench, arena, of->texts.at[i], &doc);
        extract_from(bench, arena, &doc, &result);
        break;
    }
    arena_free(arena);
}

/* Seconds that one pass over all documents of the row takes. */
static double run_all(Bench *bench, Stage stage, const Measured *of, Document *parsed)
{
    double start = now();

    for (size_t i = 0; i < of->texts.n; i++) {
        run_stage(bench, stage, of, i, parsed);
    }
    return now() - start;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The median pass of as many as fit into the time, at least one. */
static double time_stage(Bench *bench, Stage stage, const Measured *of, Document *parsed)
{
    static const double LONG_S = 2, SHORT_S = 0.5;
    double seconds[MAX_RUNS], until = now() + (stage == STAGE_WHOLE ? LONG_S : SHORT_S);
    size_t n = 0;

    while (n < MAX_RUNS && (n == 0 || now() < until)) {
        seconds[n++] = run_all(bench, stage, of, parsed);
    }
    qsort(seconds, n, sizeof seconds[0], by_value);
    return seconds[n / 2];
}

/* KiB of the largest resident set of a process that reads the text, or only looks at it. */
static double resident(Bench *bench, const Measured *of, bool work)
{
    struct rusage usage;
    int status;
    pid_t child = fork();

    if (child == 0) {
        (void)run_all(bench, work ? STAGE_WHOLE : STAGE_UTF8, of, NULL);
        _exit(0);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0) {
        fail(bench, "the process that measures memory");
    }
    return (double)usage.ru_maxrss;
}

static void measure(Bench *bench, Measured *of)
{
    Arena *arena = arena_new();
    Document *parsed = ARENA_ARRAY(arena, Document, of->texts.n);
    double working = resident(bench, of, true), idle = resident(bench, of, false);
    size_t before = arena_bytes(arena);

    of->peak = (working - idle) * 1024 / (double)of->bytes;
    for (size_t i = 0; i < of->texts.n; i++) {
        Extract result;

        parse(bench, arena, of->texts.at[i], &parsed[i]);
        extract_from(bench, arena, &parsed[i], &result);
        of->n_plans += result.n_plans;
        of->n_claims += result.n_claims;
    }
    of->kept = (double)(arena_bytes(arena) - before) / (double)of->bytes;
    for (Stage stage = 0; stage < STAGE_N; stage++) {
        of->seconds[stage] = time_stage(bench, stage, of, parsed);
    }
    arena_free(arena);
}

/* ---- the texts ---- */

/* Adds the text of a file of any encoding, as UTF-8. */
static void add_text(Bench *bench, Measured *row, Str path)
{
    Document doc;

    if (document_read(bench->arena, path, &doc, &bench->diags) != OK) {
        fail(bench, "a document that cannot be read");
    }
    *vec_push(bench->arena, &row->texts) = doc.source.text;
    row->bytes += doc.source.text.len;
}

static void add_folder(Bench *bench, Measured *row, const char *folder)
{
    StrVec names = {0};

    if (file_list(bench->arena, str_z(folder), STR(".txt"), &names, &bench->diags) != OK ||
        names.n == 0) {
        fail(bench, folder);
    }
    for (size_t i = 0; i < names.n; i++) {
        add_text(bench, row, str_format(bench->arena, "%s/%.*s", folder, STR_ARG(names.at[i])));
    }
}

static Str join(Bench *bench, const StrVec *texts)
{
    Buf out = buf_new(bench->arena);

    for (size_t i = 0; i < texts->n; i++) {
        buf_add(&out, texts->at[i]);
        buf_char(&out, '\n');
    }
    return buf_str(&out);
}

/* One document: all texts one after another, as often as fits into that many bytes. */
static void add_copies(Bench *bench, Measured *row, const Measured *rows, size_t n, size_t bytes)
{
    Buf once = buf_new(bench->arena), out = buf_new(bench->arena);

    for (size_t i = n; i-- > 0;) {
        buf_add(&once, join(bench, &rows[i].texts));
    }
    buf_repeat(&out, buf_str(&once), bytes / once.len);
    *vec_push(bench->arena, &row->texts) = buf_str(&out);
    row->bytes = out.len;
}

static void write_figures(Bench *bench, const char *folder, const Measured *rows, size_t n)
{
    Buf out = buf_new(bench->arena);
    Json json = json_new(&out);

    json_array(&json);
    for (size_t i = 0; i < n; i++) {
        Str path = str_format(bench->arena, "%s/text-%zu.txt", folder, i);

        if (file_write(bench->arena, path, join(bench, &rows[i].texts), &bench->diags) != OK) {
            fail(bench, folder);
        }
        json_object(&json);
        json_key(&json, "name");
        json_str(&json, rows[i].name);
        json_key(&json, "path");
        json_str(&json, path);
        json_key(&json, "bytes");
        json_int(&json, (int64_t)rows[i].bytes);
        json_key(&json, "documents");
        json_int(&json, (int64_t)rows[i].texts.n);
        for (Stage stage = 0; stage < STAGE_N; stage++) {
            json_key(&json, STAGE_KEYS[stage]);
            json_double(&json, rows[i].seconds[stage]);
        }
        json_key(&json, "kept");
        json_double(&json, rows[i].kept);
        json_key(&json, "peak");
        json_double(&json, rows[i].peak);
        json_key(&json, "plans");
        json_int(&json, (int64_t)rows[i].n_plans);
        json_key(&json, "numbers");
        json_int(&json, (int64_t)rows[i].n_claims);
        json_end(&json);
    }
    json_end(&json);
    if (file_write(bench->arena, str_format(bench->arena, "%s/extract.json", folder), buf_str(&out),
                   &bench->diags) != OK) {
        fail(bench, folder);
    }
}

static int bench_speed(Bench *bench, const char *folder, char *const *paths, size_t n)
{
    enum { LARGE = 50 * 1000 * 1000 };
    Measured rows[MAX_ROWS + 2] = {0};

    rows[0].name = STR("corpus");
    add_folder(bench, &rows[0], paths[0]);
    for (size_t i = 1; i < n; i++) {
        rows[i].name = STR("notice");
        add_text(bench, &rows[i], str_z(paths[i]));
    }
    rows[n].name = STR("50 MB");
    add_copies(bench, &rows[n], rows, n, LARGE);
    for (size_t i = 0; i <= n; i++) {
        measure(bench, &rows[i]);
    }
    write_figures(bench, folder, rows, n + 1);
    return 0;
}

/* ---- quantities alone ---- */

static void print_quantity(Decimal value, Str unit, const char *comparator, bool *some)
{
    char text[DECIMAL_TEXT];

    (void)printf("%s%.*s|%.*s|%s", *some ? ";" : "", STR_ARG(decimal_format(value, text)),
                 STR_ARG(unit), comparator);
    *some = true;
}

static void print_read(const Quantity *quantity, bool *some)
{
    static const char *const SIGNS[] = {[COMPARE_NONE] = "=",
                                        [COMPARE_EQUAL] = "=",
                                        [COMPARE_AT_LEAST] = ">=",
                                        [COMPARE_AT_MOST] = "<=",
                                        [COMPARE_ABOUT] = "~"};

    print_quantity(quantity->value, quantity->unit,
                   quantity->range ? ">=" : SIGNS[quantity->comparator], some);
    if (quantity->range) {
        print_quantity(quantity->high, quantity->unit, "<=", some);
    }
}

/* Words that stand for a number. */
static void print_word(const Item *item, bool *some)
{
    switch (item->sub) {
    case WORD_COVER_ALL:
    case WORD_ALL_DONE:
    case WORD_GENERAL:
    case WORD_ZERO_GROWTH: print_quantity((Decimal){item->number, 0}, STR("%"), "=", some); break;
    case WORD_HALF: print_quantity((Decimal){50, 0}, STR("%"), "=", some); break;
    case WORD_DOUBLE: print_quantity((Decimal){item->number, 0}, STR("倍"), "=", some); break;
    default: break;
    }
}

static void print_quantities(const Bench *bench, Scan *scan, Str line)
{
    bool some = false;

    for (uint32_t at = 0; at < line.len;) {
        at = scan_sentence(bench->lexicon, line, at, (uint32_t)line.len, scan);
        for (size_t i = 0; i < scan->items.n; i++) {
            const Item *item = &scan->items.at[i];
            Quantity length;

            if (item->kind == ITEM_QUANTITY) {
                print_read(&scan->quantities.at[item->number], &some);
            } else if (item->kind == ITEM_WORD) {
                print_word(item, &some);
            } else if (item->kind == ITEM_TIME &&
                       scan->times.at[item->number].kind == TIME_LENGTH &&
                       quantity_read(bench->lexicon, line, item->at.start, line.len, &length) !=
                           0) {
                print_read(&length, &some);
            }
        }
    }
    (void)putchar('\n');
}

static int list_quantities(Bench *bench, const char *path)
{
    Scan scan = {.arena = bench->arena};
    Str rest;

    if (file_read(bench->arena, str_z(path), DOC_MAX_BYTES, &rest, &bench->diags) != OK) {
        fail(bench, path);
    }
    while (rest.len > 0) {
        print_quantities(bench, &scan, str_cut(rest, '\n', &rest));
    }
    return 0;
}

int main(int argc, char **argv)
{
    bool quantities = argc == 4 && strcmp(argv[1], "--quantities") == 0;
    Bench bench = {.arena = arena_new()};
    int status;

    if (argc < 4 || argc - 3 > MAX_ROWS) {
        (void)fputs("usage: extract_bench ROOT FOLDER CORPUS [FILE…]\n"
                    "       extract_bench --quantities ROOT FILE\n",
                    stderr);
        return 2;
    }
    bench.diags = diags_new(bench.arena);
    load_lexicon(&bench, argv[quantities ? 2 : 1]);
    status = quantities ? list_quantities(&bench, argv[3])
                        : bench_speed(&bench, argv[2], argv + 3, (size_t)argc - 3);
    arena_free(bench.arena);
    return status;
}
