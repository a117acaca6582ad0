// Profile, signature, claims, organization, member, session: in this order.
#include "service/attestation.hpp"

#include "crypto/digest.hpp"
#include "crypto/jws.hpp"
#include "directory/trusted_token.hpp"
#include "service/organization_access.hpp"
#include "storage/store.hpp"

#include <algorithm>
#include <utility>

namespace rollcall::service {
namespace {

using directory::invalid_trusted_token;
using directory::TokenProfile;

Error organization_claim_missing() {
    return Error(ErrorCode::invalid_value,
                 "Neither organization_id nor the token's mapped claim says the organization.")
        .with_kind("token_missing_organization_id_claim");
}

// A key that says its id is only asked if the token names it, or names none.
bool is_asked(crypto::PublicKey const& key, crypto::CompactJws const& token) {
    return !key.key_id() || !token.key_id || key.key_id() == token.key_id;
}

// The claims of the token, if one of the profile's keys signed it. Takes processor time.
Result<std::string> verify(TokenProfile const& profile, Secret const& token) {
    auto jws = crypto::parse_jws(token.reveal());
    if (!jws) return fail(invalid_trusted_token("it is not a signed JWT"));
    for (auto const& text : profile.keys) {
        auto const key = parse_key(profile.key_type, text);
        if (key && is_asked(*key, *jws) && crypto::verify_jws(*jws, *key)) {
            return std::move(jws->payload);
        }
    }
    return fail(invalid_trusted_token("no key of the profile made its signature"));
}

}  // namespace

Task<Result<std::string>> Attestation::choose_organization(directory::ProjectKey project,
                                                           TokenProfile const& profile,
                                                           std::optional<std::string> asked,
                                                           std::optional<std::string> claimed) {
    // Who may make members must say where, in the signed part.
    if (!claimed && (!asked || profile.can_jit_provision)) {
        co_return fail(organization_claim_missing());
    }
    std::optional<OrganizationId> chosen;
    for (auto const* reference : {&asked, &claimed}) {
        if (!*reference) continue;
        CO_TRY(auto const key, co_await get_organization(store_, project, **reference));
        if (chosen && *chosen != key.id()) {
            co_return fail(Error(ErrorCode::invalid_value,
                                 "organization_id is not the organization that the token names.")
                               .with_kind("invalid_token_organization_id_claim"));
        }
        chosen = key.id();
    }
    co_return to_string(*chosen);
}

Task<Result<Login>> Attestation::attest(directory::ProjectKey project, AttestationRequest request) {
    CO_TRY(auto const profile, co_await profiles_.get(project, request.profile_id));
    CO_TRY(auto const payload,
           co_await workers_.run([&] { return verify(profile, request.token); }));
    auto const now = clock_.now();
    CO_TRY(auto token, directory::read_trusted_token(payload, profile, now, limits_));
    CO_TRY(auto organization,
           co_await choose_organization(project, profile, std::move(request.organization),
                                        std::move(token.organization)));
    CO_TRY(auto const holder, co_await sessions_.foresee(project, request.session, request.wishes));
    if (profile.single_use) {
        CO_TRY(auto const is_first, co_await store_.claim_token_id(
                                        project, profile.id, crypto::sha256(token.token_id),
                                        token.expires_at + directory::trusted_token_clock_skew));
        if (!is_first) co_return fail(invalid_trusted_token("it was used already"));
    }
    CO_TRY(auto member, co_await members_.admit(project, std::move(organization),
                                                {.email_address = std::move(token.email_address),
                                                 .external_id = std::move(token.external_member_id),
                                                 .roles = std::move(token.role_ids),
                                                 .may_create = profile.can_jit_provision,
                                                 .only = holder}));
    auto factor = directory::make_factor(directory::FactorType::trusted_auth_token,
                                         std::move(token.token_id), "", now);
    if (request.session) {
        co_return co_await sessions_.prove(project, std::move(*request.session), std::move(member),
                                           std::move(factor), std::move(request.wishes));
    }
    co_return co_await sessions_.begin(project, std::move(member), {std::move(factor)},
                                       std::move(request.wishes));
}

}  // namespace rollcall::service
