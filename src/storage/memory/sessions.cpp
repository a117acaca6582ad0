// The memory store: sessions of members.
#include "storage/errors.hpp"
#include "storage/key_issuer.hpp"
#include "storage/memory/memory_store.hpp"

#include <algorithm>

namespace rollcall::storage::memory {

using directory::MemberStatus;
using directory::Session;

MemberRow* MemoryStore::find_live_member(OrganizationKey const& key, MemberId const& id) {
    auto const* organization = find_row(key);
    if (!organization || id.environment != key.project().environment()) return nullptr;
    auto const found = organization->members.find(id.uuid);
    if (found == organization->members.end()) return nullptr;
    auto& member = state_.members.at(found->second);
    return member.member.status == MemberStatus::deleted ? nullptr : &member;
}

bool MemoryStore::is_live(SessionRow const& row) const {
    return !state_.organizations.at(row.organization).removed &&
           state_.members.at(row.member).member.status != MemberStatus::deleted;
}

template <class Matches>
std::optional<SessionRecord> MemoryStore::find_session_where(ProjectKey const& project,
                                                             Timestamp now,
                                                             Matches const& matches) const {
    for (auto const& [row, session] : state_.sessions) {
        auto const& organization = state_.organizations.at(session.organization);
        if (organization.project != project.row() || !matches(session)) continue;
        if (session.session.expires_at <= now || !is_live(session)) return std::nullopt;
        return SessionRecord{
            KeyIssuer::organization(project, organization.organization.id, session.organization),
            session.session};
    }
    return std::nullopt;
}

std::map<Row, SessionRow>::iterator MemoryStore::find_session_row(OrganizationKey const& key,
                                                                  SessionId const& id) {
    auto const found = std::ranges::find_if(state_.sessions, [&](auto const& entry) {
        auto const& row = entry.second;
        return row.organization == key.row() && row.session.id == id && is_live(row);
    });
    return found;
}

void MemoryStore::end_sessions(Row member) {
    std::erase_if(state_.sessions,
                  [&](auto const& entry) { return entry.second.member == member; });
}

std::vector<std::pair<Timestamp, Row>> MemoryStore::own_sessions(Row member) const {
    std::vector<std::pair<Timestamp, Row>> own;
    for (auto const& [row, session] : state_.sessions) {
        if (session.member == member) own.emplace_back(session.session.expires_at, row);
    }
    std::ranges::sort(own);
    return own;
}

// Those that expire first, until one more has room.
void MemoryStore::end_surplus_sessions(Row member) {
    auto const own = own_sessions(member);
    for (std::size_t i = 0; i + limits_.sessions_per_member_max <= own.size(); ++i) {
        state_.sessions.erase(own[i].second);
    }
}

Task<Status> MemoryStore::create_session(OrganizationKey key, Session session, Digest token) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* member = find_live_member(key, session.member);
    if (!member) co_return fail(member_not_found(session.member));
    end_surplus_sessions(member->row);
    session.version = 1;
    generations_.raise(session.member.uuid);
    state_.sessions.emplace(state_.next_row(),
                            SessionRow{key.row(), member->row, std::move(session), token});
    co_return Status{};
}

Task<Result<std::optional<SessionRecord>>> MemoryStore::find_session(ProjectKey project,
                                                                     Digest token, Timestamp now) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    co_return find_session_where(project, now, [&](SessionRow const& row) {
        return equal_in_constant_time(row.token, token);
    });
}

Task<Result<std::optional<SessionRecord>>> MemoryStore::find_session(ProjectKey project,
                                                                     SessionId id, Timestamp now) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    co_return find_session_where(project, now,
                                 [&](SessionRow const& row) { return row.session.id == id; });
}

Task<Status> MemoryStore::update_session(OrganizationKey key, Session session) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const found = find_session_row(key, session.id);
    if (found == state_.sessions.end()) co_return fail(session_not_found(session.id));
    auto& stored = found->second.session;
    if (stored.version != session.version) co_return fail(version_moved());
    stored.factors = std::move(session.factors);
    stored.custom_claims = std::move(session.custom_claims);
    stored.last_accessed_at = session.last_accessed_at;
    stored.expires_at = session.expires_at;
    ++stored.version;
    generations_.raise(stored.member.uuid);
    co_return Status{};
}

Task<Result<std::vector<Session>>> MemoryStore::list_sessions(OrganizationKey key, MemberId member,
                                                              Timestamp now) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    std::vector<Session> sessions;
    auto const* owner = find_live_member(key, member);
    if (!owner) co_return sessions;
    for (auto const& [ends_at, row] : own_sessions(owner->row)) {
        if (ends_at > now) sessions.push_back(state_.sessions.at(row).session);
    }
    co_return sessions;
}

Task<Status> MemoryStore::revoke_session(OrganizationKey key, SessionId id) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const found = find_session_row(key, id);
    if (found == state_.sessions.end()) co_return fail(session_not_found(id));
    generations_.raise(found->second.session.member.uuid);
    state_.sessions.erase(found);
    co_return Status{};
}

Task<Result<std::size_t>> MemoryStore::revoke_sessions(OrganizationKey key, MemberId member) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* owner = find_live_member(key, member);
    if (!owner) co_return std::size_t{0};
    auto const before = state_.sessions.size();
    end_sessions(owner->row);
    generations_.raise(member.uuid);
    co_return before - state_.sessions.size();
}

Task<Result<bool>> MemoryStore::forget_expired(Timestamp now, Timestamp keys_before,
                                               std::size_t /*rows_max*/) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    std::erase_if(state_.sessions,
                  [&](auto const& entry) { return entry.second.session.expires_at <= now; });
    std::erase_if(state_.impersonation_tokens,
                  [&](ImpersonationRow const& row) { return row.token.expires_at <= now; });
    std::erase_if(state_.used_tokens, [&](auto const& entry) { return entry.second <= now; });
    for (auto& [project, keys] : state_.signing_keys) {
        std::erase_if(keys, [&](directory::SigningKey const& key) {
            return key.retired_at && *key.retired_at <= keys_before;
        });
    }
    co_return false;
}

}  // namespace rollcall::storage::memory
