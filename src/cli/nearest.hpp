// "Did you mean …?": the known word closest to an unknown one.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace rollcall::cli {

/// The candidate with the smallest edit distance (insert, delete, replace, swap of neighbours), if
/// at most a third of `word` has to change. The first of equals. O(candidates × length²).
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view word,
                                                      std::span<std::string_view const> candidates);

}  // namespace rollcall::cli
