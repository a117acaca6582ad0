// One full push of a directory: look up, create what is missing, put the people into the groups.
#pragma once

#include "base/clock.hpp"
#include "cli/dialect.hpp"
#include "cli/endpoint.hpp"
#include "cli/progress.hpp"
#include "cli/sample.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace rollcall::cli {

struct PushOptions {
    unsigned concurrency = 4;
    /// Waits as long as a server asked for with Retry-After.
    std::function<void(std::chrono::seconds)> wait;
};

/// How one kind of thing fared.
struct PushCounts {
    std::size_t created = 0;
    std::size_t found = 0;  ///< were there already
    std::chrono::microseconds time{};
};

struct PushReport {
    PushCounts people;
    PushCounts groups;
    std::size_t memberships = 0;  ///< accepted by the server; those it already had count too
    std::chrono::microseconds membership_time{};
    std::size_t requests = 0;
    /// What went wrong, in the server's own words, at most failures_max; then the push stopped.
    std::vector<std::string> failures;
    /// Ids the server gave, by position in the sample; empty where it failed.
    std::vector<std::string> person_ids;
    std::vector<std::string> group_ids;
};

inline constexpr std::size_t failures_max = 10;

/// Pushes as the dialect's provider does. Every failure is in the report; after failures_max, or
/// the first refusal of the credentials, nothing more is sent. A reply of 429 or 503 with
/// Retry-After (at most a minute) is waited for, at most five times.
[[nodiscard]] PushReport push(Sample const& sample, Dialect const& dialect,
                              PushOptions const& options, EndpointFactory const& connect,
                              Clock const& clock, Progress& progress);

}  // namespace rollcall::cli
