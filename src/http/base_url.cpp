// Base URLs through Boost.URL (RFC 3986).
#include "http/base_url.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <fmt/format.h>

namespace rollcall::http {
namespace {

Error base_url_error(std::string_view reason) {
    return {ErrorCode::invalid_value, fmt::format("base URL: {}", reason)};
}

bool is_port(std::string_view text) noexcept {
    unsigned value = 0;
    for (char const digit : text) {
        value = value * 10 + static_cast<unsigned>(digit - '0');
        if (value > 65535) return false;
    }
    return value != 0;
}

}  // namespace

std::string BaseUrl::origin() const {
    return fmt::format("{}://{}", tls ? "https" : "http", authority());
}

std::string BaseUrl::authority() const {
    auto text = host.find(':') == std::string::npos ? host : fmt::format("[{}]", host);
    if (port != (tls ? "443" : "80")) text.append(":").append(port);
    return text;
}

Result<BaseUrl> parse_base_url(std::string_view text) {
    namespace urls = boost::urls;
    auto const parsed = urls::parse_uri({text.data(), text.size()});
    if (!parsed) return fail(base_url_error("not an absolute URL such as https://example.com"));
    auto const& url = *parsed;
    if (url.scheme_id() != urls::scheme::http && url.scheme_id() != urls::scheme::https) {
        return fail(base_url_error("the scheme is neither http nor https"));
    }
    if (url.has_userinfo() || url.has_query() || url.has_fragment()) {
        return fail(base_url_error("a user, a query or a fragment is not allowed"));
    }
    if (url.encoded_host().empty()) return fail(base_url_error("there is no host"));

    BaseUrl base;
    base.tls = url.scheme_id() == urls::scheme::https;
    base.host = url.host();
    if (base.host.starts_with('[')) base.host = base.host.substr(1, base.host.size() - 2);
    base.port = url.port().empty() ? std::string(base.tls ? "443" : "80") : std::string(url.port());
    if (!is_port(base.port)) return fail(base_url_error("the port is not between 1 and 65535"));
    base.prefix = std::string(url.encoded_path());
    while (base.prefix.ends_with('/')) base.prefix.pop_back();
    return base;
}

}  // namespace rollcall::http
