/* Position: places in a text as LSP 3.17 counts them (lines from 0, code units of the line), and as
 * bytes. */
#ifndef LONGTU_EDITOR_POSITION_H
#define LONGTU_EDITOR_POSITION_H

#include "base/json.h"
#include "base/json_reader.h"
#include "base/place.h"
#include "base/vec.h"

typedef enum { ENCODING_UTF16, ENCODING_UTF8 } Encoding;

typedef struct {
    uint32_t line, character; /* from 0; characters are code units of the encoding */
} Position;

typedef struct {
    Position start, end; /* end is not included */
} Range;

/* The byte of the position in UTF-8 text. Behind the end of its line it is the end of the line,
 * behind the last line the end of the text, within a character the start of that. Lines end in LF,
 * CR LF or CR. */
size_t position_offset(Str text, Encoding encoding, Position position);

Position position_of(Str text, Encoding encoding, size_t offset);
Range position_range(Str text, Encoding encoding, Span span);

/* The same for many places of one text: where its lines begin is found once. */
typedef struct {
    Str text;
    Encoding encoding;
    uint32_t *starts;
    size_t n;
} PositionLines;
PositionLines position_lines(Arena *arena, Str text, Encoding encoding);
Range position_lines_range(const PositionLines *lines, Span span);

/* The range of a place. Of a whole line without its text at hand, up to the next line. */
Range position_of_place(const Place *place, Encoding encoding);

/* The line with that number, from 0, without its end. */
Str position_line(Str text, uint32_t line);

/* False if it is no position, or no range; then *out is left alone. */
bool position_read(JsonReader *reader, Position *out);
bool position_read_range(JsonReader *reader, Range *out);
void position_write(Json *json, Position position);
void position_write_range(Json *json, Range range);

#endif
