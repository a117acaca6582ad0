// POSIX files and flock(2).
#include "storage/sqlite/files.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace rollcall::storage::sqlite {
namespace {

Error cannot(std::string_view what, std::filesystem::path const& path, int reason) {
    return unavailable_error(fmt::format("cannot {} {}: {}", what, path.string(),
                                         std::generic_category().message(reason)));
}

std::string content_of(int descriptor) {
    std::array<char, 64> buffer{};
    auto const size = ::pread(descriptor, buffer.data(), buffer.size(), 0);
    return {buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
}

}  // namespace

Status prepare_files(std::filesystem::path const& directory,
                     std::filesystem::path const& database_file) {
    std::error_code error;
    if (auto const parent = std::filesystem::absolute(directory).parent_path(); !parent.empty()) {
        std::filesystem::create_directories(parent, error);
        if (error) return fail(cannot("create directory", parent, error.value()));
    }
    if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) {
        return fail(cannot("create directory", directory, errno));
    }
    // SQLite gives its companion files the permissions of the database file.
    int const descriptor = ::open(database_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return fail(cannot("open", database_file, errno));
    ::close(descriptor);
    return {};
}

Status find_database(std::filesystem::path const& directory,
                     std::filesystem::path const& database_file) {
    std::error_code error;
    if (std::filesystem::exists(database_file, error)) return {};
    if (error) return fail(cannot("look for", database_file, error.value()));
    return fail(
        {ErrorCode::not_found, fmt::format("there is no database in {}", directory.string())});
}

Result<DirectoryLock> DirectoryLock::take(std::filesystem::path const& directory) {
    auto const path = directory / "rollcall.lock";
    int const descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return fail(cannot("open", path, errno));
    DirectoryLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return fail(cannot("lock", path, errno));
        return fail({ErrorCode::conflict,
                     fmt::format("another server is using {} (process {}); stop it, or choose "
                                 "another data directory",
                                 directory.string(), content_of(descriptor))});
    }
    auto const process = std::to_string(::getpid());
    if (::ftruncate(descriptor, 0) != 0 ||
        ::pwrite(descriptor, process.data(), process.size(), 0) < 0) {
        return fail(cannot("write", path, errno));
    }
    return lock;
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

DirectoryLock::~DirectoryLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace rollcall::storage::sqlite
