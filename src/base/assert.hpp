// ASSERT stays on in release: it guards invariants of tenancy and transactions. No user input may
// reach one.
#pragma once

namespace rollcall::detail {
[[noreturn]] void assertion_failed(char const* expression, char const* file, int line) noexcept;
}

#define ASSERT(expression) \
    ((expression) ? void(0) : ::rollcall::detail::assertion_failed(#expression, __FILE__, __LINE__))
