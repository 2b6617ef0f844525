/* Html: a page as blocks: its elements and lines, and from them paragraphs, headings and tables. */
#include "document/markup.h"
#include "document/page_priv.h"

#include <assert.h>
#include <string.h>

enum { HEAD = 1024 }; /* bytes in which the encoding must be stated (WHATWG, 13.2.3.2) */

typedef struct {
    Str name;
    Tag tag;
    uint32_t element; /* or NO_ELEMENT */
    bool link, aside;
} Open;

typedef struct {
    Page page;
    Str source;
    Open stack[DOC_MAX_DEPTH];
    size_t depth;
    size_t deeper; /* elements that are open beyond the stack */
    size_t links, asides, pres, codes, titles, captions; /* open ones of those kinds */
    uint8_t style;                                       /* of the open heading, or 0 */
    Leaf leaf;                                           /* the one being filled */
    bool space;                                          /* white space stands before what comes */
    bool space_line;                                     /* with a line end in it */
    uint32_t space_at;                                   /* its last byte in the source */
} Reader;

/* Sorted by name. */
static const struct {
    const char *name;
    Tag tag;
} TAGS[] = {
    {"a", TAG_LINK},         {"address", TAG_BLOCK},    {"area", TAG_VOID},
    {"article", TAG_BOX},    {"aside", TAG_ASIDE},      {"base", TAG_VOID},
    {"blockquote", TAG_BOX}, {"body", TAG_BOX},         {"br", TAG_BREAK},
    {"button", TAG_ASIDE},   {"caption", TAG_CAPTION},  {"center", TAG_BOX},
    {"col", TAG_VOID},       {"dd", TAG_ITEM},          {"details", TAG_BOX},
    {"dialog", TAG_ASIDE},   {"dir", TAG_BOX},          {"div", TAG_BOX},
    {"dl", TAG_BOX},         {"dt", TAG_ITEM},          {"embed", TAG_VOID},
    {"fieldset", TAG_BOX},   {"figcaption", TAG_BLOCK}, {"figure", TAG_BOX},
    {"footer", TAG_ASIDE},   {"form", TAG_BOX},         {"frame", TAG_VOID},
    {"h1", TAG_HEADING},     {"h2", TAG_HEADING},       {"h3", TAG_HEADING},
    {"h4", TAG_HEADING},     {"h5", TAG_HEADING},       {"h6", TAG_HEADING},
    {"head", TAG_BOX},       {"header", TAG_BOX},       {"hr", TAG_BREAK},
    {"html", TAG_BOX},       {"iframe", TAG_CODE},      {"img", TAG_VOID},
    {"input", TAG_VOID},     {"legend", TAG_BLOCK},     {"li", TAG_ITEM},
    {"link", TAG_VOID},      {"main", TAG_BOX},         {"menu", TAG_BOX},
    {"meta", TAG_VOID},      {"nav", TAG_ASIDE},        {"noembed", TAG_CODE},
    {"noframes", TAG_CODE},  {"noscript", TAG_ASIDE},   {"ol", TAG_BOX},
    {"optgroup", TAG_BLOCK}, {"option", TAG_ITEM},      {"p", TAG_BLOCK},
    {"param", TAG_VOID},     {"pre", TAG_PRE},          {"script", TAG_CODE},
    {"section", TAG_BOX},    {"select", TAG_ASIDE},     {"source", TAG_VOID},
    {"style", TAG_CODE},     {"summary", TAG_BLOCK},    {"table", TAG_TABLE},
    {"tbody", TAG_GROUP},    {"td", TAG_CELL},          {"template", TAG_ASIDE},
    {"textarea", TAG_ASIDE}, {"tfoot", TAG_GROUP},      {"th", TAG_CELL},
    {"thead", TAG_GROUP},    {"title", TAG_TITLE},      {"tr", TAG_ROW},
    {"track", TAG_VOID},     {"ul", TAG_BOX},           {"wbr", TAG_VOID},
    {"xmp", TAG_PRE},
};

static Tag find_tag(Str name)
{
    enum { LONGEST = 10 };
    char key[LONGEST + 1];
    size_t lo = 0, hi = sizeof TAGS / sizeof TAGS[0];

    if (name.len > LONGEST) {
        return TAG_INLINE;
    }
    for (size_t i = 0; i < name.len; i++) {
        key[i] = (char)(name.at[i] >= 'A' && name.at[i] <= 'Z' ? name.at[i] | 0x20 : name.at[i]);
    }
    key[name.len] = '\0';
    while (lo < hi) {
        size_t middle = lo + (hi - lo) / 2;
        int order = strcmp(TAGS[middle].name, key);

        if (order == 0) {
            return TAGS[middle].tag;
        }
        if (order < 0) {
            lo = middle + 1;
        } else {
            hi = middle;
        }
    }
    return TAG_INLINE;
}

/* Ends the line that is being filled. */
static void end_leaf(Reader *reader)
{
    Page *page = &reader->page;
    Leaf *leaf = &reader->leaf;
    Span at = text_trim(buf_str(&page->words), (Span){leaf->at.start, (uint32_t)page->words.len});

    if (at.end > at.start) {
        leaf->at = at;
        leaf->end_run = (uint32_t)page->runs.n;
        *vec_push(page->scratch, &page->leaves) = *leaf;
    } else {
        page->words.len = leaf->at.start;
        page->runs.n = leaf->first_run;
    }
    *leaf = (Leaf){.at = {(uint32_t)page->words.len, (uint32_t)page->words.len},
                   .first_run = (uint32_t)page->runs.n,
                   .role = ROLE_CHROME};
    reader->space = reader->space_line = false;
}

static void add_run(Reader *reader, uint32_t source, uint32_t len)
{
    Page *page = &reader->page;
    uint32_t text = (uint32_t)page->words.len;

    if (page->runs.n > reader->leaf.first_run) {
        DocRun *last = &page->runs.at[page->runs.n - 1];

        if (last->len > 0 && last->text + last->len == text && last->source + last->len == source) {
            last->len += len;
            return;
        }
    }
    *vec_push(page->scratch, &page->runs) = (DocRun){text, source, len};
}

/* Between two of those a line end is no space (CSS Text 3, 4.1.3): U+3000 to U+9FFF and the
 * full-width forms. */
static bool is_wide(unsigned char lead)
{
    return (lead >= 0xE3 && lead <= 0xE9) || lead == 0xEF;
}

static bool ends_wide(Str words)
{
    return words.len >= 3 && is_wide((unsigned char)words.at[words.len - 3]);
}

/* The white space that stands before a character with that first byte. */
static void add_space(Reader *reader, char next)
{
    Page *page = &reader->page;
    bool first = page->words.len == reader->leaf.at.start;

    if (reader->space && !first &&
        !(reader->space_line && is_wide((unsigned char)next) && ends_wide(buf_str(&page->words)))) {
        if (reader->source.at[reader->space_at] == ' ') {
            add_run(reader, reader->space_at, 1);
        }
        buf_char(&page->words, ' ');
    }
    if (first) {
        reader->leaf.aside = reader->asides > 0;
        reader->leaf.title = reader->titles > 0;
        reader->leaf.caption = reader->captions > 0;
        reader->leaf.style = reader->style;
    }
    reader->space = reader->space_line = false;
}

/* Bytes of the source that are text as they stand. */
static void add_plain(Reader *reader, size_t start, size_t end)
{
    Page *page = &reader->page;

    add_space(reader, reader->source.at[start]);
    add_run(reader, (uint32_t)start, (uint32_t)(end - start));
    buf_add(&page->words, str_slice(reader->source, start, end));
    reader->leaf.linked += reader->links > 0 ? (uint32_t)(end - start) : 0;
}

/* A character reference at byte i; returns how long it is. */
static size_t add_reference(Reader *reader, size_t i, size_t end)
{
    char utf8[4];
    size_t n = 0, len = markup_reference(str_slice(reader->source, 0, end), i, utf8, &n);

    if (len == 0) {
        add_plain(reader, i, i + 1);
        return 1;
    }
    if (n == 1 && (unsigned char)utf8[0] <= ' ') {
        reader->space = true;
        reader->space_at = (uint32_t)i;
        return len;
    }
    add_space(reader, utf8[0]);
    add_run(reader, (uint32_t)i, 0);
    buf_add(&reader->page.words, (Str){utf8, n});
    reader->leaf.linked += reader->links > 0 ? (uint32_t)n : 0;
    return len;
}

static void read_words(Reader *reader, Span at)
{
    const char *s = reader->source.at;
    size_t i = at.start;

    if (reader->codes > 0) {
        return;
    }
    while (i < at.end) {
        size_t start = i;

        if ((unsigned char)s[i] <= ' ') {
            if (s[i] == '\n' && reader->pres > 0) {
                end_leaf(reader);
            } else {
                reader->space_line = (reader->space && reader->space_line) || s[i] == '\n';
                reader->space = true;
                reader->space_at = (uint32_t)i;
            }
            i++;
            continue;
        }
        while (i < at.end && (unsigned char)s[i] > ' ' && s[i] != '&') {
            i++;
        }
        if (i > start) {
            add_plain(reader, start, i);
        } else {
            i += add_reference(reader, i, at.end);
        }
    }
}

static bool is_container(Tag tag)
{
    return tag == TAG_BOX || tag == TAG_ITEM || tag == TAG_TABLE || tag == TAG_ROW ||
           tag == TAG_CELL || tag == TAG_ASIDE || tag == TAG_CAPTION;
}

static bool ends_line(Tag tag)
{
    return tag != TAG_INLINE && tag != TAG_LINK && tag != TAG_VOID && tag != TAG_CODE;
}

/* Counts what an open element does to the text in it. */
static void count_open(Reader *reader, const Open *open, size_t step)
{
    reader->links += open->link ? step : 0;
    reader->asides += open->aside ? step : 0;
    reader->pres += open->tag == TAG_PRE ? step : 0;
    reader->codes += open->tag == TAG_CODE ? step : 0;
    reader->titles += open->tag == TAG_TITLE ? step : 0;
    reader->captions += open->tag == TAG_CAPTION ? step : 0;
    if (open->tag == TAG_HEADING) {
        reader->style = step == 1 ? (uint8_t)(open->name.at[1] - '0') : 0;
    }
}

/* Ends open elements down to the one at `down_to`, included. */
static void close_to(Reader *reader, size_t down_to)
{
    end_leaf(reader);
    while (reader->depth > down_to) {
        const Open *open = &reader->stack[--reader->depth];

        count_open(reader, open, SIZE_MAX);
        if (open->element != NO_ELEMENT) {
            page_close(&reader->page, open->element);
        }
    }
}

static uint32_t innermost(const Reader *reader)
{
    for (size_t i = reader->depth; i-- > 0;) {
        if (reader->stack[i].element != NO_ELEMENT) {
            return reader->stack[i].element;
        }
    }
    return NO_ELEMENT;
}

/* At most 65,534 rows, as browsers take it (WHATWG, 4.9.11). */
static uint16_t span_attribute(const MarkupToken *token, const char *name)
{
    Str value;
    unsigned n = 0;

    if (!markup_attribute(token, name, &value)) {
        return 1;
    }
    value = str_trim(value);
    for (size_t i = 0; i < value.len && value.at[i] >= '0' && value.at[i] <= '9'; i++) {
        n = n * 10 + (unsigned)(value.at[i] - '0');
        if (n > UINT16_MAX - 1) {
            return UINT16_MAX - 1;
        }
    }
    return (uint16_t)(n < 1 ? 1 : n);
}

/* hidden, or a style with display:none */
static bool is_hidden(const MarkupToken *token)
{
    Str value;
    size_t at;

    if (token->attributes.len < 6) {
        return false;
    }
    if (markup_attribute(token, "hidden", &value)) {
        return true;
    }
    if (!markup_attribute(token, "style", &value) ||
        (at = str_find(value, STR("display"))) == SIZE_MAX) {
        return false;
    }
    value = str_trim(str_slice(value, at + 7, value.len));
    return str_starts(value, STR(":")) &&
           str_starts(str_trim(str_slice(value, 1, value.len)), STR("none"));
}

static uint32_t push_element(Reader *reader, const MarkupToken *token, Tag tag)
{
    Page *page = &reader->page;
    uint32_t i = page_open(page, tag, innermost(reader));
    Element *element;
    Str id = STR(""), class = STR("");

    if (i == NO_ELEMENT) {
        return i;
    }
    element = &page->elements.at[i];
    if (tag == TAG_CELL) {
        element->n_rows = span_attribute(token, "rowspan");
        element->n_columns = span_attribute(token, "colspan");
    } else if (token->attributes.len > 0 && tag != TAG_ROW) {
        (void)markup_attribute(token, "id", &id);
        (void)markup_attribute(token, "class", &class);
        element->content = html_names_content(id) || html_names_content(class);
        element->chrome = !element->content && (html_names_chrome(id) || html_names_chrome(class));
    }
    element->content |= markup_named(token->name, "article");
    return i;
}

/* Elements that end without a closing tag when one of that kind opens: a paragraph before a block,
 * an item before the next, a cell before the next cell or row. */
static void close_implied(Reader *reader, Tag tag)
{
    size_t found = SIZE_MAX;

    for (size_t i = reader->depth; i-- > 0;) {
        Tag open = reader->stack[i].tag;
        bool ends = false, wall = open == TAG_TABLE;

        switch (tag) {
        case TAG_CELL: ends = open == TAG_CELL || open == TAG_CAPTION; break;
        case TAG_ROW: ends = open == TAG_ROW || open == TAG_CELL || open == TAG_CAPTION; break;
        case TAG_GROUP: ends = !wall; break;
        case TAG_ITEM:
            ends = open == TAG_ITEM || open == TAG_BLOCK;
            wall = wall || open == TAG_CELL || open == TAG_BOX || open == TAG_ASIDE;
            break;
        default:
            ends = open == TAG_BLOCK;
            wall = wall || is_container(open);
            break;
        }
        if (wall) {
            break;
        }
        if (ends) {
            found = i;
        }
    }
    if (found != SIZE_MAX) {
        close_to(reader, found);
    }
}

static bool inside(const Reader *reader, Tag wanted)
{
    for (size_t i = reader->depth; i-- > 0;) {
        if (reader->stack[i].tag == wanted) {
            return true;
        }
        if (reader->stack[i].tag == TAG_TABLE) {
            return false;
        }
    }
    return false;
}

static void push(Reader *reader, const MarkupToken *token, Tag tag)
{
    Open open = {.name = token->name, .tag = tag, .element = NO_ELEMENT};
    Str value;

    open.aside = tag == TAG_ASIDE || (token->kind == MARKUP_OPEN && is_hidden(token));
    /* a place on the page itself is no link: contents point to their chapters */
    open.link = tag == TAG_LINK && markup_attribute(token, "href", &value) &&
                !str_starts(str_trim(value), STR("#"));
    if (is_container(tag)) {
        open.element = push_element(reader, token, tag);
    }
    count_open(reader, &open, 1);
    reader->stack[reader->depth++] = open;
}

static void open_element(Reader *reader, const MarkupToken *token)
{
    Tag tag = find_tag(token->name);

    if (ends_line(tag)) {
        end_leaf(reader);
        if (reader->deeper == 0 && tag != TAG_BREAK) {
            close_implied(reader, tag);
        }
    }
    if (tag == TAG_VOID || tag == TAG_BREAK) {
        return;
    }
    if ((tag == TAG_CELL || tag == TAG_ROW || tag == TAG_GROUP || tag == TAG_CAPTION) &&
        reader->deeper == 0 && !inside(reader, TAG_TABLE)) {
        return; /* stray: only its line end counts */
    }
    if (reader->depth + 2 >= DOC_MAX_DEPTH) {
        reader->deeper++;
        if (tag == TAG_CODE) {
            reader->codes++; /* its closing tag comes next, as nothing in it is markup */
        }
        return;
    }
    if (tag == TAG_CELL && !inside(reader, TAG_ROW)) {
        push(reader, &(MarkupToken){.kind = MARKUP_CLOSE, .name = STR("tr")}, TAG_ROW);
    }
    push(reader, token, tag);
}

/* The open element that a closing tag means. One in a table does not close the table. */
static size_t find_open(const Reader *reader, Str name, Tag tag)
{
    for (size_t i = reader->depth; i-- > 0;) {
        const Open *open = &reader->stack[i];

        if (open->name.len == name.len && strncasecmp(open->name.at, name.at, name.len) == 0) {
            return i;
        }
        if ((open->tag == TAG_TABLE || open->tag == TAG_CELL) && tag != TAG_TABLE &&
            !(open->tag == TAG_CELL && (tag == TAG_ROW || tag == TAG_GROUP))) {
            break;
        }
    }
    return SIZE_MAX;
}

static void close_element(Reader *reader, const MarkupToken *token)
{
    Tag tag = find_tag(token->name);
    size_t i;

    if (ends_line(tag)) {
        end_leaf(reader);
    }
    if (tag == TAG_VOID || tag == TAG_BREAK) {
        return;
    }
    if (reader->deeper > 0) {
        reader->deeper--;
        if (tag == TAG_CODE && reader->codes > 0) {
            reader->codes--;
        }
        return;
    }
    i = find_open(reader, token->name, tag);
    if (i == SIZE_MAX) {
        return;
    }
    if (ends_line(tag)) {
        close_to(reader, i);
        return;
    }
    /* blocks in it stay open (WHATWG, 13.2.6.4.7, the adoption agency) */
    count_open(reader, &reader->stack[i], SIZE_MAX);
    memmove(&reader->stack[i], &reader->stack[i + 1],
            (reader->depth - i - 1) * sizeof reader->stack[0]);
    reader->depth--;
}

static void read_page(Reader *reader)
{
    Markup markup = markup_new(reader->source);
    MarkupToken token;

    end_leaf(reader);
    while (markup_next(&markup, &token)) {
        switch (token.kind) {
        case MARKUP_TEXT: read_words(reader, token.at); break;
        case MARKUP_OPEN: open_element(reader, &token); break;
        case MARKUP_CLOSE: close_element(reader, &token); break;
        }
    }
    close_to(reader, 0);
}

/* The name of the encoding as a <meta> or an XML declaration states it; empty if none does. */
static Str find_charset(Str content)
{
    Str head = str_slice(content, 0, HEAD);

    for (size_t i = 0; i + 7 < head.len; i++) {
        size_t start, end;

        if (strncasecmp(head.at + i, "charset", 7) != 0 &&
            strncasecmp(head.at + i, "encoding", 8) != 0) {
            continue;
        }
        start = i + 7 + (head.at[i] == 'e' || head.at[i] == 'E');
        while (start < head.len && strchr(" \t\r\n=\"'", head.at[start]) != NULL) {
            start++;
        }
        end = start;
        while (end < head.len && strchr(" \t\r\n\"'/;>?", head.at[end]) == NULL) {
            end++;
        }
        return str_slice(head, start, end);
    }
    return STR("");
}

Err read_html(Builder *builder, Str content)
{
    Reader *reader;
    Arena *scratch;
    Str source;
    bool good;

    if (!text_decode(builder->arena, builder->name, content, find_charset(content), &source,
                     builder->diags)) {
        return ERR_INPUT;
    }
    builder->original = source;
    scratch = arena_new();
    reader = ARENA_NEW(scratch, Reader);
    reader->source = source;
    reader->page = (Page){.builder = builder, .scratch = scratch, .words = buf_new(scratch)};
    read_page(reader);
    html_find_body(&reader->page);
    good = page_emit(&reader->page);
    arena_free(scratch);
    return good ? OK : ERR_INPUT;
}
