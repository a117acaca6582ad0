// Members as read from rows, with their registrations.
#include "storage/sqlite/member_rows.hpp"

#include "base/assert.hpp"
#include "base/text.hpp"
#include "storage/sqlite/codec.hpp"
#include "storage/sqlite/group_sql.hpp"
#include "storage/sqlite/member_sql.hpp"
#include "storage/sqlite/session_sql.hpp"
#include "storage/sqlite/user_rows.hpp"
#include "storage/sqlite/user_sql.hpp"

#include <algorithm>

namespace rollcall::storage::sqlite {

using directory::GroupRole;
using directory::Member;
using directory::MemberRecord;
using directory::MemberRegistration;
using directory::MemberStatus;
using directory::OrganizationKey;

namespace {

std::vector<std::string> texts(Database& database, Sql sql, OrganizationKey const& organization,
                               std::int64_t member) {
    std::vector<std::string> found;
    Query row(database, sql, organization.row(), member);
    while (row.step()) found.push_back(row.text(0));
    return found;
}

// A member without details has all of them as a new Member has.
void read_details(Query const& row, Member& member) {
    constexpr int details_column = 9;
    if (row.is_null(details_column)) return;
    member.external_id = row.optional_text(8);
    member.trusted_metadata = json_object(row.bytes(details_column));
    member.untrusted_metadata = json_object(row.bytes(10));
    member.email_address_verified = row.integer(11) != 0;
    member.is_breakglass = row.integer(12) != 0;
    member.mfa_phone_number = row.text(13);
    member.mfa_phone_number_verified = row.integer(14) != 0;
    member.mfa_enrolled = row.integer(15) != 0;
    member.default_mfa_method = row.text(16);
}

std::vector<GroupRole> group_roles_of_user(Database& database, ActiveConnection const& connection,
                                           std::int64_t user) {
    std::vector<GroupRole> roles;
    Query row(database, sql::group_roles_of_user, connection.key, user);
    while (row.step()) {
        roles.push_back({row.text(0), connection.id, {connection.id.environment, row.uuid(1)}});
    }
    std::ranges::sort(roles);
    return roles;
}

Member member_of(Database& database, OrganizationKey const& organization, std::int64_t key) {
    Member member;
    {
        Query row(database, sql::member_row, key);
        row.step();
        member.id = {organization.id().environment, row.uuid(1)};
        member.organization = organization.id();
        member.email_address = row.text(2);
        member.name = row.text(3);
        member.status = static_cast<MemberStatus>(row.integer(4));
        member.version = row.count(5);
        member.created_at = row.timestamp(6);
        member.updated_at = row.timestamp(7);
        read_details(row, member);
    }
    member.explicit_roles = explicit_roles_of(database, organization, key);
    member.retired_emails = texts(database, sql::retired_emails_of_member, organization, key);
    // An address that came back is not retired any more.
    std::erase(member.retired_emails, fold(member.email_address));
    return member;
}

// Registration, its groups if they are not too many, and what roles they offer.
void add_registration(Database& database, ActiveConnection const& connection, AnswerSize& answer,
                      MemberRecord& record) {
    auto const environment = connection.id.environment;
    std::int64_t user = 0;
    {
        Query row(database, sql::user_by_id, connection.key, record.member.id.uuid);
        if (!row.step()) return;
        user = row.integer(0);
        auto loaded = user_of(row, environment, answer);
        ASSERT(loaded);  // the first one always fits
        record.registration = MemberRegistration{connection.id, *std::move(loaded)};
    }
    if (auto groups = groups_of(database, environment, user, answer)) {
        record.registration->user.groups = *std::move(groups);
    }
    record.group_roles = group_roles_of_user(database, connection, user);
}

}  // namespace

std::optional<ActiveConnection> active_connection_of(Database& database,
                                                     OrganizationKey const& organization) {
    Query row(database, sql::active_connection_key, organization.row());
    if (!row.step()) return std::nullopt;
    return ActiveConnection{row.integer(0), {organization.id().environment, row.uuid(1)}};
}

std::vector<std::string> explicit_roles_of(Database& database, OrganizationKey const& organization,
                                           std::int64_t member) {
    return texts(database, sql::roles_of_member, organization, member);
}

std::vector<GroupRole> group_roles_of(Database& database, ActiveConnection const& connection,
                                      Uuid const& member) {
    auto const user = database.integer(sql::user_key, connection.key, member);
    if (!user) return {};
    return group_roles_of_user(database, connection, *user);
}

MemberRecord load_member(Database& database, OrganizationKey const& organization,
                         std::optional<ActiveConnection> const& connection, std::int64_t member,
                         AnswerSize& answer) {
    MemberRecord record{member_of(database, organization, member), {}, {}};
    if (connection) add_registration(database, *connection, answer, record);
    Query password(database, sql::password_id_of_member, member);
    if (password.step()) {
        record.password = PasswordId{organization.id().environment, password.uuid(0)};
    }
    return record;
}

std::optional<std::int64_t> find_live_member(Database& database,
                                             directory::OrganizationKey const& organization,
                                             MemberId const& id) {
    if (id.environment != organization.project().environment()) return std::nullopt;
    return database.integer(sql::live_member_key, organization.row(), id.uuid);
}

}  // namespace rollcall::storage::sqlite
