/* Yaml: a YAML file as a tree whose nodes know their place; and YAML text from calls. */
#include "plan/yaml.h"

#include "base/map.h"
#include "base/utf8.h"

#include <assert.h>
#include <libfyaml.h>

typedef VEC(YamlNode *) NodeVec;

typedef struct {
    Arena *arena;
    Source source;
    Diags *diags;
    struct fy_parser *parser;
    struct fy_diag *fy_diags;
    uint32_t last; /* where the last node that stands in the text ended */
} Reader;

static Place place_at(const Reader *reader, Span span)
{
    return place_of(&reader->source, span);
}

/* The library's own message, at its place. */
static void report_syntax(Reader *reader)
{
    void *iterator = NULL;
    const struct fy_diag_error *error = fy_diag_errors_iterate(reader->fy_diags, &iterator);
    Span span = {0, 0};
    Str message = STR("?");

    if (error != NULL) {
        const struct fy_mark *start = error->fyt == NULL ? NULL : fy_token_start_mark(error->fyt);
        uint32_t offset = 0;

        message = str_z(error->msg);
        if (start != NULL) {
            offset = (uint32_t)start->input_pos;
        } else { /* lines count from 1 */
            for (int line = 1; offset < reader->source.text.len && line < error->line; offset++) {
                line += reader->source.text.at[offset] == '\n';
            }
        }
        span = (Span){offset, offset};
    }
    diag_add(reader->diags, LT1004, place_at(reader, span), message);
}

/* A value that was left out stands behind its key. */
static Span event_span(Reader *reader, struct fy_event *event)
{
    const struct fy_mark *start = fy_event_start_mark(event), *end = fy_event_end_mark(event);
    Span span = {reader->last, reader->last};

    if (start != NULL) {
        span.start = (uint32_t)start->input_pos;
        span.end = end == NULL ? span.start : (uint32_t)end->input_pos;
        reader->last = span.end;
    }
    return span;
}

/* The next event that carries content; NULL at the end of the stream or after a reported error
 * (*err set). */
static struct fy_event *next_event(Reader *reader, Err *err)
{
    struct fy_event *event = fy_parser_parse(reader->parser);

    if (event == NULL && fy_parser_get_stream_error(reader->parser)) {
        report_syntax(reader);
        *err = ERR_INPUT;
    }
    return event;
}

static Err read_node(Reader *reader, struct fy_event *event, unsigned depth, YamlNode **out);

static Err refuse_anchor(Reader *reader, struct fy_token *anchor, Span span)
{
    size_t len = 0;
    const char *text;

    if (anchor == NULL) {
        return OK;
    }
    text = fy_token_get_text(anchor, &len);
    diag_add(reader->diags, LT1005, place_at(reader, span),
             (Str){text == NULL ? "" : text, text == NULL ? 0 : len});
    return ERR_INPUT;
}

/* Most maps are so short that comparing is faster than hashing. */
enum { MANY_KEYS = 16 };

static bool is_seen(const NodeVec *keys, const Map *seen, Str key)
{
    if (seen != NULL) {
        return map_get(seen, key, NULL);
    }
    for (size_t i = 0; i < keys->n; i++) {
        if (str_eq(keys->at[i]->text, key)) {
            return true;
        }
    }
    return false;
}

/* Puts the keys, or the last of them, into a map once there are many. */
static void remember_keys(const Reader *reader, const NodeVec *keys, Map **seen)
{
    if (keys->n < MANY_KEYS) {
        return;
    }
    if (*seen == NULL) {
        *seen = map_new(reader->arena);
        for (size_t i = 0; i < keys->n; i++) {
            map_set(*seen, keys->at[i]->text, 1);
        }
    }
    map_set(*seen, keys->at[keys->n - 1]->text, 1);
}

static Err check_key(Reader *reader, const NodeVec *keys, const Map *seen, const YamlNode *key)
{
    if (key->kind != YAML_SCALAR) {
        diag_add(reader->diags, LT1007, place_at(reader, key->at),
                 diag_word(reader->arena, TEXT("键", "a key")),
                 diag_word(reader->arena, TEXT("一个词", "a word")));
        return ERR_INPUT;
    }
    if (is_seen(keys, seen, key->text)) {
        diag_add(reader->diags, LT1010, place_at(reader, key->at), key->text);
        return ERR_INPUT;
    }
    return OK;
}

/* The children of a list or map up to its end event. */
static Err read_children(Reader *reader, YamlNode *node, unsigned depth)
{
    Map *seen = NULL;
    NodeVec keys = {0}, items = {0};
    Err err = OK;

    for (;;) {
        YamlNode *child = NULL;
        struct fy_event *event = next_event(reader, &err);

        if (event == NULL) {
            return err == OK ? ERR_INPUT : err;
        }
        if (event->type == FYET_MAPPING_END || event->type == FYET_SEQUENCE_END) {
            node->at.end = event_span(reader, event).end;
            fy_parser_event_free(reader->parser, event);
            break;
        }
        err = read_node(reader, event, depth + 1, &child);
        if (err != OK) {
            return err;
        }
        if (node->kind == YAML_MAP && keys.n == items.n) {
            err = check_key(reader, &keys, seen, child);
            if (err != OK) {
                return err;
            }
            *vec_push(reader->arena, &keys) = child;
            remember_keys(reader, &keys, &seen);
        } else {
            *vec_push(reader->arena, &items) = child;
        }
    }
    assert(node->kind == YAML_LIST || keys.n == items.n);
    node->n = (uint32_t)items.n; /* fewer than bytes */
    node->items = items.at;
    node->keys = keys.at;
    return OK;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The length of the line break at a place; 0 if there is none. */
static size_t break_len(Str text, size_t at)
{
    if (text.at[at] == '\r') {
        return at + 1 < text.len && text.at[at + 1] == '\n' ? 2 : 1;
    }
    return text.at[at] == '\n';
}

/* Line breaks from `at` on, with the blanks around them: one becomes a space, more become one
 * fewer (YAML 1.2, 6.5, line folding). Returns where the next line's text begins. */
static size_t fold_breaks(Buf *out, Str text, size_t at)
{
    size_t n = 0, len;

    while (out->len > 0 && is_blank(out->at[out->len - 1])) {
        out->len--;
    }
    while (at < text.len && ((len = break_len(text, at)) > 0 || is_blank(text.at[at]))) {
        at += len > 0 ? len : 1;
        n += len > 0;
    }
    assert(n > 0);
    if (n == 1) {
        buf_char(out, ' ');
    } else {
        buf_repeat(out, STR("\n"), n - 1);
    }
    return at;
}

/* What stands between single quotes, by YAML 1.2, 7.3.2. The library (0.7.12) loses every second
 * of several escaped quotes in a row. */
static Str unquote(Arena *arena, Str text)
{
    Buf out = buf_new(arena);
    size_t at = 0;

    while (at < text.len) {
        if (break_len(text, at) > 0) {
            at = fold_breaks(&out, text, at);
        } else {
            buf_char(&out, text.at[at]);
            at += text.at[at] == '\'' ? 2 : 1; /* one inside is two */
        }
    }
    return buf_str(&out);
}

/* The header of a block scalar (YAML 1.2, 8.1.1), which ends where its lines begin: | or >, with
 * how the end is kept. False if it tells the indent too, which counts from the parent's. */
static bool block_header(const Reader *reader, uint32_t from, uint32_t lines, char *chomp)
{
    Str text = reader->source.text;
    uint32_t at = lines - (lines > 0);

    while (at > from && break_len(text, at - 1) == 0) {
        at--;
    }
    while (at < lines && !((text.at[at] == '|' || text.at[at] == '>') &&
                           (at == 0 || is_blank(text.at[at - 1]) || text.at[at - 1] == '\n'))) {
        at++;
    }
    *chomp = ' ';
    for (at++; at < lines && strchr("+-0123456789", text.at[at]) != NULL; at++) {
        if (text.at[at] != '+' && text.at[at] != '-') {
            return false;
        }
        *chomp = text.at[at];
    }
    return true;
}

static size_t count_spaces(Str line)
{
    size_t n = 0;

    while (n < line.len && line.at[n] == ' ') {
        n++;
    }
    return n;
}

/* Cuts a line off, its break too. */
static Str cut_line(Str *rest, bool *broken)
{
    size_t end = 0, len = 0;
    Str line;

    while (end < rest->len && (len = break_len(*rest, end)) == 0) {
        end++;
    }
    line = str_slice(*rest, 0, end);
    *broken = end < rest->len;
    *rest = str_slice(*rest, end + len, rest->len);
    return line;
}

/* What the lines of a block scalar say, by YAML 1.2, 8.1.2 and 8.1.3. The library (0.7.12) gives
 * memory that it never wrote where lines of blanks stand among indented ones. */
static Str unblock(Arena *arena, Str lines, bool folded, char chomp)
{
    Buf out = buf_new(arena);
    size_t indent = SIZE_MAX, breaks = 0;
    bool some = false, last_spaced = false, broken;

    while (lines.len > 0) {
        Str line = cut_line(&lines, &broken);
        size_t spaces = count_spaces(line);
        bool spaced;

        if (spaces == line.len && spaces <= indent && (indent != SIZE_MAX || broken)) {
            breaks += broken;
            continue;
        }
        if (indent == SIZE_MAX) {
            indent = spaces;
        }
        line = str_slice(line, spaces < indent ? spaces : indent, line.len);
        spaced = line.len > 0 && is_blank(line.at[0]);
        if (!folded || !some || spaced || last_spaced) {
            buf_repeat(&out, STR("\n"), breaks);
        } else {
            buf_repeat(&out, breaks == 1 ? STR(" ") : STR("\n"), breaks == 1 ? 1 : breaks - 1);
        }
        buf_add(&out, line);
        breaks = broken;
        last_spaced = spaced;
        some = true;
    }
    if (chomp == '+') {
        buf_repeat(&out, STR("\n"), breaks);
    } else if (chomp != '-' && some && breaks > 0) {
        buf_char(&out, '\n');
    }
    return buf_str(&out);
}

/* `from`: where the token before ended. */
static Str scalar_text(const Reader *reader, struct fy_token *token, Span at, uint32_t from)
{
    size_t len = 0;
    const char *text;
    enum fy_scalar_style style = token == NULL ? FYSS_PLAIN : fy_token_scalar_style(token);
    Str raw = str_slice(reader->source.text, at.start, at.end);
    char chomp;

    if (style == FYSS_SINGLE_QUOTED) {
        return unquote(reader->arena, raw);
    }
    if ((style == FYSS_LITERAL || style == FYSS_FOLDED) &&
        block_header(reader, from, at.start, &chomp)) {
        return unblock(reader->arena, raw, style == FYSS_FOLDED, chomp);
    }
    text = token == NULL ? NULL : fy_token_get_text(token, &len);
    return str_copy(reader->arena, (Str){text == NULL ? "" : text, len});
}

/* Frees the event. */
static Err read_node(Reader *reader, struct fy_event *event, unsigned depth, YamlNode **out)
{
    YamlNode *node = ARENA_NEW(reader->arena, YamlNode);
    enum fy_event_type type = event->type;
    uint32_t from = reader->last;
    Err err = OK;

    node->at = event_span(reader, event);
    if (type == FYET_SCALAR) {
        node->kind = YAML_SCALAR;
        node->text = scalar_text(reader, event->scalar.value, node->at, from);
        node->quoted =
            event->scalar.value != NULL && fy_token_scalar_style(event->scalar.value) != FYSS_PLAIN;
        err = refuse_anchor(reader, event->scalar.anchor, node->at);
    } else if (type == FYET_MAPPING_START) {
        node->kind = YAML_MAP;
        err = refuse_anchor(reader, event->mapping_start.anchor, node->at);
    } else if (type == FYET_SEQUENCE_START) {
        node->kind = YAML_LIST;
        err = refuse_anchor(reader, event->sequence_start.anchor, node->at);
    } else {
        err = refuse_anchor(reader, type == FYET_ALIAS ? event->alias.anchor : NULL, node->at);
        if (err == OK) {
            err = ERR_INPUT;
        }
    }
    fy_parser_event_free(reader->parser, event);
    if (err == OK && depth > YAML_MAX_DEPTH) {
        diag_add(reader->diags, LT1006, place_at(reader, node->at),
                 str_format(reader->arena, "%d", YAML_MAX_DEPTH));
        err = ERR_INPUT;
    }
    if (err == OK && node->kind != YAML_SCALAR) {
        err = read_children(reader, node, depth);
    }
    *out = node;
    return err;
}

static Err read_stream(Reader *reader, YamlNode **root)
{
    Err err = OK;
    struct fy_event *event;

    while (err == OK && (event = next_event(reader, &err)) != NULL) {
        enum fy_event_type type = event->type;

        if (type == FYET_STREAM_START || type == FYET_DOCUMENT_START || type == FYET_DOCUMENT_END ||
            type == FYET_STREAM_END) {
            (void)event_span(reader, event); /* what is empty stands behind it */
            fy_parser_event_free(reader->parser, event);
            if (type == FYET_STREAM_END) {
                break;
            }
        } else if (*root != NULL) {
            diag_add(reader->diags, LT1013, place_at(reader, event_span(reader, event)), STR(""));
            fy_parser_event_free(reader->parser, event);
            err = ERR_INPUT;
        } else {
            err = read_node(reader, event, 0, root);
        }
    }
    return err;
}

Err yaml_read(Arena *arena, Source source, YamlDoc *out, Diags *diags)
{
    static const Str bom = STR_INIT("\xEF\xBB\xBF");
    size_t valid = utf8_valid(source.text), nul;
    struct fy_diag_cfg diag_cfg = {.level = FYET_ERROR};
    struct fy_parse_cfg cfg = {.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_JSON_NONE};
    Reader reader = {arena, source, diags, NULL, NULL, 0};
    Err err;

    *out = (YamlDoc){.source = source};
    if (valid != source.text.len) {
        diag_add(diags, LT1003, place_of(&source, (Span){(uint32_t)valid, (uint32_t)valid}),
                 str_format(arena, "%zu", valid));
        return ERR_INPUT;
    }
    nul = str_find(source.text, (Str){"", 1});
    if (nul != SIZE_MAX) { /* the library would take it for the end, and drop what follows */
        diag_add(diags, LT1004, place_of(&source, (Span){(uint32_t)nul, (uint32_t)nul}),
                 STR("U+0000"));
        return ERR_INPUT;
    }
    if (str_starts(source.text, bom)) {
        source.text = str_slice(source.text, bom.len, source.text.len);
        out->source = reader.source = source;
    }
    if (str_trim(source.text).len == 0) {
        diag_add(diags, LT1014, place_file(source.name), source.name);
        return ERR_INPUT;
    }
    fy_diag_cfg_default(&diag_cfg);
    diag_cfg.fp = NULL;
    reader.fy_diags = fy_diag_create(&diag_cfg);
    if (reader.fy_diags == NULL) {
        return ERR_RESOURCE;
    }
    fy_diag_set_collect_errors(reader.fy_diags, true);
    cfg.diag = reader.fy_diags;
    reader.parser = fy_parser_create(&cfg);
    if (reader.parser == NULL ||
        fy_parser_set_string(reader.parser, source.text.at, source.text.len) != 0) {
        err = ERR_RESOURCE;
        goto done;
    }
    err = read_stream(&reader, &out->root);
    if (err == OK && out->root == NULL) {
        diag_add(diags, LT1014, place_file(source.name), source.name);
        err = ERR_INPUT;
    }
done:
    fy_parser_destroy(reader.parser);
    fy_diag_destroy(reader.fy_diags);
    return err;
}

const YamlNode *yaml_get(const YamlNode *map, Str key)
{
    if (map == NULL || map->kind != YAML_MAP) {
        return NULL;
    }
    for (size_t i = 0; i < map->n; i++) {
        if (str_eq(map->keys[i]->text, key)) {
            return map->items[i];
        }
    }
    return NULL;
}

struct YamlWriter {
    Buf *out;
    unsigned depth;
    bool map[YAML_MAX_DEPTH + 1], flow[YAML_MAX_DEPTH + 1];
    size_t n[YAML_MAX_DEPTH + 1]; /* keys and values, or items, written into the open one */
    unsigned indent[YAML_MAX_DEPTH + 1];
};

YamlWriter *yaml_writer_new(Arena *arena, Buf *out)
{
    YamlWriter *writer = ARENA_NEW(arena, YamlWriter);

    writer->out = out;
    return writer;
}

static void new_line(YamlWriter *writer, unsigned indent)
{
    if (writer->out->len > 0 && writer->out->at[writer->out->len - 1] != '\n') {
        buf_char(writer->out, '\n');
    }
    buf_repeat(writer->out, STR(" "), indent);
}

/* What stands between the last thing and the next: a comma, a line, a dash, a colon. `block`: a
 * block map or list follows, which begins on a line of its own after a key. */
static void separate(YamlWriter *writer, bool block)
{
    unsigned d = writer->depth;
    size_t before = writer->n[d]++;

    if (d == 0) {
        return;
    }
    if (writer->map[d] && before % 2 == 1) {
        buf_add(writer->out, block ? STR(":") : STR(": "));
    } else if (writer->flow[d]) {
        buf_add(writer->out, before > 0 ? STR(", ") : STR(""));
    } else if (!writer->map[d]) {
        new_line(writer, writer->indent[d]);
        buf_add(writer->out, STR("- "));
    } else if (before > 0 || d == 1 ||
               writer->map[d - 1]) { /* a map in a list begins behind the dash */
        new_line(writer, writer->indent[d]);
    }
}

static void begin(YamlWriter *writer, bool map, bool flow)
{
    unsigned outer = writer->depth;

    assert(outer < YAML_MAX_DEPTH);
    flow |= outer > 0 && writer->flow[outer];
    separate(writer, !flow);
    writer->depth++;
    writer->map[writer->depth] = map;
    writer->flow[writer->depth] = flow;
    writer->n[writer->depth] = 0;
    writer->indent[writer->depth] = outer == 0 ? 0 : writer->indent[outer] + 2;
    if (flow) {
        buf_char(writer->out, map ? '{' : '[');
    }
}

void yaml_map(YamlWriter *writer, bool flow)
{
    begin(writer, true, flow);
}

void yaml_list(YamlWriter *writer, bool flow)
{
    begin(writer, false, flow);
}

void yaml_end(YamlWriter *writer)
{
    unsigned d = writer->depth--;

    assert(d > 0);
    if (writer->flow[d]) {
        buf_char(writer->out, writer->map[d] ? '}' : ']');
    } else if (writer->n[d] == 0) { /* an empty block has only the flow form */
        buf_add(writer->out, writer->map[d] ? STR(" {}") : STR(" []"));
    }
}

/* A word that reads as itself in YAML 1.1 and 1.2 alike, flow or block: letters of any script, no
 * leading digit. */
static bool is_plain(Str text)
{
    static const Str TAKEN[] = {STR_INIT("true"), STR_INIT("false"), STR_INIT("null"),
                                STR_INIT("yes"),  STR_INIT("no"),    STR_INIT("on"),
                                STR_INIT("off"),  STR_INIT("y"),     STR_INIT("n")};

    for (size_t i = 0; i < sizeof TAKEN / sizeof TAKEN[0]; i++) {
        if (text.len == TAKEN[i].len && strncasecmp(text.at, TAKEN[i].at, text.len) == 0) {
            return false;
        }
    }
    if (text.len == 0 || text.at[text.len - 1] == ' ' || utf8_valid(text) != text.len) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
        bool inside = i > 0 && ((c >= '0' && c <= '9') || c == '-' || c == '.' || c == '/' ||
                                c == ' ' || c == '(' || c == ')');

        if (!letter && !inside) {
            return false;
        }
        if (c == 0xC2 || (c == 0xE2 && (unsigned char)text.at[i + 1] == 0x80) ||
            (c == 0xEF && (unsigned char)text.at[i + 1] >= 0xBB &&
             (unsigned char)text.at[i + 2] >= 0xBE)) {
            return false; /* U+0080..BF, U+2000..203F, U+FEFF: controls, line ends, the byte-order
                             mark */
        }
    }
    return true;
}

/* A double-quoted scalar; JSON's escapes are YAML's too. Line ends that only YAML knows are escaped
 * as well. */
static void write_quoted(Buf *out, Str text)
{
    size_t len;

    buf_char(out, '"');
    for (size_t i = 0; i < text.len; i += len) {
        uint32_t c = utf8_at(text, i, &len);

        if (c == '"' || c == '\\') {
            buf_char(out, '\\');
            buf_char(out, (char)c);
        } else if (c == '\n') {
            buf_add(out, STR("\\n"));
        } else if (c == '\t') {
            buf_add(out, STR("\\t"));
        } else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
                   c == 0xFEFF) {
            buf_format(out, "\\u%04x", (unsigned)c);
        } else {
            buf_add(out, str_slice(text, i, i + len));
        }
    }
    buf_char(out, '"');
}

void yaml_text(YamlWriter *writer, Str text)
{
    separate(writer, false);
    if (is_plain(text)) {
        buf_add(writer->out, text);
    } else {
        write_quoted(writer->out, text);
    }
}

void yaml_plain(YamlWriter *writer, Str text)
{
    separate(writer, false);
    buf_add(writer->out, text);
}

void yaml_writer_close(YamlWriter *writer)
{
    assert(writer->depth == 0);
    new_line(writer, 0);
}
