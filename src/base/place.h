/* Place: where in an input something stands, worked out to line and column for people. */
#ifndef LONGTU_BASE_PLACE_H
#define LONGTU_BASE_PLACE_H

#include "base/str.h"

typedef struct { /* a whole input held in memory */
    Str name;    /* path as the user gave it */
    Str text;    /* UTF-8 */
} Source;

typedef struct {
    Str file;
    uint32_t line;        /* from 1; 0: the whole file */
    uint32_t column, end; /* code points from 1; end is not included; 0: the whole line */
    Str text;             /* the line itself, without its end; empty if it is not at hand */
    uint32_t skipped;     /* code points of the line that text leaves out at its start */
} Place;

Place place_of(const Source *source, Span span);
Place place_file(Str file);
Place place_line(Str file, uint32_t line);

#endif
