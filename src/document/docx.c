/* Docx: a word-processing document as blocks (ISO/IEC 29500-1, WordprocessingML). */
#include "document/docx_priv.h"
#include "document/page_priv.h"

#include <string.h>

enum {
    MAX_TABLES = 16,   /* nested; deeper ones are taken for their lines only */
    MAX_PARAGRAPHS = 8 /* nested: a paragraph in a text box in a paragraph */
};

typedef struct {                     /* an open table */
    uint32_t table, row, cell;       /* elements, or NO_ELEMENT */
    uint32_t column;                 /* of the grid, where the next cell begins */
    uint32_t above[DOC_MAX_COLUMNS]; /* the cell that may go on in the next row, or NO_ELEMENT */
    uint16_t n_columns;              /* of the open cell */
    bool merged;                     /* the open cell continues the one above */
} OpenTable;

typedef struct { /* an open paragraph */
    Buf words;
    ParagraphProperties properties;
    bool in_properties, numbered, joined; /* joined: its end was deleted, so the next goes on */
    bool hidden;                          /* the open run is */
} Paragraph;

typedef struct {
    Page page;
    DocxStyles *styles;
    OpenTable tables[MAX_TABLES];
    size_t n_tables, deeper_tables;
    Paragraph paragraphs[MAX_PARAGRAPHS];
    size_t n_paragraphs, deeper_paragraphs;
    size_t skipped;      /* open elements inside one that is not read */
    bool in_text;        /* w:t */
    bool run_properties; /* w:rPr of a run */
    bool full;
} Reader;

static Paragraph *open_paragraph(Reader *reader)
{
    return reader->n_paragraphs == 0 ? NULL : &reader->paragraphs[reader->n_paragraphs - 1];
}

static OpenTable *open_table(Reader *reader)
{
    return reader->n_tables == 0 ? NULL : &reader->tables[reader->n_tables - 1];
}

/* The words so far become a line. */
static void end_line(Reader *reader, Paragraph *paragraph)
{
    Page *page = &reader->page;
    size_t start = page->words.len;
    Span at = text_trim(buf_str(&paragraph->words), (Span){0, (uint32_t)paragraph->words.len});

    if (at.end > at.start) {
        if (start + paragraph->words.len > DOC_MAX_TEXT) {
            reader->full = true;
            return;
        }
        buf_add(&page->words, str_slice(buf_str(&paragraph->words), at.start, at.end));
        *vec_push(page->scratch, &page->leaves) = (Leaf){
            .at = {(uint32_t)start, (uint32_t)page->words.len},
            .style =
                reader->n_tables > 0 ? 0 : docx_heading(reader->styles, &paragraph->properties),
            .role = ROLE_BODY};
    }
    paragraph->words.len = 0;
}

/* The number that the program writes goes before the first words. */
static void add_number(Reader *reader, Paragraph *paragraph)
{
    if (!paragraph->numbered) {
        paragraph->numbered = true;
        docx_number(reader->styles, &paragraph->properties, &paragraph->words);
    }
}

static void add_words(Reader *reader, Str words)
{
    Paragraph *paragraph = open_paragraph(reader);

    if (paragraph == NULL || paragraph->hidden || words.len == 0) {
        return;
    }
    if (paragraph->words.len + words.len > DOC_MAX_TEXT) {
        reader->full = true;
        return;
    }
    add_number(reader, paragraph);
    for (size_t i = 0; i < words.len; i++) { /* a line end in the XML is white space */
        buf_char(&paragraph->words, words.at[i] == '\n' || words.at[i] == '\r' ? ' ' : words.at[i]);
    }
}

static void begin_paragraph(Reader *reader)
{
    Paragraph *paragraph;

    if (reader->n_paragraphs == MAX_PARAGRAPHS) {
        end_line(reader, open_paragraph(reader));
        reader->deeper_paragraphs++;
        return;
    }
    paragraph = &reader->paragraphs[reader->n_paragraphs++];
    if (paragraph->words.arena == NULL) {
        paragraph->words = buf_new(reader->page.scratch);
    }
    if (!paragraph->joined) {
        paragraph->words.len = 0;
        paragraph->numbered = false;
    }
    paragraph->properties = (ParagraphProperties){.level = -1, .outline = -1};
    paragraph->in_properties = paragraph->hidden = paragraph->joined = false;
}

static void end_paragraph(Reader *reader)
{
    Paragraph *paragraph = open_paragraph(reader);

    if (reader->deeper_paragraphs > 0) {
        end_line(reader, paragraph);
        reader->deeper_paragraphs--;
    } else if (paragraph != NULL) {
        if (!paragraph->joined) {
            end_line(reader, paragraph);
        }
        reader->n_paragraphs--;
    }
}

static void begin_table(Reader *reader)
{
    OpenTable *outer = open_table(reader), *table;

    if (reader->n_tables == MAX_TABLES) {
        reader->deeper_tables++;
        return;
    }
    table = &reader->tables[reader->n_tables++];
    *table = (OpenTable){.row = NO_ELEMENT, .cell = NO_ELEMENT};
    table->table = page_open(&reader->page, TAG_TABLE, outer == NULL ? NO_ELEMENT : outer->cell);
    memset(table->above, 0xFF, sizeof table->above);
}

static void end_cell(Reader *reader, OpenTable *table)
{
    uint32_t end = table->column + table->n_columns;

    if (table->cell == NO_ELEMENT) {
        return;
    }
    if (table->merged && table->column < DOC_MAX_COLUMNS) {
        Element *cell = &reader->page.elements.at[table->cell];
        uint32_t above = table->above[table->column];

        if (above != NO_ELEMENT && cell->first == reader->page.leaves.n &&
            reader->page.elements.at[above].n_rows < UINT16_MAX) {
            reader->page.elements.at[above].n_rows++;
            page_close(&reader->page, table->cell);
            reader->page.elements.n = table->cell; /* it is part of the one above */
        } else {
            page_close(&reader->page, table->cell);
        }
    } else {
        page_close(&reader->page, table->cell);
        for (uint32_t i = table->column; i < end && i < DOC_MAX_COLUMNS; i++) {
            table->above[i] = table->cell;
        }
    }
    table->column = end;
    table->cell = NO_ELEMENT;
}

static void end_row(Reader *reader, OpenTable *table)
{
    end_cell(reader, table);
    if (table->row != NO_ELEMENT) {
        page_close(&reader->page, table->row);
        table->row = NO_ELEMENT;
    }
}

static void end_table(Reader *reader)
{
    OpenTable *table = open_table(reader);

    if (reader->deeper_tables > 0) {
        reader->deeper_tables--;
    } else if (table != NULL) {
        end_row(reader, table);
        if (table->table != NO_ELEMENT) {
            page_close(&reader->page, table->table);
        }
        reader->n_tables--;
    }
}

static void begin_row(Reader *reader)
{
    OpenTable *table = open_table(reader);

    if (table == NULL || reader->deeper_tables > 0 || table->table == NO_ELEMENT) {
        return;
    }
    end_row(reader, table);
    table->row = page_open(&reader->page, TAG_ROW, table->table);
    table->column = 0;
}

static void begin_cell(Reader *reader)
{
    OpenTable *table = open_table(reader);

    if (table == NULL || reader->deeper_tables > 0 || table->row == NO_ELEMENT) {
        return;
    }
    end_cell(reader, table);
    table->cell = page_open(&reader->page, TAG_CELL, table->row);
    table->n_columns = 1;
    table->merged = false;
}

/* Columns of the grid that a row leaves out before its first cell. */
static void skip_columns(Reader *reader, int n)
{
    OpenTable *table = open_table(reader);

    if (table != NULL && table->row != NO_ELEMENT && table->cell == NO_ELEMENT && n > 0) {
        begin_cell(reader);
        if (table->cell != NO_ELEMENT) {
            table->n_columns = (uint16_t)(n < DOC_MAX_COLUMNS ? n : DOC_MAX_COLUMNS);
            reader->page.elements.at[table->cell].n_columns = table->n_columns;
            end_cell(reader, table);
        }
    }
}

static void cell_property(Reader *reader, const char *name, const xmlChar **attributes, int n)
{
    OpenTable *table = open_table(reader);
    Str value = xml_attribute(attributes, n, "val");

    if (table == NULL || table->cell == NO_ELEMENT) {
        return;
    }
    if (strcmp(name, "gridSpan") == 0) {
        int columns = xml_number(value, 1);

        table->n_columns = (uint16_t)(columns < 1                 ? 1
                                      : columns > DOC_MAX_COLUMNS ? DOC_MAX_COLUMNS
                                                                  : columns);
        reader->page.elements.at[table->cell].n_columns = table->n_columns;
    } else {
        table->merged = !str_eq(value, STR("restart"));
    }
}

static void paragraph_property(Reader *reader, const char *name, const xmlChar **attributes, int n)
{
    Paragraph *paragraph = open_paragraph(reader);
    ParagraphProperties *properties = &paragraph->properties;
    Str value = xml_attribute(attributes, n, "val");
    Arena *arena = reader->page.scratch;

    if (strcmp(name, "pStyle") == 0) {
        properties->style = str_copy(arena, value);
    } else if (strcmp(name, "numId") == 0) {
        properties->num = str_copy(arena, value);
        properties->numbered = true;
    } else if (strcmp(name, "ilvl") == 0) {
        properties->level = xml_number(value, -1);
    } else if (strcmp(name, "outlineLvl") == 0) {
        properties->outline = xml_number(value, -1);
    } else if (strcmp(name, "del") == 0 || strcmp(name, "moveFrom") == 0) {
        paragraph->joined = true;
    }
}

static void end_line_here(Reader *reader)
{
    Paragraph *paragraph = open_paragraph(reader);

    if (paragraph != NULL && !paragraph->hidden) {
        end_line(reader, paragraph);
    }
}

typedef enum {
    W_NONE,
    W_P,
    W_PPR,
    W_PROPERTY, /* of a paragraph */
    W_R,
    W_RPR,
    W_VANISH,
    W_T,
    W_TAB,
    W_BR,
    W_HYPHEN,
    W_TBL,
    W_TR,
    W_TC,
    W_GRID_BEFORE,
    W_CELL_PROPERTY,
    W_SKIP, /* what is in it is not read */
    W_DELETED,
} Word;

static Word find_word(const char *name)
{
    static const struct {
        const char *name;
        Word word;
    } WORDS[] = {{"t", W_T},
                 {"r", W_R},
                 {"p", W_P},
                 {"rPr", W_RPR},
                 {"pPr", W_PPR},
                 {"pStyle", W_PROPERTY},
                 {"numId", W_PROPERTY},
                 {"ilvl", W_PROPERTY},
                 {"outlineLvl", W_PROPERTY},
                 {"vanish", W_VANISH},
                 {"tab", W_TAB},
                 {"ptab", W_TAB},
                 {"br", W_BR},
                 {"cr", W_BR},
                 {"noBreakHyphen", W_HYPHEN},
                 {"tbl", W_TBL},
                 {"tr", W_TR},
                 {"tc", W_TC},
                 {"gridBefore", W_GRID_BEFORE},
                 {"gridSpan", W_CELL_PROPERTY},
                 {"vMerge", W_CELL_PROPERTY},
                 {"del", W_DELETED},
                 {"moveFrom", W_DELETED},
                 {"Fallback", W_SKIP}, /* the same again for programs that do not know the first */
                 {"rt", W_SKIP},       /* how a character is read */
                 {"pPrChange", W_SKIP},
                 {"rPrChange", W_SKIP},
                 {"sectPr", W_SKIP},
                 {"tblPrChange", W_SKIP},
                 {"tcPrChange", W_SKIP},
                 {"trPrChange", W_SKIP}};

    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (strcmp(name, WORDS[i].name) == 0) {
            return WORDS[i].word;
        }
    }
    return W_NONE;
}

static void on_open(void *context, const char *name, const xmlChar **attributes, int n)
{
    Reader *reader = context;
    Paragraph *paragraph = open_paragraph(reader);
    bool in_properties = paragraph != NULL && paragraph->in_properties;
    Word word = find_word(name);

    if (reader->skipped > 0) {
        reader->skipped++;
        return;
    }
    switch (word) {
    case W_P: begin_paragraph(reader); break;
    case W_PPR:
        if (paragraph != NULL) {
            paragraph->in_properties = true;
        }
        break;
    case W_PROPERTY:
        if (in_properties) {
            paragraph_property(reader, name, attributes, n);
        }
        break;
    case W_R:
        if (paragraph != NULL) {
            paragraph->hidden = false;
        }
        break;
    case W_RPR: reader->run_properties = !in_properties; break;
    case W_VANISH:
        if (reader->run_properties && paragraph != NULL) {
            paragraph->hidden = xml_on(attributes, n);
        }
        break;
    case W_T: reader->in_text = true; break;
    case W_TAB:
        if (!in_properties) { /* there it is a stop of the ruler */
            add_words(reader, STR("\t"));
        }
        break;
    case W_BR: end_line_here(reader); break;
    case W_HYPHEN: add_words(reader, STR("-")); break;
    case W_TBL: begin_table(reader); break;
    case W_TR: begin_row(reader); break;
    case W_TC: begin_cell(reader); break;
    case W_GRID_BEFORE:
        skip_columns(reader, xml_number(xml_attribute(attributes, n, "val"), 0));
        break;
    case W_CELL_PROPERTY: cell_property(reader, name, attributes, n); break;
    case W_DELETED:
        if (in_properties) {
            paragraph_property(reader, name, attributes, n);
        } else {
            reader->skipped = 1;
        }
        break;
    case W_SKIP: reader->skipped = 1; break;
    case W_NONE: break;
    }
}

static void on_close(void *context, const char *name)
{
    Reader *reader = context;
    Paragraph *paragraph = open_paragraph(reader);

    if (reader->skipped > 0) {
        reader->skipped--;
        return;
    }
    switch (find_word(name)) {
    case W_P: end_paragraph(reader); break;
    case W_PPR:
        if (paragraph != NULL) {
            paragraph->in_properties = false;
        }
        break;
    case W_R:
        if (paragraph != NULL) {
            paragraph->hidden = false;
        }
        break;
    case W_RPR: reader->run_properties = false; break;
    case W_T: reader->in_text = false; break;
    case W_TBL: end_table(reader); break;
    case W_TR:
        if (open_table(reader) != NULL && reader->deeper_tables == 0) {
            end_row(reader, open_table(reader));
        }
        break;
    case W_TC:
        if (open_table(reader) != NULL && reader->deeper_tables == 0) {
            end_cell(reader, open_table(reader));
        }
        break;
    default: break;
    }
}

static void on_text(void *context, Str words)
{
    Reader *reader = context;

    if (reader->in_text && reader->skipped == 0) {
        add_words(reader, words);
    }
}

static bool is_full(void *context)
{
    const Reader *reader = context;

    return reader->full;
}

static Err read_parts(Builder *builder, Package *package, Arena *scratch)
{
    static const PartHandler DOCUMENT = {on_open, on_close, on_text, is_full};
    Reader *reader = ARENA_NEW(scratch, Reader);
    Err err;

    reader->page = (Page){.builder = builder, .scratch = scratch, .words = buf_new(scratch)};
    err = docx_styles_read(scratch, package, &reader->styles);
    if (err == OK) {
        err = package_read(package, STR(""), &DOCUMENT, reader);
    }
    if (err != OK) {
        return err;
    }
    if (reader->paragraphs[0].joined) { /* and nothing came for it to join */
        end_line(reader, &reader->paragraphs[0]);
    }
    while (reader->n_tables > 0) {
        end_table(reader);
    }
    if (reader->full) {
        diag_add(builder->diags, LT1022, place_file(builder->name), builder->name,
                 str_format(builder->arena, "%d MiB", DOC_MAX_TEXT >> 20));
        return ERR_INPUT;
    }
    page_find_data(&reader->page);
    return page_emit(&reader->page) ? OK : ERR_INPUT;
}

Err read_docx(Builder *builder, Str content)
{
    Arena *scratch = arena_new();
    Package *package = NULL;
    Err err = package_open(scratch, builder->name, content, &package, builder->diags);

    if (err == OK) {
        err = read_parts(builder, package, scratch);
    }
    package_close(package);
    arena_free(scratch);
    return err;
}
