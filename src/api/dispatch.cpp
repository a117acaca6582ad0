// What happens to every request, top to bottom.
#include "api/dispatch.hpp"

#include "api/segments.hpp"
#include "service/request_notes.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include <array>
#include <exception>

namespace rollcall::api {
namespace {

std::size_t body_size(http::Response const& response) {
    if (!response.shared_body) return response.body.size();
    return response.shared_body->size() + response.body_suffix.size();
}

runtime::LogLevel level_of(Context const& context, http::Response const& response) {
    if (response.status >= 500) return runtime::LogLevel::error;
    return context.is_grave ? runtime::LogLevel::warn : runtime::LogLevel::info;
}

std::string join(std::vector<std::string> const& notes) {
    std::string text;
    for (auto const& note : notes) {
        if (!text.empty()) text += "; ";
        text += note;
    }
    return text;
}

}  // namespace

Api& Dispatch::choose(std::string_view path) const {
    Segments const segments(path);
    auto const shared = segments.size() >= 4 && segments[0] == "v1" && segments[1] == "b2b" &&
                        segments[2] == "scim";
    return shared && segments[4] != "connection" ? scim_ : management_;
}

Context Dispatch::make_context() {
    Context context;
    context.request_id.uuid = ids_.random_uuid();
    context.received_at = clock_.now();
    return context;
}

std::size_t Dispatch::body_bytes_max(http::Request const& head) const {
    return choose(head.path).body_bytes_max(head);
}

Task<http::Response> Dispatch::handle(http::Request const& request) {
    auto context = make_context();
    auto& api = choose(request.path);
    http::Response response;
    try {
        response = co_await api.handle(request, context);
    } catch (boost::system::system_error const& error) {
        // The server is stopping or the peer is gone: nobody waits for an answer.
        if (error.code() == boost::asio::error::operation_aborted) throw;
        response = answer_exception(api, context, error.what());
    } catch (std::exception const& error) {
        response = answer_exception(api, context, error.what());
    } catch (...) {
        response = answer_exception(api, context, "an exception that is no std::exception");
    }
    write_access_log(request, context, response);
    keep_note(request, context, response.status);
    co_return response;
}

http::Response Dispatch::answer_exception(Api& api, Context& context, std::string_view what) {
    context.error = "internal: ";
    context.error += what;
    return api.internal_error(context);
}

http::Response Dispatch::fail(http::Failure failure, http::Request const& head) {
    auto context = make_context();
    auto response = choose(head.path).fail(failure, head, context);
    write_access_log(head, context, response);
    return response;
}

void Dispatch::keep_note(http::Request const& request, Context& context, unsigned status) {
    // Longer than any method there is.
    constexpr std::size_t method_max = 16;
    if (!context.provider || (status < 400 && context.notes.empty())) return;
    notes_.add(*context.provider, {.request = context.request_id,
                                   .received_at = context.received_at,
                                   .method = std::string(request.method_text.substr(0, method_max)),
                                   .path = std::move(context.path),
                                   .status = status,
                                   .scim_type = std::move(context.scim_type),
                                   .detail = std::move(context.detail),
                                   .notes = std::move(context.notes)});
}

void Dispatch::write_access_log(http::Request const& request, Context const& context,
                                http::Response const& response) {
    auto const level = level_of(context, response);
    if (!log_.enabled(level)) return;
    auto const request_id = to_string(context.request_id);
    auto const notes = join(context.notes);
    auto const duration = clock_.now() - context.received_at;
    // Neither the path nor the query: both may hold what a client put there by mistake.
    std::array<runtime::LogField, 10> fields;
    std::size_t count = 0;
    auto const add = [&](std::string_view key, auto value) { fields[count++] = {key, value}; };
    auto const add_text = [&](std::string_view key, std::string_view value) {
        if (!value.empty()) add(key, value);
    };
    add("request_id", std::string_view(request_id));
    add("method", request.method_text);
    add("route", context.route.empty() ? std::string_view("-") : std::string_view(context.route));
    add("status", static_cast<std::int64_t>(response.status));
    add("bytes", static_cast<std::int64_t>(body_size(response)));
    add("us", static_cast<std::int64_t>(duration.count()));
    add_text("organization", context.organization);
    add_text("connection", context.connection);
    add_text("notes", notes);
    add_text("error", context.error);
    log_.write(level, "request", std::span<runtime::LogField const>(fields.data(), count));
}

}  // namespace rollcall::api
