/* Message: JSON-RPC 2.0 calls as the LSP uses them: what came in, and the answers. */
#ifndef LONGTU_EDITOR_MESSAGE_H
#define LONGTU_EDITOR_MESSAGE_H

#include "base/json.h"
#include "base/lang.h"

typedef enum {
    MESSAGE_OK = 0,
    MESSAGE_NOT_JSON = -32700,
    MESSAGE_NOT_A_REQUEST = -32600,
    MESSAGE_UNKNOWN_METHOD = -32601,
    MESSAGE_WRONG_PARAMS = -32602,
    MESSAGE_NOT_INITIALIZED = -32002
} MessageError;

typedef struct {
    Str id;     /* as JSON; empty for a notification */
    Str method; /* empty for an answer to a request of ours */
    Str params; /* as JSON; empty if there are none */
} Message;

/* Reads the body of a message. Where it is no request, `id` is that which an error should be about;
 * views into the body. */
MessageError message_read(Arena *arena, Str body, Message *out);

/* The value under keys that are joined by dots (“textDocument.uri”), as JSON; empty if it is not
 * there. */
Str message_member(Arena *arena, Str json, const char *path);

/* False, and *out stays, if the value is of another kind; empty is of none. */
bool message_str(Arena *arena, Str json, Str *out);
bool message_true(Str json);
/* Whether a list of texts holds the text. */
bool message_lists(Arena *arena, Str json, Str text);

/* A message is begun, given one value (its result or params), and ended, which adds it to the
 * stream.
 */
typedef struct {
    Buf body;
    Json json;
} Answer;

void answer_begin(Arena *arena, Str id, Answer *out);
void notification_begin(Arena *arena, const char *method, Answer *out);
/* A request of ours; the answer is not waited for. */
void request_begin(Arena *arena, const char *method, const char *id, Answer *out);
void answer_end(Answer *answer, Buf *stream);
void answer_error(Arena *arena, Str id, MessageError error, Text why, Lang lang, Buf *stream);

#endif
