/* Tests of Scan on the annotated clauses of tests/extract/quantities.tsv: how many of their
 * quantities are read, and how many that are read are right. */
#include "extract/test_extract.h"

#include <math.h>

enum { MAX_READ = 32 };

/* Shares that were reached; a change that reads less is a fault. */
static const double MIN_FOUND = 0.88, MIN_RIGHT = 0.86, MIN_BOUND = 0.85;

typedef struct {
    double value; /* without the scale words in front of the unit */
    Str unit;
    Comparator comparator;
} Reading;

typedef struct {
    Reading at[MAX_READ];
    size_t n;
} Readings;

static void add(Readings *out, double value, Str unit, Comparator comparator)
{
    static const struct {
        const char *word;
        double factor;
    } SCALES[] = {{"万亿", 1e12}, {"千万", 1e7}, {"百万", 1e6}, {"亿", 1e8}, {"万", 1e4}};

    for (size_t k = 0; k < N_ROWS(SCALES); k++) {
        if (str_starts(unit, str_z(SCALES[k].word))) {
            value *= SCALES[k].factor;
            unit = str_slice(unit, strlen(SCALES[k].word), unit.len);
            break;
        }
    }
    assert_true(out->n < MAX_READ);
    out->at[out->n++] =
        (Reading){value, unit, comparator == COMPARE_NONE ? COMPARE_EQUAL : comparator};
}

static void add_quantity(Readings *out, const Quantity *quantity)
{
    double value = decimal_to_double(quantity->value);

    if (quantity->range) {
        add(out, value, quantity->unit, COMPARE_AT_LEAST);
        add(out, decimal_to_double(quantity->high), quantity->unit, COMPARE_AT_MOST);
    } else {
        add(out, value, quantity->unit, (Comparator)quantity->comparator);
    }
}

/* Words that stand for a number, as the annotation has them. */
static void add_word(Readings *out, const Item *item)
{
    switch (item->sub) {
    case WORD_COVER_ALL:
    case WORD_ALL_DONE:
    case WORD_GENERAL:
    case WORD_ZERO_GROWTH: add(out, item->number, STR("%"), COMPARE_EQUAL); break;
    case WORD_HALF: add(out, 50, STR("%"), COMPARE_EQUAL); break;
    case WORD_DOUBLE: add(out, item->number, STR("倍"), COMPARE_EQUAL); break;
    default: break;
    }
}

static Readings read_clause(const Lexicon *lexicon, Arena *arena, Str text)
{
    Readings out = {.n = 0};
    Scan scan = {.arena = arena};

    for (uint32_t at = 0; at < text.len;) {
        at = scan_sentence(lexicon, text, at, (uint32_t)text.len, &scan);
        for (size_t i = 0; i < scan.items.n; i++) {
            const Item *item = &scan.items.at[i];
            Quantity length;

            if (item->kind == ITEM_QUANTITY) {
                add_quantity(&out, &scan.quantities.at[item->number]);
            } else if (item->kind == ITEM_WORD) {
                add_word(&out, item);
            } else if (item->kind == ITEM_TIME && scan.times.at[item->number].kind == TIME_LENGTH &&
                       quantity_read(lexicon, text, item->at.start, text.len, &length) != 0) {
                add_quantity(&out, &length);
            }
        }
    }
    return out;
}

/* value|unit|comparator;… */
static Readings read_expected(Str text)
{
    Readings out = {.n = 0};

    while (text.len > 0) {
        Str one = str_cut(text, ';', &text), rest, value = str_cut(one, '|', &rest),
            unit = str_cut(rest, '|', &rest);
        Decimal decimal;
        Comparator comparator = COMPARE_NONE;

        assert_int_equal(decimal_parse(value, &decimal), DECIMAL_OK);
        for (Comparator k = COMPARE_AT_LEAST; k <= COMPARE_ABOUT; k++) {
            comparator = str_eq(rest, str_z(COMPARATOR_WORDS[k - 1])) ? k : comparator;
        }
        assert_int_not_equal(comparator, COMPARE_NONE);
        add(&out, decimal_to_double(decimal), unit, comparator);
    }
    return out;
}

static bool same_value(const Reading *a, const Reading *b)
{
    return fabs(a->value - b->value) <= 1e-9 * fmax(1, fabs(a->value));
}

/* How many can be matched one to one, in order; bounded: with the same comparator as well. */
static size_t match(const Readings *wanted, const Readings *got, bool bounded)
{
    bool taken[MAX_READ] = {false};
    size_t n = 0;

    for (size_t i = 0; i < wanted->n; i++) {
        for (size_t k = 0; k < got->n; k++) {
            const Reading *want = &wanted->at[i], *have = &got->at[k];

            if (!taken[k] && same_value(want, have) && str_eq(want->unit, have->unit) &&
                (!bounded || want->comparator == have->comparator)) {
                taken[k] = true;
                n++;
                break;
            }
        }
    }
    return n;
}

static void test_clauses(void **state)
{
    Known *known = *state;
    Str rest, line;
    size_t wanted = 0, got = 0, found = 0, bounded = 0;

    assert_int_equal(file_read(known->fixture.arena, STR("tests/extract/quantities.tsv"), 1 << 20,
                               &rest, &known->fixture.diags),
                     OK);
    (void)str_cut(rest, '\n', &rest); /* names of the columns */
    while (rest.len > 0) {
        Arena *arena = arena_new();
        Str clause;
        Readings want, have;
        size_t n;

        line = str_cut(rest, '\n', &rest);
        clause = str_cut(line, '\t', &line);
        want = read_expected(str_cut(line, '\t', &line));
        have = read_clause(known->lexicon, arena, clause);
        n = match(&want, &have, true);
        wanted += want.n;
        got += have.n;
        found += match(&want, &have, false);
        bounded += n;
        arena_free(arena);
    }
    print_message("%zu quantities, %zu read, %zu found, %zu with their bounds\n", wanted, got,
                  found, bounded);
    assert_true(wanted > 400);
    assert_true((double)found >= MIN_FOUND * (double)wanted);
    assert_true((double)found >= MIN_RIGHT * (double)got);
    assert_true((double)bounded >= MIN_BOUND * (double)wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_clauses)};

    return cmocka_run_group_tests(tests, know, forget);
}
