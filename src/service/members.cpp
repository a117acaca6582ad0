// Plan with directory/, apply with storage/, plan again when somebody else was faster.
#include "service/members.hpp"

#include "base/text.hpp"
#include "directory/email_address.hpp"
#include "directory/field_rules.hpp"
#include "directory/member_permissions.hpp"
#include "directory/organization_plan.hpp"
#include "directory/session_plan.hpp"
#include "service/attempts.hpp"
#include "service/organization_access.hpp"
#include "service/organization_view.hpp"
#include "storage/store.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rollcall::service {
namespace {

using directory::Member;
using directory::MemberRecord;
using directory::MemberStatus;

constexpr std::array to_remove{directory::FieldPermission{"", directory::of_oneself, "delete"}};
constexpr std::array to_unlink{directory::FieldPermission{"email_address", directory::of_oneself,
                                                          "update.info.unlink.retired-email"}};

Error member_elsewhere() {
    return Error(ErrorCode::not_found, "The member belongs to another organization.")
        .with_kind("member_does_not_exist_in_organization");
}

Error email_not_found() {
    return Error(ErrorCode::not_found, "The member has no such retired e-mail address.")
        .with_kind("email_not_found");
}

// The organization was there a moment ago; only the store can tell when it goes.
Error as_member_error(Error error) {
    if (error.code() != ErrorCode::not_found) return error;
    if (error.kind() == "organization_not_found") return directory::organization_not_found();
    return directory::member_not_found();
}

bool is_deleted(MemberRecord const& record) {
    return record.member.status == MemberStatus::deleted;
}

// An update does not touch the groups, so those that were read before are still right.
void keep_groups(MemberRecord& before, MemberRecord& updated) {
    if (!before.registration || !updated.registration) return;
    updated.registration->user.groups = std::move(before.registration->user.groups);
}

Result<Member> unless_deleted(Member const& member) {
    if (member.status == MemberStatus::deleted) return fail(directory::member_not_found());
    return member;
}

Status check_environment(std::string_view reference, Environment environment) {
    auto const id = parse_id<MemberId>(reference);
    if (id && id->environment != environment) {
        return fail(directory::wrong_environment(id->environment));
    }
    return {};
}

Result<Member> without_retired(Member member, EmailReference const& email) {
    auto const is_meant = [&](std::string const& address) {
        auto const by_id =
            !email.email_id || to_string(email_id_of(member.id, address)) == *email.email_id;
        auto const by_text = !email.email_address || fold(trim(*email.email_address)) == address;
        return by_id && by_text;
    };
    if (std::erase_if(member.retired_emails, is_meant) == 0) return fail(email_not_found());
    return member;
}

}  // namespace

/// An organization with all that decides roles in it.
struct Members::Opened {
    storage::OrganizationRecord record;
    Policies::Ready project_policy;
    Policies::Ready policy;

    [[nodiscard]] MemberView view(MemberRecord member) && {
        auto shown = show(std::move(member), record.organization.settings, *policy);
        return {std::move(shown), view_of(std::move(record), *project_policy)};
    }
};

struct Members::Found {
    Opened organization;
    MemberRecord member;

    [[nodiscard]] MemberView view() && { return std::move(organization).view(std::move(member)); }
};

EventId Members::new_event_id(directory::ProjectKey const& project, Timestamp now) {
    return {project.environment(), ids_.ordered_uuid(now)};
}

Task<Result<Members::Opened>> Members::open(directory::ProjectKey project,
                                            std::string organization) {
    CO_TRY(auto record, co_await get_organization_record(store_, project, std::move(organization)));
    CO_TRY(auto project_policy, co_await policies_.effective(project));
    CO_TRY(auto policy, co_await policies_.effective(record.key));
    co_return Opened{std::move(record), std::move(project_policy), std::move(policy)};
}

Task<Result<Members::Found>> Members::find(directory::ProjectKey project,
                                           MemberReference const& reference) {
    CO_TRY(auto opened, co_await open(project, reference.organization));
    CO_CHECK(check_environment(reference.member, project.environment()));
    CO_TRY(auto record, co_await store_.find_member(opened.record.key, reference.member));
    if (record) co_return Found{std::move(opened), std::move(*record)};
    if (auto const id = parse_id<MemberId>(reference.member)) {
        CO_TRY(auto const elsewhere, co_await store_.find_organization_of_member(project, *id));
        if (elsewhere) co_return fail(member_elsewhere());
    }
    co_return fail(directory::member_not_found());
}

/// Finds, lets `plan(member, policy)` make the next state of it, writes if that differs or there is
/// a password to add.
template <class Plan>
Task<Result<Members::Found>> Members::change(directory::ProjectKey project,
                                             MemberReference reference, Plan plan,
                                             std::optional<directory::MemberPassword> password) {
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        CO_TRY(auto found, co_await find(project, reference));
        CO_TRY(auto next, plan(std::as_const(found.member).member, *found.organization.policy));
        if (next == found.member.member && !password) co_return std::move(found);
        auto const now = clock_.now();
        auto update = directory::member_update(found.member, std::move(next),
                                               new_event_id(project, now), now);
        update.password = password;
        auto updated =
            co_await store_.update_member(found.organization.record.key, std::move(update));
        if (updated) {
            keep_groups(found.member, *updated);
            co_return Found{std::move(found.organization), std::move(*updated)};
        }
        if (updated.error().code() != ErrorCode::precondition_failed) {
            co_return fail(as_member_error(std::move(updated).error()));
        }
    }
    co_return fail(busy("The member"));
}

/// The living member with the address of `fields`, changed by `plan(member, fields, policy)`, where
/// `fields` have no address any more; or a new one, if one may be made.
template <class Plan>
Task<Result<MetMember>> Members::meet(directory::ProjectKey project, std::string organization,
                                      directory::MemberFields fields, bool may_create, Plan plan,
                                      std::optional<directory::MemberPassword> password) {
    auto const address = fields.email_address.value_or("");
    auto known = co_await get_by_email(project, organization, address);
    if (!known && known.error().kind() == "member_not_found" && may_create) {
        auto created =
            co_await create_with(project, organization, fields, password, permit_all_on_members);
        if (created) co_return MetMember{*std::move(created), true};
        if (created.error().kind() != "duplicate_member_email") co_return fail(created.error());
        // Somebody else was faster, or a deleted member has the address.
        known = co_await get_by_email(project, organization, address);
        if (!known) co_return fail(created.error());
    }
    if (!known) co_return fail(known.error());
    fields.email_address.reset();
    CO_TRY(
        auto found,
        co_await change(
            project, {std::move(organization), to_string(known->member.record.member.id)},
            [&](Member const& current, directory::EffectivePolicy const& policy) -> Result<Member> {
                CHECK(unless_deleted(current));
                return plan(current, fields, policy);
            },
            std::move(password)));
    co_return MetMember{std::move(found).view(), false};
}

Task<Result<MemberView>> Members::create(directory::ProjectKey project, std::string organization,
                                         directory::MemberFields fields, PermitOnMember permit) {
    return create_with(project, std::move(organization), std::move(fields), std::nullopt,
                       std::move(permit));
}

Task<Result<MemberView>> Members::create_with(directory::ProjectKey project,
                                              std::string organization,
                                              directory::MemberFields fields,
                                              std::optional<directory::MemberPassword> password,
                                              PermitOnMember permit) {
    CO_TRY(auto opened, co_await open(project, std::move(organization)));
    auto const now = clock_.now();
    MemberId const id{project.environment(), ids_.ordered_uuid(now)};
    CO_TRY(auto member, directory::plan_member_creation(fields, id, opened.record.organization.id,
                                                        *opened.policy, now, limits_));
    CO_CHECK(permit(id)(directory::permissions_to_create(member), Needed::all));
    auto event = directory::member_event(directory::EventAction::create, member,
                                         new_event_id(project, now), now);
    auto created = co_await store_.create_member(
        opened.record.key, {std::move(member), {std::move(event)}, std::move(password)});
    if (!created) co_return fail(as_member_error(std::move(created).error()));
    co_return std::move(opened).view(std::move(*created));
}

Task<Result<MemberView>> Members::get(directory::ProjectKey project, MemberReference reference) {
    CO_TRY(auto found, co_await find(project, reference));
    if (is_deleted(found.member)) co_return fail(directory::member_not_found());
    co_return std::move(found).view();
}

Task<Result<MemberView>> Members::get_by_email(directory::ProjectKey project,
                                               std::string organization,
                                               std::string email_address) {
    CO_TRY(auto opened, co_await open(project, std::move(organization)));
    CO_TRY(auto record,
           co_await store_.find_member_by_email(opened.record.key, fold(trim(email_address))));
    if (!record || !directory::is_same_address(record->member.email_address, email_address))
        co_return fail(directory::member_not_found());
    co_return std::move(opened).view(std::move(*record));
}

Task<Result<MemberView>> Members::get_anywhere(directory::ProjectKey project, std::string member_id,
                                               bool include_deleted) {
    CO_CHECK(check_environment(member_id, project.environment()));
    auto const id = parse_id<MemberId>(member_id);
    if (!id) co_return fail(directory::member_not_found());
    CO_TRY(auto const organization, co_await store_.find_organization_of_member(project, *id));
    if (!organization) co_return fail(directory::member_not_found());
    CO_TRY(auto found, co_await find(project, {to_string(organization->id()), member_id}));
    if (!include_deleted && is_deleted(found.member)) co_return fail(directory::member_not_found());
    co_return std::move(found).view();
}

Task<Result<MemberView>> Members::update(directory::ProjectKey project, MemberReference reference,
                                         directory::MemberFields fields, PermitOnMember permit) {
    CO_TRY(
        auto found,
        co_await change(
            project, std::move(reference),
            [&](Member const& current, directory::EffectivePolicy const& policy) -> Result<Member> {
                CHECK(unless_deleted(current));
                TRY(auto next, directory::plan_member_update(current, fields, policy, limits_));
                CHECK(permit_change(permit(current.id),
                                    directory::permissions_to_change(current, next),
                                    directory::member_field_permissions()));
                return next;
            }));
    co_return std::move(found).view();
}

Task<Result<MemberView>> Members::admit(directory::ProjectKey project, std::string organization,
                                        Admission admission) {
    directory::MemberFields fields;
    fields.email_address = std::move(admission.email_address);
    fields.external_id = std::move(admission.external_id);
    fields.roles = std::move(admission.roles);
    if (admission.only) {
        CO_TRY(auto const known,
               co_await get_by_email(project, organization, *fields.email_address));
        if (known.member.record.member.id != *admission.only) {
            co_return fail(directory::session_not_found());
        }
    }
    auto met =
        co_await meet(project, std::move(organization), std::move(fields), admission.may_create,
                      [&](Member const& current, directory::MemberFields const& given,
                          directory::EffectivePolicy const& policy) {
                          return directory::plan_member_admission(current, given, policy, limits_);
                      });
    if (met) co_return std::move(met->view);
    // Who was deactivated does not return by logging in.
    auto const is_deleted_one = met.error().kind() == "duplicate_member_email";
    co_return fail(is_deleted_one ? directory::member_not_found() : met.error());
}

Task<Result<MetMember>> Members::migrate(directory::ProjectKey project, std::string organization,
                                         directory::MemberFields fields,
                                         directory::MemberPassword password) {
    fields.email_address_verified = true;
    co_return co_await meet(
        project, std::move(organization), std::move(fields), true,
        [&](Member const& current, directory::MemberFields const& given,
            directory::EffectivePolicy const& policy) {
            return directory::plan_member_migration(current, given, policy, limits_);
        },
        std::move(password));
}

Task<Result<MemberId>> Members::remove(directory::ProjectKey project, MemberReference reference,
                                       PermitOnMember permit) {
    CO_TRY(auto const found,
           co_await change(project, std::move(reference),
                           [&](Member const& current, auto const& /*policy*/) -> Result<Member> {
                               CHECK(unless_deleted(current));
                               CHECK(permit(current.id)(to_remove, Needed::all));
                               return directory::deactivated(current);
                           }));
    co_return found.member.member.id;
}

Task<Result<MemberView>> Members::reactivate(directory::ProjectKey project,
                                             MemberReference reference) {
    CO_CHECK(check_environment(reference.member, project.environment()));
    if (!parse_id<MemberId>(reference.member)) co_return fail(directory::member_not_found());
    auto found = co_await change(project, std::move(reference),
                                 [](Member const& current, auto const& /*policy*/) {
                                     return directory::plan_member_reactivation(current);
                                 });
    if (found) co_return std::move(*found).view();
    auto const& error = found.error();
    if (error.code() != ErrorCode::uniqueness) co_return fail(error);
    co_return fail(Error(ErrorCode::uniqueness, error.message())
                       .with_kind("reactivation_email_belongs_to_another_member"));
}

Task<Result<MemberView>> Members::remove_external_id(directory::ProjectKey project,
                                                     MemberReference reference) {
    CO_TRY(auto found,
           co_await change(project, std::move(reference),
                           [](Member const& current, auto const& /*policy*/) -> Result<Member> {
                               TRY(auto next, unless_deleted(current));
                               next.external_id.reset();
                               return next;
                           }));
    co_return std::move(found).view();
}

Task<Result<MemberView>> Members::unlink_retired_email(directory::ProjectKey project,
                                                       MemberReference reference,
                                                       EmailReference email,
                                                       PermitOnMember permit) {
    if (!email.email_id && !email.email_address) {
        co_return fail(directory::invalid_field("retired_email_missing_email_identifiers",
                                                "Give email_id, email_address, or both."));
    }
    CO_TRY(auto found,
           co_await change(project, std::move(reference),
                           [&](Member const& current, auto const& /*policy*/) -> Result<Member> {
                               TRY(auto next, unless_deleted(current));
                               CHECK(permit(current.id)(to_unlink, Needed::all));
                               return without_retired(std::move(next), email);
                           }));
    co_return std::move(found).view();
}

}  // namespace rollcall::service
