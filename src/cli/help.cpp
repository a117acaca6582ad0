// Examples and layout of --help.
#include "cli/help.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <sstream>

namespace rollcall::cli {
namespace {

constexpr std::size_t left_width = 26;
constexpr std::size_t line_width = 100;

/// `text` wrapped at words, every line but the first indented by `indent`.
std::string wrap(std::string const& text, std::size_t indent) {
    std::string out;
    std::size_t column = indent;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        if (column > indent && column + 1 + word.size() > line_width) {
            out += '\n' + std::string(indent, ' ');
            column = indent;
        } else if (column > indent) {
            out += ' ';
            ++column;
        }
        out += word;
        column += word.size();
    }
    return out;
}

/// "  left      right, wrapped"; a long left side gets a line of its own.
std::string two_columns(std::string left, std::string const& right) {
    left = "  " + left;
    if (left.size() + 2 > left_width) {
        left += '\n' + std::string(left_width, ' ');
    } else {
        left.resize(left_width, ' ');
    }
    return left + wrap(right, left_width) + '\n';
}

class HelpFormatter final : public CLI::Formatter {
public:
    std::string make_option(CLI::Option const* option, bool positional) const override {
        auto left = option->get_name(positional, !positional);
        // A flag takes no value, so it has none to show.
        if (!positional && option->get_items_expected_max() > 0)
            left += " " + option->get_type_name();
        auto right = option->get_description();
        if (!option->get_default_str().empty()) {
            right += fmt::format(" [default: {}]", option->get_default_str());
        }
        if (option->get_required() && !positional) right += " (required)";
        return two_columns(left, right);
    }

    std::string make_subcommand(CLI::App const* command) const override {
        return two_columns(command->get_name(), command->get_description());
    }

    std::string make_footer(CLI::App const* command) const override {
        auto const footer = command->get_footer();
        return footer.empty() ? footer : footer + "\n";
    }

    /// Without CLI11's remark about how many subcommands are needed, which the usage line tells.
    std::string make_description(CLI::App const* command) const override {
        return command->get_description() + "\n";
    }

    std::string make_usage(CLI::App const* command, std::string name) const override {
        for (auto const* parent = command->get_parent(); parent != nullptr;
             parent = parent->get_parent()) {
            if (!name.starts_with(parent->get_name())) {
                name.insert(0, parent->get_name() + " ");
            }
        }
        std::string usage = "\nUsage: " + name;
        for (auto const* option : command->get_options()) {
            if (option->get_positional()) usage += " " + option->get_name(true);
        }
        if (!command->get_subcommands({}).empty()) return usage + " COMMAND [OPTIONS]\n";
        return usage + " [OPTIONS]\n";
    }
};

}  // namespace

std::string setting_help(Setting const& setting) {
    return fmt::format("{} [default: {}; ${}]", setting.help, setting.fallback,
                       variable_of(setting));
}

std::string_view main_footer() noexcept {
    return R"(Examples:
  rollcall demo
  rollcall serve --data ./data --welcome
  rollcall project create --data ./data --name "My product" --env test

Exit codes:
  0  done
  1  tried and failed; standard error says why
  2  the command line, the environment or the configuration file is wrong
  3  the database is in use by another server, is missing, or cannot be opened
  4  the address cannot be listened on

'rollcall COMMAND --help' tells more about one command.)";
}

std::string_view serve_footer() noexcept {
    return R"(A flag wins over its environment variable, that over the configuration file.
ROLLCALL_BOOTSTRAP_PROJECT_ID and ROLLCALL_BOOTSTRAP_SECRET, set together, make that project exist.
ROLLCALL_ENCRYPTION_KEY, 32 bytes as hex or base64, stands in for the encryption key file.

Once connections are accepted the first line on standard output is
  rollcall: listening on http://HOST:PORT
SIGTERM, SIGINT and SIGHUP let requests in flight finish, write everything into the database file,
and end with 0; the second one ends at once.

Examples:
  rollcall serve --listen 127.0.0.1:0
  rollcall serve --config /etc/rollcall.toml
  rollcall serve --data /var/lib/rollcall --public-url https://directory.example.com)";
}

std::string_view project_footer() noexcept {
    return R"(These commands work on the database in --data, also while a server runs on it, which follows within
a second; `create` makes the database if there is none. A secret is printed once, when it is made;
only its digest is kept.

Examples:
  rollcall project create --name "My product" --env live
  rollcall project list --json
  rollcall project secret create PROJECT_ID
  rollcall project secret revoke PROJECT_ID SECRET_ID)";
}

std::string_view connection_footer() noexcept {
    return R"(These commands work on the database in --data, also while a server runs on it. docs/providers.md
explains the options, docs/request-notes.md the notes. A running server writes them within a second.

Examples:
  rollcall connection options get CONNECTION_ID
  rollcall connection options set CONNECTION_ID put=merge basic_auth=default
  rollcall connection requests CONNECTION_ID --only failed)";
}

std::string_view schema_footer() noexcept {
    return R"(These commands work on the database in --data, also while a server runs on it, which follows with
the next request. The same can be done through the management API.

Examples:
  rollcall schema put CONNECTION_ID badge.json
  rollcall schema put CONNECTION_ID team.json --resource-type Group
  rollcall schema list CONNECTION_ID --json
  rollcall schema delete CONNECTION_ID urn:acme:scim:schemas:1.0:Badge)";
}

std::string_view rbac_footer() noexcept {
    return R"(These commands work on the database in --data, also while a server runs on it, which follows within
a second. The same can be done through the management API, which follows at once.

Examples:
  rollcall rbac show PROJECT_ID
  rollcall rbac show PROJECT_ID --json > policy.json
  rollcall rbac set PROJECT_ID policy.json)";
}

std::string_view token_profile_footer() noexcept {
    return R"(These commands work on the database in --data, also while a server runs on it, which follows with
the next request. The same can be done through the management API. docs/token-profiles.md shows a
whole profile, and how to sign a token.

Examples:
  rollcall token-profile create PROJECT_ID profile.json
  rollcall token-profile list PROJECT_ID --json
  rollcall token-profile delete PROJECT_ID PROFILE_ID)";
}

std::string_view key_footer() noexcept {
    return R"(These commands work on the database in --data, also while a server runs on it, which follows within
a minute. A server rotates by itself every 180 days. A key that was followed stays published for 30
days. `rotate` needs the encryption key that the server has (docs/configuration.md), and a key to
follow: the first one is made by the project's first session.

Examples:
  rollcall key list PROJECT_ID
  rollcall key rotate PROJECT_ID)";
}

std::string_view impersonate_footer() noexcept {
    return R"(The token is good for five minutes, once, for POST /v1/b2b/impersonation/authenticate. The session
lasts an hour, cannot be extended, and says who is behind it. This works on the database in --data,
also while a server runs on it.

Example:
  rollcall impersonate MEMBER_ID --as support@example.com)";
}

std::string_view simulate_footer() noexcept {
    return R"(Each person and group is looked up first and made only if missing, so running it again is harmless.
What is pushed depends on --users, --groups and --seed only.

Example:
  echo "$TOKEN" | rollcall simulate --idp okta --url "$BASE_URL" --token - --users 500 --groups 20)";
}

std::string_view demo_footer() noexcept {
    return R"(Starts a server, makes an organization and an Okta connection through the management API, lets the
simulator push, and reads every group back page by page. Ends with 0 only if what was read is what
was pushed. Leaves nothing behind.)";
}

std::shared_ptr<CLI::FormatterBase> make_formatter() {
    auto formatter = std::make_shared<HelpFormatter>();
    formatter->label("Positionals", "Arguments");
    return formatter;
}

}  // namespace rollcall::cli
