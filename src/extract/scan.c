/* Scan: a sentence as items: words of the lexicon, quantities, times, names and punctuation. */
#include "extract/scan.h"

#include "base/hanzi.h"
#include "base/utf8.h"

#include <string.h>

typedef struct {
    const Lexicon *lexicon;
    Str text;
    size_t i, end;
    Scan *out;
    int quotes; /* “ that are open */
} Scanner;

static bool at_word(const Scanner *scanner, size_t i, const char *word)
{
    return str_at(scanner->text, i, scanner->end, word);
}

static bool ends_clause(const Item *item)
{
    return item->kind == ITEM_MARK && item->sub <= MARK_COLON;
}

static Item *push(Scanner *scanner, ItemKind kind, unsigned sub, size_t start, size_t end)
{
    size_t n = scanner->out->items.n;
    Item *item = vec_push(scanner->out->arena, &scanner->out->items);

    item->at = (Span){(uint32_t)start, (uint32_t)end};
    item->kind = (uint8_t)kind;
    item->sub = (uint8_t)sub;
    item->taken = false;
    scanner->out->n_names += kind == ITEM_NAME;
    item->number = 0;
    item->clause = n == 0 ? 0 : ends_clause(item - 1) ? (uint32_t)n : item[-1].clause;
    scanner->i = end;
    return item;
}

/* ---- marks ---- */

static int mark_of(uint32_t code)
{
    switch (code) {
    case 0x3002:
    case 0xFF01:
    case '!':
    case 0xFF1F:
    case '?': return MARK_STOP;
    case 0xFF1B:
    case ';': return MARK_SEMICOLON;
    case 0xFF0C:
    case ',': return MARK_COMMA;
    case 0xFF1A:
    case ':': return MARK_COLON;
    case 0x3001: return MARK_PAUSE;
    case 0xFF08:
    case '(':
    case 0x3010:
    case '[':
    case 0x3014: return MARK_OPEN;
    case 0xFF09:
    case ')':
    case 0x3011:
    case ']':
    case 0x3015: return MARK_CLOSE;
    case 0x201C:
    case 0x2018:
    case 0x300C: return MARK_QUOTE;
    case 0x201D:
    case 0x2019:
    case 0x300D: return MARK_UNQUOTE;
    case 0x300A: return MARK_TITLE;
    case 0x300B: return MARK_TITLE_END;
    case 0x2014:
    case 0x2013:
    case '-':
    case 0xFF0D:
    case '~':
    case 0xFF5E: return MARK_DASH;
    default: return MARK_OTHER;
    }
}

/* “3+2”, “1246”: a name between quotes holds a number and is short. Its length, 0 if it is none. */
static size_t quoted_name(const Scanner *scanner, size_t i)
{
    enum { MAX_NAME = 60 };
    static const char *const UNITS[] = {"%", "％", "小时", "分钟", "亿", "万", "年", "倍"};
    bool digit = false;
    size_t len;

    for (size_t k = i; k < scanner->end && k - i < MAX_NAME; k += len) {
        uint32_t code = utf8_at(scanner->text, k, &len);

        if (code == 0x201D) {
            Str inside = str_slice(scanner->text, i, k);

            for (size_t u = 0; u < sizeof UNITS / sizeof UNITS[0]; u++) {
                if (str_find(inside, str_z(UNITS[u])) != SIZE_MAX) {
                    return 0;
                }
            }
            return digit ? k - i : 0;
        }
        if (code == 0x201C || mark_of(code) == MARK_STOP || mark_of(code) == MARK_COMMA) {
            return 0;
        }
        digit |= (scanner->lexicon->classes[code & 0xFFFF] & CLASS_DIGIT) != 0;
    }
    return 0;
}

/* 《…》 whole: what it names is another document. */
static size_t title_end(const Scanner *scanner, size_t i)
{
    enum { MAX_TITLE = 400 };
    size_t end = i + MAX_TITLE < scanner->end ? i + MAX_TITLE : scanner->end;
    size_t found = str_find(str_slice(scanner->text, i, end), STR("》"));

    return found == SIZE_MAX ? 0 : i + found;
}

/* ---- words ---- */

static bool is_bound(const Item *item)
{
    return item->kind == ITEM_WORD &&
           ((item->sub >= WORD_AT_LEAST && item->sub <= WORD_OVER) || item->sub == WORD_BELOW);
}

static const Item *last_item(const Scan *scan)
{
    return scan->items.n == 0 ? NULL : &scan->items.at[scan->items.n - 1];
}

/* 突破了900亿元: the bound is the number's, 了 stays and says that it is done. */
static bool take_done_bound(Scanner *scanner, Quantity *quantity)
{
    Scan *scan = scanner->out;
    Item *item = scan->items.n < 2 ? NULL : &scan->items.at[scan->items.n - 2];

    if (item == NULL || item->kind != ITEM_WORD || item->sub != WORD_OVER ||
        !str_eq(str_slice(scanner->text, item->at.end, quantity->at.start), STR("了"))) {
        return false;
    }
    quantity->comparator = COMPARE_AT_LEAST;
    quantity->over = true;
    quantity->attributive = false;
    item[1].at.start = item->at.start;
    *item = item[1];
    scan->items.n--;
    return true;
}

/* Bounds that stand right in front of a number are part of it. */
static void take_bound(Scanner *scanner, Quantity *quantity)
{
    static const uint8_t COMPARATORS[] = {[WORD_AT_LEAST] = COMPARE_AT_LEAST,
                                          [WORD_AT_MOST] = COMPARE_AT_MOST,
                                          [WORD_ABOUT] = COMPARE_ABOUT,
                                          [WORD_OVER] = COMPARE_AT_LEAST,
                                          [WORD_BELOW] = COMPARE_AT_MOST};
    const Item *item = last_item(scanner->out);
    size_t between;

    if (take_done_bound(scanner, quantity) || item == NULL || !is_bound(item)) {
        return;
    }
    between = quantity->at.start - item->at.end;
    if (between > 3 ||
        (between > 0 &&
         str_trim(str_slice(scanner->text, item->at.end, quantity->at.start)).len != 0)) {
        return;
    }
    if (quantity->comparator == COMPARE_NONE || item->sub != WORD_ABOUT) {
        quantity->comparator = COMPARATORS[item->sub];
    }
    quantity->over = item->sub == WORD_OVER;
    quantity->at.start = item->at.start;
    quantity->attributive = false;
    scanner->out->items.n--;
}

/* 每平方米125人: over the unit in front. */
static void take_per(Scanner *scanner, Quantity *quantity)
{
    const Item *item = last_item(scanner->out);
    Str symbol;
    UnitClass is;
    size_t len;

    if (item == NULL || item->kind != ITEM_WORD || item->sub != WORD_EACH ||
        quantity->is == UNIT_NO) {
        return;
    }
    len = lexicon_unit(scanner->lexicon, scanner->text, item->at.end, &symbol, &is);
    if (len != 0 && item->at.end + len == quantity->at.start) {
        quantity->unit =
            str_format(scanner->out->arena, "%.*s/%.*s", STR_ARG(quantity->unit),
                       STR_ARG(str_slice(scanner->text, item->at.end, item->at.end + len)));
        quantity->per_person = true;
        quantity->is = UNIT_SIZE;
        quantity->at.start = item->at.start;
        scanner->out->items.n--;
    }
}

static void push_quantity(Scanner *scanner, Quantity quantity)
{
    Item *item;

    take_bound(scanner, &quantity);
    take_per(scanner, &quantity);
    *vec_push(scanner->out->arena, &scanner->out->quantities) = quantity;
    item = push(scanner, ITEM_QUANTITY, 0, quantity.at.start, quantity.at.end);
    item->number = (uint32_t)scanner->out->quantities.n - 1;
}

static void push_time(Scanner *scanner, Time time)
{
    Item *item;

    *vec_push(scanner->out->arena, &scanner->out->times) = time;
    item = push(scanner, ITEM_TIME, 0, time.at.start, time.at.end);
    item->number = (uint32_t)scanner->out->times.n - 1;
}

/* “十四五”时期, “十三五”末, “十四五”规划. */
static void push_five(Scanner *scanner, Word word)
{
    size_t end = scanner->i + word.len;
    Time time = {.kind = TIME_SPAN,
                 .flags = TIME_FIVE,
                 .first = (int16_t)word.number,
                 .last = (int16_t)(word.number + 4)};
    bool named = true;
    static const char *const ENDS[] = {"末期", "时期末", "期末", "末"},
                             *const PERIODS[] = {"时期", "期间", "以来"},
                             *const TITLES[] = {"规划", "纲要", "计划", "专项", "国民经济", "重点"};

    for (size_t k = 0; k < sizeof TITLES / sizeof TITLES[0]; k++) {
        if (at_word(scanner, end, TITLES[k])) {
            time.flags |= TIME_TITLE;
        }
    }
    for (size_t k = 0; k < sizeof ENDS / sizeof ENDS[0]; k++) {
        if (at_word(scanner, end, ENDS[k])) {
            time.flags |= TIME_END;
            time.kind = TIME_POINT;
            time.first = time.last;
            end += strlen(ENDS[k]);
            break;
        }
    }
    for (size_t k = 0; k < sizeof PERIODS / sizeof PERIODS[0]; k++) {
        if (at_word(scanner, end, PERIODS[k])) {
            end += strlen(PERIODS[k]);
            named = false;
            break;
        }
    }
    time.flags |= named && (time.flags & TIME_END) == 0 ? TIME_TITLE : 0; /* “十五五”开局之年 */
    time.at = (Span){(uint32_t)scanner->i, (uint32_t)end};
    push_time(scanner, time);
}

/* 印发后3个月内, 印发之日起30个工作日内. */
static bool push_after(Scanner *scanner, Word word)
{
    size_t i = scanner->i + word.len;
    Quantity length;
    Time time = {.kind = TIME_AFTER};
    size_t len = quantity_read(scanner->lexicon, scanner->text, i, scanner->end, &length);

    if (len == 0 || length.value.digits > 255 || length.value.scale != 0) {
        return false;
    }
    time.day = (uint8_t)length.value.digits;
    if (at_word(scanner, length.number.end - 3, "月")) {
        time.unit = 'm';
    } else if (at_word(scanner, length.number.end - 3, "年")) {
        time.unit = 'y';
    } else if (at_word(scanner, length.number.end - 3, "日") ||
               at_word(scanner, length.number.end - 3, "天")) {
        time.unit = 'd';
    } else {
        return false;
    }
    time.at = (Span){(uint32_t)scanner->i, (uint32_t)(i + len)};
    push_time(scanner, time);
    return true;
}

/* 不高于上年水平: what is compared with, which says nothing of when. */
static bool is_measure_of_comparison(const Scanner *scanner, Word word)
{
    static const char *const BEFORE[] = {"于", "过", "与", "同"};
    size_t behind = scanner->i + word.len, from = scanner->out->at.start;

    if (at_word(scanner, behind, "水平") || at_word(scanner, behind, "平均水平")) {
        return true;
    }
    for (size_t k = 0; k < sizeof BEFORE / sizeof BEFORE[0]; k++) {
        size_t len = strlen(BEFORE[k]);

        if (scanner->i >= from + len && at_word(scanner, scanner->i - len, BEFORE[k])) {
            return true;
        }
    }
    return false;
}

/* Of 每月, where the word has `len` bytes, and the day behind it: 每月10日前. */
static size_t with_day(const Scanner *scanner, size_t len)
{
    Str rest = str_slice(scanner->text, scanner->i + len, scanner->end);
    size_t digits = 0;

    while (digits < rest.len && digits < 3 && rest.at[digits] >= '0' && rest.at[digits] <= '9') {
        digits++;
    }
    rest = str_slice(rest, digits, rest.len);
    if (digits == 0 || digits > 2 ||
        !(str_starts(rest, STR("日")) || str_starts(rest, STR("号")))) {
        return len;
    }
    len += digits + strlen("日");
    rest = str_slice(rest, strlen("日"), rest.len);
    return len + (str_starts(rest, STR("之前")) ? strlen("之前")
                  : str_starts(rest, STR("前")) ? strlen("前")
                                                : 0);
}

static void push_word(Scanner *scanner, Word word)
{
    Item *item;

    switch (word.kind) {
    case WORD_FIVE_YEAR: push_five(scanner, word); return;
    case WORD_ISSUED:
        if (push_after(scanner, word)) {
            return;
        }
        break;
    case WORD_RELATIVE: {
        Time time = {.at = {(uint32_t)scanner->i, (uint32_t)(scanner->i + word.len)},
                     .kind = TIME_OFFSET,
                     .first = (int16_t)((int)word.number - 100)};

        if (is_measure_of_comparison(scanner, word)) {
            push(scanner, ITEM_NAME, NAMED_PLAIN, scanner->i, scanner->i + word.len);
        } else {
            push_time(scanner, time);
        }
        return;
    }
    case WORD_CYCLE: {
        Time time = {
            .at = {(uint32_t)scanner->i, (uint32_t)(scanner->i + with_day(scanner, word.len))},
            .kind = TIME_REPEAT,
            .first = (int16_t)word.number};

        push_time(scanner, time);
        return;
    }
    case WORD_STOP: scanner->i += word.len; return;
    case WORD_NAME:
        push(scanner, ITEM_NAME, NAMED_PLAIN, scanner->i, scanner->i + word.len);
        return;
    default: break;
    }
    scanner->out->words |= (uint64_t)1 << word.kind;
    item = push(scanner, ITEM_WORD, word.kind, scanner->i, scanner->i + word.len);
    item->number = word.number;
}

/* ---- numbers ---- */

/* Behind 第 a number orders, behind a letter it is part of a name. */
static bool is_ordinal(const Scanner *scanner)
{
    static const Str BEFORE[] = {STR_INIT("第"),   STR_INIT("表"),   STR_INIT("图"),
                                 STR_INIT("附件"), STR_INIT("专栏"), STR_INIT("附表")};
    Str before;
    size_t i = scanner->i, from = scanner->out->at.start;

    i -= i > from && scanner->text.at[i - 1] == ' ';
    before = str_slice(scanner->text, from, i);
    for (size_t k = 0; k < sizeof BEFORE / sizeof BEFORE[0]; k++) {
        if (str_ends(before, BEFORE[k])) {
            return true;
        }
    }
    return false;
}

static const char *const NAME_ENDS[] = {"号",   "版",  "型",    "式", "届", "世纪",
                                        "年代", "A级", "A景区", "大", "级", "中全会"};

/* The characters of a number that is none of the above, with what shows that it names. */
static size_t name_length(const Scanner *scanner, size_t i)
{
    size_t start = i, len;

    while (i < scanner->end) {
        uint32_t code = utf8_at(scanner->text, i, &len);
        uint8_t class = code < 0x10000 ? scanner->lexicon->classes[code] : 0;

        if ((class & (CLASS_DIGIT | CLASS_LETTER)) == 0 && code != '.' && code != '_') {
            break;
        }
        i += len;
    }
    if (i > start && scanner->text.at[i - 1] == '.') {
        i--;
    }
    return i - start;
}

static bool letter_follows(const Scanner *scanner, size_t i)
{
    size_t len;
    uint32_t code = i < scanner->end ? utf8_at(scanner->text, i, &len) : 0;

    return code < 0x10000 && (scanner->lexicon->classes[code] & CLASS_LETTER) != 0;
}

static bool ends_as_name(const Scanner *scanner, size_t i)
{
    for (size_t k = 0; k < sizeof NAME_ENDS / sizeof NAME_ENDS[0]; k++) {
        if (at_word(scanner, i, NAME_ENDS[k])) {
            return true;
        }
    }
    return false;
}

/* 近5年, 10年内, 连续3年: a length of time, unless a verb has it as its value. */
static bool is_length_of_time(const Scanner *scanner, const Quantity *quantity)
{
    static const char *const BEHIND[] = {"内", "来", "期", "间", "后", "以来", "行动"},
                             *const BEFORE[] = {"近", "未来", "今后",   "连续", "过去", "这",  "每",
                                                "后", "前",   "未来的", "用",   "利用", "为期"};
    size_t start = quantity->at.start;

    if (quantity->is != UNIT_LENGTH_OF_TIME || quantity->value.scale != 0 ||
        !str_eq(quantity->unit, STR("年"))) {
        return false;
    }
    for (size_t k = 0; k < sizeof BEHIND / sizeof BEHIND[0]; k++) {
        if (at_word(scanner, quantity->number.end, BEHIND[k])) {
            return true;
        }
    }
    for (size_t k = 0; k < sizeof BEFORE / sizeof BEFORE[0]; k++) {
        size_t len = strlen(BEFORE[k]);

        if (start >= len && at_word(scanner, start - len, BEFORE[k])) {
            return true;
        }
    }
    return false;
}

/* 17.90∶29.86∶52.24: the next number of a ratio begins here. */
static size_t ratio_sign(const Scanner *scanner, size_t i)
{
    static const char *const SIGNS[] = {"∶", ":", "："};

    for (size_t k = 0; k < sizeof SIGNS / sizeof SIGNS[0]; k++) {
        size_t len = strlen(SIGNS[k]), width;

        if (at_word(scanner, i, SIGNS[k]) && i + len < scanner->end) {
            uint32_t code = utf8_at(scanner->text, i + len, &width);

            if (code < 0x10000 && (scanner->lexicon->classes[code] & CLASS_DIGIT) != 0) {
                return len;
            }
        }
    }
    return 0;
}

/* 2.3∶1 and 2.3∶1以内 are 2.3: takes the 1 of the ratio that `first` begins; false if it is none.
 */
static bool take_one(Scanner *scanner, Quantity *first)
{
    size_t at = first->at.end + ratio_sign(scanner, first->at.end);
    Quantity one;

    if (quantity_read(scanner->lexicon, scanner->text, at, scanner->end, &one) == 0 ||
        one.is != UNIT_NO || one.range || decimal_cmp(one.value, (Decimal){1, 0}) != 0 ||
        one.at.start != at || ratio_sign(scanner, one.at.end) != 0) {
        return false;
    }
    first->at.end = one.at.end;
    first->comparator = first->comparator == COMPARE_NONE ? one.comparator : first->comparator;
    first->over |= one.over;
    return true;
}

static void read_ratio(Scanner *scanner, Quantity first)
{
    size_t sign;

    if (take_one(scanner, &first)) {
        push_quantity(scanner, first);
        return;
    }
    first.ratio = true;
    push_quantity(scanner, first);
    while (scanner->i - scanner->out->at.start <= SCAN_MAX &&
           (sign = ratio_sign(scanner, scanner->i)) != 0) {
        Quantity next;

        scanner->i += sign;
        if (quantity_read(scanner->lexicon, scanner->text, scanner->i, scanner->end, &next) == 0) {
            return;
        }
        next.ratio = true;
        push_quantity(scanner, next);
    }
}

/* 4个市州, 3个方面: counts what was just listed, or is about to be. */
static bool counts_list(const Scanner *scanner, const Quantity *quantity)
{
    static const char *const NOUNS[] = {"市州", "市（州）", "市(州)", "市，", "市,",  "方面",
                                        "阶段", "环节",     "层面",   "部分", "板块", "维度"};

    for (size_t k = 0; str_eq(quantity->unit, STR("个")) && k < sizeof NOUNS / sizeof NOUNS[0];
         k++) {
        if (at_word(scanner, quantity->number.end, NOUNS[k])) {
            return true;
        }
    }
    return false;
}

/* 十一届九次全会: numbers a session, counts none. */
static bool numbers_session(const Scanner *scanner, const Quantity *quantity)
{
    static const char *const SESSIONS[] = {"全会", "全体会议", "会议", "常务会", "党代会"};

    if (str_eq(quantity->unit, STR("届"))) {
        return true;
    }
    for (size_t k = 0;
         str_eq(quantity->unit, STR("次")) && k < sizeof SESSIONS / sizeof SESSIONS[0]; k++) {
        if (at_word(scanner, quantity->number.end, SESSIONS[k])) {
            return true;
        }
    }
    return false;
}

/* A verb ends at byte i, or the mark that stands there behind one: 增速为-2.5%. */
static bool verb_ends(const Scan *scan, size_t i)
{
    size_t n = scan->items.n;

    n -= n > 0 && scan->items.at[n - 1].at.start == i;
    return n > 0 && scan->items.at[n - 1].at.end == i && scan->items.at[n - 1].kind == ITEM_WORD &&
           scan->items.at[n - 1].sub >= WORD_REACH && scan->items.at[n - 1].sub <= WORD_RISE;
}

/* A minus sign that stands by itself in front: no dash between two things. */
static bool is_negative(const Scanner *scanner)
{
    static const char *const SIGNS[] = {"-", "－", "−"};
    size_t from = scanner->out->at.start;

    for (size_t k = 0; k < sizeof SIGNS / sizeof SIGNS[0]; k++) {
        size_t len = strlen(SIGNS[k]);

        if (scanner->i >= from + len && at_word(scanner, scanner->i - len, SIGNS[k])) {
            size_t before = scanner->i - len;
            unsigned char c = before > from ? (unsigned char)scanner->text.at[before - 1] : ' ';

            return before == from || verb_ends(scanner->out, before) || c == ' ' || c == '(' ||
                   c == ',' || c == '|' || c == '\t' || c == 0x9A /* ： */ || c == 0x88 /* （ */;
        }
    }
    return false;
}

/* Of a number of more digits than QUANTITY_DIGITS, in one piece: 12,345,678,901,234,567,890.5;
 * 0 if that is not what stands at byte i. */
static size_t unreadable_length(const Scanner *scanner, size_t i)
{
    size_t at = i, end = i, len;
    int digits = 0;

    while (at < scanner->end) {
        uint32_t code = utf8_at(scanner->text, at, &len);

        at += len;
        if (code < 0x10000 && (scanner->lexicon->classes[code] & CLASS_DIGIT) != 0) {
            digits++;
            end = at;
        } else if (code != ',' && code != '.') {
            break;
        }
    }
    return digits > QUANTITY_DIGITS ? end - i : 0;
}

static size_t digits_at(const Scanner *scanner, size_t i)
{
    size_t start = i;

    while (i < scanner->end && scanner->text.at[i] >= '0' && scanner->text.at[i] <= '9') {
        i++;
    }
    return i - start;
}

/* 0931-8410000, 08:30: of a telephone number or a time of day; 0 if none stands at byte i. */
static size_t dial_length(const Scanner *scanner, size_t i)
{
    static const char *const COLONS[] = {":", "："};
    const char *at = scanner->text.at + i;
    size_t len = digits_at(scanner, i), rest;

    if ((len == 3 || len == 4) && at[0] == '0' && i + len < scanner->end && at[len] == '-') {
        rest = digits_at(scanner, i + len + 1);
        return rest == 7 || rest == 8 ? len + 1 + rest : 0;
    }
    for (size_t k = 0; len == 2 && (at[0] <= '1' || (at[0] == '2' && at[1] <= '4')) && k < 2; k++) {
        size_t colon = strlen(COLONS[k]);

        if (at_word(scanner, i + len, COLONS[k]) && digits_at(scanner, i + len + colon) == 2 &&
            at[len + colon] <= '5' && ratio_sign(scanner, i + len + colon + 2) == 0) {
            return len + colon + 2;
        }
    }
    return 0;
}

static void read_digits(Scanner *scanner)
{
    Time time;
    Quantity quantity;
    size_t len = time_read(scanner->text, scanner->i, scanner->end, &time), name;
    bool ordinal;

    if (len != 0) {
        push_time(scanner, time);
        return;
    }
    len = dial_length(scanner, scanner->i);
    if (len != 0) {
        push(scanner, ITEM_NAME, NAMED_PLAIN, scanner->i, scanner->i + len);
        return;
    }
    len = quantity_read(scanner->lexicon, scanner->text, scanner->i, scanner->end, &quantity);
    if (len == 0) {
        size_t digits = unreadable_length(scanner, scanner->i);

        name = name_length(scanner, scanner->i);
        len = name > digits ? name : digits;
        push(scanner, ITEM_NAME, digits != 0 && len == digits ? NAMED_UNREADABLE : NAMED_PLAIN,
             scanner->i, scanner->i + (len == 0 ? 1 : len));
        return;
    }
    if (is_negative(scanner)) {
        quantity.value.digits = -quantity.value.digits;
        quantity.high = quantity.value;
    }
    ordinal = is_ordinal(scanner);
    if (ordinal || (quantity.is == UNIT_NO && (letter_follows(scanner, scanner->i + len) ||
                                               ends_as_name(scanner, scanner->i + len)))) {
        if (quantity.is != UNIT_NO) {
            len = quantity.number.end - scanner->i;
        } else {
            name = name_length(scanner, scanner->i);
            len = name > len ? name : len;
        }
        push(scanner, ITEM_NAME, NAMED_PLAIN, scanner->i, scanner->i + len);
        return;
    }
    if (counts_list(scanner, &quantity) || str_eq(quantity.unit, STR("届"))) {
        push(scanner, ITEM_NAME, NAMED_PLAIN, scanner->i, quantity.number.end);
        return;
    }
    if (is_length_of_time(scanner, &quantity)) {
        time = (Time){.at = quantity.number, .kind = TIME_LENGTH};
        push_time(scanner, time);
        return;
    }
    if (quantity.is == UNIT_NO && !quantity.range && ratio_sign(scanner, scanner->i + len) != 0) {
        read_ratio(scanner, quantity);
        return;
    }
    push_quantity(scanner, quantity);
}

/* 两个百亿级园区, 产业链两条: a small count that is one for all that. */
static bool counts_for_sure(const Scanner *scanner, const Quantity *quantity)
{
    static const char *const ENDS[] = {"，", "。", "；", ",", ";"};
    Quantity level;

    for (size_t k = 0; k < sizeof ENDS / sizeof ENDS[0]; k++) {
        if (at_word(scanner, quantity->at.end, ENDS[k])) {
            return !str_eq(quantity->unit, STR("类")) && !str_eq(quantity->unit, STR("位"));
        }
    }
    return magnitude_read(scanner->lexicon, scanner->text, quantity->at.end, scanner->end,
                          &level) != 0;
}

/* Chinese numerals count as numbers where a measure follows that is no mere counting word: 五成,
 * 三亿元, 一百家; 三个 and 四大 are part of how a thing is called. */
static bool read_hanzi(Scanner *scanner, Word word)
{
    Time time;
    Quantity quantity;
    size_t len = 0;

    if (!is_ordinal(scanner)) {
        len = time_read(scanner->text, scanner->i, scanner->end, &time);
        if (len > word.len && time.first != 0) {
            push_time(scanner, time);
            return true;
        }
        len = magnitude_read(scanner->lexicon, scanner->text, scanner->i, scanner->end, &quantity);
        if (len > word.len) {
            push_quantity(scanner, quantity);
            return true;
        }
        len = quantity_read(scanner->lexicon, scanner->text, scanner->i, scanner->end, &quantity);
    }
    if (len <= word.len && !(len != 0 && len == word.len &&
                             (quantity.is == UNIT_POINTS ||
                              (quantity.value.digits > 1 && /* one of a size is that size */
                               magnitude_read(scanner->lexicon, scanner->text, scanner->i + len,
                                              scanner->end, &(Quantity){0}) != 0)))) {
        return false;
    }
    if (quantity.value.digits == 0 || quantity.is == UNIT_NO ||
        numbers_session(scanner, &quantity) ||
        (quantity.is == UNIT_COUNT && quantity.value.digits < 10 &&
         !counts_for_sure(scanner, &quantity)) ||
        str_eq(quantity.unit, STR("分")) || str_eq(quantity.unit, STR("方")) ||
        str_eq(quantity.unit, STR("度")) || str_eq(quantity.unit, STR("级")) ||
        (quantity.is == UNIT_LENGTH_OF_TIME && !str_eq(quantity.unit, STR("小时")) &&
         !str_eq(quantity.unit, STR("分钟")))) {
        return false;
    }
    push_quantity(scanner, quantity);
    return true;
}

/* Hanzi digits that no word takes up, with the counting word or noun behind: a name that holds a
 * number (四市州, 三级). */
static void read_hanzi_name(Scanner *scanner)
{
    int64_t value;
    size_t len = hanzi_read(str_slice(scanner->text, scanner->i, scanner->end), &value), width;

    if (len == 0) {
        (void)utf8_at(scanner->text, scanner->i, &width);
        scanner->i += width;
        return;
    }
    push(scanner, ITEM_NAME, NAMED_COUNTED, scanner->i, scanner->i + len);
}

static void read_letters(Scanner *scanner)
{
    size_t len = name_length(scanner, scanner->i);
    bool digit = false;

    for (size_t k = 0; k < len; k++) {
        digit |= scanner->text.at[scanner->i + k] >= '0' && scanner->text.at[scanner->i + k] <= '9';
    }
    if (digit) {
        push(scanner, ITEM_NAME, NAMED_PLAIN, scanner->i, scanner->i + len);
    } else {
        scanner->i += len == 0 ? 1 : len;
    }
}

/* ---- the sentence ---- */

static bool read_mark(Scanner *scanner, uint32_t code, size_t len)
{
    int mark = mark_of(code);
    size_t name;

    if (mark == MARK_QUOTE && (name = quoted_name(scanner, scanner->i + len)) != 0) {
        push(scanner, ITEM_NAME, NAMED_PLAIN, scanner->i, scanner->i + len + name + strlen("”"));
        return false;
    }
    if (mark == MARK_TITLE && (name = title_end(scanner, scanner->i + len)) != 0) {
        push(scanner, ITEM_NAME, NAMED_TITLE, scanner->i, name + strlen("》"));
        return false;
    }
    push(scanner, ITEM_MARK, (unsigned)mark, scanner->i, scanner->i + len);
    return mark == MARK_STOP ||
           (mark == MARK_COMMA && scanner->i - scanner->out->at.start > SCAN_MAX);
}

/* Whether the class is of characters that begin something by themselves. */
static bool begins_alone(uint8_t class)
{
    return (class & (CLASS_DIGIT | CLASS_HANZI | CLASS_LETTER | CLASS_MARK | CLASS_ALONE)) != 0;
}

/* Whether a word may begin with the two characters. Those of full width are read as others. */
static bool may_begin_word(const Lexicon *lexicon, uint32_t first, uint32_t second)
{
    size_t pair = pair_of(first, second);

    return (int)(lexicon->pairs[pair / 64] >> pair % 64 & 1) | (second < 0x80) | (second >= 0xFF00);
}

/* Over characters that begin nothing, from byte *i on; which ones do can hardly be foreseen, so
 * each is asked one question only. False at the end; else the class, and the word that begins
 * there. */
static bool pass_over(const Lexicon *lexicon, Str text, size_t limit, size_t *i, uint32_t *code,
                      size_t *len, uint8_t *class, Word *word)
{
    uint32_t next = utf8_next(text, *i, len);
    size_t next_len = *len;

    for (;;) {
        size_t behind;
        bool starts;

        *code = next;
        *len = next_len;
        behind = *i + *len;
        next = behind < text.len ? utf8_next(text, behind, &next_len) : 0;
        *class = *code < 0x10000 ? lexicon->classes[*code] : 0;
        starts = (int)begins_alone(*class) |
                 ((int)((*class & CLASS_WORD) != 0) & (int)may_begin_word(lexicon, *code, next));
        if (starts) {
            if ((*class & CLASS_WORD) != 0) {
                *word = lexicon_word(lexicon, text, *i);
            }
            if (word->kind != WORD_NONE || (*class & ~CLASS_ALONE) != CLASS_WORD) {
                return true;
            }
        }
        *i = behind;
        if (behind >= text.len || (behind > limit && (*class & CLASS_WORD) != 0)) {
            return false;
        }
    }
}

static uint32_t end_sentence(Scan *out, size_t end)
{
    size_t mark = out->items.n;

    for (size_t i = out->items.n; i-- > 0;) {
        Item *item = &out->items.at[i];

        mark = ends_clause(item) ? i : mark;
        item->clause_end = (uint32_t)mark;
    }
    out->at.end = (uint32_t)end;
    return (uint32_t)end;
}

uint32_t scan_sentence(const Lexicon *lexicon, Str text, uint32_t start, uint32_t end, Scan *out)
{
    Scanner scanner = {.lexicon = lexicon, .text = text, .i = start, .end = end, .out = out};
    Str whole = str_slice(text, 0, end);

    out->text = text;
    out->at = (Span){start, end};
    out->items.n = out->quantities.n = out->times.n = 0;
    out->words = 0;
    out->n_names = 0;
    while (scanner.i < end) {
        size_t i = scanner.i, len;
        uint32_t code;
        uint8_t class;
        Word word = {0};

        if (!pass_over(lexicon, whole, start + 2 * SCAN_MAX, &i, &code, &len, &class, &word)) {
            return end_sentence(out, i);
        }
        scanner.i = i;
        if ((class & CLASS_DIGIT) != 0) {
            read_digits(&scanner);
        } else if ((class & CLASS_HANZI) != 0 && read_hanzi(&scanner, word)) {
            /* taken */
        } else if (word.kind != WORD_NONE) {
            push_word(&scanner, word);
        } else if ((class & CLASS_LETTER) != 0) {
            read_letters(&scanner);
        } else if ((class & CLASS_MARK) != 0) {
            if (read_mark(&scanner, code, len)) {
                break;
            }
        } else if ((class & CLASS_HANZI) != 0) {
            read_hanzi_name(&scanner);
        } else {
            scanner.i += len;
        }
        if (scanner.i - start > 2 * SCAN_MAX) {
            break;
        }
    }
    return end_sentence(out, scanner.i);
}
