/* Catalog: the dictionary that plans and data are read against: regions, groups, bodies, editions,
 * measures, indicators. */
#ifndef LONGTU_PLAN_CATALOG_H
#define LONGTU_PLAN_CATALOG_H

#include "base/map.h"
#include "plan/expr.h"
#include "plan/plan.h"

#define NONE UINT32_MAX /* no such entity, measure, indicator, edition */
enum { MAX_EDITIONS = 15 };

/* X(constant, word in the file): what the numbers of a measure are */
#define BASES(X) X(BASIS_NOMINAL, "nominal") X(BASIS_REAL, "real") X(BASIS_PHYSICAL, "physical")
/* how a measure of an area follows from those of its parts */
#define AREA_RULES(X) X(AREA_SUM, "sum") X(AREA_WEIGHTED, "weighted") X(AREA_NONE, "none")
/* how a measure of a year follows from those of its parts */
#define TIME_RULES(X)                                                                              \
    X(TIME_SUM, "sum") X(TIME_MEAN, "mean") X(TIME_LAST, "last") X(TIME_NONE, "none")
#define DIRECTIONS(X)                                                                              \
    X(DIRECTION_HIGHER, "higher") X(DIRECTION_LOWER, "lower") X(DIRECTION_NONE, "none")
#define REGION_LEVELS(X)                                                                           \
    X(REGION_COUNTRY, "country")                                                                   \
    X(REGION_PROVINCE, "province")                                                                 \
    X(REGION_PREFECTURE, "prefecture") X(REGION_COUNTY, "county") X(REGION_ZONE, "zone")

#define CONSTANT(name, ...) name,
typedef enum { BASIS_UNSTATED, BASES(CONSTANT) } Basis;
typedef enum { AREA_UNSTATED, AREA_RULES(CONSTANT) } AreaRule;
typedef enum { TIME_UNSTATED, TIME_RULES(CONSTANT) } TimeRule;
typedef enum { DIRECTION_UNSTATED, DIRECTIONS(CONSTANT) } Direction;
typedef enum { REGION_UNSTATED, REGION_LEVELS(CONSTANT) } RegionLevel;
#undef CONSTANT

typedef struct {
    const YamlNode *node;
    Str code; /* GB/T 2260 */
    Text name;
    StrList also; /* accepted short and former names */
    Str parent;   /* code; empty for the root */
    int level; /* RegionLevel; a zone lies inside its parent's other parts and is not counted as a
                  part of it */
} Region;

typedef struct {
    const YamlNode *node;
    Str id;
    Text name;
    StrList also;
    StrList members; /* region codes */
    Str parent;      /* the whole that it is a part of; its members' parent if left out */
} Group;

typedef struct {
    const YamlNode *node;
    Text name;
    StrList also;
    Str region;
} Body;

typedef struct {
    const YamlNode *node;
    Str id;
    Text name;
    StrList also;
    Str into; /* id of the river that it flows into; empty: the sea, a lake, or not told */
} River;

typedef struct {
    const YamlNode *node;
    Str id;
    Text name;
} Edition;

typedef struct { /* the editions in which one family of statistics was published, from old to new */
    const YamlNode *node;
    Str id;
    Text name;
    LIST(Edition) editions;
} Vintage;

typedef struct {
    const YamlNode *node;
    Str id;
    Text name;
    StrList also;
    Str unit_text;
    int basis, area, time; /* Basis, AreaRule, TimeRule */
    Str weight_text; /* area: weighted: an expression; its value at a part is the part's weight */
    OptDecimal least,
        most; /* values that are possible at all, in its unit; a missing part lies between them */
    Str vintage_id; /* empty: published once */

    Unit unit;
    uint32_t vintage; /* index of the family, or NONE */
    Expr weight;      /* n_nodes 0 if none */
} Measure;

typedef struct {
    const YamlNode *node;
    Str id;
    Text name;
    StrList also;
    Str unit_text;
    int direction;    /* Direction */
    Str formula_text; /* empty: the measure of the same id, which catalog_finish adds if missing */
    OptDecimal least,
        most;         /* values that are possible at all; they clip what is only known as a range */
    Str average_text; /* for a growth: its published average since the baseline, where years are not
                         published one by one */
    int64_t average_since; /* the year that the published average counts from */
    Text note;

    Unit unit;
    Expr formula;
    Expr average;        /* n_nodes 0 if none */
    unsigned char state; /* while compiling: 0 not yet, 1 in work, 2 done, 3 failed */
} Indicator;

typedef struct { /* what holds of every area and year: an equation, or which growth is whose */
    const YamlNode *node;
    Str id;
    Text name;
    Str holds_text;         /* two expressions with = or <= between */
    OptDecimal within;      /* an equation that holds only to so many percent of its right side */
    Str growth_text, of;    /* the indicator that is the yearly growth of the measure `of` */
    int basis;              /* Basis: a growth at constant prices is BASIS_REAL */
    OptDecimal least, most; /* yearly growth over some years that is plausible at all, in % */
    Text source;            /* what the equation or the plausible range stands on */

    Expr holds; /* n_nodes 0 if none */
    uint32_t growth, measure;
} Identity;

typedef struct { /* a region or a group */
    Str id;
    Text name;
    uint32_t parent; /* index of an entity, or NONE */
    uint32_t *parts; /* regions of the next level, or a group's members */
    size_t n_parts;
    bool is_group;
} Entity;

typedef struct {
    Arena *arena;
    VEC(Entity) entities;
    VEC(Body) bodies;
    VEC(River) rivers;
    VEC(Vintage) vintages;
    VEC(Measure *) measures; /* of the files; from n_given on those of indicators */
    size_t n_given;
    VEC(Indicator *) indicators;
    VEC(Identity *) identities;

    Map *entity_ids;   /* codes and ids -> entity */
    Map *entity_names; /* folded names and ids -> entity */
    Map *body_names;   /* folded names -> body */
    Map *measure_ids;
    Map *measure_names; /* folded names and ids; empty until catalog_measure_names is called */
    Map *indicator_ids, *indicator_names; /* ids; folded names and ids */
    Map *files;                           /* dictionary files that were added */

    VEC(Region) regions;
    VEC(Group) groups;
    VEC(Source)
    sources; /* where the regions and so on were read; indexes in the *_source vectors */
    VEC(uint32_t)
    region_source, group_source, body_source, vintage_source, measure_source, indicator_source,
        identity_source;
} Catalog;

Catalog *catalog_new(Arena *arena);

/* Adds a dictionary file's content; nothing is settled before catalog_finish. */
Err catalog_add(Catalog *catalog, const YamlDoc *doc, Diags *diags);

/* Links parents, parts, editions and units, adds the measures that indicators without a formula
 * stand for, and compiles the formulas. Reports every problem. */
Err catalog_finish(Catalog *catalog, Diags *diags);

/* By code, id, or a name in any accepted form; NONE if there is none. */
uint32_t catalog_entity(const Catalog *catalog, Str text);
uint32_t catalog_measure(const Catalog *catalog, Str text);
uint32_t catalog_indicator(const Catalog *catalog, Str text);
uint32_t catalog_body(const Catalog *catalog, Str text);

/* 1 for the oldest edition of the measure's family, 0 for a value whose edition is not stated, NONE
 * if there is no such. */
uint32_t catalog_edition(const Catalog *catalog, const Measure *measure, Str id);
const Edition *catalog_edition_info(const Catalog *catalog, uint32_t vintage,
                                    uint32_t edition); /* NULL for 0 */

/* Folded names and ids -> measure. */
const Map *catalog_measure_names(const Catalog *catalog);

/* “did you mean …?” for a name that was not found, in the map's keys. */
Str catalog_suggest(Arena *arena, const Map *names, Str text);

/* Looks up names for expr_compile: indicators before measures, by id or name. Holds the catalog and
 * the diagnostics. */
ExprNames catalog_names(Catalog *catalog, Diags *diags);

extern const Record DICTIONARY_RECORD; /* for the schema */

#endif
