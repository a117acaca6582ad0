// The member object, field by field in the contract's order.
#include "api/management/member_wire.hpp"

#include "api/management/body.hpp"
#include "api/management/json.hpp"
#include "api/management/scim_attributes_wire.hpp"

#include <variant>

namespace rollcall::api::management {
namespace {

using directory::MemberFields;

struct SourceToJson {
    std::string& out;

    void operator()(directory::DirectAssignment const& /*source*/) const {
        out += R"({"type":"direct_assignment","details":{}})";
    }
    void operator()(directory::EmailAssignment const& source) const {
        out += R"({"type":"email_assignment","details":)";
        JsonObject details(out);
        details.text("email_domain", source.domain);
        details.close();
        out += '}';
    }
    void operator()(directory::GroupAssignment const& source) const {
        out += R"({"type":"scim_connection_group","details":)";
        JsonObject details(out);
        details.text("connection_id", to_string(source.connection));
        details.text("group_id", to_string(source.group));
        details.close();
        out += '}';
    }
};

void role_to_json(std::string& out, directory::RoleGrant const& role) {
    JsonObject object(out);
    object.text("role_id", role.role_id);
    append_list(object.value("sources"), role.sources,
                [](std::string& to, directory::RoleSource const& source) {
                    std::visit(SourceToJson{to}, source);
                });
    object.close();
}

void registration_to_json(std::string& out, directory::MemberRegistration const& registration) {
    auto const& user = registration.user;
    JsonObject object(out);
    object.text("connection_id", to_string(registration.connection));
    object.text("registration_id", to_string(user.registration));
    auto const* external_id = user.attributes.if_contains("externalId");
    if (external_id != nullptr && external_id->is_string()) {
        object.text("external_id", external_id->get_string());
    } else {
        object.null("external_id");
    }
    scim_attributes_to_json(object.value("scim_attributes"), user);
    object.close();
}

void put_addresses(JsonObject& object, directory::Member const& member) {
    append_list(object.value("retired_email_addresses"), member.retired_emails,
                [&](std::string& out, std::string const& address) {
                    JsonObject retired(out);
                    retired.text("email_id", to_string(service::email_id_of(member.id, address)));
                    retired.text("email_address", address);
                    retired.close();
                });
}

void put_factors(JsonObject& object, directory::MemberRecord const& record) {
    auto const& member = record.member;
    object.value("sso_registrations") += "[]";
    object.value("oauth_registrations") += "[]";
    object.text("member_password_id", record.password ? to_string(*record.password) : "");
    object.text("totp_registration_id", "");
    object.boolean("mfa_enrolled", member.mfa_enrolled);
    object.text("mfa_phone_number", member.mfa_phone_number);
    object.boolean("mfa_phone_number_verified", member.mfa_phone_number_verified);
    object.text("default_mfa_method", member.default_mfa_method);
    object.boolean("is_locked", false);
    object.null("lock_created_at");
    object.null("lock_expires_at");
}

}  // namespace

Result<MemberFields> member_creation_from_json(boost::json::object const& body) {
    MemberFields fields;
    TRY(fields.email_address, read_text(body, "email_address"));
    TRY(fields.name, read_text(body, "name"));
    TRY(fields.external_id, read_text(body, "external_id"));
    TRY(fields.trusted_metadata, read_object(body, "trusted_metadata", "metadata_invalid_format"));
    TRY(fields.untrusted_metadata,
        read_object(body, "untrusted_metadata", "metadata_invalid_format"));
    TRY(fields.create_as_pending, read_flag(body, "create_member_as_pending"));
    TRY(fields.is_breakglass, read_flag(body, "is_breakglass"));
    TRY(fields.mfa_phone_number, read_text(body, "mfa_phone_number"));
    TRY(fields.mfa_enrolled, read_flag(body, "mfa_enrolled"));
    TRY(fields.roles, read_texts(body, "roles"));
    return fields;
}

Result<MemberFields> member_update_from_json(boost::json::object const& body) {
    TRY(auto fields, member_creation_from_json(body));
    TRY(fields.default_mfa_method, read_text(body, "default_mfa_method"));
    TRY(fields.unlink_email, read_flag(body, "unlink_email"));
    // Sessions carry no roles of their own here, so there is nothing to preserve.
    CHECK(read_flag(body, "preserve_existing_sessions"));
    return fields;
}

void to_json(std::string& out, service::ShownMember const& shown) {
    auto const& record = shown.record;
    auto const& member = record.member;
    JsonObject object(out);
    object.text("organization_id", to_string(member.organization));
    object.text("member_id", to_string(member.id));
    object.text("email_address", member.email_address);
    object.boolean("email_address_verified", member.email_address_verified);
    object.text("status", directory::to_string(member.status));
    object.text("name", member.name);
    object.text_or_null("external_id", member.external_id);
    append_list(object.value("roles"), shown.roles, role_to_json);
    object.boolean("is_admin", directory::is_admin(shown.roles));
    object.boolean("is_breakglass", member.is_breakglass);
    object.document("trusted_metadata", member.trusted_metadata);
    object.document("untrusted_metadata", member.untrusted_metadata);
    object.time("created_at", member.created_at);
    object.time("updated_at", member.updated_at);
    if (record.registration) {
        registration_to_json(object.value("scim_registration"), *record.registration);
    } else {
        object.null("scim_registration");
    }
    put_addresses(object, member);
    put_factors(object, record);
    object.close();
}

}  // namespace rollcall::api::management
