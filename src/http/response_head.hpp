// The head of a response as bytes (RFC 9112 §4, §5; RFC 9110 §6.6.1, §8.6).
#pragma once

#include "http/message.hpp"

#include <string>
#include <string_view>

namespace rollcall::http {

/// The bytes that the response carries as its body, wherever they are kept, up to suffix_of().
[[nodiscard]] inline std::string_view body_of(Response const& response) noexcept {
    return response.shared_body ? std::string_view(*response.shared_body) : response.body;
}

/// What follows body_of(): nothing, unless the body is a shared one.
[[nodiscard]] inline std::string_view suffix_of(Response const& response) noexcept {
    return response.shared_body ? std::string_view(response.body_suffix) : std::string_view{};
}

/// False for the statuses that never have a body (RFC 9110 §6.4.1): 1xx, 204, 304.
[[nodiscard]] bool may_have_body(unsigned status) noexcept;

struct HeadOptions {
    std::string_view date_line = {};  ///< "Date: …\r\n"
    bool keep_alive = true;
    bool http_1_0 = false;  ///< the client's version: it must be told that the connection stays
};

/// Appends status line, headers and the empty line. Control characters in header values become
/// spaces, so that no value can add a header.
void append_response_head(std::string& out, Response const& response, HeadOptions const& options);

}  // namespace rollcall::http
