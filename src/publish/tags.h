/* Tags: a writer of XML text, in the order of the calls. */
#ifndef LONGTU_PUBLISH_TAGS_H
#define LONGTU_PUBLISH_TAGS_H

#include "base/str.h"

enum { TAGS_MAX_DEPTH = 64 };

typedef struct {
    Buf *out;
    unsigned depth;
    const char *names[TAGS_MAX_DEPTH]; /* of the open elements */
    bool open;                         /* a start tag may still take attributes */
    bool mixed[TAGS_MAX_DEPTH];        /* holds text: no white space is added inside */
    bool some[TAGS_MAX_DEPTH];         /* holds an element */
} Tags;

/* Starts with the declaration. */
Tags tags_new(Buf *out);
void tags_open(Tags *tags, const char *name); /* the name must live until it is closed */
void tags_inline(Tags *tags,
                 const char *name); /* an element that holds text, which nothing is added to */
void tags_attribute(Tags *tags, const char *name, Str value); /* directly behind tags_open */
void tags_text(Tags *tags, Str text);
void tags_close(Tags *tags);

/* Text of HTML or XML: & < > " and ' escaped; what XML 1.0 forbids is U+FFFD. */
void tags_escape(Buf *out, Str text);

/* The text with U+FFFD for each character that XML 1.0 forbids; the same if it has none. */
Str tags_clean(Arena *arena, Str text);

#endif
