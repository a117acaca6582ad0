// Searching among the members of organizations (contract §4.6).
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "directory/keys.hpp"
#include "directory/member_query.hpp"
#include "runtime/task.hpp"
#include "service/cursor_signers.hpp"
#include "service/member_view.hpp"
#include "service/policies.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

struct MemberSearchRequest {
    std::vector<std::string> organizations;  ///< ids, slugs or external ids, as written
    directory::MemberSearch search;
    std::optional<std::string> cursor;
    std::size_t limit = 0;
    /// If set, the only organization that may be named (contract §1.3).
    std::optional<OrganizationId> only;
};

struct MemberSearchPage {
    std::vector<ShownMember> members;
    std::vector<OrganizationView> organizations;  ///< those of the members, each once
    std::optional<std::uint64_t> total;           ///< unknown when counting would take too long
    std::optional<std::string> next_cursor;
};

/// Members come organization by organization, in the order in which these are named, and within one
/// in order of creation. One page looks at a bounded number of members; when that does not fill it,
/// it is short, and its cursor goes on. Thread-safe.
class MemberSearches {
public:
    /// All outlive this object.
    MemberSearches(storage::Store& store, Policies& policies, Limits const& limits)
        : store_(store), policies_(policies), limits_(limits), signers_(store) {}

    /// @errors invalid_value (member_search_organization_ids_empty); too_many (more than
    ///         Limits::search_organizations_max organizations); those of service::Organizations for
    ///         a reference; forbidden (session_authorization_tenancy_error); invalid_cursor.
    Task<Result<MemberSearchPage>> run(directory::ProjectKey project, MemberSearchRequest request);

private:
    struct Position;
    struct Walk;

    Task<Result<std::vector<directory::OrganizationKey>>> find_organizations(
        directory::ProjectKey project, MemberSearchRequest const& request);
    /// Adds what one organization has.
    Task<Status> search_one(directory::OrganizationKey key, std::optional<Uuid> after,
                            MemberSearchRequest const& request, Walk& walk);

    storage::Store& store_;
    Policies& policies_;
    Limits const& limits_;
    CursorSigners signers_;
};

}  // namespace rollcall::service
