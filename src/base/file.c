/* File: whole files in, whole files out or none. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static Err cannot_read(Arena *arena, Str path, Diags *diags)
{
    char reason[128];

    (void)arena;
    diag_add(diags, LT1001, place_file(path), path,
             str_z(strerror_r(errno, reason, sizeof reason)));
    return ERR_INPUT;
}

Err file_read(Arena *arena, Str path, size_t max, Str *out, Diags *diags)
{
    FILE *file = fopen(str_to_z(arena, path), "rbe");
    char *at = NULL;
    size_t len = 0, cap = 0, got;

    if (file == NULL) {
        return cannot_read(arena, path, diags);
    }
    do {
        if (len == cap) {
            size_t next = cap == 0 ? 64 << 10 : cap * 2;

            at = arena_grow(arena, at, cap, next, 1);
            cap = next;
        }
        got = fread(at + len, 1, cap - len, file);
        len += got;
    } while (got > 0 && len <= max);
    if (ferror(file)) {
        Err err = cannot_read(arena, path, diags);

        (void)fclose(file);
        return err;
    }
    (void)fclose(file);
    if (len > max) {
        diag_add(diags, LT1002, place_file(path), path, str_format(arena, "%zu MiB", max >> 20));
        return ERR_INPUT;
    }
    *out = (Str){at, len};
    return OK;
}

static Err cannot_write(Str path, Diags *diags)
{
    char reason[128];

    diag_add(diags, LT9005, place_file(path), path,
             str_z(strerror_r(errno, reason, sizeof reason)));
    return ERR_RESOURCE;
}

static bool write_all(int fd, Str content)
{
    while (content.len > 0) {
        ssize_t n = write(fd, content.at, content.len);

        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            errno = n == 0 ? EIO : errno;
            return false;
        }
        content = str_slice(content, (size_t)n, content.len);
    }
    return true;
}

/* Writes straight to a device or a pipe, which a file must not replace. Returns 0 or an errno. */
static int write_to_device(const char *target, Str content)
{
    int fd = open(target, O_WRONLY | O_CLOEXEC), failure;

    if (fd < 0) {
        return errno;
    }
    failure = write_all(fd, content) ? 0 : errno;
    if (close(fd) != 0 && failure == 0) {
        failure = errno;
    }
    return failure;
}

/* Writes beside the target and renames. Returns 0 or an errno. */
static int replace(Arena *scratch, const char *target, mode_t mode, Str content)
{
    char *temporary = str_to_z(scratch, str_format(scratch, "%s.XXXXXX", target));
    int fd = mkostemp(temporary, O_CLOEXEC), failure;

    if (fd < 0) {
        return errno;
    }
    failure = fchmod(fd, mode) == 0 && write_all(fd, content) && fsync(fd) == 0 ? 0 : errno;
    if (close(fd) != 0 && failure == 0) {
        failure = errno;
    }
    if (failure == 0 && rename(temporary, target) != 0) {
        failure = errno;
    }
    if (failure != 0) {
        (void)unlink(temporary);
    }
    return failure;
}

Err file_write(Arena *scratch, Str path, Str content, Diags *diags)
{
    ArenaMark mark = arena_mark(scratch);
    const char *target;
    struct stat status;
    bool there;
    int failure;

    if (path.len == 0 || str_eq(path, STR("-"))) {
        return write_all(STDOUT_FILENO, content) ? OK : cannot_write(STR("-"), diags);
    }
    target = str_to_z(scratch, path);
    there = stat(target, &status) == 0;
    if (there && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) {
        failure = write_to_device(target, content);
    } else { /* a file that is there keeps its permissions */
        failure = replace(scratch, target,
                          there && S_ISREG(status.st_mode) ? status.st_mode & 0777 : 0644, content);
    }
    arena_release(scratch, mark); /* before the report, which may be kept in the same arena */
    errno = failure;
    return failure == 0 ? OK : cannot_write(path, diags);
}

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

Err file_list(Arena *arena, Str folder, Str suffix, StrVec *out, Diags *diags)
{
    DIR *dir = opendir(str_to_z(arena, folder));
    const struct dirent *entry;

    if (dir == NULL) {
        return cannot_read(arena, folder, diags);
    }
    while ((entry = readdir(dir)) != NULL) {
        Str name = str_z(entry->d_name);

        if (str_ends(name, suffix) && name.at[0] != '.') {
            *vec_push(arena, out) = str_copy(arena, name);
        }
    }
    (void)closedir(dir);
    if (out->n > 1) {
        qsort(out->at, out->n, sizeof(Str), by_bytes);
    }
    return OK;
}

bool file_is_folder(Arena *scratch, Str path)
{
    ArenaMark mark = arena_mark(scratch);
    struct stat status;
    bool folder = stat(str_to_z(scratch, path), &status) == 0 && S_ISDIR(status.st_mode);

    arena_release(scratch, mark);
    return folder;
}

Str file_real_path(Arena *arena, Str path)
{
    char *found = realpath(str_to_z(arena, path), NULL);
    Str real = found == NULL ? path : str_copy(arena, str_z(found));

    free(found);
    return real;
}

Str file_beside(Arena *arena, Str path, Str name)
{
    size_t end = path.len;

    if (name.len > 0 && name.at[0] == '/') {
        return name;
    }
    while (end > 0 && path.at[end - 1] != '/') {
        end--;
    }
    return str_format(arena, "%.*s%.*s", (int)end, path.at, STR_ARG(name));
}
