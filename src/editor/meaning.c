/* Meaning: what a place of a plan or dictionary file is about. */
#include "editor/meaning.h"

#include "plan/catalog.h"
#include "plan/entry.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const Field TEXT_FIELDS[] = {
    {"zh", FIELD_STR, offsetof(Text, zh), 0, NULL, NULL, 0, 0, TEXT_INIT("中文", "Chinese")},
    {"en", FIELD_STR, offsetof(Text, en), 0, NULL, NULL, 0, 0, TEXT_INIT("英文", "English")},
};
static const Record TEXT_RECORD = {"text", sizeof(Text), TEXT_FIELDS, COUNT(TEXT_FIELDS), SIZE_MAX};

/* record and key -> what the value names; an empty record is any */
static const struct {
    const char *record, *key;
    Refer refer;
} REFERS[] = {
    {"", "indicator", REFER_INDICATOR}, {"", "growth", REFER_INDICATOR},
    {"", "of", REFER_MEASURE},          {"", "formula", REFER_QUANTITY},
    {"", "average", REFER_QUANTITY},    {"", "weight", REFER_QUANTITY},
    {"", "holds", REFER_QUANTITY},      {"", "region", REFER_ENTITY},
    {"", "members", REFER_ENTITY},      {"", "parent", REFER_ENTITY},
    {"area", "group", REFER_ENTITY},    {"", "unit", REFER_UNIT},
    {"", "owners", REFER_BODY},         {"", "cooperating", REFER_BODY},
    {"source", "issuer", REFER_BODY},   {"", "vintage", REFER_VINTAGE},
    {"", "uses", REFER_FILE},           {"source", "file", REFER_FILE},
};

static Refer refer_of(const Record *record, const Field *field)
{
    for (size_t i = 0; i < COUNT(REFERS); i++) {
        if (strcmp(REFERS[i].key, field->key) == 0 &&
            (REFERS[i].record[0] == '\0' || strcmp(REFERS[i].record, record->name) == 0)) {
            return REFERS[i].refer;
        }
    }
    return REFER_NOTHING;
}

bool meaning_is_dictionary(const Sketch *sketch)
{
    bool some = false;

    if (sketch_find(sketch, 0, STR("plan")) != UINT32_MAX) {
        return false;
    }
    for (size_t i = 0; i < DICTIONARY_RECORD.n_fields; i++) {
        const char *key = DICTIONARY_RECORD.fields[i].key;

        some |= record_field(&PLAN_RECORD, key) == NULL &&
                sketch_find(sketch, 0, str_z(key)) != UINT32_MAX;
    }
    return some;
}

bool meaning_is_ours(const Sketch *sketch)
{
    return sketch_find(sketch, 0, STR("plan")) != UINT32_MAX || meaning_is_dictionary(sketch);
}

typedef struct {
    const Record *record; /* that the key is in */
    const Field *field;   /* NULL if it is not known */
    bool is_item;         /* an item of the key's list rather than its value */
} Belongs;

static const Record *value_record(Belongs value)
{
    if (value.field == NULL) {
        return NULL;
    }
    switch (value.field->kind) {
    case FIELD_TEXT: return value.is_item ? NULL : &TEXT_RECORD;
    case FIELD_RECORD: return value.is_item ? NULL : value.field->record;
    case FIELD_RECORDS: return value.is_item ? value.field->record : NULL;
    default: return NULL;
    }
}

/* What the value of a node belongs to, found from the root down. */
static Belongs belongs(const Sketch *sketch, uint32_t node)
{
    uint32_t path[SKETCH_MAX_DEPTH + 1] = {0};
    size_t n = 0;
    const Record *record = meaning_is_dictionary(sketch) ? &DICTIONARY_RECORD : &PLAN_RECORD;
    Belongs value = {record, NULL, false};

    for (uint32_t at = node; at != 0 && n < COUNT(path); at = sketch->nodes.at[at].parent) {
        path[n++] = at;
    }
    while (n-- > 0) {
        const SketchNode *at = &sketch->nodes.at[path[n]];

        if (sketch->nodes.at[at->parent].kind == SKETCH_LIST) {
            value.field = value.is_item ? NULL : value.field;
            value.is_item = true;
            continue;
        }
        record = at->parent == 0 ? record : value_record(value);
        value = (Belongs){record, NULL, false};
        for (size_t i = 0; record != NULL && i < record->n_fields; i++) {
            if (str_eq(sketch_text(sketch, at->key), str_z(record->fields[i].key))) {
                value.field = &record->fields[i];
            }
        }
    }
    return value;
}

const Record *meaning_record(const Sketch *sketch, uint32_t map)
{
    Belongs value = belongs(sketch, map);

    return map == 0 ? value.record : value_record(value);
}

/* The map around a value: that of its key, also where it is in a list. */
static uint32_t map_around(const Sketch *sketch, uint32_t node)
{
    const SketchNode *nodes = sketch->nodes.at;

    while (nodes[node].parent != 0 && nodes[nodes[node].parent].kind == SKETCH_LIST) {
        node = nodes[node].parent;
    }
    return nodes[node].parent;
}

static Meaning of_key(const Sketch *sketch, uint32_t map, uint32_t entry, Span token)
{
    Meaning meaning = {SPOT_KEY, meaning_record(sketch, map), NULL, map, entry, REFER_NOTHING,
                       token,    sketch_text(sketch, token)};

    if (meaning.record == NULL) {
        meaning.kind = SPOT_NONE;
    } else if (entry != UINT32_MAX) {
        meaning.field = belongs(sketch, entry).field;
    }
    return meaning;
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* The name of a formula that the offset is in. */
static Span word_in(Str text, Span formula, size_t offset)
{
    size_t start = offset, end = offset;

    while (start > formula.start && is_word(text.at[start - 1])) {
        start--;
    }
    while (end < formula.end && is_word(text.at[end])) {
        end++;
    }
    return (Span){(uint32_t)start, (uint32_t)end};
}

Meaning meaning_at(const Sketch *sketch, size_t offset)
{
    Spot spot = sketch_at(sketch, offset);
    const SketchNode *node = &sketch->nodes.at[spot.node];
    Meaning meaning = {.kind = SPOT_NONE, .entry = UINT32_MAX};
    Belongs value;

    if (spot.kind == SPOT_KEY) {
        return of_key(sketch, spot.node, spot.entry, spot.token);
    }
    if (spot.kind == SPOT_NONE) {
        return meaning;
    }
    value = belongs(sketch, spot.node);
    if (value.field == NULL) {
        return meaning;
    }
    /* a word where a map belongs is a key that has no colon yet, if it does not stand behind the
       map's own key on the line */
    if (value_record(value) != NULL &&
        (value.is_item || (value.field->kind == FIELD_RECORD && spot.token.start > node->at.end))) {
        return of_key(sketch, spot.node, UINT32_MAX, spot.token);
    }
    meaning = (Meaning){SPOT_VALUE, value.record,  value.field, map_around(sketch, spot.node),
                        spot.node,  REFER_NOTHING, spot.token,  sketch_text(sketch, spot.token)};
    if (value.field->kind == FIELD_STR || value.is_item) {
        meaning.refer = refer_of(value.record, value.field);
    }
    if (meaning.refer == REFER_QUANTITY) {
        meaning.token = word_in(sketch->text, spot.token, offset);
        meaning.text = sketch_text(sketch, meaning.token);
    }
    return meaning;
}

Str meaning_value(const Sketch *sketch, uint32_t map, const char *key)
{
    uint32_t node = sketch_find(sketch, map, str_z(key));

    return node != UINT32_MAX && sketch->nodes.at[node].kind == SKETCH_SCALAR
               ? sketch_text(sketch, sketch->nodes.at[node].value)
               : STR("");
}

static uint32_t number(Str text)
{
    Decimal value;

    return decimal_parse(text, &value) == DECIMAL_OK && value.scale == 0 && value.digits > 0 &&
                   value.digits < INT32_MAX
               ? (uint32_t)value.digits
               : 0;
}

MeaningPlace meaning_place(const Sketch *sketch, uint32_t node)
{
    const SketchNode *nodes = sketch->nodes.at;

    for (uint32_t map = node; map != 0; map = nodes[map].parent) {
        uint32_t at =
            nodes[map].kind == SKETCH_MAP ? sketch_find(sketch, map, STR("at")) : UINT32_MAX;

        if (at != UINT32_MAX && nodes[at].kind == SKETCH_MAP) {
            return (MeaningPlace){number(meaning_value(sketch, at, "line")),
                                  number(meaning_value(sketch, at, "start")),
                                  number(meaning_value(sketch, at, "end"))};
        }
    }
    return (MeaningPlace){0};
}
