/* Pdf: what the parts of the reader of PDF share. */
#ifndef LONGTU_DOCUMENT_PDF_PRIV_H
#define LONGTU_DOCUMENT_PDF_PRIV_H

#include "document/page_priv.h"

typedef struct { /* of the program that takes the text out */
    int wall_ms, cpu_s;
    size_t memory, output; /* bytes */
} PdfLimits;

/* Runs pdftotext over the content; its output is UTF-8. Reports LT1023, LT1024, LT1028, LT1029. */
Err pdf_text(Builder *builder, Str content, PdfLimits limits, Str *out);

/* Joins the lines of its output to paragraphs and tables. */
Err pdf_read_lines(Builder *builder, Str text);

typedef struct {            /* a line of the text, not empty */
    Span at;                /* without white space at both ends */
    Span whole;             /* with what stands before */
    uint32_t page;          /* from 0 */
    uint32_t indent, width; /* characters before it, columns of a screen in it */
    uint16_t blanks;        /* empty lines before it on its page */
    bool chrome;            /* page number, running head */
    bool gaps;              /* it stands in columns */
} PdfLine;

typedef struct {
    Page page;
    Str text;
    PdfLine *lines;
    size_t n;
} PdfText;

/* Marks page numbers and running heads. */
void pdf_find_chrome(PdfText *pdf);

/* Whether the line has words that name columns. */
bool pdf_is_head(const PdfText *pdf, size_t line);

/* The table whose head begins with the line is added to the page; the line behind it, or `first` if
 * there is none. */
size_t pdf_add_table(PdfText *pdf, size_t first);

/* Adds a piece of the text to the leaf that is being made, with its run; without the spaces that
 * setting put between Chinese and figures. */
void pdf_add_words(PdfText *pdf, Span at, bool first);
void pdf_end_leaf(PdfText *pdf, uint32_t words_start, uint32_t first_run, BlockRole role);

#endif
