/* Webpage: what the pages of HTML share: the head with its policy, and pieces of markup. A page
 * needs no other file, and no text that it shows can become markup or script. */
#ifndef LONGTU_PUBLISH_WEBPAGE_H
#define LONGTU_PUBLISH_WEBPAGE_H

#include "base/lang.h"

typedef enum { PAGE_EXTRACTION, PAGE_FINDINGS } PageKind; /* each has a style and a script */

/* From the doctype to the start of the body. The only style and script that the browser may use are
 * those of the program, which the policy tells by their hash. */
void webpage_open(Buf *out, PageKind kind, Lang lang, Str title);
/* The script, and the end. */
void webpage_close(Buf *out, PageKind kind);

/* Short for a number between two pieces of markup, which buf_format would be slow for. */
void webpage_number(Buf *out, uint32_t number);

/* Text of a document in a page on which the order of the characters counts: as tags_escape, and
 * controls of direction (UAX #9), which could show a line in another order, by their code. */
void webpage_text(Buf *out, Str text);

#endif
