// The words of --help that are not an option's own.
#pragma once

#include "cli/config.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace CLI {
class FormatterBase;
}

namespace rollcall::cli {

/// "Sentence. [default: x; $ROLLCALL_X]"
[[nodiscard]] std::string setting_help(Setting const& setting);

[[nodiscard]] std::string_view main_footer() noexcept;
[[nodiscard]] std::string_view serve_footer() noexcept;
[[nodiscard]] std::string_view project_footer() noexcept;
[[nodiscard]] std::string_view connection_footer() noexcept;
[[nodiscard]] std::string_view schema_footer() noexcept;
[[nodiscard]] std::string_view rbac_footer() noexcept;
[[nodiscard]] std::string_view token_profile_footer() noexcept;
[[nodiscard]] std::string_view key_footer() noexcept;
[[nodiscard]] std::string_view impersonate_footer() noexcept;
[[nodiscard]] std::string_view simulate_footer() noexcept;
[[nodiscard]] std::string_view demo_footer() noexcept;

/// Lays options out in two columns that fit a terminal of 100 columns.
[[nodiscard]] std::shared_ptr<CLI::FormatterBase> make_formatter();

}  // namespace rollcall::cli
