// Registers every conversation under tests/replay as a test, once for each kind of store.
#include "replay/playing.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <utility>

namespace {

namespace fs = std::filesystem;
using rollcall::replay::StoreKind;

class Conversation : public testing::Test {
public:
    Conversation(StoreKind const& kind, fs::path file) : kind_(kind), file_(std::move(file)) {}

    void TestBody() override {
        rollcall::tests::ProviderSide side(kind_.open());
        auto const directory = file_.parent_path().filename().string();
        auto const connected = side.connect(rollcall::replay::provider_of(directory),
                                            rollcall::replay::options_beside(file_));
        rollcall::replay::Stage const stage{
            connected.base, connected.token, [&](rollcall::replay::Request const& request) {
                return rollcall::replay::send(kind_, side, connected, request);
            }};
        auto const failure = rollcall::replay::play(rollcall::replay::read_steps(file_), stage);
        if (!failure) return;
        for (auto const& expectation : failure->expectations) {
            ADD_FAILURE() << directory << '/' << file_.filename().string() << ", step \""
                          << failure->step << "\": " << expectation;
        }
    }

private:
    StoreKind const& kind_;
    fs::path file_;
};

}  // namespace

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    rollcall::replay::register_files(
        argc > 1 ? argv[1] : REPLAY_DIRECTORY, ".json",
        [](StoreKind const& kind, fs::path const& file) { return new Conversation(kind, file); });
    return RUN_ALL_TESTS();
}
