/* Pdf: the lines of pdftotext joined to paragraphs and tables. */
#include "document/pdf_priv.h"

#include "base/utf8.h"
#include "document/columns.h"

#include <string.h>

enum { /* our choices */
       WALL_MS = 120000,
       CPU_S = 100,
       MEMORY_MIB = 4096,
       INDENT = 2,     /* characters that a paragraph's first line stands to the right */
       NEAR_FULL = 6,  /* columns that a full line may be shorter than the others */
       CENTRED = 6,    /* a short line so far to the right is a heading */
       LONG_LINE = 30, /* columns; only such lines tell the margins */
};

static bool is_ascii_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* First byte of an ideograph. */
static bool is_ideograph(unsigned char lead)
{
    return lead >= 0xE4 && lead <= 0xE9;
}

/* First byte of 。，：（ and the like. */
static bool is_mark(Str text, size_t i)
{
    unsigned char c = (unsigned char)text.at[i];

    return c == 0xEF || (c == 0xE3 && i + 1 < text.len && (unsigned char)text.at[i + 1] == 0x80);
}

static unsigned char lead_before(Str s, size_t i)
{
    while (i > 0 && ((unsigned char)s.at[i - 1] & 0xC0) == 0x80) {
        i--;
    }
    return i > 0 ? (unsigned char)s.at[i - 1] : 0;
}

/* What follows a figure in running text; a title after a number (专栏 1 主要指标) does not. */
static bool is_unit(Str s, size_t i)
{
    static const Str UNITS = STR_INIT("年月日时分号个万亿元千百余倍次位名户公平立方吨人项家座处条辆"
                                      "亩件株章节篇编类级期多至到左右以");

    if (i + 3 > s.len || !is_ideograph((unsigned char)s.at[i])) {
        return false;
    }
    for (size_t k = 0; k < UNITS.len; k += 3) {
        if (memcmp(UNITS.at + k, s.at + i, 3) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether the space at byte i comes from setting Chinese beside figures or marks (到 2025 年),
 * rather than parting words. `running`: Chinese stands before in the line. */
static bool is_set_space(Str s, size_t i, bool running)
{
    unsigned char before = lead_before(s, i), after;

    if (s.at[i] != ' ' || i + 1 >= s.len || s.at[i + 1] == ' ' || before <= ' ') {
        return false;
    }
    after = (unsigned char)s.at[i + 1];
    return is_mark(s, i + 1) || (is_ideograph(before) && is_ascii_word((char)after)) ||
           (running && (is_ascii_word((char)before) || before == '%') && is_unit(s, i + 1));
}

void pdf_add_words(PdfText *pdf, Span at, bool first)
{
    Page *page = &pdf->page;
    Str s = str_slice(pdf->text, 0, at.end);
    bool running = false;
    size_t start = at.start;

    if (!first && page->words.len > 0 && at.end > at.start &&
        is_ascii_word(page->words.at[page->words.len - 1]) && is_ascii_word(s.at[at.start])) {
        buf_char(&page->words, ' ');
    }
    for (size_t i = at.start; i <= at.end; i++) {
        bool end = i == at.end;

        if (!end && !(s.at[i] == ' ' && i > at.start && is_set_space(s, i, running))) {
            running |= is_ideograph((unsigned char)s.at[i]);
            continue;
        }
        if (i > start) {
            *vec_push(page->scratch, &page->runs) =
                (DocRun){(uint32_t)page->words.len, (uint32_t)start, (uint32_t)(i - start)};
            buf_add(&page->words, str_slice(s, start, i));
        }
        start = i + 1;
    }
}

void pdf_end_leaf(PdfText *pdf, uint32_t words_start, uint32_t first_run, BlockRole role)
{
    Page *page = &pdf->page;
    Span at = text_trim(buf_str(&page->words), (Span){words_start, (uint32_t)page->words.len});

    if (at.end > at.start) {
        *vec_push(page->scratch, &page->leaves) = (Leaf){.at = at,
                                                         .first_run = first_run,
                                                         .end_run = (uint32_t)page->runs.n,
                                                         .role = (uint8_t)role};
    }
}

static bool has_gaps(Str words)
{
    return str_find(words, STR("   ")) != SIZE_MAX;
}

static void find_lines(PdfText *pdf)
{
    VEC(PdfLine) lines = {0};
    uint32_t page = 0;
    uint16_t blanks = 0;
    size_t i = 0;

    while (i < pdf->text.len) {
        size_t end = i;
        Span at;

        while (end < pdf->text.len && pdf->text.at[end] != '\n' && pdf->text.at[end] != '\f') {
            end++;
        }
        at = text_trim(pdf->text, (Span){(uint32_t)i, (uint32_t)end});
        if (at.end > at.start) {
            Str words = str_slice(pdf->text, at.start, at.end);

            *vec_push(pdf->page.scratch, &lines) =
                (PdfLine){.at = at,
                          .whole = {(uint32_t)i, at.end},
                          .page = page,
                          .indent = (uint32_t)utf8_width(str_slice(pdf->text, i, at.start)),
                          .width = (uint32_t)utf8_width(words),
                          .blanks = blanks,
                          .gaps = has_gaps(words)};
            blanks = 0;
        } else {
            blanks = (uint16_t)(blanks + (blanks < UINT16_MAX));
        }
        if (end < pdf->text.len && pdf->text.at[end] == '\f') {
            page++;
            blanks = 0;
        }
        i = end + 1;
    }
    pdf->lines = lines.at;
    pdf->n = lines.n;
}

/* The width that full lines have: many lines are as wide, and hardly any is wider. */
static uint32_t full_width(const PdfText *pdf)
{
    enum { WIDEST = 400, SHARE = 40 };
    size_t counts[WIDEST + 1] = {0}, total = 0, so_far = 0;

    for (size_t i = 0; i < pdf->n; i++) {
        const PdfLine *line = &pdf->lines[i];

        if (!line->chrome && !line->gaps && line->width >= LONG_LINE) {
            counts[line->width < WIDEST ? line->width : WIDEST]++;
            total++;
        }
    }
    for (uint32_t width = WIDEST; width > 0; width--) {
        so_far += counts[width];
        if (so_far > total / SHARE) {
            return width;
        }
    }
    return WIDEST;
}

/* The left margin of each page. */
static uint32_t *left_margins(const PdfText *pdf)
{
    size_t n_pages = pdf->n == 0 ? 0 : pdf->lines[pdf->n - 1].page + 1;
    uint32_t *left = ARENA_ARRAY(pdf->page.scratch, uint32_t, n_pages);

    memset(left, 0xFF, n_pages * sizeof *left);
    for (size_t i = 0; i < pdf->n; i++) {
        const PdfLine *line = &pdf->lines[i];

        if (!line->chrome && line->indent < left[line->page]) {
            left[line->page] = line->indent;
        }
    }
    return left;
}

/* Whether blank lines are only wide spacing: most lines that go on in the next have one between. */
static bool is_spaced(const PdfText *pdf, uint32_t full)
{
    size_t blank = 0, close = 0;

    for (size_t i = 1; i < pdf->n; i++) {
        const PdfLine *before = &pdf->lines[i - 1], *line = &pdf->lines[i];

        if (before->page == line->page && before->width + NEAR_FULL >= full && !line->gaps &&
            line->indent <= before->indent && line->width >= LONG_LINE) {
            *(line->blanks > 0 ? &blank : &close) += 1;
        }
    }
    return blank > close;
}

static bool goes_on(const PdfLine *before, const PdfLine *line, const uint32_t *left, uint32_t full,
                    bool spaced)
{
    bool same_page = before->page == line->page;
    uint32_t room = before->indent - left[before->page];

    if (line->gaps || before->gaps || before->width + room + NEAR_FULL < full) {
        return false; /* the line before is short, so its paragraph ended */
    }
    if (line->indent >= left[line->page] + INDENT) {
        return false;
    }
    if (room >= CENTRED && before->width + NEAR_FULL < full) {
        return false;
    }
    return !same_page || line->blanks == 0 || (spaced && line->blanks == 1);
}

static bool ends_title(Str words)
{
    static const char *const ENDS[] = {"通知", "规划", "纲要", "方案", "意见", "计划", "办法",
                                       "决定", "报告", "公告", "函",   "文件", "要点", NULL};

    for (const char *const *end = ENDS; *end != NULL; end++) {
        if (str_ends(words, str_z(*end))) {
            return true;
        }
    }
    return false;
}

/* Whether the line stands centred under the one before it. */
static bool is_centred_under(const PdfLine *before, const PdfLine *line, const uint32_t *left)
{
    enum {
        OFF = 10
    }; /* columns, twice: pdftotext sets whole ones, and wide type apart; our choice */
    int64_t off = (int64_t)2 * before->indent + before->width - (int64_t)2 * line->indent -
                  (int64_t)line->width;

    return before->page == line->page && line->blanks <= 1 && !line->gaps && !before->gaps &&
           !line->chrome && line->indent >= left[line->page] + CENTRED && off >= -OFF && off <= OFF;
}

/* How many lines from `first` on are one title, broken and centred: all but the last end in the
 * middle of it. 0 if that is not so. */
static size_t title_lines(const PdfText *pdf, size_t first, const uint32_t *left)
{
    enum { MAX_LINES = 4, MIN_WIDTH = 20 }; /* our choice */
    size_t n = 1;

    while (n < MAX_LINES && first + n < pdf->n) {
        const PdfLine *before = &pdf->lines[first + n - 1], *line = before + 1;
        Str words = str_slice(pdf->text, before->at.start, before->at.end);
        unsigned char last = words.len < 3 ? 0 : (unsigned char)words.at[words.len - 3];

        if ((n == 1 && before->width < MIN_WIDTH) || ends_title(words) ||
            !(is_ideograph(last) || last == 0xE2) || !is_centred_under(before, line, left)) {
            return 0;
        }
        n++;
        if (ends_title(str_slice(pdf->text, line->at.start, line->at.end))) {
            return n;
        }
    }
    return 0;
}

/* Page furniture among the lines of a paragraph or table. */
static void add_chrome(PdfText *pdf, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        uint32_t words = (uint32_t)pdf->page.words.len, run = (uint32_t)pdf->page.runs.n;

        if (pdf->lines[i].chrome) {
            pdf_add_words(pdf, pdf->lines[i].at, true);
            pdf_end_leaf(pdf, words, run, ROLE_CHROME);
        }
    }
}

static void add_paragraphs(PdfText *pdf)
{
    uint32_t *left = left_margins(pdf), full = full_width(pdf);
    bool spaced = is_spaced(pdf, full);
    Page *page = &pdf->page;

    for (size_t i = 0; i < pdf->n;) {
        const PdfLine *before = &pdf->lines[i];
        uint32_t words_start = (uint32_t)page->words.len, first_run = (uint32_t)page->runs.n;
        size_t first = i, title = before->chrome || before->gaps ? 0 : title_lines(pdf, i, left),
               behind = before->chrome || title != 0 ? i : pdf_add_table(pdf, i);

        if (behind > i) {
            add_chrome(pdf, i, behind);
            i = behind;
            continue;
        }
        pdf_add_words(pdf, before->at, true);
        i++;
        if (before->chrome) {
            pdf_end_leaf(pdf, words_start, first_run, ROLE_CHROME);
            continue;
        }
        for (size_t next = i; next < pdf->n && (title == 0 || next < first + title); next++) {
            const PdfLine *line = &pdf->lines[next];

            if (line->chrome) { /* between pages; it goes behind the paragraph */
                continue;
            }
            if (next >= first + title && !goes_on(before, line, left, full, spaced)) {
                break;
            }
            pdf_add_words(pdf, line->at, false);
            before = line;
            i = next + 1;
        }
        pdf_end_leaf(pdf, words_start, first_run, ROLE_BODY);
        add_chrome(pdf, first, (size_t)(before - pdf->lines));
    }
}

Err pdf_read_lines(Builder *builder, Str text)
{
    Arena *scratch = arena_new();
    PdfText pdf = {.page = {.builder = builder, .scratch = scratch, .words = buf_new(scratch)},
                   .text = text};
    bool good;

    builder->original = text;
    find_lines(&pdf);
    pdf_find_chrome(&pdf);
    add_paragraphs(&pdf);
    good = page_emit(&pdf.page);
    for (size_t i = 0; i < builder->tables.n; i++) {
        builder->tables.at[i].drawn = true;
    }
    arena_free(scratch);
    return good ? OK : ERR_INPUT;
}

Err read_pdf(Builder *builder, Str content)
{
    static const PdfLimits LIMITS = {WALL_MS, CPU_S, (size_t)MEMORY_MIB << 20, DOC_MAX_TEXT};
    Str text, decoded;
    Err err = pdf_text(builder, content, LIMITS, &text);

    if (err == OK &&
        !text_decode(builder->arena, builder->name, text, STR(""), &decoded, builder->diags)) {
        err = ERR_INPUT;
    }
    return err == OK ? pdf_read_lines(builder, decoded) : err;
}
