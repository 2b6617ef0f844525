/* Tests of numbers in Chinese characters. */
#include "base/hanzi.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void test_numbers(void **state)
{
    static const struct {
        const char *text;
        size_t len; /* characters that are read, all of 3 bytes */
        int64_t value;
    } CASES[] = {
        {"一", 1, 1},
        {"十", 1, 10},
        {"十五", 2, 15},
        {"二十", 2, 20},
        {"二十三", 3, 23},
        {"一百零五", 4, 105},
        {"三百五", 3, 350},
        {"一千二", 3, 1200},
        {"三万五", 3, 35000},
        {"一百一十", 4, 110},
        {"三千六百万", 5, 36000000},
        {"十万", 2, 100000},
        {"两亿", 2, 200000000},
        {"一亿三千万", 5, 130000000},
        {"二○二五", 4, 2025},
        {"二〇三五年", 4, 2035},
        {"二零二六", 4, 2026},
        {"五个", 1, 5},
        {"百亿", 0, 0},
        {"千万", 0, 0},
        {"", 0, 0},
        {"规划", 0, 0},
        {"一百万", 3, 1000000},
        {"十二亿", 3, 1200000000},
        {"三百五六", 3, 350},
        {"零", 1, 0},
        {"一千零二十", 5, 1020},
        {"八千亿元", 3, 800000000000},
        {"万", 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        int64_t value = 0;
        size_t len = hanzi_read(str_z(CASES[i].text), &value);

        if (len != CASES[i].len * 3 || value != CASES[i].value) {
            fail_msg("%s: %zu bytes, %lld", CASES[i].text, len, (long long)value);
        }
    }
}

static void test_too_large(void **state)
{
    char text[1000];
    int64_t value;

    (void)state;
    for (size_t i = 0; i + 3 < sizeof text; i += 3) {
        memcpy(text + i, "九", 3);
    }
    assert_int_equal(hanzi_read((Str){text, 999}, &value), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers),
                                       cmocka_unit_test(test_too_large)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
