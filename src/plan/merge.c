/* Merge: a plan file that a person has corrected, and the same plan extracted anew. */
#include "plan/merge.h"

#include <assert.h>
#include <string.h>

typedef struct { /* any LIST of a plan */
    void *at;
    size_t n;
} AnyList;

static const void *member(const void *item, const Field *field)
{
    return (const char *)item + field->offset;
}

static const Field *field_named(const Record *record, const char *key)
{
    for (size_t i = 0; i < record->n_fields; i++) {
        if (strcmp(record->fields[i].key, key) == 0) {
            return &record->fields[i];
        }
    }
    return NULL;
}

/* What a field says, as text; empty if it is absent. */
static Str field_text(Arena *arena, const Field *field, const void *item)
{
    const void *at = member(item, field);
    char number[DECIMAL_TEXT], period[PERIOD_TEXT];
    Buf list = buf_new(arena);

    switch (field->kind) {
    case FIELD_STR: return *(const Str *)at;
    case FIELD_TEXT: return ((const Text *)at)->zh;
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

static At place_of_item(const Record *record, const void *item)
{
    const Field *field = field_named(record, "at");

    return field == NULL ? (At){0} : *(const At *)member(item, field);
}

/* A place without an end is that of its whole line. */
static bool overlap(At a, At b)
{
    int64_t a_end = a.end != 0 ? a.end : INT64_MAX, b_end = b.end != 0 ? b.end : INT64_MAX;

    return a.line != 0 && a.line == b.line && a.start < b_end && b.start < a_end;
}

static Str name_of_item(Arena *arena, const Record *record, const void *item)
{
    static const char *const KEYS[] = {"indicator", "name", "title", "text", "id"};

    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) {
        const Field *field = field_named(record, KEYS[i]);
        Str text = field == NULL ? STR("") : field_text(arena, field, item);

        if (text.len != 0) {
            return text;
        }
    }
    return STR("");
}

/* How much two entries at one place are the same: that many of their fields agree. */
static size_t likeness(Arena *arena, const Record *record, const void *a, const void *b)
{
    size_t same = 1;

    for (size_t i = 0; i < record->n_fields; i++) {
        const Field *field = &record->fields[i];

        if (field->kind != FIELD_RECORD && field->kind != FIELD_RECORDS) {
            same += str_eq(field_text(arena, field, a), field_text(arena, field, b));
        }
    }
    return same;
}

static const char *item_of(const AnyList *list, const Record *record, size_t i)
{
    return (const char *)list->at + i * record->size;
}

/* The entry of the list that is the same as the one found, not taken yet; SIZE_MAX if there is
 * none. */
static size_t find_same(Arena *arena, const Record *record, const AnyList *file, const bool *taken,
                        const void *found)
{
    At at = place_of_item(record, found);
    size_t best = SIZE_MAX, best_score = 0;

    for (size_t i = 0; i < file->n; i++) {
        const void *item = item_of(file, record, i);
        size_t score = taken[i] || !overlap(place_of_item(record, item), at)
                           ? 0
                           : likeness(arena, record, item, found);

        if (score > best_score) {
            best = i;
            best_score = score;
        }
    }
    return best;
}

static void note_differences(Arena *arena, const Field *list, const void *file, const void *found,
                             MergeNotes *notes)
{
    const Record *record = list->record;

    for (size_t i = 0; i < record->n_fields; i++) {
        const Field *field = &record->fields[i];
        Str in_file, in_found;

        if (field->kind == FIELD_RECORD || field->kind == FIELD_RECORDS ||
            strcmp(field->key, "id") == 0) {
            continue;
        }
        in_file = field_text(arena, field, file);
        in_found = field_text(arena, field, found);
        if (str_eq(in_file, in_found) || (in_file.len == 0 && strcmp(field->key, "name") == 0)) {
            continue;
        }
        *vec_push(arena, notes) = (MergeNote){.kind = MERGE_DIFFERS,
                                              .list = str_z(list->key),
                                              .field = str_z(field->key),
                                              .name = name_of_item(arena, record, file),
                                              .at = place_of_item(record, file),
                                              .file = in_file,
                                              .found = in_found};
    }
}

static void note_whole(Arena *arena, MergeKind kind, const Field *list, const void *item,
                       MergeNotes *notes)
{
    const Field *value = field_named(list->record, "value");

    *vec_push(arena, notes) =
        (MergeNote){.kind = kind,
                    .list = str_z(list->key),
                    .name = name_of_item(arena, list->record, item),
                    .at = place_of_item(list->record, item),
                    .found = value == NULL ? STR("") : field_text(arena, value, item)};
}

/* Whether the file says of the place that it is nothing. */
static bool is_struck(const Plan *file, At at)
{
    for (size_t i = 0; i < file->unclaimed.n; i++) {
        if (overlap(file->unclaimed.at[i].at, at)) {
            return true;
        }
    }
    return false;
}

/* Whether the file has made something of the place. */
static bool is_claimed(const Plan *file, At at)
{
    for (size_t i = 0; i < file->targets.n; i++) {
        if (overlap(file->targets.at[i].at, at)) {
            return true;
        }
    }
    for (size_t i = 0; i < file->facts.n; i++) {
        if (overlap(file->facts.at[i].at, at)) {
            return true;
        }
    }
    return false;
}

static void merge_list(Arena *arena, const Plan *file_plan, const Field *list, const AnyList *file,
                       const AnyList *found, AnyList *out, MergeNotes *notes)
{
    const Record *record = list->record;
    bool *taken = ARENA_ARRAY(arena, bool, file->n + 1);
    bool unclaimed = strcmp(list->key, "unclaimed") == 0;
    char *all = arena_array(arena, file->n + found->n, record->size);
    size_t n = file->n;

    if (file->n > 0) {
        memcpy(all, file->at, file->n * record->size);
    }
    for (size_t i = 0; i < found->n; i++) {
        const void *item = item_of(found, record, i);
        At at = place_of_item(record, item);
        size_t same = find_same(arena, record, file, taken, item);

        if (same != SIZE_MAX) {
            taken[same] = true;
            note_differences(arena, list, item_of(file, record, same), item, notes);
            continue;
        }
        if (unclaimed ? is_claimed(file_plan, at) : is_struck(file_plan, at)) {
            if (!unclaimed) {
                note_whole(arena, MERGE_STRUCK, list, item, notes);
            }
            continue;
        }
        memcpy(all + n++ * record->size, item, record->size);
        note_whole(arena, MERGE_ADDED, list, item, notes);
    }
    for (size_t i = 0; i < file->n && found->n > 0 && !unclaimed; i++) {
        if (!taken[i]) {
            note_whole(arena, MERGE_KEPT, list, item_of(file, record, i), notes);
        }
    }
    *out = (AnyList){all, n};
}

void plan_merge(Arena *arena, const Plan *file, const Plan *found, Plan *out, MergeNotes *notes)
{
    *out = *file;
    for (size_t i = 0; i < PLAN_RECORD.n_fields; i++) {
        const Field *field = &PLAN_RECORD.fields[i];

        if (field->kind == FIELD_RECORDS) {
            AnyList result;

            merge_list(arena, file, field, member(file, field), member(found, field), &result,
                       notes);
            memcpy((char *)out + field->offset, &result, sizeof result);
        }
    }
    if (out->horizon == 0) {
        out->horizon = found->horizon;
    }
    if (out->source.number.len == 0) {
        out->source = found->source;
    }
}
