/* Duty: who must do what by when; and the mechanisms that a plan sets up. */
#include "extract/duty.h"

#include "base/utf8.h"

#include <string.h>

enum { MIN_ORDER = 12, MAX_TITLE = 180, MAX_BODY = 90, MAX_BODIES = 40 };
enum { MIN_KIND = 12 }; /* bytes: 工作专班, 联席会议制度 are names by themselves, 机制 is none */

static Str words(const Scan *scan, uint32_t start, uint32_t end)
{
    return str_slice(scan->text, start, end);
}

static bool is_word(const Item *item, WordKind kind)
{
    return item->kind == ITEM_WORD && item->sub == kind;
}

static bool is_mark(const Item *item, MarkKind kind)
{
    return item->kind == ITEM_MARK && item->sub == kind;
}

static bool cut_start(Str *text, const char *const *list)
{
    for (; *list != NULL; list++) {
        Str word = str_z(*list);

        if (str_starts(*text, word)) {
            *text = str_trim(str_slice(*text, word.len, text->len));
            return true;
        }
    }
    return false;
}

static bool cut_end(Str *text, const char *const *list)
{
    for (; *list != NULL; list++) {
        Str word = str_z(*list);

        if (str_ends(*text, word)) {
            *text = str_trim(str_slice(*text, 0, text->len - word.len));
            return true;
        }
    }
    return false;
}

/* ---- bodies ---- */

static bool ends_as_body(Str text)
{
    static const Str ENDS[] = {
        STR_INIT("政府"),     STR_INIT("委"),   STR_INIT("委员会"),   STR_INIT("局"),
        STR_INIT("厅"),       STR_INIT("部"),   STR_INIT("办"),       STR_INIT("办公室"),
        STR_INIT("办公厅"),   STR_INIT("院"),   STR_INIT("会"),       STR_INIT("中心"),
        STR_INIT("公司"),     STR_INIT("集团"), STR_INIT("行"),       STR_INIT("站"),
        STR_INIT("所"),       STR_INIT("队"),   STR_INIT("署"),       STR_INIT("社"),
        STR_INIT("部门"),     STR_INIT("单位"), STR_INIT("管委会"),   STR_INIT("组"),
        STR_INIT("海关"),     STR_INIT("联"),   STR_INIT("各地"),     STR_INIT("地区"),
        STR_INIT("园区"),     STR_INIT("县"),   STR_INIT("区"),       STR_INIT("市"),
        STR_INIT("州"),       STR_INIT("旗"),   STR_INIT("镇"),       STR_INIT("乡"),
        STR_INIT("街道"),     STR_INIT("省"),   STR_INIT("盟"),       STR_INIT("市州"),
        STR_INIT("县区"),     STR_INIT("区县"), STR_INIT("企业"),     STR_INIT("机构"),
        STR_INIT("高校"),     STR_INIT("院校"), STR_INIT("学校"),     STR_INIT("台"),
        STR_INIT("馆"),       STR_INIT("）"),   STR_INIT(")"),        STR_INIT("指挥部"),
        STR_INIT("领导小组"), STR_INIT("专班"), STR_INIT("成员单位"), STR_INIT("支行"),
        STR_INIT("分行"),     STR_INIT("分局"), STR_INIT("市直"),     STR_INIT("省直")};

    for (size_t k = 0; k < sizeof ENDS / sizeof ENDS[0]; k++) {
        if (str_ends(text, ENDS[k])) {
            return true;
        }
    }
    return false;
}

static void add_body(Duties *duties, Str name, StrVector *out)
{
    for (size_t i = 0; i < out->n; i++) {
        if (str_eq(out->at[i], name)) {
            return;
        }
    }
    if (out->n < MAX_BODIES) {
        *vec_push(duties->arena, out) = name;
    }
}

/* The government of a place, under the name that the catalog has for it. */
static Str government_of(Duties *duties, uint32_t entity)
{
    const Catalog *catalog = duties->lexicon->catalog;
    Str id = catalog->entities.at[entity].id;

    for (size_t i = 0; i < catalog->bodies.n; i++) {
        if (str_eq(catalog->bodies.at[i].region, id) &&
            (str_ends(catalog->bodies.at[i].name.zh, STR("人民政府")) ||
             str_ends(catalog->bodies.at[i].name.zh, STR("管理委员会")))) {
            return catalog->bodies.at[i].name.zh;
        }
    }
    return str_format(duties->arena, "%.*s人民政府", STR_ARG(catalog->entities.at[entity].name.zh));
}

/* 相关市州: all that the plan's area is made of. */
static bool add_members(Duties *duties, Str text, StrVector *out)
{
    static const char *const ALL[] = {"相关市州",   "各市州", "各相关市州", "有关市州", "四市州",
                                      "五市州",     "三市州", "五市",       "四市",     "三市",
                                      "各市（州）", "两市",   "六市",       "七市",     NULL};
    const Catalog *catalog = duties->lexicon->catalog;
    const Entity *area = duties->area == NONE ? NULL : &catalog->entities.at[duties->area];
    bool found = false;

    for (const char *const *word = ALL; *word != NULL; word++) {
        found |= str_eq(text, str_z(*word));
    }
    if (!found || area == NULL || !area->is_group) {
        return false;
    }
    for (size_t i = 0; i < area->n_parts; i++) {
        add_body(duties, government_of(duties, area->parts[i]), out);
    }
    return true;
}

/* 临夏四市州政府: the last of a list of places, with what they all are. */
static uint32_t place_with_tail(const Duties *duties, Str text, bool *tail)
{
    static const char *const TAILS[] = {"市州政府",
                                        "市(州)人民政府",
                                        "市（州）人民政府",
                                        "市州人民政府",
                                        "市州",
                                        "市政府",
                                        "市人民政府",
                                        "市",
                                        "州",
                                        "县",
                                        "政府",
                                        "人民政府",
                                        "区",
                                        "省",
                                        NULL};
    Word word = lexicon_word(duties->lexicon, text, 0);
    Str rest;

    *tail = false;
    if (word.kind != WORD_REGION) {
        return NONE;
    }
    rest = str_trim(str_slice(text, word.len, text.len));
    if (rest.len == 0) {
        return word.number;
    }
    if (rest.len > 3 && (unsigned char)rest.at[0] >= 0xE4) { /* 四, 五 */
        Str behind = str_slice(rest, 3, rest.len);

        for (const char *const *end = TAILS; *end != NULL; end++) {
            if (str_eq(behind, str_z(*end)) || str_eq(rest, str_z(*end))) {
                *tail = true;
                return word.number;
            }
        }
    }
    return str_eq(rest, STR("政府")) || str_eq(rest, STR("人民政府")) ? word.number : NONE;
}

/* Whether a body of that region can be meant: 省发展改革委 of another province is another one. */
static bool is_near(const Duties *duties, Str region)
{
    const Catalog *catalog = duties->lexicon->catalog;
    const Entity *area = duties->area == NONE ? NULL : &catalog->entities.at[duties->area];
    Str id;

    if (area == NULL || region.len < 2) {
        return false;
    }
    id = area->is_group && area->n_parts > 0 ? catalog->entities.at[area->parts[0]].id : area->id;
    return id.len >= 2 && id.at[0] == region.at[0] && id.at[1] == region.at[1];
}

static bool read_body(Duties *duties, Str text, StrVector *out)
{
    static const char *const STARTS[] = {"由",       "请",       "各级",     "和",       "及",
                                         "与",       "是",       "：",       ":",        "其中",
                                         "责任单位", "牵头单位", "配合单位", "责任主体", NULL};
    static const char *const ENDS[] = {"等部门按职责分工",
                                       "等有关部门按职责分工",
                                       "按职责分工",
                                       "按照职责分工",
                                       "按职责",
                                       "分别",
                                       "共同",
                                       "等国务院相关部门",
                                       "等有关部门",
                                       "等相关部门",
                                       "等部门",
                                       "等单位",
                                       "等",
                                       "具体",
                                       "积极",
                                       "切实",
                                       NULL};
    uint32_t entity;
    uint32_t body;
    bool tail;

    text = str_trim(text);
    while (!str_starts(text, STR("各级")) && cut_start(&text, STARTS)) {
    }
    while (cut_end(&text, ENDS)) {
    }
    if (text.len == 0 || text.len > MAX_BODY) {
        return false;
    }
    if (add_members(duties, text, out)) {
        return true;
    }
    body = catalog_body(duties->lexicon->catalog, text);
    if (body != NONE && is_near(duties, duties->lexicon->catalog->bodies.at[body].region)) {
        add_body(duties, duties->lexicon->catalog->bodies.at[body].name.zh, out);
        return true;
    }
    entity = place_with_tail(duties, text, &tail);
    if (entity != NONE && !duties->lexicon->catalog->entities.at[entity].is_group) {
        bool named = str_eq(text, duties->lexicon->catalog->entities.at[entity].name.zh);

        add_body(duties,
                 named && duties->lexicon->catalog->bodies.n == 0 ? text
                                                                  : government_of(duties, entity),
                 out);
        return true;
    }
    if (!ends_as_body(text) || utf8_count(text) < 2) {
        return false;
    }
    add_body(duties, text, out);
    return true;
}

bool bodies_read(Duties *duties, Str list, StrVector *out)
{
    size_t start = 0, len;
    int depth = 0;
    StrVector found = {0};

    for (size_t i = 0; i <= list.len; i += len) {
        uint32_t code = i < list.len ? utf8_at(list, i, &len) : 0;
        bool ends = i == list.len;

        len = ends ? 1 : len;
        depth += code == 0xFF08 || code == '(' ? 1 : code == 0xFF09 || code == ')' ? -1 : 0;
        if (depth <= 0 &&
            (code == 0x3001 || code == 0xFF0C || code == ',' || code == 0xFF1B || code == ';')) {
            ends = true;
        }
        if (depth <= 0 && i > start && !ends &&
            (code == 0x548C || code == 0x53CA)) { /* 和 及, between two bodies only */
            Str before = str_trim(str_slice(list, start, i));

            ends = ends_as_body(before) || catalog_body(duties->lexicon->catalog, before) != NONE ||
                   str_ends(before, STR("市州"));
        }
        if (ends) {
            Str part = str_trim(str_slice(list, start, i));

            if (part.len != 0 && !read_body(duties, part, &found)) {
                return false;
            }
            start = i + len;
        } else if (i - start > 4 * MAX_BODY) { /* no body has so long a name */
            return false;
        }
    }
    for (size_t i = 0; i < found.n; i++) {
        add_body(duties, found.at[i], out);
    }
    return found.n > 0;
}

/* ---- times ---- */

static bool day_text(int year, int month, int day, OptPeriod *out)
{
    char text[24];

    (void)snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    out->given = period_parse(str_z(text), &out->value);
    return out->given;
}

bool day_of_time(const Duties *duties, const Time *time, OptPeriod *out)
{
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = time->last, month = time->month != 0 ? time->month : 12, last;

    *out = (OptPeriod){false, {0, 0}};
    if (time->kind == TIME_AFTER) {
        int64_t y;
        unsigned m, d, months;

        if (!duties->issued.given || time->day == 0) {
            return false;
        }
        if (time->unit == 'd') {
            day_to_civil(period_end_day(duties->issued.value) + time->day, &y, &m, &d);
            return day_text((int)y, (int)m, (int)d, out);
        }
        day_to_civil(period_end_day(duties->issued.value), &y, &m, &d);
        months = m - 1 + (time->unit == 'y' ? 12u * time->day : time->day);
        y += months / 12;
        m = months % 12 + 1;
        d = d > (unsigned)DAYS[m - 1] ? (unsigned)DAYS[m - 1] : d;
        return day_text((int)y, (int)m, (int)d, out);
    }
    if (time->kind == TIME_OFFSET) {
        year = duties->now + time->first;
    } else if (year == 0) {
        year = duties->year != 0 ? duties->year : duties->now;
    }
    if (time->day != 0) {
        return day_text(year, month, time->day, out);
    }
    if (time->month != 0 && (time->flags & TIME_BEFORE) != 0 &&
        (time->flags & TIME_END) == 0) { /* 6月前 */
        month = time->month;
    }
    last =
        DAYS[month - 1] + (month == 2 && (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)));
    return day_text(year, month, last, out);
}

/* A time by which something must be done. */
static bool is_deadline(const Scan *scan, const Item *item)
{
    const Time *time;
    Str text;

    if (item->kind != ITEM_TIME) {
        return false;
    }
    time = &scan->times.at[item->number];
    text = words(scan, item->at.start, item->at.end);
    if (time->kind == TIME_AFTER) {
        return true;
    }
    if (time->kind == TIME_OFFSET) {
        return str_ends(text, STR("底前"));
    }
    if (time->kind == TIME_POINT && time->first != 0 && time->day == 0) { /* 2023年开展中期评估 */
        Str behind = words(scan, item->at.end, scan->at.end);
        size_t found = str_find(str_slice(behind, 0, 90), STR("评估"));

        if (found != SIZE_MAX && (str_find(str_slice(behind, 0, found), STR("中期")) != SIZE_MAX ||
                                  str_find(str_slice(behind, 0, found), STR("终期")) != SIZE_MAX ||
                                  str_find(str_slice(behind, 0, found), STR("总结")) != SIZE_MAX)) {
            return true;
        }
    }
    if (item > scan->items.at && item[-1].kind == ITEM_TIME &&
        scan->times.at[item[-1].number].kind == TIME_REPEAT) {
        return false; /* 每年1月底前 */
    }
    if (time->first == 0 && item->at.start >= 6 &&
        str_eq(words(scan, item->at.start - 6, item->at.start), STR("每年"))) {
        return false;
    }
    return time->kind == TIME_POINT && (time->flags & TIME_BEFORE) != 0;
}

/* ---- clauses ---- */

static bool ends_clause(const Item *item)
{
    return item->kind == ITEM_MARK && item->sub <= MARK_COLON;
}

static uint32_t clause_start(const Scan *scan, size_t i)
{
    size_t first;

    return scan_clause_start(scan, i, &first);
}

static Str clip(Str text)
{
    static const char *const STARTS[] = {"，",   "、",   ",",  "前",   "要",     "应", "须", "必须",
                                         "要求", "负责", "将", "力争", "完成对", "的", NULL};

    text = str_trim(text);
    while (cut_start(&text, STARTS)) {
    }
    if (text.len > MAX_TITLE) {
        size_t end = MAX_TITLE;

        while (((unsigned char)text.at[end] & 0xC0) == 0x80) {
            end--;
        }
        text = str_slice(text, 0, end);
    }
    return text;
}

static Duty *add_duty(Duties *duties, Str title, Span at)
{
    Duty *duty = vec_push(duties->arena, &duties->duties);

    *duty = (Duty){.title = title, .at = at, .part = duties->part};
    return duty;
}

/* The words behind a deadline, over a comma that follows it at once. */
static Str order_behind(const Scan *scan, size_t i)
{
    uint32_t start = scan->items.at[i].at.end;
    size_t next = i + 1;

    if (next < scan->items.n && is_mark(&scan->items.at[next], MARK_COMMA) &&
        str_trim(words(scan, start, scan->items.at[next].at.start)).len == 0) {
        start = scan->items.at[next].at.end;
        next++;
    }
    return clip(words(scan, start, scan_clause_end(scan, next)));
}

/* ---- duties in brackets ---- */

/* （A牵头，B、C按职责分工负责）, 〔责任单位：A、B；配合单位：C〕: from the bracket at item `open`
 * to its end. */
static bool read_bracket(Duties *duties, const Scan *scan, size_t open, size_t *close, Str title)
{
    uint32_t start = scan->items.at[open].at.end;
    bool duty = false, lead = false;
    StrVector owners = {0}, cooperating = {0};
    OptPeriod due = {false, {0, 0}};
    size_t i, depth = 1;
    StrVector *next = NULL; /* what a label says of the bodies behind it */

    for (i = open + 1; i < scan->items.n && depth > 0; i++) {
        const Item *item = &scan->items.at[i];

        depth += is_mark(item, MARK_OPEN) ? 1 : 0;
        depth -= is_mark(item, MARK_CLOSE) ? 1 : 0;
        if (depth == 0) {
            break;
        }
        duty |= is_word(item, WORD_LEAD) || is_word(item, WORD_ANSWER);
    }
    if (!duty || i >= scan->items.n) {
        return false;
    }
    *close = i;
    for (size_t k = open + 1; k <= *close; k++) {
        const Item *item = &scan->items.at[k];
        Str before = str_trim(words(scan, start, item->at.start));

        if (is_word(item, WORD_LEAD) || is_word(item, WORD_ANSWER) || is_word(item, WORD_WITH)) {
            bool label =
                str_starts(str_trim(words(scan, item->at.end, scan->items.at[*close].at.end)),
                           STR("：")) ||
                str_starts(str_trim(words(scan, item->at.end, scan->items.at[*close].at.end)),
                           STR(":")) ||
                str_starts(words(scan, item->at.end, scan->at.end), STR("单位"));

            if (label) {
                if (next != NULL && before.len != 0) {
                    (void)bodies_read(duties, before, next);
                }
                next = is_word(item, WORD_WITH) || (is_word(item, WORD_ANSWER) && lead)
                           ? &cooperating
                           : &owners;
                lead |= is_word(item, WORD_LEAD);
                start = item->at.end;
                if (str_starts(words(scan, start, scan->at.end), STR("单位"))) {
                    start += (uint32_t)strlen("单位");
                }
                continue;
            }
            if (before.len != 0) {
                (void)bodies_read(duties, before,
                                  is_word(item, WORD_WITH) || lead ? &cooperating : &owners);
            }
            lead |= is_word(item, WORD_LEAD);
            start = item->at.end;
        } else if (is_deadline(scan, item) ||
                   (item->kind == ITEM_TIME && scan->times.at[item->number].kind == TIME_POINT)) {
            (void)day_of_time(duties, &scan->times.at[item->number], &due);
            start = item->at.end;
        } else if (k == *close || is_mark(item, MARK_SEMICOLON) || is_mark(item, MARK_COMMA)) {
            if (next != NULL && before.len != 0) {
                StrVector *into = next;

                (void)bodies_read(duties, before, into);
                if (is_mark(item,
                            MARK_COMMA)) { /* 责任单位：甲、乙，丙、丁: those behind a comma help */
                    next = &cooperating;
                }
                start = item->at.end;
            } else if (before.len == 0) {
                start = item->at.end;
            }
        }
    }
    if (owners.n == 0 && cooperating.n == 0) {
        return false;
    }
    {
        Duty *out = add_duty(duties, title,
                             (Span){scan->items.at[open].at.start, scan->items.at[*close].at.end});

        out->owners = owners;
        out->cooperating = cooperating;
        out->due = due;
    }
    return true;
}

/* ---- duties in running text ---- */

/* The list of bodies that the text begins with, from byte `from` on up to the first words that end
 * a body: its length, 0 if it is none. */
static size_t bodies_up_to(Duties *duties, Str text, size_t from, StrVector *out)
{
    static const char *const ENDS[] = {"有关部门", "相关部门", "各部门", "有关单位", "相关单位",
                                       "各地区",   "人民政府", "委员会", "改革委",   "管委会",
                                       "厅",       "局",       "委",     "部",       "办公室"};
    size_t best = 0;

    for (size_t k = 0; k < sizeof ENDS / sizeof ENDS[0]; k++) {
        Str end = str_z(ENDS[k]);
        size_t at = str_find(str_slice(text, from, text.len), end), len = from + at + end.len;
        StrVector found = {0};

        if (at != SIZE_MAX && len - from <= MAX_BODY &&
            bodies_read(duties, str_slice(text, 0, len), &found) && len > best) {
            best = len;
            *out = found;
        }
    }
    return best;
}

/* The longest list of bodies that the text begins with: 有关部门 of 有关部门加强检查, two of
 * 县财政局、县住建局建立制度. */
static size_t leading_bodies(Duties *duties, Str text, StrVector *out)
{
    size_t len = bodies_up_to(duties, text, 0, out);

    for (size_t n = 1; len != 0 && n < MAX_BODIES; n++) {
        size_t longer = str_starts(str_slice(text, len, text.len), STR("、"))
                            ? bodies_up_to(duties, text, len, out)
                            : 0;

        if (longer == 0) {
            break;
        }
        len = longer;
    }
    return len;
}

/* Bodies that stand at the end of the words: behind 由, or the whole clause. */
static bool bodies_before(Duties *duties, Str text, StrVector *out)
{
    size_t by = SIZE_MAX, at = 0, found;

    while ((found = str_find(str_slice(text, at, text.len), STR("由"))) != SIZE_MAX) {
        by = at + found;
        at = by + strlen("由");
    }
    if (by != SIZE_MAX && bodies_read(duties, str_slice(text, by + strlen("由"), text.len), out)) {
        return true;
    }
    return bodies_read(duties, text, out);
}

/* Bodies that are told to do something by 要 alone; areas of some kind are told so too. */
static bool are_offices(const StrVector *bodies)
{
    static const char *const ENDS[] = {"政府",   "部门", "单位",   "局",     "厅",   "委",
                                       "委员会", "办",   "办公室", "管委会", "各地", "地区",
                                       "市州",   "园区", "县区",   "区县",   "市",   "）"};

    for (size_t i = 0; i < bodies->n; i++) {
        bool office = false;

        for (size_t k = 0; k < sizeof ENDS / sizeof ENDS[0]; k++) {
            office |= str_ends(bodies->at[i], str_z(ENDS[k]));
        }
        if (!office || str_ends(bodies->at[i], STR("功能区")) ||
            str_ends(bodies->at[i], STR("城市"))) {
            return false;
        }
    }
    return true;
}

/* What the clause behind that of item i orders, as in 由A牵头，建立…; between them may stand 会同B.
 */
static Str order_of_next(Duties *duties, const Scan *scan, size_t i, StrVector *cooperating)
{
    for (;;) {
        const Item *with;
        Str order;
        size_t len;

        while (i < scan->items.n && !ends_clause(&scan->items.at[i])) {
            i++;
        }
        if (i + 1 >= scan->items.n || !is_mark(&scan->items.at[i], MARK_COMMA)) {
            return STR("");
        }
        order = clip(words(scan, scan->items.at[i].at.end, scan_clause_end(scan, i + 1)));
        with = &scan->items.at[++i];
        if (!is_word(with, WORD_WITH) ||
            !str_starts(order, words(scan, with->at.start, with->at.end))) {
            return order;
        }
        order = words(scan, with->at.end, scan_clause_end(scan, i));
        len = leading_bodies(duties, order, cooperating);
        order = clip(str_slice(order, len, order.len));
        if (order.len != 0) {
            return order;
        }
    }
}

/* 由A会同B承担…: whether 会同 stands in the clause in front of item i and has told the duty. */
static bool is_told(const Duties *duties, const Scan *scan, size_t i)
{
    uint32_t start = clause_start(scan, i);
    size_t n = duties->duties.n;

    for (size_t k = i; k > 0 && scan->items.at[k - 1].at.start >= start; k--) {
        if (is_word(&scan->items.at[k - 1], WORD_WITH)) {
            return n > 0 && duties->duties.at[n - 1].at.start >= start;
        }
    }
    return false;
}

static void read_running(Duties *duties, const Scan *scan, size_t i, Str title, size_t *last_duty)
{
    const Item *item = &scan->items.at[i];
    uint32_t start = clause_start(scan, i), end = scan_clause_end(scan, i);
    Str before = words(scan, start, item->at.start), behind = words(scan, item->at.end, end), order;
    static const char *const MUST[] = {"要", "应当", "应", "须", NULL}, *const MANNER[] = {
                                                                            "按照职责", "按职责",
                                                                            "切实履行职责",
                                                                            "各司其职", NULL};
    StrVector bodies = {0}, cooperating = {0};
    size_t len;
    Duty *duty;

    if ((is_word(item, WORD_MUST) && i + 1 < scan->items.n && is_word(item + 1, WORD_WITH) &&
         item->at.end == item[1].at.start) || /* 要会同: told with 会同 */
        (!is_word(item, WORD_WITH) && is_told(duties, scan, i))) {
        return;
    }
    (void)cut_end(&before, MUST);
    if (!bodies_before(duties, before, &bodies) ||
        (is_word(item, WORD_MUST) && !are_offices(&bodies))) {
        return;
    }
    if (is_word(item, WORD_WITH) && *last_duty != SIZE_MAX &&
        str_eq(words(scan, item->at.start, item->at.end), STR("配合"))) {
        duty = &duties->duties.at[*last_duty];
        for (size_t k = 0; k < bodies.n; k++) {
            add_body(duties, bodies.at[k], &duty->cooperating);
        }
        return;
    }
    if (is_word(item, WORD_WITH)) {
        len = leading_bodies(duties, behind, &cooperating);
        behind = str_slice(behind, len, behind.len);
    }
    order = clip(behind);
    for (const char *const *manner = MANNER; *manner != NULL; manner++) {
        order = str_eq(order, str_z(*manner)) ? STR("") : order;
    }
    if (order.len == 0) {
        order = order_of_next(duties, scan, i, &cooperating);
    }
    duty = add_duty(duties, order.len != 0 ? order : title, (Span){start, item->at.end});
    duty->at =
        (Span){(uint32_t)(str_trim(words(scan, start, end)).at - scan->text.at), item->at.end};
    duty->owners = bodies;
    duty->cooperating = cooperating;
    *last_duty = duties->duties.n - 1;
}

/* Bodies that stand in front of a deadline: 各县于2022年3月底前; or in the clause before. */
static void owners_before(Duties *duties, const Scan *scan, size_t i, StrVector *out)
{
    static const char *const ENDS[] = {"要在", "要于", "应于", "应在",   "须于", "须在", "于", "在",
                                       "要",   "应",   "须",   "本规划", "，",   ",",    NULL};
    Str before = str_trim(words(scan, clause_start(scan, i), scan->items.at[i].at.start));
    size_t comma = i;

    while (cut_end(&before, ENDS)) {
    }
    if (before.len != 0) {
        (void)bodies_read(duties, before, out);
        return;
    }
    while (comma > 0 && !ends_clause(&scan->items.at[comma - 1])) {
        comma--;
    }
    if (comma > 0 && is_mark(&scan->items.at[comma - 1], MARK_COMMA)) { /* …作为实施主体，要在 */
        for (size_t k = comma - 1; k > 0 && !ends_clause(&scan->items.at[k - 1]); k--) {
            const Item *item = &scan->items.at[k - 1];

            if (is_word(item, WORD_ANSWER)) {
                static const char *const AS[] = {"作为本规划的", "作为规划的", "作为本规划", "作为",
                                                 "是本规划的",   "是",         NULL};
                Str list = str_trim(words(scan, clause_start(scan, k - 1), item->at.start));

                (void)cut_end(&list, AS);
                (void)bodies_read(duties, list, out);
                return;
            }
        }
    }
}

static void read_deadline(Duties *duties, const Scan *scan, size_t i)
{
    OptPeriod due;
    Duty *duty;

    if (!day_of_time(duties, &scan->times.at[scan->items.at[i].number], &due)) {
        return;
    }
    duty = add_duty(duties, order_behind(scan, i), scan->items.at[i].at);
    duty->due = due;
    owners_before(duties, scan, i, &duty->owners);
}

/* 每季度通报, 每月召开工作例会, 每年开展一次评估: a review that recurs is a mechanism, called by
 * its own words or by its cycle. False if the order behind the cycle is none. */
static bool add_review(Duties *duties, const Scan *scan, Span at, Str order)
{
    static const char *const STARTS[] = {"开展", "进行", "召开", "组织", "实行", "实施",
                                         "一次", "1次",  "至少", "集中", NULL},
                             *const KINDS[] = {"调度", "通报", "考核", "评估",   "会商",
                                               "例会", "督查", "体检", "分析会", NULL};
    Str cycle = words(scan, at.start, at.end), name = order;
    size_t n = duties->setups.n;

    if (n > 0 && duties->setups.at[n - 1].at.start <= at.start &&
        duties->setups.at[n - 1].at.end >= at.end) {
        return true; /* part of what is set up: 建立月调度、季通报机制 */
    }
    while (cut_start(&name, STARTS)) {
    }
    for (const char *const *kind = KINDS; *kind != NULL; kind++) {
        if (str_ends(name, str_z(*kind))) {
            if (str_eq(name, str_z(*kind))) {
                static const char *const EACH[] = {"每", NULL};

                (void)cut_start(&cycle, EACH);
                name = str_format(duties->arena, "%.*s%.*s", STR_ARG(cycle), STR_ARG(name));
            }
            *vec_push(duties->arena, &duties->setups) = (Setup){
                .name = name,
                .kind = str_z(*kind),
                .cycle = words(scan, at.start, at.end),
                .at = {at.start, (uint32_t)((size_t)(order.at - scan->text.at) + order.len)},
                .part = duties->part};
            return true;
        }
    }
    return false;
}

/* 每季度, and 每年, which is first of all a word of growth. */
static bool is_cycle(const Scan *scan, const Item *item)
{
    return item->kind == ITEM_TIME
               ? scan->times.at[item->number].kind == TIME_REPEAT
               : is_word(item, WORD_YEARLY) &&
                     str_eq(words(scan, item->at.start, item->at.end), STR("每年"));
}

/* 定期向社会公布进展: what recurs, with nobody named. */
static void read_recurring(Duties *duties, const Scan *scan, size_t i)
{
    const Item *item = &scan->items.at[i];
    uint32_t start, end;
    Str behind;
    Duty *duty;

    start = clause_start(scan, i);
    end = scan_clause_end(scan, i);
    behind = clip(words(scan, item->at.end, end));
    for (size_t k = duties->duties.n; k > 0; k--) { /* one that somebody has already */
        if (duties->duties.at[k - 1].at.start < scan->at.start) {
            break;
        }
        if (duties->duties.at[k - 1].owners.n != 0) {
            return;
        }
    }
    for (size_t k = i + 1; k + 1 < scan->items.n; k++) { /* 每月调度、每季度通报: two */
        if (is_mark(&scan->items.at[k], MARK_PAUSE) && scan->items.at[k + 1].kind == ITEM_TIME) {
            end = scan->items.at[k].at.start < end ? scan->items.at[k].at.start : end;
        }
    }
    if (add_review(duties, scan, item->at, clip(words(scan, item->at.end, end))) ||
        item->kind != ITEM_TIME || str_trim(words(scan, start, item->at.start)).len != 0 ||
        behind.len < MIN_ORDER) {
        return;
    }
    duty = add_duty(duties, behind, item->at);
    duty->cycle = words(scan, item->at.start, item->at.end);
}

/* ---- mechanisms ---- */

static bool sets_up(Str verb)
{
    static const Str VERBS[] = {
        STR_INIT("建立"),     STR_INIT("健全"),     STR_INIT("构建"),     STR_INIT("搭建"),
        STR_INIT("完善"),     STR_INIT("建立健全"), STR_INIT("健全完善"), STR_INIT("建立完善"),
        STR_INIT("组建"),     STR_INIT("设立"),     STR_INIT("探索建立"), STR_INIT("推动建立"),
        STR_INIT("加快建立"), STR_INIT("加快构建"), STR_INIT("联合建立"), STR_INIT("推进建立"),
        STR_INIT("积极构建"), STR_INIT("构筑"),     STR_INIT("共建"),     STR_INIT("打造"),
        STR_INIT("建设"),     STR_INIT("合力构建"), STR_INIT("成立"),     STR_INIT("实行"),
        STR_INIT("推行"),     STR_INIT("落实")};

    for (size_t k = 0; k < sizeof VERBS / sizeof VERBS[0]; k++) {
        if (str_eq(verb, VERBS[k])) {
            return true;
        }
    }
    return false;
}

static Str cycle_of(const Scan *scan, size_t from)
{
    for (size_t i = 0; i < scan->items.n; i++) {
        const Item *item = &scan->items.at[i];

        if (item->kind == ITEM_TIME && scan->times.at[item->number].kind == TIME_REPEAT &&
            item->at.start >= from) {
            return words(scan, item->at.start, item->at.end);
        }
    }
    return STR("");
}

static void read_setup(Duties *duties, const Scan *scan, size_t i)
{
    enum { MAX_NAME = 150 }; /* bytes: 50 characters; our choice */
    static const char *const WEAK[] = {"建设", "打造", "共建", "创新", "形成", NULL};
    static const char *const PAUSE[] = {"、", "，", NULL};
    const Item *verb = &scan->items.at[i];
    Str verb_words = words(scan, verb->at.start, verb->at.end), weak = verb_words;
    uint32_t start = verb->at.end;
    bool is_weak;

    if (!scan_has(scan, WORD_MECHANISM) || !sets_up(verb_words)) {
        return;
    }
    is_weak = cut_start(&weak, WEAK);
    for (size_t k = i + 1; k < scan->items.n; k++) {
        const Item *item = &scan->items.at[k], *next = k + 1 < scan->items.n ? item + 1 : NULL;
        Str name, kind;

        if (item->kind == ITEM_MARK && item->sub <= MARK_COLON) {
            return;
        }
        if ((is_word(item, WORD_SET_UP) || is_word(item, WORD_BUILD)) &&
            sets_up(words(scan, item->at.start, item->at.end))) {
            return;
        }
        if (!is_word(item, WORD_MECHANISM)) {
            continue;
        }
        kind = words(scan, item->at.start, item->at.end);
        if (next != NULL && str_trim(words(scan, item->at.end, next->at.start)).len != 0) {
            continue; /* 体系建设: the name goes on */
        }
        if (next != NULL && next->kind != ITEM_MARK && !is_word(next, WORD_LINK)) {
            continue;
        }
        if (is_weak && !str_eq(kind, STR("平台")) && !str_eq(kind, STR("网络")) &&
            !str_eq(kind, STR("系统"))) {
            return;
        }
        name = str_trim(words(scan, start, item->at.end));
        while (cut_start(&name, PAUSE)) {
        }
        if (name.len < kind.len || (name.len == kind.len && kind.len < MIN_KIND) ||
            name.len > MAX_NAME) {
            return;
        }
        *vec_push(duties->arena, &duties->setups) =
            (Setup){.name = name,
                    .kind = kind,
                    .cycle = cycle_of(scan, verb->at.start),
                    .at = {start == verb->at.end ? verb->at.start : start, item->at.end},
                    .part = duties->part};
        if (next == NULL || !(is_word(next, WORD_LINK) || is_mark(next, MARK_PAUSE))) {
            return;
        }
        start = next->at.end; /* 建立会商机制和联动机制: two */
    }
}

/* ---- the sentence ---- */

void duties_sentence(Duties *duties, const Scan *scan, Str title)
{
    size_t last_duty = SIZE_MAX, close, first = duties->duties.n;
    bool ordered = scan_has(scan, WORD_LEAD) || scan_has(scan, WORD_ANSWER);

    if (!ordered && scan->times.n == 0 && !scan_has(scan, WORD_YEARLY) &&
        !scan_has(scan, WORD_WITH) && !scan_has(scan, WORD_MUST) &&
        !scan_has(scan, WORD_MECHANISM)) {
        return; /* as most sentences */
    }
    for (size_t i = 0; i < scan->items.n; i++) {
        const Item *item = &scan->items.at[i];

        if (is_mark(item, MARK_OPEN) && ordered && read_bracket(duties, scan, i, &close, title)) {
            i = close;
            continue;
        }
        if (item->kind == ITEM_TIME && scan->times.at[item->number].first != 0 &&
            scan->times.at[item->number].kind == TIME_POINT) {
            duties->year = scan->times.at[item->number].last;
        }
        if (is_deadline(scan, item)) {
            read_deadline(duties, scan, i);
        } else if (is_cycle(scan, item)) {
            read_recurring(duties, scan, i);
        } else if (is_word(item, WORD_LEAD) || is_word(item, WORD_ANSWER) ||
                   is_word(item, WORD_WITH) || is_word(item, WORD_MUST)) {
            read_running(duties, scan, i, title, &last_duty);
        } else if (is_word(item, WORD_SET_UP) || is_word(item, WORD_BUILD) ||
                   is_word(item, WORD_WEAK)) {
            read_setup(duties, scan, i);
        }
    }
    for (size_t i = first; i < duties->duties.n; i++) {
        Duty *duty = &duties->duties.at[i];

        if (duty->at.start >= scan->at.start && duty->cycle.len == 0) {
            duty->cycle = cycle_of(scan, scan->at.start);
        }
    }
}
