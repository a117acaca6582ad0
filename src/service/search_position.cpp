// One byte that tells which of both are there, the uuid, the total in decimals.
#include "service/search_position.hpp"

#include <algorithm>
#include <charconv>

namespace rollcall::service {
namespace {

constexpr std::size_t uuid_size = sizeof(Uuid::bytes);
constexpr std::size_t total_at = 1 + uuid_size;
constexpr int has_after = 1;
constexpr int has_total = 2;

}  // namespace

std::string pack(SearchPosition const& position) {
    auto const after = position.after.value_or(Uuid{});
    std::string bytes;
    bytes += static_cast<char>((position.after ? has_after : 0) | (position.total ? has_total : 0));
    bytes.append(reinterpret_cast<char const*>(after.bytes.data()), uuid_size);
    bytes += std::to_string(position.total.value_or(0));
    return bytes;
}

std::optional<SearchPosition> unpack_search_position(std::string_view bytes) {
    if (bytes.size() <= total_at) return std::nullopt;
    auto const present = bytes.front();
    SearchPosition position;
    if (present & has_after) {
        std::copy_n(bytes.begin() + 1, uuid_size, position.after.emplace().bytes.begin());
    }
    auto const digits = bytes.substr(total_at);
    std::uint64_t total = 0;
    auto const [end, error] = std::from_chars(digits.begin(), digits.end(), total);
    if (error != std::errc{} || end != digits.end()) return std::nullopt;
    if (present & has_total) position.total = total;
    return position;
}

Error invalid_search_cursor() {
    return Error(ErrorCode::invalid_cursor,
                 "cursor must be the next_cursor of an earlier page of the same search.")
        .with_kind("user_search_invalid_cursor");
}

}  // namespace rollcall::service
