// What tests that play files have in common: which files, on which stores, against which
// connection.
#pragma once

#include "replay/runner.hpp"
#include "replay/stores.hpp"
#include "support/fixture.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace rollcall::replay {

/// The identity provider of a client's connection: "entra" is short for microsoft-entra, a client
/// without a kind of its own is generic.
[[nodiscard]] directory::IdentityProvider provider_of(std::string_view client);

/// The connection's options from the file <name>.options beside the played one: one name=value on
/// each line. No file: none. Throws std::runtime_error for what is no option.
[[nodiscard]] directory::ConnectionOptions options_beside(std::filesystem::path file);

/// Sends a request of the provider of `connected`, after a restart if the kind of store asks for
/// it.
[[nodiscard]] Response send(StoreKind const& kind, tests::ProviderSide& side,
                            tests::Connected const& connected, Request const& request);

/// Registers a test for each file below `root` that has the extension, once for each kind of store:
/// suite "memory", name "okta_01_user_lifecycle".
void register_files(
    std::filesystem::path const& root, std::string_view extension,
    std::function<testing::Test*(StoreKind const&, std::filesystem::path const&)> const& make);

}  // namespace rollcall::replay
