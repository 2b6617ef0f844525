/* Fuzzing of Network: any laws and statements end, and each contradiction is one. */
#include "check/network.h"

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct {
    const uint8_t *at;
    size_t left;
} Bytes;

static uint8_t take(Bytes *bytes)
{
    if (bytes->left == 0) {
        return 0;
    }
    bytes->left--;
    return *bytes->at++;
}

static double number(Bytes *bytes)
{
    static const double SPECIAL[] = {0, -INFINITY, INFINITY, 1e300, -1e300, 1e-300, 0.01, 100};
    uint8_t kind = take(bytes);

    return kind < 8 ? SPECIAL[kind] : ((double)kind - 128) * pow(10, (double)(take(bytes) % 7) - 3);
}

static Interval between(Bytes *bytes)
{
    double a = number(bytes), b = number(bytes);
    uint8_t open = take(bytes);

    if (a == b) {
        return interval_point(isfinite(a) ? a : 0);
    }
    return (Interval){fmin(a, b), fmax(a, b), (open & 1) != 0 || isinf(fmin(a, b)),
                      (open & 2) != 0 || isinf(fmax(a, b))};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { MAX_VARIABLES = 12, MAX_LAWS = 20, MAX_STATEMENTS = 20 };
    Arena *arena = arena_new();
    Network *network = network_new(arena);
    Bytes bytes = {data, size};
    uint32_t n = 3 + take(&bytes) % (MAX_VARIABLES - 2);
    size_t n_conflicts;
    const Conflict *conflicts;

    for (uint32_t i = 0; i < n; i++) {
        uint8_t kind = take(&bytes);

        (void)network_variable(network, kind % 3 == 0   ? interval_all()
                                        : kind % 3 == 1 ? interval_between(0, INFINITY)
                                                        : interval_between(0, 100));
    }
    for (int i = take(&bytes) % MAX_LAWS; i > 0; i--) {
        uint32_t x = take(&bytes) % n, y = (x + 1 + take(&bytes) % (n - 2)) % n,
                 z = y + 1 == x || (y + 1) % n == x ? (y + 2) % n : (y + 1) % n;
        double factor = number(&bytes);

        factor = isfinite(factor) && fabs(factor) > 1e-6 && fabs(factor) < 1e6 ? factor : 1;
        switch (take(&bytes) % 4) {
        case 0:
            (void)network_law(network, LAW_SUM, (Term[]){{x, -1}, {y, factor}, {z, 1}}, 3,
                              (double)take(&bytes) - 100);
            break;
        case 1:
            (void)network_law(network, LAW_PRODUCT, (Term[]){{x, factor}, {y, 0}, {z, 0}}, 3, 0);
            break;
        case 2: (void)network_law(network, LAW_HULL, (Term[]){{x, 0}, {y, 0}, {z, 0}}, 3, 0); break;
        default:
            (void)network_law(network, LAW_POWER, (Term[]){{x, 0}, {y, 1 + take(&bytes) % 200}}, 2,
                              0);
        }
    }
    for (int i = take(&bytes) % MAX_STATEMENTS; i > 0; i--) {
        uint8_t variable = take(&bytes);
        uint32_t statement = network_state(network, variable % n, between(&bytes));

        if (variable >= 240) {
            network_trust(network, statement);
        }
    }
    conflicts = network_solve(network, &n_conflicts);
    for (size_t i = 0; i < n_conflicts; i++) {
        if (conflicts[i].n_statements == 0 ||
            network_holds(network, conflicts[i].statements, conflicts[i].n_statements, NULL)) {
            abort();
        }
    }
    arena_free(arena);
    return 0;
}
