/* SarifSample: writes logs of invented findings, for tests/sarif_test.py.
 * publish_sarif_sample zh|en [plain|later|many] [BASELINE] */
#include "base/file.h"
#include "publish/sarif.h"

#include <stdio.h>

static const char PLAN[] = "plan:\n"
                           "  标题: “十四五”规划 𠮷 {0}\n"
                           "  value: 12,5\n"
                           "  value: 12,5\n"
                           "targets: [链接](http://example.org)\n";

static Place place(const Source *source, const char *words)
{
    size_t at = str_find(source->text, str_z(words));

    return place_of(source, (Span){(uint32_t)at, (uint32_t)(at + strlen(words))});
}

/* Whole files, places in lines, two that are alike, texts that look like placeholders and links,
 * names that a URI has to encode; related places and
 * arithmetic. */
static void add_plain(Diags *diags, const Source *source)
{
    Diag *diag;

    diag_add(diags, LT1001, place_file(STR("./没有 的#文件?.yaml")), STR("没有 的#文件?.yaml"),
             STR("{0} [x](1) \"引\"\t\xFF"));
    diag_add(diags, LT2001, place(source, "12,5"), STR("12,5"));
    diag_add(diags, LT2001, place_of(source, (Span){0, 0}), STR("12,5"));
    diag_add(diags, LT1010, place(source, "value"), STR("value"));
    diag_add(diags, LT1010, place(source, "value"), STR("value"));
    diag_add(diags, LT1025, place(source, "𠮷"), STR("三"), STR("一"));
    diag_add(diags, LT6013, place_line(STR("/data/a:b%.csv"), 7), STR("年鉴"));
    diag_add(diags, LT9001, place_file(STR("")), STR("a.db"), STR("full"));
    diag = diag_add(diags, LT1007, place(source, "[链接](http://example.org)"), STR("targets"),
                    diag_word(diags->arena, TEXT("列表", "a list")));
    diag_relate(diags, diag, place(source, "标题"), TEXT("见[此](1)处", "see [here](1)"));
    diag_relate(diags, diag, place_file(STR("其他.yaml")), TEXT("", "the other"));
    diag_step(diags, diag, TEXT("1 + {1} = 2", ""));
    diag_step(diags, diag, TEXT("2 × 2 = 4", ""));
}

/* The same plan with a line in front, one finding mended and one that is new. */
static void add_later(Diags *diags, const Source *source)
{
    diag_add(diags, LT2001, place(source, "12,5"), STR("12,5"));
    diag_add(diags, LT1010, place(source, "value"), STR("value"));
    diag_add(diags, LT1008, place(source, "plan"), STR("plan"), STR(""));
}

static Err write(Arena *arena, SarifOptions *options, Str kind, Str baseline, Diags *problems)
{
    Source source = {STR("plans/兰州 “十四五”.yaml"), str_z(PLAN)};
    Source earlier = {baseline, STR("")};
    Diags diags = diags_new(arena);
    Buf out = buf_new(arena);

    if (baseline.len != 0 &&
        (file_read(arena, baseline, SARIF_MAX_BYTES, &earlier.text, problems) != OK ||
         sarif_baseline_read(arena, earlier, &options->baseline, problems) != OK)) {
        return ERR_INPUT;
    }
    if (str_eq(kind, STR("later"))) {
        source.text = str_format(arena, "# 一行\n%s", PLAN);
        add_later(&diags, &source);
    } else {
        Str *reasons = ARENA_ARRAY(arena, Str, DIAG_MAX_KEPT);

        for (size_t i = 0; str_eq(kind, STR("many")) && i < DIAG_MAX_KEPT + 5; i++) {
            diag_add(&diags, LT2001, place(&source, "12,5"), STR("12,5"));
        }
        add_plain(&diags, &source);
        reasons[1] = STR("原文如此，\"已核实\"");
        options->reasons = reasons;
    }
    sarif_write(&diags, options, &out);
    return file_write(arena, STR("-"), buf_str(&out), problems);
}

int main(int argc, char **argv)
{
    Arena *arena = arena_new();
    Diags problems = diags_new(arena);
    Buf told = buf_new(arena);
    SarifOptions options = {.lang =
                                argc > 1 && str_eq(str_z(argv[1]), STR("zh")) ? LANG_ZH : LANG_EN,
                            .status = ERR_FOUND};
    Err err = write(arena, &options, str_z(argc > 2 ? argv[2] : "plain"),
                    str_z(argc > 3 ? argv[3] : ""), &problems);

    diags_print(&told, &problems, options.lang, false);
    (void)fprintf(stderr, "%.*s", STR_ARG(buf_str(&told)));
    arena_free(arena);
    return (int)err;
}
