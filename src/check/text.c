/* Text: what a published text lost or left open: figures, tables and boxes, brackets, lists that do
 * not count up. */
#include "check/check.h"

#include "base/hanzi.h"
#include "base/utf8.h"

#include <string.h>

typedef struct {
    const Check *check;
    const Document *doc;
    Str text;
} Reading;

static Place place_at(const Reading *reading, Span span)
{
    Source source = {reading->doc->source.name,
                     reading->doc->n_runs > 0 ? reading->doc->original : reading->text};

    return check_place_in(reading->check, &source, check_at(reading->doc, span));
}

/* ---- figures, tables, boxes ---- */

typedef enum { MATTER_FIGURE, MATTER_TABLE, MATTER_BOX, N_MATTERS } Matter;

static const char *const MATTERS[] = {"图", "表", "专栏"};

/* A number in digits or Chinese characters at the start; 0 if there is none. */
static size_t read_number(Str text, int64_t *value)
{
    size_t len = 0, space = 0;

    while (space < text.len && text.at[space] == ' ') {
        space++;
    }
    text = str_slice(text, space, text.len);
    *value = 0;
    while (len < text.len && len < 4 && text.at[len] >= '0' && text.at[len] <= '9') {
        *value = *value * 10 + (text.at[len++] - '0');
    }
    if (len == 0) {
        len = hanzi_read(text, value);
    }
    return len == 0 || *value < 1 || *value > 999 ? 0 : space + len;
}

/* 专栏3, 图一 at the start of the text; its length, 0 if there is none. */
static size_t read_matter(Str text, Matter *kind, int64_t *number)
{
    for (int k = 0; k < N_MATTERS; k++) {
        size_t len = strlen(MATTERS[k]), digits;

        if (str_starts(text, str_z(MATTERS[k])) &&
            (digits = read_number(str_slice(text, len, text.len), number)) > 0) {
            *kind = (Matter)k;
            return len + digits;
        }
    }
    return 0;
}

/* A caption ends the words 表1 with white space, a colon or a name; 表1中 goes on in a sentence. */
static bool is_caption(Str block, size_t len)
{
    static const char *const GOES_ON[] = {"中", "所", "为", "是", "和", "、", "，", ",",
                                          "可", "显", "给", "列", "内", "的", "至", "—"};
    Str rest = str_slice(block, len, block.len);

    for (size_t i = 0; i < sizeof GOES_ON / sizeof GOES_ON[0]; i++) {
        if (str_starts(rest, str_z(GOES_ON[i]))) {
            return false;
        }
    }
    return block.len < 200 && !str_ends(block, STR("。"));
}

typedef struct {
    Matter kind;
    int64_t number;
    Span at;
    size_t block;
} Caption;

typedef VEC(Caption) Captions;

static Captions find_captions(const Reading *reading)
{
    Captions out = {0};

    for (size_t i = 0; i < reading->doc->n_blocks; i++) {
        const Block *block = &reading->doc->blocks[i];
        Str words = doc_text(reading->doc, block->at);
        Caption one = {.block = i};
        size_t len = block->role == ROLE_CONTENTS ? 0 : read_matter(words, &one.kind, &one.number);

        if (len > 0 && is_caption(words, len)) {
            one.at = (Span){block->at.start, block->at.start + (uint32_t)len};
            *vec_push(reading->check->arena, &out) = one;
        }
    }
    return out;
}

/* Whether anything but a heading or another caption follows the caption. */
static bool has_content(const Reading *reading, const Captions *captions, size_t index)
{
    size_t next = captions->at[index].block + 1;

    if (reading->doc->blocks[captions->at[index].block].table != NO_TABLE) {
        return true; /* in the first row of a table */
    }
    for (size_t i = index + 1; i < captions->n; i++) {
        if (captions->at[i].block == next) {
            return false;
        }
    }
    return next < reading->doc->n_blocks &&
           (reading->doc->blocks[next].role == ROLE_BODY ||
            reading->doc->blocks[next].role == ROLE_CELL ||
            reading->doc->blocks[next].role == ROLE_NOTE ||
            (reading->doc->blocks[next].role == ROLE_HEADING &&
             reading->doc->blocks[next].part != NO_PART &&
             reading->doc->parts[reading->doc->blocks[next].part].kind >= PART_ITEM));
}

static void check_captions(const Reading *reading, const Captions *captions)
{
    int64_t last[N_MATTERS] = {0};
    Span before[N_MATTERS] = {{0, 0}};

    for (size_t i = 0; i < captions->n; i++) {
        const Caption *one = &captions->at[i];

        if (one->kind != MATTER_FIGURE && !has_content(reading, captions, i)) {
            diag_add(reading->check->diags, LT1034, place_at(reading, one->at),
                     doc_text(reading->doc, one->at));
        }
        if (last[one->kind] > 0 && one->number > last[one->kind] + 1) {
            diag_add(reading->check->diags, LT1035, place_at(reading, one->at),
                     doc_text(reading->doc, before[one->kind]), doc_text(reading->doc, one->at));
        }
        last[one->kind] = one->number;
        before[one->kind] = one->at;
    }
}

/* 见专栏3, 如图1所示: what stands behind must be there. */
static void check_references(const Reading *reading, const Captions *captions)
{
    static const char *const POINTERS[] = {"见", "如", "按", "附"};
    bool told[N_MATTERS][1000] = {{false}};

    for (size_t i = 0; i < captions->n; i++) {
        told[captions->at[i].kind][captions->at[i].number] = true;
    }
    for (size_t i = 0; i < reading->text.len; i++) {
        for (size_t k = 0; k < sizeof POINTERS / sizeof POINTERS[0]; k++) {
            size_t len = strlen(POINTERS[k]), words;
            Matter kind;
            int64_t number;

            if (!str_at(reading->text, i, reading->text.len, POINTERS[k])) {
                continue;
            }
            words =
                read_matter(str_slice(reading->text, i + len, reading->text.len), &kind, &number);
            if (words > 0 && !told[kind][number]) {
                Span at = {(uint32_t)(i + len), (uint32_t)(i + len + words)};

                told[kind][number] = true;
                diag_add(reading->check->diags, LT1033, place_at(reading, at),
                         doc_text(reading->doc, at));
            }
        }
    }
}

/* ---- brackets ---- */

/* X(open, close) */
#define PAIRS(X)                                                                                   \
    X(0xFF08, 0xFF09) /* （） */                                                                 \
    X(0x201C, 0x201D) /* “” */                                                                 \
    X(0x300A, 0x300B) /* 《》 */                                                                 \
    X(0x3014, 0x3015) /* 〔〕 */                                                                 \
    X(0x3010, 0x3011) /* 【】 */                                                                 \
    X(0x300C, 0x300D) /* 「」 */

/* The position of the bracket in PAIRS; -1 if it is none. */
static int bracket(uint32_t code, bool *opens)
{
    static const uint32_t CODES[][2] = {
#define X(open, close) {open, close},
        PAIRS(X)
#undef X
    };

    for (int k = 0; k < (int)(sizeof CODES / sizeof CODES[0]); k++) {
        if (code == CODES[k][0] || code == CODES[k][1]) {
            *opens = code == CODES[k][0];
            return k;
        }
    }
    return -1;
}

/* （1） is a whole number, 1） and 一） stand at the start of an item. */
static bool is_item_mark(const Block *block, size_t at)
{
    return at - block->at.start <= 9;
}

typedef struct {
    int kind;
    Span at;
} Bracket;

static void report_bracket(const Reading *reading, const Bracket *one)
{
    diag_add(reading->check->diags, LT1036, place_at(reading, one->at),
             doc_text(reading->doc, one->at));
}

/* A block is a paragraph, a heading or a cell; what it opens it closes, or the next one does, where
 * a line was broken. Marks in ASCII are left alone: they are used in too many ways. `open` is what
 * the block before left open, of kind -1 if nothing. */
static void check_brackets(const Reading *reading, const Block *block, Bracket *open)
{
    enum { MAX_OPEN = 32 };
    Bracket stack[MAX_OPEN], before = *open;
    size_t n = 0, len;

    open->kind = -1;
    for (size_t i = block->at.start; i < block->at.end; i += len) {
        bool opens = false;
        Bracket one = {.kind = bracket(utf8_at(reading->text, i, &len), &opens)};

        one.at = (Span){(uint32_t)i, (uint32_t)(i + len)};
        if (one.kind < 0 || n == MAX_OPEN) {
            continue;
        }
        if (opens) {
            stack[n++] = one;
        } else if (n > 0 && stack[n - 1].kind == one.kind) {
            n--;
        } else if (n == 0 && before.kind == one.kind) {
            before.kind = -1;
        } else if (n == 0 && !is_item_mark(block, i)) {
            report_bracket(reading, &one);
            break;
        }
    }
    if (before.kind >= 0) {
        report_bracket(reading, &before);
    }
    if (n > 0) {
        *open = stack[0];
    }
}

/* ---- years ---- */

/* The words between two years of one span, which are passed over. */
static bool joins_years(Str text, size_t *at)
{
    static const char *const JOINTS[] = {"——", "—", "－", "–", "-", "~", "～", "至", "到"};

    *at += str_at(text, *at, text.len, "年") ? strlen("年") : 0;
    for (size_t k = 0; k < sizeof JOINTS / sizeof JOINTS[0]; k++) {
        if (str_at(text, *at, text.len, JOINTS[k])) {
            *at += strlen(JOINTS[k]);
            return true;
        }
    }
    return false;
}

/* 规划期为2021—2025年: what stands behind 规划期 in the text; false if no two years do. */
static bool read_years(Str text, size_t at, int64_t years[2], Span *span)
{
    enum { REACH = 24 }; /* bytes: 规划期限为 and its like */
    size_t i = at;

    for (int k = 0; k < 2; k++) {
        size_t limit = i + REACH, len = 0;

        while (i < text.len && i < limit && (text.at[i] < '0' || text.at[i] > '9')) {
            i++;
        }
        if (i == text.len || i == limit) {
            return false;
        }
        span->start = k == 0 ? (uint32_t)i : span->start;
        for (years[k] = 0; i < text.len && len < 5 && text.at[i] >= '0' && text.at[i] <= '9'; i++) {
            years[k] = years[k] * 10 + (text.at[i] - '0');
            len++;
        }
        if (len != 4 || (k == 0 && !joins_years(text, &i))) {
            return false;
        }
    }
    span->end = (uint32_t)i;
    return true;
}

/* Where the text says when the plan runs, and the plan's title said otherwise. */
static void check_years(const Reading *reading, const Block *block)
{
    static const Str WORD = STR_INIT("规划期");
    Str text = str_slice(reading->text, 0, block->at.end);
    size_t at = str_find(doc_text(reading->doc, block->at), WORD);
    uint32_t index =
        at == SIZE_MAX ? NONE : check_plan_of(reading->check, reading->doc, block->part);
    int64_t years[2];
    Span span;

    if (index != NONE && read_years(text, block->at.start + at + WORD.len, years, &span)) {
        const Plan *plan = &reading->check->plans[index];

        if (years[0] != plan->period[0] || years[1] != plan->period[1]) {
            diag_add(reading->check->diags, LT5107, place_at(reading, span),
                     str_format(reading->check->arena, "%lld—%lld", (long long)plan->period[0],
                                (long long)plan->period[1]),
                     str_format(reading->check->arena, "%lld", (long long)years[0]),
                     str_format(reading->check->arena, "%lld", (long long)years[1]));
        }
    }
}

/* ---- lists of regions ---- */

enum { MAX_LISTED = 40 };

typedef struct {
    uint32_t regions[MAX_LISTED]; /* from the last to the first */
    size_t n;
    Span at;      /* with the words that count */
    int64_t says; /* how many it says there are */
    bool open;    /* 等: there may be more than it lists */
} Listing;

/* 四市州, 5个市, 三市一州 at the start of the text: how many; its length, 0 if there is none. */
static size_t read_count(Str text, int64_t *count)
{
    static const char *const KINDS[] = {"市州", "市（州）", "县区",   "县（区）", "省区",
                                        "省份", "县市区",   "市县区", "市",       "州",
                                        "县",   "区",       "省",     "盟",       "旗"};
    size_t at = 0;

    *count = 0;
    for (int times = 0; times < 3; times++) {
        int64_t value;
        size_t len = read_number(str_slice(text, at, text.len), &value), kind = 0;

        if (len == 0 || value > MAX_LISTED) {
            break;
        }
        if (str_at(text, at + len, text.len, "个")) {
            len += strlen("个");
        }
        while (kind < sizeof KINDS / sizeof KINDS[0] &&
               !str_at(text, at + len, text.len, KINDS[kind])) {
            kind++;
        }
        if (kind == sizeof KINDS / sizeof KINDS[0]) {
            break;
        }
        at += len + strlen(KINDS[kind]);
        *count += value;
    }
    return at;
}

/* The region that the end of the words names; its length, 0 if there is none. */
static size_t region_at_end(const Reading *reading, Str words, uint32_t *region)
{
    size_t len;

    for (size_t i = 0; i < words.len; i += len) {
        Str name = str_slice(words, i, words.len);

        (void)utf8_at(words, i, &len);
        if (name.len >= 6 && name.len <= 60) {
            *region = catalog_entity(reading->check->catalog, name);
            if (*region != NONE && !reading->check->catalog->entities.at[*region].is_group) {
                return name.len;
            }
        }
    }
    return 0;
}

/* 规划范围包括…等5个市州 lists all of them. */
static bool defines_area(Str before)
{
    static const char *const WORDS[] = {"范围包括", "范围包含", "范围为",
                                        "范围是",   "范围涵盖", NULL};
    Str last = before.len > 60 ? str_slice(before, before.len - 60, before.len) : before;

    return str_holds_any(last, WORDS);
}

/* The list of regions that ends at byte `end` of the text, in the block. False if it is none, or
 * one of which not all are known. */
static bool read_listing(const Reading *reading, const Block *block, size_t end, Listing *out)
{
    static const char *const JOINTS[] = {"、", "和", "以及", "及", "与"};
    Str text = str_slice(reading->text, 0, end);

    out->n = 0;
    out->open = str_ends(text, STR("等"));
    if (out->open) {
        text.len -= strlen("等");
    }
    while (out->n < MAX_LISTED) {
        size_t from = text.len > block->at.start + 90 ? text.len - 90 : block->at.start, name;
        bool joined = false;

        while (from < text.len && (text.at[from] & 0xC0) == 0x80) {
            from++;
        }
        name = region_at_end(reading, str_slice(text, from, text.len), &out->regions[out->n]);
        if (name == 0) {
            return false;
        }
        out->n++;
        text.len -= name;
        for (size_t k = 0; k < sizeof JOINTS / sizeof JOINTS[0] && !joined; k++) {
            joined = text.len > block->at.start && str_ends(text, str_z(JOINTS[k]));
            text.len -= joined ? strlen(JOINTS[k]) : 0;
        }
        if (!joined) {
            break;
        }
    }
    out->at.start = (uint32_t)text.len;
    out->open &= !defines_area(str_slice(reading->text, block->at.start, text.len));
    return out->n > 1 && out->n < MAX_LISTED;
}

/* A list as long as that of the plan's members which holds all of them but one. */
static void check_members(const Reading *reading, const Block *block, const Listing *listing)
{
    const Catalog *catalog = reading->check->catalog;
    uint32_t plan = check_plan_of(reading->check, reading->doc, block->part),
             area = plan == NONE ? NONE
                                 : catalog_entity(catalog, reading->check->plans[plan].area.group);
    const Entity *entity = area == NONE ? NULL : &catalog->entities.at[area];
    uint32_t stranger = NONE, missing = NONE;
    size_t same = 0;

    if (entity == NULL || !entity->is_group || entity->n_parts != listing->n || listing->n < 3) {
        return;
    }
    for (size_t i = 0; i < listing->n; i++) {
        bool member = false;

        for (size_t k = 0; k < entity->n_parts; k++) {
            member |= entity->parts[k] == listing->regions[i];
        }
        same += member;
        stranger = member ? stranger : listing->regions[i];
    }
    for (size_t k = 0; k < entity->n_parts; k++) {
        bool listed = false;

        for (size_t i = 0; i < listing->n; i++) {
            listed |= entity->parts[k] == listing->regions[i];
        }
        missing = listed ? missing : entity->parts[k];
    }
    if (same + 1 == listing->n && stranger != NONE && missing != NONE) {
        Arena *arena = reading->check->arena;
        Text in = catalog->entities.at[stranger].name, out = catalog->entities.at[missing].name;

        diag_add(reading->check->diags, LT3010, place_at(reading, listing->at),
                 doc_text(reading->doc, listing->at),
                 diag_word(arena, (Text){str_format(arena, "多 %.*s，少 %.*s", STR_ARG(in.zh),
                                                    STR_ARG(out.zh)),
                                         str_format(arena, "%.*s in place of %.*s", STR_ARG(in.en),
                                                    STR_ARG(out.en))}));
    }
}

static void check_listings(const Reading *reading, const Block *block)
{
    size_t len;

    for (size_t i = block->at.start; i < block->at.end; i += len) {
        Str rest = str_slice(reading->text, i, block->at.end);
        Listing listing;
        size_t words;

        (void)utf8_at(reading->text, i, &len);
        if (i == block->at.start || (words = read_count(rest, &listing.says)) == 0 ||
            !read_listing(reading, block, i, &listing)) {
            continue;
        }
        listing.at.end = (uint32_t)(i + words);
        len = words;
        if (listing.open ? (int64_t)listing.n > listing.says : (int64_t)listing.n != listing.says) {
            diag_add(reading->check->diags, LT1037, place_at(reading, listing.at),
                     doc_text(reading->doc, listing.at),
                     str_format(reading->check->arena, "%zu", listing.n),
                     str_format(reading->check->arena, "%lld", (long long)listing.says));
        } else if (!listing.open) {
            check_members(reading, block, &listing);
        }
    }
}

void check_text(Check *check)
{
    for (size_t p = 0; p < check->n_plans; p++) {
        Reading reading = {check, check_new_document(check, p), STR("")};
        Bracket open = {.kind = -1};
        Captions captions;

        if (reading.doc == NULL) {
            continue;
        }
        reading.text = reading.doc->source.text;
        captions = find_captions(&reading);
        check_captions(&reading, &captions);
        check_references(&reading, &captions);
        for (size_t i = 0; i < reading.doc->n_blocks; i++) {
            if (reading.doc->blocks[i].role != ROLE_CHROME &&
                reading.doc->blocks[i].role != ROLE_CONTENTS) {
                check_brackets(&reading, &reading.doc->blocks[i], &open);
                check_listings(&reading, &reading.doc->blocks[i]);
                check_years(&reading, &reading.doc->blocks[i]);
            }
        }
        if (open.kind >= 0) {
            report_bracket(&reading, &open);
        }
    }
}
