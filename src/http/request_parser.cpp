// RequestParser: what Beast recognises goes into the Request, what it lets through is checked here.
#include "http/request_parser.hpp"

#include "base/text.hpp"

#include <boost/beast/http/error.hpp>
#include <boost/beast/http/verb.hpp>

#include <functional>
#include <limits>

namespace rollcall::http {
namespace {

namespace beast_http = boost::beast::http;

Method to_method(beast_http::verb verb) noexcept {
    switch (verb) {
        case beast_http::verb::get:
            return Method::get;
        case beast_http::verb::head:
            return Method::head;
        case beast_http::verb::post:
            return Method::post;
        case beast_http::verb::put:
            return Method::put;
        case beast_http::verb::patch:
            return Method::patch;
        case beast_http::verb::delete_:
            return Method::delete_;
        case beast_http::verb::options:
            return Method::options;
        default:
            return Method::other;
    }
}

bool starts_with_ascii_case(std::string_view text, std::string_view prefix) noexcept {
    return text.size() >= prefix.size() && equal_ascii_case(text.substr(0, prefix.size()), prefix);
}

/// What follows "http://authority" in an absolute-form target; nullopt if it is not one.
std::optional<std::string_view> after_authority(std::string_view target) noexcept {
    for (std::string_view const scheme : {"http://", "https://"}) {
        if (!starts_with_ascii_case(target, scheme)) continue;
        target.remove_prefix(scheme.size());
        auto const end = target.find_first_of("/?");
        if (end == 0 || target.empty()) return std::nullopt;
        return end == std::string_view::npos ? std::string_view{} : target.substr(end);
    }
    return std::nullopt;
}

/// Sets path and query; false for a target in none of the forms of RFC 9112 §3.2.
bool split_target(Request& request) noexcept {
    auto rest = request.target;
    // RFC 3986 §3.5: a fragment is never sent.
    if (rest.find('#') != std::string_view::npos) return false;
    if (!rest.starts_with('/')) {
        // asterisk-form and authority-form name no resource here; the router answers them.
        bool const is_other_form =
            (rest == "*" && request.method == Method::options) || request.method_text == "CONNECT";
        auto const after = is_other_form ? std::optional(rest) : after_authority(rest);
        if (!after) return false;
        rest = *after;
    }
    auto const mark = rest.find('?');
    request.path = rest.substr(0, mark);
    if (request.path.empty()) request.path = "/";
    if (mark != std::string_view::npos) request.query = rest.substr(mark + 1);
    return true;
}

bool lies_within(std::string_view outer, std::string_view inner) noexcept {
    std::less_equal<> const before;
    return before(outer.data(), inner.data()) &&
           before(inner.data() + inner.size(), outer.data() + outer.size());
}

}  // namespace

void understand_request_line(std::string_view head, Request& request) {
    auto const space = head.find(' ');
    if (space == std::string_view::npos) return;
    auto const method = head.substr(0, space);
    auto const rest = head.substr(space + 1);
    if (has_control_character(method) || !rest.starts_with('/')) return;
    request.method_text = method;
    request.method = to_method(beast_http::string_to_verb(method));
    request.target = rest.substr(0, rest.find_first_of(" \r\n"));
    split_target(request);
}

RequestParser::RequestParser(Request& request) : request_(request) {
    // The session bounds heads and declared lengths; parse_chunks() sets the limit of chunks.
    header_limit(std::numeric_limits<std::uint32_t>::max());
    body_limit(boost::none);
}

std::optional<Failure> RequestParser::parse_head(std::string_view head) {
    head_ = head;
    ErrorCode ec;
    put({head.data(), head.size()}, ec);
    if (failure_) return failure_;
    if (ec || !is_header_done()) return Failure::malformed;

    framing_.keep_alive = keep_alive();
    framing_.chunked = chunked();
    framing_.content_length = content_length().value_or(0);
    in_trailer_ = true;
    return check_head();
}

std::optional<Failure> RequestParser::check_head() const {
    // RFC 9112 §3.2: exactly one Host in HTTP/1.1.
    if (hosts_ > 1 || (hosts_ == 0 && !framing_.http_1_0)) return Failure::malformed;
    // RFC 9110 §5.3: no list. Who is in front of us may have looked at another one than we would.
    if (authorizations_ > 1) return Failure::malformed;
    if (transfer_encoding_) {
        // RFC 9112 §6.1: a length beside it, or an HTTP/1.0 sender, is an attempt at smuggling.
        if (framing_.http_1_0 || content_length()) return Failure::malformed;
        if (!framing_.chunked) return Failure::unsupported_coding;
    }
    return std::nullopt;
}

std::expected<std::size_t, Failure> RequestParser::parse_chunks(std::string_view bytes,
                                                                std::size_t body_max) {
    std::size_t used = 0;
    while (used < bytes.size() && !is_done()) {
        body_limit(body_max - request_.body.size());
        ErrorCode ec;
        used += put({bytes.data() + used, bytes.size() - used}, ec);
        if (ec == beast_http::error::need_more) break;
        if (ec == beast_http::error::body_limit) return std::unexpected(Failure::body_too_large);
        if (ec) return std::unexpected(Failure::malformed);
    }
    return used;
}

void RequestParser::on_request_impl(Verb verb, View method, View target, int version,
                                    ErrorCode& ec) {
    request_.method = to_method(verb);
    request_.method_text = method;
    request_.target = target;
    framing_.http_1_0 = version < 11;
    if (!split_target(request_)) refuse(Failure::malformed, ec);
}

void RequestParser::on_field_impl(Field field, View name, View value, ErrorCode& ec) {
    // Trailers pass through memory that is used again, and nothing reads them.
    if (in_trailer_) return;
    // A folded value was put together elsewhere. RFC 9112 §5.2 allows to refuse folding.
    if (!value.empty() && !lies_within(head_, value)) return refuse(Failure::malformed, ec);
    request_.headers.push_back({name, value});
    switch (field) {
        case Field::host:
            ++hosts_;
            break;
        case Field::authorization:
            ++authorizations_;
            break;
        case Field::transfer_encoding:
            transfer_encoding_ = true;
            if (!equal_ascii_case(value, "chunked")) refuse(Failure::unsupported_coding, ec);
            break;
        case Field::expect:
            // RFC 9110 §10.1.1: an expectation from HTTP/1.0 is ignored.
            if (framing_.http_1_0) break;
            framing_.expects_continue = true;
            if (!equal_ascii_case(value, "100-continue")) refuse(Failure::expectation_failed, ec);
            break;
        default:
            break;
    }
}

std::size_t RequestParser::on_body_impl(View, ErrorCode& ec) {
    // Bodies with a length are read by the session, straight into the request.
    refuse(Failure::malformed, ec);
    return 0;
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, View bytes, ErrorCode&) {
    request_.body.append(bytes.data(), bytes.size());
    return bytes.size();
}

void RequestParser::refuse(Failure failure, ErrorCode& ec) {
    failure_ = failure;
    ec = beast_http::error::bad_value;
}

}  // namespace rollcall::http
