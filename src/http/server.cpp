// Server: listens, deals the connections out, and ends in order.
#include "http/server.hpp"

#include "http/worker.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>

#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace rollcall::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// Pause after a failed accept: without one, a full descriptor table would keep the thread
/// spinning.
constexpr auto accept_pause = std::chrono::milliseconds(100);
/// How long cancelled requests may take to come home once the grace is over.
constexpr auto cancel_patience = std::chrono::seconds(2);

using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;

std::string print_address(std::string_view host, unsigned port) {
    bool const is_v6 = host.find(':') != std::string_view::npos;
    return is_v6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

/// Opens, binds and listens, or tells what failed.
error_code listen_on(Acceptor& acceptor, tcp::endpoint const& endpoint) {
    error_code error;
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
        error_code ignored;
        acceptor.close(ignored);
    }
    return error;
}

}  // namespace

struct Server::Impl {
    Impl(ServerOptions server_options, Limits const& limits, Handler& handler)
        : options(std::move(server_options)), shared{limits, handler, {}} {}

    Status listen();
    void accept_next();
    void accepted(error_code const& error, Socket socket, std::size_t target);
    void pause_accepting();
    void join();

    ServerOptions options;
    Shared shared;
    std::mutex mutex;  ///< of start() and stop()
    std::vector<std::unique_ptr<Worker>> workers;
    std::vector<std::thread> threads;
    // Used by the first worker's thread only, once it runs.
    std::optional<Acceptor> acceptor;
    std::optional<asio::steady_timer> pause;
    std::size_t next_worker = 0;
    std::string url;
};

Status Server::Impl::listen() {
    auto const address = print_address(options.host, options.port);
    auto& context = workers.front()->context();
    error_code error;
    auto const endpoints = tcp::resolver(context).resolve(
        options.host, std::to_string(options.port),
        tcp::resolver::passive | tcp::resolver::numeric_service, error);
    if (!error) error = asio::error::host_not_found;
    acceptor.emplace(context);
    for (auto const& entry : endpoints) {
        error = listen_on(*acceptor, entry.endpoint());
        if (!error) break;
    }
    tcp::endpoint bound;
    if (!error) bound = acceptor->local_endpoint(error);
    if (error) {
        return fail(
            unavailable_error(fmt::format("cannot listen on {}: {}", address, error.message())));
    }
    url = "http://" + print_address(bound.address().to_string(), bound.port());
    pause.emplace(context);
    return {};
}

void Server::Impl::accept_next() {
    auto const target = next_worker;
    next_worker = (next_worker + 1) % workers.size();
    acceptor->async_accept(workers[target]->context().get_executor(),
                           [this, target](error_code const& error, Socket socket) {
                               accepted(error, std::move(socket), target);
                           });
}

void Server::Impl::accepted(error_code const& error, Socket socket, std::size_t target) {
    if (error == asio::error::operation_aborted || !acceptor->is_open()) return;
    if (error && error != asio::error::connection_aborted) return pause_accepting();
    if (!error) {
        auto const admission = shared.connections.admit(shared.limits.connections_max);
        if (admission != Admission::drop) {
            workers[target]->post_start(std::move(socket), admission);
        }
    }
    accept_next();
}

void Server::Impl::pause_accepting() {
    pause->expires_after(accept_pause);
    pause->async_wait([this](error_code const& error) {
        if (!error && acceptor->is_open()) accept_next();
    });
}

void Server::Impl::join() {
    for (auto& worker : workers) worker->stop();
    for (auto& thread : threads) thread.join();
    threads.clear();
}

Server::Server(ServerOptions options, Limits const& limits, Handler& handler)
    : impl_(std::make_unique<Impl>(std::move(options), limits, handler)) {}

Server::~Server() {
    stop();
}

Status Server::start() {
    std::lock_guard const lock(impl_->mutex);
    for (unsigned i = 0; i < std::max(impl_->options.threads, 1U); ++i) {
        impl_->workers.push_back(std::make_unique<Worker>(impl_->shared));
    }
    auto listening = impl_->listen();
    if (!listening) {
        impl_->acceptor.reset();
        impl_->workers.clear();
        return listening;
    }
    impl_->accept_next();
    for (auto& worker : impl_->workers) {
        impl_->threads.emplace_back([&worker = *worker] { worker.run(); });
    }
    return {};
}

std::string Server::url() const {
    return impl_->url;
}

void Server::stop() {
    std::lock_guard const lock(impl_->mutex);
    if (impl_->threads.empty()) return;
    asio::post(impl_->workers.front()->context(), [impl = impl_.get()] {
        error_code ignored;
        impl->acceptor->close(ignored);
        impl->pause->cancel();
    });
    for (auto& worker : impl_->workers) worker->post_drain();
    auto& connections = impl_->shared.connections;
    bool ended = connections.wait_until_none(impl_->shared.limits.shutdown_grace);
    if (!ended) {
        for (auto& worker : impl_->workers) worker->post_cancel();
        ended = connections.wait_until_none(cancel_patience);
    }
    impl_->join();
    impl_->acceptor.reset();
    impl_->pause.reset();
    // A request that never came home may still be resumed by another thread: its worker has to
    // stay.
    if (!ended) {
        for (auto& worker : impl_->workers) static_cast<void>(worker.release());
    }
    impl_->workers.clear();
}

}  // namespace rollcall::http
