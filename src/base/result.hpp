// Result<T> and the only two control-flow macros of the code base.
#pragma once

#include "base/error.hpp"

#include <expected>
#include <utility>

namespace rollcall {

/// A value, or why there is none. Exceptions are for bugs, exhaustion and cancellation only.
template <class T>
using Result = std::expected<T, Error>;

/// A success without a value.
using Status = Result<void>;

/// Turns an error into any Result: `return fail(group_not_found(id));`
[[nodiscard]] inline std::unexpected<Error> fail(Error error) {
    return std::unexpected<Error>(std::move(error));
}

}  // namespace rollcall

#define ROLLCALL_CONCAT_INNER(a, b) a##b
#define ROLLCALL_CONCAT(a, b) ROLLCALL_CONCAT_INNER(a, b)

#define ROLLCALL_TRY_IMPL(temporary, declaration, expression, return_keyword)      \
    auto&& temporary = (expression);                                               \
    if (!temporary) return_keyword ::rollcall::fail(std::move(temporary).error()); \
    declaration = *std::move(temporary)

#define ROLLCALL_CHECK_IMPL(temporary, expression, return_keyword) \
    if (auto&& temporary = (expression); !temporary)               \
    return_keyword ::rollcall::fail(std::move(temporary).error())

/// TRY(auto group, find(id)); — evaluates, returns the error, else moves the value out.
#define TRY(declaration, ...) \
    ROLLCALL_TRY_IMPL(ROLLCALL_CONCAT(try_, __COUNTER__), declaration, (__VA_ARGS__), return)
/// The same inside a coroutine: CO_TRY(auto group, co_await find(id));
#define CO_TRY(declaration, ...) \
    ROLLCALL_TRY_IMPL(ROLLCALL_CONCAT(try_, __COUNTER__), declaration, (__VA_ARGS__), co_return)
/// For a Status: CHECK(validate(x)); returns the error, else goes on.
#define CHECK(...) ROLLCALL_CHECK_IMPL(ROLLCALL_CONCAT(try_, __COUNTER__), (__VA_ARGS__), return)
#define CO_CHECK(...) \
    ROLLCALL_CHECK_IMPL(ROLLCALL_CONCAT(try_, __COUNTER__), (__VA_ARGS__), co_return)
