// Profiles, written and read.
#include "api/management/token_profile_wire.hpp"

#include "api/management/body.hpp"
#include "api/management/json.hpp"

#include <fmt/format.h>

#include <string_view>

namespace rollcall::api::management {
namespace {

namespace json = boost::json;
using directory::PublicKeyType;

constexpr std::string_view wrong_value = "invalid_request_value";

void mapping_to_json(std::string& out, directory::AttributeMapping const& mapping) {
    JsonObject object(out);
    object.text("email", mapping.email);
    object.text("token_id", mapping.token_id);
    object.text_or_null("organization_id", mapping.organization_id);
    object.text_or_null("external_member_id", mapping.external_member_id);
    object.text_or_null("role_ids", mapping.role_ids);
    object.close();
}

void keys_to_json(JsonObject& object, directory::TokenProfile const& profile) {
    if (profile.key_type == PublicKeyType::pem) {
        object.text("public_key_type", "PEM");
        object.texts("pem_files", profile.keys);
        object.null("jwks");
        return;
    }
    object.text("public_key_type", "JWK");
    object.null("pem_files");
    auto& out = object.value("jwks");
    out += R"({"keys":)";
    // They are stored as JSON.
    append_list(out, profile.keys, [](std::string& text, std::string const& key) { text += key; });
    out += '}';
}

Result<directory::AttributeMappingFields> read_mapping(json::object const& object) {
    directory::AttributeMappingFields mapping;
    TRY(mapping.email, read_text(object, "email"));
    TRY(mapping.token_id, read_text(object, "token_id"));
    TRY(mapping.organization_id, read_text(object, "organization_id"));
    TRY(mapping.external_member_id, read_text(object, "external_member_id"));
    TRY(mapping.role_ids, read_text(object, "role_ids"));
    return mapping;
}

}  // namespace

void token_profile_to_json(std::string& out, directory::TokenProfile const& profile) {
    JsonObject object(out);
    object.text("profile_id", to_string(profile.id));
    object.text("name", profile.name);
    object.text("issuer", profile.issuer);
    object.text("audience", profile.audience);
    keys_to_json(object, profile);
    mapping_to_json(object.value("attribute_mapping"), profile.mapping);
    object.boolean("can_jit_provision", profile.can_jit_provision);
    object.boolean("single_use", profile.single_use);
    object.time("created_at", profile.created_at);
    object.time("updated_at", profile.updated_at);
    object.close();
}

Result<directory::TokenProfileFields> token_profile_fields_from_json(json::object const& body) {
    directory::TokenProfileFields fields;
    TRY(fields.name, read_text(body, "name"));
    TRY(fields.issuer, read_text(body, "issuer"));
    TRY(fields.audience, read_text(body, "audience"));
    TRY(fields.public_key_type, read_text(body, "public_key_type"));
    TRY(fields.pem_files, read_texts(body, "pem_files"));
    TRY(fields.jwks, read_object(body, "jwks", wrong_value));
    TRY(fields.can_jit_provision, read_flag(body, "can_jit_provision"));
    TRY(fields.single_use, read_flag(body, "single_use"));
    TRY(auto const mapping, read_object(body, "attribute_mapping", wrong_value));
    if (!mapping) return fields;
    auto read = read_mapping(*mapping);
    if (!read) {
        auto const& error = read.error();
        return fail(Error(error.code(), fmt::format("attribute_mapping.{}", error.message()))
                        .with_kind(error.kind()));
    }
    fields.attribute_mapping = *std::move(read);
    return fields;
}

}  // namespace rollcall::api::management
