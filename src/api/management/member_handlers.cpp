// Members: create, get, update, delete and return, search.
#include "api/management/member_handlers.hpp"

#include "api/management/body.hpp"
#include "api/management/field_permissions.hpp"
#include "api/management/json.hpp"
#include "api/management/member_search_wire.hpp"
#include "api/management/member_wire.hpp"
#include "api/management/organization_wire.hpp"
#include "api/management/query_value.hpp"
#include "base/text.hpp"

namespace rollcall::api::management {
namespace {

Reply member_reply(Call const& call, service::MemberView const& view) {
    auto const& member = view.member.record.member;
    call.context.organization = to_string(member.organization);
    Reply reply;
    JsonMembers members(reply.members);
    members.text("member_id", to_string(member.id));
    to_json(members.value("member"), view.member);
    to_json(members.value("organization"), view.organization);
    return reply;
}

service::MemberReference reference_of(Call const& call) {
    return {call.organization(), std::string(call.parameters.member)};
}

}  // namespace

Task<Result<Reply>> create_member(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, call.limits()));
    CO_TRY(auto fields, member_creation_from_json(body));
    CO_TRY(auto const view,
           co_await call.services().members.create(call.project(), call.organization(),
                                                   std::move(fields), permit_on_member(call)));
    co_return member_reply(call, view);
}

Task<Result<Reply>> get_member(Call const& call) {
    auto member_id = query_value(call.request.query, "member_id");
    auto email_address = query_value(call.request.query, "email_address");
    if (member_id.empty() == email_address.empty()) {
        co_return fail(
            Error(ErrorCode::invalid_value, "Give either member_id or email_address in the query.")
                .with_kind("invalid_member_get_fields"));
    }
    auto& members = call.services().members;
    if (email_address.empty()) {
        CO_TRY(auto const view,
               co_await members.get(call.project(), {call.organization(), std::move(member_id)}));
        co_return member_reply(call, view);
    }
    CO_TRY(auto const view, co_await members.get_by_email(call.project(), call.organization(),
                                                          std::move(email_address)));
    co_return member_reply(call, view);
}

Task<Result<Reply>> get_member_anywhere(Call const& call) {
    // The SDKs write it as true, True and 1.
    auto const wish = query_value(call.request.query, "include_deleted");
    bool const include_deleted = equal_ascii_case(wish, "true") || wish == "1";
    CO_TRY(auto const view,
           co_await call.services().members.get_anywhere(
               call.project(), std::string(call.parameters.member), include_deleted));
    co_return member_reply(call, view);
}

Task<Result<Reply>> update_member(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, call.limits()));
    CO_TRY(auto fields, member_update_from_json(body));
    CO_TRY(auto const view,
           co_await call.services().members.update(call.project(), reference_of(call),
                                                   std::move(fields), permit_on_member(call)));
    co_return member_reply(call, view);
}

Task<Result<Reply>> delete_member(Call const& call) {
    CO_TRY(auto const id, co_await call.services().members.remove(
                              call.project(), reference_of(call), permit_on_member(call)));
    Reply reply;
    JsonMembers(reply.members).text("member_id", to_string(id));
    co_return reply;
}

Task<Result<Reply>> reactivate_member(Call const& call) {
    CO_TRY(auto const view,
           co_await call.services().members.reactivate(call.project(), reference_of(call)));
    co_return member_reply(call, view);
}

Task<Result<Reply>> delete_member_external_id(Call const& call) {
    CO_TRY(auto const view,
           co_await call.services().members.remove_external_id(call.project(), reference_of(call)));
    co_return member_reply(call, view);
}

Task<Result<Reply>> unlink_retired_email(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, call.limits()));
    service::EmailReference email;
    CO_TRY(email.email_id, read_text(body, "email_id"));
    CO_TRY(email.email_address, read_text(body, "email_address"));
    // Clients send empty texts for what they were not given.
    if (email.email_id && email.email_id->empty()) email.email_id.reset();
    if (email.email_address && email.email_address->empty()) email.email_address.reset();
    CO_TRY(auto const view,
           co_await call.services().members.unlink_retired_email(
               call.project(), reference_of(call), std::move(email), permit_on_member(call)));
    co_return member_reply(call, view);
}

Task<Result<Reply>> search_members(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, call.limits()));
    CO_TRY(auto request,
           member_search_from_json(body, call.project().environment(), call.limits()));
    if (auto const* session = call.caller.member()) request.only = session->organization.id();
    CO_TRY(auto const page,
           co_await call.services().member_searches.run(call.project(), std::move(request)));
    Reply reply;
    to_json(reply.members, page);
    co_return reply;
}

}  // namespace rollcall::api::management
