/* Model: what plans state of quantities, as a network: each number an interval, each identity of
 * the dictionary a law. */
#include "check/model.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Interval printed_interval(Decimal value, int comparator)
{
    double at = decimal_to_double(value), wide = fabs(at) * ABOUT_TOLERANCE;

    switch (comparator) {
    case COMPARE_AT_LEAST: return interval_between(at, INFINITY);
    case COMPARE_AT_MOST: return interval_between(-INFINITY, at);
    case COMPARE_ABOUT: return interval_between(at - wide, at + wide);
    default: return decimal_interval(value);
    }
}

/* The same with one more unit of the last digit to each side. */
static Interval loose_interval(Decimal value, int comparator)
{
    Interval tight = printed_interval(value, comparator);
    double unit = pow(10, -(double)value.scale);

    return interval_between(tight.lo - unit, tight.hi + unit);
}

/* ---- quantities ---- */

static uint32_t add_quantity(Model *model, Quantity quantity, Interval possible)
{
    *vec_push(model->arena, &model->quantities) = quantity;
    return network_variable(model->network, possible);
}

static Interval possible_between(OptDecimal least, OptDecimal most)
{
    return interval_between(least.given ? decimal_to_double(least.value) : -INFINITY,
                            most.given ? decimal_to_double(most.value) : INFINITY);
}

typedef struct { /* factor * variable; only a number where there is no variable */
    double factor;
    uint32_t variable;
} Mono;

static const Mono UNKNOWN = {0, NONE};

static bool is_number(Mono mono)
{
    return mono.variable == NONE;
}

static Mono calculate(Model *model, const Expr *expr, uint32_t node, uint32_t entity, int year,
                      uint32_t want, bool *good);

static uint32_t measure_at(Model *model, uint32_t index, uint32_t entity, int year)
{
    const Measure *measure = model->catalog->measures.at[index];
    Str key = str_format(model->arena, "m%u %u %d", index, entity, year);
    uint64_t known;
    uint32_t made;

    if (map_get(model->keys, key, &known)) {
        return (uint32_t)known;
    }
    made = add_quantity(model,
                        (Quantity){QUANTITY_MEASURE, index, entity, year, 0, NONE, measure->name,
                                   measure->unit_text},
                        possible_between(measure->least, measure->most));
    map_set(model->keys, key, made);
    return made;
}

/* The measure that an indicator only gives another name; NONE if it is worked out. */
static uint32_t plain_measure(const Indicator *indicator)
{
    const Expr *formula = &indicator->formula;

    return formula->n_nodes == 1 && formula->nodes[0].op == EXPR_MEASURE ? formula->nodes[0].measure
                                                                         : NONE;
}

static uint32_t indicator_at(Model *model, uint32_t index, uint32_t entity, int year)
{
    const Indicator *indicator = model->catalog->indicators.at[index];
    uint32_t measure = plain_measure(indicator), made;
    Str key;
    uint64_t known;
    bool good = true;

    if (measure != NONE) {
        return measure_at(model, measure, entity, year);
    }
    key = str_format(model->arena, "i%u %u %d", index, entity, year);
    if (map_get(model->keys, key, &known)) {
        return (uint32_t)known;
    }
    made = add_quantity(model,
                        (Quantity){QUANTITY_INDICATOR, index, entity, year, 0, NONE,
                                   indicator->name, indicator->unit_text},
                        possible_between(indicator->least, indicator->most));
    map_set(model->keys, key, made);
    (void)calculate(model, &indicator->formula, (uint32_t)indicator->formula.n_nodes - 1, entity,
                    year, made, &good);
    return made;
}

/* ---- formulas ---- */

static uint32_t step_of(Model *model)
{
    return add_quantity(model, (Quantity){.kind = QUANTITY_STEP, .entity = NONE}, interval_all());
}

static void make_equal(Model *model, uint32_t variable, Mono to)
{
    if (!is_number(to) && to.variable == variable) {
        return;
    }
    if (is_number(to)) {
        (void)network_law(model->network, LAW_SUM, (Term[]){{variable, -1}}, 1, to.factor);
    } else {
        (void)network_law(model->network, LAW_SUM,
                          (Term[]){{variable, -1}, {to.variable, to.factor}}, 2, 0);
    }
}

/* a * b, in `want` if it is not NONE. */
static Mono times(Model *model, Mono a, Mono b, uint32_t want)
{
    uint32_t out;

    if (is_number(a) || is_number(b)) {
        Mono product = {a.factor * b.factor, is_number(a) ? b.variable : a.variable};

        if (want != NONE) {
            make_equal(model, want, product);
            return (Mono){1, want};
        }
        return product;
    }
    out = want != NONE ? want : step_of(model);
    if (a.variable == b.variable) { /* a variable stands in a law once */
        uint32_t same = step_of(model);

        make_equal(model, same, (Mono){1, b.variable});
        b.variable = same;
    }
    (void)network_law(model->network, LAW_PRODUCT,
                      (Term[]){{out, a.factor * b.factor}, {a.variable, 0}, {b.variable, 0}}, 3, 0);
    return (Mono){1, out};
}

/* a / b; `scale` times that in `want`. */
static Mono over(Model *model, Mono a, Mono b, double scale, uint32_t want, bool *good)
{
    uint32_t out;
    double factor;

    if (is_number(b)) {
        if (b.factor == 0) {
            *good = false;
            return UNKNOWN;
        }
        return times(model, (Mono){a.factor / b.factor * scale, a.variable}, (Mono){1, NONE}, want);
    }
    if (is_number(a) || a.variable == b.variable || a.factor == 0) {
        *good = false; /* a constant over a variable: no such formula is needed */
        return UNKNOWN;
    }
    out = want != NONE ? want : step_of(model);
    factor = b.factor / (a.factor * scale); /* want = scale * a.f A / (b.f B) */
    (void)network_law(model->network, LAW_PRODUCT,
                      (Term[]){{a.variable, factor}, {out, 0}, {b.variable, 0}}, 3, 0);
    return (Mono){want != NONE ? 1 : 1 / scale, out};
}

static Mono plus(Model *model, Mono a, Mono b, uint32_t want)
{
    uint32_t out;
    Term terms[3];
    size_t n = 1;
    double constant = 0;

    if (is_number(a) && is_number(b)) {
        return times(model, (Mono){a.factor + b.factor, NONE}, (Mono){1, NONE}, want);
    }
    out = want != NONE ? want : step_of(model);
    terms[0] = (Term){out, -1};
    for (int i = 0; i < 2; i++) {
        Mono one = i == 0 ? a : b;

        if (is_number(one)) {
            constant += one.factor;
        } else if (n > 1 && terms[n - 1].variable == one.variable) {
            terms[n - 1].factor += one.factor;
        } else {
            terms[n++] = (Term){one.variable, one.factor};
        }
    }
    (void)network_law(model->network, LAW_SUM, terms, n, constant);
    return (Mono){1, out};
}

/* A product with a number above a quotient, as in gdp / parent(gdp) * 100, is one law. */
static bool is_scaled_quotient(const Expr *expr, const ExprNode *node)
{
    return node->op == EXPR_MUL && expr->nodes[node->b].op == EXPR_NUMBER &&
           expr->nodes[node->a].op == EXPR_DIV;
}

static Mono calculate(Model *model, const Expr *expr, uint32_t node, uint32_t entity, int year,
                      uint32_t want, bool *good)
{
    const ExprNode *at = &expr->nodes[node];
    Mono a, b;
    int64_t back;

    if (!*good) {
        return UNKNOWN;
    }
    switch (at->op) {
    case EXPR_NUMBER: return times(model, (Mono){at->number, NONE}, (Mono){1, NONE}, want);
    case EXPR_MEASURE:
        a = (Mono){1, measure_at(model, at->measure, entity, year)};
        if (want != NONE) {
            make_equal(model, want, a);
        }
        return a;
    case EXPR_PARENT:
        if (model->catalog->entities.at[entity].parent == NONE) {
            *good = false;
            return UNKNOWN;
        }
        return calculate(model, expr, at->a, model->catalog->entities.at[entity].parent, year, want,
                         good);
    case EXPR_LAG:
        back = duration_in(at->duration, PERIOD_YEAR);
        if (back <= 0 || back > 100) {
            *good = false;
            return UNKNOWN;
        }
        return calculate(model, expr, at->a, entity, year - (int)back, want, good);
    case EXPR_COALESCE: /* two ways to know the same */
        a = calculate(model, expr, at->a, entity, year, want, good);
        if (*good && want != NONE) {
            bool second = true;

            (void)calculate(model, expr, at->b, entity, year, want, &second);
        }
        return a;
    case EXPR_NEG:
        a = calculate(model, expr, at->a, entity, year, NONE, good);
        return *good ? times(model, a, (Mono){-1, NONE}, want) : UNKNOWN;
    case EXPR_ADD:
    case EXPR_SUB:
    case EXPR_MUL:
    case EXPR_DIV:
        if (is_scaled_quotient(expr, at)) {
            const ExprNode *quotient = &expr->nodes[at->a];

            a = calculate(model, expr, quotient->a, entity, year, NONE, good);
            b = calculate(model, expr, quotient->b, entity, year, NONE, good);
            return *good ? over(model, a, b, expr->nodes[at->b].number, want, good) : UNKNOWN;
        }
        a = calculate(model, expr, at->a, entity, year, NONE, good);
        b = calculate(model, expr, at->b, entity, year, NONE, good);
        if (!*good) {
            return UNKNOWN;
        }
        if (at->op == EXPR_MUL) {
            return times(model, a, b, want);
        }
        if (at->op == EXPR_DIV) {
            return over(model, a, b, 1, want, good);
        }
        b.factor *= at->number * (at->op == EXPR_SUB ? -1 : 1);
        return plus(model, a, b, want);
    default: *good = false; return UNKNOWN; /* no identity of one year and area */
    }
}

/* ---- growth and change ---- */

/* The identity that tells what the indicator is the yearly growth of; NULL if none does. */
static const Identity *growth_identity(const Catalog *catalog, uint32_t indicator)
{
    for (size_t i = 0; i < catalog->identities.n; i++) {
        if (catalog->identities.at[i]->growth == indicator) {
            return catalog->identities.at[i];
        }
    }
    return NULL;
}

/* The measure whose levels the growth ties together; NONE if none. */
static uint32_t grown_measure(const Model *model, uint32_t indicator)
{
    const Identity *identity = growth_identity(model->catalog, indicator);

    return identity == NULL || (identity->basis == BASIS_REAL && !model->alike) ? NONE
                                                                                : identity->measure;
}

/* Whether a growth at constant prices is of the measure. */
static bool grows_real(const Catalog *catalog, uint32_t measure)
{
    for (size_t i = 0; i < catalog->identities.n; i++) {
        if (catalog->identities.at[i]->growth != NONE &&
            catalog->identities.at[i]->measure == measure &&
            catalog->identities.at[i]->basis == BASIS_REAL) {
            return true;
        }
    }
    return false;
}

/* last = first * (1 + rate / 100)^years */
static void link_growth(Model *model, uint32_t rate, uint32_t first, uint32_t last, int years)
{
    uint32_t factor = step_of(model), whole = years == 1 ? factor : step_of(model);

    (void)network_law(model->network, LAW_SUM, (Term[]){{factor, -1}, {rate, 0.01}}, 2, 1);
    if (years > 1) {
        (void)network_law(model->network, LAW_POWER, (Term[]){{whole, 0}, {factor, years}}, 2, 0);
    }
    (void)network_law(model->network, LAW_PRODUCT, (Term[]){{last, 1}, {whole, 0}, {first, 0}}, 3,
                      0);
}

static uint32_t growth_at(Model *model, uint32_t index, uint32_t entity, int year, int since)
{
    const Indicator *indicator = model->catalog->indicators.at[index];
    Str key = str_format(model->arena, "g%u %u %d %d", index, entity, year, since);
    uint32_t made, measure = grown_measure(model, index);
    uint64_t known;

    if (map_get(model->keys, key, &known)) {
        return (uint32_t)known;
    }
    made = add_quantity(
        model,
        (Quantity){QUANTITY_GROWTH, index, entity, year, since, NONE, indicator->name, STR("%")},
        interval_between(-100, INFINITY));
    map_set(model->keys, key, made);
    if (measure != NONE && since != 0 && year > since && year - since <= 200) {
        link_growth(model, made, measure_at(model, measure, entity, since),
                    measure_at(model, measure, entity, year), year - since);
    }
    return made;
}

static uint32_t change_at(Model *model, uint32_t index, uint32_t entity, int year, int since,
                          bool points)
{
    const Indicator *indicator = model->catalog->indicators.at[index];
    Str key = str_format(model->arena, "c%u %u %d %d %d", index, entity, year, since, points);
    uint32_t made, first, last;
    uint64_t known;

    if (map_get(model->keys, key, &known)) {
        return (uint32_t)known;
    }
    made = add_quantity(model,
                        (Quantity){QUANTITY_CHANGE, index, entity, year, since, NONE,
                                   indicator->name, points ? STR("百分点") : STR("%")},
                        interval_between(points ? -INFINITY : -100, INFINITY));
    map_set(model->keys, key, made);
    if (since == 0 || since >= year) {
        return made;
    }
    first = indicator_at(model, index, entity, since);
    last = indicator_at(model, index, entity, year);
    if (points) {
        (void)network_law(model->network, LAW_SUM, (Term[]){{made, -1}, {last, 1}, {first, -1}}, 3,
                          0);
    } else {
        link_growth(model, made, first, last, 1);
    }
    return made;
}

/* How much the indicator of the area is above that of another; growths are compared as growths. */
static uint32_t gap_at(Model *model, uint32_t index, uint32_t entity, uint32_t above, int year,
                       int since, bool growth)
{
    const Indicator *indicator = model->catalog->indicators.at[index];
    Str key =
        str_format(model->arena, "d%u %u %u %d %d %d", index, entity, above, year, since, growth);
    uint32_t made, own, other;
    uint64_t known;

    if (map_get(model->keys, key, &known)) {
        return (uint32_t)known;
    }
    made = add_quantity(
        model,
        (Quantity){.kind = QUANTITY_GAP,
                   .index = index,
                   .entity = entity,
                   .year = year,
                   .above = above,
                   .name = indicator->name,
                   .unit = indicator->unit.percent ? STR("百分点") : indicator->unit_text},
        interval_all());
    map_set(model->keys, key, made);
    own = growth ? growth_at(model, index, entity, year, since)
                 : indicator_at(model, index, entity, year);
    other = growth ? growth_at(model, index, above, year, since)
                   : indicator_at(model, index, above, year);
    if (own != other) {
        (void)network_law(model->network, LAW_SUM, (Term[]){{made, -1}, {own, 1}, {other, -1}}, 3,
                          0);
    }
    return made;
}

static uint32_t named_at(Model *model, Text name, Str unit, uint32_t entity, int year, int since,
                         int kind)
{
    Str words = name.zh.len != 0 ? name.zh : name.en,
        key = str_format(model->arena, "n%.*s\n%.*s\n%u %d %d %d", STR_ARG(words), STR_ARG(unit),
                         entity, year, since, kind);
    uint64_t known;
    uint32_t made;

    if (map_get(model->keys, key, &known)) {
        return (uint32_t)known;
    }
    made =
        add_quantity(model, (Quantity){QUANTITY_NAMED, NONE, entity, year, since, NONE, name, unit},
                     interval_all());
    map_set(model->keys, key, made);
    return made;
}

/* ---- statements ---- */

static void say(Model *model, Said said)
{
    uint32_t statement = network_state(model->network, said.quantity, said.value);

    network_loosen(model->network, statement, said.loose);
    if (said.plan >= model->context) {
        network_trust(model->network, statement);
    }
    *vec_push(model->arena, &model->said) = said;
}

static Interval in_unit(Interval value, double factor)
{
    return factor == 1 ? value : interval_mul(value, interval_point(factor));
}

typedef struct { /* what facts and targets have in common */
    Str indicator, region, relative_to, unit;
    Text name;
    int comparator, kind, year, since;
    Decimal value;
} Number;

static void add_number(Model *model, const Plan *plan, const void *statement, SaidKind kind,
                       Number number)
{
    const Catalog *catalog = model->catalog;
    uint32_t entity = catalog_entity(catalog, plan_region(plan, number.region)), indicator;
    Said said = {.plan = plan, .statement = statement, .kind = kind, .factor = 1};
    Unit unit;
    bool parsed = number.unit.len != 0 && unit_parse(number.unit, &unit), points,
         growth = number.kind == TARGET_ANNUAL_GROWTH;
    uint32_t above =
        number.relative_to.len == 0 ? NONE : catalog_entity(catalog, number.relative_to);

    indicator = number.indicator.len == 0 ? NONE : catalog_indicator(catalog, number.indicator);
    points = str_ends(number.unit, STR("百分点"));
    if (entity == NONE || (number.unit.len != 0 && !parsed) ||
        (indicator == NONE &&
         (number.indicator.len != 0 || (number.name.zh.len == 0 && number.name.en.len == 0)))) {
        return; /* reported by plan_conform */
    }
    if (number.relative_to.len != 0) {
        /* 高出全省10% is a ratio, and a distance between changes is not read */
        if (above == NONE || indicator == NONE || number.kind == TARGET_CUMULATIVE_CHANGE ||
            (!points && ((parsed && unit.percent) || growth))) {
            return;
        }
        said.quantity =
            gap_at(model, indicator, entity, above, number.year, growth ? number.since : 0, growth);
        if (parsed && !points) {
            if (!unit_same_dimension(unit, catalog->indicators.at[indicator]->unit)) {
                return; /* which plan_conform has reported */
            }
            said.factor = unit_factor(unit, catalog->indicators.at[indicator]->unit);
        }
    } else if (indicator == NONE) {
        said.quantity = named_at(model, number.name, number.unit, entity, number.year, number.since,
                                 number.kind);
    } else if (parsed && !unit.percent && (growth || number.kind == TARGET_CUMULATIVE_CHANGE) &&
               !unit_is_plain(unit)) {
        return; /* reported likewise */
    } else if (growth) {
        said.quantity = growth_at(model, indicator, entity, number.year, number.since);
    } else if (number.kind == TARGET_CUMULATIVE_CHANGE) {
        if (points != catalog->indicators.at[indicator]->unit.percent && points) {
            return;
        }
        said.quantity = change_at(model, indicator, entity, number.year, number.since, points);
    } else {
        if (points ||
            (parsed && !unit_same_dimension(unit, catalog->indicators.at[indicator]->unit))) {
            return; /* a distance, not a level; or reported by plan_conform */
        }
        said.quantity = indicator_at(model, indicator, entity, number.year);
        if (model->alike && number.year >= plan->period[0] &&
            model->quantities.at[said.quantity].kind == QUANTITY_MEASURE &&
            grows_real(catalog, model->quantities.at[said.quantity].index)) {
            return;
        }
        if (parsed) {
            said.factor = unit_factor(unit, catalog->indicators.at[indicator]->unit);
        }
    }
    said.value = in_unit(printed_interval(number.value, number.comparator), said.factor);
    said.loose = in_unit(loose_interval(number.value, number.comparator), said.factor);
    if (kind == SAID_TARGET && number.comparator == COMPARE_EQUAL && indicator != NONE) {
        int direction = catalog->indicators.at[indicator]->direction;

        if (direction == DIRECTION_HIGHER && number.kind != TARGET_CUMULATIVE_CHANGE) {
            said.loose.hi = INFINITY; /* what is reached may be passed */
        } else if (direction == DIRECTION_LOWER && number.kind != TARGET_CUMULATIVE_CHANGE) {
            said.loose.lo = -INFINITY;
        }
    }
    say(model, said);
}

static void add_fact(Model *model, const Plan *plan, const Fact *fact)
{
    int year = fact->period.given ? period_year_of(fact->period.value) : (int)plan->period[0] - 1;

    if (fact->value.given && !(fact->period.given && fact->period.value.kind != PERIOD_YEAR)) {
        add_number(model, plan, fact, SAID_FACT,
                   (Number){fact->indicator, fact->region, fact->relative_to, fact->unit,
                            fact->name,
                            fact->comparator == COMPARE_NONE ? COMPARE_EQUAL : fact->comparator,
                            fact->kind, year, (int)fact->since, fact->value.value});
    }
}

static void add_target(Model *model, const Plan *plan, const Target *target)
{
    int year = (int)(target->year != 0 ? target->year : plan->period[1]),
        before = (int)plan->period[0] - 1,
        since = target->baseline_year != 0 ? (int)target->baseline_year
                : target->kind == TARGET_ANNUAL_GROWTH || target->kind == TARGET_CUMULATIVE_CHANGE
                    ? before
                    : 0;

    if (!target->value.given) {
        return;
    }
    add_number(model, plan, target, SAID_TARGET,
               (Number){target->indicator, target->region, target->relative_to, target->unit,
                        target->name, target->comparator, target->kind, year, since,
                        target->value.value});
    if (target->baseline.given && target->kind != TARGET_ANNUAL_GROWTH &&
        target->kind != TARGET_CUMULATIVE_CHANGE) {
        add_number(model, plan, target, SAID_BASELINE,
                   (Number){target->indicator, target->region, target->relative_to, target->unit,
                            target->name, COMPARE_EQUAL, TARGET_LEVEL,
                            target->baseline_year != 0 ? (int)target->baseline_year : before, 0,
                            target->baseline.value});
    }
}

/* ---- what holds between areas and everywhere ---- */

static uint32_t known_key(const Model *model, char *text, int len)
{
    uint64_t known;

    return map_get(model->keys, (Str){text, (size_t)len}, &known) ? (uint32_t)known : NONE;
}

static uint32_t known_measure(const Model *model, uint32_t measure, uint32_t entity, int year)
{
    char text[64];

    return known_key(model, text, snprintf(text, sizeof text, "m%u %u %d", measure, entity, year));
}

/* The same quantity of another area; NONE if nothing is said of it. */
static uint32_t known_of(const Model *model, const Quantity *quantity, uint32_t entity)
{
    char text[64];

    return quantity->kind == QUANTITY_GROWTH
               ? known_key(model, text,
                           snprintf(text, sizeof text, "g%u %u %d %d", quantity->index, entity,
                                    quantity->year, quantity->since))
               : known_measure(model, quantity->index, entity, quantity->year);
}

typedef struct {
    uint32_t *at; /* variables */
    size_t n;
    bool complete;
} Parts;

/* Whether the parts that the dictionary has are all there are: a group's members are, and provinces
 * and prefectures; of the counties of a prefecture a dictionary may have only those it needs. */
static bool lists_all(const Catalog *catalog, const Entity *entity)
{
    return entity->is_group || catalog->regions.at[entity->parts[0]].level < REGION_COUNTY;
}

/* The regions or members that are known. */
static void known_parts(const Model *model, const Quantity *whole, Parts *out)
{
    const Entity *entity = &model->catalog->entities.at[whole->entity];

    out->n = 0;
    for (size_t i = 0; i < entity->n_parts; i++) {
        uint32_t part = known_of(model, whole, entity->parts[i]);

        if (part != NONE) {
            out->at[out->n++] = part;
        }
    }
    out->complete = out->n == entity->n_parts && lists_all(model->catalog, entity);
}

/* Of disjoint groups with that whole, those that are known, as many as fit beside each other. */
static void known_groups(const Model *model, const Quantity *whole, bool *covered, Parts *out)
{
    const Catalog *catalog = model->catalog;
    const Entity *entity = &catalog->entities.at[whole->entity];

    out->n = 0;
    memset(covered, 0, catalog->entities.n * sizeof *covered);
    for (size_t e = catalog->regions.n; e < catalog->entities.n; e++) {
        const Entity *group = &catalog->entities.at[e];
        bool free = group->is_group && group->parent == whole->entity;
        uint32_t known = free ? known_of(model, whole, (uint32_t)e) : NONE;

        for (size_t i = 0; known != NONE && i < group->n_parts; i++) {
            free &= !covered[group->parts[i]];
        }
        if (known != NONE && free) {
            for (size_t i = 0; i < group->n_parts; i++) {
                covered[group->parts[i]] = true;
            }
            out->at[out->n++] = known;
        }
    }
    out->complete = out->n > 0;
    for (size_t i = 0; i < entity->n_parts; i++) {
        out->complete &= covered[entity->parts[i]];
    }
}

/* whole = parts + what is not known, which is not negative */
static void link_sum(Model *model, uint32_t whole, const Parts *parts)
{
    Term *terms = ARENA_ARRAY(model->arena, Term, parts->n + 2);

    terms[0] = (Term){whole, -1};
    for (size_t i = 0; i < parts->n; i++) {
        terms[i + 1] = (Term){parts->at[i], 1};
    }
    if (!parts->complete) {
        terms[parts->n + 1] =
            (Term){add_quantity(model, (Quantity){.kind = QUANTITY_STEP, .entity = NONE},
                                interval_between(0, INFINITY)),
                   1};
    }
    (void)network_law(model->network, LAW_SUM, terms, parts->n + 1 + !parts->complete, 0);
}

/* A mean lies between the least and the greatest of its parts, whatever the weights are. */
static void link_mean(Model *model, uint32_t whole, const Parts *parts)
{
    Term *terms = ARENA_ARRAY(model->arena, Term, parts->n + 1);

    terms[0] = (Term){whole, 0};
    for (size_t i = 0; i < parts->n; i++) {
        terms[i + 1] = (Term){parts->at[i], 0};
    }
    (void)network_law(model->network, LAW_HULL, terms, parts->n + 1, 0);
}

/* How a quantity of an area follows from those of its parts; growth, as a mean weighted with the
 * levels that grow. */
static AreaRule area_rule(const Model *model, const Quantity *quantity, bool *floor)
{
    const Measure *measure;

    *floor = false;
    if (quantity->entity == NONE || model->catalog->entities.at[quantity->entity].n_parts == 0) {
        return AREA_NONE;
    }
    if (quantity->kind == QUANTITY_GROWTH) {
        const Identity *identity = growth_identity(model->catalog, quantity->index);

        return identity != NULL && quantity->since != 0 &&
                       model->catalog->measures.at[identity->measure]->area == AREA_SUM
                   ? AREA_WEIGHTED
                   : AREA_NONE;
    }
    if (quantity->kind != QUANTITY_MEASURE) {
        return AREA_NONE;
    }
    measure = model->catalog->measures.at[quantity->index];
    *floor = measure->least.given && decimal_cmp(measure->least.value, (Decimal){0, 0}) >= 0;
    return (AreaRule)measure->area;
}

static void add_areas(Model *model)
{
    const Catalog *catalog = model->catalog;
    size_t n_quantities = model->quantities.n;
    bool *covered = ARENA_ARRAY(model->arena, bool, catalog->entities.n + 1);
    Parts parts = {.at = ARENA_ARRAY(model->arena, uint32_t, catalog->entities.n + 1)};

    for (uint32_t q = 0; q < n_quantities; q++) {
        Quantity whole = model->quantities.at[q];
        bool floor;
        AreaRule rule = area_rule(model, &whole, &floor);

        for (int groups = 0; groups < 2 && (rule == AREA_SUM || rule == AREA_WEIGHTED); groups++) {
            if (groups && catalog->entities.at[whole.entity].is_group) {
                continue;
            }
            if (groups) {
                known_groups(model, &whole, covered, &parts);
            } else {
                known_parts(model, &whole, &parts);
            }
            if (parts.n == 0 || (!parts.complete && !(rule == AREA_SUM && floor))) {
                continue;
            }
            if (rule == AREA_SUM) {
                link_sum(model, q, &parts);
            } else {
                link_mean(model, q, &parts);
            }
        }
    }
}

/* left = right, or left <= right, or left = right within so many percent. */
static void link_sides(Model *model, const Identity *identity, uint32_t entity, int year)
{
    const Expr *holds = &identity->holds;
    const ExprNode *root = &holds->nodes[holds->n_nodes - 1];
    bool good = true, below = root->op == EXPR_LE;
    Mono left, right = calculate(model, holds, root->b, entity, year, NONE, &good);
    uint32_t want;

    if (!good) {
        return;
    }
    right.factor *= root->number;
    if (identity->within.given) {
        double wide = decimal_to_double(identity->within.value) / 100;
        uint32_t about = add_quantity(model, (Quantity){.kind = QUANTITY_STEP, .entity = NONE},
                                      interval_between(1 - wide, 1 + wide));

        right = times(model, right, (Mono){1, about}, NONE);
    }
    want = right.factor == 1 ? right.variable : NONE;
    left = calculate(model, holds, root->a, entity, year, below ? NONE : want, &good);
    if (good && below) { /* what is missing to the right side is not negative */
        uint32_t rest = add_quantity(model, (Quantity){.kind = QUANTITY_STEP, .entity = NONE},
                                     interval_between(0, INFINITY));

        left = plus(model, left, (Mono){1, rest}, want);
    }
    if (!good || (want != NONE && left.variable == want)) {
        return;
    }
    if (is_number(left)) {
        Mono swap = left;

        left = right;
        right = swap;
    }
    if (!is_number(left) && left.factor != 0) {
        make_equal(model, left.variable, (Mono){right.factor / left.factor, right.variable});
    }
}

/* Of the measures of the expression, how many are known of the area and year, up to two; none where
 * real growth and what is at the prices of the day would meet. */
static unsigned known_in(const Model *model, const Expr *expr, uint32_t entity, int year)
{
    uint32_t first = NONE;
    unsigned n = 0;

    for (size_t k = 0; k < expr->n_nodes; k++) {
        uint32_t measure = expr->nodes[k].op == EXPR_MEASURE ? expr->nodes[k].measure : NONE;

        if (measure != NONE && model->alike && grows_real(model->catalog, measure)) {
            return 0;
        }
        if (measure != NONE && measure != first &&
            known_measure(model, measure, entity, year) != NONE) {
            first = measure;
            n++;
        }
    }
    return n;
}

static bool holds_measure(const Expr *expr, uint32_t measure)
{
    for (size_t k = 0; k < expr->n_nodes; k++) {
        if (expr->nodes[k].op == EXPR_MEASURE && expr->nodes[k].measure == measure) {
            return true;
        }
    }
    return false;
}

/* What is declared to hold, wherever two of its measures are known: one alone proves nothing. */
static void add_identities(Model *model)
{
    const Catalog *catalog = model->catalog;
    size_t n_quantities = model->quantities.n;
    Map *done = map_new(model->arena);

    for (size_t i = 0; i < catalog->identities.n; i++) {
        const Expr *holds = &catalog->identities.at[i]->holds;

        for (size_t q = 0; holds->n_nodes > 0 && q < n_quantities; q++) {
            Quantity at = model->quantities.at[q];

            if (at.kind == QUANTITY_MEASURE && holds_measure(holds, at.index) &&
                known_in(model, holds, at.entity, at.year) >= 2 &&
                map_add(done, str_format(model->arena, "%zu %u %d", i, at.entity, at.year), q)) {
                link_sides(model, catalog->identities.at[i], at.entity, at.year);
            }
        }
    }
}

/* Growth of the wholes whose parts have a stated one: what the parts' targets mean for them. */
static void add_wholes(Model *model)
{
    size_t n_quantities = model->quantities.n;

    for (size_t q = 0; q < n_quantities; q++) {
        Quantity part = model->quantities.at[q];

        if (part.kind == QUANTITY_GROWTH && part.since != 0 &&
            model->catalog->entities.at[part.entity].parent != NONE &&
            grown_measure(model, part.index) != NONE) {
            (void)growth_at(model, part.index, model->catalog->entities.at[part.entity].parent,
                            part.year, part.since);
        }
    }
}

/* Findings do not depend on the order in which plans are named. */
static int by_id(const void *a, const void *b)
{
    const Plan *x = *(const Plan *const *)a, *y = *(const Plan *const *)b;
    int order = str_cmp(x->id, y->id);

    return order != 0 ? order : str_cmp(x->file.name, y->file.name);
}

Model *model_new(Arena *arena, const Catalog *catalog, const Plan *plans, size_t n_plans,
                 size_t n_context, bool alike)
{
    Model *model = ARENA_NEW(arena, Model);
    const Plan **order = ARENA_ARRAY(arena, const Plan *, n_plans + n_context + 1);

    *model = (Model){.catalog = catalog,
                     .arena = arena,
                     .network = network_new(arena),
                     .keys = map_new(arena),
                     .context = plans + n_plans,
                     .alike = alike};
    for (size_t p = 0; p < n_plans + n_context; p++) {
        order[p] = &plans[p];
    }
    qsort(order, n_plans, sizeof *order, by_id);
    for (size_t p = 0; p < n_plans + n_context; p++) {
        for (size_t i = 0; i < order[p]->facts.n; i++) {
            add_fact(model, order[p], &order[p]->facts.at[i]);
        }
        for (size_t i = 0; i < order[p]->targets.n; i++) {
            add_target(model, order[p], &order[p]->targets.at[i]);
        }
    }
    if (alike) {
        add_wholes(model);
    }
    add_identities(model);
    add_areas(model);
    return model;
}
