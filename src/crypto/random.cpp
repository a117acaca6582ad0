// Random ids and tokens. Random bytes are drawn in blocks, one block per thread.
#include "crypto/random.hpp"

#include <openssl/rand.h>

#include <array>
#include <atomic>
#include <cstring>
#include <span>
#include <stdexcept>

namespace rollcall::crypto {
namespace {

void fill(std::span<std::uint8_t> out) {
    if (RAND_bytes(out.data(), static_cast<int>(out.size())) != 1) {
        throw std::runtime_error("the operating system has no randomness to give");
    }
}

// A call into OpenSSL costs more than the sixteen bytes an id needs.
template <std::size_t N>
std::array<std::uint8_t, N> draw() {
    thread_local std::array<std::uint8_t, 1024> block;
    thread_local std::size_t used = block.size();
    if (used + N > block.size()) {
        fill(block);
        used = 0;
    }
    std::array<std::uint8_t, N> result;
    std::memcpy(result.data(), block.data() + used, N);
    std::memset(block.data() + used, 0, N);
    used += N;
    return result;
}

Secret random_text(std::string_view alphabet, std::size_t length) {
    // Bytes beyond the largest multiple of the alphabet would favour its first letters.
    auto const usable = 256 - 256 % alphabet.size();
    std::string text;
    while (text.size() < length) {
        auto const byte = draw<1>()[0];
        if (byte < usable) text += alphabet[byte % alphabet.size()];
    }
    return Secret(std::move(text));
}

constexpr std::string_view alphanumeric =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view url_safe =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// Milliseconds since the epoch in the upper bits, a 12-bit counter below.
std::atomic<std::uint64_t> last_tick{0};

std::uint64_t next_tick(Timestamp now) {
    auto const wanted =
        static_cast<std::uint64_t>(
            std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count())
        << 12;
    auto previous = last_tick.load(std::memory_order_relaxed);
    for (;;) {
        auto const next = std::max(wanted, previous + 1);
        if (last_tick.compare_exchange_weak(previous, next, std::memory_order_relaxed)) return next;
    }
}

}  // namespace

Uuid RandomIdSource::random_uuid() {
    return make_uuid_v4(draw<16>());
}

Uuid RandomIdSource::ordered_uuid(Timestamp now) {
    auto const tick = next_tick(now);
    Timestamp const instant{std::chrono::milliseconds{tick >> 12}};
    return make_uuid_v7(instant, static_cast<std::uint16_t>(tick & 0xfff), draw<8>());
}

Secret random_alphanumeric(std::size_t length) {
    return random_text(alphanumeric, length);
}
Secret random_url_safe(std::size_t length) {
    return random_text(url_safe, length);
}

Secret random_key(std::size_t length) {
    std::string bytes(length, '\0');
    fill({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
    return Secret(std::move(bytes));
}

}  // namespace rollcall::crypto
