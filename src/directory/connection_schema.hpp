// The extension schemas that a connection declares (docs/schemas.md).
#pragma once

#include "base/timestamp.hpp"
#include "scim/resource_types.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::directory {

struct ConnectionSchema {
    scim::DeclaredSchema declared;
    Timestamp created_at;
    Timestamp updated_at;
};

/// Everything a connection declares, in order of declaration. `version` moves with every change;
/// 0 means that the connection never declared anything.
struct ConnectionSchemas {
    std::uint64_t version = 0;
    std::vector<ConnectionSchema> schemas;
};

/// What tells the schemas of a connection apart: the URN without case.
[[nodiscard]] std::string schema_key(std::string_view urn);

}  // namespace rollcall::directory
