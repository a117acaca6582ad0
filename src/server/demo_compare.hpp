// What makes the demo a proof: groups as read against groups as pushed.
#pragma once

#include "cli/sample.hpp"
#include "server/demo_backend.hpp"

#include <string>
#include <vector>

namespace rollcall::server {

/// One line for each difference: a group missing, read twice (by id), or never pushed. Names are
/// compared exactly; order does not matter.
[[nodiscard]] std::vector<std::string> compare_groups(cli::Sample const& sample,
                                                      std::vector<ReadGroup> const& read);

}  // namespace rollcall::server
