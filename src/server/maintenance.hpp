// Background tasks: removing rows of what was deleted, writing request notes, forgetting what
// has expired; in small pieces.
#pragma once

#include "base/result.hpp"
#include "runtime/log.hpp"
#include "runtime/task.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string_view>

namespace rollcall::server {

/// A thread that does one piece of work after the other until none is left, then looks again after
/// every pause. Other writers get their turn between two pieces.
class Maintenance {
public:
    /// True if there may be more to do.
    using Piece = std::function<Task<Result<bool>>()>;

    /// @param name  "removing deleted rows", for the log when it fails; outlives this object, as do
    ///              `log` and what `piece` refers to.
    Maintenance(std::string_view name, Piece piece, runtime::Log& log,
                std::chrono::milliseconds pause);
    ~Maintenance();
    Maintenance(Maintenance const&) = delete;
    Maintenance& operator=(Maintenance const&) = delete;

    /// Returns when the piece at work is done. Idempotent.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace rollcall::server
