// Schemas of the discovery documents themselves (RFC 7643 §5, §6, §7; pagination of RFC 9865 §4).
// Everything in them is read-only.
#include "scim/tables.hpp"

namespace rollcall::scim::tables {
namespace {

Attribute supported(std::string feature) {
    return required(boolean("supported", "Whether " + std::move(feature) + " is supported."));
}

Attribute feature(std::string name, std::string description, std::vector<Attribute> more = {}) {
    std::vector<Attribute> parts{supported(name)};
    for (auto& part : more) parts.push_back(std::move(part));
    return read_only(required(complex(std::move(name), std::move(description), std::move(parts))));
}

Attribute authentication_schemes() {
    return read_only(required(list(complex(
        "authenticationSchemes", "Ways to authenticate.",
        {required(suggest({"oauth", "oauth2", "oauthbearertoken", "httpbasic", "httpdigest"},
                          text("type", "The kind of scheme."))),
         required(text("name", "The scheme's name.")),
         required(text("description", "What the scheme is.")),
         reference("specUri", {"external"}, "The URI of the scheme's specification."),
         reference("documentationUri", {"external"}, "The URI of the scheme's documentation."),
         boolean("primary", "Whether this is the preferred scheme.")}))));
}

Attribute pagination() {
    return read_only(
        complex("pagination", "How lists are paged.",
                {required(boolean("cursor", "Whether paging by cursor is supported.")),
                 required(boolean("index", "Whether paging by index is supported.")),
                 suggest({"cursor", "index"},
                         text("defaultPaginationMethod", "The method used when none is named.")),
                 integer("defaultPageSize", "Resources in a page when no count is given."),
                 integer("maxPageSize", "The most resources a page can hold."),
                 integer("cursorTimeout", "Seconds a cursor stays valid.")}));
}

// The characteristics of an attribute (RFC 7643 §7), without sub-attributes.
std::vector<Attribute> characteristics() {
    return {required(exact(text("name", "The attribute's name."))),
            required(exact(suggest({"string", "boolean", "decimal", "integer", "dateTime",
                                    "reference", "binary", "complex"},
                                   text("type", "The attribute's data type.")))),
            required(boolean("multiValued", "Whether the attribute is a list.")),
            text("description", "What the attribute means."),
            required(boolean("required", "Whether the attribute must have a value.")),
            exact(list(text("canonicalValues", "Suggested values."))),
            boolean("caseExact", "Whether strings are compared with case."),
            exact(suggest({"readOnly", "readWrite", "immutable", "writeOnly"},
                          text("mutability", "When the attribute may be written."))),
            exact(suggest({"always", "never", "default", "request"},
                          text("returned", "When the attribute is returned."))),
            exact(suggest({"none", "server", "global"},
                          text("uniqueness", "Where a value must be unique."))),
            exact(list(text("referenceTypes", "What a reference may point at.")))};
}

}  // namespace

Schema make_service_provider_config_schema() {
    Schema schema{"urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig",
                  "Service Provider Configuration",
                  "What this service provider supports",
                  {}};
    schema.attributes = {
        read_only(reference("documentationUri", {"external"}, "The URI of the documentation.")),
        feature("patch", "Changing resources with PATCH."),
        feature("bulk", "Several operations in one request.",
                {required(integer("maxOperations", "The most operations in one request.")),
                 required(integer("maxPayloadSize", "The largest request in bytes."))}),
        feature("filter", "Searching with filters.",
                {required(integer("maxResults", "The most resources in one answer."))}),
        feature("changePassword", "Changing passwords."),
        feature("sort", "Sorting of lists."),
        feature("etag", "Versions of resources."),
        pagination(),
        authentication_schemes()};
    return schema;
}

Schema make_resource_type_schema() {
    Schema schema{"urn:ietf:params:scim:schemas:core:2.0:ResourceType",
                  "ResourceType",
                  "A kind of resource and where to find it",
                  {}};
    schema.attributes = {
        read_only(text("id", "The resource type's id, equal to its name.")),
        read_only(required(text("name", "The resource type's name."))),
        read_only(text("description", "What the resource type is.")),
        read_only(required(reference("endpoint", {"uri"}, "The endpoint below the base URL."))),
        read_only(required(reference("schema", {"uri"}, "The URN of the core schema."))),
        read_only(list(complex(
            "schemaExtensions", "Extensions that resources of this type may carry.",
            {required(reference("schema", {"uri"}, "The URN of the extension.")),
             required(boolean("required", "Whether every resource carries the extension."))})))};
    return schema;
}

Schema make_schema_schema() {
    Schema schema{"urn:ietf:params:scim:schemas:core:2.0:Schema",
                  "Schema",
                  "A schema and its attributes",
                  {}};
    auto outer = characteristics();
    outer.push_back(
        list(complex("subAttributes", "The parts of a complex attribute.", characteristics())));
    auto attributes = read_only(required(
        list(complex("attributes", "The attributes the schema defines.", std::move(outer)))));
    for (auto& sub : attributes.sub_attributes.back().sub_attributes) {
        sub.mutability = Mutability::read_only;
    }
    schema.attributes = {read_only(required(exact(text("id", "The schema's URN.")))),
                         read_only(required(text("name", "The schema's name."))),
                         read_only(text("description", "What the schema is for.")),
                         std::move(attributes)};
    return schema;
}

}  // namespace rollcall::scim::tables
