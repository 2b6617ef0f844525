/* Arena: memory that belongs to a job and is given back all at once. */
#ifndef LONGTU_BASE_ARENA_H
#define LONGTU_BASE_ARENA_H

#include <stddef.h>

typedef struct Arena Arena;

/* A place in an arena; everything allocated after it can be given back with arena_release. */
typedef struct {
    void *block;
    size_t used;
} ArenaMark;

/* Never fails: when memory runs out the process ends with status 4 and a message. Inputs are
 * therefore limited before they are stored (see MAX_… in the headers of the readers). */
Arena *arena_new(void);
void arena_free(Arena *arena); /* NULL is allowed */

/* Zeroed memory, aligned for any object; size 0 gives a pointer that must not be read. */
void *arena_alloc(Arena *arena, size_t size);

/* As arena_alloc for n objects of the size; a product that overflows ends the process like
 * exhausted memory. */
void *arena_array(Arena *arena, size_t n, size_t size);

/* A grown copy of the last n_old objects at `old`; extends in place when nothing was allocated
 * since. */
void *arena_grow(Arena *arena, void *old, size_t n_old, size_t n_new, size_t size);

ArenaMark arena_mark(const Arena *arena);
void arena_release(Arena *arena, ArenaMark mark);

/* Bytes taken from the system, for stating memory in benchmarks and tests. */
size_t arena_bytes(const Arena *arena);

#define ARENA_NEW(arena, Type) ((Type *)arena_alloc((arena), sizeof(Type)))
#define ARENA_ARRAY(arena, Type, n) ((Type *)arena_array((arena), (n), sizeof(Type)))

#endif
