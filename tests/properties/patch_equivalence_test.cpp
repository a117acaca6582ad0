// Random PATCH requests, sent to the API and carried out by the naive evaluator, leave equal
// resources or are refused for the same reason.
#include "dice.hpp"
#include "naive_patch.hpp"
#include "storage/memory/open.hpp"
#include "support/fixture.hpp"

#include <algorithm>
#include <array>

namespace rollcall::tests {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;
using naive::Operation;

using Words = std::vector<std::string>;

std::string const urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
Words const texts{"Ann", "ann", "Ben", "O'Neil \"x\"", "Ünï"};
Words const types{"work", "home", "Work"};
Words const addresses{"a@x.test", "A@X.test", "b@x.test", "c@x.test"};

/// Makes operations on a User that the naive evaluator understands.
class UserOperations {
public:
    explicit UserOperations(Dice& dice) : dice_(dice) {}

    std::vector<Operation> make() {
        std::vector<Operation> operations;
        for (auto count = 1 + dice_.below(4); count > 0; --count) operations.push_back(one());
        return operations;
    }

    object user() {
        object attributes{{"userName", "user"}};
        for (auto count = dice_.below(6); count > 0; --count) add_attribute(attributes);
        return attributes;
    }

private:
    std::string op() { return dice_.pick(Words{"add", "remove", "replace"}); }
    std::string list() { return dice_.pick(Words{"emails", "emails", "roles", "addresses"}); }

    Operation one() {
        if (dice_.chance(20)) return without_path();
        if (dice_.chance(60)) return on_list();
        Operation operation{op(), dice_.pick(singles), {}, "", std::nullopt};
        if (operation.attribute == "userName" && operation.op == "remove" && dice_.chance(70)) {
            operation.op = "replace";
        }
        if (operation.attribute == "name" && dice_.chance(50)) {
            operation.part = dice_.pick(name_parts);
        }
        if (operation.op != "remove" || dice_.chance(50)) {
            operation.value = operation.part.empty() ? single_value(operation.attribute) : text();
        }
        return operation;
    }

    Operation without_path() {
        object attributes;
        for (auto count = 1 + dice_.below(3); count > 0; --count) add_attribute(attributes);
        if (dice_.chance(20)) attributes[urn] = object{{"department", text()}};
        return {op(), "", {}, "", attributes};
    }

    void add_attribute(object& attributes) {
        if (dice_.chance(60)) {
            auto const name = list();
            attributes[name] = elements(name);
        } else {
            auto const name = dice_.pick(Words{"title", "active", "name"});
            attributes[name] = single_value(name);
        }
    }

    Operation on_list() {
        Operation operation{op(), list(), {}, "", std::nullopt};
        auto const& name = operation.attribute;
        if (dice_.chance(55)) {
            for (auto count = 1 + dice_.below(2); count > 0; --count) {
                operation.filter.push_back(test(name));
            }
            if (dice_.chance(60)) operation.part = dice_.pick(parts_of(name));
        }
        if (operation.op == "remove") {
            if (operation.filter.empty() && dice_.chance(70)) operation.value = elements(name);
        } else if (dice_.chance(5)) {
            operation.value = nullptr;
        } else if (!operation.part.empty()) {
            operation.value = part(name, operation.part);
        } else if (!operation.filter.empty()) {
            operation.value = element(name);
        } else {
            operation.value = elements(name);
        }
        return operation;
    }

    static Words const& parts_of(std::string const& list) {
        static Words const address{"type", "locality", "country", "primary"};
        static Words const others{"value", "type", "display", "primary"};
        return list == "addresses" ? address : others;
    }

    value text() { return value(dice_.pick(texts)); }

    value part(std::string const& list, std::string const& name) {
        if (name == "primary") return value(dice_.chance(60));
        if (name == "type") return value(dice_.pick(types));
        if (name == "value" && list == "emails") return value(dice_.pick(addresses));
        return text();
    }

    naive::Test test(std::string const& list) {
        auto const name = dice_.pick(parts_of(list));
        return {name, part(list, name), dice_.chance(15)};
    }

    object element(std::string const& list) {
        object element;
        for (auto const& name : parts_of(list)) {
            auto const wanted = name == "primary" ? 25 : name == "value" ? 95 : 50;
            if (dice_.chance(wanted)) element[name] = part(list, name);
            if (name == "display" && dice_.chance(5)) element[name] = nullptr;
        }
        return element;
    }

    value elements(std::string const& list) {
        if (dice_.chance(10)) return element(list);
        array all;
        for (auto count = dice_.below(4); count > 0; --count) all.push_back(element(list));
        return all;
    }

    value single_value(std::string const& attribute) {
        if (attribute != "userName" && dice_.chance(8)) return nullptr;
        if (attribute == "active") return value(dice_.chance(50));
        if (attribute == urn) return object{{"department", text()}};
        if (attribute != "name") return text();
        object name;
        for (auto const& part : name_parts) {
            if (dice_.chance(60)) name[part] = dice_.chance(10) ? value() : text();
        }
        return name;
    }

    Words const singles{"userName", "title", "active", "name", "name", urn + ":department", urn};
    Words const name_parts{"givenName", "familyName"};
    Dice& dice_;
};

/// The same for a Group and users who may be in it. What is shown of a user depends on the user
/// only, since a member who leaves and comes back in one request never was away.
class GroupOperations {
public:
    GroupOperations(Dice& dice, Words users) : dice_(dice), users_(std::move(users)) {}

    std::vector<Operation> make() {
        std::vector<Operation> operations;
        for (auto count = 1 + dice_.below(5); count > 0; --count) operations.push_back(one());
        return operations;
    }

    value members() {
        array all;
        for (auto count = dice_.below(5); count > 0; --count) all.push_back(member());
        return all;
    }

private:
    Operation one() {
        auto const op = dice_.pick(Words{"add", "remove", "replace"});
        if (dice_.chance(10)) return {"replace", "displayName", {}, "", value(dice_.pick(texts))};
        if (dice_.chance(3)) return {"remove", "displayName", {}, "", std::nullopt};
        if (dice_.chance(15) && op != "remove") {
            object attributes{{"members", members()}};
            if (dice_.chance(40)) attributes["displayName"] = dice_.pick(texts);
            return {op, "", {}, "", attributes};
        }
        if (op == "remove" && dice_.chance(60)) return {op, "members", {test()}, "", std::nullopt};
        if (op == "remove" && dice_.chance(15)) return {op, "members", {}, "", std::nullopt};
        return {op, "members", {}, "", dice_.chance(20) ? value(member()) : members()};
    }

    naive::Test test() {
        auto const user = dice_.below(users_.size());
        switch (dice_.below(6)) {
            case 0:
                return {"display", display(user), dice_.chance(50)};
            case 1:
                return {"type", value(dice_.pick(Words{"User", "user", "Group"})),
                        dice_.chance(30)};
            case 2:
                return {"value", value(users_[user]), true};
            default:
                return {"value", value(users_[user]), false};
        }
    }

    static value display(std::size_t user) { return value("shown " + std::to_string(user)); }

    object member() {
        auto const user = dice_.below(users_.size());
        object member{{"value", users_[user]}};
        if (user % 2 == 0) member["display"] = display(user);
        return member;
    }

    Dice& dice_;
    Words users_;
};

class PatchEquivalence : public testing::Test {
protected:
    std::string create(std::string const& endpoint, object const& body) {
        auto const answer = side.send(connected, "POST", endpoint, serialize(body));
        EXPECT_EQ(answer.response.status, 201U) << answer.body();
        return endpoint + "/" + std::string(answer.json().at("id").as_string());
    }

    /// What was written, without what the server adds.
    object attributes(std::string const& path) {
        auto shown = side.send(connected, "GET", path).json().as_object();
        version = std::string(shown.at("meta").at("version").as_string());
        for (auto const* name : {"id", "schemas", "meta", "groups"}) shown.stable_erase(name);
        if (auto* members = shown.if_contains("members")) {
            for (auto& member : members->as_array()) member.as_object().stable_erase("$ref");
            if (members->as_array().empty()) shown.stable_erase("members");
        }
        return shown;
    }

    /// Members are a set.
    static object in_any_order(object attributes) {
        if (auto* members = attributes.if_contains("members")) {
            std::ranges::sort(members->as_array(), {}, [](value const& member) {
                return std::string(member.at("value").as_string());
            });
        }
        return attributes;
    }

    void compare(std::string const& path, std::vector<Operation> const& operations) {
        array written;
        for (auto const& operation : operations) written.push_back(naive::write(operation));
        auto const body = serialize(object{{"Operations", written}});
        auto const before = attributes(path);
        auto const version_before = version;
        SCOPED_TRACE("before: " + serialize(before) + "\nrequest: " + body);

        auto const expected = naive::patch(before, operations);
        auto const answer = side.send(connected, "PATCH", path, body);
        auto const after = attributes(path);
        if (expected.refusal.empty()) {
            EXPECT_LT(answer.response.status, 300U) << answer.body();
        } else {
            EXPECT_EQ(answer.response.status, 400U);
            EXPECT_EQ(answer.json().at("scimType"), value(expected.refusal)) << answer.body();
        }
        EXPECT_TRUE(in_any_order(after) == in_any_order(expected.resource))
            << "after:    " << serialize(after) << "\nexpected: " << serialize(expected.resource);
        auto const is_equal = in_any_order(after) == in_any_order(before);
        // A group's version also moves when `members` appears or disappears (checklist R-09).
        if (!is_equal || path.starts_with("/Users")) {
            EXPECT_EQ(version == version_before, is_equal)
                << version << " after " << version_before;
        }
        count += 1;
        refused += expected.refusal.empty() ? 0 : 1;
        unchanged += is_equal ? 1 : 0;
    }

    /// A test that finds everything refused proves nothing.
    void expect_variety() const {
        EXPECT_GT(count - unchanged, count / 3);
        EXPECT_GT(unchanged - refused, count / 50);
        EXPECT_GT(refused, count / 100);
    }

    ProviderSide side{[](crypto::IdSource& ids, Limits const& limits) {
        return storage::open_memory_store(ids, limits);
    }};
    Connected connected = side.connect(directory::IdentityProvider::generic);
    std::string version;
    int count = 0;
    int refused = 0;
    int unchanged = 0;
};

// P-06, P-07, P-09, P-20, P-21, P-22, P-23, P-24, P-25, P-26, P-27, P-32, P-33, P-34, P-36, P-38
// I-25, P-40, P-41, P-42, P-43, P-45, P-46, P-48, P-54, E-05, G-16, G-17
TEST_F(PatchEquivalence, of_users) {
    for_each_seed([&](std::uint64_t seed) {
        Dice dice(seed);
        UserOperations operations(dice);
        for (int round = 0; round < 40 && !HasFailure(); ++round) {
            auto const path = create("/Users", operations.user());
            for (int i = 0; i < 10 && !HasFailure(); ++i) compare(path, operations.make());
            side.send(connected, "DELETE", path);
        }
    });
    expect_variety();
}

// P-06, P-24, P-32, P-33, P-37, P-43, R-06
TEST_F(PatchEquivalence, of_groups) {
    Words users;
    for (int i = 0; i < 6; ++i) {
        users.push_back(
            create("/Users", object{{"userName", "member" + std::to_string(i)}}).substr(7));
    }
    for_each_seed([&](std::uint64_t seed) {
        Dice dice(seed);
        GroupOperations operations(dice, users);
        for (int round = 0; round < 40 && !HasFailure(); ++round) {
            auto const path = create(
                "/Groups", object{{"displayName", "Group"}, {"members", operations.members()}});
            for (int i = 0; i < 10 && !HasFailure(); ++i) compare(path, operations.make());
            side.send(connected, "DELETE", path);
        }
    });
    expect_variety();
}

}  // namespace
}  // namespace rollcall::tests
