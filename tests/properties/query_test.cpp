// Random queries on random directories: what the stores answer from indexes, in orders and page by
// page is what evaluating everything in memory gives.
#include "base/text.hpp"
#include "directory/representation.hpp"
#include "directory/user_plan.hpp"
#include "scim/filter.hpp"
#include "service/searches.hpp"
#include "storage/store_case.hpp"
#include "support/test_clock.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <random>

namespace rollcall::tests {
namespace {

using namespace directory;
using boost::json::object;
using service::SearchRequest;
using service::SearchScope;

constexpr std::string_view base = "https://rollcall.test/scim";

/// The order's key of a representation, found the plain way; nullopt for no value.
std::optional<std::string> key_of(object const& resource, std::string const& sort_by) {
    boost::json::value const* found = &resource.at("id");
    if (sort_by.starts_with("meta.")) {
        found = resource.at("meta").as_object().if_contains(sort_by.substr(5));
    } else if (sort_by != "emails.value") {
        found = resource.if_contains(sort_by);
    } else if (auto const* emails = resource.if_contains("emails")) {
        found = &emails->as_array().front().as_object().at("value");
        for (auto const& email : emails->as_array()) {
            if (email.as_object().contains("primary")) found = &email.as_object().at("value");
        }
    } else {
        found = nullptr;
    }
    if (found == nullptr) return std::nullopt;
    if (found->is_bool()) return found->as_bool() ? "1" : "0";
    auto const text = std::string(found->as_string());
    if (sort_by == "userName") return fold_user_name(text);
    return sort_by == "externalId" || sort_by == "id" ? text : fold(text);
}

class Queries : public StoreCase {
protected:
    Queries() : searches_(store(), clock_, limits_) {
        if (auto const* given = std::getenv("ROLLCALL_SEED")) seed_ = std::stoull(given);
        random_.seed(seed_);
    }

    std::size_t below(std::size_t bound) { return random_() % bound; }
    bool chance(std::size_t percent) { return below(100) < percent; }
    template <class T>
    T const& one_of(std::vector<T> const& values) {
        return values[below(values.size())];
    }
    std::string word() {
        return one_of<std::string>({"ann", "Bob", "cleo", "DOV", "\u00c4nna", "\uff41NN"});
    }
    std::string name() { return word() + std::to_string(below(4)); }

    // --- A directory --------------------------------------------------------------------------

    object random_attributes(int number) {
        object attributes{{"userName", name() + "_" + std::to_string(number)}};
        if (chance(60)) attributes["displayName"] = name();
        if (chance(60)) attributes["title"] = word();
        if (chance(50)) attributes["externalId"] = "e" + std::to_string(below(8));
        attributes["active"] = chance(70);
        boost::json::array emails;
        for (auto count = below(3); count > 0; --count) {
            object email{{"value", word() + "@x.test"}, {"type", chance(50) ? "work" : "home"}};
            if (emails.empty() && count == 1 && chance(50)) email["primary"] = true;
            emails.push_back(std::move(email));
        }
        if (!emails.empty()) attributes["emails"] = std::move(emails);
        return attributes;
    }
    void add_user(int number) {
        auto creation = world.new_user(key_, "");
        creation.state = plan_user(random_attributes(number));
        // Members would clash by their address; this is about users.
        creation.state.email_key = creation.state.email_address = "";
        creation.now = at(static_cast<int>(below(20)));
        user_ids_.push_back(get(store().create_user(key_, creation)).id);
    }
    void change_user() {
        auto const stored = get(store().find_user(key_, one_of(user_ids_), false));
        if (!stored) return;
        UserUpdate update{
            .state = plan_user(random_attributes(100 + static_cast<int>(below(1000)))),
            .expected_version = stored->version,
            .events = {},
            .now = at(20 + static_cast<int>(below(20)))};
        update.state.email_key = update.state.email_address = "";
        static_cast<void>(run_task(store().update_user(key_, stored->id, update)));
    }
    void add_group(int number) {
        auto creation = world.new_group(key_, name() + "_" + std::to_string(number));
        if (chance(50)) creation.external_id = "e" + std::to_string(below(8));
        creation.now = at(static_cast<int>(below(20)));
        for (auto count = below(4); count > 0; --count) {
            creation.members.push_back({{MemberKind::user, one_of(user_ids_).uuid}, std::nullopt});
        }
        if (!group_ids_.empty() && chance(40)) {
            creation.members.push_back(
                {{MemberKind::group, one_of(group_ids_).uuid}, std::nullopt});
        }
        group_ids_.push_back(get(store().create_group(key_, creation)).group.id);
    }
    void build() {
        for (int i = 0; i < 25; ++i) add_user(i);
        for (int i = 0; i < 8; ++i) add_group(i);
        for (int i = 0; i < 8; ++i) change_user();
        must(run_task(store().delete_user(key_, user_ids_[below(5)], {}, at(50), {})));
        must(run_task(store().delete_group(key_, group_ids_[below(5)], {}, at(50))));
    }

    // --- Queries ------------------------------------------------------------------------------

    std::string quoted(std::string const& text) { return "\"" + text + "\""; }
    std::string instant() { return quoted(format_milliseconds(at(static_cast<int>(below(40))))); }
    std::string some_text(std::string const& attribute) {
        auto const* user = &one_of(users_);
        auto const* value = user->if_contains(attribute);
        return value != nullptr && chance(80) ? std::string(value->as_string()) : word();
    }
    std::string atom() {
        auto const op = one_of<std::string>({" eq ", " eq ", " ne ", " sw ", " gt ", " le "});
        switch (below(14)) {
            case 0:
                return "userName eq " + quoted(some_text("userName"));
            case 1:
                return "externalId eq " + quoted("e" + std::to_string(below(8)));
            case 2:
                return "displayName eq " + quoted(some_text("displayName"));
            case 3:
                return "emails.value eq " + quoted(word() + "@X.test");
            case 4:
                return "emails[type eq \"work\"].value eq " + quoted(word() + "@x.test");
            case 5:
                return "emails[type eq \"home\" and primary eq true]";
            case 6:
                return "id eq " + quoted(to_string(one_of(user_ids_)));
            case 7:
                return "groups.value eq " + quoted(to_string(one_of(group_ids_)));
            case 8:
                return "members eq " + quoted(to_string(one_of(user_ids_)));
            case 9:
                return "meta.lastModified" + one_of<std::string>({" gt ", " ge ", " lt ", " le "}) +
                       instant();
            case 10:
                return "active eq true";
            case 11:
                return "meta.resourceType eq " + quoted(chance(50) ? "User" : "Group");
            case 12:
                return "title pr";
            default:
                return one_of<std::string>({"title", "displayName", "userName"}) + op +
                       quoted(word());
        }
    }
    std::string expression(int depth) {
        if (depth == 0 || chance(40)) return atom();
        switch (below(4)) {
            case 0:
                return "not (" + expression(depth - 1) + ")";
            case 1:
                return "(" + expression(depth - 1) + " or " + expression(depth - 1) + ")";
            default:
                return expression(depth - 1) + " and " + expression(depth - 1);
        }
    }
    SearchRequest random_request() {
        SearchRequest request;
        request.scope = static_cast<SearchScope>(below(3));
        request.criteria.filter_bytes_max = 8192;
        request.criteria.base = base;
        if (chance(75)) request.criteria.filter = expression(2);
        if (chance(75)) {
            request.criteria.sort_by = one_of<std::string>(
                {"userName", "displayName", "title", "externalId", "id", "meta.created",
                 "meta.lastModified", "active", "emails.value"});
            request.criteria.descending = chance(50);
        }
        return request;
    }

    // --- The plain way ------------------------------------------------------------------------

    /// Everything there is, as clients see it, in order of creation.
    void read_everything() {
        users_.clear();
        groups_.clear();
        for (auto const& user : get(store().list_users(key_, {})).users) {
            users_.push_back(user_representation(user, scim::user_type(), base, {}));
        }
        for (auto const& group : get(store().list_groups(key_, {})).groups) {
            groups_.push_back(group_representation(group, scim::group_type(), base, true));
        }
    }
    void keep_matching(std::vector<object> const& resources, scim::ResourceType const& type,
                       SearchRequest const& request, std::vector<object>& out) {
        std::optional<scim::Filter> filter;
        if (request.criteria.filter) {
            filter = must(scim::parse_filter(*request.criteria.filter, type, Limits{}));
        }
        for (auto const& resource : resources) {
            if (!filter || scim::matches(*filter, resource)) out.push_back(resource);
        }
    }
    /// The ids of the whole answer, in order.
    std::vector<std::string> expected(SearchRequest const& request) {
        std::vector<object> found;
        if (request.scope != SearchScope::groups) {
            keep_matching(users_, scim::user_type(), request, found);
        }
        if (request.scope != SearchScope::users) {
            keep_matching(groups_, scim::group_type(), request, found);
        }
        auto const& criteria = request.criteria;
        auto const comes_before = [&](object const& a, object const& b) {
            auto const left = key_of(criteria.descending ? b : a, criteria.sort_by);
            auto const right = key_of(criteria.descending ? a : b, criteria.sort_by);
            return left && (!right || *left < *right);
        };
        std::vector<std::size_t> order(found.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        if (!criteria.sort_by.empty()) {
            // std::stable_sort would use a function that is deprecated.
            std::ranges::sort(order, [&](std::size_t i, std::size_t j) {
                if (comes_before(found[i], found[j])) return true;
                return i < j && !comes_before(found[j], found[i]);
            });
        }
        std::vector<std::string> ids;
        for (auto const i : order) ids.emplace_back(found[i].at("id").as_string());
        return ids;
    }
    static std::vector<std::string> ids_of(service::SearchPage const& page) {
        std::vector<std::string> ids;
        auto user = page.users.begin();
        auto group = page.groups.begin();
        for (auto const kind : page.sequence) {
            ids.push_back(kind == MemberKind::user ? to_string((user++)->id)
                                                   : to_string((group++)->id));
        }
        for (; user != page.users.end(); ++user) ids.push_back(to_string(user->id));
        for (; group != page.groups.end(); ++group) ids.push_back(to_string(group->id));
        return ids;
    }

    // --- Comparing ----------------------------------------------------------------------------

    service::SearchPage run(SearchRequest const& request) {
        service::ConnectionCaller const caller{key_, {}, nullptr};
        return get(searches_.run(caller, request, notes_));
    }
    void compare_index_page(SearchRequest request) {
        auto const whole = expected(request);
        auto const start = below(whole.size() + 2);
        auto const count = below(8);
        request.start_index = static_cast<std::int64_t>(start + 1);
        request.count = static_cast<std::int64_t>(count);
        auto const page = run(request);
        auto const first = std::min(start, whole.size());
        auto const last = std::min(start + count, whole.size());
        std::vector<std::string> const part(whole.begin() + static_cast<std::ptrdiff_t>(first),
                                            whole.begin() + static_cast<std::ptrdiff_t>(last));
        EXPECT_EQ(page.total, whole.size());
        EXPECT_EQ(ids_of(page), part);
    }
    void compare_walk(SearchRequest request) {
        auto whole = expected(request);
        request.count = static_cast<std::int64_t>(1 + below(9));
        request.cursor = "";
        std::vector<std::string> walked;
        do {
            auto const page = run(request);
            EXPECT_EQ(page.total, whole.size());
            auto const ids = ids_of(page);
            walked.insert(walked.end(), ids.begin(), ids.end());
            request.cursor = page.next_cursor;
        } while (request.cursor && walked.size() <= whole.size());
        if (is_in_any_order(request)) {
            std::ranges::sort(walked);
            std::ranges::sort(whole);
        }
        EXPECT_EQ(walked, whole);
    }
    /// A walk through a range of changes may be in the order of these.
    static bool is_in_any_order(SearchRequest const& request) {
        auto const filter = request.criteria.filter.value_or("");
        return request.criteria.sort_by.empty() &&
               filter.find("meta.lastModified") != std::string::npos;
    }

    std::uint64_t seed_ = 7;

private:
    std::mt19937_64 random_;
    TestClock clock_;
    Limits limits_;
    scim::Notes notes_;
    service::Searches searches_;
    storage::ConnectionKey key_ = world.tenant().connection;
    std::vector<MemberId> user_ids_;
    std::vector<GroupId> group_ids_;
    std::vector<object> users_;
    std::vector<object> groups_;
};
ON_EVERY_STORE(Queries);

// F-45, O-04, O-06, L-12, Y-15
TEST_P(Queries, give_what_evaluation_in_memory_gives) {
    SCOPED_TRACE("replay with ROLLCALL_SEED=" + std::to_string(seed_));
    build();
    read_everything();
    for (int i = 0; i < 600 && !HasFailure(); ++i) {
        auto const request = random_request();
        SCOPED_TRACE(request.criteria.filter.value_or("(none)") + " by " +
                     request.criteria.sort_by + (request.criteria.descending ? " down" : ""));
        compare_index_page(request);
        compare_walk(request);
    }
}

}  // namespace
}  // namespace rollcall::tests
