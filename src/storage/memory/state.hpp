// What the memory store holds. Rows have the same identity as in a database: an integer that is
// never used twice.
#pragma once

#include "storage/store.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace rollcall::storage::memory {

using Row = std::int64_t;

struct ProjectRow {
    Row row;
    directory::Project project;
    std::vector<directory::ProjectSecret> secrets{};
    directory::ProjectPolicy policy{};
};

struct OrganizationRow {
    Row row;
    Row project;
    directory::Organization organization;
    bool removed = false;
    directory::OrganizationPolicy policy{};
    std::map<Uuid, Row> members{};
    std::set<std::pair<std::string, Row>> members_by_email{};
    /// Every registration that has an external id, removed ones included.
    std::set<std::pair<std::string, Row>> users_by_external_id{};
    std::set<std::pair<std::string, Row>> retired_emails{};
};

struct ConnectionRow {
    Row row;
    Row organization;
    directory::Connection connection;
    bool removed = false;
    std::set<directory::RoleAssignment> role_assignments{};
    directory::ConnectionSchemas schemas{};
    // Live registrations and groups.
    std::set<Row> users{};
    std::map<Uuid, Row> users_by_id{};
    std::map<std::string, Row> users_by_name{};
    std::set<Row> groups{};
    std::map<Uuid, Row> groups_by_id{};
    std::multimap<std::string, Row> groups_by_name{};
    std::deque<StoredRequestNote> request_notes{};
};

struct MemberRow {
    Row row;
    Row organization;
    directory::Member member;  ///< without its retired addresses, which the organization lists
    std::string email_key{};
    std::vector<Row> registrations{};  ///< in order of creation, removed ones included
};

/// A registration. A removed one keeps what linking needs.
struct UserRow {
    Row row;
    Row connection;
    Row member;
    bool removed = false;
    directory::User user;
    directory::UserState state;
    std::set<Row> groups{};  ///< direct ones
};

/// A member of a group: kind and row of user or group.
using MemberRowRef = std::pair<directory::MemberKind, Row>;

struct Membership {
    MemberRowRef member;
    std::optional<std::string> display{};
};

struct GroupRow {
    Row row;
    Row connection;
    bool removed = false;
    directory::Group group;
    std::string name_key;
    std::map<std::int64_t, Membership> members{};  ///< by position
    std::map<MemberRowRef, std::int64_t> positions{};
    std::set<Row> parents{};  ///< groups that contain this one
};

struct SessionRow {
    Row organization;
    Row member;
    directory::Session session;
    Digest token;
};

struct ProfileRow {
    Row project;
    directory::TokenProfile profile;
};

struct PasswordRow {
    Row organization;
    directory::MemberPassword password;
};

struct ImpersonationRow {
    Row organization;
    Row member;
    directory::ImpersonationToken token;
};

/// A token that may not be used again: project, profile, digest of its id.
using UsedToken = std::tuple<Row, Uuid, std::array<std::uint8_t, 32>>;

struct State {
    bool closed = false;
    std::optional<Secret> cursor_key{};
    Row last_row = 0;
    std::map<Row, ProjectRow> projects{};
    std::map<Row, OrganizationRow> organizations{};
    std::map<Row, ConnectionRow> connections{};
    std::map<Row, MemberRow> members{};
    std::map<Row, UserRow> users{};
    std::map<Row, GroupRow> groups{};
    std::map<Row, SessionRow> sessions{};                              ///< in order of creation
    std::map<Row, std::vector<directory::SigningKey>> signing_keys{};  ///< by project, newest first
    std::map<Row, ProfileRow> token_profiles{};
    std::map<UsedToken, Timestamp> used_tokens{};  ///< until when
    std::map<Row, PasswordRow> passwords{};        ///< by member
    std::vector<ImpersonationRow> impersonation_tokens{};
    std::vector<std::pair<Row, StoredEvent>> outbox{};  ///< with the organization

    [[nodiscard]] Row next_row() { return ++last_row; }
};

}  // namespace rollcall::storage::memory
