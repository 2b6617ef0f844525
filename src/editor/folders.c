/* Server: folders of plans, what is found in them, and what the client was told of that. */
#include "base/file.h"
#include "check/check.h"
#include "editor/server_priv.h"
#include "editor/uri.h"

Folder *folders_of(Server *server, const OpenFile *file)
{
    Arena *arena;
    Folder *folder;

    for (size_t i = 0; i < server->folders.n; i++) {
        if (str_eq(server->folders.at[i]->path, file->folder)) {
            return server->folders.at[i];
        }
    }
    arena = arena_new();
    folder = ARENA_NEW(arena, Folder);
    folder->arena = arena;
    folder->path = str_copy(arena, file->folder);
    folder->stale = true;
    folder->told_arena = arena_new();
    *vec_push(server->home, &server->folders) = folder;
    return folder;
}

void folders_stale(Server *server)
{
    for (size_t i = 0; i < server->folders.n; i++) {
        server->folders.at[i]->stale = true;
    }
}

/* ---- telling ---- */

static void write_message(const Server *server, Arena *arena, const Diag *diag, Json *json)
{
    Buf text = buf_new(arena), mend = buf_new(arena);

    diag_message(&text, diag, server->lang);
    diag_mend(&mend, diag, server->lang);
    if (mend.len > 0) {
        buf_char(&text, '\n');
        buf_add(&text, buf_str(&mend));
    }
    json_key(json, "message");
    json_str(json, buf_str(&text));
}

static void write_related(const Server *server, Arena *arena, const Diag *diag, Json *json)
{
    if (diag->related.n == 0) {
        return;
    }
    json_key(json, "relatedInformation");
    json_array(json);
    for (size_t i = 0; i < diag->related.n; i++) {
        const Related *one = &diag->related.at[i];
        Str note = text_in(one->note, server->lang), path = file_real_path(arena, one->place.file);
        const OpenFile *open = files_at(server, path);

        json_object(json);
        json_key(json, "location");
        json_object(json);
        json_key(json, "uri");
        json_str(json, open != NULL ? open->uri : uri_of(arena, path));
        json_key(json, "range");
        position_write_range(json, position_of_place(&one->place, server->encoding));
        json_end(json);
        json_key(json, "message");
        json_str(json, note.len > 0 ? note : str_trim(one->place.text));
        json_end(json);
    }
    json_end(json);
}

static void write_diag(const Server *server, Arena *arena, const Diag *diag, Json *json)
{
    static const int SEVERITIES[] = {
        [LEVEL_NOTE] = 3, [LEVEL_WARNING] = 2, [LEVEL_ERROR] = 1}; /* 3: information */

    json_object(json);
    json_key(json, "range");
    position_write_range(json, position_of_place(&diag->place, server->encoding));
    json_key(json, "severity");
    json_int(json, SEVERITIES[diag->level]);
    json_key(json, "code");
    json_str(json, code_info(diag->code)->name);
    json_key(json, "source");
    json_str(json, STR("longtu"));
    write_message(server, arena, diag, json);
    write_related(server, arena, diag, json);
    json_end(json);
}

/* Tells the client all that is found in the file with that real path: the diagnostics whose number
 * in `files` is `index`. */
static void tell(const Server *server, Arena *arena, Str path, const Diags *found,
                 const uint32_t *files, uint32_t index, Buf *out)
{
    const OpenFile *open = files_at(server, path);
    Answer answer;
    Json *json = &answer.json;

    notification_begin(arena, "textDocument/publishDiagnostics", &answer);
    json_object(json);
    json_flat(json);
    json_key(json, "uri");
    json_str(json, open != NULL ? open->uri : uri_of(arena, path));
    if (open != NULL && open->version.len > 0) {
        json_key(json, "version");
        json_raw(json, open->version);
    }
    json_key(json, "diagnostics");
    json_array(json);
    for (size_t i = 0; found != NULL && i < found->all.n; i++) {
        if (files[i] == index) {
            write_diag(server, arena, &found->all.at[i], json);
        }
    }
    json_end(json);
    json_end(json);
    answer_end(&answer, out);
}

/* The real paths of the files that the diagnostics are of, in `paths`, and the number of each
 * diagnostic's among them. */
static uint32_t *number_files(Arena *arena, const Diags *found, StrVec *paths)
{
    uint32_t *files = ARENA_ARRAY(arena, uint32_t, found->all.n + 1);
    Map *names = map_new(arena), *real = map_new(arena);
    uint64_t number;

    for (size_t i = 0; i < found->all.n; i++) {
        Str name = found->all.at[i].place.file;

        if (!map_get(names, name, &number)) {
            Str path = file_real_path(arena, name);

            if (!map_get(real, path, &number)) {
                number = paths->n;
                *vec_push(arena, paths) = path;
                map_set(real, path, number);
            }
            map_set(names, name, number);
        }
        files[i] = (uint32_t)number;
    }
    return files;
}

static bool was_loading(const Folder *folder, Str path)
{
    for (size_t i = 0; i < folder->told.n; i++) {
        if (str_eq(folder->told.at[i].path, path)) {
            return folder->told.at[i].loading;
        }
    }
    return false;
}

static bool is_among(const StrVec *paths, Str path)
{
    for (size_t i = 0; i < paths->n; i++) {
        if (str_eq(paths->at[i], path)) {
            return true;
        }
    }
    return false;
}

/* `whole`: what was found is all there is. Else only files with something wrong in themselves, and
 * those that had, are told of; the others keep what they had. */
static void tell_folder(Server *server, Folder *folder, const Diags *found, bool whole, Buf *out)
{
    Arena *arena = arena_new(), *kept = arena_new();
    StrVec paths = {0};
    uint32_t *files = number_files(arena, found, &paths);
    VEC(Told) told = {0};

    for (uint32_t i = 0; i < paths.n; i++) {
        tell(server, arena, paths.at[i], found, files, i, out);
        *vec_push(kept, &told) = (Told){str_copy(kept, paths.at[i]), !whole};
    }
    for (size_t i = 0; i < folder->told.n; i++) {
        Str path = folder->told.at[i].path;

        if (is_among(&paths, path)) {
            continue;
        }
        if (whole || was_loading(folder, path)) {
            tell(server, arena, path, NULL, NULL, 0, out);
        } else {
            *vec_push(kept, &told) = (Told){str_copy(kept, path), false};
        }
    }
    arena_free(folder->told_arena);
    folder->told_arena = kept;
    folder->told.at = told.at;
    folder->told.n = told.n;
    folder->told.cap = told.cap;
    arena_free(arena);
}

/* ---- looking ---- */

static void free_look(Look *look)
{
    if (look != NULL) {
        arena_free(look->arena);
    }
}

static size_t open_sources(const Server *server, Source *out)
{
    size_t n = 0;

    for (size_t i = 0; i < server->files.n; i++) {
        const OpenFile *file = server->files.at[i];

        if (file->path.len > 0) { /* also what is no plan at the moment: the disk's is older */
            out[n++] = (Source){file->path, file->text};
        }
    }
    return n;
}

/* Other programs' YAML files that lie beside plans are not ours to judge. */
static bool is_ours(Server *server, Arena *arena, Str name)
{
    const OpenFile *open = files_at(server, file_real_path(arena, name));
    Sketch sketch;
    Str text;

    if (open != NULL || !files_read(server, arena, name, &text)) {
        return open == NULL || open->ours;
    }
    sketch_read(arena, text, &sketch);
    return meaning_is_ours(&sketch);
}

/* A file that cannot be found is told of where it is named. */
static void place_missing(const Server *server, Arena *arena, Diag *diag)
{
    for (size_t i = 0; i < server->files.n; i++) {
        const OpenFile *file = server->files.at[i];
        Source source = {file->path, file->text};
        uint32_t uses;
        Sketch sketch;

        if (!file->ours) {
            continue;
        }
        sketch_read(arena, file->text, &sketch);
        uses = sketch_find(&sketch, 0, STR("uses"));
        for (size_t k = 0; uses != UINT32_MAX && k < sketch.nodes.n; k++) {
            const SketchNode *node = &sketch.nodes.at[k];

            if (node->parent == uses && node->kind == SKETCH_SCALAR &&
                str_eq(file_beside(arena, file->path, sketch_text(&sketch, node->value)),
                       diag->place.file)) {
                diag->place = place_of(&source, node->value);
                return;
            }
        }
    }
}

/* What loading said, where it concerns anybody. True if an open file could not be read. */
static bool take_loading(Server *server, Look *look)
{
    bool broken = false;

    for (size_t i = 0; i < look->folder.diags.all.n; i++) {
        Diag diag = look->folder.diags.all.at[i];

        if (diag.code == LT1001) {
            place_missing(server, look->arena, &diag);
        }
        if (!is_ours(server, look->arena, diag.place.file)) {
            continue;
        }
        broken |= diag.level == LEVEL_ERROR &&
                  files_at(server, file_real_path(look->arena, diag.place.file)) != NULL;
        *vec_push(look->arena, &look->found.all) = diag;
    }
    look->n_loading = look->found.all.n;
    return broken;
}

/* Findings that no comment allows, and what is wrong with such comments. */
static void take_findings(Look *look)
{
    Diags findings = diags_new(look->arena), comments = diags_new(look->arena);
    Check check = {.catalog = look->folder.catalog,
                   .plans = look->folder.plans,
                   .n_plans = look->folder.n_plans,
                   .arena = look->arena,
                   .diags = &findings};

    check_plans(&check);
    for (size_t i = 0; i < findings.all.n; i++) {
        if (check_allowed(&check, &findings.all.at[i], &comments).len == 0) {
            *vec_push(look->arena, &look->found.all) = findings.all.at[i];
        }
    }
    for (size_t i = 0; i < comments.all.n; i++) {
        *vec_push(look->arena, &look->found.all) = comments.all.at[i];
    }
}

static Look *look_at(Server *server, Str path)
{
    Arena *arena = arena_new();
    Look *look = ARENA_NEW(arena, Look);
    Source *open = ARENA_ARRAY(arena, Source, server->files.n + 1);

    look->arena = arena;
    look->folder.diags = look->found = diags_new(arena);
    server->host.load(server->host.context, arena, path, open, open_sources(server, open),
                      &look->folder);
    return look;
}

void folders_look(Server *server, Folder *folder, Buf *out)
{
    Look *look = look_at(server, folder->path);
    bool whole = !take_loading(server, look) && look->folder.complete;

    if (folder->last != folder->whole) {
        free_look(folder->last);
    }
    folder->stale = false;
    folder->last = look;
    if (whole || folder->whole == NULL) {
        if (look->folder.complete) {
            take_findings(look);
        }
        free_look(folder->whole);
        folder->whole = look;
        whole = true;
    }
    if (folder->path.len > 0) {
        tell_folder(server, folder, &look->found, whole, out);
    }
}

/* ---- forgetting ---- */

static void free_folder(Folder *folder)
{
    if (folder->last != folder->whole) {
        free_look(folder->last);
    }
    free_look(folder->whole);
    arena_free(folder->told_arena);
    arena_free(folder->arena);
}

void folders_tidy(Server *server, Buf *out)
{
    size_t kept = 0;

    for (size_t i = 0; i < server->folders.n; i++) {
        Folder *folder = server->folders.at[i];
        bool used = false;

        for (size_t k = 0; k < server->files.n; k++) {
            used |= str_eq(server->files.at[k]->folder, folder->path);
        }
        if (used) {
            server->folders.at[kept++] = folder;
            continue;
        }
        tell_folder(server, folder, &(Diags){0}, true, out);
        free_folder(folder);
    }
    server->folders.n = kept;
}

void folders_close(Server *server)
{
    for (size_t i = 0; i < server->folders.n; i++) {
        free_folder(server->folders.at[i]);
    }
    server->folders.n = 0;
}
