/* Fuzzing of Sarif: any bytes are a baseline or have a reason why not; a log in which all of a
 * baseline is gone can be read, and has nothing left. */
#include "base/json_reader.h"
#include "publish/sarif.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Diags problems = diags_new(arena), diags = diags_new(arena);
    Source source = {STR("log"), {(const char *)data, size}};
    SarifOptions options = {.lang = size % 2 == 0 ? LANG_EN : LANG_ZH};
    Buf out = buf_new(arena);
    const SarifBaseline *again;

    if (sarif_baseline_read(arena, source, &options.baseline, &problems) == OK) {
        must(problems.all.n == 0);
        sarif_write(&diags, &options, &out);
        source.text = buf_str(&out);
        must(sarif_baseline_read(arena, source, &again, &problems) == OK);
        must(sarif_baseline_n(again) == 0);
    } else {
        must(problems.all.n == 1);
    }
    arena_free(arena);
    return 0;
}
