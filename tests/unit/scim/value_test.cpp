// Simple values of each type, as attributes of custom schemas may have them (RFC 7643 §2.3).
#include "support.hpp"

#include <gmock/gmock.h>

namespace rollcall::scim {
namespace {

using testing::HasSubstr;

/// What a value of the type is stored as, or the error.
std::string stored(Type type, std::string_view value) {
    Attribute attribute;
    attribute.name = "size";
    attribute.type = type;
    Notes notes;
    auto const read = read_value(json(value), attribute, limits, notes);
    return read ? boost::json::serialize(*read) : failure(read);
}

TEST(Value, G07_booleans) {
    EXPECT_EQ(stored(Type::boolean, "true"), "true");
    EXPECT_EQ(stored(Type::boolean, "\"False\""), "false");
    EXPECT_EQ(stored(Type::boolean, "1"), "invalid_value: size: must be true or false.");
}

TEST(Value, G08_decimals) {
    EXPECT_EQ(json(stored(Type::decimal, "-0.5")), -0.5);
    EXPECT_EQ(json(stored(Type::decimal, "\"2.25\"")), 2.25);
    EXPECT_EQ(stored(Type::decimal, "7"), "7");
    EXPECT_EQ(stored(Type::decimal, "\".5\""), "invalid_value: size: must be a number.");
    EXPECT_EQ(stored(Type::decimal, "\"5.\""), "invalid_value: size: must be a number.");
    EXPECT_EQ(stored(Type::decimal, "true"), "invalid_value: size: must be a number.");
}

TEST(Value, G09_integers_have_neither_fraction_nor_exponent) {
    EXPECT_EQ(stored(Type::integer, "-42"), "-42");
    EXPECT_EQ(stored(Type::integer, "\"4711\""), "4711");
    EXPECT_EQ(stored(Type::integer, "7.0"), "7");
    EXPECT_EQ(stored(Type::integer, "7e2"), "700");
    EXPECT_EQ(stored(Type::integer, "9223372036854775807"), "9223372036854775807");
    EXPECT_EQ(stored(Type::integer, "7.5"), "invalid_value: size: must be an integer.");
    EXPECT_EQ(stored(Type::integer, "1e300"), "invalid_value: size: must be an integer.");
    EXPECT_EQ(stored(Type::integer, "\"7x\""), "invalid_value: size: must be an integer.");
}

TEST(Value, G10_times_are_read_with_any_fraction_and_offset) {
    for (auto const* time : {"\"2026-01-02T03:04:05Z\"", "\"2026-01-02T03:04:05.1234567+05:30\""}) {
        EXPECT_EQ(stored(Type::date_time, time), time);
    }
    EXPECT_THAT(stored(Type::date_time, "\"2026-01-02\""), HasSubstr("must be a date and time"));
    EXPECT_THAT(stored(Type::date_time, "7"), HasSubstr("must be a string"));
}

TEST(Value, G11_binaries_are_base64_with_or_without_padding) {
    EXPECT_EQ(stored(Type::binary, "\"AQIDBA==\""), "\"AQIDBA==\"");
    EXPECT_EQ(stored(Type::binary, "\"AQIDBA\""), "\"AQIDBA\"");
    EXPECT_THAT(stored(Type::binary, "\"A*\""), HasSubstr("must be base64"));
}

}  // namespace
}  // namespace rollcall::scim
