// Random filter trees, for tests of printing and parsing.
#pragma once

#include "support.hpp"

#include <array>
#include <cstdlib>
#include <random>

namespace rollcall::scim {

/// Fixed; ROLLCALL_SEED chooses another.
inline unsigned seed() {
    auto const* text = std::getenv("ROLLCALL_SEED");
    return text != nullptr ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : 20260425U;
}

/// Filters over users, as deep as asked for.
class FilterGenerator {
public:
    explicit FilterGenerator(unsigned start) : random_(start) {}

    Filter filter(int depth) {
        switch (depth > 0 ? pick(6) : pick(2)) {
            case 0:
                return Filter{comparison(simple_name())};
            case 1:
                return Filter{comparison(list_name())};
            case 2:
                return Filter{And{operands(depth)}};
            case 3:
                return Filter{Or{operands(depth)}};
            case 4:
                return Filter{Not{share(filter(depth - 1))}};
            default:
                return Filter{value_filter(depth)};
        }
    }

    /// One for the elements of `emails`.
    Filter inner(int depth) {
        if (depth > 0 && pick(3) == 0) return Filter{Not{share(inner(depth - 1))}};
        if (depth > 0 && pick(3) == 0) {
            return Filter{And{{share(inner(depth - 1)), share(inner(depth - 1))}}};
        }
        return Filter{part()};
    }

    std::size_t pick(std::size_t bound) {
        return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
    }

private:
    static FilterPtr share(Filter filter) {
        return std::make_shared<Filter const>(std::move(filter));
    }

    std::vector<FilterPtr> operands(int depth) {
        std::vector<FilterPtr> all;
        auto const count = 2 + pick(3);
        while (all.size() < count) all.push_back(share(filter(depth - 1)));
        return all;
    }

    static AttributeName known(std::string_view name) {
        return {std::string(name), resolve(user_type(), name)};
    }

    AttributeName simple_name() {
        static constexpr std::array names{"userName",     "externalId", "name.familyName", "title",
                                          "emails.value", "department", "groups.value"};
        if (pick(8) == 0) return {"shoeSize", std::nullopt};
        return known(names[pick(names.size())]);
    }

    AttributeName list_name() {
        static constexpr std::array names{"emails.type", "roles.value", "manager.value", "id"};
        return known(names[pick(names.size())]);
    }

    std::string text() {
        static constexpr std::array pieces{"a", "Z", "\"",  "\\", "é",   "😀", " ", ")",
                                           "]", "'", "%20", "\n", "and", "\t", "1"};
        std::string result;
        for (auto i = pick(6); i > 0; --i) result += pieces[pick(pieces.size())];
        return result;
    }

    Comparison comparison(AttributeName name) {
        static constexpr std::array ops{Operator::eq, Operator::ne, Operator::co, Operator::sw,
                                        Operator::ew, Operator::gt, Operator::ge, Operator::lt,
                                        Operator::le, Operator::pr};
        auto const op = ops[pick(ops.size())];
        if (op == Operator::pr) return {std::move(name), op, nullptr};
        auto const nullable = op == Operator::eq || op == Operator::ne;
        if (nullable && pick(6) == 0) return {std::move(name), op, nullptr};
        if (!name.ref && pick(2) == 0) {
            return {std::move(name), op, static_cast<std::int64_t>(pick(1000)) - 500};
        }
        return {std::move(name), op, boost::json::value(text())};
    }

    // Names inside brackets are parts of `emails`.
    Comparison part() {
        static constexpr std::array names{"value", "type", "display"};
        auto name = known("emails");
        name.text = names[pick(names.size())];
        name.ref->sub_attribute = name.ref->attribute->find(name.text);
        return comparison(std::move(name));
    }

    ValueFilter value_filter(int depth) {
        ValueFilter filter{known("emails"), share(inner(depth)), std::nullopt};
        if (pick(2) == 0) filter.tail = part();
        return filter;
    }

    std::mt19937 random_;
};

}  // namespace rollcall::scim
