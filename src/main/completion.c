/* longtu completion, longtu man: shell completion and manual pages, made of the commands' own
 * descriptions. */
#include "main/command.h"

static const Option OPTIONS[] = {OPTION_OUTPUT};

static void bash(Buf *out)
{
    size_t n;
    const Command *const *all = commands(&n);

    buf_add(out, STR("# bash completion of longtu: source it, or put it into "
                     "/usr/share/bash-completion/completions/longtu\n"
                     "_longtu() {\n    local cur=${COMP_WORDS[COMP_CWORD]} options=\n    if [ "
                     "\"$COMP_CWORD\" -eq 1 ]; then\n"
                     "        mapfile -t COMPREPLY < <(compgen -W '"));
    for (size_t i = 0; i < n; i++) {
        buf_format(out, "%s%s", i == 0 ? "" : " ", all[i]->name);
    }
    buf_add(out, STR("' -- \"$cur\")\n        return\n    fi\n    case ${COMP_WORDS[1]} in\n"));
    for (size_t i = 0; i < n; i++) {
        buf_format(out, "        %s) options='--help --lang --messages=json", all[i]->name);
        for (size_t k = 0; k < all[i]->n_options; k++) {
            buf_format(out, " --%s", all[i]->options[k].name);
        }
        buf_add(out, STR("' ;;\n"));
    }
    buf_add(out,
            STR("    esac\n    if [[ $cur == -* ]]; then\n        mapfile -t COMPREPLY < <(compgen "
                "-W \"$options\" -- \"$cur\")\n"
                "    else\n        mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n    fi\n}\n"
                "complete -o filenames -F _longtu longtu\n"));
}

/* In zsh a description stands in brackets, in which a bracket or a colon is escaped. */
static void zsh_text(Buf *out, Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '[' || text.at[i] == ']' || text.at[i] == ':' || text.at[i] == '\\') {
            buf_char(out, '\\');
        }
        if (text.at[i] == '\'') {
            buf_add(out, STR("'\\''"));
        } else {
            buf_char(out, text.at[i]);
        }
    }
}

static void zsh(Buf *out, Lang lang)
{
    size_t n;
    const Command *const *all = commands(&n);

    buf_add(out, STR("#compdef longtu\n# zsh completion of longtu: put it as _longtu into a folder "
                     "of $fpath\n_longtu() {\n"
                     "    local -a verbs\n    verbs=(\n"));
    for (size_t i = 0; i < n; i++) {
        buf_format(out, "        '%s:", all[i]->name);
        zsh_text(out, text_in(all[i]->summary, lang));
        buf_add(out, STR("'\n"));
    }
    buf_add(out, STR("    )\n    if (( CURRENT == 2 )); then\n        _describe verb verbs\n       "
                     " return\n    fi\n    case ${words[2]} in\n"));
    for (size_t i = 0; i < n; i++) {
        buf_format(out,
                   "        %s) shift words; (( CURRENT-- )); _arguments '--help[%s]' "
                   "'--lang[%s]:lang:(zh en)'",
                   all[i]->name, lang == LANG_ZH ? "帮助" : "help",
                   lang == LANG_ZH ? "语言" : "language");
        for (size_t k = 0; k < all[i]->n_options; k++) {
            const Option *one = &all[i]->options[k];

            buf_format(out, " '*--%s[", one->name);
            zsh_text(out, text_in(one->about, lang));
            buf_char(out, ']');
            if (one->argument != NULL) {
                buf_format(out, ":%s:_files", one->argument);
            }
            buf_char(out, '\'');
        }
        buf_add(out, STR(" '*:file:_files' ;;\n"));
    }
    buf_add(out, STR("    esac\n}\nif [ \"$funcstack[1]\" = _longtu ]; then\n    _longtu "
                     "\"$@\"\nelse\n    compdef _longtu longtu\nfi\n"));
}

static Err run_completion(Context *context)
{
    Buf out = buf_new(context->arena);

    if (context->n_arguments == 1 && str_eq(context->arguments[0], STR("bash"))) {
        bash(&out);
    } else if (context->n_arguments == 1 && str_eq(context->arguments[0], STR("zsh"))) {
        zsh(&out, context->lang);
    } else {
        return usage_error(context, TEXT("bash 或 zsh", "bash or zsh"), STR(""));
    }
    return write_output(context, buf_str(&out));
}

/* Text for roff: a dot or quote at the start of a line would be a request, a backslash an escape.
 */
static void roff(Buf *out, Str text)
{
    bool start = true;

    for (size_t i = 0; i < text.len; i++) {
        if (start && (text.at[i] == '.' || text.at[i] == '\'')) {
            buf_add(out, STR("\\&"));
        }
        if (text.at[i] == '\\') {
            buf_add(out, STR("\\e"));
        } else if (text.at[i] == '-') {
            buf_add(out, STR("\\-"));
        } else if (text.at[i] == '\n' && i + 1 < text.len && text.at[i + 1] == '\n') {
            buf_add(out, STR("\n.PP"));
        } else {
            buf_char(out, text.at[i]);
        }
        start = text.at[i] == '\n';
    }
    buf_char(out, '\n');
}

static void section(Buf *out, Lang lang, const char *zh, const char *en)
{
    buf_format(out, ".SH %s\n", lang == LANG_ZH ? zh : en);
}

static void manual(const Command *command, Lang lang, Buf *out)
{
    buf_format(out, ".TH LONGTU\\-%s 1 \"\" \"longtu " LONGTU_VERSION "\"\n", command->name);
    section(out, lang, "名称", "NAME");
    buf_format(out, "longtu\\-%s \\- ", command->name);
    roff(out, text_in(command->summary, lang));
    section(out, lang, "用法", "SYNOPSIS");
    buf_format(out, ".B longtu %s\n", command->name);
    roff(out, str_z(command->arguments));
    section(out, lang, "说明", "DESCRIPTION");
    roff(out, text_in(command->about, lang));
    section(out, lang, "选项", "OPTIONS");
    for (size_t i = 0; i < command->n_options; i++) {
        const Option *one = &command->options[i];

        buf_add(out, STR(".TP\n.B "));
        if (one->letter != 0) {
            buf_format(out, "\\-%c, ", one->letter);
        }
        buf_format(out, "\\-\\-%s %s\n", one->name, one->argument == NULL ? "" : one->argument);
        roff(out, text_in(one->about, lang));
    }
    buf_format(
        out,
        ".TP\n.B \\-\\-lang zh|en\n%s\n.TP\n.B \\-\\-messages=json\n%s\n.TP\n.B \\-\\-help\n%s\n",
        lang == LANG_ZH ? "语言，缺省随系统" : "language; the system's by default",
        lang == LANG_ZH ? "每条诊断一行 JSON" : "each diagnostic as a line of JSON",
        lang == LANG_ZH ? "显示帮助" : "show help");
    section(out, lang, "退出状态", "EXIT STATUS");
    roff(out, lang == LANG_ZH ? STR("0 完成；1 完成，并发现了要求报告为失败的情况；2 用法错误；3 "
                                    "输入不能读取或无效；4 数据库或其他资源失败。")
                              : STR("0 done; 1 done, and what was asked to be reported as failure "
                                    "was found; 2 usage; 3 an input cannot be read or is "
                                    "not valid; 4 the store or another resource failed."));
}

static Err run_man(Context *context)
{
    Buf out = buf_new(context->arena);
    const Command *command = context->n_arguments == 1 ? command_find(context->arguments[0]) : NULL;

    if (command == NULL) {
        return usage_error(context, TEXT("需要一个子命令", "a verb is needed"),
                           context->n_arguments == 1 ? context->arguments[0] : STR(""));
    }
    manual(command, context->lang, &out);
    return write_output(context, buf_str(&out));
}

const Command COMPLETION_COMMAND = {
    "completion",
    "bash | zsh",
    TEXT_INIT("输出命令补全脚本", "print a shell completion script"),
    TEXT_INIT("输出 bash 或 zsh 的补全脚本，例如：source <(longtu completion bash)",
              "Prints the completion script for bash or zsh, for use like: source <(longtu "
              "completion bash)"),
    OPTIONS,
    sizeof OPTIONS / sizeof OPTIONS[0],
    run_completion};
const Command MAN_COMMAND = {"man",
                             "VERB",
                             TEXT_INIT("输出手册页（roff）", "print a manual page (roff)"),
                             TEXT_INIT("输出一个子命令的手册页：longtu man assess | man -l -",
                                       "Prints a verb's manual page: longtu man assess | man -l -"),
                             OPTIONS,
                             sizeof OPTIONS / sizeof OPTIONS[0],
                             run_man};
