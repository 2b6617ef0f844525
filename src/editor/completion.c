/* Features: what can be written at a place. */
#include "base/utf8.h"
#include "editor/features.h"
#include "plan/entry.h"

enum { /* CompletionItemKind */
       KIND_FIELD = 5,
       KIND_UNIT = 11,
       KIND_VALUE = 12,
       KIND_ENUM_MEMBER = 20,
       KIND_CONSTANT = 21,
       KIND_STRUCT = 22,
       KIND_REFERENCE = 18
};

typedef struct {
    const View *view;
    const Meaning *meaning;
    Json *json;
    Str typed;   /* of the token, up to the cursor; as the editor sees it */
    Str prefix;  /* without its quote, folded */
    bool spaced; /* a space has to come before what is written */
    size_t n;
} Completion;

typedef struct {
    Str label, detail, about;
    Str text; /* to be written in place of the token */
    int kind;
} Item;

/* Editors match what is typed with filterText. As the items are chosen here, also by names that are
 * not in the label, what was typed stands there. */
static void add_item(Completion *completion, Item item)
{
    Json *json = completion->json;
    const View *view = completion->view;
    Arena *arena = view->arena;

    if (completion->n == FEATURE_MAX_ITEMS) {
        return;
    }
    json_object(json);
    json_key(json, "label");
    json_str(json, item.label);
    json_key(json, "kind");
    json_int(json, item.kind);
    if (item.detail.len != 0) {
        json_key(json, "detail");
        json_str(json, item.detail);
    }
    if (item.about.len != 0) {
        json_key(json, "documentation");
        json_str(json, item.about);
    }
    if (completion->typed.len != 0) {
        json_key(json, "filterText");
        json_str(json, completion->typed);
    }
    json_key(json, "sortText");
    json_str(json, str_format(arena, "%04zu", completion->n));
    json_key(json, "textEdit");
    json_object(json);
    json_key(json, "range");
    position_write_range(
        json, position_range(view->sketch.text, view->encoding, completion->meaning->token));
    json_key(json, "newText");
    json_str(json, completion->spaced ? str_format(arena, " %.*s", STR_ARG(item.text)) : item.text);
    json_end(json);
    json_end(json);
    completion->n++;
}

/* ---- what fits ---- */

enum { FITS_BEGINNING, FITS_WITHIN, FITS_SCATTERED, N_FITS, FITS_NOT = N_FITS };

/* Whether the name holds what was typed: at its beginning, within, or letter by letter. */
static unsigned fit(Str name, Str prefix)
{
    size_t at = str_find(name, prefix), k = 0;

    if (prefix.len == 0 || at == 0) {
        return FITS_BEGINNING;
    }
    if (at != SIZE_MAX) {
        return FITS_WITHIN;
    }
    for (size_t i = 0; i < name.len && k < prefix.len; i++) {
        k += name.at[i] == prefix.at[k] && (unsigned char)name.at[i] < 0x80;
    }
    return k == prefix.len ? FITS_SCATTERED : FITS_NOT;
}

/* How well each of n things fits by the best of its folded names. */
static unsigned char *fits(Completion *completion, const Map *names, size_t n)
{
    unsigned char *best = ARENA_ARRAY(completion->view->arena, unsigned char, n + 1);

    memset(best, FITS_NOT, n);
    for (size_t i = 0; i < map_n(names); i++) {
        unsigned found = fit(map_key(names, i), completion->prefix);
        uint64_t thing = map_value(names, i);

        if (thing < n && found < best[thing]) {
            best[thing] = (unsigned char)found;
        }
    }
    return best;
}

static Str both_names(Arena *arena, Text name, Str unit)
{
    return str_format(arena, "%.*s%s%.*s%s%.*s", STR_ARG(name.zh),
                      name.zh.len != 0 && name.en.len != 0 ? " · " : "", STR_ARG(name.en),
                      unit.len != 0 ? ", " : "", STR_ARG(unit));
}

static void add_named(Completion *completion, Str id, Text name, Str unit, int kind)
{
    Arena *arena = completion->view->arena;
    bool in_formula = completion->meaning->refer == REFER_QUANTITY;

    add_item(completion, (Item){.label = str_format(arena, "%.*s %.*s", STR_ARG(id),
                                                    STR_ARG(text_in(name, completion->view->lang))),
                                .detail = both_names(arena, name, unit),
                                .text = in_formula ? id : feature_scalar(arena, id),
                                .kind = kind});
}

static void add_indicators(Completion *completion)
{
    const Catalog *catalog = completion->view->catalog;
    const unsigned char *best = fits(completion, catalog->indicator_names, catalog->indicators.n);

    for (unsigned rank = 0; rank < N_FITS; rank++) {
        for (size_t i = 0; i < catalog->indicators.n; i++) {
            const Indicator *one = catalog->indicators.at[i];

            if (best[i] == rank) {
                add_named(completion, one->id, one->name, one->unit_text, KIND_VALUE);
            }
        }
    }
}

static void add_measures(Completion *completion)
{
    const Catalog *catalog = completion->view->catalog;
    const unsigned char *best =
        fits(completion, catalog_measure_names(catalog), catalog->measures.n);

    for (unsigned rank = 0; rank < N_FITS; rank++) {
        for (size_t i = 0; i < catalog->measures.n; i++) {
            const Measure *one = catalog->measures.at[i];

            if (best[i] == rank) {
                add_named(completion, one->id, one->name, one->unit_text, KIND_CONSTANT);
            }
        }
    }
}

/* Groups first: there are few, and plans are about them. */
static void add_entities(Completion *completion)
{
    const Catalog *catalog = completion->view->catalog;
    const unsigned char *best = fits(completion, catalog->entity_names, catalog->entities.n);

    for (unsigned rank = 0; rank < 2 * N_FITS; rank++) {
        for (size_t i = 0; i < catalog->entities.n; i++) {
            const Entity *one = &catalog->entities.at[i];

            if (best[i] == rank / 2 && one->is_group == (rank % 2 == 0)) {
                add_named(completion, one->id, one->name, STR(""),
                          one->is_group ? KIND_STRUCT : KIND_REFERENCE);
            }
        }
    }
}

static void add_bodies(Completion *completion)
{
    const Catalog *catalog = completion->view->catalog;
    const unsigned char *best = fits(completion, catalog->body_names, catalog->bodies.n);

    for (unsigned rank = 0; rank < N_FITS; rank++) {
        for (size_t i = 0; i < catalog->bodies.n; i++) {
            Text name = catalog->bodies.at[i].name;

            if (best[i] == rank) {
                Str written = name.zh.len != 0 ? name.zh : name.en;

                add_item(completion,
                         (Item){.label = written,
                                .detail = written.at == name.zh.at ? name.en : STR(""),
                                .text = feature_scalar(completion->view->arena, written),
                                .kind = KIND_REFERENCE});
            }
        }
    }
}

/* ---- units ---- */

static void add_unit(Completion *completion, Map *said, Str unit)
{
    if (unit.len != 0 && fit(unit, completion->prefix) < FITS_SCATTERED && map_add(said, unit, 0)) {
        add_item(completion, (Item){.label = unit,
                                    .text = feature_scalar(completion->view->arena, unit),
                                    .kind = KIND_UNIT});
    }
}

/* The bytes of 十 百 千 万 亿 that the text begins with. */
static size_t scale_len(Str text)
{
    static const char *const SCALES[] = {"十", "百", "千", "万", "亿"};
    size_t at = 0;

    for (size_t i = 0; i < sizeof SCALES / sizeof SCALES[0]; i++) {
        if (str_at(text, at, text.len, SCALES[i])) {
            at += strlen(SCALES[i]);
            i = SIZE_MAX; /* and from the first again */
        }
    }
    return at;
}

/* The indicator's own, those of the dictionary, then each symbol behind the scale that was typed.
 */
static void add_units(Completion *completion)
{
    const View *view = completion->view;
    const Catalog *catalog = view->catalog;
    Map *said = map_new(view->arena);
    Str scale = str_slice(completion->prefix, 0, scale_len(completion->prefix)), symbol;
    Unit unit;

    if (catalog != NULL) {
        uint32_t own = catalog_indicator(
            catalog, meaning_value(&view->sketch, completion->meaning->map, "indicator"));

        if (own != NONE) {
            add_unit(completion, said, catalog->indicators.at[own]->unit_text);
        }
        for (size_t i = 0; i < catalog->indicators.n; i++) {
            add_unit(completion, said, catalog->indicators.at[i]->unit_text);
        }
    }
    for (size_t i = 0; (symbol = unit_symbol(i, &unit)).len != 0; i++) {
        add_unit(completion, said, symbol);
        if (scale.len != 0) {
            add_unit(completion, said,
                     str_format(view->arena, "%.*s%.*s", STR_ARG(scale), STR_ARG(symbol)));
        }
    }
}

/* ---- keys and words ---- */

static bool has_key(const Completion *completion, const char *key)
{
    uint32_t found = sketch_find(&completion->view->sketch, completion->meaning->map, str_z(key));

    return found != UINT32_MAX && found != completion->meaning->entry;
}

static void add_keys(Completion *completion)
{
    const View *view = completion->view;
    const Record *record = completion->meaning->record;
    uint32_t entry = completion->meaning->entry;
    bool colon = entry != UINT32_MAX && !view->sketch.nodes.at[entry].bare;

    for (unsigned rank = 0; rank < N_FITS; rank++) {
        for (size_t i = 0; i < record->n_fields; i++) {
            const Field *field = &record->fields[i];
            bool nested = field->kind == FIELD_RECORDS || field->kind == FIELD_RECORD;

            if (fit(str_z(field->key), completion->prefix) == rank &&
                !has_key(completion, field->key)) {
                add_item(completion,
                         (Item){.label = str_z(field->key),
                                .detail = text_in(field->about, view->lang),
                                .about = (field->flags & FIELD_REQUIRED) != 0
                                             ? text_in(TEXT("必需", "required"), view->lang)
                                             : STR(""),
                                .text = str_format(view->arena, "%s%s", field->key,
                                                   colon    ? ""
                                                   : nested ? ":"
                                                            : ": "),
                                .kind = KIND_FIELD});
            }
        }
    }
}

static void add_words(Completion *completion)
{
    static const char *const TRUTHS[] = {"true", "false", NULL};
    const Field *field = completion->meaning->field;
    const char *const *words = field->kind == FIELD_ENUM   ? field->words
                               : field->kind == FIELD_BOOL ? TRUTHS
                                                           : NULL;

    for (size_t i = 0; words != NULL && words[i] != NULL; i++) {
        Str word = str_z(words[i]);

        if (fit(word, completion->prefix) != FITS_NOT) {
            add_item(completion, (Item){.label = word,
                                        .text = field->kind == FIELD_BOOL
                                                    ? word
                                                    : feature_scalar(completion->view->arena, word),
                                        .kind = KIND_ENUM_MEMBER});
        }
    }
}

static void add_vintages(Completion *completion)
{
    const Catalog *catalog = completion->view->catalog;

    for (size_t i = 0; i < catalog->vintages.n; i++) {
        const Vintage *one = &catalog->vintages.at[i];

        if (fit(one->id, completion->prefix) != FITS_NOT) {
            add_named(completion, one->id, one->name, STR(""), KIND_VALUE);
        }
    }
}

static void add_values(Completion *completion)
{
    Refer refer = completion->meaning->refer;

    if (refer == REFER_UNIT) {
        add_units(completion);
    } else if (refer == REFER_NOTHING) {
        add_words(completion);
    } else if (completion->view->catalog != NULL) {
        switch (refer) {
        case REFER_QUANTITY:
            add_measures(completion);
            add_indicators(completion);
            break;
        case REFER_INDICATOR: add_indicators(completion); break;
        case REFER_MEASURE: add_measures(completion); break;
        case REFER_ENTITY: add_entities(completion); break;
        case REFER_BODY: add_bodies(completion); break;
        case REFER_VINTAGE: add_vintages(completion); break;
        default: break;
        }
    }
}

void feature_completion(const View *view, size_t offset, Json *json)
{
    Meaning meaning = meaning_at(&view->sketch, offset);
    Str text = view->sketch.text, typed = str_slice(text, meaning.token.start, offset);
    bool quoted = typed.len > 0 && (typed.at[0] == '"' || typed.at[0] == '\'');
    Completion completion = {.view = view,
                             .meaning = &meaning,
                             .json = json,
                             .typed = typed,
                             .prefix = utf8_fold(view->arena, str_slice(typed, quoted, typed.len)),
                             .spaced = meaning.kind == SPOT_VALUE && meaning.token.start > 0 &&
                                       (text.at[meaning.token.start - 1] == ':' ||
                                        text.at[meaning.token.start - 1] == '-') &&
                                       meaning.refer != REFER_QUANTITY};

    json_object(json);
    json_flat(json);
    json_key(json, "isIncomplete");
    json_bool(json, true); /* what fits is chosen here, so the next letter asks again */
    json_key(json, "items");
    json_array(json);
    if (meaning.kind == SPOT_KEY) {
        add_keys(&completion);
    } else if (meaning.kind == SPOT_VALUE) {
        add_values(&completion);
    }
    json_end(json);
    json_end(json);
}
