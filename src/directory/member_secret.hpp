// What a member can log in with besides a trusted token: a password, or a token of support.
#pragma once

#include "base/id.hpp"
#include "base/secret.hpp"
#include "base/timestamp.hpp"

#include <string>

namespace rollcall::directory {

/// A password as stored: its hash in the form of crypto/password_hash.hpp.
struct MemberPassword {
    PasswordId id;
    std::string hash;
    Timestamp created_at;
};

/// Lets somebody of the operator's team log in as a member, once (contract §5.9).
struct ImpersonationToken {
    Digest digest;
    MemberId member;
    std::string impersonator_id;
    std::string impersonator_address;
    Timestamp expires_at;
};

}  // namespace rollcall::directory
