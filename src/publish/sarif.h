/* Sarif: diagnostics as a log of SARIF 2.1.0, and what is new in it against an earlier one. */
#ifndef LONGTU_PUBLISH_SARIF_H
#define LONGTU_PUBLISH_SARIF_H

#include "base/diag.h"
#include "base/err.h"

/* A finding is known again by its fingerprint: 32 hexadecimal digits, a colon and a number from 1.
 * The digits are BLAKE2b of code, file, arguments and the trimmed text of the line, so a finding
 * keeps its fingerprint when lines are put in before it; the number counts those that are alike, in
 * the order of the diagnostics. Files count by their path as given, without “./” in front: a log
 * and its baseline have to be made in the same folder with the same paths.
 *
 * One for each of diags->all, in that order, in the arena. */
Str *sarif_fingerprints(Arena *arena, const Diags *diags);

enum { SARIF_MAX_BYTES = 64 << 20, SARIF_MAX_FINDINGS = 100000 };

/* The findings of a log that count: those with a fingerprint of ours that were not absent in it.
 * What a log had only counted (DIAG_MAX_KEPT) is new to those who take it as baseline. */
typedef struct SarifBaseline SarifBaseline;

/* Reads a log, of at most SARIF_MAX_BYTES (what file_read is given). Keys that are not needed are
 * passed over, whoever wrote them. The result lives in the arena and may refer to the source's
 * text. ERR_INPUT and no result if it is not UTF-8 (LT1003), not JSON (LT9010), no SARIF 2.1.0
 * (LT9011) or holds more than SARIF_MAX_FINDINGS (LT1002). */
Err sarif_baseline_read(Arena *arena, Source source, const SarifBaseline **out, Diags *diags);
bool sarif_baseline_has(const SarifBaseline *baseline, Str fingerprint);
size_t sarif_baseline_n(const SarifBaseline *baseline);

typedef struct {
    Lang lang;
    Err status;         /* how the command ends */
    const Str *reasons; /* one for each of diags->all: why it is suppressed in the source,
                           empty if it is not; NULL: nothing is said about it */
    const SarifBaseline *baseline; /* NULL: none; otherwise each finding is new or unchanged, and
                                      those that are gone are listed as absent, unless some
                                      diagnostics were only counted */
} SarifOptions;

/* Adds the log; what it needs for itself is taken from the arena of `out`. Columns count code
 * points from 1; the end is not included. Files are relative to SRCROOT unless their path is
 * absolute. */
void sarif_write(const Diags *diags, const SarifOptions *options, Buf *out);

#endif
