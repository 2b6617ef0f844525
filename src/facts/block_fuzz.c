/* Fuzzing of Block: any bytes are a block that can be written again, or are refused. */
#include "facts/block.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Observation *rows, *again;
    size_t n, n_again;

    if (block_read(arena, (Str){(const char *)data, size}, 7, &rows, &n)) {
        Str bytes = block_write(arena, rows, n);

        /* no larger than it was: columns of one value are written once */
        if (n == 0 || n > BLOCK_ROWS || bytes.len > size ||
            !block_read(arena, bytes, 7, &again, &n_again) || n_again != n ||
            !str_eq(block_write(arena, again, n_again), bytes)) {
            abort();
        }
    }
    arena_free(arena);
    return 0;
}
