// The project that ROLLCALL_BOOTSTRAP_PROJECT_ID and ROLLCALL_BOOTSTRAP_SECRET ask for.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "cli/config.hpp"

#include <optional>

namespace rollcall::cli {

struct Bootstrap {
    ProjectId project;
    Secret secret;
};

/// Fewest characters after "secret-test-" or "secret-live-"; Limits has the most.
inline constexpr std::size_t bootstrap_secret_least = 32;

/// Nothing if neither variable is set (an empty one is not set).
/// @errors invalid_value (only one is set, malformed, or of different environments); the message
///         never contains any part of the secret.
[[nodiscard]] Result<std::optional<Bootstrap>> read_bootstrap(Variables const& environment);

}  // namespace rollcall::cli
