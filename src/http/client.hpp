// A small blocking HTTP/1.1 client, plain or over TLS, for command-line tools and tests.
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rollcall::http {

struct ClientOptions {
    /// For each step: connecting (with TLS), sending the request, and every pause of the response.
    std::chrono::milliseconds timeout{30'000};
    std::size_t response_bytes_max = 256 * 1024 * 1024;  ///< of the body
    std::string ca_file = {};  ///< PEM file of trusted authorities; empty: those of the system
};

using ClientHeader = std::pair<std::string, std::string>;

struct ClientResponse {
    unsigned status = 0;
    std::vector<ClientHeader> headers;
    std::string body;

    /// The first header of that name, in any case; empty if absent.
    [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
};

/// Keeps one connection open between requests. Not thread-safe: one for each thread.
class Client {
public:
    /// @param base_url  "http://host", "https://host:8443/prefix"; a bad one makes send() fail.
    explicit Client(std::string_view base_url, ClientOptions options = {});
    ~Client();
    Client(Client&& other) noexcept;
    Client& operator=(Client&& other) noexcept;

    /// Sends one request and reads its response, whatever the status. Redirects are not followed.
    /// If the server has closed the kept connection, and not a byte of a response arrived, the
    /// request is sent once more on a new one.
    ///
    /// @param path_and_query  begins with '/', already percent-encoded; appended to the base URL.
    /// @param headers  beside Host, User-Agent and Content-Length, which are set here.
    /// @errors invalid_value (base URL, path or header cannot be used), unavailable (no connection,
    ///         certificate not trusted, timeout, broken or too large response). Messages name the
    ///         server, never a header or a body.
    [[nodiscard]] Result<ClientResponse> send(std::string_view method,
                                              std::string_view path_and_query,
                                              std::span<ClientHeader const> headers = {},
                                              std::string_view body = {});

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace rollcall::http
