// Elements times tests.
#include "scim/patch_cost.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <numeric>

namespace rollcall::scim {
namespace {

std::size_t count_tests(Filter const& filter);

std::size_t count_tests(std::vector<FilterPtr> const& operands) {
    return std::accumulate(
        operands.begin(), operands.end(), std::size_t{0},
        [](std::size_t sum, FilterPtr const& operand) { return sum + count_tests(*operand); });
}

std::size_t count_tests(Filter const& filter) {
    if (auto const* all = std::get_if<And>(&filter.node)) return count_tests(all->operands);
    if (auto const* any = std::get_if<Or>(&filter.node)) return count_tests(any->operands);
    if (auto const* inverted = std::get_if<Not>(&filter.node)) {
        return count_tests(*inverted->operand);
    }
    return 1;
}

}  // namespace

Status PatchCost::add(boost::json::object const& holder, Attribute const& attribute,
                      Filter const* filter) {
    auto const* found = holder.if_contains(attribute.name);
    auto const* list = found != nullptr ? found->if_array() : nullptr;
    if (list == nullptr) return {};
    auto const cost = list->size() * (filter != nullptr ? 1 + count_tests(*filter) : 1);
    if (cost > left_) {
        return fail({ErrorCode::too_many,
                     fmt::format("{}: the operations of one request can look at {} elements, once "
                                 "more for each test of a filter. Send fewer at once.",
                                 attribute.name, tests_max_)});
    }
    left_ -= cost;
    return {};
}

}  // namespace rollcall::scim
