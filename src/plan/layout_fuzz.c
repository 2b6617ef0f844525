/* Fuzzing of Layout: whatever is a plan is the same plan in canonical form, which stays as it is.
 */
#include "plan/layout.h"
#include "plan/test_record.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The library itself loses a buffer when it gives up on a quoted text. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfyaml\n";
}

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static Err read_plan(Arena *arena, Str text, YamlDoc *doc, Plan *plan)
{
    Diags diags = diags_new(arena);
    Err err = yaml_read(arena, (Source){STR_INIT("fuzz"), text}, doc, &diags);

    return err == OK ? plan_read(arena, doc, plan, &diags) : err;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Buf once = buf_new(arena), twice = buf_new(arena);
    YamlDoc doc;
    Plan plan, back;

    if (read_plan(arena, (Str){(const char *)data, size}, &doc, &plan) == OK) {
        layout_write(arena, &doc, &plan, &once);
        must(read_plan(arena, buf_str(&once), &doc, &back) == OK);
        must(record_same(&PLAN_RECORD, &plan, &back));
        layout_write(arena, &doc, &back, &twice);
        must(str_eq(buf_str(&once), buf_str(&twice)));
    }
    arena_free(arena);
    return 0;
}
