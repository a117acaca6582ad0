// Tokens of support: made by the operator, used once.
#include "service/impersonation.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "crypto/digest.hpp"
#include "crypto/random.hpp"
#include "directory/member_plan.hpp"
#include "storage/store.hpp"

#include <utility>

namespace rollcall::service {
namespace {

Error unusable_token() {
    return Error(ErrorCode::unauthenticated,
                 "impersonation_token is unknown, was used already, or has expired.")
        .with_kind("unable_to_auth_impersonation_token");
}

}  // namespace

Task<Result<directory::OrganizationKey>> ImpersonationTokens::find_organization(MemberId member) {
    CO_TRY(auto const projects, co_await store_.list_projects());
    for (auto const& project : projects) {
        if (project.id.environment != member.environment) continue;
        CO_TRY(auto const key, co_await store_.find_project_for_operator(project.id));
        if (!key) continue;
        CO_TRY(auto organization, co_await store_.find_organization_of_member(*key, member));
        if (organization) co_return *organization;
    }
    co_return fail(directory::member_not_found());
}

Task<Result<IssuedImpersonation>> ImpersonationTokens::issue(MemberId member,
                                                             std::string operator_address) {
    CO_TRY(auto const organization, co_await find_organization(member));
    auto token = crypto::random_url_safe(impersonation_token_size);
    auto const expires_at = clock_.now() + Limits::impersonation_token_lifetime;
    // Operators have no ids here; an address folded is the same for each of its spellings.
    CO_CHECK(co_await store_.create_impersonation_token(
        organization, {.digest = crypto::sha256(token.reveal()),
                       .member = member,
                       .impersonator_id = fold(operator_address),
                       .impersonator_address = std::move(operator_address),
                       .expires_at = expires_at}));
    co_return IssuedImpersonation{std::move(token), organization.id(), member, expires_at};
}

Task<Result<Login>> Impersonation::authenticate(directory::ProjectKey project, Secret token) {
    auto const now = clock_.now();
    CO_TRY(auto taken,
           co_await store_.take_impersonation_token(project, crypto::sha256(token.reveal()), now));
    if (!taken) co_return fail(unusable_token());
    auto& [organization, used] = *taken;
    auto member =
        co_await members_.get(project, {to_string(organization.id()), to_string(used.member)});
    // Deactivated a moment ago.
    if (!member && member.error().code() == ErrorCode::not_found) co_return fail(unusable_token());
    if (!member) co_return fail(std::move(member).error());
    auto factor =
        directory::make_factor(directory::FactorType::impersonated, std::move(used.impersonator_id),
                               std::move(used.impersonator_address), now);
    co_return co_await sessions_.begin(project, *std::move(member), {std::move(factor)}, {});
}

}  // namespace rollcall::service
