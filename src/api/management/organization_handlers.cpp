// Organizations: create, get, update, delete.
#include "api/management/body.hpp"
#include "api/management/handlers.hpp"
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

Task<Result<Reply>> Handlers::create_organization(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, limits_));
    CO_TRY(auto fields, organization_creation_from_json(body));
    CO_TRY(auto const view,
           co_await organizations_.create(call.caller.project(), std::move(fields)));
    co_return organization_reply(call, view);
}

Task<Result<Reply>> Handlers::get_organization(Call const& call) {
    CO_TRY(auto const view, co_await organizations_.get(call.caller.project(),
                                                        std::string(call.parameters.organization)));
    co_return organization_reply(call, view);
}

Task<Result<Reply>> Handlers::update_organization(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, limits_));
    CO_TRY(auto fields, organization_update_from_json(body));
    CO_TRY(auto const view, co_await organizations_.update(
                                call.caller.project(), std::string(call.parameters.organization),
                                std::move(fields)));
    co_return organization_reply(call, view);
}

Task<Result<Reply>> Handlers::delete_organization(Call const& call) {
    CO_TRY(auto const id, co_await organizations_.remove(
                              call.caller.project(), std::string(call.parameters.organization)));
    call.context.organization = to_string(id);
    Reply reply;
    reply.members = "\"organization_id\":";
    append_json_text(reply.members, to_string(id));
    co_return reply;
}

}  // namespace rollcall::api::management
