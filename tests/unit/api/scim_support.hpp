// What the tests of the SCIM side share: a connection on a memory store, short calls, error checks.
#pragma once

#include "storage/memory/open.hpp"
#include "support/fixture.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace rollcall::tests {

class ScimTest : public testing::Test {
protected:
    explicit ScimTest(Limits const& limits = {})
        : side(
              [](crypto::IdSource& ids, Limits const& store_limits) {
                  return storage::open_memory_store(ids, store_limits);
              },
              limits),
          okta(side.connect(directory::IdentityProvider::okta)) {}

    Answer send(std::string_view method, std::string const& path, std::string body = {},
                Headers headers = {}) {
        return side.send(okta, method, path, std::move(body), std::move(headers));
    }

    /// Creates a user and returns its id.
    std::string add_user(std::string const& user_name, std::string const& more = "") {
        auto const answer =
            send("POST", "/Users", R"({"userName":")" + user_name + "\"" + more + "}");
        EXPECT_EQ(answer.response.status, 201U) << answer.body();
        return text(answer.json(), "id");
    }

    /// Creates a group and returns its id.
    std::string add_group(std::string const& name, std::string const& members = "[]") {
        auto const answer = send("POST", "/Groups",
                                 R"({"displayName":")" + name + R"(","members":)" + members + "}");
        EXPECT_EQ(answer.response.status, 201U) << answer.body();
        return text(answer.json(), "id");
    }

    Answer patch(std::string const& path, std::string const& operations, Headers headers = {}) {
        return send("PATCH", path,
                    R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],)"
                    R"("Operations":)" +
                        operations + "}",
                    std::move(headers));
    }

    static std::string text(boost::json::value const& document, std::string_view name) {
        auto const* value = document.as_object().if_contains(name);
        if (value == nullptr || !value->is_string()) return "(none)";
        return std::string(value->get_string());
    }

    static std::string text_at(Answer const& answer, std::string_view pointer) {
        boost::system::error_code error;
        auto const document = answer.json();
        auto const* value = document.find_pointer(pointer, error);
        if (value == nullptr) return "(none)";
        return value->is_string() ? std::string(value->get_string())
                                  : boost::json::serialize(*value);
    }

    std::string get(std::string const& path, std::string_view pointer) {
        return text_at(send("GET", path), pointer);
    }

    /// Everything the connection shows: what must be the same after a refused write.
    std::string snapshot() {
        return send("GET", "/Users?count=1000").body() + send("GET", "/Groups?count=1000").body();
    }

    /// Checks status, body, media type and scimType of a refusal, and that `detail` has `words`.
    static void expect_error(Answer const& answer, unsigned status, std::string_view scim_type,
                             std::string_view words = "") {
        EXPECT_EQ(answer.response.status, status) << answer.body();
        EXPECT_EQ(answer.response.content_type, "application/scim+json");
        ASSERT_FALSE(answer.body().empty());
        auto const body = answer.json();
        EXPECT_EQ(body.at("schemas").as_array().at(0),
                  "urn:ietf:params:scim:api:messages:2.0:Error");
        EXPECT_EQ(text(body, "status"), std::to_string(status));
        EXPECT_EQ(text(body, "scimType"), scim_type.empty() ? "(none)" : scim_type);
        EXPECT_NE(text(body, "detail").find(words), std::string::npos) << answer.body();
        EXPECT_FALSE(answer.context.error.empty());
    }

    ProviderSide side;
    Connected okta;
};

}  // namespace rollcall::tests
