// Passwords, tokens of support, sessions of another organization.
#include "api/management/login_handlers.hpp"

#include "api/management/body.hpp"
#include "api/management/json.hpp"
#include "api/management/login_wire.hpp"
#include "api/management/member_wire.hpp"
#include "api/management/organization_wire.hpp"

namespace rollcall::api::management {
namespace {

Reply login_reply(Call const& call, service::Login const& login) {
    call.context.organization = to_string(login.view.member.organization.organization.id);
    Reply reply;
    JsonMembers members(reply.members);
    append_complete_login(members, login);
    return reply;
}

}  // namespace

Task<Result<Reply>> migrate_password(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, call.limits()));
    CO_TRY(auto migration, password_migration_from_json(body));
    CO_TRY(auto const met,
           co_await call.services().passwords.migrate(call.project(), std::move(migration)));
    auto const& member = met.view.member;
    call.context.organization = to_string(member.record.member.organization);
    Reply reply;
    JsonMembers members(reply.members);
    members.text("member_id", to_string(member.record.member.id));
    members.boolean("member_created", met.created);
    to_json(members.value("member"), member);
    to_json(members.value("organization"), met.view.organization);
    co_return reply;
}

Task<Result<Reply>> authenticate_password(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, call.limits()));
    CO_TRY(auto login, password_login_from_json(body));
    CO_TRY(auto const begun,
           co_await call.services().passwords.authenticate(call.project(), std::move(login)));
    co_return login_reply(call, begun);
}

Task<Result<Reply>> authenticate_impersonation(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, call.limits()));
    CO_TRY(auto token, read_required_text(body, "impersonation_token"));
    CO_TRY(auto const begun, co_await call.services().impersonation.authenticate(
                                 call.project(), Secret(std::move(token))));
    auto const& session = begun.view.session;
    call.context.notes.push_back(session.factors.front().address + " impersonates " +
                                 to_string(session.member));
    call.context.is_grave = true;
    co_return login_reply(call, begun);
}

Task<Result<Reply>> exchange_session(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, call.limits()));
    CO_TRY(auto request, exchange_from_json(body));
    CO_TRY(auto const begun,
           co_await call.services().session_exchange.exchange(call.project(), std::move(request)));
    co_return login_reply(call, begun);
}

}  // namespace rollcall::api::management
