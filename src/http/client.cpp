// Client on Beast's streams: every step is an asynchronous one that is waited for, because only
// those have timeouts.
#include "http/client.hpp"

#include "base/text.hpp"
#include "http/base_url.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <optional>

namespace rollcall::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace beast_http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

using TlsStream = beast::ssl_stream<beast::tcp_stream>;
using WireRequest = beast_http::request<beast_http::span_body<char const>>;
using WireParser = beast_http::response_parser<beast_http::string_body>;

constexpr std::uint32_t response_header_bytes_max = 64 * 1024;

/// What became of one attempt.
struct Attempt {
    error_code error;
    bool response_began = false;
};

bool means_closed(error_code const& error) noexcept {
    return error == beast_http::error::end_of_stream || error == asio::error::eof ||
           error == asio::error::connection_reset || error == asio::error::broken_pipe ||
           error == asio::error::connection_aborted || error == asio::ssl::error::stream_truncated;
}

std::string explain(error_code const& error) {
    if (error == beast::error::timeout) return "timed out";
    if (means_closed(error)) return "the server closed the connection";
    if (error == beast_http::error::body_limit) return "the response is larger than allowed";
    return error.message();
}

bool is_ip_address(std::string const& host) {
    error_code error;
    asio::ip::make_address(host, error);
    return !error;
}

Status check_request(std::string_view method, std::string_view path,
                     std::span<ClientHeader const> headers) {
    auto const invalid = [](std::string message) {
        return fail(Error(ErrorCode::invalid_value, std::move(message)));
    };
    bool const method_ok = !method.empty() && std::ranges::all_of(method, [](char c) {
        return (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    });
    if (!method_ok) return invalid("method: upper-case letters only");
    if (!path.starts_with('/') ||
        std::ranges::any_of(path, [](char c) { return c <= ' ' || c == '\x7f' || c == '#'; })) {
        return invalid("path: must begin with '/' and be percent-encoded");
    }
    for (auto const& [name, value] : headers) {
        if (name.empty() || name.find_first_of(": \t") != std::string::npos ||
            has_control_character(name) ||
            value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
            return invalid(fmt::format("header '{}': not allowed in HTTP", ascii_lower(name)));
        }
    }
    return {};
}

ClientResponse to_client_response(WireParser& parser) {
    auto& message = parser.get();
    ClientResponse response;
    response.status = message.result_int();
    for (auto const& field : message) {
        response.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    }
    response.body = std::move(message.body());
    return response;
}

}  // namespace

std::string_view ClientResponse::header(std::string_view name) const noexcept {
    auto const found = std::ranges::find_if(
        headers, [&](ClientHeader const& header) { return equal_ascii_case(header.first, name); });
    return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

struct Client::Impl {
    Impl(Result<BaseUrl> url, ClientOptions client_options)
        : base(std::move(url)), options(std::move(client_options)) {}

    Result<ClientResponse> send(WireRequest const& request);
    Status connect();
    Status prepare_tls();
    Status handshake();
    Attempt exchange(WireRequest const& request, std::optional<WireParser>& parser);
    template <class Stream>
    Attempt exchange_on(Stream& stream, WireRequest const& request,
                        std::optional<WireParser>& parser);
    void close();

    /// Starts a step and runs it to its end, at the latest when the timeout is over.
    template <class Start>
    error_code step(Start start) {
        error_code result = asio::error::would_block;
        lowest().expires_after(options.timeout);
        start([&result](error_code const& error, auto&&...) { result = error; });
        context.restart();
        context.run();
        return result;
    }

    [[nodiscard]] bool connected() const noexcept { return plain || tls; }
    beast::tcp_stream& lowest() { return tls ? tls->next_layer() : *plain; }
    [[nodiscard]] Error unavailable(std::string_view what, error_code const& error) const {
        return unavailable_error(fmt::format("{}: {}: {}", base->origin(), what, explain(error)));
    }

    Result<BaseUrl> base;
    ClientOptions options;
    asio::io_context context{1};
    std::optional<asio::ssl::context> tls_context;
    // At most one of the two, while connected.
    std::unique_ptr<beast::tcp_stream> plain;
    std::unique_ptr<TlsStream> tls;
    beast::flat_buffer buffer;
};

Status Client::Impl::prepare_tls() {
    if (tls_context) return {};
    asio::ssl::context created(asio::ssl::context::tls_client);
    error_code error;
    if (options.ca_file.empty()) {
        created.set_default_verify_paths(error);
    } else {
        created.load_verify_file(options.ca_file, error);
    }
    if (error) return fail(unavailable("cannot load trusted certificates", error));
    created.set_verify_mode(asio::ssl::verify_peer);
    created.set_verify_callback(asio::ssl::host_name_verification(base->host));
    SSL_CTX_set_min_proto_version(created.native_handle(), TLS1_2_VERSION);
    tls_context.emplace(std::move(created));
    return {};
}

Status Client::Impl::connect() {
    if (base->tls) CHECK(prepare_tls());
    error_code error;
    auto const endpoints = tcp::resolver(context).resolve(base->host, base->port,
                                                          tcp::resolver::numeric_service, error);
    if (error) return fail(unavailable("cannot find the host", error));

    buffer.clear();
    if (base->tls) {
        tls = std::make_unique<TlsStream>(beast::tcp_stream(context), *tls_context);
    } else {
        plain = std::make_unique<beast::tcp_stream>(context);
    }
    error = step([&](auto done) { lowest().async_connect(endpoints, std::move(done)); });
    if (error) {
        close();
        return fail(unavailable("cannot connect", error));
    }
    lowest().socket().set_option(tcp::no_delay(true), error);
    return base->tls ? handshake() : Status{};
}

Status Client::Impl::handshake() {
    auto* const handle = tls->native_handle();
    // RFC 6066 §3: server names are host names, never addresses.
    if (!is_ip_address(base->host)) SSL_set_tlsext_host_name(handle, base->host.c_str());
    auto const error = step(
        [&](auto done) { tls->async_handshake(asio::ssl::stream_base::client, std::move(done)); });
    if (!error) return {};
    auto const verdict = SSL_get_verify_result(handle);
    auto failure = verdict == X509_V_OK
                       ? unavailable("TLS handshake failed", error)
                       : unavailable_error(fmt::format("{}: the certificate is not trusted: {}",
                                                       base->origin(),
                                                       X509_verify_cert_error_string(verdict)));
    close();
    return fail(std::move(failure));
}

void Client::Impl::close() {
    tls.reset();
    plain.reset();
}

Attempt Client::Impl::exchange(WireRequest const& request, std::optional<WireParser>& parser) {
    return tls ? exchange_on(*tls, request, parser) : exchange_on(*plain, request, parser);
}

template <class Stream>
Attempt Client::Impl::exchange_on(Stream& stream, WireRequest const& request,
                                  std::optional<WireParser>& parser) {
    beast_http::request_serializer<beast_http::span_body<char const>> serializer(request);
    auto const write_error =
        step([&](auto done) { beast_http::async_write(stream, serializer, std::move(done)); });
    // A server that refuses early may close while we send; its answer can still be read.
    if (write_error && !means_closed(write_error)) return {write_error, false};
    for (;;) {
        parser.emplace();
        parser->header_limit(response_header_bytes_max);
        parser->body_limit(options.response_bytes_max);
        parser->skip(request.method() == beast_http::verb::head);
        error_code error;
        while (!error && !parser->is_done()) {
            // Step by step, so that each pause has its own timeout and not the whole response.
            error = step([&](auto done) {
                beast_http::async_read_some(stream, buffer, *parser, std::move(done));
            });
        }
        if (error) return {error, parser->got_some() || buffer.size() != 0};
        // 1xx: the response is still to come (RFC 9110 §15.2).
        if (parser->get().result_int() >= 200) return {};
    }
}

Result<ClientResponse> Client::Impl::send(WireRequest const& request) {
    bool const reused = connected();
    if (!reused) CHECK(connect());
    std::optional<WireParser> parser;
    auto attempt = exchange(request, parser);
    if (reused && !attempt.response_began && means_closed(attempt.error)) {
        close();
        CHECK(connect());
        attempt = exchange(request, parser);
    }
    if (attempt.error) {
        close();
        return fail(unavailable("no response", attempt.error));
    }
    if (!parser->keep_alive()) close();
    return to_client_response(*parser);
}

Client::Client(std::string_view base_url, ClientOptions options)
    : impl_(std::make_unique<Impl>(parse_base_url(base_url), std::move(options))) {}
Client::~Client() = default;
Client::Client(Client&& other) noexcept = default;
Client& Client::operator=(Client&& other) noexcept = default;

Result<ClientResponse> Client::send(std::string_view method, std::string_view path_and_query,
                                    std::span<ClientHeader const> headers, std::string_view body) {
    auto const& base = impl_->base;
    if (!base) return fail(base.error());
    CHECK(check_request(method, path_and_query, headers));

    WireRequest request;
    request.version(11);
    request.method_string({method.data(), method.size()});
    request.target(base->prefix + std::string(path_and_query));
    request.set(beast_http::field::host, base->authority());
    request.set(beast_http::field::user_agent, "rollcall");
    for (auto const& [name, value] : headers) request.insert(name, value);
    request.body() = beast::span<char const>(body.data(), body.size());
    request.prepare_payload();
    return impl_->send(request);
}

}  // namespace rollcall::http
