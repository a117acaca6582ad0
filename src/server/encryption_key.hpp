// The key that seals what the database keeps secret (docs/decisions/0015): from the environment, or
// from a file that the first start of a server makes.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "cli/config.hpp"
#include "server/blocking.hpp"

#include <optional>
#include <string_view>

namespace rollcall::storage {
class Store;
}

namespace rollcall::server {

/// crypto::seal_key_bytes bytes from 64 hexadecimal digits or base64 in either alphabet, with or
/// without padding. White space around does not count.
[[nodiscard]] std::optional<Secret> parse_encryption_key(std::string_view text);

/// The key that `config` leads to, for a command beside a server: no file is made.
///
/// @errors invalid_value: the text is no such key; others than the file's owner and group may read
///         it, or others than its owner may write it; there is no such file. unavailable: it cannot
///         be read. Messages name the variable or the file, never what it holds.
[[nodiscard]] Result<Secret> find_encryption_key(cli::Config const& config);

/// The same for a server: the default file is made, with a random key, if it is missing and nothing
/// in the database needs an earlier one. No file is ever changed.
///
/// @errors those of find_encryption_key; invalid_value: the file is missing though it is needed;
///         unavailable: it cannot be made.
[[nodiscard]] Result<Secret> provide_encryption_key(cli::Config const& config,
                                                    storage::Store& store, Blocking& blocking);

}  // namespace rollcall::server
