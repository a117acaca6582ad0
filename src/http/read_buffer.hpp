// The bytes received on a connection and not yet used up, in one piece of memory.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace rollcall::http {

/// While a request is being served its head stays where it is, because the request's views point
/// into it: hold() marks its end, and body bytes then pass through the space behind it.
class ReadBuffer {
public:
    /// Received and not yet consumed.
    [[nodiscard]] std::string_view unread() const noexcept {
        return {data_.get() + begin_, end_ - begin_};
    }
    void consume(std::size_t bytes) noexcept { begin_ += bytes; }

    /// Fixes in place what has been consumed so far, until room_for_head() is called.
    void hold() noexcept { floor_ = begin_; }

    /// Room for more of a head; never empty. Moves or overwrites what was held.
    [[nodiscard]] std::span<char> room_for_head();

    /// Room for more of a body, without moving what is held; empty if unread() fills it all.
    [[nodiscard]] std::span<char> room_for_body() noexcept;

    /// Counts in `bytes` that were written at the front of the room.
    void received(std::size_t bytes) noexcept { end_ += bytes; }

private:
    void move_unread_to(std::size_t position) noexcept;

    std::unique_ptr<char[]> data_;
    std::size_t capacity_ = 0;  ///< of the part that heads may fill; body_room more behind it
    std::size_t floor_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace rollcall::http
