// Settings of the server, and the one table that flags, environment variables, configuration keys,
// help and docs/configuration.md are made from.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "runtime/log.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::cli {

/// Where to listen. `host` is a name or address without brackets.
struct ListenAddress {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;  ///< 0 picks a free one
};

inline constexpr std::chrono::days default_bearer_token_lifetime{5 * 365};

/// Every setting, with its default. Member initialisers are what the table shows as default.
struct Config {
    ListenAddress listen;
    std::filesystem::path data = "./data";
    /// An origin without trailing slash; absent: the address in use.
    std::optional<std::string> public_url;
    runtime::LogFormat log_format = runtime::LogFormat::text;
    runtime::LogLevel log_level = runtime::LogLevel::info;
    unsigned threads = 0;            ///< 0: one for each core
    std::size_t page_cache_mb = 32;  ///< for each thread
    bool welcome = false;
    std::chrono::days bearer_token_lifetime = default_bearer_token_lifetime;
    /// Absent: "encryption.key" in the data directory, made if missing.
    std::optional<std::filesystem::path> encryption_key_file;
    /// The variable of that name as it is written; wins over the file.
    std::optional<Secret> encryption_key;
};

/// One setting. `flag` is "--" and the key with dashes, the environment variable "ROLLCALL_" and
/// the key in upper case.
struct Setting {
    std::string_view key;         ///< e.g. "log_level"
    std::string_view value_name;  ///< e.g. "LEVEL"; empty for a switch
    std::string_view fallback;    ///< the default, in words
    std::string_view help;        ///< one sentence
    std::string_view rule;        ///< what a value must be, for errors
    bool in_file;                 ///< false for `config` itself
    /// Sets it from text; false if the text breaks the rule.
    bool (*set)(Config& config, std::string_view text);
};

[[nodiscard]] std::span<Setting const> settings() noexcept;
[[nodiscard]] Setting const* find_setting(std::string_view key) noexcept;
[[nodiscard]] std::string flag_of(Setting const& setting);      ///< "--log-level"
[[nodiscard]] std::string variable_of(Setting const& setting);  ///< "ROLLCALL_LOG_LEVEL"

/// Environment variables that are not settings. None of their values is ever printed.
inline constexpr std::string_view bootstrap_project_variable = "ROLLCALL_BOOTSTRAP_PROJECT_ID";
inline constexpr std::string_view bootstrap_secret_variable = "ROLLCALL_BOOTSTRAP_SECRET";
inline constexpr std::string_view simulate_token_variable = "ROLLCALL_SIMULATE_TOKEN";
inline constexpr std::string_view encryption_key_variable = "ROLLCALL_ENCRYPTION_KEY";

/// Values by key, as text.
using Texts = std::map<std::string, std::string, std::less<>>;
/// The process environment, name to value.
using Variables = std::map<std::string, std::string, std::less<>>;

/// Copies what `environ` points to.
[[nodiscard]] Variables read_environment(char const* const* environ);

/// Flag before environment before file before default. The file is the one named by `config`.
///
/// @param flags  values by key, as given on the command line; switches have the value "true".
/// @errors invalid_value: names the source (flag, variable, or file and line), the key and the
///         rule; an unknown ROLLCALL_ variable or key of the file is an error with the nearest
///         known name.
[[nodiscard]] Result<Config> resolve_config(Texts const& flags, Variables const& environment);

/// "host:port" as listen accepts it, e.g. "127.0.0.1:8080", "[::1]:0", "localhost:8080".
[[nodiscard]] std::optional<ListenAddress> parse_listen(std::string_view text);

/// "http://host:port" for an address; an address that means every interface becomes the loopback.
[[nodiscard]] std::string origin_of(ListenAddress const& address);

/// An http or https origin, normalised: without trailing slash.
[[nodiscard]] std::optional<std::string> parse_origin(std::string_view text);

}  // namespace rollcall::cli
