// /ServiceProviderConfig, /ResourceTypes, /Schemas (RFC 7644 §4): readable without a token, and
// then without what the connection declares, since that is a tenant's (checklist N-05).
#include "scim/discovery.hpp"

#include "api/scim/handlers.hpp"
#include "api/scim/response.hpp"

#include <boost/json/serialize.hpp>

#include <utility>

namespace rollcall::api::scim_api {
namespace {

/// A filter here is refused rather than ignored: the answer would look like a match (N-03).
Status refuse_filter(Call const& call) {
    if (!call.query.filter) return {};
    return fail({ErrorCode::forbidden, "filter: not allowed on discovery endpoints"});
}

Result<http::Response> show(Call const& call, boost::json::object const& document) {
    CHECK(refuse_filter(call));
    return json_response(200, boost::json::serialize(document));
}

Result<http::Response> show(Call const& call, std::optional<boost::json::object> const& document) {
    if (!document) return fail({ErrorCode::not_found, "id: no such discovery resource"});
    return show(call, *document);
}

}  // namespace

Result<http::Response> get_service_provider_config(Services const& services,
                                                   Described const& described, Call& call) {
    return show(call, scim::service_provider_config(call.base, services.limits, described.profile));
}

Result<http::Response> list_resource_types(Services const&, Described const& described,
                                           Call& call) {
    return show(call, scim::resource_types_document(described.types, call.base));
}

Result<http::Response> get_resource_type(Services const&, Described const& described, Call& call) {
    return show(call, scim::resource_type_document(described.types, call.base, call.id));
}

Result<http::Response> list_schemas(Services const&, Described const& described, Call& call) {
    return show(call, scim::schemas_document(described.types, call.base, described.profile));
}

Result<http::Response> get_schema(Services const&, Described const& described, Call& call) {
    return show(call,
                scim::schema_document(described.types, call.base, call.id, described.profile));
}

Task<Result<http::Response>> not_offered(Services const&, service::ConnectionCaller, Call& call) {
    co_return problem_response(
        {501, {}}, "this operation is not offered; see ServiceProviderConfig", call.context);
}

}  // namespace rollcall::api::scim_api
