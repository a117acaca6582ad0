// Sessions: begun, shown again, ended, and checked for every request that carries one.
#include "service/sessions.hpp"

#include "crypto/digest.hpp"
#include "crypto/jws.hpp"
#include "directory/organization_plan.hpp"
#include "scim/json.hpp"
#include "service/attempts.hpp"
#include "service/organization_access.hpp"
#include "storage/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rollcall::service {
namespace {

using directory::session_not_found;
using directory::SessionWishes;
using storage::SessionRecord;

/// What another process changed is seen after this time.
constexpr std::chrono::seconds memory_span{1};
constexpr std::size_t kept_max = 10'000;

std::string_view text_of(SessionCredential const& credential) {
    return std::visit([](auto const& shown) { return std::string_view(shown.value.reveal()); },
                      credential);
}

std::optional<Secret> token_of(SessionCredential const& credential) {
    auto const* token = std::get_if<SessionToken>(&credential);
    return token == nullptr ? std::nullopt : std::optional(token->value);
}

std::vector<std::string> role_ids_of(MemberView const& member) {
    return directory::role_ids_of(member.member.roles);
}

Error other_organization() {
    return Error(ErrorCode::forbidden, "The session is of a member of another organization.")
        .with_kind("session_authorization_tenancy_error");
}

Error not_permitted(std::string_view resource, std::string_view action) {
    return Error(ErrorCode::forbidden, "No role of the member allows " + std::string(action) +
                                           " on " + std::string(resource) + ".")
        .with_kind("session_authorization_error");
}

bool is_object(std::string_view text, Limits const& limits) {
    auto const value = scim::parse_json(text, scim::Keys::exact, limits);
    return value && value->is_object();
}

Error session_jwt_too_large(std::size_t bytes_max) {
    return Error(
               ErrorCode::invalid_value,
               fmt::format("The session JWT would have more than {} bytes: the roles of the member "
                           "and session_custom_claims do not fit into it.",
                           bytes_max))
        .with_kind("session_jwt_too_large");
}

// The session went while it was being looked at.
Error as_session_error(Error error) {
    return error.code() == ErrorCode::not_found ? session_not_found() : error;
}

}  // namespace

Error unreadable_session_jwt(std::string_view field) {
    return Error(ErrorCode::invalid_value, std::string(field) + " must be a JWT.")
        .with_kind("unable_to_parse_session_jwt");
}

struct Sessions::Shown {
    SessionRecord record;
    Timestamp ends_at;
};

Task<Result<Sessions::Claim>> Sessions::read(directory::ProjectKey project,
                                             SessionCredential const& credential) {
    auto const* shown = std::get_if<SessionJwtText>(&credential);
    if (shown == nullptr) co_return Claim{crypto::sha256(text_of(credential)), std::nullopt};
    auto const jws = crypto::parse_jws(shown->value.reveal());
    if (!jws || !is_object(jws->payload, limits_)) {
        co_return fail(unreadable_session_jwt(shown->field));
    }
    CO_TRY(auto const ring, co_await keys_.ring(project.id()));
    if (!ring->verifies(*jws)) co_return fail(session_not_found());
    auto const claims = directory::read_session_claims(jws->payload, project.id(), limits_);
    if (!claims) co_return fail(session_not_found());
    co_return Claim{claims->session, claims->expires_at};
}

Task<Result<Sessions::Shown>> Sessions::find(directory::ProjectKey project, Claim claim) {
    auto const now = clock_.now();
    std::optional<SessionRecord> record;
    if (auto const* token = std::get_if<Digest>(&claim.session)) {
        CO_TRY(record, co_await store_.find_session(project, *token, now));
    } else {
        CO_TRY(record,
               co_await store_.find_session(project, std::get<SessionId>(claim.session), now));
    }
    if (!record) co_return fail(session_not_found());
    auto const end = record->session.expires_at;
    co_return Shown{std::move(*record), std::min(end, claim.ends_at.value_or(end))};
}

Task<Result<Sessions::Shown>> Sessions::find_shown(directory::ProjectKey project,
                                                   SessionCredential const& credential) {
    CO_TRY(auto const claim, co_await read(project, credential));
    co_return co_await find(project, claim);
}

Task<Result<std::vector<std::string>>> Sessions::roles_now(directory::ProjectKey project,
                                                           SessionRecord const& record) {
    auto const& key = record.organization;
    CO_TRY(auto const basis, co_await store_.find_role_basis(key, record.session.member));
    CO_TRY(auto const organization,
           co_await store_.find_organization_record(project, to_string(key.id())));
    if (!basis || !organization) co_return fail(session_not_found());
    CO_TRY(auto const policy, co_await policies_.effective(key));
    auto const& assignments =
        organization->organization.settings.rbac_email_implicit_role_assignments;
    co_return directory::role_ids_of(directory::roles_of(*basis, assignments, *policy));
}

Task<Result<SessionView>> Sessions::view_of(directory::ProjectKey project, SessionRecord record) {
    auto member = co_await members_.get(
        project, {to_string(record.organization.id()), to_string(record.session.member)});
    if (!member) co_return fail(as_session_error(std::move(member).error()));
    auto roles = role_ids_of(*member);
    co_return SessionView{std::move(record.session), std::move(roles), std::move(*member)};
}

Task<Result<Secret>> Sessions::sign(directory::ProjectKey project, SessionView const& view) {
    CO_TRY(auto const ring, co_await keys_.ring(project.id()));
    auto const& organization = view.member.organization.organization;
    auto const claims = directory::session_claims(
        view.session, {project.id(), organization.id, organization.slug, view.roles}, clock_.now());
    auto jwt =
        co_await workers_.run([&]() -> Result<Secret> { return Secret(ring->sign(claims)); });
    if (jwt && jwt->reveal().size() > limits_.session_jwt_bytes_max) {
        co_return fail(session_jwt_too_large(limits_.session_jwt_bytes_max));
    }
    co_return jwt;
}

Task<Result<std::optional<MemberId>>> Sessions::foresee(
    directory::ProjectKey project, std::optional<SessionCredential> const& credential,
    SessionWishes const& wishes) {
    auto const now = clock_.now();
    if (!credential) {
        CO_CHECK(directory::plan_session({}, {}, {}, wishes, now, limits_));
        co_return std::nullopt;
    }
    CO_TRY(auto shown, co_await find_shown(project, *credential));
    auto const member = shown.record.session.member;
    CO_CHECK(directory::plan_session_access(std::move(shown.record.session), wishes, std::nullopt,
                                            now, limits_));
    co_return member;
}

Task<Result<Login>> Sessions::begin(directory::ProjectKey project, MemberView member,
                                    std::vector<directory::AuthenticationFactor> factors,
                                    SessionWishes wishes) {
    auto const now = clock_.now();
    SessionId const id{project.environment(), ids_.random_uuid()};
    CO_TRY(auto session, directory::plan_session(id, member.member.record.member.id,
                                                 std::move(factors), wishes, now, limits_));
    CO_TRY(
        auto const organization,
        co_await get_organization(store_, project, to_string(member.organization.organization.id)));
    auto roles = role_ids_of(member);
    SessionView view{std::move(session), std::move(roles), std::move(member)};
    CO_TRY(auto jwt, co_await sign(project, view));
    auto token = crypto::random_url_safe(session_token_size);
    CO_CHECK(
        co_await store_.create_session(organization, view.session, crypto::sha256(token.reveal())));
    co_return Login{std::move(view), std::move(token), std::move(jwt)};
}

Task<Result<Login>> Sessions::access(directory::ProjectKey project, SessionCredential credential,
                                     SessionView view, SessionWishes wishes,
                                     std::optional<directory::AuthenticationFactor> factor,
                                     directory::OrganizationKey organization) {
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        CO_TRY(auto next,
               directory::plan_session_access(view.session, wishes, factor, clock_.now(), limits_));
        view.session = next;
        CO_TRY(auto jwt, co_await sign(project, view));
        auto const updated = co_await store_.update_session(organization, std::move(next));
        if (updated) co_return Login{std::move(view), token_of(credential), std::move(jwt)};
        if (updated.error().code() != ErrorCode::precondition_failed) {
            co_return fail(as_session_error(updated.error()));
        }
        CO_TRY(auto again, co_await find_shown(project, credential));
        view.session = std::move(again.record.session);
    }
    co_return fail(busy("The session"));
}

Task<Result<Login>> Sessions::prove(directory::ProjectKey project, SessionCredential credential,
                                    MemberView member, directory::AuthenticationFactor factor,
                                    SessionWishes wishes) {
    CO_TRY(auto shown, co_await find_shown(project, credential));
    auto const& own = member.member.record.member;
    if (shown.record.session.member != own.id) co_return fail(session_not_found());
    auto const organization = shown.record.organization;
    auto roles = role_ids_of(member);
    SessionView view{std::move(shown.record.session), std::move(roles), std::move(member)};
    co_return co_await access(project, std::move(credential), std::move(view), std::move(wishes),
                              std::move(factor), organization);
}

Task<Result<AuthenticatedSession>> Sessions::authenticate(directory::ProjectKey project,
                                                          SessionCredential credential,
                                                          SessionWishes wishes,
                                                          std::optional<AuthorizationCheck> check) {
    CO_TRY(auto shown, co_await find_shown(project, credential));
    auto const organization = shown.record.organization;
    CO_TRY(auto view, co_await view_of(project, std::move(shown.record)));
    std::optional<Verdict> verdict;
    if (check) {
        CO_CHECK(
            directory::check_organization_reference(check->organization_id, project.environment()));
        CO_TRY(auto const asked,
               co_await store_.find_organization(project, check->organization_id));
        if (!asked || asked->id() != organization.id()) co_return fail(other_organization());
        CO_TRY(auto const policy, co_await policies_.effective(organization));
        verdict = Verdict{policy->granting_roles(view.roles, check->resource_id, check->action)};
        if (verdict->granting_roles.empty()) {
            co_return fail(not_permitted(check->resource_id, check->action));
        }
    }
    CO_TRY(auto login, co_await access(project, std::move(credential), std::move(view),
                                       std::move(wishes), std::nullopt, organization));
    co_return AuthenticatedSession{std::move(login), std::move(verdict)};
}

Task<Result<std::vector<SessionView>>> Sessions::list(directory::ProjectKey project,
                                                      MemberReference reference) {
    CO_TRY(auto const member, co_await members_.get(project, std::move(reference)));
    auto const& organization = member.organization.organization;
    CO_TRY(auto const key, co_await get_organization(store_, project, to_string(organization.id)));
    CO_TRY(auto sessions,
           co_await store_.list_sessions(key, member.member.record.member.id, clock_.now()));
    std::vector<SessionView> views;
    for (auto& session : sessions) {
        views.push_back({std::move(session), role_ids_of(member), member});
    }
    co_return views;
}

Task<Result<FoundSession>> Sessions::find(directory::ProjectKey project,
                                          SessionCredential credential) {
    CO_TRY(auto const shown, co_await find_shown(project, credential));
    auto const& session = shown.record.session;
    co_return FoundSession{shown.record.organization, session.member, session.id};
}

Task<Result<FoundSession>> Sessions::find(directory::ProjectKey project, SessionId id) {
    CO_TRY(auto const record, co_await store_.find_session(project, id, clock_.now()));
    if (!record) co_return fail(session_not_found());
    co_return FoundSession{record->organization, record->session.member, record->session.id};
}

Task<Status> Sessions::revoke(FoundSession session) {
    auto revoked = co_await store_.revoke_session(session.organization, session.session);
    if (!revoked) co_return fail(as_session_error(std::move(revoked).error()));
    co_return Status{};
}

Task<Status> Sessions::revoke_all(directory::ProjectKey project, OrganizationId organization,
                                  MemberId member) {
    CO_TRY(auto const key, co_await get_organization(store_, project, to_string(organization)));
    CO_CHECK(co_await store_.revoke_sessions(key, member));
    co_return Status{};
}

bool Sessions::is_current(Kept const& kept, Timestamp now) const {
    auto const& principal = *kept.principal;
    auto const& organization = principal.organization;
    auto const age = now - kept.checked_at;
    return now < kept.ends_at && age >= std::chrono::seconds(0) && age < memory_span &&
           store_.generation(organization.project().id().uuid) == kept.project_generation &&
           store_.generation(organization.id().uuid) == kept.organization_generation &&
           store_.generation(principal.member.uuid) == kept.member_generation;
}

Task<Result<std::shared_ptr<MemberPrincipal const>>> Sessions::check(directory::ProjectKey project,
                                                                     SessionCredential credential) {
    auto const digest = crypto::sha256(text_of(credential));
    auto const now = clock_.now();
    {
        auto const& known = kept_.local();
        auto const entry = known.find(digest.bytes);
        if (entry != known.end() && is_current(entry->second, now)) {
            auto const& principal = entry->second.principal;
            if (principal->organization.project().id() == project.id()) co_return principal;
        }
    }
    CO_TRY(auto const claim, co_await read(project, credential));
    CO_TRY(auto const first, co_await find(project, claim));
    Kept kept;
    kept.project_generation = store_.generation(project.id().uuid);
    kept.organization_generation = store_.generation(first.record.organization.id().uuid);
    kept.member_generation = store_.generation(first.record.session.member.uuid);
    // Once more, after the generations: what ended in between must not be kept.
    CO_TRY(auto const shown, co_await find(project, claim));
    if (shown.ends_at <= now) co_return fail(session_not_found());
    CO_TRY(auto roles, co_await roles_now(project, shown.record));
    CO_TRY(auto policy, co_await policies_.effective(shown.record.organization));
    auto const& session = shown.record.session;
    kept.principal = std::make_shared<MemberPrincipal const>(
        MemberPrincipal{shown.record.organization, session.member, session.id, std::move(roles),
                        std::move(policy)});
    kept.checked_at = now;
    kept.ends_at = shown.ends_at;
    auto principal = kept.principal;
    auto& local = kept_.local();
    if (local.size() >= kept_max) local.clear();
    local.insert_or_assign(digest.bytes, std::move(kept));
    co_return principal;
}

}  // namespace rollcall::service
