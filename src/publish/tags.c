/* Tags: a writer of XML text, in the order of the calls. */
#include "publish/tags.h"

#include "base/utf8.h"

#include <assert.h>

/* Bytes at i that XML 1.0 (2.2 Characters) forbids: controls, ill-formed UTF-8, U+FFFE, U+FFFF; 0
 * if a character stands there that it allows, whose length is in *len. */
static size_t forbidden_at(Str text, size_t i, size_t *len)
{
    static const unsigned char LENGTHS[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4};
    unsigned char c = (unsigned char)text.at[i];

    if (c < 0x80) {
        *len = 1;
        return c < 0x20 && c != '\t' && c != '\n' && c != '\r' ? 1 : 0;
    }
    *len = LENGTHS[c >> 4];
    if (utf8_valid(str_slice(text, i, i + *len)) != *len) {
        return 1;
    }
    if (c == 0xEF && (unsigned char)text.at[i + 1] == 0xBF &&
        ((unsigned char)text.at[i + 2] & 0xFE) == 0xBE) {
        return 3;
    }
    return 0;
}

static Str escape_of(char c)
{
    switch (c) {
    case '&': return STR("&amp;");
    case '<': return STR("&lt;");
    case '>': return STR("&gt;");
    case '"': return STR("&quot;");
    case '\'': return STR("&#39;");
    case '\r': return STR("&#13;");
    default: return STR("");
    }
}

static void add_clean(Buf *out, Str text, bool escaped)
{
    size_t done = 0, len, bad;

    for (size_t i = 0; i < text.len; i += len) {
        Str instead = escaped ? escape_of(text.at[i]) : STR("");

        bad = forbidden_at(text, i, &len);
        if (bad != 0) {
            instead = STR("\xEF\xBF\xBD");
            len = bad;
        }
        if (instead.len != 0) {
            buf_add(out, str_slice(text, done, i));
            buf_add(out, instead);
            done = i + len;
        }
    }
    buf_add(out, str_slice(text, done, text.len));
}

void tags_escape(Buf *out, Str text)
{
    add_clean(out, text, true);
}

Str tags_clean(Arena *arena, Str text)
{
    Buf out;
    size_t len, i = 0;

    while (i < text.len && forbidden_at(text, i, &len) == 0) {
        i += len;
    }
    if (i >= text.len) {
        return text;
    }
    out = buf_new(arena);
    add_clean(&out, text, false);
    return buf_str(&out);
}

Tags tags_new(Buf *out)
{
    buf_add(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    return (Tags){.out = out};
}

static void end_start_tag(Tags *tags)
{
    if (tags->open) {
        buf_char(tags->out, '>');
        tags->open = false;
    }
}

static void new_line(Tags *tags)
{
    buf_char(tags->out, '\n');
    buf_repeat(tags->out, STR(" "), tags->depth);
}

void tags_open(Tags *tags, const char *name)
{
    bool mixed = tags->depth > 0 && tags->mixed[tags->depth - 1];

    assert(tags->depth < TAGS_MAX_DEPTH);
    end_start_tag(tags);
    if (tags->depth > 0) {
        tags->some[tags->depth - 1] = true;
        if (!mixed) {
            new_line(tags);
        }
    }
    buf_char(tags->out, '<');
    buf_add(tags->out, str_z(name));
    tags->names[tags->depth] = name;
    tags->mixed[tags->depth] = mixed;
    tags->some[tags->depth] = false;
    tags->depth++;
    tags->open = true;
}

void tags_inline(Tags *tags, const char *name)
{
    tags_open(tags, name);
    tags->mixed[tags->depth - 1] = true;
}

void tags_attribute(Tags *tags, const char *name, Str value)
{
    assert(tags->open);
    buf_char(tags->out, ' ');
    buf_add(tags->out, str_z(name));
    buf_add(tags->out, STR("=\""));
    tags_escape(tags->out, value);
    buf_char(tags->out, '"');
}

void tags_text(Tags *tags, Str text)
{
    assert(tags->depth > 0 && tags->mixed[tags->depth - 1]);
    end_start_tag(tags);
    tags_escape(tags->out, text);
}

void tags_close(Tags *tags)
{
    assert(tags->depth > 0);
    tags->depth--;
    if (tags->open) {
        buf_add(tags->out, STR("/>"));
        tags->open = false;
    } else {
        if (tags->some[tags->depth] && !tags->mixed[tags->depth]) {
            new_line(tags);
        }
        buf_add(tags->out, STR("</"));
        buf_add(tags->out, str_z(tags->names[tags->depth]));
        buf_char(tags->out, '>');
    }
    if (tags->depth == 0) {
        buf_char(tags->out, '\n');
    }
}
