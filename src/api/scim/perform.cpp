// The steps between authentication and a handler.
#include "api/scim/perform.hpp"

#include "api/scim/response.hpp"
#include "scim/notes.hpp"

#include <utility>

namespace rollcall::api::scim_api {
namespace {

http::Response options(std::string allow) {
    http::Response response;
    response.status = 204;
    response.headers.emplace_back("Allow", std::move(allow));
    return response;
}

http::Response wrong_method(std::string allow, Context& context) {
    auto response = problem_response({405, {}}, "this endpoint does not have that method", context);
    response.headers.emplace_back("Allow", std::move(allow));
    return response;
}

}  // namespace

Task<Result<http::Response>> perform(Services const& services,
                                     std::optional<service::ConnectionCaller> caller, Errand errand,
                                     Context& context) {
    auto& [request, target, match, base] = errand;
    if (!match.path_known) co_return problem_response({404, {}}, "no such endpoint", context);
    if (match.route == nullptr) {
        co_return request.method == http::Method::options
            ? options(std::move(match.allow))
            : wrong_method(std::move(match.allow), context);
    }
    if (auto const* open = std::get_if<OpenHandler>(&match.route->handler)) {
        Call call{request, context, parse_discovery_query(request.query), std::move(target.id),
                  std::move(base)};
        auto const described = caller ? Described{caller->types(), caller->profile()} : Described{};
        co_return (*open)(services, described, call);
    }
    if (request.method == http::Method::delete_ && !request.body.empty()) {
        scim::add_note(context.notes, "body", "the body of a DELETE was ignored");
    }
    // A search says everything in its body.
    auto const searches = target.shape == Shape::search || target.shape == Shape::sub_search;
    CO_TRY(auto query, parse_query(searches ? std::string_view() : request.query));
    Call call{request, context, std::move(query), std::move(target.id), std::move(base)};
    auto answer = co_await std::get<ConnectionHandler>(match.route->handler)(
        services, *std::move(caller), call);
    // Nothing was tolerated or repaired in a request of which nothing was done.
    if (!answer) context.notes.clear();
    co_return answer;
}

}  // namespace rollcall::api::scim_api
