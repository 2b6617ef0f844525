/* Entry: what is in a list of a plan, whichever list it is, seen through its description. */
#ifndef LONGTU_PLAN_ENTRY_H
#define LONGTU_PLAN_ENTRY_H

#include "plan/plan.h"

typedef struct { /* any LIST of a plan */
    void *at;
    size_t n;
} EntryList;

const Field *record_field(const Record *record, const char *key); /* NULL if it has none */
const void *entry_member(const void *item, const Field *field);
const void *entry_at(const EntryList *list, const Record *record, size_t i);

/* What a field says, as text; empty if it is absent. Of a text, the Chinese if there is any. */
Str entry_text(Arena *arena, const Field *field, const void *item);

At entry_place(const Record *record, const void *item);               /* all zero if it has none */
Str entry_name(Arena *arena, const Record *record, const void *item); /* what it is about */

/* How much two entries are the same: one more than the number of fields that agree. */
size_t entry_likeness(Arena *arena, const Record *record, const void *a, const void *b);

#endif
