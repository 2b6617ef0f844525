/* Block: observations of one measure as columns of bytes, the way they lie in a store. */
#include "facts/block.h"

#include <assert.h>

enum { VERSION = 1, HEADER = 5, N_COLUMNS = 9 };

/* The columns are members of Observation; where each lies and how wide it is. */
static const struct {
    size_t offset, width;
} COLUMNS[N_COLUMNS] = {
    {offsetof(Observation, entity), 4},    {offsetof(Observation, edition), 4},
    {offsetof(Observation, source), 4},    {offsetof(Observation, period), 8},
    {offsetof(Observation, known_at), 8},  {offsetof(Observation, value), 8},
    {offsetof(Observation, decimals), 1},  {offsetof(Observation, status), 1},
    {offsetof(Observation, known_how), 1},
};

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "blocks are written as they lie in memory, which must be little-endian"
#endif

static bool is_constant(const unsigned char *first, size_t n, size_t width)
{
    for (size_t i = 1; i < n; i++) {
        if (memcmp(first, first + i * sizeof(Observation), width) != 0) {
            return false;
        }
    }
    return true;
}

Str block_write(Arena *arena, const Observation *rows, size_t n)
{
    size_t most = HEADER;
    unsigned char *start, *at;
    uint32_t count = (uint32_t)n;

    assert(n > 0 && n <= BLOCK_ROWS);
    for (size_t c = 0; c < N_COLUMNS; c++) {
        most += 1 + n * COLUMNS[c].width;
    }
    start = at = arena_alloc(arena, most);
    *at++ = VERSION;
    memcpy(at, &count, sizeof count);
    at += sizeof count;
    for (size_t c = 0; c < N_COLUMNS; c++) {
        const unsigned char *from = (const unsigned char *)rows + COLUMNS[c].offset;
        size_t width = COLUMNS[c].width, kept = is_constant(from, n, width) ? 1 : n;

        *at++ = kept != 1 || n == 1;
        for (size_t i = 0; i < kept; i++) {
            memcpy(at, from + i * sizeof(Observation), width);
            at += width;
        }
    }
    return (Str){(const char *)start, (size_t)(at - start)};
}

bool block_read(Arena *arena, Str bytes, uint32_t measure, Observation **rows, size_t *n)
{
    const unsigned char *at = (const unsigned char *)bytes.at, *end = at + bytes.len;
    uint32_t count;

    if (bytes.len < HEADER || at[0] != VERSION) {
        return false;
    }
    memcpy(&count, at + 1, sizeof count);
    at += HEADER;
    if (count == 0 || count > BLOCK_ROWS) {
        return false;
    }
    *rows = ARENA_ARRAY(arena, Observation, count);
    *n = count;
    for (size_t c = 0; c < N_COLUMNS; c++) {
        unsigned char *to = (unsigned char *)*rows + COLUMNS[c].offset;
        size_t width = COLUMNS[c].width, step;

        if (at == end || *at > 1) {
            return false;
        }
        step = *at++ == 0 ? 0 : width;
        if ((size_t)(end - at) < (step == 0 ? width : width * count)) {
            return false;
        }
        for (size_t i = 0; i < count; i++) {
            memcpy(to + i * sizeof(Observation), at + i * step, width);
        }
        at += step == 0 ? width : width * count;
    }
    for (size_t i = 0; i < count; i++) {
        (*rows)[i].measure = measure;
    }
    return at == end;
}
