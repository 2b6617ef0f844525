/* Extract: from the paragraphs and tables of a document to plans, and an account of every number.
 */
#include "extract/extract.h"

#include "base/hanzi.h"
#include "base/utf8.h"
#include "extract/frame.h"
#include "extract/grid.h"
#include "extract/head.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *const CLAIM_WORDS[] = {
#define X(name, word, zh, en) word,
    CLAIM_KINDS(X)
#undef X
};
static const Text CLAIM_TEXTS[] = {
#define X(name, word, zh, en) TEXT_INIT(zh, en),
    CLAIM_KINDS(X)
#undef X
};

const char *claim_word(ClaimKind kind)
{
    return CLAIM_WORDS[kind];
}

Text claim_text(ClaimKind kind)
{
    return CLAIM_TEXTS[kind];
}

enum {
    MAX_INTRO = 8
}; /* paragraphs in which a plan says what there is, before its first heading */

typedef struct { /* what a part's headings, its own and those above, say of its words */
    Mode mode;
    int year;  /* that they state for all beneath them: 2035年远景目标; or 0 */
    Str title; /* the innermost, which duties are about */
} About;

typedef struct {
    Arena *arena;
    const Document *doc;
    const Lexicon *lexicon;
    About *about; /* by part */
    Scan scan;
    Frames frames;
    Duties duties;
    VEC(Claim) claims;
    VEC(Phase) phases;
    size_t plan;       /* index of the plan that is read */
    size_t intro_left; /* paragraphs that can still belong to the plan's opening */
} Extractor;

static At place_of_span(const Document *doc, Span at)
{
    DocPosition position = doc_position(doc, at);

    return (At){.line = position.line, .start = position.start, .end = position.end};
}

/* ---- what a part is about ---- */

static bool starts_with_any(Str text, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (str_starts(text, str_z(*list))) {
            return true;
        }
    }
    return false;
}

/* Whether the title is of a review: what it holds is of the past. */
static bool is_review(Str title)
{
    static const char *const WORDS[] = {"回顾",     "现状",     "成效",     "成就",     "成绩",
                                        "背景",     "形势",     "机遇",     "挑战",     "发展环境",
                                        "面临环境", "外部环境", "发展基础", "现实基础", "工作基础",
                                        "规划基础", "基本情况", "取得",     "基础条件", "困难",
                                        "短板",     "发展历程", "总体评估", "实施情况", "主要进展",
                                        "基础和",   "基础与",   "薄弱环节", "特征",     NULL};
    static const char *const TASKS[] = {"目标", "任务", "夯实", "打造", "提升", "建设", "推进",
                                        "加强", "补齐", "着力", "解决", "应对", "强化", "破解",
                                        "培育", "筑牢", "健全", "完善", "加快", "重点", NULL};
    static const char *const PROBLEMS[] = {"主要问题", "存在问题", "存在的问题", "面临问题",
                                           "问题",     "突出问题", NULL};

    if (starts_with_any(title, TASKS)) {
        return false;
    }
    return str_holds_any(title, WORDS) || starts_with_any(title, PROBLEMS) ||
           str_ends(title, STR("基础"));
}

static bool is_goal(Str title)
{
    static const char *const WORDS[] = {"目标", "展望", "主要指标", "重点任务", "主要任务", NULL};

    return str_holds_any(title, WORDS);
}

static About about_part(const Extractor *extractor, uint32_t part)
{
    return part == NO_PART ? (About){.mode = MODE_FUTURE, .title = STR("")}
                           : extractor->about[part];
}

/* What stands before a plan's first heading tells what there is: area, people, output. */
static bool is_intro(const Extractor *extractor, uint32_t part)
{
    const Document *doc = extractor->doc;

    for (uint32_t i = part; i != NO_PART && i < doc->n_parts; i = doc->parts[i].parent) {
        if (doc->parts[i].kind != PART_PLAN && doc->parts[i].kind != PART_LEAD) {
            return false;
        }
    }
    for (uint32_t i = part + 1; i < doc->n_parts && doc->parts[i].kind != PART_PLAN; i++) {
        if (doc->parts[i].kind != PART_LEAD) {
            return true; /* a heading follows */
        }
    }
    return false;
}

/* Whether the digit 1 or 2 is written so. */
static bool begins_year(uint32_t code)
{
    int digit = code < 0x2000 ? HANZI_NOT : hanzi_digit(code);

    return code == '1' || code == '2' || code == 0xFF11 || code == 0xFF12 || digit == 1 ||
           digit == 2;
}

/* A year that the title states: 2035年远景目标; 0 if there is none. */
static int year_in(Str title)
{
    size_t len;

    for (size_t i = 0; i < title.len; i += len) {
        Time time;

        if (begins_year(utf8_at(title, i, &len)) && time_read(title, i, title.len, &time) != 0 &&
            time.last != 0) {
            return time.last;
        }
    }
    return 0;
}

/* Parents come before their parts, so what a part does not tell is known of its parent. */
static void read_parts(Extractor *extractor)
{
    const Document *doc = extractor->doc;

    extractor->about = ARENA_ARRAY(extractor->arena, About, doc->n_parts);
    for (size_t i = 0; i < doc->n_parts; i++) {
        const Part *part = &doc->parts[i];
        About *about = &extractor->about[i];
        Str title = doc_text(doc, part->title);

        *about = about_part(extractor, part->parent);
        if (part->kind == PART_PLAN) {
            *about = about_part(extractor, NO_PART);
            continue;
        }
        if (is_goal(title)) {
            about->mode = MODE_FUTURE;
        } else if (part->kind != PART_LEAD && is_review(title)) {
            about->mode = MODE_PAST;
        }
        if (title.len != 0) {
            int year = year_in(title);

            about->title = title;
            about->year = year != 0 ? year : about->year;
        }
    }
}

static Mode mode_of(const Extractor *extractor, uint32_t part, Str words)
{
    static const char *const GOALS[] = {"目标是", "目标为", "预期目标", NULL};

    return part != NO_PART && extractor->intro_left > 0 && !str_holds_any(words, GOALS) &&
                   is_intro(extractor, part)
               ? MODE_PAST
               : about_part(extractor, part).mode;
}

/* ---- the account ---- */

static bool holds_digit(Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        if ((c >= '0' && c <= '9') ||
            (c == 0xEF && i + 2 < text.len && (unsigned char)text.at[i + 1] == 0xBC &&
             (unsigned char)text.at[i + 2] >= 0x90 &&
             (unsigned char)text.at[i + 2] <= 0x99)) { /* ０ to ９ */
            return true;
        }
    }
    return false;
}

static void add_claim(Extractor *extractor, Span at, ClaimKind kind, uint32_t index)
{
    *vec_push(extractor->arena, &extractor->claims) =
        (Claim){.at = at, .kind = (uint8_t)kind, .plan = (uint16_t)extractor->plan, .index = index};
}

/* Whether a task is due at the time that stands there; tasks are in the order of the text, those of
 * one sentence in any. */
static bool is_due(const Duties *duties, Span sentence, Span time)
{
    size_t lo = 0, hi = duties->duties.n;

    while (lo < hi) { /* the first behind the time */
        size_t middle = lo + (hi - lo) / 2;

        if (duties->duties.at[middle].at.start < time.end) {
            lo = middle + 1;
        } else {
            hi = middle;
        }
    }
    for (; lo > 0 && duties->duties.at[lo - 1].at.end > sentence.start; lo--) {
        const Duty *duty = &duties->duties.at[lo - 1];

        if (duty->due.given && time.start < duty->at.end) {
            return true;
        }
    }
    return false;
}

/* What became of the number at `item`, which is a statement's or part of a name in statements from
 * `first` on. */
static ClaimKind claim_in_sentence(const Frames *frames, size_t first, const Item *item,
                                   ClaimKind others, uint32_t *index)
{
    ClaimKind kind = others;

    for (size_t s = first; s < frames->statements.n; s++) {
        const Statement *statement = &frames->statements.at[s];

        if (statement->at.start < item->at.end && statement->at.end > item->at.start) {
            *index = (uint32_t)s;
            return statement->is_target ? CLAIM_TARGET : CLAIM_FACT;
        }
        if (item->at.start >= statement->name_at.start && item->at.end <= statement->name_at.end) {
            kind = CLAIM_NAME;
        }
    }
    return kind;
}

typedef struct { /* a place in a table that a statement has from it */
    Span at;
    uint32_t statement;
} Cited;

typedef struct { /* of one table, each sorted by place and statement */
    Cited *values, *names;
    size_t n_values, n_names;
} TableClaims;

static int by_place(const void *a, const void *b)
{
    const Cited *x = a, *y = b;

    if (x->at.start != y->at.start) {
        return x->at.start < y->at.start ? -1 : 1;
    }
    if (x->at.end != y->at.end) {
        return x->at.end < y->at.end ? -1 : 1;
    }
    return (x->statement > y->statement) - (x->statement < y->statement);
}

/* Sorts, and keeps the first statement of each place. */
static size_t sort_cited(Cited *cited, size_t n)
{
    size_t kept = 0;

    if (n > 0) {
        qsort(cited, n, sizeof *cited, by_place);
    }
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || cited[kept - 1].at.start != cited[i].at.start ||
            cited[kept - 1].at.end != cited[i].at.end) {
            cited[kept++] = cited[i];
        }
    }
    return kept;
}

/* Those of the statements from `first` on; a table may have as many as numbers. */
static TableClaims table_claims(Extractor *extractor, size_t first)
{
    const Frames *frames = &extractor->frames;
    size_t n = frames->statements.n - first;
    TableClaims claims = {.values = ARENA_ARRAY(extractor->scan.arena, Cited, n),
                          .names = ARENA_ARRAY(extractor->scan.arena, Cited, n)};

    for (size_t s = first; s < frames->statements.n; s++) {
        const Statement *statement = &frames->statements.at[s];

        claims.values[s - first] = (Cited){statement->at, (uint32_t)s};
        claims.names[s - first] = (Cited){statement->name_at, (uint32_t)s};
    }
    claims.n_values = sort_cited(claims.values, n);
    claims.n_names = sort_cited(claims.names, n);
    return claims;
}

static size_t first_from(const Cited *cited, size_t n, uint32_t start)
{
    size_t lo = 0, hi = n;

    while (lo < hi) {
        size_t middle = lo + (hi - lo) / 2;

        if (cited[middle].at.start < start) {
            lo = middle + 1;
        } else {
            hi = middle;
        }
    }
    return lo;
}

/* The same for an item of the cell: what a statement has from the table stands in one cell. */
static ClaimKind claim_in_cell(const Frames *frames, const TableClaims *claims, Span cell,
                               const Item *item, ClaimKind others, uint32_t *index)
{
    const Cited *found = NULL;

    for (size_t i = first_from(claims->values, claims->n_values, cell.start);
         i < claims->n_values && claims->values[i].at.start < cell.end; i++) {
        const Cited *value = &claims->values[i];

        if (value->at.start < item->at.end && value->at.end > item->at.start &&
            (found == NULL || value->statement < found->statement)) {
            found = value;
        }
    }
    if (found != NULL) {
        *index = found->statement;
        return frames->statements.at[found->statement].is_target ? CLAIM_TARGET : CLAIM_FACT;
    }
    for (size_t i = first_from(claims->names, claims->n_names, cell.start);
         i < claims->n_names && claims->names[i].at.start < cell.end; i++) {
        if (item->at.start >= claims->names[i].at.start &&
            item->at.end <= claims->names[i].at.end) {
            return CLAIM_NAME;
        }
    }
    return others;
}

/* What became of the numbers of the sentence; statements from `first` on are its own, or those of
 * the table that it is a cell of. */
static void account(Extractor *extractor, size_t first, const TableClaims *table, Span cell,
                    ClaimKind others)
{
    const Scan *scan = &extractor->scan;
    const Frames *frames = &extractor->frames;
    size_t n = scan->quantities.n + scan->times.n + scan->n_names == 0 ? 0 : scan->items.n;

    for (size_t i = 0; i < n; i++) {
        const Item *item = &scan->items.at[i];
        Str words = str_slice(scan->text, item->at.start, item->at.end);
        ClaimKind kind = CLAIM_UNCLAIMED;
        uint32_t index = 0;

        switch (item->kind) {
        case ITEM_TIME:
            if (holds_digit(words) || scan->times.at[item->number].first != 0) {
                add_claim(extractor, item->at,
                          is_due(&extractor->duties, scan->at, item->at) ? CLAIM_TASK : CLAIM_TIME,
                          0);
            }
            break;
        case ITEM_NAME:
            if (holds_digit(words) || item->sub == NAMED_COUNTED) {
                add_claim(extractor, item->at, item->sub == NAMED_UNREADABLE ? others : CLAIM_NAME,
                          0);
            }
            break;
        case ITEM_QUANTITY:
            kind = table != NULL ? claim_in_cell(frames, table, cell, item, others, &index)
                                 : claim_in_sentence(frames, first, item, others, &index);
            add_claim(extractor, item->at, kind, index);
            break;
        default: break;
        }
    }
}

/* ---- reading ---- */

/* Words that tell a number. */
#define BIT(kind) ((uint64_t)1 << (kind))
static const uint64_t IMPLICIT_WORDS = BIT(WORD_COVER_ALL) | BIT(WORD_ALL_OF) | BIT(WORD_ALL_DONE) |
                                       BIT(WORD_GENERAL) | BIT(WORD_ZERO_GROWTH) |
                                       BIT(WORD_DOUBLE) | BIT(WORD_HALF) | BIT(WORD_NO_MORE);

/* Whether the block's paragraph goes on in the next: text that was broken into lines of one width.
 */
static bool goes_on(const Document *doc, uint32_t b)
{
    enum { MIN_LINE = 75 }; /* bytes: 25 characters; our choice */
    static const char *const ENDS[] = {"。", "；", "：", "！", "？", ";",
                                       ":",  "”",  "）", ")",  "|",  NULL};
    const Block *block = &doc->blocks[b], *next = block + 1;
    Str words = doc_text(doc, block->at);

    if (b + 1 >= doc->n_blocks || doc->format != DOC_TEXT || block->role != ROLE_BODY ||
        next->role != ROLE_BODY || block->at.end - block->at.start < MIN_LINE ||
        (next->part != block->part &&
         !(next->part < doc->n_parts && doc->parts[next->part].kind == PART_LEAD)) ||
        (next->part < doc->n_parts && doc->parts[next->part].first == b + 1 &&
         doc->parts[next->part].kind != PART_LEAD)) {
        return false;
    }
    for (const char *const *end = ENDS; *end != NULL; end++) {
        if (str_ends(words, str_z(*end))) {
            return false;
        }
    }
    /* only a line end between them, so that the words can be read as one */
    return str_find(str_slice(doc->source.text, block->at.end, next->at.start), STR("\n\n")) ==
           SIZE_MAX;
}

/* 第一阶段（2021—2022年）: a phase of the plan. */
static void read_phases(Extractor *extractor)
{
    const Scan *scan = &extractor->scan;

    for (size_t i = 1; scan->times.n > 0 && i + 1 < scan->items.n; i++) {
        const Item *item = &scan->items.at[i];
        Str before;
        size_t at;

        if (item->kind != ITEM_TIME || scan->times.at[item->number].kind != TIME_SPAN ||
            scan->items.at[i - 1].kind != ITEM_MARK || scan->items.at[i - 1].sub != MARK_OPEN) {
            continue;
        }
        before = str_slice(scan->text, scan->at.start, scan->items.at[i - 1].at.start);
        at = before.len >= 12 ? before.len - 12 : SIZE_MAX;
        if (at != SIZE_MAX && str_ends(before, STR("阶段")) &&
            str_starts(str_slice(before, at, before.len), STR("第"))) {
            Phase *phase = vec_push(extractor->arena, &extractor->phases);

            *phase = (Phase){
                .title = {str_slice(before, at, before.len), STR("")},
                .years = {scan->times.at[item->number].first, scan->times.at[item->number].last}};
            phase->at = place_of_span(extractor->doc, (Span){scan->at.start + (uint32_t)at,
                                                             scan->items.at[i + 1].at.end});
        }
    }
}

/* A table as such; its cells are text where it is of no known kind. Returns the block behind it. */
static uint32_t read_table(Extractor *extractor, uint32_t b)
{
    const Document *doc = extractor->doc;
    uint32_t table = doc->blocks[b].table, end = b, part = doc->blocks[b].part;
    size_t first = extractor->frames.statements.n, cell = 0;
    const DocTable *cells = &doc->tables[table];
    uint8_t *kinds = ARENA_ARRAY(extractor->arena, uint8_t, cells->n_cells + 1);
    TableClaims claims = {0};
    bool known;

    while (end < doc->n_blocks && doc->blocks[end].table == table) {
        end++;
    }
    frames_paragraph(&extractor->frames, part, MODE_FUTURE, 0);
    extractor->duties.part = part;
    known = grid_read(&extractor->frames, &extractor->duties, doc, cells, &extractor->scan, kinds);
    if (known) {
        claims = table_claims(extractor, first);
    }
    for (; b < end; b++) {
        uint32_t at = doc->blocks[b].at.start;
        CellKind kind;

        while (cell < cells->n_cells && cells->cells[cell].at.end <= at) {
            cell++;
        }
        kind =
            cell < cells->n_cells && cells->cells[cell].at.start <= at ? kinds[cell] : CELL_OTHER;
        frames_paragraph(&extractor->frames, part, mode_of(extractor, part, STR("")),
                         about_part(extractor, part).year);
        while (at < doc->blocks[b].at.end) {
            at = scan_sentence(extractor->lexicon, doc->source.text, at, doc->blocks[b].at.end,
                               &extractor->scan);
            if (!known) {
                first = extractor->frames.statements.n;
                frames_sentence(&extractor->frames, &extractor->scan);
                duties_sentence(&extractor->duties, &extractor->scan,
                                about_part(extractor, part).title);
            }
            if (kind != CELL_UNIT || holds_digit(doc_text(doc, doc->blocks[b].at))) {
                account(extractor, first, known ? &claims : NULL, doc->blocks[b].at,
                        kind == CELL_SERIAL ? CLAIM_OUTLINE
                        : kind == CELL_UNIT ? CLAIM_NAME
                                            : CLAIM_UNCLAIMED);
            }
        }
    }
    return end;
}

/* Reads the paragraph of block b; returns the block behind it. */
static uint32_t read_block(Extractor *extractor, uint32_t b)
{
    const Document *doc = extractor->doc;
    const Block *block = &doc->blocks[b];
    uint32_t last = b;
    const Part *part = block->part == NO_PART ? NULL : &doc->parts[block->part];
    uint32_t at = block->at.start;
    bool body = block->role == ROLE_BODY || block->role == ROLE_HEADING;

    if (part != NULL && part->first == b && part->number.end > part->number.start) {
        add_claim(extractor, part->number, CLAIM_OUTLINE, block->part);
        at = part->number.end;
    }
    extractor->duties.part = block->part;
    extractor->intro_left -= extractor->intro_left > 0 && body;
    while (goes_on(doc, last)) {
        last++;
    }
    frames_paragraph(&extractor->frames, block->part,
                     mode_of(extractor, block->part, doc_text(doc, block->at)),
                     about_part(extractor, block->part).year);
    while (at < doc->blocks[last].at.end) {
        size_t first = extractor->frames.statements.n;

        at = scan_sentence(extractor->lexicon, doc->source.text, at, doc->blocks[last].at.end,
                           &extractor->scan);
        if (body && (extractor->scan.quantities.n + extractor->scan.times.n > 0 ||
                     (extractor->scan.words & IMPLICIT_WORDS) != 0)) {
            frames_sentence(&extractor->frames, &extractor->scan);
        }
        if (body) {
            duties_sentence(&extractor->duties, &extractor->scan,
                            about_part(extractor, block->part).title);
            read_phases(extractor);
        }
        account(extractor, first, NULL, block->at,
                block->role == ROLE_CHROME || block->role == ROLE_SIGNATURE ? CLAIM_CHROME
                : block->role == ROLE_NUMBER                                ? CLAIM_NUMBER
                : block->role == ROLE_CONTENTS                              ? CLAIM_OUTLINE
                                                                            : CLAIM_UNCLAIMED);
    }
    return last + 1;
}

/* ---- results ---- */

static Str region_id(const Extractor *extractor, uint32_t entity)
{
    return entity == NONE ? STR("") : extractor->lexicon->catalog->entities.at[entity].id;
}

static Str indicator_id(const Extractor *extractor, uint32_t indicator)
{
    return indicator == NONE ? STR("") : extractor->lexicon->catalog->indicators.at[indicator]->id;
}

/* The unit with the usual letters and signs: ｋｍ is km, 微克／立方米 is 微克/立方米. */
static Str narrow(Arena *arena, Str unit)
{
    Buf out = buf_new(arena);
    size_t len;

    for (size_t i = 0; i < unit.len; i += len) {
        uint32_t code = utf8_at(unit, i, &len);

        if (code >= 0xFF01 && code <= 0xFF5E) {
            buf_char(&out, (char)(code - 0xFF01 + '!'));
        } else {
            buf_add(&out, str_slice(unit, i, i + len));
        }
    }
    return buf_str(&out);
}

/* Whether the indicator can be told so; one of another dimension is kept under its own words. A
 * unit whose denominator stands in the indicator's name is completed: 3.5人 is 3.5人/千人. */
static bool fits(const Extractor *extractor, const Statement *from, Str *unit)
{
    const Indicator *info;
    Unit told;

    *unit = narrow(extractor->arena, from->unit); /* may be made up: 人/平方米 */
    if (from->indicator == NONE) {
        return false;
    }
    info = extractor->lexicon->catalog->indicators.at[from->indicator];
    if (from->kind == TARGET_ANNUAL_GROWTH && !info->unit.percent) {
        return false;
    }
    if (unit->len == 0 || !unit_parse(*unit, &told)) {
        return unit->len == 0;
    }
    if (from->kind == TARGET_CUMULATIVE_CHANGE || from->kind == TARGET_ANNUAL_GROWTH) {
        return told.percent || unit_is_plain(told);
    }
    if (unit_same_dimension(told, info->unit)) {
        return true;
    }
    if (str_starts(info->unit_text, *unit) && info->unit_text.at[unit->len] == '/') {
        *unit = info->unit_text;
        return true;
    }
    return false;
}

/* 十一（二）, 第三章第二节: where in the outline a part stands. */
static Str part_path(const Extractor *extractor, uint32_t part)
{
    const Document *doc = extractor->doc;
    uint32_t chain[16];
    size_t n = 0;
    Buf path = buf_new(extractor->arena);

    for (; part != NO_PART && doc->parts[part].kind != PART_PLAN && n < 16;
         part = doc->parts[part].parent) {
        if (doc->parts[part].number.end > doc->parts[part].number.start) {
            chain[n++] = part;
        }
    }
    while (n > 0) {
        const Part *one = &doc->parts[chain[--n]];
        Str number = part_number(doc, one), written = doc_text(doc, one->number);
        bool bracket = str_starts(written, STR("（")) || str_starts(written, STR("("));

        buf_add(&path, bracket                                          ? STR("（")
                       : path.len > 0 && !str_starts(number, STR("第")) ? STR(".")
                                                                        : STR(""));
        buf_add(&path, number);
        buf_add(&path, bracket ? STR("）") : STR(""));
    }
    return buf_str(&path);
}

static void fill_target(const Extractor *extractor, const Statement *from, Target *out)
{
    Str unit;

    *out = (Target){.indicator = fits(extractor, from, &unit)
                                     ? indicator_id(extractor, from->indicator)
                                     : STR(""),
                    .name = {from->name, STR("")},
                    .region = region_id(extractor, from->region),
                    .comparator = from->comparator,
                    .value = {true, from->value},
                    .unit = unit,
                    .year = from->year != 0 ? from->year : extractor->frames.usual,
                    .kind = from->kind == TARGET_LEVEL ? TARGET_KIND_NONE : from->kind,
                    .relative_to = region_id(extractor, from->relative),
                    .baseline = {from->has_baseline, from->baseline},
                    .baseline_year = from->since,
                    .binding = from->binding,
                    .implicit = from->implicit,
                    .part = part_path(extractor, from->part),
                    .at = place_of_span(extractor->doc, from->at)};
}

static void fill_fact(const Extractor *extractor, const Statement *from, Fact *out)
{
    Str unit;

    *out = (Fact){
        .indicator =
            fits(extractor, from, &unit) ? indicator_id(extractor, from->indicator) : STR(""),
        .name = {from->name, STR("")},
        .region = region_id(extractor, from->region),
        .comparator = from->comparator == COMPARE_EQUAL ? COMPARE_NONE : from->comparator,
        .value = {true, from->value},
        .unit = unit,
        .period = {true, period_year(from->year != 0 ? from->year : extractor->frames.first - 1)},
        .kind = from->kind == TARGET_LEVEL ? TARGET_KIND_NONE : from->kind,
        .since = from->since,
        .relative_to = region_id(extractor, from->relative),
        .at = place_of_span(extractor->doc, from->at)};
}

/* `first`: of the claims, the plan's own begin here. */
static void fill_statements(Extractor *extractor, size_t first, ExtractedPlan *out)
{
    const Frames *frames = &extractor->frames;
    size_t n_facts = 0, n_targets = 0;
    Span *fact_spans, *target_spans;
    uint32_t *indexes = ARENA_ARRAY(extractor->arena, uint32_t, frames->statements.n);
    int64_t year;

    for (size_t i = 0; i < frames->statements.n; i++) {
        n_targets += frames->statements.at[i].is_target;
    }
    n_facts = frames->statements.n - n_targets;
    out->plan.facts.at = ARENA_ARRAY(extractor->arena, Fact, n_facts);
    out->plan.targets.at = ARENA_ARRAY(extractor->arena, Target, n_targets);
    fact_spans = ARENA_ARRAY(extractor->arena, Span, n_facts);
    target_spans = ARENA_ARRAY(extractor->arena, Span, n_targets);
    for (size_t i = 0; i < frames->statements.n; i++) {
        const Statement *statement = &frames->statements.at[i];

        indexes[i] = (uint32_t)(statement->is_target ? out->plan.targets.n : out->plan.facts.n);
        if (statement->is_target) {
            target_spans[out->plan.targets.n] = statement->at;
            fill_target(extractor, statement, &out->plan.targets.at[out->plan.targets.n]);
            year = out->plan.targets.at[out->plan.targets.n++].year;
            if (year > out->plan.period[1] && year > out->plan.horizon) {
                out->plan.horizon = year; /* the furthest that a target looks */
            }
        } else {
            fact_spans[out->plan.facts.n] = statement->at;
            fill_fact(extractor, statement, &out->plan.facts.at[out->plan.facts.n++]);
        }
    }
    out->fact_spans = fact_spans;
    out->target_spans = target_spans;
    for (size_t i = first; i < extractor->claims.n; i++) {
        Claim *claim = &extractor->claims.at[i];

        if (claim->kind == CLAIM_TARGET || claim->kind == CLAIM_FACT) {
            claim->index = indexes[claim->index];
        }
    }
}

static void add_number(Buf *out, uint64_t value)
{
    char digits[20];
    size_t i = sizeof digits;

    do {
        digits[--i] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    buf_add(out, (Str){digits + i, sizeof digits - i});
}

/* The part's numbers in the outline, of which the ids of its tasks are made: 11-2- of 十一（二）.
 */
static Buf id_of_part(const Extractor *extractor, uint32_t part)
{
    const Document *doc = extractor->doc;
    int64_t chain[16];
    size_t depth = 0;
    Buf id = buf_new(extractor->arena);

    for (; part != NO_PART && doc->parts[part].kind != PART_PLAN && depth < 16;
         part = doc->parts[part].parent) {
        if (doc->parts[part].ordinal != 0) {
            chain[depth++] = doc->parts[part].ordinal;
        }
    }
    while (depth > 0) {
        add_number(&id, (uint64_t)chain[--depth]);
        buf_char(&id, '-');
    }
    return id;
}

static void fill_tasks(Extractor *extractor, ExtractedPlan *out)
{
    const Duties *duties = &extractor->duties;
    Span *spans = ARENA_ARRAY(extractor->arena, Span, duties->duties.n);
    Map *ids = map_new(extractor->arena);

    out->plan.tasks.at = ARENA_ARRAY(extractor->arena, Task, duties->duties.n);
    for (size_t i = 0; i < duties->duties.n; i++) {
        const Duty *duty = &duties->duties.at[i];
        Str path = part_path(extractor, duty->part), prefix;
        Buf id = id_of_part(extractor, duty->part);
        uint64_t n = 0;

        prefix = buf_str(&id);
        (void)map_get(ids, prefix, &n);
        map_set(ids, prefix, n + 1);
        add_number(&id, n + 1); /* behind the prefix, which stays */
        spans[i] = duty->at;
        out->plan.tasks.at[out->plan.tasks.n++] = (Task){
            .id = buf_str(&id),
            .title = {duty->title.len != 0 ? duty->title : doc_text(extractor->doc, duty->at),
                      STR("")},
            .part = path,
            .owners = {duty->owners.at, duty->owners.n},
            .cooperating = {duty->cooperating.at, duty->cooperating.n},
            .due = duty->due,
            .cycle = duty->cycle,
            .at = place_of_span(extractor->doc, duty->at)};
    }
    out->task_spans = spans;
}

static void fill_mechanisms(Extractor *extractor, ExtractedPlan *out)
{
    const Duties *duties = &extractor->duties;
    Span *spans = ARENA_ARRAY(extractor->arena, Span, duties->setups.n);

    out->plan.mechanisms.at = ARENA_ARRAY(extractor->arena, Mechanism, duties->setups.n);
    for (size_t i = 0; i < duties->setups.n; i++) {
        const Setup *setup = &duties->setups.at[i];

        spans[i] = setup->at;
        out->plan.mechanisms.at[out->plan.mechanisms.n++] =
            (Mechanism){.name = {setup->name, STR("")},
                        .kind = setup->kind,
                        .part = part_path(extractor, setup->part),
                        .cycle = setup->cycle,
                        .at = place_of_span(extractor->doc, setup->at)};
    }
    out->mechanism_spans = spans;
}

static void fill_unclaimed(Extractor *extractor, size_t first, ExtractedPlan *out)
{
    size_t n = 0;

    for (size_t i = first; i < extractor->claims.n; i++) {
        n += extractor->claims.at[i].kind == CLAIM_UNCLAIMED;
    }
    out->plan.unclaimed.at = ARENA_ARRAY(extractor->arena, Unclaimed, n);
    for (size_t i = first; i < extractor->claims.n; i++) {
        const Claim *claim = &extractor->claims.at[i];

        if (claim->kind == CLAIM_UNCLAIMED) {
            out->plan.unclaimed.at[out->plan.unclaimed.n++] =
                (Unclaimed){.text = doc_text(extractor->doc, claim->at),
                            .at = place_of_span(extractor->doc, claim->at)};
        }
    }
}

static void read_plan(Extractor *extractor, const NoticeHead *notice, uint32_t part,
                      ExtractedPlan *out)
{
    const Document *doc = extractor->doc;
    const Part *plan = &doc->parts[part];
    PlanHead head = head_plan(extractor->arena, extractor->lexicon, doc, notice, plan);
    size_t first_claim = extractor->claims.n;
    Str title = doc_text(doc, plan->title);

    *out = (ExtractedPlan){.part = part};
    out->plan = (Plan){.id = head_id(extractor->arena, extractor->lexicon, &head, title),
                       .title = {title, STR("")},
                       .period = {head.first, head.last},
                       .horizon = head.horizon,
                       .area = {.group = region_id(extractor, head.area), .members = head.members},
                       .source = {.number = notice->number,
                                  .title = {notice->title, STR("")},
                                  .issuer = notice->issuer,
                                  .issued = {notice->has_issued, notice->issued}},
                       .file = doc->source};
    if (head.members.n != 0) {
        out->plan.area.at = place_of_span(doc, head.members_at);
    }
    extractor->frames = (Frames){.lexicon = extractor->lexicon,
                                 .arena = extractor->arena,
                                 .text = doc->source.text,
                                 .first = head.first,
                                 .last = head.last,
                                 .horizon = head.horizon,
                                 .usual = head.usual,
                                 .now = head.now,
                                 .area = head.area};
    extractor->duties = (Duties){.lexicon = extractor->lexicon,
                                 .arena = extractor->arena,
                                 .doc = doc,
                                 .area = head.area,
                                 .issued = {notice->has_issued, notice->issued},
                                 .now = head.now,
                                 .last = head.last};
    extractor->intro_left = title.len != 0 ? MAX_INTRO : 0;
    extractor->phases.at = NULL;
    extractor->phases.n = extractor->phases.cap = 0;
    for (uint32_t b = plan->first; b < plan->end;) {
        b = doc->blocks[b].table != NO_TABLE ? read_table(extractor, b) : read_block(extractor, b);
    }
    fill_statements(extractor, first_claim, out);
    fill_tasks(extractor, out);
    fill_mechanisms(extractor, out);
    out->plan.phases.at = extractor->phases.at;
    out->plan.phases.n = extractor->phases.n;
    fill_unclaimed(extractor, first_claim, out);
}

/* A document is a plan if it is called one, or else if it has targets and speaks as plans do. */
static bool is_plan(const Extract *extract)
{
    enum { MIN_HINTS = 2 };
    static const char *const HINTS[] = {"规划", "目标", "到20", "方案",
                                        "“十",  "任务", "力争", "实施意见"};
    size_t hints = 0, n_targets = 0;

    for (size_t i = 0; i < extract->n_plans; i++) {
        const ExtractedPlan *plan = &extract->plans[i];

        if (extract->doc->parts[plan->part].title.end >
            extract->doc->parts[plan->part].title.start) {
            return true;
        }
        n_targets += plan->plan.targets.n;
    }
    for (size_t k = 0; k < sizeof HINTS / sizeof HINTS[0]; k++) {
        hints += str_find(extract->doc->source.text, str_z(HINTS[k])) != SIZE_MAX;
    }
    return n_targets > 0 && hints >= MIN_HINTS;
}

Err extract(Arena *arena, const Document *doc, const Lexicon *lexicon, Extract *out, Diags *diags)
{
    Extractor extractor = {.arena = arena, .doc = doc, .lexicon = lexicon, .plan = NO_PLAN};
    NoticeHead notice = head_notice(arena, lexicon, doc);
    Arena *scratch = arena_new();

    extractor.scan.arena = scratch;
    *out = (Extract){.doc = doc,
                     .title = notice.title,
                     .number = notice.number,
                     .issuer = notice.issuer,
                     .issued = {notice.has_issued, notice.issued}};
    out->plans = ARENA_ARRAY(arena, ExtractedPlan, doc->n_plans);
    extractor.frames =
        (Frames){.lexicon = lexicon, .arena = arena, .text = doc->source.text, .area = NONE};
    extractor.duties = (Duties){.lexicon = lexicon, .arena = arena, .doc = doc, .area = NONE};
    read_parts(&extractor);
    for (uint32_t b = 0; doc->n_parts > 0 && b < doc->parts[0].first;) {
        b = read_block(&extractor, b);
    }
    for (uint32_t i = 0; i < doc->n_parts; i++) {
        if (doc->parts[i].kind == PART_PLAN) {
            extractor.plan = out->n_plans;
            read_plan(&extractor, &notice, i, &out->plans[out->n_plans]);
            out->n_plans++;
        }
    }
    out->claims = extractor.claims.at;
    out->n_claims = extractor.claims.n;
    arena_free(scratch);
    if (!is_plan(out)) {
        out->n_plans = 0;
        diag_add(diags, LT1030, place_file(doc->source.name), doc->source.name,
                 diag_word(arena, TEXT("没有规划的标题，也没有目标",
                                       "it has neither the title of a plan nor targets")));
        return ERR_INPUT;
    }
    return OK;
}
