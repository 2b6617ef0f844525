/* Target, written for people: what is to be reached, with its sign, digits and unit. */
#include "publish/target.h"

#include "publish/number.h"

void statement_print(Buf *out, const Catalog *catalog, Str indicator, int comparator, Decimal value,
                     Str unit, int kind, Lang lang)
{
    uint32_t index = catalog_indicator(catalog, indicator);
    Str sign = comparator == COMPARE_NONE ? STR("") : comparator_sign(comparator, lang);
    char digits[DECIMAL_TEXT];

    if (kind == TARGET_ANNUAL_GROWTH) {
        buf_add(out, lang == LANG_ZH ? STR("年均 ") : STR("yearly "));
    } else if (kind == TARGET_CUMULATIVE_CHANGE) {
        buf_add(out, lang == LANG_ZH ? STR("累计 ") : STR("change "));
    }
    buf_add(out, sign);
    buf_add(out, sign.len > 0 ? STR(" ") : STR(""));
    buf_add(out, decimal_format(value, digits));
    number_unit(out,
                unit.len != 0 || index == NONE ? unit : catalog->indicators.at[index]->unit_text);
}

Str statement_name(const Catalog *catalog, Str indicator, Text name, Lang lang)
{
    uint32_t index = catalog_indicator(catalog, indicator);

    return index == NONE || name.zh.len != 0 ? text_in(name, lang)
                                             : text_in(catalog->indicators.at[index]->name, lang);
}
