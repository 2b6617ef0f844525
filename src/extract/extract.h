/* Extract: from the paragraphs and tables of a document to plans: facts, targets, tasks,
 * mechanisms, and an account of every number. */
#ifndef LONGTU_EXTRACT_EXTRACT_H
#define LONGTU_EXTRACT_EXTRACT_H

#include "document/document.h"
#include "plan/catalog.h"

/* Everything that extraction knows beforehand: words of the genre, units, regions, bodies and
 * indicators, in one automaton. Made once, then only read, so that threads may share it. */
typedef struct Lexicon Lexicon;
Lexicon *lexicon_new(Arena *arena, const Catalog *catalog);

/* X(constant, word, zh, en): what became of a number of the document */
#define CLAIM_KINDS(X)                                                                             \
    X(CLAIM_UNCLAIMED, "unclaimed", "未认领", "unclaimed")                                         \
    X(CLAIM_FACT, "fact", "现状数字", "fact")                                                      \
    X(CLAIM_TARGET, "target", "目标", "target")                                                    \
    X(CLAIM_TIME, "time", "时间", "time")          /* a year, period, deadline or phase */         \
    X(CLAIM_TASK, "task", "任务", "task")          /* a deadline or a number of a task */          \
    X(CLAIM_OUTLINE, "outline", "编号", "outline") /* number of a heading or an item */            \
    X(CLAIM_NUMBER, "number", "文号", "document number")                                           \
    X(CLAIM_NAME, "name", "名称", "named thing") /* G30, 5G, 110, “两江一水”, 四市州 */ \
    X(CLAIM_CHROME, "chrome", "页面信息", "page furniture")
typedef enum {
#define X(name, ...) name,
    CLAIM_KINDS(X)
#undef X
} ClaimKind;

typedef struct {    /* a number of the document and what became of it */
    Span at;        /* in the document's text */
    uint8_t kind;   /* ClaimKind */
    bool implicit;  /* words that stand for a number: 全覆盖, 翻番 */
    uint16_t plan;  /* index of the plan it stands in, or NO_PLAN for what stands around them */
    uint32_t index; /* into the plan's facts, targets or tasks, by kind */
} Claim;
enum { NO_PLAN = UINT16_MAX, MAX_PLANS = 1000 };

typedef struct {
    Plan plan;     /* what the plan file holds; places in it are those of the source's lines */
    uint32_t part; /* the document's part of kind PART_PLAN */
    const Span *fact_spans, *target_spans, *task_spans, *mechanism_spans; /* in the text, parallel
                                                                             to the plan's lists */
} ExtractedPlan;

typedef struct {
    const Document *doc;
    Str title, number, issuer; /* of the notice; empty if it has none */
    OptPeriod issued;
    ExtractedPlan *plans;
    size_t n_plans; /* 0: the document is no plan (reported: LT1030) */
    Claim *claims;  /* in the order of the text, not overlapping */
    size_t n_claims;
} Extract;

/* Memory: at most 20 bytes for each byte of text. Reports LT1030 and LT2010 on; ERR_INPUT if it is
 * no plan. The catalog is the one that the lexicon was made of. */
Err extract(Arena *arena, const Document *doc, const Lexicon *lexicon, Extract *out, Diags *diags);

const char *claim_word(ClaimKind kind);
Text claim_text(ClaimKind kind);

#endif
