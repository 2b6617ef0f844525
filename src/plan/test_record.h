/* Records compared field by field, as their description says; for tests. */
#ifndef LONGTU_PLAN_TEST_RECORD_H
#define LONGTU_PLAN_TEST_RECORD_H

#include "plan/record.h"

#include <string.h>

typedef LIST(unsigned char) AnyList; /* every LIST has this layout */

static inline bool record_same(const Record *record, const void *a, const void *b);

static inline bool record_same_strs(const StrList *a, const StrList *b)
{
    for (size_t i = 0; a->n == b->n && i < a->n; i++) {
        if (!str_eq(a->at[i], b->at[i])) {
            return false;
        }
    }
    return a->n == b->n;
}

static inline bool record_same_list(const Record *record, AnyList a, AnyList b)
{
    for (size_t i = 0; a.n == b.n && i < a.n; i++) {
        if (!record_same(record, a.at + i * record->size, b.at + i * record->size)) {
            return false;
        }
    }
    return a.n == b.n;
}

static inline bool record_same_field(const Field *field, const void *a, const void *b)
{
    AnyList lists[2];

    switch (field->kind) {
    case FIELD_STR: return str_eq(*(const Str *)a, *(const Str *)b);
    case FIELD_TEXT:
        return str_eq(((const Text *)a)->zh, ((const Text *)b)->zh) &&
               str_eq(((const Text *)a)->en, ((const Text *)b)->en);
    case FIELD_DECIMAL: { /* 25.40 is not 25.4 */
        const OptDecimal *x = a, *y = b;

        return x->given == y->given && (!x->given || (x->value.digits == y->value.digits &&
                                                      x->value.scale == y->value.scale));
    }
    case FIELD_INT: return *(const int64_t *)a == *(const int64_t *)b;
    case FIELD_BOOL: return *(const bool *)a == *(const bool *)b;
    case FIELD_PERIOD: {
        const OptPeriod *x = a, *y = b;

        return x->given == y->given && (!x->given || period_equal(x->value, y->value));
    }
    case FIELD_ENUM: return *(const int *)a == *(const int *)b;
    case FIELD_STRS: return record_same_strs(a, b);
    case FIELD_YEARS:
        return ((const int64_t *)a)[0] == ((const int64_t *)b)[0] &&
               ((const int64_t *)a)[1] == ((const int64_t *)b)[1];
    case FIELD_RECORD: return record_same(field->record, a, b);
    case FIELD_RECORDS: break;
    }
    memcpy(&lists[0], a, sizeof lists[0]);
    memcpy(&lists[1], b, sizeof lists[1]);
    return record_same_list(field->record, lists[0], lists[1]);
}

static inline bool record_same(const Record *record, const void *a, const void *b)
{
    for (size_t i = 0; i < record->n_fields; i++) {
        const Field *field = &record->fields[i];

        if (!record_same_field(field, (const unsigned char *)a + field->offset,
                               (const unsigned char *)b + field->offset)) {
            return false;
        }
    }
    return true;
}

#endif
