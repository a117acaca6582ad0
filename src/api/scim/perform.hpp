// From a request of a known caller to its handler: the one way there, for requests and for the
// operations of a bulk request (checklist B-17).
#pragma once

#include "api/scim/routes.hpp"

#include <optional>
#include <string>

namespace rollcall::api::scim_api {

/// A request that was looked up in the route table.
struct Errand {
    http::Request const& request;
    Target target;
    RouteMatch match;
    std::string base;  ///< the connection's SCIM base URL
};

/// Endpoint, method, query, handler, in this order.
///
/// @param caller  nullopt for a stranger, whom only open paths let through.
/// @errors those of the handler. What routing refuses (404, 405) is an answer.
[[nodiscard]] Task<Result<http::Response>> perform(Services const& services,
                                                   std::optional<service::ConnectionCaller> caller,
                                                   Errand errand, Context& context);

}  // namespace rollcall::api::scim_api
