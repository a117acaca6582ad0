// What one connection does differently from its kind of provider.
#pragma once

#include "base/result.hpp"
#include "directory/connection.hpp"
#include "scim/profile.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace rollcall::directory {

/// One option, with its two values in words. Where it is not set, the provider's profile decides.
struct ConnectionOption {
    std::string_view name;
    std::array<std::string_view, 2> values;  ///< for false and for true in the two fields below
    std::string_view meaning;                ///< one sentence for documents and --help
    bool scim::Profile::* profile;
    std::optional<bool> ConnectionOptions::* setting;

    /// True if its values are the words true and false: a JSON boolean on the wire.
    [[nodiscard]] bool is_boolean() const noexcept { return values[1] == "true"; }
    [[nodiscard]] std::string_view value_of(bool value) const noexcept {
        return values[value ? 1 : 0];
    }
};

/// Every option, in the order in which it is shown.
[[nodiscard]] std::span<ConnectionOption const> connection_options() noexcept;

/// The profile a connection has: its provider's, with the options that are set.
[[nodiscard]] scim::Profile effective_profile(IdentityProvider provider,
                                              ConnectionOptions const& options) noexcept;

/// Sets the option of that name to one of its values.
/// @errors invalid_value (invalid_scim_connection_option): no such option, or not its value; the
///         message names the option and what is allowed.
[[nodiscard]] Status set_option(ConnectionOptions& options, std::string_view name,
                                std::string_view value);
/// The same back to the provider's profile.
[[nodiscard]] Status unset_option(ConnectionOptions& options, std::string_view name);

/// The options that are set, as "name=value" joined by commas: the form in which databases keep
/// them.
[[nodiscard]] std::string print_options(ConnectionOptions const& options);
/// Reads what print_options wrote. What this release does not know is skipped, so that a row of
/// another release stays readable.
[[nodiscard]] ConnectionOptions parse_options(std::string_view text);

}  // namespace rollcall::directory
