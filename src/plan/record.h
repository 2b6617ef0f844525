/* Record: what keys a YAML map of ours has, and how they map to a struct; the reader, the writer
 * and the JSON Schema all follow the one description. */
#ifndef LONGTU_PLAN_RECORD_H
#define LONGTU_PLAN_RECORD_H

#include "base/decimal.h"
#include "base/json.h"
#include "base/period.h"
#include "plan/yaml.h"

typedef enum {
    FIELD_STR,     /* Str */
    FIELD_TEXT,    /* Text: one string, or {zh: , en: } */
    FIELD_DECIMAL, /* OptDecimal */
    FIELD_INT,     /* int64_t; 0 is absent; within field.min … field.max */
    FIELD_BOOL,    /* bool; false is absent */
    FIELD_PERIOD,  /* OptPeriod */
    FIELD_ENUM,    /* int: index into field.words + 1; 0 is absent */
    FIELD_STRS,    /* StrList */
    FIELD_YEARS,   /* int64_t[2]: first and last year; 0 is absent */
    FIELD_RECORD,  /* a struct that field.record describes */
    FIELD_RECORDS, /* List of such structs */
} FieldKind;

typedef struct {
    bool given;
    Decimal value;
} OptDecimal;

typedef struct {
    bool given;
    Period value;
} OptPeriod;

typedef struct {
    Str *at;
    size_t n;
} StrList;

#define LIST(Type)                                                                                 \
    struct {                                                                                       \
        Type *at;                                                                                  \
        size_t n;                                                                                  \
    }

enum { FIELD_REQUIRED = 1, FIELD_FLOW = 2 /* written on one line */ };

typedef struct Record Record;
typedef struct {
    const char *key;
    FieldKind kind;
    size_t offset;
    unsigned flags;
    const Record *record;     /* FIELD_RECORD, FIELD_RECORDS */
    const char *const *words; /* FIELD_ENUM: NULL-terminated */
    int64_t min, max;         /* FIELD_INT */
    Text about;               /* one line for the schema and the manual */
} Field;

struct Record {
    const char *name;
    size_t size;
    const Field *fields;
    size_t n_fields;
    size_t node_offset; /* of a `const YamlNode *node` in the struct: where it was read; SIZE_MAX if
                           it has none */
};

/* Fills the struct (zeroed by the caller) from a map. Every problem is reported; ERR_INPUT if there
 * was one. Reports LT1007, LT1008, LT1009, LT1011, LT2001, LT2002, LT2005, LT2007. */
Err record_read(Arena *arena, const Source *source, const Record *record, const YamlNode *map,
                void *out, Diags *diags);

/* Writes the map with its keys in the order of the description, leaving out what is absent. */
void record_write(YamlWriter *writer, const Record *record, const void *from);

/* The JSON Schema (draft 2020-12) of the map; nested records are written in place. */
void record_schema(Json *json, const Record *record);

#endif
