// Requests, answers, notes and events of a script.
#include "scripts/player.hpp"

#include "scripts/comparison.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <exception>
#include <iterator>
#include <map>
#include <string>
#include <utility>

namespace rollcall::scripts {
namespace {

namespace json = boost::json;

/// Variables as they stand inside a JSON string.
replay::Variables escaped(replay::Variables const& variables) {
    auto result = variables;
    for (auto& [name, value] : result) {
        if (!value.is_string()) continue;
        auto const quoted = json::serialize(value);
        value = json::string(quoted.substr(1, quoted.size() - 2));
    }
    return result;
}

std::string with_encoded_spaces(std::string target) {
    for (std::size_t at = 0; (at = target.find(' ', at)) != std::string::npos;) {
        target.replace(at, 1, "%20");
    }
    return target;
}

replay::Request request_of(Exchange const& exchange, replay::Variables const& variables) {
    auto const token = replay::substitute_text("{{" + exchange.connection + "_token}}", variables);
    auto const target = with_encoded_spaces(replay::substitute_text(exchange.target, variables));
    auto request = replay::usual_request(exchange.method, target, token);
    if (exchange.body) {
        replay::set_body(request, replay::substitute_text(*exchange.body, escaped(variables)));
    }
    for (auto const& [name, value] : exchange.headers) {
        auto const filled = replay::substitute_text(value, variables);
        replay::set_header(request, name, filled.empty() ? std::nullopt : std::optional(filled));
    }
    return request;
}

std::string text_of(replay::Request const& request, replay::Response const& response) {
    auto text = request.method + ' ' + request.path + '\n' + request.body;
    text += "\nwas answered " + std::to_string(response.status) + '\n';
    for (auto const& [name, value] : response.headers) text.append(name + ": " + value + '\n');
    return text + response.body;
}

class Player {
public:
    Player(Stage stage, Failure& failure) : stage_(std::move(stage)), failure_(failure) {}

    void play(Exchange const& exchange) {
        failure_.line = exchange.line;
        auto const request = request_of(exchange, stage_.variables);
        auto const response = stage_.send(exchange.connection, request);
        failure_.conversation = text_of(request, response);
        notes_[exchange.connection] = json::array(response.notes.begin(), response.notes.end());
        check_status(exchange, response);
        for (auto const& [name, expected] : exchange.expected_headers) {
            std::optional<json::value> actual;
            if (auto const* found = replay::find_header(response, name))
                actual = json::value(*found);
            note(differences(name, actual ? &*actual : nullptr, expected, stage_.variables));
        }
        check_body(exchange, response);
    }

    void play(EventCheck const& check) {
        failure_.line = check.line;
        auto actual = stage_.new_events(check.connection);
        failure_.conversation = "events were " + json::serialize(actual);
        for (std::size_t i = 0; i < std::min(actual.size(), check.expected.size()); ++i) {
            auto& event = actual[i].as_array();
            event.resize(std::min(event.size(), check.expected[i].as_array().size()));
        }
        json::value const events(std::move(actual));
        note(differences("events", &events, check.expected, stage_.variables));
    }

    void play(NoteCheck const& check) {
        failure_.line = check.line;
        json::value const notes(notes_[check.connection]);
        failure_.conversation = "notes were " + json::serialize(notes);
        note(differences("notes", &notes, check.expected, stage_.variables));
    }

    void play(Declaration const& declaration) {
        failure_.line = declaration.line;
        stage_.declare(declaration);
    }

private:
    void note(std::vector<std::string> found) {
        std::ranges::move(found, std::back_inserter(failure_.differences));
    }

    void check_status(Exchange const& exchange, replay::Response const& response) {
        if (std::ranges::count(exchange.statuses, response.status) > 0) return;
        std::string expected;
        for (auto const status : exchange.statuses) expected += ' ' + std::to_string(status);
        note({"status: expected" + expected + ", got " + std::to_string(response.status)});
    }

    void check_body(Exchange const& exchange, replay::Response const& response) {
        if (exchange.no_body && !response.body.empty()) note({"body: expected none"});
        if (!exchange.expected_body) return;
        if (response.body.empty() && exchange.statuses.size() > 1) return;
        boost::system::error_code error;
        auto const document = json::parse(response.body, error);
        if (error) return note({"body: not JSON"});
        note(differences("", &document, *exchange.expected_body, stage_.variables));
    }

    Stage stage_;
    Failure& failure_;
    std::map<std::string, json::array> notes_;  ///< of the last request of each connection
};

}  // namespace

std::optional<Failure> play(Script const& script, Stage stage) {
    Failure failure;
    Player player(std::move(stage), failure);
    for (auto const& step : script.steps) {
        try {
            failure.conversation.clear();
            std::visit([&](auto const& one) { player.play(one); }, step);
        } catch (std::exception const& error) {
            failure.differences.emplace_back(error.what());
        }
        if (!failure.differences.empty()) return failure;
    }
    return std::nullopt;
}

}  // namespace rollcall::scripts
