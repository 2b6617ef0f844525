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

/* Control characters that no text has. */
static size_t find_binary(Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' &&
            c != 0x1a) {
            return i;
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
    static const char *const CHINESE[] = {"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", NULL};
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
        return convert(arena, MARKS[i].encoding, content, out, &failed) ||
               not_decoded(name, failed + MARKS[i].mark.len, diags);
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
    (void)CHINESE; /* GB 18030 holds them all, and is what is left where nothing is stated */
    if (convert(arena, "GB18030", content, out, &failed)) {
        return true;
    }
    /* one wrong byte late in a long UTF-8 file is more likely than GB 18030 that reads as UTF-8 */
    return not_decoded(name, valid > failed ? valid : failed, diags);
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
    found = str_find(str_slice(line, start, line.len), RUN);
    if (found == SIZE_MAX || str_trim(str_slice(line, start + found, line.len)).len == 0) {
        return SIZE_MAX;
    }
    return start + found;
}

Err read_text(Builder *builder, Str content)
{
    Str text;
    size_t start = 0;

    if (!text_decode(builder->arena, builder->name, content, STR(""), &text, builder->diags)) {
        return ERR_INPUT;
    }
    builder->text = (Buf){builder->arena, (char *)(uintptr_t)text.at, text.len, text.len};
    while (start < text.len) {
        const char *newline = memchr(text.at + start, '\n', text.len - start);
        size_t end = newline == NULL ? text.len : (size_t)(newline - text.at);
        size_t gap = find_gap(str_slice(text, 0, end), start);
        Span at = text_trim(text, (Span){(uint32_t)start, (uint32_t)(gap == SIZE_MAX ? end : gap)});

        if (gap != SIZE_MAX) {
            end = gap + 2; /* behind the first of the run; start is set behind it below */
        }
        if (at.end > at.start) {
            *vec_push(builder->arena, &builder->blocks) =
                (Block){.at = at, .part = NO_PART, .table = NO_TABLE, .role = ROLE_BODY};
        }
        start = end + 1;
    }
    find_drawn_tables(builder);
    return OK;
}
