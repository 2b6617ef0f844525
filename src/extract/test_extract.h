/* What the tests of this room share: the project's dictionary as a lexicon, what was read as text,
 * and tables of texts with what they should give. */
#ifndef LONGTU_EXTRACT_TEST_EXTRACT_H
#define LONGTU_EXTRACT_TEST_EXTRACT_H

#include "plan/test_gansu.h"

#include "extract/frame.h"

typedef struct {
    Fixture fixture;
    const Lexicon *lexicon;
} Known;

static inline int know(void **state)
{
    Known *known = calloc(1, sizeof *known);

    if (known == NULL) {
        return -1;
    }
    known->fixture.arena = arena_new();
    known->fixture.diags = diags_new(known->fixture.arena);
    known->lexicon = lexicon_new(known->fixture.arena, gansu(&known->fixture));
    *state = known;
    return 0;
}

static inline int forget(void **state)
{
    Known *known = *state;

    arena_free(known->fixture.arena);
    free(known);
    return 0;
}

typedef struct {
    const char *text, *want;
} Row;

/* What the text gives, in words of the test's own; it may use the arena for it. */
typedef Str (*Reader)(const Known *known, Arena *arena, Str text);

static inline void check_rows(const Known *known, Reader reader, const Row *rows, size_t n)
{
    size_t wrong = 0;

    for (size_t i = 0; i < n; i++) {
        Arena *arena = arena_new();
        Str got = reader(known, arena, str_z(rows[i].text));

        if (!str_eq(got, str_z(rows[i].want))) {
            print_message("%s\n  got  %.*s\n  want %s\n", rows[i].text, STR_ARG(got), rows[i].want);
            wrong++;
        }
        arena_free(arena);
    }
    if (wrong > 0) {
        fail_msg("%zu of %zu are wrong", wrong, n);
    }
}

static inline void put_decimal(Buf *out, Decimal value)
{
    char text[DECIMAL_TEXT];

    buf_add(out, decimal_format(value, text));
}

/* “>=3—5万人”: nothing in front where nothing was said, = where that was settled. */
static inline void put_quantity(Buf *out, const Quantity *quantity)
{
    static const char *const SIGNS[] = {[COMPARE_NONE] = "",
                                        [COMPARE_AT_LEAST] = ">=",
                                        [COMPARE_AT_MOST] = "<=",
                                        [COMPARE_EQUAL] = "=",
                                        [COMPARE_ABOUT] = "~"};

    buf_add(out, str_z(SIGNS[quantity->comparator]));
    put_decimal(out, quantity->value);
    if (quantity->range) {
        buf_add(out, STR("—"));
        put_decimal(out, quantity->high);
    }
    buf_add(out, quantity->unit);
    buf_add(out, quantity->over ? STR(" over") : STR(""));
    buf_add(out, quantity->ratio ? STR(" ratio") : STR(""));
    buf_add(out, quantity->level ? STR(" level") : STR(""));
    buf_add(out, quantity->attributive ? STR(" attributive") : STR(""));
}

/* “2025-06-30”, “2021—2025”, “+0” for 今年, “every 2”, “3m later”; “<” before, “$” end, “>” from.
 */
static inline void put_time(Buf *out, const Time *time)
{
    switch ((TimeKind)time->kind) {
    case TIME_POINT: buf_format(out, "%d", time->first); break;
    case TIME_SPAN: buf_format(out, "%d—%d", time->first, time->last); break;
    case TIME_OFFSET: buf_format(out, "+%d", time->first); break;
    case TIME_REPEAT: buf_format(out, "every %d", time->first); break;
    case TIME_LENGTH: buf_add(out, STR("length")); break;
    case TIME_AFTER: buf_format(out, "%d%c later", time->day, time->unit); return;
    }
    if (time->month != 0) {
        buf_format(out, "-%d", time->month);
    }
    if (time->day != 0) {
        buf_format(out, "-%d", time->day);
    }
    buf_add(out, (time->flags & TIME_END) != 0 ? STR("$") : STR(""));
    buf_add(out, (time->flags & TIME_BEFORE) != 0 ? STR("<") : STR(""));
    buf_add(out, (time->flags & TIME_FROM) != 0 ? STR(">") : STR(""));
    buf_add(out, (time->flags & TIME_FIVE) != 0 ? STR(" five") : STR(""));
    buf_add(out, (time->flags & TIME_TITLE) != 0 ? STR(" title") : STR(""));
}

#endif
