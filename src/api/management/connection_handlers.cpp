// SCIM connections: create, get, update, delete, and the three steps of a rotation.
#include "api/management/connection_handlers.hpp"

#include "api/management/body.hpp"
#include "api/management/connection_wire.hpp"
#include "api/management/field_permissions.hpp"
#include "api/management/json.hpp"

namespace rollcall::api::management {
namespace {

constexpr std::string_view member_name = "connection";

Reply connection_reply(Call const& call, service::ConnectionView const& view) {
    note_connection(call, view.connection);
    Reply reply;
    connection_to_json(JsonMembers(reply.members).value(member_name), view, call.public_url());
    return reply;
}

}  // namespace

service::ConnectionReference reference_of(Call const& call) {
    return {call.organization(), std::string(call.parameters.connection)};
}

void note_connection(Call const& call, directory::Connection const& connection) {
    call.context.organization = to_string(connection.organization);
    call.context.connection = to_string(connection.id);
}

Task<Result<Reply>> create_connection(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, call.limits()));
    CO_TRY(auto fields, connection_creation_from_json(body));
    CO_TRY(auto const created, co_await call.services().connections.create(
                                   call.project(), call.organization(), std::move(fields)));
    note_connection(call, created.view.connection);
    Reply reply;
    connection_with_token_to_json(JsonMembers(reply.members).value(member_name), created,
                                  call.public_url());
    co_return reply;
}

Task<Result<Reply>> get_connection(Call const& call) {
    CO_TRY(auto const view,
           co_await call.services().connections.get(call.project(), call.organization()));
    co_return connection_reply(call, view);
}

Task<Result<Reply>> update_connection(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, call.limits()));
    CO_TRY(auto fields, connection_update_from_json(body));
    CO_TRY(auto const view,
           co_await call.services().connections.update(call.project(), reference_of(call),
                                                       std::move(fields), permit_for(call)));
    co_return connection_reply(call, view);
}

Task<Result<Reply>> delete_connection(Call const& call) {
    CO_TRY(auto const id,
           co_await call.services().connections.remove(call.project(), reference_of(call)));
    call.context.connection = to_string(id);
    Reply reply;
    JsonMembers(reply.members).text("connection_id", to_string(id));
    co_return reply;
}

Task<Result<Reply>> start_rotation(Call const& call) {
    CO_TRY(auto const rotating,
           co_await call.services().connections.start_rotation(call.project(), reference_of(call)));
    note_connection(call, rotating.view.connection);
    Reply reply;
    connection_with_next_token_to_json(JsonMembers(reply.members).value(member_name), rotating,
                                       call.public_url());
    co_return reply;
}

Task<Result<Reply>> complete_rotation(Call const& call) {
    CO_TRY(auto const view, co_await call.services().connections.complete_rotation(
                                call.project(), reference_of(call)));
    co_return connection_reply(call, view);
}

Task<Result<Reply>> cancel_rotation(Call const& call) {
    CO_TRY(auto const view, co_await call.services().connections.cancel_rotation(
                                call.project(), reference_of(call)));
    co_return connection_reply(call, view);
}

}  // namespace rollcall::api::management
