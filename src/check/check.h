/* Check: what is wrong in plans, found family by family; findings are diagnostics. */
#ifndef LONGTU_CHECK_CHECK_H
#define LONGTU_CHECK_CHECK_H

#include "check/model.h"
#include "document/document.h"

typedef struct {
    const Catalog *catalog;
    const Plan *plans; /* each has its file: a plan file where it has nodes, else the document that
                          its places are of */
    size_t n_plans, n_context; /* behind the n_plans that are checked stand n_context whose numbers
                                  are held against them, and of which nothing is reported */
    const Document *const *documents; /* of each plan that is checked: the one it was read out of,
                                         NULL for that of a plan file; NULL if all are */
    Arena *arena;
    Diags *diags;
} Check;

/* Runs every family over the plans together. Findings are added to diags; their places are in the
 * plan files, or in the documents. */
void check_plans(Check *check);

/* Why a finding is allowed: the reason of a comment “longtu: allow CODE -- reason” on its line of
 * the plan file or on the line above; empty if it is not. A comment without reason allows nothing
 * and is reported (LT1040), once for each finding that it is at. */
Str check_allowed(const Check *check, const Diag *finding, Diags *diags);

/* Numbers against each other: LT2101 to LT2105, LT4101 to LT4103. */
void check_numbers(Check *check);

/* The published text: LT1033 to LT1037, LT3010, LT5107. */
void check_text(Check *check);

/* One name for two things, two names for one: LT3206 to LT3209. */
void check_names(Check *check);

/* What several plans lay down: LT4104. */
void check_claims(Check *check);

/* Tasks and mechanisms: LT5101 to LT5107. */
void check_duties(Check *check);

/* Targets: LT3201 to LT3205, LT3210 to LT3213. */
void check_targets(Check *check);

/* Where an entry stands: the value of `key`, else the entry, or its place in the document. */
Place check_place(const Check *check, const Plan *plan, const YamlNode *node, const char *key,
                  At at);

/* The document that the plan was read out of, if it is not that of the plan before; NULL otherwise.
 */
const Document *check_new_document(const Check *check, size_t plan);

/* Where a span of a document stands, in its source's lines. */
At check_at(const Document *doc, Span span);

/* The plan, among those that are checked, that a part of a document belongs to; NONE if to none. */
uint32_t check_plan_of(const Check *check, const Document *doc, uint32_t part);

/* A place in a document, with as much of its line as is shown. */
Place check_place_in(const Check *check, const Source *source, At at);

#endif
