// Random operations on the memory store and on SQLite give equal answers and leave equal contents.
#include "base/text.hpp"
#include "dice.hpp"
#include "directory/order_plan.hpp"
#include "storage/memory/open.hpp"
#include "storage/sqlite/open.hpp"
#include "storage/store_case.hpp"
#include "store_describe.hpp"

#include <array>

namespace rollcall::tests {
namespace {

using namespace directory;
using storage::ConnectionKey;
using storage::OrganizationKey;
using storage::Store;

/// One store, with the keys it issued.
struct Side {
    std::unique_ptr<Store> store;
    std::vector<OrganizationKey> organizations{};
    std::vector<ConnectionKey> connections{};  ///< the latest of each organization
};

class Pair {
public:
    explicit Pair(std::uint64_t seed) : dice_(seed) {
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
        for (auto* side : {&memory_, &sqlite_}) {
            must(run_task(side->store->create_project(project, secret)));
        }
        World world(*memory_.store);
        for (int i = 0; i < 2; ++i) {
            auto const key = get(memory_.store->authenticate_project(id, secret.digest)).value();
            add_organization(world.new_organization(key, "org" + std::to_string(i)), id);
        }
    }

    void run(int steps) {
        for (int step = 0; step < steps && !::testing::Test::HasFailure(); ++step) {
            SCOPED_TRACE("step " + std::to_string(step));
            ++now_;
            one_operation();
            if (step % 25 == 24) compare_contents();
        }
        compare_contents();
        reopen();
        compare_contents();
    }

private:
    static Limits limits() {
        Limits limits;
        limits.scan_rows_max = 30;
        limits.response_members_max = 60;
        return limits;
    }

    void reopen() {
        sqlite_.store = nullptr;
        sqlite_.store = must(storage::open_sqlite_store(
            {.directory = directory_.path(), .exclusive = true}, ids_, limits()));
    }

    // --- Choosing -----------------------------------------------------------------------------

    std::size_t below(std::size_t bound) { return dice_.below(bound); }
    bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
    std::string name() { return (chance(20) ? "Name" : "name") + std::to_string(below(12)); }
    std::optional<std::string> external_id() {
        if (chance(40)) return std::nullopt;
        return "ext" + std::to_string(below(6));
    }
    boost::json::object extensions() {
        if (chance(60)) return {};
        return {{"urn:acme:team", boost::json::object{{"size", below(3)}}}};
    }
    Uuid user_uuid() {
        if (users_.empty() || chance(10)) return ids_.random_uuid();
        return users_[below(users_.size())];
    }
    Uuid group_uuid() {
        if (groups_.empty() || chance(10)) return ids_.random_uuid();
        return groups_[below(groups_.size())];
    }
    MemberId user_id() { return {chance(2) ? Environment::live : Environment::test, user_uuid()}; }
    GroupId group_id() { return {chance(2) ? Environment::live : Environment::test, group_uuid()}; }
    MemberRef member_ref() {
        if (chance(20)) return {MemberKind::group, group_uuid()};
        return {MemberKind::user, user_uuid()};
    }
    std::vector<GroupMember> some_members() {
        std::vector<GroupMember> members;
        for (auto count = below(6); count > 0; --count) {
            members.push_back({member_ref(), chance(20) ? std::optional(name()) : std::nullopt});
        }
        return members;
    }
    std::optional<std::uint64_t> expected_version() {
        if (chance(80)) return std::nullopt;
        return below(4) + 1;
    }
    UserState user_state() {
        auto state = state_of(name());
        state.external_id = external_id();
        if (chance(10)) state.external_id = "";
        if (chance(25)) state.email_key = state.email_address = "";
        if (chance(25)) {
            state.email_address = name() + "@example.com";
            state.email_key = fold(state.email_address);
        }
        if (chance(30)) state.emails.push_back({fold(name()) + "@example.com", "home"});
        if (chance(15)) state.status = MemberStatus::deleted;
        if (chance(20)) state.attributes.erase("displayName");
        return state;
    }
    Event event(OrganizationKey const& key) {
        return {.id = {Environment::test, ids_.ordered_uuid(at(now_))},
                .source = EventSource::scim,
                .object = EventObject::member,
                .action = EventAction::update,
                .object_id = to_string(key.id()),
                .related_id = "",
                .label = std::to_string(now_),
                .occurred_at = at(now_)};
    }

    // --- Comparing ----------------------------------------------------------------------------

    // Calls operation(store, organization key, connection key) on both and compares the answers.
    template <class Operation>
    auto both(char const* what, Operation operation) {
        SCOPED_TRACE(what);
        auto const call = [&](Side& side) {
            return run_task(
                operation(*side.store, side.organizations[tenant_], side.connections[tenant_]));
        };
        auto expected = call(memory_);
        auto const actual = call(sqlite_);
        EXPECT_EQ(describe(actual), describe(expected));
        return expected;
    }

    void compare_contents() {
        for (tenant_ = 0; tenant_ < 2; ++tenant_) {
            both("events", [](Store& s, auto& o, auto&) { return s.list_events(o, 0, 1'000'000); });
            both("users", [](Store& s, auto&, auto& c) { return s.list_users(c, {}); });
            both("groups", [](Store& s, auto&, auto& c) {
                GroupQuery query;
                query.with_members = false;
                return s.list_groups(c, query);
            });
            for (auto const& group : groups_) {
                both("group", [&](Store& s, auto&, auto& c) {
                    return s.find_group(c, {Environment::test, group}, true);
                });
            }
            both("summaries",
                 [](Store& s, auto&, auto& c) { return s.list_group_summaries(c, {}, 1000); });
            both("connection",
                 [](Store& s, auto& o, auto&) { return s.find_active_connection(o); });
            for (auto const& user : users_) {
                both("member", [&](Store& s, auto& o, auto&) {
                    return s.find_member(o, to_string(MemberId{Environment::test, user}));
                });
            }
        }
        tenant_ = 0;
    }

    // --- Operations ---------------------------------------------------------------------------

    void add_organization(Organization const& organization, ProjectId const& project) {
        Connection const connection = new_connection(organization.id);
        for (auto* side : {&memory_, &sqlite_}) {
            auto const key =
                get(side->store->authenticate_project(project, digest_of("secret"))).value();
            side->organizations.push_back(
                get(side->store->create_organization(key, organization, {})).key);
            side->connections.push_back(
                get(side->store->create_connection(side->organizations.back(), connection, {}))
                    .key);
        }
    }

    Connection new_connection(OrganizationId const& organization) {
        return {.id = {Environment::test, ids_.random_uuid()},
                .organization = organization,
                .display_name = name(),
                .identity_provider = IdentityProvider::okta,
                .token = {digest_of("token"), "oken", at(1'000'000)},
                .next_token = {},
                .created_at = at(now_),
                .updated_at = at(now_)};
    }

    void one_operation() {
        tenant_ = below(2);
        auto const dice = below(100);
        if (dice < 18) return create_user();
        if (dice < 27) return update_user();
        if (dice < 32) return delete_user();
        if (dice < 36) return create_member();
        if (dice < 41) return update_member();
        if (dice < 50) return create_group();
        if (dice < 72) return change_group();
        if (dice < 77) return delete_group();
        if (dice < 87) return query_users();
        if (dice < 94) return query_groups();
        if (dice < 97) return change_connection();
        if (dice < 98) return replace_connection();
        purge();
    }

    void create_user() {
        UserCreation creation;
        creation.new_member_id = {Environment::test, ids_.ordered_uuid(at(now_))};
        creation.registration = {Environment::test, ids_.random_uuid()};
        creation.state = user_state();
        creation.now = at(now_);
        auto const candidates = both("candidates", [&](Store& s, auto&, auto& c) {
            return s.find_link_candidates(c, creation.state.user_name_key,
                                          creation.state.external_id, creation.state.email_key);
        });
        if (candidates && !candidates->empty() && chance(70)) {
            auto const& candidate = (*candidates)[below(candidates->size())];
            creation.link = ExistingMember{candidate.id, candidate.member_version};
        } else {
            creation.only_if_unknown = chance(50);
        }
        auto const created = both("create_user", [&](Store& s, auto& o, auto& c) {
            creation.events = {event(o)};
            return s.create_user(c, creation);
        });
        if (created) users_.push_back(created->id.uuid);
    }

    void update_user() {
        auto const id = user_id();
        auto const before =
            both("find_user", [&](Store& s, auto&, auto& c) { return s.find_user(c, id, true); });
        auto const found = before && *before;
        UserUpdate update{.state = user_state(),
                          .expected_version = found && chance(90) ? (*before)->version : below(4),
                          .events = {},
                          .now = at(now_)};
        both("update_user", [&](Store& s, auto& o, auto& c) {
            update.events = {event(o)};
            return s.update_user(c, id, update);
        });
    }

    void delete_user() {
        auto const id = user_id();
        auto const version = expected_version();
        both("delete_user", [&](Store& s, auto& o, auto& c) {
            return s.delete_user(c, id, version, at(now_), {event(o)});
        });
    }

    // Gives a member random values of all that may change.
    void write(Member& member) {
        member.email_address = chance(90) ? name() + "@example.com" : "";
        member.email_address_verified = chance(50);
        member.status = chance(25) ? MemberStatus::deleted : MemberStatus::active;
        member.name = name();
        member.external_id = external_id();
        member.trusted_metadata.clear();
        if (chance(30)) member.trusted_metadata["key"] = below(3);
        member.mfa_enrolled = chance(20);
        member.explicit_roles.clear();
        if (chance(40)) member.explicit_roles.emplace_back("editor");
        if (chance(40)) member.explicit_roles.emplace_back("viewer");
        if (member.status == MemberStatus::deleted) member.explicit_roles.clear();
        auto const retired = fold(name()) + "@example.com";
        if (chance(40) && retired != fold(member.email_address)) {
            member.retired_emails = {retired};
        }
    }

    void create_member() {
        Member member;
        member.id = {Environment::test, ids_.ordered_uuid(at(now_))};
        member.organization = memory_.organizations[tenant_].id();
        member.created_at = member.updated_at = at(now_);
        write(member);
        member.status = MemberStatus::active;
        member.retired_emails.clear();
        auto const created = both("create_member", [&](Store& s, auto& o, auto&) {
            return s.create_member(o, {member, {event(o)}});
        });
        if (created) users_.push_back(member.id.uuid);
    }

    void update_member() {
        auto const reference = chance(80) ? to_string(user_id()) : external_id().value_or("nobody");
        auto const found = both(
            "find_member", [&](Store& s, auto& o, auto&) { return s.find_member(o, reference); });
        auto const address = fold(name()) + "@example.com";
        both("find_member_by_email",
             [&](Store& s, auto& o, auto&) { return s.find_member_by_email(o, address); });
        if (!found || !*found) return;
        MemberUpdate update{(*found)->member, {}, {}, at(now_)};
        write(update.member);
        if (chance(10)) ++update.member.version;
        if (chance(50)) update.attributes = boost::json::object{{"userName", address}};
        both("update_member", [&](Store& s, auto& o, auto&) {
            update.events = {event(o)};
            return s.update_member(o, update);
        });
        both("find_role_basis",
             [&](Store& s, auto& o, auto&) { return s.find_role_basis(o, update.member.id); });
    }

    void create_group() {
        auto const display_name = name();
        GroupCreation const creation{.id = {Environment::test, ids_.ordered_uuid(at(now_))},
                                     .display_name = display_name,
                                     .name_key = fold(display_name),
                                     .external_id = external_id(),
                                     .extensions = extensions(),
                                     .members = some_members(),
                                     .now = at(now_),
                                     .rules = rules()};
        auto const created = both(
            "create_group", [&](Store& s, auto&, auto& c) { return s.create_group(c, creation); });
        if (created) groups_.push_back(creation.id.uuid);
    }

    void change_group() {
        GroupChange change;
        change.now = at(now_);
        change.expected_version = expected_version();
        if (chance(20)) {
            change.display_name = name();
            change.name_key = fold(*change.display_name);
        }
        if (chance(20)) change.external_id = external_id();
        if (chance(20)) change.extensions = extensions();
        if (chance(70)) change.add = some_members();
        for (auto const& member : some_members()) change.remove.push_back(member.ref);
        change.clear_members = chance(20);
        change.unset_members = chance(5);
        change.rules = rules();
        auto const id = group_id();
        both("apply_group_change",
             [&](Store& s, auto&, auto& c) { return s.apply_group_change(c, id, change); });
    }

    GroupRules rules() { return {.unique_name = chance(70), .known_members_only = chance(10)}; }

    void delete_group() {
        auto const id = group_id();
        auto const version = expected_version();
        both("delete_group",
             [&](Store& s, auto&, auto& c) { return s.delete_group(c, id, version, at(now_)); });
    }

    OrderRequest order_request() {
        constexpr std::array<std::string_view, 8> orders{
            "",          "", "userName", "displayName", "id", "meta.created", "meta.lastModified",
            "externalId"};
        return {orders.at(below(orders.size())), chance(50), "https://rollcall.test"};
    }

    void query_users() {
        UserQuery query;
        auto const address = fold(name()) + "@example.com";
        switch (below(10)) {
            case 0:
                query.index = ById{user_uuid()};
                break;
            case 7:
                query.index = ByDisplayName{fold(name())};
                break;
            case 8:
                query.index = ByGroup{group_uuid()};
                break;
            case 9:
                query.index = ByLastModified{at(now_ - static_cast<int>(below(40))), at(now_)};
                break;
            case 1:
                query.index = ByUserName{address};
                break;
            case 2:
                query.index = ByExternalId{external_id().value_or("")};
                break;
            case 3:
                query.index = ByEmail{address, {}};
                break;
            case 4:
                query.index = ByEmail{address, "work"};
                break;
            case 5:
                query.index = Nothing{};
                break;
            default:
                break;
        }
        if (chance(40)) {
            query.rest = [](User const& user) { return user.groups.size() % 2 == 1; };
        }
        query.with_groups = chance(50);
        query.window = {below(6), below(6)};
        scim::Notes notes;
        query.order = must(plan_user_order(order_request(), scim::user_type(), limits(), notes));
        both("list_users", [&](Store& s, auto&, auto& c) { return s.list_users(c, query); });
        std::vector<MemberId> const ids{user_id(), user_id(), user_id()};
        both("resolve_users", [&](Store& s, auto&, auto& c) { return s.resolve_users(c, ids); });
    }

    void query_groups() {
        GroupQuery query;
        switch (below(7)) {
            case 0:
                query.index = ById{group_uuid()};
                break;
            case 6:
                query.index = ByLastModified{at(now_ - static_cast<int>(below(40))), at(now_)};
                break;
            case 1:
                query.index = ByDisplayName{fold(name())};
                break;
            case 2:
                query.index = ByExternalId{external_id().value_or("")};
                break;
            case 3:
                query.index = ByMember{member_ref()};
                break;
            case 4:
                query.index = Nothing{};
                break;
            default:
                break;
        }
        query.examines_members = chance(50);
        if (chance(40)) {
            query.rest = [](Group const& group) { return group.members.size() % 2 == 0; };
        }
        query.with_members = chance(50);
        query.window = {below(6), below(6)};
        scim::Notes notes;
        query.order =
            must(plan_group_order(order_request(), scim::group_type(), limits(), notes)).order;
        both("list_groups", [&](Store& s, auto&, auto& c) { return s.list_groups(c, query); });
        auto const after = chance(50) ? std::optional(group_uuid()) : std::nullopt;
        auto const limit = below(5);
        both("list_group_summaries",
             [&](Store& s, auto&, auto& c) { return s.list_group_summaries(c, after, limit); });
    }

    void change_connection() {
        if (chance(50)) {
            storage::ConnectionChange change;
            change.now = at(now_);
            if (chance(50)) change.display_name = name();
            if (chance(50)) {
                change.options.emplace();
                if (chance(50)) change.options->put_merges = chance(50);
                if (chance(50)) change.options->unique_group_names = chance(50);
            }
            change.role_assignments.emplace();
            for (auto count = below(3); count > 0; --count) {
                change.role_assignments->push_back({name(), group_id()});
            }
            both("update_connection",
                 [&](Store& s, auto&, auto& c) { return s.update_connection(c, change); });
        } else if (chance(50)) {
            BearerToken const next{digest_of(name()), name(), at(1'000'000)};
            both("start_rotation", [&](Store& s, auto& o, auto& c) {
                return s.start_rotation(c, next, at(now_), {event(o)});
            });
        } else {
            auto const how = chance(50) ? storage::Rotation::complete : storage::Rotation::cancel;
            both("end_rotation", [&](Store& s, auto& o, auto& c) {
                return s.end_rotation(c, how, at(now_), {event(o)});
            });
        }
    }

    void replace_connection() {
        both("delete_connection", [&](Store& s, auto& o, auto& c) {
            return s.delete_connection(c, at(now_), {event(o)});
        });
        both("list_users after deletion",
             [&](Store& s, auto&, auto& c) { return s.list_users(c, {}); });
        auto const connection = new_connection(memory_.organizations[tenant_].id());
        both("create_connection", [&](Store& s, auto& o, auto&) {
            return s.create_connection(o, connection, {event(o)});
        });
        for (auto* side : {&memory_, &sqlite_}) {
            auto const record =
                get(side->store->find_active_connection(side->organizations[tenant_]));
            side->connections[tenant_] = record->key;
        }
    }

    // How much there is left to purge is the store's own business.
    void purge() {
        get(memory_.store->purge(5));
        get(sqlite_.store->purge(5));
    }

    Dice dice_;
    crypto::RandomIdSource ids_;
    TemporaryDirectory directory_;
    Side memory_{};
    Side sqlite_{};
    std::size_t tenant_ = 0;
    int now_ = 0;
    std::vector<Uuid> users_;
    std::vector<Uuid> groups_;
};

TEST(StoreEquivalence, holds_after_random_operations) {
    for_each_seed([](std::uint64_t seed) {
        Pair pair(seed);
        pair.run(400);
    });
}

}  // namespace
}  // namespace rollcall::tests
