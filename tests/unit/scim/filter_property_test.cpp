// Random filter trees survive print and parse. The seed is fixed; ROLLCALL_SEED chooses another.
#include "filter_generator.hpp"

namespace rollcall::scim {
namespace {

TEST(FilterProperty, parse_of_print_is_the_same_tree) {
    SCOPED_TRACE("ROLLCALL_SEED=" + std::to_string(seed()));
    FilterGenerator generator(seed());
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
    FilterGenerator generator(seed() + 1);
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
