/* Server: a language server for plan files: what an editor sends, answered. */
#include "base/file.h"
#include "editor/server_priv.h"

typedef struct {
    Server *server;
    Arena *arena;
    const Message *message;
    Buf *out;
} Call;

static Str param(const Call *call, const char *path)
{
    return message_member(call->arena, call->message->params, path);
}

static bool param_str(const Call *call, const char *path, Str *out)
{
    return message_str(call->arena, param(call, path), out);
}

static void fail(const Call *call, MessageError error, Text why)
{
    answer_error(call->arena, call->message->id, error, why, call->server->lang, call->out);
}

static void wrong_params(const Call *call)
{
    fail(call, MESSAGE_WRONG_PARAMS, TEXT("参数不对", "the params are not those of the method"));
}

static void answer_null(const Call *call)
{
    Answer answer;

    answer_begin(call->arena, call->message->id, &answer);
    json_null(&answer.json);
    answer_end(&answer, call->out);
}

/* window/logMessage: for what has no place in a file. */
static void log_message(const Call *call, Text text)
{
    enum { WARNING = 2 };
    Answer answer;

    notification_begin(call->arena, "window/logMessage", &answer);
    json_object(&answer.json);
    json_flat(&answer.json);
    json_key(&answer.json, "type");
    json_int(&answer.json, WARNING);
    json_key(&answer.json, "message");
    json_str(&answer.json, text_in(text, call->server->lang));
    json_end(&answer.json);
    answer_end(&answer, call->out);
}

/* ---- beginning and end ---- */

static void write_capabilities(const Server *server, Json *json)
{
    static const char *const ON[] = {"hoverProvider", "definitionProvider",
                                     "documentSymbolProvider", "documentFormattingProvider"};

    json_object(json);
    json_key(json, "positionEncoding");
    json_str(json, server->encoding == ENCODING_UTF8 ? STR("utf-8") : STR("utf-16"));
    json_key(json, "textDocumentSync");
    json_raw(json, STR("{\"openClose\":true,\"change\":2,\"save\":true}")); /* 2: incremental */
    json_key(json, "completionProvider");
    json_raw(json, STR("{\"triggerCharacters\":[\" \",\"\\\"\",\"[\",\"{\"]}"));
    json_key(json, "codeActionProvider");
    json_raw(json, STR("{\"codeActionKinds\":[\"quickfix\"]}"));
    for (size_t i = 0; i < sizeof ON / sizeof ON[0]; i++) {
        json_key(json, ON[i]);
        json_bool(json, true);
    }
    json_end(json);
}

static void on_initialize(Call *call)
{
    Server *server = call->server;
    Arena *arena = call->arena;
    Answer answer;
    Json *json = &answer.json;
    Str locale;

    if (server->initialized) {
        fail(call, MESSAGE_NOT_A_REQUEST, TEXT("已经初始化", "initialized already"));
        return;
    }
    server->initialized = true;
    if (!server->host.lang_given && param_str(call, "locale", &locale)) {
        server->lang = str_starts(locale, STR("zh")) ? LANG_ZH : LANG_EN;
    }
    if (message_lists(arena, param(call, "capabilities.general.positionEncodings"), STR("utf-8"))) {
        server->encoding = ENCODING_UTF8;
    }
    server->markdown = message_lists(
        arena, param(call, "capabilities.textDocument.hover.contentFormat"), STR("markdown"));
    server->can_watch = message_true(
        param(call, "capabilities.workspace.didChangeWatchedFiles.dynamicRegistration"));
    answer_begin(arena, call->message->id, &answer);
    json_object(json);
    json_flat(json);
    json_key(json, "capabilities");
    write_capabilities(server, json);
    json_key(json, "serverInfo");
    json_raw(json, STR("{\"name\":\"longtu\",\"version\":\"" LONGTU_VERSION "\"}"));
    json_end(json);
    answer_end(&answer, call->out);
}

/* Plans are checked with what lies beside them, so it matters when that changes. */
static void on_initialized(Call *call)
{
    Answer answer;

    if (!call->server->can_watch) {
        return;
    }
    request_begin(call->arena, "client/registerCapability", "watch", &answer);
    json_raw(&answer.json, STR("{\"registrations\":[{\"id\":\"watch\",\"method\":"
                               "\"workspace/didChangeWatchedFiles\",\"registerOptions\":"
                               "{\"watchers\":[{\"globPattern\":\"**/*.yaml\"}]}}]}"));
    answer_end(&answer, call->out);
}

static void on_shutdown(Call *call)
{
    call->server->shut_down = true;
    answer_null(call);
}

static void on_goodbye(Call *call)
{
    call->server->ended = true;
}

/* ---- files ---- */

static OpenFile *file_of(const Call *call)
{
    Str uri;

    return param_str(call, "textDocument.uri", &uri) ? files_find(call->server, uri) : NULL;
}

static Str version_of(const Call *call)
{
    Str version = param(call, "textDocument.version");

    return version.len > 0 &&
                   (version.at[0] == '-' || (version.at[0] >= '0' && version.at[0] <= '9'))
               ? version
               : STR("");
}

static void changed(Server *server)
{
    folders_stale(server); /* plans of one folder use dictionaries of another */
}

static void on_open(Call *call)
{
    OpenFile *file;
    Str uri, text;

    if (!param_str(call, "textDocument.uri", &uri) ||
        !param_str(call, "textDocument.text", &text)) {
        return;
    }
    file = files_open(call->server, uri, text, version_of(call));
    if (file == NULL) {
        log_message(call, TEXT("打开的文件过多，其余不看",
                               "too many files are open; this one is not looked at"));
        return;
    }
    changed(call->server);
    if (file->ours) {
        (void)folders_of(call->server, file);
    }
}

/* One change: of a range, or of the whole text. False if the file is forgotten. */
static bool apply(Call *call, OpenFile *file, Str change)
{
    Server *server = call->server;
    JsonReader reader = json_reader_new(call->arena, message_member(call->arena, change, "range"));
    Span span = {0, (uint32_t)file->text.len};
    Range range;
    Str text;

    if (!message_str(call->arena, message_member(call->arena, change, "text"), &text)) {
        return true;
    }
    if (reader.text.len > 0) {
        if (!position_read_range(&reader, &range)) {
            return true;
        }
        span.start = (uint32_t)position_offset(file->text, server->encoding, range.start);
        span.end = (uint32_t)position_offset(file->text, server->encoding, range.end);
        span.end = span.end < span.start ? span.start : span.end;
    }
    if (files_change(server, file, span, text)) {
        return true;
    }
    log_message(call, TEXT("文件超过 64 MiB，不再看它",
                           "the file is over 64 MiB and is not looked at any more"));
    return false;
}

static void on_change(Call *call)
{
    OpenFile *file = file_of(call);
    JsonReader reader = json_reader_new(call->arena, param(call, "contentChanges"));
    bool there = file != NULL && reader.text.len > 0 && json_read_array(&reader);

    while (there && json_read_item(&reader)) {
        size_t start = reader.at;

        json_read_skip(&reader);
        there = apply(call, file, str_trim(str_slice(reader.text, start, reader.at)));
    }
    if (there) {
        file->version = str_copy(file->text_arena, version_of(call));
        if (file->ours) {
            (void)folders_of(call->server, file);
        }
    }
    changed(call->server);
}

static void on_save(Call *call)
{
    changed(call->server);
}

static void on_close(Call *call)
{
    OpenFile *file = file_of(call);

    if (file != NULL) {
        files_close(call->server, file);
        changed(call->server);
    }
}

static void on_ignored(Call *call)
{
    (void)call; /* what is asked is answered before a wish to cancel it is read */
}

/* ---- questions about a file ---- */

typedef struct {
    View view;
    const Look *last;
    Answer answer;
} Question;

/* The file that is asked about, as the features see it; false, and null is answered, if there is
 * nothing to say of it. */
static bool begin_question(Call *call, Question *out)
{
    Server *server = call->server;
    OpenFile *file = file_of(call);
    Folder *folder;

    if (file == NULL) {
        answer_null(call);
        return false;
    }
    out->view = (View){.arena = call->arena,
                       .lang = server->lang,
                       .encoding = server->encoding,
                       .markdown = server->markdown,
                       .uri = file->uri,
                       .path = file->path,
                       .read = files_read,
                       .context = server};
    sketch_read(call->arena, file->text, &out->view.sketch);
    if (!file->ours && out->view.sketch.nodes.n > 2) { /* more than the first key that is typed */
        answer_null(call);
        return false;
    }
    folder = folders_of(server, file);
    if (folder->last == NULL) {
        folders_look(server, folder, call->out);
    }
    out->last = folder->last;
    out->view.catalog = folder->whole->folder.catalog;
    out->view.built_in = folder->whole->folder.built_in;
    answer_begin(call->arena, call->message->id, &out->answer);
    return true;
}

static void on_place(Call *call, void (*feature)(const View *, size_t, Json *))
{
    JsonReader reader = json_reader_new(call->arena, param(call, "position"));
    Position position;
    Question question;

    if (reader.text.len == 0 || !position_read(&reader, &position)) {
        wrong_params(call);
        return;
    }
    if (begin_question(call, &question)) {
        const View *view = &question.view;

        feature(view, position_offset(view->sketch.text, view->encoding, position),
                &question.answer.json);
        answer_end(&question.answer, call->out);
    }
}

static void on_hover(Call *call)
{
    on_place(call, feature_hover);
}

static void on_completion(Call *call)
{
    on_place(call, feature_completion);
}

static void on_definition(Call *call)
{
    on_place(call, feature_definition);
}

static void on_symbols(Call *call)
{
    Question question;

    if (begin_question(call, &question)) {
        feature_symbols(&question.view, &question.answer.json);
        answer_end(&question.answer, call->out);
    }
}

static void on_formatting(Call *call)
{
    Question question;

    if (begin_question(call, &question)) {
        feature_formatting(&question.view, &question.answer.json);
        answer_end(&question.answer, call->out);
    }
}

/* What was found in the file itself. */
static Diags found_in(const Call *call, const OpenFile *file, const Look *look, size_t *n_loading)
{
    Diags found = diags_new(call->arena);

    *n_loading = 0;
    for (size_t i = 0; i < look->found.all.n; i++) {
        const Diag *diag = &look->found.all.at[i];

        if (files_at(call->server, file_real_path(call->arena, diag->place.file)) == file) {
            *vec_push(call->arena, &found.all) = *diag;
            *n_loading += i < look->n_loading;
        }
    }
    return found;
}

static void on_actions(Call *call)
{
    JsonReader reader = json_reader_new(call->arena, param(call, "range"));
    Range range;
    Question question;

    if (reader.text.len == 0 || !position_read_range(&reader, &range)) {
        wrong_params(call);
        return;
    }
    if (begin_question(call, &question)) {
        const View *view = &question.view;
        size_t n_loading;
        Diags found = found_in(call, file_of(call), question.last, &n_loading);
        Span span = {(uint32_t)position_offset(view->sketch.text, view->encoding, range.start),
                     (uint32_t)position_offset(view->sketch.text, view->encoding, range.end)};

        feature_actions(view, span, &found, n_loading, &question.answer.json);
        answer_end(&question.answer, call->out);
    }
}

/* ---- dispatch ---- */

static const struct {
    const char *method;
    bool is_request;
    void (*run)(Call *call);
} METHODS[] = {
    {"initialize", true, on_initialize},
    {"initialized", false, on_initialized},
    {"shutdown", true, on_shutdown},
    {"exit", false, on_goodbye},
    {"$/cancelRequest", false, on_ignored},
    {"$/setTrace", false, on_ignored},
    {"textDocument/didOpen", false, on_open},
    {"textDocument/didChange", false, on_change},
    {"textDocument/didSave", false, on_save},
    {"textDocument/didClose", false, on_close},
    {"workspace/didChangeWatchedFiles", false, on_save},
    {"workspace/didChangeConfiguration", false, on_ignored},
    {"textDocument/hover", true, on_hover},
    {"textDocument/completion", true, on_completion},
    {"textDocument/definition", true, on_definition},
    {"textDocument/documentSymbol", true, on_symbols},
    {"textDocument/formatting", true, on_formatting},
    {"textDocument/codeAction", true, on_actions},
};

static void refuse(const Call *call, MessageError error)
{
    switch (error) {
    case MESSAGE_NOT_JSON: fail(call, error, TEXT("不是 JSON", "this is not JSON")); break;
    case MESSAGE_UNKNOWN_METHOD:
        fail(call, error, TEXT("没有这个方法", "there is no such method"));
        break;
    case MESSAGE_NOT_INITIALIZED:
        fail(call, error, TEXT("尚未初始化", "not initialized yet"));
        break;
    default: fail(call, error, TEXT("不是请求", "this is no request")); break;
    }
}

/* Notifications are never answered: those that cannot be taken are passed over. */
static void dispatch(Call *call)
{
    const Server *server = call->server;
    const Message *message = call->message;
    bool is_request = message->id.len > 0, is_exit = str_eq(message->method, STR("exit"));
    size_t i = 0, n = sizeof METHODS / sizeof METHODS[0];

    while (i < n && !str_eq(message->method, str_z(METHODS[i].method))) {
        i++;
    }
    if (!server->initialized && !str_eq(message->method, STR("initialize")) && !is_exit) {
        if (is_request) {
            refuse(call, MESSAGE_NOT_INITIALIZED);
        }
    } else if (server->shut_down && !is_exit) {
        if (is_request) {
            refuse(call, MESSAGE_NOT_A_REQUEST);
        }
    } else if (i == n) {
        if (is_request) {
            refuse(call, MESSAGE_UNKNOWN_METHOD);
        }
    } else if (METHODS[i].is_request == is_request) {
        METHODS[i].run(call);
    } else if (is_request) {
        refuse(call, MESSAGE_NOT_A_REQUEST);
    }
}

static void handle(Server *server, Str body, Buf *out)
{
    Arena *arena = arena_new();
    Message message;
    Call call = {server, arena, &message, out};
    MessageError error = message_read(arena, body, &message);

    if (error != MESSAGE_OK) {
        refuse(&call, error);
    } else if (message.method.len > 0) { /* else an answer to a request of ours */
        dispatch(&call);
    }
    arena_free(arena);
}

/* ---- the whole ---- */

Server *server_open(const ServerHost *host)
{
    Arena *home = arena_new();
    Server *server = ARENA_NEW(home, Server);

    server->home = home;
    server->host = *host;
    server->lang = host->lang;
    server->wire = wire_new();
    return server;
}

void server_close(Server *server)
{
    folders_close(server);
    while (server->files.n > 0) {
        files_close(server, server->files.at[0]);
    }
    wire_free(server->wire);
    arena_free(server->home);
}

void server_receive(Server *server, Str bytes, Buf *out)
{
    Str body;
    Text why;
    WireState state;

    wire_add(server->wire, bytes);
    while (!server->ended && (state = wire_next(server->wire, &body, &why)) != WIRE_MORE) {
        if (state == WIRE_BROKEN) {
            answer_error(out->arena, STR("null"), MESSAGE_NOT_JSON, why, server->lang, out);
            server->broken = server->ended = true;
        } else {
            handle(server, body, out);
        }
    }
}

bool server_waits(const Server *server)
{
    bool some = false;

    for (size_t i = 0; i < server->folders.n; i++) {
        some |= server->folders.at[i]->stale;
    }
    return some && !server->shut_down;
}

void server_check(Server *server, Buf *out)
{
    folders_tidy(server, out);
    for (size_t i = 0; i < server->folders.n; i++) {
        if (server->folders.at[i]->stale) {
            folders_look(server, server->folders.at[i], out);
        }
    }
}

bool server_ended(const Server *server)
{
    return server->ended;
}

int server_status(const Server *server)
{
    return server->shut_down && !server->broken ? 0 : 1;
}
