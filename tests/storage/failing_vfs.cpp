// A shim around SQLite's own file system (https://www.sqlite.org/vfs.html).
#include "failing_vfs.hpp"

#include <sqlite3.h>

#include <atomic>
#include <limits>

namespace rollcall::tests {
namespace {

constexpr int unlimited = std::numeric_limits<int>::max();
std::atomic<int> operations_left = unlimited;
std::atomic<bool> failed = false;

bool must_fail() {
    if (operations_left == unlimited) return false;
    if (operations_left.fetch_sub(1) > 0) return false;
    operations_left = 0;
    failed = true;
    return true;
}

/// Our file, with the real one behind it in the same allocation.
struct File {
    sqlite3_file base;
    sqlite3_file* real;
};

sqlite3_file* real(sqlite3_file* file) {
    return reinterpret_cast<File*>(file)->real;
}

sqlite3_io_methods const methods{
    .iVersion = 2,
    .xClose = [](sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); },
    .xRead = [](sqlite3_file* f, void* to, int size,
                sqlite3_int64 at) { return real(f)->pMethods->xRead(real(f), to, size, at); },
    .xWrite =
        [](sqlite3_file* f, void const* from, int size, sqlite3_int64 at) {
            if (must_fail()) return SQLITE_IOERR_WRITE;
            return real(f)->pMethods->xWrite(real(f), from, size, at);
        },
    .xTruncate =
        [](sqlite3_file* f, sqlite3_int64 size) {
            if (must_fail()) return SQLITE_IOERR_TRUNCATE;
            return real(f)->pMethods->xTruncate(real(f), size);
        },
    .xSync =
        [](sqlite3_file* f, int flags) {
            if (must_fail()) return SQLITE_IOERR_FSYNC;
            return real(f)->pMethods->xSync(real(f), flags);
        },
    .xFileSize = [](sqlite3_file* f,
                    sqlite3_int64* size) { return real(f)->pMethods->xFileSize(real(f), size); },
    .xLock = [](sqlite3_file* f, int lock) { return real(f)->pMethods->xLock(real(f), lock); },
    .xUnlock = [](sqlite3_file* f, int lock) { return real(f)->pMethods->xUnlock(real(f), lock); },
    .xCheckReservedLock =
        [](sqlite3_file* f, int* held) {
            return real(f)->pMethods->xCheckReservedLock(real(f), held);
        },
    .xFileControl =
        [](sqlite3_file* f, int what, void* argument) {
            return real(f)->pMethods->xFileControl(real(f), what, argument);
        },
    .xSectorSize = [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); },
    .xDeviceCharacteristics =
        [](sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); },
    .xShmMap =
        [](sqlite3_file* f, int page, int size, int extend, void volatile** map) {
            return real(f)->pMethods->xShmMap(real(f), page, size, extend, map);
        },
    .xShmLock =
        [](sqlite3_file* f, int offset, int count, int flags) {
            return real(f)->pMethods->xShmLock(real(f), offset, count, flags);
        },
    .xShmBarrier = [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); },
    .xShmUnmap = [](sqlite3_file* f,
                    int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); },
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

sqlite3_vfs* original() {
    static sqlite3_vfs* const vfs = sqlite3_vfs_find(nullptr);
    return vfs;
}

int open(sqlite3_vfs*, char const* name, sqlite3_file* file, int flags, int* out_flags) {
    auto* ours = reinterpret_cast<File*>(file);
    ours->real = reinterpret_cast<sqlite3_file*>(ours + 1);
    int const code = original()->xOpen(original(), name, ours->real, flags, out_flags);
    ours->base.pMethods = ours->real->pMethods ? &methods : nullptr;
    return code;
}

sqlite3_vfs make_shim() {
    auto vfs = *original();
    vfs.zName = "failing";
    vfs.pNext = nullptr;
    vfs.szOsFile += static_cast<int>(sizeof(File));
    vfs.xOpen = open;
    return vfs;
}

// The rest of the original's functions do not look at the structure they are called with, except
// for pAppData, which is the same.
sqlite3_vfs& shim() {
    static sqlite3_vfs vfs = make_shim();
    return vfs;
}

}  // namespace

FailingVfs::FailingVfs() {
    heal();
    sqlite3_vfs_register(&shim(), 1);
}

FailingVfs::~FailingVfs() {
    heal();
    sqlite3_vfs_register(original(), 1);
    sqlite3_vfs_unregister(&shim());
}

void FailingVfs::fail_after(int operations) {
    failed = false;
    operations_left = operations;
}

void FailingVfs::heal() {
    operations_left = unlimited;
}

bool FailingVfs::has_failed() const {
    return failed;
}

}  // namespace rollcall::tests
