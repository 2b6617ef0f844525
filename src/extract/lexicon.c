/* Lexicon: the words that extraction knows, in one automaton. */
#include "extract/lexicon.h"

#include "base/hanzi.h"
#include "base/utf8.h"

#include <assert.h>
#include <string.h>

/* A trie over code points. Its edges lie in one table of hashed places, so that it is built in one
 * pass over the words and each step of a walk touches one or two of them. Most walks end before
 * they come to the table: a state knows what may follow it. */
typedef struct {
    Word word;
    uint64_t follow; /* a bit for the last six bits of each code point that an edge has */
} State;

enum { N_FIRST = 0x10000 };

struct Automaton {
    Arena *arena;
    uint64_t *edges; /* the state that an edge is from, 1 added, and its code; 0: a free place */
    uint32_t *to;    /* by the same place: the state that it leads to */
    size_t mask, n_edges; /* places - 1, a power of two; used places */
    State *states;
    uint64_t *pairs; /* see Lexicon; NULL: are not kept */
    uint32_t *first; /* state behind the start by code point of the BMP, 0: none */
    size_t n_states, cap;
    bool exact; /* capitals are other letters than small ones: G is no g */
};

/* The whole names of indicators, by a hash of their folded characters; they are never looked for
 * inside a longer text. */
typedef struct {
    const Str *text; /* in the catalog */
    uint32_t hash, indicator;
} Name;

struct NameTable {
    Name *names;
    size_t n;
    uint32_t *places; /* index + 1; 0 is free */
    size_t mask;      /* places - 1, a power of two */
    size_t longest;   /* characters of a name */
};

enum { MAX_WORD = 240 };

static uint64_t edge_of(uint32_t from, uint32_t code)
{
    return ((uint64_t)from + 1) << 21 | code;
}

static size_t place_of_edge(const Automaton *automaton, uint32_t from, uint32_t code)
{
    uint64_t edge = edge_of(from, code);
    size_t place = (size_t)(edge * 0x9E3779B97F4A7C15u >> 32) & automaton->mask; /* Knuth 6.4 */

    while (automaton->edges[place] != edge && automaton->edges[place] != 0) {
        place = (place + 1) & automaton->mask;
    }
    return place;
}

/* Free places lead to the start, where no edge does. */
static uint32_t step(const Automaton *automaton, uint32_t state, uint32_t code)
{
    if (state == 0 && code < N_FIRST) {
        return automaton->first[code];
    }
    if ((automaton->states[state].follow >> code % 64 & 1) == 0) {
        return 0;
    }
    return automaton->to[place_of_edge(automaton, state, code)];
}

static void set_places(Automaton *automaton, size_t places)
{
    const uint64_t *old = automaton->edges;
    const uint32_t *old_to = automaton->to;
    size_t n_old = old == NULL ? 0 : automaton->mask + 1;

    automaton->edges = ARENA_ARRAY(automaton->arena, uint64_t, places);
    automaton->to = ARENA_ARRAY(automaton->arena, uint32_t, places);
    automaton->mask = places - 1;
    for (size_t i = 0; i < n_old; i++) {
        if (old[i] != 0) {
            size_t place = place_of_edge(automaton, (uint32_t)(old[i] >> 21) - 1,
                                         (uint32_t)(old[i] & ((1u << 21) - 1)));

            automaton->edges[place] = old[i];
            automaton->to[place] = old_to[i];
        }
    }
}

/* For about `states` states, a power of two; it grows where there are more. */
static Automaton *automaton_new(Arena *arena, size_t states)
{
    Automaton *automaton = ARENA_NEW(arena, Automaton);

    automaton->arena = arena;
    set_places(automaton, states);
    automaton->cap = states;
    automaton->states = ARENA_ARRAY(arena, State, automaton->cap);
    automaton->first = ARENA_ARRAY(arena, uint32_t, N_FIRST);
    automaton->n_states = 1;
    return automaton;
}

/* Full-width Latin letters, digits and signs are read as their usual forms, capitals as small. */
static uint32_t fold(uint32_t code, bool exact)
{
    if (code > 'Z' && code < 0xFF01) { /* as most */
        return code;
    }
    if (code >= 0xFF01 && code <= 0xFF5E) {
        code -= 0xFF01 - '!';
    }
    return code >= 'A' && code <= 'Z' && !exact ? code + ('a' - 'A') : code;
}

static uint32_t state_after(Automaton *automaton, uint32_t state, uint32_t code)
{
    size_t place = place_of_edge(automaton, state, code);

    if (automaton->edges[place] == 0) {
        if (automaton->n_states == automaton->cap) {
            automaton->states = arena_grow(automaton->arena, automaton->states, automaton->cap,
                                           automaton->cap * 2, sizeof(State));
            automaton->cap *= 2;
        }
        automaton->states[state].follow |= (uint64_t)1 << code % 64;
        if (state == 0 && code < N_FIRST) {
            automaton->first[code] = (uint32_t)automaton->n_states;
        }
        automaton->edges[place] = edge_of(state, code);
        automaton->to[place] = (uint32_t)automaton->n_states++;
        if (++automaton->n_edges > automaton->mask / 4 * 3) {
            uint32_t to = (uint32_t)automaton->n_states - 1;

            set_places(automaton, (automaton->mask + 1) * 2);
            return to;
        }
    }
    return automaton->to[place];
}

/* The first meaning that a word is given stays. */
static void add_word(Automaton *automaton, Str text, WordKind kind, uint32_t number)
{
    uint32_t state = 0, first = 0;
    size_t len, n = 0;

    if (text.len == 0 || text.len > MAX_WORD) {
        return;
    }
    for (size_t i = 0; i < text.len; i += len, n++) {
        uint32_t code = fold(utf8_at(text, i, &len), automaton->exact);

        state = state_after(automaton, state, code);
        if (n == 1 && automaton->pairs != NULL) {
            size_t pair = pair_of(first, code);

            automaton->pairs[pair / 64] |= (uint64_t)1 << pair % 64;
        }
        first = code;
    }
    if (automaton->states[state].word.kind == WORD_NONE) {
        automaton->states[state].word = (Word){(uint8_t)kind, (uint8_t)text.len, number};
    }
}

static void add_words(Automaton *automaton, const char *list, WordKind kind, uint32_t number)
{
    Str rest = str_z(list);

    while (rest.len > 0) {
        add_word(automaton, str_cut(rest, ' ', &rest), kind, number);
    }
}

/* The longest word; its length is that of the text, which may be in full-width forms. */
static Word longest(const Automaton *automaton, Str text, size_t i)
{
    Word best = {0};
    size_t start = i, end = text.len - i < MAX_WORD ? text.len : i + MAX_WORD, best_end = i, len;
    uint32_t state = 0, best_state = 0, code;

    if (i >= text.len) {
        return best;
    }
    code = fold(utf8_next(text, i, &len), automaton->exact);
    state = code < N_FIRST ? automaton->first[code] : step(automaton, 0, code);
    while (state != 0) {
        const State *reached = &automaton->states[state];

        i += len;
        if (reached->word.kind != WORD_NONE) {
            best_state = state;
            best_end = i;
        }
        if (i >= end || reached->follow == 0) {
            break;
        }
        code = fold(utf8_next(text, i, &len), automaton->exact);
        if ((reached->follow >> code % 64 & 1) == 0) {
            break;
        }
        state = automaton->to[place_of_edge(automaton, state, code)];
    }
    if (best_state != 0) {
        best = automaton->states[best_state].word;
        best.len = (uint8_t)(best_end - start);
    }
    return best;
}

Word lexicon_word(const Lexicon *lexicon, Str text, size_t i)
{
    return longest(lexicon->words, text, i);
}

static const uint32_t HASH0 = 0x811C9DC5; /* FNV-1a */

static uint32_t hash_code(uint32_t hash, uint32_t code)
{
    return (hash ^ code) * 0x01000193u; /* FNV-1a, by characters */
}

static uint32_t hash_end(uint32_t hash)
{
    return (uint32_t)(hash * 0x9E3779B97F4A7C15u >> 32); /* Knuth 6.4, golden ratio */
}

static bool is_space(const Lexicon *lexicon, uint32_t code)
{
    return code < 0x10000 && (lexicon->classes[code] & CLASS_SPACE) != 0;
}

/* The pieces without white space are the name. */
static bool is_name(const Lexicon *lexicon, Str name, const Str *pieces, size_t n)
{
    size_t at = 0, len, name_len;

    for (size_t k = 0; k < n; k++) {
        for (size_t i = 0; i < pieces[k].len; i += len) {
            uint32_t code = utf8_at(pieces[k], i, &len);

            if (is_space(lexicon, code)) {
                continue;
            }
            if (at == name.len || fold(utf8_at(name, at, &name_len), false) != fold(code, false)) {
                return false;
            }
            at += name_len;
        }
    }
    return at == name.len;
}

uint32_t lexicon_indicator(const Lexicon *lexicon, const Str *pieces, size_t n)
{
    const NameTable *table = lexicon->indicators;
    uint32_t hash = HASH0;
    size_t len, length = 0;

    for (size_t k = 0; k < n; k++) {
        for (size_t i = 0; i < pieces[k].len; i += len) {
            uint32_t code = utf8_at(pieces[k], i, &len);

            if (is_space(lexicon, code)) {
                continue;
            }
            if (++length > table->longest) {
                return NONE;
            }
            hash = hash_code(hash, fold(code, false));
        }
    }
    hash = hash_end(hash);
    for (size_t i = hash & table->mask; table->places[i] != 0; i = (i + 1) & table->mask) {
        const Name *name = &table->names[table->places[i] - 1];

        if (name->hash == hash && is_name(lexicon, *name->text, pieces, n)) {
            return name->indicator;
        }
    }
    return NONE;
}

/* ---- units ---- */

static bool is_one_of(Str symbol, const char *list)
{
    Str rest = str_z(list);

    while (rest.len > 0) {
        if (str_eq(str_cut(rest, ' ', &rest), symbol)) {
            return true;
        }
    }
    return false;
}

/* Whether it counts people or things. */
static bool counts(Unit unit)
{
    for (int i = 0; i < N_DIMS; i++) {
        if (unit.dim[i] != 0 && !((i == DIM_PERSON || i == DIM_ITEM) && unit.dim[i] == 1)) {
            return false;
        }
    }
    return unit.dim[DIM_PERSON] + unit.dim[DIM_ITEM] == 1;
}

static UnitClass class_of(Str symbol, Unit unit)
{
    if (str_ends(symbol, STR("百分点"))) {
        return UNIT_POINTS;
    }
    if (unit.percent) {
        return UNIT_RATE;
    }
    if (str_eq(symbol, STR("倍"))) {
        return UNIT_TIMES;
    }
    if (counts(unit)) {
        return UNIT_COUNT;
    }
    if (is_one_of(symbol, "年 月 个月 周 天 日 小时 分钟 秒 个工作日 工作日 h min s d")) {
        return UNIT_LENGTH_OF_TIME;
    }
    return UNIT_SIZE;
}

static size_t scale_at(Str text, size_t i)
{
    size_t len, start = i;
    int words = 0;

    while (i < text.len && words++ < 3 && hanzi_power(utf8_at(text, i, &len)) != 0) {
        i += len;
    }
    return i - start;
}

/* A Latin symbol ends where the word does: 5G is no 5 g. */
static bool goes_on(Str text, size_t i)
{
    char last = text.at[i - 1], next = i < text.len ? text.at[i] : ' ';
    bool letter = (last >= 'a' && last <= 'z') || (last >= 'A' && last <= 'Z');

    return letter && ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z'));
}

static size_t symbol_at(const Lexicon *lexicon, Str text, size_t i, uint32_t *index)
{
    Word word = longest(lexicon->units, text, i);

    if (word.kind == WORD_NONE || goes_on(text, i + word.len)) {
        return 0;
    }
    *index = word.number;
    return word.len;
}

static size_t scaled_symbol_at(const Lexicon *lexicon, Str text, size_t i, uint32_t *index)
{
    size_t len = symbol_at(lexicon, text, i, index), scale; /* 千瓦时 before 千 + 瓦时 */

    if (len != 0) {
        return len;
    }
    scale = scale_at(text, i);
    for (size_t used = scale; used > 0;) { /* 万千瓦 is 万 and 千瓦 */
        size_t width = text.at[i + used - 1] == 0 ? 0 : 3, before = used - width;

        len = before > 0 ? symbol_at(lexicon, text, i + before, index) : 0;
        if (len != 0 && len > width) {
            return before + len;
        }
        used = before;
    }
    len = scale == 0 ? 0 : symbol_at(lexicon, text, i + scale, index);
    return len == 0 ? 0 : scale + len;
}

size_t lexicon_unit(const Lexicon *lexicon, Str text, size_t i, Str *symbol, UnitClass *is)
{
    uint32_t index, under;
    size_t used = scaled_symbol_at(lexicon, text, i, &index), more;
    Unit unit;

    if (used == 0) { /* 24万 */
        used = scale_at(text, i);
        *symbol = STR("");
        *is = UNIT_SIZE;
        return used;
    }
    *symbol = unit_symbol(index, &unit);
    *is = class_of(*symbol, unit);
    if (i + used < text.len) {
        Str rest = str_slice(text, i + used, text.len);
        bool per = str_starts(rest, STR("每"));
        size_t slash = *rest.at == '/' ? 1 : per || str_starts(rest, STR("／")) ? 3 : 0;

        more = slash == 0 ? 0 : scaled_symbol_at(lexicon, text, i + used + slash, &under);
        if (more != 0 && per) { /* 微克每立方米, and not 建设2个每村… */
            (void)unit_symbol(under, &unit);
            more = class_of(STR(""), unit) == UNIT_SIZE && unit.dim[DIM_TIME] == 0 ? more : 0;
        }
        if (more != 0) {
            used += slash + more;
            *is = UNIT_SIZE;
        }
    }
    return used;
}

/* ---- building ---- */

static bool same_name(Str a, Str b)
{
    size_t i = 0, k = 0, len_a, len_b;

    while (i < a.len && k < b.len) {
        if (fold(utf8_at(a, i, &len_a), false) != fold(utf8_at(b, k, &len_b), false)) {
            return false;
        }
        i += len_a;
        k += len_b;
    }
    return i == a.len && k == b.len;
}

/* The first indicator that has a name keeps it. */
static void add_name(NameTable *table, const Str *text, uint32_t indicator)
{
    uint32_t hash = HASH0;
    size_t len, place, n = 0;

    if (text->len == 0 || text->len > MAX_WORD) {
        return;
    }
    for (size_t i = 0; i < text->len; i += len, n++) {
        hash = hash_code(hash, fold(utf8_at(*text, i, &len), false));
    }
    hash = hash_end(hash);
    place = hash & table->mask;
    while (table->places[place] != 0) {
        const Name *name = &table->names[table->places[place] - 1];

        if (name->hash == hash && same_name(*name->text, *text)) {
            return;
        }
        place = (place + 1) & table->mask;
    }
    table->longest = n > table->longest ? n : table->longest;
    table->names[table->n++] = (Name){text, hash, indicator};
    table->places[place] = (uint32_t)table->n;
}

static NameTable *name_table(Arena *arena, const Catalog *catalog)
{
    NameTable *table = ARENA_NEW(arena, NameTable);
    size_t n = 0, places = 16;

    for (size_t i = 0; i < catalog->indicators.n; i++) {
        n += 1 + catalog->indicators.at[i]->also.n;
    }
    while (places < n * 3 / 2) {
        places *= 2;
    }
    table->names = ARENA_ARRAY(arena, Name, n);
    table->places = ARENA_ARRAY(arena, uint32_t, places);
    table->mask = places - 1;
    for (size_t i = 0; i < catalog->indicators.n; i++) {
        const Indicator *indicator = catalog->indicators.at[i];

        add_name(table, &indicator->name.zh, (uint32_t)i);
        for (size_t k = 0; k < indicator->also.n; k++) {
            add_name(table, &indicator->also.at[k], (uint32_t)i);
        }
    }
    return table;
}

static void add_names(Automaton *automaton, Text name, StrList also, WordKind kind, uint32_t number)
{
    add_word(automaton, name.zh, kind, number);
    for (size_t i = 0; i < also.n; i++) {
        add_word(automaton, also.at[i], kind, number);
    }
}

static void add_catalog(Lexicon *lexicon, const Catalog *catalog)
{
    Automaton *words = lexicon->words;

    for (size_t i = 0; i < catalog->bodies.n; i++) {
        const Body *body = &catalog->bodies.at[i];

        if (str_ends(body->name.zh, STR("省")) || str_ends(body->name.zh, STR("市"))) {
            continue;
        }
        add_word(words, body->name.zh, WORD_BODY, (uint32_t)i);
        for (size_t k = 0; k < body->also.n; k++) {
            if (catalog_entity(catalog, body->also.at[k]) == NONE) { /* 兰州市 is a place first */
                add_word(words, body->also.at[k], WORD_BODY, (uint32_t)i);
            }
        }
    }
    for (size_t i = 0; i < catalog->regions.n; i++) {
        const Region *region = &catalog->regions.at[i];
        uint32_t entity = catalog_entity(catalog, region->code);

        add_word(words, region->name.zh, WORD_REGION, entity);
        for (size_t k = 0; k < region->also.n; k++) {
            if (!str_starts(region->also.at[k], STR("全")) &&
                catalog_entity(catalog, region->also.at[k]) == entity) {
                add_word(words, region->also.at[k], WORD_REGION, entity);
            }
        }
    }
    for (size_t i = 0; i < catalog->groups.n; i++) {
        const Group *group = &catalog->groups.at[i];

        add_names(words, group->name, group->also, WORD_REGION, catalog_entity(catalog, group->id));
    }
}

/* X(class, first, last): characters that begin something without being a word's first. */
#define RANGES(X)                                                                                  \
    X(CLASS_DIGIT, '0', '9')                                                                       \
    X(CLASS_DIGIT, 0xFF10, 0xFF19)                                                                 \
    X(CLASS_LETTER, 'a', 'z')                                                                      \
    X(CLASS_LETTER, 'A', 'Z')                                                                      \
    X(CLASS_LETTER, 0xFF21, 0xFF3A)                                                                \
    X(CLASS_LETTER, 0xFF41, 0xFF5A)                                                                \
    X(CLASS_SPACE, ' ', ' ')                                                                       \
    X(CLASS_SPACE, '\t', '\t')                                                                     \
    X(CLASS_SPACE, 0xA0, 0xA0)                                                                     \
    X(CLASS_SPACE, 0x3000, 0x3000) X(CLASS_SPACE, '\r', '\r') X(CLASS_SPACE, '\n', '\n')

static void set_classes(Lexicon *lexicon)
{
    static const char *const MARKS =
        "。；！？，、：,;!?:（）()《》“”\"‘’〔〕【】[]「」—–-~～－∶/+·…";
    Str marks = str_z(MARKS);
    size_t len;

#define X(class, first, last)                                                                      \
    for (uint32_t code = (first); code <= (last); code++) {                                        \
        lexicon->classes[code] |= (class);                                                         \
    }
    RANGES(X)
#undef X
    for (size_t i = 0; i < marks.len; i += len) {
        lexicon->classes[utf8_at(marks, i, &len)] |= CLASS_MARK;
    }
    for (uint32_t code = 0x3000; code < 0xA000; code++) {
        if (hanzi_digit(code) != HANZI_NOT || hanzi_power(code) != 0) {
            lexicon->classes[code] |= CLASS_HANZI;
        }
    }
    for (uint32_t code = 0; code < 0x10000; code++) {
        code = code == 0x3400 ? 0xE000 : code; /* no hanzi is one */
        if (utf8_is_space(code)) {
            lexicon->classes[code] |= CLASS_SPACE;
        }
    }
    lexicon->classes[0x25CB] |= CLASS_HANZI;
    lexicon->classes[0x534A] |= CLASS_HANZI; /* 半 */
    lexicon->classes[0x53CC] |= CLASS_HANZI; /* 双 */
    for (uint32_t code = 0; code < N_FIRST; code++) {
        if (lexicon->words->first[code] != 0) {
            uint32_t state = lexicon->words->first[code];

            lexicon->classes[code] |= CLASS_WORD;
            if (code < 0x80 || lexicon->words->states[state].word.kind != WORD_NONE) {
                lexicon->classes[code] |= CLASS_ALONE;
            }
            if (code >= '!' && code <= '~') {
                lexicon->classes[code - '!' + 0xFF01] |= CLASS_WORD | CLASS_ALONE;
            }
        }
    }
}

Lexicon *lexicon_new(Arena *arena, const Catalog *catalog)
{
    Lexicon *lexicon = ARENA_NEW(arena, Lexicon);
    Unit unit;

    lexicon->catalog = catalog;
    lexicon->words = automaton_new(arena, 1 << 13);
    lexicon->units = automaton_new(arena, 1 << 9);
    lexicon->units->exact = true;
    lexicon->words->pairs = lexicon->pairs;
#define X(kind, number, list) add_words(lexicon->words, list, kind, number);
#include "extract/words.def"
#undef X
    add_catalog(lexicon, catalog);
    lexicon->indicators = name_table(arena, catalog);
    for (size_t i = 0;; i++) {
        Str symbol = unit_symbol(i, &unit);

        if (symbol.len == 0) {
            break;
        }
        if (!(symbol.at[0] >= '0' && symbol.at[0] <= '9')) {
            add_word(lexicon->units, symbol, WORD_NAME, (uint32_t)i);
        }
    }
    set_classes(lexicon);
    return lexicon;
}
