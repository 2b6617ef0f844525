/* Head: what a plan says of itself: title, number, issuer, date, period, area. */
#include "extract/head.h"

#include "base/utf8.h"

#include <string.h>

enum {
    MAX_INTRO = 40, /* blocks at a plan's start where it tells its period and area */
    YEARS_BEFORE = 4,
};

static Str block_words(const Document *doc, size_t i)
{
    return doc_text(doc, doc->blocks[i].at);
}

/* ---- the notice ---- */

/* 甘政办发〔2021〕93号 anywhere in the words. */
static Str find_number(Str text)
{
    static const char *const OPEN[] = {"〔", "[", "［", "【"};

    for (size_t k = 0; k < sizeof OPEN / sizeof OPEN[0]; k++) {
        size_t open = str_find(text, str_z(OPEN[k])), start, end;
        Str rest;

        if (open == SIZE_MAX || open == 0) {
            continue;
        }
        rest = str_slice(text, open, text.len);
        end = str_find(rest, STR("号"));
        if (end == SIZE_MAX || end > 24 ||
            str_find(str_slice(rest, 0, end), STR("20")) == SIZE_MAX) {
            continue;
        }
        start = open;
        while (start > 0 && text.at[start - 1] == ' ') {
            start--;
        }
        while (start >= 3 && (unsigned char)text.at[start - 3] >= 0xE4 && open - start < 30 &&
               !str_starts(str_slice(text, start - 3, text.len), STR("　"))) {
            start -= 3;
        }
        return str_slice(text, start, open + end + strlen("号"));
    }
    return STR("");
}

static bool read_date(Str text, Period *out)
{
    Time time;
    size_t len;

    for (size_t i = 0; i < text.len; i++) {
        if (((unsigned char)text.at[i] & 0xC0) == 0x80) {
            continue;
        }
        len = time_read(text, i, text.len, &time);
        if (len != 0 && time.first != 0 && time.day != 0) {
            char date[16];

            (void)snprintf(date, sizeof date, "%04d-%02d-%02d", time.first, time.month, time.day);
            return period_parse(str_z(date), out);
        }
        i += len > 0 ? len - 1 : 0;
    }
    return false;
}

static bool is_body_name(Str text)
{
    static const char *const ENDS[] = {"政府", "办公厅", "办公室", "委员会", "国务院", "厅",
                                       "局",   "改革委", "部",     "党委",   "省委",   "市委"};

    if (utf8_count(text) > 40 || str_find(text, STR("。")) != SIZE_MAX ||
        str_find(text, STR("，")) != SIZE_MAX) {
        return false;
    }
    for (size_t k = 0; k < sizeof ENDS / sizeof ENDS[0]; k++) {
        if (str_ends(text, str_z(ENDS[k]))) {
            return true;
        }
    }
    return false;
}

/* White space between Chinese characters comes from the layout of a page. */
static Str without_spaces(Arena *arena, Str text)
{
    Buf out = buf_new(arena);
    size_t len;
    uint32_t last = 0;

    for (size_t i = 0; i < text.len; i += len) {
        uint32_t code = utf8_at(text, i, &len), next = 0;
        size_t behind = i + len, width;

        if (!utf8_is_space(code)) {
            buf_add(&out, str_slice(text, i, i + len));
            last = code;
            continue;
        }
        while (behind < text.len && utf8_is_space(next = utf8_at(text, behind, &width))) {
            behind += width;
        }
        if (last < 0x80 && next < 0x80 && last != 0) { /* between Latin words it stays */
            buf_char(&out, ' ');
        }
        len = behind - i;
    }
    return buf_str(&out);
}

NoticeHead head_notice(Arena *arena, const Lexicon *lexicon, const Document *doc)
{
    NoticeHead head = {.title = STR("")};
    size_t first = doc->n_parts > 0 ? doc->parts[0].first : 0;

    (void)lexicon;
    for (size_t i = 0; i < doc->n_blocks && i < first + MAX_INTRO; i++) {
        Str words = block_words(doc, i), found;

        if (doc->blocks[i].role == ROLE_TITLE && head.title.len == 0) {
            size_t about = str_find(words, STR("关于"));

            head.title = without_spaces(arena, words);
            if (about != SIZE_MAX && about > 0 && is_body_name(str_slice(words, 0, about))) {
                head.issuer = str_slice(words, 0, about);
            }
        }
        found = head.number.len == 0 && doc->blocks[i].role != ROLE_CELL &&
                        utf8_count(str_slice(words, 0, 400)) < 80
                    ? find_number(words)
                    : STR("");
        head.number = found.len != 0 ? found : head.number;
        if (!head.has_issued && utf8_count(str_slice(words, 0, 200)) < 50 &&
            read_date(words, &head.issued)) {
            head.has_issued = true;
            if (i > 0 && head.issuer.len == 0 && is_body_name(block_words(doc, i - 1))) {
                head.issuer = block_words(doc, i - 1);
            }
        } else if (doc->blocks[i].role == ROLE_SIGNATURE && read_date(words, &head.issued)) {
            head.has_issued = true;
        }
        if (i < first && is_body_name(words) && head.issuer.len == 0) {
            head.issuer = words;
        }
    }
    for (size_t i = doc->n_blocks; !head.has_issued && i > 0 && doc->n_blocks - i < 8;
         i--) { /* at the end */
        Str words = block_words(doc, i - 1);

        if (utf8_count(str_slice(words, 0, 200)) < 30 && read_date(words, &head.issued)) {
            head.has_issued = true;
            if (i > 1 && head.issuer.len == 0 && is_body_name(block_words(doc, i - 2))) {
                head.issuer = block_words(doc, i - 2);
            }
        }
    }
    return head;
}

/* ---- the plan ---- */

/* Years in the words: a span, a five-year plan, or a single year; the widest that is stated first.
 */
static bool find_period(const Lexicon *lexicon, Str text, bool single, PlanHead *head)
{
    Time time;
    size_t len;

    for (size_t i = 0; i < text.len; i += len) {
        Word word;
        uint32_t code = utf8_at(text, i, &len);

        if (code >= 0x10000 ||
            (lexicon->classes[code] & (CLASS_DIGIT | CLASS_HANZI | CLASS_WORD)) == 0) {
            continue;
        }
        word = lexicon_word(lexicon, text, i);
        if (word.kind == WORD_FIVE_YEAR) {
            head->first = (int)word.number;
            head->last = (int)word.number + 4;
            return true;
        }
        if (time_read(text, i, text.len, &time) != 0 && time.first != 0 && time.day == 0 &&
            (time.kind == TIME_SPAN || single)) {
            head->first = time.first;
            head->last = time.last;
            return true;
        }
    }
    return false;
}

static bool find_horizon(Str text, PlanHead *head)
{
    static const char *const WORDS[] = {"展望至",   "展望到",     "展望",       "远景展望到",
                                        "远期至",   "远期到",     "远期展望至", "和二〇三五年",
                                        "和2035年", "和二○三五年"};
    int year = 0;

    for (size_t k = 0; k < sizeof WORDS / sizeof WORDS[0]; k++) {
        size_t at = str_find(text, str_z(WORDS[k]));
        Time time;

        if (at == SIZE_MAX) {
            continue;
        }
        at += strlen(WORDS[k]);
        if (k >= 7) {
            year = 2035;
        } else if (time_read(text, at, text.len, &time) != 0) {
            year = time.last;
        }
        if (year > head->last) {
            head->horizon = year;
            return true;
        }
    }
    return false;
}

/* Where the plan tells its own period: 规划期为2021—2025年. */
static bool find_own_period(const Lexicon *lexicon, Str text, PlanHead *head)
{
    static const char *const WORDS[] = {"规划期", "规划期限", "实施期", "近期", "规划基准年"};

    for (size_t k = 0; k < sizeof WORDS / sizeof WORDS[0]; k++) {
        size_t at = str_find(text, str_z(WORDS[k]));

        if (at != SIZE_MAX && find_period(lexicon, str_slice(text, at, at + 90), false, head)) {
            return true;
        }
    }
    return false;
}

/* 2012年起5年内: the period told by its beginning and length. */
static bool find_length(Str text, PlanHead *head)
{
    size_t at = 0, found;

    while ((found = str_find(str_slice(text, at, text.len), STR("年起"))) != SIZE_MAX) {
        size_t start = at + found >= 4 ? at + found - 4 : 0;
        Time time;

        at += found + strlen("年起");
        if (time_read(text, start, text.len, &time) != 0 && time.first != 0 && at < text.len &&
            text.at[at] >= '1' && text.at[at] <= '9' &&
            str_starts(str_slice(text, at + 1, text.len), STR("年"))) {
            head->first = time.first;
            head->last = time.first + (text.at[at] - '0') - 1;
            return true;
        }
    }
    return false;
}

/* Whether the plan's text holds the word. */
static bool speaks_of(const Document *doc, const Part *part, const char *word)
{
    for (uint32_t b = part->first; b < part->end; b++) {
        if (str_find(block_words(doc, b), str_z(word)) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

/* From the first year that is spoken of to the last: a plan with a near and a far end. */
static void guess_span(const Document *doc, const Part *part, PlanHead *head)
{
    for (uint32_t b = part->first; b < part->end; b++) {
        Str text = block_words(doc, b);

        for (size_t i = 0; i < text.len; i++) {
            Time time;
            size_t len = ((unsigned char)text.at[i] & 0xC0) == 0x80
                             ? 0
                             : time_read(text, i, text.len, &time);

            if (len != 0 && time.first != 0) {
                head->first =
                    head->first == 0 || time.first < head->first ? time.first : head->first;
                head->last = time.last > head->last ? time.last : head->last;
            }
            i += len > 0 ? len - 1 : 0;
        }
    }
}

/* 咸阳市2023年国民经济和社会发展计划, 2024年度工作要点: the plan of one year; 0 if it is none. */
static int year_of_yearly(Str title, int issued)
{
    static const char *const ENDS[] = {"社会发展计划", "工作要点", "工作计划", "工作安排",
                                       "年度计划",     "重点工作", "任务分工", "年度方案"};
    Time time;
    size_t len;

    for (size_t k = 0; k < sizeof ENDS / sizeof ENDS[0]; k++) {
        if (!str_ends(title, str_z(ENDS[k]))) {
            continue;
        }
        for (size_t i = 0; i < title.len; i += len) {
            (void)utf8_at(title, i, &len);
            if (time_read(title, i, title.len, &time) != 0 && time.first != 0) {
                return time.kind == TIME_POINT && time.flags == 0 &&
                               (issued == 0 || time.first == issued || time.first == issued + 1)
                           ? time.first
                           : 0;
            }
        }
    }
    return 0;
}

/* The last year that most sentences look to, where nothing else tells the period. */
static void guess_period(const Document *doc, const Part *part, int issued, PlanHead *head)
{
    enum { BASE = 1950, N = 150 };
    uint32_t count[N] = {0};
    size_t best = 0;

    for (uint32_t b = part->first; b < part->end; b++) {
        Str text = block_words(doc, b);
        size_t at = 0, found;

        if (find_length(text, head)) {
            return;
        }
        while ((found = str_find(str_slice(text, at, text.len), STR("到"))) != SIZE_MAX) {
            Time time;

            at += found + strlen("到");
            if (time_read(text, at, text.len, &time) != 0 && time.last >= BASE &&
                time.last < BASE + N) {
                count[time.last - BASE]++;
            }
        }
    }
    for (size_t i = 1; i < N; i++) {
        best = count[i] > count[best] ? i : best;
    }
    if (best == 0 && (speaks_of(doc, part, "近期") || speaks_of(doc, part, "远期"))) {
        guess_span(doc, part, head);
        return;
    }
    if (best != 0) {
        head->last = BASE + (int)best;
        head->first = head->last - YEARS_BEFORE;
        if (issued > head->first && issued <= head->last) {
            head->first = issued;
        }
    }
}

/* The most exact place that the words name; what stands in 《》 is another document's. */
static uint32_t find_area(const Lexicon *lexicon, Str text)
{
    uint32_t found = NONE;
    size_t len;

    for (size_t i = 0; i < text.len; i += len) {
        uint32_t code = utf8_at(text, i, &len);
        Word word;

        if (code >= 0x10000 || (lexicon->classes[code] & CLASS_WORD) == 0) {
            continue;
        }
        word = lexicon_word(lexicon, text, i);
        if (word.kind == WORD_REGION) {
            uint32_t parent =
                found == NONE ? NONE : lexicon->catalog->entities.at[word.number].parent;

            if (found == NONE || parent == found ||
                lexicon->catalog->entities.at[found].parent == NONE) {
                found = word.number;
            }
        }
        len = word.kind != WORD_NONE ? word.len : len;
    }
    return found;
}

/* 范围包括兰州市、白银市、定西市和临夏回族自治州. */
static void find_members(Arena *arena, const Lexicon *lexicon, const Document *doc, size_t block,
                         PlanHead *head)
{
    static const char *const WORDS[] = {"范围包括", "范围为", "范围涵盖", "范围覆盖", "范围涉及"};
    enum { MAX_MEMBERS = 64 };
    Str text = block_words(doc, block);
    VEC(Str) codes = {0};

    for (size_t k = 0; k < sizeof WORDS / sizeof WORDS[0] && codes.n == 0; k++) {
        size_t at = str_find(text, str_z(WORDS[k])), i, first = 0, last = 0;

        if (at == SIZE_MAX) {
            continue;
        }
        for (i = at + strlen(WORDS[k]); i < text.len && codes.n < MAX_MEMBERS;) {
            Word word = lexicon_word(lexicon, text, i);

            if (word.kind == WORD_REGION) {
                const Entity *entity = &lexicon->catalog->entities.at[word.number];

                if (!entity->is_group) {
                    *vec_push(arena, &codes) = entity->id;
                    first = codes.n == 1 ? i : first;
                    last = i + word.len;
                }
                i += word.len;
            } else if (str_starts(str_slice(text, i, text.len), STR("、")) ||
                       word.kind == WORD_LINK ||
                       str_starts(str_slice(text, i, text.len), STR("等"))) {
                i += 3;
            } else {
                break;
            }
        }
        if (codes.n > 1) {
            uint32_t base = doc->blocks[block].at.start;

            head->members = (StrList){codes.at, codes.n};
            head->members_at = (Span){base + (uint32_t)first, base + (uint32_t)last};
        }
    }
}

/* The latest year up to the plan's last that its beginning speaks of, other than as one to reach:
 * the year in which it speaks, where no date is stated. */
static int latest_year(const Document *doc, const Part *part, int last)
{
    int latest = 0;

    for (uint32_t b = part->first; b < part->end && b < part->first + MAX_INTRO; b++) {
        Str text = block_words(doc, b);

        for (size_t i = 0; i < text.len; i++) {
            Time time;
            size_t len = ((unsigned char)text.at[i] & 0xC0) == 0x80
                             ? 0
                             : time_read(text, i, text.len, &time);

            if (len != 0 && time.kind == TIME_POINT && time.first > latest && time.first <= last &&
                (time.flags & TIME_BEFORE) == 0 &&
                !(i >= strlen("到") &&
                  str_starts(str_slice(text, i - strlen("到"), text.len), STR("到")))) {
                latest = time.first;
            }
            i += len > 0 ? len - 1 : 0;
        }
    }
    return latest;
}

PlanHead head_plan(Arena *arena, const Lexicon *lexicon, const Document *doc,
                   const NoticeHead *notice, const Part *part)
{
    PlanHead head = {.area = NONE};
    Str title = doc_text(doc, part->title);
    bool report = str_find(title, STR("工作报告")) != SIZE_MAX;
    int issued = notice->has_issued ? period_year_of(notice->issued) : 0;

    head.first = head.last = year_of_yearly(title, issued);
    head.stated = head.first != 0 || find_period(lexicon, title, report, &head) ||
                  (report && find_period(lexicon, notice->title, true, &head));
    (void)find_horizon(title, &head);
    head.area = find_area(lexicon, title);
    for (uint32_t b = part->first + 1; b < part->end && b < part->first + MAX_INTRO; b++) {
        Str text = block_words(doc, b);

        if (doc->blocks[b].role != ROLE_BODY) {
            continue;
        }
        head.stated = head.stated || find_own_period(lexicon, text, &head);
        if (head.horizon == 0) {
            (void)find_horizon(text, &head);
        }
        if (head.members.n == 0) {
            find_members(arena, lexicon, doc, b, &head);
        }
    }
    head.stated = head.stated || find_period(lexicon, notice->title, false, &head);
    if (!head.stated) {
        guess_period(doc, part, issued, &head);
        for (uint32_t b = part->first; head.last == 0 && b < part->end; b++) {
            (void)find_period(lexicon, block_words(doc, b), false, &head);
        }
    }
    if (head.last == 0) {
        head.first = issued != 0 ? issued : 2021;
        head.last = head.first + YEARS_BEFORE;
    }
    if (head.area == NONE) {
        head.area = find_area(lexicon, notice->title);
    }
    if (head.area == NONE) {
        head.area = find_area(lexicon, notice->issuer);
    }
    if (issued == 0 && !report) {
        issued = latest_year(doc, part, head.last);
    }
    head.now = issued != 0 && issued >= head.first - 1 && issued <= head.last ? issued : head.first;
    head.usual = head.last;
    if (report) { /* of one year, but it may tell the goals of the five that begin with it */
        head.now = head.usual = head.first;
        if (head.first == head.last && speaks_of(doc, part, "今后五年")) {
            head.last = head.first + YEARS_BEFORE;
        }
    }
    return head;
}

/* ---- ids ---- */

static Str slug(Arena *arena, Str name)
{
    Buf out = buf_new(arena);

    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];

        if (c >= 'A' && c <= 'Z') {
            c = (char)(c - 'A' + 'a');
        }
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            buf_char(&out, c);
        } else if (out.len > 0 && out.at[out.len - 1] != '-' && (c == ' ' || c == '-')) {
            buf_char(&out, '-');
        }
    }
    return buf_str(&out);
}

Str head_id(Arena *arena, const Lexicon *lexicon, const PlanHead *head, Str title)
{
    static const struct {
        const char *word, *id;
    } SUBJECTS[] = {{"国民经济和社会发展", "outline"},
                    {"工作报告", "report"},
                    {"生态环境", "environment"},
                    {"环境保护", "environment"},
                    {"数字", "digital"},
                    {"信息化", "digital"},
                    {"交通", "transport"},
                    {"能源", "energy"},
                    {"水", "water"},
                    {"应急", "emergency"},
                    {"安全", "safety"},
                    {"农业", "agriculture"},
                    {"乡村", "rural"},
                    {"健康", "health"},
                    {"卫生", "health"},
                    {"教育", "education"},
                    {"文化", "culture"},
                    {"旅游", "tourism"},
                    {"科技", "innovation"},
                    {"创新", "innovation"},
                    {"工业", "industry"},
                    {"制造", "industry"},
                    {"城镇化", "urbanisation"},
                    {"碳达峰", "carbon"},
                    {"养老", "ageing"},
                    {"民政", "civil-affairs"},
                    {"就业", "employment"},
                    {"人才", "talent"},
                    {"林", "forestry"},
                    {"物流", "logistics"},
                    {"服务业", "services"},
                    {"公共服务", "public-services"}};
    const Entity *entity = head->area == NONE ? NULL : &lexicon->catalog->entities.at[head->area];
    Str place = entity == NULL
                    ? STR("plan")
                    : slug(arena, entity->name.en.len != 0 ? entity->name.en : entity->id);
    Str subject = STR("");

    if (entity != NULL && entity->is_group) {
        place = entity->id;
    }
    for (size_t k = 0; k < sizeof SUBJECTS / sizeof SUBJECTS[0] && subject.len == 0; k++) {
        if (str_find(title, str_z(SUBJECTS[k].word)) != SIZE_MAX) {
            subject = str_z(SUBJECTS[k].id);
        }
    }
    if (entity != NULL && entity->is_group && subject.len == 0) {
        return place;
    }
    return subject.len == 0
               ? str_format(arena, "%.*s-%d", STR_ARG(place), head->first)
               : str_format(arena, "%.*s-%.*s-%d", STR_ARG(place), STR_ARG(subject), head->first);
}
