// The resource types of one connection: User and Group with the extensions they may carry (RFC 7643
// §6, §7).
#pragma once

#include "scim/schema.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace rollcall::scim {

enum class ResourceKind : std::uint8_t { user, group };
/// "User" or "Group".
[[nodiscard]] std::string_view to_string(ResourceKind kind) noexcept;
/// Reads the same in any case.
[[nodiscard]] std::optional<ResourceKind> parse_resource_kind(std::string_view text) noexcept;

/// An extension schema that a connection declares for one of its resource types.
struct DeclaredSchema {
    ResourceKind extends = ResourceKind::user;
    bool required = false;  ///< every resource of the type must carry the extension
    Schema schema;

    friend bool operator==(DeclaredSchema const&, DeclaredSchema const&) = default;
};

/// User and Group as one connection knows them. Immutable, so any thread may read it; others point
/// into it, so it neither moves nor copies.
class ResourceTypes {
public:
    /// The built-in types with `declared` added to them, in that order.
    explicit ResourceTypes(std::vector<DeclaredSchema> declared);
    ResourceTypes(ResourceTypes const&) = delete;
    ResourceTypes& operator=(ResourceTypes const&) = delete;

    [[nodiscard]] ResourceType const& user() const noexcept { return user_; }
    [[nodiscard]] ResourceType const& group() const noexcept { return group_; }

    /// What /Schemas lists: User, Group, EnterpriseUser, ServiceProviderConfig, ResourceType,
    /// Schema (checklist N-15), and the declared ones.
    [[nodiscard]] std::vector<Schema const*> const& announced() const noexcept {
        return announced_;
    }

private:
    std::vector<DeclaredSchema> const declared_;
    ResourceType user_;
    ResourceType group_;
    std::vector<Schema const*> announced_;
};

/// The types of a connection that declares nothing.
[[nodiscard]] ResourceTypes const& builtin_types();

}  // namespace rollcall::scim
