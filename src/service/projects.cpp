// Making projects and secrets. A secret leaves here in clear once, inside NewSecret.
#include "service/projects.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "crypto/digest.hpp"
#include "directory/field_rules.hpp"
#include "service/credentials.hpp"
#include "storage/store.hpp"

namespace rollcall::service {
namespace {

// 240 bits.
constexpr std::size_t secret_random_size = 40;
constexpr std::size_t given_secret_size_min = 16;

std::string secret_prefix(Environment environment) {
    std::string prefix = "secret-";
    prefix += to_string(environment);
    prefix += '-';
    return prefix;
}

Status check_project_name(std::string_view name) {
    if (!is_valid_utf8(name) || trim(name).empty()) {
        return fail(Error(ErrorCode::invalid_value, "The name must be UTF-8 and not blank."));
    }
    return directory::check_name(name, "The name", "invalid_argument",
                                 Limits{}.name_code_points_max);
}

Error secret_not_found() {
    return Error(ErrorCode::not_found, "secret_id: the project has no such secret.")
        .with_kind("project_secret_not_found");
}

Status check_secret(Secret const& secret, Environment environment) {
    auto const prefix = secret_prefix(environment);
    auto const& text = secret.reveal();
    if (!is_project_secret(text) || !text.starts_with(prefix) ||
        text.size() < prefix.size() + given_secret_size_min) {
        return fail(Error(ErrorCode::invalid_value,
                          "The secret must be \"" + prefix +
                              "\" followed by 16 to 128 letters, digits, '-' or '_'."));
    }
    return {};
}

}  // namespace

NewSecret Projects::make_secret(Environment environment) {
    Secret value(secret_prefix(environment) + crypto::random_url_safe(secret_random_size).reveal());
    auto const now = clock_.now();
    directory::ProjectSecret record{.id = ids_.ordered_uuid(now),
                                    .digest = crypto::sha256(value.reveal()),
                                    .last_four = value.last_four(),
                                    .created_at = now,
                                    .revoked_at = std::nullopt};
    return {std::move(record), std::move(value)};
}

Task<Result<NewProject>> Projects::create(std::string name, Environment environment) {
    CO_CHECK(check_project_name(name));
    auto const now = clock_.now();
    NewProject created{.project = {.id = {environment, ids_.ordered_uuid(now)},
                                   .name = std::move(name),
                                   .public_token = {environment, ids_.random_uuid()},
                                   .created_at = now},
                       .secret = make_secret(environment)};
    CO_CHECK(co_await store_.create_project(created.project, created.secret.record));
    co_return created;
}

Task<Status> Projects::ensure(ProjectId project, Secret secret, std::string name) {
    CO_CHECK(check_secret(secret, project.environment));
    CO_CHECK(check_project_name(name));
    auto const now = clock_.now();
    directory::Project const record{.id = project,
                                    .name = std::move(name),
                                    .public_token = {project.environment, ids_.random_uuid()},
                                    .created_at = now};
    directory::ProjectSecret const secret_record{.id = ids_.ordered_uuid(now),
                                                 .digest = crypto::sha256(secret.reveal()),
                                                 .last_four = secret.last_four(),
                                                 .created_at = now,
                                                 .revoked_at = std::nullopt};
    co_return co_await store_.ensure_project(record, secret_record);
}

Task<Result<std::vector<directory::Project>>> Projects::list() {
    co_return co_await store_.list_projects();
}

Task<Result<directory::Project>> Projects::get(directory::ProjectKey project) {
    return store_.get_project(project);
}

Task<Result<NewSecret>> Projects::create_secret(ProjectId project) {
    auto secret = make_secret(project.environment);
    CO_CHECK(co_await store_.create_secret(project, secret.record));
    co_return secret;
}

Task<Result<std::vector<directory::ProjectSecret>>> Projects::list_secrets(ProjectId project) {
    co_return co_await store_.list_secrets(project);
}

Task<Status> Projects::revoke_secret(ProjectId project, Uuid secret) {
    co_return co_await store_.revoke_secret(project, secret, clock_.now(), false);
}

Task<Result<Uuid>> Projects::revoke_own_secret(directory::ProjectKey project, std::string id) {
    auto const secret = parse_uuid(id);
    if (!secret) co_return fail(secret_not_found());
    CO_CHECK(co_await store_.revoke_secret(project.id(), *secret, clock_.now(), true));
    co_return *secret;
}

}  // namespace rollcall::service
