/* Tests of Yaml: trees that know their places, what is refused and where, and trees written and
 * read again, or frozen and thawed. */
#include "plan/test_check.h"

#include "base/file.h"
#include "base/test_random.h"
#include "plan/test_tree.h"

static Str slice(const YamlDoc *doc, const YamlNode *node)
{
    assert_true(node->at.start <= node->at.end && node->at.end <= doc->source.text.len);
    return str_slice(doc->source.text, node->at.start, node->at.end);
}

static void test_tree(void **state)
{
    static const char *const TEXT = "# 说明\n"
                                    "plan: 兰州 # 名称\n"
                                    "年份: [2021, '2025']\n"
                                    "area:\n"
                                    "  - {code: \"620100\", 名称: 兰州市}\n"
                                    "  - 空:\n"
                                    "empty: {}\n";
    Fixture *fixture = *state;
    YamlDoc doc = read_yaml(fixture, TEXT);
    const YamlNode *root = doc.root, *years = yaml_get(root, STR("年份")),
                   *area = yaml_get(root, STR("area")), *first;

    assert_clean(fixture, TEXT);
    assert_int_equal(root->kind, YAML_MAP);
    assert_int_equal(root->n, 4);
    assert_text(root->keys[0]->text, "plan");
    assert_text(root->keys[3]->text, "empty");
    assert_text(yaml_get(root, STR("plan"))->text, "兰州");
    assert_false(yaml_get(root, STR("plan"))->quoted);
    assert_int_equal(years->kind, YAML_LIST);
    assert_int_equal(years->n, 2);
    assert_text(years->items[0]->text, "2021");
    assert_text(years->items[1]->text, "2025");
    assert_false(years->items[0]->quoted);
    assert_true(years->items[1]->quoted);
    assert_int_equal(area->kind, YAML_LIST);
    assert_int_equal(area->n, 2);
    first = area->items[0];
    assert_text(yaml_get(first, STR("名称"))->text, "兰州市");
    assert_true(yaml_get(first, STR("code"))->quoted);
    assert_int_equal(area->items[1]->n, 1);
    assert_text(area->items[1]->items[0]->text, "");
    assert_int_equal(yaml_get(root, STR("empty"))->kind, YAML_MAP);
    assert_int_equal(yaml_get(root, STR("empty"))->n, 0);
    assert_null(yaml_get(root, STR("Plan")));
    assert_null(yaml_get(years, STR("0")));
    assert_null(yaml_get(NULL, STR("x")));
}

/* Where nodes stand, in bytes; a quoted scalar without its quotes. */
static void test_places(void **state)
{
    static const struct {
        const char *text, *key, *at;
        uint32_t line, column, end;
    } ROWS[] = {
        {"a: 1\nb: 22\n", "b", "22", 2, 4, 6},
        {"名称: 兰州市\n年: 2025\n", "年", "2025", 2, 4, 8},
        {"名称: 兰州市 # 注\n", "名称", "兰州市", 1, 5, 8},
        {"a: \"x y\"\n", "a", "x y", 1, 5, 8},
        {"a: '甲'\n", "a", "甲", 1, 5, 6},
        {"{甲: 1, 乙: two words}\n", "乙", "two words", 1, 11, 20},
        {"a: 1\r\nb: 22\r\n", "b", "22", 2, 4, 6},
        {"a: 1\r\nb: 甲乙\r\nc: 3\r\n", "c", "3", 3, 4, 5},
        {"\n\n\n  k:   v\n", "k", "v", 4, 8, 9},
        {"\xEF\xBB\xBF"
         "a: 1\n",
         "a", "1", 1, 4, 5}, /* columns do not count the mark */
        {"---\na: 1\n", "a", "1", 2, 4, 5},
        {"%YAML 1.2\n---\na: 1\n...\n", "a", "1", 3, 4, 5},
        {"k: [1, 2]\n", "k", "[1, 2]", 1, 4, 10},
        {"k: {a: 甲}\n", "k", "{a: 甲}", 1, 4, 10},
        {"😀: 😀😀\n", "😀", "😀😀", 1, 4, 6},
        /* nothing stands where it is missed */
        {"a: 1\n值:\nb: 2\n", "值", "", 2, 2, 2},
        {"a: 1\nk: # 注\n", "k", "", 2, 2, 2},
        {"a: 1\nb: {甲: 1, 乙}\nk: ~\n", "k", "~", 3, 4, 5},
        {"a: 1\nk:\n  b: 1\n  c: 2\nd: 1\n", "k", "b: 1\n  c: 2\n", 3, 3, 7},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        YamlDoc doc = read_yaml(fixture, ROWS[i].text);
        const YamlNode *node = yaml_get(doc.root, str_z(ROWS[i].key));
        Place place;

        assert_non_null(node);
        assert_text(slice(&doc, node), ROWS[i].at);
        place = place_of(&doc.source, node->at);
        if (place.line != ROWS[i].line || place.column != ROWS[i].column ||
            place.end != ROWS[i].end) {
            fail_msg("'%s' is at %u:%u-%u, want %u:%u-%u", ROWS[i].text, place.line, place.column,
                     place.end, ROWS[i].line, ROWS[i].column, ROWS[i].end);
        }
    }
}

/* Forms of one text. */
static void test_scalars(void **state)
{
    static const struct {
        const char *text, *value;
        bool quoted;
    } ROWS[] = {
        {"k: plain words", "plain words", false},
        {"k: 5.40", "5.40", false},
        {"k: true", "true", false},
        {"k: ~", "~", false},
        {"k:", "", false},
        {"k: ''", "", true},
        {"k: \"\"", "", true},
        {"k: 'it''s'", "it's", true},
        {"k: 'a''''b'", "a''b", true},
        {"k: 'a''''''b'", "a'''b", true},
        {"k: ''''", "'", true},
        {"k: ''''''", "''", true},
        {"k: '''甲''''乙'''", "'甲''乙'", true},
        {"k: '“规划”''''期'  # 注", "“规划”''期", true},
        {"k: '  两端有空 '", "  两端有空 ", true},
        {"k: '\\n \"'", "\\n \"", true}, /* no other escapes */
        /* one line break is a space, n are n - 1, blanks around them go */
        {"k: '甲\n  乙'", "甲 乙", true},
        {"k: '甲 \t\n \t 乙'", "甲 乙", true},
        {"k: '甲\n\n  乙'", "甲\n乙", true},
        {"k: '甲  \n  \n \t\n  乙\n  丙'", "甲\n\n乙 丙", true},
        {"k: '甲\r\n\r\n  乙\r\n  丙'", "甲\n乙 丙", true},
        {"k: '\n  甲\n  '", " 甲 ", true},
        {"k: '甲''''\n  ''乙'", "甲'' '乙", true},
        {"k: !t 'a''''b'", "a''b", true},
        {"k:\n  'a''''b'", "a''b", true},
        {"? 'k'\n: 'a''''b'", "a''b", true},
        {"k: \"a\\n\\t\\\"\\\\\\u4e2d\\x41\"", "a\n\t\"\\中A", true},
        {"k: |\n  a\n  b\n", "a\nb\n", true},
        {"k: |-\n  a\n  b\n", "a\nb", true},
        {"k: >\n  a\n  b\n", "a b\n", true},
        {"k: a\n   b", "a b", false},
        {"k: a#b", "a#b", false},
        {"k: a:b", "a:b", false},
        {"k: http://x/y?z=1", "http://x/y?z=1", false},
        {"k: <<", "<<", false},
        {"? k\n: v", "v", false},
        {"\"k\": v", "v", false},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        YamlDoc doc = read_yaml(fixture, ROWS[i].text);
        const YamlNode *node = yaml_get(doc.root, STR("k"));

        assert_non_null(node);
        assert_int_equal(node->kind, YAML_SCALAR);
        assert_text(node->text, ROWS[i].value);
        assert_int_equal(node->quoted, ROWS[i].quoted);
    }
}

static void test_refused(void **state)
{
    static const struct {
        const char *text;
        Code code;
        uint32_t line;
        const char *at;
    } ROWS[] = {
        /* LT1010: a key twice */
        {"a: 1\nb: 2\na: 3\n", LT1010, 3, "a"},
        {"名称: 1\n名称: 2\n", LT1010, 2, "名称"},
        {"{a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1, j: 1, k: 1, l: 1, m: 1, n: 1, o: "
         "1,\n"
         "p: 1, b: 2}\n",
         LT1010, 2, "b"}, /* many keys are hashed */
        {"{a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1, j: 1, k: 1, l: 1, m: 1, n: 1, o: "
         "1,\n"
         "p: 1, q: 1, r: 1, q: 2}\n",
         LT1010, 2, "q"},
        {"a: 1\n\"a\": 2\n", LT1010, 2, "a"},
        {"x:\n  - {k: 1, k: 2}\n", LT1010, 2, "k"},
        {"a: 1\n\"\\x61\": 2\n", LT1010, 2, "\\x61"},
        {"'a''''b': 1\n\"a''b\": 2\n", LT1010, 2, "a''b"},
        /* LT1005: anchors and aliases */
        {"a: &x 1\nb: *x\n", LT1005, 1, "1"},
        {"a: &x [1]\n", LT1005, 1, "["},
        {"a: &x {b: 1}\n", LT1005, 1, "{"},
        {"&k a: 1\n", LT1005, 1, "a"},
        {"a: 1\nb: *x\n", LT1005, 2, "x"},
        {"a: 1\n*x : 2\n", LT1005, 2, "x"},
        /* LT1007: a key that is no word */
        {"? [a, b]\n: 1\n", LT1007, 1, "[a, b]"},
        {"? {a: b}\n: 1\n", LT1007, 1, "{a: b}"},
        /* LT1013: a second document */
        {"a: 1\n---\nb: 2\n", LT1013, 3, ""},
        {"a: 1\n...\nb: 2\n", LT1013, 3, ""},
        {"--- a\n--- b\n", LT1013, 2, "b"},
        {"a\n---\n", LT1013, 2, ""},
        /* LT1014: nothing there */
        {"", LT1014, 0, ""},
        {" \n\t\r\n", LT1014, 0, ""},
        {"\xEF\xBB\xBF", LT1014, 0, ""},
        {"　\n", LT1014, 0, ""},
        {"# only a comment\n", LT1014, 0, ""},
        /* LT1003: not UTF-8 */
        {"a: \xFF\n", LT1003, 1, ""},
        {"a: 1\nb: \xC0\x80\n", LT1003, 2, ""},
        {"a: 1\nb: 2\nc: \xED\xA0\x80\n", LT1003, 3, ""},
        {"a: \xD6\xD0\xCE\xC4\n", LT1003, 1, ""}, /* 中文 in GB 18030 */
        {"\xFF\xFE"
         "a\0:\0",
         LT1003, 1, ""},                /* UTF-16 */
        {"a: \xE4\xB8", LT1003, 1, ""}, /* cut */
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        YamlDoc doc;

        start_over(fixture);
        if (yaml_read(fixture->arena, source_of(ROWS[i].text), &doc, &fixture->diags) !=
            ERR_INPUT) {
            fail_msg("row %zu is accepted:\n%s", i, ROWS[i].text);
        }
        if (fixture->diags.all.n != 1 || fixture->diags.all.at[0].code != ROWS[i].code ||
            fixture->diags.all.at[0].place.line != ROWS[i].line) {
            fail_msg("row %zu: not %.*s at line %u:\n%s\n%s", i,
                     STR_ARG(code_info(ROWS[i].code)->name), ROWS[i].line, ROWS[i].text,
                     reported(fixture));
        }
        if (ROWS[i].at[0] != '\0') {
            assert_said(fixture, 0, ROWS[i].code, ROWS[i].line, ROWS[i].at);
        }
    }
}

/* The first byte that is not UTF-8 is told, counted from the start of the file. */
static void test_encoding_place(void **state)
{
    Fixture *fixture = *state;
    YamlDoc doc;

    assert_int_equal(
        yaml_read(fixture->arena, source_of("a: 甲\nb: 乙\x80"), &doc, &fixture->diags), ERR_INPUT);
    assert_int_equal(fixture->diags.all.at[0].code, LT1003);
    assert_text(fixture->diags.all.at[0].args[0], "13");
    assert_int_equal(fixture->diags.all.at[0].place.line, 2);
    assert_int_equal(fixture->diags.all.at[0].place.column, 5);
}

/* Broken syntax: the line where it shows. */
static void test_syntax(void **state)
{
    static const struct {
        const char *text;
        uint32_t line, column;
    } ROWS[] = {
        {"a: [1, 2\n", 2, 1}, /* where the bracket is missed */
        {"a: 1\nb: {c: 1\nd: 2\n", 3, 2},
        {"a: 1\n b: 2\n", 1, 4}, /* a value of two lines with a colon in it */
        {"a: 1\nb: \"open\nc: 1\n", 2, 4},
        {"a: 1\n]\n", 2, 1},
        {"a: 1\nb: 2\nc: }\n", 3, 4},
        {"a: 1\nb: @x\n", 2, 4},
        {"a: 1\nb: `x`\n", 2, 4},
        {"a:\n\t- b\n", 2, 1},
        {"名称: 兰州\n年份: [2021\n备注: 无\n", 4, 1},
        {"名称: 兰州\n乙: 丙\n丁: 戊 己: 庚\n", 3, 7}, /* the second colon */
        {"a: 1\nb: \"甲\\q\"\n", 2, 6},
        {"a: b: c\n", 1, 5},
        {"a: 1\nb: 2\nc\nd: 3\n", 3, 1},
        {"- a\nb: 1\n", 2, 1},
        {"a: 1\n- b\n", 2, 1},
        {"a: 'x' y\n", 1, 8},
        {"a: !<tag:x,2002:y z\n", 1, 18},
        {"%YAML 1.2\n", 2, 1}, /* nothing follows */
        {"\n\n# 甲\na: 1\nb: '甲\n", 5, 5},
        {"\xEF\xBB\xBF"
         "a: 1\r\nb: ]\r\n",
         2, 4},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        YamlDoc doc;
        const Diag *diag;

        start_over(fixture);
        if (yaml_read(fixture->arena, source_of(ROWS[i].text), &doc, &fixture->diags) !=
            ERR_INPUT) {
            fail_msg("row %zu is accepted:\n%s", i, ROWS[i].text);
        }
        diag = &fixture->diags.all.at[0];
        if (fixture->diags.all.n != 1 || diag->code != LT1004 || diag->place.line != ROWS[i].line ||
            diag->place.column != ROWS[i].column) {
            fail_msg("row %zu: not LT1004 at %u:%u:\n%s", i, ROWS[i].line, ROWS[i].column,
                     reported(fixture));
        }
    }
}

static void assert_survives(Fixture *fixture, const YamlNode *root, bool flow);

/* What follows a NUL would be lost without a word. */
static void test_nul(void **state)
{
    Fixture *fixture = *state;
    Source source = {STR_INIT("test.yaml"), STR_INIT("a: 1\nb: 甲\0乙\nc: 3\n")};
    YamlDoc doc;

    assert_int_equal(yaml_read(fixture->arena, source, &doc, &fixture->diags), ERR_INPUT);
    assert_only(fixture, LT1004, 2, "");
    assert_int_equal(fixture->diags.all.at[0].place.column, 5);
    start_over(fixture);
    doc = read_yaml(fixture, "a: \"x\\0y\"\n"); /* written so, it is a character like others */
    assert_int_equal(doc.root->items[0]->text.len, 3);
    assert_survives(fixture, doc.root, false);
}

static void test_mark_is_accepted(void **state)
{
    Fixture *fixture = *state;
    YamlDoc doc = read_yaml(fixture, "\xEF\xBB\xBFplan: x\n");

    assert_clean(fixture, "byte-order mark");
    assert_text(doc.root->keys[0]->text, "plan");
    assert_text(doc.source.text, "plan: x\n");
}

static Str nested(Fixture *fixture, const char *open, const char *inner, const char *shut, size_t n)
{
    Buf text = buf_new(fixture->arena);

    buf_repeat(&text, str_z(open), n);
    buf_add(&text, str_z(inner));
    buf_repeat(&text, str_z(shut), n);
    return buf_str(&text);
}

static void test_depth(void **state)
{
    static const struct {
        const char *open, *inner, *shut;
        size_t n;
        bool accepted;
    } ROWS[] = {
        {"[", "1", "]", YAML_MAX_DEPTH, true},
        {"[", "1", "]", YAML_MAX_DEPTH + 1, false},
        {"[", "1", "]", 1000, false},
        {"[", "1", "]", 100000, false},
        {"[", "", "", 100000, false}, /* never closed */
        {"{a: ", "1", "}", YAML_MAX_DEPTH, true},
        {"{a: ", "1", "}", YAML_MAX_DEPTH + 1, false},
        {"{a: ", "1", "}", 20000, false},
        {"- ", "1", "", YAML_MAX_DEPTH, true},
        {"- ", "1", "", YAML_MAX_DEPTH + 1, false},
        {"- ", "1", "", 20000, false},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Source source = {STR_INIT("test.yaml"), {NULL, 0}};
        YamlDoc doc;
        Err err;

        start_over(fixture);
        source.text = nested(fixture, ROWS[i].open, ROWS[i].inner, ROWS[i].shut, ROWS[i].n);
        err = yaml_read(fixture->arena, source, &doc, &fixture->diags);
        if (ROWS[i].accepted != (err == OK) ||
            (!ROWS[i].accepted &&
             (fixture->diags.all.n != 1 || fixture->diags.all.at[0].code != LT1006))) {
            fail_msg("row %zu: %d\n%s", i, (int)err, reported(fixture));
        }
    }
}

/* --- writing --- */

static void assert_survives(Fixture *fixture, const YamlNode *root, bool flow)
{
    Buf out = buf_new(fixture->arena);
    YamlWriter *writer = yaml_writer_new(fixture->arena, &out);
    Source source = {STR_INIT("written.yaml"), {NULL, 0}};
    YamlDoc back;

    tree_write(writer, root, flow);
    yaml_writer_close(writer);
    source.text = buf_str(&out);
    if (yaml_read(fixture->arena, source, &back, &fixture->diags) != OK ||
        !tree_same(root, back.root)) {
        fail_msg("another tree is read from\n%.*s\n%s", STR_ARG(source.text), reported(fixture));
    }
}

/* Texts that would be something else without quotes, or break the line that they are on. */
static const char *const TEXTS[] = {
    "",           " ",
    "a",          "word two",
    "true",       "No",
    "null",       "~",
    "1",          "-1.5",
    "1e3",        "0x1F",
    "620100",     "2021-10-10",
    "- x",        "-",
    "?",          "? x",
    ":",          "a: b",
    "a:",         ":a",
    "#",          "# x",
    "a #b",       "a#b",
    "[",          "]",
    "{}",         "{a: 1}",
    ",",          "a, b",
    "&x",         "*x",
    "!x",         "!!str",
    "|",          ">",
    "|-\n x",     "'",
    "\"",         "it's",
    "\"q\"",      "`x`",
    "@x",         "%x",
    "%YAML",      "---",
    "...",        "--- a",
    "\n",         "a\nb",
    "a\n\nb\n",   "\t",
    "a\tb",       "\r",
    "a\r\nb",     " lead",
    "trail ",     "\\",
    "\\n",        "a\\",
    "兰州市",     "“十四五”",
    "甲：乙",     "　全角",
    "全角　",     "\xC2\x85",
    "a\u2028b",   "a\u2029b",
    "\uFEFFa",    "a\uFEFF",
    "\x01",       "\x1B[0m",
    "\x7F",       "\xC2\x80",
    "\xC2\x9F",   "\u00A0",
    "😀",          "a😀b",
    "e\u0301",    "\uFFFD",
    "<<",         "=",
    ">=",         "<=",
    "a  b",       "y",
    "on",         "%",
    "件/万人",    "甘政办发〔2021〕93号",
    "x: [1, 2",   "\u200B",
    "\u202E",     "\uFFFE",
    "\uFFFF",     "\uE000",
    "\u2026",     "\uFE0F",
    "\uF8FF",     "\U0001F1E8\U0001F1F3",
    "\U0010FFFF",
};

static void test_texts_survive(void **state)
{
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(TEXTS); i++) {
        YamlNode text = {.kind = YAML_SCALAR, .text = str_z(TEXTS[i])}, *both[] = {&text, &text};
        YamlNode list = {.kind = YAML_LIST, .n = 2, .items = both}, *inner[] = {&list};
        YamlNode map = {.kind = YAML_MAP, .n = 1, .keys = both, .items = inner};

        start_over(fixture);
        assert_survives(fixture, &text, false);
        assert_survives(fixture, &map, false);
        assert_survives(fixture, &map, true);
    }
}

static Str random_text(Arena *arena, uint64_t *seed)
{
    Buf text = buf_new(arena);
    size_t n = random_below(seed, 4);

    for (size_t i = 0; i < n; i++) {
        buf_add(&text, str_z(TEXTS[random_below(seed, N_ROWS(TEXTS))]));
    }
    return buf_str(&text);
}

static YamlNode *random_node(Arena *arena, uint64_t *seed, unsigned depth)
{
    YamlNode *node = ARENA_NEW(arena, YamlNode);

    node->kind = (uint8_t)(depth == 0 ? YAML_SCALAR : random_below(seed, 3));
    if (node->kind == YAML_SCALAR) {
        node->text = random_text(arena, seed);
        return node;
    }
    node->n = (uint32_t)random_below(seed, 4);
    node->items = ARENA_ARRAY(arena, YamlNode *, node->n);
    node->keys = node->kind == YAML_MAP ? ARENA_ARRAY(arena, YamlNode *, node->n) : NULL;
    for (size_t i = 0; i < node->n; i++) {
        node->items[i] = random_node(arena, seed, depth - 1);
        if (node->kind == YAML_MAP) {
            Str text = random_text(arena, seed);

            node->keys[i] = ARENA_NEW(arena, YamlNode);
            node->keys[i]->text = /* the number keeps keys apart */
                str_format(arena, "%.*s%zu", STR_ARG(text), i);
        }
    }
    return node;
}

static void test_trees_survive(void **state)
{
    Fixture *fixture = *state;
    uint64_t seed = 20211010;

    for (int round = 0; round < 3000; round++) {
        start_over(fixture);
        assert_survives(fixture, random_node(fixture->arena, &seed, 5), round % 2 == 0);
    }
}

static void assert_same(const YamlNode *a, const YamlNode *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->at.start, b->at.start);
    assert_int_equal(a->at.end, b->at.end);
    assert_int_equal(a->quoted, b->quoted);
    assert_true(str_eq(a->text, b->text));
    assert_int_equal(a->n, b->n);
    for (size_t i = 0; i < a->n; i++) {
        if (a->kind == YAML_MAP) {
            assert_same(a->keys[i], b->keys[i]);
        }
        assert_same(a->items[i], b->items[i]);
    }
}

static void assert_freezes(Fixture *fixture, const YamlDoc *doc)
{
    Buf frozen = buf_new(fixture->arena);
    YamlDoc thawed;

    yaml_freeze(doc, &frozen);
    assert_true(yaml_thaw(fixture->arena, doc->source.name, buf_str(&frozen), &thawed));
    assert_true(str_eq(thawed.source.name, doc->source.name));
    assert_true(str_eq(thawed.source.text, doc->source.text));
    assert_same(doc->root, thawed.root);
}

/* All that is read here comes back with its places. */
static void test_files_freeze(void **state)
{
    static const char *const FOLDERS[] = {"plans/china", "plans/gansu"};
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(FOLDERS); i++) {
        StrVec names = {0};

        assert_int_equal(
            file_list(fixture->arena, str_z(FOLDERS[i]), STR(".yaml"), &names, &fixture->diags),
            OK);
        assert_true(names.n >= 4);
        for (size_t k = 0; k < names.n; k++) {
            Source source = {
                .name = str_format(fixture->arena, "%s/%.*s", FOLDERS[i], STR_ARG(names.at[k]))};
            YamlDoc doc;

            assert_int_equal(file_read(fixture->arena, source.name, YAML_MAX_BYTES, &source.text,
                                       &fixture->diags),
                             OK);
            assert_int_equal(yaml_read(fixture->arena, source, &doc, &fixture->diags), OK);
            assert_freezes(fixture, &doc);
        }
    }
}

/* Texts that do not stand in the source as they are, nothing, and the deepest tree. */
static void test_special_texts_freeze(void **state)
{
    static const char *const TEXTS_OF_FILES[] = {
        "\xEF\xBB\xBF{}\n",
        "[]",
        "一个词",
        "a: \"1\\t2\"\nb: 'it''s'\nc:\nd: |\n  两行\n  字\ne: >\n  折\n  叠\nf: ''\n",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(TEXTS_OF_FILES); i++) {
        YamlDoc doc = read_yaml(fixture, TEXTS_OF_FILES[i]);

        assert_freezes(fixture, &doc);
    }
}

static YamlDoc random_doc(Fixture *fixture, uint64_t *seed)
{
    Buf out = buf_new(fixture->arena);
    YamlWriter *writer = yaml_writer_new(fixture->arena, &out);

    tree_write(writer, random_node(fixture->arena, seed, 5), random_below(seed, 2) == 0);
    yaml_writer_close(writer);
    return read_yaml(fixture, str_to_z(fixture->arena, buf_str(&out)));
}

static void test_trees_freeze(void **state)
{
    Fixture *fixture = *state;
    uint64_t seed = 20260109;

    for (int round = 0; round < 1000; round++) {
        start_over(fixture);
        YamlDoc doc = random_doc(fixture, &seed);

        assert_freezes(fixture, &doc);
    }
}

/* Within the bytes that a document thawed from. */
static void assert_within(Str frozen, const YamlDoc *doc, const YamlNode *node)
{
    assert_true(node->at.start <= node->at.end && node->at.end <= doc->source.text.len);
    assert_true(node->text.len == 0 || (node->text.at >= frozen.at &&
                                        node->text.at + node->text.len <= frozen.at + frozen.len));
    for (size_t i = 0; i < node->n; i++) {
        if (node->kind == YAML_MAP) {
            assert_int_equal(node->keys[i]->kind, YAML_SCALAR);
            assert_within(frozen, doc, node->keys[i]);
        }
        assert_within(frozen, doc, node->items[i]);
    }
}

/* Damaged bytes are refused, or give another tree that stands in them. */
static void test_damage(void **state)
{
    Fixture *fixture = *state;
    uint64_t seed = 19490826;
    int refused = 0;

    for (int round = 0; round < 2000; round++) {
        start_over(fixture);
        Buf whole = buf_new(fixture->arena);
        YamlDoc doc = random_doc(fixture, &seed), thawed;

        yaml_freeze(&doc, &whole);
        size_t len = round % 4 == 0 ? random_below(&seed, whole.len) : whole.len;
        char *bytes = malloc(len + (len == 0)); /* of their own: reading past them is found */
        Str frozen = {bytes, len};

        assert_non_null(bytes);
        memcpy(bytes, whole.at, len);
        for (size_t i = 0; round % 4 != 0 && i < 3; i++) { /* mostly among header and nodes */
            size_t at = random_below(&seed, round % 2 == 0 || len < 64 ? len : 64);

            bytes[at] = (char)(random_below(&seed, 2) == 0 ? bytes[at] ^ 1 << random_below(&seed, 8)
                                                           : (int)random_below(&seed, 256));
        }
        if (yaml_thaw(fixture->arena, STR("damaged"), frozen, &thawed)) {
            assert_within(frozen, &thawed, thawed.root);
        } else {
            refused++;
        }
        free(bytes);
    }
    assert_true(refused > 500);
}

/* Block scalars, as PyYAML reads them too; the library alone gives memory that it never wrote for
 * some of these. */
static void test_block_scalars(void **state)
{
    static const struct {
        const char *yaml, *text;
    } ROWS[] = {
        {"a: |\n  x\n  y\n", "x\ny\n"},
        {"a: |-\n  x # y\n\n  # z\n\n", "x # y\n\n# z"},
        {"a: |+ # c > |\n  x\n\n\nb: 1\n", "x\n\n\n"},
        {"a: >\n  x\n  y\n\n  z\n", "x y\nz\n"},
        {"a: >-\n\n  x\n   y\n  z\n", "\nx\n y\nz"},
        {"a: >-\n   a\n\n    b\n\n   c\n", "a\n\n b\n\nc"},
        {"a: >-\n    d\n     \n       # e\n", "d\n \n   # e"},
        {"a: >+\n\n\nb: 1\n", "\n\n"},
        {"a: |2-\n   x\n", " x"},
        {"a: |\r\n  x\r\n  y\r\n", "x\ny\n"},
        {"a: |\n  x", "x"},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        YamlDoc doc = read_yaml(fixture, ROWS[i].yaml);

        assert_text(yaml_get(doc.root, STR("a"))->text, ROWS[i].text);
        start_over(fixture);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_tree, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_places, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_scalars, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_block_scalars, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_encoding_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_syntax, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nul, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_mark_is_accepted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_depth, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_texts_survive, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_trees_survive, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_files_freeze, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_special_texts_freeze, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_trees_freeze, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_damage, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
