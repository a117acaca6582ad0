// docs/configuration.md says what the table of settings says.
#include "cli/config.hpp"
#include "cli/exit_code.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace rollcall::cli {
namespace {

std::string read_document() {
    std::ifstream file(ROLLCALL_DOCS "/configuration.md");
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

TEST(Documentation, HasOneRowForEachSetting) {
    auto const document = read_document();
    for (auto const& setting : settings()) {
        auto const flag = flag_of(setting) + (setting.value_name.empty() ? "" : " ") +
                          std::string(setting.value_name);
        auto const row = fmt::format("| `{}` | `{}` | {} | {} | {} |", flag, variable_of(setting),
                                     setting.in_file ? fmt::format("`{}`", setting.key) : "none",
                                     setting.fallback, setting.help);
        EXPECT_THAT(document, testing::HasSubstr(row));
        EXPECT_THAT(document,
                    testing::HasSubstr(fmt::format("- `{}` {}.", setting.key, setting.rule)));
    }
}

TEST(Documentation, NamesTheOtherVariables) {
    auto const document = read_document();
    for (auto const name : {bootstrap_project_variable, bootstrap_secret_variable,
                            simulate_token_variable, encryption_key_variable}) {
        EXPECT_THAT(document, testing::HasSubstr(fmt::format("`{}`", name)));
    }
}

TEST(Documentation, ListsTheExitCodes) {
    auto const document = read_document();
    for (auto const code :
         {ExitCode::ok, ExitCode::failure, ExitCode::usage, ExitCode::database, ExitCode::listen}) {
        EXPECT_THAT(document, testing::HasSubstr(fmt::format("\n| {} |", static_cast<int>(code))));
    }
}

}  // namespace
}  // namespace rollcall::cli
