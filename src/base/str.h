/* Str: a view of UTF-8 text that somebody else owns. Buf: text being built. */
#ifndef LONGTU_BASE_STR_H
#define LONGTU_BASE_STR_H

#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    const char *at; /* UTF-8, not NUL-terminated, owned by somebody else */
    size_t len;     /* bytes, not characters */
} Str;

typedef struct { /* where in a text, in bytes; line and character are worked out when printed */
    uint32_t start, end; /* end is not included */
} Span;

#define STR(literal) ((Str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal)                                                                          \
    {                                                                                              \
        "" literal, sizeof(literal) - 1                                                            \
    }
#define STR_ARG(s) (int)(s).len, (s).at /* for %.*s */

/* Those that readers of text call for each character stand here, so that a comparison with a
 * literal becomes that of a word or two. */

/* A view of a NUL-terminated string; NULL is empty. */
static inline Str str_z(const char *z)
{
    return z == NULL ? (Str){"", 0} : (Str){z, strlen(z)};
}

/* The last byte tells most Chinese words apart. */
static inline bool str_eq(Str a, Str b)
{
    return a.len == b.len &&
           (a.len == 0 || (a.at[a.len - 1] == b.at[a.len - 1] && memcmp(a.at, b.at, a.len) == 0));
}

static inline bool str_starts(Str s, Str prefix)
{
    return s.len >= prefix.len && str_eq((Str){s.at, prefix.len}, prefix);
}

static inline bool str_ends(Str s, Str suffix)
{
    return s.len >= suffix.len && str_eq((Str){s.at + (s.len - suffix.len), suffix.len}, suffix);
}

/* Whether the word stands at byte i of s, before byte `end`. Most words end at their first or third
 * byte, before their length would be known. */
static inline bool str_at(Str s, size_t i, size_t end, const char *word)
{
    for (; *word != '\0'; word++, i++) {
        if (i >= end || s.at[i] != *word) {
            return false;
        }
    }
    return true;
}

/* Clipped to s. */
static inline Str str_slice(Str s, size_t start, size_t end)
{
    if (end > s.len) {
        end = s.len;
    }
    return start >= end ? (Str){"", 0} : (Str){s.at + start, end - start};
}

int str_cmp(Str a, Str b); /* by bytes, which is by code point */
Str str_trim(Str s);       /* without ASCII white space and U+3000 at both ends */

/* Cuts s at the first `at`: the part before is returned, *rest is the part after, empty if there is
 * none. */
Str str_cut(Str s, char at, Str *rest);

/* Byte offset of the first occurrence, or SIZE_MAX. */
size_t str_find(Str s, Str what);

/* Whether one of the words, which NULL ends, stands in s. */
bool str_holds_any(Str s, const char *const *words);

Str str_copy(Arena *arena, Str s);
char *str_to_z(Arena *arena, Str s);
Str str_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Edits (insert, delete, replace a byte) to turn a into b, at most `limit` + 1; for “did you mean”.
 */
size_t str_distance(Str a, Str b, size_t limit);

typedef struct {
    Arena *arena; /* where the text grows */
    char *at;
    size_t len, cap;
} Buf;

Buf buf_new(Arena *arena);
Str buf_str(const Buf *buf);
void buf_add(Buf *buf, Str s);
void buf_char(Buf *buf, char c);
void buf_repeat(Buf *buf, Str s, size_t n);
void buf_format(Buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vformat(Buf *buf, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* The shortest decimal that reads back as the same double; “-0” is written “0”. value is finite. */
void buf_double(Buf *buf, double value);

#endif
