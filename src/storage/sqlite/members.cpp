// Members of organizations, for the developer's backend. Everything is checked before the first
// change, so that a refused request leaves nothing to undo.
#include "base/text.hpp"
#include "storage/errors.hpp"
#include "storage/key_issuer.hpp"
#include "storage/sqlite/codec.hpp"
#include "storage/sqlite/deactivation.hpp"
#include "storage/sqlite/member_rows.hpp"
#include "storage/sqlite/member_sql.hpp"
#include "storage/sqlite/outbox.hpp"
#include "storage/sqlite/session_sql.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "storage/sqlite/tenant_sql.hpp"
#include "storage/sqlite/user_sql.hpp"

#include <algorithm>

namespace rollcall::storage::sqlite {

using directory::Member;
using directory::MemberCreation;
using directory::MemberRecord;
using directory::MemberStatus;
using directory::MemberUpdate;
using directory::RoleBasis;

namespace {

bool is_live(Database& database, OrganizationKey const& key) {
    return database.integer(sql::organization_updated_at, key.row()).has_value();
}

std::optional<std::int64_t> find_key(Database& database, OrganizationKey const& key,
                                     std::string const& reference) {
    auto const id = parse_id<MemberId>(reference);
    if (id && id->environment == key.id().environment) {
        if (auto const found = database.integer(sql::member_key_by_id, key.row(), id->uuid)) {
            return found;
        }
    }
    return database.integer(sql::member_key_by_external_id, key.row(), reference);
}

constexpr AnswerSize without_groups{0, 0};

MemberRecord load(Database& database, OrganizationKey const& key, std::int64_t member,
                  AnswerSize answer) {
    return load_member(database, key, active_connection_of(database, key), member, answer);
}

std::optional<RoleBasis> role_basis_of(Database& database, OrganizationKey const& key,
                                       MemberId const& id) {
    if (id.environment != key.id().environment || !is_live(database, key)) return std::nullopt;
    RoleBasis basis;
    std::int64_t member = 0;
    {
        Query row(database, sql::role_basis_row, key.row(), id.uuid);
        if (!row.step()) return std::nullopt;
        member = row.integer(0);
        basis.email_address = row.text(1);
        basis.status = static_cast<MemberStatus>(row.integer(2));
    }
    basis.explicit_roles = explicit_roles_of(database, key, member);
    if (auto const connection = active_connection_of(database, key)) {
        basis.group_roles = group_roles_of(database, *connection, id.uuid);
    }
    return basis;
}

Status check_address_free(Database& database, OrganizationKey const& key, Member const& member,
                          std::string const& email_key, bool of_deleted_ones_too) {
    if (email_key.empty() || member.status == MemberStatus::deleted) return {};
    auto const environment = member.id.environment;
    {
        Query holder(database, sql::holder_of_address, key.row(), email_key);
        if (holder.step() && holder.uuid(0) != member.id.uuid) {
            bool const deleted = holder.integer(1) != 0;
            if (!deleted || of_deleted_ones_too) {
                return fail(member_email_in_use({environment, holder.uuid(0)}, deleted));
            }
        }
    }
    Query former(database, sql::holder_of_retired_address, key.row(), email_key, member.id.uuid);
    if (former.step()) return fail(member_email_retired({environment, former.uuid(0)}));
    return {};
}

Status check_external_id_free(Database& database, OrganizationKey const& key,
                              Member const& member) {
    if (!member.external_id) return {};
    Query holder(database, sql::member_by_external_id, key.row(), *member.external_id);
    if (!holder.step() || holder.uuid(0) == member.id.uuid) return {};
    return fail(
        member_external_id_in_use(*member.external_id, {member.id.environment, holder.uuid(0)}));
}

bool has_details(Member const& member) {
    return member.external_id || !member.trusted_metadata.empty() ||
           !member.untrusted_metadata.empty() || member.email_address_verified ||
           member.is_breakglass || !member.mfa_phone_number.empty() ||
           member.mfa_phone_number_verified || member.mfa_enrolled ||
           !member.default_mfa_method.empty();
}

void write_details(Database& database, OrganizationKey const& key, std::int64_t row,
                   Member const& member) {
    if (!has_details(member)) {
        database.run(sql::delete_member_details, key.row(), row);
        return;
    }
    database.run(sql::set_member_details, key.row(), row, member.external_id,
                 json_text(member.trusted_metadata), json_text(member.untrusted_metadata),
                 member.email_address_verified, member.is_breakglass, member.mfa_phone_number,
                 member.mfa_phone_number_verified, member.mfa_enrolled, member.default_mfa_method);
}

void write_roles(Database& database, OrganizationKey const& key, std::int64_t row,
                 Member const& member) {
    if (member.explicit_roles == explicit_roles_of(database, key, row)) return;
    database.run(sql::delete_member_roles, key.row(), row);
    for (auto const& role : member.explicit_roles) {
        database.run(sql::insert_member_role, key.row(), row, role);
    }
}

void write_retired_emails(Database& database, OrganizationKey const& key, std::int64_t row,
                          Member const& member) {
    database.run(sql::delete_retired_emails, key.row(), row);
    for (auto const& email : member.retired_emails) {
        database.run(sql::retire_email, key.row(), email, row);
    }
}

Status check_first_password(Database& database, std::int64_t row, MemberUpdate const& update) {
    if (!update.password || !database.integer(sql::has_password, row)) return {};
    return fail(password_exists(update.member.id));
}

void write_password(Database& database, OrganizationKey const& key, std::int64_t row,
                    std::optional<directory::MemberPassword> const& password) {
    if (!password) return;
    database.run(sql::insert_password, row, key.row(), password->id.uuid, password->hash,
                 password->created_at);
}

Result<MemberRecord> create(Database& database, OrganizationKey const& key,
                            MemberCreation const& creation) {
    auto const& member = creation.member;
    auto const email_key = fold(member.email_address);
    if (!is_live(database, key)) return fail(organization_not_found(key.id()));
    CHECK(check_address_free(database, key, member, email_key, true));
    CHECK(check_external_id_free(database, key, member));

    database.run(sql::insert_member, key.row(), member.id.uuid, member.email_address,
                 without_empty(email_key), member.name, member.status, member.created_at);
    auto const row = database.last_key();
    write_details(database, key, row, member);
    write_roles(database, key, row, member);
    write_password(database, key, row, creation.password);
    append_events(database, key, creation.events);
    return load(database, key, row, without_groups);
}

void write_registration(Database& database, OrganizationKey const& key,
                        MemberUpdate const& update) {
    if (!update.attributes) return;
    auto const connection = active_connection_of(database, key);
    if (!connection) return;
    database.run(sql::set_user_attributes, connection->key, update.member.id.uuid,
                 json_text(*update.attributes), update.now);
}

Result<MemberRecord> update(Database& database, OrganizationKey const& key,
                            MemberUpdate const& update) {
    auto const& member = update.member;
    auto const email_key = fold(member.email_address);
    if (!is_live(database, key)) return fail(member_not_found(member.id));
    std::int64_t row = 0;
    {
        Query stored(database, sql::member_to_change, key.row(), member.id.uuid);
        if (!stored.step()) return fail(member_not_found(member.id));
        if (stored.count(1) != member.version) return fail(version_moved());
        row = stored.integer(0);
    }
    CHECK(check_address_free(database, key, member, email_key, false));
    CHECK(check_external_id_free(database, key, member));
    CHECK(check_first_password(database, row, update));

    database.run(sql::forget_password_of_other_address, row, email_key);
    database.run(sql::update_member, row, member.email_address, without_empty(email_key),
                 member.name, member.status, update.now);
    write_details(database, key, row, member);
    write_roles(database, key, row, member);
    write_retired_emails(database, key, row, member);
    write_password(database, key, row, update.password);
    write_registration(database, key, update);
    if (member.status == MemberStatus::deleted) deactivate_member(database, key, row);
    append_events(database, key, update.events);
    return load(database, key, row, without_groups);
}

}  // namespace

Task<Result<std::optional<MemberRecord>>> SqliteStore::find_member(OrganizationKey organization,
                                                                   std::string reference) {
    using Found = std::optional<MemberRecord>;
    co_return read<Found>(co_await this_coro::executor, [&](Database& database) -> Found {
        if (!is_live(database, organization)) return std::nullopt;
        auto const member = find_key(database, organization, reference);
        if (!member) return std::nullopt;
        return load(database, organization, *member, AnswerSize(limits_));
    });
}

Task<Result<std::optional<MemberRecord>>> SqliteStore::find_member_by_email(
    OrganizationKey organization, std::string email_key) {
    using Found = std::optional<MemberRecord>;
    co_return read<Found>(co_await this_coro::executor, [&](Database& database) -> Found {
        if (!is_live(database, organization)) return std::nullopt;
        auto const member =
            database.integer(sql::member_key_by_email, organization.row(), email_key);
        if (!member) return std::nullopt;
        return load(database, organization, *member, AnswerSize(limits_));
    });
}

Task<Result<std::optional<OrganizationKey>>> SqliteStore::find_organization_of_member(
    ProjectKey project, MemberId id) {
    using Found = std::optional<OrganizationKey>;
    return read_aside<Found>([project, id](Database& database) -> Found {
        if (id.environment != project.environment()) return std::nullopt;
        Query row(database, sql::organization_of_member, project.row(), id.uuid);
        if (!row.step()) return std::nullopt;
        return KeyIssuer::organization(project, {project.environment(), row.uuid(1)},
                                       row.integer(0));
    });
}

Task<Result<std::optional<RoleBasis>>> SqliteStore::find_role_basis(OrganizationKey organization,
                                                                    MemberId id) {
    co_return read<std::optional<RoleBasis>>(co_await this_coro::executor, [&](Database& database) {
        return role_basis_of(database, organization, id);
    });
}

Task<Result<MemberRecord>> SqliteStore::create_member(OrganizationKey organization,
                                                      MemberCreation creation) {
    return write<MemberRecord>({organization.id().uuid},
                               [organization, creation = std::move(creation)](Database& database) {
                                   return create(database, organization, creation);
                               });
}

Task<Result<MemberRecord>> SqliteStore::update_member(OrganizationKey organization,
                                                      MemberUpdate change) {
    return write<MemberRecord>({organization.id().uuid},
                               [organization, change = std::move(change)](Database& database) {
                                   return update(database, organization, change);
                               });
}

}  // namespace rollcall::storage::sqlite
