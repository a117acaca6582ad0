// Who a new user is: every rule of directory/link.hpp, and which rule comes first.
#include "directory/link.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace rollcall::directory {
namespace {

MemberId member(std::uint8_t number) {
    MemberId id;
    id.uuid.bytes.back() = number;
    return id;
}

UserState state(std::string email, std::optional<std::string> external_id = std::nullopt) {
    UserState result;
    result.user_name_key = "ann";
    result.email_address = email;
    result.email_key = std::move(email);
    result.external_id = std::move(external_id);
    return result;
}

LinkCandidate candidate(std::uint8_t number, MemberStatus status, std::string email) {
    LinkCandidate result;
    result.id = member(number);
    result.status = status;
    result.email_key = std::move(email);
    result.member_version = 10U + number;
    return result;
}

LinkCandidate former(std::uint8_t number, MemberStatus status, std::string email,
                     std::optional<std::string> external_id) {
    auto result = candidate(number, status, std::move(email));
    result.was_registered = true;
    result.former_external_id = std::move(external_id);
    return result;
}

/// The number of the member that is linked; 0 for a new one.
int linked(UserState const& user, std::vector<LinkCandidate> const& candidates) {
    auto const link = plan_link(user, candidates);
    if (!link) {
        ADD_FAILURE() << link.error().message();
        return -1;
    }
    auto const* existing = std::get_if<ExistingMember>(&link->target);
    if (existing == nullptr) return 0;
    EXPECT_EQ(existing->member_version, 10U + existing->id.uuid.bytes.back());
    EXPECT_TRUE(link->former_status);
    return existing->id.uuid.bytes.back();
}

std::string refused(UserState const& user, std::vector<LinkCandidate> const& candidates) {
    auto const link = plan_link(user, candidates);
    if (link) return "linked";
    EXPECT_EQ(link.error().code(), ErrorCode::uniqueness);
    return link.error().message();
}

TEST(Link, NobodyKnownIsANewMember) {
    EXPECT_EQ(linked(state("ann@x.test"), {}), 0);
}

TEST(Link, ANeverRegisteredMemberIsLinkedByAddress) {
    for (auto const status : {MemberStatus::active, MemberStatus::pending, MemberStatus::invited,
                              MemberStatus::deleted}) {
        EXPECT_EQ(linked(state("ann@x.test", "e1"), {candidate(1, status, "ann@x.test")}), 1);
    }
}

TEST(Link, AnEmptyAddressLinksNobody) {
    EXPECT_EQ(linked(state(""), {former(1, MemberStatus::deleted, "", std::nullopt)}), 0);
}

TEST(Link, AChangeOfProviderKeepsPeopleWhateverTheirFormerExternalIds) {
    EXPECT_EQ(
        linked(state("ann@x.test", "new"), {former(1, MemberStatus::active, "ann@x.test", "old")}),
        1);
}

TEST(Link, TheReturnerHasTheSameExternalId) {
    EXPECT_EQ(
        linked(state("new@x.test", "e1"), {former(1, MemberStatus::deleted, "old@x.test", "e1")}),
        1);
    EXPECT_EQ(
        linked(state("new@x.test", "e1"), {former(1, MemberStatus::active, "old@x.test", "e1")}),
        1);
}

TEST(Link, TheReturnerHasTheSameAddressIfOneHasNoExternalId) {
    EXPECT_EQ(linked(state("ann@x.test", "e1"),
                     {former(1, MemberStatus::deleted, "ann@x.test", std::nullopt)}),
              1);
    EXPECT_EQ(linked(state("ann@x.test"), {former(1, MemberStatus::deleted, "ann@x.test", "e1")}),
              1);
}

TEST(Link, ARecycledAddressIsAnotherPerson) {
    EXPECT_EQ(
        linked(state("ann@x.test", "e2"), {former(1, MemberStatus::deleted, "ann@x.test", "e1")}),
        0);
}

TEST(Link, ALiveHolderOfTheAddressComesBeforeAFormerExternalId) {
    EXPECT_EQ(
        linked(state("ann@x.test", "e1"), {former(1, MemberStatus::deleted, "old@x.test", "e1"),
                                           candidate(2, MemberStatus::active, "ann@x.test")}),
        2);
}

TEST(Link, AnEqualExternalIdComesBeforeADeletedAddress) {
    EXPECT_EQ(linked(state("ann@x.test", "e1"),
                     {former(1, MemberStatus::deleted, "ann@x.test", std::nullopt),
                      former(2, MemberStatus::deleted, "old@x.test", "e1")}),
              2);
}

TEST(Link, AUserNameInUseIsRefusedAndNamesTheHolder) {
    auto holder = candidate(3, MemberStatus::deleted, "other@x.test");
    holder.registered = true;
    holder.same_user_name = true;
    auto const message = refused(state("ann@x.test"), {holder});
    EXPECT_NE(message.find("userName"), std::string::npos) << message;
    EXPECT_NE(message.find(to_string(member(3))), std::string::npos) << message;
}

TEST(Link, AnAddressOfARegisteredUserIsRefused) {
    auto holder = candidate(4, MemberStatus::active, "ann@x.test");
    holder.registered = true;
    auto const message = refused(state("ann@x.test", "e1"), {holder});
    EXPECT_NE(message.find("emails"), std::string::npos) << message;
    EXPECT_NE(message.find(to_string(member(4))), std::string::npos) << message;
}

TEST(Link, AnAddressOfADeactivatedRegisteredUserIsFree) {
    auto holder = candidate(4, MemberStatus::deleted, "ann@x.test");
    holder.registered = true;
    EXPECT_EQ(linked(state("ann@x.test", "e1"), {holder}), 0);
}

TEST(Link, ARetiredAddressIsRefusedWhileItsMemberIsThere) {
    auto const message =
        refused(state("old@x.test"), {candidate(5, MemberStatus::active, "new@x.test")});
    EXPECT_NE(message.find("retired"), std::string::npos) << message;
    EXPECT_EQ(linked(state("old@x.test"), {candidate(5, MemberStatus::deleted, "new@x.test")}), 0);
}

TEST(Link, TheOwnRetiredAddressIsNoObstacle) {
    EXPECT_EQ(
        linked(state("old@x.test", "e1"), {former(1, MemberStatus::active, "new@x.test", "e1")}),
        1);
}

}  // namespace
}  // namespace rollcall::directory
