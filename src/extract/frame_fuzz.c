/* Fuzzing of extraction as a whole: any document gives plans whose entries are complete and stand
 * in its text, and an account of its numbers in order; a plan file of it is read again. */
#include "extract/fuzz_extract.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

static Arena *all;
static const Lexicon *lexicon;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    all = arena_new();
    lexicon = fuzz_lexicon(all);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Document doc;
    Extract extracted;

    if (fuzz_extract(arena, lexicon, (Str){(const char *)data, size}, &doc, &extracted)) {
        for (size_t i = 0; i < extracted.n_plans; i++) {
            Plan plan = extracted.plans[i].plan;
            Buf out = buf_new(arena);
            Diags diags = diags_new(arena);
            YamlDoc yaml;
            Plan back;

            plan.area.group = STR("100000");
            plan_write(arena, &plan, &out);
            must(yaml_read(arena, (Source){STR("plan.yaml"), buf_str(&out)}, &yaml, &diags) == OK);
            (void)plan_read(arena, &yaml, &back, &diags);
        }
    }
    arena_free(arena);
    return 0;
}
