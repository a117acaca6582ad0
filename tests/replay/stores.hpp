// The stores that conversations are played on.
#pragma once

#include "support/fixture.hpp"

#include <functional>
#include <string>
#include <vector>

namespace rollcall::replay {

struct StoreKind {
    std::string name;
    bool reopened_each_step = false;
    /// A fresh, empty store for one conversation, and how to open it again.
    std::function<tests::OpenStore()> open;
};

[[nodiscard]] std::vector<StoreKind> const& store_kinds();

/// Those that stay open: for long tests.
[[nodiscard]] std::vector<StoreKind> open_store_kinds();

}  // namespace rollcall::replay
