// Giving the thread back between the parts of long work.
#pragma once

#include "runtime/task.hpp"

namespace rollcall::runtime {

/// Returns after everything else that is ready on this thread has had its turn.
[[nodiscard]] Task<void> yield();

}  // namespace rollcall::runtime
