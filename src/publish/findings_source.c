/* FindingsSource: the lines of a file with what was found beneath them; what lies between is
 * folded. */
#include "publish/findings_priv.h"

#include "base/utf8.h"

#include <stdlib.h>

/* Our choice, so that a page can be read and sent by mail. */
enum {
    CONTEXT = 2,      /* lines shown before and behind a marked one */
    FOLD_LEAST = 4,   /* fewer lines are not worth a fold */
    MAX_PIECE = 3000, /* bytes of a piece of a line; the middle of a longer one is left out */
    LINE_COST = 48    /* bytes of markup that a line takes */
};

/* ---- places ---- */

static void find_lines(const FindingsPage *page, FindingsFile *file)
{
    Str text = file->source.text;
    size_t n = 0, at = 0;

    for (const char *end; at < text.len; at = (size_t)(end - text.at) + 1, n++) {
        end = memchr(text.at + at, '\n', text.len - at);
        if (end == NULL) {
            n++;
            break;
        }
    }
    file->starts = ARENA_ARRAY(page->arena, uint32_t, n + 1);
    file->n_lines = (uint32_t)n;
    at = 0;
    for (size_t i = 0; i < n; i++) {
        const char *end = memchr(text.at + at, '\n', text.len - at);

        file->starts[i] = (uint32_t)at;
        at = end == NULL ? text.len : (size_t)(end - text.at) + 1;
    }
    file->starts[n] = (uint32_t)text.len;
}

bool findings_mark(FindingsPage *page, const Place *place, uint32_t item)
{
    uint64_t index;
    FindingsFile *file;
    uint32_t column = place->column == 0 ? 1 : place->column;

    if (!map_get(page->by_name, place->file, &index)) {
        return false;
    }
    file = &page->files[index];
    if (file->starts == NULL) {
        find_lines(page, file);
    }
    if (place->line == 0 || place->line > file->n_lines) {
        return false;
    }
    *vec_push(page->arena, &file->marks) = (FindingsMark){place->line, column,
                                                          place->column == 0    ? UINT32_MAX
                                                          : place->end > column ? place->end
                                                                                : column + 1,
                                                          item};
    return true;
}

/* ---- lines ---- */

typedef struct { /* where a mark begins or ends */
    uint32_t column;
    int shade;
    bool ends;
} Edge;

/* How a place is marked; where several lie over each other the last of these shows. */
enum { SHADE_RELATED, SHADE_SETTLED /* allowed or known */, SHADE_NOTE, SHADES = SHADE_NOTE + 3 };
static const char *const SHADE_WORDS[SHADES] = {"related", "settled", "note", "warning", "error"};

static int shade_of(const FindingsPage *page, const FindingsMark *mark)
{
    const FindingsItem *item = mark->item == NO_ITEM ? NULL : &page->items[mark->item];

    return item == NULL                           ? SHADE_RELATED
           : item->reason.len != 0 || item->known ? SHADE_SETTLED
                                                  : SHADE_NOTE + (int)item->diag->level;
}

static int by_column(const void *a, const void *b)
{
    const Edge *x = a, *y = b;

    return (x->column > y->column) - (x->column < y->column);
}

static int by_place(const void *a, const void *b)
{
    const FindingsMark *x = a, *y = b;

    if (x->line != y->line) {
        return x->line < y->line ? -1 : 1;
    }
    if (x->item != y->item) { /* in the order of the list; what is only related to comes last */
        return x->item < y->item ? -1 : 1;
    }
    return (x->column > y->column) - (x->column < y->column);
}

static Str line_text(const FindingsFile *file, uint32_t line)
{
    Str text = str_slice(file->source.text, file->starts[line - 1], file->starts[line]);

    while (text.len > 0 && (text.at[text.len - 1] == '\n' || text.at[text.len - 1] == '\r')) {
        text.len--;
    }
    return text;
}

/* The piece, without the middle of a long one. */
static void add_piece(const FindingsPage *page, Str piece)
{
    size_t head = MAX_PIECE / 2, tail = piece.len - MAX_PIECE / 2;

    if (piece.len <= MAX_PIECE) {
        put_text(page, piece);
        return;
    }
    while (((unsigned char)piece.at[head] & 0xC0) == 0x80) {
        head--;
    }
    while (tail < piece.len && ((unsigned char)piece.at[tail] & 0xC0) == 0x80) {
        tail++;
    }
    put_text(page, str_slice(piece, 0, head));
    put(page, " <b class=\"cut\">⋯</b> ");
    put_text(page, str_slice(piece, tail, piece.len));
}

static void add_shaded(const FindingsPage *page, Str piece, const uint32_t open[SHADES])
{
    int shade = SHADES - 1;

    while (shade >= 0 && open[shade] == 0) {
        shade--;
    }
    if (piece.len == 0) {
        return;
    }
    if (shade >= 0) {
        put(page, "<mark class=\"");
        put(page, SHADE_WORDS[shade]);
        put(page, "\">");
    }
    add_piece(page, piece);
    put(page, shade < 0 ? "" : "</mark>");
}

/* The line with its marks. */
static void add_marked_text(const FindingsPage *page, Str text, const FindingsMark *marks, size_t n)
{
    Edge *edges = ARENA_ARRAY(page->arena, Edge, 2 * n);
    uint32_t open[SHADES] = {0}, column = 1;
    size_t at = 0, start = 0, len;

    for (size_t i = 0; i < n; i++) {
        int shade = shade_of(page, &marks[i]);

        edges[2 * i] = (Edge){marks[i].column, shade, false};
        edges[2 * i + 1] = (Edge){marks[i].end, shade, true};
    }
    qsort(edges, 2 * n, sizeof *edges, by_column);
    for (size_t i = 0; i < 2 * n; i++) {
        for (; column < edges[i].column && at < text.len; column++) {
            (void)utf8_at(text, at, &len);
            at += len;
        }
        add_shaded(page, str_slice(text, start, at), open);
        start = at;
        if (edges[i].ends) {
            open[edges[i].shade]--;
        } else {
            open[edges[i].shade]++;
        }
    }
    add_shaded(page, str_slice(text, start, text.len), open);
}

static void add_line(const FindingsPage *page, const FindingsFile *file, uint32_t line)
{
    put_id(page, "<div class=\"l\"><i>", line);
    put(page, "</i><span>");
    add_piece(page, line_text(file, line));
    put(page, "</span></div>\n");
}

static void add_lines(const FindingsPage *page, const FindingsFile *file, uint32_t from,
                      uint32_t to)
{
    for (uint32_t line = from; line < to; line++) {
        add_line(page, file, line);
    }
}

/* About as many bytes as the lines take on the page. */
static size_t fold_cost(const FindingsFile *file, uint32_t from, uint32_t to)
{
    return (size_t)(to - from) * LINE_COST + file->starts[to - 1] - file->starts[from - 1];
}

static void add_range(const FindingsPage *page, uint32_t from, uint32_t to)
{
    buf_format(page->out, page->lang == LANG_ZH ? "第 %u–%u 行" : "lines %u–%u", from, to - 1);
}

/* Lines [from, to) that nothing is marked in. */
static void add_fold(FindingsPage *page, const FindingsFile *file, uint32_t from, uint32_t to)
{
    size_t cost = fold_cost(file, from, to);

    if (cost > page->foldable) {
        put(page, "<p class=\"left\">⋯ ");
        add_range(page, from, to);
        put_words(page, TEXT("不在本页，见原文件", " are not on this page; see the file"));
        put(page, "</p>\n");
        return;
    }
    page->foldable -= cost;
    put(page, "<details class=\"fold\"><summary>");
    add_range(page, from, to);
    put(page, "</summary>\n");
    add_lines(page, file, from, to);
    put(page, "</details>\n");
}

/* Lines [from, to) between two marked ones, or before the first or behind the last. */
static void add_between(FindingsPage *page, const FindingsFile *file, uint32_t from, uint32_t to)
{
    uint32_t head = from == 1 ? 0 : CONTEXT, tail = to > file->n_lines ? 0 : CONTEXT;

    if (to - from < head + tail + FOLD_LEAST) {
        add_lines(page, file, from, to);
        return;
    }
    add_lines(page, file, from, from + head);
    add_fold(page, file, from + head, to - tail);
    add_lines(page, file, to - tail, to);
}

static void add_marked(const FindingsPage *page, size_t f, const FindingsMark *marks, size_t n)
{
    const FindingsFile *file = &page->files[f];
    uint32_t line = marks[0].line;
    int shade = SHADE_RELATED;

    for (size_t i = 0; i < n; i++) {
        int own = shade_of(page, &marks[i]);

        shade = own > shade ? own : shade;
    }
    put(page, "<div class=\"l ");
    put(page, SHADE_WORDS[shade]);
    put_id(page, "\" id=\"f", f);
    put_id(page, "-", line);
    put_id(page, "\"><i>", line);
    put(page, "</i><span>");
    add_marked_text(page, line_text(file, line), marks, n);
    put(page, "</span></div>\n");
    for (size_t i = 0; i < n && marks[i].item != NO_ITEM; i++) {
        findings_card(page, marks[i].item);
    }
}

static void add_title(const FindingsPage *page, size_t f)
{
    const FindingsFile *file = &page->files[f];

    put_id(page, "<section class=\"file\" id=\"f", f);
    put(page, "\">\n<h2>");
    put_text(page, findings_name(page, file));
    put(page, "</h2>\n<p class=\"about\">");
    put_words(page, file->is_document ? TEXT("原文", "document") : TEXT("规划文件", "plan file"));
    put(page, page->lang == LANG_ZH ? "，" : ", ");
    put_count(page, file->n_lines, TEXT("行", "line"), STR("lines"));
    put(page, "</p>\n");
}

void findings_source(FindingsPage *page, size_t f)
{
    FindingsFile *file = &page->files[f];
    uint32_t next = 1; /* line */

    add_title(page, f);
    for (size_t i = 0; i < file->whole.n; i++) {
        findings_card(page, file->whole.at[i]);
    }
    if (file->marks.n != 0) {
        qsort(file->marks.at, file->marks.n, sizeof *file->marks.at, by_place);
        put(page, file->is_document ? "<div class=\"source text\" lang=\"zh-CN\">\n"
                                    : "<div class=\"source\">\n");
        for (size_t i = 0, n; i < file->marks.n; i += n) {
            uint32_t line = file->marks.at[i].line;

            for (n = 1; i + n < file->marks.n && file->marks.at[i + n].line == line; n++) {
            }
            add_between(page, file, next, line);
            add_marked(page, f, &file->marks.at[i], n);
            next = line + 1;
        }
        add_between(page, file, next, file->n_lines + 1);
        put(page, "</div>\n");
    }
    put(page, "</section>\n");
}
