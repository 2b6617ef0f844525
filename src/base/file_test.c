/* Tests of File: whole files in and out, and what is left when the world fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"

#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof(rows)[0])

enum { NO_LIMIT = 64 << 20, NOBODY = 65534 };

/* A folder of its own for every test, gone afterwards. */
typedef struct {
    Arena *arena, *scratch;
    Diags diags;
    char folder[64];
} Fixture;

static int set_up(void **state)
{
    Fixture *fixture = calloc(1, sizeof *fixture);

    if (fixture == NULL) {
        return -1;
    }
    fixture->arena = arena_new();
    fixture->scratch = arena_new();
    fixture->diags = diags_new(fixture->arena);
    (void)snprintf(fixture->folder, sizeof fixture->folder, "/tmp/longtu-file-test-XXXXXX");
    if (mkdtemp(fixture->folder) == NULL || chmod(fixture->folder, 0755) != 0) {
        return -1;
    }
    *state = fixture;
    return 0;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;

    (void)nftw(fixture->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_free(fixture->scratch);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static Str path_of(Fixture *fixture, const char *name)
{
    return str_format(fixture->arena, "%s/%s", fixture->folder, name);
}

static const char *z_of(Fixture *fixture, const char *name)
{
    return str_to_z(fixture->arena, path_of(fixture, name));
}

/* Not with the functions under test. */
static void put(Fixture *fixture, const char *name, Str content)
{
    FILE *file = fopen(z_of(fixture, name), "wbe");

    assert_non_null(file);
    assert_int_equal(fwrite(content.at, 1, content.len, file), content.len);
    assert_int_equal(fclose(file), 0);
}

static void assert_holds(Fixture *fixture, const char *name, const char *want)
{
    char text[200] = {0};
    FILE *file = fopen(z_of(fixture, name), "rbe");

    assert_non_null(file);
    assert_int_equal(fread(text, 1, sizeof text, file), strlen(want));
    assert_int_equal(fclose(file), 0);
    assert_string_equal(text, want);
}

/* How many entries the folder has: a temporary file that stayed would be one more. */
static size_t n_entries(Fixture *fixture)
{
    StrVec names = {0};

    assert_int_equal(
        file_list(fixture->arena, str_z(fixture->folder), STR(""), &names, &fixture->diags), OK);
    return names.n;
}

static void assert_reported(Fixture *fixture, const char *want)
{
    Buf out = buf_new(fixture->arena);

    diags_print(&out, &fixture->diags, LANG_EN, false);
    if (!str_eq(buf_str(&out), str_z(want))) {
        fail_msg("got\n%.*s\nwant\n%s", STR_ARG(buf_str(&out)), want);
    }
}

static const char *report(Fixture *fixture, const char *format, const char *name)
{
    const char *path = name == NULL ? fixture->folder : z_of(fixture, name);
    Buf out = buf_new(fixture->arena);

    for (; *format != '\0'; format++) {
        if (*format == '@') {
            buf_add(&out, str_z(path));
        } else {
            buf_char(&out, *format);
        }
    }
    return str_to_z(fixture->arena, buf_str(&out));
}

/* Permissions do not bind the superuser, so the tests of permissions are run as nobody. */
static void give_up_privileges(void)
{
    if (geteuid() == 0 && seteuid(NOBODY) != 0) {
        skip();
    }
}

static void take_back_privileges(void)
{
    if (getuid() == 0) {
        assert_int_equal(seteuid(0), 0);
    }
}

/* --- reading --- */

static Err read_file(Fixture *fixture, const char *name, size_t max, Str *out)
{
    return file_read(fixture->arena, path_of(fixture, name), max, out, &fixture->diags);
}

static void test_read(void **state)
{
    static const Str ROWS[] = {STR_INIT(""), STR_INIT("plan: x\n"), STR_INIT("陇图"),
                               STR_INIT("a\0b\r\n\xFF")};
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Str got = STR("before");

        put(fixture, "a", ROWS[i]);
        assert_int_equal(read_file(fixture, "a", NO_LIMIT, &got), OK);
        assert_true(str_eq(got, ROWS[i]));
    }
    assert_reported(fixture, "");
}

static void test_read_of_every_length_around_a_block(void **state)
{
    Fixture *fixture = *state;
    Buf content = buf_new(fixture->scratch);

    while (content.len < (256 << 10) + 1) {
        buf_format(&content, "%zu,", content.len);
    }
    for (size_t block = 64 << 10; block <= 256 << 10; block *= 2) {
        for (size_t len = block - 1; len <= block + 1; len++) {
            Str want = {content.at, len}, got;

            put(fixture, "a", want);
            assert_int_equal(read_file(fixture, "a", NO_LIMIT, &got), OK);
            assert_true(str_eq(got, want));
        }
    }
}

static void test_limit_of_reading(void **state)
{
    Fixture *fixture = *state;
    size_t limit = 1 << 20;
    Buf content = buf_new(fixture->scratch);
    Str got = STR("before");

    buf_repeat(&content, STR("x"), limit + 1);
    put(fixture, "a", (Str){content.at, limit});
    assert_int_equal(read_file(fixture, "a", limit, &got), OK); /* as much as is allowed */
    assert_int_equal(got.len, limit);
    put(fixture, "a", buf_str(&content)); /* one byte more */
    assert_int_equal(read_file(fixture, "a", limit, &got), ERR_INPUT);
    assert_reported(fixture, report(fixture,
                                    "@: error[LT1002]: @ is too large: the limit is 1 MiB\n"
                                    "  mend: split it into several files\n",
                                    "a"));
}

static void test_small_limits(void **state)
{
    static const struct {
        const char *content;
        size_t limit;
        Err want;
    } ROWS[] = {
        {"", 0, OK},    {"x", 0, ERR_INPUT},   {"abc", 3, OK},
        {"abc", 4, OK}, {"abc", 2, ERR_INPUT}, {"abc", 1, ERR_INPUT},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Str got;

        put(fixture, "a", str_z(ROWS[i].content));
        assert_int_equal(read_file(fixture, "a", ROWS[i].limit, &got), ROWS[i].want);
    }
}

static void test_endless_input_is_limited(void **state)
{
    Fixture *fixture = *state;
    Str got;

    assert_int_equal(file_read(fixture->arena, STR("/dev/zero"), 1 << 20, &got, &fixture->diags),
                     ERR_INPUT);
    assert_int_equal(fixture->diags.all.at[0].code, LT1002);
    assert_true(arena_bytes(fixture->arena) < 16 << 20);
}

static void test_what_cannot_be_read(void **state)
{
    Fixture *fixture = *state;
    Str got;

    assert_int_equal(read_file(fixture, "none", NO_LIMIT, &got), ERR_INPUT);
    assert_reported(fixture, report(fixture,
                                    "@: error[LT1001]: cannot read @: No such file or directory\n"
                                    "  mend: check the path and its permissions\n",
                                    "none"));
    fixture->diags = diags_new(fixture->arena);
    assert_int_equal(
        file_read(fixture->arena, str_z(fixture->folder), NO_LIMIT, &got, &fixture->diags),
        ERR_INPUT);
    assert_reported(fixture, report(fixture,
                                    "@: error[LT1001]: cannot read @: Is a directory\n"
                                    "  mend: check the path and its permissions\n",
                                    NULL));
    fixture->diags = diags_new(fixture->arena);
    assert_int_equal(file_read(fixture->arena, STR(""), NO_LIMIT, &got, &fixture->diags),
                     ERR_INPUT);
    assert_int_equal(diags_errors(&fixture->diags), 1);
}

static void test_read_without_permission(void **state)
{
    Fixture *fixture = *state;
    Err err;
    Str got;

    put(fixture, "a", STR("secret"));
    assert_int_equal(chmod(z_of(fixture, "a"), 0), 0);
    give_up_privileges();
    err = read_file(fixture, "a", NO_LIMIT, &got);
    take_back_privileges();
    assert_int_equal(err, ERR_INPUT);
    assert_reported(fixture, report(fixture,
                                    "@: error[LT1001]: cannot read @: Permission denied\n"
                                    "  mend: check the path and its permissions\n",
                                    "a"));
}

/* --- writing --- */

static Err write_file(Fixture *fixture, const char *name, Str content)
{
    return file_write(fixture->scratch, path_of(fixture, name), content, &fixture->diags);
}

static void test_write(void **state)
{
    static const Str ROWS[] = {STR_INIT("plan: 陇图\n"), STR_INIT("a\0b"), STR_INIT(""),
                               STR_INIT("longer than what was there before\n")};
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Str got;

        assert_int_equal(write_file(fixture, "a", ROWS[i]), OK);
        assert_int_equal(read_file(fixture, "a", NO_LIMIT, &got), OK);
        assert_true(str_eq(got, ROWS[i]));
    }
    assert_int_equal(n_entries(fixture), 1);
    assert_reported(fixture, "");
}

static void test_written_files_can_be_read_by_all(void **state)
{
    Fixture *fixture = *state;
    struct stat status;

    assert_int_equal(write_file(fixture, "a", STR("x")), OK);
    assert_int_equal(stat(z_of(fixture, "a"), &status), 0);
    assert_int_equal(status.st_mode & 07777, 0644);
}

static void test_permissions_of_a_file_stay(void **state)
{
    Fixture *fixture = *state;
    struct stat status;

    assert_int_equal(write_file(fixture, "a", STR("x")), OK);
    assert_int_equal(chmod(z_of(fixture, "a"), 0600), 0);
    assert_int_equal(write_file(fixture, "a", STR("y")), OK);
    assert_int_equal(stat(z_of(fixture, "a"), &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
}

static void test_write_gives_scratch_back(void **state)
{
    Fixture *fixture = *state;
    void *before, *after;
    ArenaMark mark;

    (void)arena_alloc(fixture->scratch, 1);
    mark = arena_mark(fixture->scratch);
    before = arena_alloc(fixture->scratch, 1);
    arena_release(fixture->scratch, mark);
    assert_int_equal(write_file(fixture, "a", STR("x")), OK);
    assert_int_equal(write_file(fixture, "none/a", STR("x")), ERR_RESOURCE);
    after = arena_alloc(fixture->scratch, 1);
    assert_ptr_equal(after, before);
}

/* Who had the old file open goes on reading the old file. */
static void test_readers_keep_the_old_file(void **state)
{
    Fixture *fixture = *state;
    char text[8] = {0};
    int fd;

    put(fixture, "a", STR("old"));
    fd = open(z_of(fixture, "a"), O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write_file(fixture, "a", STR("new")), OK);
    assert_int_equal(read(fd, text, sizeof text), 3);
    assert_string_equal(text, "old");
    assert_int_equal(close(fd), 0);
    assert_holds(fixture, "a", "new");
}

/* A reader meets one content or the other, whole, at any moment. */
static void test_no_reader_sees_half_a_file(void **state)
{
    enum { LEN = 200000, N = 100 };
    Fixture *fixture = *state;
    Buf one = buf_new(fixture->arena), two = buf_new(fixture->arena);
    int status = 0;
    pid_t child;

    buf_repeat(&one, STR("1"), LEN);
    buf_repeat(&two, STR("2"), LEN / 2);
    assert_int_equal(write_file(fixture, "a", buf_str(&one)), OK);
    (void)fflush(stdout);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        for (int i = 0; i < N; i++) {
            if (write_file(fixture, "a", buf_str(i % 2 == 0 ? &two : &one)) != OK) {
                _exit(1);
            }
        }
        _exit(0);
    }
    while (waitpid(child, &status, WNOHANG) == 0) {
        ArenaMark mark = arena_mark(fixture->scratch);
        Str got;

        assert_int_equal(
            file_read(fixture->scratch, path_of(fixture, "a"), NO_LIMIT, &got, &fixture->diags),
            OK);
        assert_true(str_eq(got, buf_str(&one)) || str_eq(got, buf_str(&two)));
        arena_release(fixture->scratch, mark);
    }
    assert_int_equal(status, 0);
}

static void test_path_is_a_folder(void **state)
{
    Fixture *fixture = *state;

    assert_int_equal(mkdir(z_of(fixture, "out"), 0755), 0);
    put(fixture, "out/inside", STR("kept"));
    assert_int_equal(write_file(fixture, "out", STR("new")), ERR_RESOURCE);
    assert_holds(fixture, "out/inside", "kept");
    assert_int_equal(n_entries(fixture), 1);
    assert_reported(fixture, report(fixture,
                                    "@: error[LT9005]: cannot write @: Is a directory\n"
                                    "  mend: check the path, its permissions and the disk\n",
                                    "out"));
}

static void test_folder_is_missing(void **state)
{
    Fixture *fixture = *state;

    assert_int_equal(write_file(fixture, "none/a", STR("new")), ERR_RESOURCE);
    assert_reported(fixture, report(fixture,
                                    "@: error[LT9005]: cannot write @: No such file or directory\n"
                                    "  mend: check the path, its permissions and the disk\n",
                                    "none/a"));
}

static void test_folder_is_read_only(void **state)
{
    Fixture *fixture = *state;
    Err err;

    put(fixture, "a", STR("old"));
    assert_int_equal(chmod(z_of(fixture, "a"), 0666), 0);
    assert_int_equal(chmod(fixture->folder, 0555), 0);
    give_up_privileges();
    err = write_file(fixture, "a", STR("new"));
    take_back_privileges();
    assert_int_equal(chmod(fixture->folder, 0755), 0);
    assert_int_equal(err, ERR_RESOURCE);
    assert_holds(fixture, "a", "old");
    assert_int_equal(n_entries(fixture), 1);
    assert_reported(fixture, report(fixture,
                                    "@: error[LT9005]: cannot write @: Permission denied\n"
                                    "  mend: check the path, its permissions and the disk\n",
                                    "a"));
}

/* The disk is full after some bytes: as if nothing had been tried. */
static void test_no_room(void **state)
{
    Fixture *fixture = *state;
    Buf content = buf_new(fixture->arena);
    struct rlimit old, little;
    Err err;

    put(fixture, "a", STR("old"));
    buf_repeat(&content, STR("x"), 100000);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    little = old;
    little.rlim_cur = 5000;
    assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    err = write_file(fixture, "a", buf_str(&content));
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_int_equal(err, ERR_RESOURCE);
    assert_holds(fixture, "a", "old");
    assert_int_equal(n_entries(fixture), 1);
    assert_int_equal(fixture->diags.all.at[0].code, LT9005);
}

/* What was reported must outlive the scratch memory, also where it is the same arena. */
static void test_report_survives_scratch(void **state)
{
    Fixture *fixture = *state;
    Str path = path_of(fixture, "none/a");

    assert_int_equal(file_write(fixture->arena, path, STR("new"), &fixture->diags), ERR_RESOURCE);
    memset(arena_alloc(fixture->arena, 4000), 'x', 4000);
    assert_reported(fixture, report(fixture,
                                    "@: error[LT9005]: cannot write @: No such file or directory\n"
                                    "  mend: check the path, its permissions and the disk\n",
                                    "none/a"));
}

/* A device is written to, not replaced by a file. */
static void test_devices_stay(void **state)
{
    Fixture *fixture = *state;
    struct stat status;

    assert_int_equal(symlink("/dev/null", z_of(fixture, "null")), 0);
    assert_int_equal(symlink("/dev/full", z_of(fixture, "full")), 0);
    assert_int_equal(write_file(fixture, "null", STR("new")), OK);
    assert_reported(fixture, "");
    assert_int_equal(write_file(fixture, "full", STR("new")), ERR_RESOURCE);
    assert_reported(fixture, report(fixture,
                                    "@: error[LT9005]: cannot write @: No space left on device\n"
                                    "  mend: check the path, its permissions and the disk\n",
                                    "full"));
    assert_int_equal(stat(z_of(fixture, "null"), &status), 0);
    assert_true(S_ISCHR(status.st_mode));
    assert_int_equal(stat(z_of(fixture, "full"), &status), 0);
    assert_true(S_ISCHR(status.st_mode));
    assert_int_equal(n_entries(fixture), 2);
}

static void test_standard_output(void **state)
{
    Fixture *fixture = *state;
    int saved, file;
    Err dash, nothing;

    put(fixture, "out", STR(""));
    (void)fflush(stdout);
    saved = dup(STDOUT_FILENO);
    file = open(z_of(fixture, "out"), O_WRONLY | O_CLOEXEC);
    assert_true(saved >= 0 && file >= 0 && dup2(file, STDOUT_FILENO) >= 0);
    dash = file_write(fixture->scratch, STR("-"), STR("陇"), &fixture->diags);
    nothing = file_write(fixture->scratch, STR(""), STR("图\n"), &fixture->diags);
    (void)dup2(saved, STDOUT_FILENO);
    (void)close(saved);
    (void)close(file);
    assert_int_equal(dash, OK);
    assert_int_equal(nothing, OK);
    assert_holds(fixture, "out", "陇图\n");
}

static void test_standard_output_is_full(void **state)
{
    Fixture *fixture = *state;
    int saved, full;
    Err err;

    (void)fflush(stdout);
    saved = dup(STDOUT_FILENO);
    full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    assert_true(saved >= 0 && full >= 0 && dup2(full, STDOUT_FILENO) >= 0);
    err = file_write(fixture->scratch, STR("-"), STR("x"), &fixture->diags);
    (void)dup2(saved, STDOUT_FILENO);
    (void)close(saved);
    (void)close(full);
    assert_int_equal(err, ERR_RESOURCE);
    assert_reported(fixture, "-: error[LT9005]: cannot write -: No space left on device\n"
                             "  mend: check the path, its permissions and the disk\n");
}

/* --- folders and paths --- */

static void test_list(void **state)
{
    static const char *const NAMES[] = {"b.yaml", "a.yaml",  "B.yaml", "兰州.yaml", "a.yml",
                                        "yaml",   ".c.yaml", ".yaml",  "a.yaml.bak"};
    static const char *const WANT[] = {"B.yaml", "a.yaml", "b.yaml", "兰州.yaml"};
    Fixture *fixture = *state;
    StrVec got = {0};

    for (size_t i = 0; i < N_ROWS(NAMES); i++) {
        put(fixture, NAMES[i], STR(""));
    }
    assert_int_equal(
        file_list(fixture->arena, str_z(fixture->folder), STR(".yaml"), &got, &fixture->diags), OK);
    assert_int_equal(got.n, N_ROWS(WANT));
    for (size_t i = 0; i < N_ROWS(WANT); i++) {
        assert_true(str_eq(got.at[i], str_z(WANT[i])));
    }
}

static void test_list_of_what_is_no_folder(void **state)
{
    Fixture *fixture = *state;
    StrVec got = {0};

    put(fixture, "a", STR(""));
    assert_int_equal(
        file_list(fixture->arena, path_of(fixture, "a"), STR(""), &got, &fixture->diags),
        ERR_INPUT);
    assert_int_equal(
        file_list(fixture->arena, path_of(fixture, "none"), STR(""), &got, &fixture->diags),
        ERR_INPUT);
    assert_int_equal(got.n, 0);
    assert_int_equal(diags_errors(&fixture->diags), 2);
    assert_int_equal(fixture->diags.all.at[0].code, LT1001);
}

static void test_is_folder(void **state)
{
    Fixture *fixture = *state;

    put(fixture, "a", STR(""));
    assert_int_equal(symlink(fixture->folder, z_of(fixture, "link")), 0);
    assert_true(file_is_folder(fixture->scratch, str_z(fixture->folder)));
    assert_true(file_is_folder(fixture->scratch, path_of(fixture, "")));
    assert_true(file_is_folder(fixture->scratch, path_of(fixture, "link")));
    assert_false(file_is_folder(fixture->scratch, path_of(fixture, "a")));
    assert_false(file_is_folder(fixture->scratch, path_of(fixture, "none")));
    assert_false(file_is_folder(fixture->scratch, STR("")));
}

static void test_beside(void **state)
{
    static const struct {
        const char *path, *name, *want;
    } ROWS[] = {
        {"a/b.yaml", "c.yaml", "a/c.yaml"},
        {"b.yaml", "c.yaml", "c.yaml"},
        {"/a/b.yaml", "c.yaml", "/a/c.yaml"},
        {"/b.yaml", "c.yaml", "/c.yaml"},
        {"a/b.yaml", "/c.yaml", "/c.yaml"},
        {"a/b.yaml", "../c.yaml", "a/../c.yaml"},
        {"a/b/", "c.yaml", "a/b/c.yaml"},
        {"规划/兰州.yaml", "词典.yaml", "规划/词典.yaml"},
        {"", "c.yaml", "c.yaml"},
        {"a/b.yaml", "", "a/"},
    };
    Fixture *fixture = *state;

    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        Str got = file_beside(fixture->arena, str_z(ROWS[i].path), str_z(ROWS[i].name));

        if (!str_eq(got, str_z(ROWS[i].want))) {
            fail_msg("%s beside %s: %.*s", ROWS[i].name, ROWS[i].path, STR_ARG(got));
        }
    }
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_read),
        TEST(test_read_of_every_length_around_a_block),
        TEST(test_limit_of_reading),
        TEST(test_small_limits),
        TEST(test_endless_input_is_limited),
        TEST(test_what_cannot_be_read),
        TEST(test_read_without_permission),
        TEST(test_write),
        TEST(test_written_files_can_be_read_by_all),
        TEST(test_permissions_of_a_file_stay),
        TEST(test_write_gives_scratch_back),
        TEST(test_readers_keep_the_old_file),
        TEST(test_no_reader_sees_half_a_file),
        TEST(test_path_is_a_folder),
        TEST(test_folder_is_missing),
        TEST(test_folder_is_read_only),
        TEST(test_no_room),
        TEST(test_report_survives_scratch),
        TEST(test_devices_stay),
        TEST(test_standard_output),
        TEST(test_standard_output_is_full),
        TEST(test_list),
        TEST(test_list_of_what_is_no_folder),
        TEST(test_is_folder),
        TEST(test_beside),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
