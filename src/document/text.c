/* Text: plain text in any of the encodings that plans come in, as blocks. */
#include "document/document_priv.h"

#include "base/utf8.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>

static bool not_decoded(Str name, size_t at, Diags *diags)
{
    char place[24];

    (void)snprintf(place, sizeof place, "%zu", at + 1);
    diag_add(diags, LT1021, place_file(name), str_z(place));
    return false;
}

/* Decodes all of it, or says where it fails. */
static bool convert(Arena *arena, const char *encoding, Str content, Str *out, size_t *failed)
{
    iconv_t decoder = iconv_open("UTF-8", encoding);
    size_t cap = content.len * 3 / 2 + 64, left, in_left = content.len;
    char *at, *to, *in = (char *)(uintptr_t)content.at; /* iconv does not write to it */
    bool good = true;

    *failed = 0;
    if (decoder == (iconv_t)-1) {
        return false;
    }
    at = arena_alloc(arena, cap);
    to = at;
    left = cap;
    while (in_left > 0 && good) {
        if (iconv(decoder, &in, &in_left, &to, &left) == (size_t)-1) {
            if (errno == E2BIG) {
                size_t used = (size_t)(to - at);

                at = arena_grow(arena, at, cap, cap * 2, 1);
                to = at + used;
                left += cap;
                cap *= 2;
            } else {
                good = false;
            }
        }
    }
    (void)iconv_close(decoder);
    *failed = content.len - in_left;
    *out = (Str){at, (size_t)(to - at)};
    return good;
}

static bool is_binary(unsigned char c)
{
    return (c < 0x20) & (c != '\t') & (c != '\n') & (c != '\r') & (c != '\f') & (c != '\v') &
           (c != 0x1a);
}

/* Control characters that no text has. Whole pieces are looked at first, so that compilers work on
 * many bytes at once. */
static size_t find_binary(Str text)
{
    enum { PIECE = 512 };

    for (size_t start = 0; start < text.len; start += PIECE) {
        Str piece = str_slice(text, start, start + PIECE);
        unsigned char found = 0;

        for (size_t i = 0; i < piece.len; i++) {
            found |= is_binary((unsigned char)piece.at[i]);
        }
        for (size_t i = 0; found != 0 && i < piece.len; i++) {
            if (is_binary((unsigned char)piece.at[i])) {
                return start + i;
            }
        }
    }
    return SIZE_MAX;
}

static bool named(Str label, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (label.len == strlen(*names) && strncasecmp(label.at, *names, label.len) == 0) {
            return true;
        }
    }
    return false;
}

bool text_decode(Arena *arena, Str name, Str content, Str label, Str *out, Diags *diags)
{
    static const char *const BIG5[] = {"big5", "big5-hkscs", NULL};
    static const struct {
        Str mark;
        const char *encoding;
    } MARKS[] = {{STR_INIT("\xEF\xBB\xBF"), NULL},
                 {STR_INIT("\xFF\xFE"), "UTF-16LE"},
                 {STR_INIT("\xFE\xFF"), "UTF-16BE"}};
    size_t failed, binary, valid;

    for (size_t i = 0; i < sizeof MARKS / sizeof MARKS[0]; i++) {
        if (!str_starts(content, MARKS[i].mark)) {
            continue;
        }
        content = str_slice(content, MARKS[i].mark.len, content.len);
        if (MARKS[i].encoding == NULL) {
            break;
        }
        if (!convert(arena, MARKS[i].encoding, content, out, &failed)) {
            return not_decoded(name, failed + MARKS[i].mark.len, diags);
        }
        binary = find_binary(*out);
        return binary == SIZE_MAX || not_decoded(name, binary, diags);
    }
    binary = find_binary(content);
    if (binary != SIZE_MAX) {
        return not_decoded(name, binary, diags);
    }
    valid = utf8_valid(content);
    if (valid == content.len) {
        *out = content;
        return true;
    }
    if (named(label, BIG5)) {
        return convert(arena, "BIG5-HKSCS", content, out, &failed) ||
               not_decoded(name, failed, diags);
    }
    /* GB 18030 holds GB 2312 and GBK too, and is what is left where nothing is stated */
    if (convert(arena, "GB18030", content, out, &failed)) {
        return true;
    }
    /* one wrong byte late in a long UTF-8 file is more likely than GB 18030 that reads as UTF-8 */
    return not_decoded(name, valid > failed ? valid : failed, diags);
}

/* A carriage return alone ended lines on old machines. Such a text is copied with line feeds in
 * their places; any other stays as it is. */
static Str with_line_feeds(Arena *arena, Str text)
{
    char *copy = NULL;

    for (size_t i = 0; i < text.len; i++) {
        const char *at = memchr(text.at + i, '\r', text.len - i);

        if (at == NULL) {
            break;
        }
        i = (size_t)(at - text.at);
        if (i + 1 < text.len && text.at[i + 1] == '\n') {
            continue;
        }
        if (copy == NULL) {
            copy = arena_alloc(arena, text.len);
            memcpy(copy, text.at, text.len);
        }
        copy[i] = '\n';
    }
    return copy == NULL ? text : (Str){copy, text.len};
}

/* Whether U+3000 may follow itself. Without an early end, so that compilers work on many bytes at
 * once. */
static bool may_hold_gap(Str line)
{
    const unsigned char *at = (const unsigned char *)line.at;
    unsigned char found = 0;

    for (size_t i = 0; i + 2 < line.len; i++) {
        found |= (unsigned char)((at[i] == 0x80) & (at[i + 1] == 0x80) & (at[i + 2] == 0xE3));
    }
    return found != 0;
}

/* A run of two or more U+3000 inside a line, behind the words at its start: it stands for a line
 * end. SIZE_MAX if there is none. */
static size_t find_gap(Str line, size_t start)
{
    static const Str RUN = STR_INIT("　　");
    size_t found, len;

    while (start < line.len && utf8_is_space(utf8_at(line, start, &len))) {
        start += len;
    }
    line = str_slice(line, start, line.len);
    found = may_hold_gap(line) ? str_find(line, RUN) : SIZE_MAX;
    return found == SIZE_MAX ? SIZE_MAX : start + found;
}

/* The line's words; a run of U+3000 inside parts them. */
static void add_line(Builder *builder, Str text, size_t start, size_t end)
{
    size_t gap;
    Span at = text_trim(text, (Span){(uint32_t)start, (uint32_t)end});

    start = at.start;
    end = at.end;
    while ((gap = find_gap(str_slice(text, 0, end), start)) != SIZE_MAX) {
        at = text_trim(text, (Span){(uint32_t)start, (uint32_t)gap});
        *vec_push(builder->arena, &builder->blocks) =
            (Block){.at = at, .part = NO_PART, .table = NO_TABLE, .role = ROLE_BODY};
        start = gap;
    }
    at = text_trim(text, (Span){(uint32_t)start, (uint32_t)end});

    if (at.end > at.start) {
        *vec_push(builder->arena, &builder->blocks) =
            (Block){.at = at, .part = NO_PART, .table = NO_TABLE, .role = ROLE_BODY};
    }
}

Err read_text(Builder *builder, Str content)
{
    Str text;
    size_t start = 0;

    if (!text_decode(builder->arena, builder->name, content, STR(""), &text, builder->diags)) {
        return ERR_INPUT;
    }
    text = with_line_feeds(builder->arena, text);
    builder->text = (Buf){builder->arena, (char *)(uintptr_t)text.at, text.len, text.len};
    while (start < text.len) {
        const char *newline = memchr(text.at + start, '\n', text.len - start), *feed;
        size_t end = newline == NULL ? text.len : (size_t)(newline - text.at);

        while ((feed = memchr(text.at + start, '\f', end - start)) != NULL) { /* a new page */
            add_line(builder, text, start, (size_t)(feed - text.at));
            start = (size_t)(feed - text.at) + 1;
        }
        add_line(builder, text, start, end);
        start = end + 1;
    }
    find_drawn_tables(builder);
    return OK;
}
