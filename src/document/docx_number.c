/* DocxNumber: numbers in the formats of word processors (ISO/IEC 29500-1, 17.18.59). */
#include "document/docx_priv.h"

static const Str DIGITS[] = {STR_INIT("〇"), STR_INIT("一"), STR_INIT("二"), STR_INIT("三"),
                             STR_INIT("四"), STR_INIT("五"), STR_INIT("六"), STR_INIT("七"),
                             STR_INIT("八"), STR_INIT("九")};
static const Str LEGAL[] = {STR_INIT("零"), STR_INIT("壹"), STR_INIT("贰"), STR_INIT("叁"),
                            STR_INIT("肆"), STR_INIT("伍"), STR_INIT("陆"), STR_INIT("柒"),
                            STR_INIT("捌"), STR_INIT("玖")};
static const Str UNITS[] = {STR_INIT(""), STR_INIT("十"), STR_INIT("百"), STR_INIT("千")};
static const Str LEGAL_UNITS[] = {STR_INIT(""), STR_INIT("拾"), STR_INIT("佰"), STR_INIT("仟")};

static void add_digits(Buf *out, int n)
{
    if (n >= 10) {
        add_digits(out, n / 10);
    }
    buf_add(out, DIGITS[n % 10]);
}

/* 一百零五; 十五 rather than 一十五 when `short_ten`. Up to 9999. */
static void add_counting(Buf *out, int n, const Str *digits, const Str *units, bool short_ten)
{
    bool gap = false, some = false;

    for (int i = 3, power = 1000; i >= 0; i--, power /= 10) {
        int digit = n / power % 10;

        if (digit == 0) {
            gap = some;
            continue;
        }
        if (gap) {
            buf_add(out, STR("零"));
        }
        if (!(short_ten && i == 1 && digit == 1 && !some)) {
            buf_add(out, digits[digit]);
        }
        buf_add(out, units[i]);
        some = true;
        gap = false;
    }
}

static void add_roman(Buf *out, int n, bool upper)
{
    static const struct {
        int value;
        Str upper, lower;
    } PARTS[] = {{1000, STR_INIT("M"), STR_INIT("m")}, {900, STR_INIT("CM"), STR_INIT("cm")},
                 {500, STR_INIT("D"), STR_INIT("d")},  {400, STR_INIT("CD"), STR_INIT("cd")},
                 {100, STR_INIT("C"), STR_INIT("c")},  {90, STR_INIT("XC"), STR_INIT("xc")},
                 {50, STR_INIT("L"), STR_INIT("l")},   {40, STR_INIT("XL"), STR_INIT("xl")},
                 {10, STR_INIT("X"), STR_INIT("x")},   {9, STR_INIT("IX"), STR_INIT("ix")},
                 {5, STR_INIT("V"), STR_INIT("v")},    {4, STR_INIT("IV"), STR_INIT("iv")},
                 {1, STR_INIT("I"), STR_INIT("i")}};

    for (size_t i = 0; i < sizeof PARTS / sizeof PARTS[0]; i++) {
        for (; n >= PARTS[i].value; n -= PARTS[i].value) {
            buf_add(out, upper ? PARTS[i].upper : PARTS[i].lower);
        }
    }
}

/* a … z, aa, bb … */
static void add_letter(Buf *out, int n, char first)
{
    enum { LETTERS = 26, MOST = 30 };

    for (int i = (n - 1) / LETTERS; i >= 0 && n <= LETTERS * MOST; i--) {
        buf_char(out, (char)(first + (n - 1) % LETTERS));
    }
}

/* The n-th character from one on, in UTF-8 of three bytes. */
static void add_code(Buf *out, uint32_t first, int n)
{
    uint32_t c = first + (uint32_t)n - 1;

    buf_char(out, (char)(0xE0 | c >> 12));
    buf_char(out, (char)(0x80 | (c >> 6 & 0x3F)));
    buf_char(out, (char)(0x80 | (c & 0x3F)));
}

static void add_cycle(Buf *out, Str characters, int n)
{
    size_t i = ((size_t)n - 1) * 3 % characters.len;

    buf_add(out, str_slice(characters, i, i + 3));
}

static bool is_any(Str format, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (str_eq(format, str_z(*names))) {
            return true;
        }
    }
    return false;
}

void docx_format_number(Buf *out, Str format, int n)
{
    static const char *const COUNTING[] = {"chineseCounting",
                                           "chineseCountingThousand",
                                           "japaneseCounting",
                                           "taiwaneseCounting",
                                           "taiwaneseCountingThousand",
                                           "koreanCounting",
                                           NULL};
    static const char *const BY_DIGIT[] = {"ideographDigital", "japaneseDigitalTenThousand",
                                           "taiwaneseDigital", "koreanDigital2", NULL};
    static const char *const LEGAL_NAMES[] = {"chineseLegalSimplified", "ideographLegalTraditional",
                                              "japaneseLegal", NULL};
    static const char *const CIRCLES[] = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese",
                                          NULL};

    if (str_eq(format, STR("none")) || n < 0) {
        return;
    }
    if (is_any(format, COUNTING) && n > 0 && n < 10000) {
        add_counting(out, n, DIGITS, UNITS, true);
    } else if (is_any(format, BY_DIGIT)) {
        add_digits(out, n);
    } else if (is_any(format, LEGAL_NAMES) && n > 0 && n < 10000) {
        add_counting(out, n, LEGAL, LEGAL_UNITS, false);
    } else if (is_any(format, CIRCLES) && n >= 1 && n <= 20) {
        add_code(out, 0x2460, n);
    } else if (str_eq(format, STR("decimalEnclosedParen")) && n >= 1 && n <= 20) {
        add_code(out, 0x2474, n);
    } else if (str_eq(format, STR("decimalEnclosedFullstop")) && n >= 1 && n <= 20) {
        add_code(out, 0x2488, n);
    } else if (str_eq(format, STR("ideographEnclosedCircle")) && n >= 1 && n <= 10) {
        add_code(out, 0x3280, n);
    } else if (str_eq(format, STR("ideographTraditional")) && n >= 1) {
        add_cycle(out, STR("甲乙丙丁戊己庚辛壬癸"), n);
    } else if (str_eq(format, STR("ideographZodiac")) && n >= 1) {
        add_cycle(out, STR("子丑寅卯辰巳午未申酉戌亥"), n);
    } else if (str_eq(format, STR("upperRoman")) && n < 4000) {
        add_roman(out, n, true);
    } else if (str_eq(format, STR("lowerRoman")) && n < 4000) {
        add_roman(out, n, false);
    } else if (str_eq(format, STR("upperLetter")) && n >= 1) {
        add_letter(out, n, 'A');
    } else if (str_eq(format, STR("lowerLetter")) && n >= 1) {
        add_letter(out, n, 'a');
    } else if (str_eq(format, STR("decimalZero")) && n < 10) {
        buf_format(out, "0%d", n);
    } else if (!str_eq(format, STR("bullet"))) {
        buf_format(out, "%d", n);
    }
}
