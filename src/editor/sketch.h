/* Sketch: the tree of a YAML file as its lines and brackets tell it, also while it is being typed
 * and does not parse. */
#ifndef LONGTU_EDITOR_SKETCH_H
#define LONGTU_EDITOR_SKETCH_H

#include "base/str.h"
#include "base/vec.h"

enum { SKETCH_MAX_DEPTH = 40 };

typedef enum { SKETCH_NOTHING, SKETCH_SCALAR, SKETCH_MAP, SKETCH_LIST } SketchKind;

typedef struct {     /* an entry of a map or an item of a list, with its value */
    uint32_t parent; /* index of the node whose value it is in; the root is its own */
    uint8_t kind;    /* SketchKind of the value */
    bool flow;       /* the value is a collection in brackets */
    bool closed;     /* which has its closing bracket */
    bool bare;       /* in a map, and without a colon yet */
    uint32_t column; /* of a block collection: bytes in front of its entries */
    Span key;        /* with its quotes; empty for an item */
    Span value; /* of a scalar, with its quotes, and of brackets; else empty, where it would be */
    Span at;    /* from the key or dash on; in brackets from one delimiter to the next. Of what
                   is no scalar and not in brackets the end is that of its first line */
} SketchNode;

typedef struct {
    Str text;
    VEC(SketchNode) nodes; /* as they begin in the text; the first is the root, a map */
    VEC(Span) comments;    /* from # to the end of the line */
} Sketch;

/* What the plan files' YAML is made of is understood: block and flow collections, plain and quoted
 * scalars of one line, block scalars, comments. Of texts that are not YAML something comes out too.
 * A bracket that is not closed ends where a line begins with “- ” or is indented no deeper than
 * what the bracket is a value of. Takes time in proportion to the text. */
void sketch_read(Arena *arena, Str text, Sketch *out);

/* Without quotes. Escapes stay as they are. */
Str sketch_text(const Sketch *sketch, Span span);

/* The node with that key in a map; UINT32_MAX if there is none. */
uint32_t sketch_find(const Sketch *sketch, uint32_t map, Str key);

typedef enum {
    SPOT_NONE,
    SPOT_KEY,  /* a key of the map `node`, where one stands or could be written */
    SPOT_VALUE /* the value of `node`, or what could be written as such */
} SpotKind;

typedef struct {
    SpotKind kind;
    uint32_t node;
    uint32_t entry; /* of a key: the entry that it is of; UINT32_MAX if there is none yet */
    Span token;     /* what stands there; empty at the offset if nothing does */
} Spot;

/* What stands or could be written at a byte of the text. */
Spot sketch_at(const Sketch *sketch, size_t offset);

#endif
