// The table of options; wire, command line, databases and documents all read it.
#include "directory/connection_options.hpp"

#include "directory/provider_profiles.hpp"
#include "scim/notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <vector>

namespace rollcall::directory {
namespace {

using scim::Profile;

constexpr std::array<std::string_view, 2> off_and_on{"false", "true"};

constexpr std::array options{
    ConnectionOption{"put",
                     {"replace", "merge"},
                     "What a PUT does to attributes that its body leaves out: clear or keep them.",
                     &Profile::put_merges,
                     &ConnectionOptions::put_merges},
    ConnectionOption{"unknown_members",
                     {"skip", "refuse"},
                     "What becomes of a write that names members the connection does not have.",
                     &Profile::refuses_unknown_members,
                     &ConnectionOptions::refuses_unknown_members},
    ConnectionOption{"unknown_attributes",
                     {"ignore", "refuse"},
                     "What becomes of a write that names attributes no schema defines.",
                     &Profile::refuses_unknown_attributes,
                     &ConnectionOptions::refuses_unknown_attributes},
    ConnectionOption{"unique_group_names", off_and_on,
                     "Whether a second group with the same displayName is refused.",
                     &Profile::unique_group_names, &ConnectionOptions::unique_group_names},
    ConnectionOption{"user_groups", off_and_on,
                     "Whether users are shown with their groups without being asked.",
                     &Profile::user_groups, &ConnectionOptions::user_groups},
    ConnectionOption{"basic_auth", off_and_on,
                     "Whether HTTP Basic with the bearer token as password is accepted.",
                     &Profile::basic_auth, &ConnectionOptions::basic_auth},
};

Error invalid_option(std::string message) {
    return Error(ErrorCode::invalid_value, std::move(message))
        .with_kind("invalid_scim_connection_option");
}

Result<ConnectionOption const*> find_option(std::string_view name) {
    auto const* found = std::ranges::find(options, name, &ConnectionOption::name);
    if (found != options.end()) return found;
    std::vector<std::string_view> names;
    for (auto const& option : options) names.push_back(option.name);
    return fail(invalid_option(fmt::format("{}: no such option; there are {}.",
                                           scim::shown_name(name), fmt::join(names, ", "))));
}

}  // namespace

std::span<ConnectionOption const> connection_options() noexcept {
    return options;
}

scim::Profile effective_profile(IdentityProvider provider, ConnectionOptions const& set) noexcept {
    auto profile = profile_of(provider);
    for (auto const& option : options) {
        if (auto const& value = set.*option.setting) profile.*option.profile = *value;
    }
    return profile;
}

Status set_option(ConnectionOptions& set, std::string_view name, std::string_view value) {
    TRY(auto const* option, find_option(name));
    auto const* known = std::ranges::find(option->values, value);
    if (known == option->values.end()) {
        return fail(invalid_option(
            fmt::format("{}: must be {} or {}.", name, option->values[0], option->values[1])));
    }
    set.*option->setting = known != option->values.begin();
    return {};
}

Status unset_option(ConnectionOptions& set, std::string_view name) {
    TRY(auto const* option, find_option(name));
    (set.*option->setting).reset();
    return {};
}

std::string print_options(ConnectionOptions const& set) {
    std::string text;
    for (auto const& option : options) {
        auto const& value = set.*option.setting;
        if (!value) continue;
        if (!text.empty()) text += ',';
        text += fmt::format("{}={}", option.name, option.value_of(*value));
    }
    return text;
}

ConnectionOptions parse_options(std::string_view text) {
    ConnectionOptions set;
    while (!text.empty()) {
        auto const entry = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), entry.size() + 1));
        auto const equals = std::min(entry.find('='), entry.size());
        std::ignore = set_option(set, entry.substr(0, equals),
                                 entry.substr(std::min(equals + 1, entry.size())));
    }
    return set;
}

}  // namespace rollcall::directory
