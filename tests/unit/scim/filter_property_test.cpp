// Random filter trees survive print and parse. The seed is fixed; ROLLCALL_SEED chooses another.
#include "support.hpp"

#include <array>
#include <cstdlib>
#include <random>

namespace rollcall::scim {
namespace {

unsigned seed() {
    auto const* text = std::getenv("ROLLCALL_SEED");
    return text != nullptr ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : 20260425U;
}

class Generator {
public:
    explicit Generator(unsigned start) : random_(start) {}

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

private:
    std::size_t pick(std::size_t bound) {
        return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
    }

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

    Filter inner(int depth) {
        if (depth > 0 && pick(3) == 0) return Filter{Not{share(inner(depth - 1))}};
        if (depth > 0 && pick(3) == 0) {
            return Filter{And{{share(inner(depth - 1)), share(inner(depth - 1))}}};
        }
        return Filter{part()};
    }

    ValueFilter value_filter(int depth) {
        ValueFilter filter{known("emails"), share(inner(depth)), std::nullopt};
        if (pick(2) == 0) filter.tail = part();
        return filter;
    }

    std::mt19937 random_;
};

TEST(FilterProperty, parse_of_print_is_the_same_tree) {
    SCOPED_TRACE("ROLLCALL_SEED=" + std::to_string(seed()));
    Generator generator(seed());
    Limits wide;
    wide.filter_bytes_max = 1 << 20;
    for (int i = 0; i < 5000; ++i) {
        auto const filter = generator.filter(4);
        auto const text = print(filter);
        auto const again = parse_filter(text, user_type(), wide);
        ASSERT_TRUE(again.has_value()) << text << "\n" << failure(again);
        ASSERT_TRUE(equal(filter, *again)) << text << "\n" << print(*again);
        ASSERT_EQ(print(*again), text);
    }
}

TEST(FilterProperty, cut_anywhere_a_filter_is_read_or_refused) {
    SCOPED_TRACE("ROLLCALL_SEED=" + std::to_string(seed()));
    Generator generator(seed() + 1);
    for (int i = 0; i < 200; ++i) {
        auto const text = print(generator.filter(2));
        for (std::size_t length = 0; length < text.size(); ++length) {
            auto const filter =
                parse_filter(std::string_view(text).substr(0, length), user_type(), limits);
            if (!filter) EXPECT_EQ(filter.error().code(), ErrorCode::invalid_filter);
        }
    }
}

}  // namespace
}  // namespace rollcall::scim
