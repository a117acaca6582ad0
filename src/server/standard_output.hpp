// Whether what was printed has arrived.
#pragma once

#include "base/result.hpp"

#include <cstdio>

namespace rollcall::server {

/// Hands over what is still buffered. What a command printed may exist nowhere else, such as a
/// secret, so a full disk or a reader that is gone is a failure of the command.
///
/// @errors unavailable: this or an earlier write failed.
[[nodiscard]] Status flush_output(std::FILE* out);

}  // namespace rollcall::server
