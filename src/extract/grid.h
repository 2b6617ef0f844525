/* Grid: tables of indicators, whose columns are years, and tables that divide tasks. */
#ifndef LONGTU_EXTRACT_GRID_H
#define LONGTU_EXTRACT_GRID_H

#include "extract/duty.h"
#include "extract/frame.h"

/* What stands in a cell whose numbers state nothing. */
typedef enum { CELL_OTHER, CELL_SERIAL, CELL_UNIT } CellKind;

/* Adds what the table states; false if it is neither kind of table: its cells are text then.
 * `kinds`: of each cell of the table, in its order. */
bool grid_read(Frames *frames, Duties *duties, const Document *doc, const DocTable *table,
               Scan *scan, uint8_t *kinds);

#endif
