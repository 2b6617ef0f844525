/* What the tests of frames share: what sentences state, as text. */
#ifndef LONGTU_EXTRACT_TEST_FRAME_H
#define LONGTU_EXTRACT_TEST_FRAME_H

#include "extract/test_extract.h"

/* “T 地区生产总值 [gdp] >=900亿元 2025”: target or fact, name, indicator, value, year (0: the usual
 * one), then what else is stated. */
static inline void put_statement(Buf *out, const Known *known, const Statement *statement)
{
    static const char *const KINDS[] = {[TARGET_KIND_NONE] = "",
                                        [TARGET_LEVEL] = "",
                                        [TARGET_SHARE] = " share",
                                        [TARGET_ANNUAL_GROWTH] = " yearly",
                                        [TARGET_CUMULATIVE_CHANGE] = " change"};
    static const char *const BOUND[] = {"", " binding", " expected"};
    const Catalog *catalog = known->lexicon->catalog;

    buf_format(out, "%s %.*s ", statement->is_target ? "T" : "F", STR_ARG(statement->name));
    if (statement->indicator != NONE) {
        buf_format(out, "[%.*s] ", STR_ARG(catalog->indicators.at[statement->indicator]->id));
    }
    assert_int_not_equal(statement->comparator, COMPARE_NONE);
    buf_add(out, str_z(COMPARATOR_WORDS[statement->comparator - 1]));
    put_decimal(out, statement->value);
    buf_format(out, "%.*s %d%s%s", STR_ARG(statement->unit), statement->year,
               KINDS[statement->kind], BOUND[statement->binding]);
    if (statement->has_baseline) {
        buf_add(out, STR(" from "));
        put_decimal(out, statement->baseline);
    }
    if (statement->since != 0) {
        buf_format(out, " since %d", statement->since);
    }
    if (statement->region != NONE) {
        buf_format(out, " @%.*s", STR_ARG(catalog->entities.at[statement->region].name.zh));
    }
    buf_add(out, statement->implicit ? STR(" implicit") : STR(""));
}

/* Of a paragraph in a plan of Gansu for 2021 to 2025. */
static inline Str read_paragraph(const Known *known, Arena *arena, Str text, Mode mode)
{
    Buf out = buf_new(arena);
    Scan scan = {.arena = arena};
    Frames frames = {.lexicon = known->lexicon,
                     .arena = arena,
                     .text = text,
                     .usual = 2025,
                     .first = 2021,
                     .last = 2025,
                     .horizon = 2035,
                     .now = 2021,
                     .area = catalog_entity(known->lexicon->catalog, STR("甘肃省"))};

    frames_paragraph(&frames, 0, mode, 0);
    for (uint32_t at = 0; at < text.len;) {
        at = scan_sentence(known->lexicon, text, at, (uint32_t)text.len, &scan);
        frames_sentence(&frames, &scan);
    }
    for (size_t i = 0; i < frames.statements.n; i++) {
        const Statement *statement = &frames.statements.at[i];

        assert_true(statement->at.start < statement->at.end && statement->at.end <= text.len);
        buf_add(&out, i > 0 ? STR("; ") : STR(""));
        put_statement(&out, known, statement);
    }
    return buf_str(&out);
}

static inline Str read_goals(const Known *known, Arena *arena, Str text)
{
    return read_paragraph(known, arena, text, MODE_FUTURE);
}

static inline Str read_review(const Known *known, Arena *arena, Str text)
{
    return read_paragraph(known, arena, text, MODE_PAST);
}

#endif
