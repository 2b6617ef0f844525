/* Webpage: what the pages of HTML share. */
#include "publish/webpage.h"

#include "publish/page_files.h"
#include "publish/tags.h"

#include <sodium.h>

static const struct {
    int style, script; /* in PAGE_FILES; the style follows the one that all pages have */
} KINDS[] = {[PAGE_EXTRACTION] = {PAGE_EXTRACTION_STYLE, PAGE_EXTRACTION_SCRIPT},
             [PAGE_FINDINGS] = {PAGE_FINDINGS_STYLE, PAGE_FINDINGS_SCRIPT}};

static Str file_text(int file)
{
    return (Str){(const char *)PAGE_FILES[file].at, PAGE_FILES[file].len};
}

/* 'sha256-…' of the two texts, one behind the other. */
static void add_hash(Buf *out, Str first, Str second)
{
    crypto_hash_sha256_state state;
    unsigned char hash[crypto_hash_sha256_BYTES];
    char text[64];

    (void)crypto_hash_sha256_init(&state);
    (void)crypto_hash_sha256_update(&state, (const unsigned char *)first.at, first.len);
    (void)crypto_hash_sha256_update(&state, (const unsigned char *)second.at, second.len);
    (void)crypto_hash_sha256_final(&state, hash);
    buf_format(
        out, "'sha256-%s'",
        sodium_bin2base64(text, sizeof text, hash, sizeof hash, sodium_base64_VARIANT_ORIGINAL));
}

void webpage_open(Buf *out, PageKind kind, Lang lang, Str title)
{
    Str shared = file_text(PAGE_STYLE), own = file_text(KINDS[kind].style);

    buf_format(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n", lang == LANG_ZH ? "zh-CN" : "en");
    buf_add(out, STR("<head>\n<meta charset=\"utf-8\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                     "style-src "));
    add_hash(out, shared, own);
    buf_add(out, STR("; script-src "));
    add_hash(out, file_text(KINDS[kind].script), STR(""));
    buf_add(out, STR("; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" "
                     "content=\"width=device-width, initial-scale=1\">\n<title>"));
    webpage_text(out, title);
    buf_add(out, STR("</title>\n<style>"));
    buf_add(out, shared);
    buf_add(out, own);
    buf_add(out, STR("</style>\n</head>\n<body>\n"));
}

void webpage_close(Buf *out, PageKind kind)
{
    buf_add(out, STR("<script>"));
    buf_add(out, file_text(KINDS[kind].script));
    buf_add(out, STR("</script>\n</body>\n</html>\n"));
}

void webpage_number(Buf *out, uint32_t number)
{
    char digits[12];
    size_t i = sizeof digits;

    do {
        digits[--i] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    buf_add(out, (Str){digits + i, sizeof digits - i});
}

/* The control of direction at byte i, with its length; 0 if there is none: U+061C, U+200E, U+200F,
 * U+202A to U+202E, U+2066 to U+2069. */
static uint32_t direction_at(Str text, size_t i, size_t *len)
{
    const unsigned char *at = (const unsigned char *)text.at + i;

    if (at[0] == 0xD8 && i + 1 < text.len && at[1] == 0x9C) {
        *len = 2;
        return 0x061C;
    }
    if (at[0] != 0xE2 || i + 2 >= text.len) {
        return 0;
    }
    *len = 3;
    if (at[1] == 0x80 && (at[2] == 0x8E || at[2] == 0x8F || (at[2] >= 0xAA && at[2] <= 0xAE))) {
        return 0x2000U + (at[2] & 0x3FU);
    }
    return at[1] == 0x81 && at[2] >= 0xA6 && at[2] <= 0xA9 ? 0x2040U + (at[2] & 0x3FU) : 0;
}

void webpage_text(Buf *out, Str text)
{
    size_t done = 0, len = 0;

    for (size_t i = 0; i < text.len; i++) {
        uint32_t code = direction_at(text, i, &len);

        if (code != 0) {
            tags_escape(out, str_slice(text, done, i));
            buf_format(out, "⟨U+%04X⟩", (unsigned)code);
            done = i + len;
            i = done - 1;
        }
    }
    tags_escape(out, str_slice(text, done, text.len));
}
