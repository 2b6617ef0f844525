/* Str: a view of UTF-8 text that somebody else owns. Buf: text being built. */
#include "base/str.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int str_cmp(Str a, Str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len == 0 ? 0 : memcmp(a.at, b.at, len);

    if (order != 0) {
        return order;
    }
    return (a.len > b.len) - (a.len < b.len);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

Str str_trim(Str s)
{
    static const Str wide = STR_INIT("\u3000");

    for (;;) {
        if (s.len > 0 && is_space(s.at[0])) {
            s = str_slice(s, 1, s.len);
        } else if (str_starts(s, wide)) {
            s = str_slice(s, wide.len, s.len);
        } else if (s.len > 0 && is_space(s.at[s.len - 1])) {
            s.len--;
        } else if (str_ends(s, wide)) {
            s.len -= wide.len;
        } else {
            return s;
        }
    }
}

Str str_cut(Str s, char at, Str *rest)
{
    const char *found = s.len == 0 ? NULL : memchr(s.at, at, s.len);
    size_t len;

    if (found == NULL) {
        *rest = (Str){"", 0};
        return s;
    }
    len = (size_t)(found - s.at);
    *rest = (Str){found + 1, s.len - len - 1};
    return (Str){s.at, len};
}

/* Looks for the third byte, which tells most Chinese characters apart; where that one is frequent,
 * the library's search goes on, whose time is linear. */
size_t str_find(Str s, Str what)
{
    enum { MISSES = 64, BYTES = 32 }; /* so many in any text, and one more for so many bytes */
    const char *at = s.at, *end = s.at + s.len, *found;

    if (what.len == 0) {
        return 0;
    }
    if (s.len < what.len) {
        return SIZE_MAX;
    }
    for (size_t misses = 0; what.len >= 3 && misses <= MISSES + (size_t)(at - s.at) / BYTES;
         misses++) {
        if ((size_t)(end - at) < what.len) {
            return SIZE_MAX;
        }
        found = memchr(at + 2, what.at[2], (size_t)(end - at) - (what.len - 1));
        if (found == NULL) {
            return SIZE_MAX;
        }
        at = found - 2;
        if (memcmp(at, what.at, what.len) == 0) {
            return (size_t)(at - s.at);
        }
        at++;
    }
    found = memmem(at, (size_t)(end - at), what.at, what.len);
    return found == NULL ? SIZE_MAX : (size_t)(found - s.at);
}

/* A bit for each pair of a character's last two bytes, where it has three. */
static unsigned bit_of(const unsigned char *at)
{
    return (at[1] * 37u + at[2]) & 255;
}

bool str_holds_any(Str s, const char *const *words)
{
    enum { LONGEST = 600 }; /* a longer text has all bits */
    const unsigned char *at = (const unsigned char *)s.at;
    uint64_t bits[4] = {0};

    for (size_t i = 0; i + 2 < s.len && s.len <= LONGEST; i++) {
        unsigned bit = bit_of(at + i);

        bits[bit / 64] |= (uint64_t)1 << bit % 64;
    }
    for (; *words != NULL; words++) {
        Str word = str_z(*words);
        const unsigned char *first = (const unsigned char *)word.at;
        unsigned bit = word.len >= 3 ? bit_of(first) : 0,
                 last = word.len >= 3 ? bit_of(first + word.len - 3) : 0;

        if (s.len <= LONGEST && word.len >= 3 &&
            ((bits[bit / 64] >> bit % 64 & bits[last / 64] >> last % 64) & 1) == 0) {
            continue;
        }
        if (str_find(s, word) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

char *str_to_z(Arena *arena, Str s)
{
    char *z = arena_alloc(arena, s.len + 1);

    if (s.len != 0) {
        memcpy(z, s.at, s.len);
    }
    return z;
}

Str str_copy(Arena *arena, Str s)
{
    return (Str){str_to_z(arena, s), s.len};
}

Str str_format(Arena *arena, const char *format, ...)
{
    Buf buf = buf_new(arena);
    va_list args;

    va_start(args, format);
    buf_vformat(&buf, format, args);
    va_end(args);
    return buf_str(&buf);
}

size_t str_distance(Str a, Str b, size_t limit)
{
    enum { LONGEST = 64 }; /* where both differ over more than this, they are far apart */
    size_t row[LONGEST + 1];

    while (a.len > 0 && b.len > 0 && a.at[0] == b.at[0]) {
        a = str_slice(a, 1, a.len);
        b = str_slice(b, 1, b.len);
    }
    while (a.len > 0 && b.len > 0 && a.at[a.len - 1] == b.at[b.len - 1]) {
        a.len--;
        b.len--;
    }
    if (a.len < b.len) {
        Str longer = b;

        b = a;
        a = longer;
    }
    if (b.len > LONGEST || a.len - b.len > limit) {
        return limit + 1;
    }
    for (size_t j = 0; j <= b.len; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t replace = diagonal + (a.at[i - 1] != b.at[j - 1]);
            size_t remove = row[j] + 1, insert = row[j - 1] + 1;

            diagonal = row[j];
            row[j] = replace < remove ? replace : remove;
            row[j] = insert < row[j] ? insert : row[j];
        }
    }
    return row[b.len] > limit ? limit + 1 : row[b.len];
}

Buf buf_new(Arena *arena)
{
    return (Buf){.arena = arena};
}

Str buf_str(const Buf *buf)
{
    return (Str){buf->at == NULL ? "" : buf->at, buf->len};
}

static void buf_reserve(Buf *buf, size_t more)
{
    size_t cap = buf->cap < 64 ? 64 : buf->cap;

    if (buf->cap - buf->len >= more) {
        return;
    }
    while (cap - buf->len < more) {
        cap *= 2;
    }
    buf->at = arena_grow(buf->arena, buf->at, buf->cap, cap, 1);
    buf->cap = cap;
}

void buf_add(Buf *buf, Str s)
{
    if (s.len == 0) {
        return;
    }
    buf_reserve(buf, s.len);
    memcpy(buf->at + buf->len, s.at, s.len);
    buf->len += s.len;
}

void buf_char(Buf *buf, char c)
{
    buf_add(buf, (Str){&c, 1});
}

void buf_repeat(Buf *buf, Str s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_add(buf, s);
    }
}

void buf_format(Buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    buf_vformat(buf, format, args);
    va_end(args);
}

void buf_vformat(Buf *buf, const char *format, va_list args)
{
    va_list again;
    int len;

    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, args);
    assert(len >= 0);
    buf_reserve(buf, (size_t)len + 1);
    (void)vsnprintf(buf->at + buf->len, (size_t)len + 1, format, again);
    va_end(again);
    buf->len += (size_t)len;
}

void buf_double(Buf *buf, double value)
{
    char text[32];
    int len = 0;

    assert(isfinite(value));
    if (value == 0) {
        value = 0; /* drops the sign of -0 */
    }
    /* 15 digits always survive in a normal number, and %g drops zeros at their end */
    for (int precision = fabs(value) < DBL_MIN ? 1 : 15; precision <= 17; precision++) {
        len = snprintf(text, sizeof text, "%.*g", precision, value);
        if (strtod(text, NULL) == value) {
            break;
        }
    }
    buf_add(buf, (Str){text, (size_t)len});
}
