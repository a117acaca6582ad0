// SCIM connections for the operator's commands, who own the database and name a connection by its
// id alone.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "crypto/random.hpp"
#include "directory/connection.hpp"
#include "directory/request_note.hpp"
#include "runtime/task.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

/// One option to change, as the operator wrote it: "default" gives it back to the provider.
struct OptionSetting {
    std::string name;
    std::string value;
};

/// Errors common to all: not_found (no active connection of that id).
class OperatorConnections {
public:
    /// All outlive this object.
    OperatorConnections(storage::Store& store, Clock const& clock, crypto::IdSource& ids)
        : store_(store), clock_(clock), ids_(ids) {}

    Task<Result<directory::Connection>> get(ConnectionId id);
    /// Changes the options that are named and leaves the others.
    /// @errors invalid_value (invalid_scim_connection_option); nothing was changed.
    Task<Result<directory::Connection>> set_options(ConnectionId id,
                                                    std::vector<OptionSetting> settings);

    /// The newest notes of its requests, newest first; what a running server has not written yet is
    /// not among them.
    Task<Result<std::vector<directory::RequestNote>>> list_request_notes(
        ConnectionId id, directory::RequestNoteFilter filter, std::size_t limit);

private:
    storage::Store& store_;
    Clock const& clock_;
    crypto::IdSource& ids_;
};

}  // namespace rollcall::service
