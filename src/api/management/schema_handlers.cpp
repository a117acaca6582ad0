// Schemas that a connection declares: list, get, put, delete.
#include "api/management/schema_handlers.hpp"

#include "api/management/body.hpp"
#include "api/management/connection_handlers.hpp"
#include "api/management/json.hpp"
#include "api/management/schema_wire.hpp"

namespace rollcall::api::management {
namespace {

Reply schema_reply(directory::ConnectionSchema const& schema) {
    Reply reply;
    schema_to_json(JsonMembers(reply.members).value("scim_schema"), schema);
    return reply;
}

Task<Result<service::SchemaOwner>> schema_owner(Call const& call) {
    CO_TRY(auto owner, co_await call.services().schemas.open(call.project(), reference_of(call)));
    call.context.organization = to_string(owner.key.organization().id());
    call.context.connection = to_string(owner.key.id());
    co_return owner;
}

}  // namespace

Task<Result<Reply>> list_schemas(Call const& call) {
    CO_TRY(auto owner, co_await schema_owner(call));
    CO_TRY(auto const schemas, co_await call.services().schemas.list(std::move(owner)));
    Reply reply;
    append_list(JsonMembers(reply.members).value("scim_schemas"), schemas, schema_to_json);
    co_return reply;
}

Task<Result<Reply>> get_schema(Call const& call) {
    CO_TRY(auto owner, co_await schema_owner(call));
    CO_TRY(auto const schema, co_await call.services().schemas.get(
                                  std::move(owner), std::string(call.parameters.schema)));
    co_return schema_reply(schema);
}

Task<Result<Reply>> put_schema(Call const& call) {
    CO_TRY(auto const body, read_body(call.request.body, call.limits()));
    CO_TRY(auto fields, schema_fields_from_json(body));
    CO_TRY(auto owner, co_await schema_owner(call));
    CO_TRY(auto const schema,
           co_await call.services().schemas.put(
               std::move(owner), std::string(call.parameters.schema), std::move(fields)));
    co_return schema_reply(schema);
}

Task<Result<Reply>> delete_schema(Call const& call) {
    CO_TRY(auto owner, co_await schema_owner(call));
    CO_TRY(auto const urn, co_await call.services().schemas.remove(
                               std::move(owner), std::string(call.parameters.schema)));
    Reply reply;
    JsonMembers(reply.members).text("schema_id", urn);
    co_return reply;
}

}  // namespace rollcall::api::management
