// Ready bytes of pages, kept until something under their scope changes. One per thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace rollcall::api::management {

/// A page as it is sent, with what the access log says about it.
struct KeptPage {
    std::shared_ptr<std::string const> body;
    std::string organization;
    std::string connection;
};

/// A map from key to page that forgets what was not asked for longest when it grows beyond its
/// bytes. Not thread-safe: each thread has its own.
class PageCache {
public:
    /// @param bytes_max  with 0 nothing is kept.
    explicit PageCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    /// The page kept under `key` if it was kept with this very generation, else nullptr. Valid
    /// until the next call of a non-const member.
    [[nodiscard]] KeptPage const* find(std::string_view key, std::uint64_t generation);

    /// @param generation  of the page's scope, read before its data was.
    void keep(std::string key, std::uint64_t generation, KeptPage page);

    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

private:
    struct Entry {
        std::string key;
        std::uint64_t generation;
        KeptPage page;
    };
    using Entries = std::list<Entry>;  // most recently used first

    [[nodiscard]] static std::size_t bytes_of(Entry const& entry) noexcept;
    void erase(Entries::iterator entry);

    std::size_t bytes_max_;
    std::size_t bytes_ = 0;
    Entries entries_;
    std::unordered_map<std::string_view, Entries::iterator> index_;  // keys live in entries_
};

}  // namespace rollcall::api::management
