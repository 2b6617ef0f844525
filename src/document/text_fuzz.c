/* Fuzzing of the readers of text and of whatever else the first bytes say, but for PDF, which
 * another program reads. */
#include "document/fuzz_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Str content = {(const char *)data, size};

    if (str_find(str_slice(content, 0, 1024), STR("%PDF-")) == SIZE_MAX) {
        fuzz_document(arena, content);
    }
    arena_free(arena);
    return 0;
}
