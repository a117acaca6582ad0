// What tests of lists share: answers as short lines.
#pragma once

#include "unit/api/scim_support.hpp"

#include <boost/json/array.hpp>

#include <optional>
#include <string>
#include <vector>

namespace rollcall::tests {

class ScimListTest : public ScimTest {
protected:
    using ScimTest::ScimTest;

    static constexpr std::string_view list_urn =
        "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    /// "total: name name …" of a page, with userName or displayName; the scimType of a refusal.
    std::string names(Answer const& answer) {
        if (answer.response.status != 200) return text_at(answer, "/scimType");
        auto const document = answer.json();
        EXPECT_EQ(document.at("schemas").as_array().at(0), boost::json::value(list_urn));
        auto const& resources = document.at("Resources").as_array();
        EXPECT_EQ(document.at("itemsPerPage"), boost::json::value(resources.size()));
        auto result = boost::json::serialize(document.at("totalResults")) + ":";
        for (auto const& resource : resources) {
            auto const is_user = resource.as_object().contains("userName");
            result += " " + text(resource, is_user ? "userName" : "displayName");
        }
        return result;
    }
    std::string list(std::string const& path) { return names(send("GET", path)); }
    std::string search(std::string const& path, std::string const& body) {
        return names(send("POST", path, body));
    }

    /// The names of every page, from cursor to cursor: "a b | c d | e".
    std::string walk(std::string const& path) {
        std::string result;
        std::string cursor;
        do {
            auto const answer = send("GET", path + "&cursor=" + cursor);
            auto const page = names(answer);
            result += (result.empty() ? "" : " |") + page.substr(page.find(':') + 1);
            cursor = next_cursor(answer).value_or("");
        } while (!cursor.empty());
        return result;
    }
    static std::optional<std::string> next_cursor(Answer const& answer) {
        auto const document = answer.json();
        auto const* next = document.as_object().if_contains("nextCursor");
        if (next == nullptr) return std::nullopt;
        return std::string(next->as_string());
    }
};

}  // namespace rollcall::tests
