/* PdfChrome: page numbers and running heads among the lines of a PDF. */
#include "document/pdf_priv.h"

#include "base/map.h"
#include "base/utf8.h"

enum {                 /* our choices */
       HEAD_LINES = 2, /* of a page, that may be running heads */
       FOOT_LINES = 3,
       HEAD_WIDTH = 80,  /* columns; a running head is shorter */
       NUMBER_WIDTH = 24 /* and so is a page number */
};

/* — 3 —, 第3页 共10页, 3/10 */
static bool is_page_number(Str words)
{
    static const Str WORDS[] = {STR_INIT("第"),   STR_INIT("页"), STR_INIT("共"), STR_INIT("，"),
                                STR_INIT("Page"), STR_INIT("of"), STR_INIT("—"),  STR_INIT("–"),
                                STR_INIT("－"),   STR_INIT("·"),  STR_INIT("―"),  STR_INIT("/"),
                                STR_INIT("-"),    STR_INIT(" "),  STR_INIT("~")};
    size_t digits = 0, i = 0;

    while (i < words.len) {
        Str rest = str_slice(words, i, words.len);
        size_t step = 0;

        if (rest.at[0] >= '0' && rest.at[0] <= '9') {
            digits++;
            step = 1;
        }
        for (size_t k = 0; step == 0 && k < sizeof WORDS / sizeof WORDS[0]; k++) {
            step = str_starts(rest, WORDS[k]) ? WORDS[k].len : 0;
        }
        if (step == 0) {
            return false;
        }
        i += step;
    }
    /* four digits alone may be a year */
    return digits > 0 && digits <= 8 && !(digits == words.len && digits > 3);
}

/* The line without figures, so that heads with page numbers in them are the same. */
static Str head_key(Arena *arena, Str words)
{
    Buf key = buf_new(arena);

    for (size_t i = 0; i < words.len; i++) {
        if ((unsigned char)words.at[i] > ' ' && !(words.at[i] >= '0' && words.at[i] <= '9')) {
            buf_char(&key, words.at[i]);
        }
    }
    return buf_str(&key);
}

/* Calls for each line near the top or the foot of a page. */
static void each_edge(PdfText *pdf, Map *heads, size_t n_pages, bool mark)
{
    for (size_t first = 0, end; first < pdf->n; first = end) {
        for (end = first; end < pdf->n && pdf->lines[end].page == pdf->lines[first].page; end++) {
        }
        for (size_t i = first; i < end; i++) {
            PdfLine *line = &pdf->lines[i];
            Str words = str_slice(pdf->text, line->at.start, line->at.end), key;
            uint64_t n = 0;

            if (i >= first + HEAD_LINES && i + FOOT_LINES < end) {
                continue;
            }
            if (line->width <= NUMBER_WIDTH && is_page_number(words) &&
                (i == first || i + 1 == end || words.at[0] < '0' || words.at[0] > '9')) {
                line->chrome = true;
                continue;
            }
            key = head_key(pdf->page.scratch, words);
            if (line->width > HEAD_WIDTH || key.len == 0) {
                continue;
            }
            (void)map_get(heads, key, &n);
            if (!mark) {
                map_set(heads, key, n + 1);
            } else if ((n >= 3 || (n == 2 && n_pages == 2)) && !pdf_is_head(pdf, i)) {
                line->chrome = true;
            }
        }
    }
}

void pdf_find_chrome(PdfText *pdf)
{
    Map *heads = map_new(pdf->page.scratch);
    size_t n_pages = pdf->n == 0 ? 0 : pdf->lines[pdf->n - 1].page + 1;

    each_edge(pdf, heads, n_pages, false);
    each_edge(pdf, heads, n_pages, true);
}
