/* JsonReader: JSON text (RFC 8259) read value by value; what is passed over takes no memory. */
#include "base/json_reader.h"

#include <assert.h>

JsonReader json_reader_new(Arena *arena, Str text)
{
    /* RFC 8259, 8.1: a byte order mark may be ignored */
    return (JsonReader){
        .arena = arena, .text = text, .at = str_starts(text, STR("\uFEFF")) ? 3 : 0};
}

static bool failed(const JsonReader *reader)
{
    return reader->wrong.en.len != 0;
}

static bool fail(JsonReader *reader, Text why)
{
    if (!failed(reader)) {
        reader->wrong = why;
    }
    return false;
}

/* The next byte, 0 at the end. */
static char peek(const JsonReader *reader)
{
    return reader->at < reader->text.len ? reader->text.at[reader->at] : '\0';
}

/* The next byte that is no white space. */
static char peek_token(JsonReader *reader)
{
    while (peek(reader) == ' ' || peek(reader) == '\n' || peek(reader) == '\t' ||
           peek(reader) == '\r') {
        reader->at++;
    }
    return peek(reader);
}

static bool expect(JsonReader *reader, char c, Text why)
{
    if (peek_token(reader) != c) {
        return fail(reader, why);
    }
    reader->at++;
    return true;
}

static bool open(JsonReader *reader, char bracket)
{
    if (failed(reader)) {
        return false;
    }
    if (peek_token(reader) != bracket) {
        json_read_skip(reader);
        return false;
    }
    if (reader->depth == JSON_READ_MAX_DEPTH) {
        return fail(reader, TEXT("嵌套过深", "nested too deeply"));
    }
    reader->at++;
    reader->some[reader->depth++] = false;
    return true;
}

/* Whether another element of the innermost object or array follows; its comma is read. */
static bool more(JsonReader *reader, char bracket)
{
    if (failed(reader)) {
        return false;
    }
    assert(reader->depth > 0);
    if (peek_token(reader) == bracket) {
        reader->at++;
        reader->depth--;
        return false;
    }
    if (reader->some[reader->depth - 1] &&
        !expect(reader, ',',
                TEXT("此处应为逗号或右括号", "a comma or closing bracket belongs here"))) {
        return false;
    }
    reader->some[reader->depth - 1] = true;
    return true;
}

bool json_read_object(JsonReader *reader)
{
    return open(reader, '{');
}

bool json_read_array(JsonReader *reader)
{
    return open(reader, '[');
}

bool json_read_item(JsonReader *reader)
{
    return more(reader, ']');
}

/* The value of four hexadecimal digits at byte i, or -1. */
static int32_t hex4(Str text, size_t i)
{
    int32_t value = 0;

    for (size_t end = i + 4; i < end; i++) {
        char c = i < text.len ? text.at[i] : '\0';
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;

        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

static void add_point(Buf *out, uint32_t code)
{
    if (code < 0x80) {
        buf_char(out, (char)code);
        return;
    }
    if (code < 0x800) {
        buf_char(out, (char)(0xC0 | code >> 6));
    } else {
        if (code < 0x10000) {
            buf_char(out, (char)(0xE0 | code >> 12));
        } else {
            buf_char(out, (char)(0xF0 | code >> 18));
            buf_char(out, (char)(0x80 | (code >> 12 & 0x3F)));
        }
        buf_char(out, (char)(0x80 | (code >> 6 & 0x3F)));
    }
    buf_char(out, (char)(0x80 | (code & 0x3F)));
}

/* Adds the character of the \u whose digits start at byte i of accepted text; the byte behind it,
 * and behind the second half of a pair. */
static size_t add_unicode(Buf *out, Str text, size_t i)
{
    int32_t code = hex4(text, i), low = -1;

    i += 4;
    if (code >= 0xD800 && code < 0xDC00 && str_at(text, i, text.len, "\\u")) {
        low = hex4(text, i + 2);
    }
    if (low >= 0xDC00 && low < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        i += 6;
    } else if (code >= 0xD800 && code < 0xE000) {
        code = 0xFFFD;
    }
    add_point(out, (uint32_t)code);
    return i;
}

/* The text of what stands between quotes. */
static Str unescape(Arena *arena, Str raw)
{
    static const char LETTERS[] = "bfnrt", MEANINGS[] = "\b\f\n\r\t";
    Buf out = buf_new(arena);

    for (size_t i = 0; i < raw.len;) {
        const char *letter;

        if (raw.at[i] != '\\') {
            buf_char(&out, raw.at[i++]);
        } else if (raw.at[i + 1] == 'u') {
            i = add_unicode(&out, raw, i + 2);
        } else {
            letter = strchr(LETTERS, raw.at[i + 1]);
            buf_char(&out, letter == NULL ? raw.at[i + 1] : MEANINGS[letter - LETTERS]);
            i += 2;
        }
    }
    return buf_str(&out);
}

/* Passes over a text at the opening quote; out may be NULL. */
static bool read_text(JsonReader *reader, Str *out)
{
    size_t start = ++reader->at;
    bool escaped = false;

    for (; peek(reader) != '"'; reader->at++) {
        if (reader->at >= reader->text.len) {
            return fail(reader, TEXT("引号没有合上", "a quote is not closed"));
        }
        if ((unsigned char)peek(reader) < ' ') {
            return fail(reader, TEXT("文字里有控制字符", "a control character in a text"));
        }
        if (peek(reader) == '\\') {
            escaped = true;
            reader->at++;
            if (peek(reader) == '\0' || strchr("\"\\/bfnrtu", peek(reader)) == NULL ||
                (peek(reader) == 'u' && hex4(reader->text, reader->at + 1) < 0)) {
                return fail(reader, TEXT("反斜线之后不是转义", "no escape behind a backslash"));
            }
        }
    }
    if (out != NULL) {
        *out = str_slice(reader->text, start, reader->at);
        *out = escaped ? unescape(reader->arena, *out) : *out;
    }
    reader->at++;
    return true;
}

/* key may be NULL */
static bool read_key(JsonReader *reader, Str *key)
{
    if (!more(reader, '}')) {
        return false;
    }
    if (peek_token(reader) != '"') {
        return fail(reader, TEXT("此处应为带引号的键", "a key in quotes belongs here"));
    }
    return read_text(reader, key) &&
           expect(reader, ':', TEXT("键之后应为冒号", "a colon belongs behind a key"));
}

bool json_read_key(JsonReader *reader, Str *key)
{
    return read_key(reader, key);
}

bool json_read_str(JsonReader *reader, Str *out)
{
    if (failed(reader)) {
        return false;
    }
    if (peek_token(reader) != '"') {
        json_read_skip(reader);
        return false;
    }
    return read_text(reader, out);
}

static size_t skip_digits(JsonReader *reader)
{
    size_t start = reader->at;

    while (peek(reader) >= '0' && peek(reader) <= '9') {
        reader->at++;
    }
    return reader->at - start;
}

/* RFC 8259, 6: [ minus ] int [ frac ] [ exp ] */
static bool read_number(JsonReader *reader)
{
    bool good;

    reader->at += peek(reader) == '-';
    if (peek(reader) == '0') {
        reader->at++;
        good = true;
    } else {
        good = skip_digits(reader) > 0;
    }
    if (good && peek(reader) == '.') {
        reader->at++;
        good = skip_digits(reader) > 0;
    }
    if (good && (peek(reader) == 'e' || peek(reader) == 'E')) {
        reader->at++;
        reader->at += peek(reader) == '-' || peek(reader) == '+';
        good = skip_digits(reader) > 0;
    }
    return good || fail(reader, TEXT("此处应为一个值", "a value belongs here"));
}

bool json_read_uint(JsonReader *reader, uint32_t *out)
{
    uint64_t value = 0;
    size_t start;

    if (failed(reader)) {
        return false;
    }
    (void)peek_token(reader);
    start = reader->at;
    json_read_skip(reader);
    if (failed(reader) || reader->at - start > 10) {
        return false;
    }
    for (size_t i = start; i < reader->at; i++) {
        if (reader->text.at[i] < '0' || reader->text.at[i] > '9') {
            return false;
        }
        value = value * 10 + (uint64_t)(reader->text.at[i] - '0');
    }
    if (value > UINT32_MAX) {
        return false;
    }
    *out = (uint32_t)value;
    return true;
}

/* Goes down at most JSON_READ_MAX_DEPTH. */
void json_read_skip(JsonReader *reader)
{
    static const char *const WORDS[] = {"true", "false", "null"};

    if (failed(reader)) {
        return;
    }
    switch (peek_token(reader)) {
    case '"': (void)read_text(reader, NULL); return;
    case '{':
        (void)json_read_object(reader);
        while (read_key(reader, NULL)) {
            json_read_skip(reader);
        }
        return;
    case '[':
        (void)json_read_array(reader);
        while (json_read_item(reader)) {
            json_read_skip(reader);
        }
        return;
    default: break;
    }
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (str_at(reader->text, reader->at, reader->text.len, WORDS[i])) {
            reader->at += strlen(WORDS[i]);
            return;
        }
    }
    (void)read_number(reader);
}

bool json_read_end(JsonReader *reader)
{
    if (!failed(reader)) {
        (void)peek_token(reader);
        if (reader->at < reader->text.len) {
            (void)fail(reader, TEXT("值之后还有文字", "text behind the value"));
        }
    }
    return !failed(reader);
}
