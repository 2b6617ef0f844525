/* Arena: memory that belongs to a job and is given back all at once. */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 16 << 10, LARGEST_STEP = 8 << 20, ALIGNMENT = alignof(max_align_t) };

typedef struct Block {
    struct Block *older;
    size_t size, used; /* bytes of data[] */
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
    block = malloc(sizeof(Block) + size);
    if (block == NULL) {
        out_of_memory(size);
    }
    block->older = arena->newest;
    block->size = size;
    block->used = 0;
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

void *arena_alloc(Arena *arena, size_t size)
{
    Block *block = arena->newest;
    size_t wanted = round_up(size);
    void *at;

    if (block == NULL || block->size - block->used < wanted) {
        size_t step = block == NULL ? FIRST_BLOCK : block->size * 2;

        if (step > LARGEST_STEP) {
            step = LARGEST_STEP;
        }
        block = block_new(arena, wanted > step ? wanted : step);
    }
    at = block->data + block->used;
    block->used += wanted;
    memset(at, 0, wanted);
    return at;
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
        memset(block->data + block->used, 0, wanted - had);
        block->used += wanted - had;
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
