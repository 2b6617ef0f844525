/* Conform: whether what a plan says can be read with the dictionary: indicators, regions, units,
 * years, bodies. */
#ifndef LONGTU_PLAN_CONFORM_H
#define LONGTU_PLAN_CONFORM_H

#include "plan/catalog.h"

/* Reports LT1009, LT2003, LT2004, LT2006, LT3001, LT3002, LT3004, LT3005, LT3009, and as a warning
 * LT5001. ERR_INPUT after any error; OK after warnings. */
Err plan_conform(const Catalog *catalog, const Plan *plan, Diags *diags);

#endif
