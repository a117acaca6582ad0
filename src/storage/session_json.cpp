// Writers and readers of stored JSON; what is written here is all that is read.
#include "storage/session_json.hpp"

#include <boost/json/value_from.hpp>
#include <boost/json/value_to.hpp>

#include <optional>
#include <string>

namespace rollcall::storage {
namespace {

namespace json = boost::json;
using directory::AuthenticationFactor;
using directory::FactorType;
using directory::PublicKeyType;
using directory::TokenProfile;

std::int64_t number(Timestamp at) {
    return at.time_since_epoch().count();
}

Timestamp timestamp(json::value const& value) {
    return Timestamp(Timestamp::duration(value.as_int64()));
}

std::string text(json::value const& value) {
    return std::string(value.as_string());
}

void put(json::object& object, std::string_view name, std::optional<std::string> const& value) {
    if (value) object[name] = *value;
}

std::optional<std::string> optional_text(json::object const& object, std::string_view name) {
    auto const* value = object.if_contains(name);
    if (value == nullptr) return std::nullopt;
    return text(*value);
}

}  // namespace

json::array to_json(std::vector<AuthenticationFactor> const& factors) {
    json::array array;
    for (auto const& factor : factors) {
        array.push_back(
            json::object{{"type", static_cast<std::int64_t>(factor.type)},
                         {"subject", factor.subject},
                         {"address", factor.address},
                         {"created_at", number(factor.created_at)},
                         {"last_authenticated_at", number(factor.last_authenticated_at)}});
    }
    return array;
}

std::vector<AuthenticationFactor> factors_from_json(json::array const& array) {
    std::vector<AuthenticationFactor> factors;
    for (auto const& element : array) {
        auto const& object = element.as_object();
        factors.push_back({.type = static_cast<FactorType>(object.at("type").as_int64()),
                           .subject = text(object.at("subject")),
                           .address = text(object.at("address")),
                           .created_at = timestamp(object.at("created_at")),
                           .last_authenticated_at = timestamp(object.at("last_authenticated_at"))});
    }
    return factors;
}

json::object to_json(TokenProfile const& profile) {
    auto const& names = profile.mapping;
    json::object mapping{{"email", names.email}, {"token_id", names.token_id}};
    put(mapping, "organization_id", names.organization_id);
    put(mapping, "external_member_id", names.external_member_id);
    put(mapping, "role_ids", names.role_ids);
    return {{"name", profile.name},
            {"issuer", profile.issuer},
            {"audience", profile.audience},
            {"key_type", static_cast<std::int64_t>(profile.key_type)},
            {"keys", json::value_from(profile.keys)},
            {"mapping", std::move(mapping)},
            {"can_jit_provision", profile.can_jit_provision},
            {"single_use", profile.single_use}};
}

TokenProfile token_profile_from_json(json::object const& json) {
    auto const& mapping = json.at("mapping").as_object();
    TokenProfile profile;
    profile.name = text(json.at("name"));
    profile.issuer = text(json.at("issuer"));
    profile.audience = text(json.at("audience"));
    profile.key_type = static_cast<PublicKeyType>(json.at("key_type").as_int64());
    profile.keys = json::value_to<std::vector<std::string>>(json.at("keys"));
    profile.mapping.email = text(mapping.at("email"));
    profile.mapping.token_id = text(mapping.at("token_id"));
    profile.mapping.organization_id = optional_text(mapping, "organization_id");
    profile.mapping.external_member_id = optional_text(mapping, "external_member_id");
    profile.mapping.role_ids = optional_text(mapping, "role_ids");
    profile.can_jit_provision = json.at("can_jit_provision").as_bool();
    profile.single_use = json.at("single_use").as_bool();
    return profile;
}

}  // namespace rollcall::storage
