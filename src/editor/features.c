/* Features: what several of them need. */
#include "editor/features.h"

#include "base/file.h"
#include "base/utf8.h"

Str feature_scalar(Arena *arena, Str text)
{
    Buf out = buf_new(arena);
    YamlWriter *writer = yaml_writer_new(arena, &out);
    Str written;

    yaml_list(writer, true); /* in brackets more has to be quoted */
    yaml_text(writer, text);
    yaml_end(writer);
    yaml_writer_close(writer);
    written = str_trim(buf_str(&out));
    return str_slice(written, 1, written.len - 1);
}

bool feature_source(const View *view, Str *path, Str *text)
{
    uint32_t source = sketch_find(&view->sketch, 0, STR("source"));
    Str file = source == UINT32_MAX ? STR("") : meaning_value(&view->sketch, source, "file");

    if (file.len == 0 || view->path.len == 0) {
        return false;
    }
    *path = file_beside(view->arena, view->path, file);
    return view->read(view->context, view->arena, *path, text) && utf8_valid(*text) == text->len;
}
