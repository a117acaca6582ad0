// /Users: create, link, read, replace, patch, remove, and the events that follow.
#include "unit/api/scim_support.hpp"

namespace rollcall::tests {
namespace {

using Events = std::vector<std::string>;

class ScimUsers : public ScimTest {
protected:
    Answer create(std::string const& body) { return send("POST", "/Users", body); }

    /// The events since the last call, without those of the set-up.
    Events new_events() {
        auto const all = side.event_names(okta);
        Events fresh(all.begin() + static_cast<std::ptrdiff_t>(seen_), all.end());
        seen_ = all.size();
        return fresh;
    }

private:
    std::size_t seen_ = 0;
};

// C-01, C-02, C-10, C-11, G-21, S-04, S-13, U-09
TEST_F(ScimUsers, CreateAnswersWithTheWholeUser) {
    auto const answer = create(R"({"userName":"Ann@X.test","externalId":"e1","password":"secret",
        "name":{"givenName":"Ann"},"id":"mine","groups":[{"value":"g"}],"favourite":"x"})");
    ASSERT_EQ(answer.response.status, 201U) << answer.body();
    auto const id = text_at(answer, "/id");
    EXPECT_TRUE(id.starts_with("member-test-"));
    EXPECT_EQ(answer.header("Location"), okta.base + "/Users/" + id);
    EXPECT_EQ(answer.header("ETag"), "W/\"1\"");
    EXPECT_EQ(text_at(answer, "/userName"), "Ann@X.test");
    EXPECT_EQ(text_at(answer, "/active"), "true");
    EXPECT_EQ(text_at(answer, "/groups"), "(none)");
    EXPECT_EQ(answer.body().find("secret"), std::string::npos);
    EXPECT_EQ(answer.body().find("favourite"), std::string::npos);
    EXPECT_FALSE(answer.context.notes.empty()) << "tolerance is never silent";
    EXPECT_EQ(send("GET", "/Users/" + id).json(), answer.json());
    EXPECT_EQ(new_events(), Events{"scim.member.create"});
}

// C-04, U-02, X-03
TEST_F(ScimUsers, AUserNameIsUniqueWithoutCase) {
    auto const id = add_user("ann@x.test");
    auto const before = snapshot();
    expect_error(create(R"({"userName":"ANN@x.test","emails":[{"value":"b@x.test"}]})"), 409,
                 "uniqueness", id);
    EXPECT_EQ(snapshot(), before);
}

TEST_F(ScimUsers, AnAddressOfAnotherUserIsRefused) {
    auto const id = add_user("ann", R"(,"emails":[{"value":"ann@x.test"}])");
    expect_error(create(R"({"userName":"bob","emails":[{"value":"ANN@x.test"}]})"), 409,
                 "uniqueness", id);
    auto const bob = add_user("bob@x.test");
    expect_error(patch("/Users/" + bob, R"([{"op":"add","path":"emails",
                     "value":[{"value":"ann@x.test","primary":true}]}])"),
                 409, "uniqueness", id);
    EXPECT_EQ(get("/Users/" + bob, "/emails"), "(none)");
}

// S-08
TEST_F(ScimUsers, EqualExternalIdsAreNoConflict) {
    EXPECT_NE(add_user("a@x.test", R"(,"externalId":"e")"),
              add_user("b@x.test", R"(,"externalId":"e")"));
    EXPECT_EQ(get("/Users?filter=externalId%20eq%20%22e%22", "/totalResults"), "2");
}

// I-35
TEST_F(ScimUsers, NoAddressIsNoError) {
    EXPECT_EQ(create(R"({"userName":"login"})").response.status, 201U);
    EXPECT_EQ(create(R"({"userName":"other"})").response.status, 201U);
}

// T-05
TEST_F(ScimUsers, AnInactiveUserCanBeCreatedAndRead) {
    auto const id = add_user("ann@x.test", R"(,"active":false)");
    EXPECT_EQ(get("/Users/" + id, "/active"), "false");
    EXPECT_EQ(get("/Users?filter=active%20eq%20false", "/totalResults"), "1");
    EXPECT_EQ(new_events(), Events{"scim.member.create"});
}

TEST_F(ScimUsers, DeactivatingAndReactivating) {
    auto const path = "/Users/" + add_user("ann@x.test");
    (void)new_events();
    auto const off = patch(path, R"([{"op":"replace","value":{"active":false}}])");
    EXPECT_EQ(text_at(off, "/active"), "false");
    EXPECT_EQ(new_events(), Events{"scim.member.delete"});
    patch(path, R"([{"op":"Replace","path":"active","value":"True"}])");
    EXPECT_EQ(get(path, "/active"), "true");
    EXPECT_EQ(new_events(), Events{"scim.member.update"});
}

// S-15, W-12, P-48, P-54
TEST_F(ScimUsers, AWriteThatChangesNothingLeavesNoTrace) {
    auto const id = add_user("ann@x.test", R"(,"title":"T","externalId":"e")");
    (void)new_events();
    auto const before = send("GET", "/Users/" + id).body();
    EXPECT_EQ(patch("/Users/" + id, R"([{"op":"replace","path":"title","value":"T"}])").body(),
              before);
    EXPECT_EQ(send("PUT", "/Users/" + id, R"({"userName":"ann@x.test","title":"T"})").body(),
              before);
    EXPECT_EQ(new_events(), Events{});
}

// W-01, W-03, W-04, W-06, W-09, W-10
TEST_F(ScimUsers, PutReplacesButKeepsWhatItMust) {
    auto const id = add_user("ann@x.test", R"(,"title":"T","externalId":"e","active":false)");
    auto const answer =
        send("PUT", "/Users/" + id, R"({"userName":"ANN@x.test","id":"other","nickName":"N"})");
    EXPECT_EQ(answer.response.status, 200U);
    EXPECT_EQ(answer.header("ETag"), "W/\"2\"");
    EXPECT_EQ(text_at(answer, "/id"), id);
    EXPECT_EQ(text_at(answer, "/userName"), "ANN@x.test");
    EXPECT_EQ(text_at(answer, "/title"), "(none)");
    EXPECT_EQ(text_at(answer, "/externalId"), "e");
    EXPECT_EQ(text_at(answer, "/active"), "false");
    EXPECT_EQ(text_at(answer, "/nickName"), "N");
}

// C-03, G-19
TEST_F(ScimUsers, NullSuppressesADefault) {
    EXPECT_EQ(get("/Users/" + add_user("ann@x.test"), "/active"), "true");
    EXPECT_EQ(get("/Users/" + add_user("bob@x.test", R"(,"active":null)"), "/active"), "(none)");
}

// W-05, W-06, W-14
TEST_F(ScimUsers, PutClearsWhatIsNullEmptyOrMissing) {
    std::string const urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    auto const path = "/Users/" + add_user(
                                      "ann@x.test", R"(,"externalId":"e","roles":[{"value":"r"}],
            "name":{"givenName":"Ann"},")" + urn + R"(":{"department":"D"})");
    EXPECT_EQ(get(path, "/schemas/1"), urn);
    auto const answer = send("PUT", path, R"({"schemas":[")" + urn + R"("],"userName":"ann@x.test",
        "externalId":null,"active":null,"roles":[],"name":null,"meta":{"version":"9"},
        "groups":[{"value":"g"}]})");
    ASSERT_EQ(answer.response.status, 200U) << answer.body();
    EXPECT_EQ(answer.json(), send("GET", path).json());
    for (auto const* gone :
         {"/externalId", "/active", "/roles", "/name", "/groups", "/schemas/1"}) {
        EXPECT_EQ(text_at(answer, gone), "(none)") << gone;
    }
    EXPECT_EQ(text_at(answer, "/" + urn), "(none)");
    EXPECT_EQ(text_at(answer, "/meta/version"), "W/\"2\"");
}

// K-09
TEST_F(ScimUsers, APasswordIsNotKept) {
    auto const path = "/Users/" + add_user("ann@x.test", R"(,"password":"Tr0ub4dor")");
    std::vector<Answer> answers;
    answers.push_back(
        send("PUT", path, R"({"userName":"ann@x.test","title":"T","password":"Tr0ub4dor"})"));
    answers.push_back(patch(path, R"([{"op":"add","path":"password","value":"Tr0ub4dor"}])"));
    answers.push_back(patch(path, R"([{"op":"add","value":{"password":"Tr0ub4dor"}}])"));
    answers.push_back(send("GET", path));
    for (auto const& answer : answers) {
        EXPECT_EQ(answer.response.status, 200U);
        EXPECT_EQ(answer.body().find("Tr0ub4dor"), std::string::npos);
        for (auto const& note : answer.context.notes) {
            EXPECT_EQ(note.find("Tr0ub4dor"), std::string::npos) << note;
        }
    }
    auto const id = *parse_id<MemberId>(path.substr(7));
    auto const stored = value_of(run_task(side.store().find_user(okta.key, id, false)));
    ASSERT_TRUE(stored.has_value());
    EXPECT_FALSE(stored->attributes.contains("password"));
}

// U-08
TEST_F(ScimUsers, RemovingActiveLeavesTheMemberActive) {
    auto const path = "/Users/" + add_user("ann@x.test");
    EXPECT_EQ(patch(path, R"([{"op":"remove","path":"active"}])").response.status, 200U);
    EXPECT_EQ(get(path, "/active"), "(none)");
}

// D-01, D-02, D-03, H-12, R-08
TEST_F(ScimUsers, DeleteIsFinalForTheId) {
    auto const id = add_user("ann@x.test");
    auto const group = add_group("Sales", R"([{"value":")" + id + R"("}])");
    (void)new_events();
    auto const answer = send("DELETE", "/Users/" + id);
    EXPECT_EQ(answer.response.status, 204U);
    EXPECT_EQ(answer.response.content_type, "");
    EXPECT_EQ(new_events(), (Events{"scim.member.delete", "scim.scim_member_group.delete"}));
    for (auto const* method : {"GET", "PUT", "PATCH", "DELETE"}) {
        expect_error(send(method, "/Users/" + id,
                          R"({"userName":"x","Operations":[{"op":"remove","path":"title"}]})"),
                     404, "");
    }
    EXPECT_EQ(get("/Users", "/totalResults"), "0");
    EXPECT_EQ(get("/Groups/" + group, "/members"), "[]");
    EXPECT_EQ(get("/Groups/" + group, "/meta/version"), "W/\"2\"");
}

// C-08, D-04, D-06
TEST_F(ScimUsers, TheSamePersonReturnsUnderTheOldId) {
    auto const id = add_user("ann@x.test", R"(,"externalId":"e1")");
    send("DELETE", "/Users/" + id);
    (void)new_events();
    EXPECT_EQ(add_user("anna@x.test", R"(,"externalId":"e1")"), id);
    EXPECT_EQ(new_events(), Events{"scim.member.update"});
    send("DELETE", "/Users/" + id);
    EXPECT_EQ(add_user("anna@x.test"), id) << "same address, no external id to tell otherwise";
}

// C-08, D-04
TEST_F(ScimUsers, ARecycledAddressIsSomebodyElse) {
    auto const id = add_user("ann@x.test", R"(,"externalId":"e1")");
    send("DELETE", "/Users/" + id);
    EXPECT_NE(add_user("ann@x.test", R"(,"externalId":"e2")"), id);
}

TEST_F(ScimUsers, ANewConnectionKeepsThePeople) {
    auto const id = add_user("ann@x.test", R"(,"externalId":"okta-1")");
    auto const gone = add_user("bob@x.test", R"(,"externalId":"okta-2","active":false)");
    value_of(run_task(side.store().delete_connection(okta.key, side.clock().now(), {})));
    okta = side.connect(okta.organization, directory::IdentityProvider::microsoft_entra);
    EXPECT_EQ(get("/Users", "/totalResults"), "0");
    EXPECT_EQ(add_user("ann@x.test", R"(,"externalId":"entra-1")"), id);
    EXPECT_NE(add_user("bob@x.test", R"(,"externalId":"entra-2")"), gone);
}

TEST_F(ScimUsers, ARetiredAddressStaysReserved) {
    auto const id = add_user("old@x.test", R"(,"externalId":"e1")");
    patch("/Users/" + id, R"([{"op":"replace","path":"userName","value":"new@x.test"}])");
    expect_error(create(R"({"userName":"old@x.test","externalId":"e2"})"), 409, "uniqueness", id);
}

// E-02, E-03, V-08
TEST_F(ScimUsers, TheManagerIsResolvedWhenKnown) {
    std::string const urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    auto const boss = add_user("boss@x.test", R"(,"displayName":"The Boss")");
    auto const id = add_user("ann@x.test", ",\"" + urn + R"(":{"manager":")" + boss + "\"}");
    auto const manager = "/" + urn + "/manager";
    EXPECT_EQ(get("/Users/" + id, manager + "/displayName"), "The Boss");
    EXPECT_EQ(get("/Users/" + id, manager + "/$ref"), okta.base + "/Users/" + boss);
    EXPECT_EQ(get("/Users?count=10", "/Resources/1" + manager + "/displayName"), "The Boss");
    EXPECT_EQ(get("/Users/" + id + "?attributes=" + urn, manager + "/displayName"), "The Boss");
    send("DELETE", "/Users/" + boss);
    EXPECT_EQ(get("/Users/" + id, manager + "/value"), boss);
    EXPECT_EQ(get("/Users/" + id, manager + "/displayName"), "(none)");
    EXPECT_EQ(get("/Users/" + id, "/meta/version"), "W/\"1\"");
}

// C-04, K-06, K-07, T-04
TEST_F(ScimUsers, AnotherTenantsUserIsUnknown) {
    auto const id = add_user("ann@x.test", R"(,"externalId":"e")");
    auto const before = snapshot();
    auto const other = side.connect(directory::IdentityProvider::okta);
    EXPECT_EQ(text_at(side.send(other, "GET", "/Users?filter=externalId%20eq%20%22e%22"),
                      "/totalResults"),
              "0");
    for (auto const* method : {"GET", "PUT", "PATCH", "DELETE"}) {
        auto const body = R"({"userName":"x","Operations":[{"op":"remove","path":"title"}]})";
        auto const answer = side.send(other, method, "/Users/" + id, body);
        expect_error(answer, 404, "");
        auto const unknown = side.send(
            other, method, "/Users/member-test-01890000-0000-7000-8000-000000000001", body);
        EXPECT_EQ(answer.body(), unknown.body());
    }
    EXPECT_EQ(side.send(other, "POST", "/Users", R"({"userName":"ann@x.test"})").response.status,
              201U)
        << "names are unique within a tenant only";
    EXPECT_EQ(snapshot(), before);
}

// A-01, A-02, A-03, A-05, A-08, A-12, C-09, T-03
TEST_F(ScimUsers, ProjectionShapesEveryAnswer) {
    auto const created = send("POST", "/Users?attributes=userName",
                              R"({"userName":"ann@x.test","title":"T","displayName":"Ann"})");
    auto const id = text_at(created, "/id");
    EXPECT_EQ(created.json().as_object().size(), 3U) << created.body();
    EXPECT_EQ(created.header("Location"), okta.base + "/Users/" + id);
    auto const path = "/Users/" + id;
    EXPECT_EQ(get(path + "?attributes=TITLE", "/title"), "T");
    EXPECT_EQ(get(path + "?attributes=title", "/userName"), "(none)");
    patch(path, R"([{"op":"add","path":"password","value":"secret"}])");
    EXPECT_EQ(get(path + "?attributes=password", "/password"), "(none)");
    EXPECT_EQ(get(path + "?excludedAttributes=title,meta", "/title"), "(none)");
    EXPECT_EQ(get(path + "?excludedAttributes=title", "/userName"), "ann@x.test");
    auto const put = send("PUT", path + "?attributes=id", R"({"userName":"ann@x.test"})");
    EXPECT_EQ(put.json().as_object().size(), 2U) << put.body();
    auto const patched =
        patch(path + "?attributes=title", R"([{"op":"add","path":"title","value":"U"}])");
    EXPECT_EQ(patched.response.status, 200U);
    EXPECT_EQ(text_at(patched, "/title"), "U");
    expect_error(send("GET", path + "?attributes=id&excludedAttributes=title"), 400, "invalidValue",
                 "attributes");
}

// T-06
TEST_F(ScimUsers, AFilterOnOneUserIsATest) {
    auto const path = "/Users/" + add_user("ann@x.test");
    EXPECT_EQ(send("GET", path + "?filter=active%20eq%20true").response.status, 200U);
    expect_error(send("GET", path + "?filter=active%20eq%20false"), 404, "");
    expect_error(send("GET", path + "?filter=active%20eq"), 400, "invalidFilter");
}

}  // namespace
}  // namespace rollcall::tests
