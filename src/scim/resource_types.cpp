// The built-in schemas live once in the process; every connection's types share them.
#include "scim/resource_types.hpp"

#include "scim/names.hpp"
#include "scim/tables.hpp"

#include <algorithm>
#include <utility>

namespace rollcall::scim {
namespace {

Schema const& user_schema() {
    static Schema const schema = tables::make_user_schema();
    return schema;
}

Schema const& group_schema() {
    static Schema const schema = tables::make_group_schema();
    return schema;
}

Schema const& enterprise_user_schema() {
    static Schema const schema = tables::make_enterprise_user_schema();
    return schema;
}

std::vector<Schema const*> const& builtin_schemas() {
    static Schema const config = tables::make_service_provider_config_schema();
    static Schema const resource_type = tables::make_resource_type_schema();
    static Schema const schema = tables::make_schema_schema();
    static std::vector<Schema const*> const all{
        &user_schema(), &group_schema(), &enterprise_user_schema(),
        &config,        &resource_type,  &schema};
    return all;
}

// True if `holds` does for an attribute or a sub-attribute.
template <class Predicate>
bool any_attribute(Schema const& schema, Predicate holds) {
    return std::ranges::any_of(schema.attributes, [&](Attribute const& attribute) {
        return holds(attribute) || std::ranges::any_of(attribute.sub_attributes, holds);
    });
}

Extension declared_extension(Schema const& schema, bool required) {
    auto const is_limited = [](Attribute const& attribute) {
        return attribute.returned != Returned::standard;
    };
    auto const is_immutable = [](Attribute const& attribute) {
        return attribute.mutability == Mutability::immutable;
    };
    return {&schema, required, true, any_attribute(schema, is_limited),
            any_attribute(schema, is_immutable)};
}

}  // namespace

std::string_view to_string(ResourceKind kind) noexcept {
    return kind == ResourceKind::user ? "User" : "Group";
}

std::optional<ResourceKind> parse_resource_kind(std::string_view text) noexcept {
    for (auto const kind : {ResourceKind::user, ResourceKind::group}) {
        if (same_name(text, to_string(kind))) return kind;
    }
    return std::nullopt;
}

ResourceTypes::ResourceTypes(std::vector<DeclaredSchema> declared)
    : declared_(std::move(declared)),
      user_{"User", "/Users", "User accounts", &user_schema(), {{&enterprise_user_schema()}}},
      group_{"Group", "/Groups", "Groups of users", &group_schema(), {}},
      announced_(builtin_schemas()) {
    for (auto const& [extends, required, schema] : declared_) {
        auto& type = extends == ResourceKind::user ? user_ : group_;
        type.extensions.push_back(declared_extension(schema, required));
        announced_.push_back(&schema);
    }
}

ResourceTypes const& builtin_types() {
    static ResourceTypes const types{{}};
    return types;
}

ResourceType const& user_type() {
    return builtin_types().user();
}

ResourceType const& group_type() {
    return builtin_types().group();
}

}  // namespace rollcall::scim
