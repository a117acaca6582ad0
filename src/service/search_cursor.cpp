// Numbers are big-endian. A place begins with what its key is.
#include "service/search_cursor.hpp"

#include <bit>
#include <cmath>
#include <concepts>

namespace rollcall::service {
namespace {

using directory::Place;

enum class KeyKind : std::uint8_t { no_place, none, integer, real, text };

template <std::unsigned_integral T>
void put(std::string& out, T value) {
    for (auto shift = int{sizeof(T)} * 8; shift > 0;) {
        shift -= 8;
        out += static_cast<char>((value >> shift) & 0xff);
    }
}

void put_key(std::string& out, scim::SortKey const& key) {
    if (auto const* integer = std::get_if<std::int64_t>(&key)) {
        put(out, static_cast<std::uint64_t>(*integer));
    } else if (auto const* real = std::get_if<double>(&key)) {
        put(out, std::bit_cast<std::uint64_t>(*real));
    } else if (auto const* text = std::get_if<std::string>(&key)) {
        put(out, static_cast<std::uint16_t>(text->size()));
        out += *text;
    }
}

void put_place(std::string& out, std::optional<Place> const& place) {
    if (!place) {
        put(out, static_cast<std::uint8_t>(KeyKind::no_place));
        return;
    }
    put(out, static_cast<std::uint8_t>(place->key.index() + 1));
    put_key(out, place->key);
    put(out, static_cast<std::uint64_t>(place->row));
}

/// Takes values off the front; once something is missing all that follows is missing too.
class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    template <std::unsigned_integral T>
    T take() {
        T value = 0;
        for (auto const byte : take_bytes(sizeof(T))) {
            value = static_cast<T>((std::uint64_t{value} << 8) | static_cast<unsigned char>(byte));
        }
        return value;
    }
    std::string_view take_bytes(std::size_t size) {
        if (rest_.size() < size) {
            intact_ = false;
            rest_ = {};
            return {};
        }
        auto const taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }
    void refuse() { intact_ = false; }
    [[nodiscard]] bool is_done() const { return intact_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool intact_ = true;
};

scim::SortKey take_key(Reader& reader, KeyKind kind) {
    switch (kind) {
        case KeyKind::integer:
            return static_cast<std::int64_t>(reader.take<std::uint64_t>());
        case KeyKind::real: {
            auto const real = std::bit_cast<double>(reader.take<std::uint64_t>());
            if (!std::isfinite(real)) reader.refuse();  // no number of JSON, and equal to nothing
            return real;
        }
        case KeyKind::text:
            return std::string(reader.take_bytes(reader.take<std::uint16_t>()));
        case KeyKind::no_place:
        case KeyKind::none:
            return {};
    }
    reader.refuse();
    return {};
}

std::optional<Place> take_place(Reader& reader) {
    auto const kind = static_cast<KeyKind>(reader.take<std::uint8_t>());
    if (kind == KeyKind::no_place) return std::nullopt;
    auto key = take_key(reader, kind);
    return Place{std::move(key), static_cast<std::int64_t>(reader.take<std::uint64_t>())};
}

}  // namespace

std::string pack(SearchCursor const& cursor) {
    std::string bytes;
    put(bytes, static_cast<std::uint64_t>(cursor.issued_at.time_since_epoch().count()));
    put(bytes, cursor.count);
    put_place(bytes, cursor.users);
    put_place(bytes, cursor.groups);
    put(bytes, cursor.users_total);
    put(bytes, cursor.groups_total);
    return bytes;
}

std::optional<SearchCursor> unpack_search_cursor(std::string_view bytes) {
    Reader reader(bytes);
    SearchCursor cursor;
    auto const issued = static_cast<std::int64_t>(reader.take<std::uint64_t>());
    cursor.issued_at = Timestamp{std::chrono::microseconds{issued}};
    cursor.count = reader.take<std::uint32_t>();
    cursor.users = take_place(reader);
    cursor.groups = take_place(reader);
    cursor.users_total = reader.take<std::uint64_t>();
    cursor.groups_total = reader.take<std::uint64_t>();
    if (!reader.is_done()) return std::nullopt;
    return cursor;
}

}  // namespace rollcall::service
