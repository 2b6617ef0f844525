/* Findings as a page: what was found, listed, and beneath the lines in which it stands. */
#include "publish/findings_priv.h"

#include "publish/webpage.h"

#include <stdlib.h>

/* Our choice: a page stays within some tens of megabytes even for the largest input. */
enum { MAX_FOLDED = 1 << 20, MAX_RELATED = 100, MAX_STEPS = 100, MAX_NAMES = 500, N_FAMILIES = 10 };

/* Words, and a sign that tells the level without colour. */
static const char *const SIGNS[] = {"●", "▲", "■"};

void put_text(const FindingsPage *page, Str text)
{
    webpage_text(page->out, text);
}

void put_words(const FindingsPage *page, Text text)
{
    webpage_text(page->out, text_in(text, page->lang));
}

void put_id(const FindingsPage *page, const char *prefix, size_t number)
{
    put(page, prefix);
    webpage_number(page->out, (uint32_t)number);
}

void put_count(const FindingsPage *page, size_t n, Text one, Str many)
{
    buf_format(page->out, "%zu ", n);
    put_text(page, page->lang == LANG_EN && n != 1 ? many : text_in(one, page->lang));
}

Str findings_name(const FindingsPage *page, const FindingsFile *file)
{
    return str_slice(file->source.name, page->prefix, file->source.name.len);
}

bool findings_shown(const FindingsPage *page, const Place *place, size_t *file)
{
    uint64_t index;

    if (!map_get(page->by_name, place->file, &index)) {
        return false;
    }
    *file = (size_t)index;
    return place->line != 0 && place->line <= page->files[index].n_lines;
}

/* ---- what was found ---- */

/* ■ error, with the number of the finding in front. */
static void add_level(const FindingsPage *page, uint32_t item)
{
    Level level = page->items[item].diag->level;

    put_id(page, "<b class=\"number\">", item + 1);
    put(page, "</b> <span class=\"level\">");
    put(page, SIGNS[level]);
    put(page, " ");
    put(page, level_name(level, page->lang));
    put(page, "</span> ");
}

static void add_message(const FindingsPage *page, const Diag *diag)
{
    Buf text = buf_new(page->arena);

    diag_message(&text, diag, page->lang);
    put_text(page, buf_str(&text));
}

static void add_class(const FindingsPage *page, uint32_t item)
{
    const FindingsItem *found = &page->items[item];

    put(page, " class=\"");
    put(page, level_name(found->diag->level, LANG_EN));
    put_id(page, " k", code_digit(found->diag->code));
    put(page, found->reason.len != 0 ? " allowed" : "");
    put(page, found->known ? " known" : "");
    put(page, "\"");
}

static void add_badges(const FindingsPage *page, uint32_t item)
{
    if (page->items[item].reason.len != 0) {
        put(page, "<em>");
        put_words(page, TEXT("已注明理由", "allowed"));
        put(page, "</em> ");
    }
    if (page->items[item].known) {
        put(page, "<em>");
        put_words(page, TEXT("已知", "known"));
        put(page, "</em> ");
    }
}

/* FILE line 7, or line 7 within the same file. */
static void add_place(const FindingsPage *page, const Place *place, Str here)
{
    uint64_t index;

    if (!str_eq(place->file, here)) {
        put_text(page, map_get(page->by_name, place->file, &index)
                           ? findings_name(page, &page->files[index])
                           : place->file);
        put(page, " ");
    }
    if (place->line != 0) {
        buf_format(page->out, page->lang == LANG_ZH ? "第 %u 行" : "line %u", place->line);
    }
}

static void add_related(const FindingsPage *page, const Diag *diag)
{
    size_t n = 0, file;

    for (size_t i = 0; i < diag->related.n; i++) {
        const Related *related = &diag->related.at[i];

        if (related->step || ++n > MAX_RELATED) {
            continue;
        }
        if (n == 1) {
            put(page, "<p class=\"label\">");
            put_words(page, TEXT("有关各处", "Related"));
            put(page, "</p>\n<ul class=\"related\">\n");
        }
        put(page, "<li>");
        if (findings_shown(page, &related->place, &file)) {
            put_id(page, "<a href=\"#f", file);
            put_id(page, "-", related->place.line);
            put(page, "\">");
            add_place(page, &related->place, diag->place.file);
            put(page, "</a> ");
        } else {
            add_place(page, &related->place, diag->place.file);
            put(page, " ");
        }
        put_words(page, related->note);
        put(page, "</li>\n");
    }
    if (n > MAX_RELATED) {
        buf_format(page->out,
                   page->lang == LANG_ZH ? "<li>另有 %zu 处</li>\n" : "<li>%zu more</li>\n",
                   n - MAX_RELATED);
    }
    put(page, n > 0 ? "</ul>\n" : "");
}

/* A line of arithmetic, each equals sign on a line of its own. */
static void add_step(const FindingsPage *page, Str line)
{
    size_t at;

    put(page, "<p>");
    while ((at = str_find(line, STR(" = "))) != SIZE_MAX) {
        put_text(page, str_slice(line, 0, at));
        put(page, "</p>\n<p class=\"equals\">= ");
        line = str_slice(line, at + 3, line.len);
    }
    put_text(page, line);
    put(page, "</p>\n");
}

static void add_steps(const FindingsPage *page, const Diag *diag)
{
    size_t n = 0;

    for (size_t i = 0; i < diag->related.n; i++) {
        if (!diag->related.at[i].step || ++n > MAX_STEPS) {
            continue;
        }
        if (n == 1) {
            put(page, "<p class=\"label\">");
            put_words(page, TEXT("算式", "Arithmetic"));
            put(page, "</p>\n<div class=\"steps\">\n");
        }
        add_step(page, text_in(diag->related.at[i].note, page->lang));
    }
    if (n > MAX_STEPS) {
        buf_format(page->out,
                   page->lang == LANG_ZH ? "<p>另有 %zu 行</p>\n" : "<p>%zu more lines</p>\n",
                   n - MAX_STEPS);
    }
    put(page, n > 0 ? "</div>\n" : "");
}

void findings_card(const FindingsPage *page, uint32_t item)
{
    const FindingsItem *found = &page->items[item];
    Buf mend = buf_new(page->arena);
    Str code = code_info(found->diag->code)->name;

    put_id(page, "<article id=\"n", item + 1);
    put(page, "\" tabindex=\"-1\"");
    add_class(page, item);
    put(page, page->lang == LANG_ZH ? " lang=\"zh-CN\">\n<h3>" : " lang=\"en\">\n<h3>");
    add_level(page, item);
    add_badges(page, item);
    add_message(page, found->diag);
    put(page, " <a class=\"code\" href=\"#");
    put_text(page, code);
    put(page, "\">");
    put_text(page, code);
    put(page, "</a></h3>\n");
    if (found->reason.len != 0) {
        put(page, "<p class=\"reason\"><b>");
        put_words(page, TEXT("理由", "Reason"));
        put(page, "</b> ");
        put_text(page, found->reason);
        put(page, "</p>\n");
    }
    diag_mend(&mend, found->diag, page->lang);
    if (mend.len != 0) {
        put(page, "<p class=\"mend\"><b>");
        put_words(page, TEXT("改法", "Mend"));
        put(page, "</b> ");
        put_text(page, buf_str(&mend));
        put(page, "</p>\n");
    }
    add_related(page, found->diag);
    add_steps(page, found->diag);
    put(page, "</article>\n");
}

/* ---- what there is ---- */

/* Heavier ones first, those that ask for nothing any more last. */
static int by_weight(const void *a, const void *b)
{
    const FindingsItem *x = a, *y = b;
    bool x_allowed = x->reason.len != 0, y_allowed = y->reason.len != 0;

    return x_allowed != y_allowed             ? x_allowed - y_allowed
           : x->known != y->known             ? x->known - y->known
           : x->diag->level != y->diag->level ? (x->diag->level < y->diag->level ? 1 : -1)
                                              : (x->diag > y->diag) - (x->diag < y->diag);
}

static void gather_items(FindingsPage *page)
{
    const Diags *findings = page->findings;
    const FindingsOptions *options = page->options;
    const Str *fingerprints =
        options->baseline == NULL ? NULL : sarif_fingerprints(page->arena, findings);

    page->items = ARENA_ARRAY(page->arena, FindingsItem, findings->all.n + 1);
    for (size_t i = 0; i < findings->all.n; i++) {
        const Diag *diag = &findings->all.at[i];
        FindingsItem *item = &page->items[page->n_items];

        if (options->quiet && diag->level == LEVEL_NOTE) {
            continue;
        }
        *item = (FindingsItem){.diag = diag, .reason = options->reasons[i]};
        item->known =
            fingerprints != NULL && sarif_baseline_has(options->baseline, fingerprints[i]);
        page->known += item->known;
        page->allowed += item->reason.len != 0;
        page->n_items++;
    }
    qsort(page->items, page->n_items, sizeof *page->items, by_weight);
}

/* Of several plans that stand in one document it is there once. */
static void gather_files(FindingsPage *page)
{
    const FindingsOptions *options = page->options;
    Str first = STR("");

    page->by_name = map_new(page->arena);
    page->files = ARENA_ARRAY(page->arena, FindingsFile, options->n_plans + 1);
    for (size_t i = 0; i < options->n_plans; i++) {
        const Plan *plan = &options->plans[i];

        if (map_add(page->by_name, plan->file.name, page->n_files)) {
            page->files[page->n_files++] =
                (FindingsFile){.source = plan->file, .is_document = plan->node == NULL};
        }
    }
    for (size_t i = 0; i < page->n_files; i++) {
        Str name = page->files[i].source.name;
        size_t same = 0, slash = 0;

        first = i == 0 ? name : first;
        for (; same < name.len && same < first.len && name.at[same] == first.at[same]; same++) {
            slash = name.at[same] == '/' ? same + 1 : slash;
        }
        page->prefix = i == 0 || slash < page->prefix ? slash : page->prefix;
    }
}

static void mark_all(FindingsPage *page)
{
    for (uint32_t i = 0; i < page->n_items; i++) {
        const Diag *diag = page->items[i].diag;
        uint64_t index;
        size_t n = 0;

        if (!findings_mark(page, &diag->place, i)) {
            if (map_get(page->by_name, diag->place.file, &index)) {
                *vec_push(page->arena, &page->files[index].whole) = i;
            } else {
                *vec_push(page->arena, &page->elsewhere) = i;
            }
        }
        for (size_t k = 0; k < diag->related.n && n < MAX_RELATED; k++) {
            if (!diag->related.at[k].step) {
                (void)findings_mark(page, &diag->related.at[k].place, NO_ITEM);
                n++;
            }
        }
    }
}

/* ---- the frame ---- */

static void add_counts(const FindingsPage *page)
{
    static const Text WORDS[] = {TEXT_INIT("提示", "note"), TEXT_INIT("警告", "warning"),
                                 TEXT_INIT("错误", "error")};
    static const Str MANY[] = {STR_INIT("notes"), STR_INIT("warnings"), STR_INIT("errors")};

    put(page, "<p class=\"counts\">");
    for (int level = LEVEL_ERROR; level >= LEVEL_NOTE; level--) {
        put(page, "<span class=\"");
        put(page, page->findings->counts[level] == 0 ? "none" : level_name((Level)level, LANG_EN));
        put(page, "\">");
        put(page, SIGNS[level]);
        put(page, " ");
        put_count(page, page->findings->counts[level], WORDS[level], MANY[level]);
        put(page, "</span>");
    }
    if (page->allowed + page->known != 0) {
        put(page, "<span class=\"none\">");
        buf_format(page->out,
                   page->lang == LANG_ZH ? "其中已注明理由 %zu，已知 %zu"
                                         : "of these %zu allowed, %zu known",
                   page->allowed, page->known);
        put(page, "</span>");
    }
    put(page, "</p>\n");
}

static void add_header(const FindingsPage *page)
{
    put(page, "<header>\n<div><h1>");
    put_words(page, TEXT("规划检查", "Check of plans"));
    put(page, "</h1>\n<p>");
    put_count(page, page->options->n_plans, TEXT("份规划", "plan"), STR("plans"));
    put(page, page->lang == LANG_ZH ? "，" : ", ");
    put_count(page, page->n_files, TEXT("个文件", "file"), STR("files"));
    put(page, " · Longtu " LONGTU_VERSION "</p></div>\n");
    add_counts(page);
    put(page, "</header>\n");
}

/* The years stand behind the title unless it tells them itself. */
static void add_plan(const FindingsPage *page, const Plan *plan)
{
    Str title = text_in(plan->title, page->lang);
    uint64_t index = 0;

    (void)map_get(page->by_name, plan->file.name, &index);
    put(page, "<li>");
    put_text(page, title.len != 0 ? title : plan->id);
    if (plan->period[0] != 0 &&
        str_find(title, str_format(page->arena, "%lld", (long long)plan->period[0])) == SIZE_MAX) {
        buf_format(page->out, page->lang == LANG_ZH ? "（%lld—%lld）" : " (%lld–%lld)",
                   (long long)plan->period[0], (long long)plan->period[1]);
    }
    put(page, " <small>");
    if (page->files[index].marks.n + page->files[index].whole.n != 0) {
        put_id(page, "<a href=\"#f", (size_t)index);
        put(page, "\">");
        put_text(page, findings_name(page, &page->files[index]));
        put(page, "</a>");
    } else {
        put_text(page, findings_name(page, &page->files[index]));
        put(page, page->lang == LANG_ZH ? "，" : ", ");
        put_words(page, page->options->quiet || diags_full(page->findings)
                            ? TEXT("没有列出的结果", "nothing listed")
                            : TEXT("没有结果", "no findings"));
    }
    put(page, "</small></li>\n");
}

/* What was checked, and what is to be known before the rest is read. */
static void add_about(const FindingsPage *page)
{
    enum { FEW = 12 };
    size_t n = page->options->n_plans, not_kept;

    put(page, "<section class=\"checked\">\n");
    put(page, n > FEW ? "<details><summary>" : "<p class=\"label\">");
    put_words(page, TEXT("检查了这些规划", "What was checked"));
    put(page, n > FEW ? "</summary>\n<ul>\n" : "</p>\n<ul>\n");
    for (size_t i = 0; i < n && i < MAX_NAMES; i++) {
        add_plan(page, &page->options->plans[i]);
    }
    if (n > MAX_NAMES) {
        buf_format(page->out,
                   page->lang == LANG_ZH ? "<li>另有 %zu 份</li>\n" : "<li>%zu more</li>\n",
                   n - MAX_NAMES);
    }
    put(page, n > FEW ? "</ul></details>\n" : "</ul>\n");
    not_kept = page->findings->counts[0] + page->findings->counts[1] + page->findings->counts[2] -
               page->n_items;
    if (page->n_items == 0 && not_kept == 0) {
        put(page, "<p class=\"nothing\">✓ ");
        put_words(page, TEXT("没有发现问题。这只是说各项检查没有发现什么，不等于规划没有错误。",
                             "Nothing was found. That says only that no check found anything, not "
                             "that the plans are free of mistakes."));
        put(page, "</p>\n");
    }
    if (page->options->quiet && page->findings->counts[LEVEL_NOTE] != 0) {
        put(page, "<p>");
        put_words(page, TEXT("提示未列出。", "Notes are not listed."));
        put(page, "</p>\n");
    }
    if (diags_full(page->findings)) {
        put(page, "<p>");
        buf_format(page->out,
                   page->lang == LANG_ZH ? "只保留前 %d 条结果。" : "Only the first %d are kept.",
                   DIAG_MAX_KEPT);
        put(page, "</p>\n");
    }
    put(page, "</section>\n");
}

static void add_filter(const FindingsPage *page, const char *id, const char *class,
                       const char *sign, Str name, size_t n)
{
    if (n == 0) {
        return;
    }
    buf_format(page->out, "<label class=\"%s\"><input type=\"checkbox\" id=\"show-%s\" checked> ",
               class, id);
    put(page, sign);
    put_text(page, name);
    put_id(page, " <b>", n);
    put(page, "</b></label>\n");
}

static void open_filters(const FindingsPage *page, Text legend)
{
    put(page, "<fieldset><legend>");
    put_words(page, legend);
    put(page, "</legend>\n");
}

/* They work by style alone: what is unchecked hides what has its class. */
static void add_filters(const FindingsPage *page)
{
    size_t levels[3] = {0}, families[N_FAMILIES] = {0};

    for (size_t i = 0; i < page->n_items; i++) {
        const Diag *diag = page->items[i].diag;

        levels[diag->level]++;
        families[code_digit(diag->code) % N_FAMILIES]++;
    }
    open_filters(page, TEXT("级别", "Level"));
    for (int level = LEVEL_ERROR; level >= LEVEL_NOTE; level--) {
        const char *word = level_name((Level)level, LANG_EN);

        add_filter(page, word, word,
                   str_to_z(page->arena, str_format(page->arena, "%s ", SIGNS[level])),
                   str_z(level_name((Level)level, page->lang)), levels[level]);
    }
    add_filter(page, "allowed", "", "", text_in(TEXT("已注明理由", "allowed"), page->lang),
               page->allowed);
    add_filter(page, "known", "", "", text_in(TEXT("已知", "known"), page->lang), page->known);
    put(page, "</fieldset>\n");
    open_filters(page, TEXT("方面", "About"));
    for (unsigned digit = 0; digit < N_FAMILIES; digit++) {
        char id[] = {'k', (char)('0' + digit), '\0'};

        add_filter(page, id, "", "", text_in(code_family(digit)->name, page->lang),
                   families[digit]);
    }
    put(page, "</fieldset>\n");
}

static void add_list(const FindingsPage *page)
{
    put(page, "<aside id=\"list\" tabindex=\"-1\" aria-label=\"");
    put_words(page, TEXT("结果清单", "List of findings"));
    put(page, "\">\n<div class=\"tools\" id=\"filters\">\n");
    add_filters(page);
    put(page, "<p class=\"walk\" id=\"walk\" hidden><output id=\"shown\"></output>"
              "<button id=\"fold\" type=\"button\" aria-pressed=\"false\">");
    put_words(page, TEXT("展开全文", "Show all lines"));
    put(page, "</button><button id=\"prev\" type=\"button\" aria-label=\"");
    put_words(page, TEXT("上一条", "Previous finding"));
    put(page, "\">↑ <kbd>k</kbd></button><button id=\"next\" type=\"button\" aria-label=\"");
    put_words(page, TEXT("下一条", "Next finding"));
    put(page, "\">↓ <kbd>j</kbd></button></p>\n</div>\n<ol>\n");
    for (uint32_t i = 0; i < page->n_items; i++) {
        put(page, "<li");
        add_class(page, i);
        put_id(page, "><a href=\"#n", i + 1);
        put(page, "\">");
        add_level(page, i);
        add_badges(page, i);
        put(page, "<small>");
        add_place(page, &page->items[i].diag->place,
                  page->n_files == 1 ? page->files[0].source.name : STR(""));
        put(page, "</small><span class=\"words\">");
        add_message(page, page->items[i].diag);
        put(page, "</span></a></li>\n");
    }
    put(page, "</ol>\n</aside>\n");
}

/* Why a finding of each code is one: once, for all of them. */
static void add_codes(const FindingsPage *page)
{
    bool occurs[CODE_N] = {false};

    for (size_t i = 0; i < page->n_items; i++) {
        occurs[page->items[i].diag->code] = true;
    }
    put(page, "<section class=\"codes\">\n<h2>");
    put_words(page, TEXT("各代码的意思", "What the codes mean"));
    put(page, "</h2>\n<dl>\n");
    for (size_t i = 0; i < CODE_N; i++) {
        const CodeInfo *info = code_info((Code)i);

        if (occurs[i]) {
            put(page, "<dt id=\"");
            put_text(page, info->name);
            put(page, "\">");
            put_text(page, info->name);
            put(page, " <span>");
            put(page, SIGNS[info->level]);
            put(page, " ");
            put(page, level_name(info->level, page->lang));
            put(page, "</span></dt>\n<dd>");
            put_words(page, info->why);
            put(page, "</dd>\n");
        }
    }
    put(page, "</dl>\n</section>\n");
}

static Str page_title(const FindingsPage *page)
{
    const FindingsOptions *options = page->options;
    Str name = options->n_plans == 0 ? STR("") : text_in(options->plans[0].title, page->lang);

    return str_format(page->arena,
                      page->lang == LANG_ZH ? "规划检查：%.*s%s" : "Check of plans: %.*s%s",
                      STR_ARG(name), options->n_plans > 1 ? " …" : "");
}

void findings_page(const Diags *findings, const FindingsOptions *options, Buf *out)
{
    FindingsPage page = {.arena = arena_new(),
                         .findings = findings,
                         .options = options,
                         .lang = options->lang,
                         .out = out,
                         .foldable = MAX_FOLDED};

    gather_items(&page);
    gather_files(&page);
    mark_all(&page);
    webpage_open(out, PAGE_FINDINGS, page.lang, page_title(&page));
    put(&page, "<a class=\"skip\" href=\"#text\">");
    put_words(&page, TEXT("跳到原文", "Skip to the text"));
    put(&page, "</a>\n");
    add_header(&page);
    put(&page, page.n_items == 0 ? "<div>\n" : "<div class=\"layout\">\n");
    if (page.n_items != 0) {
        add_list(&page);
    }
    put(&page, "<main id=\"text\" tabindex=\"-1\">\n");
    add_about(&page);
    for (size_t i = 0; i < page.elsewhere.n; i++) {
        findings_card(&page, page.elsewhere.at[i]);
    }
    for (size_t i = 0; i < page.n_files; i++) {
        if (page.files[i].marks.n + page.files[i].whole.n != 0) {
            findings_source(&page, i);
        }
    }
    if (page.n_items != 0) {
        add_codes(&page);
    }
    put(&page, "</main>\n</div>\n");
    webpage_close(out, PAGE_FINDINGS);
    arena_free(page.arena);
}
