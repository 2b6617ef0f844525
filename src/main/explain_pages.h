/* Explain pages: the pages of docs/checks and docs/zh/checks, built into the program. */
#ifndef LONGTU_MAIN_EXPLAIN_PAGES_H
#define LONGTU_MAIN_EXPLAIN_PAGES_H

#include <stddef.h>

typedef struct {
    const char *name; /* path within docs: zh/checks/LT2101.md */
    const unsigned char *at;
    size_t len;
} ExplainPage;

extern const ExplainPage EXPLAIN_PAGES[];
extern const size_t N_EXPLAIN_PAGES;

#endif
