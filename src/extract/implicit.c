/* Implicit: numbers that are told by words: 全覆盖, 零增长, 翻一番, 百亿级, 一小时经济圈. They are
 * marked, so that a reader can tell a stated number from a reading of ours. */
#include "extract/frame_priv.h"

enum {
    MAX_CIRCLE = 90,  /* bytes between a time of travel and what shows that it is one */
    MAX_BEFORE = 600, /* of words in front of a size in which its name is looked for */
    MAX_MADE = 1000,  /* of a name that is put together; `add` takes shorter ones only */
};

typedef struct {
    Str name;
    Span at;
    Decimal value;
    Str unit;
    uint8_t comparator, kind;
} Reading;

/* Behind the last 、 or 和 that sets the words apart as a thing of their own: …计划、…行动. */
static uint32_t list_start(const Frames *frames, const Scan *scan, size_t first, size_t i,
                           uint32_t start)
{
    static const char *const ENDS[] = {"计划",   "行动",   "工程",  "专项",
                                       "全覆盖", "全收集", "全处理"};

    for (size_t k = i; k > first; k--) {
        const Item *item = item_at(scan, k - 1);

        if (!joins(item)) {
            continue;
        }
        for (size_t e = 0; e < sizeof ENDS / sizeof ENDS[0]; e++) {
            if (str_ends(words(frames, start, item->at.start), str_z(ENDS[e]))) {
                return item->at.end;
            }
        }
    }
    return start;
}

static Str without_verb(Str name)
{
    static const char *const VERBS[] = {
        "着力实施", "加快实施", "深入实施", "全面实施", "组织实施", "大力实施", "实施", "加快推进",
        "积极推进", "推进",     "推动",     "加快构建", "加快建设", "加快",     "构建", "建设",
        "建成",     "打造",     "实现",     "强化",     "加强",     "开展",     "完善", "确保",
        "力争",     "支持",     "积极",     "努力",     "重点",     "新一轮"};
    bool more = true;

    while (more) {
        more = false;
        for (size_t k = 0; k < sizeof VERBS / sizeof VERBS[0]; k++) {
            more |= name_strip(&name, VERBS[k]);
        }
    }
    return name;
}

static void add(Frames *frames, const Scan *scan, size_t i, const Reading *reading)
{
    Left left = {.verb = WORD_REACH};
    bool stated, past;
    int since, year = governing_year(frames, scan, i, &stated, &since);
    uint32_t region = NONE;
    Str name = name_trim(frames, reading->name, &region);
    Statement *out;
    size_t first;

    if (name.len == 0 || name.len > 200) {
        return;
    }
    left.first = 0;
    (void)scan_clause_start(scan, i, &first);
    left.first = first;
    past = frames_is_past(frames, scan, i, &left, year, stated);
    out = frames_add(frames, reading->at);
    out->name = name;
    out->region = region;
    out->value = reading->value;
    out->unit = reading->unit;
    out->comparator = reading->comparator;
    out->kind = reading->kind;
    out->implicit = true;
    frames_set_times(frames, &left, out, year, since, past);
    out->indicator =
        indicator_find(frames->lexicon, name, (TargetKind)reading->kind, reading->unit, STR(""), 0);
}

/* A name put together; empty if it would be much too long. */
static Str make_name(const Frames *frames, Str first, Str second, const char *end)
{
    return first.len + second.len > MAX_MADE
               ? STR("")
               : str_format(frames->arena, "%.*s%.*s%s", STR_ARG(first), STR_ARG(second), end);
}

static Str with_end(const Frames *frames, Str name, const char *end)
{
    return str_ends(name, STR("率")) ? name : make_name(frames, name, STR(""), end);
}

/* X全覆盖, 全覆盖的X. */
static void read_coverage(Frames *frames, const Scan *scan, size_t i)
{
    const Item *item = item_at(scan, i);
    size_t first;
    uint32_t start = scan_clause_start(scan, i, &first);
    Str name, behind = words(frames, item->at.end, scan_clause_end(scan, i));
    Reading reading = {
        .value = {100, 0}, .unit = STR("%"), .comparator = COMPARE_EQUAL, .kind = TARGET_LEVEL};
    uint32_t region = NONE;

    start = list_start(frames, scan, first, i, start);
    name = name_trim(frames,
                     without_verb(name_trim(frames, words(frames, start, item->at.start), &region)),
                     &region);
    (void)name_strip_end(&name, "已");
    (void)(name_strip_end(&name, "实现") || name_strip_end(&name, "基本实现") ||
           name_strip_end(&name, "的"));
    reading.at = (Span){name.len == 0 ? item->at.start : (uint32_t)(name.at - frames->text.at),
                        item->at.end};
    if (str_starts(behind, STR("的"))) {
        Str object = name_trim(frames, str_slice(behind, strlen("的"), behind.len), &region);

        reading.at.start = item->at.start;
        reading.name = with_end(frames, object, "覆盖率");
    } else if (name.len == 0) {
        return;
    } else {
        reading.name = with_end(frames, name, "覆盖率");
    }
    add(frames, scan, i, &reading);
}

/* 油区原油全部就地加工转化; 覆盖本地区全部未落户常住人口. */
static void read_all(Frames *frames, const Scan *scan, size_t i)
{
    static const char *const VERBS[] = {
        "就地", "向",   "达到", "达标", "完成", "纳入", "建成", "开放", "转化", "退出", "淘汰",
        "接入", "联网", "收集", "处理", "实现", "整治", "改造", "关停", "搬迁", "落实", "通"};
    const Item *item = item_at(scan, i);
    size_t first, covers;
    uint32_t start = scan_clause_start(scan, i, &first), end = scan_clause_end(scan, i);
    Str before = words(frames, start, item->at.start), behind = words(frames, item->at.end, end);
    Reading reading = {
        .value = {100, 0}, .unit = STR("%"), .comparator = COMPARE_EQUAL, .kind = TARGET_LEVEL};
    uint32_t region = NONE;
    bool verb = false;

    if (frames->mode == MODE_PAST) {
        return;
    }
    covers = str_find(before, STR("覆盖"));
    if (covers != SIZE_MAX) {
        Str subject = without_verb(name_trim(frames, str_slice(before, 0, covers), &region));

        reading.at = (Span){start + (uint32_t)covers, end};
        reading.name = with_end(frames, subject, "覆盖率");
        add(frames, scan, i, &reading);
        return;
    }
    for (size_t k = 0; k < sizeof VERBS / sizeof VERBS[0]; k++) {
        verb |= str_starts(behind, str_z(VERBS[k]));
    }
    if (!verb) {
        return;
    }
    reading.name = without_verb(name_trim(frames, before, &region));
    if (reading.name.len == 0 && first > 1) { /* the clause before names it */
        size_t outer;
        uint32_t from = scan_clause_start(scan, first - 1, &outer);

        reading.name = name_trim(frames, words(frames, from, start), &region);
    }
    reading.at = (Span){item->at.start, end};
    reading.name = make_name(frames, reading.name, str_slice(behind, 0, 45), "率");
    add(frames, scan, i, &reading);
}

/* 污水处理全收集、全处理. */
static void read_all_done(Frames *frames, const Scan *scan, size_t i)
{
    const Item *item = item_at(scan, i);
    size_t first = i;
    uint32_t start, region = NONE;
    Str name, verb = words(frames, item->at.start, item->at.end);
    Reading reading = {.at = item->at,
                       .value = {100, 0},
                       .unit = STR("%"),
                       .comparator = COMPARE_EQUAL,
                       .kind = TARGET_LEVEL};
    size_t head = i;

    while (head >= 2 && joins(item_at(scan, head - 1)) &&
           is_word(item_at(scan, head - 2), WORD_ALL_DONE)) {
        head -= 2; /* the first of the row has the name in front */
    }
    start = scan_clause_start(scan, head, &first);
    name = without_verb(
        name_trim(frames, words(frames, start, item_at(scan, head)->at.start), &region));
    (void)(name_strip_end(&name, "处理") || name_strip_end(&name, "实现"));
    (void)(name_strip(&verb, "全部") || name_strip(&verb, "全面") || name_strip(&verb, "全"));
    if (name.len == 0) {
        return;
    }
    reading.name = make_name(frames, name, verb, "率");
    add(frames, scan, i, &reading);
}

/* 新建建筑全面普及节水器具. */
static void read_general(Frames *frames, const Scan *scan, size_t i)
{
    const Item *item = item_at(scan, i);
    size_t first;
    uint32_t start = scan_clause_start(scan, i, &first), end = scan_clause_end(scan, i),
             region = NONE;
    Str name = name_trim(frames, words(frames, start, item->at.start), &region);
    Reading reading = {
        .value = {100, 0}, .unit = STR("%"), .comparator = COMPARE_EQUAL, .kind = TARGET_LEVEL};

    reading.name = make_name(frames, name, words(frames, item->at.end, end), "普及率");
    reading.at =
        (Span){name.len == 0 ? item->at.start : (uint32_t)(name.at - frames->text.at), end};
    add(frames, scan, i, &reading);
}

/* 零增长, 翻一番, 减半: a change of what stands in front. */
static void read_change(Frames *frames, const Scan *scan, size_t i)
{
    const Item *item = item_at(scan, i);
    size_t first;
    uint32_t start = scan_clause_start(scan, i, &first), region = NONE;
    Reading reading = {.unit = STR("%"), .comparator = COMPARE_EQUAL, .kind = TARGET_LEVEL};
    Str name;
    bool than = false;

    for (size_t k = first; k < i; k++) { /* 比2020年翻一番 */
        if (is_word(item_at(scan, k), WORD_THAN)) {
            name = words(frames, start, item_at(scan, k)->at.start);
            than = true;
            break;
        }
    }
    if (!than) {
        start = list_start(frames, scan, first, i, start);
        name = words(frames, start, item->at.start);
    }
    name = without_verb(name_trim(frames, name, &region));
    (void)(name_strip_end(&name, "实现") || name_strip_end(&name, "力争"));
    reading.at =
        (Span){name.len == 0 || than ? item->at.start : (uint32_t)(name.at - frames->text.at),
               item->at.end};
    switch (item->sub) {
    case WORD_ZERO_GROWTH:
        reading.kind = TARGET_ANNUAL_GROWTH;
        (void)name_strip_end(&name, "保持");
        break;
    case WORD_HALF:
        reading.value = (Decimal){-50, 0};
        reading.kind = TARGET_CUMULATIVE_CHANGE;
        break;
    default:
        reading.value = (Decimal){item->number, 0};
        reading.unit = STR("倍");
        if (str_starts(words(frames, item->at.end, scan->at.end), STR("以上"))) {
            reading.comparator = COMPARE_AT_LEAST;
            reading.at.end += (uint32_t)strlen("以上");
        }
        break;
    }
    if (name.len == 0 && frames->statements.n > frames->sentence_first) {
        name = frames->statements.at[frames->statements.n - 1].name;
    }
    reading.name = name;
    add(frames, scan, i, &reading);
}

/* 基本消除黑臭水体. */
static void read_no_more(Frames *frames, const Scan *scan, size_t i)
{
    const Item *item = item_at(scan, i);
    Str verb = words(frames, item->at.start, item->at.end),
        name = words(frames, item->at.end, scan_clause_end(scan, i));
    Reading reading = {
        .value = {0, 0}, .unit = STR("%"), .comparator = COMPARE_EQUAL, .kind = TARGET_LEVEL};
    static const char *const THINGS[] = {"黑臭水体", "劣", "重污染天气", "污染天气"};
    size_t first;

    if (name.len == 0) { /* 黑臭水体基本消除 */
        uint32_t region = NONE, start = scan_clause_start(scan, i, &first);

        name = name_trim(frames, words(frames, start, item->at.start), &region);
    }
    for (size_t k = 0; k < sizeof THINGS / sizeof THINGS[0]; k++) {
        if (!str_eq(verb, STR("消除")) && str_find(name, str_z(THINGS[k])) != SIZE_MAX) {
            reading.name = with_end(frames, name, "比例");
            reading.at = (Span){item->at.start, scan_clause_end(scan, i)};
            add(frames, scan, i, &reading);
            return;
        }
    }
}

/* 一小时经济圈, 15分钟生活圈: a time of travel is at most that long. */
static bool read_circle(Frames *frames, Scan *scan, size_t i)
{
    const Item *item = item_at(scan, i);
    const Quantity *quantity = quantity_of(scan, item);
    size_t first;
    uint32_t start, region = NONE;
    bool circle = false;
    Str name;
    Reading reading = {.at = item->at, .comparator = COMPARE_AT_MOST, .kind = TARGET_LEVEL};

    if (!str_eq(quantity->unit, STR("小时")) && !str_eq(quantity->unit, STR("分钟"))) {
        return false;
    }
    for (size_t k = i + 1;
         k < scan->items.n && item_at(scan, k)->at.start < item->at.end + MAX_CIRCLE; k++) {
        const Item *next = item_at(scan, k);

        if (next->kind == ITEM_MARK && next->sub <= MARK_COLON) {
            break;
        }
        if (is_word(next, WORD_CIRCLE)) {
            circle = true;
            reading.at.end =
                next->kind == ITEM_WORD && adjacent(frames, item->at.end, next->at.start)
                    ? next->at.end
                    : item->at.end;
            break;
        }
    }
    if (!circle) {
        return false;
    }
    start = scan_clause_start(scan, i, &first);
    for (size_t k = i; k > first; k--) { /* 金昌—武威1小时、甘州—临泽半小时 */
        if (joins(item_at(scan, k - 1)) && k > first + 1 &&
            item_at(scan, k - 2)->kind == ITEM_QUANTITY) {
            start = item_at(scan, k - 1)->at.end;
            break;
        }
    }
    name = without_verb(name_trim(frames, words(frames, start, item->at.start), &region));
    while (name_strip_end(&name, "“") || name_strip_end(&name, "的")) {
    }
    (void)name_strip(&name, "“");
    if (name.len == 0) {
        name = words(frames, item->at.end, reading.at.end);
    }
    reading.value = quantity->value;
    reading.unit = quantity->unit;
    reading.name = make_name(frames, name, STR(""), "通行时间");
    add(frames, scan, i, &reading);
    return true;
}

/* Whether something of that size is to be built: 打造百亿级产业集群; 以百亿级集群为依托 is a name.
 */
static bool is_built(const Frames *frames, const Scan *scan, size_t i, uint32_t *from)
{
    size_t first;
    uint32_t start = scan_clause_start(scan, i, &first);
    bool weak = false, some = scan_has(scan, WORD_BUILD) || scan_has(scan, WORD_SET_UP) ||
                              scan_has(scan, WORD_WEAK);

    *from = start;
    for (size_t k = i; some && k > first; k--) {
        const Item *item = item_at(scan, k - 1);

        if (is_word(item, WORD_BUILD) || is_word(item, WORD_SET_UP)) {
            *from = item->at.end;
            return true;
        }
        weak |= is_word(item, WORD_WEAK);
        if (is_word(item, WORD_WEAK)) {
            *from = item->at.end;
        }
    }
    return weak && str_ends(str_trim(words(frames, start, scan_clause_end(scan, i))), STR("建设"));
}

/* 光伏发电基地、智慧电网项目: up to the first 、 or 和 that stands behind a thing of such a size.
 */
static Str until_thing(Str text)
{
    static const char *const THINGS[] = {"基地", "集群", "园区", "产业园", "产业链",
                                         "企业", "市场", "品牌", "产业",   "项目"},
                             *const SIGNS[] = {"、", "和", "，", "及"};
    size_t best = text.len;

    for (size_t t = 0; t < sizeof THINGS / sizeof THINGS[0]; t++) {
        for (size_t k = 0; k < sizeof SIGNS / sizeof SIGNS[0]; k++) {
            Str thing = str_z(THINGS[t]);
            size_t from = 0, found;

            while ((found = str_find(str_slice(text, from, text.len), thing)) != SIZE_MAX) {
                from += found + thing.len;
                if (str_starts(str_slice(text, from, text.len), str_z(SIGNS[k])) && from < best) {
                    best = from;
                }
            }
        }
    }
    return str_slice(text, 0, best);
}

static bool read_level(Frames *frames, Scan *scan, size_t i)
{
    Item *item = &scan->items.at[i];
    const Quantity *quantity = quantity_of(scan, item);
    uint32_t from, region = NONE;
    Span right;
    Str before, behind;
    Reading reading = {.comparator = COMPARE_AT_LEAST, .kind = TARGET_LEVEL};

    if (!quantity->level || quantity->is == UNIT_RATE) {
        return false;
    }
    if (i > 0 && item_at(scan, i - 1)->kind == ITEM_QUANTITY &&
        adjacent(frames, item_at(scan, i - 1)->at.end, item->at.start)) {
        item->kind = ITEM_NAME; /* 3个百亿级园区: the count tells */
        return true;
    }
    if (frames->mode != MODE_PAST && !is_built(frames, scan, i, &from)) {
        item->kind = ITEM_NAME; /* what there is, and what it is called */
        return true;
    }
    if (frames->mode == MODE_PAST) {
        size_t first = clause_start(scan, i, &from);

        (void)first;
    }
    right = right_read(scan, i, false);
    behind = until_thing(str_trim(words(frames, right.start, right.end)));
    (void)(name_strip(&behind, "”") || name_strip(&behind, "的"));
    (void)(name_strip_end(&behind, "建设") || name_strip_end(&behind, "规模不断扩大"));
    before = name_trim(frames, words(frames, from, item->at.start), &region);
    while (name_strip_end(&before, "“") || name_strip_end(&before, "的")) {
    }
    if (str_eq(before, STR("“"))) {
        before = STR("");
    }
    for (size_t k = before.len; k > 6 && before.len - k < MAX_BEFORE;
         k--) { /* …基地和 in front of the second of two */
        if (str_starts(str_slice(before, k - 1, before.len), STR("和"))) {
            before = str_trim(str_slice(before, k - 1 + strlen("和"), before.len));
            region = frames->statements.n > frames->sentence_first
                         ? frames->statements.at[frames->statements.n - 1].region
                         : region;
            break;
        }
    }
    if (before.len > 60 || (behind.len == 0 && before.len == 0)) {
        before = STR("");
    }
    reading.at = (Span){item->at.start, item->at.end};
    reading.value = quantity->value;
    reading.unit = quantity->unit;
    reading.name = make_name(frames, before, behind, "规模");
    add(frames, scan, i, &reading);
    if (frames->statements.n > frames->sentence_first && region != NONE) {
        frames->statements.at[frames->statements.n - 1].region = region;
    }
    return true;
}

void frames_implicit(Frames *frames, Scan *scan)
{
    for (size_t i = 0; i < scan->items.n; i++) {
        Item *item = &scan->items.at[i];

        if (item->kind == ITEM_QUANTITY) {
            item->taken = read_circle(frames, scan, i) || read_level(frames, scan, i);
            continue;
        }
        if (item->kind != ITEM_WORD) {
            continue;
        }
        switch (item->sub) {
        case WORD_COVER_ALL: read_coverage(frames, scan, i); break;
        case WORD_ALL_OF: read_all(frames, scan, i); break;
        case WORD_ALL_DONE: read_all_done(frames, scan, i); break;
        case WORD_GENERAL: read_general(frames, scan, i); break;
        case WORD_ZERO_GROWTH:
        case WORD_DOUBLE:
        case WORD_HALF: read_change(frames, scan, i); break;
        case WORD_NO_MORE: read_no_more(frames, scan, i); break;
        default: break;
        }
    }
}
