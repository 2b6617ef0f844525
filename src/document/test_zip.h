/* Archives as the tests and fuzz targets of DOCX need them. */
#ifndef LONGTU_DOCUMENT_TEST_ZIP_H
#define LONGTU_DOCUMENT_TEST_ZIP_H

#include "base/str.h"

#include <stdlib.h>
#include <zip.h>

typedef struct {
    const char *name;
    Str content;
    bool encrypted, stored;
} Member;

static inline void zip_must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static inline Str make_zip(Arena *arena, const Member *members, size_t n)
{
    zip_error_t error;
    zip_source_t *file;
    zip_t *zip;
    zip_stat_t stat;
    char *at;

    zip_error_init(&error);
    file = zip_source_buffer_create(NULL, 0, 0, &error);
    zip = zip_open_from_source(file, ZIP_TRUNCATE, &error);
    zip_must(zip != NULL);
    zip_source_keep(file);
    for (size_t i = 0; i < n; i++) {
        zip_int64_t k = zip_file_add(
            zip, members[i].name,
            zip_source_buffer(zip, members[i].content.at, members[i].content.len, 0), 0);

        zip_must(k >= 0);
        if (members[i].encrypted) {
            zip_must(zip_file_set_encryption(zip, (zip_uint64_t)k, ZIP_EM_AES_256, "x") == 0);
        }
        if (members[i].stored) {
            zip_must(zip_set_file_compression(zip, (zip_uint64_t)k, ZIP_CM_STORE, 0) == 0);
        }
    }
    zip_must(zip_close(zip) == 0);
    zip_must(zip_source_stat(file, &stat) == 0);
    at = arena_alloc(arena, stat.size);
    zip_must(zip_source_open(file) == 0);
    zip_must(zip_source_read(file, at, stat.size) == (zip_int64_t)stat.size);
    zip_source_close(file);
    zip_source_free(file);
    return (Str){at, stat.size};
}

#endif
