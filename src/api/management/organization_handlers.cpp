// Organizations: create, get, update, delete, search, and what else there is to know of one.
#include "api/management/organization_handlers.hpp"

#include "api/management/body.hpp"
#include "api/management/field_permissions.hpp"
#include "api/management/json.hpp"
#include "api/management/organization_search_wire.hpp"
#include "api/management/organization_wire.hpp"

namespace rollcall::api::management {
namespace {

Reply organization_reply(Call const& call, service::OrganizationView const& view) {
    call.context.organization = to_string(view.organization.id);
    Reply reply;
    to_json(JsonMembers(reply.members).value("organization"), view);
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
    CO_TRY(auto const view,
           co_await call.services().organizations.update(call.project(), call.organization(),
                                                         std::move(fields), permit_for(call)));
    co_return organization_reply(call, view);
}

Task<Result<Reply>> delete_organization(Call const& call) {
    CO_TRY(auto const id,
           co_await call.services().organizations.remove(call.project(), call.organization()));
    call.context.organization = to_string(id);
    Reply reply;
    JsonMembers(reply.members).text("organization_id", to_string(id));
    co_return reply;
}

Task<Result<Reply>> search_organizations(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, call.limits()));
    CO_TRY(auto request,
           organization_search_from_json(body, call.project().environment(), call.limits()));
    CO_TRY(auto const page,
           co_await call.services().organization_searches.run(call.project(), std::move(request)));
    Reply reply;
    to_json(reply.members, page);
    co_return reply;
}

Task<Result<Reply>> get_organization_metrics(Call const& call) {
    CO_TRY(auto const metrics,
           co_await call.services().organizations.measure(call.project(), call.organization()));
    call.context.organization = to_string(metrics.organization);
    Reply reply;
    JsonMembers(reply.members).value("member_count") += std::to_string(metrics.members);
    co_return reply;
}

Task<Result<Reply>> delete_organization_external_id(Call const& call) {
    CO_TRY(auto const view, co_await call.services().organizations.remove_external_id(
                                call.project(), call.organization()));
    co_return organization_reply(call, view);
}

Task<Result<Reply>> list_connected_apps(Call const& call) {
    CO_TRY(auto const id,
           co_await call.services().organizations.find_id(call.project(), call.organization()));
    call.context.organization = to_string(id);
    Reply reply;
    JsonMembers(reply.members).texts("connected_apps", {});
    co_return reply;
}

}  // namespace rollcall::api::management
