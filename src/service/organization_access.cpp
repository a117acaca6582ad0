// An id, a slug or an external id becomes a key; what is not there, or not the project's, is not
// found.
#include "service/organization_access.hpp"

#include "directory/organization_plan.hpp"

#include <utility>

namespace rollcall::service {

Task<Result<directory::OrganizationKey>> get_organization(storage::Store& store,
                                                          directory::ProjectKey project,
                                                          std::string reference) {
    CO_CHECK(directory::check_organization_reference(reference, project.environment()));
    CO_TRY(auto const key, co_await store.find_organization(project, std::move(reference)));
    if (!key) co_return fail(directory::organization_not_found());
    co_return *key;
}

Task<Result<storage::OrganizationRecord>> get_organization_record(storage::Store& store,
                                                                  directory::ProjectKey project,
                                                                  std::string reference) {
    CO_CHECK(directory::check_organization_reference(reference, project.environment()));
    CO_TRY(auto record, co_await store.find_organization_record(project, std::move(reference)));
    if (!record) co_return fail(directory::organization_not_found());
    co_return *std::move(record);
}

}  // namespace rollcall::service
