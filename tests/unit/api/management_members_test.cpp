// Members: create, get, update, delete, return (contract §1.5, §1.10, §4.1 to §4.5).
#include "unit/api/management_members_fixture.hpp"

#include <gmock/gmock.h>

namespace rollcall::tests {
namespace {

using ::testing::ElementsAre;
using Lines = std::vector<std::string>;

class ManagementMembers : public MembersTest {};

TEST_F(ManagementMembers, DefaultsOfANewOne) {
    auto const answer = send("POST", members_of(organization), body_of("ada"));
    auto member = answer.json().at("member").as_object();
    EXPECT_TRUE(parse_id<MemberId>(text(member, "member_id")));
    EXPECT_EQ(answer.json().at("member_id"), member.at("member_id"));
    EXPECT_EQ(answer.json().at("organization").at("organization_id").as_string(), organization);
    EXPECT_EQ(text(member, "organization_id"), organization);
    EXPECT_EQ(text(member, "created_at"), text(member, "updated_at"));
    for (auto const field : {"organization_id", "member_id", "created_at", "updated_at"}) {
        member.erase(field);
    }
    auto const expected = json::parse(R"({
        "email_address": "ada@example.com", "email_address_verified": false, "status": "active",
        "name": "", "external_id": null,
        "roles": [{"role_id": "stytch_member",
                   "sources": [{"type": "direct_assignment", "details": {}}]}],
        "is_admin": false, "is_breakglass": false, "trusted_metadata": {},
        "untrusted_metadata": {}, "scim_registration": null, "sso_registrations": [],
        "oauth_registrations": [], "retired_email_addresses": [], "member_password_id": "",
        "totp_registration_id": "", "mfa_enrolled": false, "mfa_phone_number": "",
        "mfa_phone_number_verified": false, "default_mfa_method": "", "is_locked": false,
        "lock_created_at": null, "lock_expires_at": null})");
    EXPECT_EQ(json::value(member), expected);
    EXPECT_THAT(event_names(organization), ::testing::Contains("direct.member.create"));
}

TEST_F(ManagementMembers, EveryFieldIsStoredAndReturned) {
    set_policy({"editor"});
    auto const created = create("ada", R"(,"name":"Ada \"Ü\"","external_id":"crm|1",
        "trusted_metadata":{"a":{"b":1}},"untrusted_metadata":{"c":[2]},
        "create_member_as_pending":true,"is_breakglass":true,"mfa_phone_number":"+14155550100",
        "mfa_enrolled":true,"roles":["stytch_admin","editor","editor"])");
    EXPECT_EQ(text(created, "name"), "Ada \"Ü\"");
    EXPECT_EQ(text(created, "external_id"), "crm|1");
    EXPECT_EQ(created.at("trusted_metadata"), json::parse(R"({"a":{"b":1}})"));
    EXPECT_EQ(created.at("untrusted_metadata"), json::parse(R"({"c":[2]})"));
    EXPECT_EQ(text(created, "status"), "pending");
    EXPECT_TRUE(created.at("is_breakglass").as_bool());
    EXPECT_EQ(text(created, "mfa_phone_number"), "+14155550100");
    EXPECT_TRUE(created.at("mfa_enrolled").as_bool());
    EXPECT_EQ(roles_of(created), (Lines{"stytch_member", "editor", "stytch_admin"}));
    EXPECT_TRUE(created.at("is_admin").as_bool());
    auto const updated = update(created, R"({"default_mfa_method":"totp"})");
    EXPECT_EQ(text(updated, "default_mfa_method"), "totp");
    EXPECT_EQ(get("?member_id=crm%7C1").json().at("member"), json::value(updated));
}

TEST_F(ManagementMembers, AreGotByIdExternalIdOrAddress) {
    auto const ada = create("ada", R"(,"external_id":"ext-1")");
    for (auto const& query :
         {"?member_id=" + text(ada, "member_id"), std::string("?member_id=ext-1"),
          std::string("?email_address=ADA%40example.com"),
          std::string("?email_address=&member_id=ext-1&organization_id=other")}) {
        auto const answer = get(query);
        ASSERT_EQ(answer.response.status, 200U) << query;
        EXPECT_EQ(answer.json().at("member"), json::value(ada)) << query;
    }
    for (auto const* query : {"", "?member_id=", "?member_id=ext-1&email_address=a@example.com"}) {
        expect_error(get(query), 400, "invalid_member_get_fields", "member_id");
    }
    expect_error(get("?member_id=nobody"), 404, "member_not_found");
    expect_error(get("?email_address=nobody@example.com"), 404, "member_not_found");
    expect_error(get("?member_id=member-live-0190f5a0-0000-7000-8000-000000000000"), 400,
                 "live_id_used_in_test_environment");
    expect_error(get("?member_id=x", "nowhere"), 404, "organization_not_found");
}

TEST_F(ManagementMembers, OfAnotherOrganizationAreSaidToBeThere) {
    auto const ada = create("ada", R"(,"external_id":"ext-1")");
    auto const other = std::string(create_organization().at("organization_id").as_string());
    auto const id = text(ada, "member_id");
    expect_error(get("?member_id=" + id, other), 404, "member_does_not_exist_in_organization");
    expect_error(send("PUT", members_of(other) + "/" + id, "{}"), 404,
                 "member_does_not_exist_in_organization");
    expect_error(send("DELETE", members_of(other) + "/" + id), 404,
                 "member_does_not_exist_in_organization");
    // External ids name nobody outside their organization.
    expect_error(get("?member_id=ext-1", other), 404, "member_not_found");
    EXPECT_EQ(get_anywhere(ada).json().at("organization").at("organization_id").as_string(),
              organization);
}

TEST_F(ManagementMembers, OfAnotherProjectAreNotThere) {
    auto const ada = create("ada");
    auto const other = create_backend(Environment::test);
    auto const theirs =
        std::string(create_organization_as(other).at("organization_id").as_string());
    auto const id = text(ada, "member_id");
    expect_error(
        send_as(other, "GET", "/v1/b2b/organizations/" + theirs + "/member?member_id=" + id), 404,
        "member_not_found");
    expect_error(send_as(other, "GET", "/v1/b2b/organizations/members/dangerously_get/" + id), 404,
                 "member_not_found");
    expect_error(send_as(other, "PUT", path_of(ada), "{}"), 404, "organization_not_found");
    auto const live = create_backend(Environment::live);
    expect_error(send_as(live, "GET", "/v1/b2b/organizations/members/dangerously_get/" + id), 400,
                 "test_id_used_in_live_environment");
}

TEST_F(ManagementMembers, AbsentNullAndEmptyOnUpdate) {
    auto const before = create("ada", R"(,"name":"Ada","external_id":"ext-1",
        "mfa_phone_number":"+14155550100","roles":["stytch_admin"])");
    EXPECT_EQ(update(before, "{}"), before);
    EXPECT_EQ(update(before, R"({"name":null,"roles":null,"untrusted_metadata":null,
        "email_address":"","external_id":"","mfa_phone_number":"","default_mfa_method":"",
        "trusted_metadata":[],"unlink_email":true,"preserve_existing_sessions":true,
        "organization_id":"x","member_id":"y"})"),
              before);
    auto const cleared = update(before, R"({"name":"","roles":[]})");
    EXPECT_EQ(text(cleared, "name"), "");
    EXPECT_EQ(roles_of(cleared), Lines{"stytch_member"});
    EXPECT_FALSE(cleared.at("is_admin").as_bool());
    // What changes nothing is no event.
    auto const events = event_names(organization).size();
    update(cleared, R"({"name":"","is_breakglass":false})");
    EXPECT_EQ(event_names(organization).size(), events);
}

TEST_F(ManagementMembers, MetadataIsMergedByTopLevelKey) {
    auto member = create("ada", R"(,"untrusted_metadata":{"keep":{"x":1},"drop":2})");
    member = update(member, R"({"untrusted_metadata":{"drop":null,"new":[3]}})");
    EXPECT_EQ(member.at("untrusted_metadata"), json::parse(R"({"keep":{"x":1},"new":[3]})"));
    std::string keys = R"({"trusted_metadata":{"k0":0)";
    for (int i = 1; i <= 20; ++i) keys += ",\"k" + std::to_string(i) + "\":0";
    expect_error(send("PUT", path_of(member), keys + "}}"), 400, "metadata_too_many_keys",
                 "trusted_metadata");
    expect_error(send("PUT", path_of(member),
                      R"({"untrusted_metadata":{"new":")" + std::string(4096, 'x') + "\"}}"),
                 400, "metadata_too_large", "untrusted_metadata");
    EXPECT_EQ(get("?member_id=" + text(member, "member_id")).json().at("member"),
              json::value(member));
}

TEST_F(ManagementMembers, AChangedAddressRetiresTheFormerOne) {
    auto member = create("ada");
    verify_email(member);
    member = update(member, R"({"email_address":"lovelace@example.com"})");
    EXPECT_EQ(text(member, "email_address"), "lovelace@example.com");
    EXPECT_FALSE(member.at("email_address_verified").as_bool());
    auto const retired = member.at("retired_email_addresses").as_array();
    ASSERT_EQ(retired.size(), 1U);
    EXPECT_EQ(retired[0].at("email_address"), "ada@example.com");
    auto const email_id = std::string(retired[0].at("email_id").as_string());
    EXPECT_TRUE(parse_id<directory::EmailId>(email_id)) << email_id;
    expect_error(send("POST", members_of(organization), body_of("Ada")), 400,
                 "retired_member_email", "email_address");
    // It keeps its id, and is free once it is unlinked.
    EXPECT_EQ(get("?email_address=lovelace@example.com")
                  .json()
                  .at("member")
                  .at("retired_email_addresses")
                  .at(0)
                  .at("email_id")
                  .as_string(),
              email_id);
    auto const unlink = [&](std::string const& body) {
        return send("POST", path_of(member) + "/unlink_retired_email", body);
    };
    for (auto const* none : {"{}", R"({"email_id":"","email_address":""})",
                             R"({"email_id":null,"email_address":""})"}) {
        expect_error(unlink(none), 400, "retired_email_missing_email_identifiers", "email_id");
    }
    expect_error(unlink(R"({"email_address":"lovelace@example.com"})"), 404, "email_not_found");
    expect_error(unlink(R"({"email_id":")" + email_id + R"(","email_address":"x@example.com"})"),
                 404, "email_not_found");
    auto const unlinked = unlink(R"({"email_id":"","email_address":"ada@example.com"})");
    EXPECT_TRUE(unlinked.json().at("member").at("retired_email_addresses").as_array().empty());
    create("ada");
}

TEST_F(ManagementMembers, AChangedAddressCanBeUnlinkedAtOnce) {
    auto const member = update(create("ada"), R"({"email_address":"lovelace@example.com",
        "unlink_email":true})");
    EXPECT_TRUE(member.at("retired_email_addresses").as_array().empty());
    create("ada");
}

TEST_F(ManagementMembers, DuplicatesAreRefusedAndChangeNothing) {
    auto const ada = create("ada", R"(,"external_id":"ext-1")");
    auto const bob = create("bob");
    expect_error(send("POST", members_of(organization), body_of(" ADA")), 400,
                 "duplicate_member_email", text(ada, "member_id"));
    expect_error(
        send("POST", members_of(organization), body_of("eve", R"(,"external_id":"ext-1")")), 400,
        "duplicate_member_external_id", "external_id");
    expect_error(send("PUT", path_of(bob), R"({"name":"x","email_address":"ada@example.com"})"),
                 400, "duplicate_member_email", "email_address");
    expect_error(send("PUT", path_of(bob), R"({"name":"x","external_id":"ext-1"})"), 400,
                 "duplicate_member_external_id");
    EXPECT_EQ(get("?email_address=bob@example.com").json().at("member"), json::value(bob));
    // Other organizations are other people.
    auto const other = std::string(create_organization().at("organization_id").as_string());
    create_in(other, "ada", R"(,"external_id":"ext-1")");
}

TEST_F(ManagementMembers, BadInputNamesTheField) {
    auto const member = create("ada", R"(,"external_id":"ext-1")");
    struct Case {
        std::string fields;
        std::string type;
        std::string words;
    };
    for (auto const& bad : std::vector<Case>{
             {R"("email_address":7)", "invalid_request_value", "email_address"},
             {R"("email_address":"ada")", "invalid_email", "email_address"},
             {R"("email_address":"ada@localhost")", "invalid_email_domain", "email_address"},
             {R"("email_address":"a\u200b@example.com")", "forbidden_character_zero_width_space",
              "email_address"},
             {R"("name":"a\u200bb")", "forbidden_character_zero_width_space", "name"},
             {R"("name":"a\tb")", "invalid_argument", "name"},
             {R"("external_id":"a b")", "invalid_argument", "external_id"},
             {R"("trusted_metadata":"x")", "metadata_invalid_format", "trusted_metadata"},
             {R"("untrusted_metadata":[1])", "metadata_invalid_format", "untrusted_metadata"},
             {R"("is_breakglass":"yes")", "invalid_request_value", "is_breakglass"},
             {R"("mfa_phone_number":"12345")", "invalid_phone_number", "mfa_phone_number"},
             {R"("mfa_enrolled":1)", "invalid_request_value", "mfa_enrolled"},
             {R"("roles":"editor")", "invalid_request_value", "roles"},
             {R"("roles":["editor"])", "invalid_rbac_role_id", "roles"},
             {R"("roles":["stytch_member"])", "cannot_assign_default_rbac_role_id", "roles"}}) {
        expect_error(
            send("PUT", path_of(member), "{\"create_member_as_pending\":true," + bad.fields + "}"),
            400, bad.type, bad.words);
        if (bad.fields.contains("email_address")) continue;
        expect_error(send("POST", members_of(organization), body_of("eve", "," + bad.fields)), 400,
                     bad.type, bad.words);
    }
    expect_error(send("PUT", path_of(member), R"({"default_mfa_method":"sms"})"), 400,
                 "invalid_mfa_default_method", "default_mfa_method");
    expect_error(send("PUT", path_of(member), R"({"unlink_email":"yes"})"), 400,
                 "invalid_request_value", "unlink_email");
    std::string many = R"({"roles":["r")";
    for (int i = 0; i < 100; ++i) many += ",\"r\"";
    expect_error(send("PUT", path_of(member), many + "]}"), 400, "too_many_roles", "roles");
    for (auto const* body : {"{}", R"({"email_address":""})", R"({"email_address":null})"}) {
        expect_error(send("POST", members_of(organization), body), 400, "invalid_email",
                     "email_address");
    }
    expect_error(send("POST", members_of(organization), "[1]"), 400, "invalid_request_value");
    expect_error(send("POST", members_of(organization), "{"), 400, "bad_request");
    EXPECT_EQ(get("?member_id=ext-1").json().at("member"), json::value(member));
    expect_error(get("?email_address=eve@example.com"), 404, "member_not_found");
}

TEST_F(ManagementMembers, ADeletedOneIsHiddenAndKeepsItsIdentifiers) {
    auto const ada = create("ada", R"(,"external_id":"ext-1","roles":["stytch_admin"])");
    auto const gone = send("DELETE", members_of(organization) + "/ext-1");
    EXPECT_EQ(gone.json().at("member_id"), ada.at("member_id"));
    EXPECT_FALSE(gone.json().as_object().contains("member"));
    EXPECT_EQ(event_names(organization).back(), "direct.member.delete");
    for (auto const& answer :
         {get("?member_id=ext-1"), get("?member_id=" + text(ada, "member_id")),
          get("?email_address=ada@example.com"), send("PUT", path_of(ada), R"({"name":"x"})"),
          send("DELETE", path_of(ada)), send("DELETE", path_of(ada) + "/external_id"),
          get_anywhere(ada), get_anywhere(ada, "?include_deleted=false")}) {
        expect_error(answer, 404, "member_not_found");
    }
    auto const seen = get_anywhere(ada, "?include_deleted=True").json().at("member").as_object();
    EXPECT_EQ(text(seen, "status"), "deleted");
    EXPECT_EQ(text(seen, "external_id"), "ext-1");
    EXPECT_EQ(roles_of(seen), Lines{"stytch_member"});
    expect_error(send("POST", members_of(organization), body_of("ada")), 400,
                 "duplicate_member_email", "reactivate");
    expect_error(
        send("POST", members_of(organization), body_of("eve", R"(,"external_id":"ext-1")")), 400,
        "duplicate_member_external_id");
}

TEST_F(ManagementMembers, AreReactivatedWithAVerifiedAddressOnly) {
    auto const ada = create("ada", R"(,"external_id":"ext-1","roles":["stytch_admin"])");
    auto const reactivate = [&] { return send("PUT", path_of(ada) + "/reactivate"); };
    expect_error(reactivate(), 404, "no_deleted_member_found_for_reactivation");
    send("DELETE", path_of(ada));
    expect_error(reactivate(), 400, "email_unverified_for_reactivation", "verified");
    verify_email(ada);
    // By id only.
    expect_error(send("PUT", members_of(organization) + "/ext-1/reactivate"), 404,
                 "member_not_found");
    auto const back = reactivate().json().at("member").as_object();
    EXPECT_EQ(text(back, "status"), "active");
    EXPECT_EQ(roles_of(back), Lines{"stytch_member"});  // explicit roles do not return
    EXPECT_EQ(event_names(organization).back(), "direct.member.update");
}

TEST_F(ManagementMembers, AreNotReactivatedWhenTheirAddressIsAnothers) {
    auto const ada = create("ada");
    verify_email(ada);
    send("DELETE", path_of(ada));
    auto const bob = update(create("bob"), R"({"email_address":"ada@example.com"})");
    expect_error(send("PUT", path_of(ada) + "/reactivate"), 400,
                 "reactivation_email_belongs_to_another_member", text(bob, "member_id"));
}

TEST_F(ManagementMembers, LoseTheirExternalId) {
    auto const ada = create("ada", R"(,"external_id":"ext-1")");
    auto const answer = send("DELETE", members_of(organization) + "/ext-1/external_id");
    EXPECT_TRUE(answer.json().at("member").at("external_id").is_null()) << answer.body();
    EXPECT_EQ(answer.json().at("member_id"), ada.at("member_id"));
    expect_error(get("?member_id=ext-1"), 404, "member_not_found");
    EXPECT_EQ(send("DELETE", path_of(ada) + "/external_id").response.status, 200U);
    create("bob", R"(,"external_id":"ext-1")");
}

TEST_F(ManagementMembers, HaveRolesOfTheirDomainAndTheirOrganization) {
    send("PUT", "/v1/b2b/organizations/" + organization,
         R"({"rbac_email_implicit_role_assignments":[{"domain":"example.com",
             "role_id":"stytch_admin"}]})");
    auto const ada = create("ada", R"(,"roles":["stytch_admin"])");
    EXPECT_TRUE(ada.at("is_admin").as_bool());
    EXPECT_EQ(ada.at("roles").at(1), json::parse(R"({"role_id":"stytch_admin","sources":[
        {"type":"direct_assignment","details":{}},
        {"type":"email_assignment","details":{"email_domain":"example.com"}}]})"));
    auto const moved = update(ada, R"({"email_address":"ada@other.com","roles":[]})");
    EXPECT_FALSE(moved.at("is_admin").as_bool());

    auto const policy = R"({"org_policy":{"roles":[{"role_id":"own","description":"",
        "permissions":[{"resource_id":"stytch.scim","actions":["get"]}]}]}})";
    ASSERT_EQ(send("PUT", "/v1/b2b/rbac/organizations/" + organization, policy).response.status,
              200U);
    EXPECT_EQ(roles_of(update(ada, R"({"roles":["own"]})")), (Lines{"stytch_member", "own"}));
    // A role that is gone has no effect, and is back with the policy.
    send("PUT", "/v1/b2b/rbac/organizations/" + organization, R"({"org_policy":{"roles":[]}})");
    auto const query = "?member_id=" + text(ada, "member_id");
    EXPECT_EQ(roles_of(get(query).json().at("member").as_object()), Lines{"stytch_member"});
    send("PUT", "/v1/b2b/rbac/organizations/" + organization, policy);
    EXPECT_EQ(roles_of(get(query).json().at("member").as_object()),
              (Lines{"stytch_member", "own"}));
}

TEST_F(ManagementMembers, TolerateWhatClientsSend) {
    // Go sends bodies with DELETE, PHP arrays for empty objects, Java lists it was not given.
    auto const ada = create("ada", R"(,"trusted_metadata":[],"roles":[],"organization_id":"x")");
    EXPECT_EQ(send("PUT", path_of(ada) + "/reactivate", "").response.status, 404U);
    EXPECT_EQ(send("DELETE", path_of(ada), R"({"organization_id":"x"})").response.status, 200U);
}

}  // namespace
}  // namespace rollcall::tests
