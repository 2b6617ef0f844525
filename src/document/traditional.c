#include "document/traditional.h"

#include <string.h>

#include "base/utf8.h"

enum {
    URO = 0x4E00,     /* CJK Unified Ideographs: three bytes each in UTF-8 */
    URO_END = 0xA000, /* behind them */
    SAMPLE = 12 << 10 /* bytes that tell; our choice */
};

static const char *const PAIRS[] = {
#define X(pairs) pairs,
#include "document/traditional.def"
#undef X
};

bool is_traditional(Str text)
{
    enum { MIN_PERCENT = 2, MIN_FOUND = 3 }; /* of the most frequent of them; our choice */
    static const char MARKS[] = "會國發業產經濟區設開總農實環體達萬億與為將動務學長東華車";
    uint8_t marks[URO_END - URO] = {0};
    size_t n = 0, found = 0, len;

    for (size_t i = 0; i + 1 < sizeof MARKS; i += len) {
        marks[utf8_at((Str){MARKS, sizeof MARKS - 1}, i, &len) - URO] = 1;
    }
    for (size_t i = 0; i < text.len && i < SAMPLE; i += len) {
        uint32_t code = utf8_at(text, i, &len);

        if (code >= URO && code < URO_END) {
            n++;
            found += marks[code - URO];
        }
    }
    return found >= MIN_FOUND && found * 100 > n * MIN_PERCENT;
}

Str simplified(Arena *arena, Str text)
{
    const char **forms = ARENA_ARRAY(arena, const char *, URO_END - URO); /* NULL: none */
    char *out = ARENA_ARRAY(arena, char, text.len + 1);
    size_t len;

    for (size_t k = 0; k < sizeof PAIRS / sizeof PAIRS[0]; k++) {
        Str pairs = str_z(PAIRS[k]);

        for (size_t i = 0; i < pairs.len; i += 2 * len) {
            uint32_t code = utf8_at(pairs, i, &len);

            forms[code - URO] = pairs.at + i + len;
        }
    }
    memcpy(out, text.at, text.len);
    for (size_t i = 0; i < text.len; i += len) {
        uint32_t code = utf8_at(text, i, &len);

        if (code >= URO && code < URO_END && forms[code - URO] != NULL) {
            memcpy(out + i, forms[code - URO], len);
        }
    }
    return (Str){out, text.len};
}
