// A wrong password and no password at all take the same way to the same error.
#include "service/passwords.hpp"

#include "base/text.hpp"
#include "crypto/digest.hpp"
#include "crypto/password_hash.hpp"
#include "directory/email_address.hpp"
#include "directory/login_rules.hpp"
#include "service/organization_access.hpp"
#include "storage/store.hpp"

#include <fmt/format.h>

#include <span>
#include <utility>

namespace rollcall::service {
namespace {

using directory::AuthenticationFactor;
using directory::MemberPassword;

// As costly as crypto::hash_password makes them; of no password.
constexpr std::string_view nobodys_hash =
    "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

Error wrong_credentials() {
    return Error(ErrorCode::unauthenticated, "email_address or password is wrong.")
        .with_kind("unauthorized_credentials");
}

Error too_many_guesses() {
    return Error(ErrorCode::rate_limited,
                 fmt::format("Too many wrong passwords for this address; it can be tried again in "
                             "{} seconds.",
                             Limits::wrong_password_interval.count()))
        .with_retry_after(Limits::wrong_password_interval);
}

// The member went while the password was being looked at.
Error as_login_error(Error error) {
    return error.kind() == "member_not_found" ? wrong_credentials() : error;
}

Digest guessed(OrganizationId const& organization, std::string const& address) {
    return crypto::sha256(to_string(organization) + '/' + address);
}

}  // namespace

Task<Result<MetMember>> Passwords::migrate(directory::ProjectKey project,
                                           PasswordMigration migration) {
    CO_TRY(auto const hash, crypto::import_password_hash(migration.hash));
    MemberPassword password{.id = {project.environment(), ids_.random_uuid()},
                            .hash = hash.text(),
                            .created_at = clock_.now()};
    co_return co_await members_.migrate(project, std::move(migration.organization),
                                        std::move(migration.fields), std::move(password));
}

std::string Passwords::usual_hash() {
    std::lock_guard const lock(usual_mutex_);
    return usual_hash_.empty() ? std::string(nobodys_hash) : usual_hash_;
}

/// Without a password the work is done for the one that was looked at last, which a system that
/// passwords were migrated from made in the same way.
Task<Result<bool>> Passwords::verify(std::optional<MemberPassword> password, Secret const& shown) {
    auto const text = password ? password->hash : usual_hash();
    CO_TRY(auto const matches, co_await workers_.run([&]() -> Result<bool> {
        auto const hash = crypto::parse_password_hash(text);
        if (!hash) return fail(internal_error("a stored password hash: " + hash.error().message()));
        return crypto::verify_password(*hash, shown);
    }));
    if (!password) co_return false;
    std::lock_guard const lock(usual_mutex_);
    usual_hash_ = text;
    co_return matches;
}

Task<Result<Login>> Passwords::authenticate(directory::ProjectKey project, PasswordLogin login) {
    CO_TRY(auto const organization,
           co_await get_organization_record(store_, project, std::move(login.organization)));
    auto const& key = organization.key;
    CO_TRY(auto const holder, co_await sessions_.foresee(project, login.session, login.wishes));
    auto const address = fold(trim(login.email_address));
    auto const now = clock_.now();
    if (!brake_.admit(guessed(key.id(), address), now)) co_return fail(too_many_guesses());

    CO_TRY(auto record, co_await store_.find_member_by_email(key, address));
    if (record && !directory::is_same_address(record->member.email_address, login.email_address))
        record.reset();
    std::optional<MemberPassword> password;
    if (record) {
        CO_TRY(password, co_await store_.find_password(key, record->member.id));
    }
    CO_TRY(auto const matches, co_await verify(std::move(password), login.password));
    if (!matches) co_return fail(wrong_credentials());
    brake_.forget(guessed(key.id(), address));

    auto const& member = record->member;
    auto factor = directory::make_factor(directory::FactorType::password,
                                         to_string(email_id_of(member.id, member.email_address)),
                                         member.email_address, now);
    CO_CHECK(directory::check_login(organization.organization.settings, member,
                                    std::span<AuthenticationFactor const>(&factor, 1)));
    auto admitted = co_await members_.admit(
        project, to_string(key.id()), {.email_address = member.email_address, .only = holder});
    if (!admitted) co_return fail(as_login_error(std::move(admitted).error()));
    // The address may have gone to somebody else meanwhile.
    if (admitted->member.record.member.id != member.id) co_return fail(wrong_credentials());
    if (login.session) {
        co_return co_await sessions_.prove(project, *std::move(login.session), *std::move(admitted),
                                           std::move(factor), std::move(login.wishes));
    }
    auto begun = co_await sessions_.begin(project, *std::move(admitted), {std::move(factor)},
                                          std::move(login.wishes));
    if (!begun) co_return fail(as_login_error(std::move(begun).error()));
    co_return begun;
}

}  // namespace rollcall::service
