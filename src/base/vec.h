/* Vec: a growable array in an arena. Declare one with VEC(Type), all zero is empty. */
#ifndef LONGTU_BASE_VEC_H
#define LONGTU_BASE_VEC_H

#include "base/arena.h"

#define VEC(Type)                                                                                  \
    struct {                                                                                       \
        Type *at;                                                                                  \
        size_t n, cap;                                                                             \
    }

/* A place for one more element, zeroed; the pointer holds until the next push. */
#define vec_push(arena, vec) (vec_reserve((arena), (vec)), &(vec)->at[(vec)->n++])

#define vec_reserve(arena, vec)                                                                    \
    ((vec)->n < (vec)->cap                                                                         \
         ? (void)0                                                                                 \
         : (void)((vec)->at = arena_grow((arena), (vec)->at, (vec)->cap, vec_next_cap((vec)->cap), \
                                         sizeof(*(vec)->at)),                                      \
                  (vec)->cap = vec_next_cap((vec)->cap)))

static inline size_t vec_next_cap(size_t cap)
{
    return cap < 8 ? 8 : cap * 2;
}

#endif
