/* Disk: a disk that fails on its n-th call, under the store of a test. */
#ifndef LONGTU_FACTS_TEST_DISK_H
#define LONGTU_FACTS_TEST_DISK_H

#include <sqlite3.h>
#include <stdbool.h>

enum { DISK_READ = 1, DISK_WRITE = 2, DISK_SYNC = 4, DISK_TRUNCATE = 8, DISK_DELETE = 16 };
enum { DISK_CHANGE = DISK_WRITE | DISK_SYNC | DISK_TRUNCATE };

typedef struct {
    sqlite3_vfs vfs;   /* what SQLite calls; stands in for all others while it is in */
    sqlite3_vfs *real; /* where the files lie */
    unsigned kinds;    /* the calls that count */
    long good;         /* how many of them still succeed before one fails; -1: all */
    bool for_good;     /* those after it fail too: the disk stays full */
    int error;         /* SQLITE_FULL or SQLITE_IOERR */
    long n_failed;
    long n_deleted, n_deleted_for_good; /* files, and those whose folder was synced after it */
} Disk;

typedef struct {
    sqlite3_file base;
    Disk *disk;
    sqlite3_file *real; /* lies behind this struct */
} DiskFile;

/* Whether this call of the kind fails. */
static inline bool disk_fails(Disk *disk, unsigned kind)
{
    bool fails = (disk->kinds & kind) != 0 && disk->good == 0;

    if ((disk->kinds & kind) == 0 || disk->good < 0) {
        return false;
    }
    if (disk->good > 0) {
        disk->good--;
    } else if (!disk->for_good) {
        disk->good = -1;
    }
    disk->n_failed += fails;
    return fails;
}

static inline sqlite3_file *disk_real(sqlite3_file *file)
{
    return ((DiskFile *)file)->real;
}

static inline Disk *disk_of(sqlite3_file *file)
{
    return ((DiskFile *)file)->disk;
}

static inline int disk_close(sqlite3_file *file)
{
    return disk_real(file)->pMethods->xClose(disk_real(file));
}

static inline int disk_read(sqlite3_file *file, void *to, int n, sqlite3_int64 at)
{
    return disk_fails(disk_of(file), DISK_READ)
               ? SQLITE_IOERR_READ
               : disk_real(file)->pMethods->xRead(disk_real(file), to, n, at);
}

/* Half of what should be written is, as it is on a real disk. */
static inline int disk_write(sqlite3_file *file, const void *from, int n, sqlite3_int64 at)
{
    bool fails = disk_fails(disk_of(file), DISK_WRITE);
    int result = disk_real(file)->pMethods->xWrite(disk_real(file), from, fails ? n / 2 : n, at);

    return fails ? disk_of(file)->error : result;
}

static inline int disk_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return disk_fails(disk_of(file), DISK_TRUNCATE)
               ? SQLITE_IOERR_TRUNCATE
               : disk_real(file)->pMethods->xTruncate(disk_real(file), size);
}

static inline int disk_sync(sqlite3_file *file, int flags)
{
    return disk_fails(disk_of(file), DISK_SYNC)
               ? SQLITE_IOERR_FSYNC
               : disk_real(file)->pMethods->xSync(disk_real(file), flags);
}

static inline int disk_size(sqlite3_file *file, sqlite3_int64 *out)
{
    return disk_real(file)->pMethods->xFileSize(disk_real(file), out);
}

static inline int disk_lock(sqlite3_file *file, int level)
{
    return disk_real(file)->pMethods->xLock(disk_real(file), level);
}

static inline int disk_unlock(sqlite3_file *file, int level)
{
    return disk_real(file)->pMethods->xUnlock(disk_real(file), level);
}

static inline int disk_reserved(sqlite3_file *file, int *out)
{
    return disk_real(file)->pMethods->xCheckReservedLock(disk_real(file), out);
}

static inline int disk_control(sqlite3_file *file, int op, void *argument)
{
    return disk_real(file)->pMethods->xFileControl(disk_real(file), op, argument);
}

static inline int disk_sector(sqlite3_file *file)
{
    return disk_real(file)->pMethods->xSectorSize(disk_real(file));
}

static inline int disk_device(sqlite3_file *file)
{
    return disk_real(file)->pMethods->xDeviceCharacteristics(disk_real(file));
}

static inline int disk_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags,
                            int *flags_out)
{
    static const sqlite3_io_methods METHODS = {
        .iVersion = 1,
        .xClose = disk_close,
        .xRead = disk_read,
        .xWrite = disk_write,
        .xTruncate = disk_truncate,
        .xSync = disk_sync,
        .xFileSize = disk_size,
        .xLock = disk_lock,
        .xUnlock = disk_unlock,
        .xCheckReservedLock = disk_reserved,
        .xFileControl = disk_control,
        .xSectorSize = disk_sector,
        .xDeviceCharacteristics = disk_device,
    };
    DiskFile *ours = (DiskFile *)file;
    int result;

    ours->disk = vfs->pAppData;
    ours->real = (sqlite3_file *)(ours + 1);
    result = ours->disk->real->xOpen(ours->disk->real, name, ours->real, flags, flags_out);
    ours->base.pMethods = ours->real->pMethods == NULL ? NULL : &METHODS;
    return result;
}

static inline int disk_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    Disk *disk = vfs->pAppData;

    disk->n_deleted++;
    disk->n_deleted_for_good += sync_folder != 0;
    return disk_fails(disk, DISK_DELETE) ? SQLITE_IOERR_DELETE
                                         : disk->real->xDelete(disk->real, name, sync_folder);
}

/* From now on files are opened through the disk. */
static inline void disk_in(Disk *disk, unsigned kinds, long good, bool for_good, int error)
{
    *disk = (Disk){.real = sqlite3_vfs_find(NULL),
                   .kinds = kinds,
                   .good = good,
                   .for_good = for_good,
                   .error = error};
    disk->vfs = *disk->real; /* what is not replaced does not ask whose it is */
    disk->vfs.pNext = NULL;
    disk->vfs.zName = "failing";
    disk->vfs.pAppData = disk;
    disk->vfs.szOsFile = (int)sizeof(DiskFile) + disk->real->szOsFile;
    disk->vfs.xOpen = disk_open;
    disk->vfs.xDelete = disk_delete;
    (void)sqlite3_vfs_register(&disk->vfs, 1);
}

/* Files that were opened through it must be closed before it goes. */
static inline void disk_out(Disk *disk)
{
    (void)sqlite3_vfs_unregister(&disk->vfs);
    (void)sqlite3_vfs_register(disk->real, 1);
}

#endif
