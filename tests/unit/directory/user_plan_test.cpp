// Address, name, status and keys of a member; events of creations and updates.
#include "directory/user_plan.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace rollcall::directory {
namespace {

boost::json::object object(std::string_view text) {
    return boost::json::parse(text).as_object();
}

std::string address(std::string_view attributes) {
    return plan_user(object(attributes)).email_address;
}

std::string name(std::string_view attributes) {
    return plan_user(object(attributes)).name;
}

TEST(UserPlan, AddressIsThePrimaryElseTheFirstElseTheUserName) {
    EXPECT_EQ(address(R"({"userName":"u@x.test","emails":[{"value":"a@x.test"},
                          {"value":"B@x.test","primary":true}]})"),
              "B@x.test");
    EXPECT_EQ(address(R"({"userName":"u@x.test","emails":[{"value":"a@x.test"},
                          {"value":"b@x.test","primary":false}]})"),
              "a@x.test");
    EXPECT_EQ(address(R"({"userName":"u@x.test"})"), "u@x.test");
}

TEST(UserPlan, WithoutAnyAddressThereIsNone) {
    for (auto const* user_name : {"ann", "@x.test", "ann@", "a@b@c", "a b@x.test", ""}) {
        boost::json::object const attributes{{"userName", user_name}};
        EXPECT_EQ(plan_user(attributes).email_address, "") << user_name;
        EXPECT_EQ(plan_user(attributes).email_key, "") << user_name;
    }
    EXPECT_EQ(address(R"({"userName":"ann","emails":[{"value":"not one"},{"display":"x"}]})"), "");
}

TEST(UserPlan, NameIsDisplayNameElseFormattedElseBothParts) {
    EXPECT_EQ(name(R"({"displayName":"D","name":{"formatted":"F"}})"), "D");
    EXPECT_EQ(name(R"({"name":{"formatted":"F","givenName":"G"}})"), "F");
    EXPECT_EQ(name(R"({"name":{"givenName":"G","familyName":"H"}})"), "G H");
    EXPECT_EQ(name(R"({"name":{"familyName":"H"}})"), "H");
    EXPECT_EQ(name(R"({"userName":"u"})"), "");
}

TEST(UserPlan, OnlyActiveFalseDeactivates) {
    EXPECT_EQ(plan_user(object(R"({"active":false})")).status, MemberStatus::deleted);
    EXPECT_EQ(plan_user(object(R"({"active":true})")).status, MemberStatus::active);
    EXPECT_EQ(plan_user(object("{}")).status, MemberStatus::active);
}

TEST(UserPlan, KeysAreFoldedAndDistinct) {
    auto const state = plan_user(object(
        R"({"userName":"ÄNN@x.test","externalId":"Ab","displayName":"Änn","emails":[
            {"value":"A@X.test","type":"Work"},{"value":"a@x.test","type":"work"},
            {"value":"a@x.test"}]})"));
    EXPECT_EQ(state.user_name_key, "änn@x.test");
    EXPECT_EQ(state.external_id, "Ab");
    EXPECT_EQ(state.display_name_key, "änn");
    EXPECT_EQ(state.email_address, "A@X.test");
    EXPECT_EQ(state.email_key, "a@x.test");
    EXPECT_EQ(state.emails, (std::vector<EmailKey>{{"a@x.test", "work"}, {"a@x.test", ""}}));
}

TEST(UserPlan, AnEmptyExternalIdIsNone) {
    EXPECT_EQ(plan_user(object(R"({"externalId":""})")).external_id, std::nullopt);
}

TEST(UserPlan, ActiveDefaultsToTrueUnlessCleared) {
    EXPECT_EQ(plan_new_attributes({object(R"({"userName":"a"})"), {}}).at("active"), true);
    EXPECT_EQ(plan_new_attributes({object(R"({"active":false})"), {}}).at("active"), false);
    EXPECT_FALSE(
        plan_new_attributes({object(R"({"userName":"a"})"), {"active"}}).contains("active"));
}

class Creation : public testing::Test {
protected:
    UserCreation plan(std::string_view attributes, std::vector<LinkCandidate> candidates = {}) {
        auto planned = plan_user_creation(plan_user(object(attributes)), candidates, ids, now);
        EXPECT_TRUE(planned);
        return *planned;
    }
    static LinkCandidate known(MemberStatus status) {
        LinkCandidate candidate;
        candidate.id.uuid.bytes.back() = 9;
        candidate.status = status;
        candidate.email_key = "a@x.test";
        return candidate;
    }

    UserCreationIds ids;
    Timestamp now{std::chrono::seconds(5)};
};

TEST_F(Creation, ANewMemberIsACreateEvent) {
    ids.member.uuid.bytes.back() = 1;
    auto const creation = plan(R"({"userName":"a@x.test"})");
    EXPECT_TRUE(std::holds_alternative<NewMember>(creation.link));
    ASSERT_EQ(creation.events.size(), 1U);
    EXPECT_EQ(event_name(creation.events[0]), "scim.member.create");
    EXPECT_EQ(creation.events[0].object_id, to_string(ids.member));
    EXPECT_EQ(creation.events[0].label, "a@x.test");
    EXPECT_EQ(creation.events[0].occurred_at, now);
}

TEST_F(Creation, LinkingIsAnUpdateEventOfTheKnownMember) {
    for (auto const status : {MemberStatus::active, MemberStatus::invited, MemberStatus::deleted}) {
        auto const creation = plan(R"({"userName":"a@x.test"})", {known(status)});
        EXPECT_EQ(event_name(creation.events.at(0)), "scim.member.update");
        EXPECT_EQ(creation.events[0].object_id, to_string(known(status).id));
        EXPECT_EQ(creation.state.status, MemberStatus::active);
    }
}

TEST_F(Creation, LinkingAnInactiveUserDeprovisions) {
    auto const creation =
        plan(R"({"userName":"a@x.test","active":false})", {known(MemberStatus::active)});
    EXPECT_EQ(event_name(creation.events.at(0)), "scim.member.delete");
}

class Update : public testing::Test {
protected:
    std::string event_of(std::string_view before, std::string_view after) {
        User stored;
        stored.attributes = object(before);
        stored.version = 4;
        auto const update = plan_user_update(stored, object(after), {}, {});
        if (!update) return "nothing";
        EXPECT_EQ(update->expected_version, 4U);
        EXPECT_EQ(update->state.attributes, object(after));
        return event_name(update->events.at(0));
    }
};

TEST_F(Update, NothingChangedWritesNothing) {
    EXPECT_EQ(event_of(R"({"userName":"a","active":true})", R"({"active":true,"userName":"a"})"),
              "nothing");
}

TEST_F(Update, EventsFollowTheMembersLife) {
    EXPECT_EQ(event_of(R"({"title":"x"})", R"({"title":"y"})"), "scim.member.update");
    EXPECT_EQ(event_of(R"({"active":true})", R"({"active":false})"), "scim.member.delete");
    EXPECT_EQ(event_of(R"({"active":false})", R"({"active":true})"), "scim.member.update");
    EXPECT_EQ(event_of(R"({"active":false})", R"({"active":false,"title":"x"})"),
              "scim.member.update");
    EXPECT_EQ(event_of(R"({"active":true})", "{}"), "scim.member.update");
}

TEST(Removal, IsADeleteEvent) {
    User stored;
    stored.attributes = object(R"({"userName":"a@x.test"})");
    auto const event = plan_user_removal(stored, {}, {});
    EXPECT_EQ(event_name(event), "scim.member.delete");
    EXPECT_EQ(event.label, "a@x.test");
}

}  // namespace
}  // namespace rollcall::directory
