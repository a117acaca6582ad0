// The memory store: writing of users.
#include "storage/errors.hpp"
#include "storage/events.hpp"
#include "storage/memory/memory_store.hpp"

#include <ranges>

namespace rollcall::storage::memory {

using directory::EventAction;
using directory::ExistingMember;
using directory::MemberKind;
using directory::MemberStatus;
using directory::User;
using directory::UserCreation;
using directory::UserUpdate;

namespace {

std::optional<std::string> without_empty(std::optional<std::string> text) {
    if (text && text->empty()) text.reset();
    return text;
}

}  // namespace

UserRow* MemoryStore::find_user_row(ConnectionRow& connection, MemberId const& id) {
    if (id.environment != connection.connection.id.environment) return nullptr;
    auto const found = connection.users_by_id.find(id.uuid);
    return found == connection.users_by_id.end() ? nullptr : &state_.users.at(found->second);
}

void MemoryStore::forget_former(ConnectionRow const& connection, MemberRow& member,
                                std::optional<std::string> const& external_id) {
    auto& filed = state_.organizations.at(connection.organization).users_by_external_id;
    std::erase_if(member.registrations, [&](Row row) {
        auto const& user = state_.users.at(row);
        auto const says_the_same = user.removed && user.connection == connection.row &&
                                   user.state.external_id == external_id;
        if (!says_the_same) return false;
        if (external_id) filed.erase({*external_id, row});
        state_.users.erase(row);
        return true;
    });
}

Task<Result<User>> MemoryStore::create_user(ConnectionKey key, UserCreation creation) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* connection = find_row(key);
    if (!connection) co_return fail(connection_not_found(key.id()));
    auto& state = creation.state;
    state.external_id = without_empty(state.external_id);
    if (creation.only_if_unknown &&
        !find_members(*connection, state.user_name_key, state.external_id, state.email_key)
             .empty()) {
        co_return fail(user_is_known());
    }
    if (auto const holder = connection->users_by_name.find(state.user_name_key);
        holder != connection->users_by_name.end()) {
        co_return fail(user_name_in_use(state_.users.at(holder->second).user.id));
    }
    MemberRow* member = nullptr;
    if (auto const* link = std::get_if<ExistingMember>(&creation.link)) {
        CO_TRY(member, member_to_link(*connection, *link));
    }
    CO_CHECK(check_email_free(connection->organization, state, member ? member->row : 0));

    auto& organization = state_.organizations.at(connection->organization);
    if (!member) {
        member = &add_member(organization, creation.new_member_id, creation.now);
    } else {
        ++member->member.version;
    }
    write_member(*member, state, creation.now);

    auto const row = state_.next_row();
    User const user{.id = member->member.id,
                    .registration = creation.registration,
                    .attributes = state.attributes,
                    .version = 1,
                    .created_at = creation.now,
                    .last_modified = creation.now,
                    .groups = {}};
    state_.users.emplace(row, UserRow{.row = row,
                                      .connection = connection->row,
                                      .member = member->row,
                                      .user = user,
                                      .state = state,
                                      .groups = {}});
    forget_former(*connection, *member, state.external_id);
    member->registrations.push_back(row);
    connection->users.insert(row);
    connection->users_by_id.emplace(user.id.uuid, row);
    connection->users_by_name.emplace(state.user_name_key, row);
    if (state.external_id) organization.users_by_external_id.emplace(*state.external_id, row);
    emit(organization.row, std::move(creation.events));
    generations_.raise(key.organization().id().uuid);
    co_return user;
}

Task<Result<User>> MemoryStore::update_user(ConnectionKey key, MemberId id, UserUpdate update) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* connection = find_row(key);
    if (!connection) co_return fail(user_not_found(id));
    auto* row = find_user_row(*connection, id);
    if (!row) co_return fail(user_not_found(id));
    if (row->user.version != update.expected_version) co_return fail(version_moved());
    auto& state = update.state;
    state.external_id = without_empty(state.external_id);
    if (auto const holder = connection->users_by_name.find(state.user_name_key);
        holder != connection->users_by_name.end() && holder->second != row->row) {
        co_return fail(user_name_in_use(state_.users.at(holder->second).user.id));
    }
    CO_CHECK(check_email_free(connection->organization, state, row->member));

    auto& member = state_.members.at(row->member);
    write_member(member, state, update.now);
    ++member.member.version;
    auto& organization = state_.organizations.at(connection->organization);
    if (row->state.external_id) {
        organization.users_by_external_id.erase({*row->state.external_id, row->row});
    }
    if (state.external_id) organization.users_by_external_id.emplace(*state.external_id, row->row);
    connection->users_by_name.erase(row->state.user_name_key);
    connection->users_by_name.emplace(state.user_name_key, row->row);
    row->state = state;
    row->user.attributes = state.attributes;
    ++row->user.version;
    row->user.last_modified = update.now;
    emit(organization.row, std::move(update.events));
    generations_.raise(key.organization().id().uuid);
    co_return row->user;
}

Task<Status> MemoryStore::delete_user(ConnectionKey key, MemberId id,
                                      std::optional<std::uint64_t> expected_version, Timestamp now,
                                      std::vector<directory::Event> events) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* connection = find_row(key);
    if (!connection) co_return fail(user_not_found(id));
    auto* row = find_user_row(*connection, id);
    if (!row) co_return fail(user_not_found(id));
    if (expected_version && row->user.version != *expected_version) {
        co_return fail(version_moved());
    }
    emit(connection->organization, std::move(events));
    auto const groups = row->groups;
    for (auto const group_row : groups) {
        auto& group = state_.groups.at(group_row);
        remove_member(group, {MemberKind::user, row->row});
        touch(group, now);
        emit(connection->organization,
             membership_event(ids_, EventAction::remove, id, group.group.id,
                              group.group.display_name, now));
    }
    row->removed = true;
    row->user.attributes.clear();
    connection->users.erase(row->row);
    connection->users_by_id.erase(id.uuid);
    connection->users_by_name.erase(row->state.user_name_key);
    auto& member = state_.members.at(row->member);
    member.member.status = MemberStatus::deleted;
    member.member.updated_at = now;
    ++member.member.version;
    deactivate(member);
    generations_.raise(key.organization().id().uuid);
    co_return Status{};
}

}  // namespace rollcall::storage::memory
