// Reads, changes, writes; all again when somebody else was faster.
#include "service/operator_connections.hpp"

#include "directory/connection_options.hpp"
#include "directory/connection_plan.hpp"
#include "service/attempts.hpp"
#include "storage/errors.hpp"
#include "storage/store.hpp"

namespace rollcall::service {
namespace {

Task<Result<storage::ConnectionRecord>> get_record(storage::Store& store, ConnectionId id) {
    CO_TRY(auto record, co_await store.find_connection_for_operator(id));
    if (!record) co_return fail(storage::connection_not_found(id));
    co_return std::move(*record);
}

Status change(directory::ConnectionOptions& options, std::vector<OptionSetting> const& settings) {
    for (auto const& [name, value] : settings) {
        CHECK(value == "default" ? directory::unset_option(options, name)
                                 : directory::set_option(options, name, value));
    }
    return {};
}

}  // namespace

Task<Result<directory::Connection>> OperatorConnections::get(ConnectionId id) {
    CO_TRY(auto record, co_await get_record(store_, id));
    co_return std::move(record.connection);
}

Task<Result<directory::Connection>> OperatorConnections::set_options(
    ConnectionId id, std::vector<OptionSetting> settings) {
    for (int attempt = 1; attempt <= attempts_max; ++attempt) {
        CO_TRY(auto record, co_await get_record(store_, id));
        auto& current = record.connection;
        auto options = current.options;
        CO_CHECK(change(options, settings));
        if (options == current.options) co_return std::move(current);
        storage::ConnectionChange update;
        update.options = options;
        update.expected_options = current.options;
        update.now = clock_.now();
        update.events = {directory::connection_event(
            directory::EventAction::update, id, current.display_name,
            EventId{id.environment, ids_.ordered_uuid(update.now)}, update.now)};
        auto updated = co_await store_.update_connection(record.key, std::move(update));
        if (updated) co_return std::move(updated->connection);
        if (updated.error().code() != ErrorCode::precondition_failed) {
            co_return fail(std::move(updated).error());
        }
    }
    co_return fail(busy("The connection"));
}

Task<Result<std::vector<directory::RequestNote>>> OperatorConnections::list_request_notes(
    ConnectionId id, directory::RequestNoteFilter filter, std::size_t limit) {
    CO_TRY(auto const record, co_await get_record(store_, id));
    CO_TRY(auto stored, co_await store_.list_request_notes(record.key, filter, {}, limit));
    std::vector<directory::RequestNote> notes;
    notes.reserve(stored.size());
    for (auto& entry : stored) notes.push_back(std::move(entry.note));
    co_return notes;
}

}  // namespace rollcall::service
