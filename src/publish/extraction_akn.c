/* Extraction as Akoma Ntoso 3.0: the whole text as a tree of parts, with its numbers and dates
 * marked. */
#include "publish/extraction.h"

#include "base/map.h"
#include "base/utf8.h"
#include "extract/scan.h"
#include "publish/passage.h"
#include "publish/tags.h"

typedef struct {
    Arena *arena;
    const Extract *extract;
    const Document *doc;
    const Catalog *catalog;
    Tags tags;
    StatedList stated;
    Map *ids;    /* eIds, and beginnings of eIds, with how often they were given */
    Str country; /* cn-gs, or cn */
    Str date;    /* of issue */
    Str uri;     /* of the work */
} Akn;

/* ---- identifiers ---- */

/* How often the key was asked for, this time included. */
static uint64_t count(Akn *akn, Str key)
{
    uint64_t n = 0;

    (void)map_get(akn->ids, key, &n);
    map_set(akn->ids, key, n + 1);
    return n + 1;
}

static Str below(const Akn *akn, Str parent, const char *abbreviation)
{
    return str_format(akn->arena, "%.*s%s%s", STR_ARG(parent), parent.len != 0 ? "__" : "",
                      abbreviation);
}

/* quantity_1, quantity_2 … under the parent. */
static Str counted_id(Akn *akn, Str parent, const char *abbreviation)
{
    Str key = below(akn, parent, abbreviation);

    return str_format(akn->arena, "%.*s_%llu", STR_ARG(key), (unsigned long long)count(akn, key));
}

/* sec_3 for 三、, sec_nn_1 for the first without a number; a number that comes twice gets _2. */
static Str part_id(Akn *akn, Str parent, const Part *part)
{
    static const char *const ABBREVIATIONS[] = {
#define X(name, word, eid) eid,
        PART_KINDS(X)
#undef X
    };
    const char *abbreviation = ABBREVIATIONS[part->kind];
    Str id;
    uint64_t n;

    if (part->ordinal == 0) {
        return counted_id(akn, parent,
                          str_to_z(akn->arena, str_format(akn->arena, "%s_nn", abbreviation)));
    }
    id = str_format(akn->arena, "%.*s_%lld", STR_ARG(below(akn, parent, abbreviation)),
                    (long long)part->ordinal);
    n = count(akn, id);
    return n == 1 ? id : str_format(akn->arena, "%.*s_%llu", STR_ARG(id), (unsigned long long)n);
}

/* Text as a part of an eId or URI: without white space and what XML or a URI would stumble over. */
static Str slug(const Akn *akn, Str text)
{
    Buf out = buf_new(akn->arena);
    size_t len;

    for (size_t i = 0; i < text.len; i += len) {
        uint32_t code = utf8_at(text, i, &len);
        bool plain = code >= 0x80 || (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') ||
                     (code >= 'A' && code <= 'Z') || code == '-' || code == '_' || code == '.';

        if (code == '%') {
            buf_add(&out, STR("percent"));
        } else if (!utf8_is_space(code)) {
            buf_add(&out, plain ? str_slice(text, i, i + len) : STR("-"));
        }
    }
    return buf_str(&out);
}

static Str unit_id(const Akn *akn, Str unit)
{
    return str_format(akn->arena, "unit-%.*s",
                      STR_ARG(unit.len == 0 ? STR("one") : slug(akn, unit)));
}

/* ---- elements ---- */

static void attribute(Akn *akn, const char *name, Str value)
{
    tags_attribute(&akn->tags, name, value);
}

static void open(Akn *akn, const char *name)
{
    tags_open(&akn->tags, name);
}

static void close(Akn *akn)
{
    tags_close(&akn->tags);
}

/* An empty element with up to three attributes; one without a name ends them. */
static void leaf(Akn *akn, const char *name, const char *a, Str a_value, const char *b, Str b_value,
                 const char *c, Str c_value)
{
    open(akn, name);
    attribute(akn, a, a_value);
    if (b != NULL) {
        attribute(akn, b, b_value);
    }
    if (c != NULL) {
        attribute(akn, c, c_value);
    }
    close(akn);
}

/* ---- words ---- */

/* The facts and targets of a claim as attributes; false if there are none. */
static bool quantity_open(Akn *akn, const Claim *claim, Str parent)
{
    size_t n, first = stated_in(&akn->stated, claim->at, &n);
    Buf refers = buf_new(akn->arena);
    Str value = STR(""), unit = STR("");
    char digits[DECIMAL_TEXT];

    for (size_t i = first; i < first + n; i++) {
        const Stated *stated = &akn->stated.at[i];
        const Plan *plan = &akn->extract->plans[stated->plan].plan;
        bool target = stated->kind == STATED_TARGET;
        Str indicator = target ? plan->targets.at[stated->index].indicator
                               : plan->facts.at[stated->index].indicator;
        OptDecimal number =
            target ? plan->targets.at[stated->index].value : plan->facts.at[stated->index].value;

        if (indicator.len != 0) {
            buf_format(&refers, "#ind-%.*s ", STR_ARG(slug(akn, indicator)));
        }
        if (i == first) {
            unit =
                target ? plan->targets.at[stated->index].unit : plan->facts.at[stated->index].unit;
            value = number.given ? decimal_format(number.value, digits) : STR("");
        }
    }
    if (n == 0) {
        return false;
    }
    buf_format(&refers, "#%.*s", STR_ARG(unit_id(akn, unit)));
    tags_inline(&akn->tags, "quantity");
    attribute(akn, "eId", counted_id(akn, parent, "quantity"));
    attribute(akn, "refersTo", buf_str(&refers));
    if (value.len != 0) {
        attribute(akn, "normalized", value);
    }
    return true;
}

static bool is_year_of_target(const Akn *akn, Span block, int year)
{
    size_t n, first = stated_in(&akn->stated, block, &n);

    for (size_t i = first; i < akn->stated.n && akn->stated.at[i].at.start < block.end; i++) {
        const Stated *stated = &akn->stated.at[i];

        if (stated->kind == STATED_TARGET &&
            akn->extract->plans[stated->plan].plan.targets.at[stated->index].year == year) {
            return true;
        }
    }
    return false;
}

/* The day that a time means: of a month its last, of a year that something is to be reached by the
 * 31st of December; empty if no day can be told. */
static Str day_of(const Akn *akn, Span at, Span block)
{
    Str text = akn->doc->source.text;
    Time time = {.first = 0};
    size_t i = at.start;
    char out[PERIOD_TEXT];
    Period period;

    while (i < at.end &&
           (((unsigned char)text.at[i] & 0xC0) == 0x80 || time_read(text, i, at.end, &time) == 0)) {
        i++;
    }
    if (i >= at.end || time.kind != TIME_POINT || time.first < YEAR_FIRST) {
        return STR("");
    }
    if (time.month == 0 && (time.flags & (TIME_BEFORE | TIME_END)) == 0 &&
        !is_year_of_target(akn, block, time.first)) {
        return STR("");
    }
    if (time.month == 0) {
        return str_format(akn->arena, "%04d-12-31", time.first);
    }
    if (time.day != 0) {
        Str day = str_format(akn->arena, "%04d-%02d-%02d", time.first, time.month, time.day);

        return period_parse(day, &period) ? day : STR("");
    }
    if (!period_parse(str_format(akn->arena, "%04d-%02d", time.first, time.month), &period)) {
        return STR("");
    }
    return str_copy(akn->arena, period_format(period_last(period, PERIOD_DAY), out));
}

static bool date_open(Akn *akn, const Claim *claim, Str parent, Span block)
{
    Str day = day_of(akn, claim->at, block);

    if (day.len == 0) {
        return false;
    }
    tags_inline(&akn->tags, "date");
    attribute(akn, "eId", counted_id(akn, parent, "date"));
    attribute(akn, "date", day);
    return true;
}

static size_t first_claim(const Extract *extract, uint32_t byte)
{
    size_t lo = 0, hi = extract->n_claims;

    while (lo < hi) {
        size_t middle = lo + (hi - lo) / 2;

        if (extract->claims[middle].at.start < byte) {
            lo = middle + 1;
        } else {
            hi = middle;
        }
    }
    return lo;
}

/* The words of a span, white space at its ends left out, with quantities and dates marked. */
static void words(Akn *akn, Span at, Str parent)
{
    const Extract *extract = akn->extract;
    Span whole = at;

    for (size_t i = first_claim(extract, at.start);
         i < extract->n_claims && extract->claims[i].at.end <= whole.end; i++) {
        const Claim *claim = &extract->claims[i];
        bool opened = false;

        tags_text(&akn->tags, doc_text(akn->doc, (Span){at.start, claim->at.start}));
        if (claim->kind == CLAIM_TARGET || claim->kind == CLAIM_FACT) {
            opened = quantity_open(akn, claim, parent);
        } else if (claim->kind == CLAIM_TIME || claim->kind == CLAIM_TASK) {
            opened = date_open(akn, claim, parent, whole);
        }
        tags_text(&akn->tags, doc_text(akn->doc, claim->at));
        if (opened) {
            close(akn);
        }
        at.start = claim->at.end;
    }
    tags_text(&akn->tags, doc_text(akn->doc, at));
}

static void paragraph(Akn *akn, Span at, Str parent)
{
    Str id = counted_id(akn, parent, "p");

    tags_inline(&akn->tags, "p");
    attribute(akn, "eId", id);
    words(akn, at, id);
    close(akn);
}

static void span_attribute(Akn *akn, const char *name, unsigned n)
{
    if (n > 1) {
        attribute(akn, name, str_format(akn->arena, "%u", n));
    }
}

static void table(Akn *akn, const DocTable *from, Str parent)
{
    Str id = counted_id(akn, parent, "table");
    size_t i = 0;

    open(akn, "table");
    attribute(akn, "eId", id);
    while (i < from->n_cells) {
        uint32_t row = from->cells[i].row;

        open(akn, "tr");
        for (; i < from->n_cells && from->cells[i].row == row; i++) {
            const DocCell *cell = &from->cells[i];

            open(akn, row == 0 ? "th" : "td");
            span_attribute(akn, "rowspan", cell->n_rows);
            span_attribute(akn, "colspan", cell->n_columns);
            if (cell->at.end > cell->at.start) {
                paragraph(akn, cell->at, id);
            }
            close(akn);
        }
        close(akn);
    }
    close(akn);
}

/* ---- the tree ---- */

static bool has_text(const Document *doc, uint32_t from, uint32_t end)
{
    for (uint32_t b = from; b < end; b++) {
        if (doc->blocks[b].role != ROLE_CHROME) {
            return true;
        }
    }
    return false;
}

static void blocks(Akn *akn, uint32_t from, uint32_t end, Str parent)
{
    const Document *doc = akn->doc;

    for (uint32_t b = from; b < end; b++) {
        const Block *block = &doc->blocks[b];

        if (block->role == ROLE_CHROME) {
            continue;
        }
        if (block->table == NO_TABLE) {
            paragraph(akn, block->at, parent);
        } else if (b == from || doc->blocks[b - 1].table != block->table) {
            table(akn, &doc->tables[block->table], parent);
        }
    }
}

/* What stands behind the heading in its block. */
static Span behind_heading(const Document *doc, const Part *part)
{
    Span block = doc->blocks[part->first].at;
    uint32_t at = part->title.end > part->title.start ? part->title.end : part->number.end;

    at = at < block.start ? block.start : at;
    if (part->title.end > part->title.start &&
        str_starts(doc_text(doc, (Span){at, block.end}), STR("。"))) {
        at += (uint32_t)sizeof("。") - 1;
    }
    return (Span){at, block.end};
}

static void heading(Akn *akn, const Part *part, Str id)
{
    bool titled = part->title.end > part->title.start;
    Span number = {part->number.start, titled ? part->title.start : part->number.end};

    if (part->number.end > part->number.start) {
        tags_inline(&akn->tags, "num");
        tags_text(&akn->tags, str_trim(doc_text(akn->doc, number)));
        close(akn);
    }
    if (titled) {
        Span title = part->title;

        if (str_ends(doc_text(akn->doc, title), STR("。"))) {
            title.end -= (uint32_t)sizeof("。") - 1;
        }
        tags_inline(&akn->tags, "heading");
        words(akn, title, id);
        close(akn);
    }
}

static uint32_t parts_of(Akn *akn, uint32_t parent, uint32_t from, Str id, bool body);

static uint32_t part(Akn *akn, uint32_t index, Str parent)
{
    static const char *const ELEMENTS[] = {"hcontainer", "part",      "chapter",      "section",
                                           "subsection", "paragraph", "subparagraph", "point",
                                           "paragraph",  "hcontainer"};
    const Document *doc = akn->doc;
    const Part *at = &doc->parts[index];
    Str id = part_id(akn, parent, at);
    Span rest = behind_heading(doc, at);
    bool inner = index + 1 < doc->n_parts && doc->parts[index + 1].parent == index, some;
    uint32_t end = inner ? doc->parts[index + 1].first : at->end, next = index + 1;

    open(akn, ELEMENTS[at->kind]);
    attribute(akn, "eId", id);
    if (at->kind == PART_BOX) {
        attribute(akn, "name", STR("box"));
    }
    heading(akn, at, id);
    some = str_trim(doc_text(doc, rest)).len != 0;
    if (!inner || some || has_text(doc, at->first + 1, end)) {
        Str within = inner ? below(akn, id, "intro") : id;

        open(akn, inner ? "intro" : "content");
        if (some) {
            paragraph(akn, rest, within);
        }
        blocks(akn, at->first + 1, end, within);
        close(akn);
    }
    if (inner) {
        next = parts_of(akn, index, index + 1, id, false);
    }
    close(akn);
    return next;
}

/* The parts under `parent` from `from` on with what stands between and behind them; returns the
 * index of the first part that is not among them. In a body paragraphs may stand alone. */
static uint32_t parts_of(Akn *akn, uint32_t parent, uint32_t from, Str id, bool body)
{
    const Document *doc = akn->doc;
    uint32_t next = from;

    while (next < doc->n_parts && doc->parts[next].parent == parent) {
        uint32_t start = doc->parts[next].end, end;
        bool last;

        next = part(akn, next, id);
        last = next >= doc->n_parts || doc->parts[next].parent != parent;
        end = last ? doc->parts[parent].end : doc->parts[next].first;
        if (!has_text(doc, start, end)) {
            continue;
        }
        if (body) {
            blocks(akn, start, end, id);
        } else if (last) {
            open(akn, "wrapUp");
            blocks(akn, start, end, below(akn, id, "wrapup"));
            close(akn);
        } else {
            Str own = counted_id(akn, id, "para_nn");

            open(akn, "paragraph");
            attribute(akn, "eId", own);
            open(akn, "content");
            blocks(akn, start, end, own);
            close(akn);
            close(akn);
        }
    }
    return next;
}

/* ---- what is said about the document ---- */

/* Codes of provinces by GB/T 2260, each with its letters by ISO 3166-2:CN. */
static const char *const PROVINCES[] = {
    "11bj", "12tj", "13he", "14sx", "15nm", "21ln", "22jl", "23hl", "31sh", "32js", "33zj", "34ah",
    "35fj", "36jx", "37sd", "41ha", "42hb", "43hn", "44gd", "45gx", "46hi", "50cq", "51sc", "52gz",
    "53yn", "54xz", "61sn", "62gs", "63qh", "64nx", "65xj", "71tw", "81hk", "82mo"};

static Str find_country(const Akn *akn)
{
    const Plan *plan = akn->extract->n_plans == 0 ? NULL : &akn->extract->plans[0].plan;
    Str code = plan == NULL                ? STR("")
               : plan->area.members.n != 0 ? plan->area.members.at[0]
                                           : plan->area.group;

    for (size_t i = 0; code.len == 6 && i < sizeof PROVINCES / sizeof PROVINCES[0]; i++) {
        if (str_starts(code, (Str){PROVINCES[i], 2})) {
            return str_format(akn->arena, "cn-%s", PROVINCES[i] + 2);
        }
    }
    return STR("cn");
}

/* 93 of 甘政办发〔2021〕93号: the last digits of the document's number. */
static Str running_number(Str number)
{
    size_t end = number.len, start;

    while (end > 0 && (number.at[end - 1] < '0' || number.at[end - 1] > '9')) {
        end--;
    }
    start = end;
    while (start > 0 && number.at[start - 1] >= '0' && number.at[start - 1] <= '9') {
        start--;
    }
    return str_slice(number, start, end);
}

static Str find_date(const Akn *akn)
{
    char text[PERIOD_TEXT];
    const Extract *extract = akn->extract;
    int64_t year = extract->n_plans == 0 ? 0 : extract->plans[0].plan.period[0];

    if (extract->issued.given) {
        return str_copy(akn->arena,
                        period_format(period_last(extract->issued.value, PERIOD_DAY), text));
    }
    return str_format(akn->arena, "%04lld-01-01", (long long)(year < 1 ? 1 : year));
}

static void level(Akn *akn, const char *element, Str uri, Str component, const char *what)
{
    open(akn, element);
    leaf(akn, "FRBRthis", "value",
         str_format(akn->arena, "%.*s/%.*s", STR_ARG(uri), STR_ARG(component)), NULL, STR(""), NULL,
         STR(""));
    leaf(akn, "FRBRuri", "value", uri, NULL, STR(""), NULL, STR(""));
    leaf(akn, "FRBRdate", "date", akn->date, "name", str_z(what), NULL, STR(""));
    leaf(akn, "FRBRauthor", "href", STR("#issuer"), NULL, STR(""), NULL, STR(""));
}

static void identification(Akn *akn, Str component)
{
    const char *what = akn->extract->issued.given ? "issued" : "period";
    Str expression = str_format(akn->arena, "%.*s/zho@%.*s", STR_ARG(akn->uri), STR_ARG(akn->date));

    open(akn, "identification");
    attribute(akn, "source", STR("#longtu"));
    level(akn, "FRBRWork", akn->uri, component, what);
    leaf(akn, "FRBRcountry", "value", akn->country, NULL, STR(""), NULL, STR(""));
    if (akn->extract->number.len != 0) {
        leaf(akn, "FRBRnumber", "value", akn->extract->number, NULL, STR(""), NULL, STR(""));
    }
    close(akn);
    level(akn, "FRBRExpression", expression, component, what);
    leaf(akn, "FRBRlanguage", "language", STR("zho"), NULL, STR(""), NULL, STR(""));
    close(akn);
    level(akn, "FRBRManifestation", str_format(akn->arena, "%.*s.akn", STR_ARG(expression)),
          component, what);
    leaf(akn, "FRBRformat", "value", STR("application/akn+xml"), NULL, STR(""), NULL, STR(""));
    close(akn);
    close(akn);
}

/* Declares what an id stands for, once. */
static void declare(Akn *akn, const char *element, Str id, Str name)
{
    if (count(akn, id) == 1) {
        leaf(akn, element, "eId", id, "href",
             str_format(akn->arena, "/akn/ontology/%.*s", STR_ARG(id)), "showAs", name);
    }
}

static void declare_region(Akn *akn, Str region)
{
    uint32_t entity = region.len == 0 ? NONE : catalog_entity(akn->catalog, region);

    if (entity != NONE) {
        declare(akn, "TLCLocation", str_format(akn->arena, "adm-%.*s", STR_ARG(slug(akn, region))),
                akn->catalog->entities.at[entity].name.zh);
    }
}

static void declare_statement(Akn *akn, const Plan *plan, Str indicator, Str unit, Str region)
{
    uint32_t index = indicator.len == 0 ? NONE : catalog_indicator(akn->catalog, indicator);

    if (indicator.len != 0) {
        declare(akn, "TLCConcept",
                str_format(akn->arena, "ind-%.*s", STR_ARG(slug(akn, indicator))),
                index == NONE ? indicator : akn->catalog->indicators.at[index]->name.zh);
    }
    declare(akn, "TLCConcept", unit_id(akn, unit), unit.len == 0 ? STR("1") : unit);
    declare_region(akn, plan_region(plan, region));
}

static void references(Akn *akn)
{
    const Extract *extract = akn->extract;

    open(akn, "references");
    attribute(akn, "source", STR("#longtu"));
    declare(akn, "TLCOrganization", STR("longtu"), STR("Longtu"));
    declare(akn, "TLCOrganization", STR("issuer"),
            extract->issuer.len != 0 ? extract->issuer : STR("未署名"));
    for (size_t i = 0; i < extract->n_plans; i++) {
        const Plan *plan = &extract->plans[i].plan;

        declare_region(akn, plan->area.group);
        for (size_t k = 0; k < plan->area.members.n; k++) {
            declare_region(akn, plan->area.members.at[k]);
        }
        for (size_t k = 0; k < plan->targets.n; k++) {
            const Target *target = &plan->targets.at[k];

            declare_statement(akn, plan, target->indicator, target->unit, target->region);
        }
        for (size_t k = 0; k < plan->facts.n; k++) {
            const Fact *fact = &plan->facts.at[k];

            declare_statement(akn, plan, fact->indicator, fact->unit, fact->region);
        }
    }
    close(akn);
}

/* ---- documents ---- */

static void preface(Akn *akn, uint32_t from, uint32_t end, Str parent)
{
    Str prefix = below(akn, parent, "preface");

    open(akn, "preface");
    for (uint32_t b = from; b < end; b++) {
        const Block *block = &akn->doc->blocks[b];
        const char *inside = block->role == ROLE_TITLE    ? "docTitle"
                             : block->role == ROLE_NUMBER ? "docNumber"
                                                          : NULL;

        if (block->role == ROLE_CHROME) {
            continue;
        }
        if (inside == NULL || block->table != NO_TABLE) {
            blocks(akn, b, b + 1, prefix);
            continue;
        }
        tags_inline(&akn->tags, "p");
        attribute(akn, "eId", counted_id(akn, prefix, "p"));
        tags_inline(&akn->tags, inside);
        tags_text(&akn->tags, doc_text(akn->doc, block->at));
        close(akn);
        close(akn);
    }
    close(akn);
}

static void empty_paragraph(Akn *akn)
{
    open(akn, "p");
    close(akn);
}

static void plan_document(Akn *akn, uint32_t index, Str parent)
{
    const Document *doc = akn->doc;
    const Part *plan = &doc->parts[index];
    uint32_t first = plan->first, end;
    bool titled = first < plan->end && doc->blocks[first].role == ROLE_TITLE,
         inner = index + 1 < doc->n_parts && doc->parts[index + 1].parent == index;

    if (titled) {
        preface(akn, first, first + 1, parent);
        first++;
    }
    end = inner ? doc->parts[index + 1].first : plan->end;
    open(akn, "mainBody");
    blocks(akn, first, end, parent);
    if (inner) {
        (void)parts_of(akn, index, index + 1, parent, true);
    } else if (!has_text(doc, first, end)) {
        empty_paragraph(akn);
    }
    close(akn);
}

/* The blocks of the notice in front of its plans: title and number, body, and from the issuing body
 * and the date on what concludes it. */
static void notice_document(Akn *akn, uint32_t end)
{
    const Document *doc = akn->doc;
    uint32_t head = 0, tail = end;

    for (uint32_t b = 0; b < end; b++) {
        if (doc->blocks[b].role == ROLE_TITLE || doc->blocks[b].role == ROLE_NUMBER) {
            head = b + 1;
        }
    }
    for (uint32_t b = end; b > head; b--) {
        if (doc->blocks[b - 1].role == ROLE_SIGNATURE) {
            tail = b - 1;
        }
    }
    if (tail > head && tail < end &&
        str_eq(doc_text(doc, doc->blocks[tail - 1].at), akn->extract->issuer)) {
        tail--;
    }
    if (has_text(doc, 0, head)) {
        preface(akn, 0, head, STR(""));
    }
    open(akn, "mainBody");
    blocks(akn, head, tail, STR(""));
    if (!has_text(doc, head, tail)) {
        empty_paragraph(akn);
    }
    close(akn);
    if (has_text(doc, tail, end)) {
        open(akn, "conclusions");
        blocks(akn, tail, end, STR("conclusions"));
        close(akn);
    }
}

static void attachments(Akn *akn)
{
    const Document *doc = akn->doc;

    open(akn, "attachments");
    for (uint32_t i = 0; i < doc->n_parts; i++) {
        Str id;

        if (doc->parts[i].kind != PART_PLAN) {
            continue;
        }
        id = counted_id(akn, STR(""), "att");
        open(akn, "attachment");
        attribute(akn, "eId", id);
        open(akn, "doc");
        attribute(akn, "name", STR("plan"));
        open(akn, "meta");
        identification(akn, str_format(akn->arena, "!%.*s", STR_ARG(id)));
        close(akn);
        plan_document(akn, i, id);
        close(akn);
        close(akn);
    }
    close(akn);
}

void extraction_akn(const Extract *extract, const Catalog *catalog, Buf *out)
{
    Akn akn = {.arena = arena_new(), .extract = extract, .doc = extract->doc, .catalog = catalog};
    uint32_t first = extract->doc->n_parts == 0 ? 0 : extract->doc->parts[0].first;
    bool notice = has_text(extract->doc, 0, first) || extract->doc->n_plans > 1;
    Str number = running_number(extract->number);

    akn.tags = tags_new(out);
    akn.stated = stated_list(akn.arena, extract);
    akn.ids = map_new(akn.arena);
    akn.country = find_country(&akn);
    akn.date = find_date(&akn);
    akn.uri = str_format(akn.arena, "/akn/%.*s/doc/%s/%.*s/%.*s", STR_ARG(akn.country),
                         notice ? "notice" : "plan", STR_ARG(akn.date),
                         STR_ARG(number.len != 0         ? number
                                 : extract->n_plans != 0 ? slug(&akn, extract->plans[0].plan.id)
                                                         : STR("1")));
    open(&akn, "akomaNtoso");
    attribute(&akn, "xmlns", STR("http://docs.oasis-open.org/legaldocml/ns/akn/3.0"));
    open(&akn, "doc");
    attribute(&akn, "name", notice ? STR("notice") : STR("plan"));
    open(&akn, "meta");
    identification(&akn, STR("!main"));
    references(&akn);
    close(&akn);
    if (notice) {
        notice_document(&akn, first);
        attachments(&akn);
    } else if (extract->doc->n_parts != 0) {
        plan_document(&akn, 0, STR(""));
    } else {
        open(&akn, "mainBody");
        empty_paragraph(&akn);
        close(&akn);
    }
    close(&akn);
    close(&akn);
    arena_free(akn.arena);
}
