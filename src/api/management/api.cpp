// The steps of a management request: route, caller, session, handler, body.
#include "api/management/api.hpp"

#include "api/management/authenticate.hpp"
#include "api/management/error_body.hpp"
#include "api/management/handlers.hpp"
#include "api/management/routes.hpp"
#include "api/management/session_headers.hpp"
#include "api/segments.hpp"
#include "directory/member_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace rollcall::api {
namespace management {
namespace {

constexpr std::string_view body_end = "\"}";

service::PerThread<PageCache> make_pages(std::size_t bytes_max) {
    return service::PerThread<PageCache>(
        [bytes_max] { return std::make_unique<PageCache>(bytes_max); });
}

std::string_view kind_name(http::Failure failure) {
    switch (failure) {
        case http::Failure::malformed:
            return "bad_request";
        case http::Failure::header_too_large:
            return "request_header_too_large";
        case http::Failure::target_too_long:
            return "request_target_too_long";
        case http::Failure::body_too_large:
            return "request_body_too_large";
        case http::Failure::timeout:
            return "request_timeout";
        case http::Failure::unsupported_coding:
            return "transfer_coding_not_supported";
        case http::Failure::expectation_failed:
            return "expectation_failed";
        case http::Failure::overloaded:
        case http::Failure::memory_full:
            return "server_unavailable";
    }
    return "internal_server_error";
}

// Members of other organizations are not there.
Error as_seen_by_members(Error error) {
    auto const is_elsewhere = error.kind() == "member_does_not_exist_in_organization";
    return is_elsewhere ? directory::member_not_found() : error;
}

std::string_view message_of(http::Failure failure, ErrorKind const& kind) {
    if (failure == http::Failure::malformed) return "The request is not well-formed HTTP/1.1.";
    if (failure == http::Failure::memory_full) {
        return "The bodies of all requests together are too large for now; try again.";
    }
    return kind.explanation;
}

http::Response success(Reply reply, RequestId const& request_id) {
    if (reply.whole) return *std::move(reply.whole);
    http::Response response;
    response.content_type = "application/json";
    response.headers.emplace_back("Cache-Control", std::move(reply.cache_control));
    auto& end = reply.kept ? response.body_suffix : response.body;
    if (reply.kept) {
        response.shared_body = std::move(reply.kept);
    } else {
        response.body = open_body(reply.members);
    }
    append_id(end, request_id);
    end += body_end;
    return response;
}

class ManagementApi final : public Api {
public:
    ManagementApi(service::Services& services, Limits const& limits, std::string const& public_url)
        : shared_{services, limits, public_url, make_pages(limits.kept_pages_bytes_max)},
          limits_(limits),
          public_url_(public_url) {}

    [[nodiscard]] std::size_t body_bytes_max(http::Request const& head) const override {
        return head.has_header("Authorization")
                   ? limits_.body_bytes_max
                   : std::min(limits_.body_bytes_max, limits_.anonymous_body_bytes_max);
    }

    Task<http::Response> handle(http::Request const& request, Context& context) override {
        context.request_id.environment = guess_environment(request);
        Segments const path(request.path);
        auto const match = find_route(request.method, path);
        if (match.route == nullptr) co_return answer_unrouted(match, context);
        context.route = match.route->name;

        auto reply = co_await answer(request, match, context);
        if (!reply) co_return answer_error(reply.error(), context);
        co_return success(std::move(*reply), context.request_id);
    }

    [[nodiscard]] http::Response fail(http::Failure failure, http::Request const& head,
                                      Context& context) override {
        if (failure == http::Failure::body_too_large && !head.has_header("Authorization")) {
            if (auto refusal = refuse_stranger(head, context)) return *std::move(refusal);
        }
        auto const& kind = kind_named(kind_name(failure));
        return answer_kind(kind, message_of(failure, kind), context);
    }

    [[nodiscard]] http::Response internal_error(Context& context) override {
        auto const& kind = kind_named("internal_server_error");
        return error_response(kind, kind.explanation, context.request_id, public_url_);
    }

    [[nodiscard]] std::vector<RouteInfo> routes() const override {
        std::vector<RouteInfo> infos;
        for (auto const& route : route_table()) {
            infos.push_back({route.method_text, route.pattern,
                             route.access == Access::anyone ? "anyone" : "project"});
        }
        return infos;
    }

private:
    Task<Result<Reply>> answer(http::Request const& request, RouteMatch const& match,
                               Context& context) {
        OpenCall const open{request, match.parameters, context, shared_};
        if (auto const* handler = std::get_if<OpenHandler>(&match.route->handler)) {
            co_return co_await (*handler)(open);
        }
        co_return co_await answer_backend(open, *match.route);
    }

    // Who calls, whether a session narrows that, and then the endpoint.
    Task<Result<Reply>> answer_backend(OpenCall const& open, Route const& route) {
        CO_TRY(auto caller, co_await authenticate(open.request, open.services().credentials));
        open.context.request_id.environment = caller.project().environment();
        if (route.access != Access::project) {
            CO_TRY(auto credential, read_session_headers(open.request));
            if (credential) {
                CO_TRY(caller, co_await narrow(open, caller, *std::move(credential)));
                CO_CHECK(permit(caller, route));
            }
        }
        Call const call{open, caller};
        auto reply = co_await std::get<Handler>(route.handler)(call);
        if (!reply && caller.member() != nullptr) {
            co_return rollcall::fail(as_seen_by_members(std::move(reply).error()));
        }
        co_return reply;
    }

    // The backend with no more power than the member whose session it shows, in that member's
    // organization.
    static Task<Result<ManagementCaller>> narrow(OpenCall const& open,
                                                 ManagementCaller const& caller,
                                                 service::SessionCredential credential) {
        auto& services = open.services();
        CO_TRY(auto member,
               co_await services.sessions.check(caller.project(), std::move(credential)));
        auto narrowed = caller.acting_for(std::move(member));
        auto const reference = open.parameters.organization;
        if (reference.empty()) co_return narrowed;
        if (auto const id = parse_id<OrganizationId>(reference)) {
            CO_CHECK(narrowed.require_in(*id));
            co_return narrowed;
        }
        auto const named =
            co_await services.organizations.find_id(caller.project(), std::string(reference));
        // A member learns nothing about other organizations, not even whether they exist.
        CO_CHECK(narrowed.require_in(named.value_or(OrganizationId{})));
        co_return narrowed;
    }

    // Without a resource the handler decides, since it depends on the body.
    static Status permit(ManagementCaller const& caller, Route const& route) {
        if (route.access == Access::project_alone) return caller.require_alone();
        auto const& [resource, action] = route.permission;
        return resource.empty() ? Status{} : caller.require(resource, action);
    }

    // What a request without credentials is told with a small body, too; nothing if it needs none.
    [[nodiscard]] std::optional<http::Response> refuse_stranger(http::Request const& head,
                                                                Context& context) {
        auto const match = find_route(head.method, Segments(head.path));
        if (match.route == nullptr) return answer_unrouted(match, context);
        context.route = match.route->name;
        if (match.route->access == Access::anyone) return std::nullopt;
        return answer_error(credentials_missing(), context);
    }

    [[nodiscard]] http::Response answer_unrouted(RouteMatch const& match, Context& context) {
        if (match.allow.empty()) {
            return answer_kind(kind_named("route_not_found"), "There is no such path.", context);
        }
        auto response = answer_kind(
            kind_named("method_not_allowed"),
            fmt::format("The method is not allowed for this path; it has {}.", match.allow),
            context);
        response.headers.emplace_back("Allow", match.allow);
        return response;
    }

    [[nodiscard]] http::Response answer_error(Error const& error, Context& context) {
        auto const& kind = kind_of(error.for_caller());
        context.error = fmt::format("{}: {}", kind.name, error.message());
        if (!error.cause().empty()) context.error += fmt::format(" ({})", error.cause());
        return error_response(error.for_caller(), context.request_id, public_url_);
    }

    [[nodiscard]] http::Response answer_kind(ErrorKind const& kind, std::string_view message,
                                             Context& context) {
        context.error = fmt::format("{}: {}", kind.name, message);
        return error_response(kind, message, context.request_id, public_url_);
    }

    Shared shared_;
    Limits const& limits_;
    std::string const& public_url_;
};

}  // namespace

std::string open_body(std::string_view members) {
    constexpr std::string_view end = R"("status_code":200,"request_id":")";
    std::string body;
    body.reserve(2 + members.size() + end.size() + 64);
    body += '{';
    body += members;
    if (!members.empty()) body += ',';
    body += end;
    return body;
}

}  // namespace management

std::unique_ptr<Api> make_management_api(service::Services& services, Limits const& limits,
                                         std::string const& public_url) {
    return std::make_unique<management::ManagementApi>(services, limits, public_url);
}

}  // namespace rollcall::api
