/* Tests of Utf8: what is well-formed (RFC 3629), how wide it is shown, what names it is folded to.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/test_random.h"
#include "base/utf8.h"

#include <ctype.h>
#include <string.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof(rows)[0])

enum { LAST_CODE_POINT = 0x10FFFF };

/* The definition of UTF-8, RFC 3629 section 3, read from the side of the writer. */
static Str encode(uint32_t c, char at[4])
{
    unsigned char *to = (unsigned char *)at;

    if (c < 0x80) {
        to[0] = (unsigned char)c;
        return (Str){at, 1};
    }
    if (c < 0x800) {
        to[0] = (unsigned char)(0xC0 | c >> 6);
        to[1] = (unsigned char)(0x80 | (c & 0x3F));
        return (Str){at, 2};
    }
    if (c < 0x10000) {
        to[0] = (unsigned char)(0xE0 | c >> 12);
        to[1] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
        to[2] = (unsigned char)(0x80 | (c & 0x3F));
        return (Str){at, 3};
    }
    to[0] = (unsigned char)(0xF0 | c >> 18);
    to[1] = (unsigned char)(0x80 | (c >> 12 & 0x3F));
    to[2] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
    to[3] = (unsigned char)(0x80 | (c & 0x3F));
    return (Str){at, 4};
}

static bool is_surrogate(uint32_t c)
{
    return c >= 0xD800 && c <= 0xDFFF;
}

static void test_every_code_point(void **state)
{
    char at[4];

    (void)state;
    for (uint32_t c = 0; c <= LAST_CODE_POINT; c++) {
        Str text = encode(c, at);
        size_t len = 0;

        if (is_surrogate(c)) {
            assert_int_equal(utf8_valid(text), 0);
            continue;
        }
        if (utf8_valid(text) != text.len || utf8_at(text, 0, &len) != c || len != text.len ||
            utf8_count(text) != 1) {
            fail_msg("U+%04X", c);
        }
        for (size_t cut = 1; cut < text.len; cut++) {
            assert_int_equal(utf8_valid((Str){at, cut}), 0);
        }
    }
}

/* So many texts of n bytes are well-formed: of one byte 128; of two 128 x 128 and U+0080 to U+07FF,
 * 1,920; of three 128^3, 2 x 128 x 1,920, and U+0800 to U+FFFF without 2,048 surrogates, 61,440. */
static void test_no_other_bytes_are_valid(void **state)
{
    size_t n[4] = {0};
    char at[3];

    (void)state;
    for (uint32_t bytes = 0; bytes < 1 << 24; bytes++) {
        at[0] = (char)(bytes & 0xFF);
        at[1] = (char)(bytes >> 8 & 0xFF);
        at[2] = (char)(bytes >> 16);
        n[1] += bytes < 1 << 8 && utf8_valid((Str){at, 1}) == 1;
        n[2] += bytes < 1 << 16 && utf8_valid((Str){at, 2}) == 2;
        n[3] += utf8_valid((Str){at, 3}) == 3;
    }
    assert_int_equal(n[1], 128);
    assert_int_equal(n[2], 128 * 128 + 1920);
    assert_int_equal(n[3], 128 * 128 * 128 + 2 * 128 * 1920 + 61440);
}

static void test_ill_formed(void **state)
{
    static const struct {
        Str bytes;
        size_t valid;
    } ROWS[] = {
        {STR_INIT("\x80"), 0},                  /* a continuation alone */
        {STR_INIT("\xC0\x80"), 0},              /* overlong U+0000 */
        {STR_INIT("\xC1\xBF"), 0},              /* overlong U+007F */
        {STR_INIT("\xE0\x9F\xBF"), 0},          /* overlong U+07FF */
        {STR_INIT("\xF0\x8F\xBF\xBF"), 0},      /* overlong U+FFFF */
        {STR_INIT("\xED\xA0\x80"), 0},          /* surrogate U+D800 */
        {STR_INIT("\xED\xBF\xBF"), 0},          /* surrogate U+DFFF */
        {STR_INIT("\xF4\x90\x80\x80"), 0},      /* U+110000 */
        {STR_INIT("\xF5\x80\x80\x80"), 0},      /* a lead byte that cannot be */
        {STR_INIT("\xF8\x88\x80\x80\x80"), 0},  /* five bytes, as before RFC 3629 */
        {STR_INIT("\xFE"), 0},                  /* of UTF-16's mark */
        {STR_INIT("\xE9\x99"), 0},              /* 陇 cut short */
        {STR_INIT("陇\xE5\x9B"), 3},            /* 陇图 cut short */
        {STR_INIT("abc\xFFxyz"), 3},            /* */
        {STR_INIT("0123456789abcdef\xC2"), 16}, /* behind whole words of ASCII */
        {STR_INIT("0123456789abcde\xC2 12345678"), 15},
        {STR_INIT("\xC2\xBC\xC6\xBD"), 4}, /* 计平 in GB 2312 that happens to be valid */
        {STR_INIT("\xC0\xBC\xD6\xDD"), 0}, /* 兰州 in GB 2312 */
        {STR_INIT("\xE9\x41\x87"), 0},     /* a letter where a continuation belongs */
        {STR_INIT("\xE9\x99\x41"), 0},
        {STR_INIT("\xF0\x9F\x98\x41"), 0},
        {STR_INIT("\xF0\x9F\x41\x80"), 0},
        {STR_INIT("\xC3\x41"), 0},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        size_t got = utf8_valid(ROWS[i].bytes);

        if (got != ROWS[i].valid) {
            fail_msg("row %zu: %zu valid bytes, want %zu", i, got, ROWS[i].valid);
        }
    }
    assert_int_equal(utf8_valid(STR("")), 0);
    assert_int_equal(utf8_valid((Str){0}), 0);
}

/* Wherever the bad byte stands, and however long the text, it is found there. */
static void test_bad_byte_is_found_anywhere(void **state)
{
    char text[40];

    (void)state;
    for (size_t len = 1; len <= sizeof text; len++) {
        for (size_t bad = 0; bad < len; bad++) {
            memset(text, 'a', len);
            assert_int_equal(utf8_valid((Str){text, len}), len);
            text[bad] = '\x80';
            assert_int_equal(utf8_valid((Str){text, len}), bad);
        }
    }
}

/* One character at a time, by comparing with what the writer would have written. */
static size_t slow_valid(Str s)
{
    size_t i = 0;

    while (i < s.len) {
        size_t len = 0;

        for (uint32_t n = 1; n <= 4 && len == 0 && i + n <= s.len; n++) {
            uint32_t c = (unsigned char)s.at[i] & (n == 1 ? 0xFFU : 0x7FU >> n);
            char at[4];

            for (uint32_t k = 1; k < n; k++) {
                c = c << 6 | ((unsigned char)s.at[i + k] & 0x3F);
            }
            if (c <= LAST_CODE_POINT && !is_surrogate(c) &&
                str_eq(encode(c, at), (Str){s.at + i, n})) {
                len = n;
            }
        }
        if (len == 0) {
            return i;
        }
        i += len;
    }
    return i;
}

static void test_random_bytes(void **state)
{
    static const unsigned char LIKELY[] = {'a',  'b',  0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0,
                                           0xBF, 0xC2, 0xDF, 0xE0, 0xE9, 0xED, 0xF0, 0xF4};
    uint64_t seed = 3629;
    size_t n_valid = 0;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        char at[12];
        Str text = {at, random_below(&seed, sizeof at + 1)};

        for (size_t k = 0; k < text.len; k++) {
            at[k] = (char)LIKELY[random_below(&seed, sizeof LIKELY)];
        }
        assert_int_equal(utf8_valid(text), slow_valid(text));
        n_valid += utf8_valid(text) == text.len;
    }
    assert_true(n_valid > 1000 && n_valid < 99000); /* both kinds were met */
}

static void test_ill_formed_text_is_walked_byte_by_byte(void **state)
{
    Str text = STR("\xE9\x99z");
    size_t len;

    (void)state;
    assert_int_equal(utf8_at(text, 0, &len), 0xFFFD);
    assert_int_equal(len, 1);
    assert_int_equal(utf8_at(text, 2, &len), 'z');
    assert_int_equal(len, 1);
}

static void test_count(void **state)
{
    (void)state;
    assert_int_equal(utf8_count(STR("")), 0);
    assert_int_equal(utf8_count(STR("GDP")), 3);
    assert_int_equal(utf8_count(STR("甘肃GDP")), 5);
    assert_int_equal(utf8_count(STR("e\u0301")), 2); /* a letter and its accent */
    assert_int_equal(utf8_count(STR("𠀀😀")), 2);
}

/* East_Asian_Width of Unicode: W and F take two columns, Na, H, N and (here) A one. */
static void test_width(void **state)
{
    static const struct {
        const char *text;
        size_t width;
    } ROWS[] = {
        {"", 0},
        {"plan", 4},
        {"陇", 2},          /* W */
        {"陇图", 4},        /* */
        {"到2025年", 8},    /* 2 + 4 + 2 */
        {"，。、（）", 10}, /* W and F */
        {"Ａ％", 4},        /* F */
        {"\u3000", 2},      /* F, ideographic space */
        {"ｱ", 1},           /* H, half-width katakana */
        {"あ한", 4},        /* W */
        {"㎡", 2},          /* W, square metre */
        {"℃", 1},           /* A */
        {"—“”", 3},         /* A */
        {"é", 1},           /* N, composed */
        {"e\u0301", 1},     /* a combining accent takes none */
        {"\u200B", 0},      /* zero width space */
        {"𠀀", 2},          /* U+20000, W */
        {"😀", 2},           /* W */
        {"\t", 0},          /* control characters have no width of their own */
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        size_t got = utf8_width(str_z(ROWS[i].text));

        if (got != ROWS[i].width) {
            fail_msg("'%s': %zu columns, want %zu", ROWS[i].text, got, ROWS[i].width);
        }
    }
}

static void test_unified_ideographs_are_wide(void **state)
{
    char at[4];

    (void)state;
    for (uint32_t c = 0x4E00; c <= 0x9FFF; c++) { /* EastAsianWidth.txt: 4E00..9FFF;W */
        assert_int_equal(utf8_width(encode(c, at)), 2);
    }
    for (uint32_t c = ' '; c <= '~'; c++) {
        assert_int_equal(utf8_width(encode(c, at)), 1);
        assert_int_equal(utf8_width(encode(c == ' ' ? 0x3000 : c + 0xFEE0, at)), 2);
    }
}

static void test_clip(void **state)
{
    static const struct {
        const char *text;
        size_t width;
        const char *want;
    } ROWS[] = {
        {"陇图", 4, "陇图"}, {"陇图", 9, "陇图"}, {"陇图", 3, "陇"},          {"陇图", 2, "陇"},
        {"陇图", 1, ""},     {"陇图", 0, ""},     {"a陇b", 2, "a"},           {"a陇b", 3, "a陇"},
        {"", 5, ""},         {"abc", 2, "ab"},    {"e\u0301x", 1, "e\u0301"},
    };

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Str got = utf8_clip(str_z(ROWS[i].text), ROWS[i].width);

        if (!str_eq(got, str_z(ROWS[i].want))) {
            fail_msg("'%s' to %zu: '%.*s'", ROWS[i].text, ROWS[i].width, STR_ARG(got));
        }
    }
}

/* Letters, signs and accents that fold, combine or differ in width. */
static Str random_text(uint64_t *seed, char *at, size_t n)
{
    static const uint32_t LETTERS[] = {'a',    'Z',    '1',    ' ',    0xE9,   0x301,   0x308,
                                       0xDF,   0x130,  0x3A3,  0x1E9E, 0x2103, 0x2160,  0x2460,
                                       0x3000, 0x304B, 0x3099, 0x33A1, 0x4E00, 0x9647,  0xAC00,
                                       0xF900, 0xFB00, 0xFF21, 0xFF71, 0xFF9E, 0x1F600, 0x20000};
    size_t len = 0;

    for (size_t i = 0; i < n; i++) {
        char one[4];
        Str c = encode(LETTERS[random_below(seed, N_ROWS(LETTERS))], one);

        memcpy(at + len, c.at, c.len);
        len += c.len;
    }
    return (Str){at, len};
}

static void test_clip_is_the_longest_that_fits(void **state)
{
    uint64_t seed = 11;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        char at[4 * 12];
        Str text = random_text(&seed, at, random_below(&seed, 13)), got;
        size_t width = random_below(&seed, 16), len;

        got = utf8_clip(text, width);
        assert_true(got.len <= text.len && str_starts(text, got));
        assert_true(utf8_width(got) <= width);
        assert_int_equal(utf8_valid(got), got.len);
        if (got.len < text.len) {
            (void)utf8_at(text, got.len, &len);
            assert_true(utf8_width(str_slice(text, 0, got.len + len)) > width);
        }
    }
}

static void test_width_adds_up(void **state)
{
    uint64_t seed = 12;

    (void)state;
    for (int i = 0; i < 5000; i++) {
        char at[4 * 12];
        Str text = random_text(&seed, at, random_below(&seed, 13));
        size_t n = 0, len;

        for (size_t k = 0; k < text.len; k += len, n++) {
            (void)utf8_at(text, k, &len);
            assert_int_equal(utf8_width(str_slice(text, 0, k)) +
                                 utf8_width(str_slice(text, k, text.len)),
                             utf8_width(text));
        }
        assert_int_equal(utf8_count(text), n);
    }
}

static void test_fold(void **state)
{
    static const struct {
        const char *text, *want;
    } ROWS[] = {
        {"", ""},
        {"GDP", "gdp"},
        {"ＧＤＰ２０２５", "gdp2025"}, /* full-width letters and digits */
        {"（一）", "(一)"},            /* full-width brackets */
        {"４１．０９％", "41.09%"},
        {"陇东\u3000南", "陇东 南"}, /* ideographic space */
        {"ｶﾞ", "ガ"},                /* half-width katakana and its voicing mark */
        {"ﬀ", "ff"},                 /* U+FB00, a ligature */
        {"ﬃ", "ffi"},
        {"Straße", "strasse"},
        {"ẞ", "ss"}, /* U+1E9E */
        {"ΣΑΣ", "σασ"},
        {"ς", "σ"}, /* final sigma */
        {"m²", "m2"},
        {"㎡", "m2"},
        {"㎍/m³", "μg/m3"},
        {"\u00B5g", "\u03BCg"}, /* micro sign and Greek mu */
        {"℃", "°c"},
        {"Ⅳ类", "iv类"}, /* water of class IV, as a Roman numeral sign */
        {"①", "1"},
        {"㈠", "(一)"},
        {"e\u0301", "é"},
        {"É", "é"},
        {"\u212A", "k"},      /* kelvin sign */
        {"\uF900", "\u8C48"}, /* a compatibility ideograph */
        {"陇图", "陇图"},     /* */
        {"隴", "隴"},         /* the traditional form is another name */
        {"\u2212", "\u2212"}, /* the minus sign is no hyphen */
        {"1、2，3。",
         "1、2,3。"}, /* U+FF0C is a full-width comma; U+3001 and U+3002 are their own */
    };
    Arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Str got = utf8_fold(arena, str_z(ROWS[i].text));

        if (!str_eq(got, str_z(ROWS[i].want))) {
            fail_msg("'%s' folds to '%.*s', want '%s'", ROWS[i].text, STR_ARG(got), ROWS[i].want);
        }
    }
    arena_free(arena);
}

static void test_fold_of_ascii_and_full_width(void **state)
{
    Arena *arena = arena_new();
    char at[4];

    (void)state;
    for (uint32_t c = 0x21; c <= 0x7E; c++) { /* U+FF01 to U+FF5E are these, wide */
        char lower = (char)tolower((int)c);

        assert_true(str_eq(utf8_fold(arena, encode(c, at)), (Str){&lower, 1}));
        assert_true(str_eq(utf8_fold(arena, encode(c + 0xFEE0, at)), (Str){&lower, 1}));
    }
    for (uint32_t c = 0x4E00; c <= 0x9FFF; c++) { /* unified ideographs have no mappings */
        assert_true(str_eq(utf8_fold(arena, encode(c, at)), encode(c, at)));
    }
    arena_free(arena);
}

/* Plain names take a short way, a Greek letter forces the long one: both come to the same. */
static void test_fold_of_plain_names(void **state)
{
    (void)state;
    for (uint32_t c = 0x3000; c <= 0xFFFF; c++) {
        Arena *arena = arena_new();
        char at[4];
        Str letter = encode(c >= 0xD800 && c <= 0xDFFF ? 0x4E00 : c, at), plain, long_way;

        plain = utf8_fold(arena, letter);
        long_way = utf8_fold(arena, str_format(arena, "α%.*s", STR_ARG(letter)));
        assert_true(str_eq(str_slice(long_way, 2, long_way.len), plain));
        arena_free(arena);
    }
}

static void test_fold_again_changes_nothing(void **state)
{
    Arena *arena = arena_new();
    uint64_t seed = 15;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        ArenaMark mark = arena_mark(arena);
        char at[4 * 8];
        Str once = utf8_fold(arena, random_text(&seed, at, random_below(&seed, 9)));

        assert_true(str_eq(utf8_fold(arena, once), once));
        assert_int_equal(utf8_valid(once), once.len);
        arena_release(arena, mark);
    }
    arena_free(arena);
}

static void test_ill_formed_folds_to_itself(void **state)
{
    Arena *arena = arena_new();

    (void)state;
    assert_true(str_eq(utf8_fold(arena, STR("AB\xFF")), STR("AB\xFF")));
    assert_true(str_eq(utf8_fold(arena, STR("\xED\xA0\x80")), STR("\xED\xA0\x80")));
    assert_int_equal(utf8_fold(arena, (Str){0}).len, 0);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_code_point),
        cmocka_unit_test(test_no_other_bytes_are_valid),
        cmocka_unit_test(test_ill_formed),
        cmocka_unit_test(test_bad_byte_is_found_anywhere),
        cmocka_unit_test(test_random_bytes),
        cmocka_unit_test(test_ill_formed_text_is_walked_byte_by_byte),
        cmocka_unit_test(test_count),
        cmocka_unit_test(test_width),
        cmocka_unit_test(test_unified_ideographs_are_wide),
        cmocka_unit_test(test_clip),
        cmocka_unit_test(test_clip_is_the_longest_that_fits),
        cmocka_unit_test(test_width_adds_up),
        cmocka_unit_test(test_fold),
        cmocka_unit_test(test_fold_of_ascii_and_full_width),
        cmocka_unit_test(test_fold_of_plain_names),
        cmocka_unit_test(test_fold_again_changes_nothing),
        cmocka_unit_test(test_ill_formed_folds_to_itself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
