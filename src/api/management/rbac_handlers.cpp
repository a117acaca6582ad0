// Policies: read what holds, replace what a project or an organization adds.
#include "api/management/rbac_handlers.hpp"

#include "api/management/body.hpp"
#include "api/management/json.hpp"
#include "api/management/rbac_wire.hpp"

namespace rollcall::api::management {
namespace {

Error is_required(std::string_view field) {
    return Error(ErrorCode::invalid_value, std::string(field) + " is required.")
        .with_kind("invalid_request_value");
}

/// The object of a body's one field.
Result<boost::json::object> read_document(Call const& call, std::string_view field) {
    TRY(auto const body, read_body(call.request.body, call.limits()));
    TRY(auto document, read_object(body, field, "invalid_request_value"));
    if (!document) return fail(is_required(field));
    return *std::move(document);
}

Reply organization_policy_reply(Call const& call, service::OrganizationPolicyView const& view) {
    call.context.organization = to_string(view.organization);
    Reply reply;
    JsonObject object(JsonMembers(reply.members).value("org_policy"));
    roles_to_json(object.value("roles"), view.policy->organization_roles());
    object.close();
    return reply;
}

Reply project_policy_reply(directory::ProjectPolicy const& policy) {
    Reply reply;
    project_policy_to_json(JsonMembers(reply.members).value("policy"), policy);
    return reply;
}

}  // namespace

Task<Result<Reply>> get_policy(Call const& call) {
    CO_TRY(auto const policy, co_await call.services().policies.effective(call.project()));
    Reply reply;
    policy_to_json(JsonMembers(reply.members).value("policy"), policy->project_policy());
    co_return reply;
}

Task<Result<Reply>> get_organization_policy(Call const& call) {
    CO_TRY(auto const view, co_await call.services().policies.get_organization_policy(
                                call.project(), call.organization()));
    co_return organization_policy_reply(call, view);
}

Task<Result<Reply>> put_organization_policy(Call const& call) {
    CO_TRY(auto const document, read_document(call, "org_policy"));
    CO_TRY(auto wanted, organization_policy_from_json(document));
    CO_TRY(auto const view, co_await call.services().policies.put_organization_policy(
                                call.project(), call.organization(), std::move(wanted)));
    co_return organization_policy_reply(call, view);
}

Task<Result<Reply>> get_project_policy(Call const& call) {
    CO_TRY(auto const policy, co_await call.services().policies.get_project_policy(call.project()));
    co_return project_policy_reply(policy);
}

Task<Result<Reply>> put_project_policy(Call const& call) {
    CO_TRY(auto const document, read_document(call, "policy"));
    CO_TRY(auto wanted, project_policy_from_json(document));
    CO_TRY(auto const policy,
           co_await call.services().policies.put_project_policy(call.project(), std::move(wanted)));
    co_return project_policy_reply(policy);
}

}  // namespace rollcall::api::management
