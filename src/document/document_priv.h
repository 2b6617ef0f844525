/* What the readers of single formats share: each turns a file's bytes into text and blocks; roles
 * and outline are worked out afterwards, for all formats alike. */
#ifndef LONGTU_DOCUMENT_DOCUMENT_PRIV_H
#define LONGTU_DOCUMENT_DOCUMENT_PRIV_H

#include "base/vec.h"
#include "document/document.h"

/* What a reader fills. Every block is a line of the text: it adds the block's words to `text`,
 * without line ends in them, and a '\n' behind. White space inside stays as it is. */
typedef struct {
    Arena *arena;
    Str name; /* of the file, for diagnostics */
    Diags *diags;
    DocFormat format;
    Buf text;
    VEC(Block)
    blocks; /* at, table and style are set; role is ROLE_BODY, ROLE_CELL, ROLE_CAPTION or
               ROLE_CHROME, or ROLE_HEADING where style is not 0 */
    VEC(DocTable) tables;
    VEC(DocRun) runs; /* HTML and PDF: see Document */
    Str original;     /* of those: the source in UTF-8 */
    /* Of the open table: rows from the open one on that a cell covers in each column, and the
     * column behind the last cell. */
    uint16_t covered[DOC_MAX_COLUMNS];
    uint32_t column;
} Builder;

/* A span without white space (ASCII, U+00A0, U+3000) at its ends. */
Span text_trim(Str text, Span at);

Builder builder_new(Arena *arena, Str name, DocFormat format, Diags *diags);

/* Adds a block with those words; white space at both ends is cut, and nothing is added where
 * nothing else is left. False when the text grows beyond DOC_MAX_TEXT (reported once: LT1022). */
bool builder_block(Builder *builder, Str words, BlockRole role, unsigned style);

/* A table: rows of cells in order; a cell's words become a block of their own. What stands beyond
 * DOC_MAX_COLUMNS is no cell any more, but its words stay as a block. */
void builder_table(Builder *builder);
void builder_row(Builder *builder);
bool builder_cell(Builder *builder, Str words, unsigned n_rows, unsigned n_columns);
void builder_table_end(Builder *builder); /* an empty table is taken back */

/* Readers. Each reports what is wrong and returns ERR_INPUT, or ERR_RESOURCE where a program or the
 * disk fails. */
Err read_text(Builder *builder, Str content); /* UTF-8, GB 18030, UTF-16 with a mark */
Err read_html(Builder *builder, Str content);
Err read_docx(Builder *builder, Str content);
Err read_pdf(Builder *builder, Str content);

/* UTF-8 of text in any of the encodings that plans come in: a mark decides, then well-formed UTF-8,
 * then a name (`label`, as HTML and XML state it; may be empty), then GB 18030. The content itself
 * where it is UTF-8 already. False if it is none of them (reported: LT1021, with the first byte
 * that is wrong). */
bool text_decode(Arena *arena, Str name, Str content, Str label, Str *out, Diags *diags);

/* Tables in lines of text, told by their layout; called by readers of text and PDF. */
void find_drawn_tables(Builder *builder);

/* Page furniture among the blocks gets ROLE_CHROME, contents ROLE_CONTENTS. */
void find_chrome(Str text, Block *blocks, size_t n_blocks);

/* Roles, titles and parts. Reports LT1025, LT1026, LT1027 as notes. */
void find_outline(Arena *arena, Document *doc, Diags *diags);

#endif
