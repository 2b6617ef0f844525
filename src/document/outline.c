/* Outline: numbered headings of a notice, as a tree of parts; what each block is for. */
#include "document/document_priv.h"

#include "base/hanzi.h"
#include "base/map.h"
#include "base/utf8.h"

#include <assert.h>
#include <string.h>

/* X(constant): ways to number a heading, from outer to inner as the genre nests them */
#define STYLES(X)                                                                                  \
    X(STYLE_VOLUME)    /* 第一篇 */                                                             \
    X(STYLE_CHAPTER)   /* 第一章 */                                                             \
    X(STYLE_JIE)       /* 第一节 */                                                             \
    X(STYLE_HANZI)     /* 一、 */                                                                \
    X(STYLE_BRACKETS)  /* （一） */                                                             \
    X(STYLE_ARABIC)    /* 1. */                                                                    \
    X(STYLE_IN_ARABIC) /* （1） */                                                               \
    X(STYLE_ORDINAL)   /* 一是 */                                                                \
    X(STYLE_LEAD)      /* a short opening sentence */                                              \
    X(STYLE_BOX)       /* 专栏1 */
enum {
#define X(name) name,
    STYLES(X)
#undef X
        N_STYLES,
    STYLE_NONE = N_STYLES
};

/* Our choice, from how the genre writes: a heading is rarely longer than a line of 30 characters, a
 * run-in sentence never longer than one. */
enum {
    MAX_HEADING = 60, /* characters of a heading that fills its block */
    MAX_RUN_IN = 40,  /* characters of a numbered opening sentence */
    MAX_LEAD = 32,    /* the same without a number */
    MIN_LEAD = 3,
    MAX_TITLE = 90,
    MAX_NAMED = 512, /* bytes of a title that is named in 《》, with the years behind it */
    MAX_DEPTH_OF_STYLES = N_STYLES + 1,
    MAX_HEAD_BLOCKS = 60, /* where a document's title is looked for */
};

typedef struct { /* how a block begins */
    int style;
    int64_t ordinal;
    uint32_t number_end; /* bytes of the block's words: the number, without white space behind */
    uint32_t rest;       /* where the words behind it begin */
    bool full_width;     /* its brackets or dot are */
} Begin;

/* ---- reading the start of a block ---- */

static size_t skip_spaces(Str text, size_t i)
{
    size_t len;

    while (i < text.len && utf8_is_space(utf8_at(text, i, &len))) {
        i += len;
    }
    return i;
}

static uint32_t code_at(Str text, size_t i, size_t *len)
{
    *len = 0;
    return i < text.len ? utf8_at(text, i, len) : 0;
}

/* Arabic digits of either width; at most two, for a heading never has more. */
static size_t read_arabic(Str text, size_t i, int64_t *value)
{
    size_t start = i, len;
    int digits = 0;

    *value = 0;
    for (uint32_t code; digits < 3; i += len, digits++) {
        code = code_at(text, i, &len);
        if (code >= 0xFF10 && code <= 0xFF19) {
            code = code - 0xFF10 + '0';
        }
        if (code < '0' || code > '9') {
            break;
        }
        *value = *value * 10 + (int64_t)(code - '0');
    }
    return digits >= 1 && digits <= 2 ? i - start : 0;
}

static size_t read_number(Str text, size_t i, int64_t *value, bool *hanzi)
{
    size_t len = read_arabic(text, i, value);

    *hanzi = len == 0;
    return len != 0 ? len : hanzi_read(str_slice(text, i, text.len), value);
}

static Begin begins(int style, int64_t ordinal, Str text, size_t end, bool full_width)
{
    return (Begin){style, ordinal, (uint32_t)end, (uint32_t)skip_spaces(text, end), full_width};
}

/* 第X章: a title follows behind white space or at once, or nothing does. */
static bool read_di(Str text, Begin *out)
{
    static const struct {
        Str word;
        int style;
    } WORDS[] = {{STR_INIT("编"), STYLE_VOLUME},
                 {STR_INIT("篇"), STYLE_VOLUME},
                 {STR_INIT("部分"), STYLE_VOLUME},
                 {STR_INIT("章"), STYLE_CHAPTER},
                 {STR_INIT("节"), STYLE_JIE}};
    size_t i = skip_spaces(text, strlen("第")), len;
    int64_t value;
    bool hanzi;

    len = read_number(text, i, &value, &hanzi);
    i = skip_spaces(text, i + len);
    for (size_t k = 0; len != 0 && k < sizeof WORDS / sizeof WORDS[0]; k++) {
        if (str_starts(str_slice(text, i, text.len), WORDS[k].word)) {
            *out = begins(WORDS[k].style, value, text, i + WORDS[k].word.len, false);
            return true;
        }
    }
    return false;
}

/* 专栏1, 专栏 2：; “专栏” in running text has no number behind it. */
static bool read_box(Str text, Begin *out)
{
    size_t i = skip_spaces(text, strlen("专栏")), len, colon;
    int64_t value;
    bool hanzi;

    len = read_number(text, i, &value, &hanzi);
    if (len == 0) {
        return false;
    }
    *out = begins(STYLE_BOX, value, text, i + len, false);
    colon = out->rest;
    if (code_at(text, colon, &len) == 0xFF1A || code_at(text, colon, &len) == ':') {
        out->rest = (uint32_t)skip_spaces(text, colon + len);
    }
    return true;
}

static bool read_brackets(Str text, size_t bracket, bool full_width, Begin *out)
{
    size_t i = bracket, len, close;
    int64_t value;
    bool hanzi;
    uint32_t code;

    len = read_number(text, i, &value, &hanzi);
    code = code_at(text, i + len, &close);
    if (len == 0 || value == 0 || (code != ')' && code != 0xFF09)) {
        return false;
    }
    *out =
        begins(hanzi ? STYLE_BRACKETS : STYLE_IN_ARABIC, value, text, i + len + close, full_width);
    return true;
}

static bool read_plain(Str text, Begin *out)
{
    size_t len, sign, after;
    int64_t value, unused;
    bool hanzi;
    uint32_t code;

    len = read_number(text, 0, &value, &hanzi);
    if (len == 0 || value == 0 || value > 99) {
        return false;
    }
    code = code_at(text, len, &sign);
    if (hanzi && (code == 0x3001 || code == 0xFF0E || code == '.')) { /* 一、 */
        *out = begins(STYLE_HANZI, value, text, len + sign, code != '.');
        return true;
    }
    if (hanzi && code == 0x662F && read_arabic(text, len + sign, &unused) == 0) { /* 一是 */
        *out = begins(STYLE_ORDINAL, value, text, len + sign, true);
        return true;
    }
    if (!hanzi && (code == '.' || code == 0xFF0E || code == 0x3001) &&
        read_arabic(text, len + sign, &unused) == 0) { /* 1. but not 1.5 */
        code = code_at(text, len + sign, &after);
        if (code != '.' && (code < '0' || code > '9')) {
            *out = begins(STYLE_ARABIC, value, text, len + sign, false);
            return true;
        }
    }
    return false;
}

static Begin read_begin(Str text)
{
    Begin begin = {.style = STYLE_NONE};
    size_t len;
    uint32_t code = code_at(text, 0, &len);
    bool found = false;

    switch (code) {
    case 0x7B2C: found = read_di(text, &begin); break; /* 第 */
    case 0x4E13: found = str_starts(text, STR("专栏")) && read_box(text, &begin); break;
    case '(':
    case 0xFF08: found = read_brackets(text, len, code != '(', &begin); break;
    default:
        if ((code >= '0' && code <= '9') || (code >= 0xFF10 && code <= 0xFF19) ||
            hanzi_digit(code) != HANZI_NOT || hanzi_power(code) == 1) {
            found = read_plain(text, &begin);
        }
    }
    return found ? begin : (Begin){.style = STYLE_NONE};
}

/* ---- page furniture and contents ---- */

static bool ends_sentence(Str text)
{
    static const char *const ENDS[] = {"。", "；", "！", "？", ";", "：", ":", NULL};

    for (const char *const *end = ENDS; *end != NULL; end++) {
        if (str_ends(text, str_z(*end))) {
            return true;
        }
    }
    return false;
}

static bool is_furniture(Str text)
{
    static const char *const WORDS[] = {
        "首页",     "点击",     "浏览",     "阅读量",       "字号",     "字体",
        "打印",     "收藏",     "分享",     "扫一扫",       "二维码",   "上一篇",
        "下一篇",   "上一条",   "下一条",   "相关阅读",     "相关链接", "相关文章",
        "相关新闻", "相关报道", "责任编辑", "版权所有",     "主办单位", "承办单位",
        "ICP备",    "公网安备", "网站地图", "联系我们",     "返回顶部", "返回列表",
        "关闭窗口", "关闭本页", "当前位置", "您所在的位置", "所在位置", "欢迎访问",
        "无障碍",   "来源：",   "来源:",    "时间：",       "时间:",    "发布日期",
        "发布时间", "编辑：",   "编辑:",    "作者：",       "微信",     "微博",
        "下载",     "全屏",     "信息来源", "网站标识码",   "登录",     "注册",
        NULL};
    static const char *const ALONE[] = {"【字号：", "大",       "中",   "小",   "】",
                                        "加大",     "还原",     "减小", "正文", "打印本页",
                                        "【打印】", "【关闭】", "A+",   "A-",   NULL};

    for (const char *const *word = ALONE; *word != NULL; word++) {
        if (str_eq(text, str_z(*word))) {
            return true;
        }
    }
    if (ends_sentence(text) || utf8_count(text) > 120) {
        return false;
    }
    if (!str_holds_any(text, WORDS)) {
        return false;
    }
    if (utf8_count(text) > 40) { /* 来源：… 字号：大 中 小 浏览：… on one line */
        size_t n = 0;

        for (const char *const *word = WORDS; *word != NULL; word++) {
            n += str_find(text, str_z(*word)) != SIZE_MAX;
        }
        return n >= 2;
    }
    return true;
}

static bool is_contents_word(Str text)
{
    return str_eq(text, STR("目录")) || str_eq(text, STR("目 录")) || str_eq(text, STR("目　录")) ||
           str_eq(text, STR("目  录")) || str_eq(text, STR("目　　录")) ||
           str_eq(text, STR("CONTENTS"));
}

/* A line of a list of contents without its leader and page number. */
static Str without_page(Str text)
{
    size_t end = text.len;

    while (end > 0 &&
           (text.at[end - 1] == ' ' || (text.at[end - 1] >= '0' && text.at[end - 1] <= '9') ||
            text.at[end - 1] == '.' || text.at[end - 1] == '-' || text.at[end - 1] == '\t')) {
        end--;
    }
    text = str_slice(text, 0, end);
    while (str_ends(text, STR("…")) || str_ends(text, STR("·")) || str_ends(text, STR("．")) ||
           str_ends(text, STR("　"))) {
        text = str_slice(text, 0, text.len - (str_ends(text, STR("·")) ? 2 : 3));
    }
    return str_trim(text);
}

static Str block_text(Str text, const Block *block)
{
    return str_slice(text, block->at.start, block->at.end);
}

/* From “目录” to the block that repeats the first line of the list. */
static void find_contents(Str text, Block *blocks, size_t n_blocks)
{
    enum { MAX_CONTENTS = 400 };

    for (size_t i = 0; i + 2 < n_blocks && i < MAX_CONTENTS; i++) {
        Str first;

        if (!is_contents_word(block_text(text, &blocks[i]))) {
            continue;
        }
        first = without_page(block_text(text, &blocks[i + 1]));
        for (size_t k = i + 2; k < n_blocks && k < i + MAX_CONTENTS; k++) {
            if (first.len != 0 && str_eq(without_page(block_text(text, &blocks[k])), first)) {
                for (size_t j = i; j < k; j++) {
                    blocks[j].role = ROLE_CONTENTS;
                }
                return;
            }
        }
    }
}

/* A block that holds several chapters' headings in a row is a list of contents on one line. */
static bool is_one_line_contents(Str text)
{
    size_t at = 0, found, n = 0;

    while (n < 4 && (found = str_find(str_slice(text, at, text.len), STR("第"))) != SIZE_MAX) {
        Begin begin;

        at += found;
        if (read_di(str_slice(text, at, text.len), &begin) && begin.style <= STYLE_JIE) {
            n++;
        }
        at += strlen("第");
    }
    return n >= 4 && str_find(text, STR("。")) == SIZE_MAX;
}

void find_chrome(Str text, Block *blocks, size_t n_blocks)
{
    size_t head = n_blocks < MAX_HEAD_BLOCKS ? n_blocks : MAX_HEAD_BLOCKS, tail;

    for (size_t i = 0; i < head; i++) {
        Str words = block_text(text, &blocks[i]);

        if (blocks[i].role == ROLE_BODY && is_furniture(words)) {
            blocks[i].role = ROLE_CHROME;
        } else if (utf8_count(words) > MAX_TITLE) {
            break;
        }
    }
    for (tail = n_blocks; tail > 0 && n_blocks - tail < MAX_HEAD_BLOCKS; tail--) {
        Block *block = &blocks[tail - 1];

        if (block->role == ROLE_BODY && is_furniture(block_text(text, block))) {
            block->role = ROLE_CHROME;
        } else if (block->role != ROLE_CHROME && ends_sentence(block_text(text, block))) {
            break;
        }
    }
    find_contents(text, blocks, n_blocks);
    for (size_t i = 0; i < n_blocks; i++) {
        if (blocks[i].role == ROLE_BODY && blocks[i].at.end - blocks[i].at.start > 60 &&
            str_starts(block_text(text, &blocks[i]), STR("第")) &&
            is_one_line_contents(block_text(text, &blocks[i]))) {
            blocks[i].role = ROLE_CONTENTS;
        }
    }
}

/* ---- titles ---- */

/* “…规划”, “…纲要（2021—2025年）”: what a plan is called. */
static bool is_plan_title(Str text)
{
    static const char *const ENDS[] = {
        "规划", "纲要", "方案",     "计划", "意见", "报告", "决定",   "办法",   "要点", "措施",
        "通知", "批复", "规划纲要", "行动", "建议", "清单", "分工表", "任务表", NULL};
    size_t open, n;

    if (str_ends(text, STR("）")) || str_ends(text, STR(")"))) { /* without the years behind it */
        open = str_find(text, STR("（"));
        open = open == SIZE_MAX ? str_find(text, STR("(")) : open;
        text = open == SIZE_MAX ? text : str_trim(str_slice(text, 0, open));
    }
    if (text.len > 4 * MAX_TITLE || text.len < 5 ||
        str_find(STR("划要案见告定法点施知复动议单表"), str_slice(text, text.len - 3, text.len)) ==
            SIZE_MAX) { /* the last characters of ENDS */
        return false;
    }
    for (const char *const *end = ENDS; *end != NULL; end++) {
        if (str_ends(text, str_z(*end))) {
            n = utf8_count(text);
            return n >= 5 && n <= MAX_TITLE && str_find(text, STR("。")) == SIZE_MAX &&
                   str_find(text, STR("；")) == SIZE_MAX;
        }
    }
    return false;
}

static bool is_notice_title(Str text)
{
    return is_plan_title(text) && (str_ends(text, STR("通知")) || str_ends(text, STR("批复"))) &&
           (str_find(text, STR("印发")) != SIZE_MAX || str_find(text, STR("关于")) != SIZE_MAX);
}

/* 甘政办发〔2021〕93号, with white space as it may be. */
static bool is_document_number(Str text)
{
    size_t open = str_find(text, STR("〔"));

    if (open == SIZE_MAX) {
        open = str_find(text, STR("["));
    }
    return open != SIZE_MAX && str_ends(text, STR("号")) && utf8_count(text) <= 24 && open > 0;
}

/* ---- the tree ---- */

typedef struct {
    Arena *arena;
    Document *doc;
    Diags *diags;
    VEC(Part) parts;
    size_t plan;             /* the open plan's part, or NO_PART */
    uint32_t open[N_STYLES]; /* part of each style that is open, or NO_PART */
    int64_t last[N_STYLES];  /* number of the last one of each style under the open parents */
    uint32_t style_of_parts[N_STYLES]; /* first part of each style in this plan, or NO_PART */
    bool width[N_STYLES], told[N_STYLES];
    bool used[N_STYLES];
    uint32_t line_start, lines_before; /* of the line whose number was reported last */
} Outliner;

static void open_plan(Outliner *outliner, size_t block, Span title)
{
    *vec_push(outliner->arena, &outliner->parts) = (Part){.kind = PART_PLAN,
                                                          .parent = NO_PART,
                                                          .first = (uint32_t)block,
                                                          .title = title,
                                                          .number = {title.start, title.start}};
    outliner->plan = outliner->parts.n - 1;
    outliner->doc->n_plans++;
    for (int i = 0; i < N_STYLES; i++) {
        outliner->open[i] = outliner->style_of_parts[i] = NO_PART;
        outliner->last[i] = 0;
        outliner->told[i] = false;
    }
}

/* Lines are counted on from the last number that was reported, since numbers come in the order of
 * the text. */
static Place place_of_number(Outliner *outliner, Span number)
{
    const Source *source = &outliner->doc->source;
    Source rest = {source->name, str_slice(source->text, outliner->line_start, source->text.len)};
    Place place;

    assert(number.start >= outliner->line_start);
    place = place_of(
        &rest, (Span){number.start - outliner->line_start, number.end - outliner->line_start});
    place.line += outliner->lines_before;
    outliner->lines_before = place.line - 1;
    outliner->line_start = (uint32_t)(place.text.at - source->text.at);
    return place;
}

/* What is wrong with a number, and where the one before it stands, if lines are counted from there.
 */
static void report_number(Outliner *outliner, Code code, Span number, Span before, Str first,
                          Str second)
{
    bool known = before.end > before.start && before.start >= outliner->line_start;
    Place earlier = {0};
    Diag *diag;

    if (known) {
        earlier = place_of_number(outliner, before);
    }
    diag = diag_add(outliner->diags, code, place_of_number(outliner, number), first, second);
    if (known) {
        diag_relate(outliner->diags, diag, earlier,
                    TEXT("前一个编号在这里", "the number before stands here"));
    }
}

static void check_number(Outliner *outliner, int style, const Begin *begin, Span number)
{
    int64_t last = outliner->last[style];
    Span at = {0, 0};
    Str words, before;
    char text[24];

    if (style >= STYLE_ORDINAL || diags_full(outliner->diags)) {
        return;
    }
    words = doc_text(outliner->doc, number);
    if (outliner->style_of_parts[style] != NO_PART) {
        at = outliner->parts.at[outliner->style_of_parts[style]].number;
    }
    before = doc_text(outliner->doc, at);
    if (at.end > at.start && !outliner->told[style] &&
        outliner->width[style] != begin->full_width) {
        report_number(outliner, LT1027, number, at, words, before);
        outliner->told[style] = true;
    }
    if (last != 0 && begin->ordinal == last) {
        report_number(outliner, LT1026, number, at, words, STR(""));
    } else if (begin->ordinal != 1 && begin->ordinal != last + 1) {
        (void)snprintf(text, sizeof text, "%lld", (long long)last);
        report_number(outliner, LT1025, number, last != 0 ? at : (Span){0, 0},
                      last != 0 && before.len != 0 ? before : str_z(text), words);
    }
}

/* Numbers of a style start anew under a new parent, unless they run on over all of them. */
static void close_inner(Outliner *outliner, int style, uint32_t block)
{
    for (int i = style; i < N_STYLES; i++) {
        if (outliner->open[i] != NO_PART) {
            outliner->parts.at[outliner->open[i]].end = block;
            outliner->open[i] = NO_PART;
        }
    }
}

static uint32_t parent_of(const Outliner *outliner, int style)
{
    for (int i = style; i-- > 0;) {
        if (outliner->open[i] != NO_PART) {
            return outliner->open[i];
        }
    }
    return (uint32_t)outliner->plan;
}

static void open_part(Outliner *outliner, size_t block, int style, const Begin *begin, Span number,
                      Span title)
{
    uint32_t parent;

    if (style != STYLE_LEAD) {
        check_number(outliner, style, begin, number);
    }
    close_inner(outliner, style, (uint32_t)block);
    parent = parent_of(outliner, style);
    *vec_push(outliner->arena, &outliner->parts) = (Part){.kind = (uint8_t)style, /* for now */
                                                          .level = 1,
                                                          .parent = parent,
                                                          .first = (uint32_t)block,
                                                          .number = number,
                                                          .title = title,
                                                          .ordinal = begin->ordinal};
    outliner->open[style] = (uint32_t)(outliner->parts.n - 1);
    if (outliner->style_of_parts[style] == NO_PART) {
        outliner->style_of_parts[style] = outliner->open[style];
        outliner->width[style] = begin->full_width;
    }
    outliner->last[style] = begin->ordinal;
    outliner->used[style] = true;
}

/* End of the first sentence in the words, behind its full stop; 0 if there is none within the
 * limit of characters. */
static size_t first_sentence(Str words, size_t max)
{
    size_t len, n = 0;

    for (size_t i = 0; i < words.len && n <= max; i += len, n++) {
        uint32_t code = utf8_at(words, i, &len);

        if (code == 0x3002 || code == 0xFF1B || code == ';') { /* 。 ； */
            return code == 0x3002 ? i + len : 0;
        }
    }
    return 0;
}

/* The title of a numbered block: all of it, or its first sentence. */
static Span heading_title(Str text, Span at, uint32_t rest, bool *whole)
{
    Str words = str_slice(text, rest, at.end);
    size_t end = first_sentence(words, MAX_RUN_IN);

    *whole = end == 0 || end == words.len;
    if (end != 0) {
        return (Span){rest, rest + (uint32_t)(end - strlen("。"))};
    }
    if (utf8_count(str_slice(words, 0, 4 * MAX_HEADING + 8)) <= MAX_HEADING &&
        !str_ends(words, STR("；"))) {
        return (Span){rest, at.end};
    }
    return (Span){rest, rest}; /* a numbered paragraph without a heading */
}

/* A heading by the file's own style, without a number, takes the place its level says. */
static int style_of_level(unsigned level)
{
    return level <= 1   ? STYLE_CHAPTER
           : level == 2 ? STYLE_JIE
           : level == 3 ? STYLE_HANZI
                        : STYLE_BRACKETS;
}

static void add_block(Outliner *outliner, size_t i)
{
    Document *doc = outliner->doc;
    Block *block = &doc->blocks[i];
    Str text = doc->source.text, words = block_text(text, block);
    Begin begin = read_begin(words);
    Span number, title;
    bool whole;
    size_t end;

    if (begin.style != STYLE_NONE) {
        number = (Span){block->at.start, block->at.start + begin.number_end};
        title = heading_title(text, block->at, block->at.start + begin.rest, &whole);
        if (begin.style == STYLE_BOX && !whole) {
            return;
        }
        open_part(outliner, i, begin.style, &begin, number, title);
        block->role = whole && title.end > title.start ? ROLE_HEADING : ROLE_BODY;
        return;
    }
    if (block->style != 0 && utf8_count(words) <= MAX_HEADING) {
        begin.rest = 0;
        open_part(outliner, i, style_of_level(block->style), &begin,
                  (Span){block->at.start, block->at.start}, block->at);
        return;
    }
    end = words.len > 60 ? first_sentence(words, MAX_LEAD) : 0;
    if (end > 3 * MIN_LEAD && end < words.len) {
        open_part(outliner, i, STYLE_LEAD, &begin, (Span){block->at.start, block->at.start},
                  (Span){block->at.start, block->at.start + (uint32_t)(end - strlen("。"))});
    } else {
        close_inner(outliner, STYLE_LEAD, (uint32_t)i);
    }
}

/* Parts hold their style so far: kinds and levels follow from the styles that are used. */
static void settle_kinds(Outliner *outliner)
{
    static const uint8_t KINDS[] = {PART_VOLUME,     PART_CHAPTER, PART_SECTION, PART_SECTION,
                                    PART_SUBSECTION, PART_ITEM,    PART_SUBITEM, PART_POINT,
                                    PART_LEAD,       PART_BOX};
    static const uint8_t BELOW_JIE[] = {PART_VOLUME, PART_CHAPTER, PART_SECTION, PART_SUBSECTION,
                                        PART_ITEM,   PART_SUBITEM, PART_POINT,   PART_POINT,
                                        PART_LEAD,   PART_BOX};
    bool shift = outliner->used[STYLE_JIE] && outliner->used[STYLE_HANZI];

    for (size_t i = 0; i < outliner->parts.n; i++) {
        Part *part = &outliner->parts.at[i];

        if (part->parent == NO_PART) {
            part->level = 0;
            continue;
        }
        part->level = (uint8_t)(outliner->parts.at[part->parent].level + 1);
        part->kind = shift ? BELOW_JIE[part->kind] : KINDS[part->kind];
    }
}

/* The blocks that are titles of plans: those that a notice names in 《》, else the first line that
 * reads like one. */
static size_t find_first_title(const Document *doc)
{
    Str text = doc->source.text;
    size_t seen = 0;

    for (size_t i = 0; i < doc->n_blocks && seen < MAX_HEAD_BLOCKS; i++) {
        const Block *block = &doc->blocks[i];

        if (block->role == ROLE_CHROME || block->role == ROLE_CONTENTS ||
            block->role == ROLE_CELL) {
            continue;
        }
        seen++;
        if (is_plan_title(block_text(text, block)) &&
            read_begin(block_text(text, block)).style == STYLE_NONE) {
            return i;
        }
    }
    return SIZE_MAX;
}

static bool is_date_line(Str text)
{
    return utf8_count(text) <= 24 && str_ends(text, STR("日")) &&
           str_find(text, STR("年")) != SIZE_MAX && str_find(text, STR("月")) != SIZE_MAX;
}

/* Blocks that read like titles of plans that a notice carries. */
typedef struct {
    Arena *arena;
    Map *ends; /* by their words: behind the first place that names them in 《》, or UINT64_MAX */
    VEC(uint32_t) blocks;
    bool lens[MAX_NAMED + 1]; /* whether there is one of so many bytes */
} Titles;

static void add_title(Titles *titles, const Document *doc, size_t i)
{
    const Block *block = &doc->blocks[i];
    Str words = block_text(doc->source.text, block);

    if ((block->role == ROLE_BODY || block->role == ROLE_HEADING) && words.len <= MAX_NAMED &&
        is_plan_title(words) && read_begin(words).style == STYLE_NONE) {
        titles->lens[words.len] = true;
        *vec_push(titles->arena, &titles->blocks) = (uint32_t)i;
        map_set(titles->ends, words, UINT64_MAX);
    }
}

/* What the 《 at byte `at` opens, up to each of the next 》, since names hold names. */
static void find_names(Titles *titles, Str text, size_t at)
{
    enum { MAX_INSIDE = 8 };
    size_t start = at + strlen("《"), i = start, found;

    for (int n = 0; n < MAX_INSIDE; n++) {
        Str name;
        uint64_t end;

        found = str_find(str_slice(text, i, start + MAX_NAMED + strlen("》")), STR("》"));
        if (found == SIZE_MAX) {
            return;
        }
        name = str_slice(text, start, i + found);
        i += found + strlen("》");
        if (titles->lens[name.len] && map_get(titles->ends, name, &end) && end == UINT64_MAX) {
            map_set(titles->ends, name, i);
        }
    }
}

/* The blocks behind `from` that are titles of plans in a notice: each is named in 《》 somewhere
 * before it. */
static Titles find_carried(Arena *arena, const Document *doc, size_t from)
{
    Str text = doc->source.text;
    Titles titles = {.arena = arena, .ends = map_new(arena)};
    size_t at = 0, found, close = 0, n = 0;

    for (size_t i = from; i < doc->n_blocks; i++) {
        add_title(&titles, doc, i);
    }
    while (titles.blocks.n > 0 &&
           (found = str_find(str_slice(text, at, text.len), STR("《"))) != SIZE_MAX) {
        at += found;
        if (close < at) {
            found = str_find(str_slice(text, at, text.len), STR("》"));
            if (found == SIZE_MAX) {
                break;
            }
            close = at + found;
        }
        if (close - at <= MAX_NAMED + strlen("《")) {
            find_names(&titles, text, at);
        }
        at += strlen("《");
    }
    for (size_t i = 0; i < titles.blocks.n; i++) {
        const Block *block = &doc->blocks[titles.blocks.at[i]];
        uint64_t end = UINT64_MAX;

        (void)map_get(titles.ends, block_text(text, block), &end);
        if (end <= block->at.start) {
            titles.blocks.at[n++] = titles.blocks.at[i];
        }
    }
    titles.blocks.n = n;
    return titles;
}

/* What stands before the first carried plan: the notice itself. */
static void mark_notice(Document *doc, size_t title, size_t end)
{
    for (size_t i = 0; i < end; i++) {
        Block *block = &doc->blocks[i];
        Str words = block_text(doc->source.text, block);

        if (block->role == ROLE_CHROME || block->role == ROLE_CELL ||
            block->role == ROLE_CONTENTS) {
            continue;
        }
        if (i == title) {
            block->role = ROLE_TITLE;
        } else if (is_document_number(words)) {
            block->role = ROLE_NUMBER;
        } else if (i > title && is_date_line(words)) {
            block->role = ROLE_SIGNATURE;
        }
    }
}

void find_outline(Arena *arena, Document *doc, Diags *diags)
{
    Outliner outliner = {.arena = arena, .doc = doc, .diags = diags, .plan = NO_PART};
    size_t title = find_first_title(doc), carried = SIZE_MAX, first, next = 0;
    Titles titles = {0};
    bool in_notice =
        title != SIZE_MAX && is_notice_title(block_text(doc->source.text, &doc->blocks[title]));

    doc->n_plans = 0;
    if (in_notice) {
        titles = find_carried(arena, doc, title + 1);
        carried = titles.blocks.n == 0 ? SIZE_MAX : titles.blocks.at[next++];
    }
    first = carried != SIZE_MAX ? carried : title != SIZE_MAX ? title : 0;
    mark_notice(doc, title,
                carried != SIZE_MAX               ? carried
                : doc->n_blocks < MAX_HEAD_BLOCKS ? doc->n_blocks
                                                  : MAX_HEAD_BLOCKS);
    open_plan(&outliner, first, title == SIZE_MAX ? (Span){0, 0} : doc->blocks[first].at);
    for (size_t i = 0; i < doc->n_blocks; i++) {
        Block *block = &doc->blocks[i];

        if (next < titles.blocks.n && i == titles.blocks.at[next]) {
            next++;
            close_inner(&outliner, 0, (uint32_t)i);
            outliner.parts.at[outliner.plan].end = (uint32_t)i;
            open_plan(&outliner, i, block->at);
            block->role = ROLE_TITLE;
        } else if (i == first && title != SIZE_MAX) {
            block->role = ROLE_TITLE;
        } else if ((i > first || title == SIZE_MAX) &&
                   (block->role == ROLE_BODY || block->role == ROLE_HEADING)) {
            add_block(&outliner, i);
        }
        block->part = i < first ? NO_PART : parent_of(&outliner, N_STYLES);
    }
    close_inner(&outliner, 0, (uint32_t)doc->n_blocks);
    outliner.parts.at[outliner.plan].end = (uint32_t)doc->n_blocks;
    settle_kinds(&outliner);
    doc->parts = outliner.parts.at;
    doc->n_parts = outliner.parts.n;
    for (size_t i = 0; i < doc->n_tables; i++) {
        DocTable *table = &doc->tables[i];

        table->part = table->block < doc->n_blocks ? doc->blocks[table->block].part : NO_PART;
    }
}
