// Plays one recorded conversation against a SCIM endpoint and says what did not hold.
#pragma once

#include <boost/json/array.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rollcall::replay {

struct Request {
    std::string method;
    std::string path;  ///< relative to the SCIM base URL
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

struct Response {
    unsigned status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::vector<std::string> notes = {};  ///< of the request; only who answers in process knows
};

/// A request as providers send it: authorized and accepting SCIM.
[[nodiscard]] Request usual_request(std::string method, std::string path, std::string const& token);
/// Adds the header or replaces it; nullopt removes it.
void set_header(Request& request, std::string_view name, std::optional<std::string> value);
/// Adds a body and says that it is SCIM.
void set_body(Request& request, std::string body);
/// The header's value; null if there is none.
[[nodiscard]] std::string const* find_header(Response const& response, std::string_view name);

/// Where the conversation is played: the endpoint, its credential, and how to send.
struct Stage {
    std::string base;
    std::string token;
    std::function<Response(Request const&)> send;
};

/// The first step that failed.
struct Failure {
    std::string step;
    std::vector<std::string> expectations;  ///< each one that did not hold, in words
};

/// Plays all steps in order and stops at the first one that fails.
[[nodiscard]] std::optional<Failure> play(boost::json::array const& steps, Stage const& stage);

/// Reads a replay file. Throws std::runtime_error if it is none.
[[nodiscard]] boost::json::array read_steps(std::string const& file);

}  // namespace rollcall::replay
