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

/* The workbook for splitting up tasks (任务分解表): what was read, a row each, with empty columns
 * for those in charge. Written beside the path and renamed; “-” or empty is standard output.
 * Reports LT9005. */
Err extraction_xlsx(Arena *arena, const Extract *const *extracts, size_t n, const Catalog *catalog,
                    Lang lang, Str path, Diags *diags);

/* A page of HTML that needs nothing else: the text, in which each number shows what became of it,
 * beside lists of what was read. No text of the document can become markup or script. */
void extraction_page(const Extract *extract, const Catalog *catalog, Lang lang, Buf *out);

/* Akoma Ntoso 3.0 XML: a notice with its plans attached, or one plan; the text complete and in
 * order, full stops behind headings left out. */
void extraction_akn(const Extract *extract, const Catalog *catalog, Buf *out);

#endif
