/* Markup: the tokens of an HTML page, each with its place. */
#ifndef LONGTU_DOCUMENT_MARKUP_H
#define LONGTU_DOCUMENT_MARKUP_H

#include "base/str.h"

typedef enum { MARKUP_TEXT, MARKUP_OPEN, MARKUP_CLOSE } MarkupKind;

typedef struct {
    MarkupKind kind;
    Span at;        /* of the whole token in the source */
    Str name;       /* of an element, in the letters of the source */
    Str attributes; /* of an opening tag, as they stand */
    bool raw;       /* text of an element in which nothing is markup: script, style */
} MarkupToken;

/* The library's HTML parser (libxml2 2.9) walks through all open elements at every closing tag that
 * fits none: half a megabyte of <b> and </i> takes it 20 s. It also knows places only roughly.
 * This one follows the tokenizer of the HTML standard (WHATWG, 13.2.5) in linear time; comments,
 * declarations and processing instructions are left out. */
typedef struct {
    Str source; /* UTF-8 */
    size_t at;
    Str raw;          /* name of the open element whose text is not markup, or empty */
    bool no_quote[2]; /* no further ' or " stands in the source: an attribute is cut */
} Markup;

Markup markup_new(Str source);
bool markup_next(Markup *markup, MarkupToken *out); /* false at the end */

/* The value of an attribute as it stands (character references are not resolved); false if the tag
 * does not have it. */
bool markup_attribute(const MarkupToken *token, const char *name, Str *value);

/* Whether the element has that name, in any case of letters. */
bool markup_named(Str name, const char *wanted);

/* The character that a reference at byte i, an &, stands for, as UTF-8 in `out`; returns the length
 * of the reference, 0 if it is none and the & is meant. */
size_t markup_reference(Str source, size_t i, char out[4], size_t *n_out);

#endif
