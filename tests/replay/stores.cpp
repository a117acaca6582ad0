// Opens stores for conversations.
#include "replay/stores.hpp"

#include "storage/memory/open.hpp"
#include "storage/sqlite/open.hpp"

#include <array>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <stdlib.h>
#include <string>
#include <system_error>

namespace rollcall::replay {
namespace {

/// A directory of its own, removed with the last copy of the opener that uses it.
class TemporaryDirectory {
public:
    TemporaryDirectory() {
        auto pattern = (std::filesystem::temp_directory_path() / "replay-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
        path_ = pattern;
    }
    TemporaryDirectory(TemporaryDirectory const&) = delete;
    TemporaryDirectory& operator=(TemporaryDirectory const&) = delete;
    ~TemporaryDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] std::filesystem::path const& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

tests::OpenStore open_memory() {
    return [](crypto::IdSource& ids, Limits const& limits) {
        return storage::open_memory_store(ids, limits);
    };
}

tests::OpenStore open_sqlite() {
    return [directory = std::make_shared<TemporaryDirectory>()](crypto::IdSource& ids,
                                                                Limits const& limits) {
        return tests::value_of(storage::open_sqlite_store({directory->path(), true}, ids, limits));
    };
}

}  // namespace

std::vector<StoreKind> const& store_kinds() {
    static std::vector<StoreKind> const kinds{
        {"memory", false, open_memory},
        {"sqlite", false, open_sqlite},
        {"sqlite_reopened", true, open_sqlite},
    };
    return kinds;
}

std::vector<StoreKind> open_store_kinds() {
    auto kinds = store_kinds();
    std::erase_if(kinds, [](StoreKind const& kind) { return kind.reopened_each_step; });
    return kinds;
}

}  // namespace rollcall::replay
