/* Diff: what one edition of a plan says differently from another. */
#include "plan/diff_priv.h"

#include <string.h>

const char *const DIFF_KIND_WORDS[] = {
#define X(name, word, zh, en) word,
    DIFF_KINDS(X)
#undef X
};
const char *const DIFF_SENSE_WORDS[] = {
#define X(name, word, zh, en) word,
    DIFF_SENSES(X)
#undef X
};

Text diff_kind_text(DiffKind kind)
{
    static const Text TEXTS[] = {
#define X(name, word, zh, en) TEXT_INIT(zh, en),
        DIFF_KINDS(X)
#undef X
    };

    return TEXTS[kind];
}

Text diff_sense_text(DiffSense sense)
{
    static const Text TEXTS[] = {TEXT_INIT("", ""),
#define X(name, word, zh, en) TEXT_INIT(zh, en),
                                 DIFF_SENSES(X)
#undef X
    };

    return TEXTS[sense];
}

/* ---- what differs ---- */

/* A body by the name that the dictionary gives it. */
static Str body_of(DiffSide side, Str name)
{
    uint32_t body = catalog_body(side.catalog, name);

    return body == NONE ? name : text_in(side.catalog->bodies.at[body].name, LANG_ZH);
}

static bool holds(DiffSide side, const StrList *list, Str body)
{
    for (size_t i = 0; i < list->n; i++) {
        if (str_eq(body_of(side, list->at[i]), body)) {
            return true;
        }
    }
    return false;
}

/* The members of a list that another has not, in its own words. */
static StrList missing(Arena *arena, DiffSide side, const StrList *list, DiffSide other_side,
                       const StrList *other)
{
    StrList out = {ARENA_ARRAY(arena, Str, list->n + 1), 0};

    for (size_t i = 0; i < list->n; i++) {
        if (!holds(other_side, other, body_of(side, list->at[i]))) {
            out.at[out.n++] = list->at[i];
        }
    }
    return out;
}

typedef VEC(DiffField) DiffFields;

static void compare_lists(Arena *arena, DiffSide old_side, const StrList *old, DiffSide new_side,
                          const StrList *new, Str key, DiffFields *out)
{
    StrList gone = missing(arena, old_side, old, new_side, new),
            come = missing(arena, new_side, new, old_side, old);

    if (gone.n + come.n > 0) {
        *vec_push(arena, out) =
            (DiffField){.key = key, .is_list = true, .gone = gone, .come = come};
    }
}

static bool same_unit(Str a, Str b)
{
    Unit units[2];

    return str_eq(a, b) ||
           (unit_parse(a, &units[0]) && unit_parse(b, &units[1]) &&
            unit_same_dimension(units[0], units[1]) && unit_factor(units[0], units[1]) == 1);
}

static bool is_compared(const Field *field)
{
    static const char *const NOT[] = {"indicator", "id", "part", "at", "file"};

    for (size_t i = 0; i < sizeof NOT / sizeof NOT[0]; i++) {
        if (strcmp(field->key, NOT[i]) == 0) {
            return false;
        }
    }
    return true;
}

/* A field as it is told: what is left out by what it means. */
static Str told(Arena *arena, DiffSide side, const Record *record, const Field *field,
                const void *item)
{
    return strcmp(field->key, "region") == 0
               ? plan_region(side.plan, entry_text(arena, field, item))
               : diff_said(arena, side, record, field, item);
}

static void compare_field(Match *match, const Field *field, const void *old, const void *new,
                          DiffFields *out)
{
    Arena *arena = match->arena;
    const Record *record = match->record;
    Str before = diff_said(arena, match->old, record, field, old),
        after = diff_said(arena, match->new, record, field, new);

    if (!str_eq(before, after) && (strcmp(field->key, "unit") != 0 || !same_unit(before, after))) {
        *vec_push(arena, out) = (DiffField){.key = str_z(field->key),
                                            .old = told(arena, match->old, record, field, old),
                                            .new = told(arena, match->new, record, field, new)};
    }
}

static void compare_entries(Match *match, const void *old, const void *new, DiffFields *out)
{
    Arena *arena = match->arena;
    const Record *record = match->record;
    bool same_subject = str_eq(diff_subject(arena, match->old, record, old),
                               diff_subject(arena, match->new, record, new));

    for (size_t i = 0; i < record->n_fields; i++) {
        const Field *field = &record->fields[i];

        if (strcmp(field->key, "name") == 0 || strcmp(field->key, "title") == 0) {
            if (!same_subject) {
                *vec_push(arena, out) =
                    (DiffField){.key = str_z(field->key),
                                .old = diff_words(arena, match->old, record, old),
                                .new = diff_words(arena, match->new, record, new)};
            }
        } else if (field->kind == FIELD_STRS) {
            compare_lists(arena, match->old, entry_member(old, field), match->new,
                          entry_member(new, field), str_z(field->key), out);
        } else if (is_compared(field)) {
            compare_field(match, field, old, new, out);
        }
    }
}

/* ---- stricter or weaker ---- */

typedef struct {
    bool stricter, weaker, unclear;
} Senses;

static void weigh(Senses *senses, int64_t by)
{
    senses->stricter |= by > 0;
    senses->weaker |= by < 0;
}

static DiffSense sense_of(Senses senses)
{
    if (senses.unclear) {
        return SENSE_NONE;
    }
    return senses.stricter && senses.weaker ? SENSE_MIXED
           : senses.stricter                ? SENSE_STRICTER
           : senses.weaker                  ? SENSE_WEAKER
                                            : SENSE_NONE;
}

/* 1 where more is better, -1 where less is, 0 if nobody says. */
static int direction_of(Arena *arena, DiffSide side, const Target *target)
{
    uint32_t index = diff_indicator(arena, side, &TARGET_RECORD, target);
    int direction =
        index == NONE ? DIRECTION_UNSTATED : side.catalog->indicators.at[index]->direction;

    if (direction == DIRECTION_HIGHER || direction == DIRECTION_LOWER) {
        return direction == DIRECTION_HIGHER ? 1 : -1;
    }
    return target->comparator == COMPARE_AT_LEAST  ? 1
           : target->comparator == COMPARE_AT_MOST ? -1
                                                   : 0;
}

/* The sign of new - old, in one unit; false if they cannot be compared. */
static bool compare_amounts(Arena *arena, DiffSide old_side, DiffSide new_side,
                            const Record *record, const void *old, const void *new, int *out)
{
    const Field *field = record_field(record, "value");
    const OptDecimal *before = entry_member(old, field), *after = entry_member(new, field);
    Str units[2] = {diff_unit(arena, old_side, record, old),
                    diff_unit(arena, new_side, record, new)};
    Unit from, to;
    Decimal value = after->value;

    if (!same_unit(units[0], units[1]) &&
        !(unit_parse(units[1], &from) && unit_parse(units[0], &to) &&
          unit_same_dimension(from, to) && unit_convert(value, from, to, &value))) {
        return false;
    }
    *out = decimal_cmp(value, before->value);
    return true;
}

/* About is less than a bare number or a bound; a bound against the direction is not understood. */
static bool is_firm(int comparator, int direction, bool *clear)
{
    *clear &= !(comparator == COMPARE_AT_LEAST && direction < 0) &&
              !(comparator == COMPARE_AT_MOST && direction > 0);
    return comparator != COMPARE_ABOUT;
}

static DiffSense target_sense(Match *match, const Target *old, const Target *new,
                              const DiffFields *fields)
{
    Arena *arena = match->arena;
    int direction = direction_of(arena, match->new, new), change = 0;
    Senses senses = {0};
    bool clear = direction != 0 && direction == direction_of(arena, match->old, old),
         only_amount = true;

    for (size_t i = 0; i < fields->n; i++) {
        Str key = fields->at[i].key;

        only_amount &= str_eq(key, STR("value")) || str_eq(key, STR("unit"));
        senses.unclear |=
            str_eq(key, STR("kind")) || str_eq(key, STR("region")) || str_eq(key, STR("name"));
    }
    senses.unclear |=
        !compare_amounts(arena, match->old, match->new, &TARGET_RECORD, old, new, &change);
    if (only_amount && !senses.unclear && change == 0) {
        return SENSE_SAME;
    }
    weigh(&senses, change * direction);
    if (old->comparator != new->comparator) {
        weigh(&senses, (int)is_firm(new->comparator, direction, &clear) -
                           (int)is_firm(old->comparator, direction, &clear));
    }
    senses.unclear |= !clear && (change != 0 || old->comparator != new->comparator);
    weigh(&senses, old->year - new->year);
    if (old->binding != new->binding) {
        weigh(&senses, (new->binding == BINDING_OBLIGATORY) - (old->binding == BINDING_OBLIGATORY));
    }
    return sense_of(senses);
}

/* A deadline that comes earlier, or comes at all. */
static DiffSense due_sense(const OptPeriod *old, const OptPeriod *new)
{
    Senses senses = {0};

    if (old->given && new->given) {
        weigh(&senses, period_end_day(old->value) - period_end_day(new->value));
    } else {
        weigh(&senses, (int)new->given - (int)old->given);
    }
    return sense_of(senses);
}

static DiffSense change_sense(Match *match, const void *old, const void *new,
                              const DiffFields *fields)
{
    const Field *due = record_field(match->record, "due");
    int change;

    if (match->record == &TARGET_RECORD) {
        return target_sense(match, old, new, fields);
    }
    if (due != NULL) {
        return due_sense(entry_member(old, due), entry_member(new, due));
    }
    if (record_field(match->record, "value") != NULL) { /* a fact */
        for (size_t i = 0; i < fields->n; i++) {
            if (!str_eq(fields->at[i].key, STR("value")) &&
                !str_eq(fields->at[i].key, STR("unit"))) {
                return SENSE_NONE;
            }
        }
        if (compare_amounts(match->arena, match->old, match->new, match->record, old, new,
                            &change) &&
            change == 0) {
            return SENSE_SAME;
        }
    }
    return SENSE_NONE;
}

/* ---- plans ---- */

static void diff_list(Match *match, Diff *out)
{
    size_t n_old = match->olds.n, n_new = match->news.n;

    diff_match(match);
    for (size_t i = 0; i < n_new; i++) {
        const void *new = entry_at(&match->news, match->record, i);
        const void *old = match->partner[i] == NOBODY
                              ? NULL
                              : entry_at(&match->olds, match->record, match->partner[i]);
        DiffFields fields = {0};
        DiffChange change = {.kind = old == NULL ? DIFF_ADDED : DIFF_CHANGED,
                             .list = match->list,
                             .old = old,
                             .new = new};

        if (old != NULL) {
            compare_entries(match, old, new, &fields);
            if (fields.n == 0) {
                continue;
            }
            change.sense = change_sense(match, old, new, &fields);
            change.fields.at = fields.at;
            change.fields.n = fields.n;
        }
        *vec_push(match->arena, out) = change;
    }
    for (size_t i = 0; i < n_old; i++) {
        if (!match->taken[i]) {
            *vec_push(match->arena, out) =
                (DiffChange){.kind = DIFF_DROPPED,
                             .list = match->list,
                             .old = entry_at(&match->olds, match->record, i)};
        }
    }
}

static void compare_head(Arena *arena, DiffSide old, DiffSide new, const Record *record,
                         const void *old_head, const void *new_head, const char *within,
                         DiffFields *out)
{
    for (size_t i = 0; i < record->n_fields; i++) {
        const Field *field = &record->fields[i];
        Str before, after,
            key =
                within == NULL ? str_z(field->key) : str_format(arena, "%s.%s", within, field->key);
        const void *old_at = entry_member(old_head, field), *new_at = entry_member(new_head, field);

        if (field->kind == FIELD_RECORD && strcmp(field->key, "at") != 0) {
            compare_head(arena, old, new, field->record, old_at, new_at, field->key, out);
        } else if (field->kind == FIELD_STRS && strcmp(field->key, "uses") != 0) {
            compare_lists(arena, old, old_at, new, new_at, key, out);
        } else if (strcmp(field->key, "plan") != 0) { /* the id is a name of ours */
            before = entry_text(arena, field, old_head);
            after = entry_text(arena, field, new_head);
            if (field->kind != FIELD_STRS && !str_eq(before, after)) {
                *vec_push(arena, out) = (DiffField){.key = key, .old = before, .new = after};
            }
        }
    }
}

void plan_diff(Arena *arena, DiffSide old, DiffSide new, Diff *out)
{
    static const char *const LISTS[] = {"targets", "facts",    "phases",
                                        "tasks",   "projects", "mechanisms"};
    DiffFields head = {0};

    compare_head(arena, old, new, &PLAN_RECORD, old.plan, new.plan, NULL, &head);
    if (head.n > 0) {
        DiffChange change = {.kind = DIFF_CHANGED, .old = old.plan, .new = new.plan};

        change.fields.at = head.at;
        change.fields.n = head.n;
        *vec_push(arena, out) = change;
    }
    for (size_t i = 0; i < sizeof LISTS / sizeof LISTS[0]; i++) {
        const Field *list = record_field(&PLAN_RECORD, LISTS[i]);
        Match match = {
            .arena = arena, .old = old, .new = new, .list = list, .record = list->record};

        memcpy(&match.olds, entry_member(old.plan, list), sizeof match.olds);
        memcpy(&match.news, entry_member(new.plan, list), sizeof match.news);
        diff_list(&match, out);
    }
}
