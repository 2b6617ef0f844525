/* Tests of Quantity: numbers, units and bounds as they are written. */
#include "extract/test_extract.h"

/* The quantity, and what is left of the text behind it. */
static Str read_quantity(const Known *known, Arena *arena, Str text)
{
    static const char *const CLASSES[] = {"no", "rate", "points", "times", "count", "time", "size"};
    Buf out = buf_new(arena);
    Quantity quantity;
    size_t len = quantity_read(known->lexicon, text, 0, text.len, &quantity);

    if (len == 0) {
        return STR("none");
    }
    put_quantity(&out, &quantity);
    buf_format(&out, " %s", CLASSES[quantity.is]);
    if (len < text.len) {
        buf_format(&out, " | %.*s", STR_ARG(str_slice(text, len, text.len)));
    }
    assert_int_equal(quantity.at.start, 0);
    assert_int_equal(quantity.at.end, len);
    assert_true(quantity.number.end <= quantity.at.end);
    assert_true(quantity.range ? decimal_cmp(quantity.value, quantity.high) < 0
                               : decimal_cmp(quantity.value, quantity.high) == 0);
    return buf_str(&out);
}

static Str read_magnitude(const Known *known, Arena *arena, Str text)
{
    Buf out = buf_new(arena);
    Quantity quantity;
    size_t len = magnitude_read(known->lexicon, text, 0, text.len, &quantity);

    if (len == 0) {
        return STR("none");
    }
    put_quantity(&out, &quantity);
    if (len < text.len) {
        buf_format(&out, " | %.*s", STR_ARG(str_slice(text, len, text.len)));
    }
    return buf_str(&out);
}

static void test_digits(void **state)
{
    static const Row ROWS[] = {
        {"486亿元", "486亿元 size"},
        {"1.2万亿元", "1.2万亿元 size"},
        {"25.40%", "25.40% rate"}, /* digits are kept as they are printed */
        {"0.575", "0.575 no"},
        {"５８．２％", "58.2% rate"},
        {"５８.2%", "58.2% rate"},
        {"12,345.6元", "12345.6元 size"},
        {"1,234,567人", "1234567人 count"},
        {"1,23", "1 no | ,23"},     /* no thousands */
        {"1,2345", "1 no | ,2345"}, /* nor these */
        {"3.", "3 no | ."},
        {"3.5.1", "3.5 no | .1"},
        {"30 万人", "30万人 count"},
        {"30　万人", "30万人 count"}, /* U+3000 */
        {"30\n万人", "30 no | \n万人"},
        {"123456789012345678", "123456789012345678 no"},
        {"1234567890123456789", "none"}, /* more digits than fit */
        {"0.1234567890123456789", "none"},
        {"007", "7 no"},
        {"abc", "none"},
        {"", "none"},
    };

    check_rows(*state, read_quantity, ROWS, N_ROWS(ROWS));
}

static void test_hanzi(void **state)
{
    static const Row ROWS[] = {
        {"三千亿元", "3000亿元 size"},
        {"两千五百亩", "2500亩 size"},
        {"一百家", "100家 count"},
        {"十二条", "12条 count"},
        {"二〇二〇家", "2020家 count"},
        {"六点五个百分点", "6.5个百分点 points"},
        {"一亿两千万元", "120000000元 size"},
        {"三分之一", "33.33% level rate"},
        {"三分之二以上", ">=66.67% level rate"},
        {"四分之三", "75.00% level rate"},
        {"百分之八十五", "85% rate"},
        {"百分之九十以上", ">=90% rate"},
        {"百分之百", "100% rate"},
        {"百分之五点五左右", "~5.5% rate"},
        {"五成", "50% rate"},
        {"七成以上", ">=70% rate"},
        {"六成五", "65% rate"},
        {"三成半", "35% rate"},
        {"一成立", "1 no | 成立"}, /* 成立 is a word */
        {"半小时", "0.5小时 time"},
        {"半个小时以内", "<=0.5小时 time"},
        {"半径", "none"},
        {"两倍", "2倍 times"},
        {"一倍以上", ">=1倍 times"},
        {"十五亿", "15亿 size"},
    };

    check_rows(*state, read_quantity, ROWS, N_ROWS(ROWS));
}

static void test_bounds(void **state)
{
    static const Row ROWS[] = {
        {"30万人左右", "~30万人 count"},
        {"95%以上", ">=95% rate"},
        {"5.5%以内", "<=5.5% rate"},
        {"30微克/立方米以下", "<=30微克/立方米 size"},
        {"500家以上", ">=500家 count"},
        {"1200多家", ">=1200家 count"},
        {"100余项", ">=100项 count"},
        {"三亿元多", ">=3亿元 size"},
        {"20 %以上", ">=20% rate"},
        {"7% 左右", "~7% rate"},
        {"3%上下", "~3% rate"},
        {"1小时内", "<=1小时 time"},
        {"50个工作日以内", "<=50个工作日 time"},
        {"5%区间", "5% rate | 区间"},
        {"3岁以下婴幼儿", "<=3岁 attributive size | 婴幼儿"},
        {"65岁以上老年人", ">=65岁 attributive size | 老年人"},
        {"10万人以上的城市", ">=10万人 attributive count | 的城市"},
        {"95%以上，", ">=95% rate | ，"},
        {"95%以上和80%", ">=95% rate | 和80%"},
    };

    check_rows(*state, read_quantity, ROWS, N_ROWS(ROWS));
}

static void test_ranges(void **state)
{
    static const Row ROWS[] = {
        {"3—5个", "3—5个 count"},
        {"5%—5.5%", "5—5.5% rate"},
        {"5%-5.5%左右", "~5—5.5% rate"},
        {"95%～98%", "95—98% rate"},
        {"2至3家", "2—3家 count"},
        {"10到15公里", "10—15公里 size"},
        {"100万—120万人", "100—120万人 count"},
        {"三至五家", "3—5家 count"},
        {"5—3个", "5 no | —3个"},         /* no range downwards */
        {"5%—5公里", "5% rate | —5公里"}, /* nor between two units */
        {"8.5%——9%", "8.5—9% rate"},
        {"80－90分", "80—90分 size"},
    };

    check_rows(*state, read_quantity, ROWS, N_ROWS(ROWS));
}

static void test_units(void **state)
{
    static const Row ROWS[] = {
        {"2.3个百分点", "2.3个百分点 points"},
        {"5‰", "5‰ rate"},
        {"85.6分", "85.6分 size"},
        {"24立方米/万元", "24立方米/万元 size"},
        {"1000亿元人民币", "1000亿元 size"},
        {"800万千瓦", "800万千瓦 size"},
        {"1500万千瓦时", "1500万千瓦时 size"},
        {"120万吨标准煤", "120万吨标准煤 size"},
        {"4.5件", "4.5件 count"},
        {"12 km", "12km size"},
        {"8420平方公里", "8420平方公里 size"},
        {"78.5岁", "78.5岁 size"},
        {"30分钟", "30分钟 time"},
        {"24万", "24万 size"},
        {"600户", "600户 count"},
        {"12345", "none"}, /* a hotline */
        {"12345家", "12345家 count"},
        {"110", "none"},
        {"110亿元", "110亿元 size"},
    };

    check_rows(*state, read_quantity, ROWS, N_ROWS(ROWS));
}

static void test_magnitudes(void **state)
{
    static const Row ROWS[] = {
        {"百亿级", ">=100亿元 level"},
        {"千亿级产业集群", ">=1000亿元 level | 产业集群"},
        {"百亿园区", ">=100亿元 level | 园区"},
        {"双千亿", ">=1000亿元 level"},
        {"千万千瓦级", ">=1000万千瓦 level"},
        {"百万千瓦级", ">=100万千瓦 level"},
        {"万亿级", ">=1万亿元 level"},
        {"十亿元级", ">=10亿元 level"},
        {"千万吨级", ">=1000万吨 level"},
        {"百万级", "none"},
        {"百亿元", "none"},
        {"千方百计", "none"},
        {"百家", "none"},
        {"百", "none"},
    };

    check_rows(*state, read_magnitude, ROWS, N_ROWS(ROWS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_digits), cmocka_unit_test(test_hanzi),
        cmocka_unit_test(test_bounds), cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_units),  cmocka_unit_test(test_magnitudes),
    };

    return cmocka_run_group_tests(tests, know, forget);
}
