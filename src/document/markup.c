/* Markup: the tokens of an HTML page, each with its place. */
#include "document/markup.h"

#include <libxml/HTMLparser.h>
#include <string.h>

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v');
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool markup_named(Str name, const char *wanted)
{
    return strlen(wanted) == name.len && strncasecmp(name.at, wanted, name.len) == 0;
}

Markup markup_new(Str source)
{
    return (Markup){.source = source};
}

/* Byte of the first c from i on, or the end. */
static size_t find_char(Str s, size_t i, char c)
{
    const char *at = i < s.len ? memchr(s.at + i, c, s.len - i) : NULL;

    return at == NULL ? s.len : (size_t)(at - s.at);
}

/* Past the > that ends the tag whose attributes begin at i; quotes may hold one. */
static size_t tag_end(Markup *markup, size_t i, size_t *attributes_end)
{
    Str s = markup->source;
    bool value = false; /* behind a =, where a quote opens a value */

    for (; i < s.len && s.at[i] != '>'; i++) {
        char c = s.at[i];

        if (value && (c == '"' || c == '\'') && !markup->no_quote[c == '"']) {
            size_t end = find_char(s, i + 1, c);

            if (end == s.len) {
                markup->no_quote[c == '"'] = true;
                continue;
            }
            i = end;
        }
        value = c == '=' || (value && is_space(c));
    }
    *attributes_end = i < s.len ? i : s.len;
    return i < s.len ? i + 1 : s.len;
}

/* Past a comment, declaration or instruction that begins at i. */
static size_t skip_declaration(Str s, size_t i)
{
    if (s.len - i >= 4 && memcmp(s.at + i, "<!--", 4) == 0) {
        const char *end;

        if (str_starts(str_slice(s, i + 4, s.len), STR(">"))) {
            return i + 5;
        }
        end = memmem(s.at + i + 4, s.len - i - 4, "-->", 3);
        return end == NULL ? s.len : (size_t)(end - s.at) + 3;
    }
    i = find_char(s, i, '>');
    return i < s.len ? i + 1 : i;
}

/* Past the text of an element without markup: where its closing tag begins. */
static size_t raw_end(const Markup *markup)
{
    Str s = markup->source, name = markup->raw;

    for (size_t i = markup->at; (i = find_char(s, i, '<')) < s.len; i++) {
        if (s.len - i >= name.len + 2 && s.at[i + 1] == '/' &&
            strncasecmp(s.at + i + 2, name.at, name.len) == 0 &&
            (s.len - i == name.len + 2 || !is_letter(s.at[i + 2 + name.len]))) {
            return i;
        }
    }
    return s.len;
}

static bool is_raw(Str name)
{
    static const char *const NAMES[] = {"script", "style",  "title",   "textarea",
                                        "xmp",    "iframe", "noembed", "noframes"};

    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        if (markup_named(name, NAMES[i])) {
            return true;
        }
    }
    return false;
}

/* The tag at byte i, which is a < before a letter or a / and a letter. */
static void read_tag(Markup *markup, size_t i, MarkupToken *out)
{
    Str s = markup->source;
    bool closing = s.at[i + 1] == '/';
    size_t start = i + 1 + closing, end = start, attributes_end;

    while (end < s.len && !is_space(s.at[end]) && s.at[end] != '>' && s.at[end] != '/') {
        end++;
    }
    markup->at = tag_end(markup, end, &attributes_end);
    *out = (MarkupToken){.kind = closing ? MARKUP_CLOSE : MARKUP_OPEN,
                         .at = {(uint32_t)i, (uint32_t)markup->at},
                         .name = str_slice(s, start, end),
                         .attributes = str_slice(s, end, attributes_end)};
    if (!closing && is_raw(out->name)) {
        markup->raw = out->name;
    }
}

bool markup_next(Markup *markup, MarkupToken *out)
{
    Str s = markup->source;

    if (markup->raw.len != 0) {
        size_t end = raw_end(markup), start = markup->at;

        markup->at = end;
        markup->raw = STR("");
        if (end > start) {
            *out = (MarkupToken){
                .kind = MARKUP_TEXT, .at = {(uint32_t)start, (uint32_t)end}, .raw = true};
            return true;
        }
    }
    while (markup->at < s.len) {
        size_t start = markup->at, i = start;

        if (s.at[i] == '<' && i + 1 < s.len) {
            char c = s.at[i + 1];

            if (is_letter(c) || (c == '/' && i + 2 < s.len && is_letter(s.at[i + 2]))) {
                read_tag(markup, i, out);
                return true;
            }
            if (c == '!' || c == '?' || (c == '/' && i + 2 < s.len && s.at[i + 2] == '>')) {
                markup->at = skip_declaration(s, i);
                continue;
            }
        }
        markup->at = find_char(s, i + 1, '<');
        *out = (MarkupToken){.kind = MARKUP_TEXT, .at = {(uint32_t)start, (uint32_t)markup->at}};
        return true;
    }
    return false;
}

bool markup_attribute(const MarkupToken *token, const char *name, Str *value)
{
    Str s = token->attributes;
    size_t i = 0;

    while (i < s.len) {
        size_t start, end;

        while (i < s.len && (is_space(s.at[i]) || s.at[i] == '/')) {
            i++;
        }
        start = i;
        while (i < s.len && !is_space(s.at[i]) && s.at[i] != '=' && s.at[i] != '/') {
            i++;
        }
        end = i;
        while (i < s.len && is_space(s.at[i])) {
            i++;
        }
        *value = STR("");
        if (i < s.len && s.at[i] == '=') {
            i++;
            while (i < s.len && is_space(s.at[i])) {
                i++;
            }
            if (i < s.len && (s.at[i] == '"' || s.at[i] == '\'')) {
                size_t close = find_char(s, i + 1, s.at[i]);

                *value = str_slice(s, i + 1, close);
                i = close < s.len ? close + 1 : s.len;
            } else {
                size_t from = i;

                while (i < s.len && !is_space(s.at[i])) {
                    i++;
                }
                *value = str_slice(s, from, i);
            }
        }
        if (markup_named(str_slice(s, start, end), name)) {
            return true;
        }
    }
    return false;
}

static size_t encode(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

/* What a number stands for: those of Windows-1252 as browsers take them (WHATWG, 13.2.5.80), U+FFFD
 * for what is no character. */
static uint32_t number_character(uint32_t c)
{
    static const uint16_t WINDOWS[32] = {
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

    if (c >= 0x80 && c < 0xA0) {
        return WINDOWS[c - 0x80];
    }
    return c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? 0xFFFD : c;
}

static size_t number_reference(Str s, size_t i, char out[4], size_t *n_out)
{
    bool hex = i + 2 < s.len && (s.at[i + 2] == 'x' || s.at[i + 2] == 'X');
    size_t start = i + 2 + hex, k = start;
    uint32_t c = 0;

    for (; k < s.len; k++) {
        char d = s.at[k];
        uint32_t digit = is_digit(d)                   ? (uint32_t)(d - '0')
                         : hex && d >= 'a' && d <= 'f' ? (uint32_t)(d - 'a' + 10)
                         : hex && d >= 'A' && d <= 'F' ? (uint32_t)(d - 'A' + 10)
                                                       : 99;

        if (digit == 99) {
            break;
        }
        if (c <= 0x10FFFF) {
            c = c * (hex ? 16 : 10) + digit;
        }
    }
    if (k == start) {
        return 0;
    }
    *n_out = encode(number_character(c), out);
    return k - i + (k < s.len && s.at[k] == ';');
}

size_t markup_reference(Str s, size_t i, char out[4], size_t *n_out)
{
    enum { LONGEST = 16 };
    char name[LONGEST + 1];
    size_t k = i + 1, len;
    const htmlEntityDesc *entity = NULL;

    if (k < s.len && s.at[k] == '#') {
        return number_reference(s, i, out, n_out);
    }
    while (k < s.len && k - i - 1 < LONGEST && (is_letter(s.at[k]) || is_digit(s.at[k]))) {
        k++;
    }
    len = k - i - 1;
    if (len == 0) {
        return 0;
    }
    if (len == 4 && memcmp(s.at + i + 1, "nbsp", 4) == 0) { /* the library searches its list */
        *n_out = encode(0xA0, out);
        return len + 1 + (k < s.len && s.at[k] == ';' ? 1 : 0);
    }
    memcpy(name, s.at + i + 1, len);
    name[len] = '\0';
    entity = htmlEntityLookup((const xmlChar *)name);
    if (entity == NULL) {
        return 0;
    }
    *n_out = encode(entity->value, out);
    return k - i + (k < s.len && s.at[k] == ';');
}
