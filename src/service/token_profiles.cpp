// A profile is planned, its keys are tried, then it is stored whole; planned again when somebody
// else was faster.
#include "service/token_profiles.hpp"

#include "directory/organization_plan.hpp"
#include "service/attempts.hpp"
#include "storage/errors.hpp"
#include "storage/store.hpp"

#include <fmt/format.h>

#include <utility>

namespace rollcall::service {
namespace {

using directory::PublicKeyType;
using directory::TokenProfile;

Error profile_not_found() {
    return Error(ErrorCode::not_found, "profile_id: there is no such trusted-token profile.")
        .with_kind("trusted_token_profile_not_found");
}

Status check_keys(TokenProfile const& profile) {
    for (std::size_t i = 0; i < profile.keys.size(); ++i) {
        auto const key = parse_key(profile.key_type, profile.keys[i]);
        if (key) continue;
        return fail(directory::invalid_token_profile(fmt::format(
            "{}: {}", directory::key_field(profile.key_type, i), key.error().message())));
    }
    return {};
}

}  // namespace

Result<crypto::PublicKey> parse_key(PublicKeyType type, std::string_view text) {
    return type == PublicKeyType::jwk ? crypto::parse_jwk(text) : crypto::parse_pem(text);
}

Task<Result<std::vector<TokenProfile>>> TokenProfiles::list(directory::ProjectKey project) {
    return store_.list_token_profiles(project);
}

Task<Result<TokenProfile>> TokenProfiles::get(directory::ProjectKey project, std::string id) {
    auto const parsed = parse_id<TokenProfileId>(id);
    if (!parsed) co_return fail(profile_not_found());
    if (parsed->environment != project.environment()) {
        co_return fail(directory::wrong_environment(parsed->environment));
    }
    CO_TRY(auto profile, co_await store_.find_token_profile(project, *parsed));
    if (!profile) co_return fail(profile_not_found());
    co_return std::move(*profile);
}

Task<Result<TokenProfile>> TokenProfiles::create(directory::ProjectKey project,
                                                 directory::TokenProfileFields fields) {
    auto const now = clock_.now();
    TokenProfileId const id{project.environment(), ids_.ordered_uuid(now)};
    CO_TRY(auto profile, directory::plan_token_profile_creation(fields, id, now, limits_));
    CO_CHECK(check_keys(profile));
    CO_CHECK(co_await store_.create_token_profile(project, profile));
    co_return profile;
}

Task<Result<TokenProfile>> TokenProfiles::update(directory::ProjectKey project, std::string id,
                                                 directory::TokenProfileFields fields) {
    for (int attempt = 1; attempt <= attempts_max; ++attempt) {
        CO_TRY(auto current, co_await get(project, id));
        CO_TRY(auto next,
               directory::plan_token_profile_update(current, fields, clock_.now(), limits_));
        if (next == current) co_return std::move(current);
        CO_CHECK(check_keys(next));
        auto updated =
            co_await store_.update_token_profile(project, std::move(next), current.updated_at);
        if (updated || updated.error().code() != ErrorCode::precondition_failed) co_return updated;
    }
    co_return fail(busy("The trusted-token profile"));
}

Task<Result<TokenProfileId>> TokenProfiles::remove(directory::ProjectKey project, std::string id) {
    CO_TRY(auto const profile, co_await get(project, std::move(id)));
    CO_CHECK(co_await store_.delete_token_profile(project, profile.id));
    co_return profile.id;
}

Task<Result<directory::ProjectKey>> TokenProfiles::open_for_operator(ProjectId project) {
    CO_TRY(auto const key, co_await store_.find_project_for_operator(project));
    if (!key) co_return fail(storage::project_not_found(project));
    co_return *key;
}

}  // namespace rollcall::service
