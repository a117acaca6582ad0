// An HTTPS server with a self-signed certificate that is made when it starts.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

namespace rollcall::http::tests {

template <auto Free>
struct FreeWith {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, FreeWith<X509_free>>;

/// For one host name, valid from yesterday to tomorrow.
inline Certificate make_certificate(Key const& key, std::string const& host) {
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -86'400);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86'400);
    auto* const name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<unsigned char const*>(host.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    auto const alternative = "DNS:" + host;
    std::unique_ptr<X509_EXTENSION, FreeWith<X509_EXTENSION_free>> const extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, alternative.c_str()));
    X509_add_ext(certificate.get(), extension.get(), -1);
    X509_set_pubkey(certificate.get(), key.get());
    if (X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0) {
        throw std::runtime_error("cannot sign");
    }
    return certificate;
}

/// Answers each request with "METHOD target body-size".
class TlsServer {
public:
    /// @param requests_each  answers on one connection before it is closed.
    explicit TlsServer(std::string const& host, unsigned requests_each = 1000)
        : requests_each_(requests_each) {
        Key const key(EVP_EC_gen("P-256"));
        auto const certificate = make_certificate(key, host);
        SSL_CTX_use_certificate(tls_.native_handle(), certificate.get());
        SSL_CTX_use_PrivateKey(tls_.native_handle(), key.get());
        certificate_file_ =
            (std::filesystem::temp_directory_path() / ("rollcall-test-" + port() + ".pem"))
                .string();
        std::unique_ptr<std::FILE, FreeWith<std::fclose>> const file(
            std::fopen(certificate_file_.c_str(), "w"));
        if (!file || PEM_write_X509(file.get(), certificate.get()) != 1) {
            throw std::runtime_error("cannot write " + certificate_file_);
        }
        thread_ = std::thread([this] { run(); });
    }
    ~TlsServer() {
        stopping_ = true;
        ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
        thread_.join();
        std::filesystem::remove(certificate_file_);
    }
    TlsServer(TlsServer const&) = delete;
    TlsServer& operator=(TlsServer const&) = delete;

    [[nodiscard]] std::string port() const {
        return std::to_string(acceptor_.local_endpoint().port());
    }
    [[nodiscard]] std::string const& certificate_file() const noexcept { return certificate_file_; }
    [[nodiscard]] unsigned connections() const noexcept { return connections_; }
    [[nodiscard]] unsigned requests() const noexcept { return requests_; }

private:
    using Socket = boost::asio::ip::tcp::socket;

    void run() {
        while (!stopping_) {
            boost::system::error_code error;
            Socket socket(context_);
            acceptor_.accept(socket, error);
            if (error) return;
            boost::asio::ssl::stream<Socket&> stream(socket, tls_);
            stream.handshake(boost::asio::ssl::stream_base::server, error);
            if (error) continue;
            ++connections_;
            serve(stream);
        }
    }

    void serve(boost::asio::ssl::stream<Socket&>& stream) {
        namespace http = boost::beast::http;
        boost::beast::flat_buffer buffer;
        for (unsigned i = 0; i < requests_each_; ++i) {
            boost::system::error_code error;
            http::request<http::string_body> request;
            http::read(stream, buffer, request, error);
            if (error) return;
            ++requests_;
            http::response<http::string_body> response(http::status::ok, 11);
            response.body() = std::string(request.method_string()) + ' ' +
                              std::string(request.target()) + ' ' +
                              std::to_string(request.body().size());
            response.prepare_payload();
            http::write(stream, response, error);
            if (error) return;
        }
    }

    unsigned requests_each_;
    boost::asio::io_context context_;
    boost::asio::ip::tcp::acceptor acceptor_{context_,
                                             {boost::asio::ip::address_v4::loopback(), 0}};
    boost::asio::ssl::context tls_{boost::asio::ssl::context::tls_server};
    std::string certificate_file_;
    std::atomic<bool> stopping_ = false;
    std::atomic<unsigned> connections_ = 0;
    std::atomic<unsigned> requests_ = 0;
    std::thread thread_;
};

}  // namespace rollcall::http::tests
