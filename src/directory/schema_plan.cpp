// Reads a declaration, then compares it with what is declared already.
#include "directory/schema_plan.hpp"

#include "base/text.hpp"
#include "scim/schema_json.hpp"
#include "scim/schema_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rollcall::directory {
namespace {

Error invalid(std::string message) {
    return {ErrorCode::invalid_value, std::move(message)};
}

Result<scim::ResourceKind> read_resource_type(std::optional<std::string> const& text) {
    if (!text) return scim::ResourceKind::user;
    if (auto const kind = scim::parse_resource_kind(*text)) return *kind;
    return fail(invalid("resource_type: must be User or Group."));
}

Status check_neighbours(scim::Schema const& schema, std::span<ConnectionSchema const> declared) {
    for (auto const& other : declared) {
        auto const& urn = other.declared.schema.urn;
        if (urn == schema.urn || !scim::urns_overlap(urn, schema.urn)) continue;
        return fail(invalid(fmt::format(
            "id: the connection declares {}; neither URN may continue the other.", urn)));
    }
    return {};
}

Result<scim::DeclaredSchema> plan(SchemaFields const& fields, std::string_view urn,
                                  std::span<ConnectionSchema const> declared,
                                  Limits const& limits) {
    TRY(auto const extends, read_resource_type(fields.resource_type));
    if (!fields.schema) return fail(invalid("schema: is required."));
    TRY(auto schema, scim::schema_from_json(*fields.schema));
    if (schema.urn.empty()) schema.urn = urn;
    if (!equal_ascii_case(schema.urn, urn)) {
        return fail(invalid("schema.id: must be the URN that the request names."));
    }
    if (auto const* known = find_schema(declared, urn)) schema.urn = known->declared.schema.urn;
    CHECK(scim::check_declared_schema(schema, limits));
    CHECK(check_neighbours(schema, declared));
    return scim::DeclaredSchema{extends, fields.required.value_or(false), std::move(schema)};
}

}  // namespace

std::string schema_key(std::string_view urn) {
    return ascii_lower(urn);
}

Result<scim::DeclaredSchema> plan_schema(SchemaFields const& fields, std::string_view urn,
                                         std::span<ConnectionSchema const> declared,
                                         Limits const& limits) {
    auto planned = plan(fields, urn, declared, limits);
    if (planned) return planned;
    return fail(std::move(planned).error().with_kind("invalid_scim_schema"));
}

ConnectionSchema const* find_schema(std::span<ConnectionSchema const> declared,
                                    std::string_view urn) {
    auto const found = std::ranges::find_if(declared, [&](ConnectionSchema const& schema) {
        return equal_ascii_case(schema.declared.schema.urn, urn);
    });
    return found == declared.end() ? nullptr : &*found;
}

Error schema_not_found(std::string_view urn) {
    constexpr std::size_t shown_max = 256;
    return Error(ErrorCode::not_found,
                 fmt::format("the connection declares no schema {}", urn.substr(0, shown_max)))
        .with_kind("scim_schema_not_found");
}

}  // namespace rollcall::directory
