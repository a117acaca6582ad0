// A project: the developer's account in this server, with the secrets its backend authenticates by.
#pragma once

#include "base/id.hpp"
#include "base/secret.hpp"
#include "base/timestamp.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rollcall::directory {

struct Project {
    ProjectId id;
    std::string name;
    PublicToken public_token;
    Timestamp created_at;
};

/// A project secret as stored: never the secret itself.
struct ProjectSecret {
    Uuid id;
    Digest digest;
    std::string last_four;
    Timestamp created_at;
    std::optional<Timestamp> revoked_at;
};

}  // namespace rollcall::directory
