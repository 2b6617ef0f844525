/* Drawn: tables that lines of text draw by their layout. */
#include "document/columns.h"

#include <assert.h>

enum {                      /* our choices */
       MAX_HEAD_LINE = 400, /* bytes; the head of a table is short */
       MAX_HEAD_CELL = 60,  /* of a head that stands in lines of its own */
       MAX_CELL_LINE = 300, /* of a cell that does */
       MIN_ROWS = 2,
       MIN_HEAD = 3, /* cells of a head in lines of their own */
};

typedef struct {
    Builder *builder;
    Str text;
    const Block *lines;
    size_t n;
    size_t no_cells; /* no table with a cell in each line begins before this one */
    VEC(Block) out;
    VEC(DocCell) cells; /* of the table that is being tried */
} Drawn;

static Str line_at(const Drawn *drawn, size_t i)
{
    return str_slice(drawn->text, drawn->lines[i].at.start, drawn->lines[i].at.end);
}

/* The line with the white space before its first word, by which its columns are told. */
static Span whole_line(const Drawn *drawn, size_t i)
{
    Span at = drawn->lines[i].at;

    while (at.start > 0 && drawn->text.at[at.start - 1] != '\n' &&
           drawn->text.at[at.start - 1] != '\f') {
        at.start--;
    }
    return at;
}

static void push_cell(Drawn *drawn, size_t row, size_t column, size_t n_columns, Span at)
{
    *vec_push(drawn->builder->arena, &drawn->cells) = (DocCell){.row = (uint32_t)row,
                                                                .column = (uint32_t)column,
                                                                .n_rows = 1,
                                                                .n_columns = (uint16_t)n_columns,
                                                                .at = at};
}

/* The cells of a row under a head of n; false if they do not fit. */
static bool place_row(Drawn *drawn, const Field *head, size_t n, FieldKind kind,
                      const Field *fields, size_t n_fields, size_t row)
{
    size_t next = 0, n_cells = drawn->cells.n;

    if (n_fields > n || n_fields < 2) {
        return false;
    }
    for (size_t i = 0; i < n_fields; i++) {
        size_t column =
            n_fields == n || kind != FIELDS_SPACE ? i : fields_column(head, n, &fields[i]);

        if (column < next) { /* two under one name */
            drawn->cells.n = n_cells;
            return false;
        }
        for (; next < column; next++) {
            push_cell(drawn, row, next, 1, (Span){fields[i].at.start, fields[i].at.start});
        }
        push_cell(drawn, row, next++, 1, fields[i].at);
    }
    for (; next < n; next++) {
        uint32_t end = fields[n_fields - 1].at.end;

        push_cell(drawn, row, next, 1, (Span){end, end});
    }
    return true;
}

/* A table whose head is line `first`; its end in *end and its number of rows, 0 if it is none. */
static size_t try_lines(Drawn *drawn, size_t first, size_t *end, size_t *n_columns)
{
    Field head[COLUMNS_MAX], fields[COLUMNS_MAX];
    FieldKind kind, row_kind;
    size_t n = fields_split(drawn->text, whole_line(drawn, first), &kind, head), row = 1, i;

    if (kind == FIELDS_NONE || !fields_are_head(drawn->text, head, n)) {
        return 0;
    }
    drawn->cells.n = 0;
    (void)place_row(drawn, head, n, kind, head, n, 0);
    for (i = first + 1; i < drawn->n; i++) {
        size_t n_fields = fields_split(drawn->text, whole_line(drawn, i), &row_kind, fields);

        if (row_kind == FIELDS_RULE) {
            continue;
        }
        if (row_kind != kind || !place_row(drawn, head, n, kind, fields, n_fields, row)) {
            break;
        }
        row++;
    }
    *end = i;
    *n_columns = n;
    return row - 1 >= MIN_ROWS ? row : 0;
}

typedef struct { /* a head in lines of its own, and where its columns are */
    size_t n;
    size_t property;         /* column of 属性, or SIZE_MAX */
    bool years[COLUMNS_MAX]; /* columns of figures of a year */
    bool numbered;           /* the first is 序号 */
} Head;

static bool read_head(const Drawn *drawn, size_t first, Head *head)
{
    size_t n_years = 0;
    bool subject = false;

    *head = (Head){.property = SIZE_MAX};
    while (first + head->n < drawn->n && head->n < COLUMNS_MAX) {
        Str words = line_at(drawn, first + head->n);

        if (words.len > MAX_HEAD_CELL || !names_column(words)) {
            break;
        }
        head->years[head->n] = names_year(words);
        n_years += head->years[head->n];
        subject |= names_subject(words);
        if (str_find(words, STR("属性")) != SIZE_MAX || str_eq(words, STR("指标性质"))) {
            head->property = head->n;
        }
        head->numbered |= head->n == 0 && str_starts(words, STR("序号"));
        head->n++;
    }
    return head->n == COLUMNS_MAX ||
           (head->n >= MIN_HEAD && subject &&
            (n_years > 0 || head->property != SIZE_MAX || head->numbered));
}

/* Whether the line is the number n of a row. */
static bool is_row_number(Str line, size_t n)
{
    size_t value = 0, i = 0;

    for (; i < line.len && i < 6 && line.at[i] >= '0' && line.at[i] <= '9'; i++) {
        value = value * 10 + (size_t)(line.at[i] - '0');
    }
    return i > 0 && value == n && (i == line.len || (line.at[i] == '.' && i + 1 == line.len));
}

static bool may_be_cell(Str line)
{
    return line.len <= MAX_CELL_LINE && !str_ends(line, STR("。"));
}

/* Lines of the row that begins at `first`: up to its property, or the next row's number, or as many
 * as there are columns. 0 if no row begins there. */
static size_t row_lines(const Drawn *drawn, const Head *head, size_t first, size_t number)
{
    size_t n = 0;

    if (first >= drawn->n || (head->numbered && !is_row_number(line_at(drawn, first), number))) {
        return 0;
    }
    while (first + n < drawn->n && n < head->n) {
        Str line = line_at(drawn, first + n);

        if (!may_be_cell(line)) {
            break;
        }
        /* the next row's number in a place where this row's figures do not stand */
        if (head->numbered && n >= 2 && is_row_number(line, number + 1) &&
            first + n + 1 < drawn->n && !is_figure(line_at(drawn, first + n + 1)) &&
            !is_property(line_at(drawn, first + n + 1))) {
            break;
        }
        n++;
        if (head->property + 1 == head->n && is_property(line)) {
            break;
        }
    }
    return n;
}

/* The lines of a row under their columns: the property under its own, figures under the years, to
 * the right where there are fewer of them than years. False if that leaves a doubt. */
static bool place_lines(Drawn *drawn, const Head *head, size_t first, size_t n, size_t row)
{
    Span cells[COLUMNS_MAX] = {{0, 0}};
    bool full[COLUMNS_MAX] = {false};
    size_t column = 0, figures = 0, years = 0, end = n;
    uint32_t behind = drawn->lines[first].at.start;

    if (n < 2 || n > head->n) {
        return false;
    }
    if (head->property != SIZE_MAX && n < head->n) {
        if (head->property + 1 != head->n || !is_property(line_at(drawn, first + n - 1))) {
            return false;
        }
        end--;
        cells[head->property] = drawn->lines[first + end].at;
        full[head->property] = true;
    }
    for (size_t i = 0; i < head->n; i++) {
        years += head->years[i];
    }
    for (size_t i = 1; i < end; i++) {
        figures += i > (size_t)head->numbered && is_figure(line_at(drawn, first + i));
    }
    for (size_t i = 0; i < end; i++) {
        bool figure = i > (size_t)head->numbered && is_figure(line_at(drawn, first + i));

        if (n < head->n && figure && figures < years) {
            while (column < head->n && !head->years[column]) {
                column++;
            }
            column += figures < years ? years - figures : 0;
            years = figures; /* moved once */
        }
        if (column >= head->n || full[column] || (head->years[column] && !figure)) {
            return false;
        }
        cells[column] = drawn->lines[first + i].at;
        full[column++] = true;
    }
    for (size_t i = 0; i < head->n; i++) {
        push_cell(drawn, row, i, 1, full[i] ? cells[i] : (Span){behind, behind});
        behind = full[i] ? cells[i].end : behind;
    }
    return true;
}

/* Lines between two rows, such as 创新驱动, that name the rows behind them. */
static size_t group_lines(const Drawn *drawn, const Head *head, size_t at, size_t number)
{
    enum { MAX_GROUP = 2, MAX_GROUP_NAME = 60 };

    if (!head->numbered && head->property == SIZE_MAX) {
        return 0;
    }
    for (size_t n = 1; n <= MAX_GROUP && at + n < drawn->n; n++) {
        Str line = line_at(drawn, at + n - 1);
        size_t lines;

        if (line.len > MAX_GROUP_NAME || is_figure(line) || is_property(line) ||
            !may_be_cell(line)) {
            return 0;
        }
        lines = row_lines(drawn, head, at + n, number);
        if (lines > 2 && (head->numbered || is_property(line_at(drawn, at + n + lines - 1))) &&
            (head->numbered || lines == head->n)) {
            return n;
        }
    }
    return 0;
}

/* A table each of whose cells is a line. */
static size_t try_cells(Drawn *drawn, size_t first, size_t *end, size_t *n_columns)
{
    Head head;
    size_t row = 1, rows = 0, at, number = 1;

    if (first < drawn->no_cells || !read_head(drawn, first, &head)) {
        return 0;
    }
    if (head.n == COLUMNS_MAX) { /* so many names are no head */
        drawn->no_cells = first + head.n;
        return 0;
    }
    drawn->cells.n = 0;
    for (size_t i = 0; i < head.n; i++) {
        push_cell(drawn, 0, i, 1, drawn->lines[first + i].at);
    }
    at = first + head.n;
    for (;;) {
        size_t n_cells = drawn->cells.n, lines = row_lines(drawn, &head, at, number);

        if (lines >= 2 && place_lines(drawn, &head, at, lines, row)) {
            at += lines;
            row++;
            rows++;
            number++;
            continue;
        }
        drawn->cells.n = n_cells;
        lines = group_lines(drawn, &head, at, number);
        if (lines == 0) {
            break;
        }
        for (size_t i = 0; i < lines; i++) {
            push_cell(drawn, row++, 0, head.n, drawn->lines[at++].at);
        }
    }
    *end = at;
    *n_columns = head.n;
    return rows >= MIN_ROWS ? row : 0;
}

static void add_table(Drawn *drawn, size_t n_rows, size_t n_columns)
{
    Builder *builder = drawn->builder;
    DocTable *table = vec_push(builder->arena, &builder->tables);
    Span at = {UINT32_MAX, 0};

    *table = (DocTable){.cells = ARENA_ARRAY(builder->arena, DocCell, drawn->cells.n),
                        .n_cells = drawn->cells.n,
                        .n_rows = (uint32_t)n_rows,
                        .n_columns = (uint32_t)n_columns,
                        .block = (uint32_t)drawn->out.n,
                        .part = NO_PART,
                        .drawn = true};
    for (size_t i = 0; i < drawn->cells.n; i++) {
        const DocCell *cell = &drawn->cells.at[i];

        table->cells[i] = *cell;
        if (cell->at.end > cell->at.start) {
            at.start = at.start < cell->at.start ? at.start : cell->at.start;
            at.end = cell->at.end;
            *vec_push(builder->arena, &drawn->out) =
                (Block){.at = cell->at,
                        .part = NO_PART,
                        .table = (uint32_t)(builder->tables.n - 1),
                        .role = ROLE_CELL};
        }
    }
    table->at = at;
}

/* Whether something may part the line into fields. Without an early end, so that compilers work on
 * many bytes at once. */
static bool has_gap(Str line)
{
    const unsigned char *at = (const unsigned char *)line.at;
    unsigned char found = 0;

    for (size_t i = 0; i + 1 < line.len; i++) {
        unsigned char a = at[i], b = at[i + 1];

        found |= (unsigned char)((a == '\t') | (a == '|') | ((a == ' ') & (b == ' ')) |
                                 ((a == 0xE2) & ((b & 0xFE) == 0x94)) |
                                 ((a == 0xEF) & (b == 0xBD)) | ((a == 0x80) & (b == 0xE3)));
    }
    return found != 0;
}

/* Whether a table may begin with the line; most lines do not get further. */
static bool may_begin(Str line)
{
    return line.len <= MAX_HEAD_LINE &&
           ((line.len <= MAX_HEAD_CELL && names_column(line)) || has_gap(line));
}

void find_drawn_tables(Builder *builder)
{
    Drawn drawn = {.builder = builder,
                   .text = buf_str(&builder->text),
                   .lines = builder->blocks.at,
                   .n = builder->blocks.n};
    bool found = false;

    assert(builder->tables.n == 0);
    for (size_t i = 0; i < drawn.n;) {
        size_t end = i, n_columns = 0, n_rows = 0;

        if (may_begin(line_at(&drawn, i))) {
            n_rows = try_lines(&drawn, i, &end, &n_columns);
            if (n_rows == 0) {
                n_rows = try_cells(&drawn, i, &end, &n_columns);
            }
        }
        if (n_rows != 0 && !found) { /* the lines before it stay as they are */
            found = true;
            for (size_t k = 0; k < i; k++) {
                *vec_push(builder->arena, &drawn.out) = drawn.lines[k];
            }
        }
        if (n_rows != 0) {
            add_table(&drawn, n_rows, n_columns);
            i = end;
            continue;
        }
        if (found) {
            *vec_push(builder->arena, &drawn.out) = drawn.lines[i];
        }
        i++;
    }
    if (found) {
        builder->blocks.at = drawn.out.at;
        builder->blocks.n = drawn.out.n;
        builder->blocks.cap = drawn.out.cap;
    }
}
