/* Frame: what a sentence states: indicator, verb, quantity, time and place of each number in it. */
#include "extract/frame.h"

#include "base/utf8.h"

#include <assert.h>
#include <string.h>

enum {
    MAX_NAME = 240,  /* bytes of an indicator's name; what is longer is cut to its last part */
    MAX_LIST = 12,   /* coordinate names or values in one frame */
    MAX_YEARLY = 12, /* a bare 增长 up to this many percent is yearly: our choice */
};

typedef struct {    /* what stands to the left of a number */
    size_t first;   /* item index of the clause's first item */
    uint32_t start; /* where the clause's words begin */
    uint32_t end;   /* where the name ends */
    uint8_t verb;   /* WordKind, WORD_NONE if there is none */
    bool growth, fall, yearly, total, respective, all, done, share, about, differ;
    bool build;         /* the clause begins with a verb of building */
    bool object_behind; /* nothing but such a verb stands in front: the name follows the number */
    bool than_last;     /* 同比: compared with the year before */
    int16_t base;       /* year that it is compared with, 0: none */
    Span over;          /* of a share: the whole */
    Span from;          /* of 由A提高到B: A's item, empty if there is none */
    size_t from_quantity, item_end; /* of the verbs: items before it are the name's */
} Left;

/* ---- small helpers over items ---- */

static const Item *item_at(const Scan *scan, size_t i)
{
    return &scan->items.at[i];
}

static bool is_word(const Item *item, WordKind kind)
{
    return item->kind == ITEM_WORD && item->sub == kind;
}

static bool is_mark(const Item *item, MarkKind kind)
{
    return item->kind == ITEM_MARK && item->sub == kind;
}

static const Quantity *quantity_of(const Scan *scan, const Item *item)
{
    assert(item->kind == ITEM_QUANTITY);
    return &scan->quantities.at[item->number];
}

static const Time *time_of(const Scan *scan, const Item *item)
{
    assert(item->kind == ITEM_TIME);
    return &scan->times.at[item->number];
}

static Str words(const Frames *frames, uint32_t start, uint32_t end)
{
    return str_slice(frames->text, start, end);
}

/* Whether only white space, 了 and 的 stand between. */
static bool adjacent(const Frames *frames, uint32_t end, uint32_t start)
{
    Str between = str_trim(words(frames, end, start));

    return between.len == 0 || str_eq(between, STR("了")) || str_eq(between, STR("的"));
}

static bool ends_clause(const Item *item)
{
    return item->kind == ITEM_MARK && (item->sub <= MARK_COLON || item->sub == MARK_OPEN);
}

static bool joins(const Item *item)
{
    return is_mark(item, MARK_PAUSE) || is_word(item, WORD_LINK);
}

/* ---- names ---- */

static bool strip(Str *name, const char *word)
{
    Str prefix = str_z(word);

    if (!str_starts(*name, prefix) || name->len == prefix.len) {
        return false;
    }
    *name = str_trim(str_slice(*name, prefix.len, name->len));
    return true;
}

static bool strip_end(Str *name, const char *word)
{
    Str suffix = str_z(word);

    if (!str_ends(*name, suffix) || name->len == suffix.len) {
        return false;
    }
    *name = str_trim(str_slice(*name, 0, name->len - suffix.len));
    return true;
}

static bool known(const Lexicon *lexicon, Str name)
{
    return lexicon_indicator(lexicon, &name, 1) != NONE;
}

/* Whether a part of the area, or the area, is meant; then the name needs no region of its own. */
static bool is_area(const Frames *frames, uint32_t entity)
{
    return frames->area == entity;
}

/* One word at the start that is no part of the name; false if there is none. */
static bool strip_opening(const Frames *frames, Str *name, uint32_t *region)
{
    static const char *const PLAIN[] = {"的", "，", "、", "和", "及",   "”",    "“",  "；",
                                        "：", "—",  "•",  "·",  "区域", "该区", "内", "末",
                                        "底", "前", "时", ",",  "-",    "）",   ")",  "了"};
    Word word = lexicon_word(frames->lexicon, *name, 0);
    Time time;
    size_t len;

    for (size_t k = 0; k < sizeof PLAIN / sizeof PLAIN[0]; k++) {
        if (strip(name, PLAIN[k])) {
            return true;
        }
    }
    if (word.kind == WORD_OPENING || word.kind == WORD_MODAL || word.kind == WORD_OWN ||
        word.kind == WORD_DONE || word.kind == WORD_BY || word.kind == WORD_RELATIVE ||
        word.kind == WORD_FIVE_YEAR || word.kind == WORD_PERIOD || word.kind == WORD_CYCLE) {
        if (word.len < name->len) {
            *name = str_trim(str_slice(*name, word.len, name->len));
            return true;
        }
        return false;
    }
    if (word.kind == WORD_REGION && word.len < name->len) {
        Str rest = str_slice(*name, word.len, name->len);

        if (str_starts(rest, STR("、")) || str_starts(rest, STR("—")) ||
            str_starts(rest, STR("和")) || str_starts(rest, STR("至"))) {
            return false; /* a list of places is the subject itself */
        }
        if (!is_area(frames, word.number)) {
            if (*region != NONE) {
                return false;
            }
            *region = word.number;
        }
        *name = str_trim(rest);
        return true;
    }
    len = time_read(*name, 0, name->len, &time);
    if (len != 0 && len < name->len) {
        *name = str_trim(str_slice(*name, len, name->len));
        return true;
    }
    return false;
}

Str name_trim(const Frames *frames, Str name, uint32_t *region)
{
    name = str_trim(name);
    while (name.len > 0 && !known(frames->lexicon, name) && strip_opening(frames, &name, region)) {
    }
    while (strip_end(&name, "的") || strip_end(&name, "了") || strip_end(&name, "”") ||
           strip_end(&name, "，") || strip_end(&name, "：") || strip_end(&name, ":") ||
           strip_end(&name, ",") || strip_end(&name, "、")) {
    }
    return name;
}

/* What a long clause says last is what is counted: behind 拥有 and 为代表的. */
static Str last_of_clause(Str name)
{
    static const char *const BREAKS[] = {"为代表的", "为主的", "为主体的", "拥有", "现有",
                                         "共有",     "建有",   "设有",     "等"};
    size_t found;

    for (size_t k = 0; k < sizeof BREAKS / sizeof BREAKS[0]; k++) {
        Str word = str_z(BREAKS[k]);

        while ((found = str_find(name, word)) != SIZE_MAX && found + word.len < name.len) {
            name = str_slice(name, found + word.len, name.len);
        }
    }
    (void)(strip(&name, "各类") || strip(&name, "各级") || strip(&name, "各种"));
    return name;
}

static bool unit_fits(Str unit, const Indicator *indicator)
{
    Unit read;

    if (unit.len == 0) {
        return unit_is_plain(indicator->unit) || indicator->unit.percent;
    }
    if (!unit_parse(unit, &read)) {
        return false;
    }
    if (unit_same_dimension(read, indicator->unit)) {
        return true;
    }
    /* 件 for 件/万人: the name says over what */
    return str_starts(indicator->unit_text, unit) && indicator->unit_text.len > unit.len &&
           indicator->unit_text.at[unit.len] == '/';
}

static uint32_t find_fitting(const Lexicon *lexicon, const Str *pieces, size_t n, Str unit)
{
    uint32_t found = lexicon_indicator(lexicon, pieces, n);

    return found != NONE && unit_fits(unit, lexicon->catalog->indicators.at[found]) ? found : NONE;
}

static uint32_t find_growth(const Lexicon *lexicon, Str name, Str unit)
{
    static const char *const ENDS[] = {"年均增长", "增长", "增速", "年均增速", "增长率", ""};
    uint32_t found = NONE;

    for (size_t k = 0; found == NONE && k < sizeof ENDS / sizeof ENDS[0]; k++) {
        found = find_fitting(lexicon, (Str[]){name, str_z(ENDS[k])}, 2, unit);
    }
    /* the level has the same name: its growth must say so */
    return found;
}

static uint32_t find_share(const Lexicon *lexicon, Str name, Str unit, Str over)
{
    static const char *const ENDS[] = {"比重", "的比重", "比例", "的比例", "", "份额"};
    uint32_t found = NONE;

    for (size_t k = 0; found == NONE && k < sizeof ENDS / sizeof ENDS[0]; k++) {
        found = find_fitting(lexicon, (Str[]){name, STR("占"), over, str_z(ENDS[k])}, 4, unit);
        if (found == NONE && name.len != 0 && str_starts(over, STR("全省"))) {
            found = find_fitting(lexicon, (Str[]){name, STR("占全省"), str_z(ENDS[k])}, 3, unit);
        }
    }
    return found;
}

uint32_t indicator_find(const Lexicon *lexicon, Str name, TargetKind kind, Str unit, Str over,
                        int years)
{
    static const char *const YEARS[] = {"",   "一", "二", "三", "四", "五",
                                        "六", "七", "八", "九", "十"};
    uint32_t found = NONE;
    bool rate = str_eq(unit, STR("%")) || str_ends(unit, STR("百分点"));

    if (over.len != 0) {
        return find_share(lexicon, name, unit, over);
    }
    if (name.len == 0) {
        return NONE;
    }
    switch (kind) {
    case TARGET_ANNUAL_GROWTH: return find_growth(lexicon, name, unit);
    case TARGET_CUMULATIVE_CHANGE:
        if (years > 0 && years <= 10) {
            found = find_fitting(lexicon, (Str[]){name, str_z(YEARS[years]), STR("年累计增长")}, 3,
                                 unit);
        }
        if (found == NONE) { /* a change in percent is of an indicator in any unit */
            found = lexicon_indicator(lexicon, &name, 1);
            if (found != NONE && !rate &&
                !unit_fits(unit, lexicon->catalog->indicators.at[found])) {
                found = NONE;
            }
        }
        return found;
    default: break;
    }
    found = find_fitting(lexicon, &name, 1, unit);
    if (found == NONE && str_ends(name, STR("数"))) {
        Str shorter = str_slice(name, 0, name.len - strlen("数"));

        found = find_fitting(lexicon, &shorter, 1, unit);
    }
    if (found == NONE && str_starts(name, STR("累计"))) {
        Str shorter = str_slice(name, strlen("累计"), name.len);

        found = find_fitting(lexicon, &shorter, 1, unit);
    }
    return found == NONE ? find_fitting(lexicon, (Str[]){name, STR("数")}, 2, unit) : found;
}

/* ---- the left side ---- */

static bool is_verb(uint8_t kind)
{
    return (kind >= WORD_REACH && kind <= WORD_WEAK) || kind == WORD_OVER;
}

/* Where the clause of item `i` begins: behind a mark that ends one, or behind the last number. */
static size_t clause_start(const Scan *scan, size_t i, uint32_t *start)
{
    int depth = 0;

    while (i > 0) {
        const Item *item = item_at(scan, i - 1);

        if (is_mark(item, MARK_CLOSE)) {
            depth++;
        } else if (is_mark(item, MARK_OPEN) && depth > 0) {
            depth--;
        } else if (depth == 0 && (ends_clause(item) || item->kind == ITEM_QUANTITY)) {
            *start = item->at.end;
            return i;
        }
        i--;
    }
    *start = scan->at.start;
    return 0;
}

/* Takes the words right in front of the number, from right to left. */
static void read_verbs(const Frames *frames, const Scan *scan, size_t i, uint32_t number,
                       Left *left)
{
    uint32_t pos = number;

    while (i > left->first) {
        const Item *item = item_at(scan, i - 1);

        if (!adjacent(frames, item->at.end, pos)) {
            break;
        }
        if (item->kind == ITEM_TIME) {
            const Time *time = time_of(scan, item);
            const Item *before = i - 1 > left->first ? item_at(scan, i - 2) : NULL;

            if (before != NULL && is_word(before, WORD_THAN) &&
                adjacent(frames, before->at.end, item->at.start)) {
                left->base =
                    time->kind == TIME_OFFSET ? (int16_t)(frames->now + time->first) : time->last;
                pos = before->at.start;
                i -= 2;
                continue;
            }
            if (left->verb == WORD_NONE && left->base == 0 &&
                str_eq(str_trim(words(frames, item->at.end, pos)), STR("的"))) {
                left->base = time->last; /* “十二五”末的1.3倍 */
                pos = item->at.start;
                i--;
                continue;
            }
            break;
        }
        if (item->kind != ITEM_WORD) {
            break;
        }
        if (item->sub == WORD_THAN) { /* 同比 */
            if (item->at.end - item->at.start <= 3) {
                break;
            }
            left->than_last = true;
        } else if (item->sub == WORD_RESPECTIVE) {
            left->respective = true;
        } else if (item->sub == WORD_ALL) {
            left->all = true;
        } else if (item->sub == WORD_TOTAL) {
            left->total = true;
        } else if (item->sub == WORD_YEARLY) {
            left->yearly = true;
        } else if (item->sub == WORD_DONE) {
            left->done = true;
        } else if (item->sub == WORD_MODAL || item->sub == WORD_ABOUT) {
            left->about |= item->sub == WORD_ABOUT;
        } else if (item->sub == WORD_SHARE_NOUN && left->over.end == 0) {
            left->over = item->at; /* for now: where 比重 stands */
        } else if (item->sub == WORD_RISE || item->sub == WORD_FALL) {
            if (left->growth || (left->verb == WORD_BUILD) ||
                (left->verb != WORD_NONE && left->verb != item->sub &&
                 item->at.start <= left->start)) {
                break;
            }
            left->growth = true;
            left->fall = item->sub == WORD_FALL;
            left->verb = left->verb == WORD_NONE ? item->sub : left->verb;
        } else if (is_verb(item->sub)) {
            if (left->verb != WORD_NONE) {
                break;
            }
            left->verb = item->sub;
            if (item->sub == WORD_BUILD || item->sub == WORD_WEAK || item->sub == WORD_HAVE) {
                left->end = item->at.start;
                pos = item->at.start;
                break;
            }
        } else {
            break;
        }
        pos = item->at.start;
        i--;
    }
    left->end = pos;
}

/* 占全省的, 占地区生产总值的比重: what the share is of, and the name in front. */
static void read_share(const Frames *frames, const Scan *scan, size_t i, Left *left)
{
    Span noun = left->over;

    left->over = (Span){0, 0};
    while (i > left->first) {
        const Item *item = item_at(scan, --i);

        if (is_word(item, WORD_SHARE) && item->at.end <= left->end) {
            Str over = str_trim(words(frames, item->at.end, left->end));

            (void)(strip_end(&over, "比重") || strip_end(&over, "比例"));
            (void)strip_end(&over, "的");
            (void)strip(&over, "到");
            left->share = true;
            left->about |= str_starts(words(frames, item->at.start, item->at.end), STR("约"));
            left->over = (Span){(uint32_t)(over.at - frames->text.at),
                                (uint32_t)((size_t)(over.at - frames->text.at) + over.len)};
            left->end = item->at.start;
            return;
        }
    }
    if (noun.end != 0) {
        left->end = noun.end; /* 优良天数比例: part of the name */
        left->share = str_eq(words(frames, noun.start, noun.end), STR("占比"));
    }
}

/* 由A提高到B: an earlier number of the clause is the baseline. */
static void read_from(const Frames *frames, const Scan *scan, size_t q, Left *left)
{
    size_t i = left->first;
    uint32_t start;
    size_t first;

    if (i == 0 || item_at(scan, i - 1)->kind != ITEM_QUANTITY ||
        (left->verb != WORD_REACH && left->verb != WORD_FALL_TO) ||
        str_trim(words(frames, left->start, left->end)).len != 0) {
        return;
    }
    (void)q;
    first = clause_start(scan, i - 1, &start);
    for (size_t k = i - 1; k > first; k--) {
        const Item *item = item_at(scan, k - 1);

        if (is_word(item, WORD_FROM)) {
            left->from_quantity = item_at(scan, i - 1)->number;
            left->from = item_at(scan, i - 1)->at;
            for (size_t t = k; t < i - 1; t++) {
                if (item_at(scan, t)->kind == ITEM_TIME) {
                    left->base = time_of(scan, item_at(scan, t))->last;
                }
            }
            left->first = first;
            left->start = start;
            left->end = item->at.start;
            left->item_end = k;
            return;
        }
    }
}

/* A clause that begins with 新建, 完成, 培育, behind its opening words. */
static void read_build(const Frames *frames, const Scan *scan, size_t q, Left *left)
{
    uint32_t pos = left->start;

    for (size_t i = left->first; i < q; i++) {
        const Item *item = item_at(scan, i);
        bool opening =
            item->kind == ITEM_TIME ||
            (item->kind == ITEM_WORD &&
             (item->sub == WORD_OPENING || item->sub == WORD_MODAL || item->sub == WORD_OWN ||
              item->sub == WORD_BY || item->sub == WORD_LINK || item->sub == WORD_DONE ||
              item->sub == WORD_TOTAL || item->sub == WORD_REGION || item->sub == WORD_YEARLY ||
              item->sub == WORD_MUST)) ||
            joins(item);

        if (str_trim(words(frames, pos, item->at.start)).len != 0) {
            return;
        }
        if (is_word(item, WORD_BUILD) || is_word(item, WORD_WEAK) || is_word(item, WORD_SET_UP) ||
            is_word(item, WORD_HAVE) || is_word(item, WORD_MEETING)) {
            left->build = true;
            if (item->sub == WORD_BUILD || item->sub == WORD_SET_UP) {
                return;
            }
        } else if (!opening) {
            return;
        }
        pos = item->at.end;
    }
}

/* 选拔100名甲、200名乙: a number right behind 、 or a comma goes on as the one before it. */
static bool follows_object(const Frames *frames, const Scan *scan, size_t q)
{
    const Item *before = q > 0 ? item_at(scan, q - 1) : NULL;

    return frames->object_chain && before != NULL &&
           (joins(before) || is_mark(before, MARK_COMMA)) &&
           adjacent(frames, before->at.end, item_at(scan, q)->at.start);
}

/* Whether words that can name what is counted follow the number at once. */
static bool names_object(const Frames *frames, const Scan *scan, size_t q)
{
    uint32_t at = item_at(scan, q)->at.end;
    size_t len;
    uint32_t code = at < scan->at.end ? utf8_at(frames->text, at, &len) : 0;

    return (code >= 0x4E00 && code <= 0x9FFF) || code == 0x201C;
}

/* Words in front of a count that are a verb, though an unknown one, and not what is counted. */
static bool is_verb_phrase(Str words)
{
    static const char *const NOT[] = {"涉及", "分为", "分",   "连接", "包括", "包含", "辖", "依托",
                                      "围绕", "面向", "辐射", "横跨", "跨",   "由",   "以", "在",
                                      "对",   "按",   "按照", "每",   "全省", "全市", "这", "该",
                                      "上述", "下列", "以下", "其他", "有",   "等",   "的", "以及",
                                      "位于", "原",   "从",   "同",   "与",   "和",   "及", "向",
                                      "至",   "到",   "居",   "列",   "前",   "第"};

    for (size_t k = 0; k < sizeof NOT / sizeof NOT[0]; k++) {
        if (str_ends(words, str_z(NOT[k]))) {
            return false;
        }
    }
    return true;
}

static Left read_left(const Frames *frames, const Scan *scan, size_t q)
{
    Left left = {.from_quantity = SIZE_MAX};
    const Quantity *quantity = quantity_of(scan, item_at(scan, q));
    uint32_t region = NONE;
    Str rest;

    left.first = clause_start(scan, q, &left.start);
    left.end = quantity->at.start;
    read_verbs(frames, scan, q, quantity->at.start, &left);
    if (quantity->over && left.verb == WORD_NONE) {
        left.verb = WORD_OVER;
    }
    read_from(frames, scan, q, &left);
    read_share(frames, scan, left.from.end != 0 ? left.item_end : q, &left);
    read_build(frames, scan, q, &left);
    rest = name_trim(frames, words(frames, left.start, left.end), &region);
    if (follows_object(frames, scan, q)) {
        left.start = left.end = quantity->at.start;
        left.verb = WORD_NONE;
        left.build = left.object_behind = true;
        return left;
    }
    if (left.verb == WORD_NONE && !left.share && quantity->is == UNIT_COUNT &&
        !quantity->attributive && rest.len != 0 && rest.len <= 36 &&
        !known(frames->lexicon, rest) && names_object(frames, scan, q) && is_verb_phrase(rest)) {
        left.object_behind = left.build = true;
    }
    if ((left.verb == WORD_BUILD || left.verb == WORD_WEAK || left.verb == WORD_HAVE) &&
        (rest.len == 0 || lexicon_word(frames->lexicon, rest, 0).len == rest.len)) {
        left.object_behind = true;
    }
    if (left.verb == WORD_NONE && rest.len == 0) {
        left.object_behind = true;
    }
    return left;
}

/* ---- the right side ---- */

/* The words behind the number up to the end of the clause. */
static Span read_right(const Scan *scan, size_t q, bool through_pauses)
{
    uint32_t start = item_at(scan, q)->at.end, end = scan->at.end;
    int quotes = 0;

    for (size_t i = q + 1; i < scan->items.n; i++) {
        const Item *item = item_at(scan, i);

        quotes += is_mark(item, MARK_QUOTE) ? 1 : is_mark(item, MARK_UNQUOTE) ? -1 : 0;
        if (ends_clause(item) || is_mark(item, MARK_CLOSE) || item->kind == ITEM_QUANTITY ||
            (!through_pauses && quotes <= 0 &&
             (is_mark(item, MARK_PAUSE) || (is_word(item, WORD_LINK) && i + 1 < scan->items.n &&
                                            item_at(scan, i + 1)->kind == ITEM_QUANTITY)))) {
            end = item->at.start;
            break;
        }
    }
    return (Span){start, end};
}

/* ---- time ---- */

static int year_of(const Frames *frames, const Time *time)
{
    return time->kind == TIME_OFFSET ? frames->now + time->first : time->last;
}

static bool governs(const Frames *frames, const Scan *scan, size_t i)
{
    const Item *item = item_at(scan, i);
    const Time *time;

    if (item->kind != ITEM_TIME) {
        return false;
    }
    time = time_of(scan, item);
    if ((time->kind != TIME_POINT && time->kind != TIME_SPAN && time->kind != TIME_OFFSET) ||
        (time->flags & TIME_TITLE) != 0) {
        return false;
    }
    if (time->kind != TIME_OFFSET && time->first == 0) {
        return false;
    }
    if ((time->flags & TIME_FROM) != 0 && (time->flags & TIME_END) == 0) {
        return false;
    }
    if (i > 0 &&
        (is_word(item_at(scan, i - 1), WORD_THAN) ||
         (is_word(item_at(scan, i - 1), WORD_FROM) && time->kind == TIME_POINT)) &&
        adjacent(frames, item_at(scan, i - 1)->at.end, item->at.start)) {
        return false;
    }
    return !str_starts(words(frames, item->at.end, scan->at.end), STR("的")) ||
           time->kind == TIME_SPAN;
}

/* The year that holds for the number at item q, from its own sentence or the paragraph; 0: none. */
static int governing_year(Frames *frames, const Scan *scan, size_t q, bool *from, int *since)
{
    *from = false;
    *since = 0;
    for (size_t i = q; i-- > 0;) {
        if (governs(frames, scan, i)) {
            const Time *time = time_of(scan, item_at(scan, i));

            if (time->kind == TIME_SPAN) {
                *since = time->first - 1;
            }
            *from = true;
            return year_of(frames, time);
        }
    }
    return frames->year;
}

/* A year that stands in a sentence holds for those that follow in its paragraph. */
static void carry_year(Frames *frames, const Scan *scan)
{
    for (size_t i = 0; i < scan->items.n; i++) {
        if (governs(frames, scan, i)) {
            frames->year = year_of(frames, time_of(scan, item_at(scan, i)));
        }
    }
}

static bool clause_has(const Scan *scan, size_t first, size_t end, WordKind kind)
{
    for (size_t i = first; i < end; i++) {
        if (is_word(item_at(scan, i), kind)) {
            return true;
        }
    }
    return false;
}

/* ---- statements ---- */

static Statement *add_statement(Frames *frames, Span at)
{
    Statement *statement = vec_push(frames->arena, &frames->statements);

    *statement = (Statement){.at = at, .indicator = NONE, .region = NONE, .part = frames->part};
    return statement;
}

/* What stands on a number: its kind, sign and comparator. */
static void settle_value(const Frames *frames, const Quantity *quantity, const Left *left,
                         Statement *out)
{
    bool rate = quantity->is == UNIT_RATE, points = quantity->is == UNIT_POINTS;

    out->value = quantity->value;
    out->unit = quantity->unit;
    out->comparator = quantity->comparator;
    out->implicit = quantity->level;
    if (quantity->range && quantity->comparator == COMPARE_NONE) {
        out->comparator = COMPARE_AT_LEAST;
    }
    if (out->comparator == COMPARE_NONE) {
        out->comparator = left->verb == WORD_CAP ? COMPARE_AT_MOST
                          : left->about          ? COMPARE_ABOUT
                                                 : COMPARE_EQUAL;
    }
    out->kind = left->share ? TARGET_SHARE : TARGET_LEVEL;
    if (!left->growth) {
        return;
    }
    if (points || !rate) {
        out->kind = left->yearly && points ? TARGET_ANNUAL_GROWTH : TARGET_CUMULATIVE_CHANGE;
    } else if (left->yearly ||
               (left->base == 0 && !left->total && (left->than_last || !left->fall) &&
                (left->than_last || frames->first == frames->last ||
                 decimal_cmp(quantity->value, (Decimal){MAX_YEARLY, 0}) <= 0))) {
        out->kind = TARGET_ANNUAL_GROWTH;
    } else {
        out->kind = TARGET_CUMULATIVE_CHANGE;
    }
    if (left->fall) {
        out->value.digits = -out->value.digits;
        out->comparator = out->comparator == COMPARE_AT_LEAST  ? COMPARE_AT_MOST
                          : out->comparator == COMPARE_AT_MOST ? COMPARE_AT_LEAST
                                                               : out->comparator;
    }
}

/* 每万人…件: the name says over what. */
static void settle_unit(const Frames *frames, Statement *out)
{
    if (out->indicator != NONE) {
        const Indicator *indicator = frames->lexicon->catalog->indicators.at[out->indicator];

        if (out->unit.len == 0) {
            out->unit = unit_is_plain(indicator->unit) ? STR("") : indicator->unit_text;
        } else if (out->kind != TARGET_CUMULATIVE_CHANGE &&
                   indicator->unit_text.len > out->unit.len &&
                   str_starts(indicator->unit_text, out->unit) &&
                   indicator->unit_text.at[out->unit.len] == '/') {
            out->unit = indicator->unit_text;
        }
    }
}

static void settle_indicator(const Frames *frames, const Left *left, Statement *out)
{
    Str over = left->share ? words(frames, left->over.start, left->over.end) : STR("");
    int base = out->since != 0 ? out->since : 0, to = out->year != 0 ? out->year : frames->last;

    out->indicator = indicator_find(frames->lexicon, out->name, out->kind, out->unit, over,
                                    base != 0 ? to - base : 0);
    if (out->indicator == NONE && over.len == 0 && out->kind == TARGET_LEVEL && left->total &&
        out->since != 0) {
        out->indicator = indicator_find(frames->lexicon,
                                        str_format(frames->arena, "累计%.*s", STR_ARG(out->name)),
                                        out->kind, out->unit, over, 0);
    }
    if (left->share && over.len != 0) {
        out->name = str_format(frames->arena, "%.*s占%.*s比重", STR_ARG(out->name), STR_ARG(over));
    }
    settle_unit(frames, out);
}

/* Whether the words read like the name of something that is measured. */
static bool is_measured(Str name)
{
    static const char *const ENDS[] = {
        "率",   "量",   "额",   "值",   "数",   "比重", "比例",   "面积", "里程",  "收入",
        "能力", "规模", "人口", "强度", "密度", "指数", "系数",   "水平", "浓度",  "天数",
        "长度", "投资", "容量", "装机", "产能", "面",   "时间",   "年限", "寿命",  "能耗",
        "水耗", "增速", "比",   "就业", "人次", "床位", "贡献率", "支出", "总面积"};

    for (size_t k = 0; k < sizeof ENDS / sizeof ENDS[0]; k++) {
        if (str_ends(name, str_z(ENDS[k]))) {
            return true;
        }
    }
    return false;
}

/* Parts of a coordinate name, each made whole: 城镇、农村居民收入 is 城镇居民收入 and 农村居民收入.
 */
static size_t split_names(const Frames *frames, const Scan *scan, const Left *left, Str name,
                          Str *out)
{
    uint32_t start = (uint32_t)(name.at - frames->text.at), end = start + (uint32_t)name.len,
             from = start;
    size_t n = 0;

    for (size_t i = left->first; i < scan->items.n; i++) {
        const Item *item = item_at(scan, i);

        if (item->at.end > end) {
            break;
        }
        if (item->at.start >= start && joins(item) && n + 1 < MAX_LIST && item->at.start > from) {
            out[n++] = str_trim(words(frames, from, item->at.start));
            from = item->at.end;
        }
    }
    out[n++] = str_trim(words(frames, from, end));
    return n;
}

static void complete_names(const Frames *frames, Str *names, size_t n)
{
    Str last = names[n - 1];

    for (size_t i = 0; i + 1 < n; i++) {
        Str whole = names[i];
        size_t best = 0;

        if (known(frames->lexicon, whole) || is_measured(whole)) {
            continue;
        }
        for (size_t cut = 0; cut < last.len;
             cut++) { /* the longest end of the last that makes a known name */
            Str tail = str_slice(last, cut, last.len);

            if (((unsigned char)last.at[cut] & 0xC0) == 0x80) {
                continue;
            }
            if (lexicon_indicator(frames->lexicon, (Str[]){whole, tail}, 2) != NONE) {
                best = cut;
                names[i] = str_format(frames->arena, "%.*s%.*s", STR_ARG(whole), STR_ARG(tail));
                break;
            }
        }
        if (best == 0 && str_eq(names[i], whole) && last.len > whole.len &&
            whole.len <= 12) { /* of equal length */
            names[i] = str_format(frames->arena, "%.*s%.*s", STR_ARG(whole),
                                  STR_ARG(str_slice(last, whole.len, last.len)));
        }
    }
}

/* 城乡居民人均可支配收入 means two. */
static bool split_town_country(const Frames *frames, Str name, Str *out)
{
    size_t at = str_find(name, STR("城乡居民"));
    Str head, tail;

    if (at == SIZE_MAX) {
        return false;
    }
    head = str_slice(name, 0, at);
    tail = str_slice(name, at + strlen("城乡居民"), name.len);
    out[0] = str_format(frames->arena, "%.*s城镇居民%.*s", STR_ARG(head), STR_ARG(tail));
    out[1] = str_format(frames->arena, "%.*s农村居民%.*s", STR_ARG(head), STR_ARG(tail));
    return true;
}

static bool all_known(const Frames *frames, const Str *names, size_t n, const Left *left, Str unit)
{
    for (size_t i = 0; i < n; i++) {
        if (indicator_find(frames->lexicon, names[i],
                           left->growth ? TARGET_ANNUAL_GROWTH : TARGET_LEVEL, unit, STR(""),
                           0) == NONE) {
            return false;
        }
    }
    return true;
}

/* Names for the n values: as many as there are, or one for all. */
static size_t names_for(const Frames *frames, const Scan *scan, const Left *left, Str name,
                        size_t n_values, Str unit, Str *out)
{
    size_t n = split_names(frames, scan, left, name, out);
    bool each = left->respective || left->all;

    if (n == 1 && left->respective && split_town_country(frames, name, out)) {
        return 2;
    }
    if (n > 1 && (n_values == n || (n_values == 1 && each))) {
        complete_names(frames, out, n);
        return n;
    }
    if (n > 1 && n_values == 1 && !left->build && !left->share &&
        all_known(frames, out, n, left, unit)) {
        return n;
    }
    out[0] = name;
    return 1;
}

/* What the value speaks of is in the past: a year before the plan, or words and place say so. */
static bool is_past(const Frames *frames, const Scan *scan, size_t q, const Left *left, int year,
                    bool stated)
{
    if (year != 0 && (stated || frames->mode == MODE_FUTURE)) {
        if (year < frames->first) {
            return true;
        }
        if (stated && (frames->mode != MODE_PAST || year > frames->first)) {
            return clause_has(scan, left->first, q, WORD_DONE) && year <= frames->now;
        }
    }
    if (frames->mode == MODE_PAST) {
        return true;
    }
    return left->done || clause_has(scan, left->first, q, WORD_DONE) || left->verb == WORD_HAVE;
}

/* A value that says nothing by itself: a standard, a size of what is built, a count in a name. */
static bool is_mere_attribute(const Frames *frames, const Scan *scan, size_t q, const Left *left,
                              Span right)
{
    const Quantity *quantity = quantity_of(scan, item_at(scan, q));
    Str behind = str_trim(words(frames, right.start, right.end));

    if (quantity->attributive && (left->verb == WORD_NONE || left->verb == WORD_HAVE) &&
        !left->build) {
        return true;
    }
    if (left->verb != WORD_NONE && !left->object_behind) {
        return str_starts(behind, STR("的")) && left->verb != WORD_BUILD &&
               left->verb != WORD_HAVE && behind.len > 6 && !left->share &&
               quantity->comparator != COMPARE_NONE;
    }
    if (quantity->attributive && str_starts(behind, STR("的"))) {
        return true;
    }
    if (left->object_behind) {
        return false;
    }
    /* 建设100万千瓦光伏基地 is a size of the work; 3000户以上小区 is not */
    return behind.len != 0 && !left->build && !str_starts(behind, STR("（")) &&
           !str_starts(behind, STR("("));
}

typedef struct {
    size_t q, n; /* items of the values: q, and those joined to it */
    size_t items[MAX_LIST];
} Values;

/* Values that follow each other with nothing but 、 and 和 between. */
static Values read_values(const Frames *frames, const Scan *scan, size_t q)
{
    Values values = {.q = q, .n = 1, .items = {q}};

    for (size_t i = q + 1; i + 1 < scan->items.n && values.n < MAX_LIST; i += 2) {
        const Item *join = item_at(scan, i), *next = item_at(scan, i + 1);

        if (!(joins(join) || is_mark(join, MARK_COMMA)) || next->kind != ITEM_QUANTITY ||
            !adjacent(frames, item_at(scan, i - 1)->at.end, join->at.start) ||
            !adjacent(frames, join->at.end, next->at.start)) {
            break;
        }
        values.items[values.n++] = i + 1;
    }
    return values;
}

static void set_times(Frames *frames, const Left *left, Statement *out, int year, int since,
                      bool past)
{
    out->is_target = !past;
    out->year = (int16_t)(year != 0 && (past ? year < frames->first || (frames->mode == MODE_PAST)
                                             : year >= frames->first)
                              ? year
                              : 0);
    out->since = left->base != 0 ? left->base : 0;
    if (left->than_last && out->since == 0 && out->kind != TARGET_ANNUAL_GROWTH) {
        out->since = (int16_t)((out->year != 0 ? out->year
                                : past         ? frames->first - 1
                                               : frames->last) -
                               1);
    }
    if (past && since != 0 && out->since == 0 &&
        (left->total || out->kind == TARGET_CUMULATIVE_CHANGE)) {
        out->since = (int16_t)since;
    }
}

/* The subject that the clause before left for this one. */
static size_t inherit(const Frames *frames, size_t n, const Statement **out)
{
    size_t have = frames->statements.n - frames->sentence_first;

    if (have == 0) {
        return 0;
    }
    n = n > have ? have : n;
    for (size_t i = 0; i < n; i++) {
        out[i] = &frames->statements.at[frames->statements.n - n + i];
    }
    return n;
}

static Str base_name(Str name)
{
    size_t share = str_find(name, STR("占"));

    return share == SIZE_MAX || share == 0 ? name : str_slice(name, 0, share);
}

/* 三次产业结构比为17.90∶29.86∶52.24: three shares. */
static bool add_ratio(Frames *frames, const Scan *scan, size_t q, const Left *left, int year,
                      bool past)
{
    static const char *const NAMES[] = {"第一产业比重", "第二产业比重", "第三产业比重"};
    size_t n = 0;

    while (q + n < scan->items.n && item_at(scan, q + n)->kind == ITEM_QUANTITY &&
           quantity_of(scan, item_at(scan, q + n))->ratio) {
        n++;
    }
    if (n != 3 || str_find(words(frames, left->start, left->end), STR("产业")) == SIZE_MAX) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        const Quantity *quantity = quantity_of(scan, item_at(scan, q + i));
        Statement *statement = add_statement(frames, quantity->at);

        statement->name = str_z(NAMES[i]);
        statement->value = quantity->value;
        statement->unit = STR("%");
        statement->comparator = COMPARE_EQUAL;
        statement->kind = TARGET_SHARE;
        statement->indicator = lexicon_indicator(frames->lexicon, &statement->name, 1);
        set_times(frames, left, statement, year, 0, past);
        statement->kind = TARGET_SHARE;
    }
    return true;
}

/* Where words stand in the text; empty if they are not of it. */
static Span span_in(Str text, Str name)
{
    uintptr_t start = (uintptr_t)text.at, at = (uintptr_t)name.at;

    if (at < start || at + name.len > start + text.len) {
        return (Span){0, 0};
    }
    return (Span){(uint32_t)(at - start), (uint32_t)(at - start + name.len)};
}

static void add_values(Frames *frames, const Scan *scan, const Values *values, const Left *left,
                       const Str *names, size_t n_names, uint32_t region, int year, int since,
                       bool past)
{
    size_t n = n_names > values->n ? n_names : values->n;
    const Quantity *last = quantity_of(scan, item_at(scan, values->items[values->n - 1]));

    for (size_t i = 0; i < n; i++) {
        const Quantity *quantity =
            quantity_of(scan, item_at(scan, values->items[i < values->n ? i : values->n - 1]));
        Statement *statement = add_statement(frames, quantity->at);
        Quantity value = *quantity;

        if (left->respective && values->n > 1 && value.comparator == COMPARE_NONE &&
            last->comparator != COMPARE_NONE && value.is == last->is) {
            value.comparator = last->comparator; /* 分别达到80%、90%以上 */
        }
        if (value.is == UNIT_NO && last->is != UNIT_NO) {
            value.unit = last->unit;
            value.is = last->is;
        }
        statement->name = names[i < n_names ? i : n_names - 1];
        statement->name_at = span_in(frames->text, statement->name);
        statement->region = region;
        settle_value(frames, &value, left, statement);
        set_times(frames, left, statement, year, since, past);
        settle_indicator(frames, left, statement);
        if (left->from_quantity != SIZE_MAX) {
            const Quantity *from = &scan->quantities.at[left->from_quantity];

            statement->baseline = from->value;
            statement->has_baseline = true;
            if (statement->since == 0) {
                statement->since = left->base;
            }
        }
    }
}

/* Words behind a number that name what it counts. */
static Str object_name(const Frames *frames, Span right, uint32_t *region)
{
    Str name = str_trim(words(frames, right.start, right.end));

    (void)strip(&name, "的");
    name = name_trim(frames, name, region);
    return name;
}

/* Handles the number at item q and those joined to it; returns how many items it took. */
static size_t read_statement(Frames *frames, const Scan *scan, size_t q)
{
    const Quantity *quantity = quantity_of(scan, item_at(scan, q));
    Values values = read_values(frames, scan, q);
    Left left = read_left(frames, scan, q);
    Span right = read_right(scan, values.items[values.n - 1], false);
    uint32_t region = NONE;
    bool stated, past;
    int since, year = governing_year(frames, scan, q, &stated, &since);
    Str names[MAX_LIST], name;
    size_t n_names = 1, taken = values.items[values.n - 1] - q + 1;

    past = is_past(frames, scan, q, &left, year, stated);
    if (quantity->ratio) {
        size_t n = q;

        while (n < scan->items.n && item_at(scan, n)->kind == ITEM_QUANTITY &&
               quantity_of(scan, item_at(scan, n))->ratio) {
            n++;
        }
        (void)add_ratio(frames, scan, q, &left, year, past);
        return n - q;
    }
    if (q + 1 < scan->items.n && is_word(item_at(scan, q + 1), WORD_BY)) { /* 由A提高到B: B tells */
        taken = 1;
    }
    if (is_mere_attribute(frames, scan, values.items[values.n - 1], &left, right)) {
        return 1;
    }
    if (clause_has(scan, left.first, q, WORD_FROM) && left.from.end == 0) { /* A of 由A提高到B */
        for (size_t i = q + 1; i < scan->items.n && !ends_clause(item_at(scan, i)); i++) {
            if (is_word(item_at(scan, i), WORD_REACH) || is_word(item_at(scan, i), WORD_FALL_TO)) {
                return 1;
            }
        }
    }
    name = name_trim(frames, last_of_clause(words(frames, left.start, left.end)), &region);
    frames->object_chain = left.object_behind;
    if (left.object_behind) {
        name = object_name(frames, right, &region);
        if (name.len == 0 ||
            (quantity->is != UNIT_COUNT && quantity->is != UNIT_SIZE && quantity->is != UNIT_NO)) {
            const Statement *before[MAX_LIST];

            if (left.verb != WORD_NONE || inherit(frames, 1, before) == 0) {
                return taken;
            }
            name = base_name(before[0]->name);
        } else if (left.verb == WORD_NONE && !left.build) {
            bool joined = left.first > 0 && joins(item_at(scan, left.first)) &&
                          frames->statements.n > frames->sentence_first;

            if (!joined && !(quantity->is == UNIT_RATE && name.len > 0) &&
                frames->mode == MODE_FUTURE && !past) {
                return taken;
            }
        }
    } else if (name.len == 0 || name.len > MAX_NAME) {
        const Statement *before[MAX_LIST];
        size_t n = name.len == 0 && (left.verb != WORD_NONE || left.share)
                       ? inherit(frames, left.respective ? values.n : 1, before)
                       : 0;

        if (n == 0) {
            return taken;
        }
        for (size_t i = 0; i < n; i++) {
            names[i] = base_name(before[i]->name);
        }
        n_names = n;
        name = names[0];
    } else {
        if (left.verb == WORD_NONE && !left.share && !past && !left.build &&
            !known(frames->lexicon, name) && !is_measured(name) && quantity->is == UNIT_NO) {
            return taken;
        }
        n_names = names_for(frames, scan, &left, name, values.n, quantity->unit, names);
    }
    if (n_names == 1) {
        names[0] = name;
    }
    if (quantity->is == UNIT_NO && left.verb != WORD_REACH && left.verb != WORD_FALL_TO &&
        left.verb != WORD_HOLD && left.verb != WORD_CAP && left.verb != WORD_OVER &&
        left.verb != WORD_IS && !known(frames->lexicon, name)) {
        return taken;
    }
    add_values(frames, scan, &values, &left, names, n_names, region, year, since, past);
    return taken;
}

void frames_paragraph(Frames *frames, uint32_t part, Mode mode, int year)
{
    frames->part = part;
    frames->mode = mode;
    frames->year = year;
}

void frames_sentence(Frames *frames, const Scan *scan)
{
    frames->sentence_first = frames->statements.n;
    frames->object_chain = false;
    for (size_t i = 0; i < scan->items.n;) {
        i += item_at(scan, i)->kind == ITEM_QUANTITY ? read_statement(frames, scan, i) : 1;
    }
    carry_year(frames, scan);
}
