// Registers every script under tests/scripts as a test, once for each kind of store.
#include "directory/connection_options.hpp"
#include "replay/playing.hpp"
#include "scripts/player.hpp"
#include "scripts/script.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using rollcall::replay::StoreKind;

std::string read(fs::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Throws std::runtime_error if a connection has no such options.
rollcall::directory::ConnectionOptions read_options(std::string const& text) {
    auto const options = rollcall::directory::parse_options(text);
    // What is unknown is skipped there, and must not be here.
    if (rollcall::directory::print_options(options) == text) return options;
    throw std::runtime_error("not the options of a connection, in their order: " + text);
}

/// The connections of a script, each in an organization of its own.
class Connections {
public:
    Connections(StoreKind const& kind, rollcall::scripts::Script const& script)
        : kind_(kind), side_(kind.open()) {
        for (auto const& [name, client, options] : script.connections) {
            auto const provider = rollcall::replay::provider_of(client);
            connections_.emplace(name, Opened{side_.connect(provider, read_options(options))});
        }
    }

    rollcall::scripts::Stage stage() {
        rollcall::replay::Variables variables;
        for (auto const& [name, opened] : connections_) {
            variables.emplace(name + "_base", opened.connected.base);
            variables.emplace(name + "_token", opened.connected.token);
        }
        return {variables,
                [this](std::string const& name, rollcall::replay::Request const& request) {
                    return send(kind_, side_, connections_.at(name).connected, request);
                },
                [this](std::string const& name) { return new_events(connections_.at(name)); },
                [this](rollcall::scripts::Declaration const& what) { declare(what); }};
    }

private:
    struct Opened {
        rollcall::tests::Connected connected;
        std::int64_t events_seen = 0;  ///< position in the order of events
    };

    json::array new_events(Opened& opened) {
        auto const events = rollcall::tests::value_of(rollcall::tests::run_task(
            side_.store().list_events(opened.connected.organization, opened.events_seen, 10'000)));
        json::array result;
        for (auto const& [position, event] : events) {
            json::array fields{rollcall::directory::event_name(event), event.object_id};
            if (!event.related_id.empty()) fields.emplace_back(event.related_id);
            result.push_back(std::move(fields));
            opened.events_seen = position;
        }
        return result;
    }

    void declare(rollcall::scripts::Declaration const& what) {
        auto const& connected = connections_.at(what.connection).connected;
        if (!what.schema) return side_.withdraw(connected, what.urn);
        rollcall::tests::value_of(
            side_.declare(connected, *what.schema, what.resource_type, what.required));
    }

    StoreKind const& kind_;
    rollcall::tests::ProviderSide side_;
    std::map<std::string, Opened> connections_;
};

class ScriptTest : public testing::Test {
public:
    ScriptTest(StoreKind const& kind, fs::path file) : kind_(kind), file_(std::move(file)) {}

    void TestBody() override {
        try {
            auto const script = rollcall::scripts::parse_script(read(file_));
            Connections connections(kind_, script);
            if (auto const failure = play(script, connections.stage())) report(script, *failure);
        } catch (rollcall::scripts::ScriptError const& error) {
            ADD_FAILURE() << file_.string() << ':' << error.what();
        }
    }

private:
    void report(rollcall::scripts::Script const& script,
                rollcall::scripts::Failure const& failure) const {
        std::string differences;
        for (auto const& difference : failure.differences) differences += "\n  " + difference;
        ADD_FAILURE() << file_.string() << ':' << failure.line << ": " << script.name << '\n'
                      << failure.conversation << "\nbut" << differences;
    }

    StoreKind const& kind_;
    fs::path file_;
};

}  // namespace

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    rollcall::replay::register_files(
        argc > 1 ? argv[1] : SCRIPTS_DIRECTORY, ".scimtest",
        [](StoreKind const& kind, fs::path const& file) { return new ScriptTest(kind, file); });
    return RUN_ALL_TESTS();
}
