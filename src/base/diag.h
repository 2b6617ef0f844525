/* Diag: what is wrong with an input, where, and how to mend it. */
#ifndef LONGTU_BASE_DIAG_H
#define LONGTU_BASE_DIAG_H

#include "base/lang.h"
#include "base/place.h"
#include "base/vec.h"

typedef enum { LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR } Level;

typedef enum {
#define X(code, level, ...) code,
#include "base/codes.def"
#undef X
    CODE_N
} Code;

typedef struct { /* what is written once about a code, in codes.def */
    Str name;    /* LT1001 */
    Level level;
    Text message; /* {0} to {3} stand for the arguments */
    Text mend;    /* how to put it right; may hold arguments too */
    Text why;     /* why it is an error, for `longtu explain` */
} CodeInfo;

enum { DIAG_MAX_ARGS = 4, DIAG_MAX_KEPT = 1000, DIAG_MAX_LINE = 64 << 10 };

typedef struct {
    Place place;
    Text note; /* may be empty */
    bool step; /* a line of the arithmetic, which stands at the finding itself */
} Related;

typedef struct {
    Code code;
    Level level;
    Place place;
    Str args[DIAG_MAX_ARGS];
    VEC(Related) related;
} Diag;

typedef struct {
    Arena *arena;
    VEC(Diag) all;    /* the first DIAG_MAX_KEPT of each run; the rest is only counted */
    size_t counts[3]; /* by level, all of them */
    Diag dropped;     /* where the ones over the limit are written and forgotten */
} Diags;

Diags diags_new(Arena *arena);

/* From here on reports are only counted. */
static inline bool diags_full(const Diags *diags)
{
    return diags->all.n >= DIAG_MAX_KEPT;
}

/* place_of for a report, worked out only if the report will be kept: to count the lines of a large
 * file for each of many reports takes long. */
Place diag_place(const Diags *diags, const Source *source, Span span);

typedef struct {      /* what a code is about, by the digit behind LT */
    const char *word; /* for programs: numbers */
    Text name;
} CodeFamily;

const CodeInfo *code_info(Code code);
unsigned code_digit(Code code); /* 2 of LT2101 */
/* Every digit has one. */
const CodeFamily *code_family(unsigned digit);
bool code_find(Str name, Code *out); /* LT1001, in any case */

/* Adds one; arguments and the line's text are copied, so they may be temporary. The result may be
 * given related places until the next call. At least one argument must be given; an unused one is
 * STR(""). */
#define diag_add(diags, code, place, ...)                                                          \
    diag_add_args((diags), (code), (place), (Str[]){__VA_ARGS__},                                  \
                  sizeof((Str[]){__VA_ARGS__}) / sizeof(Str))
Diag *diag_add_args(Diags *diags, Code code, Place place, const Str *args, size_t n_args);
/* An argument that is said differently in the two languages. */
Str diag_word(Arena *arena, Text text);
void diag_relate(Diags *diags, Diag *diag, Place place, Text note);
/* Adds a line of the arithmetic that proves it. */
void diag_step(Diags *diags, Diag *diag, Text line);

/* Takes those of the code out of the one and adds them to the other. What was only counted stays.
 */
void diags_move(Diags *from, Diags *to, Code code);

size_t diags_errors(const Diags *diags);
const char *level_name(Level level, Lang lang);

/* The message with its arguments filled in. */
void diag_message(Buf *out, const Diag *diag, Lang lang);
void diag_mend(Buf *out, const Diag *diag, Lang lang);

/* For people: FILE:LINE:COL-END: LEVEL[CODE]: MESSAGE, the line, a caret under the place by display
 * width, the mend. */
void diag_print(Buf *out, const Diag *diag, Lang lang, bool colour);
/* One as a line of JSON: code, level, message, mend, file, line, column, end_column, related;
 * columns count code points from 1, the end is not included; what is not known is null. */
void diag_json(Buf *out, const Diag *diag, Lang lang);

void diags_print(Buf *out, const Diags *diags, Lang lang, bool colour);

#endif
