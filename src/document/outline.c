/* Outline: numbered headings of a notice, as a tree. */
#include "document/document_priv.h"

void find_chrome(Str text, Block *blocks, size_t n_blocks)
{
    (void)text;
    (void)blocks;
    (void)n_blocks;
}

void find_outline(Arena *arena, Document *doc, Diags *diags)
{
    (void)diags;
    doc->parts = ARENA_ARRAY(arena, Part, 1);
    doc->parts[0] = (Part){.kind = PART_PLAN, .parent = NO_PART, .end = (uint32_t)doc->n_blocks};
    doc->n_parts = doc->n_plans = 1;
    for (size_t i = 0; i < doc->n_blocks; i++) {
        doc->blocks[i].part = 0;
    }
}
