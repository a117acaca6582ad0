// Field by field; keys last, since their type says which field has them.
#include "directory/token_profile_plan.hpp"

#include "base/text.hpp"
#include "directory/field_rules.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace rollcall::directory {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view pem_field = "pem_files";
constexpr std::string_view jwk_field = "jwks";

Error is_required(std::string_view field) {
    return invalid_token_profile(fmt::format("{} is required.", field));
}

Status apply_text(std::string& target, std::optional<std::string> const& given,
                  std::string_view field, std::size_t size_max) {
    if (given) target = *given;
    if (trim(target).empty()) return fail(is_required(field));
    if (count_code_points(target) > size_max || has_control_character(target)) {
        return fail(invalid_token_profile(
            fmt::format("{} must have at most {} characters, none of them a control character.",
                        field, size_max)));
    }
    return {};
}

Status apply_claim(std::optional<std::string>& target, std::optional<std::string> const& given,
                   std::string_view field) {
    target.reset();
    if (!given || given->empty()) return {};
    return apply_text(target.emplace(), given, field, Limits::claim_name_characters_max);
}

Status apply_mapping(AttributeMapping& target, AttributeMappingFields const& given) {
    CHECK(apply_text(target.email, given.email.value_or(""), "attribute_mapping.email",
                     Limits::claim_name_characters_max));
    CHECK(apply_text(target.token_id, given.token_id.value_or(""), "attribute_mapping.token_id",
                     Limits::claim_name_characters_max));
    CHECK(apply_claim(target.organization_id, given.organization_id,
                      "attribute_mapping.organization_id"));
    CHECK(apply_claim(target.external_member_id, given.external_member_id,
                      "attribute_mapping.external_member_id"));
    return apply_claim(target.role_ids, given.role_ids, "attribute_mapping.role_ids");
}

Result<PublicKeyType> parse_key_type(std::string_view text) {
    if (text == "JWK") return PublicKeyType::jwk;
    if (text == "PEM") return PublicKeyType::pem;
    return fail(invalid_token_profile("public_key_type must be JWK or PEM."));
}

// The keys of a JWK Set, each as JSON text.
Result<std::vector<std::string>> keys_of_set(boost::json::object const& set) {
    auto const* keys = set.if_contains("keys");
    auto const error = [] {
        return fail(invalid_token_profile("jwks.keys must be an array of objects."));
    };
    if (keys == nullptr || !keys->is_array()) return error();
    std::vector<std::string> texts;
    for (auto const& key : keys->get_array()) {
        if (!key.is_object()) return error();
        texts.push_back(boost::json::serialize(key));
    }
    return texts;
}

// A file with several blocks would be read as its first one, and one with a private key be shown.
Status check_pem_blocks(std::vector<std::string> const& texts) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
        constexpr std::string_view begin = "-----BEGIN ";
        auto const first = texts[i].find(begin);
        if (first != std::string::npos && texts[i].find(begin, first + 1) == std::string::npos) {
            continue;
        }
        return fail(invalid_token_profile(
            fmt::format("{} must hold one PEM block.", key_field(PublicKeyType::pem, i))));
    }
    return {};
}

// The keys that the fields give for a profile of that type, if they do.
Result<std::optional<std::vector<std::string>>> read_keys(TokenProfileFields const& fields,
                                                          PublicKeyType type) {
    bool const is_pem = type == PublicKeyType::pem;
    if (is_pem ? fields.jwks.has_value() : fields.pem_files.has_value()) {
        return fail(invalid_token_profile(
            fmt::format("{} goes with another public_key_type; this one has {}.",
                        is_pem ? jwk_field : pem_field, is_pem ? pem_field : jwk_field)));
    }
    if (is_pem) {
        if (fields.pem_files) CHECK(check_pem_blocks(*fields.pem_files));
        return fields.pem_files;
    }
    if (!fields.jwks) return std::nullopt;
    return keys_of_set(*fields.jwks);
}

Status check_keys_size(std::vector<std::string> const& keys, std::string_view field,
                       Limits const& limits) {
    if (keys.empty()) {
        return fail(invalid_token_profile(fmt::format("{} must have at least one key.", field)));
    }
    if (keys.size() > limits.token_profile_keys_max) {
        return fail(invalid_token_profile(fmt::format("{} must not have more than {} keys.", field,
                                                      limits.token_profile_keys_max)));
    }
    std::size_t bytes = 0;
    for (auto const& key : keys) bytes += key.size();
    if (bytes > Limits::profile_keys_bytes_max) {
        return fail(invalid_token_profile(
            fmt::format("{} must not exceed {} bytes.", field, Limits::profile_keys_bytes_max)));
    }
    return {};
}

Status apply_keys(TokenProfile& target, TokenProfileFields const& fields, Limits const& limits) {
    if (fields.public_key_type) {
        TRY(auto const type, parse_key_type(*fields.public_key_type));
        if (type != target.key_type) target.keys.clear();
        target.key_type = type;
    }
    TRY(auto keys, read_keys(fields, target.key_type));
    if (keys) target.keys = *std::move(keys);
    return check_keys_size(target.keys,
                           target.key_type == PublicKeyType::pem ? pem_field : jwk_field, limits);
}

Status apply(TokenProfile& target, TokenProfileFields const& fields, Limits const& limits) {
    CHECK(apply_text(target.name, fields.name, "name", limits.name_code_points_max));
    CHECK(apply_text(target.issuer, fields.issuer, "issuer", Limits::issuer_characters_max));
    CHECK(apply_text(target.audience, fields.audience, "audience", Limits::issuer_characters_max));
    if (fields.attribute_mapping) CHECK(apply_mapping(target.mapping, *fields.attribute_mapping));
    target.can_jit_provision = fields.can_jit_provision.value_or(target.can_jit_provision);
    target.single_use = fields.single_use.value_or(target.single_use);
    return apply_keys(target, fields, limits);
}

}  // namespace

Result<TokenProfile> plan_token_profile_creation(TokenProfileFields const& fields,
                                                 TokenProfileId id, Timestamp now,
                                                 Limits const& limits) {
    if (!fields.public_key_type) return fail(is_required("public_key_type"));
    if (!fields.attribute_mapping) return fail(is_required("attribute_mapping"));
    TokenProfile profile;
    profile.id = id;
    profile.created_at = now;
    profile.updated_at = now;
    CHECK(apply(profile, fields, limits));
    return profile;
}

Result<TokenProfile> plan_token_profile_update(TokenProfile const& current,
                                               TokenProfileFields const& fields, Timestamp now,
                                               Limits const& limits) {
    auto next = current;
    CHECK(apply(next, fields, limits));
    if (next != current) next.updated_at = std::max(now, current.updated_at + 1us);
    return next;
}

std::string key_field(PublicKeyType type, std::size_t index) {
    if (type == PublicKeyType::pem) return fmt::format("{}[{}]", pem_field, index);
    return fmt::format("{}.keys[{}]", jwk_field, index);
}

Error invalid_token_profile(std::string message) {
    return invalid_field("invalid_trusted_token_profile", std::move(message));
}

}  // namespace rollcall::directory
