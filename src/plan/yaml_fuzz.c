/* Fuzzing of Yaml: any bytes give a tree that stands in the text, or a reason; a tree survives
 * being written. */
#include "base/utf8.h"
#include "plan/test_tree.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The library itself loses a buffer when it gives up on a quoted text. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfyaml\n";
}

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void check_node(const Source *source, const YamlNode *node)
{
    Place place = place_of(source, node->at);

    must(node->at.start <= node->at.end && node->at.end <= source->text.len);
    must(place.line >= 1 && place.column >= 1 && place.end >= place.column);
    must(utf8_valid(node->text) == node->text.len);
    for (size_t i = 0; i < node->n; i++) {
        check_node(source, node->items[i]);
        if (node->kind == YAML_MAP) {
            must(node->keys[i]->kind == YAML_SCALAR);
            must(node->keys[i]->at.start <= node->items[i]->at.start);
            must(yaml_get(node, node->keys[i]->text) == node->items[i]);
            check_node(source, node->keys[i]);
        }
    }
}

static void write_and_read(Arena *arena, const YamlNode *root, bool flow)
{
    Diags diags = diags_new(arena);
    Buf out = buf_new(arena);
    YamlWriter *writer = yaml_writer_new(arena, &out);
    Source source = {STR_INIT("written"), {NULL, 0}};
    YamlDoc doc;

    tree_write(writer, root, flow);
    yaml_writer_close(writer);
    source.text = buf_str(&out);
    must(yaml_read(arena, source, &doc, &diags) == OK && tree_same(root, doc.root));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Source source = {STR_INIT("fuzz"), {(const char *)data, size}};
    YamlDoc doc;
    Err err = yaml_read(arena, source, &doc, &diags);
    Buf out = buf_new(arena);

    must(err == OK || err == ERR_INPUT);
    must(diags_errors(&diags) == (err == OK ? 0 : 1));
    diags_print(&out, &diags, LANG_EN, false);
    if (err == OK) {
        check_node(&doc.source, doc.root);
        if (doc.root->kind != YAML_SCALAR && tree_depth(doc.root) <= YAML_MAX_DEPTH) {
            write_and_read(arena, doc.root, size % 2 == 0);
        }
    }
    arena_free(arena);
    return 0;
}
