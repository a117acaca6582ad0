// Least recently used pages leave first.
#include "api/management/page_cache.hpp"

namespace rollcall::api::management {
namespace {

// List node, index node and bucket, allocator overhead.
constexpr std::size_t bookkeeping_bytes = 256;

}  // namespace

KeptPage const* PageCache::find(std::string_view key, std::uint64_t generation) {
    auto const found = index_.find(key);
    if (found == index_.end()) return nullptr;
    auto const entry = found->second;
    if (entry->generation != generation) {
        erase(entry);
        return nullptr;
    }
    if (entry != entries_.begin()) entries_.splice(entries_.begin(), entries_, entry);
    return &entry->page;
}

void PageCache::keep(std::string key, std::uint64_t generation, KeptPage page) {
    if (auto const old = index_.find(key); old != index_.end()) erase(old->second);
    entries_.push_front({std::move(key), generation, std::move(page)});
    auto const entry = entries_.begin();
    bytes_ += bytes_of(*entry);
    index_.emplace(entry->key, entry);
    while (bytes_ > bytes_max_) erase(std::prev(entries_.end()));
}

std::size_t PageCache::bytes_of(Entry const& entry) noexcept {
    return entry.page.body->capacity() + entry.key.capacity() + entry.page.organization.capacity() +
           entry.page.connection.capacity() + bookkeeping_bytes;
}

void PageCache::erase(Entries::iterator entry) {
    bytes_ -= bytes_of(*entry);
    index_.erase(entry->key);
    entries_.erase(entry);
}

}  // namespace rollcall::api::management
