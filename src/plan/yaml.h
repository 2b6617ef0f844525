/* Yaml: a YAML file as a tree whose nodes know their place; and YAML text from calls. */
#ifndef LONGTU_PLAN_YAML_H
#define LONGTU_PLAN_YAML_H

#include "base/diag.h"
#include "base/err.h"

enum { YAML_MAX_BYTES = 64 << 20, YAML_MAX_DEPTH = 32 };

typedef enum { YAML_SCALAR, YAML_LIST, YAML_MAP } YamlKind;

typedef struct YamlNode YamlNode;
struct YamlNode {
    Str text; /* of a scalar */
    Span at;
    uint32_t n;       /* of items */
    uint8_t kind;     /* YamlKind */
    bool quoted;      /* a quoted scalar is text even where it looks like a number */
    YamlNode **keys;  /* of a map, in the order of the file */
    YamlNode **items; /* values of a map, or items of a list */
};

typedef struct {
    Source source;
    YamlNode *root;
} YamlDoc;

/* Reads the one document of the text. Anchors, aliases, a second document and nesting over
 * YAML_MAX_DEPTH are errors; so is a key given twice. Reports LT1003 to LT1007, LT1010, LT1013,
 * LT1014. The nodes live in the arena. */
Err yaml_read(Arena *arena, Source source, YamlDoc *out, Diags *diags);

/* Writes the document in a form of ours that yaml_thaw makes the same tree of, with the same
 * places, without parsing and without copying text: `frozen` must live as long as the tree. Only
 * for the same kind of machine and the same version of the program. yaml_thaw gives false for other
 * bytes. */
void yaml_freeze(const YamlDoc *doc, Buf *out);
bool yaml_thaw(Arena *arena, Str name, Str frozen, YamlDoc *out);

const YamlNode *yaml_get(const YamlNode *map, Str key); /* NULL if it is not there */

/* Writes block style; a list or map begun with flow = true stands on one line with all that is in
 * it. */
typedef struct YamlWriter YamlWriter;
YamlWriter *yaml_writer_new(Arena *arena, Buf *out);
void yaml_map(YamlWriter *writer, bool flow);
void yaml_list(YamlWriter *writer, bool flow);
void yaml_end(YamlWriter *writer);
void yaml_text(YamlWriter *writer, Str text);  /* quoted where it would read as something else */
void yaml_plain(YamlWriter *writer, Str text); /* a key, a number or a word that needs no quotes */
void yaml_writer_close(YamlWriter *writer);

#endif
