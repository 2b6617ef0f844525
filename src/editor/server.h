/* Server: a language server for plan files (LSP 3.17): what an editor sends, answered; what is
 * wrong in the open files and those beside them, told. */
#ifndef LONGTU_EDITOR_SERVER_H
#define LONGTU_EDITOR_SERVER_H

#include "plan/catalog.h"

typedef struct {            /* what is in a folder */
    const Catalog *catalog; /* NULL if there is none at all */
    bool complete;          /* nothing is wrong with its dictionaries */
    bool built_in;          /* they came with the program */
    const Plan *plans;      /* those that could be read */
    size_t n_plans;
    Diags diags; /* what is wrong with the files themselves */
} ServerFolder;

typedef struct { /* the world around the server */
    void *context;
    /* Reads the plans and dictionaries of a folder; of the open files, which are named by their
     * real path, `open` has the text. An empty folder is none: only a dictionary is wanted. */
    void (*load)(void *context, Arena *arena, Str folder, const Source *open, size_t n_open,
                 ServerFolder *out);
    /* Reads a file whole, without a message if it cannot. */
    bool (*read)(void *context, Arena *arena, Str path, Str *text);
    Lang lang;
    bool lang_given; /* the client's language does not change it */
} ServerHost;

enum { SERVER_MAX_OPEN = 256 }; /* files; more are not looked at */

typedef struct Server Server;

Server *server_open(const ServerHost *host);
void server_close(Server *server);

/* Takes bytes from the client; what is to be sent is added to `out`. Requests are answered at once
 * and in their order. */
void server_receive(Server *server, Str bytes, Buf *out);

/* Whether files have changed that are not checked yet; server_check does that. It is for when
 * nothing has come for a while. */
bool server_waits(const Server *server);
void server_check(Server *server, Buf *out);

/* Whether the client has said goodbye, or the stream is broken. The status is then that of the
 * program: 0 if shutdown came before exit, as it is at the end of the stream; else 1. */
bool server_ended(const Server *server);
int server_status(const Server *server);

#endif
