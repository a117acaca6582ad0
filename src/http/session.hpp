// One connection: reads requests, asks the handler, writes responses, in order, within limits.
#pragma once

#include "http/body_budget.hpp"
#include "http/handler.hpp"
#include "http/head_scanner.hpp"
#include "http/read_buffer.hpp"
#include "http/request_parser.hpp"
#include "runtime/task.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/intrusive/list_hook.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace rollcall::http {

class Worker;

/// Executors of a known type: no virtual call on the way to the reactor.
using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;

/// Seconds since the worker started, as its timer counts them.
using Ticks = std::uint64_t;
inline constexpr Ticks never = ~Ticks{0};

/// What becomes of a new connection.
enum class Admission : std::uint8_t {
    serve,
    turn_away,  ///< it is told that there are too many
    drop,       ///< even of those there are too many
};

/// Belongs to its worker's thread. It is listed there as long as it lives.
class Session : public boost::intrusive::list_base_hook<
                    boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
public:
    Session(Worker& worker, Socket socket, Admission admission);
    ~Session();
    Session(Session const&) = delete;
    Session& operator=(Session const&) = delete;

    /// Serves until either side ends the connection; or, if it is to be turned away, answers
    /// Failure::overloaded without reading a request.
    Task<void> run();

    /// Ends the wait on the socket if its deadline is over.
    void check_deadline(Ticks now);
    /// Closes now if no request is in flight; otherwise the next response is the last one.
    void drain();
    /// Ends every wait on the socket for good.
    void close();

private:
    Task<void> serve();

    enum class Phase : std::uint8_t { idle, reading, handling, writing, lingering };
    enum class Progress : std::uint8_t { done, more, refused, gone };

    // Reading. `refused` leaves the reason in failure_.
    Task<Progress> read_request();
    Progress take_head();
    Progress take_body();
    Task<Progress> read_body();
    Task<Progress> read_sized_body();
    Task<Progress> read_chunked_body();
    /// True if the body may take so much memory.
    [[nodiscard]] bool hold_body(std::size_t bytes) noexcept;
    Progress refuse(Failure failure) noexcept;
    Progress refuse_unfinished_head(Failure failure);
    Progress reading_failed();

    // Answering.
    void stage(Response const& response, bool keep_alive);
    Progress write_now();
    Task<bool> write_rest();
    Task<void> answer_failure();
    Task<void> linger();
    void finish_request() noexcept;

    void enter(Phase phase, Ticks deadline) noexcept;

    Worker& worker_;
    Socket socket_;
    Admission admission_;
    Phase phase_ = Phase::idle;
    bool timed_out_ = false;
    Ticks deadline_ = never;

    ReadBuffer buffer_;
    HeadScanner scanner_;
    std::optional<RequestParser> parser_;
    Request request_;
    std::size_t body_max_ = 0;
    BodyShare body_share_;  ///< of request_.body, until the request is done
    Failure failure_ = Failure::malformed;

    std::string head_;                                    ///< of the response; memory is kept
    std::array<boost::asio::const_buffer, 3> unwritten_;  ///< head, body, suffix
};

}  // namespace rollcall::http
