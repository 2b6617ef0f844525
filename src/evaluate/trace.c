/* Trace: one value taken apart: the formula's nodes, the parts of areas, down to the observations.
 */
#include "evaluate/trace.h"

#include "evaluate/leaf.h"

#include <math.h>

typedef struct {
    Evaluator *evaluator;
    const Evaluation *evaluation;
    const Pass *pass;
    TraceVisit visit;
    void *context;
} Tracer;

static Interval column_value(const Tracer *tracer, uint32_t node, uint32_t entity, int64_t period)
{
    const Column *column = &tracer->pass->columns[node];
    const Frame *inner = &tracer->evaluation->inner;
    size_t at;

    if (period < inner->first || period >= inner->first + (int64_t)inner->n) {
        return interval_empty();
    }
    at = frame_index(*inner, tracer->evaluator->catalog, entity, period);
    return isnan(column->lo[at]) ? interval_empty()
                                 : interval_between(column->lo[at], column->hi[at]);
}

static void visit_other(const Tracer *tracer, TraceKind kind, const ExprNode *node, uint32_t entity,
                        int64_t period, unsigned depth)
{
    TraceStep step = {kind,
                      depth,
                      node,
                      node->measure,
                      entity,
                      {tracer->evaluation->frame.kind, period},
                      interval_empty(),
                      LEAF_ABSENT,
                      NULL};

    step.leaf = evaluation_leaf(tracer->evaluator, tracer->evaluation, tracer->pass, node->measure,
                                entity, period, &step.cell);
    step.value = step.cell == NULL ? interval_empty() : interval_point(step.cell->value);
    tracer->visit(tracer->context, &step);
}

/* The measures that a part's weight is made of. */
static void visit_weight(const Tracer *tracer, const Expr *weight, uint32_t index, uint32_t entity,
                         int64_t period, unsigned depth)
{
    const ExprNode *node = &weight->nodes[index];

    if (node->op == EXPR_MEASURE) {
        visit_other(tracer, TRACE_WEIGHT, node, entity, period, depth);
        return;
    }
    if (node->op == EXPR_LAG) {
        period -= duration_in(node->duration, tracer->evaluation->frame.kind);
    }
    for (unsigned i = 0; i < expr_operands(node->op); i++) {
        visit_weight(tracer, weight, i == 0 ? node->a : node->b, entity, period, depth);
    }
}

static void visit_parts(const Tracer *tracer, const ExprNode *node, LeafKind leaf, uint32_t entity,
                        int64_t period, unsigned depth)
{
    const Catalog *catalog = tracer->evaluator->catalog;
    const Entity *area = &catalog->entities.at[entity];
    const Measure *measure = catalog->measures.at[node->measure];

    for (size_t i = 0; i < area->n_parts; i++) {
        visit_other(tracer, TRACE_PART, node, area->parts[i], period, depth);

        if (leaf == LEAF_WEIGHTED && measure->weight.n_nodes > 0) {
            visit_weight(tracer, &measure->weight, (uint32_t)measure->weight.n_nodes - 1,
                         area->parts[i], period, depth + 1);
        }
    }
    if (leaf != LEAF_BOUNDED || area->parent == NONE) {
        return;
    }
    visit_other(tracer, TRACE_WHOLE, node, area->parent, period, depth);
    for (size_t i = 0; i < catalog->entities.at[area->parent].n_parts; i++) {
        uint32_t sibling = catalog->entities.at[area->parent].parts[i];

        if (!leaf_overlaps(catalog, area, sibling)) {
            visit_other(tracer, TRACE_WHOLE, node, sibling, period, depth);
        }
    }
}

static void visit_node(const Tracer *tracer, uint32_t index, uint32_t entity, int64_t period,
                       unsigned depth)
{
    const Expr *expr = tracer->evaluation->expr;
    const ExprNode *node = &expr->nodes[index];
    const Entity *area = &tracer->evaluator->catalog->entities.at[entity];
    TraceStep step = {
        TRACE_NODE,       depth,       node, NONE, entity, {tracer->evaluation->frame.kind, period},
        interval_empty(), LEAF_ABSENT, NULL};

    step.value = column_value(tracer, index, entity, period);
    if (node->op == EXPR_NUMBER) {
        return;
    }
    if (node->op == EXPR_MEASURE) {
        step.kind = TRACE_LEAF;
        step.measure = node->measure;
        step.leaf = evaluation_leaf(tracer->evaluator, tracer->evaluation, tracer->pass,
                                    node->measure, entity, period, &step.cell);
        tracer->visit(tracer->context, &step);
        if (step.leaf != LEAF_TOLD) {
            visit_parts(tracer, node, step.leaf, entity, period, depth + 1);
        }
        return;
    }
    tracer->visit(tracer->context, &step);
    switch (node->op) {
    case EXPR_PARENT:
        if (area->parent != NONE) {
            visit_node(tracer, node->a, area->parent, period, depth + 1);
        }
        return;
    case EXPR_MEMBERS:
        for (size_t i = 0; i < area->n_parts; i++) {
            visit_node(tracer, node->a, area->parts[i], period, depth + 1);
        }
        return;
    case EXPR_COALESCE: {
        Interval a = column_value(tracer, node->a, entity, period),
                 b = column_value(tracer, node->b, entity, period);
        bool a_decides = a.lo == a.hi || interval_is_empty(b),
             b_decides = !a_decides && b.lo == b.hi;

        if (!b_decides) {
            visit_node(tracer, node->a, entity, period, depth + 1);
        }
        if (!a_decides) {
            visit_node(tracer, node->b, entity, period, depth + 1);
        }
        return;
    }
    case EXPR_LAG:
    case EXPR_GROWTH:
    case EXPR_CAGR:
        if (node->op != EXPR_LAG) {
            visit_node(tracer, node->a, entity, period, depth + 1);
        }
        visit_node(tracer, node->a, entity,
                   period - duration_in(node->duration, tracer->evaluation->frame.kind), depth + 1);
        return;
    default: break;
    }
    if (expr_operands(node->op) > 0) {
        visit_node(tracer, node->a, entity, period, depth + 1);
    }
    if (expr_operands(node->op) > 1) {
        visit_node(tracer, node->b, entity, period, depth + 1);
    }
}

void trace_cell(Evaluator *evaluator, const Evaluation *evaluation, const Pass *pass,
                uint32_t entity, int64_t period, TraceVisit visit, void *context)
{
    Tracer tracer = {evaluator, evaluation, pass, visit, context};

    visit_node(&tracer, (uint32_t)evaluation->expr->n_nodes - 1, entity, period, 0);
}
