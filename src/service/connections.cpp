// Connections, their tokens, and the page of groups.
#include "service/connections.hpp"

#include "crypto/digest.hpp"
#include "directory/organization_plan.hpp"
#include "service/connection_access.hpp"
#include "storage/store.hpp"

namespace rollcall::service {
namespace {

// Contract §1.9.
constexpr std::size_t token_size = 48;

ConnectionView view_of(storage::ConnectionRecord record, directory::EffectivePolicy const& policy) {
    std::erase_if(record.role_assignments, [&](directory::NamedRoleAssignment const& assignment) {
        return !policy.has_role(assignment.role_id);
    });
    return {std::move(record.connection), std::move(record.role_assignments)};
}

/// A connection with what decides about the roles of its organization.
struct OpenConnection {
    storage::ConnectionRecord record;
    Policies::Ready policy;
};

Task<Result<OpenConnection>> open(storage::Store& store, Policies& policies,
                                  directory::ProjectKey project, ConnectionReference reference) {
    CO_TRY(auto record, co_await get_connection(store, project, std::move(reference)));
    CO_TRY(auto policy, co_await policies.effective(record.key.organization()));
    co_return OpenConnection{std::move(record), std::move(policy)};
}

// Cursors carry a uuid; a position is one whose first half is empty.
Uuid as_uuid(std::int64_t position) {
    Uuid uuid;
    for (std::size_t i = 0; i < 8; ++i) {
        uuid.bytes[15 - i] = static_cast<std::uint8_t>(position >> (8 * i));
    }
    return uuid;
}

std::int64_t position_of(Uuid const& uuid) {
    std::int64_t position = 0;
    for (std::size_t i = 8; i < 16; ++i) position = position << 8 | uuid.bytes[i];
    return position;
}

}  // namespace

Connections::NewToken Connections::make_token(Timestamp now) const {
    auto secret = crypto::random_alphanumeric(token_size);
    directory::BearerToken record{.digest = crypto::sha256(secret.reveal()),
                                  .last_four = secret.last_four(),
                                  .expires_at = now + token_lifetime_};
    return {std::move(secret), std::move(record)};
}

std::vector<directory::Event> Connections::make_events(directory::EventAction action,
                                                       ConnectionId const& connection,
                                                       std::string label, Timestamp now) {
    EventId const id{connection.environment, ids_.ordered_uuid(now)};
    return {directory::connection_event(action, connection, std::move(label), id, now)};
}

Task<Result<directory::ConnectionKey>> Connections::get_key(directory::ProjectKey project,
                                                            ConnectionReference reference) {
    CO_TRY(auto const organization,
           co_await get_organization(store_, project, std::move(reference.organization)));
    CO_TRY(auto const id,
           directory::read_connection_id(reference.connection, project.environment()));
    CO_TRY(auto const key, co_await store_.find_connection(organization, id));
    if (!key) co_return fail(directory::no_active_connection());
    co_return *key;
}

Task<Result<ConnectionWithToken>> Connections::create(directory::ProjectKey project,
                                                      std::string organization,
                                                      directory::ConnectionFields fields) {
    CO_TRY(auto const key, co_await get_organization(store_, project, std::move(organization)));
    auto const now = clock_.now();
    ConnectionId const id{project.environment(), ids_.ordered_uuid(now)};
    auto token = make_token(now);
    CO_TRY(auto connection, directory::plan_connection_creation(
                                fields, id, key.id(), std::move(token.record), now, limits_));
    auto events = make_events(directory::EventAction::create, id, connection.display_name, now);
    auto created = co_await store_.create_connection(key, std::move(connection), std::move(events));
    if (created)
        co_return ConnectionWithToken{{std::move(created->connection), {}},
                                      std::move(token.secret)};
    if (created.error().code() == ErrorCode::not_found) {
        co_return fail(directory::organization_not_found());
    }
    co_return fail(std::move(created).error());
}

Task<Result<ConnectionView>> Connections::get(directory::ProjectKey project,
                                              std::string organization) {
    CO_TRY(auto const key, co_await get_organization(store_, project, std::move(organization)));
    CO_TRY(auto record, co_await store_.find_active_connection(key));
    if (!record) co_return fail(directory::no_active_connection());
    CO_TRY(auto const policy, co_await policies_.effective(key));
    co_return view_of(std::move(*record), *policy);
}

Task<Result<ConnectionView>> Connections::get(directory::ProjectKey project,
                                              ConnectionReference reference) {
    CO_TRY(auto opened, co_await open(store_, policies_, project, std::move(reference)));
    co_return view_of(std::move(opened.record), *opened.policy);
}

Task<Result<ConnectionView>> Connections::set_options(directory::ProjectKey project,
                                                      ConnectionReference reference,
                                                      directory::ConnectionOptions options) {
    CO_TRY(auto opened, co_await open(store_, policies_, project, std::move(reference)));
    auto& record = opened.record;
    if (record.connection.options == options) co_return view_of(std::move(record), *opened.policy);
    auto const now = clock_.now();
    storage::ConnectionChange change;
    change.options = options;
    change.events = make_events(directory::EventAction::update, record.connection.id,
                                record.connection.display_name, now);
    change.now = now;
    auto updated = co_await store_.update_connection(record.key, std::move(change));
    if (!updated) co_return fail(as_connection_error(std::move(updated).error()));
    co_return view_of(std::move(*updated), *opened.policy);
}

Task<Result<ConnectionView>> Connections::update(directory::ProjectKey project,
                                                 ConnectionReference reference,
                                                 directory::ConnectionFields fields,
                                                 Permit permit) {
    CO_TRY(auto opened, co_await open(store_, policies_, project, std::move(reference)));
    auto& record = opened.record;
    CO_TRY(auto plan, directory::plan_connection_update(fields, project.environment(),
                                                        *opened.policy, limits_));
    CO_CHECK(
        permit(directory::permissions_to_update(plan, record.connection, record.role_assignments),
               Needed::all));
    // What was not asked a permission for is not written either, whatever it is by now.
    plan = plan.changes_of(record.connection, record.role_assignments);
    if (plan.empty()) {
        co_return view_of(std::move(record), *opened.policy);
    }
    auto const now = clock_.now();
    auto label = plan.display_name.value_or(record.connection.display_name);
    auto events =
        make_events(directory::EventAction::update, record.connection.id, std::move(label), now);
    storage::ConnectionChange change{.display_name = std::move(plan.display_name),
                                     .identity_provider = plan.identity_provider,
                                     .role_assignments = std::move(plan.role_assignments),
                                     .events = std::move(events),
                                     .now = now};
    auto updated = co_await store_.update_connection(record.key, std::move(change));
    if (!updated) co_return fail(as_connection_error(std::move(updated).error()));
    co_return view_of(std::move(*updated), *opened.policy);
}

Task<Result<ConnectionId>> Connections::remove(directory::ProjectKey project,
                                               ConnectionReference reference) {
    CO_TRY(auto const record, co_await get_connection(store_, project, std::move(reference)));
    auto const now = clock_.now();
    auto events = make_events(directory::EventAction::remove, record.connection.id,
                              record.connection.display_name, now);
    auto const removed = co_await store_.delete_connection(record.key, now, std::move(events));
    if (!removed) co_return fail(as_connection_error(removed.error()));
    co_return record.connection.id;
}

Task<Result<ConnectionWithToken>> Connections::start_rotation(directory::ProjectKey project,
                                                              ConnectionReference reference) {
    CO_TRY(auto opened, co_await open(store_, policies_, project, std::move(reference)));
    auto const& record = opened.record;
    auto const now = clock_.now();
    auto token = make_token(now);
    auto events = make_events(directory::EventAction::update, record.connection.id,
                              record.connection.display_name, now);
    auto rotating =
        co_await store_.start_rotation(record.key, std::move(token.record), now, std::move(events));
    if (!rotating) co_return fail(as_connection_error(std::move(rotating).error()));
    co_return ConnectionWithToken{view_of(std::move(*rotating), *opened.policy),
                                  std::move(token.secret)};
}

Task<Result<ConnectionView>> Connections::end_rotation(directory::ProjectKey project,
                                                       ConnectionReference reference,
                                                       RotationEnd how) {
    CO_TRY(auto opened, co_await open(store_, policies_, project, std::move(reference)));
    auto const& record = opened.record;
    auto const now = clock_.now();
    auto events = make_events(directory::EventAction::update, record.connection.id,
                              record.connection.display_name, now);
    auto const rotation =
        how == RotationEnd::complete ? storage::Rotation::complete : storage::Rotation::cancel;
    auto ended = co_await store_.end_rotation(record.key, rotation, now, std::move(events));
    if (!ended) co_return fail(as_connection_error(std::move(ended).error()));
    co_return view_of(std::move(*ended), *opened.policy);
}

Task<Result<ConnectionView>> Connections::complete_rotation(directory::ProjectKey project,
                                                            ConnectionReference reference) {
    co_return co_await end_rotation(project, std::move(reference), RotationEnd::complete);
}

Task<Result<ConnectionView>> Connections::cancel_rotation(directory::ProjectKey project,
                                                          ConnectionReference reference) {
    co_return co_await end_rotation(project, std::move(reference), RotationEnd::cancel);
}

Task<Result<GroupsPage>> Connections::list_groups(directory::ProjectKey project,
                                                  ConnectionReference reference,
                                                  std::optional<std::string> cursor,
                                                  std::size_t limit) {
    CO_TRY(auto const key, co_await get_key(project, std::move(reference)));
    CO_TRY(auto const* signer, co_await cursor_signers_.get());
    CursorScope const scope{project.id(), PagedList::connection_groups, key.id().uuid};
    std::optional<Uuid> after;
    if (cursor) {
        CO_TRY(after, signer->parse(scope, *cursor));
    }
    // One more than asked for tells whether there is a next page.
    CO_TRY(auto groups, co_await store_.list_group_summaries(key, after, limit + 1));
    std::optional<std::string> next_cursor;
    if (groups.size() > limit) {
        groups.resize(limit);
        next_cursor = signer->print(scope, groups.back().id.uuid);
    }
    co_return GroupsPage{key.organization().id(), key.id(), std::move(groups),
                         std::move(next_cursor)};
}

Task<Result<RequestNotesPage>> Connections::list_request_notes(directory::ProjectKey project,
                                                               ConnectionReference reference,
                                                               directory::RequestNoteFilter filter,
                                                               std::optional<std::string> cursor,
                                                               std::size_t limit) {
    CO_TRY(auto const key, co_await get_key(project, std::move(reference)));
    CO_TRY(auto const* signer, co_await cursor_signers_.get());
    CursorScope const scope{project.id(), PagedList::connection_request_notes, key.id().uuid};
    std::optional<std::int64_t> before;
    if (cursor) {
        CO_TRY(auto const last, signer->parse(scope, *cursor));
        before = position_of(last);
    }
    CO_TRY(auto stored, co_await store_.list_request_notes(key, filter, before, limit + 1));
    std::optional<std::string> next_cursor;
    if (stored.size() > limit) {
        stored.resize(limit);
        next_cursor = signer->print(scope, as_uuid(stored.back().position));
    }
    RequestNotesPage page{key.organization().id(), key.id(), {}, std::move(next_cursor)};
    for (auto& entry : stored) page.notes.push_back(std::move(entry.note));
    co_return page;
}

std::uint64_t Connections::generation(Uuid const& scope) const noexcept {
    return store_.generation(scope);
}

}  // namespace rollcall::service
