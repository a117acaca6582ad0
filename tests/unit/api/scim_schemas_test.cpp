// What a connection declares, on the SCIM side: announced, stored, changed, filtered, withdrawn.
#include "unit/api/scim_support.hpp"

#include <gmock/gmock.h>

namespace rollcall::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view enterprise =
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

class ScimSchemas : public ScimTest {
protected:
    static std::string badge(std::string const& attributes) {
        return R"({"id":"urn:acme:scim:Badge","name":"Badge","attributes":[)" + attributes + "]}";
    }
    static inline std::string const colours =
        badge(R"({"name":"number","type":"integer"},{"name":"colour"})");

    static boost::json::object parse(std::string const& definition) {
        return boost::json::parse(definition).as_object();
    }
    void declare(std::string const& definition, std::string const& type = "User",
                 bool required = false) {
        auto const declared = side.declare(okta, parse(definition), type, required);
        ASSERT_TRUE(declared) << declared.error().message();
    }
    std::string add_badged(std::string const& name, std::string const& data) {
        return add_user(name, R"(,"urn:acme:scim:Badge":)" + data);
    }
    std::string badge_of(std::string const& id) {
        auto const answer = send("GET", "/Users/" + id);
        auto const document = answer.json();
        auto const* data = document.as_object().if_contains("urn:acme:scim:Badge");
        return data == nullptr ? "none" : boost::json::serialize(*data);
    }
    std::vector<std::string> found(std::string const& filter) {
        auto const answer = send("GET", "/Users?filter=" + filter);
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
        std::vector<std::string> names;
        for (auto const& user : answer.json().at("Resources").as_array()) {
            names.push_back(text(user, "userName"));
        }
        return names;
    }
};

// N-11, N-12, N-19
TEST_F(ScimSchemas, N11_N12_AreAnnouncedToTheConnectionAlone) {
    declare(colours);
    EXPECT_THAT(send("GET", "/Schemas").body(), HasSubstr("urn:acme:scim:Badge"));
    auto const single = send("GET", "/Schemas/urn:acme:scim:badge");
    EXPECT_EQ(text_at(single, "/id"), "urn:acme:scim:Badge");
    EXPECT_EQ(text_at(single, "/attributes/0/type"), "integer");
    EXPECT_EQ(text_at(single, "/meta/location"), okta.base + "/Schemas/urn:acme:scim:Badge");
    EXPECT_EQ(get("/ResourceTypes/User", "/schemaExtensions/1/schema"), "urn:acme:scim:Badge");
    EXPECT_EQ(get("/ResourceTypes/User", "/schemaExtensions/1/required"), "false");

    auto const other = side.connect(directory::IdentityProvider::okta);
    EXPECT_THAT(side.send(other, "GET", "/Schemas").body(), Not(HasSubstr("acme")));
    EXPECT_EQ(side.send(other, "GET", "/Schemas/urn:acme:scim:Badge").response.status, 404U);
}

// N-05
TEST_F(ScimSchemas, N05_AreNotShownWithoutAToken) {
    declare(colours);
    for (auto const* path : {"/Schemas", "/ResourceTypes", "/ResourceTypes/User"}) {
        auto const answer = call(side.api(), "GET", okta.path + path, {});
        EXPECT_EQ(answer.response.status, 200U);
        EXPECT_THAT(answer.body(), Not(HasSubstr("acme"))) << path;
    }
    EXPECT_EQ(
        call(side.api(), "GET", okta.path + "/Schemas/urn:acme:scim:Badge", {}).response.status,
        404U);
}

// S-02, S-03, G-24, E-05
TEST_F(ScimSchemas, S02_S03_E05_TheUrnIsListedWhileThereIsData) {
    declare(colours);
    auto const id = add_user("ann");
    EXPECT_THAT(get("/Users/" + id, "/schemas"), Not(HasSubstr("acme")));
    patch("/Users/" + id, R"([{"op":"add","path":"urn:acme:scim:Badge:number","value":7}])");
    EXPECT_EQ(badge_of(id), R"({"number":7})");
    EXPECT_THAT(get("/Users/" + id, "/schemas"), HasSubstr("urn:acme:scim:Badge"));
    patch("/Users/" + id, R"([{"op":"remove","path":"urn:acme:scim:Badge:number"}])");
    EXPECT_EQ(badge_of(id), "none");
    EXPECT_THAT(get("/Users/" + id, "/schemas"), Not(HasSubstr("acme")));
}

// N-19, S-15
TEST_F(ScimSchemas, N19_S15_DataSurvivesAnEcho) {
    declare(colours);
    auto const id = add_badged("ann", R"({"number":7,"colour":"red"})");
    auto const shown = send("GET", "/Users/" + id);
    auto const echoed = send("PUT", "/Users/" + id, shown.body());
    EXPECT_EQ(echoed.response.status, 200U);
    EXPECT_EQ(echoed.json(), shown.json()) << "nothing changed, version included";
}

// G-21, W-14
TEST_F(ScimSchemas, G21_UndeclaredDataIsIgnoredAndNotStored) {
    auto const id = add_badged("ann", R"({"number":7})");
    EXPECT_EQ(badge_of(id), "none");
    declare(colours);
    EXPECT_EQ(badge_of(id), "none") << "it was never stored";
    patch("/Users/" + id, R"([{"op":"add","path":"urn:acme:scim:Badge:number","value":7}])");
    EXPECT_EQ(send("PUT", "/Users/" + id, R"({"userName":"ann"})").response.status, 200U);
    EXPECT_EQ(badge_of(id), "none") << "W-14: a PUT without it clears it";
}

TEST_F(ScimSchemas, FiltersFindDeclaredAttributes) {
    declare(colours);
    add_badged("ann", R"({"number":7,"colour":"Red"})");
    add_badged("ben", R"({"number":9})");
    add_user("cid");
    using Names = std::vector<std::string>;
    EXPECT_EQ(found("urn:acme:scim:Badge:number%20gt%207"), Names{"ben"});
    EXPECT_EQ(found("urn:acme:scim:Badge:colour%20eq%20%22red%22"), Names{"ann"});
    EXPECT_EQ(found("urn:acme:scim:Badge%20pr"), (Names{"ann", "ben"}));
    EXPECT_EQ(found("userName%20eq%20%22ben%22%20and%20number%20eq%209"), Names{"ben"});
}

TEST_F(ScimSchemas, AFilterOnADeclaredAttributeIsABoundedScan) {
    Limits limits;
    limits.scan_rows_max = 2;
    ProviderSide small(
        [](crypto::IdSource& ids, Limits const& store_limits) {
            return storage::open_memory_store(ids, store_limits);
        },
        limits);
    auto const connection = small.connect(directory::IdentityProvider::okta);
    ASSERT_TRUE(small.declare(connection, parse(colours)));
    for (auto const* name : {"a", "b", "c"}) {
        small.send(connection, "POST", "/Users", R"({"userName":")" + std::string(name) + "\"}");
    }
    expect_error(small.send(connection, "GET", "/Users?filter=number%20eq%201"), 400, "tooMany",
                 "examined");
}

TEST_F(ScimSchemas, BadDataIsRefusedAndChangesNothing) {
    declare(badge(R"({"name":"number","type":"integer","required":true},{"name":"colour"})"));
    auto const id = add_badged("ann", R"({"number":7})");
    auto const before = snapshot();
    expect_error(send("POST", "/Users", R"({"userName":"b","urn:acme:scim:Badge":{"colour":"r"}})"),
                 400, "invalidValue", "urn:acme:scim:Badge:number: is required");
    expect_error(send("POST", "/Users", R"({"userName":"b","urn:acme:scim:Badge":{"number":"x"}})"),
                 400, "invalidValue", "number");
    expect_error(
        send("PUT", "/Users/" + id, R"({"userName":"ann","urn:acme:scim:Badge":{"colour":"r"}})"),
        400, "invalidValue", "number: is required");
    expect_error(patch("/Users/" + id,
                       R"([{"op":"add","path":"colour","value":"red"},
                           {"op":"remove","path":"urn:acme:scim:Badge:number"}])"),
                 400, "mutability", "number");
    EXPECT_EQ(snapshot(), before);
}

TEST_F(ScimSchemas, ARequiredExtensionIsRequiredOfEveryNewUserAndOfNoOldOne) {
    auto const old = add_user("old");
    declare(colours, "User", true);
    expect_error(send("POST", "/Users", R"({"userName":"new"})"), 400, "invalidValue",
                 "urn:acme:scim:Badge: this extension is required");
    add_badged("new", R"({"number":1})");
    auto const deactivated =
        patch("/Users/" + old, R"([{"op":"replace","path":"active","value":false}])");
    EXPECT_EQ(deactivated.response.status, 200U) << deactivated.body();
}

TEST_F(ScimSchemas, AChangedSchemaHidesWhatDoesNotFitAndTheNextWriteDropsIt) {
    declare(colours);
    auto const id = add_badged("ann", R"({"number":7,"colour":"red"})");
    auto const version = get("/Users/" + id, "/meta/version");
    declare(badge(R"({"name":"number","type":"string"},{"name":"colour"},{"name":"more"})"));
    EXPECT_EQ(badge_of(id), R"({"colour":"red"})");
    EXPECT_TRUE(found("urn:acme:scim:Badge:number%20pr").empty());
    EXPECT_EQ(get("/Users/" + id, "/meta/version"), version) << "nothing was written";

    declare(colours);
    EXPECT_EQ(badge_of(id), R"({"number":7,"colour":"red"})") << "until it is written";
    declare(badge(R"({"name":"colour"})"));
    patch("/Users/" + id, R"([{"op":"add","path":"title","value":"Dr."}])");
    declare(colours);
    EXPECT_EQ(badge_of(id), R"({"colour":"red"})");
}

TEST_F(ScimSchemas, AWithdrawnSchemaHidesItsData) {
    declare(colours);
    auto const id = add_user("ann", R"(,"urn:acme:scim:Badge":{"number":7},")" +
                                        std::string(enterprise) + R"(":{"department":"d"})");
    side.withdraw(okta, "urn:acme:scim:Badge");
    auto const shown = send("GET", "/Users/" + id).body();
    EXPECT_THAT(shown, Not(HasSubstr("acme")));
    EXPECT_THAT(shown, HasSubstr(R"("department":"d")"));
    EXPECT_THAT(send("GET", "/Users").body(), Not(HasSubstr("acme")));
    EXPECT_TRUE(found("urn:acme:scim:Badge:number%20eq%207").empty());
    EXPECT_THAT(send("GET", "/Schemas").body(), Not(HasSubstr("acme")));
}

class ScimGroupSchemas : public ScimSchemas {
protected:
    static inline std::string const team =
        R"({"id":"urn:acme:scim:Team","name":"Team","attributes":[
            {"name":"colour"},{"name":"cost","type":"complex","subAttributes":[
                {"name":"centre"},{"name":"share","type":"decimal"}]}]})";

    std::string add_team(std::string const& members = "[]") {
        auto const answer = send("POST", "/Groups",
                                 R"({"displayName":"T","members":)" + members +
                                     R"(,"urn:acme:scim:Team":{"colour":"red"}})");
        EXPECT_EQ(answer.response.status, 201U) << answer.body();
        EXPECT_EQ(text_at(answer, "/urn:acme:scim:Team/colour"), "red");
        return text(answer.json(), "id");
    }
    std::string team_of(std::string const& id) {
        return get("/Groups/" + id, "/urn:acme:scim:Team");
    }
    std::string member_count(std::string const& id) {
        return std::to_string(send("GET", "/Groups/" + id).json().at("members").as_array().size());
    }
};

TEST_F(ScimGroupSchemas, GroupsCarryDeclaredData) {
    declare(team, "Group");
    auto const user = add_user("ann");
    auto const id = add_team(R"([{"value":")" + user + R"("}])");
    EXPECT_EQ(team_of(id), R"({"colour":"red"})");
    EXPECT_THAT(get("/Groups/" + id, "/schemas"), HasSubstr("urn:acme:scim:Team"));
    auto const listed = send("GET", "/Groups?filter=urn:acme:scim:Team:colour%20eq%20%22RED%22");
    EXPECT_EQ(text_at(listed, "/totalResults"), "1");

    auto const shown = send("GET", "/Groups/" + id);
    EXPECT_EQ(send("PUT", "/Groups/" + id, shown.body()).json(), shown.json());
    send("PUT", "/Groups/" + id, R"({"displayName":"T"})");
    EXPECT_EQ(team_of(id), "(none)");
}

TEST_F(ScimGroupSchemas, PatchesOfDataAndMembersGoTogether) {
    declare(team, "Group");
    auto const ann = add_user("ann");
    auto const ben = add_user("ben");
    auto const id = add_team(R"([{"value":")" + ann + R"("}])");
    auto const answer = patch(
        "/Groups/" + id, R"([{"op":"add","path":"members","value":[{"value":")" + ben + R"("}]},
            {"op":"replace","path":"urn:acme:scim:Team:colour","value":"blue"},
            {"op":"add","value":{"urn:acme:scim:Team":{"cost":{"centre":"c","share":0.5}}}}])");
    EXPECT_LT(answer.response.status, 300U) << answer.body();
    EXPECT_EQ(get("/Groups/" + id, "/urn:acme:scim:Team/colour"), "blue");
    EXPECT_EQ(get("/Groups/" + id, "/urn:acme:scim:Team/cost/centre"), "c");
    EXPECT_EQ(member_count(id), "2");

    patch("/Groups/" + id, R"([{"op":"remove","path":"members[value sw \"member\"]"},
                               {"op":"remove","path":"urn:acme:scim:Team:cost"}])");
    EXPECT_EQ(team_of(id), R"({"colour":"blue"})");
    EXPECT_EQ(member_count(id), "0");
    patch("/Groups/" + id, R"([{"op":"remove","path":"schemas","value":["urn:acme:scim:Team"]}])");
    EXPECT_EQ(team_of(id), "(none)");
}

// W-07
TEST_F(ScimGroupSchemas, W07_ImmutableDataOfGroupsStays) {
    declare(R"({"id":"urn:acme:scim:Team","name":"Team","attributes":[
                {"name":"colour","mutability":"immutable"},{"name":"cost"}]})",
            "Group");
    auto const id = add_team();
    expect_error(send("PUT", "/Groups/" + id,
                      R"({"displayName":"T","urn:acme:scim:Team":{"colour":"blue"}})"),
                 400, "mutability", "urn:acme:scim:Team:colour");
    expect_error(patch("/Groups/" + id,
                       R"([{"op":"replace","path":"urn:acme:scim:Team:colour","value":"x"}])"),
                 400, "mutability", "urn:acme:scim:Team:colour");
    EXPECT_EQ(send("PUT", "/Groups/" + id, R"({"displayName":"T2"})").response.status, 200U);
    EXPECT_EQ(team_of(id), R"({"colour":"red"})");
}

TEST_F(ScimGroupSchemas, UsersAndGroupsHaveTheirOwnExtensions) {
    declare(team, "Group");
    auto const id = add_user("ann", R"(,"urn:acme:scim:Team":{"colour":"red"})");
    EXPECT_THAT(send("GET", "/Users/" + id).body(), Not(HasSubstr("acme")));
}

}  // namespace
}  // namespace rollcall::tests
