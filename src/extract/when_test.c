/* Tests of When: years, dates and spans as they are written. */
#include "extract/test_extract.h"

static Str read_time(const Known *known, Arena *arena, Str text)
{
    Buf out = buf_new(arena);
    Time time;
    size_t len = time_read(text, 0, text.len, &time);

    (void)known;
    if (len == 0) {
        return STR("none");
    }
    assert_int_equal(time.at.start, 0);
    assert_int_equal(time.at.end, len);
    put_time(&out, &time);
    if (len < text.len) {
        buf_format(&out, " | %.*s", STR_ARG(str_slice(text, len, text.len)));
    }
    return buf_str(&out);
}

static void test_years(void **state)
{
    static const Row ROWS[] = {
        {"2025年", "2025"},         {"2025 年", "2025"},
        {"２０２５年", "2025"},     {"二〇二五年", "2025"},
        {"二○二五年", "2025"}, /* U+25CB */
        {"二零二五年", "2025"},     {"2025年底", "2025$"},
        {"2025年末", "2025$"},      {"2025年底前", "2025$<"},
        {"2025年底以前", "2025$<"}, {"2025年末前", "2025$<"},
        {"2025年前", "2025<"},      {"2025年之前", "2025<"},
        {"2025年起", "2025>"},      {"2025年初", "2025>"},
        {"2025年度", "2025"},       {"2025", "none"}, /* four digits may be anything */
        {"2025家", "none"},         {"1899年", "none"},
        {"2101年", "none"},         {"20255年", "none"},
        {"25年", "none"},           {"", "none"},
    };

    check_rows(*state, read_time, ROWS, N_ROWS(ROWS));
}

static void test_spans(void **state)
{
    static const Row ROWS[] = {
        {"2021—2025年", "2021—2025"},        {"2021-2025年", "2021—2025"},
        {"2021年—2025年", "2021—2025"},      {"2021年至2025年", "2021—2025"},
        {"2021～2025年", "2021—2025"},       {"2021年到2025年底", "2021—2025$"},
        {"2021—2025年期间", "2021—2025"},    {"二〇二一—二〇二五年", "2021—2025"},
        {"2021－2025", "2021—2025"},         {"2025—2021年", "none"}, /* backwards */
        {"2025年—2021年", "2025 | —2021年"},
    };

    check_rows(*state, read_time, ROWS, N_ROWS(ROWS));
}

static void test_dates(void **state)
{
    static const Row ROWS[] = {
        {"2021年12月20日", "2021-12-20"},
        {"2021年 12月 20日", "2021-12-20"},
        {"2021年12月20号", "2021-12-20"},
        {"二〇二一年十二月二十日", "2021-12-20"},
        {"2023年6月底前", "2023-6$<"},
        {"2023年6月", "2023-6"},
        {"2023年6月底", "2023-6$"},
        {"2023年6月1日起", "2023-6-1>"},
        {"2023年6月30日前", "2023-6-30<"},
        {"2023年上半年", "2023-6"},
        {"2023年下半年", "2023-12"},
        {"2023年第三季度", "2023-9"},
        {"2023年一季度", "2023-3"},
        {"2023年3季度末", "2023-9$"},
        {"6月底前", "0-6$<"},
        {"12月10日前", "0-12-10<"},
        {"十月底", "0-10$"},
        {"13月", "none"},
        {"2023年13月", "2023 | 13月"},
        {"2023年6月32日", "2023-6 | 32日"},
        {"6个月", "none"},
        {"第三季度", "none"},
    };

    check_rows(*state, read_time, ROWS, N_ROWS(ROWS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_years),
        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_dates),
    };

    return cmocka_run_group_tests(tests, know, forget);
}
