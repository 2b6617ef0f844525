/* PdfTable: tables in the lines of a PDF, told by the words that name their columns. */
#include "document/pdf_priv.h"

#include "document/columns.h"

#include <string.h>

enum { /* our choices */
       MAX_HEAD_LINES = 6,
       MAX_WORDS = 64,   /* of a line */
       MAX_LINES = 4000, /* of a table */
       MAX_BETWEEN = 8,  /* lines between two that hold figures */
       MIN_COLUMNS = 3,
       MIN_ROWS = 2,
       MAX_CHUNK = 512, /* rows without an empty line between them */
       CATEGORY = 60,   /* bytes; a line between rows that names those behind it is shorter */
};

typedef struct { /* a field of a line and where it stands */
    Field field;
    size_t column, line;
} Piece;

typedef struct { /* a name over several columns */
    Field field;
    size_t first, last;
    size_t line;
} Spanning;

typedef struct {
    PdfText *pdf;
    size_t first, n_head; /* lines of the head */
    Field columns[COLUMNS_MAX];
    Field reach[COLUMNS_MAX]; /* how far the cells of each column reach */
    size_t n;
    VEC(Piece) head;
    VEC(Spanning) spanning;
} PdfTable;

typedef struct { /* a line below the head */
    size_t line;
    Field fields[COLUMNS_MAX];
    size_t columns[COLUMNS_MAX], rows[COLUMNS_MAX];
    size_t n;
    bool anchor; /* it holds figures, so each row has one */
} RowLine;

static Str field_text(const PdfText *pdf, const Field *field)
{
    return str_slice(pdf->text, field->at.start, field->at.end);
}

static bool overlap(const Field *a, const Field *b)
{
    return a->from < b->to && b->from < a->to;
}

bool pdf_is_head(const PdfText *pdf, size_t line)
{
    Field words[MAX_WORDS];
    size_t n = words_split(pdf->text, pdf->lines[line].whole, words, MAX_WORDS), named = 0;

    for (size_t i = 0; i < n; i++) {
        named += names_column(field_text(pdf, &words[i]));
    }
    return n >= 2 && named >= 2;
}

/* Fields parted by two spaces or more. */
static size_t split(const PdfText *pdf, size_t line, Field *out)
{
    Field words[MAX_WORDS];
    size_t n_words = words_split(pdf->text, pdf->lines[line].whole, words, MAX_WORDS), n = 0;

    for (size_t i = 0; i < n_words; i++) {
        if (n > 0 && words[i].from <= out[n - 1].to + 1) {
            out[n - 1].at.end = words[i].at.end;
            out[n - 1].to = words[i].to;
        } else if (n == COLUMNS_MAX) {
            return 0;
        } else {
            out[n++] = words[i];
        }
    }
    return n;
}

static bool is_year_figure(Str words)
{
    return words.len >= 4 && (str_starts(words, STR("20")) || str_starts(words, STR("19"))) &&
           names_year(words);
}

/* Columns between two fields, 0 where they touch or overlap. */
static uint32_t distance(const Field *a, const Field *b)
{
    return overlap(a, b) ? 0 : a->from >= b->to ? a->from - b->to : b->from - a->to;
}

/* The name that the word of another line stands beside rather than over, as centred names do. */
static size_t column_beside(const PdfTable *table, size_t line, const Field *word)
{
    for (size_t i = 0; i < table->n; i++) {
        bool same_line = false;

        for (size_t k = 0; k < table->head.n; k++) {
            same_line |= table->head.at[k].column == i && table->head.at[k].line == line;
        }
        if (!same_line && distance(&table->columns[i], word) <= 1) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* A name that stands over years. */
static bool names_goal(Str words)
{
    return str_ends(words, STR("目标")) || str_ends(words, STR("目标值")) ||
           str_ends(words, STR("规划值")) || str_eq(words, STR("年份"));
}

/* The columns with years that stand beside each other around a column. */
static void find_years(const PdfTable *table, size_t *first, size_t *last)
{
    bool years[COLUMNS_MAX + 1] = {false};

    for (size_t i = 0; i < table->head.n; i++) {
        const Piece *piece = &table->head.at[i];

        years[piece->column] |= names_year(field_text(table->pdf, &piece->field));
    }
    if (!years[*first]) {
        return;
    }
    while (*first > 0 && years[*first - 1]) {
        --*first;
    }
    while (*last + 1 < table->n && years[*last + 1]) {
        ++*last;
    }
}

/* Adds a word of the head, from the lowest line up: under no name yet it is a new column, over one
 * it goes before it, over several it spans them. */
static bool add_head_word(PdfTable *table, size_t line, const Field *word)
{
    size_t first = SIZE_MAX, last = 0, at = 0;

    for (size_t i = 0; i < table->n; i++) {
        if (overlap(&table->columns[i], word)) {
            first = first == SIZE_MAX ? i : first;
            last = i;
        }
        at += table->columns[i].from < word->from;
    }
    if (first == SIZE_MAX) {
        first = last = column_beside(table, line, word);
    }
    if (first != SIZE_MAX && first == last && names_goal(field_text(table->pdf, word))) {
        find_years(table, &first, &last);
    }
    if (first != SIZE_MAX && last > first) {
        for (size_t i = 0; i < table->spanning.n; i++) {
            if (first <= table->spanning.at[i].last && last >= table->spanning.at[i].first) {
                return false; /* names over names are too much */
            }
        }
        *vec_push(table->pdf->page.scratch, &table->spanning) =
            (Spanning){*word, first, last, line};
        return true;
    }
    if (first == SIZE_MAX) {
        if (table->n == COLUMNS_MAX) {
            return false;
        }
        memmove(&table->columns[at + 1], &table->columns[at],
                (table->n - at) * sizeof table->columns[0]);
        table->columns[at] = *word;
        table->n++;
        for (size_t i = 0; i < table->head.n; i++) {
            table->head.at[i].column += table->head.at[i].column >= at;
        }
        for (size_t i = 0; i < table->spanning.n; i++) {
            table->spanning.at[i].first += table->spanning.at[i].first >= at;
            table->spanning.at[i].last += table->spanning.at[i].last >= at;
        }
        first = at;
    } else {
        Field *column = &table->columns[first];

        column->from = column->from < word->from ? column->from : word->from;
        column->to = column->to > word->to ? column->to : word->to;
    }
    *vec_push(table->pdf->page.scratch, &table->head) = (Piece){*word, first, line};
    return true;
}

/* The name of a column, its pieces from top to bottom. Pieces were added from the lowest line up.
 */
static Str column_name(const PdfTable *table, size_t column, char out[128])
{
    size_t len = 0;

    for (size_t line = table->first; line < table->first + table->n_head; line++) {
        for (size_t i = 0; i < table->head.n; i++) {
            const Piece *piece = &table->head.at[i];
            Str words = field_text(table->pdf, &piece->field);

            if (piece->column == column && piece->line == line && len + words.len < 128) {
                memcpy(out + len, words.at, words.len);
                len += words.len;
            }
        }
    }
    return (Str){out, len};
}

/* The columns that a head of that many lines has; how well they are named, 0 if not at all. */
static size_t build_head(PdfTable *table, size_t n_lines)
{
    Field words[MAX_WORDS];
    char name[128];
    size_t named = 0;

    table->n = 0;
    table->head.n = 0;
    table->spanning.n = 0;
    table->n_head = n_lines;
    for (size_t line = table->first + n_lines; line-- > table->first;) {
        size_t n = words_split(table->pdf->text, table->pdf->lines[line].whole, words, MAX_WORDS);

        for (size_t i = 0; i < n; i++) {
            if (!add_head_word(table, line, &words[i])) {
                return 0;
            }
        }
    }
    for (size_t i = 0; i < table->n; i++) {
        named += names_column(column_name(table, i, name));
    }
    return table->n >= MIN_COLUMNS && named >= 2 && named * 2 >= table->n
               ? named * 2 + COLUMNS_MAX - table->n
               : 0;
}

/* 指 标 in one line is one name. */
static void join_stretched(PdfTable *table)
{
    char name[128], next[128], both[256];

    for (size_t i = 0; i + 1 < table->n; i++) {
        Str a = column_name(table, i, name), b = column_name(table, i + 1, next);

        if (names_column(a) || names_column(b) || a.len + b.len > 24) {
            continue;
        }
        memcpy(both, a.at, a.len);
        memcpy(both + a.len, b.at, b.len);
        if (!names_column((Str){both, a.len + b.len})) {
            continue;
        }
        table->columns[i].to = table->columns[i + 1].to;
        memmove(&table->columns[i + 1], &table->columns[i + 2],
                (table->n - i - 2) * sizeof table->columns[0]);
        table->n--;
        for (size_t k = 0; k < table->head.n; k++) {
            table->head.at[k].column -= table->head.at[k].column > i;
        }
        for (size_t k = 0; k < table->spanning.n; k++) {
            table->spanning.at[k].first -= table->spanning.at[k].first > i;
            table->spanning.at[k].last -= table->spanning.at[k].last > i;
        }
    }
}

static bool find_head(PdfTable *table)
{
    const PdfText *pdf = table->pdf;
    size_t best = 0, best_lines = 0;

    for (size_t n = 1; n <= MAX_HEAD_LINES && table->first + n <= pdf->n; n++) {
        const PdfLine *line = &pdf->lines[table->first + n - 1];
        Field words[MAX_WORDS];
        size_t n_words = words_split(pdf->text, line->whole, words, MAX_WORDS), score;
        bool figures = false;

        for (size_t i = 0; i < n_words; i++) {
            Str word = field_text(pdf, &words[i]);

            figures |= is_figure(word) && !is_year_figure(word);
        }
        if (n_words == 0 || figures || line->chrome ||
            line->page != pdf->lines[table->first].page || (n > 1 && line->blanks > 1)) {
            break;
        }
        score = build_head(table, n);
        if (score > 0 && score >= best) { /* the rest of a wrapped name changes nothing */
            best = score;
            best_lines = n;
        }
    }
    if (best == 0) {
        return false;
    }
    (void)build_head(table, best_lines);
    join_stretched(table);
    memcpy(table->reach, table->columns, sizeof table->reach);
    return table->n >= MIN_COLUMNS;
}

/* What stands under a table and is not of it. */
static bool is_behind(Str words)
{
    static const Str STARTS[] = {STR_INIT("注"),       STR_INIT("说明："),   STR_INIT("备注："),
                                 STR_INIT("资料来源"), STR_INIT("数据来源"), STR_INIT("专栏"),
                                 STR_INIT("附件"),     STR_INIT("图")};

    for (size_t i = 0; i < sizeof STARTS / sizeof STARTS[0]; i++) {
        if (str_starts(words, STARTS[i])) {
            return true;
        }
    }
    return str_starts(words, STR("第")) &&
           (str_find(str_slice(words, 0, 24), STR("章")) != SIZE_MAX ||
            str_find(str_slice(words, 0, 24), STR("节")) != SIZE_MAX ||
            str_find(str_slice(words, 0, 24), STR("篇")) != SIZE_MAX);
}

static size_t count_columns(const PdfTable *table, const Field *field)
{
    size_t n = 0;

    for (size_t i = 0; i < table->n; i++) {
        n += overlap(&table->columns[i], field);
    }
    return n;
}

/* Several figures a space apart are of several columns. */
static bool are_figures(const PdfText *pdf, const Field *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!is_figure(field_text(pdf, &words[i]))) {
            return false;
        }
    }
    return n > 1;
}

/* The fields of a line under the columns; false if it is no line of a table. Columns that stand
 * only a space apart are parted. */
static bool read_row_line(PdfTable *table, size_t at, RowLine *out)
{
    const PdfText *pdf = table->pdf;
    Field fields[COLUMNS_MAX], words[MAX_WORDS];
    size_t n = split(pdf, at, fields);

    *out = (RowLine){.line = at};
    for (size_t i = 0; i < n; i++) {
        size_t n_words =
            words_split(pdf->text, (Span){fields[i].at.start, fields[i].at.end}, words, MAX_WORDS);
        bool parted = false;

        if (count_columns(table, &fields[i]) > 1 || are_figures(pdf, words, n_words)) {
            if (n_words < 2) {
                return false; /* running text */
            }
            parted = true;
        }
        for (size_t k = 0; k < (parted ? n_words : 1); k++) {
            Field field = parted ? words[k] : fields[i];

            if (parted) {
                field.from += fields[i].from;
                field.to += fields[i].from;
            }
            if (out->n == COLUMNS_MAX || count_columns(table, &field) > 1) {
                return false;
            }
            out->fields[out->n++] = field;
        }
    }
    return n > 0;
}

/* Whether the head stands again, at the top of another page. */
static bool is_head_again(const PdfTable *table, size_t at)
{
    const PdfText *pdf = table->pdf;
    Field a[MAX_WORDS], b[MAX_WORDS];
    size_t n_a = words_split(pdf->text, pdf->lines[table->first].whole, a, MAX_WORDS);
    size_t n_b = words_split(pdf->text, pdf->lines[at].whole, b, MAX_WORDS);

    if (n_a != n_b || pdf->lines[at].page == pdf->lines[table->first].page) {
        return false;
    }
    for (size_t i = 0; i < n_a; i++) {
        if (!str_eq(field_text(pdf, &a[i]), field_text(pdf, &b[i]))) {
            return false;
        }
    }
    return true;
}

typedef VEC(RowLine) RowLines;

static bool holds_figures(const PdfText *pdf, const RowLine *line)
{
    for (size_t k = 0; line->n >= 2 && k < line->n; k++) {
        if (is_figure(field_text(pdf, &line->fields[k]))) {
            return true;
        }
    }
    return false;
}

static void collect_lines(PdfTable *table, RowLines *out)
{
    PdfText *pdf = table->pdf;
    size_t last = 0; /* lines up to the last that holds figures */

    for (size_t at = table->first + table->n_head; at < pdf->n && out->n < MAX_LINES; at++) {
        RowLine line;

        if (pdf->lines[at].chrome) {
            continue;
        }
        if (is_head_again(table, at)) {
            for (size_t k = 0; k < table->n_head && at + k < pdf->n; k++) {
                pdf->lines[at + k].chrome = true;
            }
            continue;
        }
        if (is_behind(str_slice(pdf->text, pdf->lines[at].at.start, pdf->lines[at].at.end)) ||
            !read_row_line(table, at, &line)) {
            break;
        }
        line.anchor = holds_figures(pdf, &line);
        *vec_push(pdf->page.scratch, out) = line;
        last = line.anchor ? out->n : last;
        if (out->n - last > MAX_BETWEEN) {
            break;
        }
    }
}

static void find_reach(PdfTable *table, const RowLines *lines)
{
    for (size_t i = 0; i < lines->n; i++) {
        for (size_t k = 0; k < lines->at[i].n; k++) {
            const Field *field = &lines->at[i].fields[k];

            for (size_t c = 0; c < table->n; c++) {
                if (overlap(&table->columns[c], field)) {
                    Field *reach = &table->reach[c];

                    reach->from = reach->from < field->from ? reach->from : field->from;
                    reach->to = reach->to > field->to ? reach->to : field->to;
                }
            }
        }
    }
}

/* The columns of a line's fields. Two figures under one name are of two columns: the one that is
 * free and nearer is taken. */
static void place_fields(const PdfTable *table, RowLine *line)
{
    for (size_t k = 0; k < line->n; k++) {
        const Field *field = &line->fields[k];

        line->columns[k] = line->n == table->n ? k
                           : count_columns(table, field) == 1
                               ? fields_column(table->columns, table->n, field)
                               : fields_column(table->reach, table->n, field);
    }
    for (size_t k = 0; k + 1 < line->n; k++) {
        size_t column = line->columns[k];
        bool left_free = column > 0 && (k == 0 || line->columns[k - 1] + 1 < column);
        bool right_free =
            column + 1 < table->n && (k + 2 == line->n || line->columns[k + 2] > column + 1);
        uint32_t left, right;

        if (line->columns[k + 1] != column ||
            !is_figure(field_text(table->pdf, &line->fields[k])) ||
            !is_figure(field_text(table->pdf, &line->fields[k + 1]))) {
            continue;
        }
        left = left_free ? distance(&table->reach[column - 1], &line->fields[k]) : UINT32_MAX;
        right = right_free ? distance(&table->reach[column + 1], &line->fields[k + 1]) : UINT32_MAX;
        if (left < right) {
            line->columns[k]--;
        } else if (right_free) {
            line->columns[k + 1]++;
        }
    }
}

/* Lines that hold figures make rows; what comes too far behind the last of them is no row. Returns
 * their number. */
static size_t find_anchors(PdfTable *table, RowLines *lines)
{
    size_t n = 0, last = 0;

    for (size_t i = 0; i < lines->n; i++) {
        RowLine *line = &lines->at[i];

        place_fields(table, line);
        if (line->anchor) {
            n++;
            last = i;
        }
    }
    if (n == 0) {
        return 0;
    }
    for (last++; last < lines->n; last++) { /* the rest of the last row's cells */
        const PdfLine *line = &table->pdf->lines[lines->at[last].line];

        if (line->blanks > 0 || line->page != table->pdf->lines[lines->at[last - 1].line].page ||
            lines->at[last].line != lines->at[last - 1].line + 1) {
            break;
        }
    }
    lines->n = last;
    return n;
}

static bool begins_chunk(const PdfTable *table, const RowLines *lines, size_t i)
{
    const PdfLine *line = &table->pdf->lines[lines->at[i].line], *before;

    if (i == 0) {
        return true;
    }
    before = &table->pdf->lines[lines->at[i - 1].line];
    return line->blanks > 0 || line->page != before->page;
}

typedef struct { /* lines without an empty one between them */
    size_t start, end;
    size_t anchors[MAX_CHUNK]; /* lines */
    size_t n;
} Chunk;

/* Whether the line has a field in the column. */
static bool has_field(const RowLine *line, size_t column)
{
    for (size_t k = 0; k < line->n; k++) {
        if (line->columns[k] == column) {
            return true;
        }
    }
    return false;
}

/* Lines without figures that have the column, between two lines. */
static size_t count_between(const RowLines *lines, size_t from, size_t to, size_t column)
{
    size_t n = 0;

    for (size_t i = from; i < to; i++) {
        n += !lines->at[i].anchor && has_field(&lines->at[i], column);
    }
    return n;
}

/* How many of the column's lines stand above each anchor, if cells are centred on it: as many as
 * below. False if that does not come out, or nothing speaks for it. */
static bool are_centred(const RowLines *lines, const Chunk *chunk, size_t column, size_t *above)
{
    bool evidence = false;

    above[0] = count_between(lines, chunk->start, chunk->anchors[0], column);
    evidence = above[0] > 0;
    for (size_t i = 0; i < chunk->n; i++) {
        size_t end = i + 1 < chunk->n ? chunk->anchors[i + 1] : chunk->end;
        size_t below = count_between(lines, chunk->anchors[i] + 1, end, column);

        evidence |= above[i] > 0 && !has_field(&lines->at[chunk->anchors[i]], column);
        if (below < above[i] || (i + 1 == chunk->n && below != above[i])) {
            return false;
        }
        if (i + 1 < chunk->n) {
            above[i + 1] = below - above[i];
        }
    }
    return evidence;
}

/* The row of each field of the column: the anchor's that its line is the rest of. */
static void place_column(RowLines *lines, const Chunk *chunk, size_t column, size_t first_row)
{
    size_t above[MAX_CHUNK], at = 0, seen = 0;
    bool centred = are_centred(lines, chunk, column, above);

    for (size_t i = chunk->start; i < chunk->end; i++) {
        RowLine *line = &lines->at[i];
        size_t row;

        while (at < chunk->n && chunk->anchors[at] < i) {
            at++;
            seen = 0;
        }
        /* at: the anchor at or below the line */
        if (line->anchor) {
            row = at;
        } else if (at == 0) {
            row = 0;
        } else if (at == chunk->n) {
            row = chunk->n - 1;
        } else if (centred) {
            row = seen < above[at - 1] ? at - 1 : at;
        } else {
            row = !has_field(&lines->at[chunk->anchors[at]], column) &&
                          has_field(&lines->at[chunk->anchors[at - 1]], column)
                      ? at
                      : at - 1;
        }
        for (size_t k = 0; k < line->n; k++) {
            if (line->columns[k] == column) {
                line->rows[k] = first_row + row;
                seen += !line->anchor;
                break;
            }
        }
        for (size_t k = 0; k < line->n; k++) { /* two fields under one name stay together */
            if (line->columns[k] == column) {
                line->rows[k] = first_row + row;
            }
        }
    }
}

/* Columns whose cells reach over rows: what they say belongs to several. */
static bool is_category(const PdfTable *table, size_t column)
{
    static const Str NAMES[] = {STR_INIT("类别"), STR_INIT("领域"),     STR_INIT("类型"),
                                STR_INIT("分类"), STR_INIT("指标类型"), STR_INIT("指标类别")};
    char buffer[128];
    Str name = column_name(table, column, buffer);

    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        if (str_eq(name, NAMES[i])) {
            return true;
        }
    }
    return false;
}

/* A category in several lines stands between the lines of its rows; it goes to the first of them.
 */
static void join_categories(const PdfTable *table, RowLines *lines)
{
    enum { NEAR = 2 };

    for (size_t column = 0; column < table->n; column++) {
        size_t last = SIZE_MAX, row = 0;

        if (!is_category(table, column)) {
            continue;
        }
        for (size_t i = 0; i < lines->n; i++) {
            RowLine *line = &lines->at[i];

            for (size_t k = 0; k < line->n; k++) {
                if (line->columns[k] != column) {
                    continue;
                }
                if (last != SIZE_MAX && line->line - last <= NEAR) {
                    line->rows[k] = row;
                }
                row = line->rows[k];
                last = line->line;
            }
        }
    }
}

/* The row of each field; returns how many rows there are. */
static size_t find_rows(const PdfTable *table, RowLines *lines)
{
    size_t n_rows = 0;

    for (size_t i = 0; i < lines->n;) {
        Chunk chunk = {.start = i, .end = i};
        bool category;

        do {
            if (lines->at[chunk.end].anchor) {
                chunk.anchors[chunk.n++] = chunk.end;
            }
            chunk.end++;
        } while (chunk.end < lines->n && chunk.n < MAX_CHUNK &&
                 !begins_chunk(table, lines, chunk.end));
        i = chunk.end;
        if (chunk.n > 0) {
            for (size_t column = 0; column < table->n; column++) {
                place_column(lines, &chunk, column, n_rows);
            }
            n_rows += chunk.n;
            continue;
        }
        /* a line alone names the rows below; else it is the rest of the row above */
        category =
            chunk.end - chunk.start == 1 && lines->at[chunk.start].n == 1 &&
            lines->at[chunk.start].fields[0].at.end - lines->at[chunk.start].fields[0].at.start <=
                CATEGORY;
        n_rows += category || n_rows == 0;
        for (size_t k = chunk.start; k < chunk.end; k++) {
            for (size_t f = 0; f < lines->at[k].n; f++) {
                lines->at[k].rows[f] = n_rows - 1;
            }
        }
    }
    return n_rows;
}

static void add_cell(PdfTable *table, uint32_t row_element, const Piece *pieces, size_t n,
                     size_t column, unsigned n_rows, unsigned n_columns)
{
    Page *page = &table->pdf->page;
    uint32_t words = (uint32_t)page->words.len, run = (uint32_t)page->runs.n;
    uint32_t cell = page_open(page, TAG_CELL, row_element);
    bool first = true;

    for (size_t i = 0; i < n; i++) {
        if (pieces[i].column == column) {
            pdf_add_words(table->pdf, pieces[i].field.at, first);
            first = false;
        }
    }
    pdf_end_leaf(table->pdf, words, run, ROLE_BODY);
    if (cell != NO_ELEMENT) {
        page->elements.at[cell].n_rows = (uint16_t)n_rows;
        page->elements.at[cell].n_columns = (uint16_t)n_columns;
        page_close(page, cell);
    }
}

static void close_element(Page *page, uint32_t element)
{
    if (element != NO_ELEMENT) {
        page_close(page, element);
    }
}

/* The spanning name that covers the column, or NULL. */
static const Spanning *spanning_over(const PdfTable *table, size_t column)
{
    for (size_t i = 0; i < table->spanning.n; i++) {
        if (column >= table->spanning.at[i].first && column <= table->spanning.at[i].last) {
            return &table->spanning.at[i];
        }
    }
    return NULL;
}

/* Pieces in the order of lines. */
static void sort_pieces(Piece *pieces, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        Piece piece = pieces[i];
        size_t k = i;

        for (; k > 0 && pieces[k - 1].field.at.start > piece.field.at.start; k--) {
            pieces[k] = pieces[k - 1];
        }
        pieces[k] = piece;
    }
}

static void add_head(PdfTable *table, uint32_t element)
{
    Page *page = &table->pdf->page;
    bool two = table->spanning.n > 0;
    uint32_t row = page_open(page, TAG_ROW, element);

    sort_pieces(table->head.at, table->head.n);
    for (size_t i = 0; i < table->n; i++) {
        const Spanning *over = spanning_over(table, i);

        if (over == NULL) {
            add_cell(table, row, table->head.at, table->head.n, i, two ? 2 : 1, 1);
        } else {
            Piece piece = {over->field, i, over->line};

            add_cell(table, row, &piece, 1, i, 1, (unsigned)(over->last - over->first + 1));
            i = over->last;
        }
    }
    close_element(page, row);
    if (two) {
        row = page_open(page, TAG_ROW, element);
        for (size_t i = 0; i < table->n; i++) {
            if (spanning_over(table, i) != NULL) {
                add_cell(table, row, table->head.at, table->head.n, i, 1, 1);
            }
        }
        close_element(page, row);
    }
}

/* All fields by row, in the order of lines; where each row's begin in `starts`. */
static Piece *pieces_by_row(Arena *arena, const RowLines *lines, size_t n_rows, size_t *starts)
{
    Piece *pieces;
    size_t n = 0, *next = ARENA_ARRAY(arena, size_t, n_rows + 1);

    for (size_t i = 0; i < lines->n; i++) {
        for (size_t k = 0; k < lines->at[i].n; k++) {
            starts[lines->at[i].rows[k] + 1]++;
            n++;
        }
    }
    for (size_t row = 0; row < n_rows; row++) {
        starts[row + 1] += starts[row];
        next[row] = starts[row];
    }
    pieces = ARENA_ARRAY(arena, Piece, n);
    for (size_t i = 0; i < lines->n; i++) {
        const RowLine *line = &lines->at[i];

        for (size_t k = 0; k < line->n; k++) {
            pieces[next[line->rows[k]]++] = (Piece){line->fields[k], line->columns[k], line->line};
        }
    }
    return pieces;
}

static void add_rows(PdfTable *table, uint32_t element, const RowLines *lines, size_t n_rows)
{
    Page *page = &table->pdf->page;
    size_t *starts = ARENA_ARRAY(page->scratch, size_t, n_rows + 1);
    Piece *pieces = pieces_by_row(page->scratch, lines, n_rows, starts);

    for (size_t row = 0; row < n_rows; row++) {
        Piece *own = pieces + starts[row];
        size_t n = starts[row + 1] - starts[row];
        uint32_t at = page_open(page, TAG_ROW, element);

        if (n == 1 && own->field.at.end - own->field.at.start <= CATEGORY) {
            own->column = 0; /* it names the rows below */
            add_cell(table, at, own, 1, 0, 1, (unsigned)table->n);
        } else {
            for (size_t column = 0; column < table->n; column++) {
                add_cell(table, at, own, n, column, 1, 1);
            }
        }
        close_element(page, at);
    }
}

size_t pdf_add_table(PdfText *pdf, size_t first)
{
    PdfTable table = {.pdf = pdf, .first = first};
    const PdfLine *line = &pdf->lines[first];
    RowLines lines = {0};
    uint32_t element;
    size_t n_rows;

    if (!(line->gaps ||
          (first + 1 < pdf->n && line->width < CATEGORY && pdf->lines[first + 1].gaps)) ||
        !find_head(&table)) {
        return first;
    }
    collect_lines(&table, &lines);
    find_reach(&table, &lines);
    if (find_anchors(&table, &lines) < MIN_ROWS) {
        return first;
    }
    n_rows = find_rows(&table, &lines);
    join_categories(&table, &lines);
    element = page_open(&pdf->page, TAG_TABLE, NO_ELEMENT);
    if (element == NO_ELEMENT) {
        return first;
    }
    add_head(&table, element);
    add_rows(&table, element, &lines, n_rows);
    page_close(&pdf->page, element);
    pdf->page.elements.at[element].data = true;
    return lines.at[lines.n - 1].line + 1;
}
