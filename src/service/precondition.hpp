// If-Match, as far as versions go (RFC 7644 §3.14).
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace rollcall::service {

/// Which versions of a resource a caller accepts for its write. Default-constructed: any.
class Precondition {
public:
    Precondition() = default;
    /// Only these; an empty list accepts none.
    explicit Precondition(std::vector<std::uint64_t> versions) : versions_(std::move(versions)) {}

    [[nodiscard]] bool is_given() const noexcept { return versions_.has_value(); }
    [[nodiscard]] bool accepts(std::uint64_t version) const noexcept;
    /// The version, if exactly one is accepted.
    [[nodiscard]] std::optional<std::uint64_t> only_version() const noexcept;
    /// @errors precondition_failed.
    [[nodiscard]] Status check(std::uint64_t version) const;

private:
    std::optional<std::vector<std::uint64_t>> versions_;
};

}  // namespace rollcall::service
