// Every error_type of the management API: its status, and what a developer should know (contract
// §1.8).
#pragma once

#include "base/error.hpp"

#include <span>
#include <string_view>

namespace rollcall::api::management {

struct ErrorKind {
    std::string_view name;         ///< the contract's error_type
    unsigned status;               ///< the HTTP status, always
    std::string_view explanation;  ///< one or two sentences for /docs/errors; no markup
};

/// All kinds, in the order of their names.
[[nodiscard]] std::span<ErrorKind const> error_kinds() noexcept;

/// The kind of an error: by its own name if that is known, else by its code.
[[nodiscard]] ErrorKind const& kind_of(PublicError const& error) noexcept;

/// The kind of that name, which must exist.
[[nodiscard]] ErrorKind const& kind_named(std::string_view name) noexcept;

}  // namespace rollcall::api::management
