/* Command: the verbs of the command line, each with its options; help, completion and manual pages
 * are made of the same. */
#ifndef LONGTU_MAIN_COMMAND_H
#define LONGTU_MAIN_COMMAND_H

#include "base/diag.h"
#include "base/err.h"
#include "base/map.h"

typedef struct {
    const char *name;     /* long name, without dashes */
    char letter;          /* short name, or 0 */
    const char *argument; /* what it takes, as shown: FILE; NULL for a switch */
    Text about;
} Option;

typedef struct Context Context;

typedef struct {
    const char *name;
    const char *arguments; /* as shown in the usage line */
    Text summary;          /* one line */
    Text about;            /* paragraphs for --help and the manual page */
    const Option *options;
    size_t n_options;
    Err (*run)(Context *context);
} Command;

struct Context {
    Arena *arena;
    Diags diags;
    Lang lang;
    bool lang_given;             /* by --lang */
    bool colour_out, colour_err; /* standard output or error is a terminal that shows colours */
    bool json_messages;          /* --messages json: a line of JSON for each diagnostic */
    const Command *command;
    Str *arguments;
    size_t n_arguments;
    const Source *open; /* texts that stand in for files, by their real path */
    size_t n_open;
    VEC(Str)
    given[32]; /* values of the options, by their index in the command; a switch gives an empty one
                */
};

extern const Command EXTRACT_COMMAND, FMT_COMMAND, DIFF_COMMAND, IMPORT_COMMAND, ASSESS_COMMAND,
    EVAL_COMMAND, TRACE_COMMAND, PLAN_COMMAND, CHECK_COMMAND, LSP_COMMAND, EXPLAIN_COMMAND,
    COMPLETION_COMMAND, MAN_COMMAND, HELP_COMMAND;

const Command *const *commands(size_t *n); /* all, in the order they are listed */
const Command *command_find(Str name);     /* NULL if there is none */

/* The value of an option; the last one if it was given several times; empty if not. */
Str option(const Context *context, const char *name);
bool option_given(const Context *context, const char *name);
const Str *option_all(const Context *context, const char *name, size_t *n);

/* A message about the command line itself, and ERR_USAGE. */
Err usage_error(Context *context, Text message, Str about);

void command_help(const Command *command, Lang lang, Buf *out);

/* One diagnostic, in the form that --messages asks for. */
void print_diag(const Context *context, Buf *out, const Diag *diag);

/* Writes the diagnostics gathered so far to standard error and forgets them. */
void flush_diags(Context *context);

/* Writes to -o FILE or standard output. */
Err write_output(Context *context, Str content);

#define OPTION_STORE                                                                               \
    {                                                                                              \
        "store", 0, "URL",                                                                         \
            TEXT_INIT("数据库：sqlite:路径 或路径；缺省 $LONGTU_STORE，再缺省 longtu.db",          \
                      "store: sqlite:PATH or a path; $LONGTU_STORE by default, else longtu.db")    \
    }
#define OPTION_PACK                                                                                \
    {                                                                                              \
        "pack", 0, "DIR",                                                                          \
            TEXT_INIT("词典文件或其文件夹，可多次；缺省为内置词典",                                \
                      "dictionary file or folder, repeatable; the built-in one by default")        \
    }
#define OPTION_OUTPUT                                                                              \
    {                                                                                              \
        "output", 'o', "FILE", TEXT_INIT("写到文件", "write to a file")                            \
    }
#define OPTION_KNOWN_AT                                                                            \
    {                                                                                              \
        "known-at", 0, "TIME",                                                                     \
            TEXT_INIT("只用当时已知的数：2026-03-01 或 2026-03-01T08:00:00+08:00",                 \
                      "only what was known by then: 2026-03-01 or 2026-03-01T08:00:00+08:00")      \
    }
#define OPTION_ESTIMATES                                                                           \
    {                                                                                              \
        "estimates", 0, NULL,                                                                      \
            TEXT_INIT("也用估计数（状态 E、I、F）", "use estimates too (status E, I, F)")          \
    }
#define OPTION_MIX                                                                                 \
    {                                                                                              \
        "mix-vintages", 0, NULL, TEXT_INIT("允许混用口径", "allow editions to be mixed")           \
    }

#endif
