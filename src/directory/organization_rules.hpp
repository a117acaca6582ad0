// What each field of an organization may hold; used by organization_plan.cpp only.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "directory/field_rules.hpp"
#include "directory/organization_plan.hpp"

#include <string_view>

namespace rollcall::directory {

/// 1 to limits.name_code_points_max characters, not blank, no control or invisible ones.
[[nodiscard]] Status check_organization_name(std::string_view name, Limits const& limits);
[[nodiscard]] Status check_slug(std::string_view slug);
/// Empty, or an absolute http or https URL.
[[nodiscard]] Status check_logo_url(std::string_view url);
[[nodiscard]] Status check_external_id(std::string_view external_id);

[[nodiscard]] bool is_slug_text(std::string_view text) noexcept;

/// Puts the given settings in place and checks those that depend on each other, and the roles they
/// name.
[[nodiscard]] Status apply_settings(OrganizationSettings& settings, OrganizationFields const& given,
                                    EffectivePolicy const& policy);

}  // namespace rollcall::directory
