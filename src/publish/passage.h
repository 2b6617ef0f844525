/* Passage: the words around a place of an extracted document, and what is stated there. */
#ifndef LONGTU_PUBLISH_PASSAGE_H
#define LONGTU_PUBLISH_PASSAGE_H

#include "extract/extract.h"

typedef enum { STATED_FACT, STATED_TARGET, STATED_TASK, STATED_MECHANISM, N_STATED } StatedKind;

typedef struct { /* a fact, target, task or mechanism where it stands */
    Span at;
    uint8_t kind; /* StatedKind */
    uint16_t plan;
    uint32_t index; /* into the plan's list of that kind */
} Stated;

typedef struct {
    Stated *at; /* by start, then kind */
    size_t n;
} StatedList;

StatedList stated_list(Arena *arena, const Extract *extract);

/* The facts and targets that begin within the span, or the one that covers it: the first in the
 * list and, in *n, how many follow each other. Several may share a number. */
size_t stated_in(const StatedList *list, Span at, size_t *n);

/* The index of the block that holds the byte; the last one before it if none does. */
size_t block_at(const Document *doc, uint32_t byte);

/* The sentence, or the part of it between semicolons, that the span stands in, within its block; in
 * a table the row. */
Span clause_around(const Document *doc, Span at);

/* The first sentence of the text from `start` to `end`, its stop included. */
Span first_sentence(const Document *doc, uint32_t start, uint32_t end);

/* Up to that many characters before and behind the span, within its block. */
Span context_around(const Document *doc, Span at, size_t n);

/* “三、重点任务 › （一）畅通城乡交通”: the part and those it lies in, without the plan; empty for
 * NO_PART. */
Str part_path(Arena *arena, const Document *doc, uint32_t part);

/* “12:5–9”: line and characters as the source has them, characters from 0, end not included. */
Str place_text(Arena *arena, At at);
At place_in_source(const Document *doc, Span at);

/* How many claims of each kind the plan has; NO_PLAN counts all of the document. */
void count_claims(const Extract *extract, uint32_t plan, size_t counts[CLAIM_CHROME + 1]);

#endif
