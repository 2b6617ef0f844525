/* Map: from text to a number, keeping the order of insertion; seeded, so that chosen keys cannot
 * make it slow. */
#ifndef LONGTU_BASE_MAP_H
#define LONGTU_BASE_MAP_H

#include "base/str.h"

typedef struct Map Map;

/* The hash is SipHash-1-3 (Aumasson and Bernstein 2012) under a random key of each map. */
Map *map_new(Arena *arena);

/* Adds the key or changes its value. The key's bytes must live as long as the map. */
void map_set(Map *map, Str key, uint64_t value);

/* Adds the key unless it is there; false if it was, and its value stays. */
bool map_add(Map *map, Str key, uint64_t value);

/* Makes room for that many keys at once. */
void map_reserve(Map *map, size_t n);

/* True, and the value in *value (which may be NULL), if the key is there. */
bool map_get(const Map *map, Str key, uint64_t *value);

size_t map_n(const Map *map);
Str map_key(const Map *map, size_t i);        /* i-th in order of insertion */
uint64_t map_value(const Map *map, size_t i); /* likewise */

/* The key nearest to the text by edit distance, for “did you mean”; of several the one that
 * begins alike for longest, then the first; empty if none is near. */
Str map_nearest(const Map *map, Str text);

#endif
