/* Layout: a plan file written again in canonical form, with its comments where they belong. */
#ifndef LONGTU_PLAN_LAYOUT_H
#define LONGTU_PLAN_LAYOUT_H

#include "plan/plan.h"

/* Writes what plan_write makes of the plan, which was read from the document (and may have been
 * merged with another since: plan_merge leaves the file's entries first), and every comment of the
 * document:
 * - what stands above all keys stays at the top;
 * - a line of comment stays above what it stood above, and below the last entry of a list or map if
 *   it was indented like its entries; an empty line below it stays;
 * - a comment behind a value stays behind it, unless several come to stand on one line: then they
 *   all go above that line.
 * Writing what was written changes nothing. */
void layout_write(Arena *arena, const YamlDoc *doc, const Plan *plan, Buf *out);

#endif
