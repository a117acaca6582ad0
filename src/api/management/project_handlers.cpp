// A project: shown; its secrets listed, made, revoked.
#include "api/management/project_handlers.hpp"

#include "api/management/json.hpp"

namespace rollcall::api::management {
namespace {

void add_secret(JsonObject& object, directory::ProjectSecret const& secret) {
    object.text("secret_id", to_string(secret.id));
    object.text("last_four", secret.last_four);
    object.time("created_at", secret.created_at);
    if (secret.revoked_at) {
        object.time("revoked_at", *secret.revoked_at);
    } else {
        object.null("revoked_at");
    }
}

void secret_to_json(std::string& out, directory::ProjectSecret const& secret) {
    JsonObject object(out);
    add_secret(object, secret);
    object.close();
}

}  // namespace

Task<Result<Reply>> get_project(Call const& call) {
    CO_TRY(auto const project, co_await call.services().projects.get(call.project()));
    Reply reply;
    JsonObject object(JsonMembers(reply.members).value("project"));
    object.text("project_id", to_string(project.id));
    object.text("name", project.name);
    object.text("public_token", to_string(project.public_token));
    object.time("created_at", project.created_at);
    object.close();
    co_return reply;
}

Task<Result<Reply>> who_am_i(Call const& call) {
    CO_TRY(auto const project, co_await call.services().projects.get(call.project()));
    Reply reply;
    JsonMembers members(reply.members);
    members.text("project_id", to_string(project.id));
    members.text("name", project.name);
    co_return reply;
}

Task<Result<Reply>> list_secrets(Call const& call) {
    CO_TRY(auto const secrets, co_await call.services().projects.list_secrets(call.project().id()));
    Reply reply;
    append_list(JsonMembers(reply.members).value("project_secrets"), secrets, secret_to_json);
    co_return reply;
}

Task<Result<Reply>> create_secret(Call const& call) {
    CO_TRY(auto const secret, co_await call.services().projects.create_secret(call.project().id()));
    Reply reply;
    JsonObject object(JsonMembers(reply.members).value("project_secret"));
    add_secret(object, secret.record);
    object.text("secret", secret.value.reveal());
    object.close();
    co_return reply;
}

Task<Result<Reply>> revoke_secret(Call const& call) {
    CO_TRY(auto const id, co_await call.services().projects.revoke_own_secret(
                              call.project(), std::string(call.parameters.secret)));
    Reply reply;
    JsonMembers(reply.members).text("secret_id", to_string(id));
    co_return reply;
}

}  // namespace rollcall::api::management
