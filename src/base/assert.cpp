// Reports a broken invariant and stops the process before it can do harm.
#include "base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace rollcall::detail {

void assertion_failed(char const* expression, char const* file, int line) noexcept {
    std::fprintf(stderr, "rollcall: broken invariant: %s (%s:%d)\n", expression, file, line);
    std::abort();
}

}  // namespace rollcall::detail
