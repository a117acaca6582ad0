// One table: what each field of a member takes.
#include "api/management/member_permissions.hpp"

#include <array>

namespace rollcall::api::management {
namespace {

constexpr std::string_view of_members = "stytch.member";
constexpr std::string_view of_oneself = "stytch.self";

enum class Whose : std::uint8_t { others, anybodys };  ///< anybodys: also one's own

struct Rule {
    std::string_view field;
    std::string_view action;
    Whose whose;
};

constexpr std::array update_rules{
    Rule{"name", "update.info.name", Whose::anybodys},
    Rule{"untrusted_metadata", "update.info.untrusted-metadata", Whose::anybodys},
    Rule{"is_breakglass", "update.settings.is-breakglass", Whose::others},
    Rule{"mfa_phone_number", "update.info.mfa-phone", Whose::anybodys},
    Rule{"mfa_enrolled", "update.settings.mfa-enrolled", Whose::anybodys},
    Rule{"default_mfa_method", "update.settings.default-mfa-method", Whose::anybodys},
    Rule{"roles", "update.settings.roles", Whose::others},
    Rule{"email_address", "update.info.email", Whose::others},
    Rule{"unlink_email", "update.info.email", Whose::others},
};

bool is_given(boost::json::object const& body, std::string_view field) {
    auto const* value = body.if_contains(field);
    return value != nullptr && !value->is_null();
}

bool is_empty_list(boost::json::object const& body, std::string_view field) {
    auto const* value = body.if_contains(field);
    return value != nullptr && value->is_array() && value->get_array().empty();
}

// Clients that know no absent fields send empty metadata along; merging it changes nothing.
bool is_metadata_given(boost::json::object const& body, std::string_view field) {
    auto const* value = body.if_contains(field);
    bool const is_empty = value != nullptr && value->is_object() && value->get_object().empty();
    return is_given(body, field) && !is_empty && !is_empty_list(body, field);
}

Status permit(Call const& call, std::string_view action, bool on_oneself) {
    auto permitted = call.caller.require(of_members, action);
    if (permitted || !on_oneself) return permitted;
    return call.caller.require(of_oneself, action);
}

Status refuse_trusted_metadata(boost::json::object const& body) {
    if (!is_metadata_given(body, "trusted_metadata")) return {};
    return fail(Error(ErrorCode::unauthenticated,
                      "trusted_metadata cannot be changed with a member session.")
                    .with_kind("cannot_update_trusted_metadata"));
}

Status refuse_external_id(boost::json::object const& body) {
    if (!is_given(body, "external_id")) return {};
    return fail(Error(ErrorCode::forbidden, "external_id cannot be changed with a member session.")
                    .with_kind("session_authorization_error"));
}

Status refuse_own_address(boost::json::object const& body) {
    if (!is_given(body, "email_address")) return {};
    return fail(Error(ErrorCode::forbidden,
                      "email_address: members cannot change their own with their session.")
                    .with_kind("member_cannot_update_their_email_address"));
}

// Whether the session is that of the member, which may be named by its external id.
Task<Result<bool>> is_own(Call const& call, service::MemberReference reference) {
    auto const* session = call.caller.member();
    if (session == nullptr) co_return false;
    if (auto const id = parse_id<MemberId>(reference.member)) co_return *id == session->member;
    CO_TRY(auto const view,
           co_await call.services().members.get(call.project(), std::move(reference)));
    co_return view.member.record.member.id == session->member;
}

// The same with roles, of a member that has none to lose.
Task<Result<bool>> gives_roles(Call const& call, service::MemberReference reference,
                               boost::json::object const& body) {
    if (!is_empty_list(body, "roles")) co_return is_given(body, "roles");
    CO_TRY(auto const view,
           co_await call.services().members.get(call.project(), std::move(reference)));
    co_return !view.member.record.member.explicit_roles.empty();
}

}  // namespace

Status permit_member_creation(Call const& call, boost::json::object const& body) {
    if (call.caller.member() == nullptr) return {};
    CHECK(refuse_trusted_metadata(body));
    auto const* roles = body.if_contains("roles");
    if (roles == nullptr || !roles->is_array() || roles->get_array().empty()) return {};
    return call.caller.require(of_members, "update.settings.roles");
}

Task<Result<void>> permit_member_update(Call const& call, service::MemberReference reference,
                                        boost::json::object const& body) {
    if (call.caller.member() == nullptr) co_return Status{};
    CO_CHECK(refuse_trusted_metadata(body));
    CO_CHECK(refuse_external_id(body));
    CO_TRY(auto const own, co_await is_own(call, reference));
    if (own) CO_CHECK(refuse_own_address(body));
    CO_TRY(auto const has_roles, co_await gives_roles(call, std::move(reference), body));
    for (auto const& rule : update_rules) {
        auto const is_wanted = rule.field == "roles" ? has_roles : is_given(body, rule.field);
        if (!is_wanted) continue;
        CO_CHECK(permit(call, rule.action, own && rule.whose == Whose::anybodys));
    }
    co_return Status{};
}

Task<Result<void>> permit_on_member(Call const& call, service::MemberReference reference,
                                    std::string_view action) {
    if (call.caller.member() == nullptr) co_return Status{};
    CO_TRY(auto const own, co_await is_own(call, std::move(reference)));
    co_return permit(call, action, own);
}

}  // namespace rollcall::api::management
