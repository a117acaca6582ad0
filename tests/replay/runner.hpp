// Plays one recorded conversation against a SCIM endpoint and says what did not hold.
#pragma once

#include <boost/json/array.hpp>

#include <functional>
#include <optional>
#include <string>
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
};

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
