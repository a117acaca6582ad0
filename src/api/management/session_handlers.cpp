// Sessions: begun, shown, listed, ended.
#include "api/management/session_handlers.hpp"

#include "api/management/body.hpp"
#include "api/management/json.hpp"
#include "api/management/query_value.hpp"
#include "api/management/session_wire.hpp"
#include "directory/field_rules.hpp"
#include "directory/member_plan.hpp"
#include "directory/organization_plan.hpp"
#include "directory/session_plan.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <array>

namespace rollcall::api::management {
namespace {

using directory::invalid_field;

void note_member(Call const& call, service::MemberView const& view) {
    call.context.organization = to_string(view.organization.organization.id);
}

// What a request to revoke names; exactly one must be there.
struct Revocation {
    std::optional<std::string> session_id;
    std::optional<std::string> member;
    std::optional<service::SessionCredential> credential;
};

Result<Revocation> revocation_from_json(boost::json::object const& body) {
    constexpr std::array<std::string_view, 4> fields{"member_session_id", "session_token",
                                                     "session_jwt", "member_id"};
    std::size_t given = 0;
    for (auto const field : fields) {
        TRY(auto const text, read_text(body, field));
        if (text && !text->empty()) ++given;
    }
    if (given == 0) {
        return fail(invalid_field("no_session_revoke_arguments",
                                  "Send member_session_id, session_token, session_jwt or "
                                  "member_id."));
    }
    if (given > 1) {
        return fail(invalid_field("too_many_session_revoke_arguments",
                                  "Send only one of member_session_id, session_token, session_jwt "
                                  "and member_id."));
    }
    Revocation revocation;
    TRY(revocation.session_id, read_text(body, "member_session_id"));
    TRY(revocation.member, read_text(body, "member_id"));
    TRY(revocation.credential, session_credential_from_json(body));
    return revocation;
}

Result<SessionId> read_session_id(std::string_view text, Environment environment) {
    auto const id = parse_id<SessionId>(text);
    if (!id) {
        return fail(invalid_field("invalid_session_id",
                                  "member_session_id must be the id of a member session."));
    }
    if (id->environment != environment) {
        return fail(directory::wrong_environment(id->environment));
    }
    return *id;
}

Task<Result<service::FoundSession>> find_session(Call const& call, Revocation revocation) {
    auto& sessions = call.services().sessions;
    if (revocation.credential) {
        co_return co_await sessions.find(call.project(), *std::move(revocation.credential));
    }
    CO_TRY(auto const id, read_session_id(*revocation.session_id, call.project().environment()));
    co_return co_await sessions.find(call.project(), id);
}

// Whether the call may end sessions of that member. For a member, those of other organizations are
// not there.
Status permit(Call const& call, OrganizationId const& organization, MemberId const& member,
              Error absent) {
    if (!call.caller.require_in(organization)) return fail(std::move(absent));
    return call.caller.require_on(member, "revoke-sessions");
}

Task<Result<void>> revoke_all(Call const& call, std::string member) {
    auto& services = call.services();
    CO_TRY(auto const view,
           co_await services.members.get_anywhere(call.project(), std::move(member), false));
    auto const& id = view.member.record.member.id;
    auto const& organization = view.organization.organization.id;
    CO_CHECK(permit(call, organization, id, directory::member_not_found()));
    co_return co_await services.sessions.revoke_all(call.project(), organization, id);
}

}  // namespace

Task<Result<Reply>> attest_session(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, call.limits()));
    CO_TRY(auto request, attestation_from_json(body));
    CO_TRY(auto const login,
           co_await call.services().attestation.attest(call.project(), std::move(request)));
    note_member(call, login.view.member);
    Reply reply;
    JsonMembers members(reply.members);
    members.text("member_id", to_string(login.view.session.member));
    append_login(members, login);
    members.null("member_device");
    co_return reply;
}

Task<Result<Reply>> authenticate_session(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, call.limits()));
    CO_TRY(auto credential, required_session_credential_from_json(body));
    CO_TRY(auto wishes, session_wishes_from_json(body));
    CO_TRY(auto check, authorization_check_from_json(body));
    CO_TRY(auto const authenticated,
           co_await call.services().sessions.authenticate(call.project(), std::move(credential),
                                                          std::move(wishes), std::move(check)));
    note_member(call, authenticated.login.view.member);
    Reply reply;
    JsonMembers members(reply.members);
    append_login(members, authenticated.login);
    if (authenticated.verdict) {
        JsonObject verdict(members.value("verdict"));
        verdict.boolean("authorized", true);
        verdict.texts("granting_roles", authenticated.verdict->granting_roles);
        verdict.close();
    }
    co_return reply;
}

Task<Result<Reply>> get_sessions(Call const& call) {
    auto const& query = call.request.query;
    CO_TRY(auto organization, required_query_value(query, "organization_id"));
    CO_TRY(auto member, required_query_value(query, "member_id"));
    CO_TRY(auto const views, co_await call.services().sessions.list(
                                 call.project(), {std::move(organization), std::move(member)}));
    Reply reply;
    append_list(JsonMembers(reply.members).value("member_sessions"), views,
                [](std::string& out, service::SessionView const& view) { to_json(out, view); });
    co_return reply;
}

Task<Result<Reply>> revoke_session(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, call.limits()));
    CO_TRY(auto revocation, revocation_from_json(body));
    if (revocation.member && !revocation.member->empty()) {
        CO_CHECK(co_await revoke_all(call, *std::move(revocation.member)));
        co_return Reply();
    }
    CO_TRY(auto const session, co_await find_session(call, std::move(revocation)));
    CO_CHECK(
        permit(call, session.organization.id(), session.member, directory::session_not_found()));
    CO_CHECK(co_await call.services().sessions.revoke(session));
    co_return Reply();
}

Task<Result<Reply>> get_jwks(OpenCall const& call) {
    auto const project = parse_id<ProjectId>(call.parameters.project);
    if (!project) {
        co_return fail(Error(ErrorCode::not_found, "There is no such project.")
                           .with_kind("project_not_found"));
    }
    call.context.request_id.environment = project->environment;
    CO_TRY(auto const ring, co_await call.services().signing_keys.ring(*project));
    Reply reply;
    keys_to_json(JsonMembers(reply.members).value("keys"), ring->keys());
    reply.cache_control = "public, max-age=900";
    co_return reply;
}

}  // namespace rollcall::api::management
