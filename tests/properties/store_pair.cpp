// The two stores, and what their operations choose from.
#include "store_pair.hpp"

#include "base/text.hpp"
#include "storage/memory/open.hpp"
#include "storage/sqlite/open.hpp"

namespace rollcall::tests {

using namespace directory;
using storage::OrganizationKey;

StorePair::StorePair(std::uint64_t seed) : dice_(seed) {
    memory_.store = storage::open_memory_store(ids_, limits());
    reopen();
    ProjectId const id{Environment::test, ids_.random_uuid()};
    ProjectSecret const secret{.id = ids_.random_uuid(),
                               .digest = digest_of("secret"),
                               .last_four = "cret",
                               .created_at = at(0),
                               .revoked_at = {}};
    Project const project{.id = id,
                          .name = "Project",
                          .public_token = {Environment::test, ids_.random_uuid()},
                          .created_at = at(0)};
    for (auto* side : sides()) must(run_task(side->store->create_project(project, secret)));
    World world(*memory_.store);
    for (int i = 0; i < 2; ++i) {
        auto const key = get(memory_.store->authenticate_project(id, secret.digest)).value();
        add_organization(world.new_organization(key, "org" + std::to_string(i)), id);
    }
}

void StorePair::run(int steps) {
    for (int step = 0; step < steps && !::testing::Test::HasFailure(); ++step) {
        SCOPED_TRACE("step " + std::to_string(step));
        ++now_;
        tenant_ = below(2);
        one_operation();
        if (step % 25 == 24) compare_contents();
    }
    compare_contents();
    reopen();
    compare_contents();
}

void StorePair::compare_contents() {
    for (tenant_ = 0; tenant_ < 2; ++tenant_) compare_tenant();
}

Limits StorePair::limits() {
    Limits limits;
    limits.scan_rows_max = 30;
    limits.response_members_max = 60;
    limits.sessions_per_member_max = 3;
    limits.token_profiles_per_project_max = 4;
    return limits;
}

std::string StorePair::name() {
    return (chance(20) ? "Name" : "name") + std::to_string(below(12));
}

std::optional<std::string> StorePair::external_id() {
    if (chance(40)) return std::nullopt;
    return "ext" + std::to_string(below(6));
}

Uuid StorePair::user_uuid() {
    if (users_.empty() || chance(10)) return ids_.random_uuid();
    return users_[below(users_.size())];
}

MemberId StorePair::user_id() {
    return {chance(2) ? Environment::live : Environment::test, user_uuid()};
}

UserState StorePair::user_state() {
    auto state = state_of(name());
    state.external_id = external_id();
    if (chance(10)) state.external_id = "";
    if (chance(25)) state.email_key = state.email_address = "";
    if (chance(25)) {
        state.email_address = address();
        state.email_key = fold(state.email_address);
    }
    if (chance(30)) state.emails.push_back({fold(address()), "home"});
    if (chance(15)) state.status = MemberStatus::deleted;
    if (chance(20)) state.attributes.erase("displayName");
    return state;
}

Event StorePair::event(OrganizationKey const& key) {
    return {.id = {Environment::test, ids_.ordered_uuid(now())},
            .source = EventSource::scim,
            .object = EventObject::member,
            .action = EventAction::update,
            .object_id = to_string(key.id()),
            .related_id = "",
            .label = std::to_string(now_),
            .occurred_at = now()};
}

Connection StorePair::new_connection(OrganizationId const& organization) {
    return {.id = {Environment::test, ids_.random_uuid()},
            .organization = organization,
            .display_name = name(),
            .identity_provider = IdentityProvider::okta,
            .token = {digest_of("token"), "oken", at(1'000'000)},
            .next_token = {},
            .created_at = now(),
            .updated_at = now()};
}

void StorePair::reopen() {
    sqlite_.store = nullptr;
    sqlite_.store = must(storage::open_sqlite_store(
        {.directory = directory_.path(), .exclusive = true}, ids_, limits()));
}

void StorePair::add_organization(Organization const& organization, ProjectId const& project) {
    auto const connection = new_connection(organization.id);
    for (auto* side : sides()) {
        auto const key =
            get(side->store->authenticate_project(project, digest_of("secret"))).value();
        side->organizations.push_back(
            get(side->store->create_organization(key, organization, {})).key);
        side->connections.push_back(
            get(side->store->create_connection(side->organizations.back(), connection, {})).key);
    }
}

}  // namespace rollcall::tests
