// The providers whose way of pushing the simulator can imitate.
#pragma once

#include <cstdint>

namespace rollcall::cli {

enum class Provider : std::uint8_t { okta, entra };

}  // namespace rollcall::cli
