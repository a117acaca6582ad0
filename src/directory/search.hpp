// What the searches of the management API have in common (contract §3.5, §4.6): operands that must
// hold together or of which one must, how they are read, printed and answered from indexes.
//
// An operand is a variant of structs. Each has a list `values`, of which one must fit, or one
// `value`.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/sort_distinct.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

namespace rollcall::directory {

template <class Operand>
struct Search {
    bool any = false;  ///< one operand must hold, instead of all
    std::vector<Operand> operands;
};

/// @errors too_many (user_search_maximum_filter_value_count_exceeded).
[[nodiscard]] Status check_search_size(std::size_t operands, std::size_t values);

/// A search whose lists are sorted and distinct.
/// @errors those of check_search_size.
template <class Operand>
[[nodiscard]] Result<Search<Operand>> plan_search(bool any, std::vector<Operand> operands) {
    std::size_t values = 0;
    auto const settle = [&](auto& given) {
        if constexpr (requires { given.values; }) {
            values += given.values.size();
            sort_distinct(given.values);
        } else {
            ++values;
        }
    };
    for (auto& operand : operands) std::visit(settle, operand);
    CHECK(check_search_size(operands.size(), values));
    return Search<Operand>{any, std::move(operands)};
}

/// Whether a sorted list, or another range, has the value.
template <class List, class Value>
[[nodiscard]] bool list_has(List const& sorted, Value const& value) {
    return std::ranges::binary_search(sorted, value);
}

template <class Kind, class Operand>
[[nodiscard]] bool has_operand(Search<Operand> const& search) {
    return std::ranges::any_of(search.operands, [](Operand const& operand) {
        return std::holds_alternative<Kind>(operand);
    });
}

/// Asks `holds` about operands until the answer is known. Without operands everything is found.
template <class Operand, class Holds>
[[nodiscard]] bool is_found(Search<Operand> const& search, Holds const& holds) {
    if (search.operands.empty()) return true;
    auto const ask = [&](Operand const& operand) { return std::visit(holds, operand); };
    return search.any ? std::ranges::any_of(search.operands, ask)
                      : std::ranges::all_of(search.operands, ask);
}

/// Candidates among which all that is found must be, if indexes can tell.
/// @param add  adds those of one operand, which has a list; false if no index answers it.
template <class Candidates, class Operand, class Add>
[[nodiscard]] std::optional<Candidates> candidates_by(Search<Operand> const& search,
                                                      Add const& add) {
    if (search.any && !search.operands.empty()) {
        Candidates all;
        for (auto const& operand : search.operands) {
            if (!add(all, operand)) return std::nullopt;
        }
        return all;
    }
    // Of several lists that must hold together, the shortest.
    std::optional<Candidates> shortest;
    for (auto const& operand : search.operands) {
        Candidates candidates;
        if (!add(candidates, operand)) continue;
        if (!shortest || candidates.size() < shortest->size()) shortest = std::move(candidates);
    }
    return shortest;
}

/// Appends a value so that no two lists of values read the same.
template <class Value>
void print_value(std::string& out, Value const& value) {
    if constexpr (std::is_same_v<Value, std::string>) {
        out += std::to_string(value.size()) + ':' + value;
    } else if constexpr (std::is_same_v<Value, Uuid>) {
        append_uuid(out, value);
    } else {
        out += std::to_string(static_cast<int>(value)) + ';';
    }
}

/// Unlike searches, unlike texts.
template <class Operand>
[[nodiscard]] std::string print_search(Search<Operand> const& search) {
    std::string out = search.any ? "any" : "all";
    auto const print = [&](auto const& given) {
        if constexpr (requires { given.values; }) {
            for (auto const& value : given.values) print_value(out, value);
        } else {
            print_value(out, given.value);
        }
    };
    for (auto const& operand : search.operands) {
        out += '/' + std::to_string(operand.index()) + '/';
        std::visit(print, operand);
    }
    return out;
}

/// How far the search for one page came.
struct SearchProgress {
    bool more = false;                 ///< others may follow, behind `resume_after`
    std::optional<Uuid> resume_after;  ///< none: from the start
    std::uint64_t matches = 0;         ///< behind the query's `after`, among those looked at
    bool complete = false;             ///< all were looked at
    std::size_t examined = 0;
};

}  // namespace rollcall::directory
