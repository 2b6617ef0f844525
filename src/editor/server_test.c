/* Tests of Server: sessions, message by message, in a world without a disk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "editor/test_host.h"
#include "editor/wire.h"

#include <stdlib.h>

typedef struct {
    Arena *arena;
    Server *server;
} Session;

/* Sends a body; what comes back, the bodies one a line. */
static Str say(Session *session, const char *body, bool check)
{
    Buf in = buf_new(session->arena), out = buf_new(session->arena), back = buf_new(session->arena);
    Wire *wire = wire_new();
    Str one;
    Text why;

    wire_write(&in, str_z(body));
    server_receive(session->server, buf_str(&in), &out);
    if (check) {
        server_check(session->server, &out);
    }
    wire_add(wire, buf_str(&out));
    while (wire_next(wire, &one, &why) == WIRE_MESSAGE) {
        buf_add(&back, one);
        buf_char(&back, '\n');
    }
    wire_free(wire);
    return buf_str(&back);
}

static void expect(Session *session, const char *body, const char *want)
{
    Str got = say(session, body, false);

    if (want[0] == '\0' ? got.len != 0 : str_find(got, str_z(want)) == SIZE_MAX) {
        fail_msg("%s\ngives %.*s\nwithout %s", body, STR_ARG(got), want);
    }
}

static void expect_checked(Session *session, const char *body, const char *want)
{
    Str got = say(session, body, true);

    if (want[0] == '\0' ? got.len != 0 : str_find(got, str_z(want)) == SIZE_MAX) {
        fail_msg("%s\ntells %.*s\nwithout %s", body, STR_ARG(got), want);
    }
}

static int set_up(void **state)
{
    ServerHost host = test_host();
    Session *session = calloc(1, sizeof *session);

    if (session == NULL) {
        return -1;
    }
    session->arena = arena_new();
    session->server = server_open(&host);
    *state = session;
    return 0;
}

static int tear_down(void **state)
{
    Session *session = *state;

    server_close(session->server);
    arena_free(session->arena);
    free(session);
    return 0;
}

#define OPEN(text)                                                                                 \
    "{\"method\":\"textDocument/didOpen\",\"params\":{\"textDocument\":{\"uri\":\"file:///p/"      \
    "a.yaml\",\"version\":1,\"text\":\"" text "\"}}}"
#define CHANGE(version, range, text)                                                               \
    "{\"method\":\"textDocument/didChange\",\"params\":{\"textDocument\":{\"uri\":\"file:///p/"    \
    "a.yaml\",\"version\":" version "},\"contentChanges\":[{" range "\"text\":\"" text "\"}]}}"
#define RANGE(l1, c1, l2, c2)                                                                      \
    "\"range\":{\"start\":{\"line\":" l1 ",\"character\":" c1 "},\"end\":{\"line\":" l2            \
    ",\"character\":" c2 "}},"
#define ASK(feature, line, character)                                                              \
    "{\"id\":1,\"method\":\"textDocument/" feature                                                 \
    "\",\"params\":{\"textDocument\":{\"uri\":\"file:///p/a.yaml\"},\"position\":{\"line\":" line  \
    ",\"character\":" character "}}}"

static void begin(Session *session, const char *params)
{
    Str body =
        str_format(session->arena, "{\"id\":0,\"method\":\"initialize\",\"params\":{%s}}", params);

    expect(session, str_to_z(session->arena, body), "\"hoverProvider\"");
    expect(session, "{\"method\":\"initialized\"}", "");
}

static void test_lifecycle(void **state)
{
    Session *session = *state;

    expect(session, ASK("hover", "0", "0"), "-32002");
    expect(session, OPEN("plan: x"), "");
    begin(session, "");
    expect(session, "{\"id\":3,\"method\":\"initialize\"}", "-32600");
    expect(session, "{\"id\":3,\"method\":\"none\"}", "{\"jsonrpc\":\"2.0\",\"id\":3,\"error\"");
    expect(session, "{\"method\":\"none\"}", "");
    expect(session, "{\"method\":\"shutdown\"}", ""); /* a request without id is none */
    expect(session, "{\"id\":\"a\",\"method\":\"initialized\"}", "-32600");
    expect(session, "{\"id\":3,\"result\":null}", "");
    expect(session, "{\"id\":[],\"method\":\"shutdown\"}", "-32600");
    expect(session, "", "-32700");
    expect(session, "{\"id\":\"\\u9647\",\"method\":\"shutdown\"}",
           "\"id\":\"\\u9647\",\"result\":null}");
    expect(session, ASK("hover", "0", "0"), "-32600");
    assert_false(server_ended(session->server));
    assert_int_equal(server_status(session->server), 0);
    expect(session, "{\"method\":\"exit\"}", "");
    assert_true(server_ended(session->server));
}

static void test_exit_without_shutdown(void **state)
{
    Session *session = *state;

    expect(session, "{\"method\":\"exit\"}", "");
    assert_true(server_ended(session->server));
    assert_int_equal(server_status(session->server), 1);
}

static const char PLAN[] = OPEN(
    "plan: x\\ntitle: 甲\\nperiod: [2021, 2025]\\narea: {group: west}\\nsource: {file: a.txt}\\n"
    "targets:\\n  - {indicator: share, comparator: \\\">=\\\", value: 50, unit: \\\"%\\\", "
    "year: 2025, at: {line: 2, start: 13, end: 16}}\\n");

static void test_told(void **state)
{
    Session *session = *state;

    begin(session, "");
    assert_false(server_waits(session->server));
    expect(session, PLAN, "");
    assert_true(server_waits(session->server));
    expect_checked(session, "{\"method\":\"none\"}",
                   "{\"uri\": \"file:///p/a.yaml\", \"version\": 1, \"diagnostics\": [{\"range\"");
    assert_false(server_waits(session->server));
    /* a key that is misspelt, and told of with its version; the offer is its mend */
    expect_checked(session, CHANGE("2", RANGE("6", "23", "6", "33"), "comparater"), "\"LT1008\"");
    expect(session,
           "{\"id\":1,\"method\":\"textDocument/codeAction\",\"params\":{\"textDocument\":{\"uri\":"
           "\"file:///p/a.yaml\"},\"range\":{\"start\":{\"line\":6,\"character\":25},\"end\":{"
           "\"line\":6,\"character\":25}}}}",
           "\"title\": \"change to comparator\"");
    expect_checked(session, CHANGE("3", RANGE("6", "23", "6", "33"), "comparator"),
                   "\"version\": 3");
    /* what does not parse */
    expect_checked(session, CHANGE("4", RANGE("3", "6", "3", "7"), "{{"), "\"LT1004\"");
    expect_checked(session, CHANGE("5", "", "services: {}"), "\"version\": 5, \"diagnostics\": []");
    expect_checked(session, CHANGE("6", "", "plan: [x]"), "\"LT1007\"");
    expect_checked(session,
                   "{\"method\":\"textDocument/didClose\",\"params\":{\"textDocument\":{\"uri\":"
                   "\"file:///p/a.yaml\"}}}",
                   "{\"uri\": \"file:///p/a.yaml\", \"diagnostics\": []}");
}

static void test_questions(void **state)
{
    Session *session = *state;

    begin(session, "\"locale\":\"zh-CN\",\"capabilities\":{\"general\":{\"positionEncodings\":["
                   "\"utf-8\"]}}");
    expect(session, PLAN, "");
    expect(session, ASK("hover", "6", "17"), "公式：population / parent(population) * 100");
    expect(session, ASK("hover", "6", "50"), "50 % 代表 [50, ∞)");
    expect(session, ASK("hover", "6", "50"), "⟦50%⟧以上");
    expect(session, ASK("hover", "3", "15"), "组成：兰州市、嘉峪关市");
    expect(session, ASK("hover", "0", "1"), "规划代号");
    expect(session, ASK("hover", "9", "0"), "\"result\":null}");
    expect(
        session, ASK("definition", "6", "50"),
        "a.txt\", \"range\": {\"start\": {\"line\": 1, \"character\": 31}, \"end\": {\"line\": 1, "
        "\"character\": 34}}}");
    expect(session, ASK("definition", "4", "17"), "a.txt\", \"range\": {\"start\": {\"line\": 0");
    expect(session, ASK("definition", "6", "17"), "file:///d/dictionary.yaml");
    expect(session, ASK("completion", "7", "0"), "\"label\": \"facts\"");
    expect(session, CHANGE("2", RANGE("7", "0", "7", "0"), "tasks:\\n  - owners: [省"), "");
    expect(session, ASK("completion", "8", "16"), "\"newText\": \"甘肃省人民政府\"");
    expect(session, CHANGE("3", RANGE("7", "0", "9", "0"), "facts:\\n  - indicator: 占"), "");
    expect(session, ASK("completion", "8", "18"), "\"newText\": \"share\"");
    expect(session, CHANGE("4", RANGE("8", "4", "9", "0"), "unit: 万"), "");
    expect(session, ASK("completion", "8", "13"), "\"newText\": \"万人\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_lifecycle, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_exit_without_shutdown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_questions, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("server", tests, NULL, NULL);
}
