// One SCIM request from head to answer. The order of the steps is the order of the code.
#include "api/scim/api.hpp"

#include "api/scim/handlers.hpp"
#include "api/scim/perform.hpp"
#include "api/scim/request.hpp"
#include "api/scim/response.hpp"
#include "api/scim/routes.hpp"
#include "base/text.hpp"
#include "scim/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rollcall::api {

namespace scim_api {
namespace {

/// RFC 7644 §3.7.4: a bulk request learns its limit by the name that is announced (B-12).
std::string body_too_large(Target const& target, std::size_t limit) {
    return is_bulk(target)
               ? fmt::format("maxPayloadSize: a bulk request has at most {} bytes", limit)
               : fmt::format("the request body has more than {} bytes", limit);
}

/// What went wrong before there was a request (http/handler.hpp).
std::pair<unsigned, std::string> describe(http::Failure failure, Target const& target,
                                          std::size_t body_bytes_max) {
    switch (failure) {
        case http::Failure::malformed:
            return {400, "the request is not valid HTTP/1.1"};
        case http::Failure::header_too_large:
            return {431, "the request's headers are too large"};
        case http::Failure::target_too_long:
            return {414, "the request target is too long"};
        case http::Failure::body_too_large:
            return {413, body_too_large(target, body_bytes_max)};
        case http::Failure::timeout:
            return {408, "the request did not arrive in time"};
        case http::Failure::unsupported_coding:
            return {501, "Transfer-Encoding: only chunked is supported"};
        case http::Failure::expectation_failed:
            return {417, "Expect: only 100-continue is supported"};
        case http::Failure::overloaded:
            return {503, "too many connections; try again"};
        case http::Failure::memory_full:
            return {503, "the bodies of all requests together are too large for now; try again"};
    }
    return {500, "the request failed"};
}

/// True if the head may be of somebody who is known; whether it is, is found out with the body.
bool shows_credentials(Target const& target, http::Request const& head) {
    return target.connection && head.has_header("Authorization");
}

/// Discovery answers strangers, but not somebody with a wrong token, so that "test connection"
/// against it means something (N-05).
bool must_authenticate(Target const& target, RouteMatch const& match, http::Request const& head) {
    return !target.connection || !match.is_open || head.has_header("Authorization");
}

/// The path below the base URL as a note may have it (checklist K-10): of what the client wrote
/// only ids of ours and names of parameters, never a value.
std::string shown_path(Target const& target, RouteMatch const& match, std::string_view query) {
    if (!match.path_known) return "(no such endpoint)";
    std::string path = "/";
    path += match.endpoint;
    if (target.shape == Shape::item) {
        auto const is_id = parse_id<MemberId>(target.id) || parse_id<GroupId>(target.id);
        path += is_id ? "/" + target.id : std::string("/{id}");
    }
    if (target.shape == Shape::sub_search) path += "/.search";
    return path + shown_parameters(query);
}

class ScimApi final : public Api {
public:
    ScimApi(Services services, std::string public_url)
        : services_(services), public_url_(std::move(public_url)) {
        while (public_url_.ends_with('/')) public_url_.pop_back();
    }

    std::size_t body_bytes_max(http::Request const& head) const override {
        auto const target = parse_target(head.path);
        auto const most = body_bytes_max(target);
        return shows_credentials(target, head)
                   ? most
                   : std::min(most, services_.limits.anonymous_body_bytes_max);
    }

    Task<http::Response> handle(http::Request const& request, Context& context) override {
        auto result = co_await answer(request, context);
        auto response = result ? std::move(*result) : refusal(result.error(), request, context);
        finish(response, request);
        co_return response;
    }

    http::Response fail(http::Failure failure, http::Request const& head,
                        Context& context) override {
        auto response = describe_failure(failure, head, context);
        response.content_type = scim_media_type;
        return response;
    }

    http::Response internal_error(Context& context) override {
        auto response = problem_response({500, {}}, "an internal error occurred", context);
        response.content_type = scim_media_type;
        return response;
    }

    std::vector<RouteInfo> routes() const override { return route_infos(); }

private:
    static constexpr std::string_view scim_media_type = "application/scim+json";

    std::size_t body_bytes_max(Target const& target) const {
        auto const& limits = services_.limits;
        if (equal_ascii_case(target.endpoint, "Groups")) return limits.group_body_bytes_max;
        return is_bulk(target) ? limits.bulk_body_bytes_max : limits.body_bytes_max;
    }

    http::Response describe_failure(http::Failure failure, http::Request const& head,
                                    Context& context) const {
        auto const target = parse_target(head.path);
        // What a stranger is told with a small body, too.
        if (failure == http::Failure::body_too_large && !shows_credentials(target, head) &&
            must_authenticate(target, find_route(target, head.method), head)) {
            return error_response(service::bearer_token_refused(), context);
        }
        auto const [status, detail] = describe(failure, target, body_bytes_max(head));
        // RFC 7644 §3.12 has a word for a body or head that cannot be read at all.
        std::string_view const type = status == 400 ? "invalidSyntax" : "";
        return problem_response({status, type}, detail, context);
    }

    Task<Result<http::Response>> answer(http::Request const& request, Context& context) {
        auto target = parse_target(request.path);
        auto match = find_route(target, request.method);
        // Before anybody is refused: the log line of a wrong token has to lead to a connection.
        if (match.route != nullptr) context.route = match.route->name;
        if (target.connection) context.connection = to_string(*target.connection);

        std::optional<service::ConnectionCaller> caller;
        if (must_authenticate(target, match, request)) {
            CO_TRY(caller,
                   co_await services_.tokens.authenticate(target.connection, credential(request)));
            context.organization = to_string(caller->key.organization().id());
            context.request_id.environment = caller->key.environment();
            context.provider = caller->key;
            context.path = shown_path(target, match, request.query);
        }

        auto base = public_url_ + connection_path(*target.connection);
        Errand errand{request, std::move(target), std::move(match), std::move(base)};
        co_return co_await perform(services_, std::move(caller), std::move(errand), context);
    }

    /// A body that is no JSON because it is something else entirely gets its own status (H-04).
    static http::Response refusal(Error const& error, http::Request const& request,
                                  Context& context) {
        auto const unreadable = error.code() == ErrorCode::invalid_syntax && is_form(request);
        return unreadable
                   ? problem_response({415, {}}, "Content-Type: must be a kind of JSON", context)
                   : error_response(error, context);
    }

    static void finish(http::Response& response, http::Request const& request) {
        auto const has_body = response.status != 204 && response.status != 304;
        if (has_body) response.content_type = answer_type(request);
    }

    Services services_;
    std::string public_url_;
};

}  // namespace

Result<boost::json::value> parse_body(Call const& call, Limits const& limits) {
    return scim::parse_json(call.request.body, scim::Keys::without_case, limits);
}

}  // namespace scim_api

std::unique_ptr<Api> make_scim_api(service::ConnectionTokens& tokens, service::Users& users,
                                   service::Groups& groups, service::Searches& searches,
                                   std::string public_url, Limits const& limits) {
    return std::make_unique<scim_api::ScimApi>(
        scim_api::Services{tokens, users, groups, searches, limits}, std::move(public_url));
}

}  // namespace rollcall::api
