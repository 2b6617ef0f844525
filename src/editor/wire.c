/* Wire: the messages of a stream in the base protocol of LSP 3.17. */
#include "editor/wire.h"

enum { KEPT = 1 << 20 }; /* bytes of the buffer that are kept when it is empty */

struct Wire {
    Arena *home;  /* of this */
    Arena *arena; /* of the bytes */
    char *at;
    size_t from, len, cap; /* what is not taken yet lies between from and len */
    Text wrong;
};

Wire *wire_new(void)
{
    Arena *home = arena_new();
    Wire *wire = ARENA_NEW(home, Wire);

    wire->home = home;
    wire->arena = arena_new();
    return wire;
}

void wire_free(Wire *wire)
{
    arena_free(wire->arena);
    arena_free(wire->home);
}

void wire_add(Wire *wire, Str bytes)
{
    if (wire->from == wire->len) {
        wire->from = wire->len = 0;
        if (wire->cap > KEPT) {
            arena_free(wire->arena);
            wire->arena = arena_new();
            wire->at = NULL;
            wire->cap = 0;
        }
    } else if (wire->from > 0) {
        memmove(wire->at, wire->at + wire->from, wire->len - wire->from);
        wire->len -= wire->from;
        wire->from = 0;
    }
    if (bytes.len > wire->cap - wire->len) {
        size_t cap = wire->cap * 2 > wire->len + bytes.len ? wire->cap * 2 : wire->len + bytes.len;

        wire->at = arena_grow(wire->arena, wire->at, wire->cap, cap, 1);
        wire->cap = cap;
    }
    if (bytes.len > 0) {
        memcpy(wire->at + wire->len, bytes.at, bytes.len);
        wire->len += bytes.len;
    }
}

static WireState broken(Wire *wire, Text why, Text *out)
{
    wire->wrong = why;
    *out = why;
    return WIRE_BROKEN;
}

/* Names of headers are matched without regard to case. */
static bool is_length(Str name)
{
    static const char WORD[] = "content-length";

    if (name.len != sizeof WORD - 1) {
        return false;
    }
    for (size_t i = 0; i < name.len; i++) {
        if ((name.at[i] | 0x20) != (WORD[i] | 0x20)) {
            return false;
        }
    }
    return true;
}

static bool read_length(Str digits, size_t *out)
{
    size_t value = 0;

    for (size_t i = 0; i < digits.len; i++) {
        if (digits.at[i] < '0' || digits.at[i] > '9') {
            return false;
        }
        value = value * 10 + (size_t)(digits.at[i] - '0');
        if (value > WIRE_MAX_BODY) {
            return false;
        }
    }
    *out = value;
    return digits.len > 0;
}

/* Bytes of the headers with the empty line behind them; 0 if that is not there yet. */
static size_t headers_end(Str held)
{
    size_t line = 0;

    for (size_t i = 0; i < held.len && i < WIRE_MAX_HEADERS; i++) {
        if (held.at[i] == '\n') {
            if (i == line || (i == line + 1 && held.at[line] == '\r')) {
                return i + 1;
            }
            line = i + 1;
        }
    }
    return 0;
}

WireState wire_next(Wire *wire, Str *body, Text *why)
{
    static const Text LENGTH = TEXT_INIT("Content-Length 不是 0 到 64 MiB 的数",
                                         "Content-Length is no number up to 64 MiB");
    Str held = {wire->at + wire->from, wire->len - wire->from}, headers;
    size_t end, length = SIZE_MAX;

    if (wire->wrong.en.len != 0) {
        *why = wire->wrong;
        return WIRE_BROKEN;
    }
    if (held.len == 0) {
        return WIRE_MORE;
    }
    end = headers_end(held);
    if (end == 0) {
        return held.len < WIRE_MAX_HEADERS
                   ? WIRE_MORE
                   : broken(wire, TEXT("消息头过长", "the headers are too long"), why);
    }
    headers = str_slice(held, 0, end);
    while (headers.len > 0) {
        Str value, name = str_cut(str_cut(headers, '\n', &headers), ':', &value);

        if (is_length(str_trim(name)) && !read_length(str_trim(value), &length)) {
            return broken(wire, LENGTH, why);
        }
    }
    if (length == SIZE_MAX) {
        return broken(wire, TEXT("缺少 Content-Length", "Content-Length is missing"), why);
    }
    if (held.len - end < length) {
        return WIRE_MORE;
    }
    *body = str_slice(held, end, end + length);
    wire->from += end + length;
    return WIRE_MESSAGE;
}

void wire_write(Buf *out, Str body)
{
    buf_format(out, "Content-Length: %zu\r\n\r\n", body.len);
    buf_add(out, body);
}
