// The object of a declared schema: the definition with what the connection says about it.
#include "api/management/schema_wire.hpp"

#include "api/management/body.hpp"
#include "api/management/json.hpp"
#include "scim/schema_json.hpp"

namespace rollcall::api::management {

Result<directory::SchemaFields> schema_fields_from_json(boost::json::object const& body) {
    directory::SchemaFields fields;
    TRY(fields.resource_type, read_text(body, "resource_type"));
    TRY(fields.required, read_flag(body, "required"));
    TRY(fields.schema, read_object(body, "schema", "invalid_request_value"));
    return fields;
}

void schema_to_json(std::string& out, directory::ConnectionSchema const& schema) {
    auto const& declared = schema.declared;
    JsonObject object(out);
    object.text("schema_id", declared.schema.urn);
    object.text("resource_type", scim::to_string(declared.extends));
    object.boolean("required", declared.required);
    object.document("schema", scim::schema_to_json(declared.schema));
    object.time("created_at", schema.created_at);
    object.time("updated_at", schema.updated_at);
    object.close();
}

}  // namespace rollcall::api::management
