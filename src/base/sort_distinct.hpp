// Sets of values, kept as sorted vectors.
#pragma once

#include <algorithm>
#include <vector>

namespace rollcall {

/// Sorts `values` and keeps one of those that are equal.
template <class T>
void sort_distinct(std::vector<T>& values) {
    std::ranges::sort(values);
    auto const repeated = std::ranges::unique(values);
    values.erase(repeated.begin(), repeated.end());
}

}  // namespace rollcall
