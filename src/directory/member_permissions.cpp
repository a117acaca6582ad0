// The table of fields and actions.
#include "directory/member_permissions.hpp"

#include <array>

namespace rollcall::directory {
namespace {

struct Row {
    FieldPermission permission;
    bool (*differs)(Member const&, Member const&);
};

template <auto Field>
bool differs(Member const& a, Member const& b) {
    return a.*Field != b.*Field;
}

using M = Member;

// The developer's own: no role of a member reaches them.
constexpr std::string_view never;

constexpr FieldPermission trusted_metadata{"trusted_metadata", of_members, never};
constexpr FieldPermission roles{"roles", of_members, "update.settings.roles"};

// clang-format off
constexpr std::array rows{
    Row{{"name", of_oneself, "update.info.name"}, differs<&M::name>},
    Row{{"untrusted_metadata", of_oneself, "update.info.untrusted-metadata"}, differs<&M::untrusted_metadata>},
    Row{{"mfa_phone_number", of_oneself, "update.info.mfa-phone"}, differs<&M::mfa_phone_number>},
    Row{{"mfa_enrolled", of_oneself, "update.settings.mfa-enrolled"}, differs<&M::mfa_enrolled>},
    Row{{"default_mfa_method", of_oneself, "update.settings.default-mfa-method"}, differs<&M::default_mfa_method>},
    Row{{"email_address", of_members, "update.info.email"}, differs<&M::email_address>},
    Row{{"is_breakglass", of_members, "update.settings.is-breakglass"}, differs<&M::is_breakglass>},
    Row{roles, differs<&M::explicit_roles>},
    Row{trusted_metadata, differs<&M::trusted_metadata>},
    Row{{"external_id", of_members, never}, differs<&M::external_id>},
};
// clang-format on

}  // namespace

std::vector<FieldPermission> member_field_permissions() {
    std::vector<FieldPermission> permissions;
    for (auto const& row : rows) permissions.push_back(row.permission);
    return permissions;
}

std::vector<FieldPermission> permissions_to_change(Member const& current, Member const& next) {
    std::vector<FieldPermission> permissions;
    for (auto const& row : rows) {
        if (row.differs(current, next)) permissions.push_back(row.permission);
    }
    return permissions;
}

std::vector<FieldPermission> permissions_to_create(Member const& member) {
    std::vector<FieldPermission> permissions;
    if (!member.trusted_metadata.empty()) permissions.push_back(trusted_metadata);
    if (!member.explicit_roles.empty()) permissions.push_back(roles);
    return permissions;
}

}  // namespace rollcall::directory
