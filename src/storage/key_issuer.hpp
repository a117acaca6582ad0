// The only maker of keys. Included by implementations of Store and by nothing else (checked by
// tools/tidy.py).
#pragma once

#include "directory/keys.hpp"

namespace rollcall::storage {

class KeyIssuer {
public:
    [[nodiscard]] static directory::ProjectKey project(ProjectId id, std::int64_t row) {
        return {id, row};
    }
    [[nodiscard]] static directory::OrganizationKey organization(directory::ProjectKey project,
                                                                 OrganizationId id,
                                                                 std::int64_t row) {
        return {project, id, row};
    }
    [[nodiscard]] static directory::ConnectionKey connection(
        directory::OrganizationKey organization, ConnectionId id, std::int64_t row) {
        return {organization, id, row};
    }
};

}  // namespace rollcall::storage
