/* Tests of Network: narrowing, minimal contradictions, and that both are sound. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/test_random.h"
#include "check/network.h"

#include <math.h>

static const Interval POSITIVE = {0, INFINITY, false, true};

static uint32_t product(Network *network, uint32_t x, double factor, uint32_t y, uint32_t z)
{
    return network_law(network, LAW_PRODUCT, (Term[]){{x, factor}, {y, 0}, {z, 0}}, 3, 0);
}

/* The shares of a province that three regions state: 1050.53 is 41.09 %, 440.24 is 17.60 %. */
static void test_shares(void **state)
{
    Arena *arena = arena_new();
    Network *network = network_new(arena);
    uint32_t whole = network_variable(network, POSITIVE), part[3], share[3];
    static const double PARTS[] = {1050.53, 440.24, 1011.21}, SHARES[] = {41.09, 17.60, 40.42};
    const Conflict *conflicts;
    size_t n;

    (void)state;
    for (int i = 0; i < 3; i++) {
        part[i] = network_variable(network, POSITIVE);
        share[i] = network_variable(network, interval_between(0, 100));
        (void)product(network, part[i], 0.01, share[i], whole);
        (void)network_state(network, part[i], interval_between(PARTS[i] - 0.005, PARTS[i] + 0.005));
        (void)network_state(network, share[i],
                            interval_between(SHARES[i] - 0.005, SHARES[i] + 0.005));
    }
    (void)network_law(network, LAW_SUM,
                      (Term[]){{whole, -1}, {part[0], 1}, {part[1], 1}, {part[2], 1}}, 4, 0);
    conflicts = network_solve(network, &n);
    assert_int_equal(n, 1);
    assert_true(conflicts[0].n_statements >= 3 && conflicts[0].n_statements <= 4);
    assert_int_equal(conflicts[0].dropped, 1); /* the share of the first */
    assert_true(conflicts[0].sole);
    assert_true(interval_contains(conflicts[0].rest, 1050.53 / 2501.98 * 100));
    assert_true(interval_width(conflicts[0].rest) < 0.01);
    arena_free(arena);
}

static void test_power(void **state)
{
    Arena *arena = arena_new();
    Network *network = network_new(arena);
    uint32_t first = network_variable(network, POSITIVE),
             last = network_variable(network, POSITIVE),
             times = network_variable(network, POSITIVE),
             factor = network_variable(network, POSITIVE),
             growth = network_variable(network, interval_all());
    Reasons reasons;
    size_t n;

    (void)state;
    (void)network_law(network, LAW_SUM, (Term[]){{factor, -1}, {growth, 0.01}}, 2, 1);
    (void)network_law(network, LAW_POWER, (Term[]){{times, 0}, {factor, 5}}, 2, 0);
    (void)product(network, last, 1, times, first);
    (void)network_state(network, first, interval_point(100));
    (void)network_state(network, last, interval_between(200, INFINITY));
    (void)network_solve(network, &n);
    assert_int_equal(n, 0);
    assert_true(fabs(network_value(network, growth).lo - 14.869835) < 1e-5);
    assert_true(network_reasons(network, growth, false, arena, &reasons));
    assert_int_equal(reasons.statements.n, 2);
    assert_int_equal(reasons.laws.n, 3);
    arena_free(arena);
}

static void test_bounds(void **state)
{
    Arena *arena = arena_new();
    Network *network = network_new(arena);
    uint32_t a = network_variable(network, interval_all()),
             b = network_variable(network, interval_all()),
             c = network_variable(network, interval_all());
    const Conflict *conflicts;
    size_t n;

    (void)state;
    (void)product(network, a, 1, b, c); /* division by what may be zero tells nothing */
    (void)network_state(network, a, interval_point(0));
    (void)network_state(network, b, interval_between(-1, 1));
    (void)network_state(network, c, (Interval){3, 4, true, false});
    (void)network_state(network, c, (Interval){2, 3, false, true});
    conflicts = network_solve(network, &n);
    assert_int_equal(n, 1); /* told twice */
    assert_int_equal(conflicts[0].n_statements, 2);
    assert_int_equal(conflicts[0].n_laws, 0);
    assert_int_equal(conflicts[0].variable, c);
    assert_false(conflicts[0].sole);
    arena_free(arena);
}

/* x = y + z, y = x - z and the like, around in a circle, end. */
static void test_circles(void **state)
{
    Arena *arena = arena_new();
    Network *network = network_new(arena);
    uint32_t x = network_variable(network, POSITIVE), y = network_variable(network, POSITIVE);
    size_t n;

    (void)state;
    (void)network_law(network, LAW_SUM, (Term[]){{x, 1}, {y, -2}}, 2, 0);
    (void)network_law(network, LAW_SUM, (Term[]){{x, 1}, {y, -1.999}}, 2, 0);
    (void)network_state(network, x, interval_between(0, 1e6));
    (void)network_solve(network, &n);
    assert_int_equal(n, 0);
    assert_true(interval_contains(network_value(network, x), 0)); /* the solution stays */
    arena_free(arena);
}

/* A mean between its parts, and the part that has to make up for the others. */
static void test_hull(void **state)
{
    Arena *arena = arena_new();
    Network *network = network_new(arena);
    uint32_t mean = network_variable(network, POSITIVE), a = network_variable(network, POSITIVE),
             b = network_variable(network, POSITIVE), c = network_variable(network, POSITIVE);
    const Conflict *conflicts;
    size_t n;

    (void)state;
    (void)network_law(network, LAW_HULL, (Term[]){{mean, 0}, {a, 0}, {b, 0}, {c, 0}}, 4, 0);
    (void)network_state(network, a, interval_between(90, 91));
    (void)network_state(network, b, interval_between(92, 93));
    (void)network_state(network, mean, interval_between(95, 96));
    (void)network_solve(network, &n);
    assert_int_equal(n, 0);
    assert_true(network_value(network, c).lo == 95);
    network = network_new(arena);
    mean = network_variable(network, POSITIVE);
    a = network_variable(network, POSITIVE);
    b = network_variable(network, POSITIVE);
    (void)network_law(network, LAW_HULL, (Term[]){{mean, 0}, {a, 0}, {b, 0}}, 3, 0);
    (void)network_state(network, a, interval_between(90, 91));
    (void)network_state(network, b, interval_between(92, 93));
    network_trust(network, network_state(network, mean, interval_between(94, 95)));
    conflicts = network_solve(network, &n);
    assert_int_equal(n, 1);
    assert_int_equal(conflicts[0].n_statements, 3);
    assert_true(conflicts[0].dropped != 2); /* what is trusted stays */
    arena_free(arena);
}

/* Random networks around a known solution: true statements never contradict each other; false ones
 * are found only in sets of which each member is needed. */
static void test_random(void **state)
{
    enum { RUNS = 400, VARIABLES = 14, LAWS = 12, STATEMENTS = 18 };
    uint64_t seed = 0x9E3779B97F4A7C15;
    size_t found = 0;

    (void)state;
    for (int run = 0; run < RUNS; run++) {
        Arena *arena = arena_new();
        Network *network = network_new(arena);
        double truth[VARIABLES];
        Interval values[STATEMENTS + 1];
        const Conflict *conflicts;
        size_t n;

        for (int v = 0; v < VARIABLES; v++) {
            truth[v] = 1 + (double)(random_next(&seed) % 1000) / 10;
            (void)network_variable(network, POSITIVE);
        }
        for (int i = 0; i < LAWS; i++) {
            uint32_t x = (uint32_t)(random_next(&seed) % VARIABLES),
                     y = (x + 1 + (uint32_t)(random_next(&seed) % 5)) % VARIABLES,
                     z = (y + 1 + (uint32_t)(random_next(&seed) % 5)) % VARIABLES;

            if (x == z) {
                continue;
            }
            if ((truth[x] - truth[y]) * (truth[x] - truth[z]) <= 0 && random_next(&seed) % 2 == 0) {
                (void)network_law(network, LAW_HULL, (Term[]){{x, 0}, {y, 0}, {z, 0}}, 3, 0);
            } else if (random_next(&seed) % 2 == 0) {
                (void)product(network, x, truth[x] / (truth[y] * truth[z]), y, z);
            } else {
                (void)network_law(network, LAW_SUM, (Term[]){{x, -1}, {y, 1}, {z, 1}}, 3,
                                  truth[x] - truth[y] - truth[z]);
            }
        }
        for (int s = 0; s < STATEMENTS; s++) {
            uint32_t v = (uint32_t)(random_next(&seed) % VARIABLES);
            double wide = truth[v] * (double)(1 + random_next(&seed) % 50) / 1000;

            values[s] = interval_between(truth[v] - wide, truth[v] + wide);
            if (run % 2 == 1 && random_next(&seed) % 9 == 0) { /* a slip */
                values[s] = interval_between(truth[v] * 1.2, truth[v] * 1.25);
            }
            (void)network_state(network, v, values[s]);
        }
        conflicts = network_solve(network, &n);
        assert_true(run % 2 == 1 || n == 0);
        for (size_t c = 0; c < n; c++) {
            const Conflict *one = &conflicts[c];

            found++;
            assert_true(one->n_statements >= 1);
            assert_false(network_holds(network, one->statements, one->n_statements, NULL));
            for (size_t out = 0; out < one->n_statements; out++) {
                uint32_t rest[STATEMENTS];
                size_t n_rest = 0;

                for (size_t i = 0; i < one->n_statements; i++) {
                    if (i != out) {
                        rest[n_rest++] = one->statements[i];
                    }
                }
                assert_true(network_holds(network, rest, n_rest, NULL));
            }
        }
        arena_free(arena);
    }
    assert_true(found > RUNS / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shares), cmocka_unit_test(test_power),
        cmocka_unit_test(test_bounds), cmocka_unit_test(test_circles),
        cmocka_unit_test(test_hull),   cmocka_unit_test(test_random)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
