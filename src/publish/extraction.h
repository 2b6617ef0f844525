/* Extraction, written: what a document was read as, as JSON, a summary, a spreadsheet, Akoma Ntoso,
 * and as a page of its text that shows what became of each number. */
#ifndef LONGTU_PUBLISH_EXTRACTION_H
#define LONGTU_PUBLISH_EXTRACTION_H

#include "extract/extract.h"

/* As docs/extract.md and the interface of `longtu extract` have it. */
void extraction_json(const Extract *extract, const Catalog *catalog, Buf *out);

/* A summary for a terminal: plans, targets, tasks, and how many numbers became what. */
void extraction_text(const Extract *extract, const Catalog *catalog, Lang lang, bool colour,
                     Buf *out);

/* Only the counts: a row for each document. */
void extraction_coverage(const Extract *const *extracts, size_t n, Lang lang, bool colour,
                         Buf *out);

#endif
