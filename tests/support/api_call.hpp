// Calls an Api in process, without a socket: what a test of routes and bodies needs.
#pragma once

#include "api/api.hpp"
#include "support/run_task.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <utility>
#include <vector>

namespace rollcall::tests {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Answer {
    http::Response response;
    api::Context context;

    [[nodiscard]] std::string const& body() const {
        return response.shared_body ? *response.shared_body : response.body;
    }
    [[nodiscard]] boost::json::value json() const { return boost::json::parse(body()); }
    [[nodiscard]] std::string header(std::string_view name) const {
        for (auto const& [key, value] : response.headers) {
            if (key == name) return value;
        }
        return {};
    }
};

inline http::Method parse_method(std::string_view text) {
    if (text == "GET") return http::Method::get;
    if (text == "HEAD") return http::Method::head;
    if (text == "POST") return http::Method::post;
    if (text == "PUT") return http::Method::put;
    if (text == "PATCH") return http::Method::patch;
    if (text == "DELETE") return http::Method::delete_;
    if (text == "OPTIONS") return http::Method::options;
    return http::Method::other;
}

/// The arguments outlive the request, which points into them.
inline http::Request make_request(std::string_view method, std::string const& target,
                                  Headers const& headers, std::string body) {
    http::Request request;
    request.method = parse_method(method);
    request.method_text = method;
    request.target = target;
    auto const mark = request.target.find('?');
    request.path = request.target.substr(0, mark);
    if (mark != std::string_view::npos) request.query = request.target.substr(mark + 1);
    for (auto const& [name, value] : headers) request.headers.push_back({name, value});
    request.body = std::move(body);
    return request;
}

inline Answer call(api::Api& api, std::string_view method, std::string const& target,
                   Headers const& headers = {}, std::string body = {}) {
    auto const request = make_request(method, target, headers, std::move(body));
    Answer answer;
    answer.response = run_task(api.handle(request, answer.context));
    if (answer.response.shared_body && !answer.response.body_suffix.empty()) {
        answer.response.body = *answer.response.shared_body + answer.response.body_suffix;
        answer.response.shared_body.reset();
    }
    return answer;
}

}  // namespace rollcall::tests
