// Use cases of SCIM connections for the developer's backend (contract §2).
#pragma once

#include "base/clock.hpp"
#include "base/limits.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/random.hpp"
#include "directory/connection.hpp"
#include "directory/connection_plan.hpp"
#include "directory/group.hpp"
#include "directory/keys.hpp"
#include "directory/request_note.hpp"
#include "runtime/task.hpp"
#include "service/cursor_signers.hpp"
#include "service/permit.hpp"
#include "service/policies.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

struct ConnectionView {
    directory::Connection connection;
    /// Those of roles that exist. One that names a role which is gone has no effect; it shows again
    /// when the role is back (directory behaviour §4.1).
    std::vector<directory::NamedRoleAssignment> role_assignments;
};

/// A connection with a bearer token in the only moment it can be shown: the current token after
/// create, the next one after start_rotation.
struct ConnectionWithToken {
    ConnectionView view;
    Secret token;
};

/// Which connection a request speaks about, as it was written.
struct ConnectionReference {
    std::string organization;  ///< id, slug or external id
    std::string connection;
};

struct GroupsPage {
    OrganizationId organization;
    ConnectionId connection;
    std::vector<directory::GroupSummary> groups;
    std::optional<std::string> next_cursor;
};

struct RequestNotesPage {
    OrganizationId organization;
    ConnectionId connection;
    std::vector<directory::RequestNote> notes;
    std::optional<std::string> next_cursor;
};

/// Bearer tokens live five years unless configured otherwise (contract §2.2).
inline constexpr std::chrono::days default_token_lifetime{5 * 365};

/// What belongs to another project or organization is not found. Thread-safe.
///
/// Errors common to all: those of service::Organizations for the organization's reference; where a
/// connection is needed, not_found (no_active_scim_connection) and invalid_value (id of the other
/// environment).
class Connections {
public:
    /// All but `token_lifetime` outlive this object.
    Connections(storage::Store& store, Policies& policies, Clock const& clock,
                crypto::IdSource& ids, Limits const& limits,
                std::chrono::seconds token_lifetime = default_token_lifetime)
        : store_(store),
          policies_(policies),
          clock_(clock),
          ids_(ids),
          limits_(limits),
          token_lifetime_(token_lifetime),
          cursor_signers_(store) {}

    /// @errors those of directory::plan_connection_creation; conflict
    ///         (active_scim_connection_exists).
    Task<Result<ConnectionWithToken>> create(directory::ProjectKey project,
                                             std::string organization,
                                             directory::ConnectionFields fields);
    Task<Result<ConnectionView>> get(directory::ProjectKey project, std::string organization);
    Task<Result<ConnectionView>> get(directory::ProjectKey project, ConnectionReference reference);
    /// Replaces all options. Nothing is written if they are these already.
    Task<Result<ConnectionView>> set_options(directory::ProjectKey project,
                                             ConnectionReference reference,
                                             directory::ConnectionOptions options);
    /// @errors those of directory::plan_connection_update and of `permit`.
    Task<Result<ConnectionView>> update(directory::ProjectKey project,
                                        ConnectionReference reference,
                                        directory::ConnectionFields fields, Permit permit);
    Task<Result<ConnectionId>> remove(directory::ProjectKey project, ConnectionReference reference);

    /// Replaces a next token that is pending already.
    Task<Result<ConnectionWithToken>> start_rotation(directory::ProjectKey project,
                                                     ConnectionReference reference);
    /// @errors conflict (scim_connection_not_rotating_token).
    Task<Result<ConnectionView>> complete_rotation(directory::ProjectKey project,
                                                   ConnectionReference reference);
    /// @errors as complete_rotation.
    Task<Result<ConnectionView>> cancel_rotation(directory::ProjectKey project,
                                                 ConnectionReference reference);

    /// The groups after `cursor`, in order of creation.
    /// @param limit  1 to limits.groups_page_max.
    /// @errors invalid_cursor (user_search_invalid_cursor).
    Task<Result<GroupsPage>> list_groups(directory::ProjectKey project,
                                         ConnectionReference reference,
                                         std::optional<std::string> cursor, std::size_t limit);

    /// The connection's request notes after `cursor`, newest first.
    /// @errors as list_groups.
    Task<Result<RequestNotesPage>> list_request_notes(directory::ProjectKey project,
                                                      ConnectionReference reference,
                                                      directory::RequestNoteFilter filter,
                                                      std::optional<std::string> cursor,
                                                      std::size_t limit);

    /// Moves before any change under the project or organization with that uuid is acknowledged.
    /// What was read after reading it is current for as long as it stays.
    [[nodiscard]] std::uint64_t generation(Uuid const& scope) const noexcept;

private:
    struct NewToken {
        Secret secret;
        directory::BearerToken record;
    };
    enum class RotationEnd : std::uint8_t { complete, cancel };

    [[nodiscard]] NewToken make_token(Timestamp now) const;
    [[nodiscard]] std::vector<directory::Event> make_events(directory::EventAction action,
                                                            ConnectionId const& connection,
                                                            std::string label, Timestamp now);
    /// The key alone, which costs one indexed read.
    Task<Result<directory::ConnectionKey>> get_key(directory::ProjectKey project,
                                                   ConnectionReference reference);
    Task<Result<ConnectionView>> end_rotation(directory::ProjectKey project,
                                              ConnectionReference reference, RotationEnd how);

    storage::Store& store_;
    Policies& policies_;
    Clock const& clock_;
    crypto::IdSource& ids_;
    Limits const& limits_;
    std::chrono::seconds token_lifetime_;
    CursorSigners cursor_signers_;
};

}  // namespace rollcall::service
