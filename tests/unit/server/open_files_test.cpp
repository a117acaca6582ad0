// The limit of open files rises to what is wanted, and never falls.
#include "server/open_files.hpp"

#include <gtest/gtest.h>

#include <sys/resource.h>

namespace rollcall::server {
namespace {

class OpenFilesTest : public ::testing::Test {
protected:
    void SetUp() override { ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before_), 0); }
    void TearDown() override { setrlimit(RLIMIT_NOFILE, &before_); }
    void set_soft(rlim_t soft) {
        rlimit const limit{.rlim_cur = soft, .rlim_max = before_.rlim_max};
        ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
    }
    static rlim_t soft() {
        rlimit limit{};
        getrlimit(RLIMIT_NOFILE, &limit);
        return limit.rlim_cur;
    }
    rlimit before_{};
};

TEST_F(OpenFilesTest, RisesToWhatIsWanted) {
    set_soft(100);
    EXPECT_EQ(raise_open_file_limit(200), 200u);
    EXPECT_EQ(soft(), 200u);
}

TEST_F(OpenFilesTest, NeverFalls) {
    set_soft(200);
    EXPECT_EQ(raise_open_file_limit(100), 200u);
    EXPECT_EQ(soft(), 200u);
}

}  // namespace
}  // namespace rollcall::server
