// The settings of an organization: one table for words, one for lists, and what ties them together.
#include "base/limits.hpp"
#include "base/text.hpp"
#include "directory/email_domain.hpp"
#include "directory/organization_rules.hpp"
#include "directory/policy_plan.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>

namespace rollcall::directory {
namespace {

using Words = std::span<std::string_view const>;
using GivenText = std::optional<std::string> OrganizationFields::*;
using GivenList = std::optional<std::vector<std::string>> OrganizationFields::*;
using List = std::vector<std::string> OrganizationSettings::*;

constexpr std::array<std::string_view, 3> all_restricted_none{"ALL_ALLOWED", "RESTRICTED",
                                                              "NOT_ALLOWED"};
constexpr std::array<std::string_view, 2> restricted_none{"RESTRICTED", "NOT_ALLOWED"};
constexpr std::array<std::string_view, 2> all_restricted{"ALL_ALLOWED", "RESTRICTED"};
constexpr std::array<std::string_view, 2> mfa_policies{"OPTIONAL", "REQUIRED_FOR_ALL"};
constexpr std::array<std::string_view, 9> auth_method_words{
    "sso",         "magic_link",   "email_otp",    "password", "google_oauth", "microsoft_oauth",
    "slack_oauth", "github_oauth", "hubspot_oauth"};
constexpr std::array<std::string_view, 2> mfa_method_words{"sms_otp", "totp"};
constexpr std::array<std::string_view, 3> oauth_tenant_providers{"slack", "hubspot", "github"};

// A setting that holds one word of a closed list.
struct WordSetting {
    std::string_view field;
    GivenText given;
    std::string OrganizationSettings::* target;
    Words words;
    std::string_view kind;
};

using F = OrganizationFields;
using S = OrganizationSettings;
constexpr std::string_view bad_factor = "invalid_organization_auth_factor_setting";
constexpr std::string_view bad_methods = "invalid_organization_auth_method_settings";
constexpr std::string_view bad_policy = "invalid_organization_mfa_policy";

constexpr std::array word_settings{
    WordSetting{"sso_jit_provisioning", &F::sso_jit_provisioning, &S::sso_jit_provisioning,
                all_restricted_none, bad_factor},
    WordSetting{"email_jit_provisioning", &F::email_jit_provisioning, &S::email_jit_provisioning,
                restricted_none, bad_factor},
    WordSetting{"email_invites", &F::email_invites, &S::email_invites, all_restricted_none,
                bad_factor},
    WordSetting{"oauth_tenant_jit_provisioning", &F::oauth_tenant_jit_provisioning,
                &S::oauth_tenant_jit_provisioning, restricted_none, bad_factor},
    WordSetting{"auth_methods", &F::auth_methods, &S::auth_methods, all_restricted, bad_methods},
    WordSetting{"mfa_policy", &F::mfa_policy, &S::mfa_policy, mfa_policies, bad_policy},
    WordSetting{"mfa_methods", &F::mfa_methods, &S::mfa_methods, all_restricted, bad_methods},
    WordSetting{"first_party_connected_apps_allowed_type",
                &F::first_party_connected_apps_allowed_type,
                &S::first_party_connected_apps_allowed_type, all_restricted_none, bad_factor},
    WordSetting{"third_party_connected_apps_allowed_type",
                &F::third_party_connected_apps_allowed_type,
                &S::third_party_connected_apps_allowed_type, all_restricted_none, bad_factor},
};

Status apply_word(OrganizationSettings& settings, OrganizationFields const& fields,
                  WordSetting const& setting) {
    auto const& given = fields.*setting.given;
    if (!given || given->empty()) return {};
    if (std::ranges::find(setting.words, *given) == setting.words.end()) {
        return fail(invalid_field(setting.kind, fmt::format("{} must be one of {}.", setting.field,
                                                            fmt::join(setting.words, ", "))));
    }
    settings.*setting.target = *given;
    return {};
}

Status check_list_size(std::string_view field, std::size_t size, std::string_view kind) {
    if (size <= Limits::setting_values_max) return {};
    return fail(invalid_field(kind, fmt::format("{} must not have more than {} elements.", field,
                                                Limits::setting_values_max)));
}

// A list of words of a closed list, each once.
Status apply_word_list(OrganizationSettings& settings, OrganizationFields const& fields,
                       std::string_view field, GivenList given, List target, Words words,
                       std::string_view kind) {
    auto const& list = fields.*given;
    if (!list) return {};
    std::vector<std::string> result;
    for (auto const& word : *list) {
        if (std::ranges::find(words, word) == words.end()) {
            return fail(invalid_field(
                kind, fmt::format("{} may hold only {}.", field, fmt::join(words, ", "))));
        }
        if (std::ranges::find(result, word) == result.end()) result.push_back(word);
    }
    settings.*target = std::move(result);
    return {};
}

bool is_foreign_id(std::string_view text) {
    return !text.empty() && text.size() <= Limits::foreign_id_characters_max &&
           std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

// Ids of things that this server does not manage; only their form is checked.
Status apply_id_list(OrganizationSettings& settings, OrganizationFields const& fields,
                     std::string_view field, GivenList given, List target) {
    auto const& list = fields.*given;
    if (!list) return {};
    CHECK(check_list_size(field, list->size(), "invalid_argument"));
    if (!std::ranges::all_of(*list, is_foreign_id)) {
        return fail(invalid_field("invalid_argument",
                                  fmt::format("{} may hold only ids: 1 to 128 printable ASCII "
                                              "characters without spaces.",
                                              field)));
    }
    settings.*target = *list;
    return {};
}

// The contract's names for what may be wrong with a list of domains.
struct DomainErrors {
    std::string_view invalid;
    std::string_view duplicate;
    std::string_view common;
};

Status apply_domains(OrganizationSettings& settings, OrganizationFields const& fields,
                     std::string_view field, GivenList given, List target,
                     DomainErrors const& errors) {
    auto const& list = fields.*given;
    if (!list) return {};
    CHECK(check_list_size(field, list->size(), "too_many_domains"));
    std::vector<std::string> domains;
    for (auto const& text : *list) {
        auto const domain = normalize_domain(text);
        if (!domain) {
            return fail(invalid_field(errors.invalid,
                                      fmt::format("{} may hold only domain names.", field)));
        }
        switch (classify_domain(*domain)) {
            case DomainKind::organizational:
                break;
            case DomainKind::common:
                return fail(invalid_field(
                    errors.common,
                    fmt::format("{} must not hold the public mail domain {}.", field, *domain)));
            case DomainKind::disposable:
                return fail(
                    invalid_field("organization_settings_disposable_domain",
                                  fmt::format("{} must not hold the disposable mail domain {}.",
                                              field, *domain)));
        }
        if (std::ranges::find(domains, *domain) != domains.end()) {
            return fail(invalid_field(errors.duplicate,
                                      fmt::format("{} must not hold {} twice.", field, *domain)));
        }
        domains.push_back(*domain);
    }
    settings.*target = std::move(domains);
    return {};
}

Result<EmailRoleAssignment> read_email_role(EmailRoleFields const& given,
                                            EffectivePolicy const& policy) {
    constexpr std::string_view field = "rbac_email_implicit_role_assignments";
    if (!given.role_id || given.role_id->empty()) {
        return fail(invalid_field("invalid_rbac_role_assignment",
                                  fmt::format("{}: each element needs a role_id.", field)));
    }
    auto const domain = normalize_domain(given.domain.value_or(""));
    if (!domain || classify_domain(*domain) == DomainKind::disposable) {
        return fail(invalid_field("rbac_invalid_domain",
                                  fmt::format("{}: each element needs a domain name.", field)));
    }
    if (classify_domain(*domain) == DomainKind::common) {
        return fail(invalid_field(
            "rbac_domain_too_common",
            fmt::format("{} must not name the public mail domain {}.", field, *domain)));
    }
    CHECK(check_assignable_role(*given.role_id, fmt::format("{}: role_id", field), policy));
    return EmailRoleAssignment{*domain, *given.role_id};
}

Status apply_email_roles(OrganizationSettings& settings, OrganizationFields const& fields,
                         EffectivePolicy const& policy) {
    auto const& list = fields.rbac_email_implicit_role_assignments;
    if (!list) return {};
    CHECK(check_list_size("rbac_email_implicit_role_assignments", list->size(),
                          "invalid_rbac_role_assignment"));
    std::vector<EmailRoleAssignment> result;
    for (auto const& given : *list) {
        TRY(auto assignment, read_email_role(given, policy));
        if (std::ranges::find(result, assignment) == result.end()) {
            result.push_back(std::move(assignment));
        }
    }
    settings.rbac_email_implicit_role_assignments = std::move(result);
    return {};
}

bool is_tenant_list(boost::json::value const& value) {
    return value.is_array() && value.get_array().size() <= Limits::setting_values_max &&
           std::ranges::all_of(value.get_array(), [](boost::json::value const& tenant) {
               return tenant.is_string() && is_foreign_id(tenant.get_string());
           });
}

Status apply_oauth_tenants(OrganizationSettings& settings, OrganizationFields const& fields) {
    if (!fields.allowed_oauth_tenants) return {};
    for (auto const& [provider, tenants] : *fields.allowed_oauth_tenants) {
        std::string_view const name(provider.data(), provider.size());
        auto const known = std::ranges::find(oauth_tenant_providers, name);
        if (known == oauth_tenant_providers.end() || !is_tenant_list(tenants)) {
            return fail(invalid_field("invalid_oauth_allowed_tenants_format",
                                      fmt::format("allowed_oauth_tenants must map {} to arrays of "
                                                  "tenant ids.",
                                                  fmt::join(oauth_tenant_providers, ", "))));
        }
    }
    settings.allowed_oauth_tenants = *fields.allowed_oauth_tenants;
    return {};
}

Status apply_default_connection(OrganizationSettings& settings, OrganizationFields const& fields) {
    auto const& given = fields.sso_default_connection_id;
    if (!given || given->empty()) return {};
    if (!is_foreign_id(*given)) {
        return fail(invalid_field("invalid_sso_default_connection_id",
                                  "sso_default_connection_id must be an id."));
    }
    settings.sso_default_connection_id = *given;
    return {};
}

Status check_restrictions(OrganizationSettings const& settings) {
    if (settings.auth_methods == "RESTRICTED" && settings.allowed_auth_methods.empty()) {
        return fail(invalid_field("allowed_auth_methods_required_for_restricted",
                                  "allowed_auth_methods must not be empty when auth_methods is "
                                  "RESTRICTED."));
    }
    if (settings.mfa_methods == "RESTRICTED" && settings.allowed_mfa_methods.empty()) {
        return fail(invalid_field("allowed_mfa_methods_required_for_restricted",
                                  "allowed_mfa_methods must not be empty when mfa_methods is "
                                  "RESTRICTED."));
    }
    return {};
}

Status apply_domain_lists(OrganizationSettings& settings, OrganizationFields const& given) {
    CHECK(apply_domains(settings, given, "email_allowed_domains", &F::email_allowed_domains,
                        &S::email_allowed_domains,
                        {.invalid = "organization_settings_invalid_domain",
                         .duplicate = "organization_settings_duplicate_domain",
                         .common = "organization_settings_domain_too_common"}));
    return apply_domains(settings, given, "claimed_email_domains", &F::claimed_email_domains,
                         &S::claimed_email_domains,
                         {.invalid = "organization_settings_invalid_claimed_domain",
                          .duplicate = "organization_settings_duplicate_claimed_domain",
                          .common = "organization_settings_claimed_domain_too_common"});
}

Status apply_id_lists(OrganizationSettings& settings, OrganizationFields const& given) {
    CHECK(apply_id_list(settings, given, "sso_jit_provisioning_allowed_connections",
                        &F::sso_jit_provisioning_allowed_connections,
                        &S::sso_jit_provisioning_allowed_connections));
    CHECK(apply_id_list(settings, given, "allowed_first_party_connected_apps",
                        &F::allowed_first_party_connected_apps,
                        &S::allowed_first_party_connected_apps));
    return apply_id_list(settings, given, "allowed_third_party_connected_apps",
                         &F::allowed_third_party_connected_apps,
                         &S::allowed_third_party_connected_apps);
}

}  // namespace

Status apply_settings(OrganizationSettings& settings, OrganizationFields const& given,
                      EffectivePolicy const& policy) {
    for (auto const& setting : word_settings) CHECK(apply_word(settings, given, setting));
    CHECK(apply_word_list(settings, given, "allowed_auth_methods", &F::allowed_auth_methods,
                          &S::allowed_auth_methods, auth_method_words,
                          "invalid_organization_allowed_auth_methods"));
    CHECK(apply_word_list(settings, given, "allowed_mfa_methods", &F::allowed_mfa_methods,
                          &S::allowed_mfa_methods, mfa_method_words,
                          "invalid_organization_allowed_mfa_methods"));
    CHECK(apply_id_lists(settings, given));
    CHECK(apply_domain_lists(settings, given));
    CHECK(apply_email_roles(settings, given, policy));
    CHECK(apply_oauth_tenants(settings, given));
    CHECK(apply_default_connection(settings, given));
    return check_restrictions(settings);
}

}  // namespace rollcall::directory
