/* Tests of Layout: canonical form, where comments go, and that any layout of a plan becomes the
 * same text. */
#include "plan/test_check.h"

#include "base/file.h"
#include "base/test_random.h"
#include "plan/layout.h"
#include "plan/test_record.h"

static const char *const PATHS[] = {"plans/gansu/lanzhou-circle.yaml",
                                    "plans/gansu/hexi-corridor.yaml",
                                    "plans/gansu/longdongnan.yaml"};

static Plan plan_of(Fixture *fixture, Str text, YamlDoc *doc)
{
    Plan plan = {0};
    Source source = {STR_INIT("test.yaml"), text};

    if (yaml_read(fixture->arena, source, doc, &fixture->diags) != OK ||
        plan_read(fixture->arena, doc, &plan, &fixture->diags) != OK) {
        fail_msg("%.*s\n%s", STR_ARG(text), reported(fixture));
    }
    return plan;
}

static Str laid_out(Fixture *fixture, Str text)
{
    Buf out = buf_new(fixture->arena);
    YamlDoc doc;
    Plan plan = plan_of(fixture, text, &doc);

    layout_write(fixture->arena, &doc, &plan, &out);
    return buf_str(&out);
}

static Str file_text(Fixture *fixture, const char *path)
{
    Str text;

    if (file_read(fixture->arena, str_z(path), YAML_MAX_BYTES, &text, &fixture->diags) != OK) {
        fail_msg("%s", reported(fixture));
    }
    return text;
}

#define HEAD "plan: p\ntitle: t\nperiod: [2021, 2025]\narea:\n  group: g\n"
#define A "  - indicator: a\n    comparator: \"=\"\n    value: 1\n    year: 2025\n"
#define B "  - indicator: b\n    comparator: \"=\"\n    value: 2.50\n    year: 2025\n"

static void test_layouts(void **state)
{
    static const struct {
        const char *given, *want;
    } ROWS[] = {
        {HEAD, HEAD},
        /* the order of keys, flow, quotes that are not needed; one that is */
        {"{\"period\": [2021,2025], 'title': 't', area: {group: \"g\"}, plan: p}", HEAD},
        {"plan: 'no'\ntitle: \"1\"\nperiod:\n- 2021\n- 2025\narea:\n    group: g\n",
         "plan: \"no\"\ntitle: \"1\"\nperiod: [2021, 2025]\narea:\n  group: g\n"},
        /* line ends of other systems, the mark in front, document marks */
        {"\xEF\xBB\xBFplan: p\r\ntitle: t\r\nperiod: [2021, 2025]\r\narea: {group: g}\r\n", HEAD},
        {"--- # start\n" HEAD "... # end\n", "# start\n" HEAD "# end\n"},
        /* keys that say nothing go */
        {HEAD "facts: []\ntargets:\n" A "    implicit: false\n", HEAD "targets:\n" A},
        /* the head stays at the top, whichever key was first */
        {"# one\n\n# two\n\ntitle: t\n# of the plan\nplan: p\nperiod: [2021, 2025]\n"
         "area: {group: g}\n",
         "# one\n\n# two\n\n# of the plan\n" HEAD},
        /* above and behind */
        {"plan: p # id\ntitle: t\n# years\nperiod: [2021, 2025]    # five\narea: # where\n"
         "  group: g\t# there\n# last\n",
         "plan: p  # id\ntitle: t\n# years\nperiod: [2021, 2025]  # five\narea:  # where\n"
         "  group: g  # there\n# last\n"},
        /* comments go with what they stand at */
        {"targets:\n- year: 2025 # when\n  # how much\n  value: 1\n  comparator: '='\n"
         "  indicator: a\n# area\narea: {group: g}\n# p\nplan: p\ntitle: t\nperiod: [2021, 2025]\n",
         "# p\nplan: p\ntitle: t\nperiod: [2021, 2025]\n# area\narea:\n  group: g\ntargets:\n"
         "  - indicator: a\n    comparator: \"=\"\n    # how much\n    value: 1\n"
         "    year: 2025  # when\n"},
        /* struck out at the end of the list, and in the middle of it */
        {HEAD "targets:\n" A "  # - indicator: c\n  #   value: 3\n" B "  # - indicator: d\n"
              "tasks:\n  - id: '1'\n    title: x\n    # nobody\n",
         HEAD "targets:\n" A "  # - indicator: c\n  #   value: 3\n" B "  # - indicator: d\n"
              "tasks:\n  - id: \"1\"\n    title: x\n    # nobody\n"},
        /* an entry that becomes one line: what stood in it goes above it */
        {HEAD "facts:\n  - indicator: a\n    # two\n    value: 1\n    period: 2020\n    # three\n"
              "  - {indicator: b, # four\n     value: 2, period: 2020}\n"
              "  - {indicator: c, # five\n     value: 3, # six\n     # seven\n     period: 2020} "
              "# eight\n  # nine\n",
         HEAD "facts:\n  # two\n  # three\n  - {indicator: a, value: 1, period: 2020}\n"
              "  - {indicator: b, value: 2, period: 2020}  # four\n"
              "  # five\n  # six\n  # seven\n  # eight\n"
              "  - {indicator: c, value: 3, period: 2020}\n  # nine\n"},
        /* behind a dash; behind a key that goes; a # that is none */
        {HEAD "targets:\n  - # first\n    name: \"x # y\"\n    comparator: '='\n    value: 1\n"
              "    unit: a#b\n    year: 2025\n    implicit: false # no\n",
         HEAD "targets:\n  # first\n  - name: \"x # y\"\n    comparator: \"=\"\n    value: 1\n"
              "    unit: \"a#b\"\n    # no\n    year: 2025\n"},
        {HEAD "source:\n  title: | # kept\n    # no comment\n  # yes\n  issuer: >-\n    i\n"
              "# out\n",
         HEAD "source:\n  title: \"# no comment\\n\"  # kept\n  # yes\n  issuer: i\n# out\n"},
        /* digits as they are printed */
        {HEAD "targets:\n" B, HEAD "targets:\n" B},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Str once = laid_out(fixture, str_z(ROWS[i].given));

        assert_text(once, ROWS[i].want);
        assert_text(laid_out(fixture, once), ROWS[i].want);
        start_over(fixture);
    }
}

static void test_plans_of_the_project_stay(void **state)
{
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(PATHS); i++) {
        Str text = file_text(fixture, PATHS[i]);

        assert_true(str_eq(laid_out(fixture, text), text));
    }
}

/* ---- any layout ---- */

/* Writes a tree as a person might: keys in any order, block or flow, quotes of any kind, odd
 * indents, comments that are numbered. */
typedef struct {
    Arena *arena;
    uint64_t seed;
    Buf out;
    unsigned n_notes;
    bool literal; /* a block scalar stands last: only what is indented less ends it */
} Scribe;

static bool chance(Scribe *scribe, unsigned of)
{
    return random_below(&scribe->seed, of) == 0;
}

static void scribble_spaces(Scribe *scribe)
{
    buf_repeat(&scribe->out, STR(" "), random_below(&scribe->seed, 3));
}

static void scribble_note(Scribe *scribe)
{
    buf_format(&scribe->out, "# note %u;%s\n", ++scribe->n_notes, chance(scribe, 4) ? "  " : "");
}

/* Lines between entries. */
static void scribble_lines(Scribe *scribe, unsigned indent)
{
    while (chance(scribe, 6)) {
        if (chance(scribe, 2)) {
            buf_repeat(&scribe->out, STR(" "),
                       scribe->literal ? 0 : random_below(&scribe->seed, indent + 4));
            scribble_note(scribe);
            scribe->literal = false;
        } else if (!scribe->literal) {
            buf_char(&scribe->out, '\n');
        }
    }
}

static void scribble_end(Scribe *scribe)
{
    if (chance(scribe, 8)) {
        buf_char(&scribe->out, ' ');
        scribble_spaces(scribe);
        scribble_note(scribe);
    } else {
        scribble_spaces(scribe);
        buf_char(&scribe->out, '\n');
    }
}

static bool has_only_letters(Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        if (c < ' ' || c == 0x7F || c == '\'' || c == '"' || c == '\\') {
            return false;
        }
    }
    return text.len > 0 && text.at[0] != ' ' && text.at[text.len - 1] != ' ';
}

static void scribble_scalar(Scribe *scribe, const YamlNode *node, bool key, bool flow,
                            unsigned indent)
{
    bool letters = has_only_letters(node->text);
    size_t style = random_below(&scribe->seed, 4);

    scribe->literal = false;
    if (style == 0 && letters) {
        buf_format(&scribe->out, "'%.*s'", STR_ARG(node->text));
    } else if (style == 1 && letters && !key && !flow) {
        buf_format(&scribe->out, "%s\n", chance(scribe, 2) ? ">-" : "|-");
        buf_repeat(&scribe->out, STR(" "), indent + 1);
        buf_add(&scribe->out, node->text);
        scribe->literal = true;
    } else if (node->quoted || style == 2) {
        buf_char(&scribe->out, '"');
        for (size_t i = 0; i < node->text.len; i++) {
            char c = node->text.at[i];

            buf_add(&scribe->out, c == '"' || c == '\\' ? STR("\\") : STR(""));
            buf_char(&scribe->out, c);
        }
        buf_char(&scribe->out, '"');
    } else {
        buf_add(&scribe->out, node->text);
    }
}

static uint32_t *shuffled(Scribe *scribe, uint32_t n)
{
    uint32_t *order = ARENA_ARRAY(scribe->arena, uint32_t, n + 1);

    for (uint32_t i = 0; i < n; i++) {
        size_t other = random_below(&scribe->seed, i + 1);

        order[i] = order[other];
        order[other] = i;
    }
    return order;
}

static void scribble_flow(Scribe *scribe, const YamlNode *node, unsigned indent)
{
    uint32_t *order = shuffled(scribe, node->n);
    bool map = node->kind == YAML_MAP;

    if (node->kind == YAML_SCALAR) {
        scribble_scalar(scribe, node, false, true, indent);
        return;
    }
    buf_char(&scribe->out, map ? '{' : '[');
    for (uint32_t i = 0; i < node->n; i++) {
        uint32_t which = map ? order[i] : i;

        buf_add(&scribe->out, i > 0 ? STR(", ") : STR(""));
        if (i > 0 && chance(scribe, 12)) {
            scribble_end(scribe);
            scribble_lines(scribe, indent);
            buf_repeat(&scribe->out, STR(" "), indent + 1);
        }
        if (map) {
            scribble_scalar(scribe, node->keys[which], true, true, indent);
            buf_add(&scribe->out, STR(": "));
        }
        scribble_spaces(scribe);
        scribble_flow(scribe, node->items[which], indent);
    }
    scribble_spaces(scribe);
    buf_char(&scribe->out, map ? '}' : ']');
}

static void scribble_block(Scribe *scribe, const YamlNode *node, unsigned indent, bool began);

/* A value behind a key or a dash, to the end of its line. `least` is what a block must be indented
 * by. */
static void scribble_value(Scribe *scribe, const YamlNode *node, unsigned least, bool dash)
{
    unsigned deeper = least + 1 + (unsigned)random_below(&scribe->seed, 4);

    if (node->kind == YAML_SCALAR || node->n == 0 || chance(scribe, 4)) {
        buf_char(&scribe->out, ' ');
        scribble_spaces(scribe);
        if (node->kind == YAML_SCALAR) {
            scribble_scalar(scribe, node, false, false, least + 1);
        } else {
            scribble_flow(scribe, node, least + 1);
        }
        if (scribe->literal) {
            buf_char(&scribe->out, '\n');
        } else {
            scribble_end(scribe);
        }
    } else if (dash && !chance(scribe, 4)) {
        buf_repeat(&scribe->out, STR(" "), deeper - least - 1 == 0 ? 1 : deeper - least - 1);
        scribble_block(scribe, node, deeper - least - 1 == 0 ? least + 2 : deeper, true);
    } else {
        scribble_end(scribe);
        scribble_block(scribe, node,
                       node->kind == YAML_LIST && !dash && chance(scribe, 2) ? least : deeper,
                       false);
    }
}

/* began: the first entry follows on the line that is there. */
static void scribble_block(Scribe *scribe, const YamlNode *node, unsigned indent, bool began)
{
    uint32_t *order = shuffled(scribe, node->n);
    bool map = node->kind == YAML_MAP;

    for (uint32_t i = 0; i < node->n; i++) {
        uint32_t which = map ? order[i] : i;

        if (i > 0 || !began) {
            scribble_lines(scribe, indent);
            buf_repeat(&scribe->out, STR(" "), indent);
        }
        if (map) {
            scribble_scalar(scribe, node->keys[which], true, false, indent);
            buf_add(&scribe->out, STR(":"));
        } else {
            buf_char(&scribe->out, '-');
        }
        scribble_value(scribe, node->items[which], indent, !map);
    }
    scribble_lines(scribe, indent);
}

static Str without_notes(Fixture *fixture, Str text)
{
    Buf out = buf_new(fixture->arena);

    while (text.len > 0) {
        Str line = str_cut(text, '\n', &text);
        size_t at = str_find(line, STR("# note "));

        line = str_slice(line, 0, at == SIZE_MAX ? line.len : at);
        while (line.len > 0 && line.at[line.len - 1] == ' ') {
            line.len--;
        }
        if (line.len > 0) {
            buf_add(&out, line);
            buf_char(&out, '\n');
        }
    }
    return buf_str(&out);
}

static void assert_has_notes(Fixture *fixture, Str given, Str text, unsigned n)
{
    for (unsigned i = 1; i <= n; i++) {
        Str note = str_format(fixture->arena, "# note %u;\n", i);
        size_t at = str_find(text, note);

        if (at == SIZE_MAX || str_find(str_slice(text, at + 1, text.len), note) != SIZE_MAX) {
            fail_msg("%.*s is not there once\n%.*s\n-- of\n%.*s", STR_ARG(note), STR_ARG(text),
                     STR_ARG(given));
        }
    }
}

static void test_any_layout(void **state)
{
    Fixture *fixture = *state;
    uint64_t seed = 2021;

    for (int round = 0; round < 240; round++) {
        Scribe scribe = {0};
        Str text, given, once, twice;
        YamlDoc doc;
        Plan plan, back;
        Buf plain;

        start_over(fixture);
        scribe = (Scribe){
            .arena = fixture->arena, .seed = random_next(&seed), .out = buf_new(fixture->arena)};
        text = file_text(fixture, PATHS[round % (int)N_ROWS(PATHS)]);
        plan = plan_of(fixture, text, &doc);
        plain = buf_new(fixture->arena);
        plan_write(fixture->arena, &plan, &plain);
        scribble_block(&scribe, doc.root, (unsigned)random_below(&scribe.seed, 3), false);
        given = buf_str(&scribe.out);
        once = laid_out(fixture, given);
        if (!str_eq(without_notes(fixture, once), buf_str(&plain))) {
            fail_msg("%.*s\n-- became\n%.*s", STR_ARG(given), STR_ARG(once));
        }
        assert_has_notes(fixture, given, once, scribe.n_notes);
        back = plan_of(fixture, once, &doc);
        assert_true(record_same(&PLAN_RECORD, &plan, &back));
        twice = laid_out(fixture, once);
        if (!str_eq(once, twice)) {
            fail_msg("%.*s\n-- became\n%.*s\n-- and then\n%.*s", STR_ARG(given), STR_ARG(once),
                     STR_ARG(twice));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_layouts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_plans_of_the_project_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_any_layout, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
