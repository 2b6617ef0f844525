/* Left: what stands in front of a number: its name, its verb, and what the verb says. */
#include "extract/frame_priv.h"

#include "base/utf8.h"

static bool is_verb(uint8_t kind)
{
    return (kind >= WORD_REACH && kind <= WORD_WEAK) || kind == WORD_OVER;
}

/* Where the clause of item `i` begins: behind a mark that ends one, or behind the last number that
 * is not said of what is counted: 年产值10亿元以上企业20家. */
size_t clause_start(const Scan *scan, size_t i, uint32_t *start)
{
    int depth = 0;

    while (i > 0) {
        const Item *item = item_at(scan, i - 1);

        if (is_mark(item, MARK_CLOSE)) {
            depth++;
        } else if (is_mark(item, MARK_OPEN) && depth > 0) {
            depth--;
        } else if (depth == 0 && (ends_clause(item) || (item->kind == ITEM_QUANTITY &&
                                                        !quantity_of(scan, item)->attributive))) {
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
            uint32_t share_start = item->at.start;

            (void)(name_strip_end(&over, "比重") || name_strip_end(&over, "比例"));
            (void)name_strip_end(&over, "的");
            (void)name_strip(&over, "到");
            if (i > left->first && is_word(item_at(scan, i - 1), WORD_RESPECTIVE) &&
                adjacent(frames, item_at(scan, i - 1)->at.end, item->at.start)) {
                left->respective = true; /* 分别占全省的 */
                share_start = item_at(scan, i - 1)->at.start;
            }
            left->share = true;
            left->about |= str_starts(words(frames, item->at.start, item->at.end), STR("约"));
            left->over = (Span){(uint32_t)(over.at - frames->text.at),
                                (uint32_t)((size_t)(over.at - frames->text.at) + over.len)};
            left->end = share_start;
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

    for (size_t i = q + 1;
         i < scan->items.n && !ends_clause(item_at(scan, i)) && !joins(item_at(scan, i)); i++) {
        if (item_at(scan, i)->kind == ITEM_QUANTITY) {
            return false; /* 10万人死亡率控制在3.04: part of a name */
        }
    }
    return (code >= 0x4E00 && code <= 0x9FFF) || code == 0x201C;
}

/* Words in front of a count that are a verb, though an unknown one, and not what is counted. */
static bool is_verb_phrase(Str words)
{
    static const Str NOT[] = {
        STR_INIT("涉及"), STR_INIT("分为"), STR_INIT("分"),   STR_INIT("连接"), STR_INIT("包括"),
        STR_INIT("包含"), STR_INIT("辖"),   STR_INIT("依托"), STR_INIT("围绕"), STR_INIT("面向"),
        STR_INIT("辐射"), STR_INIT("横跨"), STR_INIT("跨"),   STR_INIT("由"),   STR_INIT("以"),
        STR_INIT("在"),   STR_INIT("对"),   STR_INIT("按"),   STR_INIT("按照"), STR_INIT("每"),
        STR_INIT("全省"), STR_INIT("全市"), STR_INIT("这"),   STR_INIT("该"),   STR_INIT("上述"),
        STR_INIT("下列"), STR_INIT("以下"), STR_INIT("其他"), STR_INIT("有"),   STR_INIT("等"),
        STR_INIT("的"),   STR_INIT("以及"), STR_INIT("位于"), STR_INIT("原"),   STR_INIT("从"),
        STR_INIT("同"),   STR_INIT("与"),   STR_INIT("和"),   STR_INIT("及"),   STR_INIT("向"),
        STR_INIT("至"),   STR_INIT("到"),   STR_INIT("居"),   STR_INIT("列"),   STR_INIT("前"),
        STR_INIT("第")};

    for (size_t k = 0; k < sizeof NOT / sizeof NOT[0]; k++) {
        if (str_ends(words, NOT[k])) {
            return false;
        }
    }
    return true;
}

Left left_read(const Frames *frames, const Scan *scan, size_t q)
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
        !quantity->attributive && rest.len != 0 && (rest.len <= 60 || left.build) &&
        !name_known(frames->lexicon, rest) && names_object(frames, scan, q) &&
        is_verb_phrase(rest)) {
        left.object_behind = left.build = true;
    }
    if ((left.verb == WORD_BUILD || left.verb == WORD_WEAK || left.verb == WORD_HAVE) &&
        (rest.len == 0 || lexicon_word(frames->lexicon, rest, 0).len == rest.len)) {
        uint8_t opening = lexicon_word(frames->lexicon, rest, 0).kind;

        left.bound = opening == WORD_AT_LEAST  ? COMPARE_AT_LEAST
                     : opening == WORD_AT_MOST ? COMPARE_AT_MOST
                                               : COMPARE_NONE;
        left.object_behind = true;
    }
    if (left.verb == WORD_NONE && rest.len == 0 && !left.share) {
        left.object_behind = true;
    }
    return left;
}
