/* Tests of Sketch and Meaning: they agree with the parser on what parses, and make sense of what
 * does not yet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "editor/meaning.h"
#include "plan/yaml.h"

/* ---- what parses ---- */

typedef struct {
    const YamlDoc *doc;
    Sketch sketch;
    size_t n_keys, n_values;
} Compared;

static void fail_at(const Compared *compared, const YamlNode *node, const char *what)
{
    Place place = place_of(&compared->doc->source, node->at);

    fail_msg("%.*s:%u:%u: %s", STR_ARG(place.file), place.line, place.column, what);
}

/* Every key and scalar of the tree is found at its first and behind its last byte, with its text.
 */
static void compare(Compared *compared, const YamlNode *node)
{
    for (uint32_t i = 0; i < node->n; i++) {
        if (node->kind == YAML_MAP) {
            const YamlNode *key = node->keys[i];
            Spot spot = sketch_at(&compared->sketch, key->at.start);

            if (spot.kind != SPOT_KEY || spot.entry == UINT32_MAX ||
                !str_eq(sketch_text(&compared->sketch, spot.token), key->text)) {
                fail_at(compared, key, "no such key");
            }
            if (sketch_find(&compared->sketch, spot.node, key->text) != spot.entry) {
                fail_at(compared, key, "not found in its map");
            }
            compared->n_keys++;
        }
        compare(compared, node->items[i]);
    }
    if (node->kind == YAML_SCALAR && node->at.end > node->at.start) {
        for (int end = 0; end < 2; end++) {
            Spot spot = sketch_at(&compared->sketch, end ? node->at.end : node->at.start);

            if (spot.kind != SPOT_VALUE ||
                !str_eq(sketch_text(&compared->sketch, spot.token), node->text)) {
                fail_at(compared, node, "no such value");
            }
        }
        compared->n_values++;
    }
}

static void compare_file(const char *path, size_t least)
{
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Source source = {str_z(path), {NULL, 0}};
    YamlDoc doc;
    Compared compared = {.doc = &doc};

    assert_int_equal(file_read(arena, source.name, YAML_MAX_BYTES, &source.text, &diags), OK);
    assert_int_equal(yaml_read(arena, source, &doc, &diags), OK);
    sketch_read(arena, source.text, &compared.sketch);
    compare(&compared, doc.root);
    assert_true(compared.n_keys >= least && compared.n_values >= least);
    arena_free(arena);
}

static void test_agrees(void **state)
{
    (void)state;
    compare_file("plans/gansu/lanzhou-circle.yaml", 500);
    compare_file("plans/gansu/hexi-corridor.yaml", 500);
    compare_file("plans/gansu/longdongnan.yaml", 500);
    compare_file("plans/gansu/regions.yaml", 100);
    compare_file("plans/china/regions.yaml", 1000);
    compare_file("plans/china/groups.yaml", 20);
    compare_file("plans/china/measures.yaml", 100);
    compare_file("plans/china/indicators.yaml", 1000);
}

static void test_agrees_on_forms(void **state)
{
    static const char *const TEXTS[] = {
        "plan: a\r\ntargets:\r\n- value: 1\r\n  unit: '%'\r\nperiod: [2021, 2025]\r\n",
        "area: {\n  group: x,\n  members: [\"1\",\n    \"2\"]\n  }\nplan: b\n",
        "a:\n  - - x\n    - y\n  -\n    b: c\n",
        "\"quoted key\": v # comment\n'k': \"v: w\"\nurl: a:b\n",
        "text: |\n  one: 1\n  - two\n\n  three\nplan: c\n",
        "list:\n  - {a: 1} # {b: 2}\n  # c: 3\n  - [x, y z, {q: w}]\n",
        "x: {a: {b: [c, {d: e}]}, f: g}\ny: z\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        Arena *arena = arena_new();
        Diags diags = diags_new(arena);
        Source source = {str_z(TEXTS[i]), str_z(TEXTS[i])};
        YamlDoc doc;
        Compared compared = {.doc = &doc};

        if (yaml_read(arena, source, &doc, &diags) != OK) {
            fail_msg("this is no YAML: %s", TEXTS[i]);
        }
        sketch_read(arena, source.text, &compared.sketch);
        if (i != 4) { /* text in a block is no scalar of one line */
            compare(&compared, doc.root);
        } else {
            assert_int_not_equal(sketch_find(&compared.sketch, 0, STR("plan")), UINT32_MAX);
            assert_int_equal(sketch_find(&compared.sketch, 0, STR("one")), UINT32_MAX);
        }
        arena_free(arena);
    }
}

/* ---- what is being typed ---- */

/* The text with the place marked by ¦; what is there as “KIND record.key "token"”. */
static Str meaning_in(Arena *arena, const char *marked)
{
    static const char *const KINDS[] = {"none", "key", "value"};
    Str after, before = str_z(marked);
    size_t at = str_find(before, STR("¦"));
    Sketch sketch;
    Meaning meaning;

    assert_int_not_equal(at, SIZE_MAX);
    after = str_slice(before, at + strlen("¦"), before.len);
    before = str_slice(before, 0, at);
    sketch_read(arena, str_format(arena, "%.*s%.*s", STR_ARG(before), STR_ARG(after)), &sketch);
    meaning = meaning_at(&sketch, at);
    if (meaning.kind == SPOT_NONE) {
        return STR("none");
    }
    return str_format(arena, "%s %s.%s \"%.*s\"", KINDS[meaning.kind],
                      meaning.record == NULL ? "?" : meaning.record->name,
                      meaning.field == NULL ? "" : meaning.field->key, STR_ARG(meaning.text));
}

static void test_typing(void **state)
{
    static const char *const CASES[][2] = {
        {"¦", "key plan. \"\""},
        {"pl¦", "key plan. \"pl\""},
        {"plan¦: x", "key plan.plan \"plan\""},
        {"plan:¦", "value plan.plan \"\""},
        {"plan: x\n¦", "key plan. \"\""},
        {"\uFEFFplan: x\nhor¦", "key plan. \"hor\""},
        {"\uFEFFplan: x¦", "value plan.plan \"x\""},
        {"plan: x\narea:\n  ¦", "key area. \"\""},
        {"plan: x\narea:\n  gr¦", "key area. \"gr\""},
        {"plan: x\narea:\n  group: lan¦\n", "value area.group \"lan\""},
        {"plan: x\narea:\n  group: lan\n  ¦\nfacts:\n", "key area. \"\""},
        {"plan: x\narea: {¦", "key area. \"\""},
        {"plan: x\narea: {group: ¦", "value area.group \"\""},
        {"plan: x\narea: {group: a, mem¦", "key area. \"mem\""},
        {"plan: x\narea: {group: a, members: [\"62¦", "value area.members \"62\""},
        {"plan: x\narea: {group: a, members: [\"62\", ¦]}", "value area.members \"\""},
        {"plan: x\ntargets:\n  - ¦", "key target. \"\""},
        {"plan: x\ntargets:\n  - ind¦", "key target. \"ind\""},
        {"plan: x\ntargets:\n  - indicator: 生产¦", "value target.indicator \"生产\""},
        {"plan: x\ntargets:\n  - indicator: gdp\n    ¦", "key target. \"\""},
        {"plan: x\ntargets:\n  - indicator: gdp\n    uni¦\n    year: 2025", "key target. \"uni\""},
        {"plan: x\ntargets:\n  - indicator: gdp\n    unit: ¦\n    year: 1",
         "value target.unit \"\""},
        {"plan: x\ntargets:\n- indicator: gdp\n  ¦\n", "key target. \"\""},
        {"plan: x\ntargets:\n- indicator: gdp\n¦\n", "key plan. \"\""},
        {"plan: x\nfacts:\n  - {indicator: a, ¦\n  - {indicator: b}\n", "key fact. \"\""},
        {"plan: x\nfacts:\n  - {indicator: a, \n  - {indicator: ¦b}\n",
         "value fact.indicator \"b\""},
        {"plan: x\nfacts:\n  - {a: \"x\n  - {name: {zh: ¦", "value text.zh \"\""},
        {"plan: x\nfacts:\n  - {a: [1\ntargets:\n  - unit: ¦", "value target.unit \"\""},
        {"plan: x\nfacts:\n  - {a: [1\n    b¦\ntargets:\n", "none"},
        {"plan: x\ntasks:\n  - owners: [¦", "value task.owners \"\""},
        {"plan: x\ntasks:\n  - owners:\n      - 省政¦", "value task.owners \"省政\""},
        {"plan: x # ¦", "none"},
        {"plan: x\nuses: [a.yaml, ¦", "value plan.uses \"\""},
        {"unknown:\n  ¦", "none"},
        {"measures:\n  - {id: a, ¦", "key measure. \"\""},
        {"indicators:\n  - {id: a, formula: gdp / popu¦lation}",
         "value indicator.formula \"population\""},
        {"area: {\n  group: x\n}\nplan: ¦", "value plan.plan \"\""},
        {"plan: x ¦", "none"},
        {"plan: x\n ¦", "none"},
    };
    Arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        Str found = meaning_in(arena, CASES[i][0]);

        if (!str_eq(found, str_z(CASES[i][1]))) {
            fail_msg("%s\ngives %.*s, not %s", CASES[i][0], STR_ARG(found), CASES[i][1]);
        }
    }
    arena_free(arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agrees),
        cmocka_unit_test(test_agrees_on_forms),
        cmocka_unit_test(test_typing),
    };

    return cmocka_run_group_tests_name("sketch", tests, NULL, NULL);
}
