// A member that an identity provider manages, as the developer's backend sees it, and what each of
// the two does to it (directory behaviour §3, §4.1, §8).
#include "unit/api/connection_fixture.hpp"

#include <gmock/gmock.h>

namespace rollcall::tests {
namespace {

using Lines = std::vector<std::string>;

class MemberLifecycle : public ConnectionTest {
protected:
    Connected const connected = connect();
    std::string const organization = "/v1/b2b/organizations/" + connected.organization;

    std::string push_user(std::string const& name, std::string const& fields = "") {
        return add(connected, "/Users",
                   R"({"userName":")" + name + R"(@example.com")" + fields + "}");
    }
    json::object member(std::string const& id) {
        auto const answer = send("GET", organization + "/member?member_id=" + id);
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
        return answer.json().at("member").as_object();
    }
    json::object deleted_member(std::string const& id) {
        auto const answer = send(
            "GET", "/v1/b2b/organizations/members/dangerously_get/" + id + "?include_deleted=true");
        return answer.json().at("member").as_object();
    }
    void set_active(std::string const& id, bool active) {
        auto const answer = patch(connected, "/Users/" + id,
                                  std::string(R"([{"op":"replace","path":"active","value":)") +
                                      (active ? "true" : "false") + "}]");
        EXPECT_LT(answer.response.status, 300U) << answer.body();
    }
    json::object update(std::string const& id, std::string const& body) {
        auto const answer = send("PUT", organization + "/members/" + id, body);
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
        return answer.json().at("member").as_object();
    }
    static Lines roles_of(json::object const& member) {
        Lines ids;
        for (auto const& role : member.at("roles").as_array()) {
            ids.emplace_back(role.at("role_id").as_string());
        }
        return ids;
    }
};

TEST_F(MemberLifecycle, ShowsEverythingThatWasPushedInTheSpellingOfTypedClients) {
    auto const id = push_user("ada", R"(,"externalId":"idp-1","displayName":"Ada L.",
        "nickName":"ada","profileUrl":"https://example.com/ada","title":"Countess",
        "userType":"Employee","preferredLanguage":"en","locale":"en-GB","timezone":"Europe/London",
        "name":{"givenName":"Ada","familyName":"Lovelace","formatted":"Ada Lovelace",
                "middleName":"K.","honorificPrefix":"Dr.","honorificSuffix":"III"},
        "emails":[{"value":"ada@example.com","type":"work","primary":true}],
        "phoneNumbers":[{"value":"+1415","type":"mobile"}],
        "addresses":[{"streetAddress":"1 Road","postalCode":"N1","locality":"London",
                      "region":"L","country":"GB","formatted":"all","type":"home"}],
        "roles":[{"value":"boss"}],
        "x509Certificates":[{"value":"AAAA"}],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"7",
            "costCenter":"c","division":"d","department":"e","organization":"o",
            "manager":{"value":"26118915"}})");
    auto const group = add(connected, "/Groups",
                           R"({"displayName":"Engines","members":[{"value":")" + id + "\"}]}");
    auto const shown = member(id);
    EXPECT_EQ(shown.at("email_address").as_string(), "ada@example.com");
    EXPECT_EQ(shown.at("name").as_string(), "Ada L.");
    EXPECT_EQ(shown.at("status").as_string(), "active");
    EXPECT_FALSE(shown.at("email_address_verified").as_bool());
    EXPECT_TRUE(shown.at("external_id").is_null());
    auto const registration = shown.at("scim_registration").as_object();
    EXPECT_EQ(registration.at("connection_id").as_string(), connected.connection);
    EXPECT_TRUE(parse_id<RegistrationId>(registration.at("registration_id").as_string()));
    EXPECT_EQ(registration.at("external_id").as_string(), "idp-1");
    auto expected = json::parse(R"({
        "user_name": "ada@example.com", "external_id": "idp-1", "display_name": "Ada L.",
        "nick_name": "ada", "profile_url": "https://example.com/ada", "user_type": "Employee",
        "title": "Countess", "preferred_language": "en", "locale": "en-GB",
        "timezone": "Europe/London", "active": true,
        "emails": [{"value": "ada@example.com", "type": "work", "primary": true}],
        "phone_numbers": [{"value": "+1415", "type": "mobile", "primary": false}],
        "ims": [], "photos": [], "entitlements": [],
        "roles": [{"value": "boss", "type": "", "primary": false}],
        "x509certificates": [{"value": "AAAA", "type": "", "primary": false}],
        "addresses": [{"formatted": "all", "street_address": "1 Road", "locality": "London",
                       "region": "L", "postal_code": "N1", "country": "GB", "type": "home",
                       "primary": false}],
        "name": {"formatted": "Ada Lovelace", "family_name": "Lovelace", "given_name": "Ada",
                 "middle_name": "K.", "honorific_prefix": "Dr.", "honorific_suffix": "III"},
        "enterprise_extension": {"employee_number": "7", "cost_center": "c", "division": "d",
            "department": "e", "organization": "o",
            "manager": {"value": "26118915", "ref": "", "display_name": ""}}})")
                        .as_object();
    expected["id"] = id;
    expected["groups"] = json::array{{{"value", group}, {"display", "Engines"}}};
    auto attributes = registration.at("scim_attributes").as_object();
    // The server gives a manager the link that it knows.
    attributes.at("enterprise_extension").at("manager").as_object()["ref"] = "";
    EXPECT_EQ(json::value(attributes), json::value(expected));
}

// The write does not read the groups again.
TEST_F(MemberLifecycle, ShowsTheGroupsOfAMemberThatIsChanged) {
    auto const id = push_user("ada");
    add(connected, "/Groups", R"({"displayName":"Engines","members":[{"value":")" + id + R"("}]})");
    auto const registration = update(id, R"({"name":"Countess"})").at("scim_registration");
    auto const& groups = registration.at("scim_attributes").at("groups").as_array();
    ASSERT_EQ(groups.size(), 1U);
    EXPECT_EQ(groups[0].at("display"), "Engines");
}

// K-11
TEST_F(MemberLifecycle, APageOfASearchEndsWhenItShowsEnoughGroups) {
    limits.response_members_max = 2;
    std::string members;
    for (auto const* name : {"ada", "bob", "eve"}) {
        members += (members.empty() ? "" : ",") + (R"({"value":")" + push_user(name) + "\"}");
    }
    add(connected, "/Groups", R"({"displayName":"Engines","members":[)" + members + "]}");
    auto const other = connect();
    add(other, "/Users", R"({"userName":"zoe@example.com"})");
    auto const search = [&](std::string const& cursor) {
        auto const answer = send("POST", "/v1/b2b/organizations/members/search",
                                 R"({"organization_ids":[")" + connected.organization + R"(",")" +
                                     other.organization + R"("],"cursor":)" + cursor + "}");
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
        return answer.json();
    };
    auto const first = search("null");
    EXPECT_EQ(first.at("members").as_array().size(), 2U);
    auto const& metadata = first.at("results_metadata");
    EXPECT_EQ(metadata.at("total"), 4);
    auto const second = search(json::serialize(metadata.at("next_cursor")));
    EXPECT_EQ(second.at("members").as_array().size(), 2U) << "the last one, and that of the other";
    EXPECT_TRUE(second.at("results_metadata").at("next_cursor").is_null());
}

TEST_F(MemberLifecycle, FillsInWhatWasNotPushed) {
    auto const id = push_user("bob");
    auto const attributes = member(id).at("scim_registration").at("scim_attributes").as_object();
    auto const expected = json::parse(R"({"user_name": "bob@example.com", "external_id": "",
        "display_name": "", "nick_name": "", "profile_url": "", "user_type": "", "title": "",
        "preferred_language": "", "locale": "", "timezone": "", "active": true, "groups": [],
        "emails": [], "phone_numbers": [], "ims": [], "photos": [], "entitlements": [],
        "roles": [], "x509certificates": [], "addresses": [], "name": null,
        "enterprise_extension": null})");
    auto without_id = attributes;
    without_id.erase("id");
    EXPECT_EQ(json::value(without_id), expected);
    EXPECT_TRUE(member(id).at("scim_registration").at("external_id").is_null());
}

TEST_F(MemberLifecycle, ADeactivatedUserIsADeletedMemberAndReturnsWithoutExplicitRoles) {
    auto const id = push_user("ada");
    EXPECT_TRUE(update(id, R"({"roles":["stytch_admin"]})").at("is_admin").as_bool());
    set_active(id, false);
    EXPECT_EQ(deleted_member(id).at("status").as_string(), "deleted");
    EXPECT_EQ(roles_of(deleted_member(id)), Lines{"stytch_member"});
    EXPECT_FALSE(
        deleted_member(id).at("scim_registration").at("scim_attributes").at("active").as_bool());
    expect_error(send("GET", organization + "/member?member_id=" + id), 404, "member_not_found");
    expect_error(send("PUT", organization + "/members/" + id + "/reactivate"), 400,
                 "email_unverified_for_reactivation", "provider");
    set_active(id, true);
    EXPECT_EQ(roles_of(member(id)), Lines{"stytch_member"});
}

TEST_F(MemberLifecycle, ARemovedUserLeavesADeletedMemberWithoutRegistration) {
    auto const id = push_user("ada");
    EXPECT_EQ(push(connected, "DELETE", "/Users/" + id).response.status, 204U);
    EXPECT_EQ(deleted_member(id).at("status").as_string(), "deleted");
    EXPECT_TRUE(deleted_member(id).at("scim_registration").is_null());
}

TEST_F(MemberLifecycle, ADeletedMemberIsAnInactiveUserUntilTheProviderBringsItBack) {
    auto const id = push_user("ada");
    auto const before = read(connected, "/Users/" + id).at("meta").as_object();
    EXPECT_EQ(send("DELETE", organization + "/members/" + id).response.status, 200U);
    auto const user = read(connected, "/Users/" + id);
    EXPECT_FALSE(user.at("active").as_bool());
    EXPECT_NE(user.at("meta").at("version"), before.at("version"));
    EXPECT_NE(user.at("meta").at("lastModified"), before.at("lastModified"));
    auto const listed = read(connected, "/Users?filter=userName%20eq%20%22ada%40example.com%22");
    EXPECT_FALSE(listed.at("Resources").at(0).at("active").as_bool());
    EXPECT_EQ(read(connected, "/Users?filter=active%20eq%20false").at("totalResults").as_int64(),
              1);
    // A push that says nothing of `active` keeps it, one that says true revives.
    EXPECT_EQ(push(connected, "PUT", "/Users/" + id,
                   R"({"userName":"ada@example.com","title":"Countess"})")
                  .response.status,
              200U);
    EXPECT_EQ(deleted_member(id).at("status").as_string(), "deleted");
    set_active(id, true);
    EXPECT_EQ(member(id).at("status").as_string(), "active");
    EXPECT_TRUE(read(connected, "/Users/" + id).at("active").as_bool());
}

TEST_F(MemberLifecycle, AReactivatedMemberIsAnActiveUser) {
    auto const id = push_user("ada");
    auto const key = connection_key(connected).organization();
    auto record = *expect_value(run_task(store->find_member(key, id)));
    record.member.email_address_verified = true;
    expect_value(run_task(store->update_member(key, {record.member, {}, {}, clock.now()})));
    send("DELETE", organization + "/members/" + id);
    auto const answer = send("PUT", organization + "/members/" + id + "/reactivate");
    EXPECT_EQ(answer.response.status, 200U) << answer.body();
    EXPECT_TRUE(read(connected, "/Users/" + id).at("active").as_bool());
    EXPECT_EQ(member(id).at("status").as_string(), "active");
}

TEST_F(MemberLifecycle, WhatTheDeveloperChangedTheNextPushOverwrites) {
    auto const id = push_user("ada", R"(,"displayName":"Ada")");
    update(id, R"({"name":"Countess","email_address":"countess@example.com"})");
    EXPECT_EQ(member(id).at("name").as_string(), "Countess");
    EXPECT_EQ(push(connected, "PUT", "/Users/" + id,
                   R"({"userName":"ada@example.com","displayName":"Ada Lovelace"})")
                  .response.status,
              200U);
    auto const shown = member(id);
    EXPECT_EQ(shown.at("name").as_string(), "Ada Lovelace");
    EXPECT_EQ(shown.at("email_address").as_string(), "ada@example.com");
    ASSERT_EQ(shown.at("retired_email_addresses").as_array().size(), 1U);
    EXPECT_EQ(shown.at("retired_email_addresses").at(0).at("email_address").as_string(),
              "countess@example.com");
}

TEST_F(MemberLifecycle, AProviderLinksWhomTheDeveloperMade) {
    auto const made = send("POST", organization + "/members",
                           R"({"email_address":"ada@example.com","external_id":"crm-1",
                               "create_member_as_pending":true,"roles":["stytch_admin"],
                               "trusted_metadata":{"a":1}})")
                          .json()
                          .at("member")
                          .as_object();
    auto const id = push_user("ADA");
    EXPECT_EQ(id, made.at("member_id").as_string());
    auto const linked = member(id);
    EXPECT_EQ(linked.at("status").as_string(), "active");
    EXPECT_EQ(linked.at("external_id").as_string(), "crm-1");
    EXPECT_TRUE(linked.at("is_admin").as_bool());
    EXPECT_EQ(linked.at("trusted_metadata"), json::parse(R"({"a":1})"));
    EXPECT_TRUE(linked.at("scim_registration").is_object());
    EXPECT_EQ(event_names(connected.organization).back(), "scim.member.update");
}

TEST_F(MemberLifecycle, APasswordEndsWithTheAddressThatAProviderChanges) {
    auto const call_passwords = [&](std::string const& what, std::string const& name,
                                    std::string const& fields) {
        return send("POST", "/v1/b2b/passwords/" + what,
                    R"({"organization_id":")" + connected.organization + R"(","email_address":")" +
                        name + R"(@example.com",)" + fields + "}");
    };
    auto const log_in = [&](std::string const& name) {
        return call_passwords("authenticate", name, R"("password":"correct horse")")
            .response.status;
    };
    auto const emails = [](std::string const& name) {
        return R"([{"primary":true,"value":")" + name + R"(@example.com"}])";
    };
    auto const migrated = call_passwords(
        "migrate", "ada", R"("hash_type":"md_5","hash":"3cb4e732631f47e6eb961f34554b7cde")");
    auto const id = push_user("ada", R"(,"emails":)" + emails("ada"));
    EXPECT_EQ(migrated.json().at("member_id").as_string(), id);
    EXPECT_EQ(log_in("ada"), 200U);
    patch(connected, "/Users/" + id,
          R"([{"op":"replace","path":"emails","value":)" + emails("new") + "}]");
    auto const shown = member(id);
    EXPECT_EQ(shown.at("email_address").as_string(), "new@example.com");
    EXPECT_FALSE(shown.at("email_address_verified").as_bool());
    EXPECT_EQ(shown.at("member_password_id").as_string(), "");
    EXPECT_EQ(log_in("new"), 401U);
}

TEST_F(MemberLifecycle, ARetiredAddressIsRefusedToProvidersToo) {
    auto const made =
        send("POST", organization + "/members", R"({"email_address":"a@example.com"})")
            .json()
            .at("member_id");
    update(std::string(made.as_string()), R"({"email_address":"b@example.com"})");
    expect_refused(push(connected, "POST", "/Users", R"({"userName":"a@example.com"})"), 409,
                   "uniqueness", std::string(made.as_string()));
}

TEST_F(MemberLifecycle, GroupsGiveRolesWhileTheyLast) {
    auto const id = push_user("ada");
    auto const group = add(connected, "/Groups",
                           R"({"displayName":"Engines","members":[{"value":")" + id + "\"}]}");
    auto const assigned =
        send("PUT", connected.path(),
             R"({"scim_group_implicit_role_assignments":[{"role_id":"stytch_admin","group_id":")" +
                 group + "\"}]}");
    ASSERT_EQ(assigned.response.status, 200U) << assigned.body();
    auto const shown = member(id);
    EXPECT_TRUE(shown.at("is_admin").as_bool());
    json::object const details{{"connection_id", connected.connection}, {"group_id", group}};
    EXPECT_EQ(shown.at("roles").at(1).at("sources"),
              json::value(json::array{{{"type", "scim_connection_group"}, {"details", details}}}));

    patch(connected, "/Groups/" + group,
          R"([{"op":"remove","path":"members[value eq \")" + id + R"(\"]"}])");
    EXPECT_EQ(roles_of(member(id)), Lines{"stytch_member"});
    patch(connected, "/Groups/" + group,
          R"([{"op":"add","path":"members","value":[{"value":")" + id + R"("}]}])");
    EXPECT_TRUE(member(id).at("is_admin").as_bool());
    set_active(id, false);
    EXPECT_FALSE(deleted_member(id).at("is_admin").as_bool());
    set_active(id, true);
    EXPECT_TRUE(member(id).at("is_admin").as_bool());

    EXPECT_EQ(send("DELETE", connected.path()).response.status, 200U);
    auto const left = member(id);
    EXPECT_EQ(left.at("status").as_string(), "active");
    EXPECT_TRUE(left.at("scim_registration").is_null());
    EXPECT_EQ(roles_of(left), Lines{"stytch_member"});
}

}  // namespace
}  // namespace rollcall::tests
