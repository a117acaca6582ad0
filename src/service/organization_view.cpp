// What of an organization's settings has effect.
#include "service/organization_view.hpp"

#include <utility>
#include <vector>

namespace rollcall::service {

OrganizationView view_of(storage::OrganizationRecord record,
                         directory::EffectivePolicy const& project) {
    directory::EffectivePolicy const policy(project, record.policy);
    std::erase_if(record.organization.settings.rbac_email_implicit_role_assignments,
                  [&](directory::EmailRoleAssignment const& assignment) {
                      return !policy.has_role(assignment.role_id);
                  });
    return {std::move(record.organization), std::move(record.active_connection),
            policy.organization_roles()};
}

}  // namespace rollcall::service
