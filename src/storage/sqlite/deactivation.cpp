// What ends with a member.
#include "storage/sqlite/deactivation.hpp"

#include "storage/sqlite/member_sql.hpp"
#include "storage/sqlite/session_sql.hpp"

namespace rollcall::storage::sqlite {

void deactivate_member(Database& database, directory::OrganizationKey const& organization,
                       std::int64_t member) {
    database.run(sql::delete_member_roles, organization.row(), member);
    database.run(sql::delete_sessions_of_member, member);
}

}  // namespace rollcall::storage::sqlite
