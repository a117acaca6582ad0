// A backend with an organization to put members into.
#pragma once

#include "unit/api/management_fixture.hpp"

namespace rollcall::tests {

class MembersTest : public ManagementTest {
protected:
    std::string const organization =
        std::string(create_organization().at("organization_id").as_string());

    static std::string text(json::object const& object, std::string_view field) {
        return std::string(object.at(field).as_string());
    }
    [[nodiscard]] std::string members_of(std::string const& of) const {
        return "/v1/b2b/organizations/" + of + "/members";
    }
    [[nodiscard]] std::string path_of(json::object const& member) const {
        return members_of(text(member, "organization_id")) + "/" + text(member, "member_id");
    }

    /// Creates a member of `name`@example.com; `fields` begin with a comma.
    json::object create(std::string const& name, std::string const& fields = "") {
        return create_in(organization, name, fields);
    }
    json::object create_in(std::string const& of, std::string const& name,
                           std::string const& fields = "") {
        auto const answer = send("POST", members_of(of), body_of(name, fields));
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
        return answer.json().at("member").as_object();
    }
    static std::string body_of(std::string const& name, std::string const& fields = "") {
        return R"({"email_address":")" + name + R"(@example.com")" + fields + "}";
    }

    json::object update(json::object const& member, std::string const& body) {
        auto const answer = send("PUT", path_of(member), body);
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
        return answer.json().at("member").as_object();
    }
    Answer get(std::string const& query, std::string const& of = "") {
        return send(
            "GET", "/v1/b2b/organizations/" + (of.empty() ? organization : of) + "/member" + query);
    }
    Answer get_anywhere(json::object const& member, std::string const& query = "") {
        return send("GET", "/v1/b2b/organizations/members/dangerously_get/" +
                               text(member, "member_id") + query);
    }
    /// As somebody who logged in would have it.
    void verify_email(json::object const& member) {
        auto const project = *expect_value(
            run_task(store->authenticate_project(backend.project, crypto::sha256(backend.secret))));
        auto const key = *expect_value(
            run_task(store->find_organization(project, text(member, "organization_id"))));
        auto record = *expect_value(run_task(store->find_member(key, text(member, "member_id"))));
        record.member.email_address_verified = true;
        expect_value(run_task(store->update_member(key, {record.member, {}, {}, clock.now()})));
    }
    void set_policy(std::vector<std::string> const& roles) {
        json::array custom;
        for (auto const& role : roles) {
            custom.push_back(
                {{"role_id", role},
                 {"description", ""},
                 {"permissions", {{{"resource_id", "stytch.scim"}, {"actions", {"get"}}}}}});
        }
        json::object const policy{{"policy", {{"custom_roles", custom}}}};
        auto const answer = send("PUT", "/v1/rollcall/rbac/policy", json::serialize(policy));
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
    }
    static std::vector<std::string> roles_of(json::object const& member) {
        std::vector<std::string> ids;
        for (auto const& role : member.at("roles").as_array()) {
            ids.emplace_back(role.at("role_id").as_string());
        }
        return ids;
    }
};

}  // namespace rollcall::tests
