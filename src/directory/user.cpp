// Words of the member's life cycle.
#include "directory/user.hpp"

namespace rollcall::directory {

std::string_view to_string(MemberStatus status) noexcept {
    switch (status) {
        case MemberStatus::active:
            return "active";
        case MemberStatus::pending:
            return "pending";
        case MemberStatus::invited:
            return "invited";
        case MemberStatus::deleted:
            return "deleted";
    }
    return "";
}

}  // namespace rollcall::directory
