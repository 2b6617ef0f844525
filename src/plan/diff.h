/* Diff: what one edition of a plan says differently from another. */
#ifndef LONGTU_PLAN_DIFF_H
#define LONGTU_PLAN_DIFF_H

#include "base/vec.h"
#include "plan/catalog.h"

/* X(constant, word, zh, en) */
#define DIFF_KINDS(X)                                                                              \
    X(DIFF_CHANGED, "changed", "改动", "changed")                                                  \
    X(DIFF_ADDED, "added", "新增", "added")                                                        \
    X(DIFF_DROPPED, "dropped", "删去", "dropped")
/* What a change means for those who must reach it. */
#define DIFF_SENSES(X)                                                                             \
    X(SENSE_STRICTER, "stricter", "更严", "stricter")                                              \
    X(SENSE_WEAKER, "weaker", "更宽", "weaker")                                                    \
    X(SENSE_MIXED, "mixed", "有严有宽", "both stricter and weaker")                                \
    X(SENSE_SAME, "same", "同值", "same amount")

typedef enum {
#define X(name, ...) name,
    DIFF_KINDS(X)
#undef X
        DIFF_N_KINDS
} DiffKind;
typedef enum {
    SENSE_NONE, /* neither, or it cannot be told */
#define X(name, ...) name,
    DIFF_SENSES(X)
#undef X
        DIFF_N_SENSES
} DiffSense;

typedef struct { /* one edition, and the dictionary that it was read against */
    const Plan *plan;
    const Catalog *catalog;
} DiffSide;

typedef struct {
    Str key;      /* value; of the head also area.group, source.number */
    bool is_list; /* owners, cooperating, area.members: then gone and come tell the change */
    Str old, new; /* empty for nothing */
    StrList gone, come;
} DiffField;

typedef struct {
    DiffKind kind;
    const Field *list;     /* of PLAN_RECORD: targets; NULL for the head of the plan */
    const void *old, *new; /* Target, Task, …, of the head Plan; NULL where there is none */
    DiffSense sense;
    LIST(DiffField) fields; /* of a change */
} DiffChange;

typedef VEC(DiffChange) Diff;

/* First the head, then targets, facts, phases, tasks, projects, mechanisms, each in the order of
 * the new edition with what was dropped behind. Entries are the same if they agree in what they are
 * about (indicator or name), region, kind and year; else if they do in part of this; else if their
 * names are much alike. Where they stand does not count, nor do numbers of chapters and tasks, and
 * what is left out is the same as its default. */
void plan_diff(Arena *arena, DiffSide old, DiffSide new, Diff *out);

/* For each new plan the old one that it is an edition of, or SIZE_MAX: by id, by title, by likeness
 * of titles; one that is left goes with one that is left. */
void plan_pair(Arena *arena, const Plan *old, size_t n_old, const Plan *new, size_t n_new,
               size_t *partner);

extern const char *const DIFF_KIND_WORDS[], *const DIFF_SENSE_WORDS[]; /* by kind; by sense - 1 */
Text diff_kind_text(DiffKind kind);
Text diff_sense_text(DiffSense sense);

#endif
