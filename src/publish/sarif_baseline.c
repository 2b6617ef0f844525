/* Sarif, baseline: reads the findings of an earlier log. */
#include "publish/sarif_priv.h"

#include "base/json_reader.h"
#include "base/utf8.h"

typedef struct {
    Arena *arena;
    JsonReader json;
    SarifBaseline *baseline;
    Str version;
    bool runs;     /* the log has them */
    bool too_many; /* findings */
} Reading;

/* Each of these is called where a value stands and reads it; keys that are unknown or of another
 * kind than expected are passed over. */

static void read_region(JsonReader *json, SarifFinding *out)
{
    Str key;

    if (json_read_object(json)) {
        while (json_read_key(json, &key)) {
            if (str_eq(key, STR("startLine"))) {
                (void)json_read_uint(json, &out->line);
            } else if (str_eq(key, STR("startColumn"))) {
                (void)json_read_uint(json, &out->column);
            } else if (str_eq(key, STR("endColumn"))) {
                (void)json_read_uint(json, &out->end);
            } else {
                json_read_skip(json);
            }
        }
    }
}

/* The text of the key `wanted` of an object. */
static void read_member(JsonReader *json, Str wanted, Str *out)
{
    Str key;

    if (json_read_object(json)) {
        while (json_read_key(json, &key)) {
            if (str_eq(key, wanted)) {
                (void)json_read_str(json, out);
            } else {
                json_read_skip(json);
            }
        }
    }
}

static void read_physical(JsonReader *json, SarifFinding *out)
{
    Str key;

    if (json_read_object(json)) {
        while (json_read_key(json, &key)) {
            if (str_eq(key, STR("artifactLocation"))) {
                read_member(json, STR("uri"), &out->uri);
            } else if (str_eq(key, STR("region"))) {
                read_region(json, out);
            } else {
                json_read_skip(json);
            }
        }
    }
}

static void read_location(JsonReader *json, SarifFinding *out)
{
    Str key;

    if (json_read_object(json)) {
        while (json_read_key(json, &key)) {
            if (str_eq(key, STR("physicalLocation"))) {
                read_physical(json, out);
            } else {
                json_read_skip(json);
            }
        }
    }
}

/* The first one. */
static void read_locations(JsonReader *json, SarifFinding *out)
{
    bool first = true;

    if (json_read_array(json)) {
        for (; json_read_item(json); first = false) {
            if (first) {
                read_location(json, out);
            } else {
                json_read_skip(json);
            }
        }
    }
}

static Level level_of(Str word)
{
    return str_eq(word, STR("error")) ? LEVEL_ERROR
           : str_eq(word, STR("note")) || str_eq(word, STR("none"))
               ? LEVEL_NOTE
               : LEVEL_WARNING; /* SARIF 3.27.10: the default */
}

/* Whether a text can be a URI at all, by its characters (RFC 3986, 2). */
static bool is_uri(Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        if (c <= ' ' || c > '~' || strchr("\"<>\\^`{|}", c) != NULL) {
            return false;
        }
    }
    return true;
}

/* Keeps it if it has our fingerprint and was there. */
static void keep(Reading *reading, SarifFinding finding, Str level, Str state)
{
    SarifBaseline *baseline = reading->baseline;

    if (finding.fingerprint.len == 0 || str_eq(state, STR("absent"))) {
        return;
    }
    if (baseline->all.n >= SARIF_MAX_FINDINGS) {
        reading->too_many = true;
        return;
    }
    if (!map_add(baseline->by_fingerprint, finding.fingerprint, baseline->all.n)) {
        return;
    }
    finding.level = level_of(level);
    finding.uri = is_uri(finding.uri) ? finding.uri : STR("");
    *vec_push(reading->arena, &baseline->all) = finding;
}

static void read_result(Reading *reading)
{
    JsonReader *json = &reading->json;
    SarifFinding finding = {0};
    Str key, level = STR(""), state = STR("");

    if (!json_read_object(json)) {
        return;
    }
    while (json_read_key(json, &key)) {
        if (str_eq(key, STR("ruleId"))) {
            (void)json_read_str(json, &finding.rule);
        } else if (str_eq(key, STR("level"))) {
            (void)json_read_str(json, &level);
        } else if (str_eq(key, STR("message"))) {
            read_member(json, STR("text"), &finding.message);
        } else if (str_eq(key, STR("locations"))) {
            read_locations(json, &finding);
        } else if (str_eq(key, STR("partialFingerprints"))) {
            read_member(json, STR(SARIF_FINGERPRINT), &finding.fingerprint);
        } else if (str_eq(key, STR("baselineState"))) {
            (void)json_read_str(json, &state);
        } else {
            json_read_skip(json);
        }
    }
    keep(reading, finding, level, state);
}

static void read_run(Reading *reading)
{
    JsonReader *json = &reading->json;
    Str key;

    if (!json_read_object(json)) {
        return;
    }
    while (json_read_key(json, &key)) {
        if (!str_eq(key, STR("results"))) {
            json_read_skip(json);
        } else if (json_read_array(json)) {
            while (json_read_item(json)) {
                read_result(reading);
            }
        }
    }
}

static void read_log(Reading *reading)
{
    JsonReader *json = &reading->json;
    Str key;

    if (!json_read_object(json)) {
        return;
    }
    while (json_read_key(json, &key)) {
        if (str_eq(key, STR("version"))) {
            (void)json_read_str(json, &reading->version);
        } else if (!str_eq(key, STR("runs"))) {
            json_read_skip(json);
        } else if (json_read_array(json)) {
            reading->runs = true;
            while (json_read_item(json)) {
                read_run(reading);
            }
        }
    }
}

/* Reports what is wrong with the log, if anything is. */
static Err check(const Reading *reading, const Source *source, Diags *diags)
{
    const JsonReader *json = &reading->json;
    uint32_t at = (uint32_t)json->at;

    if (json->wrong.en.len != 0) {
        diag_add(diags, LT9010, diag_place(diags, source, (Span){at, at}),
                 diag_word(diags->arena, json->wrong));
        return ERR_INPUT;
    }
    if (!reading->runs || !str_eq(reading->version, STR("2.1.0"))) {
        diag_add(diags, LT9011, place_file(source->name), source->name);
        return ERR_INPUT;
    }
    if (reading->too_many) {
        diag_add(diags, LT1002, place_file(source->name), source->name,
                 str_format(diags->arena, "%d", SARIF_MAX_FINDINGS));
        return ERR_INPUT;
    }
    return OK;
}

Err sarif_baseline_read(Arena *arena, Source source, const SarifBaseline **out, Diags *diags)
{
    Reading reading = {.arena = arena, .json = json_reader_new(arena, source.text)};
    size_t good = utf8_valid(source.text);

    if (source.text.len > SARIF_MAX_BYTES) {
        diag_add(diags, LT1002, place_file(source.name), source.name,
                 str_format(diags->arena, "%d MiB", SARIF_MAX_BYTES >> 20));
        return ERR_INPUT;
    }
    if (good != source.text.len) {
        diag_add(diags, LT1003, place_file(source.name), str_format(diags->arena, "%zu", good + 1));
        return ERR_INPUT;
    }
    reading.baseline = ARENA_NEW(arena, SarifBaseline);
    reading.baseline->by_fingerprint = map_new(arena);
    read_log(&reading);
    (void)json_read_end(&reading.json);
    if (check(&reading, &source, diags) != OK) {
        return ERR_INPUT;
    }
    *out = reading.baseline;
    return OK;
}

bool sarif_baseline_has(const SarifBaseline *baseline, Str fingerprint)
{
    return map_get(baseline->by_fingerprint, fingerprint, NULL);
}

size_t sarif_baseline_n(const SarifBaseline *baseline)
{
    return baseline->all.n;
}
