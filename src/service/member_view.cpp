// Roles as of now, and ids of addresses.
#include "service/member_view.hpp"

#include "base/text.hpp"
#include "crypto/digest.hpp"

#include <algorithm>

namespace rollcall::service {

ShownMember show(directory::MemberRecord record, directory::OrganizationSettings const& settings,
                 directory::EffectivePolicy const& policy) {
    auto roles = directory::roles_of(record.role_basis(),
                                     settings.rbac_email_implicit_role_assignments, policy);
    return {std::move(record), std::move(roles)};
}

directory::EmailId email_id_of(MemberId const& member, std::string_view address) {
    auto const digest = crypto::sha256(to_string(member) + '/' + fold(address));
    directory::EmailId id{member.environment, {}};
    std::copy_n(digest.bytes.begin(), id.uuid.bytes.size(), id.uuid.bytes.begin());
    // RFC 9562 §5.8: a version 8 uuid.
    id.uuid.bytes[6] = static_cast<std::uint8_t>((id.uuid.bytes[6] & 0x0f) | 0x80);
    id.uuid.bytes[8] = static_cast<std::uint8_t>((id.uuid.bytes[8] & 0x3f) | 0x80);
    return id;
}

}  // namespace rollcall::service
