/* Name: what a number is called, trimmed, split where it names several things, and found among the
 * indicators. */
#include "extract/frame_priv.h"

#include "base/hanzi.h"
#include "base/utf8.h"

bool name_known(const Lexicon *lexicon, Str name)
{
    return lexicon_indicator(lexicon, &name, 1) != NONE;
}

/* Whether a part of the area, or the area, is meant; then the name needs no region of its own. */
static bool is_area(const Frames *frames, uint32_t entity)
{
    return frames->area == entity;
}

/* One word at the start that is no part of the name; false if there is none. */
/* 在2020年基础上 */
static bool strip_base(Str *name)
{
    size_t end = str_find(*name, STR("基础上"));

    if (end == SIZE_MAX || !(str_starts(*name, STR("在")) || str_starts(*name, STR("到"))) ||
        end + strlen("基础上") >= name->len) {
        return false;
    }
    *name = str_trim(str_slice(*name, end + strlen("基础上"), name->len));
    return true;
}

static bool strip_opening(const Frames *frames, Str *name, uint32_t *region)
{
    static const char *const PLAIN[] = {"的", "，", "、", "和",   "及",   "”",  "；", "：",
                                        "—",  "•",  "·",  "区域", "该区", "内", "末", "底",
                                        "前", "时", ",",  "-",    "）",   ")",  "了"};
    Word word = lexicon_word(frames->lexicon, *name, 0);
    Time time;
    size_t len;

    for (size_t k = 0; k < sizeof PLAIN / sizeof PLAIN[0]; k++) {
        if (name_strip(name, PLAIN[k])) {
            return true;
        }
    }
    if (strip_base(name)) {
        return true;
    }
    if (word.kind == WORD_OPENING || word.kind == WORD_MODAL || word.kind == WORD_MUST ||
        word.kind == WORD_OWN || word.kind == WORD_DONE || word.kind == WORD_BY ||
        word.kind == WORD_RELATIVE || word.kind == WORD_FIVE_YEAR || word.kind == WORD_PERIOD ||
        word.kind == WORD_CYCLE) {
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
        if (frames->lexicon->catalog->entities.at[word.number].parent == NONE &&
            !frames->lexicon->catalog->entities.at[word.number].is_group &&
            !is_area(frames, word.number)) {
            return false; /* 中国科学院 */
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
    if (len != 0) { /* 2023年底前建成12条线路: nothing is left in front */
        *name = str_trim(str_slice(*name, len, name->len));
        return true;
    }
    return false;
}

Str name_trim(const Frames *frames, Str name, uint32_t *region)
{
    name = str_trim(name);
    while (name.len > 0 && !name_known(frames->lexicon, name) &&
           strip_opening(frames, &name, region)) {
    }
    if (str_find(name, STR("”")) == SIZE_MAX) {
        (void)name_strip(&name, "“");
    }
    if (str_find(name, STR("“")) == SIZE_MAX) {
        (void)name_strip_end(&name, "”");
    }
    while (name_strip_end(&name, "的") || name_strip_end(&name, "了") ||
           name_strip_end(&name, "，") || name_strip_end(&name, "：") ||
           name_strip_end(&name, ":") || name_strip_end(&name, ",") ||
           name_strip_end(&name, "、")) {
    }
    return name;
}

/* 高等, 中等: no 等 that ends a list. */
static bool is_grade(Str name, size_t at)
{
    static const char *const BEFORE[] = {"高", "中", "初", "同", "平", "均",
                                         "优", "特", "一", "二", "三", "上"};

    if (!str_starts(str_slice(name, at, name.len), STR("等")) || at < 3) {
        return false;
    }
    for (size_t k = 0; k < sizeof BEFORE / sizeof BEFORE[0]; k++) {
        if (str_eq(str_slice(name, at - 3, at), str_z(BEFORE[k]))) {
            return true;
        }
    }
    return false;
}

/* What a long clause says last is what is counted: behind 拥有 and 为代表的. */
Str name_last(Str name)
{
    static const char *const BREAKS[] = {"为代表的", "为主的", "为主体的", "拥有", "现有",
                                         "共有",     "建有",   "设有",     "等",   NULL};
    size_t found;

    for (size_t k = 0; str_holds_any(name, BREAKS) && BREAKS[k] != NULL; k++) {
        Str word = str_z(BREAKS[k]);

        while ((found = str_find(name, word)) != SIZE_MAX && found + word.len < name.len &&
               !is_grade(name, found) &&
               !str_starts(str_slice(name, found + word.len, name.len), STR("量"))) {
            name = str_slice(name, found + word.len, name.len);
        }
    }
    (void)(name_strip(&name, "各类") || name_strip(&name, "各级") || name_strip(&name, "各种"));
    return name;
}

static bool unit_fits(Str unit, const Indicator *indicator)
{
    Unit read;

    if (unit.len == 0) {
        return unit_is_plain(indicator->unit) || indicator->unit.percent;
    }
    if (!unit_parse(unit, &read)) { /* 24万 fits what is told in 万 */
        return str_starts(indicator->unit_text, unit);
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

/* Whether the words read like the name of something that is measured. */
bool name_is_measured(Str name)
{
    static const Str ENDS[] = {
        STR_INIT("率"),   STR_INIT("量"),     STR_INIT("额"),   STR_INIT("值"),    STR_INIT("数"),
        STR_INIT("比重"), STR_INIT("比例"),   STR_INIT("面积"), STR_INIT("里程"),  STR_INIT("收入"),
        STR_INIT("能力"), STR_INIT("规模"),   STR_INIT("人口"), STR_INIT("强度"),  STR_INIT("密度"),
        STR_INIT("指数"), STR_INIT("系数"),   STR_INIT("水平"), STR_INIT("浓度"),  STR_INIT("天数"),
        STR_INIT("长度"), STR_INIT("投资"),   STR_INIT("容量"), STR_INIT("装机"),  STR_INIT("产能"),
        STR_INIT("面"),   STR_INIT("时间"),   STR_INIT("年限"), STR_INIT("寿命"),  STR_INIT("能耗"),
        STR_INIT("水耗"), STR_INIT("增速"),   STR_INIT("比"),   STR_INIT("就业"),  STR_INIT("人次"),
        STR_INIT("床位"), STR_INIT("贡献率"), STR_INIT("支出"), STR_INIT("总面积")};

    for (size_t k = 0; k < sizeof ENDS / sizeof ENDS[0]; k++) {
        if (str_ends(name, ENDS[k])) {
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

        if (name_known(frames->lexicon, whole) || name_is_measured(whole)) {
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
        if (best == 0 && str_eq(names[i], whole) && last.len > whole.len && whole.len <= 12 &&
            ((unsigned char)last.at[whole.len] & 0xC0) != 0x80) { /* of equal length */
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
size_t names_for(const Frames *frames, const Scan *scan, const Left *left, Str name,
                 size_t n_values, Str unit, Str *out)
{
    size_t n = split_names(frames, scan, left, name, out);
    bool each = left->respective;

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

void settle_scale(const Catalog *catalog, Statement *statement)
{
    int power = 0;
    size_t len;
    Decimal value;

    for (size_t i = 0; i < statement->unit.len; i += len) {
        int one = hanzi_power(utf8_at(statement->unit, i, &len));

        if (one == 0) {
            return; /* it has a symbol */
        }
        power += one;
    }
    if (power == 0) {
        return;
    }
    if (statement->indicator != NONE &&
        str_starts(catalog->indicators.at[statement->indicator]->unit_text, statement->unit)) {
        statement->unit = catalog->indicators.at[statement->indicator]->unit_text;
    } else if (decimal_shift(statement->value, power, &value)) {
        statement->value = value;
        statement->unit = STR("");
    }
}
