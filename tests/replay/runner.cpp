// Steps, defaults and captures (README.md beside this file).
#include "replay/runner.hpp"

#include "base/text.hpp"
#include "replay/matcher.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace rollcall::replay {
namespace {

namespace json = boost::json;

Request request_of(json::object const& step, Variables const& variables) {
    auto request = usual_request(std::string(step.at("method").as_string()),
                                 substitute_text(step.at("path").as_string(), variables),
                                 substitute_text("{{token}}", variables));
    if (auto const* body = step.if_contains("body")) {
        auto const filled = substitute(*body, variables);
        set_body(request,
                 filled.is_string() ? std::string(filled.get_string()) : json::serialize(filled));
    }
    if (auto const* headers = step.if_contains("headers")) {
        for (auto const& [name, value] : headers->as_object()) {
            if (value.is_null()) {
                set_header(request, name, std::nullopt);
            } else {
                set_header(request, name, substitute_text(value.as_string(), variables));
            }
        }
    }
    return request;
}

std::optional<json::value> parse(std::string const& body) {
    boost::system::error_code error;
    auto value = json::parse(body, error);
    if (error) return std::nullopt;
    return value;
}

json::value const* find(std::optional<json::value> const& document, std::string_view pointer) {
    if (!document) return nullptr;
    boost::system::error_code error;
    return document->find_pointer(pointer, error);
}

class Expectations {
public:
    Expectations(Response const& response, Variables const& variables)
        : response_(response), variables_(variables), document_(parse(response.body)) {}

    [[nodiscard]] std::vector<std::string> check(json::object const& expect) {
        auto const& accepted = expect.at("status").as_array();
        auto const one_of = std::ranges::any_of(accepted, [&](json::value const& status) {
            return status.to_number<unsigned>() == response_.status;
        });
        if (!one_of) {
            failed_.push_back("status: expected one of " + json::serialize(accepted) + ", got " +
                              std::to_string(response_.status) + " " + response_.body);
        }
        auto const* pointers = expect.if_contains("json");
        auto const body_may_be_missing = accepted.size() > 1 && response_.body.empty();
        if (pointers != nullptr && !body_may_be_missing) check_body(pointers->as_object());
        if (auto const* headers = expect.if_contains("headers")) {
            check_headers(headers->as_object());
        }
        return std::move(failed_);
    }

    void capture(json::object const& captures, Variables& variables) {
        for (auto const& [name, pointer] : captures) {
            auto const* value = find(document_, pointer.as_string());
            if (value == nullptr) {
                failed_.push_back("capture " + std::string(name) + ": nothing at " +
                                  std::string(pointer.as_string()));
            } else {
                variables.insert_or_assign(std::string(name), *value);
            }
        }
    }

    [[nodiscard]] std::vector<std::string> failed() && { return std::move(failed_); }

private:
    void check_body(json::object const& pointers) {
        if (!document_) failed_.push_back("body: not JSON: " + response_.body);
        for (auto const& [pointer, expected] : pointers) {
            note(pointer, find(document_, substitute_text(pointer, variables_)), expected);
        }
    }

    void check_headers(json::object const& headers) {
        for (auto const& [name, expected] : headers) {
            std::optional<json::value> text;
            if (auto const* found = find_header(response_, name)) text = json::value(*found);
            note("header " + std::string(name), text ? &*text : nullptr, expected);
        }
    }

    void note(std::string_view where, json::value const* actual, json::value const& expected) {
        auto const reason = mismatch(actual, substitute(expected, variables_));
        if (reason) failed_.push_back(std::string(where) + ": " + *reason);
    }

    Response const& response_;
    Variables const& variables_;
    std::optional<json::value> document_;
    std::vector<std::string> failed_;
};

}  // namespace

Request usual_request(std::string method, std::string path, std::string const& token) {
    Request request{std::move(method), std::move(path), {}, {}};
    set_header(request, "Authorization", "Bearer " + token);
    set_header(request, "Accept", "application/scim+json");
    return request;
}

void set_header(Request& request, std::string_view name, std::optional<std::string> value) {
    std::erase_if(request.headers,
                  [&](auto const& header) { return equal_ascii_case(header.first, name); });
    if (value) request.headers.emplace_back(name, std::move(*value));
}

void set_body(Request& request, std::string body) {
    set_header(request, "Content-Type", "application/scim+json; charset=utf-8");
    request.body = std::move(body);
}

std::string const* find_header(Response const& response, std::string_view name) {
    auto const found = std::ranges::find_if(
        response.headers, [&](auto const& header) { return equal_ascii_case(header.first, name); });
    return found == response.headers.end() ? nullptr : &found->second;
}

std::optional<Failure> play(json::array const& steps, Stage const& stage) {
    Variables variables;
    variables.emplace("base", stage.base);
    variables.emplace("token", stage.token);
    for (auto const& element : steps) {
        auto const& step = element.as_object();
        Failure failure{std::string(step.at("name").as_string()), {}};
        try {
            auto const response = stage.send(request_of(step, variables));
            Expectations expectations(response, variables);
            failure.expectations = expectations.check(step.at("expect").as_object());
            auto const* captures = step.if_contains("capture");
            if (failure.expectations.empty() && captures != nullptr) {
                expectations.capture(captures->as_object(), variables);
                failure.expectations = std::move(expectations).failed();
            }
        } catch (std::exception const& error) {
            failure.expectations.emplace_back(error.what());
        }
        if (!failure.expectations.empty()) return failure;
    }
    return std::nullopt;
}

json::array read_steps(std::string const& file) {
    std::ifstream in(file, std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(in), {}};
    auto document = json::parse(text);
    if (!document.is_array()) throw std::runtime_error(file + ": not an array of steps");
    return std::move(document.get_array());
}

}  // namespace rollcall::replay
