// Rules of members that the developer writes.
#include "directory/member_plan.hpp"

#include "base/sort_distinct.hpp"
#include "base/text.hpp"
#include "directory/email_address.hpp"
#include "directory/field_rules.hpp"
#include "directory/policy_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rollcall::directory {
namespace {

constexpr std::array<std::string_view, 2> mfa_methods{"sms_otp", "totp"};

bool is_given(std::optional<std::string> const& text) {
    return text && !text->empty();
}

Status apply_name(Member& target, MemberFields const& given, Limits const& limits) {
    if (!given.name || *given.name == target.name) return {};
    CHECK(check_name(*given.name, "name", "invalid_argument", limits.name_code_points_max));
    target.name = *given.name;
    return {};
}

void retire(Member& target, std::string const& former) {
    auto& retired = target.retired_emails;
    auto const place = std::ranges::lower_bound(retired, former);
    if (former.empty() || (place != retired.end() && *place == former)) return;
    retired.insert(place, former);
}

Status apply_email(Member& target, MemberFields const& given) {
    if (!is_given(given.email_address)) return {};
    TRY(auto address, read_email(*given.email_address, "email_address"));
    auto const former = fold(target.email_address);
    auto const next = fold(address);
    target.email_address = std::move(address);
    if (former == next) return {};
    target.email_address_verified = false;
    std::erase(target.retired_emails, next);
    if (!given.unlink_email.value_or(false)) retire(target, former);
    return {};
}

Status apply_external_id(Member& target, MemberFields const& given) {
    if (!is_given(given.external_id)) return {};
    // An id of that form would be read as one, and never as this (contract §1.10).
    if (!is_external_id_text(*given.external_id) || parse_id<MemberId>(*given.external_id)) {
        return fail(invalid_field(
            "invalid_argument",
            fmt::format("external_id must have 1 to {} characters, each a letter, a digit, '.', "
                        "'_', '-' or '|', and must not have the form of a member id.",
                        Limits::external_id_characters_max)));
    }
    target.external_id = *given.external_id;
    return {};
}

Status apply_metadata(boost::json::object& target, std::optional<boost::json::object> const& given,
                      std::string_view field) {
    if (!given) return {};
    merge_metadata(target, *given);
    return check_metadata(target, field);
}

// E.164: a plus sign and at most 15 digits, the first not zero.
bool is_phone_number(std::string_view text) {
    constexpr std::size_t size_min = 3;
    constexpr std::size_t size_max = 16;
    return text.size() >= size_min && text.size() <= size_max && text[0] == '+' && text[1] != '0' &&
           text.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

Status apply_mfa(Member& target, MemberFields const& given) {
    if (is_given(given.mfa_phone_number) && *given.mfa_phone_number != target.mfa_phone_number) {
        if (!is_phone_number(*given.mfa_phone_number)) {
            return fail(invalid_field("invalid_phone_number",
                                      "mfa_phone_number must be in E.164 form: a plus sign and at "
                                      "most 15 digits, such as +14155550100."));
        }
        target.mfa_phone_number = *given.mfa_phone_number;
        target.mfa_phone_number_verified = false;
    }
    if (is_given(given.default_mfa_method)) {
        if (std::ranges::find(mfa_methods, *given.default_mfa_method) == mfa_methods.end()) {
            return fail(invalid_field("invalid_mfa_default_method",
                                      fmt::format("default_mfa_method must be one of {}.",
                                                  fmt::join(mfa_methods, ", "))));
        }
        target.default_mfa_method = *given.default_mfa_method;
    }
    target.mfa_enrolled = given.mfa_enrolled.value_or(target.mfa_enrolled);
    if (given.mfa_phone_number_verified.value_or(false) && !target.mfa_phone_number.empty()) {
        target.mfa_phone_number_verified = true;
    }
    return {};
}

Status apply_roles(Member& target, MemberFields const& given, EffectivePolicy const& policy) {
    if (!given.roles) return {};
    if (given.roles->size() > Limits::explicit_roles_max) {
        return fail(invalid_field(
            "too_many_roles",
            fmt::format("roles must not have more than {} elements.", Limits::explicit_roles_max)));
    }
    for (auto const& role : *given.roles) CHECK(check_assignable_role(role, "roles", policy));
    target.explicit_roles = *given.roles;
    sort_distinct(target.explicit_roles);
    return {};
}

Status apply(Member& target, MemberFields const& given, EffectivePolicy const& policy,
             Limits const& limits) {
    CHECK(apply_email(target, given));
    CHECK(apply_name(target, given, limits));
    CHECK(apply_external_id(target, given));
    CHECK(apply_metadata(target.trusted_metadata, given.trusted_metadata, "trusted_metadata"));
    CHECK(
        apply_metadata(target.untrusted_metadata, given.untrusted_metadata, "untrusted_metadata"));
    CHECK(apply_mfa(target, given));
    target.email_address_verified =
        given.email_address_verified.value_or(target.email_address_verified);
    target.is_breakglass = given.is_breakglass.value_or(target.is_breakglass);
    return apply_roles(target, given, policy);
}

bool is_deleted(Member const& member) {
    return member.status == MemberStatus::deleted;
}

}  // namespace

Result<Member> plan_member_creation(MemberFields const& fields, MemberId id,
                                    OrganizationId organization, EffectivePolicy const& policy,
                                    Timestamp now, Limits const& limits) {
    if (!fields.email_address || trim(*fields.email_address).empty()) {
        return fail(invalid_field("invalid_email", "email_address is required."));
    }
    Member member;
    member.id = id;
    member.organization = organization;
    member.created_at = member.updated_at = now;
    CHECK(apply(member, fields, policy, limits));
    if (fields.create_as_pending.value_or(false)) member.status = MemberStatus::pending;
    return member;
}

Result<Member> plan_member_update(Member const& current, MemberFields const& fields,
                                  EffectivePolicy const& policy, Limits const& limits) {
    auto next = current;
    CHECK(apply(next, fields, policy, limits));
    return next;
}

Result<Member> plan_member_admission(Member const& current, MemberFields fields,
                                     EffectivePolicy const& policy, Limits const& limits) {
    if (current.external_id) fields.external_id.reset();
    TRY(auto next, plan_member_update(current, fields, policy, limits));
    if (next.status != MemberStatus::deleted) next.status = MemberStatus::active;
    return next;
}

Result<Member> plan_member_migration(Member const& current, MemberFields fields,
                                     EffectivePolicy const& policy, Limits const& limits) {
    fields.email_address.reset();
    fields.external_id.reset();
    return plan_member_update(current, fields, policy, limits);
}

MemberUpdate member_update(MemberRecord const& before, Member next, EventId const& event,
                           Timestamp now) {
    auto const ends = !is_deleted(before.member) && is_deleted(next);
    MemberUpdate update;
    update.events = {
        member_event(ends ? EventAction::remove : EventAction::update, next, event, now)};
    update.now = now;
    if (before.registration && is_deleted(before.member) != is_deleted(next)) {
        update.attributes = before.registration->user.attributes;
        update.attributes->insert_or_assign("active", !is_deleted(next));
    }
    update.member = std::move(next);
    update.member.updated_at = now;
    return update;
}

Member deactivated(Member current) {
    current.status = MemberStatus::deleted;
    current.explicit_roles.clear();
    return current;
}

Result<Member> plan_member_reactivation(Member current) {
    if (!is_deleted(current)) {
        return fail(Error(ErrorCode::not_found,
                          "The organization has no deleted member with this "
                          "member_id.")
                        .with_kind("no_deleted_member_found_for_reactivation"));
    }
    if (!current.email_address_verified) {
        return fail(invalid_field("email_unverified_for_reactivation",
                                  "member_id: a member is reactivated only with a verified e-mail "
                                  "address. One that a provider manages returns when the provider "
                                  "activates it."));
    }
    current.status = MemberStatus::active;
    return current;
}

Error member_not_found() {
    return Error(ErrorCode::not_found, "The member could not be found.")
        .with_kind("member_not_found");
}

Event member_event(EventAction action, Member const& member, EventId id, Timestamp now) {
    return {.id = id,
            .source = EventSource::direct,
            .object = EventObject::member,
            .action = action,
            .object_id = to_string(member.id),
            .related_id = {},
            .label = member.email_address,
            .occurred_at = now};
}

}  // namespace rollcall::directory
