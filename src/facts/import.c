/* Import: CSV files of observations and of sources into a store, all of a file or nothing of it. */
#include "facts/import.h"

#include "base/utf8.h"

#include <assert.h>
#include <math.h>

enum { BATCH = 4096, PROGRESS_ROWS = 1 << 16 };

#define X(name, en, zh, ...) {STR_INIT(en), STR_INIT(zh)},
static const Str HEADERS[N_COLUMNS][2] = {IMPORT_COLUMNS(X)};
#undef X

typedef enum {
    FIELD_ID,
    FIELD_TITLE,
    FIELD_PUBLISHER,
    FIELD_PUBLISHED,
    FIELD_URL,
    N_SOURCE_FIELDS
} SourceField;
static const Str SOURCE_HEADERS[N_SOURCE_FIELDS][2] = {
    {STR_INIT("source"), STR_INIT("来源")},
    {STR_INIT("title"), STR_INIT("标题")},
    {STR_INIT("publisher"), STR_INIT("发布单位")},
    {STR_INIT("published"), STR_INIT("发布时间")},
    {STR_INIT("url"), STR_INIT("地址")}};

#define NO_COLUMN SIZE_MAX

/* What the last row said in a column and what it came to: files repeat themselves, and a comparison
 * is cheaper than looking it up again. The text is a copy. */
typedef struct {
    char text[64];
    size_t len;
    bool known;
    uint32_t number;
    int64_t moment;
    KnownHow how;
    Unit unit;
} Last;

typedef struct {
    Arena *arena;
    Store *store; /* NULL in a dry run */
    const ImportOptions *options;
    const Catalog *catalog;
    Str file;
    Csv *csv;
    Diags *diags;     /* of the file */
    Arena *row_arena; /* of a row's diagnostics */
    ImportResult *result;

    size_t columns[N_COLUMNS];
    size_t n_columns;
    Last last[N_COLUMNS];
    uint32_t *entity_names, *measure_names,
        *edition_names; /* catalog index -> name of the store + 1; 0 not yet */
    Map *described;     /* sources of which it has been settled whether they are described */
    Str default_source_id;
    uint32_t default_source;
    Observation batch[BATCH];
    size_t n_batch;
} Import;

static Err reject(Import *import, Code code, Str a, Str b, Str c)
{
    Diags diags = diags_new(import->row_arena);
    const Diag *diag =
        diag_add(&diags, code, place_line(import->file, csv_line(import->csv)), a, b, c);

    import->options->report(import->options->context, diag);
    return ERR_INPUT;
}

/* “did you mean …? or ” before the advice that always holds. */
static Str maybe(Import *import, const Map *names, Str text)
{
    Str near = catalog_suggest(import->row_arena, names, text);

    if (near.len == 0) {
        return near;
    }
    return diag_word(import->row_arena,
                     (Text){str_format(import->row_arena, "%.*s 或", STR_ARG(near)),
                            str_format(import->row_arena, "%.*s or ", STR_ARG(near))});
}

/* Which of the known headers a column is; N if none. */
static size_t column_of(Arena *arena, Str field, const Str headers[][2], size_t n)
{
    Str folded = utf8_fold(arena, str_trim(field));

    for (size_t i = 0; i < n; i++) {
        if (str_eq(folded, headers[i][0]) || str_eq(folded, headers[i][1])) {
            return i;
        }
    }
    return n;
}

static Err read_header(Import *import, const Str *fields, size_t n, const Str headers[][2],
                       size_t n_headers, size_t *columns)
{
    import->n_columns = n;
    for (size_t i = 0; i < n_headers; i++) {
        columns[i] = NO_COLUMN;
    }
    for (size_t i = 0; i < n; i++) {
        size_t column = column_of(import->arena, fields[i], headers, n_headers);

        if (column == n_headers) {
            diag_add(import->diags, LT6015, place_line(import->file, csv_line(import->csv)),
                     fields[i]);
        } else if (columns[column] != NO_COLUMN) {
            diag_add(import->diags, LT6010, place_line(import->file, csv_line(import->csv)),
                     fields[i]);
            return ERR_INPUT;
        } else {
            columns[column] = i;
        }
    }
    return OK;
}

static Err require(Import *import, const size_t *columns, size_t first, size_t end,
                   const Str headers[][2])
{
    for (size_t i = first; i < end; i++) {
        if (columns[i] == NO_COLUMN) {
            diag_add(import->diags, LT6001, place_line(import->file, csv_line(import->csv)),
                     headers[i][0]);
            return ERR_INPUT;
        }
    }
    return OK;
}

static Str field_of(const Import *import, const Str *fields, ImportColumn column)
{
    return import->columns[column] == NO_COLUMN ? STR("")
                                                : str_trim(fields[import->columns[column]]);
}

static bool is_last(const Import *import, ImportColumn column, Str text)
{
    const Last *last = &import->last[column];

    return last->known && str_eq(text, (Str){last->text, last->len});
}

static void remember(Import *import, ImportColumn column, Str text)
{
    Last *last = &import->last[column];

    last->known = text.len <= sizeof last->text;
    if (last->known && text.len != 0) {
        memcpy(last->text, text.at, text.len);
    }
    last->len = text.len;
}

/* The store's number for a name of the catalog, kept in a table by its index there. */
static Err name_number(Import *import, uint32_t *table, uint32_t index, Str name, uint32_t *out)
{
    Err err = OK;

    if (table[index] == 0 && import->store != NULL) {
        err = store_name(import->store, name, out);
        table[index] = *out + 1;
    }
    *out = table[index] == 0 ? 0 : table[index] - 1;
    return err;
}

static Err take_measure(Import *import, Str text)
{
    Last *last = &import->last[COLUMN_MEASURE];

    if (is_last(import, COLUMN_MEASURE, text)) {
        return OK;
    }
    last->known = false;
    import->last[COLUMN_UNIT].known = import->last[COLUMN_VINTAGE].known = false;
    last->number = catalog_measure(import->catalog, text);
    if (last->number == NONE) {
        return reject(import, LT6004, text,
                      maybe(import, catalog_measure_names(import->catalog), text), STR(""));
    }
    remember(import, COLUMN_MEASURE, text);
    return OK;
}

static Err take_entity(Import *import, Str text)
{
    Last *last = &import->last[COLUMN_ENTITY];

    if (is_last(import, COLUMN_ENTITY, text)) {
        return OK;
    }
    last->known = false;
    last->number = catalog_entity(import->catalog, text);
    if (last->number == NONE) {
        return reject(import, LT6005, text, maybe(import, import->catalog->entity_names, text),
                      STR(""));
    }
    remember(import, COLUMN_ENTITY, text);
    return OK;
}

static Err take_vintage(Import *import, const Measure *measure, Str text)
{
    Last *last = &import->last[COLUMN_VINTAGE];

    if (is_last(import, COLUMN_VINTAGE, text)) {
        return OK;
    }
    last->known = false;
    last->number = catalog_edition(import->catalog, measure, text);
    if (last->number == NONE) {
        Buf all = buf_new(import->row_arena);

        for (size_t i = 0; measure->vintage != NONE &&
                           i < import->catalog->vintages.at[measure->vintage].editions.n;
             i++) {
            buf_format(&all, "%s%.*s", i == 0 ? "" : ", ",
                       STR_ARG(import->catalog->vintages.at[measure->vintage].editions.at[i].id));
        }
        return reject(import, LT6012, measure->id, text, buf_str(&all));
    }
    remember(import, COLUMN_VINTAGE, text);
    return OK;
}

static Err take_unit(Import *import, const Measure *measure, Str text)
{
    Last *last = &import->last[COLUMN_UNIT];

    if (is_last(import, COLUMN_UNIT, text)) {
        return OK;
    }
    last->known = false;
    last->unit = measure->unit;
    if (text.len != 0 && !unit_parse(text, &last->unit)) {
        return reject(import, LT2003, text, STR(""), STR(""));
    }
    if (!unit_same_dimension(last->unit, measure->unit)) {
        return reject(import, LT6006, measure->id, text, measure->unit_text);
    }
    remember(import, COLUMN_UNIT, text);
    return OK;
}

static Err take_value(Import *import, const Measure *measure, Str text, Observation *row)
{
    Decimal value;

    if (text.len == 0) {
        row->value = NAN;
        return row->status == 'M' ? OK : reject(import, LT6016, STR(""), STR(""), STR(""));
    }
    switch (decimal_parse(text, &value)) {
    case DECIMAL_OK: break;
    case DECIMAL_NOT_A_NUMBER: return reject(import, LT2001, text, STR(""), STR(""));
    case DECIMAL_TOO_LONG: return reject(import, LT2002, text, STR(""), STR(""));
    }
    if (import->last[COLUMN_UNIT].unit.scale != measure->unit.scale &&
        !unit_convert(value, import->last[COLUMN_UNIT].unit, measure->unit, &value)) {
        return reject(import, LT2002, text, STR(""), STR(""));
    }
    if (row->status == 'M') {
        return reject(import, LT6019, text, STR(""), STR(""));
    }
    row->decimals = value.scale;
    row->value = decimal_to_double(value);
    return OK;
}

bool known_parse(Str text, int64_t *moment, KnownHow *how)
{
    static const KnownHow HOW[PERIOD_N_KINDS] = {
        [PERIOD_YEAR] = KNOWN_YEAR,   [PERIOD_HALF] = KNOWN_HALF,  [PERIOD_QUARTER] = KNOWN_QUARTER,
        [PERIOD_MONTH] = KNOWN_MONTH, [PERIOD_DAY] = KNOWN_MOMENT, [PERIOD_HOUR] = KNOWN_MOMENT};
    Period period;

    *how = period_parse(text, &period) ? HOW[period.kind] : KNOWN_MOMENT;
    return moment_parse(text, moment);
}

static Err take_known(Import *import, Str text)
{
    Last *last = &import->last[COLUMN_KNOWN];

    if (is_last(import, COLUMN_KNOWN, text)) {
        return OK;
    }
    last->known = false;
    last->moment = import->options->now;
    last->how = import->options->now_how;
    if (text.len != 0 && !known_parse(text, &last->moment, &last->how)) {
        return reject(import, LT6014, text, STR(""), STR(""));
    }
    remember(import, COLUMN_KNOWN, text);
    return OK;
}

/* A source that nobody described is kept under its id, and said once. */
static Err describe_source(Import *import, Str id, Str title)
{
    SourceInfo info = {.id = id, .title = title};
    bool found = false;
    Err err = OK;

    if (import->store == NULL || map_get(import->described, id, NULL)) {
        return OK;
    }
    map_set(import->described, str_copy(import->arena, id), 1);
    err = store_get_source(import->store, import->arena, id, &info, &found);
    if (err != OK || found) {
        return err;
    }
    if (title.len == 0) {
        diag_add(import->diags, LT6013, place_line(import->file, csv_line(import->csv)), id);
    }
    return store_put_source(import->store, &info);
}

static Err take_source(Import *import, Str text)
{
    Last *last = &import->last[COLUMN_SOURCE];
    Err err;

    if (is_last(import, COLUMN_SOURCE, text)) {
        return OK;
    }
    last->known = false;
    last->number = import->default_source;
    if (import->store != NULL) {
        err = text.len == 0 ? describe_source(import, import->default_source_id, import->file)
                            : describe_source(import, text, STR(""));
        if (err == OK && text.len != 0) {
            err = store_name(import->store, text, &last->number);
        }
        if (err != OK) {
            return err;
        }
    }
    remember(import, COLUMN_SOURCE, text);
    return OK;
}

static Err take_status(Import *import, Str text, char *out)
{
    *out = text.len == 0 ? 'A' : text.at[0];
    return text.len <= 1 && *out != '\0' && strchr("ABEFIMP", *out) != NULL
               ? OK
               : reject(import, LT6007, text, STR(""), STR(""));
}

/* Whether the row has as many fields as the first, each of which ends where its quote does. */
static Err check_shape(Import *import, size_t n)
{
    char counts[2][24];

    if (csv_behind_quote(import->csv).len > 0) {
        return reject(import, LT6018, csv_behind_quote(import->csv), STR(""), STR(""));
    }
    if (n == import->n_columns) {
        return OK;
    }
    (void)snprintf(counts[0], sizeof counts[0], "%zu", n);
    (void)snprintf(counts[1], sizeof counts[1], "%zu", import->n_columns);
    return reject(import, LT6002, str_z(counts[0]), str_z(counts[1]), STR(""));
}

/* ERR_INPUT: the row is rejected and said; another error ends the import. */
static Err take_row(Import *import, const Str *fields, size_t n, Observation *row)
{
    Str period_text;
    Period period;
    const Measure *measure;
    Err err = check_shape(import, n);

    if (err != OK) {
        return err;
    }
    err = take_measure(import, field_of(import, fields, COLUMN_MEASURE));
    if (err != OK) {
        return err;
    }
    measure = import->catalog->measures.at[import->last[COLUMN_MEASURE].number];
    period_text = field_of(import, fields, COLUMN_PERIOD);
    if (!period_parse(period_text, &period)) {
        return reject(import, LT2005, period_text, STR(""), STR(""));
    }
    row->period = period_code(period);
    if ((err = take_entity(import, field_of(import, fields, COLUMN_ENTITY))) != OK ||
        (err = take_vintage(import, measure, field_of(import, fields, COLUMN_VINTAGE))) != OK ||
        (err = take_unit(import, measure, field_of(import, fields, COLUMN_UNIT))) != OK ||
        (err = take_status(import, field_of(import, fields, COLUMN_STATUS), &row->status)) != OK ||
        (err = take_value(import, measure, field_of(import, fields, COLUMN_VALUE), row)) != OK ||
        (err = take_known(import, field_of(import, fields, COLUMN_KNOWN))) != OK ||
        (err = take_source(import, field_of(import, fields, COLUMN_SOURCE))) != OK) {
        return err;
    }
    row->known_at = import->last[COLUMN_KNOWN].moment;
    row->known_how = (uint8_t)import->last[COLUMN_KNOWN].how;
    row->source = import->last[COLUMN_SOURCE].number;
    return OK;
}

/* Puts in the store's numbers for the names; only for rows that are taken, so that a bad row leaves
 * nothing. */
static Err number_row(Import *import, Observation *row)
{
    const Catalog *catalog = import->catalog;
    uint32_t measure = import->last[COLUMN_MEASURE].number,
             entity = import->last[COLUMN_ENTITY].number;
    uint32_t edition = import->last[COLUMN_VINTAGE].number;
    const Edition *info =
        catalog_edition_info(catalog, catalog->measures.at[measure]->vintage, edition);
    Err err = name_number(import, import->measure_names, measure, catalog->measures.at[measure]->id,
                          &row->measure);

    if (err == OK) {
        err = name_number(import, import->entity_names, entity, catalog->entities.at[entity].id,
                          &row->entity);
    }
    if (err == OK && info != NULL && import->store != NULL) {
        uint32_t *slot = &import->edition_names[measure * (MAX_EDITIONS + 1) + edition];

        if (*slot == 0) {
            err = store_name(import->store, info->id, slot);
        }
        row->edition = *slot;
    }
    return err;
}

static Err flush_batch(Import *import)
{
    Err err = OK;

    if (import->store != NULL && import->n_batch > 0) {
        err = store_append(import->store, import->batch, import->n_batch);
    }
    import->n_batch = 0;
    return err;
}

static Err import_observations(Import *import)
{
    const Str *fields;
    size_t n;
    Err err;

    while ((err = csv_next(import->csv, &fields, &n)) == OK && n > 0) {
        Observation row = {0};
        Err one = take_row(import, fields, n, &row);

        import->result->rows++;
        if (one == ERR_INPUT) {
            import->result->rejected++;
            arena_release(import->row_arena, (ArenaMark){0});
            continue;
        }
        if (one != OK || (one = number_row(import, &row)) != OK) {
            return one;
        }
        import->batch[import->n_batch++] = row;
        if (import->n_batch == BATCH && (err = flush_batch(import)) != OK) {
            return err;
        }
        if (import->result->rows % PROGRESS_ROWS == 0 && import->options->progress != NULL) {
            import->options->progress(import->options->context, import->file,
                                      csv_bytes(import->csv));
        }
    }
    return err == OK ? flush_batch(import) : err;
}

static Err import_sources(Import *import, const size_t *columns)
{
    const Str *fields;
    size_t n;
    Err err;

    while ((err = csv_next(import->csv, &fields, &n)) == OK && n > 0) {
        Str values[N_SOURCE_FIELDS];

        import->result->rows++;
        if (check_shape(import, n) != OK) {
            import->result->rejected++;
            arena_release(import->row_arena, (ArenaMark){0});
            continue;
        }
        for (size_t i = 0; i < N_SOURCE_FIELDS; i++) {
            values[i] = columns[i] == NO_COLUMN ? STR("") : str_trim(fields[columns[i]]);
        }
        if (values[FIELD_ID].len == 0) {
            (void)reject(import, LT6001, STR("source"), STR(""), STR(""));
            import->result->rejected++;
            arena_release(import->row_arena, (ArenaMark){0});
            continue;
        }
        if (import->store != NULL) {
            err = store_put_source(import->store,
                                   &(SourceInfo){values[FIELD_ID], values[FIELD_TITLE],
                                                 values[FIELD_PUBLISHER], values[FIELD_PUBLISHED],
                                                 values[FIELD_URL]});
            if (err != OK) {
                return err;
            }
        }
    }
    return err;
}

static Str base_name(Str path)
{
    size_t start = path.len;

    while (start > 0 && path.at[start - 1] != '/') {
        start--;
    }
    return str_slice(path, start, path.len);
}

static Err import_file(Import *import)
{
    size_t sources[N_SOURCE_FIELDS];
    const Str *fields;
    size_t n;
    bool is_sources = false, has_value = false;
    Err err = csv_next(import->csv, &fields, &n);

    if (err != OK) {
        return err;
    }
    if (n == 0) {
        diag_add(import->diags, LT1014, place_file(import->file), import->file);
        return ERR_INPUT;
    }
    if (csv_behind_quote(import->csv).len > 0) {
        diag_add(import->diags, LT6018, place_line(import->file, csv_line(import->csv)),
                 csv_behind_quote(import->csv));
        return ERR_INPUT;
    }
    for (size_t i = 0; i < n; i++) {
        is_sources |=
            column_of(import->arena, fields[i], SOURCE_HEADERS, N_SOURCE_FIELDS) == FIELD_TITLE;
        has_value |= column_of(import->arena, fields[i], HEADERS, N_COLUMNS) == COLUMN_VALUE;
    }
    if (is_sources && !has_value) {
        err = read_header(import, fields, n, SOURCE_HEADERS, N_SOURCE_FIELDS, sources);
        if (err == OK) {
            err = require(import, sources, FIELD_ID, FIELD_PUBLISHER, SOURCE_HEADERS);
        }
        return err == OK ? import_sources(import, sources) : err;
    }
    err = read_header(import, fields, n, HEADERS, N_COLUMNS, import->columns);
    if (err == OK) {
        err = require(import, import->columns, COLUMN_MEASURE, COLUMN_UNIT, HEADERS);
    }
    if (err == OK && import->store != NULL) {
        import->default_source_id = import->options->source.len != 0 ? import->options->source
                                    : str_eq(import->file, STR("-")) ? STR("stdin")
                                                                     : base_name(import->file);
        err = store_name(import->store, import->default_source_id, &import->default_source);
    }
    return err == OK ? import_observations(import) : err;
}

/* Whether this very content was imported before; only known when all of it has been read. */
static Err check_seen(Import *import, ImportRecord *record)
{
    ImportRecord before;
    char text[PERIOD_TEXT + 8];
    bool found;
    Err err = store_find_import(import->store, import->arena, record->hash, &before, &found);

    if (err == OK && found) {
        import->result->unchanged = true;
        diag_add(import->diags, LT6017, place_file(import->file), before.file,
                 moment_format(before.at, text));
    }
    return err;
}

static Err finish(Import *import)
{
    ImportRecord record = {.file = base_name(import->file), .at = import->options->now};
    Err err;

    if (import->result->rejected > 0 && !import->options->keep_going) {
        diag_add(import->diags, LT6011, place_file(import->file),
                 str_format(import->arena, "%llu", (unsigned long long)import->result->rows),
                 str_format(import->arena, "%llu", (unsigned long long)import->result->rejected));
        return ERR_INPUT;
    }
    if (import->store == NULL) {
        return OK;
    }
    csv_input_hash(import->csv, record.hash);
    record.rows = (int64_t)(import->result->rows - import->result->rejected);
    err = check_seen(import, &record);
    if (err != OK || import->result->unchanged) {
        return err;
    }
    /* a file that was taken in part may come again when its bad rows are mended or its words become
     * known */
    return import->result->rejected > 0 ? OK : store_put_import(import->store, &record);
}

Err import_csv(Arena *arena, Store *store, Str name, CsvInput input, const ImportOptions *options,
               ImportResult *out, Diags *diags)
{
    Import *import = ARENA_NEW(arena, Import);
    const Catalog *catalog = options->catalog;
    Err err = OK;

    *out = (ImportResult){0};
    import->arena = arena;
    import->store = options->dry_run ? NULL : store;
    import->options = options;
    import->catalog = catalog;
    import->file = name;
    import->diags = diags;
    import->result = out;
    import->row_arena = arena_new();
    import->described = map_new(arena);
    import->entity_names = ARENA_ARRAY(arena, uint32_t, catalog->entities.n);
    import->measure_names = ARENA_ARRAY(arena, uint32_t, catalog->measures.n);
    import->edition_names = ARENA_ARRAY(arena, uint32_t, catalog->measures.n * (MAX_EDITIONS + 1));
    import->csv = csv_open(arena, name, input, options->encoding, diags);
    if (import->store != NULL) {
        err = store_begin(import->store);
    }
    if (err == OK) {
        err = import_file(import);
        if (err == OK) {
            err = finish(import);
        }
        if (import->store != NULL && (err != OK || out->unchanged)) {
            store_rollback(import->store);
        } else if (import->store != NULL) {
            err = store_commit(import->store);
        }
    }
    out->gb18030 = csv_encoding(import->csv) == ENCODING_GB18030;
    csv_close(import->csv);
    arena_free(import->row_arena);
    return err == OK && out->rejected > 0 ? ERR_INPUT : err;
}
