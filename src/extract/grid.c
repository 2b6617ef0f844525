/* Grid: tables of indicators, whose columns are years, and tables that divide tasks. */
#include "extract/grid.h"

#include "extract/frame_priv.h"

#include "base/utf8.h"

#include <string.h>

enum { MAX_HEADER_ROWS = 3, MAX_COLUMNS = 40, MAX_NAME = 300 };

typedef enum {
    COLUMN_OTHER,
    COLUMN_SERIAL,
    COLUMN_CATEGORY,
    COLUMN_NAME,
    COLUMN_UNIT,
    COLUMN_BASE,    /* a value before the plan */
    COLUMN_TARGET,  /* a value to reach */
    COLUMN_CHANGE,  /* 年均增速, 累计 */
    COLUMN_BINDING, /* 约束性 or 预期性 */
    COLUMN_TASK,
    COLUMN_LEAD,
    COLUMN_WITH,
    COLUMN_DUE,
} ColumnKind;

typedef struct {
    ColumnKind kind;
    int year;
    bool yearly;  /* of a change: 年均 */
    bool changes; /* of a change: by how much, not a sum over the years */
} Column;

typedef struct {
    Frames *frames;
    Duties *duties;
    const Document *doc;
    const DocTable *table;
    Scan *scan;
    uint32_t n_rows, n_columns;
    const DocCell **cells; /* by row and column; a cell that spans stands in each place */
    Column columns[MAX_COLUMNS];
    uint32_t first_row; /* behind the header */
    Str unit;           /* of the last row */
} Grid;

static Str cell_text(const Grid *grid, const DocCell *cell)
{
    return cell == NULL ? STR("") : str_trim(doc_text(grid->doc, cell->at));
}

static const DocCell *cell_at(const Grid *grid, uint32_t row, uint32_t column)
{
    return grid->cells[row * grid->n_columns + column];
}

static void lay_out(Grid *grid)
{
    grid->cells =
        ARENA_ARRAY(grid->scan->arena, const DocCell *, (size_t)grid->n_rows * grid->n_columns);
    for (size_t i = 0; i < grid->table->n_cells; i++) {
        const DocCell *cell = &grid->table->cells[i];

        for (uint32_t r = cell->row; r < cell->row + cell->n_rows && r < grid->n_rows; r++) {
            for (uint32_t c = cell->column;
                 c < cell->column + cell->n_columns && c < grid->n_columns; c++) {
                grid->cells[r * grid->n_columns + c] = cell;
            }
        }
    }
}

/* ---- the header ---- */

static bool holds(Str text, const char *word)
{
    return str_find(text, str_z(word)) != SIZE_MAX;
}

/* The words without white space: 指 标 is 指标. */
static Str squeeze(Arena *arena, Str text)
{
    Buf out = buf_new(arena);
    size_t len;

    for (size_t i = 0; i < text.len; i += len) {
        if (!utf8_is_space(utf8_at(text, i, &len))) {
            buf_add(&out, str_slice(text, i, i + len));
        }
    }
    return buf_str(&out);
}

static int year_in(Str text)
{
    size_t len;
    int year = 0;

    for (size_t i = 0; i < text.len; i += len) {
        Time time;

        (void)utf8_at(text, i, &len);
        if (time_read(text, i, text.len, &time) != 0 && time.first != 0) {
            return time.last;
        }
        if (text.at[i] == '2' && i + 4 <= text.len && text.at[i + 1] == '0' &&
            (i == 0 || text.at[i - 1] < '0' || text.at[i - 1] > '9') &&
            (i + 4 == text.len || text.at[i + 4] < '0' || text.at[i + 4] > '9')) { /* 2025 alone */
            year = (text.at[i] - '0') * 1000 + (text.at[i + 1] - '0') * 100 +
                   (text.at[i + 2] - '0') * 10 + (text.at[i + 3] - '0');
        }
    }
    return year;
}

static Column classify(const Grid *grid, Str text)
{
    static const char *const
        SERIAL[] = {"序号", "编号", NULL},
        *const UNIT[] = {"单位：", "计量单位", NULL},
        *const BINDING[] = {"属性", "性质", "约束性", NULL}, *const BASE[] = {"现状",   "基期",
                                                                              "基准",   "基数",
                                                                              "实际",   "完成",
                                                                              "当前",   "现值",
                                                                              "基础值", NULL},
        *const TARGET[] = {"目标", "规划值", "预期值", "规划期末", "指标值", NULL},
        *const CHANGE[] = {"增速", "增长", "累计", "变化", "增幅", "提高", "降幅", NULL},
        *const CATEGORY[] = {"类别", "类型", "分类", "领域", "维度", "一级指标", "方面", NULL},
        *const NAME[] = {"指标", "名称", "项目", NULL}, *const TASK[] = {"任务",     "举措", "事项",
                                                                         "工作内容", "措施", "要点",
                                                                         NULL},
        *const LEAD[] = {"牵头", "责任单位", "主办", "责任部门", NULL},
        *const WITH[] = {"配合", "协办", "参与", "协同", NULL},
        *const DUE[] = {"时限", "完成时间", "期限", "时间节点", "完成日期", "时间", NULL};
    Column column = {.kind = COLUMN_OTHER};
    int year;

    text = squeeze(grid->scan->arena, text);
    year = year_in(text);
    if (text.len == 0) {
        return column;
    }
    if (str_holds_any(text, LEAD)) {
        column.kind =
            str_holds_any(text, WITH) && !holds(text, "责任单位") ? COLUMN_WITH : COLUMN_LEAD;
        return column;
    }
    if (str_holds_any(text, WITH)) {
        column.kind = COLUMN_WITH;
    } else if (str_holds_any(text, DUE) && year == 0) {
        column.kind = COLUMN_DUE;
    } else if (str_holds_any(text, SERIAL)) {
        column.kind = COLUMN_SERIAL;
    } else if (str_holds_any(text, BINDING) && year == 0) {
        column.kind = COLUMN_BINDING;
    } else if (str_eq(text, STR("单位")) || str_holds_any(text, UNIT)) {
        column.kind = COLUMN_UNIT;
    } else if (str_holds_any(text, CHANGE) && !(year != 0 && str_holds_any(text, TARGET) &&
                                                !holds(text, "年均") && !holds(text, "累计"))) {
        column.kind = COLUMN_CHANGE;
        column.yearly = holds(text, "年均") || holds(text, "增速");
        column.changes = !holds(text, "累计");
    } else if (year != 0) {
        column.kind = year < grid->frames->first ? COLUMN_BASE : COLUMN_TARGET;
        column.year = year;
    } else if (str_holds_any(text, BASE)) {
        column.kind = COLUMN_BASE;
    } else if (str_holds_any(text, CATEGORY)) {
        column.kind = COLUMN_CATEGORY;
    } else if (str_holds_any(text, TASK)) {
        column.kind = COLUMN_TASK;
    } else if (str_holds_any(text, NAME)) {
        column.kind = COLUMN_NAME;
    } else if (str_holds_any(text, TARGET)) {
        column.kind = COLUMN_TARGET;
    }
    return column;
}

static bool has_column(const Grid *grid, ColumnKind kind)
{
    for (uint32_t c = 0; c < grid->n_columns; c++) {
        if (grid->columns[c].kind == kind) {
            return true;
        }
    }
    return false;
}

/* Header rows are those down to the one that names the columns, and a second where the first spans.
 */
static bool read_header(Grid *grid)
{
    for (uint32_t rows = 1; rows <= MAX_HEADER_ROWS && rows < grid->n_rows; rows++) {
        bool names, values, spans = false;

        for (uint32_t c = 0; c < grid->n_columns; c++) {
            Buf text = buf_new(grid->scan->arena);
            const DocCell *last = NULL;

            for (uint32_t r = 0; r < rows; r++) {
                const DocCell *cell = cell_at(grid, r, c);

                if (cell != NULL && cell != last &&
                    cell->n_columns < grid->n_columns) { /* no title over all */
                    buf_add(&text, cell_text(grid, cell));
                    spans |= r + 1 == rows && cell->n_columns > 1 && cell->row == r;
                }
                last = cell;
            }
            grid->columns[c] = classify(grid, buf_str(&text));
        }
        names = has_column(grid, COLUMN_NAME) || has_column(grid, COLUMN_TASK);
        values = has_column(grid, COLUMN_TARGET) || has_column(grid, COLUMN_CHANGE) ||
                 has_column(grid, COLUMN_LEAD);
        if (names && values) {
            bool deeper = spans && rows + 1 < grid->n_rows && rows < MAX_HEADER_ROWS;

            if (deeper) { /* 规划目标 over 2023年 and 2025年 */
                deeper = false;
                for (uint32_t c = 0; c < grid->n_columns; c++) {
                    const DocCell *above = cell_at(grid, rows - 1, c),
                                  *below = cell_at(grid, rows, c);

                    deeper |= above != NULL && above->n_columns > 1 && below != NULL &&
                              (year_in(cell_text(grid, below)) != 0 ||
                               holds(cell_text(grid, below), "年均") ||
                               holds(cell_text(grid, below), "累计"));
                }
            }
            if (!deeper) {
                grid->first_row = rows;
                for (uint32_t r = 0; r < rows;
                     r++) { /* a cell that reaches down belongs to the header */
                    for (uint32_t c = 0; c < grid->n_columns; c++) {
                        const DocCell *cell = cell_at(grid, r, c);

                        if (cell != NULL && cell->row + cell->n_rows > grid->first_row &&
                            cell->n_rows < grid->n_rows) {
                            grid->first_row = cell->row + cell->n_rows;
                        }
                    }
                }
                return grid->first_row < grid->n_rows;
            }
        }
    }
    return false;
}

/* ---- rows ---- */

/* Where the bracket that the text ends with opens, and what stands in it; SIZE_MAX if none does. */
static size_t last_bracket(Str text, Str *inside)
{
    static const char *const OPEN[] = {"（", "("};
    size_t best = SIZE_MAX, open_len = 0;

    if (!str_ends(text, STR("）")) && !str_ends(text, STR(")"))) {
        return SIZE_MAX;
    }
    for (size_t k = 0; k < 2; k++) {
        size_t from = 0, found;

        while ((found = str_find(str_slice(text, from, text.len), str_z(OPEN[k]))) != SIZE_MAX) {
            from += found;
            if (best == SIZE_MAX || from > best) {
                best = from;
                open_len = strlen(OPEN[k]);
            }
            from += strlen(OPEN[k]);
        }
    }
    if (best != SIZE_MAX) {
        *inside = str_trim(
            str_slice(text, best + open_len, text.len - (str_ends(text, STR(")")) ? 1 : 3)));
    }
    return best;
}

/* A bracket with a unit at the name's end, taken off it: 森林覆盖率（%）,
 * 造林面积（万亩）（五年累计）.
 */
static Str take_unit(const Grid *grid, Str *name)
{
    Str inside, symbol, before, unit;
    UnitClass is;
    size_t at = last_bracket(*name, &inside);

    if (at == SIZE_MAX) {
        return STR("");
    }
    before = str_trim(str_slice(*name, 0, at));
    if (lexicon_unit(grid->frames->lexicon, inside, 0, &symbol, &is) == inside.len &&
        inside.len != 0) {
        *name = before;
        return str_eq(inside, STR("％")) ? STR("%") : inside;
    }
    unit = take_unit(grid, &before);
    if (unit.len != 0) {
        *name = str_format(grid->frames->arena, "%.*s%.*s", STR_ARG(before),
                           STR_ARG(str_slice(*name, at, name->len)));
    }
    return unit;
}

static Str clean_name(const Grid *grid, Str name)
{
    static const char *const STARTS[] = {"其中：", "其中:", "其中", "#",  "★", "*",
                                         "—",      "-",     "·",    "：", ":", "|"},
                             *const ENDS[] = {"①", "②",  "③", "④", "⑤",     "*",
                                              "★", "〔", "#", "|", "〔注〕"};
    bool more = true;
    uint32_t region = NONE;

    while (more) {
        size_t i = 0, len = 0;

        more = false;
        for (size_t k = 0; k < sizeof STARTS / sizeof STARTS[0]; k++) {
            Str word = str_z(STARTS[k]);

            if (str_starts(name, word) && name.len > word.len) {
                name = str_trim(str_slice(name, word.len, name.len));
                more = true;
            }
        }
        for (size_t k = 0; k < sizeof ENDS / sizeof ENDS[0]; k++) {
            Str word = str_z(ENDS[k]);

            if (str_ends(name, word) && name.len > word.len) {
                name = str_trim(str_slice(name, 0, name.len - word.len));
                more = true;
            }
        }
        while (i < name.len && name.at[i] >= '0' && name.at[i] <= '9') { /* 1. 2、 （3） */
            i++;
        }
        if (i > 0 && i <= 2 && i < name.len) {
            uint32_t code = utf8_at(name, i, &len);

            if (code == '.' || code == 0x3001 || code == 0xFF0E || code == ' ' || code == ')' ||
                code == 0xFF09) {
                name = str_trim(str_slice(name, i + len, name.len));
                more = true;
            }
        }
    }
    name = squeeze(grid->frames->arena, name);
    return name_trim(grid->frames, name, &region);
}

/* The row's name: cells of the name columns from left to right, each once. */
static Str row_name(const Grid *grid, uint32_t row, Str *unit, Span *at)
{
    Buf name = buf_new(grid->frames->arena);
    const DocCell *last = NULL;

    *unit = STR("");
    *at = (Span){0, 0};
    for (uint32_t c = 0; c < grid->n_columns; c++) {
        const DocCell *cell = cell_at(grid, row, c);
        Str words;

        if (grid->columns[c].kind != COLUMN_NAME || cell == NULL || cell == last ||
            cell->at.end == cell->at.start) {
            continue;
        }
        last = cell;
        words = cell_text(grid, cell);
        if (unit->len == 0) {
            *unit = take_unit(grid, &words);
        } else {
            (void)take_unit(grid, &words);
        }
        if (words.len > MAX_NAME) {
            return STR("");
        }
        buf_add(&name, clean_name(grid, words));
        *at = cell->at;
    }
    return buf_str(&name);
}

typedef struct {
    bool given, summed, fall; /* summed: 〔13.5〕, a sum over the years */
    Quantity quantity;
    Span at;
} Value;

static Value read_value(const Grid *grid, const DocCell *cell)
{
    static const char *const SUMS[] = {"[", "〔", "【", "［"};
    Value value = {.given = false};
    Str words = cell_text(grid, cell);

    if (cell == NULL || words.len == 0 || words.len > 120 ||
        str_eq(words, STR("一"))) { /* a dash, read from a picture */
        return value;
    }
    for (size_t k = 0; k < sizeof SUMS / sizeof SUMS[0]; k++) {
        value.summed |= holds(words, SUMS[k]);
    }
    value.fall = holds(words, "下降") || holds(words, "降低") || holds(words, "减少");
    (void)scan_sentence(grid->frames->lexicon, grid->doc->source.text, cell->at.start, cell->at.end,
                        grid->scan);
    for (size_t i = 0; i < grid->scan->items.n; i++) {
        const Item *item = &grid->scan->items.at[i];

        if (item->kind == ITEM_QUANTITY) {
            value.quantity = grid->scan->quantities.at[item->number];
            value.at = item->at;
            value.given = true;
            if (item->at.start > cell->at.start &&
                grid->doc->source.text.at[item->at.start - 1] == '-') {
                value.quantity.value.digits = -value.quantity.value.digits;
            }
            return value;
        }
    }
    return value;
}

static Statement *add_value(Grid *grid, const Value *value, Str name, Str unit, Span name_at)
{
    Statement *out = vec_push(grid->frames->arena, &grid->frames->statements);
    const Quantity *quantity = &value->quantity;

    *out = (Statement){.at = value->at,
                       .name_at = name_at,
                       .name = name,
                       .indicator = NONE,
                       .region = NONE,
                       .relative = NONE,
                       .part = grid->frames->part};
    out->value = quantity->value;
    out->unit = quantity->is == UNIT_NO ? unit : quantity->unit;
    out->comparator = quantity->comparator != COMPARE_NONE ? quantity->comparator
                      : quantity->range                    ? COMPARE_AT_LEAST
                                                           : COMPARE_EQUAL;
    out->kind = TARGET_LEVEL;
    return out;
}

static bool falls(Str name)
{
    static const char *const WORDS[] = {"降低", "下降", "减少", "削减", "降幅", NULL};

    return str_holds_any(name, WORDS);
}

/* The name of what falls: 单位GDP能源消耗降低 is about 单位GDP能源消耗. */
static Str without_fall(Str name)
{
    static const char *const WORDS[] = {"累计下降率", "降低率",   "下降率", "累计下降",
                                        "累计降低",   "下降幅度", "降低",   "下降",
                                        "减少率",     "减少",     "累计",   "降幅"};

    for (size_t k = 0; k < sizeof WORDS / sizeof WORDS[0]; k++) {
        Str word = str_z(WORDS[k]);

        if (str_ends(name, word) && name.len > word.len) {
            name = str_slice(name, 0, name.len - word.len);
        }
    }
    return name;
}

static void make_change(Statement *out, bool fall)
{
    out->kind = TARGET_CUMULATIVE_CHANGE;
    if (fall && out->value.digits > 0) {
        out->value.digits = -out->value.digits;
        out->comparator = out->comparator == COMPARE_AT_LEAST  ? COMPARE_AT_MOST
                          : out->comparator == COMPARE_AT_MOST ? COMPARE_AT_LEAST
                                                               : out->comparator;
    }
}

static void settle(Grid *grid, Statement *out)
{
    Str name = out->kind == TARGET_CUMULATIVE_CHANGE ? without_fall(out->name) : out->name;
    size_t share = str_find(name, STR("占"));

    if (out->kind == TARGET_LEVEL && share != SIZE_MAX && share > 0 &&
        (str_ends(name, STR("比重")) || str_ends(name, STR("比例")) ||
         str_ends(name, STR("占比")) || str_ends(name, STR("比率")))) {
        out->kind = TARGET_SHARE;
    } else if (out->kind == TARGET_LEVEL &&
               (str_ends(name, STR("占比")) || str_ends(name, STR("比重")))) {
        out->kind = TARGET_SHARE;
    }
    out->indicator =
        indicator_find(grid->frames->lexicon, name, (TargetKind)out->kind, out->unit, STR(""), 0);
    settle_scale(grid->frames->lexicon->catalog, out);
    if (out->unit.len == 0 && out->indicator != NONE && out->kind != TARGET_CUMULATIVE_CHANGE) {
        const Indicator *indicator = grid->frames->lexicon->catalog->indicators.at[out->indicator];

        out->unit = unit_is_plain(indicator->unit) ? STR("") : indicator->unit_text;
    }
    if (out->kind == TARGET_CUMULATIVE_CHANGE) {
        out->name = name;
    }
}

static bool says_growth(Str name)
{
    return str_ends(name, STR("增长")) || str_ends(name, STR("增速")) ||
           str_ends(name, STR("增长率")) || str_ends(name, STR("年均增长")) ||
           holds(name, "年均增");
}

/* The unit of the row: in the name or in a cell of its own; 其中：… has that of the row above it.
 */
static Str row_unit(Grid *grid, uint32_t row, Str in_name)
{
    Str unit = in_name;

    for (uint32_t c = 0; c < grid->n_columns; c++) {
        if (grid->columns[c].kind == COLUMN_UNIT && unit.len == 0) {
            Unit parsed;

            unit = squeeze(grid->frames->arena, cell_text(grid, cell_at(grid, row, c)));
            unit = str_eq(unit, STR("％")) ? STR("%") : unit;
            unit = unit_parse(unit, &parsed) ? unit : STR("");
        }
    }
    for (uint32_t c = 0; c < grid->n_columns && unit.len == 0; c++) {
        if (grid->columns[c].kind == COLUMN_NAME &&
            str_starts(cell_text(grid, cell_at(grid, row, c)), STR("其中"))) {
            return grid->unit;
        }
    }
    grid->unit = unit;
    return unit;
}

static void read_row(Grid *grid, uint32_t row)
{
    Str unit, name;
    Span name_at;
    Value base = {.given = false};
    int base_year = grid->frames->first - 1;
    uint8_t binding = BINDING_NONE;
    bool some = false;

    name = row_name(grid, row, &unit, &name_at);
    if (name.len == 0) {
        return;
    }
    for (uint32_t c = 0; c < grid->n_columns; c++) {
        const DocCell *cell = cell_at(grid, row, c);
        Str words = cell_text(grid, cell);

        if (grid->columns[c].kind == COLUMN_BINDING) {
            binding = holds(words, "约束")   ? BINDING_OBLIGATORY
                      : holds(words, "预期") ? BINDING_EXPECTED
                                             : BINDING_NONE;
        } else if (grid->columns[c].kind == COLUMN_BASE && !base.given) {
            base = read_value(grid, cell);
            base_year = grid->columns[c].year != 0 ? grid->columns[c].year : base_year;
        }
    }
    unit = row_unit(grid, row, unit);
    if (base.given) {
        Statement *fact = add_value(grid, &base, name, unit, name_at);

        fact->year = (int16_t)base_year;
        if (says_growth(name)) {
            fact->kind = TARGET_ANNUAL_GROWTH;
        } else if (base.summed || falls(name)) {
            make_change(fact, falls(name));
        }
        settle(grid, fact);
    }
    for (uint32_t c = 0; c < grid->n_columns; c++) {
        const Column *column = &grid->columns[c];
        const DocCell *cell = cell_at(grid, row, c);
        Value value;
        Statement *out;

        if ((column->kind != COLUMN_TARGET && column->kind != COLUMN_CHANGE) ||
            (c > 0 && cell == cell_at(grid, row, c - 1))) {
            continue;
        }
        value = read_value(grid, cell);
        if (!value.given ||
            (column->kind == COLUMN_CHANGE && some && (value.summed || !column->yearly))) {
            continue;
        }
        out = add_value(grid, &value, name, unit, name_at);
        out->is_target = true;
        out->binding = binding;
        out->year =
            (int16_t)(column->kind == COLUMN_TARGET && column->year != 0 ? column->year
                                                                         : grid->frames->last);
        if (column->kind == COLUMN_CHANGE && column->yearly && !value.summed && !falls(name)) {
            out->kind = TARGET_ANNUAL_GROWTH;
            out->unit = value.quantity.is == UNIT_NO ? STR("%") : value.quantity.unit;
        } else if (says_growth(name)) {
            out->kind = TARGET_ANNUAL_GROWTH;
        } else if ((column->kind == COLUMN_CHANGE && !value.summed && column->yearly) ||
                   falls(name) || value.fall ||
                   (value.summed && out->unit.len != 0 && falls(name))) {
            make_change(out, falls(name) || value.fall);
        }
        if (base.given && out->kind == TARGET_LEVEL) {
            out->baseline = base.quantity.value;
            out->has_baseline = true;
            out->since = (int16_t)base_year;
        }
        settle(grid, out);
        some = true;
    }
}

/* ---- tasks ---- */

static void read_task_row(Grid *grid, uint32_t row)
{
    Duty duty = {.part = grid->duties->part};
    bool some = false;

    for (uint32_t c = 0; c < grid->n_columns; c++) {
        const DocCell *cell = cell_at(grid, row, c);
        Str words = squeeze(grid->duties->arena, cell_text(grid, cell));

        if (words.len == 0 || (c > 0 && cell == cell_at(grid, row, c - 1))) {
            continue;
        }
        switch (grid->columns[c].kind) {
        case COLUMN_TASK:
        case COLUMN_NAME:
            duty.title = words; /* the last such column is the most exact */
            duty.at = cell->at;
            break;
        case COLUMN_LEAD:
            some |= bodies_read(grid->duties, words,
                                duty.owners.n == 0 ? &duty.owners : &duty.cooperating);
            break;
        case COLUMN_WITH: some |= bodies_read(grid->duties, words, &duty.cooperating); break;
        case COLUMN_DUE:
            (void)scan_sentence(grid->frames->lexicon, grid->doc->source.text, cell->at.start,
                                cell->at.end, grid->scan);
            for (size_t i = 0; i < grid->scan->items.n; i++) {
                const Item *item = &grid->scan->items.at[i];
                const Time *time =
                    item->kind == ITEM_TIME ? &grid->scan->times.at[item->number] : NULL;

                if (time != NULL && time->kind == TIME_REPEAT) {
                    duty.cycle = words;
                } else if (time != NULL && !duty.due.given) {
                    some |= day_of_time(grid->duties, time, &duty.due);
                    duty.at = (Span){cell->at.start, cell->at.end};
                }
            }
            break;
        default: break;
        }
    }
    if (duty.title.len != 0 && (some || duty.cycle.len != 0)) {
        *vec_push(grid->duties->arena, &grid->duties->duties) = duty;
    }
}

static void tell_cells(const Grid *grid, uint8_t *kinds)
{
    for (size_t i = 0; i < grid->table->n_cells; i++) {
        const DocCell *cell = &grid->table->cells[i];
        ColumnKind kind = cell->row < grid->first_row || cell->column >= grid->n_columns
                              ? COLUMN_OTHER
                              : grid->columns[cell->column].kind;

        kinds[i] = kind == COLUMN_SERIAL ? CELL_SERIAL
                   : kind == COLUMN_UNIT ? CELL_UNIT
                                         : CELL_OTHER;
    }
}

bool grid_read(Frames *frames, Duties *duties, const Document *doc, const DocTable *table,
               Scan *scan, uint8_t *kinds)
{
    Grid grid = {.frames = frames,
                 .duties = duties,
                 .doc = doc,
                 .table = table,
                 .scan = scan,
                 .n_rows = table->n_rows,
                 .n_columns = table->n_columns};

    if (grid.n_rows < 2 || grid.n_columns < 2 || grid.n_columns > MAX_COLUMNS ||
        (uint64_t)grid.n_rows * grid.n_columns > (1u << 22)) {
        return false;
    }
    lay_out(&grid);
    if (!read_header(&grid)) {
        return false;
    }
    tell_cells(&grid, kinds);
    for (uint32_t row = grid.first_row; row < grid.n_rows; row++) {
        if (has_column(&grid, COLUMN_LEAD) &&
            (has_column(&grid, COLUMN_TASK) || !has_column(&grid, COLUMN_TARGET))) {
            read_task_row(&grid, row);
        } else {
            read_row(&grid, row);
        }
    }
    return true;
}
