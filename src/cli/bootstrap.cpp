// Reads and judges the two bootstrap variables together.
#include "cli/bootstrap.hpp"

#include "base/limits.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rollcall::cli {
namespace {

std::string_view value_of(Variables const& environment, std::string_view name) {
    auto const found = environment.find(name);
    return found == environment.end() ? std::string_view() : std::string_view(found->second);
}

std::unexpected<Error> refuse(std::string message) {
    return fail({ErrorCode::invalid_value, std::move(message)});
}

bool is_url_safe(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

bool is_secret_of(std::string_view text, Environment environment) {
    auto const prefix = fmt::format("secret-{}-", to_string(environment));
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return text.size() >= bootstrap_secret_least &&
           text.size() <= Limits::project_secret_characters_max &&
           std::ranges::all_of(text, is_url_safe);
}

}  // namespace

Result<std::optional<Bootstrap>> read_bootstrap(Variables const& environment) {
    auto const project_text = value_of(environment, bootstrap_project_variable);
    auto const secret_text = value_of(environment, bootstrap_secret_variable);
    if (project_text.empty() && secret_text.empty()) return std::nullopt;
    if (project_text.empty() || secret_text.empty()) {
        return refuse(fmt::format("{} and {} must be set together", bootstrap_project_variable,
                                  bootstrap_secret_variable));
    }
    auto const project = parse_id<ProjectId>(project_text);
    if (!project) {
        return refuse(
            fmt::format("{} must be project-test-UUID or project-live-UUID with a "
                        "lower-case UUID",
                        bootstrap_project_variable));
    }
    if (!is_secret_of(secret_text, project->environment)) {
        return refuse(
            fmt::format("{} must be secret-{}- and {} to {} characters of A-Z, a-z, 0-9, "
                        "'-', '_'",
                        bootstrap_secret_variable, to_string(project->environment),
                        bootstrap_secret_least, Limits::project_secret_characters_max));
    }
    return Bootstrap{*project, Secret(std::string(secret_text))};
}

}  // namespace rollcall::cli
