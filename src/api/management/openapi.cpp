// Only the end of the document differs from server to server.
#include "api/management/openapi.hpp"

#include "api/management/json.hpp"

namespace rollcall::api::management {
namespace {

std::string make_open_document() {
    auto text = openapi_text();
    text.remove_suffix(1);  // its last brace
    return std::string(text) + R"(,"servers":[{"url":)";
}

}  // namespace

Task<Result<Reply>> get_openapi(OpenCall const& call) {
    static auto const document = std::make_shared<std::string const>(make_open_document());
    http::Response response;
    response.content_type = "application/json";
    response.headers = {{"Cache-Control", "public, max-age=300"},
                        {"X-Content-Type-Options", "nosniff"}};
    response.shared_body = document;
    append_json_text(response.body_suffix, call.public_url());
    response.body_suffix += "}]}";
    Reply reply;
    reply.whole = std::move(response);
    co_return reply;
}

}  // namespace rollcall::api::management
