/* Network, its contradictions: what one rests on, its smallest set, which statement is wrong, and
 * the argument. */
#include "check/network_priv.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_NEAR = 2000 /* laws around a conflict that are looked at to tell which statement is
                        wrong: our choice */
};

/* ---- why ---- */

/* The newest step of the bound before step `before`. */
static uint32_t last_before(const Network *network, uint32_t variable, int side, uint32_t before)
{
    uint32_t step = network->variables.at[variable].last[side];

    while (step != NONE && step >= before) {
        step = network->steps.at[step].previous;
    }
    return step;
}

typedef struct { /* steps that an argument rests on */
    const Network *network;
    bool *seen; /* by step */
    VEC(uint32_t) open, found;
    Arena *arena;
} Search;

static void want(Search *search, uint32_t step)
{
    if (step != NONE && !search->seen[step]) {
        search->seen[step] = true;
        *vec_push(search->arena, &search->open) = step;
        *vec_push(search->arena, &search->found) = step;
    }
}

/* Which bound of term i a bound of term `of` follows from; N_SIDES: from both. A sum grows with
 * what has the other sign in 0 = a x + b y + …; a product of what is not negative with its factors,
 * which fall as each other grows. */
static int side_wanted(const Network *network, const Law *law, uint32_t of, uint32_t i, int side)
{
    const Term *terms = &network->terms.at[law->first];

    switch (law->kind) {
    case LAW_SUM: return (terms[i].factor < 0) == (terms[of].factor < 0) ? !side : side;
    case LAW_POWER: return side;
    case LAW_PRODUCT:
        for (uint32_t k = 0; k < law->n; k++) {
            if (network->variables.at[terms[k].variable].possible.lo < 0 || terms[0].factor <= 0) {
                return N_SIDES;
            }
        }
        return of == 0 || i == 0 ? side : !side;
    default: return N_SIDES;
    }
}

/* The steps that the law's bound of the variable rests on; side N_SIDES: both bounds. */
static void want_law(Search *search, uint32_t law, uint32_t variable, int side, uint32_t before)
{
    const Network *network = search->network;
    const Law *one = &network->laws.at[law];
    const Term *terms = &network->terms.at[one->first];
    uint32_t of = 0;

    while (terms[of].variable != variable) {
        of++;
    }
    for (uint32_t i = 0; i < one->n; i++) {
        int wanted = side == N_SIDES ? N_SIDES : side_wanted(network, one, of, i, side);

        for (int k = 0; i != of && k < N_SIDES; k++) {
            if (wanted == N_SIDES || wanted == k) {
                want(search, last_before(network, terms[i].variable, k, before));
            }
        }
    }
}

static void follow(Search *search)
{
    while (search->open.n > 0) {
        uint32_t index = search->open.at[--search->open.n];
        const Step *step = &search->network->steps.at[index];

        if (!step->stated) {
            want_law(search, step->cause, step->variable, step->upper ? UPPER : LOWER, index);
        }
    }
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* The statements and laws of the steps that were found, each once, in the order of the argument. */
static void gather(const Search *search, Arena *arena, Reasons *out)
{
    const Network *network = search->network;
    bool *stated = ARENA_ARRAY(search->arena, bool, network->statements.n + 1),
         *used = ARENA_ARRAY(search->arena, bool, network->laws.n + 1);

    *out = (Reasons){0};
    if (search->found.n > 1) {
        qsort(search->found.at, search->found.n, sizeof *search->found.at, by_number);
    }
    for (size_t i = 0; i < search->found.n; i++) {
        const Step *step = &network->steps.at[search->found.at[i]];
        bool *known = step->stated ? &stated[step->cause] : &used[step->cause];

        if (!*known) {
            *known = true;
            if (step->stated) {
                *vec_push(arena, &out->statements) = step->cause;
            } else {
                *vec_push(arena, &out->laws) = step->cause;
            }
        }
    }
}

static Search search_new(const Network *network, Arena *scratch)
{
    return (Search){.network = network,
                    .seen = ARENA_ARRAY(scratch, bool, network->steps.n + 1),
                    .arena = scratch};
}

bool network_reasons(const Network *network, uint32_t variable, bool upper, Arena *arena,
                     Reasons *out)
{
    Arena *scratch = arena_new();
    Search search = search_new(network, scratch);
    uint32_t last = network->variables.at[variable].last[upper];

    want(&search, last);
    follow(&search);
    gather(&search, arena, out);
    arena_free(scratch);
    return last != NONE;
}

static void add_once(Arena *arena, Reasons *reasons, bool statement, uint32_t what)
{
    const uint32_t *at = statement ? reasons->statements.at : reasons->laws.at;
    size_t n = statement ? reasons->statements.n : reasons->laws.n;

    for (size_t i = 0; i < n; i++) {
        if (at[i] == what) {
            return;
        }
    }
    if (statement) {
        *vec_push(arena, &reasons->statements) = what;
    } else {
        *vec_push(arena, &reasons->laws) = what;
    }
}

/* What the contradiction rests on; more than need be. */
static void conflict_reasons(const Network *network, Arena *scratch, Reasons *out)
{
    Search search = search_new(network, scratch);
    uint32_t n = (uint32_t)network->steps.n;

    for (int side = 0; side < N_SIDES; side++) {
        want(&search, network->variables.at[network->empty].last[side]);
    }
    if (!network->empty_stated) {
        want_law(&search, network->empty_cause, network->empty, N_SIDES, n);
    }
    follow(&search);
    gather(&search, scratch, out);
    add_once(scratch, out, network->empty_stated, network->empty_cause);
}

/* ---- parts of a network ---- */

/* A network of some statements and laws only, in their order. */
static Network *part_of(const Network *network, Arena *arena, const uint32_t *statements,
                        size_t n_statements, const uint32_t *laws, size_t n_laws)
{
    Network *part = network_new(arena);
    uint32_t *numbers = ARENA_ARRAY(arena, uint32_t, network->variables.n + 1); /* 0: not yet */
    VEC(uint32_t) names = {0};

    for (size_t i = 0; i < n_laws; i++) {
        const Law *law = &network->laws.at[laws[i]];
        Term *terms = ARENA_ARRAY(arena, Term, law->n);

        for (uint32_t k = 0; k < law->n; k++) {
            uint32_t variable = network->terms.at[law->first + k].variable;

            terms[k] = network->terms.at[law->first + k];
            if (numbers[variable] == 0) {
                *vec_push(arena, &names) = variable;
                numbers[variable] =
                    network_variable(part, network->variables.at[variable].possible) + 1;
            }
            terms[k].variable = numbers[variable] - 1;
        }
        (void)network_law(part, law->kind, terms, law->n, law->constant);
    }
    for (size_t i = 0; i < n_statements; i++) {
        const Statement *one = &network->statements.at[statements[i]];

        if (numbers[one->variable] == 0) {
            *vec_push(arena, &names) = one->variable;
            numbers[one->variable] =
                network_variable(part, network->variables.at[one->variable].possible) + 1;
        }
        (void)network_state(part, numbers[one->variable] - 1, one->value);
    }
    part->names = names.at;
    network_index(part);
    return part;
}

bool network_holds(const Network *network, const uint32_t *statements, size_t n,
                   const Interval *values)
{
    Arena *scratch = arena_new();
    uint32_t *laws = ARENA_ARRAY(scratch, uint32_t, network->laws.n + 1);
    Network *part;
    bool holds;

    for (uint32_t i = 0; i < network->laws.n; i++) {
        laws[i] = i;
    }
    part = part_of(network, scratch, statements, n, laws, network->laws.n);
    for (size_t i = 0; values != NULL && i < n; i++) {
        part->statements.at[i].value = values[i];
    }
    network_start(part);
    holds = part->empty == NONE;
    arena_free(scratch);
    return holds;
}

/* How many laws lie between the conflict's variable and each other one; NONE: too far. */
static uint32_t *distances(const Network *network, Arena *scratch, uint32_t from)
{
    uint32_t *far = ARENA_ARRAY(scratch, uint32_t, network->variables.n + 1);
    bool *seen = ARENA_ARRAY(scratch, bool, network->laws.n + 1);
    VEC(uint32_t) open = {0};
    size_t n_laws = 0;

    memset(far, 0xFF, (network->variables.n + 1) * sizeof *far);
    far[from] = 0;
    *vec_push(scratch, &open) = from;
    for (size_t i = 0; i < open.n && n_laws < MAX_NEAR; i++) {
        for (uint32_t u = network->use_from[open.at[i]]; u < network->use_from[open.at[i] + 1];
             u++) {
            const Law *law = &network->laws.at[network->uses[u]];

            if (seen[network->uses[u]]) {
                continue;
            }
            seen[network->uses[u]] = true;
            n_laws++;
            for (uint32_t k = 0; k < law->n; k++) {
                uint32_t variable = network->terms.at[law->first + k].variable;

                if (far[variable] == NONE) {
                    far[variable] = far[open.at[i]] + 1;
                    *vec_push(scratch, &open) = variable;
                }
            }
        }
    }
    return far;
}

/* Puts what is near first; of what is equally far the first stays first. */
static void sort_by_distance(uint32_t *at, size_t n, const uint32_t *key)
{
    for (size_t i = 1; i < n; i++) {
        uint32_t one = at[i];
        size_t k = i;

        for (; k > 0 && key[at[k - 1]] > key[one]; k--) {
            at[k] = at[k - 1];
        }
        at[k] = one;
    }
}

/* The statements of the argument and those beside the conflict, the nearest first, and all laws
 * that are near: a contradiction is best told by what stands next to it. */
static void widen(const Network *network, Arena *scratch, Reasons *reasons)
{
    enum { BESIDE = 2, MAX_BESIDE = 40 }; /* laws away; statements: our choice */
    uint32_t *far = distances(network, scratch, network->empty), *key;
    bool *in = ARENA_ARRAY(scratch, bool, network->statements.n + 1);
    size_t beside = 0;

    for (size_t i = 0; i < reasons->statements.n; i++) {
        in[reasons->statements.at[i]] = true;
    }
    for (uint32_t s = 0; s < network->statements.n && beside < MAX_BESIDE; s++) {
        if (!in[s] && !network->statements.at[s].off &&
            far[network->statements.at[s].variable] <= BESIDE) {
            *vec_push(scratch, &reasons->statements) = s;
            beside++;
        }
    }
    key = ARENA_ARRAY(scratch, uint32_t, network->statements.n + 1);
    for (uint32_t s = 0; s < network->statements.n; s++) {
        key[s] = far[network->statements.at[s].variable];
    }
    sort_by_distance(reasons->statements.at, reasons->statements.n, key);
}

/* The laws near the statements' variables, and the statements on what these touch; the given ones
 * come first. */
static void find_near(const Network *network, Arena *scratch, const Reasons *conflict, Reasons *out)
{
    bool *law_in = ARENA_ARRAY(scratch, bool, network->laws.n + 1),
         *variable_in = ARENA_ARRAY(scratch, bool, network->variables.n + 1),
         *given = ARENA_ARRAY(scratch, bool, network->statements.n + 1);
    VEC(uint32_t) open = {0};

    *out = (Reasons){0};
    for (size_t i = 0; i < conflict->statements.n; i++) {
        uint32_t variable = network->statements.at[conflict->statements.at[i]].variable;

        given[conflict->statements.at[i]] = true;
        *vec_push(scratch, &out->statements) = conflict->statements.at[i];
        if (!variable_in[variable]) {
            variable_in[variable] = true;
            *vec_push(scratch, &open) = variable;
        }
    }
    for (size_t i = 0; i < open.n; i++) {
        for (uint32_t u = network->use_from[open.at[i]];
             u < network->use_from[open.at[i] + 1] && out->laws.n < MAX_NEAR; u++) {
            const Law *law = &network->laws.at[network->uses[u]];

            if (law_in[network->uses[u]]) {
                continue;
            }
            law_in[network->uses[u]] = true;
            *vec_push(scratch, &out->laws) = network->uses[u];
            for (uint32_t k = 0; k < law->n; k++) {
                uint32_t variable = network->terms.at[law->first + k].variable;

                if (!variable_in[variable]) {
                    variable_in[variable] = true;
                    *vec_push(scratch, &open) = variable;
                }
            }
        }
    }
    for (size_t i = 0; i < open.n; i++) {
        for (uint32_t k = network->said_from[open.at[i]]; k < network->said_from[open.at[i] + 1];
             k++) {
            if (!given[network->said[k]] && !network->statements.at[network->said[k]].off) {
                *vec_push(scratch, &out->statements) = network->said[k];
            }
        }
    }
}

static size_t keep_on(const Network *part, bool laws, uint32_t *at, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        if (!(laws ? part->laws.at[i].off : part->statements.at[i].off)) {
            at[kept++] = at[i];
        }
    }
    return kept;
}

/* Leaves out the statements that the contradiction does not need, each tried once, the last first:
 * what was stated first stays (deletion filter, Chinneck and Dravnieks 1991). */
static void filter_statements(Network *part, Reasons *reasons)
{
    for (size_t i = reasons->statements.n; i > 0; i--) {
        part->statements.at[i - 1].off = true;
        network_start(part);
        part->statements.at[i - 1].off = part->empty != NONE;
    }
    reasons->statements.n = keep_on(part, false, reasons->statements.at, reasons->statements.n);
}

static void filter_laws(Network *part, Reasons *reasons)
{
    for (size_t i = 0; i < reasons->laws.n; i++) {
        part->laws.at[i].off = true;
        network_start(part);
        part->laws.at[i].off = part->empty != NONE;
    }
    reasons->laws.n = keep_on(part, true, reasons->laws.at, reasons->laws.n);
}

/* Makes the statements a minimal set under the laws that are near (or, where the argument goes
 * farther, under its own), and the laws those that it needs. */
static void minimise(const Network *network, Arena *scratch, Reasons *reasons)
{
    Reasons near, again;
    Network *part;

    widen(network, scratch, reasons);
    find_near(network, scratch, reasons, &near);
    part = part_of(network, scratch, reasons->statements.at, reasons->statements.n, near.laws.at,
                   near.laws.n);
    network_start(part);
    if (part->empty == NONE) {
        part = part_of(network, scratch, reasons->statements.at, reasons->statements.n,
                       reasons->laws.at, reasons->laws.n);
        filter_statements(part, reasons);
        filter_laws(part, reasons);
        return;
    }
    filter_statements(part, reasons);
    network_start(part);
    conflict_reasons(part, scratch, &again);
    reasons->laws.n = 0;
    for (size_t i = 0; i < again.laws.n; i++) {
        *vec_push(scratch, &reasons->laws) = near.laws.at[again.laws.at[i]];
    }
    part = part_of(network, scratch, reasons->statements.at, reasons->statements.n,
                   reasons->laws.at, reasons->laws.n);
    filter_laws(part, reasons);
}

/* The first statement that makes the set consistent when it alone is read loosely. */
static void choose_loose(const Network *network, Arena *scratch, const Reasons *conflict,
                         Conflict *out)
{
    Network *part = part_of(network, scratch, conflict->statements.at, conflict->statements.n,
                            conflict->laws.at, conflict->laws.n);

    for (size_t i = 0; i < conflict->statements.n; i++) {
        if (network->statements.at[conflict->statements.at[i]].trusted) {
            continue;
        }
        part->statements.at[i].value = network->statements.at[conflict->statements.at[i]].loose;
        network_start(part);
        if (part->empty == NONE) {
            out->dropped = conflict->statements.at[i];
            out->rest = interval_empty();
            return;
        }
        part->statements.at[i].value = network->statements.at[conflict->statements.at[i]].value;
    }
}

/* The last that is not trusted; the last if all are. */
static uint32_t last_of(const Network *network, const Reasons *conflict)
{
    for (size_t i = conflict->statements.n; i > 0; i--) {
        if (!network->statements.at[conflict->statements.at[i - 1]].trusted) {
            return conflict->statements.at[i - 1];
        }
    }
    return conflict->statements.at[conflict->statements.n - 1];
}

/* Which statement to leave out: the only one whose loss makes the neighbourhood consistent, else
 * the last that does, else the last. One that is trusted only where all are. */
static void choose(const Network *network, Arena *scratch, const Reasons *conflict, Conflict *out)
{
    Reasons near;
    Network *part;
    size_t good = 0;

    find_near(network, scratch, conflict, &near);
    part =
        part_of(network, scratch, near.statements.at, near.statements.n, near.laws.at, near.laws.n);
    out->dropped = last_of(network, conflict);
    out->rest = interval_empty();
    for (size_t i = 0; i < conflict->statements.n; i++) {
        if (network->statements.at[conflict->statements.at[i]].trusted) {
            continue;
        }
        part->statements.at[i].off = true;
        network_start(part);
        if (part->empty == NONE) {
            good++;
            out->dropped = conflict->statements.at[i];
            out->rest = part->variables.at[part->statements.at[i].variable].now;
        }
        part->statements.at[i].off = false;
    }
    out->sole = good == 1;
    if (!out->sole) {
        choose_loose(network, scratch, conflict, out);
    }
}

typedef VEC(Deduction) Deductions;

/* What a law says of a variable stands once, where it says most. */
static void keep_last(Arena *arena, Deductions *lines, Deduction line)
{
    size_t n = 0;

    for (size_t i = 0; i < lines->n; i++) {
        if (lines->at[i].variable != line.variable || lines->at[i].law != line.law) {
            lines->at[n++] = lines->at[i];
        }
    }
    lines->n = n;
    *vec_push(arena, lines) = line;
}

static const Interval *terms_now(const Network *part, uint32_t index, const Interval *so_far,
                                 Arena *arena)
{
    const Law *law = &part->laws.at[index];
    Interval *terms = ARENA_ARRAY(arena, Interval, law->n);

    for (uint32_t k = 0; k < law->n; k++) {
        terms[k] = so_far[part->terms.at[law->first + k].variable];
    }
    return terms;
}

/* The steps of a part of the network that lead to the bounds of its variable, as lines; `laws` are
 * the whole's numbers of the part's laws. */
static Deductions lines_of(const Network *part, const uint32_t *laws, uint32_t variable, bool lower,
                           bool upper, Arena *arena)
{
    Arena *scratch = arena_new();
    Deductions lines = {0};
    Interval *so_far = ARENA_ARRAY(scratch, Interval, part->variables.n + 1);
    Search search = search_new(part, scratch);

    for (size_t v = 0; v < part->variables.n; v++) {
        so_far[v] = part->variables.at[v].possible;
    }
    if (lower) {
        want(&search, part->variables.at[variable].last[LOWER]);
    }
    if (upper) {
        want(&search, part->variables.at[variable].last[UPPER]);
    }
    follow(&search);
    for (size_t i = 0; i < part->steps.n; i++) {
        const Step *step = &part->steps.at[i];
        Interval *at = &so_far[step->variable];

        const Interval *terms =
            search.seen[i] && !step->stated ? terms_now(part, step->cause, so_far, arena) : NULL;

        if (step->upper) {
            at->hi = step->bound;
            at->hi_open = step->open;
        } else {
            at->lo = step->bound;
            at->lo_open = step->open;
        }
        if (terms != NULL) {
            keep_last(arena, &lines,
                      (Deduction){laws[step->cause], part->names[step->variable], *at, terms});
        }
    }
    arena_free(scratch);
    return lines;
}

/* The part's number of a variable; NONE if it has not. */
static uint32_t number_in(const Network *part, uint32_t variable)
{
    uint32_t found = NONE;

    for (uint32_t v = 0; v < part->variables.n; v++) {
        found = part->names[v] == variable ? v : found;
    }
    return found;
}

/* How the others of the set lead to what contradicts the dropped one. */
static void argue(const Network *network, Arena *scratch, const Reasons *conflict, Conflict *out)
{
    uint32_t *others = ARENA_ARRAY(scratch, uint32_t, conflict->statements.n + 1), found;
    Network *part;
    Deductions lines;
    size_t n = 0;

    for (size_t i = 0; i < conflict->statements.n; i++) {
        if (conflict->statements.at[i] != out->dropped) {
            others[n++] = conflict->statements.at[i];
        }
    }
    part = part_of(network, scratch, others, n, conflict->laws.at, conflict->laws.n);
    network_start(part);
    out->implied = interval_all();
    found = number_in(part, network->statements.at[out->dropped].variable);
    if (found == NONE) {
        return;
    }
    out->implied = part->variables.at[found].now;
    lines = lines_of(part, conflict->laws.at, found, true, true, network->arena);
    out->deductions = lines.at;
    out->n_deductions = lines.n;
}

const Deduction *network_argue(const Network *network, uint32_t variable, bool upper, Arena *arena,
                               size_t *n)
{
    Arena *scratch = arena_new();
    Deductions lines = {0};
    Reasons reasons;
    Network *part;
    uint32_t found;

    (void)network_reasons(network, variable, upper, scratch, &reasons);
    part = part_of(network, scratch, reasons.statements.at, reasons.statements.n, reasons.laws.at,
                   reasons.laws.n);
    network_start(part);
    found = number_in(part, variable);
    if (found != NONE && part->empty == NONE) {
        lines = lines_of(part, reasons.laws.at, found, !upper, upper, arena);
    }
    arena_free(scratch);
    *n = lines.n;
    return lines.at;
}

/* ---- solving ---- */

/* Takes back every bound that may rest on the statement, and makes what touches them work again. */
static void take_back(Network *network, uint32_t statement)
{
    Arena *scratch = arena_new();
    size_t n_steps = network->steps.n, n = 0;
    bool *bad = ARENA_ARRAY(scratch, bool, n_steps + 1),
         *lost = ARENA_ARRAY(scratch, bool, network->variables.n + 1),
         *tainted = ARENA_ARRAY(scratch, bool, 2 * network->variables.n + 2); /* newest bounds */

    if (!network->empty_stated) { /* the queue goes on from where it stopped */
        network_enqueue(network, network->empty_cause);
    }
    network->empty = NONE;
    network->statements.at[statement].off = true;
    for (size_t i = 0; i < n_steps; i++) {
        const Step *step = &network->steps.at[i];

        bad[i] = step->stated && step->cause == statement;
        if (!step->stated) {
            const Law *law = &network->laws.at[step->cause];

            for (uint32_t k = 0; k < law->n && !bad[i]; k++) {
                uint32_t variable = network->terms.at[law->first + k].variable;

                bad[i] = variable != step->variable &&
                         (tainted[2 * variable] || tainted[2 * variable + 1]);
            }
        }
        tainted[2 * step->variable + step->upper] |= bad[i];
        lost[step->variable] |= bad[i];
    }
    for (size_t v = 0; v < network->variables.n; v++) {
        network->variables.at[v].now = network->variables.at[v].possible;
        network->variables.at[v].last[LOWER] = network->variables.at[v].last[UPPER] = NONE;
    }
    for (size_t i = 0; i < n_steps; i++) {
        Step step = network->steps.at[i];
        Variable *one = &network->variables.at[step.variable];

        if (bad[i]) {
            continue;
        }
        step.previous = one->last[step.upper];
        one->last[step.upper] = (uint32_t)n;
        if (step.upper) {
            one->now.hi = step.bound;
            one->now.hi_open = step.open;
        } else {
            one->now.lo = step.bound;
            one->now.lo_open = step.open;
        }
        network->steps.at[n++] = step;
    }
    network->steps.n = n;
    for (uint32_t v = 0; v < network->variables.n; v++) {
        if (lost[v]) {
            network->variables.at[v].moves = 0;
            network_enqueue_uses(network, v);
        }
    }
    for (uint32_t s = 0; network->empty == NONE && s < network->n_stated; s++) {
        if (lost[network->statements.at[s].variable] &&
            !network->statements.at[s].off) { /* a bound taken back had hidden it */
            (void)network_narrow(network, network->statements.at[s].variable,
                                 network->statements.at[s].value, s, true);
            network->n_stated = network->empty == NONE ? network->n_stated : s + 1;
        }
    }
    arena_free(scratch);
    network_state_rest(network);
    network_run(network);
}

static uint32_t *kept(Arena *arena, const uint32_t *at, size_t n)
{
    uint32_t *out = ARENA_ARRAY(arena, uint32_t, n + 1);

    for (size_t i = 0; i < n; i++) {
        out[i] = at[i];
    }
    return out;
}

const Conflict *network_solve(Network *network, size_t *n_conflicts)
{
    VEC(Conflict) conflicts = {0};

    network_index(network);
    network_start(network);
    while (network->empty != NONE && conflicts.n < NETWORK_MAX_CONFLICTS) {
        Arena *scratch = arena_new();
        Conflict *conflict = vec_push(network->arena, &conflicts);
        Reasons reasons;

        conflict_reasons(network, scratch, &reasons);
        minimise(network, scratch, &reasons);
        if (reasons.statements.n == 0) { /* the laws alone are: nothing that was stated is wrong */
            conflicts.n--;
            arena_free(scratch);
            break;
        }
        conflict->variable = network->empty;
        choose(network, scratch, &reasons, conflict);
        conflict->statements = kept(network->arena, reasons.statements.at, reasons.statements.n);
        conflict->n_statements = reasons.statements.n;
        conflict->laws = kept(network->arena, reasons.laws.at, reasons.laws.n);
        conflict->n_laws = reasons.laws.n;
        argue(network, scratch, &reasons, conflict);
        arena_free(scratch);
        take_back(network, conflict->dropped);
    }
    *n_conflicts = conflicts.n;
    return conflicts.at;
}
