// GET and PUT the options of a SCIM connection.
#include "api/management/option_handlers.hpp"

#include "api/management/body.hpp"
#include "api/management/connection_handlers.hpp"
#include "api/management/options_wire.hpp"

namespace rollcall::api::management {
namespace {

Reply options_reply(Call const& call, directory::Connection const& connection) {
    note_connection(call, connection);
    Reply reply;
    options_to_json(reply.members, connection);
    return reply;
}

}  // namespace

Task<Result<Reply>> get_options(Call const& call) {
    CO_TRY(auto const view,
           co_await call.services().connections.get(call.project(), reference_of(call)));
    co_return options_reply(call, view.connection);
}

Task<Result<Reply>> set_options(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, call.limits()));
    CO_TRY(auto const options, options_from_json(body));
    CO_TRY(auto const view, co_await call.services().connections.set_options(
                                call.project(), reference_of(call), options));
    co_return options_reply(call, view.connection);
}

}  // namespace rollcall::api::management
