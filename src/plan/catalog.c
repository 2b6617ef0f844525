/* Catalog: the dictionary that plans and data are read against: regions, groups, bodies, editions,
 * measures, indicators. */
#include "plan/catalog.h"

#include "base/utf8.h"

#include <assert.h>

enum {
    MAX_NESTING = 64
}; /* formulas in formulas, weights of weights: our choice, far above need */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define WORD(constant, word) word,
static const char *const BASIS_WORDS[] = {BASES(WORD) NULL};
static const char *const AREA_WORDS[] = {AREA_RULES(WORD) NULL};
static const char *const TIME_WORDS[] = {TIME_RULES(WORD) NULL};
static const char *const DIRECTION_WORDS[] = {DIRECTIONS(WORD) NULL};
static const char *const LEVEL_WORDS[] = {REGION_LEVELS(WORD) NULL};

#define FIELD(Type, key, kind, member, flags, words, zh, en)                                       \
    {                                                                                              \
        key, kind, offsetof(Type, member), flags, NULL, words, 0, 0, TEXT_INIT(zh, en)             \
    }

static const Field REGION_FIELDS[] = {
    FIELD(Region, "code", FIELD_STR, code, FIELD_REQUIRED, NULL, "GB/T 2260 代码",
          "GB/T 2260 code"),
    FIELD(Region, "name", FIELD_TEXT, name, FIELD_REQUIRED, NULL, "全称", "full name"),
    FIELD(Region, "also", FIELD_STRS, also, 0, NULL, "简称与曾用名", "short and former names"),
    FIELD(Region, "parent", FIELD_STR, parent, 0, NULL, "上级代码",
          "code of the region it is part of"),
    FIELD(Region, "level", FIELD_ENUM, level, FIELD_REQUIRED, LEVEL_WORDS,
          "层级；zone 不计入上级的组成部分",
          "level; a zone does not count among its parent's parts"),
};
static const Record REGION_RECORD = {"region", sizeof(Region), REGION_FIELDS, COUNT(REGION_FIELDS),
                                     offsetof(Region, node)};

static const Field GROUP_FIELDS[] = {
    FIELD(Group, "id", FIELD_STR, id, FIELD_REQUIRED, NULL, "代号", "id"),
    FIELD(Group, "name", FIELD_TEXT, name, FIELD_REQUIRED, NULL, "名称", "name"),
    FIELD(Group, "also", FIELD_STRS, also, 0, NULL, "其他名称", "other names"),
    FIELD(Group, "members", FIELD_STRS, members, FIELD_REQUIRED, NULL, "成员地区代码",
          "codes of its members"),
    FIELD(Group, "parent", FIELD_STR, parent, 0, NULL, "所属整体；省去即成员的上级",
          "the whole it is part of; its members' parent if left out"),
};
static const Record GROUP_RECORD = {"group", sizeof(Group), GROUP_FIELDS, COUNT(GROUP_FIELDS),
                                    offsetof(Group, node)};

static const Field BODY_FIELDS[] = {
    FIELD(Body, "name", FIELD_TEXT, name, FIELD_REQUIRED, NULL, "名称", "name"),
    FIELD(Body, "also", FIELD_STRS, also, 0, NULL, "简称", "short names"),
    FIELD(Body, "region", FIELD_STR, region, 0, NULL, "所在地区", "its region"),
};
static const Record BODY_RECORD = {"body", sizeof(Body), BODY_FIELDS, COUNT(BODY_FIELDS),
                                   offsetof(Body, node)};

static const Field RIVER_FIELDS[] = {
    FIELD(River, "id", FIELD_STR, id, FIELD_REQUIRED, NULL, "代号", "id"),
    FIELD(River, "name", FIELD_TEXT, name, FIELD_REQUIRED, NULL, "名称", "name"),
    FIELD(River, "also", FIELD_STRS, also, 0, NULL, "别名", "other names"),
    FIELD(River, "into", FIELD_STR, into, 0, NULL, "注入的河流", "the river it flows into"),
};
static const Record RIVER_RECORD = {"river", sizeof(River), RIVER_FIELDS, COUNT(RIVER_FIELDS),
                                    offsetof(River, node)};

static const Field EDITION_FIELDS[] = {
    FIELD(Edition, "id", FIELD_STR, id, FIELD_REQUIRED, NULL, "代号", "id"),
    FIELD(Edition, "name", FIELD_TEXT, name, FIELD_REQUIRED, NULL, "名称", "name"),
};
static const Record EDITION_RECORD = {"edition", sizeof(Edition), EDITION_FIELDS,
                                      COUNT(EDITION_FIELDS), offsetof(Edition, node)};

static const Field VINTAGE_FIELDS[] = {
    FIELD(Vintage, "id", FIELD_STR, id, FIELD_REQUIRED, NULL, "代号", "id"),
    FIELD(Vintage, "name", FIELD_TEXT, name, FIELD_REQUIRED, NULL, "名称", "name"),
    {"editions", FIELD_RECORDS, offsetof(Vintage, editions), FIELD_REQUIRED, &EDITION_RECORD, NULL,
     0, 0, TEXT_INIT("各口径，从旧到新", "editions, from old to new")},
};
static const Record VINTAGE_RECORD = {"vintage", sizeof(Vintage), VINTAGE_FIELDS,
                                      COUNT(VINTAGE_FIELDS), offsetof(Vintage, node)};

static const Field MEASURE_FIELDS[] = {
    FIELD(Measure, "id", FIELD_STR, id, FIELD_REQUIRED, NULL, "代号", "id"),
    FIELD(Measure, "name", FIELD_TEXT, name, FIELD_REQUIRED, NULL, "名称", "name"),
    FIELD(Measure, "also", FIELD_STRS, also, 0, NULL, "同义词", "synonyms"),
    FIELD(Measure, "unit", FIELD_STR, unit_text, FIELD_REQUIRED, NULL, "单位", "unit"),
    FIELD(Measure, "basis", FIELD_ENUM, basis, 0, BASIS_WORDS, "现价、不变价或实物",
          "current prices, constant prices, or physical"),
    FIELD(Measure, "area", FIELD_ENUM, area, FIELD_REQUIRED, AREA_WORDS, "各地如何汇成整体",
          "how parts make up an area"),
    FIELD(Measure, "weight", FIELD_STR, weight_text, 0, NULL, "加权平均的权重（表达式）",
          "weight of the weighted mean, an expression"),
    FIELD(Measure, "time", FIELD_ENUM, time, 0, TIME_WORDS, "各期如何汇成全年",
          "how months make up a year"),
    FIELD(Measure, "least", FIELD_DECIMAL, least, 0, NULL, "可能的最小值",
          "smallest value possible"),
    FIELD(Measure, "most", FIELD_DECIMAL, most, 0, NULL, "可能的最大值", "largest value possible"),
    FIELD(Measure, "vintage", FIELD_STR, vintage_id, 0, NULL, "口径系列", "family of editions"),
};
static const Record MEASURE_RECORD = {"measure", sizeof(Measure), MEASURE_FIELDS,
                                      COUNT(MEASURE_FIELDS), offsetof(Measure, node)};

static const Field INDICATOR_FIELDS[] = {
    FIELD(Indicator, "id", FIELD_STR, id, FIELD_REQUIRED, NULL, "代号", "id"),
    FIELD(Indicator, "name", FIELD_TEXT, name, FIELD_REQUIRED, NULL, "名称", "name"),
    FIELD(Indicator, "also", FIELD_STRS, also, 0, NULL, "同义词", "synonyms"),
    FIELD(Indicator, "unit", FIELD_STR, unit_text, FIELD_REQUIRED, NULL, "单位", "unit"),
    FIELD(Indicator, "direction", FIELD_ENUM, direction, FIELD_REQUIRED, DIRECTION_WORDS,
          "越高越好、越低越好或无方向", "higher or lower is better, or neither"),
    FIELD(Indicator, "formula", FIELD_STR, formula_text, 0, NULL,
          "公式；省去即同名数据项，没有则自成数据项",
          "formula; the measure of the same id if left out, or one of its own if there is none"),
    FIELD(Indicator, "average", FIELD_STR, average_text, 0, NULL, "自基期起的年均值（公布的）",
          "its published average since the baseline"),
    {"average_since", FIELD_INT, offsetof(Indicator, average_since), 0, NULL, NULL, YEAR_FIRST,
     YEAR_LAST, TEXT_INIT("公布的年均值的起算年", "year that the published average counts from")},
    FIELD(Indicator, "least", FIELD_DECIMAL, least, 0, NULL, "可能的最小值",
          "smallest value possible"),
    FIELD(Indicator, "most", FIELD_DECIMAL, most, 0, NULL, "可能的最大值",
          "largest value possible"),
    FIELD(Indicator, "note", FIELD_TEXT, note, 0, NULL, "说明", "note"),
};
static const Record INDICATOR_RECORD = {"indicator", sizeof(Indicator), INDICATOR_FIELDS,
                                        COUNT(INDICATOR_FIELDS), offsetof(Indicator, node)};

static const Field IDENTITY_FIELDS[] = {
    FIELD(Identity, "id", FIELD_STR, id, FIELD_REQUIRED, NULL, "代号", "id"),
    FIELD(Identity, "name", FIELD_TEXT, name, 0, NULL, "名称", "name"),
    FIELD(Identity, "holds", FIELD_STR, holds_text, 0, NULL, "等式，或 <= 不等式",
          "an equation, or an inequality with <="),
    FIELD(Identity, "within", FIELD_DECIMAL, within, 0, NULL, "等式只在右边的百分之几以内成立",
          "percent of the right side within which the equation holds"),
    FIELD(Identity, "growth", FIELD_STR, growth_text, 0, NULL, "是 of 的逐年增速的指标",
          "the indicator that is the yearly growth of the measure `of`"),
    FIELD(Identity, "of", FIELD_STR, of, 0, NULL, "growth 所说的数据项",
          "the measure that growth is of"),
    FIELD(Identity, "basis", FIELD_ENUM, basis, 0, BASIS_WORDS, "增速按现价还是不变价",
          "whether the growth is at current or constant prices"),
    FIELD(Identity, "least", FIELD_DECIMAL, least, 0, NULL, "多年年均增速合理的最小值（%）",
          "least yearly growth over some years that is plausible, in %"),
    FIELD(Identity, "most", FIELD_DECIMAL, most, 0, NULL, "多年年均增速合理的最大值（%）",
          "greatest yearly growth over some years that is plausible, in %"),
    FIELD(Identity, "source", FIELD_TEXT, source, 0, NULL, "依据", "what it stands on"),
};
static const Record IDENTITY_RECORD = {"identity", sizeof(Identity), IDENTITY_FIELDS,
                                       COUNT(IDENTITY_FIELDS), offsetof(Identity, node)};

typedef struct {
    Str id;
    Text title;
    LIST(Region) regions;
    LIST(Group) groups;
    LIST(Body) bodies;
    LIST(River) rivers;
    LIST(Vintage) vintages;
    LIST(Measure) measures;
    LIST(Indicator) indicators;
    LIST(Identity) identities;
} Dictionary;

#define NESTED(key, record, zh, en)                                                                \
    {                                                                                              \
#key, FIELD_RECORDS, offsetof(Dictionary, key), 0, record, NULL, 0, 0, TEXT_INIT(zh, en)   \
    }
static const Field DICTIONARY_FIELDS[] = {
    FIELD(Dictionary, "dictionary", FIELD_STR, id, 0, NULL, "词典代号", "id of the dictionary"),
    FIELD(Dictionary, "title", FIELD_TEXT, title, 0, NULL, "标题", "title"),
    NESTED(regions, &REGION_RECORD, "地区", "regions"),
    NESTED(groups, &GROUP_RECORD, "分组", "groups of regions"),
    NESTED(bodies, &BODY_RECORD, "机构", "bodies"),
    NESTED(rivers, &RIVER_RECORD, "河流", "rivers"),
    NESTED(vintages, &VINTAGE_RECORD, "口径系列", "families of editions"),
    NESTED(measures, &MEASURE_RECORD, "数据项", "measures"),
    NESTED(indicators, &INDICATOR_RECORD, "指标", "indicators"),
    NESTED(identities, &IDENTITY_RECORD, "恒等式", "identities"),
};
const Record DICTIONARY_RECORD = {"dictionary", sizeof(Dictionary), DICTIONARY_FIELDS,
                                  COUNT(DICTIONARY_FIELDS), SIZE_MAX};

Catalog *catalog_new(Arena *arena)
{
    Catalog *catalog = ARENA_NEW(arena, Catalog);

    catalog->arena = arena;
    catalog->entity_ids = map_new(arena);
    catalog->entity_names = map_new(arena);
    catalog->body_names = map_new(arena);
    catalog->measure_ids = map_new(arena);
    catalog->measure_names = map_new(arena);
    catalog->indicator_ids = map_new(arena);
    catalog->indicator_names = map_new(arena);
    catalog->files = map_new(arena);
    return catalog;
}

static Place place_in(const Catalog *catalog, const Diags *diags, uint32_t source,
                      const YamlNode *node, const char *key)
{
    const YamlNode *value = key == NULL ? NULL : yaml_get(node, str_z(key));

    return diag_place(diags, &catalog->sources.at[source],
                      value != NULL ? value->at : (Span){node->at.start, node->at.start});
}

Err catalog_add(Catalog *catalog, const YamlDoc *doc, Diags *diags)
{
    Arena *arena = catalog->arena;
    Dictionary dictionary = {0};
    uint32_t source = (uint32_t)catalog->sources.n;
    Err err = record_read(arena, &doc->source, &DICTIONARY_RECORD, doc->root, &dictionary, diags);

    if (err != OK) {
        return err;
    }
    *vec_push(arena, &catalog->sources) = doc->source;
    for (size_t i = 0; i < dictionary.regions.n; i++) {
        *vec_push(arena, &catalog->regions) = dictionary.regions.at[i];
        *vec_push(arena, &catalog->region_source) = source;
    }
    for (size_t i = 0; i < dictionary.groups.n; i++) {
        *vec_push(arena, &catalog->groups) = dictionary.groups.at[i];
        *vec_push(arena, &catalog->group_source) = source;
    }
    for (size_t i = 0; i < dictionary.bodies.n; i++) {
        *vec_push(arena, &catalog->bodies) = dictionary.bodies.at[i];
        *vec_push(arena, &catalog->body_source) = source;
    }
    for (size_t i = 0; i < dictionary.rivers.n; i++) {
        *vec_push(arena, &catalog->rivers) = dictionary.rivers.at[i];
    }
    for (size_t i = 0; i < dictionary.vintages.n; i++) {
        *vec_push(arena, &catalog->vintages) = dictionary.vintages.at[i];
        *vec_push(arena, &catalog->vintage_source) = source;
    }
    for (size_t i = 0; i < dictionary.measures.n; i++) {
        *vec_push(arena, &catalog->measures) = &dictionary.measures.at[i];
        *vec_push(arena, &catalog->measure_source) = source;
    }
    for (size_t i = 0; i < dictionary.indicators.n; i++) {
        *vec_push(arena, &catalog->indicators) = &dictionary.indicators.at[i];
        *vec_push(arena, &catalog->indicator_source) = source;
    }
    for (size_t i = 0; i < dictionary.identities.n; i++) {
        *vec_push(arena, &catalog->identities) = &dictionary.identities.at[i];
        *vec_push(arena, &catalog->identity_source) = source;
    }
    return OK;
}

/* The first of two things with one name keeps it: short names may be ambiguous (朝阳), ids may not.
 */
static void add_name(const Catalog *catalog, Map *names, Str name, uint64_t value)
{
    Str folded = utf8_fold(catalog->arena, name);

    if (folded.len != 0) {
        (void)map_add(names, folded, value);
    }
}

static void add_names(const Catalog *catalog, Map *names, Text name, StrList also, uint64_t value)
{
    add_name(catalog, names, name.zh, value);
    add_name(catalog, names, name.en, value);
    for (size_t i = 0; i < also.n; i++) {
        add_name(catalog, names, also.at[i], value);
    }
}

/* The id was read from the key of the node. */
static Err add_id(const Catalog *catalog, Map *ids, Str id, uint64_t value, uint32_t source,
                  const YamlNode *node, const char *key, Diags *diags)
{
    if (!map_add(ids, id, value)) {
        diag_add(diags, LT3005, place_in(catalog, diags, source, node, key), id);
        return ERR_INPUT;
    }
    return OK;
}

static Err add_entities(Catalog *catalog, Diags *diags)
{
    Err err = OK;

    for (size_t i = 0; i < catalog->regions.n + catalog->groups.n; i++) {
        bool is_group = i >= catalog->regions.n;
        const Group *group = is_group ? &catalog->groups.at[i - catalog->regions.n] : NULL;
        const Region *region = is_group ? NULL : &catalog->regions.at[i];
        Str id = is_group ? group->id : region->code;
        uint32_t source = is_group ? catalog->group_source.at[i - catalog->regions.n]
                                   : catalog->region_source.at[i];

        *vec_push(catalog->arena, &catalog->entities) =
            (Entity){.id = id,
                     .name = is_group ? group->name : region->name,
                     .parent = NONE,
                     .is_group = is_group};
        if (add_id(catalog, catalog->entity_ids, id, i, source,
                   is_group ? group->node : region->node, is_group ? "id" : "code", diags) != OK) {
            err = ERR_INPUT;
        }
        add_name(catalog, catalog->entity_names, id, i);
    }
    for (size_t i = 0; i < catalog->entities.n;
         i++) { /* full names first: a short name must not hide one */
        add_names(catalog, catalog->entity_names, catalog->entities.at[i].name, (StrList){NULL, 0},
                  i);
    }
    for (size_t i = 0; i < catalog->entities.n; i++) {
        bool is_group = i >= catalog->regions.n;

        add_names(catalog, catalog->entity_names, (Text){0},
                  is_group ? catalog->groups.at[i - catalog->regions.n].also
                           : catalog->regions.at[i].also,
                  i);
    }
    return err;
}

static Err no_region(Catalog *catalog, Place place, Str text, Diags *diags)
{
    bool is_group = catalog_entity(catalog, text) != NONE; /* where only a region can stand */

    diag_add(diags, LT3004, place, text,
             is_group ? STR("") : catalog_suggest(catalog->arena, catalog->entity_names, text));
    return ERR_INPUT;
}

/* Follows the parents of the entities from `first` on; each is visited once. */
static Err check_circles(Catalog *catalog, size_t first, Diags *diags)
{
    uint32_t *walk = ARENA_ARRAY(catalog->arena, uint32_t, catalog->entities.n); /* from 1 */

    for (size_t i = first; i < catalog->entities.n; i++) {
        uint32_t at = (uint32_t)i;

        while (at != NONE && walk[at] == 0) {
            walk[at] = (uint32_t)i + 1;
            at = catalog->entities.at[at].parent;
        }
        if (at != NONE && walk[at] == (uint32_t)i + 1) {
            bool is_group = at >= catalog->regions.n;
            size_t k = is_group ? at - catalog->regions.n : at;

            diag_add(diags, LT3007,
                     is_group ? place_in(catalog, diags, catalog->group_source.at[k],
                                         catalog->groups.at[k].node, "parent")
                              : place_in(catalog, diags, catalog->region_source.at[k],
                                         catalog->regions.at[k].node, "parent"),
                     catalog->entities.at[at].id,
                     catalog->entities.at[catalog->entities.at[at].parent].id);
            return ERR_INPUT;
        }
    }
    return OK;
}

static Err link_regions(Catalog *catalog, Diags *diags)
{
    Err err = OK;

    for (size_t i = 0; i < catalog->regions.n; i++) {
        const Region *region = &catalog->regions.at[i];
        uint64_t parent;

        if (region->parent.len == 0) {
            continue;
        }
        if (!map_get(catalog->entity_ids, region->parent, &parent) ||
            parent >= catalog->regions.n) {
            err = no_region(
                catalog,
                place_in(catalog, diags, catalog->region_source.at[i], region->node, "parent"),
                region->parent, diags);
            continue;
        }
        catalog->entities.at[i].parent = (uint32_t)parent;
        catalog->entities.at[parent].n_parts += region->level != REGION_ZONE;
    }
    if (err != OK) {
        return err;
    }
    err = check_circles(catalog, 0, diags);
    if (err != OK) {
        return err;
    }
    for (size_t i = 0; i < catalog->regions.n; i++) {
        Entity *entity = &catalog->entities.at[i];

        entity->parts = ARENA_ARRAY(catalog->arena, uint32_t, entity->n_parts);
        entity->n_parts = 0;
    }
    for (size_t i = 0; i < catalog->regions.n; i++) {
        uint32_t parent = catalog->entities.at[i].parent;

        if (parent != NONE && catalog->regions.at[i].level != REGION_ZONE) {
            Entity *whole = &catalog->entities.at[parent];

            whole->parts[whole->n_parts++] = (uint32_t)i;
        }
    }
    return OK;
}

static Err link_group(Catalog *catalog, size_t i, Diags *diags)
{
    const Group *group = &catalog->groups.at[i];
    Entity *entity = &catalog->entities.at[catalog->regions.n + i];
    const YamlNode *members = yaml_get(group->node, STR("members"));
    const Source *source = &catalog->sources.at[catalog->group_source.at[i]];
    Map *seen = map_new(catalog->arena);
    Err err = OK;

    entity->parts = ARENA_ARRAY(catalog->arena, uint32_t, group->members.n);
    for (size_t k = 0; k < group->members.n; k++) {
        uint32_t member = catalog_entity(catalog, group->members.at[k]);

        if (member == NONE || member >= catalog->regions.n) {
            err = no_region(catalog, diag_place(diags, source, members->items[k]->at),
                            group->members.at[k], diags);
            continue;
        }
        if (map_get(seen, catalog->entities.at[member].id, NULL)) { /* it would count twice */
            diag_add(diags, LT3005, diag_place(diags, source, members->items[k]->at),
                     group->members.at[k]);
            err = ERR_INPUT;
            continue;
        }
        map_set(seen, catalog->entities.at[member].id, k);
        entity->parts[entity->n_parts++] = member;
        if (k == 0) {
            entity->parent = catalog->entities.at[member].parent;
        } else if (entity->parent != catalog->entities.at[member].parent) {
            entity->parent = NONE; /* members of several wholes: no whole unless it is said */
        }
    }
    if (group->parent.len != 0) {
        entity->parent = catalog_entity(catalog, group->parent);
        if (entity->parent == NONE) {
            err = no_region(
                catalog,
                place_in(catalog, diags, catalog->group_source.at[i], group->node, "parent"),
                group->parent, diags);
        }
    }
    return err;
}

typedef struct { /* the units met so far: few, and each is the unit of many */
    Map *texts;  /* -> index */
    VEC(Unit) units;
} Units;

static Err link_unit(Catalog *catalog, Units *units, uint32_t source, const YamlNode *node,
                     Str text, Unit *out, Diags *diags)
{
    uint64_t known;

    if (map_get(units->texts, text, &known)) {
        *out = units->units.at[known];
        return OK;
    }
    if (!unit_parse(text, out)) {
        diag_add(diags, LT2003, place_in(catalog, diags, source, node, "unit"), text);
        return ERR_INPUT;
    }
    map_set(units->texts, text, units->units.n);
    *vec_push(catalog->arena, &units->units) = *out;
    return OK;
}

static Err link_measures(Catalog *catalog, Units *units, Diags *diags)
{
    Err err = OK;

    for (uint32_t i = 0; i < catalog->measures.n; i++) {
        Measure *measure = catalog->measures.at[i];
        uint32_t source = catalog->measure_source.at[i];

        measure->vintage = NONE;
        for (uint32_t v = 0; v < catalog->vintages.n && measure->vintage_id.len != 0; v++) {
            measure->vintage =
                str_eq(catalog->vintages.at[v].id, measure->vintage_id) ? v : measure->vintage;
        }
        if (measure->vintage_id.len != 0 && measure->vintage == NONE) {
            Buf all = buf_new(catalog->arena);

            for (size_t v = 0; v < catalog->vintages.n; v++) {
                buf_format(&all, "%s%.*s", v == 0 ? "" : ", ", STR_ARG(catalog->vintages.at[v].id));
            }
            diag_add(diags, LT3006, place_in(catalog, diags, source, measure->node, "vintage"),
                     measure->id, measure->vintage_id, buf_str(&all));
            err = ERR_INPUT;
        }
        if (link_unit(catalog, units, source, measure->node, measure->unit_text, &measure->unit,
                      diags) != OK ||
            add_id(catalog, catalog->measure_ids, measure->id, i, source, measure->node, "id",
                   diags) != OK) {
            err = ERR_INPUT;
        }
        if (measure->area == AREA_WEIGHTED && measure->weight_text.len == 0) {
            diag_add(diags, LT1009, place_in(catalog, diags, source, measure->node, "area"),
                     STR("weight"));
            err = ERR_INPUT;
        }
    }
    catalog->n_given = catalog->measures.n;
    return err;
}

/* An indicator that is published as it is stands for a measure of its own. */
static void add_own_measure(Catalog *catalog, const Indicator *indicator, uint32_t source)
{
    Measure *measure = ARENA_NEW(catalog->arena, Measure);

    *measure = (Measure){.node = indicator->node,
                         .id = indicator->id,
                         .name = indicator->name,
                         .also = indicator->also,
                         .unit_text = indicator->unit_text,
                         .area = AREA_NONE,
                         .least = indicator->least,
                         .most = indicator->most,
                         .unit = indicator->unit,
                         .vintage = NONE};
    map_set(catalog->measure_ids, indicator->id, catalog->measures.n);
    *vec_push(catalog->arena, &catalog->measures) = measure;
    *vec_push(catalog->arena, &catalog->measure_source) = source;
}

/* The measure that an indicator without formula stands for. */
static uint32_t own_measure(const Catalog *catalog, const Indicator *indicator)
{
    uint64_t found;

    return map_get(catalog->measure_ids, indicator->id, &found) ? (uint32_t)found : NONE;
}

static Err link_indicators(Catalog *catalog, Units *units, Diags *diags)
{
    size_t n_names = 0;
    Err err = OK;

    for (uint32_t i = 0; i < catalog->indicators.n; i++) {
        n_names += catalog->indicators.at[i]->also.n + 3;
    }
    map_reserve(catalog->indicator_names, n_names);
    for (uint32_t i = 0; i < catalog->indicators.n; i++) {
        Indicator *indicator = catalog->indicators.at[i];
        uint32_t source = catalog->indicator_source.at[i];

        if (link_unit(catalog, units, source, indicator->node, indicator->unit_text,
                      &indicator->unit, diags) != OK ||
            add_id(catalog, catalog->indicator_ids, indicator->id, i, source, indicator->node, "id",
                   diags) != OK) {
            err = ERR_INPUT;
        }
        if (indicator->average_text.len != 0 && indicator->average_since == 0) {
            diag_add(diags, LT1009, place_in(catalog, diags, source, indicator->node, "average"),
                     STR("average_since"));
            err = ERR_INPUT;
        }
        add_name(catalog, catalog->indicator_names, indicator->id, i);
        if (indicator->formula_text.len == 0 && own_measure(catalog, indicator) == NONE) {
            add_own_measure(catalog, indicator, source);
        }
    }
    for (uint32_t i = 0; i < catalog->indicators.n; i++) {
        add_names(catalog, catalog->indicator_names, catalog->indicators.at[i]->name,
                  catalog->indicators.at[i]->also, i);
    }
    return err;
}

/* The names of measures go before those of indicators. Filled when first needed: most texts give
 * measures by their ids, and nearly all names are those of indicators once more. */
const Map *catalog_measure_names(const Catalog *catalog)
{
    Map *names = catalog->measure_names;
    size_t n_names = 0;

    if (map_n(names) != 0) {
        return names;
    }
    for (uint32_t i = 0; i < catalog->measures.n; i++) {
        n_names += catalog->measures.at[i]->also.n + 3;
    }
    map_reserve(names, n_names);
    for (uint32_t i = 0; i < catalog->n_given; i++) {
        add_name(catalog, names, catalog->measures.at[i]->id, i);
    }
    for (uint32_t i = 0; i < catalog->n_given; i++) {
        add_names(catalog, names, catalog->measures.at[i]->name, catalog->measures.at[i]->also, i);
    }
    for (size_t i = catalog->n_given; i < catalog->measures.n; i++) {
        add_name(catalog, names, catalog->measures.at[i]->id, i);
    }
    for (uint32_t i = 0; i < catalog->indicators.n; i++) {
        const Indicator *indicator = catalog->indicators.at[i];
        uint32_t measure =
            indicator->formula_text.len == 0 ? own_measure(catalog, indicator) : NONE;

        if (measure != NONE) { /* data may call it what plans call it */
            add_names(catalog, names, indicator->name, indicator->also, measure);
        }
    }
    return names;
}

typedef struct {
    Catalog *catalog;
    Diags *diags;
    uint32_t inside; /* the indicator whose formula is being compiled, or NONE */
    unsigned depth;  /* formulas that are being compiled */
} Names;

enum { STATE_NEW, STATE_IN_WORK, STATE_DONE, STATE_FAILED };

static Err compile_indicator(Catalog *catalog, uint32_t index, unsigned depth, Diags *diags);

/* A name means the indicator before the measure, but inside an indicator's own formula its id means
 * the measure. */
static NameKind find_name(void *context, Str name, uint32_t *measure, Unit *unit,
                          const Expr **formula, Unit *formula_unit)
{
    const Names *names = context;
    Catalog *catalog = names->catalog;
    uint32_t indicator = catalog_indicator(catalog, name);
    uint32_t found = indicator == NONE || indicator == names->inside
                         ? catalog_measure(catalog, name)
                         : NONE; /* not asked for */

    if (indicator != NONE && found == NONE) {
        if (compile_indicator(catalog, indicator, names->depth + 1, names->diags) != OK) {
            return NAME_FAILED;
        }
        *formula = &catalog->indicators.at[indicator]->formula;
        *formula_unit = catalog->indicators.at[indicator]->unit;
        return NAME_INDICATOR;
    }
    if (found == NONE) {
        return NAME_UNKNOWN;
    }
    *measure = found;
    *unit = catalog->measures.at[found]->unit;
    return NAME_MEASURE;
}

static Str suggest_name(void *context, Arena *arena, Str name)
{
    const Catalog *catalog = ((const Names *)context)->catalog;
    Str folded = utf8_fold(arena, name), indicator = map_nearest(catalog->indicator_names, folded);
    Str measure = map_nearest(catalog_measure_names(catalog), folded);
    bool use_measure = indicator.len == 0 ||
                       (measure.len != 0 &&
                        str_distance(measure, folded, 64) < str_distance(indicator, folded, 64));
    Str near = use_measure ? measure : indicator;

    return near.len == 0
               ? diag_word(arena, TEXT("名称须在词典中", "names are those of the dictionary"))
               : str_format(arena, "%.*s?", STR_ARG(near));
}

ExprNames catalog_names(Catalog *catalog, Diags *diags)
{
    Names *names = ARENA_NEW(catalog->arena, Names);

    *names = (Names){catalog, diags, NONE, 0};
    return (ExprNames){names, find_name, suggest_name};
}

static Err compile_text(Catalog *catalog, uint32_t source, const YamlNode *node, const char *key,
                        uint32_t inside, unsigned depth, Expr *out, Diags *diags)
{
    Names context = {catalog, diags, inside, depth};
    ExprNames names = {&context, find_name, suggest_name};
    const YamlNode *value = yaml_get(node, str_z(key));
    const Source *file = &catalog->sources.at[source];

    if (!value->quoted ||
        str_eq(str_slice(file->text, value->at.start, value->at.end), value->text)) {
        return expr_compile(catalog->arena, file, value->at, &names, out, diags);
    }
    Source text = {file->name,
                   value->text}; /* escaped, or a block: places are told within the value */

    return expr_compile(catalog->arena, &text, (Span){0, (uint32_t)text.text.len}, &names, out,
                        diags);
}

static Err compile_indicator(Catalog *catalog, uint32_t index, unsigned depth, Diags *diags)
{
    Indicator *indicator = catalog->indicators.at[index];
    uint32_t source = catalog->indicator_source.at[index], measure = NONE;
    Err err = OK;

    if (indicator->state == STATE_DONE || indicator->state == STATE_FAILED) {
        return indicator->state == STATE_DONE ? OK : ERR_INPUT;
    }
    if (indicator->state == STATE_IN_WORK) {
        diag_add(diags, LT3108, place_in(catalog, diags, source, indicator->node, "formula"),
                 indicator->id);
        return ERR_INPUT;
    }
    if (depth > MAX_NESTING) {
        diag_add(diags, LT3106, place_in(catalog, diags, source, indicator->node, "formula"),
                 str_format(catalog->arena, "%d", MAX_NESTING));
        indicator->state = STATE_FAILED;
        return ERR_INPUT;
    }
    indicator->state = STATE_IN_WORK;
    if (indicator->formula_text.len != 0) {
        err = compile_text(catalog, source, indicator->node, "formula", index, depth,
                           &indicator->formula, diags);
    } else {
        measure = own_measure(catalog, indicator);
        assert(measure != NONE);
        indicator->formula = (Expr){
            .text = indicator->id, .nodes = ARENA_NEW(catalog->arena, ExprNode), .n_nodes = 1};
        indicator->formula.nodes[0] = (ExprNode){.op = EXPR_MEASURE,
                                                 .measure = measure,
                                                 .unit = catalog->measures.at[measure]->unit,
                                                 .at = {0, (uint32_t)indicator->id.len}};
    }
    if (err == OK && !expr_convert(catalog->arena, &indicator->formula, indicator->unit)) {
        Buf buf = buf_new(catalog->arena);

        unit_format(&buf, indicator->formula.nodes[indicator->formula.n_nodes - 1].unit);
        diag_add(
            diags, LT2004,
            place_in(catalog, diags, source, indicator->node, measure == NONE ? "formula" : "unit"),
            indicator->id, buf_str(&buf), indicator->unit_text);
        err = ERR_INPUT;
    }
    if (err == OK && indicator->average_text.len != 0) {
        err = compile_text(catalog, source, indicator->node, "average", index, depth,
                           &indicator->average, diags);
        if (err == OK && !expr_convert(catalog->arena, &indicator->average, indicator->unit)) {
            diag_add(diags, LT2004, place_in(catalog, diags, source, indicator->node, "average"),
                     indicator->id, STR("?"), indicator->unit_text);
            err = ERR_INPUT;
        }
    }
    indicator->state = err == OK ? STATE_DONE : STATE_FAILED;
    return err;
}

/* A weight is a value of another measure, which may be weighted itself, but not by the first
 * again. */
static Err check_weights(Catalog *catalog, uint32_t index, unsigned depth, unsigned char *state,
                         Diags *diags)
{
    const Measure *measure = catalog->measures.at[index];
    Err err = OK;

    if (state[index] == STATE_DONE || measure->area != AREA_WEIGHTED) {
        return OK;
    }
    if (state[index] == STATE_IN_WORK || depth > MAX_NESTING) {
        Place place =
            place_in(catalog, diags, catalog->measure_source.at[index], measure->node, "weight");

        if (state[index] == STATE_IN_WORK) {
            diag_add(diags, LT3108, place, measure->id);
        } else {
            diag_add(diags, LT3106, place, str_format(catalog->arena, "%d", MAX_NESTING));
        }
        state[index] = STATE_DONE;
        return ERR_INPUT;
    }
    state[index] = STATE_IN_WORK;
    for (size_t i = 0; err == OK && i < measure->weight.n_nodes; i++) {
        const ExprNode *node = &measure->weight.nodes[i];

        if (node->op == EXPR_MEASURE && node->measure != index) {
            err = check_weights(catalog, node->measure, depth + 1, state, diags);
        }
    }
    state[index] = STATE_DONE;
    return err;
}

static Err compile_identity(Catalog *catalog, uint32_t index, Diags *diags)
{
    Identity *identity = catalog->identities.at[index];
    uint32_t source = catalog->identity_source.at[index];

    identity->growth = identity->measure = NONE;
    if (identity->holds_text.len != 0) {
        Err err = compile_text(catalog, source, identity->node, "holds", NONE, 0, &identity->holds,
                               diags);

        ExprOp root = err == OK ? identity->holds.nodes[identity->holds.n_nodes - 1].op : EXPR_EQ;

        if (root != EXPR_EQ && root != EXPR_LE) {
            diag_add(diags, LT3101, place_in(catalog, diags, source, identity->node, "holds"),
                     identity->holds_text, STR("a = b, a <= b"));
            return ERR_INPUT;
        }
        return err;
    }
    if (identity->growth_text.len == 0 || identity->of.len == 0) {
        diag_add(diags, LT1009, place_in(catalog, diags, source, identity->node, "id"),
                 STR("holds / growth, of"));
        return ERR_INPUT;
    }
    identity->growth = catalog_indicator(catalog, identity->growth_text);
    identity->measure = catalog_measure(catalog, identity->of);
    if (identity->growth == NONE) {
        diag_add(diags, LT3001, place_in(catalog, diags, source, identity->node, "growth"),
                 identity->growth_text,
                 catalog_suggest(catalog->arena, catalog->indicator_names, identity->growth_text));
    } else if (identity->measure == NONE) {
        diag_add(diags, LT3102, place_in(catalog, diags, source, identity->node, "of"),
                 identity->of, STR(""));
    }
    return identity->growth == NONE || identity->measure == NONE ? ERR_INPUT : OK;
}

static Err compile_all(Catalog *catalog, Diags *diags)
{
    Err err = OK;

    for (uint32_t i = 0; i < catalog->identities.n; i++) {
        if (compile_identity(catalog, i, diags) != OK) {
            err = ERR_INPUT;
        }
    }
    for (uint32_t i = 0; i < catalog->indicators.n; i++) {
        if (compile_indicator(catalog, i, 1, diags) != OK) {
            err = ERR_INPUT;
        }
    }
    for (uint32_t i = 0; i < catalog->measures.n; i++) {
        Measure *measure = catalog->measures.at[i];

        if (measure->weight_text.len != 0 &&
            compile_text(catalog, catalog->measure_source.at[i], measure->node, "weight", NONE, 0,
                         &measure->weight, diags) != OK) {
            err = ERR_INPUT;
        }
    }
    if (err == OK) {
        unsigned char *state = arena_alloc(catalog->arena, catalog->measures.n);

        for (uint32_t i = 0; i < catalog->measures.n; i++) {
            if (check_weights(catalog, i, 1, state, diags) != OK) {
                err = ERR_INPUT;
            }
        }
    }
    return err;
}

static Err check_vintages(Catalog *catalog, Diags *diags)
{
    Map *ids = map_new(catalog->arena);
    Err err = OK;

    for (size_t i = 0; i < catalog->vintages.n; i++) {
        const Vintage *vintage = &catalog->vintages.at[i];
        uint32_t source = catalog->vintage_source.at[i];
        Map *editions = map_new(catalog->arena);

        if (vintage->editions.n > MAX_EDITIONS) {
            diag_add(diags, LT1007, place_in(catalog, diags, source, vintage->node, "editions"),
                     STR("editions"), str_format(catalog->arena, "≤ %d", MAX_EDITIONS));
            err = ERR_INPUT;
        }
        if (add_id(catalog, ids, vintage->id, i, source, vintage->node, "id", diags) != OK) {
            err = ERR_INPUT;
        }
        for (size_t k = 0; k < vintage->editions.n; k++) {
            const Edition *edition = &vintage->editions.at[k];

            if (add_id(catalog, editions, edition->id, k, source, edition->node, "id", diags) !=
                OK) {
                err = ERR_INPUT;
            }
        }
    }
    return err;
}

Err catalog_finish(Catalog *catalog, Diags *diags)
{
    Units units = {.texts = map_new(catalog->arena)};
    Err err = add_entities(catalog, diags);

    if (err == OK) {
        err = link_regions(catalog, diags);
    }
    for (size_t i = 0; i < catalog->groups.n; i++) {
        if (link_group(catalog, i, diags) != OK) {
            err = ERR_INPUT;
        }
    }
    if (err == OK) {
        err = check_circles(catalog, catalog->regions.n, diags);
    }
    for (size_t i = 0; i < catalog->bodies.n; i++) {
        add_names(catalog, catalog->body_names, catalog->bodies.at[i].name,
                  catalog->bodies.at[i].also, i);
    }
    if (check_vintages(catalog, diags) != OK) {
        err = ERR_INPUT;
    }
    if (link_measures(catalog, &units, diags) != OK) {
        err = ERR_INPUT;
    }
    if (link_indicators(catalog, &units, diags) != OK) {
        err = ERR_INPUT;
    }
    return err == OK ? compile_all(catalog, diags) : err;
}

static uint32_t find_id(const Map *ids, Str text)
{
    uint64_t found;

    return text.len != 0 && map_get(ids, text, &found) ? (uint32_t)found : NONE;
}

static uint32_t find_among(const Map *names, Str text)
{
    uint64_t found;
    Arena *scratch;

    if (text.len == 0) {
        return NONE;
    }
    if (map_get(names, text, &found)) { /* most names are folded as they stand */
        return (uint32_t)found;
    }
    scratch = arena_new();
    bool hit = map_get(names, utf8_fold(scratch, str_trim(text)), &found);

    arena_free(scratch);
    return hit ? (uint32_t)found : NONE;
}

uint32_t catalog_entity(const Catalog *catalog, Str text)
{
    uint32_t id = find_id(catalog->entity_ids, text);

    return id != NONE ? id : find_among(catalog->entity_names, text);
}

uint32_t catalog_measure(const Catalog *catalog, Str text)
{
    uint32_t id = find_id(catalog->measure_ids, text);

    return id != NONE ? id : find_among(catalog_measure_names(catalog), text);
}

uint32_t catalog_indicator(const Catalog *catalog, Str text)
{
    uint32_t id = find_id(catalog->indicator_ids, text);

    return id != NONE ? id : find_among(catalog->indicator_names, text);
}

uint32_t catalog_body(const Catalog *catalog, Str text)
{
    return find_among(catalog->body_names, text);
}

uint32_t catalog_edition(const Catalog *catalog, const Measure *measure, Str id)
{
    if (id.len == 0) {
        return 0;
    }
    if (measure->vintage == NONE) {
        return NONE;
    }
    for (uint32_t i = 0; i < catalog->vintages.at[measure->vintage].editions.n; i++) {
        if (str_eq(catalog->vintages.at[measure->vintage].editions.at[i].id, id)) {
            return i + 1;
        }
    }
    return NONE;
}

const Edition *catalog_edition_info(const Catalog *catalog, uint32_t vintage, uint32_t edition)
{
    return vintage == NONE || edition == 0
               ? NULL
               : &catalog->vintages.at[vintage].editions.at[edition - 1];
}

Str catalog_suggest(Arena *arena, const Map *names, Str text)
{
    Str near = map_nearest(names, utf8_fold(arena, text));

    return near.len == 0 ? STR("") : str_format(arena, "%.*s?", STR_ARG(near));
}
