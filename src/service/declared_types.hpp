// The resource types of connections that declare schemas, ready made.
#pragma once

#include "base/result.hpp"
#include "directory/keys.hpp"
#include "runtime/task.hpp"
#include "scim/resource_types.hpp"
#include "service/per_thread.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

/// Each thread keeps what it made until the definitions change, so that a request does not read
/// them again; at most about `attributes_max` attributes, then it starts anew. Thread-safe.
class DeclaredTypes {
public:
    static constexpr std::size_t attributes_max = 20'000;

    /// The store outlives this object.
    explicit DeclaredTypes(storage::Store& store) : store_(store) {}

    /// Built-in types and what the connection declares; null if it declares nothing. Reads the
    /// store only if the thread does not know this version.
    /// @param version  as the store gave it with the connection's token.
    [[nodiscard]] Task<Result<std::shared_ptr<scim::ResourceTypes const>>> get(
        directory::ConnectionKey key, std::uint64_t version);

private:
    struct Entry {
        std::uint64_t version = 0;
        std::shared_ptr<scim::ResourceTypes const> types;  ///< null: everything was withdrawn
    };
    struct Kept {
        std::map<ConnectionId, Entry> entries;
        std::size_t attributes = 0;  ///< of all that was put in since the map was empty
    };

    static void keep(Kept& kept, ConnectionId const& connection, Entry entry);

    storage::Store& store_;
    PerThread<Kept> kept_;
};

}  // namespace rollcall::service
