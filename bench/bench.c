/* Bench: the goals of speed and memory, measured against a peer in the same run.
 *
 *   bench LONGTU FOLDER [ROWS]
 *
 * Imports a CSV of ROWS rows (ten million unless said) into a new store, and lets sqlite3 import
 * the same file into a table, both on one core with one durable commit at the end; then assesses
 * the three plans from a cold start. */
#include "base/period.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    double seconds;
    double mebibytes; /* largest resident set */
    int status;
} Run;

static double now(void)
{
    struct timespec at;

    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

/* Runs a program to its end on one core, its output thrown away. */
static Run run(const char *const *argv)
{
    double start = now();
    struct rusage usage;
    int status;
    pid_t child = fork();

    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        cpu_set_t one;

        CPU_ZERO(&one);
        CPU_SET(0, &one);
        (void)sched_setaffinity(0, sizeof one, &one);
        (void)dup2(nowhere, STDOUT_FILENO);
        (void)dup2(nowhere, STDERR_FILENO);
        (void)execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        perror("bench");
        exit(4);
    }
    return (Run){now() - start, (double)usage.ru_maxrss / 1024,
                 WIFEXITED(status) ? WEXITSTATUS(status) : 128};
}

static void must(Run result, const char *what)
{
    if (result.status != 0) {
        (void)fprintf(stderr, "bench: %s ended with status %d\n", what, result.status);
        exit(4);
    }
}

/* Hourly PM2.5 of fourteen prefectures, in order of time: rows that a monitoring network sends. */
static void write_rows(const char *path, long n)
{
    static const char *const PLACES[] = {"620100", "620200", "620300", "620400", "620500",
                                         "620600", "620700", "620800", "620900", "621000",
                                         "621100", "621200", "622900", "623000"};
    enum { N_PLACES = sizeof PLACES / sizeof PLACES[0] };
    FILE *file = fopen(path, "w");
    uint64_t seed = 88172645463325252;
    Period hour = {PERIOD_HOUR, period_start_day(period_year(1940)) * 24};
    char text[PERIOD_TEXT];

    if (file == NULL) {
        perror(path);
        exit(4);
    }
    (void)fputs("measure,entity,period,value,unit,status,source,known_at\n", file);
    for (long i = 0; i < n; i++) {
        Str at = period_format(period_add(hour, i / N_PLACES), text);

        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (void)fprintf(file, "pm25_mean,%s,%.*s,%d.%d,ug/m3,A,network,2025-01-01\n",
                      PLACES[i % N_PLACES], STR_ARG(at), (int)((seed >> 40) % 180),
                      (int)((seed >> 20) % 10));
    }
    if (fclose(file) != 0) {
        perror(path);
        exit(4);
    }
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double size_mebibytes(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 ? (double)status.st_size / (1 << 20) : 0;
}

static void bench_import(const char *longtu, const char *folder, long rows)
{
    char csv[512], ours[512], peer[512], command[1200];
    Run mine, theirs;

    (void)snprintf(csv, sizeof csv, "%s/rows-%ld.csv", folder, rows);
    (void)snprintf(ours, sizeof ours, "%s/ours.db", folder);
    (void)snprintf(peer, sizeof peer, "%s/peer.db", folder);
    if (access(csv, R_OK) != 0) {
        write_rows(csv, rows);
    }
    (void)unlink(ours);
    (void)unlink(peer);
    mine = run((const char *const[]){longtu, "import", csv, "--store", ours, NULL});
    must(mine, "longtu import");
    (void)snprintf(command, sizeof command, ".import --csv --skip 1 %s observation", csv);
    theirs =
        run((const char *const[]){"sqlite3", peer,
                                  "PRAGMA synchronous = FULL; CREATE TABLE observation(measure "
                                  "TEXT, entity TEXT, period TEXT, value REAL, "
                                  "unit TEXT, status TEXT, source TEXT, known_at TEXT);",
                                  command, NULL});
    must(theirs, "sqlite3 .import");
    (void)printf("import of %ld rows (%.0f MiB of CSV), one core, one durable commit\n", rows,
                 size_mebibytes(csv));
    (void)printf("                      seconds      rows/s   peak MiB   store MiB\n");
    (void)printf(
        "  longtu import      %8.2f  %10.0f  %9.1f  %10.1f   (goal: 500000 rows/s, 64 MiB)\n",
        mine.seconds, (double)rows / mine.seconds, mine.mebibytes, size_mebibytes(ours));
    (void)printf("  sqlite3 .import    %8.2f  %10.0f  %9.1f  %10.1f\n", theirs.seconds,
                 (double)rows / theirs.seconds, theirs.mebibytes, size_mebibytes(peer));
    (void)printf("  ratio              %8.2f times as fast as the peer\n\n",
                 theirs.seconds / mine.seconds);
    (void)unlink(ours);
    (void)unlink(peer);
}

static void bench_assess(const char *longtu, const char *folder)
{
    enum { TIMES = 31 };
    char store[512];
    double seconds[TIMES], most = 0;

    (void)snprintf(store, sizeof store, "%s/gansu.db", folder);
    (void)unlink(store);
    must(run((const char *const[]){longtu, "import", "--store", store, "data/gansu/sources.csv",
                                   "data/gansu/economy.csv", "data/gansu/environment.csv",
                                   "data/gansu/innovation.csv", "data/gansu/land.csv",
                                   "data/gansu/living.csv", "data/gansu/population.csv", NULL}),
         "longtu import");
    for (int i = 0; i < TIMES; i++) {
        Run one =
            run((const char *const[]){longtu, "assess", "plans/gansu", "--store", store, NULL});

        must(one, "longtu assess");
        seconds[i] = one.seconds;
        most = one.mebibytes > most ? one.mebibytes : most;
    }
    qsort(seconds, TIMES, sizeof seconds[0], by_value);
    (void)printf("assess of the three plans, each run a new process\n");
    (void)printf("  median %.1f ms, slowest %.1f ms of %d, peak %.1f MiB   (goal: 20 ms)\n",
                 seconds[TIMES / 2] * 1e3, seconds[TIMES - 1] * 1e3, TIMES, most);
}

int main(int argc, char **argv)
{
    long rows = argc > 3 ? strtol(argv[3], NULL, 10) : 10000000;

    if (argc < 3 || rows <= 0) {
        (void)fputs("usage: bench LONGTU FOLDER [ROWS]\n", stderr);
        return 2;
    }
    if (mkdir(argv[2], 0755) != 0 && errno != EEXIST) {
        perror(argv[2]);
        return 4;
    }
    bench_import(argv[1], argv[2], rows);
    bench_assess(argv[1], argv[2]);
    return 0;
}
