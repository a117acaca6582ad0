// GET the notes of a connection's requests.
#include "api/management/request_handlers.hpp"

#include "api/management/connection_handlers.hpp"
#include "api/management/page_query.hpp"
#include "api/management/requests_wire.hpp"
#include "service/request_notes.hpp"

namespace rollcall::api::management {

Task<Result<Reply>> get_requests(Call const& call) {
    CO_TRY(auto const query, read_page_query(call.request.query, call.limits()));
    CO_TRY(auto const filter, read_note_filter(call.request.query));
    // A backend that has just seen a push fail finds it here.
    CO_CHECK(co_await call.services().request_notes.flush_all());
    CO_TRY(auto const page,
           co_await call.services().connections.list_request_notes(
               call.project(), reference_of(call), filter, query.cursor, query.limit));
    call.context.organization = to_string(page.organization);
    call.context.connection = to_string(page.connection);
    Reply reply;
    requests_page_to_json(reply.members, page);
    co_return reply;
}

}  // namespace rollcall::api::management
