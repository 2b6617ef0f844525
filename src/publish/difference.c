/* Difference of two editions of a plan, for people and as JSON. */
#include "publish/difference.h"

#include "base/json.h"
#include "plan/entry.h"
#include "publish/target.h"

#include <string.h>

/* X(key, zh, en): what a key is called */
#define KEYS(X)                                                                                    \
    X("title", "标题", "title")                                                                    \
    X("name", "名称", "name")                                                                      \
    X("period", "时期", "period")                                                                  \
    X("horizon", "远景年", "horizon")                                                              \
    X("area.group", "规划范围", "area")                                                            \
    X("area.members", "成员", "members of the area")                                               \
    X("source.number", "文号", "document number")                                                  \
    X("source.title", "文件标题", "title of the document")                                         \
    X("source.issuer", "发文机关", "issuer")                                                       \
    X("source.issued", "成文日期", "date of issue")                                                \
    X("region", "地区", "region")                                                                  \
    X("since", "起算年", "counted from")                                                           \
    X("relative_to", "相对地区", "relative to")                                                    \
    X("baseline", "基期值", "baseline")                                                            \
    X("baseline_year", "基期年", "year of the baseline")                                           \
    X("binding", "约束", "binding force")                                                          \
    X("implicit", "隐含", "implicit")                                                              \
    X("years", "年份", "years")                                                                    \
    X("owners", "责任主体", "in charge")                                                           \
    X("cooperating", "配合单位", "cooperating")                                                    \
    X("due", "期限", "due")                                                                        \
    X("cycle", "周期", "cycle")                                                                    \
    X("kind", "类别", "kind")

static Str key_word(Str key, Lang lang)
{
    static const struct {
        Str key;
        Text text;
    } WORDS[] = {
#define X(key, zh, en) {STR_INIT(key), TEXT_INIT(zh, en)},
        KEYS(X)
#undef X
    };

    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (str_eq(WORDS[i].key, key)) {
            return text_in(WORDS[i].text, lang);
        }
    }
    return key;
}

static Str list_word(const char *list, Lang lang)
{
    static const struct {
        const char *list;
        Text text;
    } WORDS[] = {
        {"targets", TEXT_INIT("目标", "Targets")},
        {"facts", TEXT_INIT("现状数字", "Facts")},
        {"phases", TEXT_INIT("阶段", "Phases")},
        {"tasks", TEXT_INIT("任务", "Tasks")},
        {"projects", TEXT_INIT("项目", "Projects")},
        {"mechanisms", TEXT_INIT("机制", "Mechanisms")},
    };

    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (strcmp(WORDS[i].list, list) == 0) {
            return text_in(WORDS[i].text, lang);
        }
    }
    return str_z(list);
}

bool difference_none(const Difference *all, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (all[i].old.plan == NULL || all[i].new.plan == NULL || all[i].diff.n > 0) {
            return false;
        }
    }
    return true;
}

/* ---- for people ---- */

typedef struct {
    Lang lang;
    bool colour;
    Buf *out;
} Printer;

static void say(const Printer *printer, Text text)
{
    buf_add(printer->out, text_in(text, printer->lang));
}

static void say_marked(const Printer *printer, Str text, const char *colour)
{
    if (printer->colour) {
        buf_format(printer->out, "\033[%sm%.*s\033[0m", colour, STR_ARG(text));
    } else {
        buf_add(printer->out, text);
    }
}

static void say_key(const Printer *printer, Str key)
{
    buf_add(printer->out, key_word(key, printer->lang));
    say(printer, TEXT("：", ": "));
}

static void say_or_nothing(const Printer *printer, Str text)
{
    buf_add(printer->out, text.len != 0 ? text : text_in(TEXT("无", "none"), printer->lang));
}

static Str region_name(const Printer *printer, DiffSide side, Str region)
{
    uint32_t entity = catalog_entity(side.catalog, region);

    return entity == NONE ? region : text_in(side.catalog->entities.at[entity].name, printer->lang);
}

/* A field's words in files, as people say them. */
static Str field_word(const Printer *printer, DiffSide side, Str key, Str value)
{
    if (str_eq(key, STR("binding"))) {
#define X(name, word, zh, en)                                                                      \
    if (str_eq(value, STR(word))) {                                                                \
        return text_in(TEXT(zh, en), printer->lang);                                               \
    }
        BINDINGS(X)
#undef X
    }
    if (str_eq(value, STR("true"))) {
        return text_in(TEXT("是", "yes"), printer->lang);
    }
    return str_eq(key, STR("region")) || str_eq(key, STR("area.group"))
               ? region_name(printer, side, value)
               : value;
}

static void say_members(const Printer *printer, DiffSide side, const StrList *list,
                        const char *sign)
{
    for (size_t i = 0; i < list->n; i++) {
        buf_format(printer->out, "%s%s%.*s", i > 0 ? " " : "", sign,
                   STR_ARG(region_name(printer, side, list->at[i])));
    }
}

static void say_field(const Printer *printer, DiffSide old, DiffSide new, const DiffField *field)
{
    say_key(printer, field->key);
    if (field->is_list) {
        say_members(printer, old, &field->gone, "−");
        buf_add(printer->out, field->gone.n > 0 && field->come.n > 0 ? STR(" ") : STR(""));
        say_members(printer, new, &field->come, "+");
        return;
    }
    say_or_nothing(printer, field_word(printer, old, field->key, field->old));
    buf_add(printer->out, STR(" → "));
    say_or_nothing(printer, field_word(printer, new, field->key, field->new));
}

static bool is_statement(const DiffChange *change)
{
    return record_field(change->list->record, "value") != NULL;
}

/* “≥ 6.5% (2025)” */
static void say_statement(const Printer *printer, DiffSide side, const DiffChange *change,
                          const void *item)
{
    bool chinese = printer->lang == LANG_ZH;
    char period[PERIOD_TEXT];

    if (change->list->record == &TARGET_RECORD) {
        const Target *target = item;

        target_print(printer->out, side.catalog, target, printer->lang);
        buf_format(printer->out, chinese ? "（%lld）" : " (%lld)", (long long)target->year);
    } else {
        const Fact *fact = item;

        fact_print(printer->out, side.catalog, fact, printer->lang);
        buf_format(printer->out, chinese ? "（%.*s）" : " (%.*s)",
                   STR_ARG(period_format(fact->period.value, period)));
    }
}

/* Those that say_statement tells. */
static bool is_in_statement(Str key)
{
    static const Str TOLD[] = {STR_INIT("comparator"), STR_INIT("value"),  STR_INIT("unit"),
                               STR_INIT("year"),       STR_INIT("period"), STR_INIT("kind")};

    for (size_t i = 0; i < sizeof TOLD / sizeof TOLD[0]; i++) {
        if (str_eq(key, TOLD[i])) {
            return true;
        }
    }
    return false;
}

static Str item_name(const Printer *printer, DiffSide side, const Record *record, const void *item)
{
    if (record == &TARGET_RECORD) {
        const Target *target = item;

        return statement_name(side.catalog, target->indicator, target->name, printer->lang);
    }
    if (record_field(record, "value") != NULL) {
        const Fact *fact = item;

        return statement_name(side.catalog, fact->indicator, fact->name, printer->lang);
    }
    for (size_t i = 0; i < record->n_fields; i++) {
        if (record->fields[i].kind == FIELD_TEXT) { /* title or name */
            return text_in(*(const Text *)entry_member(item, &record->fields[i]), printer->lang);
        }
    }
    return STR("");
}

/* The name, with the region where it is not the plan's area. */
static void say_name(const Printer *printer, DiffSide side, const DiffChange *change,
                     const void *item)
{
    const Field *field = record_field(change->list->record, "region");
    Str region = field == NULL ? STR("") : *(const Str *)entry_member(item, field);

    if (region.len != 0 && !str_eq(region, side.plan->area.group)) {
        buf_format(printer->out, "%.*s ", STR_ARG(region_name(printer, side, region)));
    }
    buf_add(printer->out, item_name(printer, side, change->list->record, item));
}

static void say_places(const Printer *printer, const DiffChange *change)
{
    At old = change->old == NULL ? (At){0} : entry_place(change->list->record, change->old),
       new = change->new == NULL ? (At){0} : entry_place(change->list->record, change->new);
    long long first = (long long)(old.line != 0 ? old.line : new.line),
              second = (long long)(old.line != 0 ? new.line : 0);
    bool chinese = printer->lang == LANG_ZH;

    if (first == 0) {
        return;
    }
    if (second == 0 || second == first) {
        buf_format(printer->out, chinese ? "；第%lld行" : "; line %lld", first);
    } else {
        buf_format(printer->out, chinese ? "；第%lld行 → 第%lld行" : "; line %lld → %lld", first,
                   second);
    }
}

/* What a task or the like that was added or dropped holds. */
static void say_whole(const Printer *printer, DiffSide side, const DiffChange *change,
                      const void *item)
{
    static const char *const TOLD[] = {"years", "owners", "cooperating", "due", "cycle"};

    if (is_statement(change)) {
        say(printer, TEXT("：", ": "));
        say_statement(printer, side, change, item);
        return;
    }
    for (size_t i = 0; i < sizeof TOLD / sizeof TOLD[0]; i++) {
        const Field *field = record_field(change->list->record, TOLD[i]);
        Str text = field == NULL ? STR("") : entry_text(printer->out->arena, field, item);

        if (text.len != 0) {
            say(printer, TEXT("；", "; "));
            say_key(printer, str_z(TOLD[i]));
            buf_add(printer->out, text);
        }
    }
}

static void say_changed(const Printer *printer, const Difference *one, const DiffChange *change)
{
    bool moved = false, some = is_statement(change);

    for (size_t i = 0; i < change->fields.n; i++) {
        moved |= is_in_statement(change->fields.at[i].key);
    }
    say(printer, TEXT("：", ": "));
    if (some) {
        say_statement(printer, one->old, change, change->old);
        if (moved) {
            buf_add(printer->out, STR(" → "));
            say_statement(printer, one->new, change, change->new);
        }
    }
    for (size_t i = 0; i < change->fields.n; i++) {
        const DiffField *field = &change->fields.at[i];

        if (is_statement(change) && is_in_statement(field->key)) {
            continue;
        }
        if (some) {
            say(printer, TEXT("；", "; "));
        }
        say_field(printer, one->old, one->new, field);
        some = true;
    }
    if (change->sense != SENSE_NONE) {
        static const char *const COLOURS[] = {"", "32", "31", "33", "90"};

        say(printer, TEXT("；", "; "));
        say_marked(printer, text_in(diff_sense_text(change->sense), printer->lang),
                   COLOURS[change->sense]);
    }
}

static void say_change(const Printer *printer, const Difference *one, const DiffChange *change)
{
    buf_add(printer->out, STR("  "));
    if (change->kind == DIFF_ADDED) {
        say_marked(printer, STR("+"), "32");
    } else if (change->kind == DIFF_DROPPED) {
        say_marked(printer, STR("−"), "31");
    } else {
        say_marked(printer, STR("~"), "33");
    }
    buf_char(printer->out, ' ');
    if (change->kind == DIFF_ADDED) {
        say_name(printer, one->new, change, change->new);
        say_whole(printer, one->new, change, change->new);
    } else {
        say_name(printer, one->old, change, change->old);
        if (change->kind == DIFF_DROPPED) {
            say_whole(printer, one->old, change, change->old);
        } else {
            say_changed(printer, one, change);
        }
    }
    say_places(printer, change);
    buf_char(printer->out, '\n');
}

/* “Targets: 1 added, 2 changed (1 stricter)” */
static void say_list_head(const Printer *printer, const Diff *diff, size_t from)
{
    const Field *list = diff->at[from].list;
    size_t kinds[DIFF_N_KINDS] = {0}, senses[DIFF_N_SENSES] = {0};
    const char *gap = "";
    bool chinese = printer->lang == LANG_ZH, some = false;

    for (size_t i = from; i < diff->n && diff->at[i].list == list; i++) {
        kinds[diff->at[i].kind]++;
        senses[diff->at[i].sense]++;
    }
    buf_char(printer->out, '\n');
    say_marked(printer, list_word(list->key, printer->lang), "1");
    say(printer, TEXT("：", ": "));
    for (int i = 0; i < DIFF_N_KINDS; i++) {
        Str word = text_in(diff_kind_text((DiffKind)i), printer->lang);

        if (kinds[i] == 0) {
            continue;
        }
        buf_add(printer->out, str_z(gap));
        if (chinese) {
            buf_format(printer->out, "%.*s %zu", STR_ARG(word), kinds[i]);
        } else {
            buf_format(printer->out, "%zu %.*s", kinds[i], STR_ARG(word));
        }
        gap = chinese ? "，" : ", ";
        for (int k = SENSE_STRICTER; i == DIFF_CHANGED && k < DIFF_N_SENSES; k++) {
            word = text_in(diff_sense_text((DiffSense)k), printer->lang);
            if (senses[k] > 0) {
                say(printer, some ? TEXT("，", ", ") : TEXT("（", " ("));
                if (chinese) {
                    buf_format(printer->out, "%.*s %zu", STR_ARG(word), senses[k]);
                } else {
                    buf_format(printer->out, "%zu %.*s", senses[k], STR_ARG(word));
                }
                some = true;
            }
        }
        say(printer, some && i == DIFF_CHANGED ? TEXT("）", ")") : TEXT("", ""));
    }
    buf_char(printer->out, '\n');
}

static void say_plan_head(const Printer *printer, const Difference *one)
{
    const Plan *plan = one->new.plan != NULL ? one->new.plan : one->old.plan;

    say_marked(printer, text_in(plan->title, printer->lang), "1");
    buf_format(printer->out, " (%.*s)", STR_ARG(plan->id));
    if (one->old.plan == NULL || one->new.plan == NULL) {
        say(printer, TEXT("：", ": "));
        say(printer, one->old.plan == NULL ? TEXT("只在新版", "only in the new edition")
                                           : TEXT("只在旧版", "only in the old edition"));
    } else if (one->diff.n == 0) {
        say(printer, TEXT("：没有不同", ": no difference"));
    }
    buf_char(printer->out, '\n');
}

static void say_findings(const Printer *printer, Text head, const Diag *const *at, size_t n)
{
    if (n > 0) {
        buf_format(printer->out, "\n%.*s\n", STR_ARG(text_in(head, printer->lang)));
    }
    for (size_t i = 0; i < n; i++) {
        diag_print(printer->out, at[i], printer->lang, printer->colour);
    }
}

void difference_text(const Difference *all, size_t n, const FindingsChange *findings, Lang lang,
                     bool colour, Buf *out)
{
    Printer printer = {lang, colour, out};

    for (size_t i = 0; i < n; i++) {
        const Diff *diff = &all[i].diff;

        buf_add(out, i > 0 ? STR("\n") : STR(""));
        say_plan_head(&printer, &all[i]);
        for (size_t k = 0; k < diff->n; k++) {
            const DiffChange *change = &diff->at[k];

            if (change->list == NULL) {
                for (size_t f = 0; f < change->fields.n; f++) {
                    buf_add(out, STR("  "));
                    say_field(&printer, all[i].old, all[i].new, &change->fields.at[f]);
                    buf_char(out, '\n');
                }
                continue;
            }
            if (k == 0 || diff->at[k - 1].list != change->list) {
                say_list_head(&printer, diff, k);
            }
            say_change(&printer, &all[i], change);
        }
    }
    say_findings(&printer, TEXT("检查结果：新出现", "Findings of a check that are new:"),
                 findings->fresh, findings->n_fresh);
    say_findings(&printer, TEXT("检查结果：不再有", "Findings of a check that are gone:"),
                 findings->gone, findings->n_gone);
}

/* ---- JSON ---- */

static void write_strs(Json *json, const char *key, const StrList *list)
{
    json_key(json, key);
    json_array(json);
    json_flat(json);
    for (size_t i = 0; i < list->n; i++) {
        json_str(json, list->at[i]);
    }
    json_end(json);
}

static void write_str(Json *json, const char *key, Str value)
{
    json_key(json, key);
    json_str_or_null(json, value);
}

static void write_item(Json *json, const char *key, const Record *record, const void *item);

static void write_value(Json *json, const Field *field, const void *item)
{
    const void *at = entry_member(item, field);

    switch (field->kind) {
    case FIELD_DECIMAL:
        json_key(json, field->key);
        json_double(json, decimal_to_double(((const OptDecimal *)at)->value));
        break;
    case FIELD_INT:
        json_key(json, field->key);
        json_int(json, *(const int64_t *)at);
        break;
    case FIELD_BOOL:
        json_key(json, field->key);
        json_bool(json, *(const bool *)at);
        break;
    case FIELD_YEARS:
        json_key(json, field->key);
        json_array(json);
        json_int(json, ((const int64_t *)at)[0]);
        json_int(json, ((const int64_t *)at)[1]);
        json_end(json);
        break;
    case FIELD_STRS: write_strs(json, field->key, at); break;
    default: write_str(json, field->key, entry_text(json->out->arena, field, item));
    }
}

/* An entry with its keys as in plan files; those that are absent are left out. */
static void write_item(Json *json, const char *key, const Record *record, const void *item)
{
    json_key(json, key);
    if (item == NULL) {
        json_null(json);
        return;
    }
    json_object(json);
    json_flat(json);
    for (size_t i = 0; i < record->n_fields; i++) {
        const Field *field = &record->fields[i];

        if (field->kind == FIELD_RECORD) {
            At at = entry_place(record, item);

            if (at.line != 0) {
                write_item(json, field->key, field->record, entry_member(item, field));
            }
        } else if (entry_text(json->out->arena, field, item).len != 0) {
            write_value(json, field, item);
        }
    }
    json_end(json);
}

static void write_fields(Json *json, const DiffChange *change)
{
    json_array(json);
    for (size_t i = 0; i < change->fields.n; i++) {
        const DiffField *field = &change->fields.at[i];

        json_object(json);
        json_flat(json);
        write_str(json, "field", field->key);
        if (field->is_list) {
            write_strs(json, "dropped", &field->gone);
            write_strs(json, "added", &field->come);
        } else {
            write_str(json, "old", field->old);
            write_str(json, "new", field->new);
        }
        json_end(json);
    }
    json_end(json);
}

static void write_change(Json *json, const DiffChange *change)
{
    const Record *record = change->list->record;

    json_object(json);
    write_str(json, "change", str_z(DIFF_KIND_WORDS[change->kind]));
    write_str(json, "sense",
              change->sense == SENSE_NONE ? STR("") : str_z(DIFF_SENSE_WORDS[change->sense - 1]));
    json_key(json, "fields");
    write_fields(json, change);
    write_item(json, "old", record, change->old);
    write_item(json, "new", record, change->new);
    json_end(json);
}

static void write_plan(Json *json, const Difference *one)
{
    const Plan *old = one->old.plan, *new = one->new.plan, *plan = new != NULL ? new : old;
    const Diff *diff = &one->diff;
    size_t at = 0;

    json_object(json);
    write_str(json, "id", plan->id);
    write_str(json, "title", text_in(plan->title, LANG_ZH));
    write_str(json, "change",
              old == NULL   ? STR("added")
              : new == NULL ? STR("dropped")
              : diff->n > 0 ? STR("changed")
                            : STR("equal"));
    write_str(json, "old_file", old == NULL ? STR("") : old->file.name);
    write_str(json, "new_file", new == NULL ? STR("") : new->file.name);
    json_key(json, "head");
    if (diff->n > 0 && diff->at[0].list == NULL) {
        write_fields(json, &diff->at[at++]);
    } else {
        json_array(json);
        json_end(json);
    }
    for (size_t i = 0; i < PLAN_RECORD.n_fields; i++) {
        const Field *list = &PLAN_RECORD.fields[i];

        if (list->kind != FIELD_RECORDS || strcmp(list->key, "unclaimed") == 0) {
            continue;
        }
        json_key(json, list->key);
        json_array(json);
        for (size_t k = at; k < diff->n; k++) {
            if (diff->at[k].list == list) {
                write_change(json, &diff->at[k]);
            }
        }
        json_end(json);
    }
    json_end(json);
}

static void write_findings(Json *json, const char *key, const Diag *const *at, size_t n)
{
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < n; i++) {
        Buf message = buf_new(json->out->arena);

        diag_message(&message, at[i], LANG_EN);
        json_object(json);
        json_flat(json);
        json_key(json, "code");
        json_str(json, code_info(at[i]->code)->name);
        json_key(json, "level");
        json_str(json, str_z(level_name(at[i]->level, LANG_EN)));
        json_key(json, "message");
        json_str(json, buf_str(&message));
        json_key(json, "file");
        json_str(json, at[i]->place.file);
        json_key(json, "line");
        json_int(json, at[i]->place.line);
        json_end(json);
    }
    json_end(json);
}

void difference_json(const Difference *all, size_t n, const FindingsChange *findings, Buf *out)
{
    Json json = json_new(out);

    json_object(&json);
    json_key(&json, "equal");
    json_bool(&json, difference_none(all, n));
    json_key(&json, "plans");
    json_array(&json);
    for (size_t i = 0; i < n; i++) {
        write_plan(&json, &all[i]);
    }
    json_end(&json);
    json_key(&json, "findings");
    json_object(&json);
    write_findings(&json, "new", findings->fresh, findings->n_fresh);
    write_findings(&json, "gone", findings->gone, findings->n_gone);
    json_end(&json);
    json_end(&json);
}
