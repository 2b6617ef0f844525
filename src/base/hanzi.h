/* Hanzi: numbers written in Chinese characters: 二十三, 一百零五, 三千六百万, 二○二五. */
#ifndef LONGTU_BASE_HANZI_H
#define LONGTU_BASE_HANZI_H

#include "base/str.h"

enum { HANZI_NOT = -1 };

/* 0 to 9 for 〇零○一…九两 and 壹…玖, else HANZI_NOT. */
int hanzi_digit(uint32_t code);

/* Power of ten of 十 百 千 万 亿 (1, 2, 3, 4, 8) and 拾 佰 仟, 0 for anything else. */
int hanzi_power(uint32_t code);

/* Reads the longest number at the start of the text; its length in bytes, 0 if there is none. A row
 * of digits is a number too (二○二五 is 2025); digits that follow a power stand for the next lower
 * one (三百五 is 350). A row of powers alone is not a number: 百 and 千万 give 0, 十 gives 10.
 * Values over 10^15 give 0. */
size_t hanzi_read(Str text, int64_t *value);

#endif
