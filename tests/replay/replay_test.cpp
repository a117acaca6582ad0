// Registers every conversation under tests/replay as a test, once for each kind of store.
#include "replay/runner.hpp"
#include "replay/stores.hpp"
#include "support/fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;
using rollcall::directory::IdentityProvider;

/// Which kind of connection a directory's conversations belong to (README.md beside this file).
IdentityProvider provider_of(std::string_view directory) {
    if (directory == "entra") return IdentityProvider::microsoft_entra;
    auto const provider = rollcall::directory::parse_identity_provider(directory);
    return provider.value_or(IdentityProvider::generic);
}

class Conversation : public testing::Test {
public:
    Conversation(rollcall::replay::StoreKind const& kind, fs::path file)
        : kind_(kind), file_(std::move(file)) {}

    void TestBody() override {
        rollcall::tests::ProviderSide side(kind_.open());
        auto const directory = file_.parent_path().filename().string();
        auto const connected = side.connect(provider_of(directory));
        rollcall::replay::Stage const stage{
            connected.base, connected.token, [&](rollcall::replay::Request const& request) {
                if (kind_.reopened_each_step) side.reopen();
                auto answer =
                    rollcall::tests::call(side.api(), request.method, connected.path + request.path,
                                          request.headers, request.body);
                rollcall::replay::Response response{answer.response.status, answer.response.headers,
                                                    answer.body()};
                if (!answer.response.content_type.empty()) {
                    response.headers.emplace_back("Content-Type", answer.response.content_type);
                }
                return response;
            }};
        auto const failure = rollcall::replay::play(rollcall::replay::read_steps(file_), stage);
        if (!failure) return;
        for (auto const& expectation : failure->expectations) {
            ADD_FAILURE() << directory << '/' << file_.filename().string() << ", step \""
                          << failure->step << "\": " << expectation;
        }
    }

private:
    rollcall::replay::StoreKind const& kind_;
    fs::path file_;
};

std::vector<fs::path> conversations(fs::path const& root) {
    std::vector<fs::path> files;
    for (auto const& entry : fs::recursive_directory_iterator(root)) {
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

std::string test_name(fs::path const& file) {
    auto name = file.parent_path().filename().string() + "_" + file.stem().string();
    std::ranges::replace(name, '-', '_');
    return name;
}

}  // namespace

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    auto const root = argc > 1 ? fs::path(argv[1]) : fs::path(REPLAY_DIRECTORY);
    for (auto const& kind : rollcall::replay::store_kinds()) {
        for (auto const& file : conversations(root)) {
            testing::RegisterTest(kind.name.c_str(), test_name(file).c_str(), nullptr, file.c_str(),
                                  __FILE__, __LINE__, [&kind, file]() -> testing::Test* {
                                      return new Conversation(kind, file);
                                  });
        }
    }
    return RUN_ALL_TESTS();
}
