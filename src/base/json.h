/* Json: a writer of JSON text, in the order of the calls; numbers are the shortest that read back
 * the same. */
#ifndef LONGTU_BASE_JSON_H
#define LONGTU_BASE_JSON_H

#include "base/str.h"

enum { JSON_MAX_DEPTH = 32 };

typedef struct {
    Buf *out;
    unsigned depth;
    bool some[JSON_MAX_DEPTH];   /* whether the open object or array has an element yet */
    bool flat[JSON_MAX_DEPTH];   /* written on one line */
    bool object[JSON_MAX_DEPTH]; /* closed by } rather than ] */
    bool keyed;                  /* a key was just written */
} Json;

Json json_new(Buf *out);
void json_object(Json *json);
void json_array(Json *json);
void json_flat(
    Json *json); /* the innermost open one is written on one line; call before its first element */
void json_end(Json *json); /* closes the innermost; a line end after the outermost */
void json_key(Json *json, const char *key);
void json_str(Json *json, Str value);         /* ill-formed UTF-8 becomes U+FFFD */
void json_str_or_null(Json *json, Str value); /* empty is null */
void json_double(Json *json,
                 double value); /* NaN and infinities are null: JSON has no other word */
void json_int(Json *json, int64_t value);
void json_bool(Json *json, bool value);
void json_null(Json *json);
void json_raw(Json *json, Str value); /* a value that is JSON already */

#endif
