/* Evaluate: expressions over columns: all entities x a run of periods at once. */
#include "evaluate/evaluate.h"

#include "evaluate/leaf.h"

#include <assert.h>
#include <math.h>

Evaluator evaluator_new(Arena *arena, const Catalog *catalog, Store *store, Asking asking, bool mix)
{
    return (Evaluator){arena, catalog,
                       store, asking,
                       mix,   ARENA_ARRAY(arena, Series *, catalog->measures.n * PERIOD_N_KINDS)};
}

static Series **series_slot(const Evaluator *evaluator, uint32_t measure, PeriodKind kind)
{
    return &evaluator->series[measure * PERIOD_N_KINDS + kind];
}

static Err series_of(Evaluator *evaluator, uint32_t measure, PeriodKind kind, const Series **out)
{
    Series **slot = series_slot(evaluator, measure, kind);
    Err err = OK;

    if (*slot == NULL) {
        Series *series = ARENA_NEW(evaluator->arena, Series);

        err = series_load(evaluator->arena, evaluator->store, evaluator->catalog, measure, kind,
                          &evaluator->asking, series);
        if (err != OK) { /* not kept: who asks again is not told that there is nothing */
            return err;
        }
        *slot = series;
    }
    *out = *slot;
    return err;
}

typedef struct {
    Evaluator *evaluator;
    const Catalog *catalog;
    Frame inner;
    size_t n_entities, n_cells;
    const Evaluation *evaluation;
} Run;

static Column column_new(const Run *run)
{
    return (Column){ARENA_ARRAY(run->evaluator->arena, double, run->n_cells),
                    ARENA_ARRAY(run->evaluator->arena, double, run->n_cells)};
}

/* What the op makes of two values that are not both points; the result encloses all that can come
 * out. */
static Interval interval_op(ExprOp op, Interval a, Interval b)
{
    switch (op) {
    case EXPR_ADD: return interval_add(a, b);
    case EXPR_SUB: return interval_sub(a, b);
    case EXPR_MUL: return interval_mul(a, b);
    case EXPR_DIV: return interval_div(a, b);
    case EXPR_LT: return interval_between(a.hi < b.lo, !(a.lo >= b.hi));
    case EXPR_LE: return interval_between(a.hi <= b.lo, !(a.lo > b.hi));
    case EXPR_GT: return interval_between(a.lo > b.hi, !(a.hi <= b.lo));
    case EXPR_GE: return interval_between(a.lo >= b.hi, !(a.hi < b.lo));
    case EXPR_EQ: return interval_between(0, !(a.hi < b.lo || b.hi < a.lo));
    case EXPR_NE: return interval_between(a.hi < b.lo || b.hi < a.lo, 1);
    default: assert(0); return interval_empty();
    }
}

static double point_op(ExprOp op, double a, double b)
{
    switch (op) {
    case EXPR_ADD: return a + b;
    case EXPR_SUB: return a - b;
    case EXPR_MUL: return a * b;
    case EXPR_DIV: return b == 0 ? (double)NAN : a / b;
    case EXPR_LT: return a < b;
    case EXPR_LE: return a <= b;
    case EXPR_GT: return a > b;
    case EXPR_GE: return a >= b;
    case EXPR_EQ: return a == b;
    case EXPR_NE: return a != b;
    default: assert(0); return NAN;
    }
}

/* factor brings b into a's unit where the op adds or compares. */
static void apply_binary(ExprOp op, double factor, const Column *a, const Column *b, size_t n,
                         Column *out)
{
    bool scaled = op != EXPR_MUL && op != EXPR_DIV && factor != 1;

    for (size_t i = 0; i < n; i++) {
        double b_lo = scaled ? b->lo[i] * factor : b->lo[i],
               b_hi = scaled ? b->hi[i] * factor : b->hi[i];

        if (isnan(a->lo[i]) || isnan(b_lo)) {
            out->lo[i] = out->hi[i] = NAN;
        } else if (a->lo[i] == a->hi[i] && b_lo == b_hi) {
            out->lo[i] = out->hi[i] = point_op(op, a->lo[i], b_lo);
        } else {
            Interval result =
                interval_op(op, interval_between(a->lo[i], a->hi[i]), interval_between(b_lo, b_hi));
            bool use = result.lo <= result.hi && isfinite(result.lo) && isfinite(result.hi);

            out->lo[i] = use ? result.lo : (double)NAN;
            out->hi[i] = use ? result.hi : (double)NAN;
        }
    }
}

static void apply_parent(const Run *run, const Column *a, Column *out)
{
    for (size_t p = 0; p < run->inner.n; p++) {
        for (size_t e = 0; e < run->n_entities; e++) {
            uint32_t parent = run->catalog->entities.at[e].parent;
            size_t at = p * run->n_entities + e;

            out->lo[at] = parent == NONE ? (double)NAN : a->lo[p * run->n_entities + parent];
            out->hi[at] = parent == NONE ? (double)NAN : a->hi[p * run->n_entities + parent];
        }
    }
}

/* An aggregate over the parts of an entity; absent where one of them is, except that count counts
 * those there are. */
static void aggregate_cell(ExprOp op, const Column *a, size_t row, const Entity *entity, double *lo,
                           double *hi)
{
    size_t n = entity->n_parts, n_known = 0;

    *lo = *hi = op == EXPR_MIN ? INFINITY : op == EXPR_MAX ? -INFINITY : 0;
    for (size_t i = 0; i < n; i++) {
        double low = a->lo[row + entity->parts[i]], high = a->hi[row + entity->parts[i]];

        if (isnan(low)) {
            continue;
        }
        n_known++;
        if (op == EXPR_MIN) {
            *lo = fmin(*lo, low);
            *hi = fmin(*hi, high);
        } else if (op == EXPR_MAX) {
            *lo = fmax(*lo, low);
            *hi = fmax(*hi, high);
        } else {
            Interval sum = interval_add(interval_between(*lo, *hi), interval_between(low, high));
            bool point =
                *lo == *hi && low == high; /* the sum of points is a point, rounded to nearest */

            *hi = point ? *hi + high : sum.hi;
            *lo = point ? *lo + low : sum.lo;
        }
    }
    if (op == EXPR_COUNT) {
        *lo = *hi = n == 0 ? (double)NAN : (double)n_known;
    } else if (n_known < n || n == 0) {
        *lo = *hi = NAN;
    } else if (op == EXPR_MEAN) {
        *lo /= (double)n;
        *hi /= (double)n;
    }
}

static void apply_aggregate(const Run *run, ExprOp op, const Column *a, Column *out)
{
    for (size_t p = 0; p < run->inner.n; p++) {
        for (size_t e = 0; e < run->n_entities; e++) {
            size_t at = p * run->n_entities + e;

            aggregate_cell(op, a, p * run->n_entities, &run->catalog->entities.at[e], &out->lo[at],
                           &out->hi[at]);
        }
    }
}

/* The ratio to an earlier value, as growth in percent over the whole time or a year. */
static double growth_of(double now, double then, double years)
{
    double ratio = now / then;

    if (!(then > 0) || !(ratio >= 0)) {
        return NAN;
    }
    return (years == 1 ? ratio - 1 : pow(ratio, 1 / years) - 1) * 100;
}

/* Far more than a few roundings of a double, far less than a digit that anybody prints. */
static const double GROWTH_ROUNDING = 1e-12;

static void apply_lag(const Run *run, const ExprNode *node, const Column *a, Column *out)
{
    size_t back = (size_t)duration_in(node->duration, run->inner.kind) * run->n_entities;
    int64_t months = duration_in(node->duration, PERIOD_MONTH);
    double years = node->op == EXPR_CAGR && months > 0 ? (double)months / 12 : 1;

    for (size_t i = 0; i < run->n_cells; i++) {
        if (i < back) {
            out->lo[i] = out->hi[i] = NAN;
        } else if (node->op == EXPR_LAG) {
            out->lo[i] = a->lo[i - back];
            out->hi[i] = a->hi[i - back];
        } else {
            bool point = a->lo[i] == a->hi[i] && a->lo[i - back] == a->hi[i - back];

            out->lo[i] = growth_of(a->lo[i], a->hi[i - back], years);
            out->hi[i] = growth_of(a->hi[i], a->lo[i - back], years);
            if (isnan(out->lo[i]) || isnan(out->hi[i])) { /* where it is not bounded on one side */
                out->lo[i] = out->hi[i] = NAN;
            }
            if (!point &&
                !isnan(out->lo[i])) { /* division, root and product may each have rounded inwards */
                out->lo[i] -= fabs(out->lo[i]) * GROWTH_ROUNDING + GROWTH_ROUNDING;
                out->hi[i] += fabs(out->hi[i]) * GROWTH_ROUNDING + GROWTH_ROUNDING;
            }
        }
    }
}

/* The first that is a point; of two ranges what both allow, for both hold of the one quantity. */
static void apply_coalesce(const Run *run, double factor, const Column *a, const Column *b,
                           Column *out)
{
    for (size_t i = 0; i < run->n_cells; i++) {
        double b_lo = b->lo[i] * factor, b_hi = b->hi[i] * factor;
        bool use_a = a->lo[i] == a->hi[i] || isnan(b_lo);
        Interval both =
            interval_meet(interval_between(a->lo[i], a->hi[i]), interval_between(b_lo, b_hi));

        out->lo[i] = use_a ? a->lo[i] : b_lo;
        out->hi[i] = use_a ? a->hi[i] : b_hi;
        if (!use_a && !isnan(a->lo[i]) && b_lo != b_hi) {
            out->lo[i] = both.lo <= both.hi ? both.lo : (double)NAN;
            out->hi[i] = both.lo <= both.hi ? both.hi : (double)NAN;
        }
    }
}

static Err fill_leaf(const Run *run, uint32_t measure, const Pass *pass, Column *out,
                     unsigned depth);

/* The value of every node of an expression in a pass. */
static Err run_nodes(const Run *run, const Expr *expr, const Pass *pass, Column *columns,
                     unsigned depth)
{
    for (size_t i = 0; i < expr->n_nodes; i++) {
        const ExprNode *node = &expr->nodes[i];
        Err err = OK;

        columns[i] = column_new(run);
        switch (node->op) {
        case EXPR_NUMBER:
            for (size_t c = 0; c < run->n_cells; c++) {
                columns[i].lo[c] = columns[i].hi[c] = node->number;
            }
            break;
        case EXPR_MEASURE: err = fill_leaf(run, node->measure, pass, &columns[i], depth); break;
        case EXPR_NEG:
            for (size_t c = 0; c < run->n_cells; c++) {
                columns[i].lo[c] = -columns[node->a].hi[c];
                columns[i].hi[c] = -columns[node->a].lo[c];
            }
            break;
        case EXPR_PARENT: apply_parent(run, &columns[node->a], &columns[i]); break;
        case EXPR_MEMBERS:
            columns[i] = columns[node->a];
            break; /* the aggregate around it gathers */
        case EXPR_SUM:
        case EXPR_MEAN:
        case EXPR_MIN:
        case EXPR_MAX:
        case EXPR_COUNT: apply_aggregate(run, node->op, &columns[node->a], &columns[i]); break;
        case EXPR_LAG:
        case EXPR_GROWTH:
        case EXPR_CAGR: apply_lag(run, node, &columns[node->a], &columns[i]); break;
        case EXPR_COALESCE:
            apply_coalesce(run, node->number, &columns[node->a], &columns[node->b], &columns[i]);
            break;
        default:
            apply_binary(node->op, node->number, &columns[node->a], &columns[node->b], run->n_cells,
                         &columns[i]);
            break;
        }
        if (err != OK) {
            return err;
        }
    }
    return OK;
}

static uint8_t edition_in(const Evaluation *evaluation, const Pass *pass, uint32_t vintage)
{
    for (size_t i = 0; i < evaluation->n_families; i++) {
        if (evaluation->families[i] == vintage) {
            return pass->editions[i];
        }
    }
    return 0;
}

static Err fill_leaf(const Run *run, uint32_t measure, const Pass *pass, Column *out,
                     unsigned depth)
{
    const Measure *info = run->catalog->measures.at[measure];
    const Series *series;
    Column *weights = NULL;
    Err err = series_of(run->evaluator, measure, run->inner.kind, &series);

    if (err == OK && info->area == AREA_WEIGHTED && info->weight.n_nodes > 0 && depth == 0) {
        weights = ARENA_ARRAY(run->evaluator->arena, Column, info->weight.n_nodes);
        err = run_nodes(run, &info->weight, pass, weights, depth + 1);
    }
    if (err == OK) {
        leaf_fill(run->catalog, series, measure, edition_in(run->evaluation, pass, info->vintage),
                  run->inner, weights == NULL ? NULL : &weights[info->weight.n_nodes - 1], out);
    }
    return err;
}

/* How far back each node looks, and whether durations fit the frame. */
static Err look_back(const Expr *expr, PeriodKind kind, int64_t *out, Diags *diags)
{
    int64_t back[EXPR_MAX_NODES + 2];

    *out = 0;
    for (size_t i = 0; i < expr->n_nodes; i++) {
        const ExprNode *node = &expr->nodes[i];
        unsigned n = expr_operands(node->op);
        int64_t own = 0;

        if (node->op == EXPR_LAG || node->op == EXPR_GROWTH || node->op == EXPR_CAGR) {
            own = duration_in(node->duration, kind);
            if (own == 0) {
                diag_add(diags, LT3109, place_file(STR("expression")), expr_node_text(expr, node),
                         str_z(period_kind_name(kind, false)));
                return ERR_INPUT;
            }
        }
        back[i] = own + (n > 0 ? back[node->a] : 0);
        if (n > 1 && own + back[node->b] > back[i]) {
            back[i] = own + back[node->b];
        }
        *out = back[i] > *out ? back[i] : *out;
    }
    return OK;
}

static Err add_family(Evaluation *evaluation, uint32_t vintage, Diags *diags)
{
    for (size_t i = 0; i < evaluation->n_families; i++) {
        if (evaluation->families[i] == vintage) {
            return OK;
        }
    }
    if (vintage == NONE) {
        return OK;
    }
    if (evaluation->n_families == MAX_FAMILIES) {
        diag_add(diags, LT3106, place_file(STR("expression")), STR("4 vintages"));
        return ERR_INPUT;
    }
    evaluation->families[evaluation->n_families++] = vintage;
    return OK;
}

/* The families that an expression and the weights of its measures draw on, and how far those
 * weights look back. */
static Err find_families(const Catalog *catalog, const Expr *expr, PeriodKind kind, Evaluation *out,
                         int64_t *back, Diags *diags)
{
    int64_t weight_back, most = 0;
    Err err = look_back(expr, kind, back, diags);

    for (size_t i = 0; err == OK && i < expr->n_nodes; i++) {
        if (expr->nodes[i].op == EXPR_MEASURE) {
            const Measure *measure = catalog->measures.at[expr->nodes[i].measure];

            err = add_family(out, measure->vintage, diags);
            if (err == OK && measure->area == AREA_WEIGHTED && measure->weight.n_nodes > 0 &&
                &measure->weight != expr) {
                err = find_families(catalog, &measure->weight, kind, out, &weight_back, diags);
                most = weight_back > most ? weight_back : most;
            }
        }
    }
    *back += most;
    return err;
}

/* The editions of a family that occur in the data of an expression and of its weights. */
static void mark_editions(const Evaluator *evaluator, const Expr *expr, PeriodKind kind,
                          uint32_t vintage, bool there[MAX_EDITIONS + 1])
{
    for (size_t i = 0; i < expr->n_nodes; i++) {
        if (expr->nodes[i].op == EXPR_MEASURE) {
            uint32_t m = expr->nodes[i].measure;
            const Measure *measure = evaluator->catalog->measures.at[m];

            const Series *series = *series_slot(evaluator, m, kind);

            for (size_t c = 0; measure->vintage == vintage && c < series->n; c++) {
                there[series->cells[c].edition] = true;
            }
            if (measure->area == AREA_WEIGHTED && &measure->weight != expr) {
                mark_editions(evaluator, &measure->weight, kind, vintage, there);
            }
        }
    }
}

/* Those of the evaluation, newest first; always at least one. */
static void editions_present(const Evaluator *evaluator, const Evaluation *evaluation,
                             size_t family, uint8_t *out, size_t *n)
{
    bool there[MAX_EDITIONS + 1] = {false};

    mark_editions(evaluator, evaluation->expr, evaluation->frame.kind, evaluation->families[family],
                  there);
    *n = 0;
    for (int edition = MAX_EDITIONS; edition >= 0; edition--) {
        if (there[edition]) {
            out[(*n)++] = (uint8_t)edition;
        }
    }
    if (*n == 0) {
        out[(*n)++] = 0;
    }
}

static Err load_all(Evaluator *evaluator, const Expr *expr, PeriodKind kind)
{
    Err err = OK;

    for (size_t i = 0; err == OK && i < expr->n_nodes; i++) {
        if (expr->nodes[i].op == EXPR_MEASURE) {
            const Measure *measure = evaluator->catalog->measures.at[expr->nodes[i].measure];
            const Series *series;

            err = series_of(evaluator, expr->nodes[i].measure, kind, &series);
            if (err == OK && measure->area == AREA_WEIGHTED && measure->weight.n_nodes > 0 &&
                &measure->weight != expr) {
                err = load_all(evaluator, &measure->weight, kind);
            }
        }
    }
    return err;
}

/* All combinations of editions, the newest first, and the mixing pass last. */
static void make_passes(Evaluator *evaluator, Evaluation *out)
{
    uint8_t editions[MAX_FAMILIES][MAX_EDITIONS + 1] = {{0}};
    size_t n[MAX_FAMILIES] = {0}, total = 1;

    for (size_t f = 0; f < out->n_families; f++) {
        editions_present(evaluator, out, f, editions[f], &n[f]);
        while (total * n[f] >= MAX_PASSES) {
            n[f]--; /* the oldest editions of the last families are only reached by mixing */
        }
        total *= n[f];
    }
    out->passes = ARENA_ARRAY(evaluator->arena, Pass, total + 1);
    for (size_t i = 0; i < total; i++) {
        size_t rest = i;

        for (size_t f = out->n_families; f-- > 0;) {
            out->passes[i].editions[f] = editions[f][rest % n[f]];
            rest /= n[f];
        }
    }
    out->n_passes = total;
    if (total > 1) {
        memset(out->passes[total].editions, EDITION_ANY, MAX_FAMILIES);
        out->n_passes++;
    }
}

/* The newest pass that gives the cell a point; where none does, the one that bounds it most
 * narrowly. */
static size_t best_pass(const Evaluation *evaluation, size_t n_pure, size_t at)
{
    size_t root = evaluation->expr->n_nodes - 1, best = PASS_NONE;
    double best_width = INFINITY;

    for (size_t p = 0; p < n_pure; p++) {
        const Column *column = &evaluation->passes[p].columns[root];
        double width = column->hi[at] - column->lo[at];

        if (width < best_width) { /* false where the cell is absent */
            best = p;
            best_width = width;
        }
    }
    return best;
}

static void choose_passes(const Run *run, Evaluation *out, bool mix)
{
    size_t skipped = (run->inner.n - out->frame.n) * run->n_entities, root = out->expr->n_nodes - 1;
    size_t n = out->frame.n * run->n_entities, n_pure = out->n_passes - (out->n_passes > 1);

    out->pass_of = ARENA_ARRAY(run->evaluator->arena, uint8_t, n);
    out->only_mixed = ARENA_ARRAY(run->evaluator->arena, bool, n);
    for (size_t i = 0; i < n; i++) {
        size_t best = best_pass(out, n_pure, i + skipped);

        if (best == PASS_NONE && out->n_passes > 1 &&
            !isnan(out->passes[n_pure].columns[root].lo[i + skipped])) {
            out->only_mixed[i] = !mix;
            best = mix ? n_pure : PASS_NONE;
        }
        out->pass_of[i] = (uint8_t)best;
    }
}

Err evaluate(Evaluator *evaluator, const Expr *expr, Frame frame, Evaluation *out, Diags *diags)
{
    int64_t back = 0;
    Run run = {evaluator, evaluator->catalog, frame, evaluator->catalog->entities.n, 0, out};
    Err err;

    *out = (Evaluation){.expr = expr, .frame = frame, .inner = frame};
    err = find_families(evaluator->catalog, expr, frame.kind, out, &back, diags);
    if (err == OK) {
        err = load_all(evaluator, expr, frame.kind);
    }
    if (err != OK) {
        return err;
    }
    run.inner.first -= back;
    run.inner.n += (size_t)back;
    run.n_cells = run.inner.n * run.n_entities;
    out->inner = run.inner;
    make_passes(evaluator, out);
    if ((double)run.inner.n * (double)run.n_entities * (double)expr->n_nodes *
            (double)out->n_passes >
        MAX_CELLS) {
        diag_add(diags, LT3106, place_file(STR("expression")),
                 str_format(evaluator->arena, "%ld", (long)MAX_CELLS));
        return ERR_INPUT;
    }
    for (size_t p = 0; err == OK && p < out->n_passes; p++) {
        out->passes[p].columns = ARENA_ARRAY(evaluator->arena, Column, expr->n_nodes);
        err = run_nodes(&run, expr, &out->passes[p], out->passes[p].columns, 0);
    }
    if (err == OK) {
        choose_passes(&run, out, evaluator->mix);
    }
    return err;
}

size_t frame_index(Frame frame, const Catalog *catalog, uint32_t entity, int64_t period)
{
    assert(period >= frame.first && period < frame.first + (int64_t)frame.n);
    return (size_t)(period - frame.first) * catalog->entities.n + entity;
}

uint8_t evaluation_pass(const Evaluation *evaluation, const Catalog *catalog, uint32_t entity,
                        int64_t period)
{
    return evaluation->pass_of[frame_index(evaluation->frame, catalog, entity, period)];
}

bool evaluation_at(const Evaluation *evaluation, const Catalog *catalog, uint32_t entity,
                   int64_t period, Interval *out)
{
    uint8_t pass = evaluation_pass(evaluation, catalog, entity, period);
    const Column *root;
    size_t at;

    if (pass == PASS_NONE) {
        return false;
    }
    root = &evaluation->passes[pass].columns[evaluation->expr->n_nodes - 1];
    at = frame_index(evaluation->inner, catalog, entity, period);
    *out = interval_between(root->lo[at], root->hi[at]);
    return true;
}

/* Whether an area's part is told, or the sum of parts that are. */
static bool is_summed(const Catalog *catalog, const Series *series, const Measure *info,
                      uint8_t edition, uint32_t entity, Period at)
{
    const Entity *area = &catalog->entities.at[entity];

    if (leaf_cell(series, info, edition, entity, at) != NULL) {
        return true;
    }
    for (size_t i = 0; i < area->n_parts; i++) {
        if (area->is_group || !is_summed(catalog, series, info, edition, area->parts[i], at)) {
            return false;
        }
    }
    return area->n_parts > 0;
}

LeafKind evaluation_leaf(Evaluator *evaluator, const Evaluation *evaluation, const Pass *pass,
                         uint32_t measure, uint32_t entity, int64_t period, const Cell **told)
{
    const Catalog *catalog = evaluator->catalog;
    const Measure *info = catalog->measures.at[measure];
    const Series *series = *series_slot(evaluator, measure, evaluation->frame.kind);
    uint8_t edition = edition_in(evaluation, pass, info->vintage);
    Period at = {evaluation->frame.kind, period};

    *told = NULL;
    if (series == NULL) {
        return LEAF_ABSENT;
    }
    *told = leaf_cell(series, info, edition, entity, at);
    if (*told != NULL) {
        return LEAF_TOLD;
    }
    if (catalog->entities.at[entity].n_parts == 0) {
        return LEAF_ABSENT;
    }
    if (info->area == AREA_WEIGHTED) {
        return LEAF_WEIGHTED;
    }
    if (info->area != AREA_SUM) {
        return LEAF_ABSENT;
    }
    for (size_t i = 0; i < catalog->entities.at[entity].n_parts; i++) {
        if (!is_summed(catalog, series, info, edition, catalog->entities.at[entity].parts[i], at)) {
            return interval_is_empty(leaf_bounds(catalog, series, measure, edition, entity, at))
                       ? LEAF_ABSENT
                       : LEAF_BOUNDED;
        }
    }
    return LEAF_SUM;
}

Str pass_name(Arena *arena, const Evaluation *evaluation, const Catalog *catalog, const Pass *pass)
{
    Buf buf = buf_new(arena);

    for (size_t i = 0; i < evaluation->n_families; i++) {
        const Edition *edition =
            pass->editions[i] == EDITION_ANY
                ? NULL
                : catalog_edition_info(catalog, evaluation->families[i], pass->editions[i]);

        buf_add(&buf, i == 0 ? STR("") : STR("+"));
        buf_add(&buf, pass->editions[i] == EDITION_ANY ? STR("mixed")
                      : edition == NULL                ? STR("unstated")
                                                       : edition->id);
    }
    return buf_str(&buf);
}
