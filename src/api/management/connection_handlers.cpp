// SCIM connections: create, get, update, delete, and the three steps of a rotation.
#include "api/management/body.hpp"
#include "api/management/connection_wire.hpp"
#include "api/management/handlers.hpp"
#include "api/management/json.hpp"

namespace rollcall::api::management {
namespace {

constexpr std::string_view member_name = "\"connection\":";

}  // namespace

service::ConnectionReference reference_of(Call const& call) {
    return {std::string(call.parameters.organization), std::string(call.parameters.connection)};
}

void note_connection(Call const& call, directory::Connection const& connection) {
    call.context.organization = to_string(connection.organization);
    call.context.connection = to_string(connection.id);
}

Reply Handlers::connection_reply(Call const& call, service::ConnectionView const& view) {
    note_connection(call, view.connection);
    Reply reply;
    reply.members = member_name;
    connection_to_json(reply.members, view, public_url_);
    return reply;
}

Task<Result<Reply>> Handlers::create_connection(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, limits_));
    CO_TRY(auto fields, connection_creation_from_json(body));
    CO_TRY(auto const created, co_await connections_.create(
                                   call.caller.project(), std::string(call.parameters.organization),
                                   std::move(fields)));
    note_connection(call, created.view.connection);
    Reply reply;
    reply.members = member_name;
    connection_with_token_to_json(reply.members, created, public_url_);
    co_return reply;
}

Task<Result<Reply>> Handlers::get_connection(Call const& call) {
    CO_TRY(auto const view, co_await connections_.get(call.caller.project(),
                                                      std::string(call.parameters.organization)));
    co_return connection_reply(call, view);
}

Task<Result<Reply>> Handlers::update_connection(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, limits_));
    CO_TRY(auto fields, connection_update_from_json(body));
    CO_TRY(auto const view, co_await connections_.update(call.caller.project(), reference_of(call),
                                                         std::move(fields)));
    co_return connection_reply(call, view);
}

Task<Result<Reply>> Handlers::delete_connection(Call const& call) {
    CO_TRY(auto const id, co_await connections_.remove(call.caller.project(), reference_of(call)));
    call.context.connection = to_string(id);
    Reply reply;
    reply.members = "\"connection_id\":";
    append_json_text(reply.members, to_string(id));
    co_return reply;
}

Task<Result<Reply>> Handlers::start_rotation(Call const& call) {
    CO_TRY(auto const rotating,
           co_await connections_.start_rotation(call.caller.project(), reference_of(call)));
    note_connection(call, rotating.view.connection);
    Reply reply;
    reply.members = member_name;
    connection_with_next_token_to_json(reply.members, rotating, public_url_);
    co_return reply;
}

Task<Result<Reply>> Handlers::complete_rotation(Call const& call) {
    CO_TRY(auto const view,
           co_await connections_.complete_rotation(call.caller.project(), reference_of(call)));
    co_return connection_reply(call, view);
}

Task<Result<Reply>> Handlers::cancel_rotation(Call const& call) {
    CO_TRY(auto const view,
           co_await connections_.cancel_rotation(call.caller.project(), reference_of(call)));
    co_return connection_reply(call, view);
}

}  // namespace rollcall::api::management
