// Random filters over random directories: what a store finds, by index or by looking, is what the
// filter says of the resources as they are shown.
#include "dice.hpp"
#include "replay/stores.hpp"
#include "scim/filter.hpp"

#include <fmt/format.h>

namespace rollcall::tests {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

using Words = std::vector<std::string>;

std::string const urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

std::string percent_encoded(std::string_view text) {
    std::string encoded;
    for (auto const c : text) encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    return encoded;
}

std::string json_text(std::string_view text) {
    return serialize(value(boost::json::string_view(text)));
}

/// Makes filters from tests of one resource type.
class Filters {
public:
    virtual ~Filters() = default;

    std::string make(int depth) {
        switch (depth > 0 ? dice_.below(7) : 6) {
            case 0:
                return fmt::format("{} and {}", group(depth), group(depth));
            case 1:
                return fmt::format("{} or {}", group(depth), group(depth));
            case 2:
                return fmt::format("not ({})", make(depth - 1));
            default:
                return test();
        }
    }

protected:
    explicit Filters(Dice& dice) : dice_(dice) {}

    virtual std::string test() = 0;

    std::string group(int depth) {
        auto const inner = make(depth - 1);
        return dice_.chance(50) ? "(" + inner + ")" : inner;
    }
    std::string compare(std::string_view attribute, std::string_view text) {
        static Words const operators{"eq", "eq", "eq", "ne", "co", "sw",
                                     "ew", "gt", "ge", "lt", "le"};
        return fmt::format("{} {} {}", attribute, dice_.pick(operators), json_text(text));
    }
    std::string instant(std::string_view attribute, std::string const& time) {
        return fmt::format("{} {} \"{}\"", attribute,
                           dice_.pick(Words{"eq", "ne", "gt", "ge", "lt", "le"}), time);
    }

    Dice& dice_;
};

/// Words that attributes have, and some that none has.
Words const names{"ann", "Ann", "ben", "Benny", "cleo", "Ünï", "nobody"};
Words const types{"work", "Work", "home"};

std::string address(std::string const& name) {
    return name + "@x.test";
}

class UserFilters final : public Filters {
public:
    /// @param users   as they are shown.
    /// @param groups  ids.
    UserFilters(Dice& dice, array const& users, Words groups)
        : Filters(dice), users_(users), groups_(std::move(groups)) {}

private:
    std::string test() override {
        auto const& name = dice_.pick(names);
        auto const mail = address(name);
        switch (dice_.below(20)) {
            case 0:
                return compare("userName", address(name + std::to_string(dice_.below(8))));
            case 1:
                return compare("externalId", "ext" + std::to_string(dice_.below(6)));
            case 2:
                return compare("id", std::string(dice_.pick(users_).at("id").as_string()));
            case 3:
                return compare("emails", mail);
            case 4:
                return compare("emails.value", mail);
            case 5:
                return fmt::format("emails[type eq \"{}\"].value eq {}", dice_.pick(types),
                                   json_text(mail));
            case 6:
                return fmt::format("emails[{} and {}]", compare("type", dice_.pick(types)),
                                   compare("value", mail));
            case 7:
                return fmt::format("emails[not ({}) or primary eq true]",
                                   compare("type", dice_.pick(types)));
            case 8:
                return compare("displayName", name);
            case 9:
                return compare("name.familyName", name);
            case 10:
                return dice_.pick(Words{"title pr", "name pr", "emails pr", "title eq null",
                                        "emails.primary eq false", "groups pr"});
            case 11:
                return dice_.pick(Words{"active eq true", "active ne true", "shoeSize eq 44",
                                        "not (shoeSize pr)", "meta.resourceType eq \"User\"",
                                        "meta.resourceType eq \"Group\""});
            case 12:
                return instant("meta.lastModified", time("lastModified"));
            case 13:
                return instant("meta.created", time("created"));
            case 14:
                return compare("groups.value", dice_.pick(groups_));
            case 15:
                return fmt::format("groups[{} and type eq \"{}\"]",
                                   compare("value", dice_.pick(groups_)),
                                   dice_.pick(Words{"direct", "indirect"}));
            case 16:
                return compare(urn + ":department", name);
            case 17:
                return compare("department", name);
            case 18:
                return compare("manager", std::string(dice_.pick(users_).at("id").as_string()));
            default:
                return fmt::format("schemas eq \"{}\"", urn);
        }
    }
    std::string time(std::string_view name) {
        return std::string(dice_.pick(users_).at("meta").at(name).as_string());
    }

    array const& users_;
    Words groups_;
};

class GroupFilters final : public Filters {
public:
    GroupFilters(Dice& dice, array const& groups, Words members)
        : Filters(dice), groups_(groups), members_(std::move(members)) {}

private:
    std::string test() override {
        auto const& member = dice_.pick(members_);
        switch (dice_.below(10)) {
            case 0:
                return compare("displayName", dice_.pick(names) + std::to_string(dice_.below(8)));
            case 1:
                return compare("externalId", "ext" + std::to_string(dice_.below(6)));
            case 2:
                return compare("id", std::string(dice_.pick(groups_).at("id").as_string()));
            case 3:
                return compare("members", member);
            case 4:
                return compare("members.value", member);
            case 5:
                return fmt::format("members[{}]", compare("value", member));
            case 6:
                return fmt::format("members[{} and type eq \"{}\"]", compare("value", member),
                                   dice_.pick(Words{"User", "Group"}));
            case 7:
                return dice_.pick(Words{"members pr", "members.display pr", "externalId pr",
                                        "members[type eq \"Group\"]"});
            case 8:
                return instant(
                    "meta.lastModified",
                    std::string(dice_.pick(groups_).at("meta").at("lastModified").as_string()));
            default:
                return compare("members.display", dice_.pick(names));
        }
    }

    array const& groups_;
    Words members_;
};

class FilterEquivalence : public testing::TestWithParam<replay::StoreKind> {
protected:
    /// A new connection with users and groups in it.
    void fill(Dice& dice) {
        connected = side.connect(directory::IdentityProvider::generic);
        Words ids;
        for (int i = 0; i < 30; ++i) ids.push_back(create("/Users", user(dice, i, ids)));
        auto members = ids;
        for (int i = 0; i < 12; ++i) {
            auto const made = create("/Groups", group(dice, i, members));
            if (made != "taken") members.push_back(made);
        }
        for (int i = 0; i < 5; ++i) {
            send("PATCH", "/Users/" + dice.pick(ids),
                 R"({"Operations":[{"op":"add","path":"title","value":"changed"}]})");
        }
        send("DELETE", "/Users/" + dice.pick(ids));
        users = all("/Users");
        groups = all("/Groups");
    }

    static object user(Dice& dice, int number, Words const& others) {
        auto const& name = dice.pick(names);
        object user{{"userName", address(dice.pick(names) + std::to_string(number))}};
        if (dice.chance(60)) user["externalId"] = "ext" + std::to_string(dice.below(5));
        if (dice.chance(60)) user["displayName"] = name;
        if (dice.chance(60)) user["name"] = object{{"familyName", name}};
        if (dice.chance(30)) user["title"] = "boss";
        if (dice.chance(30)) user["active"] = dice.chance(50);
        array emails;
        // An address is one person's: the first is its own, the others are not looked at for that.
        emails.push_back(object{{"value", "own" + std::to_string(number) + "@x.test"},
                                {"type", "work"},
                                {"primary", true}});
        for (auto count = dice.below(3); count > 0; --count) {
            emails.push_back(
                object{{"value", address(dice.pick(names))}, {"type", dice.pick(types)}});
        }
        if (dice.chance(80)) user["emails"] = emails;
        object enterprise;
        if (dice.chance(40)) enterprise["department"] = dice.pick(names);
        if (dice.chance(30) && !others.empty()) {
            enterprise["manager"] = object{{"value", dice.pick(others)}};
        }
        if (!enterprise.empty()) user[urn] = enterprise;
        return user;
    }

    static object group(Dice& dice, int number, Words const& members) {
        object group{{"displayName", dice.pick(names) + std::to_string(number % 8)}};
        if (dice.chance(60)) group["externalId"] = "ext" + std::to_string(dice.below(5));
        array list;
        for (auto count = dice.below(6); count > 0; --count) {
            object member{{"value", dice.pick(members)}};
            if (dice.chance(30)) member["display"] = dice.pick(names);
            list.push_back(member);
        }
        group["members"] = list;
        return group;
    }

    Answer send(std::string_view method, std::string const& path, std::string body = {}) {
        return side.send(connected, method, path, std::move(body));
    }
    std::string create(std::string const& path, object const& body) {
        auto const answer = send("POST", path, serialize(body));
        if (answer.response.status == 409) return "taken";
        EXPECT_EQ(answer.response.status, 201U) << answer.body();
        return std::string(answer.json().at("id").as_string());
    }
    array all(std::string const& path) {
        return send("GET", path + "?count=1000").json().at("Resources").as_array();
    }
    static Words ids_of(array const& resources) {
        Words ids;
        for (auto const& resource : resources) ids.emplace_back(resource.at("id").as_string());
        return ids;
    }

    void compare(std::string const& path, std::string const& text, array const& resources,
                 scim::ResourceType const& type) {
        SCOPED_TRACE(path + " " + text);
        auto const filter = scim::parse_filter(text, type, Limits{});
        ASSERT_TRUE(filter.has_value()) << filter.error().message();
        Words expected;
        for (auto const& resource : resources) {
            if (scim::matches(*filter, resource.as_object())) {
                expected.emplace_back(resource.at("id").as_string());
            }
        }
        auto const answer = send("GET", path + "?count=1000&filter=" + percent_encoded(text));
        ASSERT_EQ(answer.response.status, 200U) << answer.body();
        auto const list = answer.json();
        EXPECT_EQ(ids_of(list.at("Resources").as_array()), expected);
        EXPECT_EQ(list.at("totalResults"), expected.size());
        ++count;
        if (!expected.empty() && expected.size() < resources.size()) ++selective;
    }

    ProviderSide side{GetParam().open()};
    Connected connected = side.connect(directory::IdentityProvider::generic);
    array users;
    array groups;
    int count = 0;
    int selective = 0;
};

INSTANTIATE_TEST_SUITE_P(Stores, FilterEquivalence, testing::ValuesIn(replay::open_store_kinds()),
                         [](auto const& info) { return info.param.name; });

// F-20, F-24, F-38, F-39, I-39, L-02
TEST_P(FilterEquivalence, of_what_is_found_and_what_is_shown) {
    for_each_seed([&](std::uint64_t seed) {
        Dice dice(seed);
        fill(dice);
        UserFilters user_filters(dice, users, ids_of(groups));
        GroupFilters group_filters(dice, groups, ids_of(users));
        for (int i = 0; i < 150 && !HasFailure(); ++i) {
            compare("/Users", user_filters.make(2), users, scim::user_type());
            compare("/Groups", group_filters.make(2), groups, scim::group_type());
        }
    });
    EXPECT_GT(selective, count / 4) << "filters that find all or nothing prove little";
}

}  // namespace
}  // namespace rollcall::tests
