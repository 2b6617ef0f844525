/* Numbers: what the numbers of plans say of each other: contradictions with their arithmetic. */
#include "check/check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- words ---- */

/* Decimals that show so many significant digits. */
static int decimals(double value, int significant)
{
    return value == 0 ? 0 : (int)fmin(fmax(significant - 1 - floor(log10(fabs(value))), 0), 9);
}

/* A bound with as many digits as the width of its interval needs, and enough that the next line can
 * be worked out from this one; rounded outwards. */
static void put_bound(Buf *out, double value, double width, bool up)
{
    int digits = width > 0 && isfinite(width) ? (int)fmax(decimals(width, 3), decimals(value, 4))
                                              : (int)fmin(decimals(value, 7), 6);
    double unit = pow(10, digits), at = fabs(value) * unit < 1e-9 ? 0 : value * unit,
           rounded = round(at);

    if (fabs(at - rounded) > 1e-6) { /* what is a decimal already stays */
        rounded = up ? ceil(at) : floor(at);
    }
    char text[64];
    int len = snprintf(text, sizeof text, "%.*f", digits, rounded / unit);

    while (digits > 0 && len > 1 && (text[len - 1] == '0' || text[len - 1] == '.')) {
        bool point = text[len - 1] == '.';

        len--;
        if (point) {
            break;
        }
    }
    buf_add(out, (Str){text, (size_t)len});
}

static void put_interval(Buf *out, Interval value, Str unit)
{
    if (interval_is_empty(value)) {
        return;
    }
    if (isinf(value.lo) && isinf(value.hi)) {
        buf_add(out, STR("?"));
        return;
    }
    if (isinf(value.hi) || isinf(value.lo)) {
        bool from = isinf(value.hi);

        buf_add(out, from ? STR("≥ ") : STR("≤ "));
        put_bound(out, from ? value.lo : value.hi, 0, !from);
    } else if (value.lo == value.hi) {
        put_bound(out, value.lo, 0, false);
    } else {
        put_bound(out, value.lo, value.hi - value.lo, false);
        buf_add(out, STR("…"));
        put_bound(out, value.hi, value.hi - value.lo, true);
    }
    if (unit.len != 0 && !str_eq(unit, STR("1"))) {
        bool close = str_eq(unit, STR("%")) || str_eq(unit, STR("‰"));

        buf_format(out, "%s%.*s", close ? "" : " ", STR_ARG(unit));
    }
}

/* 常住人口占全省比重（兰州经济圈，2020） */
static void put_quantity(Buf *out, const Model *model, uint32_t index, Lang lang)
{
    const Quantity *quantity = &model->quantities.at[index];
    bool zh = lang == LANG_ZH;

    if (quantity->kind == QUANTITY_STEP) {
        return;
    }
    buf_add(out, text_in(quantity->name, lang));
    buf_add(out, zh ? STR("（") : STR(" ("));
    buf_add(out, text_in(model->catalog->entities.at[quantity->entity].name, lang));
    if (quantity->kind == QUANTITY_GAP) {
        buf_add(out, zh ? STR("比") : STR(" above "));
        buf_add(out, text_in(model->catalog->entities.at[quantity->above].name, lang));
    }
    buf_format(out, zh ? "，" : ", ");
    if (quantity->since != 0 && quantity->since < quantity->year) {
        buf_format(out, "%d–%d", quantity->since, quantity->year);
    } else {
        buf_format(out, "%d", quantity->year);
    }
    if (quantity->kind == QUANTITY_GROWTH) {
        buf_add(out, zh ? STR("年均") : STR(", a year"));
    } else if (quantity->kind == QUANTITY_CHANGE) {
        buf_add(out, zh ? STR("，变化") : STR(", change"));
    }
    buf_add(out, zh ? STR("）") : STR(")"));
}

typedef struct { /* where a line of the arithmetic is written */
    const Model *model;
    const Deduction *line;
    const Term *terms; /* of its law */
    Buf *out;
    Lang lang;
    bool words; /* names, else numbers */
} Writer;

/* An open interval has a sign of its own and stands in brackets; a base does in any case. */
static void put_term(const Writer *writer, size_t i, bool base)
{
    uint32_t variable = writer->terms[i].variable;
    Interval value = writer->line->terms[i];
    bool named = writer->words && writer->model->quantities.at[variable].kind != QUANTITY_STEP,
         open = base || (!named && isinf(value.lo) != isinf(value.hi));

    buf_add(writer->out, open ? STR("(") : STR(""));
    if (named) {
        put_quantity(writer->out, writer->model, variable, writer->lang);
    } else {
        put_interval(writer->out, value, STR(""));
    }
    buf_add(writer->out, open ? STR(")") : STR(""));
}

static void put_number(Buf *out, double value)
{
    char text[40];
    int len = snprintf(text, sizeof text, "%.12g", value);

    buf_add(out, (Str){text, (size_t)len});
}

/* What turns units into each other, as a person would: × 100, ÷ 10000. */
static void put_scale(Buf *out, double factor)
{
    bool divide = factor < 1 && fabs(1 / factor - round(1 / factor)) < 1e-6 / factor;

    if (fabs(factor - 1) > 1e-12) {
        buf_add(out, divide ? STR(" ÷ ") : STR(" × "));
        put_number(out, divide ? 1 / factor : factor);
    }
}

/* What is added, then what is taken away. */
static void put_sum(const Writer *writer, size_t n, double constant, size_t at)
{
    const Term *terms = writer->terms;
    Buf *out = writer->out;
    double own = -terms[at].factor;
    bool first = true;

    if (constant != 0 || n == 1) {
        put_number(out, constant / own);
        first = false;
    }
    for (size_t k = 0; k < 2 * n; k++) {
        size_t i = k % n;
        double factor = terms[i].factor / own;

        if (i == at || (factor < 0) != (k >= n)) {
            continue;
        }
        if (factor < 0) {
            buf_add(out, first ? STR("−") : STR(" − "));
        } else if (!first) {
            buf_add(out, STR(" + "));
        }
        if (fabs(factor) != 1) {
            put_number(out, fabs(factor));
            buf_add(out, STR(" × "));
        }
        put_term(writer, i, false);
        first = false;
    }
}

/* The right side of: variable = …; `at` is the variable's own term. */
static void put_law(const Writer *writer, LawKind kind, size_t n, double constant, size_t at)
{
    const Term *terms = writer->terms;
    Buf *out = writer->out;

    if (kind == LAW_HULL) { /* between the least and the greatest of these */
        bool first = true;

        buf_add(out, STR("["));
        for (size_t i = 0; i < n; i++) {
            if (i != at) {
                buf_add(out, first ? STR("") : STR("; "));
                put_term(writer, i, false);
                first = false;
            }
        }
        buf_add(out, STR("]"));
    } else if (kind == LAW_POWER) {
        put_term(writer, 1 - at, true);
        buf_format(out, at == 0 ? " ^ %d" : " ^ (1/%d)", (int)terms[1].factor);
    } else if (kind == LAW_PRODUCT) {
        put_term(writer, at == 0 ? 1 : 0, false);
        buf_add(out, at == 0 ? STR(" × ") : STR(" ÷ "));
        put_term(writer, at == 0 ? 2 : 3 - at, false);
        put_scale(out, at == 0 ? terms[0].factor : 1 / terms[0].factor);
    } else {
        put_sum(writer, n, constant, at);
    }
}

/* Whether the right side has anything that has a name. */
static bool has_names(const Model *model, uint32_t law, uint32_t variable)
{
    const Term *terms;
    size_t n;
    double constant;

    (void)network_law_at(model->network, law, &terms, &n, &constant);
    for (size_t i = 0; i < n; i++) {
        if (terms[i].variable != variable &&
            model->quantities.at[terms[i].variable].kind != QUANTITY_STEP) {
            return true;
        }
    }
    return false;
}

static Text both(Buf *zh, Buf *en)
{
    return (Text){buf_str(zh), buf_str(en)};
}

/* One line of the argument: 常住人口（甘肃省，2020）= 1050.53 ÷ 41.09 × 100 = 2556.3…2557 万人 */
static Text deduction_text(const Check *check, const Model *model, const Deduction *line)
{
    Buf texts[2] = {buf_new(check->arena), buf_new(check->arena)};
    const Quantity *quantity = &model->quantities.at[line->variable];
    const Term *terms;
    size_t n, at = 0;
    double constant;
    LawKind kind = network_law_at(model->network, line->law, &terms, &n, &constant);

    while (terms[at].variable != line->variable) {
        at++;
    }
    for (int k = 0; k < 2; k++) {
        Writer writer = {model, line, terms, &texts[k], k == 0 ? LANG_ZH : LANG_EN, true};

        if (quantity->kind != QUANTITY_STEP) {
            put_quantity(&texts[k], model, line->variable, writer.lang);
            buf_add(&texts[k], STR(" = "));
        }
        if (has_names(model, line->law, line->variable)) {
            put_law(&writer, kind, n, constant, at);
            buf_add(&texts[k], STR(" = "));
        }
        writer.words = false;
        put_law(&writer, kind, n, constant, at);
        buf_add(&texts[k], STR(" = "));
        put_interval(&texts[k], line->value, quantity->unit);
    }
    return both(&texts[0], &texts[1]);
}

/* Whether a line takes what only a later one gives. */
static bool goes_round(const Model *model, const Deduction *lines, size_t n, size_t line)
{
    const Term *terms;
    size_t n_terms;
    double constant;

    (void)network_law_at(model->network, lines[line].law, &terms, &n_terms, &constant);
    for (size_t later = line + 1; later < n; later++) {
        for (size_t k = 0; k < n_terms; k++) {
            Interval value = lines[line].terms[k];

            if (terms[k].variable == lines[later].variable &&
                terms[k].variable != lines[line].variable &&
                (value.lo > network_possible(model->network, terms[k].variable).lo ||
                 value.hi < network_possible(model->network, terms[k].variable).hi) &&
                fabs(value.lo - lines[later].value.lo) <= 1e-6 * fabs(value.lo)) {
                return true;
            }
        }
    }
    return false;
}

/* The lines of the argument under the finding. */
static void relate_argument(const Check *check, const Model *model, const Deduction *lines,
                            size_t n, Diag *diag)
{
    bool circular = false;

    for (size_t i = 0; i < n; i++) {
        diag_step(check->diags, diag, deduction_text(check, model, &lines[i]));
        circular |= goes_round(model, lines, n, i);
    }
    if (circular) {
        diag_step(check->diags, diag,
                  TEXT("各式互相依赖，是反复代入直到不再变化时的值",
                       "the lines depend on each other; these are the values where repeating them "
                       "changes nothing any more"));
    }
}

/* ---- statements ---- */

static At at_of(const Said *said)
{
    return said->kind == SAID_FACT ? ((const Fact *)said->statement)->at
                                   : ((const Target *)said->statement)->at;
}

static const YamlNode *node_of(const Said *said)
{
    return said->kind == SAID_FACT ? ((const Fact *)said->statement)->node
                                   : ((const Target *)said->statement)->node;
}

static Place place_of_said(const Check *check, const Said *said)
{
    return check_place(check, said->plan, node_of(said),
                       said->kind == SAID_BASELINE ? "baseline" : "value", at_of(said));
}

static Decimal printed_value(const Said *said)
{
    const Fact *fact = said->statement;
    const Target *target = said->statement;

    return said->kind == SAID_FACT       ? fact->value.value
           : said->kind == SAID_BASELINE ? target->baseline.value
                                         : target->value.value;
}

/* As printed: 41.09%, ≥ 50%. */
static void put_printed(Buf *out, const Said *said, Lang lang)
{
    const Fact *fact = said->statement;
    const Target *target = said->statement;
    bool is_fact = said->kind == SAID_FACT;
    Decimal value = printed_value(said);
    int comparator = is_fact                     ? fact->comparator
                     : said->kind == SAID_TARGET ? target->comparator
                                                 : COMPARE_NONE;
    Str unit = is_fact ? fact->unit : target->unit;
    char text[DECIMAL_TEXT];

    if (comparator != COMPARE_NONE && comparator != COMPARE_EQUAL) {
        buf_add(out, comparator_sign(comparator, lang));
        buf_char(out, ' ');
    }
    buf_add(out, decimal_format(value, text));
    if (unit.len != 0) {
        buf_format(out, "%s%.*s", str_eq(unit, STR("%")) ? "" : " ", STR_ARG(unit));
    }
}

static Text said_text(const Check *check, const Model *model, const Said *said)
{
    Buf texts[2] = {buf_new(check->arena), buf_new(check->arena)};

    for (int k = 0; k < 2; k++) {
        Lang lang = k == 0 ? LANG_ZH : LANG_EN;
        At at = at_of(said);

        put_quantity(&texts[k], model, said->quantity, lang);
        buf_add(&texts[k], lang == LANG_ZH ? STR("：") : STR(": "));
        put_printed(&texts[k], said, lang);
        if (node_of(said) != NULL && at.line > 0) {
            buf_format(&texts[k],
                       lang == LANG_ZH ? "（原文第 %lld 行）" : " (line %lld of the text)",
                       (long long)at.line);
        }
    }
    return both(&texts[0], &texts[1]);
}

/* ---- findings ---- */

/* Whether the statements fit when numbers may be cut off instead of rounded, and goals be passed.
 */
static bool fits_loosely(const Check *check, const Model *model, const Conflict *conflict)
{
    Interval *values = ARENA_ARRAY(check->arena, Interval, conflict->n_statements);

    for (size_t i = 0; i < conflict->n_statements; i++) {
        values[i] = model->said.at[conflict->statements[i]].loose;
    }
    return network_holds(model->network, conflict->statements, conflict->n_statements, values);
}

/* By about what power of ten the printed number misses what follows from the others; 0 if by none.
 */
static int power_off(const Said *said, Interval implied)
{
    double printed = (said->value.lo + said->value.hi) / 2, middle = (implied.lo + implied.hi) / 2,
           power;

    if (!isfinite(printed) || !isfinite(middle) || middle == 0 || printed / middle <= 0) {
        return 0;
    }
    power = log10(printed / middle);
    return fabs(power) > 0.8 && fabs(power - round(power)) < 0.2 ? (int)round(power) : 0;
}

/* What the printed number would be if it were rounded: one unit of the last digit away at most, and
 * the same for all that the others leave. */
static bool rounds_to(const Said *said, Interval implied, char text[DECIMAL_TEXT + 1])
{
    Decimal printed = printed_value(said), low, high;
    Str out;

    if (interval_is_empty(implied) || isinf(implied.lo) || isinf(implied.hi) ||
        !decimal_from_double(implied.lo / said->factor, printed.scale, &low) ||
        !decimal_from_double(implied.hi / said->factor, printed.scale, &high) ||
        decimal_cmp(low, high) != 0 || llabs(low.digits - printed.digits) != 1) {
        return false;
    }
    out = decimal_format(low, text);
    text[out.len] = '\0';
    return true;
}

static Str mend_of(const Check *check, const Model *model, const Conflict *conflict, bool alike)
{
    const Said *said = &model->said.at[conflict->dropped];
    const Quantity *quantity = &model->quantities.at[said->quantity];
    Interval rest = interval_is_empty(conflict->rest) ? conflict->implied : conflict->rest;
    int power = power_off(said, rest);
    char text[DECIMAL_TEXT + 1];
    Buf texts[2] = {buf_new(check->arena), buf_new(check->arena)};

    for (int k = 0; k < 2; k++) {
        Lang lang = k == 0 ? LANG_ZH : LANG_EN;
        Buf *out = &texts[k];

        if (alike) {
            buf_add(out, lang == LANG_ZH
                             ? STR("核对所列目标；只有某地物价涨得更快，它们才能同时达到")
                             : STR("check the targets listed; only if prices rise faster somewhere "
                                   "can they be reached together"));
        } else if (rounds_to(said, conflict->implied, text)) {
            buf_format(
                out, lang == LANG_ZH ? "按四舍五入应印作 %s" : "rounded it would be printed as %s",
                text);
        } else if (conflict->sole || power != 0) {
            buf_add(out,
                    lang == LANG_ZH ? STR("其余各数相合，核对 ") : STR("the others agree; check "));
            put_quantity(out, model, said->quantity, lang);
            buf_add(out, lang == LANG_ZH ? STR("：由其余各数得 ") : STR(": they give "));
            put_interval(out, rest, quantity->unit);
        } else {
            buf_add(out, lang == LANG_ZH ? STR("核对其中每一个数与年份、单位")
                                         : STR("check each of these, its year and its unit"));
        }
        if (power != 0 && !alike) {
            buf_format(out,
                       lang == LANG_ZH ? "；相差约 10 的 %d 次方，多半是单位写错"
                                       : "; it is off by about 10^%d: most likely the unit",
                       power);
        }
    }
    return diag_word(check->arena, both(&texts[0], &texts[1]));
}

static Str printed_text(const Check *check, const Said *said)
{
    Buf texts[2] = {buf_new(check->arena), buf_new(check->arena)};

    put_printed(&texts[0], said, LANG_ZH);
    put_printed(&texts[1], said, LANG_EN);
    return diag_word(check->arena, both(&texts[0], &texts[1]));
}

static Str quantity_text(const Check *check, const Model *model, uint32_t quantity)
{
    Buf texts[2] = {buf_new(check->arena), buf_new(check->arena)};

    put_quantity(&texts[0], model, quantity, LANG_ZH);
    put_quantity(&texts[1], model, quantity, LANG_EN);
    return diag_word(check->arena, both(&texts[0], &texts[1]));
}

/* Whether two values of one quantity may well be of two: what the plan calls by its own words, a
 * change of which nobody says since when, or what stands in one line (由 9% 提高到 12%). */
static bool is_doubtful(const Model *model, const Said *said, const Said *first,
                        const Conflict *conflict)
{
    const Quantity *quantity = &model->quantities.at[said->quantity];
    const Said *last = &model->said.at[conflict->statements[conflict->n_statements - 1]];

    return quantity->kind == QUANTITY_NAMED ||
           ((quantity->kind == QUANTITY_GROWTH || quantity->kind == QUANTITY_CHANGE) &&
            quantity->since == 0) ||
           (at_of(first).line > 0 && at_of(first).line == at_of(last).line &&
            first->plan == last->plan);
}

/* The other of two that say the same thing. */
static const Said *other_of(const Model *model, const Conflict *conflict)
{
    return &model->said.at[conflict->statements[conflict->statements[0] == conflict->dropped]];
}

/* `alike`: only if prices rise alike. */
static void report(const Check *check, const Model *model, const Conflict *conflict, bool alike)
{
    const Said *first = &model->said.at[conflict->statements[0]];
    const Said *said = &model->said.at[conflict->dropped];
    bool twice = conflict->n_laws == 0 && conflict->n_statements > 1,
         loose = fits_loosely(check, model, conflict);
    Buf implied = buf_new(check->arena);
    Diag *diag;

    if (said->plan >= model->context) {
        return; /* among plans that are not checked */
    }
    put_interval(&implied, conflict->n_statements == 1 ? conflict->rest : conflict->implied,
                 model->quantities.at[said->quantity].unit);
    diag =
        diag_add(check->diags,
                 conflict->n_statements == 1                          ? LT2105
                 : alike                                              ? LT4101
                 : twice && is_doubtful(model, said, first, conflict) ? LT2104
                 : loose                                              ? LT2103
                 : twice                                              ? LT2102
                                                                      : LT2101,
                 place_of_said(check, said), quantity_text(check, model, said->quantity),
                 printed_text(check, said),
                 twice              ? printed_text(check, other_of(model, conflict))
                 : implied.len == 0 ? diag_word(check->arena, TEXT("没有任何值", "no value at all"))
                                    : buf_str(&implied),
                 mend_of(check, model, conflict, alike));
    for (size_t i = 0; i < conflict->n_statements; i++) {
        const Said *other = &model->said.at[conflict->statements[i]];

        if (conflict->statements[i] != conflict->dropped) {
            diag_relate(check->diags, diag, place_of_said(check, other),
                        said_text(check, model, other));
        }
    }
    relate_argument(check, model, conflict->deductions, conflict->n_deductions, diag);
}

/* ---- what follows ---- */

static Interval plausible(const Identity *identity)
{
    return interval_between(
        identity->least.given ? decimal_to_double(identity->least.value) : -INFINITY,
        identity->most.given ? decimal_to_double(identity->most.value) : INFINITY);
}

/* Whether no plan states the quantity. */
static bool is_derived(const Model *model, uint32_t quantity)
{
    for (size_t i = 0; i < model->said.n; i++) {
        if (model->said.at[i].quantity == quantity) {
            return false;
        }
    }
    return true;
}

/* A bound of a rate for a sentence: two decimals, to the side that claims less. */
static void put_rough(Buf *out, double rate, bool least)
{
    double hundredths = least ? floor(rate * 100 + 1e-7) : ceil(rate * 100 - 1e-7);

    buf_add(out, least ? STR("≥ ") : STR("≤ "));
    put_number(out, hundredths / 100);
    buf_char(out, '%');
}

/* Which of two targets the finding should stand at: a share asks for more than a growth does, and
 * an open bound for more than a number that can be just met. */
static bool asks_more(const Model *model, const Said *a, const Said *b)
{
    bool a_share = model->quantities.at[a->quantity].kind != QUANTITY_GROWTH,
         b_share = model->quantities.at[b->quantity].kind != QUANTITY_GROWTH;

    return a_share != b_share ? a_share : isinf(a->value.hi) && !isinf(b->value.hi);
}

/* A growth that the targets together force: beyond what is plausible, or of a whole that no plan
 * speaks of, which is worth telling. */
static void report_growth(const Check *check, const Model *model, uint32_t variable,
                          const Identity *identity)
{
    Interval value = network_value(model->network, variable), range = plausible(identity);
    bool high = value.lo > range.hi;
    const Said *at = NULL;
    const Deduction *lines;
    size_t n_lines;
    Reasons reasons;
    Diag *diag;
    Buf implied = buf_new(check->arena), limit = buf_new(check->arena);

    bool beyond = high || value.hi < range.lo, whole = is_derived(model, variable);

    if (!beyond && !(whole && isfinite(value.lo) && value.lo > 0)) {
        return;
    }
    high |= !beyond;
    put_rough(&implied, high ? value.lo : value.hi, high);
    put_interval(&limit, range, STR("%"));
    (void)network_reasons(model->network, variable, !high, check->arena, &reasons);
    for (size_t i = 0; i < reasons.statements.n; i++) {
        const Said *said = &model->said.at[reasons.statements.at[i]];

        if (said->kind == SAID_TARGET && said->plan < model->context &&
            (at == NULL || asks_more(model, said, at))) {
            at = said;
        }
    }
    if (at == NULL) {
        return;
    }
    diag = diag_add(check->diags, beyond ? LT4102 : LT4103, place_of_said(check, at),
                    quantity_text(check, model, variable), buf_str(&implied), buf_str(&limit),
                    diag_word(check->arena, identity->source));
    for (size_t i = 0; i < reasons.statements.n; i++) {
        const Said *said = &model->said.at[reasons.statements.at[i]];

        diag_relate(check->diags, diag, place_of_said(check, said), said_text(check, model, said));
    }
    lines = network_argue(model->network, variable, !high, check->arena, &n_lines);
    relate_argument(check, model, lines, n_lines, diag);
}

/* Whether a growth at constant prices is among what contradicts itself. */
static bool holds_growth(const Model *model, const Conflict *conflict)
{
    for (size_t i = 0; i < conflict->n_statements; i++) {
        if (model->quantities.at[model->said.at[conflict->statements[i]].quantity].kind ==
            QUANTITY_GROWTH) {
            return true;
        }
    }
    return false;
}

static bool same_set(const Model *model, const Conflict *a, const Model *other, const Conflict *b)
{
    bool same = a->n_statements == b->n_statements;

    for (size_t i = 0; same && i < a->n_statements; i++) {
        const Said *one = &model->said.at[a->statements[i]];
        bool found = false;

        for (size_t k = 0; k < b->n_statements; k++) {
            const Said *two = &other->said.at[b->statements[k]];

            found |= one->statement == two->statement && one->kind == two->kind;
        }
        same = found;
    }
    return same;
}

/* What follows if prices rise alike everywhere: nominal shares and real growth together. */
static void check_alike(const Check *check, const Model *hard, const Conflict *known,
                        size_t n_known)
{
    Model *model = model_new(check->arena, check->catalog, check->plans, check->n_plans,
                             check->n_context, true);
    size_t n;
    const Conflict *conflicts = network_solve(model->network, &n);

    for (size_t i = 0; i < n; i++) {
        bool told = false;

        for (size_t k = 0; k < n_known && !told; k++) {
            told = same_set(model, &conflicts[i], hard, &known[k]);
        }
        if (!told && holds_growth(model, &conflicts[i])) {
            report(check, model, &conflicts[i], true);
        }
    }
    for (uint32_t q = 0; q < model->quantities.n; q++) {
        const Quantity *quantity = &model->quantities.at[q];

        for (size_t i = 0; quantity->kind == QUANTITY_GROWTH && i < check->catalog->identities.n;
             i++) {
            const Identity *identity = check->catalog->identities.at[i];

            if (identity->growth == quantity->index && quantity->year - quantity->since > 1) {
                report_growth(check, model, q, identity);
            }
        }
    }
}

void check_numbers(Check *check)
{
    Model *model = model_new(check->arena, check->catalog, check->plans, check->n_plans,
                             check->n_context, false);
    size_t n;
    const Conflict *conflicts = network_solve(model->network, &n);

    for (size_t i = 0; i < n; i++) {
        report(check, model, &conflicts[i], false);
    }
    check_alike(check, model, conflicts, n);
}
