/* Random: a small seeded generator, so that a property test meets the same cases on every run. */
#ifndef LONGTU_BASE_TEST_RANDOM_H
#define LONGTU_BASE_TEST_RANDOM_H

#include <stdint.h>

/* xorshift64* (Marsaglia 2003, Vigna 2016). The state is the seed; it is never 0. */
static inline uint64_t random_next(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 0x2545F4914F6CDD1D;
}

/* From first to last, both included; the slight bias of the remainder does not matter to tests. */
static inline int64_t random_between(uint64_t *state, int64_t first, int64_t last)
{
    uint64_t n = (uint64_t)last - (uint64_t)first + 1;

    return (int64_t)((uint64_t)first + (n == 0 ? random_next(state) : random_next(state) % n));
}

/* From 0 to n - 1. */
static inline size_t random_below(uint64_t *state, size_t n)
{
    return (size_t)(random_next(state) % n);
}

#endif
