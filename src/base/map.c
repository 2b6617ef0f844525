/* Map: from text to a number, keeping the order of insertion; seeded, so that chosen keys cannot
 * make it slow. */
#include "base/map.h"

#include "base/vec.h"

#include <assert.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

typedef struct {
    Str key;
    uint64_t value;
    uint64_t hash;
} Entry;

struct Map {
    Arena *arena;
    uint64_t seed[2];
    uint32_t *slots; /* index into entries + 1, 0 is free; n_slots is a power of two */
    size_t n_slots;
    VEC(Entry) entries;
};

static uint64_t rotate(uint64_t x, unsigned by)
{
    return x << by | x >> (64 - by);
}

static void sip_round(uint64_t v[4])
{
    v[0] += v[1];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[0] = rotate(v[0], 32);
    v[2] += v[3];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[2] = rotate(v[2], 32);
}

static uint64_t sip_hash(const uint64_t key[2], Str s)
{
    uint64_t v[4] = {key[0] ^ 0x736f6d6570736575, key[1] ^ 0x646f72616e646f6d,
                     key[0] ^ 0x6c7967656e657261, key[1] ^ 0x7465646279746573};
    size_t left = s.len;
    const char *at = s.at;
    uint64_t word;

    for (; left >= 8; left -= 8, at += 8) {
        memcpy(&word, at, 8);
        v[3] ^= word;
        sip_round(v);
        v[0] ^= word;
    }
    word = 0;
    if (left != 0) {
        memcpy(&word, at, left);
    }
    word |= (uint64_t)s.len << 56;
    v[3] ^= word;
    sip_round(v);
    v[0] ^= word;
    v[2] ^= 0xff;
    sip_round(v);
    sip_round(v);
    sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

enum { FEW = 8 }; /* up to that many entries are compared one by one, without a hash */

Map *map_new(Arena *arena)
{
    Map *map = ARENA_NEW(arena, Map);

    map->arena = arena;
    return map;
}

static void seed(Map *map)
{
    if (getrandom(map->seed, sizeof map->seed, GRND_NONBLOCK) != (ssize_t)sizeof map->seed) {
        struct timespec now; /* only before the system has gathered entropy */

        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        map->seed[0] = (uint64_t)now.tv_nsec;
        map->seed[1] = (uint64_t)(uintptr_t)map;
    }
}

static uint32_t *find_slot(const Map *map, Str key, uint64_t hash)
{
    size_t mask = map->n_slots - 1;

    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        uint32_t index = map->slots[i];

        if (index == 0 || (map->entries.at[index - 1].hash == hash &&
                           str_eq(map->entries.at[index - 1].key, key))) {
            return &map->slots[i];
        }
    }
}

static void set_slots(Map *map, size_t n_slots)
{
    if (map->n_slots == 0) {
        seed(map);
        for (size_t i = 0; i < map->entries.n; i++) {
            map->entries.at[i].hash = sip_hash(map->seed, map->entries.at[i].key);
        }
    }
    map->n_slots = n_slots;
    map->slots = ARENA_ARRAY(map->arena, uint32_t, map->n_slots);
    for (size_t i = 0; i < map->entries.n; i++) {
        *find_slot(map, map->entries.at[i].key, map->entries.at[i].hash) = (uint32_t)(i + 1);
    }
}

void map_reserve(Map *map, size_t n)
{
    size_t n_slots = 4 * FEW;

    if (n <= FEW || n <= map->n_slots / 2) {
        return;
    }
    while (n_slots / 2 < n) {
        n_slots *= 2;
    }
    if (map->entries.cap < n) {
        map->entries.at =
            arena_grow(map->arena, map->entries.at, map->entries.cap, n, sizeof(Entry));
        map->entries.cap = n;
    }
    set_slots(map, n_slots);
}

static Entry *find_among_few(const Map *map, Str key)
{
    for (size_t i = 0; i < map->entries.n; i++) {
        if (str_eq(map->entries.at[i].key, key)) {
            return &map->entries.at[i];
        }
    }
    return NULL;
}

/* The entry of the key; a new one, without value, where there was none (*added). */
static Entry *entry_of(Map *map, Str key, bool *added)
{
    uint64_t hash = 0;
    uint32_t *slot = NULL;

    *added = false;
    if (map->n_slots == 0) {
        Entry *entry = find_among_few(map, key);

        if (entry != NULL) {
            return entry;
        }
    }
    if (map->n_slots != 0 || map->entries.n == FEW) {
        if (map->entries.n + 1 > map->n_slots / 2) {
            set_slots(map, map->n_slots == 0 ? 4 * FEW : map->n_slots * 2);
        }
        hash = sip_hash(map->seed, key);
        slot = find_slot(map, key, hash);
        if (*slot != 0) {
            return &map->entries.at[*slot - 1];
        }
    }
    *vec_push(map->arena, &map->entries) = (Entry){key, 0, hash};
    if (slot != NULL) {
        assert(map->entries.n < UINT32_MAX);
        *slot = (uint32_t)map->entries.n;
    }
    *added = true;
    return &map->entries.at[map->entries.n - 1];
}

void map_set(Map *map, Str key, uint64_t value)
{
    bool added;

    entry_of(map, key, &added)->value = value;
}

bool map_add(Map *map, Str key, uint64_t value)
{
    bool added;
    Entry *entry = entry_of(map, key, &added);

    if (added) {
        entry->value = value;
    }
    return added;
}

bool map_get(const Map *map, Str key, uint64_t *value)
{
    uint32_t slot;

    if (map->n_slots == 0) {
        const Entry *entry = find_among_few(map, key);

        if (entry != NULL && value != NULL) {
            *value = entry->value;
        }
        return entry != NULL;
    }
    slot = *find_slot(map, key, sip_hash(map->seed, key));
    if (slot != 0 && value != NULL) {
        *value = map->entries.at[slot - 1].value;
    }
    return slot != 0;
}

size_t map_n(const Map *map)
{
    return map->entries.n;
}

Str map_key(const Map *map, size_t i)
{
    assert(i < map->entries.n);
    return map->entries.at[i].key;
}

uint64_t map_value(const Map *map, size_t i)
{
    assert(i < map->entries.n);
    return map->entries.at[i].value;
}

static size_t common_start(Str a, Str b)
{
    size_t n = 0;

    while (n < a.len && n < b.len && a.at[n] == b.at[n]) {
        n++;
    }
    return n;
}

Str map_nearest(const Map *map, Str text)
{
    size_t best = text.len / 3 + 1, best_start = 0;
    Str nearest = {"", 0};

    for (size_t i = 0; i < map->entries.n; i++) {
        Str key = map->entries.at[i].key;
        size_t distance = str_distance(key, text, best), start = common_start(key, text);

        if (distance <= text.len / 3 &&
            (nearest.len == 0 || distance < best || (distance == best && start > best_start))) {
            best = distance;
            best_start = start;
            nearest = key;
        }
    }
    return nearest;
}
