/* Columns: lines of text that stand in columns, and the words that name columns in plans. */
#include "document/columns.h"

#include "base/utf8.h"

#include <string.h>

static const Str BARS[] = {STR_INIT("|"), STR_INIT("│"), STR_INIT("┃"), STR_INIT("｜"),
                           STR_INIT("║")};
enum { N_BARS = sizeof BARS / sizeof BARS[0] };

static size_t bar_at(Str text, size_t i, size_t end)
{
    Str rest = str_slice(text, i, end);

    for (size_t k = 0; k < N_BARS; k++) {
        if (str_starts(rest, BARS[k])) {
            return BARS[k].len;
        }
    }
    return 0;
}

/* Made of the characters of drawn lines only. */
static bool is_rule(Str line)
{
    bool some = false;

    for (size_t i = 0, len; i < line.len; i += len) {
        uint32_t c = utf8_at(line, i, &len);
        bool box = (c >= 0x2500 && c <= 0x257F) || c == '-' || c == '=' || c == '+' || c == '|' ||
                   c == ':' || c == 0x2014 || c == '_';

        if (!box && c != ' ' && c != '\t' && c != 0x3000) {
            return false;
        }
        some |= box && c != '|' && c != 0x2502;
    }
    return some;
}

static FieldKind find_kind(Str line)
{
    if (memchr(line.at, '|', line.len) != NULL) {
        return FIELDS_BAR;
    }
    for (size_t k = 1; k < N_BARS; k++) {
        if (str_find(line, BARS[k]) != SIZE_MAX) {
            return FIELDS_BAR;
        }
    }
    if (memchr(line.at, '\t', line.len) != NULL) {
        return FIELDS_TAB;
    }
    return str_find(line, STR("  ")) != SIZE_MAX || str_find(line, STR("\u3000\u3000")) != SIZE_MAX
               ? FIELDS_SPACE
               : FIELDS_NONE;
}

/* Bytes of a gap between fields that begins at i, 0 if there is none. */
static size_t gap_at(Str text, size_t i, size_t end, FieldKind kind)
{
    size_t k = i, n = 0;

    if (kind == FIELDS_BAR) {
        return bar_at(text, i, end);
    }
    if (kind == FIELDS_TAB) {
        return text.at[i] == '\t';
    }
    while (k < end) {
        if (text.at[k] == ' ') {
            k++;
            n++;
        } else if (str_starts(str_slice(text, k, end), STR("\u3000"))) {
            k += 3;
            n += 2;
        } else {
            break;
        }
    }
    return n >= 2 && kind == FIELDS_SPACE ? k - i : 0;
}

/* 指  标 is one name that was stretched. */
static bool is_stretched(Str a, Str b)
{
    static const Str PAIRS[][2] = {
        {STR_INIT("指"), STR_INIT("标")}, {STR_INIT("属"), STR_INIT("性")},
        {STR_INIT("单"), STR_INIT("位")}, {STR_INIT("序"), STR_INIT("号")},
        {STR_INIT("类"), STR_INIT("别")}, {STR_INIT("项"), STR_INIT("目")}};

    for (size_t i = 0; i < sizeof PAIRS / sizeof PAIRS[0]; i++) {
        if (str_eq(a, PAIRS[i][0]) && str_eq(b, PAIRS[i][1])) {
            return true;
        }
    }
    return false;
}

static bool add_field(Str text, Span at, uint32_t from, Field *out, size_t *n)
{
    Span trimmed = text_trim(text, at);
    uint32_t lead = (uint32_t)utf8_width(str_slice(text, at.start, trimmed.start));
    uint32_t width = (uint32_t)utf8_width(str_slice(text, trimmed.start, trimmed.end));

    if (*n > 0 && is_stretched(str_slice(text, out[*n - 1].at.start, out[*n - 1].at.end),
                               str_slice(text, trimmed.start, trimmed.end))) {
        out[*n - 1].at.end = trimmed.end;
        out[*n - 1].to = from + lead + width;
        return true;
    }
    if (*n == COLUMNS_MAX) {
        return false;
    }
    out[(*n)++] = (Field){trimmed, from + lead, from + lead + width};
    return true;
}

size_t fields_split(Str text, Span line, FieldKind *kind, Field out[COLUMNS_MAX])
{
    Str words = str_slice(text, line.start, line.end);
    size_t n = 0, i = line.start, start = i;
    uint32_t from = 0;
    bool first = true;

    if (is_rule(words)) {
        *kind = FIELDS_RULE;
        return 0;
    }
    *kind = find_kind(words);
    while (i < line.end) {
        size_t gap = gap_at(text, i, line.end, *kind), len;

        if (gap == 0) {
            (void)utf8_at(text, i, &len);
            i += len;
            continue;
        }
        /* what is before the first bar, or before an indented first field, is no field */
        if (!(first && *kind != FIELDS_TAB && str_trim(str_slice(text, start, i)).len == 0) &&
            !add_field(text, (Span){(uint32_t)start, (uint32_t)i}, from, out, &n)) {
            return 0;
        }
        from += (uint32_t)utf8_width(str_slice(text, start, i + gap));
        i += gap;
        start = i;
        first = false;
    }
    if (start < line.end && str_trim(str_slice(text, start, line.end)).len > 0 &&
        !add_field(text, (Span){(uint32_t)start, line.end}, from, out, &n)) {
        return 0;
    }
    return n;
}

size_t words_split(Str text, Span line, Field *out, size_t max)
{
    uint32_t column = 0;
    size_t n = 0;
    bool inside = false;

    for (size_t i = line.start, len; i < line.end; i += len, column++) {
        bool space = (unsigned char)text.at[i] <= ' ' ||
                     str_starts(str_slice(text, i, line.end), STR("\u3000"));

        (void)utf8_at(text, i, &len);
        if (space) {
            inside = false;
            continue;
        }
        if (!inside) {
            if (n == max) {
                return 0;
            }
            out[n++] = (Field){.at = {(uint32_t)i, 0}, .from = column};
            inside = true;
        }
        out[n - 1].at.end = (uint32_t)(i + len);
        out[n - 1].to = column + 1;
    }
    return n;
}

/* The words before a remark in brackets at their end: 2025年目标值（各项应达到的水平）. */
static Str without_remark(Str words)
{
    static const Str OPEN[] = {STR_INIT("（"), STR_INIT("("), STR_INIT("["), STR_INIT("〔")};
    size_t at = words.len;

    for (size_t i = 0; i < sizeof OPEN / sizeof OPEN[0]; i++) {
        size_t found = str_find(words, OPEN[i]);

        at = found != 0 && found < at ? found : at;
    }
    return str_slice(words, 0, at);
}

/* The words without white space, at most as long as a column's name. */
static size_t squeeze(Str words, char out[64])
{
    size_t n = 0;

    for (size_t i = 0; i < words.len; i++) {
        if (str_starts(str_slice(words, i, words.len), STR("\u3000"))) {
            i += 2;
        } else if ((unsigned char)words.at[i] > ' ') {
            if (n == 60) {
                return 0;
            }
            out[n++] = words.at[i];
        }
    }
    return n;
}

bool names_year(Str words)
{
    char name[64];
    Str s = {name, squeeze(without_remark(words), name)};
    static const Str BEFORE[] = {STR_INIT("到"), STR_INIT("至")};

    for (size_t i = 0; i < 2; i++) {
        if (str_starts(s, BEFORE[i])) {
            s = str_slice(s, BEFORE[i].len, s.len);
        }
    }
    return s.len >= 4 && s.len <= 36 && (str_starts(s, STR("20")) || str_starts(s, STR("19"))) &&
           s.at[2] >= '0' && s.at[2] <= '9' && s.at[3] >= '0' && s.at[3] <= '9' &&
           (s.len == 4 || str_starts(str_slice(s, 4, s.len), STR("年")));
}

bool names_column(Str words)
{
    enum { LONGEST = 12 }; /* bytes of a name in the list */
    static const char *const NAMES[] = {
        "序号",     "指标",     "指标名称", "主要指标", "具体指标", "类别",     "类型",
        "分类",     "领域",     "单位",     "计量单位", "属性",     "指标属性", "性质",
        "年均增速", "年均增长", "年均",     "累计",     "目标值",   "目标",     "现状值",
        "现状",     "基期值",   "基期",     "规划值",   "规划目标", "预期目标", "完成情况",
        "项目",     "项目名称", "名称",     "建设内容", "建设地点", "建设规模", "建设年限",
        "总投资",   "责任单位", "牵头单位", "配合单位", "责任部门", "牵头部门", "备注",
        "地区",     "市州",     "年份",     "任务",     "重点任务", "主要任务", "工作任务",
        "完成时限", "内容",     "主要内容", "指标类型", "指标类别", "指标值",   "编号"};
    char name[64];
    Str s = {name, squeeze(without_remark(words), name)};

    if (s.len == 0) {
        return false;
    }
    if (names_year(words)) {
        return true;
    }
    for (size_t i = 0; s.len <= LONGEST && i < sizeof NAMES / sizeof NAMES[0]; i++) {
        if (str_eq(s, str_z(NAMES[i]))) {
            return true;
        }
    }
    /* 年均增速/累计, 年均增长[累计] */
    return (str_starts(s, STR("年均")) || str_starts(s, STR("累计"))) && s.len <= 40;
}

bool names_subject(Str words)
{
    static const char *const NAMES[] = {"指标", "项目", "名称"};
    char name[64];
    Str s = {name, squeeze(words, name)};

    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        if (str_find(s, str_z(NAMES[i])) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

static bool holds_one(Str words, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (str_find(words, str_z(*list)) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

bool names_category(Str words)
{
    static const char *const NAMES[] = {"类别", "类型", "分类", "领域", NULL};
    char name[64];

    return holds_one((Str){name, squeeze(without_remark(words), name)}, NAMES);
}

bool names_unit(Str words)
{
    char name[64];
    Str s = {name, squeeze(words, name)};

    return str_eq(s, STR("单位")) || str_eq(s, STR("计量单位"));
}

bool names_level(Str words)
{
    static const char *const NAMES[] = {"现状",   "基期",     "目标值",   "规划值",
                                        "指标值", "规划目标", "预期目标", NULL};
    char name[64];

    return holds_one((Str){name, squeeze(without_remark(words), name)}, NAMES);
}

bool names_change(Str words)
{
    static const char *const NAMES[] = {"年均", "累计", NULL};
    char name[64];

    return holds_one((Str){name, squeeze(without_remark(words), name)}, NAMES);
}

bool names_section(Str words)
{
    static const char *const NUMERALS[] = {"一", "二", "三", "四", "五",
                                           "六", "七", "八", "九", "十"};
    static const Str OPEN[] = {STR_INIT("（"), STR_INIT("(")};
    size_t i = 0, n = SIZE_MAX;

    for (size_t k = 0; k < 2; k++) {
        i += i == 0 && str_starts(words, OPEN[k]) ? OPEN[k].len : 0;
    }
    while (n > 0) {
        n = 0;
        for (size_t k = 0; k < 10; k++) {
            if (str_starts(str_slice(words, i, words.len), str_z(NUMERALS[k]))) {
                n = 3;
            }
        }
        i += n;
    }
    words = str_slice(words, i, words.len);
    return i > 0 && (str_starts(words, STR("、")) || str_starts(words, STR("）")) ||
                     str_starts(words, STR(")")) || str_starts(words, STR(".")));
}

bool is_property(Str words)
{
    return str_eq(words, STR("预期性")) || str_eq(words, STR("约束性")) ||
           str_eq(words, STR("预期")) || str_eq(words, STR("约束")) ||
           str_eq(words, STR("引导性")) || str_eq(words, STR("导向性"));
}

bool is_figure(Str words)
{
    static const Str ALONE[] = {STR_INIT("-"), STR_INIT("—"), STR_INIT("——"), STR_INIT("--"),
                                STR_INIT("–"), STR_INIT("/"), STR_INIT("－")};
    size_t digits = 0, others = 0;

    for (size_t i = 0; i < sizeof ALONE / sizeof ALONE[0]; i++) {
        if (str_eq(words, ALONE[i])) {
            return true;
        }
    }
    for (size_t i = 0, len; i < words.len; i += len) {
        uint32_t c = utf8_at(words, i, &len);

        digits += c >= '0' && c <= '9';
        others += c > 0x7F || (c >= 'A' && c <= 'z' && c != '[' && c != ']');
    }
    return digits > 0 && others <= 6 && words.len <= 60;
}

/* Words before a number that leave it the value of a cell. */
static size_t skip_bound(Str words)
{
    static const char *const BOUNDS[] = {
        "≥",      "≤",    ">",    "<",    "＞",   "＜",   "≧",      "≦",      "[",
        "〔",     "【",   "［",   "(",    "（",   "+",    "-",      "－",     "±",
        "约",     "达",   "到",   "至",   "超",   "过",   "不低于", "不高于", "不少于",
        "不超过", "大于", "小于", "高于", "低于", "控制", "在",     "下降",   "降低",
        "减少",   "增长", "提高", "累计", "年均", " "};
    size_t i = 0, n = 1;

    while (n > 0) {
        n = 0;
        for (size_t k = 0; k < sizeof BOUNDS / sizeof BOUNDS[0] && n == 0; k++) {
            n = str_starts(str_slice(words, i, words.len), str_z(BOUNDS[k])) ? strlen(BOUNDS[k])
                                                                             : 0;
        }
        i += n;
    }
    return i;
}

bool is_value(Str words)
{
    size_t i, start, len;

    if (str_eq(words, STR("一"))) { /* a dash, as it is often read from a picture */
        return true;
    }
    if (!is_figure(words)) {
        return false;
    }
    i = start = skip_bound(words);
    while (i < words.len && words.at[i] >= '0' && words.at[i] <= '9') {
        i++;
    }
    if (i == start) {
        return start > 0 || words.len <= 3; /* a dash alone */
    }
    if (i == words.len) {
        return true;
    }
    if (words.at[i] == '.' || str_starts(str_slice(words, i, words.len), STR("、"))) {
        len = words.at[i] == '.' ? 1 : 3; /* 1.森林覆盖率 */
        return i + len < words.len && words.at[i + len] >= '0' && words.at[i + len] <= '9';
    }
    /* 5G基站, 3A级景区 */
    return !(words.at[i] >= 'A' && words.at[i] <= 'Z' && i + 1 < words.len &&
             (unsigned char)words.at[i + 1] > 0x7F);
}

bool fields_are_head(Str text, const Field *fields, size_t n)
{
    size_t named = 0;

    for (size_t i = 0; i < n; i++) {
        named += names_column(str_slice(text, fields[i].at.start, fields[i].at.end));
    }
    return n >= 2 && named >= 2 && named * 2 >= n;
}

size_t fields_column(const Field *head, size_t n, const Field *field)
{
    size_t best = 0;
    int64_t best_distance = INT64_MAX;

    for (size_t i = 0; i < n; i++) {
        int64_t from = head[i].from > field->from ? head[i].from : field->from;
        int64_t to = head[i].to < field->to ? head[i].to : field->to;
        int64_t distance = from - to; /* below 0: so much they overlap */

        if (distance < best_distance) {
            best_distance = distance;
            best = i;
        }
    }
    return best;
}
