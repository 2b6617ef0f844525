/* Check: what the tests of this room share: an arena with diagnostics, and statements about them.
 */
#ifndef LONGTU_PLAN_TEST_CHECK_H
#define LONGTU_PLAN_TEST_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/diag.h"
#include "plan/yaml.h"

#include <stdlib.h>
#include <string.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof(rows)[0])

typedef struct {
    Arena *arena;
    Diags diags;
} Fixture;

static inline int set_up(void **state)
{
    Fixture *fixture = calloc(1, sizeof *fixture);

    if (fixture == NULL) {
        return -1;
    }
    fixture->arena = arena_new();
    fixture->diags = diags_new(fixture->arena);
    *state = fixture;
    return 0;
}

static inline int tear_down(void **state)
{
    Fixture *fixture = *state;

    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

/* Forgets everything, for the next row of a table. */
static inline void start_over(Fixture *fixture)
{
    arena_free(fixture->arena);
    fixture->arena = arena_new();
    fixture->diags = diags_new(fixture->arena);
}

static inline void assert_holds(Str text, const char *words)
{
    if (str_find(text, str_z(words)) == SIZE_MAX) {
        fail_msg("%s is not in:\n%.*s", words, STR_ARG(text));
    }
}

/* How often the words stand in the text. */
static inline size_t count_words(Str text, const char *words)
{
    size_t n = 0, at;

    for (; (at = str_find(text, str_z(words))) != SIZE_MAX; n++) {
        text = str_slice(text, at + 1, text.len);
    }
    return n;
}

static inline void assert_text(Str got, const char *want)
{
    if (!str_eq(got, str_z(want))) {
        fail_msg("got\n%.*s\nwant\n%s", STR_ARG(got), want);
    }
}

/* What was reported, as people read it. */
static inline const char *reported(Fixture *fixture)
{
    Buf out = buf_new(fixture->arena);

    diags_print(&out, &fixture->diags, LANG_EN, false);
    return str_to_z(fixture->arena, buf_str(&out));
}

static inline void assert_clean(Fixture *fixture, const char *input)
{
    if (fixture->diags.all.n != 0) {
        fail_msg("of\n%s\nwas said\n%s", input, reported(fixture));
    }
}

/* The text that a place points at; empty for a place between two characters. */
static inline Str pointed_at(const Place *place)
{
    size_t start = SIZE_MAX, end = SIZE_MAX;
    uint32_t column = 1;

    for (size_t i = 0; i <= place->text.len; i++) {
        bool begins = i == place->text.len || ((unsigned char)place->text.at[i] & 0xC0) != 0x80;

        start = begins && column == place->column ? i : start;
        end = begins && column == place->end ? i : end;
        column += begins;
    }
    return end == SIZE_MAX ? (Str){"(outside the line)", 18} : str_slice(place->text, start, end);
}

/* The i-th report is this code, at this line, under this text. */
static inline void assert_said(Fixture *fixture, size_t i, Code code, uint32_t line, const char *at)
{
    const Diag *diag = i < fixture->diags.all.n ? &fixture->diags.all.at[i] : NULL;

    if (diag == NULL || diag->code != code || diag->place.line != line ||
        !str_eq(pointed_at(&diag->place), str_z(at))) {
        fail_msg("report %zu is not %.*s at line %u under '%s':\n%s", i,
                 STR_ARG(code_info(code)->name), line, at, reported(fixture));
    }
}

/* It is the only one. */
static inline void assert_only(Fixture *fixture, Code code, uint32_t line, const char *at)
{
    assert_said(fixture, 0, code, line, at);
    if (fixture->diags.all.n != 1) {
        fail_msg("more than one report:\n%s", reported(fixture));
    }
}

static inline Source source_of(const char *text)
{
    return (Source){STR_INIT("test.yaml"), str_z(text)};
}

static inline YamlDoc read_yaml(Fixture *fixture, const char *text)
{
    YamlDoc doc;
    Err err = yaml_read(fixture->arena, source_of(text), &doc, &fixture->diags);

    if (err != OK) {
        fail_msg("cannot read\n%s\n%s", text, reported(fixture));
    }
    return doc;
}

#endif
