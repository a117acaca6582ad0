// Timestamps: RFC 3339 out, xsd:dateTime in (checklist G-10, F-31).
#include "base/timestamp.hpp"

#include <gtest/gtest.h>

namespace rollcall {
namespace {

TEST(Timestamp, PrintsWholeSecondsAndMilliseconds) {
    Timestamp const instant{std::chrono::seconds{1'777'135'029} + std::chrono::microseconds{7'900}};
    EXPECT_EQ(format_seconds(instant), "2026-04-25T16:37:09Z");
    EXPECT_EQ(format_milliseconds(instant), "2026-04-25T16:37:09.007Z");
}

TEST(Timestamp, ReadsWhatItPrints) {
    Timestamp const instant{std::chrono::milliseconds{1'777'135'029'123}};
    EXPECT_EQ(parse_timestamp(format_milliseconds(instant)), instant);
}

TEST(Timestamp, G10_ReadsAnyPrecisionAndOffset) {
    EXPECT_EQ(parse_timestamp("2015-10-10T14:38:21.8617979-07:00"),
              parse_timestamp("2015-10-10T21:38:21.861797Z"));
    EXPECT_EQ(parse_timestamp("2026-04-25T16:37:09"), parse_timestamp("2026-04-25T16:37:09Z"));
    EXPECT_EQ(parse_timestamp("2026-04-25T18:37:09+02:00"),
              parse_timestamp("2026-04-25T16:37:09Z"));
}

TEST(Timestamp, RefusesWhatIsNoDateTime) {
    for (std::string_view text :
         {"", "yesterday", "2026-04-25", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z",
          "2026-04-25T25:00:00Z", "2026-04-25T16:60:00Z", "2026-04-25T16:37:09.Z",
          "2026-04-25T16:37:09+2:00", "2026-04-25T16:37:09Zx", "2026-04-25 16:37:09Z",
          "-026-04-25T16:37:09Z"}) {
        EXPECT_FALSE(parse_timestamp(text)) << text;
    }
}

}  // namespace
}  // namespace rollcall
