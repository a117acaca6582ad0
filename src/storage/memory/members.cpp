// The memory store: members of organizations, for the developer's backend.
#include "base/assert.hpp"
#include "base/text.hpp"
#include "storage/errors.hpp"
#include "storage/key_issuer.hpp"
#include "storage/memory/memory_store.hpp"
#include "storage/search_walk.hpp"

#include <algorithm>

namespace rollcall::storage::memory {

using directory::Member;
using directory::MemberCreation;
using directory::MemberRecord;
using directory::MemberStatus;
using directory::MemberUpdate;
using directory::RoleBasis;

namespace {

bool is_deleted(Member const& member) {
    return member.status == MemberStatus::deleted;
}

}  // namespace

// --- Finding ------------------------------------------------------------------------------------

MemberRow* MemoryStore::find_member_row(OrganizationRow const& organization, MemberId const& id) {
    if (id.environment != organization.organization.id.environment) return nullptr;
    auto const found = organization.members.find(id.uuid);
    return found == organization.members.end() ? nullptr : &state_.members.at(found->second);
}

MemberRow* MemoryStore::find_by_external_id(OrganizationRow const& organization,
                                            std::string const& external_id) {
    for (auto const& [uuid, row] : organization.members) {
        auto& member = state_.members.at(row);
        if (member.member.external_id == external_id) return &member;
    }
    return nullptr;
}

MemberRow* MemoryStore::find_by_reference(OrganizationRow const& organization,
                                          std::string const& reference) {
    if (auto const id = parse_id<MemberId>(reference)) {
        if (auto* row = find_member_row(organization, *id)) return row;
    }
    return find_by_external_id(organization, reference);
}

Task<Result<std::optional<MemberRecord>>> MemoryStore::find_member(OrganizationKey organization,
                                                                   std::string reference) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* owner = find_row(organization);
    if (!owner) co_return std::nullopt;
    auto const* row = find_by_reference(*owner, reference);
    if (!row) co_return std::nullopt;
    co_return record_of(*row);
}

Task<Result<std::optional<MemberRecord>>> MemoryStore::find_member_by_email(
    OrganizationKey organization, std::string email_key) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* owner = find_row(organization);
    if (!owner || email_key.empty()) co_return std::nullopt;
    for (auto const& [key, row] : owner->members_by_email) {
        auto const& member = state_.members.at(row);
        if (key == email_key && !is_deleted(member.member)) co_return record_of(member);
    }
    co_return std::nullopt;
}

Task<Result<std::optional<OrganizationKey>>> MemoryStore::find_organization_of_member(
    ProjectKey project, MemberId id) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    for (auto const& [row, organization] : state_.organizations) {
        if (organization.project != project.row() || organization.removed) continue;
        if (!find_member_row(organization, id)) continue;
        co_return KeyIssuer::organization(project, organization.organization.id, row);
    }
    co_return std::nullopt;
}

Task<Result<std::optional<RoleBasis>>> MemoryStore::find_role_basis(OrganizationKey organization,
                                                                    MemberId id) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* owner = find_row(organization);
    if (!owner) co_return std::nullopt;
    auto const* row = find_member_row(*owner, id);
    if (!row) co_return std::nullopt;
    co_return record_of(*row).role_basis();
}

// --- Reading ------------------------------------------------------------------------------------

Member MemoryStore::member_of(MemberRow const& row) {
    auto member = row.member;
    for (auto const& [email, holder] : state_.organizations.at(row.organization).retired_emails) {
        // An address that came back is not retired any more.
        if (holder == row.row && email != row.email_key) member.retired_emails.push_back(email);
    }
    return member;
}

UserRow* MemoryStore::registration_of(MemberRow const& row) {
    auto* connection = find_active_row(row.organization);
    return connection ? find_user_row(*connection, row.member.id) : nullptr;
}

std::vector<directory::GroupRole> MemoryStore::group_roles_of(UserRow const& user) {
    std::vector<directory::GroupRole> roles;
    auto const& connection = state_.connections.at(user.connection);
    for (auto const& assignment : connection.role_assignments) {
        auto const group = connection.groups_by_id.find(assignment.group.uuid);
        if (group == connection.groups_by_id.end() || !user.groups.contains(group->second))
            continue;
        roles.push_back({assignment.role_id, connection.connection.id, assignment.group});
    }
    std::ranges::sort(roles);
    return roles;
}

MemberRecord MemoryStore::record_of(MemberRow const& row) {
    AnswerSize answer(limits_);
    return record_of(row, answer);
}

MemberRecord MemoryStore::record_of(MemberRow const& row, AnswerSize& answer) {
    MemberRecord record{member_of(row), {}, {}};
    if (auto const found = state_.passwords.find(row.row); found != state_.passwords.end()) {
        record.password = found->second.password.id;
    }
    auto const* user = registration_of(row);
    if (!user) return record;
    record.group_roles = group_roles_of(*user);
    auto shown = present(*user, false, answer);
    ASSERT(shown);  // the first one always fits
    record.registration = {state_.connections.at(user->connection).connection.id,
                           *std::move(shown)};
    if (auto groups = groups_of(*user, answer)) {
        record.registration->user.groups = *std::move(groups);
    }
    return record;
}

// --- Searching ----------------------------------------------------------------------------------

directory::MemberFacts MemoryStore::facts_of(MemberRow const& row, bool with_roles) {
    auto const& member = row.member;
    directory::MemberFacts facts{.id = member.id.uuid,
                                 .status = member.status,
                                 .email_key = row.email_key,
                                 .external_id = member.external_id,
                                 .is_breakglass = member.is_breakglass,
                                 .mfa_phone_number = member.mfa_phone_number,
                                 .has_password = state_.passwords.contains(row.row),
                                 .explicit_roles = {},
                                 .group_roles = {}};
    if (with_roles) {
        facts.explicit_roles = member.explicit_roles;
        if (auto const* user = registration_of(row)) facts.group_roles = group_roles_of(*user);
    }
    return facts;
}

std::vector<Row> MemoryStore::members_to_examine(OrganizationRow const& organization,
                                                 directory::MemberQuery const& query) {
    std::vector<Row> rows;
    auto const is_candidate = [&](MemberRow const& row) {
        if (!query.candidates) return true;
        auto const& [ids, external_ids, email_keys] = *query.candidates;
        auto const has = [](auto const& list, auto const& value) {
            return std::ranges::find(list, value) != list.end();
        };
        return has(ids, row.member.id.uuid) ||
               (row.member.external_id && has(external_ids, *row.member.external_id)) ||
               (!row.email_key.empty() && has(email_keys, row.email_key));
    };
    for (auto const& [uuid, row] : organization.members) {
        if (query.after && uuid <= *query.after) continue;
        if (is_candidate(state_.members.at(row))) rows.push_back(row);
    }
    return rows;
}

Task<Result<directory::MemberPage>> MemoryStore::list_members(OrganizationKey organization,
                                                              directory::MemberQuery query) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    SearchWalk walk(query);
    if (auto const* owner = find_row(organization)) {
        for (auto const row : members_to_examine(*owner, query)) {
            if (!walk.visit(facts_of(state_.members.at(row), query.examines_roles), row)) break;
        }
    }
    co_return load_members(walk, query, limits_, [&](Row row, AnswerSize& size) {
        return record_of(state_.members.at(row), size);
    });
}

// --- Writing ------------------------------------------------------------------------------------

Status MemoryStore::check_address_free(OrganizationRow const& organization, Member const& member,
                                       bool of_deleted_ones_too) {
    auto const email_key = fold(member.email_address);
    if (email_key.empty() || is_deleted(member)) return {};
    std::optional<MemberRow const*> deleted_holder;
    for (auto const& [key, row] : organization.members_by_email) {
        auto const& other = state_.members.at(row);
        if (key != email_key || other.member.id == member.id) continue;
        if (!is_deleted(other.member)) return fail(member_email_in_use(other.member.id, false));
        if (!deleted_holder) deleted_holder = &other;
    }
    if (deleted_holder && of_deleted_ones_too) {
        return fail(member_email_in_use((*deleted_holder)->member.id, true));
    }
    for (auto const& [key, row] : organization.retired_emails) {
        auto const& other = state_.members.at(row).member;
        if (key != email_key || other.id == member.id || is_deleted(other)) continue;
        return fail(member_email_retired(other.id));
    }
    return {};
}

Status MemoryStore::check_external_id_free(OrganizationRow const& organization,
                                           Member const& member) {
    if (!member.external_id) return {};
    auto const* holder = find_by_external_id(organization, *member.external_id);
    if (!holder || holder->member.id == member.id) return {};
    return fail(member_external_id_in_use(*member.external_id, holder->member.id));
}

MemberRow& MemoryStore::add_member(OrganizationRow& organization, MemberId const& id,
                                   Timestamp now) {
    auto const row = state_.next_row();
    MemberRow added{.row = row, .organization = organization.row, .member = {}};
    added.member.id = id;
    added.member.organization = organization.organization.id;
    added.member.created_at = now;
    organization.members.emplace(id.uuid, row);
    return state_.members.emplace(row, std::move(added)).first->second;
}

void MemoryStore::write_retired_emails(MemberRow const& row,
                                       std::vector<std::string> const& emails) {
    auto& retired = state_.organizations.at(row.organization).retired_emails;
    std::erase_if(retired, [&](auto const& entry) { return entry.second == row.row; });
    for (auto const& email : emails) retired.emplace(email, row.row);
}

void MemoryStore::add_password(MemberRow const& row,
                               std::optional<directory::MemberPassword> password) {
    if (!password) return;
    state_.passwords.emplace(row.row, PasswordRow{row.organization, *std::move(password)});
}

Task<Result<MemberRecord>> MemoryStore::create_member(OrganizationKey organization,
                                                      MemberCreation creation) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* owner = find_row(organization);
    if (!owner) co_return fail(organization_not_found(organization.id()));
    CO_CHECK(check_address_free(*owner, creation.member, true));
    CO_CHECK(check_external_id_free(*owner, creation.member));
    auto& row = add_member(*owner, creation.member.id, creation.member.created_at);
    row.member = std::move(creation.member);
    move_email(row, fold(row.member.email_address));
    add_password(row, std::move(creation.password));
    emit(owner->row, std::move(creation.events));
    generations_.raise(organization.id().uuid);
    co_return record_of(row);
}

Task<Result<MemberRecord>> MemoryStore::update_member(OrganizationKey organization,
                                                      MemberUpdate update) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto& next = update.member;
    auto* owner = find_row(organization);
    auto* row = owner ? find_member_row(*owner, next.id) : nullptr;
    if (!row) co_return fail(member_not_found(next.id));
    if (row->member.version != next.version) co_return fail(version_moved());
    CO_CHECK(check_address_free(*owner, next, false));
    CO_CHECK(check_external_id_free(*owner, next));
    if (update.password && state_.passwords.contains(row->row)) {
        co_return fail(password_exists(next.id));
    }

    next.created_at = row->member.created_at;
    next.updated_at = update.now;
    ++next.version;
    write_retired_emails(*row, std::exchange(next.retired_emails, {}));
    if (fold(next.email_address) != row->email_key) state_.passwords.erase(row->row);
    move_email(*row, fold(next.email_address));
    row->member = std::move(next);
    add_password(*row, std::move(update.password));
    if (is_deleted(row->member)) deactivate(*row);
    if (auto* user = update.attributes ? registration_of(*row) : nullptr) {
        user->state.attributes = *update.attributes;
        user->user.attributes = *std::move(update.attributes);
        ++user->user.version;
        user->user.last_modified = update.now;
    }
    emit(owner->row, std::move(update.events));
    generations_.raise(organization.id().uuid);
    auto record = record_of(*row);
    if (record.registration) record.registration->user.groups.clear();
    co_return record;
}

}  // namespace rollcall::storage::memory
