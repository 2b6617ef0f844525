/* Fuzzing of JsonReader: any bytes are JSON or have a reason why not; texts that are read are
 * well-formed; reading all and passing over all agree. */
#include "base/json_reader.h"
#include "base/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

/* One value, by the reader that its first byte asks for. */
static void read_value(JsonReader *reader, unsigned depth)
{
    size_t at = reader->at;
    Str text = STR("");
    uint32_t number;

    while (at < reader->text.len && strchr(" \n\t\r", reader->text.at[at]) != NULL &&
           reader->text.at[at] != '\0') {
        at++;
    }
    must(depth <= JSON_READ_MAX_DEPTH);
    switch (at < reader->text.len ? reader->text.at[at] : '\0') {
    case '{':
        if (json_read_object(reader)) {
            while (json_read_key(reader, &text)) {
                must(utf8_valid(text) == text.len);
                read_value(reader, depth + 1);
            }
        }
        break;
    case '[':
        if (json_read_array(reader)) {
            while (json_read_item(reader)) {
                read_value(reader, depth + 1);
            }
        }
        break;
    case '"':
        (void)json_read_str(reader, &text);
        must(utf8_valid(text) == text.len);
        break;
    default: (void)json_read_uint(reader, &number);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Str text = {(const char *)data, size};
    JsonReader all, none;
    bool good;

    text = str_slice(text, 0, utf8_valid(text));
    all = none = json_reader_new(arena, text);
    read_value(&all, 0);
    json_read_skip(&none);
    good = json_read_end(&all);
    must(json_read_end(&none) == good && all.at == none.at);
    must(good == (all.wrong.en.len == 0) && all.at <= text.len && (!good || all.at == text.len));
    arena_free(arena);
    return 0;
}
