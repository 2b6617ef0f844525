/* Network: quantities known as intervals, laws between them, and what was stated of them; narrowed
 * to a fixed point. */
#include "check/network_priv.h"

#include <assert.h>
#include <math.h>

enum {
    MAX_MOVES = 400, /* of a variable: a slow convergence is cut, which loses no soundness */
    MAX_POWER = 200
};
static const double LEAST_MOVE = 1e-9; /* of the bound's own size: our choice */

Network *network_new(Arena *arena)
{
    Network *network = ARENA_NEW(arena, Network);

    network->arena = arena;
    network->empty = NONE;
    return network;
}

uint32_t network_variable(Network *network, Interval possible)
{
    *vec_push(network->arena, &network->variables) =
        (Variable){.possible = possible, .now = possible, .last = {NONE, NONE}};
    return (uint32_t)(network->variables.n - 1);
}

uint32_t network_law(Network *network, LawKind kind, const Term *terms, size_t n_terms,
                     double constant)
{
    uint32_t first = (uint32_t)network->terms.n;

    assert(kind == LAW_SUM || kind == LAW_HULL || n_terms == (kind == LAW_PRODUCT ? 3 : 2));
    for (size_t i = 0; i < n_terms; i++) {
        assert(terms[i].variable < network->variables.n);
        *vec_push(network->arena, &network->terms) = terms[i];
    }
    *vec_push(network->arena, &network->laws) =
        (Law){.kind = kind, .first = first, .n = (uint32_t)n_terms, .constant = constant};
    return (uint32_t)(network->laws.n - 1);
}

uint32_t network_state(Network *network, uint32_t variable, Interval value)
{
    *vec_push(network->arena, &network->statements) =
        (Statement){.variable = variable, .value = value, .loose = value};
    return (uint32_t)(network->statements.n - 1);
}

void network_loosen(Network *network, uint32_t statement, Interval loose)
{
    network->statements.at[statement].loose = loose;
}

void network_trust(Network *network, uint32_t statement)
{
    network->statements.at[statement].trusted = true;
}

/* ---- narrowing ---- */

void network_index(Network *network)
{
    size_t n = network->variables.n;
    uint32_t *from = ARENA_ARRAY(network->arena, uint32_t, n + 2);

    for (size_t i = 0; i < network->terms.n; i++) {
        from[network->terms.at[i].variable + 2]++;
    }
    for (size_t v = 2; v < n + 2; v++) {
        from[v] += from[v - 1];
    }
    network->uses = ARENA_ARRAY(network->arena, uint32_t, network->terms.n);
    for (uint32_t law = 0; law < network->laws.n; law++) {
        for (uint32_t i = 0; i < network->laws.at[law].n; i++) {
            network->uses[from[network->terms.at[network->laws.at[law].first + i].variable + 1]++] =
                law;
        }
    }
    network->use_from = from;
    network->said_from = from = ARENA_ARRAY(network->arena, uint32_t, n + 2);
    for (size_t s = 0; s < network->statements.n; s++) {
        from[network->statements.at[s].variable + 2]++;
    }
    for (size_t v = 2; v < n + 2; v++) {
        from[v] += from[v - 1];
    }
    network->said = ARENA_ARRAY(network->arena, uint32_t, network->statements.n);
    for (uint32_t s = 0; s < network->statements.n; s++) {
        network->said[from[network->statements.at[s].variable + 1]++] = s;
    }
}

void network_enqueue(Network *network, uint32_t law)
{
    if (!network->laws.at[law].queued && !network->laws.at[law].off) {
        network->laws.at[law].queued = true;
        *vec_push(network->arena, &network->queue) = law;
    }
}

void network_enqueue_uses(Network *network, uint32_t variable)
{
    for (uint32_t i = network->use_from[variable]; i < network->use_from[variable + 1]; i++) {
        network_enqueue(network, network->uses[i]);
    }
}

static bool is_real_move(double old, double new, bool opens)
{
    return isinf(old) || (new == old &&opens) ||
           fabs(new - old) > LEAST_MOVE * fmax(fabs(old), fabs(new));
}

static void add_step(Network *network, uint32_t variable, bool upper, Interval now, uint32_t cause,
                     bool stated)
{
    Variable *one = &network->variables.at[variable];

    *vec_push(network->arena, &network->steps) = (Step){.variable = variable,
                                                        .cause = cause,
                                                        .previous = one->last[upper],
                                                        .bound = upper ? now.hi : now.lo,
                                                        .open = upper ? now.hi_open : now.lo_open,
                                                        .upper = upper,
                                                        .stated = stated};
    one->last[upper] = (uint32_t)(network->steps.n - 1);
}

/* False when nothing is left of the variable. */
bool network_narrow(Network *network, uint32_t variable, Interval to, uint32_t cause, bool stated)
{
    Variable *one = &network->variables.at[variable];
    Interval now = one->now, met = interval_meet(now, to);
    bool lower, upper;

    if (interval_is_empty(met)) {
        network->empty = variable;
        network->empty_cause = cause;
        network->empty_stated = stated;
        return false;
    }
    if (!stated && one->moves >= MAX_MOVES) {
        return true;
    }
    lower = (met.lo != now.lo || met.lo_open != now.lo_open) &&
            is_real_move(now.lo, met.lo, met.lo_open && !now.lo_open);
    upper = (met.hi != now.hi || met.hi_open != now.hi_open) &&
            is_real_move(now.hi, met.hi, met.hi_open && !now.hi_open);
    if (lower) {
        one->now.lo = met.lo;
        one->now.lo_open = met.lo_open;
        add_step(network, variable, false, met, cause, stated);
    }
    if (upper) {
        one->now.hi = met.hi;
        one->now.hi_open = met.hi_open;
        add_step(network, variable, true, met, cause, stated);
    }
    if (lower || upper) {
        one->moves += !stated;
        network_enqueue_uses(network, variable);
    }
    return true;
}

static Interval now_of(const Network *network, const Term *term)
{
    return network->variables.at[term->variable].now;
}

static Interval scaled(const Network *network, const Term *term)
{
    return interval_mul(interval_point(term->factor), now_of(network, term));
}

static bool revise_sum(Network *network, uint32_t index)
{
    enum { FEW = 64 };
    const Law *law = &network->laws.at[index];
    const Term *terms = &network->terms.at[law->first];
    Interval few[FEW], *behind = few, before = interval_point(law->constant);
    Arena *scratch = law->n > FEW ? arena_new() : NULL;
    bool good = true;

    if (scratch != NULL) {
        behind = ARENA_ARRAY(scratch, Interval, law->n);
    }
    behind[law->n - 1] = interval_point(0); /* the sum of the terms behind each */
    for (uint32_t i = law->n - 1; i > 0; i--) {
        behind[i - 1] = interval_add(behind[i], scaled(network, &terms[i]));
    }
    for (uint32_t i = 0; good && i < law->n; i++) {
        Interval others = interval_add(before, behind[i]);

        before = interval_add(before, scaled(network, &terms[i]));
        good = network_narrow(network, terms[i].variable,
                              interval_div(interval_neg(others), interval_point(terms[i].factor)),
                              index, false);
    }
    arena_free(scratch);
    return good;
}

static bool revise_product(Network *network, uint32_t index)
{
    const Term *terms = &network->terms.at[network->laws.at[index].first];
    Interval factor = interval_point(terms[0].factor);

    if (!network_narrow(network, terms[0].variable,
                        interval_mul(factor, interval_mul(now_of(network, &terms[1]),
                                                          now_of(network, &terms[2]))),
                        index, false)) {
        return false;
    }
    for (int i = 1; i <= 2; i++) {
        Interval other = now_of(network, &terms[3 - i]), whole = now_of(network, &terms[0]);

        if (other.lo <= 0 && other.hi >= 0 && interval_contains(whole, 0)) {
            continue; /* 0 = 0 * anything */
        }
        if (!network_narrow(network, terms[i].variable,
                            interval_div(whole, interval_mul(factor, other)), index, false)) {
            return false;
        }
    }
    return true;
}

/* The hull of all terms from the second on but one. */
static Interval hull_of(const Network *network, const Term *terms, uint32_t n, uint32_t but)
{
    Interval hull = interval_empty();

    for (uint32_t i = 1; i < n; i++) {
        if (i != but) {
            hull = interval_hull(hull, now_of(network, &terms[i]));
        }
    }
    return hull;
}

/* Where all the others lie to one side of the whole, a part lies to the other, or on it. */
static bool revise_hull(Network *network, uint32_t index)
{
    const Law *law = &network->laws.at[index];
    const Term *terms = &network->terms.at[law->first];
    Interval whole;

    if (!network_narrow(network, terms[0].variable, hull_of(network, terms, law->n, NONE), index,
                        false)) {
        return false;
    }
    whole = now_of(network, &terms[0]);
    for (uint32_t i = 1; i < law->n; i++) {
        Interval others = hull_of(network, terms, law->n, i), to = interval_all();

        if (interval_is_empty(others)) {
            to = whole; /* the only part */
        } else if (others.hi < whole.lo) {
            to = (Interval){whole.lo, INFINITY, whole.lo_open, false};
        } else if (others.lo > whole.hi) {
            to = (Interval){-INFINITY, whole.hi, false, whole.hi_open};
        }
        if (!network_narrow(network, terms[i].variable, to, index, false)) {
            return false;
        }
    }
    return true;
}

/* Of a value that is not negative, rounded to the side by more than pow can err (2 ulp in glibc and
 * the rounding of 1/n). */
static double root(double value, int n, double side)
{
    static const double ERROR = 1e-14;

    return isinf(value) || value == 0 ? value : pow(value, 1.0 / n) * (1 + side * ERROR);
}

static Interval power(Interval base, int n)
{
    Interval out = interval_point(1);

    for (int i = 0; i < n; i++) {
        out = interval_mul(out, base);
    }
    return out;
}

static bool revise_power(Network *network, uint32_t index)
{
    const Term *terms = &network->terms.at[network->laws.at[index].first];
    int n = (int)terms[1].factor;
    Interval base, whole;

    assert(n >= 1 && n <= MAX_POWER);
    if (!network_narrow(network, terms[1].variable, interval_between(0, INFINITY), index, false)) {
        return false;
    }
    base = now_of(network, &terms[1]);
    if (!network_narrow(network, terms[0].variable, power(base, n), index, false)) {
        return false;
    }
    whole = now_of(network, &terms[0]);
    return network_narrow(
        network, terms[1].variable,
        (Interval){root(fmax(whole.lo, 0), n, -1), root(whole.hi, n, 1), false, false}, index,
        false);
}

void network_run(Network *network)
{
    static bool (*const REVISE[])(Network *, uint32_t) = {revise_sum, revise_product, revise_hull,
                                                          revise_power};

    while (network->empty == NONE && network->head < network->queue.n) {
        uint32_t law = network->queue.at[network->head++];

        network->laws.at[law].queued = false;
        if (network->head == network->queue.n) {
            network->head = network->queue.n = 0;
        }
        if (!network->laws.at[law].off && !REVISE[network->laws.at[law].kind](network, law)) {
            return;
        }
    }
}

static void clear_queue(Network *network)
{
    for (; network->head < network->queue.n; network->head++) {
        network->laws.at[network->queue.at[network->head]].queued = false;
    }
    network->head = network->queue.n = 0;
}

/* The statements that were not looked at yet. */
void network_state_rest(Network *network)
{
    while (network->empty == NONE && network->n_stated < network->statements.n) {
        uint32_t s = network->n_stated++;

        if (!network->statements.at[s].off) {
            (void)network_narrow(network, network->statements.at[s].variable,
                                 network->statements.at[s].value, s, true);
        }
    }
}

/* From what is possible, with the statements that are not off. */
void network_start(Network *network)
{
    clear_queue(network);
    network->steps.n = 0;
    network->empty = NONE;
    for (size_t v = 0; v < network->variables.n; v++) {
        Variable *one = &network->variables.at[v];

        one->now = one->possible;
        one->last[LOWER] = one->last[UPPER] = NONE;
        one->moves = 0;
    }
    for (uint32_t law = 0; law < network->laws.n; law++) {
        network_enqueue(network, law);
    }
    network->n_stated = 0;
    network_state_rest(network);
    network_run(network);
}

/* ---- results ---- */

Interval network_value(const Network *network, uint32_t variable)
{
    return network->variables.at[variable].now;
}

Interval network_possible(const Network *network, uint32_t variable)
{
    return network->variables.at[variable].possible;
}

LawKind network_law_at(const Network *network, uint32_t law, const Term **terms, size_t *n_terms,
                       double *constant)
{
    const Law *one = &network->laws.at[law];

    *terms = &network->terms.at[one->first];
    *n_terms = one->n;
    *constant = one->constant;
    return one->kind;
}
