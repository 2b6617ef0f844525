/* Place: where in an input something stands, worked out to line and column for people. */
#include "base/place.h"

#include "base/utf8.h"

#include <string.h>

Place place_file(Str file)
{
    return (Place){.file = file};
}

Place place_line(Str file, uint32_t line)
{
    return (Place){.file = file, .line = line};
}

Place place_of(const Source *source, Span span)
{
    Place place = {.file = source->name, .line = 1};
    size_t start = span.start > source->text.len ? source->text.len : span.start, begin = 0, end;
    const char *newline;

    for (size_t i = 0; i < start; i++) { /* lines are too short for memchr to be faster */
        if (source->text.at[i] == '\n') {
            begin = i + 1;
            place.line++;
        }
    }
    newline = memchr(source->text.at + begin, '\n', source->text.len - begin);
    end = newline == NULL ? source->text.len : (size_t)(newline - source->text.at);
    if (end > begin && source->text.at[end - 1] == '\r') {
        end--;
    }
    place.text = str_slice(source->text, begin, end);
    place.column = (uint32_t)utf8_count(str_slice(source->text, begin, start)) + 1;
    place.end = place.column;
    if (span.end > start) {
        size_t stop = span.end > end ? end : span.end;

        place.end += (uint32_t)utf8_count(str_slice(source->text, start, stop));
    }
    return place;
}
