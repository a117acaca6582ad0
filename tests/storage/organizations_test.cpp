// Organizations: finding, uniqueness, optimistic updates, deletion.
#include "storage/settings.hpp"
#include "store_case.hpp"

namespace rollcall::tests {
namespace {

using namespace directory;
using storage::OrganizationKey;

class Organizations : public StoreCase {
protected:
    storage::ProjectKey project = world.project();

    Organization detailed() {
        auto organization = world.new_organization(project, "acme");
        organization.logo_url = "https://example.com/logo.png";
        organization.external_id = "crm-17";
        organization.trusted_metadata = {{"tier", "gold"}, {"seats", 12}};
        organization.settings.email_allowed_domains = {"example.com", "example.org"};
        organization.settings.sso_default_connection_id = "saml-1";
        organization.settings.rbac_email_implicit_role_assignments = {{"example.com", "admin"}};
        organization.settings.allowed_oauth_tenants = {{"slack", {"T1"}}};
        return organization;
    }
    std::optional<OrganizationId> find(std::string reference) {
        auto const key = get(store().find_organization(project, std::move(reference)));
        return key ? std::optional(key->id()) : std::nullopt;
    }
};
ON_EVERY_STORE(Organizations);

TEST_P(Organizations, are_read_as_they_were_written) {
    auto const written = detailed();
    get(store().create_organization(project, written, {}));
    reopen();
    auto const record = get(store().find_organization_record(project, "acme"));
    ASSERT_TRUE(record);
    auto const& read = record->organization;
    EXPECT_EQ(record->key.id(), written.id);
    EXPECT_EQ(record->key.project().id(), project.id());
    EXPECT_EQ(read.id, written.id);
    EXPECT_EQ(read.name, written.name);
    EXPECT_EQ(read.slug, written.slug);
    EXPECT_EQ(read.logo_url, written.logo_url);
    EXPECT_EQ(read.external_id, written.external_id);
    EXPECT_EQ(read.trusted_metadata, written.trusted_metadata);
    EXPECT_EQ(read.settings, written.settings);
    EXPECT_EQ(read.created_at, written.created_at);
    EXPECT_EQ(read.updated_at, written.updated_at);
    EXPECT_FALSE(record->active_connection);
}

TEST_P(Organizations, are_found_by_id_then_slug_then_external_id) {
    auto const first = detailed();
    get(store().create_organization(project, first, {}));
    auto second = world.new_organization(project, "second");
    second.external_id = to_string(first.id);
    get(store().create_organization(project, second, {}));
    EXPECT_EQ(find(to_string(first.id)), first.id);
    EXPECT_EQ(find("acme"), first.id);
    EXPECT_EQ(find("crm-17"), first.id);
    EXPECT_EQ(find("second"), second.id);
    EXPECT_EQ(find("nobody"), std::nullopt);
    EXPECT_EQ(find("organization-live-" + to_string(first.id.uuid)), std::nullopt);
}

TEST_P(Organizations, have_their_slug_alone) {
    get(store().create_organization(project, detailed(), {}));
    auto const error =
        error_of(store().create_organization(project, world.new_organization(project, "acme"), {}));
    EXPECT_EQ(error.code(), ErrorCode::uniqueness);
    EXPECT_EQ(error.kind(), "organization_slug_already_used");
    EXPECT_NE(error.message().find("acme"), std::string::npos);
}

TEST_P(Organizations, have_their_external_id_alone) {
    get(store().create_organization(project, detailed(), {}));
    auto other = world.new_organization(project, "other");
    other.external_id = "crm-17";
    auto const error = error_of(store().create_organization(project, other, {}));
    EXPECT_EQ(error.kind(), "organization_external_id_already_used");
    EXPECT_EQ(find("other"), std::nullopt);
}

TEST_P(Organizations, have_no_slug_that_is_the_external_id_of_another) {
    auto const first = get(store().create_organization(project, detailed(), {})).key;
    auto const other = world.new_organization(project, "crm-17");
    EXPECT_EQ(error_of(store().create_organization(project, other, {})).kind(),
              "organization_slug_already_used");
    auto second = world.new_organization(project, "second");
    auto const key = get(store().create_organization(project, second, {})).key;
    second.slug = "crm-17";
    EXPECT_EQ(error_of(store().update_organization(key, second, at(0), {})).kind(),
              "organization_slug_already_used");
    EXPECT_EQ(find("crm-17"), first.id());
    must(run_task(store().delete_organization(first, at(5), {})));
    get(store().update_organization(key, second, at(0), {}));
    EXPECT_EQ(find("crm-17"), key.id());
}

TEST_P(Organizations, have_no_external_id_that_is_the_slug_of_another) {
    get(store().create_organization(project, detailed(), {}));
    auto second = world.new_organization(project, "second");
    auto const key = get(store().create_organization(project, second, {})).key;
    second.external_id = "acme";
    EXPECT_EQ(error_of(store().update_organization(key, second, at(0), {})).kind(),
              "organization_external_id_already_used");
    second.external_id = "second";
    get(store().update_organization(key, second, at(0), {}));
    auto third = world.new_organization(project, "third");
    third.external_id = "acme";
    EXPECT_EQ(error_of(store().create_organization(project, third, {})).kind(),
              "organization_external_id_already_used");
}

TEST_P(Organizations, of_two_projects_may_share_slug_and_external_id) {
    get(store().create_organization(project, detailed(), {}));
    auto const other = world.project();
    auto organization = world.new_organization(other, "acme");
    organization.external_id = "crm-17";
    get(store().create_organization(other, organization, {}));
    EXPECT_EQ(get(store().find_organization(other, "acme"))->id(), organization.id);
}

TEST_P(Organizations, are_replaced_unless_they_changed_meanwhile) {
    auto organization = detailed();
    auto const key = get(store().create_organization(project, organization, {})).key;
    organization.name = "Renamed";
    organization.slug = "renamed";
    organization.external_id.reset();
    organization.created_at = at(99);
    organization.updated_at = at(10);
    auto const updated =
        get(store().update_organization(key, organization, at(0), {})).organization;
    EXPECT_EQ(updated.name, "Renamed");
    EXPECT_EQ(updated.created_at, at(0));
    EXPECT_EQ(updated.updated_at, at(10));
    EXPECT_EQ(find("acme"), std::nullopt);
    EXPECT_EQ(find("crm-17"), std::nullopt);
    EXPECT_EQ(find("renamed"), key.id());
    organization.name = "Late";
    EXPECT_EQ(error_of(store().update_organization(key, organization, at(0), {})).code(),
              ErrorCode::precondition_failed);
    EXPECT_EQ(get(store().find_organization_record(project, "renamed"))->organization.name,
              "Renamed");
}

TEST_P(Organizations, keep_their_own_slug_when_replaced) {
    auto organization = detailed();
    auto const key = get(store().create_organization(project, organization, {})).key;
    get(store().update_organization(key, organization, at(0), {}));
    get(store().create_organization(project, world.new_organization(project, "taken"), {}));
    organization.slug = "taken";
    EXPECT_EQ(error_of(store().update_organization(key, organization, at(0), {})).kind(),
              "organization_slug_already_used");
    EXPECT_EQ(find("acme"), key.id());
}

TEST_P(Organizations, that_are_deleted_are_gone_and_free_their_names) {
    auto const key = get(store().create_organization(project, detailed(), {})).key;
    auto const connection = world.connection(key);
    must(run_task(store().delete_organization(key, at(5), {})));
    EXPECT_EQ(find("acme"), std::nullopt);
    EXPECT_EQ(find(to_string(key.id())), std::nullopt);
    EXPECT_FALSE(get(store().find_active_connection(key)));
    EXPECT_FALSE(get(store().authenticate_connection(connection.id(), digest_of("token"), at(6))));
    EXPECT_EQ(error_of(store().delete_organization(key, at(6), {})).code(), ErrorCode::not_found);
    EXPECT_EQ(error_of(store().update_organization(key, detailed(), at(0), {})).code(),
              ErrorCode::not_found);
    EXPECT_EQ(error_of(store().create_connection(key, world.new_connection(key), {})).code(),
              ErrorCode::not_found);
    get(store().create_organization(project, detailed(), {}));
    purge_all();
    EXPECT_NE(find("acme"), std::nullopt);
}

TEST_P(Organizations, write_their_events_in_order) {
    auto organization = detailed();
    // The key is only known afterwards; the event carries ids alone.
    auto const other = world.organization(project, "other");
    auto const made = world.event(other, EventObject::organization, EventAction::create);
    auto const key = get(store().create_organization(project, organization, {made})).key;
    get(store().update_organization(
        key, organization, at(0),
        {world.event(key, EventObject::organization, EventAction::update)}));
    must(run_task(store().delete_organization(
        key, at(3), {world.event(key, EventObject::organization, EventAction::remove)})));
    auto const events = get(store().list_events(key, 0, 10));
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(event_name(events[0].event), "direct.organization.create");
    EXPECT_EQ(events[0].event.id, made.id);
    EXPECT_EQ(events[0].event.object_id, made.object_id);
    EXPECT_EQ(events[0].event.occurred_at, made.occurred_at);
    EXPECT_EQ(event_name(events[1].event), "direct.organization.update");
    EXPECT_EQ(event_name(events[2].event), "direct.organization.delete");
    EXPECT_LT(events[0].position, events[1].position);
    EXPECT_LT(events[1].position, events[2].position);
    EXPECT_TRUE(get(store().list_events(other, 0, 10)).empty());
    EXPECT_EQ(get(store().list_events(key, events[0].position, 1)).size(), 1U);
}

TEST_P(Organizations, write_no_event_when_refused) {
    auto const key = get(store().create_organization(project, detailed(), {})).key;
    auto const event = world.event(key, EventObject::organization, EventAction::update);
    EXPECT_EQ(error_of(store().update_organization(key, detailed(), at(77), {event})).code(),
              ErrorCode::precondition_failed);
    EXPECT_TRUE(get(store().list_events(key, 0, 10)).empty());
}

TEST_P(Organizations, raise_the_generation_of_their_project_too) {
    auto const before = store().generation(project.id().uuid);
    auto const key = world.organization(project, "acme");
    EXPECT_NE(store().generation(project.id().uuid), before);
    auto const own = store().generation(key.id().uuid);
    must(run_task(store().delete_organization(key, at(1), {})));
    EXPECT_NE(store().generation(key.id().uuid), own);
}

}  // namespace
}  // namespace rollcall::tests
