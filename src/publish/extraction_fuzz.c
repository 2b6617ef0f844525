/* Fuzzing of what an extraction is written as: JSON, text, coverage, Akoma Ntoso and a page of any
 * document; all of it is UTF-8. */
#include "extract/fuzz_extract.h"
#include "publish/extraction.h"

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

static void check(const Buf *out)
{
    must(out->len > 0 && utf8_valid(buf_str(out)) == out->len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Document doc;
    Extract extracted;

    if (fuzz_extract(arena, lexicon, (Str){(const char *)data, size}, &doc, &extracted)) {
        const Extract *one = &extracted;
        Buf json = buf_new(arena), text = buf_new(arena), akn = buf_new(arena),
            page = buf_new(arena), coverage = buf_new(arena);

        extraction_json(one, lexicon->catalog, &json);
        extraction_text(one, lexicon->catalog, LANG_ZH, false, &text);
        extraction_akn(one, lexicon->catalog, &akn);
        extraction_page(one, lexicon->catalog, LANG_EN, &page);
        extraction_coverage(&one, 1, LANG_EN, false, &coverage);
        check(&json);
        check(&text);
        check(&akn);
        check(&page);
        check(&coverage);
    }
    arena_free(arena);
    return 0;
}
