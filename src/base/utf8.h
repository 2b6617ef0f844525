/* Utf8: code points, display width and folding of UTF-8 text. */
#ifndef LONGTU_BASE_UTF8_H
#define LONGTU_BASE_UTF8_H

#include "base/str.h"

/* Bytes of s that are well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms, at most
 * U+10FFFF) from its start; s.len if all are. */
size_t utf8_valid(Str s);

/* The code point at byte i of well-formed text, and the number of its bytes in *len. */
uint32_t utf8_at(Str s, size_t i, size_t *len);

/* White space of any kind: ASCII, no-break, ideographic and the widths between; U+FEFF too. */
bool utf8_is_space(uint32_t code);

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
