// Syntax of the identifying fields of an organization.
#include "directory/organization_rules.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rollcall::directory {
namespace {

bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool consists_of(std::string_view text, std::string_view punctuation) {
    return std::ranges::all_of(
        text, [&](char c) { return is_alphanumeric(c) || punctuation.contains(c); });
}

}  // namespace

bool is_slug_text(std::string_view text) noexcept {
    return text.size() >= Limits::slug_characters_min &&
           text.size() <= Limits::slug_characters_max && consists_of(text, "-._~");
}

Status check_organization_name(std::string_view name, Limits const& limits) {
    constexpr std::string_view kind = "invalid_organization_name";
    if (trim(name).empty()) {
        return fail(invalid_field(kind, "organization_name must not be blank."));
    }
    return check_name(name, "organization_name", kind, limits.name_code_points_max);
}

Status check_slug(std::string_view slug) {
    if (!is_slug_text(slug)) {
        return fail(
            invalid_field("invalid_organization_slug",
                          fmt::format("organization_slug must have {} to {} characters, each a "
                                      "letter, a digit, '-', '.', '_' or '~'.",
                                      Limits::slug_characters_min, Limits::slug_characters_max)));
    }
    // It could never be found: references are tried as ids first (contract §1.10).
    if (parse_id<OrganizationId>(slug)) {
        return fail(
            invalid_field("invalid_organization_slug",
                          "organization_slug must not have the form of an organization id."));
    }
    return {};
}

Status check_logo_url(std::string_view url) {
    if (url.empty()) return {};
    if (url.size() > Limits::logo_url_bytes_max) {
        return fail(invalid_field("organization_logo_url_too_long",
                                  fmt::format("organization_logo_url must not exceed {} bytes.",
                                              Limits::logo_url_bytes_max)));
    }
    auto const printable = [](char c) { return c > 0x20 && c < 0x7f; };
    auto const lower = ascii_lower(url.substr(0, 8));
    auto const absolute = (lower.starts_with("https://") && url.size() > 8) ||
                          (lower.starts_with("http://") && url.size() > 7);
    if (!absolute || !std::ranges::all_of(url, printable)) {
        return fail(invalid_field("invalid_url",
                                  "organization_logo_url must be an absolute http or https URL."));
    }
    return {};
}

Status check_external_id(std::string_view external_id) {
    if (!is_external_id_text(external_id)) {
        return fail(
            invalid_field("invalid_organization_external_id",
                          fmt::format("organization_external_id must have 1 to {} characters, "
                                      "each a letter, a digit, '.', '_', '-' or '|'.",
                                      Limits::external_id_characters_max)));
    }
    if (parse_id<OrganizationId>(external_id)) {
        return fail(invalid_field("external_organization_id_same_as_organization_id",
                                  "organization_external_id must not be an organization id."));
    }
    return {};
}

}  // namespace rollcall::directory
