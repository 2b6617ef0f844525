/* Server, within the room: open files, and folders with what was found in them. */
#ifndef LONGTU_EDITOR_SERVER_PRIV_H
#define LONGTU_EDITOR_SERVER_PRIV_H

#include "editor/features.h"
#include "editor/message.h"
#include "editor/server.h"
#include "editor/wire.h"

typedef struct {       /* an open file */
    Arena *arena;      /* of the names */
    Arena *text_arena; /* of the text, which changes */
    Str uri;
    Str path;   /* its real path; empty if it is on no disk */
    Str folder; /* of the path */
    Str text;
    Str version; /* as JSON; empty if it has none */
    bool ours;   /* a plan or a dictionary, by its keys */
} OpenFile;

typedef struct { /* a look at a folder */
    Arena *arena;
    ServerFolder folder;
    Diags found;
    size_t n_loading; /* the first of them are of the files themselves */
} Look;

typedef struct {
    Str path;
    bool loading; /* only what is wrong with the file itself was told */
} Told;

typedef struct {
    Arena *arena; /* of the path */
    Str path;     /* empty: for files that are on no disk */
    bool stale;   /* a file has changed since it was looked at */
    Look *whole;  /* the last look at which every open file could be read; what features use */
    Look *last;   /* the last look; may be the same */
    Arena *told_arena;
    VEC(Told) told; /* files that the client was told something about */
} Folder;

struct Server {
    Arena *home; /* of this and its lists */
    ServerHost host;
    Wire *wire;
    Lang lang;
    Encoding encoding;
    bool markdown, can_watch;
    bool initialized, shut_down, ended, broken;
    VEC(OpenFile *) files;
    VEC(Folder *) folders;
};

/* ---- files.c ---- */

OpenFile *files_find(const Server *server, Str uri);
OpenFile *files_at(const Server *server, Str path); /* by its real path */
/* A file that is open already is taken as opened anew. NULL: there are too many. */
OpenFile *files_open(Server *server, Str uri, Str text, Str version);
/* Replaces bytes of the text; false if it would be too long, and the file is then forgotten. */
bool files_change(Server *server, OpenFile *file, Span span, Str text);
void files_close(Server *server, OpenFile *file);
bool files_read(void *server, Arena *arena, Str path, Str *text); /* open ones before the disk */

/* ---- folders.c ---- */

Folder *folders_of(Server *server, const OpenFile *file); /* made if it is not there */
/* Looks at a folder and tells what was found. */
void folders_look(Server *server, Folder *folder, Buf *out);
void folders_stale(Server *server); /* all are to be looked at again */
/* Forgets those without open files, and takes back what was told of them. */
void folders_tidy(Server *server, Buf *out);
void folders_close(Server *server);

#endif
