/* Sarif: diagnostics as a log of SARIF 2.1.0 (OASIS, 2020-03-27, with errata 01); sections in
 * comments are those of the standard. */
#include "publish/sarif_priv.h"

#include "base/json.h"
#include "base/utf8.h"

#include <sodium.h>

/* A longer text of a place is left out of the log: a thousand findings in one long line would
 * repeat it a thousand times. */
enum { MAX_SNIPPET = 4096 };

enum { HASH_BYTES = 16, MAX_LINKS = 100 /* in a message: our choice */ };

typedef struct {
    Json json;
    const Diags *diags;
    const SarifOptions *options;
    const Str *fingerprints;
    bool whole;               /* no diagnostic was only counted */
    int rule_indices[CODE_N]; /* -1: the code does not occur */
    Map *present;             /* the fingerprints */
} Log;

static Str without_dot(Str file)
{
    while (str_starts(file, STR("./")) && file.len > 2) {
        file = str_slice(file, 2, file.len);
    }
    return file;
}

/* The length goes in front, so that “ab” and “c” differ from “a” and “bc”. */
static void hash_text(crypto_generichash_state *state, Str text)
{
    unsigned char len[8];

    for (size_t i = 0; i < sizeof len; i++) {
        len[i] = (unsigned char)((uint64_t)text.len >> (8 * i) & 0xFF);
    }
    (void)crypto_generichash_update(state, len, sizeof len);
    (void)crypto_generichash_update(state, (const unsigned char *)text.at, text.len);
}

static Str hash_of(Arena *arena, const Diag *diag)
{
    _Alignas(64) crypto_generichash_state state;
    unsigned char hash[HASH_BYTES];
    char *text = arena_alloc(arena, 2 * HASH_BYTES + 1);

    (void)crypto_generichash_init(&state, NULL, 0, HASH_BYTES);
    hash_text(&state, code_info(diag->code)->name);
    hash_text(&state, without_dot(diag->place.file));
    for (size_t i = 0; i < DIAG_MAX_ARGS; i++) {
        hash_text(&state, diag->args[i]);
    }
    hash_text(&state, str_trim(diag->place.text));
    (void)crypto_generichash_final(&state, hash, HASH_BYTES);
    return str_z(sodium_bin2hex(text, 2 * HASH_BYTES + 1, hash, HASH_BYTES));
}

Str *sarif_fingerprints(Arena *arena, const Diags *diags)
{
    Str *out = ARENA_ARRAY(arena, Str, diags->all.n);
    Map *alike = map_new(arena);

    for (size_t i = 0; i < diags->all.n; i++) {
        Str hash = hash_of(arena, &diags->all.at[i]);
        uint64_t n = 0;

        (void)map_get(alike, hash, &n);
        map_set(alike, hash, n + 1);
        out[i] = str_format(arena, "%.*s:%llu", STR_ARG(hash), (unsigned long long)n + 1);
    }
    return out;
}

static void key_str(Json *json, const char *key, Str value)
{
    json_key(json, key);
    json_str(json, value);
}

static void key_uint(Json *json, const char *key, size_t value)
{
    json_key(json, key);
    json_int(json, (int64_t)value);
}

/* KEY: {"text": TEXT} */
static void key_text(Json *json, const char *key, Str text)
{
    json_key(json, key);
    json_object(json);
    json_flat(json);
    key_str(json, "text", text);
    json_end(json);
}

/* A text that is given and not to be read as placeholders or links: braces are doubled (3.11.5),
 * and ](, which makes a link, is parted (3.11.6). Inside a link and before one, each bracket and
 * backslash is escaped. */
static void add_literal(Buf *out, Str text, bool links)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        if (c == '{' || c == '}') {
            buf_char(out, c);
        } else if (str_at(text, i, text.len, "](") ||
                   (links && (c == '[' || c == ']' || c == '\\'))) {
            buf_char(out, '\\');
        }
        buf_char(out, c);
    }
}

static Str literal(Arena *arena, Str text)
{
    Buf out = buf_new(arena);

    add_literal(&out, text, false);
    return buf_str(&out);
}

/* Markdown in which the text stands for itself (CommonMark 2.4). */
static void add_markdown(Buf *out, Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != '\0' && strchr("\\`*_[]<>#|&~", text.at[i]) != NULL) {
            buf_char(out, '\\');
        }
        buf_char(out, text.at[i]);
    }
}

/* RFC 3986: what is not unreserved becomes %XX. The colon too, or what stands before it would be a
 * scheme. */
static Str uri_of(Arena *arena, Str file)
{
    Buf out = buf_new(arena);

    file = without_dot(file);
    if (str_starts(file, STR("/"))) {
        buf_add(&out, STR("file://"));
    }
    for (size_t i = 0; i < file.len; i++) {
        char c = file.at[i];

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            (c != '\0' && strchr("/-._~", c) != NULL)) {
            buf_char(&out, c);
        } else {
            buf_format(&out, "%%%02X", (unsigned)(unsigned char)c);
        }
    }
    return buf_str(&out);
}

/* The code points [from, to) of the text, counted from 0. */
static Str points(Str text, uint32_t from, uint32_t to)
{
    size_t i = 0, start = text.len, len;

    for (uint32_t n = 0; i < text.len && n < to; n++) {
        start = n == from ? i : start;
        (void)utf8_at(text, i, &len);
        i += len;
    }
    return str_slice(text, start, i);
}

static void write_snippet(Json *json, Str text)
{
    if (text.len != 0 && text.len <= MAX_SNIPPET) {
        key_text(json, "snippet", text);
    }
}

/* The region with its own text (3.30.13), and around it that of the line. */
static void write_region(Json *json, const Place *place)
{
    Str marked = place->text, line = place->text;

    json_key(json, "region");
    json_object(json);
    key_uint(json, "startLine", place->line);
    if (place->column != 0) {
        key_uint(json, "startColumn", place->column);
        if (place->end >= place->column) {
            uint32_t start = place->column - 1, skipped = place->skipped;

            key_uint(json, "endColumn", place->end);
            marked =
                start < skipped ? STR("") : points(line, start - skipped, place->end - 1 - skipped);
        } else {
            marked = STR("");
        }
    }
    write_snippet(json, marked);
    json_end(json);
    if (place->column == 0 || marked.len == line.len || line.len > MAX_SNIPPET) {
        return;
    }
    json_key(json, "contextRegion");
    json_object(json);
    key_uint(json, "startLine", place->line);
    key_uint(json, "startColumn", place->skipped + 1);
    key_uint(json, "endColumn", place->skipped + 1 + utf8_count(line));
    write_snippet(json, line);
    json_end(json);
}

/* Inside a location. Ours is the only scheme that has a colon. */
static void write_physical(Json *json, Str uri, const Place *place)
{
    json_key(json, "physicalLocation");
    json_object(json);
    json_key(json, "artifactLocation");
    json_object(json);
    key_str(json, "uri", uri);
    if (str_find(uri, STR(":")) == SIZE_MAX) {
        key_str(json, "uriBaseId", STR(SARIF_ROOT));
    }
    json_end(json);
    if (place->line != 0) {
        write_region(json, place);
    }
    json_end(json);
}

static void write_locations(Json *json, Str uri, const Place *place)
{
    if (uri.len == 0) {
        return;
    }
    json_key(json, "locations");
    json_array(json);
    json_object(json);
    json_flat(json);
    write_physical(json, uri, place);
    json_end(json);
    json_end(json);
}

/* A location with what is said about it; `id` from 1, or 0. */
static void write_related_one(Log *log, const Related *related, size_t id)
{
    Json *json = &log->json;
    Arena *arena = json->out->arena;
    Str note = text_in(related->note, log->options->lang);

    json_object(json);
    json_flat(json);
    if (id != 0) {
        key_uint(json, "id", id);
    }
    if (related->place.file.len != 0) {
        write_physical(json, uri_of(arena, related->place.file), &related->place);
    }
    if (note.len != 0) {
        key_text(json, "message", literal(arena, note));
    }
    json_end(json);
}

static size_t count_related(const Diag *diag, bool step)
{
    size_t n = 0;

    for (size_t i = 0; i < diag->related.n; i++) {
        n += diag->related.at[i].step == step;
    }
    return n;
}

static void write_related(Log *log, const Diag *diag)
{
    Json *json = &log->json;
    size_t id = 0;

    if (count_related(diag, false) == 0) {
        return;
    }
    json_key(json, "relatedLocations");
    json_array(json);
    for (size_t i = 0; i < diag->related.n; i++) {
        if (!diag->related.at[i].step) {
            write_related_one(log, &diag->related.at[i], ++id);
        }
    }
    json_end(json);
}

/* The arithmetic, as one flow (3.36). */
static void write_steps(Log *log, const Diag *diag)
{
    Json *json = &log->json;

    if (count_related(diag, true) == 0) {
        return;
    }
    json_key(json, "codeFlows");
    json_array(json);
    json_object(json);
    json_key(json, "threadFlows");
    json_array(json);
    json_object(json);
    json_key(json, "locations");
    json_array(json);
    for (size_t i = 0; i < diag->related.n; i++) {
        if (diag->related.at[i].step) {
            json_object(json);
            json_flat(json);
            json_key(json, "location");
            write_related_one(log, &diag->related.at[i], 0);
            json_end(json);
        }
    }
    for (int open = 0; open < 5; open++) {
        json_end(json);
    }
}

/* Whether the finding with what it relates to is a smallest set of numbers that cannot all hold. */
static bool is_minimal_conflict(const Diag *diag)
{
    return diag->code == LT2101 || diag->code == LT2102 || diag->code == LT2103;
}

/* A text with placeholders as one without: each becomes an ellipsis. Empty if nothing else is
 * there. */
static Str without_places(Arena *arena, Str text)
{
    Buf out = buf_new(arena);
    bool some = false;

    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '{' && i + 2 < text.len && text.at[i + 2] == '}') {
            buf_add(&out, STR("…"));
            i += 2;
        } else {
            buf_char(&out, text.at[i]);
            some = true;
        }
    }
    return some ? buf_str(&out) : STR("");
}

/* A name in one word, made of the English message: CannotReadThisKindOfFile. */
static Str rule_name(Arena *arena, Str message)
{
    Buf out = buf_new(arena);
    bool starts = true;

    for (size_t i = 0; i < message.len; i++) {
        char c = message.at[i];

        if (c == '{' && i + 2 < message.len) {
            i += 2;
        } else if (c >= 'a' && c <= 'z' && starts) {
            buf_char(&out, (char)(c - 'a' + 'A'));
            starts = false;
        } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
            buf_char(&out, c);
            starts = false;
        } else if (c != '\'') {
            starts = true;
        }
    }
    return buf_str(&out);
}

/* Why a finding of the rule is one, and how it is mended where that is always the same. */
static void write_help(Json *json, const CodeInfo *info, Lang lang)
{
    Arena *arena = json->out->arena;
    Str why = text_in(info->why, lang), mend = without_places(arena, text_in(info->mend, lang));
    bool zh = lang == LANG_ZH;
    Buf text = buf_new(arena), markdown = buf_new(arena);

    buf_add(&text, why);
    add_markdown(&markdown, why);
    if (mend.len != 0) {
        buf_add(&text, zh ? STR("改法：") : STR(" Mend: "));
        buf_add(&text, mend);
        buf_add(&text, zh ? STR("。") : STR("."));
        buf_add(&markdown, zh ? STR("\n\n**改法**：") : STR("\n\n**Mend**: "));
        add_markdown(&markdown, mend);
    }
    json_key(json, "help");
    json_object(json);
    key_str(json, "text", buf_str(&text));
    key_str(json, "markdown", buf_str(&markdown));
    json_end(json);
}

static void write_rule(Json *json, Code code, Lang lang)
{
    Arena *arena = json->out->arena;
    const CodeInfo *info = code_info(code);
    Str name = rule_name(arena, info->message.en);

    json_object(json);
    key_str(json, "id", info->name);
    if (name.len != 0) {
        key_str(json, "name", name);
    }
    key_text(json, "shortDescription", without_places(arena, text_in(info->message, lang)));
    key_text(json, "fullDescription", text_in(info->why, lang));
    write_help(json, info, lang);
    json_key(json, "defaultConfiguration");
    json_object(json);
    json_flat(json);
    key_str(json, "level", str_z(level_name(info->level, LANG_EN)));
    json_end(json);
    json_key(json, "properties");
    json_object(json);
    json_flat(json);
    json_key(json, "tags");
    json_array(json);
    json_str(json, str_z(code_family(code_digit(code))->word));
    json_end(json);
    json_end(json);
    json_end(json);
}

static bool is_gone(const Log *log, const SarifFinding *finding)
{
    return !map_get(log->present, finding->fingerprint, NULL);
}

/* Marks the codes that occur, those of findings that are gone too. */
static void number_rules(Log *log)
{
    const SarifBaseline *baseline = log->options->baseline;
    bool occurs[CODE_N] = {false};
    int n = 0;
    Code code;

    for (size_t i = 0; i < log->diags->all.n; i++) {
        occurs[log->diags->all.at[i].code] = true;
    }
    for (size_t i = 0; baseline != NULL && log->whole && i < baseline->all.n; i++) {
        if (is_gone(log, &baseline->all.at[i]) && code_find(baseline->all.at[i].rule, &code)) {
            occurs[code] = true;
        }
    }
    for (size_t i = 0; i < CODE_N; i++) {
        log->rule_indices[i] = occurs[i] ? n++ : -1;
    }
}

static void write_tool(Log *log, Str language)
{
    Json *json = &log->json;

    json_key(json, "tool");
    json_object(json);
    json_key(json, "driver");
    json_object(json);
    key_str(json, "name", STR("Longtu"));
    key_str(json, "semanticVersion", STR(LONGTU_VERSION));
    key_str(json, "language", language);
    json_key(json, "rules");
    json_array(json);
    for (size_t i = 0; i < CODE_N; i++) {
        if (log->rule_indices[i] >= 0) {
            write_rule(json, (Code)i, log->options->lang);
        }
    }
    json_end(json);
    json_end(json);
    json_end(json);
}

/* Says how many diagnostics are not in the log. */
static void write_not_listed(Log *log)
{
    const Diags *diags = log->diags;
    size_t n = diags->counts[0] + diags->counts[1] + diags->counts[2] - diags->all.n;
    Json *json = &log->json;

    json_key(json, "toolExecutionNotifications");
    json_array(json);
    json_object(json);
    json_flat(json);
    key_str(json, "level", STR("warning"));
    key_text(
        json, "message",
        str_format(json->out->arena,
                   log->options->lang == LANG_ZH ? "另有 %zu 条未列出" : "%zu more are not listed",
                   n));
    json_end(json);
    json_end(json);
}

static void write_invocation(Log *log)
{
    Json *json = &log->json;
    Err status = log->options->status;

    json_key(json, "invocations");
    json_array(json);
    json_object(json);
    json_key(json, "executionSuccessful");
    json_bool(json, status == OK || status == ERR_FOUND);
    key_uint(json, "exitCode", (size_t)status);
    if (!log->whole) {
        write_not_listed(log);
    }
    json_end(json);
    json_end(json);
}

static void write_root(Json *json, Lang lang)
{
    json_key(json, "originalUriBaseIds");
    json_object(json);
    json_key(json, SARIF_ROOT);
    json_object(json);
    json_flat(json);
    key_text(json, "description",
             lang == LANG_ZH ? STR("运行命令时所在的文件夹。")
                             : STR("The folder in which the command was run."));
    json_end(json);
    json_end(json);
}

/* What it relates to, as links to the related locations (3.11.6): See [GDP: 5 亿元](1). */
static void add_links(Buf *out, const Diag *diag, Lang lang)
{
    size_t id = 0;

    for (size_t i = 0; i < diag->related.n; i++) {
        Str note = text_in(diag->related.at[i].note, lang);

        if (diag->related.at[i].step || ++id > MAX_LINKS || note.len == 0) {
            continue;
        }
        if (lang == LANG_ZH) {
            buf_add(out, id == 1 ? STR("见：") : STR("；"));
        } else {
            buf_add(out, id == 1 ? STR(" See ") : STR("; "));
        }
        buf_char(out, '[');
        add_literal(out, note, true);
        buf_format(out, "](%zu)", id);
    }
    if (id > MAX_LINKS) {
        buf_add(out, STR("…"));
    } else if (id > 0) {
        buf_add(out, lang == LANG_ZH ? STR("。") : STR("."));
    }
}

/* Message and mend as sentences: viewers with little room show the first one (3.11.3). */
static Str message_of(Arena *arena, const Diag *diag, Lang lang)
{
    Buf out = buf_new(arena), message = buf_new(arena), mend = buf_new(arena);

    diag_message(&message, diag, lang);
    diag_mend(&mend, diag, lang);
    buf_add(&message, lang == LANG_ZH ? STR("。") : STR("."));
    if (mend.len != 0) {
        buf_add(&message, lang == LANG_ZH ? STR("改法：") : STR(" Mend: "));
        buf_add(&message, buf_str(&mend));
        buf_add(&message, lang == LANG_ZH ? STR("。") : STR("."));
    }
    add_literal(&out, buf_str(&message), count_related(diag, false) != 0);
    add_links(&out, diag, lang);
    return buf_str(&out);
}

/* A message of an earlier log without its links: what they lead to is not in this one. */
static Str without_links(Arena *arena, Str text)
{
    Buf out = buf_new(arena);
    size_t open = SIZE_MAX; /* where the last bracket stands in out */

    for (size_t i = 0; i < text.len; i++) {
        size_t end = i + 2;

        if (text.at[i] == '\\' && i + 1 < text.len) {
            buf_char(&out, text.at[i++]);
        } else if (text.at[i] == '[') {
            open = out.len;
        } else if (open != SIZE_MAX && str_at(text, i, text.len, "](")) {
            while (end < text.len && text.at[end] >= '0' && text.at[end] <= '9') {
                end++;
            }
            if (end > i + 2 && end < text.len && text.at[end] == ')') {
                memmove(out.at + open, out.at + open + 1, out.len - open - 1);
                out.len--;
                open = SIZE_MAX;
                i = end;
                continue;
            }
        }
        buf_char(&out, text.at[i]);
    }
    return buf_str(&out);
}

/* Begins a result: what each has, whether it is there or gone. */
static void open_result(Json *json, Str rule, int rule_index, Level level, Str message)
{
    json_object(json);
    key_str(json, "ruleId", rule);
    if (rule_index >= 0) {
        key_uint(json, "ruleIndex", (size_t)rule_index);
    }
    key_str(json, "level", str_z(level_name(level, LANG_EN)));
    key_text(json, "message", message);
}

/* Ends it. Suppressions are given for all results or for none (3.27.23). */
static void close_result(Log *log, Str fingerprint, Str state, Str reason)
{
    Json *json = &log->json;

    json_key(json, "partialFingerprints");
    json_object(json);
    json_flat(json);
    key_str(json, SARIF_FINGERPRINT, fingerprint);
    json_end(json);
    if (log->options->baseline != NULL) {
        key_str(json, "baselineState", state);
    }
    if (log->options->reasons != NULL) {
        json_key(json, "suppressions");
        json_array(json);
        json_flat(json);
        if (reason.len != 0) {
            json_object(json);
            key_str(json, "kind", STR("inSource"));
            key_str(json, "justification", reason);
            json_end(json);
        }
        json_end(json);
    }
    json_end(json);
}

static void write_result(Log *log, size_t i)
{
    const Diag *diag = &log->diags->all.at[i];
    const SarifOptions *options = log->options;
    Arena *arena = log->json.out->arena;
    bool known =
        options->baseline != NULL && sarif_baseline_has(options->baseline, log->fingerprints[i]);

    open_result(&log->json, code_info(diag->code)->name, log->rule_indices[diag->code], diag->level,
                message_of(arena, diag, options->lang));
    write_locations(&log->json, uri_of(arena, diag->place.file), &diag->place);
    write_related(log, diag);
    write_steps(log, diag);
    if (is_minimal_conflict(diag)) {
        json_key(&log->json, "properties");
        json_object(&log->json);
        json_flat(&log->json);
        json_key(&log->json, "minimalConflictSet");
        json_bool(&log->json, true);
        json_end(&log->json);
    }
    close_result(log, log->fingerprints[i], known ? STR("unchanged") : STR("new"),
                 options->reasons == NULL ? STR("") : options->reasons[i]);
}

static void write_gone(Log *log, const SarifFinding *finding)
{
    Place place = {.line = finding->line, .column = finding->column, .end = finding->end};
    Code code;
    int index = code_find(finding->rule, &code) ? log->rule_indices[code] : -1;

    open_result(&log->json, finding->rule, index, finding->level,
                without_links(log->json.out->arena, finding->message));
    write_locations(&log->json, finding->uri, &place);
    close_result(log, finding->fingerprint, STR("absent"), STR(""));
}

static void write_results(Log *log)
{
    const SarifBaseline *baseline = log->options->baseline;

    json_key(&log->json, "results");
    json_array(&log->json);
    for (size_t i = 0; i < log->diags->all.n; i++) {
        write_result(log, i);
    }
    for (size_t i = 0; baseline != NULL && log->whole && i < baseline->all.n; i++) {
        if (is_gone(log, &baseline->all.at[i])) {
            write_gone(log, &baseline->all.at[i]);
        }
    }
    json_end(&log->json);
}

void sarif_write(const Diags *diags, const SarifOptions *options, Buf *out)
{
    Str language = options->lang == LANG_ZH ? STR("zh-CN") : STR("en");
    Log log = {.json = json_new(out),
               .diags = diags,
               .options = options,
               .fingerprints = sarif_fingerprints(out->arena, diags),
               .whole = diags->counts[0] + diags->counts[1] + diags->counts[2] == diags->all.n,
               .present = map_new(out->arena)};
    Json *json = &log.json;

    for (size_t i = 0; i < diags->all.n; i++) {
        map_set(log.present, log.fingerprints[i], i);
    }
    number_rules(&log);
    json_object(json);
    key_str(json, "$schema",
            STR("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                "sarif-schema-2.1.0.json"));
    key_str(json, "version", STR("2.1.0"));
    json_key(json, "runs");
    json_array(json);
    json_object(json);
    write_tool(&log, language);
    write_invocation(&log);
    key_str(json, "language", language);
    key_str(json, "columnKind", STR("unicodeCodePoints"));
    write_root(json, options->lang);
    write_results(&log);
    json_end(json);
    json_end(json);
    json_end(json);
}
