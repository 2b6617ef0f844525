/* Fuzzing of the reader of DOCX: whole archives, and after a first byte X the text of the document,
 * the styles and the numbering, with NUL between them. */
#include "document/fuzz_document.h"
#include "document/test_zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Str content = {(const char *)data, size};

    if (str_starts(content, STR("X"))) {
        Str styles, numbering, document = str_cut(str_slice(content, 1, size), '\0', &styles);
        Member members[] = {{"word/document.xml", document, false, true},
                            {"word/styles.xml", str_cut(styles, '\0', &numbering), false, true},
                            {"word/numbering.xml", numbering, false, true}};

        fuzz_document(arena, make_zip(arena, members, 3));
    } else if (str_starts(content, STR("PK"))) {
        fuzz_document(arena, content);
    }
    arena_free(arena);
    return 0;
}
