/* Utf8: code points, display width and folding of UTF-8 text. */
#ifndef LONGTU_BASE_UTF8_H
#define LONGTU_BASE_UTF8_H

#include "base/str.h"

/* Bytes of s that are well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms, at most
 * U+10FFFF) from its start; s.len if all are. */
size_t utf8_valid(Str s);

typedef struct {
    uint32_t code, len;
} Utf8Point;

/* As utf8_at, for any sequence; U+FFFD and 1 where none is well-formed. By value, so that the
 * callers of the functions below keep the length in a register. */
Utf8Point utf8_decode(Str s, size_t i);

/* The code point at byte i of well-formed text, and the number of its bytes in *len. */
static inline uint32_t utf8_at(Str s, size_t i, size_t *len)
{
    const unsigned char *at = (const unsigned char *)s.at + i;
    Utf8Point point;

    if (at[0] < 0x80) {
        *len = 1;
        return at[0];
    }
    if (at[0] > 0xE0 && at[0] < 0xED && s.len - i >= 3 && (at[1] & 0xC0) == 0x80 &&
        (at[2] & 0xC0) == 0x80) { /* as most Chinese text is */
        *len = 3;
        return (uint32_t)(at[0] & 0x0F) << 12 | (uint32_t)(at[1] & 0x3F) << 6 | (at[2] & 0x3F);
    }
    point = utf8_decode(s, i);
    *len = point.len;
    return point.code;
}

/* The same for text that utf8_valid has accepted, or the start of it, which may end within a
 * character: most Chinese characters are told by their first byte. */
static inline uint32_t utf8_next(Str s, size_t i, size_t *len)
{
    const unsigned char *at = (const unsigned char *)s.at + i;

    if ((at[0] & 0xF0) == 0xE0 && s.len - i >= 3) {
        *len = 3;
        return (uint32_t)(at[0] & 0x0F) << 12 | (uint32_t)(at[1] & 0x3F) << 6 | (at[2] & 0x3F);
    }
    return utf8_at(s, i, len);
}

/* White space of any kind: ASCII, no-break, ideographic and the widths between; U+FEFF too. */
static inline bool utf8_is_space(uint32_t code)
{
    return code <= ' ' || code == 0xA0 ||
           (code >= 0x1680 && (code == 0x1680 || (code >= 0x2000 && code <= 0x200B) ||
                               code == 0x2028 || code == 0x2029 || code == 0x202F ||
                               code == 0x205F || code == 0x3000 || code == 0xFEFF));
}

size_t utf8_count(Str s); /* code points of well-formed text */

/* Columns on a terminal: 2 for East Asian wide and full-width, 0 for combining marks (Unicode UAX
 * #11). */
size_t utf8_width(Str s);

/* The longest prefix of at most that many columns. */
Str utf8_clip(Str s, size_t width);

/* NFKC with case folded (Unicode UAX #15, TR #21): full-width and half-width forms become one. Used
 * for matching names, never for showing them. The result is s itself where nothing changes. */
Str utf8_fold(Arena *arena, Str s);

#endif
