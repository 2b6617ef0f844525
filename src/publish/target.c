/* Target, written for people: what is to be reached, with its sign, digits and unit. */
#include "publish/target.h"

#include "publish/number.h"

static void statement_print(Buf *out, const Catalog *catalog, Str indicator, int comparator,
                            Decimal value, Str unit, int kind, Str relative_to, Lang lang)
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
    if (relative_to.len != 0) {
        uint32_t area = catalog_entity(catalog, relative_to);
        Str name = area == NONE ? relative_to : text_in(catalog->entities.at[area].name, lang);

        buf_format(out, lang == LANG_ZH ? "（相对%.*s）" : " (relative to %.*s)", STR_ARG(name));
    }
}

void target_print(Buf *out, const Catalog *catalog, const Target *target, Lang lang)
{
    statement_print(out, catalog, target->indicator, target->comparator, target->value.value,
                    target->unit, target->kind, target->relative_to, lang);
}

void fact_print(Buf *out, const Catalog *catalog, const Fact *fact, Lang lang)
{
    statement_print(out, catalog, fact->indicator, fact->comparator, fact->value.value, fact->unit,
                    fact->kind, fact->relative_to, lang);
}

Str statement_name(const Catalog *catalog, Str indicator, Text name, Lang lang)
{
    uint32_t index = catalog_indicator(catalog, indicator);

    return index == NONE || name.zh.len != 0 ? text_in(name, lang)
                                             : text_in(catalog->indicators.at[index]->name, lang);
}
