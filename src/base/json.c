/* Json: a writer of JSON text, in the order of the calls; numbers are the shortest that read back
 * the same. */
#include "base/json.h"

#include "base/utf8.h"

#include <assert.h>
#include <math.h>

Json json_new(Buf *out)
{
    return (Json){.out = out};
}

static void new_line(Json *json)
{
    buf_char(json->out, '\n');
    buf_repeat(json->out, STR("  "), json->depth);
}

static void before_value(Json *json)
{
    if (json->keyed) {
        json->keyed = false;
        return;
    }
    if (json->depth == 0) {
        return;
    }
    if (json->some[json->depth - 1]) {
        buf_char(json->out, ',');
    }
    if (!json->flat[json->depth - 1]) {
        new_line(json);
    } else if (json->some[json->depth - 1]) {
        buf_char(json->out, ' ');
    }
    json->some[json->depth - 1] = true;
}

static void open(Json *json, char bracket)
{
    before_value(json);
    assert(json->depth < JSON_MAX_DEPTH);
    buf_char(json->out, bracket);
    json->some[json->depth] = false;
    json->flat[json->depth] = json->depth > 0 && json->flat[json->depth - 1];
    json->object[json->depth] = bracket == '{';
    json->depth++;
}

void json_object(Json *json)
{
    open(json, '{');
}

void json_array(Json *json)
{
    open(json, '[');
}

void json_flat(Json *json)
{
    assert(json->depth > 0 && !json->some[json->depth - 1]);
    json->flat[json->depth - 1] = true;
}

void json_end(Json *json)
{
    assert(json->depth > 0);
    json->depth--;
    if (json->some[json->depth] && !json->flat[json->depth]) {
        new_line(json);
    }
    buf_char(json->out, json->object[json->depth] ? '}' : ']');
    if (json->depth == 0) {
        buf_char(json->out, '\n');
    }
}

static void quoted(Buf *out, Str value)
{
    buf_char(out, '"');
    while (value.len > 0) {
        Str good = str_slice(value, 0, utf8_valid(value));

        for (size_t i = 0; i < good.len; i++) {
            unsigned char c = (unsigned char)good.at[i];

            if (c == '"' || c == '\\') {
                buf_char(out, '\\');
                buf_char(out, (char)c);
            } else if (c == '\n') {
                buf_add(out, STR("\\n"));
            } else if (c == '\t') {
                buf_add(out, STR("\\t"));
            } else if (c < 0x20 || c == 0x7F) {
                buf_format(out, "\\u%04x", c);
            } else {
                buf_char(out, (char)c);
            }
        }
        value = str_slice(value, good.len, value.len);
        if (value.len > 0) {
            buf_add(out, STR("\uFFFD"));
            value = str_slice(value, 1, value.len);
        }
    }
    buf_char(out, '"');
}

void json_key(Json *json, const char *key)
{
    before_value(json);
    quoted(json->out, str_z(key));
    buf_add(json->out, STR(": "));
    json->keyed = true;
}

void json_str(Json *json, Str value)
{
    before_value(json);
    quoted(json->out, value);
}

void json_str_or_null(Json *json, Str value)
{
    if (value.len == 0) {
        json_null(json);
    } else {
        json_str(json, value);
    }
}

void json_double(Json *json, double value)
{
    if (!isfinite(value)) {
        json_null(json);
        return;
    }
    before_value(json);
    buf_double(json->out, value);
}

void json_int(Json *json, int64_t value)
{
    before_value(json);
    buf_format(json->out, "%lld", (long long)value);
}

void json_bool(Json *json, bool value)
{
    before_value(json);
    buf_add(json->out, value ? STR("true") : STR("false"));
}

void json_null(Json *json)
{
    before_value(json);
    buf_add(json->out, STR("null"));
}

void json_raw(Json *json, Str value)
{
    before_value(json);
    buf_add(json->out, value);
}
