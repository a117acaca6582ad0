// Which ways to log in an organization's settings leave, and who is who in two organizations.
#include "directory/login_rules.hpp"

#include <gtest/gtest.h>

namespace rollcall::directory {
namespace {

constexpr Timestamp now{std::chrono::seconds{1'750'000'000}};

AuthenticationFactor factor(FactorType type) {
    return {.type = type,
            .subject = "s",
            .address = "a",
            .created_at = now,
            .last_authenticated_at = now};
}
std::vector<AuthenticationFactor> const password{factor(FactorType::password)};
std::vector<AuthenticationFactor> const both{factor(FactorType::password),
                                             factor(FactorType::trusted_auth_token)};

std::string kind_of(Status const& status) {
    return status ? "ok" : status.error().kind();
}

Member member(std::string address, bool verified = true) {
    Member made;
    made.email_address = std::move(address);
    made.email_address_verified = verified;
    return made;
}

TEST(LoginRules, a_password_is_enough_at_first) {
    EXPECT_EQ(kind_of(check_login({}, {}, password)), "ok");
}

TEST(LoginRules, a_second_factor_cannot_be_asked_for) {
    OrganizationSettings settings;
    settings.mfa_policy = "REQUIRED_FOR_ALL";
    auto const refused = "operation_restricted_by_organization_mfa_methods";
    Member enrolled;
    enrolled.mfa_enrolled = true;
    EXPECT_EQ(kind_of(check_login(settings, {}, password)), refused);
    EXPECT_EQ(kind_of(check_login({}, enrolled, password)), refused);
    enrolled.is_breakglass = true;
    EXPECT_EQ(kind_of(check_login(settings, enrolled, password)), refused);
    EXPECT_EQ(kind_of(check_login(settings, enrolled, both)), "ok");
}

TEST(LoginRules, a_password_may_not_be_among_the_methods) {
    OrganizationSettings settings;
    settings.auth_methods = "RESTRICTED";
    settings.allowed_auth_methods = {"sso"};
    EXPECT_EQ(kind_of(check_login(settings, {}, password)),
              "operation_restricted_by_organization_auth_methods");
    EXPECT_EQ(kind_of(check_login(settings, {}, both)), "ok");
    Member breakglass;
    breakglass.is_breakglass = true;
    EXPECT_EQ(kind_of(check_login(settings, breakglass, password)), "ok");
    settings.allowed_auth_methods = {"sso", "password"};
    EXPECT_EQ(kind_of(check_login(settings, {}, password)), "ok");
}

TEST(LoginRules, only_a_verified_address_makes_two_members_one_person) {
    Session session;
    session.factors = password;
    auto const ada = member("ada@example.com");
    EXPECT_EQ(kind_of(check_exchange(session, ada, member("ADA@example.com"))), "ok");
    EXPECT_EQ(kind_of(check_exchange(session, ada, member("ada@example.com", false))),
              "unauthorized_action");
    EXPECT_EQ(kind_of(check_exchange(session, member("ada@example.com", false), ada)),
              "unauthorized_action");
    EXPECT_EQ(kind_of(check_exchange(session, ada, member("bob@example.com"))),
              "unauthorized_action");
}

TEST(LoginRules, an_impersonated_session_stays_where_it_is) {
    Session session;
    session.factors = {factor(FactorType::impersonated)};
    auto const ada = member("ada@example.com");
    EXPECT_EQ(kind_of(check_exchange(session, ada, ada)), "unauthorized_action");
}

}  // namespace
}  // namespace rollcall::directory
