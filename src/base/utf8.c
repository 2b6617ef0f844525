/* Utf8: code points, display width and folding of UTF-8 text. */
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Length of the well-formed sequence at s[0], 0 if there is none. */
static size_t sequence(const unsigned char *s, size_t len)
{
    if (s[0] < 0x80) {
        return 1;
    }
    if (s[0] >= 0xC2 && s[0] <= 0xDF) {
        return len >= 2 && (s[1] & 0xC0) == 0x80 ? 2 : 0;
    }
    if (s[0] >= 0xE0 && s[0] <= 0xEF) {
        unsigned low = s[0] == 0xE0 ? 0xA0 : 0x80, high = s[0] == 0xED ? 0x9F : 0xBF;

        return len >= 3 && s[1] >= low && s[1] <= high && (s[2] & 0xC0) == 0x80 ? 3 : 0;
    }
    if (s[0] >= 0xF0 && s[0] <= 0xF4) {
        unsigned low = s[0] == 0xF0 ? 0x90 : 0x80, high = s[0] == 0xF4 ? 0x8F : 0xBF;

        return len >= 4 && s[1] >= low && s[1] <= high && (s[2] & 0xC0) == 0x80 &&
                       (s[3] & 0xC0) == 0x80
                   ? 4
                   : 0;
    }
    return 0;
}

/* Whether two well-formed sequences of three bytes stand at s[0], as most Chinese text is; those
 * that begin with E0 or ED, whose second byte is limited, are left to `sequence`. */
static bool two_of_three(const unsigned char *s)
{
    static const unsigned char MASK[8] = {0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0, 0};
    static const unsigned char WANTED[8] = {0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0, 0};
    uint64_t word, mask, wanted;

    memcpy(&word, s, sizeof word);
    memcpy(&mask, MASK, sizeof mask);
    memcpy(&wanted, WANTED, sizeof wanted);
    return (word & mask) == wanted && s[0] != 0xE0 && s[0] != 0xED && s[3] != 0xE0 && s[3] != 0xED;
}

size_t utf8_valid(Str s)
{
    const unsigned char *at = (const unsigned char *)s.at;
    size_t i = 0;

    while (i < s.len) {
        uint64_t word;
        size_t len;

        if (s.len - i >= sizeof word) {
            memcpy(&word, at + i, sizeof word);
            if ((word & 0x8080808080808080) == 0) {
                i += sizeof word;
                continue;
            }
        }
        if (s.len - i >= sizeof word && two_of_three(at + i)) {
            i += 6;
            continue;
        }
        len = sequence(at + i, s.len - i);
        if (len == 0) {
            return i;
        }
        i += len;
    }
    return i;
}

Utf8Point utf8_decode(Str s, size_t i)
{
    const unsigned char *at = (const unsigned char *)s.at + i;

    switch (sequence(at, s.len - i)) {
    case 1: return (Utf8Point){at[0], 1};
    case 2: return (Utf8Point){(uint32_t)(at[0] & 0x1F) << 6 | (at[1] & 0x3F), 2};
    case 3:
        return (Utf8Point){
            (uint32_t)(at[0] & 0x0F) << 12 | (uint32_t)(at[1] & 0x3F) << 6 | (at[2] & 0x3F), 3};
    case 4:
        return (Utf8Point){(uint32_t)(at[0] & 0x07) << 18 | (uint32_t)(at[1] & 0x3F) << 12 |
                               (uint32_t)(at[2] & 0x3F) << 6 | (at[3] & 0x3F),
                           4};
    default: return (Utf8Point){0xFFFD, 1};
    }
}

size_t utf8_count(Str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++) {
        n += ((unsigned char)s.at[i] & 0xC0) != 0x80;
    }
    return n;
}

/* Letters, digits and CJK unified ideographs are told without a look into the tables. */
static size_t columns_of(uint32_t code)
{
    int columns;

    if (code >= 0x4E00 && code <= 0x9FEF) {
        return 2;
    }
    if (code >= ' ' && code <= '~') {
        return 1;
    }
    columns = utf8proc_charwidth((utf8proc_int32_t)code);
    return columns > 0 ? (size_t)columns : 0;
}

size_t utf8_width(Str s)
{
    size_t width = 0, len;

    for (size_t i = 0; i < s.len; i += len) {
        width += columns_of(utf8_at(s, i, &len));
    }
    return width;
}

Str utf8_clip(Str s, size_t width)
{
    size_t used = 0, len;

    for (size_t i = 0; i < s.len; i += len) {
        used += columns_of(utf8_at(s, i, &len));
        if (used > width) {
            return str_slice(s, 0, i);
        }
    }
    return s;
}

typedef enum { FOLDED, SIMPLE, OTHER } Folding;

/* Most names are of CJK unified ideographs, digits, small letters and a few signs: nothing in them
 * is folded (Unicode UnicodeData.txt: no decomposition, no case). Capitals and full-width forms are
 * simple: each becomes one ASCII character, and no two of all these compose. */
static Folding folding_of(Str s)
{
    const unsigned char *at = (const unsigned char *)s.at;
    Folding is = FOLDED;

    for (size_t i = 0; i < s.len;) {
        if (at[i] < 0x80) {
            is = at[i] >= 'A' && at[i] <= 'Z' ? SIMPLE : is;
            i++;
        } else if (at[i] >= 0xE4 && at[i] <= 0xE9 && s.len - i >= 3 &&
                   (at[i] > 0xE4 || at[i + 1] >= 0xB8) && (at[i + 1] & 0xC0) == 0x80 &&
                   (at[i + 2] & 0xC0) == 0x80) { /* U+4E00 to U+9FFF */
            i += 3;
        } else if (at[i] == 0xEF && s.len - i >= 3 &&
                   ((at[i + 1] == 0xBC && at[i + 2] >= 0x81 && at[i + 2] <= 0xBF) ||
                    (at[i + 1] == 0xBD && at[i + 2] >= 0x80 && at[i + 2] <= 0x9E))) {
            is = SIMPLE; /* U+FF01 to U+FF5E */
            i += 3;
        } else {
            return OTHER;
        }
    }
    return is;
}

static Str fold_simple(Arena *arena, Str s)
{
    const unsigned char *from = (const unsigned char *)s.at;
    char *to = arena_alloc(arena, s.len);
    size_t len = 0;

    for (size_t i = 0; i < s.len; i++) {
        unsigned c = from[i];

        if (c == 0xEF) { /* the last byte counts on from U+FF00 or U+FF40, the wide @'s row */
            c = (from[i + 1] == 0xBC ? 0x20u : 0x60u) + (from[i + 2] & 0x3Fu);
            i += 2;
        }
        to[len++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return (Str){to, len};
}

Str utf8_fold(Arena *arena, Str s)
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t len;
    Str copy;

    switch (folding_of(s)) {
    case FOLDED: return s;
    case SIMPLE: return fold_simple(arena, s);
    case OTHER: break;
    }
    len = utf8proc_map((const utf8proc_uint8_t *)s.at, (utf8proc_ssize_t)s.len, &folded,
                       UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
    if (len < 0) { /* not well-formed: nothing can equal it but itself */
        return str_copy(arena, s);
    }
    copy = str_copy(arena, (Str){(const char *)folded, (size_t)len});
    free(folded);
    return copy;
}
