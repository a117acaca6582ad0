// Basic credentials (RFC 7617) and the contract's names for everything that can be wrong with them.
#include "api/management/authenticate.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "crypto/base64.hpp"
#include "directory/member_permissions.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rollcall::api::management {
namespace {

struct BasicCredentials {
    ProjectId project;
    Secret secret;
};

Error invalid(std::string_view kind, std::string message) {
    return Error(ErrorCode::invalid_value, std::move(message)).with_kind(std::string(kind));
}

Error unauthorized(std::string message) {
    return Error(ErrorCode::unauthenticated, std::move(message))
        .with_kind("unauthorized_credentials");
}

// "user:password" in clear, or nullopt if the header is not well-formed Basic.
std::optional<Secret> decode_basic(std::string_view header) {
    constexpr std::string_view scheme = "basic ";
    header = trim(header);
    if (header.size() < scheme.size() ||
        !equal_ascii_case(header.substr(0, scheme.size()), scheme)) {
        return std::nullopt;
    }
    auto const encoded = trim(header.substr(scheme.size()));
    if (encoded.size() > Limits::credentials_bytes_max) return std::nullopt;
    auto text = crypto::decode_base64(encoded);
    if (!text || !text->contains(':')) return std::nullopt;
    return Secret(std::move(*text));
}

Result<BasicCredentials> read_basic(std::string_view header) {
    auto const clear = decode_basic(header);
    if (!clear) {
        return fail(invalid("invalid_authorization_header",
                            "The Authorization header must be Basic with the base64 of "
                            "project_id:secret."));
    }
    std::string_view const text = clear->reveal();
    auto const colon = text.find(':');
    auto const project = parse_id<ProjectId>(text.substr(0, colon));
    if (!project) {
        return fail(invalid("invalid_project_id_authentication",
                            "The user part of the Basic credentials must be a project id."));
    }
    auto const secret = text.substr(colon + 1);
    if (!service::is_project_secret(secret)) {
        return fail(invalid("invalid_secret_authentication",
                            "The password part of the Basic credentials must be a project "
                            "secret."));
    }
    return BasicCredentials{*project, Secret(std::string(secret))};
}

Error not_permitted(std::string_view resource, std::string_view action) {
    return Error(ErrorCode::forbidden,
                 fmt::format("No role of the session's member allows {} on {}.", action, resource))
        .with_kind("session_authorization_error");
}

}  // namespace

Status ManagementCaller::require(std::string_view resource, std::string_view action) const {
    if (!member_ || member_->may(resource, action)) return {};
    return fail(not_permitted(resource, action));
}

Status ManagementCaller::require_on(MemberId const& subject, std::string_view action) const {
    if (member_ && subject == member_->member && member_->may(directory::of_oneself, action))
        return {};
    return require(directory::of_members, action);
}

Status ManagementCaller::require_alone() const {
    if (!member_) return {};
    return fail(Error(ErrorCode::forbidden, "This is not for members: send no member session.")
                    .with_kind("session_authorization_error"));
}

Status ManagementCaller::require_in(OrganizationId const& organization) const {
    if (!member_ || member_->organization.id() == organization) return {};
    return fail(Error(ErrorCode::forbidden, "The session is of a member of another organization.")
                    .with_kind("session_authorization_tenancy_error"));
}

Error credentials_missing() {
    return unauthorized("The request needs Basic credentials: project id and secret.");
}

Task<Result<ManagementCaller>> authenticate(http::Request const& request,
                                            service::ProjectCredentials& credentials) {
    if (!request.has_header("Authorization")) co_return fail(credentials_missing());
    CO_TRY(auto basic, read_basic(request.header("Authorization")));
    CO_TRY(auto const key,
           co_await credentials.authenticate(basic.project, std::move(basic.secret)));
    if (!key) co_return fail(unauthorized("The project id or the secret is wrong."));
    co_return ManagementCaller(*key);
}

Environment guess_environment(http::Request const& request) {
    // Twelve bytes are sixteen characters of base64, so nothing needs decoding.
    constexpr std::string_view encoded_live = "cHJvamVjdC1saXZl";  // "project-live"
    auto const header = trim(request.header("Authorization"));
    auto const credentials = header.substr(std::min(header.size(), header.find(' ')));
    return trim(credentials).starts_with(encoded_live) ? Environment::live : Environment::test;
}

}  // namespace rollcall::api::management
