/* Claims: one river, project, mechanism or title that several plans lay down. */
#include "check/check.h"

#include "base/utf8.h"

/* What may be claimed, where a plan first does. */
typedef struct {
    uint32_t plan;
    const YamlNode *node; /* of the entry; NULL where it stands in a document */
    const char *key;
    At at;
    Text words;
} Claimant;

typedef struct {
    Text name;
    VEC(Claimant) by; /* one for each plan */
} Matter;

typedef struct {
    const Check *check;
    Map *index; /* key -> matter */
    VEC(Matter) matters;
} Claims;

static void claim(Claims *claims, Str key, Text name, Claimant by)
{
    uint64_t at;
    Matter *matter;

    if (map_add(claims->index, key, claims->matters.n)) {
        *vec_push(claims->check->arena, &claims->matters) = (Matter){.name = name};
    }
    (void)map_get(claims->index, key, &at);
    matter = &claims->matters.at[at];
    for (size_t i = 0; i < matter->by.n; i++) {
        if (matter->by.at[i].plan == by.plan) {
            return;
        }
    }
    *vec_push(claims->check->arena, &matter->by) = by;
}

/* ---- rivers ---- */

/* 黄河 but not 黄河大道: a name that goes on is another one. */
static bool names_river(Str text, size_t at, size_t len)
{
    static const char *const OTHER[] = {"路", "大道", "街",   "镇", "乡", "村", "大桥",
                                        "站", "石",   "风情", "楼", "母", "文", "流域人"};

    for (size_t k = 0; k < sizeof OTHER / sizeof OTHER[0]; k++) {
        if (str_at(text, at + len, text.len, OTHER[k])) {
            return false;
        }
    }
    return true;
}

static bool holds_river(const River *river, Str text)
{
    for (size_t k = 0; k <= river->also.n; k++) {
        Str name = k == 0 ? river->name.zh : river->also.at[k - 1];
        size_t at = name.len == 0 ? SIZE_MAX : str_find(text, name);

        if (at != SIZE_MAX && names_river(text, at, name.len)) {
            return true;
        }
    }
    return false;
}

static void claim_rivers(Claims *claims, Str text, Claimant by)
{
    const Catalog *catalog = claims->check->catalog;

    for (size_t r = 0; r < catalog->rivers.n; r++) {
        if (holds_river(&catalog->rivers.at[r], text)) {
            claim(claims,
                  str_format(claims->check->arena, "r%.*s", STR_ARG(catalog->rivers.at[r].id)),
                  catalog->rivers.at[r].name, by);
        }
    }
}

/* Sentences of a document that say what is to be done about a river. */
static void claim_sentences(Claims *claims, const Document *doc, const Block *block, uint32_t plan)
{
    static const char *const WORK[] = {"治理", "保护", "修复", "整治", "防治", "调度",
                                       "补偿", "考核", "监测", "涵养", NULL};
    static const Str STOP = STR_INIT("。");
    Str text = doc_text(doc, block->at);
    size_t start = 0;

    while (start < text.len) {
        Str rest = str_slice(text, start, text.len);
        size_t len = str_find(rest, STOP);
        Str sentence = str_slice(rest, 0, len == SIZE_MAX ? rest.len : len);

        if (str_holds_any(sentence, WORK)) {
            Span at = {(uint32_t)(block->at.start + start),
                       (uint32_t)(block->at.start + start + sentence.len)};

            claim_rivers(claims, sentence, (Claimant){.plan = plan, .at = check_at(doc, at)});
        }
        start += sentence.len + STOP.len;
    }
}

/* ---- what has a title ---- */

/* Whether the words name a place or a river: only then are two of the same words the same thing. */
static bool names_place(const Catalog *catalog, Str words)
{
    for (size_t i = 0; i < catalog->rivers.n; i++) {
        if (holds_river(&catalog->rivers.at[i], words)) {
            return true;
        }
    }
    for (size_t i = 0; i < catalog->entities.n; i++) {
        Str name = catalog->entities.at[i].name.zh;

        if (name.len >= 6 && str_find(words, name) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

static void claim_title(Claims *claims, const char *kind, Text title, Claimant by)
{
    Str words = title.zh.len != 0 ? title.zh : title.en;

    if (words.len != 0) {
        claim(claims,
              str_format(claims->check->arena, "%s%.*s", kind,
                         STR_ARG(utf8_fold(claims->check->arena, words))),
              title, by);
    }
}

static void claim_plan(Claims *claims, uint32_t index)
{
    const Plan *plan = &claims->check->plans[index];

    for (size_t i = 0; i < plan->projects.n; i++) {
        const Project *project = &plan->projects.at[i];
        Claimant by = {index, project->node, "title", project->at, project->title};

        claim_title(claims, "p", project->title, by);
        claim_rivers(claims, project->title.zh, by);
    }
    for (size_t i = 0; i < plan->tasks.n; i++) {
        const Task *task = &plan->tasks.at[i];

        claim_rivers(claims, task->title.zh,
                     (Claimant){index, task->node, "title", task->at, task->title});
    }
    for (size_t i = 0; i < plan->mechanisms.n; i++) {
        const Mechanism *mechanism = &plan->mechanisms.at[i];
        Claimant by = {index, mechanism->node, "name", mechanism->at, mechanism->name};

        claim_title(claims, "m", mechanism->name, by);
        claim_rivers(claims, mechanism->name.zh, by);
    }
}

/* What stands under 发展定位: the part that a plan wants its area to play. */
static void claim_positions(Claims *claims, const Document *doc, uint32_t part, uint32_t plan)
{
    const Part *one = &doc->parts[part];
    Str title = doc_text(doc, one->title);

    if (one->parent != NO_PART && title.len >= 18 &&
        str_ends(doc_text(doc, doc->parts[one->parent].title), STR("定位"))) {
        claim_title(claims, "t", (Text){title, STR("")},
                    (Claimant){.plan = plan, .at = check_at(doc, one->title)});
    }
}

static void claim_document(Claims *claims, const Document *doc)
{
    for (size_t i = 0; i < doc->n_blocks; i++) {
        uint32_t plan = check_plan_of(claims->check, doc, doc->blocks[i].part);

        if (plan != NONE &&
            (doc->blocks[i].role == ROLE_BODY || doc->blocks[i].role == ROLE_CELL)) {
            claim_sentences(claims, doc, &doc->blocks[i], plan);
        }
    }
    for (uint32_t part = 0; part < doc->n_parts; part++) {
        uint32_t plan = check_plan_of(claims->check, doc, part);

        if (plan != NONE) {
            claim_positions(claims, doc, part, plan);
        }
    }
}

static Place place_of_claim(const Check *check, const Claimant *by)
{
    return check_place(check, &check->plans[by->plan], by->node, by->key, by->at);
}

static void report(const Check *check, Str key, const Matter *matter)
{
    Buf plans = buf_new(check->arena);
    Diag *diag;

    if (matter->by.n < 2 || (key.at[0] == 'm' && !names_place(check->catalog, matter->name.zh))) {
        return;
    }
    for (size_t i = 0; i < matter->by.n; i++) {
        buf_format(&plans, "%s%.*s", i == 0 ? "" : "、",
                   STR_ARG(check->plans[matter->by.at[i].plan].id));
    }
    diag = diag_add(check->diags, LT4104, place_of_claim(check, &matter->by.at[0]),
                    diag_word(check->arena, matter->name), buf_str(&plans));
    for (size_t i = 1; i < matter->by.n; i++) {
        const Plan *plan = &check->plans[matter->by.at[i].plan];
        Str zh = plan->title.zh.len != 0 ? plan->title.zh : plan->id,
            en = plan->title.en.len != 0 ? plan->title.en : plan->id;
        Text words = matter->by.at[i].words;

        diag_relate(check->diags, diag, place_of_claim(check, &matter->by.at[i]),
                    words.zh.len == 0 ? (Text){zh, en}
                                      : (Text){str_format(check->arena, "%.*s：%.*s", STR_ARG(zh),
                                                          STR_ARG(text_in(words, LANG_ZH))),
                                               str_format(check->arena, "%.*s: %.*s", STR_ARG(en),
                                                          STR_ARG(text_in(words, LANG_EN)))});
    }
}

void check_claims(Check *check)
{
    Claims claims = {.check = check, .index = map_new(check->arena)};

    if (check->n_plans < 2) {
        return;
    }
    for (uint32_t p = 0; p < check->n_plans; p++) {
        claim_plan(&claims, p);
        if (check_new_document(check, p) != NULL) {
            claim_document(&claims, check->documents[p]);
        }
    }
    for (size_t i = 0; i < claims.matters.n; i++) {
        report(check, map_key(claims.index, i), &claims.matters.at[i]);
    }
}
