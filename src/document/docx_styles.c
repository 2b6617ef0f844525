/* DocxStyles: which paragraphs are headings, and the numbers that the program writes before them.
 */
#include "document/docx_priv.h"

#include "base/utf8.h"

#include <string.h>

enum { MAX_BASED_ON = 32, NONE = -1 };

typedef struct {
    Str id, name, based_on, num;
    int level, outline; /* NONE: not given */
    bool numbered;
} Style;

typedef struct {
    Str format, text, style, suffix;
    int start;
    bool legal; /* all numbers in it are decimal */
} ListLevel;

typedef struct { /* w:abstractNum */
    Str id, linked_style;
    ListLevel levels[DOCX_LEVELS];
    int counters[DOCX_LEVELS];
    bool counted[DOCX_LEVELS];
} Scheme;

typedef struct { /* w:num */
    Str id, scheme_id;
    size_t scheme;                 /* index, SIZE_MAX: there is none */
    ListLevel levels[DOCX_LEVELS]; /* that take the place of the scheme's */
    bool replaced[DOCX_LEVELS];
    int starts[DOCX_LEVELS]; /* counting begins anew at the first use; NONE: it goes on */
} Num;

struct DocxStyles {
    Arena *arena;
    VEC(Style) styles;
    VEC(Scheme) schemes;
    VEC(Num) nums;
    Map *style_ids, *num_ids;

    /* while the parts are read */
    Style *style;
    Scheme *scheme;
    Num *num;
    ListLevel *level;
    int level_index;
};

static Str value_of(const DocxStyles *styles, const xmlChar **attributes, int n)
{
    return str_copy(styles->arena, xml_attribute(attributes, n, "val"));
}

static void open_style(void *context, const char *name, const xmlChar **attributes, int n)
{
    DocxStyles *styles = context;
    Style *style = styles->style;

    if (strcmp(name, "style") == 0) {
        Str type = xml_attribute(attributes, n, "type");

        styles->style = NULL;
        if (type.len == 0 || str_eq(type, STR("paragraph")) || str_eq(type, STR("numbering"))) {
            style = vec_push(styles->arena, &styles->styles);
            *style = (Style){.id = str_copy(styles->arena, xml_attribute(attributes, n, "styleId")),
                             .level = NONE,
                             .outline = NONE};
            map_set(styles->style_ids, style->id, styles->styles.n - 1);
            styles->style = style;
        }
    } else if (style == NULL) {
        return;
    } else if (strcmp(name, "name") == 0) {
        style->name = value_of(styles, attributes, n);
    } else if (strcmp(name, "basedOn") == 0) {
        style->based_on = value_of(styles, attributes, n);
    } else if (strcmp(name, "outlineLvl") == 0) {
        style->outline = xml_number(xml_attribute(attributes, n, "val"), NONE);
    } else if (strcmp(name, "numId") == 0) {
        style->num = value_of(styles, attributes, n);
        style->numbered = true;
    } else if (strcmp(name, "ilvl") == 0) {
        style->level = xml_number(xml_attribute(attributes, n, "val"), NONE);
    }
}

static void close_style(void *context, const char *name)
{
    DocxStyles *styles = context;

    if (strcmp(name, "style") == 0) {
        styles->style = NULL;
    }
}

static void no_text(void *context, Str words)
{
    (void)context, (void)words;
}

static void open_level(DocxStyles *styles, const xmlChar **attributes, int n)
{
    int i = xml_number(xml_attribute(attributes, n, "ilvl"), NONE);

    styles->level = NULL;
    styles->level_index = i;
    if (i < 0 || i >= DOCX_LEVELS) {
        return;
    }
    if (styles->num != NULL) {
        styles->num->replaced[i] = true;
        styles->level = &styles->num->levels[i];
    } else if (styles->scheme != NULL) {
        styles->level = &styles->scheme->levels[i];
    }
    if (styles->level != NULL) {
        *styles->level = (ListLevel){.format = STR("decimal")};
    }
}

static void open_numbering(void *context, const char *name, const xmlChar **attributes, int n)
{
    DocxStyles *styles = context;
    ListLevel *level = styles->level;

    if (strcmp(name, "abstractNum") == 0) {
        styles->num = NULL;
        styles->scheme = vec_push(styles->arena, &styles->schemes);
        styles->scheme->id = str_copy(styles->arena, xml_attribute(attributes, n, "abstractNumId"));
    } else if (strcmp(name, "num") == 0) {
        styles->scheme = NULL;
        styles->num = vec_push(styles->arena, &styles->nums);
        styles->num->id = str_copy(styles->arena, xml_attribute(attributes, n, "numId"));
        styles->num->scheme = SIZE_MAX;
        for (int i = 0; i < DOCX_LEVELS; i++) {
            styles->num->starts[i] = NONE;
        }
    } else if (strcmp(name, "abstractNumId") == 0 && styles->num != NULL) {
        styles->num->scheme_id = value_of(styles, attributes, n);
    } else if (strcmp(name, "numStyleLink") == 0 && styles->scheme != NULL) {
        styles->scheme->linked_style = value_of(styles, attributes, n);
    } else if (strcmp(name, "lvl") == 0) {
        open_level(styles, attributes, n);
    } else if (strcmp(name, "lvlOverride") == 0) {
        styles->level = NULL;
        styles->level_index = xml_number(xml_attribute(attributes, n, "ilvl"), NONE);
    } else if (strcmp(name, "startOverride") == 0 && styles->num != NULL &&
               styles->level_index >= 0 && styles->level_index < DOCX_LEVELS) {
        styles->num->starts[styles->level_index] =
            xml_number(xml_attribute(attributes, n, "val"), 1);
    } else if (level == NULL) {
        return;
    } else if (strcmp(name, "start") == 0) {
        level->start = xml_number(xml_attribute(attributes, n, "val"), 1);
    } else if (strcmp(name, "numFmt") == 0) {
        level->format = value_of(styles, attributes, n);
    } else if (strcmp(name, "lvlText") == 0) {
        level->text = value_of(styles, attributes, n);
    } else if (strcmp(name, "pStyle") == 0) {
        level->style = value_of(styles, attributes, n);
    } else if (strcmp(name, "suff") == 0) {
        level->suffix = value_of(styles, attributes, n);
    } else if (strcmp(name, "isLgl") == 0) {
        level->legal = xml_on(attributes, n);
    }
}

static void close_numbering(void *context, const char *name)
{
    DocxStyles *styles = context;

    if (strcmp(name, "lvl") == 0) {
        styles->level = NULL;
    } else if (strcmp(name, "num") == 0) {
        styles->num = NULL;
    } else if (strcmp(name, "abstractNum") == 0) {
        styles->scheme = NULL;
    }
}

static Style *find_style(const DocxStyles *styles, Str id)
{
    uint64_t i;

    return id.len > 0 && map_get(styles->style_ids, id, &i) ? &styles->styles.at[i] : NULL;
}

static Num *find_num(const DocxStyles *styles, Str id)
{
    uint64_t i;

    return map_get(styles->num_ids, id, &i) ? &styles->nums.at[i] : NULL;
}

/* The scheme of a number list, past one that only names a style which has another list. */
static void link_schemes(DocxStyles *styles)
{
    Map *ids = map_new(styles->arena);

    for (size_t i = 0; i < styles->schemes.n; i++) {
        map_set(ids, styles->schemes.at[i].id, i);
    }
    for (size_t i = 0; i < styles->nums.n; i++) {
        uint64_t at;

        map_set(styles->num_ids, styles->nums.at[i].id, i);
        if (map_get(ids, styles->nums.at[i].scheme_id, &at)) {
            styles->nums.at[i].scheme = (size_t)at;
        }
    }
    for (size_t i = 0; i < styles->nums.n; i++) {
        Num *num = &styles->nums.at[i];
        const Style *style;
        const Num *other;

        if (num->scheme == SIZE_MAX) {
            continue;
        }
        style = find_style(styles, styles->schemes.at[num->scheme].linked_style);
        other = style == NULL ? NULL : find_num(styles, style->num);
        if (other != NULL && other->scheme != SIZE_MAX) {
            num->scheme = other->scheme;
        }
    }
}

Err docx_styles_read(Arena *arena, Package *package, DocxStyles **out)
{
    static const PartHandler STYLES = {open_style, close_style, no_text, NULL};
    static const PartHandler NUMBERING = {open_numbering, close_numbering, no_text, NULL};
    DocxStyles *styles = ARENA_NEW(arena, DocxStyles);
    Err err;

    *styles = (DocxStyles){.arena = arena, .style_ids = map_new(arena), .num_ids = map_new(arena)};
    *out = styles;
    err = package_read(package, STR("styles.xml"), &STYLES, styles);
    if (err == OK) {
        err = package_read(package, STR("numbering.xml"), &NUMBERING, styles);
    }
    link_schemes(styles);
    return err;
}

/* heading 3, Heading 3, 标题 3: 3; else 0 */
static uint8_t heading_name(Str name)
{
    static const Str NAMES[] = {STR_INIT("heading"), STR_INIT("标题")};

    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        Str rest = str_slice(name, NAMES[i].len, name.len);

        if (name.len <= NAMES[i].len || strncasecmp(name.at, NAMES[i].at, NAMES[i].len) != 0) {
            continue;
        }
        rest = str_trim(rest);
        if (rest.len == 1 && rest.at[0] >= '1' && rest.at[0] <= '9') {
            return (uint8_t)(rest.at[0] - '0');
        }
    }
    return 0;
}

uint8_t docx_heading(const DocxStyles *styles, const ParagraphProperties *properties)
{
    const Style *style = find_style(styles, properties->style);

    if (properties->outline != NONE) {
        return (uint8_t)(properties->outline >= 0 && properties->outline < 9
                             ? properties->outline + 1
                             : 0);
    }
    for (int i = 0; style != NULL && i < MAX_BASED_ON; i++) {
        uint8_t level = heading_name(style->name);

        if (level != 0) {
            return level;
        }
        if (style->outline != NONE) {
            return (uint8_t)(style->outline >= 0 && style->outline < 9 ? style->outline + 1 : 0);
        }
        style = find_style(styles, style->based_on);
    }
    return 0;
}

static const ListLevel *level_at(const DocxStyles *styles, const Num *num, int i)
{
    return num->replaced[i] ? &num->levels[i] : &styles->schemes.at[num->scheme].levels[i];
}

/* The list and level that a paragraph is numbered by, from itself or its style; NULL if it is not.
 */
static Num *find_numbering(const DocxStyles *styles, const ParagraphProperties *properties,
                           int *level)
{
    const Style *own = find_style(styles, properties->style), *style = own;
    Num *num = NULL;

    *level = properties->level;
    if (properties->numbered) {
        num = find_num(styles, properties->num);
    } else {
        for (int i = 0; style != NULL && !style->numbered && i < MAX_BASED_ON; i++) {
            style = find_style(styles, style->based_on);
        }
        num = style != NULL && style->numbered ? find_num(styles, style->num) : NULL;
    }
    if (num == NULL || num->scheme == SIZE_MAX) {
        return NULL;
    }
    /* a style's level is the one that names it (17.9.23) */
    for (int i = 0; *level == NONE && own != NULL && i < DOCX_LEVELS; i++) {
        if (str_eq(level_at(styles, num, i)->style, own->id)) {
            *level = i;
        }
    }
    if (*level == NONE) {
        *level = style != NULL && style->numbered && style->level != NONE ? style->level : 0;
    }
    *level = *level < 0 ? 0 : *level >= DOCX_LEVELS ? DOCX_LEVELS - 1 : *level;
    return num;
}

static void count(DocxStyles *styles, Num *num, int level)
{
    Scheme *scheme = &styles->schemes.at[num->scheme];

    if (num->starts[level] != NONE) {
        scheme->counters[level] = num->starts[level];
        num->starts[level] = NONE;
    } else if (scheme->counted[level]) {
        scheme->counters[level]++;
    } else {
        scheme->counters[level] = level_at(styles, num, level)->start;
    }
    scheme->counted[level] = true;
    for (int i = level + 1; i < DOCX_LEVELS; i++) {
        scheme->counted[i] = false;
    }
    for (int i = 0; i < level; i++) { /* a level above that was left out counts as one */
        if (!scheme->counted[i]) {
            scheme->counters[i] = level_at(styles, num, i)->start;
            scheme->counted[i] = true;
        }
    }
}

void docx_number(DocxStyles *styles, const ParagraphProperties *properties, Buf *out)
{
    int level;
    Num *num = find_numbering(styles, properties, &level);
    const ListLevel *at;
    size_t start = out->len;
    unsigned char last;

    if (num == NULL) {
        return;
    }
    count(styles, num, level);
    at = level_at(styles, num, level);
    if (str_eq(at->format, STR("bullet"))) {
        return;
    }
    for (size_t i = 0; i < at->text.len; i++) {
        int k = at->text.at[i] == '%' && i + 1 < at->text.len ? at->text.at[i + 1] - '1' : NONE;

        if (k >= 0 && k < DOCX_LEVELS) {
            docx_format_number(
                out, at->legal && k < level ? STR("decimal") : level_at(styles, num, k)->format,
                styles->schemes.at[num->scheme].counters[k]);
            i++;
        } else {
            buf_char(out, at->text.at[i]);
        }
    }
    if (out->len == start || str_eq(at->suffix, STR("nothing"))) {
        return;
    }
    /* a tab behind a mark (一、) is only the layout; behind a word (第一章) it parts words */
    last = (unsigned char)out->at[out->len - 1];
    if (str_eq(at->suffix, STR("space")) || (last >= '0' && last <= '9') ||
        (last >= 'A' && last <= 'z') ||
        (last >= 0x80 && out->len - start >= 3 && (unsigned char)out->at[out->len - 3] >= 0xE4 &&
         (unsigned char)out->at[out->len - 3] <= 0xE9)) {
        buf_char(out, ' ');
    }
}
