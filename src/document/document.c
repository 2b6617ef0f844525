/* Document: a source text as blocks, tables and an outline, each with its place in the source. */
#include "document/document_priv.h"

#include "base/file.h"
#include "document/traditional.h"

#include <assert.h>
#include <string.h>

static const char *const FORMAT_WORDS[] = {
#define X(name, word) word,
    DOC_FORMATS(X)
#undef X
};
static const char *const PART_WORDS[] = {
#define X(name, word, eid) word,
    PART_KINDS(X)
#undef X
};

const char *doc_format_word(DocFormat format)
{
    return FORMAT_WORDS[format];
}

const char *part_kind_word(PartKind kind)
{
    return PART_WORDS[kind];
}

Str doc_text(const Document *doc, Span at)
{
    return str_slice(doc->source.text, at.start, at.end);
}

Str part_number(const Document *doc, const Part *part)
{
    static const char *const SIGNS[] = {"、", "（", "）", "．", ".", "(", ")", "：", ":"};
    Str number = str_trim(doc_text(doc, part->number));

    for (size_t k = 0; k < sizeof SIGNS / sizeof SIGNS[0]; k++) {
        Str sign = str_z(SIGNS[k]);

        if (str_starts(number, sign)) {
            number = str_slice(number, sign.len, number.len);
        }
        if (str_ends(number, sign)) {
            number = str_slice(number, 0, number.len - sign.len);
        }
    }
    return str_trim(number);
}

static bool has_tag(Str head, const char *tag)
{
    size_t len = strlen(tag);

    for (size_t i = 0; i + len <= head.len; i++) {
        if (strncasecmp(head.at + i, tag, len) == 0) {
            return true;
        }
    }
    return false;
}

/* Told by the first bytes; whatever is nothing else is text. */
static DocFormat find_format(Str content)
{
    enum { HEAD = 1024 };
    Str head = str_slice(content, 0, HEAD), start = head;

    if (str_starts(content, STR("PK\x03\x04")) || str_starts(content, STR("PK\x05\x06"))) {
        return DOC_DOCX;
    }
    if (str_find(head, STR("%PDF-")) != SIZE_MAX) {
        return DOC_PDF;
    }
    if (str_starts(start, STR("\xEF\xBB\xBF"))) {
        start = str_slice(start, 3, start.len);
    }
    start = str_trim(start);
    if (str_starts(start, STR("<")) &&
        (has_tag(head, "<!doctype html") || has_tag(head, "<html") || has_tag(head, "<head") ||
         has_tag(head, "<body") || has_tag(head, "<div") || has_tag(head, "<p") ||
         has_tag(head, "<table") || has_tag(head, "<!--") || has_tag(head, "<meta") ||
         has_tag(head, "<h1") || has_tag(head, "<span") || has_tag(head, "<ul"))) {
        return DOC_HTML;
    }
    return DOC_TEXT;
}

/* Code points in that many bytes. Pieces whose count fits into a byte, so that compilers work on
 * many at once. */
static uint32_t count_points(const char *at, size_t len)
{
    enum { PIECE = 128 };
    uint32_t count = 0;

    for (size_t start = 0; start < len; start += PIECE) {
        size_t end = len - start < PIECE ? len : start + PIECE;
        unsigned char n = 0;

        for (size_t i = start; i < end; i++) {
            n = (unsigned char)(n + ((signed char)at[i] >= -64));
        }
        count += n;
    }
    return count;
}

/* Line starts, and counts of characters, of the text whose lines count. */
static void index_lines(Arena *arena, Document *doc)
{
    Str text = doc->n_runs != 0 ? doc->original : doc->source.text;
    size_t n_counts = text.len / DOC_POSITION_STEP + 1;
    const char *end = text.at + text.len;
    VEC(uint32_t) starts = {0};
    uint32_t count = 0;

    *vec_push(arena, &starts) = 0;
    for (const char *at = text.at; at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL;
         at++) {
        *vec_push(arena, &starts) = (uint32_t)(at - text.at) + 1;
    }
    doc->line_starts = starts.at;
    doc->n_lines = starts.n;
    doc->counts = ARENA_ARRAY(arena, uint32_t, n_counts);
    for (size_t step = 0; step < n_counts; step++) {
        Str bytes = str_slice(text, step * DOC_POSITION_STEP, (step + 1) * DOC_POSITION_STEP);

        doc->counts[step] = count;
        count += count_points(bytes.at, bytes.len);
    }
}

/* Code points before byte i. */
static uint32_t count_before(const Document *doc, Str text, uint32_t i)
{
    uint32_t step = i / DOC_POSITION_STEP;

    return doc->counts[step] +
           count_points(text.at + step * DOC_POSITION_STEP, i - step * DOC_POSITION_STEP);
}

/* Byte of the source that byte i of the text comes from; that behind its last one for an end. */
static uint32_t source_byte(const Document *doc, uint32_t i, bool is_end)
{
    size_t lo = 0, hi = doc->n_runs;

    if (doc->n_runs == 0) {
        return i;
    }
    if (is_end && i > 0) {
        return source_byte(doc, i - 1, false) + 1;
    }
    while (hi - lo > 1) {
        size_t middle = lo + (hi - lo) / 2;

        if (doc->runs[middle].text <= i) {
            lo = middle;
        } else {
            hi = middle;
        }
    }
    if (i < doc->runs[lo].text) {
        return doc->runs[lo].source;
    }
    i -= doc->runs[lo].text;
    return doc->runs[lo].source + (i < doc->runs[lo].len ? i : doc->runs[lo].len);
}

DocPosition doc_position(const Document *doc, Span at)
{
    Str text = doc->n_runs != 0 ? doc->original : doc->source.text;
    uint32_t start = source_byte(doc, at.start, false), end = source_byte(doc, at.end, true),
             before;
    size_t lo = 0, hi = doc->n_lines;

    start = start > text.len ? (uint32_t)text.len : start;
    end = end < start ? start : end > text.len ? (uint32_t)text.len : end;
    while (hi - lo > 1) {
        size_t middle = lo + (hi - lo) / 2;

        if (doc->line_starts[middle] <= start) {
            lo = middle;
        } else {
            hi = middle;
        }
    }
    if (lo + 1 < doc->n_lines && end >= doc->line_starts[lo + 1]) {
        end = doc->line_starts[lo + 1] - 1;
    }
    before = count_before(doc, text, doc->line_starts[lo]);
    return (DocPosition){(uint32_t)lo + 1, count_before(doc, text, start) - before,
                         count_before(doc, text, end) - before};
}

/* Kinds of files that are told by their first bytes and cannot be read. */
static bool is_refused(Arena *arena, Str name, Str content, Diags *diags)
{
    /* UTF-16, as names stand in a compound file: [MS-OFFCRYPTO], 2.3.4.1 */
    static const char ENCRYPTED[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    Text kind;

    if (str_starts(content, STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))) {
        if (memmem(content.at, content.len, ENCRYPTED, sizeof ENCRYPTED) != NULL) {
            diag_add(diags, LT1024, place_file(name), name);
            return true;
        }
        kind = TEXT("旧版 Word 或 WPS 文件", "of an old Word or WPS");
    } else if (str_starts(content, STR("{\\rtf"))) {
        kind = TEXT("RTF 文件", "RTF");
    } else {
        return false;
    }
    diag_add(diags, LT1020, place_file(name),
             diag_word(arena,
                       (Text){str_format(arena, "%.*s（%.*s）", STR_ARG(name), STR_ARG(kind.zh)),
                              str_format(arena, "%.*s (%.*s)", STR_ARG(name), STR_ARG(kind.en))}));
    return true;
}

Err document_parse(Arena *arena, Str name, Str content, Document *out, Diags *diags)
{
    static Err (*const READERS[])(Builder *, Str) = {read_text, read_html, read_docx, read_pdf};
    DocFormat format = find_format(content);
    Builder builder = builder_new(arena, name, format, diags);
    Err err;

    *out = (Document){.format = format};
    if (content.len == 0) {
        diag_add(diags, LT1014, place_file(name), name);
        return ERR_INPUT;
    }
    if (content.len > DOC_MAX_BYTES) {
        diag_add(diags, LT1002, place_file(name), name,
                 str_format(arena, "%d MiB", DOC_MAX_BYTES >> 20));
        return ERR_INPUT;
    }
    if (is_refused(arena, name, content, diags)) {
        return ERR_INPUT;
    }
    err = READERS[format](&builder, content);
    if (err != OK) {
        return err;
    }
    if (builder.blocks.n == 0) {
        diag_add(diags, LT1014, place_file(name), name);
        return ERR_INPUT;
    }
    *out = (Document){.format = format,
                      .source = {name, buf_str(&builder.text)},
                      .blocks = builder.blocks.at,
                      .n_blocks = builder.blocks.n,
                      .tables = builder.tables.at,
                      .n_tables = builder.tables.n,
                      .original = builder.original,
                      .runs = builder.runs.at,
                      .n_runs = builder.runs.n};
    if (is_traditional(out->source.text)) {
        out->source.text = simplified(arena, out->source.text);
        out->simplified = true;
        diag_add(diags, LT1031, place_file(name), name);
    }
    index_lines(arena, out);
    find_chrome(out->source.text, out->blocks, out->n_blocks);
    find_outline(arena, out, diags);
    return OK;
}

Err document_read(Arena *arena, Str path, Document *out, Diags *diags)
{
    Str content;
    Err err = file_read(arena, path, DOC_MAX_BYTES, &content, diags);

    return err == OK ? document_parse(arena, path, content, out, diags) : err;
}
