// Plan with directory/, apply with storage/, plan again when somebody else was faster.
#include "service/organizations.hpp"

#include "directory/organization_permissions.hpp"
#include "service/attempts.hpp"
#include "service/organization_access.hpp"
#include "service/organization_view.hpp"
#include "storage/store.hpp"

namespace rollcall::service {
namespace {

constexpr int slug_attempts_max = 5;
constexpr std::size_t slug_suffix_size = 8;

Error as_organization_error(Error error) {
    if (error.code() == ErrorCode::not_found) return directory::organization_not_found();
    return error;
}

}  // namespace

directory::Event Organizations::make_event(directory::EventAction action,
                                           directory::Organization const& organization,
                                           Timestamp now) {
    EventId const id{organization.id.environment, ids_.ordered_uuid(now)};
    return directory::organization_event(action, organization, id, now);
}

Task<Result<OrganizationView>> Organizations::create(directory::ProjectKey project,
                                                     directory::OrganizationFields fields) {
    auto const now = clock_.now();
    OrganizationId const id{project.environment(), ids_.ordered_uuid(now)};
    CO_TRY(auto const policy, co_await policies_.effective(project));
    CO_TRY(auto organization,
           directory::plan_organization_creation(fields, id, *policy, now, limits_));
    auto const derived = !fields.slug || fields.slug->empty();
    auto const wanted_slug = organization.slug;
    for (int attempt = 1;; ++attempt) {
        std::vector<directory::Event> events{
            make_event(directory::EventAction::create, organization, now)};
        auto created =
            co_await store_.create_organization(project, organization, std::move(events));
        if (created) co_return view_of(std::move(*created), *policy);
        auto const taken = created.error().kind() == "organization_slug_already_used";
        if (!derived || !taken || attempt == slug_attempts_max) {
            co_return fail(std::move(created).error());
        }
        auto const random = to_string(ids_.random_uuid());
        organization.slug = directory::with_suffix(
            wanted_slug, std::string_view(random).substr(0, slug_suffix_size));
    }
}

Task<Result<OrganizationView>> Organizations::get(directory::ProjectKey project,
                                                  std::string reference) {
    CO_TRY(auto record, co_await get_organization_record(store_, project, std::move(reference)));
    CO_TRY(auto const policy, co_await policies_.effective(project));
    co_return view_of(std::move(record), *policy);
}

Task<Result<OrganizationId>> Organizations::find_id(directory::ProjectKey project,
                                                    std::string reference) {
    CO_TRY(auto const key, co_await get_organization(store_, project, std::move(reference)));
    co_return key.id();
}

Task<Result<OrganizationView>> Organizations::change(directory::ProjectKey project,
                                                     std::string reference, Plan plan) {
    for (int attempt = 1; attempt <= attempts_max; ++attempt) {
        CO_TRY(auto record, co_await get_organization_record(store_, project, reference));
        CO_TRY(auto const policy, co_await policies_.effective(project));
        auto const now = clock_.now();
        CO_TRY(auto const next, plan(record, *policy, now));
        if (next.updated_at == record.organization.updated_at) {
            co_return view_of(std::move(record), *policy);
        }
        std::vector<directory::Event> events{make_event(directory::EventAction::update, next, now)};
        auto updated = co_await store_.update_organization(
            record.key, next, record.organization.updated_at, std::move(events));
        if (updated) co_return view_of(std::move(*updated), *policy);
        if (updated.error().code() != ErrorCode::precondition_failed) {
            co_return fail(as_organization_error(std::move(updated).error()));
        }
    }
    co_return fail(busy("The organization"));
}

Task<Result<OrganizationView>> Organizations::update(directory::ProjectKey project,
                                                     std::string reference,
                                                     directory::OrganizationFields fields,
                                                     Permit permit) {
    co_return co_await change(
        project, std::move(reference),
        [&](storage::OrganizationRecord const& record, directory::EffectivePolicy const& policy,
            Timestamp now) -> Result<directory::Organization> {
            auto const& current = record.organization;
            directory::EffectivePolicy const own(policy, record.policy);
            TRY(auto next, directory::plan_organization_update(current, fields, own, now, limits_));
            CHECK(permit_change(permit, directory::permissions_to_change(current, next),
                                directory::organization_field_permissions()));
            return next;
        });
}

Task<Result<OrganizationView>> Organizations::remove_external_id(directory::ProjectKey project,
                                                                 std::string reference) {
    co_return co_await change(
        project, std::move(reference),
        [](storage::OrganizationRecord const& record, directory::EffectivePolicy const& /*policy*/,
           Timestamp now) -> Result<directory::Organization> {
            return directory::plan_external_id_removal(record.organization, now);
        });
}

Task<Result<OrganizationMetrics>> Organizations::measure(directory::ProjectKey project,
                                                         std::string reference) {
    CO_TRY(auto const key, co_await get_organization(store_, project, std::move(reference)));
    auto const members = co_await store_.count_members(key);
    if (!members) co_return fail(as_organization_error(members.error()));
    co_return OrganizationMetrics{key.id(), *members};
}

Task<Result<OrganizationId>> Organizations::remove(directory::ProjectKey project,
                                                   std::string reference) {
    CO_TRY(auto const record,
           co_await get_organization_record(store_, project, std::move(reference)));
    auto const now = clock_.now();
    std::vector<directory::Event> events{
        make_event(directory::EventAction::remove, record.organization, now)};
    auto const removed = co_await store_.delete_organization(record.key, now, std::move(events));
    if (!removed) co_return fail(as_organization_error(removed.error()));
    co_return record.organization.id;
}

}  // namespace rollcall::service
