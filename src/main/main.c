/* longtu: the command line. Finds the verb, reads its options, runs it, and turns how it ended into
 * the exit status. */
#include "main/command.h"

#include "base/file.h"
#include "plan/unit.h"

#include <sodium.h>
#include <unistd.h>

static const Command *const COMMANDS[] = {
    &EXTRACT_COMMAND, &FMT_COMMAND,        &DIFF_COMMAND,   &CHECK_COMMAND, &ASSESS_COMMAND,
    &TRACE_COMMAND,   &EVAL_COMMAND,       &IMPORT_COMMAND, &PLAN_COMMAND,  &LSP_COMMAND,
    &EXPLAIN_COMMAND, &COMPLETION_COMMAND, &MAN_COMMAND,    &HELP_COMMAND};
enum { N_COMMANDS = sizeof COMMANDS / sizeof COMMANDS[0] };

const Command *const *commands(size_t *n)
{
    *n = N_COMMANDS;
    return COMMANDS;
}

const Command *command_find(Str name)
{
    for (size_t i = 0; i < N_COMMANDS; i++) {
        if (str_eq(name, str_z(COMMANDS[i]->name))) {
            return COMMANDS[i];
        }
    }
    return NULL;
}

static size_t option_index(const Context *context, const char *name)
{
    for (size_t i = 0; i < context->command->n_options; i++) {
        if (strcmp(context->command->options[i].name, name) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

const Str *option_all(const Context *context, const char *name, size_t *n)
{
    size_t index = option_index(context, name);

    *n = index == SIZE_MAX ? 0 : context->given[index].n;
    return *n == 0 ? NULL : context->given[index].at;
}

bool option_given(const Context *context, const char *name)
{
    size_t n;

    return option_all(context, name, &n) != NULL;
}

Str option(const Context *context, const char *name)
{
    size_t n;
    const Str *all = option_all(context, name, &n);

    return all == NULL ? STR("") : all[n - 1];
}

Err usage_error(Context *context, Text message, Str about)
{
    bool chinese = context->lang == LANG_ZH;
    Str text = text_in(message, context->lang);
    const char *verb = context->command == NULL ? "" : context->command->name;

    (void)fprintf(stderr, "longtu: %.*s%s%.*s\n", STR_ARG(text), about.len != 0 ? ": " : "",
                  STR_ARG(about));
    (void)fprintf(stderr, chinese ? "用法见 longtu%s%s --help\n" : "see longtu%s%s --help\n",
                  verb[0] != '\0' ? " " : "", verb);
    return ERR_USAGE;
}

void print_diag(const Context *context, Buf *out, const Diag *diag)
{
    if (context->json_messages) {
        diag_json(out, diag, context->lang);
    } else {
        diag_print(out, diag, context->lang, context->colour_err);
    }
}

void flush_diags(Context *context)
{
    Buf buf = buf_new(context->arena);

    if (context->json_messages) {
        for (size_t i = 0; i < context->diags.all.n; i++) {
            print_diag(context, &buf, &context->diags.all.at[i]);
        }
    } else {
        diags_print(&buf, &context->diags, context->lang, context->colour_err);
    }
    (void)fwrite(buf_str(&buf).at, 1, buf.len, stderr);
    context->diags = diags_new(context->arena);
}

Err write_output(Context *context, Str content)
{
    return file_write(context->arena, option(context, "output"), content, &context->diags);
}

static Lang lang_of_locale(void)
{
    static const char *const NAMES[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        const char *value = getenv(NAMES[i]);

        if (value != NULL && value[0] != '\0') {
            return strncmp(value, "zh", 2) == 0 ? LANG_ZH : LANG_EN;
        }
    }
    return LANG_EN;
}

static bool shows_colour(int fd)
{
    const char *term = getenv("TERM"), *none = getenv("NO_COLOR");

    return isatty(fd) && (none == NULL || none[0] == '\0') && term != NULL &&
           strcmp(term, "dumb") != 0;
}

static void indented(Buf *out, Str text, const char *indent)
{
    while (text.len > 0) {
        Str line = str_cut(text, '\n', &text);

        buf_format(out, "%s%.*s\n", line.len > 0 ? indent : "", STR_ARG(line));
    }
}

static void help_option(Buf *out, char letter, const char *name, const char *argument, Str about)
{
    char head[64];
    int len;

    if (letter != 0) {
        len = snprintf(head, sizeof head, "  -%c, --%s %s", letter, name,
                       argument == NULL ? "" : argument);
    } else {
        len = snprintf(head, sizeof head, "      --%s %s", name, argument == NULL ? "" : argument);
    }
    buf_format(out, "%s%*s%.*s\n", head, len < 28 ? 28 - len : 2, "", STR_ARG(about));
}

void command_help(const Command *command, Lang lang, Buf *out)
{
    bool chinese = lang == LANG_ZH;

    buf_format(out, "longtu %s %s\n  %.*s\n\n", command->name, command->arguments,
               STR_ARG(text_in(command->summary, lang)));
    indented(out, text_in(command->about, lang), "  ");
    buf_char(out, '\n');
    for (size_t i = 0; i < command->n_options; i++) {
        const Option *one = &command->options[i];

        help_option(out, one->letter, one->name, one->argument, text_in(one->about, lang));
    }
    help_option(out, 0, "lang", "zh|en",
                chinese ? STR("语言，缺省随系统") : STR("language; the system's by default"));
    help_option(out, 0, "messages=json", NULL,
                chinese ? STR("每条诊断一行 JSON") : STR("each diagnostic as a line of JSON"));
    help_option(out, 0, "help", NULL, chinese ? STR("显示本页") : STR("show this"));
}

static void help_all(Lang lang, Buf *out)
{
    bool chinese = lang == LANG_ZH;

    buf_add(out,
            chinese ? STR("陇图：区域发展规划的编译器与运行系统\n\n用法: longtu 子命令 [参数…]\n\n")
                    : STR("Longtu: a compiler and runtime for regional development plans\n\nusage: "
                          "longtu VERB [ARGUMENTS…]\n\n"));
    for (size_t i = 0; i < N_COMMANDS; i++) {
        buf_format(out, "  %-12s%.*s\n", COMMANDS[i]->name,
                   STR_ARG(text_in(COMMANDS[i]->summary, lang)));
    }
    buf_add(out, chinese
                     ? STR("\nlongtu 子命令 --help 看用法；longtu --version 看版本\n")
                     : STR("\nlongtu VERB --help says more; longtu --version gives the version\n"));
}

/* Symbols of one dimension on a line. */
static void help_units(Lang lang, Buf *out)
{
    Unit unit, last = UNIT_ONE;

    buf_add(out, lang == LANG_ZH
                     ? STR("单位，前面可加 十 百 千 万 亿（亿元、万人、百万千瓦），复合单位用 / 与 "
                           "·（m3/万元、件/万人）：\n")
                     : STR("Units; 十 百 千 万 亿 may stand before them (亿元, 万人), compound "
                           "units are written with / "
                           "and · (m3/万元, 件/万人):\n"));
    for (size_t i = 0; unit_symbol(i, &unit).len != 0; i++) {
        buf_add(out, i == 0 || !unit_same_dimension(unit, last) ? STR("\n  ") : STR("  "));
        buf_add(out, unit_symbol(i, &unit));
        last = unit;
    }
    buf_char(out, '\n');
}

static Err run_help(Context *context)
{
    Buf out = buf_new(context->arena);
    const Command *command = context->n_arguments > 0 ? command_find(context->arguments[0]) : NULL;

    if (context->n_arguments > 0 && str_eq(context->arguments[0], STR("units"))) {
        help_units(context->lang, &out);
        return write_output(context, buf_str(&out));
    }
    if (context->n_arguments > 0 && command == NULL) {
        return usage_error(context, TEXT("没有这个子命令", "no such verb"), context->arguments[0]);
    }
    if (command != NULL) {
        command_help(command, context->lang, &out);
    } else {
        help_all(context->lang, &out);
    }
    return write_output(context, buf_str(&out));
}

const Command HELP_COMMAND = {
    "help",
    "[VERB | units]",
    TEXT_INIT("显示帮助", "show help"),
    TEXT_INIT("列出子命令，或说明一个；help units 列出单位。",
              "Lists the verbs, or describes one; help units lists the units."),
    NULL,
    0,
    run_help};

/* The option that an argument names; *value is what follows “=”, with at NULL if nothing does. */
static const Option *match_option(const Command *command, Str argument, Str *value)
{
    Str name, rest;

    *value = (Str){NULL, 0};
    if (argument.len >= 2 && argument.at[0] == '-' && argument.at[1] != '-') {
        for (size_t i = 0; i < command->n_options; i++) {
            if (command->options[i].letter == argument.at[1]) {
                if (argument.len > 2) {
                    *value = str_slice(argument, 2, argument.len);
                }
                return &command->options[i];
            }
        }
        return NULL;
    }
    name = str_cut(str_slice(argument, 2, argument.len), '=', &rest);
    if (name.len + 2 < argument.len) {
        *value = rest.len == 0 ? STR("") : rest;
    }
    for (size_t i = 0; i < command->n_options; i++) {
        if (str_eq(name, str_z(command->options[i].name))) {
            return &command->options[i];
        }
    }
    return NULL;
}

/* --help, --lang and --messages, which every verb takes. ERR_FOUND: help was printed. */
static Err common_option(Context *context, Str argument, char **next, bool *used, bool *used_next)
{
    Str value;

    *used = *used_next = false;
    if (str_eq(argument, STR("--help")) || str_eq(argument, STR("-h"))) {
        Buf out = buf_new(context->arena);

        command_help(context->command, context->lang, &out);
        return file_write(context->arena, STR("-"), buf_str(&out), &context->diags) == OK
                   ? ERR_FOUND
                   : ERR_RESOURCE;
    }
    if (str_eq(argument, STR("--messages=json")) || str_eq(argument, STR("--messages=text"))) {
        context->json_messages = str_ends(argument, STR("json"));
        *used = true;
        return OK;
    }
    if (str_starts(argument, STR("--lang="))) {
        value = str_slice(argument, 7, argument.len);
    } else if (str_eq(argument, STR("--lang")) && *next != NULL) {
        value = str_z(*next);
        *used_next = true;
    } else {
        return OK;
    }
    *used = true;
    if (!str_eq(value, STR("zh")) && !str_eq(value, STR("en"))) {
        return usage_error(context, TEXT("--lang 为 zh 或 en", "--lang is zh or en"), value);
    }
    context->lang = str_eq(value, STR("zh")) ? LANG_ZH : LANG_EN;
    context->lang_given = true;
    return OK;
}

static Err read_arguments(Context *context, int argc, char **argv)
{
    bool options = true;

    context->arguments = ARENA_ARRAY(context->arena, Str, (size_t)argc);
    for (int i = 0; i < argc; i++) {
        Str argument = str_z(argv[i]), value;
        const Option *found;
        bool used, used_next;
        Err err;

        if (!options || argument.len < 2 || argument.at[0] != '-') {
            context->arguments[context->n_arguments++] = argument;
            continue;
        }
        if (str_eq(argument, STR("--"))) {
            options = false;
            continue;
        }
        err = common_option(context, argument, &argv[i + 1], &used, &used_next);
        i += used_next;
        if (err != OK || used) {
            if (err != OK) {
                return err;
            }
            continue;
        }
        found = match_option(context->command, argument, &value);
        if (found == NULL) {
            return usage_error(context, TEXT("没有这个选项", "no such option"), argument);
        }
        if (found->argument == NULL && value.at != NULL) {
            return usage_error(context, TEXT("选项不带值", "the option takes no value"), argument);
        }
        if (found->argument != NULL && value.at == NULL) {
            if (i + 1 == argc) {
                return usage_error(context, TEXT("选项缺少值", "the option needs a value"),
                                   argument);
            }
            value = str_z(argv[++i]);
        }
        *vec_push(context->arena, &context->given[found - context->command->options]) =
            value.at == NULL ? STR("") : value;
    }
    return OK;
}

static Err run(Context *context, int argc, char **argv)
{
    Str verb = argc > 1 ? str_z(argv[1]) : STR("help");
    Err err;

    if (str_eq(verb, STR("--version"))) {
        return file_write(context->arena, STR("-"), STR("longtu " LONGTU_VERSION "\n"),
                          &context->diags);
    }
    if (str_eq(verb, STR("--help")) || str_eq(verb, STR("-h"))) {
        verb = STR("help");
    }
    context->command = command_find(verb);
    if (context->command == NULL) {
        return usage_error(context, TEXT("没有这个子命令", "no such verb"), verb);
    }
    for (int i = 2; i < argc; i++) { /* the language of messages about the other options */
        if (strcmp(argv[i], "--lang=zh") == 0 ||
            (strcmp(argv[i], "--lang") == 0 && i + 1 < argc && strcmp(argv[i + 1], "zh") == 0)) {
            context->lang = LANG_ZH;
        }
    }
    err = read_arguments(context, argc > 2 ? argc - 2 : 0, argv + (argc > 2 ? 2 : argc));
    if (err == ERR_FOUND) {
        return OK; /* help was asked for and given */
    }
    return err == OK ? context->command->run(context) : err;
}

int main(int argc, char **argv)
{
    Context context = {.arena = arena_new()};
    Err err;

    context.diags = diags_new(context.arena);
    context.lang = lang_of_locale();
    context.colour_out = shows_colour(STDOUT_FILENO);
    context.colour_err = shows_colour(STDERR_FILENO);
    if (sodium_init() < 0) {
        (void)fputs("longtu: libsodium does not start\n", stderr);
        return ERR_RESOURCE;
    }
    err = run(&context, argc, argv);
    flush_diags(&context);
    arena_free(context.arena);
    return (int)err;
}
