// Keys: read, opened, made, followed.
#include "service/signing_keys.hpp"

#include "crypto/seal.hpp"
#include "storage/store.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rollcall::service {
namespace {

using directory::SigningKey;

constexpr int attempts_max = 3;
/// A key that another process added is seen after this time.
constexpr std::chrono::seconds memory_span{60};
constexpr std::size_t projects_max = 1000;

// Binds a sealed key to its place: moved to another row it cannot be opened.
std::string context_of(ProjectId const& project, SigningKeyId const& key) {
    return "signing key " + to_string(project) + " " + to_string(key);
}

Result<crypto::PublicKey> public_key_of(SigningKey const& key) {
    return crypto::parse_jwk(
        fmt::format(R"({{"kty":"RSA","alg":"RS256","use":"sig","kid":"{}","n":"{}","e":"{}"}})",
                    to_string(key.id), key.modulus, key.exponent));
}

Error other_encryption_key() {
    return {ErrorCode::invalid_value,
            "The signing keys in the database were stored under another encryption key; start the "
            "server with that one, or see docs/configuration.md if it is lost."};
}

/// For a request: another process has stored a key that this one cannot open.
Error cannot_open(Error const& reason) {
    if (reason.code() != ErrorCode::invalid_value) return internal_error(reason.message());
    return unavailable_error("The project's signing keys cannot be used at the moment.",
                             reason.message());
}

Error no_key_yet() {
    return {ErrorCode::conflict, "The project has no key yet; its first session makes one."};
}

Error project_not_found() {
    return Error(ErrorCode::not_found, "There is no such project.").with_kind("project_not_found");
}

}  // namespace

std::string KeyRing::sign(std::string_view payload) const {
    return crypto::sign_jws(payload, to_string(current().id), current_);
}

bool KeyRing::verifies(crypto::CompactJws const& token) const {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        if (token.key_id != to_string(keys_[i].id)) continue;
        return crypto::verify_jws(token, public_keys_[i]);
    }
    return false;
}

Task<Result<SigningKeys::Keys>> SigningKeys::list(ProjectId project) {
    CO_TRY(auto keys, co_await store_.list_signing_keys(project));
    if (!keys) co_return fail(project_not_found());
    auto const forgotten = clock_.now() - signing_key_overlap;
    std::erase_if(*keys, [&](SigningKey const& key) {
        return key.retired_at && *key.retired_at <= forgotten;
    });
    co_return std::move(*keys);
}

Result<crypto::RsaKey> SigningKeys::unseal(ProjectId project, SigningKey const& key) const {
    auto const der =
        crypto::unseal(encryption_key_, context_of(project, key.id), key.sealed_private);
    if (!der) return fail(other_encryption_key());
    return crypto::RsaKey::from_pkcs8(*der);
}

Result<SigningKeys::Ring> SigningKeys::open(ProjectId project, Keys keys) const {
    auto current = unseal(project, keys.front());
    if (!current) return fail(cannot_open(current.error()));
    std::vector<crypto::PublicKey> public_keys;
    for (auto const& key : keys) {
        TRY(auto public_key, public_key_of(key));
        public_keys.push_back(std::move(public_key));
    }
    return std::make_shared<KeyRing const>(std::move(keys), std::move(*current),
                                           std::move(public_keys));
}

Task<Status> SigningKeys::add(ProjectId project, std::optional<SigningKeyId> expected) {
    CO_TRY(auto const made, co_await workers_.run([]() -> Result<crypto::RsaKey> {
        return crypto::RsaKey::generate();
    }));
    auto const now = clock_.now();
    SigningKeyId const id{project.environment, ids_.ordered_uuid(now)};
    SigningKey key{
        .id = id,
        .sealed_private = crypto::seal(encryption_key_, context_of(project, id), made.pkcs8()),
        .modulus = made.modulus(),
        .exponent = made.exponent(),
        .created_at = now,
        .retired_at = {}};
    auto added = co_await store_.add_signing_key(project, std::move(key), expected);
    // Another was faster, and its key is as good.
    if (!added && added.error().code() == ErrorCode::precondition_failed) co_return Status{};
    co_return added;
}

Task<Result<SigningKeys::Ring>> SigningKeys::ring(ProjectId project) {
    auto const generation = store_.generation(project.uuid);
    auto const now = clock_.now();
    auto& known = kept_.local();
    if (auto const entry = known.find(project); entry != known.end()) {
        auto const& kept = entry->second;
        auto const age = now - kept.read_at;
        bool const is_fresh = age >= std::chrono::seconds(0) && age < memory_span;
        if (is_fresh && kept.generation == generation) co_return kept.ring;
    }
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        CO_TRY(auto keys, co_await list(project));
        if (keys.empty()) {
            CO_CHECK(co_await add(project, std::nullopt));
        } else if (keys.front().created_at + signing_key_lifetime <= now) {
            CO_CHECK(co_await add(project, keys.front().id));
        } else {
            CO_TRY(auto ring, open(project, std::move(keys)));
            auto& kept = kept_.local();
            if (kept.size() >= projects_max) kept.clear();
            kept.insert_or_assign(project, Kept{ring, generation, now});
            co_return ring;
        }
    }
    co_return fail(unavailable_error("The project's signing keys are being changed."));
}

Task<Result<SigningKey>> SigningKeys::rotate(ProjectId project) {
    CO_TRY(auto const before, co_await list(project));
    if (before.empty()) co_return fail(no_key_yet());
    CO_CHECK(co_await add(project, before.front().id));
    CO_TRY(auto after, co_await list(project));
    co_return std::move(after.front());
}

Task<Status> SigningKeys::check() {
    CO_TRY(auto const projects, co_await store_.list_projects());
    for (auto const& project : projects) {
        CO_TRY(auto const keys, co_await list(project.id));
        if (keys.empty()) continue;
        CO_CHECK(unseal(project.id, keys.front()));
    }
    co_return Status{};
}

}  // namespace rollcall::service
