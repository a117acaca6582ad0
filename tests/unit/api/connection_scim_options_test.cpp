// What each option of a connection does to its provider's requests.
#include "unit/api/connection_fixture.hpp"

namespace rollcall::tests {
namespace {

constexpr auto enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
constexpr auto user_schema = "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User";
constexpr auto group_schema = "/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group";

class ScimOptions : public ConnectionTest {
protected:
    /// One characteristic of an attribute, as /Schemas has it.
    std::string announced(Connected const& connected, std::string const& schema,
                          std::string const& attribute, std::string const& characteristic) {
        for (auto const& entry : read(connected, schema).at("attributes").as_array()) {
            if (entry.at("name").as_string() == attribute) {
                return std::string(entry.at(characteristic).as_string());
            }
        }
        return "(none)";
    }
    static std::string basic(std::string const& user, std::string const& token) {
        return "Basic " + base64(user + ":" + token);
    }
};

// W-04, W-08, W-12, I-31: a PUT that holds only what changed.
TEST_F(ScimOptions, PutMergesUsers) {
    auto const connected = connect_with("generic", R"({"put":"merge"})");
    auto const id = add(connected, "/Users", R"({"userName":"ann","externalId":"x-1","title":"Dr",
        "name":{"givenName":"Ann","familyName":"Lee"},"emails":[{"value":"a@x.test"}],
        ")" + std::string(enterprise) + R"(":{"department":"Sales","costCenter":"7"}})");
    auto const put = push(connected, "PUT", "/Users/" + id,
                          R"({"name":{"familyName":"Lindt"},"title":null,
        ")" + std::string(enterprise) +
                              R"(":{"department":"Support"}})");
    EXPECT_EQ(put.response.status, 200U) << put.body();
    auto const user = read(connected, "/Users/" + id);
    EXPECT_EQ(user.at("userName"), "ann");
    EXPECT_EQ(user.at("externalId"), "x-1");
    EXPECT_EQ(user.at("name"), json::parse(R"({"givenName":"Ann","familyName":"Lindt"})"));
    EXPECT_FALSE(user.contains("title"));
    EXPECT_EQ(user.at("emails").as_array().size(), 1U);
    EXPECT_EQ(user.at(enterprise), json::parse(R"({"department":"Support","costCenter":"7"})"));

    // Nothing left to change: the version stays. Lists are replaced whole, [] clears them.
    auto const tag = put.header("ETag");
    EXPECT_EQ(push(connected, "PUT", "/Users/" + id, R"({"userName":"ann"})").header("ETag"), tag);
    push(connected, "PUT", "/Users/" + id, R"({"emails":[]})");
    EXPECT_FALSE(read(connected, "/Users/" + id).contains("emails"));
    expect_refused(push(connected, "PUT", "/Users/" + id, R"({"userName":null})"), 400,
                   "invalidValue", "userName");
    expect_refused(push(connected, "PUT", "/Users/" + id, "[]"), 400, "invalidSyntax", "object");
}

// W-06: under merge as under replace an `id` in the body is not a wish, and not an error.
TEST_F(ScimOptions, PutMergeIgnoresAForeignId) {
    auto const connected = connect_with("generic", R"({"put":"merge"})");
    auto const id = add(connected, "/Users", R"({"userName":"ann"})");
    EXPECT_EQ(
        push(connected, "PUT", "/Users/" + id, R"({"id":"another","title":"Dr"})").response.status,
        200U);
    EXPECT_EQ(read(connected, "/Users/" + id).at("title"), "Dr");
    EXPECT_EQ(last_notes(connected), "id: a read-only attribute was left out");
}

// W-04, W-08: a merged group keeps its name and members unless they are mentioned.
TEST_F(ScimOptions, PutMergesGroups) {
    auto const connected = connect_with("generic", R"({"put":"merge"})");
    auto const user = add(connected, "/Users", R"({"userName":"ann"})");
    auto const members = R"("members":[{"value":")" + user + R"("}])";
    auto const id = add(connected, "/Groups", R"({"displayName":"Sales",)" + members + "}");
    push(connected, "PUT", "/Groups/" + id, R"({"externalId":"g"})");
    auto group = read(connected, "/Groups/" + id);
    EXPECT_EQ(group.at("displayName"), "Sales");
    EXPECT_EQ(group.at("members").as_array().size(), 1U);
    push(connected, "PUT", "/Groups/" + id, R"({"displayName":"Support","members":[]})");
    group = read(connected, "/Groups/" + id);
    EXPECT_EQ(group.at("displayName"), "Support");
    EXPECT_EQ(group.at("externalId"), "g");
    EXPECT_TRUE(group.at("members").as_array().empty());
}

// W-04, W-08: without the option the same PUT clears or is refused.
TEST_F(ScimOptions, PutReplacesByDefault) {
    auto const connected = connect_with("generic");
    auto const id = add(connected, "/Users", R"({"userName":"ann","title":"Dr"})");
    expect_refused(push(connected, "PUT", "/Users/" + id, R"({"title":"Dr"})"), 400, "invalidValue",
                   "userName");
    push(connected, "PUT", "/Users/" + id, R"({"userName":"ann"})");
    EXPECT_FALSE(read(connected, "/Users/" + id).contains("title"));
}

// V-04: a merge honours If-Match as every write does.
TEST_F(ScimOptions, PutMergeHonoursIfMatch) {
    auto const connected = connect_with("generic", R"({"put":"merge"})");
    auto const id = add(connected, "/Users", R"({"userName":"ann"})");
    Headers const stale{{"Authorization", "Bearer " + connected.token}, {"If-Match", "W/\"9\""}};
    expect_refused(push(connected, "PUT", "/Users/" + id, R"({"title":"Dr"})", stale), 412, "",
                   "If-Match");
}

// R-07, I-34: skipped with a note by default, refused as a whole in the strict mode.
TEST_F(ScimOptions, UnknownMembers) {
    auto const lenient = connect_with("okta");
    auto const strict = connect_with("okta", R"({"unknown_members":"refuse"})");
    auto const nobody = std::string("member-test-01890000-0000-7000-8000-000000000001");
    for (auto const& member : {nobody, std::string("ghost")}) {
        SCOPED_TRACE(member);
        auto const list = R"([{"value":")" + member + R"("}])";
        auto const group = add(lenient, "/Groups",
                               R"({"displayName":")" + member + R"(","members":)" + list + "}");
        EXPECT_NE(last_notes(lenient).find("members: skipped 1"), std::string::npos)
            << last_notes(lenient);
        EXPECT_TRUE(read(lenient, "/Groups/" + group).at("members").as_array().empty());

        expect_refused(
            push(strict, "POST", "/Groups", R"({"displayName":"New","members":)" + list + "}"), 400,
            "invalidValue", "members");
        EXPECT_EQ(read(strict, "/Groups?filter=displayName%20eq%20%22New%22").at("totalResults"),
                  0);
        auto const id = add(strict, "/Groups", R"({"displayName":")" + member + "\"}");
        auto const before = read(strict, "/Groups/" + id);
        expect_refused(patch(strict, "/Groups/" + id,
                             R"([{"op":"replace","path":"displayName","value":"X"},)"
                             R"({"op":"add","path":"members","value":)" +
                                 list + "}]"),
                       400, "invalidValue", "members");
        expect_refused(
            push(strict, "PUT", "/Groups/" + id, R"({"displayName":"X","members":)" + list + "}"),
            400, "invalidValue", "members");
        EXPECT_EQ(read(strict, "/Groups/" + id), before);
        // P-36: whom a removal does not find is gone already.
        EXPECT_EQ(patch(strict, "/Groups/" + id,
                        R"([{"op":"remove","path":"members","value":)" + list + "}]")
                      .response.status,
                  200U);
    }
}

// P-14, I-12, G-21: ignored with a note by default, an error in the strict mode.
TEST_F(ScimOptions, UnknownAttributes) {
    auto const lenient = connect_with("generic");
    auto const strict = connect_with("generic", R"({"unknown_attributes":"refuse"})");
    std::vector<std::string> const operations{
        R"([{"op":"add","path":"shoeSize","value":42}])",
        R"([{"op":"replace","path":"name.nick","value":"A"}])",
        R"([{"op":"remove","path":"shoeSize"}])",
        R"([{"op":"replace","value":{"title":"Dr","shoeSize":42}}])",
        R"([{"op":"replace","path":"title","value":"Dr"},
            {"op":"add","path":"urn:acme:User:shoeSize","value":42}])"};
    auto const easy = add(lenient, "/Users", R"({"userName":"ann","shoeSize":42})");
    EXPECT_EQ(last_notes(lenient), "shoeSize: an unknown attribute was left out");
    for (auto const& body : {R"({"userName":"bob","shoeSize":42})",
                             R"({"userName":"bob","urn:acme:User":{"shoeSize":42}})"}) {
        expect_refused(push(strict, "POST", "/Users", body), 400, "invalidSyntax", ":");
    }
    auto const hard = add(strict, "/Users", R"({"userName":"bob"})");
    for (auto const& each : operations) {
        SCOPED_TRACE(each);
        EXPECT_EQ(patch(lenient, "/Users/" + easy, each).response.status, 200U);
        EXPECT_NE(last_notes(lenient).find("an unknown attribute was left out"), std::string::npos);
        expect_refused(patch(strict, "/Users/" + hard, each), 400, "invalidPath",
                       "no such attribute");
    }
    EXPECT_FALSE(read(strict, "/Users/" + hard).contains("title"));
    auto const group = add(strict, "/Groups", R"({"displayName":"A"})");
    expect_refused(
        patch(strict, "/Groups/" + group, R"([{"op":"add","path":"color","value":"red"}])"), 400,
        "invalidPath", "color");
}

// R-02, N-19: one name for two groups, and what /Schemas says about it.
TEST_F(ScimOptions, GroupNames) {
    auto const connected = connect_with("generic");
    EXPECT_EQ(announced(connected, group_schema, "displayName", "uniqueness"), "server");
    auto const first = add(connected, "/Groups", R"({"displayName":"Sales"})");
    auto const again = R"({"displayName":"SALES"})";
    expect_refused(push(connected, "POST", "/Groups", again), 409, "uniqueness", first);

    set_options(connected, R"({"unique_group_names":false})");
    EXPECT_EQ(announced(connected, group_schema, "displayName", "uniqueness"), "none");
    auto const second = add(connected, "/Groups", again);
    EXPECT_EQ(read(connected, "/Groups?filter=displayName%20eq%20%22sales%22").at("totalResults"),
              2);

    // Switched on again, names that are there stay usable; new ones must be free.
    set_options(connected, "{}");
    EXPECT_EQ(announced(connected, group_schema, "displayName", "uniqueness"), "server");
    EXPECT_EQ(push(connected, "PUT", "/Groups/" + second, again).response.status, 200U);
    expect_refused(push(connected, "POST", "/Groups", again), 409, "uniqueness", first);
    // A stranger to the connection learns nothing of its options.
    set_options(connected, R"({"unique_group_names":false,"user_groups":false})");
    auto const open = call(*scim, "GET", "/v1/b2b/scim/" + connected.connection + group_schema);
    EXPECT_NE(open.body().find(R"("uniqueness":"server")"), std::string::npos);
}

// U-20, N-19: users without their groups, unless somebody asks.
TEST_F(ScimOptions, UserGroups) {
    auto const connected = connect_with("generic");
    auto const user = add(connected, "/Users", R"({"userName":"ann"})");
    add(connected, "/Groups", R"({"displayName":"A","members":[")" + user + "\"]}");
    auto const path = "/Users/" + user;
    EXPECT_EQ(read(connected, path).at("groups").as_array().size(), 1U);
    EXPECT_EQ(announced(connected, user_schema, "groups", "returned"), "default");

    set_options(connected, R"({"user_groups":false})");
    EXPECT_EQ(announced(connected, user_schema, "groups", "returned"), "request");
    EXPECT_FALSE(read(connected, path).contains("groups"));
    EXPECT_FALSE(read(connected, path + "?excludedAttributes=title").contains("groups"));
    EXPECT_FALSE(read(connected, "/Users").at("Resources").at(0).as_object().contains("groups"));
    EXPECT_TRUE(read(connected, path + "?attributes=groups").contains("groups"));
    EXPECT_TRUE(read(connected, path + "?attributes=groups.value").contains("groups"));
    EXPECT_TRUE(read(connected, path).contains("meta"));
    auto const operation = R"([{"op":"replace","path":"title","value":"Dr"}])";
    EXPECT_FALSE(patch(connected, path, operation).json().as_object().contains("groups"));
    EXPECT_FALSE(push(connected, "PUT", path, R"({"userName":"ann"})")
                     .json()
                     .as_object()
                     .contains("groups"));
    // F-39: what is not shown can still be asked about.
    auto const group = std::string(
        read(connected, path + "?attributes=groups").at("groups").at(0).at("value").as_string());
    auto const filter = "?filter=groups.value%20eq%20%22" + group + "%22";
    EXPECT_FALSE(read(connected, path + filter).contains("groups"));
}

// K-05, K-08, I-36, N-07: Basic where the connection takes it, the same 401 where it does not.
TEST_F(ScimOptions, BasicAuth) {
    auto const off = connect_with("okta");
    auto const on = connect_with("okta", R"({"basic_auth":true})");
    auto const ping = connect_with("pingfederate");
    auto const status = [&](Connected const& to, std::string const& authorization) {
        return push(to, "GET", "/Users", {}, {{"Authorization", authorization}}).response.status;
    };
    for (auto const* user : {"", "scim", "any:one"}) {
        auto const expected = std::string(user) == "any:one" ? 401U : 200U;
        EXPECT_EQ(status(on, basic(user, on.token)), expected) << user;
    }
    EXPECT_EQ(status(on, "bASIC  " + base64("u:" + on.token)), 200U);
    EXPECT_EQ(status(on, "Bearer " + on.token), 200U);
    EXPECT_EQ(status(ping, basic("u", ping.token)), 200U);
    EXPECT_EQ(status(on, basic("u", ping.token)), 401U);
    for (auto const& bad : {std::string("u:"), std::string("u"), std::string(), on.token}) {
        EXPECT_EQ(status(on, "Basic " + base64(bad)), 401U) << bad;
    }
    EXPECT_EQ(status(on, "Basic !" + base64("u:" + on.token)), 401U);
    // Three bytes are four characters of base64.
    std::string const user(Limits::credentials_bytes_max / 4 * 3 - 1 - on.token.size(), 'u');
    EXPECT_EQ(status(on, basic(user, on.token)), 200U);
    EXPECT_EQ(status(on, basic(user + "u", on.token)), 401U);

    Headers const right{{"Authorization", basic("u", off.token)}};
    Headers const wrong{{"Authorization", "Bearer " + on.token}};
    auto const refused = push(off, "GET", "/Users", {}, right);
    EXPECT_EQ(refused.response.status, 401U);
    EXPECT_EQ(refused.header("WWW-Authenticate"), "Bearer");
    EXPECT_EQ(refused.body(), push(off, "GET", "/Users", {}, wrong).body());

    auto const schemes = [&](Connected const& of) {
        return read(of, "/ServiceProviderConfig").at("authenticationSchemes").as_array();
    };
    EXPECT_EQ(schemes(off).size(), 1U);
    ASSERT_EQ(schemes(on).size(), 2U);
    EXPECT_EQ(schemes(on)[0].at("primary"), true);
    EXPECT_EQ(schemes(on)[1].at("type"), "httpbasic");
}

// I-55, P-46, P-50: the profile's other fields, which no option changes.
TEST_F(ScimOptions, ProfilesDecideTheRest) {
    auto const entra = connect_with("microsoft-entra");
    auto const okta = connect_with("okta");
    auto const operation =
        R"([{"op":"replace","path":"emails[type eq \"work\"].value","value":"a@x.test"}])";
    auto const ours = add(entra, "/Users", R"({"userName":"ann"})");
    EXPECT_EQ(patch(entra, "/Users/" + ours, operation).response.status, 200U);
    EXPECT_EQ(last_notes(entra), "emails: an element was created for a path without match");
    auto const theirs = add(okta, "/Users", R"({"userName":"ann"})");
    expect_refused(patch(okta, "/Users/" + theirs, operation), 400, "noTarget", "emails");
    auto const rename = R"([{"op":"replace","path":"displayName","value":"B"}])";
    EXPECT_EQ(patch(entra, "/Groups/" + add(entra, "/Groups", R"({"displayName":"A"})"), rename)
                  .response.status,
              204U);
    EXPECT_EQ(patch(okta, "/Groups/" + add(okta, "/Groups", R"({"displayName":"A"})"), rename)
                  .response.status,
              200U);
}

}  // namespace
}  // namespace rollcall::tests
