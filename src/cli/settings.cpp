// The table of settings, and how each value is read from text.
#include "base/text.hpp"
#include "cli/config.hpp"

#include <boost/url/parse.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace rollcall::cli {
namespace {

template <class Number>
std::optional<Number> parse_number(std::string_view text, Number least, Number most) {
    Number number{};
    auto const* const end = text.data() + text.size();
    auto const [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end || number < least || number > most) return std::nullopt;
    return number;
}

/// Moves a parsed value into its place; false if there is none.
template <class Field, class Value>
bool store(Field& field, std::optional<Value> value) {
    if (!value) return false;
    field = *std::move(value);
    return true;
}

std::optional<bool> parse_switch(std::string_view text) {
    if (text == "true" || text == "1") return true;
    if (text == "false" || text == "0") return false;
    return std::nullopt;
}

bool is_path(std::string_view text) {
    return !text.empty() && text.find('\0') == std::string_view::npos;
}

constexpr std::array table{
    Setting{
        "listen", "HOST:PORT", "127.0.0.1:8080",
        "Address and port to listen on; port 0 picks a free one and prints it.",
        "must be HOST:PORT with a port from 0 to 65535, and brackets around an IPv6 address, as "
        "in 127.0.0.1:8080 or [::1]:8080",
        true,
        [](Config& config, std::string_view text) {
            return store(config.listen, parse_listen(text));
        }},
    Setting{"data", "DIR", "./data",
            "Directory of the database; created if missing, readable by its owner only.",
            "must be the path of a directory", true,
            [](Config& config, std::string_view text) {
                if (!is_path(text)) return false;
                config.data = text;
                return true;
            }},
    Setting{"public_url", "URL", "the address listened on",
            "Where clients reach the server; base_url and meta.location start with it.",
            "must be an http or https origin such as https://directory.example.com: without user, "
            "path, query or fragment",
            true,
            [](Config& config, std::string_view text) {
                return store(config.public_url, parse_origin(text));
            }},
    Setting{"config", "FILE", "none", "TOML file with settings; its keys are this table's keys.",
            "must be the path of a file", false,
            [](Config&, std::string_view text) { return is_path(text); }},
    Setting{"log_format", "FORMAT", "text",
            "Form of the log lines on standard error: text for people, json for machines.",
            "must be text or json", true,
            [](Config& config, std::string_view text) {
                return store(config.log_format, runtime::parse_log_format(text));
            }},
    Setting{"log_level", "LEVEL", "info", "Least severe level that is logged.",
            "must be debug, info, warn, error or off", true,
            [](Config& config, std::string_view text) {
                return store(config.log_level, runtime::parse_log_level(text));
            }},
    Setting{"threads", "N", "one for each core", "Number of threads that answer requests.",
            "must be a whole number from 1 to 256", true,
            [](Config& config, std::string_view text) {
                return store(config.threads, parse_number<unsigned>(text, 1, 256));
            }},
    Setting{"page_cache", "MB", "32",
            "Megabytes of ready pages of groups that each thread keeps; 0 keeps none.",
            "must be a whole number from 0 to 65536", true,
            [](Config& config, std::string_view text) {
                return store(config.page_cache_mb, parse_number<std::size_t>(text, 0, 65536));
            }},
    Setting{"bearer_token_lifetime", "DAYS", "1825",
            "Days until the bearer token of a SCIM connection expires, from when it is made.",
            "must be a whole number from 1 to 36500", true,
            [](Config& config, std::string_view text) {
                auto const days = parse_number<int>(text, 1, 36500);
                if (days) config.bearer_token_lifetime = std::chrono::days(*days);
                return days.has_value();
            }},
    Setting{"encryption_key_file", "FILE", "encryption.key in the data directory",
            "File with the key that keys in the database are encrypted with.",
            "must be the path of a file", true,
            [](Config& config, std::string_view text) {
                if (!is_path(text)) return false;
                config.encryption_key_file = text;
                return true;
            }},
    Setting{"welcome", "", "false",
            "On an empty database create a project, and print it with commands to try.",
            "must be true or false, or 1 or 0", true,
            [](Config& config, std::string_view text) {
                return store(config.welcome, parse_switch(text));
            }},
};

}  // namespace

std::span<Setting const> settings() noexcept {
    return table;
}

Setting const* find_setting(std::string_view key) noexcept {
    auto const* const found = std::ranges::find(table, key, &Setting::key);
    return found == table.end() ? nullptr : found;
}

std::string flag_of(Setting const& setting) {
    std::string flag = "--" + std::string(setting.key);
    std::ranges::replace(flag, '_', '-');
    return flag;
}

std::string variable_of(Setting const& setting) {
    std::string variable = "ROLLCALL_";
    for (char const c : setting.key) {
        variable += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return variable;
}

std::optional<ListenAddress> parse_listen(std::string_view text) {
    auto const colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto host = text.substr(0, colon);
    auto const port = parse_number<std::uint16_t>(text.substr(colon + 1), 0, 65535);
    if (!port) return std::nullopt;
    // Boost.URL knows the grammar of hosts: names, IPv4, and IPv6 in brackets (RFC 3986 §3.2.2).
    auto const url = boost::urls::parse_uri("http://" + std::string(host) + "/");
    if (!url || host.empty() || url->has_port() || url->has_userinfo()) return std::nullopt;
    if (url->encoded_host().size() != host.size()) return std::nullopt;
    if (host.front() == '[') host = host.substr(1, host.size() - 2);
    return ListenAddress{std::string(host), *port};
}

std::string origin_of(ListenAddress const& address) {
    std::string host = address.host;
    if (host == "0.0.0.0") host = "127.0.0.1";
    if (host == "::") host = "::1";
    if (host.find(':') != std::string::npos) host = "[" + host + "]";
    return "http://" + host + ":" + std::to_string(address.port);
}

std::optional<std::string> parse_origin(std::string_view text) {
    auto const url = boost::urls::parse_uri(text);
    if (!url) return std::nullopt;
    auto const scheme = url->scheme_id();
    if (scheme != boost::urls::scheme::http && scheme != boost::urls::scheme::https) {
        return std::nullopt;
    }
    auto const path = url->encoded_path();
    if (url->encoded_host().empty() || url->has_userinfo() || url->has_query() ||
        url->has_fragment() || (path != "" && path != "/")) {
        return std::nullopt;
    }
    std::string origin =
        ascii_lower(std::string(url->scheme())) + "://" + std::string(url->encoded_host());
    if (url->has_port() && !url->port().empty()) {
        if (!parse_number<std::uint16_t>(std::string(url->port()), 1, 65535)) return std::nullopt;
        origin += ":" + std::string(url->port());
    }
    return origin;
}

}  // namespace rollcall::cli
