/* Findings: what a check found, written as text, as JSON and as a page of HTML. SARIF is in
 * sarif.h. */
#ifndef LONGTU_PUBLISH_FINDINGS_H
#define LONGTU_PUBLISH_FINDINGS_H

#include "plan/plan.h"
#include "publish/sarif.h"

typedef struct {
    Lang lang;
    bool colour;        /* text: for a terminal that shows colours */
    bool quiet;         /* notes are counted and not listed */
    const Str *reasons; /* one for each of findings->all: why it is allowed, empty if it is not */
    const SarifBaseline *baseline; /* NULL: none */
    const Plan *plans;             /* what was checked, each with its file */
    size_t n_plans;
} FindingsOptions;

/* For people, on a terminal: those that are not allowed, and a line of counts. */
void findings_text(const Diags *findings, const FindingsOptions *options, Buf *out);

/* {"findings": […]}: those that are not allowed, each as diag_json writes it. */
void findings_json(const Diags *findings, const FindingsOptions *options, Buf *out);

/* A page of HTML that needs nothing else: a list of what was found, and the lines of the files with
 * it beneath them, allowed and known findings too. Lines in which nothing is marked are folded, in
 * all about 1 MiB of them; more are left out, and it is said. */
void findings_page(const Diags *findings, const FindingsOptions *options, Buf *out);

#endif
