// The one seam to the database; read this to learn the system.
//
// Methods are transactions: each is atomic, and a method that changes something returns success
// only after the change is durable. Nothing above can hold a transaction open. A read sees every
// change whose method has returned, in any thread. Every tenant method takes a key; only this
// interface makes keys. All methods may be called from any io thread and may suspend.
//
// Errors common to all: `unavailable` (database busy beyond its limit, disk full, queue full;
// nothing was changed), `internal` (the database failed; nothing was changed). A method lists what
// it adds. Not-found is an empty optional in `find_…` and an error in everything else. An object of
// another tenant is never found.
//
// Each change appends its events to the outbox in the same transaction, in order.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "directory/connection.hpp"
#include "directory/connection_schema.hpp"
#include "directory/event.hpp"
#include "directory/group.hpp"
#include "directory/keys.hpp"
#include "directory/member.hpp"
#include "directory/member_query.hpp"
#include "directory/organization.hpp"
#include "directory/organization_query.hpp"
#include "directory/policy.hpp"
#include "directory/project.hpp"
#include "directory/query.hpp"
#include "directory/request_note.hpp"
#include "directory/user.hpp"
#include "runtime/task.hpp"
#include "storage/session_store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rollcall::storage {

using directory::ConnectionKey;

/// An organization with what is shown on it (contract §3.1).
struct OrganizationRecord {
    OrganizationKey key;
    directory::Organization organization;
    std::optional<directory::Connection> active_connection;
    directory::OrganizationPolicy policy{};  ///< as stored, see get_organization_policy
};

/// Those found, in order of creation.
struct OrganizationPage : directory::SearchProgress {
    std::vector<OrganizationRecord> organizations;
};

struct ConnectionRecord {
    ConnectionKey key;
    directory::Connection connection;
    std::vector<directory::NamedRoleAssignment> role_assignments;  ///< groups that exist, by name
};

/// Who a bearer token speaks for, with what every SCIM request needs.
struct AuthenticatedConnection {
    ConnectionKey key;
    directory::IdentityProvider identity_provider;
    directory::ConnectionOptions options;
    std::uint64_t schemas_version = 0;  ///< as in list_schemas
};

/// A change of a connection's own fields; absent means untouched.
struct ConnectionChange {
    std::optional<std::string> display_name;
    std::optional<directory::IdentityProvider> identity_provider;
    std::optional<directory::ConnectionOptions> options{};           ///< replaces all
    std::optional<directory::ConnectionOptions> expected_options{};  ///< that it is planned for
    std::optional<std::vector<directory::RoleAssignment>> role_assignments;  ///< replaces all
    std::vector<directory::Event> events;
    Timestamp now;
};

enum class Rotation : std::uint8_t { complete, cancel };

/// An event with its place in the order. Positions grow, and may have gaps.
struct StoredEvent {
    std::int64_t position = 0;
    directory::Event event;
};

/// A note with its place in the order of its connection's notes.
struct StoredRequestNote {
    std::int64_t position = 0;
    directory::RequestNote note;
};

class Store : public SessionStore {
public:
    // --- Server -------------------------------------------------------------------------------

    /// A key of this installation, made on first use and the same ever after: signs cursors.
    virtual Task<Result<Secret>> cursor_key() = 0;

    /// A counter for everything under a project or an organization (its uuid), without I/O. It has
    /// moved before a change below that scope is acknowledged. Different scopes may share a
    /// counter. Read it before reading data: a page read then is current for as long as it has not
    /// moved.
    [[nodiscard]] virtual std::uint64_t generation(Uuid const& scope) const noexcept = 0;

    /// Removes rows of deleted organizations, connections and groups, at most about `rows_max` of
    /// them. True if there may be more. Nothing visible changes, but that events of deleted
    /// organizations go; the newest event of all stays.
    virtual Task<Result<bool>> purge(std::size_t rows_max) = 0;

    /// Makes the database file self-contained and stops accepting work. Idempotent.
    virtual Task<Status> close() = 0;

    // --- Projects -----------------------------------------------------------------------------

    /// @errors uniqueness (the id exists).
    virtual Task<Status> create_project(directory::Project project,
                                        directory::ProjectSecret secret) = 0;
    /// Creates the project and the secret as far as they are missing; keeps what exists. A revoked
    /// secret stays revoked.
    virtual Task<Status> ensure_project(directory::Project project,
                                        directory::ProjectSecret secret) = 0;
    virtual Task<Result<std::vector<directory::Project>>> list_projects() = 0;
    /// @errors not_found.
    virtual Task<Result<directory::Project>> get_project(ProjectKey project) = 0;
    /// The key of that project, for the operator's commands: who has the database needs no
    /// credential. No API may call it.
    virtual Task<Result<std::optional<ProjectKey>>> find_project_for_operator(ProjectId id) = 0;
    /// @errors not_found (project); too_many (Limits::project_secrets_max live ones).
    virtual Task<Status> create_secret(ProjectId project, directory::ProjectSecret secret) = 0;
    /// @errors not_found (project). Revoked ones are listed too. By creation.
    virtual Task<Result<std::vector<directory::ProjectSecret>>> list_secrets(ProjectId project) = 0;
    /// Revoking twice is harmless.
    /// @param keep_last  refuse if no other secret of the project lives.
    /// @errors not_found (project or secret); conflict with kind cannot_revoke_last_project_secret.
    virtual Task<Status> revoke_secret(ProjectId project, Uuid secret, Timestamp now,
                                       bool keep_last) = 0;

    /// The project's key, if `secret` is the digest of one of its live secrets. Digests are
    /// compared in constant time.
    virtual Task<Result<std::optional<ProjectKey>>> authenticate_project(ProjectId project,
                                                                         Digest secret) = 0;

    // --- Organizations ------------------------------------------------------------------------

    /// @errors uniqueness with kind organization_slug_already_used or
    ///         organization_external_id_already_used, if another organization of the project has
    ///         the slug, or the external id, as its slug or its external id: a reference may name
    ///         one alone (contract §1.10).
    virtual Task<Result<OrganizationRecord>> create_organization(
        ProjectKey project, directory::Organization organization,
        std::vector<directory::Event> events) = 0;
    /// `reference` is an id, else a slug, else an external id, in that order (contract §1.10).
    virtual Task<Result<std::optional<OrganizationKey>>> find_organization(
        ProjectKey project, std::string reference) = 0;
    virtual Task<Result<std::optional<OrganizationRecord>>> find_organization_record(
        ProjectKey project, std::string reference) = 0;
    /// Costs the organizations looked at: the candidates, or with none all behind `query.after`, up
    /// to `query.examined_max`; and the addresses of members that `query.holds` asks for. Those of
    /// one organization are never looked at in part, so `query.addresses_max` may be exceeded by
    /// the addresses of one.
    virtual Task<Result<OrganizationPage>> list_organizations(
        ProjectKey project, directory::OrganizationQuery query) = 0;
    /// How many members are not deleted. Costs an index entry for each; not on an io thread.
    /// @errors not_found.
    virtual Task<Result<std::uint64_t>> count_members(OrganizationKey key) = 0;
    /// Replaces name, slug, logo, external id, metadata and settings if `updated_at` is still
    /// `expected_updated_at`.
    /// @errors not_found, uniqueness (as create), precondition_failed (changed meanwhile).
    virtual Task<Result<OrganizationRecord>> update_organization(
        OrganizationKey key, directory::Organization organization, Timestamp expected_updated_at,
        std::vector<directory::Event> events) = 0;
    /// The organization, its connection, members and groups are gone at once; slug and external id
    /// are free; tokens are refused. Cost does not depend on its size (see purge).
    /// @errors not_found.
    virtual Task<Status> delete_organization(OrganizationKey key, Timestamp now,
                                             std::vector<directory::Event> events) = 0;

    // --- Policies -----------------------------------------------------------------------------

    /// What the project adds to the default policy; nothing if it never did.
    virtual Task<Result<directory::ProjectPolicy>> get_policy(ProjectKey project) = 0;
    /// Replaces all of it. What organizations and connections say about roles stays as it is.
    virtual Task<Status> put_policy(ProjectKey project, directory::ProjectPolicy policy) = 0;
    /// The organization's own roles as they were written, whatever the project's policy has become
    /// since; none if it has none, or is gone.
    virtual Task<Result<directory::OrganizationPolicy>> get_organization_policy(
        OrganizationKey key) = 0;
    /// Replaces all of them. The organization's updated_at moves, even if `now` has not.
    /// @errors not_found.
    virtual Task<Status> put_organization_policy(OrganizationKey key,
                                                 directory::OrganizationPolicy policy,
                                                 Timestamp now,
                                                 std::vector<directory::Event> events) = 0;

    // --- Connections --------------------------------------------------------------------------

    /// @errors conflict with kind active_scim_connection_exists; not_found (organization).
    virtual Task<Result<ConnectionRecord>> create_connection(
        OrganizationKey organization, directory::Connection connection,
        std::vector<directory::Event> events) = 0;
    /// The organization's active connection.
    virtual Task<Result<std::optional<ConnectionRecord>>> find_active_connection(
        OrganizationKey organization) = 0;
    /// The key, if `id` is the organization's active connection. One indexed read.
    virtual Task<Result<std::optional<ConnectionKey>>> find_connection(OrganizationKey organization,
                                                                       ConnectionId id) = 0;
    /// The active connection of that id in whatever project, for the operator's commands: who has
    /// the database needs no credential. No API may call it.
    virtual Task<Result<std::optional<ConnectionRecord>>> find_connection_for_operator(
        ConnectionId id) = 0;
    /// @errors not_found; precondition_failed (options are not those expected); invalid_value with
    ///         kind scim_group_role_assignment_group_does_not_exist (message names the group id;
    ///         nothing changed).
    virtual Task<Result<ConnectionRecord>> update_connection(ConnectionKey key,
                                                             ConnectionChange change) = 0;
    /// Both tokens are refused at once; groups, registrations and role assignments are gone;
    /// members stay (directory behaviour §8). Cost does not depend on its size (see purge).
    /// @errors not_found.
    virtual Task<Status> delete_connection(ConnectionKey key, Timestamp now,
                                           std::vector<directory::Event> events) = 0;
    /// Puts `next` in the place of any pending next token.
    /// @errors not_found.
    virtual Task<Result<ConnectionRecord>> start_rotation(ConnectionKey key,
                                                          directory::BearerToken next,
                                                          Timestamp now,
                                                          std::vector<directory::Event> events) = 0;
    /// @errors not_found; conflict with kind scim_connection_not_rotating_token.
    virtual Task<Result<ConnectionRecord>> end_rotation(ConnectionKey key, Rotation how,
                                                        Timestamp now,
                                                        std::vector<directory::Event> events) = 0;
    /// The connection's key, if `token` is the digest of its current or next token and that token
    /// has not expired at `now`. Digests are compared in constant time.
    virtual Task<Result<std::optional<AuthenticatedConnection>>> authenticate_connection(
        ConnectionId id, Digest token, Timestamp now) = 0;

    // --- Schemas ------------------------------------------------------------------------------

    /// What the connection declares; nothing for a connection that is gone.
    virtual Task<Result<directory::ConnectionSchemas>> list_schemas(ConnectionKey key) = 0;
    /// Declares a schema, or replaces the one with its URN (case ignored), which keeps its place
    /// and its created_at, if the version is still `expected_version`. The version moves. Cost does
    /// not depend on the directory.
    /// @errors not_found (connection); precondition_failed (version moved); too_many
    ///         (Limits::schemas_per_connection_max).
    virtual Task<Result<directory::ConnectionSchema>> put_schema(
        ConnectionKey key, directory::ConnectionSchema schema, std::uint64_t expected_version,
        std::vector<directory::Event> events) = 0;
    /// The version moves. Data of resources stays; scim::drop_unfitting keeps it out of sight. Cost
    /// does not depend on the directory.
    /// @errors not_found (connection or schema, with kind scim_schema_not_found).
    virtual Task<Status> delete_schema(ConnectionKey key, std::string urn, Timestamp now,
                                       std::vector<directory::Event> events) = 0;

    // --- Members ------------------------------------------------------------------------------

    /// `reference` is an id, else an external id (contract §1.10). Deleted members are found too.
    /// Of a registration with more than Limits::response_members_max groups, or that is larger with
    /// them than Limits::response_bytes_max, none are shown, here and in all that returns members.
    virtual Task<Result<std::optional<directory::MemberRecord>>> find_member(
        OrganizationKey organization, std::string reference) = 0;
    /// The member that is not deleted and has the folded address `email_key`.
    virtual Task<Result<std::optional<directory::MemberRecord>>> find_member_by_email(
        OrganizationKey organization, std::string email_key) = 0;
    /// Whose member that is, deleted or not. Costs a look into each organization of the project
    /// until it is found; not on an io thread.
    virtual Task<Result<std::optional<OrganizationKey>>> find_organization_of_member(
        ProjectKey project, MemberId id) = 0;
    /// Only what decides the member's roles, for checks on every request. Costs a few index
    /// entries, and one for each group of the member.
    virtual Task<Result<std::optional<directory::RoleBasis>>> find_role_basis(
        OrganizationKey organization, MemberId id) = 0;
    /// @errors uniqueness with kind duplicate_member_email (also that of a deleted member),
    ///         retired_member_email (a retired address of a member that is not deleted) or
    ///         duplicate_member_external_id (also of a deleted one); the message names the holder.
    ///         not_found (organization).
    virtual Task<Result<directory::MemberRecord>> create_member(
        OrganizationKey organization, directory::MemberCreation creation) = 0;
    /// Replaces everything of the member but id and created_at, and the attributes of its live
    /// registration if the update has some (that one's version and last_modified move too). The
    /// version moves by one. The registration of the result is without its groups.
    /// @errors not_found; precondition_failed (changed meanwhile, also by its provider);
    ///         uniqueness as create_member, but addresses of deleted members are free; conflict
    ///         with kind password_already_exists (the update has a password, and so has the
    ///         member).
    virtual Task<Result<directory::MemberRecord>> update_member(OrganizationKey organization,
                                                                directory::MemberUpdate update) = 0;
    /// Costs the members looked at: the candidates, or with none all behind `query.after`, up to
    /// `query.examined_max`. Each member on the page costs a find_member more. Once the page has
    /// `query.groups_max` groups on its members, or `query.bytes_max` bytes, it ends, and the next
    /// one begins behind it.
    virtual Task<Result<directory::MemberPage>> list_members(OrganizationKey organization,
                                                             directory::MemberQuery query) = 0;

    // --- Users --------------------------------------------------------------------------------

    /// Members a new user with these keys might be: the holder of the userName, former
    /// registrations with the external id (of the organization, deleted connections included), and
    /// members with the address or with it among their retired ones. At most 16, distinct.
    virtual Task<Result<std::vector<directory::LinkCandidate>>> find_link_candidates(
        ConnectionKey key, std::string user_name_key, std::optional<std::string> external_id,
        std::string email_key) = 0;
    /// Creates the registration, and creates or updates the member.
    /// @errors uniqueness (userName, or e-mail address of another non-deleted member; the message
    ///         names the attribute and the holder's id); conflict (plan again: the member named by
    ///         `link` changed since it was read, or the creation was planned for an unknown user
    ///         and find_link_candidates would find somebody); not_found (connection).
    virtual Task<Result<directory::User>> create_user(ConnectionKey key,
                                                      directory::UserCreation creation) = 0;
    /// @errors too_many (more than Limits::response_members_max groups, or with them more than
    ///         Limits::response_bytes_max, when they are asked for).
    virtual Task<Result<std::optional<directory::User>>> find_user(ConnectionKey key, MemberId id,
                                                                   bool with_groups) = 0;
    /// Moves the version by one. A changed address is retired on the member and not verified, and
    /// the password goes with it; a member that is deactivated loses its explicit roles. The result
    /// is without groups.
    /// @errors not_found, uniqueness (as create_user), precondition_failed (version moved).
    virtual Task<Result<directory::User>> update_user(ConnectionKey key, MemberId id,
                                                      directory::UserUpdate update) = 0;
    /// Removes the registration and the memberships (each group's version moves, R-08) and
    /// deactivates the member, which loses its explicit roles.
    /// @errors not_found, precondition_failed.
    virtual Task<Status> delete_user(ConnectionKey key, MemberId id,
                                     std::optional<std::uint64_t> expected_version, Timestamp now,
                                     std::vector<directory::Event> events) = 0;
    /// In the order asked for. `total` is exact; without filter it costs nothing, else it costs the
    /// index entries that match. A window by `start_index` is counted from the start each time: all
    /// windows of a list together cost the square of its length, in index entries. A window `after`
    /// a place costs the same wherever it lies.
    /// @errors too_many (a filter or an order without index over too many rows; the users of a
    ///         group with too many members; more than Limits::response_members_max groups to
    ///         examine or to return; more than Limits::response_bytes_max to return, unless it is
    ///         one user without groups, or in the texts to order by); those of the query's rest.
    virtual Task<Result<directory::UserPage>> list_users(ConnectionKey key,
                                                         directory::UserQuery query) = 0;
    /// Display names of those of `ids` that are users of the connection; for `manager`.
    virtual Task<Result<std::vector<std::pair<MemberId, std::optional<std::string>>>>>
    resolve_users(ConnectionKey key, std::vector<MemberId> ids) = 0;

    // --- Groups -------------------------------------------------------------------------------

    /// Members that do not exist are skipped and returned as `unknown`. Membership events follow
    /// the group's.
    /// @errors uniqueness (displayName) and invalid_value (members), as the creation's rules say;
    ///         not_found (connection).
    virtual Task<Result<directory::AppliedGroupChange>> create_group(
        ConnectionKey key, directory::GroupCreation creation) = 0;
    /// @errors too_many (more than Limits::response_members_max members, or with them more than
    ///         Limits::response_bytes_max, when they are asked for).
    virtual Task<Result<std::optional<directory::Group>>> find_group(ConnectionKey key, GroupId id,
                                                                     bool with_members) = 0;
    /// Applies a delta. The cost follows the delta, not the group, unless members are cleared. If
    /// nothing changes, version and last_modified stay and no event is written.
    /// @errors not_found, precondition_failed; uniqueness (displayName) and invalid_value
    ///         (members), as the change's rules say.
    virtual Task<Result<directory::AppliedGroupChange>> apply_group_change(
        ConnectionKey key, GroupId id, directory::GroupChange change) = 0;
    /// Cost does not depend on its size (see purge). Groups that contained it lose it.
    /// @errors not_found, precondition_failed.
    virtual Task<Status> delete_group(ConnectionKey key, GroupId id,
                                      std::optional<std::uint64_t> expected_version,
                                      Timestamp now) = 0;
    /// As list_users.
    /// @errors too_many (a filter or an order without index over too many rows, or more than
    ///         Limits::response_members_max members to examine or to return; more than
    ///         Limits::response_bytes_max to return, unless it is one group without members, or in
    ///         the texts to order by); those of the query's rest.
    virtual Task<Result<directory::GroupPage>> list_groups(ConnectionKey key,
                                                           directory::GroupQuery query) = 0;
    /// The management API's page: groups after `after` in order of creation, at most `limit`. One
    /// indexed range read; the cost does not depend on where the page lies.
    virtual Task<Result<std::vector<directory::GroupSummary>>> list_group_summaries(
        ConnectionKey key, std::optional<Uuid> after, std::size_t limit) = 0;

    // --- Request notes ------------------------------------------------------------------------

    /// Appends notes, in order, and forgets the oldest beyond Limits::request_notes_max of each
    /// connection. Notes of connections deleted meanwhile are dropped.
    virtual Task<Status> append_request_notes(
        std::vector<std::pair<ConnectionKey, directory::RequestNote>> notes) = 0;
    /// Newest first, only those that `filter` lets pass and that stand before the position
    /// `before`.
    virtual Task<Result<std::vector<StoredRequestNote>>> list_request_notes(
        ConnectionKey key, directory::RequestNoteFilter filter, std::optional<std::int64_t> before,
        std::size_t limit) = 0;

    // --- Outbox -------------------------------------------------------------------------------

    /// Events of an organization after a position, oldest first.
    virtual Task<Result<std::vector<StoredEvent>>> list_events(OrganizationKey organization,
                                                               std::int64_t after,
                                                               std::size_t limit) = 0;
    /// Removes events of all organizations, oldest first, up to the first that happened at `before`
    /// or later; at most `rows_max`. True if there may be more. The newest event of all stays:
    /// positions must grow.
    virtual Task<Result<bool>> forget_events(Timestamp before, std::size_t rows_max) = 0;
};

}  // namespace rollcall::storage
