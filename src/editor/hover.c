/* Features: what a thing of a plan file is, said beside it. */
#include "base/utf8.h"
#include "check/model.h"
#include "editor/features.h"

#include <math.h>

typedef struct {
    const View *view;
    Buf out;
} Page;

enum { MAX_LISTED = 12, AROUND = 40 }; /* names of a list; characters of a line to each side */

static bool chinese(const Page *page)
{
    return page->view->lang == LANG_ZH;
}

static void say(Page *page, Text text)
{
    buf_add(&page->out, text_in(text, page->view->lang));
}

/* Text of a file, which must not be taken for marks. */
static void say_plain(Page *page, Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i] == '\n' || text.at[i] == '\r' ? ' ' : text.at[i];

        if (page->view->markdown && strchr("\\`*_{}[]<>#|~&", c) != NULL && c != '\0') {
            buf_char(&page->out, '\\');
        }
        buf_char(&page->out, c);
    }
}

static void say_name(Page *page, Text name)
{
    say_plain(page, text_in(name, page->view->lang));
}

/* An id or formula. */
static void say_code(Page *page, Str text)
{
    bool ticks = page->view->markdown && str_find(text, STR("`")) == SIZE_MAX;

    buf_add(&page->out, ticks ? STR("`") : STR(""));
    buf_add(&page->out, text);
    buf_add(&page->out, ticks ? STR("`") : STR(""));
}

static void title(Page *page, Text name, Str id)
{
    Str first = text_in(name, page->view->lang), zh = name.zh, en = name.en;
    Str other = str_eq(first, zh) ? en : zh;

    buf_add(&page->out, page->view->markdown ? STR("**") : STR(""));
    say_plain(page, first);
    buf_add(&page->out, page->view->markdown ? STR("**") : STR(""));
    if (other.len != 0) {
        buf_add(&page->out, STR(" · "));
        say_plain(page, other);
    }
    if (id.len != 0) {
        buf_add(&page->out, STR("  "));
        say_code(page, id);
    }
    buf_add(&page->out, STR("\n\n"));
}

static void line(Page *page, Text label)
{
    buf_add(&page->out, STR("- "));
    say(page, label);
    buf_add(&page->out, chinese(page) ? STR("：") : STR(": "));
}

static void line_plain(Page *page, Text label, Str text)
{
    if (text.len != 0) {
        line(page, label);
        say_plain(page, text);
        buf_char(&page->out, '\n');
    }
}

static void line_code(Page *page, Text label, Str text)
{
    if (text.len != 0) {
        line(page, label);
        say_code(page, text);
        buf_char(&page->out, '\n');
    }
}

static void say_decimal(Page *page, Decimal value)
{
    char text[DECIMAL_TEXT];

    buf_add(&page->out, decimal_format(value, text));
}

static void line_possible(Page *page, OptDecimal least, OptDecimal most)
{
    if (!least.given && !most.given) {
        return;
    }
    line(page, TEXT("可能的值", "possible values"));
    if (least.given) {
        say_decimal(page, least.value);
    }
    buf_add(&page->out, STR("…"));
    if (most.given) {
        say_decimal(page, most.value);
    }
    buf_char(&page->out, '\n');
}

static void line_also(Page *page, StrList also)
{
    if (also.n == 0) {
        return;
    }
    line(page, TEXT("又称", "also"));
    for (size_t i = 0; i < also.n && i < MAX_LISTED; i++) {
        buf_add(&page->out, i == 0 ? STR("") : chinese(page) ? STR("、") : STR(", "));
        say_plain(page, also.at[i]);
    }
    buf_add(&page->out, also.n > MAX_LISTED ? STR(" …\n") : STR("\n"));
}

/* ---- things of the dictionary ---- */

static Text direction_word(int direction)
{
    switch (direction) {
    case DIRECTION_HIGHER: return TEXT("越高越好", "higher is better");
    case DIRECTION_LOWER: return TEXT("越低越好", "lower is better");
    default: return TEXT("无所谓高低", "neither higher nor lower is better");
    }
}

static void measures_of(Page *page, const Expr *formula)
{
    const Catalog *catalog = page->view->catalog;
    uint32_t said[MAX_LISTED];
    size_t n = 0;

    for (size_t i = 0; i < formula->n_nodes && n < MAX_LISTED; i++) {
        const ExprNode *node = &formula->nodes[i];
        bool known = node->op != EXPR_MEASURE;

        for (size_t k = 0; k < n; k++) {
            known |= said[k] == node->measure;
        }
        if (!known) {
            const Measure *measure = catalog->measures.at[node->measure];

            said[n++] = node->measure;
            line(page, TEXT("所用数据", "measure"));
            say_code(page, measure->id);
            buf_char(&page->out, ' ');
            say_name(page, measure->name);
            buf_add(&page->out, STR(", "));
            say_plain(page, measure->unit_text);
            buf_char(&page->out, '\n');
        }
    }
}

static void on_indicator(Page *page, const Indicator *indicator)
{
    title(page, indicator->name, indicator->id);
    line_plain(page, TEXT("单位", "unit"), indicator->unit_text);
    line(page, TEXT("方向", "direction"));
    say(page, direction_word(indicator->direction));
    buf_char(&page->out, '\n');
    line_code(page, TEXT("公式", "formula"), indicator->formula_text);
    measures_of(page, &indicator->formula);
    line_possible(page, indicator->least, indicator->most);
    line_also(page, indicator->also);
    line_plain(page, TEXT("说明", "note"), text_in(indicator->note, page->view->lang));
}

static void on_measure(Page *page, const Measure *measure)
{
    static const Text RULES[] = {TEXT_INIT("", ""), TEXT_INIT("各部分之和", "the sum of its parts"),
                                 TEXT_INIT("各部分加权平均", "the weighted mean of its parts"),
                                 TEXT_INIT("不由各部分得出", "not made up from parts")};

    title(page, measure->name, measure->id);
    line_plain(page, TEXT("单位", "unit"), measure->unit_text);
    line_plain(page, TEXT("一个地区的值", "value of an area"),
               text_in(RULES[measure->area], page->view->lang));
    line_code(page, TEXT("权重", "weight"), measure->weight_text);
    line_possible(page, measure->least, measure->most);
    line_plain(page, TEXT("口径", "editions"), measure->vintage_id);
    line_also(page, measure->also);
}

static Text level_word(int level)
{
    switch (level) {
    case REGION_COUNTRY: return TEXT("国家", "country");
    case REGION_PROVINCE: return TEXT("省级", "province");
    case REGION_PREFECTURE: return TEXT("地级", "prefecture");
    case REGION_COUNTY: return TEXT("县级", "county");
    case REGION_ZONE: return TEXT("功能区，不计入上级", "zone, which is no part of the whole");
    default: return TEXT("分组", "group");
    }
}

static void on_entity(Page *page, uint32_t index)
{
    const Catalog *catalog = page->view->catalog;
    const Entity *entity = &catalog->entities.at[index];

    title(page, entity->name, entity->id);
    line_plain(page, TEXT("级别", "level"),
               text_in(level_word(entity->is_group ? 0 : catalog->regions.at[index].level),
                       page->view->lang));
    if (entity->parent != NONE) {
        line_plain(page, TEXT("属于", "part of"),
                   text_in(catalog->entities.at[entity->parent].name, page->view->lang));
    }
    if (entity->n_parts > 0) {
        line(page, TEXT("组成", "made up of"));
        for (size_t i = 0; i < entity->n_parts && i < MAX_LISTED; i++) {
            buf_add(&page->out, i == 0 ? STR("") : chinese(page) ? STR("、") : STR(", "));
            say_name(page, catalog->entities.at[entity->parts[i]].name);
        }
        if (entity->n_parts > MAX_LISTED) {
            buf_format(&page->out, " … (%zu)", entity->n_parts);
        }
        buf_char(&page->out, '\n');
    }
}

static void on_body(Page *page, const Body *body)
{
    uint32_t region = catalog_entity(page->view->catalog, body->region);

    title(page, body->name, STR(""));
    if (region != NONE) {
        line_plain(page, TEXT("地区", "region"),
                   text_in(page->view->catalog->entities.at[region].name, page->view->lang));
    }
    line_also(page, body->also);
}

/* What the value names; false if the dictionary does not have it. */
static bool on_reference(Page *page, const Meaning *meaning)
{
    const Catalog *catalog = page->view->catalog;
    uint32_t found = NONE;

    if (catalog == NULL) {
        return false;
    }
    if (meaning->refer == REFER_INDICATOR || meaning->refer == REFER_QUANTITY) {
        found = catalog_indicator(catalog, meaning->text);
        if (found != NONE) {
            on_indicator(page, catalog->indicators.at[found]);
        }
    }
    if (found == NONE && (meaning->refer == REFER_MEASURE || meaning->refer == REFER_QUANTITY)) {
        found = catalog_measure(catalog, meaning->text);
        if (found != NONE) {
            on_measure(page, catalog->measures.at[found]);
        }
    }
    if (meaning->refer == REFER_ENTITY &&
        (found = catalog_entity(catalog, meaning->text)) != NONE) {
        on_entity(page, found);
    }
    if (meaning->refer == REFER_BODY && (found = catalog_body(catalog, meaning->text)) != NONE) {
        on_body(page, &catalog->bodies.at[found]);
    }
    return found != NONE;
}

/* ---- numbers and places ---- */

static int comparator_of(Str word)
{
    for (int i = 0; COMPARATOR_WORDS[i] != NULL; i++) {
        if (str_eq(word, str_z(COMPARATOR_WORDS[i]))) {
            return i + 1;
        }
    }
    return COMPARE_NONE;
}

/* Seventeen digits are not what people write; twelve are enough for any that plans print. */
static void say_bound(Page *page, double bound)
{
    buf_format(&page->out, "%.12g", bound);
}

static void on_number(Page *page, const Meaning *meaning)
{
    const Sketch *sketch = &page->view->sketch;
    Str unit = meaning_value(sketch, meaning->map, "unit"),
        indicator = meaning_value(sketch, meaning->map, "indicator");
    bool is_value = strcmp(meaning->field->key, "value") == 0;
    int comparator =
        is_value ? comparator_of(meaning_value(sketch, meaning->map, "comparator")) : COMPARE_NONE;
    uint32_t index =
        page->view->catalog == NULL ? NONE : catalog_indicator(page->view->catalog, indicator);
    Decimal value;
    Interval range;

    if (decimal_parse(meaning->text, &value) != DECIMAL_OK) {
        return;
    }
    if (unit.len == 0 && index != NONE) {
        unit = page->view->catalog->indicators.at[index]->unit_text;
    }
    range = printed_interval(value, comparator);
    say_plain(page, meaning->text);
    buf_char(&page->out, ' ');
    say_plain(page, unit);
    buf_add(&page->out, chinese(page) ? STR(" 代表 ") : STR(" stands for "));
    buf_char(&page->out, range.lo_open || isinf(range.lo) ? '(' : '[');
    if (isinf(range.lo)) {
        buf_add(&page->out, STR("−∞"));
    } else {
        say_bound(page, range.lo);
    }
    buf_add(&page->out, STR(", "));
    if (isinf(range.hi)) {
        buf_add(&page->out, STR("∞"));
    } else {
        say_bound(page, range.hi);
    }
    buf_char(&page->out, range.hi_open || isinf(range.hi) ? ')' : ']');
    buf_add(&page->out, STR("\n\n"));
}

/* Some characters of the line around those of the place, which are marked. */
static void say_excerpt(Page *page, Str text, MeaningPlace place)
{
    size_t at = 0, from = 0, start = text.len, end = text.len, to = text.len, len;

    for (uint32_t i = 0; at < text.len; i++, at += len) {
        (void)utf8_at(text, at, &len);
        from = i + AROUND == place.start ? at : from;
        start = i == place.start ? at : start;
        end = i == place.end ? at : end;
        if (i == place.end + AROUND) {
            to = at;
            break;
        }
    }
    if (place.end <= place.start) {
        start = end = from;
        to = to < from + 4 * AROUND ? to : text.len;
    }
    buf_add(&page->out, page->view->markdown ? STR("> ") : STR("  "));
    buf_add(&page->out, from > 0 ? STR("…") : STR(""));
    say_plain(page, str_slice(text, from, start));
    if (end > start) {
        buf_add(&page->out, page->view->markdown ? STR("**") : STR("⟦"));
        say_plain(page, str_slice(text, start, end));
        buf_add(&page->out, page->view->markdown ? STR("**") : STR("⟧"));
    }
    say_plain(page, str_slice(text, end, to));
    buf_add(&page->out, to < text.len ? STR("…\n") : STR("\n"));
}

static void on_place(Page *page, const Meaning *meaning)
{
    MeaningPlace place = meaning_place(&page->view->sketch, meaning->entry);
    uint32_t source = sketch_find(&page->view->sketch, 0, STR("source"));
    Str path, text, number;

    if (place.line == 0) {
        return;
    }
    number = source == UINT32_MAX ? STR("") : meaning_value(&page->view->sketch, source, "number");
    say_plain(page, number);
    buf_add(&page->out, number.len > 0 ? STR(" ") : STR(""));
    buf_format(&page->out, chinese(page) ? "第 %u 行" : "line %u", place.line);
    if (place.end > place.start) {
        buf_format(&page->out, chinese(page) ? "，第 %u 至 %u 字" : ", characters %u to %u",
                   place.start + 1, place.end);
    }
    buf_add(&page->out, STR("\n\n"));
    if (feature_source(page->view, &path, &text)) {
        text = position_line(text, place.line - 1);
    } else {
        text = STR("");
    }
    if (text.len > 0) {
        say_excerpt(page, text, place);
    }
}

/* ---- keys ---- */

static void on_key(Page *page, const Meaning *meaning)
{
    const Field *field = meaning->field;

    say_code(page, str_z(field->key));
    buf_add(&page->out, STR("  "));
    say(page, field->about);
    if ((field->flags & FIELD_REQUIRED) != 0) {
        say(page, TEXT("（必需）", " (required)"));
    }
    buf_char(&page->out, '\n');
    for (size_t i = 0; field->kind == FIELD_ENUM && field->words[i] != NULL; i++) {
        buf_add(&page->out, i == 0 ? STR("\n") : STR(" "));
        say_code(page, str_z(field->words[i]));
    }
}

void feature_hover(const View *view, size_t offset, Json *json)
{
    Meaning meaning = meaning_at(&view->sketch, offset);
    Page page = {view, buf_new(view->arena)};
    Str text;

    if (meaning.kind == SPOT_KEY && meaning.field != NULL) {
        on_key(&page, &meaning);
    } else if (meaning.kind == SPOT_VALUE && !on_reference(&page, &meaning)) {
        if (meaning.field->kind == FIELD_DECIMAL) {
            on_number(&page, &meaning);
        } else if (meaning.record != &AT_RECORD) {
            on_key(&page, &meaning);
            buf_add(&page.out, STR("\n\n"));
        }
        on_place(&page, &meaning);
    }
    text = str_trim(buf_str(&page.out));
    if (text.len == 0) {
        json_null(json);
        return;
    }
    json_object(json);
    json_flat(json);
    json_key(json, "contents");
    json_object(json);
    json_key(json, "kind");
    json_str(json, view->markdown ? STR("markdown") : STR("plaintext"));
    json_key(json, "value");
    json_str(json, text);
    json_end(json);
    json_key(json, "range");
    position_write_range(json, position_range(view->sketch.text, view->encoding, meaning.token));
    json_end(json);
}
