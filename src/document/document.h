/* Document: a source text as blocks, tables and an outline, each with its place in the source. */
#ifndef LONGTU_DOCUMENT_DOCUMENT_H
#define LONGTU_DOCUMENT_DOCUMENT_H

#include "base/diag.h"
#include "base/err.h"

enum {
    DOC_MAX_BYTES = 64 << 20, /* of a source file; a larger one is refused (LT1002) */
    DOC_MAX_TEXT = 64 << 20,  /* of the text taken from it; a bomb ends here (LT1022) */
    DOC_MAX_DEPTH = 256,      /* of nested elements that are followed */
    DOC_MAX_COLUMNS = 256,    /* of a table; cells beyond are reported */
    DOC_POSITION_STEP = 256,  /* bytes between two counts of characters */
};

/* X(constant, word): what kind of file it was */
#define DOC_FORMATS(X) X(DOC_TEXT, "txt") X(DOC_HTML, "html") X(DOC_DOCX, "docx") X(DOC_PDF, "pdf")
typedef enum {
#define X(name, word) name,
    DOC_FORMATS(X)
#undef X
} DocFormat;

/* What a block is for. */
typedef enum {
    ROLE_BODY,
    ROLE_HEADING,   /* its first part is a part of the outline; run-in text may follow */
    ROLE_TITLE,     /* of the notice or of a plan in it */
    ROLE_NUMBER,    /* 甘政办发〔2021〕93号 */
    ROLE_SIGNATURE, /* issuing body, or date of issue, at the end */
    ROLE_CELL,      /* of a table */
    ROLE_CAPTION,   /* of a table or a box */
    ROLE_NOTE,      /* 注：… under a table */
    ROLE_CONTENTS,  /* a list of contents, which repeats the headings */
    ROLE_CHROME,    /* page furniture around the document: breadcrumbs, 点击, 上一篇 */
} BlockRole;

#define NO_PART UINT32_MAX
#define NO_TABLE UINT32_MAX

typedef struct {   /* a paragraph, or a cell of a table */
    Span at;       /* bytes of the document's text, without white space at both ends; never empty */
    uint32_t part; /* the innermost part it stands in, or NO_PART */
    uint32_t table; /* index of the table that it is a cell of, or NO_TABLE */
    uint8_t role;   /* BlockRole */
    uint8_t style;  /* level of a heading as the file itself states it (h1, Heading 1), 0: none */
} Block;

typedef struct {
    uint32_t row, column;       /* from 0 */
    uint16_t n_rows, n_columns; /* how far it reaches, at least 1 */
    Span at;                    /* empty (start = end) for an empty cell */
} DocCell;

typedef struct {
    DocCell *cells; /* by row, then column */
    size_t n_cells;
    uint32_t n_rows, n_columns;
    uint32_t block; /* index of the first block behind its start */
    uint32_t part;
    Span at;      /* from the first cell to the last */
    Span caption; /* its title, empty if it has none */
    bool drawn;   /* found in lines of text by its layout rather than stated by the file */
} DocTable;

/* X(constant, word, abbreviation in an eId): kinds of parts, from outer to inner */
#define PART_KINDS(X)                                                                              \
    X(PART_PLAN, "plan", "att")                /* a plan in a notice, or the whole document */     \
    X(PART_VOLUME, "part", "part")             /* 第X编、第X篇 */                             \
    X(PART_CHAPTER, "chapter", "chp")          /* 第X章 */                                       \
    X(PART_SECTION, "section", "sec")          /* 第X节, or 一、 */                            \
    X(PART_SUBSECTION, "subsection", "subsec") /* （一） */                                     \
    X(PART_ITEM, "item", "para")               /* 1. */                                            \
    X(PART_SUBITEM, "subitem", "subpara")      /* （1） */                                       \
    X(PART_POINT, "point", "point")            /* 一是, ① */                                   \
    X(PART_LEAD, "lead", "para")               /* a paragraph's short opening sentence */          \
    X(PART_BOX, "box", "hcontainer")           /* 专栏 */
typedef enum {
#define X(name, word, eid) name,
    PART_KINDS(X)
#undef X
} PartKind;

typedef struct {
    uint8_t kind;        /* PartKind */
    uint8_t level;       /* 1 for the outermost kind that the plan uses; 0 for PART_PLAN */
    uint32_t parent;     /* index of a part, or NO_PART */
    uint32_t first, end; /* blocks: the one its heading stands in, and the one after its last */
    Span number;         /* 一、 as it stands; empty if it has none */
    Span title;          /* without the full stop at its end */
    int64_t ordinal;     /* the number's value, 0 if it has none */
} Part;

typedef struct { /* a run of the text that stands in the source elsewhere, in as many bytes */
    uint32_t text, source, len;
} DocRun;

typedef struct {
    DocFormat format;
    Source source;   /* name as the user gave it; its text is the document's: UTF-8, with the blocks
                        in their order, in simplified characters; all spans point into it */
    bool simplified; /* the source is in traditional characters */
    Block *blocks;
    size_t n_blocks;
    DocTable *tables;
    size_t n_tables;
    Part *parts; /* in the order of their headings */
    size_t n_parts;
    size_t n_plans; /* parts of kind PART_PLAN; at least 1 */

    /* For doc_position. Without runs the text's lines are the source's: those of a text file, the
     * paragraphs of a DOCX (cells are paragraphs too), the lines that pdftotext gives. With runs
     * `original` is the source and its lines count. */
    Str original;
    const DocRun *runs;
    size_t n_runs;
    uint32_t *line_starts; /* of source.text, or of original if there are runs */
    size_t n_lines;
    uint32_t *counts; /* code points before every DOC_POSITION_STEP bytes of the same */
} Document;

/* Reads a file of any of the formats, told by its content. Reports LT1001, LT1002 and LT1020 to
 * LT1029; what is wrong with the outline's numbering is reported as a note and kept.
 * Memory: at most 8 bytes for each byte of text beside the source. */
Err document_read(Arena *arena, Str path, Document *out, Diags *diags);

/* The same for content that is at hand; `name` tells nothing about the format. */
Err document_parse(Arena *arena, Str name, Str content, Document *out, Diags *diags);

Str doc_text(const Document *doc, Span at);

typedef struct {
    uint32_t line;       /* from 1 */
    uint32_t start, end; /* characters of the line from 0; end is not included */
} DocPosition;

/* Where a span stands in the source's own lines; one that runs over several lines ends with the
 * first. Takes constant time. */
DocPosition doc_position(const Document *doc, Span at);

/* The number of a part without its punctuation: 一、 and （一） are 一, 第一章 stays. */
Str part_number(const Document *doc, const Part *part);

const char *doc_format_word(DocFormat format);
const char *part_kind_word(PartKind kind);

#endif
