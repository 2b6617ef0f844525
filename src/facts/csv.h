/* Csv: rows of fields from a stream (RFC 4180), in UTF-8 or GB 18030, with memory that does not
 * grow with the file. */
#ifndef LONGTU_FACTS_CSV_H
#define LONGTU_FACTS_CSV_H

#include "base/diag.h"
#include "base/err.h"

enum { CSV_MAX_ROW = 1 << 20, CSV_MAX_FIELDS = 1000 };

typedef enum { ENCODING_DETECT, ENCODING_UTF8, ENCODING_GB18030 } Encoding;

/* Reads up to n bytes into to; 0 at the end, -1 on failure (errno). */
typedef struct {
    void *context;
    long (*read)(void *context, char *to, size_t n);
} CsvInput;

typedef struct Csv Csv;

/* Detection: a byte-order mark says UTF-8; so do non-ASCII bytes at the start of the text (64 KiB)
 * that are well-formed UTF-8; else, if they are well-formed GB 18030, they are that. Separator:
 * comma, semicolon or tab, whichever is the most frequent outside quotes in the first row. */
Csv *csv_open(Arena *arena, Str name, CsvInput input, Encoding encoding, Diags *diags);
void csv_close(Csv *csv);

/* A quote opens a quoted field only as the first character of a field; elsewhere it is a character
 * like others. The next row that is not empty; its fields live until the next call. *n is 0 at the
 * end. ERR_INPUT stops the reading of the file: LT1001, LT6003, LT6008, LT6009. */
Err csv_next(Csv *csv, const Str **fields, size_t *n);

uint32_t csv_line(const Csv *csv);     /* line that the row began on, from 1 */
Encoding csv_encoding(const Csv *csv); /* as detected so far */
uint64_t csv_bytes(const Csv *csv);    /* read of the input */
Str csv_behind_quote(const Csv *csv); /* text of the last row between a closing quote and the end of
                                         the field, the first of it; empty if there is none */
void csv_input_hash(
    const Csv *csv,
    unsigned char hash[32]); /* BLAKE2b-256 of all bytes read; at the end, of the file */

#endif
