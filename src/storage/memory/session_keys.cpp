// The memory store: signing keys, trusted-token profiles, passwords, impersonation.
#include "storage/errors.hpp"
#include "storage/key_issuer.hpp"
#include "storage/memory/memory_store.hpp"

#include <algorithm>

namespace rollcall::storage::memory {

using directory::ImpersonationToken;
using directory::MemberPassword;
using directory::SigningKey;
using directory::TokenProfile;

Task<Result<std::optional<std::vector<SigningKey>>>> MemoryStore::list_signing_keys(
    ProjectId project) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* owner = find_project_row(project);
    if (!owner) co_return std::nullopt;
    co_return state_.signing_keys[owner->row];
}

Task<Status> MemoryStore::add_signing_key(ProjectId project, SigningKey key,
                                          std::optional<SigningKeyId> expected) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* owner = find_project_row(project);
    if (!owner) co_return fail(project_not_found(project));
    auto& keys = state_.signing_keys[owner->row];
    auto const newest = keys.empty() ? std::nullopt : std::optional(keys.front().id);
    if (newest != expected) co_return fail(version_moved());
    if (newest) keys.front().retired_at = key.created_at;
    keys.insert(keys.begin(), std::move(key));
    generations_.raise(project.uuid);
    co_return Status{};
}

std::map<Row, ProfileRow>::iterator MemoryStore::find_profile(ProjectKey const& project,
                                                              TokenProfileId const& id) {
    return std::ranges::find_if(state_.token_profiles, [&](auto const& entry) {
        return entry.second.project == project.row() && entry.second.profile.id == id;
    });
}

Task<Result<std::vector<TokenProfile>>> MemoryStore::list_token_profiles(ProjectKey project) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    std::vector<TokenProfile> profiles;
    for (auto const& [row, entry] : state_.token_profiles) {
        if (entry.project == project.row()) profiles.push_back(entry.profile);
    }
    co_return profiles;
}

Task<Result<std::optional<TokenProfile>>> MemoryStore::find_token_profile(ProjectKey project,
                                                                          TokenProfileId id) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const found = find_profile(project, id);
    if (found == state_.token_profiles.end()) co_return std::nullopt;
    co_return found->second.profile;
}

Task<Status> MemoryStore::create_token_profile(ProjectKey project, TokenProfile profile) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const profiles_max = limits_.token_profiles_per_project_max;
    auto const count = std::ranges::count_if(state_.token_profiles, [&](auto const& entry) {
        return entry.second.project == project.row();
    });
    if (static_cast<std::size_t>(count) >= profiles_max) {
        co_return fail(too_many_token_profiles(profiles_max));
    }
    state_.token_profiles.emplace(state_.next_row(), ProfileRow{project.row(), std::move(profile)});
    generations_.raise(project.id().uuid);
    co_return Status{};
}

Task<Result<TokenProfile>> MemoryStore::update_token_profile(ProjectKey project,
                                                             TokenProfile profile,
                                                             Timestamp expected_updated_at) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const found = find_profile(project, profile.id);
    if (found == state_.token_profiles.end()) co_return fail(token_profile_not_found(profile.id));
    auto& stored = found->second.profile;
    if (stored.updated_at != expected_updated_at) co_return fail(version_moved());
    profile.created_at = stored.created_at;
    stored = profile;
    generations_.raise(project.id().uuid);
    co_return profile;
}

Task<Status> MemoryStore::delete_token_profile(ProjectKey project, TokenProfileId id) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const found = find_profile(project, id);
    if (found == state_.token_profiles.end()) co_return fail(token_profile_not_found(id));
    state_.token_profiles.erase(found);
    generations_.raise(project.id().uuid);
    co_return Status{};
}

Task<Result<bool>> MemoryStore::claim_token_id(ProjectKey project, TokenProfileId profile,
                                               Digest token_id, Timestamp expires_at) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    co_return state_.used_tokens
        .emplace(UsedToken{project.row(), profile.uuid, token_id.bytes}, expires_at)
        .second;
}

Task<Result<std::optional<MemberPassword>>> MemoryStore::find_password(OrganizationKey key,
                                                                       MemberId member) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* owner = find_live_member(key, member);
    if (!owner) co_return std::nullopt;
    auto const found = state_.passwords.find(owner->row);
    if (found == state_.passwords.end()) co_return std::nullopt;
    co_return found->second.password;
}

Task<Status> MemoryStore::create_impersonation_token(OrganizationKey key,
                                                     ImpersonationToken token) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* member = find_live_member(key, token.member);
    if (!member) co_return fail(member_not_found(token.member));
    state_.impersonation_tokens.push_back({key.row(), member->row, std::move(token)});
    co_return Status{};
}

Task<Result<std::optional<std::pair<OrganizationKey, ImpersonationToken>>>>
MemoryStore::take_impersonation_token(ProjectKey project, Digest digest, Timestamp now) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto& tokens = state_.impersonation_tokens;
    auto const found = std::ranges::find_if(tokens, [&](ImpersonationRow const& row) {
        auto const& organization = state_.organizations.at(row.organization);
        return organization.project == project.row() && !organization.removed &&
               equal_in_constant_time(row.token.digest, digest) && row.token.expires_at > now &&
               state_.members.at(row.member).member.status != directory::MemberStatus::deleted;
    });
    if (found == tokens.end()) co_return std::nullopt;
    auto const& organization = state_.organizations.at(found->organization);
    auto const key =
        KeyIssuer::organization(project, organization.organization.id, found->organization);
    std::pair taken(key, std::move(found->token));
    tokens.erase(found);
    co_return taken;
}

}  // namespace rollcall::storage::memory
