// Where a setting's value comes from: flag, environment, file, default, in this order.
#include "cli/config.hpp"

#include "cli/nearest.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace rollcall::cli {
namespace {

/// A value and the words that name where it stands, e.g. "--threads" or "a.toml:3: threads".
struct Sourced {
    std::string source;
    std::string text;
};
using SourcedTexts = std::map<std::string, Sourced, std::less<>>;

Error unknown_name(std::string const& what, std::string_view name,
                   std::vector<std::string> const& known) {
    std::vector<std::string_view> const views(known.begin(), known.end());
    auto message = fmt::format("{} is not a setting", what);
    if (auto const near = nearest(name, views)) {
        message += fmt::format("; did you mean {}?", *near);
    } else {
        message += fmt::format("; known are {}", fmt::join(views, ", "));
    }
    return {ErrorCode::invalid_value, std::move(message)};
}

Result<SourcedTexts> from_environment(Variables const& environment) {
    SourcedTexts values;
    std::vector<std::string> known{
        std::string(bootstrap_project_variable), std::string(bootstrap_secret_variable),
        std::string(simulate_token_variable), std::string(encryption_key_variable)};
    for (auto const& setting : settings()) {
        known.push_back(variable_of(setting));
        // An empty variable is how container tools spell "not set".
        if (auto const found = environment.find(known.back());
            found != environment.end() && !found->second.empty()) {
            values.emplace(setting.key, Sourced{known.back(), found->second});
        }
    }
    for (auto const& [name, value] : environment) {
        if (name.starts_with("ROLLCALL_") && std::ranges::find(known, name) == known.end()) {
            return fail(unknown_name("environment variable " + name, name, known));
        }
    }
    return values;
}

/// A scalar as the text a flag would have; nullopt for tables, arrays and dates.
std::optional<std::string> scalar_text(toml::node const& node) {
    if (auto const* text = node.as_string()) return text->get();
    if (auto const* number = node.as_integer()) return std::to_string(number->get());
    if (auto const* flag = node.as_boolean()) return flag->get() ? "true" : "false";
    return std::nullopt;
}

Result<std::string> read_file(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    if (file) content << file.rdbuf();
    if (!file || content.fail()) {
        return fail(
            {ErrorCode::invalid_value, fmt::format("configuration file {} cannot be read", path)});
    }
    return std::move(content).str();
}

Result<toml::table> parse_toml(std::string const& path) {
    TRY(auto const content, read_file(path));
    try {
        return toml::parse(std::string_view(content), path);
    } catch (toml::parse_error const& error) {
        return fail(
            {ErrorCode::invalid_value, fmt::format("{}:{}: {}", path, error.source().begin.line,
                                                   std::string_view(error.description()))});
    }
}

Result<SourcedTexts> from_file(std::string const& path) {
    TRY(auto const table, parse_toml(path));
    std::vector<std::string> known;
    for (auto const& setting : settings()) {
        if (setting.in_file) known.emplace_back(setting.key);
    }
    SourcedTexts values;
    for (auto const& [key, node] : table) {
        auto const name = std::string(key.str());
        auto const place = fmt::format("{}:{}: {}", path, key.source().begin.line, name);
        if (std::ranges::find(known, name) == known.end()) {
            return fail(unknown_name(place, name, known));
        }
        auto text = scalar_text(node);
        if (!text) {
            return fail(
                {ErrorCode::invalid_value, fmt::format("{}: {}", place, find_setting(name)->rule)});
        }
        values.emplace(name, Sourced{place, *std::move(text)});
    }
    return values;
}

}  // namespace

Variables read_environment(char const* const* environ) {
    Variables environment;
    for (; *environ != nullptr; ++environ) {
        std::string_view const entry = *environ;
        auto const equals = entry.find('=');
        if (equals == std::string_view::npos) continue;
        environment.emplace(entry.substr(0, equals), entry.substr(equals + 1));
    }
    return environment;
}

Result<Config> resolve_config(Texts const& flags, Variables const& environment) {
    SourcedTexts values;
    for (auto const& [key, text] : flags) {
        values.emplace(key, Sourced{flag_of(*find_setting(key)), text});
    }
    // emplace keeps what is there, so each source only fills what the ones before left open.
    TRY(auto variables, from_environment(environment));
    values.merge(variables);
    if (auto const file = values.find("config"); file != values.end()) {
        TRY(auto keys, from_file(file->second.text));
        values.merge(keys);
    }
    Config config;
    if (auto const key = environment.find(encryption_key_variable);
        key != environment.end() && !key->second.empty()) {
        config.encryption_key.emplace(key->second);
    }
    for (auto const& [key, value] : values) {
        auto const& setting = *find_setting(key);
        if (!setting.set(config, value.text)) {
            return fail({ErrorCode::invalid_value, fmt::format("{}: {}, not \"{}\"", value.source,
                                                               setting.rule, value.text)});
        }
    }
    return config;
}

}  // namespace rollcall::cli
