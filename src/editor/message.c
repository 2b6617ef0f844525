/* Message: JSON-RPC 2.0 calls as the LSP uses them. */
#include "editor/message.h"

#include "base/json_reader.h"
#include "base/utf8.h"
#include "editor/wire.h"

/* The value that comes next, as JSON. */
static Str take_value(JsonReader *reader)
{
    size_t start = reader->at;

    json_read_skip(reader);
    return str_trim(str_slice(reader->text, start, reader->at));
}

static bool is_id(Str json)
{
    return json.len > 0 &&
           (json.at[0] == '"' || json.at[0] == '-' || (json.at[0] >= '0' && json.at[0] <= '9'));
}

MessageError message_read(Arena *arena, Str body, Message *out)
{
    JsonReader reader = json_reader_new(arena, body);
    bool is_answer = false, has_method = false, is_object;
    Str key, id = {NULL, 0};

    *out = (Message){.id = STR("null")};
    if (utf8_valid(body) < body.len) {
        return MESSAGE_NOT_JSON;
    }
    is_object = json_read_object(&reader);
    while (is_object && json_read_key(&reader, &key)) {
        if (str_eq(key, STR("id"))) {
            id = take_value(&reader);
        } else if (str_eq(key, STR("method"))) {
            has_method = json_read_str(&reader, &out->method);
        } else if (str_eq(key, STR("params"))) {
            out->params = take_value(&reader);
        } else {
            is_answer |= str_eq(key, STR("result")) || str_eq(key, STR("error"));
            json_read_skip(&reader);
        }
    }
    if (!json_read_end(&reader)) {
        return MESSAGE_NOT_JSON;
    }
    if (is_id(id)) {
        out->id = id;
    }
    if (!is_object || (!has_method && !is_answer) || (id.len != 0 && !is_id(id) && !is_answer)) {
        return MESSAGE_NOT_A_REQUEST;
    }
    if (!has_method) {
        out->method = STR("");
    }
    out->id = id;
    return MESSAGE_OK;
}

Str message_member(Arena *arena, Str json, const char *path)
{
    Str rest = str_z(path);

    while (rest.len > 0) {
        Str name = str_cut(rest, '.', &rest), key, found = {"", 0};
        JsonReader reader = json_reader_new(arena, json);

        if (json.len == 0 || !json_read_object(&reader)) {
            return STR("");
        }
        while (json_read_key(&reader, &key)) {
            if (str_eq(key, name)) {
                found = take_value(&reader);
            } else {
                json_read_skip(&reader);
            }
        }
        json = found;
    }
    return json;
}

bool message_str(Arena *arena, Str json, Str *out)
{
    JsonReader reader = json_reader_new(arena, json);

    return json.len != 0 && json_read_str(&reader, out);
}

bool message_true(Str json)
{
    return str_eq(json, STR("true"));
}

bool message_lists(Arena *arena, Str json, Str text)
{
    JsonReader reader = json_reader_new(arena, json);
    bool found = false;
    Str one;

    if (json.len == 0 || !json_read_array(&reader)) {
        return false;
    }
    while (json_read_item(&reader)) {
        found |= json_read_str(&reader, &one) && str_eq(one, text);
    }
    return found;
}

static void begin(Arena *arena, Answer *out)
{
    out->body = buf_new(arena);
    buf_add(&out->body, STR("{\"jsonrpc\":\"2.0\""));
}

/* The value's writer must see the buffer where it stays. */
static void begin_value(Answer *out, const char *key)
{
    buf_format(&out->body, ",\"%s\":", key);
    out->json = json_new(&out->body);
}

void answer_begin(Arena *arena, Str id, Answer *out)
{
    begin(arena, out);
    buf_add(&out->body, STR(",\"id\":"));
    buf_add(&out->body, id);
    begin_value(out, "result");
}

void notification_begin(Arena *arena, const char *method, Answer *out)
{
    begin(arena, out);
    buf_format(&out->body, ",\"method\":\"%s\"", method);
    begin_value(out, "params");
}

void request_begin(Arena *arena, const char *method, const char *id, Answer *out)
{
    begin(arena, out);
    buf_format(&out->body, ",\"id\":\"%s\",\"method\":\"%s\"", id, method);
    begin_value(out, "params");
}

void answer_end(Answer *answer, Buf *stream)
{
    buf_char(&answer->body, '}');
    wire_write(stream, buf_str(&answer->body));
}

void answer_error(Arena *arena, Str id, MessageError error, Text why, Lang lang, Buf *stream)
{
    Answer answer;

    begin(arena, &answer);
    buf_add(&answer.body, STR(",\"id\":"));
    buf_add(&answer.body, id);
    begin_value(&answer, "error");
    json_object(&answer.json);
    json_flat(&answer.json);
    json_key(&answer.json, "code");
    json_int(&answer.json, error);
    json_key(&answer.json, "message");
    json_str(&answer.json, text_in(why, lang));
    json_end(&answer.json);
    answer_end(&answer, stream);
}
