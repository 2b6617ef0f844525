/* longtu fmt: plan files in their canonical layout. */
#include "base/file.h"
#include "main/load.h"
#include "plan/layout.h"

static const Option OPTIONS[] = {
    {"check", 0, NULL,
     TEXT_INIT("不改文件；有不合规范的，列出并以状态 1 结束",
               "change nothing; list the files that would change and end with status 1")},
};

typedef struct {
    Context *context;
    Buf changed; /* names of the files, a line each */
    Err worst;
} Formatter;

static Err worse(Err a, Err b)
{
    return a > b ? a : b;
}

/* Standard input goes to standard output, whether it changed or not. */
static Err put(Formatter *formatter, Arena *arena, Str path, Str before, Str after)
{
    Context *context = formatter->context;
    bool check = option_given(context, "check");

    if (str_eq(path, STR("-")) && !check) {
        return file_write(arena, path, after, &context->diags);
    }
    if (str_eq(before, after)) {
        return OK;
    }
    buf_format(&formatter->changed, "%.*s\n", STR_ARG(path));
    /* a link stays a link: what it leads to is written */
    return check ? ERR_FOUND
                 : file_write(arena, file_real_path(arena, path), after, &context->diags);
}

/* A dictionary is left alone. */
static Err format_file(Formatter *formatter, Arena *arena, Str path)
{
    Diags *diags = &formatter->context->diags;
    Source source = {path, {NULL, 0}};
    Buf out = buf_new(arena);
    YamlDoc doc;
    Plan plan;
    bool is_plan;
    Err err = file_read(arena, str_eq(path, STR("-")) ? STR("/dev/stdin") : path, YAML_MAX_BYTES,
                        &source.text, diags);

    err = err == OK ? yaml_read(arena, source, &doc, diags) : err;
    err = err == OK ? load_kind(&doc, &is_plan, diags) : err;
    if (err != OK || !is_plan) {
        return err;
    }
    err = plan_read(arena, &doc, &plan, diags);
    if (err != OK) {
        return err;
    }
    layout_write(arena, &doc, &plan, &out);
    return put(formatter, arena, path, source.text, buf_str(&out));
}

static void format_one(Formatter *formatter, Str path)
{
    Arena *arena = arena_new();

    formatter->worst = worse(formatter->worst, format_file(formatter, arena, path));
    arena_free(arena);
}

static void format_path(Formatter *formatter, Str path)
{
    Context *context = formatter->context;
    StrVec names = {0};

    if (!file_is_folder(context->arena, path)) {
        format_one(formatter, path);
        return;
    }
    formatter->worst = worse(
        formatter->worst, file_list(context->arena, path, STR(".yaml"), &names, &context->diags));
    for (size_t i = 0; i < names.n; i++) {
        format_one(formatter,
                   str_format(context->arena, "%.*s/%.*s", STR_ARG(path), STR_ARG(names.at[i])));
    }
}

static Err run(Context *context)
{
    Formatter formatter = {.context = context, .changed = buf_new(context->arena)};

    if (context->n_arguments == 0) {
        return usage_error(context, TEXT("需要规划文件", "a plan file is needed"), STR(""));
    }
    for (size_t i = 0; i < context->n_arguments; i++) {
        format_path(&formatter, context->arguments[i]);
    }
    if (formatter.changed.len > 0) {
        Err err =
            file_write(context->arena, STR("-"), buf_str(&formatter.changed), &context->diags);

        formatter.worst = worse(formatter.worst, err);
    }
    return formatter.worst;
}

const Command FMT_COMMAND = {
    "fmt",
    "FILE…",
    TEXT_INIT("整理规划文件的版式", "lay out plan files in canonical form"),
    TEXT_INIT(
        "把规划文件改成规范的版式，即 extract -o 写出的样子：键按固定次序，现状数字等每条一行，目标"
        "每键一行，引号只留必要的；数字位数不变，注释留在原处。再整理一遍不会再变。改了的文件列出名"
        "称"
        "。文件夹指其中的 *.yaml；词典文件不动；- 读标准输入，写标准输出。\n\n"
        "文件有错时照常报告，并保持原样。--check 只检查，供提交前与流水线使用。",
        "Gives plan files their canonical layout, which is what extract -o writes: keys in one "
        "order, a fact or the like on a line, a target with a line for each key, quotes only where "
        "they are needed. Digits stay as printed and comments where they belong. Doing it again "
        "changes nothing. Files that were changed are listed. A folder stands for its *.yaml; "
        "dictionaries are left alone; - reads standard input and writes standard output.\n\n"
        "A file with mistakes is reported as usual and left as it is. --check only looks, for use "
        "before a commit and in pipelines."),
    OPTIONS,
    sizeof OPTIONS / sizeof OPTIONS[0],
    run};
