// Use cases of the schemas that a connection declares, for the developer's backend and the operator
// (docs/schemas.md).
#pragma once

#include "base/clock.hpp"
#include "base/limits.hpp"
#include "base/result.hpp"
#include "crypto/random.hpp"
#include "directory/connection_schema.hpp"
#include "directory/event.hpp"
#include "directory/keys.hpp"
#include "directory/schema_plan.hpp"
#include "runtime/task.hpp"
#include "service/connections.hpp"

#include <string>
#include <vector>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

/// A connection whose schemas the caller may see and change. Made by Schemas only.
struct SchemaOwner {
    directory::ConnectionKey key;
    std::string display_name;
};

/// What belongs to another project or organization is not found. URNs match in any case. No cost
/// depends on the size of the directory. Thread-safe.
class Schemas {
public:
    /// All outlive this object.
    Schemas(storage::Store& store, Clock const& clock, crypto::IdSource& ids, Limits const& limits)
        : store_(store), clock_(clock), ids_(ids), limits_(limits) {}

    /// @errors those common to all of service::Connections.
    Task<Result<SchemaOwner>> open(directory::ProjectKey project, ConnectionReference reference);
    /// For the operator, who needs no credentials.
    /// @errors not_found (no_active_scim_connection).
    Task<Result<SchemaOwner>> open_for_operator(ConnectionId connection);

    /// In order of declaration.
    Task<Result<std::vector<directory::ConnectionSchema>>> list(SchemaOwner owner);
    /// @errors not_found (scim_schema_not_found).
    Task<Result<directory::ConnectionSchema>> get(SchemaOwner owner, std::string urn);
    /// Declares or replaces; writes nothing if the same is declared already.
    /// @errors those of directory::plan_schema; too_many (too_many_scim_schemas); not_found
    ///         (no_active_scim_connection).
    Task<Result<directory::ConnectionSchema>> put(SchemaOwner owner, std::string urn,
                                                  directory::SchemaFields fields);
    /// @return the URN as it was declared.
    /// @errors not_found (scim_schema_not_found, no_active_scim_connection).
    Task<Result<std::string>> remove(SchemaOwner owner, std::string urn);

private:
    [[nodiscard]] std::vector<directory::Event> make_events(SchemaOwner const& owner,
                                                            Timestamp now);

    storage::Store& store_;
    Clock const& clock_;
    crypto::IdSource& ids_;
    Limits const& limits_;
};

}  // namespace rollcall::service
