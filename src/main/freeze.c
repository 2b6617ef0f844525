/* longtu_freeze: a YAML file as yaml_thaw reads it; the build runs it, and nobody else. */
#include "base/file.h"
#include "plan/yaml.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    Arena *arena = arena_new();
    Diags diags = diags_new(arena);
    Buf out = buf_new(arena), said = buf_new(arena);
    Source source = {.name = str_z(argc == 3 ? argv[1] : "")};
    YamlDoc doc;
    Err err = ERR_USAGE;

    if (argc != 3) {
        (void)fputs("usage: longtu_freeze FILE.yaml OUTPUT\n", stderr);
        goto done;
    }
    err = file_read(arena, source.name, YAML_MAX_BYTES, &source.text, &diags);
    if (err == OK) {
        err = yaml_read(arena, source, &doc, &diags);
    }
    if (err == OK) {
        yaml_freeze(&doc, &out);
        err = file_write(arena, str_z(argv[2]), buf_str(&out), &diags);
    }
    diags_print(&said, &diags, LANG_EN, false);
    (void)fprintf(stderr, "%.*s", STR_ARG(buf_str(&said)));
done:
    arena_free(arena);
    return (int)err;
}
