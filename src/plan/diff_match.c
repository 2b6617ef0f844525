/* Diff: which entries and plans of two editions are the same. */
#include "plan/diff_priv.h"

#include "base/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Our choices. Names of which half the pairs of neighbouring characters agree are one name reworded
 * (建立市际联席会议制度, 建立健全联席会议制度). Beyond so many pairs of entries names are not
 * compared: what is left of such files has little in common. */
enum { LIKE_PERCENT = 50, MAX_LIKE_PAIRS = 4000000, MAX_CANDIDATES = 64 };

/* ---- what an entry says ---- */

static Str text_of(Arena *arena, const Record *record, const char *key, const void *item)
{
    const Field *field = record_field(record, key);

    return field == NULL ? STR("") : entry_text(arena, field, item);
}

uint32_t diff_indicator(Arena *arena, DiffSide side, const Record *record, const void *item)
{
    Str id = text_of(arena, record, "indicator", item);

    if (id.len == 0 && record_field(record, "indicator") != NULL) {
        id = text_of(arena, record, "name", item);
    }
    return id.len == 0 ? NONE : catalog_indicator(side.catalog, id);
}

Str diff_words(Arena *arena, DiffSide side, const Record *record, const void *item)
{
    uint32_t indicator = diff_indicator(arena, side, record, item);
    Str name = text_of(arena, record, "name", item);

    if (name.len == 0) {
        name = text_of(arena, record, "title", item);
    }
    if (name.len == 0 && indicator != NONE) {
        name = text_in(side.catalog->indicators.at[indicator]->name, LANG_ZH);
    }
    return name.len != 0 ? name : entry_name(arena, record, item);
}

/* Its words, for comparison with those of another. */
static Str name_of(Arena *arena, DiffSide side, const Record *record, const void *item)
{
    return utf8_fold(arena, diff_words(arena, side, record, item));
}

Str diff_subject(Arena *arena, DiffSide side, const Record *record, const void *item)
{
    uint32_t indicator = diff_indicator(arena, side, record, item);
    Str id = text_of(arena, record, "indicator", item);

    if (indicator != NONE) {
        id = side.catalog->indicators.at[indicator]->id;
    }
    return id.len != 0 ? str_format(arena, "#%.*s", STR_ARG(id))
                       : name_of(arena, side, record, item);
}

/* Empty for the area of the plan, whatever it is called in either edition. */
static Str region_of(DiffSide side, Str region)
{
    uint32_t entity = region.len == 0 ? NONE : catalog_entity(side.catalog, region);

    if (region.len == 0 || str_eq(region, side.plan->area.group) ||
        (entity != NONE && entity == catalog_entity(side.catalog, side.plan->area.group))) {
        return STR("");
    }
    return entity == NONE ? region : side.catalog->entities.at[entity].id;
}

Str diff_unit(Arena *arena, DiffSide side, const Record *record, const void *item)
{
    uint32_t indicator = diff_indicator(arena, side, record, item);
    Str unit = text_of(arena, record, "unit", item);

    return unit.len == 0 && indicator != NONE ? side.catalog->indicators.at[indicator]->unit_text
                                              : unit;
}

Str diff_said(Arena *arena, DiffSide side, const Record *record, const Field *field,
              const void *item)
{
    Str text = entry_text(arena, field, item);

    if (strcmp(field->key, "region") == 0) {
        return region_of(side, text);
    }
    if (strcmp(field->key, "unit") == 0) {
        return diff_unit(arena, side, record, item);
    }
    if (text.len == 0 && field->words == TARGET_KIND_WORDS) {
        return str_z(TARGET_KIND_WORDS[TARGET_LEVEL - 1]);
    }
    if (text.len == 0 && field->words == COMPARATOR_WORDS) {
        return str_z(COMPARATOR_WORDS[COMPARE_EQUAL - 1]);
    }
    return text;
}

static Str said_of(Arena *arena, DiffSide side, const Record *record, const char *key,
                   const void *item)
{
    const Field *field = record_field(record, key);

    return field == NULL ? STR("") : diff_said(arena, side, record, field, item);
}

/* ---- which entries are the same ---- */

/* How exactly entries must agree, from strict to lax. */
typedef enum { AGREE_WHOLE, AGREE_STATEMENT, AGREE_SUBJECT, AGREE_ELSEWHERE, N_AGREE } Agree;

/* Entries that agree have one key; empty if this one can agree with none. */
static Str key_of(Match *match, DiffSide side, const void *item, Agree agree)
{
    static const char *const KEYS[][7] = {
        [AGREE_WHOLE] = {NULL}, /* all of them */
        [AGREE_STATEMENT] = {"region", "kind", "year", "period", "since", "relative_to", NULL},
        [AGREE_SUBJECT] = {"region", NULL},
        [AGREE_ELSEWHERE] = {"kind", "value", "unit", NULL}, /* another region */
    };
    const Record *record = match->record;
    Arena *arena = match->arena;
    Buf key = buf_new(arena);

    if (agree == AGREE_ELSEWHERE && record_field(record, "region") == NULL) {
        return STR("");
    }
    buf_add(&key, diff_subject(arena, side, record, item));
    for (size_t i = 0; agree == AGREE_WHOLE && i < record->n_fields; i++) {
        const Field *field = &record->fields[i];

        if (strcmp(field->key, "indicator") != 0 && strcmp(field->key, "name") != 0) {
            buf_char(&key, '\n');
            buf_add(&key, diff_said(arena, side, record, field, item));
        }
    }
    for (size_t i = 0; KEYS[agree][i] != NULL; i++) {
        buf_char(&key, '\n');
        buf_add(&key, said_of(arena, side, record, KEYS[agree][i], item));
    }
    return buf_str(&key);
}

static void join(Match *match, size_t old, size_t new)
{
    assert(!match->taken[old] && match->partner[new] == NOBODY);
    match->partner[new] = old;
    match->taken[old] = true;
}

/* Joins entries that agree; of several the one that is most alike. */
static void match_by_key(Match *match, Agree agree)
{
    Arena *arena = match->arena;
    Map *first = map_new(arena);
    size_t *next = ARENA_ARRAY(arena, size_t, match->olds.n + 1);

    for (size_t i = match->olds.n; i-- > 0;) {
        Str key;
        uint64_t head = NOBODY;

        if (match->taken[i]) {
            continue;
        }
        key = key_of(match, match->old, entry_at(&match->olds, match->record, i), agree);
        (void)map_get(first, key, &head);
        next[i] = (size_t)head;
        map_set(first, key, i);
    }
    for (size_t i = 0; i < match->news.n; i++) {
        const void *item = entry_at(&match->news, match->record, i);
        Str key = match->partner[i] == NOBODY ? key_of(match, match->new, item, agree) : STR("");
        uint64_t head;
        size_t best = NOBODY, best_likeness = 0, tried = 0;

        if (key.len == 0 || !map_get(first, key, &head)) {
            continue;
        }
        while (head != NOBODY && match->taken[head]) { /* what is taken is not looked at again */
            head = next[head];
        }
        map_set(first, key, head);
        for (size_t old = (size_t)head; old != NOBODY && tried < MAX_CANDIDATES;
             old = next[old], tried++) {
            size_t likeness =
                match->taken[old]
                    ? 0
                    : entry_likeness(arena, match->record,
                                     entry_at(&match->olds, match->record, old), item);

            if (likeness > best_likeness) {
                best = old;
                best_likeness = likeness;
            }
        }
        if (best != NOBODY) {
            join(match, best, i);
        }
    }
}

typedef struct { /* the pairs of neighbouring characters of a name, sorted */
    uint64_t *at;
    size_t n;
} Pairs;

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static Pairs pairs_of(Arena *arena, Str name)
{
    Pairs pairs = {ARENA_ARRAY(arena, uint64_t, name.len + 1), 0};
    uint64_t last = 0;
    size_t len;

    for (size_t i = 0; i < name.len; i += len) {
        uint32_t code = utf8_at(name, i, &len);

        if (!utf8_is_space(code)) {
            pairs.at[pairs.n++] = last << 32 | code;
            last = code;
        }
    }
    if (pairs.n > 1) {
        qsort(pairs.at, pairs.n, sizeof *pairs.at, by_number);
    }
    return pairs;
}

/* Twice the common pairs of all pairs (Dice 1945), in percent. */
static unsigned like_percent(Pairs a, Pairs b)
{
    size_t i = 0, k = 0, common = 0;

    while (i < a.n && k < b.n) {
        if (a.at[i] == b.at[k]) {
            common++;
            i++;
            k++;
        } else if (a.at[i] < b.at[k]) {
            i++;
        } else {
            k++;
        }
    }
    return a.n + b.n == 0 ? 0 : (unsigned)(200 * common / (a.n + b.n));
}

static bool same_dimension(Str a, Str b)
{
    Unit units[2];

    return str_eq(a, b) || (unit_parse(a, &units[0]) && unit_parse(b, &units[1]) &&
                            unit_same_dimension(units[0], units[1]));
}

/* Whether two entries may be one whose name was reworded: what has two indicators is two things. */
static bool may_be_reworded(Match *match, const void *old, const void *new)
{
    static const char *const KEYS[] = {"region", "kind"};
    const Record *record = match->record;
    Arena *arena = match->arena;

    if (record_field(record, "value") == NULL) {
        return true; /* what a mechanism is may change */
    }
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) {
        if (!str_eq(said_of(arena, match->old, record, KEYS[i], old),
                    said_of(arena, match->new, record, KEYS[i], new))) {
            return false;
        }
    }
    return (diff_indicator(arena, match->old, record, old) == NONE ||
            diff_indicator(arena, match->new, record, new) == NONE) &&
           same_dimension(diff_unit(arena, match->old, record, old),
                          diff_unit(arena, match->new, record, new));
}

typedef struct {
    uint64_t score;
    size_t old, new;
} Likely;

/* The most alike first; then in the order of the files. */
static int by_score(const void *a, const void *b)
{
    const Likely *x = a, *y = b;

    if (x->score != y->score) {
        return x->score > y->score ? -1 : 1;
    }
    if (x->new != y->new) {
        return x->new < y->new ? -1 : 1;
    }
    return x->old < y->old ? -1 : x->old > y->old;
}

static Pairs *names_of(Match *match, DiffSide side, const EntryList *list)
{
    Pairs *names = ARENA_ARRAY(match->arena, Pairs, list->n + 1);

    for (size_t i = 0; i < list->n; i++) {
        bool free = list == &match->olds ? !match->taken[i] : match->partner[i] == NOBODY;

        if (free) {
            names[i] = pairs_of(match->arena, name_of(match->arena, side, match->record,
                                                      entry_at(list, match->record, i)));
        }
    }
    return names;
}

static void match_by_likeness(Match *match)
{
    Pairs *olds = names_of(match, match->old, &match->olds),
          *news = names_of(match, match->new, &match->news);
    VEC(Likely) likely = {0};
    size_t n_old = 0, n_new = 0;

    for (size_t i = 0; i < match->olds.n; i++) {
        n_old += olds[i].n > 0;
    }
    for (size_t i = 0; i < match->news.n; i++) {
        n_new += news[i].n > 0;
    }
    if (n_old == 0 || n_new > MAX_LIKE_PAIRS / n_old) {
        return;
    }
    for (size_t i = 0; i < match->news.n; i++) {
        const void *new = entry_at(&match->news, match->record, i);

        for (size_t k = 0; news[i].n > 0 && k < match->olds.n; k++) {
            const void *old = entry_at(&match->olds, match->record, k);
            unsigned percent = olds[k].n == 0 ? 0 : like_percent(olds[k], news[i]);

            if (percent >= LIKE_PERCENT && may_be_reworded(match, old, new)) {
                *vec_push(match->arena, &likely) = (Likely){
                    percent + 10 * entry_likeness(match->arena, match->record, old, new), k, i};
            }
        }
    }
    if (likely.n > 1) {
        qsort(likely.at, likely.n, sizeof *likely.at, by_score);
    }
    for (size_t i = 0; i < likely.n; i++) {
        if (!match->taken[likely.at[i].old] && match->partner[likely.at[i].new] == NOBODY) {
            join(match, likely.at[i].old, likely.at[i].new);
        }
    }
}

void diff_match(Match *match)
{
    match->partner = ARENA_ARRAY(match->arena, size_t, match->news.n + 1);
    match->taken = ARENA_ARRAY(match->arena, bool, match->olds.n + 1);
    for (size_t i = 0; i < match->news.n; i++) {
        match->partner[i] = NOBODY;
    }
    for (int agree = 0; agree < N_AGREE; agree++) {
        match_by_key(match, (Agree)agree);
    }
    match_by_likeness(match);
}

/* ---- plans ---- */

static unsigned plan_likeness(Arena *arena, const Plan *old, const Plan *new)
{
    Str titles[2] = {utf8_fold(arena, text_in(old->title, LANG_ZH)),
                     utf8_fold(arena, text_in(new->title, LANG_ZH))};

    if (str_eq(old->id, new->id)) {
        return 200;
    }
    return str_eq(titles[0], titles[1])
               ? 150
               : like_percent(pairs_of(arena, titles[0]), pairs_of(arena, titles[1]));
}

void plan_pair(Arena *arena, const Plan *old, size_t n_old, const Plan *new, size_t n_new,
               size_t *partner)
{
    bool *taken = ARENA_ARRAY(arena, bool, n_old + 1);
    VEC(Likely) likely = {0};
    size_t last_old = NOBODY, last_new = NOBODY, left_old = n_old, left_new = n_new;

    for (size_t i = 0; i < n_new; i++) {
        partner[i] = NOBODY;
        for (size_t k = 0; k < n_old; k++) {
            unsigned score = plan_likeness(arena, &old[k], &new[i]);

            if (score >= LIKE_PERCENT) {
                *vec_push(arena, &likely) = (Likely){score, k, i};
            }
        }
    }
    if (likely.n > 1) {
        qsort(likely.at, likely.n, sizeof *likely.at, by_score);
    }
    for (size_t i = 0; i < likely.n; i++) {
        const Likely *one = &likely.at[i];

        if (!taken[one->old] && partner[one->new] == NOBODY) {
            taken[one->old] = true;
            partner[one->new] = one->old;
            left_old--;
            left_new--;
        }
    }
    for (size_t k = 0; k < n_old; k++) {
        last_old = taken[k] ? last_old : k;
    }
    for (size_t i = 0; i < n_new; i++) {
        last_new = partner[i] == NOBODY ? i : last_new;
    }
    if (left_old == 1 && left_new == 1) {
        partner[last_new] = last_old;
    }
}
