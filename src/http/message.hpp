// One HTTP request and its response, as values. Knows no API.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rollcall::http {

enum class Method : std::uint8_t { get, head, post, put, patch, delete_, options, other };

[[nodiscard]] std::string_view to_string(Method method) noexcept;

/// A header as received. Both views point into the request's own buffer.
struct HeaderView {
    std::string_view name;
    std::string_view value;
};

/// A complete request. `target` is as sent; `path` and `query` are views into it, still encoded.
/// All views live as long as the Request, which lives until the response is written.
struct Request {
    Method method = Method::other;
    std::string_view method_text;
    std::string_view target;
    std::string_view path;
    std::string_view query;  ///< without '?'; empty if none
    std::vector<HeaderView> headers;
    std::string body;

    /// The first header of that name, in any case; empty view if absent.
    [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
    [[nodiscard]] bool has_header(std::string_view name) const noexcept;
};

/// A response. The server adds Content-Length, Date and Connection. `shared_body`, when set, is
/// sent instead of `body`, without a copy; `body_suffix` is sent after `shared_body`, in the same
/// gathered write, and counts towards Content-Length. It is ignored without `shared_body`.
struct Response {
    unsigned status = 200;
    std::string content_type;  ///< empty: no Content-Type header
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::shared_ptr<std::string const> shared_body;
    std::string body_suffix;  ///< the part of a kept body that differs from request to request
    bool close = false;       ///< end the connection after this response
};

/// Decodes %XX; with `plus_is_space` also '+' (query strings). Malformed escapes are kept as they
/// are.
[[nodiscard]] std::string percent_decode(std::string_view text, bool plus_is_space);

/// The parameters of a query string, decoded, in order. Empty pieces ("a=1&&") are dropped.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query);

}  // namespace rollcall::http
