// Searching among the organizations of a project (contract §3.5).
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "directory/keys.hpp"
#include "directory/organization_query.hpp"
#include "runtime/task.hpp"
#include "service/cursor_signers.hpp"
#include "service/organizations.hpp"
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

struct OrganizationSearchRequest {
    directory::OrganizationSearch search;
    std::optional<std::string> cursor;
    std::size_t limit = 0;
};

struct OrganizationSearchPage {
    std::vector<OrganizationView> organizations;
    std::optional<std::uint64_t> total;  ///< unknown when counting would take too long
    std::optional<std::string> next_cursor;
};

/// Organizations come in order of creation. One page looks at a bounded number of organizations and
/// of addresses of their members; when that does not fill it, it is short, and its cursor goes on.
/// Thread-safe.
class OrganizationSearches {
public:
    /// All outlive this object.
    OrganizationSearches(storage::Store& store, Policies& policies, Limits const& limits)
        : store_(store), policies_(policies), limits_(limits), signers_(store) {}

    /// @errors invalid_cursor.
    Task<Result<OrganizationSearchPage>> run(directory::ProjectKey project,
                                             OrganizationSearchRequest request);

private:
    storage::Store& store_;
    Policies& policies_;
    Limits const& limits_;
    CursorSigners signers_;
};

}  // namespace rollcall::service
