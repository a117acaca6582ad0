// A .scimtest file as data (README.md beside this file).
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace rollcall::scripts {

/// A file that is no script. `what()` is "LINE: reason".
class ScriptError : public std::runtime_error {
public:
    ScriptError(std::size_t line, std::string const& reason)
        : std::runtime_error(std::to_string(line) + ": " + reason) {}
};

/// `given connection NAME [of CLIENT] [with OPTIONS]`
struct Connection {
    std::string name;
    std::string client;   ///< the connection's name if the file does not say
    std::string options;  ///< name=value, joined by commas
};

/// One request and what must be answered. Variables are written {{name}} in all texts here.
struct Exchange {
    std::size_t line = 0;    ///< of the request line
    std::string connection;  ///< whose provider sends it
    std::string method;
    std::string target;                                        ///< below the connection's base URL
    std::vector<std::pair<std::string, std::string>> headers;  ///< empty value: without this header
    std::optional<std::string> body;

    std::vector<unsigned> statuses;  ///< any of these
    std::vector<std::pair<std::string, boost::json::value>> expected_headers;
    std::optional<boost::json::value> expected_body;
    bool no_body = false;
};

/// The events of a connection's organization since they were last looked at.
struct EventCheck {
    std::size_t line = 0;
    std::string connection;
    boost::json::array expected;  ///< of [name], [name, object] or [name, object, related]
};

/// The notes of the last request of a connection, in their order.
struct NoteCheck {
    std::size_t line = 0;
    std::string connection;
    boost::json::array expected;
};

/// A schema that a connection declares, or withdraws.
struct Declaration {
    std::size_t line = 0;
    std::string connection;
    std::string urn;
    std::string resource_type;
    bool required = false;
    std::optional<boost::json::object> schema;  ///< nullopt: withdrawn
};

struct Script {
    std::string name;
    std::vector<std::string> ids;  ///< of the requirements that the script proves
    std::string source;
    std::vector<Connection> connections;
    std::vector<std::variant<Exchange, EventCheck, NoteCheck, Declaration>> steps;
};

/// Throws ScriptError.
[[nodiscard]] Script parse_script(std::string_view text);

}  // namespace rollcall::scripts
