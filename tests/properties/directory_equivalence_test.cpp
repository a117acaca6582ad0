// Random operations on directories give equal answers and leave equal contents in both stores.
#include "base/text.hpp"
#include "directory/order_plan.hpp"
#include "store_pair.hpp"

namespace rollcall::tests {
namespace {

using namespace directory;
using storage::Store;

class Directories : public StorePair {
public:
    using StorePair::StorePair;

private:
    void compare_tenant() override {
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
        both("connection", [](Store& s, auto& o, auto&) { return s.find_active_connection(o); });
        for (auto const& user : users_) {
            both("member", [&](Store& s, auto& o, auto&) {
                return s.find_member(o, to_string(MemberId{Environment::test, user}));
            });
        }
    }

    void one_operation() override {
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

    // --- Choosing -----------------------------------------------------------------------------

    boost::json::object extensions() {
        if (chance(60)) return {};
        return {{"urn:acme:team", boost::json::object{{"size", below(3)}}}};
    }
    Uuid group_uuid() {
        if (groups_.empty() || chance(10)) return ids().random_uuid();
        return groups_[below(groups_.size())];
    }
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
    GroupRules rules() { return {.unique_name = chance(70), .known_members_only = chance(10)}; }
    OrderRequest order_request() {
        constexpr std::array<std::string_view, 8> orders{
            "",          "", "userName", "displayName", "id", "meta.created", "meta.lastModified",
            "externalId"};
        return {orders.at(below(orders.size())), chance(50), "https://rollcall.test"};
    }

    // --- Operations ---------------------------------------------------------------------------

    void create_user() {
        UserCreation creation;
        creation.new_member_id = {Environment::test, ids().ordered_uuid(now())};
        creation.registration = {Environment::test, ids().random_uuid()};
        creation.state = user_state();
        creation.now = now();
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
                          .now = now()};
        both("update_user", [&](Store& s, auto& o, auto& c) {
            update.events = {event(o)};
            return s.update_user(c, id, update);
        });
    }

    void delete_user() {
        auto const id = user_id();
        auto const version = expected_version();
        both("delete_user", [&](Store& s, auto& o, auto& c) {
            return s.delete_user(c, id, version, now(), {event(o)});
        });
    }

    // Gives a member random values of all that may change.
    void write(Member& member) {
        member.email_address = chance(90) ? address() : "";
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
        auto const retired = fold(address());
        if (chance(40) && retired != fold(member.email_address)) {
            member.retired_emails = {retired};
        }
    }

    void create_member() {
        Member member;
        member.id = {Environment::test, ids().ordered_uuid(now())};
        member.organization = organization_id();
        member.created_at = member.updated_at = now();
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
        auto const email_key = fold(address());
        both("find_member_by_email",
             [&](Store& s, auto& o, auto&) { return s.find_member_by_email(o, email_key); });
        if (!found || !*found) return;
        MemberUpdate update{(*found)->member, {}, {}, now()};
        write(update.member);
        if (chance(10)) ++update.member.version;
        if (chance(50)) update.attributes = boost::json::object{{"userName", email_key}};
        both("update_member", [&](Store& s, auto& o, auto&) {
            update.events = {event(o)};
            return s.update_member(o, update);
        });
        both("find_role_basis",
             [&](Store& s, auto& o, auto&) { return s.find_role_basis(o, update.member.id); });
    }

    void create_group() {
        auto const display_name = name();
        GroupCreation const creation{.id = {Environment::test, ids().ordered_uuid(now())},
                                     .display_name = display_name,
                                     .name_key = fold(display_name),
                                     .external_id = external_id(),
                                     .extensions = extensions(),
                                     .members = some_members(),
                                     .now = now(),
                                     .rules = rules()};
        auto const created = both(
            "create_group", [&](Store& s, auto&, auto& c) { return s.create_group(c, creation); });
        if (created) groups_.push_back(creation.id.uuid);
    }

    void change_group() {
        GroupChange change;
        change.now = now();
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

    void delete_group() {
        auto const id = group_id();
        auto const version = expected_version();
        both("delete_group",
             [&](Store& s, auto&, auto& c) { return s.delete_group(c, id, version, now()); });
    }

    void query_users() {
        UserQuery query;
        auto const email_key = fold(address());
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
                query.index = ByLastModified{earlier(below(40)), now()};
                break;
            case 1:
                query.index = ByUserName{email_key};
                break;
            case 2:
                query.index = ByExternalId{external_id().value_or("")};
                break;
            case 3:
                query.index = ByEmail{email_key, {}};
                break;
            case 4:
                query.index = ByEmail{email_key, "work"};
                break;
            case 5:
                query.index = Nothing{};
                break;
            default:
                break;
        }
        if (chance(40)) {
            query.examines_groups = chance(70);
            query.rest = [](User const& user) { return user.groups.size() % 2 == 1; };
        }
        query.with_groups = chance(50);
        query.window = {below(6), below(6)};
        scim::Notes notes;
        query.order =
            must(plan_user_order(order_request(), scim::user_type(), limits(), notes)).order;
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
                query.index = ByLastModified{earlier(below(40)), now()};
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
            change.now = now();
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
                return s.start_rotation(c, next, now(), {event(o)});
            });
        } else {
            auto const how = chance(50) ? storage::Rotation::complete : storage::Rotation::cancel;
            both("end_rotation", [&](Store& s, auto& o, auto& c) {
                return s.end_rotation(c, how, now(), {event(o)});
            });
        }
    }

    void replace_connection() {
        both("delete_connection",
             [&](Store& s, auto& o, auto& c) { return s.delete_connection(c, now(), {event(o)}); });
        both("list_users after deletion",
             [&](Store& s, auto&, auto& c) { return s.list_users(c, {}); });
        auto const connection = new_connection(organization_id());
        both("create_connection", [&](Store& s, auto& o, auto&) {
            return s.create_connection(o, connection, {event(o)});
        });
        for (auto* side : sides()) {
            auto const record =
                get(side->store->find_active_connection(side->organizations[tenant_]));
            side->connections[tenant_] = record->key;
        }
    }

    // How much there is left to purge is the store's own business.
    void purge() {
        for (auto* side : sides()) get(side->store->purge(5));
    }

    std::vector<Uuid> groups_;
};

TEST(StoreEquivalence, of_directories) {
    for_each_seed([](std::uint64_t seed) { Directories(seed).run(400); });
}

}  // namespace
}  // namespace rollcall::tests
