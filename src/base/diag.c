/* Diag: what is wrong with an input, where, and how to mend it. */
#include "base/diag.h"

#include "base/json.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdio.h>

static const CodeInfo CODES[] = {
#define X(code, level, zh, en, mend_zh, mend_en, why_zh, why_en)                                   \
    {STR_INIT(#code), LEVEL_##level, TEXT_INIT(zh, en), TEXT_INIT(mend_zh, mend_en),               \
     TEXT_INIT(why_zh, why_en)},
#include "base/codes.def"
#undef X
};

static const char *const LEVELS[][2] = {{"note", "提示"}, {"warning", "警告"}, {"error", "错误"}};
static const char *const LEVEL_COLOURS[] = {"\033[1;36m", "\033[1;33m", "\033[1;31m"};

Diags diags_new(Arena *arena)
{
    return (Diags){.arena = arena};
}

Place diag_place(const Diags *diags, const Source *source, Span span)
{
    return diags_full(diags) ? place_file(source->name) : place_of(source, span);
}

const CodeInfo *code_info(Code code)
{
    assert(code < CODE_N);
    return &CODES[code];
}

unsigned code_digit(Code code)
{
    return (unsigned)(code_info(code)->name.at[2] - '0');
}

const CodeFamily *code_family(unsigned digit)
{
    static const CodeFamily OTHER = {"other", TEXT_INIT("其他", "other")};
    static const CodeFamily FAMILIES[] = {[1] = {"structure", TEXT_INIT("结构", "structure")},
                                          [2] = {"numbers", TEXT_INIT("数字", "numbers")},
                                          [3] = {"targets", TEXT_INIT("目标", "targets")},
                                          [4] = {"plans", TEXT_INIT("规划之间", "across plans")},
                                          [5] = {"duties", TEXT_INIT("任务与期限", "duties")},
                                          [6] = {"data", TEXT_INIT("数据", "data")},
                                          [9] = {"tool", TEXT_INIT("程序", "tool")}};

    return digit < sizeof FAMILIES / sizeof FAMILIES[0] && FAMILIES[digit].word != NULL
               ? &FAMILIES[digit]
               : &OTHER;
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool code_find(Str name, Code *out)
{
    for (size_t i = 0; i < CODE_N; i++) {
        Str known = CODES[i].name;
        bool same = name.len == known.len;

        for (size_t k = 0; same && k < name.len; k++) {
            same = upper(name.at[k]) == known.at[k];
        }
        if (same) {
            *out = (Code)i;
            return true;
        }
    }
    return false;
}

static size_t byte_of_column(Str line, uint32_t column)
{
    size_t i = 0, len;

    for (uint32_t c = 1; c < column && i < line.len; c++) {
        (void)utf8_at(line, i, &len);
        i += len;
    }
    return i;
}

/* Copies the line, of a very long one only what lies around the place: a thousand messages about a
 * line of many megabytes must not copy it a thousand times. */
static void keep_line(Diags *diags, Place *place)
{
    Str line = place->text;

    if (line.len > DIAG_MAX_LINE) {
        size_t at = byte_of_column(line, place->column),
               from = at < DIAG_MAX_LINE / 4 ? 0 : at - DIAG_MAX_LINE / 4;

        while (from > 0 && ((unsigned char)line.at[from] & 0xC0) == 0x80) {
            from--;
        }
        place->skipped = (uint32_t)utf8_count(str_slice(line, 0, from));
        line = utf8_clip(str_slice(line, from, from + DIAG_MAX_LINE), DIAG_MAX_LINE / 4 * 3);
    }
    place->text = str_copy(diags->arena, line);
}

Diag *diag_add_args(Diags *diags, Code code, Place place, const Str *args, size_t n_args)
{
    Diag *diag = &diags->dropped;

    assert(n_args <= DIAG_MAX_ARGS);
    diags->counts[CODES[code].level]++;
    if (!diags_full(diags)) {
        diag = vec_push(diags->arena, &diags->all);
        keep_line(diags, &place);
    }
    *diag = (Diag){.code = code, .level = CODES[code].level, .place = place};
    for (size_t i = 0; i < n_args && diag != &diags->dropped; i++) {
        diag->args[i] = str_copy(diags->arena, args[i]);
    }
    return diag;
}

void diag_relate(Diags *diags, Diag *diag, Place place, Text note)
{
    if (diag != &diags->dropped) {
        keep_line(diags, &place);
        *vec_push(diags->arena, &diag->related) = (Related){.place = place, .note = note};
    }
}

void diag_step(Diags *diags, Diag *diag, Text line)
{
    if (diag != &diags->dropped) {
        *vec_push(diags->arena, &diag->related) =
            (Related){.place = diag->place, .note = line, .step = true};
    }
}

void diags_move(Diags *from, Diags *to, Code code)
{
    size_t n = 0;

    for (size_t i = 0; i < from->all.n; i++) {
        const Diag *one = &from->all.at[i];

        if (one->code != code) {
            from->all.at[n++] = *one;
            continue;
        }
        from->counts[one->level]--;
        to->counts[one->level]++;
        if (!diags_full(to)) {
            *vec_push(to->arena, &to->all) = *one;
        }
    }
    from->all.n = n;
}

size_t diags_errors(const Diags *diags)
{
    return diags->counts[LEVEL_ERROR];
}

const char *level_name(Level level, Lang lang)
{
    return LEVELS[level][lang == LANG_ZH];
}

static const char BETWEEN_LANGUAGES = '\x1F';

Str diag_word(Arena *arena, Text text)
{
    return str_format(arena, "%.*s%c%.*s", STR_ARG(text_in(text, LANG_ZH)), BETWEEN_LANGUAGES,
                      STR_ARG(text_in(text, LANG_EN)));
}

static Str word_in(Str word, Lang lang)
{
    Str english, chinese = str_cut(word, BETWEEN_LANGUAGES, &english);

    return lang == LANG_ZH || chinese.len == word.len ? chinese : english;
}

/* Input that stands in a message must not command the terminal. */
static void add_clean(Buf *out, Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        buf_char(out, c < ' ' || c == 0x7F ? '?' : text.at[i]);
    }
}

/* Copies the template with {0} to {3} replaced. */
static void fill(Buf *out, Str template, const Str args[DIAG_MAX_ARGS], Lang lang)
{
    for (size_t i = 0; i < template.len; i++) {
        if (template.at[i] == '{' && i + 2 < template.len && template.at[i + 2] == '}') {
            add_clean(out, word_in(args[(template.at[i + 1] - '0') & 3], lang));
            i += 2;
        } else {
            buf_char(out, template.at[i]);
        }
    }
}

void diag_message(Buf *out, const Diag *diag, Lang lang)
{
    fill(out, text_in(CODES[diag->code].message, lang), diag->args, lang);
}

void diag_mend(Buf *out, const Diag *diag, Lang lang)
{
    fill(out, text_in(CODES[diag->code].mend, lang), diag->args, lang);
}

static void print_place(Buf *out, const Place *place)
{
    buf_add(out, place->file);
    if (place->line != 0) {
        buf_format(out, ":%u", place->line);
    }
    if (place->column != 0) {
        buf_format(out, ":%u", place->column);
        if (place->end > place->column + 1) {
            buf_format(out, "-%u", place->end);
        }
    }
}

/* The part of a long line around the place, so that the caret stays on the screen. */
static Str window(Str line, size_t *start)
{
    enum { WIDEST = 110, BEFORE = 40 };
    size_t from = *start, begin = 0, before = utf8_width(str_slice(line, 0, from)), len;

    if (utf8_width(line) <= WIDEST) {
        return line;
    }
    for (; before > BEFORE; begin += len) {
        (void)utf8_at(line, begin, &len);
        before -= utf8_width(str_slice(line, begin, begin + len));
    }
    *start = from - begin;
    return utf8_clip(str_slice(line, begin, line.len), WIDEST);
}

/* A tab or control character would move the caret: each is shown as a space. */
static Str without_controls(Arena *arena, Str line)
{
    char *at = str_to_z(arena, line);

    for (size_t i = 0; i < line.len; i++) {
        if ((unsigned char)at[i] < ' ' || at[i] == 0x7F) {
            at[i] = ' ';
        }
    }
    return (Str){at, line.len};
}

static void print_line(Buf *out, const Place *place, const char *colour)
{
    char number[16];
    int gutter = snprintf(number, sizeof number, "%u", place->line);
    Str line = without_controls(out->arena, place->text), shown;
    size_t start = byte_of_column(line, place->column - place->skipped),
           end =
               place->end > place->skipped ? byte_of_column(line, place->end - place->skipped) : 0;
    size_t len = end > start ? end - start : 0, span;

    shown = window(line, &start);
    span = utf8_width(str_slice(shown, start, start + len));
    buf_format(out, "%*s |\n%s | ", gutter, "", number);
    buf_add(out, shown);
    buf_format(out, "\n%*s | ", gutter, "");
    buf_repeat(out, STR(" "), utf8_width(str_slice(shown, 0, start)));
    buf_add(out, str_z(colour));
    buf_repeat(out, STR("^"), span == 0 ? 1 : span);
    buf_add(out, str_z(colour[0] == '\0' ? "" : "\033[0m"));
    buf_char(out, '\n');
}

void diag_print(Buf *out, const Diag *diag, Lang lang, bool colour)
{
    const char *on = colour ? LEVEL_COLOURS[diag->level] : "", *off = colour ? "\033[0m" : "";
    size_t mend_start;

    print_place(out, &diag->place);
    buf_format(out, ": %s%s[%.*s]%s: ", on, level_name(diag->level, lang),
               STR_ARG(CODES[diag->code].name), off);
    diag_message(out, diag, lang);
    buf_char(out, '\n');
    if (diag->place.column != 0 && diag->place.text.len != 0) {
        print_line(out, &diag->place, on);
    }
    for (size_t i = 0; i < diag->related.n; i++) {
        const Related *related = &diag->related.at[i];

        buf_add(out, related->step ? STR("    ") : STR("  → "));
        if (!related->step) {
            print_place(out, &related->place);
            buf_add(out, STR(": "));
        }
        buf_format(out, "%.*s\n", STR_ARG(text_in(related->note, lang)));
    }
    mend_start = out->len;
    buf_add(out, lang == LANG_ZH ? STR("  改法: ") : STR("  mend: "));
    size_t text_start = out->len;
    diag_mend(out, diag, lang);
    if (out->len == text_start) {
        out->len = mend_start;
    } else {
        buf_char(out, '\n');
    }
}

static void json_text(Json *json, const char *key, Str text)
{
    json_key(json, key);
    json_str_or_null(json, text);
}

static void json_number(Json *json, const char *key, uint32_t number)
{
    json_key(json, key);
    if (number == 0) {
        json_null(json);
    } else {
        json_int(json, number);
    }
}

void diag_json(Buf *out, const Diag *diag, Lang lang)
{
    Json json = json_new(out);
    Buf message = buf_new(out->arena), mend = buf_new(out->arena);

    diag_message(&message, diag, lang);
    diag_mend(&mend, diag, lang);
    json_object(&json);
    json_flat(&json);
    json_text(&json, "code", CODES[diag->code].name);
    json_text(&json, "level", str_z(level_name(diag->level, LANG_EN)));
    json_text(&json, "message", buf_str(&message));
    json_text(&json, "mend", buf_str(&mend));
    json_text(&json, "file", diag->place.file);
    json_number(&json, "line", diag->place.line);
    json_number(&json, "column", diag->place.column);
    json_number(&json, "end_column", diag->place.end);
    json_key(&json, "related");
    json_array(&json);
    for (size_t i = 0; i < diag->related.n; i++) {
        json_object(&json);
        json_text(&json, "file", diag->related.at[i].place.file);
        json_number(&json, "line", diag->related.at[i].place.line);
        json_text(&json, "message", text_in(diag->related.at[i].note, lang));
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
}

void diags_print(Buf *out, const Diags *diags, Lang lang, bool colour)
{
    size_t all = diags->counts[0] + diags->counts[1] + diags->counts[2];

    for (size_t i = 0; i < diags->all.n; i++) {
        diag_print(out, &diags->all.at[i], lang, colour);
    }
    if (all > diags->all.n) {
        buf_format(out, lang == LANG_ZH ? "另有 %zu 条未列出\n" : "%zu more are not listed\n",
                   all - diags->all.n);
    }
}
