/* Hanzi: numbers written in Chinese characters: 二十三, 一百零五, 三千六百万, 二○二五. */
#include "base/hanzi.h"

#include "base/utf8.h"

static const int64_t MAX_VALUE = 1000000000000000;

int hanzi_digit(uint32_t code)
{
    switch (code) {
    case 0x3007:           /* 〇 */
    case 0x25CB:           /* ○ */
    case 0x25EF:           /* ◯ */
    case 0x96F6: return 0; /* 零 */
    case 0x4E00:
    case 0x58F9: return 1; /* 一 壹 */
    case 0x4E8C:
    case 0x4E24:
    case 0x8D30: return 2; /* 二 两 贰 */
    case 0x4E09:
    case 0x53C1: return 3; /* 三 叁 */
    case 0x56DB:
    case 0x8086: return 4; /* 四 肆 */
    case 0x4E94:
    case 0x4F0D: return 5; /* 五 伍 */
    case 0x516D:
    case 0x9646: return 6; /* 六 陆 */
    case 0x4E03:
    case 0x67D2: return 7; /* 七 柒 */
    case 0x516B:
    case 0x634C: return 8; /* 八 捌 */
    case 0x4E5D:
    case 0x7396: return 9; /* 九 玖 */
    default: return HANZI_NOT;
    }
}

int hanzi_power(uint32_t code)
{
    switch (code) {
    case 0x5341:
    case 0x62FE: return 1; /* 十 拾 */
    case 0x767E:
    case 0x4F70: return 2; /* 百 佰 */
    case 0x5343:
    case 0x4EDF: return 3; /* 千 仟 */
    case 0x4E07: return 4; /* 万 */
    case 0x4EBF: return 8; /* 亿 */
    default: return 0;
    }
}

static int64_t ten_to(int power)
{
    int64_t value = 1;

    while (power-- > 0) {
        value *= 10;
    }
    return value;
}

size_t hanzi_read(Str text, int64_t *value)
{
    int64_t whole = 0;   /* of 亿 and 万 that are done */
    int64_t section = 0; /* below the next 万 or 亿 */
    int64_t digit = -1;  /* waits for its power */
    int last_power = 0;
    size_t used = 0, len, n_digits = 0;
    bool powers = false;

    while (used < text.len) {
        uint32_t code = utf8_at(text, used, &len);
        int one = hanzi_digit(code), power = hanzi_power(code);

        if (one != HANZI_NOT) {
            if (digit > 0 && powers) { /* 三百五六: another number begins */
                break;
            }
            digit = digit < 0 || (powers && digit == 0) ? one : digit * 10 + one;
            n_digits++;
        } else if (power != 0) {
            if (digit < 0 && (used == 0 ? power != 1 : section == 0 || power < 4)) {
                break; /* 百 alone; 三百十 */
            }
            if (n_digits > 1 && digit >= 10) {
                break; /* 二三十 is not one number */
            }
            if (power < 4) {
                section += (digit < 0 ? 1 : digit) * ten_to(power);
            } else {
                int64_t under = section + (digit < 0 ? 0 : digit);

                whole = power == 8 ? (whole + under) * ten_to(8) : whole + under * ten_to(4);
                section = 0;
            }
            digit = -1;
            n_digits = 0;
            powers = true;
            last_power = power;
        } else {
            break;
        }
        used += len;
        if (whole > MAX_VALUE || digit > MAX_VALUE / 10) {
            return 0;
        }
    }
    if (used == 0) {
        return 0;
    }
    if (digit > 0 && powers && last_power > 1 &&
        n_digits == 1) { /* 三百五: 350; 三百零五 has two */
        digit *= ten_to(last_power - 1);
    }
    *value = whole + section + (digit < 0 ? 0 : digit);
    return used;
}
