// "Did you mean …?": small slips are found, other words are not.
#include "cli/nearest.hpp"

#include <gtest/gtest.h>

#include <array>

namespace rollcall::cli {
namespace {

constexpr std::array<std::string_view, 3> words{"log_level", "log_format", "listen"};

TEST(Nearest, FindsOneSlip) {
    EXPECT_EQ(nearest("log_levle", words), "log_level");
    EXPECT_EQ(nearest("listne", words), "listen");
    EXPECT_EQ(nearest("lsten", words), "listen");
    EXPECT_EQ(nearest("listten", words), "listen");
}

TEST(Nearest, LeavesOtherWordsAlone) {
    EXPECT_EQ(nearest("database", words), std::nullopt);
    EXPECT_EQ(nearest("", words), std::nullopt);
    EXPECT_EQ(nearest("x", {}), std::nullopt);
}

}  // namespace
}  // namespace rollcall::cli
