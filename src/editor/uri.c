/* Uri: file URIs as editors name files, and paths. */
#include "editor/uri.h"

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

Str uri_path(Arena *arena, Str uri)
{
    static const Str SCHEME = STR_INIT("file://");
    Buf path = buf_new(arena);

    if (!str_starts(uri, SCHEME)) {
        return STR("");
    }
    uri = str_slice(uri, SCHEME.len, uri.len);
    if (str_starts(uri, STR("localhost/"))) {
        uri = str_slice(uri, 9, uri.len);
    }
    if (!str_starts(uri, STR("/"))) {
        return STR("");
    }
    for (size_t i = 0; i < uri.len; i++) {
        char c = uri.at[i];

        if (c == '?' || c == '#') {
            break;
        }
        if (c == '%' && i + 2 < uri.len && hex(uri.at[i + 1]) >= 0 && hex(uri.at[i + 2]) >= 0) {
            c = (char)(hex(uri.at[i + 1]) << 4 | hex(uri.at[i + 2]));
            i += 2;
        }
        if (c == '\0') {
            return STR("");
        }
        buf_char(&path, c);
    }
    return buf_str(&path);
}

static bool is_plain(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '-' || c == '.' || c == '_' || c == '~';
}

Str uri_of(Arena *arena, Str path)
{
    Buf uri = buf_new(arena);

    buf_add(&uri, STR("file://"));
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.at[i];

        if (is_plain(c)) {
            buf_char(&uri, path.at[i]);
        } else {
            buf_format(&uri, "%%%02X", c);
        }
    }
    return buf_str(&uri);
}
