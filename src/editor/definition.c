/* Features: where what a plan file names is written. */
#include "base/file.h"
#include "base/utf8.h"
#include "editor/features.h"
#include "editor/uri.h"

static void write_location(const View *view, Str path, Range range, Json *json)
{
    json_object(json);
    json_flat(json);
    json_key(json, "uri");
    json_str(json, uri_of(view->arena, file_real_path(view->arena, path)));
    json_key(json, "range");
    position_write_range(json, range);
    json_end(json);
}

/* The entry of a dictionary: where its id stands. */
static void write_entry(const View *view, uint32_t source, const YamlNode *node, const char *key,
                        Json *json)
{
    const Source *file = &view->catalog->sources.at[source];
    const YamlNode *id = node == NULL ? NULL : yaml_get(node, str_z(key));

    if (id == NULL || view->built_in) {
        json_null(json);
        return;
    }
    write_location(view, file->name, position_range(file->text, view->encoding, id->at), json);
}

static void write_indicator(const View *view, uint32_t index, Json *json)
{
    const Catalog *catalog = view->catalog;

    write_entry(view, catalog->indicator_source.at[index], catalog->indicators.at[index]->node,
                "id", json);
}

/* Measures that indicators stand for have no entry of their own, and are where the indicator is. */
static void write_measure(const View *view, uint32_t index, Json *json)
{
    const Catalog *catalog = view->catalog;

    write_entry(view, catalog->measure_source.at[index], catalog->measures.at[index]->node, "id",
                json);
}

static void write_entity(const View *view, uint32_t index, Json *json)
{
    const Catalog *catalog = view->catalog;

    if (index < catalog->regions.n) {
        write_entry(view, catalog->region_source.at[index], catalog->regions.at[index].node, "code",
                    json);
    } else {
        size_t group = index - catalog->regions.n;

        write_entry(view, catalog->group_source.at[group], catalog->groups.at[group].node, "id",
                    json);
    }
}

/* False if the value names nothing, or nothing that is known. */
static bool write_reference(const View *view, const Meaning *meaning, Json *json)
{
    const Catalog *catalog = view->catalog;
    bool any = meaning->refer == REFER_QUANTITY;
    uint32_t found = NONE;

    if (catalog == NULL) {
        return false;
    }
    if ((any || meaning->refer == REFER_INDICATOR) &&
        (found = catalog_indicator(catalog, meaning->text)) != NONE) {
        write_indicator(view, found, json);
    } else if ((any || meaning->refer == REFER_MEASURE) &&
               (found = catalog_measure(catalog, meaning->text)) != NONE) {
        write_measure(view, found, json);
    } else if (meaning->refer == REFER_ENTITY &&
               (found = catalog_entity(catalog, meaning->text)) != NONE) {
        write_entity(view, found, json);
    } else if (meaning->refer == REFER_BODY &&
               (found = catalog_body(catalog, meaning->text)) != NONE) {
        write_entry(view, catalog->body_source.at[found], catalog->bodies.at[found].node, "name",
                    json);
    }
    return found != NONE;
}

static bool write_file(const View *view, const Meaning *meaning, Json *json)
{
    Str path, text;

    if (meaning->refer != REFER_FILE || meaning->text.len == 0 || view->path.len == 0) {
        return false;
    }
    path = file_beside(view->arena, view->path, meaning->text);
    if (!view->read(view->context, view->arena, path, &text)) {
        return false;
    }
    write_location(view, path, (Range){0}, json);
    return true;
}

/* Characters of a line as code units of the encoding. */
static uint32_t units_of(const View *view, Str line, uint32_t characters)
{
    Place place = {.line = 1, .column = characters + 1, .end = characters + 1, .text = line};

    return position_of_place(&place, view->encoding).start.character;
}

static bool write_source(const View *view, const Meaning *meaning, Json *json)
{
    MeaningPlace place = {0};
    Str path, text, line;
    Range range;

    if (meaning->entry != UINT32_MAX) {
        place = meaning_place(&view->sketch, meaning->entry);
    }
    if (place.line == 0 || !feature_source(view, &path, &text)) {
        return false;
    }
    line = position_line(text, place.line - 1);
    range.start = (Position){place.line - 1, units_of(view, line, place.start)};
    range.end = (Position){place.line - 1,
                           units_of(view, line, place.end > place.start ? place.end : place.start)};
    write_location(view, path, range, json);
    return true;
}

void feature_definition(const View *view, size_t offset, Json *json)
{
    Meaning meaning = meaning_at(&view->sketch, offset);

    if (meaning.kind == SPOT_VALUE && write_reference(view, &meaning, json)) {
        return;
    }
    if (meaning.kind == SPOT_VALUE && write_file(view, &meaning, json)) {
        return;
    }
    if (meaning.kind == SPOT_NONE || !write_source(view, &meaning, json)) {
        json_null(json);
    }
}
