// /Bulk: operations like single requests, references between them, failures, limits.
#include "unit/api/scim_support.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace rollcall::tests {
namespace {

using testing::Contains;
using testing::HasSubstr;

class ScimBulk : public ScimTest {
protected:
    explicit ScimBulk(Limits const& limits = {}) : ScimTest(limits) {}

    Answer bulk(std::string const& operations, std::string const& more = "") {
        return send("POST", "/Bulk",
                    R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"])" + more +
                        R"(,"Operations":[)" + operations + "]}");
    }

    /// The same, processed: the results.
    boost::json::array results(std::string const& operations, std::string const& more = "") {
        last = bulk(operations, more);
        EXPECT_EQ(last.response.status, 200U) << last.body();
        EXPECT_EQ(last.response.content_type, "application/scim+json");
        EXPECT_EQ(text_at(last, "/schemas/0"),
                  "urn:ietf:params:scim:api:messages:2.0:BulkResponse");
        return last.json().at("Operations").as_array();
    }

    static std::string post(std::string_view endpoint, std::string_view bulk_id,
                            std::string_view data) {
        return fmt::format(R"({{"method":"POST","path":"/{}","bulkId":"{}","data":{}}})", endpoint,
                           bulk_id, data);
    }
    static std::string post_user(std::string_view bulk_id, std::string_view user_name) {
        return post("Users", bulk_id, fmt::format(R"({{"userName":"{}"}})", user_name));
    }
    static std::string post_group(std::string_view bulk_id, std::string_view name,
                                  std::string_view members) {
        return post("Groups", bulk_id,
                    fmt::format(R"({{"displayName":"{}","members":[{}]}})", name, members));
    }
    static std::string patch_operation(std::string const& path, std::string_view operations,
                                       std::string_view more = "") {
        return fmt::format(R"({{"method":"PATCH","path":"{}","data":{}{}}})", path, operations,
                           more);
    }
    static std::string remove(std::string const& path, std::string_view more = "") {
        return fmt::format(R"({{"method":"DELETE","path":"{}"{}}})", path, more);
    }

    static std::string id_of(boost::json::value const& result) {
        auto const location = text(result, "location");
        return location.substr(location.rfind('/') + 1);
    }

    /// Checks status and error body of one result.
    static void expect_failed(boost::json::value const& result, std::string_view status,
                              std::string_view scim_type, std::string_view words = "") {
        SCOPED_TRACE(boost::json::serialize(result));
        EXPECT_EQ(text(result, "status"), status);
        ASSERT_TRUE(result.as_object().contains("response"));
        auto const& error = result.at("response");
        EXPECT_EQ(error.at("schemas").as_array().at(0),
                  "urn:ietf:params:scim:api:messages:2.0:Error");
        EXPECT_EQ(text(error, "status"), status);
        EXPECT_EQ(text(error, "scimType"), scim_type.empty() ? "(none)" : scim_type);
        EXPECT_THAT(text(error, "detail"), HasSubstr(words));
    }

    Answer last;
};

// B-02, B-04, B-05, B-06
TEST_F(ScimBulk, ResultsSayWhatSingleRequestsWouldSay) {
    auto const ann = add_user("ann@x.test");
    auto const bob = add_user("bob@x.test");
    auto const done =
        results(post_user("u", "cay@x.test") + "," + R"({"method":"PUT","path":"/Users/)" + ann +
                R"(","data":{"userName":"ann@x.test","title":"Dr"}},)" +
                patch_operation("/Users/" + bob,
                                R"({"Operations":[{"op":"add","path":"title","value":"x"}]})",
                                R"(,"bulkId":"p")") +
                "," + remove("/Users/" + bob) + "," + remove("/Users/" + bob));
    ASSERT_EQ(done.size(), 5U);
    auto const cay = id_of(done[0]);
    EXPECT_EQ(done[0], boost::json::parse(fmt::format(
                           R"({{"method":"POST","bulkId":"u","version":"W/\"1\"",
                               "location":"{}/Users/{}","status":"201"}})",
                           okta.base, cay)));
    EXPECT_EQ(get("/Users/" + cay, "/userName"), "cay@x.test");
    EXPECT_EQ(done[1], boost::json::parse(fmt::format(
                           R"({{"method":"PUT","version":"W/\"2\"","location":"{}/Users/{}",
                               "status":"200"}})",
                           okta.base, ann)));
    EXPECT_EQ(done[2], boost::json::parse(fmt::format(
                           R"({{"method":"PATCH","bulkId":"p","version":"W/\"2\"",
                               "location":"{}/Users/{}","status":"200"}})",
                           okta.base, bob)));
    EXPECT_EQ(done[3], boost::json::parse(fmt::format(
                           R"({{"method":"DELETE","location":"{}/Users/{}","status":"204"}})",
                           okta.base, bob)));
    expect_failed(done[4], "404", "");
    EXPECT_EQ(text(done[4], "location"), okta.base + "/Users/" + bob);
}

// B-03
TEST_F(ScimBulk, AbsoluteUrlsBelowTheBaseAreAccepted) {
    auto const ann = add_user("ann@x.test");
    auto const other = side.connect(directory::IdentityProvider::okta);
    auto const done = results(remove(other.base + "/Users/" + ann) + "," + remove("/../" + ann) +
                              "," + remove(okta.base + "/Users/" + ann));
    expect_failed(done[0], "400", "invalidValue", "path");
    expect_failed(done[1], "404", "");
    EXPECT_EQ(text(done[2], "status"), "204");
    EXPECT_EQ(side.send(other, "GET", "/Users/" + ann).response.status, 404U);
}

// B-08
TEST_F(ScimBulk, ReferencesAreReplacedEverywhere) {
    auto const group = add_group("Old");
    auto const manager_urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    auto const done = results(
        post_user("boss", "boss@x.test") + "," +
        post("Users", "ann",
             fmt::format(R"({{"userName":"ann@x.test","{}":{{"manager":{{"value":"bulkId:boss"}},
                            "costCenter":"bulkId:boss"}}}})",
                         manager_urn)) +
        "," + post_group("g", "Sales", R"({"value":"bulkId:ann"},{"value":"bulkId:boss"})") + "," +
        patch_operation("/Groups/bulkId:g",
                        R"([{"op":"remove","path":"members[value eq \"bulkId:boss\"]"}])") +
        "," +
        patch_operation("/Groups/" + group,
                        R"([{"op":"add","path":"members","value":[{"value":"bulkId:boss"}]}])") +
        "," + remove("/Users/bulkId:none"));
    ASSERT_EQ(done.size(), 6U);
    auto const boss = id_of(done[0]);
    auto const ann = id_of(done[1]);
    auto const pointer = std::string("/") + manager_urn;
    EXPECT_EQ(get("/Users/" + ann, pointer + "/manager/value"), boss);
    EXPECT_EQ(get("/Users/" + ann, pointer + "/costCenter"), boss);
    EXPECT_EQ(id_of(done[3]), id_of(done[2]));
    auto const sales = send("GET", "/Groups/" + id_of(done[2]));
    EXPECT_EQ(text_at(sales, "/members/0/value"), ann);
    EXPECT_EQ(text_at(sales, "/members/1/value"), "(none)");
    EXPECT_EQ(get("/Groups/" + group, "/members/0/value"), boss);
    expect_failed(done[5], "409", "", "\"none\"");
}

// B-09
TEST_F(ScimBulk, AReferenceMayComeBeforeWhatItNames) {
    auto const done =
        results(post_group("g", "Early", R"({"value":"bulkId:u"})") + "," + post_user("u", "late"));
    EXPECT_EQ(text(done[0], "bulkId"), "g") << "results stand in the order of the request";
    EXPECT_EQ(get("/Groups/" + id_of(done[0]), "/members/0/value"), id_of(done[1]));
}

// B-10
TEST_F(ScimBulk, GroupsMayContainEachOther) {
    auto const done = results(post_group("a", "A", R"({"value":"bulkId:b"})") + "," +
                              post_group("b", "B", R"({"value":"bulkId:a"})") + "," +
                              post_group("c", "C", R"({"value":"bulkId:c"})"));
    for (auto const& result : done) EXPECT_EQ(text(result, "status"), "201");
    EXPECT_EQ(get("/Groups/" + id_of(done[0]), "/members/0/value"), id_of(done[1]));
    EXPECT_EQ(get("/Groups/" + id_of(done[1]), "/members/0/value"), id_of(done[0]));
    EXPECT_EQ(get("/Groups/" + id_of(done[2]), "/members/0/value"), id_of(done[2]));
    for (auto const& result : done) {
        EXPECT_EQ(text(result, "version"), get("/Groups/" + id_of(result), "/meta/version"));
    }
}

// B-10
TEST_F(ScimBulk, PeopleMayManageEachOther) {
    auto const user = [](std::string_view name, std::string_view manager) {
        return fmt::format(
            R"({{"userName":"{}","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                {{"manager":{{"value":"bulkId:{}"}}}}}})",
            name, manager);
    };
    auto const done =
        results(post("Users", "a", user("ann", "b")) + "," + post("Users", "b", user("bob", "a")));
    auto const manager =
        "/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/manager/value";
    EXPECT_EQ(get("/Users/" + id_of(done[0]), manager), id_of(done[1]));
    EXPECT_EQ(get("/Users/" + id_of(done[1]), manager), id_of(done[0]));
}

// B-10
TEST_F(ScimBulk, ACircleThatCannotBeClosedIsAConflict) {
    add_group("Taken");
    auto const done = results(post_group("a", "Taken", R"({"value":"bulkId:b"})") + "," +
                              post_group("b", "B", R"({"value":"bulkId:a"})"));
    expect_failed(done[0], "409", "uniqueness");
    // It was created before the other one failed: the answer says so, and where it is.
    expect_failed(done[1], "409", "", "\"a\"");
    EXPECT_EQ(get("/Groups/" + id_of(done[1]), "/displayName"), "B");
    EXPECT_EQ(get("/Groups/" + id_of(done[1]), "/members"), "[]");
}

// B-11
TEST_F(ScimBulk, AReferenceToNothingFailsItsOperationAlone) {
    auto const done =
        results(post_user("u", "") + "," + post_group("g", "Sales", R"({"value":"bulkId:u"})") +
                "," + post_group("h", "Ops", R"({"value":"bulkId:never"})") + "," +
                patch_operation("/Groups/bulkId:g", "[]") + "," + post_user("v", "ann"));
    expect_failed(done[0], "400", "invalidValue", "userName");
    expect_failed(done[1], "409", "", "\"u\"");
    expect_failed(done[2], "409", "", "\"never\"");
    expect_failed(done[3], "409", "", "\"g\"");
    EXPECT_EQ(text(done[4], "status"), "201");
    EXPECT_EQ(text(done[1], "location"), "(none)") << "nothing was created";
    EXPECT_EQ(get("/Groups", "/totalResults"), "0");
}

// B-07
TEST_F(ScimBulk, FailuresDoNotStopTheRestUnlessAsked) {
    auto const operations = post_user("a", "") + "," + post_user("b", "bob") + "," +
                            post_user("c", "") + "," + post_user("d", "dan");
    EXPECT_EQ(results(operations).size(), 4U);
    EXPECT_EQ(get("/Users", "/totalResults"), "2");
    auto const stopped = results(post_user("a", "") + "," + post_user("b", "eve") + "," +
                                     post_user("c", "") + "," + post_user("d", "fay"),
                                 R"(,"failOnErrors":2)");
    ASSERT_EQ(stopped.size(), 3U);
    EXPECT_EQ(text(stopped[1], "status"), "201") << "what was applied stays applied";
    EXPECT_EQ(get("/Users", "/totalResults"), "3");
}

// B-07, B-10
TEST_F(ScimBulk, WhatWasCutOffHalfwayIsNoSuccess) {
    add_group("Taken");
    auto const done = results(post_group("a", "Taken", R"({"value":"bulkId:b"})") + "," +
                                  post_group("b", "B", R"({"value":"bulkId:a"})"),
                              R"(,"failOnErrors":1)");
    ASSERT_EQ(done.size(), 2U);
    expect_failed(done[1], "409", "", "failOnErrors");
}

// B-13
TEST_F(ScimBulk, AVersionGuardsItsOperation) {
    auto const ann = "/Users/" + add_user("ann@x.test");
    auto const title = R"([{"op":"add","path":"title","value":"x"}])";
    auto const done = results(patch_operation(ann, title, R"(,"version":"W/\"7\"")") + "," +
                              patch_operation(ann, title, R"(,"version":"W/\"1\"")") + "," +
                              remove(ann, R"(,"version":"W/\"1\"")") + "," +
                              remove(ann, R"(,"version":"W/\"2\"")"));
    expect_failed(done[0], "412", "");
    EXPECT_EQ(text(done[1], "version"), "W/\"2\"");
    expect_failed(done[2], "412", "");
    EXPECT_EQ(text(done[3], "status"), "204");
}

// B-14
TEST_F(ScimBulk, OnlyResourcesChangeInBulk) {
    auto const group = "/Groups/" + add_group("Sales");
    auto const done = results(
        post("Bulk", "", R"({"Operations":[]})") + "," + post("Users/.search", "", "{}") + "," +
        post(".search", "", "{}") + "," + post("Schemas", "", "{}") + "," +
        remove("/ServiceProviderConfig") + "," + remove("/Users") + "," +
        post(group.substr(1), "", "{}") + "," + post("Devices", "", "{}") + "," + remove("/"));
    expect_failed(done[0], "400", "invalidValue", "path");
    expect_failed(done[1], "400", "invalidValue", "path");
    expect_failed(done[2], "400", "invalidValue", "path");
    for (std::size_t i = 3; i < 7; ++i) expect_failed(done[i], "405", "");
    expect_failed(done[7], "404", "");
    expect_failed(done[8], "400", "invalidValue", "path");
}

// B-16
TEST_F(ScimBulk, ACreationWithoutBulkIdIsProcessed) {
    auto const done = results(R"({"method":"post","path":"Users","data":{"userName":"ann"}})");
    EXPECT_EQ(text(done[0], "status"), "201");
    EXPECT_EQ(text(done[0], "bulkId"), "(none)");
    EXPECT_EQ(get("/Users/" + id_of(done[0]), "/userName"), "ann");
}

// B-12, B-16
TEST_F(ScimBulk, WhatIsRefusedAsAWholeChangesNothing) {
    auto const before = snapshot();
    expect_error(bulk(post_user("a", "ann") + "," + post_user("a", "bob")), 400, "invalidValue",
                 "\"a\"");
    expect_error(bulk(post_user("a", "ann") + R"(,{"method":"GET","path":"/Users"})"), 400,
                 "invalidSyntax", "Operations[1].method");
    expect_error(send("POST", "/Bulk", "nonsense"), 400, "invalidSyntax");
    std::string many = post_user("x", "ann");
    for (std::size_t i = 0; i < Limits{}.bulk_operations_max; ++i) many += "," + remove("/Users/1");
    expect_error(bulk(many), 413, "", "maxOperations is 1000");
    EXPECT_EQ(snapshot(), before);
    EXPECT_EQ(send("GET", "/Bulk").response.status, 405U);
}

// B-01, B-12, K-11
TEST_F(ScimBulk, LimitsAreAnnouncedAndEnforced) {
    auto const config = send("GET", "/ServiceProviderConfig");
    EXPECT_EQ(text_at(config, "/bulk/supported"), "true");
    EXPECT_EQ(text_at(config, "/bulk/maxOperations"), std::to_string(Limits{}.bulk_operations_max));
    EXPECT_EQ(text_at(config, "/bulk/maxPayloadSize"),
              std::to_string(Limits{}.bulk_body_bytes_max));
    std::string most = remove("/Users/1");
    for (std::size_t i = 1; i < Limits{}.bulk_operations_max; ++i) most += "," + remove("/Users/1");
    EXPECT_EQ(results(most).size(), Limits{}.bulk_operations_max);
}

class ScimSmallBulk : public ScimBulk {
protected:
    ScimSmallBulk() : ScimBulk(limits()) {}
    static Limits limits() {
        Limits limits;
        limits.body_bytes_max = 2000;
        limits.bulk_body_bytes_max = 1000;
        return limits;
    }
};

// B-12, H-13
TEST_F(ScimSmallBulk, BodiesThatAreTooLargeLearnTheLimit) {
    auto const refuse = [&](std::string const& path) {
        auto const whole = okta.path + path;
        auto const authorization = okta.authorization();
        auto const head = make_request("POST", whole, authorization, {});
        Answer answer;
        answer.response = side.api().fail(http::Failure::body_too_large, head, answer.context);
        EXPECT_EQ(side.api().body_bytes_max(head), path == "/Users" ? 2000U : 1000U);
        return answer;
    };
    expect_error(refuse("/Bulk"), 413, "", "maxPayloadSize: a bulk request has at most 1000 bytes");
    expect_error(refuse("/bulk/"), 413, "", "maxPayloadSize");
    expect_error(refuse("/Users"), 413, "", "2000 bytes");
}

// B-17, K-06
TEST_F(ScimBulk, AnotherTenantsResourcesAreNotThere) {
    auto const ann = add_user("ann@x.test");
    auto const other = side.connect(directory::IdentityProvider::okta);
    auto const answer =
        side.send(other, "POST", "/Bulk",
                  R"({"Operations":[)" + remove("/Users/" + ann) + "," +
                      post_group("g", "Sales", R"({"value":")" + ann + "\"}") + "]}");
    auto const done = answer.json().at("Operations").as_array();
    expect_failed(done[0], "404", "");
    EXPECT_EQ(text(done[1], "status"), "201");
    EXPECT_EQ(text_at(side.send(other, "GET", "/Groups/" + id_of(done[1])), "/members"), "[]");
    EXPECT_EQ(get("/Users/" + ann, "/id"), ann);
    EXPECT_EQ(call(side.api(), "POST", okta.path + "/Bulk").response.status, 401U);
}

// B-17
TEST_F(ScimBulk, EachOperationIsJudgedLikeASingleRequest) {
    add_user("ann@x.test");
    auto const done = results(post_user("a", "ANN@x.test") + "," +
                              post("Users", "b", R"({"userName":"b","active":"no"})") + "," +
                              post("Users", "c", "7") + "," +
                              patch_operation("/Users/nobody", R"([{"op":"remove"}])"));
    expect_failed(done[0], "409", "uniqueness", "userName");
    expect_failed(done[1], "400", "invalidValue", "active");
    expect_failed(done[2], "400", "invalidSyntax");
    expect_failed(done[3], "404", "");
}

TEST_F(ScimBulk, NotesSayWhichOperationTheyAreAbout) {
    results(post_user("a", "ann") + "," +
            post("Users", "b", R"({"userName":"bob","favourite":"x"})") + "," + post_user("c", ""));
    EXPECT_THAT(last.context.notes, Contains(HasSubstr("Operations[1]: favourite")));
    EXPECT_THAT(
        last.context.notes,
        Contains(
            "Operations[2]: failed with status 400 invalidValue: userName: must not be blank."));
    EXPECT_THAT(last.context.error, HasSubstr("Operations[2]: invalid_value"));
    EXPECT_EQ(last.context.route, "POST /v1/b2b/scim/{connection_id}/Bulk");
    std::string many = post("Users", "0", R"({"userName":"0","x":1})");
    for (int i = 1; i < 100; ++i) {
        many += "," + post("Users", std::to_string(i), R"({"userName":"","x":1})");
    }
    results(many);
    EXPECT_LE(last.context.notes.size(), 51U);
}

}  // namespace
}  // namespace rollcall::tests
