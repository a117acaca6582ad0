// Attribute definitions: the one table that decides what is accepted, ignored, stored, returned and
// compared (RFC 7643 §2, §7).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::scim {

enum class Type : std::uint8_t {
    string,
    boolean,
    decimal,
    integer,
    date_time,
    reference,
    binary,
    complex
};
enum class Mutability : std::uint8_t { read_write, read_only, write_only, immutable };
enum class Returned : std::uint8_t { standard, always, never, request };
enum class Uniqueness : std::uint8_t { none, server, global };

/// One attribute or sub-attribute with its characteristics (RFC 7643 §7). The member initialisers
/// are the RFC's defaults (§2.2).
struct Attribute {
    std::string name;
    Type type = Type::string;
    bool multi_valued = false;
    bool required = false;
    bool case_exact = false;
    Mutability mutability = Mutability::read_write;
    Returned returned = Returned::standard;
    Uniqueness uniqueness = Uniqueness::none;
    std::string description;
    std::vector<std::string> canonical_values;
    std::vector<std::string> reference_types;
    std::vector<Attribute> sub_attributes;
    /// `value` is the id of another resource, and `$ref` is the server's (scim/link.hpp). Built-in
    /// attributes only.
    bool is_link = false;
    /// Compared as a name of a user (fold_user_name in base/text.hpp). Built-in attributes only.
    bool is_user_name = false;

    /// The sub-attribute of that name, in any case; nullptr if there is none.
    [[nodiscard]] Attribute const* find(std::string_view sub_name) const noexcept;

    friend bool operator==(Attribute const&, Attribute const&) = default;
};

struct Schema {
    std::string urn;
    std::string name;
    std::string description;
    std::vector<Attribute> attributes;

    /// The attribute of that name, in any case; nullptr if there is none.
    [[nodiscard]] Attribute const* find(std::string_view attribute_name) const noexcept;

    friend bool operator==(Schema const&, Schema const&) = default;
};

/// An extension of a resource type (RFC 7643 §6).
struct Extension {
    Schema const* schema = nullptr;
    bool required = false;
    bool declared = false;         ///< by the connection, not built in
    bool limits_returned = false;  ///< has attributes that are returned otherwise than by default
    bool has_immutable = false;    ///< has attributes that cannot be changed once they are set
};

/// A resource type: its core schema and the extensions it may carry (RFC 7643 §6). Points into
/// schemas that outlive it.
struct ResourceType {
    std::string name;      ///< "User"
    std::string endpoint;  ///< "/Users"
    std::string description;
    Schema const* core = nullptr;
    std::vector<Extension> extensions;

    /// The schema with that URN (any case, legacy spellings of checklist I-11 included), or
    /// nullptr.
    [[nodiscard]] Schema const* find_schema(std::string_view urn) const noexcept;
    /// True if data of an extension outlives a PUT (scim::replace_resource).
    [[nodiscard]] bool has_immutable() const noexcept;
};

/// Where an attribute lives. `extension` is nullptr for core and common attributes.
struct AttributeRef {
    Schema const* extension = nullptr;
    Attribute const* attribute = nullptr;
    Attribute const* sub_attribute = nullptr;

    friend bool operator==(AttributeRef const&, AttributeRef const&) = default;
};

inline constexpr std::string_view user_urn = "urn:ietf:params:scim:schemas:core:2.0:User";
inline constexpr std::string_view group_urn = "urn:ietf:params:scim:schemas:core:2.0:Group";
inline constexpr std::string_view enterprise_user_urn =
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// The built-in types: User with the enterprise extension, Group. What a connection adds to them is
/// in its ResourceTypes (resource_types.hpp). Immutable; any thread.
[[nodiscard]] ResourceType const& user_type();
[[nodiscard]] ResourceType const& group_type();

/// `id`, `externalId`, `meta`, `schemas`: attributes of every resource (RFC 7643 §3.1).
[[nodiscard]] Schema const& common_attributes();

/// Spellings of the URNs above seen in the wild, and URNs that mean the same (checklist I-11).
[[nodiscard]] std::vector<std::string_view> const& legacy_spellings();

/// Resolves a name as clients write it: `attribute`, `attribute.sub`, `URN:attribute[.sub]`, the
/// dotted form `URN.attribute`, and an extension's attribute by its bare name when no core
/// attribute has it (checklist G-02, E-04, I-13, I-15). nullopt when the type defines no such
/// attribute. A bare URN resolves to {extension, nullptr, nullptr}.
[[nodiscard]] std::optional<AttributeRef> resolve(ResourceType const& type, std::string_view name);

}  // namespace rollcall::scim
