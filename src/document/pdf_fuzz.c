/* Fuzzing of how the lines of a PDF are joined: any text gives blocks and tables that hold all of
 * its words, each in its place. */
#include "document/fuzz_document.h"
#include "document/pdf_priv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Characters that are not white space; joining adds and takes spaces only. */
static size_t count_words(Str s)
{
    size_t n = 0, len;

    for (size_t i = 0; i < s.len; i += len) {
        n += !utf8_is_space(utf8_at(s, i, &len));
    }
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Builder builder = builder_new(arena, STR("fuzz"), DOC_PDF, &diags);
    Str text = {(const char *)data, size};

    if (utf8_valid(text) == text.len) {
        Document doc;

        must(pdf_read_lines(&builder, text) == OK);
        doc = (Document){.source = {STR_INIT("fuzz"), buf_str(&builder.text)},
                         .blocks = builder.blocks.at,
                         .n_blocks = builder.blocks.n,
                         .tables = builder.tables.at,
                         .n_tables = builder.tables.n,
                         .original = text,
                         .runs = builder.runs.at,
                         .n_runs = builder.runs.n};
        must(count_words(doc.source.text) == count_words(text));
        fuzz_check(&doc);
    }
    arena_free(arena);
    return 0;
}
