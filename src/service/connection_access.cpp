// Organization first, then its connection.
#include "service/connection_access.hpp"

#include "directory/connection_plan.hpp"

#include <utility>

namespace rollcall::service {

Task<Result<storage::ConnectionRecord>> get_connection(storage::Store& store,
                                                       directory::ProjectKey project,
                                                       ConnectionReference reference) {
    CO_TRY(auto const organization,
           co_await get_organization(store, project, std::move(reference.organization)));
    CO_TRY(auto const id,
           directory::read_connection_id(reference.connection, project.environment()));
    CO_TRY(auto record, co_await store.find_active_connection(organization));
    if (!record || record->connection.id != id) co_return fail(directory::no_active_connection());
    co_return std::move(*record);
}

Error as_connection_error(Error error) {
    if (error.code() != ErrorCode::not_found || !error.kind().empty()) return error;
    return directory::no_active_connection();
}

}  // namespace rollcall::service
