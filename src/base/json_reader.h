/* JsonReader: JSON text (RFC 8259) read value by value; what is passed over takes no memory. */
#ifndef LONGTU_BASE_JSON_READER_H
#define LONGTU_BASE_JSON_READER_H

#include "base/lang.h"

enum { JSON_READ_MAX_DEPTH = 64 };

/* The caller goes down the text and reads exactly one value behind each key and for each item:
 *
 *     if (json_read_object(&reader)) {
 *         while (json_read_key(&reader, &key)) {
 *             if (!str_eq(key, STR("name")) || !json_read_str(&reader, &name)) { … }
 *
 * A reader of one kind of value passes over a value of another kind and gives false; so does each
 * one, without reading, once the text has turned out not to be JSON. A key given twice is read
 * twice. */
typedef struct {
    Arena *arena; /* for texts with escapes; others are views into the text */
    Str text;     /* UTF-8; must be well-formed */
    size_t at;
    unsigned depth;
    bool some[JSON_READ_MAX_DEPTH]; /* whether the open object or array has had an element */
    Text wrong;                     /* what is wrong at byte `at`; empty: nothing yet */
} JsonReader;

JsonReader json_reader_new(Arena *arena, Str text);

/* Goes into an object or array; its elements are then read to the end by the second function, which
 * is false there. */
bool json_read_object(JsonReader *reader);
bool json_read_key(JsonReader *reader, Str *key);
bool json_read_array(JsonReader *reader);
bool json_read_item(JsonReader *reader);

/* A lone surrogate becomes U+FFFD. *out is left alone if the value is no text. */
bool json_read_str(JsonReader *reader, Str *out);
/* A number from 0 to 2^32 - 1 written with digits only. */
bool json_read_uint(JsonReader *reader, uint32_t *out);
void json_read_skip(JsonReader *reader);

/* Whether all was JSON and nothing but white space follows; otherwise `wrong` and `at` say why. */
bool json_read_end(JsonReader *reader);

#endif
