/* Server: the files that are open in the editor. */
#include "base/file.h"
#include "editor/server_priv.h"
#include "editor/uri.h"

OpenFile *files_find(const Server *server, Str uri)
{
    for (size_t i = 0; i < server->files.n; i++) {
        if (str_eq(server->files.at[i]->uri, uri)) {
            return server->files.at[i];
        }
    }
    return NULL;
}

OpenFile *files_at(const Server *server, Str path)
{
    for (size_t i = 0; path.len > 0 && i < server->files.n; i++) {
        if (str_eq(server->files.at[i]->path, path)) {
            return server->files.at[i];
        }
    }
    return NULL;
}

static Str folder_of(Str path)
{
    size_t end = path.len;

    while (end > 0 && path.at[end - 1] != '/') {
        end--;
    }
    return str_slice(path, 0, end > 1 ? end - 1 : end);
}

/* The text is kept; the one before is not. */
static void set_text(OpenFile *file, Arena *arena, Str text)
{
    Arena *scratch = arena_new();
    Sketch sketch;

    arena_free(file->text_arena);
    file->text_arena = arena;
    file->text = text;
    sketch_read(scratch, text, &sketch);
    file->ours = meaning_is_ours(&sketch);
    arena_free(scratch);
}

OpenFile *files_open(Server *server, Str uri, Str text, Str version)
{
    OpenFile *file = files_find(server, uri);
    Arena *arena;

    if (file != NULL) {
        files_close(server, file);
    }
    if (server->files.n == SERVER_MAX_OPEN) {
        return NULL;
    }
    arena = arena_new();
    file = ARENA_NEW(arena, OpenFile);
    file->arena = arena;
    file->uri = str_copy(arena, uri);
    file->version = str_copy(arena, version);
    file->path = uri_path(arena, uri);
    if (file->path.len > 0) {
        file->path = file_real_path(arena, file->path);
    }
    file->folder = folder_of(file->path);
    arena = arena_new();
    set_text(file, arena, str_copy(arena, text));
    *vec_push(server->home, &server->files) = file;
    return file;
}

bool files_change(Server *server, OpenFile *file, Span span, Str text)
{
    Arena *arena = arena_new();
    Buf changed = buf_new(arena);

    if (file->text.len - (span.end - span.start) + text.len > YAML_MAX_BYTES) {
        arena_free(arena);
        files_close(server, file);
        return false;
    }
    buf_add(&changed, str_slice(file->text, 0, span.start));
    buf_add(&changed, text);
    buf_add(&changed, str_slice(file->text, span.end, file->text.len));
    set_text(file, arena, buf_str(&changed));
    return true;
}

static void free_file(OpenFile *file)
{
    arena_free(file->text_arena);
    arena_free(file->arena);
}

void files_close(Server *server, OpenFile *file)
{
    size_t kept = 0;

    for (size_t i = 0; i < server->files.n; i++) {
        if (server->files.at[i] != file) {
            server->files.at[kept++] = server->files.at[i];
        }
    }
    server->files.n = kept;
    free_file(file);
}

bool files_read(void *context, Arena *arena, Str path, Str *text)
{
    const Server *server = context;
    const OpenFile *open = files_at(server, file_real_path(arena, path));

    if (open != NULL) {
        *text = open->text;
        return true;
    }
    return server->host.read(server->host.context, arena, path, text);
}
