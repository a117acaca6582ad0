// Response heads, appended by hand: this runs for every response.
#include "http/response_head.hpp"

#include <boost/beast/http/status.hpp>
#include <fmt/format.h>

namespace rollcall::http {
namespace {

void append_value(std::string& out, std::string_view value) {
    for (char const c : value) {
        auto const byte = static_cast<unsigned char>(c);
        out.push_back(byte < ' ' || byte == 0x7F ? ' ' : c);
    }
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ");
    append_value(out, value);
    out.append("\r\n");
}

void append_number(std::string& out, std::size_t number) {
    auto const text = fmt::format_int(number);
    out.append(text.data(), text.size());
}

void append_status_line(std::string& out, unsigned status) {
    if (status == 200) {
        out.append("HTTP/1.1 200 OK\r\n");
        return;
    }
    auto const reason =
        boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(status));
    out.append("HTTP/1.1 ");
    append_number(out, status);
    out.append(" ").append(reason.data(), reason.size()).append("\r\n");
}

}  // namespace

bool may_have_body(unsigned status) noexcept {
    return status >= 200 && status != 204 && status != 304;
}

void append_response_head(std::string& out, Response const& response, HeadOptions const& options) {
    append_status_line(out, response.status);
    out.append(options.date_line);
    if (may_have_body(response.status)) {
        if (!response.content_type.empty())
            append_header(out, "Content-Type", response.content_type);
        out.append("Content-Length: ");
        append_number(out, body_of(response).size() + suffix_of(response).size());
        out.append("\r\n");
    }
    for (auto const& [name, value] : response.headers) append_header(out, name, value);
    if (!options.keep_alive) {
        out.append("Connection: close\r\n");
    } else if (options.http_1_0) {
        out.append("Connection: keep-alive\r\n");
    }
    out.append("\r\n");
}

}  // namespace rollcall::http
