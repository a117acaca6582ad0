// What the operations of one PATCH may cost together: a list may be long, a filter too, and there
// may be many of both (RFC 7644 §7.6).
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "scim/filter.hpp"
#include "scim/filter_cost.hpp"

#include <boost/json/object.hpp>

#include <cstddef>

namespace rollcall::scim {

class PatchCost {
public:
    explicit PatchCost(Limits const& limits) noexcept
        : tests_max_(limits.patch_tests_max), left_(limits.patch_tests_max), filters_(limits) {}

    /// Counts an operation on a multi-valued attribute before it is done: each element once, and
    /// once more for every test of the filter, if there is one.
    /// @errors too_many (more than limits.patch_tests_max in all).
    [[nodiscard]] Status add(boost::json::object const& holder, Attribute const& attribute,
                             Filter const* filter);

    /// What the filters of all operations cost together.
    [[nodiscard]] FilterCost& filters() noexcept { return filters_; }

private:
    std::size_t tests_max_;
    std::size_t left_;
    FilterCost filters_;
};

}  // namespace rollcall::scim
