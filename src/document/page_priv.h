/* Page: the elements and lines of a file, before it is known which of them are the document, and
 * which tables hold data. */
#ifndef LONGTU_DOCUMENT_PAGE_PRIV_H
#define LONGTU_DOCUMENT_PAGE_PRIV_H

#include "document/document_priv.h"

#define NO_ELEMENT UINT32_MAX

enum { PAGE_MAX_ELEMENTS = 1 << 21 }; /* of more only the lines are taken; our choice */

typedef enum {
    TAG_INLINE,  /* and whatever is not known */
    TAG_LINK,    /* a */
    TAG_VOID,    /* has no content: img, input */
    TAG_BREAK,   /* ends a line: br, hr */
    TAG_BLOCK,   /* a paragraph */
    TAG_PRE,     /* its line ends count */
    TAG_HEADING, /* h1 to h6 */
    TAG_BOX,     /* holds others: div, section, ul */
    TAG_ITEM,    /* li, dt, dd, option: an open one ends when the next opens */
    TAG_TABLE,
    TAG_GROUP, /* tbody, thead, tfoot */
    TAG_ROW,
    TAG_CELL,
    TAG_CAPTION,
    TAG_ASIDE, /* never the document: nav, footer, aside, forms, noscript */
    TAG_CODE,  /* not text: script, style */
    TAG_TITLE,
} Tag;

typedef struct {
    Span at; /* in the page's words, without white space at both ends, never empty */
    uint32_t first_run, end_run;
    uint32_t linked; /* bytes that are links */
    uint8_t style;   /* of a heading, or 0 */
    uint8_t role;    /* BlockRole: what html_find_body makes of it */
    bool aside;      /* hidden, or in an element that is never the document */
    bool caption;    /* of a table */
    bool title;      /* of the page, in its head */
} Leaf;

typedef struct {
    uint32_t parent;            /* or NO_ELEMENT */
    uint32_t end;               /* elements from its own index to here are inside */
    uint32_t first, last;       /* leaves; last is not included */
    uint16_t n_rows, n_columns; /* of a cell */
    uint8_t tag;
    bool content; /* named as pages name the document: TRS_Editor, article */
    bool chrome;  /* named as pages name what stands around it: nav, footer */
    bool data;    /* a table that holds data, rather than the layout of the page */
} Element;

typedef struct {
    Builder *builder;
    Arena *scratch;
    Buf words;        /* the leaves' text, one behind the other */
    VEC(DocRun) runs; /* of words */
    VEC(Leaf) leaves;
    VEC(Element) elements; /* containers only, in the order in which they open */
} Page;

static inline Str leaf_text(const Page *page, const Leaf *leaf)
{
    return str_slice(buf_str(&page->words), leaf->at.start, leaf->at.end);
}

/* A table, row or cell, or whatever else holds lines; NO_ELEMENT when there are too many. */
uint32_t page_open(Page *page, Tag tag, uint32_t parent);

/* Ends it. One without text is forgotten; cells and rows are kept, for their places in the table.
 */
void page_close(Page *page, uint32_t element);

/* Says which tables hold data: they have rows with several cells, and no cell that holds most of
 * it. Others are the layout of a page, or a box around text. */
void page_find_data(Page *page);

/* Adds all lines and tables to the builder; false when they are too much (reported: LT1022). */
bool page_emit(Page *page);

/* Sets the role of every line of a web page, and which tables hold data. */
void html_find_body(Page *page);

/* Whether a name of an element (id, class) is one of those; words in it are told by their
 * beginnings. */
bool html_names_content(Str name);
bool html_names_chrome(Str name);

#endif
