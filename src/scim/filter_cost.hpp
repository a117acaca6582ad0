// What the filters of one request may cost together: a text may be long, a filter too, and there
// may be many of both (RFC 7644 §7.6).
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"

#include <cstddef>

namespace rollcall::scim {

/// Counts the bytes of text that tests look at. Once the limit is exceeded it stays exceeded, and
/// whatever is evaluated is void.
class FilterCost {
public:
    /// What each test of an attribute, and of each element of a list, counts as at least.
    static constexpr std::size_t test_bytes = 32;
    /// How often each byte counts of a text outside ASCII that is folded, which takes so long.
    static constexpr std::size_t unicode_factor = 32;

    explicit FilterCost(Limits const& limits) noexcept
        : FilterCost(limits.filter_tested_bytes_max) {}
    explicit FilterCost(std::size_t bytes_max) noexcept : bytes_max_(bytes_max), left_(bytes_max) {}

    void add_test() noexcept { spend(test_bytes); }
    void add_text(std::size_t text_bytes) noexcept { spend(text_bytes); }
    void add_folding(std::size_t text_bytes, bool is_ascii) noexcept {
        spend(is_ascii ? text_bytes : unicode_factor * text_bytes);
    }

    [[nodiscard]] bool is_exceeded() const noexcept { return exceeded_; }
    /// @errors too_many.
    [[nodiscard]] Status check() const;

private:
    void spend(std::size_t bytes) noexcept {
        exceeded_ = exceeded_ || bytes > left_;
        left_ = exceeded_ ? 0 : left_ - bytes;
    }

    std::size_t bytes_max_;
    std::size_t left_;
    bool exceeded_ = false;
};

}  // namespace rollcall::scim
