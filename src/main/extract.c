/* longtu extract: from published documents to plan files, tables and an account of every number. */
#include "base/file.h"
#include "main/load.h"
#include "publish/extraction.h"

static const Option OPTIONS[] = {
    OPTION_PACK,
    {"format", 0, "FORMAT",
     TEXT_INIT("text、yaml、json、xlsx 或 akn", "text, yaml, json, xlsx or akn")},
    {"coverage", 0, NULL,
     TEXT_INIT("只列每份文件的数字归到了哪里",
               "only list what became of the numbers of each document")},
    {"page", 0, "FILE",
     TEXT_INIT(
         "另写一页 HTML：原文与每个数字的去向，供核对",
         "also write a page of HTML: the text with what became of each number, for checking")},
    OPTION_OUTPUT,
};

static Err write_page(Context *context, const Extract *extract, const Catalog *catalog)
{
    Buf page = buf_new(context->arena);

    extraction_page(extract, catalog, context->lang, &page);
    return file_write(context->arena, option(context, "page"), buf_str(&page), &context->diags);
}

static Err run(Context *context)
{
    Str format = option(context, "format");
    Buf out = buf_new(context->arena);
    const Extract **extracts;
    Lexicon *lexicon;
    Loaded loaded;
    size_t n = 0;
    Err err, worst = OK;

    if (context->n_arguments == 0) {
        return usage_error(context, TEXT("需要文件", "a document is needed"), STR(""));
    }
    if (str_eq(format, STR("akn")) && context->n_arguments > 1) {
        return usage_error(context, TEXT("akn 一次只写一份文件", "akn takes one document"),
                           STR(""));
    }
    if (option_given(context, "page") && context->n_arguments > 1) {
        return usage_error(context, TEXT("--page 只用于一份文件", "--page takes one document"),
                           STR(""));
    }
    err = load(context, NULL, 0, &loaded);
    if (err != OK) {
        return err;
    }
    lexicon = lexicon_new(context->arena, loaded.catalog);
    extracts = ARENA_ARRAY(context->arena, const Extract *, context->n_arguments);
    for (size_t i = 0; i < context->n_arguments; i++) {
        Document *doc = ARENA_NEW(context->arena, Document);
        Extract *one = ARENA_NEW(context->arena, Extract);

        err = document_read(context->arena, context->arguments[i], doc, &context->diags);
        if (err == OK) {
            err = extract(context->arena, doc, lexicon, one, &context->diags);
        }
        if (err != OK) {
            worst = err;
            continue;
        }
        extracts[n++] = one;
        if (option_given(context, "page")) {
            err = write_page(context, one, loaded.catalog);
            worst = err != OK ? err : worst;
        }
        if (option_given(context, "coverage") || str_eq(format, STR("xlsx"))) {
            continue;
        }
        if (str_eq(format, STR("json"))) {
            extraction_json(one, loaded.catalog, &out);
        } else if (str_eq(format, STR("akn"))) {
            extraction_akn(one, loaded.catalog, &out);
        } else if (str_eq(format, STR("yaml"))) {
            for (size_t k = 0; k < one->n_plans; k++) {
                plan_write(context->arena, &one->plans[k].plan, &out);
            }
        } else {
            extraction_text(one, loaded.catalog, context->lang, context->colour_out, &out);
        }
    }
    if (option_given(context, "coverage")) {
        extraction_coverage(extracts, n, context->lang, context->colour_out, &out);
    } else if (str_eq(format, STR("xlsx"))) {
        err = n == 0 ? OK
                     : extraction_xlsx(context->arena, extracts, n, loaded.catalog, context->lang,
                                       option(context, "output"), &context->diags);
        return worst != OK ? worst : err;
    }
    err = write_output(context, buf_str(&out));
    return worst != OK ? worst : err;
}

const Command EXTRACT_COMMAND = {
    "extract",
    "FILE…",
    TEXT_INIT("从公布的文件读出规划", "read plans out of published documents"),
    TEXT_INIT("读取规划、方案、意见等的文本（txt、html、docx、pdf），写出目标、现状数字、任务与机制"
              "，并说明文中每个数字的去向。",
              "Reads the text of plans, schemes and opinions (txt, html, docx, pdf), writes their "
              "targets, stated facts, tasks and mechanisms, and tells what became of each number."),
    OPTIONS,
    sizeof OPTIONS / sizeof OPTIONS[0],
    run};
