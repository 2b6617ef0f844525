/* longtu explain: what a diagnostic code means and how to mend what it says. */
#include "main/command.h"
#include "main/explain_pages.h"

static const Option OPTIONS[] = {OPTION_OUTPUT};

/* The code's page of the manual in that language; empty if it has none. */
static Str find_page(Arena *arena, Str code, bool chinese)
{
    Str name = str_format(arena, "%schecks/%.*s.md", chinese ? "zh/" : "", STR_ARG(code));

    for (size_t i = 0; i < N_EXPLAIN_PAGES; i++) {
        if (str_eq(str_z(EXPLAIN_PAGES[i].name), name)) {
            return (Str){(const char *)EXPLAIN_PAGES[i].at, EXPLAIN_PAGES[i].len};
        }
    }
    return STR("");
}

/* The page from its first section on, as plain text: headings at the margin, the text by two
 * columns in, what stands in fences by four, under the name of the file that it is. */
static void put_page(Buf *out, Str page)
{
    static const Str FENCE = STR_INIT("```"), HEADING = STR_INIT("## ");
    bool started = false, fenced = false, heading = false; /* the line before was a heading */

    while (page.len != 0) {
        Str line = str_cut(page, '\n', &page);

        started |= str_starts(line, HEADING);
        if (!started) {
            continue;
        }
        if (str_starts(line, FENCE)) {
            Str name;

            fenced = !fenced;
            (void)str_cut(line, ' ', &name);
            if (fenced && name.len != 0) {
                buf_format(out, "  %.*s\n", STR_ARG(name));
            }
        } else if (!fenced && str_starts(line, HEADING)) {
            buf_format(out, "%.*s\n", STR_ARG(str_slice(line, HEADING.len, line.len)));
            heading = true;
            continue;
        } else if (line.len == 0) {
            buf_add(out, heading ? STR("") : STR("\n"));
        } else {
            buf_format(out, "%s%.*s\n", fenced ? "    " : "  ", STR_ARG(line));
        }
        heading = false;
    }
}

static void explain(Context *context, Code code, Buf *out)
{
    const CodeInfo *info = code_info(code);
    bool chinese = context->lang == LANG_ZH;
    Str page = find_page(context->arena, info->name, chinese);

    buf_format(out, "%.*s  %s\n\n  %.*s\n\n", STR_ARG(info->name),
               level_name(info->level, context->lang),
               STR_ARG(text_in(info->message, context->lang)));
    buf_format(out, "%s\n", chinese ? "为什么" : "Why");
    buf_format(out, "  %.*s\n", STR_ARG(text_in(info->why, context->lang)));
    if (text_in(info->mend, context->lang).len > 3) {
        buf_format(out, "\n%s\n  %.*s\n", chinese ? "怎么改" : "How to mend it",
                   STR_ARG(text_in(info->mend, context->lang)));
    }
    if (page.len != 0) {
        buf_char(out, '\n');
        put_page(out, page);
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
        buf_add(&out, i == 0 ? STR("") : STR("\n"));
        explain(context, code, &out);
    }
    return write_output(context, buf_str(&out));
}

const Command EXPLAIN_COMMAND = {
    "explain",
    "[CODE…]",
    TEXT_INIT("解释诊断代码", "explain a diagnostic code"),
    TEXT_INIT(
        "说明一个代码（如 LT1008）是什么意思、为什么是错误、怎么改；检查规划所报的还附一例。不带参"
        "数列出全部代码。",
        "Says what a code such as LT1008 means, why it is an error and how to mend it, with an "
        "example of what checks of plans report. Without a code, all are listed."),
    OPTIONS,
    sizeof OPTIONS / sizeof OPTIONS[0],
    run};
