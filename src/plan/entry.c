/* Entry: what is in a list of a plan, whichever list it is, seen through its description. */
#include "plan/entry.h"

#include <string.h>

const void *entry_member(const void *item, const Field *field)
{
    return (const char *)item + field->offset;
}

const Field *record_field(const Record *record, const char *key)
{
    for (size_t i = 0; i < record->n_fields; i++) {
        if (strcmp(record->fields[i].key, key) == 0) {
            return &record->fields[i];
        }
    }
    return NULL;
}

Str entry_text(Arena *arena, const Field *field, const void *item)
{
    const void *at = entry_member(item, field);
    char number[DECIMAL_TEXT], period[PERIOD_TEXT];
    Buf list = buf_new(arena);

    switch (field->kind) {
    case FIELD_STR: return *(const Str *)at;
    case FIELD_TEXT: return text_in(*(const Text *)at, LANG_ZH);
    case FIELD_DECIMAL: {
        const OptDecimal *value = at;

        return value->given ? str_copy(arena, decimal_format(value->value, number)) : STR("");
    }
    case FIELD_INT: {
        int64_t value = *(const int64_t *)at;

        return value != 0 ? str_format(arena, "%lld", (long long)value) : STR("");
    }
    case FIELD_BOOL: return *(const bool *)at ? STR("true") : STR("");
    case FIELD_PERIOD: {
        const OptPeriod *value = at;

        return value->given ? str_copy(arena, period_format(value->value, period)) : STR("");
    }
    case FIELD_ENUM: {
        int value = *(const int *)at;

        return value != 0 ? str_z(field->words[value - 1]) : STR("");
    }
    case FIELD_STRS: {
        const StrList *value = at;

        for (size_t i = 0; i < value->n; i++) {
            buf_add(&list, i > 0 ? STR(", ") : STR(""));
            buf_add(&list, value->at[i]);
        }
        return buf_str(&list);
    }
    case FIELD_YEARS: {
        const int64_t *value = at;

        return value[0] != 0
                   ? str_format(arena, "%lld—%lld", (long long)value[0], (long long)value[1])
                   : STR("");
    }
    default: return STR("");
    }
}

At entry_place(const Record *record, const void *item)
{
    const Field *field = record_field(record, "at");

    return field == NULL ? (At){0} : *(const At *)entry_member(item, field);
}

Str entry_name(Arena *arena, const Record *record, const void *item)
{
    static const char *const KEYS[] = {"indicator", "name", "title", "text", "id"};

    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) {
        const Field *field = record_field(record, KEYS[i]);
        Str text = field == NULL ? STR("") : entry_text(arena, field, item);

        if (text.len != 0) {
            return text;
        }
    }
    return STR("");
}

size_t entry_likeness(Arena *arena, const Record *record, const void *a, const void *b)
{
    size_t same = 1;

    for (size_t i = 0; i < record->n_fields; i++) {
        const Field *field = &record->fields[i];

        if (field->kind != FIELD_RECORD && field->kind != FIELD_RECORDS) {
            same += str_eq(entry_text(arena, field, a), entry_text(arena, field, b));
        }
    }
    return same;
}

const void *entry_at(const EntryList *list, const Record *record, size_t i)
{
    return (const char *)list->at + i * record->size;
}
