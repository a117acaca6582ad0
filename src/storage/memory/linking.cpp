// The memory store: members as providers write them, and who a new user could turn out to be.
#include "base/limits.hpp"
#include "storage/errors.hpp"
#include "storage/memory/memory_store.hpp"

#include <algorithm>

namespace rollcall::storage::memory {

using directory::LinkCandidate;
using directory::MemberStatus;
using directory::UserState;

namespace {

// Calls visit(row) for the rows filed under `text`, in ascending order.
template <class Visit>
void for_each_filed(std::set<std::pair<std::string, Row>> const& index, std::string const& text,
                    Visit visit) {
    for (auto at = index.lower_bound({text, 0}); at != index.end() && at->first == text; ++at) {
        visit(at->second);
    }
}

}  // namespace

LinkCandidate MemoryStore::candidate_of(ConnectionRow const& connection, MemberRow const& member,
                                        std::string const& user_name_key,
                                        std::optional<std::string> const& external_id) {
    LinkCandidate candidate{.id = member.member.id,
                            .status = member.member.status,
                            .email_key = member.email_key,
                            .former_external_id = {},
                            .member_version = member.member.version};
    bool matched = false;
    for (auto const row : member.registrations) {
        auto const& user = state_.users.at(row);
        if (!user.removed && user.connection == connection.row) {
            candidate.registered = true;
            candidate.same_user_name = user.state.user_name_key == user_name_key;
        } else {
            candidate.was_registered = true;
            // The external id that was asked for, else the latest one.
            if (!matched) candidate.former_external_id = user.state.external_id;
            matched = matched || (external_id && user.state.external_id == external_id);
        }
    }
    return candidate;
}

Task<Result<std::vector<LinkCandidate>>> MemoryStore::find_link_candidates(
    ConnectionKey key, std::string user_name_key, std::optional<std::string> external_id,
    std::string email_key) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    std::vector<LinkCandidate> candidates;
    auto const* connection = find_row(key);
    if (!connection) co_return candidates;
    for (auto const row : find_members(*connection, user_name_key, external_id, email_key)) {
        candidates.push_back(
            candidate_of(*connection, state_.members.at(row), user_name_key, external_id));
    }
    co_return candidates;
}

std::vector<Row> MemoryStore::find_members(ConnectionRow const& connection,
                                           std::string const& user_name_key,
                                           std::optional<std::string> const& external_id,
                                           std::string const& email_key) {
    auto const& organization = state_.organizations.at(connection.organization);
    std::vector<Row> members;
    auto const add = [&](Row member) {
        if (std::ranges::find(members, member) == members.end()) members.push_back(member);
    };
    if (auto const holder = connection.users_by_name.find(user_name_key);
        holder != connection.users_by_name.end()) {
        add(state_.users.at(holder->second).member);
    }
    if (external_id && !external_id->empty()) {
        std::vector<Row> former;
        for_each_filed(organization.users_by_external_id, *external_id, [&](Row row) {
            auto const& user = state_.users.at(row);
            if (user.removed || state_.connections.at(user.connection).removed) {
                former.push_back(row);
            }
        });
        std::ranges::reverse(former);
        for (auto const row : former) add(state_.users.at(row).member);
    }
    if (!email_key.empty()) {
        for (bool const deleted : {false, true}) {
            for_each_filed(organization.members_by_email, email_key, [&](Row row) {
                auto const status = state_.members.at(row).member.status;
                if ((status == MemberStatus::deleted) == deleted) add(row);
            });
        }
        for_each_filed(organization.retired_emails, email_key, add);
    }
    if (members.size() > Limits::link_candidates_max) members.resize(Limits::link_candidates_max);
    return members;
}

Status MemoryStore::check_email_free(Row organization, UserState const& state, Row self) {
    if (state.email_key.empty() || state.status == MemberStatus::deleted) return {};
    Status status;
    auto const& owner = state_.organizations.at(organization);
    for_each_filed(owner.members_by_email, state.email_key, [&](Row row) {
        auto const& other = state_.members.at(row).member;
        if (row == self || other.status == MemberStatus::deleted) return;
        status = fail(email_in_use(other.id));
    });
    return status;
}

Result<MemberRow*> MemoryStore::member_to_link(ConnectionRow& connection,
                                               directory::ExistingMember const& link) {
    auto const& organization = state_.organizations.at(connection.organization);
    auto const found = organization.members.find(link.id.uuid);
    if (found == organization.members.end()) return fail(member_changed(link.id));
    auto& member = state_.members.at(found->second);
    bool const registered = connection.users_by_id.contains(link.id.uuid);
    if (member.member.version != link.member_version || registered) {
        return fail(member_changed(link.id));
    }
    return &member;
}

void MemoryStore::move_email(MemberRow& member, std::string const& email_key) {
    auto& organization = state_.organizations.at(member.organization);
    organization.members_by_email.erase({member.email_key, member.row});
    organization.members_by_email.emplace(email_key, member.row);
    member.email_key = email_key;
}

void MemoryStore::write_member(MemberRow& row, UserState const& state, Timestamp now) {
    auto& member = row.member;
    if (row.email_key != state.email_key) {
        if (!row.email_key.empty()) {
            state_.organizations.at(row.organization)
                .retired_emails.emplace(row.email_key, row.row);
        }
        move_email(row, state.email_key);
        member.email_address_verified = false;
        state_.passwords.erase(row.row);
    }
    member.email_address = state.email_address;
    member.name = state.name;
    member.status = state.status;
    member.updated_at = now;
    if (state.status == MemberStatus::deleted) deactivate(row);
}

void MemoryStore::deactivate(MemberRow& row) {
    row.member.explicit_roles.clear();
    end_sessions(row.row);
}

}  // namespace rollcall::storage::memory
