/* Meaning: what a place of a plan or dictionary file is about: the key, what it refers to, and the
 * keys beside it. */
#ifndef LONGTU_EDITOR_MEANING_H
#define LONGTU_EDITOR_MEANING_H

#include "editor/sketch.h"
#include "plan/record.h"

typedef enum {
    REFER_NOTHING,
    REFER_INDICATOR,
    REFER_MEASURE,
    REFER_QUANTITY, /* names in a formula: indicators before measures */
    REFER_ENTITY,   /* region or group */
    REFER_BODY,
    REFER_UNIT,
    REFER_VINTAGE,
    REFER_FILE
} Refer;

typedef struct {
    SpotKind kind;        /* SPOT_NONE: nothing is known of the place */
    const Record *record; /* of the map that the key is in */
    const Field *field;   /* the key; NULL where none stands or it is unknown */
    uint32_t map;         /* the node whose keys stand beside */
    uint32_t entry;       /* of the key; UINT32_MAX if there is none */
    Refer refer;          /* of a value */
    Span token;           /* what stands there, with its quotes */
    Str text;             /* without */
} Meaning;

Meaning meaning_at(const Sketch *sketch, size_t offset);

/* The record of a map of the file; NULL if it should be none. */
const Record *meaning_record(const Sketch *sketch, uint32_t map);

/* Whether the file is a dictionary rather than a plan, by its keys. */
bool meaning_is_dictionary(const Sketch *sketch);

/* Whether it is a plan or a dictionary at all. */
bool meaning_is_ours(const Sketch *sketch);

/* The value of a key of the map, without quotes; empty if it is no scalar. */
Str meaning_value(const Sketch *sketch, uint32_t map, const char *key);

/* Where the source text has what an entry of a plan says: the nearest `at` at or around the node.
 */
typedef struct {
    uint32_t line, start, end; /* as in At; line 0: it has none */
} MeaningPlace;
MeaningPlace meaning_place(const Sketch *sketch, uint32_t node);

#endif
