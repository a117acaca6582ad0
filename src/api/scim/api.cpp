// One SCIM request from head to answer. The order of the steps is the order of the code.
#include "api/scim/api.hpp"

#include "api/scim/handlers.hpp"
#include "api/scim/request.hpp"
#include "api/scim/response.hpp"
#include "api/scim/routes.hpp"
#include "base/text.hpp"
#include "scim/resource.hpp"

#include <utility>

namespace rollcall::api {

namespace scim_api {
namespace {

/// What went wrong before there was a request (http/handler.hpp).
std::pair<unsigned, std::string_view> describe(http::Failure failure) {
    switch (failure) {
        case http::Failure::malformed:
            return {400, "the request is not valid HTTP/1.1"};
        case http::Failure::header_too_large:
            return {431, "the request's headers are too large"};
        case http::Failure::target_too_long:
            return {414, "the request target is too long"};
        case http::Failure::body_too_large:
            return {413, "the request body is larger than this endpoint accepts"};
        case http::Failure::timeout:
            return {408, "the request did not arrive in time"};
        case http::Failure::unsupported_coding:
            return {501, "Transfer-Encoding: only chunked is supported"};
        case http::Failure::expectation_failed:
            return {417, "Expect: only 100-continue is supported"};
        case http::Failure::overloaded:
            return {503, "too many connections; try again"};
    }
    return {500, "the request failed"};
}

class ScimApi final : public Api {
public:
    ScimApi(Services services, std::string public_url)
        : services_(services), base_prefix_(std::move(public_url)) {
        while (base_prefix_.ends_with('/')) base_prefix_.pop_back();
        base_prefix_ += "/v1/b2b/scim/";
    }

    std::size_t body_bytes_max(http::Request const& head) const override {
        auto const target = parse_target(head.path);
        return equal_ascii_case(target.endpoint, "Groups") ? services_.limits.group_body_bytes_max
                                                           : services_.limits.body_bytes_max;
    }

    Task<http::Response> handle(http::Request const& request, Context& context) override {
        auto result = co_await answer(request, context);
        auto response = result ? std::move(*result) : error_response(result.error(), context);
        finish(response, request);
        co_return response;
    }

    http::Response fail(http::Failure failure, Context& context) override {
        auto const [status, detail] = describe(failure);
        // RFC 7644 §3.12 has a word for a body or head that cannot be read at all.
        std::string_view const type = status == 400 ? "invalidSyntax" : "";
        auto response = problem_response({status, type}, detail, context);
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

    Task<Result<http::Response>> answer(http::Request const& request, Context& context) {
        auto target = parse_target(request.path);
        auto match = find_route(target, request.method);

        // Who is it? Discovery answers strangers, but not somebody with a wrong token, so that
        // "test connection" against it means something (N-05).
        std::optional<service::ConnectionCaller> caller;
        auto const anonymous = match.is_open && !request.has_header("Authorization");
        if (!anonymous || !target.connection) {
            CO_TRY(caller, co_await services_.tokens.authenticate(target.connection,
                                                                  bearer_token(request)));
            context.organization = to_string(caller->key.organization().id());
            context.connection = to_string(caller->key.id());
        }

        // What is asked for?
        if (match.route != nullptr) context.route = match.route->pattern;
        if (!match.path_known) {
            co_return problem_response({404, {}}, "no such endpoint", context);
        }
        if (request.method == http::Method::options) co_return options(std::move(match.allow));
        if (match.route == nullptr) {
            auto response =
                problem_response({405, {}}, "this endpoint does not have that method", context);
            response.headers.emplace_back("Allow", std::move(match.allow));
            co_return response;
        }

        CO_TRY(auto query, parse_query(request.query, services_.limits));
        if (query.sorted) context.notes.emplace_back("sortBy: sorting is not offered, ignored");
        Call call{request, context, std::move(query), std::move(target.id),
                  base_prefix_ + to_string(*target.connection)};
        if (auto const* open = std::get_if<OpenHandler>(&match.route->handler)) {
            co_return (*open)(services_, caller ? caller->types() : scim::builtin_types(), call);
        }
        co_return co_await std::get<ConnectionHandler>(match.route->handler)(services_, *caller,
                                                                             call);
    }

    static http::Response options(std::string allow) {
        http::Response response;
        response.status = 204;
        response.headers.emplace_back("Allow", std::move(allow));
        return response;
    }

    static void finish(http::Response& response, http::Request const& request) {
        auto const has_body = response.status != 204 && response.status != 304;
        if (has_body) response.content_type = answer_type(request);
    }

    Services services_;
    std::string base_prefix_;
};

}  // namespace

Result<boost::json::value> parse_body(Call const& call, Limits const& limits) {
    return scim::parse_json(call.request.body, limits);
}

}  // namespace scim_api

std::unique_ptr<Api> make_scim_api(service::ConnectionTokens& tokens, service::Users& users,
                                   service::Groups& groups, std::string public_url,
                                   Limits const& limits) {
    return std::make_unique<scim_api::ScimApi>(scim_api::Services{tokens, users, groups, limits},
                                               std::move(public_url));
}

}  // namespace rollcall::api
