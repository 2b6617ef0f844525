/* Drawn: tables that lines of text draw by their layout. */
#include "document/columns.h"

#include <assert.h>

enum {                      /* our choices */
       MAX_HEAD_LINE = 400, /* bytes; the head of a table is short */
       MAX_HEAD_CELL = 60,  /* of a head that stands in lines of its own */
       MAX_CELL_LINE = 300, /* of a cell that does */
       MAX_NAME_LINE = 150,
       MAX_GROUP = 2, /* lines that stand over a row */
       MAX_GROUP_NAME = 60,
       MAX_SHORT_GROUP = 30,
       MAX_WORDS = 12, /* lines of them in a record */
       MAX_SHARED = 8, /* rows whose cells are lines of the same cells */
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

/* The line with the white space before its first word, by which its columns are told; it may be
 * the second on its line of text. */
static Span whole_line(const Drawn *drawn, size_t i)
{
    Span at = drawn->lines[i].at;
    uint32_t first = i > 0 ? drawn->lines[i - 1].at.end : 0;

    while (at.start > first && drawn->text.at[at.start - 1] != '\n' &&
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

/* ---- a cell in each line ---- */

typedef struct { /* a head in lines of its own, and where its columns are */
    size_t n;
    size_t property;          /* column of 属性, or SIZE_MAX */
    bool years[COLUMNS_MAX];  /* columns of figures of a year */
    bool levels[COLUMNS_MAX]; /* those, and 现状值, 目标值 */
    bool values[COLUMNS_MAX]; /* those, and 年均增速, 累计 */
    size_t n_levels, n_values;
    size_t name, unit, category; /* columns of words, or SIZE_MAX */
    bool plain;    /* it has no other columns, and the words stand before the values */
    bool numbered; /* the first is 序号 */
} Head;

/* The line's words; pages that are copied leave the bar of a column at the end of its cell. */
static Span cell_span(const Drawn *drawn, size_t i)
{
    Span at = drawn->lines[i].at;

    if (at.end - at.start > 1 && drawn->text.at[at.end - 1] == '|') {
        at.end--;
    }
    if (at.end - at.start > 1 && drawn->text.at[at.start] == '|') {
        at.start++;
    }
    return text_trim(drawn->text, at);
}

static Str cell_line(const Drawn *drawn, size_t i)
{
    Span at = cell_span(drawn, i);

    return str_slice(drawn->text, at.start, at.end);
}

/* What the column n of the head is about; a second column of the same words, or one of other words,
 * leaves the head not plain. */
static void place_column(Head *head, size_t n, Str words)
{
    size_t *column = names_category(words)  ? &head->category
                     : names_unit(words)    ? &head->unit
                     : names_subject(words) ? &head->name
                                            : NULL;

    head->years[n] = names_year(words);
    head->levels[n] = head->years[n] || names_level(words);
    head->values[n] = head->levels[n] || names_change(words);
    head->n_levels += head->levels[n];
    head->n_values += head->values[n];
    if (str_find(words, STR("属性")) != SIZE_MAX || str_eq(words, STR("指标性质"))) {
        head->property = n;
    } else if (n == 0 && str_starts(words, STR("序号"))) {
        head->numbered = true;
    } else if (!head->values[n]) {
        head->plain &= column != NULL && *column == SIZE_MAX && head->n_values == 0;
        if (column != NULL) {
            *column = n;
        }
    }
}

static bool read_head(const Drawn *drawn, size_t first, Head *head)
{
    size_t n_years = 0;
    bool subject = false;

    *head = (Head){.property = SIZE_MAX,
                   .name = SIZE_MAX,
                   .unit = SIZE_MAX,
                   .category = SIZE_MAX,
                   .plain = true};
    while (first + head->n < drawn->n && head->n < COLUMNS_MAX) {
        Str words = cell_line(drawn, first + head->n);

        if (words.len > MAX_CELL_LINE || !names_column(words)) {
            break;
        }
        place_column(head, head->n, words);
        n_years += head->years[head->n];
        subject |= names_subject(words);
        head->n++;
    }
    head->plain &= head->name != SIZE_MAX && head->n_levels > 0 &&
                   (head->unit == SIZE_MAX || head->unit == head->name + 1) &&
                   (head->category == SIZE_MAX || head->category < head->name) &&
                   (head->property == SIZE_MAX || head->property + 1 == head->n);
    return head->n == COLUMNS_MAX ||
           (head->n >= MIN_HEAD && subject &&
            (n_years > 0 || head->n_levels > 1 || head->property != SIZE_MAX || head->numbered));
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

    if (first >= drawn->n || (head->numbered && !is_row_number(cell_line(drawn, first), number))) {
        return 0;
    }
    while (first + n < drawn->n && n < head->n) {
        Str line = cell_line(drawn, first + n);

        if (!may_be_cell(line)) {
            break;
        }
        /* the next row's number in a place where this row's figures do not stand */
        if (head->numbered && n >= 2 && is_row_number(line, number + 1) &&
            first + n + 1 < drawn->n && !is_figure(cell_line(drawn, first + n + 1)) &&
            !is_property(cell_line(drawn, first + n + 1))) {
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
    uint32_t behind = cell_span(drawn, first).start;

    if (n < 2 || n > head->n) {
        return false;
    }
    if (head->property != SIZE_MAX && n < head->n) {
        if (head->property + 1 != head->n || !is_property(cell_line(drawn, first + n - 1))) {
            return false;
        }
        end--;
        cells[head->property] = cell_span(drawn, first + end);
        full[head->property] = true;
    }
    for (size_t i = 0; i < head->n; i++) {
        years += head->years[i];
    }
    for (size_t i = 1; i < end; i++) {
        figures += i > (size_t)head->numbered && is_figure(cell_line(drawn, first + i));
    }
    for (size_t i = 0; i < end; i++) {
        bool figure = i > (size_t)head->numbered && is_figure(cell_line(drawn, first + i));

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
        cells[column] = cell_span(drawn, first + i);
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
    if (!head->numbered && head->property == SIZE_MAX) {
        return 0;
    }
    for (size_t n = 1; n <= MAX_GROUP && at + n < drawn->n; n++) {
        Str line = cell_line(drawn, at + n - 1);
        size_t lines;

        if (line.len > MAX_GROUP_NAME || is_figure(line) || is_property(line) ||
            !may_be_cell(line)) {
            return 0;
        }
        lines = row_lines(drawn, head, at + n, number);
        if (lines > 2 && (head->numbered || is_property(cell_line(drawn, at + n + lines - 1))) &&
            (head->numbered || lines == head->n)) {
            return n;
        }
    }
    return 0;
}

typedef struct { /* a row under a plain head, or rows whose cells stand in several lines each */
    size_t words[MAX_WORDS], n_words; /* lines of groups, names and a unit */
    size_t number;                    /* line of the row's number, or SIZE_MAX */
    size_t figures, n_figures;        /* the first line, and how many */
    size_t n_properties;
    size_t end; /* the line behind the record */
} Record;

/* Words that stand in no column of figures: a name, a unit, a section. */
static bool is_words(Str line)
{
    return line.len <= MAX_NAME_LINE && !is_value(line) && !is_property(line) &&
           may_be_cell(line) && str_find(line, STR("。")) == SIZE_MAX &&
           str_find(line, STR("；")) == SIZE_MAX;
}

/* The words of a record, and its number before the last of them. */
static size_t take_words(const Drawn *drawn, const Head *head, size_t at, size_t number,
                         Record *out)
{
    for (; at < drawn->n; at++) {
        Str line = cell_line(drawn, at);

        if (head->numbered && out->number == SIZE_MAX && is_row_number(line, number)) {
            out->number = at;
        } else if (is_words(line) && out->n_words < MAX_WORDS) {
            out->words[out->n_words++] = at;
        } else {
            break;
        }
    }
    return at;
}

static bool take_record(const Drawn *drawn, const Head *head, size_t at, size_t number, Record *out)
{
    *out = (Record){.number = SIZE_MAX};
    at = take_words(drawn, head, at, number, out);
    out->figures = at;
    while (at < drawn->n && is_value(cell_line(drawn, at)) &&
           out->n_figures < MAX_SHARED * head->n_values) {
        bool next = head->numbered && is_row_number(cell_line(drawn, at), number + 1) &&
                    at + 1 < drawn->n && is_words(cell_line(drawn, at + 1));

        if (next) {
            break;
        }
        out->n_figures++;
        at++;
    }
    while (head->property != SIZE_MAX && at < drawn->n && out->n_properties < MAX_SHARED &&
           is_property(cell_line(drawn, at))) {
        out->n_properties++;
        at++;
    }
    out->end = at;
    return out->n_words > 0 && out->n_figures > 0;
}

/* Rows of a record: one, or where all cells hold several lines, as many as names share the figures;
 * 其中 among the names tells that. 0 if there is a doubt. */
static size_t record_rows(const Drawn *drawn, const Head *head, const Record *record)
{
    size_t rows = record->n_figures / head->n_values;

    if (record->n_figures <= head->n_values) {
        bool told = record->n_figures == head->n_values ||
                    (record->n_figures <= head->n_levels &&
                     (record->n_properties == 1 || head->property == SIZE_MAX));

        return told && record->n_properties <= 1 ? 1 : 0;
    }
    if (record->n_figures % head->n_values != 0 || record->n_words < rows ||
        head->unit != SIZE_MAX || (record->n_properties > 1 && record->n_properties != rows)) {
        return 0;
    }
    for (size_t i = record->n_words - rows; i < record->n_words; i++) {
        if (str_starts(cell_line(drawn, record->words[i]), STR("其中"))) {
            return rows;
        }
    }
    return 0;
}

/* Whether a line of words may stand over rows. */
static bool names_group(const Head *head, Str line)
{
    return line.len <= MAX_GROUP_NAME && str_find(line, STR("，")) == SIZE_MAX &&
           (head->numbered || head->property != SIZE_MAX || head->category != SIZE_MAX ||
            names_section(line) || line.len <= MAX_SHORT_GROUP);
}

/* The row `part` of the rows that a record holds, each cell from its own line. */
static void push_part(Drawn *drawn, const Head *head, const Record *record, size_t part,
                      size_t rows, size_t row)
{
    size_t name = record->n_words - (head->unit != SIZE_MAX) - rows + part;
    /* figures that are fewer than the levels are the last of them */
    size_t missing = record->n_figures < head->n_levels ? head->n_levels - record->n_figures : 0;
    size_t value = 0, n = record->n_figures / rows;
    uint32_t behind = cell_span(drawn, record->words[name]).start;

    for (size_t i = 0; i < head->n; i++) {
        size_t line = SIZE_MAX;

        if (i == head->name) {
            line = record->words[name];
        } else if (i == head->unit) {
            line = record->words[record->n_words - 1];
        } else if (i == 0 && head->numbered && part == 0) {
            line = record->number;
        } else if (i == head->property && part < record->n_properties) {
            line = record->figures + record->n_figures + part;
        } else if (i == head->property && record->n_properties == 1) {
            continue; /* the first row's reaches down */
        } else if (head->values[i] && missing > 0 && head->levels[i]) {
            missing--;
        } else if (head->values[i] && value < n) {
            line = record->figures + value++ * rows + part;
        }
        push_cell(drawn, row, i, 1,
                  line == SIZE_MAX ? (Span){behind, behind} : cell_span(drawn, line));
        behind = line == SIZE_MAX ? behind : cell_span(drawn, line).end;
        if (i == head->property && record->n_properties == 1 && rows > 1) {
            drawn->cells.at[drawn->cells.n - 1].n_rows = (uint16_t)rows;
        }
    }
}

/* The rows of the record that begins at a line, under the groups that it names. Returns the line
 * behind it, or `at` if none begins there. */
static size_t read_record(Drawn *drawn, const Head *head, size_t at, size_t *number, size_t *row)
{
    Record record;
    size_t rows, groups;

    if (!head->plain || !take_record(drawn, head, at, *number, &record)) {
        return at;
    }
    rows = record_rows(drawn, head, &record);
    groups = rows + (head->unit != SIZE_MAX);
    if (rows == 0 || groups > record.n_words || record.n_words - groups > MAX_GROUP ||
        (head->numbered && record.number == SIZE_MAX) ||
        (record.number != SIZE_MAX && record.number + groups != record.figures - 1)) {
        return at;
    }
    groups = record.n_words - groups;
    for (size_t i = 0; i < groups; i++) {
        if (!names_group(head, cell_line(drawn, record.words[i]))) {
            return at;
        }
    }
    for (size_t i = 0; i < groups; i++) {
        push_cell(drawn, (*row)++, 0, head->n, cell_span(drawn, record.words[i]));
    }
    for (size_t i = 0; i < rows; i++) {
        push_part(drawn, head, &record, i, rows, (*row)++);
    }
    *number += record.number != SIZE_MAX;
    return record.end;
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
        push_cell(drawn, 0, i, 1, cell_span(drawn, first + i));
    }
    at = first + head.n;
    for (;;) {
        size_t behind = read_record(drawn, &head, at, &number, &row);
        size_t n_cells = drawn->cells.n, lines;

        if (behind != at) {
            at = behind;
            rows++;
            continue;
        }
        lines = row_lines(drawn, &head, at, number);
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
            push_cell(drawn, row++, 0, head.n, cell_span(drawn, at++));
        }
    }
    *end = at;
    *n_columns = head.n;
    return rows >= MIN_ROWS ? row : 0;
}

/* A block of the last table, in the order of the text: rows that share lines are read down the
 * columns, so a cell may stand a few blocks before the last one. */
static void push_block(Drawn *drawn, Span at)
{
    Builder *builder = drawn->builder;
    size_t i = drawn->out.n;

    (void)vec_push(builder->arena, &drawn->out);
    for (; i > 0 && drawn->out.at[i - 1].at.start > at.start; i--) {
        drawn->out.at[i] = drawn->out.at[i - 1];
    }
    drawn->out.at[i] = (Block){
        .at = at, .part = NO_PART, .table = (uint32_t)(builder->tables.n - 1), .role = ROLE_CELL};
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
            at.end = at.end > cell->at.end ? at.end : cell->at.end;
            push_block(drawn, cell->at);
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
    return line.len <= MAX_HEAD_LINE && ((line.len <= MAX_HEAD_CELL && names_column(line)) ||
                                         str_ends(line, STR("|")) || has_gap(line));
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
