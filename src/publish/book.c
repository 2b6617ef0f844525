/* Book: tables of an Excel file whose columns fit Chinese text and that print well. */
#include "publish/book.h"

#include "base/file.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "publish/tags.h"

#include <assert.h>
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include <zip.h>

enum {
    MAX_CELL = 32767, /* UTF-16 units of a cell, by Excel's specification */
    MAX_ROWS = LXW_ROW_MAX,
    MAX_DIGITS = 15, /* of a number, likewise */
    MIN_WIDTH = 6,
    A4 = 9,
};

typedef enum {
    STYLE_TEXT,
    STYLE_LABEL,
    STYLE_HEADER,
    STYLE_HEADER_OFFICE,
    STYLE_OFFICE,
    STYLE_YEAR,
    STYLE_MONTH,
    STYLE_DAY,
    STYLE_INT,
    STYLE_NOTE_DAY, /* to the left, as the text around them */
    STYLE_NOTE_INT,
    STYLE_DECIMAL, /* one for each number of digits after the point */
    N_STYLES = STYLE_DECIMAL + DECIMAL_MAX_SCALE + 1
} Style;

struct Sheet {
    Book *book;
    lxw_worksheet *sheet;
    Str name;
    Column columns[SHEET_MAX_COLUMNS];
    size_t widths[SHEET_MAX_COLUMNS]; /* of the widest line so far */
    size_t n_columns;
    size_t lines; /* of the row's highest cell */
    bool notes;
    lxw_row_t row;
    lxw_col_t column;
    size_t dropped;
};

struct Book {
    Arena *arena;
    Lang lang;
    int fd;      /* a file in memory that the workbook is written to */
    int failure; /* errno of what went wrong while it was made */
    lxw_workbook *workbook;
    lxw_format *formats[N_STYLES];
    VEC(Sheet *) sheets;
};

/* ---- formats ---- */

static void set_number(lxw_format *format, int style, Lang lang)
{
    char text[32] = "0";

    if (style >= STYLE_DECIMAL) {
        int scale = style - STYLE_DECIMAL;

        (void)snprintf(text, sizeof text, scale == 0 ? "0" : "0.%0*d", scale, 0);
    } else if (style == STYLE_YEAR) {
        (void)snprintf(text, sizeof text, "%s", lang == LANG_ZH ? "yyyy\"年\"" : "yyyy");
    } else if (style == STYLE_MONTH) {
        (void)snprintf(text, sizeof text, "%s", lang == LANG_ZH ? "yyyy\"年\"m\"月\"" : "yyyy-mm");
    } else if (style == STYLE_DAY || style == STYLE_NOTE_DAY) {
        (void)snprintf(text, sizeof text, "yyyy-mm-dd");
    }
    format_set_num_format(format, text);
}

static lxw_format *format_of(Book *book, int style)
{
    lxw_format *format = book->formats[style];

    if (format != NULL) {
        return format;
    }
    format = workbook_add_format(book->workbook);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    format_set_border(format, LXW_BORDER_THIN);
    format_set_border_color(format, 0xBFC5CC);
    switch (style) {
    case STYLE_HEADER:
    case STYLE_HEADER_OFFICE:
        format_set_bold(format);
        format_set_text_wrap(format);
        format_set_align(format, LXW_ALIGN_CENTER);
        format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
        format_set_font_color(format, style == STYLE_HEADER ? 0xFFFFFF : 0x5C3D00);
        format_set_bg_color(format, style == STYLE_HEADER ? 0x1F4E79 : 0xFFE3A3);
        break;
    case STYLE_OFFICE:
        format_set_bg_color(format, 0xFFFBF0);
        format_set_text_wrap(format);
        break;
    case STYLE_LABEL:
        format_set_bold(format);
        format_set_text_wrap(format);
        format_set_num_format(format, "@");
        break;
    case STYLE_TEXT:
        format_set_text_wrap(format);
        format_set_num_format(format, "@");
        break;
    default:
        set_number(format, style, book->lang);
        if (style == STYLE_NOTE_DAY || style == STYLE_NOTE_INT) {
            format_set_align(format, LXW_ALIGN_LEFT);
        }
    }
    book->formats[style] = format;
    return format;
}

/* ---- making ---- */

Book *book_new(Arena *arena, Str title, Lang lang)
{
    Book *book = ARENA_NEW(arena, Book);
    lxw_workbook_options options = {.use_zip64 = LXW_FALSE};
    lxw_doc_properties properties = {0};
    char path[64];

    *book = (Book){.arena = arena, .lang = lang};
    book->fd = memfd_create("workbook", MFD_CLOEXEC);
    book->failure = book->fd < 0 ? errno : 0;
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", book->fd);
    book->workbook = workbook_new_opt(path, &options);
    properties.title = str_to_z(arena, utf8_clip(tags_clean(arena, title), 255));
    (void)workbook_set_properties(book->workbook, &properties);
    return book;
}

/* The name as Excel takes it: at most 31 characters, none of []:*?/\ in it. */
static Str safe_name(Arena *arena, Str name)
{
    Buf out = buf_new(arena);
    size_t len, n = 0;

    name = tags_clean(arena, name);
    for (size_t i = 0; i < name.len && n < LXW_SHEETNAME_MAX; i += len, n++) {
        uint32_t code = utf8_at(name, i, &len);
        bool bad = code < 0x80 && strchr("[]:*?/\\'", (int)code) != NULL;

        buf_add(&out, bad ? STR("_") : str_slice(name, i, i + len));
    }
    return buf_str(&out);
}

static Sheet *add_sheet(Book *book, Str name)
{
    Sheet *sheet = ARENA_NEW(book->arena, Sheet);

    sheet->book = book;
    sheet->name = safe_name(book->arena, name);
    sheet->sheet = workbook_add_worksheet(book->workbook, str_to_z(book->arena, sheet->name));
    assert(sheet->sheet != NULL);
    worksheet_set_paper(sheet->sheet, A4);
    worksheet_fit_to_pages(sheet->sheet, 1, 0);
    worksheet_set_margins(sheet->sheet, 0.5, 0.5, 0.6, 0.7);
    (void)worksheet_set_footer(sheet->sheet, book->lang == LANG_ZH ? "&L&A&R第 &P 页，共 &N 页"
                                                                   : "&L&A&RPage &P of &N");
    *vec_push(book->arena, &book->sheets) = sheet;
    return sheet;
}

/* Keeps the width of the widest line and the number of lines that the text takes when it is
 * wrapped. */
static void measure(Sheet *sheet, size_t column, Str text, size_t more)
{
    size_t most = sheet->columns[column].width, lines = 0;
    Str rest = text;

    while (rest.len != 0) {
        Str line = str_cut(rest, '\n', &rest);
        size_t width = utf8_width(line) + more;

        sheet->widths[column] = width > sheet->widths[column] ? width : sheet->widths[column];
        lines += width <= most ? 1 : (width + most - 2) / (most - 1);
    }
    sheet->lines = lines > sheet->lines ? lines : sheet->lines;
}

static void write_text(Sheet *sheet, Str text, int style)
{
    (void)worksheet_write_string(sheet->sheet, sheet->row, sheet->column,
                                 str_to_z(sheet->book->arena, text), format_of(sheet->book, style));
}

/* The row becomes as high as its text needs: not every program does that when it opens a file. */
static void set_height(Sheet *sheet)
{
    enum { LINE = 15, HIGHEST = 405 }; /* points; Excel allows 409 */
    double height = (double)sheet->lines * LINE + 3;

    if (sheet->lines > 1) {
        (void)worksheet_set_row(sheet->sheet, sheet->row, height > HIGHEST ? HIGHEST : height,
                                NULL);
    }
    sheet->lines = 0;
}

Sheet *sheet_new(Book *book, Str name, const Column *columns, size_t n_columns)
{
    enum { ARROW = 4 }; /* characters that the button of the filter takes */
    Sheet *sheet = add_sheet(book, name);

    assert(n_columns > 0 && n_columns <= SHEET_MAX_COLUMNS);
    sheet->n_columns = n_columns;
    worksheet_set_landscape(sheet->sheet);
    worksheet_freeze_panes(sheet->sheet, 1, 0);
    (void)worksheet_repeat_rows(sheet->sheet, 0, 0);
    for (size_t i = 0; i < n_columns; i++) {
        sheet->columns[i] = columns[i];
        sheet->column = (lxw_col_t)i;
        measure(sheet, i, columns[i].title, ARROW);
        write_text(sheet, columns[i].title,
                   columns[i].kind == COLUMN_OFFICE ? STYLE_HEADER_OFFICE : STYLE_HEADER);
    }
    set_height(sheet);
    sheet->row = 1;
    sheet->column = 0;
    return sheet;
}

Sheet *sheet_new_notes(Book *book, Str name)
{
    Sheet *sheet = add_sheet(book, name);

    sheet->notes = true;
    sheet->n_columns = 2;
    sheet->columns[0].width = 28;
    sheet->columns[1].width = 90;
    worksheet_gridlines(sheet->sheet, LXW_HIDE_ALL_GRIDLINES);
    return sheet;
}

/* ---- cells ---- */

/* Whether the next cell can be written: rows beyond the limit are left out. */
static bool next_cell(Sheet *sheet)
{
    assert(sheet->column < sheet->n_columns);
    return sheet->row < MAX_ROWS;
}

/* The longest beginning that a cell can hold. */
static Str clip_cell(Arena *arena, Str text)
{
    size_t units = 0, len;

    if (text.len <= MAX_CELL) {
        return text;
    }
    for (size_t i = 0; i < text.len; i += len) {
        size_t more = utf8_at(text, i, &len) >= 0x10000 ? 2 : 1;

        if (units + more > MAX_CELL - 1 && i + len < text.len) {
            return str_format(arena, "%.*s…", (int)i, text.at);
        }
        units += more;
    }
    return text;
}

static void put_text(Sheet *sheet, Str text, int style)
{
    if (text.len == 0) {
        sheet_skip(sheet);
        return;
    }
    if (next_cell(sheet)) {
        text = clip_cell(sheet->book->arena, tags_clean(sheet->book->arena, text));
        measure(sheet, sheet->column, text, 2);
        write_text(sheet, text, style);
    }
    sheet->column++;
}

void sheet_text(Sheet *sheet, Str text)
{
    put_text(sheet, text, STYLE_TEXT);
}

void sheet_label(Sheet *sheet, Str text)
{
    put_text(sheet, text, STYLE_LABEL);
}

void sheet_decimal(Sheet *sheet, Decimal value)
{
    char text[DECIMAL_TEXT];
    Str digits = decimal_format(value, text);

    if (digits.len > MAX_DIGITS + 1) {
        sheet_text(sheet, digits); /* a number would lose its last digits */
        return;
    }
    if (next_cell(sheet)) {
        measure(sheet, sheet->column, digits, 2);
        (void)worksheet_write_number(sheet->sheet, sheet->row, sheet->column,
                                     decimal_to_double(value),
                                     format_of(sheet->book, STYLE_DECIMAL + value.scale));
    }
    sheet->column++;
}

void sheet_int(Sheet *sheet, int64_t value)
{
    if (next_cell(sheet)) {
        measure(sheet, sheet->column, str_format(sheet->book->arena, "%lld", (long long)value), 2);
        (void)worksheet_write_number(
            sheet->sheet, sheet->row, sheet->column, (double)value,
            format_of(sheet->book, sheet->notes ? STYLE_NOTE_INT : STYLE_INT));
    }
    sheet->column++;
}

void sheet_period(Sheet *sheet, Period period)
{
    char text[PERIOD_TEXT];
    int64_t year;
    unsigned month, day;
    int style = sheet->notes                 ? STYLE_NOTE_DAY
                : period.kind == PERIOD_YEAR ? STYLE_YEAR
                : period.kind == PERIOD_DAY  ? STYLE_DAY
                                             : STYLE_MONTH;

    day_to_civil(period_end_day(period), &year, &month, &day);
    if (period.kind == PERIOD_HOUR || year < 1900 || year > 9999) {
        sheet_text(sheet, period_format(period, text));
        return;
    }
    if (next_cell(sheet)) {
        lxw_datetime date = {.year = (int)year, .month = (int)month, .day = (int)day};

        measure(sheet, sheet->column, STR("2025-12-31"), 2);
        (void)worksheet_write_datetime(sheet->sheet, sheet->row, sheet->column, &date,
                                       format_of(sheet->book, style));
    }
    sheet->column++;
}

void sheet_skip(Sheet *sheet)
{
    if (next_cell(sheet)) {
        bool office = sheet->columns[sheet->column].kind == COLUMN_OFFICE;

        (void)worksheet_write_blank(sheet->sheet, sheet->row, sheet->column,
                                    format_of(sheet->book, office ? STYLE_OFFICE : STYLE_TEXT));
    }
    sheet->column++;
}

void sheet_row(Sheet *sheet)
{
    while (sheet->column < sheet->n_columns) {
        sheet_skip(sheet);
    }
    sheet->column = 0;
    if (sheet->row < MAX_ROWS) {
        set_height(sheet);
        sheet->row++;
    } else {
        sheet->dropped++;
    }
}

void sheet_choices(Sheet *sheet, size_t column, const char *const *words)
{
    enum { MAX_CHOICES = 16 };
    char *list[MAX_CHOICES + 1] = {NULL};
    lxw_data_validation choice = {.validate = LXW_VALIDATION_TYPE_LIST, .value_list = list};

    if (sheet->row < 2) {
        return;
    }
    for (size_t i = 0; words[i] != NULL && i < MAX_CHOICES; i++) {
        list[i] = str_to_z(sheet->book->arena, str_z(words[i]));
    }
    (void)worksheet_data_validation_range(sheet->sheet, 1, (lxw_col_t)column, sheet->row - 1,
                                          (lxw_col_t)column, &choice);
}

size_t sheet_n_rows(const Sheet *sheet)
{
    return sheet->row - (sheet->notes ? 0 : 1);
}

size_t sheet_dropped(const Sheet *sheet)
{
    return sheet->dropped;
}

Str sheet_name(const Sheet *sheet)
{
    return sheet->name;
}

/* ---- writing ---- */

static void finish_sheet(Sheet *sheet)
{
    for (size_t i = 0; i < sheet->n_columns; i++) {
        size_t width = sheet->widths[i];

        width = width > sheet->columns[i].width ? sheet->columns[i].width : width;
        width = width < MIN_WIDTH ? MIN_WIDTH : width;
        (void)worksheet_set_column(sheet->sheet, (lxw_col_t)i, (lxw_col_t)i, (double)width, NULL);
    }
    if (!sheet->notes) {
        (void)worksheet_autofilter(sheet->sheet, 0, 0, sheet->row - 1,
                                   (lxw_col_t)(sheet->n_columns - 1));
    }
}

static bool ends_with_its_root(Str part)
{
    size_t start = str_find(part, STR("?>")), end;
    Str name;

    part = start == SIZE_MAX ? STR("") : str_trim(str_slice(part, start + 2, part.len));
    for (end = 1; end < part.len && strchr(" \n\r\t/>", part.at[end]) == NULL;) {
        end++;
    }
    name = str_slice(part, 1, end);
    if (str_find(str_slice(part, end, part.len), STR("<")) == SIZE_MAX) {
        return str_ends(part, STR("/>")); /* the root is all there is */
    }
    return name.len != 0 && str_ends(part, STR(">")) &&
           str_ends(str_slice(part, 0, part.len - 1), name);
}

/* The library puts each part into a temporary file and does not notice when the disk is full; a
 * part that was cut does not end with its root element. */
static bool is_whole(Arena *arena, Str content)
{
    zip_error_t error;
    zip_source_t *source = zip_source_buffer_create(content.at, content.len, 0, &error);
    zip_t *archive = source == NULL ? NULL : zip_open_from_source(source, ZIP_RDONLY, &error);
    bool whole = archive != NULL;

    if (archive == NULL) {
        zip_source_free(source);
        return false;
    }
    for (zip_int64_t i = 0; whole && i < zip_get_num_entries(archive, 0); i++) {
        ArenaMark mark = arena_mark(arena);
        zip_stat_t status;
        zip_file_t *file = zip_fopen_index(archive, (zip_uint64_t)i, 0);
        char *at;

        whole = file != NULL && zip_stat_index(archive, (zip_uint64_t)i, 0, &status) == 0;
        if (whole) {
            at = arena_alloc(arena, status.size);
            whole = zip_fread(file, at, status.size) == (zip_int64_t)status.size &&
                    ends_with_its_root((Str){at, status.size});
        }
        if (file != NULL) {
            (void)zip_fclose(file);
        }
        arena_release(arena, mark);
    }
    zip_discard(archive);
    return whole;
}

/* What was written to the file in memory. */
static int read_back(Book *book, Str *out)
{
    off_t size = lseek(book->fd, 0, SEEK_END);
    char *at;

    if (size <= 0) {
        return size == 0 ? ENOSPC : errno;
    }
    at = arena_alloc(book->arena, (size_t)size);
    for (off_t done = 0; done < size;) {
        ssize_t n = pread(book->fd, at + done, (size_t)(size - done), done);

        if (n <= 0) {
            return n == 0 ? EIO : errno;
        }
        done += n;
    }
    *out = (Str){at, (size_t)size};
    return 0;
}

Err book_write(Book *book, Str path, Diags *diags)
{
    char reason[128];
    Str content = STR("");
    lxw_error error;

    for (size_t i = 0; i < book->sheets.n; i++) {
        finish_sheet(book->sheets.at[i]);
    }
    errno = 0;
    error = workbook_close(book->workbook);
    if (book->failure == 0 && error != LXW_NO_ERROR) {
        book->failure = errno != 0 ? errno : EIO;
    }
    if (book->failure == 0) {
        book->failure = read_back(book, &content);
    }
    if (book->failure == 0 && !is_whole(book->arena, content)) {
        book->failure = ENOSPC;
    }
    if (book->fd >= 0) {
        (void)close(book->fd);
    }
    if (book->failure != 0) {
        diag_add(diags, LT9005, place_file(path), path,
                 str_z(strerror_r(book->failure, reason, sizeof reason)));
        return ERR_RESOURCE;
    }
    return file_write(book->arena, path, content, diags);
}
