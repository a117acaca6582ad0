// One request taken from bytes: Beast's parser, plus the refusals of RFC 9112 it leaves to us.
#pragma once

#include "http/handler.hpp"
#include "http/message.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

namespace rollcall::http {

/// How the body is delimited and what happens afterwards.
struct Framing {
    bool keep_alive = false;
    bool http_1_0 = false;
    bool expects_continue = false;
    bool chunked = false;
    std::uint64_t content_length = 0;  ///< 0 if chunked

    [[nodiscard]] bool has_body() const noexcept { return chunked || content_length > 0; }
};

/// Fills in method, target, path and query as far as the start of a refused or unfinished head
/// shows them, so that a refusal can tell which path it is about. Nothing if that is not clear.
void understand_request_line(std::string_view head, Request& request);

/// Fills a Request; for one request only.
class RequestParser final : private boost::beast::http::basic_parser<true> {
public:
    /// `request` is empty and outlives the parser.
    explicit RequestParser(Request& request);

    /// Reads a complete head, with its closing empty line. The request's views point into it.
    /// @return why it is refused, or nothing. The request then has what was understood.
    /// @source RFC 9112 §3 (request line), §3.2 (Host), §5 (fields), §6 (framing); RFC 9110 §5.3,
    /// §10.1.1.
    [[nodiscard]] std::optional<Failure> parse_head(std::string_view head);

    [[nodiscard]] Framing const& framing() const noexcept { return framing_; }

    /// Appends the next part of a chunked body to the request's body.
    ///
    /// @param bytes     what follows the head or the last call; less than a chunk header may be
    /// left.
    /// @param body_max  bytes of the whole body.
    /// @return how many of `bytes` were used, or why the body is refused.
    [[nodiscard]] std::expected<std::size_t, Failure> parse_chunks(std::string_view bytes,
                                                                   std::size_t body_max);

    /// True once the whole body, with its last chunk, was read.
    [[nodiscard]] bool body_complete() const { return is_done(); }

private:
    using ErrorCode = boost::beast::error_code;
    using View = boost::beast::string_view;
    using Verb = boost::beast::http::verb;
    using Field = boost::beast::http::field;

    void on_request_impl(Verb verb, View method, View target, int version, ErrorCode& ec) override;
    void on_response_impl(int, View, int, ErrorCode&) override {}
    void on_field_impl(Field field, View name, View value, ErrorCode& ec) override;
    void on_header_impl(ErrorCode&) override {}
    void on_body_init_impl(boost::optional<std::uint64_t> const&, ErrorCode&) override {}
    std::size_t on_body_impl(View bytes, ErrorCode& ec) override;
    void on_chunk_header_impl(std::uint64_t, View, ErrorCode&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, View bytes, ErrorCode& ec) override;
    void on_finish_impl(ErrorCode&) override {}

    void refuse(Failure failure, ErrorCode& ec);
    [[nodiscard]] std::optional<Failure> check_head() const;

    Request& request_;
    Framing framing_;
    std::string_view head_;
    std::optional<Failure> failure_;
    unsigned hosts_ = 0;
    unsigned authorizations_ = 0;
    bool transfer_encoding_ = false;
    bool in_trailer_ = false;
};

}  // namespace rollcall::http
