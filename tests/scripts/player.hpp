// Plays a script against one or more connections and says what did not hold.
#pragma once

#include "replay/matcher.hpp"
#include "replay/runner.hpp"
#include "scripts/script.hpp"

#include <boost/json/array.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rollcall::scripts {

/// Where a script is played. Each connection brings the variables NAME_base and NAME_token.
struct Stage {
    replay::Variables variables;
    std::function<replay::Response(std::string const& connection, replay::Request const&)> send;
    /// Events of a connection's organization since the last call: [name, object, related], without
    /// what is empty at the end.
    std::function<boost::json::array(std::string const& connection)> new_events;
    /// Declares or withdraws a schema; throws what the service refuses.
    std::function<void(Declaration const&)> declare;
};

/// The first step that failed.
struct Failure {
    std::size_t line = 0;
    std::string conversation;              ///< request and answer, as text
    std::vector<std::string> differences;  ///< each expectation that did not hold, in words
};

/// Plays all steps in order and stops at the first one that fails.
[[nodiscard]] std::optional<Failure> play(Script const& script, Stage stage);

}  // namespace rollcall::scripts
