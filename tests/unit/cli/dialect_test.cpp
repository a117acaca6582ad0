// The wording of both providers, judged as JSON.
#include "cli/dialect.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rollcall::cli {
namespace {

namespace json = boost::json;

SamplePerson const person{
    "ann.o@acme.example", "Ann", "Ö", "Ann Ö", "x-1", "Lead", "Legal", "000001"};
SampleGroup const group{"Legal São Paulo", "x-2", {}};
Dialect const okta(Provider::okta, false);
Dialect const entra(Provider::entra, false);

TEST(Dialect, LookUps) {
    EXPECT_EQ(okta.find_person(person),
              "/Users?filter=userName%20eq%20%22ann.o%40acme.example%22&startIndex=1&count=100");
    EXPECT_EQ(entra.find_person(person), "/Users?filter=userName+eq+%22ann.o%40acme.example%22");
    EXPECT_EQ(okta.find_group(group),
              "/Groups?filter=displayName%20eq%20%22Legal%20S%C3%A3o%20Paulo%22"
              "&startIndex=1&count=100");
    EXPECT_EQ(entra.find_group(group),
              "/Groups?excludedAttributes=members"
              "&filter=displayName+eq+%22Legal+S%C3%A3o+Paulo%22");
}

TEST(Dialect, PeopleCarryWhatTheProviderSends) {
    for (auto const& dialect : {okta, entra}) {
        auto const body = json::parse(dialect.create_person(person)).as_object();
        EXPECT_EQ(body.at("userName"), "ann.o@acme.example");
        EXPECT_EQ(body.at("externalId"), "x-1");
        EXPECT_EQ(body.at("displayName"), "Ann Ö");
        EXPECT_EQ(body.at("active"), true);
        EXPECT_EQ(json::serialize(body.at("emails")),
                  R"([{"primary":true,"type":"work","value":"ann.o@acme.example"}])");
        EXPECT_EQ(body.at("name").at("familyName"), "Ö");
    }
    EXPECT_TRUE(json::parse(okta.create_person(person)).as_object().contains("locale"));
    EXPECT_EQ(json::parse(entra.create_person(person)).at("meta").at("resourceType"), "User");
}

TEST(Dialect, GroupsStartWithoutMembers) {
    auto const by_okta = json::parse(okta.create_group(group)).as_object();
    EXPECT_EQ(by_okta.at("displayName"), "Legal São Paulo");
    EXPECT_TRUE(by_okta.at("members").as_array().empty());
    EXPECT_FALSE(by_okta.contains("externalId"));
    auto const by_entra = json::parse(entra.create_group(group)).as_object();
    EXPECT_EQ(by_entra.at("externalId"), "x-2");
    EXPECT_FALSE(by_entra.contains("members"));
}

TEST(Dialect, MembersAreAdded) {
    std::vector<KnownPerson> const members{{"id-1", "a@x"}, {"id-2", "b@x"}};
    EXPECT_EQ(okta.add_members(members),
              R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":)"
              R"([{"op":"add","path":"members","value":[{"value":"id-1","display":"a@x"},)"
              R"({"value":"id-2","display":"b@x"}]}]})");
    EXPECT_EQ(entra.add_members(members),
              R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":)"
              R"([{"op":"Add","path":"members","value":[{"$ref":null,"value":"id-1"},)"
              R"({"$ref":null,"value":"id-2"}]}]})");
    EXPECT_THAT(Dialect(Provider::entra, true).add_members(members),
                testing::HasSubstr(R"("op":"add")"));
}

}  // namespace
}  // namespace rollcall::cli
