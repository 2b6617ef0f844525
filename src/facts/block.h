/* Block: observations of one measure as columns of bytes, the way they lie in a store. */
#ifndef LONGTU_FACTS_BLOCK_H
#define LONGTU_FACTS_BLOCK_H

#include "facts/store.h"

enum { BLOCK_ROWS = 1 << 16 };

/* Layout, little-endian: version 1 (u8), rows (u32), then the columns entity, edition, source
 * (u32), period, known_at (i64), value (IEEE 754 binary64), decimals, status,
 * known_how (u8). A column is a
 * byte, 0 and one value if all are the same, else 1 and all values. */
Str block_write(Arena *arena, const Observation *rows, size_t n); /* 1 to BLOCK_ROWS */

/* False if the bytes are not a block: cut, of another version, or longer than they should be. */
bool block_read(Arena *arena, Str bytes, uint32_t measure, Observation **rows, size_t *n);

#endif
