/* Target, written for people: what is to be reached, with its sign, digits and unit. */
#ifndef LONGTU_PUBLISH_TARGET_H
#define LONGTU_PUBLISH_TARGET_H

#include "plan/catalog.h"

/* “年均 ≥ 6.5%”, “累计 -16%”, “约 30%”, “3.5 个百分点（相对甘肃省）”. The unit is the statement's
 * own, else the indicator's. The value must be given. */
void target_print(Buf *out, const Catalog *catalog, const Target *target, Lang lang);
void fact_print(Buf *out, const Catalog *catalog, const Fact *fact, Lang lang);

/* The document's words, or the indicator's name. */
Str statement_name(const Catalog *catalog, Str indicator, Text name, Lang lang);

#endif
