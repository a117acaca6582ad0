// Error codes on the SCIM wire, and the error message itself.
#include "api/scim/error_body.hpp"
#include "api/scim/response.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace rollcall::api::scim_api {
namespace {

struct Row {
    ErrorCode code;
    unsigned status;
    std::string_view type;
};

// RFC 7644 §3.12, Table 9; RFC 9865 §4; docs/http-status.md.
constexpr Row rows[] = {
    {ErrorCode::invalid_syntax, 400, "invalidSyntax"},
    {ErrorCode::invalid_filter, 400, "invalidFilter"},
    {ErrorCode::invalid_path, 400, "invalidPath"},
    {ErrorCode::invalid_value, 400, "invalidValue"},
    {ErrorCode::invalid_cursor, 400, "invalidCursor"},
    {ErrorCode::expired_cursor, 400, "expiredCursor"},
    {ErrorCode::invalid_count, 400, "invalidCount"},
    {ErrorCode::no_target, 400, "noTarget"},
    {ErrorCode::mutability, 400, "mutability"},
    {ErrorCode::uniqueness, 409, "uniqueness"},
    {ErrorCode::too_many, 400, "tooMany"},
    {ErrorCode::sensitive, 403, "sensitive"},
    {ErrorCode::unauthenticated, 401, ""},
    {ErrorCode::forbidden, 403, ""},
    {ErrorCode::not_found, 404, ""},
    {ErrorCode::conflict, 409, ""},
    {ErrorCode::precondition_failed, 412, ""},
    {ErrorCode::payload_too_large, 413, ""},
    {ErrorCode::rate_limited, 429, ""},
    {ErrorCode::unavailable, 503, ""},
    {ErrorCode::internal, 500, ""},
};

// X-03, X-04, X-10
TEST(ErrorBody, EachCodeHasItsStatusAndType) {
    for (auto const& [code, status, type] : rows) {
        EXPECT_EQ(problem_of(code).status, status) << to_string(code);
        EXPECT_EQ(problem_of(code).scim_type, type) << to_string(code);
    }
}

// X-01, X-02
TEST(ErrorBody, IsTheMessageOfTheRfc) {
    EXPECT_EQ(boost::json::parse(error_body({400, "noTarget"}, "a \"b\"\n\x01")),
              boost::json::parse(R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],
                  "status":"400","scimType":"noTarget","detail":"a \"b\"\n\u0001"})"));
    EXPECT_EQ(boost::json::parse(error_body({404, {}}, "")),
              boost::json::parse(R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],
                  "status":"404","detail":""})"));
}

TEST(ErrorBody, RetryAfterIsTheErrorsOwn) {
    auto const retry_after = [](Error const& error) -> std::string {
        Context context;
        auto const response = error_response(error, context);
        for (auto const& [name, value] : response.headers) {
            if (name == "Retry-After") return value;
        }
        return {};
    };
    Error const limited(ErrorCode::rate_limited, "too many");
    EXPECT_EQ(retry_after(limited), "1");
    EXPECT_EQ(retry_after(Error(limited).with_retry_after(std::chrono::seconds(7))), "7");
    EXPECT_EQ(retry_after(unavailable_error("busy")), "1");
    EXPECT_EQ(retry_after(internal_error("bug")), "");
}

}  // namespace
}  // namespace rollcall::api::scim_api
