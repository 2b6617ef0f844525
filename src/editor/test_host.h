/* For tests and fuzzing: a server's world without a disk. The plans of a folder are the open ones,
 * the dictionary is a small one, and a.txt is a source text. */
#ifndef LONGTU_EDITOR_TEST_HOST_H
#define LONGTU_EDITOR_TEST_HOST_H

#include "editor/server.h"

static const Str TEST_DICTIONARY =
    STR_INIT("dictionary: d\n"
             "regions:\n"
             "  - {code: \"620000\", name: {zh: 甘肃省, en: Gansu}, level: province}\n"
             "  - {code: \"620100\", name: {zh: 兰州市, en: Lanzhou}, parent: \"620000\", level: "
             "prefecture}\n"
             "  - {code: \"620200\", name: 嘉峪关市, parent: \"620000\", level: prefecture}\n"
             "groups:\n"
             "  - {id: west, name: {zh: 西部, en: the west}, members: [\"620100\", \"620200\"]}\n"
             "bodies:\n"
             "  - {name: 甘肃省人民政府, also: [省政府], region: \"620000\"}\n"
             "measures:\n"
             "  - {id: population, name: {zh: 常住人口, en: residents}, unit: 万人, area: sum}\n"
             "indicators:\n"
             "  - {id: share, name: {zh: 人口比重, en: share of residents}, also: [占比], unit: "
             "\"%\", direction: higher,"
             " formula: population / parent(population) * 100, least: 0, most: 100}\n");

static inline void test_load(void *context, Arena *arena, Str folder, const Source *open,
                             size_t n_open, ServerFolder *out)
{
    Catalog *catalog = catalog_new(arena);
    Plan *plans = ARENA_ARRAY(arena, Plan, n_open + 1);
    Diags diags = diags_new(arena);
    Source source = {STR("/d/dictionary.yaml"), TEST_DICTIONARY};
    YamlDoc doc;

    (void)context;
    (void)folder;
    out->plans = plans;
    if (yaml_read(arena, source, &doc, &diags) == OK) {
        (void)catalog_add(catalog, &doc, &diags);
    }
    for (size_t i = 0; i < n_open; i++) {
        if (yaml_read(arena, open[i], &doc, &diags) != OK) {
            continue;
        }
        if (yaml_get(doc.root, STR("plan")) == NULL) {
            (void)catalog_add(catalog, &doc, &diags);
        } else if (plan_read(arena, &doc, &plans[out->n_plans], &diags) == OK) {
            out->n_plans++;
        }
    }
    out->catalog = catalog;
    out->complete = catalog_finish(catalog, &diags) == OK;
    out->diags = diags;
}

static inline bool test_read(void *context, Arena *arena, Str path, Str *text)
{
    (void)context;
    (void)arena;
    *text = STR("第一行\n到2025年，人口比重达到50%以上。\n");
    return str_ends(path, STR("/a.txt"));
}

static inline ServerHost test_host(void)
{
    return (ServerHost){.load = test_load, .read = test_read};
}

#endif
