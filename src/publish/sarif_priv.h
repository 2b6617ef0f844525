/* Sarif, inside: a finding of a baseline, as it is written again when it is gone. */
#ifndef LONGTU_PUBLISH_SARIF_PRIV_H
#define LONGTU_PUBLISH_SARIF_PRIV_H

#include "base/map.h"
#include "publish/sarif.h"

#define SARIF_FINGERPRINT "longtuFinding/v1" /* key of partialFingerprints */
#define SARIF_ROOT "SRCROOT"                 /* what relative files are relative to */

typedef struct {
    Str fingerprint; /* never empty */
    Str rule;        /* LT1001; may be one that this version does not know */
    Str message;     /* as it stands in the log, with its escapes */
    Str uri;         /* may be empty */
    Level level;
    uint32_t line, column, end; /* as in Place */
} SarifFinding;

struct SarifBaseline {
    VEC(SarifFinding) all;
    Map *by_fingerprint; /* the place in all */
};

#endif
