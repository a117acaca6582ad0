// Rules of organizations that are not about one field's syntax: merging, defaults, cross-checks.
#include "directory/organization_plan.hpp"

#include "base/text.hpp"
#include "directory/organization_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rollcall::directory {
namespace {

using namespace std::chrono_literals;

Status apply_name(Organization& target, OrganizationFields const& given, Limits const& limits) {
    if (!given.name || given.name->empty()) return {};
    CHECK(check_organization_name(*given.name, limits));
    target.name = *given.name;
    return {};
}

Status apply_slug(Organization& target, OrganizationFields const& given) {
    if (!given.slug || given.slug->empty()) return {};
    CHECK(check_slug(*given.slug));
    target.slug = *given.slug;
    return {};
}

Status apply_logo(Organization& target, OrganizationFields const& given) {
    if (!given.logo_url) return {};
    CHECK(check_logo_url(*given.logo_url));
    target.logo_url = *given.logo_url;
    return {};
}

Status apply_external_id(Organization& target, OrganizationFields const& given) {
    if (!given.external_id || given.external_id->empty()) return {};
    CHECK(check_external_id(*given.external_id));
    target.external_id = *given.external_id;
    return {};
}

Status apply_metadata(Organization& target, OrganizationFields const& given) {
    if (!given.trusted_metadata) return {};
    merge_metadata(target.trusted_metadata, *given.trusted_metadata);
    return check_metadata(target.trusted_metadata, "trusted_metadata");
}

Status apply(Organization& target, OrganizationFields const& given, EffectivePolicy const& policy,
             Limits const& limits) {
    CHECK(apply_name(target, given, limits));
    CHECK(apply_slug(target, given));
    CHECK(apply_logo(target, given));
    CHECK(apply_external_id(target, given));
    CHECK(apply_metadata(target, given));
    return apply_settings(target.settings, given, policy);
}

bool same_content(Organization const& a, Organization const& b) {
    return a.name == b.name && a.slug == b.slug && a.logo_url == b.logo_url &&
           a.external_id == b.external_id && a.trusted_metadata == b.trusted_metadata &&
           a.settings == b.settings;
}

// Two updates within one tick of the clock must not look like one.
void touch(Organization& organization, Timestamp now) {
    organization.updated_at = std::max(now, organization.updated_at + 1us);
}

bool has_text(std::optional<std::string> const& value) {
    return value && !value->empty();
}

bool has_items(std::optional<std::vector<std::string>> const& value) {
    return value && !value->empty();
}

// Contract §3.2: passing any of these makes invitations opt-in.
bool has_auth_setting(OrganizationFields const& given) {
    return has_text(given.sso_jit_provisioning) || has_items(given.email_allowed_domains) ||
           has_text(given.email_jit_provisioning) || has_text(given.email_invites) ||
           has_text(given.auth_methods) || has_items(given.allowed_auth_methods) ||
           has_text(given.oauth_tenant_jit_provisioning) ||
           (given.allowed_oauth_tenants && !given.allowed_oauth_tenants->empty());
}

bool is_slug_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

}  // namespace

Result<Organization> plan_organization_creation(OrganizationFields const& fields, OrganizationId id,
                                                EffectivePolicy const& policy, Timestamp now,
                                                Limits const& limits) {
    if (!fields.name || trim(*fields.name).empty()) {
        return fail(Error(ErrorCode::invalid_value, "organization_name is required.")
                        .with_kind("organization_name_missing"));
    }
    Organization organization;
    organization.id = id;
    organization.created_at = now;
    organization.updated_at = now;
    if (has_auth_setting(fields)) organization.settings.email_invites = "NOT_ALLOWED";
    CHECK(apply(organization, fields, policy, limits));
    if (organization.slug.empty()) organization.slug = derive_slug(organization.name);
    return organization;
}

Result<Organization> plan_organization_update(Organization const& current,
                                              OrganizationFields const& fields,
                                              EffectivePolicy const& policy, Timestamp now,
                                              Limits const& limits) {
    auto next = current;
    CHECK(apply(next, fields, policy, limits));
    if (!same_content(current, next)) touch(next, now);
    return next;
}

Organization plan_external_id_removal(Organization const& current, Timestamp now) {
    auto next = current;
    if (std::exchange(next.external_id, std::nullopt)) touch(next, now);
    return next;
}

std::string derive_slug(std::string_view name) {
    constexpr std::size_t derived_size_max = 100;
    std::string slug;
    for (char const c : ascii_lower(name)) {
        if (is_slug_character(c)) {
            slug += c;
        } else if (!slug.empty() && slug.back() != '-') {
            slug += '-';
        }
        if (slug.size() == derived_size_max) break;
    }
    while (!slug.empty() && slug.back() == '-') slug.pop_back();
    // A name of the form of an id would make a slug that check_slug refuses.
    if (slug.size() < Limits::slug_characters_min || parse_id<OrganizationId>(slug))
        return "organization";
    return slug;
}

std::string with_suffix(std::string_view slug, std::string_view suffix) {
    std::string result(slug.substr(0, Limits::slug_characters_max - suffix.size() - 1));
    result += '-';
    result += suffix;
    return result;
}

Status check_organization_reference(std::string_view reference, Environment environment,
                                    std::string_view field) {
    if (auto const id = parse_id<OrganizationId>(reference)) {
        if (id->environment != environment) return fail(wrong_environment(id->environment));
        return {};
    }
    if (is_slug_text(reference) || is_external_id_text(reference)) return {};
    return fail(invalid_field(
        "invalid_organization_id",
        fmt::format("{} must be an organization id, a slug, or an external id.", field)));
}

Error wrong_environment(Environment found) {
    if (found == Environment::live) {
        return Error(ErrorCode::invalid_value,
                     "An id of the live environment was used with a test project.")
            .with_kind("live_id_used_in_test_environment");
    }
    return Error(ErrorCode::invalid_value,
                 "An id of the test environment was used with a live project.")
        .with_kind("test_id_used_in_live_environment");
}

Error organization_not_found() {
    return Error(ErrorCode::not_found, "The organization could not be found.")
        .with_kind("organization_not_found");
}

Event organization_event(EventAction action, Organization const& organization, EventId id,
                         Timestamp now) {
    return {.id = id,
            .source = EventSource::direct,
            .object = EventObject::organization,
            .action = action,
            .object_id = to_string(organization.id),
            .related_id = {},
            .label = organization.name,
            .occurred_at = now};
}

}  // namespace rollcall::directory
