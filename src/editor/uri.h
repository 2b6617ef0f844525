/* Uri: file URIs (RFC 8089) as editors name files, and paths. */
#ifndef LONGTU_EDITOR_URI_H
#define LONGTU_EDITOR_URI_H

#include "base/str.h"

/* The absolute path of a file: URI on this machine; empty for any other URI, or a path with a NUL.
 */
Str uri_path(Arena *arena, Str uri);

Str uri_of(Arena *arena, Str path);

#endif
