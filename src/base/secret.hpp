// Secrets that cannot be printed, and the digests that are stored in their place.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace rollcall {

/// A credential in clear. It has no printer, is wiped when destroyed, and is shown only by calling
/// reveal() at the one place that hands it to its owner.
class Secret {
public:
    explicit Secret(std::string value) noexcept : value_(std::move(value)) {}
    Secret(Secret const&) = default;
    Secret& operator=(Secret const&) = default;
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    ~Secret();

    [[nodiscard]] std::string const& reveal() const noexcept { return value_; }
    /// The last four characters (all of it when shorter), which are not secret.
    [[nodiscard]] std::string last_four() const;

private:
    std::string value_;
};

/// SHA-256 of a secret: what the database keeps.
struct Digest {
    std::array<std::uint8_t, 32> bytes{};
};

/// Compares in time that does not depend on where the digests differ.
[[nodiscard]] bool equal_in_constant_time(Digest const& a, Digest const& b) noexcept;

}  // namespace rollcall
