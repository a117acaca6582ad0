// Settings of organizations against factors; addresses of members against each other.
#include "directory/login_rules.hpp"

#include "directory/email_address.hpp"

#include <algorithm>

namespace rollcall::directory {
namespace {

Error forbidden(std::string message) {
    return Error(ErrorCode::forbidden, std::move(message)).with_kind("unauthorized_action");
}

}  // namespace

Status check_login(OrganizationSettings const& settings, Member const& member,
                   std::span<AuthenticationFactor const> factors) {
    auto const is_trusted = [](AuthenticationFactor const& factor) {
        return factor.type == FactorType::trusted_auth_token;
    };
    if (std::ranges::any_of(factors, is_trusted)) return {};
    if (settings.mfa_policy == "REQUIRED_FOR_ALL" || member.mfa_enrolled) {
        return fail(Error(ErrorCode::forbidden,
                          "The organization's mfa_policy or the member's mfa_enrolled asks for a "
                          "second factor, which this server does not have.")
                        .with_kind("operation_restricted_by_organization_mfa_methods"));
    }
    auto const& methods = settings.allowed_auth_methods;
    auto const is_allowed = settings.auth_methods != "RESTRICTED" ||
                            std::ranges::find(methods, "password") != methods.end();
    if (!is_allowed && !member.is_breakglass) {
        return fail(Error(ErrorCode::forbidden,
                          "The organization's allowed_auth_methods do not have password.")
                        .with_kind("operation_restricted_by_organization_auth_methods"));
    }
    return {};
}

Status check_exchange(Session const& session, Member const& from, Member const& to) {
    if (session.is_impersonated()) {
        return fail(forbidden("An impersonated session cannot be exchanged."));
    }
    if (!from.email_address_verified || !to.email_address_verified ||
        !is_same_address(from.email_address, to.email_address)) {
        return fail(
            forbidden("A session is exchanged only between members who have both verified "
                      "the same e-mail address."));
    }
    return {};
}

}  // namespace rollcall::directory
