/* Gansu: the dictionary that comes with the project, for tests. */
#ifndef LONGTU_PLAN_TEST_GANSU_H
#define LONGTU_PLAN_TEST_GANSU_H

#include "plan/test_check.h"

#include "base/file.h"
#include "plan/catalog.h"

static inline Catalog *gansu(Fixture *fixture)
{
    static const char *const PATHS[] = {"plans/china/regions.yaml", "plans/china/groups.yaml",
                                        "plans/gansu/regions.yaml", "plans/china/measures.yaml",
                                        "plans/china/indicators.yaml"};
    Catalog *catalog = catalog_new(fixture->arena);

    for (size_t i = 0; i < N_ROWS(PATHS); i++) {
        Source source = {str_z(PATHS[i]), {NULL, 0}};
        YamlDoc doc;

        if (file_read(fixture->arena, source.name, YAML_MAX_BYTES, &source.text, &fixture->diags) !=
                OK ||
            yaml_read(fixture->arena, source, &doc, &fixture->diags) != OK ||
            catalog_add(catalog, &doc, &fixture->diags) != OK) {
            fail_msg("%s", reported(fixture));
        }
    }
    if (catalog_finish(catalog, &fixture->diags) != OK || fixture->diags.all.n != 0) {
        fail_msg("%s", reported(fixture));
    }
    return catalog;
}

#endif
