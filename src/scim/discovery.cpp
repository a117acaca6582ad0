// Discovery documents, made from the same tables that decide what is accepted (checklist N-19).
#include "scim/discovery.hpp"

#include "scim/names.hpp"
#include "scim/schema_json.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rollcall::scim {
namespace {

using boost::json::array;
using boost::json::object;

constexpr std::string_view list_urn = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
constexpr std::string_view config_urn =
    "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";
constexpr std::string_view resource_type_urn = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";
constexpr std::string_view schema_urn = "urn:ietf:params:scim:schemas:core:2.0:Schema";

object meta(std::string_view resource_type, std::string location) {
    return {{"resourceType", resource_type}, {"location", std::move(location)}};
}

Attribute& attribute_of(Schema& schema, std::string_view name) {
    return *std::ranges::find(schema.attributes, name, &Attribute::name);
}

// The schema as this connection enforces it (checklist N-19, R-02, U-20).
Schema enforced(Schema schema, Profile const& profile) {
    if (schema.urn == group_urn && !profile.unique_group_names) {
        attribute_of(schema, "displayName").uniqueness = Uniqueness::none;
    }
    if (schema.urn == user_urn && !profile.user_groups) {
        attribute_of(schema, "groups").returned = Returned::request;
    }
    return schema;
}

object to_json(std::string_view base, Schema const& schema) {
    auto json = schema_to_json(schema);
    json["schemas"] = array{schema_urn};
    json["meta"] = meta("Schema", fmt::format("{}/Schemas/{}", base, schema.urn));
    return json;
}

object to_json(std::string_view base, ResourceType const& type) {
    object json;
    json["schemas"] = array{resource_type_urn};
    json["id"] = type.name;
    json["name"] = type.name;
    json["description"] = type.description;
    json["endpoint"] = type.endpoint;
    json["schema"] = type.core->urn;
    array extensions;
    for (auto const& extension : type.extensions) {
        extensions.push_back(
            object{{"schema", extension.schema->urn}, {"required", extension.required}});
    }
    json["schemaExtensions"] = std::move(extensions);
    json["meta"] = meta("ResourceType", fmt::format("{}/ResourceTypes/{}", base, type.name));
    return json;
}

object list_of(array resources) {
    auto const count = resources.size();
    object json;
    json["schemas"] = array{list_urn};
    json["totalResults"] = count;
    json["startIndex"] = 1;
    json["itemsPerPage"] = count;
    json["Resources"] = std::move(resources);
    return json;
}

object supported(bool is_supported) {
    return {{"supported", is_supported}};
}

object pagination(Limits const& limits) {
    return {{"cursor", true},
            {"index", true},
            {"defaultPaginationMethod", "index"},
            {"defaultPageSize", limits.scim_page_default},
            {"maxPageSize", limits.scim_page_max},
            {"cursorTimeout", limits.cursor_timeout.count()}};
}

object bearer_scheme() {
    return {{"type", "oauthbearertoken"},
            {"name", "OAuth Bearer Token"},
            {"description", "The bearer token of the connection, in the Authorization header."},
            {"specUri", "https://www.rfc-editor.org/info/rfc6750"},
            {"primary", true}};
}

object basic_scheme() {
    return {{"type", "httpbasic"},
            {"name", "HTTP Basic"},
            {"description", "Any user name, with the bearer token of the connection as password."},
            {"specUri", "https://www.rfc-editor.org/info/rfc7617"},
            {"primary", false}};
}

array authentication_schemes(Profile const& profile) {
    array schemes{bearer_scheme()};
    if (profile.basic_auth) schemes.push_back(basic_scheme());
    return schemes;
}

std::array<ResourceType const*, 2> all_of(ResourceTypes const& types) {
    return {&types.user(), &types.group()};
}

}  // namespace

object service_provider_config(std::string_view base, Limits const& limits,
                               Profile const& profile) {
    object json;
    json["schemas"] = array{config_urn};
    json["patch"] = supported(true);
    json["bulk"] = object{{"supported", true},
                          {"maxOperations", limits.bulk_operations_max},
                          {"maxPayloadSize", limits.bulk_body_bytes_max}};
    json["filter"] = object{{"supported", true}, {"maxResults", limits.scim_page_max}};
    json["changePassword"] = supported(false);
    json["sort"] = supported(true);
    json["etag"] = supported(true);
    json["pagination"] = pagination(limits);
    json["authenticationSchemes"] = authentication_schemes(profile);
    json["meta"] = meta("ServiceProviderConfig", fmt::format("{}/ServiceProviderConfig", base));
    return json;
}

object schemas_document(ResourceTypes const& types, std::string_view base, Profile const& profile) {
    array list;
    for (auto const* schema : types.announced()) {
        list.push_back(to_json(base, enforced(*schema, profile)));
    }
    return list_of(std::move(list));
}

object resource_types_document(ResourceTypes const& types, std::string_view base) {
    array list;
    for (auto const* type : all_of(types)) list.push_back(to_json(base, *type));
    return list_of(std::move(list));
}

std::optional<object> schema_document(ResourceTypes const& types, std::string_view base,
                                      std::string_view urn, Profile const& profile) {
    for (auto const* schema : types.announced()) {
        if (same_name(schema->urn, urn)) return to_json(base, enforced(*schema, profile));
    }
    return std::nullopt;
}

std::optional<object> resource_type_document(ResourceTypes const& types, std::string_view base,
                                             std::string_view name) {
    for (auto const* type : all_of(types)) {
        if (same_name(type->name, name)) return to_json(base, *type);
    }
    return std::nullopt;
}

}  // namespace rollcall::scim
