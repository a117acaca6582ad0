// Finds where a request head ends, and sees early that bytes are no HTTP (RFC 9112 §2.2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace rollcall::http {

/// Looks at the bytes of one head as they arrive, each byte once.
class HeadScanner {
public:
    enum class Verdict : std::uint8_t {
        complete,    ///< size() bytes, with the empty line, are the head
        incomplete,  ///< fine so far
        malformed,   ///< no continuation can make this HTTP
    };

    /// @param bytes  all of the head so far: what the last call saw, and more behind it.
    [[nodiscard]] Verdict scan(std::string_view bytes) noexcept;

    [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
    std::size_t seen_ = 0;
    std::size_t size_ = 0;
};

}  // namespace rollcall::http
