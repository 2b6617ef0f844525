/* Position: places in a text as LSP 3.17 counts them, and as bytes. */
#include "editor/position.h"

#include "base/utf8.h"

/* Where the line that holds byte i ends, without its line end. */
static size_t line_end(Str text, size_t i)
{
    while (i < text.len && text.at[i] != '\n' && text.at[i] != '\r') {
        i++;
    }
    return i;
}

/* The start of the next line behind a line's end. */
static size_t next_line(Str text, size_t end)
{
    return end + (text.at[end] == '\r' && end + 1 < text.len && text.at[end + 1] == '\n' ? 2 : 1);
}

/* False if the text has fewer lines. */
static bool find_line(Str text, uint32_t line, size_t *start)
{
    size_t at = 0;

    for (uint32_t i = 0; i < line; i++) {
        size_t end = line_end(text, at);

        if (end == text.len) {
            return false;
        }
        at = next_line(text, end);
    }
    *start = at;
    return true;
}

static uint32_t units(uint32_t code, size_t len, Encoding encoding)
{
    return encoding == ENCODING_UTF8 ? (uint32_t)len : code > 0xFFFF ? 2 : 1;
}

static uint32_t count_units(Str text, Encoding encoding)
{
    uint32_t n = 0;
    size_t len;

    for (size_t i = 0; i < text.len; i += len) {
        uint32_t code = utf8_at(text, i, &len);

        n += units(code, len, encoding);
    }
    return n;
}

size_t position_offset(Str text, Encoding encoding, Position position)
{
    size_t at, end, len;
    uint32_t character = 0;

    if (!find_line(text, position.line, &at)) {
        return text.len;
    }
    end = line_end(text, at);
    while (at < end) {
        uint32_t code = utf8_at(text, at, &len);

        character += units(code, len, encoding);
        if (character > position.character) {
            break;
        }
        at += len;
    }
    return at;
}

Position position_of(Str text, Encoding encoding, size_t offset)
{
    Position position = {0};
    size_t start = 0, end;

    offset = offset > text.len ? text.len : offset;
    for (;;) {
        end = line_end(text, start);
        if (end >= offset || end == text.len || next_line(text, end) > offset) {
            break;
        }
        start = next_line(text, end);
        position.line++;
    }
    position.character = count_units(str_slice(text, start, offset < end ? offset : end), encoding);
    return position;
}

Range position_range(Str text, Encoding encoding, Span span)
{
    return (Range){position_of(text, encoding, span.start), position_of(text, encoding, span.end)};
}

PositionLines position_lines(Arena *arena, Str text, Encoding encoding)
{
    VEC(uint32_t) starts = {0};
    size_t end;

    *vec_push(arena, &starts) = 0;
    for (size_t at = 0; (end = line_end(text, at)) < text.len;) {
        at = next_line(text, end);
        *vec_push(arena, &starts) = (uint32_t)at;
    }
    return (PositionLines){text, encoding, starts.at, starts.n};
}

static Position in_lines(const PositionLines *lines, size_t offset)
{
    size_t low = 0, high = lines->n; /* the line begins at starts[low] or before starts[high] */
    Position position;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (lines->starts[middle] <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    position = position_of(str_slice(lines->text, lines->starts[low], lines->text.len),
                           lines->encoding, offset - lines->starts[low]);
    position.line += (uint32_t)low;
    return position;
}

Range position_lines_range(const PositionLines *lines, Span span)
{
    return (Range){in_lines(lines, span.start), in_lines(lines, span.end)};
}

/* Units before a column of the place's line; a character that is not at hand counts as one. */
static uint32_t units_before(const Place *place, uint32_t column, Encoding encoding)
{
    uint32_t hidden = place->skipped < column ? place->skipped : column, left = column - hidden;
    size_t at = 0, len;

    while (left > 0 && at < place->text.len) {
        (void)utf8_at(place->text, at, &len);
        at += len;
        left--;
    }
    return hidden + count_units(str_slice(place->text, 0, at), encoding) + left;
}

Range position_of_place(const Place *place, Encoding encoding)
{
    Range range = {0};

    if (place->line == 0) {
        return range;
    }
    range.start.line = range.end.line = place->line - 1;
    if (place->column == 0) {
        range.end.character = count_units(place->text, encoding);
        range.end.line += place->text.len == 0;
        return range;
    }
    range.start.character = units_before(place, place->column - 1, encoding);
    range.end.character = place->end > place->column ? units_before(place, place->end - 1, encoding)
                                                     : range.start.character;
    return range;
}

Str position_line(Str text, uint32_t line)
{
    size_t start;

    return find_line(text, line, &start) ? str_slice(text, start, line_end(text, start)) : STR("");
}

bool position_read(JsonReader *reader, Position *out)
{
    Position position;
    bool has_line = false, has_character = false;
    Str key;

    if (!json_read_object(reader)) {
        return false;
    }
    while (json_read_key(reader, &key)) {
        if (str_eq(key, STR("line"))) {
            has_line = json_read_uint(reader, &position.line);
        } else if (str_eq(key, STR("character"))) {
            has_character = json_read_uint(reader, &position.character);
        } else {
            json_read_skip(reader);
        }
    }
    if (has_line && has_character) {
        *out = position;
    }
    return has_line && has_character;
}

bool position_read_range(JsonReader *reader, Range *out)
{
    Range range;
    bool has_start = false, has_end = false;
    Str key;

    if (!json_read_object(reader)) {
        return false;
    }
    while (json_read_key(reader, &key)) {
        if (str_eq(key, STR("start"))) {
            has_start = position_read(reader, &range.start);
        } else if (str_eq(key, STR("end"))) {
            has_end = position_read(reader, &range.end);
        } else {
            json_read_skip(reader);
        }
    }
    if (has_start && has_end) {
        *out = range;
    }
    return has_start && has_end;
}

void position_write(Json *json, Position position)
{
    json_object(json);
    json_key(json, "line");
    json_int(json, position.line);
    json_key(json, "character");
    json_int(json, position.character);
    json_end(json);
}

void position_write_range(Json *json, Range range)
{
    json_object(json);
    json_key(json, "start");
    position_write(json, range.start);
    json_key(json, "end");
    position_write(json, range.end);
    json_end(json);
}
