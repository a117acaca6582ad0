// Printing and reading of UUIDs; both are on the hot path of a page of groups.
#include "base/uuid.hpp"

#include <cstring>

namespace rollcall {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";
// Byte indexes that are followed by a hyphen in the canonical form.
constexpr bool hyphen_after(std::size_t index) {
    return index == 3 || index == 5 || index == 7 || index == 9;
}

constexpr int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

void set_version(Uuid& uuid, std::uint8_t version) {
    uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0f) | (version << 4));
    uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3f) | 0x80);
}

}  // namespace

Uuid make_uuid_v4(std::span<std::uint8_t const, 16> random) noexcept {
    Uuid uuid;
    std::memcpy(uuid.bytes.data(), random.data(), 16);
    set_version(uuid, 4);
    return uuid;
}

Uuid make_uuid_v7(Timestamp now, std::uint16_t sequence,
                  std::span<std::uint8_t const, 8> random) noexcept {
    auto const since_epoch =
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    auto const milliseconds = static_cast<std::uint64_t>(since_epoch);
    Uuid uuid;
    for (std::size_t i = 0; i < 6; ++i) {
        uuid.bytes[i] = static_cast<std::uint8_t>(milliseconds >> (40 - 8 * i));
    }
    uuid.bytes[6] = static_cast<std::uint8_t>((sequence >> 8) & 0x0f);
    uuid.bytes[7] = static_cast<std::uint8_t>(sequence & 0xff);
    std::memcpy(uuid.bytes.data() + 8, random.data(), 8);
    set_version(uuid, 7);
    return uuid;
}

std::optional<Uuid> parse_uuid(std::string_view text) noexcept {
    if (text.size() != uuid_text_size) return std::nullopt;
    Uuid uuid;
    std::size_t at = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        int const high = hex_value(text[at]);
        int const low = hex_value(text[at + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        uuid.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
        at += 2;
        if (hyphen_after(i) && text[at++] != '-') return std::nullopt;
    }
    return uuid;
}

void append_uuid(std::string& out, Uuid const& uuid) {
    char text[uuid_text_size];
    char* at = text;
    for (std::size_t i = 0; i < 16; ++i) {
        *at++ = hex_digits[uuid.bytes[i] >> 4];
        *at++ = hex_digits[uuid.bytes[i] & 0x0f];
        if (hyphen_after(i)) *at++ = '-';
    }
    out.append(text, uuid_text_size);
}

std::string to_string(Uuid const& uuid) {
    std::string text;
    append_uuid(text, uuid);
    return text;
}

}  // namespace rollcall

std::size_t std::hash<rollcall::Uuid>::operator()(rollcall::Uuid const& uuid) const noexcept {
    // The last eight bytes are random in both versions.
    std::size_t value = 0;
    std::memcpy(&value, uuid.bytes.data() + 8, sizeof value);
    return value;
}
