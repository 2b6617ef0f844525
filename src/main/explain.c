/* longtu explain: what a diagnostic code means and how to mend what it says. */
#include "main/command.h"

static const Option OPTIONS[] = {OPTION_OUTPUT};

static void explain(Context *context, Code code, Buf *out)
{
    const CodeInfo *info = code_info(code);
    bool chinese = context->lang == LANG_ZH;

    buf_format(out, "%.*s  %s\n\n  %.*s\n\n", STR_ARG(info->name),
               level_name(info->level, context->lang),
               STR_ARG(text_in(info->message, context->lang)));
    buf_format(out, "%s\n", chinese ? "为什么" : "Why");
    buf_format(out, "  %.*s\n", STR_ARG(text_in(info->why, context->lang)));
    if (text_in(info->mend, context->lang).len > 3) {
        buf_format(out, "\n%s\n  %.*s\n", chinese ? "怎么改" : "How to mend it",
                   STR_ARG(text_in(info->mend, context->lang)));
    }
}

static Err run(Context *context)
{
    Buf out = buf_new(context->arena);

    if (context->n_arguments == 0) {
        for (int code = 0; code < CODE_N; code++) {
            const CodeInfo *info = code_info((Code)code);

            buf_format(&out, "%.*s  %.*s\n", STR_ARG(info->name),
                       STR_ARG(text_in(info->message, context->lang)));
        }
        return write_output(context, buf_str(&out));
    }
    for (size_t i = 0; i < context->n_arguments; i++) {
        Code code;

        if (!code_find(context->arguments[i], &code)) {
            return usage_error(context,
                               TEXT("没有这个代码；不带参数列出全部",
                                    "no such code; without an argument all are listed"),
                               context->arguments[i]);
        }
        explain(context, code, &out);
    }
    return write_output(context, buf_str(&out));
}

const Command EXPLAIN_COMMAND = {
    "explain",
    "[CODE…]",
    TEXT_INIT("解释诊断代码", "explain a diagnostic code"),
    TEXT_INIT("说明一个代码（如 LT1008）是什么意思、为什么是错误、怎么改。不带参数列出全部代码。",
              "Says what a code such as LT1008 means, why it is an error and how to mend it. "
              "Without a code, all are listed."),
    OPTIONS,
    sizeof OPTIONS / sizeof OPTIONS[0],
    run};
