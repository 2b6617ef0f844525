/* Load: plans and dictionaries from files, folders or what is built in; the store by its address.
 */
#include "main/load.h"

#include "base/file.h"
#include "plan/conform.h"

#include <assert.h>
#include <string.h>

typedef VEC(Plan) PlanVec;

enum { NOT_READ, READ };

typedef struct {
    Context *context;
    Catalog *catalog;
    PlanVec plans;
    bool some_dictionary;
} Loader;

Err load_kind(const YamlDoc *doc, bool *is_plan, Diags *diags)
{
    static const char *const DICTIONARY_KEYS[] = {"dictionary", "regions",    "groups",
                                                  "bodies",     "rivers",     "vintages",
                                                  "measures",   "indicators", "identities"};
    bool is_dictionary = false;

    *is_plan = yaml_get(doc->root, STR("plan")) != NULL;
    for (size_t i = 0; i < sizeof DICTIONARY_KEYS / sizeof DICTIONARY_KEYS[0]; i++) {
        is_dictionary |= yaml_get(doc->root, str_z(DICTIONARY_KEYS[i])) != NULL;
    }
    if (!*is_plan && !is_dictionary) {
        diag_add(diags, LT1012, place_file(doc->source.name), STR(""));
        return ERR_INPUT;
    }
    return OK;
}

/* The text of a file; of one that is open in an editor, the text there. */
static Err read_text(Context *context, Str path, Str *out)
{
    Str real = context->n_open == 0 ? path : file_real_path(context->arena, path);

    for (size_t i = 0; i < context->n_open; i++) {
        if (str_eq(context->open[i].name, real)) {
            *out = context->open[i].text;
            return OK;
        }
    }
    return file_read(context->arena, path, YAML_MAX_BYTES, out, &context->diags);
}

/* Whether the file is one that is built in, byte for byte, as dictionaries beside plans often are:
 * its tree is at hand then. */
static bool is_built_in(Arena *arena, Source source, YamlDoc *doc)
{
    for (size_t i = 0; i < N_EMBEDDED; i++) {
        const char *slash = strrchr(EMBEDDED[i].name, '/');
        Str frozen = {EMBEDDED[i].frozen, (size_t)(EMBEDDED[i].behind - EMBEDDED[i].frozen)};

        if (frozen.len > source.text.len && slash != NULL &&
            str_ends(source.name, str_z(slash + 1)) && yaml_thaw(arena, source.name, frozen, doc) &&
            str_eq(doc->source.text, source.text)) {
            return true;
        }
    }
    return false;
}

static Err read_source(Loader *loader, Source source, bool *is_plan, YamlDoc *doc)
{
    Err err = is_built_in(loader->context->arena, source, doc)
                  ? OK
                  : yaml_read(loader->context->arena, source, doc, &loader->context->diags);

    return err == OK ? load_kind(doc, is_plan, &loader->context->diags) : err;
}

static Err load_file(Loader *loader, Str path, bool *is_plan);

static Err load_uses(Loader *loader, Str path, const Plan *plan)
{
    Err err = OK;

    for (size_t i = 0; i < plan->uses.n; i++) {
        bool is_plan;

        if (load_file(loader, file_beside(loader->context->arena, path, plan->uses.at[i]),
                      &is_plan) != OK) {
            err = ERR_INPUT;
        }
    }
    return err;
}

/* A file that was read already is not read again. */
static Err load_file(Loader *loader, Str path, bool *is_plan)
{
    Context *context = loader->context;
    Source source = {path, {NULL, 0}};
    YamlDoc doc;
    uint64_t before;
    Plan plan;
    Err err;

    *is_plan = false;
    if (map_get(loader->catalog->files, file_real_path(context->arena, path), &before) &&
        before == READ) {
        return OK;
    }
    map_set(loader->catalog->files, file_real_path(context->arena, path), READ);
    err = read_text(context, path, &source.text);
    if (err == OK) {
        err = read_source(loader, source, is_plan, &doc);
    }
    if (err != OK) {
        return err;
    }
    if (!*is_plan) {
        loader->some_dictionary = true;
        return catalog_add(loader->catalog, &doc, &context->diags);
    }
    err = plan_read(context->arena, &doc, &plan, &context->diags);
    if (err == OK) {
        err = load_uses(loader, path, &plan);
        *vec_push(context->arena, &loader->plans) = plan;
    }
    return err;
}

static Err load_path(Loader *loader, Str path, bool want_plans)
{
    Context *context = loader->context;
    StrVec names = {0};
    bool is_plan, some = false;
    Err err;

    if (!file_is_folder(context->arena, path)) {
        return load_file(loader, path, &is_plan);
    }
    err = file_list(context->arena, path, STR(".yaml"), &names, &context->diags);
    for (size_t i = 0; i < names.n; i++) {
        if (load_file(loader,
                      str_format(context->arena, "%.*s/%.*s", STR_ARG(path), STR_ARG(names.at[i])),
                      &is_plan) != OK) {
            err = ERR_INPUT;
        }
        some |= is_plan;
    }
    if (err == OK && want_plans && !some) {
        diag_add(&context->diags, LT1015, place_file(path), path);
        err = ERR_INPUT;
    }
    return err;
}

static Err load_embedded(Loader *loader)
{
    Err err = OK;

    for (size_t i = 0; err == OK && i < N_EMBEDDED; i++) {
        const Embedded *one = &EMBEDDED[i];
        Str frozen = {one->frozen, (size_t)(one->behind - one->frozen)};
        YamlDoc doc;
        bool thawed = yaml_thaw(loader->context->arena, str_z(one->name), frozen, &doc);

        assert(thawed);
        err = thawed ? catalog_add(loader->catalog, &doc, &loader->context->diags) : ERR_RESOURCE;
    }
    return err;
}

/* The dictionaries that --pack names. */
static Err load_packs(Loader *loader)
{
    Context *context = loader->context;
    size_t n_packs;
    const Str *packs = option_all(context, "pack", &n_packs);
    Err err = OK;

    for (size_t i = 0; i < n_packs; i++) {
        if (load_path(loader, packs[i], false) != OK) {
            err = ERR_INPUT;
        }
    }
    for (size_t i = 0; i < loader->plans.n;
         i++) { /* plans that lie in a pack's folder are not asked for yet */
        map_set(loader->catalog->files,
                file_real_path(context->arena, loader->plans.at[i].file.name), NOT_READ);
    }
    loader->plans.n = 0;
    return err;
}

static Loader begin(Context *context, Loaded *out)
{
    Loader loader = {.context = context, .catalog = catalog_new(context->arena)};

    *out = (Loaded){.catalog = loader.catalog};
    return loader;
}

Err load_lenient(Context *context, const Str *paths, size_t n_paths, Loaded *out)
{
    Loader loader = begin(context, out);
    Err err = load_packs(&loader);

    for (size_t i = 0; i < n_paths; i++) {
        (void)load_path(&loader, paths[i], false);
    }
    out->built_in = !loader.some_dictionary;
    if (out->built_in) {
        (void)load_embedded(&loader);
    }
    out->plans = loader.plans.at;
    out->n_plans = loader.plans.n;
    return catalog_finish(loader.catalog, &context->diags) == OK ? err : ERR_INPUT;
}

Err load_unchecked(Context *context, const Str *paths, size_t n_paths, size_t n_first_paths,
                   Loaded *out)
{
    Loader loader = begin(context, out);
    Err err = load_packs(&loader);

    for (size_t i = 0; i < n_paths; i++) {
        if (load_path(&loader, paths[i], true) != OK) {
            err = ERR_INPUT;
        }
        out->n_first = i < n_first_paths ? loader.plans.n : out->n_first;
    }
    if (err == OK && n_paths > 0 && loader.plans.n == 0) {
        diag_add(&context->diags, LT1015, place_file(paths[0]), paths[0]);
        err = ERR_INPUT;
    }
    out->built_in = !loader.some_dictionary;
    if (err == OK && out->built_in) {
        err = load_embedded(&loader);
    }
    if (err == OK) {
        err = catalog_finish(loader.catalog, &context->diags);
    }
    out->plans = loader.plans.at;
    out->n_plans = loader.plans.n;
    return err;
}

Err load(Context *context, const Str *paths, size_t n_paths, Loaded *out)
{
    Err err = load_unchecked(context, paths, n_paths, n_paths, out);

    for (size_t i = 0; err == OK && i < out->n_plans; i++) {
        err = plan_conform(out->catalog, &out->plans[i], &context->diags);
    }
    return err;
}

bool is_plan_path(Arena *arena, Str path)
{
    return str_ends(path, STR(".yaml")) || str_ends(path, STR(".yml")) ||
           file_is_folder(arena, path);
}

Err load_document(Context *context, const Lexicon *lexicon, Str path, Extract *out)
{
    Document *doc = ARENA_NEW(context->arena, Document);
    Err err = document_read(context->arena, path, doc, &context->diags);

    err = err == OK ? extract(context->arena, doc, lexicon, out, &context->diags) : err;
    for (size_t i = 0; err == OK && i < out->n_plans; i++) {
        out->plans[i].plan.file = doc->source;
        if (doc->n_runs > 0) {
            out->plans[i].plan.file.text = doc->original;
        }
    }
    return err;
}

Str load_area(const Catalog *catalog, const Plan *plan)
{
    static const Str COUNTRY = STR_INIT("100000");

    return plan->area.group.len != 0 && catalog_entity(catalog, plan->area.group) != NONE
               ? plan->area.group
           : plan->area.members.n != 0 ? plan->area.members.at[0]
                                       : COUNTRY;
}

Err load_store(Context *context, StoreMode mode, Store **out)
{
    Str url = option(context, "store");

    if (url.len == 0) {
        url = str_z(getenv("LONGTU_STORE"));
    }
    if (url.len == 0) {
        url = STR("longtu.db");
    }
    return store_open(context->arena, url, mode, out, &context->diags);
}

Err load_asking(Context *context, Asking *out)
{
    Period period;

    *out = ASK_ALL;
    out->estimates = option_given(context, "estimates");
    if (option_given(context, "as-of")) {
        if (!period_parse(option(context, "as-of"), &period)) {
            return usage_error(
                context,
                TEXT("--as-of 应为日期，如 2025-12-31", "--as-of takes a date, like 2025-12-31"),
                option(context, "as-of"));
        }
        out->as_of = period_end_day(period);
    }
    if (option_given(context, "known-at") &&
        !moment_parse(option(context, "known-at"), &out->known_at)) {
        return usage_error(context,
                           TEXT("--known-at 应为时刻，如 2026-03-01",
                                "--known-at takes a moment, like 2026-03-01"),
                           option(context, "known-at"));
    }
    return OK;
}
