// A file system for SQLite whose nth writing operation fails: writes, syncs, truncations.
#pragma once

namespace rollcall::tests {

/// While it lives, it is the default file system of SQLite in this process. One at a time.
class FailingVfs {
public:
    FailingVfs();
    ~FailingVfs();
    FailingVfs(FailingVfs const&) = delete;
    FailingVfs& operator=(FailingVfs const&) = delete;

    /// Lets `operations` more of them succeed and fails all after those, until heal().
    void fail_after(int operations);
    void heal();
    /// True if an operation failed since fail_after().
    [[nodiscard]] bool has_failed() const;
};

}  // namespace rollcall::tests
