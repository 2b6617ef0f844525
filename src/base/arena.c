/* Arena: memory that belongs to a job and is given back all at once. */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* LARGE: blocks of at least that size come zeroed, as the system's fresh pages are. AHEAD: that
 * many bytes of them are asked for at a time; finding each page missing when it is first written
 * takes ten times as long. */
enum {
    FIRST_BLOCK = 16 << 10,
    LARGEST_STEP = 8 << 20,
    LARGE = 256 << 10,
    AHEAD = 256 << 10,
    PAGE = 4 << 10, /* or more; then less is asked for at once */
    ALIGNMENT = alignof(max_align_t)
};

typedef struct Block {
    struct Block *older;
    size_t size, used; /* bytes of data[] */
    size_t written;    /* those from here on are zero */
    size_t ready;      /* those before have their pages */
    alignas(max_align_t) unsigned char data[];
} Block;

struct Arena {
    Block *newest;
    size_t bytes;
};

static _Noreturn void out_of_memory(size_t size)
{
    (void)fprintf(stderr, "longtu: out of memory (%zu bytes wanted)\n", size);
    exit(4);
}

static Block *block_new(Arena *arena, size_t size)
{
    Block *block;

    if (size > SIZE_MAX - sizeof(Block)) {
        out_of_memory(size);
    }
    block = size < LARGE ? malloc(sizeof(Block) + size) : calloc(1, sizeof(Block) + size);
    if (block == NULL) {
        out_of_memory(size);
    }
    block->older = arena->newest;
    block->size = size;
    block->used = 0;
    block->written = block->ready = size < LARGE ? size : 0;
    arena->newest = block;
    arena->bytes += size;
    return block;
}

Arena *arena_new(void)
{
    Arena *arena = calloc(1, sizeof(Arena));

    if (arena == NULL) {
        out_of_memory(sizeof(Arena));
    }
    return arena;
}

void arena_free(Arena *arena)
{
    if (arena == NULL) {
        return;
    }
    arena_release(arena, (ArenaMark){0});
    free(arena);
}

static size_t round_up(size_t size)
{
    if (size > SIZE_MAX - ALIGNMENT) {
        out_of_memory(size);
    }
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* Asks for the pages up to `end` and some more; where the system does not know how, they come one
 * by one. */
static void prepare(Block *block, size_t end)
{
    size_t ahead = block->size - end < AHEAD ? block->size : end + AHEAD;
#ifdef MADV_POPULATE_WRITE
    uintptr_t first = ((uintptr_t)block->data + block->ready) / PAGE * PAGE;
    uintptr_t last = ((uintptr_t)block->data + ahead) / PAGE * PAGE;

    if (first < (uintptr_t)block) {
        first += PAGE;
    }
    if (first < last) {
        (void)madvise((void *)first, last - first, MADV_POPULATE_WRITE);
    }
#endif
    block->ready = ahead;
}

/* The next bytes of the block, zeroed. */
static void *take(Block *block, size_t size)
{
    unsigned char *at = block->data + block->used;

    if (block->used < block->written) {
        size_t old = block->written - block->used;

        memset(at, 0, old < size ? old : size);
    }
    block->used += size;
    if (block->used > block->ready) {
        prepare(block, block->used);
    }
    if (block->used > block->written) {
        block->written = block->used;
    }
    return at;
}

void *arena_alloc(Arena *arena, size_t size)
{
    Block *block = arena->newest;
    size_t wanted = round_up(size);

    if (block == NULL || block->size - block->used < wanted) {
        size_t step = block == NULL ? FIRST_BLOCK : block->size * 2;

        if (step > LARGEST_STEP) {
            step = LARGEST_STEP;
        }
        block = block_new(arena, wanted > step ? wanted : step);
    }
    return take(block, wanted);
}

static size_t product(size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / size) {
        out_of_memory(SIZE_MAX);
    }
    return n * size;
}

void *arena_array(Arena *arena, size_t n, size_t size)
{
    return arena_alloc(arena, product(n, size));
}

void *arena_grow(Arena *arena, void *old, size_t n_old, size_t n_new, size_t size)
{
    Block *block = arena->newest;
    size_t had = round_up(product(n_old, size));
    size_t wanted = round_up(product(n_new, size));
    void *at;

    assert(n_new >= n_old);
    if (old != NULL && block != NULL && block->used >= had &&
        (unsigned char *)old == block->data + block->used - had &&
        wanted - had <= block->size - block->used) {
        (void)take(block, wanted - had);
        return old;
    }
    at = arena_alloc(arena, wanted);
    if (n_old != 0 && old != NULL) {
        memcpy(at, old, n_old * size);
    }
    return at;
}

ArenaMark arena_mark(const Arena *arena)
{
    return (ArenaMark){arena->newest, arena->newest == NULL ? 0 : arena->newest->used};
}

void arena_release(Arena *arena, ArenaMark mark)
{
    while (arena->newest != mark.block) {
        Block *gone = arena->newest;

        assert(gone != NULL);
        arena->newest = gone->older;
        arena->bytes -= gone->size;
        free(gone);
    }
    if (arena->newest != NULL) {
        arena->newest->used = mark.used;
    }
}

size_t arena_bytes(const Arena *arena)
{
    return arena->bytes;
}
