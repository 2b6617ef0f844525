/* Frame: what a sentence states: indicator, verb, quantity, time and place of each number in it. */
#include "extract/frame_priv.h"

enum {
    MAX_NAME = 240,  /* bytes of an indicator's name; what is longer is cut to its last part */
    MAX_YEARLY = 12, /* a bare 增长 up to this many percent is yearly: our choice */
};

/* ---- the right side ---- */

/* The words behind the number up to the end of the clause. */
Span right_read(const Scan *scan, size_t q, bool through_pauses)
{
    uint32_t start = item_at(scan, q)->at.end, end = scan->at.end;
    int quotes = 0;

    for (size_t i = q + 1; i < scan->items.n; i++) {
        const Item *item = item_at(scan, i), *next = i + 1 < scan->items.n ? item + 1 : NULL;
        bool counted =
            next != NULL && next->kind == ITEM_QUANTITY && next->at.start <= item->at.end + 3;
        bool built = next != NULL && is_word(next, WORD_BUILD) && next->at.start == item->at.end;

        quotes += is_mark(item, MARK_QUOTE) ? 1 : is_mark(item, MARK_UNQUOTE) ? -1 : 0;
        if (ends_clause(item) || is_mark(item, MARK_CLOSE) || item->kind == ITEM_QUANTITY ||
            (!through_pauses && quotes <= 0 && joins(item) &&
             (counted || built || item->at.start <= start + 1))) {
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
    if (str_starts(words(frames, item->at.end, scan->at.end), STR("基础上")) ||
        str_starts(words(frames, item->at.end, scan->at.end), STR("的基础上"))) {
        return false;
    }
    return !str_starts(words(frames, item->at.end, scan->at.end), STR("的")) ||
           time->kind == TIME_SPAN;
}

/* The year that holds for the number at item q, from its own sentence or the paragraph; 0: none. */
int governing_year(Frames *frames, const Scan *scan, size_t q, bool *from, int *since)
{
    const Time *time;

    *from = false;
    *since = 0;
    if (q < frames->times_seen) {
        frames->times_seen = 0;
        frames->time = SIZE_MAX;
    }
    for (; frames->times_seen < q; frames->times_seen++) { /* numbers come in their order */
        if (governs(frames, scan, frames->times_seen)) {
            frames->time = frames->times_seen;
        }
    }
    if (frames->time == SIZE_MAX) {
        return frames->year;
    }
    time = time_of(scan, item_at(scan, frames->time));
    if (time->kind == TIME_SPAN) {
        *since = time->first - 1;
    }
    *from = true;
    return year_of(frames, time);
}

/* A year that stands in a sentence holds for those that follow in its paragraph. */
static void carry_year(Frames *frames, const Scan *scan)
{
    for (size_t i = 0; scan->times.n > 0 && i < scan->items.n; i++) {
        if (governs(frames, scan, i) &&
            (time_of(scan, item_at(scan, i))->flags & TIME_BEFORE) == 0) {
            frames->year = year_of(frames, time_of(scan, item_at(scan, i)));
        }
    }
}

/* ---- statements ---- */

Statement *frames_add(Frames *frames, Span at)
{
    Statement *statement = vec_push(frames->arena, &frames->statements);

    *statement = (Statement){
        .at = at, .indicator = NONE, .region = NONE, .relative = NONE, .part = frames->part};
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
        bool cap = left->verb == WORD_CAP && !left->growth; /* 控制在5%—5.5% */

        out->value = cap ? quantity->high : quantity->value;
        out->comparator = cap ? COMPARE_AT_MOST : COMPARE_AT_LEAST;
    }
    if (out->comparator == COMPARE_NONE) {
        out->comparator = left->bound != COMPARE_NONE ? left->bound
                          : left->verb == WORD_CAP    ? COMPARE_AT_MOST
                          : left->about               ? COMPARE_ABOUT
                                                      : COMPARE_EQUAL;
    }
    out->kind = left->share || str_ends(out->name, STR("占比")) || str_ends(out->name, STR("比重"))
                    ? TARGET_SHARE
                    : TARGET_LEVEL;
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
    settle_scale(frames->lexicon->catalog, out);
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

/* What the value speaks of is in the past: a year before the plan, or words and place say so. */
bool frames_is_past(const Frames *frames, const Scan *scan, size_t q, const Left *left, int year,
                    bool stated)
{
    if (year != 0 && (stated || frames->mode == MODE_FUTURE)) {
        if (year < frames->first) {
            return true;
        }
        if (stated && (frames->mode != MODE_PAST || year > frames->first)) {
            return year <= frames->now && clause_has(scan, left->first, q, WORD_DONE);
        }
    }
    if (frames->mode == MODE_PAST) {
        return true;
    }
    for (size_t i = left->first; i < q; i++) { /* 现有企业180户 */
        if (is_word(item_at(scan, i), WORD_HAVE) &&
            str_starts(words(frames, item_at(scan, i)->at.start, scan->at.end), STR("现"))) {
            return true;
        }
    }
    return left->done || clause_has(scan, left->first, q, WORD_DONE) || left->verb == WORD_HAVE;
}

static bool is_repeated(const Scan *scan, size_t first, size_t q)
{
    for (size_t i = first; i < q; i++) {
        if (item_at(scan, i)->kind == ITEM_TIME &&
            time_of(scan, item_at(scan, i))->kind == TIME_REPEAT) {
            return true;
        }
    }
    return false;
}

/* 培育年产值10亿元以上企业5家: a size that only describes what another number of the clause counts.
 */
static bool counts_what_it_describes(const Frames *frames, const Scan *scan, size_t q,
                                     const Left *left)
{
    const Quantity *quantity = quantity_of(scan, item_at(scan, q));

    if (quantity->is == UNIT_COUNT || (quantity->comparator == COMPARE_NONE && !quantity->over)) {
        return false;
    }
    (void)left;
    for (size_t i = q + 1; i < scan->items.n && !ends_clause(item_at(scan, i)) &&
                           !is_mark(item_at(scan, i), MARK_PAUSE);
         i++) {
        if (item_at(scan, i)->kind == ITEM_QUANTITY) {
            const Quantity *next = quantity_of(scan, item_at(scan, i));
            Str between = words(frames, quantity->at.end, next->at.start);

            return between.len >= 6 && between.len <= 90 &&
                   (next->is == UNIT_COUNT || quantity->attributive);
        }
    }
    return false;
}

/* The words in front of item q from `start` on, behind the last number among them: that is said of
 * what is counted. */
static Str words_before(const Frames *frames, const Scan *scan, size_t q, Span at)
{
    for (size_t i = q; i > 0 && item_at(scan, i - 1)->at.end > at.start; i--) {
        const Item *item = item_at(scan, i - 1);

        if (item->kind == ITEM_QUANTITY && item->at.end <= at.end) {
            return words(frames, item->at.end, at.end);
        }
    }
    return words(frames, at.start, at.end);
}

/* A value that says nothing by itself: a standard, a size of what is built, a count in a name. */
static bool is_mere_attribute(const Frames *frames, const Scan *scan, size_t q, const Left *left,
                              Span right)
{
    const Quantity *quantity = quantity_of(scan, item_at(scan, q));
    Str behind = str_trim(words(frames, right.start, right.end)),
        before = words_before(frames, scan, q, (Span){left->start, left->end});
    static const char *const STANDARDS[] = {"原则上",     "单体",   "单机",     "单厂", "单个",
                                            "奖励",       "补助",   "补贴",     "给予", "罚款",
                                            "年综合能耗", "年耗能", "资助标准", NULL};

    for (size_t k = 0; str_holds_any(before, STANDARDS) && STANDARDS[k] != NULL; k++) {
        bool money = k >= 5 && k <= 9;

        if (str_find(before, str_z(STANDARDS[k])) != SIZE_MAX &&
            (!money || str_ends(quantity->unit, STR("元")))) {
            return true;
        }
    }
    if ((left->verb == WORD_BELOW || left->verb == WORD_ABOVE) && str_starts(behind, STR("的")) &&
        behind.len > 6) {
        return true; /* 浓度低于100毫克/升的污水处理厂 */
    }
    if (str_eq(quantity->unit, STR("次")) && is_repeated(scan, left->first, q)) {
        return true; /* 每季度巡河1次: how often, not how much */
    }
    if (counts_what_it_describes(frames, scan, q, left)) {
        return true;
    }

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
    bool respective = q > 0 && is_word(item_at(scan, q - 1), WORD_RESPECTIVE);

    for (size_t i = q; i > 0 && i + 4 > q && !ends_clause(item_at(scan, i - 1)); i--) {
        respective |= is_word(item_at(scan, i - 1), WORD_RESPECTIVE);
    }

    for (size_t i = q + 1; i + 1 < scan->items.n && values.n < MAX_LIST; i += 2) {
        const Item *join = item_at(scan, i), *next = item_at(scan, i + 1);

        if (!(joins(join) || (respective && is_mark(join, MARK_COMMA))) ||
            next->kind != ITEM_QUANTITY || (!joins(join) && quantity_of(scan, next)->attributive) ||
            !adjacent(frames, item_at(scan, i - 1)->at.end, join->at.start) ||
            !adjacent(frames, join->at.end, next->at.start)) {
            break;
        }
        values.items[values.n++] = i + 1;
    }
    return values;
}

void frames_set_times(Frames *frames, const Left *left, Statement *out, int year, int since,
                      bool past)
{
    out->is_target = !past;
    out->year = (int16_t)(year != 0 && (past ? year < frames->first || (frames->mode == MODE_PAST &&
                                                                        year <= frames->now)
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

/* 其中兰州市达到400亿元: the name is a place, and what is counted is that of the statement before.
 */
static bool names_place(const Frames *frames, Str name, Str unit, uint32_t *region)
{
    Word word = lexicon_word(frames->lexicon, name, 0);
    const Statement *before;

    if (inherit(frames, 1, &before) == 0 || word.kind != WORD_REGION || word.len != name.len ||
        !str_eq(before->unit, unit)) {
        return false;
    }
    *region = word.number;
    return true;
}

static Str base_name(Str name)
{
    size_t share = str_find(name, STR("占"));

    return share == SIZE_MAX || share == 0 ? name : str_slice(name, 0, share);
}

/* 三次产业结构比为17.90∶29.86∶52.24: three shares. */
/* B of 三次产业结构由A调整为B. */
static bool goes_on_from_ratio(const Frames *frames, const Scan *scan, size_t q)
{
    return q > 1 && is_word(item_at(scan, q - 1), WORD_REACH) &&
           item_at(scan, q - 2)->kind == ITEM_QUANTITY &&
           quantity_of(scan, item_at(scan, q - 2))->ratio &&
           frames->statements.n > frames->sentence_first &&
           frames->statements.at[frames->statements.n - 1].at.end == item_at(scan, q - 2)->at.end;
}

static bool add_ratio(Frames *frames, const Scan *scan, size_t q, const Left *left, int year,
                      bool past)
{
    static const char *const NAMES[] = {"第一产业比重", "第二产业比重", "第三产业比重"};
    size_t n = 0;

    while (q + n < scan->items.n && item_at(scan, q + n)->kind == ITEM_QUANTITY &&
           quantity_of(scan, item_at(scan, q + n))->ratio) {
        n++;
    }
    if (n != 3 || !(str_find(words(frames, left->start, left->end), STR("产业")) != SIZE_MAX ||
                    goes_on_from_ratio(frames, scan, q))) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        const Quantity *quantity = quantity_of(scan, item_at(scan, q + i));
        Statement *statement = frames_add(frames, quantity->at);

        statement->name = str_z(NAMES[i]);
        statement->value = quantity->value;
        statement->unit = STR("%");
        statement->comparator = COMPARE_EQUAL;
        statement->kind = TARGET_SHARE;
        statement->indicator = lexicon_indicator(frames->lexicon, &statement->name, 1);
        frames_set_times(frames, left, statement, year, 0, past);
        statement->kind = TARGET_SHARE;
    }
    return true;
}

/* Where words stand in the text; empty if they are not of it. */
Span span_in(Str text, Str name)
{
    uintptr_t start = (uintptr_t)text.at, at = (uintptr_t)name.at;

    if (at < start || at + name.len > start + text.len) {
        return (Span){0, 0};
    }
    return (Span){(uint32_t)(at - start), (uint32_t)(at - start + name.len)};
}

/* 由A提高到B states A of an earlier year; it goes in front of B. */
static void add_baseline(Frames *frames, const Statement *of, const Quantity *from, int year)
{
    Statement copy = *of, fact = copy;

    fact.at = from->at;
    fact.value = from->value;
    fact.comparator = from->comparator != COMPARE_NONE ? from->comparator : COMPARE_EQUAL;
    fact.is_target = false;
    fact.year = (int16_t)year;
    fact.since = 0;
    fact.implicit = false;
    frames->statements.at[frames->statements.n - 1] = fact;
    *vec_push(frames->arena, &frames->statements) = copy;
}

static void add_values(Frames *frames, const Scan *scan, const Values *values, const Left *left,
                       const Str *names, size_t n_names, uint32_t region, int year, int since,
                       bool past)
{
    size_t n = n_names > values->n ? n_names : values->n;
    const Quantity *last = quantity_of(scan, item_at(scan, values->items[values->n - 1])),
                   *first = quantity_of(scan, item_at(scan, values->items[0]));

    for (size_t i = 0; i < n; i++) {
        const Quantity *quantity =
            quantity_of(scan, item_at(scan, values->items[i < values->n ? i : values->n - 1]));
        Statement *statement = frames_add(frames, quantity->at);
        Quantity value = *quantity;
        Left own = *left;

        if (left->respective && values->n > 1 && value.comparator == COMPARE_NONE &&
            last->comparator != COMPARE_NONE && value.is == last->is) {
            value.comparator = last->comparator; /* 分别达到80%、90%以上 */
        }
        if (i > 0 && left->respective && value.comparator == COMPARE_NONE &&
            first->comparator != COMPARE_NONE && first->at.start < first->number.start) {
            value.comparator = first->comparator; /* 分别不低于80%和50% */
        }
        if (value.is == UNIT_NO && last->is != UNIT_NO) {
            value.unit = last->unit;
            value.is = last->is;
        }
        statement->name = names[i < n_names ? i : n_names - 1];
        statement->name_at = span_in(frames->text, statement->name);
        statement->region = region;
        if (str_starts(statement->name, STR("累计"))) {
            own.total = true;
        }
        if (n_names > 1) {
            statement->name = name_trim(frames, statement->name, &statement->region);
        }
        settle_value(frames, &value, &own, statement);
        frames_set_times(frames, &own, statement, year, since, past);
        settle_indicator(frames, &own, statement);
        if (left->from_quantity != SIZE_MAX) {
            const Quantity *from = &scan->quantities.at[left->from_quantity];

            if (from->is == UNIT_NO || from->is == quantity->is) {
                add_baseline(frames, statement, from, left->base);
                statement = &frames->statements.at[frames->statements.n - 1];
            }
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

    (void)name_strip(&name, "的");
    (void)(name_strip(&name, "能力的") || name_strip(&name, "规模的") ||
           name_strip(&name, "产能的"));
    name = name_trim(frames, name, region);
    return name;
}

/* The area that 全省平均水平 and the like mean, seen from the plan's own; NONE if none. */
static uint32_t reference_area(const Frames *frames, Str name)
{
    static const struct {
        const char *word;
        int level;
    } WHOLES[] = {{"全国", REGION_COUNTRY},   {"我国", REGION_COUNTRY},
                  {"全省", REGION_PROVINCE},  {"我省", REGION_PROVINCE},
                  {"全区", REGION_PROVINCE},  {"全市", REGION_PREFECTURE},
                  {"全州", REGION_PREFECTURE}};
    const Catalog *catalog = frames->lexicon->catalog;
    Word word;

    (void)name_strip_end(&name, "水平");
    (void)(name_strip_end(&name, "平均") || name_strip_end(&name, "均值"));
    (void)name_strip_end(&name, "的");
    for (size_t k = 0; k < sizeof WHOLES / sizeof WHOLES[0]; k++) {
        if (str_eq(name, str_z(WHOLES[k].word))) {
            for (uint32_t e = frames->area; e != NONE; e = catalog->entities.at[e].parent) {
                if (!catalog->entities.at[e].is_group && e != frames->area &&
                    catalog->regions.at[e].level == WHOLES[k].level) {
                    return e;
                }
            }
            return NONE;
        }
    }
    word = lexicon_word(frames->lexicon, name, 0);
    return word.kind == WORD_REGION && word.len == name.len ? word.number : NONE;
}

/* 高出全省平均水平3.5个百分点: a distance from the value of another area. What is measured stands
 * in front, or in the clause before. False if it is no such clause. */
static bool add_distance(Frames *frames, const Scan *scan, size_t q, const Left *left, int year,
                         int since, bool past)
{
    const Quantity *quantity = quantity_of(scan, item_at(scan, q));
    const Statement *before[MAX_LIST];
    uint32_t region = NONE, area;
    Statement *statement, known = {.indicator = NONE, .region = NONE, .kind = TARGET_LEVEL};
    size_t k = q;
    Str name;

    while (k > left->first && !is_word(item_at(scan, k - 1), WORD_ABOVE) &&
           !is_word(item_at(scan, k - 1), WORD_BELOW)) {
        k--;
    }
    if (quantity->is != UNIT_POINTS || k == left->first) {
        return false;
    }
    area = reference_area(
        frames, str_trim(words(frames, item_at(scan, k - 1)->at.end, quantity->at.start)));
    name = name_trim(frames, name_last(words(frames, left->start, item_at(scan, k - 1)->at.start)),
                     &region);
    if (name.len == 0 && inherit(frames, 1, before) == 1) {
        known = *before[0];
        name = known.name;
    }
    if (area == NONE || name.len == 0) {
        return false;
    }
    statement = frames_add(frames, quantity->at);
    statement->name = name;
    statement->region = region != NONE ? region : known.region;
    statement->relative = area;
    statement->value = quantity->value;
    statement->unit = quantity->unit;
    statement->comparator =
        quantity->comparator != COMPARE_NONE ? quantity->comparator : COMPARE_EQUAL;
    if (is_word(item_at(scan, k - 1), WORD_BELOW)) {
        statement->value.digits = -statement->value.digits;
    }
    statement->kind = known.kind;
    frames_set_times(frames, left, statement, year, since, past);
    statement->indicator =
        known.indicator != NONE
            ? known.indicator
            : indicator_find(frames->lexicon, name, TARGET_LEVEL, STR("%"), STR(""), 0);
    return true;
}

/* Handles the number at item q and those joined to it; returns how many items it took. */
static size_t read_statement(Frames *frames, const Scan *scan, size_t q)
{
    const Quantity *quantity = quantity_of(scan, item_at(scan, q));
    Values values = read_values(frames, scan, q);
    Left left = left_read(frames, scan, q);
    Span right = right_read(scan, values.items[values.n - 1], false);
    uint32_t region = NONE;
    bool stated, past;
    int since, year = governing_year(frames, scan, q, &stated, &since);
    Str names[MAX_LIST], name;
    size_t n_names = 1, taken = values.items[values.n - 1] - q + 1;

    past = frames_is_past(frames, scan, q, &left, year, stated);
    if (quantity->ratio) {
        size_t n = q;

        while (n < scan->items.n && item_at(scan, n)->kind == ITEM_QUANTITY &&
               quantity_of(scan, item_at(scan, n))->ratio) {
            n++;
        }
        if (n < scan->items.n && is_word(item_at(scan, n), WORD_REACH) &&
            clause_has(scan, left.first, q, WORD_FROM)) { /* A of 由2015年的A调整为B */
            past = true;
            for (size_t i = left.first; i < q; i++) {
                year = item_at(scan, i)->kind == ITEM_TIME ? time_of(scan, item_at(scan, i))->last
                                                           : year;
            }
        } else if (q > 0 && is_word(item_at(scan, q - 1), WORD_REACH)) {
            year = year < frames->first ? frames->year : year;
        }
        (void)add_ratio(frames, scan, q, &left, year, past);
        return n - q;
    }
    if (add_distance(frames, scan, q, &left, year, since, past)) {
        return 1;
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
    name = name_trim(frames, name_last(words(frames, left.start, left.end)), &region);
    if (left.verb != WORD_NONE && !left.object_behind && region == NONE &&
        names_place(frames, name, quantity->unit, &region)) {
        name = STR("");
    }
    frames->object_chain = left.object_behind;
    if (left.object_behind) {
        name = object_name(frames, right, &region);
        if (name.len == 0 && left.verb == WORD_BUILD) { /* 造林45万亩: the verb says what */
            name = name_trim(frames, words(frames, left.end, quantity->at.start), &region);
        }
        if (name.len != 0 && quantity->is == UNIT_LENGTH_OF_TIME) { /* 24小时自助终端 */
            return taken;
        }
        if (name.len == 0 || (quantity->is != UNIT_COUNT && quantity->is != UNIT_SIZE &&
                              quantity->is != UNIT_NO && quantity->is != UNIT_RATE)) {
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
            !name_known(frames->lexicon, name) && !name_is_measured(name) &&
            quantity->is == UNIT_NO) {
            return taken;
        }
        n_names = names_for(frames, scan, &left, name, values.n, quantity->unit, names);
        if (n_names == 1 && left.first < q && is_word(item_at(scan, left.first), WORD_ABOVE) &&
            frames->statements.n > frames->sentence_first) { /* 高出全省平均水平3.5个百分点 */
            name = str_format(frames->arena, "%.*s%.*s",
                              STR_ARG(frames->statements.at[frames->statements.n - 1].name),
                              STR_ARG(name));
        }
    }
    if (n_names == 1) {
        names[0] = name;
    }
    if (quantity->is == UNIT_NO && left.verb != WORD_REACH && left.verb != WORD_FALL_TO &&
        left.verb != WORD_HOLD && left.verb != WORD_CAP && left.verb != WORD_OVER &&
        left.verb != WORD_IS && !name_known(frames->lexicon, name)) {
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

/* In the order of the text: what words tell was read before the numbers. */
static void sort_statements(Statement *at, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        Statement one = at[i];
        size_t k = i;

        for (; k > 0 && at[k - 1].at.start > one.at.start; k--) {
            at[k] = at[k - 1];
        }
        at[k] = one;
    }
}

void frames_sentence(Frames *frames, Scan *scan)
{
    frames->sentence_first = frames->statements.n;
    frames->object_chain = false;
    frames->times_seen = 0;
    frames->time = SIZE_MAX;
    frames_implicit(frames, scan);
    for (size_t i = 0; scan->quantities.n > 0 && i < scan->items.n;) {
        i += item_at(scan, i)->kind == ITEM_QUANTITY && !item_at(scan, i)->taken
                 ? read_statement(frames, scan, i)
                 : 1;
    }
    carry_year(frames, scan);
    if (frames->statements.n > frames->sentence_first) {
        sort_statements(frames->statements.at + frames->sentence_first,
                        frames->statements.n - frames->sentence_first);
    }
}
