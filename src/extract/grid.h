/* Grid: tables of indicators, whose columns are years, and tables that divide tasks. */
#ifndef LONGTU_EXTRACT_GRID_H
#define LONGTU_EXTRACT_GRID_H

#include "extract/duty.h"
#include "extract/frame.h"

/* Adds what the table states; false if it is neither kind of table: its cells are text then. */
bool grid_read(Frames *frames, Duties *duties, const Document *doc, const DocTable *table,
               Scan *scan);

#endif
