/* HtmlBody: which lines of a page are the document, and which stand around it. */
#include "document/page_priv.h"

#include <string.h>

/* Our choices, in bytes of UTF-8, three of which are a Chinese character. */
enum {
    PROSE = 30,         /* a line of sentences has at least as many */
    SLACK = 120,        /* so much prose may stand beside the document */
    SLACK_NAMED = 3,    /* and so many percent more beside what is named as the document */
    CHROME_PROSE = 20,  /* what is named as navigation has fewer percent of the prose */
    LINKED = 60,        /* a list of links has more percent of its bytes in links */
    LOOK_BACK = 60,     /* lines before the document among which title and sources stand */
    META_LINE = 400,    /* a line of sources is shorter */
    LONGEST_NAME = 256, /* of an element's names, so much is looked at */
};

typedef struct { /* sums over the leaves before each */
    uint32_t *bytes, *linked, *prose;
} Sums;

static bool word_starts(Str name, size_t i, const char *what)
{
    size_t len = strlen(what);

    return name.len - i >= len && strncasecmp(name.at + i, what, len) == 0;
}

bool html_names_content(Str name)
{
    static const char *const NAMES[] = {
        "TRS_Editor",    "trs_view",     "UCAP-CONTENT", "article",  "content", "zoom",
        "pages_content", "maintext",     "main-text",    "news_con", "detail",  "b12c",
        "conTxt",        "xxgk_content", "Custom_UNION", "info_con", "view TRS"};

    name = str_slice(name, 0, LONGEST_NAME);
    for (size_t i = 0; i < name.len; i++) {
        for (size_t k = 0; k < sizeof NAMES / sizeof NAMES[0]; k++) {
            if (word_starts(name, i, NAMES[k])) {
                return true;
            }
        }
    }
    return false;
}

bool html_names_chrome(Str name)
{
    static const char *const NAMES[] = {
        "nav",      "menu",     "crumb",   "breadcrumb", "foot",       "sidebar", "share",
        "bdshare",  "related",  "relate",  "copyright",  "pagination", "prev",    "recommend",
        "location", "position", "dqwz",    "weizhi",     "topbar",     "search",  "login",
        "qrcode",   "ewm",      "toolbar", "friendlink", "hotnews",    "comment", "fontsize"};

    name = str_slice(name, 0, LONGEST_NAME);
    for (size_t i = 0; i < name.len; i++) {
        char before = i == 0 ? ' ' : name.at[i - 1];
        bool letter = (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z');
        bool hump = before >= 'a' && before <= 'z' && name.at[i] >= 'A' && name.at[i] <= 'Z';

        for (size_t k = 0; (!letter || hump) && k < sizeof NAMES / sizeof NAMES[0]; k++) {
            if (word_starts(name, i, NAMES[k])) {
                return true;
            }
        }
    }
    return false;
}

static bool starts_with_any(Str s, const Str *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (str_starts(s, words[i])) {
            return true;
        }
    }
    return false;
}

static bool holds_any(Str s, const Str *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (str_find(s, words[i]) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

/* Lines that stand in the document's element and are not of it. */
static bool is_furniture(Str line)
{
    static const Str STARTS[] = {
        STR_INIT("当前位置"),     STR_INIT("您的位置"), STR_INIT("您现在的位置"),
        STR_INIT("您当前的位置"), STR_INIT("所在位置"), STR_INIT("上一篇"),
        STR_INIT("下一篇"),       STR_INIT("上一条"),   STR_INIT("下一条"),
        STR_INIT("相关阅读"),     STR_INIT("相关链接"), STR_INIT("相关文章"),
        STR_INIT("分享到"),       STR_INIT("分享："),   STR_INIT("扫一扫"),
        STR_INIT("返回顶部"),     STR_INIT("打印本页"), STR_INIT("关闭窗口"),
        STR_INIT("【打印"),       STR_INIT("【关闭"),   STR_INIT("[打印"),
        STR_INIT("责任编辑"),     STR_INIT("浏览次数"), STR_INIT("点击数"),
        STR_INIT("字体："),       STR_INIT("【字体"),   STR_INIT("版权所有"),
        STR_INIT("网站标识码"),   STR_INIT("备案号")};

    return line.len <= META_LINE && starts_with_any(line, STARTS, sizeof STARTS / sizeof STARTS[0]);
}

/* Lines that say what the document is: where from, when, its number. */
static bool is_meta(Str line)
{
    static const Str WORDS[] = {
        STR_INIT("索引号"),   STR_INIT("发文机关"), STR_INIT("发文字号"), STR_INIT("发文单位"),
        STR_INIT("成文日期"), STR_INIT("发布日期"), STR_INIT("发布时间"), STR_INIT("发布机构"),
        STR_INIT("主题分类"), STR_INIT("公开日期"), STR_INIT("生成日期"), STR_INIT("有效性"),
        STR_INIT("来源"),     STR_INIT("文号"),     STR_INIT("标题"),     STR_INIT("日期"),
        STR_INIT("时间："),   STR_INIT("〔20"),     STR_INIT("〔19"),     STR_INIT("号")};

    return line.len <= META_LINE && holds_any(line, WORDS, sizeof WORDS / sizeof WORDS[0]);
}

/* A line such as 2021-12-31 or 2021年12月31日 and little else. */
static bool is_date(Str line)
{
    size_t digits = 0;

    for (size_t i = 0; i < line.len; i++) {
        digits += line.at[i] >= '0' && line.at[i] <= '9';
    }
    return digits >= 6 && line.len <= 60 && digits * 4 >= line.len;
}

/* Bytes of a line that are sentences rather than links, names or headings. */
static uint32_t prose_of(Str line, const Leaf *leaf)
{
    static const Str MARKS[] = {STR_INIT("。"), STR_INIT("，"), STR_INIT("；"),
                                STR_INIT("、"), STR_INIT(", "), STR_INIT(". ")};
    uint32_t own = (uint32_t)line.len - leaf->linked;

    if (leaf->aside || leaf->title || leaf->style != 0 || leaf->linked * 2 > line.len ||
        own < PROSE ||
        !holds_any(str_slice(line, 0, 1024), MARKS, sizeof MARKS / sizeof MARKS[0])) {
        return 0;
    }
    return own;
}

static uint32_t sum(const uint32_t *sums, const Element *at)
{
    return sums[at->last] - sums[at->first];
}

static uint32_t percent(uint64_t part, uint64_t whole)
{
    return whole == 0 ? 0 : (uint32_t)(part * 100 / whole);
}

/* Sums over lines; the prose of a table of data is all that stands in it, once it is known. */
static void add_up(const Page *page, Sums *sums)
{
    for (uint32_t i = 0; i < page->leaves.n; i++) {
        const Leaf *leaf = &page->leaves.at[i];
        Str line = leaf_text(page, leaf);

        sums->bytes[i + 1] = sums->bytes[i] + (uint32_t)line.len;
        sums->linked[i + 1] = sums->linked[i] + leaf->linked;
        sums->prose[i + 1] = sums->prose[i] + prose_of(line, leaf);
    }
}

static void add_tables(const Page *page, Sums *sums)
{
    uint32_t element = 0, added = 0;

    for (uint32_t i = 0; i < page->leaves.n; i++) {
        const Leaf *leaf = &page->leaves.at[i];
        bool data;

        while (element < page->elements.n &&
               (!page->elements.at[element].data || page->elements.at[element].last <= i)) {
            element++;
        }
        data = element < page->elements.n && page->elements.at[element].first <= i &&
               !leaf->aside && leaf->linked == 0;
        if (data && prose_of(leaf_text(page, leaf), leaf) == 0) {
            added += leaf->at.end - leaf->at.start;
        }
        sums->prose[i + 1] += added;
    }
}

/* The smallest element that holds the prose of the page, but for a little. */
static Element find_container(const Page *page, const Sums *sums)
{
    Element whole = {.parent = NO_ELEMENT,
                     .end = (uint32_t)page->elements.n,
                     .last = (uint32_t)page->leaves.n,
                     .tag = TAG_BOX},
            best = whole;
    uint32_t at = 0, total = sums->prose[page->leaves.n];
    bool found = total > 0;

    while (found) {
        found = false;
        for (uint32_t i = at; i < best.end; i = page->elements.at[i].end) {
            const Element *child = &page->elements.at[i];
            uint32_t slack = SLACK, prose = sum(sums->prose, child);

            if (child->content) {
                slack += total / 100 * SLACK_NAMED;
            }
            /* short documents: what stands beside is less than a fifth in any case */
            slack = slack < total / 5 ? slack : total / 5;
            if (child->tag != TAG_ASIDE && !child->data &&
                prose + slack >= sum(sums->prose, &best)) {
                best = *child;
                at = i + 1;
                found = true;
                break;
            }
        }
    }
    return best;
}

/* An element in the document's that is not of it. */
static bool is_chrome(const Sums *sums, const Element *element, uint32_t total)
{
    uint32_t bytes = sum(sums->bytes, element), linked = sum(sums->linked, element);

    if (element->tag == TAG_ASIDE) {
        return true;
    }
    if (element->chrome && percent(sum(sums->prose, element), total) < CHROME_PROSE) {
        return true;
    }
    return (element->tag == TAG_BOX || element->tag == TAG_TABLE) &&
           element->last - element->first >= 3 && percent(linked, bytes) > LINKED &&
           sum(sums->prose, element) == 0;
}

static void set_roles(Page *page, uint32_t first, uint32_t last, BlockRole role)
{
    for (uint32_t i = first; i < last; i++) {
        page->leaves.at[i].role = (uint8_t)role;
    }
}

static void mark_container(Page *page, const Sums *sums, const Element *body)
{
    uint32_t total = sum(sums->prose, body), prose_first = body->last;

    for (uint32_t i = body->first; i < body->last; i++) {
        Leaf *leaf = &page->leaves.at[i];
        bool linked = leaf->linked * 10 >= (leaf->at.end - leaf->at.start) * 9;

        if (prose_first == body->last && sums->prose[i + 1] > sums->prose[i]) {
            prose_first = i;
        }
        leaf->role = leaf->aside || leaf->title || is_furniture(leaf_text(page, leaf)) ||
                             (linked && prose_first == body->last)
                         ? ROLE_CHROME
                         : ROLE_BODY;
    }
    for (uint32_t i = 0; i < page->elements.n;) {
        const Element *element = &page->elements.at[i];

        if (element->first >= body->first && element->last <= body->last &&
            (element->first > body->first || element->last < body->last) &&
            is_chrome(sums, element, total)) {
            set_roles(page, element->first, element->last, ROLE_CHROME);
            i = element->end;
        } else {
            i++;
        }
    }
}

/* The title in the head of the page, without the site's name behind it. */
static Str page_title(const Page *page)
{
    for (uint32_t i = 0; i < page->leaves.n; i++) {
        if (page->leaves.at[i].title) {
            return leaf_text(page, &page->leaves.at[i]);
        }
    }
    return STR("");
}

/* How likely the line is the document's title: 0 not, more is better. */
static unsigned title_rank(const Page *page, const Leaf *leaf, Str title)
{
    enum { TITLE_MIN = 12, HEADINGS = 6 };
    Str line = leaf_text(page, leaf);

    if (leaf->aside || leaf->title || leaf->linked * 2 > line.len || is_furniture(line)) {
        return 0;
    }
    if (line.len >= TITLE_MIN && str_find(title, line) != SIZE_MAX) {
        return HEADINGS + 2;
    }
    return leaf->style != 0 ? HEADINGS + 1 - leaf->style : 0;
}

/* Title and lines of sources before the element that holds the text. */
static void mark_title(Page *page, const Element *body)
{
    uint32_t from = body->first > LOOK_BACK ? body->first - LOOK_BACK : 0, best = body->first;
    Str title = page_title(page);
    unsigned best_rank = 0;

    for (uint32_t i = body->first; i < body->last && i < body->first + 3; i++) {
        unsigned rank = title_rank(page, &page->leaves.at[i], title);

        if (rank >= 6) {
            best_rank = rank; /* it is inside already */
        }
    }
    for (uint32_t i = body->first; i-- > from;) {
        unsigned rank = title_rank(page, &page->leaves.at[i], title);

        if (rank > best_rank) {
            best_rank = rank;
            best = i;
        }
    }
    for (uint32_t i = best; i < body->first; i++) {
        Leaf *leaf = &page->leaves.at[i];
        Str line = leaf_text(page, leaf);
        bool good = !leaf->aside && leaf->linked * 2 <= line.len && !is_furniture(line);

        leaf->role =
            i == best || (good && (is_meta(line) || is_date(line))) ? ROLE_BODY : ROLE_CHROME;
    }
}

/* A table of sources (索引号, 发文机关 …) before the text is kept whole. */
static void mark_meta_tables(Page *page, const Element *body)
{
    for (uint32_t i = 0; i < page->elements.n; i++) {
        const Element *table = &page->elements.at[i];
        unsigned n = 0;

        if (table->first >= body->first) {
            break;
        }
        if (!table->data || table->last > body->first || table->last + LOOK_BACK < body->first) {
            continue;
        }
        for (uint32_t k = table->first; k < table->last; k++) {
            Str line = leaf_text(page, &page->leaves.at[k]);

            n += is_meta(line) && line.len <= 60 && page->leaves.at[k].linked == 0;
        }
        set_roles(page, table->first, table->last, n >= 3 ? ROLE_BODY : ROLE_CHROME);
    }
}

/* A table is kept or left as a whole. */
static void settle_tables(Page *page)
{
    for (uint32_t i = 0; i < page->elements.n; i++) {
        const Element *table = &page->elements.at[i];
        bool body = false;

        if (!table->data) {
            continue;
        }
        for (uint32_t k = table->first; k < table->last && !body; k++) {
            body = page->leaves.at[k].role == ROLE_BODY && !page->leaves.at[k].aside;
        }
        set_roles(page, table->first, table->last, body ? ROLE_BODY : ROLE_CHROME);
    }
}

void html_find_body(Page *page)
{
    uint32_t n = (uint32_t)page->leaves.n + 1;
    Sums sums = {ARENA_ARRAY(page->scratch, uint32_t, n), ARENA_ARRAY(page->scratch, uint32_t, n),
                 ARENA_ARRAY(page->scratch, uint32_t, n)};
    Element body;

    add_up(page, &sums);
    page_find_data(page);
    add_tables(page, &sums);
    body = find_container(page, &sums);
    mark_container(page, &sums, &body);
    mark_title(page, &body);
    mark_meta_tables(page, &body);
    settle_tables(page);
}
