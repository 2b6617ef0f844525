/* Merge: a plan file that a person has corrected, and the same plan extracted anew. */
#include "plan/merge.h"

#include "plan/entry.h"

#include <string.h>

/* A place without an end is that of its whole line. */
static bool overlap(At a, At b)
{
    int64_t a_end = a.end != 0 ? a.end : INT64_MAX, b_end = b.end != 0 ? b.end : INT64_MAX;

    return a.line != 0 && a.line == b.line && a.start < b_end && b.start < a_end;
}

/* The entry of the list that is the same as the one found, not taken yet; SIZE_MAX if there is
 * none. */
static size_t find_same(Arena *arena, const Record *record, const EntryList *file,
                        const bool *taken, const void *found)
{
    At at = entry_place(record, found);
    size_t best = SIZE_MAX, best_score = 0;

    for (size_t i = 0; i < file->n; i++) {
        const void *item = entry_at(file, record, i);
        size_t score = taken[i] || !overlap(entry_place(record, item), at)
                           ? 0
                           : entry_likeness(arena, record, item, found);

        if (score > best_score) {
            best = i;
            best_score = score;
        }
    }
    return best;
}

/* The chapter, which is the document's to say, is filled in where the file has none. */
static void fill_part(const Record *record, void *file, const void *found)
{
    const Field *part = record_field(record, "part");
    Str *own = part == NULL ? NULL : (Str *)(void *)((char *)file + part->offset);

    if (own != NULL && own->len == 0) {
        *own = *(const Str *)entry_member(found, part);
    }
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
        in_file = entry_text(arena, field, file);
        in_found = entry_text(arena, field, found);
        if (str_eq(in_file, in_found) || (in_file.len == 0 && strcmp(field->key, "name") == 0)) {
            continue;
        }
        *vec_push(arena, notes) = (MergeNote){.kind = MERGE_DIFFERS,
                                              .list = str_z(list->key),
                                              .field = str_z(field->key),
                                              .name = entry_name(arena, record, file),
                                              .at = entry_place(record, file),
                                              .file = in_file,
                                              .found = in_found};
    }
}

static void note_whole(Arena *arena, MergeKind kind, const Field *list, const void *item,
                       MergeNotes *notes)
{
    const Field *value = record_field(list->record, "value");

    *vec_push(arena, notes) =
        (MergeNote){.kind = kind,
                    .list = str_z(list->key),
                    .name = entry_name(arena, list->record, item),
                    .at = entry_place(list->record, item),
                    .found = value == NULL ? STR("") : entry_text(arena, value, item)};
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

static void merge_list(Arena *arena, const Plan *file_plan, const Field *list,
                       const EntryList *file, const EntryList *found, EntryList *out,
                       MergeNotes *notes)
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
        const void *item = entry_at(found, record, i);
        At at = entry_place(record, item);
        size_t same = find_same(arena, record, file, taken, item);

        if (same != SIZE_MAX) {
            taken[same] = true;
            fill_part(record, all + same * record->size, item);
            note_differences(arena, list, all + same * record->size, item, notes);
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
            note_whole(arena, MERGE_KEPT, list, entry_at(file, record, i), notes);
        }
    }
    *out = (EntryList){all, n};
}

void plan_merge(Arena *arena, const Plan *file, const Plan *found, Plan *out, MergeNotes *notes)
{
    *out = *file;
    for (size_t i = 0; i < PLAN_RECORD.n_fields; i++) {
        const Field *field = &PLAN_RECORD.fields[i];

        if (field->kind == FIELD_RECORDS) {
            EntryList result;

            merge_list(arena, file, field, entry_member(file, field), entry_member(found, field),
                       &result, notes);
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
