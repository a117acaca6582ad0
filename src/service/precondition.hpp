// If-Match and If-None-Match, as far as versions go (RFC 7644 §3.14, RFC 9110 §13.1).
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
    /// And none of these.
    void refuse(std::vector<std::uint64_t> versions) { refused_ = std::move(versions); }
    /// None at all: the resource must not exist.
    void refuse_all() { refuses_all_ = true; }

    [[nodiscard]] bool is_given() const noexcept {
        return versions_.has_value() || refuses_all_ || !refused_.empty();
    }
    /// The version, if exactly one is accepted and nothing else is to be checked.
    [[nodiscard]] std::optional<std::uint64_t> only_version() const noexcept;
    /// @errors precondition_failed.
    [[nodiscard]] Status check(std::uint64_t version) const;

private:
    std::optional<std::vector<std::uint64_t>> versions_;
    std::vector<std::uint64_t> refused_;
    bool refuses_all_ = false;
};

}  // namespace rollcall::service
