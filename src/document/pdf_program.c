/* PdfProgram: pdftotext as a process of its own, with limits. */
#include "document/pdf_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_MESSAGE = 4096, NOT_FOUND = 127 };

typedef struct {
    Buf out, err;
    bool too_long, too_late;
    int status; /* of waitpid */
} Run;

static int64_t now_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The content as a file without a name, at its start; -1 with errno. */
static int content_file(Str content)
{
    int fd = memfd_create("longtu", MFD_CLOEXEC);

    while (fd >= 0 && content.len > 0) {
        ssize_t n = write(fd, content.at, content.len);

        if (n < 0 && errno != EINTR) {
            (void)close(fd);
            return -1;
        }
        content = str_slice(content, n > 0 ? (size_t)n : 0, content.len);
    }
    if (fd >= 0 && lseek(fd, 0, SEEK_SET) != 0) {
        (void)close(fd);
        return -1;
    }
    return fd;
}

static void limit(__rlimit_resource_t what, size_t value)
{
    struct rlimit to = {(rlim_t)value, (rlim_t)value};

    (void)setrlimit(what, &to);
}

static _Noreturn void become_program(int in, int out, int err, PdfLimits limits)
{
    static const char *const ARGS[] = {"pdftotext", "-layout", "-enc", "UTF-8", "-", "-", NULL};

    if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
        dup2(err, STDERR_FILENO) < 0) {
        _exit(NOT_FOUND);
    }
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CPU, (size_t)limits.cpu_s);
    limit(RLIMIT_AS, limits.memory);
    (void)execvp(ARGS[0], (char *const *)(uintptr_t)ARGS);
    _exit(NOT_FOUND);
}

/* What there is to read, up to `max`; false at the end. */
static bool read_some(int fd, Buf *buf, size_t max, bool *too_long)
{
    char piece[16 << 10];
    ssize_t n = read(fd, piece, sizeof piece);

    if (n < 0) {
        return errno == EINTR || errno == EAGAIN;
    }
    if (n > 0 && buf->len + (size_t)n > max) {
        *too_long = true;
        n = (ssize_t)(max - buf->len);
        buf_add(buf, (Str){piece, (size_t)n});
        return true;
    }
    buf_add(buf, (Str){piece, (size_t)n});
    return n > 0;
}

/* Reads until both are closed; `end` is when it must have. */
static void collect(Run *run, int out, int err, PdfLimits limits, int64_t end)
{
    struct pollfd files[] = {{out, POLLIN, 0}, {err, POLLIN, 0}};
    bool ignored = false; /* whatever more is said on standard error */

    while ((files[0].fd >= 0 || files[1].fd >= 0) && !run->too_long) {
        int64_t left = end - now_ms();
        int n = left <= 0 ? 0 : poll(files, 2, (int)left);

        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            run->too_late = true;
            return;
        }
        if (files[0].revents != 0 && !read_some(out, &run->out, limits.output, &run->too_long)) {
            files[0].fd = -1;
        }
        if (files[1].revents != 0 && !read_some(err, &run->err, MAX_MESSAGE, &ignored)) {
            files[1].fd = -1;
        }
    }
}

/* Waits for the program, which may have closed its output and go on; it is killed at `end`. */
static void wait_for(Run *run, pid_t child, int64_t end)
{
    static const struct timespec STEP = {.tv_nsec = 2000000};

    for (;;) {
        bool stop = run->too_long || run->too_late;
        pid_t done;

        if (stop) {
            (void)kill(child, SIGKILL);
        }
        done = waitpid(child, &run->status, stop ? 0 : WNOHANG);
        if (done == child || (done < 0 && errno != EINTR)) {
            return;
        }
        if (done == 0) {
            run->too_late = now_ms() >= end;
            (void)nanosleep(&STEP, NULL);
        }
    }
}

/* 0, or an errno. */
static int run_program(Run *run, Str content, PdfLimits limits)
{
    int in = content_file(content), out[2] = {-1, -1}, err[2] = {-1, -1}, failure = 0;
    int64_t end = now_ms() + limits.wall_ms;
    pid_t child = -1;

    if (in < 0 || pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0) {
        failure = errno;
        goto done;
    }
    child = fork();
    if (child == 0) {
        become_program(in, out[1], err[1], limits);
    }
    if (child < 0) {
        failure = errno;
        goto done;
    }
    (void)close(out[1]);
    (void)close(err[1]);
    out[1] = err[1] = -1;
    collect(run, out[0], err[0], limits, end);
    wait_for(run, child, end);
done:
    for (int i = 0; i < 2; i++) {
        if (out[i] >= 0) {
            (void)close(out[i]);
        }
        if (err[i] >= 0) {
            (void)close(err[i]);
        }
    }
    if (in >= 0) {
        (void)close(in);
    }
    return failure;
}

static Err stopped(Builder *builder, Str limit_text)
{
    diag_add(builder->diags, LT1029, place_file(builder->name), STR("pdftotext"), limit_text);
    return ERR_INPUT;
}

static Err failed(Builder *builder, Str reason)
{
    diag_add(builder->diags, LT1028, place_file(builder->name), STR("pdftotext"), reason);
    return ERR_RESOURCE;
}

Err pdf_text(Builder *builder, Str content, PdfLimits limits, Str *out)
{
    Run run = {.out = buf_new(builder->arena), .err = buf_new(builder->arena)};
    char reason[128];
    int failure = run_program(&run, content, limits);
    Str message, line;

    if (failure != 0) {
        return failed(builder, str_z(strerror_r(failure, reason, sizeof reason)));
    }
    if (run.too_long) {
        return stopped(builder, str_format(builder->arena, "%zu MiB", limits.output >> 20));
    }
    if (run.too_late || (WIFSIGNALED(run.status) &&
                         (WTERMSIG(run.status) == SIGXCPU || WTERMSIG(run.status) == SIGKILL))) {
        return stopped(builder, str_format(builder->arena, "%d s",
                                           run.too_late ? limits.wall_ms / 1000 : limits.cpu_s));
    }
    message = buf_str(&run.err);
    if (WIFEXITED(run.status) && WEXITSTATUS(run.status) == 0) {
        *out = buf_str(&run.out);
        return OK;
    }
    if (WIFSIGNALED(run.status) || str_find(message, STR("Out of memory")) != SIZE_MAX ||
        str_find(message, STR("bad_alloc")) != SIZE_MAX) {
        return stopped(builder, str_format(builder->arena, "%zu MiB", limits.memory >> 20));
    }
    if (WEXITSTATUS(run.status) == NOT_FOUND) {
        return failed(builder, str_z(strerror_r(ENOENT, reason, sizeof reason)));
    }
    if (str_find(message, STR("Incorrect password")) != SIZE_MAX) {
        diag_add(builder->diags, LT1024, place_file(builder->name), builder->name);
        return ERR_INPUT;
    }
    line = str_trim(str_cut(message, '\n', &message));
    diag_add(builder->diags, LT1023, place_file(builder->name), builder->name,
             line.len > 0 ? line : STR("PDF"));
    return ERR_INPUT;
}
