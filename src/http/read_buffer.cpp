// ReadBuffer: starts small, doubles for long heads, and keeps a reserve that only bodies use.
#include "http/read_buffer.hpp"

#include <cstring>

namespace rollcall::http {
namespace {

constexpr std::size_t first_capacity = 4 * 1024;
constexpr std::size_t body_room = 4 * 1024;

}  // namespace

std::span<char> ReadBuffer::room_for_head() {
    if (begin_ == end_ || end_ >= capacity_) move_unread_to(0);
    // More than once only if bytes for a body reached into the reserve and turn out to be a head.
    while (end_ >= capacity_) {
        auto const larger = capacity_ == 0 ? first_capacity : 2 * capacity_;
        auto memory = std::make_unique_for_overwrite<char[]>(larger + body_room);
        if (end_ != 0) std::memcpy(memory.get(), data_.get(), end_);
        data_ = std::move(memory);
        capacity_ = larger;
    }
    return {data_.get() + end_, capacity_ - end_};
}

std::span<char> ReadBuffer::room_for_body() noexcept {
    auto const all = capacity_ + body_room;
    if (begin_ == end_ || end_ == all) move_unread_to(floor_);
    return {data_.get() + end_, all - end_};
}

void ReadBuffer::move_unread_to(std::size_t position) noexcept {
    auto const size = end_ - begin_;
    if (size != 0 && begin_ != position) {
        std::memmove(data_.get() + position, data_.get() + begin_, size);
    }
    begin_ = position;
    end_ = position + size;
}

}  // namespace rollcall::http
