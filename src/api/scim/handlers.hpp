// The handlers of the SCIM side and what they are handed. Each one parses, calls one service, and
// shows the outcome.
#pragma once

#include "api/context.hpp"
#include "api/scim/request.hpp"
#include "base/limits.hpp"
#include "base/result.hpp"
#include "http/message.hpp"
#include "runtime/task.hpp"
#include "scim/resource_types.hpp"
#include "service/connection_tokens.hpp"
#include "service/groups.hpp"
#include "service/searches.hpp"
#include "service/users.hpp"

#include <boost/json/value.hpp>

#include <span>
#include <string>

namespace rollcall::api::scim_api {

/// What handlers work with; lives as long as the API.
struct Services {
    service::ConnectionTokens& tokens;
    service::Users& users;
    service::Groups& groups;
    service::Searches& searches;
    Limits const& limits;
};

/// One request on its way; lives in dispatch's frame until the answer is made.
struct Call {
    http::Request const& request;
    Context& context;
    Query query;
    std::string id;    ///< of the path, empty for collections
    std::string base;  ///< the connection's SCIM base URL
};

using ConnectionHandler = Task<Result<http::Response>> (*)(Services const&,
                                                           service::ConnectionCaller, Call&);
/// What discovery describes: the caller's connection; for a stranger what every connection has.
struct Described {
    scim::ResourceTypes const& types = scim::builtin_types();
    scim::Profile profile = {};
};

using OpenHandler = Result<http::Response> (*)(Services const&, Described const&, Call&);

Task<Result<http::Response>> create_user(Services const&, service::ConnectionCaller, Call&);
Task<Result<http::Response>> get_user(Services const&, service::ConnectionCaller, Call&);
Task<Result<http::Response>> replace_user(Services const&, service::ConnectionCaller, Call&);
Task<Result<http::Response>> patch_user(Services const&, service::ConnectionCaller, Call&);
Task<Result<http::Response>> delete_user(Services const&, service::ConnectionCaller, Call&);

Task<Result<http::Response>> create_group(Services const&, service::ConnectionCaller, Call&);
Task<Result<http::Response>> get_group(Services const&, service::ConnectionCaller, Call&);
Task<Result<http::Response>> replace_group(Services const&, service::ConnectionCaller, Call&);
Task<Result<http::Response>> patch_group(Services const&, service::ConnectionCaller, Call&);
Task<Result<http::Response>> delete_group(Services const&, service::ConnectionCaller, Call&);

Task<Result<http::Response>> list_users(Services const&, service::ConnectionCaller, Call&);
Task<Result<http::Response>> list_groups(Services const&, service::ConnectionCaller, Call&);
Task<Result<http::Response>> list_resources(Services const&, service::ConnectionCaller, Call&);
Task<Result<http::Response>> search_users(Services const&, service::ConnectionCaller, Call&);
Task<Result<http::Response>> search_groups(Services const&, service::ConnectionCaller, Call&);
Task<Result<http::Response>> search_resources(Services const&, service::ConnectionCaller, Call&);

Task<Result<http::Response>> run_bulk(Services const&, service::ConnectionCaller, Call&);

/// 501: the request is understood and not offered (checklist M-02).
Task<Result<http::Response>> not_offered(Services const&, service::ConnectionCaller, Call&);

Result<http::Response> get_service_provider_config(Services const&, Described const&, Call&);
Result<http::Response> list_resource_types(Services const&, Described const&, Call&);
Result<http::Response> get_resource_type(Services const&, Described const&, Call&);
Result<http::Response> list_schemas(Services const&, Described const&, Call&);
Result<http::Response> get_schema(Services const&, Described const&, Call&);

/// What the answer shows of users: what is asked for, without `groups` where the connection leaves
/// them out (checklist U-20).
/// @errors those of scim::Projection::parse.
[[nodiscard]] Result<scim::Projection> user_projection(Query const& query,
                                                       service::ConnectionCaller const& caller,
                                                       Limits const& limits);

/// Managers of the users, as far as the answer shows them.
[[nodiscard]] Task<Result<directory::ResolvedUsers>> managers_of(
    Services const& services, service::ConnectionCaller caller,
    std::span<directory::User const> users, scim::Projection const& projection);

/// The body as JSON, whatever Content-Type says (H-04).
/// @errors as scim::parse_json.
[[nodiscard]] Result<boost::json::value> parse_body(Call const& call, Limits const& limits);

}  // namespace rollcall::api::scim_api
