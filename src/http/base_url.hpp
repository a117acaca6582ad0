// The base URL of a client, taken apart.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace rollcall::http {

struct BaseUrl {
    bool tls = false;
    std::string host;    ///< without the brackets of an IPv6 address
    std::string port;    ///< digits
    std::string prefix;  ///< path without a trailing slash, encoded; often empty

    /// "http://host:8080", for messages.
    [[nodiscard]] std::string origin() const;
    /// The value of the Host header: the port only if it is not the scheme's own (RFC 9110 §7.2).
    [[nodiscard]] std::string authority() const;
};

/// @errors invalid_value: not an absolute http or https URL, or one with user, query or fragment.
[[nodiscard]] Result<BaseUrl> parse_base_url(std::string_view text);

}  // namespace rollcall::http
