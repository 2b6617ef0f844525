/* Import: CSV files of observations and of sources into a store, all of a file or nothing of it. */
#ifndef LONGTU_FACTS_IMPORT_H
#define LONGTU_FACTS_IMPORT_H

#include "facts/csv.h"
#include "facts/store.h"
#include "plan/catalog.h"

/* X(constant, English header, Chinese header, zh, en): the columns of a file of observations */
#define IMPORT_COLUMNS(X)                                                                          \
    X(COLUMN_MEASURE, "measure", "数据项", "数据项代号或名称", "id or name of the measure")        \
    X(COLUMN_ENTITY, "entity", "地区", "地区代码、名称或分组", "region code, name, or group")      \
    X(COLUMN_PERIOD, "period", "时期", "2025、2025-Q3、2025-03…", "2025, 2025-Q3, 2025-03 …")      \
    X(COLUMN_VALUE, "value", "数值", "数，空着须状态为 M", "the number; empty only with status M") \
    X(COLUMN_UNIT, "unit", "单位", "单位，缺省为数据项的单位", "unit; the measure's by default")   \
    X(COLUMN_STATUS, "status", "状态", "SDMX CL_OBS_STATUS，缺省 A",                               \
      "SDMX CL_OBS_STATUS; A by default")                                                          \
    X(COLUMN_VINTAGE, "vintage", "口径", "口径，缺省为未注明", "edition; not stated by default")   \
    X(COLUMN_SOURCE, "source", "来源", "来源代号，缺省为 --source 或文件名",                       \
      "id of the source; --source or the file's name by default")                                  \
    X(COLUMN_KNOWN, "known_at", "获知时间", "获知时间，缺省为导入之时",                            \
      "when it became known; the time of import by default")                                       \
    X(COLUMN_COMMENT, "comment", "备注", "备注，不导入", "a remark, which is not imported")

typedef enum {
#define X(name, ...) name,
    IMPORT_COLUMNS(X)
#undef X
        N_COLUMNS
} ImportColumn;

typedef struct {
    const Catalog *catalog;
    Encoding encoding;
    Str source;       /* for rows without a source; empty: the file's name */
    int64_t now;      /* moment: when rows without known_at became known */
    KnownHow now_how; /* KNOWN_IMPORT: they do not state it; else how it is stated for them */
    bool dry_run;     /* check everything and write nothing; the store may be NULL */
    bool keep_going;  /* import the good rows of a file that has bad ones */
    void *context;
    void (*report)(void *context, const Diag *diag); /* each rejected row, as it is found */
    void (*progress)(void *context, Str file, uint64_t bytes); /* now and then; may be NULL */
} ImportOptions;

typedef struct {
    uint64_t rows, rejected; /* read, and of these not taken */
    bool gb18030;            /* the file was read as GB 18030 */
    bool unchanged;          /* the same content had been imported before */
} ImportResult;

/* A moment as a column or an option gives it, and how. */
bool known_parse(Str text, int64_t *moment, KnownHow *how);

/* Imports what the input gives; the header says whether it is observations or sources. On failure
 * the store is as it was. ERR_INPUT if a row was rejected, with keep_going too. */
Err import_csv(Arena *arena, Store *store, Str name, CsvInput input, const ImportOptions *options,
               ImportResult *out, Diags *diags);

#endif
