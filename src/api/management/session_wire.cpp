// Reading of what begins and ends sessions, and the objects that are shown of them.
#include "api/management/session_wire.hpp"

#include "api/management/body.hpp"
#include "api/management/member_wire.hpp"
#include "api/management/organization_wire.hpp"
#include "api/management/session_credential.hpp"
#include "directory/field_rules.hpp"

#include <boost/json/serialize.hpp>
namespace rollcall::api::management {
namespace {

namespace json = boost::json;

constexpr CredentialNames names{"session_token", "session_jwt"};

}  // namespace

Result<directory::SessionWishes> session_wishes_from_json(json::object const& body) {
    directory::SessionWishes wishes;
    TRY(wishes.duration_minutes, read_integer(body, "session_duration_minutes"));
    TRY(wishes.custom_claims, read_object(body, "session_custom_claims", "invalid_request_value"));
    return wishes;
}

Result<std::optional<service::SessionCredential>> session_credential_from_json(
    json::object const& body) {
    TRY(auto const token, read_text(body, "session_token"));
    TRY(auto const jwt, read_text(body, "session_jwt"));
    return read_session_credential(token.value_or(""), jwt.value_or(""), names);
}

Result<service::SessionCredential> required_session_credential_from_json(json::object const& body) {
    TRY(auto credential, session_credential_from_json(body));
    if (!credential) {
        return fail(
            directory::invalid_field("no_session_arguments", "Send session_token or session_jwt."));
    }
    return *std::move(credential);
}

Result<std::optional<service::AuthorizationCheck>> authorization_check_from_json(
    json::object const& body) {
    TRY(auto const check, read_object(body, "authorization_check", "invalid_request_value"));
    if (!check) return std::nullopt;
    service::AuthorizationCheck wanted;
    TRY(wanted.organization_id, read_required_text(*check, "organization_id"));
    TRY(wanted.resource_id, read_required_text(*check, "resource_id"));
    TRY(wanted.action, read_required_text(*check, "action"));
    return wanted;
}

Result<service::AttestationRequest> attestation_from_json(json::object const& body) {
    TRY(auto profile_id, read_required_text(body, "profile_id"));
    TRY(auto token, read_required_text(body, "token"));
    TRY(auto organization, read_text(body, "organization_id"));
    if (organization && organization->empty()) organization.reset();
    TRY(auto wishes, session_wishes_from_json(body));
    TRY(auto session, session_credential_from_json(body));
    return service::AttestationRequest{std::move(profile_id), Secret(std::move(token)),
                                       std::move(organization), std::move(wishes),
                                       std::move(session)};
}

void to_json(std::string& out, service::SessionView const& view) {
    auto const& session = view.session;
    auto const& organization = view.member.organization.organization;
    JsonObject object(out);
    object.text("member_session_id", to_string(session.id));
    object.text("member_id", to_string(session.member));
    object.text("organization_id", to_string(organization.id));
    object.text("organization_slug", organization.slug);
    object.time("started_at", session.started_at);
    object.time("last_accessed_at", session.last_accessed_at);
    object.time("expires_at", session.expires_at);
    object.value("authentication_factors") += json::serialize(directory::describe(session.factors));
    object.texts("roles", view.roles);
    object.document("custom_claims", session.custom_claims);
    object.close();
}

void append_login(JsonMembers& members, service::Login const& login) {
    to_json(members.value("member_session"), login.view);
    members.text("session_token", login.token ? login.token->reveal() : "");
    members.text("session_jwt", login.jwt.reveal());
    to_json(members.value("member"), login.view.member.member);
    to_json(members.value("organization"), login.view.member.organization);
}

void keys_to_json(std::string& out, std::span<directory::SigningKey const> keys) {
    append_list(out, keys, [](std::string& to, directory::SigningKey const& key) {
        JsonObject object(to);
        object.text("kty", "RSA");
        object.text("use", "sig");
        object.text("alg", "RS256");
        object.texts("key_ops", {"verify"});
        object.text("kid", to_string(key.id));
        object.text("n", key.modulus);
        object.text("e", key.exponent);
        object.texts("x5c", {});
        object.text("x5tS256", "");
        object.close();
    });
}

}  // namespace rollcall::api::management
