/* Traditional characters: text in them is read in the simplified ones. */
#ifndef LONGTU_DOCUMENT_TRADITIONAL_H
#define LONGTU_DOCUMENT_TRADITIONAL_H

#include "base/arena.h"
#include "base/str.h"

/* Whether the text is written in traditional characters, told by its beginning. */
bool is_traditional(Str text);

/* The text in simplified characters: each stands in the same bytes as the one it is for. A copy in
 * the arena; white space, words and numbers stay where they are. */
Str simplified(Arena *arena, Str text);

#endif
