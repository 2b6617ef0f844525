/* Fuzzing of Freeze: any bytes give a tree that stands in them and freezes to what thaws to it
 * again, or none. */
#include "plan/test_tree.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

/* Adds the bytes of text up. */
static void check_node(Str frozen, const YamlDoc *doc, const YamlNode *node, size_t *bytes)
{
    *bytes += node->text.len;
    must(node->at.start <= node->at.end && node->at.end <= doc->source.text.len);
    must(node->text.len == 0 ||
         (node->text.at >= frozen.at && node->text.at + node->text.len <= frozen.at + frozen.len));
    for (size_t i = 0; i < node->n; i++) {
        if (node->kind == YAML_MAP) {
            check_node(frozen, doc, node->keys[i], bytes);
        }
        check_node(frozen, doc, node->items[i], bytes);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Str frozen = {(const char *)data, size};
    Buf again = buf_new(arena);
    YamlDoc doc, same;

    if (yaml_thaw(arena, STR("fuzz"), frozen, &doc)) {
        size_t bytes = 0;

        check_node(frozen, &doc, doc.root, &bytes);
        if (bytes <= 1 << 20) { /* damaged nodes may share one long text */
            yaml_freeze(&doc, &again);
            must(yaml_thaw(arena, STR("fuzz"), buf_str(&again), &same));
            must(tree_same(doc.root, same.root));
        }
    }
    arena_free(arena);
    return 0;
}
