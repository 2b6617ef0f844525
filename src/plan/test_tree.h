/* Tree: YAML trees written by way of the writer, and compared. */
#ifndef LONGTU_PLAN_TEST_TREE_H
#define LONGTU_PLAN_TEST_TREE_H

#include "plan/yaml.h"

static inline void tree_write(YamlWriter *writer, const YamlNode *node, bool flow)
{
    if (node->kind == YAML_SCALAR) {
        yaml_text(writer, node->text);
        return;
    }
    if (node->kind == YAML_MAP) {
        yaml_map(writer, flow);
    } else {
        yaml_list(writer, flow);
    }
    for (size_t i = 0; i < node->n; i++) {
        if (node->kind == YAML_MAP) {
            yaml_text(writer, node->keys[i]->text);
        }
        tree_write(writer, node->items[i], flow);
    }
    yaml_end(writer);
}

static inline bool tree_same(const YamlNode *a, const YamlNode *b)
{
    if (a->kind != b->kind || a->n != b->n || !str_eq(a->text, b->text)) {
        return false;
    }
    for (size_t i = 0; i < a->n; i++) {
        if (!tree_same(a->items[i], b->items[i]) ||
            (a->kind == YAML_MAP && !str_eq(a->keys[i]->text, b->keys[i]->text))) {
            return false;
        }
    }
    return true;
}

/* Lists and maps around the deepest one. */
static inline unsigned tree_depth(const YamlNode *node)
{
    unsigned deepest = 0;

    for (size_t i = 0; i < node->n; i++) {
        unsigned depth = tree_depth(node->items[i]);

        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + (node->kind != YAML_SCALAR);
}

#endif
