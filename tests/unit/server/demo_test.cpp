// The demo ends with 0 on a working server, and its comparison notices every kind of difference.
#include "server/demo.hpp"

#include "runtime/system_clock.hpp"
#include "server/demo_compare.hpp"
#include "temporary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rollcall::server {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

TEST(Demo, ReadsWhatItPushed) {
    TemporaryDirectory const directory;
    Printed const out;
    Printed const err;
    cli::Demo const command{{60, 45, 3, 2}};
    EXPECT_EQ(run_demo(command, directory.path(), runtime::SystemClock(), out.file(), err.file()),
              cli::ExitCode::ok)
        << err.text();
    EXPECT_THAT(out.text(),
                AllOf(HasSubstr("60 created"), HasSubstr("\"scim_groups\": ["),
                      HasSubstr("45 in 3 pages"), HasSubstr("What was read is what was pushed.")));
}

TEST(Demo, WorksWithoutPeopleOrGroups) {
    for (auto const load : {cli::Load{0, 0, 1, 1}, cli::Load{3, 0, 1, 1}, cli::Load{0, 3, 1, 1}}) {
        TemporaryDirectory const directory;
        Printed const out;
        Printed const err;
        EXPECT_EQ(
            run_demo({load}, directory.path(), runtime::SystemClock(), out.file(), err.file()),
            cli::ExitCode::ok)
            << err.text();
    }
}

TEST(Demo, SaysWhyItCannotStart) {
    Printed const out;
    Printed const err;
    EXPECT_EQ(run_demo({}, "/dev/null/x", runtime::SystemClock(), out.file(), err.file()),
              cli::ExitCode::database);
    EXPECT_THAT(err.text(), testing::StartsWith("rollcall: "));
}

TEST(Demo, ComparisonNoticesEveryDifference) {
    cli::Sample const sample{{}, {{"A", "", {}}, {"B", "", {}}}};
    EXPECT_THAT(compare_groups(sample, {{"1", "B"}, {"2", "A"}}), ElementsAre());
    EXPECT_THAT(compare_groups(sample, {{"1", "A"}}), ElementsAre("missing: B"));
    EXPECT_THAT(compare_groups(sample, {{"1", "A"}, {"2", "B"}, {"3", "C"}}),
                ElementsAre("never pushed: C"));
    EXPECT_THAT(compare_groups(sample, {{"1", "A"}, {"2", "B"}, {"2", "B"}}),
                UnorderedElementsAre("read twice: 2", "never pushed: B"));
    EXPECT_THAT(compare_groups(sample, {{"1", "a"}, {"2", "B"}}),
                UnorderedElementsAre("missing: A", "never pushed: a"));
}

}  // namespace
}  // namespace rollcall::server
