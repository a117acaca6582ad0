// Organizations: create, get, update, delete.
#include "api/management/organization_handlers.hpp"

#include "api/management/body.hpp"
#include "api/management/json.hpp"
#include "api/management/organization_wire.hpp"

namespace rollcall::api::management {
namespace {

Reply organization_reply(Call const& call, service::OrganizationView const& view) {
    call.context.organization = to_string(view.organization.id);
    Reply reply;
    reply.members = "\"organization\":";
    to_json(reply.members, view);
    return reply;
}

}  // namespace

Task<Result<Reply>> create_organization(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, call.limits()));
    CO_TRY(auto fields, organization_creation_from_json(body));
    CO_TRY(auto const view,
           co_await call.services().organizations.create(call.project(), std::move(fields)));
    co_return organization_reply(call, view);
}

Task<Result<Reply>> get_organization(Call const& call) {
    CO_TRY(auto const view,
           co_await call.services().organizations.get(call.project(), call.organization()));
    co_return organization_reply(call, view);
}

Task<Result<Reply>> update_organization(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, call.limits()));
    CO_TRY(auto fields, organization_update_from_json(body));
    CO_TRY(auto const view, co_await call.services().organizations.update(
                                call.project(), call.organization(), std::move(fields)));
    co_return organization_reply(call, view);
}

Task<Result<Reply>> delete_organization(Call const& call) {
    CO_TRY(auto const id,
           co_await call.services().organizations.remove(call.project(), call.organization()));
    call.context.organization = to_string(id);
    Reply reply;
    reply.members = "\"organization_id\":";
    append_json_text(reply.members, to_string(id));
    co_return reply;
}

}  // namespace rollcall::api::management
