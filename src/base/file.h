/* File: whole files in, whole files out or none. */
#ifndef LONGTU_BASE_FILE_H
#define LONGTU_BASE_FILE_H

#include "base/diag.h"
#include "base/err.h"

/* Reads at most max bytes into the arena. Reports LT1001 or LT1002. */
Err file_read(Arena *arena, Str path, size_t max, Str *out, Diags *diags);

/* Writes beside the path and renames, so that a reader sees the old content or the new; “-” or
 * empty is standard output. Reports LT9005. */
Err file_write(Arena *scratch, Str path, Str content, Diags *diags);

/* Names of the entries of a folder that end in the suffix, sorted by bytes. Reports LT1001. */
typedef VEC(Str) StrVec;
Err file_list(Arena *arena, Str folder, Str suffix, StrVec *out, Diags *diags);
bool file_is_folder(Arena *scratch, Str path);

/* One name for a file, however it was written: ./plans/a.yaml and plans//a.yaml are one, and a link
 * is what it leads to. The path itself if there is no such file. */
Str file_real_path(Arena *arena, Str path);

/* The path of name as seen from the file that names it: “a/b.yaml” and “c.yaml” give “a/c.yaml”. */
Str file_beside(Arena *arena, Str path, Str name);

#endif
