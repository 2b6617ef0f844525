/* Wire: the messages of a stream in the base protocol of LSP 3.17: headers with a Content-Length,
 * an empty line, a body. */
#ifndef LONGTU_EDITOR_WIRE_H
#define LONGTU_EDITOR_WIRE_H

#include "base/lang.h"

enum { WIRE_MAX_BODY = 64 << 20, WIRE_MAX_HEADERS = 4 << 10 }; /* bytes */

typedef enum {
    WIRE_MORE,    /* the next message is not there yet */
    WIRE_MESSAGE, /* one is */
    WIRE_BROKEN   /* where the next message begins cannot be told any more */
} WireState;

typedef struct Wire Wire;

Wire *wire_new(void);
void wire_free(Wire *wire);

/* Adds bytes that have arrived. All messages should be taken before more are added, so that no more
 * than one message is ever held. */
void wire_add(Wire *wire, Str bytes);

/* The next message: its body, which need not be UTF-8 and holds until the next wire_add. Broken:
 * why, and it stays so. */
WireState wire_next(Wire *wire, Str *body, Text *why);

/* Writes a message with its header. */
void wire_write(Buf *out, Str body);

#endif
