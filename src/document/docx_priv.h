/* Docx: what the parts of the reader of DOCX share (ISO/IEC 29500-1). */
#ifndef LONGTU_DOCUMENT_DOCX_PRIV_H
#define LONGTU_DOCUMENT_DOCX_PRIV_H

#include "base/map.h"
#include "document/document_priv.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>

/* Package: the members of the file. */
typedef struct Package Package;

typedef struct { /* what is done with a member's XML */
    void (*open)(void *context, const char *name, const xmlChar **attributes, int n_attributes);
    void (*close)(void *context, const char *name);
    void (*text)(void *context, Str words);
    bool (*full)(void *context); /* true stops reading; may be NULL */
} PartHandler;

/* Reports LT1020, LT1023, LT1024. */
Err package_open(Arena *arena, Str name, Str content, Package **out, Diags *diags);
void package_close(Package *package); /* NULL is allowed */

/* Path of the member that holds the text; empty if the file is no word-processing document. */
Str package_main(const Package *package);

/* Reads a member beside the main one (or itself, when name is empty), element by element. OK if it
 * is not there. Reports LT1022, LT1023, LT1024. */
Err package_read(Package *package, Str name, const PartHandler *handler, void *context);

/* The value of an attribute by its local name, empty if it is missing. */
Str xml_attribute(const xmlChar **attributes, int n, const char *name);
bool xml_has(const xmlChar **attributes, int n, const char *name);
/* What w:val says of a property that is on or off: on when there is no value. */
bool xml_on(const xmlChar **attributes, int n);
/* A whole number, or `otherwise`; limited to ±1,000,000. */
int xml_number(Str value, int otherwise);

enum { DOCX_LEVELS = 9 };

typedef struct { /* what w:pPr says of a paragraph's numbering and heading */
    Str style;
    bool numbered; /* numId is given here */
    Str num;
    int level;   /* of the numbering, -1: not given */
    int outline; /* 0 to 8, 9: body text, -1: not given */
} ParagraphProperties;

/* Styles and numbering of a document, and the counters while it is read. */
typedef struct DocxStyles DocxStyles;

Err docx_styles_read(Arena *arena, Package *package, DocxStyles **out);

/* The level of a heading from 1, or 0. */
uint8_t docx_heading(const DocxStyles *styles, const ParagraphProperties *properties);

/* Counts the paragraph, and adds the number that stands before its words. */
void docx_number(DocxStyles *styles, const ParagraphProperties *properties, Buf *out);

/* n in a number format of ISO/IEC 29500-1, 17.18.59. */
void docx_format_number(Buf *out, Str format, int n);

#endif
