/* Features: what an editor asks about a place of a plan or dictionary file, answered as LSP 3.17
 * results. */
#ifndef LONGTU_EDITOR_FEATURES_H
#define LONGTU_EDITOR_FEATURES_H

#include "editor/meaning.h"
#include "editor/position.h"
#include "plan/catalog.h"

typedef struct {  /* a file that is open in the editor, and what it is read against */
    Arena *arena; /* of the request */
    Lang lang;
    Encoding encoding;
    bool markdown;          /* hovers may be Markdown; else plain text */
    const Catalog *catalog; /* NULL if there is none */
    bool built_in;          /* it came with the program: its files are not on this disk */
    Str uri, path;          /* path: empty if the file is not on a disk */
    Sketch sketch;          /* of its text */

    /* Reads a text file that the plan names. */
    bool (*read)(void *context, Arena *arena, Str path, Str *text);
    void *context;
} View;

/* Each writes its result, null or an empty list where there is nothing. `offset` is a byte of the
 * text. */
void feature_hover(const View *view, size_t offset, Json *json);
void feature_completion(const View *view, size_t offset, Json *json);
void feature_definition(const View *view, size_t offset, Json *json);
void feature_symbols(const View *view, Json *json);

/* The edit that makes the file what `longtu fmt` makes of it; none if it does not parse. */
void feature_formatting(const View *view, Json *json);

/* Mends of what was found: the name that is meant, a comment that allows a finding. The first
 * n_loading of the diagnostics cannot be allowed. */
void feature_actions(const View *view, Span range, const Diags *found, size_t n_loading,
                     Json *json);

/* ---- what they share ---- */

/* The text as a YAML scalar, quoted where it has to be. */
Str feature_scalar(Arena *arena, Str text);

/* The source document of the plan: its path and text; false if it cannot be had. */
bool feature_source(const View *view, Str *path, Str *text);

enum { FEATURE_MAX_ITEMS = 200 }; /* of a completion: more are found by typing on */

#endif
