// A backend whose members have passwords.
#pragma once

#include "unit/api/management_members_fixture.hpp"

namespace rollcall::tests {

class PasswordsTest : public MembersTest {
protected:
    static constexpr auto migrate_path = "/v1/b2b/passwords/migrate";
    static constexpr auto login_path = "/v1/b2b/passwords/authenticate";
    /// MD5 of "correct horse", which costs nothing to check.
    static constexpr auto hash = "3cb4e732631f47e6eb961f34554b7cde";

    /// The body of a migration of `name`@example.com; `fields` begin with a comma.
    [[nodiscard]] std::string migration(std::string const& name,
                                        std::string const& fields = "") const {
        return migration_in(organization, name, fields);
    }
    static std::string migration_in(std::string const& of, std::string const& name,
                                    std::string const& fields = "") {
        return R"({"organization_id":")" + of + R"(","email_address":")" + name +
               R"(@example.com","hash_type":"md_5","hash":")" + hash + '"' + fields + "}";
    }
    json::object migrate_in(std::string const& of, std::string const& name,
                            std::string const& fields = "") {
        auto const answer = send("POST", migrate_path, migration_in(of, name, fields));
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
        return answer.json().as_object();
    }
    json::object migrate(std::string const& name, std::string const& fields = "") {
        return migrate_in(organization, name, fields);
    }
    Answer log_in(std::string const& name, std::string const& password = "correct horse",
                  std::string const& fields = "") {
        return send("POST", login_path,
                    R"({"organization_id":")" + organization + R"(","email_address":")" + name +
                        R"(@example.com","password":")" + password + '"' + fields + "}");
    }
    void set_organization(std::string const& of, std::string const& fields) {
        auto const answer = send("PUT", "/v1/b2b/organizations/" + of, fields);
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
    }
    Answer authenticate(std::string const& field, json::value const& value,
                        std::string const& more = "") {
        return send("POST", "/v1/b2b/sessions/authenticate",
                    R"({")" + field + R"(":)" + json::serialize(value) + more + "}");
    }
};

}  // namespace rollcall::tests
