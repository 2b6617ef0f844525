/* Names: one name for two things, two names for one; in the dictionary and in plans. */
#include "check/check.h"

#include "base/utf8.h"

/* ---- the dictionary ---- */

static Place place_of_indicator(const Check *check, uint32_t index, const char *key)
{
    const Catalog *catalog = check->catalog;
    const YamlNode *node = catalog->indicators.at[index]->node, *value = yaml_get(node, str_z(key));

    return diag_place(check->diags, &catalog->sources.at[catalog->indicator_source.at[index]],
                      value != NULL ? value->at : (Span){node->at.start, node->at.start});
}

typedef struct {
    const Check *check;
    Map *names;        /* folded name -> indicator */
    uint32_t index;    /* of the indicator at hand */
    uint32_t reported; /* the last one that it was reported with */
} Naming;

static void note_name(Naming *naming, Str name, const char *key)
{
    const Check *check = naming->check;
    Str folded = utf8_fold(check->arena, name);
    uint64_t other;

    if (folded.len == 0 || map_add(naming->names, folded, naming->index) ||
        !map_get(naming->names, folded, &other) || other == naming->index ||
        other == naming->reported) {
        return;
    }
    naming->reported = (uint32_t)other;
    diag_relate(check->diags,
                diag_add(check->diags, LT3206, place_of_indicator(check, naming->index, key), name,
                         check->catalog->indicators.at[other]->id,
                         check->catalog->indicators.at[naming->index]->id),
                place_of_indicator(check, (uint32_t)other, "id"),
                TEXT("先写在这里", "first given here"));
}

/* Indicators of which one formula in one unit would do. */
static void check_formulas(const Check *check)
{
    const Catalog *catalog = check->catalog;
    Map *formulas = map_new(check->arena);

    for (uint32_t i = 0; i < catalog->indicators.n; i++) {
        const Indicator *indicator = catalog->indicators.at[i];
        Str key = str_format(check->arena, "%.*s\n%.*s", STR_ARG(indicator->formula_text),
                             STR_ARG(indicator->unit_text));
        uint64_t other;

        if (indicator->formula_text.len != 0 && !map_add(formulas, key, i) &&
            map_get(formulas, key, &other)) {
            diag_add(check->diags, LT3207, place_of_indicator(check, i, "formula"),
                     catalog->indicators.at[other]->id, indicator->id);
        }
    }
}

static void check_dictionary(const Check *check)
{
    const Catalog *catalog = check->catalog;
    Naming naming = {.check = check, .names = map_new(check->arena)};

    for (uint32_t i = 0; i < catalog->indicators.n; i++) {
        const Indicator *indicator = catalog->indicators.at[i];

        naming.index = i;
        naming.reported = NONE;
        note_name(&naming, indicator->name.zh, "name");
        note_name(&naming, indicator->name.en, "name");
        for (size_t k = 0; k < indicator->also.n; k++) {
            note_name(&naming, indicator->also.at[k], "also");
        }
    }
    check_formulas(check);
}

/* ---- plans ---- */

/* What facts and targets have in common. */
typedef struct {
    const YamlNode *node;
    Str indicator;
    Text name;
    int kind;
    At at;
} Entry;

/* An entry whose name is in the dictionary, and is another indicator there. Growth and shares of a
 * quantity are indicators of their own, so that only levels can be told. */
static void check_entry(const Check *check, const Plan *plan, const Entry *entry)
{
    const Catalog *catalog = check->catalog;
    uint32_t told = entry->indicator.len == 0 ? NONE : catalog_indicator(catalog, entry->indicator),
             named = entry->name.zh.len == 0 ? NONE : catalog_indicator(catalog, entry->name.zh);

    if (told != NONE && named != NONE && told != named &&
        (entry->kind == TARGET_KIND_NONE || entry->kind == TARGET_LEVEL)) {
        diag_add(check->diags, LT3208,
                 check_place(check, plan, entry->node, "indicator", entry->at),
                 diag_word(check->arena, entry->name), catalog->indicators.at[named]->id,
                 catalog->indicators.at[told]->id);
    }
}

typedef struct { /* the names that a plan has for each indicator */
    Map *first;  /* indicator id -> entry that named it first, as index */
    VEC(Entry) entries;
    Buf told;
    size_t n;
    Entry place; /* the first that has another name */
} Wording;

static void note_wording(const Check *check, Wording *wording, Entry entry)
{
    Str key = str_format(check->arena, "%.*s %d", STR_ARG(entry.indicator), entry.kind);
    uint64_t first;

    if (entry.indicator.len == 0 || entry.name.zh.len == 0) {
        return;
    }
    *vec_push(check->arena, &wording->entries) = entry;
    if (map_add(wording->first, key, wording->entries.n - 1) ||
        !map_get(wording->first, key, &first)) {
        return;
    }
    if (!str_eq(wording->entries.at[first].name.zh, entry.name.zh)) {
        Str a = wording->entries.at[first].name.zh, b = entry.name.zh;
        Str pair = str_format(check->arena, "%.*s / %.*s", STR_ARG(a), STR_ARG(b));

        if (str_find(buf_str(&wording->told), pair) == SIZE_MAX) {
            wording->place = wording->n == 0 ? entry : wording->place;
            buf_format(&wording->told, "%s%.*s", wording->n++ == 0 ? "" : "、", STR_ARG(pair));
        }
    }
}

static void check_entries(const Check *check, const Plan *plan)
{
    Wording wording = {.first = map_new(check->arena), .told = buf_new(check->arena)};

    for (size_t i = 0; i < plan->facts.n + plan->targets.n; i++) {
        const Fact *fact = i < plan->facts.n ? &plan->facts.at[i] : NULL;
        const Target *target = fact == NULL ? &plan->targets.at[i - plan->facts.n] : NULL;
        Entry entry =
            fact != NULL
                ? (Entry){fact->node, fact->indicator, fact->name, fact->kind, fact->at}
                : (Entry){target->node, target->indicator, target->name, target->kind, target->at};

        check_entry(check, plan, &entry);
        note_wording(check, &wording, entry);
    }
    if (wording.n > 0) {
        diag_add(check->diags, LT3209,
                 check_place(check, plan, wording.place.node, "name", wording.place.at), plan->id,
                 buf_str(&wording.told));
    }
}

void check_names(Check *check)
{
    check_dictionary(check);
    for (size_t p = 0; p < check->n_plans; p++) {
        check_entries(check, &check->plans[p]);
    }
}
