/* Fuzzing of the reader of HTML: any bytes give a document whose places are right, or a reason. */
#include "document/fuzz_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Buf content = buf_new(arena);

    buf_add(&content, STR("<html>"));
    buf_add(&content, (Str){(const char *)data, size});
    fuzz_document(arena, buf_str(&content));
    arena_free(arena);
    return 0;
}
