// POSIX files, since permissions and the moment of writing matter.
#include "server/encryption_key.hpp"

#include "base/text.hpp"
#include "crypto/base64.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "storage/store.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <filesystem>
#include <stdlib.h>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace rollcall::server {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view form = "must be 32 bytes as hex or base64";

/// Closes when it goes out of scope.
class Descriptor {
public:
    explicit Descriptor(int number) noexcept : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    [[nodiscard]] int get() const noexcept { return number_; }
    [[nodiscard]] bool is_open() const noexcept { return number_ >= 0; }

private:
    int number_;
};

Error cannot(std::string_view what, fs::path const& path, int reason) {
    return unavailable_error(fmt::format("cannot {} {}: {}", what, path.string(),
                                         std::generic_category().message(reason)));
}

Error refused(fs::path const& path, std::string_view why) {
    return {ErrorCode::invalid_value, fmt::format("{}: {}", path.string(), why)};
}

std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() != 2 * crypto::seal_key_bytes) return std::nullopt;
    std::string bytes;
    for (auto const* at = text.data(); at != text.data() + text.size(); at += 2) {
        unsigned byte = 0;
        if (std::from_chars(at, at + 2, byte, 16).ptr != at + 2) return std::nullopt;
        bytes += static_cast<char>(byte);
    }
    return bytes;
}

Status check_permissions(fs::path const& path, int descriptor) {
    struct stat status{};
    if (::fstat(descriptor, &status) != 0) return fail(cannot("look at", path, errno));
    // A mounted secret belongs to a group, often.
    if ((status.st_mode & (S_IRWXO | S_IWGRP)) != 0) {
        return fail(refused(path,
                            "others may read or change this key; give it the mode 0600, or 0640 "
                            "for a group that may read it"));
    }
    return {};
}

/// Absent if there is no such file.
Result<std::optional<Secret>> read_key(fs::path const& path) {
    Descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open() && errno == ENOENT) return std::nullopt;
    if (!file.is_open()) return fail(cannot("read", path, errno));
    CHECK(check_permissions(path, file.get()));
    std::array<char, 256> buffer{};
    auto const size = ::read(file.get(), buffer.data(), buffer.size());
    if (size < 0) return fail(cannot("read", path, errno));
    auto key = parse_encryption_key({buffer.data(), static_cast<std::size_t>(size)});
    if (!key) return fail(refused(path, fmt::format("{}, alone in the file", form)));
    return key;
}

Status flush_directory(fs::path const& directory) {
    Descriptor const opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.is_open() || ::fsync(opened.get()) != 0) {
        return fail(cannot("write", directory, errno));
    }
    return {};
}

Status write_and_flush(fs::path const& path, int descriptor, std::string_view text) {
    auto const size = static_cast<ssize_t>(text.size());
    if (::write(descriptor, text.data(), text.size()) != size || ::fsync(descriptor) != 0) {
        return fail(cannot("write", path, errno));
    }
    return {};
}

/// Makes the file with a random key in it, whole or not at all; leaves one that exists alone.
Status make_key(fs::path const& path) {
    auto const text =
        crypto::encode_base64url(crypto::random_key(crypto::seal_key_bytes).reveal()) + "\n";
    auto draft = path.string() + ".XXXXXX";
    Descriptor const file(::mkostemp(draft.data(), O_CLOEXEC));  // mode 0600
    if (!file.is_open()) return fail(cannot("make", path, errno));
    auto made = write_and_flush(path, file.get(), text);
    if (made && ::link(draft.c_str(), path.c_str()) != 0 && errno != EEXIST) {
        made = fail(cannot("make", path, errno));
    }
    ::unlink(draft.c_str());
    CHECK(made);
    return flush_directory(path.parent_path());
}

/// Whether anything was stored under an encryption key. Costs a look at each project.
Task<Result<bool>> needs_earlier_key(storage::Store& store) {
    CO_TRY(auto const projects, co_await store.list_projects());
    for (auto const& project : projects) {
        CO_TRY(auto const keys, co_await store.list_signing_keys(project.id));
        if (keys && !keys->empty()) co_return true;
    }
    co_return false;
}

/// The key that the variable holds; absent if it is not set.
Result<std::optional<Secret>> key_of_variable(cli::Config const& config) {
    if (!config.encryption_key) return std::nullopt;
    auto key = parse_encryption_key(config.encryption_key->reveal());
    if (key) return key;
    return fail(
        {ErrorCode::invalid_value, fmt::format("{} {}", cli::encryption_key_variable, form)});
}

fs::path default_file(cli::Config const& config) {
    return config.data / "encryption.key";
}

/// What the configuration names and what is there: variable, file of the operator's choice, default
/// file. Absent only if it is the default file that is missing.
Result<std::optional<Secret>> look_for_key(cli::Config const& config) {
    TRY(auto given, key_of_variable(config));
    if (given) return given;
    if (!config.encryption_key_file) return read_key(default_file(config));
    TRY(auto chosen, read_key(*config.encryption_key_file));
    if (!chosen) return fail(refused(*config.encryption_key_file, "there is no such file"));
    return chosen;
}

Status make_default_key(fs::path const& path, storage::Store& store, Blocking& blocking) {
    TRY(auto const needs_earlier, blocking.run(needs_earlier_key(store)));
    if (needs_earlier) {
        return fail(refused(path,
                            "this file is missing, and keys in the database were stored under the "
                            "key in it; put it back, or see docs/configuration.md"));
    }
    return make_key(path);
}

}  // namespace

std::optional<Secret> parse_encryption_key(std::string_view text) {
    text = trim(text);
    auto bytes = from_hex(text);
    if (!bytes) bytes = crypto::decode_base64url(text);
    if (!bytes) bytes = crypto::decode_base64(text);
    if (!bytes || bytes->size() != crypto::seal_key_bytes) return std::nullopt;
    return Secret(*std::move(bytes));
}

Result<Secret> find_encryption_key(cli::Config const& config) {
    TRY(auto key, look_for_key(config));
    if (key) return *std::move(key);
    return fail({ErrorCode::invalid_value,
                 fmt::format("no encryption key at {}; start the server once, or name its key with "
                             "{} or --encryption-key-file",
                             default_file(config).string(), cli::encryption_key_variable)});
}

Result<Secret> provide_encryption_key(cli::Config const& config, storage::Store& store,
                                      Blocking& blocking) {
    TRY(auto key, look_for_key(config));
    if (key) return *std::move(key);
    auto const path = default_file(config);
    CHECK(make_default_key(path, store, blocking));
    TRY(auto made, read_key(path));
    if (!made) return fail(cannot("read", path, ENOENT));
    return *std::move(made);
}

}  // namespace rollcall::server
