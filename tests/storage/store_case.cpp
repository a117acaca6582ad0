// Fixtures of storage tests.
#include "store_case.hpp"

#include "base/text.hpp"
#include "crypto/digest.hpp"
#include "storage/memory/open.hpp"
#include "storage/sqlite/open.hpp"

#include <unistd.h>

namespace rollcall::tests {

using namespace directory;
using storage::ConnectionKey;
using storage::OrganizationKey;
using storage::ProjectKey;

TemporaryDirectory::TemporaryDirectory() {
    auto name = (std::filesystem::temp_directory_path() / "rollcall-test-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary directory");
    path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

Timestamp at(int seconds) {
    return Timestamp{std::chrono::seconds{1'750'000'000}} + std::chrono::seconds{seconds};
}

Digest digest_of(std::string_view text) {
    return crypto::sha256(text);
}

ProjectKey World::project(Environment environment) {
    ProjectId const id{environment, ids_.random_uuid()};
    auto const secret = digest_of("secret");
    must(run_task(store_->create_project({.id = id,
                                          .name = "Project",
                                          .public_token = {environment, ids_.random_uuid()},
                                          .created_at = at(0)},
                                         {.id = ids_.random_uuid(),
                                          .digest = secret,
                                          .last_four = "cret",
                                          .created_at = at(0),
                                          .revoked_at = {}})));
    return get(store_->authenticate_project(id, secret)).value();
}

Organization World::new_organization(ProjectKey const& project, std::string slug) {
    return {.id = {project.environment(), ids_.ordered_uuid(at(0))},
            .name = "Organization " + slug,
            .slug = std::move(slug),
            .logo_url = "",
            .external_id = {},
            .trusted_metadata = {},
            .settings = {},
            .created_at = at(0),
            .updated_at = at(0)};
}

OrganizationKey World::organization(ProjectKey const& project, std::string slug) {
    auto organization = new_organization(project, std::move(slug));
    return get(store_->create_organization(project, std::move(organization), {})).key;
}

Connection World::new_connection(OrganizationKey const& key, std::string const& token) {
    return {.id = {key.id().environment, ids_.random_uuid()},
            .organization = key.id(),
            .display_name = "Okta",
            .identity_provider = IdentityProvider::okta,
            .token = {digest_of(token), "oken", at(1'000'000)},
            .next_token = {},
            .created_at = at(0),
            .updated_at = at(0)};
}

ConnectionKey World::connection(OrganizationKey const& organization) {
    return get(store_->create_connection(organization, new_connection(organization), {})).key;
}

Tenant World::tenant() {
    auto const key = organization(project(), "org-" + std::to_string(++made_));
    return {key, connection(key)};
}

UserState state_of(std::string const& name) {
    UserState state;
    auto const address = name + "@example.com";
    state.attributes = {{"userName", address}, {"displayName", name}};
    state.user_name_key = fold(address);
    state.display_name_key = fold(name);
    state.emails = {{fold(address), "work"}};
    state.email_address = address;
    state.email_key = fold(address);
    state.name = name;
    return state;
}

UserCreation World::new_user(ConnectionKey const& key, std::string const& name) {
    UserCreation creation;
    creation.new_member_id = {key.environment(), ids_.ordered_uuid(at(1))};
    creation.registration = {key.environment(), ids_.random_uuid()};
    creation.link = NewMember{};
    creation.state = state_of(name);
    creation.now = at(1);
    return creation;
}

GroupCreation World::new_group(ConnectionKey const& key, std::string const& name) {
    return {.id = {key.environment(), ids_.ordered_uuid(at(1))},
            .display_name = name,
            .name_key = fold(name),
            .external_id = {},
            .extensions = {},
            .members = {},
            .now = at(1)};
}

Group World::group(ConnectionKey const& key, std::string const& name,
                   std::vector<GroupMember> members) {
    auto creation = new_group(key, name);
    creation.members = std::move(members);
    return get(store_->create_group(key, std::move(creation))).group;
}

std::vector<std::string> World::events(OrganizationKey const& key, std::int64_t after) {
    std::vector<std::string> lines;
    for (auto const& stored : get(store_->list_events(key, after, 100'000))) {
        auto line = event_name(stored.event) + " " + stored.event.label;
        lines.push_back(std::move(line));
    }
    return lines;
}

std::int64_t World::last_position(OrganizationKey const& key) {
    auto const events = get(store_->list_events(key, 0, 100'000));
    return events.empty() ? 0 : events.back().position;
}

Event World::event(OrganizationKey const& key, EventObject object, EventAction action) {
    return {.id = {key.id().environment, ids_.ordered_uuid(at(1))},
            .source = EventSource::direct,
            .object = object,
            .action = action,
            .object_id = to_string(key.id()),
            .related_id = "",
            .label = "label",
            .occurred_at = at(1)};
}

GroupMember member(User const& user) {
    return {{MemberKind::user, user.id.uuid}, std::nullopt};
}
GroupMember member(Group const& group) {
    return {{MemberKind::group, group.id.uuid}, std::nullopt};
}

std::vector<std::string> names(std::vector<GroupSummary> const& groups) {
    std::vector<std::string> result;
    for (auto const& group : groups) result.push_back(group.display_name);
    return result;
}

StoreCase::StoreCase(Limits const& limits) : limits_(limits), store_(), world((open(), *store_)) {}

void StoreCase::open() {
    if (GetParam() == StoreKind::memory) {
        store_ = storage::open_memory_store(ids_, limits_);
    } else {
        store_ = must(storage::open_sqlite_store(
            {.directory = directory_.path() / "data", .exclusive = true}, ids_, limits_));
    }
}

void StoreCase::reopen() {
    if (GetParam() == StoreKind::memory) return;
    must(run_task(store_->close()));
    store_.reset();
    open();
    world = World(*store_);
}

void StoreCase::purge_all() {
    while (get(store_->purge(3))) {
    }
}

std::string kind_name(::testing::TestParamInfo<StoreKind> const& info) {
    return info.param == StoreKind::memory ? "memory" : "sqlite";
}

}  // namespace rollcall::tests
