// Reading of passwords and of what is known of their hashes; the answer to a login.
#include "api/management/login_wire.hpp"

#include "api/management/body.hpp"
#include "api/management/session_wire.hpp"

#include <fmt/format.h>

namespace rollcall::api::management {
namespace {

namespace json = boost::json;
using crypto::ForeignPasswordHash;

Result<std::optional<json::object>> read_config(json::object const& body, std::string_view field) {
    return read_object(body, field, "invalid_request_value");
}

/// `result`, whose error begins with a field, about that field of `place`.
template <class T>
Result<T> within(std::string_view place, Result<T> result) {
    if (result) return result;
    auto const& error = result.error();
    return fail(
        Error(error.code(), fmt::format("{}.{}", place, error.message())).with_kind(error.kind()));
}

// What is absent is out of every range, and is refused as such by name.
Result<std::int64_t> read_number(json::object const& config, std::string_view field) {
    TRY(auto const number, read_integer(config, field));
    return number.value_or(0);
}

Result<std::string> read_salt(json::object const& config, std::string_view field) {
    TRY(auto salt, read_text(config, field));
    return std::move(salt).value_or("");
}

Result<crypto::Argon2Config> argon_2_from_json(json::object const& config) {
    crypto::Argon2Config read;
    TRY(read.salt, read_salt(config, "salt"));
    TRY(read.iteration_amount, read_number(config, "iteration_amount"));
    TRY(read.memory, read_number(config, "memory"));
    TRY(read.threads, read_number(config, "threads"));
    TRY(read.key_length, read_number(config, "key_length"));
    return read;
}

Result<crypto::ScryptConfig> scrypt_from_json(json::object const& config) {
    crypto::ScryptConfig read;
    TRY(read.salt, read_salt(config, "salt"));
    TRY(read.n_parameter, read_number(config, "n_parameter"));
    TRY(read.r_parameter, read_number(config, "r_parameter"));
    TRY(read.p_parameter, read_number(config, "p_parameter"));
    TRY(read.key_length, read_number(config, "key_length"));
    return read;
}

Result<crypto::Pbkdf2Config> pbkdf_2_from_json(json::object const& config) {
    crypto::Pbkdf2Config read;
    TRY(read.salt, read_salt(config, "salt"));
    TRY(read.iteration_amount, read_number(config, "iteration_amount"));
    TRY(read.key_length, read_number(config, "key_length"));
    TRY(auto const algorithm, read_text(config, "algorithm"));
    // Typed clients send what they do not have as "".
    if (algorithm && !algorithm->empty()) read.algorithm = *algorithm;
    return read;
}

Result<crypto::SaltConfig> salts_from_json(json::object const& config) {
    crypto::SaltConfig read;
    TRY(read.prepend_salt, read_salt(config, "prepend_salt"));
    TRY(read.append_salt, read_salt(config, "append_salt"));
    return read;
}

/// Reads the object `field`, if there is one, into `target`.
template <class Target, class Read>
Status read_into(Target& target, json::object const& body, std::string_view field,
                 Read const& read) {
    TRY(auto const config, read_config(body, field));
    if (!config) return {};
    TRY(target, within(field, read(*config)));
    return {};
}

Result<ForeignPasswordHash> hash_from_json(json::object const& body) {
    ForeignPasswordHash hash;
    TRY(hash.hash_type, read_required_text(body, "hash_type"));
    TRY(hash.hash, read_required_text(body, "hash"));
    CHECK(read_into(hash.argon_2_config, body, "argon_2_config", argon_2_from_json));
    CHECK(read_into(hash.scrypt_config, body, "scrypt_config", scrypt_from_json));
    CHECK(read_into(hash.pbkdf_2_config, body, "pbkdf_2_config", pbkdf_2_from_json));
    CHECK(read_into(hash.md_5_config, body, "md_5_config", salts_from_json));
    CHECK(read_into(hash.sha_1_config, body, "sha_1_config", salts_from_json));
    CHECK(read_into(hash.sha_512_config, body, "sha_512_config", salts_from_json));
    return hash;
}

Result<directory::MemberFields> migrated_fields_from_json(json::object const& body) {
    directory::MemberFields fields;
    TRY(fields.email_address, read_required_text(body, "email_address"));
    TRY(fields.name, read_text(body, "name"));
    TRY(fields.external_id, read_text(body, "external_id"));
    TRY(fields.trusted_metadata, read_object(body, "trusted_metadata", "metadata_invalid_format"));
    TRY(fields.untrusted_metadata,
        read_object(body, "untrusted_metadata", "metadata_invalid_format"));
    TRY(fields.roles, read_texts(body, "roles"));
    TRY(fields.mfa_phone_number, read_text(body, "mfa_phone_number"));
    TRY(fields.mfa_phone_number_verified, read_flag(body, "set_phone_number_verified"));
    // A first password ends no session.
    CHECK(read_flag(body, "preserve_existing_sessions"));
    return fields;
}

}  // namespace

Result<service::PasswordMigration> password_migration_from_json(json::object const& body) {
    service::PasswordMigration migration;
    TRY(migration.organization, read_required_text(body, "organization_id"));
    TRY(migration.fields, migrated_fields_from_json(body));
    TRY(migration.hash, hash_from_json(body));
    return migration;
}

Result<service::PasswordLogin> password_login_from_json(json::object const& body) {
    TRY(auto organization, read_required_text(body, "organization_id"));
    TRY(auto address, read_required_text(body, "email_address"));
    TRY(auto password, read_required_text(body, "password"));
    TRY(auto wishes, session_wishes_from_json(body));
    TRY(auto session, session_credential_from_json(body));
    return service::PasswordLogin{std::move(organization), std::move(address),
                                  Secret(std::move(password)), std::move(wishes),
                                  std::move(session)};
}

Result<service::ExchangeRequest> exchange_from_json(json::object const& body) {
    TRY(auto organization, read_required_text(body, "organization_id"));
    TRY(auto session, required_session_credential_from_json(body));
    TRY(auto wishes, session_wishes_from_json(body));
    return service::ExchangeRequest{std::move(session), std::move(organization), std::move(wishes)};
}

void append_complete_login(JsonMembers& members, service::Login const& login) {
    members.text("member_id", to_string(login.view.session.member));
    members.text("organization_id", to_string(login.view.member.organization.organization.id));
    append_login(members, login);
    members.boolean("member_authenticated", true);
    members.text("intermediate_session_token", "");
    members.null("mfa_required");
    members.null("primary_required");
}

}  // namespace rollcall::api::management
