/* Fuzzing of Plan and Catalog: any file is a plan that survives being written, a dictionary whose
 * links hold, or refused with a reason. */
#include "plan/conform.h"
#include "plan/test_record.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The library itself loses a buffer when it gives up on a quoted text. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfyaml\n";
}

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static const Str DICTIONARY = STR_INIT(
    "regions:\n"
    "  - {code: '1', name: 国, level: country}\n"
    "  - {code: '2', name: {zh: 省, en: P}, also: [s], parent: '1', level: province}\n"
    "bodies: [{name: 局, also: [b]}]\n"
    "groups: [{id: g, name: 片, members: ['2']}]\n"
    "measures: [{id: m, name: 量, unit: 亿元, area: sum}]\n"
    "indicators:\n"
    "  - {id: m, name: 标, unit: 亿元, direction: higher}\n"
    "  - {id: r, name: 率, unit: '%', direction: lower, formula: m / parent(m) * 100 %}\n");

static Err read_yaml(Arena *arena, Str text, YamlDoc *doc, Diags *diags)
{
    return yaml_read(arena, (Source){STR_INIT("fuzz"), text}, doc, diags);
}

static void check_plan(Arena *arena, const Plan *plan)
{
    Catalog *catalog = catalog_new(arena);
    Diags diags = diags_new(arena);
    Buf first = buf_new(arena), second = buf_new(arena);
    YamlDoc doc;
    Plan back;
    Err err;

    plan_write(arena, plan, &first);
    must(read_yaml(arena, buf_str(&first), &doc, &diags) == OK);
    must(plan_read(arena, &doc, &back, &diags) == OK);
    must(record_same(&PLAN_RECORD, plan, &back));
    plan_write(arena, &back, &second);
    must(str_eq(buf_str(&first), buf_str(&second)));

    must(read_yaml(arena, DICTIONARY, &doc, &diags) == OK);
    must(catalog_add(catalog, &doc, &diags) == OK && catalog_finish(catalog, &diags) == OK);
    err = plan_conform(catalog, plan, &diags);
    must((err == OK) == (diags_errors(&diags) == 0));
}

static void check_entity(const Catalog *catalog, uint32_t index)
{
    const Entity *entity = &catalog->entities.at[index];
    size_t above = 0;

    must(catalog_entity(catalog, entity->id) == index);
    must(entity->parent == NONE || entity->parent < catalog->entities.n);
    for (uint32_t up = entity->parent; up != NONE; up = catalog->entities.at[up].parent) {
        must(++above < catalog->entities.n);
    }
    for (size_t i = 0; i < entity->n_parts; i++) {
        must(entity->parts[i] < catalog->regions.n);
        must(entity->is_group || catalog->entities.at[entity->parts[i]].parent == index);
    }
}

static void check_catalog(const Catalog *catalog)
{
    for (uint32_t i = 0; i < catalog->entities.n; i++) {
        check_entity(catalog, i);
    }
    for (uint32_t i = 0; i < catalog->measures.n; i++) {
        must(catalog_measure(catalog, catalog->measures.at[i]->id) == i);
        must(unit_in_range(catalog->measures.at[i]->unit));
    }
    for (uint32_t i = 0; i < catalog->indicators.n; i++) {
        must(catalog_indicator(catalog, catalog->indicators.at[i]->id) == i);
        must(catalog->indicators.at[i]->formula.n_nodes > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Buf out = buf_new(arena);
    YamlDoc doc;
    Plan plan;
    Err err = read_yaml(arena, (Str){(const char *)data, size}, &doc, &diags);

    if (err == OK && yaml_get(doc.root, STR("plan")) != NULL) {
        err = plan_read(arena, &doc, &plan, &diags);
        if (err == OK) {
            check_plan(arena, &plan);
        }
    } else if (err == OK) {
        Catalog *catalog = catalog_new(arena);

        err = catalog_add(catalog, &doc, &diags);
        err = err == OK ? catalog_finish(catalog, &diags) : err;
        if (err == OK) {
            check_catalog(catalog);
        }
    }
    must(err == OK || err == ERR_INPUT);
    must((err == OK) == (diags_errors(&diags) == 0));
    diags_print(&out, &diags, LANG_ZH, false);
    arena_free(arena);
    return 0;
}
