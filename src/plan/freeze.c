/* Freeze: a YAML tree as bytes that are laid out by the build, and made into the tree again without
 * parsing. */
#include "plan/yaml.h"

#include <assert.h>
#include <string.h>

/* Header, nodes in preorder (a map's children are key, value, key, value …), the source's text, and
 * behind it the texts that do not stand in it letter by letter. Numbers are those of the machine,
 * since the same build writes and reads them: the mark is another one on a machine of the other
 * byte order. */
enum { MARK = 0x4C545931 /* LTY1; counts up with each change of the layout */ };

typedef struct {
    uint32_t mark, n_nodes;
    uint32_t source_len, texts_len; /* bytes; the texts begin with the source */
} Header;

typedef struct {
    uint32_t start, end; /* of the span */
    uint32_t text;       /* where a scalar's text begins in the texts */
    uint32_t what;       /* kind, whether quoted, and above them the bytes of text or the items */
} Frozen;

enum { KIND_BITS = 3, QUOTED_BIT = 4, COUNT_SHIFT = 3 };

static_assert(sizeof(Header) == 16 && sizeof(Frozen) == 16, "there is no padding");
static_assert(YAML_MAX_BYTES <= UINT32_MAX >> COUNT_SHIFT, "every count fits");

typedef struct {
    Str source;
    Buf nodes, texts; /* texts: those behind the source */
    uint32_t n;
} Freezer;

static void freeze_node(Freezer *freezer, const YamlNode *node)
{
    bool scalar = node->kind == YAML_SCALAR;
    size_t count = scalar ? node->text.len : node->n;
    Frozen frozen = {.start = node->at.start, .end = node->at.end};

    assert(count <= UINT32_MAX >> COUNT_SHIFT);
    frozen.what = (uint32_t)count << COUNT_SHIFT | (node->quoted ? QUOTED_BIT : 0) | node->kind;
    if (scalar && str_eq(str_slice(freezer->source, node->at.start, node->at.end), node->text)) {
        frozen.text = node->at.start;
    } else if (scalar) {
        assert(freezer->source.len + freezer->texts.len <= UINT32_MAX - node->text.len);
        frozen.text = (uint32_t)(freezer->source.len + freezer->texts.len);
        buf_add(&freezer->texts, node->text);
    }
    buf_add(&freezer->nodes, (Str){(const char *)&frozen, sizeof frozen});
    freezer->n++;
    for (size_t i = 0; !scalar && i < node->n; i++) {
        if (node->kind == YAML_MAP) {
            freeze_node(freezer, node->keys[i]);
        }
        freeze_node(freezer, node->items[i]);
    }
}

void yaml_freeze(const YamlDoc *doc, Buf *out)
{
    Freezer freezer = {doc->source.text, buf_new(out->arena), buf_new(out->arena), 0};
    Header header = {.mark = MARK, .source_len = (uint32_t)doc->source.text.len};

    assert(doc->source.text.len <= YAML_MAX_BYTES);
    freeze_node(&freezer, doc->root);
    header.n_nodes = freezer.n;
    header.texts_len = header.source_len + (uint32_t)freezer.texts.len;
    buf_add(out, (Str){(const char *)&header, sizeof header});
    buf_add(out, buf_str(&freezer.nodes));
    buf_add(out, doc->source.text);
    buf_add(out, buf_str(&freezer.texts));
}

typedef struct {
    const char *frozen;
    Str source, texts;
    YamlNode *nodes;
    size_t next, n_nodes;
    YamlNode **links; /* keys and items of all nodes; each node but the root is one of them */
    size_t n_links;
} Thawer;

static YamlNode *thaw_node(Thawer *thawer, unsigned depth);

static bool thaw_children(Thawer *thawer, YamlNode *node, uint32_t n, unsigned depth)
{
    size_t wanted = node->kind == YAML_MAP ? 2 * (size_t)n : n;

    if (wanted > thawer->n_nodes - 1 - thawer->n_links) {
        return false;
    }
    if (n == 0) {
        return true;
    }
    node->n = n;
    node->items = thawer->links + thawer->n_links;
    node->keys = node->kind == YAML_MAP ? node->items + n : NULL;
    thawer->n_links += wanted;
    for (size_t i = 0; i < n; i++) {
        if (node->kind == YAML_MAP) {
            node->keys[i] = thaw_node(thawer, depth + 1);
            if (node->keys[i] == NULL || node->keys[i]->kind != YAML_SCALAR) {
                return false;
            }
        }
        node->items[i] = thaw_node(thawer, depth + 1);
        if (node->items[i] == NULL) {
            return false;
        }
    }
    return true;
}

/* NULL where the bytes are damaged. */
static YamlNode *thaw_node(Thawer *thawer, unsigned depth)
{
    Frozen frozen;
    YamlNode *node;
    uint32_t count;

    if (thawer->next == thawer->n_nodes || depth > YAML_MAX_DEPTH) {
        return NULL;
    }
    memcpy(&frozen, thawer->frozen + thawer->next * sizeof frozen, sizeof frozen);
    node = &thawer->nodes[thawer->next++];
    count = frozen.what >> COUNT_SHIFT;
    if ((frozen.what & KIND_BITS) > YAML_MAP || frozen.start > frozen.end ||
        frozen.end > thawer->source.len) {
        return NULL;
    }
    node->kind = frozen.what & KIND_BITS;
    node->quoted = (frozen.what & QUOTED_BIT) != 0;
    node->at = (Span){frozen.start, frozen.end};
    if (node->kind != YAML_SCALAR) {
        return thaw_children(thawer, node, count, depth) ? node : NULL;
    }
    if (frozen.text > thawer->texts.len || count > thawer->texts.len - frozen.text) {
        return NULL;
    }
    node->text = (Str){thawer->texts.at + frozen.text, count};
    return node;
}

bool yaml_thaw(Arena *arena, Str name, Str frozen, YamlDoc *out)
{
    Header header;
    Thawer thawer = {0};
    const char *texts;

    *out = (YamlDoc){.source = {.name = name}};
    if (frozen.len < sizeof header) {
        return false;
    }
    memcpy(&header, frozen.at, sizeof header);
    frozen = str_slice(frozen, sizeof header, frozen.len);
    if (header.mark != MARK || header.n_nodes == 0 ||
        header.n_nodes > frozen.len / sizeof(Frozen) ||
        header.texts_len != frozen.len - header.n_nodes * sizeof(Frozen) ||
        header.source_len > header.texts_len) {
        return false;
    }
    texts = frozen.at + header.n_nodes * sizeof(Frozen);
    thawer = (Thawer){.frozen = frozen.at,
                      .source = {texts, header.source_len},
                      .texts = {texts, header.texts_len},
                      .nodes = ARENA_ARRAY(arena, YamlNode, header.n_nodes),
                      .n_nodes = header.n_nodes,
                      .links = ARENA_ARRAY(arena, YamlNode *, header.n_nodes - 1)};
    out->source.text = thawer.source;
    out->root = thaw_node(&thawer, 0);
    return out->root != NULL && thawer.next == thawer.n_nodes;
}
