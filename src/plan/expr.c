/* Expr: the expression language of formulas, weights, rules and paths: parsed once, checked for
 * dimension. */
#include "plan/expr.h"

#include "base/utf8.h"

#include <assert.h>

typedef enum {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_DURATION,
    TOKEN_NAME,
    TOKEN_OP, /* op is set */
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_COMMA,
    TOKEN_BAD,
} TokenKind;

typedef struct {
    TokenKind kind;
    Span at;
    ExprOp op;
    double number;
    Unit unit;
    Duration duration;
    bool reported; /* what is wrong with a bad one has been said */
} Token;

typedef struct {
    Arena *arena;
    const Source *source;
    const ExprNames *names;
    Diags *diags;
    size_t at, end; /* bytes of source->text still to read */
    Token token;    /* the next one */
    unsigned depth;
    VEC(ExprNode) nodes;
} Parser;

static const struct {
    Str sign;
    ExprOp op;
} SIGNS[] = {{STR_INIT("<="), EXPR_LE}, {STR_INIT(">="), EXPR_GE}, {STR_INIT("!="), EXPR_NE},
             {STR_INIT("=="), EXPR_EQ}, {STR_INIT("≤"), EXPR_LE},  {STR_INIT("≥"), EXPR_GE},
             {STR_INIT("≠"), EXPR_NE},  {STR_INIT("<"), EXPR_LT},  {STR_INIT(">"), EXPR_GT},
             {STR_INIT("="), EXPR_EQ},  {STR_INIT("+"), EXPR_ADD}, {STR_INIT("-"), EXPR_SUB},
             {STR_INIT("−"), EXPR_SUB}, {STR_INIT("*"), EXPR_MUL}, {STR_INIT("×"), EXPR_MUL},
             {STR_INIT("/"), EXPR_DIV}, {STR_INIT("÷"), EXPR_DIV}};

static const struct {
    const char *name;
    unsigned n_args;
} OPS[] = {
#define X(constant, name, n_args) {name, n_args},
    EXPR_OPS(X)
#undef X
};

const char *expr_op_name(ExprOp op)
{
    return OPS[op].name;
}

bool expr_is_aggregate(ExprOp op)
{
    return op >= EXPR_SUM && op <= EXPR_COUNT;
}

unsigned expr_operands(ExprOp op)
{
    switch (op) {
    case EXPR_NUMBER:
    case EXPR_MEASURE: return 0;
    case EXPR_ADD:
    case EXPR_SUB:
    case EXPR_MUL:
    case EXPR_DIV:
    case EXPR_LT:
    case EXPR_LE:
    case EXPR_GT:
    case EXPR_GE:
    case EXPR_EQ:
    case EXPR_NE:
    case EXPR_COALESCE: return 2;
    default: return 1;
    }
}

Str expr_node_text(const Expr *expr, const ExprNode *node)
{
    return str_slice(expr->text, node->at.start, node->at.end);
}

static Str text_of(const Parser *parser, Span at)
{
    return str_slice(parser->source->text, at.start, at.end);
}

static Place place_at(const Parser *parser, Span at)
{
    return diag_place(parser->diags, parser->source, at);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(Str rest)
{
    unsigned char c = rest.len == 0 ? 0 : (unsigned char)rest.at[0];

    if (c < 0x80) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
    for (size_t i = 0; i < sizeof SIGNS / sizeof SIGNS[0]; i++) {
        if (str_starts(rest, SIGNS[i].sign)) {
            return false;
        }
    }
    return !str_starts(rest, STR("\u3000")) && !str_starts(rest, STR("\u00A0"));
}

/* 12, 0.5, 8 %, 100 亿元, 1y; what follows the digits decides. */
static void read_number(Parser *parser)
{
    Str text = parser->source->text;
    Token *token = &parser->token;
    size_t start = parser->at, i = start, len;
    DecimalError error;
    Decimal value;
    Duration duration;

    while (i < parser->end && (is_digit(text.at[i]) || text.at[i] == '.')) {
        i++;
    }
    error = decimal_parse(str_slice(text, start, i), &value);
    token->kind = error == DECIMAL_OK ? TOKEN_NUMBER : TOKEN_BAD;
    token->at.end = (uint32_t)i;
    if (token->kind == TOKEN_BAD) {
        token->reported = true;
        diag_add(parser->diags, error == DECIMAL_TOO_LONG ? LT2002 : LT2001,
                 place_at(parser, token->at), text_of(parser, token->at));
        return;
    }
    token->number = decimal_to_double(value);
    token->unit = UNIT_ONE;
    for (len = 0; i + len < parser->end && (text.at[i + len] >= 'a' && text.at[i + len] <= 'z');
         len++) {
    }
    if (len > 0 && duration_parse(str_slice(text, start, i + len), &duration)) {
        token->kind = TOKEN_DURATION;
        token->duration = duration;
        if (!unit_parse(str_slice(text, i, i + len),
                        &token->unit)) { /* 30d may also be meant as a number of days */
            token->unit.scale = 0;
        }
        token->at.end = (uint32_t)(i + len);
        parser->at = i + len;
        return;
    }
    while (i < parser->end && text.at[i] == ' ') {
        i++;
    }
    if (i < parser->end && is_digit(text.at[i])) { /* 5 1 is not five of the unit 1 */
        parser->at = token->at.end;
        return;
    }
    len = unit_prefix(str_slice(text, i, parser->end), &token->unit);
    if (len != 0) {
        token->at.end = (uint32_t)(i + len);
    } else if (is_letter(str_slice(text, i, parser->end))) {
        size_t word = i, step;

        while (word < parser->end &&
               (is_letter(str_slice(text, word, parser->end)) || is_digit(text.at[word]))) {
            (void)utf8_at(text, word, &step);
            word += step;
        }
        token->kind = TOKEN_BAD;
        token->reported = true;
        token->at = (Span){(uint32_t)i, (uint32_t)word};
        diag_add(parser->diags, LT2003, place_at(parser, token->at), text_of(parser, token->at));
    }
    parser->at = token->at.end;
}

static void next(Parser *parser)
{
    Str text = parser->source->text;
    Token *token = &parser->token;
    size_t i = parser->at;

    while (i < parser->end &&
           (text.at[i] == ' ' || text.at[i] == '\t' || text.at[i] == '\n' || text.at[i] == '\r')) {
        i++;
    }
    *token = (Token){.kind = TOKEN_BAD, .at = {(uint32_t)i, (uint32_t)i}};
    parser->at = i;
    if (i == parser->end) {
        token->kind = TOKEN_END;
        return;
    }
    if (is_digit(text.at[i])) {
        read_number(parser);
        return;
    }
    for (size_t k = 0; k < sizeof SIGNS / sizeof SIGNS[0]; k++) {
        if (str_starts(str_slice(text, i, parser->end), SIGNS[k].sign)) {
            token->kind = TOKEN_OP;
            token->op = SIGNS[k].op;
            token->at.end = (uint32_t)(i + SIGNS[k].sign.len);
            parser->at = token->at.end;
            return;
        }
    }
    if (is_letter(str_slice(text, i, parser->end))) {
        size_t len = 0;

        while (i < parser->end &&
               (is_letter(str_slice(text, i, parser->end)) || is_digit(text.at[i]))) {
            (void)utf8_at(text, i, &len);
            i += len;
        }
        token->kind = TOKEN_NAME;
    } else {
        size_t len;

        token->kind = text.at[i] == '('   ? TOKEN_OPEN
                      : text.at[i] == ')' ? TOKEN_CLOSE
                      : text.at[i] == ',' ? TOKEN_COMMA
                                          : TOKEN_BAD;
        (void)utf8_at(text, i, &len);
        i += len;
    }
    token->at.end = (uint32_t)i;
    parser->at = i;
}

static Err unexpected(Parser *parser, Text mend)
{
    Str what = parser->token.kind == TOKEN_END ? diag_word(parser->arena, TEXT("结尾", "end"))
                                               : text_of(parser, parser->token.at);

    if (!parser->token.reported) {
        diag_add(parser->diags, LT3101, place_at(parser, parser->token.at), what,
                 diag_word(parser->arena, mend));
    }
    return ERR_INPUT;
}

static Err add_node(Parser *parser, ExprNode node, uint32_t *out)
{
    if (parser->nodes.n >= EXPR_MAX_NODES) {
        diag_add(parser->diags, LT3106, place_at(parser, node.at),
                 str_format(parser->arena, "%d", EXPR_MAX_NODES));
        return ERR_INPUT;
    }
    *vec_push(parser->arena, &parser->nodes) = node;
    *out = (uint32_t)parser->nodes.n - 1;
    return OK;
}

static Str unit_name(Parser *parser, Unit unit)
{
    Buf buf = buf_new(parser->arena);

    unit_format(&buf, unit);
    return buf_str(&buf);
}

static Err mismatch(Parser *parser, const ExprNode *a, const ExprNode *b, Span at, ExprOp op)
{
    Text word = op == EXPR_ADD        ? TEXT("相加", "added")
                : op == EXPR_SUB      ? TEXT("相减", "subtracted")
                : op == EXPR_COALESCE ? TEXT("互相替代", "used in each other's place")
                                      : TEXT("比较", "compared");
    Diag *diag = diag_add(parser->diags, LT3103, place_at(parser, at), unit_name(parser, a->unit),
                          unit_name(parser, b->unit), diag_word(parser->arena, word));

    diag_relate(parser->diags, diag, place_at(parser, a->at), TEXT("左边", "the left side"));
    diag_relate(parser->diags, diag, place_at(parser, b->at), TEXT("右边", "the right side"));
    return ERR_INPUT;
}

static bool is_set(const Parser *parser, uint32_t node)
{
    return parser->nodes.at[node].op == EXPR_MEMBERS;
}

static Err members_misplaced(Parser *parser, uint32_t node)
{
    diag_add(parser->diags, LT3107, place_at(parser, parser->nodes.at[node].at), STR(""));
    return ERR_INPUT;
}

static bool is_zero(const ExprNode *node)
{
    return node->op == EXPR_NUMBER && node->number == 0;
}

/* + - comparisons and coalesce: both sides in one dimension; b is brought into a's unit. Zero is
 * zero in any unit. */
static Err add_same(Parser *parser, ExprNode node, Span sign, uint32_t *out)
{
    const ExprNode *left = &parser->nodes.at[node.a], *right = &parser->nodes.at[node.b];

    node.number = 1;
    node.unit = is_zero(left) ? right->unit : left->unit;
    if (!is_zero(left) && !is_zero(right)) {
        if (!unit_same_dimension(left->unit, right->unit)) {
            return mismatch(parser, left, right, sign, node.op);
        }
        node.number = unit_factor(right->unit, left->unit);
    }
    if (node.op >= EXPR_LT && node.op <= EXPR_NE) {
        node.unit = UNIT_ONE;
    }
    return add_node(parser, node, out);
}

static Err add_binary(Parser *parser, ExprOp op, uint32_t a, uint32_t b, Span sign, uint32_t *out)
{
    ExprNode node = {
        .op = op, .a = a, .b = b, .at = {parser->nodes.at[a].at.start, parser->nodes.at[b].at.end}};

    if (is_set(parser, a) || is_set(parser, b)) {
        return members_misplaced(parser, is_set(parser, a) ? a : b);
    }
    if (op != EXPR_MUL && op != EXPR_DIV) {
        return add_same(parser, node, sign, out);
    }
    node.unit = op == EXPR_MUL ? unit_mul(parser->nodes.at[a].unit, parser->nodes.at[b].unit)
                               : unit_div(parser->nodes.at[a].unit, parser->nodes.at[b].unit);
    if (!unit_in_range(node.unit)) {
        diag_add(parser->diags, LT2003, place_at(parser, sign), unit_name(parser, node.unit));
        return ERR_INPUT;
    }
    return add_node(parser, node, out);
}

static Err parse_comparison(Parser *parser, uint32_t *out);

static Err enter(Parser *parser)
{
    if (++parser->depth > EXPR_MAX_DEPTH) {
        diag_add(parser->diags, LT3106, place_at(parser, parser->token.at),
                 str_format(parser->arena, "%d", EXPR_MAX_DEPTH));
        return ERR_INPUT;
    }
    return OK;
}

/* Copies an indicator's formula in; every node keeps the place of the name, for diagnostics. */
static Err inline_formula(Parser *parser, const Expr *formula, Unit unit, Span at, uint32_t *out)
{
    uint32_t base = (uint32_t)parser->nodes.n;

    for (size_t i = 0; i < formula->n_nodes; i++) {
        ExprNode node = formula->nodes[i];
        Err err;

        node.a += base;
        node.b += base;
        node.at = at;
        err = add_node(parser, node, out);
        if (err != OK) {
            return err;
        }
    }
    parser->nodes.at[*out].unit = unit;
    return OK;
}

static Err parse_name(Parser *parser, Token name, uint32_t *out)
{
    Str text = text_of(parser, name.at);
    const Expr *formula = NULL;
    ExprNode node = {.op = EXPR_MEASURE, .at = name.at};
    Unit unit = UNIT_ONE;

    switch (parser->names->find(parser->names->context, text, &node.measure, &node.unit, &formula,
                                &unit)) {
    case NAME_MEASURE: return add_node(parser, node, out);
    case NAME_INDICATOR: return inline_formula(parser, formula, unit, name.at, out);
    case NAME_FAILED: return ERR_INPUT;
    case NAME_UNKNOWN: break;
    }
    diag_add(parser->diags, LT3102, place_at(parser, name.at), text,
             parser->names->suggest(parser->names->context, parser->arena, text));
    return ERR_INPUT;
}

static Err wrong_count(Parser *parser, Token name, unsigned wanted, unsigned got)
{
    diag_add(parser->diags, LT3104, place_at(parser, name.at), text_of(parser, name.at),
             str_format(parser->arena, "%u", wanted), str_format(parser->arena, "%u", got));
    return ERR_INPUT;
}

static Err finish_call(Parser *parser, ExprNode node, uint32_t *out)
{
    const ExprNode *x = &parser->nodes.at[node.a];
    bool set = is_set(parser, node.a);

    if (set != expr_is_aggregate(node.op) || (node.op == EXPR_COALESCE && is_set(parser, node.b))) {
        if (expr_is_aggregate(node.op)) {
            diag_add(parser->diags, LT3107, place_at(parser, x->at), STR(""));
            return ERR_INPUT;
        }
        return members_misplaced(parser, set ? node.a : node.b);
    }
    node.unit = x->unit;
    if (node.op == EXPR_COUNT) {
        node.unit = UNIT_ONE;
    } else if (node.op == EXPR_GROWTH || node.op == EXPR_CAGR) {
        node.unit = UNIT_PERCENT;
    } else if (node.op == EXPR_COALESCE) {
        return add_same(parser, node, node.at, out);
    }
    return add_node(parser, node, out);
}

static Err parse_call(Parser *parser, Token name, ExprOp op, uint32_t *out)
{
    ExprNode node = {.op = op, .at = name.at};
    unsigned wanted = OPS[op].n_args, got = 0;
    Err err = OK;

    next(parser); /* the bracket */
    while (err == OK && parser->token.kind != TOKEN_CLOSE) {
        bool duration = got == 1 && (op == EXPR_LAG || op == EXPR_GROWTH || op == EXPR_CAGR);

        if (got == wanted) {
            return wrong_count(parser, name, wanted, got + 1);
        }
        if (duration) {
            if (parser->token.kind != TOKEN_DURATION) {
                diag_add(parser->diags, LT3105, place_at(parser, parser->token.at), STR(""));
                return ERR_INPUT;
            }
            node.duration = parser->token.duration;
            next(parser);
        } else {
            err = parse_comparison(parser, got == 0 ? &node.a : &node.b);
        }
        got++;
        if (err == OK && parser->token.kind == TOKEN_COMMA) {
            next(parser);
            if (parser->token.kind == TOKEN_CLOSE) {
                return unexpected(parser, TEXT("一个参数", "an argument"));
            }
        } else if (err == OK && parser->token.kind != TOKEN_CLOSE) {
            return unexpected(parser, TEXT("逗号或右括号", "a comma or a closing bracket"));
        }
    }
    if (err != OK) {
        return err;
    }
    if (got != wanted) {
        return wrong_count(parser, name, wanted, got);
    }
    node.at.end = parser->token.at.end;
    next(parser);
    return finish_call(parser, node, out);
}

static Err parse_name_or_call(Parser *parser, uint32_t *out)
{
    Token name = parser->token;

    next(parser);
    if (parser->token.kind != TOKEN_OPEN) {
        return parse_name(parser, name, out);
    }
    for (int op = 0; op < EXPR_N_OPS; op++) {
        if (OPS[op].n_args != 0 && str_eq(text_of(parser, name.at), str_z(OPS[op].name))) {
            return parse_call(parser, name, (ExprOp)op, out);
        }
    }
    diag_add(parser->diags, LT3102, place_at(parser, name.at), text_of(parser, name.at),
             STR("parent members sum mean min max count lag growth cagr coalesce"));
    return ERR_INPUT;
}

static Err parse_primary(Parser *parser, uint32_t *out)
{
    Token token = parser->token;
    Err err;

    switch (token.kind) {
    case TOKEN_DURATION:
        if (token.unit.scale == 0) {
            return unexpected(parser, TEXT("时长只用于 lag、growth、cagr",
                                           "a duration belongs in lag, growth or cagr"));
        }
        __attribute__((fallthrough));
    case TOKEN_NUMBER:
        next(parser);
        return add_node(
            parser,
            (ExprNode){
                .op = EXPR_NUMBER, .number = token.number, .unit = token.unit, .at = token.at},
            out);
    case TOKEN_NAME: return parse_name_or_call(parser, out);
    case TOKEN_OPEN:
        next(parser);
        err = parse_comparison(parser, out);
        if (err == OK && parser->token.kind != TOKEN_CLOSE) {
            return unexpected(parser, TEXT("右括号", "a closing bracket"));
        }
        next(parser);
        return err;
    default:
        return unexpected(
            parser, TEXT("数、名称、函数或左括号", "a number, a name, a function or a bracket"));
    }
}

static Err parse_unary(Parser *parser, uint32_t *out)
{
    Token sign = parser->token;
    Err err = enter(parser);

    if (err == OK && sign.kind == TOKEN_OP && sign.op == EXPR_SUB) {
        next(parser);
        err = parse_unary(parser, out);
        if (err == OK && is_set(parser, *out)) {
            err = members_misplaced(parser, *out);
        }
        if (err == OK) {
            err = add_node(parser,
                           (ExprNode){.op = EXPR_NEG,
                                      .a = *out,
                                      .unit = parser->nodes.at[*out].unit,
                                      .at = {sign.at.start, parser->nodes.at[*out].at.end}},
                           out);
        }
    } else if (err == OK) {
        err = parse_primary(parser, out);
    }
    parser->depth--;
    return err;
}

static Err parse_level(Parser *parser, int level, uint32_t *out);

static bool is_level(const Token *token, int level)
{
    if (token->kind != TOKEN_OP) {
        return false;
    }
    return level == 0   ? token->op >= EXPR_LT && token->op <= EXPR_NE
           : level == 1 ? token->op == EXPR_ADD || token->op == EXPR_SUB
                        : token->op == EXPR_MUL || token->op == EXPR_DIV;
}

/* Level 0 compares, 1 adds, 2 multiplies; operators of a level are taken from left to right. */
static Err parse_level(Parser *parser, int level, uint32_t *out)
{
    Err err = level == 2 ? parse_unary(parser, out) : parse_level(parser, level + 1, out);

    while (err == OK && is_level(&parser->token, level)) {
        Token sign = parser->token;
        uint32_t right;

        next(parser);
        err = level == 2 ? parse_unary(parser, &right) : parse_level(parser, level + 1, &right);
        if (err == OK) {
            err = add_binary(parser, sign.op, *out, right, sign.at, out);
        }
    }
    return err;
}

static Err parse_comparison(Parser *parser, uint32_t *out)
{
    Err err = enter(parser);

    if (err == OK) {
        err = parse_level(parser, 0, out);
    }
    parser->depth--;
    return err;
}

Err expr_compile(Arena *arena, const Source *source, Span span, const ExprNames *names, Expr *out,
                 Diags *diags)
{
    Parser parser = {.arena = arena,
                     .source = source,
                     .names = names,
                     .diags = diags,
                     .at = span.start,
                     .end = span.end};
    uint32_t root;
    Err err;

    *out = (Expr){.text = str_slice(source->text, span.start, span.end)};
    if (span.end - span.start > EXPR_MAX_BYTES) {
        diag_add(diags, LT3106, place_of(source, (Span){span.start, span.start}),
                 str_format(arena, "%d", EXPR_MAX_BYTES));
        return ERR_INPUT;
    }
    next(&parser);
    err = parse_comparison(&parser, &root);
    if (err == OK && parser.token.kind != TOKEN_END) {
        err = unexpected(&parser, TEXT("运算符", "an operator"));
    }
    if (err == OK && is_set(&parser, root)) {
        err = members_misplaced(&parser, root);
    }
    if (err != OK) {
        return err;
    }
    assert(root == parser.nodes.n - 1);
    for (size_t i = 0; i < parser.nodes.n; i++) { /* places are told within the expression */
        parser.nodes.at[i].at.start -= span.start;
        parser.nodes.at[i].at.end -= span.start;
    }
    out->nodes = parser.nodes.at;
    out->n_nodes = parser.nodes.n;
    return OK;
}

Expr expr_above(Arena *arena, const Expr *of, unsigned generations)
{
    uint32_t value = (uint32_t)of->n_nodes - 1, at = value;
    ExprNode *nodes = ARENA_ARRAY(arena, ExprNode, of->n_nodes + generations + 1);
    Unit unit = of->nodes[value].unit;

    memcpy(nodes, of->nodes, of->n_nodes * sizeof(ExprNode));
    for (; generations > 0; generations--) {
        nodes[at + 1] = (ExprNode){.op = EXPR_PARENT, .a = at, .unit = unit};
        at++;
    }
    nodes[at + 1] = (ExprNode){.op = EXPR_SUB, .a = value, .b = at, .number = 1, .unit = unit};
    return (Expr){.text = of->text, .nodes = nodes, .n_nodes = at + 2};
}

bool expr_convert(Arena *arena, Expr *expr, Unit unit)
{
    ExprNode *root = &expr->nodes[expr->n_nodes - 1];
    bool taken = unit_is_plain(root->unit) && (unit_is_plain(unit) || unit.percent);
    double factor;

    if (!taken && !unit_same_dimension(root->unit, unit)) {
        return false;
    }
    factor = taken ? root->unit.scale : unit_factor(root->unit, unit);
    if (factor < 1 - 1e-12 || factor > 1 + 1e-12) { /* the factor as one more multiplication */
        ExprNode *nodes = ARENA_ARRAY(arena, ExprNode, expr->n_nodes + 2);
        uint32_t value = (uint32_t)expr->n_nodes - 1;

        memcpy(nodes, expr->nodes, expr->n_nodes * sizeof(ExprNode));
        nodes[value + 1] =
            (ExprNode){.op = EXPR_NUMBER, .number = factor, .unit = UNIT_ONE, .at = root->at};
        nodes[value + 2] = (ExprNode){.op = EXPR_MUL, .a = value, .b = value + 1, .at = root->at};
        expr->nodes = nodes;
        expr->n_nodes += 2;
    }
    expr->nodes[expr->n_nodes - 1].unit = unit;
    return true;
}
