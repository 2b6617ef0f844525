/* Record: what keys a YAML map of ours has, and how they map to a struct; the reader, the writer
 * and the JSON Schema all follow the one description. */
#include "plan/record.h"

#include "base/map.h"

#include <assert.h>

typedef LIST(unsigned char) AnyList; /* every LIST has this layout */

typedef struct {
    Arena *arena;
    const Source *source;
    Diags *diags;
} Reader;

static void *member(void *base, size_t offset)
{
    return (unsigned char *)base + offset;
}

static const void *member_const(const void *base, size_t offset)
{
    return (const unsigned char *)base + offset;
}

static Place place_at(const Reader *reader, const YamlNode *node)
{
    return diag_place(reader->diags, reader->source, node->at);
}

static Err wrong_kind(Reader *reader, const Field *field, const YamlNode *node, Text expected)
{
    diag_add(reader->diags, LT1007, place_at(reader, node), str_z(field->key),
             diag_word(reader->arena, expected));
    return ERR_INPUT;
}

static Err read_scalar(Reader *reader, const Field *field, const YamlNode *node, Str *out)
{
    if (node->kind != YAML_SCALAR) {
        return wrong_kind(reader, field, node, TEXT("一个值", "a value"));
    }
    *out = node->text;
    return OK;
}

static Err read_text(Reader *reader, const Field *field, const YamlNode *node, Text *out)
{
    Err err = OK;

    if (node->kind == YAML_SCALAR) {
        out->zh = node->text;
        return OK;
    }
    if (node->kind == YAML_LIST) {
        return wrong_kind(reader, field, node,
                          TEXT("文字，或 {zh: , en: }", "text, or {zh: , en: }"));
    }
    for (size_t i = 0; i < node->n; i++) {
        Str key = node->keys[i]->text;
        Str *to = str_eq(key, STR("zh")) ? &out->zh : str_eq(key, STR("en")) ? &out->en : NULL;

        if (to == NULL) {
            diag_add(reader->diags, LT1008, place_at(reader, node->keys[i]), key, STR("zh, en"));
            err = ERR_INPUT;
        } else if (read_scalar(reader, field, node->items[i], to) != OK) {
            err = ERR_INPUT;
        }
    }
    return err;
}

static Err read_decimal(Reader *reader, const Field *field, const YamlNode *node, OptDecimal *out)
{
    Str text;
    Err err = read_scalar(reader, field, node, &text);

    if (err != OK) {
        return err;
    }
    switch (decimal_parse(text, &out->value)) {
    case DECIMAL_OK: out->given = true; return OK;
    case DECIMAL_TOO_LONG:
        diag_add(reader->diags, LT2002, place_at(reader, node), text);
        return ERR_INPUT;
    case DECIMAL_NOT_A_NUMBER: break;
    }
    diag_add(reader->diags, LT2001, place_at(reader, node), text);
    return ERR_INPUT;
}

static Err read_int(Reader *reader, const Field *field, const YamlNode *node, int64_t *out)
{
    OptDecimal number = {0};
    Str text;
    char low[DECIMAL_TEXT], high[DECIMAL_TEXT];
    Err err = read_scalar(reader, field, node, &text);

    if (err != OK) {
        return err;
    }
    if (decimal_parse(text, &number.value) != DECIMAL_OK || number.value.scale != 0 ||
        number.value.digits < field->min || number.value.digits > field->max) {
        diag_add(reader->diags, LT2007, place_at(reader, node), str_z(field->key),
                 decimal_format((Decimal){field->min, 0}, low),
                 decimal_format((Decimal){field->max, 0}, high), text);
        return ERR_INPUT;
    }
    *out = number.value.digits;
    return OK;
}

static Err read_enum(Reader *reader, const Field *field, const YamlNode *node, int *out)
{
    Buf all = buf_new(reader->arena);
    Str text;
    Err err = read_scalar(reader, field, node, &text);

    if (err != OK) {
        return err;
    }
    for (int i = 0; field->words[i] != NULL; i++) {
        if (str_eq(text, str_z(field->words[i]))) {
            *out = i + 1;
            return OK;
        }
    }
    for (int i = 0; field->words[i] != NULL; i++) {
        buf_format(&all, "%s%s", i == 0 ? "" : ", ", field->words[i]);
    }
    diag_add(reader->diags, LT1011, place_at(reader, node), str_z(field->key), text, buf_str(&all));
    return ERR_INPUT;
}

static Err read_bool(Reader *reader, const Field *field, const YamlNode *node, bool *out)
{
    if (node->kind == YAML_SCALAR && str_eq(node->text, STR("true"))) {
        *out = true;
        return OK;
    }
    if (node->kind == YAML_SCALAR && str_eq(node->text, STR("false"))) {
        *out = false;
        return OK;
    }
    return wrong_kind(reader, field, node, TEXT("true 或 false", "true or false"));
}

static Err read_strs(Reader *reader, const Field *field, const YamlNode *node, StrList *out)
{
    Err err = OK;

    if (node->kind != YAML_LIST) {
        return wrong_kind(reader, field, node, TEXT("列表", "a list"));
    }
    out->at = ARENA_ARRAY(reader->arena, Str, node->n);
    for (size_t i = 0; i < node->n; i++) {
        if (read_scalar(reader, field, node->items[i], &out->at[out->n]) == OK) {
            out->n++;
        } else {
            err = ERR_INPUT;
        }
    }
    return err;
}

static Err read_years(Reader *reader, const Field *field, const YamlNode *node, int64_t out[2])
{
    Field year = {.key = field->key, .min = YEAR_FIRST, .max = YEAR_LAST};

    if (node->kind != YAML_LIST || node->n != 2) {
        return wrong_kind(
            reader, field, node,
            TEXT("首末两年 [2021, 2025]", "the first and the last year [2021, 2025]"));
    }
    for (size_t i = 0; i < 2; i++) {
        if (read_int(reader, &year, node->items[i], &out[i]) != OK) {
            return ERR_INPUT;
        }
    }
    return out[0] <= out[1]
               ? OK
               : wrong_kind(reader, field, node, TEXT("先早后晚的两年", "the earlier year first"));
}

static Err read_period(Reader *reader, const Field *field, const YamlNode *node, OptPeriod *out)
{
    Str text;
    Err err = read_scalar(reader, field, node, &text);

    if (err != OK) {
        return err;
    }
    if (!period_parse(text, &out->value)) {
        diag_add(reader->diags, LT2005, place_at(reader, node), text);
        return ERR_INPUT;
    }
    out->given = true;
    return OK;
}

static Err read_records(Reader *reader, const Field *field, const YamlNode *node, void *out)
{
    AnyList list = {NULL, 0};
    Err err = OK;

    if (node->kind != YAML_LIST) {
        return wrong_kind(reader, field, node, TEXT("列表", "a list"));
    }
    list.at = arena_array(reader->arena, node->n, field->record->size);
    list.n = node->n;
    for (size_t i = 0; i < node->n; i++) {
        Err one = record_read(reader->arena, reader->source, field->record, node->items[i],
                              list.at + i * field->record->size, reader->diags);

        err = one == OK ? err : one;
    }
    memcpy(out, &list, sizeof list);
    return err;
}

static Err read_field(Reader *reader, const Field *field, const YamlNode *node, void *base)
{
    void *at = member(base, field->offset);

    switch (field->kind) {
    case FIELD_STR: return read_scalar(reader, field, node, at);
    case FIELD_TEXT: return read_text(reader, field, node, at);
    case FIELD_DECIMAL: return read_decimal(reader, field, node, at);
    case FIELD_INT: return read_int(reader, field, node, at);
    case FIELD_BOOL: return read_bool(reader, field, node, at);
    case FIELD_PERIOD: return read_period(reader, field, node, at);
    case FIELD_ENUM: return read_enum(reader, field, node, at);
    case FIELD_STRS: return read_strs(reader, field, node, at);
    case FIELD_YEARS: return read_years(reader, field, node, at);
    case FIELD_RECORD:
        return record_read(reader->arena, reader->source, field->record, node, at, reader->diags);
    case FIELD_RECORDS: return read_records(reader, field, node, at);
    }
    return OK;
}

static const Field *find_field(const Record *record, Str key)
{
    for (size_t i = 0; i < record->n_fields; i++) {
        if (str_eq(key, str_z(record->fields[i].key))) {
            return &record->fields[i];
        }
    }
    return NULL;
}

static void unknown_key(Reader *reader, const Record *record, const YamlNode *key)
{
    Map *keys;
    Buf mend = buf_new(reader->arena);
    Str near;

    if (diags_full(reader->diags)) {
        diag_add(reader->diags, LT1008, place_at(reader, key), key->text);
        return;
    }
    keys = map_new(reader->arena);
    for (size_t i = 0; i < record->n_fields; i++) {
        map_set(keys, str_z(record->fields[i].key), i);
    }
    near = map_nearest(keys, key->text);
    if (near.len != 0) {
        buf_add(&mend, near);
        buf_add(&mend, STR("?"));
    } else {
        for (size_t i = 0; i < record->n_fields; i++) {
            buf_format(&mend, "%s%s", i == 0 ? "" : ", ", record->fields[i].key);
        }
    }
    diag_add(reader->diags, LT1008, place_at(reader, key), key->text, buf_str(&mend));
}

static bool is_absent(const Field *field, const void *at);

Err record_read(Arena *arena, const Source *source, const Record *record, const YamlNode *map,
                void *out, Diags *diags)
{
    Reader reader = {arena, source, diags};
    Err err = OK;

    if (map->kind != YAML_MAP) {
        Field field = {.key = record->name};

        return wrong_kind(&reader, &field, map, TEXT("键与值", "keys with values"));
    }
    if (record->node_offset != SIZE_MAX) {
        memcpy(member(out, record->node_offset), &map, sizeof(const YamlNode *));
    }
    for (size_t i = 0; i < map->n; i++) {
        const Field *field = find_field(record, map->keys[i]->text);

        if (field == NULL) {
            unknown_key(&reader, record, map->keys[i]);
            err = ERR_INPUT;
        } else if (read_field(&reader, field, map->items[i], out) != OK) {
            err = ERR_INPUT;
        } else if ((field->flags & FIELD_REQUIRED) != 0 &&
                   is_absent(field, member(out, field->offset))) { /* empty is as good as none */
            diag_add(diags, LT1009, place_at(&reader, map->items[i]), str_z(field->key));
            err = ERR_INPUT;
        }
    }
    for (size_t i = 0; i < record->n_fields; i++) {
        Str key = str_z(record->fields[i].key);

        if ((record->fields[i].flags & FIELD_REQUIRED) != 0 && yaml_get(map, key) == NULL) {
            diag_add(diags, LT1009, diag_place(diags, source, (Span){map->at.start, map->at.start}),
                     key);
            err = ERR_INPUT;
        }
    }
    return err;
}

static void write_text(YamlWriter *writer, Text text)
{
    if (text.en.len == 0) {
        yaml_text(writer, text.zh);
        return;
    }
    yaml_map(writer, true);
    yaml_plain(writer, STR("zh"));
    yaml_text(writer, text.zh);
    yaml_plain(writer, STR("en"));
    yaml_text(writer, text.en);
    yaml_end(writer);
}

static void write_int(YamlWriter *writer, int64_t value)
{
    char text[DECIMAL_TEXT];

    yaml_plain(writer, decimal_format((Decimal){value, 0}, text));
}

static bool is_absent(const Field *field, const void *at)
{
    switch (field->kind) {
    case FIELD_STR: return ((const Str *)at)->len == 0;
    case FIELD_TEXT: return ((const Text *)at)->zh.len == 0 && ((const Text *)at)->en.len == 0;
    case FIELD_DECIMAL: return !((const OptDecimal *)at)->given;
    case FIELD_INT:
    case FIELD_YEARS: return *(const int64_t *)at == 0;
    case FIELD_BOOL: return !*(const bool *)at;
    case FIELD_PERIOD: return !((const OptPeriod *)at)->given;
    case FIELD_ENUM: return *(const int *)at == 0;
    case FIELD_STRS: return ((const StrList *)at)->n == 0;
    case FIELD_RECORD:
        for (size_t i = 0; i < field->record->n_fields; i++) {
            if (!is_absent(&field->record->fields[i],
                           member_const(at, field->record->fields[i].offset))) {
                return false;
            }
        }
        return true;
    case FIELD_RECORDS: break;
    }
    AnyList list;

    memcpy(&list, at, sizeof list);
    return list.n == 0;
}

static void write_map(YamlWriter *writer, const Record *record, const void *from, bool flow);

static void write_field(YamlWriter *writer, const Field *field, const void *at)
{
    bool flow = (field->flags & FIELD_FLOW) != 0;
    char text[PERIOD_TEXT + DECIMAL_TEXT];
    AnyList list;

    switch (field->kind) {
    case FIELD_STR: yaml_text(writer, *(const Str *)at); break;
    case FIELD_TEXT: write_text(writer, *(const Text *)at); break;
    case FIELD_DECIMAL:
        yaml_plain(writer, decimal_format(((const OptDecimal *)at)->value, text));
        break;
    case FIELD_INT: write_int(writer, *(const int64_t *)at); break;
    case FIELD_BOOL: yaml_plain(writer, STR("true")); break;
    case FIELD_PERIOD:
        yaml_plain(writer, period_format(((const OptPeriod *)at)->value, text));
        break;
    case FIELD_ENUM: yaml_text(writer, str_z(field->words[*(const int *)at - 1])); break;
    case FIELD_STRS:
        yaml_list(writer, true);
        for (size_t i = 0; i < ((const StrList *)at)->n; i++) {
            yaml_text(writer, ((const StrList *)at)->at[i]);
        }
        yaml_end(writer);
        break;
    case FIELD_YEARS:
        yaml_list(writer, true);
        write_int(writer, ((const int64_t *)at)[0]);
        write_int(writer, ((const int64_t *)at)[1]);
        yaml_end(writer);
        break;
    case FIELD_RECORD: write_map(writer, field->record, at, flow); break;
    case FIELD_RECORDS:
        memcpy(&list, at, sizeof list);
        yaml_list(writer, false);
        for (size_t i = 0; i < list.n; i++) {
            write_map(writer, field->record, list.at + i * field->record->size, flow);
        }
        yaml_end(writer);
        break;
    }
}

static void write_map(YamlWriter *writer, const Record *record, const void *from, bool flow)
{
    yaml_map(writer, flow);
    for (size_t i = 0; i < record->n_fields; i++) {
        const Field *field = &record->fields[i];
        const void *at = member_const(from, field->offset);

        if (!is_absent(field, at)) {
            yaml_plain(writer, str_z(field->key));
            write_field(writer, field, at);
        }
    }
    yaml_end(writer);
}

void record_write(YamlWriter *writer, const Record *record, const void *from)
{
    write_map(writer, record, from, false);
}

static void schema_type(Json *json, const char *type)
{
    json_key(json, "type");
    json_str(json, str_z(type));
}

static void schema_list(Json *json, const char *item_type)
{
    schema_type(json, "array");
    json_key(json, "items");
    json_object(json);
    schema_type(json, item_type);
    json_end(json);
}

static void schema_text(Json *json)
{
    json_key(json, "oneOf");
    json_array(json);
    json_object(json);
    schema_type(json, "string");
    json_end(json);
    json_object(json);
    schema_type(json, "object");
    json_key(json, "properties");
    json_object(json);
    for (int i = 0; i < 2; i++) {
        json_key(json, i == 0 ? "zh" : "en");
        json_object(json);
        schema_type(json, "string");
        json_end(json);
    }
    json_end(json);
    json_key(json, "additionalProperties");
    json_bool(json, false);
    json_end(json);
    json_end(json);
}

/* A YAML scalar such as 2020 or 620100 reads as a number in some editors: both are allowed where
 * text is meant. */
static void schema_scalar(Json *json)
{
    json_key(json, "type");
    json_array(json);
    json_flat(json);
    json_str(json, STR("string"));
    json_str(json, STR("number"));
    json_end(json);
}

static void schema_record(Json *json, const Record *record);

static void schema_field(Json *json, const Field *field)
{
    json_object(json);
    if (field->about.en.len != 0) {
        json_key(json, "description");
        json_str(json, field->about.en);
        json_key(json, "x-description-zh");
        json_str(json, field->about.zh);
    }
    switch (field->kind) {
    case FIELD_STR:
    case FIELD_PERIOD: schema_scalar(json); break;
    case FIELD_TEXT: schema_text(json); break;
    case FIELD_DECIMAL: schema_type(json, "number"); break;
    case FIELD_INT:
        schema_type(json, "integer");
        json_key(json, "minimum");
        json_int(json, field->min);
        json_key(json, "maximum");
        json_int(json, field->max);
        break;
    case FIELD_BOOL: schema_type(json, "boolean"); break;
    case FIELD_ENUM:
        json_key(json, "enum");
        json_array(json);
        json_flat(json);
        for (int i = 0; field->words[i] != NULL; i++) {
            json_str(json, str_z(field->words[i]));
        }
        json_end(json);
        break;
    case FIELD_STRS:
        schema_type(json, "array");
        json_key(json, "items");
        json_object(json);
        schema_scalar(json);
        json_end(json);
        break;
    case FIELD_YEARS:
        schema_list(json, "integer");
        json_key(json, "minItems");
        json_int(json, 2);
        json_key(json, "maxItems");
        json_int(json, 2);
        break;
    case FIELD_RECORD: schema_record(json, field->record); break;
    case FIELD_RECORDS:
        schema_type(json, "array");
        json_key(json, "items");
        json_object(json);
        schema_record(json, field->record);
        json_end(json);
        break;
    }
    json_end(json);
}

/* The keywords of a record inside an object that is open. */
static void schema_record(Json *json, const Record *record)
{
    schema_type(json, "object");
    json_key(json, "properties");
    json_object(json);
    for (size_t i = 0; i < record->n_fields; i++) {
        json_key(json, record->fields[i].key);
        schema_field(json, &record->fields[i]);
    }
    json_end(json);
    json_key(json, "required");
    json_array(json);
    json_flat(json);
    for (size_t i = 0; i < record->n_fields; i++) {
        if ((record->fields[i].flags & FIELD_REQUIRED) != 0) {
            json_str(json, str_z(record->fields[i].key));
        }
    }
    json_end(json);
    json_key(json, "additionalProperties");
    json_bool(json, false);
}

void record_schema(Json *json, const Record *record)
{
    json_object(json);
    json_key(json, "$schema");
    json_str(json, STR("https://json-schema.org/draft/2020-12/schema"));
    json_key(json, "title");
    json_str(json, str_z(record->name));
    schema_record(json, record);
    json_end(json);
}
