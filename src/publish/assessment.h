/* Assessment, written: the assessments of plans as a table, as JSON, as CSV. */
#ifndef LONGTU_PUBLISH_ASSESSMENT_H
#define LONGTU_PUBLISH_ASSESSMENT_H

#include "assess/assess.h"

typedef struct {
    const Plan *plan;
    const Assessment *all;
    size_t n;
} PlanAssessment;

typedef struct {
    const PlanAssessment *plans;
    size_t n_plans;
    Evaluator *evaluator;
    const AssessOptions *options;
    Lang lang;
    bool colour;
    bool implicit; /* show implicit targets in the table too; JSON and CSV always hold all */
} AssessmentReport;

void assessment_text(const AssessmentReport *report, Buf *out);
Err assessment_json(const AssessmentReport *report, Buf *out);
void assessment_csv(const AssessmentReport *report, Buf *out);

/* Sources of the observations that a target's actual value was made from, in order of appearance;
 * names of the store. */
size_t assessment_sources(const AssessmentReport *report, const Assessment *one, uint32_t *out,
                          size_t max);

#endif
