/* Fuzzing of Wire and Server: whole sessions. Whatever comes, what is sent is framed and JSON.
 * Input that does not begin with a header is taken as one message a line, so that not every
 * mutation ends at a wrong length. */
#include "base/json_reader.h"
#include "base/utf8.h"
#include "editor/test_host.h"
#include "editor/wire.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void check_output(Str sent)
{
    Arena *arena = arena_new();
    Wire *wire = wire_new();
    Str body;
    Text why;

    wire_add(wire, sent);
    while (wire_next(wire, &body, &why) == WIRE_MESSAGE) {
        JsonReader reader = json_reader_new(arena, body);

        must(utf8_valid(body) == body.len);
        json_read_skip(&reader);
        must(json_read_end(&reader));
    }
    wire_add(wire, STR("Content-Length: 0\r\n\r\n")); /* nothing is left behind */
    must(wire_next(wire, &body, &why) == WIRE_MESSAGE && body.len == 0);
    wire_free(wire);
    arena_free(arena);
}

static void feed(Server *server, Str bytes, bool check)
{
    Arena *arena = arena_new();
    Buf out = buf_new(arena);

    server_receive(server, bytes, &out);
    if (check) {
        server_check(server, &out);
        must(!server_waits(server));
    }
    check_output(buf_str(&out));
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str input = {(const char *)data, size};
    ServerHost host = test_host();
    Server *server = server_open(&host);
    Arena *arena = arena_new();

    if (str_starts(input, STR("Content"))) {
        for (size_t at = 0; at < size && !server_ended(server); at += 1 + size / 3) {
            feed(server, str_slice(input, at, at + 1 + size / 3), true);
        }
    } else {
        while (input.len > 0 && !server_ended(server)) {
            Buf framed = buf_new(arena);

            wire_write(&framed, str_cut(input, '\n', &input));
            feed(server, buf_str(&framed), true);
        }
    }
    server_close(server);
    arena_free(arena);
    return 0;
}
