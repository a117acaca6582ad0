// Policies of roles.
#include "storage/policies.hpp"

#include "storage/errors.hpp"
#include "storage/sqlite/codec.hpp"
#include "storage/sqlite/outbox.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "storage/sqlite/tenant_sql.hpp"

namespace rollcall::storage::sqlite {

using directory::Event;
using directory::OrganizationPolicy;
using directory::ProjectPolicy;

Task<Result<ProjectPolicy>> SqliteStore::get_policy(ProjectKey project) {
    co_return read<ProjectPolicy>(co_await this_coro::executor, [&](Database& database) {
        Query row(database, sql::find_policy, project.row());
        if (!row.step()) return ProjectPolicy{};
        return project_policy_from_json(json_object(row.bytes(0)));
    });
}

Task<Status> SqliteStore::put_policy(ProjectKey project, ProjectPolicy policy) {
    return write<void>({project.id().uuid},
                       [project, policy = std::move(policy)](Database& database) -> Status {
                           database.run(sql::put_policy, project.row(), json_text(to_json(policy)));
                           return {};
                       });
}

Task<Result<OrganizationPolicy>> SqliteStore::get_organization_policy(OrganizationKey key) {
    co_return read<OrganizationPolicy>(co_await this_coro::executor, [&](Database& database) {
        Query row(database, sql::find_organization_policy, key.row());
        if (!row.step()) return OrganizationPolicy{};
        return organization_policy_from_json(json_object(row.bytes(0)));
    });
}

Task<Status> SqliteStore::put_organization_policy(OrganizationKey key, OrganizationPolicy policy,
                                                  Timestamp now, std::vector<Event> events) {
    return write<void>({key.id().uuid},
                       [key, policy = std::move(policy), now,
                        events = std::move(events)](Database& database) -> Status {
                           if (database.run(sql::touch_organization, key.row(), now) == 0) {
                               return fail(organization_not_found(key.id()));
                           }
                           database.run(sql::put_organization_policy, key.row(),
                                        json_text(to_json(policy)));
                           append_events(database, key, events);
                           return {};
                       });
}

}  // namespace rollcall::storage::sqlite
