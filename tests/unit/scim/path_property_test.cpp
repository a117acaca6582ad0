// Random paths survive print and parse.
#include "filter_generator.hpp"
#include "scim/path.hpp"

namespace rollcall::scim {
namespace {

/// A path of every form there is: a name, a name with its part, a selection, a part of one.
Path any_path(FilterGenerator& generator) {
    static constexpr std::array names{
        "userName",
        "name.givenName",
        "emails",
        "emails.value",
        "members",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
        "department",
        "shoeSize",
    };
    static constexpr std::array parts{"value", "type", "display", "primary"};
    if (generator.pick(2) == 0) {
        std::string const name = names[generator.pick(names.size())];
        return {{name, resolve(user_type(), name)}, std::nullopt, nullptr};
    }
    Path path{{"emails", resolve(user_type(), "emails")}, generator.inner(4), nullptr};
    if (generator.pick(2) == 0) {
        path.sub_attribute = path.attribute.ref->attribute->find(parts[generator.pick(4)]);
    }
    return path;
}

// P-10
TEST(PathProperty, parse_of_print_is_the_same_path) {
    SCOPED_TRACE("ROLLCALL_SEED=" + std::to_string(seed()));
    FilterGenerator generator(seed());
    Limits wide;
    wide.filter_bytes_max = 1 << 20;
    for (int i = 0; i < 5000; ++i) {
        auto const path = any_path(generator);
        auto const text = print(path);
        auto const again = parse_path(text, user_type(), wide);
        ASSERT_TRUE(again.has_value()) << text << "\n" << failure(again);
        ASSERT_EQ(again->attribute.ref, path.attribute.ref) << text;
        ASSERT_EQ(again->sub_attribute, path.sub_attribute) << text;
        ASSERT_EQ(again->filter.has_value(), path.filter.has_value()) << text;
        if (path.filter) ASSERT_TRUE(equal(*path.filter, *again->filter)) << text;
        ASSERT_EQ(print(*again), text);
    }
}

// P-13
TEST(PathProperty, cut_anywhere_a_path_is_read_or_refused) {
    SCOPED_TRACE("ROLLCALL_SEED=" + std::to_string(seed()));
    FilterGenerator generator(seed() + 1);
    for (int i = 0; i < 200; ++i) {
        auto const text = print(any_path(generator));
        for (std::size_t length = 0; length < text.size(); ++length) {
            auto const path =
                parse_path(std::string_view(text).substr(0, length), user_type(), limits);
            if (path) continue;
            auto const code = path.error().code();
            EXPECT_TRUE(code == ErrorCode::invalid_path || code == ErrorCode::invalid_filter);
        }
    }
}

}  // namespace
}  // namespace rollcall::scim
