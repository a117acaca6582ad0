// The query of a search, as all searches have it (contract §3.5, §4.6): an operator over operands,
// each with the name of a filter and a value.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rollcall::api::management {

/// One operand. Its values are read by what the filter wants; each throws nothing and
/// @errors invalid_value; the kind begins with the search's name.
class SearchOperand {
public:
    /// `kind` is the search's name in error kinds, e.g. "member_search"; a constant.
    SearchOperand(std::string_view kind, std::string name, boost::json::value const& value)
        : kind_(kind), name_(std::move(name)), value_(&value) {}

    [[nodiscard]] std::string const& name() const noexcept { return name_; }

    [[nodiscard]] Result<std::vector<std::string>> texts() const;
    [[nodiscard]] Result<bool> flag() const;
    /// A text to look for in others, of at least 3 characters.
    /// @param field  what the kind of a too short text names, e.g. "member_email_fuzzy".
    [[nodiscard]] Result<std::string> fuzzy(std::string_view field) const;
    [[nodiscard]] Result<std::string> text() const;
    /// The error for a name that no filter has.
    [[nodiscard]] Error not_recognized() const;

private:
    [[nodiscard]] Error error(std::string_view problem, std::string message) const;

    std::string_view kind_;
    std::string name_;
    boost::json::value const* value_;
};

struct SearchBody {
    bool any = false;  ///< the operator is OR
    std::vector<SearchOperand> operands;
};

/// Reads the member `query`; without one, nothing is filtered. Operands live as long as `body`.
/// @errors invalid_value: user_search_invalid_operator, invalid_request_value, and those of `kind`:
///         ..._missing_filter_name, ..._filter_name_must_be_string, ..._missing_filter_value.
[[nodiscard]] Result<SearchBody> read_search(boost::json::object const& body,
                                             std::string_view kind);

/// One kind of operand of a search.
template <class Operand>
struct SearchFilter {
    std::string_view name;
    Result<Operand> (*read)(SearchOperand const& given, Environment environment);
};

/// @errors those of the filters' read; invalid_value (..._filter_name_not_recognized).
template <class Operand, std::size_t count>
[[nodiscard]] Result<std::vector<Operand>> read_operands(
    SearchBody const& body, std::array<SearchFilter<Operand>, count> const& filters,
    Environment environment) {
    std::vector<Operand> operands;
    for (auto const& given : body.operands) {
        auto const filter = std::ranges::find(filters, given.name(), &SearchFilter<Operand>::name);
        if (filter == filters.end()) return fail(given.not_recognized());
        TRY(auto operand, filter->read(given, environment));
        operands.push_back(std::move(operand));
    }
    return operands;
}

/// Appends the object `results_metadata` of an answer.
/// @param total  -1 on the wire if it is unknown.
void results_metadata_to_json(std::string& out, std::optional<std::uint64_t> total,
                              std::optional<std::string> const& next_cursor);

}  // namespace rollcall::api::management
