/* longtu lsp: a language server for plan files, on standard input and output. */
#include "base/file.h"
#include "editor/server.h"
#include "main/load.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

enum { QUIET_MS = 100, CHUNK = 64 << 10 }; /* typing pauses that long before files are checked */

static const Option OPTIONS[] = {
    OPTION_PACK,
    {"stdio", 0, NULL,
     TEXT_INIT("经标准输入输出（一向如此；有的编辑器会给出）",
               "over standard input and output, as always; some editors say so")},
};

/* The folder's files, and those that are open and not there yet. */
static void load_folder(void *of, Arena *arena, Str folder, const Source *open, size_t n_open,
                        ServerFolder *out)
{
    Context context = *(const Context *)of;
    VEC(Str) paths = {0};
    Loaded loaded;

    context.arena = arena;
    context.diags = diags_new(arena);
    context.open = open;
    context.n_open = n_open;
    if (folder.len > 0 && file_is_folder(arena, folder)) {
        *vec_push(arena, &paths) = folder;
    }
    for (size_t i = 0; i < n_open; i++) {
        Str name = open[i].name;

        if (folder.len > 0 && str_starts(name, folder) && name.len > folder.len &&
            memrchr(name.at, '/', name.len) == name.at + folder.len) {
            *vec_push(arena, &paths) = name;
        }
    }
    out->complete = load_lenient(&context, paths.at, paths.n, &loaded) == OK;
    out->catalog = loaded.catalog;
    out->built_in = loaded.built_in;
    out->plans = loaded.plans;
    out->n_plans = loaded.n_plans;
    out->diags = context.diags;
}

/* Only what is a file: a plan must not make the editor wait for a terminal. */
static bool read_text(void *of, Arena *arena, Str path, Str *text)
{
    Diags unused = diags_new(arena);
    struct stat found;

    (void)of;
    return stat(str_to_z(arena, path), &found) == 0 && S_ISREG(found.st_mode) &&
           file_read(arena, path, YAML_MAX_BYTES, text, &unused) == OK;
}

/* False if nobody reads any more. */
static bool send_all(Str bytes)
{
    while (bytes.len > 0) {
        ssize_t n = write(STDOUT_FILENO, bytes.at, bytes.len);

        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        bytes = str_slice(bytes, (size_t)n, bytes.len);
    }
    return true;
}

/* Whether bytes come within the time; so does the end of the stream. */
static bool comes(int timeout_ms)
{
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    int n;

    do {
        n = poll(&in, 1, timeout_ms);
    } while (n < 0 && errno == EINTR);
    return n != 0;
}

/* One round: what has come is answered, or what waits is checked. False at the end. */
static bool serve(Server *server, char *chunk)
{
    Arena *arena = arena_new();
    Buf out = buf_new(arena);
    bool going = true;

    if (comes(server_waits(server) ? QUIET_MS : -1)) {
        ssize_t n = read(STDIN_FILENO, chunk, CHUNK);

        going = n > 0 || (n < 0 && errno == EINTR);
        if (n > 0) {
            server_receive(server, (Str){chunk, (size_t)n}, &out);
        }
    } else {
        server_check(server, &out);
    }
    going &= send_all(buf_str(&out));
    arena_free(arena);
    return going && !server_ended(server);
}

static Err run(Context *context)
{
    ServerHost host = {.context = context,
                       .load = load_folder,
                       .read = read_text,
                       .lang = context->lang,
                       .lang_given = context->lang_given};
    char *chunk = ARENA_ARRAY(context->arena, char, CHUNK);
    Server *server;
    int status;

    if (context->n_arguments > 0) {
        return usage_error(context, TEXT("不带参数", "it takes no arguments"),
                           context->arguments[0]);
    }
    (void)signal(SIGPIPE, SIG_IGN);
    server = server_open(&host);
    while (serve(server, chunk)) {
    }
    status = server_status(server);
    server_close(server);
    return status == 0 ? OK : ERR_FOUND;
}

const Command LSP_COMMAND = {
    "lsp",
    "",
    TEXT_INIT("供编辑器使用的语言服务器", "a language server for editors"),
    TEXT_INIT("编辑规划文件时的检查、悬停说明、补全、跳转、大纲、排版（LSP "
              "3.17，经标准输入输出）。由编辑器启动，见 docs/zh/lsp.md。\n\n"
              "检查的是所开文件及同一文件夹中的规划，以编辑器中尚未保存的内容为准。",
              "Checks, hovers, completion, definitions, outline and layout while plan files are "
              "edited (LSP 3.17 over standard input and output). Editors start it; see "
              "docs/lsp.md.\n\n"
              "Checked are the open files with the plans beside them, as they stand in the "
              "editor."),
    OPTIONS,
    sizeof OPTIONS / sizeof OPTIONS[0],
    run};
